#include "lib/test.h"

#include "base/str.h"
#include "doc/text_read.h"
#include "lib/docx_parts.h"
#include "lib/zip_parts.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 256 << 20);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct problems read_bytes(struct text_file *out, const void *bytes, size_t n)
{
	struct problems problems;

	problems_init(&problems, &arena);
	assert_int_equal(text_read(out, &arena, bytes, n, "bao-cao.docx", &problems), ERR_OK);
	assert_string_equal(out->name, "bao-cao.docx");
	return problems;
}

static struct problems read_parts(struct text_file *out, const struct docx_parts *parts)
{
	size_t n;
	void *zip = docx_parts(&n, parts);
	struct problems problems;

	assert_non_null(zip);
	problems = read_bytes(out, zip, n);
	free(zip);
	return problems;
}

/* The lines as one text: "kind place[*]|text\n" with kinds . # = ^, "*" for a page break. */
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

static void expect(const struct docx_parts *parts, const char *lines)
{
	struct text_file file;
	struct problems problems = read_parts(&file, parts);

	assert_int_equal(problems.n, 0);
	assert_string_equal(shown(&file), lines);
}
static void expect_body(const char *body, const char *lines)
{
	expect(&(struct docx_parts){ .body = body }, lines);
}

static void test_paragraphs(void **state)
{
	(void)state;
	expect_body("[{Đã tiếp nhận}][][{132 hồ sơ, }<r><tab/><t>đạt</t></r><hyperlink>{98,5}"
	            "</hyperlink>{%\xc2\xa0 .}<r><noBreakHyphen/><softHyphen/><t>a\xc2\xad"
	            "b</t></r>][{e\xcc\x81\n\tg}]",
	            ".|Đã tiếp nhận\n.|\n.|132 hồ sơ, đạt98,5% .-ab\n.|é g\n");
}

static void test_breaks(void **state)
{
	(void)state;
	expect_body("[{KẾ HOẠCH}<r><br/></r>{Cải cách}<r><br/></r>{hành chính}][{một}<r>"
	            "<br type='page'/></r>{hai}]",
	            ".|KẾ HOẠCH\n.|Cải cách hành chính\n.|một\n.*|hai\n");
	expect_body("[{a}][<pPr><pageBreakBefore/><tabs><tab/></tabs></pPr>{b}][{c}<r>"
	            "<lastRenderedPageBreak/></r>{d}][{e}][<pPr><sectPr/></pPr>{f}][{g}]["
	            "<pPr><sectPr><type val='continuous'/></sectPr></pPr>{h}][{i}]",
	            ".|a\n.*|b\n.|cd\n.*|e\n.|f\n.*|g\n.|h\n.|i\n");
}

static void test_left_out(void **state)
{
	(void)state;
	expect_body("[<del><r><delText>bỏ</delText></r>{x}</del><ins>{thêm}</ins><moveFrom>"
	            "{y}</moveFrom><r><rPr><vanish/></rPr><t>ẩn</t></r><r><rPr>"
	            "<vanish val='0'/></rPr><t> hiện</t></r><r><rPr><rPrChange><rPr><vanish/>"
	            "</rPr></rPrChange></rPr><t> nữa</t></r><r><fldChar fldCharType='begin'/>"
	            "</r><r><instrText>SUM</instrText><t>lệnh</t></r><r>"
	            "<fldChar fldCharType='separate'/></r>{ 45}<r>"
	            "<fldChar fldCharType='end'/></r>][<pPr><rPr><del/></rPr></pPr>{nối }]["
	            "{liền}]",
	            ".|thêm hiện nữa 45\n.|nối liền\n");
}

static void test_text_box_once(void **state)
{
	struct text_file file;

	(void)state;
	expect_body("[{ngoài}<r><mc:AlternateContent><mc:Choice Requires='wps'><txbxContent>["
	            "{MẬT}]</txbxContent></mc:Choice><mc:Fallback><v:textbox><txbxContent>["
	            "{MẬT}]</txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></r>"
	            "{ khung}][{sau}]",
	            ".|MẬT\n.|ngoài khung\n.|sau\n");
	read_parts(&file,
	           &(struct docx_parts){
	                   .body = "[{a}][<r><txbxContent>[{b}]</txbxContent></r>{c}][{d}]" });
	assert_int_equal(file.n_lines, 4);
	assert_int_equal(file.lines[0].place, 0);
	assert_int_equal(file.lines[1].place, 1);
	assert_int_equal(file.lines[2].place, 1);
	assert_int_equal(file.lines[3].place, 3);
}

