-- The schema on SQLite, made from migrations/ by tests/cli/schema.sh --update.
CREATE TABLE schema_migration ( number integer primary key, name text not null, checksum text not null ) strict;
CREATE TABLE change_log (
  id integer primary key,
  account_id integer,
  unit_id integer,
  at integer not null,
  origin text not null,
  action text not null,
  reason text,
  request_id text
) strict;
CREATE TABLE request_result (
  request_id text primary key,
  account_id integer,
  result_id integer,
  link text not null,
  at integer not null
) strict;
CREATE TABLE unit_level (
  code text primary key,
  name text not null,
  rank integer not null unique
) strict;
CREATE TABLE unit (
  id integer primary key,
  code text not null unique,            -- mã định danh, QĐ 20/2020/QĐ-TTg: H15.50.05
  code_qcvn text unique,                -- the older style, QCVN 102:2016: 000.05.50.H15
  name text not null,                   -- as printed: "Ủy ban nhân dân xã Demo Một"
  level text not null references unit_level (code),
  place text not null default '',       -- địa danh on documents
  letterhead_parent text,               -- line above its own on documents; null: none
  letterhead text not null,             -- its own lines: "ỦY BAN NHÂN DÂN\nXÃ DEMO MỘT"
  address text not null default '',
  phone text not null default '',
  issues_codes integer not null default 0, -- may issue dossier codes itself
  valid_from integer not null,
  valid_to integer,                         -- last day of its existence
  from_change integer not null,
  check (valid_to is null or valid_to >= valid_from)
) strict;
CREATE TABLE unit_parent (
  id integer primary key,
  unit_id integer not null references unit (id),
  parent_id integer not null references unit (id),
  from_on integer not null,
  to_on integer,
  change_id integer not null
) strict;
CREATE INDEX unit_parent_by_unit on unit_parent (unit_id, from_on);
CREATE INDEX unit_parent_by_parent on unit_parent (parent_id, from_on);
CREATE TABLE unit_name (
  id integer primary key,
  unit_id integer not null references unit (id),
  name text not null,
  from_on integer not null,
  to_on integer,
  source text not null default '',
  change_id integer not null
) strict;
CREATE INDEX unit_name_by_unit on unit_name (unit_id, from_on);
CREATE TABLE unit_successor (
  id integer primary key,
  unit_id integer not null references unit (id),
  successor_id integer not null references unit (id),
  kind text not null check (kind in ('merge', 'split', 'rename', 'abolish')),
  on_day integer not null,
  source text not null default '',
  change_id integer not null
) strict;
CREATE INDEX unit_successor_by_unit on unit_successor (unit_id);
CREATE INDEX unit_successor_by_successor on unit_successor (successor_id);
CREATE TABLE unit_closure (
  ancestor_id integer not null references unit (id),
  unit_id integer not null references unit (id),
  depth integer not null,
  from_on integer not null,
  to_on integer,
  primary key (ancestor_id, unit_id, from_on)
) strict , without rowid;
CREATE INDEX unit_closure_by_unit on unit_closure (unit_id);
CREATE TABLE account (
  id integer primary key,
  login text not null unique,
  name text not null,
  title text not null default '',       -- chức vụ, as printed under a signature
  unit_id integer not null references unit (id),
  password_hash text not null,
  disabled integer not null default 0,
  from_change integer not null
) strict;
CREATE INDEX account_by_unit on account (unit_id);
CREATE TABLE account_role (
  id integer primary key,
  account_id integer not null references account (id),
  role text not null,                   -- a name of roles.def
  unit_id integer not null references unit (id),
  from_on integer not null,
  to_on integer,
  change_id integer not null
) strict;
CREATE INDEX account_role_by_account on account_role (account_id);
CREATE TABLE session (
  id integer primary key,
  token_hash blob not null unique,     -- SHA-256 of the cookie
  account_id integer not null references account (id),
  unit_id integer not null references unit (id),
  csrf text not null,
  created_at integer not null,
  seen_at integer not null,
  expires_at integer not null
) strict;
CREATE INDEX session_by_account on session (account_id);
CREATE TABLE login_failure (
  key text primary key,
  failures integer not null,
  last_at integer not null,
  locked_until integer
) strict;
CREATE TABLE work_session (
  id integer primary key,
  unit_id integer not null references unit (id),
  weekday integer not null check (weekday between 0 and 6), -- 0 Monday
  start_minute integer not null check (start_minute between 0 and 1439),
  end_minute integer not null check (end_minute between 1 and 1439),
  from_on integer not null,
  to_on integer,
  source text not null default '',
  change_id integer not null,
  check (end_minute > start_minute)
) strict;
CREATE INDEX work_session_by_unit on work_session (unit_id, weekday);
CREATE TABLE calendar_exception (
  id integer primary key,
  unit_id integer not null references unit (id),
  on_day integer not null,
  kind text not null check (kind in ('off', 'worked')),
  sessions text not null default '',    -- worked: "07:00-11:30"; '': as on a Monday
  name text not null,
  source text not null,                 -- the document that says so
  withdrawn_change_id integer,               -- set when it was taken back
  change_id integer not null
) strict;
CREATE INDEX calendar_exception_by_unit on calendar_exception (unit_id, on_day);
CREATE TABLE year_decision (
  id integer primary key,
  unit_id integer not null references unit (id),
  year integer not null,
  tet_days_before integer not null check (tet_days_before between 0 and 4),
  national_day_before integer not null,    -- 1: 01/9 is off, 0: 03/9
  source text not null,
  withdrawn_change_id integer,
  change_id integer not null
) strict;
CREATE INDEX year_decision_by_unit on year_decision (unit_id);
CREATE TABLE calendar_version (
  version integer primary key check (version > 1),
  unit_id integer not null references unit (id),
  change_id integer not null
) strict;
CREATE INDEX calendar_version_by_unit on calendar_version (unit_id);
CREATE TABLE rule_set (
  id integer primary key,
  code text not null unique,
  name text not null,
  basis text not null,
  from_on integer not null,
  to_on integer,
  start_rule text not null check (start_rule in ('instant', 'next_working_day')),
  same_day_cutoff_minute integer not null check (same_day_cutoff_minute between 0 and 1439), -- 900 = 15:00
  day_minutes integer not null default 480 check (day_minutes between 60 and 1440),
  supplement_rule text not null check (supplement_rule in ('continues', 'restarts', 'never_stops')),
  rest_day_rule text not null check (rest_day_rule in ('next_working_day', 'as_is')),
  early_rule text not null default 'half_day' check (early_rule in ('half_day', 'day', 'never')),
  change_id integer not null
) strict;
CREATE TABLE field (
  id integer primary key,
  code text not null unique,
  name text not null unique,            -- lĩnh vực
  sort_key text not null default '',    -- of the name: Vietnamese order on both engines
  change_id integer not null
) strict;
CREATE TABLE procedure (
  id integer primary key,
  code text not null unique,            -- mã TTHC: 1.005129
  change_id integer not null
) strict;
CREATE TABLE procedure_version (
  id integer primary key,
  procedure_id integer not null references procedure (id),
  version integer not null,
  name text not null,
  folded_name text not null default '', -- small letters without marks, to rank a search
  field_id integer not null references field (id),
  service_level text not null check (service_level in ('full', 'partial', 'direct')),
  old_level integer check (old_level in (2, 3, 4)), -- mức độ 2/3/4 as stated, never derived
  online_offered integer not null default 0,
  online_payment integer not null default 0,
  on_national_portal integer not null default 0,
  linked text not null default 'none' check (linked in ('none', 'same_level', 'across_levels')),
  any_place integer not null default 0,    -- phi địa giới
  statutory_term text not null default '',
  statutory_basis text not null default '',
  shortened_term text not null default '', -- drives the due date when stated
  shortened_basis text not null default '',
  supplement_rule text check (supplement_rule in ('continues', 'restarts', 'never_stops')),
  fee_dong integer,                        -- null: not stated, 0: free
  fee_note text not null default '',
  result_name text not null default '',
  simplified_on integer,                    -- approval of a simplification plan
  decision_kind text not null check (decision_kind in ('announced', 'amended', 'replaced', 'repealed')),
  decision text not null default '',
  decision_on integer not null,
  valid_from integer not null,
  valid_to integer,                         -- last day; a repeal closes the version before it
  note text not null default '',
  from_change integer not null,
  unique (procedure_id, version)
) strict;
CREATE INDEX procedure_version_by_day on procedure_version (procedure_id, valid_from);
CREATE INDEX procedure_version_by_decision on procedure_version (decision_on);
CREATE TABLE procedure_level (
  id integer primary key,
  version_id integer not null references procedure_version (id),
  level text not null references unit_level (code),
  unique (version_id, level)
) strict;
CREATE TABLE procedure_part (
  id integer primary key,
  version_id integer not null references procedure_version (id),
  position integer not null,
  name text not null,
  form text not null default 'original' check (form in ('original', 'certified', 'copy', 'any')),
  copies integer not null default 1,
  required integer not null default 1
) strict;
CREATE INDEX procedure_part_by_version on procedure_part (version_id, position);
CREATE TABLE procedure_step (
  id integer primary key,
  version_id integer not null references procedure_version (id),
  position integer not null,
  name text not null,
  role text not null,                   -- a name of roles.def
  budget text not null default ''       -- a term: "2 giờ làm việc"
) strict;
CREATE INDEX procedure_step_by_version on procedure_step (version_id, position);
CREATE TABLE procedure_word (
  word text not null,
  procedure_id integer not null references procedure (id),
  primary key (word, procedure_id)
) strict , without rowid;
CREATE INDEX procedure_word_by_procedure on procedure_word (procedure_id, word);
CREATE TABLE applicant (
  id integer primary key,
  unit_id integer not null references unit (id), -- whose desk knows this person
  kind text not null check (kind in ('person', 'organisation')),
  name text not null,
  identity_number text,                 -- CCCD or tax number
  phone text,
  email text,
  address text not null default '',
  from_change integer not null
) strict;
CREATE INDEX applicant_by_identity on applicant (unit_id, identity_number);
CREATE INDEX applicant_by_phone on applicant (unit_id, phone);
CREATE TABLE import_source (
  id integer primary key,
  unit_id integer not null references unit (id),
  name text not null,
  mapping text not null,                -- a line for each of our fields: code=Số hồ sơ
  change_id integer not null,
  unique (unit_id, name)
) strict;
CREATE TABLE dossier (
  id integer primary key,
  code text not null unique,
  receiving_unit_id integer not null references unit (id),
  competent_unit_id integer not null references unit (id),
  procedure_version_id integer not null references procedure_version (id),
  procedure_id integer not null references procedure (id), -- of the version, so that lists
  field_id integer not null references field (id),         -- filter inside one index
  applicant_id integer not null references applicant (id),
  applicant_name text not null default '', -- as stated with this dossier
  summary text not null default '',
  quantity integer not null default 1,      -- copies certified, sets handed in
  channel text not null check (channel in ('counter', 'online', 'post', 'phone')),
  -- DVCQG: 1 registered 2 received 3 not accepted 4 in process 5 supplement asked
  -- 6 payment asked 7 withdrawn 8 stopped 9 finished 10 returned
  state integer not null check (state between 1 and 10),
  -- what the desk makes of it: 1 new, 2 the clock runs, 3 the clock stands, 4 ended without
  -- a result, 5 result waits, 6 returned (a request that never stops the clock stays in 2)
  state_group integer not null,
  refused integer not null default 0,      -- finished by a refusal after examination
  payment_state text not null default 'none' check (payment_state in ('none', 'due', 'paid')),
  fee_dong integer not null default 0,
  delivery text not null default 'counter' check (delivery in ('counter', 'post', 'online')),
  delivery_state text not null default 'none' check (delivery_state in ('none', 'waiting', 'sent', 'delivered')),
  received_at integer not null,
  received_on integer not null,
  term text not null,                   -- the term that was counted: "5 ngày làm việc"
  supplement_rule text not null,
  rule_set text not null,
  calendar_version integer not null,
  original_due_at integer,              -- as promised on the receipt; kept for ever
  due_at integer,                       -- moved by pauses
  extended_due_at integer,              -- second appointment, with the apology
  source_due_at integer,                -- what the system it came from says
  paused_at integer,                    -- the clock stands since then
  finished_at integer,
  finished_on integer,
  outcome text check (outcome in ('early', 'on_time', 'late')),
  closed_on integer,                        -- not accepted, withdrawn or stopped
  returned_at integer,
  returned_on integer,
  step integer not null default 0,          -- position of the current step, 0: none
  holder_id integer references account (id), -- who has it on the desk
  book text not null default '',        -- quyển số, số thứ tự
  source_id integer references import_source (id),
  revision integer not null default 1,      -- grows with each change: optimistic lock
  from_change integer not null,
  -- a dossier without a due date has no outcome
  check (outcome is null or (finished_at is not null and due_at is not null)),
  check (case when state = 1 then state_group = 1
    when state in (2, 4) then state_group = 2
    when state in (5, 6) then state_group in (2, 3)
    when state in (3, 7, 8) then state_group = 4
    when state = 9 then state_group = 5
    else state_group = 6 end)
) strict;
CREATE INDEX dossier_by_receipt on dossier (receiving_unit_id, received_at, id, state_group, state, channel, procedure_id, field_id, outcome, code, due_at, finished_at, applicant_name, procedure_version_id);
CREATE INDEX dossier_for_counts on dossier (receiving_unit_id, state_group, channel, procedure_id, field_id, procedure_version_id);
CREATE INDEX dossier_by_competent on dossier (competent_unit_id, received_at, id, state_group);
CREATE INDEX dossier_by_applicant on dossier (applicant_id);
CREATE INDEX dossier_by_received_on on dossier (receiving_unit_id, received_on, state, channel, procedure_id, procedure_version_id);
CREATE INDEX dossier_by_finish on dossier (receiving_unit_id, finished_on, outcome);
CREATE INDEX dossier_by_closing on dossier (receiving_unit_id, closed_on);
CREATE TABLE dossier_past (
  id integer primary key,
  dossier_id integer not null references dossier (id),
  from_change integer not null,
  to_change integer not null,
  receiving_unit_id integer not null,
  competent_unit_id integer not null,
  procedure_version_id integer not null,
  channel text not null,
  state integer not null,
  refused integer not null,
  received_on integer not null,
  due_at integer,
  finished_at integer,
  finished_on integer,
  outcome text,
  closed_on integer,
  returned_on integer
, extended_due_at integer, paused_at integer, quantity integer) strict;
CREATE INDEX dossier_past_by_dossier on dossier_past (dossier_id, from_change);
CREATE TABLE dossier_event (
  id integer primary key,
  dossier_id integer not null references dossier (id),
  change_id integer not null,
  at integer not null,
  account_id integer,
  revision integer not null,                -- of the dossier, that this made
  kind text not null,                   -- a word of dossier_actions.def, or import, recompute
  to_account_id integer,
  note text not null default '',
  due_before integer,
  due_after integer
) strict;
CREATE INDEX dossier_event_by_dossier on dossier_event (dossier_id, id);
CREATE TABLE dossier_pause (
  id integer primary key,
  dossier_id integer not null references dossier (id),
  kind text not null check (kind in ('supplement', 'payment', 'opinion')),
  from_at integer not null,
  to_at integer,                        -- null while it stands
  effect text not null check (effect in ('continues', 'restarts', 'never_stops')),
  reason text not null,
  due_before integer,
  due_after integer,
  change_id integer not null
) strict;
CREATE INDEX dossier_pause_by_dossier on dossier_pause (dossier_id, from_at);
CREATE TABLE dossier_part (
  id integer primary key,
  dossier_id integer not null references dossier (id),
  position integer not null,
  name text not null,
  form text not null default 'original',
  copies integer not null default 1,
  handed_in integer not null default 0
) strict;
CREATE INDEX dossier_part_by_dossier on dossier_part (dossier_id, position);
CREATE TABLE dossier_step (
  id integer primary key,
  dossier_id integer not null references dossier (id),
  position integer not null,
  name text not null,
  role text not null,
  budget text not null default '',
  account_id integer,
  started_at integer,
  due_at integer,
  done_at integer,
  outcome text check (outcome in ('early', 'on_time', 'late'))
) strict;
CREATE INDEX dossier_step_by_dossier on dossier_step (dossier_id, position);
CREATE TABLE dossier_sequence (
  unit_id integer not null references unit (id),
  on_day integer not null,
  last integer not null,
  primary key (unit_id, on_day)
) strict , without rowid;
CREATE TABLE dossier_word (
  unit_id integer not null,
  word text not null,
  dossier_id integer not null references dossier (id),
  primary key (unit_id, word, dossier_id)
) strict , without rowid;
CREATE TABLE form_definition (
  id integer primary key,
  set_code text not null,               -- "bnv-2022"
  form text not null,                   -- printed number in the set: "3"
  sha256 text not null,                 -- of the content
  content text not null,                -- the .form file
  installed_at integer not null,
  current integer not null default 1,
  change_id integer not null,
  unique (set_code, form, sha256)
) strict;
CREATE TABLE form_cell (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  form text not null,
  indicator text not null,              -- the stable id
  from_on integer not null,                 -- the period, both days inclusive
  to_on integer not null,
  value integer,                        -- null: only a note, or
  blank integer not null default 0,        -- the sheet says outright that the row is blank
  numerator integer,
  denominator integer,
  note text not null default '',
  reason text not null default '',      -- why it differs from the computed value
  from_change integer not null,
  to_change integer
) strict;
CREATE UNIQUE INDEX form_cell_current on form_cell (unit_id, set_code, form, from_on, to_on, indicator) where to_change is null;
CREATE TABLE form_row_owner (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  indicator text not null,
  owner_id integer not null references unit (id),
  change_id integer not null, account_id integer references account (id),
  unique (unit_id, set_code, indicator)
) strict;
CREATE TABLE form_setting (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  name text not null,
  value text not null,
  change_id integer not null,
  unique (unit_id, set_code, name)
) strict;
CREATE TABLE journal_entry (
  change_id integer not null,
  position integer not null,                -- in the change, from 1
  subject text not null,                -- a word of journal_subjects.def
  record_id integer not null,
  part text not null default '',        -- of the record: "bnv-2022/3/1.2/2024-01-01"
  kind text not null,                   -- a word of journal_kinds.def
  fields text not null,                 -- a line each: field, before, after
  personal_digest blob,                -- SHA-256 of the salt and the personal fields
  primary key (change_id, position)
) strict , without rowid;
CREATE INDEX journal_entry_by_record on journal_entry (record_id, change_id);
CREATE TABLE journal_personal (
  change_id integer not null,
  position integer not null,
  salt blob,
  fields text,
  erased_change_id integer,                  -- set when they were erased
  primary key (change_id, position),
  check ((erased_change_id is null) = (fields is not null and salt is not null))
) strict , without rowid;
CREATE TABLE journal_waiting (
  change_id integer primary key
) strict;
CREATE TABLE journal_seal (
  number integer primary key check (number > 0),
  change_id integer not null unique,
  sealed_at integer not null,
  hash blob not null                   -- SHA-256 over the seal before it, the change, its entries
) strict;
CREATE TABLE journal_head (
  id integer primary key check (id = 1),
  number integer not null,
  hash blob,                           -- null: nothing was sealed yet
  sealed_at integer
) strict;
CREATE TABLE journal_digest (
  on_day integer primary key,
  first_number integer not null,
  last_number integer not null,
  hash blob not null,
  token blob,                          -- a time stamp of the hash, RFC 3161
  token_at integer,
  check (last_number >= first_number)
) strict;
CREATE INDEX change_log_by_unit on change_log (unit_id, at, id);
CREATE TABLE half_month (
  from_on integer primary key,
  quarter_on integer not null
) strict , without rowid;
CREATE TABLE counter_received (
  unit_id integer not null,
  grain integer not null,
  on_day integer not null,                  -- of receipt
  whose integer not null,
  accepted integer not null,
  channel text not null,
  service_level text not null,          -- of the procedure's version,
  old_level integer not null,               -- 0: not stated
  online_offered integer not null,
  n integer not null,
  primary key (unit_id, grain, on_day, whose, accepted, channel, service_level, old_level, online_offered)
) strict , without rowid;
CREATE TABLE counter_finished (
  unit_id integer not null,
  grain integer not null,
  on_day integer not null,                  -- of the result
  whose integer not null,
  received_half integer not null,           -- the half month of receipt; 0 unless grain is 1
  outcome text not null,                -- '': no due date
  within_extension integer not null,
  refused integer not null,
  n integer not null,
  primary key (unit_id, grain, on_day, whose, received_half, outcome, within_extension, refused)
) strict , without rowid;
CREATE TABLE counter_procedure (
  unit_id integer not null,
  on_day integer not null,                  -- of receipt
  whose integer not null,
  accepted integer not null,
  channel text not null,
  version_id integer not null,               -- of the procedure
  n integer not null,
  primary key (unit_id, on_day, whose, accepted, channel, version_id)
) strict , without rowid;
CREATE INDEX counter_procedure_by_version on counter_procedure (version_id, accepted, channel, on_day, unit_id);
CREATE TABLE counter_stock (
  unit_id integer not null,
  grain integer not null,
  on_day integer not null,
  whose integer not null,
  entered integer not null,                 -- accepted dossiers, at their receipt
  ended integer not null,                   -- at their result, withdrawal or stop
  overdue integer not null,                 -- at their due day, unless they ended by then
  settled integer not null,                 -- the overdue ones, at their end
  primary key (unit_id, grain, on_day, whose)
) strict , without rowid;
CREATE VIEW counter_dossier as
select case w.whose when 2 then d.competent_unit_id else d.receiving_unit_id end as unit_id,
       w.whose, d.procedure_version_id as version_id,
       case when d.state in (1, 3) then 0 else 1 end as accepted, d.channel,
       d.received_on,
       (select max(h.from_on) from half_month h where h.from_on <= d.received_on) as received_half,
       d.finished_on,
       coalesce(d.outcome, '') as outcome,
       case when d.finished_at is null then 0
            when coalesce(d.extended_due_at, d.due_at) is null then 1
            when d.finished_at <= coalesce(d.extended_due_at, d.due_at) then 1
            else 0 end as within_extension,
       d.refused,
       coalesce(d.finished_on, d.closed_on) as ended_on,
       case when d.paused_at is null
            then (d.due_at + 3456000025200000000) / 86400000000 - 40000000 end as due_on
