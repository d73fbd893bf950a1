#include "lib/page.h"

#include "base/password.h"

static const char good_password[] = "mật khẩu đủ dài";

/* A browser: what it holds of cookies, and the tokens of the page it shows. */
struct browser {
	struct page_test t;
	const char *session, *visit, *csrf, *request_id;
	row_id unit, other_unit, account;
};

static void read_answer(struct browser *b)
{
	const char *session = page_cookie(&b->t, "__Host-session");
	const char *visit = page_cookie(&b->t, "__Host-visit");

	if (session)
		b->session = *session ? session : NULL;
	if (visit)
		b->visit = visit;
	b->csrf = page_input(&b->t, "csrf");
	b->request_id = page_input(&b->t, "request_id");
}

static int send(struct browser *b, enum http_method method, const char *target,
                const char *const *form)
{
	const char *cookies[5] = { NULL };
	size_t n = 0;

	if (b->session) {
		cookies[n++] = "__Host-session";
		cookies[n++] = b->session;
	}
	if (b->visit) {
		cookies[n++] = "__Host-visit";
		cookies[n] = b->visit;
	}
	int status = page_send(&b->t, method, target, cookies, form);
	read_answer(b);
	return status;
}

static int get(struct browser *b, const char *target)
{
	return send(b, GET, target, NULL);
}

static int log_in_with(struct browser *b, const char *password)
{
	const char *form[] = { "csrf", b->csrf,    "request_id", b->request_id, "name",
		               "an",   "password", password,     NULL };

	return send(b, POST, "/login", form);
}

static void open_browser(struct browser *b)
{
	char hash[PASSWORD_HASH];
	const char *sql;

	*b = (struct browser){ .session = NULL };
	page_start(&b->t);
	b->unit = page_unit(&b->t, "H15.50", ROW_NONE);
	b->other_unit = page_unit(&b->t, "H15.51", ROW_NONE);
	b->account = page_account(&b->t, "an", b->unit, "INTAKE");
	assert_ok(password_hash(hash, NULL, good_password));
	assert_ok(arena_printf(&b->t.kept, &sql,
	                       "update account set password_hash = '%s' where login = 'an'",
	                       hash));
	test_db_exec(b->t.db.db, sql);
}

static void logs_in_and_out(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	assert_int_equal(get(&b, "/login/place?a=1"), 303);
	assert_string_equal(page_header(&b.t, "Location"),
	                    "/login?next=%2Flogin%2Fplace%3Fa%3D1");
	assert_int_equal(get(&b, "/login?next=%2Flogin%2Fplace%3Fa%3D1"), 200);
	const char *form[] = { "csrf",     b.csrf,        "request_id", b.request_id,
		               "name",     "an",          "next",       "/login/place?a=1",
		               "password", good_password, NULL };
	assert_int_equal(send(&b, POST, "/login", form), 303);
	assert_string_equal(page_header(&b.t, "Location"), "/login/place?a=1");
	assert_non_null(b.session);
	assert_int_equal(get(&b, "/login/place"), 200);
	assert_true(page_has(&b.t, "Đơn vị H15.50"));
	assert_true(page_has(&b.t, "Cán bộ tiếp nhận"));
	assert_string_equal(page_header(&b.t, "Cache-Control"), "no-store");
	const char *old = b.session;
	const char *out[] = { "csrf", b.csrf, "request_id", b.request_id, NULL };
	assert_int_equal(send(&b, POST, "/logout", out), 303);
	assert_null(b.session);
	b.session = old;
	assert_int_equal(get(&b, "/login/place"), 303);
	page_stop(&b.t);
}

static void stores_only_a_digest(void **state)
{
	struct browser b;
	const char *sql;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, good_password), 303);
	assert_ok(arena_printf(
	        &b.t.kept, &sql,
	        "select count(*) from session where csrf = '%s' or length(token_hash) <> 32",
	        b.session));
	assert_int_equal(test_db_int(b.t.db.db, sql), 0);
	assert_int_equal(test_db_int(b.t.db.db, "select length(token_hash) from session"), 32);
	page_stop(&b.t);
}

static void changes_the_session_at_login(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, good_password), 303);
	const char *first = b.session;
	get(&b, "/login/place"); /* tokens of the session */
	assert_int_equal(log_in_with(&b, good_password), 303);
	assert_string_not_equal(first, b.session);
	assert_int_equal(test_db_int(b.t.db.db, "select count(*) from session"), 1);
	page_stop(&b.t);
}

static void never_leads_to_another_site(void **state)
{
	static const char *const bad[] = { "//evil.example", "https://evil.example",
		                           "/\\evil",        "javascript:alert(1)",
		                           "/a b",           "" };
	struct browser b;

	(void)state;
	open_browser(&b);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		b.session = NULL;
		get(&b, "/login");
		const char *form[] = { "csrf",     b.csrf,        "request_id", b.request_id,
			               "name",     "an",          "next",       bad[i],
			               "password", good_password, NULL };
		assert_int_equal(send(&b, POST, "/login", form), 303);
		assert_string_equal(page_header(&b.t, "Location"), "/");
	}
	page_stop(&b.t);
}

