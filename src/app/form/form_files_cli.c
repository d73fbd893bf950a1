#include "app/form/form_files_cli.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "app/unit/unit_store.h"
#include "base/str.h"

/* ---- files ---- */

enum err form_read_file(const char **out, struct arena *a, const char *path, size_t most)
{
	struct slice bytes;

	TRY(cli_read_file(&bytes, a, path, most));
	if (memchr(bytes.at, 0, bytes.len))
		return err_set(ERR_INPUT, "%s holds a NUL", path);
	*out = bytes.at;
	return ERR_OK;
}

static int is_form(const struct dirent *entry)
{
	return str_ends(entry->d_name, ".form");
}

static enum err read_entries(struct form_folder *out, struct arena *a, const char *path,
                             struct dirent **entries, int n)
{
	TRY(arena_array(a, &out->files, (size_t)n + 1));
	for (int i = 0; i < n; i++) {
		const char *file;

		TRY(arena_printf(a, &file, "%s/%s", path, entries[i]->d_name));
		TRY(arena_strdup(a, &out->files[i].name, entries[i]->d_name));
		TRY(form_read_file(&out->files[i].text, a, file, FORM_LONGEST_FILE));
		out->n++;
	}
	return ERR_OK;
}

enum err form_read_folder(struct form_folder *out, struct arena *a, const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, is_form, alphasort);
	enum err e;

	*out = (struct form_folder){ 0 };
	if (n < 0)
		return err_set(ERR_NOT_FOUND, "no folder %s", path);
	e = n > FORM_MOST_FORMS + 1 ? err_set(ERR_TOO_LARGE, "too many files in %s", path)
	                            : read_entries(out, a, path, entries, n);
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
	if (e == ERR_OK && n == 0)
		return err_set(ERR_NOT_FOUND, "no .form file in %s", path);
	return e;
}

enum err form_print_problems(struct cli *cli, const struct problems *problems, const char *name,
                             const char *path)
{
	for (const struct problem *p = problems->first; p; p = p->next) {
		const char *text, *file = str_eq(p->field, name) ? path : p->field;
		char line[16];

		snprintf(line, sizeof(line), "%d", p->line);
		TRY(msg_format(&text, cli->arena, MSG_FORM_CLI_PROBLEM, file, line,
		               p->message));
		fprintf(cli->err, "%s\n", text);
	}
	return ERR_OK;
}

/* ---- the database ---- */

enum err form_place_open(struct form_place *out, struct cli *cli)
{
	struct form_place place = { 0 };
	enum err e;

	TRY(cli_open_db(cli, &place.db));
	e = db_writer_inline(&place.writer, cli_option(cli, "--db"), cli->clock, &cli->ids);
	if (e == ERR_OK)
		e = form_ship(place.writer, place.db, cli->arena);
	*out = place;
	return e;
}

void form_place_close(struct form_place *place)
{
	if (place->writer)
		db_writer_stop(place->writer);
	if (place->db)
		db_close(place->db);
	*place = (struct form_place){ 0 };
}

/* ---- what the options name ---- */

/* Says a message whose argument is the user's word; false when even that failed. */
#define SAY(cli, ...)                                                                          \
	do {                                                                                   \
		const char *text_;                                                             \
		if (msg_format(&text_, (cli)->arena, __VA_ARGS__) == ERR_OK)                   \
			(void)cli_refuse((cli), text_);                                        \
	} while (0)

enum { MOST_LISTED = 300 };

static enum err list_units(struct cli *cli, struct db *db)
{
	struct unit_rows units;
	date_t today = clock_today(&cli->clock);

	TRY(unit_tree(&units, db, cli->arena, ROW_NONE, today, today));
	for (size_t i = 0; i < units.n && i < MOST_LISTED; i++)
		fprintf(cli->err, "  %-20s %s\n", units.at[i].code, units.at[i].name);
	return ERR_OK;
}

static enum err list_forms(struct cli *cli, struct db *db)
{
	struct form_set_names names;

	TRY(form_sets(&names, db, cli->arena));
	for (size_t i = 0; i < names.n; i++) {
		const struct form_set *set;

		TRY(form_set_open(&set, db, cli->arena, names.at[i].code));
		for (size_t f = 0; f < set->n_forms; f++)
			fprintf(cli->err, "  %s/%s\n", set->code, set->forms[f].code);
	}
	return ERR_OK;
}

/* ERR_INPUT: said already. */
static enum err name_unit(struct form_named *out, struct cli *cli, struct db *db,
                          const char *code)
{
	enum err e = unit_find_code(&out->unit, db, cli->arena, code);

	if (e != ERR_NOT_FOUND)
		return e;
	SAY(cli, MSG_FORM_CLI_NO_UNIT, code);
	TRY(list_units(cli, db));
	return ERR_INPUT;
}

static enum err name_form(struct form_named *out, struct cli *cli, struct db *db,
                          const char *name)
{
	const char *slash = strchr(name, '/'), *code;
	enum err e = ERR_NOT_FOUND;

	if (slash) {
		TRY(arena_strndup(cli->arena, &code, name, (size_t)(slash - name)));
		e = form_set_open(&out->set, db, cli->arena, code);
	}
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	out->form = e == ERR_OK ? form_find(out->set, slash + 1) : NULL;
	if (out->form)
		return ERR_OK;
	SAY(cli, MSG_FORM_CLI_NO_FORM, name);
	TRY(list_forms(cli, db));
	return ERR_INPUT;
}

static enum err name_period(struct form_named *out, struct cli *cli, const char *name)
{
	const char *known;

	if (period_parse(&out->period, name))
		return ERR_OK;
	TRY(period_known(&known, cli->arena, clock_today(&cli->clock)));
	SAY(cli, MSG_FORM_CLI_NO_PERIOD, name, known);
	return ERR_INPUT;
}

static const char *option(struct cli *cli, const char *name, const char *command)
{
	const char *value = cli_option(cli, name);

	if (!value)
		SAY(cli, MSG_FORM_CLI_NO_OPTION, name, command);
	return value;
}

bool form_named_read(struct form_named *out, struct cli *cli, struct form_place *place,
                     const char *command)
{
	const char *unit = option(cli, "--unit", command);
	const char *form = unit ? option(cli, "--form", command) : NULL;
	const char *period = form ? option(cli, "--period", command) : NULL;
	enum err e;

	*out = (struct form_named){ 0 };
	if (!period)
		return false;
	e = name_form(out, cli, place->db, form);
	if (e == ERR_OK)
		e = name_unit(out, cli, place->db, unit);
	if (e == ERR_OK)
		e = name_period(out, cli, period);
	if (e != ERR_OK && e != ERR_INPUT)
		(void)cli_fail(cli, e);
	return e == ERR_OK;
}
