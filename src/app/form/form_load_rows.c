/* Reads one form file: its head and its rows.  References are resolved later. */
#include <string.h>

#include "app/form/form_loader.h"

enum { MOST_CHECKS = 8, MOST_VALUES = 20 };

/* A row while it is read. */
struct row_reader {
	struct form_row *row;
	struct form_check *checks;
	struct form_choice *choices;
};

static struct form_row *row_of(void *subject)
{
	return ((struct row_reader *)subject)->row;
}

static enum err read_id(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_row *row = row_of(subject);
	size_t n = strspn(line->value, "abcdefghijklmnopqrstuvwxyz0123456789_.");

	row->id = line->value;
	if (n == 0 || line->value[n])
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_ID, line->value);
	for (int i = 0; i < row->at; i++)
		if (str_eq(l->rows[i].id, row->id))
			return loader_say(l, line->number, line->column, MSG_FORM_SAME_ID,
			                  row->id, l->rows[i].code);
	return ERR_OK;
}

static enum err read_label(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->label, l->arena, line);
}

static enum err read_unit(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->unit, l->arena, line);
}

static enum err read_unit_note(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->unit_note, l->arena, line);
}

static enum err read_help(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->help, l->arena, line);
}

static enum err read_fed_by(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->fed_by, l->arena, line);
}

static enum err read_owner(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&row_of(subject)->owner, l->arena, line);
}

static enum err read_kind(struct loader *l, void *subject, const struct form_line *line)
{
	static const char *const words[] = { "group", "count", "ratio", "enum", "money" };
	int kind;

	TRY(loader_word(&kind, l, line, words, ARRAY_LEN(words)));
	if (kind >= 0)
		row_of(subject)->kind = (enum form_kind)kind;
	return ERR_OK;
}

static enum err read_time(struct loader *l, void *subject, const struct form_line *line)
{
	static const char *const words[] = { "period", "cumulative_year", "snapshot",
		                             "cumulative", "year" };
	int time;

	TRY(loader_word(&time, l, line, words, ARRAY_LEN(words)));
	if (time >= 0)
		row_of(subject)->time = (enum form_time)time;
	return ERR_OK;
}

static enum err read_rollup(struct loader *l, void *subject, const struct form_line *line)
{
	static const char *const words[] = { "none", "sum",       "recompute",
		                             "own",  "catalogue", "count_units" };
	int rollup;

	TRY(loader_word(&rollup, l, line, words, ARRAY_LEN(words)));
	if (rollup >= 0)
		row_of(subject)->rollup = (enum form_rollup)rollup;
	return ERR_OK;
}

/* levels province, commune */
static enum err read_levels(struct loader *l, void *subject, const struct form_line *line)
{
	struct slice rest = slice_of(line->value), one;

	while (slice_cut(&rest, ',', &one)) {
		enum form_tier tier = FORM_PROVINCE;
		const char *word;

		one = slice_trim(one);
		while (tier < FORM_TIERS && !slice_eq(one, form_tier_word(tier)))
			tier++;
		TRY(arena_strndup(l->arena, &word, one.at, one.len));
		if (tier == FORM_TIERS)
			return loader_say(l, line->number, line->column, MSG_FORM_UNKNOWN_WORD,
			                  word, "province, district, commune");
		row_of(subject)->tiers |= 1u << tier;
	}
	return ERR_OK;
}

/* values 0 = Không; 1 = Có */
static enum err read_values(struct loader *l, void *subject, const struct form_line *line)
{
	struct row_reader *r = subject;
	struct slice rest, one;
	const char *text, *part;
	long long number;

	TRY(form_line_text(&text, l->arena, line));
	TRY(arena_array(l->arena, &r->choices, MOST_VALUES + 1));
	r->row->choices = r->choices;
	rest = slice_of(text);
	while (slice_cut(&rest, ';', &one)) {
		struct form_choice *c = &r->choices[r->row->n_choices];

		TRY(arena_strndup(l->arena, &part, one.at, one.len));
		if (r->row->n_choices == MOST_VALUES ||
		    !loader_split(&c->word, &c->text, l, part, "=") ||
		    !str_to_int(c->word, &number))
			return loader_say(l, line->number, line->column, MSG_FORM_BAD_VALUES);
		r->row->n_choices++;
	}
	return ERR_OK;
}

static enum err read_round(struct loader *l, void *subject, const struct form_line *line)
{
	long long places;

	if (!str_to_int(line->value, &places) || places < 0 || places > 6)
		return loader_say(l, line->number, line->column, MSG_FORM_BAD_ROUND);
	row_of(subject)->places = (int)places;
	return ERR_OK;
}

