#include <string.h>

#include "base/vntext.h"
#include "doc/paper_parts.h"

/* The first thing that is wrong; each check does nothing when there was one before. */
struct check {
	const char *wrong;
};

static void text(struct check *c, const char *s)
{
	if (!c->wrong && s && !text_is_valid(s, strlen(s)))
		c->wrong = "a text is not UTF-8";
}

static bool is_letter(char c)
{
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static void mark(struct check *c, const char *s)
{
	size_t n = s ? strlen(s) : 0;

	if (c->wrong || n == 0)
		return;
	if (n > PAPER_MARK_LONGEST || !is_letter(s[0]))
		c->wrong = "a mark is none";
	for (size_t i = 0; i < n; i++)
		if (!is_letter(s[i]) && !(s[i] >= '0' && s[i] <= '9') && s[i] != '_')
			c->wrong = "a mark is none";
}

static void runs(struct check *c, const struct paper_text *t, bool is_note)
{
	for (size_t i = 0; i < t->n && !c->wrong; i++) {
		text(c, t->runs[i].text);
		mark(c, t->runs[i].mark);
		if (t->runs[i].note && is_note)
			c->wrong = "a footnote has a footnote";
		else if (t->runs[i].note)
			runs(c, t->runs[i].note, true);
	}
}

static int span(int n)
{
	return n > 0 ? n : 1;
}

/* The head's cells lie inside it, and none on another. */
static void head(struct check *c, const struct paper_table *t)
{
	bool taken[PAPER_MOST_HEAD_ROWS][PAPER_MOST_COLUMNS] = { 0 };
	int covered = 0;

	for (size_t i = 0; i < t->n_head && !c->wrong; i++) {
		const struct paper_head_cell *h = &t->head[i];

		text(c, h->text);
		if (h->row < 0 || h->column < 0 || h->row + span(h->rows) > t->head_rows ||
		    (size_t)h->column + (size_t)span(h->columns) > t->n_columns) {
			c->wrong = "a cell lies outside its table's head";
			return;
		}
		for (int k = 0; k < span(h->rows) * span(h->columns); k++) {
			bool *at = &taken[h->row + k / span(h->columns)]
			                 [h->column + k % span(h->columns)];

			if (*at)
				c->wrong = "two cells of a table's head overlap";
			*at = true;
			covered++;
		}
	}
	if (!c->wrong && covered != t->head_rows * (int)t->n_columns)
		c->wrong = "a table's head has a gap";
}

static void table(struct check *c, const struct paper_table *t)
{
	if (c->wrong)
		return;
	if (!t || t->n_columns < 1 || t->n_columns > PAPER_MOST_COLUMNS || t->head_rows < 0 ||
	    t->head_rows > PAPER_MOST_HEAD_ROWS || t->head_rows + t->n_rows < 1) {
		c->wrong = "a table has no or too many columns or rows";
		return;
	}
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].width < 1 || t->columns[i].width > PAPER_LONG)
			c->wrong = "a column has no width";
	head(c, t);
	for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
		text(c, t->cells[i].text);
}

static void blocks(struct check *c, struct paper_blocks b)
{
	for (size_t i = 0; i < b.n && !c->wrong; i++) {
		const struct paper_block *at = &b.at[i];

		mark(c, at->mark);
		if (at->kind == PAPER_TABLE)
			table(c, at->table);
		else
			runs(c, &at->text, false);
		if (at->kind == PAPER_HEADING && (at->level < 1 || at->level > 3))
			c->wrong = "a heading has no level";
	}
}

static void texts(struct check *c, const char *const *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!at[i])
			c->wrong = "a line of a list is missing";
		text(c, at[i]);
	}
}

ERR_RESULT paper_check(const struct paper *p)
{
	const struct paper_letterhead *h = &p->head;
	const char *const fields[] = { h->parent,        h->issuer,    h->number,
		                       h->notation,      h->place,     h->urgency,
		                       p->type,          p->subject,   p->contact,
		                       p->title,         p->kind_name, p->issuer_name,
		                       p->signature.name };
	struct check c = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		text(&c, fields[i]);
	texts(&c, p->addressees, p->n_addressees);
	texts(&c, p->recipients, p->n_recipients);
	texts(&c, p->signature.authority, p->signature.n_authority);
	blocks(&c, p->body);
	for (size_t i = 0; i < p->n_appendices; i++) {
		text(&c, p->appendices[i].label);
		text(&c, p->appendices[i].title);
		blocks(&c, p->appendices[i].body);
	}
	return c.wrong ? err_set(ERR_INPUT, "paper: %s", c.wrong) : ERR_OK;
}
