/* The one door for everything that is done with a report. */
#include "app/narrative/narrative_store.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_row_store.h"
#include "app/report/report_store.sql.h"
#include "app/rollup/rollup_tree_store.h"
#include "base/str.h"

struct doing {
	struct db_write_context *w;
	const struct report_doing *asked;
	struct report before, after;
	struct problems *problems;
	date_t today;
};

/* ---- numbers ---- */

/* A number of the office and year that nobody else has. */
static ERR_RESULT check_number(struct doing *g)
{
	const struct report_given *given = &g->asked->given;
	struct q_report_number_holder_in in = { g->before.unit_now, date_year(given->dated_on),
		                                given->number };
	struct q_report_number_holder_row row;
	char number[24], year[24];
	enum err e = q_report_number_holder_one(g->w->db, g->w->arena, &in, &row);

	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	if (row_eq(row.report_id, g->before.id))
		return ERR_OK;
	snprintf(number, sizeof(number), "%lld", (long long)given->number);
	snprintf(year, sizeof(year), "%lld", (long long)in.year);
	return problems_say(g->problems, "number", 0, MSG_REPORT_NUMBER_TAKEN, number, year,
	                    row.period_name);
}

static ERR_RESULT take_number(struct doing *g)
{
	struct q_report_number_release_in release = { g->before.id };
	struct q_report_number_add_in add = { .unit_id = g->before.unit_now,
		                              .year = date_year(g->after.dated_on),
		                              .number = g->after.number,
		                              .report_id = g->before.id,
		                              .notation = g->after.notation,
		                              .dated_on = g->after.dated_on,
		                              .change_id = g->w->change->id };

	TRY(q_report_number_release_run(g->w->db, &release));
	return q_report_number_add_run(g->w->db, &add);
}

/* ---- what each action leaves ---- */

static void set_compiler(struct doing *g)
{
	g->after.compiler_id = g->asked->who.account_id;
}

static void set_checker(struct doing *g)
{
	g->after.checker_id = g->asked->who.account_id;
}

static void take_back(struct doing *g)
{
	g->after.checker_id = ROW_NONE;
}

static void sign(struct doing *g)
{
	g->after.signer_id = g->asked->who.account_id;
	g->after.signed_on = g->today;
}

/* The register keeps the number for this report; the paper has to be signed again. */
static void reopen(struct doing *g)
{
	g->after.checker_id = g->after.signer_id = g->after.clerk_id = ROW_NONE;
	g->after.signed_on = g->after.dated_on = DATE_NONE;
	g->after.number = REPORT_NO_NUMBER;
	g->after.notation = "";
}

static void number(struct doing *g)
{
	g->after.clerk_id = g->asked->who.account_id;
	g->after.number = g->asked->given.number;
	g->after.notation = g->asked->given.notation;
	g->after.dated_on = g->asked->given.dated_on;
}

static void send(struct doing *g)
{
	g->after.sent_on = g->today;
	if (date_is_none(g->after.first_sent_on))
		g->after.first_sent_on = g->today;
}

/* The facts of `after`, and its state; names of people follow from a new look at the row. */
static ERR_RESULT apply(struct doing *g)
{
	static void (*const effects[REPORT_ACTION_COUNT_])(struct doing *) = {
		[REPORT_DO_TO_CHECK] = set_compiler,
		[REPORT_DO_SUBMIT] = set_checker,
		[REPORT_DO_GIVE_BACK] = take_back,
		[REPORT_DO_SIGN] = sign,
		[REPORT_DO_REOPEN] = reopen,
		[REPORT_DO_NUMBER] = number,
		[REPORT_DO_SEND] = send,
	};
	const struct report_action_rule *rule = report_action_rule(g->asked->action);
	struct q_report_account_in in = { g->asked->who.account_id };
	struct q_report_account_row row;

	if (effects[g->asked->action] != NULL)
		effects[g->asked->action](g);
	if (rule->to != REPORT_SAME)
		g->after.state = rule->to;
	if (g->asked->action != REPORT_DO_SIGN)
		return ERR_OK;
	TRY(q_report_account_one(g->w->db, g->w->arena, &in, &row));
	g->after.signer_name = row.name; /* said by the lock */
	return ERR_OK;
}

