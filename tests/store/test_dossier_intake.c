/* Taking in: codes, applicants, parts, steps; nothing of a refused intake stays. */
#include "lib/test_desk.h"

#include <pthread.h>

#include "base/str.h"

static struct url no_link(row_id id)
{
	return url_add_id(url_path("/dossiers"), id);
}

/* ---- intake ---- */

static void intake_writes_everything(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = desk_find(id);

	(void)state;
	assert_string_equal(d.code, "H99.50.05-240304-0001");
	assert_int_equal(d.state, DOSSIER_RECEIVED);
	assert_string_equal(d.term, "5 ngày làm việc");
	assert_at(d.due_at, desk_at(3, 11, 8, 0));
	assert_at(d.original_due_at, d.due_at);
	assert_int_equal(d.fee.dong, 8000);
	assert_true(row_eq(d.holder_id, id_of(OFFICE_INTAKE_A)));
	assert_int_equal(d.step, 1);
	assert_int_equal(desk_count("select count(*) from dossier_part where handed_in = 1"),
	                 2);
	assert_int_equal(desk_count("select count(*) from dossier_part"), 3);
	assert_int_equal(desk_count("select count(*) from dossier_step"), 3);
	assert_int_equal(
	        desk_count("select count(*) from dossier_step where started_at is not null "
	                   "and due_at is not null"),
	        1);
	assert_int_equal(
	        desk_count("select count(*) from dossier_event where kind = 'receive'"), 1);
	assert_int_equal(desk_count("select count(*) from dossier_word where word in "
	                            "('nguyen', 'dat', '0001', '240304', '079123456789')"),
	                 5);
	assert_int_equal(desk_count("select count(*) from change_log where action = 'test' "
	                            "and origin = 'test' and account_id = 11"),
	                 1);
}

static void immediate_return_is_finished_and_returned(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_A);
	struct dossier d;

	(void)state;
	intake.action = ACTION_RECEIVE_RETURN;
	intake.quantity = 12;
	d = desk_find(desk_receive(intake, OFFICE_SAME_DAY));
	assert_int_equal(d.state, DOSSIER_RETURNED);
	assert_int_equal(d.quantity, 12);
	assert_at(d.finished_at, desk.now);
	assert_at(d.returned_at, desk.now);
	assert_at(d.due_at, desk_at(3, 4, 17, 0));
	assert_int_not_equal(d.outcome, OUTCOME_NONE);
	assert_int_not_equal(d.outcome, OUTCOME_LATE);
	assert_int_equal(desk_count("select count(*) from dossier_step"), 0);
}

static void not_accepted_has_a_reason_and_no_due(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_A);
	struct dossier_kit kit = desk_kit(OFFICE_A, OFFICE_FIVE_DAYS);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
	struct dossier d;

	(void)state;
	intake.action = ACTION_NOT_ACCEPT;
	assert_err(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems),
	           ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "reason"));
	intake.reason = "Không thuộc thẩm quyền";
	d = desk_find(desk_receive(intake, OFFICE_FIVE_DAYS));
	assert_int_equal(d.state, DOSSIER_NOT_ACCEPTED);
	assert_true(instant_is_none(d.due_at));
	assert_int_equal(date_cmp(d.closed_on, date_make(2024, 3, 4)), 0);
}

static void bad_input_writes_nothing(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_A);
	struct dossier_kit kit = desk_kit(OFFICE_A, OFFICE_FIVE_DAYS);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);

	(void)state;
	intake.applicant.name = "  ";
	intake.applicant.identity_number = "12345";
	intake.applicant.phone = "abc";
	intake.applicant.email = "khong co";
	intake.quantity = 0;
	intake.received_at = desk_at(3, 5, 8, 0);
	assert_err(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems),
	           ERR_INPUT);
	assert_int_equal(desk.problems.n, 6);
	assert_non_null(problems_for(&desk.problems, "name"));
	assert_non_null(problems_for(&desk.problems, "identity_number"));
	assert_non_null(problems_for(&desk.problems, "received_at"));
	assert_int_equal(desk_count("select count(*) from dossier"), 0);
	assert_int_equal(desk_count("select count(*) from applicant"), 0);
	assert_int_equal(desk_count("select count(*) from dossier_sequence"), 0);
}

static void a_unit_that_does_not_issue_needs_a_code(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_C);
	struct dossier_kit kit = desk_kit(OFFICE_C, OFFICE_FIVE_DAYS);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_C);

	(void)state;
	assert_err(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems),
	           ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "code"));
	intake.code = "g09.20-20240304-0092637";
	assert_string_equal(desk_find(desk_receive(intake, OFFICE_FIVE_DAYS)).code,
	                    "G09.20-20240304-0092637");
	assert_err(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems),
	           ERR_INPUT);
	assert_true(strstr(problems_for(&desk.problems, "code"), "G09.20-20240304-0092637") !=
	            NULL);
}

