#!/bin/sh
# lint.sh [--fast] - everything that a reviewer should not have to say.  --fast leaves out
# clang-tidy, which takes minutes; ./test runs the fast part.
cd "$(dirname "$0")/.." || exit 2
bad=0
step() {
	name=$1
	shift
	if "$@"; then echo "lint: $name ok"; else
		echo "lint: $name FAILED" >&2
		bad=1
	fi
}
formatted() { find src tools tests -name '*.[ch]' | xargs clang-format --dry-run -Werror; }
tidy() {
	find src -name '*.c' | sort | xargs -P "$(nproc)" -n 4 sh -c '
		clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE -DCCHC_VERSION=\"lint\" -Isrc -Ibuild/gen -include base/banned.h '"$(pkg-config --cflags libmicrohttpd sqlite3 libpq expat libzip xlsxwriter pangocairo libsodium libutf8proc | sed 's/-I/-isystem /g')"' 2>/dev/null' tidy
}
step "layers" tools/check_layers.sh
step "limits" tools/check_limits.sh
step "words" tools/check_words.sh
step "format" formatted
for t in tests/lint/*.sh; do step "$(basename "$t" .sh)" "$t"; done
[ "$1" = --fast ] || step "clang-tidy" tidy
exit $bad
