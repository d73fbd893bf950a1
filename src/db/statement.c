/* statement.c - prepared statements of a connection: named ones by their query, composed ones
 * by their text.  Named ones are as many as the program has; of the composed ones the least
 * recently used goes when there are too many. */
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "db/engine.h"

/* For tests.  Of the process, not the thread: a write runs on the writer's. */
static atomic_long fail_countdown;

void db_fail_after(long n)
{
	atomic_store(&fail_countdown, n);
}

long db_fail_left(void)
{
	long n = atomic_load(&fail_countdown);

	return n > 0 ? n : 0;
}

static bool fails_now(void)
{
	return atomic_load_explicit(&fail_countdown, memory_order_relaxed) > 0 &&
	       atomic_fetch_sub(&fail_countdown, 1) == 1;
}

static uint64_t hash_text(const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return h;
}

static uint64_t hash_query(const struct query *q)
{
	return ((uintptr_t)q >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32;
}

static struct db_statement **bucket(struct db *db, uint64_t hash)
{
	return &db->buckets[hash % DB_CACHE_BUCKETS];
}

static struct db_statement *find(struct db *db, uint64_t hash, const struct query *q,
                                 const char *text)
{
	for (struct db_statement *s = *bucket(db, hash); s; s = s->next)
		if (!s->busy && s->hash == hash && s->query == q && str_eq(s->text, text))
			return s;
	return NULL;
}

static void free_statement(struct db *db, struct db_statement *s)
{
	db->engine->finalize(s->handle);
	free(s->text);
	free(s);
}

static void drop(struct db *db, struct db_statement *s)
{
	struct db_statement **at = bucket(db, s->hash);

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	if (s->text)
		db->n_composed--;
	free_statement(db, s);
}

static void drop_oldest_composed(struct db *db)
{
	struct db_statement *oldest = NULL;

	for (size_t i = 0; i < DB_CACHE_BUCKETS; i++)
		for (struct db_statement *s = db->buckets[i]; s; s = s->next)
			if (s->text && !s->busy && (!oldest || s->last_use < oldest->last_use))
				oldest = s;
	if (oldest)
		drop(db, oldest);
}

/* Takes over `text`. */
static enum err add(struct db_statement **out, struct db *db, struct db_statement key,
                    void *handle)
{
	struct db_statement *s = malloc(sizeof(*s));

	if (!s) {
		db->engine->finalize(handle);
		free(key.text);
		return err_set(ERR_NO_MEMORY, "no memory for a statement");
	}
	struct db_statement **head = bucket(db, key.hash);

	*s = key;
	s->handle = handle;
	s->busy = true;
	s->next = *head;
	*head = s;
	*out = s;
	return ERR_OK;
}

/* SQLite ends a transaction by itself when the disk is full; what follows must not run
 * outside of it. */
enum err db_check_before_use(struct db *db)
{
	if (fails_now())
		return err_set(ERR_DB, "a test made this call fail");
	if (db->depth > 0 && !db->engine->in_transaction(db))
		return err_set(ERR_DB, "the transaction was ended by an earlier error");
	return ERR_OK;
}

enum err db_statement_of(struct db_statement **out, struct db *db, const struct query *q)
{
	struct db_statement key = { .query = q, .hash = hash_query(q) };
	struct db_statement *s = find(db, key.hash, q, NULL);
	struct db_signature in = { .n = q->n_in };
	void *handle;

	TRY(db_check_before_use(db));
	if (s) {
		s->busy = true;
		*out = s;
		return ERR_OK;
	}
	assert(q->n_in <= DB_MOST_PARAMETERS);
	for (size_t i = 0; i < q->n_in; i++)
		in.types[i] = q->in[i].type;
	const char *text = db->engine == &db_engine_postgres ? q->postgres : q->sqlite;
	TRY(db->engine->prepare(&handle, db, text, &in));
	return add(out, db, key, handle);
}

enum err db_statement_composed(struct db_statement **out, struct db *db, const char *text,
                               const struct db_signature *in)
{
	struct db_statement key = { .hash = hash_text(text) };
	struct db_statement *s = find(db, key.hash, NULL, text);
	void *handle;

	TRY(db_check_before_use(db));
	if (s) {
		s->busy = true;
		s->last_use = ++db->uses;
		*out = s;
		return ERR_OK;
	}
	if (db->n_composed >= DB_MOST_COMPOSED)
		drop_oldest_composed(db);
	key.text = strdup(text);
	key.last_use = ++db->uses;
	if (!key.text)
		return err_set(ERR_NO_MEMORY, "no memory for a statement");
	enum err e = db->engine->prepare(&handle, db, key.text, in);
	if (e != ERR_OK) {
		free(key.text);
		return e;
	}
	TRY(add(out, db, key, handle));
	db->n_composed++;
	return ERR_OK;
}

void db_statement_return(struct db *db, struct db_statement *s)
{
	db->engine->reset(s->handle);
	s->busy = false;
}

void db_statements_close(struct db *db)
{
	for (size_t i = 0; i < DB_CACHE_BUCKETS; i++) {
		struct db_statement *s = db->buckets[i];

		db->buckets[i] = NULL;
		while (s) {
			struct db_statement *next = s->next;

			assert(!s->busy);
			free_statement(db, s);
			s = next;
		}
	}
	db->n_composed = 0;
}

enum err db_command(struct db *db, const char *text)
{
	return db->engine->command(db, text);
}

enum err db_command_cached(struct db *db, const char *text)
{
	static const struct db_signature nothing = { .n = 0 };
	struct db_statement *s;
	bool row;

	TRY(db_statement_composed(&s, db, text, &nothing));
	enum err e = db->engine->step(db, s->handle, &row);
	db_statement_return(db, s);
	return e;
}

enum err db_bind(struct db *db, struct db_statement *s, size_t i, enum db_type type,
                 const void *value, bool copy)
{
	const struct db_engine *engine = db->engine;
	int64_t n = INT64_MIN;

	switch (type) {
	case DB_ID:
		n = ((const row_id *)value)->value;
		n = n ? n : INT64_MIN;
		break;
	case DB_FLAG:
		n = *(const bool *)value;
		break;
	case DB_DAY:
		n = ((const date_t *)value)->days;
		n = n == INT32_MIN ? INT64_MIN : n;
		break;
	case DB_INT:
	case DB_INSTANT:
	case DB_DONG:
	case DB_DECIMAL: /* each is one int64_t whose NONE is INT64_MIN */
		memcpy(&n, value, sizeof(n));
		break;
	case DB_TEXT: {
		const char *text = *(const char *const *)value;
		return text ? engine->bind_text(s->handle, i, text, copy)
		            : engine->bind_null(s->handle, i);
	}
	case DB_BYTES: {
		const struct db_bytes *bytes = value;
		return bytes->at ? engine->bind_bytes(s->handle, i, *bytes, copy)
		                 : engine->bind_null(s->handle, i);
	}
	}
	return n == INT64_MIN ? engine->bind_null(s->handle, i)
	                      : engine->bind_int(s->handle, i, n);
}

/* `n` is INT64_MIN for NULL, which is the NONE of most types. */
static void set_number(enum db_type type, void *value, int64_t n)
{
	bool null = n == INT64_MIN;

	if (type == DB_ID)
		*(row_id *)value = (row_id){ null ? 0 : n };
	else if (type == DB_FLAG)
		*(bool *)value = !null && n != 0;
	else if (type == DB_DAY)
		*(date_t *)value = null ? DATE_NONE : (date_t){ (int32_t)n };
	else
		memcpy(value, &n, sizeof(n));
}

void db_read(struct db *db, struct db_statement *s, size_t i, enum db_type type, void *value)
{
	const struct db_engine *engine = db->engine;
	bool null = engine->is_null(s->handle, i);

	if (type == DB_TEXT)
		*(const char **)value = null ? NULL : engine->read_text(s->handle, i);
	else if (type == DB_BYTES)
		*(struct db_bytes *)value =
		        null ? (struct db_bytes){ 0 } : engine->read_bytes(s->handle, i);
	else
		set_number(type, value, null ? INT64_MIN : engine->read_int(s->handle, i));
}

enum err db_keep(struct arena *a, enum db_type type, void *value)
{
	if (type == DB_TEXT && *(const char **)value)
		return arena_strdup(a, value, *(const char **)value);
	struct db_bytes *bytes = value;
	if (type == DB_BYTES && bytes->at)
		return arena_strndup(a, (const char **)(void *)&bytes->at,
		                     (const char *)bytes->at, bytes->n);
	return ERR_OK;
}
