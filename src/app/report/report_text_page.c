/* report_text_page.c - GET and POST /reports/:id/text: the text of a report is read, written,
 * tried out and filled from a file that was edited in Word. */
#include <string.h>

#include "app/account/actor.h"
#include "app/form/form_lock_store.h"
#include "app/report/report_show_page.h"
#include "app/report/report_text_page.h"
#include "gen/links.h"
#include "gen/pages.h"

/* ---- opening ---- */

static bool may_write(const struct report_text_page *p)
{
	struct report_actor who = report_actor_of(p->req->actor);

	return !p->of.lock && p->of.current && (who.permissions & MAY(REPORT_COMPILE)) != 0 &&
	       report_stands(REPORT_OWN, &who, &p->r);
}

enum err report_text_open(struct report_text_page *p, struct req *req)
{
	*p = (struct report_text_page){ .req = req };
	TRY(report_page_find(&p->r, req));
	TRY(narrative_report_find(&p->of, req->db, req->arena, req->actor->unit_id, p->r.id));
	TRY(narrative_text_open(&p->stored, req->db, req->arena, &p->of, 0));
	p->sections = p->stored.sections;
	p->v = (struct report_text_view){ .unit_name = p->of.unit_name,
		                          .period_name = p->of.period_name,
		                          .locked = p->of.lock ? p->of.lock->why : NULL,
		                          .may_write = may_write(p),
		                          .began = p->stored.revision == 0,
		                          .revision = p->stored.revision,
		                          .report = link_report_show(p->r.id),
		                          .action = link_report_text_save(p->r.id),
		                          .load = link_report_text_load(p->r.id) };
	return ERR_OK;
}

enum err report_text_check_own(const struct report_text_page *p, struct problems *problems)
{
	struct report_actor who = report_actor_of(p->req->actor);

	return report_stands(REPORT_OWN, &who, &p->r)
	               ? ERR_OK
	               : problems_say(problems, "", 0, MSG_REPORT_ONLY_OWN);
}

enum err report_text_answer(struct report_text_page *p, struct resp *resp)
{
	struct req *req = p->req;
	const char *source;

	TRY(narrative_sections_join(&source, req->arena, &p->sections));
	TRY(narrative_sections_cut(&p->sections, req->arena, source));
	TRY(narrative_show(&p->shown, req->db, req->arena, &p->of, source));
	TRY(report_text_fill(p));
	TRY(msg_format(&resp->title, req->arena, MSG_REPORT_TEXT_TITLE, p->of.period_name));
	tmpl_report_text(&resp->out, &p->v);
	return ERR_OK;
}

enum err report_text_show(struct req *req, struct resp *resp)
{
	struct report_text_page p;

	TRY(report_text_open(&p, req));
	p.v.saved = params_get(&req->query, "saved") != NULL;
	return report_text_answer(&p, resp);
}

/* ---- what was sent ---- */

static enum err read_sections(struct report_text_page *p)
{
	const struct params *form = &p->req->form;
	size_t n = params_count(form, "section");
	const struct form_set *set;
	const char **list;

	if (n > NARRATIVE_MOST_SECTIONS)
		return err_set(ERR_TOO_LARGE, "%zu sections", n);
	TRY(arena_array(p->req->arena, &list, n + 1));
	TRY(form_set_open(&set, p->req->db, p->req->arena, p->of.set_code));
	for (size_t i = 0; i < n; i++) {
		const char *body = params_nth(form, "section", i);
		const struct narrative_sections one = { &body, 1 };

		TRY(narrative_sections_join(&list[i], p->req->arena, &one));
		TRY(narrative_settle(&list[i], p->req->arena, set, list[i]));
	}
	p->sections = (struct narrative_sections){ list, n };
	p->v.revision = params_int(form, "revision", 0);
	return ERR_OK;
}

/* The chosen figure at the end of the chosen section. */
static enum err insert(struct report_text_page *p)
{
	const struct params *form = &p->req->form;
	const char *figure = params_get(form, "figure"), *style = params_get(form, "style");
	size_t place = (size_t)params_int(form, "place", 1);
	const char **list;
	size_t n;

	if (str_blank(figure) || place < 1 || place > p->sections.n)
		return ERR_OK;
	TRY(arena_array(p->req->arena, &list, p->sections.n + 1));
	memcpy(list, p->sections.at, p->sections.n * sizeof(*list));
	n = strlen(list[place - 1]);
	while (n > 0 && list[place - 1][n - 1] == '\n')
		n--;
	TRY(arena_printf(p->req->arena, &list[place - 1], "%.*s {{%s%s%s}}\n", (int)n,
	                 list[place - 1], figure, str_blank(style) ? "" : " | ",
	                 style ? style : ""));
	p->sections.at = list;
	p->v.inserted = true;
	return ERR_OK;
}

/* ---- saving ---- */

/* Somebody else saved meanwhile: what they wrote stands beside the same section. */
static enum err show_clash(struct report_text_page *p, struct resp *resp,
                           const struct narrative_saving *x)
{
	const struct narrative_sections *now = &p->stored.sections;
	struct problems problems;
	const char **theirs;

	problems_init(&problems, p->req->arena);
	TRY(problems_say(&problems, "", 0,
	                 x->clashes ? MSG_REPORT_TEXT_CLASH : MSG_REPORT_TEXT_CLASH_ALL));
	TRY(arena_array(p->req->arena, &theirs, NARRATIVE_MOST_SECTIONS + now->n + 1));
	for (size_t i = 0; i < now->n; i++)
		if (!x->clashes || x->clashes[i])
			theirs[i] = now->at[i];
	p->theirs = theirs;
	p->v.problems = &problems;
	p->v.revision = p->stored.revision;
	resp->status = 409;
	return report_text_answer(p, resp);
}

static bool is_typed(const struct problems *problems)
{
	return problems->first && str_eq(problems->first->field, "typed");
}

static enum err save(struct report_text_page *p, struct resp *resp, struct problems *problems)
{
	struct req *req = p->req;
	struct change change = actor_change(req, "narrative.save", link_report_text_show);
	struct narrative_saving x = { .report_id = p->r.id,
		                      .revision = p->v.revision,
		                      .sections = p->sections,
		                      .own = str_eq(params_get(&req->form, "own"), "1") };
	enum err e = narrative_save(req->writer, &change, &x, problems);

	if (e == ERR_OK)
		return resp_redirect(resp,
		                     url_with(link_report_text_show(p->r.id), "saved", "1"));
	if (e == ERR_CONFLICT)
		return show_clash(p, resp, &x);
	if (e != ERR_INPUT || problems->n == 0)
		return e;
	p->v.problems = problems;
	p->v.typed = is_typed(problems);
	resp->status = 422;
	return report_text_answer(p, resp);
}

enum err report_text_save(struct req *req, struct resp *resp)
{
	const char *step = params_get(&req->form, "step");
	struct report_text_page p;
	struct problems problems;

	TRY(req_problems(req, &problems));
	TRY(report_text_open(&p, req));
	TRY(report_text_check_own(&p, &problems));
	TRY(read_sections(&p));
	if (str_eq(step, "insert"))
		TRY(insert(&p));
	if (problems.n == 0 && !str_eq(step, "insert") && !str_eq(step, "preview"))
		return save(&p, resp, &problems);
	p.v.problems = &problems;
	resp->status = problems.n > 0 ? 422 : 200;
	return report_text_answer(&p, resp);
}
