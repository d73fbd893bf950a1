/* A late holiday decree: what it moves, what it leaves, and what is listed. */
#include "lib/test_office.h"

#include "app/decree/decree_store.h"
#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_store.h"

struct world {
	struct test_db t;
	struct arena a;
	struct id_source ids;
	struct db_writer *writer;
	struct calendar_cache *cache;
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	arena_init(&w->a, 64 << 20);
	test_db_open(&w->t);
	test_office(w->t.db);
	assert_ok(db_writer_inline(&w->writer, w->t.where, CLOCK_SYSTEM, &w->ids));
	assert_ok(calendar_cache_new(&w->cache));
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	db_writer_stop(w->writer);
	calendar_cache_free(w->cache);
	test_db_close(&w->t);
	arena_release(&w->a);
	free(w);
	return 0;
}

static instant_t on(int month, int day, int hour)
{
	return instant_local(date_make(2024, month, day), hour * 60);
}

static struct change by(int unit, const char *reason)
{
	return (struct change){ .unit_id = id_of(unit),
		                .at = on(3, 5, 9),
		                .origin = "test",
		                .action = "calendar.test",
		                .reason = reason };
}

/* An applicant and dossiers received on Monday 04/3/2024 at 08:00, due on 11/3 at 08:00. */
static void insert_dossier(struct world *w, int id, int unit, int group)
{
	char sql[2000];
	long long received = (long long)on(3, 4, 8).us, due = (long long)on(3, 11, 8).us;
	int state = group == 5 ? 9 : group == 3 ? 5 : 4;

	snprintf(sql, sizeof(sql),
	         "insert into applicant (id, unit_id, kind, name, from_change)"
	         " values (%d, %d, 'person', 'An', 1);"
	         "insert into dossier (id, code, receiving_unit_id, competent_unit_id,"
	         " procedure_version_id, procedure_id, field_id, applicant_id, channel, state,"
	         " state_group, received_at, received_on, term, supplement_rule, rule_set,"
	         " calendar_version, original_due_at, due_at, finished_at, from_change)"
	         " select %d, 'D-%d', %d, %d, v.id, v.procedure_id, v.field_id, %d, 'counter',"
	         " %d, %d, %lld, %d, '5 ngày làm việc', 'continues', 'nd61', 1, %lld, %lld,"
	         " %s, 1 from procedure_version v order by v.id limit 1;",
	         id, unit, id, id, unit, unit, id, state, group, received,
	         date_make(2024, 3, 4).days, due, due, group == 5 ? "1" : "null");
	test_db_exec(w->t.db, sql);
}

static const char *due_of(struct world *w, int id, char text[INSTANT_TEXT])
{
	char sql[80];

	snprintf(sql, sizeof(sql), "select due_at from dossier where id = %d", id);
	return instant_iso((instant_t){ test_db_int(w->t.db, sql) }, text);
}

static int decree(struct world *w, int unit, date_t day)
{
	struct calendar_exception e = { .on = day,
		                        .kind = EXCEPTION_OFF,
		                        .name = "Quốc tang",
		                        .source = "Thông báo số 1" };
	struct change change = by(unit, NULL), again = by(unit, "Quốc tang");
	int n_moved = -1;

	assert_ok(calendar_except(w->writer, &change, &e, 1));
	assert_ok(decree_recount(&n_moved, w->writer, &again, w->cache));
	return n_moved;
}

static void open_dossiers_move_and_finished_ones_stay(void **state)
{
	struct world *w = *state;
	char text[INSTANT_TEXT];

	insert_dossier(w, 901, OFFICE_A, 2);
	insert_dossier(w, 902, OFFICE_A, 5);
	insert_dossier(w, 903, OFFICE_B, 2);
	assert_int_equal(decree(w, OFFICE_A, date_make(2024, 3, 7)), 1);
	assert_string_equal(due_of(w, 901, text), "2024-03-12 08:00");
	assert_string_equal(due_of(w, 902, text), "2024-03-11 08:00");
	assert_string_equal(due_of(w, 903, text), "2024-03-11 08:00");
	assert_int_equal(
	        test_db_int(w->t.db, "select original_due_at from dossier where id = 901"),
	        on(3, 11, 8).us);
	struct decree_moved_rows rows;
	assert_ok(decree_moved(&rows, w->t.db, &w->a, id_of(OFFICE_A), date_make(2024, 3, 5)));
	assert_int_equal(rows.n, 1);
	assert_string_equal(rows.at[0].code, "D-901");
	assert_string_equal(rows.at[0].reason, "Quốc tang");
	assert_string_equal(instant_iso(rows.at[0].before, text), "2024-03-11 08:00");
	assert_string_equal(instant_iso(rows.at[0].after, text), "2024-03-12 08:00");
	assert_ok(decree_moved(&rows, w->t.db, &w->a, id_of(OFFICE_B), date_make(2024, 3, 5)));
	assert_int_equal(rows.n, 0);
}

