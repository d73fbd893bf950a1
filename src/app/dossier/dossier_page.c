/* GET /dossiers/:id: everything about one dossier. */
#include "app/dossier/dossier_page.h"

#include "app/account/actor.h"
#include "app/dossier/dossier_days_page.h"
#include "app/dossier/dossier_list_view.h"
#include "gen/links.h"
#include "gen/pages.h"

ERR_RESULT dossier_page_find(struct dossier *out, struct req *req)
{
	return dossier_find(out, req->db, req->arena, params_id(&req->route, "id"),
	                    req->actor->unit_id, clock_today(&req->clock));
}

ERR_RESULT dossier_page_mask(struct dossier_names *names, struct req *req)
{
	struct applicant *p = &names->applicant;

	if (actor_may(req->actor, PERMISSION_PERSON_UNMASK))
		return ERR_OK;
	TRY(mask_number(&p->identity_number, req->arena, p->identity_number));
	return mask_number(&p->phone, req->arena, p->phone);
}

/* ---- history ---- */

static const char *tone_of(enum dossier_action a)
{
	static const char *const tones[ACTION_COUNT_] = {
		[ACTION_RECEIVE] = "info",
		[ACTION_RECEIVE_RETURN] = "ok",
		[ACTION_NOT_ACCEPT] = "off",
		[ACTION_HAND_OVER] = "info",
		[ACTION_ASK_SUPPLEMENT] = "wait",
		[ACTION_SUPPLEMENT_RECEIVED] = "info",
		[ACTION_ASK_PAYMENT] = "wait",
		[ACTION_PAID] = "info",
		[ACTION_FINISH] = "ok",
		[ACTION_RETURN] = "ok",
		[ACTION_EXTEND] = "soon",
		[ACTION_REFUSE] = "late",
		[ACTION_STOP] = "off",
		[ACTION_WITHDRAW] = "off",
		[ACTION_CORRECT] = "info",
	};

	return tones[a];
}

static struct dossier_history_row history_row(const struct dossier_event *e)
{
	struct dossier_history_row row = { .event = e, .tone = "info" };
	enum dossier_action action;

	row.moved = !instant_is_none(e->due_before) && !instant_is_none(e->due_after) &&
	            instant_cmp(e->due_before, e->due_after) != 0;
	if (dossier_action_parse(&action, e->kind)) {
		row.what = dossier_action_rule(action)->past;
		row.tone = tone_of(action);
	} else {
		row.what = msg_text(str_eq(e->kind, "import") ? MSG_HISTORY_IMPORT
		                                              : MSG_HISTORY_RECOMPUTE);
	}
	return row;
}

ERR_RESULT dossier_page_history(const struct dossier_history_row **out, size_t *n,
                                struct req *req, row_id dossier, int64_t after_revision)
{
	struct dossier_event *events;
	struct dossier_history_row *rows;
	size_t count;

	TRY(dossier_events_load(&events, &count, req->db, req->arena, dossier, after_revision));
	TRY(arena_array(req->arena, &rows, count + 1));
	for (size_t i = 0; i < count; i++)
		rows[i] = history_row(&events[i]);
	*out = rows;
	*n = count;
	return ERR_OK;
}

ERR_RESULT dossier_page_conflict(struct dossier_conflict *out, struct req *req, row_id dossier,
                                 int64_t revision)
{
	return dossier_page_history(&out->changes, &out->n, req, dossier, revision);
}

/* ---- what may be done ---- */

static bool is_danger(enum dossier_action a)
{
	return a == ACTION_REFUSE || a == ACTION_STOP || a == ACTION_WITHDRAW ||
	       a == ACTION_NOT_ACCEPT;
}

static struct dossier_offer offer_of(enum dossier_action a)
{
	const struct dossier_action_rule *rule = dossier_action_rule(a);
	struct dossier_offer offer = {
		.action = a,
		.word = rule->word,
		.label = rule->label,
		.needs_reason = rule->needs_reason,
		.chooses_person = a == ACTION_HAND_OVER,
		.chooses_date = a == ACTION_EXTEND,
		.takes_parts = a == ACTION_SUPPLEMENT_RECEIVED,
		.danger = is_danger(a),
	};

	offer.plain = a == ACTION_FINISH || a == ACTION_RETURN || a == ACTION_PAID;
	return offer;
}

/* The likeliest next thing stands first: finishing and returning, then handing over, and last
 * what cannot be taken back. */
static int rank_of(const struct dossier_offer *offer)
{
	if (offer->plain)
		return 0;
	return offer->danger ? 2 : 1;
}

static void add_offers(struct dossier_view_page *v, const struct req *req)
{
	enum dossier_state to;

	for (int rank = 0; rank < 3; rank++) {
		for (int i = 0; i < ACTION_COUNT_; i++) {
			enum dossier_action a = (enum dossier_action)i;
			struct dossier_offer offer = offer_of(a);

			if (rank_of(&offer) != rank || a == ACTION_CORRECT ||
			    a == ACTION_RECEIVE ||
			    !dossier_transition(v->dossier->state, a, &to) ||
			    (req->actor->permissions & dossier_action_rule(a)->may) == 0)
				continue;
			v->offers[v->n_offers++] = offer;
		}
	}
}

