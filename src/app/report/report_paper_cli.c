/* report_paper_cli.c - cchc report docx, cchc report pdf. */
#include "app/report/report_docx.h"
#include "app/report/report_paper_store.h"
#include "app/report/report_pdf.h"
#include "app/report/report_store.h"
#include "app/unit/unit_store.h"
#include "cli/dispatch.h"

enum { LONGEST_FILE = 256 << 20 };

typedef enum err writer_fn(struct str *to, struct arena *a, const struct report_paper *p);

/* ERR_NOT_FOUND, with *why in words, when the options name no report. */
static ERR_RESULT find(row_id *out, const char **why, struct cli *cli, struct db *db)
{
	const char *unit = cli_option(cli, "--unit"), *period = cli_option(cli, "--period");
	const char *regime = cli_option(cli, "--regime");
	struct report_of of = { .scope = ROW_NONE,
		                .regime = regime ? regime : "bnv-581",
		                .period = period ? period : "" };
	struct report r;

	unit = unit ? unit : "";
	TRY(msg_format(why, cli->arena, MSG_REPORT_CLI_UNIT, unit));
	TRY(unit_find_code(&of.unit, db, cli->arena, unit));
	TRY(msg_format(why, cli->arena, MSG_REPORT_CLI_NONE, of.period, unit));
	TRY(report_find_period(&r, db, cli->arena, &of, clock_today(&cli->clock)));
	*why = NULL;
	*out = r.id;
	return ERR_OK;
}

static ERR_RESULT save(const char *path, const struct str *bytes)
{
	FILE *f = fopen(path, "wb");
	bool written;

	if (!f)
		return err_set(ERR_IO, "cannot write %s", path);
	written = fwrite(bytes->data, 1, bytes->len, f) == bytes->len;
	return fclose(f) == 0 && written ? ERR_OK : err_set(ERR_IO, "cannot write %s", path);
}

static ERR_RESULT write_report(struct cli *cli, writer_fn *write, const char **why)
{
	const char *to = cli_option(cli, "--to");
	struct report_paper_of of = { .scope = ROW_NONE, .today = clock_today(&cli->clock) };
	DB_CLEANUP struct db *db = NULL;
	struct report_paper paper;
	struct str bytes;

	TRY(cli_open_db(cli, &db));
	TRY(find(&of.report, why, cli, db));
	TRY(report_paper_open(&paper, db, cli->arena, &of));
	str_init(&bytes, cli->arena, LONGEST_FILE);
	TRY(write(&bytes, cli->arena, &paper));
	return save(to ? to : "", &bytes);
}

static int run(struct cli *cli, writer_fn *write)
{
	const char *why = NULL;
	enum err e = write_report(cli, write, &why);

	if (e == ERR_NOT_FOUND && why)
		return cli_refuse(cli, why);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

int report_docx_cli(struct cli *cli)
{
	return run(cli, report_docx);
}

int report_pdf_cli(struct cli *cli)
{
	return run(cli, report_pdf);
}
