#include "app/rollup/rollup_where_page.h"

#include <stdio.h>

#include "gen/links.h"

enum err rollup_where_open(struct rollup_sheet *out, const struct form_where *w)
{
	struct form_sheet_of of = { .scope = w->req->actor->unit_id,
		                    .unit = w->unit,
		                    .period = w->period };

	return rollup_sheet_open(out, w->req->db, w->req->arena, w->set, &of);
}

struct url rollup_where_sheet(const struct form_where *w, const char *form)
{
	return form_where_url(w, link_rollup_form_show(w->set->code, form));
}

struct url rollup_where_row(const struct form_where *w, const struct form_row *row)
{
	return form_where_url(
	        w, link_rollup_figure_show(w->set->code, row->form->code, row->code));
}

/* The child's row has the same indicator; its form and printed number may be others. */
static const struct form_row *row_of_child(const struct form_set *set, const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id))
			return &set->rows[i];
	return NULL;
}

bool rollup_where_child(struct url *out, const struct rollup_child_report *child,
                        const struct form_row *row)
{
	const struct form_row *theirs = child->set ? row_of_child(child->set, row->id) : NULL;
	char unit[32], period[PERIOD_TEXT];
	struct url u;

	if (!theirs)
		return false;
	u = link_rollup_figure_show(child->set->code, theirs->form->code, theirs->code);
	snprintf(unit, sizeof(unit), "%lld", (long long)child->unit.value);
	u = url_with(u, "unit", unit);
	*out = url_with(u, "period", period_code(child->period.from, child->period.to, period));
	return true;
}

enum err rollup_where_number(const char **out, struct arena *a, dec_t value, int places)
{
	char text[DEC_TEXT];

	if (dec_is_none(value)) {
		*out = "";
		return ERR_OK;
	}
	return arena_strdup(a, out, dec_vn(value, places, text));
}
