/* test_procedure_store.c - versions of a day, repeal, search with and without diacritics. */
#include "lib/test_db.h"

#include "app/procedure/procedure_store.h"
#include "base/str.h"

struct fixture {
	struct test_db t;
	struct id_source ids;
	struct db_writer *writer;
	struct arena a;
	struct problems problems;
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

static struct change some_change(void)
{
	return (struct change){ .at = INSTANT_NONE,
		                .origin = "test",
		                .action = "procedure.test" };
}

static struct procedure_draft draft_of(const char *code, const char *name)
{
	struct procedure_draft d;

	procedure_draft_init(&d);
	d.code = code;
	d.name = name;
	d.field = "Hộ tịch";
	d.levels[d.n_levels++] = "commune";
	d.service_level = "full";
	d.statutory_term = "5 ngày làm việc";
	d.decision = "15/QĐ-UBND";
	d.decision_on = date_make(2024, 12, 20);
	d.valid_from = date_make(2025, 1, 1);
	return d;
}

static enum err save(struct fixture *f, struct procedure_draft *d, enum procedure_saved *saved,
                     row_id *id)
{
	struct change change = some_change();
	enum err e = procedure_save(saved, f->writer, &change, d, &f->problems);

	*id = change.result;
	return e;
}

static row_id add(struct fixture *f, const char *code, const char *name)
{
	struct procedure_draft d = draft_of(code, name);
	enum procedure_saved saved;
	row_id id;

	assert_ok(save(f, &d, &saved, &id));
	assert_int_equal(saved, PROCEDURE_ADDED);
	return id;
}

static void a_dossier_finds_the_version_of_its_day(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "0.000001", "Cấp giấy mẫu"), again;
	struct procedure_draft d = draft_of("0.000001", "Cấp giấy mẫu");
	struct procedure p;
	enum procedure_saved saved;

	d.valid_from = date_make(2026, 3, 1);
	d.decision = "20/QĐ-UBND";
	assert_ok(save(f, &d, &saved, &again)); /* equal facts: nothing new */
	assert_int_equal(saved, PROCEDURE_UNCHANGED);
	d.shortened_term = "3 ngày làm việc";
	d.parts[d.n_parts++] =
	        (struct procedure_part){ .name = "Tờ khai", .copies = 2, .required = true };
	d.steps[d.n_steps++] =
	        (struct procedure_step){ "Tiếp nhận", "INTAKE", "2 giờ làm việc" };
	assert_ok(save(f, &d, &saved, &again));
	assert_int_equal(saved, PROCEDURE_AMENDED);
	assert_true(row_eq(id, again));

	assert_ok(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2026, 2, 28)));
	assert_int_equal(p.version, 1);
	assert_string_equal(p.term, "5 ngày làm việc");
	assert_int_equal(p.valid_to.days, date_make(2026, 2, 28).days);
	assert_ok(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2026, 3, 1)));
	assert_int_equal(p.version, 2);
	assert_string_equal(p.term, "3 ngày làm việc");
	assert_string_equal(p.decision_kind, "amended");
	assert_int_equal(p.n_parts, 1);
	assert_int_equal(p.parts[0].copies, 2);
	assert_true(p.parts[0].required);
	assert_string_equal(p.steps[0].role, "INTAKE");
	assert_string_equal(p.levels[0].name, "Xã, phường, đặc khu");
	assert_int_equal(p.old_level, INT_NONE);
	assert_int_equal(p.fee.dong, MONEY_NONE.dong);
	assert_err(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2024, 12, 31)),
	           ERR_NOT_FOUND);
}

static void a_repeal_ends_it_and_it_can_come_back(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "0.000001", "Cấp giấy mẫu"), again;
	struct procedure_repeal r = { id, "30/QĐ-UBND", date_make(2026, 1, 10),
		                      date_make(2026, 2, 1), NULL };
	struct procedure_draft d = draft_of("0.000001", "Cấp giấy mẫu");
	struct procedure_versions versions;
	struct change change = some_change();
	struct procedure p;
	enum procedure_saved saved;

	assert_ok(procedure_repeal(f->writer, &change, &r, &f->problems));
	assert_ok(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2026, 1, 31)));
	assert_err(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2026, 2, 1)),
	           ERR_NOT_FOUND);
	change = some_change();
	assert_err(procedure_repeal(f->writer, &change, &r, &f->problems), ERR_INPUT);
	d.valid_from = date_make(2026, 4, 1);
	assert_ok(save(f, &d, &saved, &again));
	assert_ok(procedure_find_on(&p, f->t.db, &f->a, id, date_make(2026, 4, 1)));
	assert_string_equal(p.decision_kind, "announced");
	assert_ok(procedure_versions(&versions, f->t.db, &f->a, id));
	assert_int_equal(versions.n, 3);
	assert_string_equal(versions.at[1].decision_kind, "repealed");
	assert_string_equal(versions.at[1].decision, "30/QĐ-UBND");
}

static void what_contradicts_the_past_is_refused_whole(void **state)
{
	struct fixture *f = *state;
	row_id id = add(f, "0.000001", "Cấp giấy mẫu"), again;
	struct procedure_draft d = draft_of("0.000001", "Cấp giấy mẫu mới");
	enum procedure_saved saved;

	assert_err(save(f, &d, &saved, &again), ERR_INPUT); /* begins no later */
	assert_non_null(problems_for(&f->problems, "valid_from"));
	d.valid_from = date_make(2026, 1, 1);
	d.decision_kind = "announced";
	assert_err(save(f, &d, &saved, &again), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "decision_kind"));
	d = draft_of("0.000002", "Cấp giấy khác");
	d.decision_kind = "amended";
	assert_err(save(f, &d, &saved, &again), ERR_INPUT);
	d.decision_kind = NULL;
	d.levels[0] = "village";
	assert_err(save(f, &d, &saved, &again), ERR_INPUT);
	assert_non_null(problems_for(&f->problems, "levels"));
	assert_false(row_is_none(id));
	assert_int_equal(test_db_int(f->t.db, "select count(*) from procedure_version"), 1);
	assert_int_equal(test_db_int(f->t.db, "select count(*) from field"), 1);
}

