/* Comments on cells: written by the office above when it returns a report, or inside the office
 * while it is checked; settled by whoever corrected the cell. */
#include <string.h>

#include "app/form/form_store.h"
#include "app/journal/journal_store.h"
#include "app/report/report_row_store.h"
#include "app/report/report_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

ERR_RESULT report_comments(struct report_comments *out, struct db *db, struct arena *a,
                           row_id scope, row_id report)
{
	struct q_report_comment_list_in in = { report, scope };
	struct q_report_comment_list_row row;
	struct report_comments list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_report_comment_list_open(&rows, db, &in));
	while (q_report_comment_list_next(&rows, &row)) {
		TRY(vec_room(a, list.at, list.n));
		TRY(db_keep_row(a, &query_report_comment_list, &row));
		list.at[list.n++] = (struct report_comment){ .id = row.id,
			                                     .report_id = row.report_id,
			                                     .account_id = row.account_id,
			                                     .form = row.form,
			                                     .indicator = row.indicator,
			                                     .text = row.body,
			                                     .account_name = row.account_name,
			                                     .unit_name = row.unit_name,
			                                     .at = row.at,
			                                     .settled_at = row.settled_at,
			                                     .settled_by = row.settled_by };
		list.n_open += instant_is_none(row.settled_at);
	}
	*out = list;
	return db_rows_status(&rows);
}

/* ---- checking ---- */

static bool has_row(const struct form_set *set, const struct report_remark *m)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, m->indicator) &&
		    str_eq(set->rows[i].form->code, m->form))
			return true;
	return false;
}

static ERR_RESULT check_remark(const struct form_set *set, const struct report_remark *m,
                               int line, struct problems *problems)
{
	bool whole = str_blank(m->indicator);

	if (str_blank(m->text))
		return problems_say(problems, "text", line, MSG_REPORT_REMARK_EMPTY);
	if (strlen(m->text) > REPORT_REMARK_LONGEST)
		return problems_say(problems, "text", line, MSG_REPORT_TOO_LONG, "2000");
	if (!whole && (!set || !m->form || !has_row(set, m)))
		return problems_say(problems, "text", line, MSG_REPORT_REMARK_ROW, m->indicator,
		                    m->form ? m->form : "");
	return ERR_OK;
}

ERR_RESULT report_check_remarks(struct db_write_context *w, const struct report *r,
                                const struct report_remark *remarks, size_t n,
                                struct problems *problems)
{
	const struct form_set *set = NULL;

	if (n == 0)
		return ERR_OK;
	if (n > REPORT_MOST_REMARKS)
		return problems_say(problems, "text", 0, MSG_REPORT_REMARK_MANY, "200");
	enum err e = form_set_open(&set, w->db, w->arena, r->set_code);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	for (size_t i = 0; i < n; i++)
		TRY(check_remark(e == ERR_OK ? set : NULL, &remarks[i], (int)i + 1, problems));
	return ERR_OK;
}

/* ---- writing ---- */

static ERR_RESULT add_remark(struct db_write_context *w, const struct report *r,
                             const struct report_actor *who, const struct report_remark *m)
{
	struct journal_note n = journal_note(w, SUBJECT_REPORT, r->id, KIND_UPDATE);
	struct q_report_comment_insert_in in = {
		.id = db_new_id(w),
		.report_id = r->id,
		.form = str_blank(m->indicator) ? "" : m->form,
		.indicator = m->indicator ? m->indicator : "",
		.body = m->text,
		.account_id = who->account_id,
		.unit_id = who->unit_id,
		.at = w->change->at,
		.change_id = w->change->id,
	};

	if (!str_blank(m->indicator))
		TRY(arena_printf(w->arena, &n.part, "%s/%s/%s", r->set_code, m->form,
		                 m->indicator));
	journal_put(&n, FIELD_COMMENT, NULL, m->text);
	TRY(journal_write(&n));
	return q_report_comment_insert_run(w->db, &in);
}

ERR_RESULT report_add_remarks(struct db_write_context *w, const struct report *r,
                              const struct report_actor *who,
                              const struct report_remark *remarks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(add_remark(w, r, who, &remarks[i]));
	return ERR_OK;
}

