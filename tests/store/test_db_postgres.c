/* Everything that will run on PostgreSQL is held against it from the first migration on: every
 * query and every field of every record set is prepared on both engines. */
#include "lib/test_db.h"

#include "db/engine.h"
#include "db/migrate.h"
#include "db/queries.h"
#include "lib/pg_cluster.h"

enum { ENGINES = 2 };

struct both {
	struct pg_cluster cluster;
	struct test_db sqlite;
	struct db *db[ENGINES];
};

static int start(void **state)
{
	struct both *b = calloc(1, sizeof(*b));

	*state = b;
	test_db_open(&b->sqlite);
	pg_cluster_start(&b->cluster);
	b->db[0] = b->sqlite.db;
	assert_ok(db_open(&b->db[1], b->cluster.url, DB_WRITE));
	assert_ok(db_migrate(b->db[1]));
	return 0;
}

static int stop(void **state)
{
	struct both *b = *state;

	if (b->db[1])
		db_close(b->db[1]);
	pg_cluster_stop(&b->cluster);
	test_db_close(&b->sqlite);
	free(b);
	return 0;
}

static int check_column(struct db *db, struct db_statement *s, const struct query *q, size_t i)
{
	const char *name = db->engine->column_name(s->handle, i);

	if (strcmp(name, q->out[i].name) != 0) {
		print_error("%s, %s: column %zu is '%s', '-- out:' declares '%s'\n",
		            db->engine->name, q->name, i + 1, name, q->out[i].name);
		return 1;
	}
	if (!db->engine->column_fits(s->handle, i, q->out[i].type)) {
		print_error("%s, %s: column '%s' has another type than '-- out:' declares\n",
		            db->engine->name, q->name, name);
		return 1;
	}
	return 0;
}

/* Prints what is wrong with `q` on `db`. */
static int check_query(struct db *db, const struct query *q)
{
	struct db_statement *s;
	int wrong = 0;

	if (db_statement_of(&s, db, q) != ERR_OK) {
		print_error("%s, %s: %s\n", db->engine->name, q->name, err_message());
		return 1;
	}
	size_t n = db->engine->column_count(s->handle);
	if (n != q->n_out) {
		print_error("%s, %s: %zu columns, '-- out:' declares %zu\n", db->engine->name,
		            q->name, n, q->n_out);
		wrong++;
	}
	for (size_t i = 0; i < n && i < q->n_out; i++)
		wrong += check_column(db, s, q, i);
	db_statement_return(db, s);
	return wrong;
}

static void every_query_is_prepared_on_both(void **state)
{
	struct both *b = *state;
	int wrong = 0, n = 0;

	for (; db_queries[n]; n++)
		for (int k = 0; k < ENGINES; k++)
			wrong += check_query(b->db[k], db_queries[n]);
	assert_true(n > 5);
	assert_int_equal(wrong, 0);
}

static void a_wrong_query_is_found(void **state)
{
	struct both *b = *state;
	static const struct db_field out[] = { { "code", DB_TEXT, 0 }, { "rank", DB_INT, 8 } };
	static const char *const wrong[] = {
		"select code from unit_level",
		"select code, rank, name from unit_level",
		"select code, rank as n from unit_level",
		"select code, ranking from unit_level",
		"select rank as code, rank from unit_level",
	};

	for (int k = 0; k < ENGINES; k++) {
		struct query q = { .name = "planted", .out = out, .n_out = ARRAY_LEN(out) };

		for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
			q.sqlite = q.postgres = wrong[i];
			assert_true(check_query(b->db[k], &q) > 0);
			db_statements_close(b->db[k]);
		}
		q.sqlite = q.postgres = "select code, rank from unit_level";
		assert_int_equal(check_query(b->db[k], &q), 0);
		db_statements_close(b->db[k]);
	}
}

/* A set of the test, so that there is always one with every type. */
static const struct recordset_field every_type[] = {
	{ "change_id", DB_ID, "u.from_change" },
	{ "rank", DB_INT, "l.rank" },
	{ "issues_codes", DB_FLAG, "u.issues_codes" },
	{ "valid_to", DB_DAY, "u.valid_to" },
	{ "at", DB_INSTANT, "l.rank * 1000" },
	{ "fee", DB_DONG, "case when l.rank > 3 then l.rank end" },
	{ "rate", DB_DECIMAL, "l.rank * 1000000" },
	{ "name", DB_TEXT, "u.name" },
};
static const struct recordset every_type_set = {
	.name = "every_type",
	.from = "unit u join unit_level l on l.code = u.level",
	.key = "u.id",
	.scope = "u.id",
	.search_table = "procedure_word",
	.search_key = "procedure_id",
	.fields = every_type,
	.n_fields = ARRAY_LEN(every_type),
};

static struct select_value some_value(enum db_type type)
{
	struct select_value v = { .type = type };

