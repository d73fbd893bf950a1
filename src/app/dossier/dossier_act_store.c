#include "app/dossier/dossier_act_store.h"

#include "app/dossier/dossier_row_store.h"
#include "app/dossier/dossier_stops_store.h"
#include "app/dossier/dossier_store.sql.h"
#include "base/str.h"
#include <string.h>

enum { MOST_REASON = 2000 };

/* ---- steps ---- */

struct steps {
	struct q_dossier_steps_row *at;
	size_t n;
	size_t current; /* n: none has begun, or all are done */
};

enum { MOST_STEPS = 60 };

static ERR_RESULT load_steps(struct steps *out, struct db_write_context *w, row_id dossier)
{
	struct q_dossier_steps_in in = { dossier };
	struct steps s = { 0 };
	DB_ROWS rows = { 0 };

	TRY(arena_array(w->arena, &s.at, MOST_STEPS));
	TRY(q_dossier_steps_open(&rows, w->db, &in));
	while (s.n < MOST_STEPS && q_dossier_steps_next(&rows, &s.at[s.n])) {
		TRY(db_keep_row(w->arena, &query_dossier_steps, &s.at[s.n]));
		s.n++;
	}
	TRY(db_rows_status(&rows));
	while (s.current < s.n && (instant_is_none(s.at[s.current].started_at) ||
	                           !instant_is_none(s.at[s.current].done_at)))
		s.current++;
	*out = s;
	return ERR_OK;
}

static ERR_RESULT write_step(struct db_write_context *w, const struct q_dossier_steps_row *s)
{
	struct q_dossier_step_update_in in = { .id = s->id,
		                               .account_id = s->account_id,
		                               .started_at = s->started_at,
		                               .due_at = s->due_at,
		                               .done_at = s->done_at,
		                               .outcome = s->outcome };

	return q_dossier_step_update_run(w->db, &in);
}

static ERR_RESULT end_step(struct db_write_context *w, const struct dossier_clock *clock,
                           const struct dossier *d, struct q_dossier_steps_row *s, instant_t at)
{
	s->done_at = at;
	s->outcome = NULL;
	if (!instant_is_none(s->due_at))
		s->outcome = outcome_word(outcome_of(
		        clock->calendar, dossier_rules(clock, d)->early, s->due_at, at));
	return write_step(w, s);
}

static ERR_RESULT start_step(struct db_write_context *w, const struct dossier_clock *clock,
                             const struct dossier *d, struct q_dossier_steps_row *s,
                             instant_t at)
{
	s->started_at = at;
	s->account_id = d->holder_id;
	s->due_at = dossier_step_due(clock, d, s->budget, at);
	return write_step(w, s);
}

/* ---- what each kind of action needs and leaves ---- */

struct doing {
	struct db_write_context *w;
	const struct dossier_clock *clock;
	const struct dossier_doing *asked;
	struct dossier before, after;
	struct dossier_act act;
	struct dossier_stops stops;
	struct steps steps;
};

static bool is_resuming(enum dossier_action a)
{
	return a == ACTION_SUPPLEMENT_RECEIVED || a == ACTION_PAID;
}

static bool is_asking(enum dossier_action a)
{
	return a == ACTION_ASK_SUPPLEMENT || a == ACTION_ASK_PAYMENT;
}

static bool ends_work(const struct doing *g)
{
	enum dossier_group group = dossier_group(&g->after);

	return group == GROUP_FINISHED || group == GROUP_CLOSED;
}

/* The due as moved by the pause that ends now. */
static ERR_RESULT resumed_due(struct doing *g)
{
	struct dossier counted = g->before;

	TRY(dossier_stops_load(&g->stops, g->w->db, g->w->arena, g->before.id, g->act.at));
	TRY(dossier_count_due(&counted, g->clock, &g->stops));
	g->act.due = counted.due_at;
	g->after.extended_due_at = counted.extended_due_at;
	return ERR_OK;
}

