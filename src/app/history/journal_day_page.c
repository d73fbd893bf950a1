/* GET /journal: what was done on a day, and the digest of that day. */
#include "app/account/actor.h"
#include "app/history/journal_day_view.h"
#include "app/journal/journal_digest_pdf.h"
#include "app/journal/journal_seal_store.h"
#include "base/messages.h"
#include "gen/links.h"
#include "gen/pages.h"

#define JOURNAL_ACTION(action, label) { action, label },
static const struct choice actions[] = {
#include "app/history/journal_actions.def"
};
#undef JOURNAL_ACTION

/* ---- links to records ---- */

static bool sees(const struct req *req, uint64_t any_of)
{
	return (req->actor->permissions & any_of) != 0;
}

/* The history of the record, as routes.def lets it be seen. */
static struct url record_link(const struct req *req, const struct journal_day_entry *e)
{
	const struct url none = { { 0 } };

	if (e->subject == SUBJECT_DOSSIER)
		return sees(req, MAY(DOSSIER_READ)) ? link_history_of_dossier(e->record_id)
		                                    : none;
	if (e->subject == SUBJECT_ACCOUNT && sees(req, MAY(ACCOUNT_MANAGE) | MAY(AUDIT_READ)))
		return link_history_of_account(e->record_id);
	if (e->subject == SUBJECT_UNIT && sees(req, MAY(UNIT_MANAGE) | MAY(AUDIT_READ)))
		return link_history_of_unit(e->record_id);
	if (!sees(req, MAY(AUDIT_READ)))
		return none;
	if (e->subject == SUBJECT_PROCEDURE)
		return link_history_of_procedure(e->record_id);
	if (e->subject == SUBJECT_CALENDAR)
		return link_history_of_calendar(e->record_id);
	if (e->subject == SUBJECT_FORM_CELL)
		return link_history_of_figures(e->record_id);
	if (e->subject == SUBJECT_FORM_SETTING)
		return link_history_of_settings(e->record_id);
	if (e->subject == SUBJECT_FORM_OWNER)
		return link_history_of_owners(e->record_id);
	return none;
}

static ERR_RESULT to_rows(struct journal_day_view *v, struct req *req,
                          const struct journal_day *d)
{
	TRY(arena_array(req->arena, &v->rows, d->n + 1));
	for (size_t i = 0; i < d->n; i++) {
		const struct journal_day_change *c = &d->at[i];
		struct journal_day_row *row = &v->rows[i];

		row->change = c;
		TRY(arena_array(req->arena, &row->lines, c->n + 1));
		for (size_t k = 0; k < c->n; k++)
			row->lines[k] =
			        (struct journal_day_line){ &c->entries[k],
				                           record_link(req, &c->entries[k]) };
	}
	v->n_rows = d->n;
	return ERR_OK;
}

/* ---- the digest ---- */

static ERR_RESULT add_digest(struct journal_day_view *v, struct req *req)
{
	struct journal_digest d;
	char *hex;
	enum err e = journal_digest_find(&d, req->db, req->arena, v->on);

	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	TRY(arena_array(req->arena, &hex, 2 * CHAIN_HASH + 1));
	sodium_bin2hex(hex, 2 * CHAIN_HASH + 1, d.hash, CHAIN_HASH);
	v->hash = hex;
	v->first = d.first;
	v->last = d.last;
	v->stamped = d.token != NULL;
	v->stamped_at = d.token_at;
	v->paper = url_with(link_journal_digest_show(), "on", v->day);
	return ERR_OK;
}

enum err journal_digest_show(struct req *req, struct resp *resp)
{
	struct journal_digest d;
	date_t on = params_date(&req->query, "on");
	char day[DATE_TEXT];
	const char *name;

	if (date_is_none(on))
		return resp_redirect(resp, link_journal_index());
	enum err e = journal_digest_find(&d, req->db, req->arena, on);
	if (e == ERR_NOT_FOUND) /* that page says why there is none */
		return resp_redirect(resp,
		                     url_with(link_journal_index(), "on", date_iso(on, day)));
	TRY(e);
	TRY(journal_digest_pdf(&resp->body, req->arena,
	                       &(struct journal_digest_page){
	                               .on = on,
	                               .first = d.first,
	                               .last = d.last,
	                               .hash = d.hash,
	                               .stamped_at = d.token ? d.token_at : INSTANT_NONE,
	                               .printed_at = clock_now(&req->clock) }));
	TRY(arena_printf(req->arena, &name, "nhat-ky-%s.pdf", date_iso(on, day)));
	return resp_file(resp, "application/pdf", name, false);
}

/* ---- the page ---- */

static struct url link_of(const struct journal_day_view *v, date_t on)
{
	char day[DATE_TEXT];
	struct url u = url_with(link_journal_index(), "on", date_iso(on, day));

	return url_with(url_with(u, "account", v->login), "action", v->action);
}

static const char *text_of(const struct req *req, const char *name)
{
	const char *text = params_get(&req->query, name);

	return text ? text : "";
}

enum err journal_index(struct req *req, struct resp *resp)
{
	date_t today = clock_today(&req->clock), on = params_date(&req->query, "on");
	char day[DATE_TEXT];
	struct journal_day_view v = { .unit_name = req->actor->unit_name,
		                      .on = date_is_none(on) ? today : on,
		                      .login = text_of(req, "account"),
		                      .action = text_of(req, "action"),
		                      .actions = actions,
		                      .n_actions = ARRAY_LEN(actions) };
	struct journal_day_ask ask = { .scope = req->actor->unit_id,
		                       .on = v.on,
		                       .today = today,
		                       .login = v.login,
		                       .action = v.action,
		                       .before = params_id(&req->query, "before"),
		                       .reads_dossiers = sees(req, MAY(DOSSIER_READ)) };
	struct journal_day d;

	TRY(arena_strdup(req->arena, &v.day, date_iso(v.on, day)));
	TRY(journal_day_load(&d, req->db, req->arena, &ask));
	TRY(to_rows(&v, req, &d));
	TRY(add_digest(&v, req));
	v.day_before = link_of(&v, date_add(v.on, -1));
	if (date_cmp(v.on, today) < 0)
		v.day_after = link_of(&v, date_add(v.on, 1));
	if (d.more)
		v.pager.next =
		        url_with_int(link_of(&v, v.on), "before", d.at[d.n - 1].id.value);
	if (!row_is_none(ask.before))
		v.pager.previous = link_of(&v, v.on);
	resp->title = msg_text(MSG_HISTORY_DAY);
	tmpl_journal_day(&resp->out, &v);
	return ERR_OK;
}
