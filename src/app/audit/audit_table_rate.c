/* A rate in a row of its own and the two rows that it is made of: "3.3 Tỷ lệ ... giải quyết
 * đúng hạn", "3.3.1 Tổng số ...", "3.3.2 Số ... đúng hạn". */
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

enum { MOST_OPERANDS = 6, FARTHEST = 40 };

struct operands {
	size_t rows[MOST_OPERANDS], n;
	size_t part, whole;
	bool below; /* they hang below the rate: nothing else can be meant */
};

static const char *number_of(const struct grid *g, size_t row)
{
	return g->t->rows[g->rows[row].at].number;
}

static bool may_be_operand(const struct grid *g, size_t row)
{
	const struct grid_row *r = &g->rows[row];

	return r->measure != MEASURE_RATE && r->measure != MEASURE_CODE && *r->plain;
}

/* The children of the rate; rates among them are those of its parts, so it has no operands. */
static void find_children(struct operands *o, const struct grid *g, size_t rate)
{
	for (size_t i = rate + 1; i < g->n_rows && i < rate + FARTHEST; i++) {
		const struct grid_row *r = &g->rows[i];

		if (r->parent < (int)rate && (r->parent >= 0 || *number_of(g, i)))
			return;
		if (r->parent != (int)rate || o->n == MOST_OPERANDS)
			continue;
		if (!may_be_operand(g, i)) {
			o->n = MOST_OPERANDS;
			return;
		}
		o->rows[o->n++] = i;
	}
}

/* ...; else the rows without a number right below it. */
static void find_below(struct operands *o, const struct grid *g, size_t rate)
{
	*o = (struct operands){ .below = true };
	find_children(o, g, rate);
	if (o->n > 0)
		return;
	for (size_t i = rate + 1; i < g->n_rows && o->n < 3; i++) {
		if (*number_of(g, i) || g->rows[i].parent >= 0 || !may_be_operand(g, i))
			break;
		o->rows[o->n++] = i;
	}
}

/* Its two neighbours in the same list, above or below it. */
static void find_beside(struct operands *o, const struct grid *g, size_t rate, int step)
{
	*o = (struct operands){ .n = 0 };
	for (int i = (int)rate + step; i >= 0 && i < (int)g->n_rows && o->n < 2; i += step) {
		if (g->rows[i].parent != g->rows[rate].parent || !may_be_operand(g, (size_t)i))
			return;
		o->rows[o->n++] = (size_t)i;
	}
}

/* By words: the whole says "tổng số", "được giao"; the part has the words of the rate. */
static bool choose(struct operands *o, const struct grid *g, size_t rate)
{
	const char *label = g->rows[rate].plain;
	int best = -1;

	if (o->n < 2 || o->n >= MOST_OPERANDS)
		return false;
	o->whole = o->rows[0];
	for (size_t i = 1; i < o->n; i++)
		if (label_whole(g->rows[o->rows[i]].plain) >
		    label_whole(g->rows[o->whole].plain))
			o->whole = o->rows[i];
	for (size_t i = 0; i < o->n; i++) {
		int shared = label_shared(g->rows[o->rows[i]].plain, label);

		if (o->rows[i] != o->whole && shared > best) {
			best = shared;
			o->part = o->rows[i];
		}
	}
	return str_eq(g->rows[o->part].unit, g->rows[o->whole].unit);
}

/* Neighbours are operands only where their words say so. */
static bool is_sure(const struct operands *o, const struct grid *g, size_t rate)
{
	const char *part = g->rows[o->part].plain, *whole = g->rows[o->whole].plain;

	return label_whole(whole) > label_whole(part) + 1 &&
	       label_shared(part, g->rows[rate].plain) >= 70 && label_shared(whole, part) >= 40;
}

static bool fits(const struct grid *g, struct number rate, size_t part, size_t whole,
                 size_t column)
{
	if (!grid_has(g, part, column) || !grid_has(g, whole, column))
		return false;
	return number_fits_percent(rate, grid_at(g, part, column)->value,
	                           grid_at(g, whole, column)->value) == NUMBER_FITS;
}

/* Some other pair of the rows makes this rate: the words were misread, not the figures. */
static bool fits_otherwise(const struct operands *o, const struct grid *g, struct number rate,
                           size_t column)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t j = 0; j < o->n; j++)
			if (i != j && fits(g, rate, o->rows[i], o->rows[j], column))
				return true;
	return false;
}

struct rate {
	size_t row, column;
	enum audit_kind kind;
	enum audit_verdict verdict;
	enum msg say;
};

static enum err tell(const struct grid *g, const struct operands *o, const struct rate *rate)
{
	const struct grid_cell *part = grid_at(g, o->part, rate->column);
	const struct grid_cell *whole = grid_at(g, o->whole, rate->column);
	const struct grid_cell *cell = grid_at(g, rate->row, rate->column);
	int places = cell->state == CELL_FIGURE ? cell->value.places : 2;
	struct number right = number_percent(part->value, whole->value, places);
	const char *name, *relation, *stated = "", *computed;
	struct audit_draft d;

