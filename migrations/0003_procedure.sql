-- Thủ tục hành chính (TTHC): the catalogue, in versions.

create table field (
	id id primary key,
	code text not null unique,
	name text not null unique,            -- lĩnh vực
	sort_key text not null default '',    -- of the name: Vietnamese order on both engines
	change_id id not null
);

create table procedure (
	id id primary key,
	code text not null unique,            -- mã TTHC: 1.005129
	change_id id not null
);

-- A version is what the deciding document made it, from valid_from on.  A dossier stays on
-- the version of its day of receipt.
create table procedure_version (
	id id primary key,
	procedure_id id not null references procedure (id),
	version int not null,
	name text not null,
	folded_name text not null default '', -- small letters without marks, to rank a search
	field_id id not null references field (id),
	service_level text not null check (service_level in ('full', 'partial', 'direct')),
	old_level int check (old_level in (2, 3, 4)), -- mức độ 2/3/4 as stated, never derived
	online_offered flag not null default 0,
	online_payment flag not null default 0,
	on_national_portal flag not null default 0,
	linked text not null default 'none' check (linked in ('none', 'same_level', 'across_levels')),
	any_place flag not null default 0,    -- phi địa giới
	statutory_term text not null default '',
	statutory_basis text not null default '',
	shortened_term text not null default '', -- drives the due date when stated
	shortened_basis text not null default '',
	supplement_rule text check (supplement_rule in ('continues', 'restarts', 'never_stops')),
	fee_dong dong,                        -- null: not stated, 0: free
	fee_note text not null default '',
	result_name text not null default '',
	simplified_on day,                    -- approval of a simplification plan
	decision_kind text not null check (decision_kind in ('announced', 'amended', 'replaced', 'repealed')),
	decision text not null default '',
	decision_on day not null,
	valid_from day not null,
	valid_to day,                         -- last day; a repeal closes the version before it
	note text not null default '',
	from_change id not null,
	unique (procedure_id, version)
);
create index procedure_version_by_day on procedure_version (procedure_id, valid_from);
create index procedure_version_by_decision on procedure_version (decision_on);

-- The levels at which a version is received and settled: one row for each.
create table procedure_level (
	id id primary key,
	version_id id not null references procedure_version (id),
	level text not null references unit_level (code),
	unique (version_id, level)
);

create table procedure_part (
	id id primary key,
	version_id id not null references procedure_version (id),
	position int not null,
	name text not null,
	form text not null default 'original' check (form in ('original', 'certified', 'copy', 'any')),
	copies int not null default 1,
	required flag not null default 1
);
create index procedure_part_by_version on procedure_part (version_id, position);

create table procedure_step (
	id id primary key,
	version_id id not null references procedure_version (id),
	position int not null,
	name text not null,
	role text not null,                   -- a name of roles.def
	budget text not null default ''       -- a term: "2 giờ làm việc"
);
create index procedure_step_by_version on procedure_step (version_id, position);

-- Words of code and name, folded, for the search by any words.
create table procedure_word (
	word text not null,
	procedure_id id not null references procedure (id),
	primary key (word, procedure_id)
) without rowid;
create index procedure_word_by_procedure on procedure_word (procedure_id, word);
