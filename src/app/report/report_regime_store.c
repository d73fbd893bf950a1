/* Regimes as they are kept, and a new version of one. */
#include <string.h>

#include "app/form/form_store.h"
#include "app/journal/journal_store.h"
#include "app/report/report_store.h"
#include "app/report/report_store.sql.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "base/vec.h"

/* ---- reading ---- */

static ERR_RESULT read_periods(struct report_regime *g, struct db *db, struct arena *a)
{
	struct q_report_regime_periods_in in = { g->id };
	struct q_report_regime_periods_row row;
	DB_ROWS rows = { 0 };

	TRY(q_report_regime_periods_open(&rows, db, &in));
	while (g->n_periods < REGIME_MOST_PERIODS &&
	       q_report_regime_periods_next(&rows, &row)) {
		struct regime_period p = { .years_before = (int)row.years_before,
			                   .from_month = (int)row.from_month,
			                   .from_day = (int)row.from_day,
			                   .to_month = (int)row.to_month,
			                   .to_day = (int)row.to_day,
			                   .send_month = (int)row.send_month,
			                   .send_day = (int)row.send_day,
			                   .opens_days = (int)row.opens_days };

		TRY(arena_strdup(a, &p.code, row.code));
		TRY(arena_strdup(a, &p.name, row.name));
		g->periods[g->n_periods++] = p;
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_levels(struct report_regime *g, struct db *db, struct arena *a)
{
	struct q_report_regime_levels_in in = { g->id };
	struct q_report_regime_levels_row row;
	DB_ROWS rows = { 0 };

	TRY(q_report_regime_levels_open(&rows, db, &in));
	while (g->n_levels < REGIME_MOST_LEVELS && q_report_regime_levels_next(&rows, &row)) {
		struct regime_level *l = &g->levels[g->n_levels];

		TRY(arena_strdup(a, &l->level, row.level));
		TRY(arena_strdup(a, &l->set_code, row.set_code));
		g->n_levels++;
	}
	return db_rows_status(&rows);
}

static ERR_RESULT read_heads(struct report_regime **out, size_t *n, struct db *db,
                             struct arena *a)
{
	struct report_regime *at = NULL;
	struct q_report_regimes_row row;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_report_regimes_open(&rows, db));
	while (q_report_regimes_next(&rows, &row)) {
		TRY(vec_room(a, at, *n));
		TRY(db_keep_row(a, &query_report_regimes, &row));
		at[(*n)++] = (struct report_regime){ .id = row.id,
			                             .unit_id = row.unit_id,
			                             .code = row.code,
			                             .title = row.title,
			                             .document = row.document,
			                             .issuer = row.issuer,
			                             .valid_from = row.valid_from,
			                             .valid_to = row.valid_to };
	}
	*out = at;
	return db_rows_status(&rows);
}

ERR_RESULT report_regimes(struct report_regimes *out, struct db *db, struct arena *a)
{
	struct report_regime *at;
	size_t n;

	TRY(read_heads(&at, &n, db, a));
	for (size_t i = 0; i < n; i++) {
		TRY(read_periods(&at[i], db, a));
		TRY(read_levels(&at[i], db, a));
	}
	*out = (struct report_regimes){ at, n };
	return ERR_OK;
}

bool report_regime_holds(const struct report_regime *g, date_t on)
{
	return date_cmp(g->valid_from, on) <= 0 &&
	       (date_is_none(g->valid_to) || date_cmp(on, g->valid_to) <= 0);
}

/* How far above the unit stands the office whose version it is; everybody's is farthest. */
static ERR_RESULT distance(int64_t *out, struct db *db, struct arena *a,
                           const struct report_regime *g, row_id unit, date_t on)
{
	struct q_report_unit_depth_in in = { g->unit_id, unit, on };
	struct q_report_unit_depth_row row;
	enum err e;

	*out = INT64_MAX - 1;
	if (row_is_none(g->unit_id))
		return ERR_OK;
	e = q_report_unit_depth_one(db, a, &in, &row);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == ERR_OK ? row.depth : INT64_MAX;
	return ERR_OK;
}

ERR_RESULT report_regime_of(struct report_regime *out, struct db *db, struct arena *a,
                            const char *code, row_id unit, date_t on)
{
	const struct report_regime *best = NULL;
	int64_t nearest = INT64_MAX;
	struct report_regimes all;

	TRY(report_regimes(&all, db, a));
	for (size_t i = 0; i < all.n; i++) {
		int64_t depth;

		if (!str_eq(all.at[i].code, code) || !report_regime_holds(&all.at[i], on))
			continue;
		TRY(distance(&depth, db, a, &all.at[i], unit, on));
		if (depth < nearest) {
			nearest = depth;
			best = &all.at[i];
		}
	}
	if (!best)
		return err_set(ERR_NOT_FOUND, "no regime %s holds for the unit", code);
	*out = *best;
	return ERR_OK;
}

/* ---- a new version ---- */

struct add_call {
	const struct report_regime *draft;
	struct problems *problems;
};

static ERR_RESULT check_levels(struct db_write_context *w, const struct report_regime *g,
                               struct problems *problems)
{
	for (size_t i = 0; i < g->n_levels; i++) {
		struct q_report_level_find_in in = { g->levels[i].level };
		struct q_report_level_find_row row;
		const struct form_set *set;
		enum err e = q_report_level_find_one(w->db, w->arena, &in, &row);

		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_NOT_FOUND)
			TRY(problems_say(problems, "levels", (int)i + 1, MSG_REGIME_LEVEL,
			                 g->levels[i].level));
		e = form_set_open(&set, w->db, w->arena, g->levels[i].set_code);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_NOT_FOUND)
			TRY(problems_say(problems, "levels", (int)i + 1, MSG_REGIME_SET,
			                 g->levels[i].level, g->levels[i].set_code));
	}
	return ERR_OK;
}

