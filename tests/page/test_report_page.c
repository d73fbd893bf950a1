/* The pages of periodic reports, through the router: a commune's report from the board to the
 * office above and back, with comments on a cell, and an office's own version of a regime. */
#include "lib/page.h"

#include "app/package/package_zip.h"
#include "base/str.h"

struct world {
	struct page_test t;
	row_id province, commune, other;
	struct actor compiler, leader, clerk, above;
	const char *report; /* "/reports/123" */
};

static void load(struct world *w)
{
	assert_ok(arena_printf(
	        &w->t.kept, &w->report, "/reports/%lld",
	        (long long)test_db_int(w->t.db.db, "select max(r.id) from report r join unit u"
	                                           " on u.id = r.unit_id where u.code ="
	                                           " 'H99.1' and r.current = 1")));
}

static void start(struct world *w)
{
	*w = (struct world){ 0 };
	page_start(&w->t);
	w->province = page_unit(&w->t, "H99", ROW_NONE);
	test_db_exec(w->t.db.db, "update unit set level = 'province' where code = 'H99'");
	w->commune = page_unit(&w->t, "H99.1", w->province);
	w->other = page_unit(&w->t, "H99.2", w->province);
	page_as(&w->t, w->commune, "LEADER");
	w->leader = w->t.actor;
	page_as(&w->t, w->commune, "CLERK");
	w->clerk = w->t.actor;
	page_as(&w->t, w->commune, "COMPILER");
	w->compiler = w->t.actor;
	page_as(&w->t, w->province, "COMPILER");
	w->above = w->t.actor;
	assert_int_equal(page_post(&w->t, "/reports/open", "open", "bnv-581/2026-Q1"), 303);
	assert_string_equal(page_header(&w->t, "Location"),
	                    "/reports?of=bnv-581%2F2026-Q1&opened=3");
	load(w);
}

static const char *below(struct world *w, const char *tail)
{
	const char *out;

	assert_ok(arena_printf(&w->t.kept, &out, "%s%s", w->report, tail));
	return out;
}

static int get(struct world *w, const struct actor *as, const char *path)
{
	w->t.actor = *as;
	return page_get(&w->t, path);
}

/* With the revision that the page of the report shows. */
static int step(struct world *w, const struct actor *as, const char *action)
{
	assert_int_equal(get(w, as, w->report), 200);
	return page_post(&w->t, below(w, action), "revision", page_input(&w->t, "revision"),
	                 "reason", "Số liệu biểu 4 chưa khớp", "number", "15", "notation",
	                 "BC-UBND", "dated_on", "2026-03-02");
}

static void lead_to_signed(struct world *w)
{
	assert_int_equal(step(w, &w->compiler, "/do/to-check"), 303);
	assert_int_equal(step(w, &w->compiler, "/do/submit"), 303);
	assert_int_equal(step(w, &w->leader, "/do/sign"), 303);
}

static void lead_to_sent(struct world *w)
{
	lead_to_signed(w);
	assert_int_equal(step(w, &w->clerk, "/do/number"), 303);
	assert_int_equal(step(w, &w->clerk, "/do/send"), 303);
}

static void the_board_shows_ones_own_report_first(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(get(&w, &w.compiler, "/reports"), 200);
	assert_true(page_has(&w.t, "Chuyển kiểm tra</button>"));
	assert_true(page_has(&w.t, "chỉ tiêu</a>")); /* so many figures are missing */
	assert_false(page_has(&w.t, "Theo cấp và trạng thái"));
	assert_int_equal(get(&w, &w.clerk, "/reports"), 200);
	assert_false(page_has(&w.t, "Chuyển kiểm tra</button>"));
	assert_true(page_has(&w.t, "Việc này của người lập biểu"));
	page_stop(&w.t);
}

static void the_office_above_counts_and_reminds(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	lead_to_sent(&w);
	assert_int_equal(get(&w, &w.above, "/reports"), 200);
	assert_true(page_has(&w.t, "đã gửi 1 trên 2 (50,0 %), đúng hạn 1 trên 2 (50,0 %)"));
	assert_true(page_has(&w.t, "15/BC-UBND"));
	assert_int_equal(get(&w, &w.above, "/reports?view=unsent"), 200);
	assert_true(page_has(&w.t, "Đơn vị H99.2</a>"));
	assert_false(page_has(&w.t, "Đơn vị H99.1</a>"));
	assert_int_equal(get(&w, &w.above, "/reports?view=all&level=commune"), 200);
	assert_true(page_has(&w.t, "Tất cả: Xã"));
	assert_int_equal(get(&w, &w.above, "/reports/reminders?days=30"), 200);
	assert_true(page_has(&w.t, "Đơn vị H99.2</a>"));
	assert_true(page_has(&w.t, "còn 18 ngày"));
	assert_false(page_has(&w.t, "Đơn vị H99.1</a>"));
	assert_int_equal(get(&w, &w.above, "/reports/reminders?days=3"), 200);
	assert_false(page_has(&w.t, "Đơn vị H99.2</a>"));
	page_stop(&w.t);
}

