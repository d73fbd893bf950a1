#include "app/history/history_store.h"

#include <string.h>

#include "app/dossier/applicant.h"
#include "app/history/history_store.sql.h"
#include "base/messages.h"
#include "base/vec.h"

enum { ENTRIES_A_PAGE = 50 };

/* ---- the record ---- */

static enum err find_dossier(const char **title, row_id *applicant, struct db *db,
                             struct arena *a, const struct history_ask *ask)
{
	struct q_history_dossier_in in = { ask->id, ask->scope, ask->today };
	struct q_history_dossier_row row;

	TRY(q_history_dossier_one(db, a, &in, &row));
	*title = row.title;
	*applicant = row.applicant_id;
	return ERR_OK;
}

static enum err find_unit(const char **title, struct db *db, struct arena *a,
                          const struct history_ask *ask)
{
	struct q_history_unit_in in = { ask->id, ask->scope, ask->today };
	struct q_history_unit_row row;

	TRY(q_history_unit_one(db, a, &in, &row));
	*title = row.title;
	return ERR_OK;
}

static enum err find_account(const char **title, struct db *db, struct arena *a,
                             const struct history_ask *ask)
{
	struct q_history_account_in in = { ask->id, ask->scope, ask->today };
	struct q_history_account_row row;

	TRY(q_history_account_one(db, a, &in, &row));
	*title = row.title;
	return ERR_OK;
}

static enum err find_procedure(const char **title, struct db *db, struct arena *a,
                               const struct history_ask *ask)
{
	struct q_history_procedure_in in = { ask->id };
	struct q_history_procedure_row row;

	TRY(q_history_procedure_one(db, a, &in, &row));
	*title = row.title;
	return ERR_OK;
}

/* Whoever may read the record may read its history: the scope is that of its unit. */
static enum err find_record(const char **title, row_id *also, struct db *db, struct arena *a,
                            const struct history_ask *ask)
{
	if (ask->subject == SUBJECT_DOSSIER)
		return find_dossier(title, also, db, a, ask);
	if (ask->subject == SUBJECT_ACCOUNT)
		return find_account(title, db, a, ask);
	if (ask->subject == SUBJECT_PROCEDURE)
		return find_procedure(title, db, a, ask);
	if (ask->subject == SUBJECT_UNIT || ask->subject == SUBJECT_CALENDAR ||
	    ask->subject == SUBJECT_FORM_CELL || ask->subject == SUBJECT_FORM_SETTING ||
	    ask->subject == SUBJECT_FORM_OWNER)
		return find_unit(title, db, a, ask);
	return err_set(ERR_NOT_FOUND, "no history of such a subject is shown");
}

/* ---- values as people read them ---- */

static enum err name_of(const char **out, struct db *db, struct arena *a,
                        enum journal_shown shown, row_id id)
{
	struct q_history_unit_name_row unit;
	struct q_history_account_name_row account;
	struct q_history_procedure_name_row procedure;
	enum err e;

	if (shown == SHOWN_UNIT) {
		e = q_history_unit_name_one(db, a, &(struct q_history_unit_name_in){ id },
		                            &unit);
		*out = e == ERR_OK ? unit.name : *out;
	} else if (shown == SHOWN_ACCOUNT) {
		e = q_history_account_name_one(db, a, &(struct q_history_account_name_in){ id },
		                               &account);
		*out = e == ERR_OK ? account.name : *out;
	} else {
		e = q_history_procedure_name_one(
		        db, a, &(struct q_history_procedure_name_in){ id }, &procedure);
		*out = e == ERR_OK ? procedure.name : *out;
	}
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err number_text(const char **out, struct arena *a, const char *text)
{
	char written[DEC_TEXT];
	dec_t number;

	if (!dec_parse(&number, text))
		return ERR_OK;
	return arena_strdup(a, out, dec_vn(number, -1, written));
}

static enum err time_text(const char **out, struct arena *a, const char *text, bool is_day)
{
	char written[INSTANT_TEXT], day_written[DATE_TEXT];
	instant_t at;
	date_t day;

	if (is_day && date_parse_iso(&day, text))
		return arena_strdup(a, out, date_vn(day, day_written));
	if (!is_day && instant_parse_iso(&at, text))
		return arena_strdup(a, out, instant_vn(at, written));
	return ERR_OK;
}

/* What is not of its kind any more is shown as it is stored. */
static enum err show_value(const char **out, struct db *db, struct arena *a,
                           enum journal_shown shown, const char *text)
{
	row_id id;

