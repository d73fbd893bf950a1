/* What the page of a report's text shows: fields, preview, margin, picker. */
#include <string.h>

#include "app/report/report_own_page.h"
#include "app/report/report_text_page.h"
#include "base/vec.h"
#include "gen/links.h"

enum { FEWEST_ROWS = 4, MOST_ROWS = 28, WIDTH = 70 };

/* ---- sections ---- */

struct margin {
	struct report_text_section v;
	struct report_text_line *lines;
	struct report_text_note *notes;
	int first, last; /* lines of the whole text */
};
struct filling {
	struct report_text_page *p;
	struct arena *a;
	struct margin *at;
	size_t n;
	struct report_text_note *notes; /* about no section */
	size_t n_notes;
};

static int rows_of(const char *body)
{
	int rows = 1;
	size_t column = 0;

	for (; *body; body++) {
		bool ends = *body == '\n' || ++column > WIDTH * 3 / 2;

		rows += ends;
		column = ends ? 0 : column;
	}
	return rows < FEWEST_ROWS ? FEWEST_ROWS : rows > MOST_ROWS ? MOST_ROWS : rows;
}

static int lines_in(const char *body)
{
	int n = 0;

	for (; *body; body++)
		n += *body == '\n';
	return n;
}

static enum err start_sections(struct filling *f)
{
	const struct narrative_sections *s = &f->p->sections;
	int line = 1;

	f->n = s->n;
	TRY(arena_array(f->a, &f->at, s->n + 1));
	for (size_t i = 0; i < s->n; i++) {
		struct margin *x = &f->at[i];

		x->first = line;
		line += lines_in(s->at[i]);
		x->last = line - 1;
		x->v = (struct report_text_section){ .number = (int)i + 1,
			                             .body = s->at[i],
			                             .rows = rows_of(s->at[i]) };
		if (f->p->theirs)
			x->v.theirs = f->p->theirs[i];
		TRY(narrative_section_title(&x->v.title, f->a, s->at[i]));
	}
	return ERR_OK;
}

static struct margin *section_at(const struct filling *f, int line)
{
	for (size_t i = 0; i < f->n; i++)
		if (line >= f->at[i].first && line <= f->at[i].last)
			return &f->at[i];
	return NULL;
}

/* ---- preview ---- */

static const char *look_of(const struct narrative_block *b)
{
	static const char *const looks[] = {
		[NARRATIVE_SUBJECT] = "subject",     [NARRATIVE_ADDRESSEE] = "words",
		[NARRATIVE_BASIS] = "basis",         [NARRATIVE_HEADING] = "heading",
		[NARRATIVE_PARAGRAPH] = "words",     [NARRATIVE_ITEM] = "item",
		[NARRATIVE_TABLE] = "words",         [NARRATIVE_RECIPIENT] = "item",
		[NARRATIVE_SIGNATORY] = "signatory",
	};

	return looks[b->kind];
}

static const struct form_row *row_of(const struct form_set *set, const char *indicator)
{
	for (size_t i = 0; indicator && i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator))
			return &set->rows[i];
	return NULL;
}

static const char *style_of(const struct narrative_run *r)
{
	if (r->kind == NARRATIVE_STATED)
		return "figure own";
	if (r->kind == NARRATIVE_FIGURE || r->kind == NARRATIVE_CHANGE)
		return str_eq(r->text, NARRATIVE_BLANK_TEXT) ? "figure blank" : "figure";
	if (r->kind == NARRATIVE_NOTE_MARK)
		return "note-mark";
	if (r->bold)
		return r->italic ? "bold italic" : "bold";
	return r->italic ? "italic" : NULL;
}

