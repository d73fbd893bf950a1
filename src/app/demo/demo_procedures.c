#include "app/demo/demo.h"

#include <string.h>

#include "base/str.h"

enum { COLUMNS = 8, MOST_PROCEDURES = 1000, MOST_PARTS = 20 };
enum { CODE, NAME, FIELD, LEVELS, TERM, SERVICE_LEVEL, FEE, PARTS };

static ERR_RESULT keep(struct arena *a, const char **out, struct slice s)
{
	return arena_strndup(a, out, s.len ? s.at : "", s.len);
}

static ERR_RESULT read_parts(struct arena *a, struct demo_procedure *p, struct slice rest)
{
	const char **parts;
	struct slice part;

	TRY(arena_array(a, &parts, MOST_PARTS));
	p->parts = parts;
	if (!rest.len)
		return ERR_OK;
	while (p->n_parts < MOST_PARTS && slice_cut(&rest, '|', &part))
		TRY(keep(a, &parts[p->n_parts++], part));
	return ERR_OK;
}

static ERR_RESULT read_fee(struct arena *a, struct demo_procedure *p, struct slice cell)
{
	const char *text;
	long long fee;

	p->fee = MONEY_NONE;
	if (!cell.len)
		return ERR_OK;
	TRY(keep(a, &text, cell));
	if (!str_to_int(text, &fee) || fee < 0)
		return err_set(ERR_INPUT, "demo/procedures.tsv: fee \"%s\" is no number", text);
	p->fee = (money_t){ fee };
	return ERR_OK;
}

static ERR_RESULT read_line(struct arena *a, struct demo_procedure *p, struct slice line)
{
	struct slice cells[COLUMNS], whole = line;
	const char *levels;

	for (size_t i = 0; i < COLUMNS; i++)
		if (!slice_cut(&line, '\t', &cells[i]))
			return err_set(ERR_INPUT,
			               "demo/procedures.tsv: too few columns in \"%.*s\"",
			               (int)whole.len, whole.at);
	TRY(keep(a, &p->code, cells[CODE]));
	TRY(keep(a, &p->name, cells[NAME]));
	TRY(keep(a, &p->field, cells[FIELD]));
	TRY(keep(a, &levels, cells[LEVELS]));
	TRY(keep(a, &p->term, cells[TERM]));
	TRY(keep(a, &p->service_level, cells[SERVICE_LEVEL]));
	p->commune = strstr(levels, "commune") != NULL;
	p->district = strstr(levels, "district") != NULL;
	p->province = strstr(levels, "province") != NULL;
	TRY(read_fee(a, p, cells[FEE]));
	return read_parts(a, p, cells[PARTS]);
}

enum err demo_read_procedures(struct arena *a, const char *text, size_t n,
                              struct demo_procedure **out, size_t *n_out)
{
	struct slice rest = { text, n }, line;
	struct demo_procedure *list;
	size_t found = 0;

	TRY(arena_array(a, &list, MOST_PROCEDURES));
	slice_cut(&rest, '\n', &line);
	while (slice_cut(&rest, '\n', &line)) {
		if (!line.len)
			continue;
		if (found == MOST_PROCEDURES)
			return err_set(ERR_INPUT, "demo/procedures.tsv: more than %d lines",
			               MOST_PROCEDURES);
		TRY(read_line(a, &list[found++], line));
	}
	*out = list;
	*n_out = found;
	return ERR_OK;
}
