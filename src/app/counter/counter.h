/* counter.h - sổ đếm: what a dossier adds to the counters that forms read.  Pure.
 *
 * A dossier adds rows of at most five kinds, for the unit that received it and, when it is
 * another, for the one that is competent.  A change of it subtracts what it added before and
 * adds what it adds now; what is the same on both sides cancels, so an action that moves no
 * figure writes nothing.
 */
#ifndef APP_COUNTER_COUNTER_H
#define APP_COUNTER_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/row_id.h"

/* The facts of a dossier that are counted. */
struct counter_facts {
	row_id receiving_unit_id, competent_unit_id, procedure_version_id;
	const char *channel; /* "counter", "online", "post", "phone" */
	bool accepted;       /* neither only registered nor refused at the desk */
	date_t received_on;
	date_t finished_on;  /* DATE_NONE: no result yet, as below */
	const char *outcome; /* "early", "on_time", "late", or NULL */
	bool within_extension, refused;
	date_t closed_on; /* withdrawn or stopped */
	date_t due_on;    /* none while the clock stands */
	bool returned;    /* the result was handed over */
};

/* The spans that rows count over.  Every regular report covers one to four report quarters,
 * which begin on the 15th of December, March, June and September; half months begin on the 1st
 * and on the 15th. */
enum counter_grain { COUNTER_DAY, COUNTER_HALF, COUNTER_QUARTER };
/* The first day of the span of `day`. */
date_t counter_span_of(enum counter_grain grain, date_t day);

/* Whose dossier it is for a unit; as stored. */
enum counter_whose { COUNTER_BOTH, COUNTER_RECEIVING, COUNTER_COMPETENT };

enum counter_kind {
	COUNTER_RECEIVED,
	COUNTER_PROCEDURE,
	COUNTER_FINISHED,
	COUNTER_STOCK,
	COUNTER_RETURNED
};

/* A row of a counter: its key as numbers, so that rows compare and sort, and what is added.
 * Parts that the kind does not have are 0. */
enum counter_part {
	PART_KIND,
	PART_UNIT,
	PART_QUARTER,
	PART_WHOSE,
	PART_ACCEPTED,
	PART_CHANNEL, /* a place in counter_words */
	PART_LEVEL,
	PART_OLD_LEVEL,
	PART_OFFERED,
	PART_VERSION,
	PART_OUTCOME,
	PART_EXTENSION,
	PART_REFUSED,
	PART_HALF, /* from here on what rows of a quarter do not have */
	PART_RECEIVED_HALF,
	PART_DAY,
	COUNTER_PARTS
};
enum counter_sum { SUM_ENTERED, SUM_ENDED, SUM_OVERDUE, SUM_SETTLED, COUNTER_SUMS };
struct counter_row {
	int64_t part[COUNTER_PARTS];
	int64_t add[COUNTER_SUMS]; /* only add[0] of a kind that has one number */
};

enum { COUNTER_MOST_ROWS = 30 };
struct counter_rows {
	struct counter_row at[COUNTER_MOST_ROWS];
	size_t n;
};

/* Adds what a dossier with these facts adds, `sign` 1 or -1.  ERR_INTERNAL for a word that is
 * not among counter_words. */
ERR_RESULT counter_rows_add(struct counter_rows *rows, const struct counter_facts *facts,
                            int sign);
/* Joins rows with one key, drops those that add nothing, sorts: every transaction takes its
 * rows in this order, so that two never wait for each other in a circle. */
void counter_rows_settle(struct counter_rows *rows);
size_t counter_settle(struct counter_row *rows, size_t n); /* how many are left */

extern const char *const counter_words[]; /* ends with NULL; the first is "" */
ERR_RESULT counter_word(int64_t *out, const char *word);

/* A period cut into spans of which counters have rows, none coarser than asked. */
struct counter_span {
	enum counter_grain grain;
	date_t from, to;
};
struct counter_spans {
	struct counter_span at[5];
	size_t n;
};
struct counter_spans counter_spans_of(date_t from, date_t to, enum counter_grain coarsest);

#endif
