#include <stdlib.h>

#include "app/rollup/rollup_why.h"

/* One contributor while a formula is run over what it alone gave: what it did not give is
 * left out of a sum. */
struct contributor {
	const struct rollup *r;
	const struct rollup_child *child; /* NULL: the unit's own part, or its adjustments */
	bool adjusting;
	size_t *const *credits;   /* one for each row; NULL: no catalogue row is read */
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

/* ---- catalogues below a formula ---- */

/* Where a formula reads a catalogue row, a code that several have counts for one of them: the
 * unit itself, else the child with the lowest id.  So the parts add up. */
static size_t place_of(const struct rollup *r, const struct rollup_child *child)
{
	return child ? (size_t)(child - r->input->children) : r->input->n_children;
}

static bool comes_before(const struct rollup_input *in, size_t a, size_t b)
{
	if (a == in->n_children || b == in->n_children)
		return a == in->n_children;
	return in->children[a].unit.value < in->children[b].unit.value;
}

/* owners[code]: from 1, whose it is; 0: nobody has it. */
static void claim(size_t *owners, const struct rollup *r, const struct form_row *row,
                  const struct rollup_child *child)
{
	struct contributor c = { .r = r, .child = child };
	size_t place = place_of(r, child);

	if (share_of(&c, row).giving != ROLLUP_GAVE)
		return;
	const struct rollup_cell *cell = &(child ? child->cells : r->input->own)[row->at];
	for (size_t i = 0; i < cell->n_codes; i++) {
		size_t *owner = &owners[cell->codes[i]->number];

		if (*owner == 0 || comes_before(r->input, place, *owner - 1))
			*owner = place + 1;
	}
}

static enum err credit_row(size_t **out, struct arena *a, const struct rollup *r,
                           const struct form_row *row)
{
	size_t n_codes = r->input->codes ? r->input->codes->n : 0;
	size_t *owners, *credits;

	TRY(arena_array(a, &owners, n_codes + 1));
	TRY(arena_array(a, &credits, r->input->n_children + 1));
	for (size_t i = 0; i < r->input->n_children; i++)
		claim(owners, r, row, &r->input->children[i]);
	claim(owners, r, row, NULL);
	for (size_t i = 0; i < n_codes; i++)
		if (owners[i] > 0)
			credits[owners[i] - 1]++;
	*out = credits;
	return ERR_OK;
}

static enum err credit(size_t ***out, struct arena *a, const struct rollup *r,
                       const struct form_row *row)
{
	const struct rollup_plan *plan = &r->plan[row->at];

	if (plan->rule == RULE_DISTINCT && plan->fills) {
		if (!*out)
			TRY(arena_array(a, out, r->input->set->n_rows));
		return (*out)[row->at] ? ERR_OK : credit_row(&(*out)[row->at], a, r, row);
	}
	if (plan->rule != RULE_FORMULA || !row->value)
		return ERR_OK;
	for (size_t i = 0; i < row->value->n_refs; i++)
		TRY(credit(out, a, r, &r->input->set->rows[row->value->refs[i]->row]));
	return ERR_OK;
}

/* ---- one contributor ---- */

static struct calc_value given_value(void *self, const struct form_row *row)
{
	struct contributor *c = self;
	struct rollup_share share = share_of(c, row);

	if (share.giving != ROLLUP_NOT_OWED && share.giving != ROLLUP_GAVE) {
		c->missing = true;
		c->worst = share.giving;
	}
	c->incomplete |= share.incomplete;
	if (share.giving == ROLLUP_GAVE && !c->adjusting && c->credits && c->credits[row->at])
		share.value =
		        dec_from_int((int64_t)c->credits[row->at][place_of(c->r, c->child)]);
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
	size_t **credits = NULL;

	TRY(arena_array(a, &made.at, input->n_children + 3));
	if (r->plan[row_at].rule == RULE_FORMULA)
		TRY(credit(&credits, a, r, row));
	struct contributor own = { .r = r, .credits = credits }, adjusting = own;
	adjusting.adjusting = true;
	for (size_t i = 0; r->plan[row_at].draws && i < input->n_children; i++) {
		struct contributor child = own;

		child.child = &input->children[i];
		add(&made, &child, row);
	}
	add(&made, &own, row);
	add(&made, &adjusting, row);
	qsort(made.at, made.n, sizeof(*made.at), by_weight);
	*out = made;
	return ERR_OK;
}
