/* narrative_period.h - the periods that a text of one period speaks of.  Pure. */
#ifndef APP_NARRATIVE_NARRATIVE_PERIOD_H
#define APP_NARRATIVE_NARRATIVE_PERIOD_H

#include "base/arena.h"

/* Of "2024-Q1", "2024-H1", "2024-Q3", "2024-Y" (Công văn 581/BNV-CCHC); of another code only
 * the year and last year are known, the others are NULL. */
struct narrative_periods {
	const char *word;                         /* "Q1" */
	const char *year, *year_last, *year_next; /* "2024" */
	const char *last, *last_name;             /* the report before: "2023-Y", "năm 2023" */
	const char *last_year, *last_year_name;   /* "2023-Q1", "quý I năm 2023" */
	const char *next_name;                    /* what is planned: "quý II năm 2024" */
};
/* `name` is the period's own: "quý I năm 2024". */
ERR_RESULT narrative_periods_of(struct narrative_periods *out, struct arena *a,
                                const char *code, const char *name);

#endif
