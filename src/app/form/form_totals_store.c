#include "app/form/form_totals_store.h"

#include <string.h>

#include "app/form/form_counted_store.h"
#include "app/form/form_store.sql.h"

const struct recordset *form_records_of(const struct form_query *q)
{
	if (str_eq(q->total->set, "procedure"))
		return &recordset_form_procedure;
	if (str_eq(q->total->set, "unit"))
		return &recordset_form_unit;
	if (str_eq(q->total->set, "report"))
		return &recordset_form_report;
	return str_eq(q->by, "competent_unit") ? &recordset_form_dossier_competent
	                                       : &recordset_form_dossier;
}

static enum err field_of(const struct recordset_field **out, const struct recordset *set,
                         const char *name)
{
	*out = recordset_field(set, name);
	if (*out)
		return ERR_OK;
	return err_set(ERR_INTERNAL, "record set %s has no field %s", set->name, name);
}

static enum err put(struct form_conditions *b, const char *name, enum select_op op,
                    struct select_value value)
{
	const struct recordset_field *field;

	TRY(field_of(&field, b->set, name));
	if (b->n == b->most)
		return err_set(ERR_TOO_LARGE, "a formula has too many conditions");
	value.type = field->type;
	b->to[b->n++] = (struct select_condition){ field, op, value };
	return ERR_OK;
}

static enum err put_day(struct form_conditions *b, const char *name, enum select_op op,
                        date_t day)
{
	return put(b, name, op, (struct select_value){ .day = day });
}

static enum err put_text(struct form_conditions *b, const char *name, enum select_op op,
                         const char *text)
{
	return put(b, name, op, (struct select_value){ .text = text });
}

static enum err put_days(struct form_conditions *b, const char *name, date_t from, date_t to)
{
	TRY(put_day(b, name, SELECT_GE, from));
	return put_day(b, name, SELECT_LE, to);
}

/* The tiers that the unit's sheet covers and that stood at the end of the period. */
static enum err put_tiers(struct form_conditions *b, const char *name)
{
	const struct form_asking *q = b->asking;
	struct str list;
	const char *text;

	str_init(&list, q->arena, 100);
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++) {
		date_t closed = q->set->closed_on[tier];
		bool gone = !date_is_none(closed) && date_cmp(q->period.to, closed) > 0;

		if (!gone && form_tier_covers(q->tier, tier))
			str_printf(&list, "%s%s", list.len ? "|" : "", form_tier_word(tier));
	}
	TRY(str_finish(&list, &text));
	return put_text(b, name, SELECT_IN, text);
}

static enum err put_comparison(struct form_conditions *b, const struct calc_condition *c)
{
	static const enum select_op ops[] = { SELECT_EQ, SELECT_NE, SELECT_LT,
		                              SELECT_LE, SELECT_GT, SELECT_GE };
	long long number;

	if (c->kind == CALC_IS_WORD)
		return put_text(b, c->name, ops[c->compare], c->text);
	if (!str_to_int(c->text, &number))
		return err_set(ERR_INTERNAL, "'%s' is no number", c->text);
	return put(b, c->name, ops[c->compare], (struct select_value){ .integer = number });
}

/* field among (values of other records) */
static enum err put_among(struct form_conditions *b, const struct calc_condition *c)
{
	struct select_among *among;
	struct select *from;

	TRY(arena_new(b->asking->arena, &among));
	TRY(arena_new(b->asking->arena, &from));
	TRY(form_select(from, &among->field, b->asking, c->among));
	among->from = from;
	return put(b, c->name, SELECT_AMONG, (struct select_value){ .among = among });
}

/* Conditions on what is marked and what is empty need no value of the condition itself. */
static enum err put_mark(struct form_conditions *b, const struct calc_condition *c)
{
	struct select_value yes = { .flag = true }, no = { .flag = false };

	if (c->kind == CALC_SET || c->kind == CALC_NOT_SET)
		return put(b, c->name, SELECT_EQ, c->kind == CALC_SET ? yes : no);
	return put(b, c->name, c->kind == CALC_EMPTY ? SELECT_NULL : SELECT_NOT_NULL, no);
}

static enum err put_one_of(struct form_conditions *b, const struct calc_condition *c)
{
	return put_text(b, c->name, SELECT_IN, c->text);
}

/* in period, in year, by the end, before the period */
static enum err put_time(struct form_conditions *b, const struct calc_condition *c)
{
	const struct period *p = &b->asking->period;

	if (c->kind == CALC_BY_END)
		return put_day(b, c->name, SELECT_LE, p->to);
	if (c->kind == CALC_BEFORE)
		return put_day(b, c->name, SELECT_LT, p->from);
	return put_days(b, c->name, c->kind == CALC_IN_YEAR ? p->year_from : p->from, p->to);
}

static enum err put_valid(struct form_conditions *b, const struct calc_condition *c)
{
	(void)c;
	TRY(put_day(b, "valid_from", SELECT_LE, b->asking->period.to));
	return put_day(b, "valid_until", SELECT_GE, b->asking->period.to);
}

