-- The rows that feed a unit's figures as they stood at a pinned number of the journal's chain: a
-- fact was known when its change stands at or before it (change_number).  What was never a
-- change of the journal (what came with the program) was always known.  Each pair reads the
-- database in use and fills the one in memory.

-- A unit was known once its first name was; every name, parent and end is a row that is only
-- ever closed by the one after it.
-- name: asof_unit
-- in: pinned int
-- out: id id, code text, name text, level text, valid_from day, valid_to day
select u.id, u.code,
       coalesce((select n.name from unit_name n
                 where n.unit_id = u.id
                   and coalesce((select k.number from change_number k where k.change_id = n.change_id), 0) <= :pinned
                 order by n.from_on desc limit 1), u.name) as name,
       u.level, u.valid_from,
       (select e.valid_to from unit_end e
        where e.unit_id = u.id
          and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned
        order by coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) desc,
                 e.id desc limit 1) as valid_to
from unit u
where not exists (select 1 from unit_name n where n.unit_id = u.id)
   or exists (select 1 from unit_name n
              where n.unit_id = u.id
                and coalesce((select k.number from change_number k where k.change_id = n.change_id), 0) <= :pinned)
order by u.id;

-- name: asof_put_unit
-- in: id id, code text, name text, level text, valid_from day, valid_to day
insert into unit (id, code, name, level, letterhead, valid_from, valid_to, from_change)
values (:id, :code, :name, :level, '', :valid_from, :valid_to, 0);

-- name: asof_unit_parent
-- in: pinned int
-- out: id id, unit_id id, parent_id id, from_on day, to_on day
select p.id, p.unit_id, p.parent_id, p.from_on,
       (select min(x.from_on) - 1 from unit_parent x
        where x.unit_id = p.unit_id and x.from_on > p.from_on
          and coalesce((select k.number from change_number k where k.change_id = x.change_id), 0) <= :pinned) as to_on
from unit_parent p
where coalesce((select k.number from change_number k where k.change_id = p.change_id), 0) <= :pinned
order by p.id;

-- name: asof_put_unit_parent
-- in: id id, unit_id id, parent_id id, from_on day, to_on day
insert into unit_parent (id, unit_id, parent_id, from_on, to_on, change_id)
values (:id, :unit_id, :parent_id, :from_on, :to_on, 0);

-- name: asof_unit_name
-- in: pinned int
-- out: id id, unit_id id, name text, from_on day, to_on day
select p.id, p.unit_id, p.name, p.from_on,
       (select min(x.from_on) - 1 from unit_name x
        where x.unit_id = p.unit_id and x.from_on > p.from_on
          and coalesce((select k.number from change_number k where k.change_id = x.change_id), 0) <= :pinned) as to_on
from unit_name p
where coalesce((select k.number from change_number k where k.change_id = p.change_id), 0) <= :pinned
order by p.id;

-- name: asof_put_unit_name
-- in: id id, unit_id id, name text, from_on day, to_on day
insert into unit_name (id, unit_id, name, from_on, to_on, change_id)
values (:id, :unit_id, :name, :from_on, :to_on, 0);

-- name: asof_unit_successor
-- in: pinned int
-- out: id id, unit_id id, successor_id id, kind text, on_day day
select s.id, s.unit_id, s.successor_id, s.kind, s.on_day
from unit_successor s
where coalesce((select k.number from change_number k where k.change_id = s.change_id), 0) <= :pinned
order by s.id;

-- name: asof_put_unit_successor
-- in: id id, unit_id id, successor_id id, kind text, on_day day
insert into unit_successor (id, unit_id, successor_id, kind, on_day, change_id)
values (:id, :unit_id, :successor_id, :kind, :on_day, 0);

-- name: asof_field
-- in: pinned int
-- out: id id, code text, name text
select f.id, f.code, f.name from field f
where coalesce((select k.number from change_number k where k.change_id = f.change_id), 0) <= :pinned;

