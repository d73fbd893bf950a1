#include "http/outgoing.h"

#include <curl/curl.h>
#include <stdio.h>

#include "base/messages.h"

enum { CONNECT_SECONDS = 15, LEAST_RATE = 500, SLOW_SECONDS = 60, LONGEST_BEARER = 200 };

ERR_RESULT http_asking_starts(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == 0
	               ? ERR_OK
	               : err_set(ERR_INTERNAL, "libcurl does not start");
}

struct asking {
	const struct http_asking *q;
	struct arena *arena;
	CURL *curl;
	struct curl_slist *headers;
	curl_mime *form;
	struct str body;
};

static size_t take(char *bytes, size_t one, size_t n, void *arg)
{
	struct asking *x = arg;

	str_put_n(&x->body, bytes, one * n);
	return str_check(&x->body) == ERR_OK ? one * n : 0;
}

static bool set_bearer(struct asking *x)
{
	char line[LONGEST_BEARER + 40];

	if (!x->q->bearer)
		return true;
	snprintf(line, sizeof(line), "Authorization: Bearer %.*s", LONGEST_BEARER,
	         x->q->bearer);
	x->headers = curl_slist_append(NULL, line);
	return x->headers &&
	       curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, x->headers) == CURLE_OK;
}

static bool set_form(struct asking *x)
{
	const struct http_asking *q = x->q;
	curl_mimepart *part;

	if (!q->field)
		return true;
	x->form = curl_mime_init(x->curl);
	part = x->form ? curl_mime_addpart(x->form) : NULL;
	if (!part || curl_mime_name(part, q->field) != CURLE_OK ||
	    curl_mime_data(part, q->value, CURL_ZERO_TERMINATED) != CURLE_OK)
		return false;
	part = curl_mime_addpart(x->form);
	return part && curl_mime_name(part, q->file_field) == CURLE_OK &&
	       curl_mime_filename(part, "package") == CURLE_OK &&
	       curl_mime_type(part, "application/octet-stream") == CURLE_OK &&
	       curl_mime_data(part, q->file.at, q->file.len) == CURLE_OK &&
	       curl_easy_setopt(x->curl, CURLOPT_MIMEPOST, x->form) == CURLE_OK;
}

static bool set_limits(struct asking *x)
{
	CURL *c = x->curl;

	return curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_TIMEOUT, x->q->seconds) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LEAST_RATE) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEDATA, x) == CURLE_OK &&
	       (!x->q->ca_file ||
	        curl_easy_setopt(c, CURLOPT_CAINFO, x->q->ca_file) == CURLE_OK);
}

static enum msg words_of(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return MSG_HTTP_OUT_NAME;
	case CURLE_COULDNT_CONNECT:
		return MSG_HTTP_OUT_CONNECT;
	case CURLE_OPERATION_TIMEDOUT:
		return MSG_HTTP_OUT_SLOW;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
		return MSG_HTTP_OUT_TLS;
	default:
		return MSG_HTTP_OUT_BROKEN;
	}
}

static ERR_RESULT perform(struct http_answer *out, struct asking *x)
{
	CURLcode code = curl_easy_perform(x->curl);
	long status = 0;

	if (code == CURLE_OK)
		code = curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &status);
	if (code == CURLE_OUT_OF_MEMORY)
		return err_set(ERR_NO_MEMORY, "no memory to ask another server");
	if (code != CURLE_OK) {
		*out = (struct http_answer){ .status = 0 };
		return msg_format(&out->trouble, x->arena, words_of(code),
		                  curl_easy_strerror(code));
	}
	*out = (struct http_answer){ .status = (int)status,
		                     .body = { x->body.data, x->body.len } };
	return ERR_OK;
}

ERR_RESULT http_ask(struct http_answer *out, struct arena *a, const struct http_asking *q)
{
	struct asking x = { .q = q, .arena = a, .curl = curl_easy_init() };
	enum err e;

	str_init(&x.body, a, q->most_bytes);
	if (x.curl && curl_easy_setopt(x.curl, CURLOPT_URL, q->url) == CURLE_OK &&
	    set_limits(&x) && set_bearer(&x) && set_form(&x))
		e = perform(out, &x);
	else
		e = err_set(ERR_NO_MEMORY, "no memory to ask another server");
	curl_mime_free(x.form);
	curl_slist_free_all(x.headers);
	curl_easy_cleanup(x.curl);
	return e;
}