static ERR_RESULT load_people(struct dossier_view_page *v, struct req *req)
{
	struct dossier_colleague *people;
	struct choice *choices;
	size_t n;

	TRY(dossier_colleagues_load(&people, &n, req->db, req->arena, v->dossier,
	                            clock_today(&req->clock)));
	TRY(arena_array(req->arena, &choices, n + 1));
	for (size_t i = 0; i < n; i++) {
		TRY(arena_printf(req->arena, &choices[i].value, "%lld",
		                 (long long)people[i].id.value));
		TRY(arena_printf(req->arena, &choices[i].label, "%s%s%s", people[i].name,
		                 people[i].title[0] != '\0' ? ", " : "", people[i].title));
	}
	v->people = choices;
	v->n_people = n;
	return ERR_OK;
}

static void find_next_step(struct dossier_view_page *v)
{
	for (size_t i = 0; i < v->n_steps; i++) {
		if (v->steps[i].position > v->dossier->step)
			v->has_next_step = true;
	}
}

/* ---- slips ---- */

static void add_slip(struct dossier_view_page *v, const char *kind, enum msg label)
{
	v->slips[v->n_slips++] =
	        (struct dossier_slip){ link_slip_show(v->dossier->id, kind), msg_text(label) };
}

static bool happened(const struct dossier_view_page *v, enum dossier_action a)
{
	for (size_t i = 0; i < v->n_history; i++) {
		if (str_eq(v->history[i].event->kind, dossier_action_rule(a)->word))
			return true;
	}
	return false;
}

static void add_slips(struct dossier_view_page *v)
{
	if (v->dossier->state == DOSSIER_NOT_ACCEPTED)
		add_slip(v, "refusal", MSG_SLIP_NOT_ACCEPTED);
	else
		add_slip(v, "receipt", MSG_SLIP_RECEIPT);
	if (happened(v, ACTION_ASK_SUPPLEMENT))
		add_slip(v, "supplement", MSG_SLIP_ASKED);
	if (happened(v, ACTION_REFUSE))
		add_slip(v, "refusal", MSG_SLIP_REFUSED);
	if (happened(v, ACTION_EXTEND))
		add_slip(v, "apology", MSG_SLIP_SORRY);
	if (happened(v, ACTION_STOP))
		add_slip(v, "stop", MSG_SLIP_STOPPED);
	if (v->dossier->state != DOSSIER_NOT_ACCEPTED)
		add_slip(v, "control", MSG_SLIP_STEPS);
}

/* ---- the page ---- */

static ERR_RESULT load_rows(struct dossier_view_page *v, struct req *req)
{
	struct dossier_step_row *steps;
	struct dossier_part_row *parts;
	struct dossier_pause_row *pauses;
	row_id id = v->dossier->id;
	size_t asked = 0;

	TRY(dossier_page_history(&v->history, &v->n_history, req, id, 0));
	TRY(dossier_steps_load(&steps, &v->n_steps, req->db, req->arena, id));
	TRY(dossier_parts_load(&parts, &v->n_parts, req->db, req->arena, id));
	TRY(dossier_pauses_load(&pauses, &v->n_pauses, req->db, req->arena, id));
	for (size_t i = 0; i < v->n_pauses; i++)
		asked += str_eq(pauses[i].kind, "supplement");
	v->asked_before = asked > 1;
	v->steps = steps;
	v->parts = parts;
	v->pauses = pauses;
	return ERR_OK;
}

ERR_RESULT dossier_page_fill(struct dossier_view_page *v, struct req *req,
                             const struct dossier *d)
{
	enum dossier_standing standing = dossier_standing(d, clock_now(&req->clock));
	uint64_t correct = dossier_action_rule(ACTION_CORRECT)->may;

	v->dossier = d;
	v->badge = dossier_badge(d->state, standing, d->outcome);
	v->standing = dossier_standing_text(standing);
	v->may_correct = (req->actor->permissions & correct) != 0;
	TRY(dossier_names_load(&v->names, req->db, req->arena, d->id));
	TRY(dossier_page_mask(&v->names, req));
	TRY(load_rows(v, req));
	find_next_step(v);
	add_offers(v, req);
	if (v->n_offers > 0)
		TRY(load_people(v, req));
	add_slips(v);
	return dossier_days_fill(&v->days, req, d);
}

enum err dossier_show(struct req *req, struct resp *resp)
{
	struct dossier_view_page v = { .dossier = NULL };
	struct dossier d;

	TRY(dossier_page_find(&d, req));
	TRY(dossier_page_fill(&v, req, &d));
	resp->title = d.code;
	tmpl_dossier(&resp->out, &v);
	return ERR_OK;
}