static void a_code_that_was_taken_by_hand_is_passed_over(void **state)
{
	struct dossier_intake typed = desk_intake(OFFICE_A);

	(void)state;
	typed.code = "H99.50.05-240304-0002";
	desk_receive(typed, OFFICE_FIVE_DAYS);
	assert_string_equal(
	        desk_find(desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	        "H99.50.05-240304-0001");
	assert_string_equal(
	        desk_find(desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	        "H99.50.05-240304-0003");
}

static void the_ten_thousandth_of_a_day_takes_a_fifth_digit(void **state)
{
	(void)state;
	test_db_exec(desk.t.db, "insert into dossier_sequence values (2, 19786, 9999)");
	assert_string_equal(
	        desk_find(desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	        "H99.50.05-240304-10000");
}

static void a_person_is_found_again(void **state)
{
	struct dossier_intake again = desk_intake(OFFICE_A);
	struct applicant found;

	(void)state;
	desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	again.applicant.phone = "";
	again.applicant.address = "Thôn 2";
	desk_receive(again, OFFICE_SAME_DAY);
	desk_receive(desk_intake(OFFICE_B), OFFICE_SAME_DAY);
	assert_int_equal(desk_count("select count(*) from applicant where unit_id = 2"), 1);
	assert_int_equal(desk_count("select count(*) from applicant"), 2);
	assert_ok(
	        applicant_find(&found, desk.t.db, &desk.a, id_of(OFFICE_A), "+84 912 345 678"));
	assert_string_equal(found.name, "Nguyễn Văn Đạt");
	assert_string_equal(found.address, "Thôn 2");
	assert_string_equal(found.phone, "0912345678");
	assert_ok(
	        applicant_find(&found, desk.t.db, &desk.a, id_of(OFFICE_A), "079.123.456.789"));
	assert_err(applicant_find(&found, desk.t.db, &desk.a, id_of(OFFICE_C), "079123456789"),
	           ERR_NOT_FOUND);
	assert_err(applicant_find(&found, desk.t.db, &desk.a, id_of(OFFICE_A), "Đạt"),
	           ERR_NOT_FOUND);
}

static enum err load_kit(int procedure, date_t on)
{
	struct dossier_kit kit;

	return dossier_kit_load(
	        &kit, desk.t.db, &desk.a, NULL,
	        &(struct dossier_kit_wish){ id_of(OFFICE_A), id_of(procedure), on });
}

static void a_repealed_procedure_is_not_taken(void **state)
{
	(void)state;
	assert_ok(load_kit(OFFICE_FIVE_DAYS, instant_day(desk.now)));
	assert_err(load_kit(OFFICE_REPEALED, instant_day(desk.now)), ERR_NOT_FOUND);
	assert_err(load_kit(OFFICE_FIVE_DAYS, date_make(2018, 1, 1)), ERR_NOT_FOUND);
}

static void a_repeated_request_gives_one_dossier(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_A);
	struct dossier_kit kit = desk_kit(OFFICE_A, OFFICE_FIVE_DAYS);
	row_id first = ROW_NONE;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);

		change.request_id = "r-1";
		change.link = no_link;
		assert_ok(dossier_receive(desk.writer, &change, &kit, &intake, &desk.problems));
		if (i == 0)
			first = change.result;
		assert_true(row_eq(change.result, first));
	}
	assert_int_equal(desk_count("select count(*) from dossier"), 1);
	assert_int_equal(desk_count("select last from dossier_sequence"), 1);
}

/* ---- codes under concurrency ---- */

enum { THREADS = 16, EACH = 12 };

struct clerk {
	pthread_t thread;
	struct dossier_kit kit;
	struct arena a;
	enum err e;
};

static void *receive_many(void *arg)
{
	struct clerk *c = arg;

	for (int i = 0; i < EACH && c->e == ERR_OK; i++) {
		struct dossier_intake intake = desk_intake(OFFICE_A);
		struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
		struct problems problems;

		problems_init(&problems, &c->a);
		if (i % 4 == 3) /* refused ones leave no gap */
			intake.applicant.name = "";
		c->e = dossier_receive(desk.writer, &change, &c->kit, &intake, &problems);
		if (i % 4 == 3)
			c->e = c->e == ERR_INPUT ? ERR_OK : ERR_INTERNAL;
	}
	return NULL;
}

static void codes_have_no_gap_and_no_double_under_concurrency(void **state)
{
	static struct clerk clerks[THREADS];
	struct dossier_kit kit = desk_kit(OFFICE_A, OFFICE_FIVE_DAYS);
	char last[64];

	(void)state;
	for (int i = 0; i < THREADS; i++) {
		clerks[i] = (struct clerk){ .kit = kit };
		arena_init(&clerks[i].a, 1 << 20);
		assert_int_equal(
		        pthread_create(&clerks[i].thread, NULL, receive_many, &clerks[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(clerks[i].thread, NULL);
		assert_int_equal(clerks[i].e, ERR_OK);
		arena_release(&clerks[i].a);
	}
	assert_int_equal(desk_count("select count(*) from dossier"), THREADS * EACH * 3 / 4);
	assert_int_equal(desk_count("select count(distinct code) from dossier"),
	                 THREADS * EACH * 3 / 4);
	snprintf(last, sizeof(last), "H99.50.05-240304-%04d", THREADS * EACH * 3 / 4);
	assert_string_equal(test_db_text(desk.t.db, &desk.a, "select max(code) from dossier"),
	                    last);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(intake_writes_everything),
		DESK_TEST(immediate_return_is_finished_and_returned),
		DESK_TEST(not_accepted_has_a_reason_and_no_due),
		DESK_TEST(bad_input_writes_nothing),
		DESK_TEST(a_unit_that_does_not_issue_needs_a_code),
		DESK_TEST(a_code_that_was_taken_by_hand_is_passed_over),
		DESK_TEST(the_ten_thousandth_of_a_day_takes_a_fifth_digit),
		DESK_TEST(a_person_is_found_again),
		DESK_TEST(a_repealed_procedure_is_not_taken),
		DESK_TEST(a_repeated_request_gives_one_dossier),
		DESK_TEST(codes_have_no_gap_and_no_double_under_concurrency),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
