/* Numbers that one office gives to one type of document within a year rise with the day. */
#include "app/audit/audit_citation.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum {
	SLACK = 2,     /* days: numbers taken together, signed on neighbouring days */
	MOST_SAID = 4, /* of one document: more is no slip but another way of numbering */
	LEAST_SPAN = 5 /* a reversal of less is a number that was kept back */
};

static int by_series(const void *left, const void *right)
{
	const struct cited *a = left;
	const struct cited *b = right;
	int order = strcmp(a->c->code, b->c->code);

	if (order == 0)
		order = (int)a->issuer - (int)b->issuer;
	if (order == 0)
		order = a->c->day.year - b->c->day.year;
	if (order == 0)
		order = (a->c->year > 0) - (b->c->year > 0);
	if (order == 0)
		order = date_cmp(a->c->day.on, b->c->day.on);
	if (order == 0)
		order = (a->c->n > b->c->n) - (a->c->n < b->c->n);
	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static bool same_series(const struct cited *a, const struct cited *b)
{
	return str_eq(a->c->code, b->c->code) && a->issuer == b->issuer &&
	       a->c->day.year == b->c->day.year && (a->c->year > 0) == (b->c->year > 0);
}

/* "KH-STP": a code that names one department of the province. */
static bool names_department(const char *code)
{
	const char *dash = strrchr(code, '-');

	return dash && dash[1] == 'S' && dash[2] >= 'A' && dash[2] <= 'Z';
}

/* One office: the own one, those above it, the central ones; of the level below there are many.
 */
static bool one_office(enum office_level own, const struct cited *a)
{
	if (a->central || names_department(a->c->code))
		return true;
	if (a->issuer == LEVEL_UNKNOWN || own == LEVEL_UNKNOWN)
		return false;
	return a->issuer >= own;
}

/* Marks the members of a longest run of rising numbers: patience sorting, n log n. */
static enum err mark_rising(bool *rising, struct arena *a, const struct cited *rows, size_t n)
{
	size_t *tails, *before, length = 0;

	TRY(arena_array(a, &tails, n + 1));
	TRY(arena_array(a, &before, n + 1));
	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = length;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (rows[tails[middle]].c->n <= rows[i].c->n)
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low > 0 ? tails[low - 1] : SIZE_MAX;
		tails[low] = i;
		if (low == length)
			length++;
	}
	for (size_t i = length > 0 ? tails[length - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i])
		rising[i] = true;
	return ERR_OK;
}

static bool reversed(const struct cited *a, const struct cited *b)
{
	int days = a->c->day.on.days - b->c->day.on.days;

	return (a->c->n < b->c->n && days > SLACK) || (a->c->n > b->c->n && days < -SLACK);
}

/* The neighbour in the rising run that the odd one contradicts. */
static const struct cited *contradicted(const struct cited *rows, const bool *rising, size_t n,
                                        size_t odd)
{
	for (size_t step = 1; step < n; step++) {
		if (odd >= step && rising[odd - step] &&
		    reversed(&rows[odd], &rows[odd - step]))
			return &rows[odd - step];
		if (odd + step < n && rising[odd + step] &&
		    reversed(&rows[odd], &rows[odd + step]))
			return &rows[odd + step];
	}
	return NULL;
}

static enum err say(struct audit *x, const struct cited *odd, const struct cited *other)
{
	const struct cited *first = odd->order < other->order ? odd : other;
	const struct cited *second = first == odd ? other : odd;
	const char *left, *right;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_SERIES, AUDIT_SUSPECT);
	cited_place(&d, first);
	cited_place(&d, second);
	TRY(cited_quote(&left, x->arena, first));
	TRY(cited_quote(&right, x->arena, second));
	audit_say(&d, msg_text(MSG_AUDIT_R_SERIES), left, right);
	return audit_end(&d, MSG_AUDIT_SERIES_BACK, left, right);
}

static enum err check_series(struct audit *x, const struct cited *rows, size_t n)
{
	size_t odd = 0;
	bool *rising;

	TRY(arena_array(x->arena, &rising, n));
	TRY(mark_rising(rising, x->arena, rows, n));
	for (size_t i = 0; i < n; i++)
		odd += !rising[i];
	if (odd > MOST_SAID || (n > 3 && odd * 3 > n))
		return ERR_OK;
	for (size_t i = 0; i < n; i++) {
		const struct cited *other;

		if (rising[i]) {
			audit_count(x);
			continue;
		}
		other = contradicted(rows, rising, n, i);
		if (other && abs(other->c->day.on.days - rows[i].c->day.on.days) >= LEAST_SPAN)
			TRY(say(x, &rows[i], other));
	}
	return ERR_OK;
}

enum err audit_series(struct audit *x)
{
	enum office_level own;
	struct cited_list list;
	struct cited *rows;
	size_t n = 0;

	TRY(office_level_own(&own, x));
	TRY(cited_read(&list, x));
	TRY(arena_array(x->arena, &rows, list.n + 1));
	for (size_t i = 0; i < list.n; i++)
		if (cited_has_day(&list.at[i]) && one_office(own, &list.at[i]) &&
		    (list.at[i].c->year == 0 || list.at[i].c->year == list.at[i].c->day.year))
			rows[n++] = list.at[i];
	qsort(rows, n, sizeof(*rows), by_series);
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;

		while (end < n && same_series(&rows[i], &rows[end]))
			end++;
		if (end - i > 1)
			TRY(check_series(x, rows + i, end - i));
		i = end;
	}
	return ERR_OK;
}
