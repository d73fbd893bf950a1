/* slip_page.c - GET /dossiers/:id/slips/:kind and /follow-up-book. */
#include <stdio.h>

#include "app/account/actor.h"
#include "app/slip/slip_pdf.h"
#include "app/slip/slip_store.h"
#include "app/slip/slip_view.h"
#include "base/clock.h"
#include "gen/links.h"
#include "gen/pages.h"

static const char PDF_TYPE[] = "application/pdf";

/* Who hands slips to citizens or writes them sees numbers in full. */
static bool sees_numbers(const struct actor *actor)
{
	return actor_may(actor, PERMISSION_PERSON_UNMASK) ||
	       actor_may(actor, PERMISSION_DOSSIER_RECEIVE) ||
	       actor_may(actor, PERMISSION_DOSSIER_PROCESS) ||
	       actor_may(actor, PERMISSION_DOSSIER_DECIDE);
}

enum err slip_show(struct req *req, struct resp *resp)
{
	struct slip_ask ask = { .dossier = params_id(&req->route, "id"),
		                .scope = req->actor->unit_id,
		                .today = clock_today(&req->clock),
		                .unmasked = sees_numbers(req->actor) };
	struct slip_any slip;
	instant_t issued_at;
	const char *name;

	if (!slip_kind_parse(&ask.kind, params_get(&req->route, "kind")))
		return err_set(ERR_NOT_FOUND, "no such slip");
	TRY(slip_load(&slip, &issued_at, req->db, req->arena, &ask));
	TRY(slip_any_pdf(&resp->body, req->arena, &slip, issued_at));
	TRY(arena_printf(req->arena, &name, "%s-%s.pdf", slip_kind_word(ask.kind),
	                 slip.dossier.code));
	return resp_file(resp, PDF_TYPE, name, false);
}

/* A day as typed; false with a problem beside the field. */
static enum err read_day(date_t *out, struct req *req, struct problems *problems,
                         const char *field)
{
	const char *text = params_get(&req->query, field);

	*out = DATE_NONE;
	if (!str_blank(text) && date_parse_vn(out, text))
		return ERR_OK;
	return problems_say(problems, field, 0, MSG_SLIP_BOOK_BAD_DAY);
}

static enum err read_period(struct slip_book_ask *ask, struct req *req,
                            struct problems *problems)
{
	enum { MOST_DAYS = 366 };

	TRY(read_day(&ask->from, req, problems, "from"));
	TRY(read_day(&ask->to, req, problems, "to"));
	if (problems->n > 0)
		return ERR_OK;
	if (date_cmp(ask->to, ask->from) < 0)
		return problems_say(problems, "to", 0, MSG_SLIP_BOOK_BACKWARDS);
	if (ask->to.days - ask->from.days >= MOST_DAYS)
		return problems_say(problems, "from", 0, MSG_SLIP_BOOK_TOO_LONG);
	return ERR_OK;
}

static enum err draw_book(struct req *req, struct resp *resp, const struct slip_book_ask *ask)
{
	struct slip_follow_up book;
	char from[DATE_TEXT], to[DATE_TEXT];
	const char *name;

	TRY(slip_follow_up_load(&book, req->db, req->arena, ask));
	TRY(slip_follow_up_pdf(&resp->body, req->arena, &book, clock_now(&req->clock)));
	TRY(arena_printf(req->arena, &name, "follow-up-book-%s-%s.pdf",
	                 date_iso(ask->from, from), date_iso(ask->to, to)));
	return resp_file(resp, PDF_TYPE, name, false);
}

static enum err show_book_form(struct req *req, struct resp *resp,
                               const struct problems *problems)
{
	struct slip_book_view v = { .from = params_get(&req->query, "from"),
		                    .to = params_get(&req->query, "to"),
		                    .problems = problems };

	resp->title = msg_text(MSG_SLIP_BOOK_TITLE);
	if (problems->n > 0)
		resp->status = 422;
	tmpl_slip_book(&resp->out, &v);
	return ERR_OK;
}

/* Without a period the form that asks for it. */
enum err slip_book(struct req *req, struct resp *resp)
{
	struct slip_book_ask ask = { .unit = req->actor->unit_id,
		                     .today = clock_today(&req->clock),
		                     .unmasked = sees_numbers(req->actor) };
	struct problems problems;
	enum err e;

	problems_init(&problems, req->arena);
	if (!params_get(&req->query, "from") && !params_get(&req->query, "to"))
		return show_book_form(req, resp, &problems);
	TRY(read_period(&ask, req, &problems));
	if (problems.n > 0)
		return show_book_form(req, resp, &problems);
	e = draw_book(req, resp, &ask);
	if (e != ERR_TOO_LARGE)
		return e;
	TRY(problems_say(&problems, "from", 0, MSG_SLIP_BOOK_TOO_MANY));
	return show_book_form(req, resp, &problems);
}
