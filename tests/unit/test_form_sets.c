/* The two sets that come with the program. */
#include "lib/test_form.h"

#include "base/str.h"

static const char *const codes[] = { "bnv-2022", "xa-2024" };

static void test_examples_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		ARENA_CLEANUP struct arena a;
		struct problems problems;

		arena_init(&a, 64 << 20);
		const struct form_set *set = test_form_set(&a, codes[i]);
		problems_init(&problems, &a);
		assert_int_equal(form_run_examples(&problems, &a, set), ERR_OK);
		for (const struct problem *p = problems.first; p; p = p->next)
			print_error("%s:%d: %s\n", p->field, p->line, p->message);
		assert_int_equal(problems.n, 0);
		for (size_t f = 0; f < set->n_forms; f++)
			assert_true(set->forms[f].n_examples >= 2);
	}
}

static void check_sizes(const struct form_set *set, const size_t *rows, size_t n)
{
	assert_int_equal(set->n_forms, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(set->forms[i].n_rows, rows[i]);
}

static void test_have_the_rows_of_the_printed_forms(void **state)
{
	static const size_t bnv[] = { 22, 14, 25, 21, 16, 13, 35 };
	static const size_t xa[] = { 27, 14, 25, 21, 16, 13, 35 };
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	check_sizes(test_form_set(&a, "bnv-2022"), bnv, ARRAY_LEN(bnv));
	check_sizes(test_form_set(&a, "xa-2024"), xa, ARRAY_LEN(xa));
}

static const struct form_row *find_id(const struct form_set *set, const char *id)
{
	for (size_t i = 0; i < set->n_rows; i++)
		if (str_eq(set->rows[i].id, id))
			return &set->rows[i];
	return NULL;
}

/* Labels that differ stand for indicators that differ. */
static void test_the_same_id_means_the_same_indicator(void **state)
{
	static const char *const only_bnv[] = { "procedure.announced_or_amended",
		                                "procedure.repealed",
		                                "legal_document.checked.province",
		                                "legal_document.reviewed.province" };
	ARENA_CLEANUP struct arena a;
	size_t shared = 0;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *bnv = test_form_set(&a, "bnv-2022");
	const struct form_set *xa = test_form_set(&a, "xa-2024");
	for (size_t i = 0; i < bnv->n_rows; i++) {
		const struct form_row *row = &bnv->rows[i], *other = find_id(xa, row->id);

		if (!other)
			continue;
		shared++;
		assert_int_equal(row->kind, other->kind);
		assert_int_equal(row->tiers, other->tiers);
		if (!str_starts(row->label, "Tổng số TTHC có yêu cầu"))
			assert_string_equal(row->label, other->label);
	}
	assert_int_equal(shared, bnv->n_rows - ARRAY_LEN(only_bnv));
	for (size_t i = 0; i < ARRAY_LEN(only_bnv); i++) {
		assert_non_null(find_id(bnv, only_bnv[i]));
		assert_null(find_id(xa, only_bnv[i]));
	}
}

static void test_a_count_printed_as_percent_is_counted(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_row *row = test_form_row(test_form_set(&a, "bnv-2022"), "1/4.1");
	assert_int_equal(row->kind, FORM_COUNT);
	assert_string_equal(row->unit, "Cơ quan, đơn vị");
	assert_non_null(strstr(row->unit_note, "%"));
}

/* Every ratio has its parts: from its formula, or entered beside it under these names. */
static void test_every_ratio_has_parts(void **state)
{
	(void)state;
	for (size_t s = 0; s < ARRAY_LEN(codes); s++) {
		ARENA_CLEANUP struct arena a;

		arena_init(&a, 64 << 20);
		const struct form_set *set = test_form_set(&a, codes[s]);
		for (size_t i = 0; i < set->n_rows; i++)
			if (set->rows[i].kind == FORM_RATIO)
				assert_true(set->rows[i].numerator ||
				            set->rows[i].numerator_label);
	}
}

static const char *why_blank(struct arena *a, const struct form_set *set, enum form_tier tier,
                             const char *period, const char *row)
{
	struct form_input in = test_form_input(a, set, period);
	const char *why;

	in.tier = tier;
	return form_row_fills(&why, &in, test_form_row(set, row)) ? "fills" : why;
}

static void test_rows_of_other_tiers_stay_blank(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "bnv-2022");
	assert_null(why_blank(&a, set, FORM_COMMUNE, "2024-Y", "3/3.1.1"));
	assert_null(why_blank(&a, set, FORM_COMMUNE, "2024-Y", "3/3.2.1"));
	assert_string_equal(why_blank(&a, set, FORM_COMMUNE, "2024-Y", "3/3.3.1"), "fills");
	assert_string_equal(why_blank(&a, set, FORM_DISTRICT, "2024-Y", "3/3.2.1"), "fills");
	assert_string_equal(why_blank(&a, set, FORM_DISTRICT, "2024-Y", "3/3.3.1"), "fills");
	assert_null(why_blank(&a, set, FORM_DISTRICT, "2024-Y", "3/3.1.1"));
	assert_string_equal(why_blank(&a, set, FORM_PROVINCE, "2024-Y", "3/3.2.1"), "fills");
}

