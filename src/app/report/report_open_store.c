/* Opening the reports that units owe.
 *
 * For one regime and period: the versions that hold, the units that stood on the last day and
 * the nearest version above each; what is not there yet is missing. */
#include <stdlib.h>

#include "app/journal/journal_store.h"
#include "app/report/report_row_store.h"
#include "app/report/report_store.sql.h"
#include "base/str.h"
#include "base/vec.h"

/* ---- what is owed ---- */

struct owed {
	row_id unit, parent;
	const char *level;
	int64_t depth; /* of the version's office above it */
	const struct report_regime *regime;
	const struct report_span *span; /* NULL: its version has no such period */
};

struct plan {
	struct db *db;
	struct arena *arena;
	row_id scope;
	const char *code, *period; /* of the regime; "2024-Q1" */
	struct owed *units;        /* by id */
	size_t n_units;
	struct owed *missing;
	size_t n_missing, n_there;
	row_id *orphans;
	size_t n_orphans;
};

static int by_unit(const void *x, const void *y)
{
	const struct owed *a = x, *b = y;

	return (a->unit.value > b->unit.value) - (a->unit.value < b->unit.value);
}

static struct owed *find_unit(struct plan *p, row_id unit)
{
	struct owed key = { .unit = unit };

	return p->n_units ? bsearch(&key, p->units, p->n_units, sizeof(key), by_unit) : NULL;
}

/* Everybody that stood on the day; a version of everybody's takes them all. */
static ERR_RESULT read_standing(struct plan *p, date_t on)
{
	struct q_report_units_standing_in in = { p->scope, on };
	struct q_report_units_standing_row row;
	DB_ROWS rows = { 0 };

	p->units = NULL;
	p->n_units = 0;
	TRY(q_report_units_standing_open(&rows, p->db, &in));
	while (q_report_units_standing_next(&rows, &row)) {
		struct owed u = { .unit = row.id, .parent = row.parent_id, .depth = INT64_MAX };

		TRY(vec_room(p->arena, p->units, p->n_units));
		TRY(arena_strdup(p->arena, &u.level, row.level));
		p->units[p->n_units++] = u;
	}
	return db_rows_status(&rows);
}

static void take(struct owed *u, const struct report_regime *g, const struct report_span *s,
                 int64_t depth)
{
	if (depth >= u->depth)
		return;
	u->depth = depth;
	u->regime = g;
	u->span = s;
}

/* Gives the version to every unit below its office that has none nearer. */
static ERR_RESULT hand_out(struct plan *p, const struct report_regime *g,
                           const struct report_span *s, date_t on)
{
	struct q_report_units_below_in in = { g->unit_id, on };
	struct q_report_units_below_row row;
	DB_ROWS rows = { 0 };

	if (row_is_none(g->unit_id)) {
		for (size_t i = 0; i < p->n_units; i++)
			take(&p->units[i], g, s, INT64_MAX - 1);
		return ERR_OK;
	}
	TRY(q_report_units_below_open(&rows, p->db, &in));
	while (q_report_units_below_next(&rows, &row)) {
		struct owed *u = find_unit(p, row.unit_id);

		if (u)
			take(u, g, s, row.depth);
	}
	return db_rows_status(&rows);
}

/* ---- what is missing ---- */

static ERR_RESULT read_there(row_id **out, size_t *n, struct plan *p)
{
	struct q_report_there_in in = { p->code, p->period };
	struct q_report_there_row row;
	row_id *at = NULL;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_report_there_open(&rows, p->db, &in));
	while (q_report_there_next(&rows, &row)) {
		TRY(vec_room(p->arena, at, *n));
		at[(*n)++] = row.unit_id;
	}
	*out = at;
	return db_rows_status(&rows);
}

/* Both lists are by unit. */
static ERR_RESULT compare(struct plan *p)
{
	row_id *there;
	size_t n, k = 0;

	TRY(read_there(&there, &n, p));
	for (size_t i = 0; i < p->n_units; i++) {
		const struct owed *u = &p->units[i];

		if (!u->span || !report_regime_set(u->regime, u->level))
			continue;
		while (k < n && there[k].value < u->unit.value)
			k++;
		if (k < n && row_eq(there[k], u->unit)) {
			p->n_there++;
			continue;
		}
		TRY(vec_room(p->arena, p->missing, p->n_missing));
		p->missing[p->n_missing++] = *u;
	}
	return ERR_OK;
}

