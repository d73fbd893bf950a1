#include "app/audit/fact_what.h"

/* How sure a comparison is: 0 nothing speaks against it, from DOUBT on it is a guess, from
 * OTHER on it is another quantity. */
enum { DOUBT = 1, OTHER = 100 };

enum {
	COMMON_WORD = 12, /* a word that the document uses so often narrows nothing down */
	ENOUGH = 4,       /* what two descriptors must share: an object counts 2, a word 1 */
};

/* ---- one dimension ---- */

static bool is_share_online(const struct fact *f)
{
	return f->figure.unit == FIGURE_PERCENT &&
	       f->what.dimensions[FACT_KIND_CHANNEL].value == FACT_CHANNEL_ONLINE;
}

/* What is late was resolved late, where nothing else is said. */
static bool is_late(const struct fact *f)
{
	return f->what.object == FACT_OBJECT_DOSSIER && f->table < 0 &&
	       f->what.dimensions[FACT_KIND_TIMELY].value == FACT_TIMELY_LATE;
}

static bool is_given(const struct fact *f)
{
	return f->what.dimensions[FACT_KIND_GIVER].value > 0;
}

static bool are_both(int x, int y, int one, int two)
{
	return (x == one && y == two) || (x == two && y == one);
}

/* "tiếp nhận và giải quyết" is either, but its total is what was received; the share of files
 * that are online may be of both. */
static int same_state(int x, int y, const struct fact *a, const struct fact *b)
{
	bool total = x == FACT_STATE_BOTH ? a->what.total : b->what.total;

	/* What a plan sets is the office's own; what another one gives is not. */
	if (are_both(x, y, FACT_STATE_ASSIGNED, FACT_STATE_PLANNED))
		return is_given(a) || is_given(b) ? OTHER : 0;
	if (are_both(x, y, FACT_STATE_BOTH, FACT_STATE_RECEIVED))
		return DOUBT;
	if (are_both(x, y, FACT_STATE_BOTH, FACT_STATE_RESOLVED))
		return total ? OTHER : DOUBT;
	if (are_both(x, y, 0, FACT_STATE_RESOLVED) && is_late(a) && is_late(b))
		return DOUBT;
	return (x == 0 || y == 0) && is_share_online(a) && is_share_online(b) ? DOUBT : OTHER;
}

/* What it costs to take what one of them says for what the other leaves unsaid. */
static int same_unsaid(int d, int said, const struct fact *a, const struct fact *b)
{
	/* Forms have rows for one giver; two paragraphs tell of two. */
	if (d == FACT_KIND_GIVER && a->what.object == FACT_OBJECT_TASK)
		return (a->table < 0) == (b->table < 0) ? OTHER : DOUBT;
	if (d == FACT_KIND_GIVER)
		return 0;
	if (d == FACT_KIND_AUTHORITY)
		return a->what.object == FACT_OBJECT_PROCEDURE ? 0 : DOUBT;
	if (d == FACT_KIND_CARRY && said == FACT_CARRY_FRESH) /* what is received is new */
		return a->what.dimensions[FACT_KIND_STATE].value == FACT_STATE_RECEIVED ? 0
		                                                                        : OTHER;
	if (d == FACT_KIND_LEVEL &&
	    said == FACT_LEVEL_BOTH) /* what is online is of one of both */
		return DOUBT;
	return OTHER;
}

/* What it costs to call two values of a dimension the same; `a` and `b` are where they stand.
 */
static int same_value(int d, int x, int y, const struct fact *a, const struct fact *b)
{
	bool one = x == 0 || y == 0;

	if (x == y && x >= 0)
		return 0;
	if (x < 0 || y < 0)
		return OTHER;
	if (d == FACT_KIND_STATE)
		return same_state(x, y, a, b);
	if (d == FACT_KIND_AUTHORITY)
		return a->what.object == FACT_OBJECT_PROCEDURE ? 0 : DOUBT;
	return one ? same_unsaid(d, x ? x : y, a, b) : OTHER;
}

static int compare_dimension(int d, const struct fact *a, const struct fact *b)
{
	struct fact_dimension x = a->what.dimensions[d], y = b->what.dimensions[d];
	int least = OTHER;

	for (int i = 0; i < 4; i++) {
		int u = i & 1 ? x.other : x.value, v = i & 2 ? y.other : y.value, cost;

		if (((i & 1) && x.other < 0) || ((i & 2) && y.other < 0))
			continue;
		cost = same_value(d, u, v, a, b);
		cost += ((i & 1) && x.loose ? DOUBT : 0) + ((i & 2) && y.loose ? DOUBT : 0);
		if (cost < least)
			least = cost;
	}
	return least;
}

static int compare_dimensions(const struct fact *a, const struct fact *b)
{
	int cost = 0;

	for (int d = 0; d < FACT_DIMENSIONS && cost < OTHER; d++)
		cost += compare_dimension(d, a, b);
	return cost;
}

