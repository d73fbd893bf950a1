#include "app/audit/audit_table_rule.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

static struct number value(const struct grid *g, size_t row, size_t column)
{
	return grid_has(g, row, column) ? grid_at(g, row, column)->value : NUMBER_NONE;
}

size_t rule_parent(const struct grid *g, size_t row)
{
	return g->rows[row].parent < 0 ? SIZE_MAX : (size_t)g->rows[row].parent;
}

static struct number magnitude(struct number n)
{
	return !number_is_none(n) && n.digits < 0 ? number_sub(number_int(0), n) : n;
}

/* Blank parts beside filled ones are nothing: an answer that nobody gave. */
static struct number sum_of(const struct grid *g, const struct column_rule *rule, size_t row,
                            int *filled)
{
	struct number sum = number_int(0);

	*filled = 0;
	for (size_t i = 0; i < rule->n_parts; i++) {
		const struct grid_cell *c = grid_at(g, row, rule->parts[i]);

		if (grid_has(g, row, rule->parts[i])) {
			sum = number_add(sum, c->value);
			(*filled)++;
		} else if (c->state == CELL_FIGURE || c->state == CELL_WORDS) {
			return NUMBER_NONE;
		}
	}
	return *filled ? sum : NUMBER_NONE;
}

/* The row that the whole of a rate stands in; none: SIZE_MAX. */
static size_t whole_row(const struct grid *g, const struct column_rule *rule, size_t row)
{
	if (rule->op == RULE_SHARE)
		return rule->total;
	return rule->op == RULE_OF_PARENT ? rule_parent(g, row) : row;
}

static struct number product(const struct grid *g, const struct column_rule *rule, size_t row)
{
	enum { MOST_PLACES = 6 };
	struct number a = value(g, row, rule->a), b = value(g, row, rule->b), all = a;

	if (number_is_none(a) || number_is_none(b) || a.places + b.places > MOST_PLACES ||
	    __builtin_mul_overflow(a.digits, b.digits, &all.digits))
		return NUMBER_NONE;
	all.places += b.places;
	return all;
}

static enum rule_fit fit_product(const struct grid *g, const struct column_rule *rule,
                                 size_t row)
{
	struct number right = product(g, rule, row);

	if (number_is_none(right))
		return RULE_SKIP;
	if (!number_eq(right, value(g, row, rule->result)))
		return RULE_FAILS;
	return number_eq(right, number_int(0)) ? RULE_TRIVIAL : RULE_HOLDS;
}

/* Part and whole of a rate or of a growth. */
static void operands(struct number *part, struct number *whole, const struct grid *g,
                     const struct column_rule *rule, size_t row)
{
	int filled;

	*part = value(g, row, rule->a);
	if (rule->op == RULE_RATE_OF_SUM)
		*whole = sum_of(g, rule, row, &filled);
	else if (whole_row(g, rule, row) == SIZE_MAX)
		*whole = NUMBER_NONE;
	else
		*whole = value(g, whole_row(g, rule, row),
		               rule->op == RULE_SHARE || rule->op == RULE_OF_PARENT ? rule->a
		                                                                    : rule->b);
	if (rule->op == RULE_GROWTH || rule->op == RULE_DIFFERENCE)
		*part = magnitude(number_sub(*part, *whole));
}

/* What stands, such as staff, is not added over periods: its whole is one of its parts, or far
 * from their sum. */
static bool is_standing(const struct grid *g, const struct column_rule *rule, size_t row,
                        struct number sum)
{
	struct number total = value(g, row, rule->result), apart = number_int(0);

	for (size_t i = 0; i < rule->n_parts; i++)
		if (number_eq(total, value(g, row, rule->parts[i])))
			return true;
	for (int i = 0; i < 5; i++)
		apart = number_add(apart, magnitude(number_sub(sum, total)));
	return number_is_none(apart) || number_cmp(apart, total) > 0;
}

