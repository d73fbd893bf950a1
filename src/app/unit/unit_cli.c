/* unit_cli.c - cchc unit list, cchc unit add: the tree of a day, and a first unit. */
#include <stdio.h>

#include "app/unit/unit_store.h"
#include "base/str.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { LONGEST_LIST = 64 * 1024 * 1024 };

static ERR_RESULT write_json(struct cli *cli, const struct unit_rows *tree)
{
	struct str text;
	struct json j;
	const char *out;

	str_init(&text, cli->arena, LONGEST_LIST);
	json_init(&j, &text);
	json_begin_array(&j);
	for (size_t i = 0; i < tree->n; i++) {
		const struct unit_row *u = &tree->at[i];

		json_begin_object(&j);
		json_key(&j, "code");
		json_text(&j, u->code);
		json_key(&j, "code_qcvn");
		json_text(&j, u->code_qcvn);
		json_key(&j, "name");
		json_text(&j, u->name);
		json_key(&j, "level");
		json_text(&j, u->level);
		json_key(&j, "depth");
		json_int(&j, u->depth);
		json_key(&j, "issues_codes");
		json_bool(&j, u->issues_codes);
		json_end(&j);
	}
	json_end(&j);
	TRY(str_finish(&text, &out));
	fprintf(cli->out, "%s\n", out);
	return ERR_OK;
}

static ERR_RESULT list_units(struct cli *cli, date_t on)
{
	DB_CLEANUP struct db *db = NULL;
	struct unit_rows tree;

	TRY(cli_open_db(cli, &db));
	TRY(unit_tree(&tree, db, cli->arena, ROW_NONE, on, on));
	if (cli_flag(cli, "--json"))
		return write_json(cli, &tree);
	for (size_t i = 0; i < tree.n; i++)
		fprintf(cli->out, "%-20s %*s%s (%s)\n", tree.at[i].code, 2 * tree.at[i].depth,
		        "", tree.at[i].name, tree.at[i].level_name);
	return ERR_OK;
}

/* --on, or today; false after having said that it is no day. */
static bool read_day(date_t *out, struct cli *cli, const char *option)
{
	const char *text = cli_option(cli, option);

	*out = clock_today(&cli->clock);
	if (!text || date_parse_vn(out, text))
		return true;
	(void)cli_refuse(cli, msg_text(MSG_UNIT_DAY_MISSING));
	return false;
}

int unit_list_cli(struct cli *cli)
{
	date_t on;
	enum err e;

	if (!read_day(&on, cli, "--on"))
		return 2;
	e = list_units(cli, on);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

/* ---- adding ---- */

static int say_problems(struct cli *cli, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		(void)cli_refuse(cli, p->message);
	return 2;
}

/* --parent; false after having said that there is none. */
static ERR_RESULT find_parent(row_id *out, struct cli *cli)
{
	const char *code = cli_option(cli, "--parent");
	DB_CLEANUP struct db *db = NULL;

	TRY(cli_open_db(cli, &db)); /* migrates, so that the writer finds its tables */
	*out = ROW_NONE;
	return code ? unit_find_code(out, db, cli->arena, code) : ERR_OK;
}

static ERR_RESULT add_unit(struct cli *cli, struct unit_draft *draft, struct problems *problems)
{
	struct change change = cli_change("unit.add");
	struct db_writer *writer;
	enum err e;

	TRY(find_parent(&draft->parent_id, cli));
	TRY(cli_open_writer(cli, &writer));
	e = unit_add(writer, &change, draft, problems);
	db_writer_stop(writer);
	return e;
}

int unit_add_cli(struct cli *cli)
{
	struct problems problems;
	struct unit_draft draft = { .code = cli_option(cli, "--code"),
		                    .code_qcvn = cli_option(cli, "--code-qcvn"),
		                    .name = cli_option(cli, "--name"),
		                    .level = cli_option(cli, "--level"),
		                    .place = cli_option(cli, "--place"),
		                    .issues_codes = cli_flag(cli, "--issues-codes") };
	enum err e;

	problems_init(&problems, cli->arena);
	if (!read_day(&draft.from_on, cli, "--from"))
		return 2;
	e = add_unit(cli, &draft, &problems);
	if (e == ERR_NOT_FOUND)
		return cli_refuse(cli, msg_text(MSG_UNIT_PARENT_UNKNOWN));
	if (e == ERR_INPUT && problems.n > 0)
		return say_problems(cli, &problems);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	fprintf(cli->out, "%s %s\n", draft.code, draft.name);
	return 0;
}
