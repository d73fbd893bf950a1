-- name: rule_sets
-- out: code text, name text, basis text, from_on day, to_on day, start_rule text
-- out: same_day_cutoff_minute int, day_minutes int, supplement_rule text, rest_day_rule text
-- out: early_rule text
select r.code, r.name, r.basis, r.from_on, r.to_on, r.start_rule, r.same_day_cutoff_minute,
       r.day_minutes, r.supplement_rule, r.rest_day_rule, r.early_rule
from rule_set r
order by r.from_on, r.id;

-- name: rule_set_insert
-- in: id id, code text, name text, basis text, from_on day, to_on day, start_rule text
-- in: same_day_cutoff_minute int, day_minutes int, supplement_rule text, rest_day_rule text
-- in: early_rule text, change_id id
insert into rule_set (id, code, name, basis, from_on, to_on, start_rule,
                      same_day_cutoff_minute, day_minutes, supplement_rule, rest_day_rule,
                      early_rule, change_id)
values (:id, :code, :name, :basis, :from_on, :to_on, :start_rule, :same_day_cutoff_minute,
        :day_minutes, :supplement_rule, :rest_day_rule, :early_rule, :change_id);
