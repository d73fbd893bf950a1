/* verify_store.h - proves that a database is whole: `cchc verify`.
 *
 * The list of checks is verify.def.  A check is a function of the subject that knows what must
 * agree with what (journal_verify_store.c, counter_verify_store.c ...).  It reads through
 * v->db, says what is wrong with verify_found(), and returns an error only when it could not
 * check.  All of them see one state of the database: they run in one transaction that reads.
 */
#ifndef APP_VERIFY_VERIFY_STORE_H
#define APP_VERIFY_VERIFY_STORE_H

#include "base/messages.h"
#include "db/schema.h"

enum { VERIFY_MOST_SHOWN = 10 };

struct verify {
	struct db *db;
	struct arena *arena;         /* of this check alone */
	const struct schema *schema; /* as the migrations make it */
	bool quick;                  /* leave out what takes minutes on a large database */
	/* What this check found. */
	size_t n;
	const char *found[VERIFY_MOST_SHOWN];
};

typedef enum err verify_fn(struct verify *v);
#define CHECK(name, function, about) verify_fn function;
#include "app/verify/verify.def"
#undef CHECK

/* verify_found(v, MSG_X, arg...): what is wrong and where, in Vietnamese.  The texts are
 * copied; beyond VERIFY_MOST_SHOWN they are only counted. */
#define verify_found(v, ...)      VERIFY_FOUND_(v, __VA_ARGS__, NULL)
#define VERIFY_FOUND_(v, id, ...) verify_fill((v), (id), (const char *const[]){ __VA_ARGS__ })
ERR_RESULT verify_fill(struct verify *v, enum msg id, const char *const *args);
/* A number as text, for an argument of verify_found. */
const char *verify_number(struct verify *v, int64_t n);

struct verify_check {
	const char *name, *about;
	verify_fn *run;
};
extern const struct verify_check verify_checks[];
extern const size_t verify_n_checks;

/* Whether the database has exactly this program's migrations; otherwise `found` says why not,
 * and the checks are not run: they ask for tables that may not be there. */
ERR_RESULT verify_current(struct verify *v);

/* Runs one check.  `v` has db, schema and quick; n, found and the arena are those of this
 * check afterwards.  What the engine cannot read is found, too. */
ERR_RESULT verify_run(struct verify *v, const struct verify_check *check);

/* The schema that the program's migrations make; it lives in `a`. */
ERR_RESULT verify_expected(const struct schema **out, struct arena *a);

#endif