static void locks_after_wrong_passwords(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	for (int i = 0; i < 5; i++) {
		assert_int_equal(log_in_with(&b, "sai mật khẩu"), 422);
		assert_true(page_has(&b.t, "không đúng"));
	}
	assert_int_equal(log_in_with(&b, good_password), 429);
	assert_true(page_has(&b.t, "Hãy chờ đến"));
	/* The lock outlives the program and ends after 15 seconds. */
	app_close(&b.t.app);
	struct settings settings = settings_default();
	settings.database = b.t.db.where;
	instant_t now = instant_local(date_make(2026, 3, 2), 8 * 60);
	now.us += 14000000;
	assert_ok(app_open(&b.t.app, &settings, (struct clock){ now }));
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, good_password), 429);
	b.t.app.clock.fixed.us += 2000000;
	assert_int_equal(log_in_with(&b, good_password), 429); /* the writer's clock counts */
	app_close(&b.t.app);
	now.us += 2000000;
	assert_ok(app_open(&b.t.app, &settings, (struct clock){ now }));
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, "lại sai"), 422);
	assert_int_equal(log_in_with(&b, good_password), 429); /* and the next is 30 seconds */
	page_stop(&b.t);
}

static void knows_no_difference_for_unknown_names(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	const char *form[] = { "csrf", b.csrf,     "request_id",  b.request_id, "name",
		               "binh", "password", good_password, NULL };
	assert_int_equal(send(&b, POST, "/login", form), 422);
	assert_true(page_has(&b.t, "Tên đăng nhập hoặc mật khẩu không đúng"));
	assert_null(b.session);
	page_stop(&b.t);
}

static void ends_sessions_of_disabled_accounts(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	log_in_with(&b, good_password);
	assert_int_equal(get(&b, "/login/place"), 200);
	test_db_exec(b.t.db.db, "update account set disabled = 1");
	assert_int_equal(get(&b, "/login/place"), 303);
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, good_password), 422);
	page_stop(&b.t);
}

static void ends_idle_and_old_sessions(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	log_in_with(&b, good_password);
	instant_t start = b.t.app.clock.fixed;
	b.t.app.clock.fixed.us = start.us + 59 * US_PER_MINUTE;
	assert_int_equal(get(&b, "/login/place"), 200);
	b.t.app.clock.fixed.us = start.us + 61 * US_PER_MINUTE;
	assert_int_equal(get(&b, "/login/place"), 303);
	/* Used all the time it still ends after twelve hours. */
	test_db_exec(b.t.db.db, "update session set seen_at = seen_at + 12 * 3600000000");
	b.t.app.clock.fixed.us = start.us + (12 * 60 - 1) * US_PER_MINUTE;
	assert_int_equal(get(&b, "/login/place"), 200);
	b.t.app.clock.fixed.us = start.us + (12 * 60 + 1) * US_PER_MINUTE;
	assert_int_equal(get(&b, "/login/place"), 303);
	page_stop(&b.t);
}

static void notes_used_sessions_later(void **state)
{
	struct browser b;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	log_in_with(&b, good_password);
	get(&b, "/login/place");
	assert_int_equal(b.t.app.touched.n, 0);
	int64_t changes = test_db_int(b.t.db.db, "select count(*) from change_log");
	test_db_exec(b.t.db.db, "update session set seen_at = seen_at - 120000000");
	get(&b, "/login/place");
	get(&b, "/login/place");
	assert_int_equal(b.t.app.touched.n, 1);
	assert_ok(app_housekeeping(&b.t.app));
	assert_int_equal(test_db_int(b.t.db.db, "select seen_at - created_at from session"), 0);
	assert_int_equal(test_db_int(b.t.db.db, "select count(*) from change_log"), changes);
	page_stop(&b.t);
}

static void chooses_among_several_units(void **state)
{
	struct browser b;
	char unit[24];

	(void)state;
	open_browser(&b);
	page_role(&b.t, b.account, b.other_unit, "LEADER");
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, good_password), 303);
	assert_string_equal(page_header(&b.t, "Location"), "/login/place");
	get(&b, "/login/place");
	snprintf(unit, sizeof(unit), "%lld", (long long)b.other_unit.value);
	const char *form[] = {
		"csrf", b.csrf, "request_id", b.request_id, "unit_id", unit, NULL
	};
	assert_int_equal(send(&b, POST, "/login/place", form), 303);
	assert_int_equal(test_db_int(b.t.db.db, "select unit_id from session"),
	                 b.other_unit.value);
	get(&b, "/login/place");
	const char *wrong[] = {
		"csrf", b.csrf, "request_id", b.request_id, "unit_id", "7", NULL
	};
	assert_int_equal(send(&b, POST, "/login/place", wrong), 422);
	assert_int_equal(test_db_int(b.t.db.db, "select unit_id from session"),
	                 b.other_unit.value);
	page_stop(&b.t);
}

