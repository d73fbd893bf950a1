#include "app/form/form_counted_store.h"

#include <stdio.h>
#include <string.h>

#include "app/counter/counter_store.sql.h"

/* ---- a question turned to the counters ---- */

struct days {
	date_t from, to;
};
static const int first_year = 1900, last_year = 2199;

static struct days days_of(const struct calc_condition *c, const struct period *p)
{
	date_t begin = date_make(first_year, 1, 1);

	if (c->kind == CALC_BY_END)
		return (struct days){ begin, p->to };
	if (c->kind == CALC_BEFORE)
		return (struct days){ begin, date_add(p->from, -1) };
	return (struct days){ c->kind == CALC_IN_YEAR ? p->year_from : p->from, p->to };
}

static bool is_time(const struct calc_condition *c)
{
	return c->kind == CALC_IN_PERIOD || c->kind == CALC_IN_YEAR || c->kind == CALC_BY_END ||
	       c->kind == CALC_BEFORE;
}

static bool in_halves(date_t from, date_t to)
{
	struct counter_spans spans = counter_spans_of(from, to, COUNTER_HALF);

	return spans.n == 1 && spans.at[0].grain == COUNTER_HALF;
}

/* A condition on days, on both of which counters have at most one. */
static bool take_days(struct form_counted *x, bool *finished, bool *received,
                      const struct calc_condition *c, const struct period *p)
{
	struct days days = days_of(c, p);

	if (str_eq(c->name, "finished") && !*finished) {
		*finished = true;
		x->from = days.from;
		x->to = days.to;
		return true;
	}
	if (str_eq(c->name, "received") && !*received) {
		*received = true;
		x->received_from = days.from;
		x->received_to = days.to;
		return true;
	}
	return false;
}

/* Which counter and which of its days; false when there is none for these. */
static bool take_times(struct form_counted *x, const struct form_query *q,
                       const struct period *p)
{
	bool finished = false, received = false;

	x->received_from = x->received_to = DATE_NONE;
	for (size_t i = 0; i < q->n_conditions; i++)
		if (is_time(q->conditions[i]) &&
		    !take_days(x, &finished, &received, q->conditions[i], p))
			return false;
	if (finished) {
		x->set = &recordset_counter_finished;
		return !received || (in_halves(x->from, x->to) &&
		                     in_halves(x->received_from, x->received_to));
	}
	x->set = &recordset_counter_received;
	x->from = received ? x->received_from : date_make(first_year, 1, 1);
	x->to = received ? x->received_to : date_make(last_year, 12, 31);
	x->received_from = x->received_to = DATE_NONE;
	return true;
}

/* Puts `c` where it belongs; *can false when the counter does not have its field. */
static enum err take_condition(struct form_counted *x, bool *can,
                               const struct form_asking *asking, const struct calc_condition *c)
{
	bool tier = str_eq(c->name, "unit_tier");
	struct form_conditions b = { asking, x->set, x->total.conditions, x->total.n_conditions,
		                     TOTAL_MOST_CONDITIONS };

	if (is_time(c))
		return ERR_OK;
	if (c->kind == CALC_AMONG) {
		*can = str_eq(c->name, "procedure") && !x->among;
		x->among = c->among;
		return ERR_OK;
	}
	*can = c->kind != CALC_VALID && recordset_field(x->set, c->name) &&
	       b.n < TOTAL_MOST_CONDITIONS && x->n_tiers < COUNTED_MOST_TIERS;
	if (!*can)
		return ERR_OK;
	if (tier) {
		b.to = x->tiers;
		b.n = x->n_tiers;
		b.most = COUNTED_MOST_TIERS;
	}
	TRY(form_put_condition(&b, c));
	*(tier ? &x->n_tiers : &x->total.n_conditions) = b.n;
	return ERR_OK;
}

static bool counts(const struct calc_total *total)
{
	if (!str_eq(total->set, "dossier"))
		return false;
	if (total->kind == CALC_COUNT)
		return true;
	return (total->kind == CALC_COUNT_DISTINCT || total->kind == CALC_VALUES) &&
	       str_eq(total->field, "procedure");
}

