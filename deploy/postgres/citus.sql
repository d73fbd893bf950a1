-- citus.sql - the dossiers of one database over several servers with the Citus extension, which
-- commits in two phases.  Not tried: the extension is not in Debian (docs/scale.md).
--
-- A dossier and all that belongs to it stand on one server, chosen by its id, so that every
-- write of a desk touches one server; lists of a unit are asked of all of them.  What dossiers
-- refer to is copied to every server.
create extension citus;

select create_reference_table(name) from unnest(array[
	'unit_level', 'unit', 'unit_closure', 'account', 'field', 'procedure', 'procedure_version',
	'applicant', 'import_source']) name;

-- A unique code over all servers needs a key that holds the column of distribution: the small
-- table of codes of partition.sql stays on the first server.
alter table dossier drop constraint dossier_code_key;
select create_distributed_table('dossier', 'id', shard_count := 64);
select create_distributed_table(name, 'dossier_id', colocate_with := 'dossier')
from unnest(array['dossier_past', 'dossier_event', 'dossier_pause', 'dossier_part',
                  'dossier_step', 'dossier_word']) name;
