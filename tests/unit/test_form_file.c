/* The forms in files of other offices, on sheets made from the labels of forms/. */
#include "lib/paper_file.h"
#include "lib/test_form.h"

#include <string.h>

#include "app/form_file/form_file_csv.h"
#include "base/str.h"

/* ---- one reading ---- */

struct read {
	struct arena arena;
	const struct form_set *sets[2]; /* bnv-2022, xa-2024 */
	struct paper_file paper;
	struct document document;
	struct form_file file;
	struct problems problems;
};

static void begin(struct read *r)
{
	*r = (struct read){ 0 };
	arena_init(&r->arena, 256 << 20);
	problems_init(&r->problems, &r->arena);
	r->paper.arena = &r->arena;
	r->sets[0] = test_form_set(&r->arena, "bnv-2022");
	r->sets[1] = test_form_set(&r->arena, "xa-2024");
}

static void run(struct read *r, const struct form_set *set, enum paper_kind kind)
{
	struct form_file_task task = { .known = r->sets,
		                       .n_known = 2,
		                       .set = set,
		                       .tier = FORM_COMMUNE,
		                       .unit_name = "UBND xã Minh Họa",
		                       .document = &r->document };
	struct form_file_source source;
	enum form_file_places *places;

	assert_true(period_parse(&task.period, "2024-Q1"));
	assert_int_equal(ERR_OK,
	                 form_file_source_read(&source, &r->arena, paper_bytes(&r->paper, kind),
	                                       paper_name(kind), &r->problems));
	assert_int_equal(r->problems.n, 0);
	assert_int_equal(ERR_OK,
	                 form_file_document(&r->document, &places, &r->arena, &source, 1));
	task.places = places;
	assert_int_equal(ERR_OK, form_file_read(&r->file, &r->arena, &task));
}

static void end(struct read *r)
{
	arena_release(&r->arena);
}

static const struct form_file_cell *cell_of(const struct read *r, const char *row)
{
	return &r->file.cells[test_form_row(r->file.set, row)->at];
}

static void assert_cell(const struct read *r, const char *row, enum form_file_state state,
                        const char *typed)
{
	const struct form_file_cell *c = cell_of(r, row);

	if (c->state != state || !str_eq(c->typed, typed))
		print_error("%s: state %d \"%s\" (%s)\n", row, c->state, c->typed,
		            c->say ? c->say : "");
	assert_int_equal(c->state, state);
	assert_string_equal(c->typed, typed);
}

static size_t count(const struct read *r, enum form_file_loss loss)
{
	size_t n = 0;

	for (size_t i = 0; i < r->file.n_remarks; i++)
		n += r->file.remarks[i].loss == loss;
	return n;
}

static bool remarks_say(const struct read *r, enum form_file_loss loss, const char *text)
{
	for (size_t i = 0; i < r->file.n_remarks; i++)
		if (r->file.remarks[i].loss == loss && (strstr(r->file.remarks[i].say, text) ||
		                                        strstr(r->file.remarks[i].quote, text)))
			return true;
	return false;
}

static void put_header(struct read *r)
{
	paper_put(&r->paper, "STT|Chỉ tiêu thống kê|Kết quả thống kê||Ghi chú");
	paper_put(&r->paper, "|(Sử dụng trong kỳ báo cáo hàng quý)|Đơn vị tính|Số liệu|");
}

static const struct form_row *row_at(const struct form_set *set, const struct form *form,
                                     size_t i)
{
	return &set->rows[(size_t)form->first + i];
}

/* Rows of a form with the figures given as "code", "figure", ..., NULL. */
static void put_form(struct read *r, const struct form_set *set, const char *code,
                     const char *const *figures)
{
	const struct form *form = form_find(set, code);

	for (size_t i = 0; i < form->n_rows; i++) {
		const struct form_row *row = row_at(set, form, i);
		const char *figure = "";

		for (size_t k = 0; figures && figures[k]; k += 2)
			if (str_eq(figures[k], row->code))
				figure = figures[k + 1];
		paper_put(&r->paper, "%s.|%s|%s|%s|", row->code, row->label, row->unit, figure);
	}
}

