/* What two installations say to each other reads back, and nothing else is taken for it. */
#include "lib/test.h"

#include "app/exchange/exchange_wire.h"

#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static int set_up(void **state)
{
	static struct arena a;

	arena_init(&a, 1 << 20);
	*state = &a;
	return 0;
}

static int tear_down(void **state)
{
	arena_release(*state);
	return 0;
}

static void words_read_back(void **state)
{
	static const struct exchange_remark remarks[] = { { "3", "a.b", "Thiếu \"số\"\n liệu" },
		                                          { "", "", "Cả báo cáo" } };
	static const struct exchange_said said[] = {
		{ 7, SHA, SAID_TAKEN, "", NULL, 0 },
		{ 12, SHA, SAID_RETURNED, "Chưa khớp", remarks, 2 },
	};
	const struct exchange_words words = { said, 2 };
	struct exchange_words read;
	struct exchange_said receipt;
	const char *text;

	assert_int_equal(exchange_words_write(&text, *state, &words), ERR_OK);
	assert_int_equal(exchange_words_read(&read, *state, slice_of(text)), ERR_OK);
	assert_int_equal(read.n, 2);
	assert_int_equal(read.at[1].number, 12);
	assert_int_equal(read.at[1].word, SAID_RETURNED);
	assert_string_equal(read.at[1].reason, "Chưa khớp");
	assert_int_equal(read.at[1].n_remarks, 2);
	assert_string_equal(read.at[1].remarks[0].text, remarks[0].text);
	assert_int_equal(exchange_receipt_write(&text, *state, &said[0]), ERR_OK);
	assert_int_equal(exchange_receipt_read(&receipt, *state, slice_of(text)), ERR_OK);
	assert_int_equal(receipt.word, SAID_TAKEN);
	assert_string_equal(receipt.sha256, SHA);
}

static void anything_else_is_refused(void **state)
{
	static const char *const receipts[] = {
		"",
		"<html>",
		"{}",
		"{\"sha256\":\"" SHA "\",\"word\":\"taken\",\"number\":0,\"reason\":\"\"}",
		"{\"sha256\":\"" SHA "\",\"word\":\"taken\",\"number\":-3,\"reason\":\"\"}",
		"{\"sha256\":\"" SHA "\",\"word\":\"lost\",\"number\":3,\"reason\":\"\"}",
		"{\"sha256\":\"AB\",\"word\":\"taken\",\"number\":3,\"reason\":\"\"}",
		"{\"sha256\":\"" SHA "\",\"word\":\"taken\",\"number\":3,\"reason\":\"\"} ",
		"{\"sha256\":\"" SHA "\",\"word\":\"taken\",\"number\":3}",
	};
	static const char *const lists[] = {
		"{\"words\":[{}]}",
		"{\"words\":{}}",
		"{\"words\":[],\"more\":1}",
		"{\"words\":[{\"sha256\":\"" SHA
		"\",\"word\":\"taken\",\"number\":3,\"reason\":\"\"},"
		"{\"sha256\":\"" SHA "\",\"word\":\"taken\",\"number\":3,\"reason\":\"\"}]}",
	};
	struct exchange_words words;
	struct exchange_said said;

	for (size_t i = 0; i < ARRAY_LEN(receipts); i++)
		assert_int_equal(exchange_receipt_read(&said, *state, slice_of(receipts[i])),
		                 ERR_INPUT);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		assert_int_equal(exchange_words_read(&words, *state, slice_of(lists[i])),
		                 ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(words_read_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(anything_else_is_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
