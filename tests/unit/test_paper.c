/* A document in the layout of Nghị định 30/2020/NĐ-CP: what stands in the Word file and where,
 * the order of elements that Word insists on, and that both writers give the same bytes for the
 * same document and keep every word. */
#include "lib/test.h"

#include <expat.h>

#include "doc/paper_parts.h"
#include "lib/docx_parts.h"
#include "lib/paper_sample.h"

enum { ARENA = 256 << 20, FILE_MOST = 32 << 20 };

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, ARENA);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct paper_sample usual = {
	.paragraphs = 2, .appendices = 2, .rows = 30, .numbered = true, .wide = true
};

static struct str docx_of(const struct paper *p)
{
	struct str s;

	str_init(&s, &arena, FILE_MOST);
	assert_int_equal(paper_docx(&s, &arena, p), ERR_OK);
	return s;
}

static char *part_of(const struct str *docx, const char *path)
{
	char *text = zip_part_text(docx->data, docx->len, path);

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

/* ---- the order of elements (ECMA-376, transitional) ---- */

struct order {
	const char *parent, *children; /* children between blanks, in their order */
};
static const struct order orders[] = {
	{ "w:pPr",
	  " w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:widowControl w:pBdr w:tabs "
	  "w:spacing w:ind w:jc w:outlineLvl w:rPr w:sectPr " },
	{ "w:rPr", " w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:color w:sz w:szCs w:u "
	           "w:vertAlign w:lang " },
	{ "w:tblPr",
	  " w:tblStyle w:tblW w:jc w:tblInd w:tblBorders w:tblLayout w:tblCellMar w:tblLook " },
	{ "w:tcPr", " w:tcW w:gridSpan w:vMerge w:tcBorders w:vAlign " },
	{ "w:tbl", " w:tblPr w:tblGrid w:tr " },
	{ "w:tr", " w:trPr w:tc " },
	{ "w:sectPr",
	  " w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols "
	  "w:titlePg " },
	{ "w:style", " w:name w:basedOn w:next w:uiPriority w:semiHidden w:qFormat w:pPr w:rPr "
	             "w:tblPr " },
	{ "w:settings",
	  " w:zoom w:defaultTabStop w:characterSpacingControl w:footnotePr w:compat "
	  "w:themeFontLang w:decimalSymbol w:listSeparator " },
};

enum { DEEPEST = 64 };
struct walk {
	const struct order *order[DEEPEST];
	size_t at[DEEPEST]; /* the child before, in the list */
	int depth;
	size_t n;
};

static void XMLCALL start(void *arg, const char *element, const char **attributes)
{
	struct walk *w = arg;
	const struct order *above = w->order[w->depth], *own = NULL;
	char name[64];

	(void)attributes;
	w->n++;
	if (above) {
		const char *found;

		snprintf(name, sizeof(name), " %s ", element);
		found = strstr(above->children, name);
		if (!found || (size_t)(found - above->children) < w->at[w->depth])
			print_error("%s in %s is out of its order\n", element, above->parent);
		assert_non_null(found);
		assert_true((size_t)(found - above->children) >= w->at[w->depth]);
		w->at[w->depth] = (size_t)(found - above->children);
	}
	for (size_t i = 0; i < ARRAY_LEN(orders); i++)
		if (strcmp(orders[i].parent, element) == 0)
			own = &orders[i];
	assert_true(w->depth + 1 < DEEPEST);
	w->order[++w->depth] = own;
	w->at[w->depth] = 0;
}

static void XMLCALL end(void *arg, const char *element)
{
	(void)element;
	((struct walk *)arg)->depth--;
}

static size_t walk_part(const struct str *docx, const char *path)
{
	XML_Parser parser = XML_ParserCreate(NULL);
	struct walk w = { 0 };
	char *text = part_of(docx, path);

	XML_SetUserData(parser, &w);
	XML_SetElementHandler(parser, start, end);
	assert_int_equal(XML_Parse(parser, text, (int)strlen(text), 1), XML_STATUS_OK);
	XML_ParserFree(parser);
	free(text);
	return w.n;
}

static void elements_stand_in_the_order_of_the_schema(void **state)
{
	static const char *const paths[] = {
		"[Content_Types].xml", "_rels/.rels",
		"word/document.xml",   "word/_rels/document.xml.rels",
		"word/styles.xml",     "word/settings.xml",
		"word/footnotes.xml",  "word/header1.xml",
		"word/header2.xml",    "word/footer1.xml",
		"word/footer2.xml",    "docProps/core.xml"
	};
	struct paper *p = paper_sample(&arena, &usual);
	struct str docx;

	(void)state;
	p->contact = "Số 1 đường Mẫu, xã An Mẫu; điện thoại 0123.456.789";
	p->head.urgency = "KHẨN";
	docx = docx_of(p);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		assert_true(walk_part(&docx, paths[i]) > 0);
}

/* ---- what stands in the document ---- */

static void every_style_that_is_used_exists(void **state)
{
	struct str docx = docx_of(paper_sample(&arena, &usual));
	char *styles = part_of(&docx, "word/styles.xml");
	char *document = part_of(&docx, "word/document.xml");
	static const char *const uses[] = { "<w:pStyle w:val=\"", "<w:tblStyle w:val=\"",
		                            "<w:rStyle w:val=\"" };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(uses); i++) {
		for (char *at = document; (at = strstr(at, uses[i])) != NULL; n++) {
			const char *id;

			at += strlen(uses[i]);
			assert_int_equal(arena_printf(&arena, &id, "w:styleId=\"%.*s\"",
			                              (int)strcspn(at, "\""), at),
			                 ERR_OK);
			if (!strstr(styles, id))
				fail_msg("no style %s", id);
		}
	}
	assert_true(n > 100);
	free(styles);
	free(document);
}