from dossier d
join (select 0 as whose union all select 1 union all select 2) w
  on case when d.receiving_unit_id = d.competent_unit_id then 1 else 0 end
   = case w.whose when 0 then 1 else 0 end;
CREATE VIEW counter_received_days as
select c.unit_id, c.received_on as at_day, c.whose, c.accepted, c.channel, v.service_level,
       coalesce(v.old_level, 0) as old_level, v.online_offered, count(*) as n
from counter_dossier c
join procedure_version v on v.id = c.version_id
group by c.unit_id, c.received_on, c.whose, c.accepted, c.channel, v.service_level,
         coalesce(v.old_level, 0), v.online_offered;
CREATE VIEW counter_finished_days as
select c.unit_id, c.finished_on as at_day, c.whose, c.received_half, c.outcome,
       c.within_extension, c.refused, count(*) as n
from counter_dossier c
where c.finished_on is not null
group by c.unit_id, c.finished_on, c.whose, c.received_half, c.outcome, c.within_extension,
         c.refused;
CREATE VIEW counter_stock_days as
select c.unit_id, c.whose, c.received_on as at_day, count(*) as entered, 0 as ended,
       0 as overdue, 0 as settled
from counter_dossier c where c.accepted = 1
group by c.unit_id, c.whose, c.received_on
union all
select c.unit_id, c.whose, c.ended_on, 0, count(*), 0,
       sum(case when c.due_on < c.ended_on then 1 else 0 end)
