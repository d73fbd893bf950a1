#!/bin/sh
# Plants each mistake that a *_store.sql can hold; mksql must refuse every one with file, line and
# reason, and must turn the sound ones at the end into C.
cd "$(dirname "$0")/../.." || exit 2
make -s build/tools/mksql >/dev/null || exit 2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
cat >"$dir/0001.sql" <<'END'
create table place (id id primary key, name text not null);
-- unit-owned
create table letter (id id primary key, unit_id id not null, name text not null);
END
compile() {
	printf '%b' "$1" >"$dir/a.sql"
	build/tools/mksql "$dir/a.sql" "$dir/a.h" "$dir/a.c" "$dir/0001.sql" 2>&1
}
refused() { # line, part of the message, text
	if message=$(compile "$3"); then
		echo "not refused: $3" >&2
		bad=1
	fi
	case $message in
	"$dir/a.sql:$1: "*"$2"*) ;;
	*) echo "refused with another message: $3: $message" >&2; bad=1 ;;
	esac
	[ ! -e "$dir/a.c" ] || { echo "half a file was written: $3" >&2; bad=1; rm -f "$dir/a.c" "$dir/a.h"; }
}
accepted() { # part of the C or header, text
	compile "$2" >&2 || { echo "not accepted: $2" >&2; bad=1; return; }
	cat "$dir/a.h" "$dir/a.c" | grep -qF -- "$1" || { echo "other C than expected ($1): $2" >&2; cat "$dir/a.h" "$dir/a.c" >&2; bad=1; }
	rm -f "$dir/a.c" "$dir/a.h"
}
head='-- name: place_find\n-- in: id id\n-- out: name text\n'

# Parameters and columns.
refused 4 'parameter :name is missing' "${head}select p.name from place p where p.id = :id and p.name = :name;\n"
refused 4 "'id' of '-- in:' is not used" "${head}select p.name from place p;\n"
refused 6 'parameter :code is missing' "${head}select p.name from place p where p.id = :id;\n[postgres]\nselect p.name from place p where p.id = :id or p.name = :code;\n"
refused 4 "gives 2 columns, '-- out:' declares 1" "${head}select p.id, p.name from place p where p.id = :id;\n"
refused 6 "gives 2 columns, '-- out:' declares 1" "${head}select p.name from place p where p.id = :id;\n[postgres]\nselect p.id, p.name from place p where p.id = :id;\n"
refused 4 'name every column' "${head}select * from place p where p.id = :id;\n"
refused 2 "type 'string'" '-- name: a\n-- in: id string\nselect 1;\n'
refused 2 "declared twice" '-- name: a\n-- in: id id, id id\nselect 1;\n'
refused 2 "expected 'name type'" '-- name: a\n-- in: id\nselect 1;\n'
# Statements.
refused 4 "does not end with ';'" "${head}select p.name from place p where p.id = :id\n"
refused 5 "text after the ';'" "${head}select p.name from place p where p.id = :id;\nselect 1;\n"
refused 4 'parentheses' "${head}select (p.name from place p where p.id = :id;\n"
refused 1 'follows no' 'select 1;\n'
refused 1 'has no text' '-- name: a\n-- name: b\n-- out: n int\nselect 1 as n;\n'
refused 4 "was defined in line 1" '-- name: a\n-- out: n int\nselect 1 as n;\n-- name: a\n-- out: n int\nselect 1 as n;\n'
refused 1 'small letters' '-- name: Place Find\nselect 1;\n'
refused 4 '[postgres] stands below' '-- name: a\n-- out: n int\n\n[postgres]\nselect 1 as n;\n'
# Whose row.
refused 1 'table letter belongs to units' '-- name: a\n-- out: id id\nselect l.id from letter l;\n'
refused 1 'table letter belongs to units' '-- name: a\n-- out: id id\nselect p.id from place p join letter l on l.id = p.id;\n'
refused 1 'table letter belongs to units' '-- name: a\n-- out: id id\nselect p.id from place p, letter l;\n'
refused 1 'table letter belongs to units' '-- name: a\n-- in: id id\nupdate letter set name = 1 where id = :id;\n'
refused 1 'table letter belongs to units' '-- name: a\n-- in: id id\ndelete from letter where id = :id;\n'
refused 1 'table letter belongs to units' '-- name: a\n-- in: id id\ninsert into place (id) select l.id from letter l where l.id = :id;\n'
refused 2 'say why' '-- name: a\n-- unscoped:\n-- out: id id\nselect l.id from letter l;\n'
refused 1 'table letter belongs to units' '-- recordset: letter\n-- from: letter l\n-- key: l.id\n-- field: name text l.name\n'
# Record sets.
refused 1 'needs from, key and fields' '-- recordset: place\n-- from: place p\n-- key: p.id\n'
refused 4 "expected 'name type expression'" '-- recordset: place\n-- from: place p\n-- key: p.id\n-- field: name text\n'

accepted 'row_id id;' "${head}select p.name from place p where p.id = :id;\n"
accepted 'where p.id = ?1 and p.name <> '"':x' " "${head}select p.name from place p where p.id = :id and p.name <> ':x' or p.id = :id;\n"
accepted '$1::bigint' "${head}select p.name from place p where p.id = :id;\n[postgres]\nselect p.name from place p where p.id = :id::bigint;\n"
accepted 'q_a_run(struct db *db, const struct q_a_in *in)' '-- name: a\n-- in: id id, scope id\ndelete from letter where id = :id and unit_id = :scope;\n'
accepted 'q_a_run' '-- name: a\n-- in: id id\ninsert into letter (id) values (:id);\n'
accepted 'int64_t last;' '-- name: a\n-- in: id id\n-- out: last int\ninsert into place (id) values (:id) on conflict (id) do update set name = 1 returning id as last;\n'
accepted 'int64_t n;' '-- name: a\n-- out: n int\nwith x as (select id, name from place) select count(*) as n from x;\n'
accepted 'q_a_open' '-- name: a\n-- unscoped: the clock looks at all\n-- out: id id\nselect l.id from letter l;\n'
accepted '"l.unit_id"' '-- recordset: letter\n-- from: letter l\n-- key: l.id\n-- scope: l.unit_id\n-- field: name text l.name\n'
exit $bad