	*out = text;
	if (!text)
		return ERR_OK;
	switch (shown) {
	case SHOWN_DAY:
	case SHOWN_INSTANT:
		return time_text(out, a, text, shown == SHOWN_DAY);
	case SHOWN_DONG:
	case SHOWN_NUMBER:
	case SHOWN_DECIMAL:
		return number_text(out, a, text);
	case SHOWN_FLAG:
		*out = msg_text(str_eq(text, "1") ? MSG_HISTORY_YES : MSG_HISTORY_NO);
		return ERR_OK;
	case SHOWN_UNIT:
	case SHOWN_ACCOUNT:
	case SHOWN_PROCEDURE:
		return row_id_parse(&id, text) ? name_of(out, db, a, shown, id) : ERR_OK;
	case SHOWN_TEXT:
		break;
	}
	return ERR_OK;
}

static bool is_masked(bool unmask, enum journal_field f)
{
	return !unmask && (f == FIELD_IDENTITY_NUMBER || f == FIELD_PHONE);
}

static enum err add_value(struct history_entry *e, struct db *db, struct arena *a, bool unmask,
                          struct journal_line line)
{
	struct history_value v = { .label = line.word };

	if (line.field == FIELD_COUNT_) {
		v.before = line.before;
		v.after = line.after;
	} else if (is_masked(unmask, line.field)) {
		v.label = journal_field(line.field).label;
		TRY(mask_number(&v.before, a, line.before));
		TRY(mask_number(&v.after, a, line.after));
	} else {
		enum journal_shown shown = journal_field_shown(line.field);

		v.label = journal_field(line.field).label;
		TRY(show_value(&v.before, db, a, shown, line.before));
		TRY(show_value(&v.after, db, a, shown, line.after));
	}
	TRY(vec_room(a, e->values, e->n));
	e->values[e->n++] = v;
	return ERR_OK;
}

ERR_RESULT history_add_lines(struct history_entry *e, struct db *db, struct arena *a,
                             bool unmask, const char *text)
{
	struct slice rest = slice_of(text ? text : "");
	struct journal_line line;
	bool more;

	for (;;) {
		TRY(journal_line_next(&line, &more, &rest, a));
		if (!more)
			return ERR_OK;
		TRY(add_value(e, db, a, unmask, line));
	}
}

/* ---- entries ---- */

static enum err read_rows(struct q_history_entries_row **out, size_t *n, struct db *db,
                          struct arena *a, const struct history_ask *ask, row_id also)
{
	struct q_history_entries_in in = {
		.record_id = ask->id,
		.also_id = also,
		.subject = journal_subject(ask->subject).word,
		.also_subject = journal_subject(SUBJECT_APPLICANT).word,
		.part = ask->part ? ask->part : "",
		.before = ask->before,
		.most = ENTRIES_A_PAGE + 1,
	};
	struct q_history_entries_row *at;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(arena_array(a, &at, ENTRIES_A_PAGE + 1));
	TRY(q_history_entries_open(&rows, db, &in));
	while (*n <= ENTRIES_A_PAGE && q_history_entries_next(&rows, &at[*n])) {
		TRY(db_keep_row(a, &query_history_entries, &at[*n]));
		++*n;
	}
	*out = at;
	return db_rows_status(&rows);
}

static enum err fill_entry(struct history_entry *e, struct db *db, struct arena *a,
                           const struct history_ask *ask,
                           const struct q_history_entries_row *row)
{
	enum journal_kind kind;
	enum journal_subject subject;

	*e = (struct history_entry){ .change_id = row->change_id,
		                     .at = row->at,
		                     .who = row->account_name,
		                     .unit = row->unit_name,
		                     .origin = row->origin,
		                     .kind = row->kind,
		                     .part = row->part,
		                     .reason = row->reason,
		                     .erased = row->erased };
	if (journal_kind_parse(&kind, row->kind))
		e->kind = journal_kind(kind).label;
	if (journal_subject_parse(&subject, row->subject) && subject != ask->subject)
		e->subject = journal_subject(subject).label;
	TRY(history_add_lines(e, db, a, ask->unmask, row->personal_fields));
	return history_add_lines(e, db, a, ask->unmask, row->fields);
}

ERR_RESULT history_load(struct history *out, struct db *db, struct arena *a,
                        const struct history_ask *ask)
{
	struct q_history_entries_row *rows;
	struct history h = { .title = NULL };
	row_id also = ROW_NONE;
	size_t n;

	TRY(find_record(&h.title, &also, db, a, ask));
	TRY(read_rows(&rows, &n, db, a, ask, also));
	h.more = n > ENTRIES_A_PAGE;
	h.n = h.more ? ENTRIES_A_PAGE : n;
	TRY(arena_array(a, &h.at, h.n + 1));
	for (size_t i = 0; i < h.n; i++)
		TRY(fill_entry(&h.at[i], db, a, ask, &rows[i]));
	*out = h;
	return ERR_OK;
}
