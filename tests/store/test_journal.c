/* The journal: what a write leaves, the chain over it, and that no alteration goes unseen. */
#include "lib/test_desk.h"

#include <inttypes.h>

#include "app/journal/journal_erase_store.h"
#include "app/journal/journal_seal_store.h"
#include "app/journal/journal_store.h"
#include "app/journal/journal_verify_store.h"

/* ---- a journal of three days ---- */

static void seal_at(instant_t now)
{
	struct db_writer *writer;
	size_t n;

	assert_ok(db_writer_inline(&writer, desk.t.where, (struct clock){ now }, &desk.ids));
	assert_ok(journal_seal(&n, writer));
	db_writer_stop(writer);
}

static struct journal_verdict verified(void)
{
	struct journal_verdict v;

	assert_ok(journal_verify(&v, desk.t.db));
	return v;
}

static void assert_sound(int64_t sealed)
{
	struct journal_verdict v = verified();

	assert_int_equal(v.fault, JOURNAL_SOUND);
	assert_int_equal(v.sealed, sealed);
	assert_int_equal(v.waiting, 0);
}

static row_id erased_dossier(void)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
	struct journal_erasing x = { .subject = SUBJECT_DOSSIER, .record_id = id };

	assert_ok(journal_erase(desk.writer, &change, &x));
	assert_int_equal(x.n_erased, 1);
	return id;
}

/* Twelve dossiers taken in and finished on three days, one of them erased. */
static int64_t keep_a_journal(void)
{
	for (int day = 4; day <= 6; day++) {
		desk.now = desk_at(3, day, 8, 0);
		for (int i = 0; i < 4; i++) {
			row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);

			desk_do(id, (struct dossier_doing){ .action = ACTION_FINISH },
			        desk_at(3, day, 9, i));
		}
		if (day == 5)
			erased_dossier();
		seal_at(desk_at(3, day, 10, 0));
	}
	return desk_count("select count(*) from change_log");
}

/* ---- plain use ---- */

static void a_write_leaves_an_entry(void **state)
{
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	struct arena *a = &desk.a;
	const char *fields, *personal;

	(void)state;
	desk_do(id, (struct dossier_doing){ .action = ACTION_FINISH }, desk_at(3, 4, 9, 0));
	assert_int_equal(desk_count("select count(*) from journal_entry"), 2);
	assert_int_equal(desk_count("select count(*) from journal_waiting"), 2);
	fields = test_db_text(desk.t.db, a,
	                      "select fields from journal_entry order by change_id limit 1");
	personal = test_db_text(desk.t.db, a, "select fields from journal_personal");
	assert_non_null(strstr(fields, "state\t\\N\tĐược tiếp nhận\n"));
	assert_null(strstr(fields, "Nguyễn Văn Đạt"));
	assert_non_null(strstr(personal, "applicant_name\t\\N\tNguyễn Văn Đạt\n"));
	assert_non_null(strstr(personal, "identity_number\t\\N\t079123456789\n"));
	fields = test_db_text(
	        desk.t.db, a,
	        "select fields from journal_entry order by change_id desc limit 1");
	assert_non_null(strstr(fields, "state\tĐược tiếp nhận\tĐã xử lý xong\n"));
	assert_null(strstr(fields, "receiving_unit")); /* as it was */
}

static void sealing_numbers_what_was_committed(void **state)
{
	int64_t n = keep_a_journal();

	(void)state;
	assert_sound(n);
	assert_int_equal(desk_count("select max(number) from journal_seal"), n);
	assert_int_equal(desk_count("select count(*) from journal_waiting"), 0);
	/* Two days are over, the third one goes on. */
	assert_int_equal(desk_count("select count(*) from journal_digest"), 2);
	seal_at(desk_at(3, 7, 0, 1));
	assert_int_equal(desk_count("select count(*) from journal_digest"), 3);
	assert_int_equal(desk_count("select max(last_number) from journal_digest"), n);
	/* A clock that is set back does not reopen a day. */
	erased_dossier();
	seal_at(desk_at(3, 6, 12, 0));
	assert_sound(n + 2);
	assert_int_equal(desk_count("select max(last_number) from journal_digest"), n);
}

static void sealing_waits_for_what_is_not_committed(void **state)
{
	bool needed;

	(void)state;
	assert_ok(journal_needs_seal(&needed, desk.t.db, desk.now));
	assert_false(needed);
	desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	assert_ok(journal_needs_seal(&needed, desk.t.db, desk.now));
	assert_true(needed);
	seal_at(desk.now);
	assert_ok(journal_needs_seal(&needed, desk.t.db, desk.now));
	assert_false(needed);
	assert_ok(journal_needs_seal(&needed, desk.t.db, desk_at(3, 5, 0, 1)));
	assert_true(needed); /* the day is to be closed */
}