/* ---- every row, every notation, every kind of file ---- */

/* How figures are printed, and what must come of them. */
struct notation {
	const char *printed;
	enum form_file_state state;
	const char *typed; /* "" when it is asked */
};
static const struct notation counts[] = { { "02", FORM_FILE_SURE, "2" },
	                                  { "1.788", FORM_FILE_SURE, "1.788" },
	                                  { "1,788", FORM_FILE_GUESSED, "1.788" },
	                                  { "27/27", FORM_FILE_SURE, "27/27" },
	                                  { "0", FORM_FILE_SURE, "0" },
	                                  { "1.302.826", FORM_FILE_SURE, "1.302.826" },
	                                  { "1 788", FORM_FILE_GUESSED, "1.788" },
	                                  { "-", FORM_FILE_ASKED, "" },
	                                  { "", FORM_FILE_BLANK, "" },
	                                  { "khoảng 20", FORM_FILE_ASKED, "" },
	                                  { "12 văn bản đã gửi", FORM_FILE_GUESSED, "12" } };
static const struct notation ratios[] = { { "53,12", FORM_FILE_SURE, "53,12" },
	                                  { "12.16%", FORM_FILE_SURE, "12,16" },
	                                  { "100% (18/18)", FORM_FILE_SURE, "100 (18/18)" },
	                                  { "27/27", FORM_FILE_SURE, "100 (27/27)" },
	                                  { "36,842", FORM_FILE_SURE, "36,842" },
	                                  { "36.842", FORM_FILE_GUESSED, "36,842" },
	                                  { "", FORM_FILE_BLANK, "" },
	                                  { "98 %", FORM_FILE_SURE, "98" },
	                                  { "#DIV/0!", FORM_FILE_ASKED, "" } };
static const struct notation moneys[] = {
	{ "3,887", FORM_FILE_ASKED, "" },
	{ "3.887", FORM_FILE_SURE, "3.887" },
	{ "1.234,5", FORM_FILE_SURE, "1.234,5" },
	{ "2,929 tỷ đồng", FORM_FILE_ASKED, "" },
	{ "2,5 tỷ đồng", FORM_FILE_GUESSED, "2.500" },
};
static const struct notation codes[] = {
	{ "1", FORM_FILE_SURE, "1" },
	{ "", FORM_FILE_BLANK, "" },
	{ "01", FORM_FILE_SURE, "1" },
};

static struct notation notation_of(const struct form_row *row, size_t round)
{
	static const struct notation nothing = { "", FORM_FILE_BLANK, "" };
	size_t at = (size_t)row->at + round;

	switch (row->kind) {
	case FORM_COUNT:
		return counts[at % ARRAY_LEN(counts)];
	case FORM_RATIO:
		/* Of a rate that may be above 100 a point before three digits is a question. */
		if (row->any_range && str_eq(ratios[at % ARRAY_LEN(ratios)].printed, "36.842"))
			return (struct notation){ "36.842", FORM_FILE_ASKED, "" };
		return ratios[at % ARRAY_LEN(ratios)];
	case FORM_MONEY:
		return moneys[at % ARRAY_LEN(moneys)];
	case FORM_ENUM:
		return codes[at % ARRAY_LEN(codes)];
	case FORM_GROUP:
		break;
	}
	return nothing;
}

static void put_set(struct read *r, const struct form_set *set, size_t round)
{
	paper_put(&r->paper, "UBND xã Minh Họa");
	for (size_t f = 0; f < set->n_forms; f++) {
		paper_put(&r->paper, "%s", "");
		paper_put(&r->paper, "Phụ lục %zu", f + 20); /* numbers say nothing */
		paper_put(&r->paper, "%s", set->forms[f].title);
		paper_put(&r->paper, "%s", "");
		put_header(r);
		for (size_t i = 0; i < set->forms[f].n_rows; i++) {
			const struct form_row *row = row_at(set, &set->forms[f], i);
			const char *figure = notation_of(row, round).printed;

			paper_put(&r->paper, "%s|%s|%s|%s|%s", row->code, row->label, row->unit,
			          figure, row->at % 5 == 0 ? "theo sổ theo dõi" : "");
		}
	}
}

