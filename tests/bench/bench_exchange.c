/* bench_exchange.c - packages of 3,321 communes taken in by one installation: read, checked,
 * kept with their cells and documents' hashes; first a hundred in a transaction, as a server
 * commits them together under load, then each with a transaction of its own.  CCHC_TEST_DB
 * names a PostgreSQL cluster; else SQLite.  The reference reads and hashes the same files and
 * keeps nothing. */
#include <time.h>

#include "lib/test_exchange.h"

#include "app/report/report_package_store.h"

enum { COMMUNES = 3321, ALONE = 400, BATCH = 100, FIRST_UNIT = 1000 };

struct watch {
	double wall, cpu;
};

static double seconds_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct watch now_s(void)
{
	return (struct watch){ seconds_of(CLOCK_MONOTONIC),
		               seconds_of(CLOCK_PROCESS_CPUTIME_ID) };
}

struct parcel {
	char code[32];
	struct slice zip;
};

/* The commune's own package, as if it were another commune's. */
static void make(struct parcel *p, struct arena *a, const struct package_file *like, int i)
{
	struct package_file f = *like;
	struct package_unit unit = like->content.unit;

	snprintf(p->code, sizeof(p->code), "H99.60.%04d", i);
	unit.code = p->code;
	f.content.unit = unit;
	f.content.tree = &unit;
	f.content.n_tree = 1;
	assert_ok(package_write(&f.bytes, a, &f.content));
	assert_ok(package_zip_write(&p->zip, a, &f));
}

static void add_units(struct exchange_world *w)
{
	struct db *db = w->above->t.db;
	char sql[600];
	DB_TX tx = { 0 };

	assert_ok(db_begin(&tx, db));
	for (int i = 0; i < COMMUNES; i++) {
		int id = FIRST_UNIT + i;

		snprintf(
		        sql, sizeof(sql),
		        "insert into unit (id, code, name, level, letterhead, issues_codes, "
		        "valid_from,"
		        " from_change) values (%d, 'H99.60.%04d', 'Xã', 'commune', 'XÃ', 0, "
		        "18000, 1);"
		        "insert into unit_parent (id, unit_id, parent_id, from_on, change_id) "
		        "values"
		        " (%d, %d, 1, 18000, 1);"
		        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
		        " (%d, %d, 0, 18000), (1, %d, 1, 18000)",
		        id, i, id, id, id, id, id);
		test_db_exec(db, sql);
	}
	test_db_exec(db, "update exchange_peer set unit_id = 1");
	assert_ok(db_commit(&tx));
	report_open_period(w->above, "2024-Q1");
}

static void take(struct exchange_world *w, const struct parcel *p)
{
	struct change change = report_change_at(w->above, "exchange.receive");
	struct exchange_coming x = { w->peer_below, id_of(OFFICE_PROVINCE), NULL, p->zip };
	struct exchange_receipt receipt;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 64 << 20);
	assert_ok(exchange_take_in(&receipt, &a, w->above->writer, &change, &x));
	if (receipt.finding != FOUND_SOUND)
		fail_msg("%s: %s", p->code, receipt.said.reason);
}

static void say(const char *what, int n, struct watch begin)
{
	struct watch end = now_s();

	printf("%-40s %5d: %6.0f a second on the clock, %6.0f of this processor time\n", what,
	       n, n / (end.wall - begin.wall), n / (end.cpu - begin.cpu));
}

static void read_only(const struct parcel *parcels, int n)
{
	struct watch begin = now_s();

	for (int i = 0; i < n; i++) {
		enum package_fault fault = PACKAGE_CUT;
		struct package_file f = { 0 };
		struct problems problems;
		ARENA_CLEANUP struct arena a;

		arena_init(&a, 64 << 20);
		problems_init(&problems, &a);
		assert_ok(package_zip_read(&f, &fault, parcels[i].zip, &problems));
		assert_int_equal(fault, PACKAGE_SOUND);
	}
	say("read and hashed (reference)", n, begin);
}

static void together(struct exchange_world *w, const struct parcel *parcels, int n)
{
	struct watch begin = now_s();

	for (int i = 0; i < n; i += BATCH) {
		DB_TX tx = { 0 };

		assert_ok(db_begin(&tx, db_writer_db(w->above->writer)));
		for (int k = i; k < n && k < i + BATCH; k++)
			take(w, &parcels[k]);
		assert_ok(db_commit(&tx));
	}
	say("taken in, a hundred in a transaction", n, begin);
}

static void alone(struct exchange_world *w, const struct parcel *parcels, int n)
{
	struct watch begin = now_s();

	for (int i = 0; i < n; i++)
		take(w, &parcels[i]);
	say("taken in, each in its own transaction", n, begin);
}

int main(void)
{
	struct exchange_world *w = exchange_world_start();
	struct report r = exchange_sends_report(w);
	struct parcel *parcels = calloc(COMMUNES, sizeof(*parcels));
	struct package_file like;

	assert_non_null(parcels);
	assert_ok(report_package_open(&like, w->below->t.db, &w->a, &r));
	add_units(w);
	for (int i = 0; i < COMMUNES; i++)
		make(&parcels[i], &w->a, &like, i);
	printf("%zu cells, %zu KiB a package, %s\n", like.content.n_cells,
	       parcels[0].zip.len / 1024, test_db_is_postgres() ? "PostgreSQL" : "SQLite");
	read_only(parcels, COMMUNES);
	together(w, parcels, COMMUNES - ALONE);
	alone(w, parcels + COMMUNES - ALONE, ALONE);
	assert_int_equal(report_world_count(w->above, "select count(*) from package_content"),
	                 COMMUNES);
	free(parcels);
	exchange_world_stop(w);
	return 0;
}
