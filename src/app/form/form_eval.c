#include "app/form/form_eval.h"

#include "app/form/form_evaluation.h"

static const char *const source_words[] = { "blank", "computed", "entered", "overridden" };
static const enum msg source_names[] = { MSG_FORM_SOURCE_BLANK, MSG_FORM_SOURCE_COMPUTED,
	                                 MSG_FORM_SOURCE_ENTERED, MSG_FORM_SOURCE_OVERRIDDEN };

const char *form_source_word(enum form_source source)
{
	return source_words[source];
}

const char *form_source_name(enum form_source source)
{
	return msg_text(source_names[source]);
}

/* ---- which rows a unit fills ---- */

/* The first day that the figure looks at. */
static date_t first_day(const struct form_input *in, enum form_time time)
{
	if (time == FORM_IN_PERIOD)
		return in->period.from;
	return time == FORM_IN_YEAR || time == FORM_OF_YEAR ? in->period.year_from
	                                                    : in->period.to;
}

static bool is_closed(const struct form_input *in, enum form_tier tier,
                      const struct form_row *row)
{
	date_t closed = in->set->closed_on[tier];

	return !date_is_none(closed) && date_cmp(first_day(in, row->time), closed) > 0;
}

bool form_row_fills(const char **why_not, const struct form_input *in,
                    const struct form_row *row)
{
	const char *why = NULL;

	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++) {
		if (!(row->tiers >> tier & 1) || !form_tier_covers(in->tier, tier))
			continue;
		if (!is_closed(in, tier, row)) {
			*why_not = NULL;
			return true;
		}
		why = in->set->closed_because[tier];
	}
	*why_not = why;
	return false;
}

/* ---- queries ---- */

static const char *choice_of(const struct form_set *set, const char *const *choices,
                             const char *setting)
{
	for (size_t i = 0; i < set->n_settings; i++)
		if (str_eq(set->settings[i].name, setting))
			return choices[i];
	return NULL;
}

static enum err add_conditions(struct form_query *q, const struct form_set *set,
                               const char *const *choices, const struct calc_total *total);

static enum err add_named(struct form_query *q, const struct form_set *set,
                          const char *const *choices, const char *name)
{
	for (size_t i = 0; i < set->n_conditions; i++) {
		const struct form_condition *c = &set->conditions[i];

		if (!str_eq(c->name, name) || !str_eq(c->total->set, q->total->set))
			continue;
		if (!c->setting || str_eq(choice_of(set, choices, c->setting), c->choice))
			TRY(add_conditions(q, set, choices, c->total));
	}
	return ERR_OK;
}

/* Named conditions were read from top to bottom, each using only earlier ones: no circles. */
static enum err add_conditions(struct form_query *q, const struct form_set *set,
                               const char *const *choices, const struct calc_total *total)
{
	for (size_t i = 0; i < total->n_conditions; i++) {
		const struct calc_condition *c = &total->conditions[i];

		if (c->kind == CALC_NAMED)
			TRY(add_named(q, set, choices, c->name));
		else if (q->n_conditions == FORM_MOST_CONDITIONS)
			return err_set(ERR_TOO_LARGE, "more than %d conditions",
			               FORM_MOST_CONDITIONS);
		else
			q->conditions[q->n_conditions++] = c;
	}
	return ERR_OK;
}

enum err form_query_of(struct form_query *out, const struct form_set *set,
                       const char *const *choices, const struct calc_total *total)
{
	*out = (struct form_query){ .total = total, .by = total->by };
	if (total->by_setting)
		out->by = choice_of(set, choices, total->by_setting);
	return add_conditions(out, set, choices, total);
}

/* ---- values ---- */

static const struct calc_value blank = { CALC_BLANK, 0, 1 };

static void run_row(struct evaluation *e, const struct form_row *row);

static struct calc_value read_ref(void *self, const struct calc_ref *ref)
{
	struct evaluation *e = self;
	const struct form_row *caller = e->row;

	run_row(e, &e->input->set->rows[ref->row]);
	e->row = caller;
	return e->exact[ref->row].value;
}

static struct calc_value read_total(void *self, const struct calc_total *total)
{
	struct evaluation *e = self;

	return e->input->total ? calc_known(e->input->total(e->input->self, total)) : blank;
}

static struct calc_value read_denominator(void *self)
{
	struct evaluation *e = self;

	return e->exact[e->row->at].denominator;
}

static bool is_entered(void *self, const struct calc_ref *ref)
{
	struct evaluation *e = self;

	return !dec_is_none(e->input->stated[ref->row].value);
}

