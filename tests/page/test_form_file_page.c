/* Figures of another office's file: the preview with its losses, what is stored, what not. */
#include "lib/page.h"
#include "lib/paper_file.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/form_file/form_file_store.h"
#include "base/str.h"

struct world {
	struct page_test t;
	row_id province, commune;
	const struct form_set *set;
	struct form_sheet_of of;
	const char *path;
};

static void start(struct world *w, const char *role)
{
	const char *sql;

	*w = (struct world){ 0 };
	page_start(&w->t);
	w->province = page_unit(&w->t, "H99", ROW_NONE);
	w->commune = page_unit(&w->t, "H99.1", w->province);
	assert_ok(arena_printf(&w->t.kept, &sql,
	                       "update unit set level = 'province' where id = %lld;"
	                       "update unit set level = 'commune' where id = %lld;",
	                       (long long)w->province.value, (long long)w->commune.value));
	test_db_exec(w->t.db.db, sql);
	page_as(&w->t, w->province, role);
	assert_ok(form_set_open(&w->set, w->t.db.db, &w->t.kept, "xa-2024"));
	w->of = (struct form_sheet_of){ .scope = w->province, .unit = w->commune };
	assert_true(period_parse(&w->of.period, "2026-Q1"));
	assert_ok(arena_printf(&w->t.kept, &w->path,
	                       "/forms/xa-2024/file?period=2026-Q1&unit=%lld",
	                       (long long)w->commune.value));
}

static void stop(struct world *w)
{
	page_stop(&w->t);
}

static int send_bytes(struct world *w, const char *name, struct slice bytes)
{
	const struct upload upload = { .field = "file",
		                       .file_name = name,
		                       .bytes = (const unsigned char *)bytes.at,
		                       .n = bytes.len };

	return page_upload(&w->t, w->path, &upload,
	                   (const char *const[]){ "step", "read", NULL });
}

/* A file with a computed row, a guessed one, one to be asked, notes, and a row of nobody. */
static int send_file(struct world *w, enum paper_kind kind)
{
	struct paper_file p = { .arena = &w->t.kept };

	paper_put(&p, "STT|Chỉ tiêu thống kê|Đơn vị tính|Số liệu|Ghi chú");
	paper_put(&p, "3.|Kết quả giải quyết TTHC|||theo phần mềm của tỉnh");
	paper_put(&p,
	          "3.3.|Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hạn|%%|"
	          "94,8|");
	paper_put(&p, "3.3.1.|Tổng số hồ sơ TTHC đã giải quyết xong|Hồ sơ|96|");
	paper_put(&p, "3.3.2.|Số hồ sơ TTHC giải quyết đúng hạn|Hồ sơ|91|năm hồ sơ chậm");
	paper_put(&p, "3.3.3.|Số hồ sơ trả lại|Hồ sơ|4|");
	paper_put(&p, "3.4.1.|Tổng số PAKN đã tiếp nhận|PAKN|1,788|");
	paper_put(&p, "%s", "");
	paper_put(&p, "Phụ lục");
	paper_put(&p, "%s", "");
	paper_put(&p, "STT|Chỉ tiêu thống kê|Đơn vị tính|Số liệu|Ghi chú");
	paper_put(&p, "1.|Tỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công|%%|75,4|");
	paper_put(&p, "1.1.|Kế hoạch được giao|Triệu đồng|3,887|");
	paper_put(&p, "1.2.|Đã thực hiện|Triệu đồng|2929|");
	paper_put(&p, "2.1.|Tổng số ĐVSN công lập tại địa phương|Đơn vị||");
	return send_bytes(w, paper_name(kind), paper_bytes(&p, kind));
}

static struct form_sheet sheet_of(struct world *w)
{
	struct form_sheet sheet;

	assert_ok(form_sheet_open(&sheet, w->t.db.db, &w->t.kept, w->set, &w->of));
	return sheet;
}

