#include "app/dossier/dossier_import_store.h"

#include "app/dossier/dossier_code.h"
#include "app/dossier/dossier_note_store.h"
#include "app/dossier/dossier_row_store.h"
#include "app/dossier/dossier_stops_store.h"
#include "app/dossier/dossier_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

struct importing {
	struct db_write_context *w;
	const struct dossier_kit *kit;
	const struct dossier_import *row;
	struct problems *problems;
	const char *code; /* in its one spelling */
	struct applicant applicant;
};

/* ---- what may be wrong with a row ---- */

static ERR_RESULT check_code(struct importing *g)
{
	struct dossier_code code;
	char text[DOSSIER_CODE_TEXT];
	enum dossier_code_fault fault = dossier_code_parse(&code, g->row->code);

	if (fault != DOSSIER_CODE_OK)
		return problems_add(g->problems, "code", g->row->line,
		                    dossier_code_fault_text(fault));
	return arena_strdup(g->w->arena, &g->code, dossier_code_write(&code, text));
}

static ERR_RESULT check_times(struct importing *g)
{
	const struct dossier_import *r = g->row;
	instant_t now = g->w->change->at;

	if (instant_is_none(r->received_at) || instant_cmp(r->received_at, now) > 0)
		return problems_say(g->problems, "received_at", r->line, MSG_IMPORT_RECEIVED);
	if (!instant_is_none(r->finished_at) && instant_cmp(r->finished_at, r->received_at) < 0)
		return problems_say(g->problems, "finished_at", r->line, MSG_IMPORT_FINISHED);
	if (!instant_is_none(r->returned_at) &&
	    (instant_is_none(r->finished_at) ||
	     instant_cmp(r->returned_at, r->finished_at) < 0))
		return problems_say(g->problems, "returned_at", r->line, MSG_IMPORT_RETURNED);
	return ERR_OK;
}

/* Numbers that are masked or odd there are kept as they are. */
static ERR_RESULT spell_numbers(struct importing *g)
{
	struct applicant *p = &g->applicant;
	char identity[IDENTITY_TEXT], phone[PHONE_TEXT];

	*p = g->row->applicant;
	if (str_blank(p->identity_number))
		p->identity_number = NULL;
	else if (identity_normalise(identity, p->identity_number))
		TRY(arena_strdup(g->w->arena, &p->identity_number, identity));
	if (str_blank(p->phone))
		p->phone = NULL;
	else if (phone_normalise(phone, p->phone))
		TRY(arena_strdup(g->w->arena, &p->phone, phone));
	if (p->address == NULL)
		p->address = "";
	return ERR_OK;
}

static ERR_RESULT check(struct importing *g)
{
	size_t before = g->problems->n;

	TRY(check_code(g));
	TRY(check_times(g));
	TRY(spell_numbers(g));
	if (str_blank(g->applicant.name))
		TRY(problems_say(g->problems, "name", g->row->line, MSG_IMPORT_NAME));
	return g->problems->n > before ? ERR_INPUT : ERR_OK;
}

/* ---- the facts of a row ---- */

static enum dossier_state state_of(const struct dossier_import *r)
{
	if (r->state != DOSSIER_NONE)
		return r->state;
	if (!instant_is_none(r->returned_at))
		return DOSSIER_RETURNED;
	return instant_is_none(r->finished_at) ? DOSSIER_IN_PROCESS : DOSSIER_FINISHED;
}

static bool has_result(enum dossier_state s)
{
	return s == DOSSIER_FINISHED || s == DOSSIER_RETURNED;
}

static void put_result(struct dossier *d, const struct importing *g)
{
	const struct dossier_import *r = g->row;
	instant_t end = instant_is_none(r->returned_at) ? g->w->change->at : r->returned_at;

	d->finished_at = d->returned_at = INSTANT_NONE;
	d->outcome = OUTCOME_NONE;
	d->delivery_state = DELIVERY_STATE_NONE;
	if (!has_result(d->state))
		return;
	d->finished_at = instant_is_none(r->finished_at) ? end : r->finished_at;
	d->outcome = dossier_outcome(d, g->kit->clock, d->finished_at);
	d->delivery_state = DELIVERY_STATE_WAITING;
	if (d->state == DOSSIER_RETURNED) {
		d->returned_at = end;
		d->delivery_state = DELIVERY_STATE_DELIVERED;
	}
}

