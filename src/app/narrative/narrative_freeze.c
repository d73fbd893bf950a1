/* A rendered text written down: as it stood, and as plain text. */
#include <string.h>

#include "app/narrative/narrative_build.h"
#include "app/narrative/narrative_render.h"

static const char *const kind_words[] = {
	[NARRATIVE_SUBJECT] = "subject",     [NARRATIVE_ADDRESSEE] = "addressee",
	[NARRATIVE_BASIS] = "basis",         [NARRATIVE_HEADING] = "heading",
	[NARRATIVE_PARAGRAPH] = "paragraph", [NARRATIVE_ITEM] = "item",
	[NARRATIVE_TABLE] = "table",         [NARRATIVE_RECIPIENT] = "recipient",
	[NARRATIVE_SIGNATORY] = "signatory"
};

const char *narrative_kind_word(enum narrative_kind kind)
{
	return kind_words[kind];
}

struct freezer {
	struct str out;
	const struct narrative *text;
	bool bold, italic;           /* as written so far */
	bool want_bold, want_italic; /* of what comes */
	bool line_start, after_blank;
};

/* ---- words ---- */

/* Written only before something is: two stars that end and begin nothing would be one mark. */
static void put_style(struct freezer *f)
{
	if (f->italic != f->want_italic)
		str_put_char(&f->out, '*');
	if (f->bold != f->want_bold)
		str_put(&f->out, "**");
	f->bold = f->want_bold;
	f->italic = f->want_italic;
}

static void put_literal(struct freezer *f, char c)
{
	if (c == '\n' || c == '\t' || c == '\r')
		c = ' ';
	if (c == ' ' && f->after_blank)
		return;
	put_style(f);
	if (strchr("\\*{[]^|", c) || (f->line_start && strchr("#-+@/", c)))
		str_put_char(&f->out, '\\');
	str_put_char(&f->out, c);
	f->line_start = false;
	f->after_blank = c == ' ';
}

static void put_quoted(struct freezer *f, const char *text)
{
	str_put(&f->out, " \"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_put_char(&f->out, '\\');
		str_put_char(&f->out, (char)(*text == '\n' ? ' ' : *text));
	}
	str_put_char(&f->out, '"');
}

static void put_fixed(struct freezer *f, const struct narrative_run *r)
{
	static const char *const words[] = { [NARRATIVE_FIGURE] = "figure",
		                             [NARRATIVE_CHANGE] = "change",
		                             [NARRATIVE_STATED] = "stated" };
	char value[DEC_TEXT];

	put_style(f);
	str_printf(&f->out, "{{= %s", words[r->kind]);
	put_quoted(f, r->text);
	str_printf(&f->out, " %s %s %s",
	           dec_is_none(r->value) ? "-" : dec_text(r->value, value),
	           r->form ? r->form : "-", r->indicator ? r->indicator : "-");
	if (r->reference)
		put_quoted(f, r->reference);
	str_put(&f->out, "}}");
	f->line_start = f->after_blank = false;
}

static void put_runs(struct freezer *f, const struct narrative_runs *runs);

static void put_note(struct freezer *f, const struct narrative_run *r)
{
	bool bold, italic;

	put_style(f);
	bold = f->bold;
	italic = f->italic;
	str_put(&f->out, "^[");
	f->bold = f->italic = false;
	f->after_blank = true;
	put_runs(f, &f->text->notes[r->note]);
	str_put_char(&f->out, ']');
	f->bold = bold;
	f->italic = italic;
	f->line_start = f->after_blank = false;
}

static void put_run(struct freezer *f, const struct narrative_run *r)
{
	f->want_bold = r->bold;
	f->want_italic = r->italic;
	if (r->kind == NARRATIVE_NOTE_MARK) {
		put_note(f, r);
	} else if (r->kind != NARRATIVE_WORDS) {
		put_fixed(f, r);
	} else {
		for (const char *p = r->text; *p; p++)
			put_literal(f, *p);
	}
}

static void put_runs(struct freezer *f, const struct narrative_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++)
		put_run(f, &runs->at[i]);
	f->want_bold = f->want_italic = false;
	put_style(f);
}