static void check_set(const struct read *r, const struct form_set *set, size_t round)
{
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct form_row *row = &set->rows[i];
		struct notation n = notation_of(row, round);
		const struct form_file_cell *c = &r->file.cells[i];

		if (c->state != n.state || !str_eq(c->typed, n.typed))
			print_error("%s/%s \"%s\": state %d \"%s\" %s\n", row->form->code,
			            row->code, n.printed, c->state, c->typed,
			            c->say ? c->say : "");
		assert_int_equal(c->state, n.state);
		assert_string_equal(c->typed, n.typed);
		if (n.state >= FORM_FILE_GUESSED)
			assert_non_null(c->say);
		if (row->at % 5 == 0)
			assert_non_null(strstr(c->stated.note, "theo sổ theo dõi"));
	}
}

static void every_notation_in_every_kind_of_file(void **state)
{
	(void)state;
	for (size_t s = 0; s < 2; s++)
		for (enum paper_kind kind = 0; kind < PAPER_KINDS; kind++) {
			size_t round = s * 3 + kind;
			struct read r;

			begin(&r);
			put_set(&r, r.sets[s], round);
			run(&r, r.sets[s], kind);
			assert_ptr_equal(r.file.printed, r.sets[s]);
			assert_int_equal(r.file.n_tables, r.sets[s]->n_forms);
			assert_int_equal(r.file.n_of[FORM_FILE_ABSENT], 0);
			assert_int_equal(count(&r, FORM_FILE_UNREAD_ROW), 0);
			assert_int_equal(count(&r, FORM_FILE_ASKED_CELL),
			                 r.file.n_of[FORM_FILE_ASKED]);
			check_set(&r, r.sets[s], round);
			end(&r);
		}
}

/* ---- rows ---- */

/* Other numbers, a row left out, one more, one moved, an abbreviation, an older name. */
static void rows_are_found_by_their_labels(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	paper_put(&r.paper, "BÁO CÁO");
	paper_put(&r.paper, "%s", "");
	paper_put(&r.paper, "TT|Nội dung|ĐVT|Số liệu|Ghi chú");
	paper_put(&r.paper, "I|Kết quả giải quyết thủ tục hành chính|||");
	paper_put(&r.paper, "1|Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng "
	                    "hạn|%%|95|chậm do thiếu chữ ký");
	paper_put(&r.paper,
	          "1.1|Tổng số hồ sơ thủ tục hành chính đã giải quyết xong|Hồ sơ|100|");
	paper_put(&r.paper, "1.2|Số hồ sơ TTHC giải quyết đúng hạn|Hồ sơ|95|");
	paper_put(&r.paper, "1.3|Số hồ sơ trả lại do thiếu giấy tờ|Hồ sơ|7|");
	paper_put(&r.paper, "2|Tổng số PAKN đã tiếp nhận|PAKN|3|");
	paper_put(&r.paper, "3|Số TTHC công bố mới|Thủ tục|4|");
	run(&r, r.sets[1], PAPER_TEXT);
	assert_cell(&r, "4/3.3", FORM_FILE_SURE, "95");
	assert_string_equal(cell_of(&r, "4/3.3")->stated.note, "chậm do thiếu chữ ký");
	assert_cell(&r, "4/3.3.1", FORM_FILE_SURE, "100");
	assert_cell(&r, "4/3.3.2", FORM_FILE_SURE, "95");
	assert_cell(&r, "4/3.4.1", FORM_FILE_SURE, "3");
	assert_cell(&r, "4/1.2", FORM_FILE_GUESSED, "4"); /* out of its place */
	assert_cell(&r, "4/3.1.1", FORM_FILE_ABSENT, "");
	assert_true(remarks_say(&r, FORM_FILE_UNREAD_ROW, "trả lại do thiếu giấy tờ"));
	assert_int_equal(count(&r, FORM_FILE_UNREAD_ROW), 1);
	assert_string_equal(cell_of(&r, "4/3.3.1")->where, "dòng 6");
	end(&r);
}

