/* demo_cli.c - cchc demo: makes an invented province in a new database. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/backup/backup_store.h"
#include "app/demo/demo_store.h"
#include "base/str.h"
#include "cli/dispatch.h"

enum { FEWEST = 0, MOST = 20000000, USUAL = 20000, TEMPORARY_PATH = 1000 };

static int list_accounts(struct cli *cli)
{
	fprintf(cli->out, "%s %s\n", msg_text(MSG_DEMO_ACCOUNTS), DEMO_PASSWORD);
	for (size_t i = 0; i < demo_n_accounts; i++)
		fprintf(cli->out, "  %-12s %s\n", demo_accounts[i].login,
		        demo_accounts[i].about);
	return 0;
}

struct options {
	long long dossiers, seed;
	date_t until;
};

/* Reads the options; false after having said what is wrong. */
static bool read_options(struct cli *cli, struct options *out)
{
	const char *dossiers = cli_option(cli, "--dossiers"), *seed = cli_option(cli, "--seed");
	const char *until = cli_option(cli, "--until");

	*out = (struct options){ USUAL, 1, demo_last_day() };
	if ((dossiers && !str_to_int(dossiers, &out->dossiers)) || out->dossiers < FEWEST ||
	    out->dossiers > MOST)
		return cli_refuse(cli, msg_text(MSG_DEMO_BAD_DOSSIERS)), false;
	if (seed && !str_to_int(seed, &out->seed))
		return cli_refuse(cli, msg_text(MSG_DEMO_BAD_SEED)), false;
	if (until && (!date_parse_vn(&out->until, until) ||
	              date_cmp(out->until, date_add(demo_merger_day(), 30)) < 0))
		return cli_refuse(cli, msg_text(MSG_DEMO_BAD_UNTIL)), false;
	return true;
}

static ERR_RESULT migrate(const char *where)
{
	struct db *db DB_CLEANUP = NULL;

	TRY(db_open(&db, where, DB_WRITE));
	return db_migrate(db);
}

static ERR_RESULT fill(struct cli *cli, const char *path, const struct options *o)
{
	struct clock fixed = { instant_local(demo_first_day(), 0) };
	struct db_writer *writer;

	TRY(migrate(path));
	TRY(db_writer_inline(&writer, path, fixed, &cli->ids));
	enum err e = demo_make(writer, (size_t)o->dossiers, (uint64_t)o->seed, o->until);
	db_writer_stop(writer);
	return e;
}

static ERR_RESULT make_file(struct cli *cli, const char *path, const struct options *o)
{
	enum err e = fill(cli, path, o);

	if (e != ERR_OK)
		unlink(path); /* nobody had it before, and half a province is of no use */
	return e;
}

static ERR_RESULT copy(struct cli *cli, const char *from, const char *to)
{
	struct db *source DB_CLEANUP = NULL, *target DB_CLEANUP = NULL;
	int64_t rows;

	TRY(db_open(&source, from, DB_READ));
	TRY(db_open(&target, to, DB_WRITE));
	return backup_copy(&rows, cli->arena, source, target, NULL);
}

/* On a server every statement of every dossier would wait for an answer; a file that is copied
 * as a whole, or not at all, is ten times as fast and has the same rows. */
static ERR_RESULT make_on_server(struct cli *cli, const char *where, const struct options *o)
{
	const char *temporary = getenv("TMPDIR"), *path;
	char folder[TEMPORARY_PATH];

	if (snprintf(folder, sizeof(folder), "%s/cchc-demo-XXXXXX",
	             temporary ? temporary : "/tmp") >= TEMPORARY_PATH)
		return err_set(ERR_INPUT, "TMPDIR is too long");
	if (!mkdtemp(folder))
		return err_set(ERR_IO, "no temporary folder %s: %s", folder, strerror(errno));
	enum err e = arena_printf(cli->arena, &path, "%s/demo.db", folder);
	if (e == ERR_OK)
		e = make_file(cli, path, o);
	if (e == ERR_OK) {
		e = copy(cli, path, where);
		unlink(path);
	}
	rmdir(folder);
	return e;
}

/* A file that is not there, or a database of a server without any table.  Says what is wrong.
 */
static ERR_RESULT is_new(bool *out, struct cli *cli, const char *where)
{
	struct db *db DB_CLEANUP = NULL;

	if (db_is_server(where)) {
		TRY(db_open(&db, where, DB_WRITE));
		TRY(db_is_empty(out, db));
	} else {
		*out = access(where, F_OK) != 0;
	}
	if (!*out)
		(void)cli_refuse(cli, msg_text(db_is_server(where) ? MSG_DEMO_NOT_EMPTY
		                                                   : MSG_DEMO_EXISTS));
	return ERR_OK;
}

int demo_cli(struct cli *cli)
{
	const char *where = cli_option(cli, "--db");
	struct options options;
	bool new_one;

	if (cli_flag(cli, "--accounts"))
		return list_accounts(cli);
	if (!where)
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	enum err e = is_new(&new_one, cli, where);
	if (e == ERR_OK && (!new_one || !read_options(cli, &options)))
		return 2;
	if (e == ERR_OK)
		e = db_is_server(where) ? make_on_server(cli, where, &options)
		                        : make_file(cli, where, &options);
	return e == ERR_OK ? list_accounts(cli) : cli_fail(cli, e);
}
