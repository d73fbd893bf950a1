#include "app/slip/slip_store.h"

#include <string.h>

#include "app/dossier/dossier_store.h"
#include "app/slip/slip_store.sql.h"
#include "base/messages.h"
#include "base/str.h"

/* Everything read about one dossier. */
struct loading {
	struct db *db;
	struct arena *arena;
	const struct slip_ask *ask;
	struct dossier dossier;
	struct dossier_names names;
	struct q_slip_event_row event; /* that the slip tells of */
	struct slip_any *out;
};

static enum err load_office(struct slip_office *out, struct db *db, struct arena *a,
                            row_id unit)
{
	struct q_slip_office_row row;

	TRY(q_slip_office_one(db, a, &(struct q_slip_office_in){ unit }, &row));
	*out = (struct slip_office){ .name = row.name,
		                     .parent = row.letterhead_parent,
		                     .letterhead = row.letterhead,
		                     .place = row.place,
		                     .address = row.address,
		                     .phone = row.phone };
	return ERR_OK;
}

/* The action that a slip tells of. */
static enum err load_event(struct loading *l, const char *kind)
{
	struct q_slip_event_in in = { l->dossier.id, kind };

	return q_slip_event_one(l->db, l->arena, &in, &l->event);
}

static enum err load_any_event(struct loading *l, const char *const *kinds)
{
	enum err e = ERR_NOT_FOUND;

	for (; *kinds && e == ERR_NOT_FOUND; kinds++)
		e = load_event(l, *kinds);
	return e;
}

static enum err load_kind_event(struct loading *l)
{
	static const char *const receipt[] = { "receive", "receive-return", NULL };
	static const char *const supplement[] = { "ask-supplement", NULL };
	static const char *const refusal[] = { "not-accept", "refuse", NULL };
	static const char *const apology[] = { "extend", NULL };
	static const char *const stop[] = { "stop", NULL };
	static const char *const *const kinds[SLIP_KIND_COUNT] = {
		[SLIP_RECEIPT] = receipt, [SLIP_SUPPLEMENT] = supplement,
		[SLIP_REFUSAL] = refusal, [SLIP_APOLOGY] = apology,
		[SLIP_STOP] = stop,       [SLIP_CONTROL] = receipt,
	};
	enum err e = load_any_event(l, kinds[l->ask->kind]);

	if (e != ERR_NOT_FOUND || kinds[l->ask->kind] != receipt ||
	    row_is_none(l->dossier.source_id))
		return e;
	/* Received by another system. */
	l->event = (struct q_slip_event_row){ .at = l->dossier.received_at,
		                              .due_before = INSTANT_NONE,
		                              .due_after = INSTANT_NONE };
	return ERR_OK;
}

static enum err shown_number(const char **out, const struct loading *l, const char *number)
{
	if (l->ask->unmasked) {
		*out = number;
		return ERR_OK;
	}
	return mask_number(out, l->arena, number);
}

/* The desk's slips go out in the name of who received, 04 and 05 of who decides. */
static row_id issuing_unit(const struct loading *l)
{
	bool letter = l->ask->kind == SLIP_APOLOGY || l->ask->kind == SLIP_STOP;

	return letter ? l->dossier.competent_unit_id : l->dossier.receiving_unit_id;
}

static enum err fill_dossier(struct loading *l, struct slip_dossier *d)
{
	const struct applicant *applicant = &l->names.applicant;

	TRY(load_office(&d->office, l->db, l->arena, issuing_unit(l)));
	d->issued_on = instant_day(l->event.at);
	d->code = l->dossier.code;
	d->procedure = l->names.procedure_name;
	d->field = l->names.field;
	d->person.name = applicant->name;
	d->person.address = applicant->address;
	d->person.email = applicant->email;
	TRY(shown_number(&d->person.identity, l, applicant->identity_number));
	TRY(shown_number(&d->person.phone, l, applicant->phone));
	d->received_at = l->dossier.received_at;
	d->due_at = l->dossier.due_at;
	d->officer = l->event.account;
	return slip_signer_of(&d->signer, l->arena, &d->office, l->event.title,
	                      l->event.account);
}

/* "original" -> "Bản chính"; any form is not said. */
static const char *form_text(const char *form)
{
	if (str_eq(form, "original"))
		return msg_text(MSG_SLIP_FORM_ORIGINAL);
	if (str_eq(form, "certified"))
		return msg_text(MSG_SLIP_FORM_CERTIFIED);
	return str_eq(form, "copy") ? msg_text(MSG_SLIP_FORM_COPY) : "";
}

/* The papers that were handed in, or those that were not. */
static enum err load_parts(struct loading *l, bool handed_in, const struct slip_part **out,
                           size_t *n)
{
	struct dossier_part_row *rows;
	struct slip_part *parts;
	size_t n_rows, kept = 0;

	TRY(dossier_parts_load(&rows, &n_rows, l->db, l->arena, l->dossier.id));
	TRY(arena_array(l->arena, &parts, n_rows + 1));
	for (size_t i = 0; i < n_rows; i++) {
		if (rows[i].handed_in == handed_in)
			parts[kept++] = (struct slip_part){ .name = rows[i].name,
				                            .form = form_text(rows[i].form),
				                            .quantity = rows[i].copies };
	}
	*out = parts;
	*n = kept;
	return ERR_OK;
}

static enum err fee_text(struct loading *l, const char **out)
{
	char digits[DEC_TEXT];