static ERR_RESULT check_unit(struct db_write_context *w, const struct report_regime *g)
{
	bool below = true;

	if (row_is_none(w->change->unit_id))
		return ERR_OK;
	if (!row_is_none(g->unit_id))
		TRY(unit_is_below_from(&below, w->db, w->change->unit_id, g->unit_id,
		                       g->valid_from));
	return below && !row_is_none(g->unit_id)
	               ? ERR_OK
	               : err_set(ERR_NOT_FOUND, "the regime's unit is outside the scope");
}

/* The version of the same code and unit that is open when the new one begins ends before it. */
static ERR_RESULT end_former(struct db_write_context *w, const struct report_regime *g,
                             struct problems *problems)
{
	struct report_regimes all;
	char day[DATE_TEXT];

	TRY(report_regimes(&all, w->db, w->arena));
	for (size_t i = 0; i < all.n; i++) {
		const struct report_regime *was = &all.at[i];
		struct q_report_regime_end_in end = { was->id, date_add(g->valid_from, -1) };

		if (!str_eq(was->code, g->code) || !row_eq(was->unit_id, g->unit_id))
			continue;
		if (date_cmp(was->valid_from, g->valid_from) >= 0)
			return problems_say(problems, "valid_from", 0, MSG_REGIME_LATER,
			                    date_vn(was->valid_from, day));
		if (!report_regime_holds(was, g->valid_from))
			continue;
		struct journal_note n =
		        journal_note(w, SUBJECT_REPORT_REGIME, was->id, KIND_END);
		journal_put(&n, FIELD_VALID_TO, was->valid_to, end.valid_to);
		TRY(journal_write(&n));
		TRY(q_report_regime_end_run(w->db, &end));
	}
	return ERR_OK;
}

