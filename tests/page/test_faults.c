/* The n-th database call or allocation fails, for every n, on every page that reads: the answer
 * is a whole page or says what is wrong, and the next request works. */
#include "lib/samples.h"

#include "app/account/account.h"
#include "web/route.h"

enum { MOST_CALLS = 60000 };

struct faults {
	struct page_test t;
	row_id unit;
};

static int setup(void **state)
{
	static struct faults f;

	page_start(&f.t);
	f.unit = page_unit(&f.t, "H15.50", ROW_NONE);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct faults *f = *state;

	page_stop(&f->t);
	return 0;
}

/* The first role that may open the page. */
static void become_allowed(struct faults *f, const struct route *r)
{
	for (int role = 0; role < ROLE_COUNT_; role++) {
		page_as(&f->t, f->unit, role_name((enum role)role));
		if (route_allows(r, &f->t.actor))
			return;
	}
	fail_msg("nobody may open %s", r->path);
}

static bool whole(const struct page_test *t, int status)
{
	if (status == 500 || status == 503)
		return page_has(t, "Máy chủ") || page_has(t, "Chương trình");
	return status == 200 || status == 303 || status == 422;
}

/* Every call at first, then fewer: loops over rows make the same call again and again. */
static long next_call(long n)
{
	return n < 40 ? n + 1 : n + n / 8;
}

/* What a page uses, and how the n-th use of it fails. */
struct kind {
	void (*fail_after)(long n);
	long (*used)(void); /* by the last request */
};

/* Of the database: a page may do without, where to begin reading is no statement. */
static long calls_left;

static void fail_call(long n)
{
	if (n == 0)
		calls_left = db_fail_left();
	db_fail_after(n);
}

static long calls_used(void)
{
	return MOST_CALLS - calls_left;
}

/* Memory every page uses. */
static long some(void)
{
	return 1;
}

static void walk_page(struct faults *f, const char *path, const struct kind *kind)
{
	int plain, failures = 0, status = 0;

	f->t.fail_after = kind->fail_after;
	f->t.fail_at = MOST_CALLS;
	plain = page_get(&f->t, path);
	long used = kind->used();
	for (long n = 1; n < MOST_CALLS; n = next_call(n)) {
		f->t.fail_at = n;
		status = page_get(&f->t, path);
		if (!whole(&f->t, status))
			fail_msg("GET %s with call %ld failing: %d", path, n, status);
		failures += status >= 500;
	}
	f->t.fail_after = NULL;
	if (status != plain)
		fail_msg("GET %s still fails: %d", path, status);
	if (page_get(&f->t, path) != plain)
		fail_msg("GET %s does not recover", path);
	if (plain == 200 && used > 0 && failures == 0)
		fail_msg("GET %s never fails", path);
}

static void walk_all(struct faults *f, const struct kind *kind)
{
	for (const struct route *r = routes; r->path; r++) {
		enum reach reach;
		struct str path;
		const char *text;

		if (r->method != GET || (r->how != READS && r->how != LISTS))
			continue;
		if (r->who == PEER) /* no account comes there; tests/cli/exchange.sh does */
			continue;
		become_allowed(f, r);
		str_init(&path, &f->t.kept, 2000);
		assert_true(samples_path(&f->t, f->unit, &path, r->path, &reach));
		assert_ok(str_finish(&path, &text));
		walk_page(f, text, kind);
	}
}

static void any_database_call_may_fail(void **state)
{
	walk_all(*state, &(struct kind){ fail_call, calls_used });
}

static void any_allocation_may_fail(void **state)
{
	walk_all(*state, &(struct kind){ arena_fail_after, some });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(any_database_call_may_fail, setup, teardown),
		cmocka_unit_test_setup_teardown(any_allocation_may_fail, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
