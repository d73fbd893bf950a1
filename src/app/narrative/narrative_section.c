#include "app/narrative/narrative_section.h"

#include <string.h>

#include "app/narrative/narrative_align.h"
#include "app/narrative/narrative_build.h"
#include "app/narrative/narrative_parser.h"
#include "base/vec.h"

/* ---- cutting ---- */

static bool begins_section(const char *line)
{
	enum narrative_kind part;

	if (str_starts(line, "# ") || str_starts(line, "## "))
		return true;
	return *line == '@' && narrative_part_of(&part, line);
}

static const char *next_line(const char *at)
{
	const char *feed = strchr(at, '\n');

	return feed ? feed + 1 : at + strlen(at);
}

static enum err keep_section(const char **out, struct arena *a, const char *at, size_t n)
{
	bool ended = n > 0 && at[n - 1] == '\n';

	return arena_printf(a, out, "%.*s%s", (int)n, at, ended ? "" : "\n");
}

enum err narrative_sections_cut(struct narrative_sections *out, struct arena *a,
                                const char *source)
{
	const char **list = NULL, *start = source;
	size_t n = 0;

	for (const char *line = source; *line;) {
		const char *next = next_line(line);
		bool ends = *next == '\0' ||
		            (begins_section(next) && n + 1 < NARRATIVE_MOST_SECTIONS);

		if (ends) {
			TRY(vec_room(a, list, n));
			TRY(keep_section(&list[n++], a, start, (size_t)(next - start)));
			start = next;
		}
		line = next;
	}
	*out = (struct narrative_sections){ list, n };
	return ERR_OK;
}

enum err narrative_sections_join(const char **out, struct arena *a,
                                 const struct narrative_sections *sections)
{
	struct str s;

	str_init(&s, a, 2 * NARRATIVE_LONGEST);
	for (size_t i = 0; i < sections->n; i++) {
		const char *body = sections->at[i];

		str_put(&s, body);
		if (*body && !str_ends(body, "\n"))
			str_put_char(&s, '\n');
	}
	return str_finish(&s, out);
}

enum err narrative_section_title(const char **out, struct arena *a, const char *body)
{
	struct slice line = { body, strcspn(body, "\n") };

	while (line.len > 0 && (*line.at == '#' || *line.at == '@')) {
		line.at++;
		line.len--;
	}
	if (line.at == body) {
		*out = "";
		return ERR_OK;
	}
	line = slice_trim(line);
	return arena_strndup(a, out, line.at, line.len);
}

/* ---- figures typed over references ---- */

struct numbers {
	struct narrative_typed_one *at;
	size_t n;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool in_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

/* "1.025", "36,8%", "06/QĐ": digits with the signs between them. */
static size_t number_at(const char *at)
{
	size_t n = 0;

	while (is_digit(at[n]) ||
	       ((at[n] == '.' || at[n] == ',' || at[n] == '/') && is_digit(at[n + 1])))
		n++;
	return n > 0 && at[n] == '%' ? n + 1 : n;
}

/* The numbers of the prose: what stands in markers is none. */
static enum err numbers_of(struct numbers *out, struct arena *a, const char *text)
{
	struct numbers list = { .n = 0 };
	int line = 1;

	for (const char *p = text; *p;) {
		const char *end = str_starts(p, "{{") ? strstr(p, "}}") : NULL;
		size_t n = p > text && in_word(p[-1]) ? 0 : number_at(p);

		line += *p == '\n';
		if (end) {
			p = end + 2;
			continue;
		}
		if (n > 0) {
			TRY(vec_room(a, list.at, list.n));
			list.at[list.n] = (struct narrative_typed_one){
				.line = line, .at = (size_t)(p - text), .n = n
			};
			TRY(arena_strndup(a, &list.at[list.n++].number, p, n));
		}
		p += n > 0 ? n : 1;
	}
	*out = list;
	return ERR_OK;
}

/* Both texts taken apart. */
struct side {
	struct narrative_lines lines;
	struct numbers numbers;
	const struct narrative_reference *references;
	size_t n_references;
};

static enum err side_of(struct side *out, struct arena *a, const struct form_set *set,
                        const char *text)
{
	struct narrative_parsed parsed;
	struct problems problems;

	problems_init(&problems, a);
	TRY(narrative_parse(&parsed, a, &problems, set, text));
	TRY(narrative_lines_of(&out->lines, a, text));
	out->references = parsed.references;
	out->n_references = parsed.n_references;
	return numbers_of(&out->numbers, a, text);
}

static size_t times_named(const struct side *s, int line, int row)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_references; i++)
		n += s->references[i].line == line && s->references[i].row == row;
	return n;
}

static size_t times_typed(const struct side *s, int line, const char *number)
{
	size_t n = 0;

	for (size_t i = 0; i < s->numbers.n; i++)
		n += s->numbers.at[i].line == line && str_eq(s->numbers.at[i].number, number);
	return n;
}

/* The next cell that line `was` names more often than line `is`; -1: none. */
static int next_lost(size_t *at, const struct side *before, int was, const struct side *after,
                     int is)
{
	for (; *at < before->n_references; ++*at) {
		const struct narrative_reference *r = &before->references[*at];

		if (r->line == was &&
		    times_named(before, was, r->row) > times_named(after, is, r->row)) {
			++*at;
			return r->row;
		}
	}
	return -1;
}

static enum err find_in_line(struct numbers *found, struct arena *a, const struct side *before,
                             int was, const struct side *after, int is)
{
	size_t at = 0;

	for (size_t i = 0; i < after->numbers.n; i++) {
		struct narrative_typed_one t = after->numbers.at[i];

		if (t.line != is ||
		    times_typed(after, is, t.number) <= times_typed(before, was, t.number))
			continue;
		t.row = next_lost(&at, before, was, after, is);
		if (t.row < 0)
			return ERR_OK;
		TRY(vec_room(a, found->at, found->n));
		found->at[found->n++] = t;
	}
	return ERR_OK;
}

enum err narrative_typed_find(struct narrative_typed *out, struct arena *a,
                              const struct form_set *set, const char *before, const char *after)
{
	struct side was, is;
	struct numbers found = { .n = 0 };
	int *pairs;

	TRY(side_of(&was, a, set, before));
	TRY(side_of(&is, a, set, after));
	TRY(narrative_align(&pairs, a, &was.lines, &is.lines));
	for (size_t k = 0; k < is.lines.n; k++)
		if (pairs[k] != NARRATIVE_NO_LINE &&
		    !str_eq(is.lines.at[k], was.lines.at[pairs[k]]))
			TRY(find_in_line(&found, a, &was, pairs[k] + 1, &is, (int)k + 1));
	*out = (struct narrative_typed){ found.at, found.n };
	return ERR_OK;
}

enum err narrative_typed_mark(const char **out, struct arena *a, const struct form_set *set,
                              const char *after, const struct narrative_typed *typed)
{
	struct str s;
	size_t at = 0;

	str_init(&s, a, 2 * NARRATIVE_LONGEST);
	for (size_t i = 0; i < typed->n; i++) {
		const struct narrative_typed_one *t = &typed->at[i];

		str_put_n(&s, after + at, t->at - at);
		str_printf(&s, "{{%s %s %s %s}}", narrative_word(WORD_OWN), t->number,
		           narrative_word(WORD_INSTEAD), set->rows[t->row].id);
		at = t->at + t->n;
	}
	str_put(&s, after + at);
	return str_finish(&s, out);
}
