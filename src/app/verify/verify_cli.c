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

struct outcome {
	bool checked;
	size_t bad; /* checks that found something */
};

static enum err run_checks(struct outcome *out, struct cli *cli, struct verify *v)
{
	TRY(verify_current(v));
	if (v->n)
		return print_found(cli, v);
	out->checked = true;
	TRY(verify_expected(&v->schema, cli->arena));
	for (size_t i = 0; i < verify_n_checks; i++) {
		TRY(verify_run(v, &verify_checks[i]));
		print_check(cli, &verify_checks[i], v->n ? MSG_VERIFY_BAD : MSG_VERIFY_GOOD);
		TRY(print_found(cli, v));
		out->bad += v->n > 0;
	}
	return ERR_OK;
}

static enum err verify_database(struct outcome *out, struct cli *cli, const char *where)
{
	ARENA_CLEANUP struct arena arena;
	DB_CLEANUP struct db *db = NULL;
	DB_TX tx = { 0 };

	arena_init(&arena, MOST_OF_A_CHECK);
	TRY(db_open(&db, where, DB_READ));
	TRY(db_begin_read(&tx, db));
	struct verify v = { .db = db, .arena = &arena, .quick = cli_flag(cli, "--quick") };

	return run_checks(out, cli, &v);
}

static enum err say_outcome(struct cli *cli, const struct outcome *o)
{
	const char *text = msg_text(MSG_VERIFY_ALL_GOOD);
	char n[24];

	snprintf(n, sizeof(n), "%zu", o->bad);
	if (!o->checked)
		text = msg_text(MSG_VERIFY_NOT_CHECKED);
	else if (o->bad)
		TRY(msg_format(&text, cli->arena, MSG_VERIFY_SOME_BAD, n));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

int verify_cli(struct cli *cli)
{
	const char *where = cli_option(cli, "--db");
	struct outcome outcome = { 0 };

	if (!where)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	enum err e = verify_database(&outcome, cli, where);
	if (e == ERR_OK)
		e = say_outcome(cli, &outcome);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return outcome.checked && outcome.bad == 0 ? 0 : 1;
}
