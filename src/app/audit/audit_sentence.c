/* audit_sentence.c - the checks inside sentences, paragraphs and lists. */
#include "app/audit/audit_term.h"

#include <string.h>

#include "base/vec.h"

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

/* "1. ..." "2. ..." under a paragraph with a colon, where the layout makes no list of them. */
static ERR_RESULT numbered(struct list *list, struct audit *x, size_t parent)
{
	const struct document *doc = x->document;
	size_t *items = NULL;
	char wanted[16];

	for (size_t i = parent + 1; i < doc->n_blocks; i++) {
		const struct block *b = &doc->blocks[i];

		if (b->list_parent > (int)parent)
			continue; /* an item of an item */
		(void)snprintf(wanted, sizeof(wanted), "%zu", list->n + 1);
		if (b->kind != BLOCK_PARAGRAPH || b->list_parent == (int)parent ||
		    strspn(b->bullet, "0123456789") != strlen(wanted) ||
		    strncmp(b->bullet, wanted, strlen(wanted)) != 0)
			break;
		TRY(vec_room(x->arena, items, list->n));
		items[list->n++] = i;
	}
	list->items = items;
	return ERR_OK;
}

static bool says_received(const struct passage *p)
{
	for (size_t i = 0; i < p->n_pieces; i++)
		if (p->pieces[i].figure >= 0)
			return p->pieces[i].values[ASPECT_STAGE] & STAGE_RECEIVED;
	return false;
}

static ERR_RESULT check_block(struct audit *x, struct passage *p, struct passage *item,
                              struct list *list)
{
	TRY(passage_read(p, x->arena, &x->document->blocks[list->parent]));
	TRY(sentence_sums(x, p));
	TRY(sentence_totals(x, p));
	TRY(sentence_flow(x, p));
	TRY(sentence_rates(x, p));
	TRY(sentence_growth(x, p));
	TRY(sentence_counts(x, p));
	if (says_received(p))
		TRY(list_flow(x, item, list->parent));
	if (list->n == 0)
		TRY(numbered(list, x, list->parent));
	if (list->n == 0)
		return ERR_OK;
	TRY(list_sums(x, p, item, list));
	return list_counts(x, p, item, list);
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

		if (is_text(b) && (b->text.reading.n_figures > 0 || list.n > 0))
			TRY(check_block(x, p, item, &list));
	}
	return ERR_OK;
}
