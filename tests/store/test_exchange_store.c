/* A commune's report goes to the province's installation and the answer comes back, through the
 * real stores, whatever happens on the line. */
#include "lib/test_exchange.h"

static int set_up(void **state)
{
	*state = exchange_world_start();
	return 0;
}

static int tear_down(void **state)
{
	exchange_world_stop(*state);
	return 0;
}

static void stands(struct exchange_world *w, enum exchange_state out, enum exchange_inbox in)
{
	struct exchange_lists below = exchange_lists_of(w, false),
	                      above = exchange_lists_of(w, true);

	assert_int_equal(below.n_out, 1);
	if (below.out[0].state != out)
		print_error("outbox: %s, %s\n", exchange_state_word(below.out[0].state),
		            below.out[0].reason ? below.out[0].reason : "");
	assert_int_equal(below.out[0].state, out);
	assert_int_equal(above.n_in, 1);
	if (above.in[0].state != in)
		print_error("inbox: %s\n", above.in[0].reason);
	assert_int_equal(above.in[0].state, in);
}

static void above_does(struct exchange_world *w, enum report_action action)
{
	assert_ok(report_try_do(w->above, action, COMPILER_P));
}

static struct package_frozen frozen(struct exchange_world *w, struct report_world *r)
{
	struct report report = report_current(r, OFFICE_A);
	struct package_frozen f;

	assert_ok(package_find(&f, r->t.db, &w->a, report.id));
	return f;
}

static void a_report_goes_up_and_its_answer_comes_back(void **state)
{
	struct exchange_world *w = *state;
	struct report sent = exchange_sends_report(w), came;

	assert_ok(exchange_go(w));
	assert_int_equal(w->done.made, 1);
	assert_int_equal(w->done.sent, 1);
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
	came = report_current(w->above, OFFICE_A);
	assert_int_equal(came.state, REPORT_SENT);
	assert_int_equal(came.number, sent.number);
	assert_string_equal(came.notation, sent.notation);
	assert_int_equal(date_cmp(came.dated_on, sent.dated_on), 0);
	assert_string_equal(came.content_sha256, sent.content_sha256);
	assert_string_equal(frozen(w, w->above).sha256, frozen(w, w->below).sha256);
	assert_true(frozen(w, w->above).received);
	/* Its cells are there to be added up. */
	struct package_cells cells, own;
	assert_ok(package_cells_of(&cells, w->above->t.db, &w->a, came.id));
	assert_ok(package_cells_of(&own, w->below->t.db, &w->a, sent.id));
	assert_true(cells.n > 90);
	assert_int_equal(cells.n, own.n);
	/* Nothing more happens. */
	assert_ok(exchange_go(w));
	assert_int_equal(w->done.made + w->done.sent, 0);
	assert_int_equal(w->n_carried, 1);
	above_does(w, REPORT_DO_ACCEPT);
	assert_ok(exchange_go(w));
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_ACCEPTED, INBOX_TAKEN);
	assert_int_equal(report_current(w->below, OFFICE_A).state, REPORT_ACCEPTED);
	assert_ok(exchange_go(w));
	assert_int_equal(w->done.heard, 0);
	assert_int_equal(report_world_count(w->below, "select count(*) from report_event "
	                                              "where action = 'accept'"),
	                 1);
}

static void a_lost_receipt_doubles_nothing(void **state)
{
	struct exchange_world *w = *state;

	exchange_sends_report(w);
	w->next = (struct exchange_mishap){ .twice = true, .answer_lost = true };
	assert_ok(exchange_go(w));
	assert_int_equal(w->done.failed, 1);
	assert_non_null(w->done.trouble);
	exchange_later(w, 1);
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
	assert_int_equal(w->n_carried, 3);
	assert_int_equal(exchange_lists_of(w, true).in[0].times, 3);
	assert_int_equal(report_world_count(w->above, "select count(*) from package_content"),
	                 1);
	assert_int_equal(report_world_count(w->above, "select count(*) from exchange_word"), 1);
}

static void a_killed_sender_sends_again(void **state)
{
	struct exchange_world *w = *state;

	exchange_sends_report(w);
	w->next = (struct exchange_mishap){ .killed = true, .lost = true };
	assert_err(exchange_go(w), ERR_BUSY);
	assert_int_equal(exchange_lists_of(w, false).out[0].state, EXCHANGE_SENDING);
	exchange_later(w, 1);
	w->next = (struct exchange_mishap){ .killed = true };
	assert_err(exchange_go(w), ERR_BUSY);
	stands(w, EXCHANGE_SENDING, INBOX_TAKEN);
	exchange_later(w, 1);
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
	assert_int_equal(report_world_count(w->above, "select count(*) from package_content"),
	                 1);
}

