/* counter_verify_store.c - the counters held against the records. */
#include "app/counter/counter_store.h"

#include "app/counter/counter_store.sql.h"
#include "app/verify/verify_store.h"
#include "base/str.h"

enum { COUNTERS = 5, MOST_OF_EACH = 100 };

struct verifying {
	struct counter_differences *out;
	struct db *db;
	struct arena *arena;
};

/* Where a wrong row stands; `rest` is what else its key says. */
struct place {
	row_id unit_id;
	int64_t grain, whose;
	date_t on_day;
};

static enum err unit_code(const char **out, struct verifying *v, row_id unit)
{
	struct q_counter_unit_code_in in = { unit };
	struct q_counter_unit_code_row row;
	enum err e = q_counter_unit_code_one(v->db, v->arena, &in, &row);

	if (e == ERR_NOT_FOUND)
		return arena_printf(v->arena, out, "%lld", (long long)unit.value);
	TRY(e);
	*out = row.code;
	return ERR_OK;
}

/* "đơn vị H99.01, ngày từ 15/02/2026, online, accepted=1" */
static enum err describe(const char **out, struct verifying *v, const struct place *p,
                         const char *rest)
{
	static const enum msg grains[] = { [COUNTER_DAY] = MSG_COUNTER_DAY,
		                           [COUNTER_HALF] = MSG_COUNTER_HALF,
		                           [COUNTER_QUARTER] = MSG_COUNTER_QUARTER };
	const char *code, *words;
	char day[DATE_TEXT];

	TRY(unit_code(&code, v, p->unit_id));
	TRY(arena_printf(v->arena, &words, ", whose=%lld%s", (long long)p->whose, rest));
	return msg_format(out, v->arena, MSG_COUNTER_ROW, code, msg_text(grains[p->grain]),
	                  date_vn(p->on_day, day), words);
}

static enum err differ(struct verifying *v, const char *counter, const char *row, int64_t kept,
                       int64_t found)
{
	struct counter_differences *d = v->out;

	if (d->n == (size_t)COUNTERS * MOST_OF_EACH)
		return ERR_OK;
	d->at[d->n++] = (struct counter_difference){ counter, row, kept, found };
	return ERR_OK;
}

static enum err verify_received(struct verifying *v)
{
	struct q_counter_received_wrong_row r;
	DB_ROWS rows = { 0 };

	TRY(q_counter_received_wrong_open(&rows, v->db));
	while (q_counter_received_wrong_next(&rows, &r)) {
		struct place p = { r.unit_id, r.grain, r.whose, r.on_day };
		const char *rest, *row;

		TRY(arena_printf(v->arena, &rest,
		                 ", accepted=%d, %s, %s, old_level=%lld, online_offered=%d",
		                 r.accepted, r.channel, r.service_level, (long long)r.old_level,
		                 r.online_offered));
		TRY(describe(&row, v, &p, rest));
		TRY(differ(v, "counter_received", row, r.kept, r.found));
	}
	return db_rows_status(&rows);
}

static enum err verify_finished(struct verifying *v)
{
	struct q_counter_finished_wrong_row r;
	DB_ROWS rows = { 0 };

	TRY(q_counter_finished_wrong_open(&rows, v->db));
	while (q_counter_finished_wrong_next(&rows, &r)) {
		struct place p = { r.unit_id, r.grain, r.whose, r.on_day };
		const char *rest, *row;
		char received[DATE_TEXT];

		TRY(arena_printf(v->arena, &rest,
		                 ", received_half=%s, outcome=%s, within_extension=%d, "
		                 "refused=%d",
		                 date_iso(r.received_half, received), r.outcome,
		                 r.within_extension, r.refused));
		TRY(describe(&row, v, &p, rest));
		TRY(differ(v, "counter_finished", row, r.kept, r.found));
	}
	return db_rows_status(&rows);
}

static enum err verify_procedure(struct verifying *v)
{
	struct q_counter_procedure_wrong_row r;
	DB_ROWS rows = { 0 };

	TRY(q_counter_procedure_wrong_open(&rows, v->db));
	while (q_counter_procedure_wrong_next(&rows, &r)) {
		struct place p = { r.unit_id, 1, r.whose, r.on_day };
		const char *rest, *row;

		TRY(arena_printf(v->arena, &rest, ", accepted=%d, %s, version_id=%lld",
		                 r.accepted, r.channel, (long long)r.version_id.value));
		TRY(describe(&row, v, &p, rest));
		TRY(differ(v, "counter_procedure", row, r.kept, r.found));
	}
	return db_rows_status(&rows);
}

/* The sum of a stock that differs first; the query gives differences. */
static enum err verify_stock(struct verifying *v)
{
	struct q_counter_stock_wrong_row r;
	DB_ROWS rows = { 0 };

	TRY(q_counter_stock_wrong_open(&rows, v->db));
	while (q_counter_stock_wrong_next(&rows, &r)) {
		struct place p = { r.unit_id, r.grain, r.whose, r.on_day };
		const char *rest, *row;

		TRY(arena_printf(v->arena, &rest,
		                 ", entered %+lld, ended %+lld, overdue %+lld, settled %+lld",
		                 (long long)r.entered, (long long)r.ended, (long long)r.overdue,
		                 (long long)r.settled));
		TRY(describe(&row, v, &p, rest));
		TRY(differ(v, "counter_stock", row, r.entered + r.ended + r.overdue + r.settled,
		           0));
	}
	return db_rows_status(&rows);
}

static enum err verify_returned(struct verifying *v)
{
	struct q_counter_returned_wrong_row r;
	DB_ROWS rows = { 0 };

	TRY(q_counter_returned_wrong_open(&rows, v->db));
	while (q_counter_returned_wrong_next(&rows, &r)) {
		const char *code, *row;

		TRY(unit_code(&code, v, r.unit_id));
		TRY(msg_format(&row, v->arena, MSG_COUNTER_OF_UNIT, code, r.channel));
		TRY(differ(v, "counter_returned", row, r.kept, r.found));
	}
	return db_rows_status(&rows);
}

ERR_RESULT counter_verify(struct counter_differences *out, struct db *db, struct arena *a)
{
	struct counter_differences found = { 0 };
	struct verifying v = { &found, db, a };
	DB_TX tx = { 0 };

	TRY(arena_array(a, &found.at, (size_t)COUNTERS * MOST_OF_EACH));
	TRY(db_begin_read(&tx, db));
	TRY(verify_received(&v));
	TRY(verify_finished(&v));
	TRY(verify_procedure(&v));
	TRY(verify_stock(&v));
	TRY(verify_returned(&v));
	TRY(db_commit(&tx));
	*out = found;
	return ERR_OK;
}

/* The row of verify.def. */
enum err verify_counters(struct verify *v)
{
	struct counter_differences d = { 0 };

	if (v->quick)
		return ERR_OK;
	TRY(counter_verify(&d, v->db, v->arena));
	for (size_t i = 0; i < d.n; i++) {
		const struct counter_difference *one = &d.at[i];

		TRY(verify_found(v, MSG_COUNTER_DIFFERENCE, one->counter, one->row,
		                 verify_number(v, one->kept), verify_number(v, one->found)));
	}
	return ERR_OK;
}