	if (l->dossier.fee.dong > 0)
		return msg_format(out, l->arena, MSG_SLIP_FEE,
		                  money_vn(l->dossier.fee, digits));
	*out = str_blank(l->names.fee_note) ? msg_text(MSG_SLIP_FEE_NONE) : l->names.fee_note;
	return ERR_OK;
}

static enum err fill_receipt(struct loading *l)
{
	struct slip_receipt *r = &l->out->receipt;
	const char *sequence = strrchr(l->dossier.code, '-');

	r->dossier.number = sequence ? sequence + 1 : NULL;
	r->dossier.due_at = l->dossier.original_due_at; /* what was promised */
	r->sets = l->dossier.quantity;
	r->return_at = choice_text(l->dossier.delivery);
	r->book = l->dossier.book;
	TRY(load_parts(l, true, &r->parts, &r->n_parts));
	return fee_text(l, &r->fee);
}

static enum err fill_supplement(struct loading *l)
{
	struct slip_supplement *s = &l->out->supplement;

	s->reason = l->event.note;
	s->reply_by = DATE_NONE;
	return load_parts(l, false, &s->parts, &s->n_parts);
}

static enum err fill_apology(struct loading *l)
{
	struct slip_apology *s = &l->out->apology;
	struct q_slip_event_count_in in = { l->dossier.id, "extend" };
	struct q_slip_event_count_row times;

	TRY(q_slip_event_count_one(l->db, l->arena, &in, &times));
	s->times = (int)times.n;
	s->reason = l->event.note;
	s->new_due_at = l->dossier.extended_due_at;
	s->dossier.due_at = l->dossier.due_at;
	return ERR_OK;
}

static enum slip_timing timing_of(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_EARLY:
		return SLIP_EARLY;
	case OUTCOME_ON_TIME:
		return SLIP_ON_TIME;
	case OUTCOME_LATE:
		return SLIP_LATE;
	case OUTCOME_NONE:
		break;
	}
	return SLIP_TIMING_NONE;
}

/* The steps that began, each with who had the dossier before. */
static enum err fill_from_steps(struct loading *l, const struct dossier_step_row *rows,
                                size_t n)
{
	struct slip_control *c = &l->out->control;
	const char *giver = l->event.account;
	struct slip_step *steps;

	TRY(arena_array(l->arena, &steps, n + 1));
	for (size_t i = 0; i < n; i++) {
		if (instant_is_none(rows[i].started_at))
			continue;
		steps[c->n_steps++] =
		        (struct slip_step){ .from = giver,
			                    .to = rows[i].account,
			                    .name = rows[i].name,
			                    .at = rows[i].started_at,
			                    .due_at = rows[i].due_at,
			                    .timing = timing_of(rows[i].outcome) };
		giver = rows[i].account;
	}
	c->steps = steps;
	return ERR_OK;
}

/* A procedure without steps: what was handed over, as it happened. */
static enum err fill_from_events(struct loading *l)
{
	struct slip_control *c = &l->out->control;
	struct dossier_event *events;
	struct slip_step *steps;
	size_t n;

	TRY(dossier_events_load(&events, &n, l->db, l->arena, l->dossier.id, 0));
	TRY(arena_array(l->arena, &steps, n + 1));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(events[i].kind, "hand-over"))
			continue;
		steps[c->n_steps++] = (struct slip_step){ .from = events[i].account,
			                                  .to = events[i].to_account,
			                                  .at = events[i].at,
			                                  .due_at = INSTANT_NONE,
			                                  .note = events[i].note };
	}
	c->steps = steps;
	return ERR_OK;
}

static enum err fill_control(struct loading *l)
{
	struct dossier_step_row *rows;
	size_t n;

	TRY(dossier_steps_load(&rows, &n, l->db, l->arena, l->dossier.id));
	TRY(fill_from_steps(l, rows, n));
	return l->out->control.n_steps > 0 ? ERR_OK : fill_from_events(l);
}

static enum err fill_kind(struct loading *l)
{
	switch (l->ask->kind) {
	case SLIP_RECEIPT:
		return fill_receipt(l);
	case SLIP_SUPPLEMENT:
		return fill_supplement(l);
	case SLIP_REFUSAL:
		l->out->refusal.reason = l->event.note;
		return ERR_OK;
	case SLIP_APOLOGY:
		return fill_apology(l);
	case SLIP_STOP:
		l->out->stop.reason = l->event.note;
		l->out->stop.stopped_at = l->event.at;
		return ERR_OK;
	case SLIP_CONTROL:
		return fill_control(l);
	case SLIP_FOLLOW_UP:
	case SLIP_KIND_COUNT:
		break;
	}
	return err_set(ERR_NOT_FOUND, "a dossier has no such slip");
}

ERR_RESULT slip_load(struct slip_any *out, instant_t *issued_at, struct db *db, struct arena *a,
                     const struct slip_ask *ask)
{
	struct slip_any slip = { .kind = ask->kind };
	struct loading l = { .db = db, .arena = a, .ask = ask, .out = &slip };

	if (ask->kind >= SLIP_FOLLOW_UP)
		return err_set(ERR_NOT_FOUND, "a dossier has no such slip");
	TRY(dossier_find(&l.dossier, db, a, ask->dossier, ask->scope, ask->today));
	TRY(dossier_names_load(&l.names, db, a, ask->dossier));
	TRY(load_kind_event(&l));
	TRY(fill_dossier(&l, &slip.dossier));
	TRY(fill_kind(&l));
	*out = slip;
	*issued_at = l.event.at;
	return ERR_OK;
}