static ERR_RESULT read_orphans(struct plan *p)
{
	struct q_report_orphans_in in = { p->scope, p->code, p->period };
	struct q_report_orphans_row row;
	DB_ROWS rows = { 0 };

	TRY(q_report_orphans_open(&rows, p->db, &in));
	while (q_report_orphans_next(&rows, &row)) {
		TRY(vec_room(p->arena, p->orphans, p->n_orphans));
		p->orphans[p->n_orphans++] = row.id;
	}
	return db_rows_status(&rows);
}

/* The last day of the period by everybody's version, which comes first: its tree decides who
 * owes, also where an office's own version closes its books some days apart. */
static bool last_day(date_t *out, const struct report_regimes *all, const char *code,
                     const char *period)
{
	struct report_span s;

	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].code, code) &&
		    report_span_parse(&s, &all->at[i], period)) {
			*out = s.to_on;
			return true;
		}
	return false;
}

static ERR_RESULT make_plan(struct plan *p, const struct report_regimes *all)
{
	date_t last = DATE_NONE;

	if (!last_day(&last, all, p->code, p->period))
		return ERR_OK;
	TRY(read_standing(p, last));
	for (size_t i = 0; i < all->n; i++) {
		const struct report_regime *g = &all->at[i];
		struct report_span *s;
		bool has;

		if (!str_eq(g->code, p->code))
			continue;
		TRY(arena_array(p->arena, &s, 1));
		has = report_span_parse(s, g, p->period);
		if (report_regime_holds(g, has ? s->to_on : last))
			TRY(hand_out(p, g, has ? s : NULL, last));
	}
	TRY(compare(p));
	return read_orphans(p);
}

/* ---- writing ---- */

static ERR_RESULT open_one(struct db_write_context *w, const struct plan *p,
                           const struct owed *u)
{
	struct report draft = { .unit_id = u->unit,
		                .receiver_id = u->parent,
		                .regime_id = u->regime->id,
		                .regime_code = p->code,
		                .period = u->span->code,
		                .from_on = u->span->from_on,
		                .to_on = u->span->to_on,
		                .send_by_on = u->span->send_by_on,
		                .set_code = report_regime_set(u->regime, u->level),
		                .first_sent_on = DATE_NONE };

	TRY(report_span_name(&draft.period_name, w->arena, u->span));
	TRY(report_add_row(w, &draft, NULL));
	w->change->result = draft.id;
	return ERR_OK;
}

static ERR_RESULT exempt_one(struct db_write_context *w, row_id id)
{
	struct report_doing doing = {
		.report_id = id,
		.action = REPORT_DO_EXEMPT,
		.who = { .account_id = w->change->account_id, .unit_id = w->change->unit_id },
		.given = { .reason = msg_text(MSG_REPORT_UNIT_NOT_STANDING) }
	};
	struct report before, after;

	TRY(report_find(&before, w->db, w->arena, ROW_NONE, id, instant_day(w->change->at)));
	after = before;
	after.state = REPORT_EXEMPT;
	return report_change_row(w, &before, &after, &doing);
}

static ERR_RESULT carry_out(struct db_write_context *w, struct report_opening *x,
                            const struct plan *p)
{
	for (size_t i = 0; i < p->n_missing; i++)
		TRY(open_one(w, p, &p->missing[i]));
	for (size_t i = 0; i < p->n_orphans; i++)
		TRY(exempt_one(w, p->orphans[i]));
	x->n_opened += p->n_missing;
	x->n_there += p->n_there;
	x->n_exempt += p->n_orphans;
	return ERR_OK;
}

/* ---- which regimes and periods ---- */

/* One regime and period after another; `w` NULL: only what would be done is counted. */
struct opener {
	struct db *db;
	struct arena *arena;
	struct db_write_context *w;
	row_id scope;
	struct report_opening *x;
	struct report_regimes all;
};

static ERR_RESULT open_period(struct opener *o, const char *code, const char *period)
{
	struct plan p = { .db = o->db,
		          .arena = o->arena,
		          .scope = o->scope,
		          .code = code,
		          .period = period };

	TRY(make_plan(&p, &o->all));
	if (o->w)
		return carry_out(o->w, o->x, &p);
	o->x->n_opened += p.n_missing;
	o->x->n_there += p.n_there;
	o->x->n_exempt += p.n_orphans;
	return ERR_OK;
}

/* Whether a version before this one has the same code and a period that is due, too: every
 * period is opened once, for all versions together. */
