-- Forms: what their formulas count, definitions, entered cells, settings, who supplies a row.

-- ---- what formulas count (form_records.def); the last fields are only shown in lists ----

-- Hồ sơ of the unit that received it. What stands in other tables is asked for row by row: an
-- engine leaves out an unused subquery, but not an unused join of a count.
-- recordset: form_dossier
-- from: dossier d
-- key: d.id
-- scope: d.receiving_unit_id
-- field: received day d.received_on
-- field: finished day d.finished_on
-- field: closed day d.closed_on
-- field: returned day d.returned_on
-- field: accepted flag (case when d.state in (1, 3) then 0 else 1 end)
-- field: refused flag d.refused
-- field: channel text d.channel
-- field: outcome text d.outcome
-- field: within_extension flag (case when d.finished_at is null then 0 when coalesce(d.extended_due_at, d.due_at) is null or d.finished_at <= coalesce(d.extended_due_at, d.due_at) then 1 else 0 end)
-- field: state int d.state
-- field: quantity int d.quantity
-- field: procedure id d.procedure_id
-- field: procedure_code text (select p.code from procedure p where p.id = d.procedure_id)
-- field: service_level text (select v.service_level from procedure_version v where v.id = d.procedure_version_id)
-- field: old_level int (select v.old_level from procedure_version v where v.id = d.procedure_version_id)
-- field: online_offered flag (select v.online_offered from procedure_version v where v.id = d.procedure_version_id)
-- field: unit_tier text (select case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end from unit u where u.id = d.receiving_unit_id)
-- field: code text d.code
-- field: procedure_name text (select v.name from procedure_version v where v.id = d.procedure_version_id)
-- field: code_and_field text (select p.code || '|' || coalesce(f.name, '') from procedure p left join procedure_version v on v.id = d.procedure_version_id left join field f on f.id = v.field_id where p.id = d.procedure_id)
-- field: unit_name text (select u.name from unit u where u.id = d.receiving_unit_id)
-- field: due_at instant d.due_at
-- field: finished_at instant d.finished_at
-- field: received_at instant d.received_at

-- The same, of the unit that is competent.
-- recordset: form_dossier_competent
-- from: dossier d
-- key: d.id
-- scope: d.competent_unit_id
-- field: received day d.received_on
-- field: finished day d.finished_on
-- field: closed day d.closed_on
-- field: returned day d.returned_on
-- field: accepted flag (case when d.state in (1, 3) then 0 else 1 end)
-- field: refused flag d.refused
-- field: channel text d.channel
-- field: outcome text d.outcome
-- field: within_extension flag (case when d.finished_at is null then 0 when coalesce(d.extended_due_at, d.due_at) is null or d.finished_at <= coalesce(d.extended_due_at, d.due_at) then 1 else 0 end)
-- field: state int d.state
-- field: quantity int d.quantity
-- field: procedure id d.procedure_id
-- field: procedure_code text (select p.code from procedure p where p.id = d.procedure_id)
-- field: service_level text (select v.service_level from procedure_version v where v.id = d.procedure_version_id)
-- field: old_level int (select v.old_level from procedure_version v where v.id = d.procedure_version_id)
-- field: online_offered flag (select v.online_offered from procedure_version v where v.id = d.procedure_version_id)
-- field: unit_tier text (select case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end from unit u where u.id = d.competent_unit_id)
-- field: code text d.code
-- field: procedure_name text (select v.name from procedure_version v where v.id = d.procedure_version_id)
-- field: code_and_field text (select p.code || '|' || coalesce(f.name, '') from procedure p left join procedure_version v on v.id = d.procedure_version_id left join field f on f.id = v.field_id where p.id = d.procedure_id)
-- field: unit_name text (select u.name from unit u where u.id = d.competent_unit_id)
-- field: due_at instant d.due_at
-- field: finished_at instant d.finished_at
-- field: received_at instant d.received_at

-- Thủ tục: a row for each version and level; a version without levels (a repeal) has one.
-- recordset: form_procedure
-- from: procedure_version v
-- from: left join procedure_level l on l.version_id = v.id
-- key: coalesce(l.id, v.id)
-- field: code text (select p.code from procedure p where p.id = v.procedure_id)
-- field: code_at_tier text (v.procedure_id || '/' || (case l.level when 'commune' then 'commune' when 'office' then 'commune' when 'district' then 'district' else 'province' end))
-- field: tier text (case when l.level is null then null when l.level in ('commune', 'office') then 'commune' when l.level = 'district' then 'district' else 'province' end)
-- field: valid_from day v.valid_from
-- field: valid_until day coalesce(v.valid_to, 2932896)
-- field: decided day v.decision_on
-- field: decision_kind text v.decision_kind
-- field: repealed flag (case when v.decision_kind = 'repealed' then 1 else 0 end)
-- field: simplified day v.simplified_on
-- field: service_level text v.service_level
-- field: old_level int v.old_level
-- field: online_offered flag v.online_offered
-- field: online_payment flag v.online_payment
-- field: on_national_portal flag v.on_national_portal
-- field: linked text v.linked
-- field: any_place flag v.any_place
-- field: has_fee flag (case when v.fee_dong > 0 then 1 when v.fee_dong is null and v.fee_note <> '' then 1 else 0 end)
-- field: name text v.name
-- field: field_name text (select f.name from field f where f.id = v.field_id)
-- field: level text l.level

