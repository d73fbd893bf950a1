#include "app/report/report_own_page.h"

#include <stdio.h>

#include "app/account/account_store.h"
#include "app/account/actor.h"
#include "app/form/form_cell_store.h"
#include "app/form/form_tally.h"
#include "app/report/report_store.h"
#include "gen/links.h"

struct html_badge report_state_badge(enum report_state s)
{
	static const enum tone tones[REPORT_STATE_COUNT_] = {
		[REPORT_COMPILING] = TONE_INFO, [REPORT_CHECKING] = TONE_INFO,
		[REPORT_SUBMITTED] = TONE_WAIT, [REPORT_SIGNED] = TONE_WAIT,
		[REPORT_NUMBERED] = TONE_WAIT,  [REPORT_SENT] = TONE_SOON,
		[REPORT_ACCEPTED] = TONE_OK,    [REPORT_RETURNED] = TONE_LATE,
		[REPORT_EXEMPT] = TONE_OFF,
	};

	return badge(tones[s], report_state_text(s));
}

struct html_badge report_standing_badge(enum report_standing s)
{
	static const enum tone tones[] = {
		[REPORT_IN_TIME] = TONE_INFO,    [REPORT_OVERDUE] = TONE_LATE,
		[REPORT_SENT_IN_TIME] = TONE_OK, [REPORT_SENT_LATE] = TONE_SOON,
		[REPORT_NOT_OWED] = TONE_OFF,
	};

	return badge(tones[s], report_standing_text(s));
}

ERR_RESULT report_document(const char **out, struct arena *a, int64_t number,
                           const char *notation)
{
	*out = "";
	if (number == REPORT_NO_NUMBER)
		return ERR_OK;
	return arena_printf(a, out, "%02lld/%s", (long long)number, notation);
}

ERR_RESULT report_figure_text(const char **out, struct arena *a, dec_t value)
{
	char text[DEC_TEXT];

	if (dec_is_none(value)) {
		*out = msg_text(MSG_REPORT_PAGE_BLANK);
		return ERR_OK;
	}
	return arena_strdup(a, out, dec_vn(value, -1, text));
}

const struct form_row *report_row_of(const struct form_set *set, const char *form,
                                     const char *indicator)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, indicator) && str_eq(set->rows[i].form->code, form))
			return &set->rows[i];
	return NULL;
}

bool report_has_package(const struct report *r)
{
	return r->content_sha256 && !date_is_none(r->signed_on);
}

ERR_RESULT report_sheet_of(struct rollup_sheet *out, const struct req *req,
                           const struct report *r)
{
	const struct form_set *set;

	TRY(form_set_open(&set, req->db, req->arena, r->set_code));
	return rollup_sheet_open(
	        out, req->db, req->arena, set,
	        &(struct form_sheet_of){ req->actor->unit_id, r->unit_id,
	                                 period_of_days(r->from_on, r->to_on) });
}

bool report_is_missing(const struct rollup_sheet *sheet, const struct form_row *row)
{
	const struct rollup_value *v = &sheet->values[row->at];

	return form_is_missing(row, &sheet->own.cells[row->at]) && v->fills &&
	       dec_is_none(v->value);
}

/* What is wrong is said of what the office states itself. */
struct form_tally report_tally(const struct rollup_sheet *sheet, const struct form *form)
{
	struct form_tally t = form_tally(sheet->set, form, sheet->own.cells);

	if (!sheet->rollup)
		return t;
	t.filled = t.blank = t.missing = 0;
	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = &sheet->set->rows[(size_t)form->first + i];
		const struct rollup_value *v = &sheet->values[row->at];

		if (row->kind == FORM_GROUP)
			continue;
		t.filled += !dec_is_none(v->value);
		t.blank += dec_is_none(v->value) && v->fills;
		t.missing += report_is_missing(sheet, row);
	}
	return t;
}

struct url report_form_url(const struct req *req, const struct report *r, struct url u)
{
	char code[PERIOD_TEXT];

	if (!row_eq(r->unit_id, req->actor->unit_id))
		u = url_with_int(u, "unit", (long long)r->unit_id.value);
	return url_with(u, "period", period_code(r->from_on, r->to_on, code));
}

