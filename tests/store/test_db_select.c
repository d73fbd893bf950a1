/* Lists, counts and sums against SQL written separately. */
#include "lib/test_db.h"

#include "db/engine.h"
#include "db/select.h"

enum { MOST_ROWS = 400 };

static const struct recordset_field fields[] = {
	{ "n", DB_INT, "t.n" },
	{ "on_day", DB_DAY, "t.on_day" },
	{ "at", DB_INSTANT, "t.at" },
	{ "fee_dong", DB_DONG, "t.fee_dong" },
	{ "rate", DB_DECIMAL, "t.rate" },
	{ "name", DB_TEXT, "t.name" },
	{ "done", DB_FLAG, "t.done" },
	{ "owner", DB_ID, "t.unit_id" },
	{ "parity", DB_INT, "case when t.n is null then null else t.n % 2 end" },
};
static const struct recordset things = { "thing",     "thing t",    "t.id",
	                                 "t.unit_id", "thing_word", "thing_id",
	                                 "unit_id",   fields,       ARRAY_LEN(fields) };
static const struct recordset loose = { "loose", "thing t", "t.id",           NULL, NULL, NULL,
	                                NULL,    fields,    ARRAY_LEN(fields) };

/* Units: 1 above 2 and 3; 4 below 3 since day 100, before that below 2.  Three hundred rows
 * over the units 2, 3, 4 and 9, which stands outside; some fields are blank. */
static const char fixture[] =
        "insert into unit (id, code, name, level, letterhead, valid_from, from_change)"
        " select value, 'u' || value, 'x', 'commune', 'x', 0, 1"
        " from (select 1 as value union select 2 union select 3 union select 4 union select 9) "
        "v;"
        "insert into unit_closure (ancestor_id, unit_id, depth, from_on, to_on) values"
        " (1, 1, 0, 0, null), (2, 2, 0, 0, null), (3, 3, 0, 0, null), (4, 4, 0, 0, null),"
        " (9, 9, 0, 0, null), (1, 2, 1, 0, null), (1, 3, 1, 0, null), (1, 4, 2, 0, null),"
        " (2, 4, 1, 0, 99), (3, 4, 1, 100, null);"
        "with recursive i (v) as (select 1 union all select v + 1 from i where v < 300)"
        " insert into thing select v, case v % 7 when 0 then 9 when 1 then 2 when 2 then 3"
        " when 3 then 3 else 4 end, case when v % 5 = 0 then null else v * 7919 % 31 end,"
        " case when v % 11 = 0 then null else v * 31 % 200 - 50 end, v * 104729 % 1000,"
        " v * 1000, v * 500000, case when v % 13 = 0 then null else 'n' || (v * 37 % 50) end,"
        " v % 2 from i;"
        "insert into thing_word select unit_id, 'nguyen', id from thing where id % 3 = 0;"
        "insert into thing_word select unit_id, 'van' || id, id from thing;"
        "insert into thing_word select unit_id, 'ẩn', id from thing where id % 4 = 0;";

static const char tables[] =
        "create table thing (id id primary key, unit_id id not null, n int, on_day day,"
        " at instant, fee_dong dong, rate decimal, name text, done flag not null);"
        "create table thing_word (unit_id id, word text, thing_id id);";

static int open_things(void **state)
{
	struct test_db *t = calloc(1, sizeof(*t));

	test_db_open(t);
	test_db_tables(t->db, tables);
	test_db_exec(t->db, fixture);
	*state = t;
	return 0;
}

static int close_it(void **state)
{
	test_db_close(*state);
	free(*state);
	return 0;
}

static struct select over(int64_t scope)
{
	return (struct select){ .set = &things, .scope = { scope }, .scope_on = DATE_NONE };
}

static int64_t count(struct test_db *t, const struct select *s)
{
	int64_t n;

	assert_ok(select_count(&n, t->db, s, NULL, 0));
	return n;
}

static void add(struct select *s, const char *field, enum select_op op,
                struct select_value value)
{
	const struct recordset_field *f = recordset_field(s->set, field);

