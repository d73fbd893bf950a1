/* audit_list.c - a paragraph that ends in a colon and the items under it. */
#include "app/audit/audit_term.h"

#include <string.h>

static bool ends_with_colon(const struct passage *p)
{
	return p->n_words > 0 && p->words[p->n_words - 1].kind == WORD_COLON;
}

/* What the end of the paragraph says of its items: "gồm:", "trong đó:", "cụ thể như sau:". */
static enum cue opener_at_end(const struct passage *p)
{
	enum { LAST_WORDS = 5 };
	size_t n = 0;

	for (size_t i = p->n_words; i-- > 0 && n < LAST_WORDS; n++) {
		enum cue cue = p->words[i].cue;

		if (cue == CUE_CONSISTS || cue == CUE_AMONG)
			return cue;
		if (p->words[i].kind == WORD_FIGURE)
			break;
	}
	return CUE_DETAIL;
}

/* The amount that an item is about: the first of its first sentence, outside brackets.  What
 * its words before say belongs to it: "Trực tuyến: đã tiếp nhận 80 hồ sơ". */
static bool item_term(struct term *out, const struct passage *p)
{
	unsigned values[ASPECTS] = { 0 };

	for (size_t i = 0; i < p->n_pieces && p->pieces[i].sentence == 0; i++) {
		const struct piece *piece = &p->pieces[i];

		if (p->scopes[piece->scope].parent >= 0)
			continue;
		if (piece->rate >= 0 && piece->figure < 0)
			return false;
		if (piece->figure >= 0) {
			*out = term_of(p, (int)i);
			for (int a = 0; a < ASPECTS; a++)
				if (!out->values[a])
					out->values[a] = values[a];
			return figure_is_amount(out->figure);
		}
		if (piece->flags & (1u << CUE_GOAL))
			return false;
		for (int a = 0; a < ASPECTS; a++)
			values[a] |= piece->values[a];
	}
	return false;
}

static const unsigned elsewhere = 1u << CUE_UP | 1u << CUE_DOWN | 1u << CUE_BEFORE |
                                  1u << CUE_SINCE | 1u << CUE_EACH | 1u << CUE_APART |
                                  1u << CUE_GOAL;

enum err list_sums(struct audit *x, struct passage *p, struct passage *item,
                   const struct list *list)
{
	struct group *g;

	if (!ends_with_colon(p))
		return ERR_OK;
	TRY(arena_new(x->arena, &g));
	g->audit = x;
	for (size_t i = 0; i < list->n; i++) {
		struct term t;

		TRY(passage_read(item, x->arena, &x->document->blocks[list->items[i]]));
		if (!item_term(&t, item) || t.before & elsewhere) {
			g->some = true;
			continue;
		}
		t.edge = EDGE_COMMA;
		t.starts = false;
		t.piece = 0;
		if (g->n_parts < MOST_PARTS)
			g->parts[g->n_parts++] = t;
	}
	if (g->n_parts < 2)
		return ERR_OK;
	group_find_last(g, p);
	g->opener = g->n_totals > 0 ? opener_at_end(p) : CUE_NONE;
	return group_judge(g);
}

/* ---- received, resolved, pending in paragraphs of their own ---- */

/* "Tiếp nhận 530 hồ sơ." / "Đã giải quyết 498 hồ sơ ..." / "Đang giải quyết 23 hồ sơ ...": what
 * was received against what became of it.  Paragraphs are siblings: the same bullet, the same
 * parent. */
enum err list_flow(struct audit *x, struct passage *item, size_t block)
{
	const struct document *doc = x->document;
	const struct block *first = &doc->blocks[block];
	struct group *g;

	TRY(arena_new(x->arena, &g));
	g->audit = x;
	for (size_t i = block; i < doc->n_blocks && g->n_parts < MOST_PARTS; i++) {
		const struct block *b = &doc->blocks[i];
		struct term t;

		if (b->list_parent >= (int)block)
			continue; /* an item of one of them */
		if (b->kind != BLOCK_PARAGRAPH || b->section != first->section ||
		    b->list_parent != first->list_parent || !str_eq(b->bullet, first->bullet))
			break;
		TRY(passage_read(item, x->arena, b));
		if (!item_term(&t, item) || t.before & elsewhere || !t.values[ASPECT_STAGE] ||
		    ((t.values[ASPECT_STAGE] & STAGE_RECEIVED) != 0) != (i == block))
			break;
		t.edge = EDGE_COMMA;
		g->parts[g->n_parts++] = t;
	}
	return g->n_parts >= 3 ? group_judge(g) : ERR_OK;
}

