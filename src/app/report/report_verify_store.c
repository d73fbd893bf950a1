/* What must agree in reports: state and lock, state and history, number and register. */
#include "app/package/package_store.h"
#include "app/report/report_store.sql.h"
#include "app/verify/verify_store.h"

/* The queries have the same column. */
#define FIND(query, message)                                                                   \
	static ERR_RESULT find_##query(struct verify *v)                                       \
	{                                                                                      \
		struct q_report_verify_##query##_row row;                                      \
		DB_ROWS rows = { 0 };                                                          \
                                                                                               \
		TRY(q_report_verify_##query##_open(&rows, v->db));                             \
		while (q_report_verify_##query##_next(&rows, &row))                            \
			TRY(verify_found(v, message, verify_number(v, row.report_id.value)));  \
		return db_rows_status(&rows);                                                  \
	}
FIND(locks, MSG_VERIFY_REPORT_LOCK)
FIND(current, MSG_VERIFY_REPORT_CURRENT)
FIND(numbers, MSG_VERIFY_REPORT_NUMBER)
FIND(states, MSG_VERIFY_REPORT_STATE)
FIND(frozen, MSG_VERIFY_REPORT_FROZEN)
#undef FIND

/* Frozen bytes have the hash that stands beside them. */
static ERR_RESULT find_altered(struct verify *v)
{
	struct q_report_verify_kept_row row;
	DB_ROWS rows = { 0 };

	TRY(q_report_verify_kept_open(&rows, v->db));
	while (q_report_verify_kept_next(&rows, &row)) {
		ARENA_CLEANUP struct arena a;
		struct package_bytes bytes;
		enum err e;

		arena_init(&a, 2 * PACKAGE_MOST_BYTES);
		e = package_bytes_of(&bytes, v->db, &a, row.content_id);
		if (e == ERR_DB)
			TRY(verify_found(v, MSG_VERIFY_REPORT_FROZEN,
			                 verify_number(v, row.report_id.value)));
		else
			TRY(e);
	}
	return db_rows_status(&rows);
}

enum err verify_reports(struct verify *v)
{
	TRY(find_locks(v));
	TRY(find_current(v));
	TRY(find_numbers(v));
	TRY(find_states(v));
	TRY(find_frozen(v));
	return find_altered(v);
}
