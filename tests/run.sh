#!/bin/bash
# run.sh [WORD...] - every test of the program (LONG=1: the long ones too), or those whose name
# contains one of the words.  ./test and `make test` call it.
#
# What touches a database runs twice, on SQLite and on PostgreSQL: in a temporary cluster that is
# made here and removed at the end.  As many tests run at once as there are processors, each
# with its own log in build/test-output.  Ends with "N passed, N failed"; the exit code is 1
# when anything failed.  Nothing is skipped: a missing tool is a failure that names the command
# which installs it.
cd "$(dirname "$0")/.." || exit 2
tools/install.sh test || exit 1
out=$PWD/build/test-output
rm -rf "$out"
mkdir -p "$out"
give_up() { # why, log
	tail -n 40 "$2"
	echo "FAILED  $1"
	echo "0 passed, 1 failed"
	exit 1
}
jobs=$(nproc)
make -j"$jobs" FLAVOR=release build/cchc build/release/tests/crash/crash >"$out/build.log" 2>&1 || give_up "the build" "$out/build.log"
make -j"$jobs" FLAVOR=asan test-binaries fuzz-replays >"$out/build-asan.log" 2>&1 || give_up "the build of the tests" "$out/build-asan.log"

. tests/lib/pg.sh
trap 'pg_stop' EXIT
trap 'exit 1' INT TERM HUP
pg_start >"$out/postgresql.log" 2>&1 || give_up "PostgreSQL" "$out/postgresql.log"
export LONG="${LONG:-}" ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

# Lines "kind engine what".  A program test_*_sqlite asks what only SQLite can be asked; one with a
# PostgreSQL server of its own (lib/pg_cluster.h) looks after both engines itself.
both() { # kind, what
	case $2 in
	*_sqlite) echo "$1 SQLite $2" ;;
	*) printf '%s\n' "$1 SQLite $2" "$1 PostgreSQL $2" ;;
	esac
}
programs() { find "build/asan/tests/$1" -type f -name "$2_*" ! -name '*.o' ! -name '*.d' 2>/dev/null | sort; }
list() {
	both check tests/browser/run.sh
	echo "check own-server tests/crash/run.sh"
	echo "check - tests/audit/run.sh"
	echo "check - tools/lint.sh"
	for program in $(programs store test) $(programs page test); do
		if grep -q pg_cluster.h "tests/${program#build/asan/tests/}.c"; then echo "unit own-server $program"; else both unit "$program"; fi
	done
	for program in $(programs unit test); do echo "unit - $program"; done
	for script in tests/cli/*.sh; do
		if grep -q 'lib/db\.sh' "$script"; then both check "$script"; else echo "check - $script"; fi
	done
	for program in $(programs fuzz fuzz); do echo "replay - $program"; done
}
chosen() {
	local words=("$@") line word
	while read -r line; do
		[ ${#words[@]} -gt 0 ] || echo "$line"
		for word in "${words[@]}"; do [[ $line != *"$word"* ]] || { echo "$line"; break; }; done
	done
}
list | chosen "$@" >"$out/list"
echo "$(wc -l <"$out/list") runs, $jobs at a time, PostgreSQL in $pg_dir"
xargs -a "$out/list" -P "$jobs" -L 1 tests/lib/run_one.sh "$out" "$pg_url" | tee "$out/results"

passed=$(cat "$out"/*.passed 2>/dev/null | paste -sd+ | bc)
failed=$(($(wc -l <"$out/list") - $(grep -c '^ok ' "$out/results")))
echo "${passed:-0} passed, $failed failed"
[ $failed = 0 ]
