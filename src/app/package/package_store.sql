-- Frozen contents of reports and their cells.

-- name: package_latest
-- in: report_id id
-- out: id id, report_id id, received flag, sha256 text, pinned int, from_change id, to_change id
select c.id, c.report_id, c.received, c.sha256, c.pinned, c.from_change, c.to_change
from package_content c where c.report_id = :report_id and c.to_change is null;

-- Every freezing of a report, oldest first.
-- name: package_history
-- in: report_id id
-- out: id id, report_id id, received flag, sha256 text, pinned int, from_change id, to_change id
select c.id, c.report_id, c.received, c.sha256, c.pinned, c.from_change, c.to_change
from package_content c where c.report_id = :report_id order by c.id;

-- name: package_bytes_find
-- in: content_id id
-- out: content bytes, sha256 text
select b.content, c.sha256 from package_bytes b join package_content c on c.id = b.content_id
where b.content_id = :content_id;

-- name: package_supersede
-- in: report_id id, to_change id
update package_content set to_change = :to_change
where report_id = :report_id and to_change is null;

-- name: package_content_add
-- in: id id, report_id id, received flag, sha256 text, pinned int, from_change id
insert into package_content (id, report_id, received, sha256, pinned, from_change)
values (:id, :report_id, :received, :sha256, :pinned, :from_change);

-- name: package_bytes_add
-- in: content_id id, content bytes
insert into package_bytes (content_id, content) values (:content_id, :content);

-- name: package_bytes_drop
-- in: content_id id
delete from package_bytes where content_id = :content_id;

-- name: package_cell_add
-- in: content_id id, form text, indicator text, source text, value decimal, numerator decimal
-- in: denominator decimal, computed decimal, note text, reason text, blank text, given int
-- in: owed int, listed flag, unlisted flag, incomplete flag, not_owed flag, codes text
insert into package_cell (content_id, form, indicator, source, value, numerator, denominator,
                          computed, note, reason, blank, given, owed, listed, unlisted,
                          incomplete, not_owed, codes)
values (:content_id, :form, :indicator, :source, :value, :numerator, :denominator, :computed,
        :note, :reason, :blank, :given, :owed, :listed, :unlisted, :incomplete, :not_owed,
        :codes);

-- name: package_cells_drop
-- in: content_id id
delete from package_cell where content_id = :content_id;

-- name: package_cell_list
-- in: content_id id
-- out: form text, indicator text, source text, value decimal, numerator decimal
-- out: denominator decimal, computed decimal, note text, reason text, blank text, given int
-- out: owed int, listed flag, unlisted flag, incomplete flag, not_owed flag, codes text
select c.form, c.indicator, c.source, c.value, c.numerator, c.denominator, c.computed, c.note,
       c.reason, c.blank, c.given, c.owed, c.listed, c.unlisted, c.incomplete, c.not_owed,
       c.codes
from package_cell c where c.content_id = :content_id order by c.form, c.indicator;

-- name: package_cell_count
-- in: content_id id
-- out: n int
select count(*) as n from package_cell c where c.content_id = :content_id;

-- name: package_definition_add
-- in: sha256 text, set_code text, form text, content text, change_id id
insert into package_definition (sha256, set_code, form, content, change_id)
values (:sha256, :set_code, :form, :content, :change_id)
on conflict (sha256) do nothing;

-- The text of a definition, the installation's own or one that came with a package.
-- name: package_definition_text
-- in: sha256 text
-- out: content text
select d.content from form_definition d where d.sha256 = :sha256
union all
select p.content from package_definition p where p.sha256 = :sha256
limit 1;
