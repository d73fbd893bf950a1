/* audit_page.c - GET and POST /audit: a report is checked and shown, or given back with the
 * findings as comments; nothing of it is kept. */
#include "app/audit/audit_docx.h"
#include "app/audit/audit_show_page.h"
#include "base/base64.h"
#include "base/messages.h"
#include "base/settings.h"
#include "base/vec.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum {
	MOST_FILES = 20,
	MOST_CARRIED = 1024 * 1024 /* bytes of a Word file that its page carries along */
};

struct sent_file {
	const void *bytes;
	size_t n;
};
struct sent {
	struct req *req;
	struct problems *problems;
	struct text_file *files;
	struct sent_file *raw; /* one for each file */
	size_t n;
};

/* What was found in the report that was sent. */
struct checked {
	struct document document;
	struct audit_result result;
};

static enum err refuse_large(struct sent *s)
{
	const char *most;

	TRY(arena_printf(s->req->arena, &most, "%lld",
	                 (long long)s->req->settings->audit_most_mb));
	return problems_say(s->problems, "file", 0, MSG_TEXT_FILE_TOO_LARGE, most);
}

static enum err read_sent(struct sent *s, const void *bytes, size_t n, const char *name)
{
	size_t n_raw = s->n;

	if (n == 0)
		return ERR_OK;
	if (s->n >= MOST_FILES)
		return problems_say(s->problems, "file", 0, MSG_AUDIT_TOO_MANY_FILES, name);
	if (n >> 20 >= (size_t)s->req->settings->audit_most_mb)
		return refuse_large(s);
	TRY(vec_room(s->req->arena, s->files, s->n));
	TRY(vec_room(s->req->arena, s->raw, n_raw));
	s->raw[s->n] = (struct sent_file){ bytes, n };
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

/* The Word file that the page of its findings carried. */
static enum err read_carried(struct sent *s)
{
	const char *text = params_get(&s->req->form, "word");
	const char *name = params_get(&s->req->form, "name");
	const unsigned char *bytes;
	size_t n;

	if (str_blank(text))
		return ERR_OK;
	if (base64_decode(&bytes, &n, s->req->arena, text) != ERR_OK)
		return problems_say(s->problems, "file", 0, MSG_AUDIT_NOTHING_SENT);
	return read_sent(s, bytes, n, name ? name : "");
}

/* The report: its files, or the text that was pasted. */
static enum err read_report(struct sent *s)
{
	const char *text = params_get(&s->req->form, "text");

	TRY(read_uploads(s, "file"));
	TRY(read_carried(s));
	if (s->n == 0 && !str_blank(text))
		TRY(read_sent(s, text, strlen(text), msg_text(MSG_AUDIT_PASTED)));
	if (s->n == 0 && s->problems->n == 0)
		return problems_say(s->problems, "file", 0, MSG_AUDIT_NOTHING_SENT);
	return ERR_OK;
}

static bool is_draft(const struct req *req)
{
	return str_eq(params_get(&req->form, "draft"), "1");
}

static enum err check(struct checked *out, struct req *req, const struct sent *report,
                      const struct sent *previous)
{
	struct document before;
	struct audit_options options = { .draft = is_draft(req) };

	TRY(document_build(&out->document, req->arena, report->files, report->n));
	if (previous->n > 0) {
		TRY(document_build(&before, req->arena, previous->files, previous->n));
		options.previous = &before;
	}
	return audit_run(&out->result, req->arena, &out->document, &options);
}

/* ---- the page ---- */

static enum err show(struct req *req, struct resp *resp, struct audit_view *v)
{
	v->text = params_get(&req->form, "text");
	v->draft = is_draft(req);
	resp->title = msg_text(MSG_AUDIT_TITLE);
	tmpl_audit(&resp->out, v);
	return ERR_OK;
}

static enum err refuse(struct req *req, struct resp *resp, const struct problems *problems)
{
	struct audit_view v = { .problems = problems };

	resp->status = 422;
	return show(req, resp, &v);
}

static enum err show_checked(struct req *req, struct resp *resp, const struct sent *report,
                             const struct checked *c)
{
	struct audit_view v = { .name = report->files[0].name };
	const struct sent_file *raw = &report->raw[0];

	if (report->n == 1 && raw->n <= MOST_CARRIED && audit_is_word(raw->bytes, raw->n))
		TRY(base64_encode(&v.word, req->arena, raw->bytes, raw->n));
	TRY(audit_show_document(&v, req->arena, &c->document, &c->result));
	return show(req, resp, &v);
}

enum err audit_show(struct req *req, struct resp *resp)
{
	struct audit_view v = { 0 };

	return show(req, resp, &v);
}

/* ---- the Word copy ---- */

/* The copy of the first Word file that was sent. */
static enum err give_word(struct req *req, struct resp *resp, const struct sent *report,
                          const struct checked *c)
{
	struct audit_copy copy = { .document = &c->document, .result = &c->result };

	for (size_t i = 0; i < report->n && !copy.bytes; i++)
		if (audit_is_word(report->raw[i].bytes, report->raw[i].n)) {
			copy.bytes = report->raw[i].bytes;
			copy.n = report->raw[i].n;
			copy.file = (int)i;
		}
	if (!copy.bytes)
		TRY(problems_say(report->problems, "file", 0, MSG_AUDIT_NO_WORD));
	else
		TRY(audit_word_copy(&resp->body, req->arena, &copy, report->problems));
	if (report->problems->n > 0)
		return refuse(req, resp, report->problems);
	return resp_file(
	        resp, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	        "bao-cao-co-ghi-chu.docx", true);
}

enum err audit_check(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct sent report = { .req = req, .problems = &problems };
	struct sent previous = report;
	struct checked c;

	TRY(req_problems(req, &problems));
	TRY(read_report(&report));
	TRY(read_uploads(&previous, "previous"));
	if (problems.n > 0 || report.n == 0)
		return refuse(req, resp, &problems);
	TRY(check(&c, req, &report, &previous));
	if (str_eq(params_get(&req->form, "step"), "word"))
		return give_word(req, resp, &report, &c);
	return show_checked(req, resp, &report, &c);
}
