/* A disk that is really full, a file that may not be written, and clocks that jump: what is
 * shown keeps being shown, what is written is refused plainly, and it passes. */
#include "lib/test_office.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/account/account.h"
#include "lib/page.h"

enum { MOST_TRIES = 4000, BALLAST_BYTES = 4096 };
#define RECEIVE "procedure", "32", "name", "Trần Thị Hoa", "quantity", "1", "step", "receive"

struct world {
	struct page_test t;
	char folder[64];
	bool mounted;
};

static void work(struct world *w)
{
	w->t.actor = (struct actor){ .account_id = id_of(OFFICE_INTAKE_A),
		                     .session_id = id_of(1),
		                     .unit_id = id_of(OFFICE_A),
		                     .name = "Lê Thị Nhận",
		                     .unit_name = "Xã A",
		                     .permissions = MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) };
}

/* What is mounted from here on only this process sees, and it goes with it. */
static bool may_mount(void)
{
	return geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
	       mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

static void need_disk(const struct world *w)
{
	if (!w->mounted)
		fail_msg("a disk of a few mebibytes cannot be mounted; run this test as root");
}

/* As root the folder is a disk of a few mebibytes. */
static void start_in_folder(struct world *w)
{
	struct settings settings = settings_default();
	struct clock clock = { instant_local(date_make(2026, 3, 2), 8 * 60) };

	snprintf(w->folder, sizeof(w->folder), "/tmp/cchc-disk-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	w->mounted = may_mount() && mount("none", w->folder, "tmpfs", 0, "size=12m") == 0;
	snprintf(w->t.db.where, sizeof(w->t.db.where), "%s/db", w->folder);
	assert_ok(db_open(&w->t.db.db, w->t.db.where, DB_WRITE));
	assert_ok(db_migrate(w->t.db.db));
	test_office(w->t.db.db);
	arena_init(&w->t.kept, 96 << 20);
	arena_init(&w->t.arena, 96 << 20);
	settings.database = w->t.db.where;
	assert_ok(app_open(&w->t.app, &settings, clock));
	work(w);
}

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	*state = w;
	start_in_folder(w);
	return 0;
}

static void remove_file(const struct world *w, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", w->folder, name);
	unlink(path);
}

static int stop(void **state)
{
	static const char *const names[] = { "db", "db-wal", "db-shm", "ballast" };
	struct world *w = *state;

	app_close(&w->t.app);
	db_close(w->t.db.db);
	arena_release(&w->t.arena);
	arena_release(&w->t.kept);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		remove_file(w, names[i]);
	if (w->mounted)
		umount2(w->folder, MNT_DETACH);
	assert_int_equal(rmdir(w->folder), 0);
	free(w);
	return 0;
}

static int64_t dossiers(struct world *w)
{
	return test_db_int(w->t.db.db, "select count(*) from dossier");
}

static void assert_sound(struct world *w)
{
	assert_int_equal(test_db_int(w->t.db.db, "select count(*) from pragma_integrity_check "
	                                         "where integrity_check = 'ok'"),
	                 1);
	assert_int_equal(
	        test_db_int(w->t.db.db, "select count(*) from pragma_foreign_key_check"), 0);
}

static void fill(struct world *w)
{
	static const char bytes[BALLAST_BYTES];
	char path[128];

	snprintf(path, sizeof(path), "%s/ballast", w->folder);
	int fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	for (int i = 0; i < MOST_TRIES; i++)
		if (write(fd, bytes, sizeof(bytes)) <= 0)
			break;
	close(fd);
}

static void assert_refused(struct world *w, int status)
{
	assert_int_equal(status, 503);
	assert_true(page_has(&w->t, "Máy chủ đang bận hoặc thiếu tài nguyên"));
	assert_non_null(page_header(&w->t, "Retry-After"));
}

static void a_full_disk_refuses_writes_until_there_is_room(void **state)
{
	struct world *w = *state;
	int status = 303, taken = 0;

	need_disk(w);
	fill(w);
	for (; status == 303 && taken < MOST_TRIES; taken++)
		status = page_post(&w->t, "/dossiers/quick", RECEIVE);
	assert_refused(w, status);
	int64_t stored = dossiers(w);
	assert_int_equal(stored, taken - 1);
	for (int i = 0; i < 5; i++) {
		assert_refused(w, page_post(&w->t, "/dossiers/quick", RECEIVE));
		assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
	}
	assert_int_equal(dossiers(w), stored);
	remove_file(w, "ballast");
	assert_int_equal(page_post(&w->t, "/dossiers/quick", RECEIVE), 303);
	assert_int_equal(dossiers(w), stored + 1);
	assert_sound(w);
}

/* A program that may not write does not start, and says why; one that runs goes on showing. */
static void a_disk_that_may_not_be_written_is_named(void **state)
{
	struct world *w = *state;
	struct db *db;

	need_disk(w);
	assert_int_equal(page_post(&w->t, "/dossiers/quick", RECEIVE), 303);
	assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
	struct settings settings = w->t.app.settings;
	struct clock clock = w->t.app.clock;
	app_close(&w->t.app);
	db_close(w->t.db.db);
	assert_int_equal(mount("none", w->folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	assert_err(db_open(&db, w->t.db.where, DB_WRITE), ERR_READ_ONLY);
	assert_non_null(strstr(err_message(), "cannot be written"));
	assert_int_equal(mount("none", w->folder, NULL, MS_REMOUNT, NULL), 0);
	assert_ok(db_open(&w->t.db.db, w->t.db.where, DB_WRITE));
	assert_ok(app_open(&w->t.app, &settings, clock));
	assert_int_equal(page_post(&w->t, "/dossiers/quick", RECEIVE), 303);
	assert_int_equal(dossiers(w), 2);
	assert_sound(w);
}

/* The program starts again with another clock, as after a reboot with a wrong one. */
static void restart_at(struct world *w, instant_t at)
{
	struct settings settings = w->t.app.settings;

	app_close(&w->t.app);
	assert_ok(app_open(&w->t.app, &settings, (struct clock){ at }));
}

static int64_t newest(struct world *w)
{
	return test_db_int(w->t.db.db, "select max(id) from dossier");
}

static void clocks_that_jump_leave_ids_and_codes_unique(void **state)
{
	const int64_t jumps[] = { 0, 365, 364, -1, 0 };
	struct world *w = *state;
	instant_t start = w->t.app.clock.fixed;
	int64_t last = 0;

	for (size_t i = 0; i < ARRAY_LEN(jumps); i++) {
		restart_at(w, (instant_t){ start.us + jumps[i] * US_PER_DAY });
		for (int k = 0; k < 3; k++) {
			assert_int_equal(page_post(&w->t, "/dossiers/quick", RECEIVE), 303);
			assert_true(newest(w) > last);
			last = newest(w);
		}
		assert_ok(app_housekeeping(&w->t.app));
		assert_int_equal(page_get(&w->t, "/dossiers?view=all"), 200);
	}
	assert_int_equal(dossiers(w), 3 * ARRAY_LEN(jumps));
	assert_int_equal(test_db_int(w->t.db.db, "select count(distinct code) from dossier"),
	                 3 * ARRAY_LEN(jumps));
	assert_sound(w);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_full_disk_refuses_writes_until_there_is_room),
		TEST(a_disk_that_may_not_be_written_is_named),
		TEST(clocks_that_jump_leave_ids_and_codes_unique),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
