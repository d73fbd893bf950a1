/* The board, through select.h: a count and the list behind it cannot disagree. */
#include "app/report/report_board_store.h"

#include "app/report/report_store.sql.h"
#include "base/messages.h"
#include "base/str.h"
#include "base/vec.h"
#include "db/select.h"

static const char unsent[] = "compiling|checking|submitted|signed|numbered|returned";
static const char arrived[] = "sent|accepted";

static const struct view {
	const char *word;
	const char *states; /* joined by |; NULL: all */
	enum msg text;
	bool overdue, sent_late;
} views[REPORT_VIEWS] = {
	[REPORT_VIEW_ALL] = { "all", NULL, MSG_REPORT_VIEW_ALL, false, false },
	[REPORT_VIEW_OVERDUE] = { "overdue", unsent, MSG_REPORT_VIEW_OVERDUE, true, false },
	[REPORT_VIEW_UNSENT] = { "unsent", unsent, MSG_REPORT_VIEW_UNSENT, false, false },
	[REPORT_VIEW_SENT] = { "sent", "sent", MSG_REPORT_VIEW_SENT, false, false },
	[REPORT_VIEW_ACCEPTED] = { "accepted", "accepted", MSG_REPORT_VIEW_ACCEPTED, false,
	                           false },
	[REPORT_VIEW_RETURNED] = { "returned", "returned", MSG_REPORT_VIEW_RETURNED, false,
	                           false },
	[REPORT_VIEW_SENT_LATE] = { "sent-late", arrived, MSG_REPORT_VIEW_SENT_LATE, false,
	                            true },
};

const char *report_view_word(enum report_view v)
{
	return views[v].word;
}

const char *report_view_text(enum report_view v)
{
	return msg_text(views[v].text);
}

bool report_view_parse(enum report_view *out, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		if (str_eq(views[i].word, word)) {
			*out = (enum report_view)i;
			return true;
		}
	}
	return false;
}

/* ---- what is asked ---- */

static void add(struct select *s, const char *field, enum select_op op,
                struct select_value value)
{
	const struct recordset_field *f = recordset_field(s->set, field);

	value.type = f->type;
	s->conditions[s->n_conditions++] = (struct select_condition){ f, op, value };
}

static void add_text(struct select *s, const char *field, const char *text)
{
	if (!str_blank(text))
		add(s, field, SELECT_EQ, (struct select_value){ .text = text });
}

static void add_id(struct select *s, const char *field, row_id id)
{
	if (!row_is_none(id))
		add(s, field, SELECT_EQ, (struct select_value){ .id = id });
}

static struct select selection(const struct report_filter *f)
{
	const struct view *view = &views[f->view];
	struct select s = { .set = &recordset_report,
		            .scope = f->scope,
		            .scope_on = DATE_NONE };

	add(&s, "current", SELECT_EQ, (struct select_value){ .flag = true });
	add_text(&s, "regime", f->regime);
	add_text(&s, "period", f->period);
	add_text(&s, "unit_level", f->level);
	add_id(&s, "unit", f->unit);
	add_id(&s, "receiver", f->receiver);
	if (view->states)
		add(&s, "state", SELECT_IN, (struct select_value){ .text = view->states });
	if (view->overdue)
		add(&s, "send_by_on", SELECT_LT, (struct select_value){ .day = f->today });
	if (view->sent_late)
		add(&s, "sent_late", SELECT_EQ, (struct select_value){ .flag = true });
	if (f->one_state)
		add_text(&s, "state", report_state_word(f->state));
	if (!date_is_none(f->send_by_until))
		add(&s, "send_by_on", SELECT_LE,
		    (struct select_value){ .day = f->send_by_until });
	return s;
}

/* ---- lists ---- */

enum column {
	COLUMN_UNIT,
	COLUMN_UNIT_CODE,
	COLUMN_UNIT_NAME,
	COLUMN_UNIT_LEVEL,
	COLUMN_PHONE,
	COLUMN_REGIME,
	COLUMN_PERIOD,
	COLUMN_PERIOD_NAME,
	COLUMN_STATE,
	COLUMN_SEND_BY,
	COLUMN_FIRST_SENT,
	COLUMN_NUMBER,
	COLUMN_NOTATION,
	COLUMN_DATED,
	COLUMN_AMENDS,
	COLUMNS
};
static const char *const columns[COLUMNS] = {
	[COLUMN_UNIT] = "unit",
	[COLUMN_UNIT_CODE] = "unit_code",
	[COLUMN_UNIT_NAME] = "unit_name",
	[COLUMN_UNIT_LEVEL] = "unit_level",
	[COLUMN_PHONE] = "phone",
	[COLUMN_REGIME] = "regime",
	[COLUMN_PERIOD] = "period",
	[COLUMN_PERIOD_NAME] = "period_name",
	[COLUMN_STATE] = "state",
	[COLUMN_SEND_BY] = "send_by_on",
	[COLUMN_FIRST_SENT] = "first_sent_on",
	[COLUMN_NUMBER] = "number",
	[COLUMN_NOTATION] = "notation",
	[COLUMN_DATED] = "dated_on",
	[COLUMN_AMENDS] = "amends",
};

