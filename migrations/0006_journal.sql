-- Nhật ký: who did what, when, from where, before and after (docs/journal.md).  Rows of these
-- tables and of change_log are only ever added, with two exceptions: a personal value may be
-- erased, and a change leaves journal_waiting when it is sealed.

-- What a change did to one record.  No foreign keys: the chain proves more than they do.
create table journal_entry (
	change_id id not null,
	position int not null,                -- in the change, from 1
	subject text not null,                -- a word of journal_subjects.def
	record_id id not null,
	part text not null default '',        -- of the record: "bnv-2022/3/1.2/2024-01-01"
	kind text not null,                   -- a word of journal_kinds.def
	fields text not null,                 -- a line each: field, before, after
	personal_digest bytes,                -- SHA-256 of the salt and the personal fields
	primary key (change_id, position)
) without rowid;
create index journal_entry_by_record on journal_entry (record_id, change_id);

-- The personal fields of an entry.  Erasing takes salt and fields away; the digest in the
-- entry then says nothing about them any more, and the chain still holds.
create table journal_personal (
	change_id id not null,
	position int not null,
	salt bytes,
	fields text,
	erased_change_id id,                  -- set when they were erased
	primary key (change_id, position),
	check ((erased_change_id is null) = (fields is not null and salt is not null))
) without rowid;

-- Changes that are committed and not sealed yet.
create table journal_waiting (
	change_id id primary key
);

-- The chain.  Numbers have no gaps and follow the order in which changes were committed.
create table journal_seal (
	number int primary key check (number > 0),
	change_id id not null unique,
	sealed_at instant not null,
	hash bytes not null                   -- SHA-256 over the seal before it, the change, its entries
);

-- The end of the chain: one row, which whoever seals holds locked.
create table journal_head (
	id int primary key check (id = 1),
	number int not null,
	hash bytes,                           -- null: nothing was sealed yet
	sealed_at instant
);
insert into journal_head (id, number) values (1, 0);

-- The end of the chain on the evening of a day on which something was sealed.
create table journal_digest (
	on_day day primary key,
	first_number int not null,
	last_number int not null,
	hash bytes not null,
	token bytes,                          -- a time stamp of the hash, RFC 3161
	token_at instant,
	check (last_number >= first_number)
);

-- The journal of a unit by day.
create index change_log_by_unit on change_log (unit_id, at, id);

-- What was done before there was a chain is sealed first.
insert into journal_waiting (change_id) select id from change_log;
