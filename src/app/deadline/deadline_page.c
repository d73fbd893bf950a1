/* deadline_page.c - GET /deadline: anybody computes a due date; GET /calendar/rules. */
#include <stdio.h>

#include "app/account/actor.h"
#include "app/calendar/calendar_store.h"
#include "app/deadline/deadline_store.h"
#include "app/deadline/deadline_view.h"
#include "base/str.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"

enum err deadline_days_view(struct deadline_days_view *out, struct arena *a,
                            const struct deadline_days *days, instant_t due)
{
	struct deadline_day_row *rows;

	TRY(arena_array(a, &rows, days->n));
	for (size_t i = 0; i < days->n; i++) {
		const struct deadline_day *d = &days->at[i];
		bool last = date_cmp(d->date, instant_day(due)) == 0;

		rows[i] = (struct deadline_day_row){
			.date = d->date,
			.weekday = msg_text(
			        (enum msg)(MSG_CALENDAR_MONDAY + date_weekday(d->date))),
			.class = last         ? "due"
			         : d->counted ? "counted"
			                      : "skipped",
			.amount = d->amount,
			.reason = d->reason,
			.source = d->source,
			.counted = d->counted,
		};
	}
	*out = (struct deadline_days_view){ rows, days->n };
	return ERR_OK;
}

/* Day and time of receipt and the term, as typed; what is wrong goes to `problems`. */
static enum err read_question(struct deadline_question *q, struct problems *problems,
                              const struct deadline_calculator_view *v)
{
	const char *text;
	date_t day = DATE_NONE;

	if (!v->day || !date_parse_vn(&day, v->day))
		TRY(problems_say(problems, "day", 0, MSG_CALENDAR_BAD_DAY,
		                 v->day ? v->day : ""));
	TRY(arena_printf(problems->arena, &text, "2000-01-01 %s", v->time ? v->time : ""));
	if (!instant_parse_iso(&q->received, text))
		TRY(problems_say(problems, "time", 0, MSG_DEADLINE_BAD_TIME));
	enum term_fault fault = term_parse(&q->term, v->term);
	if (fault != TERM_OK) {
		TRY(term_fault_message(&text, problems->arena, fault, v->term));
		TRY(problems_add(problems, "term", 0, text));
	}
	if (problems->n == 0)
		q->received = instant_local(day, instant_minute(q->received));
	return ERR_OK;
}

static const char *counting_text(const struct deadline_question *q)
{
	switch (q->term.unit) {
	case TERM_WORKING_DAYS:
		return start_rule_text(q->rules->start);
	case TERM_WORKING_HOURS:
		return start_rule_text(START_INSTANT);
	case TERM_CALENDAR_DAYS:
		return msg_text(MSG_DEADLINE_RECEIPT_DAY);
	case TERM_SAME_DAY:
		break;
	}
	return msg_text(MSG_DEADLINE_SAME_DAY);
}

static enum err compute(struct deadline_calculator_view *v, struct deadline_question *q,
                        struct req *req)
{
	struct deadline_days days;
	const struct calendar *cal;
	struct rule_sets sets;
	char term[TERM_TEXT];

	TRY(rule_sets_load(&sets, req->db, req->arena));
	TRY(calendar_load(&cal, req->db, req->arena, app_calendars(req->app),
	                  req->actor->unit_id, clock_today(&req->clock)));
	q->rules = rule_set_find(sets.at, sets.n, instant_day(q->received));
	if (!q->rules)
		return err_set(ERR_RANGE, "no rule set holds on the day of receipt");
	TRY(deadline_compute(&v->deadline, cal, q));
	TRY(deadline_explain(&days, req->arena, cal, q, &v->deadline));
	TRY(deadline_days_view(&v->days, req->arena, &days, v->deadline.due));
	TRY(arena_strdup(req->arena, &v->term_text, term_text(q->term, term)));
	v->rules = q->rules;
	v->start_text = counting_text(q);
	v->answered = true;
	return ERR_OK;
}

enum err deadline_calculator(struct req *req, struct resp *resp)
{
	struct problems problems;
	struct deadline_calculator_view v = { .unit_name = req->actor->unit_name,
		                              .problems = &problems,
		                              .day = params_get(&req->query, "day"),
		                              .time = params_get(&req->query, "time"),
		                              .term = params_get(&req->query, "term") };
	struct deadline_question q = { .extension = { INSTANT_NONE, INSTANT_NONE } };

	problems_init(&problems, req->arena);
	if (v.day || v.time || v.term) {
		TRY(read_question(&q, &problems, &v));
		enum err e = problems.n ? ERR_OK : compute(&v, &q, req);
		if (e == ERR_RANGE)
			e = problems_say(&problems, "day", 0, MSG_DEADLINE_OUT_OF_RANGE);
		TRY(e);
	}
	if (problems.n > 0)
		resp->status = 422;
	resp->title = msg_text(MSG_DEADLINE_TITLE);
	tmpl_deadline_calculator(&resp->out, &v);
	return ERR_OK;
}

static enum err fill_set(struct rule_set_row *row, struct arena *a, const struct rule_set *set,
                         const struct rule_set *current)
{
	char hours[16], rest[16];

	snprintf(hours, sizeof(hours), "%d", set->day_minutes / 60);
	snprintf(rest, sizeof(rest), "%d", set->day_minutes % 60);
	*row = (struct rule_set_row){ .set = set,
		                      .start = start_rule_text(set->start),
		                      .supplement = supplement_rule_text(set->supplement),
		                      .rest_day = rest_day_rule_text(set->rest_day),
		                      .early = early_rule_text(set->early),
		                      .current = set == current };
	TRY(arena_printf(a, &row->cutoff, "%02d:%02d", set->same_day_cutoff / 60,
	                 set->same_day_cutoff % 60));
	if (set->day_minutes % 60 == 0)
		return msg_format(&row->day_length, a, MSG_DEADLINE_HOURS, hours);
	return msg_format(&row->day_length, a, MSG_DEADLINE_HOURS_MINUTES, hours, rest);
}

enum err deadline_rules(struct req *req, struct resp *resp)
{
	struct deadline_rules_view v = { NULL, 0 };
	struct rule_set_row *rows;
	struct rule_sets sets;
	size_t n_shipped;

	(void)rule_set_built_in(&n_shipped);
	TRY(rule_sets_load(&sets, req->db, req->arena));
	TRY(arena_array(req->arena, &rows, sets.n));
	const struct rule_set *current =
	        rule_set_find(sets.at, sets.n, clock_today(&req->clock));
	for (size_t i = 0; i < sets.n; i++) {
		/* The newest first. */
		size_t from = sets.n - 1 - i;

		TRY(fill_set(&rows[i], req->arena, &sets.at[from], current));
		rows[i].shipped = from < n_shipped;
	}
	v.rows = rows;
	v.n_rows = sets.n;
	resp->title = msg_text(MSG_DEADLINE_RULES_TITLE);
	tmpl_deadline_rules(&resp->out, &v);
	return ERR_OK;
}
