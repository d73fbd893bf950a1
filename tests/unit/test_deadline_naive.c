/* The engine against a deliberately naive walker on random calendars and random questions:
 * 10^6 cases, 10^7 when LONG=1.  The walker shares no code with the engine: its own weekdays,
 * its own table of lunar days, days of minutes in a plain array, and it goes day by day. */
#include "lib/test.h"

#include "app/deadline/deadline.h"

enum {
	FIRST_YEAR = 2021,
	LAST_YEAR = 2036,
	N_DAYS = 5844, /* 2021-01-01 to 2036-12-31 */
	DAY_0 = 18628, /* 2021-01-01 since 1970, a Friday */
	CALENDARS = 250,
};

/* --- random numbers (xorshift), the same on every run --- */
static uint64_t seed = 88172645463325252u;
static int pick(int n) /* 0 ... n - 1 */
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)n);
}

/* --- the naive calendar --- */
struct naive_day {
	int n, from[4], to[4];
};
struct naive_calendar {
	struct naive_day day[N_DAYS];
};

static bool leap_year(int y)
{
	return y % 4 == 0; /* good enough until 2099 */
}

static int day_number(int year, int month, int day)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	int n = before[month - 1] + day - 1 + (month > 2 && leap_year(year));

	for (int y = FIRST_YEAR; y < year; y++)
		n += leap_year(y) ? 366 : 365;
	return n;
}

static int weekday(int day) /* 0 Monday */
{
	return (day + 4) % 7;
}

/* First day of Tết and Giỗ Tổ, as month and day. */
static const int lunar[][4] = {
	{ 2, 12, 4, 21 }, { 2, 1, 4, 10 },  { 1, 22, 4, 29 }, { 2, 10, 4, 18 },
	{ 1, 29, 4, 7 },  { 2, 17, 4, 26 }, { 2, 6, 4, 16 },  { 1, 26, 4, 4 },
	{ 2, 13, 4, 23 }, { 2, 2, 4, 12 },  { 1, 23, 4, 1 },  { 2, 11, 4, 19 },
	{ 1, 31, 4, 9 },  { 2, 19, 4, 28 }, { 2, 8, 4, 17 },  { 1, 28, 4, 6 },
};

static int close_naive(bool *off, int *list, int n, int day)
{
	if (!off[day])
		list[n++] = day;
	off[day] = true;
	return n;
}

/* Marks a year's holidays and the days that make them good. */
static void naive_holidays(bool *off, int year, const struct year_decision *decision)
{
	/* Monday and Thursday take the day after 2/9, Sunday too, the others the day before. */
	static const int beside[] = { 1, -1, -1, 1, -1, -1, 1 };
	const int *l = lunar[year - FIRST_YEAR];
	int list[12], n = 0, national = day_number(year, 9, 2);
	int before = decision ? decision->tet_days_before : 1;
	int other = beside[weekday(national)];
	bool used[N_DAYS + 1] = { false };

	if (decision)
		other = decision->national_day_before ? -1 : 1;
	n = close_naive(off, list, n, day_number(year, 1, 1));
	for (int i = 0; i < 5; i++)
		n = close_naive(off, list, n, day_number(year, l[0], l[1]) - before + i);
	n = close_naive(off, list, n, day_number(year, l[2], l[3]));
	n = close_naive(off, list, n, day_number(year, 4, 30));
	n = close_naive(off, list, n, day_number(year, 5, 1));
	n = close_naive(off, list, n, other < 0 ? national - 1 : national);
	n = close_naive(off, list, n, other < 0 ? national : national + 1);
	for (int i = 0; i < n; i++) {
		int day = list[i];

		if (weekday(day) < 5)
			continue;
		while (weekday(day) >= 5 || off[day] || used[day])
			day++;
		used[day] = true;
	}
	for (int day = 0; day < N_DAYS; day++)
		off[day] = off[day] || used[day];
}

static struct naive_day naive_sessions(const struct day_sessions *s)
{
	struct naive_day d = { .n = s->n };

	for (int i = 0; i < s->n; i++) {
		d.from[i] = s->at[i].from;
		d.to[i] = s->at[i].to;
	}
	return d;
}

static const struct work_week *naive_week(const struct calendar_rules *r, int day)
{
	const struct work_week *w = NULL;

	for (size_t i = 0; i < r->n_weeks; i++)
		if (r->weeks[i].from.days <= day + DAY_0)
			w = &r->weeks[i];
	assert_non_null(w);
	return w;
}

