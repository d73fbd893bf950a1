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
