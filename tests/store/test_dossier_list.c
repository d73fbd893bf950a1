/* Lists and counts against plain SQL; pages cover every row once; scopes hold. */
#include "lib/test_desk.h"

#include "app/dossier/dossier_list_store.h"
#include "base/str.h"

enum { ROWS = 60, PAGE = 7 };

/* Sixty dossiers of A, B and A's office in all states, due around now. */
static int open_filled(void **state)
{
	static const int units[] = { OFFICE_A, OFFICE_B, OFFICE_A_OFFICE };

	desk_open(state);
	for (int i = 0; i < ROWS; i++) {
		struct dossier_intake intake = desk_intake(units[i % 3]);

		intake.channel = i % 4 == 0 ? CHANNEL_ONLINE : CHANNEL_COUNTER;
		intake.applicant.name = i % 5 == 0 ? "Đỗ Thị Quỳnh" : "Nguyễn Văn Đạt";
		intake.applicant.identity_number = NULL;
		desk.now = desk_at(2, 1 + i % 20, 8, i);
		desk_receive(intake, i % 2 ? OFFICE_FIVE_DAYS : OFFICE_SAME_DAY);
	}
	desk.now = desk_at(3, 4, 9, 0);
	/* Due every three hours around now; a sixth each waits, is finished, returned, stopped;
	 * one has no due. */
	test_db_exec(
	        desk.t.db,
	        "update dossier set due_at = 1709517600000000 + (i.n - 30) * 10800000000"
	        " from (select id, row_number() over (order by id) as n from dossier) i"
	        " where dossier.id = i.id;"
	        "update dossier set state = 5, state_group = 3 where id in"
	        " (select id from (select id, row_number() over (order by id) as n"
	        " from dossier) i where n % 6 = 1);"
	        "update dossier set state = 9, state_group = 5, finished_at = due_at,"
	        " outcome = 'on_time' where id in (select id from (select id, row_number()"
	        " over (order by id) as n from dossier) i where n % 6 = 2);"
	        "update dossier set state = 10, state_group = 6, finished_at = due_at,"
	        " outcome = 'on_time', returned_at = due_at, channel = case id % 2 when 0 then"
	        " 'online' else 'post' end where id in (select id from (select id, row_number()"
	        " over (order by id) as n from dossier) i where n % 6 = 3);"
	        "update dossier set state = 8, state_group = 4, closed_on = 19780 where id in"
	        " (select id from (select id, row_number() over (order by id) as n"
	        " from dossier) i where n % 6 = 4);"
	        "update dossier set due_at = null where id = (select min(id) from dossier);");
	test_db_recount(desk.t.db);
	return 0;
}

static struct dossier_filter filter_of(int scope, enum dossier_view view)
{
	return (struct dossier_filter){ .scope = id_of(scope),
		                        .me = id_of(OFFICE_INTAKE_A),
		                        .now = desk.now,
		                        .view = view,
		                        .received_from = DATE_NONE,
		                        .received_to = DATE_NONE };
}

/* Reads page by page; says how many rows there were, each once and in order. */
static int64_t walk(const struct dossier_filter *f)
{
	struct dossier_place place = { INSTANT_NONE, ROW_NONE };
	struct dossier_rows rows = { .more = true };
	row_id seen[ROWS];
	int64_t n = 0;

	while (rows.more) {
		assert_ok(dossier_rows_load(&rows, desk.t.db, &desk.a, f, place, PAGE));
		for (size_t i = 0; i < rows.n; i++) {
			for (int64_t j = 0; j < n; j++)
				assert_false(row_eq(seen[j], rows.at[i].id));
			assert_true(n < ROWS);
			seen[n++] = rows.at[i].id;
			if (i > 0 && dossier_view_order(f->view) == ORDER_RECEIVED)
				assert_true(instant_cmp(rows.at[i - 1].received_at,
				                        rows.at[i].received_at) >= 0);
			if (i > 0 && dossier_view_order(f->view) == ORDER_DUE &&
			    !instant_is_none(rows.at[i].due_at))
				assert_true(instant_cmp(rows.at[i - 1].due_at,
				                        rows.at[i].due_at) <= 0);
		}
		place = rows.last;
	}
	return n;
}

static void assert_same(const struct dossier_filter *f, const char *where)
{
	const char *sql;
	int64_t counted;

	assert_ok(arena_printf(&desk.a, &sql, "select count(*) from dossier where %s", where));
	assert_ok(dossier_rows_count(&counted, desk.t.db, &desk.a, f));
	assert_int_equal(counted, desk_count(sql));
	assert_int_equal(walk(f), counted);
}

#define IN_A "receiving_unit_id in (2, 5) and "
#define NOW  "1709517600000000"

static void every_view_is_what_it_says(void **state)
{
	static const struct {
		enum dossier_view view;
		const char *where;
	} cases[] = {
		{ VIEW_ALL, IN_A "1 = 1" },
		{ VIEW_OVERDUE, IN_A "state in (2, 4) and due_at < " NOW },
		{ VIEW_TODAY,
		  IN_A "state in (2, 4) and due_at >= " NOW " and due_at < 1709571600000000" },
		{ VIEW_TOMORROW, IN_A "state in (2, 4) and due_at >= 1709571600000000"
		                      " and due_at < 1709658000000000" },
		{ VIEW_OPEN, IN_A "state in (2, 4)" },
		{ VIEW_WAITING, IN_A "state = 5" },
		{ VIEW_TO_RETURN, IN_A "state = 9" },
		{ VIEW_MINE, IN_A "state in (2, 4) and holder_id = 11" },
		{ VIEW_RETURNED, IN_A "state = 10" },
		{ VIEW_CLOSED, IN_A "state in (3, 7, 8)" },
	};
	enum dossier_view view;

	(void)state;
	assert_int_equal(ARRAY_LEN(cases), DOSSIER_VIEWS);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct dossier_filter f = filter_of(OFFICE_A, cases[i].view);

		assert_same(&f, cases[i].where);
		assert_true(dossier_view_parse(&view, dossier_view_word(cases[i].view)));
		assert_int_equal(view, cases[i].view);
	}
	assert_false(dossier_view_parse(&view, "nonsense"));
	assert_false(dossier_view_parse(&view, NULL));
}

