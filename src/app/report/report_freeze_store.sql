-- What signing collects and freezes.

-- name: report_head
-- in: id id
-- out: unit_id id, code text, name text, level text, parent_code text, receiver_code text
-- out: receiver_name text
-- out: regime_code text, regime_title text, regime_document text, period text
-- out: period_name text, from_on day, to_on day, set_code text, amends_id id
-- unscoped: the report was read within the scope
select r.unit_id, u.code, coalesce(n.name, u.name) as name, u.level,
       (select p.code from unit_parent x join unit p on p.id = x.parent_id
        where x.unit_id = r.unit_id and x.from_on <= r.to_on
          and (x.to_on is null or x.to_on >= r.to_on)) as parent_code,
       (select v.code from unit v where v.id = r.receiver_id) as receiver_code,
       (select coalesce(m.name, v.name) from unit v
        left join unit_name m on m.unit_id = v.id and m.from_on <= r.to_on
             and (m.to_on is null or m.to_on >= r.to_on)
        where v.id = r.receiver_id) as receiver_name,
       r.regime_code, g.title as regime_title, g.document as regime_document, r.period,
       r.period_name, r.from_on, r.to_on, r.set_code, r.amends_report_id as amends_id
from report r
join unit u on u.id = r.unit_id
join report_regime g on g.id = r.regime_id
left join unit_name n on n.unit_id = r.unit_id and n.from_on <= r.to_on
     and (n.to_on is null or n.to_on >= r.to_on)
where r.id = :id;

-- name: report_pinned_set
-- in: id id, pinned_change_id id, content_sha256 text
-- unscoped: the report was read within the scope
update report set pinned_change_id = :pinned_change_id, content_sha256 = :content_sha256
where id = :id;

-- ---- amendments ----

-- name: report_amendment_list
-- in: report_id id
-- out: form text, indicator text, reason text
-- unscoped: the report was read within the scope
select m.form, m.indicator, m.reason from report_amendment m
where m.report_id = :report_id and m.to_change is null
order by m.form, m.indicator;

-- name: report_amendment_close
-- in: report_id id, form text, indicator text, to_change id
-- unscoped: the report was read within the scope
update report_amendment set to_change = :to_change
where report_id = :report_id and form = :form and indicator = :indicator
  and to_change is null;

-- name: report_amendment_add
-- in: id id, report_id id, form text, indicator text, reason text, account_id id
-- in: from_change id
-- unscoped: the report was read within the scope
insert into report_amendment (id, report_id, form, indicator, reason, account_id, from_change)
values (:id, :report_id, :form, :indicator, :reason, :account_id, :from_change);
