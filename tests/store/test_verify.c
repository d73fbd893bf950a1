/* Each check of `cchc verify` is silent on a whole database and names what is planted, on both
 * engines. */
#include "lib/test_db.h"

#include "app/verify/verify_store.h"
#include "db/engine.h"
#include "lib/pg_cluster.h"

enum { ARENA = 64 << 20 };

struct place {
	struct pg_cluster cluster;
	struct test_db sqlite;
	struct db *postgres;
	struct arena arena, of_check;
	const struct schema *schema;
	struct db *db[2];
};

/* A unit with a child, a procedure, an applicant and a dossier that waits for its result. */
static const char rows[] =
        "insert into unit (id, code, name, level, letterhead, valid_from, from_change) values"
        " (1, 'H1', 'Tỉnh', 'province', 'TỈNH', 18000, 1),"
        " (2, 'H1.1', 'Xã', 'commune', 'XÃ', 18000, 1);"
        "insert into unit_parent (id, unit_id, parent_id, from_on, change_id)"
        " values (1, 2, 1, 18000, 1);"
        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
        " (1, 1, 0, 18000), (1, 2, 1, 18000), (2, 2, 0, 18000);"
        "insert into field (id, code, name, change_id) values (1, 'F', 'Hộ tịch', 1),"
        " (2, 'G', 'Đất đai', 1);"
        "insert into procedure (id, code, change_id) values (1, '1.1', 1);"
        "insert into procedure_version (id, procedure_id, version, name, field_id,"
        " service_level, decision_kind, decision_on, valid_from, from_change)"
        " values (1, 1, 1, 'Khai sinh', 1, 'full', 'announced', 18000, 18000, 1);"
        "insert into applicant (id, unit_id, kind, name, from_change)"
        " values (1, 2, 'person', 'Người Mẫu', 1);"
        "insert into dossier (id, code, receiving_unit_id, competent_unit_id,"
        " procedure_version_id, procedure_id, field_id, applicant_id, channel, state,"
        " state_group, received_at, received_on, term, supplement_rule, rule_set,"
        " calendar_version, due_at, from_change) values (1, 'D1', 2, 2, 1, 1, 1, 1, 'counter',"
        " 4, 2, 1728000000000000, 20000, '1 ngày', 'continues', 'r', 1, 1728100000000000, 5);"
        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
        " period_name, from_on, to_on, send_by_on, set_code, state, revision, number, notation,"
        " dated_on, from_change) values (1, 2, 1, 1, 'bnv-581', '2024-Q1', 'quý I năm 2024',"
        " 19706, 19796, 19802, 'xa-2024', 'numbered', 5, 15, 'BC', 19800, 1);"
        "insert into report_event (id, report_id, at, action, from_state, to_state, change_id)"
        " values (1, 1, 0, 'number', 'signed', 'numbered', 1);"
        "insert into report_number (unit_id, year, number, report_id, notation, dated_on,"
        " change_id) values (2, 2024, 15, 1, 'BC', 19800, 1);"
        "insert into form_lock (unit_id, set_code, from_on, to_on, report_id, why, change_id)"
        " values (2, 'xa-2024', 19706, 19796, 1, 'khóa', 1);";

static int start(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	*state = p;
	arena_init(&p->arena, ARENA);
	arena_init(&p->of_check, ARENA);
	test_db_open(&p->sqlite);
	pg_cluster_start(&p->cluster);
	assert_ok(db_open(&p->postgres, p->cluster.url, DB_WRITE));
	assert_ok(db_migrate(p->postgres));
	p->db[0] = p->sqlite.db;
	p->db[1] = p->postgres;
	for (int i = 0; i < 2; i++) {
		test_db_exec(p->db[i], rows);
		test_db_recount(p->db[i]);
	}
	assert_ok(verify_expected(&p->schema, &p->arena));
	return 0;
}

static int stop(void **state)
{
	struct place *p = *state;

	if (p->postgres)
		db_close(p->postgres);
	pg_cluster_stop(&p->cluster);
	test_db_close(&p->sqlite);
	arena_release(&p->arena);
	arena_release(&p->of_check);
	free(p);
	return 0;
}

static const struct verify_check *check_named(const char *name)
{
	for (size_t i = 0; i < verify_n_checks; i++)
		if (strcmp(verify_checks[i].name, name) == 0)
			return &verify_checks[i];
	fail_msg("no check is called %s", name);
	return NULL;
}

static struct verify run(struct place *p, struct db *db, const char *name)
{
	struct verify v = { .db = db, .arena = &p->of_check, .schema = p->schema };

	assert_ok(verify_run(&v, check_named(name)));
	return v;
}

static void expect_silence(struct place *p, struct db *db, const char *name)
{
	struct verify v = run(p, db, name);

	if (v.n)
		print_error("%s, %s: %s\n", db->engine->name, name, v.found[0]);
	assert_int_equal(v.n, 0);
}

