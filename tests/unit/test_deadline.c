/* Every line of deadline.cases, the explanation, outcomes and what is refused. */
#include "lib/test.h"

#include "app/deadline/deadline.h"
#include "app/deadline/outcome.h"
#include "base/str.h"

struct fixture {
	struct arena arena;
	const struct calendar *cal;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct calendar_rules rules;
	struct calendar *cal;

	assert_non_null(f);
	arena_init(&f->arena, 64 << 20);
	assert_int_equal(calendar_built_in(&rules, &f->arena), ERR_OK);
	assert_int_equal(calendar_compile(&cal, &f->arena, &rules, 2005, 2049), ERR_OK);
	f->cal = cal;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	free(f);
	return 0;
}

static instant_t at(const char *text)
{
	instant_t t;

	assert_true(instant_parse_iso(&t, text));
	return t;
}

static struct rule_set rules_on(const char *received)
{
	size_t n;
	const struct rule_set *sets = rule_set_built_in(&n);
	const struct rule_set *found = rule_set_find(sets, n, instant_day(at(received)));

	assert_non_null(found);
	return *found;
}

/* One example: the text left of the first bar, cut into words. */
struct example {
	char received[20], term[200], due[40];
	bool next_day;
	enum supplement_rule effect;
	int n_times;
	char times[2][20];
};

static bool read_example(struct example *e, char *line)
{
	char *bars[3], *save = NULL;

	*e = (struct example){ .effect = SUPPLEMENT_NEVER_STOPS };
	for (int i = 0; i < 3; i++)
		if (!(bars[i] = strtok_r(i ? NULL : line, "|", &save)))
			return false;
	snprintf(e->received, sizeof(e->received), "%.16s", bars[0]);
	snprintf(e->term, sizeof(e->term), "%s", bars[1]);
	snprintf(e->due, sizeof(e->due), "%s", bars[2] + 1);
	e->due[strcspn(e->due, "\n")] = '\0';
	size_t n = strlen(e->due);
	while (n && e->due[n - 1] == ' ')
		e->due[--n] = '\0';
	char *words = strlen(bars[0]) > 16 ? bars[0] + 16 : bars[0] + strlen(bars[0]);
	char *word = strtok_r(words, " ", &save);
	for (; word; word = strtok_r(NULL, " ", &save)) {
		if (strcmp(word, "!next") == 0)
			e->next_day = true;
		else if (supplement_rule_parse(&e->effect, word))
			continue;
		else
			snprintf(e->times[e->n_times++], 20, "%s", word);
	}
	return true;
}

/* What the explanation counts is the term. */
static void check_explanation(const struct fixture *f, struct arena *a,
                              const struct deadline_question *q, const struct deadline *d)
{
	struct deadline_days days;
	int minutes = 0, whole = 0;

	assert_int_equal(deadline_explain(&days, a, f->cal, q, d), ERR_OK);
	assert_int_equal(date_cmp(days.at[0].date, instant_day(q->received)), 0);
	assert_int_equal(date_cmp(days.at[days.n - 1].date, instant_day(d->due)), 0);
	for (size_t i = 0; i < days.n; i++) {
		assert_false(str_blank(days.at[i].reason));
		assert_int_equal(days.at[i].counted, !str_blank(days.at[i].amount));
		minutes += days.at[i].minutes;
		whole += days.at[i].counted && days.at[i].minutes == 0;
	}
	if (q->term.unit == TERM_SAME_DAY)
		assert_int_equal(whole, 1);
	else if (q->term.unit == TERM_WORKING_HOURS)
		assert_int_equal(minutes, q->term.centi * 60 / 100);
	else if (q->term.unit == TERM_WORKING_DAYS && q->rules->start == START_INSTANT)
		assert_int_equal(minutes, q->term.centi * 480 / 100);
	else {
		assert_int_equal(whole, q->term.centi / 100);
		assert_int_equal(minutes, q->term.centi % 100 * 480 / 100);
	}
}

static void check_example(const struct fixture *f, struct arena *a, const struct example *e)
{
	struct rule_set rules = rules_on(e->received);
	struct pause pause = { INSTANT_NONE, INSTANT_NONE, e->effect, NULL };
	struct deadline_question q = { .received = at(e->received),
		                       .rules = &rules,
		                       .pauses = &pause,
		                       .n_pauses = e->n_times > 0,
		                       .extension = { INSTANT_NONE, INSTANT_NONE } };
	char due[INSTANT_TEXT], got[40];
	struct deadline d;

	if (e->next_day)
		rules.start = START_NEXT_WORKING_DAY;
	if (e->n_times > 0)
		pause.from = at(e->times[0]);
	if (e->n_times > 1)
		pause.to = at(e->times[1]);
	assert_int_equal(term_parse(&q.term, e->term), TERM_OK);
	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	snprintf(got, sizeof(got), "%s%s", instant_iso(d.due, due),
	         d.waiting ? " waiting" : "");
	if (strcmp(got, e->due) != 0)
		fail_msg("%s + %s: %s, expected %s", e->received, e->term, got, e->due);
	check_explanation(f, a, &q, &d);
}

