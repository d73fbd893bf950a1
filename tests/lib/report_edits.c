#include "lib/report_edits.h"

#include "app/calendar/calendar_store.h"
#include "app/form/form_shipped.h"
#include "app/journal/journal_seal_store.h"
#include "app/journal/journal_store.h"
#include "app/narrative/narrative_store.h"
#include "app/procedure/procedure_store.h"
#include "app/unit/unit_store.h"

enum { FIRST_DOSSIERS = 60, LEADER = OFFICE_LEADER_A, COMPILER = OFFICE_COMPILER_A };

static unsigned draw(struct run *r, unsigned n)
{
	r->seed = r->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(r->seed >> 33) % n;
}

static row_id any_unit(struct run *r)
{
	return id_of(OFFICE_A + (int)draw(r, 4));
}

static struct change change_of(struct run *r, const char *action)
{
	/* clocks of several servers: ids of changes do not follow the order of the commits */
	instant_t at = { r->w->now.us + (int64_t)draw(r, 1000) * US_PER_MINUTE };

	return (struct change){ .at = at, .origin = "test", .action = action };
}

/* ---- dossiers ---- */

static const instant_t never = { INT64_MIN };

static void draw_facts(struct run *r, struct dossier *d)
{
	static const enum dossier_choice channels[] = { CHANNEL_COUNTER, CHANNEL_ONLINE,
		                                        CHANNEL_POST };
	date_t received = date_add(date_make(2023, 12, 1), (int)draw(r, 110));
	int version = draw(r, 2) ? 41 : 42;

	d->procedure_version_id = id_of(version);
	d->procedure_id = id_of(version - 10);
	d->field_id = id_of(version - 20);
	d->competent_unit_id = draw(r, 4) ? d->receiving_unit_id : any_unit(r);
	d->channel = channels[draw(r, 3)];
	d->quantity = 1 + (int)draw(r, 9);
	d->received_at = instant_local(received, 9 * 60);
	d->due_at = instant_local(date_add(received, 7), 9 * 60);
	d->extended_due_at = draw(r, 4) ? never : instant_local(date_add(received, 14), 9 * 60);
	d->finished_at = d->returned_at = d->paused_at = never;
	d->closed_on = DATE_NONE;
	d->outcome = OUTCOME_NONE;
	d->refused = false;
	d->state = DOSSIER_IN_PROCESS;
	if (draw(r, 5) == 0) {
		d->state = DOSSIER_WITHDRAWN;
		d->closed_on = date_add(received, (int)draw(r, 10));
	} else if (draw(r, 4) != 0) {
		int days = (int)draw(r, 16);

		d->state = DOSSIER_FINISHED;
		d->finished_at = instant_local(date_add(received, days), 10 * 60);
		d->outcome = days > 7 ? OUTCOME_LATE : OUTCOME_EARLY;
		d->refused = draw(r, 9) == 0;
	}
}

static enum err insert_dossier(struct db_write_context *w, void *arg)
{
	struct run *r = arg;
	struct dossier d = { .id = db_new_id(w),
		             .receiving_unit_id = any_unit(r),
		             .applicant_id = id_of(1),
		             .applicant_name = "",
		             .summary = "",
		             .payment_state = PAYMENT_STATE_NONE,
		             .delivery = DELIVERY_COUNTER,
		             .delivery_state = DELIVERY_STATE_NONE,
		             .term = "",
		             .rule_set = "",
		             .book = "",
		             .calendar_version = 1,
		             .source_due_at = never,
		             .original_due_at = never,
		             .revision = 1 };

	TRY(arena_printf(w->arena, &d.code, "D-%d", r->n_dossiers));
	draw_facts(r, &d);
	journal_nothing(w);
	return dossier_insert(w, &d);
}

static enum err add_dossier(struct run *r)
{
	struct change change = change_of(r, "dossier.receive");
	enum err e = db_write(r->w->writer, &change, insert_dossier, r);

	r->n_dossiers += e == ERR_OK;
	return e;
}

static enum err alter_dossier(struct db_write_context *w, void *arg)
{
	struct run *r = arg;
	struct dossier before, after;
	const char *query;
	row_id id;

