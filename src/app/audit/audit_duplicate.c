/* The same task or sentence twice in one section, the same title over two bullets. */
#include "app/audit/audit_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum {
	SHINGLE = 4,      /* words */
	LEAST_WORDS = 9,  /* of a sentence worth comparing */
	LONG_WORDS = 18,  /* the same in another section is no habit of speech */
	MOST_WORDS = 400, /* of one sentence that are read */
	MOST_OF_ONE = 6,  /* sentences that share a shingle: more is a phrase of the field */
	LEAST_RARE = 4,   /* shingles that make a sentence recognisable */
	MOST_SAID = 5,
	MOST_TITLE = 24 /* words of a bullet's title */
};

struct unit {
	const struct passage *p;
	struct span text;
	size_t n_words, n_shingles;
	size_t n_rare;    /* shingles that few other units share */
	uint64_t numbers; /* of all figures in it: other figures, another statement */
};
struct shingle {
	uint64_t key;
	size_t unit;
};
struct texts {
	struct unit *units;
	size_t n_units;
	struct shingle *shingles;
	size_t n_shingles;
};

static enum err add_unit(struct texts *out, struct audit *x, const struct passage *p,
                         struct span text)
{
	uint64_t last[SHINGLE] = { 0 };
	struct unit u = { .p = p, .text = text };
	struct span word;
	size_t i = text.start;

	while (u.n_words < MOST_WORDS && words_next(p->lower, text.end, &i, &word)) {
		uint64_t key = 0;

		memmove(last, last + 1, (SHINGLE - 1) * sizeof(last[0]));
		last[SHINGLE - 1] = words_hash(0, p->lower + word.start, word.end - word.start);
		if (p->lower[word.start] >= '0' && p->lower[word.start] <= '9')
			u.numbers += last[SHINGLE - 1];
		if (++u.n_words < SHINGLE)
			continue;
		for (size_t k = 0; k < SHINGLE; k++)
			key = words_hash(key, (const char *)&last[k], sizeof(last[k]));
		TRY(vec_room(x->arena, out->shingles, out->n_shingles));
		out->shingles[out->n_shingles++] = (struct shingle){ key, out->n_units };
		u.n_shingles++;
	}
	if (u.n_words < LEAST_WORDS) {
		out->n_shingles -= u.n_shingles;
		return ERR_OK;
	}
	TRY(vec_room(x->arena, out->units, out->n_units));
	out->units[out->n_units++] = u;
	return ERR_OK;
}

static enum err read_units(struct texts *out, struct audit *x, const struct passages *all)
{
	*out = (struct texts){ 0 };
	for (size_t i = 0; i < all->n; i++) {
		const struct block *b = all->at[i].block;

		if (all->at[i].table >= 0 || b->kind != BLOCK_PARAGRAPH || b->section < 0)
			continue;
		for (size_t j = 0; j < b->n_sentences; j++)
			TRY(add_unit(
			        out, x, &all->at[i],
			        (struct span){ b->sentences[j].start, b->sentences[j].end }));
	}
	return ERR_OK;
}

