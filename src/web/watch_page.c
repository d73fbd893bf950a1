/* watch_page.c - GET /healthz, /readyz and /metrics: for programs that watch this server. */
#include "gen/pages.h"
#include "web/app.h"
#include "web/health.h"
#include "web/metrics.h"

static void as_text(struct resp *resp)
{
	resp->content_type = "text/plain; charset=utf-8";
	resp->title = NULL;
}

enum err healthz_show(struct req *req, struct resp *resp)
{
	(void)req;
	as_text(resp);
	str_put(&resp->body, "ok\n");
	return ERR_OK;
}

enum err readyz_show(struct req *req, struct resp *resp)
{
	as_text(resp);
	if (health_ready(&req->app->health, &resp->body))
		str_put(&resp->body, "ready\n");
	else
		resp->status = 503;
	return ERR_OK;
}

enum err metrics_show(struct req *req, struct resp *resp)
{
	as_text(resp);
	resp->content_type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_write(&resp->body, req->app);
	return ERR_OK;
}