static void a_day_outside_the_term_moves_nothing(void **state)
{
	struct world *w = *state;
	char text[INSTANT_TEXT];

	insert_dossier(w, 901, OFFICE_A, 2);
	assert_int_equal(decree(w, OFFICE_A, date_make(2024, 3, 20)), 0);
	assert_string_equal(due_of(w, 901, text), "2024-03-11 08:00");
}

/* More than one write's worth, from above, and once only. */
static void many_dossiers_of_many_units(void **state)
{
	struct world *w = *state;
	struct change again = by(OFFICE_PROVINCE, "x");
	int n = -1;

	for (int i = 0; i < 450; i++)
		insert_dossier(w, 1000 + i, i % 2 ? OFFICE_A : OFFICE_B, i % 3 ? 2 : 3);
	assert_int_equal(decree(w, OFFICE_PROVINCE, date_make(2024, 3, 7)), 450);
	assert_int_equal(test_db_int(w->t.db, "select count(*) from dossier_event where kind = "
	                                      "'recompute'"),
	                 450);
	assert_ok(decree_recount(&n, w->writer, &again, w->cache));
	assert_int_equal(n, 0);
}

/* The program stops after the calendar changed, and once more in between. */
static void what_is_owed_is_finished_later(void **state)
{
	enum { FIRST = 200 };
	struct world *w = *state;
	struct calendar_exception e = { .on = date_make(2024, 3, 7),
		                        .kind = EXCEPTION_OFF,
		                        .name = "Quốc tang",
		                        .source = "Thông báo số 1" };
	struct change change = by(OFFICE_A, "Quốc tang");
	date_t today = date_make(2024, 3, 5);
	int64_t owed;

	for (int i = 0; i < 450; i++)
		insert_dossier(w, 1000 + i, i < 445 ? OFFICE_A : OFFICE_B, 2);
	change.account_id = id_of(OFFICE_LEADER_A);
	assert_ok(calendar_except(w->writer, &change, &e, 1));
	assert_ok(decree_owed_dossiers(&owed, w->t.db, id_of(OFFICE_PROVINCE), today));
	assert_int_equal(owed, 445);
	assert_ok(decree_owed_dossiers(&owed, w->t.db, id_of(OFFICE_B), today));
	assert_int_equal(owed, 0);
	for (long n = 1000; owed == 0 || owed == 445; n += 1000) {
		db_fail_after(n);
		assert_err(decree_recount_owed(w->writer, w->t.db, &w->a, w->cache), ERR_DB);
		db_fail_after(0);
		assert_ok(decree_owed_dossiers(&owed, w->t.db, id_of(OFFICE_A), today));
	}
	assert_int_equal(owed, 445 - FIRST);
	assert_ok(decree_recount_owed(w->writer, w->t.db, &w->a, w->cache));
	assert_ok(decree_owed_dossiers(&owed, w->t.db, id_of(OFFICE_A), today));
	assert_int_equal(owed, 0);
	assert_int_equal(test_db_int(w->t.db, "select count(*) from dossier_event where kind = "
	                                      "'recompute' and note = 'Quốc tang'"),
	                 445);
	assert_int_equal(test_db_int(w->t.db, "select count(*) from change_log where action = "
	                                      "'calendar.recount' and account_id = 13"),
	                 3);
	assert_ok(decree_recount_owed(w->writer, w->t.db, &w->a, w->cache));
	assert_int_equal(test_db_int(w->t.db, "select count(*) from calendar_recount"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(open_dossiers_move_and_finished_ones_stay),
		TEST(a_day_outside_the_term_moves_nothing),
		TEST(many_dossiers_of_many_units),
		TEST(what_is_owed_is_finished_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
