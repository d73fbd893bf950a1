-- The bookkeeping of migrate.c.

-- name: migration_table
create table if not exists schema_migration (
	number integer primary key,
	name text not null,
	checksum text not null
) strict;
[postgres]
create table if not exists schema_migration (
	number bigint primary key,
	name text not null,
	checksum text not null
);

-- name: migration_started
-- out: started int, tables int
select count(case when name = 'schema_migration' then 1 end) as started, count(*) as tables
from sqlite_master
where type = 'table';
[postgres]
select count(case when table_name = 'schema_migration' then 1 end) as started,
	count(*) as tables
from information_schema.tables
where table_schema = current_schema();

-- name: migration_last
-- out: number int
select coalesce(max(number), 0) as number from schema_migration;

-- name: migration_all
-- out: number int, name text, checksum text
select number, name, checksum from schema_migration order by number;

-- name: migration_add
-- in: number int, name text, checksum text
insert into schema_migration (number, name, checksum) values (:number, :name, :checksum);
