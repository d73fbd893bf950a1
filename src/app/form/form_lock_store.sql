-- Sheets that a report has locked, and the decisions on counting kept with them.

-- name: form_lock_find
-- in: unit_id id, set_code text, from_on day, to_on day
-- out: report_id id, why text
-- unscoped: whoever asks has looked at the unit's scope; the answer says only that it is locked
select l.report_id, l.why from form_lock l
where l.unit_id = :unit_id and l.set_code = :set_code and l.from_on = :from_on
  and l.to_on = :to_on;

-- name: form_lock_put
-- in: unit_id id, set_code text, from_on day, to_on day, report_id id, why text, change_id id
-- unscoped: the report was read within the scope
insert into form_lock (unit_id, set_code, from_on, to_on, report_id, why, change_id)
values (:unit_id, :set_code, :from_on, :to_on, :report_id, :why, :change_id)
on conflict (unit_id, set_code, from_on, to_on)
do update set report_id = excluded.report_id, why = excluded.why, change_id = excluded.change_id;

-- name: form_lock_drop
-- in: unit_id id, set_code text, from_on day, to_on day
-- unscoped: the report was read within the scope
delete from form_lock
where unit_id = :unit_id and set_code = :set_code and from_on = :from_on and to_on = :to_on;

-- name: form_lock_settings
-- in: unit_id id, set_code text, from_on day, to_on day
-- out: name text, value text, unit_name text, own flag
-- unscoped: of a sheet whose unit is within the scope
select s.name, s.value, s.unit_name, s.own from form_lock_setting s
where s.unit_id = :unit_id and s.set_code = :set_code and s.from_on = :from_on
  and s.to_on = :to_on
order by s.name;

-- name: form_lock_setting_add
-- in: unit_id id, set_code text, from_on day, to_on day, name text, value text, unit_name text
-- in: own flag
-- unscoped: the report was read within the scope
insert into form_lock_setting (unit_id, set_code, from_on, to_on, name, value, unit_name, own)
values (:unit_id, :set_code, :from_on, :to_on, :name, :value, :unit_name, :own);

-- name: form_lock_setting_keep
-- in: id id, unit_id id, set_code text, from_on day, to_on day, name text, value text
-- in: unit_name text, own flag, report_id id, to_change id
-- unscoped: the report was read within the scope
insert into form_lock_setting_past (id, unit_id, set_code, from_on, to_on, name, value,
                                    unit_name, own, report_id, to_change)
values (:id, :unit_id, :set_code, :from_on, :to_on, :name, :value, :unit_name, :own,
        :report_id, :to_change);

-- name: form_lock_settings_drop
-- in: unit_id id, set_code text, from_on day, to_on day
-- unscoped: the report was read within the scope
delete from form_lock_setting
where unit_id = :unit_id and set_code = :set_code and from_on = :from_on and to_on = :to_on;
