#!/bin/bash
# demo.sh - the same seed gives the same rows, on both engines; only the salts of the
# journal differ.  A database that is not new and bad options are refused.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/db.sh
bad=0
say() { echo "$1"; bad=1; }
expect() { # code, command...
	local want=$1 got
	shift
	"$@" >"$dir/out" 2>&1
	got=$?
	[ $got = "$want" ] || { say "exit $got instead of $want: $*"; cat "$dir/out"; }
}
for db in a b c d; do new_db $db; done
expect 0 build/cchc demo --db "$a" --dossiers 300 --seed 5
expect 0 build/cchc demo --db "$b" --dossiers 300 --seed 5
expect 0 build/cchc demo --db "$c" --dossiers 300 --seed 6
all_rows "$a" >"$dir/a.rows"
[ "$(wc -l <"$dir/a.rows")" -gt 10000 ] || say "a demo of $(wc -l <"$dir/a.rows") rows"
cmp "$dir/a.rows" <(all_rows "$b") || bad=1
cmp -s "$dir/a.rows" <(all_rows "$c") && say "another seed gave the same rows"
[ "$(sql "$a" 'select count(*) from dossier')" = 300 ] || say "not 300 dossiers"
if is_postgres; then
	expect 0 env -u CCHC_TEST_DB build/cchc demo --db "$dir/file.db" --dossiers 300 --seed 5
	(unset CCHC_TEST_DB; all_rows "$dir/file.db") | diff "$dir/a.rows" - | head -20 >"$dir/differ"
	[ ! -s "$dir/differ" ] || { say "other rows than on SQLite:"; cat "$dir/differ"; }
else
	[ -z "$(sqlite3 "$a" 'pragma foreign_key_check')" ] || say "foreign keys do not hold"
fi
expect 2 build/cchc demo --db "$a"
grep -q "Không có gì bị ghi" "$dir/out" || say "does not say that nothing was written"
cmp "$dir/a.rows" <(all_rows "$a") || say "what was refused was changed"
expect 2 build/cchc demo
expect 2 build/cchc demo --db "$d" --dossiers many
expect 2 build/cchc demo --db "$d" --until 2020-01-01
if is_postgres; then
	[ -z "$(all_rows "$d")" ] || say "a refused call left tables"
else
	[ ! -e "$d" ] || say "a refused call left a file"
fi
exit $bad
