#include "lib/rollup_walker.h"

static bool open_at(const struct rollup_input *in, const struct form_row *row,
                    enum form_tier tier)
{
	const struct period *p = &in->period;
	date_t closed = in->set->closed_on[tier], first = p->to;

	if (row->time == FORM_IN_PERIOD)
		first = p->from;
	if (row->time == FORM_IN_YEAR || row->time == FORM_OF_YEAR)
		first = p->year_from;
	return row->tiers & 1U << tier &&
	       (date_is_none(closed) || date_cmp(first, closed) <= 0);
}

static bool owes(const struct rollup_input *in, const struct form_row *row, enum form_tier tier)
{
	for (enum form_tier t = tier; t < FORM_TIERS; t++)
		if (open_at(in, row, t))
			return true;
	return false;
}

__extension__ typedef __int128 wide;

static int64_t percent(int64_t n, int64_t d, int places)
{
	int64_t step = 1;

	for (int i = places; i < 6; i++)
		step *= 10;
	wide top = (wide)n * 100 * DEC_ONE / step;
	return (int64_t)((2 * top + d) / (2 * d)) * step;
}

/* "[1] + [2]" and "100 * [1] / [2]" are all the formulas that shipped sets roll up. */
static struct rollup_walked walk_formula(const struct rollup_input *in,
                                         const struct form_row *row)
{
	struct rollup_walked parts[16], all = { .known = true };
	size_t n = 0;
	char code[32];

	for (const char *at = strchr(row->value->text, '['); at; at = strchr(at + 1, '[')) {
		size_t len = strcspn(at + 1, "]");

		memcpy(code, at + 1, len);
		code[len] = '\0';
		const struct form_row *part = form_find_row(in->set, row->form, code);
		assert_non_null(part);
		if (owes(in, part, in->tier))
			parts[n++] = rollup_walk(in, part);
	}
	if (row->kind == FORM_RATIO) {
		all.known = n == 2 && parts[0].known && parts[1].known && parts[1].value > 0;
		if (all.known)
			all.value = percent(parts[0].value, parts[1].value, row->places);
		return all;
	}
	all.known = n > 0;
	for (size_t i = 0; i < n; i++) {
		all.known &= parts[i].known;
		all.value += parts[i].value;
	}
	return all;
}

static void walk_parts(struct rollup_walked *all, const struct rollup_cell *cell)
{
	if (dec_is_none(cell->numerator) || dec_is_none(cell->denominator))
		return;
	all->numerator += cell->numerator.micro;
	all->denominator += cell->denominator.micro;
	all->given++;
}

static void walk_codes(struct rollup_walked *all, bool *has, const struct rollup_cell *cell,
                       bool *lacking)
{
	if (dec_is_none(cell->value))
		return;
	if (!cell->listed && cell->value.micro != 0) {
		*lacking = true;
		return;
	}
	for (size_t i = 0; i < cell->n_codes; i++)
		has[cell->codes[i]->number] = true;
	all->given++;
}

static void walk_units(struct rollup_walked *all, const struct rollup_cell *cell)
{
	all->denominator += DEC_ONE;
	if (!cell || dec_is_none(cell->value))
		return;
	all->numerator += cell->value.micro == 100 * DEC_ONE ? DEC_ONE : 0;
	all->given++;
}

static void walk_one(struct rollup_walked *all, const struct form_row *row,
                     const struct rollup_cell *cell, bool *has, bool *lacking)
{
	if (row->rollup == FORM_COUNT_UNITS)
		walk_units(all, cell);
	else if (cell && row->rollup == FORM_CATALOGUE)
		walk_codes(all, has, cell, lacking);
	else if (cell && row->rollup == FORM_RECOMPUTE)
		walk_parts(all, cell);
	else if (cell && !dec_is_none(cell->value)) {
		all->value += cell->value.micro;
		all->given++;
	}
}

bool rollup_walker_formula(const struct form_row *row)
{
	return row->rollup == FORM_RECOMPUTE && row->value &&
	       !strstr(row->value->text, "count");
}

/* What the children say, and the unit itself where its level fills the row. */
static void walk_units_of(struct rollup_walked *all, const struct rollup_input *in,
                          const struct form_row *row, bool *has, bool *lacking)
{
	size_t given;

	for (size_t i = 0; row->rollup != FORM_OWN && i < in->n_children; i++) {
		const struct rollup_child *c = &in->children[i];

		if (!owes(in, row, c->tier))
			continue;
		all->owed++;
		walk_one(all, row, c->cells ? &c->cells[row->at] : NULL, has, lacking);
	}
	given = all->given;
	if (row->rollup == FORM_OWN ||
	    (row->tiers & 1U << in->tier && !(row->rollup == FORM_COUNT_UNITS && all->owed)))
		walk_one(all, row, &in->own[row->at], has, lacking);
	all->known = all->given > 0 && !*lacking;
	all->given = given;
}

struct rollup_walked rollup_walk(const struct rollup_input *in, const struct form_row *row)
{
	struct rollup_walked all = { 0 };
	bool has[ROLLUP_WALKER_CODES] = { false }, lacking = false;

	if (row->kind == FORM_GROUP || !owes(in, row, in->tier))
		return all;
	if (rollup_walker_formula(row))
		return walk_formula(in, row);
	walk_units_of(&all, in, row, has, &lacking);
	for (size_t i = 0; row->rollup == FORM_CATALOGUE && i < ROLLUP_WALKER_CODES; i++)
		all.value += has[i] ? DEC_ONE : 0;
	if (row->kind == FORM_RATIO && row->rollup != FORM_OWN) {
		all.known &= all.denominator > 0;
		if (all.known)
			all.value = percent(all.numerator, all.denominator, row->places);
	}
	return all;
}
