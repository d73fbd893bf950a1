/* rollup_why.c - a change taken apart.
 *
 * A sum: each unit's part after, less before.  A ratio N/D: each unit's
 *
 *	(dn - R dd) / D      R, D: the mean of both rates and of both denominators
 *
 * which adds up to the change of the rate whatever the order, because dN = d(RD) =
 * R dD + D dR with such means.  What rounding leaves over is a part of its own. */
#include "app/rollup/rollup_why.h"

#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "base/vec.h"

struct side {
	const struct rollup *r;
	struct rollup_contributions parts;
	calc_wide numerator, denominator; /* of all parts */
	dec_t value;
};

struct why {
	const struct rollup_why_question *question;
	struct arena *arena;
	const struct form_row *row;
	struct side before, after;
	bool ratio, distinct;
	struct rollup_why *out;
};

/* Both contributions of one unit. */
struct both {
	struct rollup_why_part part;
	calc_wide numerator[2], denominator[2];
	int64_t codes[2]; /* that count for this unit */
};

static int64_t micro(dec_t d)
{
	return dec_is_none(d) ? 0 : d.micro;
}

static row_id heir_of(const struct rollup_why_question *q, row_id unit)
{
	for (size_t i = 0; i < q->n_heirs; i++)
		if (row_eq(q->heirs[i].old, unit))
			return q->heirs[i].now;
	return unit;
}

/* ---- who changed ---- */

static int by_unit(const void *a, const void *b)
{
	const struct both *x = a, *y = b;

	if (x->part.kind != y->part.kind)
		return (int)x->part.kind - (int)y->part.kind;
	return (x->part.unit.value > y->part.unit.value) -
	       (x->part.unit.value < y->part.unit.value);
}

static struct both both_of(const struct why *w, const struct rollup_contribution *c, int side)
{
	static const enum rollup_why_kind kinds[] = { ROLLUP_WHY_UNIT, ROLLUP_WHY_OWN,
		                                      ROLLUP_WHY_ADJUSTMENT };
	struct both b = { .part = { .kind = kinds[c->part],
		                    .unit = heir_of(w->question, c->unit),
		                    .name = c->name,
		                    .before = side ? DEC_NONE : c->value,
		                    .after = side ? c->value : DEC_NONE,
		                    .was = side ? ROLLUP_NOT_OWED : c->giving,
		                    .is = side ? c->giving : ROLLUP_NOT_OWED } };

	b.numerator[side] = micro(c->numerator);
	b.denominator[side] = micro(c->denominator);
	return b;
}

static dec_t joined(dec_t a, dec_t b)
{
	if (dec_is_none(a))
		return b;
	return dec_is_none(b) ? a : dec_add(a, b);
}

static void join(struct both *to, const struct both *from)
{
	to->part.before = joined(to->part.before, from->part.before);
	to->part.after = joined(to->part.after, from->part.after);
	if (from->part.was != ROLLUP_NOT_OWED)
		to->part.was = from->part.was;
	if (from->part.is != ROLLUP_NOT_OWED) {
		to->part.is = from->part.is;
		to->part.name = from->part.name; /* the later name */
	}
	for (int side = 0; side < 2; side++) {
		to->numerator[side] += from->numerator[side];
		to->denominator[side] += from->denominator[side];
	}
}

static enum err pair_up(struct both **out, size_t *n_out, struct why *w)
{
	size_t n = 0, kept = 0;
	struct both *at;

	TRY(arena_array(w->arena, &at, w->before.parts.n + w->after.parts.n + 1));
	for (size_t i = 0; i < w->before.parts.n; i++)
		at[n++] = both_of(w, &w->before.parts.at[i], 0);
	for (size_t i = 0; i < w->after.parts.n; i++)
		at[n++] = both_of(w, &w->after.parts.at[i], 1);
	qsort(at, n, sizeof(*at), by_unit);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && by_unit(&at[kept - 1], &at[i]) == 0)
			join(&at[kept - 1], &at[i]);
		else
			at[kept++] = at[i];
	}
	*out = at;
	*n_out = kept;
	return ERR_OK;
}

/* ---- what each of them did ---- */

static const calc_wide NANO = 1000000000;

static calc_wide divided(calc_wide n, calc_wide d) /* d > 0, rounded half away from zero */
{
	return n < 0 ? -((-2 * n + d) / (2 * d)) : (2 * n + d) / (2 * d);
}

/* A rate in thousand-millionths; the denominator is above 0. */
static calc_wide rate_of(const struct side *s)
{
	return divided(s->numerator * NANO, s->denominator);
}

/* Whether a rate can be taken apart without leaving 128 bits: up to 1,000,000 percent. */
static bool divisible(const struct side *s)
{
	return s->denominator >= DEC_ONE / 1000 && rate_of(s) < 10000 * NANO &&
	       rate_of(s) > -10000 * NANO;
}