static bool was_opened(const struct opener *o, size_t version, const char *period)
{
	for (size_t i = 0; i < version; i++) {
		struct report_span due[REGIME_MOST_PERIODS];

		if (!str_eq(o->all.at[i].code, o->all.at[version].code))
			continue;
		for (size_t k = report_spans_due(due, &o->all.at[i], o->x->day); k > 0; k--)
			if (str_eq(due[k - 1].code, period))
				return true;
	}
	return false;
}

static ERR_RESULT open_version(struct opener *o, size_t version)
{
	const struct report_regime *g = &o->all.at[version];
	struct report_span due[REGIME_MOST_PERIODS];
	size_t n = report_spans_due(due, g, o->x->day);

	for (size_t i = 0; i < n; i++)
		if (!was_opened(o, version, due[i].code))
			TRY(open_period(o, g->code, due[i].code));
	return ERR_OK;
}

static bool is_first_of_code(const struct opener *o, size_t version)
{
	for (size_t i = 0; i < version; i++)
		if (str_eq(o->all.at[i].code, o->all.at[version].code))
			return false;
	return true;
}

static ERR_RESULT open_all(struct opener *o)
{
	struct report_opening *x = o->x;

	x->n_opened = x->n_there = x->n_exempt = 0;
	TRY(report_regimes(&o->all, o->db, o->arena));
	for (size_t i = 0; i < o->all.n; i++) {
		const char *code = o->all.at[i].code;

		if (x->regime && !str_eq(code, x->regime))
			continue;
		if (!x->period)
			TRY(open_version(o, i));
		else if (is_first_of_code(o, i))
			TRY(open_period(o, code, x->period));
	}
	return ERR_OK;
}

/* ---- a period or a regime that there is not ---- */

static ERR_RESULT list_periods(const char **out, struct arena *a,
                               const struct report_regimes *all, const char *regime, int year)
{
	struct str s;

	str_init(&s, a, 1000);
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->at[i].n_periods; k++)
			if (!regime || str_eq(all->at[i].code, regime))
				str_printf(&s, "%s%d-%s", s.len ? ", " : "", year,
				           all->at[i].periods[k].code);
	return str_finish(&s, out);
}

static ERR_RESULT check_asked(struct db_write_context *w, const struct report_opening *x,
                              struct problems *problems)
{
	struct report_regimes all;
	bool known = false, has = !x->period;
	struct report_span s;
	const char *periods;

	TRY(report_regimes(&all, w->db, w->arena));
	for (size_t i = 0; i < all.n; i++) {
		if (x->regime && !str_eq(all.at[i].code, x->regime))
			continue;
		known = true;
		has |= x->period && report_span_parse(&s, &all.at[i], x->period);
	}
	if (!known)
		return problems_say(problems, "regime", 0, MSG_REGIME_UNKNOWN,
		                    x->regime ? x->regime : "");
	if (has)
		return ERR_OK;
	TRY(list_periods(&periods, problems->arena, &all, x->regime, date_year(x->day)));
	return problems_say(problems, "period", 0, MSG_REGIME_NO_SUCH_PERIOD, x->period,
	                    periods);
}

/* ---- doors ---- */

ERR_RESULT report_open_in(struct db_write_context *w, struct report_opening *opening,
                          struct problems *problems)
{
	struct opener o = { .db = w->db,
		            .arena = w->arena,
		            .w = w,
		            .scope = w->change->unit_id,
		            .x = opening };

	TRY(check_asked(w, opening, problems));
	if (problems->n > 0)
		return err_set(ERR_INPUT, "no such regime or period");
	TRY(open_all(&o));
	if (opening->n_opened + opening->n_exempt == 0)
		journal_nothing(w);
	return ERR_OK;
}

struct open_call {
	struct report_opening *opening;
	struct problems *problems;
};

static enum err run_open(struct db_write_context *w, void *arg)
{
	const struct open_call *c = arg;

	problems_init(c->problems, c->problems->arena);
	return report_open_in(w, c->opening, c->problems);
}

ERR_RESULT report_open(struct db_writer *writer, struct change *change,
                       struct report_opening *opening, struct problems *problems)
{
	struct open_call c = { opening, problems };

	return db_write(writer, change, run_open, &c);
}

ERR_RESULT report_open_due(struct db_writer *writer, struct db *db, struct arena *a, date_t day)
{
	struct report_opening x = { .day = day };
	struct opener o = { .db = db, .arena = a, .x = &x };
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "program",
		                 .action = "report.open" };
	struct problems problems;
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, db));
	TRY(open_all(&o));
	TRY(db_commit(&tx));
	if (x.n_opened + x.n_exempt == 0)
		return ERR_OK;
	problems_init(&problems, a);
	return report_open(writer, &change, &x, &problems);
}