-- Đơn vị.
-- recordset: form_unit
-- from: unit u
-- key: u.id
-- scope: u.id
-- field: level text u.level
-- field: tier text (case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end)
-- field: valid_from day u.valid_from
-- field: valid_until day coalesce(u.valid_to, 2932896)
-- field: code text u.code
-- field: name text u.name

-- Báo cáo định kỳ that units owe: the current document of each unit and period.
-- recordset: form_report
-- from: (select r.id, r.unit_id, r.regime_code, r.period_name, r.send_by_on, r.first_sent_on, r.state from report r where r.current = 1 and r.state <> 'exempt') b
-- key: b.id
-- scope: b.unit_id
-- field: due day b.send_by_on
-- field: sent day b.first_sent_on
-- field: done flag (case when b.state in ('sent', 'accepted') then 1 else 0 end)
-- field: in_time flag (case when b.state in ('sent', 'accepted') and b.first_sent_on <= b.send_by_on then 1 else 0 end)
-- field: regime text b.regime_code
-- field: tier text (select case u.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit u where u.id = b.unit_id)
-- field: code text (select u.code from unit u where u.id = b.unit_id)
-- field: name text (select u.name from unit u where u.id = b.unit_id)
-- field: period_name text b.period_name

-- ---- definitions ----

-- name: form_set_headers
-- out: set_code text, content text
select d.set_code, d.content from form_definition d
where d.form = 'set' and d.current = 1 order by d.set_code;

-- name: form_definitions
-- in: set_code text
-- out: form text, content text, sha256 text
select d.form, d.content, d.sha256 from form_definition d
where d.set_code = :set_code and d.current = 1 order by d.id;

-- Who installed the current definition of a set: "form.ship" is the program itself.
-- name: form_definition_origin
-- in: set_code text
-- out: action text
select c.action from form_definition d join change_log c on c.id = d.change_id
where d.set_code = :set_code and d.form = 'set' and d.current = 1;

-- name: form_definition_retire
-- in: set_code text
update form_definition set current = 0 where set_code = :set_code and current = 1;

-- A text that was installed before becomes the current one again.
-- name: form_definition_add
-- in: id id, set_code text, form text, sha256 text, content text, installed_at instant
-- in: change_id id
insert into form_definition (id, set_code, form, sha256, content, installed_at, current, change_id)
values (:id, :set_code, :form, :sha256, :content, :installed_at, 1, :change_id)
on conflict (set_code, form, sha256) do update set current = 1, change_id = excluded.change_id;

-- name: form_definition_use_add
-- in: id id, set_code text, form text, sha256 text, change_id id
insert into form_definition_use (id, definition_id, change_id)
select :id, d.id, :change_id from form_definition d
where d.set_code = :set_code and d.form = :form and d.sha256 = :sha256;

-- ---- the unit of a sheet ----

-- name: form_unit
-- in: id id
-- out: id id, code text, name text, level text, tier text
select u.id, u.code, u.name, u.level, (case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end) as tier
from unit u where u.id = :id;

-- ---- cells ----

-- name: form_cells
-- in: unit_id id, set_code text, from_on day, to_on day, scope id
-- out: form text, indicator text, value decimal, blank flag, numerator decimal
-- out: denominator decimal, note text, reason text
select f.form, f.indicator, f.value, f.blank, f.numerator, f.denominator, f.note, f.reason
from form_cell f
where f.unit_id = :unit_id and f.set_code = :set_code and f.from_on = :from_on
  and f.to_on = :to_on and f.to_change is null
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = f.unit_id);

-- name: form_cell_current
-- in: unit_id id, set_code text, form text, from_on day, to_on day, indicator text, scope id
-- out: id id, value decimal, blank flag, numerator decimal, denominator decimal, note text
-- out: reason text
select f.id, f.value, f.blank, f.numerator, f.denominator, f.note, f.reason
from form_cell f
where f.unit_id = :unit_id and f.set_code = :set_code and f.form = :form
  and f.from_on = :from_on and f.to_on = :to_on and f.indicator = :indicator
  and f.to_change is null
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = f.unit_id);

