/* rollup.c - children are read one after another, each sheet from its first row to its last:
 * what they give is added up in one small sum for each row. */
#include "app/rollup/rollup.h"

#include <stdlib.h>

#include "app/rollup/rollup_share.h"

struct sum {
	calc_wide value, numerator, denominator;
	size_t owed, given, unlisted, known; /* known: parts that went in, the own one too */
	bool incomplete, own_blank;
	unsigned char *marks; /* one for each code that is in a list */
};

struct making {
	const struct rollup_input *input;
	struct arena *arena;
	const struct rollup_plan *plan;
	struct sum *sums;
	struct rollup_figure *figures;
	const struct rollup_code **codes; /* all of them, sorted */
	size_t n_codes;
};

static const char *const how_words[] = {
	"", "sum", "recomputed", "own", "distinct", "counted"
};

const char *rollup_how_word(enum rollup_how how)
{
	return how_words[how];
}

const char *rollup_how_name(enum rollup_how how)
{
	static const enum form_rollup names[] = { FORM_ROLLUP_NONE, FORM_SUM,
		                                  FORM_RECOMPUTE,   FORM_OWN,
		                                  FORM_CATALOGUE,   FORM_COUNT_UNITS };

	return form_rollup_name(names[how]);
}

/* ---- adding up ---- */

static void add_dec(calc_wide *sum, dec_t d)
{
	if (!dec_is_none(d))
		*sum += d.micro;
}

static dec_t narrow(calc_wide sum)
{
	return sum > INT64_MAX || sum <= INT64_MIN ? DEC_NONE : (dec_t){ (int64_t)sum };
}

static enum err mark(struct making *m, struct sum *sum, const struct rollup_cell *cell)
{
	if (cell->n_codes == 0)
		return ERR_OK;
	if (!sum->marks)
		TRY(arena_array(m->arena, &sum->marks, m->n_codes));
	for (size_t i = 0; i < cell->n_codes; i++)
		sum->marks[cell->codes[i]->number] = 1;
	return ERR_OK;
}

static enum err add_share(struct making *m, const struct form_row *row,
                          const struct rollup_share *share, const struct rollup_cell *cells)
{
	struct sum *sum = &m->sums[row->at];

	sum->incomplete |= share->giving != ROLLUP_GAVE || share->incomplete;
	sum->unlisted += share->giving == ROLLUP_NO_LIST;
	sum->known += share->giving == ROLLUP_GAVE;
	add_dec(&sum->numerator, share->numerator);
	add_dec(&sum->denominator, share->denominator);
	if (share->giving != ROLLUP_GAVE)
		return ERR_OK;
	if (m->plan[row->at].rule == RULE_DISTINCT)
		return mark(m, sum, &cells[row->at]);
	add_dec(&sum->value, share->value);
	return ERR_OK;
}

static enum err add_child(struct making *m, const struct rollup_child *child)
{
	for (size_t i = 0; i < m->input->set->n_rows; i++) {
		const struct form_row *row = &m->input->set->rows[i];

		if (m->plan[i].rule == RULE_FORMULA)
			continue;
		struct rollup_share share = rollup_share_of(&m->plan[i], row, child);

		if (share.giving == ROLLUP_NOT_OWED)
			continue;
		m->sums[i].owed++;
		m->sums[i].given += share.giving == ROLLUP_GAVE;
		TRY(add_share(m, row, &share, child->cells));
	}
	return ERR_OK;
}

static enum err add_own(struct making *m)
{
	for (size_t i = 0; i < m->input->set->n_rows; i++) {
		const struct form_row *row = &m->input->set->rows[i];

		if (m->plan[i].rule == RULE_FORMULA)
			continue;
		struct rollup_share share =
		        rollup_own_share(m->input, &m->plan[i], row, m->sums[i].owed > 0);

		if (share.giving == ROLLUP_NOT_OWED)
			continue;
		m->sums[i].own_blank = share.giving != ROLLUP_GAVE;
		TRY(add_share(m, row, &share, m->input->own));
	}
	return ERR_OK;
}

