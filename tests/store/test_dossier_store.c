/* Intake, every action and what it leaves, under the scope of who asks. */
#include "lib/test_office.h"

#include <pthread.h>

#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_intake_store.h"
#include "app/dossier/dossier_store.h"
#include "base/str.h"
#include "db/write.h"

struct world {
	struct test_db t;
	struct arena a;
	struct id_source ids;
	struct db_writer *writer;
	struct problems problems;
	instant_t now;
};
static struct world w;

static struct url no_link(row_id id)
{
	return url_add_id(url_path("/dossiers"), id);
}

static instant_t at(int month, int day, int hour, int minute)
{
	return instant_local(date_make(2024, month, day), hour * 60 + minute);
}

static int set_up(void **state)
{
	(void)state;
	memset(&w, 0, sizeof(w));
	arena_init(&w.a, 64 << 20);
	test_db_open(&w.t);
	test_office(w.t.db);
	w.now = at(3, 4, 8, 0); /* a Monday */
	assert_ok(db_writer_start(&w.writer, w.t.path, CLOCK_SYSTEM, &w.ids));
	problems_init(&w.problems, &w.a);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_writer_stop(w.writer);
	test_db_close(&w.t);
	arena_release(&w.a);
	return 0;
}

static struct change change_of(int account, int unit)
{
	return (struct change){ .account_id = id_of(account),
		                .unit_id = id_of(unit),
		                .at = w.now,
		                .origin = "test",
		                .action = "test" };
}

static struct dossier_intake intake_of(int unit)
{
	return (struct dossier_intake){
		.action = ACTION_RECEIVE,
		.receiving_unit_id = id_of(unit),
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Nguyễn Văn Đạt",
		               .identity_number = "079 123 456 789",
		               .phone = "0912.345.678",
		               .address = "Thôn 1" },
		.quantity = 1,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = INSTANT_NONE,
	};
}

static struct dossier_kit kit_of(int unit, int procedure)
{
	struct dossier_kit kit;

	assert_ok(dossier_kit_load(&kit, w.t.db, &w.a, id_of(unit), id_of(procedure),
	                           instant_day(w.now)));
	return kit;
}

static row_id receive_as(struct dossier_intake intake, int procedure)
{
	struct dossier_kit kit = kit_of((int)intake.receiving_unit_id.value, procedure);
	struct change change = change_of(OFFICE_INTAKE_A, (int)intake.receiving_unit_id.value);

	assert_ok(dossier_receive(w.writer, &change, &kit, &intake, &w.problems));
	assert_int_equal(w.problems.n, 0);
	return change.result;
}

static struct dossier find(row_id id)
{
	struct dossier d;

	assert_ok(dossier_find(&d, w.t.db, &w.a, id, ROW_NONE, instant_day(w.now)));
	return d;
}

static enum err try_do(row_id id, struct dossier_doing doing)
{
	struct dossier_clock clock;
	struct change change = change_of(OFFICE_SPECIALIST_A, OFFICE_A);

	assert_ok(dossier_clock_load(&clock, w.t.db, &w.a, id_of(OFFICE_A)));
	doing.dossier_id = id;
	if (doing.revision == 0)
		doing.revision = find(id).revision;
	doing.at = INSTANT_NONE;
	return dossier_do(w.writer, &change, &clock, &doing, &w.problems);
}

static struct dossier done(row_id id, struct dossier_doing doing, instant_t when)
{
	w.now = when;
	assert_ok(try_do(id, doing));
	return find(id);
}

static void assert_at(instant_t found, instant_t expected)
{
	char a[INSTANT_TEXT], b[INSTANT_TEXT];

	assert_string_equal(instant_iso(found, a), instant_iso(expected, b));
}

static int64_t count(const char *select)
{
	return test_db_int(w.t.db, select);
}

/* ---- intake ---- */

