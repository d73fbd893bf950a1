#include "app/form_file/form_file.h"

#include <string.h>

#include "app/form/form_tsv.h"
#include "app/form_file/form_file_parts.h"
#include "base/str.h"
#include "base/vec.h"

static const struct {
	const char *word, *title;
} losses[] = {
#define FORM_FILE_LOSS(name, word, title) { word, title },
#include "app/form_file/form_file_losses.def"
#undef FORM_FILE_LOSS
};

const char *form_file_loss_word(enum form_file_loss loss)
{
	return losses[loss].word;
}

const char *form_file_loss_title(enum form_file_loss loss)
{
	return losses[loss].title;
}

enum err file_remark(struct reading_of_file *r, const struct form_file_remark *remark)
{
	TRY(vec_room(r->arena, r->remarks, r->n_remarks));
	r->remarks[r->n_remarks++] = *remark;
	return ERR_OK;
}

/* ---- one row ---- */

/* A row of the file while it is put into a row of the set. */
struct taking {
	struct reading_of_file *r;
	const struct file_table *t;
	size_t at;
	const struct form_row *row; /* of the wanted set; NULL: none */
	const char *where, *quote;
};

/* The row as it is printed, without its empty cells. */
static enum err quote_of(const char **out, struct arena *a, const struct file_table *t,
                         size_t row)
{
	enum { LONGEST = 600 };
	struct str s;

	str_init(&s, a, TEXT_MOST_BYTES);
	for (size_t c = 0; c < t->t->n_columns && s.len < LONGEST; c++)
		if (*file_text(t, row, (int)c))
			str_printf(&s, "%s%s", s.len > 0 ? " | " : "",
			           file_text(t, row, (int)c));
	return str_finish(&s, out);
}

static enum err tell(const struct taking *x, enum form_file_loss loss, const char *say)
{
	return file_remark(x->r,
	                   &(struct form_file_remark){ loss, x->row, x->where, x->quote, say });
}

/* The note beside the figure, and the words that stood in the figure's own cell. */
static enum err take_note(struct form_file_cell *cell, const struct taking *x, const char *rest)
{
	struct arena *a = x->r->arena;
	size_t n = FORM_LONGEST_NOTE;
	const char *say;

	if (rest && *cell->note)
		TRY(arena_printf(a, &cell->note, "%s; %s", rest, cell->note));
	else if (rest)
		cell->note = rest;
	if (strlen(cell->note) <= n)
		return ERR_OK;
	while (n > 0 && ((unsigned char)cell->note[n] & 0xC0) == 0x80)
		n--; /* not within a letter */
	TRY(arena_strndup(a, &cell->note, cell->note, n));
	TRY(msg_format(&say, a, MSG_FORM_FILE_NOTE_LONG));
	return tell(x, FORM_FILE_UNREAD_COLUMN, say);
}

static enum err read_cell(struct form_file_cell *out, const struct taking *x)
{
	const struct file_table *t = x->t;
	struct arena *a = x->r->arena;
	struct form_file_cell cell = { .where = x->where,
		                       .number = t->rows[x->at].number,
		                       .label = t->rows[x->at].label,
		                       .text = file_text(t, x->at, t->value),
		                       .note = file_text(t, x->at, t->note),
		                       .typed = "",
		                       .stated = FORM_NOTHING_STATED };
	struct file_value v;

	TRY(file_value(&v, a, x->row, cell.text, file_text(t, x->at, t->unit)));
	cell.state = v.state;
	cell.say = v.say;
	TRY(take_note(&cell, x, v.rest));
	cell.stated.value = v.number.value;
	cell.stated.numerator = v.number.numerator;
	cell.stated.denominator = v.number.denominator;
	cell.stated.note = *cell.note ? cell.note : NULL;
	TRY(number_text(&cell.typed, a, &v.number, x->row->kind));
	*out = cell;
	return ERR_OK;
}

/* What is said of a cell that has something in it. */
static enum err tell_cell(const struct taking *x, struct form_file_cell *cell)
{
	const char *unit = file_text(x->t, x->at, x->t->unit), *guess = x->t->guess[x->at];
	bool other_unit;

	if (cell->state == FORM_FILE_ASKED)
		TRY(tell(x, FORM_FILE_ASKED_CELL, cell->say));
	if (cell->state == FORM_FILE_GUESSED)
		TRY(tell(x, FORM_FILE_GUESSED_VALUE, cell->say));
	if (cell->state == FORM_FILE_BLANK && !cell->stated.note)
		return ERR_OK;
	if (guess)
		TRY(tell(x, FORM_FILE_GUESSED_ROW, guess));
	TRY(file_other_unit(&other_unit, x->r->arena, x->row, unit));
	if (other_unit && cell->state == FORM_FILE_SURE) {
		TRY(msg_format(&cell->say, x->r->arena, MSG_FORM_FILE_OTHER_UNIT, unit,
		               x->row->unit));
		TRY(tell(x, FORM_FILE_GUESSED_VALUE, cell->say));
		cell->state = FORM_FILE_GUESSED;
	}
	if (guess && cell->state == FORM_FILE_SURE) {
		cell->state = FORM_FILE_GUESSED;
		cell->say = guess;
	}
	return ERR_OK;
}

/* The same indicator again: another figure is a question. */
static enum err take_again(const struct taking *x, struct form_file_cell *first)
{
	struct arena *a = x->r->arena;
	struct form_file_cell again;
	const char *say;

