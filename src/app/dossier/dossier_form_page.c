#include "app/dossier/dossier_form_page.h"

#include "app/account/actor.h"
#include "app/calendar/calendar_store.h"
#include "app/procedure/procedure_store.h"
#include "app/unit/unit_store.h"

enum { PICKER_ROWS = 600, MOST_DONG_DIGITS = 12 };

/* ---- what was typed ---- */

static const char *typed(const struct req *req, const char *name, const char *otherwise)
{
	const char *text = params_get(&req->form, name);

	return str_blank(text) ? otherwise : text;
}

static ERR_RESULT read_ticks(const bool **out, const struct req *req)
{
	size_t n = params_count(&req->form, "part");
	long long place;
	bool *ticks;

	TRY(arena_array(req->arena, &ticks, INTAKE_MOST_PARTS));
	for (size_t i = 0; i < n; i++) {
		const char *text = params_nth(&req->form, "part", i);

		if (str_to_int(text, &place) && place >= 0 && place < INTAKE_MOST_PARTS)
			ticks[place] = true;
	}
	*out = ticks;
	return ERR_OK;
}

enum err dossier_form_read(struct dossier_form *out, const struct req *req)
{
	*out = (struct dossier_form){
		.q = typed(req, "q", NULL),
		.procedure = params_id(&req->form, "procedure"),
		.kind = typed(req, "kind", choice_word(APPLICANT_PERSON)),
		.name = typed(req, "name", NULL),
		.identity_number = typed(req, "identity_number", NULL),
		.phone = typed(req, "phone", NULL),
		.email = typed(req, "email", NULL),
		.address = typed(req, "address", NULL),
		.channel = typed(req, "channel", choice_word(CHANNEL_COUNTER)),
		.delivery = typed(req, "delivery", choice_word(DELIVERY_COUNTER)),
		.summary = typed(req, "summary", NULL),
		.quantity = typed(req, "quantity", "1"),
		.fee = typed(req, "fee", NULL),
		.book = typed(req, "book", NULL),
		.code = typed(req, "code", NULL),
		.received_at = typed(req, "received_at", NULL),
		.competent = typed(req, "competent", NULL),
		.reason = typed(req, "reason", NULL),
		.parts_shown = params_get(&req->form, "parts") != NULL,
	};
	return read_ticks(&out->ticks, req);
}

bool dossier_part_ticked(const struct dossier_form *form, const struct dossier_procedure *p,
                         size_t i)
{
	if (form->parts_shown)
		return form->ticks[i];
	return p->parts[i].required;
}

const char *dossier_part_form_text(const char *form)
{
	return procedure_label(&procedure_part_forms, form);
}

/* ---- what it states ---- */

bool dossier_form_money(money_t *out, const char *text)
{
	int64_t dong = 0;
	int digits = 0;

	if (str_blank(text)) {
		*out = MONEY_NONE;
		return true;
	}
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '.' || *p == ' ')
			continue;
		if (*p < '0' || *p > '9' || ++digits > MOST_DONG_DIGITS)
			return false;
		dong = dong * 10 + (*p - '0');
	}
	*out = (money_t){ dong };
	return digits > 0;
}

static ERR_RESULT read_numbers(struct dossier_intake *in, const struct dossier_form *form,
                               struct problems *problems)
{
	long long quantity = 0;

	if (str_to_int(form->quantity, &quantity) && quantity > 0 &&
	    quantity <= INTAKE_MOST_QUANTITY)
		in->quantity = (int)quantity;
	if (!dossier_form_money(&in->fee, form->fee))
		TRY(problems_say(problems, "fee", 0, MSG_INTAKE_FEE));
	if (form->received_at != NULL && !instant_parse_vn(&in->received_at, form->received_at))
		TRY(problems_say(problems, "received_at", 0, MSG_INTAKE_INSTANT));
	return ERR_OK;
}

/* Those that the page offered: below the actor's unit or above it. */
static ERR_RESULT read_competent(struct dossier_intake *in, const struct dossier_form *form,
                                 const struct req *req, struct problems *problems)
{
	date_t today = clock_today(&req->clock);
	row_id unit, own = req->actor->unit_id;
	bool below = false, above = false;

	if (form->competent == NULL)
		return ERR_OK;
	if (row_id_parse(&unit, form->competent)) {
		TRY(unit_is_below(&below, req->db, own, unit, today));
		TRY(unit_is_below(&above, req->db, unit, own, today));
	}
	if (!below && !above)
		return problems_say(problems, "competent", 0, MSG_INTAKE_COMPETENT);
	in->competent_unit_id = unit;
	return ERR_OK;
}

