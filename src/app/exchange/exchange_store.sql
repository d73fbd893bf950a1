-- Packages of reports on their way between installations.

-- ---- the other installations ----

-- name: exchange_peer_list
-- out: id id, name text, above flag, installation int, unit_id id, unit_name text, url text
-- out: secret text, failures int, next_at instant, trouble text, heard int
select p.id, p.name, p.above, p.installation, p.unit_id, u.name as unit_name, p.url, p.secret,
       p.failures, p.next_at, p.trouble, p.heard
from exchange_peer p
left join unit u on u.id = p.unit_id
where p.active = 1
order by p.above desc, p.name, p.id;

-- name: exchange_peer_by_token
-- in: token_sha256 text
-- out: id id, unit_id id
select p.id, p.unit_id from exchange_peer p
where p.token_sha256 = :token_sha256 and p.active = 1 and p.above = 0;

-- name: exchange_peer_add
-- in: id id, name text, above flag, installation int, unit_id id, url text, secret text
-- in: token_sha256 text, change_id id
insert into exchange_peer (id, name, above, installation, unit_id, url, secret, token_sha256,
                           change_id)
values (:id, :name, :above, :installation, :unit_id, :url, :secret, :token_sha256, :change_id);

-- name: exchange_peer_end
-- in: id id
update exchange_peer set active = 0 where id = :id;

-- name: exchange_peer_line
-- in: id id, failures int, next_at instant, trouble text
update exchange_peer set failures = :failures, next_at = :next_at, trouble = :trouble
where id = :id;

-- name: exchange_peer_heard
-- in: id id, heard int
update exchange_peer set heard = :heard where id = :id and heard < :heard;

-- The peer below whose office a unit is, or stood below on a day: the nearest one.
-- name: exchange_peer_of_unit
-- in: unit_id id, on day
-- out: id id
select p.id from exchange_peer p
join unit_closure c on c.ancestor_id = p.unit_id and c.unit_id = :unit_id
     and c.from_on <= :on and (c.to_on is null or c.to_on >= :on)
where p.active = 1 and p.above = 0
order by c.depth limit 1;

-- ---- the outbox ----

-- Reports that were sent to the office behind the peer, which may have taken over the one that
-- received on the period's day, and are in no outbox yet.
-- name: exchange_unsent
-- in: peer_id id, today day
-- out: report_id id
-- unscoped: every office of this installation sends through the same line
select r.id as report_id from report r
join exchange_peer p on p.id = :peer_id
join package_content c on c.report_id = r.id and c.to_change is null and c.received = 0
where r.state = 'sent' and r.current = 1
  and not exists (select 1 from exchange_outbox o where o.report_id = r.id)
  and ((p.unit_id is null and r.receiver_id is null) or p.unit_id =
       (select n.ancestor_id from unit_closure n join unit t on t.id = n.ancestor_id
        where n.unit_id = r.receiver_id and n.from_on <= :today
          and (n.to_on is null or n.to_on >= :today) and t.valid_from <= :today
          and (t.valid_to is null or t.valid_to >= :today)
        order by n.depth, n.from_on desc, n.ancestor_id limit 1))
order by r.id limit 200;

-- name: exchange_out_add
-- in: id id, peer_id id, report_id id, sha256 text, state text, tries int, next_at instant
-- in: heard int, made_at instant, change_id id
insert into exchange_outbox (id, peer_id, report_id, sha256, state, tries, next_at, heard,
                             made_at, change_id)
values (:id, :peer_id, :report_id, :sha256, :state, :tries, :next_at, :heard, :made_at,
        :change_id)
on conflict (peer_id, sha256) do nothing;

-- name: exchange_out_due
-- in: peer_id id
-- out: id id, report_id id, sha256 text, state text, tries int, next_at instant, heard int
select o.id, o.report_id, o.sha256, o.state, o.tries, o.next_at, o.heard from exchange_outbox o
where o.peer_id = :peer_id and o.state in ('waiting', 'sending')
order by o.next_at, o.id;

