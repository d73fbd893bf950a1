/* Reports from opening to acceptance, and back: who owes, the steps, numbers, locks, the board.
 */
#include "lib/test_office.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/report/report_board_store.h"
#include "app/report/report_store.h"
#include "base/str.h"

enum { CLERK_A = 16, COMPILER_P = 17, MOST_ROWS = 50 };

struct world {
	struct test_db t;
	struct db_writer *writer;
	struct id_source ids;
	struct arena a;
	struct problems problems;
	instant_t now;
};

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	arena_init(&w->a, 512 << 20);
	test_db_open(&w->t);
	test_office(w->t.db);
	test_db_exec(w->t.db,
	             "insert into account (id, login, name, title, unit_id, password_hash,"
	             " from_change) values (16, 'clerk-a', 'Mai Thị Văn', 'Văn thư', 2, '', 1),"
	             " (17, 'compiler-p', 'Vũ Văn Tỉnh', 'Chuyên viên', 1, '', 1)");
	w->now = instant_local(date_make(2024, 3, 18), 9 * 60);
	assert_ok(db_writer_inline(&w->writer, w->t.where, (struct clock){ w->now }, &w->ids));
	assert_ok(form_ship(w->writer, w->t.db, &w->a));
	problems_init(&w->problems, &w->a);
	*state = w;
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	db_writer_stop(w->writer);
	test_db_close(&w->t);
	arena_release(&w->a);
	free(w);
	return 0;
}

static struct change change_at(const struct world *w, const char *action)
{
	return (struct change){ .at = w->now, .origin = "test", .action = action };
}

static date_t today(const struct world *w)
{
	return instant_day(w->now);
}

static int64_t count(struct world *w, const char *select)
{
	return test_db_int(w->t.db, select);
}

static struct report_opening open_period(struct world *w, const char *period)
{
	struct report_opening x = { .period = period, .day = today(w) };
	struct change change = change_at(w, "report.open");

	assert_ok(report_open(w->writer, &change, &x, &w->problems));
	return x;
}

static struct report current(struct world *w, int unit)
{
	struct report r;

	assert_ok(report_find_period(&r, w->t.db, &w->a, ROW_NONE, id_of(unit), "bnv-581",
	                             "2024-Q1", today(w)));
	return r;
}

/* The people of commune A and of the province. */
static struct report_actor person(int account)
{
	static const struct {
		int account, unit;
		uint64_t may;
	} people[] = {
		{ OFFICE_COMPILER_A, OFFICE_A, MAY(REPORT_COMPILE) | MAY(REPORT_RECEIVE) },
		{ OFFICE_LEADER_A, OFFICE_A, MAY(REPORT_SIGN) },
		{ CLERK_A, OFFICE_A, MAY(REPORT_NUMBER) },
		{ COMPILER_P, OFFICE_PROVINCE, MAY(REPORT_COMPILE) | MAY(REPORT_RECEIVE) },
	};

	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		if (people[i].account == account)
			return (struct report_actor){ id_of(account), id_of(people[i].unit),
				                      people[i].may };
	return (struct report_actor){ id_of(account), id_of(OFFICE_B), ~UINT64_C(0) };
}

static struct report_doing doing_of(const struct report *r, enum report_action action,
                                    int account)
{
	return (struct report_doing){ .report_id = r->id,
		                      .revision = r->revision,
		                      .action = action,
		                      .who = person(account),
		                      .given = { .reason = "Theo văn bản",
		                                 .number = REPORT_NO_NUMBER,
		                                 .dated_on = DATE_NONE } };
}

static enum err try_doing(struct world *w, const struct report_doing *doing)
{
	struct change change = change_at(w, "report.do");

	change.account_id = doing->who.account_id;
	change.unit_id = doing->who.unit_id;
	return report_do(w->writer, &change, doing, &w->problems);
}

static enum err try_do(struct world *w, enum report_action action, int account)
{
	struct report r = current(w, OFFICE_A);
	struct report_doing doing = doing_of(&r, action, account);

	return try_doing(w, &doing);
}