static void each_step_is_offered_to_whose_it_is(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(step(&w, &w.compiler, "/do/to-check"), 303);
	assert_int_equal(step(&w, &w.compiler, "/do/submit"), 303);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_false(page_has(&w.t, "Ký</button>"));
	assert_true(page_has(&w.t, "Việc này của lãnh đạo"));
	assert_true(page_has(&w.t, "Số liệu đã khóa"));
	assert_int_equal(get(&w, &w.leader, w.report), 200);
	assert_true(page_has(&w.t, "Ký</button>"));
	assert_int_equal(step(&w, &w.leader, "/do/sign"), 303);
	assert_int_equal(get(&w, &w.clerk, w.report), 200);
	assert_string_equal(page_input(&w.t, "number"), "1"); /* the first of the year */
	assert_string_equal(page_input(&w.t, "notation"), "BC-UBND");
	assert_int_equal(page_post(&w.t, below(&w, "/do/number"), "revision",
	                           page_input(&w.t, "revision"), "number", "0", "notation",
	                           "BC UBND", "dated_on", "01/01/2020"),
	                 422);
	assert_true(page_has(&w.t, "Có 3 chỗ cần sửa"));
	assert_true(page_has(&w.t, "value=\"BC UBND\"")); /* what was typed is not lost */
	assert_int_equal(step(&w, &w.clerk, "/do/number"), 303);
	assert_int_equal(get(&w, &w.clerk, w.report), 200);
	assert_true(page_has(&w.t, "15/BC-UBND"));
	page_stop(&w.t);
}

static void two_people_at_once_see_each_other(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(step(&w, &w.compiler, "/do/to-check"), 303);
	assert_int_equal(page_post(&w.t, below(&w, "/do/submit"), "revision", "1"), 409);
	assert_true(page_has(&w.t, "Có người vừa làm một bước khác"));
	assert_int_equal(page_post(&w.t, below(&w, "/do/sign"), "revision", "2"), 422);
	assert_int_equal(page_post(&w.t, below(&w, "/do/nothing"), "revision", "2"), 404);
	page_stop(&w.t);
}

static void a_report_comes_back_with_a_comment_on_a_cell(void **state)
{
	static const char figure[] = "/forms/xa-2024/2/rows/1?period=2026-Q1";
	const char *above, *settle;
	struct world w;

	(void)state;
	start(&w);
	lead_to_sent(&w);
	assert_ok(arena_printf(&w.t.kept, &above, "%s&unit=%lld", figure,
	                       (long long)w.commune.value));
	assert_int_equal(get(&w, &w.above, above), 200);
	assert_int_equal(page_post(&w.t, below(&w, "/comments"), "form",
	                           page_input(&w.t, "form"), "indicator",
	                           page_input(&w.t, "indicator"), "text",
	                           "Còn thiếu 2 văn bản"),
	                 303);
	assert_non_null(strstr(page_header(&w.t, "Location"), "/forms/xa-2024/2?unit="));
	assert_int_equal(step(&w, &w.above, "/do/return"), 303);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, "Còn thiếu 2 văn bản"));
	assert_int_equal(step(&w, &w.compiler, "/do/amend"), 303);
	load(&w);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, "Thay thế <a"));
	assert_true(page_has(&w.t, "Còn thiếu 2 văn bản"));
	assert_int_equal(get(&w, &w.compiler, "/forms/xa-2024/2/enter?period=2026-Q1"), 200);
	assert_true(page_has(&w.t, "Còn thiếu 2 văn bản"));
	assert_int_equal(get(&w, &w.compiler, figure), 200);
	settle = page_input(&w.t, "comment");
	assert_int_equal(page_post(&w.t, below(&w, "/settle"), "comment", settle), 303);
	assert_int_equal(get(&w, &w.compiler, "/forms/xa-2024/2?period=2026-Q1"), 200);
	assert_false(page_has(&w.t, "Còn thiếu 2 văn bản"));
	assert_int_equal(page_post(&w.t, below(&w, "/settle"), "comment", settle), 422);
	assert_int_equal(page_post(&w.t, below(&w, "/comments"), "text", " "), 422);
	/* The corrected figure wants its reason before the report goes on. */
	assert_int_equal(page_post(&w.t, "/forms/xa-2024/2/enter?period=2026-Q1", "v-1", "5",
	                           "n-1", "", "w-1", "|"),
	                 303);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, "Thiếu lý do"));
	assert_int_equal(page_post(&w.t, below(&w, "/amendments"), "form", "2", "indicator",
	                           "steering.documents", "reason", ""),
	                 422);
	assert_int_equal(page_post(&w.t, below(&w, "/amendments"), "form", "2", "indicator",
	                           "steering.documents", "reason", "Bổ sung 5 văn bản"),
	                 303);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_false(page_has(&w.t, "Thiếu lý do"));
	assert_true(page_has(&w.t, "Bổ sung 5 văn bản"));
	page_stop(&w.t);
}

