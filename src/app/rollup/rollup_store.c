/* rollup_store.c - the figures of a unit's report. */
#include "app/rollup/rollup_store.h"

#include "app/rollup/rollup_children_store.h"
#include "app/rollup/rollup_note.h"
#include "app/rollup/rollup_own_store.h"
#include "app/rollup/rollup_store.sql.h"
#include "base/messages.h"
#include "base/vec.h"

static const char *const source_words[] = { "blank",      "computed",  "entered",
	                                    "overridden", "rolled-up", "adjusted" };
static const enum msg source_names[] = {
	MSG_FORM_SOURCE_BLANK,      MSG_FORM_SOURCE_COMPUTED,    MSG_FORM_SOURCE_ENTERED,
	MSG_FORM_SOURCE_OVERRIDDEN, MSG_ROLLUP_SOURCE_ROLLED_UP, MSG_ROLLUP_SOURCE_ADJUSTED
};

const char *rollup_source_word(enum rollup_source source)
{
	return source_words[source];
}

const char *rollup_source_name(enum rollup_source source)
{
	return msg_text(source_names[source]);
}

/* ---- a unit without children ---- */

static struct rollup_value value_of_cell(const struct form_cell *cell)
{
	static const enum rollup_source sources[] = { [FORM_BLANK] = ROLLUP_SOURCE_BLANK,
		                                      [FORM_COMPUTED] = ROLLUP_SOURCE_COMPUTED,
		                                      [FORM_ENTERED] = ROLLUP_SOURCE_ENTERED,
		                                      [FORM_OVERRIDDEN] =
		                                              ROLLUP_SOURCE_OVERRIDDEN };

	return (struct rollup_value){ .source = sources[cell->source],
		                      .fills = cell->fills,
		                      .value = cell->value,
		                      .numerator = cell->numerator,
		                      .denominator = cell->denominator,
		                      .note = cell->note,
		                      .reason = cell->reason,
		                      .why_blank = cell->why_blank,
		                      .aside = DEC_NONE };
}

static enum err values_of_leaf(struct rollup_sheet *sheet, struct arena *a)
{
	struct rollup_value *values;

	TRY(arena_array(a, &values, sheet->set->n_rows + 1));
	for (size_t i = 0; i < sheet->set->n_rows; i++)
		values[i] = value_of_cell(&sheet->own.cells[i]);
	sheet->values = values;
	return ERR_OK;
}

/* ---- a unit with children ---- */

static const struct form_row *row_of_id(const struct form_set *set, const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id))
			return &set->rows[i];
	return NULL;
}

/* An adjustment that the row does not take any more (its rule was changed) is left out. */
static enum err read_adjustments(struct rollup_input *input, struct db *db, struct arena *a,
                                 row_id unit)
{
	struct q_rollup_adjustments_in in = { unit, input->set->code, input->period.from,
		                              input->period.to };
	struct q_rollup_adjustments_row row;
	struct rollup_adjustment *at = NULL;
	DB_ROWS rows = { 0 };

	TRY(q_rollup_adjustments_open(&rows, db, &in));
	while (q_rollup_adjustments_next(&rows, &row)) {
		const struct form_row *found = row_of_id(input->set, row.indicator);
		struct rollup_adjustment x = { found ? found->at : -1, row.value, row.numerator,
			                       row.denominator, row.reason };

		if (rollup_adjustment_problem(input->set, &x))
			continue;
		TRY(arena_strdup(a, &x.reason, row.reason));
		TRY(vec_room(a, at, input->n_adjustments));
		at[input->n_adjustments++] = x;
	}
	input->adjustments = at;
	return db_rows_status(&rows);
}

/* Everything that the roll-up is made of stays in `a`. */
struct parts {
	struct select_own of;
	struct rollup_input input;
	struct rollup_sent sent;
	struct rollup made;
};

static enum err roll_up(struct rollup_sheet *sheet, struct parts *p,
                        const struct rollup_asking *asking)
{
	struct rollup_cell *own;
	struct rollup_input *input = &p->input;

	TRY(rollup_own_cells(&own, asking->db, asking->arena, &sheet->own, sheet->codes));
	*input = (struct rollup_input){ .set = sheet->set,
		                        .tier = sheet->unit.tier,
		                        .period = sheet->period,
		                        .choices = sheet->choices,
		                        .codes = sheet->codes,
		                        .own = own,
		                        .children = p->sent.children,
		                        .n_children = p->sent.n_children };
	TRY(read_adjustments(input, asking->db, asking->arena, sheet->unit.id));
	TRY(rollup_make(&p->made, asking->arena, input));
	sheet->rollup = &p->made;
	sheet->own_cells = own;
	sheet->children = p->sent.reports;
	sheet->n_children = p->sent.n_reports;
	sheet->n_sent = p->sent.n_sent;
	sheet->n_exempt = p->sent.n_exempt;
	return ERR_OK;
}

static enum err note_of(const char **out, struct arena *a, const struct parts *p, int row,
                        const char *own)
{
	struct rollup_noted *below;
	size_t n = 0;

	TRY(arena_array(a, &below, p->sent.n_children + 1));
	for (size_t i = 0; i < p->sent.n_children; i++)
		if (p->sent.notes[i] && p->sent.notes[i][row])
			below[n++] = (struct rollup_noted){ p->sent.children[i].name,
				                            p->sent.notes[i][row] };
	return rollup_note(out, a, own, below, n);
}

