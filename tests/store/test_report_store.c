/* Reports from opening to acceptance, and back: who owes, regimes, the steps. */
#include "lib/test_report.h"

/* ---- opening ---- */

static void every_unit_that_owes_gets_one(void **state)
{
	struct report_world *w = *state;
	struct report_opening x = report_open_period(w, "2024-Q1");
	struct report r = report_current(w, OFFICE_A);

	assert_int_equal(x.n_opened, 4); /* the province and three communes, no office */
	assert_int_equal(report_world_count(w, "select count(*) from report where unit_id = 5"),
	                 0);
	assert_string_equal(r.period_name, "quý I năm 2024");
	assert_string_equal(r.set_code, "xa-2024");
	assert_string_equal(report_current(w, OFFICE_PROVINCE).set_code, "bnv-2022");
	assert_int_equal(r.from_on.days, date_make(2023, 12, 15).days);
	assert_int_equal(r.to_on.days, date_make(2024, 3, 14).days);
	assert_int_equal(r.send_by_on.days, date_make(2024, 3, 20).days);
	assert_int_equal(r.receiver_id.value, OFFICE_PROVINCE);
	assert_true(row_is_none(report_current(w, OFFICE_PROVINCE).receiver_id));
	assert_int_equal(r.state, REPORT_COMPILING);
	assert_int_equal(
	        report_world_count(w,
	                           "select count(*) from journal_entry where subject = 'report'"
	                           " and kind = 'create'"),
	        4);
	x = report_open_period(w, "2024-Q1");
	assert_int_equal(x.n_opened, 0);
	assert_int_equal(x.n_there, 4);
	assert_int_equal(report_world_count(w, "select count(*) from report"), 4);
}

static void what_is_due_is_opened_once_a_day(void **state)
{
	struct report_world *w = *state;
	int64_t changes = report_world_count(w, "select count(*) from change_log");

	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 2, 20)));
	assert_int_equal(report_world_count(w, "select count(*) from change_log"), changes);
	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 3, 5)));
	assert_int_equal(
	        report_world_count(w, "select count(*) from report where period = '2024-Q1'"),
	        4);
	assert_int_equal(report_world_count(w, "select count(*) from change_log"), changes + 1);
	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 3, 6)));
	assert_int_equal(report_world_count(w, "select count(*) from change_log"), changes + 1);
}

static void the_tree_is_that_of_the_last_day(void **state)
{
	struct report_world *w = *state;

	report_open_period(w, "2024-Q1");
	/* C ended before the last day, as is entered later; B ends after it. */
	test_db_exec(w->t.db, "update unit set valid_to = 19785 where id = 4;"  /* 03/03/2024 */
	                      "update unit set valid_to = 19799 where id = 3"); /* 17/03/2024 */
	struct report_opening x = report_open_period(w, "2024-Q1");
	assert_int_equal(x.n_exempt, 1);
	assert_int_equal(report_current(w, OFFICE_C).state, REPORT_EXEMPT);
	assert_int_equal(report_current(w, OFFICE_B).state, REPORT_COMPILING);
	x = report_open_period(w, "2024-Q1");
	assert_int_equal(x.n_exempt, 0);
	x = report_open_period(w, "2024-H1");
	assert_int_equal(x.n_opened, 2); /* the province and A */
}

static void who_took_a_unit_over_answers_for_it(void **state)
{
	struct report_world *w = *state;

	report_open_period(w, "2024-Q1");
	test_db_exec(w->t.db, "update unit set valid_to = 19799 where id = 4;" /* 17/03/2024 */
	                      "insert into unit_closure (ancestor_id, unit_id, depth, from_on)"
	                      " values (2, 4, 1, 19800)"); /* A took C over */
	struct report r = report_current(w, OFFICE_C);
	struct report_doing doing = report_doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A);
	assert_int_equal(r.unit_now.value, OFFICE_A);
	assert_ok(report_try_doing(w, &doing));
	assert_int_equal(report_current(w, OFFICE_C).compiler_id.value, OFFICE_COMPILER_A);
}

static void unknown_periods_and_regimes_are_said(void **state)
{
	struct report_world *w = *state;
	struct report_opening x = { .period = "2024-Q2", .day = report_today(w) };
	struct change change = report_change_at(w, "report.open");

	assert_err(report_open(w->writer, &change, &x, &w->problems), ERR_INPUT);
	assert_non_null(strstr(w->problems.first->message, "2024-Q1, 2024-H1"));
	x = (struct report_opening){ .regime = "khong-co", .day = report_today(w) };
	change = report_change_at(w, "report.open");
	assert_err(report_open(w->writer, &change, &x, &w->problems), ERR_INPUT);
	assert_non_null(problems_for(&w->problems, "regime"));
	assert_int_equal(report_world_count(w, "select count(*) from report"), 0);
}