/* Signing and giving a number are done where the report is read. */
static bool is_sent_from_anywhere(enum report_action a)
{
	return a != REPORT_DO_SIGN && a != REPORT_DO_NUMBER && a != REPORT_DO_ACCEPT;
}

void report_next_fill(struct report_next_view *v, const struct req *req, const struct report *r)
{
	struct report_actor who = report_actor_of(req->actor);
	enum report_action next;

	*v = (struct report_next_view){ 0 };
	if (!report_next_action(&next, r->state) || !row_is_none(r->amended_by_id))
		return;
	v->label = report_action_rule(next)->label;
	v->word = report_action_rule(next)->word;
	v->waits = report_may(next, &who, r);
	v->there = !v->waits;
	v->sends = is_sent_from_anywhere(next);
	v->to = link_report_show(r->id);
}

static ERR_RESULT count_missing(struct report_own_view *v, const struct req *req,
                                const struct report *r)
{
	struct rollup_sheet sheet;

	TRY(report_sheet_of(&sheet, req, r));
	for (size_t i = 0; i < sheet.set->n_forms; i++) {
		struct form_tally t = report_tally(&sheet, &sheet.set->forms[i]);

		v->missing += t.missing;
		v->errors += t.errors;
	}
	v->missing_url = report_form_url(req, r, link_form_missing_list(r->set_code));
	return ERR_OK;
}

ERR_RESULT report_mine_fill(struct report_mine_view *v, const struct req *req,
                            const struct report *r, const struct rollup_sheet *sheet)
{
	const struct form_set *set = sheet->set;
	const struct form_owner *owners;
	struct report_mine_line *lines;
	struct account me;
	enum err e;

	*v = (struct report_mine_view){ .period_name = r->period_name };
	if (sheet->lock || !row_eq(r->unit_now, req->actor->unit_id))
		return ERR_OK;
	e = account_find(&me, req->db, req->arena, req->actor->unit_id, req->actor->account_id,
	                 clock_today(&req->clock));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	TRY(form_owners(&owners, req->db, req->arena, set, req->actor->unit_id, r->unit_id));
	TRY(arena_array(req->arena, &lines, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		struct report_mine_line *to = &lines[v->n];
		row_id room = row_eq(me.unit_id, r->unit_id) ? ROW_NONE : me.unit_id;

		if (!form_owner_is(&owners[i], me.id, room) || !report_is_missing(sheet, row))
			continue;
		to->code = row->code;
		to->label = row->label;
		to->to = report_form_url(
		        req, r, link_form_figure_show(set->code, row->form->code, row->code));
		TRY(arena_printf(req->arena, &to->form, "%s %s", set->printed,
		                 row->form->code));
		v->n++;
	}
	v->lines = lines;
	return ERR_OK;
}

ERR_RESULT report_mine_of_desk(struct report_mine_view *v, const struct req *req)
{
	struct rollup_sheet sheet;
	struct report r;
	row_id id;
	enum err e;

	*v = (struct report_mine_view){ 0 };
	if ((req->actor->permissions & (MAY(FORM_READ) | MAY(FORM_ENTER))) == 0)
		return ERR_OK;
	e = report_to_supply(&id, req->db, req->actor->unit_id, req->actor->account_id);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	TRY(report_find(&r, req->db, req->arena, req->actor->unit_id, id,
	                clock_today(&req->clock)));
	TRY(report_sheet_of(&sheet, req, &r));
	return report_mine_fill(v, req, &r, &sheet);
}

ERR_RESULT report_own_fill(struct report_own_view *v, const struct req *req,
                           const struct report *r)
{
	struct report_comments comments;

	*v = (struct report_own_view){
		.there = true,
		.id = r->id,
		.revision = r->revision,
		.unit_name = r->unit_name,
		.period_name = r->period_name,
		.state = report_state_text(r->state),
		.standing = report_standing_badge(report_standing(
		        r->state, r->send_by_on, r->first_sent_on, clock_today(&req->clock))),
		.send_by_on = r->send_by_on,
	};
	report_next_fill(&v->next, req, r);
	TRY(report_comments(&comments, req->db, req->arena, req->actor->unit_id, r->id));
	v->comments = (int)comments.n_open;
	if (r->state == REPORT_COMPILING || r->state == REPORT_CHECKING)
		TRY(count_missing(v, req, r));
	return ERR_OK;
}