	v.integer = 3; /* also an id, an instant, dong, millionths */
	if (type == DB_FLAG)
		v.flag = true;
	if (type == DB_DAY)
		v.day = (date_t){ 3 };
	if (type == DB_TEXT)
		v.text = "a";
	return v;
}

static const char *some_list(enum db_type type)
{
	return type == DB_DAY ? "2024-02-07|2024-02-08" : type == DB_FLAG ? "0|1" : "1|2|3";
}

static int say(const struct db *db, const struct recordset *set,
               const struct recordset_field *field, enum err e)
{
	if (e != ERR_OK)
		print_error("%s, %s.%s: %s\n", db->engine->name, set->name, field->name,
		            err_message());
	return e != ERR_OK;
}

static int check_operators(struct db *db, const struct recordset *set,
                           const struct recordset_field *field)
{
	int wrong = 0;
	int64_t n;

	for (int op = SELECT_EQ; op <= SELECT_IN; op++) {
		struct select s = {
			.set = set, .scope = { 1 }, .scope_on = { op }, .n_conditions = 1
		};
		struct select_value v = some_value(field->type);

		if (op == SELECT_IN)
			v.text = some_list(field->type);
		s.search_words = op % 2 ? "mot hai" : NULL;
		s.own_unit_only = op % 3 == 0;
		s.conditions[0] = (struct select_condition){ field, (enum select_op)op, v };
		wrong += say(db, set, field, select_count(&n, db, &s, NULL, 0));
		wrong += say(db, set, field, select_count(&n, db, &s, field, 0));
		wrong += say(db, set, field, select_count(&n, db, &s, field, 10));
	}
	return wrong;
}

static int check_pages(struct db *db, const struct recordset *set,
                       const struct recordset_field *field)
{
	int wrong = 0;

	for (int variant = 0; variant < 16; variant++) {
		struct select s = { .set = set, .scope = { 1 }, .scope_on = DATE_NONE };
		struct select_page page = { .order = variant & 1 ? field : NULL,
			                    .descending = (variant & 2) != 0,
			                    .limit = 3,
			                    .columns = { field },
			                    .n_columns = 1 };
		struct select_rows rows;
		struct arena a;

		s.own_unit_only = (variant & 4) != 0;
		if (variant & 8) {
			page.after_key = (row_id){ 5 };
			page.after_value = some_value(field->type);
		}
		arena_init(&a, 1 << 20);
		wrong += say(db, set, field, select_fetch(&rows, db, &a, &s, &page));
		arena_release(&a);
	}
	return wrong;
}

static int check_sum(struct db *db, const struct recordset *set,
                     const struct recordset_field *field)
{
	struct select s = { .set = set, .scope = { 1 }, .scope_on = DATE_NONE };
	dec_t sum;

	if (field->type != DB_INT && field->type != DB_DONG && field->type != DB_DECIMAL)
		return 0;
	return say(db, set, field, select_sum(&sum, db, &s, field));
}

static int check_set(struct both *b, const struct recordset *set)
{
	int wrong = 0;

	for (int k = 0; k < ENGINES; k++)
		for (size_t i = 0; i < set->n_fields; i++)
			wrong += check_operators(b->db[k], set, &set->fields[i]) +
			         check_pages(b->db[k], set, &set->fields[i]) +
			         check_sum(b->db[k], set, &set->fields[i]);
	return wrong;
}

/* Units 1 above 2 and 3, so that pages are merged. */
static void add_units(struct db *db)
{
	test_db_exec(db,
	             "insert into unit (id, code, name, level, letterhead, valid_from, "
	             "from_change) values (1, 'a', 'a', 'province', '', 0, 1), "
	             "(2, 'b', 'b', 'commune', '', 0, 1), (3, 'c', 'c', 'commune', '', 0, 1)");
	test_db_exec(db,
	             "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values "
	             "(1, 1, 0, 0), (1, 2, 1, 0), (1, 3, 1, 0), (2, 2, 0, 0), (3, 3, 0, 0)");
}

static void every_field_with_every_operator_on_both(void **state)
{
	struct both *b = *state;
	int wrong = 0;

	for (int k = 0; k < ENGINES; k++)
		add_units(b->db[k]);
	wrong += check_set(b, &every_type_set);
	for (size_t i = 0; db_recordsets[i]; i++)
		wrong += check_set(b, db_recordsets[i]);
	assert_int_equal(wrong, 0);
}

struct row {
	row_id id;
	int64_t n;
	bool flag;
	date_t day;
	instant_t at;
	money_t fee;
	dec_t rate;
	const char *name;
	struct db_bytes bytes;
};
#define FIELD(name, type)                                                                      \
	{                                                                                      \
#name, type, offsetof(struct row, name)                                        \
	}
