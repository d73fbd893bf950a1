/* procedure_cli.c - cchc procedure list, cchc procedure search. */
#include <stdio.h>

#include "app/procedure/procedure_store.h"
#include "base/str.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { MOST_LISTED = 100000, MOST_FOUND = 50, LONGEST_LIST = 256 * 1024 * 1024 };

static ERR_RESULT write_json(struct cli *cli, const struct procedure_rows *rows)
{
	struct str text;
	struct json j;
	const char *out;

	str_init(&text, cli->arena, LONGEST_LIST);
	json_init(&j, &text);
	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++) {
		const struct procedure_row *p = &rows->at[i];

		json_begin_object(&j);
		json_key(&j, "code");
		json_text(&j, p->code);
		json_key(&j, "name");
		json_text(&j, p->name);
		json_key(&j, "field");
		json_text(&j, p->field);
		json_key(&j, "service_level");
		json_text(&j, p->service_level);
		json_key(&j, "term");
		json_text(&j, p->term);
		json_end(&j);
	}
	json_end(&j);
	TRY(str_finish(&text, &out));
	fprintf(cli->out, "%s\n", out);
	return ERR_OK;
}

static ERR_RESULT list(struct cli *cli, const struct procedure_filter *filter)
{
	DB_CLEANUP struct db *db = NULL;
	struct procedure_rows rows;

	TRY(cli_open_db(cli, &db));
	TRY(procedure_list(&rows, db, cli->arena, filter));
	if (cli_flag(cli, "--json"))
		return write_json(cli, &rows);
	for (size_t i = 0; i < rows.n; i++)
		fprintf(cli->out, "%-14s %s [%s] %s\n", rows.at[i].code, rows.at[i].name,
		        rows.at[i].field, rows.at[i].term);
	return ERR_OK;
}

/* --on and --level of both commands; false after having said what is wrong. */
static bool read_filter(struct procedure_filter *filter, struct cli *cli)
{
	const char *on = cli_option(cli, "--on");

	filter->on = clock_today(&cli->clock);
	filter->level = cli_option(cli, "--level");
	if (!on || date_parse_vn(&filter->on, on))
		return true;
	(void)cli_refuse(cli, msg_text(MSG_PROCEDURE_DAY_MISSING));
	return false;
}

int procedure_list_cli(struct cli *cli)
{
	struct procedure_filter filter = { .limit = MOST_LISTED };
	enum err e;

	if (!read_filter(&filter, cli))
		return 2;
	e = list(cli, &filter);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

int procedure_search_cli(struct cli *cli)
{
	struct procedure_filter filter = { .limit = MOST_FOUND };
	struct str words;
	const char *word;
	enum err e;

	if (!read_filter(&filter, cli))
		return 2;
	str_init(&words, cli->arena, 4096);
	for (size_t i = 0; (word = cli_argument(cli, i, "--json")); i++)
		str_printf(&words, "%s%s", i ? " " : "", word);
	e = str_finish(&words, &filter.text);
	if (e == ERR_OK && str_blank(filter.text))
		return cli_refuse(cli, msg_text(MSG_PROCEDURE_SEARCH_WHAT));
	if (e == ERR_OK)
		e = list(cli, &filter);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}
