/* The pages of rolled-up figures: a province and three communes of which two have sent. */
#include "lib/page.h"

#include "app/form/form_lock_store.h"

struct world {
	struct page_test t;
	row_id province, communes[3];
	const struct form_set *set;
};

static void run(struct world *w, const char *format, long long a, long long b, const char *c)
{
	char text[1500];
	size_t n = 0;

	for (const char *at = format; *at; at++) {
		if (*at == '$') {
			at++;
			n += (size_t)(*at == 'c' ? snprintf(text + n, sizeof(text) - n, "%s", c)
			                         : snprintf(text + n, sizeof(text) - n, "%lld",
			                                    *at == 'a' ? a : b));
		} else {
			text[n++] = *at;
		}
		assert_true(n + 1 < sizeof(text));
	}
	text[n] = '\0';
	test_db_exec(w->t.db.db, text);
}

static void add_report(struct world *w, row_id unit, const char *period, const char *state)
{
	static const char insert[] =
	        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
	        " period_name, from_on, to_on, send_by_on, set_code, state, revision, "
	        "from_change)"
	        " values ($b, $a, ";
	struct period p;
	char text[1500];

	assert_true(period_parse(&p, period));
	snprintf(text, sizeof(text),
	         "%s%s, 1, 'bnv-581', '%s', '%s', %d, %d, %d, 'bnv-2022', '$c', 1, 1)", insert,
	         row_eq(unit, w->province) ? "null"
	                                   : "(select parent_id from unit_parent where"
	                                     " unit_id = $a)",
	         period, period, p.from.days, p.to.days, p.to.days + 6);
	run(w, text, unit.value, page_next_id(&w->t).value, state);
}

/* Dossiers of two procedures, with the list behind. */
static void send(struct world *w, row_id unit, const char *period, int first, int second)
{
	char text[1500];

	snprintf(text, sizeof(text),
	         "insert into package_content (id, report_id, received, sha256, pinned,"
	         " from_change) select $b, r.id, 0, '', 0, 1 from report r where r.unit_id = $a"
	         " and r.period = '%s';"
	         "insert into package_cell (content_id, form, indicator, source, value, given, "
	         "owed,"
	         " listed, unlisted, incomplete, not_owed, note, codes) values ($b, '3',"
	         " 'dossier.commune.finished', 'computed', %d000000, 0, 0, 1, 0, 0, 0, 'Mất "
	         "điện',"
	         " '1.000001\t\tHộ tịch\t%d\n1.000002\t\tĐất đai\t%d');",
	         period, first + second, first, second);
	run(w, text, unit.value, page_next_id(&w->t).value, "");
}

static void start(struct world *w)
{
	*w = (struct world){ 0 };
	page_start(&w->t);
	health_ask(&w->t.app.health);
	w->province = page_unit(&w->t, "H99", ROW_NONE);
	test_db_exec(w->t.db.db, "update unit set level = 'province'");
	for (int i = 0; i < 3; i++) {
		char code[16];

		snprintf(code, sizeof(code), "H99.%d", i + 1);
		w->communes[i] = page_unit(&w->t, code, w->province);
	}
	add_report(w, w->province, "2025-Q1", "compiling");
	add_report(w, w->province, "2026-Q1", "compiling");
	for (int i = 0; i < 3; i++) {
		add_report(w, w->communes[i], "2025-Q1", i < 2 ? "accepted" : "compiling");
		add_report(w, w->communes[i], "2026-Q1", i < 2 ? "sent" : "compiling");
		if (i < 2)
			send(w, w->communes[i], "2025-Q1", 10, 20);
	}
	send(w, w->communes[0], "2026-Q1", 40, 20);
	send(w, w->communes[1], "2026-Q1", 10, 25);
	page_as(&w->t, w->province, "COMPILER");
	assert_ok(form_set_open(&w->set, w->t.db.db, &w->t.kept, "bnv-2022"));
}

static const char form[] = "/rollups/bnv-2022/3?period=2026-Q1";
static const char row[] = "/rollups/bnv-2022/3/rows/3.3.1?period=2026-Q1";

static void test_form(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_get(&w.t, form), 200);
	assert_true(page_has(&w.t, "2 trên 3"));
	assert_true(page_has(&w.t, "1 đơn vị chưa gửi"));
	assert_true(page_has(&w.t, "Đơn vị H99.3"));
	assert_true(page_has(&w.t, ">95</a>"));
	assert_true(page_has(&w.t, "Đơn vị H99.1, Đơn vị H99.2: Mất điện"));
	page_stop(&w.t);
}

static void test_contributions(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_get(&w.t, row), 200);
	const char *first = strstr(page_body(&w.t), ">Đơn vị H99.1</a>");
	const char *second = strstr(page_body(&w.t), ">Đơn vị H99.2</a>");
	const char *third = strstr(page_body(&w.t), ">Đơn vị H99.3</a>");

	assert_non_null(first);
	assert_true(first < second && second < third);
	assert_true(page_has(&w.t, "Chưa gửi báo cáo"));
	assert_true(page_has(&w.t, "63,2%")); /* 60 of 95 */
	page_stop(&w.t);
}

