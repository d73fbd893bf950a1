/* engine.h - what a database engine must do, and the connection that holds one.  Only src/db
 * includes this; everybody else sees db.h.
 *
 * The nine types of db.h are whole numbers, texts or bytes here: db.c translates.  Indexes of
 * parameters and columns count from 0.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/db.h"
#include "db/options.h"

enum {
	DB_MOST_PARAMETERS = 128,
	DB_CACHE_BUCKETS = 256,
	DB_MOST_COMPOSED = 200,
	DB_MOST_QUEUED = 64
};

/* A prepared statement.  `query` or `text` is its key in the connection's cache. */
struct db_statement {
	void *handle; /* the engine's */
	const struct query *query;
	char *text; /* of a composed statement; malloc */
	uint64_t hash, last_use;
	bool busy;
	struct db_statement *next; /* in its bucket */
};

/* Types of the parameters of a statement. */
struct db_signature {
	enum db_type types[DB_MOST_PARAMETERS];
	size_t n;
};

enum db_begin { DB_BEGIN_READ, DB_BEGIN_ALONE, DB_BEGIN_CONCURRENT };

/* What the last error of a connection means for a write that can be run again. */
enum db_failure {
	DB_FAILURE_FINAL, /* the same would happen again */
	DB_FAILURE_AGAIN, /* another write was in the way */
	DB_FAILURE_LOST   /* the connection is gone */
};

struct db_engine {
	const char *name;
	bool own_writers;                       /* many connections may write at once */
	const char *column_words[DB_BYTES + 1]; /* what `id`, `int` ... are in a table */
	const char *table_options;              /* put after the ')' of create table */

	enum err (*open)(struct db *db, const char *where, enum db_mode mode);
	void (*close)(struct db *db);
	enum err (*exec)(struct db *db, const char *statements); /* no parameters, no rows */
	enum err (*fill_new)(struct db *db); /* a new database is filled: speed before safety */
	enum err (*begin)(struct db *db, enum db_begin how);
	/* Commit, savepoints: a text without parameters or rows. */
	enum err (*command)(struct db *db, const char *text);
	bool (*in_transaction)(struct db *db);
	bool (*alive)(struct db *db); /* as far as it is known without asking the server */
	/* Until the transaction ends nobody else has `key`. */
	enum err (*lock)(struct db *db, int64_t key);
	enum err (*changes)(int64_t *out, struct db *db); /* rows, by the last run */

	/* `text` outlives the handle. */
	enum err (*prepare)(void **handle, struct db *db, const char *text,
	                    const struct db_signature *in);
	void (*finalize)(void *handle);
	void (*reset)(void *handle); /* ends a run; parameters are bound anew for the next */
	enum err (*bind_null)(void *handle, size_t i);
	enum err (*bind_int)(void *handle, size_t i, int64_t value);
	/* `copy`: the bytes do not live until reset. */
	enum err (*bind_text)(void *handle, size_t i, const char *text, bool copy);
	enum err (*bind_bytes)(void *handle, size_t i, struct db_bytes bytes, bool copy);
	/* Runs a statement whose rows nobody reads.  Its error may come with a later call, at
	 * the latest with the end of the transaction. */
	enum err (*run)(struct db *db, void *handle);
	void (*forget)(struct db *db); /* errors that are still to come, before a rollback */
	enum err (*step)(struct db *db, void *handle, bool *row); /* *row: there is one */
	void (*stream)(void *handle); /* the next run does not hold all rows in memory */
	bool (*is_null)(void *handle, size_t i);
	int64_t (*read_int)(void *handle, size_t i);
	const char *(*read_text)(void *handle, size_t i); /* lives until step or reset */
	struct db_bytes (*read_bytes)(void *handle, size_t i);

	/* For the test that compares each query with its declaration. */
	size_t (*column_count)(void *handle);
	const char *(*column_name)(void *handle, size_t i);
	bool (*column_fits)(void *handle, size_t i,
	                    enum db_type type); /* as far as it is known */
};

extern const struct db_engine db_engine_sqlite, db_engine_postgres;

struct db {
	const struct db_engine *engine;
	void *connection; /* the engine's */
	enum db_mode mode;
	struct db_options options;
	enum db_failure failure; /* of the last error */
	bool spoilt;             /* not to be used after this transaction */
	bool closing;            /* the engine need not tidy up */
	char mark[24];           /* the engine's name of the transaction that writes */
	/* Statements that were sent and whose answers nobody has read: their texts. */
	const char *queued[DB_MOST_QUEUED];
	size_t n_queued;
	int depth; /* of transactions */
	int64_t changed;
	uint64_t uses; /* the cache's clock */
	size_t n_composed;
	struct db_statement *buckets[DB_CACHE_BUCKETS];
};

/* A prepared statement that nobody else is using, until db_statement_return. */
ERR_RESULT db_statement_of(struct db_statement **out, struct db *db, const struct query *q);
ERR_RESULT db_statement_composed(struct db_statement **out, struct db *db, const char *text,
                                 const struct db_signature *in);
void db_statement_return(struct db *db, struct db_statement *s);
void db_statements_close(struct db *db); /* all of the connection; none is in use */

/* `value` points to the C value of `type`; NONE is bound as NULL and read from it. */
ERR_RESULT db_bind(struct db *db, struct db_statement *s, size_t i, enum db_type type,
                   const void *value, bool copy);
void db_read(struct db *db, struct db_statement *s, size_t i, enum db_type type, void *value);
/* Copies the text or the bytes that `value` points to into `a`; other types stay. */
ERR_RESULT db_keep(struct arena *a, enum db_type type, void *value);

/* Fails when a test wants it, or when an error has already ended the transaction. */
ERR_RESULT db_check_before_use(struct db *db);
/* Runs a text without parameters or rows: savepoints and the like. */
ERR_RESULT db_command(struct db *db, const char *text);
ERR_RESULT db_command_cached(struct db *db, const char *text); /* as a statement */

ERR_RESULT db_begin_as(struct db_tx *tx, struct db *db, enum db_begin how);

#endif
