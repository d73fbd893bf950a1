/* The documents that a report cites; see audit_citation.h. */
#include "app/audit/audit_citation.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_WORDS = 48 /* of a subject */ };

/* An office, not the end of a document's number. */
static bool names_office(const char *lower, struct span in)
{
	static const char *const offices[] = { "ubnd", "hđnd", "ủy ban nhân dân" };

	for (size_t i = 0; i < sizeof(offices) / sizeof(*offices); i++)
		for (struct span rest = in;;) {
			size_t at = words_find(lower, rest, offices[i]);

			if (at == SIZE_MAX)
				break;
			if (at > 0 && lower[at - 1] != '-' && lower[at - 1] != '/')
				return true;
			rest.start = at + 1;
		}
	return false;
}

/* "UBND xã đã ban hành Kế hoạch số ...; Kế hoạch số ...": who acts, when "của" does not say.  A
 * list up to the full stop shares the actor, unless another office is named in between. */
static enum office_level actor(const struct passage *p, const struct citation *c)
{
	struct span before, word, full = { p->table < 0 ? p->block->text_start : 0, c->start };
	size_t verb;

	for (size_t at = full.start; at + 1 < c->start; at++)
		if (p->lower[at] == '.' && p->lower[at + 1] == ' ')
			full.start = at + 2;
	verb = words_last(p->lower, full, "ban hành");
	if (verb == SIZE_MAX || names_office(p->lower, (struct span){ verb, c->start }))
		return LEVEL_UNKNOWN;
	before = (struct span){ words_back(p->lower, full.start, verb, 9), verb };
	for (size_t at = before.start; at < verb; at++)
		if (strchr(";:,", p->lower[at]))
			before.start = at + 1;
	return office_level_in(p->lower, before, &word);
}

static enum err issuer_of(enum office_level *out, struct audit *x, const struct passage *p,
                          const struct citation *c)
{
	const char *lower;

	TRY(audit_lower(x->arena, &lower, c->issuer));
	*out = office_level_of(lower);
	if (*out == LEVEL_UNKNOWN && lower[0] == '\0')
		*out = actor(p, c);
	return ERR_OK;
}

enum err cited_read(struct cited_list *out, struct audit *x)
{
	struct passages all;

	*out = (struct cited_list){ 0 };
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		const struct reading *r = &p->text->reading;

		for (size_t j = 0; j < r->n_citations; j++) {
			const struct citation *c = &r->citations[j];
			struct cited one = { .p = p, .c = c, .order = out->n };

			if (c->n == 0 || c->code[0] == '\0' || citation_is_own(x, p, c) ||
			    (p->block->kind == BLOCK_HEAD && c->type[0] == '\0'))
				continue;
			one.central = code_is_central(c->code);
			TRY(issuer_of(&one.issuer, x, p, c));
			if (one.central)
				one.issuer = LEVEL_CENTRAL;
			TRY(vec_room(x->arena, out->at, out->n));
			out->at[out->n++] = one;
		}
	}
	return ERR_OK;
}

bool cited_has_day(const struct cited *a)
{
	return a->c->day.end > a->c->day.start && !date_is_none(a->c->day.on);
}

bool cited_issuers_fit(const struct cited *a, const struct cited *b)
{
	return a->issuer == b->issuer || a->issuer == LEVEL_UNKNOWN ||
	       b->issuer == LEVEL_UNKNOWN;
}

/* The words after the citation, "về ..." up to the end of its part of the sentence. */
static struct span subject_of(const struct cited *a)
{
	struct span sentence = audit_sentence(a->p, a->c->start), word;
	size_t at = a->c->end, end, n = 0;

	if (a->c->day.end > at)
		at = a->c->day.end;
	for (end = at; end < sentence.end && !strchr(";,.():", a->p->lower[end]); end++)
		;
	sentence = (struct span){ at, at };
	for (size_t i = at; n < MOST_WORDS && words_next(a->p->lower, end, &i, &word); n++)
		sentence.end = word.end;
	return sentence;
}

/* Words that say nothing of the subject. */
static bool is_filler(const char *lower, struct span word)
{
	static const char *const words[] = { "về",   "việc", "của",   "ban",  "hành", "năm",
		                             "trên", "địa",  "bàn",   "và",   "các",  "ủy",
		                             "nhân", "dân",  "chủ",   "tịch", "ubnd", "chính",
		                             "phủ",  "thủ",  "tướng", NULL };
	struct slice s = { lower + word.start, word.end - word.start };

	for (size_t i = 0; words[i]; i++)
		if (slice_eq(s, words[i]))
			return true;
	return lower[word.start] >= '0' && lower[word.start] <= '9';
}

static size_t words_of(const struct cited *a, struct slice words[MOST_WORDS])
{
	struct span subject = subject_of(a), word;
	size_t n = 0, at = subject.start;

	while (n < MOST_WORDS && words_next(a->p->lower, subject.end, &at, &word))
		if (!is_filler(a->p->lower, word))
			words[n++] = (struct slice){ a->p->lower + word.start,
				                     word.end - word.start };
	return n;
}

int cited_subject_alike(const struct cited *a, const struct cited *b, bool of_longer)
{
	struct slice left[MOST_WORDS], right[MOST_WORDS];
	size_t n = words_of(a, left), m = words_of(b, right), same = 0, all;

	if (n < 4 || m < 4)
		return -1;
	all = (n > m) == of_longer ? n : m;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (left[i].len == right[j].len &&
			    memcmp(left[i].at, right[j].at, left[i].len) == 0) {
				same++;
				break;
			}
	return same > all ? 100 : (int)(100 * same / all);
}

static size_t end_of(const struct cited *a)
{
	if (a->c->day.end > a->c->number_end)
		return a->c->day.end;
	return a->c->number_end > a->c->start ? a->c->number_end : a->c->end;
}

void cited_place(struct audit_draft *d, const struct cited *a)
{
	audit_at(d, a->p->text, a->c->start, end_of(a), true);
}

enum err cited_quote(const char **out, struct arena *a, const struct cited *c)
{
	return arena_strndup(a, out, c->p->text->text + c->c->start, end_of(c) - c->c->start);
}
