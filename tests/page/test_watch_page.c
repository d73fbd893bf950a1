/* /healthz, /readyz, /metrics: what they say, to whom, and that it is true. */
#include "lib/page.h"

#include "lib/exposition.h"
#include "web/router.h"

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

/* Through the whole router, with what a connection says about the client. */
static int ask(struct page_test *t, const char *path, bool direct, const char *authorization)
{
	static struct param header;
	struct req req = { .method = GET, .path = path, .target = path, .client = "192.0.2.7" };

	arena_reset(&t->arena);
	req.arena = &t->arena;
	req.direct = direct;
	req.incident = "K7Q29XM4";
	header = (struct param){ "authorization", authorization };
	if (authorization)
		req.headers = (struct params){ &header, 1 };
	router_dispatch(&t->app, &req, &t->resp);
	return t->resp.status;
}

static void set(struct page_test *t, const char *name, const char *value)
{
	struct problems problems;

	problems_init(&problems, &t->kept);
	assert_ok(settings_set(&t->app.settings, &problems, 0, name, value));
	assert_int_equal(problems.n, 0);
}

static void is_ready_once_everything_answered(void **state)
{
	struct page_test *t = *state;

	assert_int_equal(ask(t, "/healthz", false, NULL), 200);
	assert_string_equal(page_body(t), "ok\n");
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_string_equal(page_body(t), "the server is starting\n");
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), 200);
	assert_string_equal(page_body(t), "ready\n");
	assert_string_equal(page_header(t, "Cache-Control"), "no-store");
	health_leave(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_string_equal(page_body(t), "the server is stopping\n");
	assert_string_equal(page_header(t, "Retry-After"), "5");
	assert_int_equal(ask(t, "/healthz", false, NULL), 200);
}

static void says_what_is_missing(void **state)
{
	struct page_test *t = *state;

	/* What PostgreSQL's own machine has left is not ours to know. */
	const char *disk = test_db_is_postgres()
	                           ? "ready\n"
	                           : "the disk has too little space: the disk is full\n";

	set(t, "disk_free_mb", "10000000");
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), test_db_is_postgres() ? 200 : 503);
	assert_string_equal(page_body(t), disk);
	set(t, "disk_free_mb", "1");
	test_db_exec(t->db.db,
	             "delete from schema_migration where number = (select max(number) "
	             "from schema_migration)");
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_string_equal(page_body(t),
	                    "the schema is not this program's: the database failed\n");
	test_db_exec(t->db.db, "insert into schema_migration (number, name, checksum) values "
	                       "(9999, 'x', 'y')");
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_non_null(strstr(page_body(t), "belongs to a newer version"));
	test_db_exec(t->db.db, "delete from schema_migration where number = 9999");
	test_db_exec(t->db.db, "drop table session");
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_non_null(
	        strstr(page_body(t), "the database does not answer: the database failed\n"));
}

/* A question that is not answered is noticed without waiting for its answer. */
static void notices_a_database_that_hangs(void **state)
{
	struct page_test *t = *state;

	health_ask(&t->app.health);
	atomic_store(&t->app.health.asking, HEALTH_WRITER);
	atomic_store(&t->app.health.asked_us, clock_running_us() - 4000000);
	assert_int_equal(ask(t, "/readyz", false, NULL), 200);
	atomic_store(&t->app.health.asked_us, clock_running_us() - 6000000);
	assert_int_equal(ask(t, "/readyz", false, NULL), 503);
	assert_string_equal(page_body(t), "the writer: no answer for 6 seconds\n");
}

static void shows_measures_only_to_who_may(void **state)
{
	struct page_test *t = *state;

	assert_int_equal(ask(t, "/metrics", false, NULL), 403);
	assert_int_equal(ask(t, "/metrics", false, "Bearer -"), 403);
	assert_int_equal(ask(t, "/metrics", false, "Bearer x"), 403);
	assert_int_equal(ask(t, "/metrics", true, NULL), 200);
	set(t, "metrics_token", "not-to-be-guessed");
	assert_int_equal(ask(t, "/metrics", false, "Bearer not-to-be-guesse"), 403);
	assert_int_equal(ask(t, "/metrics", false, "not-to-be-guessed"), 403);
	assert_int_equal(ask(t, "/metrics", false, "Bearer not-to-be-guessed"), 200);
	assert_string_equal(t->resp.content_type, "text/plain; version=0.0.4; charset=utf-8");
}