static int by_key(const void *left, const void *right)
{
	const struct shingle *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

/* Two units that share a shingle; counted by sorting. */
struct pair {
	size_t a, b;
};
struct pairs {
	struct pair *at;
	size_t n;
};

static int by_pair(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* Every two units among [from, to) of the sorted shingles, which are equal. */
static enum err pair_up(struct pairs *out, struct audit *x, struct texts *t, size_t from,
                        size_t to)
{
	for (size_t a = from; a < to; a++) {
		t->units[t->shingles[a].unit].n_rare++;
		for (size_t b = a + 1; b < to; b++) {
			if (t->shingles[a].unit == t->shingles[b].unit)
				continue;
			TRY(vec_room(x->arena, out->at, out->n));
			out->at[out->n++] =
			        (struct pair){ t->shingles[a].unit, t->shingles[b].unit };
		}
	}
	return ERR_OK;
}

static enum err read_pairs(struct pairs *out, struct audit *x, struct texts *t)
{
	*out = (struct pairs){ 0 };
	if (t->n_shingles > 1)
		qsort(t->shingles, t->n_shingles, sizeof(*t->shingles), by_key);
	for (size_t i = 0; i < t->n_shingles;) {
		size_t end = i + 1;

		while (end < t->n_shingles && t->shingles[end].key == t->shingles[i].key)
			end++;
		if (end - i <= MOST_OF_ONE)
			TRY(pair_up(out, x, t, i, end));
		i = end;
	}
	if (out->n > 1)
		qsort(out->at, out->n, sizeof(*out->at), by_pair);
	return ERR_OK;
}

static int top_section(const struct document *d, int section)
{
	while (section >= 0 && d->sections[section].parent >= 0)
		section = d->sections[section].parent;
	return section;
}

/* Nearly all of the shorter one stands in the other, in the same section; or the two are one
 * long sentence. */
static bool same_task(struct audit *x, const struct unit *a, const struct unit *b,
                      size_t shared)
{
	const struct document *d = x->document;
	size_t less = a->n_rare < b->n_rare ? a->n_rare : b->n_rare;
	size_t more = a->n_rare < b->n_rare ? b->n_rare : a->n_rare;

	if (a->numbers != b->numbers || a->p == b->p || less < LEAST_RARE)
		return false;
	if (a->p->section == b->p->section)
		return shared * 100 >= less * 85 && shared * 100 >= more * 60;
	return top_section(d, a->p->section) == top_section(d, b->p->section) &&
	       a->n_words >= LONG_WORDS && shared * 100 >= more * 95;
}

static enum err say(struct audit *x, const struct unit *a, const struct unit *b,
                    enum msg message)
{
	const char *left, *right;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DUPLICATE, AUDIT_SUSPECT);
	audit_at(&d, a->p->text, a->text.start, a->text.end, true);
	audit_at(&d, b->p->text, b->text.start, b->text.end, true);
	TRY(arena_strndup(x->arena, &left, a->p->text->text + a->text.start,
	                  a->text.end - a->text.start));
	TRY(arena_strndup(x->arena, &right, b->p->text->text + b->text.start,
	                  b->text.end - b->text.start));
	audit_say(&d, msg_text(MSG_AUDIT_R_ONCE), left, right);
	return audit_end(&d, message, NULL);
}

/* ---- titles of bullets ---- */

/* "Kết quả rà soát TTHC" of "- Kết quả rà soát TTHC: ..."; false when it has none. */
static bool title_of(struct unit *out, const struct passage *p)
{
	size_t start = p->block->text_start, end = start + strcspn(p->lower + start, ":.;");
	size_t i = start;
	struct span word;

	*out = (struct unit){ .p = p, .text = { start, end } };
	if (p->lower[end] != ':')
		return false;
	while (words_next(p->lower, end, &i, &word))
		out->n_words++;
	return out->n_words >= SHINGLE && out->n_words <= MOST_TITLE;
}

/* Equal but for one letter more or less in one word. */
static bool near_title(const struct unit *a, const struct unit *b)
{
	size_t i = a->text.start, j = b->text.start, slips = 0;
	struct span left, right;

	if (a->n_words != b->n_words)
		return false;
	while (words_next(a->p->lower, a->text.end, &i, &left) &&
	       words_next(b->p->lower, b->text.end, &j, &right)) {
		const char *s = a->p->lower + left.start, *t = b->p->lower + right.start;
		size_t n = left.end - left.start, m = right.end - right.start;
		size_t less = n < m ? n : m;

		if (n == m && memcmp(s, t, n) == 0)
			continue;
		if (n + 1 < m || m + 1 < n || n == m || memcmp(s, t, less - 1) != 0)
			return false;
		slips++;
	}
	return slips <= 1;
}

static bool same_list(const struct block *a, const struct block *b)
{
	return a->section == b->section && a->list_parent == b->list_parent &&
	       str_eq(a->bullet, b->bullet) && a->bullet[0] != '\0';
}

/* ---- findings ---- */

/* Sentences under one title that was said twice already. */
static bool said_as_titles(const struct unit *a, const struct unit *b)
{
	struct unit left, right;

	return title_of(&left, a->p) && title_of(&right, b->p) && near_title(&left, &right) &&
	       same_list(a->p->block, b->p->block);
}

static enum err check_sentences(struct audit *x, const struct passages *all)
{
	struct texts t;
	struct pairs pairs;
	size_t said = 0;

	TRY(read_units(&t, x, all));
	TRY(read_pairs(&pairs, x, &t));
	for (size_t i = 0; i < pairs.n && said < MOST_SAID;) {
		size_t end = i + 1;
		const struct unit *a = &t.units[pairs.at[i].a], *b = &t.units[pairs.at[i].b];

		while (end < pairs.n && by_pair(&pairs.at[i], &pairs.at[end]) == 0)
			end++;
		if (same_task(x, a, b, end - i) && !said_as_titles(a, b)) {
			TRY(say(x, a, b, MSG_AUDIT_SAID_TWICE));
			said++;
		}
		i = end;
	}
	return ERR_OK;
}

static enum err check_titles(struct audit *x, const struct passages *all)
{
	enum { BACK = 24 };
	struct unit before[BACK];
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct unit u;

		if (all->at[i].table >= 0 || all->at[i].block->kind != BLOCK_PARAGRAPH ||
		    !title_of(&u, &all->at[i]))
			continue;
		for (size_t j = n > BACK ? n - BACK : 0; j < n; j++)
			if (same_list(before[j % BACK].p->block, u.p->block) &&
			    near_title(&before[j % BACK], &u)) {
				TRY(say(x, &before[j % BACK], &u, MSG_AUDIT_TITLE_TWICE));
				break;
			}
		before[n++ % BACK] = u;
	}
	return ERR_OK;
}

