/* procedure_page.c - the public list, search and page of a procedure; the picker's JSON.
 * procedure_form_page.c holds the forms. */
#include "app/account/account.h"
#include "app/account/actor.h"
#include "app/procedure/procedure_store.h"
#include "app/procedure/procedure_view.h"
#include "app/unit/unit_store.h"
#include "gen/links.h"
#include "gen/pages.h"
#include "http/http.h"
#include "json/json.h"

enum { PAGE_ROWS = 50, PICKER_ROWS = 20 };

static bool may_manage(const struct req *req)
{
	return actor_may(req->actor, PERMISSION_PROCEDURE_MANAGE);
}

/* ---- list and search ---- */

static ERR_RESULT field_choices(struct procedure_list_view *v, struct req *req)
{
	struct procedure_fields fields;
	struct choice *choices;

	TRY(procedure_fields(&fields, req->db, req->arena));
	TRY(arena_array(req->arena, &choices, fields.n + 1));
	for (size_t i = 0; i < fields.n; i++) {
		choices[i].label = fields.at[i].name;
		TRY(arena_printf(req->arena, &choices[i].value, "%lld",
		                 (long long)fields.at[i].id.value));
	}
	v->fields = choices;
	v->n_fields = fields.n;
	return ERR_OK;
}

static ERR_RESULT level_choices(struct procedure_list_view *v, struct req *req)
{
	struct unit_levels levels;
	struct choice *choices;

	TRY(unit_levels(&levels, req->db, req->arena));
	TRY(arena_array(req->arena, &choices, levels.n + 1));
	for (size_t i = 0; i < levels.n; i++)
		choices[i] = (struct choice){ levels.at[i].code, levels.at[i].name };
	v->levels = choices;
	v->n_levels = levels.n;
	return ERR_OK;
}

static ERR_RESULT service_choices(struct procedure_list_view *v, struct req *req)
{
	const struct procedure_terms *terms = &procedure_service_levels;
	struct choice *choices;

	TRY(arena_array(req->arena, &choices, terms->n));
	for (size_t i = 0; i < terms->n; i++)
		choices[i] = (struct choice){ terms->at[i].word, terms->at[i].label };
	v->service_levels = choices;
	v->n_service_levels = terms->n;
	return ERR_OK;
}

static ERR_RESULT to_rows(struct procedure_list_view *v, struct req *req,
                          const struct procedure_rows *found)
{
	struct procedure_list_row *rows;

	TRY(arena_array(req->arena, &rows, found->n + 1));
	for (size_t i = 0; i < found->n; i++) {
		const struct procedure_row *p = &found->at[i];

		rows[i] = (struct procedure_list_row){
			.id = p->id,
			.code = p->code,
			.name = p->name,
			.field = p->field,
			.service_level =
			        procedure_label(&procedure_service_levels, p->service_level),
			.term = p->term,
		};
	}
	v->rows = rows;
	v->n_rows = found->n;
	return ERR_OK;
}

static struct url next_page(const struct procedure_list_view *v, const char *after)
{
	struct url u = url_with(link_procedure_index(), "field", v->field_id);

	u = url_with(u, "level", v->level);
	u = url_with(u, "service", v->service_level);
	return url_with(u, "after", after);
}

enum err procedure_index(struct req *req, struct resp *resp)
{
	struct procedure_list_view v = { .text = params_get(&req->query, "q"),
		                         .field_id = params_get(&req->query, "field"),
		                         .level = params_get(&req->query, "level"),
		                         .service_level = params_get(&req->query, "service"),
		                         .may_manage = may_manage(req) };
	struct procedure_filter filter = { .on = clock_today(&req->clock),
		                           .field_id = params_id(&req->query, "field"),
		                           .level = v.level,
		                           .service_level = v.service_level,
		                           .text = v.text,
		                           .after_code = params_get(&req->query, "after"),
		                           .limit = PAGE_ROWS };
	struct procedure_rows found;

	if (!str_blank(v.text))
		filter.after_code = NULL;
	TRY(procedure_list(&found, req->db, req->arena, &filter));
	TRY(to_rows(&v, req, &found));
	TRY(field_choices(&v, req));
	TRY(level_choices(&v, req));
	TRY(service_choices(&v, req));
	v.more = found.more && !str_blank(v.text);
	if (found.more && !v.more)
		v.pager.next = next_page(&v, found.at[found.n - 1].code);
	if (filter.after_code)
		v.pager.previous = next_page(&v, NULL);
	resp->title = msg_text(MSG_PROCEDURE_TITLE_LIST);
	tmpl_procedure_list(&resp->out, &v);
	return ERR_OK;
}

/* ---- the picker ---- */

enum err procedure_search(struct req *req, struct resp *resp)
{
	date_t on = params_date(&req->query, "on");
	struct procedure_filter filter = {
		.on = date_is_none(on) ? clock_today(&req->clock) : on,
		.level = params_get(&req->query, "level"),
		.text = params_get(&req->query, "q"),
		.limit = PICKER_ROWS,
	};
	struct procedure_rows found;
	struct json j;

	TRY(procedure_list(&found, req->db, req->arena, &filter));
	resp->content_type = "application/json";
	json_init(&j, &resp->body);
	json_begin_object(&j);
	json_key(&j, "rows");
	json_begin_array(&j);
	for (size_t i = 0; i < found.n; i++) {
		const struct procedure_row *p = &found.at[i];

		json_begin_object(&j);
		json_key(&j, "id");
		json_id(&j, p->id);
		json_key(&j, "version_id");
		json_id(&j, p->version_id);
		json_key(&j, "code");
		json_text(&j, p->code);
		json_key(&j, "name");
		json_text(&j, p->name);
		json_key(&j, "field");
		json_text(&j, p->field);
		json_key(&j, "term");
		json_text(&j, p->term);
		json_end(&j);
	}
	json_end(&j);
	json_key(&j, "more");
	json_bool(&j, found.more);
	json_end(&j);
	return ERR_OK;
}

