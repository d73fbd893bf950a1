/* What stands around the steps of a report: numbers, locks, comments, the board. */
#include "lib/test_report.h"

/* ---- numbers ---- */

static void a_number_is_given_once_a_year(void **state)
{
	struct report_world *w = *state;
	struct report_number next, kept;
	struct report r;

	report_open_period(w, "2024-Q1");
	assert_ok(report_number_next(&next, w->t.db, &w->a, id_of(OFFICE_A), 2024));
	assert_int_equal(next.number, 1);
	report_lead_to(w, REPORT_SIGNED);
	test_db_exec(w->t.db,
	             "insert into report_number (unit_id, year, number, report_id,"
	             " notation, dated_on, change_id) select 2, 2024, 14, r.id, 'BC-UBND',"
	             " 19800, 1 from report r where r.unit_id = 3");
	assert_err(report_try_number(w, OFFICE_A, 14), ERR_INPUT);
	assert_non_null(problems_for(&w->problems, "number"));
	assert_ok(report_number_next(&next, w->t.db, &w->a, id_of(OFFICE_A), 2024));
	assert_int_equal(next.number, 15);
	assert_string_equal(next.notation, "BC-UBND");
	assert_ok(report_try_number(w, OFFICE_A, 15));
	/* The signer reopens it: the number stays in the register, and may be given again. */
	assert_ok(report_try_do(w, REPORT_DO_REOPEN, OFFICE_LEADER_A));
	r = report_current(w, OFFICE_A);
	assert_int_equal(r.number, REPORT_NO_NUMBER);
	assert_ok(report_number_kept(&kept, w->t.db, &w->a, id_of(OFFICE_A), r.id));
	assert_int_equal(kept.number, 15);
	report_lead_to(w, REPORT_NUMBERED);
	assert_int_equal(
	        report_world_count(w, "select count(*) from report_number where unit_id = 2"),
	        2);
}

static void a_correction_is_a_new_document(void **state)
{
	struct report_world *w = *state;
	struct report old, new;

	report_open_period(w, "2024-Q1");
	old = report_lead_to(w, REPORT_RETURNED);
	assert_ok(report_try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	new = report_current(w, OFFICE_A);
	assert_false(row_eq(new.id, old.id));
	assert_true(row_eq(new.amends_report_id, old.id));
	assert_int_equal(new.state, REPORT_COMPILING);
	assert_int_equal(new.first_sent_on.days, old.first_sent_on.days);
	assert_ok(report_find(&old, w->t.db, &w->a, ROW_NONE, old.id, report_today(w)));
	assert_true(row_eq(old.amended_by_id, new.id));
	assert_int_equal(old.number, 15); /* as it was signed */
	assert_string_equal(old.signer_name, "Phạm Thị Lãnh");
	assert_err(report_try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A), ERR_INPUT);
	assert_ok(report_try_do(w, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A));
	assert_ok(report_try_do(w, REPORT_DO_SUBMIT, OFFICE_COMPILER_A));
	assert_ok(report_try_do(w, REPORT_DO_SIGN, OFFICE_LEADER_A));
	assert_err(report_try_number(w, OFFICE_A, 15), ERR_INPUT); /* a number of its own */
	assert_ok(report_try_number(w, OFFICE_A, 16));
}

/* ---- locks ---- */

static struct form_entries entry_of(struct report_world *w, struct form_entry *entry)
{
	struct form_entries entries = { .scope = id_of(OFFICE_A),
		                        .unit = id_of(OFFICE_A),
		                        .entries = entry,
		                        .n = 1,
		                        .problems = &w->problems };

	assert_ok(form_set_open(&entries.set, w->t.db, &w->a, "xa-2024"));
	assert_true(period_parse(&entries.period, "2024-Q1"));
	entry->stated = FORM_NOTHING_STATED;
	entry->stated.value = dec_from_int(7);
	for (size_t i = 0; i < entries.set->n_rows && !entry->row; i++)
		if (entries.set->rows[i].kind == FORM_COUNT && !entries.set->rows[i].value)
			entry->row = &entries.set->rows[i];
	assert_non_null(entry->row);
	return entries;
}

static enum err try_enter(struct report_world *w, int64_t value, const char *period)
{
	struct form_entry entry = { .row = NULL };
	struct form_entries entries = entry_of(w, &entry);
	struct change change = report_change_at(w, "form.enter");

	entry.stated.value = dec_from_int(value);
	assert_true(period_parse(&entries.period, period));
	return form_enter(w->writer, &change, &entries);
}