-- name: exchange_out_find
-- in: id id, scope id
-- out: id id, peer_id id, report_id id, sha256 text, state text, tries int, next_at instant
-- out: heard int, reason text
select o.id, o.peer_id, o.report_id, o.sha256, o.state, o.tries, o.next_at, o.heard, o.reason
from exchange_outbox o join report r on r.id = o.report_id
where o.id = :id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id));

-- name: exchange_out_by_sha
-- in: peer_id id, sha256 text
-- out: id id, peer_id id, report_id id, sha256 text, state text, tries int, next_at instant
-- out: heard int, reason text
select o.id, o.peer_id, o.report_id, o.sha256, o.state, o.tries, o.next_at, o.heard, o.reason
from exchange_outbox o where o.peer_id = :peer_id and o.sha256 = :sha256;

-- name: exchange_out_set
-- in: id id, state text, tries int, next_at instant, heard int, reason text
update exchange_outbox set state = :state, tries = :tries, next_at = :next_at, heard = :heard,
       reason = :reason
where id = :id;

-- name: exchange_bytes_put
-- in: item_id id, content bytes
insert into exchange_bytes (item_id, content) values (:item_id, :content)
on conflict (item_id) do update set content = excluded.content;

-- name: exchange_bytes_find
-- in: item_id id
-- out: content bytes
select b.content from exchange_bytes b where b.item_id = :item_id;

-- name: exchange_out_list
-- in: scope id, after id
-- out: id id, unit_name text, period_name text, report_id id, state text, tries int
-- out: next_at instant, reason text, made_at instant, peer_name text, sha256 text
select o.id, u.name as unit_name, r.period_name, o.report_id, o.state, o.tries, o.next_at,
       o.reason, o.made_at, p.name as peer_name, o.sha256
from exchange_outbox o
join report r on r.id = o.report_id
join unit u on u.id = r.unit_id
join exchange_peer p on p.id = o.peer_id
where r.unit_id in (select c.unit_id from unit_closure c where c.ancestor_id = :scope)
  and (:after is null or o.id < :after)
order by o.id desc limit 101;

-- ---- the inbox ----

-- name: exchange_in_of_peer
-- in: peer_id id, sha256 text
-- out: id id
select i.id from exchange_inbox i where i.peer_id = :peer_id and i.sha256 = :sha256;

-- name: exchange_in_of_file
-- in: sha256 text
-- out: id id
select i.id from exchange_inbox i where i.peer_id is null and i.sha256 = :sha256;

-- name: exchange_in_find
-- in: id id, scope id
-- out: id id, peer_id id, office_id id, sha256 text, state text, finding text, reason text
-- out: told flag, tries int, times int, number int, report_id id
select i.id, i.peer_id, coalesce(p.unit_id, i.office_id) as office_id, i.sha256, i.state,
       i.finding, i.reason, i.told, i.tries, i.times, i.number, i.report_id
from exchange_inbox i
left join exchange_peer p on p.id = i.peer_id
where i.id = :id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = coalesce(p.unit_id, i.office_id)));

-- name: exchange_in_add
-- in: id id, peer_id id, office_id id, sha256 text, unit_code text, unit_name text
-- in: period_name text, state text, finding text, reason text, amends text, tries int
-- in: next_at instant, came_at instant, number int, report_id id, change_id id
insert into exchange_inbox (id, peer_id, office_id, sha256, unit_code, unit_name, period_name,
                            state, finding, reason, amends, tries, next_at, times, came_at,
                            number, report_id, change_id)
values (:id, :peer_id, :office_id, :sha256, :unit_code, :unit_name, :period_name, :state,
        :finding, :reason, :amends, :tries, :next_at, 1, :came_at, :number, :report_id,
        :change_id);

-- name: exchange_in_set
-- in: id id, unit_code text, unit_name text, period_name text, state text, finding text
-- in: reason text, amends text, tries int, next_at instant, number int, report_id id
update exchange_inbox set unit_code = :unit_code, unit_name = :unit_name,
       period_name = :period_name, state = :state, finding = :finding, reason = :reason,
       amends = :amends, tries = :tries, next_at = :next_at, number = :number,
       report_id = :report_id
