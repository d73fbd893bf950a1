/* Outlines of offices and texts of reports: kept, versioned, locked, put together, frozen. */
#include "lib/test_report.h"

#include "app/journal/journal_seal_store.h"
#include "app/narrative/narrative_store.h"
#include "app/report/report_freeze_store.h"

static int start(void **state)
{
	struct report_world *w;

	report_world_start(state);
	w = *state;
	assert_ok(narrative_ship(w->writer, w->t.db, &w->a));
	report_open_period(w, "2024-Q1");
	return 0;
}

static struct narrative_report of_commune(struct report_world *w)
{
	struct narrative_report r;

	assert_ok(narrative_report_find(&r, w->t.db, &w->a, id_of(OFFICE_PROVINCE),
	                                report_current(w, OFFICE_A).id));
	return r;
}

static struct narrative_text opened(struct report_world *w)
{
	struct narrative_report r = of_commune(w);
	struct narrative_text text;

	assert_ok(narrative_text_open(&text, w->t.db, &w->a, &r, 0));
	return text;
}

static struct change change_of(struct report_world *w, int unit)
{
	struct change change = report_change_at(w, "narrative.save");

	change.unit_id = id_of(unit);
	change.account_id = id_of(OFFICE_COMPILER_A);
	return change;
}

static enum err save(struct report_world *w, struct narrative_saving *x)
{
	struct change change = change_of(w, OFFICE_A);

	x->report_id = report_current(w, OFFICE_A).id;
	return narrative_save(w->writer, &change, x, &w->problems);
}

static enum err save_source(struct report_world *w, const char *source)
{
	struct narrative_saving x = { .revision = opened(w).revision };

	assert_ok(narrative_sections_cut(&x.sections, &w->a, source));
	return save(w, &x);
}

static void enter(struct report_world *w, const char *indicator, int value)
{
	const struct form_set *set;
	struct form_entries x = { .scope = id_of(OFFICE_A), .unit = id_of(OFFICE_A), .n = 1 };
	struct form_entry entry = { .stated = FORM_NOTHING_STATED };
	struct change change = change_of(w, OFFICE_A);

	assert_ok(form_set_open(&set, w->t.db, &w->a, "xa-2024"));
	for (size_t i = 0; i < set->n_rows; i++)
		if (strcmp(set->rows[i].id, indicator) == 0)
			entry.row = &set->rows[i];
	assert_non_null(entry.row);
	assert_true(period_parse(&x.period, "2024-Q1"));
	entry.stated.value = dec_from_int(value);
	x.set = set;
	x.entries = &entry;
	assert_ok(form_enter(w->writer, &change, &x));
}

/* The text with its figures, without problems. */
static const char *shown(struct report_world *w, const char *source)
{
	struct narrative_report r = of_commune(w);
	struct narrative_shown s;
	const char *plain;

	assert_ok(narrative_show(&s, w->t.db, &w->a, &r, source));
	if (s.problems.n > 0)
		fail_msg("%d: %s", s.problems.first->line, s.problems.first->message);
	assert_ok(narrative_plain(&plain, &w->a, &s.text));
	return plain;
}

/* ---- outlines ---- */

static enum err put_outline(struct report_world *w, int unit, const char *source)
{
	struct narrative_outlining x = { .set_code = "xa-2024",
		                         .source = source,
		                         .on = report_today(w) };
	struct change change = change_of(w, unit);

	return narrative_outline_put(w->writer, &change, &x, &w->problems);
}

static void the_nearest_outline_wins(void **state)
{
	struct report_world *w = *state;

	assert_non_null(strstr(opened(w).source, "# I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"));
	assert_int_equal(opened(w).revision, 0);
	assert_ok(put_outline(w, OFFICE_PROVINCE, "# Của tỉnh\n{{8/6.4.1}}\n"));
	assert_string_equal(opened(w).source, "# Của tỉnh\n{{dossier.received}}\n");
	assert_ok(put_outline(w, OFFICE_A, "# Của xã\n"));
	assert_string_equal(opened(w).source, "# Của xã\n");
	assert_ok(put_outline(w, OFFICE_A, ""));
	assert_string_equal(opened(w).source, "# Của tỉnh\n{{dossier.received}}\n");
	assert_int_equal(report_world_count(w, "select count(*) from narrative_outline"), 4);
	assert_int_equal(report_world_count(w, "select count(*) from narrative_outline"
	                                       " where to_change is not null"),
	                 1);
}

