/* Something fails in the middle of each core operation, at every place in turn: nothing crashes
 * or leaks, the whole operation is done or nothing of it, and the answer says so.  Pressing the
 * button again, as the answer proposes, does it once.
 *
 * Every n with LONG=1; otherwise every n up to 64 and then fewer, and
 * every fifth lost connection. */
#include "lib/fault.h"
#include "lib/fingerprint.h"
#include "lib/operations.h"

#include <time.h>

#include "base/str.h"
#include "db/engine.h"

enum { MOST_CALLS = 200000, ALL_UP_TO = 64, SOME = 5 };

struct walk {
	const struct operation *op;
	const struct fault_kind *kind;
	struct operations_world w;
	struct fingerprint before, complete, after;
	int64_t version;
	long n, tries, done_all_the_same;
};

static int64_t version_of(struct walk *k)
{
	if (k->w.t.db.db->engine == &db_engine_postgres)
		return fingerprint_number(&k->before, k->w.t.db.db);
	return test_db_int(k->w.t.db.db, "pragma data_version");
}

static void start(struct walk *k)
{
	operations_start(&k->w, k->op);
	fingerprint_take(&k->before, k->w.t.db.db, k->op->except);
	fingerprint_keep(&k->before, k->w.t.db.db);
	k->version = version_of(k);
}

static void stop(struct walk *k)
{
	operations_stop(&k->w);
}

/* SQLite says without reading whether another connection has written; PostgreSQL reads for
 * itself, which is faster than asking it for every row. */
static bool changed(struct walk *k)
{
	int64_t version = version_of(k);

	if (version == k->version)
		return false;
	k->version = version;
	fingerprint_take(&k->after, k->w.t.db.db, k->op->except);
	return !fingerprint_same(&k->after, &k->before);
}

#define CHECK(k, condition)                                                                    \
	do                                                                                     \
		if (!(condition))                                                              \
			fail_msg("%s, %s %ld: status %d, not so: %s\n%.300s", (k)->op->name,   \
			         (k)->kind->name, (k)->n, (k)->w.t.resp.status, #condition,    \
			         page_body(&(k)->w.t));                                        \
	while (0)

static void assert_complete(struct walk *k)
{
	if (!fingerprint_alike(&k->after, &k->complete))
		fingerprint_print_difference(&k->after, &k->complete);
	CHECK(k, fingerprint_alike(&k->after, &k->complete));
}

static void assert_says_so(struct walk *k)
{
	CHECK(k, k->w.t.resp.status == 503);
	CHECK(k, page_has(&k->w.t, "Máy chủ đang bận hoặc thiếu tài nguyên") ||
	                 page_has(&k->w.t, "Máy chủ cơ sở dữ liệu chưa trả lời"));
	CHECK(k, page_has(&k->w.t, "Xin chờ ít giây"));
	CHECK(k, page_header(&k->w.t, "Retry-After") != NULL);
}

static void undo(struct walk *k)
{
	if (k->op->undo)
		test_db_exec(k->w.t.db.db, k->op->undo);
}

/* All as before the operation, the program newly started: nothing is open or prepared yet. */
static void put_back(struct walk *k)
{
	fingerprint_take(&k->after, k->w.t.db.db, k->op->except);
	fingerprint_restore(&k->before, &k->after, k->w.t.db.db);
	undo(k);
	fingerprint_take(&k->after, k->w.t.db.db, k->op->except);
	CHECK(k, fingerprint_same(&k->after, &k->before));
	page_restart(&k->w.t);
	k->version = version_of(k);
}

/* The answer was lost, not the work, or the work was tried again: the same form again leads to
 * the same result. */
static void assert_repeats(struct walk *k)
{
	struct fingerprint once = k->after;

	k->done_all_the_same++;
	k->w.t.fail_after = NULL;
	k->w.t.resp.status = 0;
	int status = k->op->run(&k->w);
	CHECK(k, status == k->op->success);
	if (changed(k) && !k->op->opens_another)
		CHECK(k, fingerprint_same(&k->after, &once));
	put_back(k);
}

/* False once the fault no longer happens. */
static bool step(struct walk *k)
{
	k->w.t.fail_after = k->kind->fail_after;
	k->w.t.fail_at = k->n;
	k->tries++;
	int status = k->op->run(&k->w);
	k->w.t.fail_after = NULL;
	bool wrote = changed(k);

	if (!k->kind->happened()) {
		CHECK(k, status == k->op->success);
		CHECK(k, wrote || k->op->success == 200);
		if (wrote)
			assert_complete(k);
		return false;
	}
	if (status != k->op->success)
		assert_says_so(k);
	if (wrote) {
		assert_complete(k);
		assert_repeats(k);
	} else {
		CHECK(k, status != k->op->success || k->op->success == 200);
		undo(k);
	}
	return true;
}

/* A write that was tried again succeeds, and the next one needs a new database: of those every
 * fifth, another fifth for each operation. */
static long next(const struct walk *k, bool all)
{
	if (!all && !k->kind->on_sqlite)
		return k->n + SOME;
	return all || k->n < ALL_UP_TO ? k->n + 1 : k->n + k->n / 4;
}

static long first(const struct walk *k, bool all)
{
	return all || k->kind->on_sqlite ? 1 : 1 + (k->op - operations) % SOME;
}

static void walk(struct walk *k, bool all)
{
	k->tries = 0;
	for (k->n = first(k, all); k->n < MOST_CALLS; k->n = next(k, all))
		if (!step(k))
			break;
	CHECK(k, k->n < MOST_CALLS);
	CHECK(k, k->tries > 1 || k->op->success == 200 || !k->kind->in_each_write);
}

static void complete(struct walk *k)
{
	int status = k->op->run(&k->w);

	if (status != k->op->success)
		fail_msg("%s: status %d: %s", k->op->name, status, page_body(&k->w.t));
	fingerprint_take(&k->complete, k->w.t.db.db, k->op->except);
	put_back(k);
}

static bool is_chosen(const struct fault_kind *kind)
{
	const char *which = getenv("FAULT_KIND");

	return (test_db_is_postgres() ? kind->on_postgres : kind->on_sqlite) &&
	       (!which || str_eq(which, kind->name));
}

static void anything_may_fail(void **state)
{
	static struct walk k;
	const char *text = getenv("LONG");
	bool all = text && *text;

	k = (struct walk){ .op = *state, .kind = fault_kinds };
	start(&k);
	complete(&k);
	for (k.kind = fault_kinds; k.kind->name; k.kind++) {
		if (!is_chosen(k.kind))
			continue;
		k.done_all_the_same = 0;
		walk(&k, all);
		print_message("%-20s %-16s up to %ld, %ld tried, done all the same %ld times\n",
		              k.op->name, k.kind->name, k.n - 1, k.tries - 1,
		              k.done_all_the_same);
		put_back(&k);
	}
	stop(&k);
}

int main(void)
{
	enum { MOST_OPERATIONS = 64 };
	struct CMUnitTest tests[MOST_OPERATIONS];
	const char *which = getenv("FAULT_OPERATION");
	size_t n = 0;

	fault_start();
	for (const struct operation *op = operations; op->name; op++)
		if (!which || str_eq(which, op->name))
			tests[n++] = (struct CMUnitTest){ op->name, anything_may_fail, NULL,
				                          NULL, (void *)(uintptr_t)op };
	return _cmocka_run_group_tests("faults of operations", tests, n, NULL, NULL);
}
