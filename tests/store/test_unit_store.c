/* test_unit_store.c - a province before and after 1 July 2025, and random changes recounted. */
#include "lib/test_db.h"

#include "app/unit/unit_store.h"
#include "app/unit/unit_tree.h"
#include "base/vec.h"

struct fixture {
	struct test_db t;
	struct id_source ids;
	struct db_writer *writer;
	struct arena a;
	struct problems problems;
	row_id scope;
};

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	test_db_open(&f->t);
	arena_init(&f->a, 64 << 20);
	problems_init(&f->problems, &f->a);
	assert_ok(db_writer_start(&f->writer, f->t.where,
	                          (struct clock){ instant_local(date_make(2026, 5, 4), 480) },
	                          &f->ids));
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct fixture *f = *state;

	db_writer_stop(f->writer);
	test_db_close(&f->t);
	arena_release(&f->a);
	free(f);
	return 0;
}

static struct change change_of(const struct fixture *f)
{
	return (struct change){
		.unit_id = f->scope, .at = INSTANT_NONE, .origin = "test", .action = "unit.test"
	};
}

static date_t today(void)
{
	return date_make(2026, 5, 4);
}

static row_id add(struct fixture *f, const char *code, const char *name, const char *level,
                  row_id parent)
{
	struct unit_draft draft = { .code = code,
		                    .name = name,
		                    .level = level,
		                    .parent_id = parent,
		                    .from_on = date_make(2020, 1, 1) };
	struct change change = change_of(f);

	assert_ok(unit_add(f->writer, &change, &draft, &f->problems));
	return change.result;
}

struct province {
	row_id province, district, a, b, office, other;
};

static struct province make_province(struct fixture *f)
{
	struct province p;

	p.province = add(f, "H99", "UBND tỉnh Mẫu", "province", ROW_NONE);
	p.district = add(f, "H99.10", "UBND huyện Mẫu", "district", p.province);
	p.b = add(f, "H99.10.02", "UBND xã Đông", "commune", p.district);
	p.a = add(f, "H99.10.01", "UBND xã Ân", "commune", p.district);
	p.office = add(f, "H99.10.01.01", "Văn phòng xã Ân", "office", p.a);
	p.other = add(f, "H99.10.03", "UBND xã Ba", "commune", p.district);
	return p;
}

static enum err move(struct fixture *f, row_id unit, row_id parent, date_t on)
{
	struct change change = change_of(f);
	struct unit_moving m = { unit, parent, on };

	return unit_move(f->writer, &change, &m, &f->problems);
}

static bool below(struct fixture *f, row_id ancestor, row_id unit, date_t on)
{
	bool is_below = false;

	assert_ok(unit_is_below(&is_below, f->t.db, ancestor, unit, on));
	return is_below;
}

static void a_tree_is_listed_in_reading_order(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	struct unit_rows tree, path;
	struct unit found;
	static const char *const names[] = {
		"UBND tỉnh Mẫu",   "UBND huyện Mẫu", "UBND xã Ân",
		"Văn phòng xã Ân", "UBND xã Ba",     "UBND xã Đông"
	};
	static const int depths[] = { 0, 1, 2, 3, 2, 2 };

	assert_ok(unit_tree(&tree, f->t.db, &f->a, p.province, today(), today()));
	assert_int_equal(tree.n, ARRAY_LEN(names));
	for (size_t i = 0; i < tree.n; i++) {
		assert_string_equal(tree.at[i].name, names[i]);
		assert_int_equal(tree.at[i].depth, depths[i]);
	}
	assert_ok(unit_path(&path, f->t.db, &f->a, p.office, today()));
	assert_int_equal(path.n, 4);
	assert_string_equal(path.at[0].code, "H99");
	assert_string_equal(path.at[3].code, "H99.10.01.01");
	assert_ok(unit_children(&tree, f->t.db, &f->a, p.district, today()));
	assert_int_equal(tree.n, 3);
	assert_string_equal(tree.at[0].name, "UBND xã Ân");
	assert_ok(unit_find(&found, f->t.db, &f->a, ROW_NONE, p.a, today()));
	assert_string_equal(found.letterhead, "UBND xã Ân");
}