	TRY(arena_printf(w->arena, &query, "select id from dossier where code = 'D-%u'",
	                 draw(r, (unsigned)r->n_dossiers)));
	id = (row_id){ test_db_int(w->db, query) };
	TRY(dossier_load(&before, w->db, w->arena, id, ROW_NONE, report_today(r->w)));
	after = before;
	draw_facts(r, &after);
	journal_nothing(w);
	return dossier_update(w, &before, &after);
}

static enum err change_dossier(struct run *r)
{
	struct change change = change_of(r, "dossier.correct");

	return db_write(r->w->writer, &change, alter_dossier, r);
}

/* ---- figures and decisions ---- */

static const char *set_of(row_id unit)
{
	return unit.value == OFFICE_PROVINCE ? "bnv-2022" : "xa-2024";
}

static enum err enter_figure(struct run *r, row_id unit)
{
	struct change change = change_of(r, "form.enter");
	const struct form_set *set;
	struct form_entry entries[5];
	struct form_entries x = { .scope = unit,
		                  .unit = unit,
		                  .period = period_of_days(date_make(2023, 12, 15),
		                                           date_make(2024, 3, 14)),
		                  .entries = entries,
		                  .problems = &r->w->problems };

	TRY(form_set_open(&set, r->w->t.db, &r->a, set_of(unit)));
	x.set = set;
	while (x.n < ARRAY_LEN(entries)) {
		const struct form_row *row = &set->rows[draw(r, (unsigned)set->n_rows)];
		struct form_stated s = FORM_NOTHING_STATED;

		if (!*row->unit)
			continue;
		s.value = dec_from_int(draw(r, 50));
		if (draw(r, 3) == 0) {
			s.numerator = s.value;
			s.denominator = dec_from_int(50);
		}
		if (row->value)
			s.reason = "Số theo sổ";
		if (draw(r, 6) == 0)
			s.note = "Ghi chú";
		entries[x.n++] = (struct form_entry){ row, s };
	}
	return form_enter(r->w->writer, &change, &x);
}

static enum err enter_any(struct run *r)
{
	return enter_figure(r, id_of(OFFICE_PROVINCE + (int)draw(r, 4)));
}

static enum err decide(struct run *r)
{
	struct change change = change_of(r, "form.decide");
	row_id unit = id_of(OFFICE_PROVINCE + (int)draw(r, 4));
	const struct form_set *set;
	struct form_choosing x = { .unit = unit };

	TRY(form_set_open(&set, r->w->t.db, &r->a, draw(r, 2) ? "bnv-2022" : "xa-2024"));
	x.set = set;
	for (size_t i = 0; i < set->n_settings; i++) {
		const struct form_setting *s = &set->settings[i];

		if (draw(r, 2))
			x.words[i] = s->choices[draw(r, (unsigned)s->n_choices)].word;
	}
	return form_decide(r->w->writer, &change, &x);
}

/* Another counting rule in one form, and back. */
static enum err install(struct run *r)
{
	static const char rule[] = "in_force and tier = commune";
	struct change change = change_of(r, "form.install");
	struct form_shipped shipped;
	struct form_installation x;
	bool other = r->n_definitions++ % 2 == 0;

	TRY(form_shipped_load(&shipped, &r->a, draw(r, 2) ? "bnv-2022" : "xa-2024"));
	for (size_t i = 0; i < shipped.n; i++) {
		const char *at = strstr(shipped.files[i].text, rule);

		if (other && at)
			TRY(arena_printf(&r->a, &shipped.files[i].text, "%.*s%s%s",
			                 (int)(at - shipped.files[i].text),
			                 shipped.files[i].text, "in_force and tier = province",
			                 at + strlen(rule)));
		if (draw(r, 3) == 0)
			TRY(arena_printf(&r->a, &shipped.files[i].text, "%s\n# %d\n",
			                 shipped.files[i].text, r->n_definitions));
	}
	TRY(form_set_load(&shipped.set, &r->w->problems, &r->a, shipped.files, shipped.n));
	assert_non_null(shipped.set);
	x = (struct form_installation){ shipped.set, shipped.files, shipped.n };
	return form_install(r->w->writer, &change, &x);
}

