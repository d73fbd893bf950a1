/* Slips through the router: what happened to a dossier decides which it has. */
#include "lib/page.h"
#include "lib/test_office.h"

#include "app/dossier/dossier_act_store.h"
#include "app/dossier/dossier_clock_store.h"
#include "app/dossier/dossier_intake_store.h"
#include "app/dossier/dossier_store.h"

struct desk {
	struct page_test t;
	row_id dossier;
};

static struct url no_link(row_id id)
{
	return url_add_id(url_path("/dossiers"), id);
}

static struct change change_of(struct desk *desk, int account)
{
	return (struct change){ .account_id = id_of(account),
		                .unit_id = id_of(OFFICE_A),
		                .at = clock_now(&desk->t.app.clock),
		                .origin = "test",
		                .action = "test",
		                .link = no_link };
}

static void receive(struct desk *desk)
{
	struct dossier_intake intake = {
		.action = ACTION_RECEIVE,
		.receiving_unit_id = id_of(OFFICE_A),
		.applicant = { .kind = APPLICANT_PERSON,
		               .name = "Nguyễn Văn Đạt",
		               .identity_number = "079123456789",
		               .phone = "0912345678",
		               .address = "Thôn 1, xã A" },
		.quantity = 1,
		.channel = CHANNEL_COUNTER,
		.delivery = DELIVERY_POST,
		.fee = MONEY_NONE,
		.received_at = INSTANT_NONE,
		.book = "01/2026",
	};
	struct change change = change_of(desk, OFFICE_INTAKE_A);
	struct problems problems;
	struct dossier_kit kit;

	problems_init(&problems, &desk->t.kept);
	assert_ok(dossier_kit_load(&kit, desk->t.db.db, &desk->t.kept, NULL,
	                           &(struct dossier_kit_wish){ id_of(OFFICE_A),
	                                                       id_of(OFFICE_FIVE_DAYS),
	                                                       date_make(2026, 3, 2) }));
	assert_ok(dossier_receive(desk->t.app.writer, &change, &kit, &intake, &problems));
	desk->dossier = change.result;
}

static void start(struct desk *desk)
{
	page_start(&desk->t);
	test_office(desk->t.db.db);
	receive(desk);
	page_as(&desk->t, id_of(OFFICE_A), "INTAKE");
}

static void act(struct desk *desk, int account, struct dossier_doing doing)
{
	struct change change = change_of(desk, account);
	struct dossier_clock clock;
	struct problems problems;
	struct dossier dossier;

	problems_init(&problems, &desk->t.kept);
	assert_ok(dossier_clock_load(&clock, desk->t.db.db, &desk->t.kept, NULL,
	                             id_of(OFFICE_A), date_make(2026, 3, 2)));
	assert_ok(dossier_find(&dossier, desk->t.db.db, &desk->t.kept, desk->dossier, ROW_NONE,
	                       date_make(2026, 3, 2)));
	doing.dossier_id = desk->dossier;
	doing.revision = dossier.revision;
	doing.at = INSTANT_NONE;
	assert_ok(dossier_do(desk->t.app.writer, &change, &clock, &doing, &problems));
}

static int get_slip(struct desk *desk, const char *kind)
{
	const char *target;

	assert_ok(arena_printf(&desk->t.kept, &target, "/dossiers/%lld/slips/%s",
	                       (long long)desk->dossier.value, kind));
	return page_get(&desk->t, target);
}

/* The words of the PDF that was answered. */
static const char *answer_text(struct desk *desk)
{
	char path[96], command[160];
	char *text = arena_alloc(&desk->t.kept, 65536);
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/answer.pdf", desk->t.db.folder);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_non_null(text);
	assert_int_equal(fwrite(desk->t.resp.body.data, 1, desk->t.resp.body.len, f),
	                 desk->t.resp.body.len);
	fclose(f);
	snprintf(command, sizeof(command), "pdftotext -layout %s -", path);
	f = popen(command, "r");
	assert_non_null(f);
	n = fread(text, 1, 65535, f);
	text[n] = '\0';
	assert_int_equal(pclose(f), 0);
	remove(path);
	return text;
}

static void assert_says(struct desk *desk, const char *kind, const char *const *words)
{
	const char *text;

	assert_int_equal(get_slip(desk, kind), 200);
	assert_string_equal(desk->t.resp.content_type, "application/pdf");
	text = answer_text(desk);
	for (; *words; words++) {
		if (!strstr(text, *words))
			print_error("missing: %s\nin: %s\n", *words, text);
		assert_non_null(strstr(text, *words));
	}
}

static void receipt_says_what_was_taken_in(void **state)
{
	struct desk desk;

	(void)state;
	start(&desk);
	assert_says(&desk, "receipt",
	            (const char *const[]){ "UBND XÃ A", "TRUNG TÂM PHỤC VỤ", "Số: 0001/TNHS",
	                                   "H99.50.05-260302-0001", "Nguyễn Văn Đạt",
	                                   "079123456789", "Thủ tục đăng ký thay đổi hộ tịch",
	                                   "Tờ khai theo mẫu", "Qua bưu chính", "8.000 đồng",
	                                   "08 giờ 00 phút, ngày 02 tháng 3 năm 2026",
	                                   "08 giờ 00 phút, ngày 09 tháng 3 năm 2026", NULL });
	page_stop(&desk.t);
}