static void what_is_in_the_way_is_said(void **state)
{
	static const struct {
		int status;
		const char *words;
		bool line;
	} cases[] = { { 401, "mã kết nối", true },
		      { 403, "mã kết nối", true },
		      { 503, "đang bận", true },
		      { 413, "lớn hơn giới hạn", false },
		      { 500, "không trả lời đúng cách (mã 500)", false },
		      { 200, "không trả lời đúng cách (mã 200)", false } };
	struct exchange_world *w = *state;

	exchange_sends_report(w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->next = (struct exchange_mishap){ .status = cases[i].status };
		assert_ok(exchange_go(w));
		assert_int_equal(w->done.failed, 1);
		assert_int_equal(w->done.trouble != NULL, cases[i].line);
		struct exchange_lists below = exchange_lists_of(w, false);
		assert_int_equal(below.out[0].state, EXCHANGE_WAITING);
		assert_non_null(strstr(below.out[0].reason, cases[i].words));
		exchange_later(w, 2);
	}
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
}

/* The province returns it with a comment on a cell; the commune corrects and sends again. */
static void a_returned_report_is_corrected(void **state)
{
	struct exchange_world *w = *state;
	struct report_remark remark = { "1", "", "Thiếu số liệu quý" };
	struct report_comments comments;
	struct report_doing doing;
	struct report r;

	exchange_sends_report(w);
	assert_ok(exchange_go(w));
	r = report_current(w->above, OFFICE_A);
	doing = report_doing_of(&r, REPORT_DO_RETURN, COMPILER_P);
	doing.given.reason = "Số liệu chưa khớp";
	doing.remarks = &remark;
	doing.n_remarks = 1;
	assert_ok(report_try_doing(w->above, &doing));
	assert_ok(exchange_go(w));
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_RETURNED, INBOX_TAKEN);
	assert_string_equal(exchange_lists_of(w, false).out[0].reason, "Số liệu chưa khớp");
	r = report_current(w->below, OFFICE_A);
	assert_int_equal(r.state, REPORT_RETURNED);
	assert_ok(report_comments(&comments, w->below->t.db, &w->a, ROW_NONE, r.id));
	assert_int_equal(comments.n, 1);
	assert_string_equal(comments.at[0].text, "Thiếu số liệu quý");

	assert_ok(report_try_do(w->below, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	assert_ok(report_try_do(w->below, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A));
	assert_ok(report_try_do(w->below, REPORT_DO_SUBMIT, OFFICE_COMPILER_A));
	assert_ok(report_try_do(w->below, REPORT_DO_SIGN, OFFICE_LEADER_A));
	assert_ok(report_try_number(w->below, OFFICE_A, 16));
	assert_ok(report_try_do(w->below, REPORT_DO_SEND, CLERK_A));
	assert_ok(exchange_go(w));
	assert_int_equal(w->done.sent, 1);
	r = report_current(w->above, OFFICE_A);
	assert_int_equal(r.state, REPORT_SENT);
	assert_int_equal(r.number, 16);
	assert_false(row_is_none(r.amends_report_id));
	assert_int_equal(exchange_lists_of(w, false).out[0].state, EXCHANGE_DELIVERED);
	assert_int_equal(exchange_lists_of(w, true).n_in, 2);
}

/* ---- what cannot be taken in ---- */

static void inbox_says(struct exchange_world *w, enum exchange_inbox state, const char *words)
{
	struct exchange_lists above = exchange_lists_of(w, true);

	assert_int_equal(above.n_in, 1);
	if (above.in[0].state != state || !strstr(above.in[0].reason, words))
		print_error("%d: %s\n", above.in[0].state, above.in[0].reason);
	assert_int_equal(above.in[0].state, state);
	assert_non_null(strstr(above.in[0].reason, words));
}

static void altered_and_cut_ones_are_refused_and_sound_ones_taken_after(void **state)
{
	struct exchange_world *w = *state;

	exchange_sends_report(w);
	w->next = (struct exchange_mishap){ .cut = true };
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_REFUSED, INBOX_REFUSED);
	inbox_says(w, INBOX_REFUSED, "bị cắt");
	struct exchange_deciding again = { .item = exchange_lists_of(w, false).out[0].id };
	struct change change = report_change_at(w->below, "exchange.again");
	assert_ok(exchange_decide(w->below->writer, &change, &again, &w->below->problems));
	w->next = (struct exchange_mishap){ .altered = true };
	assert_ok(exchange_go(w));
	assert_int_equal(exchange_lists_of(w, true).in[0].state, INBOX_REFUSED);
	assert_int_equal(exchange_lists_of(w, false).out[0].state, EXCHANGE_REFUSED);
	change = report_change_at(w->below, "exchange.again");
	assert_ok(exchange_decide(w->below->writer, &change, &again, &w->below->problems));
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
}