/* ---- catalogue, calendar, tree ---- */

static enum err save_procedure(struct run *r)
{
	static const char *const services[] = { "full", "partial", "direct" };
	struct change change = change_of(r, "procedure.save");
	struct procedure_draft d;
	unsigned number = draw(r, 12);
	const char *code;

	TRY(arena_printf(&r->a, &code, "1.0%05u", number));
	if (number < 3)
		code = number == 0 ? "1.001193" : number == 1 ? "2.000815" : "1.000001";
	procedure_draft_init(&d);
	d.code = code;
	d.name = "Thủ tục thử";
	d.field = "Lĩnh vực thử";
	d.levels[d.n_levels++] = draw(r, 2) ? "commune" : "province";
	d.service_level = services[draw(r, 3)];
	d.old_level = (int)draw(r, 2) * (3 + (int)draw(r, 2));
	d.online_offered = draw(r, 2);
	d.on_national_portal = draw(r, 2);
	d.any_place = draw(r, 2);
	d.decision = "Quyết định";
	d.decision_on = date_add(date_make(2023, 12, 1), (int)draw(r, 100));
	d.valid_from = date_add(date_make(2019, 6, 1), r->n_procedures++ % 1700);
	return procedure_save(NULL, r->w->writer, &change, &d, &r->w->problems);
}

static enum err add_holiday(struct run *r)
{
	struct change change = change_of(r, "calendar.except");
	struct calendar_exception e = { .on = date_add(date_make(2024, 1, 2),
		                                       (int)draw(r, 300)),
		                        .name = "Nghỉ",
		                        .source = "Thông báo" };

	change.unit_id = id_of(OFFICE_PROVINCE + (int)draw(r, 4));
	return calendar_except(r->w->writer, &change, &e, 1);
}

static date_t tree_day(struct run *r)
{
	return date_add(date_make(2023, 11, 1), (int)draw(r, 200));
}

static enum err add_unit(struct run *r)
{
	struct change change = change_of(r, "unit.add");
	struct unit_draft d = { .level = draw(r, 3) ? "office" : "commune",
		                .letterhead = "XÃ MỚI",
		                .name = "Xã mới",
		                .source = "Nghị quyết" };

	d.parent_id = str_eq(d.level, "office") ? any_unit(r) : id_of(OFFICE_PROVINCE);
	d.from_on = draw(r, 2) ? date_make(2020, 1, 1) : tree_day(r);
	TRY(arena_printf(&r->a, &d.code, "H99.60.%02d", ++r->n_units));
	return unit_add(r->w->writer, &change, &d, &r->w->problems);
}

static row_id unit_by_chance(struct run *r)
{
	const char *query;

	if (arena_printf(&r->a, &query,
	                 "select min(id) from unit where id > %u and code like 'H99.%%'",
	                 1 + draw(r, 4)) != ERR_OK)
		fail();
	if (r->n_units > 0 && draw(r, 3) &&
	    arena_printf(&r->a, &query, "select max(id) from unit where code = 'H99.60.%02u'",
	                 1 + draw(r, (unsigned)r->n_units)) != ERR_OK)
		fail();
	return (row_id){ test_db_int(r->w->t.db, query) };
}

static enum err move_unit(struct run *r)
{
	struct change change = change_of(r, "unit.move");
	struct unit_moving m = { unit_by_chance(r), unit_by_chance(r), tree_day(r) };

	return unit_move(r->w->writer, &change, &m, &r->w->problems);
}

static enum err rename_unit(struct run *r)
{
	struct change change = change_of(r, "unit.rename");
	struct unit_renaming x = { .unit = unit_by_chance(r),
		                   .on = tree_day(r),
		                   .source = "Nghị quyết" };

	TRY(arena_printf(&r->a, &x.name, "Xã %u", draw(r, 1000)));
	return unit_rename(r->w->writer, &change, &x, &r->w->problems);
}

static enum err merge_units(struct run *r)
{
	struct change change = change_of(r, "unit.succeed");
	struct unit_succession s = { .kind = UNIT_MERGE,
		                     .old = { unit_by_chance(r) },
		                     .n_old = 1,
		                     .successors = { unit_by_chance(r) },
		                     .n_successors = 1,
		                     .on = date_add(tree_day(r), 60),
		                     .source = "Nghị quyết",
		                     .orphans = UNIT_ORPHANS_END };

