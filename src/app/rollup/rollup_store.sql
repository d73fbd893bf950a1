-- Roll-up: who reports to a unit, what they sent, what the unit adjusted.

-- The report that the unit itself owes with these figures.
-- name: rollup_own_report
-- in: unit_id id, set_code text, from_on day, to_on day
-- out: id id, regime_code text, period text, state text
-- unscoped: the sheet was opened within the scope
select r.id, r.regime_code, r.period, r.state from report r
where r.unit_id = :unit_id and r.set_code = :set_code and r.from_on = :from_on
  and r.to_on = :to_on and r.current = 1
order by r.regime_code limit 1;

-- For a unit that owes none: the period of those that report to it.
-- name: rollup_received_period
-- in: unit_id id, from_on day, to_on day
-- out: regime_code text, period text
-- unscoped: the sheet was opened within the scope
select r.regime_code, r.period from report r
where r.receiver_id = :unit_id and r.from_on = :from_on and r.to_on = :to_on and r.current = 1
group by r.regime_code, r.period order by count(*) desc, r.regime_code, r.period limit 1;

-- name: rollup_has_children
-- in: unit_id id, regime_code text, period text
-- out: n int
-- unscoped: of the units that report to this one
select count(*) as n from report r
where r.receiver_id = :unit_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1;

-- name: rollup_children
-- in: unit_id id, regime_code text, period text
-- out: report_id id, unit_id id, code text, name text, level text, state text, set_code text
-- out: from_on day, to_on day, frozen id
-- unscoped: of the units that report to this one
select r.id as report_id, r.unit_id, u.code, coalesce(n.name, u.name) as name, u.level, r.state,
       r.set_code, r.from_on, r.to_on, p.id as frozen
from report r
join unit u on u.id = r.unit_id
left join unit_name n on n.unit_id = r.unit_id and n.from_on <= r.to_on
     and (n.to_on is null or n.to_on >= r.to_on)
left join package_content p on p.report_id = r.id and p.to_change is null
where r.receiver_id = :unit_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1
order by u.code, r.id;

-- How many units of each level stand behind a child: those that owe a report themselves.
-- name: rollup_units_behind
-- in: unit_id id, regime_code text, period text
-- out: child_id id, level text, n int
-- unscoped: of the units that report to this one
select r.unit_id as child_id, u.level, count(*) as n
from report r
join unit_closure c on c.ancestor_id = r.unit_id and c.from_on <= r.to_on
     and (c.to_on is null or c.to_on >= r.to_on)
join report b on b.unit_id = c.unit_id and b.regime_code = r.regime_code
     and b.period = r.period and b.current = 1 and b.state <> 'exempt'
join unit u on u.id = b.unit_id
where r.receiver_id = :unit_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1
group by r.unit_id, u.level;

-- The cells of those that were sent, as they were sent.
-- name: rollup_cells
-- in: unit_id id, regime_code text, period text
-- out: frozen id, indicator text, value decimal, numerator decimal, denominator decimal
-- out: note text, listed flag, unlisted flag, incomplete flag, not_owed flag, codes text
-- unscoped: of the units that report to this one
select c.content_id as frozen, c.indicator, c.value, c.numerator, c.denominator, c.note,
       c.listed, c.unlisted, c.incomplete, c.not_owed, c.codes
from report r
join package_content p on p.report_id = r.id and p.to_change is null
join package_cell c on c.content_id = p.id
where r.receiver_id = :unit_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1 and r.state in ('sent', 'accepted');

-- ---- adjustments ----

-- name: rollup_adjustments
-- in: unit_id id, set_code text, from_on day, to_on day
-- out: indicator text, value decimal, numerator decimal, denominator decimal, reason text
-- unscoped: the sheet was opened within the scope
select x.indicator, x.value, x.numerator, x.denominator, x.reason
from rollup_adjustment x
where x.unit_id = :unit_id and x.set_code = :set_code and x.from_on = :from_on
  and x.to_on = :to_on and x.to_change is null;

-- name: rollup_adjustment_current
-- in: unit_id id, set_code text, form text, from_on day, to_on day, indicator text
-- out: id id, value decimal, numerator decimal, denominator decimal, reason text
-- unscoped: rollup_adjust_in looked at the scope before
select x.id, x.value, x.numerator, x.denominator, x.reason from rollup_adjustment x
where x.unit_id = :unit_id and x.set_code = :set_code and x.form = :form
  and x.from_on = :from_on and x.to_on = :to_on and x.indicator = :indicator
  and x.to_change is null;

-- name: rollup_adjustment_close
-- in: id id, to_change id
-- unscoped: the row was read by rollup_adjustment_current
update rollup_adjustment set to_change = :to_change where id = :id and to_change is null;

-- name: rollup_adjustment_add
-- in: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- in: value decimal, numerator decimal, denominator decimal, reason text, from_change id
-- unscoped: rollup_adjust_in looked at the scope before
insert into rollup_adjustment (id, unit_id, set_code, form, indicator, from_on, to_on, value,
                               numerator, denominator, reason, from_change)
values (:id, :unit_id, :set_code, :form, :indicator, :from_on, :to_on, :value, :numerator,
        :denominator, :reason, :from_change);

-- ---- trees ----

-- Units below one that stand on a day and have nobody standing above them then.
-- name: rollup_tree_gaps
-- in: scope id, on_day day
-- out: name text
select u.name from unit u
where u.id <> :scope and u.valid_from <= :on_day
  and (u.valid_to is null or u.valid_to >= :on_day)
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = u.id)
  and not exists (select 1 from unit_parent p join unit a on a.id = p.parent_id
                  where p.unit_id = u.id and p.from_on <= :on_day
                    and (p.to_on is null or p.to_on >= :on_day) and a.valid_from <= :on_day
                    and (a.valid_to is null or a.valid_to >= :on_day))
order by u.name limit 1;

-- The unit that answers for another one on a day: itself, or the nearest that took it over.
-- name: rollup_heir
-- in: unit_id id, on_day day
-- out: id id
-- unscoped: of the children of a unit that was opened within the scope
select c.ancestor_id as id from unit_closure c join unit t on t.id = c.ancestor_id
where c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day) and t.valid_from <= :on_day
  and (t.valid_to is null or t.valid_to >= :on_day)
order by c.depth, c.from_on desc, c.ancestor_id limit 1;

-- name: rollup_unit_days
-- in: id id
-- out: name text, valid_from day, valid_to day
select u.name, u.valid_from, u.valid_to from unit u where u.id = :id;

-- Whom a unit took over, and to how many each of them went.
-- name: rollup_predecessors
-- in: successor_id id
-- out: unit_id id, name text, valid_from day, valid_to day, n_successors int
select s.unit_id, u.name, u.valid_from, u.valid_to,
       (select count(*) from unit_successor x where x.unit_id = s.unit_id) as n_successors
from unit_successor s join unit u on u.id = s.unit_id
where s.successor_id = :successor_id order by u.code;
