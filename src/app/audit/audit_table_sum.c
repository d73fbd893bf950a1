/* Totals over rows: a "Tổng số ..." and the rows that its number is the parent of, a "Tổng
 * cộng" row and the rows above it, "trong đó" rows and what they are of. */
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

enum sum_fit {
	SUM_SKIP,
	SUM_TRIVIAL, /* 0 = 0 + 0, or one part that is the whole: proves nothing */
	SUM_HOLDS,
	SUM_MORE, /* the parts exceed the total */
	SUM_LESS,
	SUM_BLANK /* the total is blank beside filled parts */
};

struct parts {
	size_t total;
	size_t *rows, n;
	size_t n_all; /* with those after n, which are parts but do not add: "trong đó: nữ" */
	enum parts_kind kind;
	int holds, fails; /* over the columns */
};

struct sums {
	const struct grid *g;
	size_t *scratch[3]; /* room for the rows of three sets */
	bool *has_child;
	size_t last_total; /* the last "Tổng cộng" */
	int holds, fails;  /* of totals with children, over the whole table */
};

/* ---- one total in one column ---- */

static struct number add_up(const struct grid *g, const struct parts *p, size_t column,
                            int *filled)
{
	struct number sum = number_int(0);

	*filled = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (grid_has(g, p->rows[i], column)) {
			sum = number_add(sum, grid_at(g, p->rows[i], column)->value);
			(*filled)++;
		} else if (grid_at(g, p->rows[i], column)->state == CELL_FIGURE) {
			return NUMBER_NONE; /* an estimate */
		}
	}
	return sum;
}

static bool is_summed(const struct grid *g, size_t column)
{
	return g->columns[column].kind == GRID_AMOUNT || g->columns[column].kind == GRID_CHANGE;
}

static enum sum_fit fit_of(const struct grid *g, const struct parts *p, size_t column)
{
	const struct grid_cell *total = grid_at(g, p->total, column);
	int filled, order;
	struct number sum = add_up(g, p, column, &filled);

	if (!is_summed(g, column) || filled == 0 || number_is_none(sum))
		return SUM_SKIP;
	if (total->state == CELL_EMPTY)
		return SUM_BLANK;
	if (!grid_has(g, p->total, column))
		return SUM_SKIP;
	order = number_cmp(sum, total->value);
	if (order == 0)
		return filled > 1 && !number_eq(sum, number_int(0)) ? SUM_HOLDS : SUM_TRIVIAL;
	if (order < 0 && (size_t)filled < p->n)
		return SUM_SKIP; /* what is missing may stand in the blank parts */
	return order > 0 ? SUM_MORE : SUM_LESS;
}

/* A column of differences follows from two others: it says nothing of its own. */
static void vote(struct parts *p, const struct grid *g)
{
	p->holds = p->fails = 0;
	for (size_t c = 0; c < g->n_columns; c++) {
		if (g->columns[c].kind == GRID_CHANGE)
			continue;
		enum sum_fit fit = fit_of(g, p, c);

		p->holds += fit == SUM_HOLDS;
		p->fails += fit == SUM_MORE || fit == SUM_LESS;
	}
}

/* ---- telling ---- */

static enum err addends(const char **out, const struct grid *g, const struct parts *p,
                        size_t column)
{
	enum { SHOWN = 12 };
	struct str s;
	int filled, shown = 0;
	struct number sum = add_up(g, p, column, &filled);

	str_init(&s, g->x->arena, 4000);
	for (size_t i = 0; i < p->n && shown <= SHOWN; i++) {
		if (!grid_has(g, p->rows[i], column))
			continue;
		if (shown++ == SHOWN)
			str_put(&s, " + ...");
		else
			str_printf(&s, "%s%s", shown > 1 ? " + " : "",
			           grid_vn(g, grid_at(g, p->rows[i], column)->value));
	}
	str_printf(&s, " = %s", grid_vn(g, sum));
	return str_finish(&s, out);
}

/* "6.3.1 = 6.1.2 + 6.2.2", by the printed numbers. */
static enum err relation_of(const char **out, const struct grid *g, const struct parts *p)
{
	struct str s;

	str_init(&s, g->x->arena, 4000);
	str_printf(&s, "%s =", g->t->rows[g->rows[p->total].at].number);
	for (size_t i = 0; i < p->n && i < GRID_MOST_LINES; i++)
		str_printf(&s, "%s %s", i ? " +" : "",
		           g->t->rows[g->rows[p->rows[i]].at].number);
	if (p->n > GRID_MOST_LINES)
		str_put(&s, " + ...");
	return str_finish(&s, out);
}

