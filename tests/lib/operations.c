#include "lib/operations.h"
#include "lib/test_office.h"

#include <sodium.h>

#include "base/str.h"

static const uint64_t everything = MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) |
                                   MAY(DOSSIER_PROCESS) | MAY(DOSSIER_DECIDE) |
                                   MAY(DOSSIER_IMPORT) | MAY(PERSON_UNMASK) | MAY(FORM_READ) |
                                   MAY(FORM_ENTER) | MAY(FORM_MANAGE);

static void act_as(struct operations_world *w, int account, int unit, uint64_t permissions)
{
	w->t.actor = (struct actor){ .account_id = id_of(account),
		                     .session_id = id_of(1),
		                     .unit_id = id_of(unit),
		                     .name = "Lê Thị Nhận",
		                     .unit_name = "Xã A",
		                     .permissions = permissions };
}

void operations_start(struct operations_world *w, const struct operation *op)
{
	page_start(&w->t);
	test_office(w->t.db.db);
	act_as(w, OFFICE_INTAKE_A, OFFICE_A, everything);
	if (op->prepare)
		op->prepare(w);
	w->t.page_id = "the-form-of-the-test-1";
}

void operations_stop(struct operations_world *w)
{
	page_stop(&w->t);
}

/* ---- dossiers ---- */

#define APPLICANT_FIELDS                                                                       \
	"procedure", "31", "name", "Nguyễn Văn Đạt", "identity_number", "079 123 456 789",     \
	        "phone", "0912 345 678", "address", "Thôn 1", "channel", "counter",            \
	        "delivery", "counter", "kind", "person", "quantity", "1"

static int take_in(struct operations_world *w)
{
	return page_post(&w->t, "/dossiers/new", APPLICANT_FIELDS, "step", "receive", "parts",
	                 "1", "part", "2");
}

static void received(struct operations_world *w)
{
	const char *to;

	assert_int_equal(take_in(w), 303);
	to = page_header(&w->t, "Location");
	assert_non_null(strstr(to, "/received"));
	assert_ok(arena_strndup(&w->t.kept, &w->dossier, to,
	                        (size_t)(strstr(to, "/received") - to)));
}

static const char *below(struct operations_world *w, const char *tail)
{
	const char *out;

	assert_ok(arena_printf(&w->t.kept, &out, "%s%s", w->dossier, tail));
	return out;
}

#define DO(w, action, ...) page_post(&(w)->t, below((w), "/do/" action), __VA_ARGS__)

static int quick(struct operations_world *w)
{
	return page_post(&w->t, "/dossiers/quick", "procedure", "32", "name", "Trần Thị Hoa",
	                 "quantity", "15", "step", "receive");
}

static int hand_over(struct operations_world *w)
{
	return DO(w, "hand-over", "revision", "1", "to", "12", "next_step", "1", "reason",
	          "Đề nghị thụ lý");
}

static int ask_supplement(struct operations_world *w)
{
	return DO(w, "ask-supplement", "revision", "1", "reason", "Thiếu giấy khai sinh");
}

static void waiting(struct operations_world *w)
{
	received(w);
	assert_int_equal(ask_supplement(w), 303);
}

static int resume(struct operations_world *w)
{
	return DO(w, "supplement-received", "revision", "2", "part", "3");
}

static int extend(struct operations_world *w)
{
	return DO(w, "extend", "revision", "1", "reason", "Chờ ý kiến", "due",
	          "17:00 20/03/2026");
}

static int refuse(struct operations_world *w)
{
	return DO(w, "refuse", "revision", "1", "reason", "Không đủ điều kiện");
}

static int stop(struct operations_world *w)
{
	return DO(w, "stop", "revision", "1", "reason", "Theo đề nghị của cơ quan điều tra");
}

static int finish(struct operations_world *w)
{
	return DO(w, "finish", "revision", "1");
}

static void finished(struct operations_world *w)
{
	received(w);
	assert_int_equal(finish(w), 303);
}

static int give_back(struct operations_world *w)
{
	return DO(w, "return", "revision", "2");
}

static int correct(struct operations_world *w)
{
	return page_post(&w->t, below(w, "/edit"), "revision", "1", "name", "Nguyễn Văn Đại",
	                 "channel", "online", "quantity", "2");
}

