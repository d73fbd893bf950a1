/* Roll-ups of random trees against a walker that knows nothing of the code under test: it
 * reads the rules' words and the formulas' texts itself and adds in plain loops. */
#include "lib/rollup_walker.h"
#include "lib/test_form.h"

#include "app/rollup/rollup_why.h"

enum { MOST_CHILDREN = 40, CODES = ROLLUP_WALKER_CODES, ROUNDS = 60, LONG_ROUNDS = 420 };

struct world {
	struct arena arena;
	const struct form_set *set;
	struct rollup_codes codes;
	const struct rollup_code *code[CODES];
	struct rollup_child children[MOST_CHILDREN];
	size_t n;
	struct rollup_cell *own;
	struct form_input defaults; /* period and choices */
	uint64_t seed;
	bool lists_lack;
	size_t cells; /* checked so far */
};

static unsigned draw(struct world *w, unsigned n)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(w->seed >> 33) % n;
}

static dec_t whole(unsigned n)
{
	return dec_from_int((int64_t)n);
}

/* ---- worlds ---- */

static void draw_list(struct world *w, struct rollup_cell *cell)
{
	const struct rollup_code **list;

	assert_int_equal(arena_array(&w->arena, &list, CODES), ERR_OK);
	for (unsigned i = 0; i < CODES; i++)
		if (draw(w, 4) == 0)
			list[cell->n_codes++] = w->code[i];
	cell->codes = list;
	cell->listed = !(w->lists_lack && draw(w, 10) == 0);
	cell->value = dec_from_int((int64_t)cell->n_codes);
	if (!cell->listed) {
		cell->codes = NULL;
		cell->n_codes = 0;
	}
}

static void draw_ratio(struct world *w, struct rollup_cell *cell, bool unit_itself)
{
	cell->denominator = whole(unit_itself ? 1 : draw(w, 50));
	cell->numerator = whole(draw(w, (unsigned)(cell->denominator.micro / DEC_ONE) + 1));
	cell->value = dec_percent(cell->numerator, cell->denominator, 2);
	if (draw(w, 8) == 0)
		cell->numerator = cell->denominator = DEC_NONE;
}

static struct rollup_cell draw_cell(struct world *w, const struct form_row *row)
{
	struct rollup_cell cell = ROLLUP_NO_CELL;

	if (row->kind == FORM_GROUP || draw(w, 7) == 0)
		return cell;
	if (row->rollup == FORM_CATALOGUE)
		draw_list(w, &cell);
	else if (row->kind == FORM_RATIO)
		draw_ratio(w, &cell, row->rollup == FORM_COUNT_UNITS);
	else
		cell.value = row->kind == FORM_MONEY ? (dec_t){ draw(w, 1000000) * 1000 }
		                                     : whole(draw(w, 900));
	return cell;
}

static struct rollup_cell *draw_cells(struct world *w)
{
	struct rollup_cell *cells;

	assert_int_equal(arena_array(&w->arena, &cells, w->set->n_rows), ERR_OK);
	for (size_t i = 0; i < w->set->n_rows; i++)
		cells[i] = draw_cell(w, &w->set->rows[i]);
	return cells;
}

static void world_init(struct world *w, const char *set, const char *period, unsigned seed)
{
	char text[32];

	*w = (struct world){ .seed = seed };
	arena_init(&w->arena, (size_t)512 << 20);
	w->set = test_form_set(&w->arena, set);
	w->defaults = test_form_input(&w->arena, w->set, period);
	w->lists_lack = draw(w, 5) == 0;
	assert_int_equal(rollup_codes_init(&w->codes, &w->arena), ERR_OK);
	for (unsigned i = 0; i < CODES; i++) {
		snprintf(text, sizeof(text), "1.%06u", i / 2);
		assert_int_equal(rollup_code(&w->code[i], &w->codes, text,
		                             i % 2 ? FORM_COMMUNE : FORM_PROVINCE,
		                             i < 20 ? "Hộ tịch" : "Đất đai"),
		                 ERR_OK);
	}
	w->n = 2 + draw(w, MOST_CHILDREN - 2);
	for (size_t i = 0; i < w->n; i++)
		w->children[i] = (struct rollup_child){
			.unit = { (int64_t)i + 1 },
			.name = "Xã",
			.tier = FORM_COMMUNE,
			.cells = draw(w, 6) ? draw_cells(w) : NULL,
		};
	w->own = draw_cells(w);
}

