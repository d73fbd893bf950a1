/* The known forms of a report, checked by the rules of their own files (forms/, app/form): the
 * same that check the program's own sheets. */
#include "app/audit/audit_form.h"
#include "app/audit/audit_paper.h"

enum { MOST_COLUMNS = 8 /* of values in one table: each is a sheet of its own */ };

/* ---- values ---- */

bool form_value_column(size_t *out, const struct grid *g, size_t nth)
{
	size_t n = 0;
	int called = table_column_of(g->t, COLUMN_VALUE);

	for (size_t c = 0; c < g->n_columns; c++)
		if (g->columns[c].kind == GRID_AMOUNT && n++ == nth) {
			*out = c;
			return true;
		}
	*out = (size_t)called;
	return n == 0 && nth == 0 && called >= 0;
}

const struct grid_cell *form_cell_of(const struct form_filled *f, int row)
{
	const struct form_place *p = &f->sheet->places[row];
	size_t column;

	return p->grid && form_value_column(&column, p->grid, f->nth)
	               ? grid_at(p->grid, p->row, column)
	               : NULL;
}

/* Millions of đồng in the forms; the document's amounts are in đồng. */
static dec_t value_of(const struct grid_cell *c)
{
	enum { MILLION = 6, MOST_PLACES = 9 };
	struct number n = c->value;

	if (c->dong) {
		while (n.places + MILLION > MOST_PLACES && n.digits % 10 == 0) {
			n.digits /= 10;
			n.places--;
		}
		n.places += MILLION;
	}
	return n.places > MOST_PLACES ? DEC_NONE : number_dec(n);
}

static bool has_formula(const struct form_row *row)
{
	return row->value && row->value->n_refs > 0;
}

static void state(struct form_stated *out, const struct form_filled *f,
                  const struct form_row *row)
{
	const struct form_place *p = &f->sheet->places[row->at];
	const struct grid_cell *c = form_cell_of(f, row->at);

	*out = FORM_NOTHING_STATED;
	out->blank = has_formula(row);
	if (!c || c->state != CELL_FIGURE || !c->exact)
		return;
	out->value = value_of(c);
	out->places = c->value.places;
	for (size_t i = 0; i < p->grid->n_columns; i++)
		if (p->grid->t->columns[i].role == COLUMN_NOTE)
			out->note = grid_text(p->grid, p->row, i);
}

/* ---- whose report it is ---- */

static int count_tier(const struct forms *f, unsigned only)
{
	int n = 0;

	for (size_t i = 0; i < f->n_filled; i++)
		for (size_t r = 0; r < f->sheets.set->n_rows; r++)
			n += f->sheets.set->rows[r].tiers == only &&
			     f->sheets.set->rows[r].kind == FORM_COUNT &&
			     !dec_is_none(f->filled[i].stated[r].value);
	return n;
}

static enum form_tier tier_of_rows(const struct forms *f)
{
	if (count_tier(f, 1U << FORM_PROVINCE) > 1)
		return FORM_PROVINCE;
	return count_tier(f, 1U << FORM_DISTRICT) > 1 ? FORM_DISTRICT : FORM_COMMUNE;
}

/* The office says so; else the rows that are filled. */
static enum err find_tier(struct forms *f)
{
	enum office_level level;

	TRY(office_level_own(&level, f->x));
	if (level == LEVEL_COMMUNE)
		f->input.tier = FORM_COMMUNE;
	else if (level == LEVEL_DISTRICT)
		f->input.tier = FORM_DISTRICT;
	else if (level == LEVEL_PROVINCE || level == LEVEL_CENTRAL)
		f->input.tier = FORM_PROVINCE;
	else
		f->input.tier = tier_of_rows(f);
	return ERR_OK;
}

