-- Taking a new database apart before its tables are filled, and putting it together again.

-- Indexes are built faster over all rows than grown by each of them.
-- name: transfer_indexes
-- out: take text, give text
select 'drop index "' || m.name || '"' as take, m.sql as give
from sqlite_master m
where m.type = 'index' and m.sql is not null
order by m.rowid;
[postgres]
select format('drop index %I', n.relname) as take, pg_get_indexdef(i.indexrelid) as give
from pg_index i
join pg_class n on n.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r'
  and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
order by n.oid;

-- References, which then are asked once for all rows; SQLite is told not to watch them.
-- name: transfer_references
-- out: take text, give text
select '' as take, '' as give where 0;
[postgres]
select format('alter table %I drop constraint %I', t.relname, f.conname) as take,
       format('alter table %I add constraint %I %s', t.relname, f.conname,
              pg_get_constraintdef(f.oid)) as give
from pg_constraint f join pg_class t on t.oid = f.conrelid
where f.contype = 'f' and f.connamespace = current_schema()::regnamespace
order by f.oid;
