/* Parts and wholes that no total says: a row whose label restricts the label of a row above it,
 * and the questions of a survey, which were all put to the same people. */
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

enum { NEAR_ROWS = 3 };

/* ---- a label and its restriction ---- */

static enum err tell_part(const struct grid *g, size_t part, size_t whole, size_t column)
{
	struct number value = grid_at(g, part, column)->value;
	struct number of = grid_at(g, whole, column)->value;
	bool holds = number_cmp(value, of) <= 0;
	const char *name, *of_name;
	struct audit_draft d;

	audit_begin(&d, g->x, AUDIT_SUBSET, holds ? AUDIT_HOLDS : AUDIT_FAIL);
	grid_place(&d, g, part, column);
	grid_place(&d, g, whole, column);
	TRY(grid_name(&name, g, part));
	TRY(grid_name(&of_name, g, whole));
	audit_say(&d, name, grid_vn(g, value), grid_vn(g, of));
	if (holds)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_TABLE_PART, name, grid_vn(g, value), grid_vn(g, of),
	                 of_name);
}

/* The same list, the same unit, both counts. */
static bool are_siblings(const struct grid *g, size_t a, size_t b)
{
	const struct grid_row *x = &g->rows[a], *y = &g->rows[b];

	return x->parent == y->parent && x->measure == y->measure &&
	       (x->measure == MEASURE_COUNT || x->measure == MEASURE_NONE) &&
	       str_eq(x->unit, y->unit) && !x->claimed && !y->claimed;
}

enum err table_check_parts(const struct grid *g)
{
	for (size_t part = 1; part < g->n_rows; part++)
		for (size_t back = 1; back <= NEAR_ROWS && back <= part; back++) {
			size_t whole = part - back;

			if (!are_siblings(g, part, whole) ||
			    !label_restricts(g->rows[part].plain, g->rows[whole].plain))
				continue;
			for (size_t c = 0; c < g->n_columns; c++)
				if (g->columns[c].kind == GRID_AMOUNT && grid_has(g, part, c) &&
				    grid_has(g, whole, c))
					TRY(tell_part(g, part, whole, c));
			break;
		}
	return ERR_OK;
}

/* ---- surveys ---- */

struct answers {
	size_t columns[GRID_MOST_COLUMNS], n;
};

/* Columns that are the answers: their headers are kinds of one thing. */
static bool find_answers(struct answers *a, const struct grid *g)
{
	const char *plain[GRID_MOST_COLUMNS];

	a->n = 0;
	for (size_t c = 0; c < g->n_columns && g->n_columns <= GRID_MOST_COLUMNS; c++)
		if (g->columns[c].kind == GRID_AMOUNT) {
			plain[a->n] = g->columns[c].plain;
			a->columns[a->n++] = c;
		}
	return a->n > 1 && labels_are_answers(plain, a->n);
}

/* Everybody who answered the question of this row; none when a figure is no plain count. */
static struct number answered(const struct grid *g, const struct answers *a, size_t row)
{
	struct number sum = number_int(0);

	if (g->rows[row].parent >= 0 || g->rows[row].total != TOTAL_NONE)
		return NUMBER_NONE;
	for (size_t i = 0; i < a->n; i++) {
		const struct grid_cell *c = grid_at(g, row, a->columns[i]);

		if (grid_has(g, row, a->columns[i]))
			sum = number_add(sum, c->value);
		else if (c->state == CELL_WORDS || c->state == CELL_FIGURE)
			return NUMBER_NONE;
	}
	return sum;
}

/* The number of people that most questions agree on; at least three of four rows. */
static struct number usual(const struct grid *g, const struct answers *a, size_t *agreed)
{
	struct number best = NUMBER_NONE;
	size_t rows = 0;

	*agreed = 0;
	for (size_t row = 0; row < g->n_rows && row < 200; row++) {
		struct number n = answered(g, a, row);
		size_t same = 0;

		if (number_is_none(n))
			continue;
		rows++;
		for (size_t other = 0; other < g->n_rows; other++)
			same += number_eq(n, answered(g, a, other));
		if (same > *agreed) {
			*agreed = same;
			best = n;
		}
	}
	return *agreed >= 2 && *agreed * 3 >= rows * 2 ? best : NUMBER_NONE;
}

/* The text says so many: "thu về 160 phiếu". */
static bool is_in_text(const struct audit *x, struct number n, struct audit_draft *d)
{
	for (size_t b = 0; b < x->document->n_blocks; b++) {
		const struct joined *text = &x->document->blocks[b].text;

		for (size_t i = 0; i < text->reading.n_figures; i++) {
			const struct figure *f = &text->reading.figures[i];

			if (!number_eq(f->value, n) || f->noun == f->noun_end ||
			    strncmp(text->text + f->noun, "phiếu", strlen("phiếu")) != 0)
				continue;
			audit_at(d, text, f->start, f->end, true);
			return true;
		}
	}
	return false;
}

static enum err tell_answered(const struct grid *g, const struct answers *a, size_t row,
                              struct number everybody)
{
	struct number sum = answered(g, a, row);
	bool holds = number_eq(sum, everybody);
	struct audit_draft d;
	const char *name, *stated;
	struct str s;

	TRY(grid_name(&name, g, row));
	str_init(&s, g->x->arena, 2000);
	for (size_t i = 0; i < a->n; i++)
		if (grid_has(g, row, a->columns[i]))
			str_printf(&s, "%s%s", s.len ? " + " : "",
			           grid_vn(g, grid_at(g, row, a->columns[i])->value));
	str_printf(&s, " = %s", grid_vn(g, sum));
	TRY(str_finish(&s, &stated));
	audit_begin(&d, g->x, AUDIT_SUM, holds ? AUDIT_HOLDS : AUDIT_SUSPECT);
	audit_at_row(&d, g->t, g->rows[row].at, true);
	audit_say(&d, name, stated, grid_vn(g, everybody));
	if (holds)
		return audit_end_holds(&d);
	if (is_in_text(g->x, everybody, &d))
		d.finding.verdict = AUDIT_FAIL;
	return audit_end(&d, MSG_AUDIT_TABLE_ANSWERED, name, stated, grid_vn(g, everybody));
}

enum err table_check_survey(const struct grid *g)
{
	struct number everybody;
	struct answers a;
	size_t agreed;

	if (!find_answers(&a, g))
		return ERR_OK;
	everybody = usual(g, &a, &agreed);
	for (size_t row = 0; !number_is_none(everybody) && row < g->n_rows; row++) {
		struct number n = answered(g, &a, row);

		if (!number_is_none(n) && !number_eq(n, number_int(0)))
			TRY(tell_answered(g, &a, row, everybody));
	}
	return ERR_OK;
}
