-- views.sql - included by partition.sql and shard.sql: a table that is made anew takes its views
-- with it, so they are written down before and made again after.
create schema if not exists cchc_layout;

create or replace procedure cchc_layout.take_views()
language plpgsql as $$
declare
	v record;
begin
	create temporary table view_kept on commit drop as
		select c.relname::text as name, pg_get_viewdef(c.oid) as text, c.oid as made
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'v' and n.nspname = 'public';
	for v in select name from view_kept order by made desc loop
		execute format('drop view public.%I', v.name);
	end loop;
end
$$;

create or replace procedure cchc_layout.give_views()
language plpgsql as $$
declare
	v record;
begin
	for v in select name, text from view_kept order by made loop
		execute format('create view public.%I as %s', v.name, v.text);
	end loop;
end
$$;
