-- Files of other offices whose figures were taken in.

-- name: form_file_add
-- in: id id, unit_id id, set_code text, from_on day, to_on day, name text, sha256 text, n_taken int, n_changed int, losses text, by_unit_id id, change_id id
insert into form_file (id, unit_id, set_code, from_on, to_on, name, sha256, n_taken, n_changed, losses, by_unit_id, change_id)
values (:id, :unit_id, :set_code, :from_on, :to_on, :name, :sha256, :n_taken, :n_changed, :losses, :by_unit_id, :change_id);

-- name: form_file_list
-- in: unit_id id, set_code text, from_on day, to_on day, scope id
-- out: id id, name text, sha256 text, n_taken int, n_changed int, losses text, at instant, account_name text
select f.id, f.name, f.sha256, f.n_taken, f.n_changed, f.losses, c.at, a.name as account_name
from form_file f
join change_log c on c.id = f.change_id
left join account a on a.id = c.account_id
where f.unit_id = :unit_id and f.set_code = :set_code and f.from_on = :from_on and f.to_on = :to_on
  and exists (select 1 from unit_closure u where u.ancestor_id = :scope and u.unit_id = f.unit_id)
order by f.id desc limit 20;
