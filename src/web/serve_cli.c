/* serve_cli.c - `cchc serve` runs the server until SIGTERM or Ctrl+C, `cchc settings` prints
 * every setting. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"
#include "cli/dispatch.h"
#include "http/server.h"
#include "web/app.h"
#include "web/route.h"
#include "web/router.h"

enum { LONGEST_CONFIG = 1024 * 1024, HOUSEKEEPING_SECONDS = 5 };

/* ---- settings ---- */

static enum err read_file(const char **out, struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct str text;
	char piece[4096];
	size_t n;

	if (!f)
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	str_init(&text, a, LONGEST_CONFIG);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		str_put_n(&text, piece, n);
	bool failed = ferror(f) != 0;
	fclose(f);
	if (failed)
		return err_set(ERR_IO, "%s cannot be read", path);
	return str_finish(&text, out);
}

static enum err set_option(struct settings *s, struct problems *problems, struct cli *cli,
                           const char *option, const char *setting)
{
	const char *value = cli_option(cli, option);

	return value ? settings_set(s, problems, 0, setting, value) : ERR_OK;
}

/* File, then environment, then options. */
static enum err read_settings(struct settings *s, struct problems *problems, struct cli *cli)
{
	const char *path = cli_option(cli, "--config"), *text = "";

	*s = settings_default();
	if (path) {
		TRY(read_file(&text, cli->arena, path));
		TRY(settings_parse(s, problems, text));
	}
	TRY(settings_from_environment(s, problems, environ));
	TRY(set_option(s, problems, cli, "--db", "database"));
	return set_option(s, problems, cli, "--listen", "listen");
}

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

	str_init(&text, cli->arena, LONGEST_CONFIG);
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

/* A change of the schema takes as long as it takes. */
static enum err migrate(const struct settings *s)
{
	struct db_options options = app_db_options(s);
	DB_CLEANUP struct db *db = NULL;

	options.statement_ms = options.lock_ms = options.idle_ms = 0;
	TRY(db_open_with(&db, s->database, DB_WRITE, &options));
	return db_migrate(db);
}

static void keep_house(struct app *app)
{
	enum err e = app_housekeeping(app);

	if (e != ERR_OK)
		log_event(LOG_ERROR, "housekeeping.failed", { "err", err_name(e) },
		          { "text", err_message() });
}

static sigset_t stop_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	return set;
}

static void run_until_stopped(struct app *app)
{
	const struct timespec pause = { .tv_sec = HOUSEKEEPING_SECONDS };
	const sigset_t set = stop_signals();

	while (sigtimedwait(&set, NULL, &pause) < 0)
		keep_house(app);
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

	TRY(http_server_start(&server, &service, &app->settings));
	say_address(cli, &app->settings, http_server_port(server));
	run_until_stopped(app);
	http_server_stop(server);
	keep_house(app);
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
	const sigset_t set = stop_signals();

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
	enum err e = read_settings(&settings, &problems, cli);
	if (e != ERR_OK)
		return refuse_config(cli, e);
	if (problems.n)
		return say_problems(cli, &problems);
	mask_signals();
	e = migrate(&settings);
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
