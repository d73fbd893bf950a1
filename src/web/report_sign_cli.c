/* report_sign_cli.c - cchc report sign: a detached CMS signature over a report's content, by a
 * token or a PEM key.  The PIN comes from a file or the environment: what is typed as an
 * argument, every program of the machine can read. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/package/package_sign_store.h"
#include "app/package/package_zip.h"
#include "app/report/report_store.h"
#include "app/unit/unit_store.h"
#include "base/durable.h"
#include "cli/dispatch.h"
#include "web/serve_settings.h"

enum { LONGEST_PIN = 256 };

/* ---- the key ---- */

static const char *chosen(struct cli *cli, const char *option, const char *setting)
{
	const char *given = cli_option(cli, option);

	return given ? given : str_eq(setting, "-") ? NULL : setting;
}

static ERR_RESULT read_pin(const char **out, struct cli *cli, const struct settings *s)
{
	const char *path = chosen(cli, "--pin-file", s->sign_pin_file);
	struct slice text;

	*out = getenv("CCHC_SIGN_PIN");
	if (!path)
		return ERR_OK;
	TRY(cli_read_file(&text, cli->arena, path, LONGEST_PIN));
	text = slice_trim(text);
	return arena_strndup(cli->arena, out, text.at, text.len);
}

static ERR_RESULT read_key(struct package_key *out, struct cli *cli, struct problems *problems)
{
	struct settings s;

	TRY(serve_settings(&s, problems, cli));
	*out = (struct package_key){ .pem = cli_option(cli, "--pem"),
		                     .module = chosen(cli, "--module", s.sign_module),
		                     .token = chosen(cli, "--token", s.sign_token),
		                     .name = chosen(cli, "--key", s.sign_key) };
	return read_pin(&out->pin, cli, &s);
}

/* ---- a package ---- */

/* Beside it under another name, and only then in its place. */
static ERR_RESULT replace_file(struct cli *cli, const char *path, struct slice bytes)
{
	const char *temporary;
	DURABLE_FILE f = { .file = NULL };

	TRY(arena_printf(cli->arena, &temporary, "%s.%ld", path, (long)getpid()));
	TRY(durable_create(&f, cli->arena, temporary));
	if (fwrite(bytes.at, 1, bytes.len, f.file) != bytes.len)
		return durable_error(path);
	TRY(durable_keep(&f));
	return durable_rename(temporary, path);
}

static ERR_RESULT sign_file(struct cli *cli, const char *path, const struct package_key *key,
                            struct problems *problems)
{
	enum package_fault fault = PACKAGE_CUT;
	struct package_file f = { 0 };
	struct slice zip, signed_zip;

	TRY(cli_read_file(&zip, cli->arena, path, PACKAGE_FILE_MOST_BYTES));
	TRY(package_zip_read(&f, &fault, zip, problems));
	if (fault != PACKAGE_SOUND)
		return err_set(ERR_INPUT, "the package cannot be signed");
	TRY(package_sign(&f.signature, &f.bytes, key, problems));
	TRY(package_zip_write(&signed_zip, cli->arena, &f));
	return replace_file(cli, path, signed_zip);
}

/* ---- a report ---- */

static ERR_RESULT find_frozen(struct package_frozen *out, struct cli *cli, struct db *db)
{
	const char *unit = cli_option(cli, "--unit"), *period = cli_option(cli, "--period"),
	           *regime = cli_option(cli, "--regime");
	struct report_of of = { .scope = ROW_NONE,
		                .regime = regime ? regime : "bnv-581",
		                .period = period ? period : "" };
	struct report report;

	TRY(unit_find_code(&of.unit, db, cli->arena, unit ? unit : ""));
	TRY(report_find_period(&report, db, cli->arena, &of, clock_today(&cli->clock)));
	return package_find(out, db, cli->arena, report.id);
}

static ERR_RESULT sign_report(struct cli *cli, struct db *db, struct db_writer *writer,
                              const struct package_key *key, struct problems *problems)
{
	const char *period = cli_option(cli, "--period");
	struct change change = cli_change("report.sign");
	struct package_frozen frozen;
	struct package_bytes bytes;
	struct slice signature;
	enum err e = find_frozen(&frozen, cli, db);

	if (e == ERR_NOT_FOUND) {
		TRY(problems_say(problems, "", 0, MSG_EXCHANGE_CLI_NOT_SIGNED,
		                 period ? period : ""));
		return err_set(ERR_INPUT, "there is no signed report");
	}
	TRY(e);
	TRY(package_bytes_of(&bytes, db, cli->arena, frozen.id));
	TRY(package_sign(&signature, &bytes, key, problems));
	return package_signature_keep(writer, &change, &frozen, signature);
}

static ERR_RESULT sign_stored(struct cli *cli, const struct package_key *key,
                              struct problems *problems)
{
	struct db_writer *writer = NULL;
	DB_CLEANUP struct db *db = NULL;

	TRY(cli_open_db(cli, &db));
	TRY(cli_open_writer(cli, &writer));
	enum err e = sign_report(cli, db, writer, key, problems);
	db_writer_stop(writer);
	return e;
}

int report_sign_cli(struct cli *cli)
{
	const char *path = cli_argument(cli, 0, "");
	struct package_key key = { 0 };
	struct problems problems;
	enum err e;

	problems_init(&problems, cli->arena);
	e = read_key(&key, cli, &problems);
	if (e == ERR_OK && problems.n == 0)
		e = path ? sign_file(cli, path, &key, &problems)
		         : sign_stored(cli, &key, &problems);
	for (const struct problem *p = problems.first; p; p = p->next)
		(void)cli_refuse(cli, p->message);
	if (problems.n > 0)
		return 2;
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s\n", msg_text(MSG_EXCHANGE_CLI_SIGNED));
	return 0;
}
