/* What the words of a table's labels, units and headers say of its figures. */
#include <ctype.h>
#include <string.h>

#include "app/audit/audit_table.h"
#include "base/str.h"

bool label_starts(const char *plain, const char *phrase)
{
	return str_starts(plain, phrase) &&
	       (plain[strlen(phrase)] == '\0' || plain[strlen(phrase)] == ' ');
}

static bool any_of(const char *plain, const char *const *phrases,
                   bool (*says)(const char *plain, const char *phrase))
{
	for (; *phrases; phrases++)
		if (says(plain, *phrases))
			return true;
	return false;
}

/* ---- totals ---- */

/* "tổng cộng", "cộng (I + II)", "tổng số toàn huyện", "cộng quý I": no noun that is counted. */
static bool is_bare(const char *rest)
{
	static const char *const empty[] = { "số",   "cộng", "chung", "toàn", "tỉnh",  "huyện",
		                             "xã",   "thị",  "trấn",  "phố",  "thành", "phường",
		                             "i",    "ii",   "iii",   "iv",   "v",     "vi",
		                             "a",    "b",    "c",     "mục",  "phần",  "các",
		                             "quý",  "năm",  "tháng", "và",   "đơn",   "vị",
		                             "lĩnh", "vực",  "cả",    "kỳ",   NULL };

	while (*rest) {
		size_t n = strcspn(rest, " ");
		bool known = isdigit((unsigned char)*rest);

		for (size_t i = 0; empty[i] && !known; i++)
			known = strlen(empty[i]) == n && memcmp(empty[i], rest, n) == 0;
		if (!known)
			return false;
		rest += n;
		rest += *rest == ' ';
	}
	return true;
}

/* "Tổng" begins names too. */
static bool is_name(const char *plain)
{
	static const char *const names[] = {
		"tổng hợp",   "tổng kết",  "tổng cục",   "tổng đài",  "tổng công",
		"tổng thanh", "tổng kiểm", "tổng rà",    "tổng bí",   "tổng giám",
		"tổng thể",   "tổng thư",  "tổng duyệt", "tổng tiến", "tổng điều",
		"cộng đồng",  "cộng tác",  "cộng sản",   "cộng hòa",  NULL
	};

	return any_of(plain, names, label_starts);
}

enum total_word label_total(const char *plain)
{
	static const char *const heads[] = { "tổng cộng", "tổng số", "tổng", "cộng", NULL };

	if (is_name(plain))
		return TOTAL_NONE;
	for (size_t i = 0; heads[i]; i++)
		if (label_starts(plain, heads[i])) {
			const char *rest = plain + strlen(heads[i]);

			if (is_bare(rest + (*rest == ' ')))
				return TOTAL_ALL;
			return str_eq(heads[i], "cộng") ? TOTAL_NONE : TOTAL_OF;
		}
	return TOTAL_NONE;
}

/* ---- units ---- */

static bool ends_with_word(const char *plain, const char *word)
{
	size_t n = strlen(plain), w = strlen(word);

	return n >= w && str_eq(plain + n - w, word) && (n == w || plain[n - w - 1] == ' ');
}

/* "Có = 1; Không = 0" */
static bool is_legend(const char *unit)
{
	for (const char *at = unit; (at = strchr(at, '=')); at++) {
		const char *digit = at + 1;

		while (*digit == ' ')
			digit++;
		if (isdigit((unsigned char)*digit))
			return true;
	}
	return false;
}

bool unit_is_counted(const char *plain_unit)
{
	static const char *const units[] = { "hồ sơ",     "thủ tục",   "thủ tục hành chính",
		                             "tthc",      "người",     "văn bản",
		                             "cơ quan",   "đơn vị",    "cơ quan đơn vị",
		                             "nhiệm vụ",  "vấn đề",    "phiếu",
		                             "pakn",      "lượt",      "cuộc",
		                             "lớp",       "tin bài",   "tin",
		                             "bài",       "bản",       "trường hợp",
		                             "biên chế",  "ban",       "tổ chức",
		                             "dịch vụ",   "sáng kiến", "mô hình",
		                             "hội nghị",  "buổi",      "ý kiến",
		                             "cuộc họp",  "máy",       "bộ",
		                             "hộ",        "đề án",     "lượt người",
		                             "số lượng",  "giao dịch", "chứng thư",
		                             "tài khoản", NULL };

	for (size_t i = 0; units[i]; i++)
		if (str_eq(units[i], plain_unit))
			return true;
	return false;
}

static bool is_rate_label(const char *plain)
{
	static const char *const heads[] = { "tỷ lệ",     "tỉ lệ",   "tỷ trọng", "tỉ trọng",
		                             "phần trăm", "mức đạt", NULL };

	return any_of(plain, heads, label_starts);
}

enum measure label_measure(const char *plain_label, const char *unit, const char *plain_unit)
{
	if (is_legend(unit))
		return MEASURE_CODE;
	if (strchr(unit, '%') || is_rate_label(plain_label) ||
	    label_starts(plain_unit, "tỷ lệ"))
		return MEASURE_RATE;
	if (ends_with_word(plain_unit, "đồng"))
		return MEASURE_MONEY;
	return *plain_unit ? MEASURE_COUNT : MEASURE_NONE;
}

