#include "app/calendar/calendar_store.h"

#include "app/calendar/calendar_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/messages.h"
#include "base/str.h"
#include "base/vec.h"

/* ---- reading ---- */

static ERR_RESULT add_session(struct work_week_row *row,
                              const struct q_calendar_sessions_row *r)
{
	struct day_sessions *day = &row->week.days[r->weekday];

	if (r->weekday < 0 || r->weekday > 6 || day->n == CALENDAR_MOST_SESSIONS)
		return err_set(ERR_DB, "work_session of change %lld has too many rows",
		               (long long)r->change_id.value);
	day->at[day->n++] = (struct session){ (int)r->start_minute, (int)r->end_minute };
	return ERR_OK;
}

static ERR_RESULT load_weeks(struct calendar_settings *s, struct db *db, struct arena *a,
                             const struct q_calendar_sessions_in *in)
{
	struct q_calendar_sessions_row r;
	row_id change = ROW_NONE;
	DB_ROWS rows = { 0 };

	TRY(q_calendar_sessions_open(&rows, db, in));
	while (q_calendar_sessions_next(&rows, &r)) {
		if (s->n_weeks == 0 || !row_eq(change, r.change_id)) {
			TRY(vec_room(a, s->weeks, s->n_weeks));
			struct work_week_row *row = &s->weeks[s->n_weeks++];

			*row = (struct work_week_row){
				.unit_id = r.unit_id,
				.week = { .from = r.from_on, .to = DATE_NONE },
			};
			TRY(arena_strdup(a, &row->source, r.source));
			change = r.change_id;
		}
		TRY(add_session(&s->weeks[s->n_weeks - 1], &r));
	}
	return db_rows_status(&rows);
}

static ERR_RESULT load_exceptions(struct calendar_settings *s, struct db *db, struct arena *a,
                                  const struct q_calendar_exceptions_in *in)
{
	struct q_calendar_exceptions_row r;
	DB_ROWS rows = { 0 };

	TRY(q_calendar_exceptions_open(&rows, db, in));
	while (q_calendar_exceptions_next(&rows, &r)) {
		TRY(vec_room(a, s->exceptions, s->n_exceptions));
		struct calendar_exception_row *row = &s->exceptions[s->n_exceptions++];
		struct calendar_exception *e = &row->exception;

		*row = (struct calendar_exception_row){ .id = r.id, .unit_id = r.unit_id };
		e->on = r.on_day;
		e->verified = true;
		e->kind = str_eq(r.kind, "worked") ? EXCEPTION_WORKED : EXCEPTION_OFF;
		if (!day_sessions_parse(&e->sessions, r.sessions))
			return err_set(ERR_DB, "calendar_exception %lld: bad sessions",
			               (long long)r.id.value);
		TRY(arena_strdup(a, &e->name, r.name));
		TRY(arena_strdup(a, &e->source, r.source));
		TRY(arena_strdup(a, &row->unit_name, r.unit_name));
	}
	return db_rows_status(&rows);
}

static ERR_RESULT load_decisions(struct calendar_settings *s, struct db *db, struct arena *a,
                                 const struct q_calendar_decisions_in *in)
{
	struct q_calendar_decisions_row r;
	DB_ROWS rows = { 0 };

	TRY(q_calendar_decisions_open(&rows, db, in));
	while (q_calendar_decisions_next(&rows, &r)) {
		TRY(vec_room(a, s->decisions, s->n_decisions));
		struct year_decision_row *row = &s->decisions[s->n_decisions++];

		*row = (struct year_decision_row){
			.id = r.id,
			.unit_id = r.unit_id,
			.decision = { .year = (int)r.year,
			              .tet_days_before = (int)r.tet_days_before,
			              .national_day_before = r.national_day_before,
			              .verified = true },
		};
		TRY(arena_strdup(a, &row->decision.source, r.source));
		TRY(arena_strdup(a, &row->unit_name, r.unit_name));
	}
	return db_rows_status(&rows);
}

enum err calendar_settings_load(struct calendar_settings *out, struct db *db, struct arena *a,
                                row_id unit, date_t today)
{
	struct calendar_settings s = { .n_weeks = 0 };

	TRY(load_weeks(&s, db, a, &(struct q_calendar_sessions_in){ unit, today }));
	TRY(load_exceptions(&s, db, a, &(struct q_calendar_exceptions_in){ unit, today }));
	TRY(load_decisions(&s, db, a, &(struct q_calendar_decisions_in){ unit, today }));
	*out = s;
	return ERR_OK;
}

