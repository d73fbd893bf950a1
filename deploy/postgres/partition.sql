-- partition.sql - the large tables in partitions by year of entry and by province.
--
--	psql URL -v ON_ERROR_STOP=1 -1 -f deploy/postgres/partition.sql
--	psql URL -c "call cchc_layout.split(2024, 2027)"       once, while no server runs
--	psql URL -c "call cchc_layout.add_year(2028)"          each December
--	psql URL -c "call cchc_layout.detach_year(2024)"       when a year goes to the archive
--
-- A row of a year that nobody added is taken into `beyond`, so that nothing is refused on the first
-- of January; adding that year then fails until its rows are moved.
--
-- Ids grow with time (src/base/row_id.h), so a year is a range of ids, and what belongs to a
-- dossier stands in the year of the dossier.  Inside a year a table that units own is split by
-- province: lists of units, and `other` for everybody else (a ministry, new units).
--
-- What partitions cannot keep: a key that does not hold the columns they are split by.  So
-- references to dossier go (`cchc verify` proves them instead), and the code of a dossier is
-- unique in a small table of its own, cchc_layout.dossier_code.
\ir views.sql

-- The tables that are split; unit_column null: by year only.
create table if not exists cchc_layout.split_table (
	name text primary key,
	id_column text not null,
	unit_column text
);
insert into cchc_layout.split_table values
	('dossier', 'id', 'receiving_unit_id'),
	('dossier_past', 'dossier_id', 'receiving_unit_id'),
	('dossier_event', 'dossier_id', null),
	('dossier_pause', 'dossier_id', null),
	('dossier_part', 'dossier_id', null),
	('dossier_step', 'dossier_id', null),
	('dossier_word', 'dossier_id', 'unit_id'),
	('change_log', 'id', null),
	('journal_entry', 'change_id', null),
	('journal_personal', 'change_id', null)
on conflict (name) do nothing;

create table if not exists cchc_layout.dossier_code (
	code text collate "C" primary key,
	dossier_id bigint not null
);

-- The first id of a year, as midnight in Vietnam begins it.
create or replace function cchc_layout.first_id(year int) returns bigint
language sql immutable as $$
	select greatest(0, (extract(epoch from make_timestamptz(year, 1, 1, 0, 0, 0, '+07'))
	                    - 1577836800) * 1000)::bigint << 22
$$;

-- The units that ever stood below a province, as literals of partitions' bounds: a bound holds
-- some 600 of them, so a province with more former communes than that gets several partitions.
create or replace function cchc_layout.pieces_of(province bigint)
returns table (piece bigint, units text)
language sql stable as $$
	select (place - 1) / 400 + 1, string_agg(unit_id::text, ', ')
	from (select u.unit_id, row_number() over (order by u.unit_id) as place
	      from (select distinct c.unit_id from unit_closure c
	            where c.ancestor_id = province
	              and not exists (select 1 from unit_closure d join unit p on p.id = d.ancestor_id
	                              where d.unit_id = c.unit_id and p.level = 'province'
	                                and p.id < province)) u) numbered
	group by 1 order by 1
$$;

-- The province partitions of one table in one year.
create or replace procedure cchc_layout.add_provinces(year_name text)
language plpgsql as $$
declare
	part record;
begin
	for part in
		select lower(replace(p.code, '.', '_')) || '_' || n.piece as word, n.units
		from unit p, cchc_layout.pieces_of(p.id) n
		where p.level = 'province' order by p.id, n.piece
	loop
		execute format('create table cchc_layout.%I partition of cchc_layout.%I '
		               'for values in (%s)', year_name || '_' || part.word, year_name, part.units);
	end loop;
	execute format('create table cchc_layout.%I partition of cchc_layout.%I default',
	               year_name || '_other', year_name);
end
$$;

create or replace procedure cchc_layout.add_partition(t cchc_layout.split_table, year int)
language plpgsql as $$
declare
	year_name text := t.name || '_' || year;
	by_unit text := case when t.unit_column is null then ''
	                else format(' partition by list (%I)', t.unit_column) end;
begin
	execute format('create table cchc_layout.%I partition of public.%I '
	               'for values from (%s) to (%s)%s', year_name, t.name,
	               cchc_layout.first_id(year), cchc_layout.first_id(year + 1), by_unit);
	if t.unit_column is not null then
		call cchc_layout.add_provinces(year_name);
	end if;
end
$$;

