#include <string.h>

#include "text/reading_parts.h"

enum { MOST_RUN = 64, MOST_CHAIN = 6 };

/* ---- addresses, paths, telephone numbers ---- */

static bool is_address_sign(const struct reader *r, size_t i)
{
	static const char *const signs[] = { "@", "\\", NULL };
	static const char *const begins[] = { "http", "https", "www", NULL };
	static const char *const domains[] = { "vn", "com", "gov", "net", "org", "edu", NULL };

	if (token_is_any(r, i, signs) || token_is_any(r, i, begins))
		return true;
	if (token_is(r, i, ".") && token_glued(r, i) && token_glued(r, i + 1) &&
	    token_is_any(r, i + 1, domains))
		return true;
	/* "D:2024/..." */
	return token_is(r, i, ":") && token_glued(r, i) && token_glued(r, i + 1) &&
	       token_at(r, i - 1)->kind == TOKEN_WORD && token_len(token_at(r, i - 1)) == 1;
}

/* A run without blanks that is an address or a path says nothing in figures. */
void addresses_claim(struct reader *r)
{
	for (size_t i = 0, to; i < r->n; i = to) {
		bool address = is_address_sign(r, i);

		for (to = i + 1; token_glued(r, to); to++)
			address = address || is_address_sign(r, to);
		if (address)
			token_claim(r, i, to, CLAIM_NAME, -1);
	}
}

/* ---- names with numbers ---- */

/* Words right before a number that make it a name whatever follows. */
static const char *const always_names[] = { "mức độ",
	                                    "cấp độ",
	                                    "kỳ họp",
	                                    "kỳ họp số",
	                                    "kỳ họp thứ",
	                                    "lần thứ",
	                                    "đề án",
	                                    "iso",
	                                    "iec",
	                                    "iso :",
	                                    "tcvn",
	                                    "qcvn",
	                                    "điều",
	                                    "khoản",
	                                    "phụ lục",
	                                    "phụ lục số",
	                                    "biểu số",
	                                    "biểu mẫu",
	                                    "biểu mẫu số",
	                                    "mẫu số",
	                                    "chương",
	                                    "công nghiệp",
	                                    "công nghệ",
	                                    "phiên bản",
	                                    "quốc lộ",
	                                    "tỉnh lộ",
	                                    "số nhà",
	                                    "phòng số",
	                                    "đt",
	                                    "đt :",
	                                    "sđt",
	                                    "sđt :",
	                                    "fax",
	                                    "fax :",
	                                    "số điện thoại",
	                                    "số điện thoại :",
	                                    "thế kỷ",
	                                    "windows",
	                                    "office",
	                                    "luật số",
	                                    "tài khoản số",
	                                    "tiêu chí số",
	                                    "chỉ tiêu số",
	                                    "mã số",
	                                    "máy lẻ",
	                                    "phiên họp thứ",
	                                    "kỳ họp lần thứ",
	                                    "khóa",
	                                    "khoá",
	                                    NULL };
/* Ways to reach an office: a number after them is called ("tổng đài 1022"), a small or grouped
 * one says how often they were used ("đường dây nóng 9"). */
static const char *const called_by[] = { "tổng đài",     "hotline",
	                                 "hotline :",    "đường dây nóng",
	                                 "điện thoại :", "zalo",
	                                 "zalo :",       NULL };
/* Words that do so only when nothing that is counted follows: "tổ 5", but "phát biểu 5 ý kiến".
 */
