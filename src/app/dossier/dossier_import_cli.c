/* dossier_import_cli.c - cchc dossier import: a list of another system, however long.
 *
 * The file is read a part at a time and each part is one change, so that an error or a lost
 * connection leaves whole parts behind and the same command goes on from there. */
#include <stdio.h>

#include "app/calendar/calendar_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_import_csv.h"
#include "app/dossier/dossier_import_list_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "cli/dispatch.h"

/* A part is at most so many rows, and what it holds in memory. */
enum { PART_ROWS = 2000, PART_MEMORY = 192 << 20 };

struct taking {
	struct cli *cli;
	struct db_writer *writer;
	struct dossier_import_file *file;
	struct dossier_import_cache *cache;
	struct dossier_clock clock;
	struct dossier_import_mapping asked;
	const struct dossier_import_mapping *mapping; /* NULL: guess */
	struct dossier_import_ask ask;
	struct dossier_import_counts counts;
	struct arena part;
	bool stopped; /* the file cannot be read on */
};

static enum err refuse(struct cli *cli, enum msg id, const char *what)
{
	const char *text;

	TRY(msg_format(&text, cli->arena, id, what));
	(void)cli_refuse(cli, text);
	return ERR_INPUT;
}

/* ---- what was asked ---- */

static enum err read_mapping(struct taking *t)
{
	const char *given = cli_option(t->cli, "--mapping");
	struct str lines;
	enum err e;

	if (given) {
		str_init(&lines, t->cli->arena, 16384);
		for (; *given; given++)
			str_put_n(&lines, *given == ';' ? "\n" : given, 1);
		TRY(str_finish(&lines, &given));
		t->mapping = &t->asked;
		return dossier_import_mapping_parse(&t->asked, t->cli->arena, given);
	}
	e = dossier_import_mapping_load(&t->asked, db_writer_db(t->writer), t->cli->arena,
	                                t->ask.unit, t->ask.source);
	t->mapping = e == ERR_OK ? &t->asked : NULL;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err prepare(struct taking *t)
{
	struct cli *cli = t->cli;
	const char *unit = cli_option(cli, "--unit");
	struct db *db = db_writer_db(t->writer);
	enum err e = unit_find_code(&t->ask.unit, db, cli->arena, unit ? unit : "");

	if (e == ERR_NOT_FOUND)
		return refuse(cli, MSG_IMPORT_CLI_UNIT, unit ? unit : "");
	TRY(e);
	t->ask.source = cli_option(cli, "--source");
	if (str_blank(t->ask.source))
		return (void)cli_refuse(cli, msg_text(MSG_IMPORT_NO_SOURCE)), ERR_INPUT;
	t->ask.clock = &t->clock;
	t->ask.batch = PART_ROWS;
	t->ask.dry = cli_flag(cli, "--dry-run");
	TRY(dossier_import_cache_new(&t->cache));
	t->ask.cache = t->cache;
	TRY(read_mapping(t));
	return dossier_clock_load(&t->clock, db, cli->arena, NULL, t->ask.unit,
	                          clock_today(&cli->clock));
}

/* ---- what is said ---- */

static enum err say_line(struct taking *t, int line, const char *message)
{
	char number[16];
	const char *text = message;

	snprintf(number, sizeof(number), "%d", line);
	if (line > 0)
		TRY(msg_format(&text, &t->part, MSG_IMPORT_CLI_LINE, number, message));
	fprintf(t->cli->err, "%s\n", text);
	return ERR_OK;
}

static enum err say_refused(struct taking *t, const struct dossier_import_list *list)
{
	for (size_t i = 0; i < list->n_rows; i++) {
		const struct dossier_import_row *row = &list->rows[i];

		if (row->fate == IMPORT_REFUSED)
			TRY(say_line(t, row->line, row->message ? row->message : ""));
	}
	return ERR_OK;
}

static enum err say_problems(struct taking *t, const struct problems *problems)
{
	for (const struct problem *p = problems->first; p; p = p->next)
		TRY(say_line(t, 0, p->message)); /* it names its line itself */
	TRY(say_line(t, 0, msg_text(MSG_IMPORT_CLI_STOPPED)));
	t->stopped = true;
	return ERR_OK;
}

static enum err say_counts(struct taking *t)
{
	const size_t *n = t->counts.n;
	char new[24], updated[24], same[24], refused[24];
	const char *text;

