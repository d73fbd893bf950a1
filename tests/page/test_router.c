#include "lib/page.h"

#include "base/embedded.h"
#include "base/secret.h"
#include "web/route.h"
#include "web/router.h"
#include "web/session.h"

static void finds_routes(void **state)
{
	struct route_match m;

	(void)state;
	assert_true(route_find(&m, GET, "/login"));
	assert_string_equal(m.route->path, "/login");
	assert_true(route_find(&m, POST, "/login/place"));
	assert_int_equal(m.route->method, POST);
	assert_true(route_find(&m, GET, "/"));
	assert_false(route_find(&m, GET, "/logout"));
	assert_true(m.other_method);
	assert_false(route_find(&m, GET, "/login/"));
	assert_false(route_find(&m, GET, "//login"));
	assert_false(route_find(&m, GET, ""));
	assert_false(route_find(&m, GET, "/nowhere"));
	assert_false(m.other_method);
	assert_false(router_blocks(GET, "/login"));
	assert_true(router_blocks(POST, "/login"));
}

static void tells_who_may(void **state)
{
	const struct route open = { .who = ANYBODY }, inside = { .who = LOGGED_IN };
	const struct route some = { .who = MAY(DOSSIER_READ) | MAY(UNIT_MANAGE) };
	const struct actor nobody = { .permissions = UINT64_MAX };
	const struct actor reader = { .account_id = { 1 }, .permissions = MAY(DOSSIER_READ) };
	const struct actor auditor = { .account_id = { 1 }, .permissions = MAY(AUDIT_READ) };

	(void)state;
	assert_true(route_allows(&open, &nobody));
	assert_false(route_allows(&inside, &nobody));
	assert_false(route_allows(&some, &nobody));
	assert_true(route_allows(&inside, &auditor));
	assert_true(route_allows(&some, &reader));
	assert_false(route_allows(&some, &auditor));
}

static int setup(void **state)
{
	static struct page_test t;

	page_start(&t);
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	page_stop(*state);
	return 0;
}

static void says_what_is_wrong(void **state)
{
	struct page_test *t = *state;

	assert_int_equal(page_get(t, "/nowhere"), 404);
	assert_true(page_has(t, "Không tìm thấy trang"));
	assert_true(page_has(t, "<!doctype html>"));
	assert_int_equal(page_get(t, "/logout"), 405);
	assert_string_equal(page_header(t, "Allow"), "POST");
	assert_int_equal(page_post_empty(t, "/"), 405);
	assert_string_equal(page_header(t, "Allow"), "GET, HEAD");
}

/* The database is gone in the middle of a working day. */
static void says_plainly_when_the_database_fails(void **state)
{
	struct page_test *t = *state;
	const char *cookies[] = { "__Host-session",
		                  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NULL };

	test_db_exec(t->db.db, "drop table session");
	assert_int_equal(page_send(t, GET, "/", cookies, NULL), 503);
	assert_true(page_has(t, "Máy chủ đang bận"));
	assert_string_equal(page_header(t, "Retry-After"), "5");
	assert_string_equal(t->resp.content_type, "text/plain; charset=utf-8");
	assert_string_equal(page_header(t, "Cache-Control"), "no-store");
}

