/* document_block.c - joins what page breaks and line ends cut, and makes a block of each
 * paragraph, note and table. */
#include <string.h>

#include "text/document_parts.h"

struct part {
	const char *text;
	struct doc_line line;
};
/* The paragraph that may still go on; notes of a page may stand between its parts. */
struct open_block {
	bool open;
	size_t block;
	struct part *parts;
	size_t n;
	struct piece last;
	size_t wrap; /* width to which the file breaks its lines; 0: a line is a paragraph */
};

enum {
	MOST_GAP = 3,
	LONGEST_HEADING = 100,
	LONGEST_WRAPPED = 140,
	SHORTEST_WRAPPED = 50,
	FEWEST_WRAPPED = 4
};

/* A file whose lines all end before one width was broken by a program. */
static size_t wrap_width(const struct build *b, int file)
{
	size_t longest = 0, n = 0;

	for (size_t i = 0; i < b->n_items; i++) {
		const struct item *item = &b->items[i];
		size_t chars = 0;

		if (item->table || item->piece.line.file != file)
			continue;
		for (const char *at = item->piece.text; *at && chars <= LONGEST_WRAPPED; at++)
			chars += ((unsigned char)*at & 0xc0) != 0x80;
		if (chars > LONGEST_WRAPPED)
			return 0;
		n += chars > SHORTEST_WRAPPED;
		longest = chars > longest ? chars : longest;
	}
	return n >= FEWEST_WRAPPED ? longest : 0;
}

static size_t length_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static bool begins_formula(const char *text)
{
	static const char *const words[] = { "kính gửi", "căn cứ",   "thực hiện", "nơi nhận",
		                             "phụ lục",  "biểu mẫu", "trên đây",  "số:" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words_start(text, words[i]))
			return true;
	return false;
}

/* Whether the next line may belong to the open paragraph at all. */
static bool may_join(const struct open_block *o, const struct piece *p)
{
	return o->open && p->gap <= MOST_GAP && !p->heading &&
	       p->line.file == o->last.line.file && marker_of(p->text).class == MARK_NONE;
}

/* A broken line: as wide as the file's lines are, and its sentence open. */
static bool is_wrapped(const struct open_block *o, const struct making *m,
                       const struct piece *p)
{
	return o->wrap > 0 && p->gap == 0 && !ends_closed(o->last.text) &&
	       !marker_is_number(&m->marker) && length_of(o->last.text) * 10 >= o->wrap * 7;
}

/* A title in two lines goes on in small letters, or all in capitals below a number. */
static bool joins_title(const struct open_block *o, const struct making *m,
                        const struct piece *p)
{
	if (p->gap > 0)
		return false;
	if (is_upper_text(o->last.text))
		return marker_is_number(&m->marker) && is_upper_text(p->text);
	return m->bold == p->bold && starts_lower(p->text) && !ends_closed(o->last.text);
}

static bool joins(const struct build *b, const struct open_block *o, const struct piece *p)
{
	const char *last = o->last.text;
	const struct making *m;
	bool numbered, lower = starts_lower(p->text);

	if (!may_join(o, p))
		return false;
	m = &b->blocks[o->block];
	numbered = marker_is_number(&m->marker);
	if (is_upper_text(last) || m->heading || m->bold || (p->bold && !o->last.bold))
		return joins_title(o, m, p);
	if (lower)
		return text_goes_on(last, p->text);
	/* A numbered line without a stop is a title before it is the half of a sentence. */
	if (begins_formula(p->text) || (numbered && length_of(last) < LONGEST_HEADING))
		return false;
	return text_goes_on(last, p->text) || is_wrapped(o, m, p);
}

static enum err close_block(struct build *b, struct open_block *o)
{
	struct joined *text;
	struct joint *joints;
	size_t n = 0;
	char *at;

	if (o->n == 0)
		return ERR_OK;
	text = &b->blocks[o->block].block.text;
	TRY(arena_array(b->arena, &joints, o->n));
	for (size_t i = 0; i < o->n; i++)
		n += strlen(o->parts[i].text) + 1;
	at = arena_alloc_unset(b->arena, n + 1);
	if (!at)
		return arena_no_memory(b->arena);
	text->text = at;
	for (size_t i = 0; i < o->n; i++) {
		size_t len = strlen(o->parts[i].text);

		if (i > 0)
			*at++ = ' ';
		joints[i] = (struct joint){ .at = (size_t)(at - text->text),
			                    .line = o->parts[i].line };
		memcpy(at, o->parts[i].text, len);
		at += len;
	}
	*at = '\0';
	text->joints = joints;
	text->n_joints = o->n;
	b->blocks[o->block].block.text_start +=
	        strspn(text->text + b->blocks[o->block].block.text_start, " ");
	o->n = 0;
	o->parts = NULL;
	o->open = false;
	return ERR_OK;
}

static enum err add_part(struct build *b, struct open_block *o, const struct piece *p)
{
	TRY(vec_room(b->arena, o->parts, o->n));
	o->parts[o->n++] = (struct part){ .text = p->text, .line = p->line };
	o->last = *p;
	return ERR_OK;
}

static enum err add_block(struct build *b, const struct item *item, enum block_kind kind)
{
	const struct piece *p = &item->piece;
	struct joint *joint;
	struct making *m;

	TRY(arena_new(b->arena, &joint));
	joint->line = p->line;
	m = &b->blocks[b->n_blocks++];
	*m = (struct making){ .block = { .kind = kind,
		                         .text = { .text = item->table ? "" : p->text,
		                                   .joints = joint,
		                                   .n_joints = 1 },
		                         .section = -1,
		                         .table = -1,
		                         .annex = -1,
		                         .bullet = "",
		                         .list_parent = -1 },
		              .gap = p->gap,
		              .bold = p->bold,
		              .heading = p->heading,
		              .from = item->from,
		              .to = item->to };
	if (kind != BLOCK_PARAGRAPH)
		return ERR_OK;
	m->marker = marker_of(p->text);
	m->block.text_start = m->marker.words;
	if (m->marker.class == MARK_NONE)
		return ERR_OK;
	return arena_strndup(b->arena, &m->block.bullet, p->text, m->marker.whole_end);
}

static enum err take_item(struct build *b, struct open_block *o, const struct item *item)
{
	const struct piece *p = &item->piece;

	if (item->table) {
		TRY(close_block(b, o));
		return add_block(b, item, BLOCK_TABLE);
	}
	if (!p->text[0]) /* a line of nothing but marks: "| |" */
		return ERR_OK;
	if (p->note)
		return add_block(b, item, BLOCK_NOTE);
	if (joins(b, o, p))
		return add_part(b, o, p);
	TRY(close_block(b, o));
	o->block = b->n_blocks;
	o->open = true;
	TRY(add_block(b, item, BLOCK_PARAGRAPH));
	return add_part(b, o, p);
}

enum err build_blocks(struct build *b)
{
	struct open_block o = { .open = false };
	int file = -1;

	/* No item becomes more than one block. */
	TRY(arena_array(b->arena, &b->blocks, b->n_items + 1));
	for (size_t i = 0; i < b->n_items; i++) {
		if (b->items[i].piece.line.file != file) {
			file = b->items[i].piece.line.file;
			o.wrap = wrap_width(b, file);
		}
		TRY(take_item(b, &o, &b->items[i]));
	}
	return close_block(b, &o);
}
