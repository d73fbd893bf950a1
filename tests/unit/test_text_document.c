/* Lines to blocks, sections, head, annexes, sentences. */
#include "lib/test.h"

#include "base/str.h"
#include "text/document.h"

struct read {
	struct arena arena;
	struct text_file file;
	struct document doc;
};

static struct read read_text(const char *text)
{
	struct read r;

	arena_init(&r.arena, 64 << 20);
	assert_int_equal(text_file_read(&r.file, &r.arena, text, strlen(text)), ERR_OK);
	return r;
}

#define READ(r, text)                                                                          \
	struct read r = read_text(text);                                                       \
	assert_int_equal(document_build(&(r).doc, &(r).arena, &(r).file, 1), ERR_OK)

static int block_with(const struct document *d, const char *words)
{
	for (size_t i = 0; i < d->n_blocks; i++)
		if (strstr(d->blocks[i].text.text, words))
			return (int)i;
	return -1;
}

static const char *sentence(const struct block *b, size_t at, char *room, size_t n)
{
	snprintf(room, n, "%.*s", (int)(b->sentences[at].end - b->sentences[at].start),
	         b->text.text + b->sentences[at].start);
	return room;
}

static const char report[] =
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "XÃ AN THẠNH\tĐộc lập - Tự do - Hạnh phúc\n"
        "\n"
        "Số: 77/BC-UBND\tAn Thạnh, ngày 10 tháng 6 năm 2025\n"
        "\n"
        "**BÁO CÁO**\n"
        "**Kết quả công tác cải cách hành chính 6 tháng đầu năm 2025**\n"
        "\n"
        "Kính gửi: Ủy ban nhân dân huyện Bình Sa\n"
        "\n"
        "Thực hiện Công văn số 12/UBND-NV ngày 02/6/2025, UBND xã báo cáo như sau:\n"
        "\n"
        "## I. CÔNG TÁC CHỈ ĐẠO\n"
        "\n"
        "**1. Ban hành văn bản**\n"
        "\n"
        "Xã đã ban hành 14 văn bản, đạt tỷ lệ 36.8 điểm; phát hành trên\n"
        "\n"
        "7\n"
        "\n"
        "trang thông tin điện tử (gồm v.v. và các mục khác). Có 1.788 lượt đọc.\n"
        "\n"
        "1.2. Kiểm tra\n"
        "a) Kiểm tra theo kế hoạch: đã kiểm tra 03 ấp, trong đó:\n"
        "- Ấp Đông: 01 lần\n"
        "+ Lần một:\n"
        "- Ấp Tây: 02 lần\n"
        "II. KẾT QUẢ\n"
        "Trên đây là báo cáo của UBND xã An Thạnh./.\n"
        "\n"
        "Nơi nhận:\n"
        "- Như trên;\n"
        "- Lưu: VT.\n"
        "\n"
        "TM. ỦY BAN NHÂN DÂN\n"
        "CHỦ TỊCH\n"
        "\n"
        "Lâm Văn Út\n"
        "\n"
        "Phụ lục 1**BIỂU SỐ LIỆU***(Kèm theo Báo cáo số 77/BC-UBND)*\n"
        "\n"
        "STT\tNội dung\tSố lượng\n"
        "1\tVăn bản\t14\n"
        "\n"
        "PHỤ LỤC II\n"
        "DANH SÁCH ẤP\n"
        "Ghi đủ các ấp.\n";

static void reads_the_head(void **state)
{
	(void)state;
	READ(r, report);
	const struct doc_head *h = &r.doc.head;

	assert_string_equal(h->type, "BÁO CÁO");
	assert_string_equal(h->title,
	                    "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2025");
	assert_string_equal(h->place, "An Thạnh");
	assert_string_equal(h->office, "UBND xã An Thạnh");
	assert_int_equal(h->number.n, 77);
	assert_int_equal(h->day.month, 6);
	assert_int_equal(h->year, 2025);
	assert_int_equal(h->period.kind, PERIOD_HALF);
	assert_int_equal(h->number_line.line, 4);
	assert_int_equal(h->day_line.line, 4);
	assert_int_equal(h->title_line.line, 7);
	assert_false(h->is_plan);
	assert_int_equal(r.doc.blocks[block_with(&r.doc, "Kính gửi")].kind, BLOCK_HEAD);
	assert_int_equal(r.doc.blocks[block_with(&r.doc, "Thực hiện Công")].kind,
	                 BLOCK_PARAGRAPH);
	arena_release(&r.arena);
}