from counter_dossier c where c.accepted = 1 and c.ended_on is not null
group by c.unit_id, c.whose, c.ended_on
union all
select c.unit_id, c.whose, c.due_on, 0, 0, count(*), 0
from counter_dossier c
where c.accepted = 1 and c.due_on is not null and (c.ended_on is null or c.ended_on > c.due_on)
group by c.unit_id, c.whose, c.due_on;
CREATE VIEW counter_received_records as
select x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
       x.old_level, x.online_offered, sum(x.n) as n
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_received_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose, x.accepted, x.channel, x.service_level,
         x.old_level, x.online_offered;
CREATE VIEW counter_finished_records as
select x.unit_id, x.grain, x.on_day, x.whose,
       case x.grain when 1 then x.received_half else 0 end as received_half, x.outcome,
       x.within_extension, x.refused, sum(x.n) as n
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_finished_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose,
         case x.grain when 1 then x.received_half else 0 end, x.outcome, x.within_extension,
         x.refused;
CREATE VIEW counter_procedure_records as
select c.unit_id, c.received_half as on_day, c.whose, c.accepted, c.channel, c.version_id,
       count(*) as n
from counter_dossier c
group by c.unit_id, c.received_half, c.whose, c.accepted, c.channel, c.version_id;
CREATE VIEW counter_stock_records as
select x.unit_id, x.grain, x.on_day, x.whose, sum(x.entered) as entered, sum(x.ended) as ended,
       sum(x.overdue) as overdue, sum(x.settled) as settled
