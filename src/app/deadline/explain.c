/* explain.c - the days of a deadline, one by one, and why each counts or not. */
#include <stdio.h>

#include "app/deadline/count.h"
#include "base/messages.h"

enum { LAST_MINUTE = 1439, CLOCK_TEXT = 8 };

struct explaining {
	struct arena *arena;
	const struct calendar *cal;
	const struct deadline_question *q;
	struct count count;
	date_t received, base, due;
	int whole_left, rest_left; /* days, and minutes after them, that no row has shown yet */
};

static const char *clock_text(instant_t at, char out[CLOCK_TEXT])
{
	int minute = instant_minute(at);

	snprintf(out, CLOCK_TEXT, "%02d:%02d", minute / 60 % 24, minute % 60);
	return out;
}

static ERR_RESULT set_minutes(struct explaining *x, struct deadline_day *row, int minutes)
{
	char hours[16], rest[16];

	snprintf(hours, sizeof(hours), "%d", minutes / 60);
	snprintf(rest, sizeof(rest), "%d", minutes % 60);
	row->counted = true;
	row->minutes = minutes;
	if (minutes % 60 == 0)
		return msg_format(&row->amount, x->arena, MSG_DEADLINE_HOURS, hours);
	if (minutes < 60)
		return msg_format(&row->amount, x->arena, MSG_DEADLINE_MINUTES, rest);
	return msg_format(&row->amount, x->arena, MSG_DEADLINE_HOURS_MINUTES, hours, rest);
}

/* A row as the calendar alone sees the day. */
static void set_plain(struct explaining *x, struct deadline_day *row)
{
	struct calendar_day day = calendar_day(x->cal, row->date);

	row->reason = *day.name ? day.name : msg_text(MSG_DEADLINE_WORKING_DAY);
	row->source = day.source;
	row->verified = day.verified;
	row->amount = "";
}

/* The pause that touches the day, of those that moved the due since the last restart. */
static const struct pause *pause_on(const struct explaining *x, date_t day)
{
	for (size_t i = 0; i < x->q->n_pauses; i++) {
		const struct pause *p = &x->q->pauses[i];

		if (!instant_is_none(p->to) && instant_cmp(p->to, x->count.base) > 0 &&
		    count_pause_applies(&x->count, p) &&
		    date_cmp(count_wait_begins(&x->count, p), day) <= 0 &&
		    date_cmp(day, instant_day(p->to)) <= 0)
			return p;
	}
	return NULL;
}

static const char *wait_reason(const struct pause *p)
{
	return p->reason && *p->reason ? p->reason : msg_text(MSG_DEADLINE_WAIT_REASON);
}

static instant_t clamp(instant_t at, instant_t low, instant_t high)
{
	if (instant_cmp(at, low) < 0)
		return low;
	return instant_cmp(at, high) > 0 ? high : at;
}

/* Worked minutes of the day between base and due, without those of waits. */
static int minutes_on(const struct explaining *x, date_t day)
{
	instant_t low = instant_local(day, 0), high = instant_local(day, LAST_MINUTE);

	low = clamp(x->count.base, low, high);
	high = clamp(x->count.due, low, high);
	int64_t sum = calendar_position(x->cal, high) - calendar_position(x->cal, low);
	for (size_t i = 0; i < x->q->n_pauses; i++) {
		const struct pause *p = &x->q->pauses[i];

		if (instant_is_none(p->to) || !count_pause_applies(&x->count, p))
			continue;
		sum -= calendar_position(x->cal, clamp(p->to, low, high)) -
		       calendar_position(x->cal, clamp(p->from, low, high));
	}
	return (int)sum;
}

/* "Tính từ 15:20", "Tính đến 15:20" on the first and the last day. */
static ERR_RESULT say_bounds(struct explaining *x, struct deadline_day *row)
{
	char from[CLOCK_TEXT], to[CLOCK_TEXT];
	bool first = date_cmp(instant_day(x->count.start), row->date) == 0;
	bool last = date_cmp(x->due, row->date) == 0;

	clock_text(x->count.start, from);
	clock_text(x->count.due, to);
	if (first && last)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_ONLY_DAY, from, to);
	if (first)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_FIRST_DAY, from);
	if (last)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_LAST_DAY, to);
	return ERR_OK;
}

static ERR_RESULT explain_minutes(struct explaining *x, struct deadline_day *row)
{
	const struct pause *p = pause_on(x, row->date);
	int minutes = minutes_on(x, row->date);

	if (minutes > 0) {
		TRY(say_bounds(x, row));
		TRY(set_minutes(x, row, minutes));
		if (p)
			return msg_format(&row->reason, x->arena, MSG_DEADLINE_PARTLY_WAITING,
			                  row->reason, wait_reason(p));
		return ERR_OK;
	}
	if (!calendar_is_working(x->cal, row->date))
		return ERR_OK;
	if (p)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_WAITING, wait_reason(p));
	row->reason = msg_text(MSG_DEADLINE_AFTER_HOURS);
	return ERR_OK;
}