static void an_officer_sees_the_figures_that_are_theirs_to_supply(void **state)
{
	const char *key;
	struct world w;

	(void)state;
	start(&w);
	w.compiler.permissions |= MAY(FORM_MANAGE);
	assert_ok(
	        arena_printf(&w.t.kept, &key, "a%lld", (long long)w.compiler.account_id.value));
	assert_int_equal(get(&w, &w.compiler, "/desk"), 200);
	assert_false(page_has(&w.t, "Việc còn thiếu của tôi"));
	assert_int_equal(
	        page_post(&w.t, "/forms/xa-2024/2/owners", "o-1", key, "o-2.1", "a999"), 303);
	assert_int_equal(test_db_int(w.t.db.db, "select count(*) from form_row_owner"), 1);
	assert_int_equal(get(&w, &w.compiler, "/desk"), 200);
	assert_true(page_has(&w.t, "còn 1 chỉ tiêu"));
	assert_true(page_has(&w.t, "/forms/xa-2024/2/rows/1?period=2026-Q1"));
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, "còn 1 chỉ tiêu"));
	assert_int_equal(get(&w, &w.clerk, w.report), 200);
	assert_false(page_has(&w.t, "Việc còn thiếu của tôi"));
	assert_int_equal(get(&w, &w.compiler, "/forms/xa-2024/missing?period=2026-Q1"), 200);
	assert_true(page_has(&w.t, "Việc của tôi: 1"));
	assert_int_equal(page_post(&w.t, "/forms/xa-2024/2/enter?period=2026-Q1", "v-1", "5",
	                           "n-1", "", "w-1", "|"),
	                 303);
	assert_int_equal(get(&w, &w.compiler, "/desk"), 200);
	assert_false(page_has(&w.t, "Việc còn thiếu của tôi"));
	page_stop(&w.t);
}

/* The signer reopens the report, a figure is entered: what was signed is still derived, and the
 * page says which figure is another one now, who did it. */
static void what_moved_since_the_signing_is_named(void **state)
{
	struct world w;
	const char *moved;

	(void)state;
	start(&w);
	moved = below(&w, "/moved");
	assert_int_equal(get(&w, &w.compiler, moved), 200);
	assert_true(page_has(&w.t, "Báo cáo chưa được ký"));
	lead_to_signed(&w);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, moved));
	assert_int_equal(get(&w, &w.compiler, moved), 200);
	assert_true(page_has(&w.t, "Dựng lại từ cơ sở dữ liệu đúng như đã ký"));
	assert_true(page_has(&w.t, "không có gì thay đổi"));
	assert_int_equal(step(&w, &w.leader, "/do/reopen"), 303);
	w.t.actor = w.compiler;
	assert_int_equal(page_post(&w.t, "/forms/xa-2024/2/enter?period=2026-Q1", "v-1", "4321",
	                           "n-1", "", "w-1", "|"),
	                 303);
	assert_int_equal(get(&w, &w.above, moved), 200);
	assert_true(page_has(&w.t, "đúng như đã ký"));
	assert_true(page_has(&w.t, "1 ô số liệu hiện nay khác số đã ký"));
	assert_true(page_has(&w.t, "Số văn bản chỉ đạo CCHC đã ban hành"));
	assert_true(page_has(&w.t, "để trống</td>"));
	assert_true(page_has(&w.t, "4.321</td>"));
	assert_true(page_has(&w.t, "nhập số liệu"));
	assert_true(page_has(&w.t, "/forms/xa-2024/2/rows/1?"));
	/* Altered behind the program's back. */
	test_db_exec(w.t.db.db,
	             "update package_content set sha256 = replace(sha256, 'a', 'b')");
	assert_int_equal(get(&w, &w.compiler, moved), 200);
	assert_true(page_has(&w.t, "Dữ liệu đã bị sửa ngoài chương trình"));
	/* Another commune's; nobody's. */
	page_as(&w.t, w.other, "COMPILER");
	assert_int_equal(page_get(&w.t, moved), 404);
	page_as_nobody(&w.t);
	assert_int_equal(page_get(&w.t, moved), 303);
	page_stop(&w.t);
}

