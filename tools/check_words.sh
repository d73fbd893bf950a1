#!/bin/sh
# check_words.sh - what must stand nowhere in the project: machine paths, registry hosts,
# secrets, unfinished work, tests that skip or assert nothing, SQL outside .sql files.
bad=0
say() { # text, matches
	[ -z "$2" ] && return
	printf '%s:\n%s\n' "$1" "$2" >&2
	bad=1
}
own() { git ls-files -- "$@"; }
say "an absolute path of a machine" "$(own | xargs grep -InE '/(work|root|home)/[A-Za-z.]' -- 2>/dev/null | grep -v '^tools/check_words.sh' | head -5)"
say "a package registry's host" "$(own | xargs grep -InE 'registry[.]npm|npmjs[.]org|deb[.]debian[.]org|"resolve[d]":' -- 2>/dev/null | grep -v '^tools/check_words.sh' | cut -c1-160 | head -5)"
say "unfinished or dead code" "$(own '*.c' '*.h' '*.sql' '*.html' '*.mjs' '*.js' '*.sh' Makefile | xargs grep -nE '\b(TODO|FIXME|XXX|HACK)\b|not implemented|#if 0' -- 2>/dev/null | grep -v '^tools/check_words.sh' | head -5)"
say "a test that skips, sleeps or asserts nothing" "$(own 'tests/*' | xargs grep -nE '\bskip\(|test\.skip|test\.only|assert_true\((1|true)\)|\bsleep\(' -- 2>/dev/null | head -5)"
say "SQL text in C (it belongs into a _store.sql)" "$(own 'src/app/*.c' 'src/web/*.c' 'src/cli/*.c' | xargs grep -nEi '"(select .* from|insert into|update [a-z_]+ set|delete from) ' -- 2>/dev/null | head -5)"
say "a path that README's where-is table names and that does not exist" "$(
	sed -n '/^## Where is/,/^## /p' README.md | grep -oE '`[a-z.]+/[A-Za-z0-9_./*-]+`' | tr -d '`' | sort -u |
		while read -r path; do ls -d $path >/dev/null 2>&1 || echo "$path"; done)"
exit $bad
