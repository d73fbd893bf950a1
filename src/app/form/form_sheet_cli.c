/* form_sheet_cli.c - cchc form enter, form show, form records: one form of a unit. */
#include <string.h>

#include "app/form/form_cell_store.h"
#include "app/form/form_files_cli.h"
#include "app/form/form_json_cli.h"
#include "app/form/form_records_store.h"
#include "app/form/form_tsv.h"
#include "app/form/form_xlsx.h"
#include "base/str.h"
#include "cli/dispatch.h"

enum { LONGEST_ANSWER = 64 << 20 };

static int say(struct cli *cli, int code, const char *text)
{
	(void)cli_refuse(cli, text);
	return code;
}

/* ---- form enter ---- */

struct entering {
	struct cli *cli;
	struct form_place place;
	struct form_named named;
	struct form_figures figures;
	struct problems problems, locked;
	const char *path;
};

/* The file stands for whoever signed it: a figure that differs from the computed one needs a
 * reason, and that is its note or the file itself. */
static enum err give_reasons(struct entering *x)
{
	const char *from_file;

	TRY(msg_format(&from_file, x->cli->arena, MSG_FORM_CLI_FROM_FILE, x->path));
	for (size_t i = 0; i < x->figures.n; i++) {
		struct form_figure *f = &x->figures.at[i];

		if (f->row->value && (f->stated.blank || !dec_is_none(f->stated.value)))
			f->stated.reason = f->stated.note ? f->stated.note : from_file;
	}
	return ERR_OK;
}

static enum err store(struct entering *x)
{
	struct form_entries entries = { .set = x->named.set,
		                        .scope = x->named.unit,
		                        .unit = x->named.unit,
		                        .period = x->named.period,
		                        .n = x->figures.n,
		                        .problems = &x->locked };
	struct change change = cli_change("form.enter");
	struct form_entry *list;
	char taken[24], changed[24], refused[24];
	const char *text;

	TRY(arena_array(x->cli->arena, &list, x->figures.n + 1));
	for (size_t i = 0; i < x->figures.n; i++)
		list[i] = (struct form_entry){ x->figures.at[i].row, x->figures.at[i].stated };
	entries.entries = list;
	change.reason = x->path;
	TRY(form_enter(x->place.writer, &change, &entries));
	snprintf(taken, sizeof(taken), "%zu", x->figures.n);
	snprintf(changed, sizeof(changed), "%zu", entries.n_changed);
	snprintf(refused, sizeof(refused), "%zu", x->figures.n_refused);
	TRY(msg_format(&text, x->cli->arena, MSG_FORM_CLI_ENTERED, taken, changed, refused));
	fprintf(x->cli->out, "%s\n", text);
	return ERR_OK;
}

static enum err print_refused(struct entering *x)
{
	for (const struct problem *p = x->problems.first; p; p = p->next) {
		const char *text;
		char line[16];

		snprintf(line, sizeof(line), "%d", p->line);
		TRY(msg_format(&text, x->cli->arena, MSG_FORM_CLI_LINE, line, p->message));
		fprintf(x->cli->err, "%s\n", text);
	}
	return ERR_OK;
}

static enum err enter(struct entering *x, const char *text)
{
	problems_init(&x->problems, x->cli->arena);
	problems_init(&x->locked, x->cli->arena);
	TRY(form_tsv_read(&x->figures, &x->problems, x->cli->arena, x->named.set, x->named.form,
	                  text));
	TRY(give_reasons(x));
	TRY(print_refused(x));
	return store(x);
}

static int run_enter(struct entering *x)
{
	struct cli *cli = x->cli;
	const char *text, *message;
	enum err e;

	if (!form_named_read(&x->named, cli, &x->place, "form enter"))
		return 2;
	x->path = cli_option(cli, "--from");
	e = form_read_file(&text, cli->arena, x->path ? x->path : "", FORM_LONGEST_TSV);
	if (e != ERR_OK) {
		if (msg_format(&message, cli->arena, MSG_FORM_CLI_NO_FILE,
		               x->path ? x->path : "") != ERR_OK)
			return cli_fail(cli, e);
		return cli_refuse(cli, message);
	}
	e = enter(x, text);
	if (e == ERR_INPUT && x->locked.n > 0)
		return cli_refuse(cli, x->locked.first->message);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	return x->problems.n > 0 ? 1 : 0;
}

