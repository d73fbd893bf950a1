/* document_section.c - the tree of sections, and which paragraph introduces a list. */
#include <string.h>

#include "text/document_parts.h"

enum { DEEPEST = 16, LONGEST_HEADING = 300, LONGEST_TITLE = 240 };

struct level {
	enum marker_class class; /* MARK_NONE: a heading without number */
	int n_parts, value;
	bool capitals;
	int section;
};
struct tree {
	struct level at[DEEPEST];
	int n;
	int annex;
};

static bool is_heading_text(const struct making *m)
{
	const char *text = m->block.text.text + m->block.text_start;
	size_t n = strlen(text);

	if (n == 0 || n > LONGEST_HEADING)
		return false;
	if (m->heading || m->bold || is_upper_text(text))
		return true;
	/* "a) Title: what is said about it" is a paragraph with a title in front. */
	return marker_is_number(&m->marker) && !strchr(".;,", text[n - 1]) &&
	       !strstr(text, ": ");
}

static bool opens_section(const struct making *m)
{
	if (m->block.kind != BLOCK_PARAGRAPH)
		return false;
	if (marker_is_number(&m->marker))
		return true;
	return m->marker.class == MARK_NONE && is_heading_text(m) &&
	       !strchr(";,", m->block.text.text[strlen(m->block.text.text) - 1]) &&
	       count_words(m->block.text.text, 2) > 1;
}

static int find_class(const struct tree *t, enum marker_class class)
{
	for (int i = t->n; i-- > 0;)
		if (t->at[i].class == class)
			return i;
	return -1;
}

static int keep_for_arabic(const struct tree *t, const struct marker *m)
{
	int outermost = -1, last = m->parts[m->n_parts - 1];

	for (int i = t->n; i-- > 0;) {
		const struct level *l = &t->at[i];

		if (l->class != MARK_ARABIC)
			continue;
		if (l->n_parts < m->n_parts)
			return outermost >= 0 ? outermost : i + 1;
		outermost = i;
		if (l->n_parts == m->n_parts && l->value + 1 == last)
			return i;
	}
	/* "1." below "a)" begins a list of its own. */
	if (outermost >= 0 && last == 1 && m->n_parts == 1 &&
	    t->at[t->n - 1].class > MARK_ARABIC)
		return t->n;
	return outermost >= 0 ? outermost : t->n;
}

/* How many of the open levels stay open above a new section. */
static int keep_for(const struct tree *t, const struct making *m)
{
	enum marker_class class = m->marker.class;
	int at = find_class(t, class), keep = 0;

	if (class == MARK_ARABIC)
		return keep_for_arabic(t, &m->marker);
	if (class == MARK_NONE && is_upper_text(m->block.text.text)) {
		while (keep < t->n && !t->at[keep].capitals &&
		       t->at[keep].class <= MARK_UPPER && t->at[keep].class != MARK_NONE)
			keep++;
		return keep;
	}
	if (at >= 0)
		return at;
	if (class == MARK_PART)
		return 0;
	if (class == MARK_UPPER || class == MARK_ROMAN)
		while (keep < t->n && (t->at[keep].class < class || t->at[keep].capitals))
			keep++;
	else
		keep = t->n;
	return keep;
}

static void close_levels(struct build *b, struct tree *t, int keep, size_t end)
{
	while (t->n > keep) {
		struct section *s = &b->sections[t->at[--t->n].section];

		s->n_blocks = end - s->first_block;
	}
}

/* A title is the whole heading, or what stands before the colon of a paragraph. */
static enum err section_title(struct build *b, struct section *s, const struct making *m)
{
	const char *text = m->block.text.text + m->block.text_start;
	const char *colon = strchr(text, ':');
	size_t n = strlen(text);

	if (colon && colon - text < LONGEST_TITLE &&
	    (m->block.kind != BLOCK_HEADING || colon[1]))
		n = (size_t)(colon - text);
	if (n > LONGEST_TITLE)
		for (n = LONGEST_TITLE; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	while (n > 0 && strchr(" .:;", text[n - 1]))
		n--;
	return arena_strndup(b->arena, &s->title, text, n);
}

static enum err open_section(struct build *b, struct tree *t, size_t at)
{
	struct making *m = &b->blocks[at];
	int keep = keep_for(t, m);
	struct section *s;

