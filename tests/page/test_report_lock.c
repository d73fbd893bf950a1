/* No page changes a figure or the text of a report that is on its way: every form of the
 * program is sent, with fields that would change the sheet, first while it is open, then while
 * it is locked. */
#include "lib/samples.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/narrative/narrative_store.h"
#include "base/str.h"
#include "web/route.h"

struct world {
	struct page_test t;
	row_id province, commune;
	const struct form_set *set;
	struct form_lock_place place;
	struct period period;
};

static void start(struct world *w)
{
	const char *sql;

	*w = (struct world){ 0 };
	page_start(&w->t);
	health_ask(&w->t.app.health);
	w->province = page_unit(&w->t, "H99", ROW_NONE);
	w->commune = page_unit(&w->t, "H99.1", w->province);
	page_as(&w->t, w->commune, "COMPILER");
	w->t.actor.permissions = ~UINT64_C(0);
	assert_true(period_parse(&w->period, "2026-Q1"));
	assert_ok(form_set_open(&w->set, w->t.db.db, &w->t.kept, "bnv-2022"));
	w->place = (struct form_lock_place){ w->commune, "bnv-2022", w->period.from,
		                             w->period.to };
	assert_ok(arena_printf(
	        &w->t.kept, &sql,
	        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
	        " period_name, from_on, to_on, send_by_on, set_code, state, revision, "
	        "from_change)"
	        " values (700, %lld, %lld, 1, 'bnv-581', '2026-Q1', 'quý I năm 2026', %d, %d, "
	        "%d,"
	        " 'bnv-2022', 'compiling', 1, 1)",
	        (long long)w->commune.value, (long long)w->province.value, w->period.from.days,
	        w->period.to.days, w->period.to.days + 6));
	test_db_exec(w->t.db.db, sql);
}

/* Sets the lock as the report keeps it (app/report), in a write of its own. */
static enum err run_lock(struct db_write_context *w, void *arg)
{
	const struct world *x = arg;
	struct form_lock lock = { { 700 }, "Số liệu đã khóa: báo cáo đã ký." };

	return form_lock_put_in(w, &x->place, &lock);
}

static void lock_sheet(struct world *w)
{
	struct change change = { .at = INSTANT_NONE, .origin = "test" };

	assert_ok(db_write(w->t.app.writer, &change, run_lock, w));
	test_db_exec(w->t.db.db, "update report set state = 'submitted', compiler_id = (select"
	                         " min(id) from account) where id = 700");
}

/* The text of the report, as it was saved. */
static void put_narrative(struct str *s, struct world *w, struct arena *a)
{
	struct narrative_report r;
	struct narrative_text text;

	assert_ok(narrative_report_find(&r, w->t.db.db, a, w->province, (row_id){ 700 }));
	assert_ok(narrative_text_open(&text, w->t.db.db, a, &r, 0));
	str_put(s, text.revision > 0 ? text.source : "");
}

/* Everything that was stated in the sheet, the decisions it is counted with, and its text. */
static const char *sheet_text(struct world *w)
{
	struct form_sheet sheet;
	struct form_sheet_of of = { w->province, w->commune, w->period };
	struct str s;
	const char *text;
	char value[DEC_TEXT];
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 64 << 20);
	assert_ok(form_sheet_open(&sheet, w->t.db.db, &a, w->set, &of));
	str_init(&s, &a, 1 << 20);
	for (size_t i = 0; i < w->set->n_rows; i++) {
		const struct form_stated *x = &sheet.stated[i];

		str_printf(&s, "%s/%s/%s;", dec_text(x->value, value), x->note ? x->note : "",
		           x->reason ? x->reason : "");
	}
	for (size_t i = 0; i < w->set->n_settings; i++)
		str_printf(&s, "%s;", sheet.choices[i]);
	put_narrative(&s, w, &a);
	assert_ok(str_finish(&s, &text));
	assert_ok(arena_strdup(&w->t.kept, &text, text));
	return text;
}

static const char *path_of(struct world *w, const struct route *r)
{
	const char *path, *text;
	enum reach reach;
	struct str s;

	/* The steps and comments are sent to the report whose sheet it is. */
	if (strncmp(r->path, "/reports/:id/", 13) == 0) {
		assert_ok(arena_printf(&w->t.kept, &text, "/reports/700/%s%s",
		                       strncmp(r->path + 13, "do/", 3) == 0 ? "do/"
		                                                            : r->path + 13,
		                       strncmp(r->path + 13, "do/", 3) == 0 ? "to-check" : ""));
		return text;
	}
	str_init(&s, &w->t.kept, 2000);
	assert_true(samples_path(&w->t, w->commune, &s, r->path, &reach));
	assert_ok(str_finish(&s, &path));
	assert_ok(arena_printf(&w->t.kept, &text, "%s?period=2026-Q1&unit=%lld", path,
	                       (long long)w->commune.value));
	return text;
}

