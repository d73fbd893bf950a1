/* Which tables of a file are forms, which of their columns hold the figures, and which row is
 * which indicator. */
#include <string.h>

#include "app/form_file/form_file_parts.h"
#include "base/str.h"
#include "base/vntext.h"

const char *file_text(const struct file_table *t, size_t row, int column)
{
	return column >= 0 && (size_t)column < t->t->n_columns
	               ? t->t->rows[row].cells[column].text.text
	               : "";
}

/* ---- places ---- */

static enum err place_words(const char **out, const struct reading_of_file *r,
                            const struct file_table *t, size_t row)
{
	const struct document *d = r->task->document;
	struct doc_line at = t->t->rows[row].line;
	const char *number = t->t->rows[row].number;
	char text[24];

	if (r->task->places[at.file] == FORM_FILE_BY_TABLE) {
		snprintf(text, sizeof(text), "%zu", t->at + 1);
		if (*number)
			return msg_format(out, r->arena, MSG_FORM_FILE_TABLE_ROW, text, number);
		return msg_format(out, r->arena, MSG_FORM_FILE_TABLE, text);
	}
	if (r->task->places[at.file] == FORM_FILE_BY_ROW && at.line > 0 &&
	    (size_t)at.line <= d->files[at.file].n_lines) {
		snprintf(text, sizeof(text), "%d", d->files[at.file].lines[at.line - 1].place);
		return msg_format(out, r->arena, MSG_FORM_FILE_ROW, text);
	}
	snprintf(text, sizeof(text), "%d", at.line);
	return msg_format(out, r->arena, MSG_FORM_FILE_LINE, text);
}

enum err file_where(const char **out, const struct reading_of_file *r,
                    const struct file_table *t, size_t row)
{
	const struct document *d = r->task->document;
	const char *words;

	TRY(place_words(&words, r, t, row));
	*out = words;
	if (d->n_files < 2)
		return ERR_OK;
	return msg_format(out, r->arena, MSG_FORM_FILE_IN,
	                  d->files[t->t->rows[row].line.file].name, words);
}

/* ---- columns ---- */

struct content {
	size_t figures, words, bytes;
};

static struct content content_of(const struct table *t, size_t column)
{
	struct content c = { 0 };

	for (size_t r = 0; r < t->n_rows; r++) {
		const struct table_cell *cell = &t->rows[r].cells[column];

		if (t->rows[r].kind == ROW_HEADER || str_blank(cell->text.text))
			continue;
		c.figures += cell->is_figure;
		c.words += !cell->is_figure;
		c.bytes += strlen(cell->text.text);
	}
	return c;
}

static bool may_hold_figures(const struct file_table *t, size_t column)
{
	enum column_role role = t->t->columns[column].role;
	struct content c;

	if ((int)column == t->label || (int)column == t->number || (int)column == t->unit ||
	    (int)column == t->note || role == COLUMN_TIME)
		return false;
	if (role == COLUMN_VALUE || role == COLUMN_RATE)
		return true;
	c = content_of(t->t, column);
	return role == COLUMN_OTHER && c.figures > 0 && c.figures >= c.words;
}

/* How much the title of a column of figures speaks for the period that is reported. */
static enum err worth_of_title(int *out, struct arena *a, const struct table_column *c)
{
	static const char *const for_it[] = { "số liệu",  "kỳ này",     "kỳ báo cáo",
		                              "kết quả",  "trong kỳ",   "thực hiện",
		                              "hiện nay", "kỳ hiện tại" };
	static const char *const against[] = { "kỳ trước", "cùng kỳ", "năm trước",
		                               "kế hoạch", "so sánh", "so với",
		                               "tăng",     "giảm",    "chỉ tiêu giao" };
	const char *plain;

	TRY(text_plain(a, &plain, c->title, strlen(c->title)));
	*out = c->role == COLUMN_VALUE;
	for (size_t i = 0; i < ARRAY_LEN(for_it); i++)
		*out += text_says(plain, for_it[i]) ? 2 : 0;
	for (size_t i = 0; i < ARRAY_LEN(against); i++)
		*out -= text_says(plain, against[i]) ? 4 : 0;
	return ERR_OK;
}

static enum err choose_value(struct file_table *t, struct arena *a)
{
	int best = 0, worth;

	t->value = -1;
	for (size_t c = 0; c < t->t->n_columns && t->n_values < FILE_MOST_VALUES; c++) {
		if (!may_hold_figures(t, c))
			continue;
		TRY(worth_of_title(&worth, a, &t->t->columns[c]));
		if (t->value < 0 || worth > best) {
			t->value = (int)c;
			best = worth;
		}
		t->values[t->n_values++] = (int)c;
	}
	return ERR_OK;
}