	close_levels(b, t, keep, at);
	TRY(vec_room(b->arena, b->sections, b->n_sections));
	s = &b->sections[b->n_sections];
	*s = (struct section){ .number = "",
		               .block = at,
		               .first_block = at,
		               .n_blocks = b->n_blocks - at,
		               .parent = keep > 0 ? t->at[keep - 1].section : -1,
		               .depth = keep,
		               .annex = m->block.annex };
	if (is_heading_text(m))
		m->block.kind = BLOCK_HEADING;
	TRY(arena_strndup(b->arena, &s->number, m->block.text.text + m->marker.start,
	                  marker_is_number(&m->marker) ? m->marker.end - m->marker.start : 0));
	TRY(section_title(b, s, m));
	if (t->n < DEEPEST)
		t->at[t->n++] = (struct level){
			.class = m->marker.class,
			.n_parts = m->marker.n_parts,
			.value = m->marker.n_parts ? m->marker.parts[m->marker.n_parts - 1] : 0,
			.capitals = m->marker.class == MARK_NONE &&
			            is_upper_text(m->block.text.text),
			.section = (int)b->n_sections
		};
	b->n_sections++;
	return ERR_OK;
}

enum err build_sections(struct build *b)
{
	struct tree t = { .annex = -1 };

	for (size_t i = 0; i < b->n_blocks; i++) {
		struct making *m = &b->blocks[i];

		if (m->block.annex != t.annex || m->block.kind == BLOCK_TAIL) {
			close_levels(b, &t, 0, i);
			t.annex = m->block.annex;
		}
		if (opens_section(m))
			TRY(open_section(b, &t, i));
		m->block.section = t.n > 0 ? t.at[t.n - 1].section : -1;
	}
	close_levels(b, &t, 0, b->n_blocks);
	return ERR_OK;
}

/* ---- lists ---- */

struct list {
	enum marker_class class;
	int parent;
};

static bool introduces(const struct making *m)
{
	static const char *const words[] = { "trong đó", "bao gồm",   "gồm",    "như sau",
		                             "cụ thể",   "cụ thể là", "sau đây" };
	const char *text = m->block.text.text;
	size_t n = strlen(text);

	if (m->block.kind == BLOCK_TABLE || m->block.kind == BLOCK_NOTE || n == 0)
		return false;
	if (text[n - 1] == ':')
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_ends(text, words[i]))
			return true;
	return false;
}

/* Lists inside lists, the outermost first. */
enum { MOST_LISTS = 8 };
struct lists {
	struct list at[MOST_LISTS];
	int n;
};

/* The list that a bullet belongs to: an open one with the same bullet; or, below an
 * introduction with another bullet, a list inside the list.  False: it is in none. */
static bool enter_list(struct lists *l, const struct making *m, const struct making *before,
                       int at_before)
{
	bool after_intro = before && introduces(before);
	bool inner = after_intro && before->marker.class != m->marker.class;
	int at = l->n;

	while (at > 0 && l->at[at - 1].class != m->marker.class)
		at--;
	if (at == 0 && m->marker.class < MARK_DASH && !inner)
		return false;
	if (at == 0 || inner) {
		at = l->n < MOST_LISTS ? l->n + 1 : l->n;
		l->at[at - 1] = (struct list){
			.class = m->marker.class,
			.parent = after_intro ? at_before : -1,
		};
	}
	l->n = at;
	return true;
}

/* Unnumbered lines have one list only, right below what introduces it. */
static bool enter_list_of(struct lists *l, const struct making *m, const struct making *before,
                          int at_before)
{
	if (m->marker.class != MARK_NONE)
		return enter_list(l, m, before, at_before);
	if (l->n == 0) {
		l->at[0] = (struct list){ .class = MARK_NONE, .parent = at_before };
		l->n = 1;
	}
	return l->at[l->n - 1].class == MARK_NONE;
}

/* Numbered sentences and short lines may be items of a list; headings and tables are none. */
static bool may_be_item(const struct making *m, const struct lists *l,
                        const struct making *before)
{
	enum { LONGEST_LINE = 200 };

	if (m->block.kind != BLOCK_PARAGRAPH && m->block.kind != BLOCK_HEAD &&
	    m->block.kind != BLOCK_TAIL)
		return false;
	if (m->marker.class != MARK_NONE)
		return true;
	/* Lines without bullets right below "trong đó:". */
	return m->block.kind == BLOCK_PARAGRAPH && m->gap == 0 &&
	       strlen(m->block.text.text) < LONGEST_LINE && before &&
	       (l->n > 0 ? before->marker.class == MARK_NONE : introduces(before));
}

/* An introduction in a line without a bullet ends the list of such lines. */
static bool ends_list(const struct making *m)
{
	return m->marker.class == MARK_NONE && introduces(m);
}

void build_list_parents(struct build *b)
{
	struct lists lists = { .n = 0 };
	int last = -1; /* the block before this one */

	for (size_t i = 0; i < b->n_blocks; i++) {
		struct making *m = &b->blocks[i];
		const struct making *before = last >= 0 ? &b->blocks[last] : NULL;

		if (m->block.kind == BLOCK_NOTE)
			continue;
		if (may_be_item(m, &lists, before) && !ends_list(m) &&
		    enter_list_of(&lists, m, before, last))
			m->block.list_parent = lists.at[lists.n - 1].parent;
		else
			lists.n = 0;
		last = (int)i;
	}
}
