-- Counters of dossiers (sổ đếm): kept with every change of a dossier, read by the forms.

-- ---- keeping them ----

-- name: counter_class
-- in: version_id id
-- out: service_level text, old_level int, online_offered flag
select v.service_level, coalesce(v.old_level, 0) as old_level, v.online_offered
from procedure_version v where v.id = :version_id;

-- name: counter_received_add
-- in: unit_id id, quarter_on day, half_on day, on_day day, whose int, accepted flag, channel text
-- in: service_level text, old_level int, online_offered flag, n int
insert into counter_received (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered, n)
values (:unit_id, 2, :quarter_on, :whose, :accepted, :channel, :service_level, :old_level, :online_offered, :n),
       (:unit_id, 1, :half_on, :whose, :accepted, :channel, :service_level, :old_level, :online_offered, :n),
       (:unit_id, 0, :on_day, :whose, :accepted, :channel, :service_level, :old_level, :online_offered, :n)
on conflict (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered)
do update set n = counter_received.n + excluded.n;

-- name: counter_finished_add
-- in: unit_id id, quarter_on day, half_on day, on_day day, whose int, received_half day, outcome text
-- in: within_extension flag, refused flag, n int
insert into counter_finished (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused, n)
values (:unit_id, 2, :quarter_on, :whose, 0, :outcome, :within_extension, :refused, :n),
       (:unit_id, 1, :half_on, :whose, :received_half, :outcome, :within_extension, :refused, :n),
       (:unit_id, 0, :on_day, :whose, 0, :outcome, :within_extension, :refused, :n)
on conflict (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused)
do update set n = counter_finished.n + excluded.n;

-- name: counter_procedure_add
-- in: unit_id id, half_on day, whose int, accepted flag, channel text, version_id id, n int
insert into counter_procedure (unit_id, on_day, whose, accepted, channel, version_id, n)
values (:unit_id, :half_on, :whose, :accepted, :channel, :version_id, :n)
on conflict (unit_id, on_day, whose, accepted, channel, version_id)
do update set n = counter_procedure.n + excluded.n;

-- name: counter_stock_add
-- in: unit_id id, quarter_on day, half_on day, on_day day, whose int, entered int, ended int, overdue int
-- in: settled int
insert into counter_stock (unit_id, grain, on_day, whose, entered, ended, overdue, settled)
values (:unit_id, 2, :quarter_on, :whose, :entered, :ended, :overdue, :settled),
       (:unit_id, 1, :half_on, :whose, :entered, :ended, :overdue, :settled),
       (:unit_id, 0, :on_day, :whose, :entered, :ended, :overdue, :settled)
on conflict (unit_id, grain, on_day, whose)
do update set entered = counter_stock.entered + excluded.entered,
              ended = counter_stock.ended + excluded.ended,
              overdue = counter_stock.overdue + excluded.overdue,
              settled = counter_stock.settled + excluded.settled;

-- name: counter_returned_add
-- in: unit_id id, channel text, n int
insert into counter_returned (unit_id, channel, n) values (:unit_id, :channel, :n)
on conflict (unit_id, channel) do update set n = counter_returned.n + excluded.n;

-- ---- reading them; a field that the records have too has the same name and values ----

-- recordset: counter_received
-- from: counter_received k
-- key: k.unit_id
-- scope: k.unit_id
-- field: grain int k.grain
-- field: on_day day k.on_day
-- field: whose int k.whose
-- field: n int k.n
-- field: accepted flag k.accepted
-- field: channel text k.channel
-- field: service_level text k.service_level
-- field: old_level int nullif(k.old_level,0)
-- field: online_offered flag k.online_offered
-- field: unit_tier text (select case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end from unit u where u.id = k.unit_id)

-- recordset: counter_finished
-- from: counter_finished k
-- key: k.unit_id
-- scope: k.unit_id
-- field: grain int k.grain
-- field: on_day day k.on_day
-- field: whose int k.whose
-- field: n int k.n
-- field: received_half day k.received_half
-- field: outcome text nullif(k.outcome,'')
-- field: within_extension flag k.within_extension
-- field: refused flag k.refused
-- field: unit_tier text (select case u.level when 'commune' then 'commune' when 'district' then 'district' when 'office' then coalesce((select case t.level when 'commune' then 'commune' when 'district' then 'district' else 'province' end from unit_closure uc join unit t on t.id = uc.ancestor_id where uc.unit_id = u.id and t.level <> 'office' order by uc.depth, uc.from_on desc limit 1), 'commune') else 'province' end from unit u where u.id = k.unit_id)