static enum err tell(const struct grid *g, const struct parts *p, size_t column,
                     enum audit_kind kind, enum audit_verdict verdict)
{
	const char *name, *relation, *computed, *stated = "";
	bool blank = kind == AUDIT_MISSING_VALUE;
	int filled, named = 0;
	struct audit_draft d;

	audit_begin(&d, g->x, kind, verdict);
	grid_place(&d, g, p->total, column);
	for (size_t i = 0; i < p->n && named < GRID_MOST_LINES - 1; i++)
		if (grid_has(g, p->rows[i], column)) {
			grid_place(&d, g, p->rows[i], column);
			named++;
		}
	TRY(grid_name(&name, g, p->total));
	TRY(relation_of(&relation, g, p));
	TRY(addends(&computed, g, p, column));
	if (!blank)
		stated = grid_vn(g, grid_at(g, p->total, column)->value);
	audit_say(&d, relation, stated, computed);
	if (verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	if (blank) {
		audit_correct(&d, grid_vn(g, add_up(g, p, column, &filled)));
		return audit_end(&d, MSG_AUDIT_TABLE_NO_TOTAL, name, computed);
	}
	return audit_end(&d, MSG_AUDIT_TABLE_SUM, name, stated, computed);
}

/* ---- how sure ---- */

/* A slip leaves the sum near the total; parts that were never meant to add do not. */
static bool is_near(const struct grid *g, const struct parts *p, size_t column)
{
	int filled;
	struct number sum = add_up(g, p, column, &filled);
	struct number total = grid_at(g, p->total, column)->value;
	struct number more = number_cmp(sum, total) > 0 ? sum : total;
	struct number less = number_cmp(sum, total) > 0 ? total : sum;
	struct number five = number_int(0);

	for (int i = 0; i < 5; i++)
		five = number_add(five, number_sub(more, less));
	return !number_is_none(five) && number_cmp(five, more) <= 0;
}

/* What the other totals of the table show of one that says "Tổng số", or of one that does not.
 */
static enum audit_verdict by_pattern(const struct sums *s, enum total_word word, bool near)
{
	bool shown = s->holds > 1 && s->holds > s->fails;

	if (word == TOTAL_OF && shown)
		return near ? AUDIT_FAIL : AUDIT_SUSPECT;
	if (word == TOTAL_OF)
		return near ? AUDIT_SUSPECT : AUDIT_HOLDS;
	return near && s->holds > 2 && s->holds > 3 * s->fails ? AUDIT_SUSPECT : AUDIT_HOLDS;
}

static enum audit_verdict verdict_of(const struct sums *s, const struct parts *p,
                                     enum sum_fit fit, size_t column)
{
	enum total_word word = s->g->rows[p->total].total;

	if (p->kind == PARTS_OVERLAP || (fit != SUM_MORE && fit != SUM_LESS))
		return AUDIT_HOLDS;
	if (s->g->columns[column].kind == GRID_CHANGE && p->fails > 0)
		return AUDIT_HOLDS; /* told of the column that it follows from */
	if (p->holds > 0 && p->holds >= p->fails)
		return AUDIT_FAIL;
	if (p->kind == PARTS_ALL || (p->kind == PARTS_KINDS && fit == SUM_MORE))
		return AUDIT_FAIL;
	if (word == TOTAL_ALL)
		return p->fails == 1 ? AUDIT_FAIL : AUDIT_HOLDS;
	return by_pattern(s, word, is_near(s->g, p, column));
}

/* ---- part <= whole ---- */

static bool is_part(const struct grid *g, size_t part, size_t whole)
{
	const struct grid_row *p = &g->rows[part], *w = &g->rows[whole];

	return p->within || w->total == TOTAL_OF || label_shared(p->plain, w->plain) >= 85;
}

static enum err check_parts(const struct grid *g, const struct parts *p, size_t column)
{
	for (size_t i = 0; i < p->n_all; i++) {
		const struct grid_cell *part = grid_at(g, p->rows[i], column);
		const struct grid_cell *whole = grid_at(g, p->total, column);
		const char *name, *of, *stated = grid_vn(g, part->value);
		struct audit_draft d;

		if (!grid_has(g, p->rows[i], column) || !grid_has(g, p->total, column) ||
		    !is_part(g, p->rows[i], p->total))
			continue;
		bool holds = number_cmp(part->value, whole->value) <= 0;

		audit_begin(&d, g->x, AUDIT_SUBSET, holds ? AUDIT_HOLDS : AUDIT_FAIL);
		grid_place(&d, g, p->rows[i], column);
		grid_place(&d, g, p->total, column);
		TRY(grid_name(&name, g, p->rows[i]));
		TRY(grid_name(&of, g, p->total));
		audit_say(&d, name, stated, grid_vn(g, whole->value));
		TRY(holds ? audit_end_holds(&d)
		          : audit_end(&d, MSG_AUDIT_TABLE_PART, name, stated,
		                      grid_vn(g, whole->value), of));
	}
	return ERR_OK;
}

/* ---- sets of parts ---- */

static bool can_add(const struct grid *g, size_t part, size_t total)
{
	const struct grid_row *p = &g->rows[part], *t = &g->rows[total];

	return p->measure != MEASURE_RATE && p->measure != MEASURE_CODE && !p->only_word &&
	       (!*p->unit || !*t->unit || str_eq(p->unit, t->unit));
}

static enum err sort_parts(struct parts *p, const struct grid *g)
{
	const char **plain;

