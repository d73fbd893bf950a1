#!/bin/bash
# run.sh [SECONDS] - fuzzes every target with libFuzzer for SECONDS each (default 60); what it
# finds lands in tests/fuzz/corpus/<target>/ and is replayed by ./test from then on.
cd "$(dirname "$0")/../.." || exit 2
seconds=${1:-60}
tools/install.sh test || exit 1
make CC=clang FLAVOR=fuzz fuzz-targets || exit 1
bad=0
for program in build/fuzz/tests/fuzz/fuzz_*; do
	case $program in *.o | *.d) continue ;; esac
	name=$(basename "$program")
	corpus=tests/fuzz/corpus/${name#fuzz_}
	mkdir -p "$corpus" "build/fuzz-work/$name"
	"$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$corpus/crash-" \
		"build/fuzz-work/$name" "$corpus" 2>"build/fuzz-work/$name.log" || { echo "FOUND   $name (build/fuzz-work/$name.log)"; bad=1; }
	tail -n 1 "build/fuzz-work/$name.log"
done
exit $bad