static enum err read_range(struct loader *l, void *subject, const struct form_line *line)
{
	static const char *const words[] = { "0..100", "any" };
	int range;

	TRY(loader_word(&range, l, line, words, ARRAY_LEN(words)));
	row_of(subject)->any_range = range == 1;
	return ERR_OK;
}

static bool is_hundred(const struct calc_node *node)
{
	return node->op == CALC_CONST && node->number.micro == 100 * DEC_ONE;
}

/* 100 * A / B: keeps A and B apart, because a ratio is shown and rolled up by its parts. */
static void find_parts(struct form_row *row)
{
	const struct calc_node *root = row->value->root;

	if (root->op != CALC_DIVIDE || root->a->op != CALC_MULTIPLY)
		return;
	const struct calc_node *product = root->a;
	bool first = is_hundred(product->a);

	if (!first && !is_hundred(product->b))
		return;
	row->numerator = first ? product->b : product->a;
	row->denominator = root->b;
}

static enum err read_value(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_row *row = row_of(subject);

	if (str_eq(line->value, "entered"))
		return ERR_OK;
	TRY(loader_formula(&row->value, l, line, line->value, false, row->at));
	if (!row->value)
		return ERR_OK;
	l->formulas[l->n_formulas - 1].is_value = true;
	if (row->kind == FORM_RATIO)
		find_parts(row);
	return ERR_OK;
}

/* parts: what the numerator and the denominator are that the printed row hides */
static enum err read_parts(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_row *row = row_of(subject);
	const char *text;

	TRY(form_line_text(&text, l->arena, line));
	if (loader_split(&row->numerator_label, &row->denominator_label, l, text, " / "))
		return ERR_OK;
	return loader_say(l, line->number, line->column, MSG_FORM_BAD_PARTS);
}

static enum err read_denominator(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_row *row = row_of(subject);

	TRY(loader_formula(&row->usual_denominator, l, line, line->value, false, row->at));
	if (row->usual_denominator)
		l->formulas[l->n_formulas - 1].is_value = true;
	return ERR_OK;
}

static enum err read_remainder(struct loader *l, void *subject, const struct form_line *line)
{
	struct form_row *row = row_of(subject);

	return loader_formula(&row->remainder, l, line, line->value, false, row->at);
}

/* Keeps the text before " because "; what follows it is the reason. */
static enum err cut_because(const char **rule, const char **because, struct loader *l,
                            const struct form_line *line)
{
	const char *hit = strstr(line->value, " because ");

	*rule = line->value;
	*because = NULL;
	if (!hit)
		return ERR_OK;
	TRY(arena_strndup(l->arena, rule, line->value, (size_t)(hit - line->value)));
	struct form_line rest = { .value = hit + strlen(" because ") };
	return form_line_text(because, l->arena, &rest);
}

static enum err add_check(struct loader *l, struct row_reader *r, const struct form_line *line,
                          enum form_severity severity)
{
	struct form_row *row = r->row;
	const char *rule;

	if (!r->checks)
		TRY(arena_array(l->arena, &r->checks, MOST_CHECKS));
	if (row->n_checks == MOST_CHECKS)
		return loader_say(l, line->number, 0, MSG_FORM_TOO_MANY_CHECKS);
	struct form_check *check = &r->checks[row->n_checks];
	TRY(cut_because(&rule, &check->because, l, line));
	TRY(loader_formula(&check->rule, l, line, rule, true, row->at));
	check->severity = severity;
	row->checks = r->checks;
	row->n_checks += check->rule != NULL;
	return ERR_OK;
}

static enum err read_check(struct loader *l, void *subject, const struct form_line *line)
{
	return add_check(l, subject, line, FORM_ERROR);
}

static enum err read_warn(struct loader *l, void *subject, const struct form_line *line)
{
	return add_check(l, subject, line, FORM_WARNING);
}

static enum err read_remark(struct loader *l, void *subject, const struct form_line *line)
{
	return add_check(l, subject, line, FORM_REMARK);
}

static const struct attribute row_attributes[] = {
	{ "id", read_id, false, true },
	{ "label", read_label, false, true },
	{ "unit", read_unit, false, false },
	{ "unit_note", read_unit_note, false, false },
	{ "kind", read_kind, false, true },
	{ "values", read_values, false, false },
	{ "levels", read_levels, false, true },
	{ "time", read_time, false, false },
	{ "value", read_value, false, false },
	{ "parts", read_parts, false, false },
	{ "denominator", read_denominator, false, false },
	{ "round", read_round, false, false },
	{ "range", read_range, false, false },
	{ "rollup", read_rollup, false, false },
	{ "check", read_check, true, false },
	{ "warn", read_warn, true, false },
	{ "remark", read_remark, true, false },
	{ "remainder", read_remainder, false, false },
	{ "fed_by", read_fed_by, false, false },
	{ "owner", read_owner, false, false },
	{ "help", read_help, false, false },
};

