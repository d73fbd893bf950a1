#include "app/dossier/dossier_list_store.h"

#include <assert.h>
#include <string.h>

#include "app/counter/counter_store.h"
#include "app/dossier/dossier_selection_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "base/messages.h"
#include "base/str.h"
#include "base/vntext.h"

struct view_row {
	const char *word;
	enum msg text;
	enum dossier_group group; /* GROUP_NONE: several */
	enum dossier_order order;
};
static const struct view_row views[DOSSIER_VIEWS] = {
	[VIEW_ALL] = { "all", MSG_VIEW_ALL, GROUP_NONE, ORDER_RECEIVED },
	[VIEW_OVERDUE] = { "overdue", MSG_VIEW_OVERDUE, GROUP_OPEN, ORDER_DUE },
	[VIEW_TODAY] = { "today", MSG_VIEW_TODAY, GROUP_OPEN, ORDER_DUE },
	[VIEW_TOMORROW] = { "tomorrow", MSG_VIEW_TOMORROW, GROUP_OPEN, ORDER_DUE },
	[VIEW_OPEN] = { "open", MSG_VIEW_OPEN, GROUP_OPEN, ORDER_DUE },
	[VIEW_WAITING] = { "waiting", MSG_VIEW_WAITING, GROUP_WAITING, ORDER_DUE },
	[VIEW_TO_RETURN] = { "to-return", MSG_VIEW_TO_RETURN, GROUP_FINISHED, ORDER_DUE },
	[VIEW_MINE] = { "mine", MSG_VIEW_MINE, GROUP_OPEN, ORDER_DUE },
	[VIEW_RETURNED] = { "returned", MSG_VIEW_RETURNED, GROUP_RETURNED, ORDER_RECEIVED },
	[VIEW_CLOSED] = { "closed", MSG_VIEW_CLOSED, GROUP_CLOSED, ORDER_RECEIVED },
};

const char *dossier_view_word(enum dossier_view v)
{
	return views[v].word;
}

const char *dossier_view_text(enum dossier_view v)
{
	return msg_text(views[v].text);
}

bool dossier_view_parse(enum dossier_view *out, const char *word)
{
	for (int v = 0; v < DOSSIER_VIEWS; v++) {
		if (str_eq(views[v].word, word)) {
			*out = (enum dossier_view)v;
			return true;
		}
	}
	return false;
}

enum dossier_order dossier_view_order(enum dossier_view v)
{
	return views[v].order;
}

/* ---- from a filter to a selection ---- */

static const struct recordset_field *field_of(const struct dossier_selection *s,
                                              const char *name)
{
	const struct recordset_field *f = recordset_field(&s->set, name);

	assert(f != NULL);
	return f;
}

static void add(struct dossier_selection *s, const char *name, enum select_op op,
                struct select_value value)
{
	struct select *q = &s->select;

	assert(q->n_conditions < SELECT_MOST_CONDITIONS);
	value.type = field_of(s, name)->type;
	q->conditions[q->n_conditions++] =
	        (struct select_condition){ field_of(s, name), op, value };
}

static void add_id(struct dossier_selection *s, const char *name, row_id id)
{
	if (!row_is_none(id))
		add(s, name, SELECT_EQ, (struct select_value){ .id = id });
}

static void add_instant(struct dossier_selection *s, const char *name, enum select_op op,
                        instant_t at)
{
	add(s, name, op, (struct select_value){ .instant = at });
}

/* Nearly all dossiers are returned ones: listing them must walk the index of their order, not
 * sort them.  Every other view is a small part, and stands in indexes of what is not returned
 * or of what was closed (0008_lists.sql), which are found by saying so. */
static void add_group(struct dossier_selection *s, const struct dossier_filter *f, bool listing)
{
	enum dossier_group group = views[f->view].group;
	bool closed = listing && group == GROUP_CLOSED && !f->by_competent_unit;
	bool in_order = closed || (listing && group == GROUP_RETURNED);

	if (group == GROUP_NONE)
		return;
	add(s, in_order ? "group_in_order" : "state_group", SELECT_EQ,
	    (struct select_value){ .integer = (int64_t)group });
	if (closed)
		add(s, "closed_on", SELECT_NOT_NULL, (struct select_value){ .id = ROW_NONE });
	else if (group != GROUP_RETURNED)
		add(s, "returned_at", SELECT_NULL, (struct select_value){ .id = ROW_NONE });
}

