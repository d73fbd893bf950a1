/* report_moved_store.c - which figures are others now than when the report was signed, and why.
 *
 * A figure that children gave is compared child by child; one that was counted, record by
 * record, in the database as it stood and in the one in use: what stands in one list only is
 * the cause. */
#include <stdlib.h>
#include <string.h>

#include "app/form/form_records_store.h"
#include "app/report/report_asof_store.h"
#include "app/report/report_moved_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

const char *report_cause_name(enum report_cause_kind kind)
{
	static const enum msg names[] = {
		[REPORT_CAUSE_CELL] = MSG_REPORT_CAUSE_CELL,
		[REPORT_CAUSE_DOSSIER] = MSG_REPORT_CAUSE_DOSSIER,
		[REPORT_CAUSE_PROCEDURE] = MSG_REPORT_CAUSE_PROCEDURE,
		[REPORT_CAUSE_DEFINITION] = MSG_REPORT_CAUSE_DEFINITION,
		[REPORT_CAUSE_UNIT] = MSG_REPORT_CAUSE_UNIT,
		[REPORT_CAUSE_SETTING] = MSG_REPORT_CAUSE_SETTING,
		[REPORT_CAUSE_CHILD] = MSG_REPORT_CAUSE_CHILD,
	};

	return msg_text(names[kind]);
}

/* One of the two states that are compared. */
struct side {
	struct db *db;
	struct package_content content;
	const struct form_set *set; /* NULL: none is installed */
	struct form_sheet sheet;
};

struct moving {
	struct arena *arena;
	struct db *db; /* in use */
	row_id unit;
	int64_t pinned;
	struct side then, now;
	struct report_moved_cell *cell; /* its causes are looked for */
	struct report_cause *causes;
	size_t n;
};

/* ---- causes ---- */

static bool has_cause(const struct moving *m, enum report_cause_kind kind, row_id change,
                      const char *what)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->causes[i].kind == kind && row_eq(m->causes[i].change_id, change) &&
		    str_eq(m->causes[i].what, what))
			return true;
	return false;
}

static ERR_RESULT add_cause(struct moving *m, enum report_cause_kind kind,
                            const struct q_moved_unit_row *row)
{
	struct report_cause *c;

	if (has_cause(m, kind, row->change_id, row->what))
		return ERR_OK;
	if (m->n == REPORT_MOST_CAUSES) {
		m->cell->more = true;
		return ERR_OK;
	}
	c = &m->causes[m->n++];
	*c = (struct report_cause){ .kind = kind, .change_id = row->change_id, .at = row->at };
	TRY(arena_strdup(m->arena, &c->what, row->what));
	return row->account_name ? arena_strdup(m->arena, &c->account_name, row->account_name)
	                         : ERR_OK;
}

/* Every query of report_moved_store.sql gives the same columns. */
static ERR_RESULT ask(struct moving *m, enum report_cause_kind kind, const struct query *q,
                      const void *in)
{
	struct q_moved_unit_row row;
	DB_ROWS rows = { 0 };

	TRY(db_open_rows(&rows, m->db, q, in));
	while (db_next_row(&rows, &row))
		TRY(add_cause(m, kind, &row));
	return db_rows_status(&rows);
}

static ERR_RESULT ask_units(struct moving *m)
{
	struct q_moved_unit_in in = { m->pinned };

	return ask(m, REPORT_CAUSE_UNIT, &query_moved_unit, &in);
}

/* ---- children ---- */

static bool same_share(const struct package_share *a, const struct package_share *b)
{
	return str_eq(a->giving, b->giving) && a->value.micro == b->value.micro &&
	       a->numerator.micro == b->numerator.micro &&
	       a->denominator.micro == b->denominator.micro;
}

static const char *code_of(const struct side *s, const struct package_share *x)
{
	return x->child == PACKAGE_OWN ? "" : s->content.children[x->child].code;
}

/* What the same unit gave in the other state; NULL: nothing. */
static const struct package_share *share_like(const struct side *s,
                                              const struct package_cell *cell, const char *code)
{
	for (size_t i = 0; cell && i < cell->n_shares; i++)
		if (str_eq(code_of(s, &cell->shares[i]), code))
			return &cell->shares[i];
	return NULL;
}

