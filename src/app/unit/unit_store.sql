-- Units, their history, and unit_closure, which follows from unit_parent and unit_successor.

-- name: unit_levels
-- out: code text, name text, rank int
select l.code, l.name, l.rank from unit_level l order by l.rank;

-- name: unit_by_id
-- in: id id, on_day day
-- out: id id, code text, code_qcvn text, name text, level text, level_name text, rank int
-- out: place text, letterhead_parent text, letterhead text, address text, phone text
-- out: issues_codes flag, valid_from day, valid_to day
select u.id, u.code, u.code_qcvn, coalesce(n.name, u.name) as name, u.level,
       l.name as level_name, l.rank, u.place, u.letterhead_parent, u.letterhead, u.address,
       u.phone, u.issues_codes, u.valid_from, u.valid_to
from unit u
join unit_level l on l.code = u.level
left join unit_name n on n.unit_id = u.id and n.from_on <= :on_day
     and (n.to_on is null or n.to_on >= :on_day)
where u.id = :id;

-- name: unit_id_by_code
-- in: code text
-- out: id id
select u.id from unit u where u.code = :code or u.code_qcvn = :code order by u.id limit 1;

-- name: unit_codes
-- out: id id, code text, name text
select u.id, u.code, u.name from unit u order by u.code;

-- Whether a unit stands below an ancestor (or is it) on a day.
-- name: unit_covers
-- in: ancestor_id id, unit_id id, on_day day
-- out: depth int
select c.depth from unit_closure c
where c.ancestor_id = :ancestor_id and c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day);

-- Whether it does on any day from `from_on` on: what would make a new edge a cycle.
-- name: unit_covers_from
-- in: ancestor_id id, unit_id id, from_on day
-- out: depth int
select c.depth from unit_closure c
where c.ancestor_id = :ancestor_id and c.unit_id = :unit_id
  and (c.to_on is null or c.to_on >= :from_on)
limit 1;

-- name: unit_parent_on
-- in: unit_id id, on_day day
-- out: parent_id id
select p.parent_id from unit_parent p
where p.unit_id = :unit_id and p.from_on <= :on_day
  and (p.to_on is null or p.to_on >= :on_day);

-- The units that stood on a day, of those that are below `scope` (null: all) on
-- `scope_on` or later.
-- name: unit_standing
-- in: scope id, scope_on day, on_day day
-- out: id id, parent_id id, code text, code_qcvn text, name text, level text, level_name text
-- out: rank int, issues_codes flag, valid_from day, valid_to day
select u.id, p.parent_id, u.code, u.code_qcvn, coalesce(n.name, u.name) as name, u.level,
       l.name as level_name, l.rank, u.issues_codes, u.valid_from, u.valid_to
from unit u
join unit_level l on l.code = u.level
left join unit_parent p on p.unit_id = u.id and p.from_on <= :on_day
     and (p.to_on is null or p.to_on >= :on_day)
left join unit_name n on n.unit_id = u.id and n.from_on <= :on_day
     and (n.to_on is null or n.to_on >= :on_day)
where u.valid_from <= :on_day and (u.valid_to is null or u.valid_to >= :on_day)
  and (:scope is null or exists (
       select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = u.id
         and (c.to_on is null or c.to_on >= :scope_on)));

-- name: unit_parents
-- in: unit_id id
-- out: parent_id id, name text, from_on day, to_on day
select p.parent_id, u.name, p.from_on, p.to_on
from unit_parent p join unit u on u.id = p.parent_id
where p.unit_id = :unit_id order by p.from_on;

-- name: unit_names
-- in: unit_id id
-- out: name text, from_on day, to_on day, source text
select n.name, n.from_on, n.to_on, n.source
from unit_name n where n.unit_id = :unit_id order by n.from_on;

-- name: unit_successors
-- in: unit_id id
-- out: other_id id, code text, name text, kind text, on_day day, source text
select s.successor_id as other_id, u.code, u.name, s.kind, s.on_day, s.source
from unit_successor s join unit u on u.id = s.successor_id
where s.unit_id = :unit_id order by s.on_day, u.code;

-- name: unit_predecessors
-- in: unit_id id
-- out: other_id id, code text, name text, kind text, on_day day, source text
select s.unit_id as other_id, u.code, u.name, s.kind, s.on_day, s.source
from unit_successor s join unit u on u.id = s.unit_id
where s.successor_id = :unit_id order by s.on_day, u.code;

-- name: unit_edges
-- out: unit_id id, above_id id, from_on day, to_on day
select p.unit_id, p.parent_id as above_id, p.from_on, p.to_on from unit_parent p
union all
select s.unit_id, s.successor_id as above_id, s.on_day as from_on, null as to_on
from unit_successor s
order by 1, 3;

