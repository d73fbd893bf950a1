/* dossier_export_cli.c - cchc dossier export: a list of dossiers as a file. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/dossier/dossier_export_csv.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "cli/dispatch.h"

struct exporting {
	struct cli *cli;
	struct db *db;
	struct dossier_export_ask ask;
	const char *to, *part; /* the file, and where it grows */
	int64_t n;
};

/* ERR_INPUT: said already. */
static enum err refuse(struct cli *cli, enum msg id, const char *what)
{
	const char *text;

	TRY(msg_format(&text, cli->arena, id, what));
	(void)cli_refuse(cli, text);
	return ERR_INPUT;
}

static enum err read_day(date_t *out, struct cli *cli, const char *option)
{
	const char *text = cli_option(cli, option);

	*out = DATE_NONE;
	if (!text || date_parse_vn(out, text) || date_parse_iso(out, text))
		return ERR_OK;
	return refuse(cli, MSG_EXPORT_CLI_DAY, option);
}

static enum err read_view(enum dossier_view *out, struct cli *cli)
{
	const char *word = cli_option(cli, "--view"), *words;
	struct str all;

	*out = VIEW_ALL;
	if (!word || (dossier_view_parse(out, word) && *out != VIEW_MINE))
		return ERR_OK;
	str_init(&all, cli->arena, 1000);
	for (int v = 0; v < DOSSIER_VIEWS; v++)
		if (v != VIEW_MINE)
			str_printf(&all, "%s%s", v ? ", " : "",
			           dossier_view_word((enum dossier_view)v));
	TRY(str_finish(&all, &words));
	return refuse(cli, MSG_EXPORT_CLI_VIEW, words);
}

static enum err read_options(struct exporting *x)
{
	struct cli *cli = x->cli;
	struct dossier_filter *f = &x->ask.filter;
	const char *unit = cli_option(cli, "--unit"), *csv = cli_option(cli, "--csv");
	char from[DATE_TEXT], to[DATE_TEXT];
	enum err e;

	x->ask.xlsx = !csv;
	x->ask.unmasked = !cli_flag(cli, "--masked");
	x->ask.made_at = f->now = clock_now(&cli->clock);
	x->to = csv ? csv : cli_option(cli, "--xlsx");
	if (!x->to)
		return (void)cli_refuse(cli, msg_text(MSG_EXPORT_CLI_WHERE)), ERR_INPUT;
	e = unit ? unit_find_code(&f->scope, x->db, cli->arena, unit) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		return refuse(cli, MSG_IMPORT_CLI_UNIT, unit ? unit : "");
	TRY(e);
	TRY(read_day(&f->received_from, cli, "--from"));
	TRY(read_day(&f->received_to, cli, "--to"));
	TRY(read_view(&f->view, cli));
	TRY(arena_printf(cli->arena, &x->part, "%s.part", x->to));
	return arena_printf(cli->arena, &x->ask.about, "view=%s from=%s to=%s%s",
	                    dossier_view_word(f->view),
	                    date_is_none(f->received_from) ? ""
	                                                   : date_iso(f->received_from, from),
	                    date_is_none(f->received_to) ? "" : date_iso(f->received_to, to),
	                    x->ask.unmasked ? "" : " masked");
}

static enum err write_part(struct exporting *x)
{
	FILE *to = fopen(x->part, "wb");
	enum err e;

	if (!to)
		return err_set(ERR_IO, "%s: %s", x->part, strerror(errno));
	e = dossier_export_write(&x->n, to, x->db, &x->ask);
	if (fclose(to) != 0 && e == ERR_OK)
		e = err_set(ERR_IO, "%s: %s", x->part, strerror(errno));
	return e;
}

/* In the journal first: no file is there without its entry. */
static enum err note(struct exporting *x)
{
	struct change change = cli_change("dossier.export");
	struct db_writer *writer;
	enum err e;

	change.unit_id = x->ask.filter.scope;
	TRY(cli_open_writer(x->cli, &writer));
	e = dossier_export_note(writer, &change, &x->ask, x->n);
	db_writer_stop(writer);
	return e;
}

static enum err run(struct exporting *x)
{
	char n[24];
	const char *text;
	enum err e;

	TRY(cli_open_db(x->cli, &x->db));
	TRY(read_options(x));
	e = write_part(x);
	if (e == ERR_OK)
		e = note(x);
	if (e == ERR_OK && rename(x->part, x->to) != 0)
		e = err_set(ERR_IO, "%s: %s", x->to, strerror(errno));
	if (e != ERR_OK)
		unlink(x->part);
	if (e == ERR_TOO_LARGE)
		return (void)cli_refuse(x->cli, msg_text(MSG_EXPORT_TOO_MANY)), ERR_INPUT;
	TRY(e);
	snprintf(n, sizeof(n), "%lld", (long long)x->n);
	TRY(msg_format(&text, x->cli->arena, MSG_EXPORT_CLI_DONE, n, x->to));
	fprintf(x->cli->out, "%s\n", text);
	return ERR_OK;
}

int dossier_export_cli(struct cli *cli)
{
	struct exporting x = { .cli = cli };
	enum err e = cli_option(cli, "--db") ? run(&x) : err_set(ERR_DB, "--db");

	if (x.db)
		db_close(x.db);
	if (!cli_option(cli, "--db"))
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	if (e == ERR_INPUT)
		return 2;
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}