static ERR_RESULT ask_child(struct moving *m, const char *code)
{
	struct q_moved_child_in in = { code, m->now.content.regime, m->now.content.period,
		                       m->pinned };

	return *code ? ask(m, REPORT_CAUSE_CHILD, &query_moved_child, &in) : ERR_OK;
}

static ERR_RESULT compare_shares(bool *own, struct moving *m, const struct side *a,
                                 const struct package_cell *of_a, const struct side *b,
                                 const struct package_cell *of_b)
{
	for (size_t i = 0; of_a && i < of_a->n_shares; i++) {
		const struct package_share *x = &of_a->shares[i];
		const struct package_share *y = share_like(b, of_b, code_of(a, x));

		if (y && same_share(x, y))
			continue;
		*own = *own || x->child == PACKAGE_OWN;
		TRY(ask_child(m, code_of(a, x)));
	}
	return ERR_OK;
}

/* ---- records ---- */

enum { PAGE_OF_RECORDS = 500, MOST_RECORDS = 20000 };

struct record_list {
	const char **codes;
	size_t n;
	enum form_record_kind kind;
};

static int by_code(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static ERR_RESULT read_records(struct record_list *out, struct arena *a, const struct side *s,
                               const struct form_part *part)
{
	struct form_records_page page = { .limit = PAGE_OF_RECORDS };
	struct form_records records = { .more = true };
	struct record_list list = { 0 };

	while (records.more && list.n < MOST_RECORDS) {
		TRY(form_records_fetch(&records, s->db, a, &s->sheet, part, page));
		for (size_t i = 0; i < records.n; i++) {
			TRY(vec_room(a, list.codes, list.n));
			list.codes[list.n++] = records.at[i].code;
			page.after = records.at[i].key;
		}
	}
	list.kind = records.kind;
	if (list.n > 1)
		qsort(list.codes, list.n, sizeof(*list.codes), by_code);
	*out = list;
	return ERR_OK;
}

/* A record that entered or left: by its own change, else because a unit did. */
static ERR_RESULT ask_record(struct moving *m, enum form_record_kind kind, const char *code)
{
	struct q_moved_dossier_in dossier = { code, m->pinned };
	struct q_moved_procedure_in procedure = { code, m->pinned };
	size_t before = m->n;

	if (kind == FORM_RECORD_DOSSIER)
		TRY(ask(m, REPORT_CAUSE_DOSSIER, &query_moved_dossier, &dossier));
	else if (kind == FORM_RECORD_PROCEDURE)
		TRY(ask(m, REPORT_CAUSE_PROCEDURE, &query_moved_procedure, &procedure));
	return m->n == before && !m->cell->more ? ask_units(m) : ERR_OK;
}

static ERR_RESULT compare_records(struct moving *m, const struct record_list *a,
                                  const struct record_list *b)
{
	size_t i = 0, k = 0;

	while ((i < a->n || k < b->n) && !m->cell->more) {
		int order = i == a->n ? 1 : k == b->n ? -1 : strcmp(a->codes[i], b->codes[k]);

		if (order != 0)
			TRY(ask_record(m, a->kind, order < 0 ? a->codes[i] : b->codes[k]));
		i += order <= 0;
		k += order >= 0;
	}
	return ERR_OK;
}

static const struct form_row *row_of(const struct form_set *set,
                                     const struct report_moved_cell *cell)
{
	for (size_t i = 0; set && i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, cell->indicator) &&
		    str_eq(set->rows[i].form->code, cell->form))
			return &set->rows[i];
	return NULL;
}

/* What was counted, then and now; another formula is a cause of its own. */
static ERR_RESULT compare_counts(struct moving *m)
{
	const struct form_row *then = row_of(m->then.set, m->cell),
	                      *now = row_of(m->now.set, m->cell);
	struct form_parts before, after;

	if (!then || !now)
		return ERR_OK;
	TRY(form_parts_of(&before, m->then.db, m->arena, &m->then.sheet, then));
	TRY(form_parts_of(&after, m->now.db, m->arena, &m->now.sheet, now));
	for (size_t i = 0; i < before.n && i < after.n && !m->cell->more; i++) {
		struct record_list a, b;

		TRY(read_records(&a, m->arena, &m->then, &before.at[i]));
		TRY(read_records(&b, m->arena, &m->now, &after.at[i]));
		TRY(compare_records(m, &a, &b));
	}
	return ERR_OK;
}