static void agrees_with_every_example(void **state)
{
	const struct fixture *f = *state;
	FILE *file = fopen("tests/cases/deadline.cases", "r");
	struct arena a;
	char line[400];
	struct example e;
	int n = 0;

	assert_non_null(file);
	arena_init(&a, 4 << 20);
	while (fgets(line, sizeof(line), file)) {
		if (line[0] == '#' || !read_example(&e, line))
			continue;
		check_example(f, &a, &e);
		arena_reset(&a);
		n++;
	}
	arena_release(&a);
	fclose(file);
	assert_int_equal(n, 58);
}

static const char *reason_on(const struct deadline_days *days, const char *day)
{
	char text[DATE_TEXT];

	for (size_t i = 0; i < days->n; i++)
		if (strcmp(date_iso(days->at[i].date, text), day) == 0)
			return days->at[i].reason;
	fail_msg("no row for %s", day);
	return "";
}

static void says_why_each_day_counts_or_not(void **state)
{
	struct fixture *f = *state;
	struct rule_set rules = rules_on("2026-04-24 16:00");
	struct pause pause = { at("2026-04-28 10:00"), at("2026-04-29 10:00"),
		               SUPPLEMENT_CONTINUES, "chờ nghĩa vụ tài chính" };
	struct deadline_question q = { .received = at("2026-04-24 16:00"),
		                       .term = { TERM_WORKING_DAYS, 200 },
		                       .rules = &rules,
		                       .pauses = &pause,
		                       .n_pauses = 1,
		                       .extension = { INSTANT_NONE, INSTANT_NONE } };
	struct deadline_days days;
	struct deadline d;
	char text[INSTANT_TEXT];

	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	assert_string_equal(instant_iso(d.original_due, text), "2026-04-29 16:00");
	assert_string_equal(instant_iso(d.due, text), "2026-05-04 16:00");
	assert_int_equal(deadline_explain(&days, &f->arena, f->cal, &q, &d), ERR_OK);
	assert_int_equal(days.n, 11);
	assert_string_equal(reason_on(&days, "2026-04-24"), "Tính từ 16:00");
	assert_string_equal(days.at[0].amount, "1 giờ");
	assert_string_equal(reason_on(&days, "2026-04-25"), "Thứ Bảy");
	assert_string_equal(reason_on(&days, "2026-04-26"), "Giỗ Tổ Hùng Vương (10/3 âm lịch)");
	assert_string_equal(reason_on(&days, "2026-04-27"),
	                    "Nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch)");
	assert_string_equal(reason_on(&days, "2026-04-28"),
	                    "Ngày làm việc; không tính thời gian chờ nghĩa vụ tài chính");
	assert_string_equal(reason_on(&days, "2026-05-04"), "Tính đến 16:00");
	assert_true(days.at[days.n - 1].counted);
	assert_false(days.at[1].counted);
	assert_string_equal(days.at[3].source, "Bộ luật Lao động 2019, Điều 111 khoản 3");
}

static void a_year_without_a_decision_is_provisional(void **state)
{
	const struct fixture *f = *state;
	struct rule_set rules = rules_on("2026-12-21 08:00");
	struct deadline_question q = { .received = at("2026-12-21 08:00"),
		                       .term = { TERM_WORKING_DAYS, 500 },
		                       .rules = &rules,
		                       .extension = { INSTANT_NONE, INSTANT_NONE } };
	struct deadline d;

	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	assert_false(d.provisional);
	q.term.centi = 1500;
	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	assert_true(d.provisional);
}

static void an_extension_is_a_second_due(void **state)
{
	const struct fixture *f = *state;
	struct rule_set rules = rules_on("2026-11-16 10:00");
	struct pause pause = { at("2026-11-25 10:00"), at("2026-11-26 10:00"),
		               SUPPLEMENT_CONTINUES, NULL };
	struct deadline_question q = { .received = at("2026-11-16 10:00"),
		                       .term = { TERM_WORKING_DAYS, 500 },
		                       .rules = &rules,
		                       .extension = { at("2026-11-20 08:00"),
		                                      at("2026-11-30 17:00") } };
	struct deadline d;
	char text[INSTANT_TEXT];

	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	assert_string_equal(instant_iso(d.due, text), "2026-11-23 10:00");
	assert_string_equal(instant_iso(d.extended_due, text), "2026-11-30 17:00");
	q.pauses = &pause;
	q.n_pauses = 1;
	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_OK);
	assert_string_equal(instant_iso(d.due, text), "2026-11-23 10:00");
	assert_string_equal(instant_iso(d.original_due, text), "2026-11-23 10:00");
	assert_string_equal(instant_iso(d.extended_due, text), "2026-12-01 17:00");
}

