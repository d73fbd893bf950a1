/* journal_store.h - how a store writes down what it did.
 *
 * Every write whose change has an action notes each record that it touches, in the same
 * transaction; db_write refuses one that noted nothing:
 *
 *	struct journal_note n = journal_note(w, SUBJECT_UNIT, unit_id, KIND_UPDATE);
 *
 *	journal_put(&n, FIELD_NAME, old.name, draft->name);
 *	journal_put(&n, FIELD_VALID_TO, old.valid_to, draft->valid_to);
 *	TRY(journal_write(&n));
 *
 * Fields that did not change are left out; an update that changed nothing is counted and not
 * stored.  Of a new record (KIND_CREATE) what is given as before is ignored.
 */
#ifndef APP_JOURNAL_JOURNAL_STORE_H
#define APP_JOURNAL_JOURNAL_STORE_H

#include "app/journal/journal.h"
#include "db/write.h"

struct journal_note {
	struct db_write_context *w;
	enum journal_subject subject;
	enum journal_kind kind;
	row_id record_id;
	const char *part; /* of the record, "" for the whole; kept, not copied */
	struct str fields, personal;
};

/* Its memory is the write's; nothing needs to be released. */
struct journal_note journal_note(struct db_write_context *w, enum journal_subject subject,
                                 row_id record, enum journal_kind kind);

/* The type is that of the field: text const char *, flag bool, number int or int64_t, day
 * date_t, instant instant_t, dong money_t, decimal dec_t, an id row_id. */
/* clang-format off */
#define journal_put(n, field, before, after)                                                   \
	_Generic((after), const char *: journal_put_text, char *: journal_put_text,            \
	         void *: journal_put_text /* NULL */, bool: journal_put_flag,                  \
	         int: journal_put_int, int64_t: journal_put_int, date_t: journal_put_day,      \
	         instant_t: journal_put_instant, money_t: journal_put_dong,                    \
	         dec_t: journal_put_decimal,                                                   \
	         row_id: journal_put_id)((n), (field), (before), (after))
/* clang-format on */
void journal_put_text(struct journal_note *n, enum journal_field f, const char *before,
                      const char *after);
void journal_put_flag(struct journal_note *n, enum journal_field f, bool before, bool after);
void journal_put_int(struct journal_note *n, enum journal_field f, int64_t before,
                     int64_t after);
void journal_put_day(struct journal_note *n, enum journal_field f, date_t before, date_t after);
void journal_put_instant(struct journal_note *n, enum journal_field f, instant_t before,
                         instant_t after);
void journal_put_dong(struct journal_note *n, enum journal_field f, money_t before,
                      money_t after);
void journal_put_decimal(struct journal_note *n, enum journal_field f, dec_t before,
                         dec_t after);
void journal_put_id(struct journal_note *n, enum journal_field f, row_id before, row_id after);

/* Stores the entry. */
ERR_RESULT journal_write(struct journal_note *n);

/* Says that a write left every record as it was. */
void journal_nothing(struct db_write_context *w);

#endif
