#include "app/report/report_text_docx.h"

#include <ctype.h>
#include <string.h>

#include "base/vec.h"
#include "base/vntext.h"

struct making {
	struct arena *a;
	const struct narrative *text;
	struct report_text *out;
	size_t figures; /* marked so far */
};

/* ---- runs ---- */

static unsigned weight_of(const struct narrative_run *r)
{
	return (r->bold ? (unsigned)PAPER_BOLD : 0) | (r->italic ? (unsigned)PAPER_ITALIC : 0);
}

static bool is_figure(const struct narrative_run *r)
{
	return r->kind == NARRATIVE_FIGURE || r->kind == NARRATIVE_CHANGE ||
	       r->kind == NARRATIVE_STATED;
}

static enum err plain_text(struct paper_text *out, struct arena *a,
                           const struct narrative_runs *runs)
{
	struct paper_run *at;

	TRY(arena_array(a, &at, runs->n + 1));
	for (size_t i = 0; i < runs->n; i++)
		at[i] = (struct paper_run){ .text = runs->at[i].text,
			                    .weight = weight_of(&runs->at[i]) };
	*out = (struct paper_text){ at, runs->n };
	return ERR_OK;
}

/* A footnote hangs on the run before its mark. */
static enum err hang_note(struct making *m, struct paper_run *at, size_t *n, size_t note)
{
	struct paper_text *text;

	if (note >= m->text->n_notes)
		return err_set(ERR_INTERNAL, "a footnote is missing");
	TRY(arena_new(m->a, &text));
	TRY(plain_text(text, m->a, &m->text->notes[note]));
	if (*n == 0 || at[*n - 1].note)
		at[(*n)++] = (struct paper_run){ 0 };
	at[*n - 1].note = text;
	return ERR_OK;
}

/* `before` stands in front: the dash of an item. */
static enum err make_runs(struct paper_text *out, struct making *m,
                          const struct narrative_runs *runs, const char *before)
{
	struct paper_run *at;
	size_t n = 0;

	TRY(arena_array(m->a, &at, 2 * runs->n + 1));
	if (before)
		at[n++].text = before;
	for (size_t i = 0; i < runs->n; i++) {
		const struct narrative_run *r = &runs->at[i];

		if (r->kind == NARRATIVE_NOTE_MARK) {
			TRY(hang_note(m, at, &n, r->note));
			continue;
		}
		at[n] = (struct paper_run){ .text = r->text, .weight = weight_of(r) };
		if (is_figure(r))
			TRY(arena_printf(m->a, &at[n].mark, "so_%zu", ++m->figures));
		n++;
	}
	*out = (struct paper_text){ at, n };
	return ERR_OK;
}

static enum err join(const char **out, struct arena *a, const struct narrative_runs *runs)
{
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < runs->n; i++)
		if (runs->at[i].kind != NARRATIVE_NOTE_MARK)
			str_put(&s, runs->at[i].text);
	return str_finish(&s, out);
}

/* Where no mark is set the numbers go on all the same. */
static void count_figures(struct making *m, const struct narrative_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++)
		m->figures += is_figure(&runs->at[i]);
}

/* ---- tables ---- */

/* Digits with their marks, "%" and blanks: set to the right. */
static bool is_number(const char *text)
{
	bool any = false;

	for (; *text; text++) {
		if (!strchr("0123456789.,%+-/ ", *text))
			return false;
		any = any || isdigit((unsigned char)*text);
	}
	return any;
}

struct table_making {
	struct making *m;
	const struct narrative_block *block;
	struct paper_column *columns;
	struct paper_head_cell *head;
	struct paper_cell *cells;
};

static enum err make_cell(struct paper_cell *out, struct making *m,
                          const struct narrative_runs *runs)
{
	out->weight = runs->n > 0 ? PAPER_BOLD | PAPER_ITALIC : 0;
	for (size_t i = 0; i < runs->n; i++)
		out->weight &= weight_of(&runs->at[i]);
	count_figures(m, runs);
	return join(&out->text, m->a, runs);
}

/* Wide enough for its longest word, and by the square root of its longest text. */
static int width_for(const char *text)
{
	int longest = 0, word = 0, root = 1;
	size_t n = text_length(text);

	for (const char *at = text; *at; at++) {
		word = *at == ' ' || *at == '\n' ? 0 : word + ((*at & 0xc0) != 0x80);
		longest = word > longest ? word : longest;
	}
	while ((size_t)root * (size_t)root < n * 6)
		root++;
	return (longest > root ? longest : root) + 2;
}

