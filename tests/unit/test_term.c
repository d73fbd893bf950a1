#include "lib/test.h"

#include "app/deadline/term.h"
#include "base/str.h"

static const char *const units[] = { "days", "hours", "calendar", "same" };
static const char *const faults[] = { "OK",       "BLANK", "NO_NUMBER", "NO_UNIT",
	                              "FRACTION", "RANGE", "MORE_TERMS" };

static void check(const char *text, const char *expected)
{
	struct term t = { TERM_SAME_DAY, -1 };
	enum term_fault fault = term_parse(&t, text);
	char got[64];

	if (fault == TERM_OK)
		snprintf(got, sizeof(got), "%s %d", units[t.unit], t.centi);
	else
		snprintf(got, sizeof(got), "%s", faults[fault]);
	if (strcmp(got, expected) != 0)
		fail_msg("\"%s\": %s, expected %s", text, got, expected);
	if (fault != TERM_OK)
		assert_int_equal(t.centi, -1);
}

static void agrees_with_every_example(void **state)
{
	(void)state;
	FILE *f = fopen("tests/cases/term.cases", "r");
	char line[600];
	int n = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char *bar = strrchr(line, '|');

		if (line[0] == '#' || !bar)
			continue;
		*bar++ = '\0';
		bar[strcspn(bar, "\n")] = '\0';
		while (*bar == ' ')
			bar++;
		check(line, bar);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 61);
}

static void what_it_prints_it_reads(void **state)
{
	(void)state;
	for (int unit = TERM_WORKING_DAYS; unit <= TERM_CALENDAR_DAYS; unit++)
		for (int centi = 5; centi <= 4000; centi += 5) {
			struct term t = { (enum term_unit)unit, centi }, back;
			char text[TERM_TEXT];

			assert_int_equal(term_parse(&back, term_text(t, text)), TERM_OK);
			assert_int_equal(back.unit, t.unit);
			assert_int_equal(back.centi, t.centi);
		}
	char text[TERM_TEXT];
	assert_string_equal(term_text((struct term){ TERM_WORKING_DAYS, 50 }, text),
	                    "0,5 ngày làm việc");
	assert_string_equal(term_text((struct term){ TERM_SAME_DAY, 0 }, text), "trong ngày");
}

/* Decomposed letters and no-break spaces, as files from other programs have them. */
static void reads_other_spellings(void **state)
{
	(void)state;
	check("5 nga\u0300y la\u0300m vie\u0323\u0302c", "days 500");
	check("5\u00a0ngày làm việc", "days 500");
	check("5 ngày\r\nlàm việc", "days 500");
	check("5 ngày làm vi\xff", "NO_NUMBER");
	check(NULL, "BLANK");
}

static void every_fault_says_what_to_do(void **state)
{
	(void)state;
	struct arena a;

	arena_init(&a, 1 << 16);
	for (int fault = TERM_BLANK; fault <= TERM_MORE_TERMS; fault++) {
		const char *message = NULL;

		assert_int_equal(
		        term_fault_message(&message, &a, (enum term_fault)fault, "7 tuần"),
		        ERR_OK);
		assert_non_null(strstr(message, "ngày"));
		if (fault != TERM_BLANK)
			assert_non_null(strstr(message, "7 tuần"));
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_every_example),
		cmocka_unit_test(what_it_prints_it_reads),
		cmocka_unit_test(reads_other_spellings),
		cmocka_unit_test(every_fault_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