static const char *const bare_names[] = {
	"thôn",      "tổ",           "ấp",         "xóm",        "khu phố",    "tổ dân phố",
	"phường",    "quận",         "buôn",       "bản",        "khu",        "khu vực",
	"tiểu khu",  "chương trình", "dự án",      "đợt",        "lần",        "giai đoạn",
	"bước",      "phần",         "tầng",       "phòng",      "kỳ",         "đường",
	"kế hoạch",  "tập",          "số",         "lớp",        "mức",        "biểu",
	"mẫu",       "mục",          "bảng",       "hình",       "câu",        "nhóm",
	"loại",      "mã",           "vùng",       "trang",      "quyển",      "bậc",
	"ngạch",     "đối tượng",    "điện thoại", "tài khoản",  "nghị quyết", "nghị định",
	"thông tư",  "chỉ thị",      "kết luận",   "quyết định", "công văn",   "thông báo",
	"công điện", "khối",         "cụm",        "lô",         "dãy",        "ngõ",
	"hẻm",       "phân khu",     "quầy",       NULL
};
/* "tổng số 132 TTHC", "số kế hoạch 12": here a count follows, no name. */
static const char *const amounts_of[] = { "tổng", "trong", "con",   "hơn",   "đa",
	                                  "có",   "với",   "lượng", "thiểu", "chung",
	                                  "toàn", "số",    "một",   "cấp",   NULL };

static bool has_sign_behind(const struct reader *r, size_t i)
{
	static const char *const signs[] = {
		"%", "đồng", "triệu", "tỷ", "nghìn", "lượt", NULL
	};

	return token_is_any(r, i, signs) || token_says(r, i, "phần trăm");
}

/* A number at the text's beginning that opens a heading: "1. ", "2.1 Kết quả", "3)". */
static bool opens_heading(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i), *behind = token_at(r, i + 1);
	bool small = token_int(r, i, 2) >= 0;
	struct number n;
	unsigned marks = 0;

	if ((small && token_is(r, i + 1, ")")) || (token_is(r, i + 1, ".") && !behind->gap))
		return true;
	if (behind->kind != TOKEN_WORD || !behind->upper || !behind->gap)
		return false;
	if (!numeral_read(&n, &marks, r->text + t->start, token_len(t), false))
		return true;
	return (marks & FIGURE_POINT_DECIMAL) || (small && token_len(t) == 1);
}

/* "(1) ...; (2) ...", "1. ...": numbers that only put things in order; "(05)" may be an amount.
 */
static bool is_enumerator(const struct reader *r, size_t i)
{
	if (token_is(r, i - 1, "(") && token_is(r, i + 1, ")"))
		return token_int(r, i, 2) >= 0 && r->text[token_at(r, i)->start] != '0' &&
		       token_at(r, i + 2)->kind == TOKEN_WORD;
	return (i == 0 || token_is(r, i - 1, "\n")) && opens_heading(r, i);
}

/* "Không = 0": a code, not how many. */
static bool is_code(const struct reader *r, size_t i)
{
	return token_is(r, i - 1, "=") && token_at(r, i - 2)->kind == TOKEN_WORD &&
	       token_int(r, i, 1) >= 0;
}

/* "TT01", "Covid-19", "H40", "5G", "4K", "24h", "7h30". */
static bool is_inside_word(const struct reader *r, size_t i)
{
	static const char *const suffixes[] = {
		"g", "k", "h", "gb", "tb", "mb", "p", "hz", NULL
	};
	const struct token *before = token_at(r, i - 1);

	if (i > 0 && token_glued(r, i) && before->kind == TOKEN_WORD)
		return token_is_noun(r, i - 1); /* "có05": a lost blank */
	if (i > 1 && token_glued(r, i) && token_is_dash(r, i - 1) && token_glued(r, i - 1) &&
	    token_at(r, i - 2)->kind == TOKEN_WORD)
		return true;
	const struct token *behind = token_at(r, i + 1);

	return token_glued(r, i + 1) &&
	       (token_is_any(r, i + 1, suffixes) || /* 5S, 12A */
	        (behind->kind == TOKEN_WORD && behind->upper && token_len(behind) == 1));
}

/* A number glued to the mark at i on one side and to another number beyond it: "07:30". */
static bool is_joined(const struct reader *r, size_t mark, size_t other, const char *sign)
{
	return token_is(r, mark, sign) && token_glued(r, mark) && token_glued(r, mark + 1) &&
	       token_at(r, other)->kind == TOKEN_NUMBER;
}

/* "24/7", "24/24". */
static bool is_always(const struct reader *r, size_t i)
{
	return token_is(r, i, "24") && token_is(r, i + 1, "/") &&
	       (token_is(r, i + 2, "7") || token_is(r, i + 2, "24"));
}