static void put_end(struct dossier *d, const struct importing *g)
{
	bool closed = d->state == DOSSIER_NOT_ACCEPTED || d->state == DOSSIER_WITHDRAWN ||
	              d->state == DOSSIER_STOPPED;

	if (!closed)
		d->closed_on = DATE_NONE;
	else if (!date_is_none(g->row->closed_on))
		d->closed_on = g->row->closed_on;
	else if (date_is_none(d->closed_on))
		d->closed_on = instant_day(g->w->change->at);
}

static bool is_waiting(const struct dossier *d)
{
	return d->state == DOSSIER_SUPPLEMENT || d->state == DOSSIER_PAYMENT;
}

/* The row's facts over what `d` is; the wait begins and ends with the lists that show it. */
static void put_facts(struct dossier *d, const struct importing *g)
{
	const struct dossier_import *r = g->row;

	d->state = state_of(r);
	d->refused = r->refused && has_result(d->state);
	d->channel = r->channel;
	d->summary = r->summary ? r->summary : d->summary;
	d->source_due_at = r->source_due_at;
	d->source_id = r->source_id;
	if (!is_waiting(d))
		d->paused_at = INSTANT_NONE;
	else if (instant_is_none(d->paused_at) && d->supplement_rule != SUPPLEMENT_NEVER_STOPS)
		d->paused_at = g->w->change->at;
	put_result(d, g);
	put_end(d, g);
}

/* ---- writing ---- */

static ERR_RESULT record(struct importing *g, const struct dossier *d, instant_t due_before)
{
	struct dossier_happening e = {
		.kind = "import",
		.at = g->w->change->at,
		.note = dossier_state_text(d->state),
		.due_before = due_before,
		.due_after = d->due_at,
	};

	return dossier_record(g->w, d, &e, NULL);
}

static ERR_RESULT open_pause(struct importing *g, const struct dossier *d)
{
	bool payment = d->state == DOSSIER_PAYMENT;
	enum supplement_rule effect = payment ? SUPPLEMENT_CONTINUES : d->supplement_rule;
	struct q_dossier_pause_insert_in in = {
		.id = db_new_id(g->w),
		.dossier_id = d->id,
		.kind = payment ? "payment" : "supplement",
		.from_at = g->w->change->at,
		.to_at = INSTANT_NONE,
		.effect = supplement_rule_word(effect),
		.reason = msg_text(MSG_IMPORT_WAITS),
		.due_before = d->due_at,
		.due_after = INSTANT_NONE,
		.change_id = g->w->change->id,
	};

	return q_dossier_pause_insert_run(g->w->db, &in);
}

/* Moves the due by the wait that the list does not show any more. */
static ERR_RESULT close_pause(struct importing *g, struct dossier *d)
{
	struct dossier_stops stops;
	instant_t now = g->w->change->at;

	TRY(dossier_stops_load(&stops, g->w->db, g->w->arena, d->id, now));
	TRY(dossier_count_due(d, g->kit->clock, &stops));
	struct q_dossier_pause_close_in in = { d->id, now, d->due_at };

	return q_dossier_pause_close_run(g->w->db, &in);
}

