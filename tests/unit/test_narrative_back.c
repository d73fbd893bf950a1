/* A text cut into sections, lines found again, figures typed over, and a text that was edited
 * in Word taken back. */
#include "lib/test.h"

#include "app/narrative/narrative_back.h"
#include "app/narrative/narrative_render.h"
#include "app/narrative/narrative_section.h"
#include "lib/test_db.h"
#include "lib/test_form.h"

struct world {
	struct arena a;
	const struct form_set *set;
	struct narrative_cell *cells;
	struct narrative_input input;
	struct narrative text;
};

static int start(void **state)
{
	static struct world w;

	w = (struct world){ .set = NULL };
	arena_init(&w.a, 64 << 20);
	w.set = test_form_set(&w.a, "xa-2024");
	assert_ok(arena_array(&w.a, &w.cells, w.set->n_rows));
	for (size_t i = 0; i < w.set->n_rows; i++)
		w.cells[i].value = dec_from_int(
		        strcmp(w.set->rows[i].id, "dossier.received") == 0 ? 1234 : 96);
	w.input.set = w.set;
	w.input.cells[NARRATIVE_NOW] = w.cells;
	w.input.variables[NARRATIVE_THE_PERIOD] = "quý I năm 2024";
	*state = &w;
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	arena_release(&w->a);
	return 0;
}

/* ---- sections ---- */

static void test_sections(void **state)
{
	struct world *w = *state;
	struct narrative_sections s;
	const char *text, *title;

	assert_ok(narrative_sections_cut(
	        &s, &w->a, "// a\n@trích yếu\nx\n@nội dung\n# I. A\n### a) B\n## 1. C\nd"));
	assert_int_equal(s.n, 5);
	assert_string_equal(s.at[0], "// a\n");
	assert_string_equal(s.at[1], "@trích yếu\nx\n");
	assert_string_equal(s.at[3], "# I. A\n### a) B\n");
	assert_string_equal(s.at[4], "## 1. C\nd\n");
	assert_ok(narrative_section_title(&title, &w->a, s.at[4]));
	assert_string_equal(title, "1. C");
	assert_ok(narrative_section_title(&title, &w->a, s.at[0]));
	assert_string_equal(title, "");
	assert_ok(narrative_sections_join(&text, &w->a, &s));
	assert_string_equal(text,
	                    "// a\n@trích yếu\nx\n@nội dung\n# I. A\n### a) B\n## 1. C\nd\n");
	assert_ok(narrative_sections_cut(&s, &w->a, ""));
	assert_int_equal(s.n, 0);
}

/* ---- typed over ---- */

/* "15>dossier.received" for each figure typed over. */
static const char *typed(struct world *w, const char *before, const char *after)
{
	struct narrative_typed found;
	struct str s;
	const char *out;

	assert_ok(narrative_typed_find(&found, &w->a, w->set, before, after));
	str_init(&s, &w->a, 4000);
	for (size_t i = 0; i < found.n; i++)
		str_printf(&s, "%s>%s ", found.at[i].number, w->set->rows[found.at[i].row].id);
	assert_ok(str_finish(&s, &out));
	return out;
}

static void test_typed(void **state)
{
	static const char before[] = "Năm 2024 đã nhận {{dossier.received}} hồ sơ, xong "
	                             "{{dossier.commune.finished}} hồ sơ.\nCó 25 tin bài.\n";
	struct world *w = *state;

	assert_string_equal(typed(w, before, before), "");
	assert_string_equal(typed(w, before,
	                          "Năm 2024 đã nhận 1.235 hồ sơ, xong "
	                          "{{dossier.commune.finished}} hồ sơ.\nCó 25 tin bài.\n"),
	                    "1.235>dossier.received ");
	assert_string_equal(
	        typed(w, before, "Năm 2024 đã nhận 7 hồ sơ, xong 6 hồ sơ.\nCó 25 tin bài.\n"),
	        "7>dossier.received 6>dossier.commune.finished ");
	/* Left out, moved, or a number of another line. */
	assert_string_equal(
	        typed(w, before,
	              "Năm 2024 đã nhận hồ sơ, xong {{dossier.commune.finished}} hồ sơ.\nCó 26 "
	              "tin bài.\n"),
	        "");
	assert_string_equal(
	        typed(w, before,
	              "Năm 2024 đã nhận {{tự nêu 7 thay dossier.received}} hồ sơ, xong "
	              "{{dossier.commune.finished}} hồ sơ.\nCó 25 tin bài.\n"),
	        "");
}