static void own_and_child_are_visible_sibling_and_parent_are_not(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	struct unit found;

	assert_ok(unit_find(&found, f->t.db, &f->a, p.a, p.a, today()));
	assert_ok(unit_find(&found, f->t.db, &f->a, p.a, p.office, today()));
	assert_err(unit_find(&found, f->t.db, &f->a, p.a, p.b, today()), ERR_NOT_FOUND);
	assert_err(unit_find(&found, f->t.db, &f->a, p.a, p.district, today()), ERR_NOT_FOUND);
	assert_err(unit_find(&found, f->t.db, &f->a, p.a, p.province, today()), ERR_NOT_FOUND);

	f->scope = p.a; /* and nobody changes what they do not see */
	assert_err(move(f, p.b, p.a, date_make(2026, 1, 1)), ERR_INPUT);
	assert_err(move(f, p.office, p.b, date_make(2026, 1, 1)), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "parent_id"));
}

static void a_code_is_found_in_both_styles_and_used_once(void **state)
{
	struct fixture *f = *state;
	struct unit_draft draft = { .code = "H99",
		                    .code_qcvn = "000.00.00.H99",
		                    .name = "UBND tỉnh Mẫu",
		                    .level = "province",
		                    .from_on = date_make(2020, 1, 1) };
	struct change change = change_of(f);
	row_id found;

	assert_ok(unit_add(f->writer, &change, &draft, &f->problems));
	assert_ok(unit_find_code(&found, f->t.db, &f->a, " h99"));
	assert_true(row_eq(found, change.result));
	assert_ok(unit_find_code(&found, f->t.db, &f->a, "000.00.00.H99"));
	assert_true(row_eq(found, change.result));
	assert_err(unit_find_code(&found, f->t.db, &f->a, "H98"), ERR_NOT_FOUND);
	assert_err(unit_find_code(&found, f->t.db, &f->a, "khong phai ma"), ERR_NOT_FOUND);
	change = change_of(f);
	assert_err(unit_add(f->writer, &change, &draft, &f->problems), ERR_INPUT);
	assert_int_equal(f->problems.n, 2);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from unit"), 1);
}

static void a_name_has_a_history(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	struct change change = change_of(f);
	struct unit_renaming r = { p.a, "UBND xã Ân Mới", date_make(2024, 3, 1), "NQ 01" };
	struct unit found;
	struct unit_history history;

	assert_ok(unit_rename(f->writer, &change, &r, &f->problems));
	assert_ok(unit_find(&found, f->t.db, &f->a, ROW_NONE, p.a, date_make(2024, 2, 29)));
	assert_string_equal(found.name, "UBND xã Ân");
	assert_ok(unit_find(&found, f->t.db, &f->a, ROW_NONE, p.a, date_make(2024, 3, 1)));
	assert_string_equal(found.name, "UBND xã Ân Mới");
	assert_ok(unit_history(&history, f->t.db, &f->a, p.a));
	assert_int_equal(history.n_names, 2);
	assert_string_equal(history.names[1].source, "NQ 01");
	change = change_of(f);
	r.on = date_make(2024, 2, 1); /* before what is known already */
	r.name = "Tên khác";
	assert_err(unit_rename(f->writer, &change, &r, &f->problems), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "on"));
}

/* The district is abolished, two communes merge: 1 July 2025. */
static row_id reform(struct fixture *f, const struct province *p)
{
	date_t on = date_make(2025, 7, 1);
	struct change change = change_of(f);
	struct unit_draft draft = { .code = "H99.50",
		                    .name = "UBND xã Ân Đông",
		                    .level = "commune",
		                    .parent_id = p->province,
		                    .from_on = on };
	struct unit_succession merge = { .kind = UNIT_MERGE,
		                         .old = { p->a, p->b },
		                         .n_old = 2,
		                         .n_successors = 1,
		                         .on = on,
		                         .source = "NQ 02",
		                         .orphans = UNIT_ORPHANS_END };
	struct unit_succession abolish = { .kind = UNIT_ABOLISH,
		                           .old = { p->district },
		                           .n_old = 1,
		                           .on = on,
		                           .orphans = UNIT_ORPHANS_MOVE,
		                           .orphans_to = p->province };

	assert_ok(unit_add(f->writer, &change, &draft, &f->problems));
	merge.successors[0] = change.result;
	change = change_of(f);
	assert_ok(unit_succeed(f->writer, &change, &merge, &f->problems));
	change = change_of(f);
	assert_ok(unit_succeed(f->writer, &change, &abolish, &f->problems));
	return merge.successors[0];
}