static void a_faulty_outline_is_refused(void **state)
{
	struct report_world *w = *state;
	struct narrative_outlining x = { .set_code = "xa-2024",
		                         .source = "# A\n",
		                         .seen_sha256 = "another",
		                         .on = report_today(w) };
	struct change change = change_of(w, OFFICE_A);

	assert_err(put_outline(w, OFFICE_A, "# A\n{{8/9.9}}\n{{nếu có 8/6.4.1}}"), ERR_INPUT);
	assert_int_equal(w->problems.n, 2);
	assert_int_equal(w->problems.first->line, 2);
	assert_err(narrative_outline_put(w->writer, &change, &x, &w->problems), ERR_CONFLICT);
	assert_int_equal(report_world_count(w, "select count(*) from narrative_outline"), 2);
}

static void shipping_again_writes_nothing(void **state)
{
	struct report_world *w = *state;
	int64_t n = report_world_count(w, "select count(*) from change_log");

	assert_ok(narrative_ship(w->writer, w->t.db, &w->a));
	assert_int_equal(report_world_count(w, "select count(*) from change_log"), n);
}

/* ---- texts ---- */

static void sections_are_versioned(void **state)
{
	struct report_world *w = *state;

	assert_ok(save_source(w, "Mở đầu\n# I\nmột\n## 1\nhai\n@nơi nhận\n- Lưu"));
	assert_int_equal(opened(w).revision, 1);
	assert_int_equal(opened(w).sections.n, 4);
	assert_string_equal(opened(w).sections.at[1], "# I\nmột\n");
	assert_ok(save_source(w, "Mở đầu\n# I\nba\n## 1\nhai\n@nơi nhận\n- Lưu\n"));
	assert_int_equal(opened(w).revision, 2);
	assert_int_equal(report_world_count(w, "select count(*) from narrative_section"), 5);
	assert_int_equal(report_world_count(w, "select count(*) from journal_entry"
	                                       " where subject = 'narrative'"),
	                 5);
	/* The same again is no new version. */
	assert_ok(save_source(w, opened(w).source));
	assert_int_equal(opened(w).revision, 2);
	assert_ok(save_source(w, "Mở đầu\n"));
	assert_int_equal(opened(w).sections.n, 1);
}

static void faults_and_strangers_are_refused(void **state)
{
	struct report_world *w = *state;
	struct narrative_saving x = { .report_id = report_current(w, OFFICE_A).id };
	struct change change = change_of(w, OFFICE_B);

	assert_err(save_source(w, "# I\n{{dossier.nothing}}\n"), ERR_INPUT);
	assert_string_equal(w->problems.first->field, "text");
	assert_int_equal(w->problems.first->line, 2);
	assert_err(save_source(w, " \n"), ERR_INPUT);
	assert_err(narrative_save(w->writer, &change, &x, &w->problems), ERR_NOT_FOUND);
	/* The office above reads the text, and does not write it. */
	change = change_of(w, OFFICE_PROVINCE);
	assert_err(narrative_save(w->writer, &change, &x, &w->problems), ERR_INPUT);
	assert_string_equal(w->problems.first->field, "locked");
	assert_int_equal(report_world_count(w, "select count(*) from narrative_text"), 0);
}

static void two_people_write_different_sections(void **state)
{
	static const char *const first[] = { "# I\nA\n", "# II\nb\n" },
	                         *const second[] = { "# I\na\n", "# II\nB\n" },
	                         *const both[] = { "# I\nX\n", "# II\nb\n" };
	struct report_world *w = *state;
	struct narrative_saving x = { .revision = 1, .sections = { first, 2 } };

	assert_ok(save_source(w, "# I\na\n# II\nb\n"));
	assert_ok(save(w, &x));
	x.sections.at = second;
	assert_ok(save(w, &x)); /* saw revision 1, too */
	assert_string_equal(opened(w).source, "# I\nA\n# II\nB\n");
	assert_int_equal(opened(w).revision, 3);
	x.sections.at = both;
	assert_err(save(w, &x), ERR_CONFLICT);
	assert_true(x.clashes && x.clashes[0] && !x.clashes[1]);
	assert_string_equal(opened(w).source, "# I\nA\n# II\nB\n");
	x.sections.n = 1;
	assert_err(save(w, &x), ERR_CONFLICT);
	assert_null(x.clashes);
}