create or replace procedure cchc_layout.add_year(year int)
language plpgsql as $$
declare
	t cchc_layout.split_table;
begin
	for t in select * from cchc_layout.split_table order by name loop
		call cchc_layout.add_partition(t, year);
	end loop;
end
$$;

-- The columns of the primary key, with those that partitions are chosen by.
create or replace function cchc_layout.key_of(t cchc_layout.split_table) returns text
language sql stable as $$
	select string_agg(quote_ident(name), ', ' order by place)
	from (select name, min(place) as place from (
		select a.attname::text as name, k.place
		from pg_constraint c, unnest(c.conkey) with ordinality as k(number, place),
		     pg_attribute a
		where c.conrelid = ('public.' || quote_ident(t.name))::regclass
		  and c.contype = 'p' and a.attrelid = c.conrelid and a.attnum = k.number
		union all select t.id_column, 100
		union all select t.unit_column, 101 where t.unit_column is not null) all_names
	group by name) names
$$;

-- The table again, empty and partitioned: its columns, checks, key, references and indexes.
create or replace procedure cchc_layout.make_parent(t cchc_layout.split_table)
language plpgsql as $$
declare
	whole text := t.name || '_whole';
	key text := cchc_layout.key_of(t);
	indexes text[] := array(
		select i.indexdef from pg_indexes i join pg_index x
		  on x.indexrelid = (quote_ident(i.schemaname) || '.' || quote_ident(i.indexname))::regclass
		where i.schemaname = 'public' and i.tablename = t.name and not x.indisunique);
	index_names text[] := array(
		select i.indexname from pg_indexes i
		where i.schemaname = 'public' and i.tablename = t.name);
	reference_texts text[] := array(
		select pg_get_constraintdef(c.oid) from pg_constraint c
		where c.conrelid = ('public.' || quote_ident(t.name))::regclass and c.contype = 'f'
		  and c.confrelid <> 'public.dossier'::regclass);
	word text;
begin
	execute format('alter table public.%I rename to %I', t.name, whole);
	foreach word in array index_names loop
		execute format('alter index public.%I rename to %I', word, word || '_whole');
	end loop;
	execute format('create table public.%I (like public.%I including defaults '
	               'including constraints, primary key (%s)) partition by range (%I)',
	               t.name, whole, key, t.id_column);
	foreach word in array indexes loop
		execute word;
	end loop;
	foreach word in array reference_texts loop
		execute format('alter table public.%I add %s', t.name, word);
	end loop;
	execute format('create table cchc_layout.%I partition of public.%I default',
	               t.name || '_beyond', t.name);
end
$$;

create or replace function cchc_layout.keep_code() returns trigger
language plpgsql as $$
begin
	insert into cchc_layout.dossier_code (code, dossier_id) values (new.code, new.id);
	return new;
end
$$;

-- Splits every table, with partitions for the years from first to last; all or nothing.
create or replace procedure cchc_layout.split(first int, last int)
language plpgsql as $$
declare
	t cchc_layout.split_table;
begin
	if exists (select 1 from pg_partitioned_table
	           where partrelid = 'public.dossier'::regclass) then
		raise exception 'the tables are split already; add years with cchc_layout.add_year';
	end if;
	call cchc_layout.take_views();
	-- dossier last: the references of the others are looked up by its name
	for t in select * from cchc_layout.split_table order by (name = 'dossier'), name loop
		call cchc_layout.make_parent(t);
		for year in first .. last loop
			call cchc_layout.add_partition(t, year);
		end loop;
		execute format('insert into public.%I select * from public.%I', t.name, t.name || '_whole');
		execute format('drop table public.%I cascade', t.name || '_whole');
	end loop;
	insert into cchc_layout.dossier_code select code, id from dossier;
	create trigger keep_code before insert on dossier
		for each row execute function cchc_layout.keep_code();
	call cchc_layout.give_views();
end
$$;

-- Takes a year's dossiers out; its tables stay in cchc_layout, to be dumped and dropped.  The
-- journal is one chain and stays whole; the counters keep the figures of the year.
create or replace procedure cchc_layout.detach_year(year int)
language plpgsql as $$
declare
	t cchc_layout.split_table;
begin
	for t in select * from cchc_layout.split_table where name like 'dossier%' order by name loop
		execute format('alter table public.%I detach partition cchc_layout.%I',
		               t.name, t.name || '_' || year);
	end loop;
end
$$;
