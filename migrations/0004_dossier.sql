-- Hồ sơ: taken in, worked on, returned.

-- unit-owned
create table applicant (
	id id primary key,
	unit_id id not null references unit (id), -- whose desk knows this person
	kind text not null check (kind in ('person', 'organisation')),
	name text not null,
	identity_number text,                 -- CCCD or tax number
	phone text,
	email text,
	address text not null default '',
	from_change id not null
);
create index applicant_by_identity on applicant (unit_id, identity_number);
create index applicant_by_phone on applicant (unit_id, phone);

-- A source of dossier lists exported by another system; its columns are mapped once.
create table import_source (
	id id primary key,
	unit_id id not null references unit (id),
	name text not null,
	mapping text not null,                -- a line for each of our fields: code=Số hồ sơ
	change_id id not null,
	unique (unit_id, name)
);

-- Figures are counted from this table; an earlier value of any of its facts is kept in
-- dossier_past, so that a report can be counted again as it stood at a change.
-- unit-owned
create table dossier (
	id id primary key,
	code text not null unique,
	receiving_unit_id id not null references unit (id),
	competent_unit_id id not null references unit (id),
	procedure_version_id id not null references procedure_version (id),
	procedure_id id not null references procedure (id), -- of the version, so that lists
	field_id id not null references field (id),         -- filter inside one index
	applicant_id id not null references applicant (id),
	applicant_name text not null default '', -- as stated with this dossier
	summary text not null default '',
	quantity int not null default 1,      -- copies certified, sets handed in
	channel text not null check (channel in ('counter', 'online', 'post', 'phone')),
	-- DVCQG: 1 registered 2 received 3 not accepted 4 in process 5 supplement asked
	-- 6 payment asked 7 withdrawn 8 stopped 9 finished 10 returned
	state int not null check (state between 1 and 10),
	-- what the desk makes of it: 1 new, 2 the clock runs, 3 the clock stands, 4 ended without
	-- a result, 5 result waits, 6 returned (a request that never stops the clock stays in 2)
	state_group int not null,
	refused flag not null default 0,      -- finished by a refusal after examination
	payment_state text not null default 'none' check (payment_state in ('none', 'due', 'paid')),
	fee_dong dong not null default 0,
	delivery text not null default 'counter' check (delivery in ('counter', 'post', 'online')),
	delivery_state text not null default 'none' check (delivery_state in ('none', 'waiting', 'sent', 'delivered')),
	received_at instant not null,
	received_on day not null,
	term text not null,                   -- the term that was counted: "5 ngày làm việc"
	supplement_rule text not null,
	rule_set text not null,
	calendar_version int not null,
	original_due_at instant,              -- as promised on the receipt; kept for ever
	due_at instant,                       -- moved by pauses
	extended_due_at instant,              -- second appointment, with the apology
	source_due_at instant,                -- what the system it came from says
	paused_at instant,                    -- the clock stands since then
	finished_at instant,
	finished_on day,
	outcome text check (outcome in ('early', 'on_time', 'late')),
	closed_on day,                        -- not accepted, withdrawn or stopped
	returned_at instant,
	returned_on day,
	step int not null default 0,          -- position of the current step, 0: none
	holder_id id references account (id), -- who has it on the desk
	book text not null default '',        -- quyển số, số thứ tự
	source_id id references import_source (id),
	revision int not null default 1,      -- grows with each change: optimistic lock
	from_change id not null,
	-- a dossier without a due date has no outcome
	check (outcome is null or (finished_at is not null and due_at is not null)),
	check (case when state = 1 then state_group = 1
		when state in (2, 4) then state_group = 2
		when state in (5, 6) then state_group in (2, 3)
		when state in (3, 7, 8) then state_group = 4
		when state = 9 then state_group = 5
		else state_group = 6 end)
);
-- The lists: what people filter by and what a line shows stands behind the order, so that a
-- page is read from one place of one index instead of fifty places of the table.
create index dossier_by_receipt on dossier (receiving_unit_id, received_at, id, state_group, state, channel, procedure_id, field_id, outcome, code, due_at, finished_at, applicant_name, procedure_version_id);
create index dossier_by_group on dossier (receiving_unit_id, state_group, due_at, id, state, channel, procedure_id, field_id, outcome, code, received_at, finished_at, applicant_name, procedure_version_id);
-- Counts read this one: it is a quarter as wide.
create index dossier_for_counts on dossier (receiving_unit_id, state_group, channel, procedure_id, field_id, procedure_version_id);
create index dossier_by_competent on dossier (competent_unit_id, received_at, id, state_group);
create index dossier_by_competent_group on dossier (competent_unit_id, state_group, due_at, id);
create index dossier_by_holder on dossier (holder_id, state_group, due_at, id);
create index dossier_by_applicant on dossier (applicant_id);
-- The figures: what the forms count stands behind the day, so that a count stays inside the
-- index.
create index dossier_by_received_on on dossier (receiving_unit_id, received_on, state, channel, procedure_id, procedure_version_id);
create index dossier_by_finish on dossier (receiving_unit_id, finished_on, outcome);
create index dossier_by_closing on dossier (receiving_unit_id, closed_on);

