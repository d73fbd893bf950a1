/* A report as Word and PDF through the router: for those who may read it, and nobody else. */
#include "lib/page.h"

static void a_report_is_downloaded_as_word_and_pdf(void **state)
{
	struct page_test t = { 0 };
	const char *docx, *pdf;
	row_id province, commune;
	long long id;

	(void)state;
	page_start(&t);
	province = page_unit(&t, "H99", ROW_NONE);
	test_db_exec(t.db.db, "update unit set level = 'province' where code = 'H99'");
	commune = page_unit(&t, "H99.1", province);
	page_as(&t, province, "COMPILER");
	assert_int_equal(page_post(&t, "/reports/open", "open", "bnv-581/2026-Q1"), 303);
	id = (long long)test_db_int(t.db.db, "select r.id from report r join unit u on u.id ="
	                                     " r.unit_id where u.code = 'H99.1'");
	assert_ok(arena_printf(&t.kept, &docx, "/reports/%lld/docx", id));
	assert_ok(arena_printf(&t.kept, &pdf, "/reports/%lld/pdf", id));
	page_as(&t, commune, "COMPILER");
	assert_int_equal(page_get(&t, docx), 200);
	assert_memory_equal(page_body(&t), "PK\3\4", 4);
	assert_non_null(
	        strstr(page_header(&t, "Content-Disposition"), "bao-cao-H99.1-2026-Q1.docx"));
	assert_int_equal(page_get(&t, pdf), 200);
	assert_memory_equal(page_body(&t), "%PDF-", 5);
	assert_non_null(
	        strstr(page_header(&t, "Content-Disposition"), "bao-cao-H99.1-2026-Q1.pdf"));
	/* Another commune's. */
	page_as(&t, page_unit(&t, "H99.2", province), "COMPILER");
	assert_int_equal(page_get(&t, docx), 404);
	assert_int_equal(page_get(&t, pdf), 404);
	page_as_nobody(&t);
	assert_int_not_equal(page_get(&t, pdf), 200);
	page_stop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_downloaded_as_word_and_pdf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
