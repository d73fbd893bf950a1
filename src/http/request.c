#include "http/request.h"

#include <string.h>
#include <strings.h>

#include "http/parse.h"

static bool is_type(const char *content_type, const char *wanted)
{
	size_t n = strlen(wanted);

	return content_type && strncasecmp(content_type, wanted, n) == 0 &&
	       (content_type[n] == '\0' || strchr("; \t", content_type[n]));
}

bool request_is_multipart(const char *content_type)
{
	return is_type(content_type, "multipart/form-data");
}

bool request_is_form(const char *content_type)
{
	return request_is_multipart(content_type) ||
	       is_type(content_type, "application/x-www-form-urlencoded");
}

static enum err read_body(struct req *req, const struct received *received)
{
	struct parsed_form form;

	if (received->body.len == 0)
		return ERR_OK;
	if (!request_is_form(received->content_type))
		return err_set(ERR_INPUT, "the body is no form");
	if (!request_is_multipart(received->content_type))
		return parse_urlencoded(&req->form, req->arena, received->body);
	TRY(parse_multipart(&form, req->arena, received->content_type, received->body));
	req->form = form.fields;
	req->uploads = form.uploads;
	req->n_uploads = form.n_uploads;
	return ERR_OK;
}

enum err request_make(struct req *req, const struct received *received)
{
	struct slice rest = slice_of(received->target), path;

	req->method = received->method;
	req->target = received->target;
	if (!slice_cut(&rest, '?', &path))
		return err_set(ERR_INPUT, "no target");
	TRY(parse_path(&req->path, req->arena, path));
	if (rest.at)
		TRY(parse_urlencoded(&req->query, req->arena, rest));
	TRY(parse_cookies(&req->cookies, req->arena, received->cookie));
	return read_body(req, received);
}
