/* GET /history/:subject/:id: what the journal says about one record. */
#include <stdio.h>

#include "app/account/actor.h"
#include "app/history/history_view.h"
#include "base/messages.h"
#include "gen/links.h"
#include "gen/pages.h"

/* Who may read the record may read its history; auditors read all of their scope. */
static uint64_t who_may(enum journal_subject subject)
{
	static const uint64_t may[SUBJECT_COUNT_] = {
		[SUBJECT_DOSSIER] = MAY(DOSSIER_READ),
		[SUBJECT_UNIT] = MAY(UNIT_MANAGE),
		[SUBJECT_ACCOUNT] = MAY(ACCOUNT_MANAGE),
		[SUBJECT_CALENDAR] = MAY(CALENDAR_MANAGE),
		[SUBJECT_PROCEDURE] = MAY(PROCEDURE_MANAGE),
		[SUBJECT_FORM_CELL] = MAY(FORM_READ) | MAY(FORM_ENTER) | MAY(FORM_MANAGE),
		[SUBJECT_FORM_SETTING] = MAY(FORM_READ) | MAY(FORM_MANAGE),
		[SUBJECT_FORM_OWNER] = MAY(FORM_MANAGE),
	};

	return may[subject] | MAY(AUDIT_READ);
}

enum err history_show(struct req *req, struct resp *resp)
{
	const char *word = params_get(&req->route, "subject"),
	           *part = params_get(&req->query, "part");
	struct history_ask ask = { .id = params_id(&req->route, "id"),
		                   .scope = req->actor->unit_id,
		                   .part = part,
		                   .today = clock_today(&req->clock),
		                   .before = params_id(&req->query, "before"),
		                   .unmask = actor_may(req->actor, PERMISSION_PERSON_UNMASK) };
	struct history_view v = { .subject = NULL };
	char before[24];

	if (!journal_subject_parse(&ask.subject, word))
		return err_set(ERR_NOT_FOUND, "no such subject");
	if ((who_may(ask.subject) & req->actor->permissions) == 0)
		return err_set(ERR_FORBIDDEN, "no permission");
	TRY(history_load(&v.history, req->db, req->arena, &ask));
	v.subject = journal_subject(ask.subject).label;
	if (v.history.more) {
		snprintf(before, sizeof(before), "%lld",
		         (long long)v.history.at[v.history.n - 1].change_id.value);
		v.older = url_with(link_history_show(word, ask.id), "before", before);
		if (!str_blank(part))
			v.older = url_with(v.older, "part", part);
	}
	TRY(msg_format(&resp->title, req->arena, MSG_HISTORY_TITLE, v.history.title));
	tmpl_history(&resp->out, &v);
	return ERR_OK;
}
