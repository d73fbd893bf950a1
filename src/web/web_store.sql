-- name: web_request_result
-- in: request_id text
-- out: account_id id, link text
select r.account_id, r.link
from request_result r
where r.request_id = :request_id;

-- name: web_request_result_delete_old
-- in: before instant
delete from request_result where at < :before;

-- name: web_session_count
-- in: now instant
-- out: n int
select count(*) as n from session s where s.expires_at > :now;
