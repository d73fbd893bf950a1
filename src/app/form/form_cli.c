/* form_cli.c - cchc form list, form check, form add: form sets as files. */
#include <string.h>

#include "app/form/form_files_cli.h"
#include "app/form/form_shipped.h"
#include "app/form/form_store.h"
#include "base/str.h"
#include "cli/dispatch.h"

static int done(struct cli *cli, enum err e)
{
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

static void print_set(FILE *to, const struct form_set *set)
{
	fprintf(to, "%s  %s (%s)\n", set->code, set->title, set->document);
	for (size_t i = 0; i < set->n_forms; i++)
		fprintf(to, "  %s/%-3s %s, %zu dòng\n", set->code, set->forms[i].code,
		        set->forms[i].title, set->forms[i].n_rows);
}

/* ---- form list ---- */

static enum err list_shipped(struct cli *cli)
{
	struct form_shipped_codes codes;

	TRY(form_shipped_codes(&codes, cli->arena));
	for (size_t i = 0; i < codes.n; i++) {
		struct form_shipped shipped;

		TRY(form_shipped_load(&shipped, cli->arena, codes.at[i]));
		print_set(cli->out, shipped.set);
	}
	return ERR_OK;
}

static enum err list_installed(struct cli *cli)
{
	FORM_PLACE place = { 0 };
	struct form_set_names names;

	TRY(form_place_open(&place, cli));
	TRY(form_sets(&names, place.db, cli->arena));
	for (size_t i = 0; i < names.n; i++) {
		const struct form_set *set;

		TRY(form_set_open(&set, place.db, cli->arena, names.at[i].code));
		print_set(cli->out, set);
	}
	return ERR_OK;
}

int form_list_cli(struct cli *cli)
{
	return done(cli, cli_option(cli, "--db") ? list_installed(cli) : list_shipped(cli));
}

/* ---- form check ---- */

static size_t count_examples(const struct form_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n_forms; i++)
		n += set->forms[i].n_examples;
	return n;
}

static enum err say_checked(struct cli *cli, enum msg id, const char *name,
                            const struct form_set *set)
{
	char forms[16], rows[16], examples[16];
	const char *text;

	snprintf(forms, sizeof(forms), "%zu", set->n_forms);
	snprintf(rows, sizeof(rows), "%zu", set->n_rows);
	snprintf(examples, sizeof(examples), "%zu", count_examples(set));
	TRY(msg_format(&text, cli->arena, id, name, forms, rows, examples));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

/* Loads the files and runs their examples; *out NULL when something is wrong. */
static enum err check_files(const struct form_set **out, struct problems *problems,
                            struct arena *a, const struct form_text *files, size_t n)
{
	problems_init(problems, a);
	TRY(form_set_load(out, problems, a, files, n));
	if (*out)
		TRY(form_run_examples(problems, a, *out));
	if (problems->n > 0)
		*out = NULL;
	return ERR_OK;
}

/* The code that a form file states: "form 3". */
static enum err stated_code(const char **out, struct arena *a, const char *text)
{
	struct slice rest = slice_of(text), line;

	*out = "";
	while (slice_cut(&rest, '\n', &line)) {
		if (line.len <= 5 || strncmp(line.at, "form ", 5) != 0)
			continue;
		struct slice code = slice_trim((struct slice){ line.at + 5, line.len - 5 });
		return arena_strndup(a, out, code.at, code.len);
	}
	return ERR_OK;
}

/* Whether the set has a form in a file of that name; then `file` stands in its place. */
static bool put_in_place(struct form_shipped *shipped, const char *name, const char *text)
{
	for (size_t i = 0; i < shipped->n; i++) {
		if (!str_eq(shipped->files[i].name, name))
			continue;
		shipped->files[i].text = text;
		return true;
	}
	return false;
}

/* A file without a set.form beside it is checked in the place of the form of its code in the
 * program's own sets: in the one that it fits best. */
static enum err check_alone(const struct form_set **out, struct problems *problems,
                            const char **name_out, struct cli *cli, const char *text)
{
	struct form_shipped_codes codes;
	const char *code, *name, *note, *best = "bnv-2022";
	bool found = false;

	TRY(stated_code(&code, cli->arena, text));
	TRY(arena_printf(cli->arena, &name, "%s.form", code));
	*name_out = name;
	TRY(form_shipped_codes(&codes, cli->arena));
	for (size_t i = 0; i < codes.n; i++) {
		struct form_shipped shipped;
		const struct form_set *set;
		struct problems these;

		TRY(form_shipped_load(&shipped, cli->arena, codes.at[i]));
		if (!put_in_place(&shipped, name, text) && i + 1 < codes.n)
			continue;
		TRY(check_files(&set, &these, cli->arena, shipped.files, shipped.n));
		if (found && these.n >= problems->n)
			continue;
		found = true;
		*problems = these;
		*out = set;
		best = codes.at[i];
	}
	TRY(msg_format(&note, cli->arena, MSG_FORM_CLI_ALONE, best));
	fprintf(cli->err, "%s\n", note);
	return ERR_OK;
}

static bool has_header(const struct form_folder *folder)
{
	for (size_t i = 0; i < folder->n; i++)
		if (str_eq(folder->files[i].name, "set.form"))
			return true;
	return false;
}

/* *out NULL and problems when the file or its set is wrong; they call the file *name. */
static enum err check_file(const struct form_set **out, struct problems *problems,
                           const char **name, struct cli *cli, const char *path)
{
	struct form_folder folder;
	const char *text, *slash = strrchr(path, '/'), *beside = ".";
	enum err e;

	TRY(form_read_file(&text, cli->arena, path, FORM_LONGEST_FILE));
	*name = slash ? slash + 1 : path;
	if (slash)
		TRY(arena_strndup(cli->arena, &beside, path, (size_t)(slash - path) + 1));
	e = form_read_folder(&folder, cli->arena, beside);
	if (e != ERR_OK && e != ERR_NOT_FOUND && e != ERR_TOO_LARGE)
		return e;
	if (e == ERR_OK && has_header(&folder))
		return check_files(out, problems, cli->arena, folder.files, folder.n);
	return check_alone(out, problems, name, cli, text);
}

static int refuse_path(struct cli *cli, enum msg id, const char *path)
{
	const char *text;

	if (msg_format(&text, cli->arena, id, path) != ERR_OK)
		return cli_fail(cli, ERR_NO_MEMORY);
	return cli_refuse(cli, text);
}

/* How the figures of each form in file `name` are counted; of all when it is the set's own. */
static enum err say_counting(struct cli *cli, const struct form_set *set, const char *name)
{
	static const enum msg texts[] = {
		[FORM_BY_COUNTERS] = MSG_FORM_BY_COUNTERS,
		[FORM_BY_COUNTERS_IN_HALVES] = MSG_FORM_BY_COUNTERS_IN_HALVES,
		[FORM_BY_RECORDS] = MSG_FORM_BY_RECORDS,
	};

	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		enum form_counting how;
		const char *text;

		if (!str_eq(name, "set.form") && !str_eq(name, row->form->file))
			continue;
		TRY(form_counting_of(&how, cli->arena, set, row));
		if (how == FORM_NOT_COUNTED)
			continue;
		TRY(msg_format(&text, cli->arena, texts[how], row->form->code, row->code));
		fprintf(cli->out, "  %s\n", text);
	}
	return ERR_OK;
}