static ERR_RESULT note_regime(struct db_write_context *w, row_id id,
                              const struct report_regime *g)
{
	struct journal_note n = journal_note(w, SUBJECT_REPORT_REGIME, id, KIND_CREATE);
	struct str levels;
	const char *text;

	str_init(&levels, w->arena, 4000);
	for (size_t i = 0; i < g->n_levels; i++)
		str_printf(&levels, "%s%s %s", i ? "; " : "", g->levels[i].level,
		           g->levels[i].set_code);
	TRY(str_finish(&levels, &text));
	journal_put(&n, FIELD_CODE, NULL, g->code);
	journal_put(&n, FIELD_UNIT, ROW_NONE, g->unit_id);
	journal_put(&n, FIELD_NAME, NULL, g->title);
	journal_put(&n, FIELD_BASIS, NULL, g->document);
	journal_put(&n, FIELD_ISSUER, NULL, g->issuer);
	journal_put(&n, FIELD_LEVELS, NULL, text);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, g->valid_from);
	journal_put(&n, FIELD_VALID_TO, DATE_NONE, g->valid_to);
	for (size_t i = 0; i < g->n_periods; i++) {
		const struct regime_period *p = &g->periods[i];

		TRY(arena_printf(w->arena, &text, "%s: %d/%d%s - %d/%d, %d/%d, -%d", p->code,
		                 p->from_day, p->from_month, p->years_before ? " (-1)" : "",
		                 p->to_day, p->to_month, p->send_day, p->send_month,
		                 p->opens_days));
		journal_put(&n, FIELD_PERIOD, NULL, text);
	}
	return journal_write(&n);
}

static ERR_RESULT insert_lists(struct db_write_context *w, row_id id,
                               const struct report_regime *g)
{
	for (size_t i = 0; i < g->n_periods; i++) {
		const struct regime_period *p = &g->periods[i];
		struct q_report_regime_period_insert_in in = { .regime_id = id,
			                                       .position = (int64_t)i + 1,
			                                       .code = p->code,
			                                       .name = p->name,
			                                       .years_before = p->years_before,
			                                       .from_month = p->from_month,
			                                       .from_day = p->from_day,
			                                       .to_month = p->to_month,
			                                       .to_day = p->to_day,
			                                       .send_month = p->send_month,
			                                       .send_day = p->send_day,
			                                       .opens_days = p->opens_days };

		TRY(q_report_regime_period_insert_run(w->db, &in));
	}
	for (size_t i = 0; i < g->n_levels; i++) {
		struct q_report_regime_level_insert_in in = { id, g->levels[i].level,
			                                      g->levels[i].set_code };

		TRY(q_report_regime_level_insert_run(w->db, &in));
	}
	return ERR_OK;
}

static enum err run_add(struct db_write_context *w, void *arg)
{
	const struct add_call *c = arg;
	const struct report_regime *g = c->draft;
	struct q_report_regime_insert_in in = { .id = db_new_id(w),
		                                .code = g->code,
		                                .unit_id = g->unit_id,
		                                .title = g->title,
		                                .document = g->document,
		                                .issuer = g->issuer,
		                                .valid_from = g->valid_from,
		                                .valid_to = g->valid_to,
		                                .change_id = w->change->id };

	problems_init(c->problems, c->problems->arena);
	TRY(check_unit(w, g));
	TRY(report_regime_check(g, c->problems));
	if (c->problems->n == 0)
		TRY(check_levels(w, g, c->problems));
	if (c->problems->n == 0)
		TRY(end_former(w, g, c->problems));
	if (c->problems->n > 0)
		return err_set(ERR_INPUT, "the regime was refused");
	TRY(q_report_regime_insert_run(w->db, &in));
	TRY(insert_lists(w, in.id, g));
	w->change->result = in.id;
	return note_regime(w, in.id, g);
}

ERR_RESULT report_regime_add(struct db_writer *writer, struct change *change,
                             const struct report_regime *draft, struct problems *problems)
{
	struct add_call c = { draft, problems };

	return db_write(writer, change, run_add, &c);
}
