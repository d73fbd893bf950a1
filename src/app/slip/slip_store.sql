-- What slips say beyond what the dossier store reads.

-- name: slip_office
-- in: unit_id id
-- out: name text, letterhead_parent text, letterhead text, place text, address text, phone text
select u.name, u.letterhead_parent, u.letterhead, u.place, u.address, u.phone
from unit u where u.id = :unit_id;

-- The latest event of a kind; the dossier was found under its scope.
-- name: slip_event
-- in: dossier_id id, kind text
-- out: at instant, note text, due_before instant, due_after instant, account text, title text
select e.at, e.note, e.due_before, e.due_after, a.name as account, a.title
from dossier_event e
left join account a on a.id = e.account_id
where e.dossier_id = :dossier_id and e.kind = :kind
order by e.id desc
limit 1;

-- name: slip_event_count
-- in: dossier_id id, kind text
-- out: n int
select count(*) as n from dossier_event e
where e.dossier_id = :dossier_id and e.kind = :kind;

-- Sổ theo dõi hồ sơ: what the desks of a scope received from day to day.
-- name: slip_follow_up
-- in: scope id, today day, from_on day, to_on day, most int
-- out: code text, procedure_name text, quantity int, applicant text, address text, phone text
-- out: agency text, received_at instant, original_due_at instant, returned_at instant
-- out: delivery text, state int
select d.code, v.name as procedure_name, d.quantity, a.name as applicant, a.address, a.phone,
       u.name as agency, d.received_at, d.original_due_at, d.returned_at, d.delivery, d.state
from dossier d
join procedure_version v on v.id = d.procedure_version_id
join applicant a on a.id = d.applicant_id
join unit u on u.id = d.competent_unit_id
where d.received_on >= :from_on and d.received_on <= :to_on
  and d.receiving_unit_id in
      (select c.unit_id from unit_closure c
       where c.ancestor_id = :scope and c.from_on <= :today
         and (c.to_on is null or c.to_on >= :today))
order by d.received_at, d.id
limit :most;