-- The + keeps the rows of all units out of the plan: those of a few versions are asked for.
-- recordset: counter_procedure
-- from: counter_procedure k
-- key: k.version_id
-- scope: +k.unit_id
-- field: on_day day k.on_day
-- field: whose int k.whose
-- field: n int k.n
-- field: accepted flag k.accepted
-- field: channel text k.channel
-- field: version id k.version_id

-- recordset: counter_stock
-- from: counter_stock k
-- key: k.unit_id
-- scope: k.unit_id
-- field: grain int k.grain
-- field: on_day day k.on_day
-- field: whose int k.whose
-- field: entered int k.entered
-- field: ended int k.ended
-- field: overdue int k.overdue
-- field: settled int k.settled

-- What a few units had of each version: their rows are few.
-- name: counter_versions_of_few
-- in: scope id, tree_on day, from_on day, to_on day, one int, other int
-- in: regime text, period text
-- out: version_id id, procedure_id id, accepted flag, channel text, service_level text
-- out: old_level int, online_offered flag, n int
select x.version_id, v.procedure_id, x.accepted, x.channel, v.service_level, v.old_level,
       v.online_offered, x.n
from (select k.version_id, k.accepted, k.channel, sum(k.n) as n
      from counter_procedure k
      where k.unit_id in (select c.unit_id from unit_closure c
                          where c.ancestor_id = :scope and c.from_on <= :tree_on
                            and (c.to_on is null or c.to_on >= :tree_on)
                            and c.unit_id not in (select x.unit_id from unit_reported x
                                where x.receiver_id = :scope and x.regime_code = :regime
                                  and x.period = :period))
        and k.on_day >= :from_on and k.on_day <= :to_on and k.whose in (:one, :other)
      group by k.version_id, k.accepted, k.channel) x
join procedure_version v on v.id = x.version_id
where x.n > 0;

-- Every version, and whether any of many units had one of its dossiers: the search ends at the
-- first, so it costs the same whatever the number of units and dossiers.  The limits keep
-- PostgreSQL from joining all units or all rows instead.
-- name: counter_versions_of_many
-- in: scope id, tree_on day, from_on day, to_on day, one int, other int, accepted flag
-- in: channel text
-- out: version_id id, procedure_id id, service_level text, old_level int, online_offered flag
-- out: any int
select v.id as version_id, v.procedure_id, v.service_level, v.old_level, v.online_offered,
       coalesce((select 1 from counter_procedure k
                 where k.version_id = v.id and k.accepted = :accepted and k.channel = :channel
                   and k.on_day >= :from_on and k.on_day <= :to_on
                   and k.whose in (:one, :other) and k.n > 0
                   and (select 1 from unit_closure c
                        where c.ancestor_id = :scope and c.unit_id = k.unit_id
                          and c.from_on <= :tree_on
                          and (c.to_on is null or c.to_on >= :tree_on) limit 1) is not null
                 order by k.on_day, k.unit_id limit 1), 0) as any
from procedure_version v;

-- Units below a scope, to choose between the two.
-- name: counter_units
-- in: scope id, tree_on day
-- out: n int
select count(*) as n from unit_closure c
where c.ancestor_id = :scope and c.from_on <= :tree_on
  and (c.to_on is null or c.to_on >= :tree_on);

-- name: counter_returned_below
-- in: scope id, channel text
-- out: n int
select coalesce(sum(k.n), 0) as n from counter_returned k
where k.unit_id in (select c.unit_id from unit_closure c
                    where c.ancestor_id = :scope and c.to_on is null)
  and (:channel is null or k.channel = :channel);

-- ---- holding them against the records, and making them anew ----

-- name: counter_received_wrong
-- unscoped: the whole database is verified
-- out: unit_id id, grain int, on_day day, whose int, accepted flag, channel text
-- out: service_level text, old_level int, online_offered flag, kept int, found int
select x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
       x.old_level, x.online_offered, sum(x.kept) as kept, sum(x.found) as found
from (select k.unit_id, k.grain, k.on_day, k.whose, k.accepted, k.channel, k.service_level,
             k.old_level, k.online_offered, k.n as kept, 0 as found from counter_received k
      union all
      select r.unit_id, r.grain, r.on_day, r.whose, r.accepted, r.channel, r.service_level,
             r.old_level, r.online_offered, 0, r.n from counter_received_records r) x
group by x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
         x.old_level, x.online_offered
having sum(x.kept) <> sum(x.found)
order by x.unit_id, x.on_day, x.grain limit 100;