-- name: asof_put_field
-- in: id id, code text, name text
insert into field (id, code, name, change_id)
values (:id, :code, :name, 0);

-- name: asof_procedure
-- in: pinned int
-- out: id id, code text
select p.id, p.code from procedure p
where coalesce((select k.number from change_number k where k.change_id = p.change_id), 0) <= :pinned;

-- name: asof_put_procedure
-- in: id id, code text
insert into procedure (id, code, change_id)
values (:id, :code, 0);

-- A version never changes; the next one closes it.
-- name: asof_version
-- in: pinned int
-- out: id id, procedure_id id, version int, name text, field_id id, service_level text
-- out: old_level int, online_offered flag, online_payment flag, on_national_portal flag
-- out: linked text, any_place flag, fee_dong dong, fee_note text, simplified_on day
-- out: decision_kind text, decision text, decision_on day, valid_from day, valid_to day
select v.id, v.procedure_id, v.version, v.name, v.field_id, v.service_level, v.old_level,
       v.online_offered, v.online_payment, v.on_national_portal, v.linked, v.any_place,
       v.fee_dong, v.fee_note, v.simplified_on, v.decision_kind, v.decision, v.decision_on,
       v.valid_from,
       (select min(x.valid_from) - 1 from procedure_version x
        where x.procedure_id = v.procedure_id and x.version > v.version
          and coalesce((select k.number from change_number k where k.change_id = x.from_change), 0) <= :pinned) as valid_to
from procedure_version v
where coalesce((select k.number from change_number k where k.change_id = v.from_change), 0) <= :pinned;

-- name: asof_put_version
-- in: id id, procedure_id id, version int, name text, field_id id, service_level text
-- in: old_level int, online_offered flag, online_payment flag, on_national_portal flag
-- in: linked text, any_place flag, fee_dong dong, fee_note text, simplified_on day
-- in: decision_kind text, decision text, decision_on day, valid_from day, valid_to day
insert into procedure_version (id, procedure_id, version, name, field_id, service_level, old_level, online_offered, online_payment, on_national_portal, linked, any_place, fee_dong, fee_note, simplified_on, decision_kind, decision, decision_on, valid_from, valid_to, from_change)
values (:id, :procedure_id, :version, :name, :field_id, :service_level, :old_level, :online_offered, :online_payment, :on_national_portal, :linked, :any_place, :fee_dong, :fee_note, :simplified_on, :decision_kind, :decision, :decision_on, :valid_from, :valid_to, 0);

-- name: asof_procedure_level
-- in: pinned int
-- out: id id, version_id id, level text
select l.id, l.version_id, l.level
from procedure_level l join procedure_version v on v.id = l.version_id
where coalesce((select k.number from change_number k where k.change_id = v.from_change), 0) <= :pinned;

-- name: asof_put_procedure_level
-- in: id id, version_id id, level text
insert into procedure_level (id, version_id, level)
values (:id, :version_id, :level);

-- Dossiers whose present facts were known, then those that had others.
-- name: asof_dossier
-- in: scope id, pinned int
-- out: id id, code text, receiving_unit_id id, competent_unit_id id, procedure_version_id id
-- out: procedure_id id, field_id id, quantity int, channel text, state int, state_group int
-- out: refused flag, received_at instant, received_on day, due_at instant
-- out: extended_due_at instant, paused_at instant, finished_at instant, finished_on day
-- out: outcome text, closed_on day, returned_on day
select d.id, d.code, d.receiving_unit_id, d.competent_unit_id, d.procedure_version_id,
       v.procedure_id, v.field_id, d.quantity as quantity, d.channel, d.state,
       case when d.state = 1 then 1 when d.state in (2, 4) then 2
            when d.state in (5, 6) then case when d.paused_at is null then 2 else 3 end
            when d.state in (3, 7, 8) then 4 when d.state = 9 then 5 else 6 end as state_group,
       d.refused, d.received_at, d.received_on, d.due_at, d.extended_due_at, d.paused_at,
       d.finished_at, d.finished_on, d.outcome, d.closed_on, d.returned_on
