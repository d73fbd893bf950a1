-- Packages of reports that go to, and come from, other installations.

-- The installation above, to which reports go, and those below, which send theirs.
create table exchange_peer (
	id id primary key,
	name text not null,
	above flag not null,
	installation int not null check (installation between 0 and 4095),
	unit_id id references unit (id),      -- the office there; null: whatever is not here
	url text not null default '',         -- above: https://...
	secret text,                          -- above: what we show
	token_sha256 text unique,             -- below: of what it shows
	active flag not null default 1,
	failures int not null default 0,      -- of the line to it, one after another
	next_at instant,                      -- when the line is tried again; null: at once
	trouble text,                         -- why it failed last; null: it did not
	heard int not null default 0,         -- number of the last word that was read
	change_id id not null,
	check (above = 1 or token_sha256 is not null)
);
create unique index exchange_peer_above on exchange_peer (above) where above = 1 and active = 1;

-- Packages on their way up (src/app/exchange/exchange.h).
create table exchange_outbox (
	id id primary key,
	peer_id id not null references exchange_peer (id),
	report_id id not null references report (id),
	sha256 text not null,                 -- of the content
	state text not null check (state in ('waiting', 'sending', 'held', 'delivered', 'accepted', 'returned', 'refused', 'given-up')),
	tries int not null,
	next_at instant not null,
	heard int not null,                   -- number of the word that holds
	reason text,                          -- what was said, or why sending failed
	made_at instant not null,
	change_id id not null,
	unique (peer_id, sha256)
);
create index exchange_outbox_by_next on exchange_outbox (peer_id, state, next_at);
create index exchange_outbox_by_report on exchange_outbox (report_id);

-- Packages that came.
create table exchange_inbox (
	id id primary key,
	peer_id id references exchange_peer (id), -- null: somebody brought a file
	office_id id not null references unit (id), -- of the peer, or who took the file in
	sha256 text not null,                 -- of the content, as its sender says
	unit_code text not null,              -- as the package says; '': it cannot be read
	unit_name text not null,
	period_name text not null,
	state text not null check (state in ('held', 'refused', 'taken')),
	finding text not null,                -- a word of exchange_findings.def
	reason text not null,
	amends text,                          -- SHA-256 of the document that it replaces
	told flag not null default 0,         -- a person: take it in place of what stands here
	tries int not null default 0,         -- looks at one that is held
	next_at instant,                      -- when it is looked at next; null: it is not held
	times int not null,                   -- how often it came
	came_at instant not null,
	number int,                           -- of the word about it; null: there is no peer
	report_id id references report (id),  -- taken
	change_id id not null
);
create unique index exchange_inbox_of_peer on exchange_inbox (peer_id, sha256) where peer_id is not null;
create unique index exchange_inbox_of_file on exchange_inbox (sha256) where peer_id is null;
create index exchange_inbox_by_report on exchange_inbox (report_id);
create index exchange_inbox_by_next on exchange_inbox (state, next_at);
create index exchange_inbox_by_amends on exchange_inbox (amends) where amends is not null;

-- The containers, as they go out and as they came.
create table exchange_bytes (
	item_id id primary key,               -- of the outbox or the inbox
	content bytes not null
);

-- What was said to an installation below about its packages, in order.
create table exchange_word (
	peer_id id not null references exchange_peer (id),
	number int not null,
	inbox_id id not null references exchange_inbox (id),
	word text not null check (word in ('held', 'refused', 'taken', 'accepted', 'returned')),
	reason text not null,
	event_id id unique references report_event (id), -- accepted, returned: what people did
	change_id id not null,
	primary key (peer_id, number)
) without rowid;

-- Detached CMS signatures (chữ ký số) of frozen contents.
create table package_signature (
	content_id id primary key references package_content (id),
	signature bytes not null,             -- DER
	change_id id not null
);
