#include "app/history/journal_day_store.h"

#include "app/history/journal_day_store.sql.h"
#include "base/vec.h"

enum { CHANGES_A_PAGE = 50 };

static enum err fill_entry(struct journal_day_entry *x, struct db *db, struct arena *a,
                           const struct journal_day_ask *ask,
                           const struct q_journal_day_entries_row *row)
{
	struct history_entry *e = &x->entry;
	enum journal_kind kind;

	*x = (struct journal_day_entry){ .subject = SUBJECT_COUNT_,
		                         .record_id = row->record_id };
	TRY(arena_strdup(a, &e->subject, row->subject));
	TRY(arena_strdup(a, &e->kind, row->kind));
	TRY(arena_strdup(a, &e->part, row->part));
	e->erased = row->erased;
	if (journal_kind_parse(&kind, row->kind))
		e->kind = journal_kind(kind).label;
	if (journal_subject_parse(&x->subject, row->subject))
		e->subject = journal_subject(x->subject).label;
	x->hidden = !ask->reads_dossiers &&
	            (x->subject == SUBJECT_DOSSIER || x->subject == SUBJECT_APPLICANT);
	if (x->hidden)
		return ERR_OK;
	TRY(history_add_lines(e, db, a, false, row->personal_fields));
	return history_add_lines(e, db, a, false, row->fields);
}

static enum err load_entries(struct journal_day_change *c, struct db *db, struct arena *a,
                             const struct journal_day_ask *ask)
{
	struct q_journal_day_entries_in in = { c->id };
	struct q_journal_day_entries_row row;
	DB_ROWS rows = { 0 };

	TRY(q_journal_day_entries_open(&rows, db, &in));
	while (q_journal_day_entries_next(&rows, &row)) {
		TRY(vec_room(a, c->entries, c->n));
		TRY(fill_entry(&c->entries[c->n], db, a, ask, &row));
		c->n++;
	}
	return db_rows_status(&rows);
}

static enum err load_changes(struct journal_day *d, struct db *db, struct arena *a,
                             const struct journal_day_ask *ask)
{
	struct q_journal_day_changes_in in = { .scope = ask->scope,
		                               .today = ask->today,
		                               .from = instant_local(ask->on, 0),
		                               .to = instant_local(date_add(ask->on, 1), 0),
		                               .login = ask->login,
		                               .action = ask->action,
		                               .before = ask->before,
		                               .most = CHANGES_A_PAGE + 1 };
	struct q_journal_day_changes_row row;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &d->at, CHANGES_A_PAGE));
	TRY(q_journal_day_changes_open(&rows, db, &in));
	while (!d->more && q_journal_day_changes_next(&rows, &row)) {
		d->more = d->n == CHANGES_A_PAGE;
		if (d->more)
			break;
		TRY(db_keep_row(a, &query_journal_day_changes, &row));
		d->at[d->n++] = (struct journal_day_change){ .id = row.id,
			                                     .at = row.at,
			                                     .who = row.account_name,
			                                     .unit = row.unit_name,
			                                     .origin = row.origin,
			                                     .action = row.action,
			                                     .reason = row.reason };
	}
	return db_rows_status(&rows);
}

ERR_RESULT journal_day_load(struct journal_day *out, struct db *db, struct arena *a,
                            const struct journal_day_ask *ask)
{
	struct journal_day d = { .n = 0 };

	TRY(load_changes(&d, db, a, ask));
	for (size_t i = 0; i < d.n; i++)
		TRY(load_entries(&d.at[i], db, a, ask));
	*out = d;
	return ERR_OK;
}
