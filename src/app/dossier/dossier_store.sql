-- Dossiers: intake, every action, what the desk shows.

-- ---- what an intake takes from the catalogue and the unit ----

-- name: dossier_procedure_on
-- in: procedure_id id, on_day day
-- out: version_id id, procedure_id id, field_id id, code text, name text, field text
-- out: statutory_term text, shortened_term text, supplement_rule text, fee_dong dong
-- out: fee_note text, result_name text, decision_kind text
select v.id as version_id, v.procedure_id, v.field_id, p.code, v.name, f.name as field,
       v.statutory_term, v.shortened_term, v.supplement_rule, v.fee_dong, v.fee_note,
       v.result_name, v.decision_kind
from procedure_version v
join procedure p on p.id = v.procedure_id
join field f on f.id = v.field_id
where v.procedure_id = :procedure_id and v.valid_from <= :on_day
  and (v.valid_to is null or v.valid_to >= :on_day)
order by v.version desc
limit 1;

-- name: dossier_procedure_id
-- in: code text
-- out: id id
select p.id from procedure p where p.code = :code;

-- name: dossier_procedure_parts
-- in: version_id id
-- out: position int, name text, form text, copies int, required flag
select t.position, t.name, t.form, t.copies, t.required
from procedure_part t where t.version_id = :version_id order by t.position;

-- name: dossier_procedure_steps
-- in: version_id id
-- out: position int, name text, role text, budget text
select s.position, s.name, s.role, s.budget
from procedure_step s where s.version_id = :version_id order by s.position;

-- name: dossier_unit
-- in: unit_id id
-- out: code text, name text, issues_codes flag, valid_from day, valid_to day
select u.code, u.name, u.issues_codes, u.valid_from, u.valid_to
from unit u where u.id = :unit_id;

-- Whether a unit stands in a scope today.
-- name: dossier_unit_in_scope
-- in: unit_id id, scope id, today day
-- out: unit_id id
select c.unit_id from unit_closure c
where c.ancestor_id = :scope and c.unit_id = :unit_id and c.from_on <= :today
  and (c.to_on is null or c.to_on >= :today);

-- name: dossier_units_below
-- in: scope id, today day
-- out: id id, name text
select u.id, u.name
from unit_closure c
join unit u on u.id = c.unit_id
where c.ancestor_id = :scope and c.from_on <= :today
  and (c.to_on is null or c.to_on >= :today)
order by c.depth, u.code
limit 2000;

-- The next number of a unit's day; the row is locked until the write ends.
-- name: dossier_sequence_next
-- in: unit_id id, on_day day
-- out: last int
insert into dossier_sequence (unit_id, on_day, last) values (:unit_id, :on_day, 1)
on conflict (unit_id, on_day) do update set last = dossier_sequence.last + 1
returning last;

-- name: dossier_id_by_code
-- unscoped: a code is unique over all units
-- in: code text
-- out: id id, receiving_unit_id id, source_id id
select d.id, d.receiving_unit_id, d.source_id from dossier d where d.code = :code;

-- ---- applicants ----

-- name: applicant_by_identity
-- in: scope id, identity_number text
-- out: id id, kind text, name text, identity_number text, phone text, email text, address text
select a.id, a.kind, a.name, a.identity_number, a.phone, a.email, a.address
from applicant a
where a.unit_id = :scope and a.identity_number = :identity_number
order by a.id desc limit 1;

-- name: applicant_by_phone
-- in: scope id, phone text
-- out: id id, kind text, name text, identity_number text, phone text, email text, address text
select a.id, a.kind, a.name, a.identity_number, a.phone, a.email, a.address
from applicant a
where a.unit_id = :scope and a.phone = :phone
order by a.id desc limit 1;

-- name: applicant_insert
-- in: id id, unit_id id, kind text, name text, identity_number text, phone text, email text
-- in: address text, from_change id
insert into applicant (id, unit_id, kind, name, identity_number, phone, email, address,
                       from_change)
values (:id, :unit_id, :kind, :name, :identity_number, :phone, :email, :address, :from_change);

-- name: applicant_update
-- in: id id, scope id, kind text, name text, identity_number text, phone text, email text
-- in: address text, from_change id
update applicant set kind = :kind, name = :name, identity_number = :identity_number,
       phone = :phone, email = :email, address = :address, from_change = :from_change
where id = :id and unit_id = :scope;

