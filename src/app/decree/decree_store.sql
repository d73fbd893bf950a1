-- name: decree_open_dossiers
-- in: scope id, today day, after_id id, n int
-- out: id id, receiving_unit_id id
select d.id, d.receiving_unit_id
from dossier d
where d.id > coalesce(:after_id, 0)
  and d.due_at is not null and d.state_group in (2, 3)
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope and c.unit_id = d.receiving_unit_id
                and c.from_on <= :today and (c.to_on is null or c.to_on >= :today))
order by d.id
limit :n;

-- name: decree_moved
-- in: scope id, today day
-- out: id id, code text, unit_name text, due_before instant, due_after instant, note text
-- out: at instant
select d.id, d.code, u.name as unit_name, e.due_before, e.due_after, e.note, e.at
from dossier_event e
join dossier d on d.id = e.dossier_id
join unit u on u.id = d.receiving_unit_id
where e.kind = 'recompute'
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope and c.unit_id = d.receiving_unit_id
                and c.from_on <= :today and (c.to_on is null or c.to_on >= :today))
order by e.id desc
limit 200;

-- name: decree_owed
-- in: unit_id id
-- out: after_id id, n_moved int
select r.after_id, r.n_moved from calendar_recount r where r.unit_id = :unit_id;

-- name: decree_any_owed
-- out: unit_id id, account_id id, origin text, reason text
select r.unit_id, c.account_id, c.origin, c.reason
from calendar_recount r
join change_log c on c.id = r.change_id
order by r.change_id
limit 1;

-- name: decree_owe_after
-- in: unit_id id, after_id id, n_moved int
update calendar_recount set after_id = :after_id, n_moved = :n_moved where unit_id = :unit_id;

-- name: decree_owe_no_more
-- in: unit_id id
delete from calendar_recount where unit_id = :unit_id;

-- name: decree_owes
-- out: n int
select count(*) as n from calendar_recount r;

-- name: decree_owed_dossiers
-- in: scope id, today day
-- out: n int
select count(*) as n
from dossier d
where d.due_at is not null and d.state_group in (2, 3)
  and exists (select 1 from unit_closure c
              where c.ancestor_id = :scope and c.unit_id = d.receiving_unit_id
                and c.from_on <= :today and (c.to_on is null or c.to_on >= :today))
  and exists (select 1 from calendar_recount r
              join unit_closure c on c.ancestor_id = r.unit_id
              where c.unit_id = d.receiving_unit_id and d.id > coalesce(r.after_id, 0)
                and c.from_on <= :today and (c.to_on is null or c.to_on >= :today));
