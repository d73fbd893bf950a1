#include "app/audit/fact.h"

#include <stdlib.h>
#include <string.h>

#include "app/audit/audit_paper.h"
#include "app/audit/fact_read.h"
#include "base/vec.h"

enum { NEIGHBOURS = 400 /* facts of one kind that each is compared with, at most */ };

/* In a commune's report "cấp xã" is the office itself. */
static void settle_office(struct fact_reader *r)
{
	for (size_t i = 0; i < r->n_facts; i++) {
		struct fact_dimension *office = &r->facts[i].what.dimensions[FACT_KIND_OFFICE];

		if (office->value == FACT_OFFICE_COMMUNE)
			*office = (struct fact_dimension){ 0, -1, false };
		if (office->other == FACT_OFFICE_COMMUNE)
			office->other = -1;
	}
}

/* What has parts is a total, whether or not it is called one. */
static void settle_totals(struct fact_reader *r)
{
	for (size_t i = 0; i < r->n_facts; i++)
		if (r->facts[i].whole >= 0 && r->facts[i].figure.unit == FIGURE_COUNT)
			r->facts[r->facts[i].whole].what.total = true;
}

/* Where the report's period begins with the year, "từ đầu năm" is the period. */
static void settle_span(struct fact_reader *r)
{
	date_t from = fact_period_of_head(r->document).from;
	int year, month, day;

	if (date_is_none(from))
		return;
	date_split(from, &year, &month, &day);
	for (size_t i = 0; i < r->n_facts && month == 1; i++)
		r->facts[i].what.dimensions[FACT_KIND_SPAN] =
		        (struct fact_dimension){ 0, -1, false };
}

/* ---- what "đúng hạn" means ---- */

static int list_of(const struct fact_reader *r, const struct fact *f)
{
	return f->block < 0 ? -1 : r->document->blocks[f->block].list_parent;
}

/* Whether two facts stand side by side: parts of one whole, items of one list, rows of one
 * parent. */
static bool are_siblings(const struct fact_reader *r, const struct fact *a,
                         const struct fact *b)
{
	const struct table *t;

	if (a->table != b->table || a->in_words != b->in_words)
		return false;
	if (a->in_words)
		return a->whole == b->whole &&
		       (a->text == b->text || a->whole >= 0 ||
		        (list_of(r, a) >= 0 && list_of(r, a) == list_of(r, b)));
	t = &r->document->tables[a->table];
	if (a->row == b->row)
		return a->column != b->column;
	return a->column == b->column && t->rows[a->row].parent == t->rows[b->row].parent;
}

static bool is_above(const struct fact_reader *r, const struct fact *a, const struct fact *b)
{
	if (a->table != b->table || a->in_words || b->in_words)
		return false;
	return a->column == b->column &&
	       r->document->tables[a->table].rows[b->row].parent == a->row;
}

/* "cấp huyện 313, cấp xã 149": their total counts more than what the office itself does. */
static void settle_spread(struct fact_reader *r)
{
	enum { REACH = 40 };

	for (size_t i = 0; i < r->n_facts; i++) {
		if (!r->facts[i].what.dimensions[FACT_KIND_OFFICE].value)
			continue;
		if (r->facts[i].whole >= 0)
			r->facts[r->facts[i].whole].spread = true;
		for (size_t k = i; k > 0 && k + REACH > i; k--)
			r->facts[k - 1].spread |= is_above(r, &r->facts[k - 1], &r->facts[i]);
	}
	for (size_t i = 0; i < r->n_facts; i++)
		r->facts[i].spread &= !r->facts[i].what.dimensions[FACT_KIND_OFFICE].value;
}

/* What is received may count what the period before left, where that is told beside it. */
static void settle_carried(struct fact_reader *r)
{
	enum { REACH = 6 };

	for (size_t i = 0; i < r->n_facts; i++) {
		const struct fact *old = &r->facts[i];

		if (old->what.dimensions[FACT_KIND_CARRY].value != FACT_CARRY_OLD)
			continue;
		for (size_t k = i > REACH ? i - REACH : 0; k < r->n_facts && k <= i + REACH;
		     k++) {
			struct fact *f = &r->facts[k];

			if (f->what.dimensions[FACT_KIND_STATE].value == FACT_STATE_RECEIVED &&
			    f->what.dimensions[FACT_KIND_CARRY].value == 0 &&
			    (old->whole == (int)k || are_siblings(r, f, old) ||
			     is_above(r, f, old)))
				f->carried = old->figure.value;
		}
	}
}

/* Beside "trước hạn" the words "đúng hạn" mean neither early nor late; alone they mean both
 * that is early and that is in time. */