-- ---- a dossier ----

-- name: dossier_insert
-- in: id id, code text, receiving_unit_id id, competent_unit_id id, procedure_version_id id
-- in: procedure_id id, field_id id, applicant_id id, applicant_name text, summary text
-- in: quantity int, channel text, state int, state_group int, refused flag, payment_state text, fee_dong dong
-- in: delivery text, delivery_state text, received_at instant, received_on day, term text
-- in: supplement_rule text, rule_set text, calendar_version int, original_due_at instant
-- in: due_at instant, extended_due_at instant, source_due_at instant, paused_at instant
-- in: finished_at instant, finished_on day, outcome text, closed_on day, returned_at instant
-- in: returned_on day, step int, holder_id id, book text, source_id id, revision int
-- in: from_change id
insert into dossier (id, code, receiving_unit_id, competent_unit_id, procedure_version_id,
       procedure_id, field_id, applicant_id, applicant_name, summary, quantity, channel, state,
       state_group, refused, payment_state, fee_dong, delivery, delivery_state, received_at, received_on,
       term, supplement_rule, rule_set, calendar_version, original_due_at, due_at,
       extended_due_at, source_due_at, paused_at, finished_at, finished_on, outcome, closed_on,
       returned_at, returned_on, step, holder_id, book, source_id, revision, from_change)
values (:id, :code, :receiving_unit_id, :competent_unit_id, :procedure_version_id,
       :procedure_id, :field_id, :applicant_id, :applicant_name, :summary, :quantity, :channel,
       :state,
       :state_group, :refused, :payment_state, :fee_dong, :delivery, :delivery_state,
       :received_at, :received_on, :term, :supplement_rule, :rule_set, :calendar_version,
       :original_due_at, :due_at, :extended_due_at, :source_due_at, :paused_at, :finished_at,
       :finished_on, :outcome, :closed_on, :returned_at, :returned_on, :step, :holder_id,
       :book, :source_id, :revision, :from_change);

-- name: dossier_update
-- unscoped: the row was loaded under its scope in the same transaction
-- in: id id, before int, competent_unit_id id, procedure_version_id id, procedure_id id
-- in: field_id id, applicant_id id, applicant_name text, summary text, quantity int
-- in: channel text, state int, state_group int, refused flag, payment_state text, fee_dong dong, delivery text
-- in: delivery_state text, received_at instant, received_on day, term text
-- in: supplement_rule text, rule_set text, calendar_version int, original_due_at instant
-- in: due_at instant, extended_due_at instant, source_due_at instant, paused_at instant
-- in: finished_at instant, finished_on day, outcome text, closed_on day, returned_at instant
-- in: returned_on day, step int, holder_id id, book text, source_id id, revision int
-- in: from_change id
update dossier set competent_unit_id = :competent_unit_id,
       procedure_version_id = :procedure_version_id, procedure_id = :procedure_id,
       field_id = :field_id, applicant_id = :applicant_id, applicant_name = :applicant_name,
       summary = :summary,
       quantity = :quantity, channel = :channel, state = :state, state_group = :state_group,
       refused = :refused, payment_state = :payment_state, fee_dong = :fee_dong,
       delivery = :delivery, delivery_state = :delivery_state, received_at = :received_at,
       received_on = :received_on, term = :term, supplement_rule = :supplement_rule,
       rule_set = :rule_set, calendar_version = :calendar_version,
       original_due_at = :original_due_at, due_at = :due_at,
       extended_due_at = :extended_due_at, source_due_at = :source_due_at,
       paused_at = :paused_at, finished_at = :finished_at, finished_on = :finished_on,
       outcome = :outcome, closed_on = :closed_on, returned_at = :returned_at,
       returned_on = :returned_on, step = :step, holder_id = :holder_id, book = :book,
       source_id = :source_id, revision = :revision, from_change = :from_change
where id = :id and revision = :before;