static calc_wide points(const struct why *w, const struct both *b)
{
	const calc_wide hundred = 100;
	const struct side *known = dec_is_none(w->before.value) ? &w->after : &w->before;
	int side = known == &w->after;

	if (dec_is_none(w->before.value) || dec_is_none(w->after.value)) {
		if (dec_is_none(known->value) || known->denominator <= 0)
			return 0;
		calc_wide part =
		        divided(hundred * DEC_ONE * b->numerator[side], known->denominator);
		return side ? part : -part;
	}
	if (!divisible(&w->before) || !divisible(&w->after))
		return 0;
	calc_wide twice_rate = rate_of(&w->before) + rate_of(&w->after);
	calc_wide twice_whole = w->before.denominator + w->after.denominator;
	calc_wide dn = b->numerator[1] - b->numerator[0];
	calc_wide dd = b->denominator[1] - b->denominator[0];

	return divided(divided((2 * NANO * dn - twice_rate * dd) * hundred, twice_whole) *
	                       DEC_ONE,
	               NANO);
}

static calc_wide change_of(const struct why *w, const struct both *b)
{
	bool was = !dec_is_none(w->before.value), is = !dec_is_none(w->after.value);

	if (w->ratio)
		return points(w, b);
	if (w->distinct && b->part.kind != ROLLUP_WHY_ADJUSTMENT)
		return (calc_wide)(b->codes[1] - b->codes[0]) * DEC_ONE;
	return (is ? micro(b->part.after) : 0) - (was ? micro(b->part.before) : 0);
}

/* ---- lists ---- */

static int by_change(const void *a, const void *b)
{
	const struct rollup_why_part *x = a, *y = b;
	int64_t left = llabs(x->change.micro), right = llabs(y->change.micro);

	if (left != right)
		return left < right ? 1 : -1;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	if (x->code && y->code)
		return rollup_code_order(x->code, y->code);
	if (x->kind == ROLLUP_WHY_FIELD)
		return strcmp(x->name, y->name);
	return (x->unit.value > y->unit.value) - (x->unit.value < y->unit.value);
}

/* Adds what the list does not explain, and sorts it. */
static enum err close_list(struct why *w, struct rollup_why_parts *list, calc_wide explained,
                           enum rollup_why_kind rest)
{
	calc_wide left = w->out->change.micro - explained;

	if (left > INT64_MAX || left <= INT64_MIN)
		return err_set(ERR_TOO_LARGE, "a change is too large");
	if (left != 0) {
		TRY(vec_room(w->arena, list->at, list->n));
		list->at[list->n++] = (struct rollup_why_part){
			.kind = rest,
			.name = msg_text(rest == ROLLUP_WHY_REST ? MSG_ROLLUP_REST
			                                         : MSG_ROLLUP_UNLISTED),
			.change = { (int64_t)left },
			.before = DEC_NONE,
			.after = DEC_NONE,
			.was = ROLLUP_NOT_OWED,
			.is = ROLLUP_NOT_OWED
		};
	}
	if (list->n > 0)
		qsort(list->at, list->n, sizeof(*list->at), by_change);
	return ERR_OK;
}

static bool stands_still(const struct rollup_why_part *part)
{
	return part->change.micro == 0 && part->was == part->is &&
	       part->before.micro == part->after.micro;
}

static enum err list_units(struct why *w, struct both *at, size_t n)
{
	struct rollup_why_parts *list = &w->out->units;
	calc_wide explained = 0;

	for (size_t i = 0; i < n; i++) {
		calc_wide change = change_of(w, &at[i]);

		if (change > INT64_MAX || change <= INT64_MIN)
			return err_set(ERR_TOO_LARGE, "a change is too large");
		at[i].part.change = (dec_t){ (int64_t)change };
		explained += change;
		if (stands_still(&at[i].part))
			continue;
		TRY(vec_room(w->arena, list->at, list->n));
		list->at[list->n++] = at[i].part;
	}
	return close_list(w, list, explained, ROLLUP_WHY_REST);
}

/* ---- procedures ---- */

/* What the lists of one side say of each code: how much, and whose it counts as. */
struct code_side {
	calc_wide amount;
	size_t first; /* index in the units, from 1; 0: nobody has it */
};

static const struct rollup_cell *cell_of(const struct side *s,
                                         const struct rollup_contribution *c, int row)
{
	if (c->part == ROLLUP_CHILD)
		return c->child->cells ? &c->child->cells[row] : NULL;
	return c->part == ROLLUP_OWN_PART && s->r->input->own ? &s->r->input->own[row] : NULL;
}

static void read_lists(const struct why *w, const struct side *s, const struct both *at,
                       size_t n, struct code_side *codes)
{
	for (size_t i = 0; i < s->parts.n; i++) {
		const struct rollup_contribution *c = &s->parts.at[i];
		const struct rollup_cell *cell = cell_of(s, c, w->row->at);
		struct both key = both_of(w, c, 0);
		const struct both *unit = bsearch(&key, at, n, sizeof(*at), by_unit);

		if (!cell || !cell->listed || c->giving != ROLLUP_GAVE || !unit)
			continue;
		size_t index = (size_t)(unit - at) + 1;

		for (size_t k = 0; k < cell->n_codes; k++) {
			struct code_side *x = &codes[cell->codes[k]->number];

			if (x->first == 0 || index < x->first)
				x->first = index;
			if (w->distinct)
				x->amount = DEC_ONE;
			else if (cell->amounts)
				x->amount += micro(cell->amounts[k]);
		}
	}
}

