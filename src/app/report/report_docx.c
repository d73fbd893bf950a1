#include "app/report/report_docx.h"

#include <stdio.h>
#include <string.h>

#include "app/report/report_text_docx.h"
#include "base/messages.h"
#include "base/vec.h"
#include "base/vntext.h"

struct laying {
	struct arena *a;
	const struct report_paper *p;
	struct paper *out;
};

/* ---- letterhead ---- */

/* The clerk's; before that the period's year stands in the open date. */
static enum err set_head(struct laying *l)
{
	const struct report *r = &l->p->report;
	struct paper_letterhead *h = &l->out->head;

	*h = (struct paper_letterhead){ .parent = l->p->letterhead_parent,
		                        .place = l->p->place,
		                        .notation = msg_text(MSG_REPORT_PAGE_NOTATION),
		                        .dated = r->dated_on,
		                        .year = date_year(r->to_on) };
	if (!str_blank(r->notation))
		h->notation = r->notation;
	TRY(report_paper_number(&h->number, l->a, r));
	return report_paper_issuer(&h->issuer, l->a, l->p);
}

static enum err join_lines(const char **out, struct arena *a, const char *const *lines,
                           size_t n)
{
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < n; i++)
		str_printf(&s, "%s%s", i > 0 ? "\n" : "", lines[i]);
	return str_finish(&s, out);
}

/* ---- the text ---- */

/* A report that is nothing but its forms says so in a sentence. */
static enum err set_plain_body(struct laying *l)
{
	const struct package_content *c = &l->p->content;
	struct paper_block *block;
	struct paper_run *run;

	TRY(arena_new(l->a, &block));
	TRY(arena_new(l->a, &run));
	TRY(msg_format(&run->text, l->a, MSG_REPORT_PAPER_ONLY_FORMS, c->unit.name,
	               c->period_name));
	*block = (struct paper_block){ .kind = PAPER_PARAGRAPH, .text = { run, 1 } };
	l->out->body = (struct paper_blocks){ block, 1 };
	return ERR_OK;
}

/* "Công tác cải cách hành chính định kỳ quý I năm 2024", below the word BÁO CÁO. */
static enum err usual_subject(const char **out, struct laying *l)
{
	const struct package_content *c = &l->p->content;
	const char *kind = msg_text(MSG_REPORT_PAPER_KIND), *title = c->regime_title;
	const char *own;

	if (str_starts(title, kind) && title[strlen(kind)] == ' ')
		title += strlen(kind) + 1;
	TRY(arena_printf(l->a, &own, "%c%s", ascii_upper(*title), *title ? title + 1 : ""));
	return msg_format(out, l->a, MSG_REPORT_PAPER_SUBJECT, own, c->period_name);
}

/* A number, a Roman one too, and "năm" before a number. */
static bool clings(const char *word)
{
	const char *year = msg_text(MSG_REPORT_PAPER_YEAR);
	size_t roman = strspn(word, "IVX");

	if (*word >= '0' && *word <= '9')
		return true;
	if (roman > 0 && (word[roman] == '\0' || strchr(" ,;/\n", word[roman])))
		return true;
	return str_starts(word, year) && clings(word + strlen(year));
}

/* No line of a title ends between "quý" and "I", "năm" and "2024". */
static enum err keep_numbers(const char **out, struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, NARRATIVE_LONGEST);
	for (; *text; text++) {
		if (*text == ' ' && clings(text + 1))
			str_put(&s, "\u00a0");
		else
			str_put_char(&s, *text);
	}
	return str_finish(&s, out);
}

static enum err set_text(struct laying *l)
{
	struct report_text text;

	TRY(report_text_blocks(&text, l->a, &l->p->text));
	if (text.n_subject > 0)
		TRY(join_lines(&l->out->subject, l->a, text.subject, text.n_subject));
	else
		TRY(usual_subject(&l->out->subject, l));
	TRY(keep_numbers(&l->out->subject, l->a, l->out->subject));
	l->out->addressees = text.addressees;
	l->out->n_addressees = text.n_addressees;
	l->out->recipients = text.recipients;
	l->out->n_recipients = text.n_recipients;
	l->out->body = (struct paper_blocks){ text.body, text.n_body };
	return text.n_body > 0 ? ERR_OK : set_plain_body(l);
}

