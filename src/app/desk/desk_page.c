/* GET /desk: counts that lead to their lists, and the dossiers that come first. */
#include "app/account/actor.h"
#include "app/desk/desk_view.h"
#include "app/report/report_own_page.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum { DESK_ROWS = 8 };

struct tile_row {
	enum dossier_view view;
	enum msg about;
	const char *tone, *icon;
};
static const struct tile_row tiles[DESK_TILES] = {
	{ VIEW_OVERDUE, MSG_DESK_OVERDUE, "late", "alert" },
	{ VIEW_TODAY, MSG_DESK_TODAY, "soon", "clock" },
	{ VIEW_TOMORROW, MSG_DESK_TOMORROW, "soon", "calendar" },
	{ VIEW_WAITING, MSG_DESK_WAITING, "wait", "pause" },
	{ VIEW_TO_RETURN, MSG_DESK_TO_RETURN, "ok", "return" },
	{ VIEW_MINE, MSG_DESK_MINE, "", "user" },
};

static struct url list_of(enum dossier_view view)
{
	return url_with(link_dossier_list(), "view", dossier_view_word(view));
}

static struct dossier_filter filter_of(const struct req *req, enum dossier_view view)
{
	return (struct dossier_filter){ .scope = req->actor->unit_id,
		                        .me = req->actor->account_id,
		                        .now = clock_now(&req->clock),
		                        .view = view,
		                        .received_from = DATE_NONE,
		                        .received_to = DATE_NONE };
}

static ERR_RESULT fill_tiles(struct desk_view *v, struct req *req)
{
	struct dossier_counts counts;

	TRY(dossier_desk_counts(&counts, req->db, req->arena, req->actor->unit_id,
	                        req->actor->account_id, clock_now(&req->clock)));
	for (size_t i = 0; i < DESK_TILES; i++) {
		const struct tile_row *t = &tiles[i];
		int64_t n = counts.of[t->view];

		v->tiles[i] = (struct desk_tile){ list_of(t->view),
			                          n,
			                          n > DOSSIER_COUNT_MOST,
			                          dossier_view_text(t->view),
			                          msg_text(t->about),
			                          t->tone,
			                          t->icon };
	}
	return ERR_OK;
}

static ERR_RESULT add_list(struct desk_view *v, struct req *req, enum dossier_view view,
                           const char *empty)
{
	struct dossier_filter filter = filter_of(req, view);
	struct dossier_place start = { INSTANT_NONE, ROW_NONE };
	struct dossier_rows rows;

	TRY(dossier_rows_load(&rows, req->db, req->arena, &filter, start, DESK_ROWS));
	if (rows.n == 0 && empty == NULL)
		return ERR_OK;
	v->lists[v->n_lists++] = (struct desk_list){
		.title = dossier_view_text(view),
		.all = list_of(view),
		.table = { rows.at, rows.n, false, empty },
		.more = rows.more,
	};
	return ERR_OK;
}

enum err desk_show(struct req *req, struct resp *resp)
{
	struct desk_view v = {
		.greeting = req->actor->name,
		.unit = req->actor->unit_name,
		.today = clock_today(&req->clock),
		.may_receive = actor_may(req->actor, PERMISSION_DOSSIER_RECEIVE),
	};

	TRY(fill_tiles(&v, req));
	TRY(add_list(&v, req, VIEW_OVERDUE, NULL));
	TRY(add_list(&v, req, VIEW_TODAY, msg_text(MSG_DESK_NOTHING_TODAY)));
	TRY(add_list(&v, req, VIEW_TOMORROW, NULL));
	TRY(add_list(&v, req, VIEW_MINE, NULL));
	TRY(report_mine_of_desk(&v.mine, req));
	resp->title = msg_text(MSG_DESK_TITLE);
	tmpl_desk(&resp->out, &v);
	return ERR_OK;
}
