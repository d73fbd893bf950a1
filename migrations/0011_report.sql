-- Periodic reports: regimes, the reports that units owe, their states, comments on cells, and
-- the locks that they put on sheets.

-- Chế độ báo cáo. A version holds for its unit and all below it, or for everybody; of the
-- versions of a code the nearest one above a unit wins.
create table report_regime (
	id id primary key,
	code text not null,                   -- "bnv-581"
	unit_id id references unit (id),      -- null: everybody's
	title text not null,
	document text not null,               -- that asks for the reports
	issuer text not null,
	valid_from day not null,              -- of the last day of a period
	valid_to day,
	change_id id not null,
	check (valid_to is null or valid_to >= valid_from)
);
create unique index report_regime_of_all on report_regime (code, valid_from) where unit_id is null;
create unique index report_regime_of_unit on report_regime (code, unit_id, valid_from) where unit_id is not null;

-- The reports of a year, with cut-offs and the day by which they are sent.
create table report_regime_period (
	regime_id id not null references report_regime (id),
	position int not null,
	code text not null,                   -- "Q1"
	name text not null,                   -- "quý I năm {1}"
	years_before int not null check (years_before in (0, 1)),
	from_month int not null check (from_month between 1 and 12),
	from_day int not null check (from_day between 1 and 31),
	to_month int not null check (to_month between 1 and 12),
	to_day int not null check (to_day between 1 and 31),
	send_month int not null check (send_month between 1 and 12),
	send_day int not null check (send_day between 1 and 31),
	opens_days int not null check (opens_days between 0 and 366),
	primary key (regime_id, position),
	unique (regime_id, code)
);

-- Which units owe it, with which forms.
create table report_regime_level (
	regime_id id not null references report_regime (id),
	level text not null references unit_level (code),
	set_code text not null,
	primary key (regime_id, level)
) without rowid;

insert into report_regime (id, code, title, document, issuer, valid_from, change_id) values
	(1, 'bnv-581', 'Báo cáo công tác cải cách hành chính định kỳ', 'Công văn số 581/BNV-CCHC ngày 21/02/2022', 'Bộ Nội vụ', 19044, 0);
insert into report_regime_period (regime_id, position, code, name, years_before, from_month, from_day, to_month, to_day, send_month, send_day, opens_days) values
	(1, 1, 'Q1', 'quý I năm {1}', 1, 12, 15, 3, 14, 3, 20, 14),
	(1, 2, 'H1', '6 tháng đầu năm {1}', 1, 12, 15, 6, 14, 6, 20, 14),
	(1, 3, 'Q3', 'quý III năm {1}', 0, 6, 15, 9, 14, 9, 20, 14),
	(1, 4, 'Y', 'năm {1}', 1, 12, 15, 12, 14, 12, 20, 14);
insert into report_regime_level (regime_id, level, set_code) values
	(1, 'province', 'bnv-2022'),
	(1, 'department', 'bnv-2022'),
	(1, 'district', 'bnv-2022'),
	(1, 'commune', 'xa-2024');

-- One document of a unit for a period.  A correction after sending is another row, which
-- amends this one.
-- unit-owned
create table report (
	id id primary key,
	unit_id id not null references unit (id),
	receiver_id id references unit (id),  -- parent on the period's last day
	regime_id id not null references report_regime (id),
	regime_code text not null,
	period text not null,                 -- "2024-Q1"
	period_name text not null,
	from_on day not null,
	to_on day not null,
	send_by_on day not null,
	set_code text not null,
	state text not null check (state in ('compiling', 'checking', 'submitted', 'signed', 'numbered', 'sent', 'accepted', 'returned', 'exempt')),
	revision int not null,
	current flag not null default 1,      -- no other document replaces it
	compiler_id id references account (id),
	checker_id id references account (id),
	signer_id id references account (id),
	clerk_id id references account (id),
	number int check (number > 0),
	notation text not null default '',    -- "BC-UBND"
	dated_on day,
	signed_on day,
	sent_on day,
	first_sent_on day,                    -- of the first document of the period
	amends_report_id id unique references report (id),
	pinned_change_id id,                  -- what was known when it was signed
	content_sha256 text,
	from_change id not null,
	check (to_on >= from_on),
	check ((number is null) = (dated_on is null))
);
create unique index report_current on report (unit_id, regime_code, period) where current = 1;
create index report_by_receiver on report (receiver_id, regime_code, period) where current = 1;
create index report_by_period on report (regime_code, period) where current = 1;

-- What was done with it.
create table report_event (
	id id primary key,
	report_id id not null references report (id),
	at instant not null,
	action text not null,                 -- a word of report_actions.def; "open"
	from_state text not null,
	to_state text not null,
	account_id id references account (id),
	unit_id id references unit (id),      -- the office that did it
	reason text,
	number int,                           -- that the clerk gave
	notation text not null default '',
	dated_on day,
	change_id id not null
);
create index report_event_by_report on report_event (report_id, id);

-- A comment on a cell, or on the whole.
create table report_comment (
	id id primary key,
	report_id id not null references report (id),
	form text not null default '',
	indicator text not null default '',   -- the row's stable id
	body text not null,
	account_id id references account (id),
	unit_id id references unit (id),
	at instant not null,
	settled_at instant,
	settled_by id references account (id),
	change_id id not null
);
create index report_comment_by_report on report_comment (report_id, id);

-- Sổ văn bản đi, as far as reports go: a number of a unit and year is given once.  It stays
-- with the report when the signer reopens it, and is spent when the report was sent.
-- unit-owned
create table report_number (
	unit_id id not null references unit (id),
	year int not null,
	number int not null check (number > 0),
	report_id id not null references report (id),
	notation text not null,
	dated_on day not null,
	change_id id not null,
	primary key (unit_id, year, number)
) without rowid;
create index report_number_by_report on report_number (report_id);

-- Sheets that cannot be changed: from trình ký until somebody who may opens the report.  Kept
-- by the report in its own transactions.
-- unit-owned
create table form_lock (
	unit_id id not null references unit (id),
	set_code text not null,
	from_on day not null,
	to_on day not null,
	report_id id not null references report (id),
	why text not null,                    -- what people are told: who can open it
	change_id id not null,
	primary key (unit_id, set_code, from_on, to_on)
) without rowid;

-- The decisions on counting with which a locked sheet was submitted.
-- unit-owned
create table form_lock_setting (
	unit_id id not null references unit (id),
	set_code text not null,
	from_on day not null,
	to_on day not null,
	name text not null,
	value text not null,
	unit_name text,                       -- who decided; null: the set's own default
	own flag not null,                    -- the unit itself did
	primary key (unit_id, set_code, from_on, to_on, name)
) without rowid;
