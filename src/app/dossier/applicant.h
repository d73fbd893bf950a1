/* applicant.h - who hands a dossier in (người nộp hồ sơ): numbers that find a person again,
 * and how they are hidden from those who do not need them.  Pure.
 */
#ifndef APP_DOSSIER_APPLICANT_H
#define APP_DOSSIER_APPLICANT_H

#include <stdbool.h>

#include "app/dossier/choice.h"
#include "base/arena.h"
#include "base/row_id.h"

enum { IDENTITY_TEXT = 24, PHONE_TEXT = 24 };

struct applicant {
	row_id id;
	enum dossier_choice kind;
	const char *name, *identity_number, *phone, *email,
	        *address; /* NULL or "": not stated */
};

/* Căn cước 12 digits, the older chứng minh nhân dân 9, tax number 10 or 10-3 digits, passport
 * a letter and 7 digits.  Blanks, dots and dashes between are dropped; false when it is none
 * of these.  `out` then holds the one spelling that is stored. */
bool identity_normalise(char out[IDENTITY_TEXT], const char *text);
/* 8 to 11 digits beginning with 0 or with +84; stored beginning with 0, digits only. */
bool phone_normalise(char out[PHONE_TEXT], const char *text);

/* All but the last three characters become "*": "*********123".  NULL stays NULL. */
ERR_RESULT mask_number(const char **out, struct arena *a, const char *number);

#endif
