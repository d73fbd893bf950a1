/* Every action and what it leaves; two savers; who sees what. */
#include "lib/test_desk.h"

#include "app/dossier/dossier_clock_store.h"
#include "base/str.h"

/* ---- actions ---- */

static void supplement_moves_the_due(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = desk_do(id,
	                           (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT,
	                                                   .reason = "Thiếu giấy khai sinh" },
	                           desk_at(3, 5, 8, 0));
	int parts[] = { 3 };

	(void)state;
	assert_int_equal(d.state, DOSSIER_SUPPLEMENT);
	assert_at(d.paused_at, desk_at(3, 5, 8, 0));
	assert_at(d.due_at, desk_at(3, 11, 8, 0));
	d = desk_do(id,
	            (struct dossier_doing){ .action = ACTION_SUPPLEMENT_RECEIVED,
	                                    .parts = parts,
	                                    .n_parts = 1 },
	            desk_at(3, 7, 8, 0));
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
	assert_at(d.due_at, desk_at(3, 13, 8, 0)); /* two working days of waiting */
	assert_at(d.original_due_at, desk_at(3, 11, 8, 0));
	assert_int_equal(
	        desk_count("select count(*) from dossier_pause where to_at is not null "
	                   "and due_after > due_before and effect = 'continues'"),
	        1);
	assert_int_equal(desk_count("select handed_in from dossier_part where position = 3"),
	                 1);
	assert_int_equal(d.revision, 3);
	assert_int_equal(desk_count("select count(*) from dossier_past"), 2);
	assert_int_equal(desk_count("select count(*) from dossier_event"), 3);
}