static void intake_writes_everything(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = find(id);

	(void)state;
	assert_string_equal(d.code, "H99.50.05-240304-0001");
	assert_int_equal(d.state, DOSSIER_RECEIVED);
	assert_string_equal(d.term, "5 ngày làm việc");
	assert_at(d.due_at, at(3, 11, 8, 0));
	assert_at(d.original_due_at, d.due_at);
	assert_int_equal(d.fee.dong, 8000);
	assert_true(row_eq(d.holder_id, id_of(OFFICE_INTAKE_A)));
	assert_int_equal(d.step, 1);
	assert_int_equal(count("select count(*) from dossier_part where handed_in = 1"), 2);
	assert_int_equal(count("select count(*) from dossier_part"), 3);
	assert_int_equal(count("select count(*) from dossier_step"), 3);
	assert_int_equal(count("select count(*) from dossier_step where started_at is not null "
	                       "and due_at is not null"),
	                 1);
	assert_int_equal(count("select count(*) from dossier_event where kind = 'receive'"), 1);
	assert_int_equal(count("select count(*) from dossier_word where word in "
	                       "('nguyen', 'dat', '0001', '240304', '079123456789')"),
	                 5);
	assert_int_equal(count("select count(*) from change_log where action = 'test' "
	                       "and origin = 'test' and account_id = 11"),
	                 1);
}

static void immediate_return_is_finished_and_returned(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_A);
	struct dossier d;

	(void)state;
	intake.action = ACTION_RECEIVE_RETURN;
	intake.quantity = 12;
	d = find(receive_as(intake, OFFICE_SAME_DAY));
	assert_int_equal(d.state, DOSSIER_RETURNED);
	assert_int_equal(d.quantity, 12);
	assert_at(d.finished_at, w.now);
	assert_at(d.returned_at, w.now);
	assert_at(d.due_at, at(3, 4, 17, 0));
	assert_int_not_equal(d.outcome, OUTCOME_NONE);
	assert_int_not_equal(d.outcome, OUTCOME_LATE);
	assert_int_equal(count("select count(*) from dossier_step"), 0);
}

static void not_accepted_has_a_reason_and_no_due(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_A);
	struct dossier_kit kit = kit_of(OFFICE_A, OFFICE_FIVE_DAYS);
	struct change change = change_of(OFFICE_INTAKE_A, OFFICE_A);
	struct dossier d;

	(void)state;
	intake.action = ACTION_NOT_ACCEPT;
	assert_err(dossier_receive(w.writer, &change, &kit, &intake, &w.problems), ERR_INPUT);
	assert_non_null(problems_for(&w.problems, "reason"));
	intake.reason = "Không thuộc thẩm quyền";
	d = find(receive_as(intake, OFFICE_FIVE_DAYS));
	assert_int_equal(d.state, DOSSIER_NOT_ACCEPTED);
	assert_true(instant_is_none(d.due_at));
	assert_int_equal(date_cmp(d.closed_on, date_make(2024, 3, 4)), 0);
}

static void bad_input_writes_nothing(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_A);
	struct dossier_kit kit = kit_of(OFFICE_A, OFFICE_FIVE_DAYS);
	struct change change = change_of(OFFICE_INTAKE_A, OFFICE_A);

	(void)state;
	intake.applicant.name = "  ";
	intake.applicant.identity_number = "12345";
	intake.applicant.phone = "abc";
	intake.applicant.email = "khong co";
	intake.quantity = 0;
	intake.received_at = at(3, 5, 8, 0);
	assert_err(dossier_receive(w.writer, &change, &kit, &intake, &w.problems), ERR_INPUT);
	assert_int_equal(w.problems.n, 6);
	assert_non_null(problems_for(&w.problems, "name"));
	assert_non_null(problems_for(&w.problems, "identity_number"));
	assert_non_null(problems_for(&w.problems, "received_at"));
	assert_int_equal(count("select count(*) from dossier"), 0);
	assert_int_equal(count("select count(*) from applicant"), 0);
	assert_int_equal(count("select count(*) from dossier_sequence"), 0);
}

static void a_unit_that_does_not_issue_needs_a_code(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_C);
	struct dossier_kit kit = kit_of(OFFICE_C, OFFICE_FIVE_DAYS);
	struct change change = change_of(OFFICE_INTAKE_A, OFFICE_C);

	(void)state;
	assert_err(dossier_receive(w.writer, &change, &kit, &intake, &w.problems), ERR_INPUT);
	assert_non_null(problems_for(&w.problems, "code"));
	intake.code = "g09.20-20240304-0092637";
	assert_string_equal(find(receive_as(intake, OFFICE_FIVE_DAYS)).code,
	                    "G09.20-20240304-0092637");
	assert_err(dossier_receive(w.writer, &change, &kit, &intake, &w.problems), ERR_INPUT);
	assert_true(strstr(problems_for(&w.problems, "code"), "G09.20-20240304-0092637") !=
	            NULL);
}

