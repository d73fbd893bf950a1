#include "app/form/form_records_store.h"

#include "app/form/form_store.sql.h"
#include "app/form/form_totals_store.h"

/* ---- what a figure was counted from ---- */

struct parting {
	struct form_parts *parts;
	const struct form_sheet *sheet;
	struct calc_env env;
};

static bool computed_alone(const struct form_sheet *sheet, const struct form_row *row)
{
	return dec_is_none(sheet->stated[row->at].value) && !sheet->stated[row->at].blank;
}

static void find_parts(struct parting *p, const struct form_row *row,
                       const struct calc_node *node, int depth);

/* A row that a formula reads: what it was counted from in turn, unless somebody entered it. */
static void find_row_parts(struct parting *p, const struct form_row *row, int depth)
{
	if (row->value && computed_alone(p->sheet, row) && p->sheet->cells[row->at].fills)
		find_parts(p, row, row->value->root, depth + 1);
}

static void add_part(struct parting *p, const struct form_row *row,
                     const struct calc_total *total)
{
	struct form_parts *parts = p->parts;

	if (parts->n < FORM_MOST_PARTS)
		parts->at[parts->n++] = (struct form_part){ row, total, DEC_NONE };
}

static void find_branch(struct parting *p, const struct form_row *row,
                        const struct calc_node *node, int depth)
{
	struct calc_report ignored = { 0 };
	enum calc_truth truth = calc_check(node->a, &p->env, &ignored).truth;

	if (truth == CALC_TRUE)
		find_parts(p, row, node->b, depth);
	else if (truth == CALC_FALSE && node->otherwise)
		find_parts(p, row, node->otherwise, depth);
}

static void find_parts(struct parting *p, const struct form_row *row,
                       const struct calc_node *node, int depth)
{
	if (depth > CALC_DEEPEST)
		return;
	if (node->op == CALC_TOTAL) {
		add_part(p, row, node->total);
	} else if (node->op == CALC_REF) {
		find_row_parts(p, &p->sheet->set->rows[node->ref->row], depth);
	} else if (node->op == CALC_IF) {
		find_branch(p, row, node, depth + 1);
	} else if (node->a) {
		find_parts(p, row, node->a, depth + 1);
		if (node->b)
			find_parts(p, row, node->b, depth + 1);
	}
	if (node->op != CALC_TOTAL && node->op != CALC_REF && node->op != CALC_ADD &&
	    node->op != CALC_IF)
		p->parts->adds = false;
}

static struct calc_value value_of(void *self, const struct calc_ref *ref)
{
	const struct parting *p = self;

	return calc_known(p->sheet->cells[ref->row].value);
}

static struct calc_value no_total(void *self, const struct calc_total *total)
{
	(void)self;
	(void)total;
	return calc_known(DEC_NONE);
}

static bool is_entered(void *self, const struct calc_ref *ref)
{
	const struct parting *p = self;

	return !dec_is_none(p->sheet->stated[ref->row].value);
}

static const char *choice(void *self, const char *setting)
{
	const struct parting *p = self;
	const struct form_set *set = p->sheet->set;
	const struct form_setting *s = form_find_setting(set, setting);

	return s ? p->sheet->choices[s - set->settings] : NULL;
}

static struct form_asking asking_of(const struct form_sheet *sheet, struct db *db,
                                    struct arena *a)
{
	return (struct form_asking){ db,
		                     a,
		                     sheet->set,
		                     sheet->choices,
		                     sheet->unit.tier,
		                     sheet->unit.id,
		                     sheet->period,
		                     sheet->own };
}

enum err form_parts_of(struct form_parts *out, struct db *db, struct arena *a,
                       const struct form_sheet *sheet, const struct form_row *row)
{
	struct form_parts parts = { .adds = true };
	struct parting p = { .parts = &parts, .sheet = sheet };
	struct form_asking asking = asking_of(sheet, db, a);
	struct form_answer answers[FORM_MOST_PARTS];

	p.env = (struct calc_env){ .self = &p,
		                   .ref = value_of,
		                   .total = no_total,
		                   .entered = is_entered,
		                   .choice = choice,
		                   .unit_tier = form_tier_word(sheet->unit.tier) };
	if (row->value && sheet->cells[row->at].fills)
		find_parts(&p, row, row->value->root, 0);
	for (size_t i = 0; i < parts.n; i++)
		answers[i] = (struct form_answer){ parts.at[i].total, DEC_NONE };
	TRY(form_count_totals(&asking, answers, parts.n));
	for (size_t i = 0; i < parts.n; i++)
		parts.at[i].value = answers[i].value;
	*out = parts;
	return ERR_OK;
}

/* ---- lists ---- */