/* The document that takes its place; the old one stays as it was signed. */
static ERR_RESULT amend(struct doing *g, struct report *out)
{
	struct report next = g->before;

	next.id = db_new_id(g->w);
	next.amends_report_id = g->before.id;
	next.pinned_change_id = ROW_NONE;
	next.content_sha256 = NULL;
	g->after.amended_by_id = next.id;
	TRY(report_change_row(g->w, &g->before, &g->after, g->asked));
	TRY(report_add_row(g->w, &next, g->asked->given.reason));
	return report_find(out, g->w->db, g->w->arena, ROW_NONE, next.id, g->today);
}

/* ---- the door ---- */

/* Figures over a tree with a gap are nobody's: the leader is not shown them. */
static ERR_RESULT check_tree(struct doing *g)
{
	const char *problem;

	if (g->asked->action != REPORT_DO_SUBMIT)
		return ERR_OK;
	TRY(rollup_tree_problem(&problem, g->w->db, g->problems->arena, g->before.unit_id,
	                        g->before.to_on));
	return problem ? problems_add(g->problems, "", 0, problem) : ERR_OK;
}

static ERR_RESULT check(struct doing *g)
{
	const struct report_doing *x = g->asked;
	const char *why_not = report_may(x->action, &x->who, &g->before);

	if (why_not)
		TRY(problems_add(g->problems, "", 0, why_not));
	else
		TRY(report_given_check(&x->given, x->action, &g->before, g->today,
		                       g->problems));
	if (!why_not && x->action == REPORT_DO_NUMBER && g->problems->n == 0)
		TRY(check_number(g));
	if (!why_not)
		TRY(check_tree(g));
	if (!why_not)
		TRY(report_check_remarks(g->w, &g->before, x->remarks, x->n_remarks,
		                         g->problems));
	return g->problems->n > 0 ? err_set(ERR_INPUT, "what was to be done was refused")
	                          : ERR_OK;
}

ERR_RESULT report_do_in(struct report *out, struct db_write_context *w,
                        const struct report_doing *doing, struct problems *problems)
{
	struct doing g = { .w = w,
		           .asked = doing,
		           .problems = problems,
		           .today = instant_day(w->change->at) };

	TRY(report_find(&g.before, w->db, w->arena, w->change->unit_id, doing->report_id,
	                g.today));
	if (g.before.revision != doing->revision)
		return err_set(ERR_CONFLICT, "the report is at revision %lld, not %lld",
		               (long long)g.before.revision, (long long)doing->revision);
	TRY(check(&g));
	g.after = g.before;
	TRY(apply(&g));
	if (doing->action == REPORT_DO_AMEND) {
		TRY(amend(&g, out));
		w->change->result = out->id;
		return ERR_OK;
	}
	if (doing->action == REPORT_DO_SUBMIT)
		TRY(narrative_keep_in(w, g.after.id));
	if (doing->action == REPORT_DO_SIGN)
		TRY(report_freeze_in(w, &g.after, problems));
	TRY(report_change_row(w, &g.before, &g.after, doing));
	if (doing->action == REPORT_DO_NUMBER)
		TRY(take_number(&g));
	TRY(report_add_remarks(w, &g.after, &doing->who, doing->remarks, doing->n_remarks));
	w->change->result = g.after.id;
	return report_find(out, w->db, w->arena, ROW_NONE, g.after.id, g.today);
}

struct do_call {
	const struct report_doing *doing;
	struct problems *problems;
};

static enum err run_do(struct db_write_context *w, void *arg)
{
	const struct do_call *c = arg;
	struct report r;

	problems_init(c->problems, c->problems->arena);
	return report_do_in(&r, w, c->doing, c->problems);
}

/* Alone: nobody enters a cell while the sheet is being locked. */
ERR_RESULT report_do(struct db_writer *writer, struct change *change,
                     const struct report_doing *doing, struct problems *problems)
{
	struct do_call c = { doing, problems };

	return db_write(writer, change, run_do, &c);
}
