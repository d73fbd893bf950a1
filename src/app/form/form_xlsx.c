#include "app/form/form_xlsx.h"

#include "doc/xlsx_write.h"

enum { CODE, LABEL, UNIT, FIGURE, NOTE, COLUMNS, FIRST_ROW = 6 };

struct writing {
	struct xlsx *x;
	struct arena *arena;
	const struct form_sheet *sheet;
	const struct form *form;
	int at; /* the next row of the worksheet */
};

static int place_of(const struct form *form, int row)
{
	return FIRST_ROW + row - form->first;
}

/* Cells of this form only: another form is another file. */
static bool write_cell_name(struct str *out, const void *self, const struct calc_ref *ref)
{
	const struct writing *w = self;
	char name[XLSX_CELL_NAME];

	if (ref->row < w->form->first || (size_t)(ref->row - w->form->first) >= w->form->n_rows)
		return false;
	str_put(out, xlsx_cell_name(name, place_of(w->form, ref->row), FIGURE));
	return true;
}

/* Only figures that are there: a blank cell would count as 0 in Excel. */
static bool all_known(const struct form_sheet *sheet, const struct calc *calc)
{
	for (size_t i = 0; i < calc->n_refs; i++)
		if (dec_is_none(sheet->cells[calc->refs[i]->row].value))
			return false;
	return true;
}

/* A sum whose blank parts belong to other levels may be written: Excel adds them as nothing. */
static bool only_adds(const struct calc_node *node)
{
	if (node->op == CALC_REF)
		return true;
	return node->op == CALC_ADD && only_adds(node->a) && only_adds(node->b);
}

static bool may_be_live(const struct writing *w, const struct form_row *row)
{
	const struct form_cell *cell = &w->sheet->cells[row->at];
	bool computed =
	        cell->source == FORM_COMPUTED ||
	        (cell->source == FORM_ENTERED && dec_cmp(cell->value, cell->computed) == 0);

	return computed && row->value && row->value->n_refs > 0 &&
	       (only_adds(row->value->root) || all_known(w->sheet, row->value));
}

static enum err write_live(struct writing *w, const struct form_row *row, int at,
                           unsigned style)
{
	const struct form_cell *cell = &w->sheet->cells[row->at];
	struct str formula;
	const char *text;

	str_init(&formula, w->arena, 4000);
	str_put(&formula, "=ROUND(");
	if (!may_be_live(w, row) ||
	    !calc_spreadsheet(&formula, row->value->root, write_cell_name, w)) {
		xlsx_decimal(w->x, at, FIGURE, style, cell->value);
		return ERR_OK;
	}
	str_printf(&formula, ",%d)", row->places);
	TRY(str_finish(&formula, &text));
	xlsx_formula(w->x, at, FIGURE, style, text, cell->value);
	return ERR_OK;
}

/* The note, and why a row is blank that this unit does not fill. */
static enum err note_of(const char **out, struct arena *a, const struct form_row *row,
                        const struct form_cell *cell)
{
	struct str s;

	str_init(&s, a, 8000);
	str_put(&s, cell->note ? cell->note : "");
	if (cell->why_blank && row->kind != FORM_GROUP)
		str_printf(&s, "%s%s", s.len ? ". " : "", cell->why_blank);
	if (cell->source == FORM_OVERRIDDEN && cell->reason &&
	    !str_eq(cell->reason, cell->note))
		str_printf(&s, "%s%s", s.len ? ". " : "", cell->reason);
	return str_finish(&s, out);
}

static enum err write_row(struct writing *w, const struct form_row *row)
{
	const struct form_cell *cell = &w->sheet->cells[row->at];
	int at = place_of(w->form, row->at);
	unsigned look = XLSX_BORDER | XLSX_WRAP;
	const char *note;

	if (row->depth == 0)
		look |= XLSX_BOLD;
	else if (row->depth >= 2)
		look |= XLSX_ITALIC;
	if (!cell->fills && dec_is_none(cell->value))
		look |= XLSX_MUTED;
	TRY(note_of(&note, w->arena, row, cell));
	xlsx_text(w->x, at, CODE, look | XLSX_CENTRE | XLSX_AS_TEXT, row->code);
	xlsx_text(w->x, at, LABEL, look, row->label);
	xlsx_text(w->x, at, UNIT, look | XLSX_CENTRE, row->unit);
	TRY(write_live(w, row, at, look | XLSX_RIGHT | XLSX_DECIMAL));
	xlsx_text(w->x, at, NOTE, look, note);
	return ERR_OK;
}