static enum err adjust(struct making *m)
{
	for (size_t i = 0; i < m->input->n_adjustments; i++) {
		const struct rollup_adjustment *x = &m->input->adjustments[i];
		const char *problem = rollup_adjustment_problem(m->input->set, x);

		if (problem)
			return err_set(ERR_INPUT, "adjustment of row %d: %s", x->row, problem);
		if (m->figures[x->row].adjustment)
			return err_set(ERR_INPUT, "row %d is adjusted twice", x->row);
		struct sum *sum = &m->sums[x->row];

		m->figures[x->row].adjustment = x;
		add_dec(&sum->value, x->value);
		add_dec(&sum->numerator, x->numerator);
		add_dec(&sum->denominator, x->denominator);
		sum->known += m->plan[x->row].rule != RULE_DISTINCT;
	}
	return ERR_OK;
}

/* ---- figures ---- */

static int by_code(const void *a, const void *b)
{
	return rollup_code_order(*(const struct rollup_code *const *)a,
	                         *(const struct rollup_code *const *)b);
}

static enum err sort_codes(struct making *m)
{
	const struct rollup_codes *codes = m->input->codes;

	if (!codes || codes->n == 0)
		return ERR_OK;
	TRY(arena_array(m->arena, &m->codes, codes->n));
	for (size_t i = 0; i < codes->room; i++)
		if (codes->slots[i])
			m->codes[m->n_codes++] = codes->slots[i];
	qsort(m->codes, m->n_codes, sizeof(const struct rollup_code *), by_code);
	return ERR_OK;
}

static void finish_ratio(struct rollup_figure *f, const struct form_row *row,
                         const struct sum *sum)
{
	struct calc_report report = { 0 };

	f->numerator = narrow(sum->numerator);
	f->denominator = narrow(sum->denominator);
	if (row->kind != FORM_RATIO) {
		f->value = f->numerator;
	} else {
		f->value = calc_round(calc_percent(calc_known(f->numerator),
		                                   calc_known(f->denominator), &report),
		                      row->places);
		if (!dec_is_none(f->denominator) && f->denominator.micro == 0)
			f->blank = ROLLUP_ZERO;
	}
	if (dec_is_none(f->value) && f->blank == ROLLUP_KNOWN)
		f->blank = ROLLUP_TOO_LARGE;
}

static enum err finish_distinct(struct making *m, struct rollup_figure *f,
                                const struct sum *sum)
{
	const struct rollup_code **codes;
	size_t n = 0;

	if (sum->unlisted > 0) {
		f->blank = ROLLUP_NO_LISTS;
		return ERR_OK;
	}
	for (size_t i = 0; sum->marks && i < m->n_codes; i++)
		n += sum->marks[i];
	TRY(arena_array(m->arena, &codes, n + 1));
	for (size_t i = 0; sum->marks && i < m->n_codes; i++)
		if (sum->marks[m->codes[i]->number])
			codes[f->n_codes++] = m->codes[i];
	f->codes = codes;
	f->listed = true;
	f->value = narrow((calc_wide)n * DEC_ONE + sum->value);
	return ERR_OK;
}

static enum err finish_added(struct making *m, const struct form_row *row)
{
	static const enum rollup_how hows[] = {
		[RULE_NOTHING] = ROLLUP_NOTHING,  [RULE_SUM] = ROLLUP_SUMMED,
		[RULE_PARTS] = ROLLUP_RECOMPUTED, [RULE_FORMULA] = ROLLUP_RECOMPUTED,
		[RULE_OWN] = ROLLUP_OWN_ONLY,     [RULE_DISTINCT] = ROLLUP_DISTINCT,
		[RULE_COUNT] = ROLLUP_COUNTED,
	};
	struct rollup_figure *f = &m->figures[row->at];
	const struct rollup_plan *plan = &m->plan[row->at];
	const struct sum *sum = &m->sums[row->at];

	*f = (struct rollup_figure){ .how = hows[plan->rule],
		                     .value = DEC_NONE,
		                     .numerator = DEC_NONE,
		                     .denominator = DEC_NONE,
		                     .owed = sum->owed,
		                     .given = sum->given,
		                     .unlisted = sum->unlisted,
		                     .own_blank = sum->own_blank,
		                     .incomplete = sum->incomplete,
		                     .adjustment = f->adjustment };
	if (plan->rule == RULE_NOTHING || plan->rule == RULE_FORMULA)
		return ERR_OK;
	if (!plan->fills)
		f->blank = plan->why_not ? ROLLUP_CLOSED : ROLLUP_NOT_FILLED;
	else if (plan->rule == RULE_DISTINCT && (sum->known > 0 || sum->unlisted > 0))
		return finish_distinct(m, f, sum);
	else if (sum->known == 0)
		f->blank = ROLLUP_NOTHING_GIVEN;
	else if (plan->rule == RULE_PARTS || plan->rule == RULE_COUNT)
		finish_ratio(f, row, sum);
	else if (dec_is_none(f->value = narrow(sum->value)))
		f->blank = ROLLUP_TOO_LARGE;
	return ERR_OK;
}

