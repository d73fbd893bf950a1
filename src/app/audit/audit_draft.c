#include "app/audit/audit_check.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { CONTEXT = 48 /* bytes of text on each side of what is quoted */ };

void audit_begin(struct audit_draft *d, struct audit *x, enum audit_kind kind,
                 enum audit_verdict verdict)
{
	*d = (struct audit_draft){ .audit = x,
		                   .finding = { .verdict = verdict,
		                                .kind = kind,
		                                .relation = "",
		                                .stated = "",
		                                .computed = "",
		                                .check = x->check } };
}

/* Whether the finding will be kept; a relation that holds is only counted otherwise. */
static bool keeps(const struct audit_draft *d)
{
	return d->finding.verdict != AUDIT_HOLDS || d->audit->options->all;
}

static bool same_line(struct doc_line a, struct doc_line b)
{
	return a.file == b.file && a.line == b.line;
}

static void add(struct audit_draft *d, struct audit_place place)
{
	for (size_t i = 0; i < d->n_places; i++)
		if (same_line(d->places[i].line, place.line) &&
		    str_eq(d->places[i].quote, place.quote)) {
			d->places[i].operand |= place.operand;
			return;
		}
	if (d->n_places < AUDIT_MOST_PLACES)
		d->places[d->n_places++] = place;
}

/* Adds the place with a copy of the first `n` bytes of its quote. */
static void put(struct audit_draft *d, struct audit_place place, size_t n)
{
	if (d->failed == ERR_OK)
		d->failed = arena_strndup(d->audit->arena, &place.quote, place.quote, n);
	if (d->failed == ERR_OK)
		add(d, place);
}

/* The bytes of the text that stand in the same line as `at`. */
static void line_of(const struct joined *text, size_t at, size_t *from, size_t *to)
{
	*from = 0;
	*to = strlen(text->text);
	for (size_t i = 0; i < text->n_joints; i++) {
		if (text->joints[i].at <= at)
			*from = text->joints[i].at;
		else {
			*to = text->joints[i].at;
			return;
		}
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Widens [start, end) by whole words, at most CONTEXT bytes on each side. */
static void widen(const char *text, size_t from, size_t to, size_t *start, size_t *end)
{
	size_t at = *start;

	while (at > from && *start - at < CONTEXT)
		at--;
	while (at < *start && at > from && !is_blank(text[at - 1]))
		at++;
	*start = at;
	at = *end;
	while (at < to && at - *end < CONTEXT)
		at++;
	while (at > *end && at < to && !is_blank(text[at]))
		at--;
	*end = at;
	while (*start < *end && is_blank(text[*start]))
		(*start)++;
	while (*end > *start && is_blank(text[*end - 1]))
		(*end)--;
}

void audit_at(struct audit_draft *d, const struct joined *text, size_t start, size_t end,
              bool operand)
{
	size_t from, to, quote = start, quote_end;

	if (!keeps(d))
		return;
	line_of(text, start, &from, &to);
	quote_end = end > to ? to : end;
	widen(text->text, from, to, &quote, &quote_end);
	put(d,
	    (struct audit_place){ .line = joined_line(text, start),
	                          .quote = text->text + quote,
	                          .at = start - quote,
	                          .n = end > quote_end ? 0 : end - start,
	                          .operand = operand },
	    quote_end - quote);
}

void audit_at_line(struct audit_draft *d, struct doc_line line, const char *quote)
{
	if (keeps(d))
		put(d, (struct audit_place){ .line = line, .quote = quote }, strlen(quote));
}

void audit_at_row(struct audit_draft *d, const struct table *t, size_t row, bool operand)
{
	const struct table_row *r = &t->rows[row];
	struct str quote;
	const char *text;
	bool any = false;

	if (!keeps(d) || d->failed != ERR_OK)
		return;
	str_init(&quote, d->audit->arena, TEXT_MOST_BYTES);
	for (size_t i = 0; i < t->n_columns; i++) {
		const char *cell = r->cells[i].text.text;

		if (str_blank(cell))
			continue;
		str_put(&quote, any ? " | " : "");
		str_put(&quote, cell);
		any = true;
	}
	d->failed = str_finish(&quote, &text);
	if (d->failed == ERR_OK)
		add(d,
		    (struct audit_place){ .line = r->line, .quote = text, .operand = operand });
}

void audit_say(struct audit_draft *d, const char *relation, const char *stated,
               const char *computed)
{
	struct arena *a = d->audit->arena;

	if (!keeps(d))
		return;
	if (d->failed == ERR_OK)
		d->failed = arena_strdup(a, &d->finding.relation, relation);
	if (d->failed == ERR_OK)
		d->failed = arena_strdup(a, &d->finding.stated, stated);
	if (d->failed == ERR_OK)
		d->failed = arena_strdup(a, &d->finding.computed, computed);
}

void audit_correct(struct audit_draft *d, const char *correction)
{
	if (keeps(d) && d->failed == ERR_OK)
		d->failed = arena_strdup(d->audit->arena, &d->finding.correction, correction);
}

/* Places in the order of the document; few, so by insertion. */
static void order(struct audit_place *places, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct audit_place p = places[i];
		size_t at = i;

		for (; at > 0; at--) {
			if (doc_line_compare(places[at - 1].line, p.line) <= 0)
				break;
			places[at] = places[at - 1];
		}
		places[at] = p;
	}
}

static enum err keep(struct audit_draft *d)
{
	struct audit *x = d->audit;
	struct audit_place *places;

	TRY(d->failed);
	order(d->places, d->n_places);
	TRY(arena_array(x->arena, &places, d->n_places));
	memcpy(places, d->places, d->n_places * sizeof(*places));
	d->finding.places = places;
	d->finding.n_places = d->n_places;
	if (d->finding.verdict == AUDIT_HOLDS) {
		TRY(vec_room(x->arena, x->holds, x->n_holds));
		x->holds[x->n_holds++] = d->finding;
	} else {
		TRY(vec_room(x->arena, x->findings, x->n_findings));
		x->findings[x->n_findings++] = d->finding;
	}
	return ERR_OK;
}

enum err audit_end_with(struct audit_draft *d, enum msg id, const char *const *args)
{
	d->audit->n_relations++;
	if (!keeps(d))
		return ERR_OK;
	if (d->failed == ERR_OK)
		d->failed = msg_fill(&d->finding.message, d->audit->arena, id, args);
	return keep(d);
}

enum err audit_end_holds(struct audit_draft *d)
{
	d->audit->n_relations++;
	if (!keeps(d))
		return ERR_OK;
	d->finding.message = "";
	return keep(d);
}

void audit_count(struct audit *x)
{
	x->n_relations++;
}
