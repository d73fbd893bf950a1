#include "app/dossier/dossier_row_store.h"

#include "app/counter/counter_store.h"
#include "app/dossier/dossier_counting.h"
#include "app/dossier/dossier_note_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "base/str.h"

static date_t day_of(instant_t at)
{
	return instant_is_none(at) ? DATE_NONE : instant_day(at);
}

/* ---- reading ---- */

static bool read_words(struct dossier *d, const struct q_dossier_by_id_row *r)
{
	return choice_parse(&d->channel, LIST_CHANNEL, r->channel) &&
	       choice_parse(&d->payment_state, LIST_PAYMENT_STATE, r->payment_state) &&
	       choice_parse(&d->delivery, LIST_DELIVERY, r->delivery) &&
	       choice_parse(&d->delivery_state, LIST_DELIVERY_STATE, r->delivery_state) &&
	       supplement_rule_parse(&d->supplement_rule, r->supplement_rule) &&
	       outcome_parse(&d->outcome, r->outcome);
}

static struct dossier dossier_of_row(const struct q_dossier_by_id_row *r)
{
	return (struct dossier){
		.id = r->id,
		.code = r->code,
		.receiving_unit_id = r->receiving_unit_id,
		.competent_unit_id = r->competent_unit_id,
		.procedure_version_id = r->procedure_version_id,
		.procedure_id = r->procedure_id,
		.field_id = r->field_id,
		.applicant_id = r->applicant_id,
		.applicant_name = r->applicant_name,
		.summary = r->summary,
		.quantity = (int)r->quantity,
		.state = (enum dossier_state)r->state,
		.refused = r->refused,
		.fee = r->fee_dong,
		.received_at = r->received_at,
		.term = r->term,
		.rule_set = r->rule_set,
		.calendar_version = r->calendar_version,
		.original_due_at = r->original_due_at,
		.due_at = r->due_at,
		.extended_due_at = r->extended_due_at,
		.source_due_at = r->source_due_at,
		.paused_at = r->paused_at,
		.finished_at = r->finished_at,
		.closed_on = r->closed_on,
		.returned_at = r->returned_at,
		.step = (int)r->step,
		.holder_id = r->holder_id,
		.book = r->book,
		.source_id = r->source_id,
		.revision = r->revision,
		.from_change = r->from_change,
	};
}

ERR_RESULT dossier_load(struct dossier *out, struct db *db, struct arena *a, row_id id,
                        row_id scope, date_t today)
{
	struct q_dossier_by_id_in in = { .id = id, .scope = scope, .today = today };
	struct q_dossier_by_id_row row;
	struct dossier d;

	TRY(q_dossier_by_id_one(db, a, &in, &row));
	d = dossier_of_row(&row);
	if (!read_words(&d, &row))
		return err_set(ERR_DB, "dossier %s holds a word that is no choice", d.code);
	*out = d;
	return ERR_OK;
}

/* ---- writing ---- */

/* The facts that insert and update share, for a designated initialiser. */
#define FACTS(d)                                                                               \
	.id = (d)->id, .competent_unit_id = (d)->competent_unit_id,                            \
	.procedure_version_id = (d)->procedure_version_id, .procedure_id = (d)->procedure_id,  \
	.field_id = (d)->field_id, .applicant_id = (d)->applicant_id,                          \
	.applicant_name = (d)->applicant_name, .summary = (d)->summary,                        \
	.quantity = (d)->quantity, .channel = choice_word((d)->channel),                       \
	.state = (int64_t)(d)->state, .state_group = (int64_t)dossier_group(d),                \
	.refused = (d)->refused, .payment_state = choice_word((d)->payment_state),             \
	.fee_dong = (d)->fee, .delivery = choice_word((d)->delivery),                          \
	.delivery_state = choice_word((d)->delivery_state), .received_at = (d)->received_at,   \
	.received_on = day_of((d)->received_at), .term = (d)->term,                            \
	.supplement_rule = supplement_rule_word((d)->supplement_rule),                         \
	.rule_set = (d)->rule_set, .calendar_version = (d)->calendar_version,                  \
	.original_due_at = (d)->original_due_at, .due_at = (d)->due_at,                        \
	.extended_due_at = (d)->extended_due_at, .source_due_at = (d)->source_due_at,          \
	.paused_at = (d)->paused_at, .finished_at = (d)->finished_at,                          \
	.finished_on = day_of((d)->finished_at), .outcome = outcome_word((d)->outcome),        \
	.closed_on = (d)->closed_on, .returned_at = (d)->returned_at,                          \
	.returned_on = day_of((d)->returned_at), .step = (d)->step,                            \
	.holder_id = (d)->holder_id, .book = (d)->book, .source_id = (d)->source_id,           \
	.revision = (d)->revision, .from_change = (d)->from_change