static void the_desk_counts_the_same(void **state)
{
	struct dossier_counts counts;
	int64_t one;

	(void)state;
	assert_ok(dossier_desk_counts(&counts, desk.t.db, &desk.a, id_of(OFFICE_A),
	                              id_of(OFFICE_INTAKE_A), desk.now));
	for (int v = VIEW_OVERDUE; v <= VIEW_MINE; v++) {
		struct dossier_filter f = filter_of(OFFICE_A, (enum dossier_view)v);

		assert_ok(dossier_rows_count(&one, desk.t.db, &desk.a, &f));
		assert_int_equal(counts.of[v], one);
	}
	assert_true(counts.of[VIEW_OVERDUE] > 0 && counts.of[VIEW_TODAY] > 0);
}

static void filters_narrow(void **state)
{
	struct dossier_filter f = filter_of(OFFICE_A, VIEW_ALL);

	(void)state;
	f.channel = "online";
	assert_same(&f, IN_A "channel = 'online'");
	f.procedure = id_of(OFFICE_FIVE_DAYS);
	assert_same(&f, IN_A "channel = 'online' and procedure_id = 31");
	f = filter_of(OFFICE_A, VIEW_RETURNED);
	f.channel = "online";
	assert_same(&f, IN_A "channel = 'online' and state = 10");
	f.channel = "phone";
	assert_same(&f, "1 = 0");
	f = filter_of(OFFICE_A, VIEW_CLOSED);
	f.field = id_of(22);
	assert_same(&f, IN_A "field_id = 22 and state in (3, 7, 8)");
	f = filter_of(OFFICE_A, VIEW_ALL);
	f.field = id_of(22);
	assert_same(&f, IN_A "field_id = 22");
	f = filter_of(OFFICE_A, VIEW_ALL);
	f.received_from = date_make(2024, 2, 5);
	f.received_to = date_make(2024, 2, 8);
	assert_same(&f, IN_A "received_on between 19758 and 19761");
	f = filter_of(OFFICE_A, VIEW_ALL);
	f.words = "Quỳnh đỗ";
	assert_same(&f, IN_A "applicant_id in (select id from applicant where "
	                     "name = 'Đỗ Thị Quỳnh')");
	f.words = "quynh dat";
	assert_same(&f, "1 = 0");
	f.words = "240205-00";
	assert_same(&f, IN_A "code like '%-240205-00%'");
}

static void scopes_hold(void **state)
{
	struct dossier_filter f = filter_of(OFFICE_B, VIEW_ALL);
	struct dossier_place start = { INSTANT_NONE, ROW_NONE };
	struct dossier_rows rows;
	int64_t n;

	(void)state;
	assert_same(&f, "receiving_unit_id = 3");
	f = filter_of(OFFICE_PROVINCE, VIEW_ALL);
	assert_same(&f, "1 = 1");
	f.unit = id_of(OFFICE_B);
	assert_same(&f, "receiving_unit_id = 3");
	f = filter_of(OFFICE_A, VIEW_ALL);
	f.unit = id_of(OFFICE_B);
	assert_err(dossier_rows_load(&rows, desk.t.db, &desk.a, &f, start, PAGE),
	           ERR_NOT_FOUND);
	assert_err(dossier_rows_count(&n, desk.t.db, &desk.a, &f), ERR_NOT_FOUND);
	f = filter_of(OFFICE_B, VIEW_ALL);
	f.words = "nguyen";
	assert_same(&f, "receiving_unit_id = 3 and applicant_id in (select id from applicant "
	                "where name = 'Nguyễn Văn Đạt')");
}

static void the_competent_units_list_is_another(void **state)
{
	struct dossier_filter f = filter_of(OFFICE_B, VIEW_ALL);
	struct dossier_intake intake = desk_intake(OFFICE_C);

	(void)state;
	intake.code = "H99.50.07-240304-0001";
	intake.competent_unit_id = id_of(OFFICE_B);
	intake.applicant.name = "Vừ A Dính";
	desk_receive(intake, OFFICE_FIVE_DAYS);
	f.by_competent_unit = true;
	f.words = "vu dinh";
	assert_same(&f, "code = 'H99.50.07-240304-0001'");
	f.words = NULL;
	f.by_competent_unit = false;
	test_db_exec(desk.t.db, "update dossier set competent_unit_id = 3 where "
	                        "receiving_unit_id = 5");
	f.by_competent_unit = true;
	assert_same(&f, "competent_unit_id = 3");
	f.view = VIEW_RETURNED;
	assert_same(&f, "competent_unit_id = 3 and state = 10");
	f.view = VIEW_CLOSED;
	assert_same(&f, "competent_unit_id = 3 and state in (3, 7, 8)");
	f.view = VIEW_ALL;
	f.by_competent_unit = false;
	assert_same(&f, "receiving_unit_id = 3");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_filled, desk_close)
	const struct CMUnitTest tests[] = {
		T(every_view_is_what_it_says),
		T(the_desk_counts_the_same),
		T(filters_narrow),
		T(scopes_hold),
		T(the_competent_units_list_is_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
