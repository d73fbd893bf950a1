#!/bin/sh
# A variable that cleans up after itself starts empty: a return between its declaration and its
# opening would otherwise clean up whatever stood on the stack.
cd "$(dirname "$0")/../.." || exit 2
bad=$(grep -rnE '^\s+(DB_ROWS|DB_TX|DB_CLEANUP)\b[^=]*;' src --include='*.c')
[ -z "$bad" ] && exit 0
echo "$bad" | sed 's/$/   <- give it "= { 0 }" or "= NULL"/' >&2
exit 1
