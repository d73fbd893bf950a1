/* The journal page and the histories: content, masks, erased values, scope, and that seeing
 * personal data is written down before the page goes out. */
#include "lib/page.h"
#include "lib/test_office.h"

#include "app/journal/journal_erase_store.h"
#include "app/journal/journal_seal_store.h"

struct world {
	struct page_test t;
	const char *path; /* of the dossier: "/dossiers/123" */
	row_id dossier;
};

static const uint64_t intake =
        MAY(DOSSIER_READ) | MAY(DOSSIER_RECEIVE) | MAY(DOSSIER_PROCESS) | MAY(PERSON_UNMASK);
static const uint64_t auditor =
        MAY(DOSSIER_READ) | MAY(FORM_READ) | MAY(AUDIT_READ) | MAY(JOURNAL_READ);
static const uint64_t administrator =
        MAY(UNIT_MANAGE) | MAY(ACCOUNT_MANAGE) | MAY(JOURNAL_READ);

static void act_as(struct world *w, int account, int unit, uint64_t permissions)
{
	w->t.actor = (struct actor){ .account_id = id_of(account),
		                     .session_id = id_of(1),
		                     .unit_id = id_of(unit),
		                     .name = "Lê Thị Nhận",
		                     .unit_name = "Xã A",
		                     .permissions = permissions };
}

/* An office where one dossier was taken in. */
static void open_world(struct world *w)
{
	page_start(&w->t);
	test_office(w->t.db.db);
	act_as(w, OFFICE_INTAKE_A, OFFICE_A, intake);
	assert_int_equal(page_post(&w->t, "/dossiers/new", "procedure", "31", "name",
	                           "Nguyễn Văn Đạt", "identity_number", "079 123 456 789",
	                           "phone", "0912 345 678", "channel", "counter", "delivery",
	                           "counter", "kind", "person", "quantity", "1", "step",
	                           "receive"),
	                 303);
	w->dossier = (row_id){ test_db_int(w->t.db.db, "select max(id) from dossier") };
	assert_ok(arena_printf(&w->t.kept, &w->path, "/dossiers/%lld",
	                       (long long)w->dossier.value));
}

static const char *at(struct world *w, const char *tail)
{
	const char *out;

	assert_ok(arena_printf(&w->t.kept, &out, "%s%s", w->path, tail));
	return out;
}

static int64_t changes(struct world *w)
{
	return test_db_int(w->t.db.db, "select count(*) from change_log");
}