/* ---- words ---- */

static int weight(const struct fact_words *w, int id, bool rare_only)
{
	if (rare_only && id >= FACT_TERMS && fact_words_seen(w, id) >= COMMON_WORD)
		return 0;
	if (rare_only && fact_term_kind(id) == FACT_KIND_OBJECT) /* under another object */
		return 3;
	return id < FACT_TERMS ? 2 : 1;
}

/* What stands above an amount by habit: a plan, a report, an office. */
static bool narrows_nothing(int id)
{
	return id == FACT_WORD_PLANNED || id == FACT_OBJECT_TARGET || id == FACT_OBJECT_TASK ||
	       (fact_term_kind(id) == FACT_KIND_OBJECT && fact_object_is_vague(id));
}

/* Words of `set` that the other one does not say. */
static int missing(const struct fact_words *w, struct fact_set set,
                   const struct fact_what *other, bool rare_only)
{
	int sum = 0;

	for (size_t i = 0; i < set.n; i++) {
		int id = set.at[i];

		if (id != other->object && !(rare_only && narrows_nothing(id)) &&
		    !fact_set_has(other->own, id) && !fact_set_has(other->near, id) &&
		    !fact_set_has(other->before, id) && !fact_set_has(other->context, id))
			sum += weight(w, id, rare_only);
	}
	return sum;
}

static bool is_within(struct fact_set set, struct fact_set other)
{
	for (size_t i = 0; i < set.n; i++)
		if (!fact_set_has(other, set.at[i]))
			return false;
	return true;
}

static int shared(const struct fact_words *w, const struct fact_what *a,
                  const struct fact_what *b)
{
	int sum = 0;

	for (size_t i = 0; i < a->own.n; i++)
		if (fact_set_has(b->own, a->own.at[i]))
			sum += weight(w, a->own.at[i], false);
	return sum;
}

static int compare_words(const struct fact_words *w, const struct fact *a, const struct fact *b)
{
	int common = shared(w, &a->what, &b->what);
	int own = missing(w, a->what.own, &b->what, false) +
	          missing(w, b->what.own, &a->what, false);
	int above = missing(w, a->what.context, &b->what, true) +
	            missing(w, b->what.context, &a->what, true);
	int story = missing(w, a->what.before, &b->what, true) +
	            missing(w, b->what.before, &a->what, true);
	bool long_goals = a->is_goal && b->is_goal && common >= 6 && own * 3 <= common;

	if ((own > 0 && !long_goals) || above > 2 || above + story > 4)
		return OTHER;
	return own > 0 || above > 0 || story > 0 || !is_within(a->what.own, b->what.own) ||
	                       !is_within(b->what.own, a->what.own)
	               ? DOUBT
	               : 0;
}

/* "Số phiếu khảo sát: 210": counted without a word of what became of them. */
static bool is_slips(const struct fact *f)
{
	return f->what.object == FACT_OBJECT_SLIP && f->what.counted && f->what.own.n == 0;
}

/* The same noun phrase word by word. */
static bool is_repeated(struct fact_set a, struct fact_set b)
{
	enum { PHRASE_WORDS = 3 };

	return a.n >= PHRASE_WORDS && a.n == b.n && is_within(a, b);
}

/* What both say of states, ways and places. */
static int shared_dimensions(const struct fact *a, const struct fact *b)
{
	int sum = 0;

	for (int d = 0; d < FACT_DIMENSIONS; d++)
		if (a->what.dimensions[d].value > 0 && b->what.dimensions[d].value > 0)
			sum += d == FACT_KIND_AUTHORITY ? 1 : 2;
	return sum;
}

/* How much both say of the same thing. */
static int substance(const struct fact_words *w, const struct fact *a, const struct fact *b)
{
	int object = a->what.object, sum = shared(w, &a->what, &b->what);

	if (!fact_object_is_vague(object))
		sum += 2;
	if (object == FACT_OBJECT_SATISFACTION || fact_object_is_index(object) ||
	    (sum > 0 && a->figure.unit == FIGURE_PERCENT)) /* a share says more than a count */
		sum += 2;
	if (is_repeated(a->what.own, b->what.own))
		sum += 2;
	if (is_slips(a) && is_slips(b)) /* an office asks for opinions once in a report */
		sum += 2;
	return sum + shared_dimensions(a, b) + (a->what.total && b->what.total);
}

/* ---- objects, periods, units ---- */

