/* From the rows of one form set to those of another; lists of codes; notes. */
#include "lib/test_form.h"

#include "app/rollup/rollup_bridge.h"
#include "app/rollup/rollup_list.h"
#include "app/rollup/rollup_note.h"

static struct arena arena;

static int start(void **state)
{
	(void)state;
	arena_init(&arena, 256 << 20);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct rollup_bridge bridge(const struct rollup_mapping *m, const char *from,
                                   const struct form_set *to)
{
	struct rollup_bridge b;

	assert_int_equal(rollup_bridge_make(&b, &arena, m, from, to), ERR_OK);
	return b;
}

static const char *id_of(const struct rollup_bridge *b, const char *indicator)
{
	const struct form_row *row = rollup_bridge_row(b, indicator, NULL);

	return row ? row->id : "";
}

/* Every line names rows that its sets have, and nothing is left out without a reason. */
static void shipped_mappings_are_whole(void **state)
{
	const struct form_set *commune = test_form_set(&arena, "xa-2024");
	const struct form_set *ministry = test_form_set(&arena, "bnv-2022");
	struct rollup_mapping m;
	struct rollup_bridge up;
	struct rollup_bridge_gaps gaps;
	struct problems problems;

	(void)state;
	assert_int_equal(rollup_mapping_shipped(&m, &arena), ERR_OK);
	up = bridge(&m, "xa-2024", ministry);
	problems_init(&problems, &arena);
	assert_int_equal(rollup_bridge_check(&problems, &up, commune), ERR_OK);
	assert_int_equal(problems.n, 0);
	assert_int_equal(rollup_bridge_gaps(&gaps, &arena, &up, commune), ERR_OK);
	assert_int_equal(gaps.n_from, 9);
	for (size_t i = 0; i < gaps.n_from; i++)
		assert_non_null(gaps.from[i].because);
	assert_int_equal(gaps.n_to, 4);
	assert_string_equal(id_of(&up, "dossier.commune.finished"), "dossier.commune.finished");
	assert_string_equal(id_of(&up, "procedure.announced"), "");
	struct rollup_bridge down = bridge(&m, "bnv-2022", commune);
	assert_int_equal(rollup_bridge_check(&problems, &down, ministry), ERR_OK);
	assert_int_equal(problems.n, 0);
}

/* Mức độ 3 and 4 of an older set are một phần and toàn trình of a newer one. */
static void service_levels_go_over(void **state)
{
	struct form_text files[] = {
		{ "set.form",
		  "set moi\n  title Mới\n  issuer X\n  document Y\n  valid 2026-01-01\n"
		  "  printed Biểu mẫu\n  forms 1\n" },
		{ "1.form",
		  "form 1\n  title Một\n\nrow 1\n  id online.partial_offered\n  label Một "
		  "phần\n"
		  "  unit x\n  kind count\n  levels commune\n  time period\n  value entered\n"
		  "  rollup sum\n\nrow 2\n  id online.full_offered\n  label Toàn trình\n"
		  "  unit x\n  kind count\n  levels commune\n  time period\n  value entered\n"
		  "  rollup sum\n" },
	};
	struct rollup_mapping m;
	struct problems problems;
	const struct form_set *set;

	(void)state;
	problems_init(&problems, &arena);
	assert_int_equal(form_set_load(&set, &problems, &arena, files, 2), ERR_OK);
	assert_non_null(set);
	assert_int_equal(rollup_mapping_shipped(&m, &arena), ERR_OK);
	struct rollup_bridge b = bridge(&m, "bnv-2022", set);
	assert_string_equal(id_of(&b, "online.level3_offered"), "online.partial_offered");
	assert_string_equal(id_of(&b, "online.level4_offered"), "online.full_offered");
	assert_string_equal(id_of(&b, "online.level4_used"), "");
	assert_string_equal(id_of(&b, "online.full_offered"), "online.full_offered");
	/* Where both sets have the old rows they stay what they are. */
	struct rollup_bridge same = bridge(&m, "xa-2024", test_form_set(&arena, "bnv-2022"));
	assert_string_equal(id_of(&same, "online.level3_offered"), "online.level3_offered");
}

static void bad_lines_say_where(void **state)
{
	static const char text[] = "  a -> b\nmap x into y\nmap x to y\n  a => b\n  a none\n"
	                           "  a -> b c\n# fine\n  a -> b\n";
	struct rollup_mapping m = { 0 };
	struct problems problems;
	int lines[8], n = 0;

	(void)state;
	problems_init(&problems, &arena);
	assert_int_equal(rollup_mapping_read(&m, &problems, &arena, "x.map", text), ERR_OK);
	for (const struct problem *p = problems.first; p && n < 8; p = p->next)
		lines[n++] = p->line;
	assert_int_equal(n, 5);
	assert_int_equal(lines[0], 1);
	assert_int_equal(lines[1], 2);
	assert_int_equal(lines[2], 4);
	assert_int_equal(lines[4], 6);
	assert_int_equal(m.n, 1);
}

static void lists_are_read_once(void **state)
{
	static const char text[] = "1.000002\tcommune\tĐất đai\t\n1.000001\tprovince\t\t";
	static const char counted[] = "1.000002\t\tĐất đai\t3\n1.000001\t\t\t2.5";
	struct rollup_codes codes;
	struct rollup_lists lists;
	const struct rollup_list *a, *b, *c;

	(void)state;
	assert_int_equal(rollup_codes_init(&codes, &arena), ERR_OK);
	assert_int_equal(rollup_lists_init(&lists, &codes), ERR_OK);
	assert_int_equal(rollup_list_read(&a, &lists, text), ERR_OK);
	assert_int_equal(a->n, 2);
	assert_null(a->amounts);
	assert_int_equal(a->codes[0]->tier, FORM_COMMUNE);
	assert_string_equal(a->codes[0]->field, "Đất đai");
	assert_int_equal(rollup_list_read(&b, &lists, text), ERR_OK);
	assert_ptr_equal(a->codes, b->codes);
	assert_int_equal(rollup_list_read(&c, &lists, counted), ERR_OK);
	assert_int_equal(c->amounts[1].micro, 2500000);
	assert_ptr_equal(c->codes[1], a->codes[1]);
	assert_int_equal(rollup_list_read(&c, &lists, "1\txã\t\t"), ERR_INPUT);
	assert_int_equal(rollup_list_read(&c, &lists, "1\tcommune\t\tba"), ERR_INPUT);
	assert_int_equal(rollup_list_read(&c, &lists, "\tcommune\t\t"), ERR_INPUT);
	assert_int_equal(rollup_list_read(&c, &lists, "1\tcommune\t\t1\t2"), ERR_INPUT);
}

static void notes_come_together(void **state)
{
	struct rollup_noted below[30];
	const char *note;

	(void)state;
	for (int i = 0; i < 30; i++)
		below[i] = (struct rollup_noted){ i == 0 ? "Xã A" : "Xã B", NULL };
	assert_int_equal(rollup_note(&note, &arena, "", below, 30), ERR_OK);
	assert_null(note);
	below[0].note = "Mất điện";
	below[1].note = "Mất điện";
	below[2].note = "Thiếu người";
	assert_int_equal(rollup_note(&note, &arena, "Đã kiểm tra", below, 3), ERR_OK);
	assert_string_equal(note, "Đã kiểm tra; Xã A, Xã B: Mất điện; Xã B: Thiếu người");
	for (int i = 0; i < 30; i++)
		assert_int_equal(arena_printf(&arena, &below[i].note, "%d", i), ERR_OK);
	assert_int_equal(rollup_note(&note, &arena, NULL, below, 30), ERR_OK);
	assert_non_null(strstr(note, "18 đơn vị khác cũng có ghi chú"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shipped_mappings_are_whole, start, stop),
		cmocka_unit_test_setup_teardown(service_levels_go_over, start, stop),
		cmocka_unit_test_setup_teardown(bad_lines_say_where, start, stop),
		cmocka_unit_test_setup_teardown(lists_are_read_once, start, stop),
		cmocka_unit_test_setup_teardown(notes_come_together, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