int form_enter_cli(struct cli *cli)
{
	struct entering x = { .cli = cli };
	enum err e = form_place_open(&x.place, cli);
	int code = e == ERR_OK ? run_enter(&x) : cli_fail(cli, e);

	form_place_close(&x.place);
	return code;
}

/* ---- form show ---- */

static void print_row(FILE *to, const struct form_row *row, const struct form_cell *cell)
{
	char value[DEC_TEXT];

	fprintf(to, "%-7s %14s  %-10s %s%s%s\n", row->code, dec_vn(cell->value, -1, value),
	        row->kind == FORM_GROUP ? "" : form_source_name(cell->source), row->label,
	        cell->note ? " | " : "", cell->note ? cell->note : "");
	for (const struct form_problem *p = cell->problems; p; p = p->next)
		fprintf(to, "        ! %s\n", p->message);
}

static enum err print_sheet(struct cli *cli, const struct form_sheet *sheet,
                            const struct form *form)
{
	const struct form_set *set = sheet->set;
	const char *period, *head;

	TRY(period_name(&period, cli->arena, &sheet->period));
	TRY(msg_format(&head, cli->arena, MSG_FORM_CLI_SHEET, set->printed, form->code,
	               form->title, sheet->unit.name, sheet->unit.code, period));
	fprintf(cli->out, "%s\n\n", head);
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &set->rows[(size_t)form->first + i];

		print_row(cli->out, row, &sheet->cells[row->at]);
	}
	fprintf(cli->out, "\n%s\n", msg_text(MSG_FORM_CLI_SETTINGS));
	for (size_t i = 0; i < set->n_settings; i++)
		fprintf(cli->out, "- %s\n", form_sheet_sentence(sheet, i));
	return ERR_OK;
}

static enum err write_xlsx(struct cli *cli, const struct form_sheet *sheet,
                           const struct form *form, const char *path)
{
	struct str bytes;
	const char *text;
	bool written;

	str_init(&bytes, NULL, LONGEST_ANSWER);
	enum err e = form_xlsx(&bytes, cli->arena, sheet, form, clock_now(&cli->clock));
	FILE *f = e == ERR_OK ? fopen(path, "wb") : NULL;
	written = f && fwrite(bytes.data, 1, bytes.len, f) == bytes.len;
	if (f)
		written = fclose(f) == 0 && written;
	str_release(&bytes);
	TRY(e);
	TRY(msg_format(&text, cli->arena,
	               written ? MSG_FORM_CLI_WROTE : MSG_FORM_CLI_NOT_WRITTEN, path));
	if (written)
		fprintf(cli->out, "%s\n", text);
	else
		(void)cli_refuse(cli, text);
	return written ? ERR_OK : ERR_IO;
}

static enum err print_text(struct cli *cli, struct str *text)
{
	TRY(str_check(text));
	fwrite(text->data, 1, text->len, cli->out);
	fputc('\n', cli->out);
	return ERR_OK;
}

static enum err show(struct cli *cli, struct form_place *place, const struct form_named *named)
{
	const char *path = cli_option(cli, "--xlsx");
	struct form_sheet sheet;
	struct str text;

	TRY(form_sheet_open(
	        &sheet, place->db, cli->arena, named->set,
	        &(struct form_sheet_of){ named->unit, named->unit, named->period }));
	if (path)
		return write_xlsx(cli, &sheet, named->form, path);
	if (!cli_flag(cli, "--json"))
		return print_sheet(cli, &sheet, named->form);
	str_init(&text, cli->arena, LONGEST_ANSWER);
	form_json_sheet(&text, &sheet, named->form);
	return print_text(cli, &text);
}

