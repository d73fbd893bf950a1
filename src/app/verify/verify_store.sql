-- What must be true of the rows themselves (verify_store.c).

-- What is wrong with the file, a line each.
-- name: verify_pages
-- out: line text
select p.integrity_check as line from pragma_integrity_check p where p.integrity_check <> 'ok';
[postgres]
select cast('' as text) as line where false;

-- Without comparing the indexes with their tables.
-- name: verify_pages_quick
-- out: line text
select p.quick_check as line from pragma_quick_check p where p.quick_check <> 'ok';
[postgres]
select cast('' as text) as line where false;

-- What a database server knows of its disk.
-- name: verify_server
-- out: checksum_failures int, broken_index text
select 0 as checksum_failures, null as broken_index;
[postgres]
select coalesce((select d.checksum_failures from pg_stat_database d
                 where d.datname = current_database()), 0) as checksum_failures,
       (select min(cast(c.relname as text)) from pg_index i join pg_class c on c.oid = i.indexrelid
        where not i.indisvalid and c.relnamespace = current_schema()::regnamespace) as broken_index;

-- Rules of a dossier that hold between its columns and rows: how many break each, and the
-- code of the first.  Instants are microseconds in UTC, days are those of UTC+7; an outcome is
-- judged to the minute.
-- name: verify_dossiers
-- unscoped: the whole database is checked
-- out: rule text, n int, code text
select 'ended' as rule, count(*) as n, min(d.code) as code
from dossier d
where (d.finished_at is not null) <> (d.state in (9, 10))
   or (d.returned_at is not null) <> (d.state = 10)
   or (d.refused = 1 and d.finished_at is null)
union all
select 'closed' as rule, count(*) as n, min(d.code) as code
from dossier d
where (d.closed_on is not null) <> (d.state in (3, 7, 8))
union all
select 'days' as rule, count(*) as n, min(d.code) as code
from dossier d
where d.received_on <> (d.received_at + 25200000000) / 86400000000
   or coalesce(d.finished_on, -1) <> coalesce((d.finished_at + 25200000000) / 86400000000, -1)
   or coalesce(d.returned_on, -1) <> coalesce((d.returned_at + 25200000000) / 86400000000, -1)
union all
select 'outcome' as rule, count(*) as n, min(d.code) as code
from dossier d
where (d.outcome is null) <> (d.finished_at is null or d.due_at is null)
   or (d.outcome = 'late') <> (d.finished_at / 60000000 > d.due_at / 60000000)
union all
select 'version' as rule, count(*) as n, min(d.code) as code
from dossier d join procedure_version v on v.id = d.procedure_version_id
where v.procedure_id <> d.procedure_id or v.field_id <> d.field_id
union all
select 'pause' as rule, count(*) as n, min(d.code) as code
from dossier d
where (d.state_group = 3) <> (d.paused_at is not null)
   or (d.paused_at is null and d.state not in (5, 6) and exists (
       select 1 from dossier_pause p where p.dossier_id = d.id and p.to_at is null))
union all
select 'past' as rule, count(*) as n, min(d.code) as code
from dossier d
where exists (
      select 1 from dossier_past p
      where p.dossier_id = d.id and p.to_change <> d.from_change and not exists (
            select 1 from dossier_past q
            where q.dossier_id = d.id and q.from_change = p.to_change));

-- name: verify_units
-- out: id id, valid_from day
select u.id, u.valid_from from unit u order by u.id;
