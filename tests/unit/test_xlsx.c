#include "lib/test.h"

#include "doc/xlsx_read.h"
#include "doc/xlsx_value.h"
#include "doc/xlsx_write.h"
#include "lib/zip_parts.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 64 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct problems read_bytes(struct sheet *sheet, const void *bytes, size_t n)
{
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(xlsx_read(sheet, &arena, bytes, n, NULL, &problems), ERR_OK);
	return problems;
}

static struct problems read_xml(struct sheet *sheet, const char *rows, const char *strings)
{
	const char *xml;
	size_t n;
	void *zip;
	struct problems problems;

	assert_int_equal(arena_printf(&arena, &xml, "<worksheet>%s</worksheet>", rows), ERR_OK);
	zip = zip_workbook(&n, xml, strlen(xml), strings);
	assert_non_null(zip);
	problems = read_bytes(sheet, zip, n);
	free(zip);
	return problems;
}

static void expect_row(const struct sheet *sheet, size_t i, int line, const char *joined)
{
	char got[512] = "";
	size_t len = 0;

	assert_true(i < sheet->n_rows);
	for (size_t c = 0; c < sheet->rows[i].n; c++)
		len += (size_t)snprintf(got + len, sizeof(got) - len, "%s%s", c ? "|" : "",
		                        sheet->rows[i].cells[c]);
	assert_string_equal(got, joined);
	assert_int_equal(sheet->rows[i].line, line);
}

static void test_cell_kinds(void **state)
{
	struct sheet sheet;
	struct problems problems = read_xml(
	        &sheet,
	        "<sheetData><row r='2'><c r='B2' t='s'><v>1</v></c><c "
	        "t='inlineStr'><is><r><t>Nguyễn "
	        "</t></r><r><t>Tí</t></r><rPh><t>x</t></rPh></is></c></row>"
	        "<row><c><v>0.28999999999999998</v></c><c><v>1.2E+7</v></c><c "
	        "t='b'><v>1</v></c>"
	        "<c t='str'><f>A1</f><v>R&amp;D_x000D_</v></c><c t='e'><v>#N/A</v></c>"
	        "<c t='d'><v>2024-02-07T15:20:00</v></c><c><v>001203004567</v></c></row>"
	        "<row r='9'><c s='1'><v>45329</v></c><c s='2'><v>45329.638888888891</v></c>"
	        "<c s='1'><v>0.5</v></c><c s='77'><v>45329</v></c><c s='1'/></row></sheetData>",
	        "<sst><si><t>Một</t></si><si><r><t>Khai</t></r><r><t xml:space='preserve'> sinh"
	        "</t></r></si></sst>");

	(void)state;
	assert_int_equal(problems.n, 0);
	assert_string_equal(sheet.name, "Tờ 1");
	assert_int_equal(sheet.n_rows, 3);
	expect_row(&sheet, 0, 2, "|Khai sinh|Nguyễn Tí");
	expect_row(&sheet, 1, 3, "0.29|12000000|TRUE|R&D|#N/A|2024-02-07 15:20|001203004567");
	expect_row(&sheet, 2, 9, "2024-02-07|2024-02-07 15:20|12:00|45329");
}

static void test_merged(void **state)
{
	struct sheet sheet;

	(void)state;
	read_xml(&sheet,
	         "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c "
	         "r='C1'><v>3"
	         "</v></c></row><row r='2'><c r='A2'><v>4</v></c><c r='B2'><v>5</v></c></row>"
	         "<row r='3'><c r='A3'><v>6</v></c></row></sheetData><mergeCells><mergeCell "
	         "ref='A1:B2'/></mergeCells>",
	         NULL);
	assert_int_equal(sheet.n_rows, 2);
	expect_row(&sheet, 0, 1, "1||3");
	expect_row(&sheet, 1, 3, "6");
}

static void expect_refused(const char *rows, const char *part)
{
	struct sheet sheet;
	struct problems problems = read_xml(&sheet, rows, NULL);

	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, part));
	assert_int_equal(sheet.n_rows, 0);
}

static void test_hostile_xml(void **state)
{
	struct sheet sheet;
	size_t n;
	static const char entity[] =
	        "<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>"
	        "<worksheet><sheetData><row><c t='str'><v>&b;</v></c></row>"
	        "</sheetData></worksheet>";
	void *zip = zip_workbook(&n, entity, strlen(entity), NULL);
	struct problems problems = read_bytes(&sheet, zip, n);

	(void)state;
	free(zip);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, "bị hỏng"));
	expect_refused("<sheetData><row><c><v>1</c></row></sheetData>", "bị hỏng");
	expect_refused("<sheetData><row r='5'/><row r='4'/></sheetData>", "bị hỏng");
	expect_refused("<sheetData><row><c r='?'><v>1</v></c></row></sheetData>", "bị hỏng");
	expect_refused("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>", "bị hỏng");
	expect_refused("<sheetData><row><c r='ZZ1'><v>1</v></c></row></sheetData>", "256 cột");
	expect_refused("<sheetData/>", "không có dòng");
}

