#include "app/narrative/narrative_figures_store.h"

#include <string.h>

#include "app/narrative/narrative_period.h"
#include "app/narrative/narrative_store.sql.h"
#include "base/vec.h"

/* ---- procedures behind a figure ---- */

struct code {
	const char *procedure, *field;
	dec_t amount; /* DEC_NONE: counts once */
};

static enum err add_name(struct narrative_name **at, size_t *n, struct arena *a,
                         const char *name, dec_t amount)
{
	size_t i = 0;

	if (dec_is_none(amount))
		amount = dec_from_int(1);
	while (i < *n && !str_eq((*at)[i].name, name))
		i++;
	if (i < *n) {
		(*at)[i].count = dec_add((*at)[i].count, amount);
		return ERR_OK;
	}
	TRY(vec_room(a, *at, *n));
	(*at)[(*n)++] = (struct narrative_name){ name, amount };
	return ERR_OK;
}

static enum err add_codes(struct narrative_cell *cell, struct arena *a,
                          const struct code *codes, size_t n)
{
	struct narrative_name *fields = NULL, *procedures = NULL;
	size_t n_fields = 0, n_procedures = 0;

	for (size_t i = 0; i < n; i++) {
		const char *field = str_blank(codes[i].field)
		                            ? msg_text(MSG_NARRATIVE_OTHER_FIELD)
		                            : codes[i].field;

		TRY(add_name(&fields, &n_fields, a, field, codes[i].amount));
		TRY(add_name(&procedures, &n_procedures, a, codes[i].procedure,
		             codes[i].amount));
	}
	cell->fields = (struct narrative_names){ fields, n_fields };
	cell->procedures = (struct narrative_names){ procedures, n_procedures };
	return ERR_OK;
}

/* ---- this report ---- */

static enum err blank_cells(struct narrative_cell **out, struct arena *a,
                            const struct form_set *set)
{
	TRY(arena_array(a, out, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++)
		(*out)[i].value = (*out)[i].numerator = (*out)[i].denominator = DEC_NONE;
	return ERR_OK;
}

static enum err cell_of_value(struct narrative_cell *out, struct arena *a,
                              const struct rollup_value *v)
{
	struct code *codes;

	*out = (struct narrative_cell){ .value = v->value,
		                        .numerator = v->numerator,
		                        .denominator = v->denominator,
		                        .note = v->note };
	TRY(arena_array(a, &codes, v->n_codes + 1));
	for (size_t i = 0; i < v->n_codes; i++)
		codes[i] =
		        (struct code){ v->codes[i]->procedure, v->codes[i]->field, DEC_NONE };
	return add_codes(out, a, codes, v->n_codes);
}

static enum err put_unit(struct narrative_names *list, struct arena *a, const char *name)
{
	struct narrative_name *at;

	TRY(arena_array(a, &at, list->n + 1));
	if (list->n > 0)
		memcpy(at, list->at, list->n * sizeof(*at));
	at[list->n] = (struct narrative_name){ name, DEC_NONE };
	*list = (struct narrative_names){ at, list->n + 1 };
	return ERR_OK;
}

static enum err count_units(struct narrative_input *in, struct arena *a)
{
	if (in->missing.n + in->sent.n == 0)
		return ERR_OK;
	TRY(arena_printf(a, &in->variables[NARRATIVE_THE_N_OWED], "%02zu",
	                 in->missing.n + in->sent.n));
	TRY(arena_printf(a, &in->variables[NARRATIVE_THE_N_SENT], "%02zu", in->sent.n));
	return arena_printf(a, &in->variables[NARRATIVE_THE_N_MISSING], "%02zu", in->missing.n);
}

enum err narrative_input_of_sheet(struct narrative_input *out, struct arena *a,
                                  const struct rollup_sheet *sheet)
{
	struct narrative_input in = { .set = sheet->set };
	struct narrative_cell *cells;

	TRY(blank_cells(&cells, a, sheet->set));
	for (size_t i = 0; i < sheet->set->n_rows; i++)
		TRY(cell_of_value(&cells[i], a, &sheet->values[i]));
	in.cells[NARRATIVE_NOW] = cells;
	for (size_t i = 0; i < sheet->n_children; i++) {
		const struct rollup_child_report *c = &sheet->children[i];

		if (c->state != ROLLUP_CHILD_EXEMPT)
			TRY(put_unit(c->state == ROLLUP_CHILD_SENT ? &in.sent : &in.missing, a,
			             c->name));
	}
	TRY(count_units(&in, a));
	*out = in;
	return ERR_OK;
}

static const struct form_row *row_of(const struct form_set *set, const char *form,
                                     const char *indicator)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator) && str_eq(set->rows[i].form->code, form))
			return &set->rows[i];
	return NULL;
}