/* Plants `statement` in a transaction that is rolled back; `found` is part of a text. */
static void plant(struct place *p, struct db *db, const char *name, const char *statement,
                  const char *found)
{
	DB_TX tx = { 0 };

	assert_ok(db_begin(&tx, db));
	test_db_exec(db, statement);
	struct verify v = run(p, db, name);
	for (size_t i = 0; i < v.n && i < VERIFY_MOST_SHOWN; i++)
		if (strstr(v.found[i], found))
			return;
	print_error("%s, %s: %zu found, none with \"%s\" after: %s\n", db->engine->name, name,
	            v.n, found, statement);
	for (size_t i = 0; i < v.n && i < VERIFY_MOST_SHOWN; i++)
		print_error("    %s\n", v.found[i]);
	fail();
}

static void both(struct place *p, const char *name, const char *statement, const char *found)
{
	for (int i = 0; i < 2; i++)
		plant(p, p->db[i], name, statement, found);
}

static void a_whole_database_passes(void **state)
{
	struct place *p = *state;

	assert_true(verify_n_checks > 0);
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < verify_n_checks; k++)
			expect_silence(p, p->db[i], verify_checks[k].name);
}

static void finds_another_schema(void **state)
{
	struct place *p = *state;

	both(p, "schema", "create table extra (id integer)", "thừa bảng extra");
	both(p, "schema", "alter table dossier add column extra text",
	     "thừa cột dossier.extra");
	both(p, "schema", "alter table unit drop column phone", "thiếu cột unit.phone");
	both(p, "schema", "drop table dossier_sequence", "thiếu bảng dossier_sequence");
	both(p, "schema", "drop index dossier_by_finish",
	     "thiếu chỉ mục dossier_by_finish trên dossier (receiving_unit_id, finished_on, "
	     "outcome)");
	both(p, "schema", "create index extra on dossier (due_at)", "thừa chỉ mục extra");
	both(p, "schema",
	     "drop index form_cell_current; create unique index form_cell_current on form_cell "
	     "(unit_id, set_code, form, from_on, to_on, indicator)",
	     "chỉ mục form_cell_current");
	plant(p, p->postgres, "schema", "alter table account alter column name drop not null",
	      "cột account.name");
	plant(p, p->postgres, "schema", "alter table account drop constraint account_login_key",
	      "thiếu chỉ mục");
	plant(p, p->postgres, "schema",
	      "alter table dossier drop constraint dossier_applicant_id_fkey",
	      "thiếu khóa ngoại dossier.applicant_id đến applicant.id");
}

static void finds_another_check_constraint(void **state)
{
	struct place *p = *state;

	plant(p, p->sqlite.db, "schema",
	      "drop table login_failure; create table login_failure (key text primary key,"
	      " failures integer not null check (failures > 0), last_at integer not null,"
	      " locked_until integer) strict",
	      "login_failure được tạo khác");
}

/* Inside a transaction SQLite does not let go of its references, so they wait for a commit
 * that does not come. */
static void finds_a_reference_to_nothing(void **state)
{
	struct place *p = *state;

	plant(p, p->sqlite.db, "references",
	      "pragma defer_foreign_keys = 1;"
	      "update dossier set applicant_id = 77",
	      "1 dòng của dossier.applicant_id chỉ đến applicant.id không có; dòng đầu: 1");
	plant(p, p->postgres, "references",
	      "alter table dossier drop constraint dossier_applicant_id_fkey;"
	      "update dossier set applicant_id = 77",
	      "1 dòng của dossier.applicant_id chỉ đến applicant.id không có; dòng đầu: 1");
}

static void finds_a_report_that_disagrees(void **state)
{
	struct place *p = *state;

	both(p, "reports", "delete from form_lock", "báo cáo 1: khóa số liệu");
	both(p, "reports", "update report set state = 'compiling'", "báo cáo 1: khóa số liệu");
	both(p, "reports", "update form_lock set to_on = to_on + 1", "báo cáo 1: khóa số liệu");
	both(p, "reports", "update report set current = 0", "báo cáo 1: đánh dấu hiện hành");
	both(p, "reports", "update report set number = 16", "báo cáo 1: số văn bản");
	both(p, "reports", "update report set state = 'sent'", "báo cáo 1: trạng thái");
}

static void finds_a_wrong_tree(void **state)
{
	struct place *p = *state;

	both(p, "unit_tree", "delete from unit_closure where depth = 1",
	     "thiếu cặp đơn vị 1 (cấp trên) và 2");
	both(p, "unit_tree", "insert into unit_closure values (2, 1, 1, 18000, null)",
	     "thừa cặp đơn vị 2 (cấp trên) và 1");
	both(p, "unit_tree", "update unit_closure set depth = 3 where depth = 1",
	     "ngày cuối hoặc số bậc sai");
	both(p, "unit_tree", "update unit_parent set to_on = 19000",
	     "ngày cuối hoặc số bậc sai");
	both(p, "unit_tree", "delete from unit_parent", "thừa cặp đơn vị 1 (cấp trên) và 2");
	both(p, "unit_tree",
	     "insert into unit_parent (id, unit_id, parent_id, from_on, change_id)"
	     " values (2, 1, 2, 18000, 1)",
	     "đứng trên chính mình");
}

