-- What was done since a report was signed: each row a change with who and when, latest first.

-- A figure that was entered, or an entered one that was closed.
-- name: moved_cell
-- in: unit_id id, set_code text, from_on day, to_on day, form text, indicator text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct c.change_id as change_id, c.form || '/' || c.indicator as what, l.at, a.name as account_name
from (select f.unit_id, f.set_code, f.form, f.indicator, f.from_on, f.to_on, f.from_change as change_id
      from form_cell f
      union all
      select f.unit_id, f.set_code, f.form, f.indicator, f.from_on, f.to_on, f.to_change
      from form_cell f where f.to_change is not null
      union all
      select x.unit_id, x.set_code, x.form, x.indicator, x.from_on, x.to_on, x.from_change
      from rollup_adjustment x
      union all
      select x.unit_id, x.set_code, x.form, x.indicator, x.from_on, x.to_on, x.to_change
      from rollup_adjustment x where x.to_change is not null) c
left join change_log l on l.id = c.change_id
left join account a on a.id = l.account_id
where c.unit_id = :unit_id and c.set_code = :set_code and c.from_on = :from_on
  and c.to_on = :to_on and c.form = :form and c.indicator = :indicator
  and coalesce((select k.number from change_number k where k.change_id = c.change_id), 0) > :pinned
order by 1 desc limit 21;

-- A dossier whose facts changed or that was taken in.
-- name: moved_dossier
-- in: code text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct d.from_change as change_id, d.code as what, l.at, a.name as account_name
from dossier d
left join change_log l on l.id = d.from_change
left join account a on a.id = l.account_id
where d.code = :code
  and coalesce((select k.number from change_number k where k.change_id = d.from_change), 0) > :pinned
order by 1 desc limit 21;

-- Another version of a procedure.
-- name: moved_procedure
-- in: code text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct v.from_change as change_id, p.code as what, l.at, a.name as account_name
from procedure_version v
join procedure p on p.id = v.procedure_id
left join change_log l on l.id = v.from_change
left join account a on a.id = l.account_id
where p.code = :code
  and coalesce((select k.number from change_number k where k.change_id = v.from_change), 0) > :pinned
order by 1 desc limit 21;

-- Whatever changed the tree.
-- name: moved_unit
-- in: pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct c.change_id as change_id, u.code as what, l.at, a.name as account_name
from (select n.unit_id, n.change_id from unit_name n
      union all select e.unit_id, e.change_id from unit_end e
      union all select p.unit_id, p.change_id from unit_parent p
      union all select s.unit_id, s.change_id from unit_successor s) c
join unit u on u.id = c.unit_id
left join change_log l on l.id = c.change_id
left join account a on a.id = l.account_id
where u.id > 0
  and coalesce((select k.number from change_number k where k.change_id = c.change_id), 0) > :pinned
order by 1 desc limit 21;

-- Another text of one form of the set, or of what holds for all.
-- name: moved_definition
-- in: set_code text, form text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct x.change_id as change_id, d.form as what, l.at, a.name as account_name
from form_definition_use x
join form_definition d on d.id = x.definition_id
left join change_log l on l.id = x.change_id
left join account a on a.id = l.account_id
where d.set_code = :set_code and d.form = :form
  and coalesce((select k.number from change_number k where k.change_id = x.change_id), 0) > :pinned
order by 1 desc limit 21;

-- Decisions on counting, of any unit above.
-- name: moved_setting
-- in: set_code text, name text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct s.change_id as change_id, s.name as what, l.at, a.name as account_name
from form_setting s
left join change_log l on l.id = s.change_id
left join account a on a.id = l.account_id
where s.set_code = :set_code and s.name = :name
  and coalesce((select k.number from change_number k where k.change_id = s.change_id), 0) > :pinned
order by 1 desc limit 21;

-- What was done with the report of a unit below.
-- name: moved_child
-- in: code text, regime text, period text, pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct e.change_id as change_id, u.code as what, l.at, a.name as account_name
from report_event e
join report r on r.id = e.report_id
join unit u on u.id = r.unit_id
left join change_log l on l.id = e.change_id
left join account a on a.id = l.account_id
where u.code = :code and r.regime_code = :regime and r.period = :period
  and e.action in ('send', 'accept', 'return', 'unlock', 'amend', 'receive')
  and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) > :pinned
order by 1 desc limit 21;

-- Any version since: when nothing nearer is found.
-- name: moved_procedures
-- in: pinned int
-- out: change_id id, what text, at instant, account_name text
-- unscoped: the report was read within the scope
select distinct v.from_change as change_id, p.code as what, l.at, a.name as account_name
from procedure_version v
join procedure p on p.id = v.procedure_id
left join change_log l on l.id = v.from_change
left join account a on a.id = l.account_id
where p.id > 0
  and coalesce((select k.number from change_number k where k.change_id = v.from_change), 0) > :pinned
order by 1 desc limit 21;