static struct rollup_input input_of(const struct world *w)
{
	return (struct rollup_input){ .set = w->set,
		                      .tier = FORM_PROVINCE,
		                      .period = w->defaults.period,
		                      .choices = w->defaults.choices,
		                      .codes = &w->codes,
		                      .own = w->own,
		                      .children = w->children,
		                      .n_children = w->n };
}

static struct rollup make(struct world *w, const struct rollup_input *input)
{
	struct rollup r;

	assert_int_equal(rollup_make(&r, &w->arena, input), ERR_OK);
	return r;
}

/* ---- the tests ---- */

static void say(const struct form_row *row, const char *what)
{
	print_error("%s/%s (%s): %s\n", row->form->code, row->code,
	            form_rollup_name(row->rollup), what);
}

static void check_figure(struct world *w, const struct rollup *r, const struct form_row *row)
{
	const struct rollup_figure *f = &r->figures[row->at];
	struct rollup_walked naive = rollup_walk(r->input, row);

	if (dec_is_none(f->value) == naive.known ||
	    (naive.known && f->value.micro != naive.value))
		say(row, "not what the walker says");
	assert_int_equal(!dec_is_none(f->value), naive.known);
	assert_int_equal(f->blank == ROLLUP_KNOWN, row->kind == FORM_GROUP || naive.known);
	if (naive.known)
		assert_int_equal(f->value.micro, naive.value);
	if (!rollup_walker_formula(row)) {
		assert_int_equal(f->owed, naive.owed);
		assert_int_equal(f->given, naive.given);
	}
	if (f->given < f->owed)
		assert_true(f->incomplete);
	w->cells += r->input->n_children + 1;
}

/* Contributions of rows that are added add up to the figure. */
static void check_contributions(struct world *w, const struct rollup *r,
                                const struct form_row *row)
{
	struct rollup_contributions c;
	int64_t value = 0, numerator = 0, denominator = 0;
	const struct rollup_figure *f = &r->figures[row->at];

	assert_int_equal(rollup_contributions(&c, &w->arena, r, row->at), ERR_OK);
	for (size_t i = 0; i < c.n; i++) {
		value += dec_is_none(c.at[i].value) ? 0 : c.at[i].value.micro;
		numerator += dec_is_none(c.at[i].numerator) ? 0 : c.at[i].numerator.micro;
		denominator += dec_is_none(c.at[i].denominator) ? 0 : c.at[i].denominator.micro;
		if (i > 0 && c.at[i].giving == c.at[i - 1].giving)
			assert_true(dec_cmp(c.at[i - 1].weight, c.at[i].weight) >= 0);
	}
	if (f->how == ROLLUP_SUMMED && !dec_is_none(f->value))
		assert_int_equal(value, f->value.micro);
	if (rollup_walker_formula(row) && row->kind != FORM_RATIO && !dec_is_none(f->value))
		assert_int_equal(value, f->value.micro);
	if (row->kind == FORM_RATIO && !dec_is_none(f->value) && f->how != ROLLUP_OWN_ONLY) {
		assert_int_equal(numerator, f->numerator.micro);
		assert_int_equal(denominator, f->denominator.micro);
	}
}

static void same_figures(const struct rollup *a, const struct rollup *b)
{
	for (size_t i = 0; i < a->input->set->n_rows; i++) {
		const struct rollup_figure *x = &a->figures[i], *y = &b->figures[i];

		assert_int_equal(x->value.micro, y->value.micro);
		assert_int_equal(x->numerator.micro, y->numerator.micro);
		assert_int_equal(x->denominator.micro, y->denominator.micro);
		assert_int_equal(x->given, y->given);
		assert_int_equal(x->incomplete, y->incomplete);
		assert_int_equal(x->n_codes, y->n_codes);
		for (size_t k = 0; k < x->n_codes; k++)
			assert_ptr_equal(x->codes[k], y->codes[k]);
	}
}