static ERR_RESULT add(struct importing *g)
{
	struct dossier_intake intake = {
		.action = ACTION_RECEIVE,
		.receiving_unit_id = g->kit->unit->id,
		.quantity = 1,
		.channel = g->row->channel,
		.delivery = DELIVERY_COUNTER,
		.fee = MONEY_NONE,
		.received_at = g->row->received_at,
		.summary = g->row->summary,
	};
	struct dossier d;

	TRY(dossier_preview(&d, g->kit, &intake, g->w->change->at));
	put_facts(&d, g);
	d.step = 0;
	d.code = g->code;
	d.id = db_new_id(g->w);
	TRY(applicant_keep_in(g->w, d.receiving_unit_id, &g->applicant));
	d.applicant_id = g->applicant.id;
	d.applicant_name = g->applicant.name;
	TRY(dossier_insert(g->w, &d));
	TRY(dossier_note_new(g->w, &d, &g->applicant));
	if (is_waiting(&d))
		TRY(open_pause(g, &d));
	TRY(dossier_index(g->w, &d, &g->applicant));
	g->w->change->result = d.id;
	return record(g, &d, INSTANT_NONE);
}

static bool same(const struct dossier *a, const struct dossier *b)
{
	return !dossier_figures_differ(a, b) && str_eq(a->summary, b->summary) &&
	       instant_cmp(a->source_due_at, b->source_due_at) == 0;
}

/* A list without numbers names the same person by the name alone. */
static ERR_RESULT keep_applicant(struct importing *g, const struct applicant *known)
{
	struct applicant *p = &g->applicant;

	if (p->identity_number == NULL && p->phone == NULL && str_eq(p->name, known->name)) {
		*p = *known;
		return ERR_OK;
	}
	return applicant_keep_in(g->w, g->kit->unit->id, p);
}

static ERR_RESULT update(enum dossier_imported *out, struct importing *g, row_id id)
{
	struct dossier before, after;
	struct dossier_names names;

	TRY(dossier_load(&before, g->w->db, g->w->arena, id, g->w->change->unit_id,
	                 instant_day(g->w->change->at)));
	TRY(dossier_names_load(&names, g->w->db, g->w->arena, id));
	after = before;
	put_facts(&after, g);
	if (is_waiting(&before) && !is_waiting(&after)) {
		TRY(close_pause(g, &after));
		put_result(&after, g);
	}
	TRY(keep_applicant(g, &names.applicant));
	after.applicant_id = g->applicant.id;
	after.applicant_name = g->applicant.name;
	*out = IMPORT_UNCHANGED;
	if (same(&before, &after) && row_eq(before.applicant_id, after.applicant_id) &&
	    str_eq(before.applicant_name, after.applicant_name)) {
		journal_nothing(g->w);
		return ERR_OK;
	}
	*out = IMPORT_CHANGED;
	if (!is_waiting(&before) && is_waiting(&after))
		TRY(open_pause(g, &after));
	TRY(dossier_reindex(g->w, &before, &names.applicant, &after, &g->applicant));
	TRY(dossier_update(g->w, &before, &after));
	g->w->change->result = id;
	return record(g, &after, before.due_at);
}

/* Dossiers taken in here, and those of other units, are not another system's to change. */
static ERR_RESULT find(row_id *out, struct importing *g)
{
	struct q_dossier_id_by_code_in in = { g->code };
	struct q_dossier_id_by_code_row row;
	enum err e = q_dossier_id_by_code_one(g->w->db, g->w->arena, &in, &row);

	*out = ROW_NONE;
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*out = row.id;
	if (row_eq(row.receiving_unit_id, g->kit->unit->id) &&
	    row_eq(row.source_id, g->row->source_id))
		return ERR_OK;
	TRY(problems_say(g->problems, "code", g->row->line, MSG_IMPORT_OTHERS, g->code));
	return ERR_INPUT;
}

ERR_RESULT dossier_import_in(enum dossier_imported *out, struct db_write_context *w,
                             const struct dossier_kit *kit, const struct dossier_import *row,
                             struct problems *problems)
{
	struct importing g = { .w = w, .kit = kit, .row = row, .problems = problems };
	row_id id;

	TRY(check(&g));
	TRY(find(&id, &g));
	if (!row_is_none(id))
		return update(out, &g, id);
	TRY(add(&g));
	*out = IMPORT_ADDED;
	return ERR_OK;
}
