#include "app/narrative/narrative_period.h"

#include <stdlib.h>
#include <string.h>

#include "app/form/period.h"
#include "base/messages.h"
#include "base/str.h"

static const struct {
	const char *word, *last;
	int years_before; /* of the report before */
	enum msg next;
	int years_after;
} known[] = {
	{ "Q1", "Y", 1, MSG_NARRATIVE_Q2, 0 },
	{ "H1", "Q1", 0, MSG_NARRATIVE_H2, 0 },
	{ "Q3", "H1", 0, MSG_NARRATIVE_Q4, 0 },
	{ "Y", "Q3", 0, MSG_PERIOD_Y, 1 },
};

/* "quý I năm 2024" with another year. */
static enum err with_year(const char **out, struct arena *a, const char *text, const char *year,
                          const char *other)
{
	struct str s;

	str_init(&s, a, 4000);
	while (*text) {
		if (str_starts(text, year)) {
			str_put(&s, other);
			text += strlen(year);
		} else {
			str_put_char(&s, *text++);
		}
	}
	return str_finish(&s, out);
}

static enum err name_of(const char **out, struct arena *a, const char *code)
{
	struct period p;

	if (!period_parse(&p, code))
		return ERR_OK;
	return period_name(out, a, &p);
}

static enum err fill_known(struct narrative_periods *p, struct arena *a, size_t i, int year)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", year + known[i].years_after);
	TRY(msg_format(&p->next_name, a, known[i].next, text));
	TRY(arena_printf(a, &p->last, "%d-%s", year - known[i].years_before, known[i].last));
	return name_of(&p->last_name, a, p->last);
}

enum err narrative_periods_of(struct narrative_periods *out, struct arena *a, const char *code,
                              const char *name)
{
	struct narrative_periods p = { .word = NULL };
	long year = strtol(code, NULL, 10);

	*out = p;
	if (year < PERIOD_FIRST_YEAR || year > PERIOD_LAST_YEAR)
		return ERR_OK;
	TRY(arena_printf(a, &p.year, "%ld", year));
	TRY(arena_printf(a, &p.year_last, "%ld", year - 1));
	TRY(arena_printf(a, &p.year_next, "%ld", year + 1));
	TRY(with_year(&p.last_year, a, code, p.year, p.year_last));
	TRY(with_year(&p.last_year_name, a, name, p.year, p.year_last));
	p.word = strchr(code, '-');
	p.word = p.word ? p.word + 1 : NULL;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_eq(p.word, known[i].word))
			TRY(fill_known(&p, a, i, (int)year));
	*out = p;
	return ERR_OK;
}
