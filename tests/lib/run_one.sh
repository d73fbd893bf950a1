#!/bin/bash
# run_one.sh OUT URL KIND ENGINE WHAT - runs one line of the list of tests/run.sh, says "ok" or
# "FAILED" with the end of its log, and leaves the number of tests that passed in OUT.
out=$1 url=$2 kind=$3 engine=$4 what=$5
unset CCHC_TEST_DB
[ "$engine" != PostgreSQL ] || export CCHC_TEST_DB=$url
name=${what#build/asan/tests/}
name=${name#tests/}
name=${name%.sh}
log=$out/$(echo "$name" | tr / _)${engine#-}.log
case $kind in
unit) "$what" ;;
replay) find "tests/fuzz/corpus/${name#fuzz/fuzz_}" -type f -print0 2>/dev/null | xargs -0 "$what" ;;
check) if [ "$what" = tools/lint.sh ]; then "$what" --fast; else "$what"; fi ;;
esac >"$log" 2>&1
code=$?
passed=1
[ "$kind" != unit ] || passed=$(grep -c '^\[       OK \]' "$log")
about=
[ "$kind" != unit ] || about="$passed tests"
[ "$engine" = - ] || about="${about:+$about, }$engine"
seconds=" $SECONDS s"
# One write, so that the words of two runs do not mix.
if [ $code = 0 ] && [ "$passed" != 0 ]; then
	echo "$passed" >"$log.passed"
	text="ok      $name${about:+ ($about)}$seconds"
else
	[ "$kind" != unit ] || echo "$passed" >"$log.passed"
	text="FAILED  $name${about:+ ($about)}, exit code $code; $log ends:
$(grep -vE '^\[ RUN|^\[       OK' "$log" | tail -n 40 | sed 's/^/    /')"
fi
printf '%s\n' "$text"