/* What a text leaves out and every report has. */
static enum err set_usual(struct laying *l)
{
	const char **lines;

	TRY(arena_array(l->a, &lines, 3));
	lines[0] = l->p->report.receiver_name;
	lines[1] = msg_text(MSG_REPORT_PAPER_AS_ABOVE);
	lines[2] = msg_text(MSG_REPORT_PAPER_FILED);
	if (l->out->n_addressees == 0 && !str_blank(lines[0])) {
		l->out->addressees = lines;
		l->out->n_addressees = 1;
	}
	if (l->out->n_recipients == 0) {
		size_t first = l->out->n_addressees > 0 ? 1 : 2;

		l->out->recipients = lines + first;
		l->out->n_recipients = 3 - first;
	}
	return ERR_OK;
}

static enum err set_signature(struct laying *l)
{
	struct report_authority lines;

	TRY(report_paper_authority(&lines, l->a, l->p));
	l->out->signature =
	        (struct paper_signature){ lines.at, lines.n, l->p->report.signer_name };
	return ERR_OK;
}

/* ---- forms ---- */

enum { CODE, LABEL, UNIT, FIGURE, NOTE, COLUMNS };

/* "Không = 0" and "Có = 1" below each other, not broken anywhere. */
static enum err unit_text(const char **out, struct arena *a, const struct form_row *row)
{
	struct str s;

	*out = row->unit;
	if (row->kind != FORM_ENUM)
		return ERR_OK;
	str_init(&s, a, NARRATIVE_LONGEST);
	for (size_t i = 0; i < row->n_choices; i++)
		str_printf(&s, "%s%s = %s", i > 0 ? "\n" : "", row->choices[i].text,
		           row->choices[i].word);
	return str_finish(&s, out);
}

static enum err make_row(struct paper_cell *out, struct laying *l, const struct form_row *row)
{
	const struct package_cell *cell =
	        package_cell_of(&l->p->content, row->form->code, row->id);
	unsigned weight = row->depth == 0 || row->kind == FORM_GROUP ? PAPER_BOLD : 0;

	out[CODE] = (struct paper_cell){ row->code, weight };
	out[LABEL] = (struct paper_cell){ row->label, weight };
	TRY(unit_text(&out[UNIT].text, l->a, row));
	TRY(report_paper_figure(&out[FIGURE].text, l->a, cell));
	TRY(report_paper_note(&out[NOTE].text, l->a, l->p, row, cell));
	out[FIGURE].weight = weight;
	return ERR_OK;
}

/* Millimetres; a long amount of money has the room that it needs. */
static void set_widths(struct paper_column columns[COLUMNS], const struct paper_cell *cells,
                       size_t n)
{
	enum { ALL = 160, CODES = 13, UNITS = 24, NOTES = 26, USUAL = 19, MOST = 36 };
	int figure = USUAL;

	for (size_t i = 0; i < n; i++) {
		size_t letters = strlen(cells[COLUMNS * i + FIGURE].text);
		int wanted = 5 + (int)(letters < 20 ? letters : 20) * 2;

		figure = wanted > figure ? wanted : figure;
	}
	figure = figure < MOST ? figure : MOST;
	columns[CODE] = (struct paper_column){ CODES, PAPER_CENTRE };
	columns[UNIT] = (struct paper_column){ UNITS, PAPER_CENTRE };
	columns[FIGURE] = (struct paper_column){ figure, PAPER_RIGHT };
	columns[NOTE] = (struct paper_column){ NOTES, PAPER_LEFT };
	columns[LABEL] =
	        (struct paper_column){ ALL - CODES - UNITS - NOTES - figure, PAPER_LEFT };
}

static enum err make_head(const struct paper_head_cell **out, struct arena *a,
                          const enum msg *titles, size_t n)
{
	struct paper_head_cell *head;

	TRY(arena_array(a, &head, n));
	for (size_t i = 0; i < n; i++)
		head[i] = (struct paper_head_cell){ .text = msg_text(titles[i]),
			                            .column = (int)i };
	*out = head;
	return ERR_OK;
}

