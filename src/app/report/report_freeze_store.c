/* report_freeze_store.c - freezing in the transaction that signs. */
#include "app/report/report_freeze_store.h"

#include "app/journal/journal_seal_store.h"
#include "app/journal/journal_store.h"
#include "app/report/report_freeze_store.sql.h"
#include "base/str.h"

/* Every figure that differs from the document before has its reason. */
static ERR_RESULT check_reasons(const struct package_content *content,
                                struct problems *problems)
{
	for (size_t i = 0; i < content->n_amendments; i++) {
		const struct package_amendment *m = &content->amendments[i];
		char before[DEC_TEXT], after[DEC_TEXT];

		if (str_blank(m->reason))
			TRY(problems_say(problems, "amendments", 0, MSG_REPORT_AMENDMENT_REASON,
			                 m->form, m->indicator, dec_vn(m->before, -1, before),
			                 dec_vn(m->after, -1, after)));
	}
	return problems->n > 0 ? err_set(ERR_INPUT, "an amended figure has no reason") : ERR_OK;
}

ERR_RESULT report_freeze_in(struct db_write_context *w, struct report *r,
                            struct problems *problems)
{
	struct package_content content;
	struct package_bytes bytes;
	struct journal_pin pin;
	struct package_freezing f = { .report_id = r->id,
		                      .content = &content,
		                      .bytes = &bytes };

	TRY(journal_pin_in(&pin, w));
	TRY(report_collect(&content, w->db, w->arena, r->id));
	TRY(check_reasons(&content, problems));
	TRY(package_write(&bytes, w->arena, &content));
	f.pinned = pin.number;
	TRY(package_freeze_in(w, &f));
	r->pinned_change_id = pin.change_id;
	TRY(arena_strdup(w->arena, &r->content_sha256, bytes.sha256));
	return q_report_pinned_set_run(
	        w->db, &(struct q_report_pinned_set_in){ r->id, r->pinned_change_id,
	                                                 r->content_sha256 });
}

/* ---- amendments ---- */

ERR_RESULT report_amendments(struct report_amendments *out, struct db *db, struct arena *a,
                             row_id report)
{
	struct report_amendments list = { 0 };
	struct package_content content;
	struct report_amendment *at;

	TRY(report_collect(&content, db, a, report));
	TRY(arena_array(a, &at, content.n_amendments + 1));
	for (size_t i = 0; i < content.n_amendments; i++) {
		const struct package_amendment *m = &content.amendments[i];
		const char *reason = str_blank(m->reason) ? NULL : m->reason;

		at[i] = (struct report_amendment){ m->form, m->indicator, m->before, m->after,
			                           reason };
		list.n_without_reason += !reason;
	}
	list.at = at;
	list.n = content.n_amendments;
	*out = list;
	return ERR_OK;
}

struct say_call {
	const struct report_amending *x;
	struct problems *problems;
};

static ERR_RESULT check_saying(struct db_write_context *w, const struct report_amending *x,
                               struct problems *problems)
{
	struct report r;
	char most[24];

	TRY(report_find(&r, w->db, w->arena, w->change->unit_id, x->report_id,
	                instant_day(w->change->at)));
	if (r.state != REPORT_COMPILING || row_is_none(r.amends_report_id))
		TRY(problems_say(problems, "reason", 0, MSG_REPORT_AMENDMENT_NOT_OPEN));
	else if (!(x->who.permissions & MAY(REPORT_COMPILE)) ||
	         !report_stands(REPORT_OWN, &x->who, &r))
		TRY(problems_say(problems, "reason", 0, MSG_REPORT_ONLY_COMPILE));
	snprintf(most, sizeof(most), "%d", REPORT_REASON_LONGEST);
	if (str_blank(x->reason))
		TRY(problems_say(problems, "reason", 0, MSG_REPORT_REASON_MISSING));
	else if (strlen(x->reason) > (size_t)REPORT_REASON_LONGEST)
		TRY(problems_say(problems, "reason", 0, MSG_REPORT_TOO_LONG, most));
	return problems->n > 0 ? err_set(ERR_INPUT, "the reason was refused") : ERR_OK;
}

static enum err run_say(struct db_write_context *w, void *arg)
{
	const struct say_call *c = arg;
	const struct report_amending *x = c->x;
	struct q_report_amendment_close_in old = { x->report_id, x->form, x->indicator,
		                                   w->change->id };
	struct q_report_amendment_add_in in = { .id = db_new_id(w),
		                                .report_id = x->report_id,
		                                .form = x->form,
		                                .indicator = x->indicator,
		                                .reason = x->reason,
		                                .account_id = x->who.account_id,
		                                .from_change = w->change->id };
	struct journal_note n = journal_note(w, SUBJECT_REPORT, x->report_id, KIND_UPDATE);

	problems_init(c->problems, c->problems->arena);
	TRY(check_saying(w, x, c->problems));
	TRY(q_report_amendment_close_run(w->db, &old));
	TRY(q_report_amendment_add_run(w->db, &in));
	TRY(arena_printf(w->arena, &n.part, "%s/%s", x->form, x->indicator));
	journal_put(&n, FIELD_REASON, NULL, x->reason);
	w->change->result = x->report_id;
	return journal_write(&n);
}

ERR_RESULT report_amendment_say(struct db_writer *writer, struct change *change,
                                const struct report_amending *x, struct problems *problems)
{
	struct say_call c = { x, problems };

	return db_write(writer, change, run_say, &c);
}
