# db.sh - databases for tests of commands: `. tests/lib/db.sh` makes $dir, a temporary folder,
# and removes it and the databases at the end.  CCHC_TEST_DB chooses the engine, as in
# tests/lib/test_db.h: SQLite files in $dir, or new databases of the PostgreSQL cluster it names.
dir=$(mktemp -d)
db_made=()
db_end() {
	local name
	for name in "${db_made[@]}"; do psql -q "$CCHC_TEST_DB" -c "drop database if exists \"$name\" with (force)" >/dev/null 2>&1; done
	rm -rf "$dir"
}
trap db_end EXIT
trap 'exit 1' INT TERM HUP
is_postgres() { [ -n "$CCHC_TEST_DB" ]; }
# Sets the variable to where a new, empty database is: for --db.
new_db() { # variable
	local made
	if is_postgres; then
		made=cli_$(basename "$dir" | tr . _)_$1
		psql -q "$CCHC_TEST_DB" -c "create database \"$made\"" || exit 1
		db_made+=("$made")
		printf -v "$1" '%s' "${CCHC_TEST_DB%%/postgres\?*}/$made?${CCHC_TEST_DB#*\?}"
	else
		printf -v "$1" '%s' "$dir/$1.db"
	fi
}
# The rows of a statement that both engines know, columns separated by |.
sql() { # where, statement
	if is_postgres; then psql -qAtX "$1" -c "$2"; else sqlite3 "$1" "$2"; fi
}
# Every row of every table but the bookkeeping of migrations, sorted, as one text that is the same on
# both engines for the same rows.  Columns of bytes are left out: salts and what hangs on them differ.
all_rows() { # where
	local selects
	if is_postgres; then
		selects="select format('select %L, %s from %I;', table_name, string_agg(column_name, ', ' order by ordinal_position), table_name) from information_schema.columns join information_schema.tables using (table_schema, table_name) where table_schema = current_schema() and table_type = 'BASE TABLE' and data_type <> 'bytea' group by table_name"
	else
		selects="select printf('select ''%s'', %s from %s;', name, columns, name) from (select t.name, group_concat(c.name, ', ') as columns from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and lower(c.type) <> 'blob' group by t.name)"
	fi
	sql "$1" "$(sql "$1" "$selects" | grep -v "'schema_migration'")" | LC_ALL=C sort
}