#define GRID "<tblGrid><gridCol/><gridCol/><gridCol/></tblGrid>"

static void test_tables(void **state)
{
	(void)state;
	expect_body("[{Bảng}]<tbl>" GRID
	            "<tr><tc>[{TT}]</tc><tc><tcPr><gridSpan val='2'/></tcPr>[{Số}][{liệu}]"
	            "</tc><tc><tcPr><vMerge val='restart'/></tcPr>[{Đạt}]</tc></tr><tr><tc>["
	            "{1}]</tc><tc>[{12}]</tc><tc><tbl>" GRID
	            "<tr><tc>[{x}]</tc><tc>[{y}]</tc></tr></tbl>[{}]</tc><tc><tcPr><vMerge/>"
	            "</tcPr>[{}]</tc></tr><tr><trPr><del/></trPr><tc>[{bỏ}]</tc></tr><tr>"
	            "<trPr><gridBefore val='1'/></trPr><tc>[{cuối}]</tc></tr></tbl>[{sau}]"
	            "<tbl>" GRID "<tr><tc>[{hai}]</tc><tc>[]</tc></tr></tbl>",
	            ".|Bảng\n.|\n=1|TT\tSố liệu\t\tĐạt\n=1|1\t12\tx y\t\n=1|\tcuối\n.|\n"
	            ".|sau\n.|\n=2|hai\t\n");
	expect_body("<tbl><tblGrid><gridCol/></tblGrid><tr><tc>[{khung}]<tbl>" GRID
	            "<tr><tc>[{a}]</tc><tc>[{b}]</tc></tr></tbl>[{c}]</tc></tr></tbl>",
	            ".|khung\n.|\n=1|a\tb\n.|\n.|c\n");
}

static void test_places(void **state)
{
	struct text_file file;

	(void)state;
	read_parts(&file,
	           &(struct docx_parts){ .body = "[{a}]<tbl>" GRID
	                                         "<tr><tc>[{b}][{c}]</tc><tc>[{d}]</tc></"
	                                         "tr><tr><tc>[{e}]</tc><tc>[{f}]"
	                                         "</tc></tr></tbl>[<del><r><txbxContent>[{x}]</"
	                                         "txbxContent></r></del>{g}]["
	                                         "{h}]" });
	assert_string_equal(shown(&file), ".|a\n.|\n=1|b c\td\n=1|e\tf\n.|\n.|g\n.|h\n");
	assert_int_equal(file.lines[1].place, -1);
	assert_int_equal(file.lines[2].place, 1);
	assert_int_equal(file.lines[3].place, 4);
	assert_int_equal(file.lines[5].place, 6);
	assert_int_equal(file.lines[6].place, 8);
}

static const char STYLES[] =
        "<style type='paragraph' default='1' w:styleId='Thng'>"
        "<name val='Normal'/></style><style type='paragraph' styleId='A1'>"
        "<name val='heading 1'/><pPr><numPr><numId val='1'/></numPr></pPr><rPr>"
        "<caps/></rPr></style><style type='paragraph' styleId='A2'>"
        "<name val='Muc'/><basedOn val='A1'/></style>"
        "<style type='paragraph' styleId='ML'><name val='toc 1'/></style>"
        "<style type='paragraph' styleId='An'><rPr><vanish/></rPr></style>";

static const char NUMBERING[] =
        "<abstractNum abstractNumId='7'><lvl ilvl='0'><start val='1'/>"
        "<numFmt val='upperRoman'/><lvlText val='%1.'/><pStyle val='A1'/></lvl>"
        "<lvl ilvl='1'><start val='1'/><numFmt val='decimal'/><pStyle val='A2'/>"
        "<lvlText val='%2.'/></lvl><lvl ilvl='2'><numFmt val='decimal'/>"
        "<lvlText val='%2.%3.'/></lvl><lvl ilvl='3'><numFmt val='lowerLetter'/>"
        "<lvlText val='%4)'/></lvl><lvl ilvl='4'><numFmt val='bullet'/>"
        "<lvlText val='+'/></lvl></abstractNum><abstractNum abstractNumId='2'>"
        "<lvl ilvl='0'><numFmt val='decimal'/><lvlText val='%1'/></lvl>"
        "<lvl ilvl='1'><numFmt val='bullet'/><lvlText val='\xef\x82\xb7'/></lvl>"
        "</abstractNum><num numId='1'><abstractNumId val='7'/></num>"
        "<num numId='2'><abstractNumId val='2'/></num><num numId='3'>"
        "<abstractNumId val='2'/><lvlOverride ilvl='0'><startOverride val='5'/>"
        "</lvlOverride></num>";

