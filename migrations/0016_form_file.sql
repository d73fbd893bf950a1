-- Files of other offices whose figures were taken into a sheet.

-- What was taken, and the loss report as it was shown.  The file itself is not kept: it may
-- name citizens; its hash says which one it was.
-- unit-owned
create table form_file (
	id id primary key,
	unit_id id not null references unit (id),  -- whose figures they are
	set_code text not null,
	from_on day not null,
	to_on day not null,
	name text not null,
	sha256 text not null,
	n_taken int not null check (n_taken >= 0),     -- cells that somebody confirmed
	n_changed int not null check (n_changed >= 0), -- of them cells that said something else before
	losses text not null,                          -- a line for each remark
	by_unit_id id not null references unit (id),   -- the office that took it in
	change_id id not null
);
create index form_file_by_sheet on form_file (unit_id, set_code, from_on, to_on, id);