static bool works_on_reports(const struct report_actor *who, const struct report *r)
{
	uint64_t any = MAY(REPORT_COMPILE) | MAY(REPORT_SIGN) | MAY(REPORT_NUMBER) |
	               MAY(REPORT_RECEIVE);

	return (who->permissions & any) != 0 && !row_is_none(who->account_id) &&
	       (report_stands(REPORT_OWN, who, r) || report_stands(REPORT_ABOVE, who, r));
}

struct comment_call {
	const struct report_commenting *asked;
	struct problems *problems;
};

static enum err run_comment(struct db_write_context *w, void *arg)
{
	const struct comment_call *c = arg;
	const struct report_commenting *x = c->asked;
	struct report r;

	problems_init(c->problems, c->problems->arena);
	TRY(report_find(&r, w->db, w->arena, w->change->unit_id, x->report_id,
	                instant_day(w->change->at)));
	if (!works_on_reports(&x->who, &r))
		TRY(problems_say(c->problems, "", 0, MSG_REPORT_ONLY_ABOVE));
	if (x->n == 0)
		TRY(problems_say(c->problems, "text", 0, MSG_REPORT_REMARK_EMPTY));
	TRY(report_check_remarks(w, &r, x->remarks, x->n, c->problems));
	if (c->problems->n > 0)
		return err_set(ERR_INPUT, "a comment was refused");
	w->change->result = r.id;
	return report_add_remarks(w, &r, &x->who, x->remarks, x->n);
}

ERR_RESULT report_comment_add(struct db_writer *writer, struct change *change,
                              const struct report_commenting *c, struct problems *problems)
{
	struct comment_call call = { c, problems };

	return db_write(writer, change, run_comment, &call);
}

/* ---- settling ---- */

struct settle_call {
	row_id comment;
	const struct report_actor *who;
	struct problems *problems;
};

static ERR_RESULT check_settling(const struct settle_call *c, const struct report *r,
                                 const struct q_report_comment_find_row *row)
{
	bool author =
	        !row_is_none(c->who->account_id) && row_eq(c->who->account_id, row->account_id);
	bool corrects = report_stands(REPORT_OWN, c->who, r) &&
	                (c->who->permissions & MAY(REPORT_COMPILE)) != 0;

	if (!instant_is_none(row->settled_at))
		TRY(problems_say(c->problems, "", 0, MSG_REPORT_REMARK_SETTLED));
	else if (!author && !corrects)
		TRY(problems_say(c->problems, "", 0, MSG_REPORT_REMARK_NOT_YOURS));
	return c->problems->n > 0 ? err_set(ERR_INPUT, "a comment was not settled") : ERR_OK;
}

static enum err run_settle(struct db_write_context *w, void *arg)
{
	const struct settle_call *c = arg;
	struct q_report_comment_find_in find = { c->comment };
	struct q_report_comment_find_row row;
	struct q_report_comment_settle_in in = { c->comment, w->change->at,
		                                 c->who->account_id };
	struct report r;

	problems_init(c->problems, c->problems->arena);
	TRY(q_report_comment_find_one(w->db, w->arena, &find, &row));
	TRY(report_find(&r, w->db, w->arena, w->change->unit_id, row.report_id,
	                instant_day(w->change->at)));
	TRY(check_settling(c, &r, &row));
	struct journal_note n = journal_note(w, SUBJECT_REPORT, r.id, KIND_UPDATE);
	journal_put(&n, FIELD_COMMENT, NULL, row.body);
	journal_put_flag(&n, FIELD_SETTLED, false, true);
	TRY(journal_write(&n));
	w->change->result = r.id;
	return q_report_comment_settle_run(w->db, &in);
}

ERR_RESULT report_comment_settle(struct db_writer *writer, struct change *change,
                                 row_id comment, const struct report_actor *who,
                                 struct problems *problems)
{
	struct settle_call call = { comment, who, problems };

	return db_write(writer, change, run_settle, &call);
}