static void test_numbering(void **state)
{
	const struct docx_parts parts = {
		.styles = STYLES,
		.numbering = NUMBERING,
		.body = "[<pPr><pStyle val='A1'/></pPr>{Kết quả}][<pPr><pStyle val='A2'/></pPr>"
		        "{Thể chế}][<pPr><numPr><ilvl val='2'/><numId val='1'/></numPr></pPr>"
		        "{một}][<pPr><numPr><ilvl val='2'/><numId "
		        "val='1'/></numPr></pPr>{hai}]["
		        "<pPr><numPr><ilvl val='3'/><numId val='1'/></numPr></pPr>{chữ}][<pPr>"
		        "<numPr><ilvl val='4'/><numId val='1'/></numPr></pPr>{cộng}][<pPr>"
		        "<pStyle val='A2'/></pPr>{Thủ tục}][<pPr><numPr><ilvl val='2'/>"
		        "<numId val='1'/></numPr></pPr>{ba}][<pPr><pStyle val='A1'/></pPr>"
		        "{Hạn chế}][<pPr><pStyle val='ML'/></pPr>{I. Kết quả 3}][<pPr>"
		        "<pStyle val='An'/></pPr>{ẩn}][<pPr><numPr><ilvl val='0'/>"
		        "<numId val='2'/></numPr></pPr>{x}][<pPr><numPr><ilvl val='1'/>"
		        "<numId val='2'/></numPr></pPr>{y}][<pPr><numPr><ilvl val='0'/>"
		        "<numId val='3'/></numPr></pPr>{z}][<pPr><numPr><ilvl val='0'/>"
		        "<numId val='3'/></numPr></pPr>{t}][<pPr><numPr><ilvl val='0'/>"
		        "<numId val='0'/></numPr></pPr>{u}]<tbl>" GRID
		        "<tr><tc>[<pPr><numPr><ilvl val='0'/><numId val='2'/></numPr></pPr>{}]"
		        "</tc><tc>[{Chỉ tiêu}]</tc></tr></tbl>",
	};

	(void)state;
	expect(&parts,
	       "#|I. KẾT QUẢ\n#|1. THỂ CHẾ\n.|1.1. một\n.|1.2. hai\n.|a) chữ\n.|+ cộng\n"
	       "#|2. THỦ TỤC\n.|2.1. ba\n#|II. HẠN CHẾ\n.|\n.|1 x\n.|- y\n.|5 z\n.|6 t\n"
	       ".|u\n.|\n=1|7\tChỉ tiêu\n");
}

static void test_notes(void **state)
{
	const struct docx_parts parts = {
		.footnotes =
		        "<footnote id='0' type='separator'>[{--}]</footnote><footnote id='3'>["
		        "{Theo kế}][{hoạch.}]</footnote><footnote id='2'>[{Đã trừ 4 hồ sơ "
		        "rút.}]"
		        "</footnote>",
		.body = "[{Có 12}<r><footnoteReference id='2'/></r>{ hồ sơ}<r>"
		        "<footnoteReference id='3' "
		        "customMarkFollows='1'/><t>*</t></r>]<tbl>" GRID
		        "<tr><tc>[{a}<r><footnoteReference "
		        "id='3'/></r>]</tc><tc>[{b}]</tc></tr>"
		        "<tr><tc>[{c}]</tc></tr></tbl>",
	};

	(void)state;
	expect(&parts, ".|Có 12 hồ sơ\n^|Đã trừ 4 hồ sơ rút.\n^|Theo kế hoạch.\n.|\n=1|a\tb\n"
	               "=1|c\n.|\n^|Theo kế hoạch.\n");
}

