-- Working sessions, dated exceptions, rule sets of deadlines.

-- Sessions of a weekday; a unit without rows uses its nearest ancestor's, the root the
-- program's default.
create table work_session (
	id id primary key,
	unit_id id not null references unit (id),
	weekday int not null check (weekday between 0 and 6), -- 0 Monday
	start_minute int not null check (start_minute between 0 and 1439),
	end_minute int not null check (end_minute between 1 and 1440),
	from_on day not null,
	to_on day,
	source text not null default '',
	change_id id not null,
	check (end_minute > start_minute)
);
create index work_session_by_unit on work_session (unit_id, weekday);

-- A day off, or a rest day worked instead (làm bù); for the unit and all below it.
create table calendar_exception (
	id id primary key,
	unit_id id not null references unit (id),
	on_day day not null,
	kind text not null check (kind in ('off', 'worked')),
	name text not null,
	source text not null,                 -- the document that says so
	withdrawn_change_id id,               -- set when it was taken back
	change_id id not null
);
create index calendar_exception_by_day on calendar_exception (on_day);

-- Grows with every change of sessions, exceptions or rule sets.
create table calendar_version (
	version int primary key,
	change_id id not null
);

-- A dated rule set: how terms are counted, and by which legal basis.
create table rule_set (
	id id primary key,
	code text not null unique,
	name text not null,
	basis text not null,
	from_on day not null,
	to_on day,
	start_rule text not null check (start_rule in ('instant', 'next_working_day')),
	same_day_cutoff_minute int not null,  -- 900 = 15:00
	supplement_rule text not null check (supplement_rule in ('continues', 'restarts', 'never_stops')),
	rest_day_rule text not null check (rest_day_rule in ('next_working_day', 'as_is')),
	change_id id not null
);
