/* A database out into a file and back, and into another database; the engine of the source is
 * chosen by the environment (lib/test_db.h). */
#include "lib/test_db.h"

#include <ftw.h>
#include <unistd.h>

#include "app/backup/backup_store.h"
#include "app/backup/migrate_store.h"
#include "db/engine.h"
#include "db/transfer.h"

enum { ARENA = 256 << 20, PATH = 160 };

struct place {
	struct test_db source;
	struct arena arena;
	char folder[64], backup[PATH], file[PATH]; /* a backup; a SQLite file */
	const struct migration *list;
	size_t n;
};

static const instant_t noon = { 1728043200000000 };

static const char rows[] =
        "insert into change_log (id, at, origin, action) values (1, 1, 'cli', 'x');"
        "insert into unit (id, code, name, level, letterhead, valid_from, from_change)"
        " values (9223372036854775807, 'H1', 'Tỉnh \"Mẫu\"', 'province', '', -18000, 1),"
        " (-9223372036854775807, 'H2', '', 'commune', 'dòng\ndòng', 2147483647, 1);"
        "insert into account (id, login, name, unit_id, password_hash, from_change)"
        " values (1, 'a', 'Đỗ', 9223372036854775807, 'x', 1);"
        "insert into field (id, code, name, change_id) values (3, 'F', 'Hộ tịch', 1),"
        " (2, 'G', 'Đất đai', 1);";

