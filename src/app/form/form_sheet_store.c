/* The sheet of a unit for a period: definitions, entered cells and counts put together. */
#include "app/form/form_store.h"

#include "app/form/form_lock_store.h"
#include "app/form/form_store.sql.h"
#include "app/form/form_totals_store.h"
#include "app/unit/unit_store.h"

static enum form_tier tier_of_word(const char *word)
{
	for (enum form_tier tier = 0; tier < FORM_TIERS; tier++)
		if (str_eq(form_tier_word(tier), word))
			return tier;
	return FORM_COMMUNE;
}

enum err form_unit_find(struct form_unit *out, struct db *db, struct arena *a, row_id id)
{
	struct q_form_unit_in in = { .id = id };
	struct q_form_unit_row row;

	TRY(q_form_unit_one(db, a, &in, &row));
	*out = (struct form_unit){ row.id, row.code, row.name, tier_of_word(row.tier) };
	return ERR_OK;
}

/* ---- decisions on counting ---- */

static bool has_choice(const struct form_setting *s, const char *word)
{
	return calc_word_among(s->words, word);
}

/* The nearest unit above that decided wins; rows come nearest first. */
static enum err read_decisions(struct form_decision *out, struct db *db, struct arena *a,
                               const struct form_set *set, row_id unit)
{
	struct q_form_settings_in in = { .scope = unit, .set_code = set->code };
	struct q_form_settings_row row;
	DB_ROWS rows = { 0 };

	TRY(q_form_settings_open(&rows, db, &in));
	while (q_form_settings_next(&rows, &row)) {
		const struct form_setting *s = form_find_setting(set, row.name);

		if (!s || !has_choice(s, row.value) || out[s - set->settings].word)
			continue;
		struct form_decision *d = &out[s - set->settings];
		TRY(arena_strdup(a, &d->word, row.value));
		TRY(arena_strdup(a, &d->unit_name, row.unit_name));
		d->own = row.depth == 0;
	}
	return db_rows_status(&rows);
}

static void fill_usual(struct form_decision *decisions, const struct form_set *set)
{
	for (size_t i = 0; i < set->n_settings; i++) {
		const struct form_setting *s = &set->settings[i];

		if (!decisions[i].word)
			decisions[i].word = s->choices[s->usual].word;
	}
}

enum err form_decisions(const struct form_decision **out, struct db *db, struct arena *a,
                        const struct form_set *set, row_id unit)
{
	struct form_decision *decisions;

	TRY(arena_array(a, &decisions, set->n_settings + 1));
	TRY(read_decisions(decisions, db, a, set, unit));
	fill_usual(decisions, set);
	*out = decisions;
	return ERR_OK;
}

/* What was decided when the sheet was locked; a setting that the set got later is as usual. */
static enum err decisions_of_locked(const struct form_decision **out, struct db *db,
                                    struct arena *a, const struct form_set *set,
                                    const struct form_lock_place *place)
{
	struct form_decision *decisions;

	TRY(arena_array(a, &decisions, set->n_settings + 1));
	TRY(form_lock_decisions(decisions, db, a, set, place));
	fill_usual(decisions, set);
	*out = decisions;
	return ERR_OK;
}

static enum err decide(struct form_sheet *sheet, struct db *db, struct arena *a)
{
	const struct form_set *set = sheet->set;
	struct form_lock_place place = { sheet->unit.id, set->code, sheet->period.from,
		                         sheet->period.to };
	const char **choices;

	TRY(form_lock_find(&sheet->lock, db, a, &place));
	if (sheet->lock)
		TRY(decisions_of_locked(&sheet->decisions, db, a, set, &place));
	else
		TRY(form_decisions(&sheet->decisions, db, a, set, sheet->unit.id));
	TRY(arena_array(a, &choices, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++)
		choices[i] = sheet->decisions[i].word;
	sheet->choices = choices;
	return ERR_OK;
}

/* ---- entered cells ---- */

static const struct form_row *find_indicator(const struct form_set *set, const char *form,
                                             const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id) && str_eq(set->rows[i].form->code, form))
			return &set->rows[i];
	return NULL;
}

static enum err keep_text(const char **out, struct arena *a, const char *text)
{
	if (str_blank(text))
		return ERR_OK;
	return arena_strdup(a, out, text);
}