static void figures_are_locked_and_opened_with_the_state(void **state)
{
	static const enum report_state locked[] = { REPORT_SUBMITTED, REPORT_SIGNED,
		                                    REPORT_NUMBERED,  REPORT_SENT,
		                                    REPORT_ACCEPTED,  REPORT_RETURNED };
	struct report_world *w = *state;
	int64_t cells;

	report_open_period(w, "2024-Q1");
	assert_ok(try_enter(w, 7, "2024-Q1"));
	report_lead_to(w, REPORT_CHECKING);
	assert_ok(try_enter(w, 8, "2024-Q1"));
	cells = report_world_count(w, "select count(*) from form_cell");
	for (size_t i = 0; i < ARRAY_LEN(locked); i++) {
		report_lead_to(w, locked[i]);
		assert_err(try_enter(w, 9, "2024-Q1"), ERR_INPUT);
		assert_non_null(strstr(w->problems.first->message, "khóa"));
		assert_int_equal(report_world_count(w, "select count(*) from form_cell"),
		                 cells);
		assert_int_equal(report_world_count(w, "select count(*) from form_lock"), 1);
	}
	assert_ok(try_enter(w, 9, "2024-H1")); /* another period is open */
	assert_ok(report_try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	assert_ok(try_enter(w, 9, "2024-Q1"));
	report_lead_to(w, REPORT_SUBMITTED);
	assert_err(try_enter(w, 10, "2024-Q1"), ERR_INPUT);
	assert_ok(report_try_do(w, REPORT_DO_GIVE_BACK, OFFICE_LEADER_A));
	assert_ok(try_enter(w, 10, "2024-Q1"));
	assert_int_equal(report_world_count(w, "select count(*) from form_lock_setting"), 0);
}

/* A later decision on counting reaches open sheets only. */
static void a_locked_sheet_keeps_its_decisions(void **state)
{
	struct report_world *w = *state;
	struct form_sheet sheet;
	struct form_sheet_of of = { id_of(OFFICE_A), id_of(OFFICE_A), { .from = DATE_NONE } };
	struct form_choosing x = { .unit = id_of(OFFICE_PROVINCE) };
	struct change change = report_change_at(w, "form.decide");
	size_t i;

	report_open_period(w, "2024-Q1");
	report_lead_to(w, REPORT_SIGNED);
	assert_ok(form_set_open(&x.set, w->t.db, &w->a, "xa-2024"));
	i = (size_t)(form_find_setting(x.set, "in_time") - x.set->settings);
	x.words[i] = "extended";
	assert_ok(form_decide(w->writer, &change, &x));
	assert_true(period_parse(&of.period, "2024-Q1"));
	assert_ok(form_sheet_open(&sheet, w->t.db, &w->a, x.set, &of));
	assert_non_null(sheet.lock);
	assert_string_equal(sheet.choices[i], "due");
	assert_true(period_parse(&of.period, "2024-H1"));
	assert_ok(form_sheet_open(&sheet, w->t.db, &w->a, x.set, &of));
	assert_null(sheet.lock);
	assert_string_equal(sheet.choices[i], "extended");
	assert_ok(report_try_do(w, REPORT_DO_REOPEN, OFFICE_LEADER_A));
	assert_true(period_parse(&of.period, "2024-Q1"));
	assert_ok(form_sheet_open(&sheet, w->t.db, &w->a, x.set, &of));
	assert_string_equal(sheet.choices[i], "extended");
}

/* ---- comments ---- */

static void comments_travel_with_the_return(void **state)
{
	struct report_world *w = *state;
	struct form_entry entry = { .row = NULL };
	struct form_entries entries = entry_of(w, &entry);
	struct report_remark remarks[] = {
		{ entry.row->form->code, entry.row->id, "Số này cao hơn kỳ trước 10 lần" },
		{ "", "", "Bổ sung phụ lục" },
		{ "3", "khong-co", "Dòng không có" },
	};
	struct report_comments list;
	struct report_actor who = report_person(OFFICE_INTAKE_B);
	struct change change;

	(void)entries;
	report_open_period(w, "2024-Q1");
	struct report r = report_lead_to(w, REPORT_SENT);
	struct report_doing doing = report_doing_of(&r, REPORT_DO_RETURN, COMPILER_P);
	doing.remarks = remarks;
	doing.n_remarks = 3;
	assert_err(report_try_doing(w, &doing), ERR_INPUT); /* the third names no row */
	assert_int_equal(report_world_count(w, "select count(*) from report_comment"), 0);
	doing.n_remarks = 2;
	assert_ok(report_try_doing(w, &doing));
	assert_ok(report_try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	assert_ok(report_comments(&list, w->t.db, &w->a, id_of(OFFICE_A),
	                          report_current(w, OFFICE_A).id));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.n_open, 2);
	assert_string_equal(list.at[0].indicator, entry.row->id);
	assert_string_equal(list.at[0].unit_name, "Tỉnh Demo");
	change = report_change_at(w, "report.settle");
	assert_err(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems),
	           ERR_INPUT);
	who = report_person(OFFICE_COMPILER_A);
	change = report_change_at(w, "report.settle");
	assert_ok(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems));
	change = report_change_at(w, "report.settle");
	assert_err(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems),
	           ERR_INPUT);
	assert_ok(report_comments(&list, w->t.db, &w->a, id_of(OFFICE_A),
	                          report_current(w, OFFICE_A).id));
	assert_int_equal(list.n_open, 1);
	assert_string_equal(list.at[0].settled_by, "Đỗ Thị Biểu");
	struct report_commenting more = { report_current(w, OFFICE_A).id,
		                          report_person(OFFICE_LEADER_A), &remarks[1], 1 };
	change = report_change_at(w, "report.comment");
	assert_ok(report_comment_add(w->writer, &change, &more, &w->problems));
	more.who = report_person(OFFICE_INTAKE_B);
	change = report_change_at(w, "report.comment");
	assert_err(report_comment_add(w->writer, &change, &more, &w->problems), ERR_INPUT);
}