/* ---- regimes of an office ---- */

static struct report_regime own_regime(int unit)
{
	return (struct report_regime){
		.unit_id = id_of(unit),
		.code = "bnv-581",
		.title = "Báo cáo cải cách hành chính của xã",
		.document = "Công văn số 708/UBND-CCHC",
		.issuer = "UBND tỉnh",
		.valid_from = date_make(2024, 1, 1),
		.valid_to = DATE_NONE,
		.periods = { { "Q1", "quý I năm {1}", 1, 12, 5, 3, 4, 3, 8, 10 },
		             { "Y", "năm {1}", 1, 12, 5, 12, 4, 12, 8, 10 } },
		.n_periods = 2,
		.levels = { { "commune", "xa-2024" } },
		.n_levels = 1,
	};
}

static void an_office_has_its_own_cut_offs(void **state)
{
	struct report_world *w = *state;
	struct report_regime own = own_regime(OFFICE_A), found;
	struct change change = report_change_at(w, "report.regime");

	change.unit_id = id_of(OFFICE_PROVINCE);
	assert_ok(report_regime_add(w->writer, &change, &own, &w->problems));
	assert_int_equal(report_open_period(w, "2024-Q1").n_opened, 4);
	assert_int_equal(report_current(w, OFFICE_A).to_on.days, date_make(2024, 3, 4).days);
	assert_int_equal(report_current(w, OFFICE_A).send_by_on.days,
	                 date_make(2024, 3, 8).days);
	assert_int_equal(report_current(w, OFFICE_B).to_on.days, date_make(2024, 3, 14).days);
	assert_int_equal(report_open_period(w, "2024-Q3").n_opened,
	                 3); /* A's version has none */
	assert_ok(report_regime_of(&found, w->t.db, &w->a, "bnv-581", id_of(OFFICE_A),
	                           report_today(w)));
	assert_string_equal(found.document, "Công văn số 708/UBND-CCHC");
	assert_int_equal(found.n_periods, 2);
	assert_ok(report_regime_of(&found, w->t.db, &w->a, "bnv-581", id_of(OFFICE_A),
	                           date_make(2023, 3, 14)));
	assert_int_equal(found.n_periods, 4);
	/* A later version ends the one before. */
	own.valid_from = date_make(2025, 1, 1);
	change = report_change_at(w, "report.regime");
	assert_ok(report_regime_add(w->writer, &change, &own, &w->problems));
	assert_int_equal(
	        report_world_count(w, "select valid_to from report_regime where unit_id = 2"
	                              " and valid_to is not null"),
	        date_make(2024, 12, 31).days);
}

static void a_regime_is_refused_with_reasons(void **state)
{
	struct report_world *w = *state;
	struct report_regime own = own_regime(OFFICE_A);
	struct change change = report_change_at(w, "report.regime");

	own.levels[0] = (struct regime_level){ "commune", "khong-co" };
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	own.levels[0] = (struct regime_level){ "thon", "xa-2024" };
	change = report_change_at(w, "report.regime");
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	own = own_regime(OFFICE_A);
	change = report_change_at(w, "report.regime");
	change.unit_id = id_of(OFFICE_B); /* another office's */
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_NOT_FOUND);
	own.unit_id = ROW_NONE;
	own.valid_from = date_make(2020, 1, 1); /* before the shipped one */
	change = report_change_at(w, "report.regime");
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	assert_int_equal(report_world_count(w, "select count(*) from report_regime"), 1);
}

/* ---- the steps ---- */

static void a_report_goes_its_way(void **state)
{
	struct report_world *w = *state;
	struct report_events events;
	struct report r;

	report_open_period(w, "2024-Q1");
	r = report_lead_to(w, REPORT_ACCEPTED);
	assert_string_equal(r.compiler_name, "Đỗ Thị Biểu");
	assert_string_equal(r.signer_name, "Phạm Thị Lãnh");
	assert_string_equal(r.clerk_name, "Mai Thị Văn");
	assert_int_equal(r.number, 15);
	assert_string_equal(r.notation, "BC-UBND");
	assert_int_equal(r.sent_on.days, report_today(w).days);
	assert_int_equal(r.revision, 7);
	assert_ok(report_events(&events, w->t.db, &w->a, id_of(OFFICE_PROVINCE), r.id));
	assert_int_equal(events.n, 7);
	assert_int_equal(events.at[0].action, REPORT_ACTION_COUNT_);
	assert_int_equal(events.at[4].action, REPORT_DO_NUMBER);
	assert_int_equal(events.at[4].number, 15);
	assert_int_equal(events.at[6].to, REPORT_ACCEPTED);
	assert_string_equal(events.at[6].unit_name, "Tỉnh Demo");
	assert_int_equal(
	        report_world_count(w,
	                           "select count(*) from journal_entry where subject = 'report'"
	                           " and kind = 'update'"),
	        6);
}