static void two_supplements_add_up(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_doing ask = { .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" };
	struct dossier_doing got = { .action = ACTION_SUPPLEMENT_RECEIVED };
	struct dossier_doing pay = { .action = ACTION_ASK_PAYMENT, .reason = "Lệ phí" };
	struct dossier_doing paid = { .action = ACTION_PAID };
	struct dossier d;

	(void)state;
	desk_do(id, ask, desk_at(3, 5, 8, 0));
	desk_do(id, got, desk_at(3, 6, 8, 0));
	desk_do(id, ask, desk_at(3, 6, 9, 0));
	desk_do(id, got, desk_at(3, 7, 9, 0));
	desk_do(id, pay, desk_at(3, 7, 10, 0));
	d = desk_do(id, paid, desk_at(3, 8, 10, 0));
	assert_at(d.due_at, desk_at(3, 14, 8, 0));
	assert_int_equal(d.payment_state, PAYMENT_STATE_PAID);
}

static void a_rule_of_the_procedure_wins(void **state)
{
	struct dossier d;
	row_id id;

	(void)state;
	test_db_exec(desk.t.db, "update procedure_version set supplement_rule = 'never_stops' "
	                        "where id = 41");
	id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	d = desk_do(
	        id,
	        (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	        desk_at(3, 5, 8, 0));
	assert_true(instant_is_none(d.paused_at));
	assert_int_equal(desk_count("select state_group from dossier"), GROUP_OPEN);
	d = desk_do(id, (struct dossier_doing){ .action = ACTION_SUPPLEMENT_RECEIVED },
	            desk_at(3, 7, 8, 0));
	assert_at(d.due_at, desk_at(3, 11, 8, 0));
}

static void hand_over_moves_person_and_step(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d =
	        desk_do(id,
	                (struct dossier_doing){ .action = ACTION_HAND_OVER,
	                                        .to_account_id = id_of(OFFICE_SPECIALIST_A),
	                                        .next_step = true },
	                desk_at(3, 4, 10, 0));
	struct dossier_step_row *steps;
	size_t n;

	(void)state;
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
	assert_true(row_eq(d.holder_id, id_of(OFFICE_SPECIALIST_A)));
	assert_int_equal(d.step, 2);
	assert_ok(dossier_steps_load(&steps, &n, desk.t.db, &desk.a, id));
	assert_int_equal(n, 3);
	assert_at(steps[0].done_at, desk_at(3, 4, 10, 0));
	assert_int_not_equal(steps[0].outcome, OUTCOME_NONE);
	assert_at(steps[1].started_at, desk_at(3, 4, 10, 0));
	assert_at(steps[1].due_at, desk_at(3, 7, 10, 0));
	assert_string_equal(steps[1].account, "Trần Văn Thụ");
	assert_true(instant_is_none(steps[2].started_at));
	/* To another person within the step. */
	d = desk_do(id,
	            (struct dossier_doing){ .action = ACTION_HAND_OVER,
	                                    .to_account_id = id_of(OFFICE_LEADER_A) },
	            desk_at(3, 5, 10, 0));
	assert_int_equal(d.step, 2);
	assert_ok(dossier_steps_load(&steps, &n, desk.t.db, &desk.a, id));
	assert_string_equal(steps[1].account, "Phạm Thị Lãnh");
	assert_err(desk_try(id, (struct dossier_doing){ .action = ACTION_HAND_OVER }),
	           ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "to"));
}

static void finish_and_return(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = desk_do(id, (struct dossier_doing){ .action = ACTION_FINISH },
	                           desk_at(3, 12, 9, 0));

	(void)state;
	assert_int_equal(d.state, DOSSIER_FINISHED);
	assert_int_equal(d.outcome, OUTCOME_LATE);
	assert_int_equal(
	        desk_count("select count(*) from dossier_step where done_at is not null"), 1);
	d = desk_do(id, (struct dossier_doing){ .action = ACTION_RETURN },
	            desk_at(3, 20, 9, 0));
	assert_int_equal(d.state, DOSSIER_RETURNED);
	assert_at(d.finished_at, desk_at(3, 12, 9, 0));
	assert_err(desk_try(id, (struct dossier_doing){ .action = ACTION_FINISH }), ERR_INPUT);
	assert_int_equal(desk_find(id).revision, 3);
}

static void extension_is_a_second_due(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d = desk_do(id,
	                           (struct dossier_doing){ .action = ACTION_EXTEND,
	                                                   .reason = "Chờ ý kiến",
	                                                   .due = desk_at(3, 15, 17, 0) },
	                           desk_at(3, 8, 9, 0));

	(void)state;
	assert_at(d.extended_due_at, desk_at(3, 15, 17, 0));
	assert_at(d.due_at, desk_at(3, 11, 8, 0));
	assert_err(desk_try(id, (struct dossier_doing){ .action = ACTION_EXTEND,
	                                                .reason = "Sớm hơn",
	                                                .due = desk_at(3, 10, 17, 0) }),
	           ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "due"));
	/* A later wait moves the second appointment too. */
	desk_do(id,
	        (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	        desk_at(3, 8, 10, 0));
	d = desk_do(id, (struct dossier_doing){ .action = ACTION_SUPPLEMENT_RECEIVED },
	            desk_at(3, 11, 10, 0));
	assert_true(instant_cmp(d.extended_due_at, desk_at(3, 15, 17, 0)) > 0);
	assert_at(d.due_at, desk_at(3, 12, 8, 0));
}

static void stopping_while_waiting_ends_the_pause(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier d;

	(void)state;
	desk_do(id,
	        (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	        desk_at(3, 5, 10, 0));
	assert_err(desk_try(id, (struct dossier_doing){ .action = ACTION_STOP }), ERR_INPUT);
	d = desk_do(id,
	            (struct dossier_doing){ .action = ACTION_STOP, .reason = "Không bổ sung" },
	            desk_at(3, 25, 10, 0));
	assert_int_equal(d.state, DOSSIER_STOPPED);
	assert_int_equal(date_cmp(d.closed_on, date_make(2024, 3, 25)), 0);
	assert_int_equal(desk_count("select count(*) from dossier_pause where to_at is null"),
	                 0);
}

static void the_second_of_two_savers_is_told(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_event *events;
	size_t n;

	(void)state;
	desk_do(id,
	        (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT, .reason = "Thiếu" },
	        desk_at(3, 5, 10, 0));
	assert_err(
	        desk_try(id, (struct dossier_doing){ .action = ACTION_FINISH, .revision = 1 }),
	        ERR_CONFLICT);
	assert_int_equal(desk_find(id).state, DOSSIER_SUPPLEMENT);
	assert_ok(dossier_events_load(&events, &n, desk.t.db, &desk.a, id, 1));
	assert_int_equal(n, 1);
	assert_string_equal(events[0].kind, "ask-supplement");
	assert_string_equal(events[0].account, "Trần Văn Thụ");
	assert_string_equal(events[0].note, "Thiếu");
}

static struct dossier_correction correction_of(row_id id)
{
	return (struct dossier_correction){
		.dossier_id = id,
		.revision = desk_find(id).revision,
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
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_correction c = correction_of(id);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
	const char *note;

	(void)state;
	assert_ok(dossier_correct(desk.writer, &change, &c, &desk.problems));
	assert_int_equal(desk_find(id).channel, CHANNEL_ONLINE);
	note = test_db_text(desk.t.db, &desk.a,
	                    "select note from dossier_event where kind = 'correct'");
	/* Names of fields only: values are in the journal, where they can be erased. */
	assert_string_equal(note, "Họ tên; Kênh; Sổ theo dõi");
	assert_int_equal(
	        desk_count("select count(*) from dossier_past where channel = 'counter'"), 1);
	assert_int_equal(desk_count("select count(*) from dossier_word where word = 'dai'"), 1);
	assert_int_equal(desk_count("select count(*) from dossier_word where word = 'dat'"), 0);
	/* The second saver. */
	change = desk_change(OFFICE_SPECIALIST_A, OFFICE_A);
	assert_err(dossier_correct(desk.writer, &change, &c, &desk.problems), ERR_CONFLICT);
	c.revision = desk_find(id).revision;
	c.applicant.name = "";
	assert_err(dossier_correct(desk.writer, &change, &c, &desk.problems), ERR_INPUT);
	assert_non_null(problems_for(&desk.problems, "name"));
}

/* ---- who sees what ---- */

static void other_units_see_nothing(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct dossier_clock clock;
	struct change change = desk_change(OFFICE_INTAKE_B, OFFICE_B);
	struct dossier_doing doing = {
		.dossier_id = id, .revision = 1, .action = ACTION_FINISH, .at = INSTANT_NONE
	};
	struct dossier_correction c = correction_of(id);
	date_t today = instant_day(desk.now);
	struct dossier d;

	(void)state;
	assert_ok(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_A), today));
	assert_ok(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_PROVINCE), today));
	assert_err(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_B), today),
	           ERR_NOT_FOUND);
	assert_err(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_A_OFFICE), today),
	           ERR_NOT_FOUND);
	assert_ok(dossier_find_code(&d, desk.t.db, &desk.a, "h99.50.05-240304-0001",
	                            id_of(OFFICE_A), today));
	assert_err(dossier_find_code(&d, desk.t.db, &desk.a, "H99.50.05-240304-0001",
	                             id_of(OFFICE_B), today),
	           ERR_NOT_FOUND);
	assert_ok(dossier_clock_load(&clock, desk.t.db, &desk.a, NULL, id_of(OFFICE_B),
	                             instant_day(desk.now)));
	assert_err(dossier_do(desk.writer, &change, &clock, &doing, &desk.problems),
	           ERR_NOT_FOUND);
	assert_err(dossier_correct(desk.writer, &change, &c, &desk.problems), ERR_NOT_FOUND);
	assert_int_equal(desk_find(id).revision, 1);
}

