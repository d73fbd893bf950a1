-- Roll-up: what a unit answers for itself, and what it adds to rolled-up figures.

-- Units that stand below one that owes `receiver_id` its own report for the period: what they
-- received is in that report, not in the receiver's own part.
create view unit_reported as
select r.receiver_id, r.regime_code, r.period, c.unit_id
from report r
join unit_closure c on c.ancestor_id = r.unit_id and c.from_on <= r.to_on
     and (c.to_on is null or c.to_on >= r.to_on)
where r.current = 1;

-- Điều chỉnh có lý do: what a unit adds to a figure that it rolled up.  A change closes the row
-- and adds another one.
-- unit-owned
create table rollup_adjustment (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	form text not null,
	indicator text not null,              -- the stable id
	from_on day not null,                 -- the period, both days inclusive
	to_on day not null,
	value decimal,
	numerator decimal,
	denominator decimal,
	reason text not null,
	from_change id not null,
	to_change id
);
create unique index rollup_adjustment_current on rollup_adjustment (unit_id, set_code, form, from_on, to_on, indicator) where to_change is null;
