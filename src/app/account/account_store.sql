-- Accounts and the roles they hold.  Login, sessions: app/login.

-- name: account_login
-- in: login text
-- out: id id, unit_id id, name text, password_hash text, disabled flag
select a.id, a.unit_id, a.name, a.password_hash, a.disabled from account a
where a.login = :login;

-- name: account_by_id
-- in: id id, scope id, today day
-- out: id id, login text, name text, title text, unit_id id, unit_name text, disabled flag
select a.id, a.login, a.name, a.title, a.unit_id, u.name as unit_name, a.disabled
from account a join unit u on u.id = a.unit_id
where a.id = :id
  and (:scope is null or exists (
       select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = a.unit_id
         and (c.to_on is null or c.to_on >= :today)));

-- Those who work in a unit of the scope, by login name.
-- name: account_list
-- in: scope id, today day, unit_id id, after_login text
-- out: id id, login text, name text, title text, unit_id id, unit_name text, disabled flag
select a.id, a.login, a.name, a.title, a.unit_id, u.name as unit_name, a.disabled
from account a join unit u on u.id = a.unit_id
where a.login > :after_login
  and (:unit_id is null or a.unit_id = :unit_id)
  and (:scope is null or exists (
       select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = a.unit_id
         and (c.to_on is null or c.to_on >= :today)))
order by a.login;

-- Those who may work on a unit's dossiers today: hold a role over it or above it.
-- name: account_over_unit
-- in: unit_id id, today day
-- out: id id, name text, title text, role text
select a.id, a.name, a.title, r.role
from unit_closure c
join account_role r on r.unit_id = c.ancestor_id and r.from_on <= :today
     and (r.to_on is null or r.to_on >= :today)
join account a on a.id = r.account_id and a.disabled = 0
where c.unit_id = :unit_id and c.from_on <= :today and (c.to_on is null or c.to_on >= :today)
order by c.depth, a.name, a.id;

-- name: account_roles
-- in: account_id id
-- out: id id, role text, unit_id id, unit_code text, unit_name text, from_on day, to_on day
select r.id, r.role, r.unit_id, u.code as unit_code, u.name as unit_name, r.from_on, r.to_on
from account_role r join unit u on u.id = r.unit_id
where r.account_id = :account_id
order by r.from_on, r.id;

-- name: account_roles_over
-- in: account_id id, unit_id id, on_day day
-- out: role text
select r.role
from account_role r
join unit_closure c on c.ancestor_id = r.unit_id and c.unit_id = :unit_id
     and c.from_on <= :on_day and (c.to_on is null or c.to_on >= :on_day)
where r.account_id = :account_id and r.from_on <= :on_day
  and (r.to_on is null or r.to_on >= :on_day);

-- Roles, now or later, over units outside a scope.
-- name: account_roles_outside
-- in: account_id id, scope id, today day
-- out: id id
select r.id from account_role r
where r.account_id = :account_id and (r.to_on is null or r.to_on >= :today)
  and not exists (
      select 1 from unit_closure c
      where c.ancestor_id = :scope and c.unit_id = r.unit_id
        and (c.to_on is null or c.to_on >= :today))
limit 1;

-- The units where somebody of the scope can work or hold a role; by code, which is nearly the
-- order of the tree.
-- name: account_units
-- in: scope id, today day
-- out: id id, code text, name text
select u.id, u.code, u.name
from unit u
where (u.valid_to is null or u.valid_to >= :today)
  and (:scope is null or exists (
      select 1 from unit_closure c
      where c.ancestor_id = :scope and c.unit_id = u.id
        and (c.to_on is null or c.to_on >= :today)))
order by u.code;

-- name: account_unit_by_code
-- in: code text
-- out: id id
select u.id from unit u where u.code = :code;

-- name: account_unit_seen
-- in: scope id, today day, unit_id id
-- out: id id
select u.id
from unit u
where u.id = :unit_id
  and (:scope is null or exists (
      select 1 from unit_closure c
      where c.ancestor_id = :scope and c.unit_id = u.id
        and (c.to_on is null or c.to_on >= :today)));

-- name: account_insert
-- in: id id, login text, name text, title text, unit_id id, password_hash text, from_change id
insert into account (id, login, name, title, unit_id, password_hash, from_change)
values (:id, :login, :name, :title, :unit_id, :password_hash, :from_change);

-- name: account_update
-- in: id id, name text, title text, unit_id id, from_change id
update account set name = :name, title = :title, unit_id = :unit_id,
       from_change = :from_change
where id = :id;

-- name: account_update_password
-- in: id id, password_hash text, from_change id
update account set password_hash = :password_hash, from_change = :from_change where id = :id;

-- name: account_update_disabled
-- in: id id, disabled flag, from_change id
update account set disabled = :disabled, from_change = :from_change where id = :id;

-- A changed password and a disabled account end what is open.
-- name: account_end_sessions
-- in: account_id id
delete from session where account_id = :account_id;

-- name: account_role_insert
-- in: id id, account_id id, role text, unit_id id, from_on day, to_on day, change_id id
insert into account_role (id, account_id, role, unit_id, from_on, to_on, change_id)
values (:id, :account_id, :role, :unit_id, :from_on, :to_on, :change_id);

-- name: account_role_by_id
-- in: id id
-- out: account_id id, role text, unit_id id, from_on day, to_on day
select r.account_id, r.role, r.unit_id, r.from_on, r.to_on from account_role r
where r.id = :id;

-- name: account_role_close
-- in: id id, to_on day, change_id id
update account_role set to_on = :to_on, change_id = :change_id where id = :id;
