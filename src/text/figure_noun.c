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
	"quá",   "trễ",   "đúng",  "chậm",  "sớm",   "cần",    "kèm",  "x",    NULL
};
static const char *const ender_phrases[] = { "bao gồm",   "đối với", "ban hành", "tỷ lệ",
	                                     "cụ thể",    "ít nhất", "bảo đảm",  "đảm bảo",
	                                     "thông qua", NULL };
/* Words with the sound of an ender. */
static const char *const compounds[] = { "bằng khen", "bằng cấp", "có công", NULL };
/* May stand inside a noun phrase, never at its beginning. */
static const char *const inner[] = { "của", "về", "thuộc", NULL };
/* Qualities of what is counted, though they look like other words. */
static const char *const qualities[] = {
	"trước hạn",  "đúng hạn",     "quá hạn",   "trễ hạn",    "chậm hạn",
	"trước thời", "không hợp",    "không đạt", "chưa đến",   "chưa tới",
	"đúng và",    "không chuyên", "không phụ", "đúng tiến",  "chậm tiến",
	"sớm hạn",    "không dùng",   "không hài", "không đúng", NULL
};

/* "tồn tại", "văn bản đến": the second word ends nothing. */
static bool is_second_word(const struct reader *r, size_t i)
{
	if (token_is(r, i, "tại"))
		return token_is(r, i - 1, "tồn");
	return token_is(r, i, "đến") && token_at(r, i + 1)->kind == TOKEN_MARK &&
	       (token_said_before(r, i, "văn bản") || token_said_before(r, i, "công văn"));
}

bool token_is_noun(const struct reader *r, size_t i)
{
	if (!token_free(r, i) || token_at(r, i)->kind != TOKEN_WORD)
		return false;
	if (token_is_any(r, i, enders))
		return token_says_any(r, i, compounds) || is_second_word(r, i);
	return !token_is_any(r, i, inner) && !token_says_any(r, i, ender_phrases);
}

/* "02 lần/năm", "12.500đ/hồ sơ": how often or for whom.  Behind a count only what is measured
 * by it says so: "15 cá nhân/tổ chức" has two nouns. */
static bool is_per(const struct reader *r, size_t i, bool count)
{
	static const char *const units[] = { "người", "tháng", "năm",  "quý",  "tuần", "ngày",
		                             "hộ",    "giờ",   "buổi", "lượt", "km",   "ha",
		                             "m²",    "ca",    "phút", "lần",  "máy",  "phòng",
		                             "lớp",   "1",     "01",   NULL };

	if (!token_is(r, i, "/") || !token_free(r, i + 1))
		return false;
	return token_is_any(r, i + 1, units) ||
	       (!count && token_at(r, i + 1)->kind == TOKEN_WORD);
}

/* "02 (hai) đơn vị", "hai (02) đơn vị": the same once more in words. */
static size_t skip_repeated(const struct reader *r, const struct figure_at *f)
{
	size_t i = f->after;
	int64_t n;

	if (token_is(r, i, ")") && token_is(r, f->first - 1, "(") &&
	    (numeral_words(r, f->first - 2, &n) || token_is(r, f->first - 2, "một")))
		return i + 1;
	if (!token_is(r, i, "("))
		return i;
	size_t words = numeral_words(r, i + 1, &n) + token_is(r, i + 1, "một");

	return words && token_is(r, i + 1 + words, ")") ? i + words + 2 : i;
}

static bool goes_on(const struct reader *r, size_t i, size_t first)
{
	if (token_is_noun(r, i))
		return true;
	if (i == first)
		return false;
	if (token_at(r, i)->kind == TOKEN_NUMBER && token_at(r, i)->claim == CLAIM_NAME)
		return true; /* "TTHC mức độ 4", "m2 đất" */
	if (token_free(r, i) && token_is_any(r, i, inner))
		return token_at(r, i + 1)->kind == TOKEN_WORD;
	if (token_is(r, i, "/"))
		return token_glued(r, i) && token_glued(r, i + 1) && token_is_noun(r, i + 1) &&
		       !is_per(r, i, true);
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
	size_t first = skip_repeated(r, f), i = first;

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
	if (token_is(r, first, "tuổi"))
		f->figure.marks |= FIGURE_LABEL; /* "trẻ em dưới 06 tuổi": who, not how many */
	if (is_per(r, i, f->figure.unit == FIGURE_COUNT) || is_each(r, f->first))
		f->figure.marks |= FIGURE_PER;
}
