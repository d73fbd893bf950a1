#!/bin/bash
# grow.sh DATABASE N - multiplies the dossiers of a demo database until it has N, by copying
# rows, and counts the counters anew: what the forms read, in minutes instead of hours.
# DATABASE is a file or postgresql://...  The copies have other days (up to five earlier or
# later) and every fourth another procedure, so that the counters grow as they would.  Words,
# events, parts and steps are not copied: the database serves bench_forms only.
cd "$(dirname "$0")/../.." || exit 2
[ $# = 2 ] || { echo "usage: grow.sh DATABASE N"; exit 2; }
db=$1 target=$2
case $db in
postgresql:*) run() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$db"; } ;;
*) run() { sqlite3 -bail "$db"; } ;;
esac
case $db in
postgresql:*)
	begin="set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB';"
	indexes="select 'drop index ' || indexname || ';' from pg_indexes where tablename = 'dossier' and indexdef not like '%UNIQUE%';"
	again="select indexdef || ';' from pg_indexes where tablename = 'dossier' and indexdef not like '%UNIQUE%';"
	finish="analyze;"
	;;
*)
	begin="pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000;"
	indexes="select 'drop index ' || name || ';' from sqlite_schema where type = 'index' and tbl_name = 'dossier' and sql is not null;"
	again="select sql || ';' from sqlite_schema where type = 'index' and tbl_name = 'dossier' and sql is not null;"
	finish="pragma journal_mode = wal; pragma optimize;"
	;;
esac
build/cchc counters verify --db "$db" >/dev/null || { echo "$db is not right before it grows"; exit 1; }
n=$(echo "select count(*) from dossier;" | run) || exit 1
[ "$n" -gt 0 ] && [ "$target" -gt "$n" ] || { echo "$db has $n dossiers"; exit 1; }
copies=$(((target - n + n - 1) / n))
drops=$(echo "$indexes" | run) creates=$(echo "$again" | run)
day=86400000000
run <<SQL >/dev/null || exit 1
$begin
$drops
create temporary table grow_version as
select row_number() over (order by id) - 1 as i, id as version_id, procedure_id, field_id from procedure_version;
create temporary table grow_from as
select d.id as old_id, row_number() over (order by d.id) as r, v.i from dossier d join grow_version v on v.version_id = d.procedure_version_id;
insert into dossier (id, code, receiving_unit_id, competent_unit_id, procedure_version_id, procedure_id, field_id,
	applicant_id, applicant_name, summary, quantity, channel, state, state_group, refused, payment_state, fee_dong,
	delivery, delivery_state, received_at, received_on, term, supplement_rule, rule_set, calendar_version,
	original_due_at, due_at, extended_due_at, source_due_at, paused_at, finished_at, finished_on, outcome, closed_on,
	returned_at, returned_on, step, holder_id, book, source_id, revision, from_change)
with recursive copy (k) as (select 1 union all select k + 1 from copy where k < $copies),
	shifted as (select k, (k * 5 + 3) % 11 - 5 as s from copy)
select c.k * 1000000000000 + g.r, d.code || '-' || c.k, d.receiving_unit_id, d.competent_unit_id,
	v.version_id, v.procedure_id, v.field_id, d.applicant_id, d.applicant_name, d.summary, d.quantity, d.channel,
	d.state, d.state_group, d.refused, d.payment_state, d.fee_dong, d.delivery, d.delivery_state,
	d.received_at + c.s * $day, d.received_on + c.s, d.term, d.supplement_rule, d.rule_set, d.calendar_version,
	d.original_due_at + c.s * $day, d.due_at + c.s * $day, d.extended_due_at + c.s * $day,
	d.source_due_at + c.s * $day, d.paused_at + c.s * $day, d.finished_at + c.s * $day, d.finished_on + c.s,
	d.outcome, d.closed_on + c.s, d.returned_at + c.s * $day, d.returned_on + c.s, d.step, d.holder_id, d.book,
	d.source_id, d.revision, d.from_change
from shifted c
cross join grow_from g
join dossier d on d.id = g.old_id
join grow_version v on v.i = (g.i + case when g.r % 4 = 0 then c.k * 37 else 0 end) % (select count(*) from grow_version)
limit $((target - n));
$creates
$finish
SQL
build/cchc counters rebuild --db "$db" || exit 1
echo "$finish" | run >/dev/null
echo "select count(*) from dossier;" | run
