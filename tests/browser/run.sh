#!/bin/bash
# run.sh - the browser tests: every page at two widths, and the whole journey of a dossier, with
# and without script, on the engine that CCHC_TEST_DB chooses (tests/lib/db.sh).  Leaves pictures
# in build/screenshots/ or build/screenshots-postgresql/.
cd "$(dirname "$0")/../.." || exit 2
set -e
mkdir -p build
exec 9>build/browser.lock
flock 9 # two runs share one node_modules and one program
if ! cmp -s package-lock.json node_modules/.cchc-lock; then
	npm ci --no-audit --no-fund --loglevel=error
	cp package-lock.json node_modules/.cchc-lock
fi
make -s build/cchc >/dev/null
exec 9>&-
bad=0
for t in tests/browser/test_*.mjs; do node "$t" || bad=1; done
exit $bad
