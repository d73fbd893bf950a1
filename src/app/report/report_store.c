/* One report as it stands, and its history. */
#include "app/report/report_store.h"

#include "app/report/report_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

static ERR_RESULT to_report(struct report *out, const struct q_report_by_id_row *row)
{
	*out = (struct report){
		.id = row->id,
		.unit_id = row->unit_id,
		.receiver_id = row->receiver_id,
		.unit_now = row->unit_now,
		.receiver_now = row->receiver_now,
		.unit_code = row->unit_code,
		.unit_name = row->unit_name,
		.unit_level = row->unit_level,
		.receiver_name = row->receiver_name,
		.regime_id = row->regime_id,
		.regime_code = row->regime_code,
		.regime_title = row->regime_title,
		.period = row->period,
		.period_name = row->period_name,
		.from_on = row->from_on,
		.to_on = row->to_on,
		.send_by_on = row->send_by_on,
		.set_code = row->set_code,
		.revision = row->revision,
		.compiler_id = row->compiler_id,
		.checker_id = row->checker_id,
		.signer_id = row->signer_id,
		.clerk_id = row->clerk_id,
		.compiler_name = row->compiler_name,
		.checker_name = row->checker_name,
		.signer_name = row->signer_name,
		.clerk_name = row->clerk_name,
		.number = row->number,
		.notation = row->notation,
		.dated_on = row->dated_on,
		.signed_on = row->signed_on,
		.sent_on = row->sent_on,
		.first_sent_on = row->first_sent_on,
		.amends_report_id = row->amends_report_id,
		.amended_by_id = row->amended_by_id,
		.pinned_change_id = row->pinned_change_id,
		.content_sha256 = row->content_sha256,
	};
	if (!report_state_parse(&out->state, row->state))
		return err_set(ERR_DB, "report %lld is in the unknown state %s",
		               (long long)row->id.value, row->state);
	return ERR_OK;
}

ERR_RESULT report_find(struct report *out, struct db *db, struct arena *a, row_id scope,
                       row_id id, date_t today)
{
	struct q_report_by_id_in in = { id, scope, today };
	struct q_report_by_id_row row;

	TRY(q_report_by_id_one(db, a, &in, &row));
	return to_report(out, &row);
}

ERR_RESULT report_find_period(struct report *out, struct db *db, struct arena *a,
                              const struct report_of *of, date_t today)
{
	struct q_report_current_id_in in = { of->scope, of->unit, of->regime, of->period };
	struct q_report_current_id_row row;

	TRY(q_report_current_id_one(db, a, &in, &row));
	return report_find(out, db, a, of->scope, row.id, today);
}

/* ---- history ---- */

static ERR_RESULT to_event(struct report_event *out, const struct q_report_event_list_row *row)
{
	*out = (struct report_event){ .at = row->at,
		                      .action = REPORT_ACTION_COUNT_,
		                      .account_name = row->account_name,
		                      .unit_name = row->unit_name,
		                      .reason = row->reason,
		                      .number = row->number,
		                      .notation = row->notation,
		                      .dated_on = row->dated_on };
	if (!report_state_parse(&out->from, row->from_state) ||
	    !report_state_parse(&out->to, row->to_state))
		return err_set(ERR_DB, "an event leads from %s to %s", row->from_state,
		               row->to_state);
	if (!report_action_parse(&out->action, row->action))
		out->action = REPORT_ACTION_COUNT_;
	return ERR_OK;
}

ERR_RESULT report_events(struct report_events *out, struct db *db, struct arena *a,
                         row_id scope, row_id report)
{
	struct q_report_event_list_in in = { report, scope };
	struct q_report_event_list_row row;
	struct report_events events = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_report_event_list_open(&rows, db, &in));
	while (q_report_event_list_next(&rows, &row)) {
		TRY(vec_room(a, events.at, events.n));
		TRY(db_keep_row(a, &query_report_event_list, &row));
		TRY(to_event(&events.at[events.n++], &row));
	}
	*out = events;
	return db_rows_status(&rows);
}

/* ---- numbers ---- */

ERR_RESULT report_number_next(struct report_number *out, struct db *db, struct arena *a,
                              row_id unit, int year)
{
	struct q_report_number_last_in in = { unit, year };
	struct q_report_number_last_row row;
	enum err e = q_report_number_last_one(db, a, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = (struct report_number){ 1, "", DATE_NONE };
	if (e == ERR_OK)
		*out = (struct report_number){ row.number + 1, row.notation, DATE_NONE };
	return ERR_OK;
}

ERR_RESULT report_number_kept(struct report_number *out, struct db *db, struct arena *a,
                              row_id scope, row_id report)
{
	struct q_report_number_of_in in = { report, scope };
	struct q_report_number_of_row row;

	TRY(q_report_number_of_one(db, a, &in, &row));
	*out = (struct report_number){ row.number, row.notation, row.dated_on };
	return ERR_OK;
}