/* The nearest row before it whose number it continues: 3.3 for 3.3.1. */
static void find_parent(const struct loader *l, const struct form *form, struct form_row *row)
{
	row->parent = -1;
	for (int i = row->at - 1; i >= form->first && row->parent < 0; i--) {
		const struct form_row *above = &l->rows[i];
		size_t n = strlen(above->code);

		if (str_starts(row->code, above->code) && row->code[n] == '.') {
			row->parent = i;
			row->depth = above->depth + 1;
		}
	}
}

static enum err check_row(struct loader *l, const struct form_row *row, bool has_value)
{
	if (row->kind == FORM_GROUP)
		return has_value ? loader_say(l, row->line, 0, MSG_FORM_GROUP_VALUE, row->code)
		                 : ERR_OK;
	if (!has_value)
		TRY(loader_say(l, row->line, 0, MSG_FORM_MISSING_KEY, "value"));
	if (!*row->unit)
		TRY(loader_say(l, row->line, 0, MSG_FORM_MISSING_KEY, "unit"));
	if (row->rollup == FORM_ROLLUP_NONE)
		TRY(loader_say(l, row->line, 0, MSG_FORM_MISSING_KEY, "rollup"));
	if (row->kind == FORM_ENUM && row->n_choices == 0)
		TRY(loader_say(l, row->line, 0, MSG_FORM_MISSING_KEY, "values"));
	return ERR_OK;
}

static enum err load_row(struct loader *l, struct form *form, const struct form_lines *lines,
                         size_t *at)
{
	const struct form_line *line = &lines->items[*at];
	struct form_row *row = &l->rows[l->set->n_rows];
	struct row_reader r = { .row = row };
	size_t first = *at;
	bool has_value = false;

	*row = (struct form_row){ .code = line->value,
		                  .at = (int)l->set->n_rows,
		                  .line = line->number,
		                  .form = form,
		                  .unit = "",
		                  .label = "",
		                  .id = "",
		                  .places = -1 };
	if (strspn(line->value, "0123456789.") != strlen(line->value) || !*line->value)
		TRY(loader_say(l, line->number, line->column, MSG_FORM_BAD_CODE, line->value));
	if (form_find_row(l->set, form, line->value))
		TRY(loader_say(l, line->number, line->column, MSG_FORM_SAME_CODE, line->value));
	TRY(loader_read_block(l, lines, at, row_attributes, ARRAY_LEN(row_attributes), &r));
	for (size_t i = first; i <= *at; i++)
		has_value |= i > first && str_eq(lines->items[i].key, "value");
	if (row->places < 0)
		row->places = row->kind == FORM_RATIO || row->kind == FORM_MONEY ? 2 : 0;
	find_parent(l, form, row);
	l->set->n_rows++;
	form->n_rows++;
	return check_row(l, row, has_value);
}

/* ---- the file ---- */

static enum err read_form_title(struct loader *l, void *subject, const struct form_line *line)
{
	return form_line_text(&((struct form *)subject)->title, l->arena, line);
}

static const struct attribute form_attributes[] = {
	{ "title", read_form_title, false, true },
};

static enum err load_form_block(struct loader *l, struct form *form,
                                const struct form_lines *lines, size_t *at)
{
	const struct form_line *line = &lines->items[*at];

	if (!str_eq(line->value, form->code))
		TRY(loader_say(l, line->number, line->column, MSG_FORM_OTHER_CODE, line->value,
		               form->code));
	return loader_read_block(l, lines, at, form_attributes, ARRAY_LEN(form_attributes),
	                         form);
}

enum err load_form(struct loader *l, const struct loader_file *file, struct form *form)
{
	const struct form_lines *lines = &file->lines;

	form->first = (int)l->set->n_rows;
	for (size_t at = 0; at < lines->n; at++) {
		const struct form_line *line = &lines->items[at];

		if (!line->indented && str_eq(line->key, "form"))
			TRY(load_form_block(l, form, lines, &at));
		else if (!line->indented && str_eq(line->key, "row"))
			TRY(load_row(l, form, lines, &at));
		else if (!line->indented && str_eq(line->key, "example"))
			while (at + 1 < lines->n && lines->items[at + 1].indented)
				at++; /* read once every row is known */
		else
			TRY(loader_say(l, line->number, 0, MSG_FORM_UNKNOWN_KEY, line->key,
			               "form, row, example"));
	}
	if (!form->title)
		return loader_say(l, 1, 0, MSG_FORM_MISSING_KEY, "form");
	return ERR_OK;
}
