/* report_cli.c - cchc report open, report list, report do, report regimes.
 *
 * `report do` acts on behalf of an account and may only what that account may. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account/account_store.h"
#include "app/form/form_store.h"
#include "app/narrative/narrative_store.h"
#include "app/report/report_board_store.h"
#include "app/report/report_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { MOST_LISTED = 5000, LONGEST_LIST = 16 << 20 };

static int say_problems(struct cli *cli, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		(void)cli_refuse(cli, p->message);
	return 2;
}

static int say(struct cli *cli, enum msg id, const char *word)
{
	const char *text;
	enum err e = msg_format(&text, cli->arena, id, word ? word : "");

	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

/* The database with the program's form sets, which regimes name, and outlines in it. */
static ERR_RESULT open_place(struct db **db, struct db_writer **writer, struct cli *cli)
{
	TRY(cli_open_db(cli, db));
	TRY(cli_open_writer(cli, writer));
	TRY(form_ship(*writer, *db, cli->arena));
	return narrative_ship(*writer, *db, cli->arena);
}

/* ---- report open ---- */

static ERR_RESULT print_opened(struct cli *cli, const struct report_opening *x)
{
	char opened[24], there[24], exempt[24];
	const char *text;

	snprintf(opened, sizeof(opened), "%zu", x->n_opened);
	snprintf(there, sizeof(there), "%zu", x->n_there);
	snprintf(exempt, sizeof(exempt), "%zu", x->n_exempt);
	TRY(msg_format(&text, cli->arena, MSG_REPORT_CLI_OPENED, opened, there, exempt));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static ERR_RESULT open_reports(struct cli *cli, struct report_opening *x,
                               struct problems *problems)
{
	struct change change = cli_change("report.open");
	struct db_writer *writer = NULL;
	DB_CLEANUP struct db *db = NULL;
	enum err e = open_place(&db, &writer, cli);

	if (e == ERR_OK)
		e = report_open(writer, &change, x, problems);
	if (writer)
		db_writer_stop(writer);
	TRY(e);
	return print_opened(cli, x);
}

int report_open_cli(struct cli *cli)
{
	const char *on = cli_option(cli, "--on");
	struct report_opening x = { .regime = cli_option(cli, "--regime"),
		                    .period = cli_option(cli, "--period"),
		                    .day = clock_today(&cli->clock) };
	struct problems problems;

	if (on && !date_parse_vn(&x.day, on))
		return say(cli, MSG_REPORT_CLI_DAY, on);
	problems_init(&problems, cli->arena);
	enum err e = open_reports(cli, &x, &problems);

	if (e == ERR_INPUT && problems.n > 0)
		return say_problems(cli, &problems);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

/* ---- report list ---- */

static void write_row(struct json *j, const struct report_row *r)
{
	char day[DATE_TEXT];

	json_begin_object(j);
	json_key(j, "unit");
	json_text(j, r->unit_code);
	json_key(j, "name");
	json_text(j, r->unit_name);
	json_key(j, "regime");
	json_text(j, r->regime_code);
	json_key(j, "period");
	json_text(j, r->period);
	json_key(j, "state");
	json_text(j, report_state_word(r->state));
	json_key(j, "send_by");
	json_text(j, date_iso(r->send_by_on, day));
	json_key(j, "first_sent");
	json_text(j, date_is_none(r->first_sent_on) ? NULL : date_iso(r->first_sent_on, day));
	json_key(j, "number");
	if (r->number == REPORT_NO_NUMBER)
		json_text(j, NULL);
	else
		json_int(j, r->number);
	json_key(j, "notation");
	json_text(j, r->notation);
	json_end(j);
}

static ERR_RESULT print_json(struct cli *cli, const struct report_rows *rows)
{
	struct str text;
	struct json j;
	const char *out;

	str_init(&text, cli->arena, LONGEST_LIST);
	json_init(&j, &text);
	json_begin_array(&j);
	for (size_t i = 0; i < rows->n; i++)
		write_row(&j, &rows->at[i]);
	json_end(&j);
	TRY(str_finish(&text, &out));
	fprintf(cli->out, "%s\n", out);
	return ERR_OK;
}

static void print_row(FILE *out, const struct report_row *r)
{
	char by[DATE_TEXT];

	fprintf(out, "%-20s %-8s %-10s %s  %s; %s\n", r->unit_code, r->period,
	        date_vn(r->send_by_on, by), r->unit_name, report_state_text(r->state),
	        report_standing_text(r->standing));
}

static ERR_RESULT list_reports(struct cli *cli, struct report_filter *f)
{
	DB_CLEANUP struct db *db = NULL;
	const char *unit = cli_option(cli, "--unit");
	struct report_rows rows;

	TRY(cli_open_db(cli, &db));
	TRY(unit_find_code(&f->scope, db, cli->arena, unit ? unit : ""));
	TRY(report_list(&rows, db, cli->arena, f, (struct report_after){ 0 }, MOST_LISTED));
	if (cli_flag(cli, "--json"))
		return print_json(cli, &rows);
	for (size_t i = 0; i < rows.n; i++)
		print_row(cli->out, &rows.at[i]);
	return ERR_OK;
}

int report_list_cli(struct cli *cli)
{
	const char *view = cli_option(cli, "--view");
	struct report_filter f = { .today = clock_today(&cli->clock),
		                   .view = REPORT_VIEW_ALL,
		                   .regime = cli_option(cli, "--regime"),
		                   .period = cli_option(cli, "--period"),
		                   .send_by_until = DATE_NONE };

	if (view && !report_view_parse(&f.view, view))
		return say(cli, MSG_REPORT_CLI_VIEW, view);
	enum err e = list_reports(cli, &f);

	if (e == ERR_NOT_FOUND)
		return say(cli, MSG_REPORT_CLI_UNIT, cli_option(cli, "--unit"));
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

/* ---- report do ---- */

struct acting {
	struct cli *cli;
	struct db *db;
	struct db_writer *writer;
	struct problems problems;
	struct report report;
	struct report_doing doing;
	date_t today;
};

/* The account acts from the office that the action belongs to. */
static ERR_RESULT read_actor(struct acting *x, const char *login)
{
	const struct report_action_rule *rule = report_action_rule(x->doing.action);
	const struct report *r = &x->report;
	struct account_login account;
	row_id office = r->unit_now;

	if (rule->where == REPORT_ABOVE && !row_is_none(r->receiver_now))
		office = r->receiver_now;
	TRY(account_find_login(&account, x->db, x->cli->arena, login));
	if (account.disabled)
		return err_set(ERR_NOT_FOUND, "the account %s is disabled", login);
	x->doing.who = (struct report_actor){ .account_id = account.id, .unit_id = office };
	return account_permissions(&x->doing.who.permissions, x->db, account.id, office,
	                           x->today);
}

static ERR_RESULT read_given(struct acting *x)
{
	const char *number = cli_option(x->cli, "--number");
	const char *dated = cli_option(x->cli, "--dated");
	struct report_given *g = &x->doing.given;

	g->reason = cli_option(x->cli, "--reason");
	g->notation = cli_option(x->cli, "--notation");
	g->number = number ? strtoll(number, NULL, 10) : REPORT_NO_NUMBER;
	g->dated_on = DATE_NONE;
	if (dated && !date_parse_vn(&g->dated_on, dated))
		return problems_say(&x->problems, "dated_on", 0, MSG_REPORT_CLI_DAY, dated);
	return ERR_OK;
}

static ERR_RESULT find_report(struct acting *x)
{
	const char *unit = cli_option(x->cli, "--unit"),
	           *regime = cli_option(x->cli, "--regime");
	const char *period = cli_option(x->cli, "--period");
	row_id id = ROW_NONE;
	enum err e = unit_find_code(&id, x->db, x->cli->arena, unit ? unit : "");

	if (e == ERR_NOT_FOUND)
		return problems_say(&x->problems, "", 0, MSG_REPORT_CLI_UNIT, unit ? unit : "");
	TRY(e);
	struct report_of of = { ROW_NONE, id, regime ? regime : "bnv-581",
		                period ? period : "" };
	e = report_find_period(&x->report, x->db, x->cli->arena, &of, x->today);
	if (e == ERR_NOT_FOUND)
		return problems_say(&x->problems, "", 0, MSG_REPORT_CLI_NONE,
		                    period ? period : "", unit ? unit : "");
	return e;
}

static ERR_RESULT act(struct acting *x)
{
	const char *login = cli_option(x->cli, "--as");
	struct change change = cli_change("report.do");
	struct report after;
	enum err e;

	TRY(find_report(x));
	TRY(read_given(x));
	if (x->problems.n > 0)
		return err_set(ERR_INPUT, "the options name nothing");
	e = read_actor(x, login ? login : "");
	if (e == ERR_NOT_FOUND) {
		TRY(problems_say(&x->problems, "", 0, MSG_REPORT_CLI_AS, login ? login : ""));
		return err_set(ERR_INPUT, "no such account");
	}
	TRY(e);
	x->doing.report_id = x->report.id;
	x->doing.revision = x->report.revision;
	change.account_id = x->doing.who.account_id;
	change.reason = x->doing.given.reason;
	TRY(report_do(x->writer, &change, &x->doing, &x->problems));
	TRY(report_find(&after, x->db, x->cli->arena, ROW_NONE, change.result, x->today));
	fprintf(x->cli->out, "%s, %s: %s\n", after.unit_name, after.period_name,
	        report_state_text(after.state));
	return ERR_OK;
}

int report_do_cli(struct cli *cli)
{
	struct acting x = { .cli = cli, .today = clock_today(&cli->clock) };
	const char *action = cli_option(cli, "--action");
	enum err e;

	if (!report_action_parse(&x.doing.action, action ? action : ""))
		return say(cli, MSG_REPORT_CLI_ACTION, action);
	problems_init(&x.problems, cli->arena);
	e = open_place(&x.db, &x.writer, cli);
	if (e == ERR_OK)
		e = act(&x);
	if (x.writer)
		db_writer_stop(x.writer);
	if (x.db)
		db_close(x.db);
	if (e == ERR_INPUT && x.problems.n > 0) {
		(void)say_problems(cli, &x.problems);
		return 1; /* the answer is no */
	}
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

/* ---- report regimes ---- */

static ERR_RESULT print_regime(struct cli *cli, struct db *db, const struct report_regime *g)
{
	char from[DATE_TEXT], to[DATE_TEXT];
	struct unit u = { .code = "" };

	if (!row_is_none(g->unit_id))
		TRY(unit_find(&u, db, cli->arena, ROW_NONE, g->unit_id,
		              clock_today(&cli->clock)));
	fprintf(cli->out, "%s %s %s - %s\n  %s\n  %s, %s\n", g->code, u.code,
	        date_vn(g->valid_from, from), date_vn(g->valid_to, to), g->title, g->document,
	        g->issuer);
	for (size_t i = 0; i < g->n_periods; i++) {
		const struct regime_period *p = &g->periods[i];

		fprintf(cli->out, "  %-6s %02d/%02d - %02d/%02d, %02d/%02d\n", p->code,
		        p->from_day, p->from_month, p->to_day, p->to_month, p->send_day,
		        p->send_month);
	}
	for (size_t i = 0; i < g->n_levels; i++)
		fprintf(cli->out, "  %-12s %s\n", g->levels[i].level, g->levels[i].set_code);
	return ERR_OK;
}

static ERR_RESULT print_regimes(struct cli *cli)
{
	DB_CLEANUP struct db *db = NULL;
	struct report_regimes all;

	TRY(cli_open_db(cli, &db));
	TRY(report_regimes(&all, db, cli->arena));
	for (size_t i = 0; i < all.n; i++)
		TRY(print_regime(cli, db, &all.at[i]));
	return ERR_OK;
}

int report_regimes_cli(struct cli *cli)
{
	enum err e = print_regimes(cli);

	return e == ERR_OK ? 0 : cli_fail(cli, e);
}