/* 08 giờ 30, lúc 7 giờ, 07:30, 24/7; "trong 48 giờ" is a length of time. */
static bool is_time(const struct reader *r, size_t i)
{
	static const char *const at[] = {
		"lúc", "vào", "từ", "đến", "trước", "sau", "hồi", NULL
	};

	if (is_always(r, i) || is_always(r, i - 2))
		return true;
	if (token_is(r, i + 1, "giờ"))
		return token_is_any(r, i - 1, at) || token_int(r, i + 2, 2) >= 0;
	if (token_is(r, i - 1, "giờ") && token_int(r, i - 2, 2) >= 0)
		return true;
	return is_joined(r, i + 1, i + 2, ":") || is_joined(r, i - 1, i - 2, ":");
}

/* No telephone has less than three digits, none is written in groups of thousands. */
static bool is_count_of_calls(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i);
	struct number n;
	unsigned marks = 0;

	if (memchr(r->text + t->start, '.', token_len(t)))
		return numeral_read(&n, &marks, r->text + t->start, token_len(t), false) &&
		       (marks & FIGURE_DOT_GROUPS);
	return token_len(t) <= 2;
}

/* "9001:2015": after a colon and a blank a count begins, unless a year stands there. */
static bool is_parted(const struct reader *r, size_t sign)
{
	return token_is(r, sign, ":") && !token_glued(r, sign + 1) &&
	       token_int(r, sign + 1, 4) < 1900;
}

/* "Fax: (84) 274 3822 825": only digits and their marks since the word. */
static bool is_behind_telephone(const struct reader *r, size_t i)
{
	static const char *const heads[] = { "fax",     "đt",  "sđt",  "thoại",
		                             "hotline", "tel", "nóng", NULL };
	static const char *const signs[] = { "(", ")", "+", ".", "-", ":", NULL };
	enum { MOST_BACK = 8 };
	size_t at = i;

	for (size_t n = 0; n < MOST_BACK && i > 0; n++) {
		i--;
		if (token_is_any(r, i, heads))
			return !token_is(r, i, "nóng") || i + 1 < at ||
			       !is_count_of_calls(r, at);
		if (is_parted(r, i) && token_at(r, i - 1)->kind == TOKEN_NUMBER)
			return false;
		if (token_at(r, i)->claim != CLAIM_NAME && !token_is_any(r, i, signs))
			return false;
	}
	return false;
}

/* Long numbers that begin with 0 are called, not counted: 0912345678, (0254) 3897123. */
static bool is_called(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i);

	if (is_behind_telephone(r, i))
		return true;

	if (token_is(r, i - 1, ")") && token_at(r, i - 2)->claim == CLAIM_NAME &&
	    token_len(token_at(r, i - 2)) >= 3 && r->text[token_at(r, i - 2)->start] == '0')
		return token_int(r, i, 18) >= 0;

	return token_int(r, i, 18) >= 0 && token_len(t) >= 4 && r->text[t->start] == '0';
}

/* "tiêu chí 19.2": the number of an item. */
static bool is_item(const struct reader *r, size_t i)
{
	static const char *const items[] = { "tiêu chí", "chỉ tiêu", "nhiệm vụ", "nội dung",
		                             "mục",      "phần",     NULL };
	const struct token *t = token_at(r, i);

	return memchr(r->text + t->start, '.', token_len(t)) && token_len(t) <= 5 &&
	       token_said_any_before(r, i, items) && !token_is_noun(r, i + 1);
}

/* "mô hình “3 không”", "trong 2 năm 2022-2023". */
static bool is_said_otherwise(const struct reader *r, size_t i)
{
	static const char *const quotes[] = { "“", "\"", "‘", "«", "'", NULL };
	const struct token *behind = token_at(r, i + 1);

	if (token_is_any(r, i - 1, quotes))
		return true;
	return token_is(r, i + 1, "năm") && behind->claim == CLAIM_PERIOD &&
	       behind->item >= 0 && r->periods[behind->item].kind == PERIOD_YEARS;
}

