/* The text of a report: as it is kept, shown, frozen. */
#include "app/form/form_lock_store.h"
#include "app/narrative/narrative_figures_store.h"
#include "app/narrative/narrative_store.sql.h"
#include "base/vec.h"

enum err narrative_report_find(struct narrative_report *out, struct db *db, struct arena *a,
                               row_id scope, row_id report)
{
	struct q_narrative_report_in in = { .id = report, .scope = scope };
	struct q_narrative_report_row row;
	struct form_lock_place place;

	TRY(q_narrative_report_one(db, a, &in, &row));
	*out = (struct narrative_report){ .id = row.id,
		                          .unit_id = row.unit_id,
		                          .amends_id = row.amends_id,
		                          .set_code = row.set_code,
		                          .regime_code = row.regime_code,
		                          .period = row.period,
		                          .period_name = row.period_name,
		                          .from_on = row.from_on,
		                          .to_on = row.to_on,
		                          .unit_name = row.unit_name,
		                          .unit_level = row.unit_level,
		                          .receiver_name = row.receiver_name,
		                          .current = row.current };
	place = (struct form_lock_place){ row.unit_id, row.set_code, row.from_on, row.to_on };
	return form_lock_find(&out->lock, db, a, &place);
}

/* ---- sections ---- */

static enum err add_section(const char ***list, size_t *n, struct arena *a, const char *body)
{
	TRY(vec_room(a, *list, *n));
	TRY(arena_strdup(a, &(*list)[*n], body));
	++*n;
	return ERR_OK;
}

static enum err sections_now(struct narrative_sections *out, struct db *db, struct arena *a,
                             row_id report)
{
	struct q_narrative_sections_in in = { .report_id = report };
	struct q_narrative_sections_row row;
	const char **list = NULL;
	DB_ROWS rows = { 0 };
	size_t n = 0;

	TRY(q_narrative_sections_open(&rows, db, &in));
	while (q_narrative_sections_next(&rows, &row))
		TRY(add_section(&list, &n, a, row.body));
	*out = (struct narrative_sections){ list, n };
	return db_rows_status(&rows);
}

static enum err sections_known(struct narrative_sections *out, struct db *db, struct arena *a,
                               row_id report, int64_t pinned)
{
	struct q_narrative_sections_known_in in = { .report_id = report, .pinned = pinned };
	struct q_narrative_sections_known_row row;
	const char **list = NULL;
	DB_ROWS rows = { 0 };
	size_t n = 0;

	if (pinned == 0)
		return sections_now(out, db, a, report);
	TRY(q_narrative_sections_known_open(&rows, db, &in));
	while (q_narrative_sections_known_next(&rows, &row))
		TRY(add_section(&list, &n, a, row.body));
	*out = (struct narrative_sections){ list, n };
	return db_rows_status(&rows);
}

/* ---- opening ---- */

/* The outline that the text of a report begins with; "" when there is none. */
static enum err begin(struct narrative_text *out, struct db *db, struct arena *a,
                      const struct narrative_report *r, int64_t pinned)
{
	struct q_narrative_outline_known_in in = { .set_code = r->set_code,
		                                   .unit_id = r->unit_id,
		                                   .on_day = r->to_on,
		                                   .pinned = pinned };
	struct narrative_outline_of of = { r->set_code, r->unit_id, r->to_on };
	struct q_narrative_outline_known_row row;
	struct narrative_outline outline = { .content = "", .sha256 = "" };
	enum err e;

	if (pinned == 0) {
		e = narrative_outline_find(&outline, db, a, &of);
	} else {
		e = q_narrative_outline_known_one(db, a, &in, &row);
		if (e == ERR_OK)
			outline = (struct narrative_outline){ .sha256 = row.sha256,
				                              .content = row.content };
	}
	if (e != ERR_NOT_FOUND)
		TRY(e);
	out->source = outline.content;
	out->outline_sha256 = outline.sha256;
	return narrative_sections_cut(&out->sections, a, out->source);
}

