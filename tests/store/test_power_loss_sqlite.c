/* The power fails at any moment of a stream of intakes: afterwards every intake that was
 * acknowledged is there, none is there by half, and the file is sound.  The same without syncs
 * loses some, which proves that this test would see it. */
#include "lib/power_vfs.h"
#include "lib/test_office.h"

#include <pthread.h>
#include <unistd.h>

#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_intake_store.h"
#include "db/engine.h"
#include "db/write.h"

enum {
	CUTS = 200,
	CUTS_LONG = 3000,
	CUTS_UNSYNCED = 40,
	MOST_OPERATIONS = 2500,
	WRITERS = 4,
	START_OVER = 16
};

struct world {
	char folder[64], where[96], pristine[96];
	struct id_source ids;
	struct arena a;
	struct db_writer *writer;
	struct dossier_kit kit;
	pthread_mutex_t lock;
	row_id *acknowledged; /* guarded by lock */
	size_t n, room;
	uint64_t random;
};

static uint64_t draw(struct world *w, uint64_t below)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	return w->random % below;
}

static void copy_file(const char *to, const char *from)
{
	char piece[65536];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	size_t n;

	assert_true(in && out);
	while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
		assert_int_equal(fwrite(piece, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void make_world(struct world *w)
{
	DB_CLEANUP struct db *db = NULL;

	*w = (struct world){ .random = 20260302 };
	pthread_mutex_init(&w->lock, NULL);
	arena_init(&w->a, 64 << 20);
	snprintf(w->folder, sizeof(w->folder), "/tmp/cchc-power-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	snprintf(w->where, sizeof(w->where), "%s/db", w->folder);
	snprintf(w->pristine, sizeof(w->pristine), "%s/pristine", w->folder);
	assert_ok(db_open(&db, w->where, DB_WRITE));
	assert_ok(db_migrate(db));
	test_office(db);
	assert_ok(dossier_kit_load(&w->kit, db, &w->a, NULL,
	                           &(struct dossier_kit_wish){ id_of(OFFICE_A),
	                                                       id_of(OFFICE_FIVE_DAYS),
	                                                       date_make(2024, 3, 4) }));
}

static void remove_database(struct world *w)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char path[128];

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		snprintf(path, sizeof(path), "%s%s", w->where, ends[i]);
		unlink(path);
	}
}

static void remove_world(struct world *w)
{
	remove_database(w);
	power_forget();
	unlink(w->pristine);
	assert_int_equal(rmdir(w->folder), 0);
	arena_release(&w->a);
	free(w->acknowledged);
}

/* ---- writing until the power fails ---- */

static void acknowledge(struct world *w, row_id id)
{
	pthread_mutex_lock(&w->lock);
	if (w->n == w->room) {
		w->room = w->room ? w->room * 2 : 256;
		w->acknowledged = realloc(w->acknowledged, w->room * sizeof(row_id));
		assert_non_null(w->acknowledged);
	}
	w->acknowledged[w->n++] = id;
	pthread_mutex_unlock(&w->lock);
}

static enum err take_in(struct world *w, struct arena *a)
{
	struct change change = { .account_id = id_of(OFFICE_INTAKE_A),
		                 .unit_id = id_of(OFFICE_A),
		                 .at = instant_local(date_make(2024, 3, 4), 8 * 60),
		                 .origin = "test",
		                 .action = "test" };
	struct dossier_intake intake = { .action = ACTION_RECEIVE,
		                         .receiving_unit_id = id_of(OFFICE_A),
		                         .applicant = { .kind = APPLICANT_PERSON,
		                                        .name = "Nguyễn Văn Đạt",
		                                        .address = "Thôn 1" },
		                         .quantity = 1,
		                         .channel = CHANNEL_COUNTER,
		                         .delivery = DELIVERY_COUNTER,
		                         .fee = MONEY_NONE,
		                         .received_at = INSTANT_NONE };
	struct problems problems;

	problems_init(&problems, a);
	enum err e = dossier_receive(w->writer, &change, &w->kit, &intake, &problems);
	if (e == ERR_OK)
		acknowledge(w, change.result);
	else if (!power_failed())
		print_error("an intake failed by itself: %s\n", err_message());
	return e;
}

static void *write_on(void *arg)
{
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 16 << 20);
	while (take_in(arg, &a) == ERR_OK)
		arena_reset(&a);
	return NULL;
}

static void write_until_failure(struct world *w, bool synced)
{
	pthread_t threads[WRITERS];

	if (!synced) { /* the writer's own connection says what is synced */
		assert_ok(db_writer_inline(&w->writer, w->where, CLOCK_SYSTEM, &w->ids));
		test_db_exec(db_writer_db(w->writer), "pragma synchronous = off");
		power_fail_after((long)draw(w, MOST_OPERATIONS) + 1);
		write_on(w);
	} else {
		assert_ok(db_writer_start(&w->writer, w->where, CLOCK_SYSTEM, &w->ids));
		power_fail_after((long)draw(w, MOST_OPERATIONS) + 1);
		for (int i = 0; i < WRITERS; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, write_on, w), 0);
		for (int i = 0; i < WRITERS; i++)
			pthread_join(threads[i], NULL);
	}
	assert_true(power_failed());
	db_writer_stop(w->writer);
}

