-- A row of a form can be given to one officer, not only to a department: owner_id is then the
-- department that the officer belongs to.
alter table form_row_owner add column account_id id references account (id);
