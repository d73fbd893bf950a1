/* period.h - kỳ báo cáo: the periods of Công văn 581/BNV-CCHC, and any dates a report states.
 *
 * A report year runs from 15/12 of the year before to 14/12.  Quý I and 6 tháng and năm begin
 * with it; quý III stands alone.  There is no report of quý II and none of quý IV.
 */
#ifndef APP_FORM_PERIOD_H
#define APP_FORM_PERIOD_H

#include "base/arena.h"
#include "base/date.h"

enum { PERIOD_TEXT = 32, PERIOD_FIRST_YEAR = 1990, PERIOD_LAST_YEAR = 2100 };

struct period {
	date_t from, to;        /* both days belong to it */
	date_t year_from;       /* where a figure that is cumulative over the year begins */
	char code[PERIOD_TEXT]; /* as typed: "2024-Q1", "2023-12-15..2024-03-08" */
};

/* "2024-Q1", "2024-H1", "2024-Q3", "2024-Y" in either case, or two ISO days joined by "..",
 * at most two years apart.  False when it is none of these. */
bool period_parse(struct period *out, const char *text);
struct period period_of_days(date_t from, date_t to);
/* The regular period with exactly these days, else the days: its code. */
const char *period_code(date_t from, date_t to, char out[PERIOD_TEXT]);
/* "quý I năm 2024", "6 tháng đầu năm 2024", "từ 15/12/2023 đến 08/03/2024". */
ERR_RESULT period_name(const char **out, struct arena *a, const struct period *p);
/* The period whose report is due next on `today`: what a page offers first. */
struct period period_current(date_t today);
/* "2024-Q1, 2024-H1, 2024-Q3, 2024-Y hoặc ..." for the year of `today`. */
ERR_RESULT period_known(const char **out, struct arena *a, date_t today);

#endif