static void letterhead_number_and_day_stand_in_their_boxes(void **state)
{
	struct paper *p = paper_sample(&arena, &usual);
	struct str docx = docx_of(p);
	char *document = part_of(&docx, "word/document.xml");

	(void)state;
	assert_int_equal(count(document, ">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<"), 1);
	assert_int_equal(count(document, ">Độc lập - Tự do - Hạnh phúc<"), 1);
	assert_int_equal(count(document, ">Số: 15/BC-UBND<"), 1);
	assert_int_equal(count(document, ">An Mẫu, ngày 08 tháng 3 năm 2024<"), 1);
	assert_int_equal(count(document, ">Kính gửi: Ủy ban nhân dân huyện Mẫu<"), 1);
	assert_int_equal(count(document, ">ỦY BAN NHÂN DÂN</w:t><w:br/>"), 1);
	/* Number and day also stand in every appendix. */
	assert_int_equal(count(document, ">(Kèm theo Báo cáo số 15/BC-UBND<"), 2);
	assert_int_equal(
	        count(document, ">ngày 08 tháng 3 năm 2024 của Ủy ban nhân dân xã An Mẫu)<"),
	        2);
	assert_int_equal(count(document, ">Phụ lục I<"), 1);
	assert_int_equal(count(document, ">Phụ lục II<"), 1);
	free(document);
}

static void a_document_without_number_has_room_to_write_it(void **state)
{
	struct paper_sample s = usual;
	struct str docx;
	char *document;

	(void)state;
	s.numbered = false;
	s.appendices = 1;
	docx = docx_of(paper_sample(&arena, &s));
	document = part_of(&docx, "word/document.xml");
	assert_int_equal(count(document, ">Số:        /BC-UBND<"), 1);
	assert_int_equal(count(document, ">An Mẫu, ngày         tháng         năm 2024<"), 1);
	assert_int_equal(count(document, ">Phụ lục<"), 1);
	free(document);
}