	return unit_succeed(r->w->writer, &change, &s, &r->w->problems);
}

/* ---- texts ---- */

static enum err write_text(struct run *r)
{
	struct change change = change_of(r, "narrative.save");
	struct report_of of = { ROW_NONE, id_of(OFFICE_PROVINCE + (int)draw(r, 4)), "bnv-581",
		                "2024-Q1" };
	struct narrative_report report;
	struct narrative_text text;
	struct narrative_saving x = { .revision = 0 };
	struct report found;
	const char *source;

	TRY(report_find_period(&found, r->w->t.db, &r->a, &of, report_today(r->w)));
	TRY(narrative_report_find(&report, r->w->t.db, &r->a, ROW_NONE, found.id));
	TRY(narrative_text_open(&text, r->w->t.db, &r->a, &report, 0));
	TRY(arena_printf(&r->a, &source, "%s\nĐoạn viết thêm lần %u.\n", text.source,
	                 draw(r, 1000)));
	TRY(narrative_sections_cut(&x.sections, &r->a, source));
	change.unit_id = of.unit; /* its own office writes it */
	x.report_id = found.id;
	x.revision = text.revision;
	return narrative_save(r->w->writer, &change, &x, &r->w->problems);
}

static enum err put_outline(struct run *r)
{
	struct change change = change_of(r, "narrative.outline");
	struct narrative_outline_of of = { draw(r, 2) ? "bnv-2022" : "xa-2024",
		                           id_of(OFFICE_PROVINCE + (int)draw(r, 4)),
		                           date_make(2024, 3, 14) };
	struct narrative_outlining x = { .set_code = of.set_code, .on = of.on };
	struct narrative_outline outline;

	change.unit_id = of.unit;
	TRY(narrative_outline_find(&outline, r->w->t.db, &r->a, &of));
	x.seen_sha256 = outline.sha256;
	TRY(arena_printf(&r->a, &x.source, "%s\nCâu thêm %u.\n", outline.content,
	                 draw(r, 1000)));
	return narrative_outline_put(r->w->writer, &change, &x, &r->w->problems);
}

/* ---- reports ---- */

static enum err act(struct run *r, const struct report *report, enum report_action action)
{
	bool above = action == REPORT_DO_ACCEPT || action == REPORT_DO_UNLOCK;
	struct report_doing doing = {
		.report_id = report->id,
		.revision = report->revision,
		.action = action,
		.who = { id_of(action == REPORT_DO_SIGN || action == REPORT_DO_REOPEN
		                       ? LEADER
		                       : COMPILER),
		         above && !row_is_none(report->receiver_now) ? report->receiver_now
		                                                     : report->unit_now,
		         ~UINT64_C(0) },
		.given = { .reason = "Theo văn bản",
		           .number = REPORT_NO_NUMBER,
		           .notation = "BC-UBND",
		           .dated_on = DATE_NONE },
	};
	struct change change = change_of(r, "report.do");

	change.at = r->w->now;
	if (action == REPORT_DO_NUMBER) {
		doing.given.number = 1 + (int64_t)draw(r, 90000);
		doing.given.dated_on = report_today(r->w);
	}
	return report_do(r->w->writer, &change, &doing, &r->w->problems);
}

static enum err find_report(struct report *out, struct run *r, int unit)
{
	struct report_of of = { ROW_NONE, id_of(unit), "bnv-581", "2024-Q1" };

	return report_find_period(out, r->w->t.db, &r->a, &of, report_today(r->w));
}

static void say_reasons(struct run *r, const struct report *report)
{
	struct report_amendments list;

	assert_ok(report_amendments(&list, r->w->t.db, &r->a, report->id));
	for (size_t i = 0; i < list.n; i++) {
		struct report_amending x = { .report_id = report->id,
			                     .who = { id_of(COMPILER), report->unit_now,
			                              ~UINT64_C(0) },
			                     .form = list.at[i].form,
			                     .indicator = list.at[i].indicator,
			                     .reason = "Số liệu sửa theo hồ sơ" };
		struct change change = change_of(r, "report.amend");

		if (!list.at[i].reason)
			assert_ok(report_amendment_say(r->w->writer, &change, &x,
			                               &r->w->problems));
	}
}