/* ---- the parts of a total ---- */

enum { MOST_MEMBERS = 12, MOST_NAMES = 6 };

/* Kinds that exclude each other.  A `last` member closes the list: together with the others
 * nothing is left. */
struct family {
	const char *members[MOST_MEMBERS][MOST_NAMES];
	unsigned closing; /* all of these members: nothing is left */
};

static const struct family families[] = {
	{ { { "cấp tỉnh", "sở ngành", "sở ban ngành", "ubnd tỉnh" },
	    { "cấp huyện", "ubnd huyện", "ubnd cấp huyện" },
	    { "cấp xã", "ubnd xã", "ubnd cấp xã" },
	    { "trung ương", "cấp bộ" } },
	  7 },
	{ { { "trước hạn", "sớm hạn", "trước thời hạn" },
	    { "đúng hạn", "trong hạn", "đúng thời hạn", "chưa đến hạn", "chưa tới hạn" },
	    { "quá hạn", "trễ hạn", "chậm hạn", "quá thời hạn", "trễ" } },
	  6 },
	{ { { "trực tuyến", "qua mạng" },
	    { "trực tiếp", "tại bộ phận một cửa" },
	    { "bưu chính", "bưu chính công ích", "bcci" } },
	  3 },
	{ { { "toàn trình" }, { "một phần" }, { "còn lại", "khác" } }, 3 },
	{ { { "mức độ 1", "mức 1" },
	    { "mức độ 2", "mức 2" },
	    { "mức độ 3", "mức 3" },
	    { "mức độ 4", "mức 4" } },
	  12 },
	{ { { "kỳ trước", "năm trước", "tồn", "kỳ trước chuyển sang", "chuyển tiếp" },
	    { "trong kỳ", "mới", "tiếp nhận mới", "trong năm", "mới tiếp nhận" } },
	  3 },
	{ { { "đã giải quyết", "đã xử lý", "đã hoàn thành", "đã thực hiện", "hoàn thành" },
	    { "đang giải quyết", "đang xử lý", "đang thực hiện", "chưa giải quyết",
	      "chưa hoàn thành", "chưa xử lý" } },
	  3 },
	{ { { "nam" }, { "nữ" } }, 3 },
	{ { { "hợp lệ" }, { "không hợp lệ" } }, 3 },
	{ { { "rất hài lòng" },
	    { "hài lòng" },
	    { "bình thường" },
	    { "không hài lòng", "chưa hài lòng" },
	    { "rất không hài lòng" } },
	  10 },
	{ { { "cán bộ" },
	    { "công chức" },
	    { "viên chức" },
	    { "hợp đồng" },
	    { "không chuyên trách" } },
	  0 },
	{ { { "tiến sĩ" },
	    { "thạc sĩ" },
	    { "đại học" },
	    { "cao đẳng" },
	    { "trung cấp" },
	    { "sơ cấp" } },
	  0 },
	{ { { "còn hiệu lực" }, { "hết hiệu lực một phần" }, { "hết hiệu lực" } }, 5 },
	{ { { "nghị quyết" },
	    { "quyết định" },
	    { "chỉ thị" },
	    { "kế hoạch" },
	    { "công văn" },
	    { "báo cáo" },
	    { "thông báo" } },
	  0 },
	{ { { "hoàn thành xuất sắc" },
	    { "hoàn thành tốt" },
	    { "hoàn thành" },
	    { "không hoàn thành" } },
	  12 },
	{ { { "chấp hành" }, { "hành chính" } }, 0 },
};

/* The member whose longest name the label holds; -1. */
static int member_of(const struct family *f, const char *plain)
{
	size_t longest = 0;
	int found = -1;

	for (int m = 0; m < MOST_MEMBERS && f->members[m][0]; m++)
		for (int i = 0; i < MOST_NAMES && f->members[m][i]; i++) {
			size_t n = strlen(f->members[m][i]);

			if (n > longest && text_says(plain, f->members[m][i])) {
				longest = n;
				found = m;
			}
		}
	return found;
}

static enum parts_kind in_family(const struct family *f, const char *const *plain, size_t n)
{
	unsigned seen = 0;

	for (size_t i = 0; i < n; i++) {
		int m = member_of(f, plain[i]);

		if (m < 0 || seen >> m & 1)
			return PARTS_UNKNOWN;
		seen |= 1U << m;
	}
	return f->closing && (seen & f->closing) == f->closing ? PARTS_ALL : PARTS_KINDS;
}

/* Restrictions that leave room for each other: a woman may be a party member. */
static bool overlaps(const char *plain)
{
	static const char *const words[] = { "đảng viên",    "dân tộc",    "đoàn viên",
		                             "có phát sinh", "trong đó",   "có trình độ",
		                             "kiêm nhiệm",   "liên thông", "đã được",
		                             "nữ",           "trẻ",        "bãi bỏ",
		                             "công bố mới",  "tinh giản",  "có mặt",
		                             "được giao",    "lũy kế",     "trong đó có",
		                             "phát sinh",    "từ trên",    NULL };

	return any_of(plain, words, text_says);
}