static void a_successor_sees_what_it_took_over(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	row_id merged = reform(f, &p);
	date_t before = date_make(2025, 6, 30), after = date_make(2025, 7, 1);
	struct unit_rows tree;
	struct unit_history history;

	assert_false(below(f, merged, p.a, before));
	assert_true(below(f, merged, p.a, after));
	assert_true(below(f, merged, p.office, after));
	assert_true(
	        below(f, p.district, p.a, after)); /* its records stay readable from above */
	assert_true(below(f, p.province, p.a, after));
	assert_true(below(f, p.district, p.other, before));
	assert_false(below(f, p.district, p.other, after)); /* moved to the province */
	assert_true(below(f, p.province, p.other, after));

	assert_ok(unit_tree(&tree, f->t.db, &f->a, p.province, today(), before));
	assert_int_equal(tree.n, 6);
	assert_ok(unit_tree(&tree, f->t.db, &f->a, p.province, today(), after));
	assert_int_equal(tree.n, 3); /* province, merged, other */
	assert_ok(unit_tree(&tree, f->t.db, &f->a, merged, today(), before));
	assert_int_equal(tree.n, 3); /* a, its office, b */
	assert_ok(unit_history(&history, f->t.db, &f->a, merged));
	assert_int_equal(history.n_predecessors, 2);
	assert_string_equal(history.predecessors[0].kind, "merge");
	assert_ok(unit_history(&history, f->t.db, &f->a, p.a));
	assert_int_equal(history.n_successors, 1);
}

/* People go on where their unit went; the old role stays for what it left behind. */
static void roles_follow_the_successor(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	char text[600];

	snprintf(text, sizeof(text),
	         "insert into account (id, login, name, unit_id, password_hash, from_change)"
	         " values (900, 'a', 'A', %lld, '', 1);"
	         "insert into account_role (id, account_id, role, unit_id, from_on, to_on, "
	         "change_id)"
	         " values (901, 900, 'COMPILER', %lld, 18000, null, 1),"
	         " (902, 900, 'CLERK', %lld, 18000, 19000, 1)",
	         (long long)p.a.value, (long long)p.a.value, (long long)p.a.value);
	test_db_exec(f->t.db, text);
	row_id merged = reform(f, &p);
	snprintf(text, sizeof(text),
	         "select count(*) from account_role where account_id = 900 and unit_id = %lld"
	         " and role = 'COMPILER' and from_on = %d and to_on is null",
	         (long long)merged.value, date_make(2025, 7, 1).days);
	assert_int_equal(test_db_int(f->t.db, text), 1);
	/* The role that had ended before does not come back. */
	assert_int_equal(test_db_int(f->t.db, "select count(*) from account_role"), 3);
}

static void impossible_changes_are_refused_whole(void **state)
{
	struct fixture *f = *state;
	struct province p = make_province(f);
	struct change change = change_of(f);
	struct unit_succession s = { .kind = UNIT_ABOLISH,
		                     .old = { p.district },
		                     .n_old = 1,
		                     .on = date_make(2025, 7, 1) };

	assert_err(unit_succeed(f->writer, &change, &s, &f->problems), ERR_INPUT);
	assert_int_equal(f->problems.n, 3); /* its three communes */
	s.orphans = UNIT_ORPHANS_MOVE;
	s.orphans_to = p.a; /* a commune below a commune */
	change = change_of(f);
	assert_err(unit_succeed(f->writer, &change, &s, &f->problems), ERR_INPUT);
	assert_err(move(f, p.district, p.a, date_make(2024, 1, 1)), ERR_INPUT);
	assert_err(move(f, p.a, p.district, date_make(2024, 1, 1)), ERR_INPUT); /* there */
	assert_err(move(f, p.a, p.province, date_make(2019, 1, 1)), ERR_INPUT);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from unit where valid_to is not "
	                                      "null"),
	                 0);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from unit_parent"), 5);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from change_log"), 6);
}