static int upload(struct operations_world *w, const char *path, const char *text,
                  const char *const *fields)
{
	const struct upload file = { .field = "file",
		                     .file_name = "danh-sach.csv",
		                     .bytes = (const unsigned char *)text,
		                     .n = strlen(text) };

	return page_upload(&w->t, path, &file, fields);
}

static int import_dossiers(struct operations_world *w)
{
	static const char *const fields[] = { "step", "store", "new_source", "Cổng tỉnh",
		                              NULL };

	return upload(w, "/dossiers/import",
	              "Số hồ sơ,Mã TTHC,Chủ hồ sơ,Số CCCD,Ngày tiếp nhận,Ngày hẹn trả,"
	              "Ngày có kết quả,Trạng thái,Hình thức nộp\n"
	              "H99.50.05-260202-0001,1.001193,Nguyễn Văn Đạt,079123456789,"
	              "02/02/2026 08:15,09/02/2026 17:00,,Đang xử lý,Trực tuyến\n"
	              "H99.50.05-260202-0002,2.000815,Trần Thị Bé,,02/02/2026 09:00,,"
	              "02/02/2026 09:30,Đã trả kết quả,Trực tiếp\n",
	              fields);
}

static int list(struct operations_world *w)
{
	return page_get(&w->t, "/dossiers?view=all&q=dat&channel=counter");
}

static int show(struct operations_world *w)
{
	return page_get(&w->t, w->dossier);
}

static int slip(struct operations_world *w)
{
	return page_get(&w->t, below(w, "/slips/receipt"));
}

static int book(struct operations_world *w)
{
	return page_get(&w->t, "/follow-up-book?from=2026-03-01&to=2026-03-31&print=1");
}

/* ---- procedures, calendar ---- */

static void as_catalogue(struct operations_world *w)
{
	act_as(w, OFFICE_INTAKE_A, OFFICE_PROVINCE,
	       MAY(PROCEDURE_MANAGE) | MAY(CALENDAR_MANAGE));
}

static void received_before_decree(struct operations_world *w)
{
	received(w);
	as_catalogue(w);
}

/* The dossier is due a day later; what a failure leaves uncounted is done by the server. */
static int add_day_off(struct operations_world *w)
{
	int status = page_post(&w->t, "/calendar/changes", "on", "2026-03-04", "kind", "off",
	                       "name", "Quốc tang", "source", "Thông báo số 1");

	assert_ok(app_housekeeping(&w->t.app));
	return status;
}

static int create_procedure(struct operations_world *w)
{
	return page_post(&w->t, "/procedures", "code", "0.000009", "name", "Cấp giấy thử",
	                 "field", "Thử nghiệm", "levels", "commune", "levels", "province",
	                 "service_level", "partial", "statutory_term", "2 ngày làm việc", "fee",
	                 "75.000", "decision", "20/QĐ-UBND", "decision_on", "2026-01-05",
	                 "valid_from", "2026-02-01", "part_name_0", "Đơn", "part_form_0",
	                 "copy", "part_copies_0", "2", "step_name_0", "Ký", "step_role_0",
	                 "LEADER", "step_budget_0", "4 giờ làm việc");
}

static int amend_procedure(struct operations_world *w)
{
	return page_post(&w->t, "/procedures/31/amend", "name",
	                 "Thủ tục đăng ký thay đổi hộ tịch", "field", "Tư pháp", "levels",
	                 "commune", "service_level", "full", "linked", "none", "statutory_term",
	                 "6 ngày làm việc", "decision_kind", "amended", "decision",
	                 "30/QĐ-UBND", "decision_on", "2026-02-01", "valid_from", "2026-04-01",
	                 "part_name_0", "Tờ khai", "part_required_0", "1");
}

static int import_procedures(struct operations_world *w)
{
	return page_post(&w->t, "/procedures/import", "step", "store", "table",
	                 "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Thời hạn giải quyết;"
	                 "Mức độ dịch vụ công\n"
	                 "1.001194;Đăng ký khai sinh;Tư pháp;Trong ngày;Toàn trình\n"
	                 "1.000894;Đăng ký kết hôn;Tư pháp;5 ngày làm việc;Một phần\n",
	                 "decision", "15/QĐ-UBND", "decision_on", "2025-07-01", "valid_from",
	                 "2025-07-01", "level", "commune");
}

/* ---- units, accounts ---- */

static void as_administrator(struct operations_world *w)
{
	act_as(w, OFFICE_INTAKE_A, OFFICE_PROVINCE, MAY(UNIT_MANAGE) | MAY(ACCOUNT_MANAGE));
}

