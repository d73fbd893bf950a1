#include "lib/test.h"

#include "app/login/login.h"

static const int64_t second = INT64_C(1000000);
static const struct login_failures none = { .last_at = { INT64_MIN },
	                                    .locked_until = { INT64_MIN } };

static void waits_twice_as_long_each_time(void **state)
{
	static const int waits[] = { 0,   0,   0,   0,   15,   30,   60,
		                     120, 240, 480, 960, 1920, 3600, 3600 };
	const struct settings s = settings_default();
	const struct login_rule rule = login_rule_of_name(&s);
	struct login_failures f = none;
	instant_t now = instant_local(date_make(2026, 3, 2), 480);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(waits); i++) {
		f = login_failed(f, &rule, now);
		assert_int_equal(f.n, i + 1);
		assert_int_equal(login_is_locked(&f, now), waits[i] > 0);
		if (!waits[i])
			continue;
		assert_int_equal(f.locked_until.us - now.us, waits[i] * second);
		assert_true(login_is_locked(&f, (instant_t){ f.locked_until.us - 1 }));
		assert_false(login_is_locked(&f, f.locked_until));
		now = f.locked_until;
	}
}

static void forgets_old_failures(void **state)
{
	const struct settings s = settings_default();
	const struct login_rule name = login_rule_of_name(&s),
	                        client = login_rule_of_client(&s);
	instant_t now = instant_local(date_make(2026, 3, 2), 480);
	struct login_failures f = { 40, now, INSTANT_NONE };

	(void)state;
	now.us += 24 * 60 * US_PER_MINUTE;
	assert_int_equal(login_failed(f, &name, now).n, 41);
	now.us += 1;
	assert_int_equal(login_failed(f, &name, now).n, 1);
	assert_false(login_is_locked(&(struct login_failures){ 1, now, INSTANT_NONE }, now));
	f.last_at.us = now.us - 60 * US_PER_MINUTE;
	assert_int_equal(login_failed(f, &client, now).n, 41);
	f.last_at.us -= 1;
	assert_int_equal(login_failed(f, &client, now).n, 1);
}

static void takes_a_network_for_one_client(void **state)
{
	char a[LOGIN_KEY], b[LOGIN_KEY];

	(void)state;
	login_client_key(a, "2001:db8:1:2:3:4:5:6");
	login_client_key(b, "2001:db8:1:2::9");
	assert_string_equal(a, b);
	login_client_key(b, "2001:db8:1:3::9");
	assert_string_not_equal(a, b);
	login_client_key(a, "192.0.2.1");
	assert_string_equal(a, "client:192.0.2.1");
}

static void writes_names_as_accounts_have_them(void **state)
{
	char name[LOGIN_LONGEST_NAME + 1], key[LOGIN_KEY];
	const char *much =
	        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	        "aaaaaaaaaaaaaaaaaaaaaaaa";

	(void)state;
	login_name_written(name, "  Nguyen.AN ");
	assert_string_equal(name, "nguyen.an");
	login_name_key(key, name);
	assert_string_equal(key, "name:nguyen.an");
	login_name_written(name, much);
	assert_int_equal(strlen(name), LOGIN_LONGEST_NAME);
}

static void leads_back_only_into_this_program(void **state)
{
	static const char *const good[] = { "/", "/dossiers?state=open&q=%C3%A1",
		                            "/forms/xa-2024/8" };
	static const char *const bad[] = { "",     "dossiers",  "//a",   "/\\a",      "/a b",
		                           "/a\n", "https://a", "/a\"b", "/\xc3\xa1", "/<" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(login_return_ok(good[i]));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(login_return_ok(bad[i]));
	assert_false(login_return_ok(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_twice_as_long_each_time),
		cmocka_unit_test(forgets_old_failures),
		cmocka_unit_test(takes_a_network_for_one_client),
		cmocka_unit_test(writes_names_as_accounts_have_them),
		cmocka_unit_test(leads_back_only_into_this_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
