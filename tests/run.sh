#!/bin/bash
# run.sh - every test of the program (LONG=1: the long ones too).  ./test and `make test` call it.
# Ends with "N passed, N failed"; the exit code is 1 when anything failed.  Nothing is skipped:
# a missing tool is a failure that names the command which installs it.
cd "$(dirname "$0")/.." || exit 2
tools/install.sh test || exit 1
out=build/test-output
mkdir -p $out
passed=0
failed=0
result() { # name, exit code, log
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
		echo "ok      $1"
	else
		failed=$((failed + 1))
		echo "FAILED  $1"
		tail -n 40 "$3"
	fi
}
check() { # name, command...
	local name=$1 log
	log=$out/$(echo "$1" | tr '/ ' '__').log
	shift
	"$@" >"$log" 2>&1
	result "$name" $? "$log"
}
# A cmocka program counts each of its tests.
unit() {
	local program=$1 log code ok
	log=$out/$(basename "$program").log
	"$program" >"$log" 2>&1
	code=$?
	ok=$(grep -c '^\[       OK \]' "$log")
	passed=$((passed + ok))
	if [ $code != 0 ] || [ "$ok" = 0 ]; then
		failed=$((failed + 1))
		echo "FAILED  ${program#build/asan/}"
		grep -vE '^\[ RUN|^\[       OK' "$log" | tail -n 40
	else
		echo "ok      ${program#build/asan/} ($ok tests)"
	fi
}
jobs=$(nproc)
make -j"$jobs" FLAVOR=release build/cchc >$out/build.log 2>&1 || { tail -n 40 $out/build.log; echo "0 passed, 1 failed"; exit 1; }
make -j"$jobs" FLAVOR=asan test-binaries fuzz-replays >$out/build-asan.log 2>&1 || { tail -n 40 $out/build-asan.log; echo "0 passed, 1 failed"; exit 1; }
export LONG="${LONG:-}" ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
check "lint (fast part)" tools/lint.sh --fast
for program in $(find build/asan/tests/unit build/asan/tests/store build/asan/tests/page -type f -name 'test_*' ! -name '*.o' ! -name '*.d' 2>/dev/null | sort); do
	unit "$program"
done
for program in $(find build/asan/tests/fuzz -type f -name 'fuzz_*' ! -name '*.o' ! -name '*.d' 2>/dev/null | sort); do
	name=$(basename "$program")
	check "replay $name" "$program" $(find "tests/fuzz/corpus/${name#fuzz_}" -type f 2>/dev/null)
done
for script in tests/cli/*.sh; do
	[ -e "$script" ] && check "$(basename "$script" .sh)" "$script"
done
check "browser journeys" tests/browser/run.sh
echo "$passed passed, $failed failed"
[ $failed = 0 ]
