/* The rules of sending and receiving packages, one by one. */
#include "lib/test.h"

#include "app/exchange/exchange.h"
#include "base/err.h"
#include "base/str.h"

static const instant_t noon = { INT64_C(1710496800000000) };

static instant_t after(instant_t at, int64_t us)
{
	return (instant_t){ at.us + us };
}

static void words_read_back(void **state)
{
	enum exchange_finding f;
	enum exchange_state s;
	enum exchange_word w;

	(void)state;
	for (int i = 0; i < EXCHANGE_STATE_COUNT_; i++) {
		assert_true(
		        exchange_state_parse(&s, exchange_state_word((enum exchange_state)i)));
		assert_int_equal(s, i);
		assert_true(exchange_state_text((enum exchange_state)i)[0] != '\0');
	}
	for (int i = 0; i < EXCHANGE_WORDS; i++) {
		assert_true(exchange_word_parse(&w, exchange_word_code((enum exchange_word)i)));
		assert_int_equal(w, i);
	}
	for (int i = 0; i < EXCHANGE_FINDINGS; i++) {
		assert_true(exchange_finding_parse(
		        &f, exchange_finding_word((enum exchange_finding)i)));
		assert_int_equal(f, i);
		/* What is not taken in says what and what to do. */
		assert_non_null(
		        strchr(msg_text(exchange_finding_msg((enum exchange_finding)i)), '.'));
	}
	assert_false(exchange_state_parse(&s, "lost"));
	assert_false(exchange_word_parse(&w, ""));
	assert_false(exchange_finding_parse(&f, "fine"));
}

static void pauses_grow_and_differ(void **state)
{
	int64_t longest = 0;
	int differ = 0;

	(void)state;
	for (int64_t tries = 1; tries < 40; tries++) {
		int64_t full =
		        tries < 8 ? EXCHANGE_FIRST_WAIT << (tries - 1) : EXCHANGE_LONGEST_WAIT;
		for (uint64_t seed = 0; seed < 50; seed++) {
			int64_t wait = exchange_wait(tries, seed);

			if (full > EXCHANGE_LONGEST_WAIT)
				full = EXCHANGE_LONGEST_WAIT;
			assert_true(wait <= full && wait > full - full / 4);
			assert_int_equal(wait, exchange_wait(tries, seed));
			differ += wait != exchange_wait(tries, seed + 1);
			if (wait > longest)
				longest = wait;
		}
	}
	assert_true(differ > 1900);
	assert_true(longest > EXCHANGE_LONGEST_WAIT - EXCHANGE_LONGEST_WAIT / 50);
	assert_true(exchange_wait(INT64_MAX, 1) <= EXCHANGE_LONGEST_WAIT);
}

static void a_sending_that_nobody_ended_is_due_again(void **state)
{
	struct exchange_item item = exchange_item_new(noon);

	(void)state;
	assert_true(exchange_due(&item, noon));
	assert_true(exchange_begin(&item, noon));
	assert_int_equal(item.state, EXCHANGE_SENDING);
	assert_false(exchange_begin(&item, after(noon, 1)));
	assert_true(exchange_due(&item, after(noon, EXCHANGE_SENDING_LASTS)));
	assert_true(exchange_begin(&item, after(noon, EXCHANGE_SENDING_LASTS)));
	assert_int_equal(item.tries, 2);
}

static void a_failed_one_waits(void **state)
{
	struct exchange_item item = exchange_item_new(noon);

	(void)state;
	exchange_failed(&item, noon, 7);
	assert_true(exchange_due(&item, noon)); /* it was not under way */
	assert_true(exchange_begin(&item, noon));
	exchange_failed(&item, noon, 7);
	assert_int_equal(item.state, EXCHANGE_WAITING);
	assert_false(exchange_due(&item, after(noon, 1000000)));
	assert_true(exchange_due(&item, after(noon, EXCHANGE_FIRST_WAIT)));
	/* A clock that jumped, either way, keeps nothing back. */
	assert_true(exchange_due(&item, after(noon, -400 * US_PER_DAY)));
	assert_true(exchange_due(&item, after(noon, 400 * US_PER_DAY)));
}

static void the_highest_word_holds(void **state)
{
	struct exchange_item item = exchange_item_new(noon);

	(void)state;
	assert_true(exchange_begin(&item, noon));
	assert_true(exchange_heard(&item, SAID_HELD, 4));
	assert_int_equal(item.state, EXCHANGE_HELD);
	assert_true(exchange_heard(&item, SAID_ACCEPTED, 9));
	assert_false(exchange_heard(&item, SAID_TAKEN, 7));
	assert_false(exchange_heard(&item, SAID_ACCEPTED, 9));
	assert_int_equal(item.state, EXCHANGE_ACCEPTED);
	assert_true(exchange_heard(&item, SAID_RETURNED, 12));
	assert_int_equal(item.state, EXCHANGE_RETURNED);
	assert_false(exchange_try_now(&item, noon));
	assert_false(exchange_give_up(&item));
	assert_false(exchange_due(&item, after(noon, 400 * US_PER_DAY)));
}

static void a_refused_one_can_be_sent_again_by_a_person(void **state)
{
	struct exchange_item item = exchange_item_new(noon);

	(void)state;
	assert_true(exchange_begin(&item, noon));
	assert_true(exchange_heard(&item, SAID_REFUSED, 3));
	assert_false(exchange_due(&item, after(noon, US_PER_DAY)));
	assert_true(exchange_try_now(&item, noon));
	assert_true(exchange_begin(&item, noon));
	/* The same word again ends the sending, and is no news. */
	assert_false(exchange_heard(&item, SAID_REFUSED, 3));
	assert_int_equal(item.state, EXCHANGE_REFUSED);
	assert_true(exchange_give_up(&item));
	assert_false(exchange_heard(&item, SAID_REFUSED, 3));
	assert_int_equal(item.state, EXCHANGE_GIVEN_UP);
	/* It had arrived all the same. */
	assert_true(exchange_heard(&item, SAID_TAKEN, 5));
	assert_int_equal(item.state, EXCHANGE_DELIVERED);
}

