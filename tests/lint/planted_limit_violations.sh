#!/bin/sh
# Plants a long function, a complex one, a long file and a long header; each must be refused.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
refused() {
	if tools/check_limits.sh "$dir" >/dev/null 2>&1; then
		echo "not refused: $1" >&2
		bad=1
	fi
	rm -f "$dir"/*
}
{ echo 'int f(int a)'; echo '{'; yes '	a++;' | head -60; echo '	return a;'; echo '}'; } >"$dir/a.c"
refused "a function of more than 60 lines"
{ echo 'int f(int a)'; echo '{'; yes '	if (a) a++;' | head -16; echo '	return a;'; echo '}'; } >"$dir/a.c"
refused "a function of complexity 17"
yes 'int a;' | head -601 >"$dir/a.c"
refused "a file of 601 lines"
yes 'int a;' | head -151 >"$dir/a.h"
refused "a header of 151 lines"
exit $bad
