-- What offices wrote on the cells of a sheet, kept with the reports behind it.

-- name: form_remark_report
-- in: scope id, unit_id id, set_code text, from_on day, to_on day
-- out: report_id id
select r.id as report_id from report r
where r.unit_id = :unit_id and r.set_code = :set_code and r.from_on = :from_on
  and r.to_on = :to_on and r.current = 1
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = r.unit_id)
order by r.id desc limit 1;

-- name: form_remark_list
-- in: scope id, unit_id id, set_code text, from_on day, to_on day
-- out: id id, form text, indicator text, body text, account_name text, unit_name text
-- out: at instant, settled_at instant
select m.id, m.form, m.indicator, m.body, a.name as account_name, u.name as unit_name, m.at,
       m.settled_at
from report r
join report_comment m on m.report_id = r.id
left join account a on a.id = m.account_id
left join unit u on u.id = m.unit_id
where r.unit_id = :unit_id and r.set_code = :set_code and r.from_on = :from_on
  and r.to_on = :to_on and m.indicator <> ''
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id = r.unit_id)
order by m.id;

-- Of the same days, or of the period of the unit's own report: cut-offs below may be others.
-- name: form_reported_below
-- in: unit_id id, set_code text, from_on day, to_on day
-- out: n int
-- unscoped: the sheet was opened within the scope
select count(*) as n from report r
where r.receiver_id = :unit_id and r.current = 1
  and ((r.from_on = :from_on and r.to_on = :to_on)
       or exists (select 1 from report o where o.unit_id = :unit_id and o.set_code = :set_code
                  and o.from_on = :from_on and o.to_on = :to_on and o.current = 1
                  and o.regime_code = r.regime_code and o.period = r.period));