/* What a list of records shows; the first field is the code. */
struct shown {
	const char *fields[FORM_RECORD_COLUMNS];
	enum msg titles[FORM_RECORD_COLUMNS];
};

static const struct shown dossiers = {
	{ "code", "procedure_name", "received_at", "due_at", "finished_at", "unit_name" },
	{ MSG_FORM_COLUMN_DOSSIER, MSG_FORM_COLUMN_PROCEDURE, MSG_FORM_COLUMN_RECEIVED,
	  MSG_FORM_COLUMN_DUE, MSG_FORM_COLUMN_FINISHED, MSG_FORM_COLUMN_UNIT },
};
static const struct shown procedures_of_dossiers = {
	{ "procedure_code", "procedure_name" },
	{ MSG_FORM_COLUMN_PROCEDURE_CODE, MSG_FORM_COLUMN_PROCEDURE },
};
static const struct shown procedures = {
	{ "code", "name", "field_name", "valid_from" },
	{ MSG_FORM_COLUMN_PROCEDURE_CODE, MSG_FORM_COLUMN_PROCEDURE, MSG_FORM_COLUMN_FIELD,
	  MSG_FORM_COLUMN_VALID_FROM },
};
static const struct shown units = {
	{ "code", "name" },
	{ MSG_FORM_COLUMN_UNIT_CODE, MSG_FORM_COLUMN_UNIT },
};

static const struct shown reports = {
	{ "code", "name", "period_name", "due", "sent" },
	{ MSG_FORM_COLUMN_UNIT_CODE, MSG_FORM_COLUMN_UNIT, MSG_FORM_COLUMN_PERIOD,
	  MSG_FORM_COLUMN_SEND_BY, MSG_FORM_COLUMN_SENT },
};

static const struct shown *shown_of(enum form_record_kind *kind, const struct calc_total *total)
{
	if (str_eq(total->set, "unit")) {
		*kind = FORM_RECORD_UNIT;
		return &units;
	}
	if (str_eq(total->set, "report")) {
		*kind = FORM_RECORD_REPORT;
		return &reports;
	}
	*kind = FORM_RECORD_PROCEDURE;
	if (str_eq(total->set, "procedure"))
		return &procedures;
	if (total->kind == CALC_COUNT_DISTINCT && str_starts(total->field, "procedure"))
		return &procedures_of_dossiers;
	*kind = FORM_RECORD_DOSSIER;
	return &dossiers;
}

static enum err text_of(const char **out, struct arena *a, const struct select_value *v)
{
	char day[DATE_TEXT], instant[INSTANT_TEXT];

	*out = "";
	if (v->type == DB_DAY)
		return arena_strdup(a, out, date_vn(v->day, day));
	if (v->type == DB_INSTANT)
		return arena_strdup(a, out, instant_vn(v->instant, instant));
	if (v->type == DB_TEXT && v->text)
		*out = v->text;
	return ERR_OK;
}

static enum err fill_records(struct form_records *out, struct arena *a,
                             const struct select_rows *rows)
{
	TRY(arena_array(a, &out->at, rows->n + 1));
	for (size_t i = 0; i < rows->n; i++) {
		struct form_record *r = &out->at[i];

		r->key = rows->keys[i];
		for (size_t c = 0; c < out->n_columns; c++)
			TRY(text_of(&r->texts[c], a, &rows->values[i * out->n_columns + c]));
		r->code = r->texts[0];
	}
	out->n = rows->n;
	out->more = rows->more;
	return ERR_OK;
}

enum err form_records_fetch(struct form_records *out, struct db *db, struct arena *a,
                            const struct form_sheet *sheet, const struct form_part *part,
                            struct form_records_page asked)
{
	struct form_asking asking = asking_of(sheet, db, a);
	struct form_records records = { 0 };
	const struct shown *shown = shown_of(&records.kind, part->total);
	const struct recordset_field *field;
	struct select_page page = { .after_key = asked.after, .limit = asked.limit };
	struct select_rows rows;
	struct select s;

	TRY(form_select(&s, &field, &asking, part->total));
	if (part->total->kind == CALC_COUNT_DISTINCT)
		s.one_of_each = field;
	for (size_t i = 0; i < FORM_RECORD_COLUMNS && shown->fields[i]; i++) {
		page.columns[i] = recordset_field(s.set, shown->fields[i]);
		records.fields[i] = shown->fields[i];
		records.titles[i] = msg_text(shown->titles[i]);
		records.n_columns = page.n_columns = i + 1;
	}
	TRY(select_fetch(&rows, db, a, &s, &page));
	TRY(fill_records(&records, a, &rows));
	*out = records;
	return ERR_OK;
}
