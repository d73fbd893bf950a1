/* test_unit.c - codes, drafts, endings, and dated ancestors against a day-by-day recount. */
#include "lib/test.h"

#include "app/unit/unit.h"
#include "app/unit/unit_tree.h"

static void codes_are_told_apart(void **state)
{
	static const struct {
		const char *text, *written;
		enum unit_code_style style;
	} cases[] = {
		{ "H15.50.05", "H15.50.05", UNIT_CODE_2020 },
		{ " h15.50.05 ", "H15.50.05", UNIT_CODE_2020 },
		{ "G22", "G22", UNIT_CODE_2020 },
		{ "H15.50.05.13", "H15.50.05.13", UNIT_CODE_2020 },
		{ "000.00.00.G22", "000.00.00.G22", UNIT_CODE_QCVN },
		{ "000.05.50.h15", "000.05.50.H15", UNIT_CODE_QCVN },
		{ "000.00.00.H499", "000.00.00.H499", UNIT_CODE_2020 },
		{ "00.00.00.H49", "00.00.00.H49", UNIT_CODE_2020 },
		{ "H1234567890123456789012345678901234", "H1234567890123456789012345678901234",
		  UNIT_CODE_2020 },
		{ "H12345678901234567890123456789012345", NULL, UNIT_CODE_BAD },
		{ "", NULL, UNIT_CODE_BAD },
		{ NULL, NULL, UNIT_CODE_BAD },
		{ "   ", NULL, UNIT_CODE_BAD },
		{ "H15.", NULL, UNIT_CODE_BAD },
		{ ".H15", NULL, UNIT_CODE_BAD },
		{ "H15..05", NULL, UNIT_CODE_BAD },
		{ "H15 05", NULL, UNIT_CODE_BAD },
		{ "H15-05", NULL, UNIT_CODE_BAD },
		{ "Đ15.01", NULL, UNIT_CODE_BAD },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char written[UNIT_CODE_TEXT] = "untouched";

		assert_int_equal(unit_code_parse(written, cases[i].text), cases[i].style);
		assert_string_equal(written, cases[i].written ? cases[i].written : "untouched");
	}
}

static void a_draft_says_all_that_is_wrong(void **state)
{
	struct arena a;
	struct problems problems;
	struct unit_draft draft = { .code = "000.01.02.H99",
		                    .code_qcvn = "H99.02",
		                    .name = " ",
		                    .from_on = DATE_NONE };

	(void)state;
	arena_init(&a, 1 << 16);
	problems_init(&problems, &a);
	assert_int_equal(unit_draft_check(&draft, &problems), ERR_OK);
	assert_int_equal(problems.n, 5);
	assert_non_null(strstr(problems_for(&problems, "code"), "kiểu cũ"));
	assert_non_null(problems_for(&problems, "code_qcvn"));
	assert_non_null(problems_for(&problems, "name"));
	assert_non_null(problems_for(&problems, "level"));
	assert_non_null(problems_for(&problems, "from_on"));
	arena_release(&a);
}