	assert_non_null(f);
	s->conditions[s->n_conditions++] = (struct select_condition){ f, op, value };
}

static void counts_the_tree_of_a_day(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);

	assert_int_equal(count(t, &s),
	                 test_db_int(t->db, "select count(*) from thing where unit_id <> 9"));
	s = over(2);
	assert_int_equal(count(t, &s),
	                 test_db_int(t->db, "select count(*) from thing where unit_id = 2"));
	s.scope_on = (date_t){ 99 };
	assert_int_equal(
	        count(t, &s),
	        test_db_int(t->db, "select count(*) from thing where unit_id in (2, 4)"));
	s.own_unit_only = true;
	assert_int_equal(count(t, &s),
	                 test_db_int(t->db, "select count(*) from thing where unit_id = 2"));
	s = over(3);
	s.scope_on = (date_t){ 100 };
	assert_int_equal(
	        count(t, &s),
	        test_db_int(t->db, "select count(*) from thing where unit_id in (3, 4)"));
	s = over(77);
	assert_int_equal(count(t, &s), 0);
}

static void a_set_of_units_needs_a_scope(void **state)
{
	struct test_db *t = *state;
	struct select s = over(0), all = { .set = &loose };
	int64_t n;

	assert_err(select_count(&n, t->db, &s, NULL, 0), ERR_FORBIDDEN);
	assert_int_equal(count(t, &all), 300);
}

static void conditions_mean_what_sql_means(void **state)
{
	struct test_db *t = *state;
	static const struct {
		const char *field;
		enum select_op op;
		struct select_value value;
		const char *sql;
	} cases[] = {
		{ "n", SELECT_EQ, { DB_INT, .integer = 5 }, "n = 5" },
		{ "n", SELECT_NE, { DB_INT, .integer = 5 }, "n <> 5" },
		{ "on_day", SELECT_LT, { DB_DAY, .day = { 0 } }, "on_day < 0" },
		{ "on_day", SELECT_LE, { DB_DAY, .day = { 0 } }, "on_day <= 0" },
		{ "at", SELECT_GT, { DB_INSTANT, .instant = { 500 } }, "at > 500" },
		{ "fee_dong", SELECT_GE, { DB_DONG, .dong = { 70000 } }, "fee_dong >= 70000" },
		{ "rate", SELECT_EQ, { DB_DECIMAL, .decimal = { 1500000 } }, "rate = 1500000" },
		{ "name", SELECT_NULL, { DB_TEXT, .text = NULL }, "name is null" },
		{ "name", SELECT_NOT_NULL, { DB_TEXT, .text = NULL }, "name is not null" },
		{ "name",
		  SELECT_IN,
		  { DB_TEXT, .text = "n1|n22|n'x" },
		  "name in ('n1', 'n22')" },
		{ "n", SELECT_IN, { DB_TEXT, .text = "1|2|30" }, "n in (1, 2, 30)" },
		{ "on_day",
		  SELECT_IN,
		  { DB_TEXT, .text = "1970-01-05|1970-02-01" },
		  "on_day in (4, 31)" },
		{ "rate",
		  SELECT_IN,
		  { DB_TEXT, .text = "1.5|2" },
		  "rate in (1500000, 2000000)" },
		{ "done", SELECT_EQ, { DB_FLAG, .flag = true }, "done = 1" },
		{ "owner", SELECT_EQ, { DB_ID, .id = { 4 } }, "unit_id = 4" },
		{ "parity", SELECT_EQ, { DB_INT, .integer = 1 }, "n % 2 = 1" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct select s = over(1);
		char sql[200];

		add(&s, cases[i].field, cases[i].op, cases[i].value);
		snprintf(sql, sizeof(sql),
		         "select count(*) from thing where unit_id <> 9 and %s", cases[i].sql);
		int64_t expected = test_db_int(t->db, sql);
		assert_true(expected > 0);
		assert_int_equal(count(t, &s), expected);
	}
}

static void a_bad_list_is_refused(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);
	char many[400] = "1";
	int64_t n;

	add(&s, "n", SELECT_IN, (struct select_value){ DB_TEXT, .text = "1|two" });
	assert_err(select_count(&n, t->db, &s, NULL, 0), ERR_INPUT);
	for (int i = 0; i < 100; i++)
		memcpy(many + 1 + 2 * i, "|2", 3);
	s.conditions[0].value.text = many;
	assert_err(select_count(&n, t->db, &s, NULL, 0), ERR_INPUT);
	s.conditions[0].value.text = "";
	assert_err(select_count(&n, t->db, &s, NULL, 0), ERR_INPUT);
}