	TRY(arena_array(g->x->arena, &plain, p->n + 1));
	for (size_t i = 0; i < p->n; i++)
		plain[i] = g->rows[p->rows[i]].plain;
	p->kind = labels_parts(plain, p->n);
	vote(p, g);
	return ERR_OK;
}

/* "Trong đó: nữ" beside "Cán bộ", "Công chức": the others may add up, this one is only a part.
 */
static enum err set_apart(struct parts *p, const struct grid *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n; i++) {
		size_t row = p->rows[i];

		if (g->rows[row].within)
			continue;
		memmove(&p->rows[kept + 1], &p->rows[kept], (i - kept) * sizeof(*p->rows));
		p->rows[kept++] = row;
	}
	if (kept == p->n)
		return ERR_OK;
	p->n = kept;
	return sort_parts(p, g);
}

/* The rows that the total is the parent of; those of another unit show that it is no sum. */
static enum err children_of(struct parts *p, const struct sums *s, size_t total)
{
	const struct grid *g = s->g;

	*p = (struct parts){ .total = total, .rows = s->scratch[0] };
	for (size_t i = total + 1; i < g->n_rows && g->rows[i].parent >= (int)total; i++) {
		int parent = g->rows[i].parent;

		if (parent > (int)total && g->rows[parent].only_word)
			parent = g->rows[parent].parent;
		if (parent != (int)total || g->rows[i].only_word)
			continue;
		if (can_add(g, i, total))
			p->rows[p->n++] = i;
		else if (g->rows[i].measure != MEASURE_RATE)
			p->kind = PARTS_OVERLAP;
	}
	bool mixed = p->kind == PARTS_OVERLAP;

	p->n_all = p->n;
	TRY(sort_parts(p, g));
	if (p->kind == PARTS_OVERLAP || p->kind == PARTS_UNKNOWN)
		TRY(set_apart(p, g));
	if (mixed)
		p->kind = PARTS_OVERLAP;
	return ERR_OK;
}

enum which { TOP_ROWS, LEAVES, SUBTOTALS, SETS };

static bool is_in(const struct sums *s, size_t row, enum which which)
{
	const struct grid_row *r = &s->g->rows[row];

	if (which == SUBTOTALS)
		return r->total == TOTAL_ALL;
	if (r->total == TOTAL_ALL || !r->any_figure)
		return false;
	return which == TOP_ROWS ? r->parent < 0 : !s->has_child[row];
}

/* The rows from the last "Tổng cộng" to this one; when it stands first, those below it. */
static enum err column_of(struct parts *p, const struct sums *s, size_t total, enum which which)
{
	const struct grid *g = s->g;
	size_t from = total, to = total;

	*p = (struct parts){ .total = total, .rows = s->scratch[which] };
	while (from > 0 && (which == SUBTOTALS || g->rows[from - 1].total != TOTAL_ALL))
		from--;
	if (from == to) {
		from = to = total + 1;
		while (to < g->n_rows && g->rows[to].total != TOTAL_ALL)
			to++;
	}
	for (size_t i = from; i < to; i++)
		if (is_in(s, i, which) && can_add(g, i, total))
			p->rows[p->n++] = i;
	return sort_parts(p, g);
}

