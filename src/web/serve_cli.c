/* serve_cli.c - `cchc serve` runs the server until SIGTERM or Ctrl+C and reads its settings
 * again at SIGHUP, `cchc settings` prints every setting. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/backup/migrate_store.h"
#include "base/log.h"
#include "base/settings.h"
#include "cli/dispatch.h"
#include "http/server.h"
#include "web/app.h"
#include "web/courier.h"
#include "web/route.h"
#include "web/router.h"
#include "web/sealer.h"
#include "web/serve_settings.h"
#include "web/service_manager.h"

enum { LONGEST_SAMPLE = 1024 * 1024, LONGEST_NAMES = 4096, HOUSEKEEPING_SECONDS = 5 };

/* ---- settings ---- */

static int say_problems(struct cli *cli, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		if (p->line)
			fprintf(cli->err, "%s:%d: %s\n", cli_option(cli, "--config"), p->line,
			        p->message);
		else
			fprintf(cli->err, "%s\n", p->message);
	return 2;
}

int settings_cli(struct cli *cli)
{
	struct str text;

	str_init(&text, cli->arena, LONGEST_SAMPLE);
	settings_sample(&text);
	if (str_check(&text) != ERR_OK)
		return cli_fail(cli, ERR_NO_MEMORY);
	fputs(text.data, cli->out);
	return 0;
}

/* ---- serving ---- */

static bool blocks(void *context, enum http_method method, const char *path)
{
	(void)context;
	return router_blocks(method, path);
}

static void answer(void *context, struct req *req, struct resp *resp)
{
	router_dispatch(context, req, resp);
}

static enum err migrate_database(struct migrate_done *done, struct cli *cli,
                                 const struct settings *s)
{
	struct db_options options = app_db_options(s);
	const char *folder = str_eq(s->backup_folder, "-") ? NULL : s->backup_folder;
	DB_CLEANUP struct db *db = NULL;

	/* A change of the schema takes as long as it takes. */
	options.statement_ms = options.lock_ms = options.idle_ms = 0;
	TRY(db_open_with(&db, s->database, DB_WRITE, &options));
	return migrate_safely(done, cli->arena, db,
	                      &(struct migrate_order){ .where = s->database,
	                                               .folder = folder,
	                                               .at = clock_now(&cli->clock) });
}

static enum err migrate(struct cli *cli, const struct settings *s)
{
	struct migrate_done done = { 0 };

	TRY(migrate_database(&done, cli, s));
	if (done.backup)
		log_event(LOG_INFO, "database.migrated", { "from", done.from },
		          { "to", done.to }, { "backup", done.backup });
	return ERR_OK;
}

static void keep_house(struct app *app)
{
	enum err e = app_housekeeping(app);

	if (e != ERR_OK)
		log_event(LOG_ERROR, "housekeeping.failed", { "err", err_name(e) },
		          { "text", err_message() });
}

static sigset_t our_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	return set;
}

/* A bad file changes nothing. */
static void refuse_reload(enum err e, const struct problems *problems)
{
	char line[24];

	if (e != ERR_OK)
		log_event(LOG_ERROR, "settings.refused", { "err", err_name(e) },
		          { "text", err_message() });
	for (const struct problem *p = problems->first; p; p = p->next) {
		snprintf(line, sizeof(line), "%d", p->line);
		log_event(LOG_ERROR, "settings.refused", { "line", p->line ? line : NULL },
		          { "text", p->message });
	}
}

static void take_over(struct app *app, struct settings *next, const struct settings *fresh)
{
	struct str changed, waiting;

	str_init(&changed, NULL, LONGEST_NAMES);
	str_init(&waiting, NULL, LONGEST_NAMES);
	settings_reload(next, fresh, &changed, &waiting);
	app_reload(app, next);
	log_as_json(next->log_json);
	log_event(LOG_INFO, "settings.reloaded",
	          { "changed", changed.len ? changed.data : NULL },
	          { "wait_for_restart", waiting.len ? waiting.data : NULL });
	str_release(&changed);
	str_release(&waiting);
}

