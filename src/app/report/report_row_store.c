#include "app/report/report_row_store.h"

#include <string.h>

#include "app/form/form_lock_store.h"
#include "app/journal/journal_store.h"
#include "app/report/report_store.sql.h"
#include "base/str.h"

/* ---- history ---- */

static ERR_RESULT add_event(struct db_write_context *w, const struct q_report_event_add_in *e)
{
	struct q_report_event_add_in in = *e;

	in.id = db_new_id(w);
	in.at = w->change->at;
	in.change_id = w->change->id;
	return q_report_event_add_run(w->db, &in);
}

/* ---- a new document ---- */

static ERR_RESULT note_new(struct db_write_context *w, const struct report *r)
{
	struct journal_note n = journal_note(w, SUBJECT_REPORT, r->id, KIND_CREATE);
	char amends[24] = "";

	if (!row_is_none(r->amends_report_id))
		snprintf(amends, sizeof(amends), "%lld", (long long)r->amends_report_id.value);
	journal_put(&n, FIELD_UNIT, ROW_NONE, r->unit_id);
	journal_put(&n, FIELD_RECEIVER, ROW_NONE, r->receiver_id);
	journal_put(&n, FIELD_REGIME, NULL, r->regime_code);
	journal_put(&n, FIELD_PERIOD, NULL, r->period);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, r->from_on);
	journal_put(&n, FIELD_VALID_TO, DATE_NONE, r->to_on);
	journal_put(&n, FIELD_SEND_BY_ON, DATE_NONE, r->send_by_on);
	journal_put(&n, FIELD_FORM_SET, NULL, r->set_code);
	journal_put(&n, FIELD_AMENDS, NULL, amends);
	return journal_write(&n);
}

ERR_RESULT report_add_row(struct db_write_context *w, struct report *draft, const char *reason)
{
	const char *word = report_state_word(REPORT_COMPILING);

	if (row_is_none(draft->id))
		draft->id = db_new_id(w);
	draft->state = REPORT_COMPILING;
	struct q_report_insert_in in = {
		.id = draft->id,
		.unit_id = draft->unit_id,
		.receiver_id = draft->receiver_id,
		.regime_id = draft->regime_id,
		.regime_code = draft->regime_code,
		.period = draft->period,
		.period_name = draft->period_name,
		.from_on = draft->from_on,
		.to_on = draft->to_on,
		.send_by_on = draft->send_by_on,
		.set_code = draft->set_code,
		.state = word,
		.first_sent_on = draft->first_sent_on,
		.amends_report_id = draft->amends_report_id,
		.from_change = w->change->id,
	};
	TRY(q_report_insert_run(w->db, &in));
	TRY(note_new(w, draft));
	return add_event(w,
	                 &(struct q_report_event_add_in){ .report_id = draft->id,
	                                                  .action = "open",
	                                                  .from_state = word,
	                                                  .to_state = word,
	                                                  .account_id = w->change->account_id,
	                                                  .unit_id = w->change->unit_id,
	                                                  .reason = reason,
	                                                  .number = INT_NONE,
	                                                  .notation = "",
	                                                  .dated_on = DATE_NONE });
}

/* ---- a change of state ---- */

static ERR_RESULT note_change(struct db_write_context *w, const struct report *before,
                              const struct report *after, const struct report_doing *doing)
{
	struct journal_note n = journal_note(w, SUBJECT_REPORT, after->id, KIND_UPDATE);

	journal_put(&n, FIELD_ACTION, NULL, report_action_rule(doing->action)->past);
	journal_put(&n, FIELD_STATE, report_state_text(before->state),
	            report_state_text(after->state));
	journal_put(&n, FIELD_COMPILER, before->compiler_id, after->compiler_id);
	journal_put(&n, FIELD_CHECKER, before->checker_id, after->checker_id);
	journal_put(&n, FIELD_SIGNER, before->signer_id, after->signer_id);
	journal_put(&n, FIELD_CLERK, before->clerk_id, after->clerk_id);
	journal_put(&n, FIELD_DOCUMENT_NUMBER, before->number, after->number);
	journal_put(&n, FIELD_NOTATION, before->notation, after->notation);
	journal_put(&n, FIELD_DATED_ON, before->dated_on, after->dated_on);
	journal_put(&n, FIELD_SENT_ON, before->sent_on, after->sent_on);
	journal_put(&n, FIELD_HASH, before->content_sha256, after->content_sha256);
	journal_put(&n, FIELD_REASON, NULL, doing->given.reason);
	return journal_write(&n);
}

static ERR_RESULT store_change(struct db_write_context *w, const struct report *r)
{
	struct q_report_update_in in = { .id = r->id,
		                         .state = report_state_word(r->state),
		                         .compiler_id = r->compiler_id,
		                         .checker_id = r->checker_id,
		                         .signer_id = r->signer_id,
		                         .clerk_id = r->clerk_id,
		                         .number = r->number,
		                         .notation = r->notation,
		                         .dated_on = r->dated_on,
		                         .signed_on = r->signed_on,
		                         .sent_on = r->sent_on,
		                         .first_sent_on = r->first_sent_on,
		                         .current = row_is_none(r->amended_by_id),
		                         .from_change = w->change->id };

	return q_report_update_run(w->db, &in);
}

/* The sheet is locked while the state locks it and no other document replaces this one. */
static ERR_RESULT keep_lock(struct db_write_context *w, const struct report *before,
                            const struct report *after)
{
	struct form_lock_place place = { after->unit_id, after->set_code, after->from_on,
		                         after->to_on };
	struct form_lock lock = { .report_id = after->id };
	bool locked = row_is_none(after->amended_by_id) && report_state_locks(after->state);

	if (!locked)
		return report_state_locks(before->state) ? form_lock_drop_in(w, &place)
		                                         : ERR_OK;
	TRY(report_lock_why(&lock.why, w->arena, after));
	return form_lock_put_in(w, &place, &lock);
}

ERR_RESULT report_change_row(struct db_write_context *w, const struct report *before,
                             const struct report *after, const struct report_doing *doing)
{
	struct q_report_event_add_in event = {
		.report_id = after->id,
		.action = report_action_rule(doing->action)->word,
		.from_state = report_state_word(before->state),
		.to_state = report_state_word(after->state),
		.account_id = doing->who.account_id,
		.unit_id = doing->who.unit_id,
		.reason = str_blank(doing->given.reason) ? NULL : doing->given.reason,
		.number = INT_NONE,
		.notation = "",
		.dated_on = DATE_NONE,
	};

	if (doing->action == REPORT_DO_NUMBER) {
		event.number = after->number;
		event.notation = after->notation;
		event.dated_on = after->dated_on;
	}
	TRY(store_change(w, after));
	TRY(note_change(w, before, after, doing));
	TRY(add_event(w, &event));
	return keep_lock(w, before, after);
}
