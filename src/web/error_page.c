#include "web/error_page.h"

#include "web/error_view.h"

static const struct words {
	int status;
	enum msg heading, remedy;
} words[] = {
	{ 400, MSG_WEB_400_HEADING, MSG_WEB_400_REMEDY },
	{ 403, MSG_WEB_403_HEADING, MSG_WEB_403_REMEDY },
	{ 404, MSG_WEB_404_HEADING, MSG_WEB_404_REMEDY },
	{ 405, MSG_WEB_405_HEADING, MSG_WEB_405_REMEDY },
	{ 409, MSG_WEB_409_HEADING, MSG_WEB_409_REMEDY },
	{ 413, MSG_WEB_413_HEADING, MSG_WEB_413_REMEDY },
	{ 422, MSG_WEB_422_HEADING, MSG_WEB_422_REMEDY },
	{ 503, MSG_WEB_503_HEADING, MSG_WEB_503_REMEDY },
};
static const struct words otherwise = { 500, MSG_WEB_500_HEADING, MSG_WEB_500_REMEDY };

static const struct words *words_of(int status)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i].status == status)
			return &words[i];
	return &otherwise;
}

static void start_over(struct req *req, struct resp *resp, int status)
{
	resp_drop_disk_file(resp);
	str_init(&resp->body, req->arena, resp->body.max);
	resp->out = (struct html_out){ .to = &resp->body, .tokens = &req->tokens };
	resp->status = status;
	resp->title = NULL;
}

static void plain(struct req *req, struct resp *resp, const struct words *w)
{
	const char *incident;

	start_over(req, resp, w->status);
	resp->content_type = "text/plain; charset=utf-8";
	str_put(&resp->body, msg_text(w->heading));
	str_put(&resp->body, "\n\n");
	str_put(&resp->body, msg_text(w->remedy));
	str_put(&resp->body, "\n");
	if (req->incident &&
	    msg_format(&incident, req->arena, MSG_WEB_INCIDENT, req->incident) == ERR_OK)
		str_printf(&resp->body, "\n%s\n", incident);
}

void error_page_say(struct req *req, struct resp *resp, int status, enum msg heading,
                    enum msg remedy)
{
	const struct error_view v = { status, msg_text(heading), msg_text(remedy) };

	start_over(req, resp, status);
	resp->content_type = "text/html; charset=utf-8";
	resp->title = v.heading;
	tmpl_error(&resp->out, &v);
}

void error_page(struct req *req, struct resp *resp, int status)
{
	const struct words *w = words_of(status);

	if (status < 500) {
		error_page_say(req, resp, status, w->heading, w->remedy);
		return;
	}
	const struct words said = { status, w->heading, w->remedy };
	plain(req, resp, &said);
}

void error_page_of(struct req *req, struct resp *resp, enum err e)
{
	static const struct words gone = { 503, MSG_WEB_GONE_HEADING, MSG_WEB_GONE_REMEDY };
	static const struct words unsure = { 503, MSG_WEB_UNSURE_HEADING,
		                             MSG_WEB_UNSURE_REMEDY };

	if (e == ERR_DB_GONE || e == ERR_DB_UNSURE)
		plain(req, resp, e == ERR_DB_GONE ? &gone : &unsure);
	else
		error_page(req, resp, err_http_status(e));
}
