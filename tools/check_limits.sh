#!/bin/sh
# check_limits.sh [DIR...] - the size limits of the house: function <= 60 lines and complexity
# <= 15 (pmccabe), file <= 600 lines, header <= 150, and the expected 90th percentiles:
# function 41 lines, complexity 8.  Nesting and parameters are clang-tidy's part.
[ $# -gt 0 ] || set -- src tools tests
bad=0
files=$(find "$@" -name '*.[ch]')
for f in $files; do
	n=$(wc -l <"$f")
	case $f in *.h) most=150 ;; *) most=600 ;; esac
	[ "$n" -le "$most" ] || { echo "$f: $n lines, at most $most" >&2; bad=1; }
done
# pmccabe columns: modified complexity, complexity, statements, first line, lines, file(line): name
pmccabe $(find "$@" -name '*.c') 2>/dev/null | awk '
	$2 > 15 { print $6 " " $7 ": complexity " $2 ", at most 15" > "/dev/stderr"; bad = 1 }
	$5 > 60 { print $6 " " $7 ": " $5 " lines, at most 60" > "/dev/stderr"; bad = 1 }
	{ lines[NR] = $5; points[NR] = $2 }
	function p90(a, n,   i, j, t, b) {
		for (i = 1; i <= n; i++) b[i] = a[i];
		for (i = 2; i <= n; i++) { t = b[i]; for (j = i - 1; j > 0 && b[j] > t; j--) b[j + 1] = b[j]; b[j + 1] = t }
		return b[int(n * 0.9)]
	}
	END {
		l = p90(lines, NR); c = p90(points, NR);
		printf "%d functions, 90th percentile: %d lines, complexity %d\n", NR, l, c;
		if (l > 41 || c > 8) { print "90th percentile above 41 lines or complexity 8" > "/dev/stderr"; bad = 1 }
		exit bad
	}' || bad=1
exit $bad