from dossier d join procedure_version v on v.id = d.procedure_version_id
where coalesce((select k.number from change_number k where k.change_id = d.from_change), 0) <= :pinned
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id in (d.receiving_unit_id, d.competent_unit_id));

-- name: asof_put_dossier
-- in: id id, code text, receiving_unit_id id, competent_unit_id id, procedure_version_id id
-- in: procedure_id id, field_id id, quantity int, channel text, state int, state_group int
-- in: refused flag, received_at instant, received_on day, due_at instant
-- in: extended_due_at instant, paused_at instant, finished_at instant, finished_on day
-- in: outcome text, closed_on day, returned_on day
insert into dossier (id, code, receiving_unit_id, competent_unit_id, procedure_version_id, procedure_id, field_id, quantity, channel, state, state_group, refused, received_at, received_on, due_at, extended_due_at, paused_at, finished_at, finished_on, outcome, closed_on, returned_on, applicant_id, term, supplement_rule, rule_set, calendar_version, from_change)
values (:id, :code, :receiving_unit_id, :competent_unit_id, :procedure_version_id, :procedure_id, :field_id, :quantity, :channel, :state, :state_group, :refused, :received_at, :received_on, :due_at, :extended_due_at, :paused_at, :finished_at, :finished_on, :outcome, :closed_on, :returned_on, 1, '', '', '', 1, 0);

-- name: asof_dossier_past
-- in: scope id, pinned int
-- out: id id, code text, receiving_unit_id id, competent_unit_id id, procedure_version_id id
-- out: procedure_id id, field_id id, quantity int, channel text, state int, state_group int
-- out: refused flag, received_at instant, received_on day, due_at instant
-- out: extended_due_at instant, paused_at instant, finished_at instant, finished_on day
-- out: outcome text, closed_on day, returned_on day
select d.id, d.code, p.receiving_unit_id, p.competent_unit_id, p.procedure_version_id,
       v.procedure_id, v.field_id, coalesce(p.quantity, d.quantity) as quantity, p.channel, p.state,
       case when p.state = 1 then 1 when p.state in (2, 4) then 2
            when p.state in (5, 6) then case when p.paused_at is null then 2 else 3 end
            when p.state in (3, 7, 8) then 4 when p.state = 9 then 5 else 6 end as state_group,
       p.refused, d.received_at, p.received_on, p.due_at, p.extended_due_at, p.paused_at,
       p.finished_at, p.finished_on, p.outcome, p.closed_on, p.returned_on
from dossier_past p
join dossier d on d.id = p.dossier_id
join procedure_version v on v.id = p.procedure_version_id
where coalesce((select k.number from change_number k where k.change_id = p.from_change), 0) <= :pinned
  and coalesce((select k.number from change_number k where k.change_id = p.to_change), 0) > :pinned
  and exists (select 1 from unit_closure c where c.ancestor_id = :scope
              and c.unit_id in (p.receiving_unit_id, p.competent_unit_id));

-- Nobody's name is needed to count.
-- name: asof_put_applicant
-- in: unit_id id
insert into applicant (id, unit_id, kind, name, from_change)
values (1, :unit_id, 'person', '', 0);

-- Of each set what was installed last.
-- name: asof_definition
-- in: pinned int
-- out: id id, set_code text, form text, sha256 text, content text, installed_at instant
select d.id, d.set_code, d.form, d.sha256, d.content, d.installed_at
from form_definition_use x
join form_definition d on d.id = x.definition_id
where x.change_id = (
      select y.change_id from form_definition_use y
      join form_definition e on e.id = y.definition_id
      where e.set_code = d.set_code
        and coalesce((select k.number from change_number k where k.change_id = y.change_id), 0) <= :pinned
      order by coalesce((select k.number from change_number k where k.change_id = y.change_id), 0) desc,
               y.id desc limit 1);