static void a_figure_typed_over_is_marked_or_refused(void **state)
{
	static const char *const typed[] = { "# I\nĐã nhận 15 hồ sơ, 03 bài\n" };
	struct report_world *w = *state;
	struct narrative_saving x = { .revision = 1, .sections = { typed, 1 } };

	assert_ok(save_source(w, "# I\nĐã nhận {{dossier.received}} hồ sơ, 03 bài\n"));
	assert_err(save(w, &x), ERR_INPUT);
	assert_string_equal(w->problems.first->field, "typed");
	assert_int_equal(w->problems.first->line, 2);
	assert_non_null(strstr(w->problems.first->message, "\"15\""));
	x.own = true;
	assert_ok(save(w, &x));
	assert_string_equal(opened(w).source,
	                    "# I\nĐã nhận {{tự nêu 15 thay dossier.received}} hồ sơ, 03 bài\n");
	/* Leaving a figure out, or putting it elsewhere, is nobody's statement. */
	assert_ok(save_source(w, "# I\nĐã nhận nhiều hồ sơ, 03 bài\n"));
	assert_ok(save_source(w, "# I\nĐã nhận nhiều hồ sơ, 04 bài\n"));
}

static void a_locked_sheet_locks_the_text(void **state)
{
	struct report_world *w = *state;

	assert_ok(save_source(w, "# I\nmột\n"));
	report_lead_to(w, REPORT_SUBMITTED);
	assert_err(save_source(w, "# I\nhai\n"), ERR_INPUT);
	assert_string_equal(w->problems.first->field, "locked");
	report_lead_to(w, REPORT_SENT);
	assert_err(save_source(w, "# I\nhai\n"), ERR_INPUT);
	assert_string_equal(opened(w).source, "# I\nmột\n");
	assert_ok(report_try_do(w, REPORT_DO_RETURN, COMPILER_P));
	assert_ok(report_try_do(w, REPORT_DO_AMEND, OFFICE_COMPILER_A));
	/* The new document begins with the old text; the old one stays. */
	assert_string_equal(opened(w).source, "# I\nmột\n");
	assert_int_equal(opened(w).revision, 0);
	assert_ok(save_source(w, "# I\nhai\n"));
	assert_int_equal(
	        report_world_count(w, "select count(*) from narrative_section where body ="
	                              " '# I\nmột\n' and to_change is null"),
	        1);
}

/* Nobody saved it: the leader still reads what was submitted, whatever becomes of the outline.
 */
static void a_submitted_text_follows_no_outline(void **state)
{
	struct report_world *w = *state;
	const char *submitted;

	assert_ok(put_outline(w, OFFICE_A, "# I\nmột\n"));
	report_lead_to(w, REPORT_SUBMITTED);
	submitted = opened(w).source;
	assert_string_equal(submitted, "# I\nmột\n");
	assert_ok(put_outline(w, OFFICE_A, "# I\nhai\n"));
	assert_string_equal(opened(w).source, submitted);
}

/* ---- with figures ---- */

static void figures_come_from_the_sheet(void **state)
{
	struct report_world *w = *state;

	enter(w, "plan.tasks", 19);
	enter(w, "plan.tasks_done", 7);
	assert_string_equal(
	        shown(w,
	              "{{đơn vị}}, {{kỳ}}, {{cùng kỳ}}, {{kỳ sau}}, {{từ ngày}}, {{đến ngày}}"),
	        "Xã A, quý I năm 2024, quý I năm 2023, quý II năm 2024, 15/12/2023, "
	        "14/03/2024\n");
	assert_string_equal(shown(w, "{{plan.tasks_done}}/{{plan.tasks}}: {{plan.done_rate}}"
	                             "[[, {{plan.tasks | so cùng kỳ}}]]"),
	                    "07/19: 36,84%\n");
}

