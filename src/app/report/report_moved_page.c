/* report_moved_page.c - GET /reports/:id/moved. */
#include "app/report/report_moved_view.h"

#include "app/account/actor.h"
#include "app/form/form_store.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_own_page.h"
#include "app/report/report_show_page.h"
#include "gen/links.h"
#include "gen/pages.h"

struct page {
	struct req *req;
	struct report r;
	const struct form_set *set;
	bool rolled_up;
};

static ERR_RESULT fill_causes(struct report_moved_line *line, struct arena *a,
                              const struct report_moved_cell *cell)
{
	struct report_cause_line *causes;

	TRY(arena_array(a, &causes, cell->n_causes + 1));
	for (size_t i = 0; i < cell->n_causes; i++) {
		const struct report_cause *c = &cell->causes[i];

		TRY(msg_format(&causes[i].what, a, MSG_REPORT_MOVED_WHAT,
		               report_cause_name(c->kind), c->what));
		causes[i].who =
		        c->account_name ? c->account_name : msg_text(MSG_REPORT_CLI_PROGRAM);
		causes[i].at = c->at;
	}
	line->causes = causes;
	line->n_causes = cell->n_causes;
	line->more = cell->more;
	return ERR_OK;
}

static ERR_RESULT fill_line(const struct page *p, struct report_moved_line *line,
                            const struct report_moved_cell *cell)
{
	const struct form_row *row = report_row_of(p->set, cell->form, cell->indicator);
	struct arena *a = p->req->arena;
	struct url to;

	line->code = row ? row->code : cell->indicator;
	line->label = row ? row->label : "";
	to = p->rolled_up ? link_rollup_figure_show(p->set->code, cell->form, line->code)
	                  : link_form_figure_show(p->set->code, cell->form, line->code);
	line->to = report_form_url(p->req, &p->r, to);
	TRY(arena_printf(a, &line->form, "%s %s", p->set->printed, cell->form));
	TRY(report_figure_text(&line->before, a, cell->before));
	TRY(report_figure_text(&line->after, a, cell->after));
	return fill_causes(line, a, cell);
}

static ERR_RESULT fill_lines(struct report_moved_view *v, const struct page *p)
{
	struct report_moved_line *lines;
	struct report_moved moved;

	TRY(report_moved(&moved, p->req->db, p->req->arena, p->r.id));
	TRY(arena_array(p->req->arena, &lines, moved.n + 1));
	for (size_t i = 0; i < moved.n; i++)
		TRY(fill_line(p, &lines[i], &moved.at[i]));
	v->lines = lines;
	v->n = moved.n;
	return ERR_OK;
}

/* A report of another installation is not derived, only said to be one. */
static ERR_RESULT fill_signed(struct report_moved_view *v, struct page *p)
{
	struct report_again *again;
	struct arena *a = p->req->arena;
	enum err e;

	TRY(arena_array(a, &again, 1)); /* the view points into it */
	e = report_rederive(again, p->req->db, a, p->r.id);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	v->was_signed = true;
	v->received = again->frozen.received;
	v->same = again->same;
	v->signed_sha256 = again->frozen.sha256;
	v->derived_sha256 = again->bytes.sha256;
	if (v->received)
		return ERR_OK;
	p->rolled_up = again->content.n_children > 0;
	TRY(form_set_open(&p->set, p->req->db, a, p->r.set_code));
	return fill_lines(v, p);
}

enum err report_moved_show(struct req *req, struct resp *resp)
{
	struct report_moved_view v = { 0 };
	struct page p = { .req = req };

	TRY(report_page_find(&p.r, req));
	v.r = &p.r;
	v.report = link_report_show(p.r.id);
	TRY(fill_signed(&v, &p));
	TRY(msg_format(&resp->title, req->arena, MSG_REPORT_MOVED_TITLE, p.r.period_name,
	               p.r.unit_name));
	tmpl_report_moved(&resp->out, &v);
	return ERR_OK;
}
