#include "lib/test.h"

#include "app/dossier/dossier.h"
#include "base/str.h"

static const instant_t nothing = { INT64_MIN };

static instant_t at(int day, int hour)
{
	return instant_local(date_make(2024, 2, day), hour * 60);
}

/* A dossier taken in on 5/2 at 8:00, due on 19/2 at 17:00. */
static struct dossier sample(enum dossier_state s)
{
	return (struct dossier){
		.state = s,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.delivery_state = DELIVERY_STATE_NONE,
		.payment_state = PAYMENT_STATE_NONE,
		.received_at = at(5, 8),
		.original_due_at = at(19, 17),
		.due_at = at(19, 17),
		.extended_due_at = nothing,
		.source_due_at = nothing,
		.paused_at = nothing,
		.finished_at = nothing,
		.closed_on = DATE_NONE,
		.returned_at = nothing,
	};
}

static void check_transitions(char *line)
{
	char *save = NULL, *word = strtok_r(line, " ", &save);
	enum dossier_action action;

	assert_true(dossier_action_parse(&action, word));
	assert_string_equal(dossier_action_rule(action)->word, word);
	for (int s = 0; s < DOSSIER_STATES; s++) {
		const char *cell = strtok_r(NULL, " ", &save);
		enum dossier_state to = DOSSIER_SAME;
		bool may = dossier_transition((enum dossier_state)s, action, &to);
		struct dossier d = sample((enum dossier_state)s);
		struct dossier_act act = {
			action, at(20, 9), at(29, 17), OUTCOME_LATE, { 0 }, 0
		};

		assert_non_null(cell);
		if (s == DOSSIER_FINISHED)
			d.finished_at = at(19, 9);
		assert_int_equal(may, !str_eq(cell, "."));
		assert_int_equal(dossier_objection(&d, &act) == NULL, may);
		dossier_apply(&d, &act);
		assert_int_equal(d.state, may ? strtol(cell, NULL, 10) : s);
	}
	assert_null(strtok_r(NULL, " ", &save));
}

static void test_every_action_from_every_state(void **state)
{
	FILE *f = fopen("tests/cases/dossier_transitions.cases", "r");
	char line[256];
	int n = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		check_transitions(line);
		n++;
	}
	fclose(f);
	assert_int_equal(n, ACTION_COUNT_);
}

static void test_every_action_is_somebodys(void **state)
{
	enum dossier_action other;

	(void)state;
	for (int a = 0; a < ACTION_COUNT_; a++) {
		const struct dossier_action_rule *rule =
		        dossier_action_rule((enum dossier_action)a);

		assert_true(rule->may != 0);
		assert_true(rule->from != 0);
		assert_true(strlen(rule->label) > 3);
		assert_true(dossier_action_parse(&other, rule->word));
		assert_int_equal(other, a);
	}
	assert_false(dossier_action_parse(&other, "burn"));
	assert_false(dossier_action_parse(&other, NULL));
}

static void test_states_have_the_portals_codes(void **state)
{
	(void)state;
	assert_int_equal(DOSSIER_REGISTERED, 1);
	assert_int_equal(DOSSIER_RETURNED, 10);
	assert_int_equal(DOSSIER_STATES, 11);
	assert_string_equal(dossier_state_text(DOSSIER_SUPPLEMENT), "Yêu cầu bổ sung giấy tờ");
	for (int s = 1; s < DOSSIER_STATES; s++) {
		struct dossier d = sample((enum dossier_state)s);

		assert_int_not_equal(dossier_group(&d), GROUP_NONE);
	}
}

static void test_supplement_stops_and_resumes(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);

	(void)state;
	dossier_apply(
	        &d, &(struct dossier_act){ .action = ACTION_ASK_SUPPLEMENT, .at = at(7, 10) });
	assert_int_equal(d.state, DOSSIER_SUPPLEMENT);
	assert_int_equal(instant_cmp(d.paused_at, at(7, 10)), 0);
	assert_int_equal(dossier_standing(&d, at(28, 9)), STANDING_WAITING);
	dossier_apply(&d, &(struct dossier_act){ .action = ACTION_SUPPLEMENT_RECEIVED,
	                                         .at = at(15, 9),
	                                         .due = at(27, 16) });
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
	assert_true(instant_is_none(d.paused_at));
	assert_int_equal(instant_cmp(d.due_at, at(27, 16)), 0);
	assert_int_equal(instant_cmp(d.original_due_at, at(19, 17)), 0);
}

static void test_payment_is_a_state_of_its_own(void **state)
{
	struct dossier d = sample(DOSSIER_RECEIVED);

	(void)state;
	dossier_apply(&d,
	              &(struct dossier_act){ .action = ACTION_ASK_PAYMENT, .at = at(7, 10) });
	assert_int_equal(d.payment_state, PAYMENT_STATE_DUE);
	dossier_apply(&d, &(struct dossier_act){
	                          .action = ACTION_PAID, .at = at(8, 9), .due = at(20, 9) });
	assert_int_equal(d.payment_state, PAYMENT_STATE_PAID);
	assert_int_equal(d.state, DOSSIER_IN_PROCESS);
}

static void test_finished_is_not_returned(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);

	(void)state;
	dossier_apply(&d, &(struct dossier_act){ .action = ACTION_FINISH,
	                                         .at = at(19, 9),
	                                         .outcome = OUTCOME_ON_TIME });
	assert_int_equal(d.state, DOSSIER_FINISHED);
	assert_int_equal(d.delivery_state, DELIVERY_STATE_WAITING);
	assert_true(instant_is_none(d.returned_at));
	assert_int_equal(dossier_standing(&d, at(28, 9)), STANDING_DONE);
	assert_non_null(dossier_objection(
	        &d, &(struct dossier_act){ .action = ACTION_RETURN, .at = at(18, 9) }));
	dossier_apply(&d, &(struct dossier_act){ .action = ACTION_RETURN, .at = at(28, 9) });
	assert_int_equal(d.outcome, OUTCOME_ON_TIME);
	assert_int_equal(d.delivery_state, DELIVERY_STATE_DELIVERED);
	assert_int_equal(instant_cmp(d.returned_at, at(28, 9)), 0);
}

