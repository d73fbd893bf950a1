/* backup_cli.c - cchc backup, backup-check, restore and copy. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/backup/backup_store.h"
#include "cli/dispatch.h"

enum { NUMBER = 32 };

static const char *number(char out[NUMBER], int64_t n)
{
	snprintf(out, NUMBER, "%lld", (long long)n);
	return out;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* "12,3" */
static const char *tenths(char out[NUMBER], int64_t tenth)
{
	snprintf(out, NUMBER, "%lld,%lld", (long long)(tenth / 10), (long long)(tenth % 10));
	return out;
}

static void say_table(void *arg, const char *name, int64_t rows)
{
	struct cli *cli = arg;
	char n[NUMBER];
	const char *text;

	if (rows > 0 &&
	    msg_format(&text, cli->arena, MSG_BACKUP_TABLE, name, number(n, rows)) == ERR_OK)
		fprintf(cli->err, "%s\n", text);
}

static struct backup_progress progress_of(struct cli *cli)
{
	return (struct backup_progress){ say_table, cli };
}

static int refuse_with(struct cli *cli, enum msg id, const char *first, const char *second)
{
	const char *text;
	enum err e = msg_format(&text, cli->arena, id, first, second);

	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

/* What an error means here; `to` is what would have been made. */
static int fail_with(struct cli *cli, enum err e, const char *to, bool reads_backup)
{
	if (e == ERR_CONFLICT)
		return db_is_server(to) ? cli_refuse(cli, msg_text(MSG_BACKUP_NOT_EMPTY))
		                        : refuse_with(cli, MSG_BACKUP_EXISTS, to, "");
	if (e == ERR_INPUT && reads_backup)
		return refuse_with(cli, MSG_BACKUP_DAMAGED, err_message(), "");
	if (e == ERR_NOT_FOUND)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_DATABASE));
	return cli_fail(cli, e);
}

/* ---- backup ---- */

static enum err make(struct backup_summary *out, struct cli *cli, const char *from,
                     const char *to)
{
	struct backup_progress progress = progress_of(cli);
	DB_CLEANUP struct db *db = NULL;

	TRY(db_open(&db, from, DB_READ));
	return backup_make(out, cli->arena, db, to, clock_now(&cli->clock), &progress);
}

static enum err say_made(struct cli *cli, const struct backup_summary *s, const char *to,
                         int64_t ms)
{
	char rows[NUMBER], tables[NUMBER], size[NUMBER], seconds[NUMBER];
	const char *text;

	TRY(msg_format(&text, cli->arena, MSG_BACKUP_MADE, number(rows, s->rows),
	               number(tables, (int64_t)s->n_tables), to,
	               tenths(size, (int64_t)(s->bytes / 100000)), tenths(seconds, ms / 100)));
	fprintf(cli->out, "%s\n", text);
	TRY(msg_format(&text, cli->arena, MSG_BACKUP_DIGEST_IS, s->digest));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

int backup_cli(struct cli *cli)
{
	const char *from = cli_option(cli, "--db"), *to = cli_option(cli, "--to");
	struct backup_summary s;
	int64_t start = now_ms();

	if (!from)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	if (!to)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_TO));
	enum err e = make(&s, cli, from, to);
	if (e == ERR_OK)
		e = say_made(cli, &s, to, now_ms() - start);
	return e == ERR_OK ? 0 : fail_with(cli, e, to, false);
}

/* ---- backup-check ---- */

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}
#define FILE_CLEANUP __attribute__((cleanup(close_file)))

static int refuse_file(struct cli *cli, const char *path)
{
	return refuse_with(cli, MSG_BACKUP_CANNOT_OPEN, path, strerror(errno));
}

static enum err say_good(struct cli *cli, const struct backup_summary *s)
{
	char rows[NUMBER], tables[NUMBER];
	const char *text;

	TRY(msg_format(&text, cli->arena, MSG_BACKUP_GOOD, number(rows, s->rows),
	               number(tables, (int64_t)s->n_tables), s->taken_at, s->engine,
	               s->schema));
	fprintf(cli->out, "%s\n", text);
	TRY(msg_format(&text, cli->arena, MSG_BACKUP_DIGEST_IS, s->digest));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

/* A damaged file is the answer "no". */
int backup_check_cli(struct cli *cli)
{
	const char *path = cli_argument(cli, 0, "");
	struct backup_progress progress = progress_of(cli);
	struct backup_summary s;
	FILE_CLEANUP FILE *file = NULL;

	if (!path)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_FILE));
	file = fopen(path, "rb");
	if (!file)
		return refuse_file(cli, path);
	enum err e = backup_check(&s, cli->arena, file, &progress);
	if (e == ERR_OK)
		e = say_good(cli, &s);
	if (e == ERR_OK)
		return 0;
	int code = fail_with(cli, e, path, true);
	return e == ERR_INPUT ? 1 : code;
}

/* ---- restore ---- */

static enum err restore(struct backup_summary *out, struct cli *cli, FILE *file, const char *to)
{
	struct backup_progress progress = progress_of(cli);
	enum backup_schema schema =
	        cli_flag(cli, "--as-it-was") ? BACKUP_AS_IT_WAS : BACKUP_UPGRADE;
	BACKUP_TARGET target = { 0 };

	TRY(backup_target_open(&target, cli->arena, to));
	TRY(backup_restore(out, cli->arena, file, target.db, schema, &progress));
	return backup_target_keep(&target);
}

static enum err say_restored(struct cli *cli, const struct backup_summary *s, int64_t ms)
{
	char rows[NUMBER], tables[NUMBER], seconds[NUMBER];
	const char *text;

	TRY(msg_format(&text, cli->arena, MSG_BACKUP_RESTORED, number(rows, s->rows),
	               number(tables, (int64_t)s->n_tables), s->taken_at,
	               tenths(seconds, ms / 100)));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

int restore_cli(struct cli *cli)
{
	const char *from = cli_option(cli, "--from"), *to = cli_option(cli, "--to");
	struct backup_summary s;
	int64_t start = now_ms();
	FILE_CLEANUP FILE *file = NULL;

	if (!from)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_FROM));
	if (!to)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_TARGET));
	file = fopen(from, "rb");
	if (!file)
		return refuse_file(cli, from);
	enum err e = restore(&s, cli, file, to);
	if (e == ERR_OK)
		e = say_restored(cli, &s, now_ms() - start);
	return e == ERR_OK ? 0 : fail_with(cli, e, to, true);
}

/* ---- copy ---- */

static enum err copy(int64_t *rows, struct cli *cli, const char *from, const char *to)
{
	struct backup_progress progress = progress_of(cli);
	DB_CLEANUP struct db *db = NULL;
	BACKUP_TARGET target = { 0 };

	TRY(db_open(&db, from, DB_READ));
	TRY(backup_target_open(&target, cli->arena, to));
	TRY(backup_copy(rows, cli->arena, db, target.db, &progress));
	return backup_target_keep(&target);
}

int copy_cli(struct cli *cli)
{
	const char *from = cli_option(cli, "--from"), *to = cli_option(cli, "--to"), *text;
	char n[NUMBER], seconds[NUMBER];
	int64_t start = now_ms(), rows = 0;

	if (!from)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_SOURCE));
	if (!to)
		return cli_refuse(cli, msg_text(MSG_BACKUP_NO_TARGET));
	enum err e = copy(&rows, cli, from, to);
	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_BACKUP_COPIED, number(n, rows),
		               tenths(seconds, (now_ms() - start) / 100));
	if (e != ERR_OK)
		return fail_with(cli, e, to, false);
	fprintf(cli->out, "%s\n", text);
	return 0;
}
