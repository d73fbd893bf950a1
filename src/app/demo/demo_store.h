/* demo_store.h - puts the invented province into an empty database.
 *
 * Everything goes through the subjects' own writing functions, so that the demo is what the
 * program itself would have made.  The clock of the writer is fixed and ids come from it: same
 * seed, same rows.
 */
#ifndef APP_DEMO_DEMO_STORE_H
#define APP_DEMO_DEMO_STORE_H

#include "app/demo/demo.h"
#include "db/write.h"

struct demo_tree {
	row_id province;
	row_id departments[DEMO_DEPARTMENTS];
	row_id districts[DEMO_DISTRICTS];
	row_id old_communes[DEMO_OLD_COMMUNES];
	row_id merged[DEMO_MERGED];
};
/* The communes that stand on `day`, the largest first. */
size_t demo_communes_on(const struct demo_tree *tree, date_t day,
                        row_id out[DEMO_OLD_COMMUNES]);

/* The two reforms of the tree. ERR_CONFLICT when the database is not empty. */
ERR_RESULT demo_make_tree(struct db_writer *writer, struct demo_tree *out);

enum { DEMO_HANDS = 3 };
/* Who takes in and settles dossiers, in the order of the units of `struct demo_tree`. */
struct demo_staff {
	row_id old_communes[DEMO_OLD_COMMUNES];
	row_id merged[DEMO_MERGED];
	row_id departments[DEMO_DEPARTMENTS];
	row_id districts[DEMO_DISTRICTS];
	/* The largest commune's: who takes in, who settles, who signs. */
	row_id hands[DEMO_HANDS];
};
ERR_RESULT demo_make_staff(struct db_writer *writer, const struct demo_tree *tree,
                           struct demo_staff *out);

/* The procedures in the order of demo/procedures.tsv; lives in `a`. */
struct demo_catalogue {
	const struct demo_procedure *list;
	const row_id *ids;
	size_t n;
};
ERR_RESULT demo_make_catalogue(struct db_writer *writer, struct arena *a,
                               struct demo_catalogue *out);

/* `n` dossiers with all that happened to them until the evening of `until`. */
struct demo_world {
	const struct demo_tree *tree;
	const struct demo_staff *staff;
	const struct demo_catalogue *catalogue;
	date_t until;
	uint64_t seed;
};
ERR_RESULT demo_make_dossiers(struct db_writer *writer, struct arena *a,
                              const struct demo_world *world, size_t n);

/* All of it: tree, staff, catalogue and `dossiers` dossiers received from
 * demo_first_day() to `until`, worked on until then.  `writer` is inline (db/write.h). */
ERR_RESULT demo_make(struct db_writer *writer, size_t dossiers, uint64_t seed, date_t until);

/* The accounts that a visitor is told of; all have the password DEMO_PASSWORD. */
#define DEMO_PASSWORD "thu-nghiem-2026"
struct demo_account {
	const char *login, *name, *title;
	const char *roles[4]; /* names of roles.def */
	const char *about;    /* what to try with it */
	bool province;        /* over the province; otherwise over the largest commune */
};
extern const struct demo_account demo_accounts[];
extern const size_t demo_n_accounts;

#endif
