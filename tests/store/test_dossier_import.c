/* Lists of another system: added once, brought up to date by code, refused with the line. */
#include "lib/test_desk.h"

#include "app/dossier/dossier_import_store.h"

enum { SOURCE = 71 };

static struct dossier_import row_of(const char *code)
{
	return (struct dossier_import){
		.source_id = id_of(SOURCE),
		.line = 5,
		.code = code,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Lý Thị Mai",
		               .identity_number = "079******123" },
		.channel = CHANNEL_ONLINE,
		.received_at = desk_at(2, 19, 8, 0),
		.source_due_at = desk_at(2, 26, 17, 0),
		.finished_at = INSTANT_NONE,
		.returned_at = INSTANT_NONE,
		.closed_on = DATE_NONE,
	};
}

struct one {
	struct dossier_kit kit;
	struct dossier_import row;
	enum dossier_imported result;
};

static enum err run(struct db_write_context *w, void *arg)
{
	struct one *o = arg;

	problems_init(&desk.problems, &desk.a);
	return dossier_import_in(&o->result, w, &o->kit, &o->row, &desk.problems);
}

static enum err import_at(int unit, struct dossier_import row, enum dossier_imported *result)
{
	struct one o = { .kit = desk_kit(unit, OFFICE_FIVE_DAYS), .row = row };
	struct change change = desk_change(OFFICE_INTAKE_A, unit);
	enum err e = db_write(desk.writer, &change, run, &o);

	*result = o.result;
	return e;
}

static int open_with_source(void **state)
{
	desk_open(state);
	test_db_exec(desk.t.db,
	             "insert into import_source (id, unit_id, name, mapping, change_id)"
	             " values (71, 2, 'Cổng DVC', '{}', 1)");
	return 0;
}

static void rows_are_added_once_and_updated_by_code(void **state)
{
	struct dossier_import row = row_of("h99.50.05 - 20240219 - 0000042");
	enum dossier_imported result;

	(void)state;
	assert_ok(import_at(OFFICE_A, row, &result));
	assert_int_equal(result, IMPORT_ADDED);
	assert_ok(import_at(OFFICE_A, row, &result));
	assert_int_equal(result, IMPORT_UNCHANGED);
	assert_int_equal(desk_count("select revision from dossier"), 1);
	assert_int_equal(desk_count("select count(*) from dossier where state = 4 and "
	                            "code = 'H99.50.05-20240219-0000042' and "
	                            "source_due_at is not null and due_at <> source_due_at"),
	                 1);
	row.finished_at = desk_at(2, 23, 9, 0);
	row.returned_at = desk_at(2, 27, 9, 0);
	assert_ok(import_at(OFFICE_A, row, &result));
	assert_int_equal(result, IMPORT_CHANGED);
	assert_int_equal(desk_count("select count(*) from dossier where state = 10 and "
	                            "outcome in ('early', 'on_time') and revision = 2"),
	                 1);
	assert_int_equal(desk_count("select count(*) from dossier_past"), 1);
	assert_int_equal(desk_count("select count(*) from dossier_event where kind = 'import'"),
	                 2);
	assert_int_equal(desk_count("select count(*) from applicant"), 1);
}

static void a_wait_shown_by_a_list_stops_the_clock(void **state)
{
	struct dossier_import row = row_of("H99.50.05-240304-0042");
	enum dossier_imported result;
	instant_t due;

	(void)state;
	row.received_at = desk_at(3, 4, 7, 0);
	assert_ok(import_at(OFFICE_A, row, &result));
	due = (instant_t){ desk_count("select due_at from dossier") };
	desk.now = desk_at(3, 5, 8, 0);
	row.state = DOSSIER_SUPPLEMENT;
	assert_ok(import_at(OFFICE_A, row, &result));
	assert_int_equal(desk_count("select count(*) from dossier where paused_at is not null"),
	                 1);
	desk.now = desk_at(3, 7, 8, 0);
	row.state = DOSSIER_IN_PROCESS;
	assert_ok(import_at(OFFICE_A, row, &result));
	assert_int_equal(desk_count("select count(*) from dossier where paused_at is null"), 1);
	assert_int_equal(
	        desk_count("select count(*) from dossier_pause where to_at is not null"), 1);
	assert_true(desk_count("select due_at from dossier") >= due.us + US_PER_DAY * 2);
}

static void wrong_rows_are_refused_with_their_line(void **state)
{
	struct dossier_import row = row_of("không phải mã");
	enum dossier_imported result;

	(void)state;
	row.applicant.name = NULL;
	row.received_at = desk_at(12, 1, 8, 0);
	assert_err(import_at(OFFICE_A, row, &result), ERR_INPUT);
	assert_int_equal(desk.problems.n, 3);
	assert_int_equal(desk.problems.first->line, 5);
	row = row_of("H99.50.05-240219-0001");
	row.finished_at = desk_at(2, 18, 8, 0);
	assert_err(import_at(OFFICE_A, row, &result), ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "finished_at"));
	row = row_of("H99.50.05-240219-0001");
	row.returned_at = desk_at(2, 20, 8, 0);
	assert_err(import_at(OFFICE_A, row, &result), ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "returned_at"));
	assert_int_equal(desk_count("select count(*) from dossier"), 0);
}

static void what_was_taken_in_here_is_not_overwritten(void **state)
{
	enum dossier_imported result;

	(void)state;
	desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	assert_err(import_at(OFFICE_A, row_of("H99.50.05-240304-0001"), &result), ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "code"));
	assert_ok(import_at(OFFICE_A, row_of("H99.50.05-240304-0077"), &result));
	assert_err(import_at(OFFICE_B, row_of("H99.50.05-240304-0077"), &result), ERR_INPUT);
	assert_int_equal(desk_count("select count(*) from dossier where revision > 1"), 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_with_source, desk_close)
	const struct CMUnitTest tests[] = {
		T(rows_are_added_once_and_updated_by_code),
		T(a_wait_shown_by_a_list_stops_the_clock),
		T(wrong_rows_are_refused_with_their_line),
		T(what_was_taken_in_here_is_not_overwritten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
