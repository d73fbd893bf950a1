/* rollup_store.c - the figures of a unit's report. */
#include "app/rollup/rollup_store.h"

#include "base/messages.h"

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
		                      .why_blank = cell->why_blank };
}

enum err rollup_sheet_open(struct rollup_sheet *out, struct db *db, struct arena *a,
                           const struct form_set *set, const struct form_sheet_of *of)
{
	struct rollup_sheet sheet = { .set = set, .scope = of->scope, .period = of->period };
	struct rollup_value *values;

	TRY(form_sheet_open(&sheet.own, db, a, set, of));
	sheet.unit = sheet.own.unit;
	sheet.decisions = sheet.own.decisions;
	sheet.choices = sheet.own.choices;
	sheet.lock = sheet.own.lock;
	TRY(arena_array(a, &values, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++)
		values[i] = value_of_cell(&sheet.own.cells[i]);
	sheet.values = values;
	*out = sheet;
	return ERR_OK;
}
