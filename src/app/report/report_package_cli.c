/* report_package_cli.c - cchc report export, cchc report verify, cchc report check. */
#include <inttypes.h>

#include "app/package/package_check.h"
#include "app/report/report_package_store.h"
#include "app/unit/unit_store.h"
#include "base/durable.h"
#include "cli/dispatch.h"

static ERR_RESULT print(struct cli *cli, enum msg id, const char *one, const char *two,
                        const char *three)
{
	const char *text;

	TRY(msg_format(&text, cli->arena, id, one, two, three));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static void print_problems(struct cli *cli, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		(void)cli_refuse(cli, p->message);
}

/* The report of --unit, --period and --regime; a problem when there is none. */
static ERR_RESULT find(struct report *out, struct cli *cli, struct db *db,
                       struct problems *problems)
{
	const char *unit = cli_option(cli, "--unit"), *period = cli_option(cli, "--period");
	const char *regime = cli_option(cli, "--regime");
	struct report_of of = { .scope = ROW_NONE,
		                .regime = regime ? regime : "bnv-581",
		                .period = period ? period : "" };
	enum err e;

	unit = unit ? unit : "";
	e = unit_find_code(&of.unit, db, cli->arena, unit);
	if (e == ERR_OK)
		e = report_find_period(out, db, cli->arena, &of, clock_today(&cli->clock));
	if (e == ERR_NOT_FOUND) {
		TRY(problems_say(problems, "", 0, MSG_REPORT_CLI_NONE, of.period, unit));
		return err_set(ERR_INPUT, "no such report");
	}
	return e;
}

static int answer(struct cli *cli, enum err e, const struct problems *problems)
{
	if (e == ERR_OK)
		return 0;
	if (e != ERR_INPUT || problems->n == 0)
		return cli_fail(cli, e);
	print_problems(cli, problems);
	return 1;
}

/* ---- report export ---- */

static ERR_RESULT save(struct cli *cli, const char *path, struct slice zip)
{
	DURABLE_FILE file = { 0 };

	TRY(durable_create(&file, cli->arena, path));
	if (fwrite(zip.at, 1, zip.len, file.file) != zip.len)
		return durable_error(path);
	return durable_keep(&file);
}

static ERR_RESULT export_report(struct cli *cli, const char *path, struct problems *problems)
{
	DB_CLEANUP struct db *db = NULL;
	struct package_file file;
	struct report r;
	struct slice zip;
	enum err e;

	TRY(cli_open_db(cli, &db));
	TRY(find(&r, cli, db, problems));
	e = report_package_open(&file, db, cli->arena, &r);
	if (e == ERR_NOT_FOUND) {
		TRY(problems_say(problems, "", 0, MSG_REPORT_CLI_NOT_SIGNED));
		return err_set(ERR_INPUT, "the report was never signed");
	}
	TRY(e);
	TRY(package_zip_write(&zip, cli->arena, &file));
	TRY(save(cli, path, zip));
	return print(cli, MSG_REPORT_CLI_EXPORTED, path, file.bytes.sha256, NULL);
}

int report_export_cli(struct cli *cli)
{
	const char *path = cli_option(cli, "--to");
	struct problems problems;

	if (!path)
		return cli_refuse(cli, msg_text(MSG_REPORT_CLI_TO));
	problems_init(&problems, cli->arena);
	return answer(cli, export_report(cli, path, &problems), &problems);
}

/* ---- report verify ---- */

static ERR_RESULT print_signers(struct cli *cli, const struct package_signers *signers)
{
	static const enum msg trusts[] = { MSG_REPORT_CLI_TRUST_NOT_ASKED,
		                           MSG_REPORT_CLI_TRUSTED,
		                           MSG_REPORT_CLI_TRUST_UNKNOWN };

	if (signers->n == 0)
		return print(cli, MSG_REPORT_CLI_NO_SIGNATURE, NULL, NULL, NULL);
	for (size_t i = 0; i < signers->n; i++) {
		const struct package_signer *s = &signers->at[i];

		TRY(print(cli, MSG_REPORT_CLI_SIGNED_BY, s->name, s->issuer,
		          msg_text(trusts[s->trust])));
	}
	return ERR_OK;
}

static ERR_RESULT print_sound(struct cli *cli, const struct package_file *f,
                              const struct package_checked *checked)
{
	char cells[24], computed[24], number[24], day[DATE_TEXT];
	const char *named;

	snprintf(cells, sizeof(cells), "%zu", checked->n_cells);
	snprintf(computed, sizeof(computed), "%zu", checked->n_computed);
	snprintf(number, sizeof(number), "%" PRId64, f->header.number);
	TRY(print(cli, MSG_REPORT_CLI_SOUND, f->content.unit.name, f->content.period_name,
	          f->bytes.sha256));
	if (f->header.number > 0) {
		TRY(arena_printf(cli->arena, &named, "%s/%s", number, f->header.notation));
		TRY(print(cli, MSG_REPORT_CLI_NUMBERED, named, date_vn(f->header.dated_on, day),
		          NULL));
	}
	return print(cli, MSG_REPORT_CLI_COMPUTED, cells, computed, NULL);
}

enum { PACKED_MOST = 128 * 1024 * 1024 };

static ERR_RESULT verify_file(struct cli *cli, const char *path, struct problems *problems)
{
	struct package_signers signers;
	struct package_checked checked;
	enum package_fault fault;
	struct package_file file;
	struct slice zip;

	TRY(cli_read_file(&zip, cli->arena, path, PACKED_MOST));
	TRY(package_zip_read(&file, &fault, zip, problems));
	if (fault != PACKAGE_SOUND)
		return err_set(ERR_INPUT, "the file is no sound package");
	TRY(package_check(&checked, &file.content, file.definitions, file.n_definitions,
	                  problems));
	TRY(package_zip_signers(&signers, &file, cli_option(cli, "--ca"), problems));
	if (problems->n > 0)
		return err_set(ERR_INPUT, "the package contradicts itself");
	TRY(print_sound(cli, &file, &checked));
	return print_signers(cli, &signers);
}

int report_verify_cli(struct cli *cli)
{
	const char *path = cli_argument(cli, 0, "");
	struct problems problems;

	if (!path)
		return cli_refuse(cli, msg_text(MSG_REPORT_CLI_FILE));
	problems_init(&problems, cli->arena);
	return answer(cli, verify_file(cli, path, &problems), &problems);
}

/* ---- report check ---- */

static ERR_RESULT print_cause(struct cli *cli, const struct report_cause *c)
{
	char at[INSTANT_TEXT];
	const char *who = c->account_name ? c->account_name : msg_text(MSG_REPORT_CLI_PROGRAM);

	fprintf(cli->out, "    %s %s; %s, %s\n", report_cause_name(c->kind), c->what, who,
	        instant_vn(c->at, at));
	return ERR_OK;
}

static ERR_RESULT print_moved(struct cli *cli, const struct report_moved *moved)
{
	char before[DEC_TEXT], after[DEC_TEXT];

	for (size_t i = 0; i < moved->n; i++) {
		const struct report_moved_cell *m = &moved->at[i];

		fprintf(cli->out, "  %s/%s: %s -> %s\n", m->form, m->indicator,
		        dec_vn(m->before, -1, before), dec_vn(m->after, -1, after));
		for (size_t k = 0; k < m->n_causes; k++)
			TRY(print_cause(cli, &m->causes[k]));
		if (m->more)
			fprintf(cli->out, "    ...\n");
	}
	return ERR_OK;
}

static ERR_RESULT check_report(bool *same, struct cli *cli, struct problems *problems)
{
	DB_CLEANUP struct db *db = NULL;
	struct report_again again;
	struct report_moved moved;
	struct report r;
	char n[24];
	enum err e;

	TRY(cli_open_db(cli, &db));
	TRY(find(&r, cli, db, problems));
	e = report_rederive(&again, db, cli->arena, r.id);
	if (e == ERR_NOT_FOUND) {
		TRY(problems_say(problems, "", 0, MSG_REPORT_CLI_NOT_SIGNED));
		return err_set(ERR_INPUT, "the report was never signed");
	}
	TRY(e);
	*same = again.same;
	TRY(print(cli, again.same ? MSG_REPORT_CLI_SAME : MSG_REPORT_CLI_DIFFERS,
	          again.frozen.sha256, again.bytes.sha256, NULL));
	TRY(report_moved(&moved, db, cli->arena, r.id));
	snprintf(n, sizeof(n), "%zu", moved.n);
	TRY(print(cli, MSG_REPORT_CLI_MOVED, n, NULL, NULL));
	return print_moved(cli, &moved);
}

int report_check_cli(struct cli *cli)
{
	struct problems problems;
	bool same = false;
	enum err e;

	problems_init(&problems, cli->arena);
	e = check_report(&same, cli, &problems);
	return e == ERR_OK ? !same : answer(cli, e, &problems);
}