static void the_competent_unit_sees_what_another_received(void **state)
{
	struct dossier_intake intake = desk_intake(OFFICE_B);
	struct dossier d;
	row_id id;

	(void)state;
	intake.competent_unit_id = id_of(OFFICE_A);
	id = desk_receive(intake, OFFICE_FIVE_DAYS);
	assert_ok(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_A),
	                       instant_day(desk.now)));
	assert_err(dossier_find(&d, desk.t.db, &desk.a, id, id_of(OFFICE_C),
	                        instant_day(desk.now)),
	           ERR_NOT_FOUND);
}

static void a_dossier_is_handed_to_colleagues_only(void **state)
{
	struct dossier d = desk_find(desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS));
	struct dossier_colleague *people;
	size_t n;

	(void)state;
	assert_ok(dossier_colleagues_load(&people, &n, desk.t.db, &desk.a, &d,
	                                  instant_day(desk.now)));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		assert_true(people[i].id.value >= OFFICE_INTAKE_A &&
		            people[i].id.value <= OFFICE_LEADER_A);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(supplement_moves_the_due),
		DESK_TEST(two_supplements_add_up),
		DESK_TEST(a_rule_of_the_procedure_wins),
		DESK_TEST(hand_over_moves_person_and_step),
		DESK_TEST(finish_and_return),
		DESK_TEST(extension_is_a_second_due),
		DESK_TEST(stopping_while_waiting_ends_the_pause),
		DESK_TEST(the_second_of_two_savers_is_told),
		DESK_TEST(a_correction_says_what_it_changed),
		DESK_TEST(other_units_see_nothing),
		DESK_TEST(the_competent_unit_sees_what_another_received),
		DESK_TEST(a_dossier_is_handed_to_colleagues_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
