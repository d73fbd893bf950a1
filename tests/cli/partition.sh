#!/bin/bash
# partition.sh - the program on PostgreSQL with its large tables split by year and province
# (deploy/postgres/partition.sql): stores and pages pass their tests there, a demo that is split
# afterwards keeps every row and figure, and a year can be detached.
cd "$(dirname "$0")/../.." || exit 2
set -e
. tests/lib/pg.sh
trap pg_stop EXIT
pg_start
url() { echo "${pg_url/\/postgres\?/\/$1?}"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$(url "$1")" "${@:2}"; }
split() { # database, first year, last year
	sql "$1" -1 -f deploy/postgres/partition.sql
	sql "$1" -c "call cchc_layout.split($2, $3)"
}

echo "a demo that is split keeps its rows and figures"
sql postgres -c 'create database demo'
build/cchc demo --db "$(url demo)" --dossiers 300 --until 2026-03-31 >/dev/null
figures() { for form in bnv-2022/3 xa-2024/3; do build/cchc form show --db "$(url demo)" --unit H99 --form $form --period 2026-Q1 --json; done; }
rows() {
	for table in dossier dossier_past dossier_event dossier_pause dossier_part dossier_step dossier_word change_log journal_entry journal_personal; do
		sql demo -c "select '$table', count(*), md5(string_agg(r.*::text, '' order by r.*::text)) from $table r"
	done
}
before=$(figures; rows)
split demo 2025 2026
[ "$before" = "$(figures; rows)" ]
build/cchc verify --db "$(url demo)"
[ "$(sql demo -c "select count(*) from cchc_layout.dossier_2026")" -gt 0 ]

echo "a code is still unique"
if sql demo -c "insert into dossier select (jsonb_populate_record(d, jsonb_build_object('id', d.id + 1))).* from dossier d limit 1" 2>"$pg_dir/twice"; then
	echo "a dossier was stored with the code of another"
	exit 1
fi
grep -q dossier_code_pkey "$pg_dir/twice"

echo "the next year can be added, an old one detached"
sql demo -c "call cchc_layout.add_year(2027)"
sql demo -c "call cchc_layout.detach_year(2025)"
[ "$(sql demo -c "select count(*) from dossier where id < cchc_layout.first_id(2026)")" = 0 ]
if sql demo -c "call cchc_layout.split(2025, 2026)" 2>/dev/null; then
	echo "split twice"
	exit 1
fi

# The first test makes the template of all the others, which is then split.
export CCHC_TEST_DB=$pg_url ASAN_OPTIONS=detect_leaks=1
tests=build/asan/tests
$tests/store/test_account_store >/dev/null 2>&1
template=$(sql postgres -c "select datname from pg_database where datname like 'cchc_template_%'")
split "$template" 2025 2027
for program in $tests/store/test_dossier_* $tests/store/test_form_store $tests/store/test_unit_store $tests/page/test_dossier; do
	case $program in *.o | *.d | *_sqlite | *_figures) continue ;; esac
	echo "$program"
	$program >"$pg_dir/out" 2>&1 || { tail -n 40 "$pg_dir/out"; exit 1; }
done
