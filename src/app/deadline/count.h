/* count.h - the state of one counting, shared by deadline.c (the answer) and explain.c (the
 * days).  Nobody else includes it. */
#ifndef APP_DEADLINE_COUNT_H
#define APP_DEADLINE_COUNT_H

#include "app/deadline/deadline.h"

enum count_by { BY_MINUTES, BY_WORKING_DAYS, BY_CALENDAR_DAYS, BY_SAME_DAY };

struct count {
	const struct calendar *cal;
	const struct deadline_question *q;
	enum count_by by;
	instant_t base;  /* the receipt, or the last restart */
	instant_t start; /* when the first minute counts */
	instant_t due;
	int64_t position; /* BY_MINUTES: of the due */
	int nth;          /* BY_WORKING_DAYS: number of the last whole day */
	date_t last;      /* BY_WORKING_DAYS, BY_CALENDAR_DAYS: the last whole day */
	int rest;         /* minutes after the whole days */
	int64_t lost;     /* worked minutes of days left out of the rest */
	date_t open_from; /* by days: days before it are counted or left out already */
	bool waiting;
};

void count_init(struct count *c, const struct calendar *cal, const struct deadline_question *q);
/* Counts the term from `base`, without pauses. */
ERR_RESULT count_begin(struct count *c, instant_t base);
/* Then moves the due by the question's pauses. */
ERR_RESULT count_run(struct count *c);

/* A pause that moved the due: it stopped the clock before the due came. */
bool count_pause_applies(const struct count *c, const struct pause *p);
/* The first day that a wait touches: the one on which it begins, unless its work was over. */
date_t count_wait_begins(const struct count *c, const struct pause *p);

/* Minutes worked before the end of the day. */
int64_t count_day_end_position(const struct calendar *cal, date_t day);
date_t count_next_working_day(const struct calendar *cal, date_t day); /* after it */

#endif
