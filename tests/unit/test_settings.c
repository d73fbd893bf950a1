#include "lib/test.h"

#include <sodium.h>

#include "base/log.h"
#include "base/password.h"
#include "base/secret.h"
#include "base/settings.h"

static int setup(void **state)
{
	static struct arena arena;

	arena_init(&arena, 1 << 20);
	*state = &arena;
	return sodium_init() < 0;
}

static int teardown(void **state)
{
	arena_release(*state);
	return 0;
}

static void reads_a_file_and_the_environment(void **state)
{
	struct settings s = settings_default();
	struct problems problems;
	char one[] = "CCHC_HTTP_THREADS=3", two[] = "CCHC_DEMO=x", three[] = "PATH=/bin";
	char *const environment[] = { one, two, three, NULL };

	problems_init(&problems, *state);
	assert_int_equal(s.http_threads, 8);
	assert_string_equal(s.listen, "127.0.0.1:8080");
	assert_int_equal(settings_parse(&s, &problems,
	                                "# a comment\n\n listen = [::1]:80 \r\n"
	                                "http_threads=2\nhttp_workers = 64"),
	                 ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_string_equal(s.listen, "[::1]:80");
	assert_int_equal(s.http_workers, 64);
	assert_int_equal(s.http_threads, 2);
	assert_int_equal(settings_from_environment(&s, &problems, environment), ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_int_equal(s.http_threads, 3);
}

static void says_what_is_wrong_by_line(void **state)
{
	struct settings s = settings_default();
	struct problems problems;

	problems_init(&problems, *state);
	assert_int_equal(settings_parse(&s, &problems,
	                                "listen =\nhttp_threads = 0\n\nhttp_treads = 4\n"
	                                "http_workers\nhttp_workers = 4x\n"),
	                 ERR_OK);
	assert_int_equal(problems.n, 5);
	const struct problem *p = problems.first;
	assert_int_equal(p->line, 1);
	assert_non_null(strstr(p->message, "“listen” đang để trống"));
	p = p->next;
	assert_int_equal(p->line, 2);
	assert_non_null(strstr(p->message, "từ 1 đến 64"));
	p = p->next;
	assert_int_equal(p->line, 4);
	assert_non_null(strstr(p->message, "http_treads"));
	p = p->next;
	assert_int_equal(p->line, 5);
	assert_int_equal(p->next->line, 6);
	assert_int_equal(s.http_threads, 8);
	assert_int_equal(s.http_workers, 32);
}

/* The sample names every setting, and without its comment marks it is a file that changes
 * nothing. */
static void makes_a_sample_that_can_be_read_back(void **state)
{
	struct settings s = settings_default(), defaults = settings_default();
	struct problems problems;
	struct str sample, file;
	struct slice rest, line;
	int n = 0;

	problems_init(&problems, *state);
	str_init(&sample, *state, 100000);
	str_init(&file, *state, 100000);
	settings_sample(&sample);
	rest = (struct slice){ sample.data, sample.len };
	while (slice_cut(&rest, '\n', &line))
		if (line.len > 2 && memchr(line.at, '=', line.len) && line.at[2] >= 'a' &&
		    strcspn(line.at + 2, " ") ==
		            strspn(line.at + 2, "abcdefghijklmnopqrstuvwxyz_")) {
			str_put_n(&file, line.at + 2, line.len - 2);
			str_put(&file, "\n");
			n++;
		}
	s.http_threads = 1;
	s.log_slow_ms = 1;
	assert_int_equal(settings_parse(&s, &problems, file.data), ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_true(n >= 19);
	assert_int_equal(s.http_threads, defaults.http_threads);
	assert_int_equal(s.log_slow_ms, defaults.log_slow_ms);
}

static void writes_one_line_for_an_event(void **state)
{
	struct str line;

	str_init(&line, *state, 2000);
	log_format(&line, (instant_t){ INT64_C(1763626502000000) }, LOG_WARNING, "login.failed",
	           (const struct log_field[]){ { "plain", "a/b:7" },
	                                       { "left_out", NULL },
	                                       { "text", "two \"words\"\nand = more" },
	                                       { "blank", "" },
	                                       { NULL, NULL } });
	assert_string_equal(line.data, "2025-11-20T08:15:02Z warning login.failed plain=a/b:7 "
	                               "text=\"two \\\"words\\\" and = more\" blank=\"\"\n");
}

static void makes_secrets(void **state)
{
	char a[SECRET_TOKEN], b[SECRET_TOKEN], derived[SECRET_TOKEN], other[SECRET_TOKEN],
	        hex[SECRET_HEX], small[SECRET_SHORT];

	(void)state;
	secret_token(a);
	secret_token(b);
	secret_short(small);
	assert_true(secret_is_token(a));
	assert_false(secret_is_token(small));
	assert_false(secret_is_token(NULL));
	assert_false(secret_is_token("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_false(secret_is_token("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="));
	assert_string_not_equal(a, b);
	assert_true(secret_equal(a, a));
	assert_false(secret_equal(a, b));
	assert_false(secret_equal(a, NULL));
	secret_derive(derived, a, "one");
	secret_derive(other, a, "one");
	assert_string_equal(derived, other);
	secret_derive(other, a, "two");
	assert_string_not_equal(derived, other);
	secret_derive(other, b, "one");
	assert_string_not_equal(derived, other);
	secret_digest_hex(hex, "abc", 3); /* FIPS 180-2, B.1 */
	assert_string_equal(hex,
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void checks_passwords(void **state)
{
	char hash[PASSWORD_HASH];
	struct gate gate;

	(void)state;
	gate_init(&gate, 1);
	assert_int_equal(password_hash(hash, &gate, "mật khẩu"), ERR_OK);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(password_check(hash, &gate, "mật khẩu"));
	assert_false(password_check(hash, &gate, "mật khẩu "));
	assert_false(password_check(NULL, &gate, ""));
	assert_false(password_check("", NULL, ""));
	assert_int_equal(gate.free, 1);
	gate_release(&gate);
}

static void takes_over_only_what_may_change(void **state)
{
	struct settings now = settings_default(), fresh = settings_default();
	struct str changed, waiting;

	(void)state;
	str_init(&changed, NULL, 1000);
	str_init(&waiting, NULL, 1000);
	fresh.log_slow_ms = 9;
	fresh.metrics_token = "t";
	fresh.http_threads = 3;
	fresh.database = "other.db";
	settings_reload(&now, &fresh, &changed, &waiting);
	assert_string_equal(changed.data, "metrics_token,log_slow_ms");
	assert_string_equal(waiting.data, "database,http_threads");
	assert_int_equal(now.log_slow_ms, 9);
	assert_string_equal(now.metrics_token, "t");
	assert_int_equal(now.http_threads, 8);
	assert_string_equal(now.database, "cchc.db");
	str_release(&changed);
	str_release(&waiting);
}

static void writes_lines_of_json(void **state)
{
	const struct log_field fields[] = { { "text", "a \"b\" \\ c\nd" },
		                            { "none", NULL },
		                            { NULL, NULL } };
	const instant_t at = instant_local(date_make(2026, 3, 2), 8 * 60);
	struct log_field one[] = { { "x", NULL }, { NULL, NULL } };
	char longer[600];
	struct str line;

	(void)state;
	str_init(&line, NULL, 4000);
	log_format_json(&line, at, LOG_ERROR, "request.failed", fields);
	assert_string_equal(line.data, "{\"time\":\"2026-03-02T01:00:00Z\",\"level\":\"error\","
	                               "\"event\":\"request.failed\","
	                               "\"text\":\"a \\\"b\\\" \\\\ c d\"}\n");
	/* 499 letters and one of two bytes: it is not cut into halves. */
	memset(longer, 'a', sizeof(longer));
	memcpy(longer + 499, "đ", sizeof("đ"));
	one[0].value = longer;
	str_clear(&line);
	log_format_json(&line, at, LOG_INFO, "x", one);
	assert_null(strstr(line.data, "\xc4"));
	assert_non_null(strstr(line.data, "aaa\"}\n"));
	str_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_over_only_what_may_change),
		cmocka_unit_test(writes_lines_of_json),
		cmocka_unit_test(reads_a_file_and_the_environment),
		cmocka_unit_test(says_what_is_wrong_by_line),
		cmocka_unit_test(makes_a_sample_that_can_be_read_back),
		cmocka_unit_test(writes_one_line_for_an_event),
		cmocka_unit_test(makes_secrets),
		cmocka_unit_test(checks_passwords),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
