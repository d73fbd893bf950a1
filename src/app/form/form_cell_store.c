#include "app/form/form_cell_store.h"

#include "app/form/form_lock_store.h"
#include "app/form/form_store.sql.h"
#include "app/journal/journal_store.h"
#include "app/unit/unit_store.h"

/* ---- cells ---- */

static bool same_text(const char *a, const char *b)
{
	return str_eq(a ? a : "", b ? b : "");
}

static bool says_same(const struct q_form_cell_current_row *row, const struct form_stated *s)
{
	return row->value.micro == s->value.micro && row->blank == s->blank &&
	       row->numerator.micro == s->numerator.micro &&
	       row->denominator.micro == s->denominator.micro &&
	       same_text(row->note, s->note) && same_text(row->reason, s->reason);
}

static bool says_nothing(const struct form_stated *s)
{
	return dec_is_none(s->value) && !s->blank && dec_is_none(s->numerator) &&
	       dec_is_none(s->denominator) && str_blank(s->note);
}

static enum err close_cell(struct db_write_context *w, row_id cell)
{
	struct q_form_cell_close_in in = { .id = cell, .to_change = w->change->id };

	return q_form_cell_close_run(w->db, &in);
}

static enum err add_cell(struct db_write_context *w, const struct form_entries *x,
                         const struct form_entry *entry)
{
	const struct form_stated *s = &entry->stated;
	struct q_form_cell_add_in in = { .id = db_new_id(w),
		                         .unit_id = x->unit,
		                         .set_code = x->set->code,
		                         .form = entry->row->form->code,
		                         .indicator = entry->row->id,
		                         .from_on = x->period.from,
		                         .to_on = x->period.to,
		                         .value = s->value,
		                         .blank = s->blank,
		                         .numerator = s->numerator,
		                         .denominator = s->denominator,
		                         .note = s->note ? s->note : "",
		                         .reason = s->reason ? s->reason : "",
		                         .from_change = w->change->id };

	return q_form_cell_add_run(w->db, &in);
}

ERR_RESULT form_cell_part(const char **out, struct arena *a, const char *set,
                          const struct form_row *row, const struct period *period)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	return arena_printf(a, out, "%s/%s/%s/%s/%s", set, row->form->code, row->id,
	                    date_iso(period->from, from), date_iso(period->to, to));
}

/* The record is the unit; the part says which cell of which sheet. */
static enum err note_cell(struct db_write_context *w, const struct form_entries *x,
                          const struct form_entry *entry,
                          const struct q_form_cell_current_row *was)
{
	const struct form_stated *s = &entry->stated;
	struct journal_note n = journal_note(w, SUBJECT_FORM_CELL, x->unit, KIND_UPDATE);

	TRY(form_cell_part(&n.part, w->arena, x->set->code, entry->row, &x->period));
	journal_put(&n, FIELD_VALUE, was->value, s->value);
	journal_put(&n, FIELD_BLANK, was->blank, s->blank);
	journal_put(&n, FIELD_NUMERATOR, was->numerator, s->numerator);
	journal_put(&n, FIELD_DENOMINATOR, was->denominator, s->denominator);
	journal_put(&n, FIELD_NOTE, was->note, s->note);
	journal_put(&n, FIELD_CELL_REASON, was->reason, s->reason);
	return journal_write(&n);
}

static enum err enter_one(struct db_write_context *w, struct form_entries *x,
                          const struct form_entry *entry)
{
	struct q_form_cell_current_in in = { .unit_id = x->unit,
		                             .set_code = x->set->code,
		                             .form = entry->row->form->code,
		                             .from_on = x->period.from,
		                             .to_on = x->period.to,
		                             .indicator = entry->row->id,
		                             .scope = x->scope };
	struct q_form_cell_current_row row;
	enum err e = q_form_cell_current_one(w->db, w->arena, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_OK && says_same(&row, &entry->stated))
		return ERR_OK;
	if (e == ERR_NOT_FOUND && says_nothing(&entry->stated))
		return ERR_OK;
	x->n_changed++;
	if (e == ERR_OK)
		TRY(close_cell(w, row.id));
	else
		row = (struct q_form_cell_current_row){ .value = DEC_NONE,
			                                .numerator = DEC_NONE,
			                                .denominator = DEC_NONE };
	TRY(note_cell(w, x, entry, &row));
	return says_nothing(&entry->stated) ? ERR_OK : add_cell(w, x, entry);
}