static int create_unit(struct operations_world *w)
{
	return page_post(&w->t, "/units", "name", "Văn phòng", "code", "H99.50.05.07", "level",
	                 "office", "parent_id", "2", "from_on", "2025-07-01");
}

static int merge_units(struct operations_world *w)
{
	return page_post(&w->t, "/units/2/merge", "unit", "3", "on", "2025-07-01", "source",
	                 "NQ 9", "orphans", "refuse");
}

static int create_account(struct operations_world *w)
{
	return page_post(&w->t, "/accounts", "name", "Người Mẫu", "login", "mau.c", "unit_id",
	                 "2", "password", "một câu dễ nhớ", "password_again", "một câu dễ nhớ");
}

static int grant(struct operations_world *w)
{
	return page_post(&w->t, "/accounts/12/grant", "role", "COMPILER", "unit_id", "2",
	                 "from_on", "2026-03-01");
}

static const char password[] = "mật khẩu đủ dài";

/* With a digest that costs little, since it is computed for every n. */
static void with_password(struct operations_world *w)
{
	char hash[crypto_pwhash_STRBYTES];
	const char *sql;

	assert_int_equal(crypto_pwhash_str(hash, password, strlen(password),
	                                   crypto_pwhash_OPSLIMIT_MIN,
	                                   crypto_pwhash_MEMLIMIT_MIN),
	                 0);
	assert_ok(arena_printf(&w->t.kept, &sql,
	                       "update account set password_hash = '%s' where id = 11", hash));
	test_db_exec(w->t.db.db, sql);
	page_as_nobody(&w->t);
}

static int log_in(struct operations_world *w)
{
	return page_post(&w->t, "/login", "name", "intake-a", "password", password);
}

/* ---- forms ---- */

static int enter_cells(struct operations_world *w)
{
	return page_post(&w->t, "/forms/bnv-2022/1/enter?period=2026-Q1", "v-1", "5", "n-1", "",
	                 "w-1", "|", "v-2.1", "19", "n-2.1", "kế hoạch", "w-2.1", "|");
}

static int choose_setting(struct operations_world *w)
{
	return page_post(&w->t, "/forms/bnv-2022/settings", "resolved", "received");
}

static int read_file_of_unit(struct operations_world *w)
{
	static const char text[] =
	        "STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú\n"
	        "1\tSố TTHC công bố mới\tThủ tục\t3\t\n"
	        "2\tSố TTHC bãi bỏ, thay thế\tThủ tục\t1\t\n"
	        "3\tSố TTHC liên thông cùng cấp\tThủ tục\t02\t\n"
	        "4\tSố TTHC liên thông giữa các cấp chính quyền\tThủ tục\t8\t\n";
	const struct upload upload = { .field = "file",
		                       .file_name = "bieu.txt",
		                       .bytes = (const unsigned char *)text,
		                       .n = sizeof(text) - 1 };

	return page_upload(&w->t, "/forms/xa-2024/file?period=2026-Q1", &upload,
	                   (const char *const[]){ "step", "read", NULL });
}

static int take_file(struct operations_world *w)
{
	return page_post(&w->t, "/forms/bnv-2022/file?period=2026-Q1", "step", "store", "name",
	                 "bieu.xlsx", "v-3-1.1", "5", "n-3-1.1", "theo tệp", "p-3-1.1",
	                 "dòng 4", "v-3-3.3.1", "96", "n-3-3.3.1", "", "report",
	                 "# Dòng\nmột dòng\n");
}

static int sheet(struct operations_world *w)
{
	return page_get(&w->t, "/forms/bnv-2022/3?period=2026-Q1");
}

static int sheet_file(struct operations_world *w)
{
	return page_get(&w->t, "/forms/bnv-2022/3/xlsx?period=2026-Q1");
}

/* ---- periodic reports ---- */

static const uint64_t reporting = MAY(FORM_READ) | MAY_ACT_ON_REPORTS;

static int open_reports(struct operations_world *w)
{
	return page_post(&w->t, "/reports/open", "open", "bnv-581/2026-Q1");
}

static void as_reporter(struct operations_world *w)
{
	act_as(w, OFFICE_COMPILER_A, OFFICE_A, reporting);
}

