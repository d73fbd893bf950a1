/* test_procedure.c - codes, words of a search, drafts; roles and accounts' drafts. */
#include "lib/test.h"

#include "app/account/account.h"
#include "app/procedure/procedure.h"
#include "base/str.h"

struct fixture {
	struct arena a;
	struct problems problems;
	struct procedure_draft draft;
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	arena_init(&f->a, 1 << 20);
	problems_init(&f->problems, &f->a);
	procedure_draft_init(&f->draft);
	f->draft.code = "0.000001";
	f->draft.name = " Cấp giấy mẫu (thủ tục minh họa) ";
	f->draft.field = "Hộ tịch";
	f->draft.levels[f->draft.n_levels++] = "commune";
	f->draft.service_level = "full";
	f->draft.decision = "15/QĐ-UBND";
	f->draft.decision_on = date_make(2025, 6, 20);
	f->draft.valid_from = date_make(2025, 7, 1);
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->a);
	free(f);
	return 0;
}

static void codes_have_one_written_form(void **state)
{
	static const struct {
		const char *text, *written;
	} cases[] = {
		{ "1.005129", "1.005129" },
		{ " 2.000635 ", "2.000635" },
		{ "1.012753.H19", "1.012753.H19" },
		{ "1.012753.h19", "1.012753.H19" },
		{ "1.010772.01", "1.010772.01" },
		{ "2.000815.000.00.00.H55", "2.000815.000.00.00.H55" },
		{ "10.005090", NULL }, /* malformed in a public register */
		{ "1.00509", NULL },
		{ "1005129", NULL },
		{ "1.0051290", NULL },
		{ "1.005129.", NULL },
		{ "1.005129..H19", NULL },
		{ "1.005129-H19", NULL },
		{ "1.005129.000000000000000000000000000", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char written[PROCEDURE_CODE_TEXT] = "-";

		assert_int_equal(procedure_code_parse(written, cases[i].text),
		                 cases[i].written != NULL);
		assert_string_equal(written, cases[i].written ? cases[i].written : "-");
	}
}

static void a_search_is_split_into_folded_words(void **state)
{
	struct fixture *f = *state;
	struct procedure_words w;

	assert_int_equal(procedure_words_split(&w, &f->a, "  Đăng ký  KHAI-sinh"), ERR_OK);
	assert_int_equal(w.n, 4);
	assert_string_equal(w.phrase, "dang ky khai sinh");
	assert_int_equal(procedure_words_split(&w, &f->a, "1.0127.H19 giấy"), ERR_OK);
	assert_string_equal(w.at[0], "1.0127.h19");
	assert_string_equal(w.at[1], "giay");
	assert_int_equal(procedure_words_split(&w, &f->a, "a b c d e f g h"), ERR_OK);
	assert_int_equal(w.n, PROCEDURE_MOST_WORDS);
	assert_int_equal(procedure_words_split(&w, &f->a, NULL), ERR_OK);
	assert_int_equal(w.n, 0);
	assert_string_equal(w.phrase, "");
}

static void the_shortened_term_drives(void **state)
{
	(void)state;
	assert_string_equal(procedure_driving_term("5 ngày", "3 ngày"), "3 ngày");
	assert_string_equal(procedure_driving_term("5 ngày", " "), "5 ngày");
	assert_string_equal(procedure_driving_term("5 ngày", NULL), "5 ngày");
	assert_string_equal(procedure_driving_term(NULL, NULL), "");
}

static void a_fee_is_read_as_people_write_it(void **state)
{
	static const struct {
		const char *text;
		int64_t dong;
		bool good;
	} cases[] = {
		{ "75.000", 75000, true },
		{ "75000 đồng", 75000, true },
		{ " 1.250.000đ ", 1250000, true },
		{ "0", 0, true },
		{ "miễn phí", 0, true },
		{ "Không", 0, true },
		{ "1000000000000", INT64_C(1000000000000), true },
		{ "1000000000001", 0, false },
		{ "99999999999999999999999", 0, false },
		{ "75.00", 0, false },
		{ "7.5000", 0, false },
		{ "1000.000", 0, false },
		{ ".000", 0, false },
		{ "75.", 0, false },
		{ "75,5", 0, false },
		{ "-5", 0, false },
		{ "5.000 hoặc 10.000", 0, false },
		{ "đồng", 0, false },
	};
	money_t fee = { 7 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		fee = (money_t){ 7 };
		assert_int_equal(procedure_fee_parse(&fee, cases[i].text), cases[i].good);
		assert_int_equal(fee.dong, cases[i].good ? cases[i].dong : 7);
	}
	assert_true(procedure_fee_parse(&fee, " "));
	assert_int_equal(fee.dong, MONEY_NONE.dong);
	assert_true(procedure_fee_parse(&fee, NULL));
	assert_int_equal(fee.dong, MONEY_NONE.dong);
}

static void labels_are_the_fields_words(void **state)
{
	(void)state;
	assert_string_equal(procedure_label(&procedure_service_levels, "full"), "Toàn trình");
	assert_string_equal(procedure_label(&procedure_service_levels, "partial"), "Một phần");
	assert_string_equal(procedure_label(&procedure_old_levels, "4"), "Mức độ 4");
	assert_string_equal(procedure_label(&procedure_links, "elsewhere"), "");
}

static void a_good_draft_is_written_out(void **state)
{
	struct fixture *f = *state;

	f->draft.statutory_term = "5 ngày làm việc";
	f->draft.shortened_term = " 3 ngày làm việc";
	f->draft.parts[f->draft.n_parts++] = (struct procedure_part){ .name = "Tờ khai" };
	f->draft.steps[f->draft.n_steps++] =
	        (struct procedure_step){ "Tiếp nhận", "INTAKE", "4 giờ làm việc" };
	f->draft.steps[f->draft.n_steps++] =
	        (struct procedure_step){ "Thẩm định", "SPECIALIST", "2,5 ngày làm việc" };
	assert_int_equal(procedure_draft_check(&f->draft, 0, &f->problems), ERR_OK);
	assert_int_equal(f->problems.n, 0);
	assert_string_equal(f->draft.name, "Cấp giấy mẫu (thủ tục minh họa)");
	assert_string_equal(f->draft.shortened_term, "3 ngày làm việc");
	assert_string_equal(f->draft.linked, "none");
	assert_string_equal(f->draft.parts[0].form, "original");
	assert_int_equal(f->draft.parts[0].copies, 1);
	assert_null(f->draft.supplement_rule);
}

static void an_empty_draft_says_all_that_is_missing(void **state)
{
	struct fixture *f = *state;
	static const char *const fields[] = { "code",        "name",          "field",
		                              "levels",      "service_level", "decision",
		                              "decision_on", "valid_from" };

	procedure_draft_init(&f->draft);
	assert_int_equal(procedure_draft_check(&f->draft, 7, &f->problems), ERR_OK);
	assert_int_equal(f->problems.n, ARRAY_LEN(fields));
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		assert_non_null(problems_for(&f->problems, fields[i]));
	assert_int_equal(f->problems.first->line, 7);
}

/* Each case spoils one thing and names the field that must say so. */
static void spoil(struct procedure_draft *d, int i)
{
	switch (i) {
	case 0:
		d->code = "10.005090";
		break;
	case 1:
		d->service_level = "mức độ 4";
		break;
	case 2:
		d->old_level = 5;
		break;
	case 3:
		d->fee = (money_t){ -1 };
		break;
	case 4:
		d->statutory_term = "3";
		break;
	case 5:
		d->shortened_term = "Trực tiếp: 1 ngày làm việc; trực tuyến: 02 giờ";
		break;
	case 6:
		d->statutory_term = "3 ngày làm việc";
		d->shortened_term = "5 ngày làm việc";
		break;
	case 7:
		d->parts[d->n_parts++] = (struct procedure_part){ .name = " " };
		break;
	case 8:
		d->parts[d->n_parts++] = (struct procedure_part){ .name = "a", .copies = 100 };
		break;
	case 9:
		d->steps[d->n_steps++] = (struct procedure_step){ "a", "BOSS", "" };
		break;
	case 10:
		d->statutory_term = "1 ngày làm việc";
		d->steps[d->n_steps++] =
		        (struct procedure_step){ "a", "LEADER", "9 giờ làm việc" };
		break;
	case 11:
		d->linked = "everywhere";
		break;
	default:
		d->supplement_rule = "perhaps";
		break;
	}
}

static void each_mistake_is_told_at_its_field(void **state)
{
	struct fixture *f = *state;
	static const char *const fields[] = {
		"code",
		"service_level",
		"old_level",
		"fee",
		"statutory_term",
		"shortened_term",
		"shortened_term",
		"part_name_0",
		"part_copies_0",
		"step_role_0",
		"step_budget_0",
		"linked",
		"supplement_rule",
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct procedure_draft d = f->draft;

		problems_init(&f->problems, &f->a);
		spoil(&d, (int)i);
		assert_int_equal(procedure_draft_check(&d, 0, &f->problems), ERR_OK);
		assert_int_equal(f->problems.n, 1);
		assert_string_equal(f->problems.first->field, fields[i]);
	}
}

static void an_administrator_has_no_right_to_data(void **state)
{
	(void)state;
	for (int r = 0; r < ROLE_COUNT_; r++) {
		enum role role = (enum role)r;

		assert_int_equal(role_excludes(ROLE_ADMINISTRATOR, role),
		                 role != ROLE_ADMINISTRATOR && role != ROLE_CATALOGUE);
		assert_int_equal(role_excludes(role, ROLE_ADMINISTRATOR),
		                 role_excludes(ROLE_ADMINISTRATOR, role));
		assert_string_equal(role_title_of(role_name(role)), role_title(role));
	}
	assert_false(role_reads_data(ROLE_ADMINISTRATOR));
	assert_int_equal(role_permissions_of("NOBODY"), 0);
}

static void a_login_name_is_small_and_plain(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *login, *written;
	} cases[] = {
		{ "mau.a", "mau.a" },
		{ " Mau-2_b ", "mau-2_b" },
		{ "ab", NULL },
		{ "2mau", NULL },
		{ "mẫu", NULL },
		{ "a b c", NULL },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijk", NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct account_draft d = { .login = cases[i].login,
			                   .name = "Người Mẫu",
			                   .unit_id = { 1 } };

		problems_init(&f->problems, &f->a);
		assert_int_equal(account_draft_check(&d, &f->problems), ERR_OK);
		assert_int_equal(f->problems.n, cases[i].written ? 0 : 1);
		if (cases[i].written)
			assert_string_equal(d.login, cases[i].written);
	}
}