static void counts_distinct_values_and_up_to_a_limit(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);
	int64_t n;

	assert_ok(select_count(&n, t->db, &s, recordset_field(&things, "name"), 0));
	int64_t names = test_db_int(t->db, "select count(distinct name) from thing "
	                                   "where unit_id <> 9");
	assert_int_equal(n, names);
	assert_ok(select_count(&n, t->db, &s, recordset_field(&things, "name"), 1000));
	assert_int_equal(n, names);
	assert_ok(select_count(&n, t->db, &s, recordset_field(&things, "name"), 10));
	assert_int_equal(n, 11);
	assert_ok(select_count(&n, t->db, &s, NULL, 100));
	assert_int_equal(n, 101);
	assert_ok(select_count(&n, t->db, &s, NULL, 1000));
	assert_int_equal(n, count(t, &s));
}

static void sums(void **state)
{
	struct test_db *t = *state;
	struct select s = over(2);
	dec_t sum;

	assert_ok(select_sum(&sum, t->db, &s, recordset_field(&things, "fee_dong")));
	assert_int_equal(
	        sum.micro,
	        test_db_int(t->db, "select sum(fee_dong) from thing where unit_id = 2") *
	                DEC_ONE);
	assert_ok(select_sum(&sum, t->db, &s, recordset_field(&things, "rate")));
	assert_int_equal(sum.micro,
	                 test_db_int(t->db, "select sum(rate) from thing where unit_id = 2"));
	s = over(77);
	assert_ok(select_sum(&sum, t->db, &s, recordset_field(&things, "rate")));
	assert_int_equal(sum.micro, 0);
	test_db_exec(t->db, "update thing set fee_dong = 9000000000000000 where unit_id = 2");
	s = over(2);
	assert_err(select_sum(&sum, t->db, &s, recordset_field(&things, "fee_dong")),
	           ERR_RANGE);
}

static void searches_by_the_beginning_of_every_word(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);

	s.search_words = "nguyen";
	int64_t expected = test_db_int(
	        t->db, "select count(*) from thing where unit_id <> 9 and id % 3 = 0");
	assert_int_equal(count(t, &s), expected);
	s.search_words = " ngu  ";
	assert_int_equal(count(t, &s), expected);
	s.search_words = "nguyen ẩ";
	assert_int_equal(count(t, &s),
	                 test_db_int(t->db, "select count(*) from thing "
	                                    "where unit_id <> 9 and id % 12 = 0"));
	s.search_words = "guyen";
	assert_int_equal(count(t, &s), 0);
	s.search_words = "van29";
	assert_int_equal(count(t, &s),
	                 test_db_int(t->db, "select count(*) from thing where unit_id <> 9 "
	                                    "and cast(id as text) like '29%'"));
	s.search_words = "'; drop table thing; --";
	assert_int_equal(count(t, &s), 0);
	s.own_unit_only = true;
	s.scope.value = 4;
	s.search_words = "nguyen";
	assert_int_equal(count(t, &s), test_db_int(t->db, "select count(*) from thing "
	                                                  "where unit_id = 4 and id % 3 = 0"));
}

/* ---- paging ---- */

struct listing {
	int64_t ids[MOST_ROWS];
	size_t n;
};

/* All pages of `limit` rows, one after another. */
static void list_pages(struct test_db *t, struct listing *l, const struct select *s,
                       struct select_page page)
{
	struct select_rows rows;
	struct arena a;
	bool more = true;

