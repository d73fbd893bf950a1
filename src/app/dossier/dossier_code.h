/* dossier_code.h - the code of a dossier (mã hồ sơ).  Pure.
 *
 * Thông tư 01/2018/TT-VPCP Điều 19: <code of the unit>-YYMMDD-XXXX.  The unit part comes in the
 * older style of QCVN 102:2016 (000.05.50.H15), in that of Quyết định 20/2020/QĐ-TTg
 * (H15.50.05), or is the two-digit number of a ministry's portal (09), which may also stand
 * before an agency (09-G09.20).  Portals write the day with four digits of the year and the
 * sequence with up to seven: all of it is read, only YYMMDD-XXXX is issued; the 10,000th code
 * of a day takes a fifth digit.
 */
#ifndef APP_DOSSIER_DOSSIER_CODE_H
#define APP_DOSSIER_DOSSIER_CODE_H

#include <stdbool.h>

#include "base/date.h"

enum {
	UNIT_CODE_MOST = 35, /* Quyết định 20/2020/QĐ-TTg */
	/* "09-" + unit + "-20260609" + "-0092637" */
	DOSSIER_CODE_TEXT = 3 + UNIT_CODE_MOST + 9 + 8 + 1,
};

enum dossier_code_style {
	DOSSIER_CODE_QD20,     /* H15.50.05: level 1 leftmost */
	DOSSIER_CODE_QCVN102,  /* 000.05.50.H15: level 1 rightmost */
	DOSSIER_CODE_MINISTRY, /* 09: a ministry's portal */
};

struct dossier_code {
	char ministry[3];              /* the two digits before an agency, or "" */
	char unit[UNIT_CODE_MOST + 1]; /* upper case */
	enum dossier_code_style style;
	date_t day;
	bool long_year; /* the day was written with four digits of the year */
	int number, digits;
};

enum dossier_code_fault {
	DOSSIER_CODE_OK,
	DOSSIER_CODE_BLANK,
	DOSSIER_CODE_SHAPE,  /* not unit-day-number */
	DOSSIER_CODE_UNIT,   /* the unit part is no identification code */
	DOSSIER_CODE_DAY,    /* no real day, or neither 6 nor 8 digits */
	DOSSIER_CODE_NUMBER, /* not 4 to 7 digits */
};

/* Blanks around and between, lower case and typographic dashes (Word makes them) are taken.
 * *out is set only for DOSSIER_CODE_OK. */
enum dossier_code_fault dossier_code_parse(struct dossier_code *out, const char *text);
/* What to tell the user about a fault, with an example; never NULL. */
const char *dossier_code_fault_text(enum dossier_code_fault fault);

/* The one spelling under which a code that was read is stored. */
const char *dossier_code_write(const struct dossier_code *code, char out[DOSSIER_CODE_TEXT]);
/* Issues number `n` (1 ...) of a day.  `unit_code` is at most UNIT_CODE_MOST characters. */
const char *dossier_code_issue(const char *unit_code, date_t day, int n,
                               char out[DOSSIER_CODE_TEXT]);

#endif