static void shuffle(struct world *w)
{
	for (size_t i = w->n; i > 1; i--) {
		size_t j = draw(w, (unsigned)i);
		struct rollup_child c = w->children[i - 1];

		w->children[i - 1] = w->children[j];
		w->children[j] = c;
	}
}

static const char *const sets[] = { "bnv-2022", "xa-2024" };
static const char *const periods[] = { "2024-Q1", "2025-Y", "2026-Q1", "2025-H1" };

static int rounds(void)
{
	return getenv("LONG") ? LONG_ROUNDS : ROUNDS;
}

static void test_walker(void **state)
{
	size_t cells = 0;

	(void)state;
	for (int round = 0; round < rounds(); round++) {
		struct world w;

		world_init(&w, sets[round % 2], periods[round / 2 % 4], (unsigned)round + 1);
		struct rollup_input input = input_of(&w);
		struct rollup r = make(&w, &input);

		for (size_t i = 0; i < w.set->n_rows; i++) {
			check_figure(&w, &r, &w.set->rows[i]);
			check_contributions(&w, &r, &w.set->rows[i]);
		}
		struct rollup before = r;
		struct world shuffled = w;
		shuffle(&shuffled);
		input.children = shuffled.children;
		r = make(&w, &input);
		same_figures(&before, &r);
		cells += w.cells;
		arena_release(&w.arena);
	}
	print_message("%zu cells\n", cells);
	assert_true(cells >= 100000);
}

/* Rolls children from..to into one unit of `tier`. */
static struct rollup_child unit_of(struct world *w, size_t from, size_t to, enum form_tier tier)
{
	struct rollup_child up = { .unit = { 1000 + (int64_t)from }, .tier = tier };
	struct rollup_input *in;
	struct rollup r;

	assert_int_equal(arena_new(&w->arena, &in), ERR_OK);
	*in = input_of(w);
	in->tier = tier;
	in->own = NULL;
	in->children = &w->children[from];
	in->n_children = to - from;
	r = make(w, in);
	assert_int_equal(rollup_cells_of(&up.cells, &w->arena, &r), ERR_OK);
	up.units[tier] = 1;
	up.units[FORM_COMMUNE] = to - from;
	return up;
}

static void same_values(const struct rollup *a, const struct rollup *b, bool counted)
{
	for (size_t i = 0; i < a->input->set->n_rows; i++) {
		const struct form_row *row = &a->input->set->rows[i];
		const struct rollup_figure *x = &a->figures[i], *y = &b->figures[i];

		if (x->how == ROLLUP_COUNTED && !counted)
			continue;
		if (x->value.micro != y->value.micro)
			say(row, "differs by the way up");
		assert_int_equal(x->value.micro, y->value.micro);
		assert_int_equal(x->n_codes, y->n_codes);
		if (row->tiers == 1U << FORM_COMMUNE && !rollup_walker_formula(row))
			assert_int_equal(x->incomplete, y->incomplete);
	}
}

/* Communes into districts into the province, or straight; the province adds its own part. */
static void test_tiers(void **state)
{
	(void)state;
	for (int round = 0; round < rounds(); round++) {
		struct rollup_child districts[MOST_CHILDREN];
		size_t n = 0;
		struct world w;

		world_init(&w, sets[round % 2], "2024-H1", (unsigned)round + 5000);
		struct rollup_input straight = input_of(&w), tiered = straight;
		for (size_t from = 0, to; from < w.n; from = to) {
			to = from + 1 + draw(&w, 6);
			to = to > w.n ? w.n : to;
			districts[n++] = unit_of(&w, from, to, FORM_DISTRICT);
		}
		tiered.children = districts;
		tiered.n_children = n;
		struct rollup a = make(&w, &straight), b = make(&w, &tiered);
		same_values(&a, &b, true);
		arena_release(&w.arena);
	}
}