static void the_package_of_a_signed_report_is_downloaded(void **state)
{
	struct world w;
	const char *path;
	struct package_file file;
	enum package_fault fault;
	struct problems problems;

	(void)state;
	start(&w);
	path = below(&w, "/package");
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_false(page_has(&w.t, path));
	assert_int_equal(page_get(&w.t, path), 303); /* there is none yet */
	lead_to_signed(&w);
	assert_int_equal(get(&w, &w.compiler, w.report), 200);
	assert_true(page_has(&w.t, path));
	assert_int_equal(page_get(&w.t, path), 200);
	assert_non_null(
	        strstr(page_header(&w.t, "Content-Disposition"), "bao-cao-H99.1-2026-Q1.goi"));
	problems_init(&problems, &w.t.kept);
	assert_ok(package_zip_read(&file, &fault,
	                           (struct slice){ w.t.resp.body.data, w.t.resp.body.len },
	                           &problems));
	assert_int_equal(fault, PACKAGE_SOUND);
	assert_string_equal(file.content.unit.code, "H99.1");
	assert_int_equal(file.n_documents, 2);
	assert_memory_equal(file.documents[0].bytes.at, "PK\3\4", 4);
	assert_memory_equal(file.documents[1].bytes.at, "%PDF-", 5);
	page_as(&w.t, w.other, "COMPILER");
	assert_int_equal(page_get(&w.t, path), 404);
	page_as_nobody(&w.t);
	assert_int_equal(page_get(&w.t, path), 303);
	/* Reopened, it is no signed report any more. */
	assert_int_equal(step(&w, &w.leader, "/do/reopen"), 303);
	assert_int_equal(get(&w, &w.compiler, path), 303);
	page_stop(&w.t);
}

static void an_office_has_its_own_version_of_a_regime(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(get(&w, &w.above, "/reports/regimes/new"), 200);
	assert_string_equal(page_input(&w.t, "p0-to"), "14/03");
	assert_int_equal(page_post(&w.t, "/reports/regimes/new", "code", "bnv-581", "title",
	                           "Báo cáo", "document", "Công văn 9", "issuer", "UBND tỉnh",
	                           "valid_from", "01/04/2026", "p0-code", "Q3", "p0-name",
	                           "quý III", "p0-from", "31/06", "p0-to", "14/09", "p0-send",
	                           "18/09", "p0-opens", "10", "l-commune", "xa-2024"),
	                 422);
	assert_true(page_has(&w.t, "Tên kỳ Q3"));
	assert_true(page_has(&w.t, "value=\"31/06\""));
	assert_int_equal(page_post(&w.t, "/reports/regimes/new", "code", "bnv-581", "title",
	                           "Báo cáo", "document", "Công văn 9", "issuer", "UBND tỉnh",
	                           "valid_from", "01/04/2026", "p0-code", "Q3", "p0-name",
	                           "quý III năm {1}", "p0-from", "15/06", "p0-to", "10/09",
	                           "p0-send", "12/09", "p0-opens", "10", "l-commune",
	                           "xa-2024"),
	                 303);
	assert_int_equal(get(&w, &w.compiler, "/reports/regimes"), 200);
	assert_true(page_has(&w.t, "10/09"));
	assert_true(page_has(&w.t, "quý III năm 2026"));
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_board_shows_ones_own_report_first),
		cmocka_unit_test(the_office_above_counts_and_reminds),
		cmocka_unit_test(each_step_is_offered_to_whose_it_is),
		cmocka_unit_test(two_people_at_once_see_each_other),
		cmocka_unit_test(a_report_comes_back_with_a_comment_on_a_cell),
		cmocka_unit_test(an_officer_sees_the_figures_that_are_theirs_to_supply),
		cmocka_unit_test(what_moved_since_the_signing_is_named),
		cmocka_unit_test(the_package_of_a_signed_report_is_downloaded),
		cmocka_unit_test(an_office_has_its_own_version_of_a_regime),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