int form_show_cli(struct cli *cli)
{
	FORM_PLACE place = { 0 };
	struct form_named named;
	enum err e = form_place_open(&place, cli);

	if (e == ERR_OK && !form_named_read(&named, cli, &place, "form show"))
		return 2;
	if (e == ERR_OK)
		e = show(cli, &place, &named);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

/* ---- form records ---- */

enum { MOST_RECORDS = 100000, BATCH = 1000 };

struct printing {
	struct cli *cli;
	struct db *db;
	const struct form_sheet *sheet;
	struct json *json; /* NULL: plain lines */
	size_t n;
};

static void print_record(struct printing *p, const struct form_part *part,
                         const struct form_records *records, const struct form_record *r)
{
	if (p->json) {
		form_json_record(p->json, part, records, r);
		return;
	}
	for (size_t i = 0; i < records->n_columns; i++)
		fprintf(p->cli->out, "%s%s", i ? "\t" : "", r->texts[i]);
	fputc('\n', p->cli->out);
}

static enum err print_part(struct printing *p, const struct form_part *part)
{
	struct form_records records = { .more = true };
	row_id after = ROW_NONE;

	while (records.more && p->n < MOST_RECORDS) {
		TRY(form_records_fetch(&records, p->db, p->cli->arena, p->sheet, part,
		                       (struct form_records_page){ after, BATCH }));
		for (size_t i = 0; i < records.n; i++, p->n++)
			print_record(p, part, &records, &records.at[i]);
		if (records.n > 0)
			after = records.at[records.n - 1].key;
	}
	return ERR_OK;
}

static enum err print_records(struct printing *p, const struct form_parts *parts,
                              const struct form_row *row)
{
	struct str text = { 0 };
	struct json json;

	if (cli_flag(p->cli, "--json")) {
		str_init(&text, p->cli->arena, LONGEST_ANSWER);
		json_init(&json, &text);
		p->json = &json;
		form_json_records_begin(&json, p->sheet, row, parts);
	}
	enum err e = ERR_OK;
	for (size_t i = 0; e == ERR_OK && i < parts->n; i++)
		e = print_part(p, &parts->at[i]);
	if (e != ERR_OK || !p->json) {
		p->json = NULL;
		return e;
	}
	json_end(&json);
	json_end(&json);
	p->json = NULL;
	return print_text(p->cli, &text);
}

static enum err list_codes(const char **out, struct arena *a, const struct form_named *named)
{
	struct str s;

	str_init(&s, a, 10000);
	for (size_t i = 0; i < named->form->n_rows; i++)
		str_printf(&s, "%s%s", i ? ", " : "",
		           named->set->rows[(size_t)named->form->first + i].code);
	return str_finish(&s, out);
}

static int refuse_code(struct cli *cli, const struct form_named *named, const char *code)
{
	const char *codes, *text;
	enum err e = list_codes(&codes, cli->arena, named);

	if (e == ERR_OK)
		e = msg_format(&text, cli->arena, MSG_FORM_CLI_NO_ROW, named->form->code,
		               code ? code : "", codes);
	return e == ERR_OK ? cli_refuse(cli, text) : cli_fail(cli, e);
}

static int records_of(struct cli *cli, struct form_place *place, const struct form_named *named,
                      const struct form_row *row)
{
	struct form_sheet sheet;
	struct form_parts parts;
	struct printing p = { .cli = cli, .db = place->db, .sheet = &sheet };
	const char *text;
	enum err e = form_sheet_open(
	        &sheet, place->db, cli->arena, named->set,
	        &(struct form_sheet_of){ named->unit, named->unit, named->period });

	if (e == ERR_OK)
		e = form_parts_of(&parts, place->db, cli->arena, &sheet, row);
	if (e == ERR_OK && parts.n == 0) {
		e = msg_format(&text, cli->arena, MSG_FORM_CLI_NOT_COUNTED, row->code);
		return e == ERR_OK ? say(cli, 1, text) : cli_fail(cli, e);
	}
	if (e == ERR_OK)
		e = print_records(&p, &parts, row);
	return e == ERR_OK ? 0 : cli_fail(cli, e);
}

int form_records_cli(struct cli *cli)
{
	FORM_PLACE place = { 0 };
	const char *code = cli_option(cli, "--code");
	struct form_named named;
	enum err e = form_place_open(&place, cli);

	if (e != ERR_OK)
		return cli_fail(cli, e);
	if (!form_named_read(&named, cli, &place, "form records"))
		return 2;
	const struct form_row *row = code ? form_find_row(named.set, named.form, code) : NULL;
	return row ? records_of(cli, &place, &named, row) : refuse_code(cli, &named, code);
}