/* ---- one procedure ---- */

static ERR_RESULT levels_text(const char **out, struct req *req, const struct procedure *p)
{
	struct str text;

	str_init(&text, req->arena, 1024);
	for (size_t i = 0; i < p->n_levels; i++)
		str_printf(&text, "%s%s", i ? "; " : "", p->levels[i].name);
	return str_finish(&text, out);
}

static const char *old_level_text(const struct procedure *p)
{
	char word[2] = { '\0', '\0' };

	if (p->old_level >= 0 && p->old_level <= 9)
		word[0] = (char)('0' + p->old_level);
	return procedure_label(&procedure_old_levels, word);
}

static struct procedure_show_view view_of(const struct procedure *p)
{
	return (struct procedure_show_view){
		.id = p->id,
		.repealed = str_eq(p->decision_kind, "repealed"),
		.version = (int)p->version,
		.code = p->code,
		.name = p->name,
		.field = p->field,
		.service_level = procedure_label(&procedure_service_levels, p->service_level),
		.old_level = old_level_text(p),
		.term = p->term,
		.statutory_term = p->statutory_term,
		.statutory_basis = p->statutory_basis,
		.shortened_term = p->shortened_term,
		.shortened_basis = p->shortened_basis,
		.supplement = procedure_label(&procedure_supplements, p->supplement_rule),
		.linked = procedure_label(&procedure_links, p->linked),
		.fee_note = p->fee_note,
		.result_name = p->result_name,
		.note = p->note,
		.fee = p->fee,
		.has_fee = p->fee.dong != MONEY_NONE.dong,
		.online_offered = p->online_offered,
		.online_payment = p->online_payment,
		.on_national_portal = p->on_national_portal,
		.any_place = p->any_place,
		.kind = procedure_label(&procedure_decisions, p->decision_kind),
		.decision = p->decision,
		.decision_on = p->decision_on,
		.valid_from = p->valid_from,
		.valid_to = p->valid_to,
		.simplified_on = p->simplified_on,
	};
}

static ERR_RESULT add_lists(struct procedure_show_view *v, struct req *req,
                            const struct procedure *p)
{
	struct procedure_part_row *parts;
	struct procedure_step_row *steps;

	TRY(levels_text(&v->levels, req, p));
	TRY(arena_array(req->arena, &parts, p->n_parts + 1));
	for (size_t i = 0; i < p->n_parts; i++)
		parts[i] = (struct procedure_part_row){
			p->parts[i].name,
			procedure_label(&procedure_part_forms, p->parts[i].form),
			p->parts[i].copies,
			p->parts[i].required,
		};
	TRY(arena_array(req->arena, &steps, p->n_steps + 1));
	for (size_t i = 0; i < p->n_steps; i++)
		steps[i] = (struct procedure_step_row){ p->steps[i].name,
			                                role_title_of(p->steps[i].role),
			                                p->steps[i].budget };
	v->parts = parts;
	v->n_parts = p->n_parts;
	v->steps = steps;
	v->n_steps = p->n_steps;
	return ERR_OK;
}

static ERR_RESULT add_versions(struct procedure_show_view *v, struct req *req,
                               const struct procedure_versions *list)
{
	struct procedure_version_row *rows;

	TRY(arena_array(req->arena, &rows, list->n + 1));
	for (size_t i = 0; i < list->n; i++)
		rows[i] = (struct procedure_version_row){
			.number = (int)list->at[i].version,
			.kind = procedure_label(&procedure_decisions,
			                        list->at[i].decision_kind),
			.decision = list->at[i].decision,
			.decision_on = list->at[i].decision_on,
			.valid_from = list->at[i].valid_from,
			.valid_to = list->at[i].valid_to,
			.shown = list->at[i].version == v->version,
		};
	v->versions = rows;
	v->n_versions = list->n;
	return ERR_OK;
}

/* The version asked for by number; else the one in force today; else the last one. */
static ERR_RESULT find_shown(struct procedure *out, struct req *req, row_id id,
                             const struct procedure_versions *list)
{
	long long number = params_int(&req->query, "version", 0);
	enum err e;

	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].version == number)
			return procedure_find_version(out, req->db, req->arena, list->at[i].id);
	e = procedure_find_on(out, req->db, req->arena, id, clock_today(&req->clock));
	return e == ERR_NOT_FOUND ? procedure_find_last(out, req->db, req->arena, id) : e;
}

enum err procedure_show(struct req *req, struct resp *resp)
{
	row_id id = params_id(&req->route, "id");
	date_t today = clock_today(&req->clock);
	struct procedure_versions versions;
	struct procedure_show_view v;
	struct procedure p;

	TRY(procedure_versions(&versions, req->db, req->arena, id));
	TRY(find_shown(&p, req, id, &versions));
	v = view_of(&p);
	v.may_manage = may_manage(req);
	v.in_force = date_cmp(p.valid_from, today) <= 0 &&
	             (date_is_none(p.valid_to) || date_cmp(p.valid_to, today) >= 0);
	TRY(add_lists(&v, req, &p));
	TRY(add_versions(&v, req, &versions));
	resp->title = v.name;
	tmpl_procedure_show(&resp->out, &v);
	return ERR_OK;
}