static void a_code_that_was_taken_by_hand_is_passed_over(void **state)
{
	struct dossier_intake typed = intake_of(OFFICE_A);

	(void)state;
	typed.code = "H99.50.05-240304-0002";
	receive_as(typed, OFFICE_FIVE_DAYS);
	assert_string_equal(find(receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	                    "H99.50.05-240304-0001");
	assert_string_equal(find(receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	                    "H99.50.05-240304-0003");
}

static void the_ten_thousandth_of_a_day_takes_a_fifth_digit(void **state)
{
	(void)state;
	test_db_exec(w.t.db, "insert into dossier_sequence values (2, 19786, 9999)");
	assert_string_equal(find(receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS)).code,
	                    "H99.50.05-240304-10000");
}

static void a_person_is_found_again(void **state)
{
	struct dossier_intake again = intake_of(OFFICE_A);
	struct applicant found;

	(void)state;
	receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	again.applicant.phone = "";
	again.applicant.address = "Thôn 2";
	receive_as(again, OFFICE_SAME_DAY);
	receive_as(intake_of(OFFICE_B), OFFICE_SAME_DAY);
	assert_int_equal(count("select count(*) from applicant where unit_id = 2"), 1);
	assert_int_equal(count("select count(*) from applicant"), 2);
	assert_ok(applicant_find(&found, w.t.db, &w.a, id_of(OFFICE_A), "+84 912 345 678"));
	assert_string_equal(found.name, "Nguyễn Văn Đạt");
	assert_string_equal(found.address, "Thôn 2");
	assert_string_equal(found.phone, "0912345678");
	assert_ok(applicant_find(&found, w.t.db, &w.a, id_of(OFFICE_A), "079.123.456.789"));
	assert_err(applicant_find(&found, w.t.db, &w.a, id_of(OFFICE_C), "079123456789"),
	           ERR_NOT_FOUND);
	assert_err(applicant_find(&found, w.t.db, &w.a, id_of(OFFICE_A), "Đạt"), ERR_NOT_FOUND);
}

static void a_repealed_procedure_is_not_taken(void **state)
{
	struct dossier_kit kit;

	(void)state;
	assert_err(dossier_kit_load(&kit, w.t.db, &w.a, id_of(OFFICE_A), id_of(OFFICE_REPEALED),
	                            instant_day(w.now)),
	           ERR_NOT_FOUND);
	assert_err(dossier_kit_load(&kit, w.t.db, &w.a, id_of(OFFICE_A),
	                            id_of(OFFICE_FIVE_DAYS), date_make(2018, 1, 1)),
	           ERR_NOT_FOUND);
}

static void a_repeated_request_gives_one_dossier(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_A);
	struct dossier_kit kit = kit_of(OFFICE_A, OFFICE_FIVE_DAYS);
	row_id first = ROW_NONE;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct change change = change_of(OFFICE_INTAKE_A, OFFICE_A);

		change.request_id = "r-1";
		change.link = no_link;
		assert_ok(dossier_receive(w.writer, &change, &kit, &intake, &w.problems));
		if (i == 0)
			first = change.result;
		assert_true(row_eq(change.result, first));
	}
	assert_int_equal(count("select count(*) from dossier"), 1);
	assert_int_equal(count("select last from dossier_sequence"), 1);
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
		struct dossier_intake intake = intake_of(OFFICE_A);
		struct change change = change_of(OFFICE_INTAKE_A, OFFICE_A);
		struct problems problems;

		problems_init(&problems, &c->a);
		if (i % 4 == 3) /* refused ones leave no gap */
			intake.applicant.name = "";
		c->e = dossier_receive(w.writer, &change, &c->kit, &intake, &problems);
		if (i % 4 == 3)
			c->e = c->e == ERR_INPUT ? ERR_OK : ERR_INTERNAL;
	}
	return NULL;
}

static void codes_have_no_gap_and_no_double_under_concurrency(void **state)
{
	static struct clerk clerks[THREADS];
	struct dossier_kit kit = kit_of(OFFICE_A, OFFICE_FIVE_DAYS);
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
	assert_int_equal(count("select count(*) from dossier"), THREADS * EACH * 3 / 4);
	assert_int_equal(count("select count(distinct code) from dossier"),
	                 THREADS * EACH * 3 / 4);
	snprintf(last, sizeof(last), "H99.50.05-240304-%04d", THREADS * EACH * 3 / 4);
	assert_string_equal(test_db_text(w.t.db, &w.a, "select max(code) from dossier"), last);
}

/* ---- actions ---- */