static void one_field_however_it_is_written(void **state)
{
	struct fixture *f = *state;
	struct procedure_draft d = draft_of("0.000002", "Cấp giấy khác");
	struct procedure_fields fields;
	enum procedure_saved saved;
	row_id id;

	add(f, "0.000001", "Cấp giấy mẫu");
	d.field = "HỘ  TỊCH";
	assert_ok(save(f, &d, &saved, &id));
	d = draft_of("0.000003", "Cấp giấy thứ ba");
	d.field = "Đất đai";
	assert_ok(save(f, &d, &saved, &id));
	assert_ok(procedure_fields(&fields, f->t.db, &f->a));
	assert_int_equal(fields.n, 2);
	assert_string_equal(fields.at[0].name, "Đất đai");
}

static void make_catalogue(struct fixture *f)
{
	struct procedure_draft d = draft_of("1.000894", "Thủ tục đăng ký kết hôn");
	enum procedure_saved saved;
	row_id id;

	add(f, "1.001193", "Thủ tục đăng ký khai sinh");
	add(f, "1.004884", "Thủ tục đăng ký lại khai sinh");
	add(f, "1.000893", "Thủ tục đăng ký khai sinh cho người đã có hồ sơ, giấy tờ cá nhân");
	add(f, "2.000635", "Cấp bản sao Trích lục hộ tịch");
	d.levels[0] = "district";
	d.service_level = "partial";
	d.field = "Đất đai";
	assert_ok(save(f, &d, &saved, &id));
}

/* The codes found, joined by blanks. */
static const char *found(struct fixture *f, const char *text, const char *level)
{
	struct procedure_filter filter = {
		.on = date_make(2026, 5, 4), .text = text, .level = level, .limit = 10
	};
	struct procedure_rows rows;
	struct str codes;
	const char *out;

	assert_ok(procedure_list(&rows, f->t.db, &f->a, &filter));
	str_init(&codes, &f->a, 4096);
	for (size_t i = 0; i < rows.n; i++)
		str_printf(&codes, "%s%s", i ? " " : "", rows.at[i].code);
	assert_ok(str_finish(&codes, &out));
	return out;
}

static void any_words_find_a_procedure_the_best_first(void **state)
{
	struct fixture *f = *state;

	make_catalogue(f);
	assert_string_equal(found(f, "khai sinh", NULL), "1.001193 1.004884 1.000893");
	assert_string_equal(found(f, "sinh khai", NULL), "1.001193 1.004884 1.000893");
	assert_string_equal(found(f, "Đăng ký khai si", NULL), "1.001193 1.000893 1.004884");
	assert_string_equal(found(f, "dang ky lai", NULL), "1.004884");
	assert_string_equal(found(f, "trích lục", NULL), "2.000635");
	assert_string_equal(found(f, "đang", NULL), "1.001193 1.000894 1.004884 1.000893");
	assert_string_equal(found(f, "khai ", NULL), "1.001193 1.004884 1.000893");
	assert_string_equal(found(f, "kha ", NULL), ""); /* a finished word is no prefix */
	assert_string_equal(found(f, "1.0008", NULL), "1.000894 1.000893");
	assert_string_equal(found(f, "2.000635", NULL), "2.000635");
	assert_string_equal(found(f, "000635", NULL), "2.000635");
	assert_string_equal(found(f, "không có", NULL), "");
	assert_string_equal(found(f, "dang ky", "district"), "1.000894");
	assert_string_equal(found(f, "'; drop table procedure; --", NULL), "");
}

static void lists_filter_and_go_on(void **state)
{
	struct fixture *f = *state;
	struct procedure_filter filter = { .on = date_make(2026, 5, 4), .limit = 3 };
	struct procedure_rows rows;

	make_catalogue(f);
	assert_ok(procedure_list(&rows, f->t.db, &f->a, &filter));
	assert_int_equal(rows.n, 3);
	assert_true(rows.more);
	assert_string_equal(rows.at[0].code, "1.000893");
	filter.after_code = rows.at[2].code;
	assert_ok(procedure_list(&rows, f->t.db, &f->a, &filter));
	assert_int_equal(rows.n, 2);
	assert_false(rows.more);
	filter = (struct procedure_filter){ .on = date_make(2026, 5, 4),
		                            .limit = 9,
		                            .service_level = "partial" };
	assert_ok(procedure_list(&rows, f->t.db, &f->a, &filter));
	assert_int_equal(rows.n, 1);
	filter.service_level = "";
	filter.on = date_make(2024, 1, 1);
	assert_ok(procedure_list(&rows, f->t.db, &f->a, &filter));
	assert_int_equal(rows.n, 0);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, start, stop)
	const struct CMUnitTest tests[] = {
		CASE(a_dossier_finds_the_version_of_its_day),
		CASE(a_repeal_ends_it_and_it_can_come_back),
		CASE(what_contradicts_the_past_is_refused_whole),
		CASE(one_field_however_it_is_written),
		CASE(any_words_find_a_procedure_the_best_first),
		CASE(lists_filter_and_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