static void the_journal_of_a_day_shows_its_changes(void **state)
{
	struct world w = { .path = NULL };

	(void)state;
	open_world(&w);
	act_as(&w, OFFICE_LEADER_A, OFFICE_PROVINCE, auditor);
	assert_int_equal(page_get(&w.t, "/journal"), 200);
	assert_true(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_true(page_has(&w.t, at(&w, "/history")));
	assert_false(page_has(&w.t, "079123456789"));
	assert_false(page_has(&w.t, "0912345678"));
	assert_int_equal(page_get(&w.t, "/journal?action=dossier"), 200);
	assert_true(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_int_equal(page_get(&w.t, "/journal?action=login"), 200);
	assert_true(page_has(&w.t, "Không có thay đổi nào phù hợp"));
	assert_int_equal(page_get(&w.t, "/journal?account=khong.co"), 200);
	assert_true(page_has(&w.t, "Không có thay đổi nào phù hợp"));
	assert_int_equal(page_get(&w.t, "/journal?on=01/01/2025"), 200);
	assert_true(page_has(&w.t, "Không có thay đổi nào phù hợp"));
	page_stop(&w.t);
}

static void the_journal_keeps_to_scope_and_role(void **state)
{
	struct world w = { .path = NULL };

	(void)state;
	open_world(&w);
	act_as(&w, OFFICE_INTAKE_B, OFFICE_B, auditor);
	assert_int_equal(page_get(&w.t, "/journal"), 200);
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_int_equal(page_get(&w.t, at(&w, "/history")), 404);
	/* An administrator sees that something was done, not the dossier. */
	act_as(&w, OFFICE_LEADER_A, OFFICE_A, administrator);
	assert_int_equal(page_get(&w.t, "/journal"), 200);
	assert_true(page_has(&w.t, "không hiện với vai trò này"));
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_false(page_has(&w.t, at(&w, "/history")));
	act_as(&w, OFFICE_INTAKE_A, OFFICE_A, intake);
	assert_int_equal(page_get(&w.t, "/journal"), 403);
	page_stop(&w.t);
}

static void erased_values_are_on_no_page(void **state)
{
	struct world w = { .path = NULL };
	struct journal_erasing x = { .subject = SUBJECT_DOSSIER };
	struct change change = { .at = INSTANT_NONE,
		                 .unit_id = id_of(OFFICE_A),
		                 .origin = "test",
		                 .action = "journal.erase",
		                 .reason = "theo đơn" };

	(void)state;
	open_world(&w);
	x.record_id = w.dossier;
	assert_ok(journal_erase(w.t.app.writer, &change, &x));
	act_as(&w, OFFICE_LEADER_A, OFFICE_A, auditor);
	assert_int_equal(page_get(&w.t, "/journal"), 200);
	assert_true(page_has(&w.t, "Dữ liệu cá nhân đã xóa"));
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_int_equal(page_get(&w.t, at(&w, "/history")), 200);
	assert_true(page_has(&w.t, "Dữ liệu cá nhân đã xóa"));
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	page_stop(&w.t);
}

static void a_history_masks_numbers_for_whom_they_are_masked(void **state)
{
	struct world w = { .path = NULL };

	(void)state;
	open_world(&w);
	assert_int_equal(page_get(&w.t, at(&w, "/history")), 200);
	assert_true(page_has(&w.t, "079123456789"));
	act_as(&w, OFFICE_LEADER_A, OFFICE_A, auditor);
	assert_int_equal(page_get(&w.t, at(&w, "/history")), 200);
	assert_true(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_false(page_has(&w.t, "079123456789"));
	page_stop(&w.t);
}

static void seeing_and_printing_leave_an_entry(void **state)
{
	struct world w = { .path = NULL };

	(void)state;
	open_world(&w);
	int64_t before = changes(&w);
	assert_int_equal(page_get(&w.t, w.path), 200);
	assert_int_equal(page_get(&w.t, at(&w, "/slips/receipt")), 200);
	assert_int_equal(changes(&w), before + 2);
	assert_int_equal(test_db_int(w.t.db.db,
	                             "select count(*) from journal_entry where kind = 'view'"),
	                 1);
	assert_int_equal(test_db_int(w.t.db.db,
	                             "select count(*) from journal_entry where kind = 'print'"),
	                 1);
	page_stop(&w.t);
}

static void without_a_journal_there_is_no_answer(void **state)
{
	struct world w = { .path = NULL };

	(void)state;
	open_world(&w);
	test_db_exec(w.t.db.db, "drop view change_number"); /* reads it */
	test_db_exec(w.t.db.db, "drop table journal_waiting");
	assert_int_not_equal(page_get(&w.t, w.path), 200);
	assert_false(page_has(&w.t, "Nguyễn Văn Đạt"));
	assert_int_not_equal(page_get(&w.t, at(&w, "/slips/receipt")), 200);
	page_stop(&w.t);
}

static void the_digest_of_a_day_that_is_over_is_printed(void **state)
{
	struct world w = { .path = NULL };
	struct id_source ids = { .installation = 9 };
	struct db_writer *writer;
	const date_t today = date_make(2026, 3, 2);

	(void)state;
	open_world(&w);
	act_as(&w, OFFICE_LEADER_A, OFFICE_A, auditor);
	assert_int_equal(page_get(&w.t, "/journal/digest?on=2026-03-02"), 303);
	assert_ok(journal_seal(NULL, w.t.app.writer));
	/* The next night the day is closed. */
	assert_ok(db_writer_start(&writer, w.t.db.where,
	                          (struct clock){ instant_local(date_add(today, 1), 1) },
	                          &ids));
	assert_ok(journal_seal(NULL, writer));
	db_writer_stop(writer);
	assert_int_equal(page_get(&w.t, "/journal?on=2026-03-02"), 200);
	assert_true(page_has(&w.t, "SHA-256"));
	assert_true(page_has(&w.t, "/journal/digest?on=2026-03-02"));
	assert_int_equal(page_get(&w.t, "/journal/digest?on=2026-03-02"), 200);
	assert_int_equal(strncmp(page_body(&w.t), "%PDF-", 5), 0);
	page_stop(&w.t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_journal_of_a_day_shows_its_changes),
		cmocka_unit_test(the_journal_keeps_to_scope_and_role),
		cmocka_unit_test(erased_values_are_on_no_page),
		cmocka_unit_test(a_history_masks_numbers_for_whom_they_are_masked),
		cmocka_unit_test(seeing_and_printing_leave_an_entry),
		cmocka_unit_test(without_a_journal_there_is_no_answer),
		cmocka_unit_test(the_digest_of_a_day_that_is_over_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
