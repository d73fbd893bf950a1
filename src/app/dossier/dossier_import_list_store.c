#include "app/dossier/dossier_import_list_store.h"

#include "app/counter/counter_store.h"
#include "app/dossier/dossier_import_cache_store.h"
#include "app/dossier/dossier_import_source_store.h"
#include "app/dossier/dossier_import_store.h"
#include "app/journal/journal_store.h"
#include "base/messages.h"
#include "base/str.h"

enum { BATCH = 200 };

/* One list being taken in. */
struct importing {
	struct arena *arena; /* of the caller: messages */
	const struct dossier_import_ask *ask;
	struct dossier_unit unit;
	row_id source;
	size_t from, to; /* of the rows of this batch */
	bool careful;    /* a savepoint for each line */
	bool done;       /* the batch went through */
};

/* ---- one line ---- */

static struct dossier_import facts_of(const struct importing *m,
                                      const struct dossier_import_row *row)
{
	return (struct dossier_import){
		.source_id = m->source,
		.line = row->line,
		.code = row->code,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = row->applicant,
		               .identity_number = row->identity,
		               .phone = row->phone,
		               .address = row->address },
		.summary = row->summary,
		.channel = row->channel,
		.state = row->state,
		.received_at = row->received_at,
		.source_due_at = row->due_at,
		.finished_at = row->finished_at,
		.returned_at = row->returned_at,
		.closed_on = instant_is_none(row->finished_at) ? DATE_NONE
		                                               : instant_day(row->finished_at),
	};
}

static enum dossier_import_fate fate_of(enum dossier_imported done)
{
	switch (done) {
	case IMPORT_ADDED:
		return IMPORT_NEW;
	case IMPORT_CHANGED:
		return IMPORT_UPDATED;
	case IMPORT_UNCHANGED:
		break;
	}
	return IMPORT_SAME;
}

static enum err import_row(struct db_write_context *w, struct importing *m,
                           struct dossier_import_row *row, struct problems *problems)
{
	const struct dossier_import facts = facts_of(m, row);
	struct dossier_procedure procedure;
	const struct dossier_kit kit = { &m->unit, &procedure, m->ask->clock };
	enum dossier_imported done;
	enum err e = dossier_import_procedure(&procedure, w, m->ask->cache, row);

	if (e == ERR_NOT_FOUND)
		return problems_say(problems, "procedure", row->line, MSG_IMPORT_NO_PROCEDURE,
		                    str_blank(row->procedure_code) ? row->procedure
		                                                   : row->procedure_code);
	TRY(e);
	TRY(dossier_import_in(&done, w, &kit, &facts, problems));
	row->fate = fate_of(done);
	return ERR_OK;
}

static enum err refuse(struct importing *m, struct dossier_import_row *row,
                       const struct problems *problems)
{
	const struct problem *first = problems->first;

	row->fate = IMPORT_REFUSED;
	return arena_strdup(m->arena, &row->message, first ? first->message : err_message());
}

/* A line with problems has written nothing (dossier_import_in).  Any other mistake ends the
 * batch, and it is taken again carefully. */
static enum err import_line(struct db_write_context *w, struct importing *m,
                            struct dossier_import_row *row)
{
	struct problems problems;
	enum err e;

	row->message = NULL;
	problems_init(&problems, w->arena);
	e = import_row(w, m, row, &problems);
	if (problems.n > 0 && (e == ERR_OK || e == ERR_INPUT))
		return refuse(m, row, &problems);
	return e;
}

/* Each line by itself: one that cannot be taken leaves nothing behind. */
static enum err import_carefully(struct db_write_context *w, struct importing *m,
                                 struct dossier_import_row *row)
{
	struct problems none;
	DB_TX tx = { 0 };
	size_t counted = counter_gathered(w);
	enum err e;

	problems_init(&none, w->arena);
	TRY(db_begin(&tx, w->db));
	e = import_line(w, m, row);
	if (e == ERR_INPUT) {
		counter_gather_back(w, counted);
		return refuse(m, row, &none);
	}
	TRY(e);
	return db_commit(&tx);
}

static enum err import_batch(struct db_write_context *w, void *arg)
{
	struct importing *m = arg;

	m->done = false;
	TRY(counter_gather(w));
	if (m->from == 0 || m->ask->dry) /* in a dry run the source goes with each batch */
		TRY(dossier_import_source_keep_in(&m->source, w, m->ask));
	journal_nothing(w); /* each line notes what it does */
	for (size_t i = m->from; i < m->to; i++) {
		struct dossier_import_row *row = &m->ask->rows[i];

		if (!row->unreadable)
			TRY(m->careful ? import_carefully(w, m, row) : import_line(w, m, row));
	}
	TRY(counter_gather_end(w));
	w->change->result = m->source;
	m->done = true;
	return m->ask->dry ? err_set(ERR_INPUT, "a dry run") : ERR_OK;
}

/* ---- the list ---- */

static enum err prepare(struct importing *m, struct db *db, struct arena *a,
                        const struct dossier_import_ask *ask)
{
	*m = (struct importing){ .arena = a, .ask = ask };
	return dossier_unit_load(&m->unit, db, a, ask->unit);
}

/* The request is answered by the last batch: when one before it fails, the same list sent again
 * is taken again, and what is there already stays as it is. */
static enum err run_batch(struct importing *m, struct db_writer *writer, struct change change)
{
	enum err e;

	if (m->to < m->ask->n_rows)
		change.request_id = NULL;
	m->careful = false;
	e = db_write(writer, &change, import_batch, m);
	m->careful = !m->done && e == ERR_INPUT;
	if (m->careful)
		e = db_write(writer, &change, import_batch, m);
	return m->ask->dry && m->done && e == ERR_INPUT ? ERR_OK : e;
}

ERR_RESULT dossier_import_run(struct dossier_import_counts *out, struct db *db,
                              struct db_writer *writer, struct arena *a, struct change *change,
                              const struct dossier_import_ask *ask)
{
	size_t batch = ask->batch > 0 ? ask->batch : BATCH;
	struct importing m;

	TRY(prepare(&m, db, a, ask));
	for (; m.from < ask->n_rows; m.from = m.to) {
		m.to = ask->n_rows - m.from > batch ? m.from + batch : ask->n_rows;
		TRY(run_batch(&m, writer, *change));
	}
	*out = (struct dossier_import_counts){ { 0 } };
	for (size_t i = 0; i < ask->n_rows; i++)
		out->n[ask->rows[i].fate]++;
	return ERR_OK;
}
