/* exchange_cli.c - cchc exchange connect, admit, status, take-in. */
#include <stdio.h>
#include <string.h>

#include "app/exchange/exchange_desk_store.h"
#include "app/form/form_store.h"
#include "app/unit/unit_store.h"
#include "base/secret.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { LONGEST_LIST = 4 << 20, LONGEST_TOKEN_FILE = 1000, FILE_MEMORY = 512 << 20 };

struct place {
	struct cli *cli;
	struct db *db;
	struct db_writer *writer;
	struct problems problems;
	row_id unit; /* of --unit; ROW_NONE: not given */
};

static ERR_RESULT open_place(struct place *p)
{
	const char *unit = cli_option(p->cli, "--unit");

	problems_init(&p->problems, p->cli->arena);
	TRY(cli_open_db(p->cli, &p->db));
	TRY(cli_open_writer(p->cli, &p->writer));
	TRY(form_ship(p->writer, p->db, p->cli->arena));
	if (!unit)
		return ERR_OK;
	enum err e = unit_find_code(&p->unit, p->db, p->cli->arena, unit);
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(problems_say(&p->problems, "unit", 0, MSG_REPORT_CLI_UNIT, unit));
	return err_set(ERR_INPUT, "no such unit");
}

/* Closes and gives the exit code. */
static int end(struct place *p, enum err e, bool well)
{
	if (p->writer)
		db_writer_stop(p->writer);
	if (p->db)
		db_close(p->db);
	for (const struct problem *x = p->problems.first; x; x = x->next)
		(void)cli_refuse(p->cli, x->message);
	if (e == ERR_INPUT && p->problems.n > 0)
		return 2;
	if (e != ERR_OK)
		return cli_fail(p->cli, e);
	return well ? 0 : 1;
}

static int64_t number_of(const struct cli *cli)
{
	const char *text = cli_option(cli, "--installation");
	long long n;

	return text && str_to_int(text, &n) && n >= 0 && n <= 4095 ? n : 0;
}

/* ---- connect, admit ---- */

static ERR_RESULT read_token(const char **out, struct place *p)
{
	const char *path = cli_option(p->cli, "--token-file");
	struct slice text;
	enum err e =
	        path ? cli_read_file(&text, p->cli->arena, path, LONGEST_TOKEN_FILE) : ERR_IO;

	*out = "";
	if (e == ERR_IO || e == ERR_TOO_LARGE)
		return ERR_OK; /* no token: refused as such */
	TRY(e);
	text = slice_trim(text);
	return arena_strndup(p->cli->arena, out, text.at, text.len);
}

static ERR_RESULT connect(struct place *p)
{
	struct change change = cli_change("exchange.connect");
	struct exchange_peer_draft d = { .name = cli_option(p->cli, "--name"),
		                         .above = true,
		                         .installation = number_of(p->cli),
		                         .url = cli_option(p->cli, "--url") };

	TRY(open_place(p));
	d.unit_id = p->unit;
	TRY(read_token(&d.token, p));
	TRY(exchange_peer_add(p->writer, &change, &d, &p->problems));
	fprintf(p->cli->out, "%s\n", msg_text(MSG_EXCHANGE_CLI_CONNECTED));
	return ERR_OK;
}

int exchange_connect_cli(struct cli *cli)
{
	struct place p = { .cli = cli };

	return end(&p, connect(&p), true);
}

static ERR_RESULT admit(struct place *p)
{
	struct change change = cli_change("exchange.admit");
	char token[SECRET_TOKEN];
	struct exchange_peer_draft d = { .name = cli_option(p->cli, "--name"),
		                         .installation = number_of(p->cli),
		                         .token = token };

	TRY(open_place(p));
	d.unit_id = p->unit;
	secret_token(token);
	TRY(exchange_peer_add(p->writer, &change, &d, &p->problems));
	fprintf(p->cli->err, "%s\n", msg_text(MSG_EXCHANGE_CLI_ADMITTED));
	fprintf(p->cli->out, "%s\n", token);
	return ERR_OK;
}

int exchange_admit_cli(struct cli *cli)
{
	struct place p = { .cli = cli };

	return end(&p, admit(&p), true);
}

/* ---- status ---- */

static bool out_is_well(const struct exchange_out_row *r)
{
	return r->state != EXCHANGE_HELD && r->state != EXCHANGE_REFUSED;
}