static void opened(struct operations_world *w)
{
	as_reporter(w);
	assert_int_equal(open_reports(w), 303);
	assert_ok(arena_printf(
	        &w->t.kept, &w->report, "/reports/%lld",
	        (long long)test_db_int(w->t.db.db, "select id from report where unit_id = 2")));
}

static int report_step(struct operations_world *w, const char *action, const char *revision)
{
	const char *path;

	assert_ok(arena_printf(&w->t.kept, &path, "%s/do/%s", w->report, action));
	return page_post(&w->t, path, "revision", revision, "reason", "Theo sổ", "number", "15",
	                 "notation", "BC-UBND", "dated_on", "2026-03-02");
}

static int to_check(struct operations_world *w)
{
	return report_step(w, "to-check", "1");
}

static void checking(struct operations_world *w)
{
	opened(w);
	assert_int_equal(to_check(w), 303);
}

static int submit(struct operations_world *w)
{
	return report_step(w, "submit", "2");
}

static void submitted(struct operations_world *w)
{
	checking(w);
	assert_int_equal(submit(w), 303);
	act_as(w, OFFICE_LEADER_A, OFFICE_A, reporting);
}

static int sign(struct operations_world *w)
{
	return report_step(w, "sign", "3");
}

static void signed_report(struct operations_world *w)
{
	submitted(w);
	assert_int_equal(sign(w), 303);
}

static int number(struct operations_world *w)
{
	return report_step(w, "number", "4");
}

static void numbered(struct operations_world *w)
{
	signed_report(w);
	assert_int_equal(number(w), 303);
}

static int send_report(struct operations_world *w)
{
	return report_step(w, "send", "5");
}

static void sent(struct operations_world *w)
{
	numbered(w);
	assert_int_equal(send_report(w), 303);
	act_as(w, OFFICE_INTAKE_B, OFFICE_PROVINCE, reporting);
}

static int return_report(struct operations_world *w)
{
	return report_step(w, "return", "6");
}

static void returned(struct operations_world *w)
{
	sent(w);
	assert_int_equal(return_report(w), 303);
	as_reporter(w);
}

static int amend_report(struct operations_world *w)
{
	return report_step(w, "amend", "7");
}

static int comment(struct operations_world *w)
{
	const char *path;

	assert_ok(arena_printf(&w->t.kept, &path, "%s/comments", w->report));
	return page_post(&w->t, path, "text", "Số này chưa khớp sổ", "form", "4", "indicator",
	                 "procedure.announced");
}

static void commented(struct operations_world *w)
{
	const char *path;

	opened(w);
	assert_ok(arena_printf(&w->t.kept, &path, "%s/comments", w->report));
	assert_int_equal(page_post(&w->t, path, "text", "Thiếu phần đánh giá"), 303);
}

static int settle(struct operations_world *w)
{
	const char *path, *id;
	int64_t n = test_db_int(w->t.db.db, "select min(id) from report_comment");

	assert_ok(arena_printf(&w->t.kept, &path, "%s/settle", w->report));
	assert_ok(arena_printf(&w->t.kept, &id, "%lld", (long long)n));
	return page_post(&w->t, path, "comment", id);
}

static void amending(struct operations_world *w)
{
	returned(w);
	assert_int_equal(amend_report(w), 303);
	assert_ok(arena_printf(&w->t.kept, &w->report, "/reports/%lld",
	                       (long long)test_db_int(w->t.db.db,
	                                              "select id from report where unit_id = 2"
	                                              " and current = 1")));
}

static int say_amendment(struct operations_world *w)
{
	const char *path;

	assert_ok(arena_printf(&w->t.kept, &path, "%s/amendments", w->report));
	return page_post(&w->t, path, "form", "2", "indicator", "steering.documents", "reason",
	                 "Bổ sung 5 văn bản");
}

static int save_text(struct operations_world *w)
{
	const char *path;

	assert_ok(arena_printf(&w->t.kept, &path, "%s/text", w->report));
	return page_post(&w->t, path, "step", "save", "revision", "0", "section",
	                 "# I\nĐã nhận {{dossier.received}} hồ sơ\n", "section",
	                 "# II\nNhiệm vụ quý tới\n");
}

static int save_outline(struct operations_world *w)
{
	return page_post(&w->t, "/narratives/xa-2024", "source", "# I\nĐề cương của xã\n");
}