static enum err write_head(struct writing *w)
{
	const struct form_sheet *s = w->sheet;
	static const enum msg titles[] = { MSG_FORM_PRINT_CODE, MSG_FORM_PRINT_LABEL,
		                           MSG_FORM_PRINT_UNIT, MSG_FORM_PRINT_FIGURE,
		                           MSG_FORM_PRINT_NOTE };
	const char *line, *period;

	TRY(msg_format(&line, w->arena, MSG_FORM_PRINT_FORM, s->set->printed, w->form->code));
	xlsx_merge(w->x, (struct xlsx_range){ 0, 0, 0, NOTE }, XLSX_TITLE, line);
	xlsx_merge(w->x, (struct xlsx_range){ 1, 0, 1, NOTE }, XLSX_TITLE | XLSX_WRAP,
	           w->form->title);
	TRY(period_name(&period, w->arena, &s->period));
	TRY(msg_format(&line, w->arena, MSG_FORM_PRINT_UNIT_LINE, s->unit.name, period));
	xlsx_merge(w->x, (struct xlsx_range){ 2, 0, 2, NOTE }, XLSX_CENTRE | XLSX_WRAP, line);
	TRY(msg_format(&line, w->arena, MSG_FORM_PRINT_DOCUMENT, s->set->document));
	xlsx_merge(w->x, (struct xlsx_range){ 3, 0, 3, NOTE }, XLSX_CENTRE | XLSX_ITALIC, line);
	for (int i = 0; i < COLUMNS; i++)
		xlsx_text(w->x, FIRST_ROW - 1, i, XLSX_HEADER, msg_text(titles[i]));
	return ERR_OK;
}

static void write_line(struct writing *w, unsigned style, const char *text)
{
	xlsx_merge(w->x, (struct xlsx_range){ w->at, 0, w->at, NOTE }, style | XLSX_WRAP, text);
	w->at++;
}

/* Below the table: notes on units, the decisions on counting, what is still wrong. */
static enum err write_foot(struct writing *w)
{
	const struct form_set *set = w->sheet->set;
	const char *line;

	w->at = FIRST_ROW + (int)w->form->n_rows + 1;
	for (size_t i = 0; i < w->form->n_rows; i++) {
		const struct form_row *row = &set->rows[(size_t)w->form->first + i];

		if (!row->unit_note)
			continue;
		TRY(msg_format(&line, w->arena, MSG_FORM_PRINT_ROW_NOTE, row->code,
		               row->unit_note));
		write_line(w, XLSX_ITALIC | XLSX_SMALL, line);
	}
	write_line(w, XLSX_BOLD | XLSX_SMALL, msg_text(MSG_FORM_CLI_SETTINGS));
	for (size_t i = 0; i < set->n_settings; i++)
		write_line(w, XLSX_SMALL, form_sheet_sentence(w->sheet, i));
	return ERR_OK;
}

static enum err write_sheet(struct writing *w)
{
	static const int widths[] = { 8, 60, 18, 14, 34 };
	const char *name;

	TRY(msg_format(&name, w->arena, MSG_FORM_PRINT_FORM, w->sheet->set->printed,
	               w->form->code));
	xlsx_sheet(w->x, &(struct xlsx_sheet_setup){ .name = name,
	                                             .widths = widths,
	                                             .n_widths = COLUMNS,
	                                             .header_row = FIRST_ROW - 1,
	                                             .n_header_rows = 1,
	                                             .freeze = true,
	                                             .page_numbers = true });
	TRY(write_head(w));
	for (size_t i = 0; i < w->form->n_rows; i++)
		TRY(write_row(w, &w->sheet->set->rows[(size_t)w->form->first + i]));
	return write_foot(w);
}

enum err form_xlsx(struct str *out, struct arena *a, const struct form_sheet *sheet,
                   const struct form *form, instant_t created)
{
	XLSX_CLEANUP struct xlsx *x = NULL;
	struct xlsx_setup setup = { .title = form->title,
		                    .author = sheet->unit.name,
		                    .created = created };
	struct writing w = { .arena = a, .sheet = sheet, .form = form };

	TRY(xlsx_new(&x, &setup));
	w.x = x;
	TRY(write_sheet(&w));
	return xlsx_finish(x, out);
}