static enum err put_in_unit(struct form_conditions *b, const struct calc_condition *c)
{
	return put_tiers(b, c->name);
}

/* How each kind of condition is asked of the records; those by name were worked in before. */
static enum err (*const putters[])(struct form_conditions *, const struct calc_condition *) = {
	[CALC_IS_WORD] = put_comparison, [CALC_IS_AMOUNT] = put_comparison,
	[CALC_IS_ONE_OF] = put_one_of,   [CALC_IN_PERIOD] = put_time,
	[CALC_IN_YEAR] = put_time,       [CALC_BY_END] = put_time,
	[CALC_BEFORE] = put_time,        [CALC_VALID] = put_valid,
	[CALC_IN_UNIT] = put_in_unit,    [CALC_SET] = put_mark,
	[CALC_NOT_SET] = put_mark,       [CALC_EMPTY] = put_mark,
	[CALC_NOT_EMPTY] = put_mark,     [CALC_AMONG] = put_among,
};

enum err form_put_condition(struct form_conditions *b, const struct calc_condition *c)
{
	if ((size_t)c->kind >= ARRAY_LEN(putters) || !putters[c->kind])
		return err_set(ERR_INTERNAL, "conditions by name were not worked in");
	return putters[c->kind](b, c);
}

static enum err put_conditions(struct form_conditions *b, const struct form_query *q)
{
	for (size_t i = 0; i < q->n_conditions; i++)
		TRY(form_put_condition(b, q->conditions[i]));
	return ERR_OK;
}

/* The reports that are owed below are nobody's own: the unit that receives them counts them. */
static struct select bare_select(const struct form_asking *q, const struct recordset *set)
{
	return (struct select){ .set = set,
		                .scope = q->unit,
		                .own = set == &recordset_form_report ? NULL : q->own,
		                .scope_on = q->period.to };
}

enum err form_select(struct select *out, const struct recordset_field **field,
                     const struct form_asking *asking, const struct calc_total *total)
{
	struct form_query q;
	struct form_conditions b = { .asking = asking, .to = out->conditions };

	TRY(form_query_of(&q, asking->set, asking->choices, total));
	b.set = form_records_of(&q);
	b.most = SELECT_MOST_CONDITIONS;
	*out = bare_select(asking, b.set);
	TRY(put_conditions(&b, &q));
	out->n_conditions = b.n;
	*field = NULL;
	return total->field ? field_of(field, b.set, total->field) : ERR_OK;
}

/* ---- many at once ---- */

/* Questions to one record set about the same days: one statement answers them. */
struct batch {
	struct select common;
	struct total *totals;
	size_t *places; /* of their values */
	size_t n;
};

struct batches {
	const struct form_asking *asking;
	struct batch *at;
	size_t n;
};

static enum total_kind kind_of(const struct calc_total *total)
{
	if (total->kind == CALC_COUNT_DISTINCT)
		return TOTAL_DISTINCT;
	return total->kind == CALC_SUM ? TOTAL_SUM : TOTAL_COUNT;
}

static bool same_condition(const struct select_condition *a, const struct select_condition *b)
{
	return a->field == b->field && a->op == b->op && a->value.day.days == b->value.day.days;
}

/* The condition on a range of days that an index can serve: the first such pair. */
static size_t find_days(const struct select *s)
{
	for (size_t i = 0; i + 1 < s->n_conditions; i++) {
		const struct select_condition *c = &s->conditions[i];

		if (c->field->type == DB_DAY && c->op == SELECT_GE && c[1].op == SELECT_LE &&
		    c[1].field == c->field)
			return i;
	}
	return s->n_conditions;
}

static bool same_days(const struct select *a, const struct select *b)
{
	size_t i = find_days(a);

	if (a->set != b->set)
		return false;
	if (i == a->n_conditions)
		return b->n_conditions == 0;
	return b->n_conditions == 2 && same_condition(&a->conditions[i], &b->conditions[0]) &&
	       same_condition(&a->conditions[i + 1], &b->conditions[1]);
}

static enum err new_batch(struct batch *b, const struct form_asking *q, const struct select *s)
{
	size_t i = find_days(s);

	b->common = bare_select(q, s->set);
	if (i < s->n_conditions) {
		b->common.conditions[0] = s->conditions[i];
		b->common.conditions[1] = s->conditions[i + 1];
		b->common.n_conditions = 2;
	}
	TRY(arena_array(q->arena, &b->totals, TOTALS_MOST));
	return arena_array(q->arena, &b->places, TOTALS_MOST);
}