/* "3 cấp", "2 bên": how something is built, not how many there are. */
static bool is_of_kind(const struct reader *r, size_t i)
{
	static const char *const kinds[] = { "cấp", "cửa", "bên",   "miền",    "nhất",
		                             "rõ",  "dám", "chiều", "tại chỗ", NULL };

	return token_says_any(r, i + 1, kinds) > 0 && !token_says(r, i + 1, "cấp ủy") &&
	       !token_says(r, i + 1, "bên liên");
}

/* "Tổng đài Dịch vụ công 1022": the words of the name between. */
static bool is_hotline(const struct reader *r, size_t i)
{
	enum { MOST_BACK = 5 };

	for (size_t n = 0; n < MOST_BACK && i > 0 && token_at(r, i - 1)->kind == TOKEN_WORD;
	     n++)
		if (token_says(r, --i, "tổng đài") || token_says(r, i, "đường dây"))
			return true;
	return false;
}

/* "giai đoạn 1 thực hiện 5 xã": a small bare number there is the phase. */
static bool is_phase(const struct reader *r, size_t i)
{
	static const char *const phases[] = { "giai đoạn", "đợt", "bước", "lần", NULL };

	return token_int(r, i, 1) > 0 && token_said_any_before(r, i, phases);
}

/* "lớp chuyển đổi số 90": here "số" is no word before a number. */
static bool is_digital(const struct reader *r, size_t word)
{
	static const char *const before[] = { "đổi",      "ký",        "quyền", "kỹ năng",
		                              "nền tảng", "công nghệ", NULL };

	return token_is(r, word, "số") && token_said_any_before(r, word, before) > 0;
}

/* "theo Nghị quyết 18 Trung ương" */
static bool is_cited(const struct reader *r, size_t i)
{
	const char *code;
	size_t type = citation_type_before(r, i, &code);

	return type && token_at(r, i - type)->upper && token_at(r, i - type)->gap &&
	       token_at(r, i - type - 1)->kind == TOKEN_WORD;
}

static bool is_named(const struct reader *r, size_t i)
{
	if (has_sign_behind(r, i + 1))
		return false;
	if (token_int(r, i, 9) > 99 && is_hotline(r, i))
		return true;
	if (token_said_any_before(r, i, always_names) || is_phase(r, i))
		return true;
	if (token_said_any_before(r, i, called_by) && !is_count_of_calls(r, i))
		return true;
	if (is_cited(r, i))
		return true;
	size_t n = token_said_any_before(r, i, bare_names);

	if (!n || token_is_noun(r, i + 1) || token_is(r, i + 1, "/") || is_digital(r, i - n))
		return false;
	return !token_is_any(r, i - n - 1, amounts_of);
}

/* "mức độ 3, 4", "Công văn số 1, 2": what goes on after a name. */
static size_t claim_chain(struct reader *r, size_t i)
{
	static const char *const signs[] = { ",", "và", "/", "hoặc", ":", NULL };

	for (size_t n = 0; n < MOST_CHAIN; n++) {
		token_claim(r, i, i + 1, CLAIM_NAME, -1);
		if (token_free_number(r, i + 1)) { /* 1900 1022 */
			i++;
			continue;
		}
		bool sign = token_is_any(r, i + 1, signs) || token_is_dash(r, i + 1);

		if (!sign || is_parted(r, i + 1) || !token_free(r, i + 2) ||
		    token_int(r, i + 2, 4) < 0 || token_is_noun(r, i + 3) ||
		    has_sign_behind(r, i + 3))
			break;
		i += 2;
	}
	return i;
}

static bool is_no_amount(const struct reader *r, size_t i)
{
	return is_enumerator(r, i) || is_inside_word(r, i) || is_time(r, i) ||
	       is_called(r, i) || is_of_kind(r, i) || is_code(r, i) || is_item(r, i) ||
	       is_said_otherwise(r, i);
}

void names_claim(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		if (!token_free_number(r, i))
			continue;
		if (is_named(r, i))
			i = claim_chain(r, i);
		else if (is_no_amount(r, i))
			token_claim(r, i, i + 1, CLAIM_NAME, -1);
	}
}
