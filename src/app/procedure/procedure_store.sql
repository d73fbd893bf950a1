-- The catalogue of procedures, in versions.  It belongs to no unit: everybody may read it.

-- name: procedure_fields
-- out: id id, name text
select f.id, f.name from field f order by f.sort_key, f.name;

-- name: procedure_field_by_code
-- in: code text
-- out: id id
select f.id from field f where f.code = :code;

-- name: procedure_field_insert
-- in: id id, code text, name text, sort_key text, change_id id
insert into field (id, code, name, sort_key, change_id)
values (:id, :code, :name, :sort_key, :change_id);

-- name: procedure_id_by_code
-- in: code text
-- out: id id
select p.id from procedure p where p.code = :code;

-- name: procedure_version_on
-- in: procedure_id id, on_day day
-- out: version_id id
select v.id as version_id from procedure_version v
where v.procedure_id = :procedure_id and v.valid_from <= :on_day
  and (v.valid_to is null or v.valid_to >= :on_day) and v.decision_kind <> 'repealed';

-- name: procedure_version_last
-- in: procedure_id id
-- out: version_id id
select v.id as version_id from procedure_version v
where v.procedure_id = :procedure_id order by v.version desc limit 1;

-- name: procedure_version_by_id
-- in: id id
-- out: id id, procedure_id id, version int, code text, name text, field_id id, field text
-- out: service_level text, old_level int, online_offered flag, online_payment flag
-- out: on_national_portal flag, linked text, any_place flag, statutory_term text
-- out: statutory_basis text, shortened_term text, shortened_basis text, supplement_rule text
-- out: fee_dong dong, fee_note text, result_name text, simplified_on day, decision_kind text
-- out: decision text, decision_on day, valid_from day, valid_to day, note text
select v.id, v.procedure_id, v.version, p.code, v.name, v.field_id, f.name as field,
       v.service_level, v.old_level, v.online_offered, v.online_payment,
       v.on_national_portal, v.linked, v.any_place, v.statutory_term, v.statutory_basis,
       v.shortened_term, v.shortened_basis, v.supplement_rule, v.fee_dong, v.fee_note,
       v.result_name, v.simplified_on, v.decision_kind, v.decision, v.decision_on,
       v.valid_from, v.valid_to, v.note
from procedure_version v
join procedure p on p.id = v.procedure_id
join field f on f.id = v.field_id
where v.id = :id;

-- name: procedure_version_list
-- in: procedure_id id
-- out: id id, version int, name text, decision_kind text, decision text, decision_on day
-- out: valid_from day, valid_to day
select v.id, v.version, v.name, v.decision_kind, v.decision, v.decision_on, v.valid_from,
       v.valid_to
from procedure_version v where v.procedure_id = :procedure_id order by v.version desc;

-- name: procedure_levels_of
-- in: version_id id
-- out: level text, name text
select l.level, u.name from procedure_level l join unit_level u on u.code = l.level
where l.version_id = :version_id order by u.rank;

-- name: procedure_parts_of
-- in: version_id id
-- out: name text, form text, copies int, required flag
select t.name, t.form, t.copies, t.required from procedure_part t
where t.version_id = :version_id order by t.position;

-- name: procedure_steps_of
-- in: version_id id
-- out: name text, role text, budget text
select s.name, s.role, s.budget from procedure_step s
where s.version_id = :version_id order by s.position;

-- The catalogue of a day: every word given must be there, `prefix` only begins one.
-- name: procedure_match
-- in: on_day day, field_id id, level text, service_level text, after_code text
-- in: word_1 text, word_2 text, word_3 text, word_4 text, word_5 text
-- in: prefix text, prefix_end text
-- out: id id, version_id id, code text, name text, field_id id, field text, service_level text
-- out: statutory_term text, shortened_term text, fee_dong dong, folded_name text
select p.id, v.id as version_id, p.code, v.name, v.field_id, f.name as field, v.service_level,
       v.statutory_term, v.shortened_term, v.fee_dong, v.folded_name
from procedure p
join procedure_version v on v.procedure_id = p.id and v.valid_from <= :on_day
     and (v.valid_to is null or v.valid_to >= :on_day) and v.decision_kind <> 'repealed'
join field f on f.id = v.field_id
where p.code > :after_code
  and (:prefix is null or p.id in (
       select k.procedure_id from procedure_word k
       where k.word >= :prefix and k.word < :prefix_end))
  and (:word_1 is null or p.id in (
       select k.procedure_id from procedure_word k where k.word = :word_1))
  and (:word_2 is null or p.id in (
       select k.procedure_id from procedure_word k where k.word = :word_2))
  and (:word_3 is null or p.id in (
       select k.procedure_id from procedure_word k where k.word = :word_3))
  and (:word_4 is null or p.id in (
       select k.procedure_id from procedure_word k where k.word = :word_4))
  and (:word_5 is null or p.id in (
       select k.procedure_id from procedure_word k where k.word = :word_5))
  and (:field_id is null or v.field_id = :field_id)
  and (:service_level is null or v.service_level = :service_level)
  and (:level is null or exists (
       select 1 from procedure_level l where l.version_id = v.id and l.level = :level))
order by p.code;

-- name: procedure_insert
-- in: id id, code text, change_id id
insert into procedure (id, code, change_id) values (:id, :code, :change_id);

-- name: procedure_version_insert
-- in: id id, procedure_id id, version int, name text, folded_name text, field_id id
-- in: service_level text, old_level int, online_offered flag, online_payment flag, on_national_portal flag
-- in: linked text, any_place flag, statutory_term text, statutory_basis text
-- in: shortened_term text, shortened_basis text, supplement_rule text, fee_dong dong
-- in: fee_note text, result_name text, simplified_on day, decision_kind text, decision text
-- in: decision_on day, valid_from day, note text, from_change id
insert into procedure_version (
	id, procedure_id, version, name, folded_name, field_id, service_level, old_level,
	online_offered,
	online_payment, on_national_portal, linked, any_place, statutory_term, statutory_basis,
	shortened_term, shortened_basis, supplement_rule, fee_dong, fee_note, result_name,
	simplified_on, decision_kind, decision, decision_on, valid_from, note, from_change)
values (
	:id, :procedure_id, :version, :name, :folded_name, :field_id, :service_level, :old_level,
	:online_offered, :online_payment, :on_national_portal, :linked, :any_place,
	:statutory_term, :statutory_basis, :shortened_term, :shortened_basis, :supplement_rule,
	:fee_dong, :fee_note, :result_name, :simplified_on, :decision_kind, :decision,
	:decision_on, :valid_from, :note, :from_change);

-- name: procedure_version_close
-- in: id id, valid_to day
update procedure_version set valid_to = :valid_to where id = :id;

-- name: procedure_level_insert
-- in: id id, version_id id, level text
insert into procedure_level (id, version_id, level) values (:id, :version_id, :level);

-- name: procedure_part_insert
-- in: id id, version_id id, position int, name text, form text, copies int, required flag
insert into procedure_part (id, version_id, position, name, form, copies, required)
values (:id, :version_id, :position, :name, :form, :copies, :required);

-- name: procedure_step_insert
-- in: id id, version_id id, position int, name text, role text, budget text
insert into procedure_step (id, version_id, position, name, role, budget)
values (:id, :version_id, :position, :name, :role, :budget);

-- name: procedure_word_insert
-- in: word text, procedure_id id
insert into procedure_word (word, procedure_id) values (:word, :procedure_id)
on conflict (word, procedure_id) do nothing;
