/* form_match.h - which printed table is which form, whatever numbers, title or columns it has:
 * its rows are aligned with the rows of the form by their labels, in the order of the form.
 * One rule for the auditor and for the files of other offices.
 */
#ifndef APP_FORM_FORM_MATCH_H
#define APP_FORM_FORM_MATCH_H

#include "app/form/form.h"
#include "app/form/form_label.h"

enum {
	FORM_MATCH_FEWEST = 4, /* rows of a form that a table has at least */
	FORM_MATCH_ROWS = 300  /* of a table that may be a form */
};

struct form_printed_row {
	const char *number, *label; /* as printed */
};
struct form_printed {
	const struct form_printed_row *rows;
	size_t n; /* 0: the table is no form for some other reason */
};

/* Some rows of a table that are rows of a form. */
struct form_found {
	size_t table;
	const struct form *form;
	const int *row_of; /* for each row of the table: of the form, -1 */
	int score;
};
/* A table may hold several forms, one below the other. */
struct form_match {
	const struct form_set *set;
	struct form_found *found; /* by table */
	size_t n;
	int score; /* of two sets the higher one fits better */
};

struct form_matcher {
	struct arena *arena;
	const struct form_printed *tables;
	size_t n, longest;
	struct form_label **labels; /* of each table, one for each row */
};
/* Reads the labels; `tables` is kept. Tables of more than FORM_MATCH_ROWS rows are no forms. */
ERR_RESULT form_matcher_init(struct form_matcher *out, struct arena *a,
                             const struct form_printed *tables, size_t n);
/* n 0: no table is a form of the set. */
ERR_RESULT form_match(struct form_match *out, const struct form_matcher *matcher,
                      const struct form_set *set);

#endif