/* ---- figures that were entered ---- */

static ERR_RESULT ask_cell(struct moving *m, const char *form, const char *indicator)
{
	const struct package_content *x = &m->now.content;
	struct q_moved_cell_in in = { m->unit, x->set,    x->from_on, x->to_on,
		                      form,    indicator, m->pinned };

	return ask(m, REPORT_CAUSE_CELL, &query_moved_cell, &in);
}

/* The row's own figure and those that its formula reads, however far. */
static ERR_RESULT ask_cells(struct moving *m, const struct form_row *row,
                            const struct calc_node *node, int depth)
{
	if (!node || depth > CALC_DEEPEST)
		return ERR_OK;
	if (node->op == CALC_REF) {
		const struct form_row *read = &m->now.set->rows[node->ref->row];

		TRY(ask_cell(m, read->form->code, read->id));
		return read->value ? ask_cells(m, read, read->value->root, depth + 1) : ERR_OK;
	}
	if (node->op == CALC_TOTAL)
		return ERR_OK;
	TRY(ask_cells(m, row, node->a, depth + 1));
	TRY(ask_cells(m, row, node->b, depth + 1));
	return ask_cells(m, row, node->otherwise, depth + 1);
}

/* ---- what holds for many rows ---- */

static const char *sha_of(const struct package_content *x, const char *form)
{
	for (size_t i = 0; i < x->n_definitions; i++)
		if (str_eq(x->definitions[i].form, form))
			return x->definitions[i].sha256;
	return "";
}

static ERR_RESULT ask_definition(struct moving *m, const char *form)
{
	struct q_moved_definition_in in = { m->now.content.set, form, m->pinned };

	if (str_eq(sha_of(&m->then.content, form), sha_of(&m->now.content, form)))
		return ERR_OK;
	return ask(m, REPORT_CAUSE_DEFINITION, &query_moved_definition, &in);
}

static ERR_RESULT ask_settings(struct moving *m)
{
	const struct package_content *a = &m->then.content, *b = &m->now.content;

	for (size_t i = 0; i < b->n_settings; i++) {
		struct q_moved_setting_in in = { b->set, b->settings[i].name, m->pinned };
		bool same = false;

		for (size_t k = 0; k < a->n_settings; k++)
			same = same || (str_eq(a->settings[k].name, b->settings[i].name) &&
			                str_eq(a->settings[k].word, b->settings[i].word));
		if (!same)
			TRY(ask(m, REPORT_CAUSE_SETTING, &query_moved_setting, &in));
	}
	return ERR_OK;
}

/* Nothing nearer was found: all that changed the tree, the catalogue or the forms since. */
static ERR_RESULT ask_anything(struct moving *m)
{
	struct q_moved_procedures_in in = { m->pinned };
	const struct package_content *x = &m->now.content;

	TRY(ask_units(m));
	TRY(ask(m, REPORT_CAUSE_PROCEDURE, &query_moved_procedures, &in));
	for (size_t i = 0; i < x->n_definitions; i++)
		TRY(ask_definition(m, x->definitions[i].form));
	for (size_t i = 0; i < x->n_children; i++)
		TRY(ask_child(m, x->children[i].code));
	return ERR_OK;
}

