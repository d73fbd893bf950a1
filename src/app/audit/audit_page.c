/* audit_page.c - GET and POST /audit: a report is checked and shown; nothing of it is kept. */
#include "app/audit/audit_docx.h"
#include "app/audit/audit_show_page.h"
#include "base/messages.h"
#include "base/vec.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { MOST_FILES = 20 };

struct sent {
	struct req *req;
	struct problems *problems;
	struct text_file *files;
	size_t n;
};

static enum err read_sent(struct sent *s, const void *bytes, size_t n, const char *name)
{
	if (n == 0)
		return ERR_OK;
	if (s->n >= MOST_FILES)
		return problems_say(s->problems, "file", 0, MSG_AUDIT_TOO_MANY_FILES, name);
	TRY(vec_room(s->req->arena, s->files, s->n));
	return audit_read(&s->files[s->n++], s->req->arena, bytes, n, name, s->problems);
}

static enum err read_uploads(struct sent *s, const char *field)
{
	for (size_t i = 0; i < s->req->n_uploads; i++) {
		const struct upload *u = &s->req->uploads[i];

		if (str_eq(u->field, field))
			TRY(read_sent(s, u->bytes, u->n, u->file_name));
	}
	return ERR_OK;
}

/* The report: its files, or the text that was pasted. */
static enum err read_report(struct sent *s)
{
	const char *text = params_get(&s->req->form, "text");

	TRY(read_uploads(s, "file"));
	if (s->n == 0 && !str_blank(text))
		TRY(read_sent(s, text, strlen(text), msg_text(MSG_AUDIT_PASTED)));
	if (s->n == 0 && s->problems->n == 0)
		return problems_say(s->problems, "file", 0, MSG_AUDIT_NOTHING_SENT);
	return ERR_OK;
}

static enum err show(struct req *req, struct resp *resp, struct audit_view *v)
{
	v->text = params_get(&req->form, "text");
	v->draft = str_eq(params_get(&req->form, "draft"), "1");
	resp->title = msg_text(MSG_AUDIT_TITLE);
	tmpl_audit(&resp->out, v);
	return ERR_OK;
}

enum err audit_show(struct req *req, struct resp *resp)
{
	struct audit_view v = { 0 };

	return show(req, resp, &v);
}

static enum err check(struct audit_view *v, struct req *req, const struct sent *report,
                      const struct sent *previous)
{
	struct document document, before;
	struct audit_options options = { .draft =
		                                 str_eq(params_get(&req->form, "draft"), "1") };
	struct audit_result result;

	TRY(document_build(&document, req->arena, report->files, report->n));
	if (previous->n > 0) {
		TRY(document_build(&before, req->arena, previous->files, previous->n));
		options.previous = &before;
	}
	TRY(audit_run(&result, req->arena, &document, &options));
	v->name = report->files[0].name;
	return audit_show_document(v, req->arena, &document, &result);
}

enum err audit_check(struct req *req, struct resp *resp)
{
	struct audit_view v = { 0 };
	struct problems problems;
	struct sent report = { .req = req, .problems = &problems };
	struct sent previous = report;

	TRY(req_problems(req, &problems));
	TRY(read_report(&report));
	TRY(read_uploads(&previous, "previous"));
	if (problems.n > 0) {
		resp->status = 422;
		v.problems = &problems;
		return show(req, resp, &v);
	}
	TRY(check(&v, req, &report, &previous));
	return show(req, resp, &v);
}