-- name: counter_finished_wrong
-- unscoped: the whole database is verified
-- out: unit_id id, grain int, on_day day, whose int, received_half day, outcome text
-- out: within_extension flag, refused flag, kept int, found int
select x.unit_id, x.grain, x.on_day, x.whose, x.received_half, x.outcome, x.within_extension,
       x.refused, sum(x.kept) as kept, sum(x.found) as found
from (select k.unit_id, k.grain, k.on_day, k.whose, k.received_half, k.outcome,
             k.within_extension, k.refused, k.n as kept, 0 as found from counter_finished k
      union all
      select r.unit_id, r.grain, r.on_day, r.whose, r.received_half, r.outcome,
             r.within_extension, r.refused, 0, r.n from counter_finished_records r) x
group by x.unit_id, x.grain, x.on_day, x.whose, x.received_half, x.outcome,
         x.within_extension, x.refused
having sum(x.kept) <> sum(x.found)
order by x.unit_id, x.on_day, x.grain limit 100;

-- name: counter_procedure_wrong
-- unscoped: the whole database is verified
-- out: unit_id id, on_day day, whose int, accepted flag, channel text, version_id id
-- out: kept int, found int
select x.unit_id, x.on_day, x.whose, x.accepted, x.channel, x.version_id,
       sum(x.kept) as kept, sum(x.found) as found
from (select k.unit_id, k.on_day, k.whose, k.accepted, k.channel, k.version_id, k.n as kept,
             0 as found from counter_procedure k
      union all
      select r.unit_id, r.on_day, r.whose, r.accepted, r.channel, r.version_id, 0, r.n
      from counter_procedure_records r) x
group by x.unit_id, x.on_day, x.whose, x.accepted, x.channel, x.version_id
having sum(x.kept) <> sum(x.found)
order by x.unit_id, x.on_day limit 100;

-- name: counter_stock_wrong
-- unscoped: the whole database is verified
-- out: unit_id id, grain int, on_day day, whose int, entered int, ended int, overdue int
-- out: settled int
select x.unit_id, x.grain, x.on_day, x.whose, sum(x.entered) as entered, sum(x.ended) as ended,
       sum(x.overdue) as overdue, sum(x.settled) as settled
from (select k.unit_id, k.grain, k.on_day, k.whose, k.entered, k.ended, k.overdue, k.settled
      from counter_stock k
      union all
      select r.unit_id, r.grain, r.on_day, r.whose, -r.entered, -r.ended, -r.overdue, -r.settled
      from counter_stock_records r) x
group by x.unit_id, x.grain, x.on_day, x.whose
having sum(x.entered) <> 0 or sum(x.ended) <> 0 or sum(x.overdue) <> 0 or sum(x.settled) <> 0
order by x.unit_id, x.on_day, x.grain limit 100;

-- name: counter_returned_wrong
-- unscoped: the whole database is verified
-- out: unit_id id, channel text, kept int, found int
select x.unit_id, x.channel, sum(x.kept) as kept, sum(x.found) as found
from (select k.unit_id, k.channel, k.n as kept, 0 as found from counter_returned k
      union all
      select r.unit_id, r.channel, 0, r.n from counter_returned_records r) x
group by x.unit_id, x.channel
having sum(x.kept) <> sum(x.found)
order by x.unit_id, x.channel limit 100;

-- name: counter_received_clear
-- unscoped: the whole database is counted again
delete from counter_received;

-- name: counter_finished_clear
-- unscoped: the whole database is counted again
delete from counter_finished;

-- name: counter_procedure_clear
-- unscoped: the whole database is counted again
delete from counter_procedure;

-- name: counter_stock_clear
-- unscoped: the whole database is counted again
delete from counter_stock;

-- name: counter_returned_clear
-- unscoped: the whole database is counted again
delete from counter_returned;

-- name: counter_received_fill
insert into counter_received (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered, n)
select unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered, n
from counter_received_records;

-- name: counter_finished_fill
insert into counter_finished (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused, n)
select unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused, n
from counter_finished_records;

-- name: counter_procedure_fill
insert into counter_procedure (unit_id, on_day, whose, accepted, channel, version_id, n)
select unit_id, on_day, whose, accepted, channel, version_id, n
from counter_procedure_records;

-- name: counter_stock_fill
insert into counter_stock (unit_id, grain, on_day, whose, entered, ended, overdue, settled)
select unit_id, grain, on_day, whose, entered, ended, overdue, settled
from counter_stock_records;

-- name: counter_returned_fill
insert into counter_returned (unit_id, channel, n)
select unit_id, channel, n from counter_returned_records;

-- name: counter_unit_code
-- in: id id
-- out: code text
select u.code from unit u where u.id = :id;
