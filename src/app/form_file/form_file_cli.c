/* form_file_cli.c - cchc form read: the forms in files of other offices. */
#include "app/form/form_files_cli.h"
#include "app/form/form_shipped.h"
#include "app/form_file/form_file_csv.h"
#include "app/form_file/form_file_store.h"
#include "app/unit/unit_store.h"
#include "base/settings.h"
#include "base/vec.h"
#include "cli/dispatch.h"
#include "json/json.h"

enum { MOST_FILES = 20, LONGEST_JSON = 32 << 20 };

struct call {
	struct cli *cli;
	struct form_place place; /* of --db */
	struct problems problems;
	struct form_file_source sources[MOST_FILES];
	size_t n;
	const char *names; /* of the files */
	struct document document;
	const struct form_set **known;
	size_t n_known;
	struct form_file_task task;
	struct form_unit unit; /* of --unit */
	struct form_file file;
};

/* ---- files ---- */

static enum err read_one(struct call *c, const char *path)
{
	long long most_mb = settings_default().audit_most_mb;
	struct arena *a = c->cli->arena;
	const char *most;
	struct slice bytes;
	enum err e = cli_read_file(&bytes, a, path, (size_t)most_mb << 20);

	if (e == ERR_TOO_LARGE) {
		TRY(arena_printf(a, &most, "%lld", most_mb));
		return problems_say(&c->problems, "file", 0, MSG_TEXT_FILE_TOO_LARGE, most);
	}
	TRY(e);
	return form_file_source_read(&c->sources[c->n++], a, bytes, path, &c->problems);
}

static enum err read_files(struct call *c)
{
	const char *path;
	struct str names;

	str_init(&names, c->cli->arena, 10000);
	for (size_t i = 0; (path = cli_argument(c->cli, i, "--json --store")); i++) {
		if (c->n == MOST_FILES)
			return problems_say(&c->problems, "file", 0, MSG_AUDIT_TOO_MANY_FILES,
			                    path);
		TRY(read_one(c, path));
		str_printf(&names, "%s%s", i > 0 ? ", " : "", path);
	}
	if (c->n == 0)
		return problems_say(&c->problems, "file", 0, MSG_FORM_FILE_CLI_NO_FILE);
	return str_finish(&names, &c->names);
}

/* ---- sets ---- */

static enum err load_shipped(struct call *c)
{
	struct form_shipped_codes codes;

	TRY(form_shipped_codes(&codes, c->cli->arena));
	TRY(arena_array(c->cli->arena, &c->known, codes.n + 1));
	for (size_t i = 0; i < codes.n; i++) {
		struct form_shipped shipped;

		TRY(form_shipped_load(&shipped, c->cli->arena, codes.at[i]));
		c->known[c->n_known++] = shipped.set;
	}
	return ERR_OK;
}

static enum err load_installed(struct call *c)
{
	struct form_set_names names;

	TRY(form_sets(&names, c->place.db, c->cli->arena));
	TRY(arena_array(c->cli->arena, &c->known, names.n + 1));
	for (size_t i = 0; i < names.n; i++) {
		TRY(form_set_open(&c->known[i], c->place.db, c->cli->arena, names.at[i].code));
		c->n_known++;
	}
	return ERR_OK;
}

static enum err wanted_set(struct call *c)
{
	const char *code = cli_option(c->cli, "--set");

	c->task.set = c->known[0];
	for (size_t i = 0; code && i < c->n_known; i++) {
		c->task.set = c->known[i];
		if (str_eq(c->known[i]->code, code))
			return ERR_OK;
	}
	return code ? problems_say(&c->problems, "set", 0, MSG_FORM_CLI_NO_FORM, code) : ERR_OK;
}

/* ---- for whom ---- */

static enum err name_period(struct call *c)
{
	const char *name = cli_option(c->cli, "--period"), *known;

	c->task.period = period_current(clock_today(&c->cli->clock));
	if (!name || period_parse(&c->task.period, name))
		return ERR_OK;
	TRY(period_known(&known, c->cli->arena, clock_today(&c->cli->clock)));
	return problems_say(&c->problems, "period", 0, MSG_FORM_CLI_NO_PERIOD, name, known);
}

static enum err name_unit(struct call *c)
{
	const char *code = cli_option(c->cli, "--unit");
	row_id id;
	enum err e;

