#include "app/report/report_remote_store.h"

#include "app/report/report_freeze_store.sql.h"
#include "app/report/report_row_store.h"
#include "app/report/report_store.sql.h"
#include "base/str.h"

static date_t today(const struct db_write_context *w)
{
	return instant_day(w->change->at);
}

static ERR_RESULT find(struct report *out, struct db_write_context *w, row_id id)
{
	return report_find(out, w->db, w->arena, ROW_NONE, id, today(w));
}

/* Nobody of ours; the office that did it. */
static struct report_doing doing_of(const struct report *r, enum report_action action,
                                    const char *reason)
{
	bool own = report_action_rule(action)->where != REPORT_ABOVE;

	return (struct report_doing){ .report_id = r->id,
		                      .action = action,
		                      .who = { .unit_id = own ? r->unit_now : r->receiver_now },
		                      .given = { .reason = reason,
		                                 .number = REPORT_NO_NUMBER,
		                                 .notation = "",
		                                 .dated_on = DATE_NONE } };
}

/* ---- at the office above ---- */

ERR_RESULT report_number_is_taken(bool *out, struct db *db, struct arena *a,
                                  const struct report *r, const struct report_arriving *x)
{
	struct q_report_number_holder_in in = { r->unit_now, date_year(x->dated_on),
		                                x->number };
	struct q_report_number_holder_row row;

	*out = false;
	if (x->number <= 0)
		return ERR_OK;
	enum err e = q_report_number_holder_one(db, a, &in, &row);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*out = !row_eq(row.report_id, r->id);
	return ERR_OK;
}

static ERR_RESULT keep_number(struct db_write_context *w, const struct report *r)
{
	struct q_report_number_add_in add = { .unit_id = r->unit_now,
		                              .year = date_year(r->dated_on),
		                              .number = r->number,
		                              .report_id = r->id,
		                              .notation = r->notation,
		                              .dated_on = r->dated_on,
		                              .change_id = w->change->id };

	return r->number == REPORT_NO_NUMBER ? ERR_OK : q_report_number_add_run(w->db, &add);
}

static void put_header(struct report *r, const struct report_arriving *x, date_t day)
{
	r->state = REPORT_SENT;
	r->content_sha256 = x->sha256;
	r->signed_on = x->signed_on;
	r->sent_on = day;
	if (date_is_none(r->first_sent_on))
		r->first_sent_on = day;
	if (x->number <= 0)
		return;
	r->number = x->number;
	r->notation = x->notation;
	r->dated_on = x->dated_on;
}

ERR_RESULT report_arrive_in(struct report *out, struct db_write_context *w,
                            const struct report_arriving *x)
{
	struct report before, after;

	TRY(find(&before, w, x->report_id));
	if (before.state != REPORT_COMPILING || !row_is_none(before.amended_by_id))
		return err_set(ERR_CONFLICT, "a document came for a report that is %s",
		               report_state_word(before.state));
	struct report_doing doing = doing_of(&before, REPORT_DO_ARRIVE, NULL);
	after = before;
	put_header(&after, x, today(w));
	TRY(report_change_row(w, &before, &after, &doing));
	TRY(q_report_pinned_set_run(
	        w->db, &(struct q_report_pinned_set_in){ x->report_id, ROW_NONE, x->sha256 }));
	TRY(keep_number(w, &after));
	return find(out, w, x->report_id);
}

static ERR_RESULT move(struct report *r, struct db_write_context *w, enum report_action action,
                       const char *reason)
{
	struct report_doing doing = doing_of(r, action, reason);
	struct report after = *r;

	after.state = report_action_rule(action)->to;
	TRY(report_change_row(w, r, &after, &doing));
	return find(r, w, r->id);
}

static ERR_RESULT amend(struct report *out, struct db_write_context *w,
                        const struct report *before, const char *reason)
{
	struct report_doing doing = doing_of(before, REPORT_DO_AMEND, reason);
	struct report after = *before, next = *before;

	next.id = db_new_id(w);
	next.amends_report_id = before->id;
	next.content_sha256 = NULL;
	next.pinned_change_id = ROW_NONE;
	after.amended_by_id = next.id;
	TRY(report_change_row(w, before, &after, &doing));
	TRY(report_add_row(w, &next, reason));
	return find(out, w, next.id);
}

ERR_RESULT report_replace_in(struct report *out, struct db_write_context *w, row_id report,
                             const char *reason)
{
	struct report r;

	TRY(find(&r, w, report));
	if (r.state == REPORT_SENT)
		TRY(move(&r, w, REPORT_DO_RETURN, reason));
	if (r.state != REPORT_RETURNED || !row_is_none(r.amended_by_id))
		return err_set(ERR_CONFLICT, "a report that is %s cannot be replaced",
		               report_state_word(r.state));
	return amend(out, w, &r, reason);
}

/* ---- at the office that reports ---- */

/* What the set here does not know is kept as a comment on the whole. */
static ERR_RESULT fit_remarks(const struct report_remark **out, struct db_write_context *w,
                              const struct report *r, const struct report_telling *x)
{
	struct report_remark *fit;

	TRY(arena_array(w->arena, &fit, x->n + 1));
	for (size_t i = 0; i < x->n; i++) {
		struct problems problems;

		fit[i] = x->remarks[i];
		problems_init(&problems, w->arena);
		TRY(report_check_remarks(w, r, &fit[i], 1, &problems));
		if (problems.n > 0)
			fit[i].form = fit[i].indicator = "";
	}
	*out = fit;
	return ERR_OK;
}

ERR_RESULT report_told_in(bool *done, struct db_write_context *w,
                          const struct report_telling *x)
{
	enum report_action action = x->accepted ? REPORT_DO_ACCEPT : REPORT_DO_RETURN;
	const struct report_remark *remarks;
	struct report r;

	TRY(find(&r, w, x->report_id));
	if (!x->accepted && r.state == REPORT_ACCEPTED)
		action = REPORT_DO_UNLOCK;
	*done = row_is_none(r.amended_by_id) &&
	        (report_action_rule(action)->from >> r.state & 1) != 0;
	if (!*done)
		return ERR_OK;
	struct report_actor who = doing_of(&r, action, NULL).who;
	TRY(fit_remarks(&remarks, w, &r, x));
	TRY(move(&r, w, action, x->reason));
	return report_add_remarks(w, &r, &who, remarks, x->n);
}