static void settle_on_time(struct fact_reader *r)
{
	enum { REACH = 12 };

	for (size_t i = 0; i < r->n_facts; i++) {
		struct fact_dimension *timely = &r->facts[i].what.dimensions[FACT_KIND_TIMELY];
		size_t from = i > REACH ? i - REACH : 0;
		bool early = false;

		if (timely->value != FACT_TIMELY_ON_TIME &&
		    timely->other != FACT_TIMELY_ON_TIME)
			continue;
		for (size_t k = from; k < r->n_facts && k <= i + REACH; k++) {
			const struct fact *beside = &r->facts[k];

			early |= beside->what.dimensions[FACT_KIND_TIMELY].value ==
			                 FACT_TIMELY_EARLY &&
			         are_siblings(r, &r->facts[i], beside);
		}
		if (!early && timely->value == FACT_TIMELY_ON_TIME)
			timely->value = FACT_TIMELY_NOT_LATE;
		if (!early && timely->other == FACT_TIMELY_ON_TIME)
			timely->other = FACT_TIMELY_NOT_LATE;
	}
}

/* ---- sums that the document does not print ---- */

static bool adds_up(const struct fact *a, const struct fact *b, int d, int x, int y)
{
	if (a->what.dimensions[d].value != x || b->what.dimensions[d].value != y)
		return false;
	for (int i = 0; i < FACT_DIMENSIONS; i++)
		if (i != d && a->what.dimensions[i].value != b->what.dimensions[i].value)
			return false;
	return a->what.object == b->what.object && a->figure.unit == b->figure.unit &&
	       a->figure.unit == FIGURE_COUNT && a->figure.bound == FIGURE_EXACT &&
	       b->figure.bound == FIGURE_EXACT && a->is_goal == b->is_goal;
}

static enum err put_sum(struct fact_reader *r, size_t a, size_t b, int d, int value)
{
	struct fact sum = r->facts[a];

	sum.figure.value = number_add(sum.figure.value, r->facts[b].figure.value);
	sum.what.dimensions[d].value = value;
	sum.sum_of[0] = (int)a;
	sum.sum_of[1] = (int)b;
	return fact_put(r, &sum);
}

/* "trước hạn 91, đúng hạn 05" states 96 in time; "một phần 78, toàn trình 54" states 132. */
static enum err add_sums(struct fact_reader *r)
{
	static const struct {
		int d, x, y, both;
	} sums[] = {
		{ FACT_KIND_TIMELY, FACT_TIMELY_EARLY, FACT_TIMELY_ON_TIME,
		  FACT_TIMELY_NOT_LATE },
		{ FACT_KIND_LEVEL, FACT_LEVEL_PART, FACT_LEVEL_FULL, FACT_LEVEL_BOTH },
	};
	size_t n = r->n_facts;

	for (size_t i = 0; i + 1 < n; i++)
		for (size_t k = 0; k < ARRAY_LEN(sums); k++) {
			const struct fact *a = &r->facts[i], *b = &r->facts[i + 1];

			if (!a->in_words || !are_siblings(r, a, b))
				continue;
			if (adds_up(a, b, sums[k].d, sums[k].x, sums[k].y) ||
			    adds_up(a, b, sums[k].d, sums[k].y, sums[k].x))
				TRY(put_sum(r, i, i + 1, sums[k].d, sums[k].both));
		}
	return ERR_OK;
}

/* ---- pairs ---- */

struct key {
	int object, unit, goal, index;
};

static int object_class(int object)
{
	return object == FACT_OBJECT_OFFICIALS ? FACT_OBJECT_OFFICIAL : object;
}

static int compare_keys(const void *left, const void *right)
{
	const struct key *a = left, *b = right;

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->goal != b->goal)
		return a->goal < b->goal ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* Amounts of one table or one section follow each other; they do not repeat each other. */
static bool in_one_place(const struct document *d, const struct fact *a, const struct fact *b)
{
	if (a->table >= 0 || b->table >= 0)
		return a->table == b->table;
	return d->blocks[a->block].section == d->blocks[b->block].section;
}

/* Whether a value is that of a part of fact `whole`. */
static bool is_of_part(const struct fact_reader *r, size_t whole, struct number value)
{
	enum { REACH = 40 };
	const struct fact *w = &r->facts[whole];

	if (value.digits == 0)
		return false;
	for (size_t k = whole + 1; k < r->n_facts && k <= whole + REACH; k++) {
		const struct fact *f = &r->facts[k];

		if ((f->whole == (int)whole || is_above(r, w, f)) &&
		    f->figure.unit == w->figure.unit && number_eq(f->figure.value, value))
			return true;
	}
	return false;
}

