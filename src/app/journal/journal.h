/* journal.h - nhật ký: what is written down about a change, and how.  Pure.
 *
 * An entry says what a change did to one record.  Its fields are lines of a text, as
 * PostgreSQL's COPY writes them: field, before, after, separated by tabs and ended by a line
 * feed; \N is "not stated", and \\ \t \n \r stand for the characters.  Personal fields make
 * a text of their own, which can be erased.
 */
#ifndef APP_JOURNAL_JOURNAL_H
#define APP_JOURNAL_JOURNAL_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/row_id.h"
#include "base/str.h"

#define SUBJECT(name, word, label) SUBJECT_##name,
enum journal_subject {
#include "app/journal/journal_subjects.def"
	SUBJECT_COUNT_
};
#undef SUBJECT

#define KIND(name, word, label) KIND_##name,
enum journal_kind {
#include "app/journal/journal_kinds.def"
	KIND_COUNT_
};
#undef KIND

#define FIELD(name, word, whose, shown, label) FIELD_##name,
enum journal_field {
#include "app/journal/journal_fields.def"
	FIELD_COUNT_
};
#undef FIELD

/* What a value is; as text: 2024-02-07, 2024-02-07 15:20:33, plain digits, 0 or 1. */
enum journal_shown {
	SHOWN_TEXT,
	SHOWN_DAY,
	SHOWN_INSTANT,
	SHOWN_DONG,
	SHOWN_NUMBER,
	SHOWN_DECIMAL,
	SHOWN_FLAG,
	SHOWN_UNIT, /* an id */
	SHOWN_ACCOUNT,
	SHOWN_PROCEDURE /* of a version */
};

struct journal_word {
	const char *word;  /* as stored */
	const char *label; /* as people read it */
};
struct journal_word journal_subject(enum journal_subject s);
struct journal_word journal_kind(enum journal_kind k);
struct journal_word journal_field(enum journal_field f);
bool journal_field_is_personal(enum journal_field f);
enum journal_shown journal_field_shown(enum journal_field f);
/* false when the word is unknown */
bool journal_subject_parse(enum journal_subject *out, const char *word);
bool journal_kind_parse(enum journal_kind *out, const char *word);
bool journal_field_parse(enum journal_field *out, struct slice word);

/* A value as text; NULL for "not stated", and for an empty text. */
enum { JOURNAL_VALUE_TEXT = 48 };
const char *journal_value_day(date_t d, char out[JOURNAL_VALUE_TEXT]);
const char *journal_value_instant(instant_t at, char out[JOURNAL_VALUE_TEXT]);
const char *journal_value_int(int64_t n, char out[JOURNAL_VALUE_TEXT]); /* INT64_MIN: none */
const char *journal_value_decimal(dec_t d, char out[JOURNAL_VALUE_TEXT]);

/* Adds a line, unless before and after are the same. */
void journal_line_put(struct str *to, enum journal_field f, const char *before,
                      const char *after);

/* Cuts the first line off `rest`; *more is false when it was used up.  A field that this
 * program does not know any more keeps its word.  ERR_DB when it is no such text. */
struct journal_line {
	enum journal_field field; /* FIELD_COUNT_: unknown */
	const char *word;
	const char *before, *after; /* NULL: not stated */
};
ERR_RESULT journal_line_next(struct journal_line *out, bool *more, struct slice *rest,
                             struct arena *a);

#endif