static void test_deep_and_long(void **state)
{
	enum { MANY = 5 << 20 };
	struct sheet sheet;
	struct problems problems;
	char *xml = malloc(MANY);
	void *zip;
	size_t n;

	(void)state;
	assert_non_null(xml);
	for (size_t i = 0; i < 3000; i += 3)
		memcpy(xml + i, "<a>", 3);
	zip = zip_workbook(&n, xml, 3000, NULL);
	problems = read_bytes(&sheet, zip, n);
	assert_int_equal(problems.n, 1);
	free(zip);
	memset(xml, ' ', MANY); /* an attribute that does not end */
	memcpy(xml, "<a b='", 6);
	zip = zip_workbook(&n, xml, MANY, NULL);
	problems = read_bytes(&sheet, zip, n);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, "quá lớn"));
	free(zip);
	free(xml);
}

/* 300 MB of blanks pack into 300 KB. */
static void test_bomb(void **state)
{
	enum { ROWS = 300 << 20 };
	struct sheet sheet;
	struct problems problems;
	char *xml = malloc(ROWS);
	void *zip;
	size_t n;

	(void)state;
	assert_non_null(xml);
	memset(xml, ' ', ROWS);
	memcpy(xml, "<worksheet>", 11);
	for (size_t i = 4096; i + 4096 < ROWS; i += 4096)
		memcpy(xml + i, "<a/>", 4);
	zip = zip_workbook(&n, xml, ROWS, NULL);
	free(xml);
	assert_true(n < (8 << 20));
	problems = read_bytes(&sheet, zip, n);
	free(zip);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, "256 MB"));
}

static void expect_bytes_refused(const void *bytes, size_t n, const char *part)
{
	struct sheet sheet;
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(sheet_read(&sheet, &arena, bytes, n, &problems), ERR_OK);
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.first->message, part));
}

static void test_wrong_files(void **state)
{
	const struct zip_part ods[] = { ZIP_TEXT("mimetype", "x"),
		                        ZIP_TEXT("content.xml", "<a/>") };
	size_t n;
	void *zip = zip_parts(&n, ods, 2);

	(void)state;
	expect_bytes_refused(zip, n, "không phải bảng tính Excel");
	expect_bytes_refused(zip, n - 9, "bị hỏng");
	free(zip);
	expect_bytes_refused("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", 12, "có mật khẩu");
	expect_bytes_refused("PK\3\4", 4, "bị hỏng");
	expect_bytes_refused("%PDF-1.4\n\0\0", 11, "không phải Excel");
}

static void *read_fixture(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	void *bytes = malloc(1 << 20);

	assert_non_null(f);
	assert_non_null(bytes);
	*n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return bytes;
}

/* Saved by LibreOffice from a sheet with title rows, merged cells and real dates. */
static void test_libreoffice(void **state)
{
	struct sheet sheet;
	size_t n;
	void *bytes = read_fixture("tests/fixtures/libreoffice.xlsx", &n);
	struct problems problems = read_bytes(&sheet, bytes, n);

	(void)state;
	free(bytes);
	assert_int_equal(problems.n, 0);
	assert_int_equal(sheet.n_rows, 4);
	expect_row(&sheet, 0, 1, "DANH SÁCH HỒ SƠ");
	expect_row(&sheet, 1, 3, "Mã hồ sơ|Ngày nhận|Lệ phí|Trực tuyến");
	expect_row(&sheet, 2, 4, "H15.50-240207-0001|2024-02-07|8000|1");
	expect_row(&sheet, 3, 5, "H15.50-240207-0002|2024-02-08 15:20|12.5|0");
}

static void write_sample(struct str *out, bool streaming)
{
	XLSX_CLEANUP struct xlsx *x = NULL;
	const struct xlsx_setup setup = {
		"Biểu mẫu 3", "UBND xã", { 1707292800000000 }, streaming
	};
	const int widths[] = { 6, 40, 12 };
	const struct xlsx_sheet_setup sheet = { .name = "Biểu [3]: TTHC",
		                                .widths = widths,
		                                .n_widths = 3,
		                                .header_row = 1,
		                                .n_header_rows = 1,
		                                .freeze = true,
		                                .landscape = true };
	dec_t rate;

	assert_true(dec_parse(&rate, "94.22"));
	assert_int_equal(xlsx_new(&x, &setup), ERR_OK);
	xlsx_sheet(x, &sheet);
	xlsx_merge(x, (struct xlsx_range){ 0, 0, 0, 2 }, XLSX_TITLE, "BIỂU MẪU 3");
	xlsx_text(x, 1, 0, XLSX_HEADER, "STT");
	xlsx_text(x, 1, 1, XLSX_HEADER, "Chỉ tiêu");
	xlsx_text(x, 2, 0, XLSX_BORDER | XLSX_AS_TEXT, "1.1");
	xlsx_decimal(x, 2, 1, XLSX_BORDER | XLSX_DECIMAL, rate);
	xlsx_formula(x, 2, 2, XLSX_BORDER | XLSX_INTEGER, "=B3+1", dec_from_int(95));
	xlsx_day(x, 3, 0, XLSX_BORDER, date_make(2024, 2, 7));
	xlsx_int(x, 3, 1, XLSX_INTEGER, 1234567);
	xlsx_decimal(x, 3, 2, XLSX_DECIMAL, DEC_NONE);
	assert_int_equal(xlsx_finish(x, out), ERR_OK);
}

