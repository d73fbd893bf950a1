#!/bin/bash
# demo.sh - the same seed gives the same bytes; a file that exists and bad options are refused.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
expect() { # code, command...
	local want=$1 got
	shift
	"$@" >"$dir/out" 2>&1
	got=$?
	[ $got = "$want" ] || { echo "exit $got instead of $want: $*"; cat "$dir/out"; bad=1; }
}
expect 0 build/cchc demo --db "$dir/a.db" --dossiers 300 --seed 5
expect 0 build/cchc demo --db "$dir/b.db" --dossiers 300 --seed 5
expect 0 build/cchc demo --db "$dir/c.db" --dossiers 300 --seed 6
cmp "$dir/a.db" "$dir/b.db" || bad=1
cmp -s "$dir/a.db" "$dir/c.db" && { echo "another seed gave the same bytes"; bad=1; }
[ "$(sqlite3 "$dir/a.db" 'select count(*) from dossier')" = 300 ] || { echo "not 300 dossiers"; bad=1; }
[ -z "$(sqlite3 "$dir/a.db" 'pragma foreign_key_check')" ] || { echo "foreign keys do not hold"; bad=1; }
before=$(cksum <"$dir/a.db")
expect 2 build/cchc demo --db "$dir/a.db"
[ "$before" = "$(cksum <"$dir/a.db")" ] || { echo "the refused file was changed"; bad=1; }
expect 2 build/cchc demo
expect 2 build/cchc demo --db "$dir/d.db" --dossiers many
expect 2 build/cchc demo --db "$dir/d.db" --until 2020-01-01
[ -e "$dir/d.db" ] && { echo "a refused call left a file"; bad=1; }
exit $bad