	TRY(read_cell(&again, x));
	if (again.state == FORM_FILE_BLANK)
		return ERR_OK;
	if (first->state == FORM_FILE_BLANK) {
		*first = again;
		return tell_cell(x, first);
	}
	if (str_eq(first->text, again.text)) {
		TRY(msg_format(&say, a, MSG_FORM_FILE_TWICE_SAME, first->where));
		return tell(x, FORM_FILE_TWICE, say);
	}
	TRY(msg_format(&say, a, MSG_FORM_FILE_TWICE_OTHER, first->where, first->text, x->where,
	               again.text));
	first->state = FORM_FILE_ASKED;
	first->say = say;
	first->typed = "";
	first->stated.value = first->stated.numerator = first->stated.denominator = DEC_NONE;
	return tell(x, FORM_FILE_TWICE, say);
}

static enum err take_row(const struct taking *x)
{
	struct form_file_cell *cell = &x->r->cells[x->row->at];

	if (cell->state != FORM_FILE_ABSENT)
		return take_again(x, cell);
	TRY(read_cell(cell, x));
	return tell_cell(x, cell);
}

/* ---- rows that are not taken ---- */

static bool says_something(const struct taking *x)
{
	return !str_blank(file_text(x->t, x->at, x->t->value)) ||
	       !str_blank(file_text(x->t, x->at, x->t->note));
}

static enum err leave_row(const struct taking *x, const struct form_row *printed)
{
	const char *say = msg_text(MSG_FORM_FILE_UNREAD_ROW);

	if (!says_something(x))
		return ERR_OK;
	if (!printed)
		return tell(x, FORM_FILE_UNREAD_ROW, say);
	TRY(msg_format(&say, x->r->arena, MSG_FORM_FILE_NO_COUNTERPART, printed->code,
	               x->r->out->printed->title));
	return tell(x, FORM_FILE_NO_COUNTERPART, say);
}

const struct form_row *file_counterpart(const struct form_set *set,
                                        const struct form_row *printed)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, printed->id))
			return &set->rows[i];
	return NULL;
}

static enum err read_row(struct reading_of_file *r, const struct file_table *t, size_t row)
{
	const struct form_row *printed = t->row_of[row];
	struct taking x = { .r = r, .t = t, .at = row };

	if (t->t->rows[row].kind == ROW_HEADER)
		return ERR_OK;
	TRY(file_where(&x.where, r, t, row));
	TRY(quote_of(&x.quote, r->arena, t, row));
	if (printed)
		x.row = file_counterpart(r->task->set, printed);
	return x.row ? take_row(&x) : leave_row(&x, printed);
}

/* ---- columns that are not taken ---- */

static bool has_text(const struct file_table *t, int column)
{
	for (size_t r = 0; r < t->t->n_rows; r++)
		if (t->t->rows[r].kind != ROW_HEADER && !str_blank(file_text(t, r, column)))
			return true;
	return false;
}

static enum err tell_columns(struct reading_of_file *r, const struct file_table *t)
{
	struct form_file_remark remark = { .loss = FORM_FILE_UNREAD_COLUMN };

	TRY(file_where(&remark.where, r, t, 0));
	if (t->value < 0) {
		remark.quote = "";
		remark.say = msg_text(MSG_FORM_FILE_NO_COLUMN);
		return file_remark(r, &remark);
	}
	for (size_t i = 0; i < t->n_values; i++) {
		if (t->values[i] == t->value || !has_text(t, t->values[i]))
			continue;
		remark.quote = t->t->columns[t->values[i]].title;
		TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_COLUMN,
		               t->t->columns[t->value].title));
		TRY(file_remark(r, &remark));
	}
	return ERR_OK;
}

/* ---- the whole ---- */

/* By kind; within one as they were found. */
static enum err sort_remarks(struct reading_of_file *r)
{
	struct form_file_remark *sorted;
	size_t n = 0;

	TRY(arena_array(r->arena, &sorted, r->n_remarks + 1));
	for (enum form_file_loss loss = 0; loss < FORM_FILE_LOSSES; loss++)
		for (size_t i = 0; i < r->n_remarks; i++)
			if (r->remarks[i].loss == loss)
				sorted[n++] = r->remarks[i];
	r->out->remarks = sorted;
	r->out->n_remarks = n;
	return ERR_OK;
}

static enum err read_tables(struct reading_of_file *r)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct file_table *t = &r->tables[i];

		if (!t->is_form)
			continue;
		r->out->n_tables++;
		TRY(tell_columns(r, t));
		for (size_t k = 0; k < t->t->n_rows; k++)
			TRY(read_row(r, t, k));
	}
	return ERR_OK;
}

enum err form_file_read(struct form_file *out, struct arena *a,
                        const struct form_file_task *task)
{
	struct reading_of_file r = { .task = task, .arena = a, .out = out };

	*out = (struct form_file){ .set = task->set };
	TRY(arena_array(a, &r.cells, task->set->n_rows + 1));
	for (size_t i = 0; i < task->set->n_rows; i++)
		r.cells[i] = (struct form_file_cell){ .where = "",
			                              .number = "",
			                              .label = "",
			                              .text = "",
			                              .note = "",
			                              .typed = "",
			                              .stated = FORM_NOTHING_STATED };
	out->cells = r.cells;
	TRY(file_find(&r));
	if (out->printed)
		TRY(read_tables(&r));
	TRY(file_check(&r));
	for (size_t i = 0; i < task->set->n_rows; i++)
		out->n_of[r.cells[i].state]++;
	return sort_remarks(&r);
}

enum form_tier form_file_tier(const struct form_file *f)
{
	enum form_tier best = FORM_COMMUNE;
	size_t most = 0;

	for (size_t tier = FORM_TIERS; tier-- > 0;) {
		size_t n = 0;

		for (size_t i = 0; i < f->set->n_rows; i++)
			n += f->cells[i].state >= FORM_FILE_SURE &&
			     (f->set->rows[i].tiers >> tier & 1);
		if (n > most) {
			most = n;
			best = (enum form_tier)tier;
		}
	}
	return best;
}
