/* bench_rollup.c - all forms of a set rolled up over 157 and 3,321 communes, from cells in
 * memory; catalogue rows with lists of 40 to 400 codes.  Then every contribution of every row,
 * sorted.  The reference adds up one number of each cell in a plain loop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/form/form_shipped.h"
#include "app/rollup/rollup_why.h"

enum { CODES = 2000, ROUNDS = 5 };

struct office {
	struct arena arena;
	const struct form_set *set;
	struct rollup_codes codes;
	const struct rollup_code *code[CODES];
	struct rollup_input input;
	uint64_t seed;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static unsigned draw(struct office *o, unsigned n)
{
	o->seed = o->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(o->seed >> 33) % n;
}

static enum err fill_cell(struct office *o, struct rollup_cell *cell,
                          const struct form_row *row)
{
	const struct rollup_code **list;

	*cell = ROLLUP_NO_CELL;
	if (row->kind == FORM_GROUP || draw(o, 20) == 0)
		return ERR_OK;
	cell->value = dec_from_int(draw(o, 1000));
	if (row->kind == FORM_RATIO) {
		cell->denominator = dec_from_int(1 + draw(o, 100));
		cell->numerator = dec_from_int(draw(o, 2));
	}
	if (row->rollup != FORM_CATALOGUE)
		return ERR_OK;
	cell->n_codes = 40 + draw(o, 360);
	cell->listed = true;
	cell->value = dec_from_int((int64_t)cell->n_codes);
	TRY(arena_array(&o->arena, &list, cell->n_codes));
	for (size_t i = 0, at = draw(o, CODES); i < cell->n_codes; i++, at++)
		list[i] = o->code[at % CODES];
	cell->codes = list;
	return ERR_OK;
}

static enum err fill(struct office *o, size_t n)
{
	struct rollup_child *children;
	struct rollup_cell *cells;
	const char **choices;
	char text[32];

	TRY(rollup_codes_init(&o->codes, &o->arena));
	for (unsigned i = 0; i < CODES; i++) {
		snprintf(text, sizeof(text), "%u.%06u", 1 + i % 3, i);
		TRY(rollup_code(&o->code[i], &o->codes, text, FORM_COMMUNE, "Đất đai"));
	}
	TRY(arena_array(&o->arena, &choices, o->set->n_settings + 1));
	for (size_t i = 0; i < o->set->n_settings; i++)
		choices[i] = o->set->settings[i].choices[o->set->settings[i].usual].word;
	TRY(arena_array(&o->arena, &children, n));
	for (size_t i = 0; i < n; i++) {
		TRY(arena_array(&o->arena, &cells, o->set->n_rows));
		for (size_t row = 0; row < o->set->n_rows; row++)
			TRY(fill_cell(o, &cells[row], &o->set->rows[row]));
		children[i] = (struct rollup_child){ .unit = { (int64_t)i + 1 },
			                             .name = "Xã",
			                             .tier = FORM_COMMUNE,
			                             .cells = cells };
	}
	o->input = (struct rollup_input){ .set = o->set,
		                          .tier = FORM_PROVINCE,
		                          .choices = choices,
		                          .codes = &o->codes,
		                          .children = children,
		                          .n_children = n };
	return period_parse(&o->input.period, "2026-Q1") ? ERR_OK : ERR_INPUT;
}

static int64_t reference(const struct office *o)
{
	int64_t sum = 0;

	for (size_t i = 0; i < o->input.n_children; i++)
		for (size_t row = 0; row < o->set->n_rows; row++)
			if (!dec_is_none(o->input.children[i].cells[row].value))
				sum += o->input.children[i].cells[row].value.micro;
	return sum;
}

static double best(double a, double b)
{
	return a < b ? a : b;
}

static enum err measure(const char *code, size_t n)
{
	struct office o = { .seed = 7 };
	struct form_shipped shipped;
	double made = 1e9, opened = 1e9, plain = 1e9;
	int64_t check = 0;

	arena_init(&o.arena, (size_t)8 << 30);
	TRY(form_shipped_load(&shipped, &o.arena, code));
	o.set = shipped.set;
	TRY(fill(&o, n));
	for (int round = 0; round < ROUNDS; round++) {
		ARENA_CLEANUP struct arena a;
		struct rollup_contributions c;
		struct rollup r;
		double start = now_ms();

		arena_init(&a, (size_t)1 << 30);
		TRY(rollup_make(&r, &a, &o.input));
		made = best(made, now_ms() - start);
		start = now_ms();
		for (size_t row = 0; row < o.set->n_rows; row++) {
			ARENA_CLEANUP struct arena one;

			arena_init(&one, (size_t)64 << 20);
			TRY(rollup_contributions(&c, &one, &r, (int)row));
			check += (int64_t)c.n;
		}
		opened = best(opened, now_ms() - start);
		start = now_ms();
		check += reference(&o);
		plain = best(plain, now_ms() - start);
	}
	printf("%s, %5zu communes, %zu rows: rolled up %.1f ms, all contributions %.1f ms, "
	       "plain sum %.1f ms  (check %lld)\n",
	       code, n, o.set->n_rows, made, opened, plain, (long long)check);
	arena_release(&o.arena);
	return ERR_OK;
}

int main(void)
{
	static const char *const sets[] = { "bnv-2022", "xa-2024" };

	for (size_t i = 0; i < 2; i++)
		if (measure(sets[i], 157) != ERR_OK || measure(sets[i], 3321) != ERR_OK) {
			fprintf(stderr, "%s\n", err_message());
			return 1;
		}
	return 0;
}
