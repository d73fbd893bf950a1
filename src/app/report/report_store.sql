-- Periodic reports: regimes, opening, one report, what was done with it, comments, the board.

-- ---- regimes ----

-- name: report_regimes
-- out: id id, code text, unit_id id, title text, document text, issuer text, valid_from day
-- out: valid_to day
select g.id, g.code, g.unit_id, g.title, g.document, g.issuer, g.valid_from, g.valid_to
from report_regime g
order by g.code, case when g.unit_id is null then 0 else 1 end, g.unit_id, g.valid_from;

-- name: report_regime_periods
-- in: regime_id id
-- out: code text, name text, years_before int, from_month int, from_day int, to_month int
-- out: to_day int, send_month int, send_day int, opens_days int
select p.code, p.name, p.years_before, p.from_month, p.from_day, p.to_month, p.to_day,
       p.send_month, p.send_day, p.opens_days
from report_regime_period p where p.regime_id = :regime_id order by p.position;

-- name: report_regime_levels
-- in: regime_id id
-- out: level text, set_code text
select l.level, l.set_code from report_regime_level l
where l.regime_id = :regime_id order by l.level;

-- name: report_regime_insert
-- in: id id, code text, unit_id id, title text, document text, issuer text, valid_from day
-- in: valid_to day, change_id id
insert into report_regime (id, code, unit_id, title, document, issuer, valid_from, valid_to,
                           change_id)
values (:id, :code, :unit_id, :title, :document, :issuer, :valid_from, :valid_to, :change_id);

-- name: report_regime_period_insert
-- in: regime_id id, position int, code text, name text, years_before int, from_month int
-- in: from_day int, to_month int, to_day int, send_month int, send_day int, opens_days int
insert into report_regime_period (regime_id, position, code, name, years_before, from_month,
                                  from_day, to_month, to_day, send_month, send_day, opens_days)
values (:regime_id, :position, :code, :name, :years_before, :from_month, :from_day, :to_month,
        :to_day, :send_month, :send_day, :opens_days);

-- name: report_regime_level_insert
-- in: regime_id id, level text, set_code text
insert into report_regime_level (regime_id, level, set_code)
values (:regime_id, :level, :set_code);

-- name: report_regime_end
-- in: id id, valid_to day
update report_regime set valid_to = :valid_to where id = :id;

-- name: report_level_find
-- in: code text
-- out: rank int
select l.rank from unit_level l where l.code = :code;

-- Where a unit stands below the office whose regime it is; no row: not below.
-- name: report_unit_depth
-- in: ancestor_id id, unit_id id, on_day day
-- out: depth int
select c.depth from unit_closure c
where c.ancestor_id = :ancestor_id and c.unit_id = :unit_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day);

-- ---- opening ----

-- The units that stood on a day, of those that are below `scope` (null: all).
-- name: report_units_standing
-- in: scope id, on_day day
-- out: id id, level text, parent_id id
select u.id, u.level, p.parent_id
from unit u
left join unit_parent p on p.unit_id = u.id and p.from_on <= :on_day
     and (p.to_on is null or p.to_on >= :on_day)
where u.valid_from <= :on_day and (u.valid_to is null or u.valid_to >= :on_day)
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = u.id))
order by u.id;

-- Which of them stood below an office, and how far.
-- name: report_units_below
-- in: ancestor_id id, on_day day
-- out: unit_id id, depth int
select c.unit_id, c.depth from unit_closure c
where c.ancestor_id = :ancestor_id and c.from_on <= :on_day
  and (c.to_on is null or c.to_on >= :on_day)
order by c.unit_id;

-- name: report_there
-- in: regime_code text, period text
-- out: unit_id id
-- unscoped: a report is opened once, whoever asks
select r.unit_id from report r
where r.regime_code = :regime_code and r.period = :period and r.current = 1
order by r.unit_id;

-- Opened for a unit that, as is known now, did not stand on the period's last day.
-- name: report_orphans
-- in: scope id, regime_code text, period text
-- out: id id
select r.id from report r join unit u on u.id = r.unit_id
where r.regime_code = :regime_code and r.period = :period and r.current = 1
  and r.state = 'compiling' and r.amends_report_id is null
  and (u.valid_to < r.to_on or u.valid_from > r.to_on)
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id))
order by r.id;

-- name: report_insert
-- in: id id, unit_id id, receiver_id id, regime_id id, regime_code text, period text
-- in: period_name text, from_on day, to_on day, send_by_on day, set_code text, state text
-- in: first_sent_on day, amends_report_id id, from_change id
-- unscoped: it is added for a unit that was looked for within the scope
insert into report (id, unit_id, receiver_id, regime_id, regime_code, period, period_name,
                    from_on, to_on, send_by_on, set_code, state, revision, first_sent_on,
                    amends_report_id, from_change)