static void plan_hand_over(struct doing *g)
{
	size_t next = g->steps.current + 1;

	g->act.holder_id = g->asked->to_account_id;
	if (g->asked->next_step && next < g->steps.n)
		g->act.step = (int)g->steps.at[next].position;
}

static ERR_RESULT plan(struct doing *g)
{
	const struct dossier_doing *asked = g->asked;

	g->act = (struct dossier_act){
		.action = asked->action,
		.at = instant_is_none(asked->at) ? g->w->change->at : asked->at,
		.due = asked->due,
	};
	g->act.outcome = dossier_outcome(&g->before, g->clock, g->act.at);
	TRY(load_steps(&g->steps, g->w, g->before.id));
	if (asked->action == ACTION_HAND_OVER)
		plan_hand_over(g);
	return is_resuming(asked->action) ? resumed_due(g) : ERR_OK;
}

static ERR_RESULT open_pause(struct doing *g)
{
	bool supplement = g->act.action == ACTION_ASK_SUPPLEMENT;
	enum supplement_rule effect =
	        supplement ? g->before.supplement_rule : SUPPLEMENT_CONTINUES;
	struct q_dossier_pause_insert_in in = {
		.id = db_new_id(g->w),
		.dossier_id = g->before.id,
		.kind = supplement ? "supplement" : "payment",
		.from_at = g->act.at,
		.to_at = INSTANT_NONE,
		.effect = supplement_rule_word(effect),
		.reason = g->asked->reason,
		.due_before = g->before.due_at,
		.due_after = INSTANT_NONE,
		.change_id = g->w->change->id,
	};

	return q_dossier_pause_insert_run(g->w->db, &in);
}

static ERR_RESULT close_pause(struct doing *g)
{
	struct q_dossier_pause_close_in in = { g->before.id, g->act.at, g->after.due_at };

	return q_dossier_pause_close_run(g->w->db, &in);
}

static ERR_RESULT take_parts(struct doing *g)
{
	for (size_t i = 0; i < g->asked->n_parts; i++) {
		struct q_dossier_part_hand_in_in in = { g->before.id, g->asked->parts[i] };

		TRY(q_dossier_part_hand_in_run(g->w->db, &in));
	}
	return ERR_OK;
}

static ERR_RESULT move_steps(struct doing *g)
{
	struct steps *s = &g->steps;
	bool hand_over = g->act.action == ACTION_HAND_OVER;

	if (s->current == s->n)
		return ERR_OK;
	if (ends_work(g))
		return end_step(g->w, g->clock, &g->after, &s->at[s->current], g->act.at);
	if (hand_over && g->act.step > 0) {
		TRY(end_step(g->w, g->clock, &g->after, &s->at[s->current], g->act.at));
		return start_step(g->w, g->clock, &g->after, &s->at[s->current + 1], g->act.at);
	}
	if (hand_over && !row_is_none(g->act.holder_id)) {
		s->at[s->current].account_id = g->act.holder_id;
		return write_step(g->w, &s->at[s->current]);
	}
	return ERR_OK;
}

static ERR_RESULT write_beside(struct doing *g)
{
	bool was_waiting =
	        g->before.state == DOSSIER_SUPPLEMENT || g->before.state == DOSSIER_PAYMENT;
	struct dossier_happening e = {
		.kind = dossier_action_rule(g->act.action)->word,
		.at = g->act.at,
		.to_account_id = g->act.holder_id,
		.note = g->asked->reason,
		.due_before = g->before.due_at,
		.due_after = g->act.action == ACTION_EXTEND ? g->act.due : g->after.due_at,
	};

	if (is_asking(g->act.action))
		TRY(open_pause(g));
	else if (was_waiting && g->after.state != g->before.state)
		TRY(close_pause(g));
	TRY(take_parts(g));
	TRY(move_steps(g));
	return dossier_record(g->w, &g->after, &e, NULL);
}