static void supplement_moves_the_due(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = done(id,
	                        (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT,
	                                                .reason = "Thiếu giấy khai sinh" },
	                        at(3, 5, 8, 0));
	int parts[] = { 3 };

	(void)state;
	assert_int_equal(d.state, DOSSIER_SUPPLEMENT);
	assert_at(d.paused_at, at(3, 5, 8, 0));
	assert_at(d.due_at, at(3, 11, 8, 0));
	d = done(id,
	         (struct dossier_doing){
	                 .action = ACTION_SUPPLEMENT_RECEIVED, .parts = parts, .n_parts = 1 },
	         at(3, 7, 8, 0));
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
	assert_at(d.due_at, at(3, 13, 8, 0)); /* two working days of waiting */
	assert_at(d.original_due_at, at(3, 11, 8, 0));
	assert_int_equal(count("select count(*) from dossier_pause where to_at is not null "
	                       "and due_after > due_before and effect = 'continues'"),
	                 1);
	assert_int_equal(count("select handed_in from dossier_part where position = 3"), 1);
	assert_int_equal(d.revision, 3);
	assert_int_equal(count("select count(*) from dossier_past"), 2);
	assert_int_equal(count("select count(*) from dossier_event"), 3);
}

static void two_supplements_add_up(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_doing ask = { .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" };
	struct dossier_doing got = { .action = ACTION_SUPPLEMENT_RECEIVED };
	struct dossier_doing pay = { .action = ACTION_ASK_PAYMENT, .reason = "Lệ phí" };
	struct dossier_doing paid = { .action = ACTION_PAID };
	struct dossier d;

	(void)state;
	done(id, ask, at(3, 5, 8, 0));
	done(id, got, at(3, 6, 8, 0));
	done(id, ask, at(3, 6, 9, 0));
	done(id, got, at(3, 7, 9, 0));
	done(id, pay, at(3, 7, 10, 0));
	d = done(id, paid, at(3, 8, 10, 0));
	assert_at(d.due_at, at(3, 14, 8, 0));
	assert_int_equal(d.payment_state, PAYMENT_STATE_PAID);
}

static void a_rule_of_the_procedure_wins(void **state)
{
	struct dossier d;
	row_id id;

	(void)state;
	test_db_exec(w.t.db, "update procedure_version set supplement_rule = 'never_stops' "
	                     "where id = 41");
	id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	d = done(id,
	         (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	         at(3, 5, 8, 0));
	assert_true(instant_is_none(d.paused_at));
	assert_int_equal(count("select state_group from dossier"), GROUP_OPEN);
	d = done(id, (struct dossier_doing){ .action = ACTION_SUPPLEMENT_RECEIVED },
	         at(3, 7, 8, 0));
	assert_at(d.due_at, at(3, 11, 8, 0));
}

static void hand_over_moves_person_and_step(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d =
	        done(id,
	             (struct dossier_doing){ .action = ACTION_HAND_OVER,
	                                     .to_account_id = id_of(OFFICE_SPECIALIST_A),
	                                     .next_step = true },
	             at(3, 4, 10, 0));
	struct dossier_step_row *steps;
	size_t n;

	(void)state;
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
	assert_true(row_eq(d.holder_id, id_of(OFFICE_SPECIALIST_A)));
	assert_int_equal(d.step, 2);
	assert_ok(dossier_steps_load(&steps, &n, w.t.db, &w.a, id));
	assert_int_equal(n, 3);
	assert_at(steps[0].done_at, at(3, 4, 10, 0));
	assert_int_not_equal(steps[0].outcome, OUTCOME_NONE);
	assert_at(steps[1].started_at, at(3, 4, 10, 0));
	assert_at(steps[1].due_at, at(3, 7, 10, 0));
	assert_string_equal(steps[1].account, "Trần Văn Thụ");
	assert_true(instant_is_none(steps[2].started_at));
	/* To another person within the step. */
	d = done(id,
	         (struct dossier_doing){ .action = ACTION_HAND_OVER,
	                                 .to_account_id = id_of(OFFICE_LEADER_A) },
	         at(3, 5, 10, 0));
	assert_int_equal(d.step, 2);
	assert_ok(dossier_steps_load(&steps, &n, w.t.db, &w.a, id));
	assert_string_equal(steps[1].account, "Phạm Thị Lãnh");
	assert_err(try_do(id, (struct dossier_doing){ .action = ACTION_HAND_OVER }), ERR_INPUT);
	assert_non_null(problems_for(&w.problems, "to"));
}

static void finish_and_return(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d =
	        done(id, (struct dossier_doing){ .action = ACTION_FINISH }, at(3, 12, 9, 0));

	(void)state;
	assert_int_equal(d.state, DOSSIER_FINISHED);
	assert_int_equal(d.outcome, OUTCOME_LATE);
	assert_int_equal(count("select count(*) from dossier_step where done_at is not null"),
	                 1);
	d = done(id, (struct dossier_doing){ .action = ACTION_RETURN }, at(3, 20, 9, 0));
	assert_int_equal(d.state, DOSSIER_RETURNED);
	assert_at(d.finished_at, at(3, 12, 9, 0));
	assert_err(try_do(id, (struct dossier_doing){ .action = ACTION_FINISH }), ERR_INPUT);
	assert_int_equal(find(id).revision, 3);
}

static void extension_is_a_second_due(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = done(id,
	                        (struct dossier_doing){ .action = ACTION_EXTEND,
	                                                .reason = "Chờ ý kiến",
	                                                .due = at(3, 15, 17, 0) },
	                        at(3, 8, 9, 0));

	(void)state;
	assert_at(d.extended_due_at, at(3, 15, 17, 0));
	assert_at(d.due_at, at(3, 11, 8, 0));
	assert_err(try_do(id, (struct dossier_doing){ .action = ACTION_EXTEND,
	                                              .reason = "Sớm hơn",
	                                              .due = at(3, 10, 17, 0) }),
	           ERR_INPUT);
	assert_non_null(problems_for(&w.problems, "due"));
	/* A later wait moves the second appointment too. */
	done(id, (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	     at(3, 8, 10, 0));
	d = done(id, (struct dossier_doing){ .action = ACTION_SUPPLEMENT_RECEIVED },
	         at(3, 11, 10, 0));
	assert_true(instant_cmp(d.extended_due_at, at(3, 15, 17, 0)) > 0);
	assert_at(d.due_at, at(3, 12, 8, 0));
}

static void stopping_while_waiting_ends_the_pause(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d;

	(void)state;
	done(id, (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	     at(3, 5, 10, 0));
	assert_err(try_do(id, (struct dossier_doing){ .action = ACTION_STOP }), ERR_INPUT);
	d = done(id, (struct dossier_doing){ .action = ACTION_STOP, .reason = "Không bổ sung" },
	         at(3, 25, 10, 0));
	assert_int_equal(d.state, DOSSIER_STOPPED);
	assert_int_equal(date_cmp(d.closed_on, date_make(2024, 3, 25)), 0);
	assert_int_equal(count("select count(*) from dossier_pause where to_at is null"), 0);
}

static void the_second_of_two_savers_is_told(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_event *events;
	size_t n;

	(void)state;
	done(id, (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	     at(3, 5, 10, 0));
	assert_err(try_do(id, (struct dossier_doing){ .action = ACTION_FINISH, .revision = 1 }),
	           ERR_CONFLICT);
	assert_int_equal(find(id).state, DOSSIER_SUPPLEMENT);
	assert_ok(dossier_events_load(&events, &n, w.t.db, &w.a, id, 1));
	assert_int_equal(n, 1);
	assert_string_equal(events[0].kind, "ask-supplement");
	assert_string_equal(events[0].account, "Trần Văn Thụ");
	assert_string_equal(events[0].note, "Thiếu");
}

static struct dossier_correction correction_of(row_id id)
{
	return (struct dossier_correction){
		.dossier_id = id,
		.revision = find(id).revision,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Nguyễn Văn Đại",
		               .identity_number = "079123456789",
		               .phone = "0912345678",
		               .address = "Thôn 1" },
		.summary = "",
		.book = "Quyển 1, số 2",
		.quantity = 1,
		.channel = CHANNEL_ONLINE,
		.delivery = DELIVERY_COUNTER,
		.fee = { 8000 },
	};
}

static void a_correction_says_what_it_changed(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_correction c = correction_of(id);
	struct change change = change_of(OFFICE_INTAKE_A, OFFICE_A);
	const char *note;

	(void)state;
	assert_ok(dossier_correct(w.writer, &change, &c, &w.problems));
	assert_int_equal(find(id).channel, CHANNEL_ONLINE);
	note = test_db_text(w.t.db, &w.a,
	                    "select note from dossier_event where kind = 'correct'");
	assert_non_null(strstr(note, "Trực tiếp → Trực tuyến"));
	assert_non_null(strstr(note, "Nguyễn Văn Đạt → Nguyễn Văn Đại"));
	assert_null(strstr(note, "079123456789"));
	assert_int_equal(count("select count(*) from dossier_past where channel = 'counter'"),
	                 1);
	assert_int_equal(count("select count(*) from dossier_word where word = 'dai'"), 1);
	assert_int_equal(count("select count(*) from dossier_word where word = 'dat'"), 0);
	/* The second saver. */
	change = change_of(OFFICE_SPECIALIST_A, OFFICE_A);
	assert_err(dossier_correct(w.writer, &change, &c, &w.problems), ERR_CONFLICT);
	c.revision = find(id).revision;
	c.applicant.name = "";
	assert_err(dossier_correct(w.writer, &change, &c, &w.problems), ERR_INPUT);
	assert_non_null(problems_for(&w.problems, "name"));
}

/* ---- who sees what ---- */

static void other_units_see_nothing(void **state)
{
	row_id id = receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_clock clock;
	struct change change = change_of(OFFICE_INTAKE_B, OFFICE_B);
	struct dossier_doing doing = {
		.dossier_id = id, .revision = 1, .action = ACTION_FINISH, .at = INSTANT_NONE
	};
	struct dossier_correction c = correction_of(id);
	date_t today = instant_day(w.now);
	struct dossier d;

	(void)state;
	assert_ok(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_A), today));
	assert_ok(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_PROVINCE), today));
	assert_err(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_B), today), ERR_NOT_FOUND);
	assert_err(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_A_OFFICE), today),
	           ERR_NOT_FOUND);
	assert_ok(dossier_find_code(&d, w.t.db, &w.a, "h99.50.05-240304-0001", id_of(OFFICE_A),
	                            today));
	assert_err(dossier_find_code(&d, w.t.db, &w.a, "H99.50.05-240304-0001", id_of(OFFICE_B),
	                             today),
	           ERR_NOT_FOUND);
	assert_ok(dossier_clock_load(&clock, w.t.db, &w.a, id_of(OFFICE_B)));
	assert_err(dossier_do(w.writer, &change, &clock, &doing, &w.problems), ERR_NOT_FOUND);
	assert_err(dossier_correct(w.writer, &change, &c, &w.problems), ERR_NOT_FOUND);
	assert_int_equal(find(id).revision, 1);
}