enum err calendar_unit_version(int64_t *out, struct db *db, struct arena *a, row_id unit,
                               date_t today)
{
	struct q_calendar_unit_version_in in = { unit, today };
	struct q_calendar_unit_version_row row;

	TRY(q_calendar_unit_version_one(db, a, &in, &row));
	*out = row.version;
	return ERR_OK;
}

/* ---- writing ---- */

/* The calendar is the unit's; its record in the journal is the unit. */
static struct journal_note note(struct db_write_context *w, enum journal_kind kind)
{
	return journal_note(w, SUBJECT_CALENDAR, w->change->unit_id, kind);
}

static ERR_RESULT note_exception(struct db_write_context *w, const struct calendar_exception *e,
                                 int n_days, const char *sessions)
{
	struct journal_note n = note(w, KIND_CREATE);

	journal_put(&n, FIELD_DAY, DATE_NONE, e->on);
	if (n_days > 1)
		journal_put(&n, FIELD_VALID_TO, DATE_NONE, date_add(e->on, n_days - 1));
	journal_put(&n, FIELD_DAY_KIND, NULL,
	            msg_text(e->kind == EXCEPTION_OFF ? MSG_CALENDAR_KIND_OFF
	                                              : MSG_CALENDAR_KIND_MADE_UP));
	journal_put(&n, FIELD_SESSIONS, NULL, sessions);
	journal_put(&n, FIELD_NAME, NULL, e->name);
	journal_put(&n, FIELD_SOURCE, NULL, e->source);
	return journal_write(&n);
}

/* With it, the dues of open dossiers are owed (app/decree). */
static ERR_RESULT raise_version(struct db_write_context *w)
{
	struct q_calendar_next_version_row next;

	TRY(q_calendar_next_version_one(w->db, w->arena, &next));
	TRY(q_calendar_version_insert_run(
	        w->db, &(struct q_calendar_version_insert_in){ next.version, w->change->unit_id,
	                                                       w->change->id }));
	return q_calendar_owe_recount_run(w->db, &(struct q_calendar_owe_recount_in){
	                                                 w->change->unit_id, w->change->id });
}

enum err calendar_except_in(struct db_write_context *w, const struct calendar_exception *e,
                            int n_days)
{
	char sessions[DAY_SESSIONS_TEXT];

	day_sessions_text(&e->sessions, sessions);
	for (int i = 0; i < n_days; i++) {
		struct q_calendar_exception_insert_in in = {
			.id = db_new_id(w),
			.unit_id = w->change->unit_id,
			.on_day = date_add(e->on, i),
			.kind = e->kind == EXCEPTION_OFF ? "off" : "worked",
			.sessions = sessions,
			.name = e->name,
			.source = e->source,
			.change_id = w->change->id,
		};

		if (i == 0)
			w->change->result = in.id;
		TRY(q_calendar_exception_insert_run(w->db, &in));
	}
	TRY(note_exception(w, e, n_days, sessions));
	return raise_version(w);
}

struct except_call {
	const struct calendar_exception *exception;
	int n_days;
};

static enum err run_except(struct db_write_context *w, void *arg)
{
	const struct except_call *c = arg;

	return calendar_except_in(w, c->exception, c->n_days);
}

enum err calendar_except(struct db_writer *writer, struct change *change,
                         const struct calendar_exception *e, int n_days)
{
	struct except_call c = { e, n_days };

	return db_write(writer, change, run_except, &c);
}

static ERR_RESULT note_decision(struct db_write_context *w, const struct year_decision *d)
{
	struct journal_note n = note(w, KIND_CREATE);

	journal_put(&n, FIELD_YEAR, INT_NONE, d->year);
	journal_put(&n, FIELD_TET_DAYS_BEFORE, INT_NONE, d->tet_days_before);
	journal_put(&n, FIELD_NATIONAL_BEFORE, false, d->national_day_before);
	journal_put(&n, FIELD_SOURCE, NULL, d->source);
	return journal_write(&n);
}

static enum err run_decide(struct db_write_context *w, void *arg)
{
	const struct year_decision *const *decision = arg;
	const struct year_decision *d = *decision;
	struct q_calendar_decision_insert_in in = {
		.id = db_new_id(w),
		.unit_id = w->change->unit_id,
		.year = d->year,
		.tet_days_before = d->tet_days_before,
		.national_day_before = d->national_day_before,
		.source = d->source,
		.change_id = w->change->id,
	};

	w->change->result = in.id;
	TRY(q_calendar_decision_insert_run(w->db, &in));
	TRY(note_decision(w, d));
	return raise_version(w);
}

