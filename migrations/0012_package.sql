-- Frozen reports, and what it takes to derive one again as it stood: the values of every fact
-- that feeds figures, by the change that made them known.

-- ---- what was signed ----

-- A row for each freezing of a report; the one with to_change null is what holds.
create table package_content (
	id id primary key,
	report_id id not null references report (id),
	received flag not null,               -- came from another installation
	sha256 text not null,                 -- of the content
	pinned int not null,                  -- number in the journal's chain up to which was known; 0: received
	from_change id not null,
	to_change id
);
create unique index package_content_current on package_content (report_id) where to_change is null;
create index package_content_by_report on package_content (report_id, id);

-- The canonical bytes.  Those of an own report can be derived again, received ones cannot.
create table package_bytes (
	content_id id primary key references package_content (id),
	content bytes not null
);

-- The cells of a content, which the office above adds up; they follow from its bytes.
create table package_cell (
	content_id id not null references package_content (id),
	form text not null,
	indicator text not null,              -- the row's stable id
	source text not null,
	value decimal,
	numerator decimal,
	denominator decimal,
	computed decimal,
	note text,
	reason text,
	blank text,                           -- a word: why there is no value
	given int not null,                   -- children whose figure went in,
	owed int not null,                    -- and that owe the row; 0: none does
	listed flag not null,
	unlisted flag not null,
	incomplete flag not null,
	not_owed flag not null,
	codes text not null default '',       -- a line for each: procedure, tier, field, amount; tabs between
	primary key (content_id, form, indicator)
) without rowid;

-- Definitions that came with packages and that this installation does not have itself.
create table package_definition (
	sha256 text primary key,
	set_code text not null,
	form text not null,
	content text not null,
	change_id id not null
);

-- Why a figure of an amended report differs from the document before it.
create table report_amendment (
	id id primary key,
	report_id id not null references report (id), -- the new one
	form text not null,
	indicator text not null,
	reason text not null,
	account_id id references account (id),
	from_change id not null,
	to_change id                          -- another reason was given
);
create unique index report_amendment_current on report_amendment (report_id, form, indicator) where to_change is null;

-- ---- what was known when ----

-- The changes of the journal in their order: a fact was known at a pinned number when its
-- change stands at or before it.  Committed and not sealed yet: after everything.
create view change_number as
select s.change_id, s.number from journal_seal s
union all
select w.change_id, 9223372036854775807 from journal_waiting w;

-- Each time that a unit's last day was set.
create table unit_end (
	id id primary key,
	unit_id id not null references unit (id),
	valid_to day not null,
	change_id id not null
);
create index unit_end_by_unit on unit_end (unit_id);
insert into unit_end (id, unit_id, valid_to, change_id)
select u.id, u.id, u.valid_to, u.from_change from unit u where u.valid_to is not null;

-- The files of a form set that each installation of it made the current ones.
create table form_definition_use (
	id id primary key,
	definition_id id not null references form_definition (id),
	change_id id not null
);
create index form_definition_use_by_change on form_definition_use (change_id);
insert into form_definition_use (id, definition_id, change_id)
select d.id, d.id, d.change_id from form_definition d where d.current = 1;

-- Decisions on counting before they were changed.
-- unit-owned
create table form_setting_past (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	name text not null,
	value text not null,
	from_change id not null,
	to_change id not null
);
create index form_setting_past_by_unit on form_setting_past (unit_id, set_code);

-- Decisions that a locked sheet kept, until it was opened.
-- unit-owned
create table form_lock_setting_past (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	from_on day not null,
	to_on day not null,
	name text not null,
	value text not null,
	unit_name text,
	own flag not null,
	report_id id not null,
	to_change id not null
);
create index form_lock_setting_past_by_unit on form_lock_setting_past (unit_id, set_code, from_on);

-- Further facts of a dossier that feed figures.
alter table dossier_past add column extended_due_at instant;
alter table dossier_past add column paused_at instant;
alter table dossier_past add column quantity int;
