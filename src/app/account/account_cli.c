/* account_cli.c - cchc account add: the first account of an installation, before anybody can
 * log in.  The password is one line of standard input, so that no list of processes shows it.
 */
#include <stdio.h>
#include <string.h>

#include "app/account/account_store.h"
#include "base/password.h"
#include "base/str.h"
#include "cli/dispatch.h"

enum { LONGEST_LINE = 4 * PASSWORD_LONGEST };

static int refuse_all(struct cli *cli, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		(void)cli_refuse(cli, p->message);
	return 2;
}

static ERR_RESULT read_password(const char **hash, struct cli *cli, const char *login,
                                struct problems *problems)
{
	char line[LONGEST_LINE], text[PASSWORD_HASH];

	fprintf(cli->err, "%s\n", msg_text(MSG_ACCOUNT_PASSWORD_ASKED));
	if (!fgets(line, sizeof(line), stdin))
		line[0] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	TRY(account_password_check(line, NULL, login, problems));
	if (problems->n > 0)
		return ERR_INPUT;
	TRY(password_hash(text, NULL, line));
	return arena_strdup(cli->arena, hash, text);
}

struct first_account {
	struct account_draft draft;
	const char *unit_code, *role;
	date_t from_on;
	struct problems *problems;
};

/* One write: an account without its role would help nobody. */
static enum err add_with_role(struct db_write_context *w, void *arg)
{
	struct first_account *f = arg;
	struct account_granting g = { .role = f->role,
		                      .from_on = f->from_on,
		                      .to_on = DATE_NONE };

	TRY(account_find_unit(&f->draft.unit_id, w->db, w->arena, f->unit_code));
	TRY(account_add_in(&g.account, w, &f->draft, f->problems));
	g.unit = f->draft.unit_id;
	return account_grant_in(w, &g, f->problems);
}

static ERR_RESULT add_account(struct cli *cli, struct first_account *f)
{
	struct change change = cli_change("account.add");
	struct db_writer *writer;
	struct db *db;
	enum err e;

	TRY(cli_open_db(cli, &db)); /* migrates, so that the writer finds its tables */
	db_close(db);
	TRY(cli_open_writer(cli, &writer));
	e = db_write(writer, &change, add_with_role, f);
	db_writer_stop(writer);
	return e;
}

int account_add_cli(struct cli *cli)
{
	struct problems problems;
	struct first_account f = { .draft = { .login = cli_option(cli, "--login"),
		                              .name = cli_option(cli, "--name"),
		                              .title = cli_option(cli, "--title") },
		                   .unit_code = cli_option(cli, "--unit"),
		                   .role = cli_option(cli, "--role"),
		                   .from_on = clock_today(&cli->clock),
		                   .problems = &problems };
	enum err e;

	problems_init(&problems, cli->arena);
	e = read_password(&f.draft.password_hash, cli, f.draft.login, &problems);
	if (e == ERR_OK)
		e = add_account(cli, &f);
	if (e == ERR_NOT_FOUND)
		return cli_refuse(cli, msg_text(MSG_ACCOUNT_UNIT_UNKNOWN));
	if (e == ERR_INPUT && problems.n > 0)
		return refuse_all(cli, &problems);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s: %s\n", f.draft.login, role_title_of(f.role));
	return 0;
}