static void joins_what_a_page_cut(void **state)
{
	(void)state;
	char room[200];
	READ(r, report);
	const struct block *b = &r.doc.blocks[block_with(&r.doc, "14 văn bản")];

	assert_int_equal(b->text.n_joints, 2);
	assert_non_null(strstr(b->text.text, "phát hành trên trang thông tin"));
	assert_int_equal(joined_line(&b->text, 0).line, 17);
	assert_int_equal(joined_line(&b->text, strlen(b->text.text)).line, 21);
	assert_int_equal(b->n_sentences, 3);
	assert_string_equal(sentence(b, 2, room, sizeof(room)), "Có 1.788 lượt đọc.");
	assert_string_equal(sentence(b, 0, room, sizeof(room)),
	                    "Xã đã ban hành 14 văn bản, đạt tỷ lệ 36.8 điểm;");
	arena_release(&r.arena);
}

static void builds_the_sections(void **state)
{
	(void)state;
	static const struct {
		const char *number, *title;
		int depth, parent;
	} expected[] = {
		{ "I", "CÔNG TÁC CHỈ ĐẠO", 0, -1 }, { "1", "Ban hành văn bản", 1, 0 },
		{ "1.2", "Kiểm tra", 2, 1 },        { "a", "Kiểm tra theo kế hoạch", 3, 2 },
		{ "II", "KẾT QUẢ", 0, -1 },
	};
	READ(r, report);

	assert_int_equal(r.doc.n_sections, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		const struct section *s = &r.doc.sections[i];

		assert_string_equal(s->number, expected[i].number);
		assert_string_equal(s->title, expected[i].title);
		assert_int_equal(s->depth, expected[i].depth);
		assert_int_equal(s->parent, expected[i].parent);
	}
	assert_int_equal(r.doc.blocks[r.doc.sections[0].block].kind, BLOCK_HEADING);
	assert_int_equal(r.doc.blocks[r.doc.sections[3].block].kind, BLOCK_PARAGRAPH);
	assert_string_equal(r.doc.blocks[r.doc.sections[3].block].bullet, "a)");
	assert_int_equal(r.doc.sections[0].n_blocks, 8);
	arena_release(&r.arena);
}

static void finds_what_introduces_a_list(void **state)
{
	(void)state;
	READ(r, report);
	int intro = block_with(&r.doc, "03 ấp"), first = block_with(&r.doc, "Ấp Đông"),
	    inner = block_with(&r.doc, "Lần một"), last = block_with(&r.doc, "Ấp Tây");

	assert_int_equal(r.doc.blocks[first].list_parent, intro);
	assert_int_equal(r.doc.blocks[inner].list_parent, -1);
	assert_int_equal(r.doc.blocks[last].list_parent, inner);
	assert_string_equal(r.doc.blocks[first].bullet, "-");
	assert_string_equal(r.doc.blocks[first].text.text + r.doc.blocks[first].text_start,
	                    "Ấp Đông: 01 lần");
	arena_release(&r.arena);
}

static void finds_tail_and_annexes(void **state)
{
	(void)state;
	READ(r, report);

	assert_int_equal(r.doc.blocks[block_with(&r.doc, "Lưu: VT")].kind, BLOCK_TAIL);
	assert_int_equal(r.doc.blocks[block_with(&r.doc, "Lâm Văn Út")].kind, BLOCK_TAIL);
	assert_int_equal(r.doc.n_annexes, 2);
	assert_string_equal(r.doc.annexes[0].number, "1");
	assert_string_equal(r.doc.annexes[0].title, "BIỂU SỐ LIỆU");
	assert_string_equal(r.doc.annexes[1].number, "II");
	assert_string_equal(r.doc.annexes[1].title, "DANH SÁCH ẤP");
	assert_int_equal(r.doc.n_tables, 1);
	assert_int_equal(r.doc.tables[0].annex, 0);
	assert_int_equal(r.doc.tables[0].caption[1] - r.doc.tables[0].caption[0], 1);
	arena_release(&r.arena);
}

static void names_the_office_without_a_letterhead(void **state)
{
	(void)state;
	READ(r, "Số:     /KH-UBND\n\nPhú Lợi, ngày     tháng     năm 2026\n\n"
	        "# Kế hoạch\nCải cách hành chính năm 2026\n\n"
	        "Thực hiện Kế hoạch số 9/KH-UBND của UBND huyện Bến Tre.\n\n"
	        "1. UBND xã Phú Lợi giao Văn phòng chủ trì.\n");
	const struct doc_head *h = &r.doc.head;

	assert_string_equal(h->office, "UBND xã Phú Lợi");
	assert_string_equal(h->type, "KẾ HOẠCH");
	assert_true(h->is_plan);
	assert_int_equal(h->number.n, 0);
	assert_int_equal(h->number_line.line, 1);
	assert_int_equal(h->day.day, 0);
	assert_int_equal(h->year, 2026);
	arena_release(&r.arena);
}