static void erased_values_are_gone_and_the_chain_holds(void **state)
{
	row_id id = erased_dossier();

	(void)state;
	seal_at(desk.now);
	assert_sound(2);
	assert_int_equal(verified().erased, 1);
	assert_int_equal(
	        desk_count("select count(*) from journal_personal where fields is not null"),
	        0);
	assert_int_equal(desk_count("select count(*) from journal_entry where kind = 'erase'"),
	                 1);
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
	struct journal_erasing unknown = { .subject = SUBJECT_DOSSIER,
		                           .record_id = { id.value + 1000000 } };
	assert_err(journal_erase(desk.writer, &change, &unknown), ERR_NOT_FOUND);
}

static void erasing_a_person_reaches_all_his_dossiers(void **state)
{
	row_id first = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	row_id person = desk_find(first).applicant_id;
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_A);
	struct journal_erasing x = { .subject = SUBJECT_APPLICANT, .record_id = person };

	(void)state;
	desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);
	assert_ok(journal_erase(desk.writer, &change, &x));
	assert_int_equal(x.n_erased, 2);
	seal_at(desk.now);
	assert_sound(3);
}

/* ---- alterations ---- */

struct dice {
	uint64_t state;
};

static uint64_t roll(struct dice *d, uint64_t below)
{
	d->state = d->state * 6364136223846793005u + 1442695040888963407u;
	return (d->state >> 33) % below;
}

/* `new` stands for the altered value; %s of zero bytes is filled in. */
struct column {
	const char *table, *name, *new;
};
static const struct column columns[] = {
	{ "change_log", "id", "id + 1000000007" },
	{ "change_log", "account_id", "coalesce(account_id, 0) + 1" },
	{ "change_log", "unit_id", "coalesce(unit_id, 0) + 1" },
	{ "change_log", "at", "at + 1" },
	{ "change_log", "origin", "origin || 'x'" },
	{ "change_log", "action", "action || 'x'" },
	{ "change_log", "reason", "coalesce(reason, '') || 'x'" },
	{ "change_log", "request_id", "coalesce(request_id, '') || 'x'" },
	{ "journal_entry", "change_id", "change_id + 1000000007" },
	{ "journal_entry", "position", "position + 100" },
	{ "journal_entry", "subject", "'account'" },
	{ "journal_entry", "record_id", "record_id + 1" },
	{ "journal_entry", "part", "part || 'x'" },
	{ "journal_entry", "kind", "'view'" },
	{ "journal_entry", "fields", "fields || 'x'" },
	{ "journal_entry", "personal_digest", "%s" },
	{ "journal_personal", "change_id", "change_id + 1000000007" },
	{ "journal_personal", "position", "position + 100" },
	{ "journal_personal where salt is not null", "salt", "%s" },
	{ "journal_personal where fields is not null", "fields", "fields || 'x'" },
	{ "journal_personal where erased_change_id is not null", "erased_change_id",
	  "erased_change_id + 1" },
	{ "journal_seal", "number", "number + 100000" },
	{ "journal_seal", "change_id", "change_id + 1000000007" },
	{ "journal_seal", "sealed_at", "sealed_at - 1" },
	{ "journal_seal", "hash", "%s" },
	{ "journal_head", "number", "number + 1" },
	{ "journal_head", "hash", "%s" },
	{ "journal_head", "sealed_at", "sealed_at + 1" },
	{ "journal_digest", "on_day", "on_day + 1000" },
	{ "journal_digest", "first_number", "first_number - 1" },
	{ "journal_digest", "last_number", "last_number + 1" },
	{ "journal_digest", "hash", "%s" },
	{ "journal_digest", "token", "%s" },
	{ "journal_digest", "token_at", "1" },
};

struct alteration {
	char sql[2000], what[200];
};

/* The key of the n-th row, as a condition. */
static void put_row(char out[400], const char *from, int64_t n)
{
	const char *where = strstr(from, " where ");
	int name = where ? (int)(where - from) : (int)strlen(from);
	const char *key = strncmp(from, "change_log", 10) == 0     ? "id"
	                  : strncmp(from, "journal_seal", 12) == 0 ? "number"
	                  : strncmp(from, "journal_head", 12) == 0 ? "id"
	                  : strncmp(from, "journal_digest", 14) == 0
	                          ? "on_day"
	                          : "change_id"; /* one entry each here */

	snprintf(out, 400,
	         "%.*s where %s = (select %s from %s order by %s limit 1 offset %" PRId64 ")",
	         name, from, key, key, from, key, n);
}

