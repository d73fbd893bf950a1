#include "text/reading_parts.h"

enum { MOST_NOUN = 16 };

/* Words that begin no counted noun and end one: function words and the verbs of the field. */
static const char *const enders[] = {
	"là",    "đạt",   "được",  "bị",    "đã",    "đang",   "chưa", "sẽ",   "có",   "không",
	"còn",   "chiếm", "gồm",   "trong", "ngoài", "so",     "tăng", "giảm", "và",   "với",
	"cho",   "để",    "do",    "tại",   "từ",    "đến",    "tới",  "trên", "dưới", "theo",
	"qua",   "như",   "nhằm",  "thì",   "mà",    "khi",    "nếu",  "sau",  "vào",  "ở",
	"bằng",  "hoặc",  "nhưng", "trở",   "vượt",  "hay",    "phải", "đều",  "cũng", "rồi",
	"lên",   "xuống", "hơn",   "kể",    "gần",   "khoảng", "vẫn",  "cùng", "cả",   "nên",
	"tương", "nêu",   "đó",    "này",   "nữa",   "mỗi",    "thêm", "ước",  "tối",  "trước",
	"quá",   "trễ",   "đúng",  "chậm",  "sớm",   "bảo",    "đảm",  NULL
};
static const char *const ender_phrases[] = { "bao gồm", "đối với", "ban hành", "tỷ lệ",
	                                     "cụ thể",  "ít nhất", NULL };
/* May stand inside a noun phrase, never at its beginning. */
static const char *const inner[] = { "của", "về", "thuộc", NULL };
/* Qualities of what is counted, though they look like other words. */
static const char *const qualities[] = {
	"trước hạn",  "đúng hạn",     "quá hạn",   "trễ hạn",    "chậm hạn",
	"trước thời", "không hợp",    "không đạt", "chưa đến",   "chưa tới",
	"đúng và",    "không chuyên", "không phụ", "đúng tiến",  "chậm tiến",
	"sớm hạn",    "không dùng",   "không hài", "không đúng", NULL
};

bool token_is_noun(const struct reader *r, size_t i)
{
	return token_free(r, i) && token_at(r, i)->kind == TOKEN_WORD &&
	       !token_is_any(r, i, enders) && !token_is_any(r, i, inner) &&
	       !token_says_any(r, i, ender_phrases);
}

/* "02 lần/năm": how often or for whom, no part of what is counted. */
static bool is_per(const struct reader *r, size_t i)
{
	static const char *const units[] = { "người", "tháng", "năm",  "quý", "tuần", "ngày",
		                             "hộ",    "giờ",   "buổi", "hồ",  "lượt", "m",
		                             "m²",    "ha",    "km",   "đơn", "xã",   "thôn",
		                             "vụ",    "ca",    "phút", "thủ", "bộ",   "tổ",
		                             "lần",   "1",     "01",   NULL };

	return token_is(r, i, "/") && token_is_any(r, i + 1, units) && token_free(r, i + 1);
}

/* "02 (hai) đơn vị": the same once more in words. */
static size_t skip_repeated(const struct reader *r, size_t i)
{
	int64_t n;

	if (!token_is(r, i, "("))
		return i;
	size_t words = numeral_words(r, i + 1, &n);

	if (!words && token_is(r, i + 1, "một"))
		words = 1;
	return words && token_is(r, i + 1 + words, ")") ? i + words + 2 : i;
}

static bool goes_on(const struct reader *r, size_t i, size_t first)
{
	if (token_is_noun(r, i))
		return true;
	if (i == first)
		return false;
	if (token_free(r, i) && token_is_any(r, i, inner))
		return token_at(r, i + 1)->kind == TOKEN_WORD;
	if (token_is(r, i, "/"))
		return token_glued(r, i) && token_glued(r, i + 1) && token_is_noun(r, i + 1) &&
		       !is_per(r, i);
	return token_says_any(r, i, qualities) > 0 ||
	       (token_said_before(r, i, "không") && !token_is_any(r, i, enders));
}

/* "mỗi tổ chức giảm 02 phòng", "bình quân 15 hồ sơ". */
static bool is_each(const struct reader *r, size_t first)
{
	for (size_t i = first, n = 0; n < 7 && i > 0; n++) {
		i--;
		if (token_at(r, i)->kind != TOKEN_WORD || token_at(r, i)->claim != CLAIM_NONE)
			return false;
		if (token_is(r, i, "mỗi") || token_says(r, i, "bình quân"))
			return true;
	}
	return false;
}

void figure_noun_read(const struct reader *r, struct figure_at *f)
{
	size_t first = skip_repeated(r, f->after), i = first;

	while (i < first + MOST_NOUN && goes_on(r, i, first)) {
		/* A quality is two words; its second may look like the end. */
		i += i > first && !token_is_noun(r, i) && token_says_any(r, i, qualities) ? 2
		                                                                          : 1;
	}
	while (i > first && (token_is_any(r, i - 1, inner) || token_is(r, i - 1, "/")))
		i--;
	if (i > first) {
		f->figure.noun = token_at(r, first)->start;
		f->figure.noun_end = token_at(r, i - 1)->end;
		f->after = i;
	} else {
		f->figure.noun = f->figure.noun_end = f->figure.end;
	}
	if (is_per(r, i) || is_each(r, f->first))
		f->figure.marks |= FIGURE_PER;
}
