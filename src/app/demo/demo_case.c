/* demo_case.c - the load: when dossiers come and what becomes of them. */
#include "app/demo/demo.h"

enum { OPENING = 7 * 60, NOON = 11 * 60 + 30, AFTERNOON = 13 * 60 + 30, CLOSING = 17 * 60 };

/* A day between first and last, later ones a little likelier and the last three weeks fuller,
 * so that desks have work under way; at the counter a working day of the week, Mondays fuller.
 */
static date_t day_of(struct demo_random *r, date_t first, date_t last, bool any_day)
{
	unsigned span = (unsigned)(last.days - first.days + 1);

	if (span > 60 && demo_chance(r, 55)) {
		first = date_add(last, -20);
		span = 21;
	}
	for (;;) {
		unsigned a = demo_below(r, span), b = demo_below(r, span);
		date_t day = date_add(first, (int)(demo_chance(r, 250) && b > a ? b : a));
		int weekday = date_weekday(day);

		if (any_day || (weekday < 5 && (weekday == 0 || demo_chance(r, 800))))
			return day;
	}
}

static int counter_minute(struct demo_random *r)
{
	unsigned morning = NOON - OPENING, afternoon = CLOSING - AFTERNOON;
	unsigned at = demo_below(r, morning + afternoon);

	return (int)(at < morning ? OPENING + at : AFTERNOON + (at - morning));
}

/* Endings per mille; the rest is settled in time. */
static const struct {
	enum demo_ending ending;
	unsigned per_mille;
} endings[] = {
	{ DEMO_LATE, 32 },   { DEMO_REFUSED, 7 },      { DEMO_WITHDRAWN, 6 },
	{ DEMO_STOPPED, 2 }, { DEMO_NOT_ACCEPTED, 4 }, { DEMO_EARLY, 480 },
};

static enum demo_ending ending_of(struct demo_random *r)
{
	unsigned at = demo_below(r, 1000);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (at < endings[i].per_mille)
			return endings[i].ending;
		at -= endings[i].per_mille;
	}
	return DEMO_ON_TIME;
}

void demo_case(struct demo_random *r, date_t first, date_t last, struct demo_case *out)
{
	*out = (struct demo_case){ .online = demo_chance(r, 420) };
	out->post = !out->online && demo_chance(r, 25);
	date_t day = day_of(r, first, last, out->online);
	int minute = out->online ? (int)demo_below(r, 1440) : counter_minute(r);

	out->received_at = instant_local(day, minute);
	out->ending = ending_of(r);
	out->supplement = out->ending != DEMO_NOT_ACCEPTED && demo_chance(r, 45);
	out->supplement_after = (int)demo_below(r, 400);
	out->supplement_days = 1 + (int)demo_below(r, 9);
	out->pace = out->ending == DEMO_EARLY ? demo_below(r, 700) : 700 + demo_below(r, 300);
	out->late_days = 1 + (int)demo_below(r, demo_chance(r, 100) ? 25 : 4);
	out->collected_after = demo_chance(r, 650) ? 0 : (int)demo_below(r, 6);
	out->quantity = demo_chance(r, 850) ? 1 : 2 + (int)demo_below(r, 9);
}
