-- Sổ đếm: how many dossiers, by what the forms ask, kept in the transaction that changes a
-- dossier, so that a form costs the same whatever the number of dossiers.
--
-- A row counts over a span; on_day is its first day.  grain 2 is a report quarter (from the
-- 15th of March, June, September, December: every regular report is one to four of them),
-- grain 1 half a month (from the 1st or the 15th), grain 0 one day, for other periods.
-- whose: 0 the unit both received the dossier and is competent, 1 it only received it, 2 it is
-- only competent.  Rows belong to one unit, so that units never wait for each other; sums over
-- a subtree are made when asked.  A count may reach 0, its row stays.  No foreign keys: every
-- row follows from rows that have them.

-- The halves of months from 15/12/1899 to 2199, and the report quarter of each.
create table half_month (
	from_on day primary key,
	quarter_on day not null
) without rowid;
insert into half_month (from_on, quarter_on)
with recursive half (i) as (select 23 union all select i + 1 from half where i < 7223),
     both_of (i, j, part) as (
	select i, i, 0 from half union all select i, i - (i + 1) % 6, 1 from half),
     split (i, part, y, mp, d) as (
	select i, part, 1899 + j / 24 - case when j % 24 < 4 then 1 else 0 end,
	       (j % 24 / 2 + 10) % 12, case when j % 2 = 0 then 1 else 15 end
	from both_of),
     dated (i, part, on_day) as (
	select i, part, y / 400 * 146097 + y % 400 * 365 + y % 400 / 4 - y % 400 / 100
	                + (153 * mp + 2) / 5 + d - 1 - 719468
	from split)
select max(case when part = 0 then on_day end), max(case when part = 1 then on_day end)
from dated group by i;

-- unit-owned
create table counter_received (
	unit_id id not null,
	grain int not null,
	on_day day not null,                  -- of receipt
	whose int not null,
	accepted flag not null,
	channel text not null,
	service_level text not null,          -- of the procedure's version,
	old_level int not null,               -- 0: not stated
	online_offered flag not null,
	n int not null,
	primary key (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered)
) without rowid;

-- unit-owned
create table counter_finished (
	unit_id id not null,
	grain int not null,
	on_day day not null,                  -- of the result
	whose int not null,
	received_half day not null,           -- the half month of receipt; 0 unless grain is 1
	outcome text not null,                -- '': no due date
	within_extension flag not null,
	refused flag not null,
	n int not null,
	primary key (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused)
) without rowid;

-- What procedures a unit had, to count them once; by half months only.
-- unit-owned
create table counter_procedure (
	unit_id id not null,
	on_day day not null,                  -- of receipt
	whose int not null,
	accepted flag not null,
	channel text not null,
	version_id id not null,               -- of the procedure
	n int not null,
	primary key (unit_id, on_day, whose, accepted, channel, version_id)
) without rowid;
create index counter_procedure_by_version on counter_procedure (version_id, accepted, channel, on_day, unit_id);

-- What stands at the end of a day is the sum of what began until then less what ended.  A
-- dossier becomes overdue without a transaction: that is entered at its due day in advance.
-- unit-owned
create table counter_stock (
	unit_id id not null,
	grain int not null,
	on_day day not null,
	whose int not null,
	entered int not null,                 -- accepted dossiers, at their receipt
	ended int not null,                   -- at their result, withdrawal or stop
	overdue int not null,                 -- at their due day, unless they ended by then
	settled int not null,                 -- the overdue ones, at their end
	primary key (unit_id, grain, on_day, whose)
) without rowid;

-- ---- the same from the records: what fills the counters and what they are held against ----