values (:id, :unit_id, :receiver_id, :regime_id, :regime_code, :period, :period_name, :from_on,
        :to_on, :send_by_on, :set_code, :state, 1, :first_sent_on, :amends_report_id,
        :from_change);

-- ---- one report ----

-- With the offices that answer for the two units today: themselves while they stand, else the
-- nearest that took them over.
-- name: report_by_id
-- in: id id, scope id, today day
-- out: id id, unit_id id, receiver_id id, unit_now id, receiver_now id, unit_code text
-- out: unit_name text, unit_level text, receiver_name text, regime_id id, regime_code text
-- out: regime_title text, period text, period_name text, from_on day, to_on day
-- out: send_by_on day, set_code text, state text, revision int, compiler_id id
-- out: checker_id id, signer_id id, clerk_id id, compiler_name text, checker_name text
-- out: signer_name text, clerk_name text, number int, notation text, dated_on day
-- out: signed_on day, sent_on day, first_sent_on day, amends_report_id id, amended_by_id id
-- out: pinned_change_id id, content_sha256 text
select r.id, r.unit_id, r.receiver_id,
       (select c.ancestor_id from unit_closure c join unit t on t.id = c.ancestor_id
        where c.unit_id = r.unit_id and c.from_on <= :today
          and (c.to_on is null or c.to_on >= :today) and t.valid_from <= :today
          and (t.valid_to is null or t.valid_to >= :today)
        order by c.depth, c.from_on desc, c.ancestor_id limit 1) as unit_now,
       (select c.ancestor_id from unit_closure c join unit t on t.id = c.ancestor_id
        where c.unit_id = r.receiver_id and c.from_on <= :today
          and (c.to_on is null or c.to_on >= :today) and t.valid_from <= :today
          and (t.valid_to is null or t.valid_to >= :today)
        order by c.depth, c.from_on desc, c.ancestor_id limit 1) as receiver_now,
       u.code as unit_code, coalesce(un.name, u.name) as unit_name, u.level as unit_level,
       coalesce(vn.name, v.name) as receiver_name, r.regime_id, r.regime_code,
       g.title as regime_title, r.period, r.period_name, r.from_on, r.to_on, r.send_by_on,
       r.set_code, r.state, r.revision, r.compiler_id, r.checker_id, r.signer_id, r.clerk_id,
       ac.name as compiler_name, ak.name as checker_name, sg.name as signer_name,
       cl.name as clerk_name, r.number, r.notation, r.dated_on, r.signed_on, r.sent_on,
       r.first_sent_on, r.amends_report_id,
       (select x.id from report x where x.amends_report_id = r.id) as amended_by_id,
       r.pinned_change_id, r.content_sha256
from report r
join unit u on u.id = r.unit_id
join report_regime g on g.id = r.regime_id
left join unit_name un on un.unit_id = r.unit_id and un.from_on <= r.to_on
     and (un.to_on is null or un.to_on >= r.to_on)
left join unit v on v.id = r.receiver_id
left join unit_name vn on vn.unit_id = r.receiver_id and vn.from_on <= r.to_on
     and (vn.to_on is null or vn.to_on >= r.to_on)
left join account ac on ac.id = r.compiler_id
left join account ak on ak.id = r.checker_id
left join account sg on sg.id = r.signer_id
left join account cl on cl.id = r.clerk_id
where r.id = :id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id));

-- name: report_current_id
-- in: scope id, unit_id id, regime_code text, period text
-- out: id id
select r.id from report r
where r.unit_id = :unit_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id));

-- name: report_update
-- in: id id, state text, compiler_id id, checker_id id, signer_id id, clerk_id id, number int
-- in: notation text, dated_on day, signed_on day, sent_on day, first_sent_on day
-- in: current flag, from_change id
-- unscoped: the report was read within the scope
update report set state = :state, revision = revision + 1, compiler_id = :compiler_id,
       checker_id = :checker_id, signer_id = :signer_id, clerk_id = :clerk_id,
       number = :number, notation = :notation, dated_on = :dated_on, signed_on = :signed_on,
       sent_on = :sent_on, first_sent_on = :first_sent_on, current = :current,
       from_change = :from_change
where id = :id;

-- ---- what was done with it ----

-- name: report_event_add
-- in: id id, report_id id, at instant, action text, from_state text, to_state text
-- in: account_id id, unit_id id, reason text, number int, notation text, dated_on day
-- in: change_id id
insert into report_event (id, report_id, at, action, from_state, to_state, account_id, unit_id,
                          reason, number, notation, dated_on, change_id)
