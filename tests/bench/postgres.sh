#!/bin/bash
# postgres.sh [DOSSIERS] [SECONDS] - lists, then intake over HTTP on PostgreSQL with 64 clients, beside
# pgbench doing the statements of the same write on the same tables and indexes with 64 clients,
# in the same run.  The cluster is temporary and syncs, as a real one does.
cd "$(dirname "$0")/../.." || exit 2
dossiers=${1:-100000}
seconds=${2:-10}
work=build/bench
port=18081
clients=64
mkdir -p $work
. tests/lib/pg.sh
pg_start || exit 1
server=
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; pg_stop' EXIT
sql() { psql -qAt -d "$pg_url" -c "$1"; }
# What a test's cluster does without and a real one does not.
for setting in fsync=on full_page_writes=on autovacuum_naptime=1min shared_buffers=1GB log_line_prefix=%p\|; do
	sql "alter system set ${setting%%=*} = '${setting#*=}'" || exit 1
done
(cd "$pg_dir" && pg_user "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/server.log" -w \
	-o "-k $pg_dir -c listen_addresses= -c max_connections=300" restart >/dev/null) || exit 1
echo "fsync $(sql 'show fsync'), synchronous_commit $(sql 'show synchronous_commit'), full_page_writes $(sql 'show full_page_writes'), shared_buffers $(sql 'show shared_buffers'), PostgreSQL $(sql 'show server_version')"

echo "making the demo with $dossiers dossiers"
build/cchc demo --db "$pg_url" --dossiers "$dossiers" >/dev/null || exit 1
sql "vacuum analyze"
CCHC_HTTP_WORKERS=$clients CCHC_DATABASE_WRITE_CONNECTIONS=$clients CCHC_DATABASE_CONNECTIONS=80 \
	build/cchc serve --db "$pg_url" --listen 127.0.0.1:$port >$work/postgres.log 2>&1 &
server=$!
until curl -s -o /dev/null http://127.0.0.1:$port/login; do
	kill -0 $server 2>/dev/null || { cat $work/postgres.log; exit 1; }
done
tests/bench/requests.sh $port "$pg_url" $work || exit 1

bench=build/release/tests/bench
echo "list of 50 of $dossiers, random account, unit, filter and page"
$bench/bench_load $port 64 0 3 $work/lists.tsv >/dev/null # every connection prepares its statements
echo "1,000 requests a second offered, 2 x $seconds s:"
$bench/bench_load $port 64 1000 $((seconds * 2)) $work/lists.tsv
echo "as fast as it answers, 64 connections, $seconds s:"
$bench/bench_load $port 64 0 "$seconds" $work/lists.tsv

# One intake, as the server logs it.
head -n 1 $work/intakes.tsv >$work/one.tsv
sql "alter system set log_statement = 'all'" && sql "select pg_reload_conf()" >/dev/null
$bench/bench_load $port 1 1 1 $work/one.tsv >/dev/null
sql "alter system reset log_statement" && sql "select pg_reload_conf()" >/dev/null
read -r code unit change request <<<"$(psql -qAt -F ' ' -d "$pg_url" -c "select d.code, d.receiving_unit_id, c.id, c.request_id
	from dossier d join change_log c on c.id = d.from_change where c.request_id is not null order by d.id limit 1")"
awk -v code="$code" -v request="$request" -f tests/bench/intake_pgbench.awk "$pg_dir/server.log" >$work/intake.pgbench
echo "the write is $(grep -vc '^\\set' $work/intake.pgbench) statements"
# Its unit is drawn at random for each transaction, as the officers of the requests are.
units=$(sql "select id from unit where level = 'commune' and issues_codes = 1 and valid_to is null order by id")
{
	awk '{ all = all sprintf(" when :k = %d then %s", NR, $1) }
		END { printf "\\set k random(1, %d)\n\\set unit case%s end\n", NR, all }' <<<"$units"
	sed "s/'$unit'/:unit/g" $work/intake.pgbench
} >$work/units.pgbench

echo "intake over HTTP, complete and durable, $clients clients, $seconds s:"
sql checkpoint
$bench/bench_load $port $clients 0 "$seconds" $work/intakes.tsv | tee $work/postgres-http.json
kill $server
wait $server 2>/dev/null
echo "pgbench, the statements of that write, $clients clients, $seconds s:"
sql checkpoint
pgbench -n -M prepared -c $clients -j 2 -T "$seconds" -D n=0 -D start=$((change / 128 + 100000000)) -f $work/units.pgbench "$pg_url" 2>&1 |
	grep -E "^(tps|number of (transactions actually|failed)|latency average|pgbench: error)" | head -n 6 | tee $work/postgres-pgbench.txt
http=$(sed 's/.*"per_second":\([0-9]*\).*/\1/' $work/postgres-http.json)
tps=$(sed -n 's/^tps = \([0-9]*\).*/\1/p' $work/postgres-pgbench.txt)
echo "intake over HTTP is $((http * 100 / tps)) % of pgbench (goal: at least 50 %)"