static void a_password_is_judged_by_its_length(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
	        account_password_check("một câu dễ nhớ", "một câu dễ nhớ", "mau", &f->problems),
	        ERR_OK);
	assert_int_equal(f->problems.n, 0);
	assert_int_equal(account_password_check("ngắn quá", NULL, "mau", &f->problems), ERR_OK);
	assert_int_equal(f->problems.n, 1);
	assert_int_equal(
	        account_password_check("nguoi.mau.1", NULL, "nguoi.mau.1", &f->problems),
	        ERR_OK);
	assert_int_equal(f->problems.n, 2);
	assert_int_equal(
	        account_password_check("một câu dễ nhớ", "một câu khác", "mau", &f->problems),
	        ERR_OK);
	assert_string_equal(f->problems.last->field, "password_again");
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(codes_have_one_written_form),
		CASE(a_search_is_split_into_folded_words),
		CASE(the_shortened_term_drives),
		CASE(a_fee_is_read_as_people_write_it),
		CASE(labels_are_the_fields_words),
		CASE(a_good_draft_is_written_out),
		CASE(an_empty_draft_says_all_that_is_missing),
		CASE(each_mistake_is_told_at_its_field),
		CASE(an_administrator_has_no_right_to_data),
		CASE(a_login_name_is_small_and_plain),
		CASE(a_password_is_judged_by_its_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