static void the_competent_unit_sees_what_another_received(void **state)
{
	struct dossier_intake intake = intake_of(OFFICE_B);
	struct dossier d;
	row_id id;

	(void)state;
	intake.competent_unit_id = id_of(OFFICE_A);
	id = receive_as(intake, OFFICE_FIVE_DAYS);
	assert_ok(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_A), instant_day(w.now)));
	assert_err(dossier_find(&d, w.t.db, &w.a, id, id_of(OFFICE_C), instant_day(w.now)),
	           ERR_NOT_FOUND);
}

static void a_dossier_is_handed_to_colleagues_only(void **state)
{
	struct dossier d = find(receive_as(intake_of(OFFICE_A), OFFICE_FIVE_DAYS));
	struct dossier_colleague *people;
	size_t n;

	(void)state;
	assert_ok(dossier_colleagues_load(&people, &n, w.t.db, &w.a, &d, instant_day(w.now)));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		assert_true(people[i].id.value >= OFFICE_INTAKE_A &&
		            people[i].id.value <= OFFICE_LEADER_A);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(intake_writes_everything),
		T(immediate_return_is_finished_and_returned),
		T(not_accepted_has_a_reason_and_no_due),
		T(bad_input_writes_nothing),
		T(a_unit_that_does_not_issue_needs_a_code),
		T(a_code_that_was_taken_by_hand_is_passed_over),
		T(the_ten_thousandth_of_a_day_takes_a_fifth_digit),
		T(a_person_is_found_again),
		T(a_repealed_procedure_is_not_taken),
		T(a_repeated_request_gives_one_dossier),
		T(codes_have_no_gap_and_no_double_under_concurrency),
		T(supplement_moves_the_due),
		T(two_supplements_add_up),
		T(a_rule_of_the_procedure_wins),
		T(hand_over_moves_person_and_step),
		T(finish_and_return),
		T(extension_is_a_second_due),
		T(stopping_while_waiting_ends_the_pause),
		T(the_second_of_two_savers_is_told),
		T(a_correction_says_what_it_changed),
		T(other_units_see_nothing),
		T(the_competent_unit_sees_what_another_received),
		T(a_dossier_is_handed_to_colleagues_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