static enum rule_fit fit_sum(const struct grid *g, const struct column_rule *rule, size_t row)
{
	int filled;
	struct number sum = sum_of(g, rule, row, &filled);

	if (number_is_none(sum))
		return RULE_SKIP;
	if (!number_eq(sum, value(g, row, rule->result)))
		return rule->periods && is_standing(g, rule, row, sum) ? RULE_SKIP : RULE_FAILS;
	return filled > 1 && !number_eq(sum, number_int(0)) ? RULE_HOLDS : RULE_TRIVIAL;
}

static enum rule_fit fit_rate(struct number printed, struct number part, struct number whole)
{
	if (number_eq(whole, number_int(0)))
		return number_eq(printed, number_int(0)) ? RULE_SKIP : RULE_ZERO;
	switch (number_fits_percent(printed, part, whole)) {
	case NUMBER_FITS:
		return number_eq(part, number_int(0)) || number_eq(part, whole) ? RULE_TRIVIAL
		                                                                : RULE_HOLDS;
	case NUMBER_TRUNCATED:
		return RULE_CUT;
	case NUMBER_DIFFERS:
	case NUMBER_NO_RATE:
	default:
		return RULE_FAILS;
	}
}

enum rule_fit rule_fit(const struct grid *g, const struct column_rule *rule, size_t row)
{
	struct number printed = value(g, row, rule->result), part, whole;

	if (number_is_none(printed) || g->rows[row].measure == MEASURE_CODE)
		return RULE_SKIP;
	if (rule->op == RULE_SUM)
		return g->rows[row].measure == MEASURE_RATE ? RULE_SKIP : fit_sum(g, rule, row);
	if (rule->op == RULE_PRODUCT)
		return fit_product(g, rule, row);
	operands(&part, &whole, g, rule, row);
	if (number_is_none(part) || number_is_none(whole))
		return RULE_SKIP;
	if (rule->op != RULE_DIFFERENCE)
		return fit_rate(magnitude(printed), part, whole);
	if (!number_eq(magnitude(printed), part))
		return RULE_FAILS;
	return number_eq(part, number_int(0)) ? RULE_TRIVIAL : RULE_HOLDS;
}

/* Whether the result is a rate. */
static bool is_rounded(enum rule_op op)
{
	return op != RULE_SUM && op != RULE_DIFFERENCE && op != RULE_PRODUCT;
}

void rule_rounds(const struct grid *g, const struct column_rule *rule, size_t row)
{
	struct number printed = value(g, row, rule->result), part, whole;

	if (!is_rounded(rule->op) || number_is_none(printed))
		return;
	operands(&part, &whole, g, rule, row);
	grid_rounds(g, number_fits_percent(printed, part, whole), printed, part, whole);
}

void rule_vote(struct column_rule *rule, const struct grid *g)
{
	rule->holds = rule->fails = rule->trivial = 0;
	for (size_t row = 0; row < g->n_rows; row++) {
		enum rule_fit fit = rule_fit(g, rule, row);

		rule->holds += fit == RULE_HOLDS || fit == RULE_CUT;
		rule->trivial += fit == RULE_TRIVIAL;
		rule->fails += fit == RULE_FAILS;
	}
}

struct number rule_result(const struct grid *g, const struct column_rule *rule, size_t row,
                          int places)
{
	struct number part, whole;
	int filled;

	if (rule->op == RULE_SUM)
		return sum_of(g, rule, row, &filled);
	if (rule->op == RULE_PRODUCT)
		return product(g, rule, row);
	operands(&part, &whole, g, rule, row);
	return rule->op == RULE_DIFFERENCE ? part : number_percent(part, whole, places);
}

static void put_sum(struct str *s, const struct grid *g, const struct column_rule *rule,
                    size_t row)
{
	bool any = false;

	for (size_t i = 0; i < rule->n_parts; i++)
		if (grid_has(g, row, rule->parts[i])) {
			str_printf(s, "%s%s", any ? " + " : "",
			           grid_vn(g, value(g, row, rule->parts[i])));
			any = true;
		}
}

