/* From a table of the document to the view that its checks work on. */
#include <ctype.h>
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

enum { NAME_WORDS = 9 /* of a label in a message */ };

const struct grid_cell *grid_at(const struct grid *g, size_t row, size_t column)
{
	return &g->cells[row * g->n_columns + column];
}

bool grid_has(const struct grid *g, size_t row, size_t column)
{
	const struct grid_cell *c = grid_at(g, row, column);

	return c->state == CELL_FIGURE && c->exact;
}

const char *grid_text(const struct grid *g, size_t row, size_t column)
{
	return g->t->rows[g->rows[row].at].cells[column].text.text;
}

const char *grid_vn(const struct grid *g, struct number n)
{
	char text[NUMBER_TEXT];
	const char *copy;

	if (arena_strdup(g->x->arena, &copy, number_vn(n, text)) != ERR_OK)
		return "";
	return copy;
}

enum err grid_name(const char **out, const struct grid *g, size_t row)
{
	const struct grid_row *r = &g->rows[row];
	const char *number = g->t->rows[r->at].number;
	const char *label = r->label, *more = "";
	size_t n = 0;

	while (*label == '-' || *label == '+' || *label == ' ')
		label++;
	for (int words = 0; label[n]; n++)
		if (label[n] == ' ' && ++words == NAME_WORDS) {
			more = "...";
			break;
		}
	if (!*number || str_starts(label, number))
		return arena_printf(g->x->arena, out, "\"%.*s%s\"", (int)n, label, more);
	return arena_printf(g->x->arena, out, "%s \"%.*s%s\"", number, (int)n, label, more);
}

void grid_place(struct audit_draft *d, const struct grid *g, size_t row, size_t column)
{
	enum { NARROW = 6 };
	size_t at = g->rows[row].at;
	const struct table_cell *cells = g->t->rows[at].cells;

	if (g->t->n_columns <= NARROW) {
		audit_at_row(d, g->t, at, true);
		return;
	}
	if (g->label >= 0 && *cells[g->label].text.text)
		audit_at(d, &cells[g->label].text, 0, strlen(cells[g->label].text.text), false);
	if (*cells[column].text.text)
		audit_at(d, &cells[column].text, 0, strlen(cells[column].text.text), true);
	else
		audit_at_row(d, g->t, at, true);
}

/* ---- the habit of rounding ---- */

enum { MORE_PLACES = 3, ENOUGH = 3 };

void grid_rounds(const struct grid *g, enum number_fit fit, struct number printed,
                 struct number part, struct number whole)
{
	struct number finer = number_percent(part, whole, printed.places + MORE_PLACES);

	if (!g->habit->counting || number_is_none(finer))
		return;
	g->habit->cut += fit == NUMBER_TRUNCATED;
	g->habit->up += fit == NUMBER_FITS && number_cmp(printed, finer) > 0;
}

bool grid_cut_matters(const struct grid *g)
{
	return g->habit->up >= ENOUGH && g->habit->cut * 4 <= g->habit->up;
}

/* ---- cells ---- */

static bool is_dash(const char *text)
{
	return str_eq(text, "-") || str_eq(text, "–") || str_eq(text, "—") || str_eq(text, "_");
}

/* "+376", "Tăng 376": the figure after it, of the unit of its row. */
static bool read_change(struct figure *out, const char *text, const char *unit)
{
	static const char *const signs[] = { "+",     "−",     "–",     "↑",     "↓",
		                             "Tăng ", "tăng ", "Giảm ", "giảm ", NULL };

	for (size_t i = 0; signs[i]; i++)
		if (str_starts(text, signs[i]))
			return reading_of_cell(out, text + strlen(signs[i]), unit);
	return false;
}

static struct grid_cell cell_of(const struct table_cell *c, const char *unit)
{
	struct grid_cell cell = { .state = CELL_WORDS,
		                  .value = NUMBER_NONE,
		                  .out_of = NUMBER_NONE };
	const struct figure *f = &c->figure;
	struct figure change;

	if (str_blank(c->text.text))
		cell.state = CELL_EMPTY;
	else if (is_dash(c->text.text))
		cell.state = CELL_DASH;
	else if (!c->is_figure && read_change(&change, c->text.text, unit))
		f = &change;
	if (cell.state == CELL_WORDS && (c->is_figure || f == &change) &&
	    !number_is_none(f->value)) {
		cell.state = CELL_FIGURE;
		cell.value = f->value;
		cell.out_of = f->out_of;
		cell.dong = f->unit == FIGURE_DONG;
		cell.exact = f->bound == FIGURE_EXACT && number_is_none(f->to) &&
		             !(f->marks & (FIGURE_RANK | FIGURE_LABEL));
	}
	return cell;
}