static enum err make_table(const struct paper_table **out, struct laying *l,
                           const struct form *form)
{
	static const enum msg titles[COLUMNS] = { MSG_FORM_PRINT_CODE, MSG_FORM_PRINT_LABEL,
		                                  MSG_FORM_PRINT_UNIT, MSG_FORM_PRINT_FIGURE,
		                                  MSG_FORM_PRINT_NOTE };
	struct paper_table *t;
	struct paper_column *columns;
	struct paper_cell *cells;

	TRY(arena_new(l->a, &t));
	TRY(arena_array(l->a, &columns, COLUMNS));
	TRY(arena_array(l->a, &cells, COLUMNS * form->n_rows + 1));
	for (size_t i = 0; i < form->n_rows; i++)
		TRY(make_row(cells + COLUMNS * i, l,
		             &l->p->set->rows[(size_t)form->first + i]));
	set_widths(columns, cells, form->n_rows);
	*t = (struct paper_table){ .columns = columns,
		                   .n_columns = COLUMNS,
		                   .n_head = COLUMNS,
		                   .head_rows = 1,
		                   .cells = cells,
		                   .n_rows = form->n_rows };
	TRY(make_head(&t->head, l->a, titles, COLUMNS));
	*out = t;
	return ERR_OK;
}

/* "BIỂU MẪU 1" above the title; a set whose forms are called appendices has the decree's
 * numbers instead of its own. */
static enum err form_title(const char **out, struct laying *l, const struct form *form)
{
	const char *name, *upper;

	TRY(msg_format(&name, l->a, MSG_REPORT_PAPER_FORM, l->p->set->printed, form->code));
	TRY(text_upper(l->a, &upper, name));
	*out = form->title;
	if (str_starts(upper, msg_text(MSG_REPORT_PAPER_APPENDIX)))
		return ERR_OK;
	return arena_printf(l->a, out, "%s\n%s", upper, form->title);
}

static enum err add_note(struct paper_block *blocks, size_t *n, struct arena *a,
                         const char *text)
{
	struct paper_run *run;

	TRY(arena_new(a, &run));
	run->text = text;
	blocks[(*n)++] = (struct paper_block){ .kind = PAPER_NOTE, .text = { run, 1 } };
	return ERR_OK;
}

/* Below the last form: how was counted, so that no two offices differ in silence. */
static enum err add_decisions(struct paper_block *blocks, size_t *n, struct laying *l)
{
	const char *line;

	TRY(add_note(blocks, n, l->a, msg_text(MSG_REPORT_PAPER_DECISIONS)));
	blocks[*n - 1].weight = PAPER_BOLD;
	for (size_t i = 0; i < l->p->content.n_settings; i++) {
		const char *sentence = report_paper_decision(l->p, i);

		if (!sentence)
			continue;
		TRY(msg_format(&line, l->a, MSG_REPORT_PAPER_DECISION, sentence));
		TRY(add_note(blocks, n, l->a, line));
	}
	return ERR_OK;
}

static enum err add_form(struct paper_appendix *out, struct laying *l, const struct form *form,
                         bool last)
{
	struct paper_block *blocks;
	size_t n = 0;

	TRY(arena_array(l->a, &blocks, 2 + l->p->content.n_settings));
	blocks[n++].kind = PAPER_TABLE;
	TRY(make_table(&blocks[0].table, l, form));
	if (last && l->p->content.n_settings > 0)
		TRY(add_decisions(blocks, &n, l));
	TRY(form_title(&out->title, l, form));
	out->body = (struct paper_blocks){ blocks, n };
	return ERR_OK;
}

/* ---- what an amending report says otherwise ---- */

static const struct form_row *row_of(const struct form_set *set, const char *form,
                                     const char *indicator)
{
	for (size_t i = 0; set && i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator) && str_eq(set->rows[i].form->code, form))
			return &set->rows[i];
	return NULL;
}

static enum err decimal(const char **out, struct arena *a, dec_t value)
{
	char text[DEC_TEXT];

	*out = "";
	return dec_is_none(value) ? ERR_OK : arena_strdup(a, out, dec_vn(value, -1, text));
}

static enum err make_amendment(struct paper_cell *out, struct laying *l, size_t i)
{
	const struct package_amendment *x = &l->p->content.amendments[i];
	const struct form_set *set = l->p->set;
	const struct form_row *row = row_of(set, x->form, x->indicator);

