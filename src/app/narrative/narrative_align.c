#include "app/narrative/narrative_align.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { EQUAL = 1000, SIMILAR = 400 };

enum err narrative_lines_of(struct narrative_lines *out, struct arena *a, const char *text)
{
	const char **list = NULL;
	struct slice rest = slice_of(text), part;
	size_t n = 0;

	while (slice_cut(&rest, '\n', &part)) {
		TRY(vec_room(a, list, n));
		TRY(arena_strndup(a, &list[n++], part.at, part.len));
	}
	if (n > 0 && *list[n - 1] == '\0') /* behind the last line feed */
		n--;
	*out = (struct narrative_lines){ list, n };
	return ERR_OK;
}

enum err narrative_words_of(struct narrative_words *out, struct arena *a, const char *line)
{
	const char **list = NULL;
	size_t n = 0;

	while (*line) {
		size_t blanks = strspn(line, " \t\r\n"), letters;

		line += blanks;
		letters = strcspn(line, " \t\r\n");
		if (letters == 0)
			break;
		TRY(vec_room(a, list, n));
		TRY(arena_strndup(a, &list[n++], line, letters));
		line += letters;
	}
	*out = (struct narrative_words){ list, n };
	return ERR_OK;
}

/* ---- how much two lines have in common ---- */

struct bag {
	const char *line;
	uint64_t *hashes; /* of its words, sorted */
	size_t n;
};

static uint64_t hash_of(const char *word)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * UINT64_C(1099511628211);
	return h;
}

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static enum err bags_of(struct bag **out, struct arena *a, const struct narrative_lines *lines)
{
	TRY(arena_array(a, out, lines->n + 1));
	for (size_t i = 0; i < lines->n; i++) {
		struct bag *b = &(*out)[i];
		struct narrative_words words;

		b->line = lines->at[i];
		TRY(narrative_words_of(&words, a, b->line));
		TRY(arena_array(a, &b->hashes, words.n + 1));
		for (b->n = 0; b->n < words.n; b->n++)
			b->hashes[b->n] = hash_of(words.at[b->n]);
		qsort(b->hashes, b->n, sizeof(*b->hashes), by_number);
	}
	return ERR_OK;
}

/* 0 to EQUAL. */
static int likeness(const struct bag *a, const struct bag *b)
{
	size_t i = 0, k = 0, common = 0;
	int like;

	if (a->n == 0 || b->n == 0)
		return 0;
	if (str_eq(a->line, b->line))
		return EQUAL;
	while (i < a->n && k < b->n) {
		common += a->hashes[i] == b->hashes[k];
		if (a->hashes[i] == b->hashes[k]) {
			i++;
			k++;
		} else if (a->hashes[i] < b->hashes[k]) {
			i++;
		} else {
			k++;
		}
	}
	like = (int)(common * 2 * (EQUAL - 1) / (a->n + b->n));
	return like >= SIMILAR ? like : 0;
}

/* ---- the best pairing in order ---- */

struct grid {
	const struct bag *before, *after;
	size_t n, m;
	int *best; /* (n + 1) * (m + 1): of what comes from there on */
};

static int *at(const struct grid *g, size_t i, size_t k)
{
	return &g->best[i * (g->m + 1) + k];
}

static void fill(const struct grid *g)
{
	for (size_t i = g->n; i-- > 0;)
		for (size_t k = g->m; k-- > 0;) {
			int like = likeness(&g->before[i], &g->after[k]);
			int most = *at(g, i + 1, k), other = *at(g, i, k + 1);

			most = other > most ? other : most;
			if (like > 0 && like + *at(g, i + 1, k + 1) > most)
				most = like + *at(g, i + 1, k + 1);
			*at(g, i, k) = most;
		}
}

static void walk(int *out, const struct grid *g, size_t first)
{
	size_t i = 0, k = 0;

	while (i < g->n && k < g->m) {
		int like = likeness(&g->before[i], &g->after[k]);

		if (like > 0 && *at(g, i, k) == like + *at(g, i + 1, k + 1))
			out[k++] = (int)(first + i++);
		else if (*at(g, i, k) == *at(g, i + 1, k))
			i++;
		else
			k++;
	}
}

enum err narrative_align(int **out, struct arena *a, const struct narrative_lines *before,
                         const struct narrative_lines *after)
{
	size_t head = 0, tail = 0;
	struct bag *was, *is;
	struct grid g;
	int *pairs;

	TRY(arena_array(a, &pairs, after->n + 1));
	while (head < before->n && head < after->n && str_eq(before->at[head], after->at[head]))
		head++;
	while (tail < before->n - head && tail < after->n - head &&
	       str_eq(before->at[before->n - 1 - tail], after->at[after->n - 1 - tail]))
		tail++;
	for (size_t k = 0; k < after->n; k++)
		pairs[k] = k < head ? (int)k : NARRATIVE_NO_LINE;
	for (size_t k = 0; k < tail; k++)
		pairs[after->n - 1 - k] = (int)(before->n - 1 - k);
	*out = pairs;
	g = (struct grid){ .n = before->n - head - tail, .m = after->n - head - tail };
	if (g.n * g.m > NARRATIVE_MOST_PAIRS)
		return ERR_OK;
	TRY(bags_of(&was, a, before));
	TRY(bags_of(&is, a, after));
	TRY(arena_array(a, &g.best, (g.n + 1) * (g.m + 1)));
	g.before = was + head;
	g.after = is + head;
	fill(&g);
	walk(pairs + head, &g, head);
	return ERR_OK;
}
