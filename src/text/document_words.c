/* document_words.c - small questions about Vietnamese text. */
#include <string.h>
#include <utf8proc.h>

#include "text/document_parts.h"

int32_t point_at(const char *text, size_t *used)
{
	const unsigned char *b = (const unsigned char *)text;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	*used = 1;
	if (b[0] < 0x80)
		return *text;
	/* The letters of Vietnamese, which need none of the library's care. */
	if (b[0] >= 0xc2 && b[0] < 0xe0 && (b[1] & 0xc0) == 0x80) {
		*used = 2;
		return (b[0] & 0x1f) << 6 | (b[1] & 0x3f);
	}
	if (b[0] == 0xe1 && (b[1] & 0xc0) == 0x80 && (b[2] & 0xc0) == 0x80) {
		*used = 3;
		return (b[0] & 0x0f) << 12 | (b[1] & 0x3f) << 6 | (b[2] & 0x3f);
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
	if (n <= 0)
		return '?';
	*used = (size_t)n;
	return c;
}

int32_t point_before(const char *text, size_t at)
{
	size_t used;

	if (at == 0)
		return 0;
	do
		at--;
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80);
	return point_at(text + at, &used);
}

bool is_upper_letter(int32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}

bool is_lower_letter(int32_t c)
{
	return c < 0x80 ? c >= 'a' && c <= 'z' : utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_letter(int32_t c)
{
	return is_lower_letter(c) || is_upper_letter(c);
}

static int32_t lower_at(const char *text, size_t *used)
{
	int32_t c = point_at(text, used);

	return c < 0x80 ? ascii_lower((char)c) : utf8proc_tolower(c);
}

const char *words_after(const char *text, const char *words)
{
	size_t used, ours;

	while (*words) {
		if (lower_at(text, &used) != point_at(words, &ours))
			return NULL;
		text += used;
		words += ours;
	}
	return is_letter(point_at(text, &used)) ? NULL : text;
}

bool words_start(const char *text, const char *words)
{
	return words_after(text, words) != NULL;
}

const char *words_in(const char *text, const char *words)
{
	bool inside = false; /* of a word */
	size_t used;

	for (int32_t c; (c = point_at(text, &used)) != 0; text += used) {
		if (!inside && words_start(text, words))
			return text;
		inside = is_letter(c);
	}
	return NULL;
}

/* The first letter or digit; 0 when a bullet or nothing comes first. */
static int32_t first_sign(const char *text)
{
	size_t used;
	int32_t c;

	for (; (c = point_at(text, &used)) != 0; text += used) {
		if (is_letter(c) || (c >= '0' && c <= '9'))
			return c;
		if (c != ' ' && c != '"' && c != '(' && c != '[' && c != '\'' && c != 0x201c &&
		    c != 0x2018 && c != 0xab)
			return 0;
	}
	return 0;
}

bool starts_lower(const char *text)
{
	return is_lower_letter(first_sign(text));
}

bool starts_upper(const char *text)
{
	return is_upper_letter(first_sign(text));
}

bool is_upper_text(const char *text)
{
	size_t used, letters = 0;

	for (int32_t c; (c = point_at(text, &used)) != 0; text += used) {
		if (is_lower_letter(c))
			return false;
		letters += is_upper_letter(c);
	}
	return letters > 1;
}

/* The end of the text without blanks and closing quotes and brackets. */
static size_t bare_end(const char *text)
{
	size_t n = strlen(text);

	for (;;) {
		if (n > 0 && strchr(" \"')]", text[n - 1]))
			n--;
		else if (n > 2 && (memcmp(text + n - 3, "”", 3) == 0 ||
		                   memcmp(text + n - 3, "’", 3) == 0))
			n -= 3;
		else if (n > 1 && memcmp(text + n - 2, "»", 2) == 0)
			n -= 2;
		else
			return n;
	}
}

bool ends_closed(const char *text)
{
	size_t n = bare_end(text);

	if (n > 2 && memcmp(text + n - 3, "…", 3) == 0)
		return true;
	return n > 0 && strchr(".;:!?", text[n - 1]) != NULL;
}

/* Brackets and Vietnamese quotes that were opened and never closed. */
static bool has_open_bracket(const char *text)
{
	int depth = 0;

	for (const char *at = text; *at; at++) {
		if (*at == '(' || memcmp(at, "“", strnlen(at, 3)) == 0)
			depth++;
		else if ((*at == ')' || memcmp(at, "”", strnlen(at, 3)) == 0) && depth > 0)
			depth--;
	}
	return depth > 0;
}

static bool is_one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, words[i]))
			return true;
	return false;
}

/* Words after which no sentence and no title ends; a few of them wait for a number. */
static bool ends_in_link_word(const char *text, const char *next)
{
	static const char *const words[] = {
		"và",   "của",  "các",   "những", "với", "cho",  "về",    "theo", "tại",
		"là",   "do",   "để",    "trong", "từ",  "đến",  "bằng",  "hoặc", "được",
		"đã",   "đang", "sẽ",    "bị",    "như", "trên", "dưới",  "đối",  "qua",
		"nhằm", "khi",  "mà",    "có",    "gồm", "tỷ",   "đạt",   "tăng", "giảm",
		"gắn",  "giữa", "trước", "vào",   "bởi", "cùng", "không",
	};
	static const char *const before_number[] = {
		"số", "ngày", "tháng", "năm", "quý", "một"
	};
	size_t n = strlen(text), at = n;

	while (at > 0 && text[at - 1] != ' ' && n - at < 12)
		at--;
	if (*next >= '0' && *next <= '9')
		return is_one_of(text + at, before_number, ARRAY_LEN(before_number)) ||
		       is_one_of(text + at, words, ARRAY_LEN(words));
	return is_one_of(text + at, words, ARRAY_LEN(words));
}

bool text_goes_on(const char *text, const char *next)
{
	size_t n = strlen(text);

	while (n > 0 && text[n - 1] == ' ')
		n--;
	if (n == 0)
		return false;
	if (text[n - 1] == ',' || text[n - 1] == '-' || text[n - 1] == '/' ||
	    (n > 2 && memcmp(text + n - 3, "–", 3) == 0))
		return true;
	if (ends_closed(text))
		return false;
	return starts_lower(next) || *next == ')' || *next == ',' ||
	       ends_in_link_word(text, next) || has_open_bracket(text);
}

size_t count_words(const char *text, size_t most)
{
	size_t n = 0;

	for (bool inside = false; *text && n < most; text++) {
		bool word = *text != ' ' && *text != '\t';

		n += word && !inside;
		inside = word;
	}
	return n;
}
