/* GET .../history: what the journal says about one record. */
#include "app/account/actor.h"
#include "app/history/history_view.h"
#include "base/messages.h"
#include "gen/pages.h"

static enum err show(struct req *req, struct resp *resp, enum journal_subject subject)
{
	const char *part = params_get(&req->query, "part");
	struct history_ask ask = { .subject = subject,
		                   .id = params_id(&req->route, "id"),
		                   .scope = req->actor->unit_id,
		                   .part = part,
		                   .today = clock_today(&req->clock),
		                   .before = params_id(&req->query, "before"),
		                   .unmask = actor_may(req->actor, PERMISSION_PERSON_UNMASK) };
	struct history_view v = { .subject = journal_subject(subject).label };

	TRY(history_load(&v.history, req->db, req->arena, &ask));
	if (v.history.more) {
		row_id last = v.history.at[v.history.n - 1].change_id;

		v.older = url_with_int(url_path(req->path), "before", last.value);
		if (!str_blank(part))
			v.older = url_with(v.older, "part", part);
	}
	TRY(msg_format(&resp->title, req->arena, MSG_HISTORY_TITLE, v.history.title));
	tmpl_history(&resp->out, &v);
	return ERR_OK;
}

enum err history_of_dossier(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_DOSSIER);
}

enum err history_of_unit(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_UNIT);
}

enum err history_of_calendar(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_CALENDAR);
}

enum err history_of_figures(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_FORM_CELL);
}

enum err history_of_settings(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_FORM_SETTING);
}

enum err history_of_owners(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_FORM_OWNER);
}

enum err history_of_account(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_ACCOUNT);
}

enum err history_of_procedure(struct req *req, struct resp *resp)
{
	return show(req, resp, SUBJECT_PROCEDURE);
}
