/* fingerprint.h - what a whole database holds, in a few numbers for each table. */
#ifndef TESTS_FINGERPRINT_H
#define TESTS_FINGERPRINT_H

#include "lib/test_db.h"

enum { FINGERPRINT_MOST_TABLES = 160 };

struct fingerprint_table {
	char name[48];
	int64_t rows;
	uint64_t exact;
	uint64_t rough; /* without ids and random texts: equal for the same work done twice */
};

struct fingerprint {
	struct fingerprint_table tables[FINGERPRINT_MOST_TABLES];
	size_t n;
};

/* `except` is a table that does not count; NULL: all do. */
void fingerprint_take(struct fingerprint *out, struct db *db, const char *except);
bool fingerprint_same(const struct fingerprint *a, const struct fingerprint *b);
/* Prints the tables that differ. */
bool fingerprint_alike(const struct fingerprint *a, const struct fingerprint *b);
void fingerprint_print_difference(const struct fingerprint *a, const struct fingerprint *b);

/* One number that another content changes, asked of the server at once; PostgreSQL only. */
int64_t fingerprint_number(const struct fingerprint *tables, struct db *db);

/* Keeps a copy of every row, beside the tables of the program; fingerprint_restore puts the
 * tables back that differ from `kept`.  Much faster than another database. */
void fingerprint_keep(const struct fingerprint *kept, struct db *db);
void fingerprint_restore(const struct fingerprint *kept, const struct fingerprint *now,
                         struct db *db);

#endif
