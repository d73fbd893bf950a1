# lib.sh - what partitions.sh and shards.sh share: PostgreSQL servers on this machine, dossiers
# multiplied by SQL, and four questions that are timed before and after.
pg_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
work=$(mktemp -d /tmp/cchc-scale-XXXXXX)
questions=$work/questions
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres: "$work"
servers=
stop_server() { (cd "$work" && as "$pg_bin/pg_ctl" -D "$work/$1" -m immediate stop >/dev/null 2>&1) || true; }
stop() {
	for name in $servers; do stop_server "$name"; done
	rm -rf "$work"
}
trap stop EXIT
port() { printf '%d' "$((6100 + $(printf '%d' "'$1")))"; }
start_server() { # name: a letter
	(cd "$work" && as "$pg_bin/initdb" -D "$work/$1" -A trust -U cchc -E UTF8 --locale=C -N >/dev/null &&
		as "$pg_bin/pg_ctl" -D "$work/$1" -l "$work/$1.log" -w -o "-k $work -p $(port "$1") -c listen_addresses= -c shared_buffers=512MB -c max_wal_size=4GB -c synchronous_commit=off" start >/dev/null)
	servers="$servers $1"
}
url() { echo "postgresql:///$2?host=$work&port=$(port "$1")&user=cchc"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$(url "$1" cchc)" "${@:2}"; }

# A demo of 2,000 dossiers on server a; more of them differ in id, code and, by years, in time.
fill() { # dossiers, years
	local columns year_us=31536000000000 shifted
	psql -qX "$(url a postgres)" -c 'create database cchc'
	build/cchc demo --db "$(url a cchc)" --dossiers 2000 --until 2026-10-31 >/dev/null
	columns=$(sql a -c "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns where table_name = 'dossier' and column_name not in ('id', 'code', 'received_at', 'received_on')")
	shifted="(n % $2)::bigint"
	sql a -c "insert into dossier (id, code, received_at, received_on, $columns)
		select d.id + (n::bigint << 10) - ((($shifted * $year_us / 1000)) << 22), d.code || '-' || n,
		       d.received_at - $shifted * $year_us, d.received_on - $shifted * 365, $columns
		from dossier d, generate_series(1, $(($1 / 2000 - 1))) n" -c "analyze"
}
sums() { sql a -c "select count(*), sum(id % 1000003), count(distinct receiving_unit_id) from dossier"; }
write_questions() {
	local unit one
	mkdir -p "$questions"
	unit=$(sql a -c "select receiving_unit_id from dossier group by 1 order by count(*) desc limit 1")
	one=$(sql a -c 'select max(id) from dossier')
	echo "select id, code, state, received_at, due_at from dossier where receiving_unit_id = $unit and state_group = 2 order by due_at, id limit 51;" >"$questions/list.sql"
	echo "select channel, outcome, count(*) from dossier where received_on between 20400 and 20500 group by 1, 2;" >"$questions/group.sql"
	echo "select * from dossier where id = $one;" >"$questions/one.sql"
	echo "update dossier set summary = summary where id = $one;" >"$questions/update.sql"
}
ask() {
	for question in list group one update; do
		printf '%-8s' $question
		pgbench -n -M prepared -c 2 -T 5 -f "$questions/$question.sql" "$(url a cchc)" 2>/dev/null |
			awk '/^tps/{tps=$3} /latency average/{ms=$4} END{printf "%10.1f a second, %8.2f ms\n", tps, ms}'
	done
}
