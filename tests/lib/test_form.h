/* test_form.h - the shipped form sets, and sheets evaluated without a database. */
#ifndef TESTS_TEST_FORM_H
#define TESTS_TEST_FORM_H

#include "lib/test.h"

#include "app/form/form_eval.h"
#include "app/form/form_load.h"

/* The set of forms/<code>/, as it stands in the program; fails the test when it has faults. */
const struct form_set *test_form_set(struct arena *a, const char *code);

/* A sheet with nothing stated and every setting as usual, for a commune. */
struct form_input test_form_input(struct arena *a, const struct form_set *set,
                                  const char *period);
/* States the figure as printed for row "4/1.4"; the question when it is refused, else NULL. */
const char *test_form_state(struct arena *a, struct form_input *input, const char *row,
                            const char *figure);
const struct form_cell *test_form_cells(struct arena *a, const struct form_input *input);
const struct form_row *test_form_row(const struct form_set *set, const char *row);

/* Every problem of the sheet as "8/2 error enum 3", one a line. */
const char *test_form_problems(struct arena *a, const struct form_set *set,
                               const struct form_cell *cells);

#endif