/* ---- afterwards ---- */

static const char *const wrongs[] = {
	"select count(*) from pragma_foreign_key_check",
	"select count(*) from dossier d where not exists"
	" (select 1 from dossier_event e where e.dossier_id = d.id)",
	"select count(*) from dossier d where not exists"
	" (select 1 from dossier_part p where p.dossier_id = d.id)",
	"select coalesce((select sum(last) from dossier_sequence), 0)"
	" - (select count(*) from dossier)",
};

static bool ask(int64_t *out, struct db *db, const char *sql)
{
	static const struct db_signature nothing = { .n = 0 };
	struct db_statement *s;
	bool row = false;

	if (db_statement_composed(&s, db, sql, &nothing) != ERR_OK)
		return false;
	if (db->engine->step(db, s->handle, &row) != ERR_OK)
		row = false;
	if (row)
		db_read(db, s, 0, DB_INT, out);
	db_statement_return(db, s);
	return row;
}

static bool is_sound(struct db *db)
{
	int64_t n;

	if (!ask(&n, db,
	         "select count(*) from pragma_integrity_check"
	         " where integrity_check <> 'ok'") ||
	    n != 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(wrongs); i++)
		if (!ask(&n, db, wrongs[i]) || n != 0)
			return false;
	return true;
}

static bool has_all(struct db *db, const struct world *w)
{
	char sql[80];
	int64_t n;

	for (size_t i = 0; i < w->n; i++) {
		snprintf(sql, sizeof(sql), "select count(*) from dossier where id = %lld",
		         (long long)w->acknowledged[i].value);
		if (!ask(&n, db, sql) || n != 1)
			return false;
	}
	return true;
}

/* Sound, and nothing acknowledged is missing. */
static bool survived(struct world *w)
{
	DB_CLEANUP struct db *db = NULL;

	return db_open(&db, w->where, DB_WRITE) == ERR_OK && is_sound(db) && has_all(db, w);
}

static int failures(int cuts, bool synced)
{
	struct world w;
	int bad = 0;
	size_t n = 0;

	make_world(&w);
	power_back();
	copy_file(w.pristine, w.where);
	for (int i = 0; i < cuts; i++) {
		write_until_failure(&w, synced);
		power_back();
		bool good = survived(&w);
		n += w.n;
		bad += !good;
		w.n = 0;
		power_back(); /* also right after the repair */
		if (good && i % START_OVER != START_OVER - 1)
			continue;
		remove_database(&w);
		copy_file(w.where, w.pristine);
	}
	struct power_counts c = power_counts();
	print_message("%d cuts, %zu intakes acknowledged, %d bad; %ld writes, %ld syncs; of "
	              "unsynced writes %ld survived, %ld were torn, %ld lost\n",
	              cuts, n, bad, c.writes, c.syncs, c.survived, c.torn, c.lost);
	remove_world(&w);
	return bad;
}

static void nothing_acknowledged_is_lost(void **state)
{
	const char *text = getenv("LONG");

	(void)state;
	assert_int_equal(failures(text && *text ? CUTS_LONG : CUTS, true), 0);
}

static void without_syncs_it_would_be(void **state)
{
	(void)state;
	assert_true(failures(CUTS_UNSYNCED, false) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_acknowledged_is_lost),
		cmocka_unit_test(without_syncs_it_would_be),
	};

	power_start(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