static const char *read_choice(void *self, const char *setting)
{
	struct evaluation *e = self;

	return choice_of(e->input->set, e->input->choices, setting);
}

/* A ratio whose printed row hides its parts: they are entered, the whole may be counted. */
static void run_entered_parts(struct evaluation *e, const struct form_row *row,
                              struct form_exact *x)
{
	const struct form_stated *stated = &e->input->stated[row->at];

	x->numerator = calc_known(stated->numerator);
	x->denominator = calc_known(stated->denominator);
	if (x->denominator.state != CALC_KNOWN && row->usual_denominator)
		x->denominator = calc_number(row->usual_denominator->root, &e->env, &x->report);
	x->computed = calc_percent(x->numerator, x->denominator, &x->report);
}

static void run_formula(struct evaluation *e, const struct form_row *row, struct form_exact *x)
{
	if (row->kind == FORM_RATIO && !row->value) {
		run_entered_parts(e, row, x);
	} else if (row->numerator) {
		x->numerator = calc_number(row->numerator, &e->env, &x->report);
		x->denominator = calc_number(row->denominator, &e->env, &x->report);
		x->computed = calc_percent(x->numerator, x->denominator, &x->report);
	} else if (row->value) {
		x->computed = calc_number(row->value->root, &e->env, &x->report);
	}
}

static void run_row(struct evaluation *e, const struct form_row *row)
{
	struct form_exact *x = &e->exact[row->at];
	const struct form_stated *stated = &e->input->stated[row->at];
	struct form_cell *cell = &e->cells[row->at];

	if (x->progress != FORM_WAITING)
		return;
	*x = (struct form_exact){ FORM_RUNNING, blank, blank, blank, blank, { 0 }, NULL };
	cell->fills = form_row_fills(&cell->why_blank, e->input, row);
	e->row = row;
	if (cell->fills || !dec_is_none(stated->numerator))
		run_formula(e, row, x);
	x->value = x->computed;
	if (!cell->fills && x->value.state != CALC_KNOWN)
		x->value.state = CALC_ABSENT;
	if (!dec_is_none(stated->value))
		x->value = calc_known(stated->value);
	else if (stated->blank && x->value.state == CALC_KNOWN)
		x->value = blank;
	x->progress = FORM_DONE;
}

/* ---- cells ---- */

static enum form_source source_of(const struct form_stated *stated, const struct form_exact *x)
{
	if (!dec_is_none(stated->value)) {
		if (x->computed.state != CALC_KNOWN || form_accepts(stated, x->computed))
			return FORM_ENTERED;
		return FORM_OVERRIDDEN;
	}
	if (stated->blank || x->computed.state != CALC_KNOWN)
		return FORM_BLANK;
	return FORM_COMPUTED;
}

static void fill_cell(struct evaluation *e, const struct form_row *row)
{
	const struct form_stated *stated = &e->input->stated[row->at];
	const struct form_exact *x = &e->exact[row->at];
	struct form_cell *cell = &e->cells[row->at];

	cell->source = source_of(stated, x);
	cell->computed = calc_round(x->computed, row->places);
	cell->value = cell->source == FORM_COMPUTED ? cell->computed : stated->value;
	cell->numerator = calc_round(x->numerator, 6);
	cell->denominator = calc_round(x->denominator, 6);
	if (!dec_is_none(stated->numerator))
		cell->numerator = stated->numerator;
	if (!dec_is_none(stated->denominator))
		cell->denominator = stated->denominator;
	/* Parts that a ratio has only because its whole can be counted are no answer yet. */
	if (!row->value && dec_is_none(cell->numerator))
		cell->denominator = stated->denominator;
	cell->note = stated->note;
	cell->reason = stated->reason;
}

enum err form_evaluate(const struct form_cell **out, struct arena *a,
                       const struct form_input *input)
{
	struct evaluation e = { .input = input, .arena = a };
	size_t n = input->set->n_rows;

	TRY(arena_array(a, &e.exact, n + 1));
	TRY(arena_array(a, &e.cells, n + 1));
	e.env = (struct calc_env){ .self = &e,
		                   .ref = read_ref,
		                   .total = read_total,
		                   .denominator = read_denominator,
		                   .entered = is_entered,
		                   .choice = read_choice,
		                   .unit_tier = form_tier_word(input->tier) };
	for (size_t i = 0; i < n; i++)
		run_row(&e, &input->set->rows[i]);
	for (size_t i = 0; i < n; i++)
		fill_cell(&e, &input->set->rows[i]);
	TRY(form_check_all(&e));
	*out = e.cells;
	return ERR_OK;
}