-- name: asof_put_definition
-- in: id id, set_code text, form text, sha256 text, content text, installed_at instant
insert into form_definition (id, set_code, form, sha256, content, installed_at, current, change_id)
values (:id, :set_code, :form, :sha256, :content, :installed_at, 1, 0);

-- name: asof_form_cell
-- in: scope id, pinned int
-- out: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- out: value decimal, blank flag, numerator decimal, denominator decimal, note text
-- out: reason text
select f.id, f.unit_id, f.set_code, f.form, f.indicator, f.from_on, f.to_on, f.value, f.blank,
       f.numerator, f.denominator, f.note, f.reason
from form_cell f
where exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = f.unit_id)
  and coalesce((select k.number from change_number k where k.change_id = f.from_change), 0) <= :pinned
  and (f.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = f.to_change), 0) > :pinned);

-- name: asof_put_form_cell
-- in: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- in: value decimal, blank flag, numerator decimal, denominator decimal, note text
-- in: reason text
insert into form_cell (id, unit_id, set_code, form, indicator, from_on, to_on, value, blank, numerator, denominator, note, reason, from_change)
values (:id, :unit_id, :set_code, :form, :indicator, :from_on, :to_on, :value, :blank, :numerator, :denominator, :note, :reason, 0);

-- name: asof_form_setting
-- in: pinned int
-- out: id id, unit_id id, set_code text, name text, value text
-- unscoped: definitions and decisions of any unit may hold for this one
select s.id, s.unit_id, s.set_code, s.name, s.value from form_setting s
where coalesce((select k.number from change_number k where k.change_id = s.change_id), 0) <= :pinned
union all
select p.id, p.unit_id, p.set_code, p.name, p.value from form_setting_past p
where coalesce((select k.number from change_number k where k.change_id = p.from_change), 0) <= :pinned
  and coalesce((select k.number from change_number k where k.change_id = p.to_change), 0) > :pinned;

-- name: asof_put_form_setting
-- in: id id, unit_id id, set_code text, name text, value text
insert into form_setting (id, unit_id, set_code, name, value, change_id)
values (:id, :unit_id, :set_code, :name, :value, 0);

-- All but the one that every database has.
-- name: asof_regime
-- in: pinned int
-- out: id id, code text, unit_id id, title text, document text, issuer text, valid_from day
-- out: valid_to day
select g.id, g.code, g.unit_id, g.title, g.document, g.issuer, g.valid_from, g.valid_to
from report_regime g
where coalesce((select k.number from change_number k where k.change_id = g.change_id), 0) <= :pinned
  and g.id <> 1;

-- name: asof_put_regime
-- in: id id, code text, unit_id id, title text, document text, issuer text, valid_from day
-- in: valid_to day
insert into report_regime (id, code, unit_id, title, document, issuer, valid_from, valid_to, change_id)
values (:id, :code, :unit_id, :title, :document, :issuer, :valid_from, :valid_to, 0);

-- In the state of the last step that was known.
-- name: asof_report
-- in: scope id, pinned int
-- out: id id, unit_id id, receiver_id id, regime_id id, regime_code text, period text
-- out: period_name text, from_on day, to_on day, send_by_on day, set_code text, state text
-- out: current flag, first_sent_on day, amends_report_id id
select r.id, r.unit_id, r.receiver_id, r.regime_id, r.regime_code, r.period, r.period_name,
       r.from_on, r.to_on, r.send_by_on, r.set_code,
       (select e.to_state from report_event e
        where e.report_id = r.id
          and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned
        order by coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) desc,
                 e.id desc limit 1) as state,
       case when exists (
            select 1 from report x join report_event e on e.report_id = x.id
            where x.amends_report_id = r.id
              and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned)
            then 0 else 1 end as current,
       (select min((e.at + 25200000000) / 86400000000)
        from report x join report_event e on e.report_id = x.id
        where x.unit_id = r.unit_id and x.regime_code = r.regime_code and x.period = r.period
          and e.action = 'send'
          and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned) as first_sent_on,
       r.amends_report_id