static void test_why(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_get(&w.t, "/rollups/bnv-2022/3/rows/3.3.1?period=2026-Q1"
	                                "&before=2025-Q1"),
	                 200);
	assert_true(page_has(&w.t, "thay đổi <strong>+35</strong>"));
	assert_true(page_has(&w.t, "+30")); /* of H99.1, of Hộ tịch, of 1.000001 */
	assert_true(page_has(&w.t, "Theo lĩnh vực"));
	assert_true(page_has(&w.t, "Hộ tịch"));
	assert_true(page_has(&w.t, "Theo thủ tục"));
	assert_int_equal(page_get(&w.t, "/rollups/bnv-2022/3/rows/3.3.1?period=2026-Q1"
	                                "&before=hôm-qua"),
	                 200);
	assert_true(page_has(&w.t, "hôm-qua"));
	page_stop(&w.t);
}

static int64_t adjustments(struct world *w)
{
	return test_db_int(w->t.db.db,
	                   "select count(*) from rollup_adjustment where to_change is null");
}

static void test_adjust(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	assert_int_equal(page_post(&w.t, row, "value", "-5", "adjustment", ""), 422);
	assert_true(page_has(&w.t, "Ghi lý do điều chỉnh."));
	assert_int_equal(page_post(&w.t, row, "value", "năm", "adjustment", "Đếm trùng"), 422);
	assert_int_equal(adjustments(&w), 0);
	assert_int_equal(page_post(&w.t, row, "value", "-5", "adjustment", "Đếm trùng"), 303);
	assert_int_equal(adjustments(&w), 1);
	assert_int_equal(page_get(&w.t, form), 200);
	assert_true(page_has(&w.t, ">90</a>"));
	assert_true(page_has(&w.t, "Điều chỉnh: Đếm trùng"));
	assert_int_equal(page_post(&w.t, row, "value", "-6", "adjustment", "Đếm trùng"), 303);
	assert_int_equal(adjustments(&w), 1);
	assert_int_equal(test_db_int(w.t.db.db, "select count(*) from rollup_adjustment"), 2);
	assert_int_equal(page_post(&w.t, row, "value", "", "adjustment", ""), 303);
	assert_int_equal(adjustments(&w), 0);
	assert_int_equal(test_db_int(w.t.db.db, "select count(*) from change_log where action ="
	                                        " 'rollup.adjust'"),
	                 3);
	page_stop(&w.t);
}

/* Setting the lock is the report's business; its row is enough here. */
static void test_locked(void **state)
{
	struct world w;
	struct period p;
	char text[500];

	(void)state;
	start(&w);
	assert_true(period_parse(&p, "2026-Q1"));
	snprintf(text, sizeof(text),
	         "insert into form_lock (unit_id, set_code, from_on, to_on, report_id, why,"
	         " change_id) select r.unit_id, r.set_code, r.from_on, r.to_on, r.id,"
	         " 'Báo cáo đã ký.', 1 from report r where r.unit_id = $a and r.period ="
	         " '2026-Q1'");
	run(&w, text, w.province.value, 0, "");
	assert_int_equal(page_post(&w.t, row, "value", "5", "adjustment", "Đếm sót"), 422);
	assert_true(page_has(&w.t, "Báo cáo đã ký."));
	assert_int_equal(adjustments(&w), 0);
	page_stop(&w.t);
}

/* A unit below nobody reports to, and somebody else's unit. */
static void test_leaf_and_strangers(void **state)
{
	struct world w;
	char path[200];

	(void)state;
	start(&w);
	page_as(&w.t, w.communes[0], "COMPILER");
	assert_int_equal(page_get(&w.t, form), 200);
	assert_true(page_has(&w.t, "số liệu là của chính đơn vị"));
	assert_int_equal(page_post(&w.t, row, "value", "5", "adjustment", "Đếm sót"), 422);
	assert_true(page_has(&w.t, "sửa ngay số của đơn vị"));
	snprintf(path, sizeof(path), "%s&unit=%lld", form, (long long)w.province.value);
	assert_int_equal(page_get(&w.t, path), 404);
	page_as(&w.t, w.province, "COMPILER");
	snprintf(path, sizeof(path), "%s&unit=%lld", row, (long long)w.communes[0].value);
	assert_int_equal(page_post(&w.t, path, "value", "5", "adjustment", "x"), 403);
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_form),   cmocka_unit_test(test_contributions),
		cmocka_unit_test(test_why),    cmocka_unit_test(test_adjust),
		cmocka_unit_test(test_locked), cmocka_unit_test(test_leaf_and_strangers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