-- The facts of a dossier that feed figures, as they were from one change to before another.
-- unit-owned
create table dossier_past (
	id id primary key,
	dossier_id id not null references dossier (id),
	from_change id not null,
	to_change id not null,
	receiving_unit_id id not null,
	competent_unit_id id not null,
	procedure_version_id id not null,
	channel text not null,
	state int not null,
	refused flag not null,
	received_on day not null,
	due_at instant,
	finished_at instant,
	finished_on day,
	outcome text,
	closed_on day,
	returned_on day
);
create index dossier_past_by_dossier on dossier_past (dossier_id, from_change);

-- What happened, in order; the history tab.
create table dossier_event (
	id id primary key,
	dossier_id id not null references dossier (id),
	change_id id not null,
	at instant not null,
	account_id id,
	revision int not null,                -- of the dossier, that this made
	kind text not null,                   -- a word of dossier_actions.def, or import, recompute
	to_account_id id,
	note text not null default '',
	due_before instant,
	due_after instant
);
create index dossier_event_by_dossier on dossier_event (dossier_id, id);

create table dossier_pause (
	id id primary key,
	dossier_id id not null references dossier (id),
	kind text not null check (kind in ('supplement', 'payment', 'opinion')),
	from_at instant not null,
	to_at instant,                        -- null while it stands
	effect text not null check (effect in ('continues', 'restarts', 'never_stops')),
	reason text not null,
	due_before instant,
	due_after instant,
	change_id id not null
);
create index dossier_pause_by_dossier on dossier_pause (dossier_id, from_at);

create table dossier_part (
	id id primary key,
	dossier_id id not null references dossier (id),
	position int not null,
	name text not null,
	form text not null default 'original',
	copies int not null default 1,
	handed_in flag not null default 0
);
create index dossier_part_by_dossier on dossier_part (dossier_id, position);

create table dossier_step (
	id id primary key,
	dossier_id id not null references dossier (id),
	position int not null,
	name text not null,
	role text not null,
	budget text not null default '',
	account_id id,
	started_at instant,
	due_at instant,
	done_at instant,
	outcome text check (outcome in ('early', 'on_time', 'late'))
);
create index dossier_step_by_dossier on dossier_step (dossier_id, position);

-- The daily sequence of codes; taken inside the transaction, so without gaps or doubles.
create table dossier_sequence (
	unit_id id not null references unit (id),
	on_day day not null,
	last int not null,
	primary key (unit_id, on_day)
) without rowid;

-- Folded words of applicant, code and summary, by unit.
-- unit-owned
create table dossier_word (
	unit_id id not null,
	word text not null,
	dossier_id id not null references dossier (id),
	primary key (unit_id, word, dossier_id)
) without rowid;
