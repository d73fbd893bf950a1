#include "lib/paper_sample.h"

struct making {
	struct arena *a;
	struct paper_block *blocks;
	size_t n;
};

static const char sentence[] =
        "Trong kỳ báo cáo, Ủy ban nhân dân xã đã chỉ đạo các bộ phận chuyên môn rà soát toàn "
        "bộ hồ sơ tiếp nhận tại Bộ phận Một cửa, bảo đảm việc giải quyết thủ tục hành chính "
        "đúng thời hạn, công khai, minh bạch; đồng thời đẩy mạnh hướng dẫn người dân nộp hồ sơ "
        "trực tuyến và thanh toán không dùng tiền mặt. ";

static struct paper_run *runs(struct making *m, size_t n)
{
	struct paper_run *at = arena_alloc_array(m->a, n, sizeof(*at));

	return at;
}

static void put(struct making *m, enum paper_kind kind, int level, const char *text)
{
	struct paper_run *r = runs(m, 1);

	r->text = text;
	m->blocks[m->n++] =
	        (struct paper_block){ .kind = kind, .level = level, .text = { r, 1 } };
}

/* A figure in the middle, marked; with a footnote behind it in every third. */
static void put_prose(struct making *m, size_t i)
{
	static const struct paper_run note_runs[] = {
		{ .text = "Quyết định số 06/QĐ-UBND ngày 03 tháng 01 năm 2024 của Ủy ban nhân "
		          "dân huyện Mẫu về việc ban hành Kế hoạch cải cách hành chính năm "
		          "2024." }
	};
	static const struct paper_text note = { note_runs, 1 };
	struct paper_run *r = runs(m, 4);
	const char *mark, *figure;

	if (arena_printf(m->a, &mark, "so_%zu", i) != ERR_OK ||
	    arena_printf(m->a, &figure, "%zu hồ sơ", 12 + i * 7) != ERR_OK)
		return;
	r[0].text = sentence;
	r[1].text = "Tổng số đã giải quyết là ";
	r[2] = (struct paper_run){ .text = figure, .weight = PAPER_BOLD, .mark = mark };
	r[2].note = i % 3 == 0 ? &note : NULL;
	r[3].text = ", trong đó trước hạn & đúng hạn chiếm trên 95% <theo sổ theo dõi>.";
	m->blocks[m->n++] =
	        (struct paper_block){ .kind = i % 4 == 3 ? PAPER_ITEM : PAPER_PARAGRAPH,
		                      .text = { r, 4 } };
}

static void put_table(struct making *m, const struct paper_table *t)
{
	m->blocks[m->n++] = (struct paper_block){ .kind = PAPER_TABLE, .table = t };
}

/* Số hồ sơ của một lĩnh vực: a head of two rows. */
static const struct paper_column wide_columns[] = { { 9, PAPER_CENTRE }, { 26, PAPER_LEFT },
	                                            { 10, PAPER_RIGHT }, { 10, PAPER_RIGHT },
	                                            { 10, PAPER_RIGHT }, { 10, PAPER_RIGHT },
	                                            { 10, PAPER_RIGHT }, { 15, PAPER_LEFT } };
static const struct paper_head_cell wide_head[] = {
	{ "STT", 0, 0, 2, 1 },        { "Lĩnh vực", 0, 1, 2, 1 },  { "Tiếp nhận", 0, 2, 1, 2 },
	{ "Giải quyết", 0, 4, 1, 3 }, { "Ghi chú", 0, 7, 2, 1 },   { "Trực tiếp", 1, 2, 1, 1 },
	{ "Trực tuyến", 1, 3, 1, 1 }, { "Trước hạn", 1, 4, 1, 1 }, { "Đúng hạn", 1, 5, 1, 1 },
	{ "Quá hạn", 1, 6, 1, 1 }
};

static const struct paper_table *wide_table(struct arena *a, bool landscape)
{
	enum { COLUMNS = 8, ROWS = 30 };
	struct paper_table *t = arena_alloc(a, sizeof(*t));
	struct paper_cell *cells = arena_alloc_array(a, COLUMNS * ROWS, sizeof(*cells));

	for (size_t i = 0; i < COLUMNS * ROWS; i++)
		cells[i].text = i % COLUMNS == 0 ? "1"
		                : i % COLUMNS == 1 ? "Hộ tịch, chứng thực, bảo trợ xã hội"
		                : i % COLUMNS == 7 ? NULL
		                                   : "1.234";
	*t = (struct paper_table){ .columns = wide_columns,
		                   .n_columns = COLUMNS,
		                   .head = wide_head,
		                   .n_head = sizeof(wide_head) / sizeof(wide_head[0]),
		                   .head_rows = 2,
		                   .cells = cells,
		                   .n_rows = landscape ? ROWS : 6,
		                   .landscape = landscape };
	return t;
}