static int longest_column(const struct table *t)
{
	size_t most = 0;
	int label = -1;

	for (size_t c = 0; c < t->n_columns; c++) {
		struct content content = content_of(t, c);

		if (content.words > content.figures && content.bytes > most) {
			most = content.bytes;
			label = (int)c;
		}
	}
	return label;
}

static enum err read_table(struct file_table *out, struct arena *a, const struct table *t,
                           size_t at)
{
	struct file_table f = { .t = t, .at = at };

	f.number = table_column_of(t, COLUMN_NUMBER);
	f.label = table_column_of(t, COLUMN_LABEL);
	f.unit = table_column_of(t, COLUMN_UNIT);
	f.note = table_column_of(t, COLUMN_NOTE);
	if (f.label < 0)
		f.label = longest_column(t);
	TRY(choose_value(&f, a));
	TRY(arena_array(a, &f.rows, t->n_rows + 1));
	TRY(arena_array(a, &f.row_of, t->n_rows + 1));
	TRY(arena_array(a, &f.guess, t->n_rows + 1));
	for (size_t r = 0; r < t->n_rows; r++) {
		const char *label = file_text(&f, r, f.label);

		if (str_blank(label) && strlen(file_text(&f, r, f.number)) > 4)
			label = file_text(&f, r, f.number);
		f.rows[r] =
		        (struct form_printed_row){ t->rows[r].number,
			                           t->rows[r].kind == ROW_HEADER ? "" : label };
	}
	*out = f;
	return ERR_OK;
}

/* ---- the set ---- */

static enum err try_set(struct form_match *best, const struct form_matcher *m,
                        const struct form_set *set)
{
	struct form_match match;

	TRY(form_match(&match, m, set));
	if (match.score > best->score)
		*best = match;
	return ERR_OK;
}

/* The wanted set first: it stays when another one fits no better. */
static enum err best_set(struct form_match *best, const struct reading_of_file *r)
{
	const struct form_file_task *task = r->task;
	struct form_printed *tables;
	struct form_matcher m;

	TRY(arena_array(r->arena, &tables, r->n_tables + 1));
	for (size_t i = 0; i < r->n_tables; i++)
		tables[i] = (struct form_printed){ r->tables[i].rows, r->tables[i].t->n_rows };
	TRY(form_matcher_init(&m, r->arena, tables, r->n_tables));
	TRY(try_set(best, &m, task->set));
	for (size_t i = 0; i < task->n_known; i++)
		if (!str_eq(task->known[i]->code, task->set->code))
			TRY(try_set(best, &m, task->known[i]));
	return ERR_OK;
}

/* ---- rows that the alignment passed over ---- */

/* What is known of the rows of the printed set. */
struct rest {
	struct reading_of_file *r;
	const struct form_set *set;
	bool *placed;              /* for each row of the set */
	struct form_label *labels; /* for each row of the set */
	const struct form *form;   /* of the table */
	int first; /* row of the set that the table begins with at the earliest */
};

/* As much as this in common, in the right place: no doubt. */
enum { SURE = 85 };

static void put_row(struct rest *x, struct file_table *t, size_t row,
                    const struct form_row *found)
{
	t->row_of[row] = found;
	x->placed[found->at] = true;
}

static enum err guess_row(struct rest *x, struct file_table *t, size_t row,
                          const struct form_row *found, enum msg id)
{
	put_row(x, t, row, found);
	return msg_format(&t->guess[row], x->r->arena, id, found->code, found->label);
}

/* The one row left of the form that has the label; NULL when there is none or more. */
static const struct form_row *only_alike(const struct rest *x, const struct form_label *label)
{
	const struct form_row *found = NULL;
	int best = FORM_LABELS_ALIKE - 1, second = 0;

	for (size_t j = 0; j < x->form->n_rows; j++) {
		const struct form_row *row = &x->set->rows[(size_t)x->form->first + j];
		int alike = x->placed[row->at]
		                    ? 0
		                    : form_label_likeness(label, &x->labels[row->at]);

		if (alike > best) {
			second = best;
			best = alike;
			found = row;
		} else if (alike > second) {
			second = alike;
		}
	}
	return found && second < best ? found : NULL;
}

/* Letters without marks and blanks, in pairs: what is left of a label that was scanned badly.
 */
enum { LETTERS = 36, MOST_PAIRS = 250, BLURRED = 88 /* percent of pairs in common */ };
struct pairs {
	unsigned char n[LETTERS * LETTERS];
	int total;
};

