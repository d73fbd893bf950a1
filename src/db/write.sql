-- What every write leaves behind (write.c).

-- name: change_add
-- in: id id, account_id id, unit_id id, at instant, origin text, action text, reason text
-- in: request_id text
insert into change_log (id, account_id, unit_id, at, origin, action, reason, request_id)
values (:id, :account_id, :unit_id, :at, :origin, :action, :reason, :request_id);

-- name: change_await_seal
-- in: id id
insert into journal_waiting (change_id) values (:id);

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
