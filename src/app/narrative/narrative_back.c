#include "app/narrative/narrative_back.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_TOKENS = 3000 };

/* A word, a number, a sign or a run of blanks. */
struct token {
	const char *at;
	size_t n;
	const struct narrative_run *run; /* of the printed text; NULL: prose */
	int other;                       /* its equal on the other side; -1 */
};
struct tokens {
	struct token *at;
	size_t n;
};

struct taking {
	struct arena *a;
	const struct narrative *text;
	struct narrative_lines source, edited;
	const struct narrative_block **blocks; /* those that are paragraphs, with their texts */
	struct narrative_lines printed;
	int *pairs; /* for each edited line the printed one */
	const char *
	        *changed;  /* for each source line what it becomes; "": nothing; NULL: as is */
	struct str *added; /* behind each source line; [0]: before the first */
	struct narrative_back out;
	struct narrative_back_change *changes;
	const char **unknown;
};

/* ---- tokens ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

static size_t token_at(const char *at)
{
	size_t n = 0;

	if (is_digit(*at)) {
		while (is_digit(at[n]) ||
		       ((at[n] == '.' || at[n] == ',' || at[n] == '/') && is_digit(at[n + 1])))
			n++;
		return n;
	}
	while (is_letter(at[n]))
		n++;
	if (n > 0)
		return n;
	n = strspn(at, " \t");
	return n > 0 ? n : 1;
}

static enum err add_tokens(struct tokens *list, struct arena *a, const char *text,
                           const struct narrative_run *run)
{
	while (*text && list->n < MOST_TOKENS) {
		size_t n = token_at(text);

		TRY(vec_room(a, list->at, list->n));
		list->at[list->n++] = (struct token){ text, n, run, -1 };
		text += n;
	}
	return ERR_OK;
}

static bool same(const struct token *a, const struct token *b)
{
	if (*a->at == ' ' || *a->at == '\t')
		return *b->at == ' ' || *b->at == '\t';
	return a->n == b->n && memcmp(a->at, b->at, a->n) == 0;
}

/* Longest common tokens. */
static enum err match(struct tokens *x, struct tokens *y, struct arena *a)
{
	size_t width = y->n + 1, i, k;
	uint16_t *best;

	TRY(arena_array(a, &best, (x->n + 1) * width));
	for (i = x->n; i-- > 0;)
		for (k = y->n; k-- > 0;) {
			uint16_t down = best[(i + 1) * width + k],
			         right = best[i * width + k + 1];

			best[i * width + k] = down > right ? down : right;
			if (same(&x->at[i], &y->at[k]))
				best[i * width + k] =
				        (uint16_t)(best[(i + 1) * width + k + 1] + 1);
		}
	for (i = k = 0; i < x->n && k < y->n;) {
		if (same(&x->at[i], &y->at[k])) {
			x->at[i].other = (int)k;
			y->at[k++].other = (int)i++;
		} else if (best[(i + 1) * width + k] >= best[i * width + k + 1]) {
			i++;
		} else {
			k++;
		}
	}
	return ERR_OK;
}

/* ---- one paragraph ---- */

static void put_prose(struct str *s, const struct token *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (strchr("\\*{[]^|", t->at[i]))
			str_put_char(s, '\\');
		str_put_char(s, t->at[i]);
	}
}

/* The printed tokens [from, to) of one run, and whether all of them are still there together.
 */
static bool is_kept(const struct tokens *x, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (x->at[i].other < 0 ||
		    (i > from && x->at[i].other != x->at[i - 1].other + 1))
			return false;
	return true;
}

static size_t run_end(const struct tokens *x, size_t from)
{
	size_t to = from;

	while (to < x->n && x->at[to].run == x->at[from].run)
		to++;
	return to;
}

static enum err add_change(struct taking *t, const struct narrative_run *run, const char *is,
                           const char *line)
{
	TRY(vec_room(t->a, t->changes, t->out.n_changes));
	t->changes[t->out.n_changes++] = (struct narrative_back_change){ run, is, line };
	return ERR_OK;
}

struct weaving {
	struct taking *t;
	struct tokens x, y; /* as printed; as edited */
	struct str out;
	size_t k; /* the next edited token */
	const char *line;
};

/* Edited tokens up to number `to` are prose. */
static void put_until(struct weaving *w, size_t to)
{
	while (w->k < to)
		put_prose(&w->out, &w->y.at[w->k++]);
}

/* Where the next printed token behind `from` that is still there stands in the edited text. */
static size_t next_there(const struct weaving *w, size_t from)
{
	for (size_t i = from; i < w->x.n; i++)
		if (w->x.at[i].other >= (int)w->k)
			return (size_t)w->x.at[i].other;
	return w->y.n;
}

