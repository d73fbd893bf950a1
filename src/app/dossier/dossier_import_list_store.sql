-- Lists of other systems: their sources, and what a line needs to know.

-- name: import_sources
-- in: unit_id id
-- out: id id, name text
select s.id, s.name from import_source s where s.unit_id = :unit_id order by s.name;

-- name: import_source_find
-- in: unit_id id, name text
-- out: id id, mapping text
select s.id, s.mapping from import_source s
where s.unit_id = :unit_id and s.name = :name;

-- name: import_source_insert
-- in: id id, unit_id id, name text, mapping text, change_id id
insert into import_source (id, unit_id, name, mapping, change_id)
values (:id, :unit_id, :name, :mapping, :change_id);

-- name: import_source_update
-- in: id id, mapping text, change_id id
update import_source set mapping = :mapping, change_id = :change_id where id = :id;

-- name: import_dossier_by_code
-- unscoped: a code is unique over all units; what is found is loaded under its scope
-- in: code text
-- out: id id
select d.id from dossier d where d.code = :code;

-- name: import_procedure_by_code
-- in: code text
-- out: id id
select p.id from procedure p where p.code = :code;

-- name: import_procedure_by_name
-- in: name text
-- out: id id
select v.procedure_id as id from procedure_version v
where v.name = :name order by v.valid_from desc, v.id desc limit 1;