enum { MOST_FIELDS = 200 };

/* A note for every row of form 3, a figure for one, a decision, and what other pages may ask.
 */
static const char *const *fields_of(struct world *w, int round)
{
	const struct form *form = form_find(w->set, "3");
	const char **fields, *figure, *section;
	size_t n = 0;

	assert_ok(arena_array(&w->t.kept, &fields, MOST_FIELDS));
	assert_ok(arena_printf(&w->t.kept, &figure, "%d", round));
	assert_ok(arena_printf(&w->t.kept, &section, "# I\nLần %d\n", round));
	const char *const others[] = {
		"value",    figure,
		"note",     "",
		"reason",   "Theo sổ",
		"in_time",  round % 2 ? "extended" : "due",
		"period",   "2026-Q1",
		"set",      "bnv-2022",
		"step",     "store",
		"v-1-1",    figure,
		"n-1-1",    "",
		"section",  section,
		"source",   section,
		"revision", round > 7 ? "1" : "0" /* of the text: saved by the first round */
	};
	for (; n < ARRAY_LEN(others); n++)
		fields[n] = others[n];
	for (size_t i = 0; i < form->n_rows && n + 3 < MOST_FIELDS; i++) {
		const char *code = w->set->rows[(size_t)form->first + i].code;

		assert_ok(arena_printf(&w->t.kept, &fields[n], "n-%s", code));
		fields[n + 1] = figure;
		n += 2;
	}
	return fields;
}

/* Sends every form; how many of them changed the sheet. */
static int walk(struct world *w, int round, bool locked)
{
	int changed = 0;

	for (const struct route *r = routes; r->path; r++) {
		if (r->method != POST)
			continue;
		const char *before = sheet_text(w), *path = path_of(w, r);
		int status = page_post_fields(&w->t, path, fields_of(w, round));

		assert_true(status < 500);
		if (strcmp(sheet_text(w), before) == 0)
			continue;
		changed++;
		if (locked)
			print_error("POST %s changed a locked sheet: %d\n", path, status);
	}
	return changed;
}

static void no_page_changes_a_locked_sheet(void **state)
{
	struct world w;
	int open;

	(void)state;
	start(&w);
	/* The grid, one figure, the decisions, a file, the text: what the walk finds open, the
	 * lock closes. */
	open = walk(&w, 7, false);
	assert_true(open >= 5);
	assert_int_equal(test_db_int(w.t.db.db, "select count(*) from narrative_text"), 1);
	lock_sheet(&w);
	assert_int_equal(walk(&w, 8, true), 0);
	w.t.actor.unit_id = w.province; /* nor from above */
	assert_int_equal(walk(&w, 9, true), 0);
	page_stop(&w.t);
}

static void a_locked_sheet_says_who_can_open_it(void **state)
{
	struct world w;

	(void)state;
	start(&w);
	lock_sheet(&w);
	assert_int_equal(page_get(&w.t, "/forms/bnv-2022/1?period=2026-Q1"), 200);
	assert_true(page_has(&w.t, "báo cáo đã ký"));
	assert_false(page_has(&w.t, "Nhập số liệu <kbd>"));
	assert_int_equal(page_get(&w.t, "/forms/bnv-2022/1/enter?period=2026-Q1"), 200);
	assert_true(page_has(&w.t, "báo cáo đã ký"));
	assert_int_equal(page_post(&w.t, "/forms/bnv-2022/1/enter?period=2026-Q1", "v-1", "5",
	                           "n-1", "", "w-1", "|"),
	                 422);
	assert_true(page_has(&w.t, "báo cáo đã ký"));
	assert_true(page_has(&w.t, "value=\"5\"")); /* what was typed is not lost */
	assert_int_equal(page_post(&w.t, "/forms/bnv-2022/3/rows/3.3.2?period=2026-Q1", "value",
	                           "62", "reason", "Hai hồ sơ giấy", "note", ""),
	                 422);
	assert_true(page_has(&w.t, "báo cáo đã ký"));
	assert_int_equal(page_get(&w.t, "/forms/bnv-2022/1?period=2026-H1"), 200);
	assert_false(page_has(&w.t, "báo cáo đã ký"));
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_page_changes_a_locked_sheet),
		cmocka_unit_test(a_locked_sheet_says_who_can_open_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