/* The conditions of `s` that the batch does not already make of every row. */
static enum err add_total(struct batch *b, const struct select *s,
                          const struct recordset_field *field, enum total_kind kind,
                          size_t place)
{
	struct total *t = &b->totals[b->n];
	size_t days = find_days(s);

	t->kind = kind;
	t->field = field;
	for (size_t i = 0; i < s->n_conditions; i++) {
		if (b->common.n_conditions && (i == days || i == days + 1))
			continue;
		if (t->n_conditions == TOTAL_MOST_CONDITIONS)
			return err_set(ERR_TOO_LARGE, "a formula has too many conditions");
		t->conditions[t->n_conditions++] = s->conditions[i];
	}
	b->places[b->n++] = place;
	return ERR_OK;
}

enum { MOST_IN_BATCH = 16 }; /* so that their values fit one statement */

static enum err place_total(struct batches *bs, const struct calc_total *total, size_t place)
{
	const struct recordset_field *field;
	struct select s;
	size_t i = 0;

	TRY(form_select(&s, &field, bs->asking, total));
	while (i < bs->n && !(same_days(&s, &bs->at[i].common) && bs->at[i].n < MOST_IN_BATCH))
		i++;
	if (i == bs->n) {
		TRY(new_batch(&bs->at[i], bs->asking, &s));
		bs->n++;
	}
	return add_total(&bs->at[i], &s, field, kind_of(total), place);
}

enum err form_has_records(bool *out, const struct form_asking *q, const struct recordset *set)
{
	struct select s = bare_select(q, set);
	int64_t n;

	s.own = NULL; /* records are kept here, be they of a unit that reports for itself */

	TRY(select_count(&n, q->db, &s, NULL, 1));
	*out = n > 0;
	return ERR_OK;
}

static bool equal_conditions(const struct select_condition *a, const struct select_condition *b)
{
	if (a->field != b->field || a->op != b->op || a->op == SELECT_AMONG)
		return false;
	if (a->op == SELECT_NULL || a->op == SELECT_NOT_NULL)
		return true;
	if (a->op == SELECT_IN || a->field->type == DB_TEXT)
		return str_eq(a->value.text, b->value.text);
	if (a->field->type == DB_DAY)
		return date_cmp(a->value.day, b->value.day) == 0;
	if (a->field->type == DB_FLAG)
		return a->value.flag == b->value.flag;
	return a->value.integer == b->value.integer;
}

/* Takes a condition equal to `c` away; false when the total has none. */
static bool take_condition(struct total *t, const struct select_condition *c)
{
	for (size_t i = 0; i < t->n_conditions; i++) {
		if (!equal_conditions(&t->conditions[i], c))
			continue;
		t->conditions[i] = t->conditions[--t->n_conditions];
		return true;
	}
	return false;
}

static bool all_have(const struct batch *b, const struct select_condition *c)
{
	for (size_t i = 0; i < b->n; i++) {
		struct total copy = b->totals[i];

		if (!take_condition(&copy, c))
			return false;
	}
	return true;
}

/* What every total of the batch asks is asked once for each row. */
static void hoist(struct batch *b)
{
	for (size_t i = b->totals[0].n_conditions; i-- > 0;) {
		struct select_condition c = b->totals[0].conditions[i];

		if (b->common.n_conditions == SELECT_MOST_CONDITIONS || !all_have(b, &c))
			continue;
		b->common.conditions[b->common.n_conditions++] = c;
		for (size_t t = 0; t < b->n; t++)
			(void)take_condition(&b->totals[t], &c);
	}
}

static enum err run_batch(struct form_answer *answers, const struct form_asking *q,
                          struct batch *b)
{
	dec_t values[TOTALS_MOST];
	bool any;

	hoist(b);
	TRY(form_has_records(&any, q, b->common.set));
	if (any)
		TRY(select_totals(values, q->db, &b->common, b->totals, b->n));
	for (size_t i = 0; i < b->n; i++)
		answers[b->places[i]].value = any ? values[i] : DEC_NONE;
	return ERR_OK;
}

enum err form_count_records(const struct form_asking *asking, struct form_answer *answers,
                            size_t n)
{
	struct batches bs = { .asking = asking };

	TRY(arena_array(asking->arena, &bs.at, n + 1));
	for (size_t i = 0; i < n; i++)
		TRY(place_total(&bs, answers[i].total, i));
	for (size_t i = 0; i < bs.n; i++)
		TRY(run_batch(answers, asking, &bs.at[i]));
	return ERR_OK;
}

enum err form_count_totals(const struct form_asking *asking, struct form_answer *answers,
                           size_t n)
{
	struct form_answer *left;
	size_t *places, n_left = 0;
	bool *answered;

	TRY(arena_array(asking->arena, &left, n + 1));
	TRY(arena_array(asking->arena, &places, n + 1));
	TRY(arena_array(asking->arena, &answered, n + 1));
	TRY(form_count_counted(answered, asking, answers, n));
	for (size_t i = 0; i < n; i++)
		if (!answered[i]) {
			places[n_left] = i;
			left[n_left++] = answers[i];
		}
	TRY(form_count_records(asking, left, n_left));
	for (size_t i = 0; i < n_left; i++)
		answers[places[i]].value = left[i].value;
	return ERR_OK;
}