-- name: dossier_by_id
-- in: id id, scope id, today day
-- out: id id, code text, receiving_unit_id id, competent_unit_id id, procedure_version_id id
-- out: procedure_id id, field_id id, applicant_id id, applicant_name text, summary text
-- out: quantity int
-- out: channel text, state int, refused flag, payment_state text, fee_dong dong
-- out: delivery text, delivery_state text, received_at instant, term text
-- out: supplement_rule text, rule_set text, calendar_version int, original_due_at instant
-- out: due_at instant, extended_due_at instant, source_due_at instant, paused_at instant
-- out: finished_at instant, outcome text, closed_on day, returned_at instant, step int
-- out: holder_id id, book text, source_id id, revision int, from_change id
select d.id, d.code, d.receiving_unit_id, d.competent_unit_id, d.procedure_version_id,
       d.procedure_id, d.field_id, d.applicant_id, d.applicant_name, d.summary, d.quantity, d.channel, d.state,
       d.refused, d.payment_state, d.fee_dong, d.delivery, d.delivery_state, d.received_at,
       d.term, d.supplement_rule, d.rule_set, d.calendar_version, d.original_due_at, d.due_at,
       d.extended_due_at, d.source_due_at, d.paused_at, d.finished_at, d.outcome, d.closed_on,
       d.returned_at, d.step, d.holder_id, d.book, d.source_id, d.revision, d.from_change
from dossier d
where d.id = :id
  and (:scope is null
       or exists (select 1 from unit_closure c
                  where c.ancestor_id = :scope and c.unit_id = d.receiving_unit_id
                    and c.from_on <= :today and (c.to_on is null or c.to_on >= :today))
       or exists (select 1 from unit_closure c
                  where c.ancestor_id = :scope and c.unit_id = d.competent_unit_id
                    and c.from_on <= :today and (c.to_on is null or c.to_on >= :today)));

-- The names beside a dossier's ids; the dossier was loaded under its scope.
-- name: dossier_names
-- unscoped: the dossier was loaded under its scope
-- in: id id
-- out: procedure_code text, procedure_name text, field text, result_name text, fee_note text
-- out: receiving_unit text, competent_unit text, holder text, holder_title text, source text
-- out: applicant_id id, applicant_kind text, applicant_name text, identity_number text, phone text, email text
-- out: address text
select p.code as procedure_code, v.name as procedure_name, f.name as field, v.result_name,
       v.fee_note, r.name as receiving_unit, k.name as competent_unit, h.name as holder,
       h.title as holder_title, i.name as source, a.id as applicant_id, a.kind as applicant_kind,
       d.applicant_name, a.identity_number, a.phone, a.email, a.address
from dossier d
join procedure_version v on v.id = d.procedure_version_id
join procedure p on p.id = d.procedure_id
join field f on f.id = d.field_id
join unit r on r.id = d.receiving_unit_id
join unit k on k.id = d.competent_unit_id
join applicant a on a.id = d.applicant_id
left join account h on h.id = d.holder_id
left join import_source i on i.id = d.source_id
where d.id = :id;

-- name: dossier_past_insert
-- in: id id, dossier_id id, from_change id, to_change id, receiving_unit_id id
-- in: competent_unit_id id, procedure_version_id id, channel text, state int, refused flag
-- in: received_on day, due_at instant, finished_at instant, finished_on day, outcome text
-- in: closed_on day, returned_on day, extended_due_at instant, paused_at instant, quantity int
insert into dossier_past (id, dossier_id, from_change, to_change, receiving_unit_id,
       competent_unit_id, procedure_version_id, channel, state, refused, received_on, due_at,
       finished_at, finished_on, outcome, closed_on, returned_on, extended_due_at, paused_at,
       quantity)
values (:id, :dossier_id, :from_change, :to_change, :receiving_unit_id, :competent_unit_id,
       :procedure_version_id, :channel, :state, :refused, :received_on, :due_at, :finished_at,
       :finished_on, :outcome, :closed_on, :returned_on, :extended_due_at, :paused_at,
       :quantity);

-- ---- what belongs to a dossier ----

-- name: dossier_event_insert
-- in: id id, dossier_id id, change_id id, at instant, account_id id, revision int, kind text
-- in: to_account_id id, note text, due_before instant, due_after instant
insert into dossier_event (id, dossier_id, change_id, at, account_id, revision, kind,
       to_account_id, note, due_before, due_after)
values (:id, :dossier_id, :change_id, :at, :account_id, :revision, :kind, :to_account_id,
       :note, :due_before, :due_after);

-- name: dossier_events
-- in: dossier_id id, after_revision int
-- out: id id, at instant, revision int, kind text, account text, to_account text, note text
-- out: due_before instant, due_after instant
select e.id, e.at, e.revision, e.kind, a.name as account, t.name as to_account, e.note,
       e.due_before, e.due_after
