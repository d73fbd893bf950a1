/* slip_view.h - what the pages of the slips show. */
#ifndef APP_SLIP_SLIP_VIEW_H
#define APP_SLIP_SLIP_VIEW_H

#include "base/problems.h"
#include "html/html.h"

struct slip_book_view {
	const char *from, *to; /* as typed, or ISO days */
	const struct problems *problems;
};
void tmpl_slip_book(struct html_out *o, const struct slip_book_view *v);

#endif