from (select f.*, s.grain,
             case s.grain when 0 then f.at_day
                   when 1 then (select max(h.from_on) from half_month h where h.from_on <= f.at_day)
                   else (select h.quarter_on from half_month h where h.from_on <= f.at_day
                         order by h.from_on desc limit 1) end as on_day
      from counter_stock_days f
      cross join (select 0 as grain union all select 1 union all select 2) s) x
group by x.unit_id, x.grain, x.on_day, x.whose;
CREATE INDEX dossier_by_group on dossier (receiving_unit_id, state_group, due_at, id, state, channel, procedure_id, field_id, outcome, code, received_at, finished_at, applicant_name, procedure_version_id, returned_at) where returned_at is null;
CREATE INDEX dossier_by_competent_group on dossier (competent_unit_id, state_group, due_at, id, returned_at) where returned_at is null;
CREATE INDEX dossier_by_holder on dossier (holder_id, state_group, due_at, id, receiving_unit_id, state, channel, procedure_id, field_id, outcome, code, received_at, finished_at, applicant_name, procedure_version_id, returned_at) where returned_at is null;
CREATE INDEX dossier_closed on dossier (receiving_unit_id, received_at, id, state_group, state, channel, procedure_id, field_id, outcome, code, due_at, finished_at, applicant_name, procedure_version_id, closed_on) where closed_on is not null;
CREATE TABLE counter_returned (
  unit_id integer not null,                  -- received them
  channel text not null,
  n integer not null,
  primary key (unit_id, channel)
) strict , without rowid;
CREATE VIEW counter_returned_records as
select d.receiving_unit_id as unit_id, d.channel, count(*) as n
from dossier d where d.returned_at is not null
group by d.receiving_unit_id, d.channel;
CREATE TABLE calendar_recount (
  unit_id integer primary key references unit (id), -- dossiers of this unit and all below it
  change_id integer not null,                -- the latest change of its calendar
  after_id integer,                          -- dossiers up to this one are done
  n_moved integer not null                  -- of those, how many got another due
) strict;
CREATE TABLE report_regime (
  id integer primary key,
  code text not null,                   -- "bnv-581"
  unit_id integer references unit (id),      -- null: everybody's
  title text not null,
  document text not null,               -- that asks for the reports
  issuer text not null,
  valid_from integer not null,              -- of the last day of a period
  valid_to integer,
  change_id integer not null,
  check (valid_to is null or valid_to >= valid_from)
) strict;
CREATE UNIQUE INDEX report_regime_of_all on report_regime (code, valid_from) where unit_id is null;
CREATE UNIQUE INDEX report_regime_of_unit on report_regime (code, unit_id, valid_from) where unit_id is not null;
CREATE TABLE report_regime_period (
  regime_id integer not null references report_regime (id),
  position integer not null,
  code text not null,                   -- "Q1"
  name text not null,                   -- "quý I năm {1}"
  years_before integer not null check (years_before in (0, 1)),
  from_month integer not null check (from_month between 1 and 12),
  from_day integer not null check (from_day between 1 and 31),
  to_month integer not null check (to_month between 1 and 12),
  to_day integer not null check (to_day between 1 and 31),
  send_month integer not null check (send_month between 1 and 12),
  send_day integer not null check (send_day between 1 and 31),
  opens_days integer not null check (opens_days between 0 and 366),
  primary key (regime_id, position),
  unique (regime_id, code)
) strict;
CREATE TABLE report_regime_level (
  regime_id integer not null references report_regime (id),
  level text not null references unit_level (code),
  set_code text not null,
  primary key (regime_id, level)
) strict , without rowid;
CREATE TABLE report (
  id integer primary key,
  unit_id integer not null references unit (id),
  receiver_id integer references unit (id),  -- parent on the period's last day
  regime_id integer not null references report_regime (id),
  regime_code text not null,
  period text not null,                 -- "2024-Q1"
  period_name text not null,
  from_on integer not null,
  to_on integer not null,
  send_by_on integer not null,
  set_code text not null,
  state text not null check (state in ('compiling', 'checking', 'submitted', 'signed', 'numbered', 'sent', 'accepted', 'returned', 'exempt')),
  revision integer not null,
  current integer not null default 1,      -- no other document replaces it
  compiler_id integer references account (id),
  checker_id integer references account (id),
  signer_id integer references account (id),
  clerk_id integer references account (id),
  number integer check (number > 0),
  notation text not null default '',    -- "BC-UBND"
  dated_on integer,
  signed_on integer,
  sent_on integer,
  first_sent_on integer,                    -- of the first document of the period
  amends_report_id integer unique references report (id),
  pinned_change_id integer,                  -- what was known when it was signed
  content_sha256 text,
  from_change integer not null,
  check (to_on >= from_on),
  check ((number is null) = (dated_on is null))
) strict;
CREATE UNIQUE INDEX report_current on report (unit_id, regime_code, period) where current = 1;
CREATE INDEX report_by_receiver on report (receiver_id, regime_code, period) where current = 1;
CREATE INDEX report_by_period on report (regime_code, period) where current = 1;
CREATE TABLE report_event (
  id integer primary key,
  report_id integer not null references report (id),
  at integer not null,
  action text not null,                 -- a word of report_actions.def; "open"
  from_state text not null,
  to_state text not null,
  account_id integer references account (id),
  unit_id integer references unit (id),      -- the office that did it
  reason text,
  number integer,                           -- that the clerk gave
  notation text not null default '',
  dated_on integer,
  change_id integer not null
) strict;
CREATE INDEX report_event_by_report on report_event (report_id, id);
CREATE TABLE report_comment (
  id integer primary key,
  report_id integer not null references report (id),
  form text not null default '',
  indicator text not null default '',   -- the row's stable id
  body text not null,
  account_id integer references account (id),
  unit_id integer references unit (id),
  at integer not null,
  settled_at integer,
  settled_by integer references account (id),
  change_id integer not null
) strict;
CREATE INDEX report_comment_by_report on report_comment (report_id, id);
CREATE TABLE report_number (
  unit_id integer not null references unit (id),
  year integer not null,
  number integer not null check (number > 0),
  report_id integer not null references report (id),
  notation text not null,
  dated_on integer not null,
  change_id integer not null,
  primary key (unit_id, year, number)
) strict , without rowid;
CREATE INDEX report_number_by_report on report_number (report_id);
CREATE TABLE form_lock (
  unit_id integer not null references unit (id),
  set_code text not null,
  from_on integer not null,
  to_on integer not null,
  report_id integer not null references report (id),
  why text not null,                    -- what people are told: who can open it
  change_id integer not null,
  primary key (unit_id, set_code, from_on, to_on)
) strict , without rowid;
CREATE TABLE form_lock_setting (
  unit_id integer not null references unit (id),
  set_code text not null,
  from_on integer not null,
  to_on integer not null,
  name text not null,
  value text not null,
  unit_name text,                       -- who decided; null: the set's own default
  own integer not null,                    -- the unit itself did
  primary key (unit_id, set_code, from_on, to_on, name)
) strict , without rowid;
CREATE TABLE package_content (
  id integer primary key,
  report_id integer not null references report (id),
  received integer not null,               -- came from another installation
  sha256 text not null,                 -- of the content
  pinned integer not null,                  -- number in the journal's chain up to which was known; 0: received
  from_change integer not null,
  to_change integer
) strict;
CREATE UNIQUE INDEX package_content_current on package_content (report_id) where to_change is null;
CREATE INDEX package_content_by_report on package_content (report_id, id);
CREATE TABLE package_bytes (
  content_id integer primary key references package_content (id),
  content blob not null
) strict;
CREATE TABLE package_cell (
  content_id integer not null references package_content (id),
  form text not null,
  indicator text not null,              -- the row's stable id
  source text not null,
  value integer,
  numerator integer,
  denominator integer,
  computed integer,
  note text,
  reason text,
  blank text,                           -- a word: why there is no value
  given integer not null,                   -- children whose figure went in,
  owed integer not null,                    -- and that owe the row; 0: none does
  listed integer not null,
  unlisted integer not null,
  incomplete integer not null,
  not_owed integer not null,
  codes text not null default '',       -- a line for each: procedure, tier, field, amount; tabs between
  primary key (content_id, form, indicator)
) strict , without rowid;
CREATE TABLE package_definition (
  sha256 text primary key,
  set_code text not null,
  form text not null,
  content text not null,
  change_id integer not null
) strict;
CREATE TABLE report_amendment (
  id integer primary key,
  report_id integer not null references report (id), -- the new one
  form text not null,
  indicator text not null,
  reason text not null,
  account_id integer references account (id),
  from_change integer not null,
  to_change integer                          -- another reason was given
) strict;
CREATE UNIQUE INDEX report_amendment_current on report_amendment (report_id, form, indicator) where to_change is null;
CREATE VIEW change_number as
select s.change_id, s.number from journal_seal s
union all
select w.change_id, 9223372036854775807 from journal_waiting w;
CREATE TABLE unit_end (
  id integer primary key,
  unit_id integer not null references unit (id),
  valid_to integer not null,
  change_id integer not null
) strict;
CREATE INDEX unit_end_by_unit on unit_end (unit_id);
CREATE TABLE form_definition_use (
  id integer primary key,
  definition_id integer not null references form_definition (id),
  change_id integer not null
) strict;
CREATE INDEX form_definition_use_by_change on form_definition_use (change_id);
CREATE TABLE form_setting_past (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  name text not null,
  value text not null,
  from_change integer not null,
  to_change integer not null
) strict;
CREATE INDEX form_setting_past_by_unit on form_setting_past (unit_id, set_code);
CREATE TABLE form_lock_setting_past (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  from_on integer not null,
  to_on integer not null,
  name text not null,
  value text not null,
  unit_name text,
  own integer not null,
  report_id integer not null,
  to_change integer not null
) strict;
CREATE INDEX form_lock_setting_past_by_unit on form_lock_setting_past (unit_id, set_code, from_on);
CREATE VIEW unit_reported as
select r.receiver_id, r.regime_code, r.period, c.unit_id
from report r
join unit_closure c on c.ancestor_id = r.unit_id and c.from_on <= r.to_on
     and (c.to_on is null or c.to_on >= r.to_on)