static void a_slip_needs_its_event(void **state)
{
	struct desk desk;

	(void)state;
	start(&desk);
	assert_int_equal(get_slip(&desk, "supplement"), 404);
	assert_int_equal(get_slip(&desk, "refusal"), 404);
	assert_int_equal(get_slip(&desk, "apology"), 404);
	assert_int_equal(get_slip(&desk, "stop"), 404);
	assert_int_equal(get_slip(&desk, "follow-up"), 404);
	assert_int_equal(get_slip(&desk, "nothing"), 404);
	act(&desk, OFFICE_SPECIALIST_A,
	    (struct dossier_doing){ .action = ACTION_ASK_SUPPLEMENT,
	                            .reason = "Giấy khai sinh bị mờ" });
	assert_says(&desk, "supplement",
	            (const char *const[]){ "PHIẾU YÊU CẦU BỔ SUNG", "Giấy khai sinh bị mờ",
	                                   "Giấy tờ khác", "Trần Văn Thụ", NULL });
	act(&desk, OFFICE_LEADER_A,
	    (struct dossier_doing){ .action = ACTION_STOP, .reason = "Trùng hồ sơ" });
	assert_says(&desk, "stop",
	            (const char *const[]){ "THÔNG BÁO DỪNG", "Trùng hồ sơ", "PHÓ CHỦ TỊCH",
	                                   "Phạm Thị Lãnh", NULL });
	page_stop(&desk.t);
}

static void apology_names_both_dues(void **state)
{
	struct desk desk;

	(void)state;
	start(&desk);
	act(&desk, OFFICE_LEADER_A,
	    (struct dossier_doing){ .action = ACTION_EXTEND,
	                            .reason = "Chờ xác minh",
	                            .due = instant_local(date_make(2026, 3, 16), 9 * 60) });
	assert_says(&desk, "apology",
	            (const char *const[]){ "Chờ xác minh", "08 giờ 00 phút, ngày 09 tháng 3",
	                                   "09 giờ 00 phút", "UBND xã A xin lỗi", NULL });
	page_stop(&desk.t);
}

static void control_slip_follows_the_steps(void **state)
{
	struct desk desk;

	(void)state;
	start(&desk);
	act(&desk, OFFICE_INTAKE_A,
	    (struct dossier_doing){ .action = ACTION_HAND_OVER,
	                            .to_account_id = id_of(OFFICE_SPECIALIST_A),
	                            .next_step = true });
	assert_says(&desk, "control",
	            (const char *const[]){ "PHIẾU KIỂM SOÁT", "Thụ lý", "Lê Thị Nhận",
	                                   "Trần Văn Thụ", NULL });
	page_stop(&desk.t);
}

/* What was not taken in has a refusal and no receipt. */
static void refusal_instead_of_receipt(void **state)
{
	struct desk desk;

	(void)state;
	start(&desk);
	act(&desk, OFFICE_INTAKE_A,
	    (struct dossier_doing){ .action = ACTION_NOT_ACCEPT, .reason = "Sai thẩm quyền" });
	assert_says(&desk, "refusal",
	            (const char *const[]){ "PHIẾU TỪ CHỐI", "Sai thẩm quyền", NULL });
	test_db_exec(desk.t.db.db, "delete from dossier_event where kind = 'receive'");
	assert_int_equal(get_slip(&desk, "receipt"), 404);
	page_stop(&desk.t);
}

static void others_see_less(void **state)
{
	struct desk desk;
	const char *text;

	(void)state;
	start(&desk);
	page_as(&desk.t, id_of(OFFICE_B), "INTAKE");
	assert_int_equal(get_slip(&desk, "receipt"), 404);
	page_as(&desk.t, id_of(OFFICE_A), "AUDITOR");
	assert_int_equal(get_slip(&desk, "receipt"), 200);
	text = answer_text(&desk);
	assert_null(strstr(text, "079123456789"));
	assert_non_null(strstr(text, "*********789"));
	page_stop(&desk.t);
}

static void book_of_a_period(void **state)
{
	struct desk desk;
	const char *text;

	(void)state;
	start(&desk);
	assert_int_equal(page_get(&desk.t, "/follow-up-book"), 200);
	assert_true(page_has(&desk.t, "Từ ngày"));
	assert_int_equal(page_get(&desk.t, "/follow-up-book?from=2026-03-01&to=2026-03-31"),
	                 200);
	text = answer_text(&desk);
	assert_non_null(strstr(text, "SỔ THEO DÕI HỒ SƠ"));
	assert_non_null(strstr(text, "260302-0001"));
	assert_non_null(strstr(text, "Tổng số: 01 hồ sơ."));
	assert_int_equal(page_get(&desk.t, "/follow-up-book?from=2026-04-01&to=2026-04-30"),
	                 200);
	assert_non_null(strstr(answer_text(&desk), "Không có hồ sơ nào"));
	assert_int_equal(page_get(&desk.t, "/follow-up-book?from=2026-03-31&to=2026-03-01"),
	                 422);
	assert_true(page_has(&desk.t, "Ngày cuối trước ngày đầu"));
	assert_int_equal(page_get(&desk.t, "/follow-up-book?from=31/2/2026&to=2026-03-01"),
	                 422);
	assert_int_equal(page_get(&desk.t, "/follow-up-book?from=2020-03-01&to=2026-03-01"),
	                 422);
	page_stop(&desk.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(receipt_says_what_was_taken_in),
		cmocka_unit_test(a_slip_needs_its_event),
		cmocka_unit_test(apology_names_both_dues),
		cmocka_unit_test(control_slip_follows_the_steps),
		cmocka_unit_test(refusal_instead_of_receipt),
		cmocka_unit_test(others_see_less),
		cmocka_unit_test(book_of_a_period),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
