#include "app/rollup/rollup_note.h"

#include "base/decimal.h"
#include "base/messages.h"
#include "base/str.h"

enum { MOST_GROUPS = 12, MOST_NAMES = 8, MOST_TEXT = 256 * 1024 };

/* Units that noted the same. */
struct group {
	const char *note;
	const char *names[MOST_NAMES];
	size_t n;
};

static enum err put_rest(struct str *s, struct arena *a, enum msg message, size_t n)
{
	const char *text;
	char count[DEC_TEXT];

	TRY(msg_format(&text, a, message, dec_vn(dec_from_int((int64_t)n), 0, count)));
	str_put(s, text);
	return ERR_OK;
}

static enum err put_group(struct str *s, struct arena *a, const struct group *g)
{
	if (s->len)
		str_put(s, "; ");
	for (size_t i = 0; i < g->n && i < MOST_NAMES; i++)
		str_printf(s, "%s%s", i ? ", " : "", g->names[i]);
	if (g->n > MOST_NAMES)
		TRY(put_rest(s, a, MSG_ROLLUP_NOTE_UNITS, g->n - MOST_NAMES));
	str_printf(s, ": %s", g->note);
	return ERR_OK;
}

/* The group of a note, perhaps a new one; NULL: there are enough. */
static struct group *group_of(struct group *groups, size_t *n, const char *note)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(groups[i].note, note))
			return &groups[i];
	if (*n == MOST_GROUPS)
		return NULL;
	groups[*n] = (struct group){ .note = note };
	return &groups[(*n)++];
}

enum err rollup_note(const char **out, struct arena *a, const char *own,
                     const struct rollup_noted *below, size_t n)
{
	struct group groups[MOST_GROUPS];
	size_t n_groups = 0, rest = 0;
	struct str s;

	*out = NULL;
	str_init(&s, a, MOST_TEXT);
	if (!str_blank(own))
		str_put(&s, own);
	for (size_t i = 0; i < n; i++) {
		struct group *g = str_blank(below[i].note)
		                          ? NULL
		                          : group_of(groups, &n_groups, below[i].note);

		if (g && g->n < MOST_NAMES)
			g->names[g->n] = below[i].name;
		if (g)
			g->n++;
		else
			rest += !str_blank(below[i].note);
	}
	for (size_t i = 0; i < n_groups; i++)
		TRY(put_group(&s, a, &groups[i]));
	if (rest > 0)
		TRY(put_rest(&s, a, MSG_ROLLUP_NOTE_REST, rest));
	return s.len ? str_finish(&s, out) : ERR_OK;
}
