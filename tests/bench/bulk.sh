#!/bin/bash
# bulk.sh [ROWS] - lists of dossiers in and out, in rows a second: `cchc dossier import` of ROWS
# invented lines (default 20,000), beside the engine's own bulk load of the very rows that it made into
# the same indexed tables of an equal database; then the export of 100,000 rows (fewer when there
# are fewer) and the most memory it took.  SQLite and a PostgreSQL cluster of its own.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib/pg.sh
rows=${1:-20000}
unit=H99.01.01
dir=$(mktemp -d)
trap 'pg_stop; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP
# Whole tables, parents first; then those that had rows before, by the change that made them.
whole="import_source applicant dossier dossier_event dossier_pause dossier_word counter_received counter_finished counter_procedure counter_stock counter_returned"
by_change="journal_entry journal_personal journal_waiting"
now() { date +%s%N; }
per_second() { awk -v n="$1" -v ns="$2" 'BEGIN { printf "%.0f", n * 1e9 / ns }'; }
report() { # engine, rows, ns of the import, ns of the engine's own load
	printf '%s: import %s rows/s, the engine'"'"'s own load %s rows/s: %s %%\n' "$1" "$(per_second "$2" "$3")" "$(per_second "$2" "$4")" "$(awk -v a="$4" -v b="$3" 'BEGIN { printf "%.1f", a * 100 / b }')"
}
import() { # database; sets took
	local begin
	begin=$(now)
	build/cchc dossier import --db "$1" --unit $unit --source "Cổng tỉnh" --from "$dir/list.csv" >"$dir/out" 2>"$dir/err"
	took=$(($(now) - begin))
	cat "$dir/out"
}
export_all() { # database
	local format
	for format in csv xlsx; do
		/usr/bin/time -f "export as $format: %e s, at most %M KiB resident" build/cchc dossier export --db "$1" --unit $unit --to "$last" "--$format" "$dir/list.$format" 2>"$dir/err" >"$dir/out" || cat "$dir/err"
		cat "$dir/out" "$dir/err" | grep -v '^$' | sed "s|$dir/||"
	done
}

build/cchc demo --db "$dir/base.db" --dossiers 0 >/dev/null || exit 1
sqlite3 "$dir/base.db" "select distinct p.code from procedure p join procedure_version v on v.procedure_id = p.id where v.valid_from < 19700 and v.valid_to is null and v.decision_kind <> 'repealed' order by 1 limit 100" >"$dir/procedures"
awk -f tests/bench/bulk_rows.awk -v n="$rows" -v unit=$unit "$dir/procedures" >"$dir/list.csv"
before=$(sqlite3 "$dir/base.db" "select max(id) from change_log")

# ---- SQLite ----
cp "$dir/base.db" "$dir/made.db"
import "$dir/made.db"
made=$(sqlite3 "$dir/made.db" "select count(*) from dossier")
# The day by which about 100,000 were received.
last=$(sqlite3 "$dir/made.db" "select strftime('%d/%m/%Y', received_on * 86400, 'unixepoch') from dossier order by received_on limit 1 offset $((made < 100000 ? made - 1 : 99999))")
{
	echo "pragma journal_mode = wal; attach '$dir/made.db' as made; begin;"
	echo "insert into change_log select * from made.change_log where id > $before;"
	for table in $whole; do echo "insert into $table select * from made.$table;"; done
	for table in $by_change; do echo "insert into $table select * from made.$table where change_id > $before;"; done
	echo "commit;"
} >"$dir/load.sql"
cp "$dir/base.db" "$dir/load.db"
begin=$(now)
sqlite3 -bail "$dir/load.db" <"$dir/load.sql" >/dev/null || exit 1
own=$(($(now) - begin))
[ "$(sqlite3 "$dir/load.db" "select count(*) from dossier")" = "$made" ] || exit 1
report SQLite "$made" "$took" "$own"
export_all "$dir/made.db"

# ---- PostgreSQL ----
pg_start || exit 1
at() { echo "postgresql:///$1?host=$pg_dir&user=cchc"; }
psql -q "$pg_url" -c "create database base"
build/cchc copy --from "$dir/base.db" --to "$(at base)" >/dev/null 2>&1 || exit 1
for name in made load; do psql -q "$pg_url" -c "create database $name template base"; done
import "$(at made)"
made=$(psql -qAt "$(at made)" -c "select count(*) from dossier")
mkdir "$dir/tables"
{
	echo "\\copy (select * from change_log where id > $before) to '$dir/tables/change_log'"
	for table in $whole; do echo "\\copy $table to '$dir/tables/$table'"; done
	for table in $by_change; do echo "\\copy (select * from $table where change_id > $before) to '$dir/tables/$table'"; done
} >"$dir/out.sql"
psql -q -v ON_ERROR_STOP=1 "$(at made)" -f "$dir/out.sql" || exit 1
{
	echo "begin;"
	for table in change_log $whole $by_change; do echo "\\copy $table from '$dir/tables/$table'"; done
	echo "commit;"
} >"$dir/in.sql"
begin=$(now)
psql -q -v ON_ERROR_STOP=1 "$(at load)" -f "$dir/in.sql" || exit 1
own=$(($(now) - begin))
report PostgreSQL "$made" "$took" "$own"
export_all "$(at made)"
