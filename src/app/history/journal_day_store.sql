-- The journal of a unit and those below it, one day at a time, newest first.  Changes of no unit
-- (commands, refused logins) belong to the top of the tree.
-- name: journal_day_changes
-- in: scope id, today day, from instant, to instant, login text, action text, before id, most int
-- out: id id, at instant, origin text, action text, reason text, account_name text, unit_name text
select c.id, c.at, c.origin, c.action, c.reason, a.name as account_name, u.name as unit_name
from change_log c
left join account a on a.id = c.account_id
left join unit u on u.id = c.unit_id
where (c.unit_id in (select k.unit_id from unit_closure k
                     where k.ancestor_id = :scope and (k.to_on is null or k.to_on >= :today))
       or (c.unit_id is null
           and not exists (select 1 from unit_closure k where k.unit_id = :scope and k.depth > 0
                                                          and (k.to_on is null or k.to_on >= :today))))
  and c.at >= :from and c.at < :to
  and (:login = '' or a.login = :login)
  and (:action = '' or c.action = :action or c.action like :action || '.%')
  and (:before is null or c.id < :before)
order by c.id desc
limit :most;

-- name: journal_day_entries
-- in: change_id id
-- out: subject text, record_id id, part text, kind text, fields text, erased flag, personal_fields text
select e.subject, e.record_id, e.part, e.kind, e.fields, case when p.erased_change_id is null then 0 else 1 end as erased, p.fields as personal_fields
from journal_entry e
left join journal_personal p on p.change_id = e.change_id and p.position = e.position
where e.change_id = :change_id
order by e.position
limit 100;
