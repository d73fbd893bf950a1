-- Statistical forms (biểu mẫu thống kê): definitions as data, and what was entered.

-- A definition never changes: another text is another row.
create table form_definition (
	id id primary key,
	set_code text not null,               -- "bnv-2022"
	form text not null,                   -- printed number in the set: "3"
	sha256 text not null,                 -- of the content
	content text not null,                -- the .form file
	installed_at instant not null,
	current flag not null default 1,
	change_id id not null,
	unique (set_code, form, sha256)
);

-- Cells that people entered, or overrode with a reason.  Superseded values stay
-- (to_change set): nothing is overwritten.
-- unit-owned
create table form_cell (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	form text not null,
	indicator text not null,              -- the stable id
	from_on day not null,                 -- the period, both days inclusive
	to_on day not null,
	value decimal,                        -- null: only a note, or
	blank flag not null default 0,        -- the sheet says outright that the row is blank
	numerator decimal,
	denominator decimal,
	note text not null default '',
	reason text not null default '',      -- why it differs from the computed value
	from_change id not null,
	to_change id
);
create unique index form_cell_current on form_cell (unit_id, set_code, form, from_on, to_on, indicator) where to_change is null;

-- Which department (phòng) of a unit supplies a row.
-- unit-owned
create table form_row_owner (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	indicator text not null,
	owner_id id not null references unit (id),
	change_id id not null,
	unique (unit_id, set_code, indicator)
);

-- A decision on counting (domain 9a) that an office set apart from the set's default.
-- unit-owned
create table form_setting (
	id id primary key,
	unit_id id not null references unit (id),
	set_code text not null,
	name text not null,
	value text not null,
	change_id id not null,
	unique (unit_id, set_code, name)
);
