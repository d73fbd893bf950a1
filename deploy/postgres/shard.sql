-- shard.sql - the dossiers of one database spread over several PostgreSQL servers, by hash.
--
--	psql URL -v ON_ERROR_STOP=1 -1 -f deploy/postgres/shard.sql
--	psql URL -c "call cchc_layout.add_server('b', 'host=10.0.0.2 dbname=cchc', 'user=cchc password=...')"
--	psql URL -c "call cchc_layout.spread()"
--
-- Every server is migrated first (`cchc migrate`).  Here, on the first, the tables below become
-- partitioned: the piece of remainder 0 stays, the others are foreign tables on the servers in
-- the order in which they were added.  What all dossiers share (units, procedures, accounts, the
-- journal) stays on the first server.
--
-- Read docs/scale.md first.  Two limits come with foreign tables: no key or reference is checked
-- over servers, and a write that touches two servers is committed on one after the other, not at
-- once.  So this layout is for reading and for archives; who writes to several servers takes an
-- extension that commits in two phases (citus.sql) or one installation for each province.
create extension if not exists postgres_fdw;
\ir views.sql

create table if not exists cchc_layout.spread_table (
	name text primary key,
	key_column text not null
);
insert into cchc_layout.spread_table values
	('dossier', 'receiving_unit_id'),
	('dossier_past', 'receiving_unit_id'),
	('dossier_word', 'unit_id'),
	('dossier_event', 'dossier_id'),
	('dossier_pause', 'dossier_id'),
	('dossier_part', 'dossier_id'),
	('dossier_step', 'dossier_id')
on conflict (name) do nothing;

create table if not exists cchc_layout.spread_server (
	place int primary key,
	name text not null unique
);

-- `where_it_is` and `who` are options as libpq writes them: name=value, without blanks in values.
create or replace function cchc_layout.options_of(words text) returns text
language sql immutable as $$
	select string_agg(format('%I %L', split_part(word, '=', 1),
	                         substr(word, strpos(word, '=') + 1)), ', ')
	from regexp_split_to_table(trim(words), '\s+') word
$$;

create or replace procedure cchc_layout.add_server(name text, where_it_is text, who text)
language plpgsql as $$
begin
	execute format('create server %I foreign data wrapper postgres_fdw options '
	               '(%s, async_capable ''true'', fetch_size ''1000'', use_remote_estimate ''true'')',
	               name, cchc_layout.options_of(where_it_is));
	execute format('create user mapping for current_user server %I options (%s)', name,
	               cchc_layout.options_of(who));
	insert into cchc_layout.spread_server
	select coalesce(max(place), 0) + 1, add_server.name from cchc_layout.spread_server;
end
$$;

create or replace procedure cchc_layout.spread_one(t cchc_layout.spread_table)
language plpgsql as $$
declare
	pieces int := 1 + (select count(*) from cchc_layout.spread_server);
	part record;
begin
	execute format('alter table public.%I rename to %I', t.name, t.name || '_whole');
	execute format('create table public.%I (like public.%I including defaults including '
	               'constraints) partition by hash (%I)', t.name, t.name || '_whole',
	               t.key_column);
	execute format('create table cchc_layout.%I (like public.%I including all)',
	               t.name || '_0', t.name || '_whole');
	execute format('alter table public.%I attach partition cchc_layout.%I for values with '
	               '(modulus %s, remainder 0)', t.name, t.name || '_0', pieces);
	for part in select place, name from cchc_layout.spread_server order by place loop
		execute format('create foreign table cchc_layout.%I partition of public.%I for values '
		               'with (modulus %s, remainder %s) server %I options '
		               '(schema_name ''public'', table_name %L, batch_size ''1000'')',
		               t.name || '_' || part.place, t.name, pieces, part.place, part.name,
		               t.name);
	end loop;
	execute format('insert into public.%I select * from public.%I', t.name, t.name || '_whole');
	execute format('drop table public.%I cascade', t.name || '_whole');
end
$$;

create or replace procedure cchc_layout.spread()
language plpgsql as $$
declare
	t cchc_layout.spread_table;
begin
	call cchc_layout.take_views();
	for t in select * from cchc_layout.spread_table order by (name = 'dossier') desc, name loop
		call cchc_layout.spread_one(t);
	end loop;
	call cchc_layout.give_views();
end
$$;

-- On the servers that are added: what is asked there is checked on the first server.
create or replace procedure cchc_layout.receive()
language plpgsql as $$
declare
	reference record;
begin
	for reference in
		select c.conrelid::regclass as owner, c.conname from pg_constraint c
		join cchc_layout.spread_table t on c.conrelid = ('public.' || quote_ident(t.name))::regclass
		where c.contype = 'f'
	loop
		execute format('alter table %s drop constraint %I', reference.owner, reference.conname);
	end loop;
end
$$;