static int64_t rows_in(const char *from)
{
	char select[300];

	snprintf(select, sizeof(select), "select count(*) from %s", from);
	return desk_count(select);
}

static void alter_column(struct alteration *x, struct dice *d)
{
	const struct column *c = &columns[roll(d, ARRAY_LEN(columns))];
	int64_t n = (int64_t)roll(d, (uint64_t)rows_in(c->table));
	char row[400];

	put_row(row, c->table, n);
	const char *where = strstr(row, " where ");
	snprintf(x->sql, sizeof(x->sql), "update %.*s set %s = %s%s", (int)(where - row), row,
	         c->name, strcmp(c->new, "%s") == 0 ? test_db_zero_byte() : c->new, where);
	snprintf(x->what, sizeof(x->what), "%s.%s of row %" PRId64, c->table, c->name, n);
}

static void delete_row(struct alteration *x, struct dice *d)
{
	static const char *const tables[] = { "change_log", "journal_entry", "journal_personal",
		                              "journal_seal", "journal_digest" };
	const char *table = tables[roll(d, ARRAY_LEN(tables))];
	int64_t n = (int64_t)roll(d, (uint64_t)rows_in(table));
	char row[400];

	put_row(row, table, n);
	snprintf(x->sql, sizeof(x->sql), "delete from %s", row);
	snprintf(x->what, sizeof(x->what), "row %" PRId64 " of %s deleted", n, table);
}

static void insert_row(struct alteration *x, struct dice *d)
{
	int64_t n = (int64_t)roll(d, (uint64_t)rows_in("journal_seal"));
	char change[200];

	snprintf(change, sizeof(change),
	         "(select change_id from journal_seal where number = %" PRId64 ")", n + 1);
	switch (roll(d, 4)) {
	case 0:
		snprintf(x->sql, sizeof(x->sql),
		         "insert into change_log (id, at, origin, action) values"
		         " (%s + 1000000007, 1, 'x', 'x')",
		         change);
		break;
	case 1:
		snprintf(x->sql, sizeof(x->sql),
		         "insert into journal_entry (change_id, position, subject, record_id, "
		         "kind,"
		         " fields) values (%s, 99, 'dossier', 1, 'view', '')",
		         change);
		break;
	case 2:
		snprintf(x->sql, sizeof(x->sql),
		         "insert into journal_personal (change_id, position, salt, fields) "
		         "values"
		         " (%s, 99, %s, 'x')",
		         change, test_db_zero_byte());
		break;
	default:
		snprintf(x->sql, sizeof(x->sql),
		         "insert into journal_seal (number, change_id, sealed_at, hash) select"
		         " max(number) + 1, max(change_id) + 1, max(sealed_at), %s from"
		         " journal_seal",
		         test_db_zero_byte());
	}
	snprintf(x->what, sizeof(x->what), "a row beside %" PRId64 " inserted", n + 1);
}

static void swap_seals(char *out, size_t n, int64_t a, int64_t b)
{
	snprintf(out, n,
	         "update journal_seal set number = 1000000 where number = %" PRId64 ";"
	         "update journal_seal set number = %" PRId64 " where number = %" PRId64 ";"
	         "update journal_seal set number = %" PRId64 " where number = 1000000",
	         a, a, b, b);
}

/* Two changes, or two seals, in each other's place. */
static void swap_rows(struct alteration *x, struct dice *d)
{
	int64_t n = rows_in("journal_seal"), a = 1 + (int64_t)roll(d, (uint64_t)n - 1),
	        b = a + 1 + (int64_t)roll(d, (uint64_t)(n - a));

	char first[200], second[200];

	snprintf(first, sizeof(first),
	         "(select change_id from journal_seal where number = %" PRId64 ")", a);
	snprintf(second, sizeof(second),
	         "(select change_id from journal_seal where number = %" PRId64 ")", b);
	if (roll(d, 2))
		swap_seals(x->sql, sizeof(x->sql), a, b);
	else
		snprintf(x->sql, sizeof(x->sql),
		         "update change_log set id = 7 where id = %s;"
		         "update change_log set id = %s where id = %s;"
		         "update change_log set id = %s where id = 7",
		         first, first, second, second);
	snprintf(x->what, sizeof(x->what), "%" PRId64 " and %" PRId64 " swapped", a, b);
}