values (:id, :report_id, :at, :action, :from_state, :to_state, :account_id, :unit_id, :reason,
        :number, :notation, :dated_on, :change_id);

-- name: report_event_list
-- in: report_id id, scope id
-- out: at instant, action text, from_state text, to_state text, account_name text
-- out: unit_name text, reason text, number int, notation text, dated_on day
select e.at, e.action, e.from_state, e.to_state, a.name as account_name, u.name as unit_name,
       e.reason, e.number, e.notation, e.dated_on
from report_event e
join report r on r.id = e.report_id
left join account a on a.id = e.account_id
left join unit u on u.id = e.unit_id
where e.report_id = :report_id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id))
order by e.id;

-- ---- numbers ----

-- name: report_number_holder
-- in: unit_id id, year int, number int
-- out: report_id id, period_name text
-- unscoped: the register of the office that gives the number
select n.report_id, r.period_name from report_number n join report r on r.id = n.report_id
where n.unit_id = :unit_id and n.year = :year and n.number = :number;

-- name: report_number_release
-- in: report_id id
-- unscoped: the report was read within the scope; it was not sent with that number
delete from report_number where report_id = :report_id;

-- name: report_number_add
-- in: unit_id id, year int, number int, report_id id, notation text, dated_on day
-- in: change_id id
-- unscoped: the report was read within the scope
insert into report_number (unit_id, year, number, report_id, notation, dated_on, change_id)
values (:unit_id, :year, :number, :report_id, :notation, :dated_on, :change_id);

-- The largest number that an office gave in a year: the next one is proposed.
-- name: report_number_last
-- in: scope id, year int
-- out: number int, notation text
select n.number, n.notation from report_number n
where n.unit_id = :scope and n.year = :year
order by n.number desc limit 1;

-- The number that a report has in the register, also while it is open again.
-- name: report_number_of
-- in: report_id id, scope id
-- out: number int, notation text, dated_on day
select n.number, n.notation, n.dated_on from report_number n
where n.report_id = :report_id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = n.unit_id));

-- ---- comments ----

-- name: report_comment_insert
-- in: id id, report_id id, form text, indicator text, body text, account_id id, unit_id id
-- in: at instant, change_id id
insert into report_comment (id, report_id, form, indicator, body, account_id, unit_id, at,
                            change_id)
values (:id, :report_id, :form, :indicator, :body, :account_id, :unit_id, :at, :change_id);

-- Of a unit's reports for the period, up to this one.
-- name: report_comment_list
-- in: report_id id, scope id
-- out: id id, report_id id, account_id id, form text, indicator text, body text
-- out: account_name text, unit_name text, at instant, settled_at instant, settled_by text
select m.id, m.report_id, m.account_id, m.form, m.indicator, m.body, a.name as account_name,
       u.name as unit_name, m.at, m.settled_at, s.name as settled_by
from report r
join report o on o.unit_id = r.unit_id and o.regime_code = r.regime_code
     and o.period = r.period and o.id <= r.id
join report_comment m on m.report_id = o.id
left join account a on a.id = m.account_id
left join account s on s.id = m.settled_by
left join unit u on u.id = m.unit_id
where r.id = :report_id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id))
order by m.id;

-- name: report_comment_find
-- in: id id
-- out: report_id id, account_id id, body text, settled_at instant
select m.report_id, m.account_id, m.body, m.settled_at from report_comment m where m.id = :id;

-- name: report_comment_settle
-- in: id id, settled_at instant, settled_by id
update report_comment set settled_at = :settled_at, settled_by = :settled_by where id = :id;

-- ---- the board ----

-- recordset: report
-- from: report r
-- from: join unit u on u.id = r.unit_id
-- key: r.id
-- scope: r.unit_id
-- field: unit_code text u.code
-- field: unit_name text coalesce((select n.name from unit_name n where n.unit_id = r.unit_id and n.from_on <= r.to_on and (n.to_on is null or n.to_on >= r.to_on)), u.name)
-- field: unit_level text u.level
-- field: phone text u.phone
-- field: unit id r.unit_id
-- field: receiver id r.receiver_id
-- field: regime text r.regime_code
-- field: period text r.period
-- field: period_name text r.period_name
-- field: state text r.state
-- field: send_by_on day r.send_by_on
-- field: first_sent_on day r.first_sent_on
-- field: sent_late flag (case when r.first_sent_on > r.send_by_on then 1 else 0 end)
-- field: number int r.number
-- field: notation text r.notation
-- field: dated_on day r.dated_on
-- field: amends id r.amends_report_id
-- field: current flag r.current