/* A figure that is not there as printed: the first number of its gap stands in its place. */
static enum err weave_changed(struct weaving *w, size_t from, size_t to)
{
	const struct narrative_run *run = w->x.at[from].run;
	size_t end = next_there(w, to), at = w->k;
	const char *is = "";

	while (at < end && !is_digit(*w->y.at[at].at))
		at++;
	if (at < end) {
		put_until(w, at);
		while (at < end && at - w->k + 1 <= to - from)
			at++;
		TRY(arena_strndup(
		        w->t->a, &is, w->y.at[w->k].at,
		        (size_t)(w->y.at[at - 1].at + w->y.at[at - 1].n - w->y.at[w->k].at)));
		w->k = at;
		str_put(&w->out, run->marker);
	}
	return add_change(w->t, run, is, w->line);
}

/* A marker that made the printed tokens [from, to). */
static enum err weave_run(struct weaving *w, size_t from, size_t to)
{
	const struct narrative_run *run = w->x.at[from].run;

	if (is_kept(&w->x, from, to)) {
		put_until(w, (size_t)w->x.at[from].other);
		str_put(&w->out, run->marker);
		w->k = (size_t)w->x.at[to - 1].other + 1;
		return ERR_OK;
	}
	return run->kind == NARRATIVE_WORDS ? ERR_OK : weave_changed(w, from, to);
}

static enum err weave(const char **out, struct taking *t, const struct narrative_block *b,
                      const char *line)
{
	struct weaving w = { .t = t, .line = line };

	for (size_t i = 0; i < b->runs.n; i++) {
		const struct narrative_run *r = &b->runs.at[i];

		TRY(add_tokens(&w.x, t->a, r->text, r->marker ? r : NULL));
	}
	TRY(add_tokens(&w.y, t->a, line, NULL));
	TRY(match(&w.x, &w.y, t->a));
	str_init(&w.out, t->a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < w.x.n;) {
		size_t to = w.x.at[i].run ? run_end(&w.x, i) : i + 1;

		if (w.x.at[i].run)
			TRY(weave_run(&w, i, to));
		i = to;
	}
	put_until(&w, w.y.n);
	return str_finish(&w.out, out);
}

/* ---- lines ---- */

/* An edited line without its dash and without "./." at the end. */
static enum err bare(const char **out, struct arena *a, const char *line)
{
	size_t n;

	while (*line == ' ' || *line == '\t')
		line++;
	if (str_starts(line, "- ") || str_starts(line, "+ "))
		line += 2;
	n = strlen(line);
	if (n > 3 && str_ends(line, "./."))
		n -= 2;
	return arena_strndup(a, out, line, n);
}

static bool is_paragraph(const struct narrative_block *b)
{
	return b->kind == NARRATIVE_HEADING || b->kind == NARRATIVE_PARAGRAPH ||
	       b->kind == NARRATIVE_ITEM || b->kind == NARRATIVE_BASIS;
}

static enum err block_text(const char **out, struct arena *a, const struct narrative_block *b)
{
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < b->runs.n; i++)
		if (b->runs.at[i].kind != NARRATIVE_NOTE_MARK)
			str_put(&s, b->runs.at[i].text);
	return str_finish(&s, out);
}

static enum err prepare(struct taking *t, const struct narrative_lines *lines)
{
	const char **printed, **edited;
	size_t n = 0;

	TRY(arena_array(t->a, &printed, t->text->n + 1));
	TRY(arena_array(t->a, &t->blocks, t->text->n + 1));
	for (size_t i = 0; i < t->text->n; i++) {
		if (!is_paragraph(&t->text->blocks[i]))
			continue;
		TRY(block_text(&printed[n], t->a, &t->text->blocks[i]));
		t->blocks[n++] = &t->text->blocks[i];
	}
	t->printed = (struct narrative_lines){ printed, n };
	TRY(arena_array(t->a, &edited, lines->n + 1));
	for (size_t i = 0; i < lines->n; i++)
		TRY(bare(&edited[i], t->a, lines->at[i]));
	t->edited = (struct narrative_lines){ edited, lines->n };
	TRY(arena_array(t->a, &t->changed, t->source.n + 2));
	TRY(arena_array(t->a, &t->added, t->source.n + 2));
	for (size_t i = 0; i < t->source.n + 2; i++)
		str_init(&t->added[i], t->a, NARRATIVE_LONGEST);
	return narrative_align(&t->pairs, t->a, &t->printed, &t->edited);
}