ERR_RESULT dossier_insert(struct db_write_context *w, struct dossier *d)
{
	d->from_change = w->change->id;
	struct q_dossier_insert_in in = {
		FACTS(d),
		.code = d->code,
		.receiving_unit_id = d->receiving_unit_id,
	};

	struct counter_facts facts = dossier_counter_facts(d);

	TRY(q_dossier_insert_run(w->db, &in));
	return counter_move(w, NULL, &facts);
}

static ERR_RESULT keep_past(struct db_write_context *w, const struct dossier *d)
{
	struct q_dossier_past_insert_in in = {
		.id = db_new_id(w),
		.dossier_id = d->id,
		.from_change = d->from_change,
		.to_change = w->change->id,
		.receiving_unit_id = d->receiving_unit_id,
		.competent_unit_id = d->competent_unit_id,
		.procedure_version_id = d->procedure_version_id,
		.channel = choice_word(d->channel),
		.state = (int64_t)d->state,
		.refused = d->refused,
		.received_on = day_of(d->received_at),
		.due_at = d->due_at,
		.finished_at = d->finished_at,
		.finished_on = day_of(d->finished_at),
		.outcome = outcome_word(d->outcome),
		.closed_on = d->closed_on,
		.returned_on = day_of(d->returned_at),
		.extended_due_at = d->extended_due_at,
		.paused_at = d->paused_at,
		.quantity = d->quantity,
	};

	return q_dossier_past_insert_run(w->db, &in);
}

ERR_RESULT dossier_update(struct db_write_context *w, const struct dossier *before,
                          struct dossier *after)
{
	bool figures = dossier_figures_differ(before, after);
	int64_t changed;

	after->revision = before->revision + 1;
	if (figures) {
		TRY(keep_past(w, before));
		after->from_change = w->change->id;
	}
	struct q_dossier_update_in in = { FACTS(after), .before = before->revision };

	TRY(q_dossier_update_run(w->db, &in));
	TRY(db_changed_rows(&changed, w->db));
	if (changed != 1)
		return err_set(ERR_CONFLICT, "dossier %s is not at revision %lld any more",
		               before->code, (long long)before->revision);
	struct counter_facts was = dossier_counter_facts(before);
	struct counter_facts is = dossier_counter_facts(after);

	TRY(counter_move(w, &was, &is));
	return dossier_note_changed(w, before, after);
}

ERR_RESULT dossier_record(struct db_write_context *w, const struct dossier *d,
                          const struct dossier_happening *e, row_id *id)
{
	struct q_dossier_event_insert_in in = {
		.id = db_new_id(w),
		.dossier_id = d->id,
		.change_id = w->change->id,
		.at = e->at,
		.account_id = w->change->account_id,
		.revision = d->revision,
		.kind = e->kind,
		.to_account_id = e->to_account_id,
		.note = e->note ? e->note : "",
		.due_before = e->due_before,
		.due_after = e->due_after,
	};

	TRY(q_dossier_event_insert_run(w->db, &in));
	if (id != NULL)
		*id = in.id;
	return ERR_OK;
}

/* ---- search words ---- */

/* Under both its units, so that each finds it. */
static size_t units_of(row_id out[2], const struct dossier *d)
{
	out[0] = d->receiving_unit_id;
	out[1] = d->competent_unit_id;
	return row_eq(out[0], out[1]) ? 1 : 2;
}

ERR_RESULT dossier_index(struct db_write_context *w, const struct dossier *d,
                         const struct applicant *applicant)
{
	struct dossier_words words;
	row_id units[2];
	size_t n = units_of(units, d);

	TRY(dossier_words(&words, w->arena, d, applicant));
	for (size_t i = 0; i < words.n * n; i++) {
		struct q_dossier_word_insert_in in = { .unit_id = units[i % n],
			                               .word = words.at[i / n],
			                               .dossier_id = d->id };

		TRY(q_dossier_word_insert_run(w->db, &in));
	}
	return ERR_OK;
}

ERR_RESULT dossier_reindex(struct db_write_context *w, const struct dossier *before,
                           const struct applicant *applicant_before,
                           const struct dossier *after, const struct applicant *applicant_after)
{
	struct dossier_words old;
	row_id units[2];
	size_t n = units_of(units, before);

	TRY(dossier_words(&old, w->arena, before, applicant_before));
	for (size_t i = 0; i < old.n * n; i++) {
		struct q_dossier_word_delete_in in = { .scope = units[i % n],
			                               .word = old.at[i / n],
			                               .dossier_id = before->id };

		TRY(q_dossier_word_delete_run(w->db, &in));
	}
	return dossier_index(w, after, applicant_after);
}
