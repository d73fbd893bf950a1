#include "app/rollup/rollup_share.h"

enum rollup_rule rollup_rule_of(const struct form_row *row)
{
	bool ratio = row->kind == FORM_RATIO;

	if (row->kind == FORM_GROUP)
		return RULE_NOTHING;
	switch ((int)row->rollup) {
	case FORM_SUM: /* rates are never added */
		return ratio ? RULE_PARTS : RULE_SUM;
	case FORM_RECOMPUTE: /* what reads records cannot be computed again from rows */
		return ratio && (!row->value || row->value->n_totals > 0) ? RULE_PARTS
		                                                          : RULE_FORMULA;
	case FORM_OWN:
		return RULE_OWN;
	case FORM_CATALOGUE:
		return RULE_DISTINCT;
	case FORM_COUNT_UNITS:
		return RULE_COUNT;
	default:
		return RULE_NOTHING;
	}
}

/* ---- the plan ---- */

static unsigned owed_by(const struct rollup_input *input, const struct form_row *row)
{
	unsigned tiers = 0;
	const char *why;

	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++) {
		struct form_input in = { .set = input->set,
			                 .tier = tier,
			                 .period = input->period };

		if (form_row_fills(&why, &in, row))
			tiers |= 1U << tier;
	}
	return tiers;
}

/* References of a loaded set have no circles. */
static bool draws(const struct form_set *set, const struct form_row *row)
{
	enum rollup_rule rule = rollup_rule_of(row);

	if (rule != RULE_FORMULA)
		return rule != RULE_OWN && rule != RULE_NOTHING;
	for (size_t i = 0; row->value && i < row->value->n_refs; i++)
		if (draws(set, &set->rows[row->value->refs[i]->row]))
			return true;
	return false;
}

enum err rollup_plan_make(const struct rollup_plan **out, struct arena *a,
                          const struct rollup_input *input)
{
	struct form_input in = { .set = input->set,
		                 .tier = input->tier,
		                 .period = input->period };
	struct rollup_plan *plan;

	TRY(arena_array(a, &plan, input->set->n_rows + 1));
	for (size_t i = 0; i < input->set->n_rows; i++) {
		const struct form_row *row = &input->set->rows[i];
		struct rollup_plan *p = &plan[i];

		p->rule = rollup_rule_of(row);
		p->fills = form_row_fills(&p->why_not, &in, row);
		p->own_adds = p->fills && row->tiers >> input->tier & 1;
		p->owed_by = owed_by(input, row);
		p->draws = draws(input->set, row);
	}
	*out = plan;
	return ERR_OK;
}

/* ---- shares ---- */

static const struct rollup_share nothing = { .value = { INT64_MIN },
	                                     .numerator = { INT64_MIN },
	                                     .denominator = { INT64_MIN } };

static struct rollup_share giving(enum rollup_giving g)
{
	struct rollup_share s = nothing;

	s.giving = g;
	return s;
}

static bool has_parts(const struct rollup_cell *cell)
{
	return !dec_is_none(cell->numerator) && !dec_is_none(cell->denominator);
}

static struct rollup_share summed(const struct rollup_cell *cell)
{
	struct rollup_share s = giving(ROLLUP_GAVE);

	if (dec_is_none(cell->value))
		return giving(ROLLUP_GAVE_BLANK);
	s.value = cell->value;
	return s;
}

static struct rollup_share parts(const struct rollup_cell *cell)
{
	struct rollup_share s = giving(ROLLUP_GAVE);

	if (!has_parts(cell))
		return giving(dec_is_none(cell->value) ? ROLLUP_GAVE_BLANK : ROLLUP_NO_PARTS);
	s.numerator = cell->numerator;
	s.denominator = cell->denominator;
	return s;
}

/* Nothing needs no list. */
static struct rollup_share distinct(const struct rollup_cell *cell)
{
	struct rollup_share s = giving(ROLLUP_GAVE);

	if (cell->unlisted)
		return giving(ROLLUP_NO_LIST);
	if (!cell->listed && dec_is_none(cell->value))
		return giving(ROLLUP_GAVE_BLANK);
	if (!cell->listed && cell->value.micro != 0)
		return giving(ROLLUP_NO_LIST);
	s.value = dec_from_int(cell->listed ? (int64_t)cell->n_codes : 0);
	return s;
}

/* How many units the row asks after stand behind a child. */
static int64_t units_behind(const struct rollup_child *child, const struct form_row *row)
{
	int64_t n = 0, any = 0;

	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++) {
		any += (int64_t)child->units[tier];
		if (row->tiers >> tier & 1)
			n += (int64_t)child->units[tier];
	}
	return any ? n : 1;
}

/* One unit did it, or not: all of its parts, a full rate, or a figure above 0. */
static bool did_it(const struct rollup_cell *cell, const struct form_row *row)
{
	if (row->kind != FORM_RATIO)
		return cell->value.micro > 0;
	if (has_parts(cell) && cell->denominator.micro > 0)
		return cell->numerator.micro >= cell->denominator.micro;
	return cell->value.micro >= 100 * DEC_ONE;
}

/* A commune has no units below it and is one.  Another unit gives how many it counted, or is
 * one itself when nobody said that it stands for more.  Who gave nothing is one of all that
 * owe the row and has not done it. */
