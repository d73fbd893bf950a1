#!/usr/bin/awk -f
# counts.awk REPORT... - what judges said, added up: the faults first, then a table by kind.
BEGIN { FS = "\t" }
$1 == "missed" || $1 == "false" || $1 == "broken" { sub(/^tests\/audit\/corpus\//, "", $2); print $1 "  " $2 ": " $3 (NF > 3 ? " | " $4 " | " $5 " | " $6 : "") }
$1 == "count" {
	if (!($2 in asked)) kinds[++n] = $2
	asked[$2] += $3; found[$2] += $4; wrong[$2] += $5; near[$2] += $6; alone[$2] += $7
}
$1 == "documents" { documents += $2; disturbed += $3; broken += $4 }
function row(name, a, f, w, r, l) { printf "%-18s %7d %7d %7d %7d   %d of %d\n", name, a, f, a - f, w, l, r }
END {
	printf "%-18s %7s %7s %7s %7s   %s\n", "kind", "planted", "found", "missed", "false", "near misses left alone"
	for (i = 2; i <= n; i++) for (k = i; k > 1 && kinds[k] < kinds[k - 1]; k--) { t = kinds[k]; kinds[k] = kinds[k - 1]; kinds[k - 1] = t }
	for (i = 1; i <= n; i++) {
		k = kinds[i]
		row(k, asked[k], found[k], wrong[k], near[k], alone[k])
		A += asked[k]; F += found[k]; W += wrong[k]; R += near[k]; L += alone[k]
	}
	row("total", A, F, W, R, L)
	printf "%d documents, %d with a finding that should not be, %d without an answer\n", documents, disturbed, broken
}
