#include "web/exchange_line.h"

#include <string.h>

#include "http/outgoing.h"

enum { SEND_SECONDS = 540, ASK_SECONDS = 60, RECEIPT_MOST = 64 * 1024 };

static ERR_RESULT address(const char **out, struct arena *a, const struct exchange_peer *to,
                          const char *path)
{
	size_t n = strlen(to->url);

	while (n > 0 && to->url[n - 1] == '/')
		n--;
	return arena_printf(a, out, "%.*s%s", (int)n, to->url, path);
}

static ERR_RESULT ask_http(struct exchange_reply *out, struct arena *a,
                           const struct http_asking *q)
{
	struct http_answer answer;

	TRY(http_ask(&answer, a, q));
	*out = (struct exchange_reply){ answer.status, answer.body, answer.trouble };
	return ERR_OK;
}

static enum err send(struct exchange_reply *out, struct arena *a, void *context,
                     const struct exchange_peer *to, const struct exchange_parcel *parcel)
{
	const char *const *ca_file = context;
	struct http_asking q = { .bearer = to->secret,
		                 .ca_file = *ca_file,
		                 .seconds = SEND_SECONDS,
		                 .most_bytes = RECEIPT_MOST,
		                 .field = "sha256",
		                 .value = parcel->sha256,
		                 .file_field = "package",
		                 .file = parcel->bytes };

	TRY(address(&q.url, a, to, "/exchange/packages"));
	return ask_http(out, a, &q);
}

static enum err ask(struct exchange_reply *out, struct arena *a, void *context,
                    const struct exchange_peer *to, int64_t after)
{
	const char *const *ca_file = context;
	struct http_asking q = { .bearer = to->secret,
		                 .ca_file = *ca_file,
		                 .seconds = ASK_SECONDS,
		                 .most_bytes = EXCHANGE_ANSWER_MOST };
	char path[64];

	snprintf(path, sizeof(path), "/exchange/answers?after=%lld", (long long)after);
	TRY(address(&q.url, a, to, path));
	return ask_http(out, a, &q);
}

struct exchange_line exchange_line_over_http(const char **ca_file)
{
	return (struct exchange_line){ ca_file, send, ask };
}