static void add_view(struct dossier_selection *s, const struct dossier_filter *f, bool listing)
{
	date_t today = instant_day(f->now);

	add_group(s, f, listing);
	if (f->view == VIEW_OVERDUE)
		add_instant(s, "due_at", SELECT_LT, f->now);
	if (f->view == VIEW_TODAY) {
		add_instant(s, "due_at", SELECT_GE, f->now);
		add_instant(s, "due_at", SELECT_LT, instant_local(date_add(today, 1), 0));
	}
	if (f->view == VIEW_TOMORROW) {
		add_instant(s, "due_at", SELECT_GE, instant_local(date_add(today, 1), 0));
		add_instant(s, "due_at", SELECT_LT, instant_local(date_add(today, 2), 0));
	}
	if (f->view == VIEW_MINE) {
		add(s, "holder", SELECT_EQ, (struct select_value){ .id = f->me });
		s->select.few_without_scope = true;
	}
}

static void add_days(struct dossier_selection *s, const struct dossier_filter *f)
{
	if (!date_is_none(f->received_from))
		add_instant(s, "received_at", SELECT_GE, instant_local(f->received_from, 0));
	if (!date_is_none(f->received_to))
		add_instant(s, "received_at", SELECT_LT,
		            instant_local(date_add(f->received_to, 1), 0));
}

static ERR_RESULT check_unit(struct db *db, struct arena *a, const struct dossier_filter *f)
{
	struct q_dossier_unit_in_scope_in in = { f->unit, f->scope, instant_day(f->now) };
	struct q_dossier_unit_in_scope_row row;

	return row_is_none(f->unit) ? ERR_OK : q_dossier_unit_in_scope_one(db, a, &in, &row);
}

ERR_RESULT dossier_select(struct dossier_selection *s, const struct recordset *set,
                          struct db *db, struct arena *a, const struct dossier_filter *f,
                          bool listing)
{
	TRY(check_unit(db, a, f));
	*s = (struct dossier_selection){ .set = *set };
	if (f->by_competent_unit)
		s->set.scope = "d.competent_unit_id";
	s->select = (struct select){ .set = &s->set,
		                     .scope = row_is_none(f->unit) ? f->scope : f->unit,
		                     .scope_on = DATE_NONE };
	add_view(s, f, listing);
	add_days(s, f);
	add_id(s, "procedure", f->procedure);
	add_id(s, "field", f->field);
	if (!str_blank(f->channel))
		add(s, "channel", SELECT_EQ, (struct select_value){ .text = f->channel });
	if (!str_blank(f->words))
		TRY(text_fold(a, &s->select.search_words, f->words));
	return ERR_OK;
}

/* ---- lists ---- */

enum column {
	COLUMN_CODE,
	COLUMN_APPLICANT,
	COLUMN_PROCEDURE,
	COLUMN_UNIT,
	COLUMN_STATE,
	COLUMN_GROUP,
	COLUMN_OUTCOME,
	COLUMN_RECEIVED,
	COLUMN_DUE,
	COLUMN_FINISHED,
	COLUMNS
};
static const char *const columns[COLUMNS] = {
	[COLUMN_CODE] = "code",
	[COLUMN_APPLICANT] = "applicant_name",
	[COLUMN_PROCEDURE] = "procedure_name",
	[COLUMN_UNIT] = "receiving_unit_name",
	[COLUMN_STATE] = "state",
	[COLUMN_GROUP] = "state_group",
	[COLUMN_OUTCOME] = "outcome",
	[COLUMN_RECEIVED] = "received_at",
	[COLUMN_DUE] = "due_at",
	[COLUMN_FINISHED] = "finished_at",
};

static struct dossier_row row_of(row_id id, const struct select_value *v, instant_t now)
{
	struct dossier_row row = {
		.id = id,
		.code = v[COLUMN_CODE].text,
		.applicant = v[COLUMN_APPLICANT].text,
		.procedure = v[COLUMN_PROCEDURE].text,
		.unit = v[COLUMN_UNIT].text,
		.state = (enum dossier_state)v[COLUMN_STATE].integer,
		.received_at = v[COLUMN_RECEIVED].instant,
		.due_at = v[COLUMN_DUE].instant,
		.finished_at = v[COLUMN_FINISHED].instant,
	};

	row.standing = dossier_standing_of((enum dossier_group)v[COLUMN_GROUP].integer,
	                                   row.due_at, now);
	if (!outcome_parse(&row.outcome, v[COLUMN_OUTCOME].text))
		row.outcome = OUTCOME_NONE;
	return row;
}