static void the_body_ends_once_and_lists_end_as_the_decree_says(void **state)
{
	struct str docx = docx_of(paper_sample(&arena, &usual));
	char *document = part_of(&docx, "word/document.xml");

	(void)state;
	assert_int_equal(count(document, "./.<"), 1);
	assert_int_equal(
	        count(document, "&gt;.</w:t></w:r><w:r><w:t xml:space=\"preserve\">./."), 0);
	assert_int_equal(count(document, ">- Như trên;<"), 1);
	assert_int_equal(count(document, ">- TT. HĐND xã;<"), 1);
	assert_int_equal(count(document, ">- Chủ tịch, các PCT UBND xã;<"), 1);
	assert_int_equal(count(document, ">- Lưu: VT, VP (05b).<"), 1);
	assert_int_equal(count(document, "<w:t xml:space=\"preserve\">./.</w:t>"), 1);
	free(document);
}

static void a_written_end_is_not_written_again(void **state)
{
	static const struct paper_run runs[] = { { .text = "Trên đây là báo cáo./." } };
	static const struct paper_block body = { .kind = PAPER_PARAGRAPH, .text = { runs, 1 } };
	struct paper p = { .type = "BÁO CÁO", .body = { &body, 1 } };
	struct str docx = docx_of(&p);
	char *document = part_of(&docx, "word/document.xml");

	(void)state;
	assert_int_equal(count(document, "Trên đây là báo cáo./.<"), 1);
	assert_int_equal(count(document, "./."), 1);
	free(document);
}

static void sections_turn_pages_and_number_them_anew(void **state)
{
	struct str docx = docx_of(paper_sample(&arena, &usual));
	char *document = part_of(&docx, "word/document.xml");

	(void)state;
	/* Text, turned table, text, two appendices. */
	assert_int_equal(count(document, "<w:sectPr>"), 5);
	assert_int_equal(count(document, "w:orient=\"landscape\""), 1);
	assert_int_equal(count(document, "<w:pgNumType w:start=\"1\"/>"), 3);
	assert_int_equal(count(document, "<w:titlePg/>"), 3);
	assert_int_equal(
	        count(document,
	              "w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\""),
	        5);
	/* A head of two rows twice, of one row twice. */
	assert_int_equal(count(document, "<w:tblHeader/>"), 6);
	assert_int_equal(count(document, "<w:vMerge w:val=\"restart\"/>"), 6);
	free(document);
}

static void marks_and_footnotes_match(void **state)
{
	struct str docx = docx_of(paper_sample(&arena, &usual));
	char *document = part_of(&docx, "word/document.xml");
	char *notes = part_of(&docx, "word/footnotes.xml");
	size_t figures = (size_t)usual.paragraphs * PAPER_SAMPLE_HEADINGS,
	       n_notes = (figures + 2) / 3;
	const char *wanted;

	(void)state;
	assert_int_equal(count(document, "<w:bookmarkStart "), figures);
	assert_int_equal(count(document, "<w:bookmarkEnd "), figures);
	assert_int_equal(count(document, "<w:footnoteReference "), n_notes);
	assert_int_equal(count(notes, "<w:footnote w:id="), n_notes);
	for (size_t i = 0; i < figures; i++) {
		assert_int_equal(arena_printf(&arena, &wanted, " w:name=\"so_%zu\"/>", i),
		                 ERR_OK);
		assert_int_equal(count(document, wanted), 1);
	}
	assert_int_equal(count(document, "trước hạn &amp; đúng hạn"), figures);
	assert_int_equal(count(document, "&lt;theo sổ theo dõi&gt;"), figures);
	free(document);
	free(notes);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
	struct str first = docx_of(paper_sample(&arena, &usual));
	struct str second = docx_of(paper_sample(&arena, &usual)), pdf[2];

	(void)state;
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	for (int i = 0; i < 2; i++) {
		str_init(&pdf[i], &arena, FILE_MOST);
		assert_int_equal(paper_pdf(&pdf[i], &arena, paper_sample(&arena, &usual)),
		                 ERR_OK);
	}
	assert_int_equal(pdf[0].len, pdf[1].len);
	assert_memory_equal(pdf[0].data, pdf[1].data, pdf[0].len);
}

/* ---- what is refused ---- */