static void write_lists(struct json *j, const struct exchange_lists *l)
{
	json_key(j, "outbox");
	json_begin_array(j);
	for (size_t i = 0; i < l->n_out; i++) {
		json_begin_object(j);
		json_key(j, "unit");
		json_text(j, l->out[i].unit_name);
		json_key(j, "period");
		json_text(j, l->out[i].period_name);
		json_key(j, "sha256");
		json_text(j, l->out[i].sha256);
		json_key(j, "state");
		json_text(j, exchange_state_word(l->out[i].state));
		json_key(j, "reason");
		json_text(j, l->out[i].reason);
		json_end(j);
	}
	json_end(j);
	json_key(j, "inbox");
	json_begin_array(j);
	for (size_t i = 0; i < l->n_in; i++) {
		json_begin_object(j);
		json_key(j, "unit");
		json_text(j, l->in[i].unit_code);
		json_key(j, "period");
		json_text(j, l->in[i].period_name);
		json_key(j, "sha256");
		json_text(j, l->in[i].sha256);
		json_key(j, "finding");
		json_text(j, exchange_finding_word(l->in[i].finding));
		json_key(j, "reason");
		json_text(j, l->in[i].reason);
		json_end(j);
	}
	json_end(j);
}

static ERR_RESULT print_json(struct cli *cli, const struct exchange_lists *l)
{
	const char *text;
	struct str s;
	struct json j;

	str_init(&s, cli->arena, LONGEST_LIST);
	json_init(&j, &s);
	json_begin_object(&j);
	write_lists(&j, l);
	json_end(&j);
	TRY(str_finish(&s, &text));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static void print_lists(struct cli *cli, const struct exchange_peers *peers,
                        const struct exchange_lists *l)
{
	for (size_t i = 0; i < peers->n; i++)
		fprintf(cli->out, "%s %s %s\n", peers->at[i].above ? "↑" : "↓",
		        peers->at[i].name, peers->at[i].trouble ? peers->at[i].trouble : "");
	for (size_t i = 0; i < l->n_out; i++)
		fprintf(cli->out, "%s, %s: %s %s\n", l->out[i].unit_name, l->out[i].period_name,
		        exchange_state_text(l->out[i].state),
		        l->out[i].reason ? l->out[i].reason : "");
	for (size_t i = 0; i < l->n_in; i++)
		fprintf(cli->out, "%s, %s: %s\n", l->in[i].unit_name, l->in[i].period_name,
		        l->in[i].reason);
}

static ERR_RESULT status(struct place *p, bool *well)
{
	struct exchange_peers peers;
	struct exchange_lists l;

	TRY(open_place(p));
	TRY(exchange_peers(&peers, p->db, p->cli->arena));
	TRY(exchange_lists(&l, p->db, p->cli->arena, p->unit));
	*well = true;
	for (size_t i = 0; i < peers.n; i++)
		*well &= !peers.at[i].trouble;
	for (size_t i = 0; i < l.n_out; i++)
		*well &= out_is_well(&l.out[i]);
	for (size_t i = 0; i < l.n_in; i++)
		*well &= l.in[i].state != INBOX_HELD;
	if (cli_flag(p->cli, "--json"))
		return print_json(p->cli, &l);
	print_lists(p->cli, &peers, &l);
	return ERR_OK;
}

int exchange_status_cli(struct cli *cli)
{
	struct place p = { .cli = cli };
	bool well = true;
	enum err e = status(&p, &well);

	return end(&p, e, well);
}

/* ---- files ---- */

static ERR_RESULT take_in(struct place *p, const char *path, bool *well)
{
	struct change change = cli_change("exchange.bring");
	struct exchange_coming x = { .office_id = p->unit };
	struct exchange_receipt receipt;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, FILE_MEMORY);
	TRY(cli_read_file(&x.bytes, &a, path, PACKAGE_FILE_MOST_BYTES));
	TRY(exchange_take_in(&receipt, &a, p->writer, &change, &x));
	*well &= exchange_verdict(receipt.finding) == VERDICT_TAKE;
	fprintf(p->cli->out, "%s: %s\n", path, receipt.said.reason);
	return ERR_OK;
}

int exchange_take_in_cli(struct cli *cli)
{
	struct place p = { .cli = cli };
	bool well = true;
	const char *path;
	enum err e = open_place(&p);

	for (size_t i = 0; e == ERR_OK && (path = cli_argument(cli, i, "")); i++)
		e = take_in(&p, path, &well);
	return end(&p, e, well);
}