static int add_regime(struct operations_world *w)
{
	return page_post(&w->t, "/reports/regimes/new", "code", "bnv-581", "title", "Báo cáo",
	                 "document", "Công văn 9", "issuer", "UBND tỉnh", "valid_from",
	                 "01/04/2026", "p0-code", "Q3", "p0-name", "quý III năm {1}", "p0-from",
	                 "15/06", "p0-to", "14/09", "p0-send", "18/09", "p0-opens", "10",
	                 "l-commune", "xa-2024");
}

static int report_page(struct operations_world *w)
{
	return page_get(&w->t, w->report);
}

static int board(struct operations_world *w)
{
	return page_get(&w->t, "/reports");
}

/* An attempt is counted before the password is looked at, so that nobody tries for nothing. */
const struct operation operations[] = {
	{ "login", 303, with_password, log_in, "login_failure", "delete from login_failure",
	  true },
	{ "intake", 303, NULL, take_in, NULL, NULL, false },
	{ "quick intake", 303, NULL, quick, NULL, NULL, false },
	{ "hand over", 303, received, hand_over, NULL, NULL, false },
	{ "ask for a supplement", 303, received, ask_supplement, NULL, NULL, false },
	{ "resume", 303, waiting, resume, NULL, NULL, false },
	{ "extend", 303, received, extend, NULL, NULL, false },
	{ "refuse", 303, received, refuse, NULL, NULL, false },
	{ "stop", 303, received, stop, NULL, NULL, false },
	{ "finish", 303, received, finish, NULL, NULL, false },
	{ "return", 303, finished, give_back, NULL, NULL, false },
	{ "correct", 303, received, correct, NULL, NULL, false },
	{ "import dossiers", 303, NULL, import_dossiers, NULL, NULL, false },
	{ "add a day off", 303, received_before_decree, add_day_off, NULL, NULL, false },
	{ "create a procedure", 303, as_catalogue, create_procedure, NULL, NULL, false },
	{ "amend a procedure", 303, as_catalogue, amend_procedure, NULL, NULL, false },
	{ "import procedures", 303, as_catalogue, import_procedures, NULL, NULL, false },
	{ "create a unit", 303, as_administrator, create_unit, NULL, NULL, false },
	{ "merge units", 303, as_administrator, merge_units, NULL, NULL, false },
	{ "create an account", 303, as_administrator, create_account, NULL, NULL, false },
	{ "grant a role", 303, as_administrator, grant, NULL, NULL, false },
	{ "enter cells", 303, NULL, enter_cells, NULL, NULL, false },
	{ "read a unit's file", 200, NULL, read_file_of_unit, NULL, NULL, false },
	{ "take in a file", 303, NULL, take_file, NULL, NULL, false },
	{ "choose a setting", 303, NULL, choose_setting, NULL, NULL, false },
	{ "open reports", 303, as_reporter, open_reports, NULL, NULL, false },
	{ "report to check", 303, opened, to_check, NULL, NULL, false },
	{ "submit a report", 303, checking, submit, NULL, NULL, false },
	{ "sign a report", 303, submitted, sign, NULL, NULL, false },
	{ "number a report", 303, signed_report, number, NULL, NULL, false },
	{ "send a report", 303, numbered, send_report, NULL, NULL, false },
	{ "return a report", 303, sent, return_report, NULL, NULL, false },
	{ "replace a report", 303, returned, amend_report, NULL, NULL, false },
	{ "say why a figure changed", 303, amending, say_amendment, NULL, NULL, false },
	{ "comment on a cell", 303, opened, comment, NULL, NULL, false },
	{ "settle a comment", 303, commented, settle, NULL, NULL, false },
	{ "save the text of a report", 303, opened, save_text, NULL, NULL, false },
	{ "save an outline", 303, NULL, save_outline, NULL, NULL, false },
	{ "add a regime", 303, NULL, add_regime, NULL, NULL, false },
	{ "report", 200, opened, report_page, NULL, NULL, false },
	{ "board", 200, opened, board, NULL, NULL, false },
	{ "list", 200, received, list, NULL, NULL, false },
	{ "dossier", 200, received, show, NULL, NULL, true },
	{ "form sheet", 200, received, sheet, NULL, NULL, false },
	{ "form file", 200, received, sheet_file, NULL, NULL, false },
	{ "slip", 200, received, slip, NULL, NULL, true },
	{ "follow-up book", 200, received, book, NULL, NULL, true },
	{ NULL, 0, NULL, NULL, NULL, NULL, false },
};
