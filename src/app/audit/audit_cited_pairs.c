/* Two citations of one document: its number, its day and its year are the same everywhere. */
#include "app/audit/audit_citation.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

typedef int (*by)(const void *, const void *);

static int compare_codes(const struct cited *a, const struct cited *b)
{
	return strcmp(a->c->code, b->c->code);
}

static int compare_orders(const struct cited *a, const struct cited *b)
{
	return (a->order > b->order) - (a->order < b->order);
}

static int by_number(const void *left, const void *right)
{
	const struct cited *a = left;
	const struct cited *b = right;
	int order = compare_codes(a, b);

	if (order == 0)
		order = (a->c->n > b->c->n) - (a->c->n < b->c->n);
	return order != 0 ? order : compare_orders(a, b);
}

static int by_day(const void *left, const void *right)
{
	const struct cited *a = left;
	const struct cited *b = right;
	int order = compare_codes(a, b);

	if (order == 0)
		order = date_cmp(a->c->day.on, b->c->day.on);
	return order != 0 ? order : compare_orders(a, b);
}

/* ---- the same number with two days ---- */

static bool same_day_of_year(const struct cited *a, const struct cited *b)
{
	return a->c->day.day == b->c->day.day && a->c->day.month == b->c->day.month;
}

/* Whether two citations with one number and two days must mean one document. */
static bool one_document(const struct cited *a, const struct cited *b)
{
	bool same_year = a->c->day.year == b->c->day.year;

	if (a->c->year != b->c->year || !cited_issuers_fit(a, b))
		return false;
	if (a->central && (a->c->year > 0 || same_year || same_day_of_year(a, b)))
		return true;
	if (a->c->year == 0 && !same_year && !same_day_of_year(a, b))
		return a->p != b->p && cited_subject_alike(a, b, true) >= 85;
	if (a->issuer == b->issuer && a->issuer != LEVEL_UNKNOWN)
		return same_year || cited_subject_alike(a, b, false) >= 60;
	return cited_subject_alike(a, b, false) >= 75;
}

/* The same number within two months of a year, no issuer named at either: one document, or a
 * number that two offices happened to have. */
static bool may_be_one(const struct cited *a, const struct cited *b)
{
	return a->issuer == LEVEL_UNKNOWN && b->issuer == LEVEL_UNKNOWN &&
	       a->c->year == b->c->year && a->c->day.year == b->c->day.year &&
	       abs(a->c->day.on.days - b->c->day.on.days) <= 60;
}

static enum err say_two_days(struct audit *x, const struct cited *a, const struct cited *b,
                             bool sure)
{
	const char *left, *right;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_CITATION, sure ? AUDIT_FAIL : AUDIT_SUSPECT);
	cited_place(&d, a);
	cited_place(&d, b);
	TRY(cited_quote(&left, x->arena, a));
	TRY(cited_quote(&right, x->arena, b));
	audit_say(&d, msg_text(MSG_AUDIT_R_ONE_DAY), right, left);
	return audit_end(&d, MSG_AUDIT_TWO_DAYS, left, right);
}

/* ---- the number with and without its year ---- */

static bool lost_its_year(const struct cited *a, const struct cited *b)
{
	if ((a->c->year == 0) == (b->c->year == 0) || !cited_issuers_fit(a, b))
		return false;
	if (cited_has_day(a) && cited_has_day(b))
		return date_cmp(a->c->day.on, b->c->day.on) == 0;
	return str_eq(a->c->code, "NĐ-CP") &&
	       (a->c->day.year == 0 || a->c->day.year == b->c->year || b->c->year == 0) &&
	       (b->c->day.year == 0 || b->c->day.year == a->c->year || a->c->year == 0);
}