static void test_refusal_after_examination_is_finished(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);

	(void)state;
	dossier_apply(&d, &(struct dossier_act){ .action = ACTION_REFUSE,
	                                         .at = at(19, 9),
	                                         .outcome = OUTCOME_ON_TIME });
	assert_int_equal(d.state, DOSSIER_FINISHED);
	assert_true(d.refused);
	assert_true(date_is_none(d.closed_on));
}

static void test_closing_leaves_no_clock(void **state)
{
	struct dossier d = sample(DOSSIER_SUPPLEMENT);

	(void)state;
	d.paused_at = at(7, 10);
	dossier_apply(&d, &(struct dossier_act){ .action = ACTION_STOP, .at = at(20, 9) });
	assert_int_equal(d.state, DOSSIER_STOPPED);
	assert_true(instant_is_none(d.paused_at));
	assert_int_equal(date_cmp(d.closed_on, date_make(2024, 2, 20)), 0);
	assert_true(instant_is_none(d.finished_at));
}

static void test_extension_keeps_the_first_due(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);
	struct dossier_act act = { .action = ACTION_EXTEND,
		                   .at = at(16, 9),
		                   .due = at(23, 17) };

	(void)state;
	assert_null(dossier_objection(&d, &act));
	dossier_apply(&d, &act);
	assert_int_equal(instant_cmp(d.extended_due_at, at(23, 17)), 0);
	assert_int_equal(instant_cmp(d.due_at, at(19, 17)), 0);
	act.due = at(19, 17);
	assert_non_null(dossier_objection(&d, &act));
	d.due_at = INSTANT_NONE;
	assert_non_null(dossier_objection(&d, &act));
}

static void test_nothing_happens_before_the_receipt(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);

	(void)state;
	assert_non_null(dossier_objection(
	        &d, &(struct dossier_act){ .action = ACTION_FINISH, .at = at(5, 7) }));
}

static void test_standing(void **state)
{
	struct dossier d = sample(DOSSIER_IN_PROCESS);

	(void)state;
	assert_int_equal(dossier_standing(&d, at(12, 9)), STANDING_IN_TIME);
	assert_int_equal(dossier_standing(&d, at(18, 23)), STANDING_TOMORROW);
	assert_int_equal(dossier_standing(&d, at(19, 0)), STANDING_TODAY);
	assert_int_equal(dossier_standing(&d, at(19, 17)), STANDING_TODAY);
	assert_int_equal(dossier_standing(&d, at(19, 18)), STANDING_OVERDUE);
	d.supplement_rule = SUPPLEMENT_NEVER_STOPS;
	dossier_apply(&d,
	              &(struct dossier_act){ .action = ACTION_ASK_SUPPLEMENT, .at = at(7, 9) });
	assert_int_equal(d.state, DOSSIER_SUPPLEMENT);
	assert_int_equal(dossier_group(&d), GROUP_OPEN);
	assert_int_equal(dossier_standing(&d, at(19, 18)), STANDING_OVERDUE);
	d.due_at = INSTANT_NONE;
	assert_int_equal(dossier_standing(&d, at(19, 18)), STANDING_NO_DUE);
}

static void test_what_feeds_figures(void **state)
{
	struct dossier a = sample(DOSSIER_IN_PROCESS), b = a;

	(void)state;
	b.summary = "khác";
	b.holder_id = (row_id){ 7 };
	b.step = 3;
	assert_false(dossier_figures_differ(&a, &b));
	b.channel = CHANNEL_ONLINE;
	assert_true(dossier_figures_differ(&a, &b));
	b = a;
	b.due_at = at(20, 8);
	assert_true(dossier_figures_differ(&a, &b));
}

static void test_choices(void **state)
{
	size_t total = 0, n;
	enum dossier_choice c;

	(void)state;
	for (int l = LIST_CHANNEL; l <= LIST_APPLICANT; l++) {
		const struct choice_row *rows = choice_rows((enum dossier_choice_list)l, &n);

		for (size_t i = 0; i < n; i++) {
			assert_true(
			        choice_parse(&c, (enum dossier_choice_list)l, rows[i].word));
			assert_string_equal(choice_text(c), rows[i].text);
		}
		total += n;
	}
	assert_int_equal(total, CHOICE_COUNT_);
	assert_false(choice_parse(&c, LIST_CHANNEL, "waiting"));
	assert_false(choice_parse(&c, LIST_CHANNEL, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_action_from_every_state),
		cmocka_unit_test(test_every_action_is_somebodys),
		cmocka_unit_test(test_states_have_the_portals_codes),
		cmocka_unit_test(test_supplement_stops_and_resumes),
		cmocka_unit_test(test_payment_is_a_state_of_its_own),
		cmocka_unit_test(test_finished_is_not_returned),
		cmocka_unit_test(test_refusal_after_examination_is_finished),
		cmocka_unit_test(test_closing_leaves_no_clock),
		cmocka_unit_test(test_extension_keeps_the_first_due),
		cmocka_unit_test(test_nothing_happens_before_the_receipt),
		cmocka_unit_test(test_standing),
		cmocka_unit_test(test_what_feeds_figures),
		cmocka_unit_test(test_choices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
