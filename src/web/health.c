#include "web/health.h"

#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

#include "app/journal/journal_seal_store.h"
#include "base/log.h"
#include "web/app.h"
#include "web/web_store.h"

enum { ROUND_SECONDS = 2, LONGEST_PATH = 4096 };

static const char *const complaints[] = { "the database does not answer",
	                                  "the schema is not this program's",
	                                  "nothing can be written",
	                                  "the disk has too little space" };
static const char *const part_names[] = { "the database", "the schema", "the writer",
	                                  "the disk" };

/* ---- the questions ---- */

static enum err ask_database(struct health *h)
{
	int64_t sessions, unsealed;

	if (!h->db)
		TRY(db_open(&h->db, app_settings(h->app)->database, DB_READ));
	TRY(web_sessions(&sessions, h->db, clock_now(&h->app->clock)));
	TRY(journal_waiting(&unsealed, h->db));
	atomic_store(&h->sessions, sessions);
	atomic_store(&h->unsealed, unsealed);
	return ERR_OK;
}

static enum err ask_schema(struct health *h)
{
	bool migrated;

	if (!h->db)
		return err_set(ERR_DB, "no connection");
	TRY(db_migrated(&migrated, h->db));
	return migrated ? ERR_OK : err_set(ERR_DB, "migrations are pending");
}

static enum err write_nothing(struct db_write_context *w, void *arg)
{
	(void)w;
	(void)arg;
	return ERR_OK;
}

static enum err ask_writer(struct health *h)
{
	struct change nothing = { .at = INSTANT_NONE, .origin = "server" };

	return db_write(h->app->writer, &nothing, write_nothing, NULL);
}

/* Where a SQLite file stands; what PostgreSQL has left only its own machine knows. */
static bool folder_of(char out[LONGEST_PATH], const char *database)
{
	const char *slash = strrchr(database, '/');
	size_t n = slash ? (size_t)(slash - database) : 0;

	if (str_starts(database, "postgres") && strstr(database, "://"))
		return false;
	if (n >= LONGEST_PATH)
		return false;
	memcpy(out, database, n);
	out[n] = '\0';
	if (n == 0)
		memcpy(out, slash ? "/" : ".", 2);
	return true;
}

static enum err ask_disk(struct health *h)
{
	const struct settings *s = app_settings(h->app);
	char folder[LONGEST_PATH];
	struct statvfs disk;

	if (!folder_of(folder, s->database))
		return ERR_OK;
	if (statvfs(folder, &disk) != 0)
		return err_set(ERR_IO, "the disk does not say how much is free");
	int64_t left = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	atomic_store(&h->disk_free, left);
	return left / 1048576 < s->disk_free_mb ? err_set(ERR_DISK_FULL, "too little is free")
	                                        : ERR_OK;
}

static enum err (*const questions[HEALTH_PARTS])(struct health *h) = {
	[HEALTH_DATABASE] = ask_database,
	[HEALTH_SCHEMA] = ask_schema,
	[HEALTH_WRITER] = ask_writer,
	[HEALTH_DISK] = ask_disk,
};

/* A change is logged, not each round. */
static void note(struct health *h, int part, enum err e)
{
	enum err before = (enum err)atomic_exchange(&h->results[part], (int)e);

	if (e != ERR_OK && before != e)
		log_event(LOG_ERROR, "health.bad", { "part", part_names[part] },
		          { "err", err_name(e) }, { "text", err_message() });
	else if (e == ERR_OK && before != ERR_OK)
		log_event(LOG_INFO, "health.good", { "part", part_names[part] });
}

void health_ask(struct health *h)
{
	for (int part = 0; part < HEALTH_PARTS; part++) {
		atomic_store(&h->asking, part);
		atomic_store(&h->asked_us, clock_running_us());
		enum err e = questions[part](h);
		atomic_store(&h->asked_us, 0);
		note(h, part, e);
		if (e != ERR_OK && part <= HEALTH_SCHEMA && h->db) { /* a new one next time */
			db_close(h->db);
			h->db = NULL;
		}
	}
	atomic_store(&h->answered_us, clock_running_us());
}

/* ---- the thread ---- */

static void wait_a_round(struct health *h)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ROUND_SECONDS;
	pthread_mutex_lock(&h->lock);
	if (!h->stopping)
		pthread_cond_timedwait(&h->end, &h->lock, &until);
	pthread_mutex_unlock(&h->lock);
}

static bool is_stopping(struct health *h)
{
	pthread_mutex_lock(&h->lock);
	bool stopping = h->stopping;
	pthread_mutex_unlock(&h->lock);
	return stopping;
}

static void *ask_on(void *arg)
{
	struct health *h = arg;

	while (!is_stopping(h)) {
		health_ask(h);
		wait_a_round(h);
	}
	return NULL;
}

void health_init(struct health *h, struct app *app)
{
	*h = (struct health){ .app = app, .disk_free = -1 };
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->end, NULL);
}

enum err health_start(struct health *h)
{
	h->has_thread = pthread_create(&h->thread, NULL, ask_on, h) == 0;
	return h->has_thread ? ERR_OK : err_set(ERR_NO_MEMORY, "no thread for the health");
}

void health_stop(struct health *h)
{
	pthread_mutex_lock(&h->lock);
	h->stopping = true;
	pthread_cond_signal(&h->end);
	pthread_mutex_unlock(&h->lock);
	if (h->has_thread)
		pthread_join(h->thread, NULL);
	if (h->db)
		db_close(h->db);
	pthread_cond_destroy(&h->end);
	pthread_mutex_destroy(&h->lock);
}

void health_leave(struct health *h)
{
	atomic_store(&h->leaving, true);
}

/* ---- the answer ---- */

static void say_results(struct health *h, struct str *why)
{
	for (int part = 0; part < HEALTH_PARTS; part++) {
		enum err e = (enum err)atomic_load(&h->results[part]);

		if (e != ERR_OK)
			str_printf(why, "%s: %s\n", complaints[part], err_text(e));
	}
}

bool health_ready(struct health *h, struct str *why)
{
	int64_t asked = atomic_load(&h->asked_us);
	int64_t patience = app_settings(h->app)->ready_seconds * 1000000;
	size_t before = why->len;

	if (atomic_load(&h->leaving))
		str_put(why, "the server is stopping\n");
	if (atomic_load(&h->answered_us) == 0)
		str_put(why, "the server is starting\n");
	if (asked && clock_running_us() - asked > patience)
		str_printf(why, "%s: no answer for %lld seconds\n",
		           part_names[atomic_load(&h->asking)],
		           (long long)((clock_running_us() - asked) / 1000000));
	say_results(h, why);
	return why->len == before && !why->failed;
}
