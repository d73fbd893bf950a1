-- How far a replica of PostgreSQL is behind (replica.c).  A file has no replica.

-- name: replica_primary
-- out: position int, now instant
select 0 as position, 0 as now;
[postgres]
select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint as position,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint as now;

-- name: replica_position
-- out: follows flag, position int, committed_at instant
select 0 as follows, 0 as position, 0 as committed_at;
[postgres]
select case when pg_is_in_recovery() then 1 else 0 end as follows,
       (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint as position,
       (extract(epoch from pg_last_xact_replay_timestamp()) * 1000000)::bigint as committed_at;
