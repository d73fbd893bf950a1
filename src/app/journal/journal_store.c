#include "app/journal/journal_store.h"

#include <assert.h>
#include <sodium.h>

#include "app/journal/journal_chain.h"
#include "app/journal/journal_store.sql.h"

enum { MOST_TEXT = 4 * 1024 * 1024 };

struct journal_note journal_note(struct db_write_context *w, enum journal_subject subject,
                                 row_id record, enum journal_kind kind)
{
	struct journal_note n = {
		.w = w, .subject = subject, .kind = kind, .record_id = record, .part = ""
	};

	str_init(&n.fields, w->arena, MOST_TEXT);
	str_init(&n.personal, w->arena, MOST_TEXT);
	return n;
}

static void put(struct journal_note *n, enum journal_field f, const char *before,
                const char *after)
{
	journal_line_put(journal_field_is_personal(f) ? &n->personal : &n->fields, f,
	                 n->kind == KIND_CREATE ? NULL : before, after);
}

void journal_put_text(struct journal_note *n, enum journal_field f, const char *before,
                      const char *after)
{
	assert(journal_field_shown(f) == SHOWN_TEXT);
	put(n, f, before, after);
}

void journal_put_flag(struct journal_note *n, enum journal_field f, bool before, bool after)
{
	assert(journal_field_shown(f) == SHOWN_FLAG);
	if (n->kind != KIND_CREATE || after)
		put(n, f, before ? "1" : "0", after ? "1" : "0");
}

void journal_put_int(struct journal_note *n, enum journal_field f, int64_t before,
                     int64_t after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_NUMBER);
	put(n, f, journal_value_int(before, old), journal_value_int(after, new));
}

void journal_put_day(struct journal_note *n, enum journal_field f, date_t before, date_t after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_DAY);
	put(n, f, journal_value_day(before, old), journal_value_day(after, new));
}

void journal_put_instant(struct journal_note *n, enum journal_field f, instant_t before,
                         instant_t after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_INSTANT);
	put(n, f, journal_value_instant(before, old), journal_value_instant(after, new));
}

void journal_put_dong(struct journal_note *n, enum journal_field f, money_t before,
                      money_t after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_DONG);
	put(n, f, journal_value_int(before.dong, old), journal_value_int(after.dong, new));
}

void journal_put_decimal(struct journal_note *n, enum journal_field f, dec_t before,
                         dec_t after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_DECIMAL);
	put(n, f, journal_value_decimal(before, old), journal_value_decimal(after, new));
}

static const char *id_text(row_id id, char out[JOURNAL_VALUE_TEXT])
{
	return row_is_none(id) ? NULL : journal_value_int(id.value, out);
}

void journal_put_id(struct journal_note *n, enum journal_field f, row_id before, row_id after)
{
	char old[JOURNAL_VALUE_TEXT], new[JOURNAL_VALUE_TEXT];

	assert(journal_field_shown(f) == SHOWN_UNIT ||
	       journal_field_shown(f) == SHOWN_ACCOUNT ||
	       journal_field_shown(f) == SHOWN_PROCEDURE);
	put(n, f, id_text(before, old), id_text(after, new));
}

static ERR_RESULT write_personal(struct journal_note *n, unsigned char digest[CHAIN_HASH])
{
	unsigned char salt[CHAIN_SALT];
	struct q_journal_personal_add_in in = { .change_id = n->w->change->id,
		                                .position = n->w->n_noted,
		                                .salt = { salt, sizeof(salt) },
		                                .fields = n->personal.data };

	randombytes_buf(salt, sizeof(salt));
	chain_personal(digest, in.salt.at, in.salt.n, in.fields);
	return q_journal_personal_add_run(n->w->db, &in);
}

ERR_RESULT journal_write(struct journal_note *n)
{
	unsigned char digest[CHAIN_HASH];
	struct q_journal_entry_add_in in = { .change_id = n->w->change->id,
		                             .subject = journal_subject(n->subject).word,
		                             .record_id = n->record_id,
		                             .part = n->part,
		                             .kind = journal_kind(n->kind).word };

	in.position = ++n->w->n_noted;
	TRY(str_check(&n->personal));
	TRY(str_finish(&n->fields, &in.fields));
	if (n->kind == KIND_UPDATE && n->fields.len + n->personal.len == 0)
		return ERR_OK;
	if (n->personal.len > 0) {
		TRY(write_personal(n, digest));
		in.personal_digest = (struct db_bytes){ digest, sizeof(digest) };
	}
	return q_journal_entry_add_run(n->w->db, &in);
}

void journal_nothing(struct db_write_context *w)
{
	w->n_noted++;
}
