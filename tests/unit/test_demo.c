/* The invented province: repeatable, plainly invented, of the promised size. */
#include "lib/test.h"

#include "app/demo/demo.h"
#include "base/embedded.h"
#include "base/str.h"

static struct arena memory;

static void the_same_seed_gives_the_same_people_and_cases(void **state)
{
	(void)state;
	struct demo_random a = { 42 }, b = { 42 }, c = { 43 };
	int same = 0;

	for (int i = 0; i < 1000; i++) {
		struct demo_person pa = { 0 }, pb = { 0 }, pc = { 0 };
		struct demo_case ca, cb;

		demo_person(&a, "xã An Mẫu", &pa);
		demo_person(&b, "xã An Mẫu", &pb);
		demo_person(&c, "xã An Mẫu", &pc);
		assert_memory_equal(&pa, &pb, sizeof(pa));
		same += memcmp(&pa, &pc, sizeof(pa)) == 0;
		demo_case(&a, demo_first_day(), date_make(2026, 11, 20), &ca);
		demo_case(&b, demo_first_day(), date_make(2026, 11, 20), &cb);
		assert_true(ca.received_at.us == cb.received_at.us && ca.pace == cb.pace);
	}
	assert_true(same < 10);
}

static void nobody_is_real(void **state)
{
	(void)state;
	struct demo_random r = { 1 };

	for (int i = 0; i < 2000; i++) {
		struct demo_person p;

		demo_person(&r, "xã An Mẫu", &p);
		assert_true(str_ends(p.name, "Mẫu"));
		assert_true(str_starts(p.identity, "000") && strlen(p.identity) == 12);
		assert_true(str_starts(p.phone, "0000") && strlen(p.phone) == 10);
	}
}

static void every_place_has_a_name_of_its_own(void **state)
{
	(void)state;
	const char *names[DEMO_OLD_COMMUNES + DEMO_MERGED];
	int taken[DEMO_MERGED] = { 0 };

	for (int i = 0; i < DEMO_OLD_COMMUNES; i++)
		assert_int_equal(demo_commune_name(&memory, &names[i], i), ERR_OK);
	for (int i = 0; i < DEMO_MERGED; i++)
		assert_int_equal(demo_merged_name(&memory, &names[DEMO_OLD_COMMUNES + i], i),
		                 ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	for (int i = 0; i < DEMO_OLD_COMMUNES; i++)
		if (demo_merged_into(i) >= 0)
			taken[demo_merged_into(i)]++;
	for (int i = 0; i < DEMO_MERGED; i++)
		assert_int_equal(taken[i], 2);
	assert_int_equal(demo_merged_into(0), -1);
}

static void cases_lie_within_their_days(void **state)
{
	(void)state;
	struct demo_random r = { 9 };
	date_t first = demo_first_day(), last = date_make(2024, 3, 8);
	int late = 0, online = 0;

	for (int i = 0; i < 20000; i++) {
		struct demo_case c;

		demo_case(&r, first, last, &c);
		date_t day = instant_day(c.received_at);
		assert_true(date_cmp(day, first) >= 0 && date_cmp(day, last) <= 0);
		assert_true(c.online || date_weekday(day) < 5);
		late += c.ending == DEMO_LATE;
		online += c.online;
	}
	assert_in_range(late, 400, 900);
	assert_in_range(online, 7500, 9500);
}

static void the_first_unit_has_the_largest_share(void **state)
{
	(void)state;
	struct demo_random r = { 3 };
	int n[157] = { 0 };

	for (int i = 0; i < 100000; i++)
		n[demo_weighted(&r, 157)]++;
	assert_true(n[0] > 2500);
	for (int i = 1; i < 157; i++)
		assert_true(n[i] < n[0]);
}

static void the_catalogue_invents_nothing_under_a_real_code(void **state)
{
	(void)state;
	const struct embedded_file *file = embedded_find("demo/procedures.tsv");
	struct demo_procedure *list;
	size_t n, commune = 0, province = 0;

	assert_non_null(file);
	assert_int_equal(
	        demo_read_procedures(&memory, (const char *)file->bytes, file->n, &list, &n),
	        ERR_OK);
	for (size_t i = 0; i < n; i++) {
		commune += list[i].commune;
		province += list[i].province;
		if (list[i].code[0] == '0')
			assert_true(str_ends(list[i].name, "(thủ tục minh họa)"));
		else
			assert_true(list[i].fee.dong == MONEY_NONE.dong ||
			            list[i].fee.dong == 0);
	}
	assert_in_range(commune, 120, 140);
	assert_in_range(province, 120, 140);
	assert_int_equal(demo_read_procedures(&memory, "h\nx\ty\n", 6, &list, &n), ERR_INPUT);
}

static int start(void **state)
{
	(void)state;
	arena_init(&memory, 1 << 24);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_release(&memory);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_seed_gives_the_same_people_and_cases),
		cmocka_unit_test(nobody_is_real),
		cmocka_unit_test(every_place_has_a_name_of_its_own),
		cmocka_unit_test(cases_lie_within_their_days),
		cmocka_unit_test(the_first_unit_has_the_largest_share),
		cmocka_unit_test(the_catalogue_invents_nothing_under_a_real_code),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