static void test_rows_of_the_district_close_with_it(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "bnv-2022");
	/* A period that began before still holds the district's dossiers ... */
	assert_string_equal(why_blank(&a, set, FORM_PROVINCE, "2025-Y", "3/3.2.1"), "fills");
	/* ... a count on its last day does not. */
	assert_non_null(
	        strstr(why_blank(&a, set, FORM_PROVINCE, "2025-Y", "3/1.4.2"), "01/7/2025"));
	assert_non_null(
	        strstr(why_blank(&a, set, FORM_PROVINCE, "2026-Q1", "3/3.2.1"), "01/7/2025"));
	assert_string_equal(
	        why_blank(&a, set, FORM_PROVINCE, "2025-07-01..2025-12-14", "5/4.2"), "fills");
}

/* ---- how figures and statements meet ---- */

static void test_a_stated_figure_stands_beside_the_computed_one(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "bnv-2022");
	struct form_input in = test_form_input(&a, set, "2024-Q1");
	assert_null(test_form_state(&a, &in, "3/3.3.1", "727"));
	assert_null(test_form_state(&a, &in, "3/3.3.2", "685"));
	const struct form_cell *cells = test_form_cells(&a, &in);
	const struct form_cell *cell = &cells[test_form_row(set, "3/3.3")->at];
	assert_int_equal(cell->source, FORM_COMPUTED);
	assert_int_equal(cell->value.micro, 94220000);
	assert_int_equal(cell->numerator.micro, 685 * DEC_ONE);
	assert_int_equal(cell->denominator.micro, 727 * DEC_ONE);

	assert_null(test_form_state(&a, &in, "3/3.3", "90"));
	cells = test_form_cells(&a, &in);
	cell = &cells[test_form_row(set, "3/3.3")->at];
	assert_int_equal(cell->source, FORM_OVERRIDDEN);
	assert_int_equal(cell->value.micro, 90 * DEC_ONE);
	assert_int_equal(cell->computed.micro, 94220000);
	assert_string_equal(test_form_problems(&a, set, cells),
	                    "3/3.3 error ratio [3.3 3.3.2 3.3.1] 90 : 94.22\n");
}

static void test_a_note_answers_the_remainder(void **state)
{
	ARENA_CLEANUP struct arena a;

	(void)state;
	arena_init(&a, 64 << 20);
	const struct form_set *set = test_form_set(&a, "bnv-2022");
	struct form_input in = test_form_input(&a, set, "2024-Q1");
	const struct form_row *row = test_form_row(set, "1/5.1");
	assert_null(test_form_state(&a, &in, "1/5.1", "30"));
	assert_null(test_form_state(&a, &in, "1/5.2", "28"));
	assert_null(test_form_state(&a, &in, "1/5.3", "0"));
	assert_null(test_form_state(&a, &in, "1/5.4", "0"));
	const struct form_cell *cells = test_form_cells(&a, &in);
	assert_string_equal(test_form_problems(&a, set, cells),
	                    "1/5.1 remark remainder [5.1 5.2 5.3 5.4] 2 : \n");
	((struct form_stated *)(uintptr_t)in.stated)[row->at].note =
	        "02 nhiệm vụ đang thực hiện chưa đến hạn";
	assert_string_equal(test_form_problems(&a, set, test_form_cells(&a, &in)), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples_hold),
		cmocka_unit_test(test_have_the_rows_of_the_printed_forms),
		cmocka_unit_test(test_the_same_id_means_the_same_indicator),
		cmocka_unit_test(test_a_count_printed_as_percent_is_counted),
		cmocka_unit_test(test_every_ratio_has_parts),
		cmocka_unit_test(test_rows_of_other_tiers_stay_blank),
		cmocka_unit_test(test_rows_of_the_district_close_with_it),
		cmocka_unit_test(test_a_stated_figure_stands_beside_the_computed_one),
		cmocka_unit_test(test_a_note_answers_the_remainder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