static void remember(struct run *r, const struct report *report)
{
	for (size_t i = 0; i < r->n_signed; i++)
		if (row_eq(r->signed_reports[i], report->id))
			return;
	if (r->n_signed < MOST_SIGNED)
		r->signed_reports[r->n_signed++] = report->id;
}

/* One step further; what is accepted is unlocked and replaced. */
static enum err step_report(struct run *r, int unit)
{
	static const enum report_action next[REPORT_STATE_COUNT_] = {
		[REPORT_COMPILING] = REPORT_DO_TO_CHECK, [REPORT_CHECKING] = REPORT_DO_SUBMIT,
		[REPORT_SUBMITTED] = REPORT_DO_SIGN,     [REPORT_SIGNED] = REPORT_DO_NUMBER,
		[REPORT_NUMBERED] = REPORT_DO_SEND,      [REPORT_SENT] = REPORT_DO_ACCEPT,
		[REPORT_ACCEPTED] = REPORT_DO_UNLOCK,    [REPORT_RETURNED] = REPORT_DO_AMEND,
		[REPORT_EXEMPT] = REPORT_DO_ASK_AGAIN,
	};
	struct report report;
	enum report_action action;

	TRY(find_report(&report, r, unit));
	action = next[report.state];
	if (report.state == REPORT_SIGNED && draw(r, 3) == 0)
		action = REPORT_DO_REOPEN;
	if (report.state == REPORT_COMPILING && !row_is_none(report.amends_report_id))
		say_reasons(r, &report);
	enum err e = act(r, &report, action);
	if (e == ERR_INPUT && action == REPORT_DO_SIGN) /* a figure moved since */
		return act(r, &report, REPORT_DO_GIVE_BACK);
	if (e == ERR_OK && action == REPORT_DO_SIGN)
		remember(r, &report);
	return e;
}

static enum err step_any(struct run *r)
{
	return step_report(r, OFFICE_PROVINCE + (int)draw(r, 4));
}

void lead(struct run *r, int unit, enum report_state state)
{
	struct report report;

	assert_ok(find_report(&report, r, unit));
	for (int i = 0; i < 30 && report.state != state; i++) {
		assert_ok(step_report(r, unit));
		assert_ok(find_report(&report, r, unit));
	}
	assert_int_equal(report.state, state);
}

void perhaps_seal(struct run *r)
{
	if (draw(r, 5) == 0)
		assert_ok(journal_seal(NULL, r->w->writer));
}

static enum err (*const edits[])(struct run *) = {
	write_text, put_outline, change_dossier, change_dossier, add_dossier, enter_any,
	enter_any,  decide,      install,        save_procedure, add_holiday, add_unit,
	move_unit,  rename_unit, merge_units,    step_any
};

void edit_once(struct run *r)
{
	for (;;) {
		size_t kind = draw(r, ARRAY_LEN(edits));
		enum err e = edits[kind](r);

		arena_release(&r->a);
		r->done[kind] += e == ERR_OK;
		if (e == ERR_OK)
			return;
		if (e != ERR_INPUT && e != ERR_NOT_FOUND)
			assert_ok(e);
	}
}

void begin(struct run *r, int n_dossiers)
{
	test_db_exec(r->w->t.db, "insert into applicant (id, unit_id, kind, name, from_change)"
	                         " values (1, 2, 'person', '', 1)");
	assert_ok(narrative_ship(r->w->writer, r->w->t.db, &r->a));
	report_open_period(r->w, "2024-Q1");
	for (int i = 0; i < n_dossiers; i++)
		assert_ok(add_dossier(r));
	arena_release(&r->a);
}

void prepare(struct run *r)
{
	begin(r, FIRST_DOSSIERS);
	for (int unit = OFFICE_PROVINCE; unit <= OFFICE_C; unit++)
		for (int i = 0; i < 12; i++)
			assert_ok(enter_figure(r, id_of(unit)));
	arena_release(&r->a);
}
