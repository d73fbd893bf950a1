-- The text of reports: outlines of offices, and texts with each section versioned as cells are.

-- Đề cương báo cáo.  An office's own holds for it and all below it; the nearest above a unit
-- wins, everybody's is the last.
create table narrative_outline (
	id id primary key,
	set_code text not null,               -- the forms whose cells it names
	unit_id id references unit (id),      -- null: everybody's, which came with the program
	sha256 text not null,                 -- of the content
	content text not null,
	from_change id not null,
	to_change id
);
create unique index narrative_outline_of_all on narrative_outline (set_code) where unit_id is null and to_change is null;
create unique index narrative_outline_of_unit on narrative_outline (set_code, unit_id) where unit_id is not null and to_change is null;

-- A report whose text somebody has saved; the others have their outline as it stands.
-- unit-owned
create table narrative_text (
	report_id id primary key references report (id),
	unit_id id not null references unit (id),
	revision int not null check (revision > 0),
	outline_sha256 text not null,         -- of what it was begun from
	change_id id not null
);

-- unit-owned
create table narrative_section (
	id id primary key,
	report_id id not null references narrative_text (report_id),
	unit_id id not null references unit (id),
	position int not null check (position > 0),
	body text not null,                   -- prose with references to cells
	from_revision int not null,
	to_revision int,
	from_change id not null,
	to_change id,
	check ((to_revision is null) = (to_change is null))
);
create unique index narrative_section_current on narrative_section (report_id, position) where to_change is null;
create index narrative_section_by_report on narrative_section (report_id, id);