/* ---- blocks ---- */

static void put_row(struct freezer *f, const struct narrative_block *b, size_t row)
{
	for (size_t c = 0; c < b->columns; c++) {
		str_put(&f->out, c == 0 ? "| " : " | ");
		f->line_start = f->after_blank = true;
		put_runs(f, &b->rows[row].cells[c]);
	}
	str_put(&f->out, " |\n");
}

static void put_table(struct freezer *f, const struct narrative_block *b)
{
	for (size_t r = 0; r < b->n_rows; r++) {
		put_row(f, b, r);
		for (size_t c = 0; r == 0 && b->has_header && c < b->columns; c++)
			str_put(&f->out, c + 1 < b->columns ? "|---" : "|---|\n");
	}
}

static void put_block(struct freezer *f, const struct narrative_block *b)
{
	f->line_start = f->after_blank = true;
	if (b->kind == NARRATIVE_HEADING) {
		str_printf(&f->out, "%.*s ", b->level, "####");
		f->line_start = false;
	}
	if (b->kind == NARRATIVE_ITEM) {
		str_put(&f->out, b->level == 1 ? "- " : "+ ");
		f->line_start = false;
	}
	if (b->kind == NARRATIVE_TABLE)
		put_table(f, b);
	else
		put_runs(f, &b->runs);
	str_put(&f->out, "\n");
}

static enum narrative_kind part_of(enum narrative_kind kind)
{
	return narrative_part_word(kind) ? kind : NARRATIVE_PARAGRAPH;
}

enum err narrative_freeze(const char **out, struct arena *a, const struct narrative *n)
{
	struct freezer f = { .text = n };
	enum narrative_kind part = NARRATIVE_PARAGRAPH;

	str_init(&f.out, a, (size_t)8 * NARRATIVE_LONGEST);
	for (size_t i = 0; i < n->n; i++) {
		const struct narrative_block *b = &n->blocks[i];

		if (part_of(b->kind) != part)
			str_printf(&f.out, "@%s\n", narrative_part_word(part_of(b->kind)));
		part = part_of(b->kind);
		put_block(&f, b);
	}
	return str_finish(&f.out, out);
}

enum err narrative_thaw(struct narrative *out, struct arena *a, struct problems *problems,
                        const char *text)
{
	struct narrative_parsed parsed;
	struct narrative_input nothing = { .set = NULL };
	struct problems remarks;

	*out = (struct narrative){ .n = 0 };
	problems_init(&remarks, a);
	TRY(narrative_parse(&parsed, a, problems, NULL, text));
	return narrative_render(out, a, &remarks, &parsed, &nothing);
}

/* ---- plain text ---- */

static void plain_runs(struct str *s, const struct narrative_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++)
		if (runs->at[i].kind != NARRATIVE_NOTE_MARK)
			str_put(s, runs->at[i].text);
}

static void plain_block(struct str *s, const struct narrative_block *b)
{
	if (b->kind == NARRATIVE_ITEM || b->kind == NARRATIVE_RECIPIENT)
		str_put(s, b->level == 2 ? "+ " : "- ");
	plain_runs(s, &b->runs);
	for (size_t r = 0; r < b->n_rows; r++) {
		for (size_t c = 0; c < b->columns; c++) {
			str_put(s, c > 0 ? "\t" : "");
			plain_runs(s, &b->rows[r].cells[c]);
		}
		str_put(s, r + 1 < b->n_rows ? "\n" : "");
	}
	str_put(s, "\n");
}

enum err narrative_plain(const char **out, struct arena *a, const struct narrative *n)
{
	struct str s;

	str_init(&s, a, (size_t)8 * NARRATIVE_LONGEST);
	for (size_t i = 0; i < n->n; i++)
		plain_block(&s, &n->blocks[i]);
	for (size_t i = 0; i < n->n_notes; i++) {
		str_printf(&s, "%zu ", i + 1);
		plain_runs(&s, &n->notes[i]);
		str_put(&s, "\n");
	}
	return str_finish(&s, out);
}