static enum err say_lost_year(struct audit *x, const struct cited *a, const struct cited *b)
{
	const struct cited *bad = a->c->year == 0 ? a : b, *good = bad == a ? b : a;
	const char *stated, *wanted;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	cited_place(&d, bad);
	cited_place(&d, good);
	TRY(cited_quote(&stated, x->arena, bad));
	TRY(citation_text(x->arena, &wanted, good->c));
	audit_say(&d, msg_text(MSG_AUDIT_R_ONE_NUMBER), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_TWO_FORMS, stated, wanted);
}

/* ---- two numbers for one document ---- */

static bool transposed(const char *a, const char *b)
{
	size_t n = strlen(a), first = n, last = 0, differ = 0;

	if (n != strlen(b) || n < 3)
		return false;
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i]) {
			differ++;
			last = i;
			if (first == n)
				first = i;
		}
	return differ == 2 && a[first] == b[last] && a[last] == b[first];
}

static bool two_numbers(const struct cited *a, const struct cited *b)
{
	if (a->c->n == b->c->n || a->p == b->p || a->c->year != b->c->year ||
	    !cited_issuers_fit(a, b))
		return false;
	if (transposed(a->c->number, b->c->number))
		return cited_subject_alike(a, b, false) >= 60;
	return cited_subject_alike(a, b, true) >= 90;
}

static enum err say_two_numbers(struct audit *x, const struct cited *a, const struct cited *b)
{
	const char *left, *right;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_CITATION, AUDIT_FAIL);
	cited_place(&d, a);
	cited_place(&d, b);
	TRY(cited_quote(&left, x->arena, a));
	TRY(cited_quote(&right, x->arena, b));
	audit_say(&d, msg_text(MSG_AUDIT_R_ONE_NUMBER), right, left);
	return audit_end(&d, MSG_AUDIT_TWO_NUMBERS, left, right);
}

/* ---- neighbours in an order ---- */

/* Compares each with the ones before it that share its key, at most so many of them. */
enum { MOST_BACK = 12 };

static enum err compare_numbers(struct audit *x, struct cited *a, struct cited *b)
{
	if (lost_its_year(a, b)) {
		a->said = b->said = true;
		return say_lost_year(x, a, b);
	}
	if (!cited_has_day(a) || !cited_has_day(b))
		return ERR_OK;
	if (date_cmp(a->c->day.on, b->c->day.on) == 0) {
		if (a->c->year == b->c->year)
			audit_count(x);
		return ERR_OK;
	}
	if (!one_document(a, b) && !may_be_one(a, b))
		return ERR_OK;
	b->said = true;
	return say_two_days(x, a, b, one_document(a, b));
}

static enum err compare_days(struct audit *x, struct cited *a, struct cited *b)
{
	if (!cited_has_day(a) || !cited_has_day(b) || !two_numbers(a, b))
		return ERR_OK;
	b->said = true;
	return say_two_numbers(x, a, b);
}

static enum err in_order(struct audit *x, struct cited_list *list, by order,
                         enum err (*compare)(struct audit *, struct cited *, struct cited *))
{
	struct cited *rows = list->at;

	qsort(rows, list->n, sizeof(*rows), order);
	for (size_t i = 1; i < list->n; i++)
		for (size_t j = i; j > 0 && i - j < MOST_BACK && !rows[i].said; j--) {
			struct cited *before = &rows[j - 1];

			if (compare_codes(before, &rows[i]) != 0)
				break;
			if (order == by_number && before->c->n != rows[i].c->n)
				break;
			if (order == by_day && before->c->day.on.days != rows[i].c->day.on.days)
				break;
			if (!before->said)
				TRY(compare(x, before, &rows[i]));
		}
	return ERR_OK;
}

static int by_place(const void *left, const void *right)
{
	return compare_orders(left, right);
}

enum err cited_pairs(struct audit *x, struct cited_list *list)
{
	if (list->n == 0)
		return ERR_OK;
	TRY(in_order(x, list, by_number, compare_numbers));
	TRY(in_order(x, list, by_day, compare_days));
	qsort(list->at, list->n, sizeof(*list->at), by_place);
	return ERR_OK;
}