/* ---- rows of column numbers ---- */

/* "(3)", "3", "(3)=(4)+(5)", "5=4/3"; the formula is what follows the equals sign. */
static bool read_index(const char *text, int *index, const char **formula)
{
	int n = 0;

	while (*text == '(' || *text == ' ' || *text == '[')
		text++;
	if (!isdigit((unsigned char)*text))
		return false;
	while (isdigit((unsigned char)*text) && n < 100)
		n = n * 10 + (*text++ - '0');
	while (*text == ')' || *text == ' ' || *text == ']')
		text++;
	if (*text != '\0' && *text != '=')
		return false;
	*index = n;
	*formula = *text == '=' ? text : NULL;
	return true;
}

/* Most cells number their columns one after another: "A | B | 1 | 2 | 3=1+2". */
static bool is_index_row(const struct table *t, const struct table_row *r)
{
	int last = -1, steps = 0, others = 0;

	for (size_t c = 0; c < t->n_columns; c++) {
		const char *text = r->cells[c].text.text, *formula;
		int index;

		if (str_blank(text))
			continue;
		if (read_index(text, &index, &formula)) {
			if (last >= 0 && index != last + 1)
				return false;
			last = index;
			steps++;
		} else if (strlen(text) > 3) {
			others++;
		}
	}
	return steps >= 3 && others == 0;
}

static void take_indexes(struct grid *g, const struct table_row *r)
{
	for (size_t c = 0; c < g->n_columns; c++)
		read_index(r->cells[c].text.text, &g->columns[c].index, &g->columns[c].formula);
}

/* ---- columns ---- */

static enum column_kind kind_of_column(const struct table_column *c, const char *plain,
                                       const char *whole)
{
	bool sign = strchr(c->title, '%') || text_says(plain, "tỷ lệ") ||
	            text_says(plain, "tỉ lệ") || text_says(plain, "phần trăm");
	bool change = text_says(plain, "tăng") || text_says(plain, "giảm") ||
	              text_says(plain, "chênh lệch") || text_says(whole, "so sánh") ||
	              text_says(whole, "so với");

	if (change)
		return sign ? GRID_GROWTH : GRID_CHANGE;
	return sign || c->role == COLUMN_RATE ? GRID_RATE : GRID_AMOUNT;
}

/* The headers of one column: group, last header and what numbers it. */
static enum err head_of_column(struct grid *g, size_t c)
{
	struct grid_column *column = &g->columns[c];
	const char *title = g->t->columns[c].title, *last = title;
	size_t end = strlen(title);
	const char *whole;

	for (const char *at = title; (at = strstr(at, " / ")); at += 3) {
		int index;
		const char *formula;

		if (read_index(at + 3, &index, &formula) && !strstr(at + 3, " / ")) {
			column->index = index;
			column->formula = formula;
			end = (size_t)(at - title);
			break;
		}
		last = at + 3;
	}
	column->title = title;
	TRY(arena_strndup(g->x->arena, &column->group, title,
	                  last > title ? (size_t)(last - title) - 3 : 0));
	TRY(text_plain(g->x->arena, &column->plain, last, (size_t)(title + end - last)));
	TRY(text_plain(g->x->arena, &whole, title, strlen(title)));
	column->kind = kind_of_column(&g->t->columns[c], column->plain, whole);
	return ERR_OK;
}

/* "Tiến độ (40)": points of at most 40, no day. */
static bool is_points(const char *title)
{
	const char *open = strrchr(title, '(');
	size_t digits = open ? strspn(open + 1, "0123456789") : 0;

	return digits > 0 && str_eq(open + 1 + digits, ")");
}

/* A column of amounts: figures, hardly a word, and no role that says otherwise. */
static void sort_out_columns(struct grid *g)
{
	for (size_t c = 0; c < g->n_columns; c++) {
		enum column_role role = g->t->columns[c].role;
		size_t figures = 0, words = 0;

		for (size_t r = 0; r < g->n_rows; r++) {
			figures += grid_at(g, r, c)->state == CELL_FIGURE;
			words += grid_at(g, r, c)->state == CELL_WORDS;
		}
		if (figures == 0 || words * 3 > figures || role == COLUMN_NUMBER ||
		    role == COLUMN_NOTE ||
		    (role == COLUMN_TIME && !is_points(g->columns[c].title)) ||
		    (int)c == g->label || (int)c == g->unit)
			g->columns[c].kind = GRID_TEXT;
	}
}

static int label_column(const struct table *t)
{
	int label = table_column_of(t, COLUMN_LABEL);

	for (size_t c = 0; label < 0 && c < t->n_columns; c++) {
		size_t words = 0;

		for (size_t r = 0; r < t->n_rows; r++)
			words += t->rows[r].kind != ROW_HEADER &&
			         !t->rows[r].cells[c].is_figure &&
			         strlen(t->rows[r].cells[c].text.text) > 3;
		if (words * 2 > t->n_rows && t->columns[c].role != COLUMN_NUMBER)
			label = (int)c;
	}
	return label;
}