/* ---- the table ---- */

/* Beside unit prices, quantities are of unlike things: only what they cost is added. */
static bool is_unadded(const struct grid *g, size_t column)
{
	bool prices = false;

	for (size_t c = 0; c < g->n_columns; c++)
		prices |= text_says(g->columns[c].plain, "đơn giá") ||
		          text_says(g->columns[c].plain, "mức chi");
	return prices && !text_says(g->columns[column].plain, "thành tiền");
}

static enum err check_blank(const struct grid *g, const struct parts *p, size_t column)
{
	enum total_word word = g->rows[p->total].total;

	if (word == TOTAL_NONE || p->kind == PARTS_OVERLAP || is_unadded(g, column))
		return ERR_OK;
	return tell(g, p, column, AUDIT_MISSING_VALUE,
	            word == TOTAL_OF || !g->rows[p->total].any_figure ? AUDIT_FAIL
	                                                              : AUDIT_SUSPECT);
}

static enum err check_set(const struct sums *s, const struct parts *p)
{
	const struct grid *g = s->g;
	bool told_blank = false;

	for (size_t c = 0; c < g->n_columns; c++) {
		enum sum_fit fit = p->n > 1 ? fit_of(g, p, c) : SUM_SKIP;
		enum audit_verdict verdict = verdict_of(s, p, fit, c);

		if (verdict != AUDIT_HOLDS) {
			TRY(tell(g, p, c, AUDIT_SUM, verdict));
			continue;
		}
		if (fit == SUM_HOLDS || fit == SUM_TRIVIAL)
			TRY(tell(g, p, c, AUDIT_SUM, AUDIT_HOLDS));
		if (fit == SUM_BLANK && !told_blank)
			TRY(check_blank(g, p, c));
		told_blank |= fit == SUM_BLANK;
		if (is_summed(g, c) && g->rows[p->total].total != TOTAL_ALL)
			TRY(check_parts(g, p, c));
	}
	return ERR_OK;
}

/* Which rows a "Tổng cộng" adds is not written: what holds in most columns was meant. */
static enum err check_column_total(const struct sums *s, size_t total)
{
	struct parts sets[SETS];
	size_t best = SETS;

	for (enum which w = 0; w < SETS; w++) {
		if (w == SUBTOTALS && total != s->last_total)
			continue;
		TRY(column_of(&sets[w], s, total, w));
		if (sets[w].n < 2)
			continue;
		if (best == SETS ||
		    sets[w].holds - sets[w].fails > sets[best].holds - sets[best].fails)
			best = w;
	}
	return best < SETS ? check_set(s, &sets[best]) : ERR_OK;
}

static enum err count_pattern(struct sums *s)
{
	for (size_t row = 0; row < s->g->n_rows; row++) {
		struct parts p;

		if (!s->has_child[row] || s->g->rows[row].measure == MEASURE_RATE)
			continue;
		TRY(children_of(&p, s, row));
		if (p.n > 1 && p.kind != PARTS_OVERLAP) {
			s->holds += p.holds;
			s->fails += p.fails;
		}
	}
	return ERR_OK;
}

enum err table_check_sums(const struct grid *g)
{
	struct sums s = { .g = g };

	for (int i = 0; i < 3; i++)
		TRY(arena_array(g->x->arena, &s.scratch[i], g->n_rows + 1));
	TRY(arena_array(g->x->arena, &s.has_child, g->n_rows + 1));
	for (size_t row = 0; row < g->n_rows; row++) {
		if (g->rows[row].parent >= 0 && g->rows[row].any_figure)
			s.has_child[g->rows[row].parent] = true;
		if (g->rows[row].total == TOTAL_ALL)
			s.last_total = row;
	}
	TRY(count_pattern(&s));
	for (size_t row = 0; row < g->n_rows; row++) {
		const struct grid_row *r = &g->rows[row];
		struct parts p;

		if (r->claimed || r->measure == MEASURE_RATE || r->measure == MEASURE_CODE)
			continue;
		if (s.has_child[row]) {
			TRY(children_of(&p, &s, row));
			TRY(check_set(&s, &p));
		} else if (r->total == TOTAL_ALL) {
			TRY(check_column_total(&s, row));
		}
	}
	return ERR_OK;
}
