-- name: web_request_result
-- in: request_id text
-- out: account_id id, link text
select r.account_id, r.link
from request_result r
where r.request_id = :request_id;

-- name: web_request_result_delete_old
-- in: before instant
delete from request_result where at < :before;
