#include "app/form/form_remark_store.h"

#include "app/form/form_remark_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

static const struct form_row *row_of(const struct form_set *set, const char *form,
                                     const char *indicator)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator) && str_eq(set->rows[i].form->code, form))
			return &set->rows[i];
	return NULL;
}

static ERR_RESULT read_list(struct form_remarks *out, struct db *db, struct arena *a,
                            const struct form_sheet *sheet)
{
	struct q_form_remark_list_in in = { sheet->scope, sheet->unit.id, sheet->set->code,
		                            sheet->period.from, sheet->period.to };
	struct q_form_remark_list_row row;
	DB_ROWS rows = { 0 };

	TRY(q_form_remark_list_open(&rows, db, &in));
	while (q_form_remark_list_next(&rows, &row)) {
		const struct form_row *of = row_of(sheet->set, row.form, row.indicator);

		if (!of)
			continue; /* of a version of the set that had the row */
		TRY(vec_room(a, out->at, out->n));
		TRY(db_keep_row(a, &query_form_remark_list, &row));
		out->at[out->n++] = (struct form_remark){ row.id,
			                                  of,
			                                  row.body,
			                                  row.account_name,
			                                  row.unit_name,
			                                  row.at,
			                                  !instant_is_none(row.settled_at) };
	}
	return db_rows_status(&rows);
}

enum err form_remarks(struct form_remarks *out, struct db *db, struct arena *a,
                      const struct form_sheet *sheet)
{
	struct q_form_remark_report_in in = { sheet->scope, sheet->unit.id, sheet->set->code,
		                              sheet->period.from, sheet->period.to };
	struct q_form_remark_report_row row;
	struct form_remarks list = { .report_id = ROW_NONE };
	enum err e = q_form_remark_report_one(db, a, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_OK) {
		list.report_id = row.report_id;
		TRY(read_list(&list, db, a, sheet));
	}
	*out = list;
	return ERR_OK;
}

enum err form_reported_below(bool *out, struct db *db, struct arena *a,
                             const struct form_sheet *sheet)
{
	struct q_form_reported_below_in in = { sheet->unit.id, sheet->set->code,
		                               sheet->period.from, sheet->period.to };
	struct q_form_reported_below_row row;

	TRY(q_form_reported_below_one(db, a, &in, &row));
	*out = row.n > 0;
	return ERR_OK;
}