static void refuses_what_it_cannot_count(void **state)
{
	const struct fixture *f = *state;
	struct rule_set rules = rules_on("2026-11-16 10:00");
	struct pause pauses[2] = { { at("2026-11-18 10:00"), at("2026-11-17 10:00"), 0, NULL },
		                   { at("2026-11-19 10:00"), INSTANT_NONE, 0, NULL } };
	struct deadline_question q = { .received = at("2026-11-16 10:00"),
		                       .term = { TERM_WORKING_DAYS, 500 },
		                       .rules = &rules,
		                       .pauses = pauses,
		                       .n_pauses = 1,
		                       .extension = { INSTANT_NONE, INSTANT_NONE } };
	struct deadline d = { .waiting = true };

	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_INPUT);
	pauses[0].to = at("2026-11-20 10:00");
	q.n_pauses = 2;
	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_INPUT);
	q.n_pauses = 0;
	q.received = at("2049-12-30 10:00");
	assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_RANGE);
	q.received = at("1999-12-30 10:00");
	for (int unit = TERM_WORKING_DAYS; unit <= TERM_SAME_DAY; unit++) {
		q.term.unit = (enum term_unit)unit;
		assert_int_equal(deadline_compute(&d, f->cal, &q), ERR_RANGE);
	}
	assert_true(d.waiting); /* untouched */
}

static void the_rule_set_follows_the_day_of_receipt(void **state)
{
	(void)state;
	assert_string_equal(rules_on("2018-06-20 08:00").code, "qd09");
	assert_string_equal(rules_on("2018-06-21 08:00").code, "nd61");
	assert_string_equal(rules_on("2025-06-30 16:00").code, "nd61");
	assert_string_equal(rules_on("2025-07-01 08:00").code, "nd118");
	assert_non_null(strstr(rules_on("2025-07-01 08:00").basis, "118/2025/NĐ-CP"));
}

static void tells_early_on_time_and_late(void **state)
{
	const struct fixture *f = *state;
	const struct {
		enum early_rule rule;
		const char *due, *finished;
		enum outcome outcome;
	} rows[] = {
		{ EARLY_HALF_DAY, "2026-11-18 15:20", "2026-11-18 13:29", OUTCOME_EARLY },
		{ EARLY_HALF_DAY, "2026-11-18 15:20", "2026-11-18 13:30", OUTCOME_ON_TIME },
		{ EARLY_HALF_DAY, "2026-11-18 15:20", "2026-11-18 15:20", OUTCOME_ON_TIME },
		{ EARLY_HALF_DAY, "2026-11-18 15:20", "2026-11-18 15:20:59", OUTCOME_ON_TIME },
		{ EARLY_HALF_DAY, "2026-11-18 15:20", "2026-11-18 15:21", OUTCOME_LATE },
		{ EARLY_HALF_DAY, "2026-11-18 11:30", "2026-11-18 07:00", OUTCOME_ON_TIME },
		{ EARLY_HALF_DAY, "2026-11-18 11:30", "2026-11-17 17:00", OUTCOME_EARLY },
		{ EARLY_DAY, "2026-11-18 15:20", "2026-11-18 07:00", OUTCOME_ON_TIME },
		{ EARLY_DAY, "2026-11-18 15:20", "2026-11-17 17:00", OUTCOME_EARLY },
		{ EARLY_NEVER, "2026-11-18 15:20", "2026-11-10 07:00", OUTCOME_ON_TIME },
		{ EARLY_NEVER, "2026-11-18 15:20", "2026-11-18 15:21", OUTCOME_LATE },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(
		        outcome_of(f->cal, rows[i].rule, at(rows[i].due), at(rows[i].finished)),
		        rows[i].outcome);
	/* A dossier without a due date does not count as early. */
	assert_int_equal(
	        outcome_of(f->cal, EARLY_HALF_DAY, INSTANT_NONE, at("2026-11-10 07:00")),
	        OUTCOME_NONE);
	enum outcome o = OUTCOME_LATE;
	assert_true(outcome_parse(&o, "on_time"));
	assert_int_equal(o, OUTCOME_ON_TIME);
	assert_false(outcome_parse(&o, "soon"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_every_example),
		cmocka_unit_test(says_why_each_day_counts_or_not),
		cmocka_unit_test(a_year_without_a_decision_is_provisional),
		cmocka_unit_test(an_extension_is_a_second_due),
		cmocka_unit_test(refuses_what_it_cannot_count),
		cmocka_unit_test(the_rule_set_follows_the_day_of_receipt),
		cmocka_unit_test(tells_early_on_time_and_late),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
