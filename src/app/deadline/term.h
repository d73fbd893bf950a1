/* term.h - a term as procedures state it (thời hạn): "5 ngày làm việc", "0,5 ngày làm việc",
 * "04 giờ làm việc", "15 ngày", "Trong ngày làm việc".  Pure.
 */
#ifndef APP_DEADLINE_TERM_H
#define APP_DEADLINE_TERM_H

#include "base/arena.h"

enum term_unit {
	TERM_WORKING_DAYS, /* ngày làm việc, with fractions: 0,5 */
	TERM_WORKING_HOURS, /* giờ làm việc, giờ hành chính; a bare "giờ" is read so too */
	TERM_CALENDAR_DAYS, /* ngày */
	TERM_SAME_DAY,      /* trong ngày */
};

struct term {
	enum term_unit unit;
	int centi; /* hundredths of the unit, a multiple of 5; 0 for TERM_SAME_DAY */
};

enum { TERM_MOST_DAYS = 2000, TERM_MOST_HOURS = 16000, TERM_TEXT = 48 };

enum term_fault {
	TERM_OK,
	TERM_BLANK,
	TERM_NO_NUMBER,  /* does not begin with a number or "trong ngày" */
	TERM_NO_UNIT,    /* no unit that is known after the number */
	TERM_FRACTION,   /* finer than 0,05 */
	TERM_RANGE,      /* 0, or beyond TERM_MOST_... */
	TERM_MORE_TERMS, /* goes on after the term: several cases in one text */
};

/* Reads `text` (UTF-8, any case).  Words before the number ("không quá", "tối đa") and the
 * clause after the unit ("kể từ ngày ...", "(sau cắt giảm)") are allowed; a text that names
 * more than one term is refused.  *out is set only for TERM_OK. */
enum term_fault term_parse(struct term *out, const char *text);
/* What to tell the user about `text`: what is wrong and how to write it. */
ERR_RESULT term_fault_message(const char **out, struct arena *a, enum term_fault fault,
                              const char *text);

const char *term_text(struct term t, char out[TERM_TEXT]); /* "0,5 ngày làm việc" */

#endif