/* ---- rows of tables of tasks ---- */

struct row_key {
	uint64_t key;
	size_t row;
};

/* Every cell but the number; 0 when the row says too little to be recognised. */
static enum err key_of_row(uint64_t *key, struct audit *x, const struct table *t, size_t row)
{
	size_t texts = 0;

	*key = 1;
	for (size_t c = 0; c < t->n_columns; c++) {
		const char *lower;
		struct span word;
		size_t i = 0, words = 0;

		if (t->columns[c].role == COLUMN_NUMBER)
			continue;
		TRY(audit_lower(x->arena, &lower, t->rows[row].cells[c].text.text));
		while (words_next(lower, strlen(lower), &i, &word)) {
			*key = words_hash(*key, lower + word.start, word.end - word.start);
			words++;
		}
		*key = words_hash(*key, "|", 1);
		texts += words >= SHINGLE;
	}
	if (texts < 2)
		*key = 0;
	return ERR_OK;
}

static int by_row_key(const void *left, const void *right)
{
	const struct row_key *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

static enum err say_rows(struct audit *x, const struct table *t, size_t first, size_t second)
{
	const char *left, *right;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DUPLICATE, AUDIT_SUSPECT);
	audit_at_row(&d, t, first, false);
	audit_at_row(&d, t, second, false);
	left = t->rows[first].number;
	right = t->rows[second].number;
	audit_say(&d, msg_text(MSG_AUDIT_R_ONCE), left, right);
	return audit_end(&d, MSG_AUDIT_ROW_TWICE, NULL);
}

static enum err check_rows(struct audit *x, const struct table *t)
{
	struct row_key *keys;
	size_t n = 0;

	TRY(arena_array(x->arena, &keys, t->n_rows + 1));
	for (size_t r = 0; r < t->n_rows; r++) {
		if (t->rows[r].kind != ROW_BODY)
			continue;
		TRY(key_of_row(&keys[n].key, x, t, r));
		keys[n].row = r;
		n += keys[n].key != 0;
	}
	qsort(keys, n, sizeof(*keys), by_row_key);
	for (size_t i = 1; i < n; i++)
		if (keys[i].key == keys[i - 1].key)
			TRY(say_rows(x, t, keys[i - 1].row, keys[i].row));
	return ERR_OK;
}

enum err audit_duplicates(struct audit *x)
{
	const struct document *d = x->document;
	struct passages all;

	TRY(audit_passages(&all, x));
	TRY(check_sentences(x, &all));
	for (size_t i = 0; i < d->n_tables; i++)
		if (table_column_of(&d->tables[i], COLUMN_VALUE) < 0)
			TRY(check_rows(x, &d->tables[i]));
	return check_titles(x, &all);
}