/* ---- the board ---- */

static struct report_filter filter_of(struct report_world *w, enum report_view view)
{
	return (struct report_filter){ .scope = id_of(OFFICE_PROVINCE),
		                       .today = report_today(w),
		                       .view = view,
		                       .send_by_until = DATE_NONE };
}

static int64_t n_of(struct report_world *w, enum report_view view)
{
	struct report_filter f = filter_of(w, view);
	struct report_rows rows;
	int64_t n;

	assert_ok(report_count(&n, w->t.db, &f));
	assert_ok(
	        report_list(&rows, w->t.db, &w->a, &f, (struct report_after){ 0 }, MOST_ROWS));
	assert_int_equal(rows.n, n);
	return n;
}

static void the_board_counts_and_lists(void **state)
{
	struct report_world *w = *state;
	struct report_filter f;
	struct report_counts counts;
	struct report_rates rates;
	struct report_periods periods;
	struct report_rows rows;

	report_open_period(w, "2024-Q1");
	report_lead_to(w, REPORT_SENT);
	w->now = instant_local(date_make(2024, 3, 22), 600);
	assert_int_equal(n_of(w, REPORT_VIEW_ALL), 4);
	assert_int_equal(n_of(w, REPORT_VIEW_OVERDUE), 3);
	assert_int_equal(n_of(w, REPORT_VIEW_UNSENT), 3);
	assert_int_equal(n_of(w, REPORT_VIEW_SENT), 1);
	assert_int_equal(n_of(w, REPORT_VIEW_SENT_LATE), 0);
	f = filter_of(w, REPORT_VIEW_ALL);
	f.regime = "bnv-581";
	f.period = "2024-Q1";
	assert_ok(report_counts(&counts, w->t.db, &w->a, &f));
	assert_int_equal(counts.n, 2);
	assert_string_equal(counts.at[0].level, "province");
	assert_int_equal(counts.at[1].n, 3);
	assert_int_equal(counts.at[1].by_state[REPORT_SENT], 1);
	assert_int_equal(counts.at[1].overdue, 2);
	assert_ok(report_rates(&rates, w->t.db, id_of(OFFICE_PROVINCE), "bnv-581", "2024-Q1"));
	assert_int_equal(rates.owed, 3);
	assert_int_equal(rates.sent, 1);
	assert_int_equal(rates.in_time, 1);
	assert_int_equal(rates.complete.micro, 33333333);
	assert_ok(report_periods(&periods, w->t.db, &w->a, id_of(OFFICE_PROVINCE)));
	assert_int_equal(periods.n, 1);
	assert_int_equal(periods.at[0].n, 4);
	f.today = date_make(2024, 3, 15);
	assert_ok(report_reminders(&rows, w->t.db, &w->a, &f, 5, 10));
	assert_int_equal(rows.n, 3);
	f.today = date_make(2024, 3, 14);
	assert_ok(report_reminders(&rows, w->t.db, &w->a, &f, 5, 10));
	assert_int_equal(rows.n, 0);
	assert_ok(report_rates(&rates, w->t.db, id_of(OFFICE_A), "bnv-581", "2024-Q1"));
	assert_true(dec_is_none(rates.timely));
}

static void the_board_turns_its_pages(void **state)
{
	struct report_world *w = *state;
	struct report_filter f = filter_of(w, REPORT_VIEW_ALL);
	struct report_after after = { 0 };
	struct report_rows rows;
	size_t n = 0;

	report_open_period(w, "2024-Q1");
	do {
		assert_ok(report_list(&rows, w->t.db, &w->a, &f, after, 1));
		assert_int_equal(rows.n, 1);
		if (after.code)
			assert_true(strcmp(rows.at[0].unit_code, after.code) > 0);
		after = (struct report_after){ rows.at[0].unit_code, rows.at[0].id };
		n++;
	} while (rows.more);
	assert_int_equal(n, 4);
	f.receiver = id_of(OFFICE_PROVINCE);
	f.level = "commune";
	f.one_state = true;
	f.state = REPORT_COMPILING;
	assert_ok(
	        report_list(&rows, w->t.db, &w->a, &f, (struct report_after){ 0 }, MOST_ROWS));
	assert_int_equal(rows.n, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPORT_TEST(a_number_is_given_once_a_year),
		REPORT_TEST(a_correction_is_a_new_document),
		REPORT_TEST(figures_are_locked_and_opened_with_the_state),
		REPORT_TEST(a_locked_sheet_keeps_its_decisions),
		REPORT_TEST(comments_travel_with_the_return),
		REPORT_TEST(the_board_counts_and_lists),
		REPORT_TEST(the_board_turns_its_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