	arena_init(&a, 4 << 20);
	l->n = 0;
	if (page.order)
		page.columns[page.n_columns++] = page.order;
	while (more) {
		assert_ok(select_fetch(&rows, t->db, &a, s, &page));
		assert_true(rows.n <= (size_t)page.limit && (rows.n || !rows.more));
		assert_true(l->n + rows.n <= MOST_ROWS);
		for (size_t i = 0; i < rows.n; i++)
			l->ids[l->n++] = rows.keys[i].value;
		more = rows.more;
		if (more) {
			page.after_key = rows.keys[rows.n - 1];
			if (page.order)
				page.after_value = rows.values[rows.n * page.n_columns - 1];
		}
	}
	arena_release(&a);
}

static void expect_ids(struct test_db *t, const struct listing *l, const char *select)
{
	struct query q = { .name = "ids",
		           .sqlite = select,
		           .postgres = select,
		           .out = (const struct db_field[]){ { "id", DB_ID, 0 } },
		           .n_out = 1 };
	row_id id;
	size_t n = 0;

	{
		DB_ROWS rows;
		assert_ok(db_open_rows(&rows, t->db, &q, NULL));
		for (; db_next_row(&rows, &id); n++) {
			assert_true(n < l->n);
			assert_int_equal(l->ids[n], id.value);
		}
		assert_ok(db_rows_status(&rows));
	}
	assert_int_equal(n, l->n);
	db_statements_close(t->db); /* `q` is about to go */
}

/* So many units that they are merged here, not by the engine; the new ones have no rows. */
static void have_many_units(struct test_db *t)
{
	test_db_exec(t->db,
	             "insert into unit (id, code, name, level, letterhead, valid_from,"
	             " from_change)"
	             " select id + 100, code || 'x', name, level, letterhead, 0, 1 from unit;"
	             "insert into unit (id, code, name, level, letterhead, valid_from,"
	             " from_change)"
	             " select id + 200, code || 'y', name, level, letterhead, 0, 1 from unit;"
	             "insert into unit_closure (ancestor_id, unit_id, depth, from_on, to_on)"
	             " select 1, id, 1, 0, null from unit where id > 100;"
	             "insert into unit_closure (ancestor_id, unit_id, depth, from_on, to_on)"
	             " select 3, id, 1, 0, null from unit where id > 100;");
}

enum way { BY_UNIT, MANY_UNITS, SCOPE_CHECKED };

static void pages_join(struct test_db *t, enum way way)
{
	static const struct {
		int64_t scope;
		bool own;
		const char *where;
	} scopes[] = { { 1, false, "unit_id <> 9" },
		       { 3, false, "unit_id in (3, 4)" },
		       { 4, false, "unit_id = 4" },
		       { 3, true, "unit_id = 3" } };
	static const int limits[] = { 1, 7, 50, 399 };

	for (size_t i = 0; i < ARRAY_LEN(scopes) * ARRAY_LEN(limits) * 2; i++)
		for (size_t k = 0; k <= ARRAY_LEN(fields); k++) {
			size_t where = i / 2 % ARRAY_LEN(scopes);
			struct select s = over(scopes[where].scope);
			struct select_page page = { .descending = i % 2 == 1,
				                    .limit =
				                            limits[i / 2 / ARRAY_LEN(scopes)] };
			const char *down = page.descending ? "desc" : "";
			struct listing l;
			char sql[400];

			if (k < ARRAY_LEN(fields))
				page.order = &fields[k];
			const char *x = page.order ? page.order->expression : "1";
			s.own_unit_only = scopes[where].own;
			s.few_without_scope = way == SCOPE_CHECKED;
			list_pages(t, &l, &s, page);
			snprintf(sql, sizeof(sql),
			         "select id from thing t where %s order by (%s) is null, (%s) "
			         "%s, "
			         "id %s",
			         scopes[where].where, x, x, down, down);
			expect_ids(t, &l, sql);
		}
}

