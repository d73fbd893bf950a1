/* exchange_push_cli.c - cchc exchange push: one round without a server. */
#include <stdio.h>

#include "cli/dispatch.h"
#include "http/outgoing.h"
#include "web/exchange_line.h"
#include "web/serve_settings.h"

static ERR_RESULT push(struct cli *cli, struct exchange_done *done, struct db_writer *writer,
                       const struct settings *s)
{
	const char *ca_file = str_eq(s->exchange_ca, "-") ? NULL : s->exchange_ca;
	struct exchange_line line = exchange_line_over_http(&ca_file);
	struct exchange_office office = { .writer = writer, .clock = cli->clock };
	DB_CLEANUP struct db *db = NULL;

	TRY(http_asking_starts());
	TRY(cli_open_db(cli, &db));
	office.db = db;
	office.seed = (uint64_t)clock_now(&cli->clock).us;
	TRY(exchange_look_again(cli->arena, &office));
	return exchange_round(done, cli->arena, &line, &office);
}

static ERR_RESULT say(struct cli *cli, const struct exchange_done *done)
{
	char sent[24], failed[24], heard[24];
	const char *text;

	snprintf(sent, sizeof(sent), "%zu", done->sent);
	snprintf(failed, sizeof(failed), "%zu", done->failed);
	snprintf(heard, sizeof(heard), "%zu", done->heard);
	TRY(msg_format(&text, cli->arena, MSG_EXCHANGE_CLI_PUSHED, sent, failed, heard));
	fprintf(cli->out, "%s\n", text);
	if (done->trouble)
		fprintf(cli->err, "%s\n", done->trouble);
	return ERR_OK;
}

int exchange_push_cli(struct cli *cli)
{
	struct exchange_done done = { .trouble = NULL };
	struct db_writer *writer = NULL;
	struct settings settings;
	struct problems problems;

	problems_init(&problems, cli->arena);
	enum err e = serve_settings(&settings, &problems, cli);
	if (e == ERR_OK && problems.n > 0)
		return cli_refuse(cli, problems.first->message);
	if (e == ERR_OK)
		e = cli_open_writer(cli, &writer);
	if (e == ERR_OK)
		e = push(cli, &done, writer, &settings);
	if (writer)
		db_writer_stop(writer);
	if (e == ERR_OK)
		e = say(cli, &done);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return done.trouble || done.failed ? 1 : 0;
}