static struct report_row row_of(row_id id, const struct select_value *v, date_t today)
{
	struct report_row row = {
		.id = id,
		.unit_id = v[COLUMN_UNIT].id,
		.unit_code = v[COLUMN_UNIT_CODE].text,
		.unit_name = v[COLUMN_UNIT_NAME].text,
		.unit_level = v[COLUMN_UNIT_LEVEL].text,
		.phone = v[COLUMN_PHONE].text,
		.regime_code = v[COLUMN_REGIME].text,
		.period = v[COLUMN_PERIOD].text,
		.period_name = v[COLUMN_PERIOD_NAME].text,
		.send_by_on = v[COLUMN_SEND_BY].day,
		.first_sent_on = v[COLUMN_FIRST_SENT].day,
		.number = v[COLUMN_NUMBER].integer,
		.notation = v[COLUMN_NOTATION].text,
		.dated_on = v[COLUMN_DATED].day,
		.amends_report_id = v[COLUMN_AMENDS].id,
	};

	if (!report_state_parse(&row.state, v[COLUMN_STATE].text))
		row.state = REPORT_COMPILING;
	row.standing = report_standing(row.state, row.send_by_on, row.first_sent_on, today);
	return row;
}

static ERR_RESULT fetch(struct report_rows *out, struct db *db, struct arena *a,
                        const struct report_filter *f, struct select_page *page)
{
	struct select s = selection(f);
	struct report_rows rows = { 0 };
	struct select_rows found;

	for (int c = 0; c < COLUMNS; c++)
		page->columns[c] = recordset_field(&recordset_report, columns[c]);
	page->n_columns = COLUMNS;
	TRY(select_fetch(&found, db, a, &s, page));
	TRY(arena_array(a, &rows.at, found.n + 1));
	for (size_t i = 0; i < found.n; i++)
		rows.at[i] = row_of(found.keys[i], found.values + i * COLUMNS, f->today);
	rows.n = found.n;
	rows.more = found.more;
	*out = rows;
	return ERR_OK;
}

ERR_RESULT report_list(struct report_rows *out, struct db *db, struct arena *a,
                       const struct report_filter *filter, struct report_after after, int limit)
{
	struct select_page page = {
		.order = recordset_field(&recordset_report, "unit_code"),
		.after_value = { .type = DB_TEXT, .text = after.code },
		.after_key = after.id,
		.limit = limit,
	};

	return fetch(out, db, a, filter, &page);
}

ERR_RESULT report_count(int64_t *out, struct db *db, const struct report_filter *filter)
{
	enum { MOST = 10000 };
	struct select s = selection(filter);

	return select_count(out, db, &s, NULL, MOST);
}

ERR_RESULT report_reminders(struct report_rows *out, struct db *db, struct arena *a,
                            const struct report_filter *filter, int days, int limit)
{
	struct report_filter f = *filter;
	struct select_page page = { .order = recordset_field(&recordset_report, "send_by_on"),
		                    .limit = limit };

	f.view = REPORT_VIEW_UNSENT;
	f.send_by_until = date_add(filter->today, days);
	return fetch(out, db, a, &f, &page);
}

/* ---- counts and rates ---- */

ERR_RESULT report_counts(struct report_counts *out, struct db *db, struct arena *a,
                         const struct report_filter *filter)
{
	struct q_report_level_counts_in in = { filter->scope, filter->regime, filter->period,
		                               filter->today };
	struct q_report_level_counts_row row;
	struct report_counts counts = { 0 };
	struct report_level_counts *level = NULL;
	DB_ROWS rows = { 0 };

	TRY(q_report_level_counts_open(&rows, db, &in));
	while (q_report_level_counts_next(&rows, &row)) {
		enum report_state state;

		if (!level || !str_eq(level->level, row.level)) {
			TRY(vec_room(a, counts.at, counts.n));
			level = &counts.at[counts.n++];
			*level = (struct report_level_counts){ 0 };
			TRY(arena_strdup(a, &level->level, row.level));
			TRY(arena_strdup(a, &level->level_name, row.level_name));
		}
		if (report_state_parse(&state, row.state))
			level->by_state[state] = row.n;
		level->n += row.n;
		level->overdue += row.overdue;
		level->sent_late += row.sent_late;
	}
	*out = counts;
	return db_rows_status(&rows);
}

static dec_t percent(int64_t part, int64_t whole)
{
	return dec_div(dec_from_int(100 * part), dec_from_int(whole));
}

ERR_RESULT report_rates(struct report_rates *out, struct db *db, row_id receiver,
                        const char *regime, const char *period)
{
	struct q_report_rate_counts_in in = { receiver, regime, period };
	struct q_report_rate_counts_row row;

	TRY(q_report_rate_counts_one(db, NULL, &in, &row));
	*out = (struct report_rates){ .owed = row.owed,
		                      .sent = row.sent,
		                      .accepted = row.accepted,
		                      .in_time = row.in_time,
		                      .complete = percent(row.sent, row.owed),
		                      .timely = percent(row.in_time, row.owed) };
	return ERR_OK;
}

ERR_RESULT report_to_supply(row_id *out, struct db *db, row_id unit, row_id account)
{
	struct q_report_to_supply_in in = { unit, account };
	struct q_report_to_supply_row row;

	TRY(q_report_to_supply_one(db, NULL, &in, &row));
	*out = row.id;
	return ERR_OK;
}

ERR_RESULT report_periods(struct report_periods *out, struct db *db, struct arena *a,
                          row_id scope)
{
	struct q_report_period_list_in in = { scope };
	struct q_report_period_list_row row;
	struct report_periods list = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_report_period_list_open(&rows, db, &in));
	while (q_report_period_list_next(&rows, &row)) {
		TRY(vec_room(a, list.at, list.n));
		TRY(db_keep_row(a, &query_report_period_list, &row));
		list.at[list.n++] = (struct report_period){
			row.regime_code, row.period, row.period_name, row.from_on, row.to_on,
			row.send_by_on,  row.n
		};
	}
	*out = list;
	return db_rows_status(&rows);
}