	snprintf(new, sizeof(new), "%zu", n[IMPORT_NEW]);
	snprintf(updated, sizeof(updated), "%zu", n[IMPORT_UPDATED]);
	snprintf(same, sizeof(same), "%zu", n[IMPORT_SAME]);
	snprintf(refused, sizeof(refused), "%zu", n[IMPORT_REFUSED]);
	TRY(msg_format(&text, t->cli->arena, MSG_IMPORT_CLI_DONE, new, updated, same, refused));
	fprintf(t->cli->out, "%s\n", text);
	if (t->ask.dry)
		fprintf(t->cli->out, "%s\n", msg_text(MSG_IMPORT_CLI_DRY));
	return ERR_OK;
}

/* ---- part by part ---- */

static enum err store_part(struct taking *t, const struct dossier_import_list *list)
{
	struct change change = cli_change("dossier.import");
	struct dossier_import_counts counts;

	change.unit_id = t->ask.unit;
	t->ask.rows = list->rows;
	t->ask.n_rows = list->n_rows;
	t->ask.mapping = &list->mapping;
	TRY(dossier_import_run(&counts, db_writer_db(t->writer), t->writer, &t->part, &change,
	                       &t->ask));
	for (size_t i = 0; i < ARRAY_LEN(counts.n); i++)
		t->counts.n[i] += counts.n[i];
	return say_refused(t, list);
}

static enum err take_part(struct taking *t, bool *more)
{
	struct dossier_import_list list;
	struct problems problems;

	arena_reset(&t->part);
	problems_init(&problems, &t->part);
	TRY(dossier_import_next(&list, t->file, &t->part, t->mapping, &problems));
	*more = problems.n == 0 && list.n_titles > 0;
	if (problems.n > 0)
		return say_problems(t, &problems);
	return list.n_rows > 0 ? store_part(t, &list) : ERR_OK;
}

static enum err take_all(struct taking *t)
{
	bool more = true;

	TRY(prepare(t));
	while (more)
		TRY(take_part(t, &more));
	return say_counts(t);
}

static enum err open_writer(struct taking *t)
{
	struct db *db;

	TRY(cli_open_db(t->cli, &db)); /* says what is wrong with its version */
	db_close(db);
	return db_writer_inline(&t->writer, cli_option(t->cli, "--db"), t->cli->clock,
	                        &t->cli->ids);
}

static enum err run(struct taking *t, FILE *from)
{
	enum err e = open_writer(t);

	TRY(e);
	arena_init(&t->part, PART_MEMORY);
	e = dossier_import_open(&t->file, from);
	if (e == ERR_OK)
		e = take_all(t);
	dossier_import_close(t->file);
	dossier_import_cache_free(t->cache);
	arena_release(&t->part);
	db_writer_stop(t->writer);
	return e;
}

/* 0: every line was taken; 1: some were refused, and said why; 2: it ended early. */
int dossier_import_cli(struct cli *cli)
{
	const char *path = cli_option(cli, "--from");
	struct taking t = { .cli = cli };
	FILE *from;
	enum err e;

	if (!cli_option(cli, "--db"))
		return cli_refuse(cli, msg_text(MSG_CLI_NO_DB));
	from = path ? fopen(path, "rb") : NULL;
	e = from ? run(&t, from) : refuse(cli, MSG_IMPORT_CLI_FILE, path ? path : "");
	if (from)
		fclose(from);
	if (e == ERR_INPUT || t.stopped)
		return 2;
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return t.counts.n[IMPORT_REFUSED] > 0 ? 1 : 0;
}