static void a_good_draft_is_written_out(void **state)
{
	struct arena a;
	struct problems problems;
	struct unit_draft draft = { .code = " h99.01",
		                    .code_qcvn = "",
		                    .name = "Xã Mẫu",
		                    .level = "commune",
		                    .from_on = date_make(2025, 7, 1) };

	(void)state;
	arena_init(&a, 1 << 16);
	problems_init(&problems, &a);
	assert_int_equal(unit_draft_check(&draft, &problems), ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_string_equal(draft.code, "H99.01");
	assert_null(draft.code_qcvn);
	assert_string_equal(draft.letterhead, "Xã Mẫu");
	assert_string_equal(draft.phone, "");
	arena_release(&a);
}

static void endings_want_their_number_of_units(void **state)
{
	static const struct {
		enum unit_ending kind;
		size_t n_old, n_successors;
		bool good;
	} cases[] = {
		{ UNIT_MERGE, 2, 1, true },   { UNIT_MERGE, 2, 2, false },
		{ UNIT_MERGE, 0, 1, false },  { UNIT_SPLIT, 1, 2, true },
		{ UNIT_SPLIT, 1, 1, false },  { UNIT_SPLIT, 2, 2, false },
		{ UNIT_RENAME, 1, 1, true },  { UNIT_RENAME, 2, 1, false },
		{ UNIT_ABOLISH, 1, 0, true }, { UNIT_ABOLISH, 3, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena a;
		struct problems problems;
		struct unit_succession s = { .kind = cases[i].kind,
			                     .old = { { 1 }, { 2 }, { 3 } },
			                     .n_old = cases[i].n_old,
			                     .successors = { { 11 }, { 12 } },
			                     .n_successors = cases[i].n_successors,
			                     .on = date_make(2025, 7, 1) };

		arena_init(&a, 1 << 16);
		problems_init(&problems, &a);
		assert_int_equal(unit_succession_check(&s, &problems), ERR_OK);
		assert_int_equal(problems.n == 0, cases[i].good);
		s.successors[0] = s.old[0];
		assert_int_equal(unit_succession_check(&s, &problems), ERR_OK);
		assert_int_equal(problems.n == 0, cases[i].good && cases[i].n_successors == 0);
		arena_release(&a);
	}
	assert_int_equal(unit_ending_for(0), UNIT_ABOLISH);
	assert_int_equal(unit_ending_for(1), UNIT_MERGE);
	assert_int_equal(unit_ending_for(2), UNIT_SPLIT);
	assert_string_equal(unit_ending_label("merge"), "Sáp nhập");
	assert_string_equal(unit_ending_label("nothing"), "");
}

static void only_the_last_rank_stands_under_its_like(void **state)
{
	(void)state;
	assert_true(unit_rank_fits(2, 5, 6));
	assert_true(unit_rank_fits(6, 6, 6));
	assert_false(unit_rank_fits(5, 5, 6));
	assert_false(unit_rank_fits(5, 2, 6));
}

/* ---- dated ancestors ---- */

static date_t day(int n)
{
	return (date_t){ 20000 + n };
}

enum { MOST_EDGES = 200, MOST_UNITS = 24, DAYS = 60 };

struct forest {
	struct unit_edge edges[MOST_EDGES];
	size_t n_edges;
	date_t born[MOST_UNITS + 1];
};

static bool edge_holds(const struct unit_edge *e, date_t on)
{
	return date_cmp(e->from_on, on) <= 0 &&
	       (date_is_none(e->to_on) || date_cmp(e->to_on, on) >= 0);
}

/* Shortest way from `unit` up to `ancestor` on one day, -1 for none: breadth first. */
static int naive_depth(const struct forest *f, row_id unit, row_id ancestor, date_t on)
{
	int depth[MOST_UNITS + 1];

	memset(depth, -1, sizeof(depth));
	depth[unit.value] = 0;
	for (int round = 0; round <= MOST_UNITS; round++)
		for (size_t i = 0; i < f->n_edges; i++) {
			const struct unit_edge *e = &f->edges[i];
			int at = depth[e->unit_id.value], *above = &depth[e->above_id.value];

			if (at >= 0 && edge_holds(e, on) && (*above < 0 || *above > at + 1))
				*above = at + 1;
		}
	return depth[ancestor.value];
}

static bool would_cycle(const struct forest *f, row_id unit, row_id above, date_t from_on)
{
	for (int n = 0; n <= DAYS; n++)
		if (date_cmp(day(n), from_on) >= 0 && naive_depth(f, above, unit, day(n)) >= 0)
			return true;
	return false;
}

static int by_unit(const void *a, const void *b)
{
	const struct unit_edge *x = a, *y = b;

	return (x->unit_id.value > y->unit_id.value) - (x->unit_id.value < y->unit_id.value);
}

static void add_edge(struct forest *f, row_id unit, row_id above, date_t from_on)
{
	if (f->n_edges < MOST_EDGES && !would_cycle(f, unit, above, from_on))
		f->edges[f->n_edges++] = (struct unit_edge){ unit, above, from_on, DATE_NONE };
}

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Moves a unit: closes what is open above it, opens another parent. */
static void move(struct forest *f, row_id unit, row_id above, date_t on)
{
	struct unit_edge *open = NULL;

	for (size_t i = 0; i < f->n_edges; i++)
		if (row_eq(f->edges[i].unit_id, unit) && date_is_none(f->edges[i].to_on))
			open = &f->edges[i];
	if (open && date_cmp(open->from_on, on) < 0) {
		open->to_on = date_add(on, -1);
		add_edge(f, unit, above, on);
	}
}

static void grow(struct forest *f, unsigned *seed)
{
	*f = (struct forest){ .n_edges = 0 };
	for (int64_t id = 1; id <= MOST_UNITS; id++) {
		f->born[id] = day((int)(next_random(seed) % 5));
		if (id > 1)
			add_edge(f, (row_id){ id },
			         (row_id){ 1 +
			                   (int64_t)(next_random(seed) % (unsigned)(id - 1)) },
			         f->born[id]);
	}
	for (int n = 6; n < DAYS; n++) {
		row_id unit = { 1 + (int64_t)(next_random(seed) % MOST_UNITS) };
		row_id other = { 1 + (int64_t)(next_random(seed) % MOST_UNITS) };

		if (next_random(seed) % 2)
			move(f, unit, other, day(n));
		else
			add_edge(f, unit, other, day(n)); /* a successor */
	}
	qsort(f->edges, f->n_edges, sizeof(f->edges[0]), by_unit);
}

/* The spans' depth for one ancestor on one day; fails when two spans overlap. */
static int spans_depth(const struct unit_above *above, size_t n, row_id ancestor, date_t on)
{
	int depth = -1;

	for (size_t i = 0; i < n; i++) {
		struct unit_edge as_edge = { ancestor, ancestor, above[i].from_on,
			                     above[i].to_on };

		if (!row_eq(above[i].ancestor_id, ancestor) || !edge_holds(&as_edge, on))
			continue;
		assert_int_equal(depth, -1);
		depth = above[i].depth;
	}
	return depth;
}

static void check_unit(const struct forest *f, row_id unit)
{
	struct unit_above above[UNIT_MOST_SPANS];
	size_t n = 0;

	assert_int_equal(unit_tree_above(above, &n, unit, f->born[unit.value],
	                                 (struct unit_edges){ f->edges, f->n_edges }),
	                 ERR_OK);
	for (int64_t ancestor = 1; ancestor <= MOST_UNITS; ancestor++)
		for (int d = 0; d < DAYS + 3; d++) {
			int expected =
			        date_cmp(day(d), f->born[unit.value]) < 0
			                ? -1
			                : naive_depth(f, unit, (row_id){ ancestor }, day(d));

			assert_int_equal(spans_depth(above, n, (row_id){ ancestor }, day(d)),
			                 expected);
		}
	for (size_t i = 1; i < n; i++) /* touching spans of equal depth are one */
		assert_false(row_eq(above[i].ancestor_id, above[i - 1].ancestor_id) &&
		             above[i].depth == above[i - 1].depth &&
		             above[i].from_on.days == above[i - 1].to_on.days + 1);
}

static void ancestors_equal_a_recount_of_every_day(void **state)
{
	unsigned seed = 20250701;
	static struct forest f;

	(void)state;
	for (int tree = 0; tree < 40; tree++) {
		grow(&f, &seed);
		for (int64_t id = 1; id <= MOST_UNITS; id++)
			check_unit(&f, (row_id){ id });
	}
}

static void a_cycle_is_refused(void **state)
{
	struct unit_edge edges[] = { { { 1 }, { 2 }, { 10 }, DATE_NONE },
		                     { { 2 }, { 1 }, { 20 }, DATE_NONE } };
	struct unit_above above[UNIT_MOST_SPANS];
	size_t n = 77;

	(void)state;
	assert_int_equal(unit_tree_above(above, &n, (row_id){ 1 }, (date_t){ 1 },
	                                 (struct unit_edges){ edges, 2 }),
	                 ERR_RANGE);
	assert_int_equal(n, 77);
	edges[1].from_on = (date_t){ 5 }; /* one after the other is no cycle */
	edges[1].to_on = (date_t){ 9 };
	assert_int_equal(unit_tree_above(above, &n, (row_id){ 1 }, (date_t){ 1 },
	                                 (struct unit_edges){ edges, 2 }),
	                 ERR_OK);
	assert_int_equal(n, 2);
}

static void a_tree_is_read_from_the_top(void **state)
{
	struct arena a;
	struct unit_place places[] = {
		{ .id = { 5 }, .parent_id = { 2 }, .rank = 6, .sort_key = "a", .row = 0 },
		{ .id = { 3 }, .parent_id = { 1 }, .rank = 5, .sort_key = "b", .row = 1 },
		{ .id = { 2 }, .parent_id = { 1 }, .rank = 5, .sort_key = "c", .row = 2 },
		{ .id = { 1 }, .parent_id = { 99 }, .rank = 2, .sort_key = "p", .row = 3 },
		{ .id = { 4 }, .parent_id = { 1 }, .rank = 3, .sort_key = "z", .row = 4 },
	};
	static const int64_t ids[] = { 1, 4, 3, 2, 5 };
	static const int depths[] = { 0, 1, 1, 1, 2 };

	(void)state;
	arena_init(&a, 1 << 16);
	assert_int_equal(unit_tree_order(places, ARRAY_LEN(places), &a), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		assert_int_equal(places[i].id.value, ids[i]);
		assert_int_equal(places[i].depth, depths[i]);
	}
	places[0].parent_id = (row_id){ 5 };
	assert_int_equal(unit_tree_order(places, ARRAY_LEN(places), &a), ERR_INTERNAL);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_told_apart),
		cmocka_unit_test(a_draft_says_all_that_is_wrong),
		cmocka_unit_test(a_good_draft_is_written_out),
		cmocka_unit_test(endings_want_their_number_of_units),
		cmocka_unit_test(only_the_last_rank_stands_under_its_like),
		cmocka_unit_test(ancestors_equal_a_recount_of_every_day),
		cmocka_unit_test(a_cycle_is_refused),
		cmocka_unit_test(a_tree_is_read_from_the_top),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
