/* What the reading says as a whole: the rules of the forms over the figures that were read, the
 * head of the document, what is blank or missing. */
#include <string.h>

#include "app/audit/audit.h"
#include "app/form_file/form_file_parts.h"
#include "base/str.h"

static bool has_formula(const struct form_row *row)
{
	return row->value && row->value->n_refs > 0;
}

/* ---- the rules of the forms ---- */

static enum err usual_choices(const char *const **out, struct arena *a,
                              const struct form_set *set)
{
	const char **choices;

	TRY(arena_array(a, &choices, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = set->settings[i].choices[set->settings[i].usual].word;
	*out = choices;
	return ERR_OK;
}

static enum err evaluate(const struct form_cell **out, struct reading_of_file *r)
{
	const struct form_file_task *task = r->task;
	struct form_input input = { .set = task->set,
		                    .tier = task->tier,
		                    .period = task->period };
	struct form_stated *stated;

	TRY(arena_array(r->arena, &stated, task->set->n_rows + 1));
	for (size_t i = 0; i < task->set->n_rows; i++) {
		stated[i] = r->cells[i].stated;
		stated[i].blank =
		        has_formula(&task->set->rows[i]) && dec_is_none(stated[i].value);
	}
	input.stated = stated;
	TRY(usual_choices(&input.choices, r->arena, task->set));
	return form_evaluate(out, r->arena, &input);
}

/* What a figure of the file must be held against; what is merely blank is told apart. */
static bool is_contradiction(const struct form_file_cell *cell, const struct form_problem *p)
{
	if (str_eq(p->kind, "missing-value") || str_eq(p->kind, "overflow"))
		return p->severity == FORM_ERROR && cell->state == FORM_FILE_BLANK;
	return !dec_is_none(cell->stated.value);
}

static enum err check_row(struct reading_of_file *r, const struct form_row *row,
                          const struct form_cell *checked)
{
	const struct form_file_cell *cell = &r->cells[row->at];
	struct form_file_remark remark = { FORM_FILE_CONTRADICTION, row, cell->where,
		                           cell->text, NULL };

	for (const struct form_problem *p = checked->problems; p; p = p->next) {
		if (!is_contradiction(cell, p))
			continue;
		remark.say = p->message;
		TRY(file_remark(r, &remark));
	}
	if (checked->fills || dec_is_none(cell->stated.value))
		return ERR_OK;
	remark.loss = FORM_FILE_NOT_FILLED;
	TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_NOT_FILLED, r->task->unit_name,
	               cell->text));
	return file_remark(r, &remark);
}

/* A figure that the program counts from its own records. */
static enum err check_computed(struct reading_of_file *r, const struct form_row *row)
{
	const struct form_file_cell *cell = &r->cells[row->at];
	struct form_file_remark remark = { FORM_FILE_COMPUTED, row, cell->where, cell->text,
		                           NULL };
	char computed[DEC_TEXT];
	dec_t ours;

	if (!r->task->computed || !row->value || has_formula(row))
		return ERR_OK;
	ours = r->task->computed[row->at];
	if (dec_is_none(ours) || dec_is_none(cell->stated.value) ||
	    dec_cmp(ours, cell->stated.value) == 0)
		return ERR_OK;
	TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_COMPUTED,
	               dec_vn(ours, -1, computed), cell->typed));
	return file_remark(r, &remark);
}

/* ---- what the auditor says ---- */

/* The row of the set that stands on a line of the file; NULL. */
static const struct form_row *row_on(const struct reading_of_file *r, struct doc_line line,
                                     const char **where)
{
	for (size_t i = 0; i < r->n_tables; i++)
		for (size_t k = 0; r->tables[i].is_form && k < r->tables[i].t->n_rows; k++) {
			const struct form_row *row = r->tables[i].row_of[k];

			if (doc_line_compare(r->tables[i].t->rows[k].line, line) != 0 || !row)
				continue;
			row = file_counterpart(r->task->set, row);
			*where = row ? r->cells[row->at].where : "";
			return row;
		}
	return NULL;
}

/* What the rest of the document says otherwise; the rules of the forms were asked already. */
static enum err ask_auditor(struct reading_of_file *r)
{
	struct audit_options options = { .draft = true };
	struct audit_result result;

	TRY(audit_run(&result, r->arena, r->task->document, &options));
	for (size_t i = 0; i < result.n_findings; i++) {
		const struct audit_finding *f = &result.findings[i];
		struct form_file_remark remark = { .loss = FORM_FILE_CONTRADICTION,
			                           .where = "",
			                           .say = f->message };

		for (size_t k = 0; k < f->n_places && !remark.row; k++)
			remark.row = row_on(r, f->places[k].line, &remark.where);
		if (!remark.row || str_eq(f->check, "audit_tables"))
			continue;
		remark.quote = r->cells[remark.row->at].text;
		TRY(file_remark(r, &remark));
	}
	return ERR_OK;
}

/* ---- what has no figure ---- */

static enum err tell_missing(struct reading_of_file *r, const struct form_row *row,
                             const struct form_cell *checked)
{
	const struct form_file_cell *cell = &r->cells[row->at];
	struct form_file_remark remark = { FORM_FILE_ABSENT_ROW, row, cell->where, "",
		                           msg_text(MSG_FORM_FILE_ABSENT) };

	if (!checked->fills || row->kind == FORM_GROUP)
		return ERR_OK;
	if (cell->state == FORM_FILE_BLANK) {
		remark.loss = FORM_FILE_BLANK_CELL;
		remark.say = msg_text(MSG_FORM_FILE_BLANK);
	}
	return cell->state <= FORM_FILE_BLANK ? file_remark(r, &remark) : ERR_OK;
}