/* Two communes become one: what is added, recomputed or told apart stays as it was. */
static void test_merger(void **state)
{
	(void)state;
	for (int round = 0; round < rounds(); round++) {
		struct rollup_child merged[MOST_CHILDREN];
		struct world w;

		world_init(&w, sets[round % 2], "2026-Q1", (unsigned)round + 9000);
		struct rollup_input before = input_of(&w), after = before;
		merged[0] = unit_of(&w, 0, 2, FORM_COMMUNE);
		for (size_t i = 2; i < w.n; i++)
			merged[i - 1] = w.children[i];
		after.children = merged;
		after.n_children = w.n - 1;
		struct rollup a = make(&w, &before), b = make(&w, &after);
		same_values(&a, &b, false);
		for (int row = 0; row < (int)w.set->n_rows; row++) {
			struct rollup_heir heirs[] = {
				{ w.children[0].unit, merged[0].unit },
				{ w.children[1].unit, merged[0].unit },
			};
			struct rollup_why_question q = { &a, &b, row, heirs, 2 };
			struct rollup_why why;

			assert_int_equal(rollup_why(&why, &w.arena, &q), ERR_OK);
			for (size_t i = 0; i < why.units.n; i++)
				if (a.figures[row].how == ROLLUP_SUMMED)
					assert_int_equal(why.units.at[i].change.micro, 0);
		}
		arena_release(&w.arena);
	}
}

/* ---- why ---- */

static int64_t sum_of(const struct rollup_why_parts *parts)
{
	int64_t sum = 0;

	for (size_t i = 0; i < parts->n; i++)
		sum += parts->at[i].change.micro;
	return sum;
}

static int64_t or_nothing(dec_t d)
{
	return dec_is_none(d) ? 0 : d.micro;
}

static int64_t given(const struct world *w, row_id unit, int row)
{
	for (size_t i = 0; i < w->n; i++)
		if (row_eq(w->children[i].unit, unit) && w->children[i].cells)
			return or_nothing(w->children[i].cells[row].value);
	return 0;
}

static void check_why(struct world *before, struct world *after, const struct rollup *a,
                      const struct rollup *b, int row)
{
	struct rollup_why_question q = { a, b, row, NULL, 0 };
	const struct rollup_figure *x = &a->figures[row], *y = &b->figures[row];
	struct rollup_why why;

	assert_int_equal(rollup_why(&why, &before->arena, &q), ERR_OK);
	int64_t change = or_nothing(y->value) - or_nothing(x->value);
	assert_int_equal(why.change.micro, change);
	assert_int_equal(sum_of(&why.units), change);
	if (why.procedures.n > 0) {
		assert_int_equal(sum_of(&why.procedures), change);
		assert_int_equal(sum_of(&why.fields), change);
	}
	if (x->how == ROLLUP_DISTINCT && change != 0)
		assert_true(why.procedures.n > 0);
	for (size_t i = 0; i < why.units.n; i++) {
		const struct rollup_why_part *part = &why.units.at[i];

		if (part->kind == ROLLUP_WHY_REST && y->how == ROLLUP_RECOMPUTED)
			assert_true(llabs(part->change.micro) <= 10000 + 100);
		assert_false(part->kind == ROLLUP_WHY_REST &&
		             a->input->set->rows[row].kind != FORM_RATIO);
		if (y->how == ROLLUP_SUMMED && part->kind == ROLLUP_WHY_UNIT &&
		    !dec_is_none(x->value) && !dec_is_none(y->value))
			assert_int_equal(part->change.micro,
			                 given(after, part->unit, row) -
			                         given(before, part->unit, row));
	}
}

/* Some sheets change, some come, some are missing later. */
static void test_why(void **state)
{
	(void)state;
	for (int round = 0; round < rounds(); round++) {
		struct world w, later;

		world_init(&w, sets[round % 2], periods[round / 2 % 4], (unsigned)round + 70);
		later = w;
		for (size_t i = 0; i < w.n; i++) {
			unsigned what = draw(&later, 5);

			if (what == 0)
				later.children[i].cells = NULL;
			else if (what < 3)
				later.children[i].cells = draw_cells(&later);
		}
		w.arena = later.arena; /* one arena, used by the later world last */
		struct rollup_input in = input_of(&w), in_later = input_of(&later);
		struct rollup_adjustment more = {
			.row = test_form_row(w.set, round % 2 ? "4/3.3.1" : "3/3.3.1")->at,
			.value = whole(7),
			.numerator = DEC_NONE,
			.denominator = DEC_NONE,
			.reason = "Hồ sơ giấy nhập sau"
		};
		in_later.codes = &w.codes;
		in_later.adjustments = &more;
		in_later.n_adjustments = 1;
		struct rollup a = make(&w, &in), b = make(&w, &in_later);
		for (int row = 0; row < (int)w.set->n_rows; row++)
			check_why(&w, &later, &a, &b, row);
		arena_release(&w.arena);
	}
}