static void find_period(struct forms *f)
{
	enum { USUAL_YEAR = 2024 };
	int year = f->x->document->head.year;

	if (year < PERIOD_FIRST_YEAR || year > PERIOD_LAST_YEAR)
		year = USUAL_YEAR;
	f->input.period = period_of_days(date_make(year, 1, 1), date_make(year, 12, 31));
}

/* ---- filling and evaluating ---- */

static void claim(const struct form_sheets *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t r = 0; r < s->set->n_rows; r++) {
			const struct form_place *p = &s->sheets[i].places[r];

			if (p->grid)
				p->grid->rows[p->row].claimed = true;
		}
}

/* Rates of the forms count for the habit of rounding too. */
static void count_habit(const struct form_filled *f, const struct form_row *row)
{
	const struct grid_cell *rate, *part, *whole;

	if (!row->numerator || row->numerator->op != CALC_REF ||
	    row->denominator->op != CALC_REF)
		return;
	rate = form_cell_of(f, row->at);
	part = form_cell_of(f, row->numerator->ref->row);
	whole = form_cell_of(f, row->denominator->ref->row);
	if (rate && part && whole && rate->state == CELL_FIGURE && part->state == CELL_FIGURE &&
	    whole->state == CELL_FIGURE)
		grid_rounds(f->sheet->places[row->at].grid,
		            number_fits_percent(rate->value, part->value, whole->value),
		            rate->value, part->value, whole->value);
}

/* The values of the n-th columns of a sheet; false when no table of it has that many. */
static bool any_column(const struct forms *f, const struct form_sheet *sheet, size_t nth)
{
	size_t column;

	for (size_t r = 0; r < f->sheets.set->n_rows; r++)
		if (sheet->places[r].grid &&
		    form_value_column(&column, sheet->places[r].grid, nth))
			return true;
	return false;
}

static enum err fill(struct forms *f)
{
	size_t n = f->sheets.set->n_rows;

	TRY(arena_array(f->x->arena, &f->filled, f->sheets.n * MOST_COLUMNS));
	for (size_t i = 0; i < f->sheets.n; i++)
		for (size_t nth = 0; nth < MOST_COLUMNS; nth++) {
			struct form_filled *filled = &f->filled[f->n_filled];

			if (!any_column(f, &f->sheets.sheets[i], nth))
				break;
			*filled = (struct form_filled){ &f->sheets.sheets[i], nth, NULL, NULL };
			TRY(arena_array(f->x->arena, &filled->stated, n + 1));
			for (size_t r = 0; r < n; r++)
				state(&filled->stated[r], filled, &f->sheets.set->rows[r]);
			f->n_filled++;
		}
	return ERR_OK;
}

static enum err evaluate(struct forms *f)
{
	for (size_t i = 0; i < f->n_filled; i++) {
		f->input.stated = f->filled[i].stated;
		TRY(form_evaluate(&f->filled[i].cells, f->x->arena, &f->input));
		for (size_t r = 0; r < f->sheets.set->n_rows; r++)
			count_habit(&f->filled[i], &f->sheets.set->rows[r]);
	}
	return ERR_OK;
}

enum err forms_find(struct forms **out, struct audit *x, struct grid *grids, size_t n)
{
	const char **choices;
	struct forms *f;

	*out = NULL;
	TRY(arena_new(x->arena, &f));
	f->x = x;
	TRY(form_sheets_of(&f->sheets, x, grids, n));
	if (f->sheets.n == 0)
		return ERR_OK;
	f->input.set = f->sheets.set;
	TRY(arena_array(x->arena, &choices, f->sheets.set->n_settings + 1));
	for (size_t i = 0; i < f->sheets.set->n_settings; i++)
		choices[i] = f->sheets.set->settings[i]
		                     .choices[f->sheets.set->settings[i].usual]
		                     .word;
	f->input.choices = choices;
	claim(&f->sheets);
	TRY(fill(f));
	TRY(find_tier(f));
	find_period(f);
	TRY(evaluate(f));
	*out = f;
	return ERR_OK;
}
