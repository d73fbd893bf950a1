/* Rows of tables of tasks (nhiệm vụ, sản phẩm, chủ trì, thời hạn): a row without its number,
 * cells that slid by one column, a deadline or a responsible office left blank.  One finding
 * for each table and kind. */
#include "app/audit/audit_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum {
	LEAST_COLUMNS = 4,
	LEAST_ROWS = 4,
	MOST_SHOWN = 8,
	SHORT_WORD = 16 /* bytes */
};

/* Rows of a table, and the columns that tasks have; -1: none. */
struct tasks {
	const struct table *t;
	int number, label, time, lead;
	size_t body; /* rows that carry a task */
};

static const char *cell(const struct tasks *k, size_t row, int column)
{
	return column < 0 ? "" : k->t->rows[row].cells[column].text.text;
}

static int column_saying(struct audit *x, const struct table *t, const char *const *words)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		const char *lower;

		if (audit_lower(x->arena, &lower, t->columns[c].title) != ERR_OK)
			return -1;
		if (words_any(lower, (struct span){ 0, strlen(lower) }, words))
			return (int)c;
	}
	return -1;
}

/* A table of tasks has a column for time or for the office in charge, and no figures. */
static bool tasks_of(struct tasks *out, struct audit *x, const struct table *t)
{
	static const char *const lead[] = { "chủ trì",          "cơ quan thực hiện",
		                            "đơn vị thực hiện", "người thực hiện",
		                            "phân công",        NULL };

	*out = (struct tasks){ .t = t,
		               .number = table_column_of(t, COLUMN_NUMBER),
		               .label = table_column_of(t, COLUMN_LABEL),
		               .time = table_column_of(t, COLUMN_TIME),
		               .lead = column_saying(x, t, lead) };
	if (out->label < 0)
		out->label = out->number + 1;
	if (t->n_columns < LEAST_COLUMNS || (out->time < 0 && out->lead < 0) ||
	    table_column_of(t, COLUMN_VALUE) >= 0 || table_column_of(t, COLUMN_RATE) >= 0)
		return false;
	for (size_t r = 0; r < t->n_rows; r++)
		out->body += t->rows[r].kind == ROW_BODY;
	return out->body >= LEAST_ROWS;
}

static size_t filled(const struct tasks *k, size_t row)
{
	size_t n = 0;

	for (size_t c = 0; c < k->t->n_columns; c++)
		n += !str_blank(k->t->rows[row].cells[c].text.text);
	return n;
}

/* All cells right of the label are filled but the one of `column`. */
static bool others_filled(const struct tasks *k, size_t row, int column)
{
	for (int c = k->label + 1; c < (int)k->t->n_columns; c++)
		if (c != column && str_blank(cell(k, row, c)))
			return false;
	return true;
}

static bool is_task(const struct tasks *k, size_t row)
{
	return k->t->rows[row].kind == ROW_BODY && filled(k, row) >= 3;
}

/* ---- cells that slid by one column ---- */

/* Texts of one column, sorted, to ask how often a column says something. */
struct texts {
	const char **at;
	size_t n;
};

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static enum err texts_of(struct texts *out, struct audit *x, const struct tasks *k,
                         size_t column)
{
	TRY(arena_array(x->arena, &out->at, k->t->n_rows + 1));
	out->n = 0;
	for (size_t r = 0; r < k->t->n_rows; r++)
		if (is_task(k, r) && !str_blank(cell(k, r, (int)column)))
			out->at[out->n++] = cell(k, r, (int)column);
	qsort(out->at, out->n, sizeof(*out->at), by_text);
	return ERR_OK;
}

static bool says(const struct texts *t, const char *text, size_t own)
{
	size_t low = 0, high = t->n, n = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(t->at[middle], text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low < t->n && str_eq(t->at[low++], text))
		n++;
	return n > own;
}

/* A row whose last cell is blank and whose cells are what the column to their right says. */
static bool slid(const struct tasks *k, const struct texts *columns, size_t row)
{
	size_t last = k->t->n_columns - 1, right = 0, here = 0;

	if (!str_blank(cell(k, row, (int)last)))
		return false;
	for (size_t c = (size_t)k->label + 1; c < last; c++) {
		const char *text = cell(k, row, (int)c);

		if (str_blank(text))
			continue;
		right += says(&columns[c + 1], text, 0);
		here += says(&columns[c], text, 1);
	}
	return right >= here + 2;
}

/* ---- findings ---- */

struct rows {
	size_t *at;
	size_t n;
};

static enum err put(struct rows *rows, struct audit *x, size_t row)
{
	TRY(vec_room(x->arena, rows->at, rows->n));
	rows->at[rows->n++] = row;
	return ERR_OK;
}

static enum err say(struct audit *x, const struct tasks *k, const struct rows *rows,
                    enum audit_kind kind, enum msg message)
{
	const char *count, *column = "";
	struct audit_draft d;

	if (rows->n == 0)
		return ERR_OK;
	audit_begin(&d, x, kind, AUDIT_FAIL);
	for (size_t i = 0; i < rows->n && i < MOST_SHOWN; i++)
		audit_at_row(&d, k->t, rows->at[i], false);
	if (message == MSG_AUDIT_TASK_NO_TIME)
		column = k->t->columns[k->time].title;
	else if (message == MSG_AUDIT_TASK_NO_LEAD)
		column = k->t->columns[k->lead].title;
	TRY(arena_printf(x->arena, &count, "%zu", rows->n));
	audit_say(&d, msg_text(MSG_AUDIT_R_TASK), msg_text(MSG_AUDIT_LEFT_BLANK), column);
	return audit_end(&d, message, count, column);
}

