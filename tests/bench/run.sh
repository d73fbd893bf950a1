#!/bin/bash
# run.sh [DOSSIERS [BULK_ROWS]] - the figures of docs/benchmarks.md, each beside its reference in the same
# run.  Default 1,000,000 dossiers; the database is made once and kept in build/bench.
# With BULK_ROWS also lists of so many lines in and out (bulk.sh).
cd "$(dirname "$0")/../.." || exit 2
dossiers=${1:-1000000}
work=build/bench
db=$work/demo-$dossiers.db
port=18080
mkdir -p $work
make -j"$(nproc)" build/cchc benches >/dev/null || exit 1
bench=build/release/tests/bench
say() { printf '\n## %s\n' "$1"; }

say "machine"
grep -m1 'model name' /proc/cpuinfo
echo "$(nproc) cores, $(awk '/MemTotal/{printf "%.0f GiB", $2/1048576}' /proc/meminfo), $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -r)"

say "deadlines on one core"
$bench/bench_deadline
say "seven forms rolled up over communes; a package verified"
$bench/bench_rollup
$bench/bench_package
$bench/bench_rollup_store
say "packages of 3,321 communes taken in"
$bench/bench_exchange
say "auditor"
$bench/bench_audit tests/audit/corpus/*.txt
say "a full report as Word and PDF"
$bench/bench_paper
say "receipt PDF"
$bench/bench_receipt

if [ ! -e "$db" ]; then
	say "making the demo with $dossiers dossiers"
	time build/cchc demo --db "$db.new" --dossiers "$dossiers" >/dev/null && mv "$db.new" "$db"
	rm -f "$db.new"-*
fi
say "the database"
ls -l "$db" | awk '{printf "%.0f MiB\n", $5/1048576}'

say "seven forms of the largest commune for a quarter"
$bench/bench_forms "$db"

server=
start_server() { # prints the milliseconds until the first answer
	local begin
	begin=$(date +%s%N)
	build/cchc serve --db "$db" --listen 127.0.0.1:$port >$work/serve.log 2>&1 &
	server=$!
	until curl -s -o /dev/null http://127.0.0.1:$port/login; do
		kill -0 $server 2>/dev/null || { cat $work/serve.log; exit 1; }
	done
	echo "first answer after $((($(date +%s%N) - begin) / 1000000)) ms"
}
stop_server() {
	kill $server
	wait $server 2>/dev/null
}
trap 'kill $server 2>/dev/null' EXIT

say "start with $dossiers dossiers"
start_server
echo "logging in 157 officers"
tests/bench/requests.sh $port "$db" $work || exit 1

say "list of 50, random account, unit, filter and page"
echo "1,000 requests a second offered, 20 s:"
$bench/bench_load $port 64 1000 20 $work/lists.tsv
echo "as fast as it answers, 64 connections, 10 s:"
$bench/bench_load $port 64 0 10 $work/lists.tsv
awk '/VmRSS|VmHWM/{printf "%s %.1f MiB\n", $1, $2/1024}' /proc/$server/status
stop_server

say "intake over HTTP, complete and durable, 157 units"
cp "$db" $work/intake.db
db=$work/intake.db
start_server >/dev/null
for connections in 1 64; do
	echo "$connections client(s), 10 s:"
	$bench/bench_load $port $connections 0 10 $work/intakes.tsv
done
stop_server
cp "$work/demo-$dossiers.db" $work/reference.db
echo "reference: the same statements, one bare SQLite connection, synchronous=FULL, a commit each:"
$bench/bench_intake_reference $work/reference.db
rm -f $work/intake.db* $work/reference.db*

say "intake on PostgreSQL"
tests/bench/postgres.sh

if [ -n "$2" ]; then
	say "lists of dossiers in and out, $2 lines"
	tests/bench/bulk.sh "$2"
fi
