/* verify_cli.c - cchc verify: one line for each check; exit code 1 when any found something. */
#include "app/verify/verify_store.h"
#include "cli/dispatch.h"

enum { MOST_OF_A_CHECK = 512 << 20 };

static enum err print_found(struct cli *cli, const struct verify *v)
{
	const char *more;

	for (size_t i = 0; i < v->n && i < VERIFY_MOST_SHOWN; i++)
		fprintf(cli->out, "    %s\n", v->found[i]);
	if (v->n > VERIFY_MOST_SHOWN) {
		char n[24];

		snprintf(n, sizeof(n), "%zu", v->n - VERIFY_MOST_SHOWN);
		TRY(msg_format(&more, cli->arena, MSG_VERIFY_MORE, n));
		fprintf(cli->out, "    %s\n", more);
	}
	return ERR_OK;
}

static void print_check(struct cli *cli, const struct verify_check *check, enum msg result)
{
	fprintf(cli->out, "%s %-12s %s\n", msg_text(result), check->name, check->about);
	fflush(cli->out);
}

/* *bad: how many checks found something. */
static enum err run_checks(size_t *bad, struct cli *cli, struct verify *v)
{
	TRY(verify_current(v));
	if (v->n) {
		for (size_t i = 0; i < verify_n_checks; i++)
			print_check(cli, &verify_checks[i], MSG_VERIFY_NOT_CHECKED);
		*bad = verify_n_checks;
		return print_found(cli, v);
	}
	TRY(verify_expected(&v->schema, cli->arena));
	for (size_t i = 0; i < verify_n_checks; i++) {
		TRY(verify_run(v, &verify_checks[i]));
		print_check(cli, &verify_checks[i], v->n ? MSG_VERIFY_BAD : MSG_VERIFY_GOOD);
		TRY(print_found(cli, v));
		*bad += v->n > 0;
	}
	return ERR_OK;
}

static enum err verify_database(size_t *bad, struct cli *cli, const char *where)
{
	ARENA_CLEANUP struct arena arena;
	DB_CLEANUP struct db *db = NULL;
	DB_TX tx = { 0 };

	arena_init(&arena, MOST_OF_A_CHECK);
	TRY(db_open(&db, where, DB_READ));
	TRY(db_begin_read(&tx, db));
	struct verify v = { .db = db, .arena = &arena, .quick = cli_flag(cli, "--quick") };

	return run_checks(bad, cli, &v);
}

int verify_cli(struct cli *cli)
{
	const char *where = cli_option(cli, "--db"), *text = msg_text(MSG_VERIFY_ALL_GOOD);
	size_t bad = 0;
	char n[24];

	if (!where)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	enum err e = verify_database(&bad, cli, where);
	if (e == ERR_OK && bad) {
		snprintf(n, sizeof(n), "%zu", bad);
		e = msg_format(&text, cli->arena, MSG_VERIFY_SOME_BAD, n);
	}
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s\n", text);
	return bad ? 1 : 0;
}
