#include "app/deadline/deadline.h"

#include "app/deadline/count.h"

enum { LAST_MINUTE = 1439, AS_IS_END = 17 * 60 };

static ERR_RESULT out_of_range(const struct deadline_question *q)
{
	char text[INSTANT_TEXT];

	return err_set(ERR_RANGE, "the calendar does not reach the due of what came at %s",
	               instant_iso(q->received, text));
}

int64_t count_day_end_position(const struct calendar *cal, date_t day)
{
	return calendar_position(cal, instant_local(day, LAST_MINUTE));
}

date_t count_next_working_day(const struct calendar *cal, date_t day)
{
	return calendar_nth_working_day(cal, calendar_working_days(cal, day) + 1);
}

static enum count_by counting_of(const struct deadline_question *q)
{
	switch (q->term.unit) {
	case TERM_WORKING_HOURS:
		return BY_MINUTES;
	case TERM_CALENDAR_DAYS:
		return BY_CALENDAR_DAYS;
	case TERM_SAME_DAY:
		return BY_SAME_DAY;
	case TERM_WORKING_DAYS:
		break;
	}
	return q->rules->start == START_INSTANT ? BY_MINUTES : BY_WORKING_DAYS;
}

/* Hundredths of a unit of `minutes`, rounded half up to the minute. */
static int64_t minutes_of(int centi, int minutes)
{
	return ((int64_t)centi * minutes + 50) / 100;
}

static ERR_RESULT set_due(struct count *c, instant_t due)
{
	if (instant_is_none(due))
		return out_of_range(c->q);
	c->due = due;
	return ERR_OK;
}

static ERR_RESULT begin_by_minutes(struct count *c)
{
	int64_t from = calendar_position(c->cal, c->base);
	int unit = c->q->term.unit == TERM_WORKING_HOURS ? 60 : c->q->rules->day_minutes;

	if (from < 0)
		return out_of_range(c->q);
	c->position = from + minutes_of(c->q->term.centi, unit);
	c->start = calendar_at_start(c->cal, from);
	return set_due(c, calendar_at_end(c->cal, c->position));
}

/* The due after the minutes that follow the last whole day. */
static ERR_RESULT due_after_rest(struct count *c)
{
	int64_t position = count_day_end_position(c->cal, c->last) + c->rest + c->lost;

	return set_due(c, calendar_at_end(c->cal, position));
}

static ERR_RESULT due_after_working_days(struct count *c)
{
	c->last = calendar_nth_working_day(c->cal, c->nth);
	if (date_is_none(c->last))
		return out_of_range(c->q);
	if (c->rest == 0)
		return set_due(c, calendar_day_end(c->cal, c->last));
	return due_after_rest(c);
}

static ERR_RESULT due_after_calendar_days(struct count *c)
{
	date_t day = c->last;

	if (!calendar_covers(c->cal, day))
		return out_of_range(c->q);
	if (c->rest > 0)
		return due_after_rest(c);
	if (calendar_is_working(c->cal, day))
		return set_due(c, calendar_day_end(c->cal, day));
	if (c->q->rules->rest_day == REST_DAY_AS_IS)
		return set_due(c, instant_local(day, AS_IS_END));
	day = count_next_working_day(c->cal, day);
	if (date_is_none(day))
		return out_of_range(c->q);
	return set_due(c, calendar_day_end(c->cal, day));
}

static ERR_RESULT begin_by_days(struct count *c)
{
	date_t day = instant_day(c->base);
	int whole = c->q->term.centi / 100;

	if (!calendar_covers(c->cal, day))
		return out_of_range(c->q);
	c->open_from = date_add(day, 1);
	c->lost = 0;
	c->rest = (int)minutes_of(c->q->term.centi % 100, c->q->rules->day_minutes);
	if (c->by == BY_CALENDAR_DAYS) {
		c->start = instant_local(c->open_from, 0);
		c->last = date_add(day, whole);
		return due_after_calendar_days(c);
	}
	c->start = calendar_at_start(c->cal, count_day_end_position(c->cal, day));
	c->nth = calendar_working_days(c->cal, day) + whole;
	return due_after_working_days(c);
}

static ERR_RESULT begin_same_day(struct count *c)
{
	date_t day = instant_day(c->base);
	int minute = instant_minute(c->base);

	if (!calendar_covers(c->cal, day))
		return out_of_range(c->q);
	instant_t end = calendar_day_end(c->cal, day);
	bool today = !instant_is_none(end) && instant_minute(end) > minute &&
	             minute <= c->q->rules->same_day_cutoff;
	if (!today) {
		day = count_next_working_day(c->cal, day);
		if (date_is_none(day))
			return out_of_range(c->q);
	}
	int64_t from = calendar_position(c->cal, today ? c->base : instant_local(day, 0));
	c->last = day;
	c->start = calendar_at_start(c->cal, from);
	return set_due(c, calendar_day_end(c->cal, day));
}

enum err count_begin(struct count *c, instant_t base)
{
	c->base = instant_local(instant_day(base), instant_minute(base));
	switch (c->by) {
	case BY_MINUTES:
		return begin_by_minutes(c);
	case BY_SAME_DAY:
		return begin_same_day(c);
	case BY_WORKING_DAYS:
	case BY_CALENDAR_DAYS:
		break;
	}
	return begin_by_days(c);
}

void count_init(struct count *c, const struct calendar *cal, const struct deadline_question *q)
{
	*c = (struct count){ .cal = cal, .q = q, .by = counting_of(q) };
}

bool count_pause_applies(const struct count *c, const struct pause *p)
{
	return p->effect != SUPPLEMENT_NEVER_STOPS && instant_cmp(p->from, c->due) < 0;
}