static void set_column(struct table_making *t, size_t column, size_t first)
{
	const struct narrative_block *b = t->block;
	bool numbers = true, any = false;
	int width = 3;

	for (size_t row = 0; row < b->n_rows; row++) {
		const char *text = t->cells[row * b->columns + column].text;
		int wanted = width_for(text);

		width = wanted > width ? wanted : width;
		if (row < first || str_blank(text))
			continue;
		numbers = numbers && is_number(text);
		any = true;
	}
	t->columns[column] = (struct paper_column){ .width = width,
		                                    .align = !any || !numbers ? PAPER_LEFT
		                                             : column == 0    ? PAPER_CENTRE
		                                                              : PAPER_RIGHT };
}

static enum err make_table(struct paper_block *out, struct making *m,
                           const struct narrative_block *b)
{
	enum { UPRIGHT = 8 }; /* columns that fit an upright page */
	struct table_making t = { .m = m, .block = b };
	size_t first = b->has_header ? 1 : 0;
	struct paper_table *table;

	TRY(arena_new(m->a, &table));
	TRY(arena_array(m->a, &t.columns, b->columns + 1));
	TRY(arena_array(m->a, &t.head, b->columns + 1));
	TRY(arena_array(m->a, &t.cells, b->n_rows * b->columns + 1));
	for (size_t row = 0; row < b->n_rows; row++)
		for (size_t i = 0; i < b->columns; i++)
			TRY(make_cell(&t.cells[row * b->columns + i], m,
			              &b->rows[row].cells[i]));
	for (size_t i = 0; i < b->columns; i++) {
		set_column(&t, i, first);
		t.head[i] =
		        (struct paper_head_cell){ .text = t.cells[i].text, .column = (int)i };
	}
	*table = (struct paper_table){ .columns = t.columns,
		                       .n_columns = b->columns,
		                       .head = t.head,
		                       .n_head = first * b->columns,
		                       .head_rows = (int)first,
		                       .cells = t.cells + first * b->columns,
		                       .n_rows = b->n_rows - first,
		                       .landscape = b->columns > UPRIGHT };
	*out = (struct paper_block){ .kind = PAPER_TABLE, .table = table };
	return ERR_OK;
}

/* ---- blocks ---- */

static enum paper_kind kind_of(const struct narrative_block *b)
{
	if (b->kind == NARRATIVE_HEADING && b->level <= 3)
		return PAPER_HEADING;
	if (b->kind == NARRATIVE_BASIS)
		return PAPER_BASIS;
	return b->kind == NARRATIVE_ITEM ? PAPER_ITEM : PAPER_PARAGRAPH;
}

static enum err add_block(struct making *m, const struct narrative_block *b)
{
	struct report_text *out = m->out;
	struct paper_block block = { .kind = kind_of(b), .level = b->level };

	TRY(vec_room(m->a, out->body, out->n_body));
	if (b->kind == NARRATIVE_TABLE) {
		if (b->n_rows == 0 || b->columns == 0)
			return ERR_OK;
		TRY(make_table(&block, m, b));
	} else {
		TRY(make_runs(&block.text, m, &b->runs,
		              b->kind != NARRATIVE_ITEM ? NULL
		              : b->level > 1            ? "+ "
		                                        : "- "));
		if (b->kind == NARRATIVE_HEADING && b->level > 3)
			block.weight = PAPER_BOLD | PAPER_ITALIC;
		TRY(arena_printf(m->a, &block.mark, "doan_%zu",
		                 (size_t)(b - m->text->blocks) + 1));
	}
	out->body[out->n_body++] = block;
	return ERR_OK;
}

static enum err add_line(struct making *m, const char ***lines, size_t *n,
                         const struct narrative_block *b)
{
	TRY(vec_room(m->a, *lines, *n));
	TRY(join(&(*lines)[*n], m->a, &b->runs));
	(*n)++;
	count_figures(m, &b->runs);
	return ERR_OK;
}

ERR_RESULT report_text_blocks(struct report_text *out, struct arena *a,
                              const struct narrative *text)
{
	struct report_text made = { 0 };
	struct making m = { .a = a, .text = text, .out = &made };

	for (size_t i = 0; i < text->n; i++) {
		const struct narrative_block *b = &text->blocks[i];

		switch (b->kind) {
		case NARRATIVE_SUBJECT:
			TRY(add_line(&m, &made.subject, &made.n_subject, b));
			break;
		case NARRATIVE_ADDRESSEE:
			TRY(add_line(&m, &made.addressees, &made.n_addressees, b));
			break;
		case NARRATIVE_RECIPIENT:
			TRY(add_line(&m, &made.recipients, &made.n_recipients, b));
			break;
		case NARRATIVE_BASIS:
		case NARRATIVE_HEADING:
		case NARRATIVE_PARAGRAPH:
		case NARRATIVE_ITEM:
		case NARRATIVE_TABLE:
			TRY(add_block(&m, b));
			break;
		case NARRATIVE_SIGNATORY: /* report_paper_authority reads them */
			count_figures(&m, &b->runs);
			break;
		case NARRATIVE_KINDS:
			break;
		}
	}
	*out = made;
	return ERR_OK;
}
