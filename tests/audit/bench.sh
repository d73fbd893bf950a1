#!/bin/bash
# bench.sh [REPORTS [KIND...]] - how many known faults the auditor finds in invented reports, and in
# how many sound ones it raises anything.  1000 reports of every kind, 1000 sound ones.  Goals:
# at least 95 % of the faults, at most 1 % of the sound reports.  FIRST=N: other reports.
cd "$(dirname "$0")/../.." || exit 2
make -s build/cchc build/audit/judge build/audit/generate || exit 2
reports=${1:-1000}
shift
kinds=("$@")
[ $# -gt 0 ] || kinds=(ratio sum subset zero-denominator text-table text-text goal-table cross-form enum unit format growth
	date period citation series numbering count missing-value header scope duplicate sound)
out=build/audit/bench
rm -rf $out
mkdir -p $out
one() { # kind
	mkdir -p "$out/$1" "$out/$1.work"
	build/audit/generate "$out/$1" "$1" "${FIRST:-1}" "$2" &&
		find "$out/$1" -name '*.txt' | sort | xargs -n 5000 build/audit/judge build/cchc "$out/$1.work" >"$out/$1.report"
	[ -s "$out/$1.report" ] # xargs says 123 when something was missed
}
export -f one
export out
printf '%s\n' "${kinds[@]}" | xargs -P "$(nproc)" -I{} bash -c 'one "$@"' one {} "$reports" || { echo "a run failed" >&2; exit 2; }
cat $out/*.report >$out/all
awk -F'\t' '
	$1 == "missed" { missed[$2] = 1 }
	$1 == "count" && $2 != "sound" { asked[$2] += $3; found[$2] += $4; a += $3; f += $4 }
	$1 == "broken" { broken++ }
	$1 == "false" && $2 ~ /\/sound-/ { if (!($2 in bad)) false++; bad[$2] = 1; split($3, w, " "); why[w[2]]++ }
	$1 == "false" && $2 !~ /\/sound-/ { extra++ }
	END {
		n = split("ratio sum subset zero-denominator text-table text-text goal-table cross-form enum unit format growth date period citation series numbering count missing-value header scope duplicate", k, " ")
		for (i = 1; i <= n; i++) if (asked[k[i]]) printf "%-18s %6d planted %6d found  %6.2f %%\n", k[i], asked[k[i]], found[k[i]], 100 * found[k[i]] / asked[k[i]]
		if (a) printf "%-18s %6d planted %6d found  %6.2f %% (goal 95 %%)\n", "all kinds", a, f, 100 * f / a
		for (x in why) printf "raised in sound reports: %s %d\n", x, why[x]
		printf "other findings in the reports with a fault: %d; runs without an answer: %d\n", extra, broken
		printf "false %d\n", false
		exit a && 100 * f < 95 * a
	}' $out/all | sed '$d'
recall=${PIPESTATUS[0]}
if [ -e $out/sound.report ]; then
	awk -F'\t' -v n="$reports" '$1 == "documents" { bad += $3 } END { printf "sound reports with any finding: %d of %d, %.2f %% (goal 1 %%)\n", bad, n, 100 * bad / n; exit 100 * bad > n }' $out/sound.report
fi
alarms=$?
[ "$recall" = 0 ] && [ $alarms = 0 ]
