#!/bin/bash
# run.sh - the browser tests: every page at two widths, and the whole journey of a dossier, with
# and without script.  Leaves pictures in build/screenshots/.
cd "$(dirname "$0")/../.." || exit 2
set -e
if ! cmp -s package-lock.json node_modules/.cchc-lock; then
	npm ci --no-audit --no-fund --loglevel=error
	cp package-lock.json node_modules/.cchc-lock
fi
make -s build/cchc >/dev/null
bad=0
for t in tests/browser/test_*.mjs; do node "$t" || bad=1; done
exit $bad