static int64_t value_of(struct world *w, const char *form, const char *code)
{
	struct form_sheet sheet = sheet_of(w);
	const struct form_row *row = form_find_row(w->set, form_find(w->set, form), code);
	dec_t value = sheet.stated[row->at].value;

	return dec_is_none(value) ? -1 : value.micro / (DEC_ONE / 100);
}

static const struct form_stated *stated(struct world *w, const char *form, const char *code)
{
	struct form_sheet sheet = sheet_of(w);

	return &sheet.stated[form_find_row(w->set, form_find(w->set, form), code)->at];
}

static int64_t n_files(struct world *w)
{
	return test_db_int(w->t.db.db, "select count(*) from form_file");
}

static void assert_input(struct world *w, const char *name, const char *value)
{
	const char *found = page_input(&w->t, name);

	assert_non_null(found);
	assert_string_equal(found, value);
}

/* Sends the preview back as it is, with one figure typed. */
static int send_back(struct world *w, const char *typed_name, const char *typed)
{
	static const char *const rows[] = { "4-3",     "4-3.3", "4-3.3.1", "4-3.3.2",
		                            "4-3.4.1", "7-1",   "7-1.1",   "7-1.2" };
	static const char *const prefixes[] = { "v", "n", "w", "p", "t" };
	static const char *const others[] = { "name", "sha256" };
	const char *fields[100];
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows) * ARRAY_LEN(prefixes); i++) {
		const char *name, *value;

		assert_ok(
		        arena_printf(&w->t.kept, &name, "%s-%s", prefixes[i % 5], rows[i / 5]));
		value = str_eq(name, typed_name) ? typed : page_input(&w->t, name);
		if (!value)
			continue;
		fields[n] = name;
		assert_ok(arena_strdup(&w->t.kept, &fields[n + 1], value));
		n += 2;
	}
	for (size_t i = 0; i < ARRAY_LEN(others); i++, n += 2) {
		fields[n] = others[i];
		assert_ok(
		        arena_strdup(&w->t.kept, &fields[n + 1], page_input(&w->t, others[i])));
	}
	fields[n++] = "report";
	fields[n++] = "# Dòng của tệp không thuộc chỉ tiêu nào\ndòng 6: 4 hồ sơ trả lại.\n";
	fields[n++] = "step";
	fields[n++] = "store";
	fields[n] = NULL;
	return page_post_fields(&w->t, w->path, fields);
}

static void the_preview_says_what_is_lost(void **state)
{
	(void)state;
	for (enum paper_kind kind = 0; kind < PAPER_KINDS; kind++) {
		struct world w;

		start(&w, "COMPILER");
		assert_int_equal(page_get(&w.t, w.path), 200);
		assert_int_equal(send_file(&w, kind), 200);
		assert_input(&w, "v-4-3.3.1", "96");
		assert_input(&w, "n-4-3.3.2", "năm hồ sơ chậm");
		assert_input(&w, "n-4-3", "theo phần mềm của tỉnh");
		assert_null(page_input(&w.t, "v-4-3")); /* a heading has no figure */
		assert_input(&w, "v-4-3.4.1", "1.788");
		assert_input(&w, "v-7-1.1", ""); /* 3,887: a person decides */
		assert_true(page_has(&w.t, "Cần quyết định"));
		assert_true(page_has(&w.t, "Số hồ sơ trả lại"));
		assert_true(page_has(&w.t, "Chưa có gì được lưu"));
		assert_null(page_input(&w.t, "v-7-2.1"));
		assert_int_equal(value_of(&w, "4", "3.3.1"), -1);
		assert_int_equal(n_files(&w), 0);
		stop(&w);
	}
}