static enum err try_number(struct world *w, int unit, int64_t number)
{
	struct report r = current(w, unit);
	struct report_doing doing = doing_of(&r, REPORT_DO_NUMBER, CLERK_A);

	doing.who.unit_id = id_of(unit);
	doing.given.number = number;
	doing.given.notation = "BC-UBND";
	doing.given.dated_on = today(w);
	return try_doing(w, &doing);
}

/* Commune A's report of the quarter, led to a state. */
static struct report lead_to(struct world *w, enum report_state state)
{
	static const struct {
		enum report_action action;
		int account;
	} way[] = { { REPORT_DO_TO_CHECK, OFFICE_COMPILER_A },
		    { REPORT_DO_SUBMIT, OFFICE_COMPILER_A },
		    { REPORT_DO_SIGN, OFFICE_LEADER_A },
		    { REPORT_DO_NUMBER, CLERK_A },
		    { REPORT_DO_SEND, CLERK_A },
		    { REPORT_DO_ACCEPT, COMPILER_P },
		    { REPORT_DO_UNLOCK, COMPILER_P } };

	for (size_t i = 0; i < ARRAY_LEN(way); i++) {
		struct report r = current(w, OFFICE_A);
		enum report_action a = way[i].action;

		if (r.state == state)
			return r;
		if ((report_action_rule(a)->from >> r.state & 1) == 0)
			continue; /* done before */
		assert_ok(a == REPORT_DO_NUMBER ? try_number(w, OFFICE_A, 15)
		                                : try_do(w, a, way[i].account));
	}
	assert_int_equal(current(w, OFFICE_A).state, state);
	return current(w, OFFICE_A);
}

/* ---- opening ---- */

static void every_unit_that_owes_gets_one(void **state)
{
	struct world *w = *state;
	struct report_opening x = open_period(w, "2024-Q1");
	struct report r = current(w, OFFICE_A);

	assert_int_equal(x.n_opened, 4); /* the province and three communes, no office */
	assert_int_equal(count(w, "select count(*) from report where unit_id = 5"), 0);
	assert_string_equal(r.period_name, "quý I năm 2024");
	assert_string_equal(r.set_code, "xa-2024");
	assert_string_equal(current(w, OFFICE_PROVINCE).set_code, "bnv-2022");
	assert_int_equal(r.from_on.days, date_make(2023, 12, 15).days);
	assert_int_equal(r.to_on.days, date_make(2024, 3, 14).days);
	assert_int_equal(r.send_by_on.days, date_make(2024, 3, 20).days);
	assert_int_equal(r.receiver_id.value, OFFICE_PROVINCE);
	assert_true(row_is_none(current(w, OFFICE_PROVINCE).receiver_id));
	assert_int_equal(r.state, REPORT_COMPILING);
	assert_int_equal(count(w, "select count(*) from journal_entry where subject = 'report'"
	                          " and kind = 'create'"),
	                 4);
	x = open_period(w, "2024-Q1");
	assert_int_equal(x.n_opened, 0);
	assert_int_equal(x.n_there, 4);
	assert_int_equal(count(w, "select count(*) from report"), 4);
}

static void what_is_due_is_opened_once_a_day(void **state)
{
	struct world *w = *state;
	int64_t changes = count(w, "select count(*) from change_log");

	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 2, 20)));
	assert_int_equal(count(w, "select count(*) from change_log"), changes);
	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 3, 5)));
	assert_int_equal(count(w, "select count(*) from report where period = '2024-Q1'"), 4);
	assert_int_equal(count(w, "select count(*) from change_log"), changes + 1);
	assert_ok(report_open_due(w->writer, w->t.db, &w->a, date_make(2024, 3, 6)));
	assert_int_equal(count(w, "select count(*) from change_log"), changes + 1);
}