/* The last changes, with all that belongs to them. */
static void cut_tail(struct alteration *x, struct dice *d)
{
	int64_t n = rows_in("journal_seal"), after = n - 1 - (int64_t)roll(d, 5);
	char changes[200];

	snprintf(changes, sizeof(changes),
	         "(select change_id from journal_seal where number > %" PRId64 ")", after);
	snprintf(x->sql, sizeof(x->sql),
	         "delete from change_log where id in %s;"
	         "delete from journal_personal where change_id in %s;"
	         "delete from journal_entry where change_id in %s;"
	         "delete from journal_seal where number > %" PRId64,
	         changes, changes, changes, after);
	snprintf(x->what, sizeof(x->what), "all after %" PRId64 " cut off", after);
}

static void choose(struct alteration *x, struct dice *d)
{
	static void (*const kinds[])(struct alteration *, struct dice *) = {
		alter_column, alter_column, alter_column, alter_column,
		delete_row,   insert_row,   swap_rows,    cut_tail,
	};

	kinds[roll(d, ARRAY_LEN(kinds))](x, d);
}

static void a_thousand_alterations_are_all_detected(void **state)
{
	enum { MANY = 1000 };
	struct dice dice = { 20261120 };
	int64_t n = keep_a_journal();

	(void)state;
	assert_sound(n);
	for (int i = 0; i < MANY; i++) {
		struct alteration x;
		struct journal_verdict v;
		const char *text;
		DB_TX tx = { 0 };

		choose(&x, &dice);
		assert_ok(db_begin(&tx, desk.t.db));
		test_db_exec(desk.t.db, x.sql);
		assert_ok(journal_verify(&v, desk.t.db));
		if (v.fault == JOURNAL_SOUND)
			fail_msg("not detected: %s: %s", x.what, x.sql);
		assert_ok(journal_fault_text(&text, &desk.a, &v));
		assert_true(strlen(text) > 10);
		db_rollback(&tx);
	}
	assert_sound(n);
}

static struct journal_verdict after(const char *sql)
{
	struct journal_verdict v;
	DB_TX tx = { 0 };

	assert_ok(db_begin(&tx, desk.t.db));
	test_db_exec(desk.t.db, sql);
	assert_ok(journal_verify(&v, desk.t.db));
	return v;
}

static void the_first_row_at_fault_is_named(void **state)
{
	struct journal_verdict v;
	char sql[500];

	(void)state;
	keep_a_journal();
	v = after("update change_log set origin = 'x' where id in"
	          " (select change_id from journal_seal where number in (7, 9))");
	assert_int_equal(v.fault, JOURNAL_ALTERED);
	assert_int_equal(v.number, 7);
	assert_int_equal(v.sealed, 6);
	v = after("delete from change_log where id ="
	          " (select change_id from journal_seal where number = 5)");
	assert_int_equal(v.fault, JOURNAL_CHANGE_MISSING);
	assert_int_equal(v.number, 5);
	v = after("delete from journal_seal where number = 3");
	assert_int_equal(v.fault, JOURNAL_NUMBER_MISSING);
	assert_int_equal(v.number, 3);
	v = after("delete from journal_seal where number = (select max(number) from"
	          " journal_seal)");
	assert_int_equal(v.fault, JOURNAL_TAIL);
	swap_seals(sql, sizeof(sql), 4, 6);
	v = after(sql);
	assert_int_equal(v.fault, JOURNAL_REORDERED);
	assert_int_equal(v.number, 4);
	v = after("delete from journal_personal where change_id ="
	          " (select change_id from journal_seal where number = 1)");
	assert_int_equal(v.fault, JOURNAL_PERSONAL_MISSING);
	assert_int_equal(v.number, 1);
	v = after("delete from journal_digest where on_day = (select min(on_day) from"
	          " journal_digest)");
	assert_int_equal(v.fault, JOURNAL_DIGEST_MISSING);
	assert_int_equal(v.day.days, date_make(2024, 3, 4).days);
}

/* The office was put there with plain SQL, which is what the journal would find. */
static int open_desk(void **state)
{
	desk_open(state);
	test_db_exec(desk.t.db, "delete from change_log");
	return 0;
}

#define JOURNAL_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, desk_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(a_write_leaves_an_entry),
		JOURNAL_TEST(sealing_numbers_what_was_committed),
		JOURNAL_TEST(sealing_waits_for_what_is_not_committed),
		JOURNAL_TEST(erased_values_are_gone_and_the_chain_holds),
		JOURNAL_TEST(erasing_a_person_reaches_all_his_dossiers),
		JOURNAL_TEST(a_thousand_alterations_are_all_detected),
		JOURNAL_TEST(the_first_row_at_fault_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
