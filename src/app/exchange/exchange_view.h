/* exchange_view.h - what /exchange shows. */
#ifndef APP_EXCHANGE_EXCHANGE_VIEW_H
#define APP_EXCHANGE_EXCHANGE_VIEW_H

#include "base/problems.h"
#include "base/row_id.h"
#include "base/url.h"
#include "html/html.h"

struct exchange_out_line {
	row_id id;
	struct url report, file;
	const char *unit, *period, *tries;
	struct html_badge state;
	const char *reason; /* NULL: none */
	instant_t next_at;  /* INSTANT_NONE: it is not sent again of its own accord */
	bool can_send;
};
struct exchange_in_line {
	row_id id;
	struct url report, file; /* of a held one: no report */
	const char *unit, *code, *period, *from;
	struct html_badge state;
	const char *reason;
	instant_t came_at;
	bool held, has_report,
	        replaces; /* replaces: may be taken in place of what stands here */
};
struct exchange_view {
	const struct problems *problems;
	const char *said;                        /* NULL: nothing was done */
	const char *above, *above_url, *trouble; /* above NULL: there is no connection */
	instant_t line_next_at;
	const struct exchange_out_line *out;
	const struct exchange_in_line *in;
	size_t n_out, n_in;
	bool more_out, more_in;
	bool may_send, may_receive;
};

void tmpl_exchange_show(struct html_out *o, const struct exchange_view *v);

#endif
