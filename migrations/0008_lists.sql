-- Lists: indexes of small parts of the dossiers.  Nearly all dossiers are returned ones and are
-- read by their receipt; what the desk works on is found in indexes of the rest, which stay a
-- few levels deep and in memory.  As in 0004, what a line shows stands behind the order.
-- returned_at and closed_on stand in them because a query has to say them.
drop index dossier_by_group;
create index dossier_by_group on dossier (receiving_unit_id, state_group, due_at, id, state, channel, procedure_id, field_id, outcome, code, received_at, finished_at, applicant_name, procedure_version_id, returned_at) where returned_at is null;
drop index dossier_by_competent_group;
create index dossier_by_competent_group on dossier (competent_unit_id, state_group, due_at, id, returned_at) where returned_at is null;
drop index dossier_by_holder;
create index dossier_by_holder on dossier (holder_id, state_group, due_at, id, receiving_unit_id, state, channel, procedure_id, field_id, outcome, code, received_at, finished_at, applicant_name, procedure_version_id, returned_at) where returned_at is null;
create index dossier_closed on dossier (receiving_unit_id, received_at, id, state_group, state, channel, procedure_id, field_id, outcome, code, due_at, finished_at, applicant_name, procedure_version_id, closed_on) where closed_on is not null;

-- The length of the list of returned dossiers, kept in the transaction that changes one, as in
-- 0007: a list says it on its first page, and counting ten thousand of them each time was most
-- of what the page cost.
-- unit-owned
create table counter_returned (
	unit_id id not null,                  -- received them
	channel text not null,
	n int not null,
	primary key (unit_id, channel)
) without rowid;

create view counter_returned_records as
select d.receiving_unit_id as unit_id, d.channel, count(*) as n
from dossier d where d.returned_at is not null
group by d.receiving_unit_id, d.channel;

insert into counter_returned (unit_id, channel, n)
select unit_id, channel, n from counter_returned_records;