static void the_tree_is_that_of_the_last_day(void **state)
{
	struct world *w = *state;

	open_period(w, "2024-Q1");
	/* C ended before the last day, as is entered later; B ends after it. */
	test_db_exec(w->t.db, "update unit set valid_to = 19785 where id = 4;"  /* 03/03/2024 */
	                      "update unit set valid_to = 19799 where id = 3"); /* 17/03/2024 */
	struct report_opening x = open_period(w, "2024-Q1");
	assert_int_equal(x.n_exempt, 1);
	assert_int_equal(current(w, OFFICE_C).state, REPORT_EXEMPT);
	assert_int_equal(current(w, OFFICE_B).state, REPORT_COMPILING);
	x = open_period(w, "2024-Q1");
	assert_int_equal(x.n_exempt, 0);
	x = open_period(w, "2024-H1");
	assert_int_equal(x.n_opened, 2); /* the province and A */
}

static void who_took_a_unit_over_answers_for_it(void **state)
{
	struct world *w = *state;

	open_period(w, "2024-Q1");
	test_db_exec(w->t.db, "update unit set valid_to = 19799 where id = 4;" /* 17/03/2024 */
	                      "insert into unit_closure (ancestor_id, unit_id, depth, from_on)"
	                      " values (2, 4, 1, 19800)"); /* A took C over */
	struct report r = current(w, OFFICE_C);
	struct report_doing doing = doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A);
	assert_int_equal(r.unit_now.value, OFFICE_A);
	assert_ok(try_doing(w, &doing));
	assert_int_equal(current(w, OFFICE_C).compiler_id.value, OFFICE_COMPILER_A);
}

static void unknown_periods_and_regimes_are_said(void **state)
{
	struct world *w = *state;
	struct report_opening x = { .period = "2024-Q2", .day = today(w) };
	struct change change = change_at(w, "report.open");

	assert_err(report_open(w->writer, &change, &x, &w->problems), ERR_INPUT);
	assert_non_null(strstr(w->problems.first->message, "2024-Q1, 2024-H1"));
	x = (struct report_opening){ .regime = "khong-co", .day = today(w) };
	change = change_at(w, "report.open");
	assert_err(report_open(w->writer, &change, &x, &w->problems), ERR_INPUT);
	assert_non_null(problems_for(&w->problems, "regime"));
	assert_int_equal(count(w, "select count(*) from report"), 0);
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
	struct world *w = *state;
	struct report_regime own = own_regime(OFFICE_A), found;
	struct change change = change_at(w, "report.regime");

	change.unit_id = id_of(OFFICE_PROVINCE);
	assert_ok(report_regime_add(w->writer, &change, &own, &w->problems));
	assert_int_equal(open_period(w, "2024-Q1").n_opened, 4);
	assert_int_equal(current(w, OFFICE_A).to_on.days, date_make(2024, 3, 4).days);
	assert_int_equal(current(w, OFFICE_A).send_by_on.days, date_make(2024, 3, 8).days);
	assert_int_equal(current(w, OFFICE_B).to_on.days, date_make(2024, 3, 14).days);
	assert_int_equal(open_period(w, "2024-Q3").n_opened, 3); /* A's version has none */
	assert_ok(
	        report_regime_of(&found, w->t.db, &w->a, "bnv-581", id_of(OFFICE_A), today(w)));
	assert_string_equal(found.document, "Công văn số 708/UBND-CCHC");
	assert_int_equal(found.n_periods, 2);
	assert_ok(report_regime_of(&found, w->t.db, &w->a, "bnv-581", id_of(OFFICE_A),
	                           date_make(2023, 3, 14)));
	assert_int_equal(found.n_periods, 4);
	/* A later version ends the one before. */
	own.valid_from = date_make(2025, 1, 1);
	change = change_at(w, "report.regime");
	assert_ok(report_regime_add(w->writer, &change, &own, &w->problems));
	assert_int_equal(count(w, "select valid_to from report_regime where unit_id = 2"
	                          " and valid_to is not null"),
	                 date_make(2024, 12, 31).days);
}

