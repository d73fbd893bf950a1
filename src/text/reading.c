#include "text/reading.h"

#include <stdlib.h>
#include <string.h>

#include "text/reading_parts.h"

static int by_day_start(const void *a, const void *b)
{
	size_t x = ((const struct written_day *)a)->start;
	size_t y = ((const struct written_day *)b)->start;

	return (x > y) - (x < y);
}

static int by_period_start(const void *a, const void *b)
{
	size_t x = ((const struct written_period *)a)->start;
	size_t y = ((const struct written_period *)b)->start;

	return (x > y) - (x < y);
}

/* Takes out periods that became the ends of a window. */
static size_t keep_periods(struct written_period *periods, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (periods[i].end > periods[i].start)
			periods[kept++] = periods[i];
	return kept;
}

enum err reading_of(struct reading *out, struct arena *a, const char *text)
{
	struct reader r;

	TRY(reader_open(&r, a, text));
	TRY(citations_read(&r));
	addresses_claim(&r);
	TRY(days_read(&r));
	TRY(periods_read(&r));
	names_claim(&r);
	TRY(figures_read(&r));
	r.n_periods = keep_periods(r.periods, r.n_periods);
	if (r.n_days)
		qsort(r.days, r.n_days, sizeof(*r.days), by_day_start);
	if (r.n_periods)
		qsort(r.periods, r.n_periods, sizeof(*r.periods), by_period_start);
	*out = (struct reading){ .figures = r.figures,
		                 .n_figures = r.n_figures,
		                 .days = r.days,
		                 .n_days = r.n_days,
		                 .periods = r.periods,
		                 .n_periods = r.n_periods,
		                 .citations = r.citations,
		                 .n_citations = r.n_citations };
	return ERR_OK;
}

/* ---- cells ---- */

/* "12/2021", "15/2/2024", "15.02.2024": no amounts. */
static bool is_day_or_month(const struct reader *r, size_t i, const struct figure *f)
{
	if (token_is(r, i + 1, "/") && token_is(r, i + 3, "/"))
		return true;
	return !number_is_none(f->out_of) && token_len(token_at(r, i)) <= 2 &&
	       f->out_of.digits >= 1990 && f->out_of.digits <= 2050 && f->value.digits >= 1 &&
	       f->value.digits <= 12;
}

/* The unit column: what the bare number of the value column is. */
static bool apply_unit_cell(struct figure *f, const char *unit_cell)
{
	struct cell_room room;
	struct reader r;
	struct figure_at unit = { .figure = *f };

	if (!reader_open_cell(&r, &room, unit_cell))
		return false;
	size_t i = token_is(&r, 0, "(");

	if (token_is(&r, i, "1.000"))
		return false;
	if (figure_unit_read(&r, &unit, i) == i || unit.figure.unit == FIGURE_COUNT)
		return false;
	*f = unit.figure;
	return true;
}

/* A noun in a cell of figures is what is counted, no label that begins with a number. */
static bool is_short_noun(const struct reader *r, const struct figure_at *f)
{
	enum { MOST_WORDS = 3 };
	size_t noun = f->behind;

	while (noun < f->after && token_at(r, noun)->start < f->figure.noun)
		noun++;
	return f->after - noun <= MOST_WORDS &&
	       (!token_at(r, noun)->upper || token_at(r, noun + 1)->kind == TOKEN_END);
}

static bool percent_unit(const char *unit_cell)
{
	struct figure none = { .value = number_int(0),
		               .to = NUMBER_NONE,
		               .out_of = NUMBER_NONE };

	return apply_unit_cell(&none, unit_cell) && none.unit == FIGURE_PERCENT;
}

/* The bare number again, as a rate: 3,887 is no thousands there. */
static void read_as_rate(struct figure *f, const char *text, const struct token *t)
{
	if ((f->marks & (FIGURE_COMMA_THREE | FIGURE_DOT_GROUPS)) && number_is_none(f->out_of))
		(void)numeral_read(&f->value, &f->marks, text + t->start, token_len(t), true);
}

/* Words of a bound at a cell's beginning: "≥ 95%", "Tối thiểu 35%". */
static size_t skip_bound(const struct reader *r)
{
	static const char *const bounds[] = {
		"≥",    "≤",          ">",      "<",    "~",      "đạt tối thiểu", "tối thiểu",
		"trên", "ít nhất",    "hơn",    "dưới", "khoảng", "không quá",     "tối đa",
		"từ",   "không dưới", "đạt từ", "đạt",  NULL
	};

	return token_says_any(r, 0, bounds);
}

/* "trở lên", "/năm" behind a figure belong to it. */
static size_t skip_behind(const struct reader *r, const struct figure *f, size_t i)
{
	if (f->marks & FIGURE_PER)
		while (token_is(r, i, "/") && token_at(r, i + 1)->kind == TOKEN_WORD)
			i += 2;
	i += token_says(r, i, "trở lên");
	return i + token_says(r, i, "trở xuống");
}

/* The figure of a cell that holds nothing else; the token of its number in `number`. */
static bool read_whole_cell(const struct reader *r, struct figure_at *f, size_t *number)
{
	size_t i = skip_bound(r);

	if (i == 0 && token_is(r, 0, "-") && token_glued(r, 1))
		i = 1;
	if (token_at(r, i)->kind != TOKEN_NUMBER)
		return false;
	*number = i;
	size_t after = figure_read(r, i, f);

	if (!after || is_day_or_month(r, i, &f->figure) || !is_short_noun(r, f))
		return false;
	after = skip_behind(r, &f->figure, after < f->after ? f->after : after);
	return token_at(r, after)->kind == TOKEN_END;
}

bool reading_of_cell(struct figure *out, const char *cell, const char *unit_cell)
{
	struct cell_room room;
	struct figure_at f;
	struct reader r;
	size_t i;

	if (!reader_open_cell(&r, &room, cell) || !read_whole_cell(&r, &f, &i))
		return false;
	*out = f.figure;
	if (out->unit == FIGURE_COUNT && out->noun == out->noun_end) {
		if (percent_unit(unit_cell))
			read_as_rate(out, cell, token_at(&r, i));
		(void)apply_unit_cell(out, unit_cell);
	}
	if (i == 1 && token_is(&r, 0, "-"))
		out->value.digits = -out->value.digits;
	return true;
}
