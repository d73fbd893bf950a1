#include "lib/test.h"

#include "base/str.h"
#include "doc/text_read.h"
#include "doc/xlsx_value.h"
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

static void expect_shown(const char *value, const char *code, const char *text)
{
	struct str got;
	const char *made;

	str_init(&got, &arena, 256);
	assert_true(xlsx_shown_put(&got, value, code));
	assert_int_equal(str_finish(&got, &made), ERR_OK);
	assert_string_equal(made, text);
}

static void test_shown(void **state)
{
	struct str none;

	(void)state;
	expect_shown("0.36842105263157893", "0.0%", "36,8%");
	expect_shown("0.9995", "0.0%", "100,0%");
	expect_shown("1", "0%", "100%");
	expect_shown("1234567.5", "#,##0.00", "1234567,50");
	expect_shown("1234567.5", NULL, "1234567,5");
	expect_shown("36.842105263157897", NULL, "36,84210526");
	expect_shown("0.05", NULL, "0,05");
	expect_shown("0.000001", "0.0#", "0,0");
	expect_shown("2.5", "0", "3");
	expect_shown("-2.5", "0", "-3");
	expect_shown("-0.4", "0", "0");
	expect_shown("2.675", "0.00", "2,68");
	expect_shown("5", "00", "05");
	expect_shown("0", "0", "0");
	expect_shown("0", NULL, "0");
	expect_shown("0", "0;-0;;@", "");
	expect_shown("0", "#,##0", "0");
	expect_shown("0", "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", "-");
	expect_shown("-12", "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", "(12)");
	expect_shown("-12", "0;[Red]-0", "-12");
	expect_shown("36.5", "0.0\"%\"", "36,5%");
	expect_shown("96", "0\" hồ sơ\"", "96 hồ sơ");
	expect_shown("2500000", "#,##0,\" nghìn đồng\"", "2500 nghìn đồng");
	expect_shown("1.5E+7", NULL, "15000000");
	expect_shown("0.5", "# ?/?", "0,5");
	expect_shown("12", "@", "12");
	expect_shown("12", "\"", "");
	str_init(&none, &arena, 256);
	assert_false(xlsx_shown_put(&none, "#N/A", "0"));
}

static const char *shown(const struct text_file *file)
{
	static const char kinds[] = ".#=^";
	struct str all;
	const char *text;

	str_init(&all, &arena, 1 << 20);
	for (size_t i = 0; i < file->n_lines; i++) {
		const struct text_line *line = &file->lines[i];

		str_put_char(&all, kinds[line->kind]);
		if (line->table)
			str_put_int(&all, line->table);
		str_printf(&all, "%s|%s\n", line->page_break ? "*" : "", line->text);
	}
	assert_int_equal(str_finish(&all, &text), ERR_OK);
	return text;
}

static struct text_file read_zip(void *zip, size_t n)
{
	struct problems problems;
	struct text_file file;

	assert_non_null(zip);
	problems_init(&problems, &arena);
	assert_int_equal(text_read(&file, &arena, zip, n, "bieu.xlsx", &problems), ERR_OK);
	assert_int_equal(problems.n, 0);
	free(zip);
	return file;
}

/* "a|b||c\n" as rows of a sheet; a row "-" is blank. */
static const char *sheet_xml(const char *rows)
{
	struct slice rest = slice_of(rows), row, cell;
	struct str xml;
	const char *text;
	int line = 0;

	str_init(&xml, &arena, 1 << 20);
	str_put(&xml, "<worksheet><sheetData>");
	while (slice_cut(&rest, '\n', &row)) {
		line++;
		if (slice_eq(row, "-"))
			continue;
		str_printf(&xml, "<row r='%d'>", line);
		while (slice_cut(&row, '|', &cell)) {
			str_put(&xml, "<c t='str'><v>");
			str_put_n(&xml, cell.at, cell.len);
			str_put(&xml, "</v></c>");
		}
		str_put(&xml, "</row>");
	}
	str_put(&xml, "</sheetData></worksheet>");
	assert_int_equal(str_finish(&xml, &text), ERR_OK);
	return text;
}

