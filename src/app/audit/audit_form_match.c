/* Which table of the report is which known form, and which sheet each belongs to. */
#include "app/audit/audit_form.h"

#include "app/form/form_match.h"
#include "app/form/form_shipped.h"
#include "base/vec.h"

/* Free for these rows, and they come after those that it has of this form. */
static bool takes(const struct form_sheet *sheet, const struct form_found *a, size_t n_rows)
{
	bool begun = false;

	for (size_t j = a->form->n_rows; j-- > 0 && !begun;) {
		begun = sheet->places[a->form->first + (int)j].grid;
		for (size_t i = 0; begun && i < n_rows; i++)
			if (a->row_of[i] >= 0 && a->row_of[i] <= (int)j)
				return false;
	}
	return true;
}

static enum err put(struct form_sheets *s, struct audit *x, struct grid *g,
                    const struct form_found *a)
{
	size_t at = 0;

	while (at < s->n && !takes(&s->sheets[at], a, g->n_rows))
		at++;
	if (at == s->n) {
		TRY(vec_room(x->arena, s->sheets, s->n));
		TRY(arena_array(x->arena, &s->sheets[at].places, s->set->n_rows));
		s->n++;
	}
	for (size_t i = 0; i < g->n_rows; i++)
		if (a->row_of[i] >= 0)
			s->sheets[at].places[a->form->first + a->row_of[i]] =
			        (struct form_place){ g, i };
	return ERR_OK;
}

/* Every form has a column of units. */
static enum err print_table(struct form_printed *out, struct arena *a, const struct grid *g)
{
	struct form_printed_row *rows;

	*out = (struct form_printed){ 0 };
	if (g->unit < 0 || g->label < 0)
		return ERR_OK;
	TRY(arena_array(a, &rows, g->n_rows + 1));
	for (size_t r = 0; r < g->n_rows; r++)
		rows[r] = (struct form_printed_row){ g->t->rows[g->rows[r].at].number,
			                             g->rows[r].label };
	*out = (struct form_printed){ rows, g->n_rows };
	return ERR_OK;
}

/* Of the shipped sets the one whose labels fit best. */
static enum err best_set(struct form_match *out, struct audit *x,
                         const struct form_matcher *matcher)
{
	struct form_shipped_codes codes;

	TRY(form_shipped_codes(&codes, x->arena));
	for (size_t i = 0; i < codes.n; i++) {
		struct form_shipped shipped;
		struct form_match match;

		TRY(form_shipped_load(&shipped, x->arena, codes.at[i]));
		TRY(form_match(&match, matcher, shipped.set));
		if (match.score > out->score)
			*out = match;
	}
	return ERR_OK;
}

enum err form_sheets_of(struct form_sheets *out, struct audit *x, struct grid *grids, size_t n)
{
	struct form_match best = { .n = 0 };
	struct form_printed *tables;
	struct form_matcher matcher;

	*out = (struct form_sheets){ .n = 0 };
	TRY(arena_array(x->arena, &tables, n + 1));
	for (size_t i = 0; i < n; i++)
		TRY(print_table(&tables[i], x->arena, &grids[i]));
	TRY(form_matcher_init(&matcher, x->arena, tables, n));
	if (matcher.longest == 0)
		return ERR_OK;
	TRY(best_set(&best, x, &matcher));
	out->set = best.set;
	for (size_t i = 0; i < best.n; i++)
		TRY(put(out, x, &grids[best.found[i].table], &best.found[i]));
	return ERR_OK;
}
