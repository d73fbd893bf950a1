-- name: journal_entry_add
-- in: change_id id, position int, subject text, record_id id, part text, kind text
-- in: fields text, personal_digest bytes
insert into journal_entry (change_id, position, subject, record_id, part, kind, fields, personal_digest)
values (:change_id, :position, :subject, :record_id, :part, :kind, :fields, :personal_digest);

-- name: journal_personal_add
-- in: change_id id, position int, salt bytes, fields text
insert into journal_personal (change_id, position, salt, fields)
values (:change_id, :position, :salt, :fields);