/* Held until the cause is gone, then taken in without anybody sending it again. */
static void held(struct exchange_world *w, const char *cause, const char *words,
                 const char *cure)
{
	test_db_exec(w->above->t.db, cause);
	exchange_sends_report(w);
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_HELD, INBOX_HELD);
	inbox_says(w, INBOX_HELD, words);
	assert_non_null(strstr(exchange_lists_of(w, false).out[0].reason, words));
	test_db_exec(w->above->t.db, cure);
	exchange_later(w, 2);
	assert_ok(exchange_go(w));
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
	assert_int_equal(w->n_carried, 1);
}

static void an_unknown_unit_is_held(void **state)
{
	held(*state, "update unit set code = 'H99.77' where id = 2", "Không có đơn vị mã",
	     "update unit set code = 'H99.50.05' where id = 2");
}

static void a_unit_elsewhere_is_held(void **state)
{
	held(*state, "update exchange_peer set unit_id = 3", "không thuộc phạm vi",
	     "update exchange_peer set unit_id = 2");
}

static void a_closed_period_is_held(void **state)
{
	struct exchange_world *w = *state;

	report_open_period(w->above, "2024-Q1");
	held(w, "update report set state = 'signed' where unit_id = 1", "đã chốt",
	     "update report set state = 'compiling' where unit_id = 1");
}

static void a_report_being_made_here_is_held(void **state)
{
	struct exchange_world *w = *state;

	report_open_period(w->above, "2024-Q1");
	held(w, "update report set state = 'checking' where unit_id = 2", "đang được làm",
	     "update report set state = 'compiling' where unit_id = 2");
}

static void an_exempt_unit_is_held(void **state)
{
	struct exchange_world *w = *state;

	report_open_period(w->above, "2024-Q1");
	held(w, "update report set state = 'exempt' where unit_id = 2", "không phải nộp",
	     "update report set state = 'compiling' where unit_id = 2");
}

static void other_forms_are_held(void **state)
{
	struct exchange_world *w = *state;

	report_open_period(w->above, "2024-Q1");
	held(w, "update report set from_on = from_on - 1 where unit_id = 2", "bộ biểu mẫu",
	     "update report set from_on = from_on + 1 where unit_id = 2");
}

/* People decide: refused with a reason, or taken in place of what stands there. */
static void people_decide(void **state)
{
	struct exchange_world *w = *state;
	struct exchange_deciding d = { .inbox = true, .deed = EXCHANGE_STOP };
	struct change change = report_change_at(w->above, "exchange.decide");

	test_db_exec(w->above->t.db, "update exchange_peer set unit_id = 3");
	exchange_sends_report(w);
	assert_ok(exchange_go(w));
	d.item = exchange_lists_of(w, true).in[0].id;
	assert_err(exchange_decide(w->above->writer, &change, &d, &w->above->problems),
	           ERR_INPUT);
	assert_string_equal(w->above->problems.first->field, "reason");
	d.reason = "Không đúng đơn vị";
	change = report_change_at(w->above, "exchange.decide");
	change.unit_id = id_of(OFFICE_B + 90);
	assert_err(exchange_decide(w->above->writer, &change, &d, &w->above->problems),
	           ERR_NOT_FOUND);
	change = report_change_at(w->above, "exchange.decide");
	assert_ok(exchange_decide(w->above->writer, &change, &d, &w->above->problems));
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_REFUSED, INBOX_REFUSED);
	assert_non_null(strstr(exchange_lists_of(w, false).out[0].reason, "Không đúng đơn vị"));
	d = (struct exchange_deciding){ .item = exchange_lists_of(w, false).out[0].id,
		                        .deed = EXCHANGE_STOP,
		                        .reason = "Gửi bản giấy" };
	change = report_change_at(w->below, "exchange.decide");
	assert_ok(exchange_decide(w->below->writer, &change, &d, &w->below->problems));
	stands(w, EXCHANGE_GIVEN_UP, INBOX_REFUSED);
}