static void a_regime_is_refused_with_reasons(void **state)
{
	struct world *w = *state;
	struct report_regime own = own_regime(OFFICE_A);
	struct change change = change_at(w, "report.regime");

	own.levels[0] = (struct regime_level){ "commune", "khong-co" };
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	own.levels[0] = (struct regime_level){ "thon", "xa-2024" };
	change = change_at(w, "report.regime");
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	own = own_regime(OFFICE_A);
	change = change_at(w, "report.regime");
	change.unit_id = id_of(OFFICE_B); /* another office's */
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_NOT_FOUND);
	own.unit_id = ROW_NONE;
	own.valid_from = date_make(2020, 1, 1); /* before the shipped one */
	change = change_at(w, "report.regime");
	assert_err(report_regime_add(w->writer, &change, &own, &w->problems), ERR_INPUT);
	assert_int_equal(count(w, "select count(*) from report_regime"), 1);
}

/* ---- the steps ---- */

static void a_report_goes_its_way(void **state)
{
	struct world *w = *state;
	struct report_events events;
	struct report r;

	open_period(w, "2024-Q1");
	r = lead_to(w, REPORT_ACCEPTED);
	assert_string_equal(r.compiler_name, "Đỗ Thị Biểu");
	assert_string_equal(r.signer_name, "Phạm Thị Lãnh");
	assert_string_equal(r.clerk_name, "Mai Thị Văn");
	assert_int_equal(r.number, 15);
	assert_string_equal(r.notation, "BC-UBND");
	assert_int_equal(r.sent_on.days, today(w).days);
	assert_int_equal(r.revision, 7);
	assert_ok(report_events(&events, w->t.db, &w->a, id_of(OFFICE_PROVINCE), r.id));
	assert_int_equal(events.n, 7);
	assert_int_equal(events.at[0].action, REPORT_ACTION_COUNT_);
	assert_int_equal(events.at[4].action, REPORT_DO_NUMBER);
	assert_int_equal(events.at[4].number, 15);
	assert_int_equal(events.at[6].to, REPORT_ACCEPTED);
	assert_string_equal(events.at[6].unit_name, "Tỉnh Demo");
	assert_int_equal(count(w, "select count(*) from journal_entry where subject = 'report'"
	                          " and kind = 'update'"),
	                 6);
}

static void compiler_and_signer_are_two_people(void **state)
{
	struct world *w = *state;
	struct report r;
	struct report_doing doing;

	open_period(w, "2024-Q1");
	r = lead_to(w, REPORT_SUBMITTED);
	doing = doing_of(&r, REPORT_DO_SIGN, OFFICE_COMPILER_A);
	doing.who.permissions |= MAY(REPORT_SIGN);
	assert_err(try_doing(w, &doing), ERR_INPUT);
	assert_non_null(strstr(w->problems.first->message, "Người lập"));
	assert_int_equal(current(w, OFFICE_A).revision, r.revision);
}

static void two_people_at_once(void **state)
{
	struct world *w = *state;
	struct report r;
	struct report_doing doing;

	open_period(w, "2024-Q1");
	r = current(w, OFFICE_A);
	doing = doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A);
	assert_ok(try_doing(w, &doing));
	assert_err(try_doing(w, &doing), ERR_CONFLICT);
}

static struct url link_nowhere(row_id id)
{
	(void)id;
	return (struct url){ .text = "/reports" };
}

static void a_repeated_request_is_done_once(void **state)
{
	struct world *w = *state;

	open_period(w, "2024-Q1");
	struct report r = lead_to(w, REPORT_RETURNED);
	struct report_doing doing = doing_of(&r, REPORT_DO_AMEND, OFFICE_COMPILER_A);
	row_id made[2];
	for (int i = 0; i < 2; i++) {
		struct change change = change_at(w, "report.do");

		change.request_id = "again-and-again";
		change.link = link_nowhere;
		assert_ok(report_do(w->writer, &change, &doing, &w->problems));
		made[i] = change.result;
	}
	assert_true(row_eq(made[0], made[1]));
	assert_int_equal(count(w, "select count(*) from report where unit_id = 2"), 2);
}