static int letter_of(char c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? 26 + c - '0' : -1;
}

static enum err pairs_of(struct pairs *out, struct arena *a, const char *label)
{
	const char *folded;
	int last = -1;

	memset(out, 0, sizeof(*out));
	TRY(text_fold(a, &folded, label));
	for (; *folded && out->total < MOST_PAIRS; folded++) {
		int letter = letter_of(*folded);

		if (letter < 0)
			continue;
		if (last >= 0) {
			out->n[last * LETTERS + letter]++;
			out->total++;
		}
		last = letter;
	}
	return ERR_OK;
}

static int pairs_alike(const struct pairs *a, const struct pairs *b)
{
	int common = 0;

	for (size_t i = 0; i < ARRAY_LEN(a->n); i++)
		common += a->n[i] < b->n[i] ? a->n[i] : b->n[i];
	return a->total + b->total > 0 ? 200 * common / (a->total + b->total) : 0;
}

/* Rows of the form that may stand between the neighbours of a row: [from, to). */
struct gap {
	int from, to;
};

static struct gap gap_of(const struct rest *x, const struct file_table *t, size_t row)
{
	struct gap g = { x->first, x->form->first + (int)x->form->n_rows };

	for (size_t i = row; i-- > 0;)
		if (t->row_of[i] && t->row_of[i]->form == x->form) {
			g.from = t->row_of[i]->at + 1;
			break;
		}
	for (size_t i = row + 1; i < t->t->n_rows; i++)
		if (t->row_of[i] && t->row_of[i]->form == x->form) {
			g.to = t->row_of[i]->at;
			break;
		}
	return g;
}

static enum err find_blurred(const struct form_row **out, struct rest *x,
                             const struct file_table *t, size_t row)
{
	struct gap g = gap_of(x, t, row);
	struct pairs printed, own;
	int best = BLURRED - 1;

	*out = NULL;
	if (g.from >= g.to)
		return ERR_OK;
	TRY(pairs_of(&printed, x->r->arena, t->rows[row].label));
	for (int i = g.from; i < g.to; i++) {
		int alike;

		if (x->placed[i])
			continue;
		TRY(pairs_of(&own, x->r->arena, x->set->rows[i].label));
		alike = pairs_alike(&printed, &own);
		if (alike > best) {
			best = alike;
			*out = &x->set->rows[i];
		}
	}
	return ERR_OK;
}

/* Out of its place, under another name, or where it should be. */
static enum err place_alike(struct rest *x, struct file_table *t, size_t row,
                            const struct form_row *found, const struct form_label *label)
{
	struct gap g = gap_of(x, t, row);

	if (found->at < g.from || found->at >= g.to)
		return guess_row(x, t, row, found, MSG_FORM_FILE_MOVED);
	if (form_label_likeness(label, &x->labels[found->at]) < SURE)
		return guess_row(x, t, row, found, MSG_FORM_FILE_RENAMED);
	put_row(x, t, row, found);
	return ERR_OK;
}

static enum err find_rest_of_row(struct rest *x, struct file_table *t, size_t row)
{
	const struct form_row *found;
	struct form_label label;

	if (t->row_of[row] || str_blank(t->rows[row].label))
		return ERR_OK;
	TRY(form_label_of(&label, x->r->arena, t->rows[row].label));
	found = only_alike(x, &label);
	if (found)
		return place_alike(x, t, row, found, &label);
	TRY(find_blurred(&found, x, t, row));
	return found ? guess_row(x, t, row, found, MSG_FORM_FILE_BLURRED) : ERR_OK;
}

/* The last indicator of a table; NULL: it has none. */
static const struct form_row *last_row(const struct file_table *t)
{
	for (size_t i = t->t->n_rows; i-- > 0;)
		if (t->row_of[i])
			return t->row_of[i];
	return NULL;
}

/* Rows after a page break are a table of their own without a header; short ones were not found
 * to be a form. */
static bool continues(const struct file_table *t, const struct file_table *before)
{
	bool header = false;

	for (size_t r = 0; r < t->t->n_rows; r++)
		header |= t->t->rows[r].kind == ROW_HEADER;
	return before->is_form && !header && t->t->n_columns <= before->t->n_columns &&
	       (t->is_form || t->t->n_rows < (size_t)2 * FORM_MATCH_FEWEST);
}

