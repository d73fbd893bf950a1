/* report_text_load_page.c - POST /reports/:id/text/load: a file that was edited in Word fills
 * the fields of the page; nothing is stored. */
#include "app/account/actor.h"
#include "app/narrative/narrative_back.h"
#include "app/report/report_text_back_docx.h"
#include "app/report/report_text_page.h"
#include "base/settings.h"
#include "gen/pages.h"

static const struct upload *sent_file(const struct req *req)
{
	for (size_t i = 0; i < req->n_uploads; i++)
		if (str_eq(req->uploads[i].field, "file") && req->uploads[i].n > 0)
			return &req->uploads[i];
	return NULL;
}

static enum err read_lines(struct narrative_lines *out, struct req *req,
                           struct problems *problems)
{
	const struct upload *u = sent_file(req);

	*out = (struct narrative_lines){ .n = 0 };
	if (!u)
		return problems_say(problems, "file", 0, MSG_REPORT_TEXT_NO_FILE);
	if (u->n >> 20 >= (size_t)req->settings->audit_most_mb)
		return problems_say(problems, "file", 0, MSG_REPORT_TEXT_LARGE);
	return report_text_docx_lines(out, req->arena, u->bytes, u->n, problems);
}

static const char *label_of(const struct form_set *set, const char *indicator)
{
	for (size_t i = 0; indicator && i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator))
			return set->rows[i].label;
	return "";
}

static enum err show_changes(struct report_text_page *p, const struct narrative_back *back)
{
	struct report_text_change *changes;

	TRY(arena_array(p->req->arena, &changes, back->n_changes + 1));
	for (size_t i = 0; i < back->n_changes; i++) {
		const struct narrative_back_change *c = &back->changes[i];

		changes[i] = (struct report_text_change){
			.was = c->run->text,
			.is = *c->is ? c->is : msg_text(MSG_REPORT_TEXT_DELETED),
			.reference = c->run->reference ? c->run->reference : "",
			.about = label_of(p->shown.set, c->run->indicator),
			.line = c->line,
		};
	}
	p->v.loaded = true;
	p->v.changes = changes;
	p->v.n_changes = back->n_changes;
	p->v.unknown = back->unknown;
	p->v.n_unknown = back->n_unknown;
	return ERR_OK;
}

static enum err take(struct report_text_page *p, const struct narrative_lines *lines)
{
	struct narrative_back back;

	TRY(narrative_show(&p->shown, p->req->db, p->req->arena, &p->of, p->stored.source));
	TRY(narrative_take_back(&back, p->req->arena, p->stored.source, &p->shown.text, lines));
	TRY(narrative_sections_cut(&p->sections, p->req->arena, back.source));
	return show_changes(p, &back);
}

enum err report_text_load(struct req *req, struct resp *resp)
{
	struct report_text_page p;
	struct problems problems;
	struct narrative_lines lines;

	TRY(req_problems(req, &problems));
	TRY(report_text_open(&p, req));
	TRY(report_text_check_own(&p, &problems));
	TRY(read_lines(&lines, req, &problems));
	if (problems.n == 0)
		TRY(take(&p, &lines));
	p.v.problems = &problems;
	resp->status = problems.n > 0 ? 422 : 200;
	return report_text_answer(&p, resp);
}