static instant_t later(instant_t a, instant_t b)
{
	return instant_cmp(a, b) > 0 ? a : b;
}

static ERR_RESULT leave_out_minutes(struct count *c, const struct pause *p)
{
	int64_t from = calendar_position(c->cal, later(p->from, c->base));
	int64_t to = calendar_position(c->cal, p->to);

	if (from < 0 || to < 0)
		return out_of_range(c->q);
	c->position += to - from;
	return set_due(c, calendar_at_end(c->cal, c->position));
}

date_t count_wait_begins(const struct count *c, const struct pause *p)
{
	instant_t from = later(p->from, c->base);
	date_t day = instant_day(from);
	instant_t end = calendar_covers(c->cal, day) ? calendar_day_end(c->cal, day) : from;

	return !instant_is_none(end) && instant_cmp(from, end) >= 0 ? date_add(day, 1) : day;
}

/* The whole days are over: the wait takes its worked minutes from the rest, or it fell on the
 * days off over which the end rolled. */
static ERR_RESULT leave_out_after_last(struct count *c, date_t from, date_t to)
{
	if (c->rest == 0) {
		c->last = date_add(to, 1);
		return due_after_calendar_days(c);
	}
	c->lost += count_day_end_position(c->cal, to) -
	           count_day_end_position(c->cal, date_add(from, -1));
	return due_after_rest(c);
}

/* Leaves out the days touched by the wait, from the first that is not settled yet. */
static ERR_RESULT leave_out_days(struct count *c, const struct pause *p)
{
	date_t from = count_wait_begins(c, p), to = instant_day(p->to);

	if (!calendar_covers(c->cal, to))
		return out_of_range(c->q);
	if (date_cmp(from, c->open_from) < 0)
		from = c->open_from;
	if (date_cmp(to, from) < 0)
		return ERR_OK;
	c->open_from = date_add(to, 1);
	if (date_cmp(from, c->last) > 0)
		return leave_out_after_last(c, from, to);
	if (c->by == BY_CALENDAR_DAYS) {
		c->last = date_add(c->last, to.days - from.days + 1);
		return due_after_calendar_days(c);
	}
	c->nth += calendar_working_days(c->cal, to) -
	          calendar_working_days(c->cal, date_add(from, -1));
	return due_after_working_days(c);
}

static ERR_RESULT apply(struct count *c, const struct pause *p)
{
	if (!count_pause_applies(c, p) || instant_cmp(p->to, c->base) <= 0)
		return ERR_OK;
	if (p->effect == SUPPLEMENT_RESTARTS || c->by == BY_SAME_DAY)
		return count_begin(c, p->to);
	if (c->by == BY_MINUTES)
		return leave_out_minutes(c, p);
	return leave_out_days(c, p);
}

static ERR_RESULT check_pauses(const struct deadline_question *q)
{
	for (size_t i = 0; i < q->n_pauses; i++) {
		const struct pause *p = &q->pauses[i];
		bool open = instant_is_none(p->to);

		if (instant_is_none(p->from) || (!open && instant_cmp(p->to, p->from) < 0) ||
		    (open && i + 1 < q->n_pauses) ||
		    (i && instant_cmp(p->from, q->pauses[i - 1].to) < 0))
			return err_set(ERR_INPUT, "pause %zu is not in order", i + 1);
	}
	return ERR_OK;
}

enum err count_run(struct count *c)
{
	const struct deadline_question *q = c->q;

	TRY(check_pauses(q));
	for (size_t i = 0; i < q->n_pauses; i++) {
		if (instant_is_none(q->pauses[i].to)) {
			c->waiting = count_pause_applies(c, &q->pauses[i]);
			break;
		}
		TRY(apply(c, &q->pauses[i]));
	}
	return ERR_OK;
}

/* The second appointment, moved by the worked minutes of the waits that came after it was
 * given. */
static ERR_RESULT extended(instant_t *out, const struct calendar *cal,
                           const struct deadline_question *q)
{
	instant_t due = q->extension.until;

	for (size_t i = 0; i < q->n_pauses && !instant_is_none(due); i++) {
		const struct pause *p = &q->pauses[i];

		if (p->effect == SUPPLEMENT_NEVER_STOPS || instant_is_none(p->to) ||
		    instant_cmp(p->from, q->extension.decided) < 0 ||
		    instant_cmp(p->from, due) >= 0)
			continue;
		int64_t at = calendar_position(cal, due);
		int64_t from = calendar_position(cal, p->from);
		int64_t to = calendar_position(cal, p->to);
		if (at < 0 || from < 0 || to < 0)
			return out_of_range(q);
		due = calendar_at_end(cal, at + to - from);
		if (instant_is_none(due))
			return out_of_range(q);
	}
	*out = due;
	return ERR_OK;
}

enum err deadline_compute(struct deadline *out, const struct calendar *cal,
                          const struct deadline_question *q)
{
	struct deadline d = { .calendar_version = calendar_version(cal),
		              .extended_due = INSTANT_NONE };
	struct count c;

	count_init(&c, cal, q);
	TRY(count_begin(&c, q->received));
	d.original_due = c.due;
	TRY(count_run(&c));
	d.start = c.start;
	d.due = c.due;
	d.waiting = c.waiting;
	if (!instant_is_none(q->extension.until))
		TRY(extended(&d.extended_due, cal, q));
	d.provisional = calendar_is_provisional(cal, instant_day(q->received),
	                                        instant_day(later(d.due, d.extended_due)));
	*out = d;
	return ERR_OK;
}
