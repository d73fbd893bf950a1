/* The pages of dossiers: intake by one form, trả ngay, actions, correction, lists, the desk. */
#include "lib/page.h"
#include "lib/test_office.h"

#include "base/str.h"

struct world {
	struct page_test t;
	const char *path; /* of the dossier at hand: "/dossiers/123" */
};

/* The intake officer of A (account 11, unit 2) unless a test says otherwise. */
static void act_as(struct world *w, int account, int unit, uint64_t permissions)
{
	w->t.actor = (struct actor){ .account_id = id_of(account),
		                     .session_id = id_of(1),
		                     .unit_id = id_of(unit),
		                     .name = "Lê Thị Nhận",
		                     .unit_name = "Xã A",
		                     .permissions = permissions };
}

static const uint64_t intake =
        MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) | MAY(DOSSIER_PROCESS) | MAY(PERSON_UNMASK);
static const uint64_t leader =
        MAY(DOSSIER_READ) | MAY(DOSSIER_PROCESS) | MAY(DOSSIER_DECIDE) | MAY(PERSON_UNMASK);

static void open_office(struct world *w)
{
	page_start(&w->t);
	test_office(w->t.db.db);
	act_as(w, OFFICE_INTAKE_A, OFFICE_A, intake);
}

static int64_t count(struct world *w, const char *select)
{
	return test_db_int(w->t.db.db, select);
}

#define FIELDS                                                                                 \
	"procedure", "31", "name", "Nguyễn Văn Đạt", "identity_number", "079 123 456 789",     \
	        "phone", "0912 345 678", "address", "Thôn 1", "channel", "counter",            \
	        "delivery", "counter", "kind", "person", "quantity", "1"

/* Takes one in and leaves w->path at its page. */
static void receive(struct world *w)
{
	char *path, *end;

	assert_int_equal(page_post(&w->t, "/dossiers/new", FIELDS, "step", "receive"), 303);
	path = strdup(page_header(&w->t, "Location"));
	assert_non_null(path);
	end = strstr(path, "/received");
	assert_non_null(end);
	*end = '\0';
	assert_ok(arena_strdup(&w->t.kept, &w->path, path));
	free(path);
}

static const char *at(struct world *w, const char *tail)
{
	const char *out;

	assert_ok(arena_printf(&w->t.kept, &out, "%s%s", w->path, tail));
	return out;
}

static const char *revision(struct world *w)
{
	const char *out;

	assert_ok(arena_printf(&w->t.kept, &out, "%lld",
	                       (long long)count(w, "select max(revision) from dossier")));
	return out;
}

/* ---- intake ---- */

static void intake_offers_procedures_and_finds_them(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	assert_int_equal(page_get(&w.t, "/dossiers/new"), 200);
	assert_true(page_has(&w.t, "Thủ tục đăng ký thay đổi hộ tịch"));
	assert_true(page_has(&w.t, "Thủ tục chứng thực bản sao từ bản chính"));
	assert_false(page_has(&w.t, "Thủ tục cũ"));
	assert_int_equal(page_post(&w.t, "/dossiers/new", "step", "search", "q", "chung thuc",
	                           "name", "Đang gõ dở"),
	                 200);
	assert_true(page_has(&w.t, "Thủ tục chứng thực bản sao từ bản chính"));
	assert_false(page_has(&w.t, "thay đổi hộ tịch"));
	assert_true(page_has(&w.t, "Đang gõ dở"));
	assert_int_equal(count(&w, "select count(*) from dossier"), 0);
	page_stop(&w.t);
}

static void choosing_a_procedure_shows_its_parts_and_due(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	assert_int_equal(page_post(&w.t, "/dossiers/new", "step", "pick", "procedure", "31",
	                           "name", "Đang gõ dở"),
	                 200);
	assert_true(page_has(&w.t, "Giấy khai sinh"));
	assert_true(page_has(&w.t, "5 ngày làm việc"));
	assert_true(page_has(&w.t, "08:00 09/03/2026") || page_has(&w.t, "/03/2026"));
	assert_true(page_has(&w.t, "Đang gõ dở"));
	assert_int_equal(count(&w, "select count(*) from dossier"), 0);
	page_stop(&w.t);
}