/* The one place where a lock stops whatever would change a cell. */
static enum err refuse_locked(struct db_write_context *w, const struct form_entries *x)
{
	struct form_lock_place place = { x->unit, x->set->code, x->period.from, x->period.to };
	const struct form_lock *lock;
	const char *why;

	TRY(form_lock_find(&lock, w->db, w->arena, &place));
	if (!lock)
		return ERR_OK;
	if (x->problems) {
		problems_init(x->problems, x->problems->arena);
		TRY(arena_strdup(x->problems->arena, &why, lock->why));
		TRY(problems_add(x->problems, "", 0, why));
	}
	return err_set(ERR_INPUT, "a report has locked the sheet");
}

enum err form_enter_in(struct db_write_context *w, void *arg)
{
	struct form_entries *x = arg;
	bool below;

	x->n_changed = 0;
	TRY(unit_is_below_from(&below, w->db, x->scope, x->unit, x->period.from));
	if (!below)
		return err_set(ERR_NOT_FOUND, "the unit is outside the scope");
	TRY(refuse_locked(w, x));
	for (size_t i = 0; i < x->n; i++)
		TRY(enter_one(w, x, &x->entries[i]));
	if (x->n_changed == 0)
		journal_nothing(w);
	w->change->result = x->unit;
	return ERR_OK;
}

enum err form_enter(struct db_writer *writer, struct change *change,
                    struct form_entries *entries)
{
	change->concurrent = true; /* one current value of a cell: a unique index */
	return db_write(writer, change, form_enter_in, entries);
}

enum err form_cell_history(struct form_pasts *out, struct db *db, struct arena *a,
                           const struct form_sheet *sheet, const struct form_row *row)
{
	enum { MOST_PASTS = 50 };
	struct q_form_cell_history_in in = { .unit_id = sheet->unit.id,
		                             .set_code = sheet->set->code,
		                             .form = row->form->code,
		                             .indicator = row->id,
		                             .from_on = sheet->period.from,
		                             .to_on = sheet->period.to,
		                             .scope = sheet->scope };
	struct q_form_cell_history_row past;
	struct form_pasts pasts = { 0 };
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &pasts.items, MOST_PASTS));
	TRY(q_form_cell_history_open(&rows, db, &in));
	while (q_form_cell_history_next(&rows, &past) && pasts.n < MOST_PASTS) {
		TRY(db_keep_row(a, &query_form_cell_history, &past));
		pasts.items[pasts.n++] =
		        (struct form_past){ past.value,  past.blank,        past.note,
			                    past.reason, past.account_name, past.at };
	}
	*out = pasts;
	return db_rows_status(&rows);
}

/* ---- decisions ---- */

static enum err note_decision(struct db_write_context *w, const struct form_choosing *x,
                              size_t i)
{
	const struct form_setting *setting = &x->set->settings[i];
	struct q_form_setting_own_in in = { x->unit, x->set->code, setting->name };
	struct q_form_setting_own_row was = { .value = NULL };
	struct journal_note n = journal_note(w, SUBJECT_FORM_SETTING, x->unit, KIND_UPDATE);
	enum err e = q_form_setting_own_one(w->db, w->arena, &in, &was);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	TRY(arena_printf(w->arena, &n.part, "%s/%s", x->set->code, setting->name));
	journal_put(&n, FIELD_CHOICE,
	            e == ERR_OK ? was.value : setting->choices[setting->usual].word,
	            x->words[i]);
	return journal_write(&n);
}

static enum err decide_one(struct db_write_context *w, const struct form_choosing *x, size_t i)
{
	const struct form_setting *setting = &x->set->settings[i];
	struct q_form_setting_put_in in = { .id = db_new_id(w),
		                            .unit_id = x->unit,
		                            .set_code = x->set->code,
		                            .name = setting->name,
		                            .value = x->words[i],
		                            .change_id = w->change->id };
	struct q_form_setting_keep_in past = { db_new_id(w), x->unit, x->set->code,
		                               setting->name, w->change->id };

