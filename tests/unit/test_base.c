/* Days, instants, decimals, ids, texts, messages: the ground that everything stands on. */
#include "lib/test.h"

#include <limits.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/messages.h"
#include "base/problems.h"
#include "base/row_id.h"
#include "base/str.h"
#include "base/url.h"
#include "base/vec.h"
#include "json/json.h"

static void days_count_and_print(void **state)
{
	(void)state;
	char text[DATE_TEXT];
	date_t d;

	assert_int_equal(date_make(1970, 1, 1).days, 0);
	assert_int_equal(date_weekday(date_make(2026, 11, 20)), 4);
	assert_true(date_parse_vn(&d, "7/2/2024"));
	assert_string_equal(date_iso(d, text), "2024-02-07");
	assert_string_equal(date_vn(d, text), "07/02/2024");
	assert_false(date_parse_vn(&d, "29/02/2023"));
	assert_false(date_parse_iso(&d, "2024-2-7"));
	assert_string_equal(date_iso(DATE_NONE, text), "");
}

static void every_day_splits_into_itself(void **state)
{
	(void)state;
	int y, m, day;

	for (date_t d = date_make(1900, 1, 1); date_year(d) < 2100; d = date_add(d, 1)) {
		date_split(d, &y, &m, &day);
		assert_int_equal(date_make(y, m, day).days, d.days);
	}
}

static void instants_are_vietnamese_time(void **state)
{
	(void)state;
	char text[INSTANT_TEXT];
	instant_t at;

	assert_true(instant_parse_vn(&at, "15:20 07/02/2024"));
	assert_true(at.us == INT64_C(1707294000) * 1000000);
	assert_string_equal(instant_iso(at, text), "2024-02-07 15:20");
	assert_string_equal(instant_vn(at, text), "15:20 07/02/2024");
	assert_int_equal(instant_minute(instant_local(date_make(2024, 2, 7), 0)), 0);
	assert_int_equal(instant_day(instant_local(date_make(1960, 5, 4), 3)).days,
	                 date_make(1960, 5, 4).days);
	assert_false(instant_parse_iso(&at, "2024-02-07 24:00"));
}

static void decimals_round_half_up_once(void **state)
{
	(void)state;
	char text[DEC_TEXT];
	dec_t d;

	assert_string_equal(dec_text(dec_percent(dec_from_int(51), dec_from_int(96), 2), text),
	                    "53.13");
	assert_string_equal(dec_text(dec_percent(dec_from_int(7), dec_from_int(19), 1), text),
	                    "36.8");
	assert_true(dec_is_none(dec_percent(dec_from_int(0), dec_from_int(0), 1)));
	assert_true(dec_is_none(dec_add(DEC_NONE, dec_from_int(1))));
	assert_true(dec_parse(&d, "-0.0000005") == false);
	assert_true(dec_parse(&d, "-1234567.5"));
	assert_string_equal(dec_vn(d, -1, text), "-1.234.567,5");
	assert_string_equal(dec_vn(dec_from_int(132), 0, text), "132");
	assert_string_equal(dec_text(dec_round(d, 0), text), "-1234568");
	assert_true(
	        dec_is_none(dec_mul(dec_from_int(9000000000000), dec_from_int(9000000000000))));
	assert_string_equal(money_vn((money_t){ 1302826000 }, text), "1.302.826.000");
}

static void ids_grow_also_when_the_clock_does_not(void **state)
{
	(void)state;
	struct id_source s = { .installation = 5 };
	instant_t at = { INT64_C(1707294000) * 1000000 };
	row_id last = row_id_next(&s, at);

	for (int i = 0; i < 5000; i++) {
		row_id next = row_id_next(&s, i % 2 ? at : (instant_t){ at.us - 60000000 });

		assert_true(next.value > last.value);
		assert_int_equal(next.value >> 10 & 0xfff, 5);
		last = next;
	}
}

static void a_text_remembers_that_it_did_not_fit(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	struct str s;
	const char *out = "kept";

	arena_init(&a, 4096);
	str_init(&s, &a, 8);
	str_put(&s, "12345678");
	assert_int_equal(str_check(&s), ERR_OK);
	str_put_char(&s, '9');
	str_put(&s, "x");
	assert_int_equal(str_finish(&s, &out), ERR_NO_MEMORY);
	assert_string_equal(out, "kept");
}

