-- Calendars of units.  What a unit's ancestors set holds for it too; the nearest speaks last.

-- name: calendar_unit_version
-- in: unit_id id, on_day day
-- out: version int
select coalesce(max(v.version), 1) as version
from calendar_version v
join unit_closure c on c.ancestor_id = v.unit_id
where c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day);

-- name: calendar_next_version
-- out: version int
select coalesce(max(v.version), 1) + 1 as version from calendar_version v;

-- name: calendar_version_insert
-- in: version int, unit_id id, change_id id
insert into calendar_version (version, unit_id, change_id)
values (:version, :unit_id, :change_id);

-- name: calendar_owe_recount
-- in: unit_id id, change_id id
insert into calendar_recount (unit_id, change_id, n_moved) values (:unit_id, :change_id, 0)
on conflict (unit_id) do update
set change_id = excluded.change_id, after_id = null, n_moved = 0;

-- name: calendar_sessions
-- in: unit_id id, on_day day
-- out: unit_id id, change_id id, weekday int, start_minute int, end_minute int, from_on day
-- out: source text
select s.unit_id, s.change_id, s.weekday, s.start_minute, s.end_minute, s.from_on, s.source
from work_session s
join unit_closure c on c.ancestor_id = s.unit_id
where c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day)
order by c.depth desc, s.unit_id, s.from_on, s.change_id, s.weekday, s.start_minute;

-- name: calendar_session_insert
-- in: id id, unit_id id, weekday int, start_minute int, end_minute int, from_on day
-- in: source text, change_id id
insert into work_session (id, unit_id, weekday, start_minute, end_minute, from_on, source,
                          change_id)
values (:id, :unit_id, :weekday, :start_minute, :end_minute, :from_on, :source, :change_id);

-- name: calendar_exceptions
-- in: unit_id id, on_day day
-- out: id id, unit_id id, on_day day, kind text, sessions text, name text, source text
-- out: unit_name text
select e.id, e.unit_id, e.on_day, e.kind, e.sessions, e.name, e.source, u.name as unit_name
from calendar_exception e
join unit_closure c on c.ancestor_id = e.unit_id
join unit u on u.id = e.unit_id
where c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day) and e.withdrawn_change_id is null
order by c.depth desc, e.on_day, e.id;

-- name: calendar_exception_insert
-- in: id id, unit_id id, on_day day, kind text, sessions text, name text, source text
-- in: change_id id
insert into calendar_exception (id, unit_id, on_day, kind, sessions, name, source, change_id)
values (:id, :unit_id, :on_day, :kind, :sessions, :name, :source, :change_id);

-- name: calendar_exception_by_id
-- in: id id
-- out: on_day day, name text
select e.on_day, e.name from calendar_exception e where e.id = :id;

-- name: calendar_exception_withdraw
-- in: id id, unit_id id, change_id id
update calendar_exception set withdrawn_change_id = :change_id
where id = :id and unit_id = :unit_id and withdrawn_change_id is null;

-- name: calendar_decisions
-- in: unit_id id, on_day day
-- out: id id, unit_id id, year int, tet_days_before int, national_day_before flag, source text
-- out: unit_name text
select d.id, d.unit_id, d.year, d.tet_days_before, d.national_day_before, d.source,
       u.name as unit_name
from year_decision d
join unit_closure c on c.ancestor_id = d.unit_id
join unit u on u.id = d.unit_id
where c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day) and d.withdrawn_change_id is null
order by c.depth desc, d.year, d.id;

-- name: calendar_decision_insert
-- in: id id, unit_id id, year int, tet_days_before int, national_day_before flag, source text
-- in: change_id id
insert into year_decision (id, unit_id, year, tet_days_before, national_day_before, source,
                           change_id)
values (:id, :unit_id, :year, :tet_days_before, :national_day_before, :source, :change_id);

-- name: calendar_decision_by_id
-- in: id id
-- out: year int, source text
select d.year, d.source from year_decision d where d.id = :id;

-- name: calendar_decision_withdraw
-- in: id id, unit_id id, change_id id
update year_decision set withdrawn_change_id = :change_id
where id = :id and unit_id = :unit_id and withdrawn_change_id is null;