static void refuse(const struct paper *p)
{
	struct str s;

	str_init(&s, &arena, FILE_MOST);
	assert_int_equal(paper_docx(&s, &arena, p), ERR_INPUT);
	assert_int_equal(s.len, 0);
	assert_int_equal(paper_pdf(&s, &arena, p), ERR_INPUT);
	assert_int_equal(s.len, 0);
}

static void what_does_not_add_up_is_refused(void **state)
{
	static const struct paper_column columns[] = { { 1, PAPER_LEFT }, { 1, PAPER_LEFT } };
	static const struct paper_head_cell gap[] = { { "Một", 0, 0, 1, 1 } };
	static const struct paper_head_cell both[] = { { "Một", 0, 0, 1, 2 },
		                                       { "Hai", 0, 1, 1, 1 } };
	static const struct paper_head_cell outside[] = { { "Một", 0, 1, 1, 2 } };
	static const struct paper_cell cells[2] = { { "1", 0 }, { "2", 0 } };
	struct paper_table t = { columns, 2, gap, 1, 1, cells, 1, false };
	struct paper_run run = { .text = "Lời" };
	struct paper_block b = { .kind = PAPER_TABLE, .table = &t };
	struct paper p = { .type = "BÁO CÁO", .body = { &b, 1 } };

	(void)state;
	refuse(&p);
	t.head = both;
	t.n_head = 2;
	refuse(&p);
	t.head = outside;
	t.n_head = 1;
	refuse(&p);
	t.n_columns = 0;
	refuse(&p);
	b = (struct paper_block){ .kind = PAPER_PARAGRAPH, .text = { &run, 1 } };
	run.mark = "1a";
	refuse(&p);
	run.mark = "a b";
	refuse(&p);
	run.mark = NULL;
	run.text = "\xc3";
	refuse(&p);
	b = (struct paper_block){ .kind = PAPER_HEADING, .level = 4 };
	refuse(&p);
}

/* ---- measures ---- */

static void a_title_breaks_into_lines_of_about_the_same_length(void **state)
{
	static const char title[] = "Kết quả thực hiện công tác cải cách hành chính quý I và "
	                            "phương hướng, nhiệm vụ trọng tâm quý II năm 2024";
	struct paper_measure m = paper_measure(title, PAPER_SIZE_TEXT, PAPER_WIDTH);
	int whole = paper_bold_width(title, strlen(title), PAPER_SIZE_TEXT);

	(void)state;
	assert_in_range(m.width, whole / 2, whole / 2 + 800);
	assert_in_range(m.rule, m.width / 3 - 40, m.width / 2);
	m = paper_measure("BÁO CÁO", PAPER_SIZE_TEXT, PAPER_WIDTH);
	whole = paper_bold_width("BÁO CÁO", strlen("BÁO CÁO"), PAPER_SIZE_TEXT);
	assert_in_range(m.width, whole, whole + 100);
	assert_in_range(m.rule, whole / 3, whole / 2);
	/* Tiêu ngữ in 13 points bold: about 58 mm. */
	whole = paper_bold_width("Độc lập - Tự do - Hạnh phúc",
	                         strlen("Độc lập - Tự do - Hạnh phúc"), 13);
	assert_in_range(whole, 3000, 3700);
	/* The state's name fits beside the office's on one line. */
	assert_true(paper_bold_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
	                             strlen("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
	                             PAPER_SIZE_STATE) < PAPER_HEAD_RIGHT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_stand_in_the_order_of_the_schema),
		cmocka_unit_test(every_style_that_is_used_exists),
		cmocka_unit_test(letterhead_number_and_day_stand_in_their_boxes),
		cmocka_unit_test(a_document_without_number_has_room_to_write_it),
		cmocka_unit_test(the_body_ends_once_and_lists_end_as_the_decree_says),
		cmocka_unit_test(a_written_end_is_not_written_again),
		cmocka_unit_test(sections_turn_pages_and_number_them_anew),
		cmocka_unit_test(marks_and_footnotes_match),
		cmocka_unit_test(the_same_document_gives_the_same_bytes),
		cmocka_unit_test(what_does_not_add_up_is_refused),
		cmocka_unit_test(a_title_breaks_into_lines_of_about_the_same_length),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