static ERR_RESULT find_causes(struct moving *m, struct report_moved_cell *cell,
                              const struct package_cell *then, const struct package_cell *now)
{
	const struct form_row *row = row_of(m->now.set, cell);
	bool own = m->now.content.n_children == 0;

	m->cell = cell;
	m->n = 0;
	TRY(arena_array(m->arena, &m->causes, REPORT_MOST_CAUSES));
	TRY(ask_cell(m, cell->form, cell->indicator));
	TRY(compare_shares(&own, m, &m->then, then, &m->now, now));
	TRY(compare_shares(&own, m, &m->now, now, &m->then, then));
	if (row && row->value)
		TRY(ask_cells(m, row, row->value->root, 0));
	TRY(ask_definition(m, cell->form));
	TRY(ask_definition(m, "set"));
	TRY(ask_settings(m));
	if (own || m->n == 0)
		TRY(compare_counts(m));
	if (m->n == 0)
		TRY(ask_anything(m));
	cell->causes = m->causes;
	cell->n_causes = m->n;
	return ERR_OK;
}

/* ---- the cells ---- */

static bool same_figures(const struct package_cell *a, const struct package_cell *b)
{
	static const struct package_cell none = { .value = { INT64_MIN },
		                                  .numerator = { INT64_MIN },
		                                  .denominator = { INT64_MIN } };

	a = a ? a : &none;
	b = b ? b : &none;
	return a->value.micro == b->value.micro && a->numerator.micro == b->numerator.micro &&
	       a->denominator.micro == b->denominator.micro;
}

struct moved_list {
	struct report_moved_cell *at;
	size_t n;
};

static ERR_RESULT add_moved(struct moved_list *list, struct moving *m,
                            const struct package_cell *then, const struct package_cell *now)
{
	const struct package_cell *named = then ? then : now;
	struct report_moved_cell cell = { .form = named->form,
		                          .indicator = named->indicator,
		                          .before = then ? then->value : DEC_NONE,
		                          .after = now ? now->value : DEC_NONE };

	TRY(find_causes(m, &cell, then, now));
	TRY(vec_room(m->arena, list->at, list->n));
	list->at[list->n++] = cell;
	return ERR_OK;
}

static ERR_RESULT compare_cells(struct moved_list *list, struct moving *m)
{
	const struct package_content *a = &m->then.content, *b = &m->now.content;

	for (size_t i = 0; i < a->n_cells; i++) {
		const struct package_cell *now =
		        package_cell_of(b, a->cells[i].form, a->cells[i].indicator);

		if (!same_figures(&a->cells[i], now))
			TRY(add_moved(list, m, &a->cells[i], now));
	}
	for (size_t i = 0; i < b->n_cells; i++)
		if (!package_cell_of(a, b->cells[i].form, b->cells[i].indicator) &&
		    !same_figures(NULL, &b->cells[i]))
			TRY(add_moved(list, m, NULL, &b->cells[i]));
	return ERR_OK;
}

/* ---- the two sides ---- */

static ERR_RESULT open_sheet(struct side *s, struct arena *a, row_id unit)
{
	struct form_sheet_of of = { unit, unit,
		                    period_of_days(s->content.from_on, s->content.to_on) };
	enum err e = form_set_open(&s->set, s->db, a, s->content.set);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return form_sheet_open(&s->sheet, s->db, a, s->set, &of);
}

static ERR_RESULT open_sides(struct moving *m, struct db **then, row_id report)
{
	struct report_asof asof = {
		.db = m->db, .arena = m->arena, .unit = m->unit, .pinned = m->pinned
	};

	TRY(report_asof_open(then, &asof));
	m->then.db = *then;
	m->now.db = m->db;
	TRY(report_collect(&m->then.content, m->then.db, m->arena, report));
	TRY(report_collect(&m->now.content, m->now.db, m->arena, report));
	TRY(open_sheet(&m->then, m->arena, m->unit));
	return open_sheet(&m->now, m->arena, m->unit);
}

ERR_RESULT report_moved(struct report_moved *out, struct db *db, struct arena *a, row_id report)
{
	struct moving m = { .db = db, .arena = a };
	struct moved_list list = { 0 };
	struct package_frozen frozen;
	DB_CLEANUP struct db *then = NULL;
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, db));
	TRY(package_find(&frozen, db, a, report));
	m.pinned = frozen.pinned;
	if (!frozen.received) {
		TRY(report_unit_of(&m.unit, db, a, report));
		TRY(open_sides(&m, &then, report));
		TRY(compare_cells(&list, &m));
	}
	*out = (struct report_moved){ list.at, list.n };
	return db_commit(&tx);
}