static const struct paper_table *form_table(struct arena *a, size_t rows)
{
	static const struct paper_column columns[] = { { 12, PAPER_CENTRE },
		                                       { 80, PAPER_LEFT },
		                                       { 26, PAPER_CENTRE },
		                                       { 20, PAPER_RIGHT },
		                                       { 32, PAPER_LEFT } };
	static const struct paper_head_cell head[] = { { .text = "STT" },
		                                       { "Chỉ tiêu thống kê", 0, 1, 1, 1 },
		                                       { "Đơn vị tính", 0, 2, 1, 1 },
		                                       { "Số liệu", 0, 3, 1, 1 },
		                                       { "Ghi chú", 0, 4, 1, 1 } };
	struct paper_table *t = arena_alloc(a, sizeof(*t));
	struct paper_cell *cells = arena_alloc_array(a, rows * 5, sizeof(*cells));

	for (size_t i = 0; i < rows; i++) {
		struct paper_cell *c = cells + 5 * i;
		unsigned weight = i % 6 == 0 ? PAPER_BOLD : 0;

		if (arena_printf(a, &c[0].text, i % 6 == 0 ? "%zu." : "%zu.%zu.", 1 + i / 6,
		                 i % 6) != ERR_OK)
			return NULL;
		c[1].text = i % 6 == 0
		                    ? "Giải quyết thủ tục hành chính"
		                    : "Tỷ lệ hồ sơ giải quyết đúng hạn do cơ quan chuyên môn "
		                      "tiếp nhận trong kỳ báo cáo";
		c[2].text = i % 6 == 0 ? "" : "Hồ sơ";
		c[3].text = i % 6 == 0 ? NULL : i % 6 == 2 ? "97,36" : "1.528";
		c[4].text = i % 6 == 4 ? "02 nhiệm vụ đang thực hiện chưa đến hạn" : NULL;
		for (int k = 0; k < 5; k++)
			c[k].weight = weight;
	}
	*t = (struct paper_table){ columns, 5, head, 5, 1, cells, rows, false };
	return t;
}

static struct paper_blocks body_of(struct arena *a, const struct paper_sample *s)
{
	static const char *const titles[PAPER_SAMPLE_HEADINGS] = {
		"I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
		"1. Kế hoạch cải cách hành chính",
		"2. Về tổ chức chỉ đạo cải cách hành chính",
		"a) Ban hành văn bản chỉ đạo",
		"II. KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH",
		"1. Cải cách thể chế",
		"2. Cải cách thủ tục hành chính",
		"a) Kết quả rà soát, đơn giản hóa thủ tục hành chính",
		"III. ĐÁNH GIÁ CHUNG",
		"1. Kết quả đạt được",
		"IV. PHƯƠNG HƯỚNG, NHIỆM VỤ",
		"V. KIẾN NGHỊ, ĐỀ XUẤT"
	};
	static const int levels[PAPER_SAMPLE_HEADINGS] = { 1, 2, 2, 3, 1, 2, 2, 3, 1, 2, 1, 1 };
	struct making m = { .a = a };

	m.blocks = arena_alloc_array(a, 20 + PAPER_SAMPLE_HEADINGS * (1 + s->paragraphs),
	                             sizeof(*m.blocks));
	put(&m, PAPER_BASIS, 0,
	    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;");
	put(&m, PAPER_BASIS, 0, "Căn cứ Kế hoạch cải cách hành chính năm 2024 của huyện Mẫu.");
	for (size_t h = 0; h < PAPER_SAMPLE_HEADINGS; h++) {
		put(&m, PAPER_HEADING, levels[h], titles[h]);
		for (size_t i = 0; i < s->paragraphs; i++)
			put_prose(&m, h * s->paragraphs + i);
		if (h == 6) {
			put(&m, PAPER_LINE, 0, "Bảng 1. Kết quả giải quyết thủ tục hành chính");
			put_table(&m, wide_table(a, false));
			put(&m, PAPER_NOTE, 0, "Ghi chú: số liệu tính đến ngày 14/3/2024.");
		}
		if (h == 7 && s->wide)
			put_table(&m, wide_table(a, true));
	}
	return (struct paper_blocks){ m.blocks, m.n };
}

static struct paper_appendix *forms_of(struct arena *a, const struct paper_sample *s)
{
	static const char *const titles[] = {
		"THỐNG KÊ SỐ LIỆU CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
		"THỐNG KÊ SỐ LIỆU CẢI CÁCH THỦ TỤC HÀNH CHÍNH"
	};
	struct paper_appendix *at = arena_alloc_array(a, s->appendices, sizeof(*at));

	for (size_t i = 0; i < s->appendices; i++) {
		struct paper_block *b = arena_alloc(a, sizeof(*b));

		*b = (struct paper_block){ .kind = PAPER_TABLE,
			                   .table = form_table(a, s->rows) };
		at[i] = (struct paper_appendix){ .title = titles[i % 2], .body = { b, 1 } };
	}
	return at;
}

struct paper *paper_sample(struct arena *a, const struct paper_sample *s)
{
	static const char *const to[] = { "Ủy ban nhân dân huyện Mẫu" };
	static const char *const sent[] = { "Như trên", "TT. HĐND xã;",
		                            "- Chủ tịch, các PCT UBND xã;",
		                            "Các bộ phận chuyên môn", "Lưu: VT, VP (05b)." };
	static const char *const authority[] = { "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH",
		                                 "PHÓ CHỦ TỊCH" };
	struct paper *p = arena_alloc(a, sizeof(*p));

	*p = (struct paper){
		.head = { .issuer = "ỦY BAN NHÂN DÂN\nXÃ AN MẪU",
		          .number = s->numbered ? "15" : NULL,
		          .notation = "BC-UBND",
		          .place = "An Mẫu",
		          .dated = s->numbered ? date_make(2024, 3, 8) : DATE_NONE,
		          .year = 2024 },
		.type = "BÁO CÁO",
		.subject =
		        "Kết quả thực hiện công tác cải cách hành chính quý I và phương hướng, "
		        "nhiệm vụ trọng tâm quý II năm 2024",
		.addressees = to,
		.n_addressees = 1,
		.body = body_of(a, s),
		.signature = { authority, 3, "Nguyễn Văn Mẫu" },
		.recipients = sent,
		.n_recipients = 5,
		.appendices = forms_of(a, s),
		.n_appendices = s->appendices,
		.kind_name = "Báo cáo",
		.issuer_name = "Ủy ban nhân dân xã An Mẫu",
		.title = "Báo cáo công tác cải cách hành chính quý I năm 2024",
		.created = instant_local(date_make(2024, 3, 8), 600),
	};
	return p;
}