enum err form_counted_of(struct form_counted *out, bool *can, const struct form_asking *asking,
                         const struct calc_total *total)
{
	struct form_counted x = { .distinct = total->kind != CALC_COUNT };
	struct form_query q;

	*can = counts(total);
	if (!*can)
		return ERR_OK;
	TRY(form_query_of(&q, asking->set, asking->choices, total));
	x.records = form_records_of(&q);
	x.whose = str_eq(q.by, "competent_unit") ? COUNTER_COMPETENT : COUNTER_RECEIVING;
	*can = take_times(&x, &q, &asking->period);
	if (!*can)
		return ERR_OK;
	x.total.kind = TOTAL_SUM;
	x.total.field = recordset_field(x.set, "n");
	for (size_t i = 0; i < q.n_conditions && *can; i++)
		TRY(take_condition(&x, can, asking, q.conditions[i]));
	if (x.distinct || x.among)
		*can = *can && x.set == &recordset_counter_received && x.n_tiers == 0 &&
		       in_halves(x.from, x.to) && !(x.distinct && x.among);
	*out = x;
	return ERR_OK;
}

/* ---- conditions on what was read ---- */

static bool in_list(const struct select_condition *c, const char *text, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	return calc_word_among(c->value.text, text ? text : digits);
}

static int compare(const struct select_condition *c, const char *text, int64_t number)
{
	int64_t other = c->field->type == DB_FLAG ? c->value.flag : c->value.integer;

	if (c->field->type == DB_TEXT)
		return strcmp(text, c->value.text);
	return (number > other) - (number < other);
}

bool form_condition_holds(const struct select_condition *c, const char *text, int64_t number)
{
	bool blank = c->field->type == DB_TEXT ? !text : number == INT_NONE;
	int order;

	if (c->op == SELECT_NULL || c->op == SELECT_NOT_NULL)
		return blank == (c->op == SELECT_NULL);
	if (blank)
		return false;
	if (c->op == SELECT_IN)
		return in_list(c, text, number);
	order = compare(c, text, number);
	const bool holds[] = {
		[SELECT_EQ] = order == 0,
		[SELECT_NE] = order != 0,
		[SELECT_LT] = order<0, [SELECT_LE] = order <= 0, [SELECT_GT] = order> 0,
		[SELECT_GE] = order >= 0
	};
	return (size_t)c->op < ARRAY_LEN(holds) && holds[c->op];
}

/* ---- sums ---- */

enum { MOST_IN_BATCH = 16 };

/* Questions to one counter about the same days: one statement for each span answers them. */
struct batch {
	struct form_counted of; /* its set, whose and days */
	struct total totals[MOST_IN_BATCH];
	const struct form_counted *questions[MOST_IN_BATCH];
	size_t places[MOST_IN_BATCH];
	dec_t sums[MOST_IN_BATCH];
	size_t n;
	bool tiers; /* one of them asks for the tier */
};

struct counting {
	const struct form_asking *asking;
	struct form_counted *questions; /* one for each answer */
	dec_t *less;                    /* to take away from each */
	struct batch *batches;
	size_t n_batches;
	struct form_versions versions;
};

static bool same_days(const struct form_counted *a, const struct form_counted *b)
{
	return a->set == b->set && a->whose == b->whose && date_cmp(a->from, b->from) == 0 &&
	       date_cmp(a->to, b->to) == 0 &&
	       date_cmp(a->received_from, b->received_from) == 0 &&
	       date_cmp(a->received_to, b->received_to) == 0;
}

static void place_question(struct counting *c, size_t place)
{
	const struct form_counted *x = &c->questions[place];
	struct batch *b = c->batches;

	while (b < c->batches + c->n_batches && !(same_days(&b->of, x) && b->n < MOST_IN_BATCH))
		b++;
	if (b == c->batches + c->n_batches) {
		b->of = *x;
		c->n_batches++;
	}
	b->tiers = b->tiers || x->n_tiers > 0;
	b->questions[b->n] = x;
	b->totals[b->n] = x->total;
	b->sums[b->n] = dec_from_int(0);
	b->places[b->n++] = place;
}

static void put(struct select *s, const char *name, enum select_op op, struct select_value v)
{
	const struct recordset_field *field = recordset_field(s->set, name);

	v.type = field->type;
	s->conditions[s->n_conditions++] = (struct select_condition){ field, op, v };
}

static void put_days(struct select *s, const char *name, date_t from, date_t to)
{
	put(s, name, SELECT_GE, (struct select_value){ .day = from });
	put(s, name, SELECT_LE, (struct select_value){ .day = to });
}

static struct select select_of(const struct form_asking *asking, const struct form_counted *x,
                               const struct counter_span *span)
{
	struct select s = { .set = x->set,
		            .scope = asking->unit,
		            .own = asking->own,
		            .scope_on = asking->period.to };
	const char *whose = x->whose == COUNTER_COMPETENT ? "0|2" : "0|1";

	put(&s, "grain", SELECT_EQ, (struct select_value){ .integer = span->grain });
	put_days(&s, "on_day", span->from, span->to);
	put(&s, "whose", SELECT_IN, (struct select_value){ .text = whose });
	if (!date_is_none(x->received_from))
		put_days(&s, "received_half", x->received_from, x->received_to);
	return s;
}