-- A row for each dossier and each unit that it is counted for.
create view counter_dossier as
select case w.whose when 2 then d.competent_unit_id else d.receiving_unit_id end as unit_id,
       w.whose, d.procedure_version_id as version_id,
       case when d.state in (1, 3) then 0 else 1 end as accepted, d.channel,
       d.received_on,
       (select max(h.from_on) from half_month h where h.from_on <= d.received_on) as received_half,
       d.finished_on,
       coalesce(d.outcome, '') as outcome,
       case when d.finished_at is null then 0
            when coalesce(d.extended_due_at, d.due_at) is null then 1
            when d.finished_at <= coalesce(d.extended_due_at, d.due_at) then 1
            else 0 end as within_extension,
       d.refused,
       coalesce(d.finished_on, d.closed_on) as ended_on,
       case when d.paused_at is null
            then (d.due_at + 3456000025200000000) / 86400000000 - 40000000 end as due_on
from dossier d
join (select 0 as whose union all select 1 union all select 2) w
  on case when d.receiving_unit_id = d.competent_unit_id then 1 else 0 end
   = case w.whose when 0 then 1 else 0 end;

-- What is counted by day, and then by span.
create view counter_received_days as
select c.unit_id, c.received_on as at_day, c.whose, c.accepted, c.channel, v.service_level,
       coalesce(v.old_level, 0) as old_level, v.online_offered, count(*) as n
from counter_dossier c
join procedure_version v on v.id = c.version_id
group by c.unit_id, c.received_on, c.whose, c.accepted, c.channel, v.service_level,
         coalesce(v.old_level, 0), v.online_offered;

create view counter_finished_days as
select c.unit_id, c.finished_on as at_day, c.whose, c.received_half, c.outcome,
       c.within_extension, c.refused, count(*) as n
from counter_dossier c
where c.finished_on is not null
group by c.unit_id, c.finished_on, c.whose, c.received_half, c.outcome, c.within_extension,
         c.refused;

create view counter_stock_days as
select c.unit_id, c.whose, c.received_on as at_day, count(*) as entered, 0 as ended,
       0 as overdue, 0 as settled
from counter_dossier c where c.accepted = 1
group by c.unit_id, c.whose, c.received_on
union all
select c.unit_id, c.whose, c.ended_on, 0, count(*), 0,
       sum(case when c.due_on < c.ended_on then 1 else 0 end)
from counter_dossier c where c.accepted = 1 and c.ended_on is not null
group by c.unit_id, c.whose, c.ended_on
union all
select c.unit_id, c.whose, c.due_on, 0, 0, count(*), 0
from counter_dossier c
where c.accepted = 1 and c.due_on is not null and (c.ended_on is null or c.ended_on > c.due_on)
group by c.unit_id, c.whose, c.due_on;

create view counter_received_records as
select x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
       x.old_level, x.online_offered, sum(x.n) as n
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_received_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
         x.old_level, x.online_offered;

create view counter_finished_records as
select x.unit_id, x.grain, x.on_day, x.whose,
       case x.grain when 1 then x.received_half else 0 end as received_half, x.outcome,
       x.within_extension, x.refused, sum(x.n) as n
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_finished_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose,
         case x.grain when 1 then x.received_half else 0 end, x.outcome, x.within_extension,
         x.refused;

create view counter_procedure_records as
select c.unit_id, c.received_half as on_day, c.whose, c.accepted, c.channel, c.version_id,
       count(*) as n
from counter_dossier c
group by c.unit_id, c.received_half, c.whose, c.accepted, c.channel, c.version_id;

create view counter_stock_records as
select x.unit_id, x.grain, x.on_day, x.whose, sum(x.entered) as entered, sum(x.ended) as ended,
       sum(x.overdue) as overdue, sum(x.settled) as settled
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_stock_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose;

insert into counter_received (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered, n)
select unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered, n
from counter_received_records;
insert into counter_finished (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused, n)
select unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused, n
from counter_finished_records;
insert into counter_procedure (unit_id, on_day, whose, accepted, channel, version_id, n)
select unit_id, on_day, whose, accepted, channel, version_id, n
from counter_procedure_records;
insert into counter_stock (unit_id, grain, on_day, whose, entered, ended, overdue, settled)
select unit_id, grain, on_day, whose, entered, ended, overdue, settled
from counter_stock_records;
