/* desk_view.h - the officer's first page: what is due before it is late. */
#ifndef APP_DESK_DESK_VIEW_H
#define APP_DESK_DESK_VIEW_H

#include "app/dossier/dossier_list_view.h"
#include "app/report/report_view.h"

struct desk_tile {
	struct url to;
	int64_t count;
	bool more; /* than can be counted */
	const char *label, *about, *tone, *icon;
};
struct desk_list {
	const char *title;
	struct url all;
	struct dossier_rows_view table;
	bool more;
};
enum { DESK_TILES = 6, DESK_LISTS = 4 };
struct desk_view {
	const char *greeting, *unit;
	date_t today;
	bool may_receive;
	struct desk_tile tiles[DESK_TILES];
	struct desk_list lists[DESK_LISTS];
	size_t n_lists;
	struct report_mine_view mine; /* figures that the officer has to supply */
};
void tmpl_desk(struct html_out *o, const struct desk_view *v);

#endif