/* Settings once in force stay in memory: a request may still be reading them. */
static void reload(struct cli *cli, struct app *app)
{
	struct settings fresh, *next;
	struct problems problems;

	problems_init(&problems, cli->arena);
	enum err e = serve_settings(&fresh, &problems, cli);
	if (e == ERR_OK)
		e = arena_new(cli->arena, &next);
	if (e != ERR_OK || problems.n) {
		refuse_reload(e, &problems);
		return;
	}
	*next = *app_settings(app);
	take_over(app, next, &fresh);
}

static void run_until_stopped(struct cli *cli, struct app *app)
{
	const struct timespec pause = { .tv_sec = HOUSEKEEPING_SECONDS };
	const sigset_t set = our_signals();

	for (;;) {
		int signal = sigtimedwait(&set, NULL, &pause);

		if (signal == SIGTERM || signal == SIGINT)
			return;
		if (signal == SIGHUP)
			reload(cli, app);
		keep_house(app);
		service_manager_say("WATCHDOG=1");
	}
}

/* Whoever sends requests here learns from /readyz that he should not; then the last are taken.
 */
static void leave(struct app *app)
{
	const struct timespec pause = { .tv_sec = (time_t)app_settings(app)->leave_seconds };

	health_leave(&app->health);
	service_manager_say("STOPPING=1");
	nanosleep(&pause, NULL);
}

static void say_address(struct cli *cli, const struct settings *s, int port)
{
	const char *colon = strrchr(s->listen, ':'), *address, *text;

	if (arena_printf(cli->arena, &address, "%.*s:%d", (int)(colon - s->listen), s->listen,
	                 port) == ERR_OK &&
	    msg_format(&text, cli->arena, MSG_WEB_LISTENING, address) == ERR_OK)
		fprintf(cli->out, "%s\n", text);
	fflush(cli->out);
}

static enum err serve(struct cli *cli, struct app *app)
{
	const struct http_service service = { app, blocks, answer };
	struct http_server *server;
	struct courier *courier;
	struct sealer *sealer;

	health_ask(&app->health);
	TRY(health_start(&app->health));
	TRY(http_server_start(&server, &service, &app->settings));
	enum err e = sealer_start(&sealer, app);
	if (e != ERR_OK) {
		http_server_stop(server);
		return e;
	}
	e = courier_start(&courier, app);
	if (e != ERR_OK) {
		http_server_stop(server);
		sealer_stop(sealer);
		return e;
	}
	app->server = server;
	say_address(cli, &app->settings, http_server_port(server));
	service_manager_say("READY=1");
	run_until_stopped(cli, app);
	leave(app);
	http_server_stop(server);
	app->server = NULL;
	keep_house(app);
	courier_stop(courier);
	sealer_stop(sealer);
	return ERR_OK;
}

static int refuse_listen(struct cli *cli, enum err e, const struct settings *s)
{
	const char *text;

	if (e != ERR_INPUT && e != ERR_IO)
		return cli_fail(cli, e);
	e = msg_format(&text, cli->arena,
	               e == ERR_INPUT ? MSG_WEB_LISTEN_BAD : MSG_WEB_LISTEN_TAKEN, s->listen);
	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

/* Every thread inherits the mask: only run_until_stopped() hears the signals. */
static void mask_signals(void)
{
	const sigset_t set = our_signals();

	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int refuse_config(struct cli *cli, enum err e)
{
	const char *text;

	if (e != ERR_IO || msg_format(&text, cli->arena, MSG_WEB_CONFIG_MISSING,
	                              cli_option(cli, "--config")) != ERR_OK)
		return cli_fail(cli, e);
	return cli_refuse(cli, text);
}

int serve_cli(struct cli *cli)
{
	struct settings settings;
	struct problems problems;
	struct app *app;

	problems_init(&problems, cli->arena);
	enum err e = serve_settings(&settings, &problems, cli);
	if (e != ERR_OK)
		return refuse_config(cli, e);
	if (problems.n)
		return say_problems(cli, &problems);
	log_as_json(settings.log_json);
	mask_signals();
	e = migrate(cli, &settings);
	if (e == ERR_OK)
		e = arena_new(cli->arena, &app);
	if (e == ERR_OK)
		e = app_open(app, &settings, cli->clock);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	e = serve(cli, app);
	app_close(app);
	return e == ERR_OK ? 0 : refuse_listen(cli, e, &settings);
}