/* ---- unit_closure after random changes ---- */

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

enum { OFFICES = 16, ROUNDS = 40 };

static void change_at_random(struct fixture *f, const row_id *units, date_t on, unsigned *seed)
{
	row_id one = units[next_random(seed) % OFFICES],
	       two = units[next_random(seed) % OFFICES];
	struct change change = change_of(f);
	enum err e;

	if (next_random(seed) % 4) {
		e = move(f, one, two, on);
	} else {
		struct unit_succession s = { .kind = UNIT_MERGE,
			                     .old = { one },
			                     .n_old = 1,
			                     .successors = { two },
			                     .n_successors = 1,
			                     .on = on,
			                     .orphans = UNIT_ORPHANS_MOVE,
			                     .orphans_to = two };

		e = unit_succeed(f->writer, &change, &s, &f->problems);
	}
	assert_true(e == ERR_OK || e == ERR_INPUT);
}

static int64_t pairs_by_recount(struct fixture *f, const char *on)
{
	const char *select;

	assert_ok(arena_printf(
	        &f->a, &select,
	        "with recursive edge(low, high) as (select unit_id, parent_id from unit_parent "
	        "where from_on <= %s and (to_on is null or to_on >= %s) union select unit_id, "
	        "successor_id from unit_successor where on_day <= %s), above(low, high) as "
	        "(select id, id from unit union select a.low, e.high from above a join edge e "
	        "on "
	        "e.low = a.high) select count(*) * 1000003 + sum((low %% 10007) * (high %% "
	        "10009)) "
	        "from above",
	        on, on, on));
	return test_db_int(f->t.db, select);
}

static int64_t pairs_in_closure(struct fixture *f, const char *on)
{
	const char *select;

	assert_ok(arena_printf(
	        &f->a, &select,
	        "select count(*) * 1000003 + sum((unit_id %% 10007) * (ancestor_id "
	        "%% 10009)) from unit_closure where from_on <= %s and (to_on is "
	        "null or to_on >= %s)",
	        on, on));
	return test_db_int(f->t.db, select);
}

static void closure_equals_a_recount_after_random_changes(void **state)
{
	struct fixture *f = *state;
	row_id units[OFFICES], root = add(f, "H99", "UBND tỉnh Mẫu", "province", ROW_NONE);
	unsigned seed = 7;
	int64_t merges;

	for (int i = 0; i < OFFICES; i++) {
		const char *code;

		assert_ok(arena_printf(&f->a, &code, "H99.%02d", i));
		units[i] = add(f, code, "Phòng", "office",
		               i ? units[next_random(&seed) % (unsigned)i] : root);
	}
	for (int round = 0; round < ROUNDS; round++)
		change_at_random(f, units, date_add(date_make(2021, 1, 1), round * 10), &seed);
	merges = test_db_int(f->t.db, "select count(*) from unit_successor");
	assert_in_range(merges, 2, OFFICES);
	assert_true(test_db_int(f->t.db, "select count(*) from unit_parent") > OFFICES + 5);
	for (int n = 0; n < ROUNDS * 10 + 20; n += 3) {
		const char *on;

		assert_ok(arena_printf(&f->a, &on, "%d", date_make(2021, 1, 1).days - 5 + n));
		assert_int_equal(pairs_in_closure(f, on), pairs_by_recount(f, on));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
		CASE(a_tree_is_listed_in_reading_order),
		CASE(own_and_child_are_visible_sibling_and_parent_are_not),
		CASE(a_code_is_found_in_both_styles_and_used_once),
		CASE(a_name_has_a_history),
		CASE(a_successor_sees_what_it_took_over),
		CASE(roles_follow_the_successor),
		CASE(impossible_changes_are_refused_whole),
		CASE(closure_equals_a_recount_after_random_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