static void a_received_dossier_explains_its_due(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(page_get(&w.t, at(&w, "/received")), 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_true(page_has(&w.t, "Cách tính hạn"));
	assert_true(page_has(&w.t, "Nghỉ hằng tuần") || page_has(&w.t, "Thứ Bảy"));
	assert_int_equal(page_get(&w.t, w.path), 200);
	assert_true(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_true(page_has(&w.t, "079123456789"));
	assert_true(page_has(&w.t, "Tiếp nhận hồ sơ"));
	page_stop(&w.t);
}

static void errors_keep_what_was_typed(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	assert_int_equal(page_post(&w.t, "/dossiers/new", "step", "receive", "name", "",
	                           "phone", "12ab", "address", "Thôn 7", "quantity", "ba",
	                           "fee", "x", "received_at", "hôm qua", "channel", "post"),
	                 422);
	assert_true(page_has(&w.t, "Có 6 chỗ cần sửa"));
	assert_true(page_has(&w.t, "12ab"));
	assert_true(page_has(&w.t, "Thôn 7"));
	assert_true(page_has(&w.t, "hôm qua"));
	assert_true(page_has(&w.t, "Nhập họ và tên"));
	assert_true(page_has(&w.t, "Chọn thủ tục"));
	assert_int_equal(count(&w, "select count(*) from dossier"), 0);
	page_stop(&w.t);
}

static void after_an_expired_session_the_form_is_still_filled(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	w.t.refill = true;
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "step", "receive"), 422);
	assert_true(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_true(page_has(&w.t, "079 123 456 789"));
	assert_int_equal(count(&w, "select count(*) from dossier"), 0);
	page_stop(&w.t);
}

static void a_repeated_request_gives_one_dossier(void **state)
{
	struct world w;
	const char *first;

	(void)state;
	open_office(&w);
	page_get(&w.t, "/dossiers/new");
	const char *form[] = { FIELDS,
		               "step",
		               "receive",
		               "csrf",
		               page_input(&w.t, "csrf"),
		               "request_id",
		               page_input(&w.t, "request_id"),
		               NULL };
	assert_int_equal(page_post_bare(&w.t, "/dossiers/new", form), 303);
	assert_ok(arena_strdup(&w.t.kept, &first, page_header(&w.t, "Location")));
	assert_int_equal(page_post_bare(&w.t, "/dossiers/new", form), 303);
	assert_string_equal(page_header(&w.t, "Location"), first);
	assert_int_equal(count(&w, "select count(*) from dossier"), 1);
	page_stop(&w.t);
}

static void a_person_is_found_by_number(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(page_post(&w.t, "/dossiers/new", "step", "person", "procedure", "32",
	                           "phone", "0912345678"),
	                 200);
	assert_true(page_has(&w.t, "Đã điền thông tin"));
	assert_string_equal(page_input(&w.t, "name"), "Nguyễn Văn Đạt");
	assert_int_equal(page_post(&w.t, "/dossiers/new", "step", "person", "phone",
	                           "0999999999", "name", "Gõ tay"),
	                 200);
	assert_true(page_has(&w.t, "Chưa có ai mang số này"));
	assert_string_equal(page_input(&w.t, "name"), "Gõ tay");
	/* Another commune's desk does not know this person. */
	act_as(&w, OFFICE_INTAKE_B, OFFICE_B, intake);
	page_post(&w.t, "/dossiers/new", "step", "person", "phone", "0912345678");
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	page_stop(&w.t);
}

static void ticked_parts_are_kept(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "parts", "1", "part", "2",
	                           "step", "receive"),
	                 303);
	assert_int_equal(count(&w, "select count(*) from dossier_part where handed_in = 1"), 1);
	assert_int_equal(count(&w, "select position from dossier_part where handed_in = 1"), 3);
	page_stop(&w.t);
}

static void not_accepting_needs_a_reason(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "step", "not-accept"), 422);
	assert_true(page_has(&w.t, "Nhập lý do"));
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "step", "not-accept",
	                           "reason", "Sai thẩm quyền"),
	                 303);
	assert_int_equal(count(&w, "select state from dossier"), 3);
	page_stop(&w.t);
}

static void a_unit_without_codes_asks_for_one(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	act_as(&w, OFFICE_INTAKE_A, OFFICE_C, intake);
	assert_int_equal(page_get(&w.t, "/dossiers/new?procedure=31"), 200);
	assert_true(page_has(&w.t, "Mã hồ sơ đã được cấp"));
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "step", "receive"), 422);
	assert_true(page_has(&w.t, "không tự cấp mã hồ sơ"));
	assert_int_equal(page_post(&w.t, "/dossiers/new", FIELDS, "step", "receive", "code",
	                           "G09.20-20260302-0092637"),
	                 303);
	page_stop(&w.t);
}

/* ---- trả ngay ---- */