-- name: report_level_counts
-- in: scope id, regime_code text, period text, today day
-- out: level text, level_name text, rank int, state text, n int, overdue int, sent_late int
select u.level, l.name as level_name, l.rank, r.state, count(*) as n,
       sum(case when r.send_by_on < :today and r.state not in ('sent', 'accepted', 'exempt')
           then 1 else 0 end) as overdue,
       sum(case when r.first_sent_on > r.send_by_on and r.state in ('sent', 'accepted')
           then 1 else 0 end) as sent_late
from report r
join unit u on u.id = r.unit_id
join unit_level l on l.code = u.level
where r.current = 1 and r.regime_code = :regime_code and r.period = :period
  and r.unit_id in (select c.unit_id from unit_closure c where c.ancestor_id = :scope)
group by u.level, l.name, l.rank, r.state
order by l.rank, r.state;

-- name: report_rate_counts
-- in: receiver_id id, regime_code text, period text
-- out: owed int, sent int, accepted int, in_time int
-- unscoped: of the units that report to this one
select count(*) as owed,
       coalesce(sum(case when r.state in ('sent', 'accepted') then 1 else 0 end), 0) as sent,
       coalesce(sum(case when r.state = 'accepted' then 1 else 0 end), 0) as accepted,
       coalesce(sum(case when r.state in ('sent', 'accepted')
                    and r.first_sent_on <= r.send_by_on then 1 else 0 end), 0) as in_time
from report r
where r.receiver_id = :receiver_id and r.regime_code = :regime_code and r.period = :period
  and r.current = 1 and r.state <> 'exempt';

-- name: report_period_list
-- in: scope id
-- out: regime_code text, period text, period_name text, from_on day, to_on day, send_by_on day
-- out: n int
select r.regime_code, r.period, r.period_name, min(r.from_on) as from_on, max(r.to_on) as to_on,
       max(r.send_by_on) as send_by_on, count(*) as n
from report r
where r.current = 1
  and r.unit_id in (select c.unit_id from unit_closure c where c.ancestor_id = :scope)
group by r.regime_code, r.period, r.period_name
order by max(r.send_by_on) desc, r.regime_code, r.period limit 60;

-- The office's report that is being made and for which an officer has to supply rows, the most
-- pressing first: rows given to them, or to the department they belong to.
-- name: report_to_supply
-- in: scope id, account_id id
-- out: id id
select r.id from report r join account a on a.id = :account_id
where r.unit_id = :scope and r.current = 1 and r.state in ('compiling', 'checking')
  and exists (select 1 from form_row_owner o
              where o.unit_id = r.unit_id and o.set_code = r.set_code
                and (o.account_id = a.id or (o.account_id is null and o.owner_id = a.unit_id
                                             and o.owner_id <> o.unit_id)))
order by r.send_by_on, r.id limit 1;

-- ---- people ----

-- name: report_account
-- in: id id
-- out: name text
select a.name from account a where a.id = :id;

-- ---- verify ----

-- Sheets that should be locked and are not, or the other way round.
-- name: report_verify_locks
-- out: report_id id
-- unscoped: the whole database is verified
select r.id as report_id from report r
where r.current = 1
  and r.state in ('submitted', 'signed', 'numbered', 'sent', 'accepted', 'returned')
  and not exists (select 1 from form_lock l where l.report_id = r.id
                  and l.unit_id = r.unit_id and l.set_code = r.set_code
                  and l.from_on = r.from_on and l.to_on = r.to_on)
union all
select l.report_id from form_lock l join report r on r.id = l.report_id
where r.current = 0 or r.state in ('compiling', 'checking', 'exempt');

-- name: report_verify_current
-- out: report_id id
-- unscoped: the whole database is verified
select r.id as report_id from report r
where (r.current = 1) = exists (select 1 from report x where x.amends_report_id = r.id);

-- name: report_verify_numbers
-- out: report_id id
-- unscoped: the whole database is verified
select r.id as report_id from report r
where r.number is not null
  and not exists (select 1 from report_number n where n.report_id = r.id
                  and n.number = r.number and n.dated_on = r.dated_on);

-- name: report_verify_states
-- out: report_id id
-- unscoped: the whole database is verified
select r.id as report_id from report r
where not exists (select 1 from report_event e where e.report_id = r.id
                  and e.to_state = r.state
                  and e.id = (select max(m.id) from report_event m where m.report_id = r.id));

-- What is kept of a signed report is what was signed.
-- name: report_verify_frozen
-- out: report_id id
-- unscoped: the whole database is verified
select r.id as report_id from report r
where r.content_sha256 is not null and not exists (
      select 1 from package_content c
      where c.report_id = r.id and c.to_change is null and c.sha256 = r.content_sha256);

-- name: report_verify_kept
-- out: content_id id, report_id id
select c.id as content_id, c.report_id
from package_bytes b join package_content c on c.id = b.content_id order by c.id;