enum parts_kind labels_parts(const char *const *plain, size_t n)
{
	for (size_t i = 0; n > 1 && i < sizeof(families) / sizeof(*families); i++) {
		enum parts_kind kind = in_family(&families[i], plain, n);

		if (kind != PARTS_UNKNOWN)
			return kind;
	}
	for (size_t i = 0; i < n; i++)
		if (overlaps(plain[i]))
			return PARTS_OVERLAP;
	return PARTS_UNKNOWN;
}

/* "hài lòng", "không hài lòng"; "A", "B", "C"; "Tốt", "Khá", "Trung bình". */
bool labels_are_answers(const char *const *plain, size_t n)
{
	static const struct family marks = {
		{ { "tốt", "rất tốt" }, { "khá" }, { "trung bình", "đạt" }, { "kém", "yếu" } },
		0
	};
	bool letters = true;

	for (size_t i = 0; i < n; i++)
		letters &= plain[i][0] == (char)('a' + i) && plain[i][1] == '\0';
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (str_eq(families[i].members[0][0], "rất hài lòng") &&
		    in_family(&families[i], plain, n) != PARTS_UNKNOWN)
			return true;
	return letters || in_family(&marks, plain, n) != PARTS_UNKNOWN;
}

/* ---- rates ---- */

int label_whole(const char *plain)
{
	static const char *const whole[] = {
		"tổng số",  "tổng",    "được giao", "phải",      "cần",      "đủ điều kiện",
		"kế hoạch", "dự toán", "đề ra",     "phát hiện", "chỉ tiêu", "tiếp nhận",
		"phát ra",  "yêu cầu", "đăng ký",   NULL
	};
	static const char *const part[] = { "đã",        "đạt",      "đúng hạn",  "hoàn thành",
		                            "xong",      "đang",     "thực hiện", "trực tuyến",
		                            "trước hạn", "quá hạn",  "thu vào",   "hợp lệ",
		                            "được cấp",  "hài lòng", NULL };
	int score = 0;

	for (size_t i = 0; whole[i]; i++)
		score += text_says(plain, whole[i]) ? (i == 0 ? 3 : 1) : 0;
	for (size_t i = 0; part[i]; i++)
		score -= text_says(plain, part[i]) ? 1 : 0;
	return score;
}

/* A word of the whole that its part need not have: "tổng số ... đủ điều kiện". */
static bool is_of_whole(const char *word, size_t n)
{
	static const char *const words[] = { "tổng",  "số",   "đủ",  "điều", "kiện", "được",
		                             "giao",  "phải", "cần", "đề",   "ra",   "kế",
		                             "hoạch", "có",   "đã",  "đang", "các",  NULL };

	for (size_t i = 0; words[i]; i++)
		if (strlen(words[i]) == n && memcmp(words[i], word, n) == 0)
			return true;
	return false;
}

static bool has_word(const char *plain, const char *word, size_t n)
{
	while (*plain) {
		size_t m = strcspn(plain, " ");

		if (m == n && memcmp(plain, word, n) == 0)
			return true;
		plain += m;
		plain += *plain == ' ';
	}
	return false;
}

bool label_is_flow(const char *part, const char *whole)
{
	static const char *const comes[] = { "tiếp nhận", "phát hiện", "đã nhận", NULL };
	static const char *const goes[] = { "giải quyết", "xử lý",       "hoàn thành",
		                            "khắc phục",  "trả kết quả", "trước hạn",
		                            "đúng hạn",   "quá hạn",     NULL };

	return any_of(whole, comes, text_says) && any_of(part, goes, text_says) &&
	       !any_of(whole, goes, text_says);
}

bool label_restricts(const char *part, const char *whole)
{
	static const char *const other_times[] = { "kỳ trước", "năm trước", "cùng kỳ", "kỳ sau",
		                                   NULL };
	int content = 0;

	if (any_of(part, other_times, text_says) || label_is_flow(part, whole) ||
	    str_eq(part, whole) || label_total(part) != TOTAL_NONE)
		return false;
	for (const char *word = whole; *word;) {
		size_t n = strcspn(word, " ");

		if (!is_of_whole(word, n)) {
			content++;
			if (!has_word(part, word, n))
				return false;
		}
		word += n;
		word += *word == ' ';
	}
	return content >= (label_total(whole) == TOTAL_OF ? 2 : 4);
}

int label_shared(const char *part, const char *whole)
{
	int all = 0, shared = 0;

	while (*whole) {
		size_t n = strcspn(whole, " ");
		char word[64];

		if (n < sizeof(word)) {
			memcpy(word, whole, n);
			word[n] = '\0';
			all++;
			shared += text_says(part, word) ? 1 : 0;
		}
		whole += n;
		whole += *whole == ' ';
	}
	return all ? shared * 100 / all : 0;
}
