#include "app/journal/journal_erase_store.h"

#include "app/journal/journal_store.h"
#include "app/journal/journal_store.sql.h"
#include "base/vec.h"

/* Each record has an entry of its own: an erased value without one is a fault of the journal.
 */
static enum err erase_record(struct db_write_context *w, struct journal_erasing *x,
                             enum journal_subject subject, row_id record)
{
	struct journal_note n = journal_note(w, subject, record, KIND_ERASE);
	int64_t erased;

	TRY(q_journal_erase_run(w->db, &(struct q_journal_erase_in){ record, w->change->id }));
	TRY(db_changed_rows(&erased, w->db));
	x->n_erased += erased;
	journal_put(&n, FIELD_ROWS, INT_NONE, erased);
	return journal_write(&n);
}

static enum err dossiers_of(row_id **out, size_t *n, struct db_write_context *w,
                            row_id applicant)
{
	struct q_journal_dossiers_of_in in = { applicant };
	struct q_journal_dossiers_of_row row;
	row_id *at = NULL;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_journal_dossiers_of_open(&rows, w->db, &in));
	while (q_journal_dossiers_of_next(&rows, &row)) {
		TRY(vec_room(w->arena, at, *n));
		at[(*n)++] = row.id;
	}
	*out = at;
	return db_rows_status(&rows);
}

/* An applicant whose data never changed is known by his dossiers only. */
static enum err check_known(struct db_write_context *w, const struct journal_erasing *x,
                            size_t n_dossiers)
{
	struct q_journal_record_exists_in in = { journal_subject(x->subject).word,
		                                 x->record_id };
	struct q_journal_record_exists_row row;

	return n_dossiers > 0 ? ERR_OK : q_journal_record_exists_one(w->db, NULL, &in, &row);
}

static enum err erase(struct db_write_context *w, void *arg)
{
	struct journal_erasing *x = arg;
	row_id *dossiers = NULL;
	size_t n = 0;

	x->n_erased = 0;
	if (x->subject == SUBJECT_APPLICANT)
		TRY(dossiers_of(&dossiers, &n, w, x->record_id));
	TRY(check_known(w, x, n));
	TRY(erase_record(w, x, x->subject, x->record_id));
	for (size_t i = 0; i < n; i++)
		TRY(erase_record(w, x, SUBJECT_DOSSIER, dossiers[i]));
	w->change->result = x->record_id;
	return ERR_OK;
}

enum err journal_erase(struct db_writer *writer, struct change *change,
                       struct journal_erasing *erasing)
{
	return db_write(writer, change, erase, erasing);
}
