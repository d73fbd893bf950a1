#include "app/dossier/dossier_export_store.h"

#include "app/deadline/outcome.h"
#include "app/dossier/applicant.h"
#include "app/dossier/choice.h"
#include "app/dossier/dossier_selection_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

/* Rows read at a time, and what their texts may take. */
enum { PAGE_ROWS = 1000, PAGE_MEMORY = 48 << 20 };

struct export
{
	struct db *db;
	struct arena page;
	const struct dossier_export_ask *ask;
	dossier_export_fn *fn;
	void *arg;
	struct dossier_selection selection;
	struct select_page how;
	int64_t n;
};

/* ---- one row ---- */

static const char *text_of(enum dossier_export_column c, const char *stored)
{
	enum dossier_choice channel;
	enum outcome outcome;

	if (c == EXPORT_channel && choice_parse(&channel, LIST_CHANNEL, stored))
		return choice_text(channel);
	if (c == EXPORT_outcome)
		return outcome_parse(&outcome, stored) ? outcome_text(outcome) : "";
	return stored ? stored : "";
}

static ERR_RESULT put_text(const char **out, struct export *x, enum dossier_export_column c,
                           const char *stored)
{
	bool number = c == EXPORT_identity_number || c == EXPORT_phone;

	if (number && stored && !x->ask->unmasked)
		return mask_number(out, &x->page, stored);
	*out = text_of(c, stored);
	return ERR_OK;
}

static ERR_RESULT put_row(struct export *x, const struct select_value *v)
{
	struct dossier_export_row row;

	for (int i = 0; i < EXPORT_COLUMNS; i++) {
		enum dossier_export_column c = (enum dossier_export_column)i;

		row.cells[i].text = NULL;
		row.cells[i].at = INSTANT_NONE;
		if (v[i].type == DB_INSTANT)
			row.cells[i].at = v[i].instant;
		else if (c == EXPORT_state)
			row.cells[i].text =
			        dossier_state_text((enum dossier_state)v[i].integer);
		else if (v[i].type == DB_INT)
			TRY(arena_printf(&x->page, &row.cells[i].text, "%lld",
			                 (long long)v[i].integer));
		else
			TRY(put_text(&row.cells[i].text, x, c, v[i].text));
	}
	return x->fn(x->arg, &row);
}

/* ---- pages of rows ---- */

static ERR_RESULT put_page(struct export *x, const struct select_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		TRY(put_row(x, rows->values + i * EXPORT_COLUMNS));
	x->n += (int64_t)rows->n;
	return ERR_OK;
}

static ERR_RESULT prepare(struct export *x, struct arena *a)
{
	bool by_due = dossier_view_order(x->ask->filter.view) == ORDER_DUE;

	TRY(dossier_select(&x->selection, &recordset_dossier_export, x->db, a, &x->ask->filter,
	                   true));
	x->how = (struct select_page){ .descending = !by_due,
		                       .limit = PAGE_ROWS,
		                       .n_columns = EXPORT_COLUMNS,
		                       .after_key = ROW_NONE };
	x->how.order = recordset_field(&x->selection.set, by_due ? "due_at" : "received_at");
	x->how.after_value =
	        (struct select_value){ .type = DB_INSTANT, .instant = INSTANT_NONE };
	for (int i = 0; i < EXPORT_COLUMNS; i++)
		x->how.columns[i] = recordset_field(
		        &x->selection.set, dossier_export_field((enum dossier_export_column)i));
	return ERR_OK;
}

static ERR_RESULT run(struct export *x)
{
	bool by_due = dossier_view_order(x->ask->filter.view) == ORDER_DUE;
	int at = by_due ? EXPORT_due_at : EXPORT_received_at;
	struct select_rows rows;

	do {
		arena_reset(&x->page);
		TRY(select_fetch(&rows, x->db, &x->page, &x->selection.select, &x->how));
		TRY(put_page(x, &rows));
		if (rows.n == 0)
			break;
		x->how.after_key = rows.keys[rows.n - 1];
		x->how.after_value = rows.values[(rows.n - 1) * EXPORT_COLUMNS + (size_t)at];
	} while (rows.more);
	return ERR_OK;
}

ERR_RESULT dossier_export_each(int64_t *n, struct db *db, const struct dossier_export_ask *ask,
                               dossier_export_fn *fn, void *arg)
{
	struct export x = { .db = db, .ask = ask, .fn = fn, .arg = arg };
	struct arena words ARENA_CLEANUP;
	DB_TX tx = { 0 };
	enum err e;

	TRY(db_begin_read(&tx, db));
	arena_init(&words, PAGE_MEMORY);
	arena_init(&x.page, PAGE_MEMORY);
	e = prepare(&x, &words);
	if (e == ERR_OK)
		e = run(&x);
	arena_release(&x.page);
	*n = x.n;
	return e;
}

/* ---- the journal ---- */

struct noting {
	const struct dossier_export_ask *ask;
	int64_t n;
};

static enum err note(struct db_write_context *w, void *arg)
{
	const struct noting *g = arg;
	struct journal_note n =
	        journal_note(w, SUBJECT_UNIT, g->ask->filter.scope, KIND_EXPORT);

	journal_put(&n, FIELD_FILES, NULL, g->ask->xlsx ? "XLSX" : "CSV");
	journal_put(&n, FIELD_QUANTITY, INT_NONE, g->n);
	journal_put(&n, FIELD_NOTE, NULL, g->ask->about);
	journal_put(&n, FIELD_SUMMARY, NULL, g->ask->filter.words);
	w->change->result = g->ask->filter.scope;
	return journal_write(&n);
}

ERR_RESULT dossier_export_note(struct db_writer *writer, struct change *change,
                               const struct dossier_export_ask *ask, int64_t n)
{
	struct noting g = { ask, n };

	change->concurrent = true; /* adds its own rows only */
	return db_write(writer, change, note, &g);
}