ERR_RESULT dossier_form_intake(struct dossier_intake *out, const struct dossier_form *form,
                               const struct req *req, struct problems *problems)
{
	struct dossier_intake in = {
		.action = ACTION_RECEIVE,
		.receiving_unit_id = req->actor->unit_id,
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = form->name,
		               .identity_number = form->identity_number,
		               .phone = form->phone,
		               .email = form->email,
		               .address = form->address },
		.summary = form->summary,
		.book = form->book,
		.code = form->code,
		.reason = form->reason,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_COUNTER,
		.received_at = INSTANT_NONE,
		.handed_in = form->parts_shown ? form->ticks : NULL,
		.holder_id = req->actor->account_id,
	};

	if (!choice_parse(&in.applicant.kind, LIST_APPLICANT, form->kind) ||
	    !choice_parse(&in.channel, LIST_CHANNEL, form->channel) ||
	    !choice_parse(&in.delivery, LIST_DELIVERY, form->delivery))
		return err_set(ERR_INPUT, "a choice that the form does not offer");
	TRY(read_numbers(&in, form, problems));
	TRY(read_competent(&in, form, req, problems));
	*out = in;
	return ERR_OK;
}

ERR_RESULT dossier_form_kit(struct dossier_kit *out, struct req *req,
                            const struct dossier_form *form, struct problems *problems)
{
	date_t today = clock_today(&req->clock);
	enum err e;

	*out = (struct dossier_kit){ NULL, NULL, NULL };
	if (row_is_none(form->procedure))
		return ERR_OK;
	e = dossier_kit_load(
	        out, req->db, req->arena, app_calendars(req->app),
	        &(struct dossier_kit_wish){ req->actor->unit_id, form->procedure, today });
	if (e == ERR_NOT_FOUND)
		return problems_say(problems, "procedure", 0, MSG_INTAKE_NO_PROCEDURE);
	return e;
}

ERR_RESULT dossier_form_person(bool *found, struct dossier_form *form, struct req *req)
{
	const char *number = form->identity_number ? form->identity_number : form->phone;
	struct applicant p;
	enum err e = ERR_NOT_FOUND;

	*found = false;
	if (number != NULL)
		e = applicant_find(&p, req->db, req->arena, req->actor->unit_id, number);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	form->kind = choice_word(p.kind);
	form->name = p.name;
	form->identity_number = p.identity_number;
	form->phone = p.phone;
	form->email = p.email;
	form->address = p.address;
	*found = true;
	return ERR_OK;
}

/* ---- what there is to choose ---- */

/* Procedures of the unit's level; an office takes those of all levels. */
static ERR_RESULT level_of(const char **out, struct req *req)
{
	struct unit unit;

	TRY(unit_find(&unit, req->db, req->arena, ROW_NONE, req->actor->unit_id,
	              clock_today(&req->clock)));
	*out = str_eq(unit.level, "office") ? NULL : unit.level;
	return ERR_OK;
}

ERR_RESULT dossier_form_options(struct dossier_picker *out, struct req *req,
                                const struct dossier_form *form)
{
	struct procedure_filter filter = {
		.on = clock_today(&req->clock),
		.text = form->q,
		.limit = PICKER_ROWS,
	};
	struct procedure_rows rows;
	struct dossier_option *options;

	TRY(level_of(&filter.level, req));
	TRY(procedure_list(&rows, req->db, req->arena, &filter));
	TRY(arena_array(req->arena, &options, rows.n + 1));
	for (size_t i = 0; i < rows.n; i++)
		options[i] = (struct dossier_option){ rows.at[i].id, rows.at[i].code,
			                              rows.at[i].name, rows.at[i].field,
			                              rows.at[i].term };
	*out = (struct dossier_picker){ form->q, options, rows.n, rows.more };
	return ERR_OK;
}

static ERR_RESULT choices_of(const struct choice **out, size_t *n, struct arena *a,
                             enum dossier_choice_list list)
{
	const struct choice_row *rows = choice_rows(list, n);
	struct choice *choices;

	TRY(arena_array(a, &choices, *n));
	for (size_t i = 0; i < *n; i++)
		choices[i] = (struct choice){ rows[i].word, rows[i].text };
	*out = choices;
	return ERR_OK;
}

/* The units above, then those below. */
static ERR_RESULT competent_choices(struct dossier_form_choices *out, struct req *req)
{
	row_id own = req->actor->unit_id;
	date_t today = clock_today(&req->clock);
	struct unit_rows path, tree;
	struct choice *choices;
	size_t n = 0;

	TRY(unit_path(&path, req->db, req->arena, own, today));
	TRY(unit_tree(&tree, req->db, req->arena, own, today, today));
	TRY(arena_array(req->arena, &choices, path.n + tree.n + 1));
	for (size_t i = 0; i < path.n + tree.n; i++) {
		const struct unit_row *u = i < path.n ? &path.at[i] : &tree.at[i - path.n];

		if (row_eq(u->id, own))
			continue;
		choices[n].label = u->name;
		TRY(arena_printf(req->arena, &choices[n].value, "%lld",
		                 (long long)u->id.value));
		n++;
	}
	out->competent = choices;
	out->n_competent = n;
	return ERR_OK;
}

ERR_RESULT dossier_form_choices(struct dossier_form_choices *out, struct req *req)
{
	struct dossier_form_choices c;

	TRY(choices_of(&c.channels, &c.n_channels, req->arena, LIST_CHANNEL));
	TRY(choices_of(&c.deliveries, &c.n_deliveries, req->arena, LIST_DELIVERY));
	TRY(choices_of(&c.kinds, &c.n_kinds, req->arena, LIST_APPLICANT));
	TRY(competent_choices(&c, req));
	*out = c;
	return ERR_OK;
}
