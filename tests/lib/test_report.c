#include "lib/test_report.h"

int report_world_start(void **state)
{
	struct report_world *w = calloc(1, sizeof(*w));

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

int report_world_stop(void **state)
{
	struct report_world *w = *state;

	db_writer_stop(w->writer);
	test_db_close(&w->t);
	arena_release(&w->a);
	free(w);
	return 0;
}

struct change report_change_at(const struct report_world *w, const char *action)
{
	return (struct change){ .at = w->now, .origin = "test", .action = action };
}

date_t report_today(const struct report_world *w)
{
	return instant_day(w->now);
}

int64_t report_world_count(struct report_world *w, const char *select)
{
	return test_db_int(w->t.db, select);
}

struct report_opening report_open_period(struct report_world *w, const char *period)
{
	struct report_opening x = { .period = period, .day = report_today(w) };
	struct change change = report_change_at(w, "report.open");

	assert_ok(report_open(w->writer, &change, &x, &w->problems));
	return x;
}

struct report report_current(struct report_world *w, int unit)
{
	struct report_of of = { ROW_NONE, id_of(unit), "bnv-581", "2024-Q1" };
	struct report r;

	assert_ok(report_find_period(&r, w->t.db, &w->a, &of, report_today(w)));
	return r;
}

/* The people of commune A and of the province. */
struct report_actor report_person(int account)
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

struct report_doing report_doing_of(const struct report *r, enum report_action action,
                                    int account)
{
	return (struct report_doing){ .report_id = r->id,
		                      .revision = r->revision,
		                      .action = action,
		                      .who = report_person(account),
		                      .given = { .reason = "Theo văn bản",
		                                 .number = REPORT_NO_NUMBER,
		                                 .dated_on = DATE_NONE } };
}

enum err report_try_doing(struct report_world *w, const struct report_doing *doing)
{
	struct change change = report_change_at(w, "report.do");

	change.account_id = doing->who.account_id;
	change.unit_id = doing->who.unit_id;
	return report_do(w->writer, &change, doing, &w->problems);
}

enum err report_try_do(struct report_world *w, enum report_action action, int account)
{
	struct report r = report_current(w, OFFICE_A);
	struct report_doing doing = report_doing_of(&r, action, account);

	return report_try_doing(w, &doing);
}

enum err report_try_number(struct report_world *w, int unit, int64_t number)
{
	struct report r = report_current(w, unit);
	struct report_doing doing = report_doing_of(&r, REPORT_DO_NUMBER, CLERK_A);

	doing.who.unit_id = id_of(unit);
	doing.given.number = number;
	doing.given.notation = "BC-UBND";
	doing.given.dated_on = report_today(w);
	return report_try_doing(w, &doing);
}

/* Commune A's report of the quarter, led to a state. */
struct report report_lead_to(struct report_world *w, enum report_state state)
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
		struct report r = report_current(w, OFFICE_A);
		enum report_action a = way[i].action;

		if (r.state == state)
			return r;
		if ((report_action_rule(a)->from >> r.state & 1) == 0)
			continue; /* done before */
		assert_ok(a == REPORT_DO_NUMBER ? report_try_number(w, OFFICE_A, 15)
		                                : report_try_do(w, a, way[i].account));
	}
	assert_int_equal(report_current(w, OFFICE_A).state, state);
	return report_current(w, OFFICE_A);
}
