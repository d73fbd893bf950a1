-- What a database is made of (schema.c).  On PostgreSQL a partition is part of its table, and
-- what an extension brought is nobody's concern.

-- Columns in their order, tables in the order of their creation.
-- name: schema_columns
-- out: table_name text, is_divided flag, name text, type text, not_null flag, key_place int
select t.name as table_name, 0 as is_divided, c.name, lower(c.type) as type,
       c."notnull" = 1 or c.pk > 0 as not_null, c.pk as key_place
from sqlite_master t join pragma_table_info(t.name) c
where t.type = 'table' and t.name not like 'sqlite\_%' escape '\'
order by t.rowid, c.cid;
[postgres]
select t.relname as table_name, t.relkind = 'p' as is_divided, c.attname as name,
       case when c.atttypid in (20, 21, 23) then 'integer' when c.atttypid = 25 then 'text'
            when c.atttypid = 17 then 'blob' else format_type(c.atttypid, c.atttypmod) end as type,
       c.attnotnull as not_null,
       coalesce(array_position(cast(k.indkey as smallint[]), c.attnum) + 1, 0) as key_place
from pg_class t
join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
left join pg_index k on k.indrelid = t.oid and k.indisprimary
where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
  and not t.relispartition
order by t.oid, c.attnum;

-- References of one column to another.
-- name: schema_references
-- out: table_name text, column_name text, parent text, parent_column text
select t.name as table_name, f."from" as column_name, f."table" as parent,
       f."to" as parent_column
from sqlite_master t join pragma_foreign_key_list(t.name) f
where t.type = 'table'
order by t.rowid, f.id desc;
[postgres]
select t.relname as table_name, c.attname as column_name, p.relname as parent,
       k.attname as parent_column
from pg_constraint f
join pg_class t on t.oid = f.conrelid
join pg_class p on p.oid = f.confrelid
join pg_attribute c on c.attrelid = t.oid and c.attnum = f.conkey[1]
join pg_attribute k on k.attrelid = p.oid and k.attnum = f.confkey[1]
where f.contype = 'f' and f.connamespace = current_schema()::regnamespace
  and not t.relispartition and not p.relispartition
order by t.oid, c.attnum;

-- Indexes but those of primary keys; one that a unique constraint made has no name of its own.
-- name: schema_indexes
-- out: table_name text, name text, is_unique flag, is_partial flag, columns text
select t.name as table_name, case when i.origin = 'c' then i.name else '' end as name,
       i."unique" = 1 as is_unique, i.partial = 1 as is_partial,
       coalesce((select group_concat(x.name, ', ')
                 from (select coalesce(p.name, '?') as name from pragma_index_info(i.name) p
                       order by p.seqno) x), '') as columns
from sqlite_master t join pragma_index_list(t.name) i
where t.type = 'table' and i.origin <> 'pk'
order by t.rowid, i.seq;
[postgres]
select t.relname as table_name,
       cast(case when u.oid is null then n.relname else '' end as text) as name,
       i.indisunique as is_unique, i.indpred is not null as is_partial,
       (select string_agg(coalesce(c.attname, '?'), ', ' order by x.place)
        from unnest(i.indkey) with ordinality x(number, place)
        left join pg_attribute c on c.attrelid = t.oid and c.attnum = x.number
             and x.number > 0) as columns
from pg_index i
join pg_class n on n.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
left join pg_constraint u on u.conindid = i.indexrelid and u.contype = 'u'
where t.relnamespace = current_schema()::regnamespace and not t.relispartition
  and t.relkind in ('r', 'p') and not i.indisprimary
order by t.oid, n.oid;

-- The whole text of what was created, checks and defaults included; SQLite keeps it.
-- name: schema_texts
-- out: name text, text text
select m.name, m.sql as text from sqlite_master m where m.sql is not null
order by m.name;
[postgres]
select cast('' as text) as name, cast('' as text) as text where false;
