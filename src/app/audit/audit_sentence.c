/* audit_sentence.c - the checks inside sentences, paragraphs and lists. */
#include "app/audit/audit_term.h"

static bool is_text(const struct block *b)
{
	return b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_HEADING || b->kind == BLOCK_NOTE;
}

/* Items by parent: those of block i are items[from[i]], ... items[from[i + 1] - 1]. */
struct lists {
	size_t *items, *from;
};

static ERR_RESULT gather(struct lists *l, struct audit *x)
{
	const struct document *doc = x->document;
	size_t n = 0;

	TRY(arena_array(x->arena, &l->from, doc->n_blocks + 2));
	TRY(arena_array(x->arena, &l->items, doc->n_blocks + 1));
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].list_parent >= 0)
			l->from[doc->blocks[i].list_parent + 2]++;
	for (size_t i = 2; i < doc->n_blocks + 2; i++)
		l->from[i] = n += l->from[i];
	for (size_t i = 0; i < doc->n_blocks; i++)
		if (doc->blocks[i].list_parent >= 0)
			l->items[l->from[doc->blocks[i].list_parent + 1]++] = i;
	return ERR_OK;
}

enum err audit_sentences(struct audit *x)
{
	const struct document *doc = x->document;
	struct passage *p, *item;
	struct lists lists = { 0 };

	TRY(arena_new(x->arena, &p));
	TRY(arena_new(x->arena, &item));
	TRY(gather(&lists, x));
	for (size_t i = 0; i < doc->n_blocks; i++) {
		const struct block *b = &doc->blocks[i];
		struct list list = { i, lists.items + lists.from[i],
			             lists.from[i + 1] - lists.from[i] };

		if (!is_text(b) || (b->text.reading.n_figures == 0 && list.n == 0))
			continue;
		TRY(passage_read(p, x->arena, b));
		TRY(sentence_sums(x, p));
		TRY(sentence_rates(x, p));
		TRY(sentence_growth(x, p));
		TRY(sentence_counts(x, p));
		if (list.n == 0)
			continue;
		TRY(list_sums(x, p, item, &list));
		TRY(list_counts(x, p, item, &list));
	}
	return ERR_OK;
}