/* The parts that an own ratio was entered with stay beside it. */
static void keep_own_parts(struct making *m, const struct form_row *row)
{
	struct rollup_figure *f = &m->figures[row->at];

	if (f->how != ROLLUP_OWN_ONLY || dec_is_none(f->value))
		return;
	f->numerator = m->input->own[row->at].numerator;
	f->denominator = m->input->own[row->at].denominator;
}

/* ---- formulas ---- */

static struct calc_value figure_value(void *self, const struct form_row *row)
{
	const struct making *m = self;
	const struct rollup_figure *f = &m->figures[row->at];
	struct calc_report report = { 0 };

	if (row->kind == FORM_RATIO && !dec_is_none(f->value) && f->how != ROLLUP_OWN_ONLY)
		return calc_percent(calc_known(f->numerator), calc_known(f->denominator),
		                    &report);
	return calc_known(f->value);
}

/* What the formula reads, down to rows that are added: the row that lacks most. */
static void cover(struct making *m, struct rollup_figure *f, const struct form_row *row)
{
	for (size_t i = 0; row->value && i < row->value->n_refs; i++) {
		int at = row->value->refs[i]->row;
		const struct rollup_figure *part = &m->figures[at];

		if (!m->plan[at].fills)
			continue;
		if (m->plan[at].rule == RULE_FORMULA) {
			cover(m, f, &m->input->set->rows[at]);
			continue;
		}
		f->incomplete |= part->incomplete;
		f->own_blank |= part->own_blank;
		if (f->owed == 0 || part->owed - part->given > f->owed - f->given) {
			f->owed = part->owed;
			f->given = part->given;
		}
	}
}

static enum rollup_blank why_blank(const struct rollup_plan *plan,
                                   const struct rollup_formula *x)
{
	if (!plan->fills)
		return plan->why_not ? ROLLUP_CLOSED : ROLLUP_NOT_FILLED;
	if (x->denominator.state == CALC_KNOWN && x->denominator.n == 0)
		return ROLLUP_ZERO;
	if (x->value.state == CALC_ABSENT)
		return ROLLUP_NOT_FILLED;
	if (x->value.state == CALC_KNOWN || x->report.overflow)
		return ROLLUP_TOO_LARGE;
	return x->report.divided_by_zero ? ROLLUP_ZERO : ROLLUP_PARTS_BLANK;
}

static void finish_formula(struct making *m, const struct form_row *row)
{
	struct rollup_reader reader = { m->input, m->plan, m, figure_value };
	struct rollup_figure *f = &m->figures[row->at];
	struct rollup_formula x = { 0 };

	if (m->plan[row->at].fills) {
		x = rollup_run(&reader, row);
		f->value = calc_round(x.value, row->places);
		f->numerator = calc_round(x.numerator, 6);
		f->denominator = calc_round(x.denominator, 6);
		cover(m, f, row);
	}
	if (dec_is_none(f->value))
		f->blank = why_blank(&m->plan[row->at], &x);
}

enum err rollup_make(struct rollup *out, struct arena *a, const struct rollup_input *input)
{
	const struct form_set *set = input->set;
	struct making m = { .input = input, .arena = a };

	TRY(rollup_plan_make(&m.plan, a, input));
	TRY(arena_array(a, &m.sums, set->n_rows + 1));
	TRY(arena_array(a, &m.figures, set->n_rows + 1));
	TRY(sort_codes(&m));
	for (size_t i = 0; i < input->n_children; i++)
		TRY(add_child(&m, &input->children[i]));
	TRY(add_own(&m));
	TRY(adjust(&m));
	for (size_t i = 0; i < set->n_rows; i++) {
		TRY(finish_added(&m, &set->rows[i]));
		keep_own_parts(&m, &set->rows[i]);
	}
	for (size_t i = 0; i < set->n_rows; i++)
		if (m.plan[i].rule == RULE_FORMULA)
			finish_formula(&m, &set->rows[i]);
	*out = (struct rollup){ input, m.figures, m.plan };
	return ERR_OK;
}