enum err calendar_decide(struct db_writer *writer, struct change *change,
                         const struct year_decision *d)
{
	return db_write(writer, change, run_decide, &d);
}

enum { MOST_WEEK_TEXT = 1024 };
struct week_call {
	const struct work_week *week;
	const char *source;
};

static ERR_RESULT insert_day(struct db_write_context *w, const struct week_call *c, int weekday)
{
	const struct day_sessions *day = &c->week->days[weekday];

	for (int i = 0; i < day->n; i++) {
		struct q_calendar_session_insert_in in = {
			.id = db_new_id(w),
			.unit_id = w->change->unit_id,
			.weekday = weekday,
			.start_minute = day->at[i].from,
			.end_minute = day->at[i].to,
			.from_on = c->week->from,
			.source = c->source,
			.change_id = w->change->id,
		};

		w->change->result = in.id;
		TRY(q_calendar_session_insert_run(w->db, &in));
	}
	return ERR_OK;
}

static ERR_RESULT note_week(struct db_write_context *w, const struct week_call *c)
{
	struct journal_note n = note(w, KIND_CREATE);
	char day[DAY_SESSIONS_TEXT];
	const char *sessions;
	struct str week;

	str_init(&week, w->arena, MOST_WEEK_TEXT);
	for (int i = 0; i < 7; i++) {
		if (c->week->days[i].n == 0)
			continue;
		str_printf(&week, "%s%s: %s", week.len > 0 ? "; " : "",
		           msg_text((enum msg)(MSG_CALENDAR_MONDAY + i)),
		           day_sessions_text(&c->week->days[i], day));
	}
	TRY(str_finish(&week, &sessions));
	journal_put(&n, FIELD_SESSIONS, NULL, sessions);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, c->week->from);
	journal_put(&n, FIELD_SOURCE, NULL, c->source);
	return journal_write(&n);
}

static enum err run_set_week(struct db_write_context *w, void *arg)
{
	const struct week_call *c = arg;

	for (int weekday = 0; weekday < 7; weekday++)
		TRY(insert_day(w, c, weekday));
	TRY(note_week(w, c));
	return raise_version(w);
}

enum err calendar_set_week(struct db_writer *writer, struct change *change,
                           const struct work_week *week, const char *source)
{
	struct week_call c = { week, source };

	return db_write(writer, change, run_set_week, &c);
}

static ERR_RESULT note_exception_gone(struct db_write_context *w, row_id id)
{
	struct q_calendar_exception_by_id_row row;
	struct journal_note n = note(w, KIND_END);

	TRY(q_calendar_exception_by_id_one(
	        w->db, w->arena, &(struct q_calendar_exception_by_id_in){ id }, &row));
	journal_put(&n, FIELD_DAY, row.on_day, DATE_NONE);
	journal_put(&n, FIELD_NAME, row.name, NULL);
	return journal_write(&n);
}

static ERR_RESULT note_decision_gone(struct db_write_context *w, row_id id)
{
	struct q_calendar_decision_by_id_row row;
	struct journal_note n = note(w, KIND_END);

	TRY(q_calendar_decision_by_id_one(w->db, w->arena,
	                                  &(struct q_calendar_decision_by_id_in){ id }, &row));
	journal_put(&n, FIELD_YEAR, row.year, INT_NONE);
	journal_put(&n, FIELD_SOURCE, row.source, NULL);
	return journal_write(&n);
}

static ERR_RESULT withdraw_decision(struct db_write_context *w, row_id id)
{
	struct q_calendar_decision_withdraw_in in = { id, w->change->unit_id, w->change->id };
	int64_t changed;

	TRY(q_calendar_decision_withdraw_run(w->db, &in));
	TRY(db_changed_rows(&changed, w->db));
	if (changed == 0)
		return err_set(ERR_NOT_FOUND, "the unit has no exception %lld",
		               (long long)id.value);
	return note_decision_gone(w, id);
}

static enum err run_withdraw(struct db_write_context *w, void *arg)
{
	const row_id *id = arg;
	struct q_calendar_exception_withdraw_in exception = { *id, w->change->unit_id,
		                                              w->change->id };
	int64_t changed;

	TRY(q_calendar_exception_withdraw_run(w->db, &exception));
	TRY(db_changed_rows(&changed, w->db));
	if (changed == 0)
		TRY(withdraw_decision(w, *id));
	else
		TRY(note_exception_gone(w, *id));
	w->change->result = *id;
	return raise_version(w);
}

enum err calendar_withdraw(struct db_writer *writer, struct change *change, row_id id)
{
	return db_write(writer, change, run_withdraw, &id);
}