static enum err piece_of(struct report_text_piece *out, struct filling *f,
                         const struct narrative_run *r)
{
	const struct form_row *row = row_of(f->p->shown.set, r->indicator);

	*out = (struct report_text_piece){ .text = r->text, .look = style_of(r) };
	if (r->kind == NARRATIVE_STATED)
		out->about = msg_text(MSG_REPORT_TEXT_OWN);
	if (!row)
		return ERR_OK;
	out->linked = true;
	out->to = report_form_url(f->p->req, &f->p->r,
	                          link_form_sheet_show(f->p->of.set_code, row->form->code));
	return msg_format(&out->about, f->a,
	                  r->kind == NARRATIVE_STATED ? MSG_REPORT_TEXT_OWN_CELL
	                                              : MSG_REPORT_TEXT_CELL,
	                  row->form->code, row->code, row->label, r->reference);
}

static enum err pieces_of(struct report_text_line *line, struct filling *f,
                          const struct narrative_runs *runs)
{
	struct report_text_piece *pieces;

	TRY(arena_array(f->a, &pieces, runs->n + 1));
	for (size_t i = 0; i < runs->n; i++)
		TRY(piece_of(&pieces[i], f, &runs->at[i]));
	line->pieces = pieces;
	line->n = runs->n;
	return ERR_OK;
}

static enum err add_line(struct margin *s, struct filling *f, const char *look,
                         const struct narrative_runs *runs)
{
	struct report_text_line line = { .look = look };

	TRY(pieces_of(&line, f, runs));
	TRY(vec_room(f->a, s->lines, s->v.n_lines));
	s->lines[s->v.n_lines++] = line;
	return ERR_OK;
}

static enum err preview_block(struct filling *f, const struct narrative_block *b)
{
	struct margin *s = section_at(f, b->line);

	if (!s)
		return ERR_OK;
	for (size_t r = 0; r < b->n_rows; r++)
		for (size_t c = 0; c < b->columns; c++)
			if (b->rows[r].cells[c].n > 0)
				TRY(add_line(s, f, c == 0 ? "words" : "cell",
				             &b->rows[r].cells[c]));
	return b->kind == NARRATIVE_TABLE ? ERR_OK : add_line(s, f, look_of(b), &b->runs);
}

/* ---- margin ---- */

static enum err add_note(struct filling *f, struct margin *s, const char *tone,
                         const char *label, const char *text)
{
	struct report_text_note note = { tone, label, text };

	if (s) {
		TRY(vec_room(f->a, s->notes, s->v.n_notes));
		s->notes[s->v.n_notes++] = note;
		return ERR_OK;
	}
	TRY(vec_room(f->a, f->notes, f->n_notes));
	f->notes[f->n_notes++] = note;
	return ERR_OK;
}

static enum err note_problems(struct filling *f, const struct problems *problems,
                              const char *tone, enum msg label)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		TRY(add_note(f, section_at(f, p->line), tone, msg_text(label), p->message));
	return ERR_OK;
}

/* The line of the source that made line `line` of the plain text; 0: none. */
static int source_line(const struct narrative *text, int line)
{
	int at = 1;

	for (size_t i = 0; i < text->n; i++) {
		const struct narrative_block *b = &text->blocks[i];

		at += b->kind == NARRATIVE_TABLE ? (int)b->n_rows : 1;
		if (line < at)
			return b->line;
	}
	return 0;
}

static struct margin *section_of_finding(struct filling *f, const struct audit_finding *x)
{
	struct margin *s = NULL;

	for (size_t i = 0; i < x->n_places && !s; i++)
		if (x->places[i].line.file == 0)
			s = section_at(
			        f, source_line(&f->p->shown.text, x->places[i].line.line - 1));
	return s;
}

static enum err note_findings(struct filling *f)
{
	struct audit_result result;

	TRY(report_text_audit(&result, f->a, &f->p->shown));
	f->p->v.n_findings = result.n_findings;
	for (size_t i = 0; i < result.n_findings; i++) {
		const struct audit_finding *x = &result.findings[i];

		TRY(add_note(f, section_of_finding(f, x),
		             x->verdict == AUDIT_FAIL ? "late" : "soon",
		             audit_kind_label(x->kind), x->message));
	}
	return ERR_OK;
}

/* ---- the picker ---- */

