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

#endif