/* What somebody saved for the report, or for the one that it amends. */
static enum err saved(struct narrative_text *out, struct db *db, struct arena *a,
                      const struct narrative_report *r, int64_t pinned)
{
	enum { MOST_AMENDMENTS = 50 };
	struct narrative_report at = *r;

	for (int i = 0; i < MOST_AMENDMENTS; i++) {
		TRY(sections_known(&out->sections, db, a, at.id, pinned));
		if (out->sections.n > 0 || row_is_none(at.amends_id))
			return ERR_OK;
		TRY(narrative_report_find(&at, db, a, ROW_NONE, at.amends_id));
	}
	return ERR_OK;
}

enum err narrative_text_open(struct narrative_text *out, struct db *db, struct arena *a,
                             const struct narrative_report *r, int64_t pinned)
{
	struct narrative_text text = { .source = "", .outline_sha256 = "" };
	struct q_narrative_text_in in = { .report_id = r->id };
	struct q_narrative_text_row row;
	enum err e = q_narrative_text_one(db, a, &in, &row);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	if (e == ERR_OK) {
		text.revision = row.revision;
		text.outline_sha256 = row.outline_sha256;
	}
	TRY(saved(&text, db, a, r, pinned));
	if (text.sections.n == 0)
		TRY(begin(&text, db, a, r, pinned));
	else
		TRY(narrative_sections_join(&text.source, a, &text.sections));
	*out = text;
	return ERR_OK;
}

/* ---- with figures ---- */

enum err narrative_show(struct narrative_shown *out, struct db *db, struct arena *a,
                        const struct narrative_report *r, const char *source)
{
	struct form_sheet_of of = { r->unit_id, r->unit_id,
		                    period_of_days(r->from_on, r->to_on) };
	struct narrative_parsed parsed;
	struct narrative_input input;

	*out = (struct narrative_shown){ .set = NULL };
	problems_init(&out->problems, a);
	problems_init(&out->remarks, a);
	TRY(form_set_open(&out->set, db, a, r->set_code));
	TRY(rollup_sheet_open(&out->sheet, db, a, out->set, &of));
	TRY(narrative_parse(&parsed, a, &out->problems, out->set, source));
	if (out->problems.n > 0)
		return ERR_OK;
	TRY(narrative_input_of_sheet(&input, a, &out->sheet));
	TRY(narrative_input_about(&input, db, a, r, 0));
	return narrative_render(&out->text, a, &out->remarks, &parsed, &input);
}

/* Names and days that a frozen content states itself. */
static void as_in_content(struct narrative_report *r, const struct narrative_freezing *f)
{
	const struct package_content *c = f->content;

	r->unit_name = c->unit.name;
	r->unit_level = c->unit.level;
	r->receiver_name = f->receiver_name;
	r->period = c->period;
	r->period_name = c->period_name;
	r->from_on = c->from_on;
	r->to_on = c->to_on;
}

enum err narrative_text_freeze(const char **out, struct db *db, struct arena *a,
                               const struct narrative_freezing *f)
{
	struct narrative_report r;
	struct narrative_text text;
	struct narrative_parsed parsed;
	struct narrative_input input;
	struct problems problems, remarks;
	struct narrative rendered;

	problems_init(&problems, a);
	problems_init(&remarks, a);
	TRY(narrative_report_find(&r, db, a, ROW_NONE, f->report_id));
	TRY(narrative_text_open(&text, db, a, &r, f->pinned));
	TRY(narrative_parse(&parsed, a, &problems, f->set, text.source));
	if (problems.n > 0)
		return err_set(ERR_INPUT, "the text of the report, line %d: %s",
		               problems.first->line, problems.first->message);
	as_in_content(&r, f);
	TRY(narrative_input_of_content(&input, a, f->set, f->content));
	TRY(narrative_input_about(&input, db, a, &r, f->pinned));
	TRY(narrative_render(&rendered, a, &remarks, &parsed, &input));
	return narrative_freeze(out, a, &rendered);
}