static void what_was_confirmed_is_stored(void **state)
{
	struct world w;

	(void)state;
	start(&w, "COMPILER");
	assert_int_equal(send_file(&w, PAPER_WORD), 200);
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 303);
	assert_int_equal(value_of(&w, "4", "3.3.1"), 9600);
	assert_int_equal(value_of(&w, "4", "3.4.1"), 178800);
	assert_int_equal(value_of(&w, "7", "1.1"), 388700);
	assert_int_equal(value_of(&w, "7", "1.2"), 292900);
	assert_string_equal(stated(&w, "4", "3.3.2")->note, "năm hồ sơ chậm");
	assert_string_equal(stated(&w, "4", "3")->note, "theo phần mềm của tỉnh");
	/* What the program counts too stands with the file as its reason. */
	assert_non_null(strstr(stated(&w, "4", "3.3.1")->reason, "bieu.docx"));
	/* 91/96 is 94,79: as it was printed. */
	assert_int_equal(value_of(&w, "4", "3.3"), 9480);
	assert_int_equal(n_files(&w), 1);
	assert_int_equal(page_get(&w.t, page_header(&w.t, "Location")), 200);
	assert_true(page_has(&w.t, "Đã nhận số liệu"));
	assert_true(page_has(&w.t, "4 hồ sơ trả lại")); /* the report is kept */
	/* The same file again changes nothing. */
	assert_int_equal(send_file(&w, PAPER_WORD), 200);
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 303);
	assert_int_equal(
	        test_db_int(w.t.db.db, "select n_changed from form_file order by id desc"), 0);
	stop(&w);
}

static void what_stands_and_is_not_in_the_file_is_kept(void **state)
{
	struct world w;

	(void)state;
	start(&w, "COMPILER");
	assert_int_equal(send_file(&w, PAPER_EXCEL), 200);
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 303);
	assert_int_equal(send_file(&w, PAPER_EXCEL), 200);
	assert_int_equal(send_back(&w, "v-7-1.1", ""), 303); /* left out this time */
	assert_int_equal(value_of(&w, "7", "1.1"), 388700);
	stop(&w);
}

static void a_cell_that_changed_meanwhile_is_shown(void **state)
{
	struct world w;
	struct form_entry entry = { .stated = FORM_NOTHING_STATED };
	struct form_entries entries = { .n = 1, .entries = &entry };
	struct change change = { .at = INSTANT_NONE, .origin = "test" };

	(void)state;
	start(&w, "COMPILER");
	assert_int_equal(send_file(&w, PAPER_TEXT), 200);
	entry.row = form_find_row(w.set, form_find(w.set, "7"), "1.2");
	entry.stated.value = dec_from_int(5);
	entries.set = w.set;
	entries.scope = w.province;
	entries.unit = w.commune;
	entries.period = w.of.period;
	assert_ok(form_enter(w.t.app.writer, &change, &entries));
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 422);
	assert_input(&w, "v-7-1.1", "3.887"); /* nothing that was typed is lost */
	assert_input(&w, "v-4-3.3.1", "96");
	assert_int_equal(value_of(&w, "7", "1.2"), 500);
	assert_int_equal(value_of(&w, "7", "1.1"), -1);
	assert_int_equal(n_files(&w), 0);
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 303); /* seen now */
	assert_int_equal(value_of(&w, "7", "1.2"), 292900);
	stop(&w);
}

static void what_cannot_be_typed_is_asked_again(void **state)
{
	struct world w;

	(void)state;
	start(&w, "COMPILER");
	assert_int_equal(send_file(&w, PAPER_CSV), 200);
	assert_int_equal(send_back(&w, "v-7-1.1", "3,887"), 422);
	assert_true(page_has(&w.t, "đọc được hai cách"));
	assert_int_equal(n_files(&w), 0);
	assert_int_equal(value_of(&w, "4", "3.3.1"), -1); /* all or nothing */
	stop(&w);
}

static enum err run_lock(struct db_write_context *c, void *arg)
{
	const struct world *w = arg;
	struct form_lock_place place = { w->commune, "xa-2024", w->of.period.from,
		                         w->of.period.to };
	struct form_lock lock = { { 700 }, "Số liệu đã khóa: báo cáo đã ký." };

	return form_lock_put_in(c, &place, &lock);
}