static void labels_that_were_scanned_badly(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	put_header(&r);
	paper_put(&r.paper, "1.|Số văn bản chỉ đạo CCHC đã ban hành|Văn bản|5|");
	paper_put(&r.paper, "2.1|Số nhiệm v ụ đề ra trong k ế hoạch|Nhiệm vụ|19|");
	paper_put(&r.paper, "2.2|Số nhiệm vụ đã hoàn thành|Nhiệm vụ|7|");
	paper_put(&r.paper, "5.|Thực hiện nhiệm vụ UBND tỉnh giao|||");
	paper_put(&r.paper, "5.1|Tổng số nhiệm vụ được giao|Nhiệm vụ|0|");
	paper_put(&r.paper, "5.2|Số nhiệm vụ đã hoàn thành đúng hạn|Nhiệm vụ|0|");
	run(&r, r.sets[1], PAPER_TEXT);
	assert_cell(&r, "2/2.1", FORM_FILE_GUESSED, "19");
	assert_cell(&r, "2/2.2", FORM_FILE_SURE, "7");
	assert_cell(&r, "2/5.2", FORM_FILE_SURE, "0");
	end(&r);
}

/* A page break cuts the table; what follows has no header and few rows. */
static void a_table_goes_on_after_a_page_break(void **state)
{
	const enum paper_kind kinds[] = { PAPER_EXCEL, PAPER_WORD };

	(void)state;
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		struct read r;

		begin(&r);
		put_header(&r);
		put_form(&r, r.sets[1], "3",
		         (const char *const[]){ "1.3", "4", "3.2.1", "2", NULL });
		paper_put(&r.paper, "%s", "");
		for (size_t i = r.paper.n - 1; i > r.paper.n - 4;
		     i--) /* the last rows stand apart */
			r.paper.lines[i] = r.paper.lines[i - 1];
		r.paper.lines[r.paper.n - 4] = (struct paper_line){ 0 };
		run(&r, r.sets[1], kinds[k]);
		assert_cell(&r, "3/1.3", FORM_FILE_SURE, "4");
		assert_cell(&r, "3/3.2.1", FORM_FILE_SURE, "2");
		assert_cell(&r, "3/3.2.2", FORM_FILE_BLANK, "");
		end(&r);
	}
}

/* The ministry's form for a commune: rows go by their stable ids, the rest is listed. */
static void an_other_set_is_mapped(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	put_set(&r, r.sets[0], 0);
	run(&r, r.sets[1], PAPER_WORD);
	assert_ptr_equal(r.file.printed, r.sets[0]);
	for (size_t i = 0; i < r.sets[0]->n_rows; i++) {
		const struct form_row *row = &r.sets[0]->rows[i], *other = NULL;
		struct notation n = notation_of(row, 0);

		for (size_t k = 0; k < r.sets[1]->n_rows; k++)
			if (str_eq(r.sets[1]->rows[k].id, row->id))
				other = &r.sets[1]->rows[k];
		if (other)
			assert_string_equal(r.file.cells[other->at].typed, n.typed);
		else if (*n.printed)
			assert_true(count(&r, FORM_FILE_NO_COUNTERPART) > 0);
	}
	assert_cell(&r, "2/5.1", FORM_FILE_ABSENT, ""); /* what the province gave */
	assert_true(remarks_say(&r, FORM_FILE_WRONG_HEAD, "theo mã chỉ tiêu"));
	end(&r);
}

static void a_row_that_stands_twice_is_asked(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	for (size_t i = 0; i < 2; i++) {
		put_header(&r);
		put_form(&r, r.sets[1], "5",
		         (const char *const[]){ "2.1", i ? "19" : "18", "2.2", "18", NULL });
		paper_put(&r.paper, "%s", "");
		paper_put(&r.paper, "Kỳ trước");
		paper_put(&r.paper, "%s", "");
	}
	run(&r, r.sets[1], PAPER_TEXT);
	assert_cell(&r, "5/2.1", FORM_FILE_ASKED, "");
	assert_true(strstr(cell_of(&r, "5/2.1")->say, "\"18\"") != NULL);
	assert_true(strstr(cell_of(&r, "5/2.1")->say, "\"19\"") != NULL);
	assert_cell(&r, "5/2.2", FORM_FILE_SURE, "18");
	assert_int_equal(count(&r, FORM_FILE_TWICE), 2);
	end(&r);
}

