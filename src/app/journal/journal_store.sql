-- name: journal_entry_add
-- in: change_id id, position int, subject text, record_id id, part text, kind text
-- in: fields text, personal_digest bytes
insert into journal_entry (change_id, position, subject, record_id, part, kind, fields, personal_digest)
values (:change_id, :position, :subject, :record_id, :part, :kind, :fields, :personal_digest);

-- name: journal_personal_add
-- in: change_id id, position int, salt bytes, fields text
insert into journal_personal (change_id, position, salt, fields)
values (:change_id, :position, :salt, :fields);

-- ---- sealing ----

-- Whoever seals holds this row until the end of its transaction.
-- name: journal_head_lock
update journal_head set number = number where id = 1;

-- name: journal_head
-- out: number int, hash bytes, sealed_at instant
select h.number, h.hash, h.sealed_at from journal_head h where h.id = 1;

-- name: journal_head_set
-- in: number int, hash bytes, sealed_at instant
update journal_head set number = :number, hash = :hash, sealed_at = :sealed_at where id = 1;

-- All but one, which is still being written.
-- name: journal_waiting_changes
-- in: most int, but id
-- out: id id, account_id id, unit_id id, at instant, origin text, action text, reason text, request_id text
select c.id, c.account_id, c.unit_id, c.at, c.origin, c.action, c.reason, c.request_id
from journal_waiting w
join change_log c on c.id = w.change_id
where w.change_id <> :but
order by w.change_id
limit :most;

-- name: journal_pin
-- out: number int, change_id id
select s.number, s.change_id from journal_head h join journal_seal s on s.number = h.number
where h.id = 1;

-- name: journal_waiting_entries
-- in: last id
-- out: change_id id, position int, subject text, record_id id, part text, kind text, fields text, personal_digest bytes
select e.change_id, e.position, e.subject, e.record_id, e.part, e.kind, e.fields, e.personal_digest
from journal_waiting w
join journal_entry e on e.change_id = w.change_id
where w.change_id <= :last
order by e.change_id, e.position;

-- name: journal_seal_add
-- in: number int, change_id id, sealed_at instant, hash bytes
insert into journal_seal (number, change_id, sealed_at, hash)
values (:number, :change_id, :sealed_at, :hash);

-- name: journal_waiting_take_out
-- in: after int
delete from journal_waiting
where change_id in (select s.change_id from journal_seal s where s.number > :after);

-- Something waits, or yesterday is not closed.
-- name: journal_unsealed
-- in: today instant
-- out: needed flag
select case when exists (select 1 from journal_waiting) then 1
       when exists (select 1 from journal_head h
                    where h.number > 0 and h.sealed_at < :today
                      and not exists (select 1 from journal_digest d where d.last_number = h.number)) then 1
       else 0 end as needed;

-- name: journal_waiting_count
-- out: n int
select count(*) as n from journal_waiting;

-- ---- digests ----

-- name: journal_digest_last
-- out: on_day day, last_number int
select d.on_day, d.last_number from journal_digest d order by d.on_day desc limit 1;

-- name: journal_digest_add
-- in: on_day day, first_number int, last_number int, hash bytes
insert into journal_digest (on_day, first_number, last_number, hash)
values (:on_day, :first_number, :last_number, :hash)
on conflict (on_day) do nothing;

-- name: journal_digest_of
-- in: on_day day
-- out: on_day day, first_number int, last_number int, hash bytes, token bytes, token_at instant
select d.on_day, d.first_number, d.last_number, d.hash, d.token, d.token_at
from journal_digest d where d.on_day = :on_day;

-- name: journal_digest_stamp
-- in: on_day day, token bytes, token_at instant
update journal_digest set token = :token, token_at = :token_at where on_day = :on_day;

-- ---- verifying ----

-- name: journal_seals
-- in: after int, most int
-- out: number int, change_id id, sealed_at instant, hash bytes, id id, account_id id, unit_id id, at instant, origin text, action text, reason text, request_id text
select s.number, s.change_id, s.sealed_at, s.hash, c.id, c.account_id, c.unit_id, c.at, c.origin, c.action, c.reason, c.request_id
from journal_seal s
left join change_log c on c.id = s.change_id
where s.number > :after
order by s.number
limit :most;

-- name: journal_sealed_entries
-- in: after int, last int
-- out: number int, change_id id, position int, subject text, record_id id, part text, kind text, fields text, personal_digest bytes, personal flag, salt bytes, personal_fields text, erased_change_id id
select s.number, e.change_id, e.position, e.subject, e.record_id, e.part, e.kind, e.fields, e.personal_digest, case when p.change_id is null then 0 else 1 end as personal, p.salt, p.fields as personal_fields, p.erased_change_id
from journal_seal s
join journal_entry e on e.change_id = s.change_id
left join journal_personal p on p.change_id = e.change_id and p.position = e.position
where s.number > :after and s.number <= :last
order by s.number, e.position;

-- name: journal_erasure
-- in: change_id id, record_id id
-- out: position int
select e.position from journal_entry e
where e.change_id = :change_id and e.record_id = :record_id and e.kind = 'erase'
limit 1;

-- A change that is neither sealed nor waiting was put in behind the back of the program.
-- name: journal_stray_change
-- out: id id
select c.id from change_log c
where not exists (select 1 from journal_seal s where s.change_id = c.id)
  and not exists (select 1 from journal_waiting w where w.change_id = c.id)
order by c.id
limit 1;

-- name: journal_stray_waiting
-- out: change_id id
select w.change_id from journal_waiting w
where not exists (select 1 from change_log c where c.id = w.change_id)
   or exists (select 1 from journal_seal s where s.change_id = w.change_id)
order by w.change_id
limit 1;

-- name: journal_stray_entry
-- out: change_id id, position int
select e.change_id, e.position from journal_entry e
where not exists (select 1 from change_log c where c.id = e.change_id)
order by e.change_id, e.position
limit 1;

-- name: journal_stray_personal
-- out: change_id id, position int
select p.change_id, p.position from journal_personal p
where not exists (select 1 from journal_entry e
                  where e.change_id = p.change_id and e.position = p.position
                    and e.personal_digest is not null)
order by p.change_id, p.position
limit 1;

-- name: journal_digests
-- out: on_day day, first_number int, last_number int, hash bytes, token bytes, token_at instant
select d.on_day, d.first_number, d.last_number, d.hash, d.token, d.token_at
from journal_digest d order by d.on_day;

-- ---- erasing ----

-- name: journal_erase
-- in: record_id id, change_id id
update journal_personal set salt = null, fields = null, erased_change_id = :change_id
where fields is not null
  and (change_id, position) in (select e.change_id, e.position from journal_entry e
                                where e.record_id = :record_id);

-- name: journal_record_exists
-- in: subject text, record_id id
-- out: position int
select e.position from journal_entry e
where e.record_id = :record_id and e.subject = :subject
limit 1;

-- name: journal_dossiers_of
-- in: applicant_id id
-- out: id id
-- unscoped: erasing is asked for by the person, whatever the unit
select d.id from dossier d where d.applicant_id = :applicant_id order by d.id;