	TRY(arena_printf(l->a, &out[0].text, "%zu", i + 1));
	if (set && row)
		TRY(arena_printf(l->a, &out[1].text, "%s %s, %s %s", set->printed, x->form,
		                 row->code, row->label));
	else
		TRY(arena_printf(l->a, &out[1].text, "%s, %s", x->form, x->indicator));
	TRY(decimal(&out[2].text, l->a, x->before));
	TRY(decimal(&out[3].text, l->a, x->after));
	out[4].text = x->reason;
	return ERR_OK;
}

static enum err add_amendments(struct paper_appendix *out, struct laying *l)
{
	static const enum msg titles[] = { MSG_FORM_PRINT_CODE, MSG_REPORT_PAPER_AMENDED_WHERE,
		                           MSG_REPORT_PAPER_AMENDED_BEFORE,
		                           MSG_REPORT_PAPER_AMENDED_AFTER,
		                           MSG_REPORT_PAPER_AMENDED_REASON };
	static const struct paper_column columns[] = { { 14, PAPER_CENTRE },
		                                       { 66, PAPER_LEFT },
		                                       { 22, PAPER_RIGHT },
		                                       { 22, PAPER_RIGHT },
		                                       { 36, PAPER_LEFT } };
	size_t n = l->p->content.n_amendments;
	struct paper_table *t;
	struct paper_cell *cells;
	struct paper_block *block;

	TRY(arena_new(l->a, &t));
	TRY(arena_new(l->a, &block));
	TRY(arena_array(l->a, &cells, n * ARRAY_LEN(columns)));
	for (size_t i = 0; i < n; i++)
		TRY(make_amendment(cells + i * ARRAY_LEN(columns), l, i));
	*t = (struct paper_table){ .columns = columns,
		                   .n_columns = ARRAY_LEN(columns),
		                   .n_head = ARRAY_LEN(titles),
		                   .head_rows = 1,
		                   .cells = cells,
		                   .n_rows = n };
	TRY(make_head(&t->head, l->a, titles, ARRAY_LEN(titles)));
	*block = (struct paper_block){ .kind = PAPER_TABLE, .table = t };
	*out = (struct paper_appendix){ .title = msg_text(MSG_REPORT_PAPER_AMENDED),
		                        .body = { block, 1 } };
	return ERR_OK;
}

static enum err set_appendices(struct laying *l)
{
	size_t forms = l->p->set ? l->p->set->n_forms : 0, n = 0;
	struct paper_appendix *at;

	TRY(arena_array(l->a, &at, forms + 2));
	for (; n < forms; n++)
		TRY(add_form(&at[n], l, &l->p->set->forms[n], n + 1 == forms));
	if (l->p->content.n_amendments > 0)
		TRY(add_amendments(&at[n++], l));
	l->out->appendices = at;
	l->out->n_appendices = n;
	return ERR_OK;
}

/* ---- the whole ---- */

/* The day that is printed, not the clock's. */
static instant_t created(const struct report *r)
{
	date_t day = r->dated_on;

	if (date_is_none(day))
		day = r->signed_on;
	return instant_local(date_is_none(day) ? r->to_on : day, 0);
}

ERR_RESULT report_layout(struct paper *out, struct arena *a, const struct report_paper *p)
{
	const struct package_content *c = &p->content;
	struct paper paper = { .type = msg_text(MSG_REPORT_PAPER_TYPE),
		               .kind_name = msg_text(MSG_REPORT_PAPER_KIND),
		               .issuer_name = c->unit.name,
		               .created = created(&p->report) };
	struct laying l = { a, p, &paper };

	TRY(set_head(&l));
	TRY(set_text(&l));
	TRY(set_usual(&l));
	TRY(set_signature(&l));
	TRY(set_appendices(&l));
	TRY(msg_format(&paper.title, a, MSG_REPORT_PAPER_TITLE, c->unit.name, c->regime_title,
	               c->period_name));
	*out = paper;
	return ERR_OK;
}

ERR_RESULT report_docx(struct str *to, struct arena *a, const struct report_paper *p)
{
	struct paper paper;

	TRY(report_layout(&paper, a, p));
	return paper_docx(to, a, &paper);
}
