#include "app/dossier/dossier_note_store.h"

#include "app/journal/journal_store.h"

static const char *choice_of(enum dossier_choice c, enum dossier_choice none)
{
	return c == none ? NULL : choice_text(c);
}

static void put_times(struct journal_note *n, const struct dossier *a, const struct dossier *b)
{
	journal_put(n, FIELD_RECEIVED_AT, a->received_at, b->received_at);
	journal_put(n, FIELD_TERM, a->term, b->term);
	journal_put(n, FIELD_ORIGINAL_DUE_AT, a->original_due_at, b->original_due_at);
	journal_put(n, FIELD_DUE_AT, a->due_at, b->due_at);
	journal_put(n, FIELD_EXTENDED_DUE_AT, a->extended_due_at, b->extended_due_at);
	journal_put(n, FIELD_SOURCE_DUE_AT, a->source_due_at, b->source_due_at);
	journal_put(n, FIELD_PAUSED_AT, a->paused_at, b->paused_at);
	journal_put(n, FIELD_FINISHED_AT, a->finished_at, b->finished_at);
	journal_put(n, FIELD_OUTCOME, outcome_text(a->outcome), outcome_text(b->outcome));
	journal_put(n, FIELD_CLOSED_ON, a->closed_on, b->closed_on);
	journal_put(n, FIELD_RETURNED_AT, a->returned_at, b->returned_at);
}

static void put_facts(struct journal_note *n, const struct dossier *a, const struct dossier *b)
{
	journal_put(n, FIELD_STATE, dossier_state_text(a->state), dossier_state_text(b->state));
	journal_put(n, FIELD_PROCEDURE, a->procedure_version_id, b->procedure_version_id);
	journal_put(n, FIELD_COMPETENT_UNIT, a->competent_unit_id, b->competent_unit_id);
	journal_put(n, FIELD_SUMMARY, a->summary, b->summary);
	journal_put(n, FIELD_QUANTITY, a->quantity, b->quantity);
	journal_put(n, FIELD_CHANNEL, choice_text(a->channel), choice_text(b->channel));
	journal_put(n, FIELD_REFUSED, a->refused, b->refused);
	journal_put(n, FIELD_PAYMENT, choice_of(a->payment_state, PAYMENT_STATE_NONE),
	            choice_of(b->payment_state, PAYMENT_STATE_NONE));
	journal_put(n, FIELD_FEE, a->fee, b->fee);
	journal_put(n, FIELD_DELIVERY, choice_text(a->delivery), choice_text(b->delivery));
	journal_put(n, FIELD_DELIVERY_STATE, choice_of(a->delivery_state, DELIVERY_STATE_NONE),
	            choice_of(b->delivery_state, DELIVERY_STATE_NONE));
	put_times(n, a, b);
	journal_put(n, FIELD_STEP, a->step, b->step);
	journal_put(n, FIELD_HOLDER, a->holder_id, b->holder_id);
	journal_put(n, FIELD_BOOK, a->book, b->book);
}

static void put_applicant(struct journal_note *n, const struct applicant *a,
                          const struct applicant *b)
{
	journal_put(n, FIELD_APPLICANT_KIND, choice_text(a->kind), choice_text(b->kind));
	journal_put(n, FIELD_IDENTITY_NUMBER, a->identity_number, b->identity_number);
	journal_put(n, FIELD_PHONE, a->phone, b->phone);
	journal_put(n, FIELD_EMAIL, a->email, b->email);
	journal_put(n, FIELD_ADDRESS, a->address, b->address);
}

ERR_RESULT dossier_note_new(struct db_write_context *w, const struct dossier *d,
                            const struct applicant *applicant)
{
	struct journal_note n = journal_note(w, SUBJECT_DOSSIER, d->id, KIND_CREATE);

	journal_put(&n, FIELD_CODE, NULL, d->code);
	journal_put(&n, FIELD_RECEIVING_UNIT, ROW_NONE, d->receiving_unit_id);
	journal_put(&n, FIELD_APPLICANT_NAME, NULL, d->applicant_name);
	put_applicant(&n, applicant, applicant);
	put_facts(&n, d, d);
	return journal_write(&n);
}

ERR_RESULT dossier_note_changed(struct db_write_context *w, const struct dossier *before,
                                const struct dossier *after)
{
	struct journal_note n = journal_note(w, SUBJECT_DOSSIER, after->id, KIND_UPDATE);

	journal_put(&n, FIELD_APPLICANT_NAME, before->applicant_name, after->applicant_name);
	put_facts(&n, before, after);
	return journal_write(&n);
}

ERR_RESULT applicant_note_changed(struct db_write_context *w, const struct applicant *before,
                                  const struct applicant *after)
{
	struct journal_note n = journal_note(w, SUBJECT_APPLICANT, before->id, KIND_UPDATE);

	journal_put(&n, FIELD_APPLICANT_NAME, before->name, after->name);
	put_applicant(&n, before, after);
	return journal_write(&n);
}