static ERR_RESULT check(struct doing *g, struct problems *problems)
{
	const struct dossier_action_rule *rule = dossier_action_rule(g->act.action);
	const char *objection = dossier_objection(&g->before, &g->act);

	if (objection != NULL)
		TRY(problems_add(problems, g->act.action == ACTION_EXTEND ? "due" : "", 0,
		                 objection));
	if (rule->needs_reason && str_blank(g->asked->reason))
		TRY(problems_say(problems, "reason", 0, MSG_DOSSIER_REASON));
	if (g->asked->reason != NULL && strlen(g->asked->reason) > MOST_REASON)
		TRY(problems_say(problems, "reason", 0, MSG_INTAKE_TOO_LONG));
	if (g->act.action == ACTION_HAND_OVER && row_is_none(g->act.holder_id) &&
	    g->act.step == 0)
		TRY(problems_say(problems, "to", 0, MSG_DOSSIER_HAND_OVER_WHERE));
	return problems->n > 0 ? ERR_INPUT : ERR_OK;
}

ERR_RESULT dossier_do_in(struct dossier *out, struct db_write_context *w,
                         const struct dossier_clock *clock, const struct dossier_doing *doing,
                         struct problems *problems)
{
	struct doing g = { .w = w, .clock = clock, .asked = doing };

	TRY(dossier_load(&g.before, w->db, w->arena, doing->dossier_id, w->change->unit_id,
	                 instant_day(w->change->at)));
	if (g.before.revision != doing->revision)
		return err_set(ERR_CONFLICT, "dossier %s is at revision %lld, not %lld",
		               g.before.code, (long long)g.before.revision,
		               (long long)doing->revision);
	g.after = g.before;
	TRY(plan(&g));
	TRY(check(&g, problems));
	dossier_apply(&g.after, &g.act);
	TRY(dossier_update(w, &g.before, &g.after));
	TRY(write_beside(&g));
	w->change->result = g.after.id;
	*out = g.after;
	return ERR_OK;
}

struct do_call {
	const struct dossier_clock *clock;
	const struct dossier_doing *doing;
	struct problems *problems;
};

static enum err run_do(struct db_write_context *w, void *arg)
{
	const struct do_call *c = arg;
	struct dossier d;

	problems_init(c->problems, c->problems->arena);
	return dossier_do_in(&d, w, c->clock, c->doing, c->problems);
}

ERR_RESULT dossier_do(struct db_writer *writer, struct change *change,
                      const struct dossier_clock *clock, const struct dossier_doing *doing,
                      struct problems *problems)
{
	struct do_call c = { clock, doing, problems };

	change->concurrent = true; /* the row of the dossier is updated by its revision */
	return db_write(writer, change, run_do, &c);
}

/* ---- counting again ---- */

ERR_RESULT dossier_recompute_in(bool *moved, struct dossier_moved *out,
                                struct db_write_context *w, const struct dossier_clock *clock,
                                row_id dossier)
{
	struct dossier before, after;
	struct dossier_stops stops;

	TRY(dossier_load(&before, w->db, w->arena, dossier, w->change->unit_id,
	                 instant_day(w->change->at)));
	after = before;
	TRY(dossier_stops_load(&stops, w->db, w->arena, dossier, INSTANT_NONE));
	TRY(dossier_count_due(&after, clock, &stops));
	*moved = instant_cmp(before.due_at, after.due_at) != 0 ||
	         instant_cmp(before.extended_due_at, after.extended_due_at) != 0;
	if (!*moved)
		return ERR_OK;
	struct dossier_happening e = {
		.kind = "recompute",
		.at = w->change->at,
		.note = w->change->reason,
		.due_before = before.due_at,
		.due_after = after.due_at,
	};

	TRY(dossier_update(w, &before, &after));
	TRY(dossier_record(w, &after, &e, NULL));
	*out = (struct dossier_moved){ after.id, after.code, before.due_at, after.due_at };
	return ERR_OK;
}