static void another_unit_does_not_see_it(void **state)
{
	struct world *w = *state;
	struct report r, found;
	struct report_doing doing;

	open_period(w, "2024-Q1");
	r = current(w, OFFICE_A);
	assert_err(report_find(&found, w->t.db, &w->a, id_of(OFFICE_B), r.id, today(w)),
	           ERR_NOT_FOUND);
	assert_ok(report_find(&found, w->t.db, &w->a, id_of(OFFICE_PROVINCE), r.id, today(w)));
	doing = doing_of(&r, REPORT_DO_TO_CHECK, OFFICE_INTAKE_B);
	assert_err(try_doing(w, &doing), ERR_NOT_FOUND);
}

/* ---- numbers ---- */

static void a_number_is_given_once_a_year(void **state)
{
	struct world *w = *state;
	struct report_number next, kept;
	struct report r;

	open_period(w, "2024-Q1");
	assert_ok(report_number_next(&next, w->t.db, &w->a, id_of(OFFICE_A), 2024));
	assert_int_equal(next.number, 1);
	lead_to(w, REPORT_SIGNED);
	test_db_exec(w->t.db,
	             "insert into report_number (unit_id, year, number, report_id,"
	             " notation, dated_on, change_id) select 2, 2024, 14, r.id, 'BC-UBND',"
	             " 19800, 1 from report r where r.unit_id = 3");
	assert_err(try_number(w, OFFICE_A, 14), ERR_INPUT);
	assert_non_null(problems_for(&w->problems, "number"));
	assert_ok(report_number_next(&next, w->t.db, &w->a, id_of(OFFICE_A), 2024));
	assert_int_equal(next.number, 15);
	assert_string_equal(next.notation, "BC-UBND");
	assert_ok(try_number(w, OFFICE_A, 15));
	/* The signer reopens it: the number stays in the register, and may be given again. */
	assert_ok(try_do(w, REPORT_DO_REOPEN, OFFICE_LEADER_A));
	r = current(w, OFFICE_A);
	assert_int_equal(r.number, REPORT_NO_NUMBER);
	assert_ok(report_number_kept(&kept, w->t.db, &w->a, id_of(OFFICE_A), r.id));
	assert_int_equal(kept.number, 15);
	lead_to(w, REPORT_NUMBERED);
	assert_int_equal(count(w, "select count(*) from report_number where unit_id = 2"), 2);
}

static void a_correction_is_a_new_document(void **state)
{
	struct world *w = *state;
	struct report old, new;

	open_period(w, "2024-Q1");
	old = lead_to(w, REPORT_RETURNED);
	assert_ok(try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	new = current(w, OFFICE_A);
	assert_false(row_eq(new.id, old.id));
	assert_true(row_eq(new.amends_report_id, old.id));
	assert_int_equal(new.state, REPORT_COMPILING);
	assert_int_equal(new.first_sent_on.days, old.first_sent_on.days);
	assert_ok(report_find(&old, w->t.db, &w->a, ROW_NONE, old.id, today(w)));
	assert_true(row_eq(old.amended_by_id, new.id));
	assert_int_equal(old.number, 15); /* as it was signed */
	assert_string_equal(old.signer_name, "Phạm Thị Lãnh");
	assert_err(try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A), ERR_INPUT);
	assert_ok(try_do(w, REPORT_DO_TO_CHECK, OFFICE_COMPILER_A));
	assert_ok(try_do(w, REPORT_DO_SUBMIT, OFFICE_COMPILER_A));
	assert_ok(try_do(w, REPORT_DO_SIGN, OFFICE_LEADER_A));
	assert_err(try_number(w, OFFICE_A, 15), ERR_INPUT); /* a number of its own */
	assert_ok(try_number(w, OFFICE_A, 16));
}

/* ---- locks ---- */

static struct form_entries entry_of(struct world *w, struct form_entry *entry)
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

static enum err try_enter(struct world *w, int64_t value, const char *period)
{
	struct form_entry entry = { .row = NULL };
	struct form_entries entries = entry_of(w, &entry);
	struct change change = change_at(w, "form.enter");

	entry.stated.value = dec_from_int(value);
	assert_true(period_parse(&entries.period, period));
	return form_enter(w->writer, &change, &entries);
}