/* A figure into which nothing of the children goes is the unit's own. */
static bool is_own(const struct rollup *r, int row)
{
	const struct rollup_figure *f = &r->figures[row];

	return !r->plan[row].draws || (f->owed == 0 && !f->adjustment);
}

static enum err rolled_value(struct rollup_value *out, struct arena *a, const struct rollup *r,
                             int row)
{
	const struct rollup_figure *f = &r->figures[row];
	struct rollup_value v = *out;

	v.source = f->adjustment           ? ROLLUP_SOURCE_ADJUSTED
	           : dec_is_none(f->value) ? ROLLUP_SOURCE_BLANK
	                                   : ROLLUP_SOURCE_ROLLED_UP;
	v.fills = r->plan[row].fills;
	v.value = f->value;
	v.numerator = f->numerator;
	v.denominator = f->denominator;
	v.reason = f->adjustment ? f->adjustment->reason : NULL;
	v.incomplete = f->incomplete;
	v.owed = f->owed;
	v.n_given = f->given;
	v.codes = f->codes;
	v.n_codes = f->n_codes;
	v.listed = f->listed && !f->adjustment;
	TRY(rollup_blank_text(&v.why_blank, a, r, row));
	TRY(rollup_given_text(&v.given, a, f));
	*out = v;
	return ERR_OK;
}

/* Whether what the unit enters for the row goes into its figure. */
static bool takes_own(const struct rollup_plan *plan)
{
	return plan->own_adds && plan->rule != RULE_FORMULA && plan->rule != RULE_COUNT;
}

static void put_codes(struct rollup_value *value, const struct rollup_cell *cell)
{
	value->codes = cell->codes;
	value->n_codes = cell->n_codes;
	value->listed = cell->listed;
}

static enum err values_of_rollup(struct rollup_sheet *sheet, struct arena *a,
                                 const struct parts *p)
{
	struct rollup_value *values;

	TRY(arena_array(a, &values, sheet->set->n_rows + 1));
	for (size_t i = 0; i < sheet->set->n_rows; i++) {
		const struct form_cell *own = &sheet->own.cells[i];

		values[i] = value_of_cell(own);
		TRY(note_of(&values[i].note, a, p, (int)i, own->note));
		if (is_own(&p->made, (int)i)) {
			put_codes(&values[i], &sheet->own_cells[i]);
			continue;
		}
		TRY(rolled_value(&values[i], a, &p->made, (int)i));
		if (!takes_own(&p->made.plan[i]) && own->source != FORM_COMPUTED)
			values[i].aside = own->value;
	}
	sheet->values = values;
	return ERR_OK;
}

static enum err open_all(struct rollup_sheet *sheet, struct rollup_asking *asking,
                         const struct form_sheet_of *of)
{
	struct db *db = asking->db;
	struct arena *a = asking->arena;
	struct parts *p;

	TRY(rollup_asking_find(asking));
	TRY(arena_new(a, &p));
	if (!sheet->codes) {
		TRY(arena_new(a, &sheet->codes));
		TRY(rollup_codes_init(sheet->codes, a));
	}
	TRY(rollup_sent_read(&p->sent, asking, sheet->codes));
	p->of = (struct select_own){ asking->regime, asking->code };
	sheet->report = asking->report;
	sheet->regime = asking->regime;
	sheet->period_code = asking->code;
	if (p->sent.n_reports == 0) {
		TRY(form_sheet_open(&sheet->own, db, a, sheet->set, of));
	} else {
		TRY(form_sheet_open_own(&sheet->own, db, a, sheet->set, of, &p->of));
	}
	sheet->unit = sheet->own.unit;
	sheet->decisions = sheet->own.decisions;
	sheet->choices = sheet->own.choices;
	sheet->lock = sheet->own.lock;
	if (p->sent.n_reports == 0)
		return values_of_leaf(sheet, a);
	TRY(roll_up(sheet, p, asking));
	return values_of_rollup(sheet, a, p);
}

static enum err open_with(struct rollup_sheet *out, struct db *db, struct arena *a,
                          const struct form_set *set, const struct form_sheet_of *of,
                          struct rollup_codes *codes)
{
	struct rollup_sheet sheet = {
		.set = set, .scope = of->scope, .period = of->period, .codes = codes
	};
	struct rollup_asking asking = {
		.db = db, .arena = a, .set = set, .unit = of->unit, .period = of->period
	};
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, db));
	TRY(open_all(&sheet, &asking, of));
	TRY(db_commit(&tx));
	*out = sheet;
	return ERR_OK;
}

enum err rollup_sheet_open(struct rollup_sheet *out, struct db *db, struct arena *a,
                           const struct form_set *set, const struct form_sheet_of *of)
{
	return open_with(out, db, a, set, of, NULL);
}

enum err rollup_sheet_open_beside(struct rollup_sheet *out, struct db *db, struct arena *a,
                                  const struct rollup_sheet *first,
                                  const struct form_sheet_of *of)
{
	return open_with(out, db, a, first->set, of, first->codes);
}