static int start(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	*state = p;
	arena_init(&p->arena, ARENA);
	snprintf(p->folder, sizeof(p->folder), "/tmp/cchc-backup-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->backup, PATH, "%s/a.cchc", p->folder);
	snprintf(p->file, PATH, "%s/b.db", p->folder);
	assert_ok(migrate_embedded(&p->list, &p->n, &p->arena));
	test_db_open(&p->source);
	test_db_exec(p->source.db, rows);
	return 0;
}

static int remove_entry(const char *path, const struct stat *s, int type, struct FTW *where)
{
	(void)s;
	(void)type;
	(void)where;
	return remove(path);
}

static int stop(void **state)
{
	struct place *p = *state;

	test_db_close(&p->source);
	arena_release(&p->arena);
	assert_int_equal(nftw(p->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
	free(p);
	return 0;
}

static struct backup_summary make(struct place *p, const struct backup_progress *progress)
{
	struct backup_summary s;

	assert_ok(backup_make(&s, &p->arena, p->source.db, p->backup, noon, progress));
	return s;
}

static FILE *open_backup(struct place *p)
{
	FILE *f = fopen(p->backup, "rb");

	assert_non_null(f);
	return f;
}

static enum err check(struct place *p)
{
	struct backup_summary s;
	FILE *f = open_backup(p);
	enum err e = backup_check(&s, &p->arena, f, NULL);

	fclose(f);
	return e;
}

static enum err restore(struct place *p, struct db *db, enum backup_schema schema)
{
	struct backup_summary s;
	FILE *f = open_backup(p);
	enum err e = backup_restore(&s, &p->arena, f, db, schema, NULL);

	fclose(f);
	return e;
}

static void assert_same(struct place *p, struct db *a, struct db *b)
{
	char one[TRANSFER_DIGEST_TEXT], two[TRANSFER_DIGEST_TEXT];
	struct schema s;
	int64_t n, m;

	assert_ok(transfer_schema(&s, &p->arena, p->list, p->n));
	assert_true(s.n_tables > 30);
	for (size_t i = 0; i < s.n_tables; i++) {
		assert_ok(transfer_table_digest(&n, one, a, &s.tables[i]));
		assert_ok(transfer_table_digest(&m, two, b, &s.tables[i]));
		assert_int_equal(n, m);
		assert_string_equal(one, two);
	}
}

static bool is_empty(struct db *db)
{
	bool empty = false;

	assert_ok(migrate_is_empty(&empty, db));
	return empty;
}

/* ---- tests ---- */

static void comes_back_on_both_engines(void **state)
{
	struct place *p = *state;
	struct test_db same;
	struct db *file;
	struct backup_summary s = make(p, NULL);

	assert_string_equal(s.schema, p->list[p->n - 1].name);
	assert_true(s.rows > 10 && s.bytes > 1000);
	assert_ok(check(p));
	test_db_empty(&same);
	assert_ok(restore(p, same.db, BACKUP_UPGRADE));
	assert_same(p, p->source.db, same.db);
	assert_ok(db_open(&file, p->file, DB_WRITE));
	assert_ok(restore(p, file, BACKUP_UPGRADE));
	assert_same(p, p->source.db, file);
	assert_int_equal(test_db_int(file, "select count(*) from unit where id < 0"), 1);
	assert_err(restore(p, file, BACKUP_UPGRADE), ERR_CONFLICT);
	assert_same(p, p->source.db, file);
	db_close(file);
	test_db_close(&same);
}

static void copies_into_the_other_engine_and_back(void **state)
{
	struct place *p = *state;
	struct test_db same;
	struct db *file;
	int64_t n = 0;

	assert_ok(db_open(&file, p->file, DB_WRITE));
	assert_ok(backup_copy(&n, &p->arena, p->source.db, file, NULL));
	assert_true(n > 10);
	assert_same(p, p->source.db, file);
	test_db_empty(&same);
	assert_ok(backup_copy(&n, &p->arena, file, same.db, NULL));
	assert_same(p, p->source.db, same.db);
	assert_err(backup_copy(&n, &p->arena, file, same.db, NULL), ERR_CONFLICT);
	db_close(file);
	test_db_close(&same);
}

/* Writes beside the backup, after its first table. */
static void write_meanwhile(void *arg, const char *name, int64_t n)
{
	struct place *p = arg;
	struct db *other;

	(void)name;
	(void)n;
	assert_ok(db_open(&other, p->source.where, DB_WRITE));
	test_db_exec(other,
	             "insert into field (id, code, name, change_id)"
	             " select max(id) + 1, cast(max(id) as text), cast(max(id) as text), 1"
	             " from field");
	db_close(other);
}

static void is_one_state_while_others_write(void **state)
{
	struct place *p = *state;
	struct backup_progress progress = { write_meanwhile, p };
	struct db *file;

	make(p, &progress);
	assert_true(test_db_int(p->source.db, "select count(*) from field") > 30);
	assert_ok(db_open(&file, p->file, DB_WRITE));
	assert_ok(restore(p, file, BACKUP_UPGRADE));
	assert_int_equal(test_db_int(file, "select count(*) from field"), 2);
	db_close(file);
}

static void flip(struct place *p, long at)
{
	FILE *f = fopen(p->backup, "r+b");
	int c;

	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	c = fgetc(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	assert_int_equal(fputc(c ^ 0x10, f), c ^ 0x10);
	fclose(f);
}

static void a_damaged_file_restores_nothing(void **state)
{
	struct place *p = *state;
	struct test_db same;
	long size = (long)make(p, NULL).bytes;

	test_db_empty(&same);
	for (int i = 1; i < 40; i++) { /* spread over the whole file */
		flip(p, size * i / 40);
		assert_err(check(p), ERR_INPUT);
		flip(p, size * i / 40);
	}
	for (int i = 1; i < 10; i++) {
		flip(p, size * i / 10);
		assert_err(restore(p, same.db, BACKUP_UPGRADE), ERR_INPUT);
		assert_true(is_empty(same.db));
		flip(p, size * i / 10);
	}
	assert_ok(restore(p, same.db, BACKUP_UPGRADE));
	assert_same(p, p->source.db, same.db);
	test_db_close(&same);
}

/* Writes the backup anew with sound digests: `leave_out` rows blocks less, and in the header
 * `before` (when it is given) replaced by `after` of the same length. */
static void forge(struct place *p, int leave_out, const char *before, const char *after)
{
	char path[PATH + 8];
	enum backup_kind kind = BACKUP_HEADER;
	struct backup_reader r;
	struct backup_writer w;
	struct slice raw;

	snprintf(path, sizeof(path), "%s.new", p->backup);
	FILE *in = open_backup(p), *out = fopen(path, "wb");
	assert_non_null(out);
	assert_ok(backup_reader_init(&r, in));
	assert_ok(backup_writer_init(&w, out));
	while (kind != BACKUP_END) {
		assert_ok(backup_read(&r, &kind, &raw));
		char *found = before ? memmem(raw.at, raw.len, before, strlen(before)) : NULL;
		if (found && kind == BACKUP_HEADER)
			memcpy(found, after, strlen(after));
		if (kind != BACKUP_ROWS || leave_out-- <= 0)
			assert_ok(backup_write(&w, kind, raw));
	}
	backup_reader_release(&r);
	backup_writer_release(&w);
	fclose(in);
	fclose(out);
	assert_int_equal(rename(path, p->backup), 0);
}

static void a_well_made_lie_is_found(void **state)
{
	struct place *p = *state;

	make(p, NULL);
	forge(p, 0, NULL, NULL);
	assert_ok(check(p));
	forge(p, 0, "unit_level\tcode:t", "unit_level\tcode:i");
	assert_err(check(p), ERR_INPUT);
	forge(p, 0, "unit_level\tcode:i", "unit_level\tcode:t");
	assert_ok(check(p));
	forge(p, 0, "0002_calendar.sql", "0002_kalendar.sql");
	assert_err(check(p), ERR_INPUT);
	forge(p, 0, "0002_kalendar.sql", "0002_calendar.sql");
	forge(p, 0, "attachments\t0", "attachments\t1");
	assert_err(check(p), ERR_INPUT);
	forge(p, 0, "attachments\t1", "attachments\t0");
	forge(p, 1, NULL, NULL);
	assert_err(check(p), ERR_INPUT);
	assert_non_null(strstr(err_message(), "its rows are not those its end names"));
}

static void a_newer_programs_backup_is_named(void **state)
{
	struct place *p = *state;
	char with_more[200], text[200];

	make(p, NULL);
	/* A migration nobody knows, in place of the first table's line. */
	snprintf(text, sizeof(text), "table\tchange_log\tid:i\tac");
	snprintf(with_more, sizeof(with_more), "migration\t9999_x.sql\tab\n");
	with_more[strlen(text)] = '\0';
	assert_int_equal(strlen(with_more), strlen(text));
	forge(p, 0, text, with_more);
	assert_err(check(p), ERR_DB_NEWER);
}

static void a_file_is_never_written_over(void **state)
{
	struct place *p = *state;
	struct backup_summary s;
	struct backup_target t = { 0 };
	struct test_db empty;

	make(p, NULL);
	assert_err(backup_make(&s, &p->arena, p->source.db, p->backup, noon, NULL),
	           ERR_CONFLICT);
	assert_ok(check(p));
	assert_err(backup_target_open(&t, &p->arena, p->backup), ERR_CONFLICT);
	assert_ok(backup_target_open(&t, &p->arena, p->file));
	backup_target_close(&t);
	assert_int_equal(access(p->file, F_OK), -1);
	test_db_empty(&empty);
	assert_err(backup_make(&s, &p->arena, empty.db, p->file, noon, NULL), ERR_NOT_FOUND);
	assert_int_equal(access(p->file, F_OK), -1);
	test_db_close(&empty);
	assert_err(backup_make(&s, &p->arena, p->source.db, "/nowhere/a.cchc", noon, NULL),
	           ERR_IO);
}

/* The n-th database call fails, for every n: nothing is half done. */
static void a_failing_database_leaves_nothing(void **state)
{
	struct place *p = *state;
	struct backup_summary s;
	enum err e = ERR_DB;
	long n = 1;

	for (; e != ERR_OK; n++) {
		db_fail_after(n);
		e = backup_make(&s, &p->arena, p->source.db, p->backup, noon, NULL);
		db_fail_after(0);
		assert_int_equal(access(p->backup, F_OK), e == ERR_OK ? 0 : -1);
	}
	assert_true(n > 10);
	e = ERR_DB;
	for (n = 1; e != ERR_OK; n += 23) {
		struct test_db target;

		test_db_empty(&target);
		db_fail_after(n);
		e = restore(p, target.db, BACKUP_UPGRADE);
		db_fail_after(0);
		if (e == ERR_OK)
			assert_same(p, p->source.db, target.db);
		else
			assert_true(is_empty(target.db));
		test_db_close(&target);
	}
	assert_true(n > 10);
}

/* ---- migrating ---- */

static void an_older_database_is_backed_up_first(void **state)
{
	struct place *p = *state;
	struct migrate_done done;
	struct migrate_plan plan;
	struct test_db old;
	struct db *file;
	bool current = false;

	test_db_empty(&old);
	assert_ok(migrate_with(old.db, p->list, p->n - 1));
	test_db_exec(old.db, rows);
	assert_err(db_migrate_new(old.db), ERR_DB_OLDER);
	assert_ok(migrate_plan_read(&plan, &p->arena, old.db));
	assert_int_equal(plan.n_steps, 1);
	assert_string_equal(plan.to, p->list[p->n - 1].name);
	struct migrate_order order = { old.where, "/nowhere", noon };
	assert_err(migrate_safely(&done, &p->arena, old.db, &order), ERR_IO);
	assert_ok(db_migrated(&current, old.db));
	assert_false(current);
	order.folder = p->folder;
	assert_ok(migrate_safely(&done, &p->arena, old.db, &order));
	assert_ok(db_migrated(&current, old.db));
	assert_true(current);
	assert_non_null(done.backup);
	snprintf(p->backup, PATH, "%s", done.backup);
	assert_ok(db_open(&file, p->file, DB_WRITE));
	assert_ok(restore(p, file, BACKUP_AS_IT_WAS));
	assert_err(db_migrate_new(file), ERR_DB_OLDER);
	assert_int_equal(test_db_int(file, "select count(*) from field"), 2);
	assert_ok(migrate_safely(&done, &p->arena, old.db, &order));
	assert_null(done.backup);
	db_close(file);
	test_db_close(&old);
}

static void a_new_database_needs_no_backup(void **state)
{
	struct place *p = *state;
	struct migrate_done done;
	struct test_db fresh;
	struct migrate_order order = { "postgresql:///x", NULL, noon };

	test_db_empty(&fresh);
	assert_ok(migrate_safely(&done, &p->arena, fresh.db, &order));
	assert_null(done.backup);
	assert_ok(db_migrate_new(fresh.db));
	test_db_close(&fresh);
	test_db_empty(&fresh);
	assert_ok(migrate_with(fresh.db, p->list, 1));
	assert_err(migrate_safely(&done, &p->arena, fresh.db, &order), ERR_DB_OLDER);
	order.where = "data/cchc.db";
	struct migrate_plan plan;
	const char *path;
	assert_ok(migrate_plan_read(&plan, &p->arena, fresh.db));
	assert_ok(migrate_backup_path(&path, &p->arena, &plan, &order));
	assert_non_null(strstr(path, "data/cchc.db-0001-"));
	assert_non_null(strstr(path, "-20241004T120000Z.cchc"));
	test_db_close(&fresh);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(comes_back_on_both_engines),
		TEST(copies_into_the_other_engine_and_back),
		TEST(is_one_state_while_others_write),
		TEST(a_damaged_file_restores_nothing),
		TEST(a_well_made_lie_is_found),
		TEST(a_newer_programs_backup_is_named),
		TEST(a_file_is_never_written_over),
		TEST(a_failing_database_leaves_nothing),
		TEST(an_older_database_is_backed_up_first),
		TEST(a_new_database_needs_no_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
