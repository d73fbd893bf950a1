#include "app/form_file/form_file_store.h"

#include "app/form/form_cell_store.h"
#include "app/form_file/form_file_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

/* Rows depend on rows before them: entered ones come first, then what is counted from records,
 * then what follows from other rows. */
enum round { ENTERED, COUNTED, DERIVED, ROUNDS };

static enum round round_of(const struct form_row *row)
{
	if (!row->value)
		return ENTERED;
	return row->value->n_refs > 0 ? DERIVED : COUNTED;
}

/* The figure of a row with a formula: nothing but its note when the program finds the same. */
static enum err against_formula(struct form_stated *s, struct db_write_context *w,
                                const struct form_file_import *x,
                                const struct form_file_figure *f, dec_t computed)
{
	if (!dec_is_none(computed) && dec_cmp(s->value, computed) == 0) {
		s->value = s->numerator = s->denominator = DEC_NONE;
		return ERR_OK;
	}
	return msg_format(&s->reason, w->arena,
	                  str_blank(f->where) ? MSG_FORM_FILE_REASON : MSG_FORM_FILE_REASON_AT,
	                  x->name, f->where);
}

/* What the file does not say stays as it stands: a figure without a note, a note alone. */
static enum err merge(struct form_stated *out, struct db_write_context *w,
                      const struct form_file_import *x, const struct form_file_figure *f,
                      const struct form_sheet *sheet)
{
	const struct form_stated *now = &sheet->stated[f->row->at];

	*out = f->stated;
	if (dec_is_none(f->stated.value)) {
		*out = *now;
		out->note = f->stated.note ? f->stated.note : now->note;
		return ERR_OK;
	}
	if (!out->note)
		out->note = now->note;
	if (!f->row->value)
		return ERR_OK;
	return against_formula(out, w, x, f, sheet->cells[f->row->at].computed);
}

static enum err entries_of(struct form_entries *out, struct db_write_context *w,
                           const struct form_file_import *x, enum round round)
{
	struct form_sheet_of of = { x->scope, x->unit, x->period };
	struct form_entry *list;
	struct form_sheet sheet;

	TRY(form_sheet_open(&sheet, w->db, w->arena, x->set, &of));
	TRY(arena_array(w->arena, &list, x->n + 1));
	for (size_t i = 0; i < x->n; i++) {
		const struct form_file_figure *f = &x->figures[i];

		if (round_of(f->row) != round)
			continue;
		list[out->n].row = f->row;
		TRY(merge(&list[out->n++].stated, w, x, f, &sheet));
	}
	out->entries = list;
	return ERR_OK;
}

static enum err note_file(struct db_write_context *w, const struct form_file_import *x,
                          row_id id)
{
	struct journal_note n = journal_note(w, SUBJECT_FORM_FILE, id, KIND_CREATE);
	char period[PERIOD_TEXT];

	TRY(arena_printf(w->arena, &n.part, "%s/%s", x->set->code,
	                 period_code(x->period.from, x->period.to, period)));
	journal_put(&n, FIELD_NAME, NULL, x->name);
	journal_put(&n, FIELD_HASH, NULL, x->sha256);
	journal_put(&n, FIELD_FORM_SET, NULL, x->set->code);
	journal_put(&n, FIELD_UNIT, ROW_NONE, x->unit);
	journal_put(&n, FIELD_ROWS, 0, (int)x->n);
	return journal_write(&n);
}

static enum err add_file(struct db_write_context *w, const struct form_file_import *x)
{
	struct q_form_file_add_in in = { .id = db_new_id(w),
		                         .unit_id = x->unit,
		                         .set_code = x->set->code,
		                         .from_on = x->period.from,
		                         .to_on = x->period.to,
		                         .name = x->name,
		                         .sha256 = x->sha256,
		                         .n_taken = (int64_t)x->n,
		                         .n_changed = (int64_t)x->n_changed,
		                         .losses = x->losses,
		                         .by_unit_id = x->by_unit,
		                         .change_id = w->change->id };

	TRY(q_form_file_add_run(w->db, &in));
	return note_file(w, x, in.id);
}

enum err form_file_take_in(struct db_write_context *w, void *arg)
{
	struct form_file_import *x = arg;

	x->n_changed = 0;
	for (enum round round = ENTERED; round < ROUNDS; round++) {
		struct form_entries entries = { .set = x->set,
			                        .scope = x->scope,
			                        .unit = x->unit,
			                        .period = x->period,
			                        .problems = x->problems };

		TRY(entries_of(&entries, w, x, round));
		TRY(form_enter_in(w, &entries)); /* says also what is locked or outside */
		x->n_changed += entries.n_changed;
	}
	TRY(add_file(w, x));
	w->change->result = x->unit;
	return ERR_OK;
}

enum err form_file_take(struct db_writer *writer, struct change *change,
                        struct form_file_import *import)
{
	change->concurrent = true; /* one current value of a cell: a unique index */
	return db_write(writer, change, form_file_take_in, import);
}

enum err form_file_list(struct form_files_taken *out, struct db *db, struct arena *a,
                        const struct form_set *set, const struct form_sheet_of *of)
{
	enum { MOST = 20 };
	struct q_form_file_list_in in = { .unit_id = of->unit,
		                          .set_code = set->code,
		                          .from_on = of->period.from,
		                          .to_on = of->period.to,
		                          .scope = of->scope };
	struct form_files_taken list = { 0 };
	struct q_form_file_list_row row;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &list.at, MOST));
	TRY(q_form_file_list_open(&rows, db, &in));
	while (list.n < MOST && q_form_file_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_form_file_list, &row));
		list.at[list.n++] = (struct form_file_taken){ row.id,           row.name,
			                                      row.sha256,       row.losses,
			                                      row.account_name, row.n_taken,
			                                      row.n_changed,    row.at };
	}
	*out = list;
	return db_rows_status(&rows);
}
