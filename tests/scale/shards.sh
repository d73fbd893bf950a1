#!/bin/bash
# shards.sh [DOSSIERS] - three PostgreSQL servers on this machine: the dossiers of one database are
# spread over them (deploy/postgres/shard.sql); every row is found again, and the same questions
# are timed before and after.
cd "$(dirname "$0")/../.." || exit 2
set -e
dossiers=${1:-200000}
pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
work=$(mktemp -d /tmp/cchc-shards-XXXXXX)
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres: "$work"
stop() {
	for name in a b c; do (cd "$work" && as "$pg_bin/pg_ctl" -D "$work/$name" -m immediate stop >/dev/null 2>&1) || true; done
	rm -rf "$work"
}
trap stop EXIT
port() { printf '%d' "$((6100 + $(printf '%d' "'$1")))"; }
for name in a b c; do
	(cd "$work" && as "$pg_bin/initdb" -D "$work/$name" -A trust -U cchc -E UTF8 --locale=C -N >/dev/null &&
		as "$pg_bin/pg_ctl" -D "$work/$name" -l "$work/$name.log" -w -o "-k $work -p $(port $name) -c listen_addresses= -c shared_buffers=512MB -c max_wal_size=4GB -c synchronous_commit=off" start >/dev/null)
done
url() { echo "postgresql:///$2?host=$work&port=$(port "$1")&user=cchc"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$(url "$1" cchc)" "${@:2}"; }
for name in a b c; do
	psql -qX "$(url $name postgres)" -c 'create database cchc'
	build/cchc migrate --db "$(url $name cchc)" --yes >/dev/null
done

echo "filling: a demo of 2,000 dossiers, multiplied to $dossiers"
psql -qX "$(url a postgres)" -c 'drop database cchc' -c 'create database cchc'
build/cchc demo --db "$(url a cchc)" --dossiers 2000 --until 2026-10-31 >/dev/null
columns=$(sql a -c "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns where table_name = 'dossier' and column_name not in ('id', 'code')")
sql a -c "alter table dossier_past drop constraint dossier_past_dossier_id_fkey" \
	-c "insert into dossier (id, code, $columns) select id + (n::bigint << 10), code || '-' || n, $columns from dossier, generate_series(1, $((dossiers / 2000 - 1))) n" \
	-c "analyze"

questions=$work/questions
mkdir -p "$questions"
unit=$(sql a -c "select receiving_unit_id from dossier group by 1 order by count(*) desc limit 1")
cat >"$questions/list.sql" <<SQL
select id, code, state, received_at, due_at from dossier where receiving_unit_id = $unit and state_group = 2 order by due_at, id limit 51;
SQL
echo "select channel, outcome, count(*) from dossier where received_on between 20400 and 20500 group by 1, 2;" >"$questions/group.sql"
first=$(sql a -c 'select min(id) from dossier')
echo "select * from dossier where id = $first;" >"$questions/one.sql"
cat >"$questions/update.sql" <<SQL
update dossier set summary = summary where id = $first and receiving_unit_id = (select receiving_unit_id from dossier where id = $first);
SQL
ask() {
	for question in list group one update; do
		printf '%-8s' $question
		pgbench -n -M prepared -c 2 -T 5 -f "$questions/$question.sql" "$(url a cchc)" 2>/dev/null | awk '/^tps/{tps=$3} /latency average/{ms=$4} END{printf "%10.1f a second, %8.2f ms\n", tps, ms}'
	done
}
sums() { sql a -c "select count(*), sum(id % 1000003), count(distinct receiving_unit_id) from dossier"; }
echo "one server:"
before=$(sums)
ask
for name in a b c; do sql $name -1 -f deploy/postgres/shard.sql; done
for name in b c; do
	sql $name -c "call cchc_layout.receive()"
	sql a -c "call cchc_layout.add_server('$name', 'host=$work port=$(port $name) dbname=cchc', 'user=cchc')"
done
sql a -c "call cchc_layout.spread()"
for name in a b c; do sql $name -c analyze; done
echo "three servers:"
[ "$before" = "$(sums)" ] || { echo "rows were lost: $before, now $(sums)"; exit 1; }
for name in b c; do [ "$(sql $name -c 'select count(*) from dossier')" -gt 0 ]; done
sql a -c "alter database cchc set enable_partitionwise_aggregate = on"
ask
echo "with a server gone the others' rows are still read by their unit:"
(cd "$work" && as "$pg_bin/pg_ctl" -D "$work/c" -m immediate stop >/dev/null 2>&1)
answered=0
for id in $(sql a -c "select distinct receiving_unit_id from cchc_layout.dossier_0 limit 5"); do
	[ "$(sql a -c "select count(*) > 0 from dossier where receiving_unit_id = $id")" = t ] && answered=$((answered + 1))
done
echo "$answered of 5 units answered"
[ $answered = 5 ]
