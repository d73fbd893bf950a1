/* migrate_cli.c - cchc migrate: shows what will be done, asks, takes a backup, does it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/backup/migrate_store.h"
#include "cli/dispatch.h"

enum { ANSWER = 64 };

static enum err say(struct cli *cli, enum msg id, const char *first, const char *second)
{
	const char *text;

	TRY(msg_format(&text, cli->arena, id, first, second));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static enum err show_plan(struct cli *cli, const struct migrate_plan *plan,
                          const struct migrate_order *order)
{
	const char *path, *from = plan->from ? plan->from : msg_text(MSG_MIGRATE_EMPTY);
	int64_t megabytes = plan->bytes / 1000000 + 1;
	char size[24];

	TRY(say(cli, MSG_MIGRATE_FROM_TO, from, plan->to));
	for (size_t i = 0; i < plan->n_steps; i++)
		TRY(say(cli, MSG_MIGRATE_STEP, plan->steps[i].name, ""));
	if (!plan->from)
		return ERR_OK;
	snprintf(size, sizeof(size), "%lld", (long long)megabytes);
	TRY(say(cli, MSG_MIGRATE_SIZE, size, ""));
	TRY(migrate_backup_path(&path, cli->arena, plan, order));
	return say(cli, MSG_MIGRATE_BACKUP, path, "");
}

/* --yes, or "có" typed at a terminal. */
static bool confirmed(struct cli *cli)
{
	char answer[ANSWER];

	if (cli_flag(cli, "--yes"))
		return true;
	if (!isatty(STDIN_FILENO))
		return false;
	fprintf(cli->out, "%s ", msg_text(MSG_MIGRATE_ASK));
	fflush(cli->out);
	if (!fgets(answer, sizeof(answer), stdin))
		return false;
	answer[strcspn(answer, "\r\n")] = '\0';
	return str_eq(answer, "có") || str_eq(answer, "co");
}

static enum err migrate(struct cli *cli, struct db *db, const struct migrate_order *order)
{
	struct migrate_done done;

	TRY(migrate_safely(&done, cli->arena, db, order));
	if (done.backup)
		TRY(say(cli, MSG_MIGRATE_BACKED_UP, done.backup, ""));
	return say(cli, MSG_MIGRATE_DONE, done.to, "");
}

/* *code: what the command ends with when it could do its work. */
static enum err plan_and_migrate(int *code, struct cli *cli, struct db *db,
                                 const struct migrate_order *order)
{
	struct migrate_plan plan;

	TRY(migrate_plan_read(&plan, cli->arena, db));
	*code = 0;
	if (plan.n_steps == 0)
		return say(cli, MSG_MIGRATE_CURRENT, plan.to, "");
	TRY(show_plan(cli, &plan, order));
	if (cli_flag(cli, "--plan"))
		return ERR_OK;
	if (plan.from && !confirmed(cli)) {
		*code = cli_refuse(cli, msg_text(MSG_MIGRATE_NOT_CONFIRMED));
		return ERR_OK;
	}
	return migrate(cli, db, order);
}

int migrate_cli(struct cli *cli)
{
	struct migrate_order order = { .where = cli_option(cli, "--db"),
		                       .folder = cli_option(cli, "--backup-to"),
		                       .at = clock_now(&cli->clock) };
	DB_CLEANUP struct db *db = NULL;
	int code = 2;

	if (!order.where)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	enum err e = db_open(&db, order.where, DB_WRITE);
	if (e == ERR_OK)
		e = plan_and_migrate(&code, cli, db, &order);
	if (e == ERR_DB_OLDER)
		return cli_refuse(cli, msg_text(MSG_MIGRATE_NO_FOLDER));
	return e == ERR_OK ? code : cli_fail(cli, e);
}
