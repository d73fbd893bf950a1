#include "lib/fingerprint.h"

#include "base/str.h"
#include "db/engine.h"

enum { ID_DIGITS = 16, TOKEN_LETTERS = 16 };

static const struct db_signature no_parameters = { .n = 0 };

static uint64_t mix(uint64_t h, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return h;
}

/* Tokens, digests, request ids. */
static bool is_random(const char *text)
{
	size_t n = strlen(text);

	return str_starts(text, "$argon2") || (n >= TOKEN_LETTERS &&
	                                       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                                                    "abcdefghijklmnopqrstuvwxyz"
	                                                    "0123456789_-+/=\\") == n &&
	                                       strspn(text, "0123456789-") < n);
}

/* Long runs of digits are ids. */
static uint64_t mix_rough(uint64_t h, const char *text)
{
	if (is_random(text))
		return mix(h, "?", 1);
	while (*text) {
		size_t digits = strspn(text, "0123456789"), rest;

		h = digits > ID_DIGITS ? mix(h, "#", 1) : mix(h, text, digits);
		text += digits;
		rest = strcspn(text, "0123456789");
		h = mix(h, text, rest);
		text += rest;
	}
	return h;
}

static uint64_t mix_exact(uint64_t h, struct db_bytes value)
{
	return mix(mix(h, (const char *)value.at, value.n), "|", 1);
}

/* A value as bytes; a number is written into `digits`. */
static struct db_bytes value_of(struct db *db, void *handle, size_t i, char digits[24])
{
	const char *text = digits;

	if (db->engine->is_null(handle, i))
		text = "(null)";
	else if (db->engine->column_fits(handle, i, DB_BYTES))
		return db->engine->read_bytes(handle, i);
	else if (db->engine->column_fits(handle, i, DB_TEXT))
		text = db->engine->read_text(handle, i);
	else
		snprintf(digits, 24, "%lld", (long long)db->engine->read_int(handle, i));
	return (struct db_bytes){ (const unsigned char *)text, strlen(text) };
}

static void add_row(struct fingerprint_table *t, struct db *db, void *handle)
{
	uint64_t exact = UINT64_C(14695981039346656037), rough = exact;
	size_t n = db->engine->column_count(handle);
	char digits[24];

	for (size_t i = 0; i < n; i++) {
		struct db_bytes value = value_of(db, handle, i, digits);

		exact = mix_exact(exact, value);
		if (!db->engine->column_fits(handle, i, DB_BYTES)) /* digests */
			rough = mix(mix_rough(rough, (const char *)value.at), "|", 1);
	}
	t->rows++;
	t->exact += exact;
	t->rough += rough;
}

static void add_table(struct fingerprint *f, struct db *db, const char *name)
{
	struct fingerprint_table *t = &f->tables[f->n++];
	struct db_statement *s;
	char select[128];
	bool row;

	assert_true(f->n <= FINGERPRINT_MOST_TABLES);
	*t = (struct fingerprint_table){ .rows = 0 };
	snprintf(t->name, sizeof(t->name), "%s", name);
	snprintf(select, sizeof(select), "select * from %s", name);
	assert_ok(db_statement_composed(&s, db, select, &no_parameters));
	for (;;) {
		assert_ok(db->engine->step(db, s->handle, &row));
		if (!row)
			break;
		add_row(t, db, s->handle);
	}
	db_statement_return(db, s);
}

void fingerprint_take(struct fingerprint *out, struct db *db, const char *except)
{
	const char *list = db->engine == &db_engine_postgres
	                           ? "select tablename::text from pg_tables"
	                             " where schemaname = current_schema() order by 1"
	                           : "select name from sqlite_master where type = 'table'"
	                             " and name not like 'sqlite_%' order by 1";
	struct db_statement *s;
	DB_TX tx = { 0 };
	bool row;

	out->n = 0;
	assert_ok(db_begin_read(&tx, db));
	assert_ok(db_statement_composed(&s, db, list, &no_parameters));
	for (;;) {
		assert_ok(db->engine->step(db, s->handle, &row));
		if (!row)
			break;
		const char *name = db->engine->read_text(s->handle, 0);
		if (!str_eq(name, except))
			add_table(out, db, name);
	}
	db_statement_return(db, s);
}