/* The session ends while a form is filled in: nothing typed is lost, nothing is written. */
static void gives_the_form_back_after_login(void **state)
{
	struct browser b;
	char unit[24];

	(void)state;
	open_browser(&b);
	page_role(&b.t, b.account, b.other_unit, "LEADER");
	get(&b, "/login");
	log_in_with(&b, good_password);
	get(&b, "/login/place");
	snprintf(unit, sizeof(unit), "%lld", (long long)b.other_unit.value);
	const char *form[] = { "csrf",    b.csrf, "request_id", b.request_id,
		               "unit_id", unit,   "note",       "hai\ndòng <b>",
		               "next",    "/x",   NULL };
	test_db_exec(b.t.db.db, "delete from session");
	assert_int_equal(send(&b, POST, "/login/place", form), 200);
	assert_true(page_has(&b.t, "Phiên làm việc đã hết hạn"));
	assert_true(page_has(&b.t, "value=\"hai\ndòng &lt;b&gt;\""));
	const char *again[] = { "csrf",
		                b.csrf,
		                "request_id",
		                b.request_id,
		                "name",
		                "an",
		                "password",
		                good_password,
		                "carried_to",
		                "/login/place",
		                "carried.unit_id",
		                unit,
		                "carried.note",
		                "hai\ndòng",
		                NULL };
	assert_int_equal(send(&b, POST, "/login", again), 422);
	assert_non_null(b.session);
	assert_true(page_has(&b.t, "hãy kiểm tra rồi gửi lại"));
	assert_true(page_has(&b.t, "Người an"));
	assert_int_equal(test_db_int(b.t.db.db, "select unit_id from session"), b.unit.value);
	/* The form that came back can be sent at once. */
	const char *sent[] = {
		"csrf", b.csrf, "request_id", b.request_id, "unit_id", unit, NULL
	};
	assert_int_equal(send(&b, POST, "/login/place", sent), 303);
	page_stop(&b.t);
}

static void answers_a_repeat_with_the_first_result(void **state)
{
	struct browser b;
	char unit[24];

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	log_in_with(&b, good_password);
	get(&b, "/login/place");
	snprintf(unit, sizeof(unit), "%lld", (long long)b.unit.value);
	const char *form[] = {
		"csrf", b.csrf, "request_id", b.request_id, "unit_id", unit, NULL
	};
	assert_int_equal(send(&b, POST, "/login/place", form), 303);
	assert_int_equal(send(&b, POST, "/login/place", form), 303);
	assert_string_equal(page_header(&b.t, "Location"), "/");
	assert_int_equal(
	        test_db_int(b.t.db.db,
	                    "select count(*) from change_log where action = 'login.place'"),
	        1);
	page_stop(&b.t);
}

/* What is old goes, what is not stays. */
static void deletes_old_rows(void **state)
{
	struct browser b;
	const char *sql;

	(void)state;
	open_browser(&b);
	get(&b, "/login");
	assert_int_equal(log_in_with(&b, "sai"), 422);
	assert_int_equal(log_in_with(&b, good_password), 303);
	get(&b, "/login/place");
	const char *form[] = {
		"csrf", b.csrf, "request_id", b.request_id, "unit_id", "7", NULL
	};
	send(&b, POST, "/login/place", form);
	assert_ok(arena_printf(
	        &b.t.kept, &sql,
	        "insert into session select 5, %s, account_id, unit_id, csrf, 1, 1, 2 from "
	        "session; insert into login_failure (key, failures, last_at) values ('old', "
	        "3, 5); insert into request_result (request_id, link, at) values ('old', "
	        "'/', 5);",
	        test_db_zero_byte()));
	test_db_exec(b.t.db.db, sql);
	assert_ok(app_housekeeping(&b.t.app));
	assert_int_equal(test_db_int(b.t.db.db, "select count(*) from session"), 1);
	assert_int_equal(
	        test_db_int(b.t.db.db, "select count(*) from login_failure where key = 'old'"),
	        0);
	assert_int_equal(
	        test_db_int(b.t.db.db,
	                    "select count(*) from request_result where request_id = 'old'"),
	        0);
	assert_int_equal(get(&b, "/login/place"), 200);
	page_stop(&b.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logs_in_and_out),
		cmocka_unit_test(stores_only_a_digest),
		cmocka_unit_test(changes_the_session_at_login),
		cmocka_unit_test(never_leads_to_another_site),
		cmocka_unit_test(locks_after_wrong_passwords),
		cmocka_unit_test(knows_no_difference_for_unknown_names),
		cmocka_unit_test(ends_sessions_of_disabled_accounts),
		cmocka_unit_test(ends_idle_and_old_sessions),
		cmocka_unit_test(notes_used_sessions_later),
		cmocka_unit_test(chooses_among_several_units),
		cmocka_unit_test(gives_the_form_back_after_login),
		cmocka_unit_test(answers_a_repeat_with_the_first_result),
		cmocka_unit_test(deletes_old_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
