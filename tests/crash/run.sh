#!/bin/bash
# run.sh - kills the server KILLS times (50) under load on each engine and checks what was
# acknowledged (crash.c).  DB=sqlite|postgres: one of them.  SEED: other moments.
cd "$(dirname "$0")/../.." || exit 2
make -j"$(nproc)" FLAVOR=release build/cchc build/release/tests/crash/crash >/dev/null || exit 1
bad=0
for engine in ${DB:-sqlite postgres}; do
	build/release/tests/crash/crash "$engine" "${KILLS:-50}" "${SEED:-1}" "${DOSSIERS:-20000}" || bad=1
done
exit $bad