static void naive_build(struct naive_calendar *c, const struct calendar_rules *r)
{
	static bool off[N_DAYS + 40];

	memset(off, 0, sizeof(off));
	for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
		const struct year_decision *decision = NULL;

		for (size_t i = 0; i < r->n_decisions; i++)
			if (r->decisions[i].year == year)
				decision = &r->decisions[i];
		naive_holidays(off, year, decision);
	}
	for (int day = 0; day < N_DAYS; day++) {
		c->day[day] = naive_sessions(&naive_week(r, day)->days[weekday(day)]);
		if (off[day])
			c->day[day].n = 0;
	}
	for (size_t i = 0; i < r->n_exceptions; i++) {
		const struct calendar_exception *e = &r->exceptions[i];
		int day = e->on.days - DAY_0;

		c->day[day] = naive_sessions(&e->sessions);
		if (e->kind == EXCEPTION_WORKED && e->sessions.n == 0)
			c->day[day] = naive_sessions(&naive_week(r, day)->days[0]);
	}
}

/* --- the naive walker; times are minutes since 2021-01-01 00:00 --- */
struct naive_pause {
	int from, to;
	enum supplement_rule effect;
};
struct naive_question {
	const struct naive_calendar *cal;
	int received, whole, rest, minutes, cutoff, n_pauses;
	char by; /* m minutes, w working days, c calendar days, s same day */
	bool rolls;
	struct naive_pause pauses[3];
};

static int day_end(const struct naive_question *q, int day)
{
	const struct naive_day *d = &q->cal->day[day];

	return d->n ? day * 1440 + d->to[d->n - 1] : -1;
}

/* Active pauses are those that let the term continue; `touched` speaks of whole days. */
static bool touched(const struct naive_question *q, const struct naive_pause *active, int n,
                    int day)
{
	for (int i = 0; i < n; i++) {
		int first = active[i].from / 1440;

		if (day_end(q, first) >= 0 && active[i].from >= day_end(q, first))
			first++;
		if (first <= day && day <= active[i].to / 1440)
			return true;
	}
	return false;
}

static bool paused_at(const struct naive_pause *active, int n, int minute)
{
	for (int i = 0; i < n; i++)
		if (active[i].from <= minute && minute < active[i].to)
			return true;
	return false;
}

static bool paused_on(const struct naive_pause *active, int n, int day)
{
	for (int i = 0; i < n; i++)
		if (active[i].from / 1440 <= day && day <= active[i].to / 1440)
			return true;
	return false;
}

/* Walks worked minutes from `at`; whole sessions at a time where nothing stops the clock. */
static int walk_minutes(const struct naive_question *q, int at, int left,
                        const struct naive_pause *active, int n)
{
	for (int day = at / 1440; day < N_DAYS; day++) {
		const struct naive_day *d = &q->cal->day[day];
		bool slow = day == at / 1440 || paused_on(active, n, day);

		for (int s = 0; s < d->n; s++) {
			int length = d->to[s] - d->from[s], start = day * 1440 + d->from[s];

			if (!slow && left > length) {
				left -= length;
				continue;
			}
			if (!slow)
				return start + left;
			for (int m = start; m < start + length; m++)
				if (m >= at && !paused_at(active, n, m) && --left == 0)
					return m + 1;
		}
	}
	return -1;
}

/* The part of a day after the whole ones: worked minutes of days that no wait touches. */
static int walk_rest(const struct naive_question *q, int day, const struct naive_pause *active,
                     int n)
{
	int left = q->rest;

	for (day++; day < N_DAYS; day++) {
		const struct naive_day *d = &q->cal->day[day];

		for (int s = 0; s < d->n && !touched(q, active, n, day); s++) {
			int length = d->to[s] - d->from[s];

			if (left <= length)
				return day * 1440 + d->from[s] + left;
			left -= length;
		}
	}
	return -1;
}

static int walk_days(const struct naive_question *q, int at, const struct naive_pause *active,
                     int n)
{
	int day = at / 1440, left = q->whole;

	while (left > 0) {
		if (++day >= N_DAYS)
			return -1;
		if ((q->by == 'c' || q->cal->day[day].n) && !touched(q, active, n, day))
			left--;
	}
	if (q->rest)
		return walk_rest(q, day, active, n);
	if (q->by == 'c' && !q->rolls && !q->cal->day[day].n)
		return day * 1440 + 17 * 60;
	while (day < N_DAYS && (!q->cal->day[day].n || touched(q, active, n, day)))
		day++;
	return day < N_DAYS ? day_end(q, day) : -1;
}

static int walk_same_day(const struct naive_question *q, int at)
{
	int day = at / 1440;

	if (day_end(q, day) > at && at % 1440 <= q->cutoff)
		return day_end(q, day);
	for (day++; day < N_DAYS; day++)
		if (q->cal->day[day].n)
			return day_end(q, day);
	return -1;
}

