/* deadline_cli.c - cchc deadline: when something is due, and the days that were counted. */
#include <stdio.h>

#include "app/calendar/calendar_store.h"
#include "app/calendar/lunar.h"
#include "app/deadline/deadline.h"
#include "app/deadline/deadline_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { YEARS_BEFORE = 1, YEARS_AFTER = 12, LONGEST_ANSWER = 8 * 1024 * 1024 };

/* What an answer is made of. */
struct answer {
	struct cli *cli;
	const struct calendar *cal;
	struct rule_sets sets;
	struct deadline_question q;
	struct deadline d;
	struct deadline_days days;
};

/* The calendar that came with the program, for the years around the receipt. */
static ERR_RESULT built_in_calendar(struct answer *x, struct cli *cli)
{
	struct calendar_rules rules;
	struct calendar *cal;
	int year = date_year(instant_day(x->q.received));
	int first = year - YEARS_BEFORE, last = year + YEARS_AFTER;

	TRY(calendar_built_in(&rules, cli->arena));
	first = first < LUNAR_FIRST_YEAR ? LUNAR_FIRST_YEAR : first;
	last = last > LUNAR_LAST_YEAR ? LUNAR_LAST_YEAR : last;
	TRY(calendar_compile(&cal, cli->arena, &rules, first, last));
	x->cal = cal;
	x->sets.at = rule_set_built_in(&x->sets.n);
	return ERR_OK;
}

enum { MOST_UNITS_LISTED = 200 };

/* The codes of the units there are, for somebody who mistyped one. */
static ERR_RESULT list_units(struct cli *cli, struct db *db, date_t today)
{
	struct unit_rows units;

	TRY(unit_tree(&units, db, cli->arena, ROW_NONE, today, today));
	for (size_t i = 0; i < units.n && i < MOST_UNITS_LISTED; i++)
		fprintf(cli->err, "  %-20s %s\n", units.at[i].code, units.at[i].name);
	return ERR_OK;
}

static ERR_RESULT find_unit(row_id *out, struct cli *cli, struct db *db, const char *code)
{
	const char *text;
	enum err e = unit_find_code(out, db, cli->arena, code);

	if (e != ERR_NOT_FOUND)
		return e;
	TRY(msg_format(&text, cli->arena, MSG_DEADLINE_NO_UNIT, code));
	(void)cli_refuse(cli, text);
	TRY(list_units(cli, db, clock_today(&cli->clock)));
	return e;
}

/* ERR_NOT_FOUND when there is no unit of that code; said already. */
static ERR_RESULT stored_calendar(struct answer *x, struct cli *cli, const char *code)
{
	DB_CLEANUP struct db *db = NULL;
	date_t today = clock_today(&cli->clock);
	row_id unit = ROW_NONE;

	TRY(cli_open_db(cli, &db));
	if (code)
		TRY(find_unit(&unit, cli, db, code));
	TRY(rule_sets_load(&x->sets, db, cli->arena));
	return calendar_load(&x->cal, db, cli->arena, NULL, unit, today);
}