static void the_shipped_outline_needs_no_hand(void **state)
{
	struct report_world *w = *state;
	const char *text = shown(w, opened(w).source);

	assert_null(strstr(text, NARRATIVE_BLANK_TEXT));
	assert_null(strstr(text, "{{"));
	assert_non_null(strstr(text, "quý I năm 2024"));
	assert_null(strstr(text, "trễ hạn: có")); /* nothing about late files: there are none */
}

/* ---- as it stood ---- */

static const char *frozen(struct report_world *w, int64_t pinned,
                          const struct package_content *content)
{
	struct narrative_freezing f = { .report_id = report_current(w, OFFICE_A).id,
		                        .pinned = pinned,
		                        .content = content,
		                        .receiver_name = "Tỉnh Demo" };
	const char *text;

	assert_ok(form_set_open(&f.set, w->t.db, &w->a, "xa-2024"));
	assert_ok(narrative_text_freeze(&text, w->t.db, &w->a, &f));
	return text;
}

static void seal(struct report_world *w)
{
	size_t n;

	assert_ok(journal_seal(&n, w->writer));
}

static void the_text_is_derived_as_it_stood(void **state)
{
	struct report_world *w = *state;
	struct package_cell cell = { .form = "8",
		                     .indicator = "dossier.received",
		                     .value = dec_from_int(5),
		                     .numerator = DEC_NONE,
		                     .denominator = DEC_NONE };
	struct package_content content = {
		.unit = { .code = "A", .name = "Ủy ban nhân dân xã A", .level = "commune" },
		.period = "2024-Q1",
		.period_name = "quý I năm 2024",
		.from_on = date_make(2023, 12, 15),
		.to_on = date_make(2024, 3, 14),
		.cells = &cell,
		.n_cells = 1
	};
	const char *then;
	int64_t pinned;

	assert_ok(save_source(w, "# I\n{{cơ quan}}: {{dossier.received}} hồ sơ\n"));
	seal(w);
	pinned = report_world_count(w, "select max(number) from journal_seal");
	then = frozen(w, 0, &content);
	assert_string_equal(then, "# I\nUBND xã A: {{= figure \"05\" 5 8 dossier.received "
	                          "\"dossier.received\"}} hồ sơ\n");
	assert_ok(save_source(w, "# I\nkhác\n"));
	assert_ok(put_outline(w, OFFICE_A, "# khác\n"));
	seal(w);
	assert_string_equal(frozen(w, 0, &content), "# I\nkhác\n");
	assert_string_equal(frozen(w, pinned, &content), then);
}

static void a_signed_text_is_derived_again(void **state)
{
	struct report_world *w = *state;
	struct report_again again;
	struct report r;

	enter(w, "plan.tasks", 19);
	assert_ok(save_source(w, "# I\n{{đơn vị}}: {{plan.tasks}} nhiệm vụ\n"));
	r = report_lead_to(w, REPORT_SIGNED);
	assert_ok(put_outline(w, OFFICE_A, "# khác\n"));
	seal(w);
	assert_ok(report_rederive(&again, w->t.db, &w->a, r.id));
	assert_true(again.same);
	assert_string_equal(
	        again.content.text,
	        "# I\nXã A: {{= figure \"19\" 19 2 plan.tasks \"plan.tasks\"}} nhiệm "
	        "vụ\n");
}

#define T(name) cmocka_unit_test_setup_teardown(name, start, report_world_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_nearest_outline_wins),
		T(a_faulty_outline_is_refused),
		T(shipping_again_writes_nothing),
		T(sections_are_versioned),
		T(faults_and_strangers_are_refused),
		T(two_people_write_different_sections),
		T(a_figure_typed_over_is_marked_or_refused),
		T(a_locked_sheet_locks_the_text),
		T(a_submitted_text_follows_no_outline),
		T(figures_come_from_the_sheet),
		T(the_shipped_outline_needs_no_hand),
		T(the_text_is_derived_as_it_stood),
		T(a_signed_text_is_derived_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