	if (g->habit->counting)
		return ERR_OK;
	audit_begin(&d, g->x, rate->kind, rate->verdict);
	grid_place(&d, g, rate->row, rate->column);
	grid_place(&d, g, o->part, rate->column);
	grid_place(&d, g, o->whole, rate->column);
	TRY(grid_name(&name, g, rate->row));
	if (cell->state == CELL_FIGURE)
		TRY(arena_printf(g->x->arena, &stated, "%s%%", grid_vn(g, cell->value)));
	TRY(arena_printf(g->x->arena, &computed, "%s / %s%s%s%s", grid_vn(g, part->value),
	                 grid_vn(g, whole->value), number_is_none(right) ? "" : " = ",
	                 grid_vn(g, right), number_is_none(right) ? "" : "%"));
	TRY(arena_printf(g->x->arena, &relation, "%s = %s / %s", number_of(g, rate->row),
	                 number_of(g, o->part), number_of(g, o->whole)));
	audit_say(&d, relation, stated, computed);
	if (rate->verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	if (!number_is_none(right) && rate->kind != AUDIT_SUBSET)
		audit_correct(&d, grid_vn(g, right));
	if (rate->say == MSG_AUDIT_TABLE_NO_RATE)
		return audit_end(&d, rate->say, name, computed);
	return audit_end(&d, rate->say, name, stated, computed);
}

/* A rate of at most 100 % of more than everything; what came over from before may do that. */
static void exceed(const struct grid *g, const struct operands *o, struct rate *rate)
{
	rate->kind = AUDIT_SUBSET;
	rate->verdict = label_is_flow(g->rows[o->part].plain, g->rows[o->whole].plain)
	                        ? AUDIT_SUSPECT
	                        : AUDIT_FAIL;
	rate->say = MSG_AUDIT_TABLE_RATE;
}

static enum err judge_stated(const struct grid *g, const struct operands *o, struct rate *rate)
{
	struct number stated = grid_at(g, rate->row, rate->column)->value;
	struct number part = grid_at(g, o->part, rate->column)->value;
	struct number whole = grid_at(g, o->whole, rate->column)->value;

	if (number_eq(whole, number_int(0))) {
		rate->kind = AUDIT_ZERO_DENOMINATOR;
		rate->verdict = number_eq(stated, number_int(0)) ? AUDIT_SUSPECT : AUDIT_FAIL;
		rate->say = MSG_AUDIT_TABLE_ZERO;
		return tell(g, o, rate);
	}
	rate->kind = AUDIT_RATIO;
	rate->say = MSG_AUDIT_TABLE_RATE;
	enum number_fit fit = number_fits_percent(stated, part, whole);

	grid_rounds(g, fit, stated, part, whole);
	switch (fit) {
	case NUMBER_FITS:
		rate->verdict = AUDIT_HOLDS;
		break;
	case NUMBER_TRUNCATED:
		rate->verdict = grid_cut_matters(g) ? AUDIT_SUSPECT : AUDIT_HOLDS;
		rate->say = MSG_AUDIT_TABLE_CUT;
		break;
	case NUMBER_DIFFERS:
		rate->verdict =
		        fits_otherwise(o, g, stated, rate->column) ? AUDIT_HOLDS : AUDIT_FAIL;
		break;
	case NUMBER_NO_RATE:
	default:
		return ERR_OK;
	}
	if (number_cmp(part, whole) > 0 && number_cmp(stated, number_int(100)) <= 0 &&
	    !fits_otherwise(o, g, stated, rate->column))
		exceed(g, o, rate);
	return tell(g, o, rate);
}

static enum err judge(const struct grid *g, const struct operands *o, size_t row, size_t column)
{
	struct rate rate = { .row = row, .column = column };
	enum cell_state state = grid_at(g, row, column)->state;

	if (!grid_has(g, o->part, column) || !grid_has(g, o->whole, column))
		return ERR_OK;
	if (state == CELL_FIGURE && grid_at(g, row, column)->exact)
		return judge_stated(g, o, &rate);
	if ((state != CELL_EMPTY && state != CELL_DASH) ||
	    number_eq(grid_at(g, o->whole, column)->value, number_int(0)))
		return ERR_OK;
	if (number_eq(grid_at(g, o->part, column)->value, number_int(0)) || !o->below)
		return ERR_OK;
	rate.kind = AUDIT_MISSING_VALUE;
	rate.verdict = AUDIT_SUSPECT;
	rate.say = MSG_AUDIT_TABLE_NO_RATE;
	return tell(g, o, &rate);
}

static bool find(struct operands *o, const struct grid *g, size_t row)
{
	find_below(o, g, row);
	if (choose(o, g, row))
		return true;
	for (int step = -1; step <= 1; step += 2) {
		find_beside(o, g, row, step);
		if (choose(o, g, row) && is_sure(o, g, row))
			return true;
	}
	return false;
}

enum err table_check_rates(const struct grid *g)
{
	struct operands o;

	for (size_t row = 0; row < g->n_rows; row++) {
		if (g->rows[row].measure != MEASURE_RATE || g->rows[row].claimed ||
		    !find(&o, g, row))
			continue;
		for (size_t c = 0; c < g->n_columns; c++)
			if (g->columns[c].kind == GRID_AMOUNT)
				TRY(judge(g, &o, row, c));
	}
	return ERR_OK;
}