static void pages_join_to_the_whole_list(void **state)
{
	pages_join(*state, BY_UNIT);
}

static void pages_of_many_units_join_to_the_whole_list(void **state)
{
	have_many_units(*state);
	pages_join(*state, MANY_UNITS);
}

static void pages_join_when_the_scope_is_only_checked(void **state)
{
	pages_join(*state, SCOPE_CHECKED);
}

static void pages_under_conditions_and_search(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);
	struct select_page page = { .order = recordset_field(&things, "on_day"), .limit = 9 };
	struct listing l;

	add(&s, "done", SELECT_EQ, (struct select_value){ DB_FLAG, .flag = true });
	s.search_words = "nguyen van";
	list_pages(t, &l, &s, page);
	expect_ids(t, &l,
	           "select id from thing where unit_id <> 9 and done = 1 and id % 3 = 0 "
	           "order by on_day is null, on_day, id");
}

static void gives_columns(struct test_db *t)
{
	struct select_rows rows;
	struct arena a;

	arena_init(&a, 4 << 20);
	for (int64_t scope = 1; scope <= 4; scope += 3) { /* merged; of one unit */
		struct select s = over(scope);
		struct select_page page = { .limit = 100, .n_columns = 3 };
		char sql[100];

		for (size_t i = 0; i < 3; i++)
			page.columns[i] = recordset_field(&things, i == 0   ? "name"
			                                           : i == 1 ? "on_day"
			                                                    : "rate");
		assert_ok(select_fetch(&rows, t->db, &a, &s, &page));
		for (size_t i = 0; i < rows.n; i++) {
			const struct select_value *v = rows.values + i * 3;

			snprintf(sql, sizeof(sql), "select name from thing where id = %lld",
			         (long long)rows.keys[i].value);
			const char *name = test_db_text(t->db, &a, sql);
			assert_true(name ? v[0].text && strcmp(name, v[0].text) == 0
			                 : !v[0].text);
			snprintf(sql, sizeof(sql), "select on_day from thing where id = %lld",
			         (long long)rows.keys[i].value);
			int64_t day = test_db_int(t->db, sql);
			assert_int_equal(v[1].day.days, day == INT_NONE ? INT32_MIN : day);
			assert_int_equal(v[2].decimal.micro, rows.keys[i].value * 500000);
		}
		assert_int_equal(rows.n, 100);
	}
	arena_release(&a);
}

static void gives_the_columns_of_each_row(void **state)
{
	gives_columns(*state);
	have_many_units(*state);
	gives_columns(*state);
}

static void runs_out_of_memory_cleanly(void **state)
{
	struct test_db *t = *state;
	struct select s = over(1);
	struct select_page page = { .order = recordset_field(&things, "name"),
		                    .limit = 60,
		                    .columns = { recordset_field(&things, "name") },
		                    .n_columns = 1 };
	struct select_rows rows;
	enum err e = ERR_NO_MEMORY;

	for (long n = 1; e == ERR_NO_MEMORY && n < 1000; n++) {
		struct arena a;

		arena_init(&a, 4 << 20);
		arena_fail_after(n);
		e = select_fetch(&rows, t->db, &a, &s, &page);
		arena_fail_after(0);
		arena_release(&a);
		assert_int_equal(t->db->depth, 0);
	}
	assert_ok(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_things, close_it)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(counts_the_tree_of_a_day),
		TEST(a_set_of_units_needs_a_scope),
		TEST(conditions_mean_what_sql_means),
		TEST(a_bad_list_is_refused),
		TEST(counts_distinct_values_and_up_to_a_limit),
		TEST(sums),
		TEST(searches_by_the_beginning_of_every_word),
		TEST(pages_join_to_the_whole_list),
		TEST(pages_of_many_units_join_to_the_whole_list),
		TEST(pages_join_when_the_scope_is_only_checked),
		TEST(pages_under_conditions_and_search),
		TEST(gives_the_columns_of_each_row),
		TEST(runs_out_of_memory_cleanly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
