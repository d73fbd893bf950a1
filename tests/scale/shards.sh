#!/bin/bash
# shards.sh [DOSSIERS] - three PostgreSQL servers on this machine: the dossiers of one database are
# spread over them (deploy/postgres/shard.sql); every row is found again, and the same questions
# are timed before and after.
cd "$(dirname "$0")/../.." || exit 2
set -e
dossiers=${1:-200000}
. tests/scale/lib.sh
for name in a b c; do start_server $name; done
for name in b c; do
	psql -qX "$(url $name postgres)" -c 'create database cchc'
	build/cchc migrate --db "$(url $name cchc)" --yes >/dev/null
done
fill "$dossiers" 1
write_questions
echo "$dossiers dossiers on one server:"
before=$(sums)
ask
for name in a b c; do sql $name -1 -f deploy/postgres/shard.sql; done
for name in b c; do
	sql $name -c "call cchc_layout.receive()"
	sql a -c "call cchc_layout.add_server('$name', 'host=$work port=$(port $name) dbname=cchc', 'user=cchc')"
done
sql a -c "call cchc_layout.spread()" 2>/dev/null
for name in a b c; do sql $name -c analyze; done
sql a -c "alter database cchc set enable_partitionwise_aggregate = on"
echo "on three servers:"
[ "$before" = "$(sums)" ] || { echo "rows were lost: $before, now $(sums)"; exit 1; }
for name in b c; do [ "$(sql $name -c 'select count(*) from dossier')" -gt 0 ]; done
ask
echo "with a server gone the others' rows are still read by their unit:"
stop_server c
answered=0
for id in $(sql a -c "select distinct receiving_unit_id from cchc_layout.dossier_0 limit 5"); do
	[ "$(sql a -c "select count(*) > 0 from dossier where receiving_unit_id = $id")" = t ] && answered=$((answered + 1))
done
echo "$answered of 5 units answered"
[ $answered = 5 ]