	c->unit = (struct form_unit){ .id = ROW_NONE, .name = "" };
	if (!code || !c->place.db)
		return ERR_OK;
	e = unit_find_code(&id, c->place.db, c->cli->arena, code);
	if (e == ERR_NOT_FOUND)
		return problems_say(&c->problems, "unit", 0, MSG_FORM_FILE_CLI_NO_UNIT, code);
	TRY(e);
	return form_unit_find(&c->unit, c->place.db, c->cli->arena, id);
}

static enum err name_all(struct call *c)
{
	bool store = cli_flag(c->cli, "--store");

	if (cli_option(c->cli, "--db")) {
		TRY(form_place_open(&c->place, c->cli));
		TRY(load_installed(c));
	} else {
		TRY(load_shipped(c));
	}
	TRY(wanted_set(c));
	TRY(name_period(c));
	TRY(name_unit(c));
	if (store && (row_is_none(c->unit.id) || !cli_option(c->cli, "--period")) &&
	    c->problems.n == 0)
		return problems_say(&c->problems, "", 0, MSG_FORM_FILE_CLI_WHERE);
	return ERR_OK;
}

/* ---- reading ---- */

/* Without --set the rows are those of the set that the file is printed by; without --unit the
 * level is the one that fills most of them. */
static enum err read_forms(struct call *c)
{
	struct arena *a = c->cli->arena;
	enum form_file_places *places;
	bool again = false;

	TRY(form_file_document(&c->document, &places, a, c->sources, c->n));
	c->task.document = &c->document;
	c->task.places = places;
	c->task.known = c->known;
	c->task.n_known = c->n_known;
	c->task.unit_name = c->unit.name;
	c->task.tier = row_is_none(c->unit.id) ? FORM_COMMUNE : c->unit.tier;
	TRY(form_file_read(&c->file, a, &c->task));
	if (c->file.printed && !cli_option(c->cli, "--set")) {
		again = c->file.printed != c->task.set;
		c->task.set = c->file.printed;
	}
	if (again)
		TRY(form_file_read(&c->file, a, &c->task));
	if (row_is_none(c->unit.id) && form_file_tier(&c->file) != c->task.tier) {
		c->task.tier = form_file_tier(&c->file);
		TRY(form_file_read(&c->file, a, &c->task));
	}
	return ERR_OK;
}

/* ---- telling ---- */

static const char *const states[] = { "absent", "blank", "sure", "guessed", "asked" };

static void put_cell(struct json *j, const struct form_row *row,
                     const struct form_file_cell *cell)
{
	const struct {
		const char *key, *text;
	} texts[] = { { "form", row->form->code },
		      { "code", row->code },
		      { "id", row->id },
		      { "state", states[cell->state] },
		      { "note", cell->stated.note },
		      { "where", cell->where },
		      { "printed_code", cell->number },
		      { "printed", cell->text },
		      { "say", cell->say } };

	json_begin_object(j);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		json_key(j, texts[i].key);
		json_text(j, texts[i].text);
	}
	json_key(j, "value");
	json_dec(j, cell->stated.value);
	json_key(j, "numerator");
	json_dec(j, cell->stated.numerator);
	json_key(j, "denominator");
	json_dec(j, cell->stated.denominator);
	json_end(j);
}

static void put_remark(struct json *j, const struct form_file_remark *m)
{
	const struct {
		const char *key, *text;
	} texts[] = { { "loss", form_file_loss_word(m->loss) },
		      { "form", m->row ? m->row->form->code : NULL },
		      { "code", m->row ? m->row->code : NULL },
		      { "where", m->where },
		      { "quote", m->quote },
		      { "message", m->say } };

	json_begin_object(j);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		json_key(j, texts[i].key);
		json_text(j, texts[i].text);
	}
	json_end(j);
}

static enum err print_json(struct call *c)
{
	const struct form_file *f = &c->file;
	const char *text;
	struct json j;
	struct str s;

	str_init(&s, c->cli->arena, LONGEST_JSON);
	json_init(&j, &s);
	json_begin_object(&j);
	json_key(&j, "set");
	json_text(&j, f->set->code);
	json_key(&j, "printed_set");
	json_text(&j, f->printed ? f->printed->code : NULL);
	json_key(&j, "cells");
	json_begin_array(&j);
	for (size_t i = 0; i < f->set->n_rows; i++)
		if (f->cells[i].state != FORM_FILE_ABSENT)
			put_cell(&j, &f->set->rows[i], &f->cells[i]);
	json_end(&j);
	json_key(&j, "losses");
	json_begin_array(&j);
	for (size_t i = 0; i < f->n_remarks; i++)
		put_remark(&j, &f->remarks[i]);
	json_end(&j);
	json_end(&j);
	TRY(str_finish(&s, &text));
	fprintf(c->cli->out, "%s\n", text);
	return ERR_OK;
}