static enum err cell_of_content(struct narrative_cell *out, struct arena *a,
                                const struct package_cell *c)
{
	struct code *codes;

	*out = (struct narrative_cell){ .value = c->value,
		                        .numerator = c->numerator,
		                        .denominator = c->denominator,
		                        .note = c->note };
	TRY(arena_array(a, &codes, c->n_codes + 1));
	for (size_t i = 0; i < c->n_codes; i++)
		codes[i] = (struct code){ c->codes[i].procedure, c->codes[i].field,
			                  c->codes[i].amount };
	return add_codes(out, a, codes, c->n_codes);
}

enum err narrative_input_of_content(struct narrative_input *out, struct arena *a,
                                    const struct form_set *set,
                                    const struct package_content *content)
{
	struct narrative_input in = { .set = set };
	struct narrative_cell *cells;

	TRY(blank_cells(&cells, a, set));
	for (size_t i = 0; i < content->n_cells; i++) {
		const struct package_cell *c = &content->cells[i];
		const struct form_row *row = row_of(set, c->form, c->indicator);

		if (row)
			TRY(cell_of_content(&cells[row->at], a, c));
	}
	in.cells[NARRATIVE_NOW] = cells;
	for (size_t i = 0; i < content->n_children; i++)
		TRY(put_unit(content->children[i].sha256 ? &in.sent : &in.missing, a,
		             content->children[i].name));
	TRY(count_units(&in, a));
	*out = in;
	return ERR_OK;
}

/* ---- other periods ---- */

static enum err signed_cells(const struct narrative_cell **out, struct db *db, struct arena *a,
                             const struct form_set *set,
                             const struct q_narrative_signed_cells_in *in)
{
	struct q_narrative_signed_cells_row row;
	struct narrative_cell *cells;
	DB_ROWS rows = { 0 };
	bool any = false;

	*out = NULL;
	if (!in->period)
		return ERR_OK;
	TRY(blank_cells(&cells, a, set));
	TRY(q_narrative_signed_cells_open(&rows, db, in));
	while (q_narrative_signed_cells_next(&rows, &row)) {
		const struct form_row *at = row_of(set, row.form, row.indicator);

		any = true;
		if (at)
			cells[at->at] =
			        (struct narrative_cell){ .value = row.value,
				                         .numerator = row.numerator,
				                         .denominator = row.denominator };
	}
	*out = any ? cells : NULL;
	return db_rows_status(&rows);
}

/* ---- words ---- */

static enum err name_office(struct narrative_input *in, struct arena *a, const char *unit)
{
	const char *long_form = msg_text(MSG_NARRATIVE_COMMITTEE);
	const char *short_form = msg_text(MSG_NARRATIVE_COMMITTEE_SHORT);
	const char **v = in->variables;

	v[NARRATIVE_THE_UNIT] = v[NARRATIVE_THE_OFFICE] = v[NARRATIVE_THE_PLACE] = unit;
	if (!str_starts(unit, long_form))
		return ERR_OK;
	v[NARRATIVE_THE_PLACE] = unit + strlen(long_form);
	while (*v[NARRATIVE_THE_PLACE] == ' ')
		v[NARRATIVE_THE_PLACE]++;
	return arena_printf(a, &v[NARRATIVE_THE_OFFICE], "%s %s", short_form,
	                    v[NARRATIVE_THE_PLACE]);
}

enum err narrative_input_about(struct narrative_input *input, struct db *db, struct arena *a,
                               const struct narrative_report *r, int64_t pinned)
{
	struct q_narrative_signed_cells_in in = { .unit_id = r->unit_id,
		                                  .regime_code = r->regime_code,
		                                  .pinned = pinned };
	const char **v = input->variables;
	struct narrative_periods p;
	char day[DATE_TEXT];

	TRY(narrative_periods_of(&p, a, r->period, r->period_name));
	TRY(name_office(input, a, r->unit_name));
	TRY(arena_strdup(a, &v[NARRATIVE_THE_FROM], date_vn(r->from_on, day)));
	TRY(arena_strdup(a, &v[NARRATIVE_THE_TO], date_vn(r->to_on, day)));
	v[NARRATIVE_THE_ABOVE] = r->receiver_name;
	v[NARRATIVE_THE_PERIOD] = r->period_name;
	v[NARRATIVE_THE_PERIOD_LAST] = p.last_name;
	v[NARRATIVE_THE_PERIOD_LAST_YEAR] = p.last_year_name;
	v[NARRATIVE_THE_PERIOD_NEXT] = p.next_name;
	v[NARRATIVE_THE_YEAR] = p.year;
	v[NARRATIVE_THE_YEAR_LAST] = p.year_last;
	v[NARRATIVE_THE_YEAR_NEXT] = p.year_next;
	input->period = p.word;
	in.period = p.last;
	TRY(signed_cells(&input->cells[NARRATIVE_LAST_PERIOD], db, a, input->set, &in));
	in.period = p.last_year;
	return signed_cells(&input->cells[NARRATIVE_LAST_YEAR], db, a, input->set, &in);
}