static bool table_same(const struct fingerprint_table *a, const struct fingerprint_table *b,
                       bool exactly)
{
	return strcmp(a->name, b->name) == 0 && a->rows == b->rows &&
	       (exactly ? a->exact == b->exact : a->rough == b->rough);
}

static bool all_same(const struct fingerprint *a, const struct fingerprint *b, bool exactly)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!table_same(&a->tables[i], &b->tables[i], exactly))
			return false;
	return a->n == b->n;
}

bool fingerprint_same(const struct fingerprint *a, const struct fingerprint *b)
{
	return all_same(a, b, true);
}

bool fingerprint_alike(const struct fingerprint *a, const struct fingerprint *b)
{
	return all_same(a, b, false);
}

void fingerprint_print_difference(const struct fingerprint *a, const struct fingerprint *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!table_same(&a->tables[i], &b->tables[i], false))
			print_error("table %s: %lld rows, expected %lld; %s\n",
			            a->tables[i].name, (long long)a->tables[i].rows,
			            (long long)b->tables[i].rows,
			            a->tables[i].rows == b->tables[i].rows ? "others" : "");
}

enum { LONGEST_SCRIPT = 64 * 1024 };

int64_t fingerprint_number(const struct fingerprint *tables, struct db *db)
{
	struct str select;

	str_init(&select, NULL, LONGEST_SCRIPT);
	str_put(&select, "select hashtextextended(string_agg(x, '|' order by x), 0) from (");
	for (size_t i = 0; i < tables->n; i++)
		str_printf(&select, "%sselect '%s' || t::text as x from %s t",
		           i ? " union all " : "", tables->tables[i].name,
		           tables->tables[i].name);
	str_put(&select, ") rows");
	assert_ok(str_check(&select));
	int64_t number = test_db_int(db, select.data);
	str_release(&select);
	return number;
}

/* ---- putting back ---- */

static void run_script(struct str *script, struct db *db)
{
	assert_ok(str_check(script));
	test_db_exec(db, script->data);
	str_release(script);
}

static bool is_server(const struct db *db)
{
	return db->engine == &db_engine_postgres;
}

void fingerprint_keep(const struct fingerprint *kept, struct db *db)
{
	struct str script;

	str_init(&script, NULL, LONGEST_SCRIPT);
	str_put(&script, is_server(db) ? "create schema kept;" : "attach ':memory:' as kept;");
	for (size_t i = 0; i < kept->n; i++)
		str_printf(&script, "create table kept.%s as select * from %s;",
		           kept->tables[i].name, kept->tables[i].name);
	run_script(&script, db);
}

/* Without looking at references: they hold again when all tables are back. */
void fingerprint_restore(const struct fingerprint *kept, const struct fingerprint *now,
                         struct db *db)
{
	struct str script;

	assert_int_equal(kept->n, now->n);
	str_init(&script, NULL, LONGEST_SCRIPT);
	str_put(&script, is_server(db) ? "begin; set local session_replication_role = replica;"
	                               : "pragma foreign_keys = off; begin immediate;");
	for (size_t i = 0; i < kept->n; i++) {
		const char *name = kept->tables[i].name;

		if (kept->tables[i].exact == now->tables[i].exact &&
		    kept->tables[i].rows == now->tables[i].rows)
			continue;
		str_printf(&script, "delete from %s; insert into %s select * from kept.%s;",
		           name, name, name);
	}
	str_put(&script, is_server(db) ? "commit;" : "commit; pragma foreign_keys = on;");
	run_script(&script, db);
}