/* ---- back from Word ---- */

static struct narrative_back back(struct world *w, const char *source, const char *edited)
{
	struct problems problems;
	struct narrative_parsed parsed;
	struct narrative_lines lines;
	struct narrative_back out;

	problems_init(&problems, &w->a);
	assert_ok(narrative_parse(&parsed, &w->a, &problems, w->set, source));
	assert_int_equal(problems.n, 0);
	assert_ok(narrative_render(&w->text, &w->a, &problems, &parsed, &w->input));
	assert_ok(narrative_lines_of(&lines, &w->a, edited));
	assert_ok(narrative_take_back(&out, &w->a, source, &w->text, &lines));
	return out;
}

static const char source_text[] = "# I. KẾT QUẢ\n"
                                  "Trong {{kỳ}} đã tiếp nhận {{dossier.received}} hồ sơ.\n"
                                  "- Đã xong {{dossier.commune.finished}} hồ sơ\n"
                                  "Trên đây là báo cáo của xã.\n";

static void test_nothing_changed(void **state)
{
	struct world *w = *state;
	struct narrative_back b =
	        back(w, source_text,
	             "UBND XÃ A\nBÁO CÁO\nI. KẾT QUẢ\n"
	             "Trong quý I năm 2024 đã tiếp nhận 1.234 hồ sơ.\n- Đã xong 96 hồ sơ\n"
	             "Trên đây là báo cáo của xã./.\nNơi nhận:\n- Lưu: VT.\nPhụ lục");

	assert_string_equal(b.source, source_text);
	assert_int_equal(b.n_changes + b.n_unknown + b.n_added + b.n_removed, 0);
}

static void test_prose_is_taken_figures_are_not(void **state)
{
	struct world *w = *state;
	struct narrative_back b =
	        back(w, source_text,
	             "I. KẾT QUẢ\n"
	             "Trong quý I năm 2024, toàn xã đã tiếp nhận 1.240 hồ sơ *mới*.\n"
	             "Câu thêm vào có {{dấu}}.\n- Đã giải quyết xong 96 hồ sơ\n"
	             "Trên đây là báo cáo của xã./.");

	assert_string_equal(b.source,
	                    "# I. KẾT QUẢ\n"
	                    "Trong {{kỳ}}, toàn xã đã tiếp nhận {{dossier.received}} hồ sơ "
	                    "\\*mới\\*.\n"
	                    "Câu thêm vào có \\{\\{dấu}}.\n"
	                    "- Đã giải quyết xong {{dossier.commune.finished}} hồ sơ\n"
	                    "Trên đây là báo cáo của xã.\n");
	assert_int_equal(b.n_changes, 1);
	assert_string_equal(b.changes[0].run->text, "1.234");
	assert_string_equal(b.changes[0].is, "1.240");
	assert_int_equal(b.n_added, 1);
	assert_int_equal(b.n_changed, 2);
}

static void test_removed_paragraphs_are_told(void **state)
{
	struct world *w = *state;
	struct narrative_back b = back(w, source_text,
	                               "I. KẾT QUẢ\n- Đã xong hồ sơ\n"
	                               "Trên đây là báo cáo của xã./.");

	assert_string_equal(b.source, "# I. KẾT QUẢ\n- Đã xong hồ sơ\n"
	                              "Trên đây là báo cáo của xã.\n");
	assert_int_equal(b.n_removed, 1);
	assert_int_equal(b.n_changes, 2);
	assert_string_equal(b.changes[0].is, "");
}

static void test_another_document_is_unknown(void **state)
{
	struct world *w = *state;
	struct narrative_back b = back(w, source_text, "Thư mời\nKính gửi ông A");

	assert_string_equal(b.source, source_text);
	assert_int_equal(b.n_unknown, 2);
}

#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_sections),
		T(test_typed),
		T(test_nothing_changed),
		T(test_prose_is_taken_figures_are_not),
		T(test_removed_paragraphs_are_told),
		T(test_another_document_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