/* The part of a day that follows the whole ones. */
static ERR_RESULT explain_rest(struct explaining *x, struct deadline_day *row)
{
	int minutes = calendar_day(x->cal, row->date).minutes;

	if (minutes > x->rest_left)
		minutes = x->rest_left;
	x->rest_left -= minutes;
	return minutes > 0 ? set_minutes(x, row, minutes) : ERR_OK;
}

static ERR_RESULT explain_rolled(struct explaining *x, struct deadline_day *row)
{
	row->source = msg_text(MSG_DEADLINE_CIVIL_CODE_148);
	if (calendar_is_working(x->cal, row->date)) {
		row->reason = msg_text(MSG_DEADLINE_ROLLED_HERE);
		return ERR_OK;
	}
	return msg_format(&row->reason, x->arena, MSG_DEADLINE_ROLLED, row->reason);
}

/* A day that is one of the whole ones.  The last of a calendar term may be a day off. */
static ERR_RESULT count_whole_day(struct explaining *x, struct deadline_day *row)
{
	bool last = x->whole_left == 1 && x->count.rest == 0;

	if (last && !calendar_is_working(x->cal, row->date) && date_cmp(x->due, row->date) > 0)
		TRY(explain_rolled(x, row));
	x->whole_left--;
	row->counted = true;
	row->amount = msg_text(MSG_DEADLINE_ONE_DAY);
	return ERR_OK;
}

/* Whole days after the day of receipt: working days, or all days. */
static ERR_RESULT explain_days(struct explaining *x, struct deadline_day *row)
{
	const struct pause *p = pause_on(x, row->date);
	bool counts = x->count.by == BY_CALENDAR_DAYS || calendar_is_working(x->cal, row->date);

	if (date_cmp(row->date, x->base) == 0) {
		if (counts) {
			row->reason = msg_text(MSG_DEADLINE_RECEIPT_DAY);
			row->source = msg_text(MSG_DEADLINE_CIVIL_CODE_147);
		}
		return ERR_OK;
	}
	if (p && counts)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_WAITING, wait_reason(p));
	if (x->whole_left == 0)
		return x->count.rest ? explain_rest(x, row) : explain_rolled(x, row);
	return counts ? count_whole_day(x, row) : ERR_OK;
}

static ERR_RESULT explain_same_day(struct explaining *x, struct deadline_day *row)
{
	char cutoff[CLOCK_TEXT];

	if (date_cmp(row->date, x->due) == 0) {
		row->counted = true;
		row->amount = msg_text(MSG_DEADLINE_ONE_DAY);
		row->reason = msg_text(MSG_DEADLINE_SAME_DAY);
		return ERR_OK;
	}
	if (!calendar_is_working(x->cal, row->date) || date_cmp(row->date, x->base) != 0)
		return ERR_OK;
	if (instant_minute(x->count.base) <= x->q->rules->same_day_cutoff) {
		row->reason = msg_text(MSG_DEADLINE_AFTER_HOURS);
		return ERR_OK;
	}
	clock_text(instant_local(x->base, x->q->rules->same_day_cutoff), cutoff);
	return msg_format(&row->reason, x->arena, MSG_DEADLINE_AFTER_CUTOFF, cutoff);
}

static ERR_RESULT explain_day(struct explaining *x, struct deadline_day *row)
{
	char base[INSTANT_TEXT];

	set_plain(x, row);
	if (date_cmp(row->date, x->base) < 0)
		return msg_format(&row->reason, x->arena, MSG_DEADLINE_RESTARTED,
		                  instant_vn(x->count.base, base));
	switch (x->count.by) {
	case BY_MINUTES:
		return explain_minutes(x, row);
	case BY_SAME_DAY:
		return explain_same_day(x, row);
	case BY_WORKING_DAYS:
	case BY_CALENDAR_DAYS:
		break;
	}
	return explain_days(x, row);
}

enum err deadline_explain(struct deadline_days *out, struct arena *a,
                          const struct calendar *cal, const struct deadline_question *q,
                          const struct deadline *d)
{
	struct explaining x = { .arena = a, .cal = cal, .q = q };
	struct deadline_days days = { NULL, 0 };

	count_init(&x.count, cal, q);
	TRY(count_begin(&x.count, q->received));
	TRY(count_run(&x.count));
	x.received = instant_day(q->received);
	x.base = instant_day(x.count.base);
	x.due = instant_day(d->due);
	x.whole_left = q->term.centi / 100;
	x.rest_left = x.count.rest;
	int n_days = x.due.days - x.received.days + 1;
	days.n = (size_t)n_days;
	TRY(arena_array(a, &days.at, days.n));
	for (size_t i = 0; i < days.n; i++) {
		days.at[i].date = date_add(x.received, (int)i);
		TRY(explain_day(&x, &days.at[i]));
	}
	*out = days;
	return ERR_OK;
}