ERR_RESULT dossier_rows_load(struct dossier_rows *out, struct db *db, struct arena *a,
                             const struct dossier_filter *filter, struct dossier_place after,
                             int limit)
{
	bool by_due = views[filter->view].order == ORDER_DUE;
	struct dossier_selection s;
	struct select_rows found;
	struct select_page page = { .descending = !by_due,
		                    .limit = limit,
		                    .n_columns = COLUMNS };
	struct dossier_rows rows = { 0 };

	TRY(dossier_select(&s, &recordset_dossier, db, a, filter, true));
	for (int c = 0; c < COLUMNS; c++)
		page.columns[c] = field_of(&s, columns[c]);
	page.order = field_of(&s, by_due ? "due_at" : "received_at");
	page.after_value = (struct select_value){ .type = DB_INSTANT, .instant = after.value };
	page.after_key = after.id;
	TRY(select_fetch(&found, db, a, &s.select, &page));
	TRY(arena_array(a, &rows.at, found.n + 1));
	for (size_t i = 0; i < found.n; i++)
		rows.at[i] = row_of(found.keys[i], found.values + i * COLUMNS, filter->now);
	rows.n = found.n;
	rows.more = found.more;
	if (rows.n > 0) {
		const struct dossier_row *last = &rows.at[rows.n - 1];

		rows.last = (struct dossier_place){ by_due ? last->due_at : last->received_at,
			                            last->id };
	}
	*out = rows;
	return ERR_OK;
}

/* Whether the list holds every returned dossier that came through the channel. */
static bool holds_all_returned(const struct dossier_filter *f)
{
	return (f->view == VIEW_ALL || f->view == VIEW_RETURNED) && !f->by_competent_unit &&
	       row_is_none(f->procedure) && row_is_none(f->field) &&
	       date_is_none(f->received_from) && date_is_none(f->received_to) &&
	       str_blank(f->words);
}

/* Returned ones by their counter, the few others by looking. */
static ERR_RESULT count_with_returned(int64_t *out, struct db *db, struct dossier_selection *s,
                                      struct arena *a, const struct dossier_filter *f)
{
	int64_t returned, others = 0;

	TRY(counter_returned_below(&returned, db, a, s->select.scope,
	                           str_blank(f->channel) ? NULL : f->channel));
	if (f->view == VIEW_ALL && returned <= DOSSIER_COUNT_MOST) {
		add(s, "returned_at", SELECT_NULL, (struct select_value){ .id = ROW_NONE });
		TRY(select_count(&others, db, &s->select, NULL, DOSSIER_COUNT_MOST));
	}
	*out = returned + others > DOSSIER_COUNT_MOST ? DOSSIER_COUNT_MOST + 1
	                                              : returned + others;
	return ERR_OK;
}

ERR_RESULT dossier_rows_count(int64_t *out, struct db *db, struct arena *a,
                              const struct dossier_filter *filter)
{
	struct dossier_selection s;

	TRY(dossier_select(&s, &recordset_dossier, db, a, filter, false));
	if (holds_all_returned(filter))
		return count_with_returned(out, db, &s, a, filter);
	return select_count(out, db, &s.select, NULL, DOSSIER_COUNT_MOST);
}

ERR_RESULT dossier_units_below(struct dossier_unit_choice **out, size_t *n, struct db *db,
                               struct arena *a, row_id scope, date_t today)
{
	enum { MOST_UNITS = 2000, FEW_UNITS = 16 };
	struct q_dossier_units_below_in in = { scope, today };
	struct q_dossier_units_below_row row;
	struct dossier_unit_choice *units;
	size_t room = FEW_UNITS, count = 0;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &units, room));
	TRY(q_dossier_units_below_open(&rows, db, &in));
	while (q_dossier_units_below_next(&rows, &row)) {
		if (count == room) {
			struct dossier_unit_choice *more;

			room = MOST_UNITS;
			TRY(arena_array(a, &more, room));
			memcpy(more, units, count * sizeof(*units));
			units = more;
		}
		TRY(db_keep_row(a, &query_dossier_units_below, &row));
		units[count++] = (struct dossier_unit_choice){ row.id, row.name };
	}
	TRY(db_rows_status(&rows));
	*out = units;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_desk_counts(struct dossier_counts *out, struct db *db, struct arena *a,
                               row_id scope, row_id me, instant_t now)
{
	static const enum dossier_view shown[] = { VIEW_OVERDUE, VIEW_TODAY,   VIEW_TOMORROW,
		                                   VIEW_OPEN,    VIEW_WAITING, VIEW_TO_RETURN,
		                                   VIEW_MINE };
	struct dossier_counts counts = { { 0 } };

	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		struct dossier_filter f = { .scope = scope,
			                    .me = me,
			                    .now = now,
			                    .view = shown[i],
			                    .received_from = DATE_NONE,
			                    .received_to = DATE_NONE };

		TRY(dossier_rows_count(&counts.of[shown[i]], db, a, &f));
	}
	*out = counts;
	return ERR_OK;
}
