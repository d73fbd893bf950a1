-- What the journal says about one record, for people.

-- A dossier of the scope, with its applicant, whose data changes with it.
-- name: history_dossier
-- in: id id, scope id, today day
-- out: title text, applicant_id id
select d.code as title, d.applicant_id
from dossier d
where d.id = :id
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope
                and (c.unit_id = d.receiving_unit_id or c.unit_id = d.competent_unit_id)
                and (c.to_on is null or c.to_on >= :today));

-- name: history_unit
-- in: id id, scope id, today day
-- out: title text
select u.name as title from unit u
where u.id = :id
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope and c.unit_id = u.id
                and (c.to_on is null or c.to_on >= :today));

-- name: history_account
-- in: id id, scope id, today day
-- out: title text
select a.name as title from account a
where a.id = :id
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope and c.unit_id = a.unit_id
                and (c.to_on is null or c.to_on >= :today));

-- name: history_procedure
-- in: id id
-- out: title text
select p.code as title from procedure p where p.id = :id;

-- Newest first.  `also_id`: a record whose changes belong to this one.
-- name: history_entries
-- in: record_id id, also_id id, subject text, also_subject text, part text, before id, most int
-- out: change_id id, position int, subject text, kind text, part text, fields text, erased flag, personal_fields text, at instant, origin text, action text, reason text, account_name text, unit_name text
select e.change_id, e.position, e.subject, e.kind, e.part, e.fields, case when p.erased_change_id is null then 0 else 1 end as erased, p.fields as personal_fields, c.at, c.origin, c.action, c.reason, a.name as account_name, u.name as unit_name
from journal_entry e
join change_log c on c.id = e.change_id
left join journal_personal p on p.change_id = e.change_id and p.position = e.position
left join account a on a.id = c.account_id
left join unit u on u.id = c.unit_id
where e.record_id in (:record_id, :also_id)
  and e.subject in (:subject, :also_subject)
  and (:part = '' or e.part = :part)
  and (:before is null or e.change_id < :before)
order by e.change_id desc, e.position
limit :most;

-- name: history_unit_name
-- in: id id
-- out: name text
select u.name from unit u where u.id = :id;

-- name: history_account_name
-- in: id id
-- out: name text
select a.name from account a where a.id = :id;

-- name: history_procedure_name
-- in: id id
-- out: name text
select v.name from procedure_version v where v.id = :id;