static enum err read_cells(struct form_sheet *sheet, struct db *db, struct arena *a)
{
	const struct form_set *set = sheet->set;
	struct q_form_cells_in in = { .unit_id = sheet->unit.id,
		                      .set_code = set->code,
		                      .from_on = sheet->period.from,
		                      .to_on = sheet->period.to,
		                      .scope = sheet->scope };
	struct q_form_cells_row row;
	struct form_stated *stated;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &stated, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++)
		stated[i] = FORM_NOTHING_STATED;
	sheet->stated = stated;
	TRY(q_form_cells_open(&rows, db, &in));
	while (q_form_cells_next(&rows, &row)) {
		const struct form_row *found = find_indicator(set, row.form, row.indicator);

		if (!found)
			continue; /* a row that the set no longer has */
		struct form_stated *s = &stated[found->at];
		*s = (struct form_stated){ .value = row.value,
			                   .numerator = row.numerator,
			                   .denominator = row.denominator,
			                   .blank = row.blank };
		TRY(keep_text(&s->note, a, row.note));
		TRY(keep_text(&s->reason, a, row.reason));
	}
	return db_rows_status(&rows);
}

/* ---- counts ---- */

enum { MOST_TOTALS = 400, MOST_ROUNDS = 4 };

/* The totals that evaluating asked for; the first `known` of them are counted. */
struct answers {
	struct form_answer *at;
	size_t n, known;
};

static dec_t answer(void *self, const struct calc_total *total)
{
	struct answers *x = self;

	for (size_t i = 0; i < x->n; i++)
		if (x->at[i].total == total)
			return x->at[i].value;
	if (x->n < MOST_TOTALS)
		x->at[x->n++] = (struct form_answer){ total, DEC_NONE };
	return DEC_NONE;
}

/* Evaluates, counts what was asked for, and again, until nothing new is asked: a formula may
 * ask for a count only when another figure is so and so. */
static enum err evaluate(struct form_sheet *sheet, struct db *db, struct arena *a)
{
	struct answers x = { 0 };
	struct form_asking asking = { .db = db,
		                      .arena = a,
		                      .set = sheet->set,
		                      .choices = sheet->choices,
		                      .tier = sheet->unit.tier,
		                      .unit = sheet->unit.id,
		                      .period = sheet->period,
		                      .own = sheet->own };
	struct form_input input = { .set = sheet->set,
		                    .tier = sheet->unit.tier,
		                    .period = sheet->period,
		                    .stated = sheet->stated,
		                    .choices = sheet->choices,
		                    .total = answer,
		                    .self = &x };

	TRY(arena_array(a, &x.at, MOST_TOTALS));
	for (int round = 0; round < MOST_ROUNDS; round++) {
		TRY(form_evaluate(&sheet->cells, a, &input));
		if (x.n == x.known)
			return ERR_OK;
		TRY(form_count_totals(&asking, x.at + x.known, x.n - x.known));
		x.known = x.n;
	}
	return form_evaluate(&sheet->cells, a, &input);
}

enum err form_sheet_open(struct form_sheet *out, struct db *db, struct arena *a,
                         const struct form_set *set, const struct form_sheet_of *of)
{
	return form_sheet_open_own(out, db, a, set, of, NULL);
}

enum err form_sheet_open_own(struct form_sheet *out, struct db *db, struct arena *a,
                             const struct form_set *set, const struct form_sheet_of *of,
                             const struct select_own *own)
{
	struct form_sheet sheet = {
		.set = set, .scope = of->scope, .period = of->period, .own = own
	};
	DB_TX tx = { 0 };
	bool below;

	TRY(db_begin_read(&tx, db));
	TRY(unit_is_below_from(&below, db, of->scope, of->unit, of->period.from));
	if (!below)
		return err_set(ERR_NOT_FOUND, "the unit is outside the scope");
	TRY(form_unit_find(&sheet.unit, db, a, of->unit));
	TRY(decide(&sheet, db, a));
	TRY(read_cells(&sheet, db, a));
	TRY(evaluate(&sheet, db, a));
	TRY(db_commit(&tx));
	*out = sheet;
	return ERR_OK;
}

const char *form_sheet_sentence(const struct form_sheet *sheet, size_t setting)
{
	const struct form_setting *s = &sheet->set->settings[setting];

	for (size_t i = 0; i < s->n_choices; i++)
		if (str_eq(s->choices[i].word, sheet->decisions[setting].word))
			return s->choices[i].text;
	return s->choices[s->usual].text;
}

enum err form_periods(struct form_periods *out, struct db *db, struct arena *a, row_id scope,
                      row_id unit, const char *set_code)
{
	enum { MOST_PERIODS = 60 };
	struct q_form_periods_in in = { .unit_id = unit, .set_code = set_code, .scope = scope };
	struct q_form_periods_row row;
	struct form_periods periods = { 0 };
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &periods.at, MOST_PERIODS));
	TRY(q_form_periods_open(&rows, db, &in));
	while (q_form_periods_next(&rows, &row) && periods.n < MOST_PERIODS)
		periods.at[periods.n++] = period_of_days(row.from_on, row.to_on);
	*out = periods;
	return db_rows_status(&rows);
}
