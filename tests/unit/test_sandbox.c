#include "lib/test.h"

#include <unistd.h>

#include "doc/sandbox.h"

static enum err count(void *arg, const char *bytes, size_t n)
{
	size_t *total = arg;

	(void)bytes;
	*total += n;
	return ERR_OK;
}

static struct sandbox_result run(const char *const *argv, const char *input, size_t *total)
{
	const struct sandbox_job job = { .argv = argv,
		                         .input = input,
		                         .n_input = strlen(input),
		                         .most_memory = 256 << 20,
		                         .most_output = 1 << 20,
		                         .most_seconds = 1,
		                         .sink = count,
		                         .arg = total };
	struct sandbox_result result;

	*total = 0;
	assert_int_equal(sandbox_run(&result, &job), ERR_OK);
	return result;
}
#define RUN(total, input, ...) run((const char *const[]){ __VA_ARGS__, NULL }, (input), (total))

static void test_ends(void **state)
{
	size_t total;
	struct sandbox_result result = RUN(&total, "số liệu", "/bin/cat");

	(void)state;
	assert_int_equal(result.end, SANDBOX_EXITED);
	assert_int_equal(result.code, 0);
	assert_int_equal(total, strlen("số liệu"));
	result = RUN(&total, "", "/bin/sh", "-c", "echo sai >&2; exit 3");
	assert_int_equal(result.end, SANDBOX_EXITED);
	assert_int_equal(result.code, 3);
	assert_string_equal(result.said, "sai\n");
	result = RUN(&total, "", "/no/such/program");
	assert_int_equal(result.end, SANDBOX_MISSING);
}

static void test_limits(void **state)
{
	size_t total;

	(void)state;
	assert_int_equal(RUN(&total, "", "/usr/bin/yes").end, SANDBOX_LIMIT);
	assert_true(total <= (1 << 20) + 65536);
	assert_int_equal(RUN(&total, "", "/bin/sleep", "60").end, SANDBOX_LIMIT);
	assert_int_equal(RUN(&total, "", "/bin/sh", "-c", "exec >&- 2>&-; sleep 60").end,
	                 SANDBOX_LIMIT);
	assert_int_equal(RUN(&total, "", "/bin/sh", "-c", "while :; do :; done").end,
	                 SANDBOX_LIMIT);
	assert_int_equal(RUN(&total, "", "/bin/sh", "-c", "kill -SEGV $$").end, SANDBOX_LIMIT);
	assert_int_not_equal(RUN(&total, "", "/usr/bin/tail", "/dev/zero").code, 0);
}

/* Nothing of ours reaches it, and it reaches nothing. */
static void test_closed_in(void **state)
{
	char path[64];
	size_t total;
	struct sandbox_result result;

	(void)state;
	assert_int_equal(RUN(&total, "", "/usr/bin/env").code, 0);
	assert_int_equal(total, 0);
	result = RUN(&total, "", "/bin/bash", "-c", "exec 5<>/dev/tcp/127.0.0.1/9");
	assert_int_equal(result.code, 1);
	assert_non_null(strstr(result.said, "not permitted"));
	snprintf(path, sizeof(path), "/tmp/sandbox-test-%d", (int)getpid());
	result = RUN(&total, "ghi", "/bin/cp", "/dev/stdin", path);
	assert_true(result.end == SANDBOX_LIMIT || result.code != 0);
	assert_true(access(path, F_OK) != 0 || truncate(path, 0) == 0);
	unlink(path);
}

static enum err refuse(void *arg, const char *bytes, size_t n)
{
	(void)arg, (void)bytes;
	return err_set(ERR_INPUT, "%zu bytes", n);
}

static void test_sink_stops_it(void **state)
{
	static const char *const argv[] = { "/usr/bin/yes", NULL };
	const struct sandbox_job job = { .argv = argv,
		                         .most_memory = 256 << 20,
		                         .most_output = 1 << 20,
		                         .most_seconds = 10,
		                         .sink = refuse };
	struct sandbox_result result;

	(void)state;
	assert_int_equal(sandbox_run(&result, &job), ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_closed_in),
		cmocka_unit_test(test_sink_stops_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