static enum err offer_figures(struct report_text_page *p)
{
	const struct form_set *set = p->shown.set;
	struct arena *a = p->req->arena;
	struct choice *choices;
	char value[DEC_TEXT];

	TRY(arena_array(a, &choices, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		const struct rollup_value *x = &p->shown.sheet.values[i];
		struct choice *c = &choices[p->v.n_figures_offered];

		if (row->kind == FORM_GROUP || !x->fills)
			continue;
		c->value = row->id;
		TRY(arena_printf(a, &c->label, "%s/%s %s: %s", row->form->code, row->code,
		                 row->label,
		                 dec_is_none(x->value) ? NARRATIVE_BLANK_TEXT
		                                       : dec_vn(x->value, -1, value)));
		p->v.n_figures_offered++;
	}
	p->v.figures = choices;
	return ERR_OK;
}

static enum err offer_styles(struct report_text_page *p)
{
	static const enum msg labels[] = {
		MSG_REPORT_TEXT_STYLE_AGAINST_YEAR, MSG_REPORT_TEXT_STYLE_AGAINST_PERIOD,
		MSG_REPORT_TEXT_STYLE_YEAR,         MSG_REPORT_TEXT_STYLE_UNIT,
		MSG_REPORT_TEXT_STYLE_FRACTION,     MSG_REPORT_TEXT_STYLE_NOTE
	};
	struct choice *choices;

	TRY(arena_array(p->req->arena, &choices, ARRAY_LEN(labels) + 1));
	choices[0] = (struct choice){ "", msg_text(MSG_REPORT_TEXT_STYLE_NOW) };
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) { /* "so cùng kỳ: so với ..." */
		struct slice rest = slice_of(msg_text(labels[i])), word;

		(void)!slice_cut(&rest, ':', &word);
		TRY(arena_strndup(p->req->arena, &choices[i + 1].value, word.at, word.len));
		choices[i + 1].label = msg_text(labels[i]) + word.len + 2;
	}
	p->v.styles = choices;
	p->v.n_styles = ARRAY_LEN(labels) + 1;
	return ERR_OK;
}

static enum err offer_places(struct report_text_page *p, const struct filling *f)
{
	struct choice *places;

	TRY(arena_array(f->a, &places, f->n + 1));
	for (size_t i = 0; i < f->n; i++) {
		TRY(arena_printf(f->a, &places[i].value, "%zu", i + 1));
		places[i].label = *f->at[i].v.title ? f->at[i].v.title
		                                    : msg_text(MSG_REPORT_TEXT_OPENING);
	}
	p->v.places = places;
	p->v.n_places = f->n;
	TRY(offer_styles(p));
	return offer_figures(p);
}

/* ---- the whole ---- */

static enum err finish(struct filling *f)
{
	struct report_text_section *views;
	struct report_text_view *v = &f->p->v;

	TRY(arena_array(f->a, &views, f->n + 1));
	for (size_t i = 0; i < f->n; i++) {
		views[i] = f->at[i].v;
		views[i].lines = f->at[i].lines;
		views[i].notes = f->at[i].notes;
	}
	v->sections = views;
	v->n_sections = f->n;
	v->notes = f->notes;
	v->n_notes = f->n_notes;
	v->n_figures = f->p->shown.text.n_figures;
	v->n_blank = f->p->shown.text.n_blank;
	v->n_stated = f->p->shown.text.n_stated;
	return ERR_OK;
}

enum err report_text_fill(struct report_text_page *p)
{
	struct filling f = { .p = p, .a = p->req->arena };
	const struct narrative_shown *shown = &p->shown;

	TRY(start_sections(&f));
	for (size_t i = 0; i < shown->text.n; i++)
		TRY(preview_block(&f, &shown->text.blocks[i]));
	TRY(note_problems(&f, &shown->problems, "late", MSG_REPORT_TEXT_FAULT));
	TRY(note_problems(&f, &shown->remarks, "info", MSG_REPORT_TEXT_REMARK));
	if (shown->problems.n == 0)
		TRY(note_findings(&f));
	TRY(offer_places(p, &f));
	return finish(&f);
}
