/* The list of dossiers as a file: what is in it, who may, and that it is in the journal. */
#include "lib/page.h"
#include "lib/test_office.h"

#include <unistd.h>

#define HEAD "Số hồ sơ,Mã TTHC,Chủ hồ sơ,Số CCCD,Số điện thoại,Ngày tiếp nhận,Trạng thái\n"

static const char list[] =
        HEAD "H99.50.05-260202-0001,1.001193,\"=cmd|' /C calc'!A0\",079123456789,0912345678,"
             "02/02/2026 08:15,Đang xử lý\n"
             "H99.50.05-260203-0002,1.001193,\"Trần \"\"Bé\"\", Thị\",,,03/02/2026 09:00,"
             "Đang xử lý\n";

static struct page_test t;
static char file[65536]; /* of the last export */
static size_t n_file;

static int64_t count(const char *select)
{
	return test_db_int(t.db.db, select);
}

static int start(void **state)
{
	const struct upload upload = { .field = "file",
		                       .file_name = "ho-so.csv",
		                       .bytes = (const unsigned char *)list,
		                       .n = sizeof(list) - 1 };
	const char *const fields[] = { "step", "store", "new_source", "Cổng tỉnh", NULL };

	(void)state;
	page_start(&t);
	test_office(t.db.db);
	page_as(&t, id_of(OFFICE_A), "INTAKE");
	assert_int_equal(page_upload(&t, "/dossiers/import", &upload, fields), 303);
	assert_int_equal(count("select count(*) from dossier"), 2);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	page_stop(&t);
	return 0;
}

static void export(const char *query)
{
	const char *path;

	assert_ok(arena_printf(&t.kept, &path, "/dossiers/export?%s", query));
	assert_int_equal(page_get(&t, path), 200);
	assert_true(t.resp.disk.open);
	assert_in_range(t.resp.disk.n, 1, sizeof(file) - 1);
	n_file = (size_t)pread(t.resp.disk.descriptor, file, sizeof(file) - 1, 0);
	assert_int_equal(n_file, t.resp.disk.n);
	file[n_file] = '\0';
	resp_drop_disk_file(&t.resp);
}

static void a_csv_holds_the_list(void **state)
{
	(void)state;
	export("format=csv");
	assert_memory_equal(file, "\xef\xbb\xbfMã hồ sơ,", strlen("\xef\xbb\xbfMã hồ sơ,"));
	assert_non_null(strstr(file, "\r\nH99.50.05-260202-0001,1.001193,"));
	assert_non_null(strstr(file, "\"Trần \"\"Bé\"\", Thị\""));
	assert_non_null(strstr(file, ",079123456789,0912345678,"));
	assert_non_null(strstr(file, "02/02/2026 08:15"));
	assert_string_equal(page_header(&t, "Content-Disposition"),
	                    "attachment; filename=\"ho-so.csv\"");
}

/* What a citizen wrote is never run by a spreadsheet. */
static void formulas_are_texts(void **state)
{
	(void)state;
	export("format=csv");
	assert_non_null(strstr(file, ",\"'=cmd|"));
	assert_null(strstr(file, ",=cmd"));
	assert_null(strstr(file, ",\"=cmd"));
}

static void a_workbook_is_one(void **state)
{
	(void)state;
	export("format=xlsx");
	assert_memory_equal(file, "PK\3\4", 4);
	assert_string_equal(page_header(&t, "Content-Disposition"),
	                    "attachment; filename=\"ho-so.xlsx\"");
}

static void the_filter_holds(void **state)
{
	(void)state;
	export("format=csv&from=2026-02-03&to=2026-02-03");
	assert_null(strstr(file, "260202-0001"));
	assert_non_null(strstr(file, "260203-0002"));
	export("format=csv&view=returned");
	assert_null(strstr(file, "2602"));
}

static void each_is_in_the_journal(void **state)
{
	(void)state;
	export("format=csv&q=tran");
	assert_int_equal(count("select count(*) from journal_entry e join change_log c"
	                       " on c.id = e.change_id where e.kind = 'export'"
	                       " and c.action = 'dossier.export' and e.record_id = 2"
	                       " and c.account_id is not null"),
	                 1);
	/* Words may name a person: they can be erased, and stand nowhere else. */
	assert_int_equal(count("select count(*) from journal_entry e where e.kind = 'export'"
	                       " and e.fields like '%tran%'"),
	                 0);
	assert_int_equal(count("select count(*) from journal_personal p"
	                       " where p.fields like '%tran%'"),
	                 1);
	assert_int_equal(count("select count(*) from journal_entry e where e.kind = 'export'"
	                       " and e.fields like '%quantity%1%'"),
	                 1);
}

static void numbers_are_masked(void **state)
{
	(void)state;
	t.actor.permissions = MAY(DOSSIER_READ);
	export("format=csv");
	assert_null(strstr(file, "079123456789"));
	assert_null(strstr(file, "0912345678"));
	assert_non_null(strstr(file, "*789"));
	assert_int_equal(page_get(&t, "/dossiers/export?format=csv&q=079123456789"), 422);
	assert_false(t.resp.disk.open);
}

static void only_who_reads_dossiers(void **state)
{
	(void)state;
	t.actor.permissions = MAY(FORM_READ);
	assert_int_equal(page_get(&t, "/dossiers/export?format=csv"), 403);
	page_as(&t, id_of(OFFICE_B), "INTAKE"); /* another commune */
	export("format=csv");
	assert_null(strstr(file, "H99.50.05-2602"));
	assert_int_equal(page_get(&t, "/dossiers/export?format=csv&unit=2"), 404);
	assert_int_equal(count("select count(*) from journal_entry where kind = 'export'"), 1);
}

static void the_list_links_to_it(void **state)
{
	(void)state;
	assert_int_equal(page_get(&t, "/dossiers?from=2026-02-03"), 200);
	assert_true(
	        page_has(&t, "/dossiers/export?view=all&amp;from=2026-02-03&amp;format=xlsx"));
	assert_true(page_has(&t, "format=csv"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_csv_holds_the_list, start, stop),
		cmocka_unit_test_setup_teardown(formulas_are_texts, start, stop),
		cmocka_unit_test_setup_teardown(a_workbook_is_one, start, stop),
		cmocka_unit_test_setup_teardown(the_filter_holds, start, stop),
		cmocka_unit_test_setup_teardown(each_is_in_the_journal, start, stop),
		cmocka_unit_test_setup_teardown(numbers_are_masked, start, stop),
		cmocka_unit_test_setup_teardown(only_who_reads_dossiers, start, stop),
		cmocka_unit_test_setup_teardown(the_list_links_to_it, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