static void test_roundtrip(void **state)
{
	struct sheet sheet;
	struct str first, second;

	(void)state;
	for (int streaming = 0; streaming < 2; streaming++) {
		str_init(&first, &arena, 1 << 20);
		str_init(&second, &arena, 1 << 20);
		write_sample(&first, streaming);
		write_sample(&second, streaming);
		assert_int_equal(first.len, second.len);
		assert_memory_equal(first.data, second.data, first.len);
		assert_int_equal(read_bytes(&sheet, first.data, first.len).n, 0);
		assert_string_equal(sheet.name, "Biểu  3   TTHC");
		expect_row(&sheet, 0, 1, "BIỂU MẪU 3");
		expect_row(&sheet, 1, 2, "STT|Chỉ tiêu");
		expect_row(&sheet, 2, 3, "1.1|94.22|95");
		expect_row(&sheet, 3, 4, "2024-02-07|1234567");
	}
}

/* Whichever allocation fails: an error, nothing left behind. */
static void test_out_of_memory(void **state)
{
	struct sheet sheet;
	size_t n;
	void *bytes = read_fixture("tests/fixtures/libreoffice.xlsx", &n);
	enum err e = ERR_NO_MEMORY;
	long failed = 0;

	(void)state;
	for (long nth = 1; e == ERR_NO_MEMORY; nth++) {
		struct problems problems;

		arena_reset(&arena);
		problems_init(&problems, &arena);
		arena_fail_after(nth);
		e = xlsx_read(&sheet, &arena, bytes, n, NULL, &problems);
		arena_fail_after(0);
		failed += e == ERR_NO_MEMORY;
	}
	free(bytes);
	assert_int_equal(e, ERR_OK);
	assert_int_equal(sheet.n_rows, 4);
	assert_true(failed > 10);
}

static void expect_number(const char *value, const char *text)
{
	char got[XLSX_VALUE_TEXT] = "none";

	if (!xlsx_number_text(got, value))
		snprintf(got, sizeof(got), "none");
	assert_string_equal(got, text);
}

static void test_numbers(void **state)
{
	(void)state;
	expect_number("0", "0");
	expect_number("-0.5", "-0.5");
	expect_number("53.125", "53.125");
	expect_number("0.1", "0.1");
	expect_number("0.30000000000000004", "0.3");
	expect_number("1.5E-5", "0.000015");
	expect_number("1E+15", "1000000000000000");
	expect_number("123456.789", "123456.789");
	expect_number("1302826000", "1302826000");
	expect_number("079203004567", "079203004567");
	expect_number("1e999", "none");
	expect_number("0x10", "none");
	expect_number("nan", "none");
	expect_number("12 ", "none");
}

static void expect_date(const char *value, bool from_1904, const char *text)
{
	char got[XLSX_VALUE_TEXT] = "none";

	if (!xlsx_date_text(got, value, from_1904))
		snprintf(got, sizeof(got), "none");
	assert_string_equal(got, text);
}

static void test_dates(void **state)
{
	(void)state;
	expect_date("1", false, "1900-01-01");
	expect_date("59", false, "1900-02-28");
	expect_date("61", false, "1900-03-01");
	expect_date("45329", false, "2024-02-07");
	expect_date("43867", true, "2024-02-07");
	expect_date("45329.9999999", false, "2024-02-08");
	expect_date("0.3125", false, "07:30");
	expect_date("-1", false, "none");
	expect_date("9999999", false, "none");
	assert_int_equal(xlsx_format_of(14, NULL), XLSX_FORMAT_DATE);
	assert_int_equal(xlsx_format_of(9, NULL), XLSX_FORMAT_NUMBER);
	assert_int_equal(xlsx_format_of(0, "General"), XLSX_FORMAT_NUMBER);
	assert_int_equal(xlsx_format_of(0, "#,##0 \"đồng/ngày\""), XLSX_FORMAT_NUMBER);
	assert_int_equal(xlsx_format_of(0, "[Red]0.00"), XLSX_FORMAT_NUMBER);
	assert_int_equal(xlsx_format_of(0, "[h]:mm"), XLSX_FORMAT_DATE);
	assert_int_equal(xlsx_format_of(0, "[$-42A]dd\\/mm\\/yyyy"), XLSX_FORMAT_DATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cell_kinds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_merged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_xml, setup, teardown),
		cmocka_unit_test_setup_teardown(test_deep_and_long, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bomb, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_files, setup, teardown),
		cmocka_unit_test_setup_teardown(test_libreoffice, setup, teardown),
		cmocka_unit_test_setup_teardown(test_roundtrip, setup, teardown),
		cmocka_unit_test_setup_teardown(test_out_of_memory, setup, teardown),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_dates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
