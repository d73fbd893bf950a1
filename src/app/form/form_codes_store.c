#include "app/form/form_codes_store.h"

#include <string.h>

#include "app/form/form_records_store.h"
#include "app/form/form_totals_store.h"
#include "base/vec.h"

enum { A_PAGE = 1000 };

struct listing {
	struct form_asking asking;
	struct form_codes *codes;
};

static enum form_tier tier_of(const char *word)
{
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		if (str_eq(form_tier_word(tier), word))
			return tier;
	return FORM_PROVINCE;
}

static enum err add(struct listing *l, const struct form_code *code)
{
	struct form_codes *codes = l->codes;

	TRY(vec_room(l->asking.arena, codes->at, codes->n));
	codes->at[codes->n++] = *code;
	return ERR_OK;
}

/* "1.003583|Đất đai" */
static enum err split(struct form_code *out, struct arena *a, const char *text)
{
	const char *bar = text ? strchr(text, '|') : NULL;

	*out = (struct form_code){ .procedure = "", .field = "", .amount = DEC_NONE };
	if (!bar)
		return ERR_OK;
	TRY(arena_strndup(a, &out->procedure, text, (size_t)(bar - text)));
	return arena_strdup(a, &out->field, bar + 1);
}

/* ---- procedures, each once ---- */

static enum err add_record(struct listing *l, const struct select_value *values,
                           bool of_dossiers)
{
	struct form_code code = { .amount = DEC_NONE };

	if (of_dossiers) {
		TRY(split(&code, l->asking.arena, values[0].text));
	} else {
		code.procedure = values[0].text ? values[0].text : "";
		code.field = values[2].text ? values[2].text : "";
	}
	code.tier = tier_of(values[1].text);
	return add(l, &code);
}

static enum err list_distinct(struct listing *l, const struct calc_total *total)
{
	bool of_dossiers = str_eq(total->set, "dossier");
	const struct recordset_field *field;
	struct select_page page = { .limit = A_PAGE };
	struct select_rows rows = { .more = true };
	struct select s;

	TRY(form_select(&s, &field, &l->asking, total));
	s.one_of_each = field;
	page.columns[0] = recordset_field(s.set, of_dossiers ? "code_and_field" : "code");
	page.columns[1] = recordset_field(s.set, of_dossiers ? "unit_tier" : "tier");
	page.n_columns = 2;
	if (!of_dossiers)
		page.columns[page.n_columns++] = recordset_field(s.set, "field_name");
	while (rows.more) {
		TRY(select_fetch(&rows, l->asking.db, l->asking.arena, &s, &page));
		for (size_t i = 0; i < rows.n; i++)
			TRY(add_record(l, &rows.values[i * page.n_columns], of_dossiers));
		if (rows.n > 0)
			page.after_key = rows.keys[rows.n - 1];
	}
	return ERR_OK;
}

/* ---- dossiers of each procedure ---- */

static enum err list_amounts(struct listing *l, const struct calc_total *total)
{
	const struct recordset_field *ignored;
	struct total count = { .kind = TOTAL_COUNT };
	struct totals_by by = { .totals = &count, .n = 1 };
	struct totals_groups groups;
	struct select s;

	TRY(form_select(&s, &ignored, &l->asking, total));
	by.field = recordset_field(s.set, "code_and_field");
	TRY(select_totals_by_field(&groups, l->asking.db, l->asking.arena, &s, &by));
	for (size_t i = 0; i < groups.n; i++) {
		struct form_code code;

		TRY(split(&code, l->asking.arena, groups.at[i].by));
		code.amount = groups.at[i].values[0];
		TRY(add(l, &code));
	}
	return ERR_OK;
}

/* ---- a row ---- */

/* Whether the lists make up the figure that is printed. */
static bool make_up(const struct form_codes *codes, const struct form_cell *cell)
{
	dec_t sum = dec_from_int(0);

	for (size_t i = 0; i < codes->n; i++)
		sum = dec_add(sum, dec_is_none(codes->at[i].amount) ? dec_from_int(1)
		                                                    : codes->at[i].amount);
	return !dec_is_none(cell->value) && !dec_is_none(sum) && dec_cmp(sum, cell->value) == 0;
}

/* One total of procedures, or totals of dossiers that are added. */
static bool can_list(const struct form_parts *parts, const struct form_row *row)
{
	bool catalogue = row->rollup == FORM_CATALOGUE;

	if (!parts->adds || parts->n == 0 || (catalogue && parts->n > 1))
		return false;
	for (size_t i = 0; i < parts->n; i++) {
		const struct calc_total *total = parts->at[i].total;
		bool counts = total->kind == CALC_COUNT && str_eq(total->set, "dossier");

		if (catalogue ? total->kind != CALC_COUNT_DISTINCT : !counts)
			return false;
		if (dec_is_none(parts->at[i].value))
			return false;
	}
	return true;
}

enum err form_codes_of(struct form_codes *out, struct db *db, struct arena *a,
                       const struct form_sheet *sheet, const struct form_row *row)
{
	struct form_codes codes = { 0 };
	struct listing l = { { db, a, sheet->set, sheet->choices, sheet->unit.tier,
		               sheet->unit.id, sheet->period, sheet->own },
		             &codes };
	struct form_parts parts;

	*out = codes;
	if (row->kind != FORM_COUNT ||
	    (row->rollup != FORM_CATALOGUE && row->rollup != FORM_SUM))
		return ERR_OK;
	TRY(form_parts_of(&parts, db, a, sheet, row));
	if (!can_list(&parts, row))
		return ERR_OK;
	for (size_t i = 0; i < parts.n; i++)
		TRY(row->rollup == FORM_CATALOGUE ? list_distinct(&l, parts.at[i].total)
		                                  : list_amounts(&l, parts.at[i].total));
	codes.known = make_up(&codes, &sheet->cells[row->at]);
	if (codes.known)
		*out = codes;
	return ERR_OK;
}
