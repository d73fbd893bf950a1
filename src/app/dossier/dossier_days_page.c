#include "app/dossier/dossier_days_page.h"

#include "app/calendar/calendar_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_stops_store.h"

const char *dossier_weekday(date_t day)
{
	static const enum msg names[] = { MSG_WEEKDAY_MONDAY,    MSG_WEEKDAY_TUESDAY,
		                          MSG_WEEKDAY_WEDNESDAY, MSG_WEEKDAY_THURSDAY,
		                          MSG_WEEKDAY_FRIDAY,    MSG_WEEKDAY_SATURDAY,
		                          MSG_WEEKDAY_SUNDAY };

	return msg_text(names[date_weekday(day)]);
}

ERR_RESULT dossier_days_fill(struct dossier_days_view *out, struct req *req,
                             const struct dossier *d)
{
	struct dossier_days_view v = { .term = d->term };
	struct deadline_question question;
	struct dossier_clock clock;
	struct dossier_stops stops;
	struct deadline_days days;
	enum err e;

	TRY(dossier_clock_load(&clock, req->db, req->arena, app_calendars(req->app),
	                       d->receiving_unit_id, clock_today(&req->clock)));
	TRY(dossier_stops_load(&stops, req->db, req->arena, d->id, INSTANT_NONE));
	v.rule = dossier_rules(&clock, d)->name;
	v.basis = dossier_rules(&clock, d)->basis;
	*out = v;
	if (instant_is_none(d->due_at) || !dossier_question(&question, &clock, d, &stops))
		return ERR_OK;
	e = deadline_compute(&v.deadline, clock.calendar, &question);
	if (e == ERR_RANGE)
		return ERR_OK;
	TRY(e);
	TRY(deadline_explain(&days, req->arena, clock.calendar, &question, &v.deadline));
	v.days = days.at;
	v.n = days.n;
	*out = v;
	return ERR_OK;
}