static void print_cells(struct call *c)
{
	const struct form_file *f = &c->file;

	for (size_t i = 0; i < f->set->n_rows; i++) {
		const struct form_row *row = &f->set->rows[i];
		const struct form_file_cell *cell = &f->cells[i];

		if (cell->state < FORM_FILE_SURE && !cell->stated.note)
			continue;
		fprintf(c->cli->out, "%-2s %-7s %14s%s %s%s%s (%s)\n", row->form->code,
		        row->code, cell->typed,
		        cell->state == FORM_FILE_ASKED     ? " ?"
		        : cell->state == FORM_FILE_GUESSED ? " ~"
		                                           : "  ",
		        row->label, cell->stated.note ? " | " : "",
		        cell->stated.note ? cell->stated.note : "", cell->where);
	}
}

static enum err print_all(struct call *c)
{
	const size_t *n = c->file.n_of;
	char sure[24], guessed[24], asked[24];
	const char *text;

	if (cli_flag(c->cli, "--json"))
		return print_json(c);
	print_cells(c);
	TRY(form_file_report(&text, c->cli->arena, &c->file));
	fprintf(c->cli->out, "\n%s\n", text);
	snprintf(sure, sizeof(sure), "%zu", n[FORM_FILE_SURE]);
	snprintf(guessed, sizeof(guessed), "%zu", n[FORM_FILE_GUESSED]);
	snprintf(asked, sizeof(asked), "%zu", n[FORM_FILE_ASKED]);
	TRY(msg_format(&text, c->cli->arena, MSG_FORM_FILE_CLI_READ, c->file.set->title, sure,
	               guessed, asked));
	fprintf(c->cli->out, "%s\n", text);
	return ERR_OK;
}

/* ---- storing ---- */

static enum err store(struct call *c)
{
	const struct form_file *f = &c->file;
	struct change change = cli_change("form.file");
	struct form_file_figure *figures;
	struct problems locked;
	struct form_file_import import = { .set = f->set,
		                           .scope = c->unit.id,
		                           .unit = c->unit.id,
		                           .by_unit = c->unit.id,
		                           .period = c->task.period,
		                           .name = c->names,
		                           .sha256 = c->sources[0].sha256,
		                           .problems = &locked };
	char taken[24], changed[24];
	const char *text;
	enum err e;

	problems_init(&locked, c->cli->arena);
	TRY(form_file_report(&import.losses, c->cli->arena, f));
	TRY(arena_array(c->cli->arena, &figures, f->set->n_rows + 1));
	for (size_t i = 0; i < f->set->n_rows; i++)
		if (!dec_is_none(f->cells[i].stated.value) || f->cells[i].stated.note)
			figures[import.n++] =
			        (struct form_file_figure){ &f->set->rows[i], f->cells[i].stated,
				                           f->cells[i].where };
	import.figures = figures;
	change.reason = c->names;
	e = form_file_take(c->place.writer, &change, &import);
	if (e == ERR_INPUT && locked.n > 0)
		return problems_add(&c->problems, "", 0, locked.first->message);
	TRY(e);
	snprintf(taken, sizeof(taken), "%zu", import.n);
	snprintf(changed, sizeof(changed), "%zu", import.n_changed);
	TRY(msg_format(&text, c->cli->arena, MSG_FORM_FILE_CLI_STORED, taken, changed));
	fprintf(c->cli->out, "%s\n", text);
	return ERR_OK;
}

static enum err run(struct call *c)
{
	TRY(read_files(c));
	TRY(name_all(c));
	if (c->problems.n > 0)
		return ERR_OK;
	TRY(read_forms(c));
	TRY(print_all(c));
	if (!c->file.printed)
		return problems_say(&c->problems, "file", 0, MSG_FORM_FILE_NO_FORM);
	return cli_flag(c->cli, "--store") ? store(c) : ERR_OK;
}

int form_read_cli(struct cli *cli)
{
	struct call *c = NULL;
	enum err e = arena_new(cli->arena, &c);
	int code = 0;

	if (e == ERR_OK) {
		c->cli = cli;
		problems_init(&c->problems, cli->arena);
		e = run(c);
		form_place_close(&c->place);
	}
	if (e != ERR_OK)
		return cli_fail(cli, e);
	for (const struct problem *p = c->problems.first; p; p = p->next)
		code = cli_refuse(cli, p->message);
	if (code == 0 && c->file.n_of[FORM_FILE_ASKED] > 0)
		code = 1;
	return code;
}