static void quick_receives_and_returns_and_repeats(void **state)
{
	struct world w;
	const char *id, *location;

	(void)state;
	open_office(&w);
	assert_int_equal(page_get(&w.t, "/dossiers/quick?procedure=32"), 200);
	assert_int_equal(page_post(&w.t, "/dossiers/quick", "procedure", "32", "name",
	                           "Trần Thị Hoa", "quantity", "15", "step", "receive"),
	                 303);
	assert_int_equal(count(&w, "select state from dossier"), 10);
	assert_int_equal(count(&w, "select quantity from dossier"), 15);
	assert_ok(arena_strdup(&w.t.kept, &location, page_header(&w.t, "Location")));
	id = strchr(location, '=');
	assert_non_null(id);
	assert_int_equal(page_get(&w.t, location), 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_true(page_has(&w.t, "Trần Thị Hoa"));
	assert_string_equal(page_input(&w.t, "procedure"), "32");
	assert_int_equal(page_post(&w.t, "/dossiers/quick", "step", "again", "again", id + 1),
	                 303);
	assert_int_equal(count(&w, "select count(*) from dossier where state = 10 "
	                           "and quantity = 15"),
	                 2);
	assert_int_equal(page_post(&w.t, "/dossiers/quick", "procedure", "32", "name", "",
	                           "quantity", "0", "step", "receive"),
	                 422);
	assert_true(page_has(&w.t, "Có 2 chỗ cần sửa"));
	page_stop(&w.t);
}

/* ---- actions ---- */

static void supplement_and_resume(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(
	        page_post(&w.t, at(&w, "/do/ask-supplement"), "revision", "1", "reason", ""),
	        422);
	assert_true(page_has(&w.t, "Nhập lý do"));
	assert_int_equal(page_post(&w.t, at(&w, "/do/ask-supplement"), "revision", "1",
	                           "reason", "Thiếu giấy khai sinh"),
	                 303);
	assert_string_equal(page_header(&w.t, "Location"), w.path);
	page_get(&w.t, w.path);
	assert_true(page_has(&w.t, "Yêu cầu bổ sung giấy tờ"));
	assert_true(page_has(&w.t, "Thiếu giấy khai sinh"));
	assert_int_equal(page_post(&w.t, at(&w, "/do/supplement-received"), "revision", "2",
	                           "part", "3"),
	                 303);
	assert_int_equal(count(&w, "select state from dossier"), 4);
	assert_int_equal(page_post(&w.t, at(&w, "/do/finish"), "revision", "3"), 303);
	assert_int_equal(page_post(&w.t, at(&w, "/do/return"), "revision", "4"), 303);
	assert_int_equal(count(&w, "select state from dossier"), 10);
	page_stop(&w.t);
}

static void the_second_saver_loses_nothing(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(page_post(&w.t, at(&w, "/do/hand-over"), "revision", "1", "to", "12",
	                           "next_step", "1", "reason", "Đề nghị thụ lý"),
	                 303);
	assert_int_equal(page_post(&w.t, at(&w, "/do/ask-supplement"), "revision", "1",
	                           "reason", "Lý do đã gõ dài"),
	                 409);
	assert_true(page_has(&w.t, "Người khác vừa sửa hồ sơ này"));
	assert_true(page_has(&w.t, "Luân chuyển hồ sơ"));
	assert_true(page_has(&w.t, "Đề nghị thụ lý"));
	assert_true(page_has(&w.t, "Lý do đã gõ dài"));
	assert_string_equal(page_input(&w.t, "revision"), "2");
	page_stop(&w.t);
}

static void actions_belong_to_roles(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(page_post(&w.t, at(&w, "/do/stop"), "revision", "1", "reason", "x"),
	                 403);
	assert_int_equal(page_post(&w.t, at(&w, "/do/burn"), "revision", "1"), 404);
	act_as(&w, OFFICE_LEADER_A, OFFICE_A, leader);
	assert_int_equal(page_post(&w.t, at(&w, "/do/extend"), "revision", "1", "reason",
	                           "Chờ ý kiến", "due", "mai"),
	                 422);
	assert_true(page_has(&w.t, "Nhập ngày, giờ hẹn lại"));
	assert_true(page_has(&w.t, "Chờ ý kiến"));
	assert_int_equal(page_post(&w.t, at(&w, "/do/extend"), "revision", "1", "reason",
	                           "Chờ ý kiến", "due", "17:00 20/03/2026"),
	                 303);
	page_get(&w.t, w.path);
	assert_true(page_has(&w.t, "17:00 20/03/2026"));
	/* Not to a stranger. */
	assert_int_equal(page_post(&w.t, at(&w, "/do/hand-over"), "revision", "2", "to", "14"),
	                 422);
	page_stop(&w.t);
}

static void other_units_find_nothing(void **state)
{
	static const char *const tails[] = { "", "/received", "/edit" };
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	act_as(&w, OFFICE_INTAKE_B, OFFICE_B, intake | leader);
	for (size_t i = 0; i < ARRAY_LEN(tails); i++)
		assert_int_equal(page_get(&w.t, at(&w, tails[i])), 404);
	assert_int_equal(page_post(&w.t, at(&w, "/do/finish"), "revision", "1"), 404);
	assert_int_equal(page_post(&w.t, at(&w, "/edit"), FIELDS, "revision", "1"), 404);
	assert_int_equal(page_get(&w.t, "/dossiers"), 200);
	assert_false(page_has(&w.t, "H99.50.05"));
	assert_int_equal(page_get(&w.t, "/dossiers?unit=2"), 404);
	assert_int_equal(page_get(&w.t, "/dossiers?q=H99.50.05-260302-0001"), 200);
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	page_stop(&w.t);
}

static void numbers_are_masked_for_who_does_not_need_them(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	act_as(&w, OFFICE_COMPILER_A, OFFICE_A, MAY(DOSSIER_READ));
	assert_int_equal(page_get(&w.t, w.path), 200);
	assert_false(page_has(&w.t, "079123456789"));
	assert_false(page_has(&w.t, "0912345678"));
	assert_true(page_has(&w.t, "*********789"));
	assert_false(page_has(&w.t, "/edit"));
	assert_false(page_has(&w.t, "/do/"));
	assert_int_equal(page_get(&w.t, "/dossiers?q=079123456789"), 422);
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	page_stop(&w.t);
}

static void a_correction_keeps_numbers_it_does_not_show(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	act_as(&w, OFFICE_INTAKE_A, OFFICE_A, MAY(DOSSIER_READ) | MAY(DOSSIER_PROCESS));
	assert_int_equal(page_get(&w.t, at(&w, "/edit")), 200);
	assert_false(page_has(&w.t, "079123456789"));
	assert_int_equal(page_post(&w.t, at(&w, "/edit"), "revision", "1", "name",
	                           "Nguyễn Văn Đại", "channel", "online", "quantity", "2"),
	                 303);
	assert_int_equal(count(&w,
	                       "select count(*) from applicant where name = 'Nguyễn Văn Đại' "
	                       "and identity_number = '079123456789'"),
	                 1);
	/* The second saver sees what changed, and what he typed. */
	assert_int_equal(page_post(&w.t, at(&w, "/edit"), "revision", "1", "name", "Gõ Sau",
	                           "quantity", "2"),
	                 409);
	assert_true(page_has(&w.t, "Họ tên; "));
	assert_string_equal(page_input(&w.t, "name"), "Gõ Sau");
	assert_string_equal(page_input(&w.t, "revision"), revision(&w));
	assert_int_equal(page_post(&w.t, at(&w, "/edit"), "revision", "2", "name", "Gõ Sau",
	                           "quantity", "không"),
	                 422);
	page_stop(&w.t);
}

/* ---- lists and the desk ---- */

static void lists_filter_search_and_jump(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	assert_int_equal(page_get(&w.t, "/dossiers"), 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_true(page_has(&w.t, "1 hồ sơ"));
	assert_int_equal(page_get(&w.t, "/dossiers?q=dat+nguyen"), 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_int_equal(page_get(&w.t, "/dossiers?q=079123456789"), 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_int_equal(page_get(&w.t, "/dossiers?q=khong+co"), 200);
	assert_true(page_has(&w.t, "Không có hồ sơ nào"));
	assert_int_equal(page_get(&w.t, "/dossiers?q=h99.50.05-260302-0001"), 303);
	assert_string_equal(page_header(&w.t, "Location"), w.path);
	assert_int_equal(page_get(&w.t, "/dossiers?channel=online"), 200);
	assert_false(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_int_equal(page_get(&w.t, "/dossiers?procedure=1.001193&field=21&from=2026-03-01"
	                                "&to=2026-03-02"),
	                 200);
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_int_equal(page_get(&w.t, "/dossiers?procedure=9.999999"), 422);
	assert_true(page_has(&w.t, "Không có thủ tục mang mã này"));
	assert_int_equal(page_get(&w.t, "/dossiers?view=returned"), 200);
	assert_false(page_has(&w.t, "H99.50.05-260302-0001"));
	page_stop(&w.t);
}

static void pages_follow_each_other(void **state)
{
	struct world w;
	const char *body, *next;
	size_t n = 0;

	(void)state;
	open_office(&w);
	for (int i = 0; i < 53; i++)
		receive(&w);
	assert_int_equal(page_get(&w.t, "/dossiers"), 200);
	assert_true(page_has(&w.t, "53 hồ sơ"));
	body = page_body(&w.t);
	for (const char *p = body; (p = strstr(p, "<td><a class=\"code\"")) != NULL; p++)
		n++;
	assert_int_equal(n, 50);
	next = strstr(body, "rel=\"next\" href=\"");
	assert_non_null(next);
	next += strlen("rel=\"next\" href=\"");
	assert_ok(arena_strndup(&w.t.kept, &next, next, strcspn(next, "\"")));
	{
		char *plain = strdup(next), *to = plain;

		for (const char *p = next; *p != '\0'; p += strncmp(p, "&amp;", 5) == 0 ? 5 : 1)
			*to++ = *p;
		*to = '\0';
		assert_int_equal(page_get(&w.t, plain), 200);
		free(plain);
	}
	assert_true(page_has(&w.t, "H99.50.05-260302-0003"));
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	assert_false(page_has(&w.t, "H99.50.05-260302-0004"));
	assert_true(page_has(&w.t, "53 hồ sơ"));
	page_stop(&w.t);
}

static void the_desk_counts_what_is_due(void **state)
{
	struct world w;

	(void)state;
	open_office(&w);
	receive(&w);
	receive(&w);
	receive(&w);
	/* Now is 08:00 on 02/03/2026: one overdue, one due today, one tomorrow. */
	test_db_exec(w.t.db.db, "update dossier set due_at = 1772409600000000 - 25200000000"
	                        " where code like '%0001';" /* 00:00 */
	                        "update dossier set due_at = 1772409600000000 + 32400000000"
	                        " where code like '%0002';" /* 16:00 */
	                        "update dossier set due_at = 1772409600000000 + 90000000000"
	                        " where code like '%0003';"); /* 08:00 of 03/03 */
	assert_int_equal(page_get(&w.t, "/desk"), 200);
	assert_true(page_has(&w.t, "Quá hạn"));
	assert_true(page_has(&w.t, "H99.50.05-260302-0001"));
	for (int i = 0; i < 3; i++) {
		static const char *const views[] = { "overdue", "today", "tomorrow" };
		static const char *const codes[] = { "0001", "0002", "0003" };
		const char *target, *code, *other;

		assert_ok(arena_printf(&w.t.kept, &target, "/dossiers?view=%s", views[i]));
		assert_ok(arena_printf(&w.t.kept, &code, "260302-%s", codes[i]));
		assert_ok(arena_printf(&w.t.kept, &other, "260302-%s", codes[(i + 1) % 3]));
		assert_int_equal(page_get(&w.t, target), 200);
		assert_true(page_has(&w.t, code));
		assert_false(page_has(&w.t, other));
		assert_true(page_has(&w.t, "1 hồ sơ"));
	}
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intake_offers_procedures_and_finds_them),
		cmocka_unit_test(choosing_a_procedure_shows_its_parts_and_due),
		cmocka_unit_test(a_received_dossier_explains_its_due),
		cmocka_unit_test(errors_keep_what_was_typed),
		cmocka_unit_test(after_an_expired_session_the_form_is_still_filled),
		cmocka_unit_test(a_repeated_request_gives_one_dossier),
		cmocka_unit_test(a_person_is_found_by_number),
		cmocka_unit_test(ticked_parts_are_kept),
		cmocka_unit_test(not_accepting_needs_a_reason),
		cmocka_unit_test(a_unit_without_codes_asks_for_one),
		cmocka_unit_test(quick_receives_and_returns_and_repeats),
		cmocka_unit_test(supplement_and_resume),
		cmocka_unit_test(the_second_saver_loses_nothing),
		cmocka_unit_test(actions_belong_to_roles),
		cmocka_unit_test(other_units_find_nothing),
		cmocka_unit_test(numbers_are_masked_for_who_does_not_need_them),
		cmocka_unit_test(a_correction_keeps_numbers_it_does_not_show),
		cmocka_unit_test(lists_filter_search_and_jump),
		cmocka_unit_test(pages_follow_each_other),
		cmocka_unit_test(the_desk_counts_what_is_due),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
