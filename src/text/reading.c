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

bool reading_of_cell(struct figure *out, const char *cell, const char *unit_cell)
{
	static const char *const bounds[] = { "≥", "≤", ">", "<", "~", NULL };
	struct cell_room room;
	struct figure_at f;
	struct reader r;

	if (!reader_open_cell(&r, &room, cell))
		return false;
	size_t i = token_is_any(&r, 0, bounds);
	bool minus = i == 0 && token_is(&r, 0, "-") && token_glued(&r, 1);

	i += minus;
	size_t after = token_at(&r, i)->kind == TOKEN_NUMBER ? figure_read(&r, i, &f) : 0;

	if (after && after < f.after)
		after = f.after;
	if (!after || token_at(&r, after)->kind != TOKEN_END ||
	    is_day_or_month(&r, i, &f.figure) || !is_short_noun(&r, &f))
		return false;
	*out = f.figure;
	if (out->unit != FIGURE_COUNT || out->noun != out->noun_end)
		return true;
	const struct token *t = token_at(&r, i);

	if ((out->marks & (FIGURE_COMMA_THREE | FIGURE_DOT_GROUPS)) &&
	    number_is_none(out->out_of) && percent_unit(unit_cell))
		(void)numeral_read(&out->value, &out->marks, cell + t->start, token_len(t),
		                   true);
	if (minus)
		out->value.digits = -out->value.digits;
	apply_unit_cell(out, unit_cell);
	return true;
}