static int walk(const struct naive_question *q, int at, const struct naive_pause *active, int n)
{
	if (q->by == 'm')
		return walk_minutes(q, at, q->minutes, active, n);
	if (q->by == 's')
		return walk_same_day(q, at);
	return walk_days(q, at, active, n);
}

static int naive_due(const struct naive_question *q)
{
	struct naive_pause active[3];
	int base = q->received, n = 0, due = walk(q, base, active, 0);

	for (int i = 0; i < q->n_pauses && due >= 0; i++) {
		const struct naive_pause *p = &q->pauses[i];

		if (p->effect == SUPPLEMENT_NEVER_STOPS || p->from >= due || p->to <= base)
			continue;
		if (p->effect == SUPPLEMENT_RESTARTS || q->by == 's') {
			base = p->to;
			n = 0;
		} else {
			active[n++] = *p;
		}
		due = walk(q, base, active, n);
	}
	return due;
}

/* --- random calendars and questions --- */
static void random_sessions(struct day_sessions *s)
{
	int at = 360 + pick(120);

	s->n = 1 + pick(4);
	for (int i = 0; i < s->n; i++) {
		s->at[i].from = at;
		s->at[i].to = at + 1 + pick(180);
		at = s->at[i].to + 1 + pick(60);
	}
}

static void random_week(struct work_week *w, date_t from)
{
	*w = calendar_default_week;
	w->from = from;
	for (int day = 0; day < 7 && pick(3); day++) {
		w->days[day].n = 0;
		if (day == 0 || pick(day < 5 ? 8 : 2))
			random_sessions(&w->days[day]);
	}
}

struct random_rules {
	struct calendar_rules rules;
	struct work_week weeks[2];
	struct calendar_exception exceptions[60];
	struct year_decision decisions[8];
};

static void random_rules(struct random_rules *r)
{
	random_week(&r->weeks[0], (date_t){ DAY_0 });
	random_week(&r->weeks[1], (date_t){ DAY_0 + pick(N_DAYS) });
	for (int i = 0; i < 60; i++) {
		struct calendar_exception *e = &r->exceptions[i];

		*e = (struct calendar_exception){ .on = { DAY_0 + pick(N_DAYS) },
			                          .name = "x",
			                          .source = "y" };
		e->kind = pick(2) ? EXCEPTION_WORKED : EXCEPTION_OFF;
		if (e->kind == EXCEPTION_WORKED && pick(2))
			random_sessions(&e->sessions);
	}
	for (int i = 0; i < 8; i++)
		r->decisions[i] = (struct year_decision){ .year = FIRST_YEAR + pick(16),
			                                  .tet_days_before = pick(5),
			                                  .national_day_before = pick(2),
			                                  .source = "z" };
	r->rules =
	        (struct calendar_rules){ 1, r->weeks, 2, r->exceptions, 60, r->decisions, 8 };
}

static instant_t to_instant(int minute)
{
	return (instant_t){ ((int64_t)minute + DAY_0 * 1440LL - 420) * 60000000 };
}

static struct term random_term(void)
{
	struct term t = { (enum term_unit)pick(4), 5 * (1 + pick(600)) };

	if (pick(2))
		t.centi = 50 * (1 + pick(40));
	if (t.unit == TERM_SAME_DAY)
		t.centi = 0;
	return t;
}

struct random_case {
	struct rule_set rules;
	struct pause pauses[3];
	struct deadline_question q;
	struct naive_question naive;
};

static void random_pauses(struct random_case *c)
{
	int at = c->naive.received - 100, n = pick(3) ? 0 : 1 + pick(3);

	for (int i = 0; i < n; i++) {
		struct naive_pause *p = &c->naive.pauses[i];

		p->from = at + pick(pick(2) ? 2000 : 12000);
		p->to = p->from + pick(pick(3) ? 2000 : 9000);
		p->effect = (enum supplement_rule)pick(3);
		at = p->to;
		c->pauses[i] = (struct pause){ to_instant(p->from), to_instant(p->to),
			                       p->effect, NULL };
	}
	c->naive.n_pauses = n;
	c->q.n_pauses = (size_t)n;
	c->q.pauses = c->pauses;
}