enum err rule_text(const char **out, const struct grid *g, const struct column_rule *rule,
                   size_t row)
{
	struct number printed = value(g, row, rule->result);
	struct number right =
	        rule_result(g, rule, row, number_is_none(printed) ? 2 : printed.places);
	const char *a = grid_vn(g, value(g, row, rule->a));
	const char *b = grid_vn(g, value(g, row, rule->b));
	struct str s;

	str_init(&s, g->x->arena, 4000);
	if (rule->op == RULE_SUM)
		put_sum(&s, g, rule, row);
	else if (rule->op == RULE_DIFFERENCE)
		str_printf(&s, "%s - %s", a, b);
	else if (rule->op == RULE_PRODUCT)
		str_printf(&s, "%s x %s", a, b);
	else if (rule->op == RULE_RATE)
		str_printf(&s, "%s / %s", a, b);
	else if (rule->op == RULE_SHARE || rule->op == RULE_OF_PARENT)
		str_printf(&s, "%s / %s", a,
		           grid_vn(g, value(g, whole_row(g, rule, row), rule->a)));
	else if (rule->op == RULE_GROWTH)
		str_printf(&s, "(%s - %s) / %s", a, b, b);
	if (rule->op == RULE_RATE_OF_SUM) {
		str_printf(&s, "%s / (", a);
		put_sum(&s, g, rule, row);
		str_put(&s, ")");
	}
	if (!number_is_none(right))
		str_printf(&s, " = %s%s", grid_vn(g, right), is_rounded(rule->op) ? "%" : "");
	return str_finish(&s, out);
}

/* ---- formulas that the table prints ---- */

static bool column_numbered(size_t *out, const struct grid *g, int index)
{
	for (size_t c = 0; c < g->n_columns; c++)
		if (g->columns[c].index == index && index > 0) {
			*out = c;
			return true;
		}
	return false;
}

/* The numbers of a formula with the sign before each: "=4+5", "=(5)/(4)*100%". */
struct terms {
	int numbers[GRID_MOST_COLUMNS];
	char signs[GRID_MOST_COLUMNS];
	size_t n;
};

static bool read_terms(struct terms *t, const char *text)
{
	char sign = '+';

	t->n = 0;
	for (; *text; text++) {
		if (isdigit((unsigned char)*text)) {
			int n = 0;

			for (; isdigit((unsigned char)*text) && n < 10000; text++)
				n = n * 10 + (*text - '0');
			text--;
			if (t->n == GRID_MOST_COLUMNS)
				return false;
			t->numbers[t->n] = n;
			t->signs[t->n++] = sign;
			sign = ' ';
		} else if (strchr("+-/*:x", *text)) {
			sign = *text;
			if (sign == ':')
				sign = '/';
		} else if (!strchr("=() []%", *text)) {
			return false;
		}
	}
	return t->n > 1;
}

bool rule_of_formula(struct column_rule *out, const struct grid *g, size_t column)
{
	struct column_rule r = { .result = column, .op = RULE_SUM };
	struct terms t;

	if (!g->columns[column].formula || !read_terms(&t, g->columns[column].formula))
		return false;
	if (t.n > 2 && t.numbers[t.n - 1] == 100 && strchr("*x", t.signs[t.n - 1]))
		t.n--;
	if (t.n == 2 && strchr("-/", t.signs[1])) {
		r.op = t.signs[1] == '/' ? RULE_RATE : RULE_DIFFERENCE;
		*out = r;
		return column_numbered(&out->a, g, t.numbers[0]) &&
		       column_numbered(&out->b, g, t.numbers[1]);
	}
	for (size_t i = 0; i < t.n; i++) {
		if (t.signs[i] != '+' ||
		    !column_numbered(&r.parts[r.n_parts++], g, t.numbers[i]))
			return false;
	}
	*out = r;
	return true;
}