static void finds_lists_without_bullets(void **state)
{
	(void)state;
	READ(r, "Tiếp nhận 30 hồ sơ, trong đó:\nTrực tuyến 20 hồ sơ\nTrực tiếp 10 hồ sơ\n\n"
	        "Kiểm tra 3 ấp, gồm:\n\na) Ấp Đông;\n\nb) Ấp Tây.\n\nHết năm./.\n");
	int online = block_with(&r.doc, "Trực tuyến"), east = block_with(&r.doc, "Ấp Đông"),
	    west = block_with(&r.doc, "Ấp Tây"), end = block_with(&r.doc, "Hết năm");

	assert_int_equal(r.doc.blocks[online].list_parent, 0);
	assert_int_equal(r.doc.blocks[online + 1].list_parent, 0);
	assert_int_equal(r.doc.blocks[east].list_parent, east - 1);
	assert_int_equal(r.doc.blocks[west].list_parent, east - 1);
	assert_int_equal(r.doc.blocks[end].list_parent, -1);
	assert_int_equal(r.doc.blocks[end].n_sentences, 1);
	arena_release(&r.arena);
}

static void takes_another_file_for_a_form(void **state)
{
	(void)state;
	static const char form[] = "BIỂU TỔNG HỢP SỐ LIỆU\nĐơn vị tính: hồ sơ\n"
	                           "STT\tChỉ tiêu\tSố liệu\n1\tTiếp nhận\t30\n";
	struct text_file files[2];
	struct document doc;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 64 << 20);
	assert_int_equal(text_file_read(&files[0], &a, report, strlen(report)), ERR_OK);
	assert_int_equal(text_file_read(&files[1], &a, form, strlen(form)), ERR_OK);
	assert_int_equal(document_build(&doc, &a, files, 2), ERR_OK);
	assert_int_equal(doc.n_annexes, 3);
	assert_string_equal(doc.annexes[2].title, "BIỂU TỔNG HỢP SỐ LIỆU");
	assert_int_equal(doc.tables[1].annex, 2);
	assert_int_equal(doc.tables[1].rows[1].line.file, 1);
	assert_int_equal(doc.tables[1].rows[1].line.line, 4);
	assert_string_equal(doc.head.type, "BÁO CÁO");
}

static void compares_plain_text(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	const char *plain;
	const char *text = "Hồ sơ TTHC, (toàn trình) – ĐỢT 2";

	arena_init(&a, 1 << 20);
	assert_int_equal(text_plain(&a, &plain, text, strlen(text)), ERR_OK);
	assert_string_equal(plain, "hồ sơ tthc toàn trình đợt 2");
}

static void refuses_what_is_no_text(void **state)
{
	(void)state;
	ARENA_CLEANUP struct arena a;
	struct text_file f;

	arena_init(&a, 64 << 20);
	assert_int_equal(text_file_read(&f, &a, "a\xff", 2), ERR_INPUT);
	assert_int_equal(text_file_read(&f, &a, "", (size_t)TEXT_MOST_BYTES + 1),
	                 ERR_TOO_LARGE);
	assert_int_equal(text_file_read(&f, &a, "", 0), ERR_OK);
	assert_int_equal(f.n_lines, 0);
	assert_int_equal(text_file_read(&f, &a,
	                                "\xef\xbb\xbf"
	                                "a\x01"
	                                "b\r\n# Đ\n\nx",
	                                15),
	                 ERR_OK);
	assert_int_equal(f.n_lines, 4);
	assert_string_equal(f.lines[0].text, "a b");
	assert_int_equal(f.lines[1].kind, TEXT_HEADING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_head),
		cmocka_unit_test(joins_what_a_page_cut),
		cmocka_unit_test(builds_the_sections),
		cmocka_unit_test(finds_what_introduces_a_list),
		cmocka_unit_test(finds_tail_and_annexes),
		cmocka_unit_test(names_the_office_without_a_letterhead),
		cmocka_unit_test(finds_lists_without_bullets),
		cmocka_unit_test(takes_another_file_for_a_form),
		cmocka_unit_test(compares_plain_text),
		cmocka_unit_test(refuses_what_is_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