/* A blank cell among filled ones: every other row has one there, and the row's own others are
 * filled, so that it is no row that leans on the one above. */
static enum err check_blank(struct audit *x, const struct tasks *k, const bool *skip,
                            int column, enum msg message)
{
	struct rows rows = { 0 };
	size_t full = 0;

	if (column < 0)
		return ERR_OK;
	for (size_t r = 0; r < k->t->n_rows; r++) {
		if (!is_task(k, r) || skip[r])
			continue;
		if (!str_blank(cell(k, r, column)))
			full++;
		else if (others_filled(k, r, column))
			TRY(put(&rows, x, r));
	}
	if (rows.n * 5 > full)
		return ERR_OK;
	if (rows.n == 0)
		audit_count(x);
	return say(x, k, &rows, AUDIT_MISSING_VALUE, message);
}

/* The row below or above that the numbering goes on from. */
static bool among_numbered(const struct tasks *k, size_t row)
{
	for (size_t r = row; r-- > 0;)
		if (k->t->rows[r].kind == ROW_GROUP)
			break;
		else if (k->t->rows[r].kind == ROW_BODY && k->t->rows[r].number[0] != '\0')
			return true;
	return false;
}

/* A first cell that begins a goal of its own, in a row whose cells are all filled. */
static bool lost_number(const struct tasks *k, size_t row)
{
	const struct table_row *r = &k->t->rows[row];
	const char *label = cell(k, row, k->label);

	return k->number >= 0 && r->number[0] == '\0' && !str_blank(label) &&
	       str_blank(cell(k, row, k->number)) && label[0] != '-' && label[0] != '+' &&
	       filled(k, row) + 1 == k->t->n_columns && among_numbered(k, row) &&
	       r->line.line == r->last_line.line;
}

static enum err check_tasks(struct audit *x, const struct tasks *k)
{
	struct rows lost = { 0 }, moved = { 0 };
	struct texts *columns;
	bool *skip;
	size_t numbered = 0;

	TRY(arena_array(x->arena, &skip, k->t->n_rows));
	TRY(arena_array(x->arena, &columns, k->t->n_columns));
	for (size_t c = 0; c < k->t->n_columns; c++)
		TRY(texts_of(&columns[c], x, k, c));
	for (size_t r = 0; r < k->t->n_rows; r++) {
		if (!is_task(k, r))
			continue;
		numbered += k->t->rows[r].number[0] != '\0';
		skip[r] = slid(k, columns, r);
		if (skip[r])
			TRY(put(&moved, x, r));
		else if (lost_number(k, r))
			TRY(put(&lost, x, r));
	}
	TRY(say(x, k, &moved, AUDIT_NUMBERING, MSG_AUDIT_TASK_SLID));
	if (lost.n * 4 <= numbered)
		TRY(say(x, k, &lost, AUDIT_NUMBERING, MSG_AUDIT_TASK_NO_NUMBER));
	TRY(check_blank(x, k, skip, k->time, MSG_AUDIT_TASK_NO_TIME));
	return check_blank(x, k, skip, k->lead, MSG_AUDIT_TASK_NO_LEAD);
}

enum err audit_task_rows(struct audit *x)
{
	const struct document *doc = x->document;

	for (size_t i = 0; i < doc->n_tables; i++) {
		struct tasks k;

		if (tasks_of(&k, x, &doc->tables[i]))
			TRY(check_tasks(x, &k));
	}
	return ERR_OK;
}

/* ---- a column of figures that no heading names ---- */

static enum err say_nameless(struct audit *x, const struct table *t, size_t column)
{
	const char *number;
	struct audit_draft d;
	size_t header = 0;

	while (header < t->n_rows && t->rows[header].kind != ROW_HEADER)
		header++;
	audit_begin(&d, x, AUDIT_HEADER, AUDIT_SUSPECT);
	audit_at_row(&d, t, header, false);
	TRY(arena_printf(x->arena, &number, "%zu", column + 1));
	audit_say(&d, msg_text(MSG_AUDIT_R_COLUMN), msg_text(MSG_AUDIT_LEFT_BLANK), number);
	return audit_end(&d, MSG_AUDIT_COLUMN_NAMELESS, number);
}

/* The one column without a heading, in which nearly every row has a figure or a short word,
 * such as a unit. */
static bool is_nameless(const struct table *t, size_t column)
{
	size_t data = 0, rows = 0, named = 0, headers = 0;

	for (size_t c = 0; c < t->n_columns; c++)
		named += !str_blank(t->columns[c].title);
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct table_cell *cell = &t->rows[r].cells[column];

		headers += t->rows[r].kind == ROW_HEADER && !t->rows[r].repeated_header;
		if (t->rows[r].kind != ROW_BODY)
			continue;
		rows++;
		data += cell->is_figure ||
		        (!str_blank(cell->text.text) && strlen(cell->text.text) <= SHORT_WORD);
	}
	return headers == 1 && named + 1 == t->n_columns && data >= 2 && data * 4 >= rows * 3;
}

enum err audit_table_headings(struct audit *x)
{
	const struct document *doc = x->document;

	for (size_t i = 0; i < doc->n_tables; i++) {
		const struct table *t = &doc->tables[i];

		for (size_t c = 1; c < t->n_columns; c++)
			if (str_blank(t->columns[c].title) && is_nameless(t, c))
				TRY(say_nameless(x, t, c));
	}
	return ERR_OK;
}