static void carries_security_headers(void **state)
{
	static const char *const targets[] = { "/login", "/nowhere", "/", "/static/none" };
	struct page_test *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		page_send(t, GET, targets[i], NULL, NULL);
		const char *csp = page_header(t, "Content-Security-Policy");
		assert_non_null(csp);
		assert_null(strstr(csp, "unsafe"));
		assert_non_null(strstr(csp, "default-src 'none'"));
		assert_non_null(strstr(csp, "frame-ancestors 'none'"));
		assert_string_equal(page_header(t, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(page_header(t, "Referrer-Policy"), "same-origin");
		assert_string_equal(page_header(t, "Cache-Control"), "no-store");
	}
}

static void serves_files_for_ever(void **state)
{
	const struct embedded_file *css = embedded_find("static/cchc.css");
	struct page_test *t = *state;
	char target[100];

	assert_non_null(css);
	snprintf(target, sizeof(target), "/static/cchc.css?v=%s", css->fingerprint);
	assert_int_equal(page_send(t, GET, target, NULL, NULL), 200);
	assert_int_equal(t->resp.n_file, css->n);
	assert_string_equal(t->resp.content_type, "text/css; charset=utf-8");
	assert_string_equal(page_header(t, "Cache-Control"),
	                    "public, max-age=31536000, immutable");
	assert_int_equal(page_send(t, GET, "/static/cchc.css?v=old", NULL, NULL), 200);
	assert_string_equal(page_header(t, "Cache-Control"), "no-cache");
	assert_int_equal(page_send(t, GET, "/static/../migrations/0001_core.sql", NULL, NULL),
	                 404);
	assert_int_equal(page_send(t, GET, "/static/", NULL, NULL), 404);
}

/* Headers as a browser sends them. */
static bool cross_site(const char *site, const char *origin, const char *host)
{
	struct param items[] = { { "sec-fetch-site", site },
		                 { "origin", origin },
		                 { "host", host } };
	struct req req = { .headers = { items, ARRAY_LEN(items) } };

	return session_cross_site(&req);
}

static void knows_forms_of_other_sites(void **state)
{
	(void)state;
	assert_false(cross_site("same-origin", NULL, "a"));
	assert_false(cross_site("none", NULL, "a"));
	assert_true(cross_site("cross-site", NULL, "a"));
	assert_true(cross_site("same-site", "https://a", "a"));
	assert_false(cross_site(NULL, NULL, "a"));
	assert_false(cross_site(NULL, "https://a:8080", "a:8080"));
	assert_true(cross_site(NULL, "https://b", "a"));
	assert_true(cross_site(NULL, "null", "a"));
	assert_true(cross_site(NULL, "https://a", NULL));
}

/* Two forms of one page are two requests: sending the second is no repeat of the first. */
static void forms_of_a_page_are_told_apart(void **state)
{
	struct page_test *t = *state;
	row_id unit = page_unit(t, "H15.50", ROW_NONE),
	       other = page_unit(t, "H15.51", ROW_NONE);

	page_as(t, unit, "INTAKE");
	page_role(t, t->actor.account_id, other, "LEADER");
	assert_int_equal(page_get(t, "/login/place"), 200);
	assert_true(page_has(t, "-1\">"));
	assert_true(page_has(t, "-2\">"));
	assert_true(page_has(t, "-3\">"));
}

static void tokens_change_with_every_page(void **state)
{
	struct page_test *t = *state;

	page_as(t, page_unit(t, "H15.50", ROW_NONE), "INTAKE");
	page_get(t, "/login/place");
	const char *csrf = page_input(t, "csrf"), *id = page_input(t, "request_id");
	page_get(t, "/login/place");
	assert_string_not_equal(csrf, page_input(t, "csrf"));
	assert_string_not_equal(id, page_input(t, "request_id"));
	const char *first[] = { "csrf", csrf, "request_id", id, "unit_id", "7", NULL };
	assert_int_equal(page_post_bare(t, "/login/place", first), 422); /* still good */
	const char *mixed[] = { "csrf", csrf, "request_id", page_input(t, "request_id"), NULL };
	page_get(t, "/login/place");
	mixed[3] = page_input(t, "request_id");
	assert_int_equal(page_post_bare(t, "/login/place", mixed), 403);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_routes),
		cmocka_unit_test(tells_who_may),
		cmocka_unit_test(knows_forms_of_other_sites),
		cmocka_unit_test_setup_teardown(says_what_is_wrong, setup, teardown),
		cmocka_unit_test_setup_teardown(says_plainly_when_the_database_fails, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(carries_security_headers, setup, teardown),
		cmocka_unit_test_setup_teardown(serves_files_for_ever, setup, teardown),
		cmocka_unit_test_setup_teardown(forms_of_a_page_are_told_apart, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(tokens_change_with_every_page, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
