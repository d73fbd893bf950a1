-- Who did what (one row for each write), units, accounts.
-- Column words: id int flag day instant dong decimal text bytes (docs/architecture.md, "SQL").

create table change_log (
	id id primary key,
	account_id id,
	unit_id id,
	at instant not null,
	origin text not null,
	action text not null,
	reason text,
	request_id text
);

-- The answer to a POST, so that a repeat of it answers the same.
create table request_result (
	request_id text primary key,
	account_id id,
	result_id id,
	link text not null,
	at instant not null
);

-- The levels of the tree are data: ministry, province, department, district, commune, office.
create table unit_level (
	code text primary key,
	name text not null,
	rank int not null unique
);

insert into unit_level (code, name, rank) values
	('ministry', 'Bộ, cơ quan ngang bộ', 1),
	('province', 'Tỉnh, thành phố', 2),
	('department', 'Sở, ban, ngành', 3),
	('district', 'Huyện, quận, thị xã', 4),
	('commune', 'Xã, phường, đặc khu', 5),
	('office', 'Phòng, ban, trung tâm', 6);

-- Đơn vị. A unit never disappears: abolishing sets valid_to and names its successors.
create table unit (
	id id primary key,
	code text not null unique,            -- mã định danh, QĐ 20/2020/QĐ-TTg: H15.50.05
	code_qcvn text unique,                -- the older style, QCVN 102:2016: 000.05.50.H15
	name text not null,                   -- as printed: "Ủy ban nhân dân xã Demo Một"
	level text not null references unit_level (code),
	place text not null default '',       -- địa danh on documents
	letterhead_parent text,               -- line above its own on documents; null: none
	letterhead text not null,             -- its own lines: "ỦY BAN NHÂN DÂN\nXÃ DEMO MỘT"
	address text not null default '',
	phone text not null default '',
	issues_codes flag not null default 0, -- may issue dossier codes itself
	valid_from day not null,
	valid_to day,                         -- last day of its existence
	from_change id not null,
	check (valid_to is null or valid_to >= valid_from)
);

-- Parent and name as they were: the tree of any day.
create table unit_parent (
	id id primary key,
	unit_id id not null references unit (id),
	parent_id id not null references unit (id),
	from_on day not null,
	to_on day,
	change_id id not null
);
create index unit_parent_by_unit on unit_parent (unit_id, from_on);
create index unit_parent_by_parent on unit_parent (parent_id, from_on);

create table unit_name (
	id id primary key,
	unit_id id not null references unit (id),
	name text not null,
	from_on day not null,
	to_on day,
	source text not null default '',
	change_id id not null
);
create index unit_name_by_unit on unit_name (unit_id, from_on);

create table unit_successor (
	id id primary key,
	unit_id id not null references unit (id),
	successor_id id not null references unit (id),
	kind text not null check (kind in ('merge', 'split', 'rename', 'abolish')),
	on_day day not null,
	source text not null default '',
	change_id id not null
);
create index unit_successor_by_unit on unit_successor (unit_id);
create index unit_successor_by_successor on unit_successor (successor_id);

-- Every pair (ancestor, unit below it or itself) with the days on which it held; to_on null
-- while it holds.  Abolishing a unit leaves its pairs open, so that its records stay
-- readable from above; a successor is an ancestor of what it took over, from that day on.
-- Derived from unit_parent and unit_successor by the unit store.
create table unit_closure (
	ancestor_id id not null references unit (id),
	unit_id id not null references unit (id),
	depth int not null,
	from_on day not null,
	to_on day,
	primary key (ancestor_id, unit_id, from_on)
) without rowid;
create index unit_closure_by_unit on unit_closure (unit_id);

create table account (
	id id primary key,
	login text not null unique,
	name text not null,
	title text not null default '',       -- chức vụ, as printed under a signature
	unit_id id not null references unit (id),
	password_hash text not null,
	disabled flag not null default 0,
	from_change id not null
);
create index account_by_unit on account (unit_id);

create table account_role (
	id id primary key,
	account_id id not null references account (id),
	role text not null,                   -- a name of roles.def
	unit_id id not null references unit (id),
	from_on day not null,
	to_on day,
	change_id id not null
);
create index account_role_by_account on account_role (account_id);

create table session (
	id id primary key,
	token_hash bytes not null unique,     -- SHA-256 of the cookie
	account_id id not null references account (id),
	unit_id id not null references unit (id),
	csrf text not null,
	created_at instant not null,
	seen_at instant not null,
	expires_at instant not null
);
create index session_by_account on session (account_id);

-- Failed logins by account or by client address; the key says which.
create table login_failure (
	key text primary key,
	failures int not null,
	last_at instant not null,
	locked_until instant
);
