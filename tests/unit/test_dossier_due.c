/* The dues of a dossier by the built-in calendar and rules; the words it is found by. */
#include "lib/test.h"

#include "app/dossier/dossier_due.h"
#include "app/dossier/dossier_intake.h"
#include "base/str.h"

struct world {
	struct arena a;
	struct dossier_clock clock;
};

static void open_world(struct world *w)
{
	struct calendar_rules rules;
	struct calendar *calendar;

	arena_init(&w->a, 16 << 20);
	assert_int_equal(calendar_built_in(&rules, &w->a), ERR_OK);
	assert_int_equal(calendar_compile(&calendar, &w->a, &rules, 2023, 2026), ERR_OK);
	w->clock.calendar = calendar;
	w->clock.sets = rule_set_built_in(&w->clock.n_sets);
}

static instant_t at(int month, int day, int hour)
{
	return instant_local(date_make(2024, month, day), hour * 60);
}

static struct dossier dossier_of(const char *term, instant_t received)
{
	return (struct dossier){ .code = "H99.50.05-240304-0007",
		                 .term = term,
		                 .rule_set = "",
		                 .summary = "",
		                 .state = DOSSIER_IN_PROCESS,
		                 .received_at = received,
		                 .original_due_at = INSTANT_NONE,
		                 .due_at = INSTANT_NONE,
		                 .extended_due_at = INSTANT_NONE,
		                 .paused_at = INSTANT_NONE };
}

static const struct dossier_stops no_stops = { NULL, 0, { { INT64_MIN }, { INT64_MIN } } };

static void a_term_gives_a_due_and_a_pause_moves_it(void **state)
{
	struct world w;
	struct dossier d = dossier_of("5 ngày làm việc", at(3, 4, 8));
	struct pause pause = { at(3, 5, 8), at(3, 7, 8), SUPPLEMENT_CONTINUES, "Chờ" };
	struct dossier_stops stops = { &pause, 1, { INSTANT_NONE, INSTANT_NONE } };

	(void)state;
	open_world(&w);
	assert_int_equal(dossier_count_due(&d, &w.clock, &no_stops), ERR_OK);
	assert_int_equal(instant_cmp(d.due_at, at(3, 11, 8)), 0);
	assert_true(strlen(d.rule_set) > 0);
	assert_int_equal(dossier_count_due(&d, &w.clock, &stops), ERR_OK);
	assert_int_equal(instant_cmp(d.due_at, at(3, 13, 8)), 0);
	assert_int_equal(instant_cmp(d.original_due_at, at(3, 11, 8)), 0);
	assert_int_equal(dossier_outcome(&d, &w.clock, at(3, 14, 8)), OUTCOME_LATE);
	assert_int_equal(dossier_outcome(&d, &w.clock, at(3, 12, 8)), OUTCOME_EARLY);
	arena_release(&w.a);
}

static void without_a_term_there_is_no_due_and_no_outcome(void **state)
{
	struct world w;
	struct dossier d = dossier_of("", at(3, 4, 8));
	struct deadline_question question;

	(void)state;
	open_world(&w);
	assert_int_equal(dossier_count_due(&d, &w.clock, &no_stops), ERR_OK);
	assert_true(instant_is_none(d.due_at));
	assert_int_equal(dossier_outcome(&d, &w.clock, at(3, 14, 8)), OUTCOME_NONE);
	assert_false(dossier_question(&question, &w.clock, &d, &no_stops));
	assert_true(instant_is_none(dossier_step_due(&w.clock, &d, "", at(3, 4, 8))));
	assert_int_equal(
	        instant_cmp(dossier_step_due(&w.clock, &d, "2 giờ làm việc", at(3, 4, 8)),
	                    at(3, 4, 10)),
	        0);
	arena_release(&w.a);
}

static void a_term_beyond_the_calendar_is_an_error(void **state)
{
	struct world w;
	struct dossier d = dossier_of("900 ngày làm việc", at(3, 4, 8));

	(void)state;
	open_world(&w);
	assert_int_equal(dossier_count_due(&d, &w.clock, &no_stops), ERR_RANGE);
	arena_release(&w.a);
}

static bool has(const struct dossier_words *words, const char *word)
{
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++)
		n += str_eq(words->at[i], word);
	return n == 1;
}

static void a_dossier_is_found_by_its_words(void **state)
{
	struct world w;
	struct dossier d = dossier_of("", at(3, 4, 8));
	struct applicant p = { .name = "Nguyễn Thị Đào Nguyễn",
		               .identity_number = "079123456789",
		               .phone = "0912345678" };
	struct dossier_words words;

	(void)state;
	open_world(&w);
	d.summary = "Bản sao: bằng lái";
	assert_int_equal(dossier_words(&words, &w.a, &d, &p), ERR_OK);
	assert_int_equal(words.n, 3 + 2 + 2 + 4);
	assert_true(has(&words, "nguyen") && has(&words, "dao") && has(&words, "0007"));
	assert_true(has(&words, "240304") && has(&words, "0912345678") && has(&words, "bang"));
	assert_false(has(&words, "h99"));
	arena_release(&w.a);
}

static void words_are_bounded(void **state)
{
	struct world w;
	struct dossier d = dossier_of("", at(3, 4, 8));
	struct applicant p = { .name = "A" };
	struct dossier_words words;
	struct str text;
	const char *summary;

	(void)state;
	open_world(&w);
	str_init(&text, &w.a, 1 << 16);
	for (int i = 0; i < 200; i++)
		str_printf(&text, "từ%d ", i);
	assert_int_equal(str_finish(&text, &summary), ERR_OK);
	d.summary = summary;
	assert_int_equal(dossier_words(&words, &w.a, &d, &p), ERR_OK);
	assert_int_equal(words.n, DOSSIER_MOST_WORDS);
	arena_release(&w.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_term_gives_a_due_and_a_pause_moves_it),
		cmocka_unit_test(without_a_term_there_is_no_due_and_no_outcome),
		cmocka_unit_test(a_term_beyond_the_calendar_is_an_error),
		cmocka_unit_test(a_dossier_is_found_by_its_words),
		cmocka_unit_test(words_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