from dossier_event e
left join account a on a.id = e.account_id
left join account t on t.id = e.to_account_id
where e.dossier_id = :dossier_id and e.revision > :after_revision
order by e.id
limit 1000;

-- The last apology: when it was decided and the second appointment it gave.
-- name: dossier_apology
-- in: dossier_id id
-- out: at instant, due_after instant
select e.at, e.due_after from dossier_event e
where e.dossier_id = :dossier_id and e.kind = 'extend'
order by e.id desc
limit 1;

-- name: dossier_pause_insert
-- in: id id, dossier_id id, kind text, from_at instant, to_at instant, effect text
-- in: reason text, due_before instant, due_after instant, change_id id
insert into dossier_pause (id, dossier_id, kind, from_at, to_at, effect, reason, due_before,
       due_after, change_id)
values (:id, :dossier_id, :kind, :from_at, :to_at, :effect, :reason, :due_before, :due_after,
       :change_id);

-- name: dossier_pause_close
-- in: dossier_id id, to_at instant, due_after instant
update dossier_pause set to_at = :to_at, due_after = :due_after
where dossier_id = :dossier_id and to_at is null;

-- name: dossier_pauses
-- in: dossier_id id
-- out: id id, kind text, from_at instant, to_at instant, effect text, reason text
-- out: due_before instant, due_after instant
select p.id, p.kind, p.from_at, p.to_at, p.effect, p.reason, p.due_before, p.due_after
from dossier_pause p where p.dossier_id = :dossier_id
order by p.from_at, p.id;

-- name: dossier_part_insert
-- in: id id, dossier_id id, position int, name text, form text, copies int, handed_in flag
insert into dossier_part (id, dossier_id, position, name, form, copies, handed_in)
values (:id, :dossier_id, :position, :name, :form, :copies, :handed_in);

-- name: dossier_parts
-- in: dossier_id id
-- out: id id, position int, name text, form text, copies int, handed_in flag
select p.id, p.position, p.name, p.form, p.copies, p.handed_in
from dossier_part p where p.dossier_id = :dossier_id
order by p.position;

-- name: dossier_part_hand_in
-- in: dossier_id id, position int
update dossier_part set handed_in = 1 where dossier_id = :dossier_id and position = :position;

-- name: dossier_step_insert
-- in: id id, dossier_id id, position int, name text, role text, budget text, account_id id
-- in: started_at instant, due_at instant, done_at instant, outcome text
insert into dossier_step (id, dossier_id, position, name, role, budget, account_id,
       started_at, due_at, done_at, outcome)
values (:id, :dossier_id, :position, :name, :role, :budget, :account_id, :started_at, :due_at,
       :done_at, :outcome);

-- name: dossier_step_update
-- in: id id, account_id id, started_at instant, due_at instant, done_at instant, outcome text
update dossier_step set account_id = :account_id, started_at = :started_at, due_at = :due_at,
       done_at = :done_at, outcome = :outcome
where id = :id;

-- name: dossier_steps
-- in: dossier_id id
-- out: id id, position int, name text, role text, budget text, account_id id, account text
-- out: started_at instant, due_at instant, done_at instant, outcome text
select s.id, s.position, s.name, s.role, s.budget, s.account_id, a.name as account,
       s.started_at, s.due_at, s.done_at, s.outcome
from dossier_step s
left join account a on a.id = s.account_id
where s.dossier_id = :dossier_id
order by s.position, s.id;

-- name: dossier_word_insert
-- in: unit_id id, word text, dossier_id id
insert into dossier_word (unit_id, word, dossier_id) values (:unit_id, :word, :dossier_id)
on conflict (unit_id, word, dossier_id) do nothing;

-- name: dossier_word_delete
-- in: scope id, word text, dossier_id id
delete from dossier_word
where unit_id = :scope and word = :word and dossier_id = :dossier_id;

-- To whom a dossier may be handed: accounts of its units and of those below them.
-- name: dossier_colleagues
-- in: unit_id id, other_id id, today day
-- out: id id, name text, title text, unit text
select a.id, a.name, a.title, u.name as unit
from account a
join unit u on u.id = a.unit_id
where a.disabled = 0
  and a.unit_id in (select c.unit_id from unit_closure c
                    where c.ancestor_id in (:unit_id, :other_id) and c.from_on <= :today
                      and (c.to_on is null or c.to_on >= :today))
  and exists (select 1 from account_role r
              where r.account_id = a.id and r.role in ('INTAKE', 'SPECIALIST', 'LEADER')
                and r.from_on <= :today and (r.to_on is null or r.to_on >= :today))