static const struct db_field row_fields[] = {
	FIELD(id, DB_ID),        FIELD(n, DB_INT),      FIELD(flag, DB_FLAG),
	FIELD(day, DB_DAY),      FIELD(at, DB_INSTANT), FIELD(fee, DB_DONG),
	FIELD(rate, DB_DECIMAL), FIELD(name, DB_TEXT),  FIELD(bytes, DB_BYTES),
};
static const struct query add_row = {
	.name = "add_row",
	.sqlite = "insert into everything values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	.postgres = "insert into everything values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	.in = row_fields,
	.n_in = ARRAY_LEN(row_fields),
	.writes = true,
};
static const struct query all_rows = {
	.name = "all_rows",
	.sqlite = "select * from everything order by n is null, n",
	.postgres = "select * from everything order by n is null, n",
	.out = row_fields,
	.n_out = ARRAY_LEN(row_fields),
};

static void expect_same(const struct row *a, const struct row *b)
{
	assert_int_equal(a->id.value, b->id.value);
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->flag, b->flag);
	assert_int_equal(a->day.days, b->day.days);
	assert_int_equal(a->at.us, b->at.us);
	assert_int_equal(a->fee.dong, b->fee.dong);
	assert_int_equal(a->rate.micro, b->rate.micro);
	assert_true(a->name ? b->name && strcmp(a->name, b->name) == 0 : !b->name);
	assert_int_equal(a->bytes.n, b->bytes.n);
	assert_int_equal(!a->bytes.at, !b->bytes.at);
	if (a->bytes.n)
		assert_memory_equal(a->bytes.at, b->bytes.at, a->bytes.n);
}

static void every_type_comes_back_on_both(void **state)
{
	struct both *b = *state;
	static const struct row rows[] = {
		{ { INT64_MAX },
		  INT64_MAX,
		  true,
		  { -7000 },
		  { INT64_MAX },
		  { -5 },
		  { 1500000 },
		  "Nguyễn Văn 'Ẩn'",
		  { (const unsigned char *)"\0\1\xff", 3 } },
		{ { 0 },
		  INT_NONE,
		  false,
		  { INT32_MIN },
		  { INT64_MIN },
		  { INT64_MIN },
		  { INT64_MIN },
		  NULL,
		  { NULL, 0 } },
	};
	const char *text =
	        "create table everything (id id, n int, flag flag, day day, at instant, "
	        "fee dong, rate decimal, name text, bytes bytes);";

	for (int k = 0; k < ENGINES; k++) {
		struct migration m = { "9999_everything.sql", text };
		struct db *db = b->db[k];
		struct row row;
		struct str expanded;

		str_init(&expanded, NULL, 4096);
		assert_ok(migrate_expand(&expanded, db, &m));
		test_db_exec(db, expanded.data);
		str_release(&expanded);
		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			assert_ok(db_run(db, &add_row, &rows[i]));
			int64_t changed = 0;
			assert_ok(db_changed_rows(&changed, db));
			assert_int_equal(changed, 1);
		}
		DB_ROWS cursor;
		assert_ok(db_open_rows(&cursor, db, &all_rows, NULL));
		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			assert_true(db_next_row(&cursor, &row));
			expect_same(&row, &rows[i]);
		}
		assert_false(db_next_row(&cursor, &row));
		assert_ok(db_rows_status(&cursor));
	}
}

static void transactions_on_both(void **state)
{
	struct both *b = *state;

	for (int k = 0; k < ENGINES; k++) {
		struct db *db = b->db[k];
		int64_t before = test_db_int(db, "select count(*) from unit_level");
		DB_TX outer = { 0 };

		assert_ok(db_begin(&outer, db));
		test_db_exec(db, "insert into unit_level values ('x1', 'x', 101)");
		{
			DB_TX inner = { 0 };
			assert_ok(db_begin(&inner, db));
			test_db_exec(db, "insert into unit_level values ('x2', 'x', 102)");
			assert_err(db->engine->exec(db, "insert into unit_level values "
			                                "('x2', 'x', 103)"),
			           ERR_CONFLICT);
		}
		assert_ok(db_commit(&outer));
		assert_int_equal(test_db_int(db, "select count(*) from unit_level"),
		                 before + 1);
		{
			DB_TX dropped = { 0 };
			assert_ok(db_begin(&dropped, db));
			test_db_exec(db, "delete from unit_level where code = 'x1'");
		}
		assert_int_equal(test_db_int(db, "select count(*) from unit_level"),
		                 before + 1);
	}
}

static void migrating_again_changes_nothing(void **state)
{
	struct both *b = *state;

	for (int k = 0; k < ENGINES; k++) {
		int64_t n = test_db_int(b->db[k], "select count(*) from schema_migration");

		assert_true(n > 0);
		assert_ok(db_migrate(b->db[k]));
		assert_int_equal(test_db_int(b->db[k], "select count(*) from schema_migration"),
		                 n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_query_is_prepared_on_both),
		cmocka_unit_test(a_wrong_query_is_found),
		cmocka_unit_test(every_field_with_every_operator_on_both),
		cmocka_unit_test(every_type_comes_back_on_both),
		cmocka_unit_test(transactions_on_both),
		cmocka_unit_test(migrating_again_changes_nothing),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