static void figures_are_locked_and_opened_with_the_state(void **state)
{
	static const enum report_state locked[] = { REPORT_SUBMITTED, REPORT_SIGNED,
		                                    REPORT_NUMBERED,  REPORT_SENT,
		                                    REPORT_ACCEPTED,  REPORT_RETURNED };
	struct world *w = *state;
	int64_t cells;

	open_period(w, "2024-Q1");
	assert_ok(try_enter(w, 7, "2024-Q1"));
	lead_to(w, REPORT_CHECKING);
	assert_ok(try_enter(w, 8, "2024-Q1"));
	cells = count(w, "select count(*) from form_cell");
	for (size_t i = 0; i < ARRAY_LEN(locked); i++) {
		lead_to(w, locked[i]);
		assert_err(try_enter(w, 9, "2024-Q1"), ERR_INPUT);
		assert_non_null(strstr(w->problems.first->message, "khóa"));
		assert_int_equal(count(w, "select count(*) from form_cell"), cells);
		assert_int_equal(count(w, "select count(*) from form_lock"), 1);
	}
	assert_ok(try_enter(w, 9, "2024-H1")); /* another period is open */
	assert_ok(try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	assert_ok(try_enter(w, 9, "2024-Q1"));
	lead_to(w, REPORT_SUBMITTED);
	assert_err(try_enter(w, 10, "2024-Q1"), ERR_INPUT);
	assert_ok(try_do(w, REPORT_DO_GIVE_BACK, OFFICE_LEADER_A));
	assert_ok(try_enter(w, 10, "2024-Q1"));
	assert_int_equal(count(w, "select count(*) from form_lock_setting"), 0);
}

/* A later decision on counting reaches open sheets only. */
static void a_locked_sheet_keeps_its_decisions(void **state)
{
	struct world *w = *state;
	struct form_sheet sheet;
	struct form_sheet_of of = { id_of(OFFICE_A), id_of(OFFICE_A), { .from = DATE_NONE } };
	struct form_choosing x = { .unit = id_of(OFFICE_PROVINCE) };
	struct change change = change_at(w, "form.decide");
	size_t i;

	open_period(w, "2024-Q1");
	lead_to(w, REPORT_SIGNED);
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
	assert_ok(try_do(w, REPORT_DO_REOPEN, OFFICE_LEADER_A));
	assert_true(period_parse(&of.period, "2024-Q1"));
	assert_ok(form_sheet_open(&sheet, w->t.db, &w->a, x.set, &of));
	assert_string_equal(sheet.choices[i], "extended");
}

/* ---- comments ---- */

static void comments_travel_with_the_return(void **state)
{
	struct world *w = *state;
	struct form_entry entry = { .row = NULL };
	struct form_entries entries = entry_of(w, &entry);
	struct report_remark remarks[] = {
		{ entry.row->form->code, entry.row->id, "Số này cao hơn kỳ trước 10 lần" },
		{ "", "", "Bổ sung phụ lục" },
		{ "3", "khong-co", "Dòng không có" },
	};
	struct report_comments list;
	struct report_actor who = person(OFFICE_INTAKE_B);
	struct change change;

	(void)entries;
	open_period(w, "2024-Q1");
	struct report r = lead_to(w, REPORT_SENT);
	struct report_doing doing = doing_of(&r, REPORT_DO_RETURN, COMPILER_P);
	doing.remarks = remarks;
	doing.n_remarks = 3;
	assert_err(try_doing(w, &doing), ERR_INPUT); /* the third names no row */
	assert_int_equal(count(w, "select count(*) from report_comment"), 0);
	doing.n_remarks = 2;
	assert_ok(try_doing(w, &doing));
	assert_ok(try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	assert_ok(report_comments(&list, w->t.db, &w->a, id_of(OFFICE_A),
	                          current(w, OFFICE_A).id));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.n_open, 2);
	assert_string_equal(list.at[0].indicator, entry.row->id);
	assert_string_equal(list.at[0].unit_name, "Tỉnh Demo");
	change = change_at(w, "report.settle");
	assert_err(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems),
	           ERR_INPUT);
	who = person(OFFICE_COMPILER_A);
	change = change_at(w, "report.settle");
	assert_ok(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems));
	change = change_at(w, "report.settle");
	assert_err(report_comment_settle(w->writer, &change, list.at[0].id, &who, &w->problems),
	           ERR_INPUT);
	assert_ok(report_comments(&list, w->t.db, &w->a, id_of(OFFICE_A),
	                          current(w, OFFICE_A).id));
	assert_int_equal(list.n_open, 1);
	assert_string_equal(list.at[0].settled_by, "Đỗ Thị Biểu");
	struct report_commenting more = { current(w, OFFICE_A).id, person(OFFICE_LEADER_A),
		                          &remarks[1], 1 };
	change = change_at(w, "report.comment");
	assert_ok(report_comment_add(w->writer, &change, &more, &w->problems));
	more.who = person(OFFICE_INTAKE_B);
	change = change_at(w, "report.comment");
	assert_err(report_comment_add(w->writer, &change, &more, &w->problems), ERR_INPUT);
}

