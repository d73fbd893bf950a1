-- name: login_session_find
-- in: token_hash bytes, now instant, idle_since instant, today day
-- out: id id, account_id id, unit_id id, csrf text, seen_at instant, name text, unit_name text, role text
-- One row for each role held today over the unit that the session works on, at least one.
select s.id, s.account_id, s.unit_id, s.csrf, s.seen_at, a.name, u.name as unit_name, r.role
from session s
join account a on a.id = s.account_id
join unit u on u.id = s.unit_id
left join account_role r on r.account_id = s.account_id
  and r.from_on <= :today
  and (r.to_on is null or r.to_on >= :today)
  and exists (
    select 1
    from unit_closure c
    where c.ancestor_id = r.unit_id
      and c.unit_id = s.unit_id
      and c.from_on <= :today
      and (c.to_on is null or c.to_on >= :today))
where s.token_hash = :token_hash
  and s.expires_at > :now
  and s.seen_at > :idle_since
  and a.disabled = 0;

-- name: login_places
-- in: account_id id, today day
-- out: id id, name text, role text
select u.id, u.name, r.role
from account_role r
join unit u on u.id = r.unit_id
where r.account_id = :account_id
  and r.from_on <= :today
  and (r.to_on is null or r.to_on >= :today)
order by u.name, u.id, r.role;

-- name: login_last_place
-- in: account_id id
-- out: unit_id id
select s.unit_id
from session s
where s.account_id = :account_id
order by s.created_at desc, s.id desc
limit 1;

-- name: login_session_insert
-- in: id id, token_hash bytes, account_id id, unit_id id, csrf text, now instant, expires_at instant
insert into session (id, token_hash, account_id, unit_id, csrf, created_at, seen_at, expires_at)
values (:id, :token_hash, :account_id, :unit_id, :csrf, :now, :now, :expires_at);

-- name: login_session_place
-- in: id id, unit_id id
update session set unit_id = :unit_id where id = :id;

-- name: login_session_seen
-- in: id id, now instant
update session set seen_at = :now where id = :id and seen_at < :now;

-- name: login_session_delete
-- in: id id
delete from session where id = :id;

-- name: login_session_delete_by_token
-- in: token_hash bytes
delete from session where token_hash = :token_hash;

-- name: login_session_delete_of_account
-- in: account_id id
delete from session where account_id = :account_id;

-- name: login_session_delete_old
-- in: before instant
delete from session where expires_at < :before;

-- name: login_failures
-- in: key text
-- out: failures int, last_at instant, locked_until instant
select f.failures, f.last_at, f.locked_until
from login_failure f
where f.key = :key;

-- name: login_failures_put
-- in: key text, failures int, last_at instant, locked_until instant
insert into login_failure (key, failures, last_at, locked_until)
values (:key, :failures, :last_at, :locked_until)
on conflict (key) do update
set failures = excluded.failures, last_at = excluded.last_at, locked_until = excluded.locked_until;

-- name: login_failures_delete
-- in: key text
delete from login_failure where key = :key;

-- name: login_failures_delete_old
-- in: before instant
delete from login_failure where last_at < :before;
