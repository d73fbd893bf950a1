/* What must agree in reports: state and lock, state and history, number and register. */
#include "app/report/report_store.sql.h"
#include "app/verify/verify_store.h"

/* The four queries have the same column. */
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
#undef FIND

enum err verify_reports(struct verify *v)
{
	TRY(find_locks(v));
	TRY(find_current(v));
	TRY(find_numbers(v));
	return find_states(v);
}