/* ---- the board ---- */

static struct report_filter filter_of(struct world *w, enum report_view view)
{
	return (struct report_filter){ .scope = id_of(OFFICE_PROVINCE),
		                       .today = today(w),
		                       .view = view,
		                       .send_by_until = DATE_NONE };
}

static int64_t n_of(struct world *w, enum report_view view)
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
	struct world *w = *state;
	struct report_counts counts;
	struct report_rates rates;
	struct report_periods periods;
	struct report_rows rows;

	open_period(w, "2024-Q1");
	lead_to(w, REPORT_SENT);
	w->now = instant_local(date_make(2024, 3, 22), 600);
	assert_int_equal(n_of(w, REPORT_VIEW_ALL), 4);
	assert_int_equal(n_of(w, REPORT_VIEW_OVERDUE), 3);
	assert_int_equal(n_of(w, REPORT_VIEW_UNSENT), 3);
	assert_int_equal(n_of(w, REPORT_VIEW_SENT), 1);
	assert_int_equal(n_of(w, REPORT_VIEW_SENT_LATE), 0);
	assert_ok(report_counts(&counts, w->t.db, &w->a, id_of(OFFICE_PROVINCE), "bnv-581",
	                        "2024-Q1", today(w)));
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
	assert_ok(report_reminders(&rows, w->t.db, &w->a, id_of(OFFICE_PROVINCE),
	                           date_make(2024, 3, 15), 5, 10));
	assert_int_equal(rows.n, 3);
	assert_ok(report_reminders(&rows, w->t.db, &w->a, id_of(OFFICE_PROVINCE),
	                           date_make(2024, 3, 14), 5, 10));
	assert_int_equal(rows.n, 0);
	assert_ok(report_rates(&rates, w->t.db, id_of(OFFICE_A), "bnv-581", "2024-Q1"));
	assert_true(dec_is_none(rates.timely));
}

static void the_board_turns_its_pages(void **state)
{
	struct world *w = *state;
	struct report_filter f = filter_of(w, REPORT_VIEW_ALL);
	struct report_after after = { 0 };
	struct report_rows rows;
	size_t n = 0;

	open_period(w, "2024-Q1");
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_unit_that_owes_gets_one),
		TEST(what_is_due_is_opened_once_a_day),
		TEST(the_tree_is_that_of_the_last_day),
		TEST(who_took_a_unit_over_answers_for_it),
		TEST(unknown_periods_and_regimes_are_said),
		TEST(an_office_has_its_own_cut_offs),
		TEST(a_regime_is_refused_with_reasons),
		TEST(a_report_goes_its_way),
		TEST(compiler_and_signer_are_two_people),
		TEST(two_people_at_once),
		TEST(a_repeated_request_is_done_once),
		TEST(another_unit_does_not_see_it),
		TEST(a_number_is_given_once_a_year),
		TEST(a_correction_is_a_new_document),
		TEST(figures_are_locked_and_opened_with_the_state),
		TEST(a_locked_sheet_keeps_its_decisions),
		TEST(comments_travel_with_the_return),
		TEST(the_board_counts_and_lists),
		TEST(the_board_turns_its_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
