-- What every write leaves behind (write.c).

-- name: change_add
-- in: id id, account_id id, unit_id id, at instant, origin text, action text, reason text
-- in: request_id text
insert into change_log (id, account_id, unit_id, at, origin, action, reason, request_id)
values (:id, :account_id, :unit_id, :at, :origin, :action, :reason, :request_id);

-- name: change_await_seal
-- in: id id
insert into journal_waiting (change_id) values (:id);

-- name: change_find
-- in: id id
-- out: id id
select id from change_log where id = :id;

-- How a transaction of PostgreSQL ended: 0 unknown, 1 not yet, 2 committed, 3 not.
-- name: change_mark_status
-- in: mark text
-- out: status int
select case when :mark = '' then 0 else 0 end as status;
[postgres]
select case pg_xact_status(:mark::xid8) when 'in progress' then 1 when 'committed' then 2
       when 'aborted' then 3 else 0 end as status;

-- The newest change, so that ids go on growing when the clock was set back.
-- name: change_last
-- out: id id
select coalesce(max(id), 0) as id from change_log;

-- name: request_result_find
-- in: request_id text
-- out: account_id id, result_id id
select account_id, result_id from request_result where request_id = :request_id;

-- name: request_result_add
-- in: request_id text, account_id id, result_id id, link text, at instant
insert into request_result (request_id, account_id, result_id, link, at)
values (:request_id, :account_id, :result_id, :link, :at);
