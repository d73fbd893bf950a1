/* What other installations ask: POST /exchange/packages, GET /exchange/answers. */
#include "app/exchange/exchange_store.h"
#include "gen/pages.h"
#include "http/http.h"

static enum err json(struct resp *resp, const char *text)
{
	resp->content_type = "application/json; charset=utf-8";
	str_put(&resp->body, text);
	return str_check(&resp->body);
}

enum err exchange_arrive(struct req *req, struct resp *resp)
{
	struct change change = { .at = INSTANT_NONE,
		                 .origin = req->client,
		                 .action = "exchange.receive" };
	struct exchange_coming x = { .peer_id = req->peer,
		                     .office_id = req->peer_office,
		                     .sha256 = params_get(&req->form, "sha256") };
	struct exchange_receipt receipt;
	const char *text;

	if (!exchange_is_sha256(x.sha256) || req->n_uploads != 1)
		return err_set(ERR_INPUT, "not a package with its hash");
	x.bytes = (struct slice){ (const char *)req->uploads[0].bytes, req->uploads[0].n };
	TRY(exchange_take_in(&receipt, req->arena, req->writer, &change, &x));
	TRY(exchange_receipt_write(&text, req->arena, &receipt.said));
	return json(resp, text);
}

enum err exchange_answers(struct req *req, struct resp *resp)
{
	long long after = params_int(&req->query, "after", 0);
	struct exchange_words words;
	const char *text;

	TRY(exchange_words_after(&words, req->db, req->arena, req->peer, after));
	TRY(exchange_words_write(&text, req->arena, &words));
	return json(resp, text);
}
