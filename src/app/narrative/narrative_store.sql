-- The text of reports: outlines, texts, sections.

-- name: narrative_report
-- in: id id, scope id
-- out: id id, unit_id id, amends_id id, set_code text, regime_code text, period text
-- out: period_name text, from_on day, to_on day, unit_name text, unit_level text
-- out: receiver_name text, current flag
select r.id, r.unit_id, r.amends_report_id as amends_id, r.set_code, r.regime_code, r.period,
       r.period_name, r.from_on, r.to_on, coalesce(n.name, u.name) as unit_name,
       u.level as unit_level, coalesce(m.name, v.name) as receiver_name, r.current
from report r
join unit u on u.id = r.unit_id
left join unit v on v.id = r.receiver_id
left join unit_name n on n.unit_id = r.unit_id and n.from_on <= r.to_on
     and (n.to_on is null or n.to_on >= r.to_on)
left join unit_name m on m.unit_id = r.receiver_id and m.from_on <= r.to_on
     and (m.to_on is null or m.to_on >= r.to_on)
where r.id = :id
  and (:scope is null or exists (select 1 from unit_closure c
       where c.ancestor_id = :scope and c.unit_id = r.unit_id));

-- ---- texts ----

-- name: narrative_text
-- in: report_id id
-- out: revision int, outline_sha256 text
-- unscoped: the report was found inside the scope
select t.revision, t.outline_sha256 from narrative_text t where t.report_id = :report_id;

-- name: narrative_text_put
-- in: report_id id, unit_id id, revision int, outline_sha256 text, change_id id
-- unscoped: the report was found inside the scope
insert into narrative_text (report_id, unit_id, revision, outline_sha256, change_id)
values (:report_id, :unit_id, :revision, :outline_sha256, :change_id)
on conflict (report_id) do update set revision = excluded.revision, change_id = excluded.change_id;

-- name: narrative_sections
-- in: report_id id
-- out: id id, position int, body text
-- unscoped: the report was found inside the scope
select s.id, s.position, s.body from narrative_section s
where s.report_id = :report_id and s.to_change is null order by s.position;

-- As somebody saw them.
-- name: narrative_sections_seen
-- in: report_id id, revision int
-- out: position int, body text
-- unscoped: the report was found inside the scope
select s.position, s.body from narrative_section s
where s.report_id = :report_id and s.from_revision <= :revision
  and (s.to_revision is null or s.to_revision > :revision) order by s.position;

-- As known at a number of the journal's chain.
-- name: narrative_sections_known
-- in: report_id id, pinned int
-- out: position int, body text
-- unscoped: the report was found inside the scope
select s.position, s.body from narrative_section s
where s.report_id = :report_id
  and exists (select 1 from change_number n where n.change_id = s.from_change and n.number <= :pinned)
  and not exists (select 1 from change_number n where n.change_id = s.to_change and n.number <= :pinned)
order by s.position;

-- name: narrative_section_insert
-- in: id id, report_id id, unit_id id, position int, body text, from_revision int
-- in: from_change id
insert into narrative_section (id, report_id, unit_id, position, body, from_revision, from_change)
values (:id, :report_id, :unit_id, :position, :body, :from_revision, :from_change);

-- name: narrative_section_close
-- in: id id, to_revision int, to_change id
-- unscoped: the report was found inside the scope
update narrative_section set to_revision = :to_revision, to_change = :to_change
where id = :id and to_change is null;

-- ---- outlines ----

-- name: narrative_outline
-- in: set_code text, unit_id id, on_day day
-- out: id id, unit_id id, unit_name text, sha256 text, content text
select o.id, o.unit_id, u.name as unit_name, o.sha256, o.content
from narrative_outline o
left join unit u on u.id = o.unit_id
left join unit_closure c on c.ancestor_id = o.unit_id and c.unit_id = :unit_id
     and c.from_on <= :on_day and (c.to_on is null or c.to_on >= :on_day)
where o.set_code = :set_code and o.to_change is null
  and (o.unit_id is null or c.unit_id is not null)
order by case when o.unit_id is null then 1 else 0 end, c.depth limit 1;

-- name: narrative_outline_known
-- in: set_code text, unit_id id, on_day day, pinned int
-- out: sha256 text, content text
select o.sha256, o.content
from narrative_outline o
left join unit_closure c on c.ancestor_id = o.unit_id and c.unit_id = :unit_id
     and c.from_on <= :on_day and (c.to_on is null or c.to_on >= :on_day)
where o.set_code = :set_code
  and exists (select 1 from change_number n where n.change_id = o.from_change and n.number <= :pinned)
  and not exists (select 1 from change_number n where n.change_id = o.to_change and n.number <= :pinned)
  and (o.unit_id is null or c.unit_id is not null)
order by case when o.unit_id is null then 1 else 0 end, c.depth limit 1;

-- The current one of an office, or everybody's, itself.
-- name: narrative_outline_own
-- in: set_code text, unit_id id
-- out: id id, sha256 text, content text, action text
select o.id, o.sha256, o.content, l.action from narrative_outline o
left join change_log l on l.id = o.from_change
where o.set_code = :set_code and o.to_change is null
  and (o.unit_id = :unit_id or (o.unit_id is null and :unit_id is null));

-- name: narrative_outline_insert
-- in: id id, set_code text, unit_id id, sha256 text, content text, from_change id
insert into narrative_outline (id, set_code, unit_id, sha256, content, from_change)
values (:id, :set_code, :unit_id, :sha256, :content, :from_change);

-- name: narrative_outline_close
-- in: id id, to_change id
update narrative_outline set to_change = :to_change where id = :id and to_change is null;

-- ---- what was signed for another period ----

-- The cells of the latest freezing, of any document of a unit and period, known at a number of
-- the journal's chain; 0: now.
-- name: narrative_signed_cells
-- in: unit_id id, regime_code text, period text, pinned int
-- out: form text, indicator text, value decimal, numerator decimal, denominator decimal
-- unscoped: of the unit whose report was found inside the scope
select k.form, k.indicator, k.value, k.numerator, k.denominator
from package_cell k
where k.content_id = (
  select p.id from package_content p join report r on r.id = p.report_id
  where r.unit_id = :unit_id and r.regime_code = :regime_code and r.period = :period
    and ((:pinned = 0 and p.to_change is null)
         or exists (select 1 from change_number n where n.change_id = p.from_change and n.number <= :pinned))
  order by p.id desc limit 1);

-- ---- verify ----

-- name: narrative_verify_sections
-- out: report_id id
-- unscoped: all of them
select t.report_id from narrative_text t
where not exists (select 1 from narrative_section s where s.report_id = t.report_id and s.to_change is null and s.position = 1)
   or (select max(s.position) from narrative_section s where s.report_id = t.report_id and s.to_change is null)
      <> (select count(*) from narrative_section s where s.report_id = t.report_id and s.to_change is null)
   or exists (select 1 from narrative_section s where s.report_id = t.report_id and s.from_revision > t.revision)
order by t.report_id;

-- name: narrative_verify_outlines
-- out: id id, sha256 text, content text
select o.id, o.sha256, o.content from narrative_outline o order by o.id;