static bool tier_fits(const struct form_counted *x, const char *tier)
{
	for (size_t i = 0; i < x->n_tiers; i++)
		if (!form_condition_holds(&x->tiers[i], tier, INT_NONE))
			return false;
	return true;
}

static enum err add_by_tier(struct batch *b, const struct form_asking *asking,
                            const struct select *s)
{
	struct totals_by by = { recordset_field(s->set, "unit_tier"), b->totals, b->n };
	struct totals_groups groups;

	TRY(select_totals_by_unit(&groups, asking->db, asking->arena, s, &by));
	for (size_t g = 0; g < groups.n; g++)
		for (size_t i = 0; i < b->n; i++)
			if (tier_fits(b->questions[i], groups.at[g].by))
				b->sums[i] = dec_add(b->sums[i], groups.at[g].values[i]);
	return ERR_OK;
}

static enum err add_span(struct batch *b, const struct form_asking *asking,
                         const struct counter_span *span)
{
	struct select s = select_of(asking, &b->of, span);
	dec_t sums[MOST_IN_BATCH];

	if (b->tiers)
		return add_by_tier(b, asking, &s);
	TRY(select_totals(sums, asking->db, &s, b->totals, b->n));
	for (size_t i = 0; i < b->n; i++)
		b->sums[i] = dec_add(b->sums[i], sums[i]);
	return ERR_OK;
}

static enum err run_batch(struct form_answer *answers, struct counting *c, struct batch *b)
{
	/* Only rows of half months know when their dossiers were received. */
	bool any = date_is_none(b->of.received_from);
	struct counter_spans spans =
	        counter_spans_of(b->of.from, b->of.to, any ? COUNTER_QUARTER : COUNTER_HALF);

	for (size_t i = 0; i < spans.n; i++)
		TRY(add_span(b, c->asking, &spans.at[i]));
	for (size_t i = 0; i < b->n; i++)
		answers[b->places[i]].value = dec_sub(b->sums[i], c->less[b->places[i]]);
	return ERR_OK;
}

/* ---- all of them ---- */

/* Answers at once what is read version by version, and puts the rest into batches. */
static enum err begin(bool *answered, struct counting *c, struct form_answer *answer,
                      size_t place)
{
	struct form_counted *x = &c->questions[place];
	bool all = false;
	dec_t found;

	TRY(form_counted_of(x, answered, c->asking, answer->total));
	if (!*answered)
		return ERR_OK;
	c->less[place] = dec_from_int(0);
	if (x->distinct)
		return form_count_procedures(&answer->value, &c->versions, x);
	if (x->among) {
		TRY(form_count_among(&found, &all, answered, &c->versions, x));
		if (!*answered)
			return ERR_OK;
		if (all)
			answer->value = found;
		else
			c->less[place] = found;
	}
	if (!all)
		place_question(c, place);
	return ERR_OK;
}

/* What was never kept here is not known to be 0. */
static enum err blank_unkept(const bool *answered, const struct counting *c,
                             struct form_answer *answers, size_t n)
{
	const struct recordset *asked[2] = { NULL, NULL };
	bool kept[2] = { false, false };

	for (size_t i = 0; i < n; i++) {
		const struct form_counted *x = &c->questions[i];
		int which = x->whose == COUNTER_COMPETENT;

		if (!answered[i])
			continue;
		if (!asked[which]) {
			asked[which] = x->records;
			TRY(form_has_records(&kept[which], c->asking, x->records));
		}
		if (!kept[which])
			answers[i].value = DEC_NONE;
	}
	return ERR_OK;
}

enum err form_count_counted(bool *answered, const struct form_asking *asking,
                            struct form_answer *answers, size_t n)
{
	struct counting c = { .asking = asking, .versions = { .asking = asking } };

	TRY(arena_array(asking->arena, &c.questions, n + 1));
	TRY(arena_array(asking->arena, &c.less, n + 1));
	TRY(arena_array(asking->arena, &c.batches, n + 1));
	for (size_t i = 0; i < n; i++)
		TRY(begin(&answered[i], &c, &answers[i], i));
	for (size_t i = 0; i < c.n_batches; i++)
		TRY(run_batch(answers, &c, &c.batches[i]));
	return blank_unkept(answered, &c, answers, n);
}