static void a_locked_sheet_takes_nothing(void **state)
{
	struct change change = { .at = INSTANT_NONE, .origin = "test" };
	const char *sql;
	struct world w;

	(void)state;
	start(&w, "COMPILER");
	assert_ok(arena_printf(
	        &w.t.kept, &sql,
	        "insert into report (id, unit_id, receiver_id, regime_id, regime_code, period,"
	        " period_name, from_on, to_on, send_by_on, set_code, state, revision, "
	        "from_change)"
	        " values (700, %lld, %lld, 1, 'bnv-581', '2026-Q1', 'quý I', %d, %d, %d, "
	        "'xa-2024',"
	        " 'signed', 1, 1)",
	        (long long)w.commune.value, (long long)w.province.value, w.of.period.from.days,
	        w.of.period.to.days, w.of.period.to.days + 6));
	test_db_exec(w.t.db.db, sql);
	assert_int_equal(send_file(&w, PAPER_TEXT), 200);
	assert_ok(db_write(w.t.app.writer, &change, run_lock, &w));
	assert_int_equal(send_back(&w, "v-7-1.1", "3.887"), 422);
	assert_true(page_has(&w.t, "báo cáo đã ký"));
	assert_input(&w, "v-7-1.1", "3.887");
	assert_int_equal(value_of(&w, "4", "3.3.1"), -1);
	assert_int_equal(n_files(&w), 0);
	stop(&w);
}

static void bad_files_are_refused_with_the_remedy(void **state)
{
	static const struct {
		const char *name, *bytes, *says;
	} files[] = {
		{ "a.txt", "Không có bảng nào.\n", "Không nhận ra biểu mẫu nào" },
		{ "a.docx", "PK\x03\x04 cut", "" },
		{ "a.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 encrypted", "" },
		{ "a.pdf", "%PDF-1.4 broken", "" },
	};
	struct world w;

	(void)state;
	start(&w, "COMPILER");
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		assert_int_equal(send_bytes(&w, files[i].name, slice_of(files[i].bytes)), 422);
		assert_true(page_has(&w.t, files[i].says));
		assert_true(page_has(&w.t, "href=\"#f-file\""));
	}
	assert_int_equal(page_post(&w.t, w.path, "step", "read"), 422);
	assert_true(page_has(&w.t, "Chưa chọn tệp nào"));
	assert_int_equal(page_post(&w.t, w.path, "step", "store"), 422);
	w.t.app.settings.audit_most_mb = 1;
	assert_int_equal(send_bytes(&w, "a.txt",
	                            (struct slice){ arena_alloc(&w.t.kept, 2 << 20), 2 << 20 }),
	                 422);
	stop(&w);
}

static void who_may(void **state)
{
	const char *own = "/forms/xa-2024/file?period=2026-Q1";
	struct world w;

	(void)state;
	start(&w, "CLERK");
	assert_int_equal(page_get(&w.t, w.path), 403);
	w.t.actor.permissions = MAY(REPORT_RECEIVE); /* for the units below, not for itself */
	assert_int_equal(page_get(&w.t, w.path), 200);
	assert_int_equal(page_get(&w.t, own), 403);
	w.t.actor.permissions = MAY(FORM_ENTER);
	assert_int_equal(page_get(&w.t, own), 200);
	w.t.actor.unit_id = w.commune; /* the province is not below it */
	assert_ok(arena_printf(&w.t.kept, &own, "%s&unit=%lld", own,
	                       (long long)w.province.value));
	assert_int_equal(page_get(&w.t, own), 404);
	stop(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_preview_says_what_is_lost),
		cmocka_unit_test(what_was_confirmed_is_stored),
		cmocka_unit_test(what_stands_and_is_not_in_the_file_is_kept),
		cmocka_unit_test(a_cell_that_changed_meanwhile_is_shown),
		cmocka_unit_test(what_cannot_be_typed_is_asked_again),
		cmocka_unit_test(a_locked_sheet_takes_nothing),
		cmocka_unit_test(bad_files_are_refused_with_the_remedy),
		cmocka_unit_test(who_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
