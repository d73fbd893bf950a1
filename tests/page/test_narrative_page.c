/* The text of a report and the outline of an office on their pages: written, tried out, typed
 * over, saved by two people, taken back from Word, locked. */
#include "lib/page.h"

#include "lib/docx_parts.h"

struct world {
	struct page_test t;
	row_id province, commune;
};

static void open_report(struct world *w, const char *state)
{
	const char *sql;

	test_db_exec(w->t.db.db, "delete from form_lock; delete from report where id = 700");
	assert_ok(arena_printf(
	        &w->t.kept, &sql,
	        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
	        " period_name, from_on, to_on, send_by_on, set_code, state, revision, "
	        "from_change)"
	        " values (700, %lld, null, 1, 'bnv-581', '2026-Q1', 'quý I năm 2026', %d, %d, "
	        "%d,"
	        " 'xa-2024', '%s', 1, 1)",
	        (long long)w->commune.value, date_make(2025, 12, 15).days,
	        date_make(2026, 3, 14).days, date_make(2026, 3, 20).days, state));
	test_db_exec(w->t.db.db, sql);
}

static void start(struct world *w)
{
	*w = (struct world){ 0 };
	page_start(&w->t);
	w->province = page_unit(&w->t, "H99", ROW_NONE);
	w->commune = page_unit(&w->t, "H99.1", w->province);
	page_as(&w->t, w->commune, "COMPILER");
	open_report(w, "compiling");
}

static int64_t count(struct world *w, const char *select)
{
	return test_db_int(w->t.db.db, select);
}

#define SAVE(w, revision, ...)                                                                 \
	page_post(&(w)->t, "/reports/700/text", "step", "save", "revision", revision,          \
	          __VA_ARGS__)

static void the_outline_is_shown_with_figures(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 200);
	assert_true(page_has(&w.t, "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"));
	assert_true(page_has(&w.t, "{{nếu dossier.received &gt; 0}}"));
	assert_true(page_has(&w.t, "từ ngày 15/12/2025 đến ngày 14/03/2026"));
	assert_true(page_has(&w.t, "name=\"own\"") == false);
	assert_int_equal(count(&w, "select count(*) from narrative_text"), 0);
	page_stop(&w.t);
}

static void a_figure_is_inserted_and_kept_as_a_reference(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_post(&w.t, "/reports/700/text", "step", "insert", "revision", "0",
	                           "section", "# I\nĐã nhận\n", "section", "# II\n", "figure",
	                           "dossier.received", "style", "kèm đơn vị", "place", "1"),
	                 200);
	assert_true(page_has(&w.t, "Đã nhận {{dossier.received | kèm đơn vị}}"));
	assert_true(page_has(&w.t, "class=\"figure blank\"")); /* nothing counted yet: no 0 */
	assert_int_equal(count(&w, "select count(*) from narrative_text"), 0);
	assert_int_equal(SAVE(&w, "0", "section", "# I\nĐã nhận {{8/6.4.1}} hồ sơ\n"), 303);
	assert_string_equal(page_header(&w.t, "Location"), "/reports/700/text?saved=1");
	assert_int_equal(count(&w, "select count(*) from narrative_section where body ="
	                           " '# I\nĐã nhận {{dossier.received}} hồ sơ\n'"),
	                 1);
	assert_int_equal(page_get(&w.t, "/reports/700/text?saved=1"), 200);
	assert_true(page_has(&w.t, "Đã lưu lời văn"));
	assert_true(page_has(&w.t, "Biểu 8, dòng 6.4.1"));
	page_stop(&w.t);
}

static void what_was_typed_is_never_lost(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(SAVE(&w, "0", "section", "# I\nCâu dài {{dossier.lost}}\n"), 422);
	assert_true(page_has(&w.t, "Câu dài {{dossier.lost}}"));
	assert_true(page_has(&w.t, "Không có chỉ tiêu"));
	assert_int_equal(SAVE(&w, "0", "section", "# I\nNhận {{dossier.received}} hồ sơ\n"),
	                 303);
	assert_int_equal(SAVE(&w, "1", "section", "# I\nNhận 15 hồ sơ\n"), 422);
	assert_true(page_has(&w.t, "Nhận 15 hồ sơ"));
	assert_true(page_has(&w.t, "name=\"own\""));
	assert_int_equal(SAVE(&w, "1", "own", "1", "section", "# I\nNhận 15 hồ sơ\n"), 303);
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 200);
	assert_true(page_has(&w.t, "class=\"figure own\""));
	assert_true(page_has(&w.t, "{{tự nêu 15 thay dossier.received}}"));
	/* Somebody else was quicker. */
	assert_int_equal(SAVE(&w, "1", "section", "# I\nCâu của tôi\n"), 409);
	assert_true(page_has(&w.t, "Câu của tôi"));
	assert_true(page_has(&w.t, "class=\"theirs\""));
	assert_string_equal(page_input(&w.t, "revision"), "2");
	/* The session ended: the page comes back with what was typed. */
	w.t.refill = true;
	assert_int_equal(SAVE(&w, "2", "section", "# I\nGõ trước khi hết phiên\n"), 422);
	assert_true(page_has(&w.t, "Gõ trước khi hết phiên"));
	page_stop(&w.t);
}