static struct rollup_share counted(const struct rollup_child *child, const struct form_row *row,
                                   const struct rollup_cell *cell)
{
	bool parted = cell && has_parts(cell) && cell->denominator.micro > 0;
	struct rollup_share s = giving(ROLLUP_GAVE);
	int64_t units = units_behind(child, row);

	s.numerator = dec_from_int(0);
	s.denominator = dec_from_int(units);
	if (!cell) {
		s.giving = ROLLUP_NOT_SENT;
	} else if (!parted && dec_is_none(cell->value)) {
		s.giving = ROLLUP_GAVE_BLANK;
	} else if (parted && child->tier != FORM_COMMUNE) {
		s.numerator = cell->numerator;
		s.denominator = cell->denominator;
	} else if (units == 1) {
		s.numerator = dec_from_int(did_it(cell, row));
	} else {
		s.giving = ROLLUP_NO_PARTS;
	}
	return s;
}

static struct rollup_share share_of_cell(const struct rollup_plan *plan,
                                         const struct form_row *row,
                                         const struct rollup_child *child,
                                         const struct rollup_cell *cell)
{
	struct rollup_share s;

	if (plan->rule == RULE_COUNT)
		s = counted(child, row, cell);
	else if (!cell)
		s = giving(ROLLUP_NOT_SENT);
	else if (plan->rule == RULE_PARTS)
		s = parts(cell);
	else if (plan->rule == RULE_DISTINCT)
		s = distinct(cell);
	else
		s = summed(cell);
	s.incomplete = cell && cell->incomplete;
	return s;
}

struct rollup_share rollup_share_of(const struct rollup_plan *plan, const struct form_row *row,
                                    const struct rollup_child *child)
{
	const struct rollup_cell *cell = child->cells ? &child->cells[row->at] : NULL;
	bool added = plan->rule != RULE_OWN && plan->rule != RULE_NOTHING;

	if (!added || !plan->fills || !(plan->owed_by >> child->tier & 1) ||
	    (cell && cell->not_owed) ||
	    (plan->rule == RULE_COUNT && units_behind(child, row) == 0))
		return giving(ROLLUP_NOT_OWED);
	return share_of_cell(plan, row, child, cell);
}

struct rollup_share rollup_own_share(const struct rollup_input *input,
                                     const struct rollup_plan *plan, const struct form_row *row,
                                     bool counted_below)
{
	const struct rollup_cell *cell = input->own ? &input->own[row->at] : NULL;
	struct rollup_child self = { .tier = input->tier, .cells = input->own };

	if (!cell || cell->not_owed || !plan->fills || plan->rule == RULE_NOTHING)
		return giving(ROLLUP_NOT_OWED);
	if (plan->rule == RULE_OWN) {
		struct rollup_share s = summed(cell);

		s.numerator = cell->numerator;
		s.denominator = cell->denominator;
		return s;
	}
	/* What the unit says of all that owe the row is no part beside what they say. */
	if (!plan->own_adds || (plan->rule == RULE_COUNT && counted_below))
		return giving(ROLLUP_NOT_OWED);
	return share_of_cell(plan, row, &self, cell);
}

/* ---- formulas ---- */

static struct calc_value read_ref(void *self, const struct calc_ref *ref)
{
	struct rollup_reader *reader = self;
	const struct form_row *row = &reader->input->set->rows[ref->row];
	const struct rollup_plan *plan = &reader->plan[ref->row];

	if (!plan->fills)
		return (struct calc_value){ CALC_ABSENT, 0, 1 };
	if (plan->rule == RULE_FORMULA)
		return rollup_run(reader, row).value;
	return reader->base(reader->self, row);
}

static struct calc_value read_total(void *self, const struct calc_total *total)
{
	(void)self;
	(void)total;
	return calc_known(DEC_NONE);
}

static struct calc_value read_denominator(void *self)
{
	(void)self;
	return calc_known(DEC_NONE);
}

static bool is_entered(void *self, const struct calc_ref *ref)
{
	return read_ref(self, ref).state == CALC_KNOWN;
}

static const char *read_choice(void *self, const char *setting)
{
	const struct rollup_reader *reader = self;
	const struct form_set *set = reader->input->set;

	for (size_t i = 0; i < set->n_settings; i++)
		if (str_eq(set->settings[i].name, setting))
			return reader->input->choices[i];
	return NULL;
}

struct rollup_formula rollup_run(struct rollup_reader *reader, const struct form_row *row)
{
	struct calc_env env = { .self = reader,
		                .ref = read_ref,
		                .total = read_total,
		                .denominator = read_denominator,
		                .entered = is_entered,
		                .choice = read_choice,
		                .unit_tier = form_tier_word(reader->input->tier) };
	struct calc_value blank = calc_known(DEC_NONE);
	struct rollup_formula f = { blank, blank, blank, { 0 } };

	if (row->numerator && row->denominator) {
		f.numerator = calc_number(row->numerator, &env, &f.report);
		f.denominator = calc_number(row->denominator, &env, &f.report);
		f.value = calc_percent(f.numerator, f.denominator, &f.report);
	} else if (row->value) {
		f.value = calc_number(row->value->root, &env, &f.report);
	}
	return f;
}
