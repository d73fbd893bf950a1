-- Frozen reports: what was signed, as canonical bytes and as cells.

-- A row for each freezing of a report; the one with to_change null is what holds.
create table package_content (
	id id primary key,
	report_id id not null references report (id),
	received flag not null,               -- came from another installation
	sha256 text not null,                 -- of the content
	content bytes not null,               -- canonical JSON (package.h)
	pinned int not null,                  -- number in the journal's chain; 0: received
	from_change id not null,
	to_change id
);
create unique index package_content_current on package_content (report_id) where to_change is null;
create index package_content_by_report on package_content (report_id, id);

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