/* ---- single rules ---- */

static void test_adjustment(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "bnv-2022", "2024-Q1", 3);
	struct rollup_adjustment x = { .row = test_form_row(w.set, "3/3.3.1")->at,
		                       .value = whole(5),
		                       .numerator = DEC_NONE,
		                       .denominator = DEC_NONE };
	struct rollup_input input = input_of(&w);
	struct rollup plain = make(&w, &input), r;

	input.adjustments = &x;
	input.n_adjustments = 1;
	assert_int_equal(rollup_make(&r, &w.arena, &input), ERR_INPUT);
	assert_string_equal(rollup_adjustment_problem(w.set, &x), "Ghi lý do điều chỉnh.");
	x.reason = "Sổ giấy của tháng 1";
	r = make(&w, &input);
	assert_int_equal(r.figures[x.row].value.micro,
	                 plain.figures[x.row].value.micro + 5 * DEC_ONE);
	assert_ptr_equal(r.figures[x.row].adjustment, &x);
	x.row = test_form_row(w.set, "3/3.3")->at; /* a rate over rows */
	assert_int_equal(rollup_make(&r, &w.arena, &input), ERR_INPUT);
	x.row = test_form_row(w.set, "1/1")->at; /* own */
	assert_int_equal(rollup_make(&r, &w.arena, &input), ERR_INPUT);
	arena_release(&w.arena);
}

/* A rate whose base stands in no row adds what the children carry, not the row that the
 * formula would take for it. */
static void test_hidden_parts(void **state)
{
	struct world w;
	const char *text;

	(void)state;
	world_init(&w, "bnv-2022", "2024-Q1", 4);
	int rate = test_form_row(w.set, "7/6.4")->at,
	    total = test_form_row(w.set, "7/6.4.1")->at,
	    catalogue = test_form_row(w.set, "3/1.4.3")->at;
	struct rollup_cell *a = draw_cells(&w), *b = draw_cells(&w);
	a[rate] = (struct rollup_cell){ whole(50), whole(10), whole(20), .listed = false };
	b[rate] = (struct rollup_cell){ whole(25), whole(10), whole(40), .listed = false };
	a[total].value = whole(300);
	b[total].value = whole(500);
	b[catalogue] = ROLLUP_NO_CELL;
	b[catalogue].value = whole(12);
	w.children[0].cells = a;
	w.children[1].cells = b;
	w.children[2] = (struct rollup_child){ .unit = { 3 }, .tier = FORM_COMMUNE };
	w.n = 3;
	struct rollup_input input = input_of(&w);
	input.own = NULL;
	struct rollup r = make(&w, &input);
	assert_int_equal(r.figures[rate].value.micro, 33330000);
	assert_int_equal(r.figures[total].value.micro, 800 * DEC_ONE);
	assert_int_equal(rollup_given_text(&text, &w.arena, &r.figures[total]), ERR_OK);
	assert_string_equal(text, "2 trên 3 đơn vị");
	assert_int_equal(r.figures[catalogue].blank, ROLLUP_NO_LISTS);
	assert_int_equal(rollup_blank_text(&text, &w.arena, &r, catalogue), ERR_OK);
	assert_non_null(strstr(text, "1 đơn vị gửi số mà không kèm danh mục"));
	arena_release(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walker),     cmocka_unit_test(test_tiers),
		cmocka_unit_test(test_merger),     cmocka_unit_test(test_why),
		cmocka_unit_test(test_adjustment), cmocka_unit_test(test_hidden_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
