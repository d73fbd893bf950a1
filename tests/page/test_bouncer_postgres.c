/* Everything through PgBouncer in transaction mode, which gives each transaction another server
 * connection: nothing may depend on what an earlier one prepared or set. */
#include "lib/page.h"
#include "lib/test_office.h"

#include <pthread.h>

#include "lib/pg_cluster.h"

enum { WRITERS = 8, WRITES = 40 };

struct world {
	struct page_test t;
	struct pg_cluster cluster, bouncer;
};

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct settings settings = settings_default();
	struct clock clock = { instant_local(date_make(2026, 3, 2), 8 * 60) };

	*state = w;
	pg_cluster_start(&w->cluster);
	pg_bouncer_start(&w->bouncer, &w->cluster);
	settings.database = w->bouncer.url;
	settings.database_prepared = 0;
	const struct db_options options = app_db_options(&settings);
	assert_ok(db_open_with(&w->t.db.db, w->bouncer.url, DB_WRITE, &options));
	assert_ok(db_migrate(w->t.db.db));
	test_office(w->t.db.db);
	arena_init(&w->t.kept, 64 << 20);
	arena_init(&w->t.arena, 64 << 20);
	assert_ok(app_open(&w->t.app, &settings, clock));
	w->t.actor = (struct actor){ .account_id = id_of(OFFICE_INTAKE_A),
		                     .session_id = id_of(1),
		                     .unit_id = id_of(OFFICE_A),
		                     .name = "Lê Thị Nhận",
		                     .unit_name = "Xã A",
		                     .permissions = MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) };
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	app_close(&w->t.app);
	arena_release(&w->t.arena);
	arena_release(&w->t.kept);
	db_close(w->t.db.db);
	pg_cluster_stop(&w->bouncer);
	pg_cluster_stop(&w->cluster);
	free(w);
	return 0;
}

static int64_t dossiers(struct world *w)
{
	return test_db_int(w->t.db.db, "select count(*) from dossier");
}

static void receive(struct world *w)
{
	assert_int_equal(page_post(&w->t, "/dossiers/new", "procedure", "31", "name",
	                           "Nguyễn Văn Đạt", "address", "Thôn 1", "channel", "counter",
	                           "delivery", "counter", "kind", "person", "quantity", "1",
	                           "step", "receive"),
	                 303);
}

static enum err note(struct db_write_context *w, void *arg)
{
	(void)arg;
	w->n_noted++; /* as if the journal had it */
	w->change->result = db_new_id(w);
	return ERR_OK;
}

static void *write_many(void *arg)
{
	struct world *w = arg;
	intptr_t failed = 0;

	for (int i = 0; i < WRITES; i++) {
		struct change c = { .at = INSTANT_NONE,
			            .origin = "test",
			            .action = "test.write",
			            .concurrent = i % 8 != 0 };

		if (db_write(w->t.app.writer, &c, note, NULL) != ERR_OK) {
			print_error("%s\n", err_message());
			failed++;
		}
	}
	return (void *)failed;
}

static void pages_write_and_list(void **state)
{
	struct world *w = *state;

	for (int i = 0; i < 5; i++) {
		receive(w);
		assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
		assert_true(page_has(&w->t, "Nguyễn Văn Đạt"));
	}
	assert_int_equal(dossiers(w), 5);
	assert_int_equal(page_get(&w->t, "/"), 303);
}

/* More clients than server connections, so that their transactions wander. */
static void pages_beside_many_writers(void **state)
{
	struct world *w = *state;
	pthread_t threads[WRITERS];
	int64_t before = dossiers(w);
	void *failed;

	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, w), 0);
	for (int i = 0; i < 10; i++) {
		receive(w);
		assert_int_equal(page_get(&w->t, "/dossiers?view=all&channel=counter"), 200);
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(threads[i], &failed);
		assert_int_equal((intptr_t)failed, 0);
	}
	assert_int_equal(dossiers(w), before + 10);
	assert_int_equal(test_db_int(w->t.db.db, "select count(*) from change_log where action "
	                                         "= 'test.write'"),
	                 WRITERS * WRITES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_write_and_list),
		cmocka_unit_test(pages_beside_many_writers),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