static void what_waits_longest_goes_first(void **state)
{
	struct exchange_item items[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		items[i] = exchange_item_new(noon);
	assert_int_equal(exchange_next(items, 4, noon), 0);
	assert_true(exchange_begin(&items[0], noon));
	exchange_failed(&items[0], noon, 1);
	assert_int_equal(exchange_next(items, 4, noon), 1);
	assert_true(exchange_heard(&items[1], SAID_REFUSED, 1));
	items[2].next_at = after(noon, -5);
	items[3].next_at = after(noon, -9);
	assert_int_equal(exchange_next(items, 4, noon), 3);
	assert_true(exchange_give_up(&items[3]));
	assert_true(exchange_give_up(&items[2]));
	assert_int_equal(exchange_next(items, 4, noon), 4);
	assert_int_equal(exchange_next(items, 4, after(noon, EXCHANGE_FIRST_WAIT)), 0);
	assert_int_equal(exchange_next(items, 0, noon), 0);
}

static struct exchange_arrival sound(void)
{
	return (struct exchange_arrival){ .whole = true,
		                          .unaltered = true,
		                          .well_signed = true,
		                          .format_known = true,
		                          .unit_known = true,
		                          .unit_below = true,
		                          .owed = true,
		                          .same_forms = true };
}

static void packages_are_judged(void **state)
{
	struct exchange_arrival a = sound();

	(void)state;
	assert_int_equal(exchange_judge(&a), FOUND_SOUND);
	a.number_taken = true;
	assert_int_equal(exchange_judge(&a), FOUND_NUMBER_TAKEN);
	a.period_closed = true;
	assert_int_equal(exchange_judge(&a), FOUND_CLOSED);
	a.same_forms = false;
	assert_int_equal(exchange_judge(&a), FOUND_OTHER_FORMS);
	a.owed = false;
	assert_int_equal(exchange_judge(&a), FOUND_NOT_OWED);
	a.unit_below = false;
	assert_int_equal(exchange_judge(&a), FOUND_NOT_BELOW);
	a.unit_known = false;
	assert_int_equal(exchange_judge(&a), FOUND_UNKNOWN_UNIT);
	a.well_signed = false;
	assert_int_equal(exchange_judge(&a), FOUND_SIGNATURE);
	a.format_known = false;
	assert_int_equal(exchange_judge(&a), FOUND_NEWER);
	a.unaltered = false;
	assert_int_equal(exchange_judge(&a), FOUND_ALTERED);
	a.whole = false;
	assert_int_equal(exchange_judge(&a), FOUND_CUT);
}

/* What stands here against what the package says of itself. */
static void documents_follow_each_other(void **state)
{
	static const struct {
		enum exchange_standing standing;
		bool amends, known, told;
		enum exchange_finding found;
	} cases[] = {
		{ STANDING_OPEN, false, false, false, FOUND_SOUND },
		{ STANDING_OPEN, true, false, false, FOUND_AMENDS_UNKNOWN },
		{ STANDING_OPEN, true, false, true, FOUND_SOUND },
		{ STANDING_OPEN, true, true, false, FOUND_SOUND },
		{ STANDING_WORKED_ON, false, false, true, FOUND_BEING_MADE },
		{ STANDING_SENT, false, false, false, FOUND_SECOND },
		{ STANDING_SENT, false, false, true, FOUND_SOUND },
		{ STANDING_SENT, true, true, false, FOUND_SOUND },
		{ STANDING_SENT, true, false, false, FOUND_AMENDS_UNKNOWN },
		{ STANDING_RETURNED, true, true, false, FOUND_SOUND },
		{ STANDING_RETURNED, false, false, false, FOUND_SECOND },
		{ STANDING_ACCEPTED, true, true, false, FOUND_AMENDS_ACCEPTED },
		{ STANDING_ACCEPTED, true, true, true, FOUND_AMENDS_ACCEPTED },
		{ STANDING_ACCEPTED, true, false, false, FOUND_AMENDS_UNKNOWN },
		{ STANDING_ACCEPTED, false, false, false, FOUND_SECOND },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct exchange_arrival a = sound();

		a.standing = cases[i].standing;
		a.amends = cases[i].amends;
		a.amends_known = cases[i].known;
		a.told = cases[i].told;
		assert_int_equal(exchange_judge(&a), cases[i].found);
	}
}

static void sound_bytes_are_not_pushed_out(void **state)
{
	(void)state;
	for (int v = VERDICT_REFUSE; v <= VERDICT_TAKE; v++) {
		assert_false(exchange_replaces(INBOX_TAKEN, (enum exchange_verdict)v));
		assert_true(exchange_replaces(INBOX_REFUSED, (enum exchange_verdict)v));
		assert_int_equal(exchange_replaces(INBOX_HELD, (enum exchange_verdict)v),
		                 v != VERDICT_REFUSE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_read_back),
		cmocka_unit_test(pauses_grow_and_differ),
		cmocka_unit_test(a_sending_that_nobody_ended_is_due_again),
		cmocka_unit_test(a_failed_one_waits),
		cmocka_unit_test(the_highest_word_holds),
		cmocka_unit_test(a_refused_one_can_be_sent_again_by_a_person),
		cmocka_unit_test(what_waits_longest_goes_first),
		cmocka_unit_test(packages_are_judged),
		cmocka_unit_test(documents_follow_each_other),
		cmocka_unit_test(sound_bytes_are_not_pushed_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
