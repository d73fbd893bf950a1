/* procedure.c - the words of the catalogue, codes, and splitting a search. */
#include "app/procedure/procedure.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"

#define TERMS(rows)                                                                            \
	{                                                                                      \
		(rows), ARRAY_LEN(rows)                                                        \
	}

static const struct procedure_term service_levels[] = {
	{ "full", "Toàn trình" },
	{ "partial", "Một phần" },
	{ "direct", "Trực tiếp" },
};
const struct procedure_terms procedure_service_levels = TERMS(service_levels);

static const struct procedure_term links[] = {
	{ "none", "Không liên thông" },
	{ "same_level", "Liên thông cùng cấp" },
	{ "across_levels", "Liên thông giữa các cấp" },
};
const struct procedure_terms procedure_links = TERMS(links);

static const struct procedure_term decisions[] = {
	{ "announced", "Công bố mới" },
	{ "amended", "Sửa đổi, bổ sung" },
	{ "replaced", "Thay thế" },
	{ "repealed", "Bãi bỏ" },
};
const struct procedure_terms procedure_decisions = TERMS(decisions);

static const struct procedure_term part_forms[] = {
	{ "original", "Bản chính" },
	{ "certified", "Bản sao chứng thực" },
	{ "copy", "Bản sao" },
	{ "any", "Bản chính hoặc bản sao" },
};
const struct procedure_terms procedure_part_forms = TERMS(part_forms);

static const struct procedure_term supplements[] = {
	{ "continues", "Tính tiếp thời hạn sau khi bổ sung" },
	{ "restarts", "Tính lại từ đầu sau khi bổ sung" },
	{ "never_stops", "Không dừng tính thời hạn" },
};
const struct procedure_terms procedure_supplements = TERMS(supplements);

static const struct procedure_term old_levels[] = {
	{ "2", "Mức độ 2" },
	{ "3", "Mức độ 3" },
	{ "4", "Mức độ 4" },
};
const struct procedure_terms procedure_old_levels = TERMS(old_levels);

const char *procedure_label(const struct procedure_terms *terms, const char *word)
{
	for (size_t i = 0; i < terms->n; i++)
		if (str_eq(terms->at[i].word, word))
			return terms->at[i].label;
	return "";
}

bool procedure_term_known(const struct procedure_terms *terms, const char *word)
{
	return procedure_label(terms, word)[0] != '\0';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* ".H19", ".000.00.00.H55", or nothing. */
static bool is_suffix(const char *text)
{
	while (*text == '.') {
		text++;
		if (!is_digit(*text) && !is_capital(*text))
			return false;
		while (is_digit(*text) || is_capital(*text))
			text++;
	}
	return *text == '\0';
}

bool procedure_code_parse(char out[PROCEDURE_CODE_TEXT], const char *text)
{
	char code[PROCEDURE_CODE_TEXT];
	struct slice s;

	if (!text)
		return false;
	s = slice_trim(slice_of(text));
	if (s.len < 8 || s.len > PROCEDURE_CODE_LONGEST)
		return false;
	for (size_t i = 0; i < s.len; i++)
		code[i] = ascii_upper(s.at[i]);
	code[s.len] = '\0';
	if (!is_digit(code[0]) || code[1] != '.')
		return false;
	for (size_t i = 2; i < 8; i++)
		if (!is_digit(code[i]))
			return false;
	if (!is_suffix(code + 8))
		return false;
	memcpy(out, code, s.len + 1);
	return true;
}

/* Digits, perhaps in groups of three after dots; what follows them is left in `rest`. */
static bool read_amount(int64_t *out, struct slice *rest)
{
	const int64_t most = INT64_C(1000000000000);
	int64_t amount = 0;
	size_t digits = 0, group = 0;
	bool grouped = false;

	while (rest->len > 0 && (is_digit(rest->at[0]) || rest->at[0] == '.')) {
		if (rest->at[0] == '.') {
			if (digits == 0 || (!grouped && digits > 3) || (grouped && group != 3))
				return false;
			grouped = true;
			group = 0;
		} else {
			amount = amount * 10 + (rest->at[0] - '0');
			digits++;
			group++;
		}
		if (amount > most)
			return false;
		rest->at++;
		rest->len--;
	}
	*out = amount;
	return digits > 0 && (!grouped || group == 3);
}

bool procedure_fee_parse(money_t *out, const char *text)
{
	static const char *const free_of_charge[] = { "miễn phí", "Miễn phí", "không",
		                                      "Không" };
	static const char *const units[] = { "", "đồng", "đ", "VNĐ", "VND" };
	struct slice rest = slice_trim(slice_of(text ? text : ""));
	int64_t amount;

	if (rest.len == 0) {
		*out = MONEY_NONE;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(free_of_charge); i++)
		if (slice_eq(rest, free_of_charge[i])) {
			*out = (money_t){ 0 };
			return true;
		}
	if (!read_amount(&amount, &rest))
		return false;
	rest = slice_trim(rest);
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (slice_eq(rest, units[i])) {
			*out = (money_t){ amount };
			return true;
		}
	return false;
}

const char *procedure_driving_term(const char *statutory, const char *shortened)
{
	if (!str_blank(shortened))
		return shortened;
	return statutory ? statutory : "";
}

/* "1.0051" is a code begun, "khai" a word. */
static bool is_code_like(struct slice word)
{
	bool has_dot = false;

	if (word.len == 0 || !is_digit(word.at[0]))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] == '.')
			has_dot = true;
		else if ((unsigned char)word.at[i] >= 0x80)
			return false;
	}
	return has_dot;
}

static ERR_RESULT add_word(struct procedure_words *words, struct str *phrase, struct arena *a,
                           struct slice word)
{
	char *copy;

	if (word.len == 0 || words->n == PROCEDURE_MOST_WORDS)
		return ERR_OK;
	TRY(arena_array(a, &copy, word.len + 1));
	for (size_t i = 0; i < word.len; i++)
		copy[i] = ascii_lower(word.at[i]);
	words->at[words->n++] = copy;
	if (phrase->len > 0)
		str_put_char(phrase, ' ');
	str_put(phrase, copy);
	return ERR_OK;
}

ERR_RESULT procedure_words_split(struct procedure_words *out, struct arena *a, const char *text)
{
	struct procedure_words words = { .n = 0 };
	struct slice rest = slice_of(text ? text : ""), typed, word;
	struct str phrase;

	str_init(&phrase, a, 4096);
	while (words.n < PROCEDURE_MOST_WORDS && slice_cut(&rest, ' ', &typed)) {
		const char *one, *folded;
		struct slice pieces;

		if (is_code_like(typed)) {
			TRY(add_word(&words, &phrase, a, typed));
			continue;
		}
		TRY(arena_strndup(a, &one, typed.at, typed.len));
		TRY(text_fold(a, &folded, one));
		pieces = slice_of(folded);
		while (slice_cut(&pieces, ' ', &word))
			TRY(add_word(&words, &phrase, a, word));
	}
	TRY(str_finish(&phrase, &words.phrase));
	*out = words;
	return ERR_OK;
}