static enum err say_good(struct cli *cli, const char *path, const struct form_set *set,
                         const char *name)
{
	TRY(say_checked(cli, MSG_FORM_CLI_CHECKED, path, set));
	return say_counting(cli, set, name);
}

int form_check_cli(struct cli *cli)
{
	const char *path = cli_argument(cli, 0, ""), *name = "";
	const struct form_set *set = NULL;
	struct problems problems;
	enum err e;

	if (!path)
		return refuse_path(cli, MSG_FORM_CLI_NO_FILE, "");
	e = check_file(&set, &problems, &name, cli, path);
	if (e == ERR_IO || e == ERR_INPUT)
		return refuse_path(cli, MSG_FORM_CLI_NO_FILE, path);
	if (e == ERR_TOO_LARGE)
		return refuse_path(cli, MSG_FORM_CLI_FILE_LARGE, path);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	if (set)
		return done(cli, say_good(cli, path, set, name));
	e = form_print_problems(cli, &problems, name, path);
	return e == ERR_OK ? 1 : cli_fail(cli, e);
}

/* ---- form add ---- */

static enum err install(struct cli *cli, const struct form_set *set,
                        const struct form_folder *folder)
{
	FORM_PLACE place = { 0 };
	struct change change = cli_change("form.install");
	struct form_installation x = { set, folder->files, folder->n };

	TRY(form_place_open(&place, cli));
	TRY(form_install(place.writer, &change, &x));
	return say_checked(cli, MSG_FORM_CLI_ADDED, set->code, set);
}

int form_add_cli(struct cli *cli)
{
	const char *path = cli_argument(cli, 0, "");
	const struct form_set *set = NULL;
	struct form_folder folder;
	struct problems problems;
	enum err e;

	e = path ? form_read_folder(&folder, cli->arena, path) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND || e == ERR_IO || e == ERR_INPUT)
		return refuse_path(cli, MSG_FORM_CLI_NO_FOLDER, path ? path : "");
	if (e == ERR_OK)
		e = check_files(&set, &problems, cli->arena, folder.files, folder.n);
	if (e == ERR_TOO_LARGE)
		return refuse_path(cli, MSG_FORM_CLI_FILE_LARGE, path);
	if (e == ERR_OK && set)
		return done(cli, install(cli, set, &folder));
	if (e == ERR_OK)
		e = form_print_problems(cli, &problems, "", path);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return cli_refuse(cli, msg_text(MSG_FORM_CLI_NOT_ADDED));
}