static void compiler_and_signer_are_two_people(void **state)
{
	struct report_world *w = *state;
	struct report r;
	struct report_doing doing;

	report_open_period(w, "2024-Q1");
	r = report_lead_to(w, REPORT_SUBMITTED);
	doing = report_doing_of(&r, REPORT_DO_SIGN, OFFICE_COMPILER_A);
	doing.who.permissions |= MAY(REPORT_SIGN);
	assert_err(report_try_doing(w, &doing), ERR_INPUT);
	assert_non_null(strstr(w->problems.first->message, "Người lập"));
	assert_int_equal(report_current(w, OFFICE_A).revision, r.revision);
}

static void two_people_at_once(void **state)
{
	struct report_world *w = *state;
	struct report r;
	struct report_doing doing;

	report_open_period(w, "2024-Q1");
	r = report_current(w, OFFICE_A);
	doing = report_doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A);
	assert_ok(report_try_doing(w, &doing));
	assert_err(report_try_doing(w, &doing), ERR_CONFLICT);
}

static struct url link_nowhere(row_id id)
{
	(void)id;
	return (struct url){ .text = "/reports" };
}

static void a_repeated_request_is_done_once(void **state)
{
	struct report_world *w = *state;

	report_open_period(w, "2024-Q1");
	struct report r = report_lead_to(w, REPORT_RETURNED);
	struct report_doing doing = report_doing_of(&r, REPORT_DO_AMEND, OFFICE_COMPILER_A);
	row_id made[2];
	for (int i = 0; i < 2; i++) {
		struct change change = report_change_at(w, "report.do");

		change.request_id = "again-and-again";
		change.link = link_nowhere;
		assert_ok(report_do(w->writer, &change, &doing, &w->problems));
		made[i] = change.result;
	}
	assert_true(row_eq(made[0], made[1]));
	assert_int_equal(report_world_count(w, "select count(*) from report where unit_id = 2"),
	                 2);
}

static void another_unit_does_not_see_it(void **state)
{
	struct report_world *w = *state;
	struct report r, found;
	struct report_doing doing;

	report_open_period(w, "2024-Q1");
	r = report_current(w, OFFICE_A);
	assert_err(report_find(&found, w->t.db, &w->a, id_of(OFFICE_B), r.id, report_today(w)),
	           ERR_NOT_FOUND);
	assert_ok(report_find(&found, w->t.db, &w->a, id_of(OFFICE_PROVINCE), r.id,
	                      report_today(w)));
	doing = report_doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_INTAKE_B);
	assert_err(report_try_doing(w, &doing), ERR_NOT_FOUND);
}

/* A unit that stands and has nobody above it: whose figures are its? */
static void a_gap_in_the_tree_is_refused(void **state)
{
	struct report_world *w = *state;

	(void)report_open_period(w, "2024-Q1");
	(void)report_lead_to(w, REPORT_CHECKING);
	test_db_exec(w->t.db, "delete from unit_parent where unit_id = 5");
	assert_err(report_try_do(w, REPORT_DO_SUBMIT, OFFICE_COMPILER_A), ERR_INPUT);
	assert_non_null(w->problems.first);
	assert_non_null(strstr(w->problems.first->message, "Trung tâm A"));
	assert_int_equal(report_current(w, OFFICE_A).state, REPORT_CHECKING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPORT_TEST(every_unit_that_owes_gets_one),
		REPORT_TEST(what_is_due_is_opened_once_a_day),
		REPORT_TEST(the_tree_is_that_of_the_last_day),
		REPORT_TEST(who_took_a_unit_over_answers_for_it),
		REPORT_TEST(unknown_periods_and_regimes_are_said),
		REPORT_TEST(an_office_has_its_own_cut_offs),
		REPORT_TEST(a_regime_is_refused_with_reasons),
		REPORT_TEST(a_report_goes_its_way),
		REPORT_TEST(a_gap_in_the_tree_is_refused),
		REPORT_TEST(compiler_and_signer_are_two_people),
		REPORT_TEST(two_people_at_once),
		REPORT_TEST(a_repeated_request_is_done_once),
		REPORT_TEST(another_unit_does_not_see_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