static int compare_objects(const struct fact *a, const struct fact *b)
{
	int x = a->what.object, y = b->what.object;
	bool guessed = a->what.guessed || b->what.guessed;

	if (x == 0 || y == 0)
		return OTHER;
	if (x == y)
		return guessed ? DOUBT : 0;
	if (a->figure.unit != FIGURE_PERCENT)
		return OTHER;
	if ((x == FACT_OBJECT_OFFICIAL && y == FACT_OBJECT_OFFICIALS) ||
	    (y == FACT_OBJECT_OFFICIAL && x == FACT_OBJECT_OFFICIALS))
		return DOUBT;
	return OTHER;
}

/* Days that two spans share, and those of either, "tính đến ngày" taken as that day. */
static void overlap(const struct fact_period *p, const struct fact_period *q, int64_t *both,
                    int64_t *all)
{
	date_t pf = date_is_none(p->from) ? p->to : p->from;
	date_t qf = date_is_none(q->from) ? q->to : q->from;

	*both = (p->to.days < q->to.days ? p->to.days : q->to.days) -
	        (pf.days > qf.days ? pf.days : qf.days) + 1;
	*all = (p->to.days > q->to.days ? p->to.days : q->to.days) -
	       (pf.days < qf.days ? pf.days : qf.days) + 1;
}

/* A period that is not stated is the report's, which the window of another place may govern;
 * two windows that nearly cover each other leave room. */
static int compare_periods(const struct fact *a, const struct fact *b)
{
	const struct fact_period *p = &a->period, *q = &b->period;
	int64_t both, all;

	if (p->past || q->past)
		return OTHER;
	if (date_is_none(p->to) || date_is_none(q->to))
		return 0;
	if (date_cmp(p->to, q->to) == 0 && date_cmp(p->from, q->from) == 0)
		return 0;
	overlap(p, q, &both, &all);
	if (date_is_none(p->from) || date_is_none(q->from))
		return both > 0 ? (p->stated && q->stated) * DOUBT : OTHER;
	if (p->stated && q->stated)
		return both * 10 >= all * 8 ? DOUBT : OTHER;
	return both * 2 >= all ? 0 : OTHER;
}

enum fact_match fact_compare(const struct fact_words *w, const struct fact *a,
                             const struct fact *b)
{
	int cost;

	if (a->figure.unit != b->figure.unit || a->is_goal != b->is_goal || a->what.no ||
	    b->what.no || a->what.unclear || b->what.unclear)
		return FACT_OTHER;
	cost = compare_objects(a, b) + compare_periods(a, b);
	if (cost < OTHER)
		cost += compare_dimensions(a, b);
	if (cost < OTHER)
		cost += compare_words(w, a, b);
	if (cost > 2 * DOUBT || substance(w, a, b) < ENOUGH)
		return FACT_OTHER;
	return cost == 0 ? FACT_SAME : FACT_LIKELY;
}

/* ---- values ---- */

/* Zeros at the end of a whole number: money rounded to millions differs from the exact sum. */
static int64_t step_of(struct number n)
{
	int64_t step = 1;

	if (n.digits == 0)
		return 1;
	while (n.digits % (step * 10) == 0 && step < INT64_MAX / 100)
		step *= 10;
	return step;
}

static int64_t scaled(struct number n, int places)
{
	for (; n.places < places; n.places++)
		n.digits *= 10;
	return n.digits;
}

/* Equal as far as the coarser of the two was printed. */
static bool same_printed(struct number x, struct number y, bool money)
{
	int places = x.places > y.places ? x.places : y.places;
	struct number coarse = x.places <= y.places ? x : y;
	int64_t step = 1, difference;

	if (number_eq(x, y))
		return true;
	if (places > 6 || (!money && x.places == y.places))
		return false;
	for (int i = coarse.places; i < places; i++)
		step *= 10;
	if (money && places == 0)
		step = step_of(x) > step_of(y) ? step_of(x) : step_of(y);
	difference = scaled(x, places) - scaled(y, places);
	return difference > -step && difference < step;
}

static bool is_lower_bound(enum figure_bound bound)
{
	return bound == FIGURE_OVER || bound == FIGURE_AT_LEAST;
}

bool fact_agree(const struct fact *a, const struct fact *b)
{
	const struct figure *x = &a->figure, *y = &b->figure;
	int order = number_cmp(x->value, y->value);

	if (same_printed(x->value, y->value, x->unit == FIGURE_DONG))
		return true;
	/* "tiếp nhận" with or without what the period before left. */
	if (number_eq(x->value, number_sub(y->value, b->carried)) ||
	    number_eq(y->value, number_sub(x->value, a->carried)))
		return true;
	if (a->is_goal && b->is_goal)
		return false;
	if (is_lower_bound(x->bound) && order < 0)
		return true;
	if (is_lower_bound(y->bound) && order > 0)
		return true;
	if ((x->bound == FIGURE_UNDER || x->bound == FIGURE_AT_MOST) && order > 0)
		return true;
	return (y->bound == FIGURE_UNDER || y->bound == FIGURE_AT_MOST) && order < 0;
}
