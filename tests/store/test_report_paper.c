/* A report on paper: what was signed is printed whatever the database has become since; number
 * and day stand in the head and in every appendix from the clerk's act on. */
#include "lib/test.h"

#include "app/report/report_docx.h"
#include "app/report/report_paper_store.h"
#include "app/report/report_pdf.h"
#include "lib/docx_parts.h"
#include "lib/test_report.h"

enum { FILE_MOST = 64 << 20 };

static struct report_paper open_paper(struct report_world *w, struct report r)
{
	const struct report_paper_of of = { .report = r.id, .today = report_today(w) };
	struct report_paper p;

	assert_ok(report_paper_open(&p, w->t.db, &w->a, &of));
	return p;
}

static struct str docx_of(struct report_world *w, const struct report_paper *p)
{
	struct str s;

	str_init(&s, &w->a, FILE_MOST);
	assert_ok(report_docx(&s, &w->a, p));
	return s;
}

static char *document_of(struct report_world *w, struct report r)
{
	struct report_paper p = open_paper(w, r);
	struct str s = docx_of(w, &p);
	char *text = zip_part_text(s.data, s.len, "word/document.xml");

	assert_non_null(text);
	return text;
}

static size_t count(const char *text, const char *words)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
		n++;
	return n;
}

static void enter(struct report_world *w, const char *form, const char *code, int value,
                  const char *note)
{
	struct change change = report_change_at(w, "form.enter");
	const struct form_set *set;
	struct form_entry entry = { .stated = FORM_NOTHING_STATED };
	struct form_entries x = {
		.scope = id_of(OFFICE_A), .unit = id_of(OFFICE_A), .entries = &entry, .n = 1
	};

	assert_ok(form_set_open(&set, w->t.db, &w->a, "xa-2024"));
	entry.row = form_find_row(set, form_find(set, form), code);
	assert_non_null(entry.row);
	entry.stated.value = dec_from_int(value);
	entry.stated.note = note;
	x.set = set;
	assert_true(period_parse(&x.period, "2024-Q1"));
	assert_ok(form_enter(w->writer, &change, &x));
}

/* The cell of the document that holds the words, with the figure behind it. */
static void assert_figure(const char *document, const char *label, const char *figure)
{
	const char *at = strstr(document, label), *end = at ? strstr(at, "</w:tr>") : NULL;
	char wanted[64];

	assert_non_null(at);
	assert_non_null(end);
	snprintf(wanted, sizeof(wanted), ">%s<", figure);
	at = strstr(at, wanted);
	assert_non_null(at);
	assert_true(at < end);
}

static const char label[] = "Số văn bản chỉ đạo CCHC đã ban hành";

static void a_report_is_printed_before_it_is_signed(void **state)
{
	struct report_world *w = *state;
	char *document;

	report_open_period(w, "2024-Q1");
	enter(w, "2", "1", 1234, "Trong đó 05 kế hoạch");
	document = document_of(w, report_current(w, OFFICE_A));
	assert_figure(document, label, "1.234");
	assert_figure(document, label, "Trong đó 05 kế hoạch");
	assert_int_equal(count(document, ">Số:        /BC-UBND<"), 1);
	assert_int_equal(count(document, ">Kính gửi: Tỉnh Demo<"), 1);
	assert_int_equal(
	        count(document,
	              ">Công tác cải cách hành chính định kỳ quý\u00a0I\u00a0năm\u00a02024<"),
	        1);
	assert_int_equal(count(document, ">XÃ A<"), 1);
	assert_int_equal(count(document, "<w:tblHeader/>"), 7);
	assert_int_equal(count(document, ">Không = 0</w:t><w:br/>"), 2);
	/* Nobody has signed. */
	assert_int_equal(count(document, "CHỦ TỊCH"), 0);
	free(document);
}

static void what_was_signed_is_printed_ever_after(void **state)
{
	struct report_world *w = *state;
	struct report_paper p;
	struct str before, after;
	char *document;
	struct report r;

	report_open_period(w, "2024-Q1");
	enter(w, "2", "1", 12, NULL);
	assert_false(open_paper(w, report_current(w, OFFICE_A)).as_signed);
	r = report_lead_to(w, REPORT_NUMBERED);
	p = open_paper(w, r);
	assert_true(p.as_signed);
	before = docx_of(w, &p);
	/* Somebody renames the office, another definition comes, a figure moves: behind the
	 * back of every lock. */
	test_db_exec(w->t.db, "update form_cell set value = 99000000;"
	                      "update unit set name = 'Phường Mới', letterhead = 'PHƯỜNG MỚI'"
	                      " where id = 2");
	p = open_paper(w, r);
	after = docx_of(w, &p);
	document = zip_part_text(after.data, after.len, "word/document.xml");
	assert_figure(document, label, "12");
	assert_int_equal(count(document, ">XÃ A<"), 1);
	assert_int_equal(count(document, "MỚI"), 0);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	free(document);
}

static void number_and_day_come_in_one_act(void **state)
{
	struct report_world *w = *state;
	char *document;

	report_open_period(w, "2024-Q1");
	document = document_of(w, report_lead_to(w, REPORT_SIGNED));
	assert_int_equal(count(document, ">(Kèm theo Báo cáo số        /BC-UBND<"), 7);
	assert_int_equal(count(document, ">TM. ỦY BAN NHÂN DÂN<"), 0); /* it is no committee */
	assert_int_equal(count(document, ">KT. CHỦ TỊCH<"), 1);
	assert_int_equal(count(document, ">PHÓ CHỦ TỊCH<"), 1);
	assert_int_equal(count(document, ">Phạm Thị Lãnh<"), 1);
	free(document);
	document = document_of(w, report_lead_to(w, REPORT_NUMBERED));
	assert_int_equal(count(document, ">Số: 15/BC-UBND<"), 1);
	assert_int_equal(count(document, ">ngày 18 tháng 3 năm 2024<"), 1);
	assert_int_equal(count(document, ">(Kèm theo Báo cáo số 15/BC-UBND<"), 7);
	assert_int_equal(count(document, ">ngày 18 tháng 3 năm 2024 của Xã A)<"), 7);
	free(document);
}

/* Opened again by the signer it is a draft. */
static void a_reopened_report_shows_what_it_has_become(void **state)
{
	struct report_world *w = *state;
	struct report r;

	report_open_period(w, "2024-Q1");
	r = report_lead_to(w, REPORT_SIGNED);
	struct report_doing doing = report_doing_of(&r, REPORT_DO_REOPEN, OFFICE_LEADER_A);

	doing.given.reason = "Sửa số liệu";
	assert_ok(report_try_doing(w, &doing));
	assert_false(open_paper(w, report_current(w, OFFICE_A)).as_signed);
}

static void a_report_outside_the_scope_is_not_found(void **state)
{
	struct report_world *w = *state;
	struct report_paper p;

	report_open_period(w, "2024-Q1");
	assert_int_equal(report_paper_open(&p, w->t.db, &w->a,
	                                   &(struct report_paper_of){
	                                           .scope = id_of(OFFICE_B),
	                                           .report = report_current(w, OFFICE_A).id,
	                                           .today = report_today(w) }),
	                 ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPORT_TEST(a_report_is_printed_before_it_is_signed),
		REPORT_TEST(what_was_signed_is_printed_ever_after),
		REPORT_TEST(number_and_day_come_in_one_act),
		REPORT_TEST(a_reopened_report_shows_what_it_has_become),
		REPORT_TEST(a_report_outside_the_scope_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