/* ---- rows ---- */

/* The unit of a row is not that of its rates. */
static bool is_rate(const struct grid_column *c)
{
	return c->kind == GRID_RATE || c->kind == GRID_GROWTH;
}

static enum err read_row(struct grid *g, struct grid_row *row)
{
	const struct table_row *r = &g->t->rows[row->at];
	const char *unit = g->unit >= 0 ? r->cells[g->unit].text.text : "";

	row->label = g->label >= 0 ? r->cells[g->label].text.text : "";
	if (!*row->label && g->number >= 0 && strlen(r->cells[g->number].text.text) > 4)
		row->label = r->cells[g->number].text.text;
	TRY(text_plain(g->x->arena, &row->plain, row->label, strlen(row->label)));
	TRY(text_plain(g->x->arena, &row->unit, unit, strlen(unit)));
	row->measure = label_measure(row->plain, unit, row->unit);
	row->total = label_total(row->plain);
	row->only_word = str_eq(row->plain, "trong đó");
	row->within = label_starts(row->plain, "trong đó") ||
	              (g->number >= 0 && str_starts(r->cells[g->number].text.text, "Trong đó"));
	for (size_t c = 0; c < g->n_columns; c++) {
		struct grid_cell *cell = &g->cells[(size_t)(row - g->rows) * g->n_columns + c];

		*cell = cell_of(&r->cells[c], is_rate(&g->columns[c]) ? "" : unit);
		if ((int)c != g->number && (int)c != g->label)
			row->any_figure |= cell->state == CELL_FIGURE;
	}
	return ERR_OK;
}

static enum err read_rows(struct grid *g)
{
	for (size_t r = 0; r < g->t->n_rows; r++) {
		if (is_index_row(g->t, &g->t->rows[r])) {
			if (g->n_rows ==
			    0) /* further down it repeats the first, or is of another table */
				take_indexes(g, &g->t->rows[r]);
			continue;
		}
		if (g->t->rows[r].kind == ROW_HEADER)
			continue;
		g->rows[g->n_rows] = (struct grid_row){ .at = r, .parent = -1 };
		TRY(read_row(g, &g->rows[g->n_rows]));
		g->n_rows++;
	}
	return ERR_OK;
}

/* How far a row without a number of its own stands below the numbered row before it. */
static int bullet_level(const struct grid_row *r)
{
	if (r->within)
		return 1;
	if (*r->label == '-' || str_starts(r->label, "–"))
		return 2;
	if (*r->label == '+' || *r->label == '*')
		return 3;
	return 0;
}

/* The numbering of the document gives the parents; bullets and "trong đó" hang below. */
static enum err find_parents(struct grid *g)
{
	int *grid_row_of, last[4] = { -1, -1, -1, -1 };

	TRY(arena_array(g->x->arena, &grid_row_of, g->t->n_rows + 1));
	for (size_t i = 0; i < g->n_rows; i++) {
		struct grid_row *r = &g->rows[i];
		const struct table_row *source = &g->t->rows[r->at];
		int level = bullet_level(r);

		grid_row_of[r->at] = (int)i;
		if (level > 0) {
			for (int above = level - 1; above >= 0 && r->parent < 0; above--)
				r->parent = last[above];
			if (r->parent >= 0 && g->rows[r->parent].within &&
			    !g->rows[r->parent].only_word)
				r->parent = g->rows[r->parent].parent;
		} else if (source->parent >= 0) {
			r->parent = grid_row_of[source->parent];
		}
		last[level] = (int)i;
		for (int below = level + 1; below < 4; below++)
			last[below] = -1;
	}
	return ERR_OK;
}

enum err grid_of(struct grid *out, struct audit *x, const struct table *t)
{
	struct grid g = { .x = x, .t = t, .n_columns = t->n_columns };

	g.number = table_column_of(t, COLUMN_NUMBER);
	g.unit = table_column_of(t, COLUMN_UNIT);
	g.label = label_column(t);
	TRY(arena_array(x->arena, &g.rows, t->n_rows + 1));
	TRY(arena_array(x->arena, &g.columns, t->n_columns + 1));
	TRY(arena_array(x->arena, &g.cells, (t->n_rows + 1) * t->n_columns));
	for (size_t c = 0; c < g.n_columns; c++)
		TRY(head_of_column(&g, c));
	TRY(read_rows(&g));
	sort_out_columns(&g);
	TRY(find_parents(&g));
	*out = g;
	return ERR_OK;
}
