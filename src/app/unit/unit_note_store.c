#include "app/unit/unit_note_store.h"

#include "app/journal/journal_store.h"

ERR_RESULT unit_note_added(struct db_write_context *w, row_id unit,
                           const struct unit_draft *draft)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, unit, KIND_CREATE);

	journal_put(&n, FIELD_CODE, NULL, draft->code);
	journal_put(&n, FIELD_CODE_QCVN, NULL, draft->code_qcvn);
	journal_put(&n, FIELD_NAME, NULL, draft->name);
	journal_put(&n, FIELD_LEVEL, NULL, draft->level);
	journal_put(&n, FIELD_PARENT, ROW_NONE, draft->parent_id);
	journal_put(&n, FIELD_PLACE, NULL, draft->place);
	journal_put(&n, FIELD_LETTERHEAD_PARENT, NULL, draft->letterhead_parent);
	journal_put(&n, FIELD_LETTERHEAD, NULL, draft->letterhead);
	journal_put(&n, FIELD_OFFICE_ADDRESS, NULL, draft->address);
	journal_put(&n, FIELD_OFFICE_PHONE, NULL, draft->phone);
	journal_put(&n, FIELD_ISSUES_CODES, false, draft->issues_codes);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, draft->from_on);
	journal_put(&n, FIELD_SOURCE, NULL, draft->source);
	return journal_write(&n);
}

ERR_RESULT unit_note_edited(struct db_write_context *w, const struct unit *old,
                            const struct unit_draft *draft)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, old->id, KIND_UPDATE);
	bool issues_codes = draft->issues_codes && date_is_none(old->valid_to);

	journal_put(&n, FIELD_CODE_QCVN, old->code_qcvn, draft->code_qcvn);
	journal_put(&n, FIELD_PLACE, old->place, draft->place);
	journal_put(&n, FIELD_LETTERHEAD_PARENT, old->letterhead_parent,
	            draft->letterhead_parent);
	journal_put(&n, FIELD_LETTERHEAD, old->letterhead, draft->letterhead);
	journal_put(&n, FIELD_OFFICE_ADDRESS, old->address, draft->address);
	journal_put(&n, FIELD_OFFICE_PHONE, old->phone, draft->phone);
	journal_put(&n, FIELD_ISSUES_CODES, old->issues_codes, issues_codes);
	return journal_write(&n);
}

ERR_RESULT unit_note_renamed(struct db_write_context *w, const char *old_name,
                             const struct unit_renaming *r)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, r->unit, KIND_UPDATE);

	journal_put(&n, FIELD_NAME, old_name, r->name);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, r->on);
	journal_put(&n, FIELD_SOURCE, NULL, r->source);
	return journal_write(&n);
}

ERR_RESULT unit_note_moved(struct db_write_context *w, row_id old_parent,
                           const struct unit_moving *m)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, m->unit, KIND_UPDATE);

	journal_put(&n, FIELD_PARENT, old_parent, m->parent);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, m->on);
	return journal_write(&n);
}

ERR_RESULT unit_note_ended(struct db_write_context *w, row_id unit, date_t last_day)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, unit, KIND_END);

	journal_put(&n, FIELD_VALID_TO, DATE_NONE, last_day);
	return journal_write(&n);
}

ERR_RESULT unit_note_succeeded(struct db_write_context *w, const struct unit_succession *s,
                               row_id old, row_id successor)
{
	struct journal_note n = journal_note(w, SUBJECT_UNIT, old, KIND_UPDATE);

	journal_put(&n, FIELD_SUCCESSION, NULL, unit_ending_label(unit_ending_word(s->kind)));
	journal_put(&n, FIELD_SUCCESSOR, ROW_NONE, successor);
	journal_put(&n, FIELD_VALID_FROM, DATE_NONE, s->on);
	journal_put(&n, FIELD_SOURCE, NULL, s->source);
	return journal_write(&n);
}