static enum err add_unknown(struct taking *t, const char *line)
{
	TRY(vec_room(t->a, t->unknown, t->out.n_unknown));
	t->unknown[t->out.n_unknown++] = line;
	return ERR_OK;
}

/* "## ", "- ": what the source line began with. */
static size_t prefix_of(const char *line)
{
	size_t n = strspn(line, " \t"), marks = strspn(line + n, "#-+");

	return marks > 0 && line[n + marks] == ' ' ? n + marks + 1 : 0;
}

static enum err take_changed(struct taking *t, const struct narrative_block *b,
                             const char *line)
{
	const char *source = t->source.at[b->line - 1], *woven;

	if (b->repeated || t->changed[b->line] || strstr(source, "^["))
		return add_unknown(t, line);
	TRY(weave(&woven, t, b, line));
	t->out.n_changed++;
	return arena_printf(t->a, &t->changed[b->line], "%.*s%s", (int)prefix_of(source),
	                    source, woven);
}

static void add_line(struct taking *t, int behind, const char *line, bool item)
{
	struct token all = { line, strlen(line), NULL, -1 };

	if (item)
		str_put(&t->added[behind], "- ");
	else if (strchr("#@|/-+", *line))
		str_put_char(&t->added[behind], '\\');
	put_prose(&t->added[behind], &all);
	str_put_char(&t->added[behind], '\n');
	t->out.n_added++;
}

/* Edited lines from the first to the last that are of the text. */
static enum err take_lines(struct taking *t, const struct narrative_lines *lines, size_t first,
                           size_t last)
{
	int behind = 0;

	for (size_t k = first; k <= last; k++) {
		const struct narrative_block *b;

		if (t->pairs[k] == NARRATIVE_NO_LINE) {
			add_line(t, behind, t->edited.at[k], str_starts(lines->at[k], "- "));
			continue;
		}
		b = t->blocks[t->pairs[k]];
		behind = b->line;
		if (!str_eq(t->edited.at[k], t->printed.at[t->pairs[k]]))
			TRY(take_changed(t, b, t->edited.at[k]));
	}
	return ERR_OK;
}

/* Printed paragraphs that the file has no more. */
static enum err take_removed(struct taking *t)
{
	bool *there;

	TRY(arena_array(t->a, &there, t->printed.n + 1));
	for (size_t k = 0; k < t->edited.n; k++)
		if (t->pairs[k] != NARRATIVE_NO_LINE)
			there[t->pairs[k]] = true;
	for (size_t i = 0; i < t->printed.n; i++) {
		const struct narrative_block *b = t->blocks[i];

		if (there[i])
			continue;
		if (b->repeated || t->changed[b->line]) {
			TRY(add_unknown(t, t->printed.at[i]));
			continue;
		}
		t->changed[b->line] = "";
		t->out.n_removed++;
		for (size_t r = 0; r < b->runs.n; r++)
			if (b->runs.at[r].reference)
				TRY(add_change(t, &b->runs.at[r], "", t->printed.at[i]));
	}
	return ERR_OK;
}

static enum err write_source(struct taking *t)
{
	struct str s;

	str_init(&s, t->a, (size_t)2 * NARRATIVE_LONGEST);
	for (size_t i = 0; i <= t->source.n; i++) {
		const char *line = i == 0          ? NULL
		                   : t->changed[i] ? t->changed[i]
		                                   : t->source.at[i - 1];

		if (line && (*line || !t->changed[i]))
			str_printf(&s, "%s\n", line);
		TRY(str_check(&t->added[i]));
		if (t->added[i].len > 0)
			str_put_n(&s, t->added[i].data, t->added[i].len);
	}
	return str_finish(&s, &t->out.source);
}

enum err narrative_take_back(struct narrative_back *out, struct arena *a, const char *source,
                             const struct narrative *text, const struct narrative_lines *lines)
{
	struct taking t = { .a = a, .text = text };
	size_t first = 0, last;

	TRY(narrative_lines_of(&t.source, a, source));
	TRY(prepare(&t, lines));
	while (first < lines->n && t.pairs[first] == NARRATIVE_NO_LINE)
		first++;
	for (last = lines->n; last > first && t.pairs[last - 1] == NARRATIVE_NO_LINE;)
		last--;
	if (first == lines->n) { /* another document */
		*out = (struct narrative_back){ .source = source,
			                        .unknown = lines->at,
			                        .n_unknown = lines->n };
		return ERR_OK;
	}
	TRY(take_lines(&t, lines, first, last - 1));
	TRY(take_removed(&t));
	TRY(write_source(&t));
	t.out.changes = t.changes;
	t.out.unknown = t.unknown;
	*out = t.out;
	return ERR_OK;
}