static void random_case(struct random_case *c, const struct naive_calendar *cal)
{
	static const int day_minutes[] = { 480, 480, 480, 450, 420 };

	memset(c, 0, sizeof(*c));
	c->rules.start = (enum start_rule)pick(2);
	c->rules.same_day_cutoff = pick(2) ? 900 : pick(1440);
	c->rules.day_minutes = day_minutes[pick(5)];
	c->rules.rest_day = (enum rest_day_rule)pick(2);
	c->q.rules = &c->rules;
	c->q.term = random_term();
	c->q.extension = (struct extension){ INSTANT_NONE, INSTANT_NONE };

	struct naive_question *n = &c->naive;
	int centi = c->q.term.centi, unit = c->rules.day_minutes;
	n->cal = cal;
	n->received = (400 + pick(N_DAYS - 1200)) * 1440;
	n->received += pick(4) ? 360 + pick(720) : pick(1440);
	c->q.received = to_instant(n->received);
	n->cutoff = c->rules.same_day_cutoff;
	n->rolls = c->rules.rest_day == REST_DAY_NEXT_WORKING_DAY;
	n->whole = centi / 100;
	n->rest = (centi % 100 * unit + 50) / 100;
	n->by = c->q.term.unit == TERM_CALENDAR_DAYS ? 'c' : 'w';
	if (c->q.term.unit == TERM_SAME_DAY)
		n->by = 's';
	if (c->q.term.unit == TERM_WORKING_HOURS)
		unit = 60;
	if (unit == 60 || (n->by == 'w' && c->rules.start == START_INSTANT))
		n->by = 'm';
	n->minutes = (centi * unit + 50) / 100;
	random_pauses(c);
}

static void say(const struct random_case *c, const struct deadline *d, int due)
{
	char a[INSTANT_TEXT], b[INSTANT_TEXT], e[INSTANT_TEXT], term[TERM_TEXT];

	print_error("received %s, %s, by %c, due %s, naive %s, cutoff %d, day %d, rolls %d\n",
	            instant_iso(c->q.received, a), term_text(c->q.term, term), c->naive.by,
	            instant_iso(d->due, b), instant_iso(to_instant(due), e), c->naive.cutoff,
	            c->rules.day_minutes, c->naive.rolls);
	for (size_t i = 0; i < c->q.n_pauses; i++)
		print_error("  pause %s - %s effect %s\n", instant_iso(c->pauses[i].from, a),
		            instant_iso(c->pauses[i].to, b),
		            supplement_rule_word(c->pauses[i].effect));
}

/* What the explanation counts is the term, whatever the waits. */
static void check_explanation(const struct calendar *cal, const struct random_case *c,
                              const struct deadline *d)
{
	struct arena a;
	struct deadline_days days;
	int minutes = 0, whole = 0;

	arena_init(&a, 4 << 20);
	assert_int_equal(deadline_explain(&days, &a, cal, &c->q, d), ERR_OK);
	for (size_t i = 0; i < days.n; i++) {
		minutes += days.at[i].minutes;
		whole += days.at[i].counted && days.at[i].minutes == 0;
	}
	arena_release(&a);
	if (c->naive.by == 'm'   ? minutes != c->naive.minutes
	    : c->naive.by == 's' ? whole != 1
	                         : whole != c->naive.whole || minutes != c->naive.rest) {
		say(c, d, (int)0);
		fail_msg("the explanation counts %d days, %d minutes", whole, minutes);
	}
}

static void check_case(const struct calendar *cal, const struct naive_calendar *naive,
                       bool explain)
{
	struct random_case c;
	struct deadline d = { .due = { 0 } };

	random_case(&c, naive);
	enum err e = deadline_compute(&d, cal, &c.q);
	int due = naive_due(&c.naive);
	int original = c.naive.n_pauses ? walk(&c.naive, c.naive.received, NULL, 0) : due;
	if (e != ERR_OK || instant_cmp(d.due, to_instant(due)) != 0 ||
	    instant_cmp(d.original_due, to_instant(original)) != 0) {
		say(&c, &d, due);
		fail_msg("the engine (%s) and the walker differ", err_name(e));
	}
	if (explain)
		check_explanation(cal, &c, &d);
}

static void agrees_on_random_cases(void **state)
{
	(void)state;
	const char *more = getenv("LONG");
	long n = more && *more ? 10000000 : 1000000;
	struct naive_calendar *naive = malloc(sizeof(*naive));
	struct random_rules *r = malloc(sizeof(*r));

	assert_non_null(naive);
	assert_non_null(r);
	for (int i = 0; i < CALENDARS; i++) {
		struct calendar *cal;
		struct arena a;

		arena_init(&a, 4 << 20);
		random_rules(r);
		assert_int_equal(calendar_compile(&cal, &a, &r->rules, FIRST_YEAR, LAST_YEAR),
		                 ERR_OK);
		naive_build(naive, &r->rules);
		for (long k = 0; k < n / CALENDARS; k++)
			check_case(cal, naive, k % 100 == 0);
		arena_release(&a);
	}
	free(naive);
	free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(agrees_on_random_cases) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
