#include <stdlib.h>

#include "app/report/rollup_why.h"

/* One contributor while a formula is run over what it alone gave: what it did not give is
 * left out of a sum. */
struct contributor {
	const struct rollup *r;
	const struct rollup_child *child; /* NULL: the unit's own part, or its adjustments */
	bool adjusting;
	bool missing, incomplete; /* something that the formula reads was owed and not given */
	enum rollup_giving worst;
};

static const struct rollup_adjustment *adjustment_of(const struct rollup *r, int row)
{
	return r->figures[row].adjustment;
}

static struct rollup_share adjusted(const struct rollup *r, int row)
{
	const struct rollup_adjustment *x = adjustment_of(r, row);

	if (!x)
		return (struct rollup_share){ ROLLUP_NOT_OWED, DEC_NONE, DEC_NONE, DEC_NONE,
			                      false };
	return (struct rollup_share){ ROLLUP_GAVE, x->value, x->numerator, x->denominator,
		                      false };
}

static struct rollup_share share_of(const struct contributor *c, const struct form_row *row)
{
	const struct rollup_plan *plan = &c->r->plan[row->at];

	if (c->adjusting)
		return adjusted(c->r, row->at);
	if (c->child)
		return rollup_share_of(plan, row, c->child);
	return rollup_own_share(c->r->input, plan, row, c->r->figures[row->at].owed > 0);
}

static struct calc_value given_value(void *self, const struct form_row *row)
{
	struct contributor *c = self;
	struct rollup_share share = share_of(c, row);

	if (share.giving != ROLLUP_NOT_OWED && share.giving != ROLLUP_GAVE) {
		c->missing = true;
		c->worst = share.giving;
	}
	c->incomplete |= share.incomplete;
	if (dec_is_none(share.value))
		return (struct calc_value){ CALC_ABSENT, 0, 1 };
	return calc_known(share.value);
}

static dec_t rate(dec_t numerator, dec_t denominator, int places)
{
	return dec_percent(numerator, denominator, places);
}

static dec_t magnitude(dec_t d)
{
	if (dec_is_none(d))
		return dec_from_int(0);
	return d.micro < 0 ? (dec_t){ -d.micro } : d;
}

static void from_formula(struct rollup_contribution *out, struct contributor *c,
                         const struct form_row *row)
{
	struct rollup_reader reader = { c->r->input, c->r->plan, c, given_value };
	struct rollup_formula x = rollup_run(&reader, row);

	out->value = calc_round(x.value, row->kind == FORM_RATIO ? row->places : 6);
	out->numerator = calc_round(x.numerator, 6);
	out->denominator = calc_round(x.denominator, 6);
	out->incomplete = c->incomplete || c->missing;
	if (!dec_is_none(out->value) || !dec_is_none(out->numerator) ||
	    !dec_is_none(out->denominator))
		out->giving = ROLLUP_GAVE;
	else
		out->giving = c->missing ? c->worst : ROLLUP_NOT_OWED;
}

static void from_share(struct rollup_contribution *out, struct contributor *c,
                       const struct form_row *row)
{
	struct rollup_share share = share_of(c, row);

	out->giving = share.giving;
	out->incomplete = share.incomplete;
	out->value = share.value;
	out->numerator = share.numerator;
	out->denominator = share.denominator;
	if (c->adjusting || c->r->figures[row->at].how == ROLLUP_OWN_ONLY)
		return;
	if (c->r->plan[row->at].rule == RULE_PARTS)
		out->value = rate(share.numerator, share.denominator, row->places);
	else if (c->r->plan[row->at].rule == RULE_COUNT && share.giving == ROLLUP_GAVE)
		out->value = row->kind == FORM_RATIO
		                     ? rate(share.numerator, share.denominator, row->places)
		                     : share.numerator;
}

static void add(struct rollup_contributions *to, struct contributor *c,
                const struct form_row *row)
{
	struct rollup_contribution *x = &to->at[to->n];

	*x = (struct rollup_contribution){ .part = c->adjusting ? ROLLUP_ADJUSTED
		                                   : c->child   ? ROLLUP_CHILD
		                                                : ROLLUP_OWN_PART,
		                           .unit = c->child ? c->child->unit : ROW_NONE,
		                           .name = c->child ? c->child->name : NULL,
		                           .child = c->child };
	if (c->adjusting && adjustment_of(c->r, row->at))
		x->name = adjustment_of(c->r, row->at)->reason;
	if (c->r->plan[row->at].rule == RULE_FORMULA)
		from_formula(x, c, row);
	else
		from_share(x, c, row);
	x->weight = magnitude(row->kind == FORM_RATIO && !dec_is_none(x->denominator)
	                              ? x->denominator
	                              : x->value);
	to->n += x->giving != ROLLUP_NOT_OWED;
}

static int by_weight(const void *a, const void *b)
{
	const struct rollup_contribution *x = a, *y = b;
	int order = (y->giving == ROLLUP_GAVE) - (x->giving == ROLLUP_GAVE);

	if (!order)
		order = dec_cmp(y->weight, x->weight);
	if (!order)
		order = (x->unit.value > y->unit.value) - (x->unit.value < y->unit.value);
	return order ? order : (int)x->part - (int)y->part;
}

enum err rollup_contributions(struct rollup_contributions *out, struct arena *a,
                              const struct rollup *r, int row_at)
{
	const struct rollup_input *input = r->input;
	const struct form_row *row = &input->set->rows[row_at];
	struct rollup_contributions made = { 0 };

	TRY(arena_array(a, &made.at, input->n_children + 3));
	for (size_t i = 0; r->plan[row_at].draws && i < input->n_children; i++)
		add(&made, &(struct contributor){ .r = r, .child = &input->children[i] }, row);
	add(&made, &(struct contributor){ .r = r }, row);
	add(&made, &(struct contributor){ .r = r, .adjusting = true }, row);
	qsort(made.at, made.n, sizeof(*made.at), by_weight);
	*out = made;
	return ERR_OK;
}