/* On a USB stick, then over the line as well: one document. */
static void a_file_is_taken_in_too(void **state)
{
	struct exchange_world *w = *state;
	struct report r = exchange_sends_report(w);
	struct exchange_receipt receipt;
	struct slice bytes;

	assert_ok(exchange_pack(&bytes, w->below->t.db, &w->a, r.id, report_today(w->below)));
	receipt = exchange_carry_file(w, bytes);
	assert_int_equal(receipt.finding, FOUND_SOUND);
	assert_false(row_is_none(receipt.report_id));
	assert_int_equal(report_current(w->above, OFFICE_A).state, REPORT_SENT);
	receipt = exchange_carry_file(w, bytes);
	assert_int_equal(receipt.finding, FOUND_SOUND);
	assert_ok(exchange_go(w));
	stands(w, EXCHANGE_DELIVERED, INBOX_TAKEN);
	assert_int_equal(report_world_count(w->above, "select count(*) from package_content"),
	                 1);
	receipt = exchange_carry_file(w, (struct slice){ "not a package", 13 });
	assert_int_equal(receipt.finding, FOUND_CUT);
	/* What came can be given on as it came. */
	struct slice again;
	r = report_current(w->above, OFFICE_A);
	assert_ok(exchange_pack(&again, w->above->t.db, &w->a, r.id, report_today(w->above)));
	assert_int_equal(again.len, bytes.len);
	assert_memory_equal(again.at, bytes.at, bytes.len);
}

/* ---- schedules ---- */

static uint64_t draw(uint64_t *random, uint64_t below)
{
	*random = *random * 6364136223846793005 + 1442695040888963407;
	return (*random >> 33) % below;
}

/* Some rounds with mishaps of every kind, people deciding in between; then it must all be so.
 */
static void schedule(uint64_t random)
{
	struct exchange_world *w = exchange_world_start();
	enum report_state state = REPORT_SENT;

	exchange_sends_report(w);
	for (int i = 0; i < 10; i++) {
		w->next = (struct exchange_mishap){ .lost = draw(&random, 4) == 0,
			                            .answer_lost = draw(&random, 4) == 0,
			                            .twice = draw(&random, 3) == 0,
			                            .killed = draw(&random, 5) == 0,
			                            .status = draw(&random, 8) ? 0 : 503 };
		(void)(exchange_go(w) == ERR_OK);
		if (draw(&random, 4) == 0 &&
		    report_world_count(w->above,
		                       "select count(*) from report where state = 'sent'")) {
			state = draw(&random, 2) ? REPORT_ACCEPTED : REPORT_RETURNED;
			above_does(w, state == REPORT_ACCEPTED ? REPORT_DO_ACCEPT
			                                       : REPORT_DO_RETURN);
		}
		w->above->now.us -= (int64_t)draw(&random, 2) * 300 * US_PER_DAY;
		exchange_later(w, (int)draw(&random, 3));
	}
	w->next = (struct exchange_mishap){ 0 };
	for (int i = 0; i < 3; i++) {
		exchange_later(w, 2);
		assert_ok(exchange_go(w));
	}
	stands(w,
	       state == REPORT_SENT       ? EXCHANGE_DELIVERED
	       : state == REPORT_ACCEPTED ? EXCHANGE_ACCEPTED
	                                  : EXCHANGE_RETURNED,
	       INBOX_TAKEN);
	assert_int_equal(report_current(w->below, OFFICE_A).state, state);
	assert_int_equal(report_current(w->above, OFFICE_A).state, state);
	assert_int_equal(report_world_count(w->above, "select count(*) from package_content"),
	                 1);
	exchange_world_stop(w);
}

static void schedules_through_the_stores(void **state)
{
	const char *asked = getenv("SEED");
	long long first = 1;

	(void)state;
	if (asked)
		assert_true(str_to_int(asked, &first));
	for (long long i = 0; i < 24; i++) {
		print_message("SEED=%lld\n", first + i);
		schedule((uint64_t)(first + i));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_report_goes_up_and_its_answer_comes_back),
		TEST(a_lost_receipt_doubles_nothing),
		TEST(a_killed_sender_sends_again),
		TEST(what_is_in_the_way_is_said),
		TEST(a_returned_report_is_corrected),
		TEST(altered_and_cut_ones_are_refused_and_sound_ones_taken_after),
		TEST(an_unknown_unit_is_held),
		TEST(a_unit_elsewhere_is_held),
		TEST(a_closed_period_is_held),
		TEST(a_report_being_made_here_is_held),
		TEST(an_exempt_unit_is_held),
		TEST(other_forms_are_held),
		TEST(people_decide),
		TEST(a_file_is_taken_in_too),
		cmocka_unit_test(schedules_through_the_stores),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