static void take_columns(struct file_table *t, const struct file_table *from)
{
	t->number = from->number;
	t->label = from->label;
	t->unit = from->unit;
	t->note = from->note;
	t->value = from->value;
	t->n_values = 0;
	for (size_t r = 0; r < t->t->n_rows; r++)
		t->rows[r].label = file_text(t, r, t->label);
}

/* Where the rows of a table that the alignment passed over may stand. */
static void look_in(struct rest *x, struct file_table *tables, size_t i)
{
	struct file_table *t = &tables[i];
	const struct form_row *before = NULL;

	if (i > 0 && continues(t, t - 1)) {
		before = last_row(t - 1);
		take_columns(t, t - 1);
	}
	x->form = last_row(t) ? last_row(t)->form : before ? before->form : NULL;
	if (x->form)
		x->first = before && before->form == x->form ? before->at + 1 : x->form->first;
}

static enum err find_rest(struct reading_of_file *r, const struct form_set *set)
{
	struct rest x = { .r = r, .set = set };

	TRY(arena_array(r->arena, &x.placed, set->n_rows + 1));
	TRY(arena_array(r->arena, &x.labels, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++)
		TRY(form_label_of(&x.labels[i], r->arena, set->rows[i].label));
	for (size_t i = 0; i < r->n_tables; i++)
		for (size_t k = 0; k < r->tables[i].t->n_rows; k++)
			if (r->tables[i].row_of[k])
				x.placed[r->tables[i].row_of[k]->at] = true;
	for (size_t i = 0; i < r->n_tables; i++) {
		struct file_table *t = &r->tables[i];

		look_in(&x, r->tables, i);
		for (size_t k = 0; x.form && k < t->t->n_rows; k++)
			TRY(find_rest_of_row(&x, t, k));
		t->is_form |= last_row(t) != NULL;
	}
	return ERR_OK;
}

/* ---- doubts about aligned rows ---- */

/* The nearest row above in the numbering that is an indicator; a number that does not begin
 * with that of the row above was left over from a part of the form. */
static const struct form_row *printed_parent(const struct file_table *t, size_t row)
{
	const char *number = t->t->rows[row].number;

	for (int p = t->t->rows[row].parent; p >= 0; p = t->t->rows[p].parent)
		if (t->row_of[p] && (!*number || str_starts(number, t->t->rows[p].number)))
			return t->row_of[p];
	return NULL;
}

static bool stands_below(const struct form_set *set, const struct form_row *row,
                         const struct form_row *above)
{
	for (int p = row->parent; p >= 0; p = set->rows[p].parent)
		if (&set->rows[p] == above)
			return true;
	return false;
}

static enum err doubt_row(struct reading_of_file *r, const struct form_set *set,
                          struct file_table *t, size_t row)
{
	const struct form_row *found = t->row_of[row], *above = printed_parent(t, row);
	struct form_label printed, own;
	enum msg id;

	if (!found || t->guess[row])
		return ERR_OK;
	TRY(form_label_of(&printed, r->arena, t->rows[row].label));
	TRY(form_label_of(&own, r->arena, found->label));
	if (above && above->form == found->form && !stands_below(set, found, above))
		id = MSG_FORM_FILE_OTHER_PARENT;
	else if (form_label_likeness(&printed, &own) < SURE &&
	         !str_eq(t->rows[row].number, found->code))
		id = MSG_FORM_FILE_RENAMED;
	else
		return ERR_OK;
	return msg_format(&t->guess[row], r->arena, id, found->code, found->label);
}

enum err file_find(struct reading_of_file *r)
{
	const struct document *d = r->task->document;
	struct form_match best = { .n = 0 };

	TRY(arena_array(r->arena, &r->tables, d->n_tables + 1));
	for (size_t i = 0; i < d->n_tables; i++, r->n_tables++)
		TRY(read_table(&r->tables[i], r->arena, &d->tables[i], i));
	TRY(best_set(&best, r));
	if (best.n == 0)
		return ERR_OK;
	r->out->printed = best.set;
	for (size_t f = 0; f < best.n; f++) {
		struct file_table *t = &r->tables[best.found[f].table];

		t->is_form = true;
		for (size_t i = 0; i < t->t->n_rows; i++)
			if (best.found[f].row_of[i] >= 0)
				t->row_of[i] = &best.set->rows[best.found[f].form->first +
				                               best.found[f].row_of[i]];
	}
	TRY(find_rest(r, best.set));
	for (size_t i = 0; i < r->n_tables; i++)
		for (size_t k = 0; r->tables[i].is_form && k < r->tables[i].t->n_rows; k++)
			TRY(doubt_row(r, best.set, &r->tables[i], k));
	return ERR_OK;
}
