/* Lists from a streaming replica: how late they are is shown, who has just written reads from
 * the primary, and so does everybody when the replica is late or gone. */
#include "lib/page.h"
#include "lib/test_office.h"

#include <unistd.h>

#include "app/login/login_store.h"
#include "base/secret.h"
#include "lib/pg_cluster.h"

enum { TRIES = 500, TRY_US = 20000 };

static const char told[] = "Số liệu đọc từ máy chủ dự phòng";

struct world {
	struct page_test t;
	struct pg_cluster primary, standby;
	struct db *follower; /* for looking, and for stopping the replay */
};

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct settings settings = settings_default();
	struct clock clock = { instant_local(date_make(2026, 3, 2), 8 * 60) };

	*state = w;
	pg_cluster_start(&w->primary);
	assert_ok(db_open(&w->t.db.db, w->primary.url, DB_WRITE));
	assert_ok(db_migrate(w->t.db.db));
	test_office(w->t.db.db);
	pg_standby_start(&w->standby, &w->primary);
	assert_ok(db_open(&w->follower, w->standby.url, DB_READ));
	arena_init(&w->t.kept, 64 << 20);
	arena_init(&w->t.arena, 64 << 20);
	settings.database = w->primary.url;
	settings.database_replica = w->standby.url;
	settings.replica_most_lag_seconds = 2;
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
	db_close(w->follower);
	db_close(w->t.db.db);
	pg_cluster_stop(&w->standby);
	pg_cluster_stop(&w->primary);
	free(w);
	return 0;
}

static void wait_until_replayed(struct world *w)
{
	int64_t wanted = test_db_int(w->t.db.db, "select count(*) from change_log");

	for (int i = 0; i < TRIES; i++) {
		if (test_db_int(w->follower, "select count(*) from change_log") == wanted)
			return;
		usleep(TRY_US);
	}
	fail_msg("the replica does not follow");
}

/* The list as the replica or the primary has it, after a look at the replica. */
static bool list_is_from_replica(struct world *w)
{
	assert_ok(app_housekeeping(&w->t.app));
	assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
	return page_has(&w->t, told);
}

/* Until the replica has all that was written by then. */
static void wait_for_replica(struct world *w)
{
	for (int i = 0; i < TRIES && !list_is_from_replica(w); i++)
		usleep(TRY_US);
	assert_true(page_has(&w->t, told));
}

static void receive(struct world *w)
{
	assert_int_equal(page_post(&w->t, "/dossiers/new", "procedure", "31", "name",
	                           "Nguyễn Văn Đạt", "address", "Thôn 1", "channel", "counter",
	                           "delivery", "counter", "kind", "person", "quantity", "1",
	                           "step", "receive"),
	                 303);
}

static void a_list_says_how_late_it_is(void **state)
{
	struct world *w = *state;

	wait_for_replica(w);
	assert_true(page_has(&w->t, "chậm không quá 1 giây"));
	assert_int_equal(page_get(&w->t, "/dossiers/new"), 200);
	assert_false(page_has(&w->t, told));
}

static void who_wrote_reads_from_the_primary(void **state)
{
	struct world *w = *state;
	char token[SECRET_TOKEN];
	unsigned char digest[SECRET_DIGEST];
	char insert[400], hex[2 * SECRET_DIGEST + 1];

	secret_token(token);
	secret_digest(digest, token, strlen(token));
	for (int i = 0; i < SECRET_DIGEST; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	snprintf(insert, sizeof(insert),
	         "insert into session (id, token_hash, account_id, unit_id, csrf, created_at, "
	         "seen_at, expires_at) values (77, '\\x%s', %d, %d, 'key', %lld, %lld, %lld)",
	         hex, OFFICE_INTAKE_A, OFFICE_A, (long long)w->t.app.clock.fixed.us,
	         (long long)w->t.app.clock.fixed.us,
	         (long long)w->t.app.clock.fixed.us + US_PER_DAY);
	test_db_exec(w->t.db.db, insert);
	const char *const reader[] = { LOGIN_COOKIE, token, NULL, NULL };
	const char *const writer[] = { LOGIN_COOKIE, token, "__Host-wrote", "1", NULL, NULL };
	receive(w);
	assert_string_equal(page_cookie(&w->t, "__Host-wrote"), "1");
	wait_for_replica(w);
	assert_int_equal(page_send(&w->t, GET, "/dossiers?view=all", reader, NULL), 200);
	assert_true(page_has(&w->t, told));
	assert_int_equal(page_send(&w->t, GET, "/dossiers?view=all", writer, NULL), 200);
	assert_false(page_has(&w->t, told));
}

static void a_replica_that_is_late_is_not_read(void **state)
{
	struct world *w = *state;

	wait_for_replica(w);
	test_db_exec(w->follower, "select pg_wal_replay_pause()");
	receive(w);
	for (int i = 0; i < TRIES && list_is_from_replica(w); i++)
		usleep(TRY_US);
	assert_false(page_has(&w->t, told));
	test_db_exec(w->follower, "select pg_wal_replay_resume()");
	wait_until_replayed(w);
	wait_for_replica(w);
}

static void without_the_replica_the_primary_answers(void **state)
{
	struct world *w = *state;

	wait_for_replica(w);
	pg_cluster_crash(&w->standby);
	assert_int_equal(page_get(&w->t, "/dossiers?view=all"),
	                 200); /* before anybody looked */
	assert_false(page_has(&w->t, told));
	assert_false(list_is_from_replica(w));
	pg_cluster_run(&w->standby);
	db_close(w->follower);
	assert_ok(db_open(&w->follower, w->standby.url, DB_READ));
	wait_for_replica(w);
}

static void without_the_primary_nothing_is_said_to_be_well(void **state)
{
	struct world *w = *state;

	db_close(w->t.db.db);
	pg_cluster_crash(&w->primary);
	assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 503);
	assert_true(page_has(&w->t, "Máy chủ cơ sở dữ liệu chưa trả lời"));
	assert_non_null(page_header(&w->t, "Retry-After"));
	pg_cluster_run(&w->primary);
	assert_ok(db_open(&w->t.db.db, w->primary.url, DB_WRITE));
	assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
	receive(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_says_how_late_it_is),
		cmocka_unit_test(who_wrote_reads_from_the_primary),
		cmocka_unit_test(a_replica_that_is_late_is_not_read),
		cmocka_unit_test(without_the_replica_the_primary_answers),
		cmocka_unit_test(without_the_primary_nothing_is_said_to_be_well),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