static void expect_lines(const char *rows, const char *lines)
{
	const char *xml = sheet_xml(rows);
	size_t n;
	void *zip = zip_workbook(&n, xml, strlen(xml), NULL);
	struct text_file file = read_zip(zip, n);

	assert_string_equal(shown(&file), lines);
}

/* The sheet's own name is "Tờ 1". */
static void test_blocks(void **state)
{
	(void)state;
	expect_lines(
	        "UBND xã A||CỘNG HÒA\nSố: 2||Độc lập\nBIỂU 1\nTT|Nội dung|Số\n1|Tiếp nhận|9\n"
	        "A. Nhóm\n2|Trả|8\nGhi chú: hết",
	        "#|Tờ 1\n.|\n=1|UBND xã A\t\tCỘNG HÒA\n=1|Số: 2\t\tĐộc lập\n.|\n.|BIỂU 1\n.|\n"
	        "=2|TT\tNội dung\tSố\n=2|1\tTiếp nhận\t9\n=2|A. Nhóm\n=2|2\tTrả\t8\n.|\n"
	        ".|Ghi chú: hết\n");
	expect_lines(
	        "BẢNG\n-\nMục|Số\nMột|1\n-\n-\nMục|Số\nHai|\n",
	        "#|Tờ 1\n.|\n.|BẢNG\n.|\n=1|Mục\tSố\n=1|Một\t1\n.|\n=2|Mục\tSố\n.|\n.|Hai\n");
	expect_lines("một\nhai", "#|Tờ 1\n.|\n.|một\n.|hai\n");
}

static void test_places_and_values(void **state)
{
	static const char sheet[] =
	        "<worksheet><sheetData><row r='2'><c t='str'><v>Ngày</v></c><c "
	        "s='1'><v>45329</v>"
	        "</c><c s='2'><v>45329.638888888891</v></c><c><v>0.5</v></c></row><row "
	        "r='3'><c>"
	        "<v>1</v></c><c/><c t='d'><v>2024-02-07</v></c><c t='b'><v>0</v></c></row>"
	        "</sheetData></worksheet>";
	size_t n;
	void *zip = zip_workbook(&n, sheet, strlen(sheet), NULL);
	struct text_file file = read_zip(zip, n);

	(void)state;
	assert_string_equal(shown(&file),
	                    "#|Tờ 1\n.|\n=1|Ngày\t07/02/2024\t07/02/2024 15:20\t0,5\n"
	                    "=1|1\t\t07/02/2024\tFALSE\n");
	assert_int_equal(file.lines[2].place, 2);
	assert_int_equal(file.lines[3].place, 3);
}

#define SHEET(name, id, more) "<sheet name='" name "' sheetId='" id "' id='r" id "' " more "/>"
#define RELATION(id, type, target)                                                             \
	"<Relationship Id='" id "' Type='x/" type "' Target='" target "'/>"

static void test_sheets(void **state)
{
	static const char root[] = "<Relationships>" RELATION("a", "officeDocument",
	                                                      "xl/w.xml") "</Relationships>";
	static const char book[] = "<workbook><sheets>" SHEET("Sheet1", "1", "")
	        SHEET("Ẩn", "2", "state='hidden'") SHEET("Đồ thị", "3", "")
	                SHEET("Phụ lục 2", "4", "") "</sheets></workbook>";
	static const char relations[] = "<Relationships>" RELATION("r1", "worksheet", "1.xml")
	        RELATION("r2", "worksheet", "1.xml") RELATION("r3", "chartsheet", "1.xml")
	                RELATION("r4", "worksheet", "4.xml") "</Relationships>";
	const char *first = sheet_xml("a|b"), *last = sheet_xml("c|d");
	const struct zip_part parts[] = { ZIP_TEXT("_rels/.rels", root),
		                          ZIP_TEXT("xl/w.xml", book),
		                          ZIP_TEXT("xl/_rels/w.xml.rels", relations),
		                          ZIP_TEXT("xl/1.xml", first),
		                          ZIP_TEXT("xl/4.xml", last) };
	size_t n;
	void *zip = zip_parts(&n, parts, 5);
	struct text_file file = read_zip(zip, n);

	(void)state;
	assert_string_equal(shown(&file), "=1|a\tb\n.|\n#*|Phụ lục 2\n.|\n=2|c\td\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_shown, setup, teardown),
		cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_places_and_values, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sheets, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