/* ---- columns ---- */

static void the_column_of_the_period_is_taken(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	paper_put(&r.paper,
	          "STT|Chỉ tiêu|ĐVT|Kỳ trước|Kỳ này|Cơ quan chủ trì thống kê|Ghi chú");
	paper_put(&r.paper, "2.1|Tổng số biên chế được giao trong năm|Người|17|18|Nội vụ|");
	paper_put(&r.paper, "2.2|Tổng số biên chế có mặt tại thời điểm báo cáo|Người|16|17|Nội "
	                    "vụ|một người nghỉ thai sản");
	paper_put(&r.paper, "2.3|Số hợp đồng lao động làm việc tại các cơ quan, tổ chức hành "
	                    "chính|Người|1|0|Nội vụ|");
	paper_put(&r.paper, "2.4|Số biên chế đã tinh giản trong kỳ báo cáo|Người|2|3|Nội vụ|");
	run(&r, r.sets[1], PAPER_EXCEL);
	assert_cell(&r, "5/2.1", FORM_FILE_SURE, "18");
	assert_cell(&r, "5/2.2", FORM_FILE_SURE, "17");
	assert_string_equal(cell_of(&r, "5/2.2")->stated.note, "một người nghỉ thai sản");
	assert_cell(&r, "5/2.4", FORM_FILE_SURE, "3");
	assert_true(remarks_say(&r, FORM_FILE_UNREAD_COLUMN, "Kỳ trước"));
	assert_string_equal(cell_of(&r, "5/2.1")->where, "hàng 2");
	end(&r);
}

/* Excel makes a number of "2.1" and shows it as "2,1". */
static void numbers_of_rows_with_a_comma(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	put_header(&r);
	paper_put(&r.paper, "2|Số liệu về biên chế công chức");
	paper_put(&r.paper, "2,1|Tổng số biên chế được giao trong năm|Người|18");
	paper_put(&r.paper, "2,2|Tổng số biên chế có mặt tại thời điểm báo cáo|Người");
	paper_put(&r.paper, "2,3|Số hợp đồng lao động làm việc tại các cơ quan, tổ chức hành "
	                    "chính|Người");
	paper_put(&r.paper, "2,4|Số biên chế đã tinh giản trong kỳ báo cáo|Người|1");
	run(&r, r.sets[1], PAPER_EXCEL);
	assert_cell(&r, "5/2.1", FORM_FILE_SURE, "18");
	assert_cell(&r, "5/2.2", FORM_FILE_BLANK, "");
	assert_cell(&r, "5/2.4", FORM_FILE_SURE, "1");
	assert_string_equal(cell_of(&r, "5/2.4")->number, "2.4");
	end(&r);
}

/* ---- cells ---- */

static void units_and_codes(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	put_header(&r);
	paper_put(&r.paper, "1.|Tỷ lệ thực hiện Kế hoạch giải ngân vốn đầu tư công|%%|75,4|");
	paper_put(&r.paper, "1.1.|Kế hoạch được giao|Đồng|3.887.000.000|");
	paper_put(&r.paper, "1.2.|Đã thực hiện|Đồng|2.929.500.000|");
	paper_put(&r.paper, "2.1.|Tổng số ĐVSN công lập tại địa phương|%%|3|");
	paper_put(&r.paper, "%s", "");
	paper_put(&r.paper, "Biểu khác");
	paper_put(&r.paper, "%s", "");
	put_header(&r);
	paper_put(&r.paper, "6.|Thực hiện nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao|||");
	paper_put(&r.paper,
	          "7.|Khảo sát sự hài lòng của người dân, tổ chức|Có = 1; Không = 0|Có|");
	paper_put(&r.paper, "7.1.|Số lượng phiếu khảo sát|Số lượng|95|");
	paper_put(&r.paper,
	          "7.2.|Hình thức khảo sát|Trực tuyến = 1 Phát phiếu = 0 Kết hợp = 2|1|");
	paper_put(&r.paper, "8.|Tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh "
	                    "nghiệp|Không = 0 Có = 1|9|");
	run(&r, r.sets[1], PAPER_TEXT);
	assert_cell(&r, "7/1.1", FORM_FILE_GUESSED, "3.887");
	assert_cell(&r, "7/1.2", FORM_FILE_GUESSED, "2.929,5");
	assert_cell(&r, "7/2.1", FORM_FILE_GUESSED, "3"); /* printed as percent */
	assert_cell(&r, "2/7", FORM_FILE_GUESSED, "1");
	assert_cell(&r, "2/7.2", FORM_FILE_ASKED, ""); /* another legend */
	assert_cell(&r, "2/8", FORM_FILE_SURE, "9");
	assert_true(count(&r, FORM_FILE_CONTRADICTION) > 0); /* no such code */
	end(&r);
}