static int refuse(struct cli *cli, enum msg id, const char *what)
{
	const char *text;
	enum err e = msg_format(&text, cli->arena, id, what);

	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

/* Reads --received and --term; the exit code of a refusal, or 0. */
static int read_question(struct answer *x, struct cli *cli)
{
	const char *received = cli_option(cli, "--received"), *term = cli_option(cli, "--term");
	const char *text;

	if (received) {
		struct slice trimmed = slice_trim(slice_of(received));

		if (arena_strndup(cli->arena, &received, trimmed.at, trimmed.len) != ERR_OK)
			return cli_fail(cli, ERR_NO_MEMORY);
	}
	if (!received || !instant_parse_vn(&x->q.received, received))
		return refuse(cli, MSG_DEADLINE_BAD_RECEIVED, received ? received : "");
	enum term_fault fault = term_parse(&x->q.term, term);
	if (fault == TERM_OK)
		return 0;
	enum err e = term_fault_message(&text, cli->arena, fault, term);
	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

static void json_days(struct json *j, const struct deadline_days *days)
{
	for (size_t i = 0; i < days->n; i++) {
		const struct deadline_day *day = &days->at[i];

		json_begin_object(j);
		json_key(j, "date");
		json_date(j, day->date);
		json_key(j, "counted");
		json_bool(j, day->counted);
		json_key(j, "minutes");
		json_int(j, day->minutes);
		json_key(j, "amount");
		json_text(j, day->amount);
		json_key(j, "reason");
		json_text(j, day->reason);
		json_key(j, "source");
		json_text(j, day->source);
		json_end(j);
	}
}

static ERR_RESULT write_json(const struct answer *x)
{
	struct json j;
	struct str out;
	const char *text;
	char term[TERM_TEXT];

	str_init(&out, x->cli->arena, LONGEST_ANSWER);
	json_init(&j, &out);
	json_begin_object(&j);
	json_key(&j, "received");
	json_instant(&j, x->q.received);
	json_key(&j, "term");
	json_text(&j, term_text(x->q.term, term));
	json_key(&j, "due");
	json_instant(&j, x->d.due);
	json_key(&j, "original_due");
	json_instant(&j, x->d.original_due);
	json_key(&j, "rule");
	json_text(&j, x->q.rules->code);
	json_key(&j, "rule_name");
	json_text(&j, x->q.rules->name);
	json_key(&j, "start_rule");
	json_text(&j, start_rule_word(x->q.rules->start));
	json_key(&j, "basis");
	json_text(&j, x->q.rules->basis);
	json_key(&j, "calendar_version");
	json_int(&j, x->d.calendar_version);
	json_key(&j, "provisional");
	json_bool(&j, x->d.provisional);
	json_key(&j, "days");
	json_begin_array(&j);
	json_days(&j, &x->days);
	json_end(&j);
	json_end(&j);
	TRY(str_finish(&out, &text));
	fprintf(x->cli->out, "%s\n", text);
	return ERR_OK;
}

static void write_line(const struct answer *x, enum msg label, const char *value)
{
	fprintf(x->cli->out, "%s: %s\n", msg_text(label), value);
}

static void write_days(const struct answer *x)
{
	char date[DATE_TEXT];

	for (size_t i = 0; i < x->days.n; i++) {
		const struct deadline_day *day = &x->days.at[i];
		enum msg weekday = (enum msg)(MSG_CALENDAR_MONDAY + date_weekday(day->date));

		fprintf(x->cli->out, "  %s  %s, %s: %s", day->counted ? "+" : " ",
		        msg_text(weekday), date_vn(day->date, date),
		        day->counted ? day->amount : msg_text(MSG_DEADLINE_NOT_COUNTED));
		fprintf(x->cli->out, " - %s", day->reason);
		if (*day->source)
			fprintf(x->cli->out, " (%s)", day->source);
		fputc('\n', x->cli->out);
	}
}

static void write_text(const struct answer *x)
{
	char text[INSTANT_TEXT], term[TERM_TEXT], version[24];

	snprintf(version, sizeof(version), "%lld", (long long)x->d.calendar_version);
	write_line(x, MSG_DEADLINE_RECEIVED, instant_vn(x->q.received, text));
	write_line(x, MSG_DEADLINE_TERM, term_text(x->q.term, term));
	write_line(x, MSG_DEADLINE_DUE, instant_vn(x->d.due, text));
	write_line(x, MSG_DEADLINE_ORIGINAL_DUE, instant_vn(x->d.original_due, text));
	write_line(x, MSG_DEADLINE_RULE, x->q.rules->name);
	write_line(x, MSG_DEADLINE_START, start_rule_text(x->q.rules->start));
	write_line(x, MSG_DEADLINE_BASIS, x->q.rules->basis);
	write_line(x, MSG_DEADLINE_CALENDAR, version);
	if (x->d.provisional)
		fprintf(x->cli->out, "%s\n", msg_text(MSG_DEADLINE_PROVISIONAL));
	fprintf(x->cli->out, "%s:\n", msg_text(MSG_DEADLINE_DAYS));
	write_days(x);
}

static ERR_RESULT compute(struct answer *x)
{
	x->q.rules = rule_set_find(x->sets.at, x->sets.n, instant_day(x->q.received));
	if (!x->q.rules)
		return err_set(ERR_RANGE, "no rule set holds on the day of receipt");
	TRY(deadline_compute(&x->d, x->cal, &x->q));
	return deadline_explain(&x->days, x->cli->arena, x->cal, &x->q, &x->d);
}

int deadline_cli(struct cli *cli)
{
	struct answer x = { .cli = cli, .q.extension = { INSTANT_NONE, INSTANT_NONE } };
	const char *unit = cli_option(cli, "--unit"), *db = cli_option(cli, "--db");
	int refused = read_question(&x, cli);

	if (refused)
		return refused;
	if (unit && !db)
		return cli_refuse(cli, msg_text(MSG_DEADLINE_UNIT_WITHOUT_DB));
	enum err e = db ? stored_calendar(&x, cli, unit) : built_in_calendar(&x, cli);
	if (e == ERR_NOT_FOUND && unit)
		return 2;
	if (e == ERR_OK)
		e = compute(&x);
	if (e == ERR_RANGE)
		return cli_refuse(cli, msg_text(MSG_DEADLINE_OUT_OF_RANGE));
	if (e == ERR_OK && cli_flag(cli, "--json"))
		e = write_json(&x);
	else if (e == ERR_OK)
		write_text(&x);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}
