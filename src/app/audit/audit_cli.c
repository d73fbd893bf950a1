#include <stdio.h>

#include "app/audit/audit.h"
#include "app/audit/audit_docx.h"
#include "app/audit/audit_json_cli.h"
#include "base/messages.h"
#include "base/settings.h"
#include "base/vec.h"
#include "cli/dispatch.h"

enum { MOST_FILES = 50, MOST_BYTES = 64 * 1024 * 1024 };

/* What the call names: files of the report, files of the last one. */
struct call {
	struct cli *cli;
	struct problems problems;
	struct text_file *files[2]; /* 0: this report, 1: the one before */
	size_t n[2];
};

/* The command has no settings of a server: the usual maximum of the page holds. */
static enum err refuse_large(struct call *c, long long most_mb)
{
	const char *most;

	TRY(arena_printf(c->cli->arena, &most, "%lld", most_mb));
	return problems_say(&c->problems, "file", 0, MSG_TEXT_FILE_TOO_LARGE, most);
}

static enum err read_one(struct call *c, int which, const char *path)
{
	struct arena *a = c->cli->arena;
	long long most_mb = settings_default().audit_most_mb;
	struct slice bytes;
	enum err e;

	if (c->n[which] >= MOST_FILES)
		return problems_say(&c->problems, "file", 0, MSG_AUDIT_TOO_MANY_FILES, path);
	e = cli_read_file(&bytes, a, path, (size_t)most_mb << 20);
	if (e == ERR_TOO_LARGE)
		return refuse_large(c, most_mb);
	TRY(e);
	TRY(vec_room(a, c->files[which], c->n[which]));
	return audit_read(&c->files[which][c->n[which]++], a, bytes.at, bytes.len, path,
	                  &c->problems);
}

/* Files before --previous are the report, files after it the one before. */
static enum err read_files(struct call *c)
{
	int which = 0;

	for (int i = 0; i < c->cli->argc; i++) {
		const char *word = c->cli->argv[i];

		if (str_eq(word, "--previous"))
			which = 1;
		else if (!str_starts(word, "--"))
			TRY(read_one(c, which, word));
	}
	return ERR_OK;
}

static void print_lines(FILE *to, const struct call *c)
{
	for (size_t i = 0; i < c->n[0]; i++)
		for (size_t k = 0; k < c->files[0][i].n_lines; k++)
			fprintf(to, "%s\n", c->files[0][i].lines[k].text);
}

static void print_place(FILE *to, const struct document *document, const struct audit_place *p)
{
	if (document->n_files > 1)
		fprintf(to, "    %s:%d: \"%s\"\n", document->files[p->line.file].name,
		        p->line.line, p->quote);
	else
		fprintf(to, "    %s %d: \"%s\"\n", msg_text(MSG_AUDIT_LINE), p->line.line,
		        p->quote);
}

static void print_finding(FILE *to, const struct document *document,
                          const struct audit_finding *f)
{
	fprintf(to, "%s - %s: %s\n",
	        msg_text(f->verdict == AUDIT_FAIL ? MSG_AUDIT_FAIL : MSG_AUDIT_SUSPECT),
	        audit_kind_label(f->kind), f->message);
	for (size_t i = 0; i < f->n_places; i++)
		print_place(to, document, &f->places[i]);
	if (f->correction)
		fprintf(to, "    %s %s\n", msg_text(MSG_AUDIT_CORRECTION), f->correction);
}

static enum err print_result(struct cli *cli, const struct document *document,
                             const struct audit_result *result)
{
	struct str json;
	const char *text;

	if (cli_flag(cli, "--json")) {
		str_init(&json, cli->arena, MOST_BYTES);
		audit_json(&json, document, result, cli_flag(cli, "--all"));
		TRY(str_finish(&json, &text));
		fprintf(cli->out, "%s\n", text);
		return ERR_OK;
	}
	for (size_t i = 0; i < result->n_findings; i++)
		print_finding(cli->out, document, &result->findings[i]);
	TRY(arena_printf(cli->arena, &text, "%zu", result->n_relations));
	TRY(msg_format(&text, cli->arena,
	               result->n_findings > 0 ? MSG_AUDIT_CHECKED : MSG_AUDIT_NOTHING, text));
	fprintf(cli->out, "%s\n", text);
	return ERR_OK;
}

static bool any_failed(const struct audit_result *result)
{
	for (size_t i = 0; i < result->n_findings; i++)
		if (result->findings[i].verdict == AUDIT_FAIL)
			return true;
	return false;
}

static enum err audit_files(struct call *c, int *code)
{
	struct cli *cli = c->cli;
	struct document document, previous;
	struct audit_result result;
	struct audit_options options = { .draft = cli_flag(cli, "--draft"),
		                         .all = cli_flag(cli, "--all") };

	if (cli_flag(cli, "--text")) {
		print_lines(cli->out, c);
		*code = 0;
		return ERR_OK;
	}
	TRY(document_build(&document, cli->arena, c->files[0], c->n[0]));
	if (c->n[1] > 0) {
		TRY(document_build(&previous, cli->arena, c->files[1], c->n[1]));
		options.previous = &previous;
	}
	TRY(audit_run(&result, cli->arena, &document, &options));
	TRY(print_result(cli, &document, &result));
	*code = any_failed(&result) ? 1 : 0;
	return ERR_OK;
}

int audit_cli(struct cli *cli)
{
	struct call c = { .cli = cli };
	int code = 2;
	enum err e;

	problems_init(&c.problems, cli->arena);
	e = read_files(&c);
	if (e != ERR_OK)
		return cli_fail(cli, e);
	for (const struct problem *p = c.problems.first; p; p = p->next)
		fprintf(cli->err, "cchc: %s\n", p->message);
	if (c.problems.n > 0)
		return 2;
	if (c.n[0] == 0)
		return cli_refuse(cli, msg_text(MSG_AUDIT_NO_FILE));
	e = audit_files(&c, &code);
	return e == ERR_OK ? code : cli_fail(cli, e);
}