	if (!calc_word_among(setting->words, x->words[i]))
		return err_set(ERR_INPUT, "no choice %s of %s", x->words[i], setting->name);
	TRY(note_decision(w, x, i));
	TRY(q_form_setting_keep_run(w->db, &past));
	return q_form_setting_put_run(w->db, &in);
}

static enum err decide_in(struct db_write_context *w, void *arg)
{
	const struct form_choosing *x = arg;

	for (size_t i = 0; i < x->set->n_settings; i++)
		if (x->words[i])
			TRY(decide_one(w, x, i));
	journal_nothing(w); /* every choice notes itself */
	w->change->result = x->unit;
	return ERR_OK;
}

enum err form_decide(struct db_writer *writer, struct change *change,
                     struct form_choosing *choosing)
{
	return db_write(writer, change, decide_in, choosing);
}

/* ---- who supplies a row ---- */

enum err form_owners(const struct form_owner **out, struct db *db, struct arena *a,
                     const struct form_set *set, row_id scope, row_id unit)
{
	struct q_form_row_owners_in in = { .unit_id = unit,
		                           .set_code = set->code,
		                           .scope = scope };
	struct q_form_row_owners_row row;
	struct form_owner *owners;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &owners, set->n_rows + 1));
	TRY(q_form_row_owners_open(&rows, db, &in));
	while (q_form_row_owners_next(&rows, &row))
		for (size_t i = 0; i < set->n_rows; i++) {
			if (!str_eq(set->rows[i].id, row.indicator))
				continue;
			owners[i].id = row.owner_id;
			owners[i].account = row.account_id;
			TRY(arena_strdup(a, &owners[i].name,
			                 row.account_name ? row.account_name : row.owner_name));
		}
	*out = owners;
	return db_rows_status(&rows);
}

bool form_owner_is(const struct form_owner *o, row_id account, row_id room)
{
	if (!o->name || row_is_none(account))
		return false;
	if (!row_is_none(o->account))
		return row_eq(o->account, account);
	return !row_is_none(room) && row_eq(o->id, room);
}

static enum err note_owner(struct db_write_context *w, const struct form_owning *x, size_t i)
{
	struct q_form_row_owner_own_in in = { x->unit, x->set->code, x->rows[i].row->id };
	struct q_form_row_owner_own_row was = { .owner_id = ROW_NONE, .account_id = ROW_NONE };
	struct journal_note n = journal_note(w, SUBJECT_FORM_OWNER, x->unit, KIND_UPDATE);
	enum err e = q_form_row_owner_own_one(w->db, w->arena, &in, &was);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	TRY(arena_printf(w->arena, &n.part, "%s/%s", x->set->code, x->rows[i].row->id));
	journal_put(&n, FIELD_OWNER, was.owner_id, x->rows[i].owner);
	journal_put(&n, FIELD_OWNER_ACCOUNT, was.account_id, x->rows[i].account);
	return journal_write(&n);
}

static enum err own_one(struct db_write_context *w, const struct form_owning *x, size_t i)
{
	struct q_form_row_owner_put_in put = { .id = db_new_id(w),
		                               .unit_id = x->unit,
		                               .set_code = x->set->code,
		                               .indicator = x->rows[i].row->id,
		                               .owner_id = x->rows[i].owner,
		                               .account_id = x->rows[i].account,
		                               .change_id = w->change->id };
	struct q_form_row_owner_drop_in drop = { .unit_id = x->unit,
		                                 .set_code = x->set->code,
		                                 .indicator = x->rows[i].row->id };

	TRY(note_owner(w, x, i));
	if (row_is_none(x->rows[i].owner))
		return q_form_row_owner_drop_run(w->db, &drop);
	return q_form_row_owner_put_run(w->db, &put);
}

static enum err own_in(struct db_write_context *w, void *arg)
{
	const struct form_owning *x = arg;

	for (size_t i = 0; i < x->n; i++)
		TRY(own_one(w, x, i));
	journal_nothing(w); /* every row notes itself */
	w->change->result = x->unit;
	return ERR_OK;
}

enum err form_own(struct db_writer *writer, struct change *change, struct form_owning *owning)
{
	return db_write(writer, change, own_in, owning);
}