/* Whether one counts what is done at a place that the other does not speak of. */
static bool other_population(const struct fact_reader *r, const struct fact *a,
                             const struct fact *b)
{
	int office = a->what.dimensions[FACT_KIND_OFFICE].value;

	if (a->population == b->population)
		return false;
	if ((a->table < 0) == (b->table < 0))
		return true;
	return !r->is_commune &&
	       (!office || office != b->what.dimensions[FACT_KIND_OFFICE].value);
}

/* What is left of a match of two values that differ: one of them may be of a part, of one place
 * or of one level of what the other counts. */
static enum fact_match doubted(const struct fact_reader *r, int a, int b, enum fact_match match)
{
	const struct fact *x = &r->facts[a], *y = &r->facts[b];

	if (other_population(r, x, y) || is_of_part(r, (size_t)a, y->figure.value) ||
	    is_of_part(r, (size_t)b, x->figure.value))
		return FACT_OTHER;
	return x->spread == y->spread || (x->spread ? y->broad : x->broad) ? match
	                                                                   : FACT_LIKELY;
}

static enum err put_pair(struct fact_reader *r, struct fact_list *list,
                         struct fact_pair **pairs, int a, int b)
{
	const struct fact *x = &r->facts[a], *y = &r->facts[b];
	enum fact_match match;

	if (in_one_place(r->document, x, y))
		return ERR_OK;
	match = fact_compare(r->words, x, y);
	if (match != FACT_OTHER && !fact_agree(x, y))
		match = doubted(r, a, b, match);
	if (match == FACT_OTHER)
		return ERR_OK;
	TRY(vec_room(r->arena, *pairs, list->n_pairs));
	(*pairs)[list->n_pairs++] =
	        (struct fact_pair){ a < b ? a : b, a < b ? b : a, match, fact_agree(x, y) };
	return ERR_OK;
}

static enum err find_pairs(struct fact_reader *r, struct fact_list *list)
{
	struct fact_pair *pairs = NULL;
	struct key *keys;

	if (r->n_facts == 0)
		return ERR_OK;
	TRY(arena_array(r->arena, &keys, r->n_facts));
	for (size_t i = 0; i < r->n_facts; i++)
		keys[i] = (struct key){ object_class(r->facts[i].what.object),
			                (int)r->facts[i].figure.unit, r->facts[i].is_goal,
			                (int)i };
	qsort(keys, r->n_facts, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < r->n_facts; i++)
		for (size_t k = i + 1; k < r->n_facts && k <= i + NEIGHBOURS; k++) {
			if (keys[k].object != keys[i].object || keys[k].unit != keys[i].unit ||
			    keys[k].goal != keys[i].goal)
				break;
			TRY(put_pair(r, list, &pairs, keys[i].index, keys[k].index));
		}
	list->pairs = pairs;
	return ERR_OK;
}

/* Names of the office that reports, as its letterhead and its dateline have them. */
static enum err learn_office(struct fact_reader *r)
{
	const struct document *d = r->document;

	TRY(fact_words_learn_office(r->words, d->head.office));
	TRY(fact_words_learn_office(r->words, d->head.place));
	for (size_t i = 0; i < d->n_blocks && d->blocks[i].kind == BLOCK_HEAD; i++) {
		const char *text = d->blocks[i].text.text;
		struct fact_items t;

		TRY(fact_words_read(r->words, &t, text, 0, strlen(text), NULL));
		if (t.n > 1 && t.n < 8 && t.at[0].id == FACT_FILLER_OFFICES &&
		    t.at[0].kind == FACT_KIND_FILLER)
			TRY(fact_words_learn_office(r->words, text));
	}
	return ERR_OK;
}

enum err facts_of(struct fact_list **out, struct audit *x)
{
	enum office_level level;
	struct fact_reader r = { .arena = x->arena, .document = x->document };
	struct fact_list *list;

	TRY(arena_new(x->arena, &list));
	TRY(fact_words_new(&r.words, x->arena));
	TRY(learn_office(&r));
	TRY(fact_read_paragraphs(&r));
	TRY(fact_read_tables(&r));
	TRY(office_level_own(&level, x));
	r.is_commune = level == LEVEL_COMMUNE;
	if (r.is_commune)
		settle_office(&r);
	settle_totals(&r);
	settle_carried(&r);
	settle_spread(&r);
	settle_span(&r);
	settle_on_time(&r);
	TRY(add_sums(&r));
	TRY(find_pairs(&r, list));
	list->facts = r.facts;
	list->n_facts = r.n_facts;
	*out = list;
	return ERR_OK;
}
