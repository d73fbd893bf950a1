#include "lib/test.h"

#include "app/slip/slip.h"
#include "base/str.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void expect_form(enum slip_kind kind, date_t on, const char *number, const char *basis)
{
	const struct slip_template *t = slip_template_on(kind, on);

	assert_non_null(t);
	assert_int_equal(t->kind, kind);
	assert_string_equal(t->number, number);
	assert_non_null(strstr(t->basis, basis));
}

static void test_templates_by_day(void **state)
{
	(void)state;
	expect_form(SLIP_RECEIPT, date_make(2024, 2, 7), "01", "01/2018");
	expect_form(SLIP_RECEIPT, date_make(2025, 9, 14), "01", "01/2018");
	expect_form(SLIP_RECEIPT, date_make(2025, 9, 15), "01", "03/2025");
	expect_form(SLIP_CONTROL, date_make(2025, 9, 14), "05", "01/2018");
	expect_form(SLIP_CONTROL, date_make(2026, 1, 1), "06", "03/2025");
	expect_form(SLIP_FOLLOW_UP, date_make(2026, 1, 1), "07", "03/2025");
	expect_form(SLIP_STOP, date_make(2024, 1, 1), "05", "03/2025");
	expect_form(SLIP_RECEIPT, date_make(2010, 1, 1), "01", "01/2018");
	expect_form(SLIP_RECEIPT, DATE_NONE, "01", "01/2018");
}

static void test_kind_words(void **state)
{
	enum slip_kind kind;

	(void)state;
	for (int i = 0; i < SLIP_KIND_COUNT; i++) {
		assert_true(slip_kind_parse(&kind, slip_kind_word((enum slip_kind)i)));
		assert_int_equal(kind, i);
		assert_non_null(slip_template_on(kind, date_make(2026, 1, 1)));
	}
	assert_false(slip_kind_parse(&kind, "1"));
	assert_false(slip_kind_parse(&kind, "receipts"));
	assert_false(slip_kind_parse(&kind, NULL));
}

static void expect_letterhead(struct slip_office office, bool by_desk, int year,
                              const char *joined)
{
	struct slip_letterhead l;
	const char *got;

	assert_int_equal(
	        slip_letterhead_of(&l, &arena, &office, by_desk, date_make(year, 1, 2)),
	        ERR_OK);
	assert_int_equal(arena_printf(&arena, &got, "%s|%s|%s", l.above ? l.above : "-",
	                              l.first, l.second ? l.second : "-"),
	                 ERR_OK);
	assert_string_equal(got, joined);
}

static void test_letterheads(void **state)
{
	struct slip_office commune = { .name = "Ủy ban nhân dân xã Hương Sơn",
		                       .parent = "Ủy ban nhân dân huyện Nam Đông" };
	struct slip_office by_level = { .name = "Phường Thủy Xuân" };
	struct slip_office department = { .name = "Sở Nội vụ", .parent = "UBND thành phố Huế" };
	struct slip_office centre = { .name = "Trung tâm Phục vụ hành chính công xã A Lưới",
		                      .parent = "Xã A Lưới" };

	(void)state;
	expect_letterhead(commune, false, 2024, "-|ỦY BAN NHÂN DÂN|XÃ HƯƠNG SƠN");
	expect_letterhead(commune, true, 2024,
	                  "UBND XÃ HƯƠNG SƠN|BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ|-");
	expect_letterhead(commune, true, 2026,
	                  "UBND XÃ HƯƠNG SƠN|TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG|-");
	expect_letterhead(by_level, false, 2026, "-|ỦY BAN NHÂN DÂN|PHƯỜNG THỦY XUÂN");
	expect_letterhead(department, false, 2026, "UBND THÀNH PHỐ HUẾ|SỞ NỘI VỤ|-");
	expect_letterhead(department, true, 2024,
	                  "SỞ NỘI VỤ|BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ|-");
	expect_letterhead(centre, true, 2026,
	                  "UBND XÃ A LƯỚI|TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ A LƯỚI|-");
}

static void expect_kind(const char *form, enum slip_part_kind expected)
{
	enum slip_part_kind kind;

	assert_int_equal(slip_part_kind_of(&kind, &arena, form), ERR_OK);
	assert_int_equal(kind, expected);
}

static void test_part_kinds(void **state)
{
	(void)state;
	expect_kind("Bản chính", SLIP_ORIGINAL);
	expect_kind(NULL, SLIP_ORIGINAL);
	expect_kind("Bản sao có chứng thực", SLIP_CERTIFIED);
	expect_kind("Bản chụp", SLIP_COPY);
	expect_kind("Bản sao", SLIP_COPY);
}

static void expect_signer(const char *unit, const char *title, const char *authority,
                          const char *position)
{
	const struct slip_office office = { .name = unit };
	struct slip_signer signer;

	assert_int_equal(slip_signer_of(&signer, &arena, &office, title, "Lê Quang Đạo"),
	                 ERR_OK);
	assert_string_equal(signer.authority ? signer.authority : "", authority);
	assert_string_equal(signer.position ? signer.position : "", position);
	assert_string_equal(signer.name, "Lê Quang Đạo");
}

static void test_signers(void **state)
{
	(void)state;
	expect_signer("Ủy ban nhân dân xã A", "Chủ tịch", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH");
	expect_signer("Xã A", "Phó Chủ tịch", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
	              "PHÓ CHỦ TỊCH");
	expect_signer("Sở Nội vụ", "Phó Giám đốc", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC");
	expect_signer("Sở Nội vụ", "Giám đốc", "", "GIÁM ĐỐC");
	expect_signer("Xã A", NULL, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_templates_by_day, setup, teardown),
		cmocka_unit_test_setup_teardown(test_kind_words, setup, teardown),
		cmocka_unit_test_setup_teardown(test_letterheads, setup, teardown),
		cmocka_unit_test_setup_teardown(test_part_kinds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_signers, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