-- name: form_cell_close
-- in: id id, to_change id
-- unscoped: the cell was read by form_cell_current within the scope
update form_cell set to_change = :to_change where id = :id and to_change is null;

-- name: form_cell_add
-- in: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- in: value decimal, blank flag, numerator decimal, denominator decimal, note text, reason text
-- in: from_change id
-- unscoped: form_cell_current looked at the scope before
insert into form_cell (id, unit_id, set_code, form, indicator, from_on, to_on, value, blank,
                       numerator, denominator, note, reason, from_change)
values (:id, :unit_id, :set_code, :form, :indicator, :from_on, :to_on, :value, :blank,
        :numerator, :denominator, :note, :reason, :from_change);

-- Every value a cell had, newest first.
-- name: form_cell_history
-- in: unit_id id, set_code text, form text, indicator text, from_on day, to_on day, scope id
-- out: value decimal, blank flag, note text, reason text, at instant, account_name text
select f.value, f.blank, f.note, f.reason, c.at, a.name as account_name
from form_cell f
join change_log c on c.id = f.from_change
left join account a on a.id = c.account_id
where f.unit_id = :unit_id and f.set_code = :set_code and f.form = :form
  and f.indicator = :indicator and f.from_on = :from_on and f.to_on = :to_on
  and exists (select 1 from unit_closure u where u.ancestor_id = :scope
              and u.unit_id = f.unit_id)
order by f.id desc limit 50;

-- The periods for which something was entered.
-- name: form_periods
-- in: unit_id id, set_code text, scope id
-- out: from_on day, to_on day
select f.from_on, f.to_on from form_cell f
where f.unit_id = :unit_id and f.set_code = :set_code and f.to_change is null
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = f.unit_id)
group by f.from_on, f.to_on order by f.to_on desc, f.from_on limit 60;

-- ---- decisions on counting ----

-- The unit's own and those of the units above it, nearest first.
-- name: form_settings
-- in: scope id, set_code text
-- out: name text, value text, unit_name text, depth int
select s.name, s.value, u.name as unit_name, c.depth
from form_setting s
join unit_closure c on c.ancestor_id = s.unit_id
join unit u on u.id = s.unit_id
where c.unit_id = :scope and c.to_on is null and s.set_code = :set_code
order by c.depth, s.name;

-- name: form_setting_keep
-- in: id id, scope id, set_code text, name text, to_change id
insert into form_setting_past (id, unit_id, set_code, name, value, from_change, to_change)
select :id, s.unit_id, s.set_code, s.name, s.value, s.change_id, :to_change
from form_setting s
where s.unit_id = :scope and s.set_code = :set_code and s.name = :name;

-- name: form_setting_put
-- in: id id, unit_id id, set_code text, name text, value text, change_id id
-- unscoped: the page checked that the unit is the actor's own
insert into form_setting (id, unit_id, set_code, name, value, change_id)
values (:id, :unit_id, :set_code, :name, :value, :change_id)
on conflict (unit_id, set_code, name)
do update set value = excluded.value, change_id = excluded.change_id;

-- ---- who supplies a row ----

-- name: form_row_owners
-- in: unit_id id, set_code text, scope id
-- out: indicator text, owner_id id, owner_name text, account_id id, account_name text
select o.indicator, o.owner_id, u.name as owner_name, o.account_id, a.name as account_name
from form_row_owner o join unit u on u.id = o.owner_id
left join account a on a.id = o.account_id
where o.unit_id = :unit_id and o.set_code = :set_code
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = o.unit_id);

-- name: form_row_owner_put
-- in: id id, unit_id id, set_code text, indicator text, owner_id id, account_id id
-- in: change_id id
-- unscoped: the page checked that the unit is the actor's own
insert into form_row_owner (id, unit_id, set_code, indicator, owner_id, account_id, change_id)
values (:id, :unit_id, :set_code, :indicator, :owner_id, :account_id, :change_id)
on conflict (unit_id, set_code, indicator)
do update set owner_id = excluded.owner_id, account_id = excluded.account_id,
              change_id = excluded.change_id;

-- name: form_row_owner_drop
-- in: unit_id id, set_code text, indicator text
-- unscoped: the page checked that the unit is the actor's own
delete from form_row_owner
where unit_id = :unit_id and set_code = :set_code and indicator = :indicator;

-- What the unit itself chose, and whom it named.
-- name: form_setting_own
-- in: scope id, set_code text, name text
-- out: value text
select s.value from form_setting s
where s.unit_id = :scope and s.set_code = :set_code and s.name = :name;

-- name: form_row_owner_own
-- in: scope id, set_code text, indicator text
-- out: owner_id id, account_id id
select o.owner_id, o.account_id from form_row_owner o
where o.unit_id = :scope and o.set_code = :set_code and o.indicator = :indicator;
