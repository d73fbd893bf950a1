/* form_evaluation.h - what evaluating and checking share; private to form_eval and
 * form_check. */
#ifndef APP_FORM_FORM_EVALUATION_H
#define APP_FORM_FORM_EVALUATION_H

#include "app/form/form_eval.h"

enum form_progress { FORM_WAITING, FORM_RUNNING, FORM_DONE };

/* A row while its sheet is evaluated: exact values, before rounding. */
struct form_exact {
	enum form_progress progress;
	struct calc_value value;    /* what other formulas read */
	struct calc_value computed; /* what the row's own formula gives */
	struct calc_value numerator, denominator;
	struct calc_report report;
	struct form_problem *last;
};

struct evaluation {
	const struct form_input *input;
	struct arena *arena;
	struct form_exact *exact; /* one for each row */
	struct form_cell *cells;
	const struct form_row *row; /* whose formula runs */
	struct calc_env env;
};

/* Adds the problems of every row to its cell. */
ERR_RESULT form_check_all(struct evaluation *e);

#endif
