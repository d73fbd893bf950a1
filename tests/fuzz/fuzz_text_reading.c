/* Whatever text comes, what was read stands inside it, in order, and apart from each other. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_figures(const struct reading *r, size_t len)
{
	size_t last = 0;

	for (size_t i = 0; i < r->n_figures; i++) {
		const struct figure *f = &r->figures[i];

		must(f->start >= last && f->start < f->digits_end && f->digits_end <= f->end);
		must(f->end <= len && f->noun <= f->noun_end && f->noun_end <= len);
		must(f->noun >= f->end || f->noun == f->noun_end);
		must(f->value.places >= 0 && f->value.places <= 9);
		last = f->end;
	}
}

static void check_days(const struct reading *r, size_t len)
{
	size_t last = 0;

	for (size_t i = 0; i < r->n_days; i++) {
		const struct written_day *d = &r->days[i];

		must(d->start >= last && d->start < d->end && d->end <= len);
		must(date_is_none(d->on) || (d->year && d->month && d->day && !d->impossible));
		last = d->end;
	}
}

static void check_periods(const struct reading *r, size_t len)
{
	size_t last = 0;

	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *p = &r->periods[i];

		must(p->start >= last && p->start < p->end && p->end <= len);
		must(p->number >= 0 && p->number <= 12);
		last = p->end;
	}
}

static void check_citations(const struct reading *r, size_t len)
{
	size_t last = 0;

	for (size_t i = 0; i < r->n_citations; i++) {
		const struct citation *c = &r->citations[i];

		must(c->start >= last && c->start <= c->number_start);
		must(c->number_start < c->number_end && c->number_end <= c->end &&
		     c->end <= len);
		must(c->type && c->type_code && c->number && c->code && c->issuer);
		last = c->end;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = malloc(n + 1);
	struct figure cell;
	struct reading r;
	struct arena a;

	if (text == NULL)
		return 0;
	if (n > 0)
		memcpy(text, bytes, n);
	text[n] = '\0';
	arena_init(&a, (size_t)256 << 20);
	if (reading_of(&r, &a, text) == ERR_OK) {
		size_t len = strlen(text);

		check_figures(&r, len);
		check_days(&r, len);
		check_periods(&r, len);
		check_citations(&r, len);
	}
	if (reading_of_cell(&cell, text, "%") || reading_of_cell(&cell, text, "Triệu đồng"))
		must(cell.end <= strlen(text) && cell.start < cell.end);
	arena_release(&a);
	free(text);
	return 0;
}