from report r
where (r.receiver_id = :scope
       or exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = r.unit_id))
  and exists (select 1 from report_event e
              where e.report_id = r.id
                and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned)
order by r.id;

-- name: asof_put_report
-- in: id id, unit_id id, receiver_id id, regime_id id, regime_code text, period text
-- in: period_name text, from_on day, to_on day, send_by_on day, set_code text, state text
-- in: current flag, first_sent_on day, amends_report_id id
insert into report (id, unit_id, receiver_id, regime_id, regime_code, period, period_name, from_on, to_on, send_by_on, set_code, state, current, first_sent_on, amends_report_id, revision, from_change)
values (:id, :unit_id, :receiver_id, :regime_id, :regime_code, :period, :period_name, :from_on, :to_on, :send_by_on, :set_code, :state, :current, :first_sent_on, :amends_report_id, 1, 0);

-- name: asof_event
-- in: scope id, pinned int
-- out: id id, report_id id, at instant, action text, from_state text, to_state text
-- out: unit_id id
select e.id, e.report_id, e.at, e.action, e.from_state, e.to_state, e.unit_id
from report_event e join report r on r.id = e.report_id
where (r.receiver_id = :scope
       or exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = r.unit_id))
  and coalesce((select k.number from change_number k where k.change_id = e.change_id), 0) <= :pinned
order by e.id;

-- name: asof_put_event
-- in: id id, report_id id, at instant, action text, from_state text, to_state text
-- in: unit_id id
insert into report_event (id, report_id, at, action, from_state, to_state, unit_id, change_id)
values (:id, :report_id, :at, :action, :from_state, :to_state, :unit_id, 0);

-- name: asof_adjustment
-- in: scope id, pinned int
-- out: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- out: value decimal, numerator decimal, denominator decimal, reason text
select x.id, x.unit_id, x.set_code, x.form, x.indicator, x.from_on, x.to_on, x.value,
       x.numerator, x.denominator, x.reason
from rollup_adjustment x
where exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = x.unit_id)
  and coalesce((select k.number from change_number k where k.change_id = x.from_change), 0) <= :pinned
  and (x.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = x.to_change), 0) > :pinned);

-- name: asof_put_adjustment
-- in: id id, unit_id id, set_code text, form text, indicator text, from_on day, to_on day
-- in: value decimal, numerator decimal, denominator decimal, reason text
insert into rollup_adjustment (id, unit_id, set_code, form, indicator, from_on, to_on, value, numerator, denominator, reason, from_change)
values (:id, :unit_id, :set_code, :form, :indicator, :from_on, :to_on, :value, :numerator, :denominator, :reason, 0);

-- name: asof_amendment
-- in: scope id, pinned int
-- out: id id, report_id id, form text, indicator text, reason text
select m.id, m.report_id, m.form, m.indicator, m.reason
from report_amendment m join report r on r.id = m.report_id
where exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = r.unit_id)
  and coalesce((select k.number from change_number k where k.change_id = m.from_change), 0) <= :pinned
  and (m.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = m.to_change), 0) > :pinned);

-- name: asof_put_amendment
-- in: id id, report_id id, form text, indicator text, reason text
insert into report_amendment (id, report_id, form, indicator, reason, from_change)
values (:id, :report_id, :form, :indicator, :reason, 0);

-- Sheets of the unit itself that were locked: the state decides.
-- name: asof_own_reports
-- in: unit_id id
-- out: id id, set_code text, from_on day, to_on day, state text
-- unscoped: the database holds this unit and those below it
select r.id, r.set_code, r.from_on, r.to_on, r.state from report r
where r.unit_id = :unit_id and r.current = 1 order by r.id;

