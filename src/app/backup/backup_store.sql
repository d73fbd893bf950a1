-- What backup and migration ask beside the tables themselves.

-- name: backup_database_size
-- out: pages int, page_bytes int
select c.page_count as pages, s.page_size as page_bytes
from pragma_page_count c, pragma_page_size s;
[postgres]
select pg_database_size(current_database()) as pages, 1 as page_bytes;
