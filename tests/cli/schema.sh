#!/bin/bash
# schema.sh [--update] - docs/schema.sql is what the migrations make; --update writes it anew.
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
build/cchc demo --db "$dir/empty.db" --dossiers 0 >/dev/null || exit 1
{
	echo "-- The schema on SQLite, made from migrations/ by tests/cli/schema.sh --update."
	sqlite3 "$dir/empty.db" "select sql || ';' from sqlite_schema where sql is not null order by rowid" |
		sed 's/\t/  /g'
} >"$dir/schema.sql"
if [ "$1" = --update ]; then
	cp "$dir/schema.sql" docs/schema.sql
	exit 0
fi
diff -u docs/schema.sql "$dir/schema.sql" || {
	echo "docs/schema.sql is not the schema; run: tests/cli/schema.sh --update"
	exit 1
}
