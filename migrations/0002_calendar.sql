-- Working sessions, dated exceptions, rule sets of deadlines.

-- Sessions of a weekday.  The rows of one change are a week that holds from a day on; before a
-- unit's first week its nearest ancestor's holds, and above the root the program's default.
create table work_session (
	id id primary key,
	unit_id id not null references unit (id),
	weekday int not null check (weekday between 0 and 6), -- 0 Monday
	start_minute int not null check (start_minute between 0 and 1439),
	end_minute int not null check (end_minute between 1 and 1439),
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
	sessions text not null default '',    -- worked: "07:00-11:30"; '': as on a Monday
	name text not null,
	source text not null,                 -- the document that says so
	withdrawn_change_id id,               -- set when it was taken back
	change_id id not null
);
create index calendar_exception_by_unit on calendar_exception (unit_id, on_day);

-- What the yearly decision on Tết and Quốc khánh fixes; a year without one is provisional.
create table year_decision (
	id id primary key,
	unit_id id not null references unit (id),
	year int not null,
	tet_days_before int not null check (tet_days_before between 0 and 4),
	national_day_before flag not null,    -- 1: 01/9 is off, 0: 03/9
	source text not null,
	withdrawn_change_id id,
	change_id id not null
);
create index year_decision_by_unit on year_decision (unit_id);

-- Grows with every change of a unit's sessions, exceptions or decisions; version 1 is what came
-- with the program.
create table calendar_version (
	version int primary key check (version > 1),
	unit_id id not null references unit (id),
	change_id id not null
);
create index calendar_version_by_unit on calendar_version (unit_id);

-- A dated rule set: how terms are counted, and by which legal basis.
create table rule_set (
	id id primary key,
	code text not null unique,
	name text not null,
	basis text not null,
	from_on day not null,
	to_on day,
	start_rule text not null check (start_rule in ('instant', 'next_working_day')),
	same_day_cutoff_minute int not null check (same_day_cutoff_minute between 0 and 1439), -- 900 = 15:00
	day_minutes int not null default 480 check (day_minutes between 60 and 1440),
	supplement_rule text not null check (supplement_rule in ('continues', 'restarts', 'never_stops')),
	rest_day_rule text not null check (rest_day_rule in ('next_working_day', 'as_is')),
	early_rule text not null default 'half_day' check (early_rule in ('half_day', 'day', 'never')),
	change_id id not null
);