order by u.name, a.name
limit 200;

-- ---- after a change of the calendar ----

-- The dossiers whose clock still runs, or stands.
-- name: dossier_running
-- in: scope id, today day, after_id id, n int
-- out: id id
select d.id from dossier d
where d.state_group in (2, 3) and d.id > :after_id
  and (:scope is null or exists (
       select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = d.receiving_unit_id
         and c.from_on <= :today and (c.to_on is null or c.to_on >= :today)))
order by d.id
limit :n;

-- ---- record sets: lists, counts, figures and what stands behind them ----

-- Every joined row exists; they are left joins so that an engine leaves out those of which a
-- count asks nothing.
-- group_in_order is state_group for lists by receipt: the + keeps the index of the groups,
-- which would have to be sorted, out of the plan.
-- recordset: dossier
-- from: dossier d
-- from: left join procedure_version v on v.id = d.procedure_version_id
-- from: left join procedure p on p.id = d.procedure_id
-- from: left join unit ru on ru.id = d.receiving_unit_id
-- key: d.id
-- scope: d.receiving_unit_id
-- search: dossier_word dossier_id unit_id
-- field: code text d.code
-- field: state int d.state
-- field: state_group int d.state_group
-- field: group_in_order int +d.state_group
-- field: refused flag d.refused
-- field: channel text d.channel
-- field: outcome text d.outcome
-- field: received_at instant d.received_at
-- field: received_on day d.received_on
-- field: due_at instant d.due_at
-- field: original_due_at instant d.original_due_at
-- field: extended_due_at instant d.extended_due_at
-- field: finished_at instant d.finished_at
-- field: finished_on day d.finished_on
-- field: closed_on day d.closed_on
-- field: returned_at instant d.returned_at
-- field: returned_on day d.returned_on
-- field: payment_state text d.payment_state
-- field: delivery_state text d.delivery_state
-- field: quantity int d.quantity
-- field: summary text d.summary
-- field: holder id d.holder_id
-- field: receiving_unit id d.receiving_unit_id
-- field: receiving_unit_name text ru.name
-- field: receiving_unit_level text ru.level
-- field: competent_unit id d.competent_unit_id
-- field: within_authority flag (case when d.competent_unit_id = d.receiving_unit_id then 1 else 0 end)
-- field: procedure id d.procedure_id
-- field: procedure_version id d.procedure_version_id
-- field: procedure_code text p.code
-- field: procedure_name text v.name
-- field: field id d.field_id
-- field: service_level text v.service_level
-- field: old_level int v.old_level
-- field: online_offered flag v.online_offered
-- field: online_payment flag v.online_payment
-- field: linked text v.linked
-- field: any_place flag v.any_place
-- field: applicant id d.applicant_id
-- field: applicant_name text d.applicant_name
-- field: from_change id d.from_change

-- The same with the person, for files that leave the program (every one is in the journal).
-- recordset: dossier_export
-- from: dossier d
-- from: left join procedure_version v on v.id = d.procedure_version_id
-- from: left join procedure p on p.id = d.procedure_id
-- from: left join unit ru on ru.id = d.receiving_unit_id
-- from: left join applicant a on a.id = d.applicant_id
-- key: d.id
-- scope: d.receiving_unit_id
-- search: dossier_word dossier_id unit_id
-- field: code text d.code
-- field: procedure_code text p.code
-- field: procedure_name text v.name
-- field: applicant_name text d.applicant_name
-- field: identity_number text a.identity_number
-- field: phone text a.phone
-- field: address text a.address
-- field: summary text d.summary
-- field: receiving_unit_name text ru.name
-- field: channel text d.channel
-- field: quantity int d.quantity
-- field: received_at instant d.received_at
-- field: due_at instant d.due_at
-- field: finished_at instant d.finished_at
-- field: returned_at instant d.returned_at
-- field: state int d.state
-- field: outcome text d.outcome
-- field: state_group int d.state_group
-- field: group_in_order int +d.state_group
-- field: closed_on day d.closed_on
-- field: holder id d.holder_id
-- field: procedure id d.procedure_id
-- field: field id d.field_id