static const char *name_of(const struct table *t)
{
	for (size_t c = 0; c < t->n_columns; c++)
		if (*t->columns[c].title && t->columns[c].role != COLUMN_NUMBER)
			return t->columns[c].title;
	return t->n_rows > 0 && t->n_columns > 0 ? t->rows[0].cells[0].text.text : "";
}

static enum err tell_tables(struct reading_of_file *r)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct file_table *t = &r->tables[i];
		struct form_file_remark remark = { .loss = FORM_FILE_UNREAD_TABLE,
			                           .quote = name_of(t->t),
			                           .say = msg_text(
			                                   MSG_FORM_FILE_UNREAD_TABLE) };

		if (t->is_form || t->t->n_rows == 0)
			continue;
		TRY(file_where(&remark.where, r, t, 0));
		TRY(file_remark(r, &remark));
	}
	return ERR_OK;
}

/* ---- the head of the document ---- */

/* "2024-Q1" of "quý I năm 2024"; "" when it is no period of a regime. */
static void code_of(char out[PERIOD_TEXT], const struct written_period *p, int year)
{
	static const char *const kinds[] = { [PERIOD_QUARTER] = "Q",
		                             [PERIOD_HALF] = "H",
		                             [PERIOD_YEAR] = "Y",
		                             [PERIOD_AS_OF] = NULL };
	const char *kind = kinds[p->kind];

	out[0] = '\0';
	if (p->year > 0)
		year = p->year;
	if (!kind || p->start == p->end || year == 0)
		return;
	if (p->number > 0)
		snprintf(out, PERIOD_TEXT, "%d-%s%d", year, kind, p->number);
	else
		snprintf(out, PERIOD_TEXT, "%d-%s", year, kind);
}

static enum err check_period(struct reading_of_file *r)
{
	const struct doc_head *head = &r->task->document->head;
	const struct period *period = &r->task->period;
	struct form_file_remark remark = { .loss = FORM_FILE_WRONG_HEAD, .where = "" };
	char chosen[PERIOD_TEXT], written[PERIOD_TEXT], year[16];
	const char *name;

	period_code(period->from, period->to, chosen);
	code_of(written, &head->period, head->year);
	snprintf(year, sizeof(year), "%d-", head->year);
	if (strstr(chosen, "..") || str_eq(written, chosen))
		return ERR_OK;
	if (!written[0] && (head->year == 0 || str_starts(chosen, year)))
		return ERR_OK;
	remark.quote = head->title;
	TRY(period_name(&name, r->arena, period));
	TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_HEAD_PERIOD, head->title, name));
	return file_remark(r, &remark);
}

/* Words that every office's name may begin with. */
static const char *proper_name(const char *plain)
{
	static const char *const before[] = {
		"ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "xã",     "phường",    "thị trấn",
		"đặc khu",         "huyện",           "quận", "thị xã", "thành phố", "tỉnh"
	};

	for (size_t i = 0; i < ARRAY_LEN(before); i++) {
		size_t n = strlen(before[i]);

		if (str_starts(plain, before[i]) && plain[n] == ' ') {
			plain += n + 1;
			i = (size_t)-1;
		}
	}
	return plain;
}

static enum err check_unit(struct reading_of_file *r)
{
	const char *written = r->task->document->head.office, *chosen = r->task->unit_name;
	struct form_file_remark remark = { .loss = FORM_FILE_WRONG_HEAD,
		                           .where = "",
		                           .quote = written };
	const char *plain, *name;

	if (str_blank(written) || str_blank(chosen))
		return ERR_OK;
	TRY(text_plain(r->arena, &plain, written, strlen(written)));
	TRY(text_plain(r->arena, &name, chosen, strlen(chosen)));
	if (text_says(plain, proper_name(name)))
		return ERR_OK;
	TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_HEAD_UNIT, written, chosen));
	return file_remark(r, &remark);
}

static enum err check_set(struct reading_of_file *r)
{
	struct form_file_remark remark = { .loss = FORM_FILE_WRONG_HEAD,
		                           .where = "",
		                           .quote = "" };

	if (str_eq(r->out->printed->code, r->task->set->code))
		return ERR_OK;
	TRY(msg_format(&remark.say, r->arena, MSG_FORM_FILE_HEAD_SET, r->out->printed->title,
	               r->task->set->title));
	return file_remark(r, &remark);
}

enum err file_check(struct reading_of_file *r)
{
	const struct form_set *set = r->task->set;
	const struct form_cell *cells;

	TRY(tell_tables(r));
	if (!r->out->printed)
		return ERR_OK;
	TRY(check_period(r));
	TRY(check_unit(r));
	TRY(check_set(r));
	TRY(evaluate(&cells, r));
	for (size_t i = 0; i < set->n_rows; i++) {
		TRY(check_row(r, &set->rows[i], &cells[i]));
		TRY(check_computed(r, &set->rows[i]));
		TRY(tell_missing(r, &set->rows[i], &cells[i]));
	}
	return ask_auditor(r);
}