-- Everything that was ever below a unit, itself included.
-- name: unit_ever_below
-- in: unit_id id
-- out: unit_id id, valid_from day
select distinct c.unit_id, u.valid_from
from unit_closure c join unit u on u.id = c.unit_id
where c.ancestor_id = :unit_id;

-- name: unit_insert
-- in: id id, code text, code_qcvn text, name text, level text, place text
-- in: letterhead_parent text, letterhead text, address text, phone text, issues_codes flag
-- in: valid_from day, from_change id
insert into unit (id, code, code_qcvn, name, level, place, letterhead_parent, letterhead,
                  address, phone, issues_codes, valid_from, from_change)
values (:id, :code, :code_qcvn, :name, :level, :place, :letterhead_parent, :letterhead,
        :address, :phone, :issues_codes, :valid_from, :from_change);

-- name: unit_update_details
-- in: id id, place text, letterhead_parent text, letterhead text, address text, phone text
-- in: issues_codes flag, code_qcvn text, from_change id
update unit set place = :place, letterhead_parent = :letterhead_parent,
       letterhead = :letterhead, address = :address, phone = :phone,
       issues_codes = :issues_codes, code_qcvn = :code_qcvn, from_change = :from_change
where id = :id;

-- name: unit_update_name
-- in: id id, name text, from_change id
update unit set name = :name, from_change = :from_change where id = :id;

-- name: unit_update_end
-- in: id id, valid_to day, from_change id
update unit set valid_to = :valid_to, issues_codes = 0, from_change = :from_change
where id = :id;

-- name: unit_end_add
-- in: id id, unit_id id, valid_to day, change_id id
insert into unit_end (id, unit_id, valid_to, change_id)
values (:id, :unit_id, :valid_to, :change_id);

-- name: unit_parent_insert
-- in: id id, unit_id id, parent_id id, from_on day, change_id id
insert into unit_parent (id, unit_id, parent_id, from_on, change_id)
values (:id, :unit_id, :parent_id, :from_on, :change_id);

-- name: unit_parent_close
-- in: unit_id id, to_on day
update unit_parent set to_on = :to_on where unit_id = :unit_id and to_on is null;

-- name: unit_parent_last
-- in: unit_id id
-- out: parent_id id, from_on day
select p.parent_id, p.from_on from unit_parent p
where p.unit_id = :unit_id and p.to_on is null;

-- name: unit_name_insert
-- in: id id, unit_id id, name text, from_on day, source text, change_id id
insert into unit_name (id, unit_id, name, from_on, source, change_id)
values (:id, :unit_id, :name, :from_on, :source, :change_id);

-- name: unit_name_close
-- in: unit_id id, to_on day
update unit_name set to_on = :to_on where unit_id = :unit_id and to_on is null;

-- name: unit_name_last
-- in: unit_id id
-- out: name text, from_on day
select n.name, n.from_on from unit_name n where n.unit_id = :unit_id and n.to_on is null;

-- name: unit_successor_insert
-- in: id id, unit_id id, successor_id id, kind text, on_day day, source text, change_id id
insert into unit_successor (id, unit_id, successor_id, kind, on_day, source, change_id)
values (:id, :unit_id, :successor_id, :kind, :on_day, :source, :change_id);

-- name: unit_births
-- out: id id, valid_from day
select u.id, u.valid_from from unit u;

-- name: unit_closure_clear
-- in: unit_id id
delete from unit_closure where unit_id = :unit_id;

-- name: unit_closure_insert
-- in: ancestor_id id, unit_id id, depth int, from_on day, to_on day
insert into unit_closure (ancestor_id, unit_id, depth, from_on, to_on)
values (:ancestor_id, :unit_id, :depth, :from_on, :to_on);

-- name: unit_closure_rows
-- out: ancestor_id id, unit_id id, depth int, from_on day, to_on day
select c.ancestor_id, c.unit_id, c.depth, c.from_on, c.to_on from unit_closure c
order by c.unit_id, c.ancestor_id, c.from_on;

-- Roles over a unit that last beyond a day and that nobody was given over its successor yet.
-- name: unit_roles_of
-- in: unit_id id, successor_id id, on_day day
-- out: account_id id, role text, to_on day
select r.account_id, r.role, max(coalesce(r.to_on, 2932896)) as to_on from account_role r
where r.unit_id = :unit_id and r.from_on < :on_day and (r.to_on is null or r.to_on >= :on_day)
  and not exists (select 1 from account_role x where x.account_id = r.account_id
                  and x.role = r.role and x.unit_id = :successor_id
                  and (x.to_on is null or x.to_on >= :on_day))
group by r.account_id, r.role order by r.account_id, r.role;

-- name: unit_role_insert
-- in: id id, account_id id, role text, unit_id id, from_on day, to_on day, change_id id
insert into account_role (id, account_id, role, unit_id, from_on, to_on, change_id)
values (:id, :account_id, :role, :unit_id, :from_on, nullif(:to_on, 2932896), :change_id);