static void contradictions_are_told(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	put_header(&r);
	put_form(&r, r.sets[1], "8",
	         (const char *const[]){ "6.1.1", "78",  "6.1.2", "78",    "6.2.1", "54",
	                                "6.2.2", "54",  "6.3",   "100",   "6.3.1", "140",
	                                "6.3.2", "140", "6.4",   "53,12", "6.4.1", "96",
	                                "6.4.2", "51",  NULL });
	run(&r, r.sets[1], PAPER_TEXT);
	assert_true(remarks_say(&r, FORM_FILE_CONTRADICTION, "132"));
	assert_cell(&r, "8/6.3.1", FORM_FILE_SURE, "140"); /* what it says is what is read */
	assert_cell(&r, "8/6.4", FORM_FILE_SURE, "53,12");
	end(&r);
}

/* ---- the whole ---- */

static void the_head_is_held_against_the_choice(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	paper_put(&r.paper, "ỦY BAN NHÂN DÂN");
	paper_put(&r.paper, "XÃ BÌNH KHÁNH");
	paper_put(&r.paper, "BÁO CÁO");
	paper_put(&r.paper, "Kết quả công tác cải cách hành chính quý III năm 2023");
	paper_put(&r.paper, "%s", "");
	put_header(&r);
	put_form(&r, r.sets[1], "5", (const char *const[]){ "2.1", "18", NULL });
	run(&r, r.sets[1], PAPER_TEXT);
	assert_true(remarks_say(&r, FORM_FILE_WRONG_HEAD, "quý III"));
	assert_true(remarks_say(&r, FORM_FILE_WRONG_HEAD, "Minh Họa"));
	assert_cell(&r, "5/2.1", FORM_FILE_SURE, "18");
	end(&r);
}

static void what_is_no_form_is_listed(void **state)
{
	struct read r;

	(void)state;
	begin(&r);
	paper_put(&r.paper, "KHẢO SÁT");
	paper_put(&r.paper, "%s", "");
	paper_put(&r.paper, "Tiêu chí|Số lượng|Tỷ lệ");
	paper_put(&r.paper, "1. Nơi đón tiếp|660|96,35");
	paper_put(&r.paper, "2. Thái độ hướng dẫn|665|97,08");
	paper_put(&r.paper, "3. Thời gian xử lý|589|85,99");
	paper_put(&r.paper, "4. Thời gian chờ đợi|590|86,13");
	run(&r, r.sets[1], PAPER_TEXT);
	assert_null(r.file.printed);
	assert_int_equal(count(&r, FORM_FILE_UNREAD_TABLE), 1);
	assert_int_equal(r.file.n_of[FORM_FILE_ABSENT], r.sets[1]->n_rows);
	end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_notation_in_every_kind_of_file),
		cmocka_unit_test(rows_are_found_by_their_labels),
		cmocka_unit_test(labels_that_were_scanned_badly),
		cmocka_unit_test(a_table_goes_on_after_a_page_break),
		cmocka_unit_test(an_other_set_is_mapped),
		cmocka_unit_test(a_row_that_stands_twice_is_asked),
		cmocka_unit_test(the_column_of_the_period_is_taken),
		cmocka_unit_test(numbers_of_rows_with_a_comma),
		cmocka_unit_test(units_and_codes),
		cmocka_unit_test(contradictions_are_told),
		cmocka_unit_test(the_head_is_held_against_the_choice),
		cmocka_unit_test(what_is_no_form_is_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