/* ---- how many items ---- */

/* The count right before the end: "03 nhiệm vụ sau:", "gồm 04 nội dung chính:"; -1. */
static int count_at_end(const struct passage *p)
{
	enum { WORDS_AFTER_NOUN = 4 };
	size_t n = 0;
	int found = -1;

	for (size_t i = p->n_words; i-- > 0 && found < 0;)
		if (p->words[i].kind == WORD_FIGURE)
			found = p->words[i].figure;
		else if (p->words[i].cue == CUE_SOME)
			return -1;
	if (found < 0)
		return -1;
	for (size_t i = passage_word_at(p, passage_figure(p, found)->noun_end); i < p->n_words;
	     i++)
		if (p->words[i].kind != WORD_COLON && p->words[i].kind != WORD_COMMA &&
		    p->words[i].cue != CUE_FOLLOWS && ++n > WORDS_AFTER_NOUN)
			return -1;
	return found;
}

/* Items that are numbered one after the other, or lettered in order. */
static bool is_numbered(const struct audit *x, const struct list *list)
{
	static const char *const letters[] = {
		"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"
	};

	for (size_t i = 0; i < list->n; i++) {
		const char *bullet = x->document->blocks[list->items[i]].bullet;
		size_t digits = strspn(bullet + (*bullet == '('), "0123456789");

		if (digits > 0)
			continue;
		if (i >= ARRAY_LEN(letters) || !str_starts(bullet, letters[i]))
			return false;
	}
	return list->n > 0;
}

/* Whether an item holds several, or a figure: then items cannot be counted. */
static bool is_plain_item(const struct passage *p)
{
	for (size_t i = 0; i < p->n_words; i++)
		if (p->words[i].kind == WORD_FIGURE || p->words[i].kind == WORD_MORE ||
		    p->words[i].cue == CUE_SOME ||
		    (p->words[i].kind == WORD_SEMICOLON && i + 1 < p->n_words))
			return false;
	return true;
}

static ERR_RESULT say_count(struct audit *x, const struct passage *p, const struct figure *f,
                            const struct list *list, enum audit_verdict verdict)
{
	const char *quote, *found;
	struct audit_draft d;
	size_t end = f->noun_end > f->end ? f->noun_end : f->end;

	TRY(arena_strndup(x->arena, &quote, p->block->text.text + f->start, end - f->start));
	TRY(arena_printf(x->arena, &found, "%zu", list->n));
	audit_begin(&d, x, AUDIT_COUNT, verdict);
	audit_at(&d, &p->block->text, f->start, end, true);
	for (size_t i = 0; i < 2; i++) { /* the first and the last */
		const struct block *b =
		        &x->document->blocks[list->items[i == 0 ? 0 : list->n - 1]];

		audit_at(&d, &b->text, b->text_start, b->text_start, true);
	}
	audit_say(&d, quote, quote, found);
	if (verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_COUNT_LIST, quote, found);
}

enum err list_counts(struct audit *x, struct passage *p, struct passage *item,
                     const struct list *list)
{
	enum { MOST_ITEMS = 40 };
	int at = list->n >= 2 && ends_with_colon(p) ? count_at_end(p) : -1;
	const struct figure *f;

	if (at < 0)
		return ERR_OK;
	f = passage_figure(p, at);
	if (f->unit != FIGURE_COUNT || f->bound != FIGURE_EXACT || !number_is_none(f->to) ||
	    !number_is_none(f->out_of) || f->noun_end <= f->noun ||
	    f->marks & (FIGURE_LABEL | FIGURE_RANK | FIGURE_CHANGE | FIGURE_PER) ||
	    number_cmp(f->value, number_int(MOST_ITEMS)) > 0)
		return ERR_OK;
	if (number_eq(f->value, number_int((int64_t)list->n)))
		return say_count(x, p, f, list, AUDIT_HOLDS);
	for (size_t i = 0; i < list->n; i++) {
		TRY(passage_read(item, x->arena, &x->document->blocks[list->items[i]]));
		if (!is_plain_item(item))
			return ERR_OK;
	}
	return say_count(x, p, f, list, is_numbered(x, list) ? AUDIT_FAIL : AUDIT_SUSPECT);
}