static void an_arena_stops_at_its_maximum(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	char *p;

	arena_init(&a, 1000);
	assert_int_equal(arena_array(&a, &p, 900), ERR_OK);
	assert_int_equal(arena_array(&a, &p, 900), ERR_NO_MEMORY);
	assert_null(arena_alloc_array(&a, SIZE_MAX / 2, 3));
	arena_release(&a);
	arena_fail_after(2);
	assert_non_null(arena_alloc(&a, 1));
	assert_null(arena_alloc(&a, 1));
	assert_non_null(arena_alloc(&a, 1));
}

static void an_array_keeps_what_it_held_and_gives_back_its_room(void **state)
{
	ARENA_CLEANUP struct arena a;
	int *at = NULL, *other = NULL;
	size_t n = 0, n_other = 0;

	(void)state;
	arena_init(&a, 1 << 20);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(vec_room(&a, at, n), ERR_OK);
		assert_int_equal(at[n], 0);
		at[n++] = i;
		if (i % 7 == 0) {
			assert_int_equal(vec_room(&a, other, n_other), ERR_OK);
			other[n_other++] = -i;
		}
	}
	size_t used = a.used;
	vec_fit(&a, at, n);
	vec_fit(&a, other, n_other); /* one of the two is the newest at most */
	assert_true(a.used <= used);
	memset(arena_alloc_unset(&a, 512), 0xff, 512);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(at[i], i);
	for (size_t i = 0; i < n_other; i++)
		assert_int_equal(other[i], -7 * (int)i);
}

static void only_the_newest_allocation_changes_its_size(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 1000);
	char *first = arena_alloc(&a, 100);
	assert_false(arena_resize(&a, first, 100, 2000));
	assert_false(arena_resize(&a, first, 64, 32)); /* of other bytes */
#ifndef ARENA_DEBUG
	size_t used = a.used;
	assert_true(arena_resize(&a, first, 100, 500));
	assert_true(a.used > used);
	assert_true(arena_resize(&a, first, 500, 100));
	assert_int_equal(a.used, used);
#endif
	assert_non_null(arena_alloc(&a, 1));
	assert_false(arena_resize(&a, first, 100, 50));
}

static void links_encode_what_people_typed(void **state)
{
	(void)state;
	struct url u =
	        url_with(url_add_id(url_path("/dossiers"), (row_id){ 12 }), "q", "hồ sơ&1");

	assert_string_equal(u.text, "/dossiers/12?q=h%E1%BB%93%20s%C6%A1%261");
	assert_string_equal(url_with_int(u, "n", -3).text,
	                    "/dossiers/12?q=h%E1%BB%93%20s%C6%A1%261&n=-3");
	char long_text[URL_MAX + 1];

	memset(long_text, 'a', URL_MAX);
	long_text[URL_MAX] = '\0';
	assert_string_equal(url_path(long_text).text, "/");
}

static void json_escapes_and_nests(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	struct str s;
	struct json j;

	arena_init(&a, 4096);
	str_init(&s, &a, 4000);
	json_init(&j, &s);
	json_begin_object(&j);
	json_key(&j, "a\"b");
	json_begin_array(&j);
	json_text(&j, "x\n\\\x01y");
	json_dec(&j, DEC_NONE);
	json_id(&j, (row_id){ 7 });
	json_end(&j);
	json_key(&j, "n");
	json_int(&j, -1);
	json_end(&j);
	assert_string_equal(s.data,
	                    "{\"a\\\"b\":[\"x\\u000a\\\\\\u0001y\",null,\"7\"],\"n\":-1}");
}

static void problems_keep_their_field(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	struct problems p;

	arena_init(&a, 4096);
	problems_init(&p, &a);
	assert_int_equal(problems_say(&p, "name", 3, MSG_CLI_UNKNOWN), ERR_OK);
	assert_string_equal(problems_for(&p, "name"), msg_text(MSG_CLI_UNKNOWN));
	assert_null(problems_for(&p, "other"));
	assert_int_equal(p.first->line, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_and_print),
		cmocka_unit_test(every_day_splits_into_itself),
		cmocka_unit_test(instants_are_vietnamese_time),
		cmocka_unit_test(decimals_round_half_up_once),
		cmocka_unit_test(ids_grow_also_when_the_clock_does_not),
		cmocka_unit_test(a_text_remembers_that_it_did_not_fit),
		cmocka_unit_test(an_arena_stops_at_its_maximum),
		cmocka_unit_test(an_array_keeps_what_it_held_and_gives_back_its_room),
		cmocka_unit_test(only_the_newest_allocation_changes_its_size),
		cmocka_unit_test(links_encode_what_people_typed),
		cmocka_unit_test(json_escapes_and_nests),
		cmocka_unit_test(problems_keep_their_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
