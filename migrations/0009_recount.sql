-- Units whose calendar changed and whose open dossiers have not all been counted again: the row
-- comes in the transaction of the change and goes with the last dossiers, so that whatever
-- stops in between is finished later.  A further change begins anew.
create table calendar_recount (
	unit_id id primary key references unit (id), -- dossiers of this unit and all below it
	change_id id not null,                -- the latest change of its calendar
	after_id id,                          -- dossiers up to this one are done
	n_moved int not null                  -- of those, how many got another due
);