static void the_auditor_reads_the_draft(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_post(&w.t, "/reports/700/text", "step", "preview", "revision",
	                           "0", "section",
	                           "# I\nĐã giải quyết 96 hồ sơ, trong đó đúng hạn 90 hồ sơ, "
	                           "trễ hạn 10 hồ sơ.\n"),
	                 200);
	assert_true(page_has(&w.t, "audit-note late"));
	assert_true(page_has(&w.t, "điều cần xem khi kiểm tra"));
	page_stop(&w.t);
}

static void a_file_from_word_fills_the_fields(void **state)
{
	static const char body[] = "<w:p><w:r><w:t>I. MỘT</w:t></w:r></w:p>"
	                           "<w:p><w:r><w:t>Trong quý I năm 2026 xã đã làm nhiều việc "
	                           "hơn nữa.</w:t></w:r></w:p>";
	struct docx_parts parts = { .body = body, .n_body = sizeof(body) - 1 };
	struct upload upload = { .field = "file", .file_name = "a.docx" };
	struct world w;
	size_t n;
	void *bytes = docx_parts(&n, &parts);

	(void)state;
	assert_non_null(bytes);
	start(&w);
	assert_int_equal(
	        SAVE(&w, "0", "section", "# I. MỘT\nTrong {{kỳ}} xã đã làm nhiều việc.\n"),
	        303);
	upload.bytes = bytes;
	upload.n = n;
	assert_int_equal(page_upload(&w.t, "/reports/700/text/load", &upload,
	                             (const char *const[]){ NULL }),
	                 200);
	assert_true(page_has(&w.t, "Trong {{kỳ}} xã đã làm nhiều việc hơn nữa."));
	assert_true(page_has(&w.t, "chưa lưu"));
	assert_int_equal(count(&w, "select count(*) from narrative_section"), 1);
	upload.bytes = (const unsigned char *)"no word";
	upload.n = 7;
	assert_int_equal(page_upload(&w.t, "/reports/700/text/load", &upload,
	                             (const char *const[]){ NULL }),
	                 422);
	assert_true(page_has(&w.t, "không phải văn bản Word"));
	free(bytes);
	page_stop(&w.t);
}

static void a_locked_sheet_locks_the_page(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	test_db_exec(w.t.db.db,
	             "insert into form_lock (unit_id, set_code, from_on, to_on, report_id, why,"
	             " change_id) select unit_id, set_code, from_on, to_on, id, 'Đã trình ký',"
	             " 1 from report where id = 700");
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 200);
	assert_true(page_has(&w.t, "Đã trình ký"));
	assert_false(page_has(&w.t, "value=\"save\""));
	assert_int_equal(SAVE(&w, "0", "section", "# I\nkhác\n"), 422);
	assert_true(page_has(&w.t, "Đã trình ký"));
	assert_int_equal(count(&w, "select count(*) from narrative_text"), 0);
	page_stop(&w.t);
}

static void other_offices_read_only(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	page_as(&w.t, page_unit(&w.t, "H99.2", ROW_NONE), "COMPILER");
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 404);
	assert_int_equal(SAVE(&w, "0", "section", "# I\n"), 404);
	/* The office above reads it, and is told whose it is. */
	page_as(&w.t, w.province, "COMPILER");
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 200);
	assert_false(page_has(&w.t, "value=\"save\""));
	assert_int_equal(SAVE(&w, "0", "section", "# I\n"), 422);
	assert_true(page_has(&w.t, "Chỉ đơn vị lập báo cáo"));
	assert_int_equal(page_upload(&w.t, "/reports/700/text/load",
	                             &(struct upload){ .field = "file" },
	                             (const char *const[]){ NULL }),
	                 422);
	assert_true(page_has(&w.t, "Chỉ đơn vị lập báo cáo"));
	assert_int_equal(count(&w, "select count(*) from narrative_text"), 0);
	page_stop(&w.t);
}

static void an_outline_is_edited_with_problems_beside_lines(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	page_as(&w.t, w.commune, "ADMINISTRATOR");
	w.t.actor.permissions = ~UINT64_C(0);
	assert_int_equal(page_get(&w.t, "/narratives/xa-2024"), 200);
	assert_true(page_has(&w.t, "đề cương có sẵn của chương trình"));
	const char *seen = page_input(&w.t, "seen");

	assert_int_equal(page_post(&w.t, "/narratives/xa-2024", "seen", seen, "source",
	                           "# I\n{{8/99}}\n"),
	                 422);
	assert_true(page_has(&w.t, "Dòng 2: Không có chỉ tiêu"));
	assert_int_equal(page_post(&w.t, "/narratives/xa-2024", "seen", seen, "source",
	                           "# I\nCủa xã {{8/6.4.1}}\n"),
	                 303);
	assert_int_equal(
	        page_post(&w.t, "/narratives/xa-2024", "seen", seen, "source", "# X\n"), 409);
	assert_true(page_has(&w.t, "# X"));
	assert_int_equal(page_get(&w.t, "/reports/700/text"), 200);
	assert_true(page_has(&w.t, "Của xã {{dossier.received}}"));
	assert_int_equal(page_get(&w.t, "/narratives/nothing"), 404);
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_outline_is_shown_with_figures),
		cmocka_unit_test(a_figure_is_inserted_and_kept_as_a_reference),
		cmocka_unit_test(what_was_typed_is_never_lost),
		cmocka_unit_test(the_auditor_reads_the_draft),
		cmocka_unit_test(a_file_from_word_fills_the_fields),
		cmocka_unit_test(a_locked_sheet_locks_the_page),
		cmocka_unit_test(other_offices_read_only),
		cmocka_unit_test(an_outline_is_edited_with_problems_beside_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