-- The decisions that a sheet kept: as they stand, or until it was opened the first time after.
-- name: asof_lock_setting
-- in: report_id id, pinned int
-- out: name text, value text, unit_name text, own flag
-- unscoped: the report was read within the scope
select p.name, p.value, p.unit_name, p.own
from form_lock_setting_past p
where p.report_id = :report_id
  and coalesce((select k.number from change_number k where k.change_id = p.to_change), 0) > :pinned
  and not exists (
      select 1 from form_lock_setting_past q
      where q.report_id = :report_id
        and coalesce((select k.number from change_number k where k.change_id = q.to_change), 0) > :pinned
        and coalesce((select k.number from change_number k where k.change_id = q.to_change), 0)
          < coalesce((select k.number from change_number k where k.change_id = p.to_change), 0))
union all
select s.name, s.value, s.unit_name, s.own
from form_lock l
join form_lock_setting s on s.unit_id = l.unit_id and s.set_code = l.set_code
     and s.from_on = l.from_on and s.to_on = l.to_on
where l.report_id = :report_id and not exists (
      select 1 from form_lock_setting_past q
      where q.report_id = :report_id
        and coalesce((select k.number from change_number k where k.change_id = q.to_change), 0) > :pinned);

-- name: asof_outline
-- in: pinned int
-- out: id id, set_code text, unit_id id, sha256 text, content text
select o.id, o.set_code, o.unit_id, o.sha256, o.content from narrative_outline o
where coalesce((select k.number from change_number k where k.change_id = o.from_change), 0) <= :pinned
  and (o.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = o.to_change), 0) > :pinned);

-- name: asof_put_outline
-- in: id id, set_code text, unit_id id, sha256 text, content text
insert into narrative_outline (id, set_code, unit_id, sha256, content, from_change)
values (:id, :set_code, :unit_id, :sha256, :content, 0);

-- name: asof_text
-- in: scope id, pinned int
-- out: report_id id, unit_id id, revision int, outline_sha256 text
select t.report_id, t.unit_id, t.revision, t.outline_sha256 from narrative_text t
where exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = t.unit_id)
  and exists (select 1 from narrative_section s
              where s.report_id = t.report_id
                and coalesce((select k.number from change_number k where k.change_id = s.from_change), 0) <= :pinned);

-- name: asof_put_text
-- in: report_id id, unit_id id, revision int, outline_sha256 text
insert into narrative_text (report_id, unit_id, revision, outline_sha256, change_id)
values (:report_id, :unit_id, :revision, :outline_sha256, 0);

-- name: asof_section
-- in: scope id, pinned int
-- out: id id, report_id id, unit_id id, position int, body text, from_revision int
select s.id, s.report_id, s.unit_id, s.position, s.body, s.from_revision
from narrative_section s
where exists (select 1 from unit_closure c where c.ancestor_id = :scope and c.unit_id = s.unit_id)
  and coalesce((select k.number from change_number k where k.change_id = s.from_change), 0) <= :pinned
  and (s.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = s.to_change), 0) > :pinned);

-- name: asof_put_section
-- in: id id, report_id id, unit_id id, position int, body text, from_revision int
insert into narrative_section (id, report_id, unit_id, position, body, from_revision, from_change)
values (:id, :report_id, :unit_id, :position, :body, :from_revision, 0);

-- What had been signed of the unit's own reports and those that were sent to it.
-- name: asof_frozen
-- in: scope id, pinned int
-- out: id id, report_id id, received flag, sha256 text, pinned int, from_change id, to_change id
select c.id, c.report_id, c.received, c.sha256, c.pinned, c.from_change, c.to_change
from package_content c join report r on r.id = c.report_id
where (r.unit_id = :scope or r.receiver_id = :scope)
  and coalesce((select k.number from change_number k where k.change_id = c.from_change), 0) <= :pinned
  and (c.to_change is null
       or coalesce((select k.number from change_number k where k.change_id = c.to_change), 0) > :pinned)
order by c.id;

-- name: asof_unit_of
-- in: report_id id
-- out: unit_id id
-- unscoped: whoever asks has read the report within the scope
select r.unit_id from report r where r.id = :report_id;