static double value(struct page_test *t, const char *sample)
{
	return exposition_value(page_body(t), sample);
}
#define assert_value(t, sample, expected)                                                      \
	assert_int_equal((long long)value((t), (sample)), (expected))

static void counts_what_was_asked(void **state)
{
	struct page_test *t = *state;

	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(t, "/login", false, NULL), 200);
	assert_int_equal(ask(t, "/nobody/put/this/here", false, NULL), 404);
	assert_int_equal(ask(t, "/dossiers/987654321987", false, NULL), 303);
	assert_int_equal(ask(t, "/static/no.css", false, NULL), 404);
	health_ask(&t->app.health);
	assert_int_equal(ask(t, "/metrics", true, NULL), 200);
	const char *fault = exposition_fault(page_body(t));
	if (fault)
		print_error("%s\n", fault);
	assert_null(fault);
	assert_value(t, "cchc_requests_total{method=\"GET\",route=\"/login\",status=\"200\"}",
	             3);
	assert_value(
	        t, "cchc_requests_total{method=\"GET\",route=\"/dossiers/:id\",status=\"303\"}",
	        1);
	assert_value(t, "cchc_requests_total{route=\"none\",status=\"404\"}", 1);
	assert_value(t, "cchc_requests_total{route=\"/static/\",status=\"404\"}", 1);
	assert_value(t, "cchc_request_seconds_count{method=\"GET\",route=\"/login\"}", 3);
	assert_value(t, "cchc_errors_total{kind=\"NOT_FOUND\"}", 1);
	assert_value(t, "cchc_ready", 1);
	assert_value(t, "cchc_pool_in_use", 0);
	assert_true(value(t, "cchc_journal_unsealed") >= 0);
	assert_true(value(t, "cchc_writes_total") > 0);
	assert_true(value(t, "process_resident_memory_bytes") > 1000000);
	assert_true(test_db_is_postgres() || value(t, "cchc_disk_free_bytes") > 0);
	assert_null(strstr(page_body(t), "987654321987"));
	assert_null(strstr(page_body(t), "nobody/put"));
	assert_null(strstr(page_body(t), "192.0.2.7"));
}

/* The name that an officer reads out stands in the log line too (test_server.c). */
static void names_an_incident(void **state)
{
	struct page_test *t = *state;

	test_db_exec(t->db.db, "alter table procedure_version rename to procedure_lost");
	assert_int_equal(ask(t, "/procedures", false, NULL), 503);
	assert_non_null(strstr(page_body(t), "Mã sự cố: K7Q29XM4"));
	assert_int_equal(ask(t, "/metrics", true, NULL), 200);
	assert_value(t, "cchc_errors_total{kind=\"DB\"}", 1);
}

/* The reader of the test is itself tested: it must refuse what Prometheus refuses. */
static void the_reader_of_measures_is_strict(void **state)
{
	static const char *const bad[] = {
		"",
		"x 1\n",
		"# HELP x y\n# TYPE x counter\nx 1",
		"# TYPE x counter\nx 1\n",
		"# HELP x y\n# TYPE x number\nx 1\n",
		"# HELP x y\n# TYPE x counter\nx -1\n",
		"# HELP x y\n# TYPE x counter\nx one\n",
		"# HELP x y\n# TYPE x counter\nx 1\nx 1\n",
		"# HELP x y\n# TYPE x counter\nz 1\n",
		"# HELP x y\n# TYPE x counter\nx{a=b} 1\n",
		"# HELP x y\n# TYPE x counter\nx{a=\"b\\q\"} 1\n",
		"# HELP x y\n# TYPE x gauge\nx 1\n# HELP x y\n# TYPE x gauge\nx{a=\"b\"} 1\n",
		"# HELP x y\n# TYPE x histogram\nx_bucket{le=\"1\"} 2\nx_bucket{le=\"+Inf\"} "
		"1\n",
		"# HELP x y\n# TYPE x histogram\nx_bucket{le=\"1\"} 2\nx_sum 1\nx_count 2\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_non_null(exposition_fault(bad[i]));
	assert_null(exposition_fault("# HELP x y\n# TYPE x histogram\nx_bucket{le=\"1\"} "
	                             "2\nx_bucket{le=\"+Inf\"} 2\n"
	                             "x_sum 1.5\nx_count 2\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_ready_once_everything_answered),
		TEST(says_what_is_missing),
		TEST(notices_a_database_that_hangs),
		TEST(shows_measures_only_to_who_may),
		TEST(counts_what_was_asked),
		TEST(names_an_incident),
		cmocka_unit_test(the_reader_of_measures_is_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
