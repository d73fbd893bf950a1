/* audit_group_subset.c - a part that its words say is some of a whole cannot be larger. */
#include "app/audit/audit_term.h"

/* n/2, as n * 5 / 10. */
static struct number half_of(struct number n)
{
	struct number five = number_int(0);

	for (int i = 0; i < 5; i++)
		five = number_add(five, n);
	if (number_is_none(five) || five.places >= 9)
		return n;
	five.places++;
	return five;
}

/* The whole that a part is compared with: the nearest that it can be a part of.  NULL: it fits
 * another one, and is so much over the nearest that the words mean that other one. */
static const struct term *find_whole(const struct group *g, const struct term *part)
{
	const struct term *nearest = NULL;

	for (size_t i = 0; i < g->n_totals; i++) {
		const struct term *t = &g->totals[i];

		if (noun_fit(t, part) < NOUN_KIND || !figure_is_amount(t->figure))
			continue;
		if (number_cmp(part->value, t->value) <= 0)
			return nearest && number_cmp(part->value,
			                             number_add(nearest->value,
			                                        half_of(nearest->value))) > 0
			               ? NULL
			               : (nearest ? nearest : t);
		if (!nearest)
			nearest = t;
	}
	return nearest;
}

/* "trong đó 130 hồ sơ ..." of 120. */
enum err group_judge_subset(struct group *g, const struct term *part)
{
	const struct term *whole = find_whole(g, part);
	const char *quotes[2], *computed;
	struct audit_draft d;

	if (!whole)
		return ERR_OK;
	TRY(term_quote(&quotes[0], g->audit->arena, part));
	TRY(term_quote(&quotes[1], g->audit->arena, whole));
	TRY(arena_printf(g->audit->arena, &computed, "%s <= %s", quotes[0], quotes[1]));
	audit_begin(&d, g->audit, AUDIT_SUBSET,
	            number_cmp(part->value, whole->value) > 0 ? AUDIT_FAIL : AUDIT_HOLDS);
	term_at(&d, whole);
	term_at(&d, part);
	audit_say(&d, computed, quotes[0], computed);
	if (d.finding.verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_SENTENCE_SUBSET, quotes[0], quotes[1]);
}