where id = :id;

-- name: exchange_in_came_again
-- in: id id
update exchange_inbox set times = times + 1 where id = :id;

-- name: exchange_in_later
-- in: id id, tries int, next_at instant
update exchange_inbox set tries = :tries, next_at = :next_at where id = :id;

-- name: exchange_in_told
-- in: id id
update exchange_inbox set told = 1 where id = :id;

-- Those that waited for a document that has come: they are looked at next.
-- name: exchange_in_wake
-- in: amends text, now instant
update exchange_inbox set next_at = :now where amends = :amends and state = 'held';

-- name: exchange_in_due
-- in: now instant, latest instant
-- out: id id, next_at instant
select i.id, i.next_at from exchange_inbox i
where i.state = 'held' and (i.next_at <= :now or i.next_at > :latest)
order by i.next_at, i.id limit 100;

-- name: exchange_in_list
-- in: scope id, after id
-- out: id id, unit_code text, unit_name text, period_name text, state text, finding text
-- out: reason text, times int, came_at instant, report_id id, peer_name text, sha256 text
select i.id, i.unit_code, i.unit_name, i.period_name, i.state, i.finding, i.reason, i.times,
       i.came_at, i.report_id, p.name as peer_name, i.sha256
from exchange_inbox i
left join exchange_peer p on p.id = i.peer_id
where i.office_id in (select c.unit_id from unit_closure c where c.ancestor_id = :scope)
  and (:after is null or i.id < :after)
order by case when i.state = 'held' then 0 else 1 end, i.id desc limit 101;

-- ---- words ----

-- name: exchange_word_last
-- in: peer_id id
-- out: number int
select w.number from exchange_word w where w.peer_id = :peer_id order by w.number desc limit 1;

-- name: exchange_word_add
-- in: peer_id id, number int, inbox_id id, word text, reason text, event_id id, change_id id
insert into exchange_word (peer_id, number, inbox_id, word, reason, event_id, change_id)
values (:peer_id, :number, :inbox_id, :word, :reason, :event_id, :change_id);

-- name: exchange_word_list
-- in: peer_id id, after int
-- out: number int, sha256 text, word text, reason text, report_id id, event_change_id id
select w.number, i.sha256, w.word, w.reason, i.report_id, e.change_id as event_change_id
from exchange_word w
join exchange_inbox i on i.id = w.inbox_id
left join report_event e on e.id = w.event_id
where w.peer_id = :peer_id and w.number > :after
order by w.number limit 100;

-- name: exchange_word_remarks
-- in: report_id id, change_id id
-- out: form text, indicator text, body text
select m.form, m.indicator, m.body from report_comment m
where m.report_id = :report_id and m.change_id = :change_id
order by m.id;

-- What people did with reports that came, and nobody was told yet.
-- name: exchange_untold
-- out: event_id id, inbox_id id, peer_id id, to_state text, reason text
select e.id as event_id, i.id as inbox_id, i.peer_id, e.to_state, e.reason
from exchange_inbox i
join report_event e on e.report_id = i.report_id
where i.state = 'taken' and i.peer_id is not null
  and e.action in ('accept', 'return', 'unlock')
  and not exists (select 1 from exchange_word w where w.event_id = e.id)
order by e.id limit 500;

-- name: exchange_in_bytes_of
-- in: report_id id
-- out: content bytes
select b.content from exchange_inbox i join exchange_bytes b on b.item_id = i.id
where i.report_id = :report_id and i.state = 'taken'
order by i.id limit 1;

-- name: exchange_in_decline
-- in: id id, reason text, number int
update exchange_inbox set state = 'refused', reason = :reason, next_at = null,
       number = coalesce(:number, number)
where id = :id;

-- name: exchange_peer_now
-- in: id id
update exchange_peer set next_at = null where id = :id;