static void finds_dossiers_that_contradict_themselves(void **state)
{
	struct place *p = *state;
	static const char *const wrong[][2] = {
		{ "update dossier set finished_at = received_at, finished_on = received_on,"
		  " outcome = 'early'",
		  "1 hồ sơ có trạng thái" },
		{ "update dossier set state = 10, state_group = 6", "1 hồ sơ có trạng thái" },
		{ "update dossier set refused = 1", "1 hồ sơ có trạng thái" },
		{ "update dossier set closed_on = 20000", "có ngày đóng" },
		{ "update dossier set state = 8, state_group = 4", "có ngày đóng" },
		{ "update dossier set received_on = 20001", "có ngày không khớp" },
		{ "update dossier set finished_at = received_at", "có ngày không khớp" },
		{ "update dossier set state = 9, state_group = 5, outcome = 'early',"
		  " finished_at = due_at + 60000000, finished_on = 20001",
		  "có kết quả sớm" },
		{ "update dossier set state = 9, state_group = 5, finished_at = received_at,"
		  " finished_on = received_on",
		  "có kết quả sớm" },
		{ "update dossier set field_id = 2", "khác với phiên bản" },
		{ "update dossier set paused_at = received_at", "có giờ tạm dừng" },
		{ "insert into dossier_pause (id, dossier_id, kind, from_at, effect, reason,"
		  " change_id) values (1, 1, 'payment', 1728000000000000, 'continues', '', 1)",
		  "có giờ tạm dừng" },
		{ "insert into dossier_past (id, dossier_id, from_change, to_change,"
		  " receiving_unit_id, competent_unit_id, procedure_version_id, channel, state,"
		  " refused, received_on) values (1, 1, 1, 4, 2, 2, 1, 'counter', 2, 0, 20000)",
		  "lịch sử số liệu không liền" },
	};

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		both(p, "dossiers", wrong[i][0], wrong[i][1]);
}

/* The page of an index is found by its name in the schema and spoilt on disk. */
static void finds_a_spoilt_file(void **state)
{
	struct test_db t;
	struct place *p = *state;
	long page, size;

	test_db_open(&t);
	test_db_exec(t.db, rows);
	page = (long)test_db_int(
	        t.db, "select rootpage from sqlite_master where name = 'applicant_by_phone'");
	size = (long)test_db_int(t.db, "select page_size from pragma_page_size");
	db_close(t.db);
	FILE *f = fopen(t.where, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, page * size - 1, SEEK_SET), 0);
	assert_int_equal(fputc(0x7f, f), 0x7f);
	fclose(f);
	assert_ok(db_open(&t.db, t.where, DB_WRITE));
	struct verify v = run(p, t.db, "pages");
	assert_true(v.n > 0);
	assert_non_null(strstr(v.found[0], "applicant_by_phone"));
	test_db_close(&t);
}

static void an_older_or_empty_database_is_not_checked(void **state)
{
	struct place *p = *state;
	struct test_db t;
	const struct migration *list;
	size_t n;

	test_db_empty(&t);
	struct verify v = { .db = t.db, .arena = &p->of_check };
	assert_ok(verify_current(&v));
	assert_int_equal(v.n, 1);
	assert_ok(migrate_embedded(&list, &n, &p->arena));
	assert_ok(migrate_with(t.db, list, n - 1));
	v.n = 0;
	assert_ok(verify_current(&v));
	assert_int_equal(v.n, 1);
	assert_non_null(strstr(v.found[0], list[n - 1].name));
	assert_ok(migrate_with(t.db, list, n));
	v.n = 0;
	assert_ok(verify_current(&v));
	assert_int_equal(v.n, 0);
	test_db_close(&t);
}

static void many_findings_are_counted(void **state)
{
	struct place *p = *state;
	struct verify v = { .arena = &p->of_check };

	for (int i = 0; i < VERIFY_MOST_SHOWN + 5; i++)
		assert_ok(verify_found(&v, MSG_VERIFY_EXTRA_TABLE, verify_number(&v, i)));
	assert_int_equal(v.n, VERIFY_MOST_SHOWN + 5);
	assert_string_equal(v.found[3], "thừa bảng 3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_database_passes),
		cmocka_unit_test(finds_another_schema),
		cmocka_unit_test(finds_another_check_constraint),
		cmocka_unit_test(finds_a_reference_to_nothing),
		cmocka_unit_test(finds_a_report_that_disagrees),
		cmocka_unit_test(finds_a_wrong_tree),
		cmocka_unit_test(finds_dossiers_that_contradict_themselves),
		cmocka_unit_test(finds_a_spoilt_file),
		cmocka_unit_test(an_older_or_empty_database_is_not_checked),
		cmocka_unit_test(many_findings_are_counted),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
