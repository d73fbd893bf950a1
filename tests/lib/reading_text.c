#include "lib/reading_text.h"

#include "lib/test.h"

static void put_marks(struct str *s, unsigned marks)
{
	static const char *const words[] = { "padded", "dots",  "commas", "comma",  "point",
		                             "comma3", "words", "rank",   "change", "per",
		                             "label",  "twice", "from",   "into",   "broken" };
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!(marks & 1u << i))
			continue;
		str_put(s, any ? " " : " {");
		str_put(s, words[i]);
		any = true;
	}
	if (any)
		str_put(s, "}");
}

void reading_put_figure(struct str *s, const struct figure *f, const char *text)
{
	static const char *const units[] = { "", "%", " points", " đồng" };
	static const char *const bounds[] = { "", ">=", ">", "<=", "<", "~" };
	char number[NUMBER_TEXT];

	str_put(s, bounds[f->bound]);
	str_put(s, number_vn(f->value, number));
	if (!number_is_none(f->to))
		str_printf(s, "..%s", number_vn(f->to, number));
	if (!number_is_none(f->out_of))
		str_printf(s, "/%s", number_vn(f->out_of, number));
	str_put(s, units[f->unit]);
	put_marks(s, f->marks);
	if (f->noun < f->noun_end) {
		str_put(s, " \"");
		str_put_n(s, text + f->noun, f->noun_end - f->noun);
		str_put(s, "\"");
	}
}

static void put_part(struct str *s, int n, const char *behind)
{
	if (n)
		str_put_int(s, n);
	else
		str_put(s, "?");
	str_put(s, behind);
}

static void put_day(struct str *s, const struct written_day *d)
{
	str_put(s, "day ");
	put_part(s, d->day, "/");
	put_part(s, d->month, "/");
	put_part(s, d->year, "");
	if (d->blank)
		str_put(s, " blank");
	if (d->impossible)
		str_put(s, " impossible");
	assert_int_equal(date_is_none(d->on), d->blank || d->impossible || !d->year);
}

static void put_window(struct str *s, const struct written_period *p)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	str_printf(s, "%s %s..%s", p->kind == PERIOD_WINDOW ? "window" : "as-of",
	           date_vn(p->from, from), date_vn(p->to, to));
}

static void put_period(struct str *s, const struct written_period *p)
{
	static const char *const kinds[] = {
		"quarter", "month", "half", "nine", "year", "years"
	};

	if (p->kind == PERIOD_WINDOW || p->kind == PERIOD_AS_OF) {
		put_window(s, p);
	} else {
		str_printf(s, "%s ", kinds[p->kind]);
		if (p->number)
			str_printf(s, "%d/", p->number);
		put_part(s, p->year, "");
		if (p->kind == PERIOD_YEARS)
			str_printf(s, "-%d", p->last_year);
		assert_int_equal(date_is_none(p->from), p->year == 0);
		assert_int_equal(date_is_none(p->to), p->year == 0);
	}
	if (p->same_period_before)
		str_put(s, " before");
}

static void put_citation(struct str *s, const struct citation *c, const char *text)
{
	str_printf(s, "cite %s(%s) ", c->type, c->type_code);
	str_put_n(s, text + c->number_start, c->number_end - c->number_start);
	str_printf(s, " [%s", c->number);
	if (c->year)
		str_printf(s, " %d", c->year);
	str_printf(s, " %s]", c->code);
	if (*c->issuer)
		str_printf(s, " of %s", c->issuer);
	if (c->day.start < c->day.end) {
		str_put(s, " on ");
		put_day(s, &c->day);
	}
	if (c->malformed)
		str_put(s, " malformed");
}

/* Which of the four lists goes on first; 4: none. */
static int next_list(const struct reading *r, const size_t at[4])
{
	size_t start[4] = { SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX };
	int first = 0;

	if (at[0] < r->n_figures)
		start[0] = r->figures[at[0]].start;
	if (at[1] < r->n_citations)
		start[1] = r->citations[at[1]].start;
	if (at[2] < r->n_periods)
		start[2] = r->periods[at[2]].start;
	if (at[3] < r->n_days)
		start[3] = r->days[at[3]].start;
	for (int i = 1; i < 4; i++)
		if (start[i] < start[first])
			first = i;
	return start[first] == SIZE_MAX ? 4 : first;
}

static const char *describe(struct arena *a, const char *text)
{
	struct reading r;
	struct str s;
	size_t at[4] = { 0 };
	const char *out;

	assert_int_equal(reading_of(&r, a, text), ERR_OK);
	str_init(&s, a, 1 << 16);
	for (int list; (list = next_list(&r, at)) < 4; at[list]++) {
		if (s.len)
			str_put(&s, " | ");
		if (list == 0)
			reading_put_figure(&s, &r.figures[at[0]], text);
		else if (list == 1)
			put_citation(&s, &r.citations[at[1]], text);
		else if (list == 2)
			put_period(&s, &r.periods[at[2]]);
		else
			put_day(&s, &r.days[at[3]]);
	}
	assert_int_equal(str_finish(&s, &out), ERR_OK);
	return out;
}

void check_reading(const char *text, const char *expected)
{
	struct arena a;

	arena_init(&a, 1 << 24);
	const char *got = describe(&a, text);

	if (strcmp(got, expected) != 0)
		fail_msg("\"%s\"\n     read: %s\n expected: %s", text, got, expected);
	arena_release(&a);
}

void check_readings(const struct reading_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_reading(cases[i].text, cases[i].expected);
}
