/* report_regime.h - a reporting regime (chế độ báo cáo): which document asks for which forms,
 * for which periods, by when.  Pure.
 *
 * A regime is data.  The shipped one is Công văn 581/BNV-CCHC of 21/02/2022 (report year
 * 15/12-14/12, sent by day 20 of the last month).  An office may have its own version of it:
 * the same code with its unit, from a day on; it holds for the office and everything below it,
 * and the nearest one above a unit wins.
 */
#ifndef APP_REPORT_REPORT_REGIME_H
#define APP_REPORT_REPORT_REGIME_H

#include "base/date.h"
#include "base/problems.h"
#include "base/row_id.h"

enum {
	REGIME_MOST_PERIODS = 16,
	REGIME_MOST_LEVELS = 8,
	REGIME_CODE_LONGEST = 40,
	REGIME_PERIOD_TEXT = 32
};

/* One report of each year: "Q1" from 15/12 of the year before to 14/3, sent by 20/3. */
struct regime_period {
	const char *code; /* "Q1": capital letters and digits */
	const char *name; /* "quý I năm {1}": {1} is the year */
	int years_before; /* 1: it begins in the year before, 0: in its own */
	int from_month, from_day, to_month, to_day;
	int send_month, send_day; /* of its own year */
	int opens_days;           /* days before its last day on which reports are opened */
};
/* Which units owe it, with which forms. */
struct regime_level {
	const char *level;    /* a code of unit_level */
	const char *set_code; /* of a form set */
};
struct report_regime {
	row_id id, unit_id; /* unit ROW_NONE: everybody's */
	const char *code, *title, *document, *issuer;
	date_t valid_from, valid_to; /* valid_to DATE_NONE: open */
	struct regime_period periods[REGIME_MOST_PERIODS];
	size_t n_periods;
	struct regime_level levels[REGIME_MOST_LEVELS];
	size_t n_levels;
};

/* A period of a year, with its days. */
struct report_span {
	char code[REGIME_PERIOD_TEXT]; /* "2024-Q1" */
	const struct regime_period *period;
	int year;
	date_t from_on, to_on, send_by_on, opens_on;
};
/* "2024-Q1" in either case; false when the regime has no such period. */
bool report_span_parse(struct report_span *out, const struct report_regime *r,
                       const char *text);
ERR_RESULT report_span_name(const char **out, struct arena *a, const struct report_span *s);
/* The periods whose reports are open on `day`: from opens_on to send_by_on. At most
 * REGIME_MOST_PERIODS. */
size_t report_spans_due(struct report_span out[REGIME_MOST_PERIODS],
                        const struct report_regime *r, date_t day);
/* Every period of the years around `day`, latest first: what a page lets choose from. */
size_t report_spans_around(struct report_span *out, size_t most, const struct report_regime *r,
                           date_t day);
/* The forms that units of this level fill; NULL: they owe nothing. */
const char *report_regime_set(const struct report_regime *r, const char *level);

/* Fields: the members' names; of a period "periods", of a level "levels", line: its place. */
ERR_RESULT report_regime_check(const struct report_regime *r, struct problems *problems);

#endif