static void expect_refused(const void *bytes, size_t n, const char *part)
{
	struct text_file file;
	struct problems problems = read_bytes(&file, bytes, n);

	assert_int_equal(problems.n, 1);
	assert_string_equal(problems.first->field, "file");
	assert_non_null(strstr(problems.first->message, part));
	assert_int_equal(file.n_lines, 0);
}
static void expect_body_refused(const char *body, const char *part)
{
	size_t n;
	void *zip = docx_parts(&n, &(struct docx_parts){ .body = body });

	expect_refused(zip, n, part);
	free(zip);
}

static void test_hostile(void **state)
{
	static const char root[] =
	        "<Relationships><Relationship Id='a' Type='x/officeDocument' "
	        "Target='word/document.xml'/></Relationships>";
	static const char entity[] =
	        "<!DOCTYPE w [<!ENTITY a 'x'>]><w:document>&a;</w:document>";
	const struct zip_part parts[] = { ZIP_TEXT("_rels/.rels", root),
		                          ZIP_TEXT("word/document.xml", entity) };
	struct text_file file;
	size_t n;
	void *zip = zip_parts(&n, parts, 2);

	(void)state;
	expect_refused(zip, n, "bị hỏng");
	expect_refused(zip, n - 5, "không phải");
	free(zip);
	zip = zip_parts(&n, &(struct zip_part)ZIP_TEXT("word/x.xml", "<a/>"), 1);
	expect_refused(zip, n, "không phải văn bản Word");
	free(zip);
	expect_body_refused("<w:p>", "bị hỏng");
	expect_body_refused("<w:p/>", "không có chữ");
	expect_body_refused("<w:tbl><w:tr><w:trPr><w:gridBefore "
	                    "w:val='300'/></w:trPr><w:tc/></w:tr></w:tbl>",
	                    "quá nhiều chữ");
	/* Ends without begins, begins without ends, nothing where something is due. */
	read_parts(&file, &(struct docx_parts){
	                          .body = "<tc/><tr/><t>x</t><r><fldChar "
	                                  "fldCharType='end'/></r><footnote/>"
	                                  "<numId/><gridSpan val='9'/><vMerge/>[{sống}]" });
	assert_string_equal(shown(&file), ".|sống\n");
}

static void test_bomb(void **state)
{
	enum { MANY = 60 << 20 };
	char *body = malloc(MANY);
	const struct docx_parts parts = { .body = body, .n_body = MANY };
	size_t n;
	void *zip;

	(void)state;
	assert_non_null(body);
	for (size_t i = 0; i < MANY; i += 6)
		memcpy(body + i, "<w:p/>", 6);
	zip = docx_parts(&n, &parts);
	free(body);
	assert_non_null(zip);
	expect_refused(zip, n, "quá lớn khi mở ra");
	free(zip);
}

static void test_out_of_memory(void **state)
{
	const struct docx_parts parts = {
		.styles = STYLES,
		.numbering = NUMBERING,
		.body = "[<pPr><pStyle val='A1'/></pPr>{Kết quả}][<pPr><numPr><ilvl "
		        "val='2'/><numId val='1'/></numPr></pPr>{một}]"
	};
	struct text_file file;
	size_t n;
	void *zip = docx_parts(&n, &parts);
	enum err e = ERR_NO_MEMORY;
	long failed = 0;

	(void)state;
	for (long nth = 1; e == ERR_NO_MEMORY; nth++) {
		struct problems problems;

		arena_reset(&arena);
		problems_init(&problems, &arena);
		arena_fail_after(nth);
		e = text_read(&file, &arena, zip, n, "x", &problems);
		arena_fail_after(0);
		failed += e == ERR_NO_MEMORY;
	}
	free(zip);
	assert_int_equal(e, ERR_OK);
	assert_int_equal(file.n_lines, 2);
	assert_true(failed > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_paragraphs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_breaks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_left_out, setup, teardown),
		cmocka_unit_test_setup_teardown(test_text_box_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tables, setup, teardown),
		cmocka_unit_test_setup_teardown(test_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbering, setup, teardown),
		cmocka_unit_test_setup_teardown(test_notes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bomb, setup, teardown),
		cmocka_unit_test_setup_teardown(test_out_of_memory, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
