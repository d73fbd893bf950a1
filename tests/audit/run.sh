#!/bin/bash
# run.sh [WORD...] - the cases of the auditor in tests/audit/corpus (those whose name contains one
# of the words) through `build/cchc audit --json`: what was missed, what was raised without
# reason, and found / missed / false counts by kind.  Exit code 1 when anything is amiss.
cd "$(dirname "$0")/../.." || exit 2
make -s build/cchc build/audit/judge || exit 2
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cases=()
for c in tests/audit/corpus/*.txt; do
	[ $# -gt 0 ] || cases+=("$c")
	for word in "$@"; do [[ ${c##*/} != *"$word"* ]] || { cases+=("$c"); break; }; done
done
[ ${#cases[@]} -gt 0 ] || { echo "no case of that name" >&2; exit 2; }
build/audit/judge "${PROGRAM:-build/cchc}" "$folder" "${cases[@]}" >"$folder/report"
bad=$?
tests/audit/counts.awk "$folder/report"
exit $bad