where r.current = 1;
CREATE TABLE rollup_adjustment (
  id integer primary key,
  unit_id integer not null references unit (id),
  set_code text not null,
  form text not null,
  indicator text not null,              -- the stable id
  from_on integer not null,                 -- the period, both days inclusive
  to_on integer not null,
  value integer,
  numerator integer,
  denominator integer,
  reason text not null,
  from_change integer not null,
  to_change integer
) strict;
CREATE UNIQUE INDEX rollup_adjustment_current on rollup_adjustment (unit_id, set_code, form, from_on, to_on, indicator) where to_change is null;
CREATE TABLE narrative_outline (
  id integer primary key,
  set_code text not null,               -- the forms whose cells it names
  unit_id integer references unit (id),      -- null: everybody's, which came with the program
  sha256 text not null,                 -- of the content
  content text not null,
  from_change integer not null,
  to_change integer
) strict;
CREATE UNIQUE INDEX narrative_outline_of_all on narrative_outline (set_code) where unit_id is null and to_change is null;
CREATE UNIQUE INDEX narrative_outline_of_unit on narrative_outline (set_code, unit_id) where unit_id is not null and to_change is null;
CREATE TABLE narrative_text (
  report_id integer primary key references report (id),
  unit_id integer not null references unit (id),
  revision integer not null check (revision > 0),
  outline_sha256 text not null,         -- of what it was begun from
  change_id integer not null
) strict;
CREATE TABLE narrative_section (
  id integer primary key,
  report_id integer not null references narrative_text (report_id),
  unit_id integer not null references unit (id),
  position integer not null check (position > 0),
  body text not null,                   -- prose with references to cells
  from_revision integer not null,
  to_revision integer,
  from_change integer not null,
  to_change integer,
  check ((to_revision is null) = (to_change is null))
) strict;
CREATE UNIQUE INDEX narrative_section_current on narrative_section (report_id, position) where to_change is null;
CREATE INDEX narrative_section_by_report on narrative_section (report_id, id);
CREATE TABLE exchange_peer (
  id integer primary key,
  name text not null,
  above integer not null,
  installation integer not null check (installation between 0 and 4095),
  unit_id integer references unit (id),      -- the office there; null: whatever is not here
  url text not null default '',         -- above: https://...
  secret text,                          -- above: what we show
  token_sha256 text unique,             -- below: of what it shows
  active integer not null default 1,
  failures integer not null default 0,      -- of the line to it, one after another
  next_at integer,                      -- when the line is tried again; null: at once
  trouble text,                         -- why it failed last; null: it did not
  heard integer not null default 0,         -- number of the last word that was read
  change_id integer not null,
  check (above = 1 or token_sha256 is not null)
) strict;
CREATE UNIQUE INDEX exchange_peer_above on exchange_peer (above) where above = 1 and active = 1;
CREATE TABLE exchange_outbox (
  id integer primary key,
  peer_id integer not null references exchange_peer (id),
  report_id integer not null references report (id),
  sha256 text not null,                 -- of the content
  state text not null check (state in ('waiting', 'sending', 'held', 'delivered', 'accepted', 'returned', 'refused', 'given-up')),
  tries integer not null,
  next_at integer not null,
  heard integer not null,                   -- number of the word that holds
  reason text,                          -- what was said, or why sending failed
  made_at integer not null,
  change_id integer not null,
  unique (peer_id, sha256)
) strict;
CREATE INDEX exchange_outbox_by_next on exchange_outbox (peer_id, state, next_at);
CREATE INDEX exchange_outbox_by_report on exchange_outbox (report_id);
CREATE TABLE exchange_inbox (
  id integer primary key,
  peer_id integer references exchange_peer (id), -- null: somebody brought a file
  office_id integer not null references unit (id), -- of the peer, or who took the file in
  sha256 text not null,                 -- of the content, as its sender says
  unit_code text not null,              -- as the package says; '': it cannot be read
  unit_name text not null,
  period_name text not null,
  state text not null check (state in ('held', 'refused', 'taken')),
  finding text not null,                -- a word of exchange_findings.def
  reason text not null,
  amends text,                          -- SHA-256 of the document that it replaces
  told integer not null default 0,         -- a person: take it in place of what stands here
  tries integer not null default 0,         -- looks at one that is held
  next_at integer,                      -- when it is looked at next; null: it is not held
  times integer not null,                   -- how often it came
  came_at integer not null,
  number integer,                           -- of the word about it; null: there is no peer
  report_id integer references report (id),  -- taken
  change_id integer not null
) strict;
CREATE UNIQUE INDEX exchange_inbox_of_peer on exchange_inbox (peer_id, sha256) where peer_id is not null;
CREATE UNIQUE INDEX exchange_inbox_of_file on exchange_inbox (sha256) where peer_id is null;
CREATE INDEX exchange_inbox_by_report on exchange_inbox (report_id);
CREATE INDEX exchange_inbox_by_next on exchange_inbox (state, next_at);
CREATE INDEX exchange_inbox_by_amends on exchange_inbox (amends) where amends is not null;
CREATE TABLE exchange_bytes (
  item_id integer primary key,               -- of the outbox or the inbox
  content blob not null
) strict;
CREATE TABLE exchange_word (
  peer_id integer not null references exchange_peer (id),
  number integer not null,
  inbox_id integer not null references exchange_inbox (id),
  word text not null check (word in ('held', 'refused', 'taken', 'accepted', 'returned')),
  reason text not null,
  event_id integer unique references report_event (id), -- accepted, returned: what people did
  change_id integer not null,
  primary key (peer_id, number)
) strict , without rowid;
CREATE TABLE package_signature (
  content_id integer primary key references package_content (id),
  signature blob not null,             -- DER
  change_id integer not null
) strict;
CREATE TABLE form_file (
  id integer primary key,
  unit_id integer not null references unit (id),  -- whose figures they are
  set_code text not null,
  from_on integer not null,
  to_on integer not null,
  name text not null,
  sha256 text not null,
  n_taken integer not null check (n_taken >= 0),     -- cells that somebody confirmed
  n_changed integer not null check (n_changed >= 0), -- of them cells that said something else before
  losses text not null,                          -- a line for each remark
  by_unit_id integer not null references unit (id),   -- the office that took it in
  change_id integer not null
) strict;
CREATE INDEX form_file_by_sheet on form_file (unit_id, set_code, from_on, to_on, id);