static enum err add_field(struct why *w, const struct rollup_why_part *procedure)
{
	struct rollup_why_parts *list = &w->out->fields;

	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->at[i].name, procedure->code->field)) {
			list->at[i].change = dec_add(list->at[i].change, procedure->change);
			list->at[i].before = dec_add(list->at[i].before, procedure->before);
			list->at[i].after = dec_add(list->at[i].after, procedure->after);
			return ERR_OK;
		}
	TRY(vec_room(w->arena, list->at, list->n));
	list->at[list->n] = *procedure;
	list->at[list->n].kind = ROLLUP_WHY_FIELD;
	list->at[list->n].name = procedure->code->field;
	list->at[list->n++].code = NULL;
	return ERR_OK;
}

static enum err list_code(struct why *w, const struct rollup_code *code,
                          const struct code_side *was, const struct code_side *is)
{
	struct rollup_why_parts *list = &w->out->procedures;

	TRY(vec_room(w->arena, list->at, list->n));
	list->at[list->n] =
	        (struct rollup_why_part){ .kind = ROLLUP_WHY_PROCEDURE,
		                          .name = code->procedure,
		                          .code = code,
		                          .change = { (int64_t)(is->amount - was->amount) },
		                          .before = { (int64_t)was->amount },
		                          .after = { (int64_t)is->amount },
		                          .was = was->first ? ROLLUP_GAVE : ROLLUP_NOT_OWED,
		                          .is = is->first ? ROLLUP_GAVE : ROLLUP_NOT_OWED };
	return add_field(w, &list->at[list->n++]);
}

/* A procedure that came or went counts for the unit that it counts as. */
static enum err compare_code(struct why *w, calc_wide *explained, struct both *at,
                             const struct rollup_code *code, const struct code_side *was,
                             const struct code_side *is)
{
	const struct code_side *x = &was[code->number], *y = &is[code->number];

	if (x->amount == y->amount && !x->first == !y->first)
		return ERR_OK;
	TRY(list_code(w, code, x, y));
	*explained += y->amount - x->amount;
	if (w->distinct && x->first)
		at[x->first - 1].codes[0]++;
	if (w->distinct && y->first)
		at[y->first - 1].codes[1]++;
	return ERR_OK;
}

/* A catalogue without all lists is blank: then nothing of it counts. */
static enum err list_procedures(struct why *w, struct both *at, size_t n)
{
	const struct rollup_codes *codes = w->after.r->input->codes;
	struct code_side *was, *is;
	calc_wide explained = 0;

	if (!codes || (w->row->rollup != FORM_CATALOGUE && w->row->rollup != FORM_SUM))
		return ERR_OK;
	TRY(arena_array(w->arena, &was, codes->n + 1));
	TRY(arena_array(w->arena, &is, codes->n + 1));
	if (!dec_is_none(w->before.value))
		read_lists(w, &w->before, at, n, was);
	if (!dec_is_none(w->after.value))
		read_lists(w, &w->after, at, n, is);
	for (size_t i = 0; i < codes->room; i++)
		if (codes->slots[i])
			TRY(compare_code(w, &explained, at, codes->slots[i], was, is));
	if (w->out->procedures.n == 0)
		return ERR_OK;
	TRY(close_list(w, &w->out->procedures, explained, ROLLUP_WHY_UNLISTED));
	return close_list(w, &w->out->fields, explained, ROLLUP_WHY_UNLISTED);
}

/* ---- the question ---- */

static enum err open_side(struct side *s, struct why *w, const struct rollup *r)
{
	s->r = r;
	s->value = r->figures[w->question->row].value;
	TRY(rollup_contributions(&s->parts, w->arena, r, w->question->row));
	for (size_t i = 0; i < s->parts.n; i++) {
		s->numerator += micro(s->parts.at[i].numerator);
		s->denominator += micro(s->parts.at[i].denominator);
	}
	return ERR_OK;
}

enum err rollup_why(struct rollup_why *out, struct arena *a,
                    const struct rollup_why_question *question)
{
	const struct form_set *set = question->after->input->set;
	struct why w = { .question = question, .arena = a, .out = out };
	struct both *at;
	size_t n;

	w.row = &set->rows[question->row];
	w.distinct = question->after->plan[question->row].rule == RULE_DISTINCT;
	*out = (struct rollup_why){ 0 };
	TRY(open_side(&w.before, &w, question->before));
	TRY(open_side(&w.after, &w, question->after));
	w.ratio = w.row->kind == FORM_RATIO &&
	          question->after->figures[question->row].how != ROLLUP_OWN_ONLY;
	out->before = w.before.value;
	out->after = w.after.value;
	out->change = dec_sub((dec_t){ micro(out->after) }, (dec_t){ micro(out->before) });
	if (dec_is_none(out->change))
		return err_set(ERR_TOO_LARGE, "a change is too large");
	TRY(pair_up(&at, &n, &w));
	TRY(list_procedures(&w, at, n));
	return list_units(&w, at, n);
}
