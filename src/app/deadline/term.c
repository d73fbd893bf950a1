/* term.c - a reader for terms: folded to lower case and single blanks, then word by word. */
#include "app/deadline/term.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/messages.h"

enum { LONGEST_TEXT = 600, LONGEST_FOLDED = 1200, MOST_DIGITS = 6, MOST_DECIMALS = 2 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Moves past `word` when it stands here as a whole word. */
static bool take(const char **at, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*at, word, n) != 0)
		return false;
	char next = (*at)[n];
	if (next && !strchr(" ,.;:()/", next))
		return false;
	*at += n;
	while (**at == ' ')
		(*at)++;
	return true;
}

static bool take_any(const char **at, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (take(at, words[i]))
			return true;
	return false;
}

/* Writes `text` in lower case with single blanks; false when it is no UTF-8 or too long. */
static bool fold(char out[LONGEST_FOLDED], const char *text)
{
	utf8proc_uint8_t *mapped = NULL;
	size_t n = strlen(text), len = 0;
	utf8proc_ssize_t got = -1;

	if (n <= LONGEST_TEXT)
		got = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &mapped,
		                   UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	for (utf8proc_ssize_t i = 0; i < got && len + 1 < LONGEST_FOLDED; i++) {
		char c = (char)mapped[i];

		if (mapped[i] == 0xC2 && mapped[i + 1] == 0xA0) { /* no-break space */
			c = ' ';
			i++;
		}
		if ((unsigned char)c < ' ')
			c = ' ';
		if (c != ' ' || (len && out[len - 1] != ' '))
			out[len++] = c;
	}
	free(mapped);
	if (len && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return got >= 0 && len + 1 < LONGEST_FOLDED;
}

static void skip_introduction(const char **at)
{
	static const char *const words[] = {
		"thời hạn giải quyết", "thời gian giải quyết", "thời hạn",  "trong thời hạn",
		"trong thời gian",     "trong vòng",           "không quá", "tối đa",
		"chậm nhất",           "tổng thời gian",       ":",
	};

	while (take_any(at, words, ARRAY_LEN(words)) || take(at, "là"))
		;
	if (strncmp(*at, "trong ", 6) == 0 && is_digit((*at)[6]))
		*at += 6;
}

/* A number followed by "ngày" or "giờ" further on: the text names another term. */
static bool names_term(const char *at)
{
	static const char *const units[] = { "ngày", "giờ", "h", "tháng" };

	for (; *at; at++) {
		if (!is_digit(*at))
			continue;
		while (is_digit(*at) || *at == ',' || *at == '.' || *at == ' ')
			at++;
		if (take_any(&at, units, ARRAY_LEN(units)))
			return true;
		if (!*at)
			break;
	}
	return false;
}

/* What may follow a term: nothing, a note in brackets, the clause that says from when. */
static enum term_fault read_tail(const char *at)
{
	static const char *const clauses[] = { "kể từ", "tính từ", "từ",           "sau khi",
		                               "sau",   "đối với", "theo quy định" };

	if (take(&at, "(trong đó")) /* "(trong đó thuế 2 ngày)": parts of the same term */
		return TERM_OK;
	if (names_term(at))
		return TERM_MORE_TERMS;
	if (*at == '\0' || strchr(".,;(", *at) || take_any(&at, clauses, ARRAY_LEN(clauses)))
		return TERM_OK;
	return TERM_MORE_TERMS;
}

/* "trong ngày", which procedures often follow with the 15:00 rule in words. */
static bool read_same_day(struct term *out, const char *at, enum term_fault *fault)
{
	static const char *const at_once[] = { "trả ngay", "trả kết quả ngay",
		                               "giải quyết ngay" };
	static const char *const hours[] = { "15 giờ", "15h", "15:00", "15 h", "15h00" };
	static const char *const day[] = { "tiếp nhận hồ sơ", "tiếp nhận", "nhận hồ sơ" };

	if (!take_any(&at, at_once, ARRAY_LEN(at_once))) {
		(void)take(&at, "ngay");
		if (!take(&at, "trong ngày"))
			return false;
		(void)take(&at, "làm việc");
		(void)take_any(&at, day, ARRAY_LEN(day));
	}
	*fault = read_tail(at);
	for (size_t i = 0; *fault != TERM_OK && i < ARRAY_LEN(hours); i++) {
		const char *hit = strstr(at, hours[i]);

		if (hit && *at && strchr(",;.(", *at) && !names_term(hit + strlen(hours[i])))
			*fault = TERM_OK;
	}
	if (*fault == TERM_OK)
		*out = (struct term){ TERM_SAME_DAY, 0 };
	return true;
}

/* Digits after the decimal sign as hundredths; 3 digits may be thousands, so they are refused.
 */
static enum term_fault read_decimals(const char **at, int *centi)
{
	int n = 0, scale = 10;

	while (is_digit(**at)) {
		if (++n > MOST_DECIMALS)
			return TERM_FRACTION;
		*centi += (**at - '0') * scale;
		scale /= 10;
		(*at)++;
	}
	return n ? TERM_OK : TERM_FRACTION;
}

static enum term_fault read_digits(const char **at, int *centi)
{
	int n = 0, whole = 0;

	while (is_digit(**at)) {
		if (++n > MOST_DIGITS)
			return TERM_RANGE;
		whole = whole * 10 + (**at - '0');
		(*at)++;
	}
	*centi = whole * 100;
	if ((**at == ',' || **at == '.') && is_digit((*at)[1])) {
		(*at)++;
		return read_decimals(at, centi);
	}
	return TERM_OK;
}

static enum term_fault read_number(const char **at, int *centi)
{
	static const struct {
		const char *word;
		int centi;
	} words[] = { { "nửa", 50 },  { "một", 100 },  { "hai", 200 },  { "ba", 300 },
		      { "bốn", 400 }, { "năm", 500 },  { "sáu", 600 },  { "bảy", 700 },
		      { "tám", 800 }, { "chín", 900 }, { "mười", 1000 } };
	enum term_fault fault = TERM_NO_NUMBER;

	if (is_digit(**at))
		fault = read_digits(at, centi);
	for (size_t i = 0; i < ARRAY_LEN(words) && fault == TERM_NO_NUMBER; i++)
		if (take(at, words[i].word)) {
			*centi = words[i].centi;
			fault = TERM_OK;
		}
	while (**at == ' ')
		(*at)++;
	return fault;
}

/* "20 (hai mươi) ngày": the number again, in words. */
static void skip_number_in_words(const char **at)
{
	const char *end = **at == '(' ? strchr(*at, ')') : NULL;

	if (!end)
		return;
	*at = end + 1;
	while (**at == ' ')
		(*at)++;
}

static enum term_fault read_unit(struct term *t, const char **at)
{
	static const struct {
		const char *word;
		enum term_unit unit;
		int divide;
	} units[] = {
		{ "ngày làm việc", TERM_WORKING_DAYS, 1 },
		{ "ngày", TERM_CALENDAR_DAYS, 1 },
		{ "giờ làm việc", TERM_WORKING_HOURS, 1 },
		{ "giờ hành chính", TERM_WORKING_HOURS, 1 },
		{ "giờ", TERM_WORKING_HOURS, 1 },
		{ "buổi làm việc", TERM_WORKING_DAYS, 2 },
		{ "buổi", TERM_WORKING_DAYS, 2 },
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (!take(at, units[i].word))
			continue;
		t->unit = units[i].unit;
		t->centi /= units[i].divide;
		return TERM_OK;
	}
	return TERM_NO_UNIT;
}

static enum term_fault check_amount(struct term t)
{
	int most = t.unit == TERM_WORKING_HOURS ? TERM_MOST_HOURS : TERM_MOST_DAYS;

	if (t.centi % 5 != 0)
		return TERM_FRACTION;
	return t.centi > 0 && t.centi <= most * 100 ? TERM_OK : TERM_RANGE;
}

static enum term_fault read_counted(struct term *out, const char *at)
{
	struct term t = { TERM_WORKING_DAYS, 0 };
	enum term_fault fault = read_number(&at, &t.centi);

	if (fault == TERM_OK) {
		skip_number_in_words(&at);
		fault = read_unit(&t, &at);
	}
	if (fault == TERM_OK)
		fault = check_amount(t);
	if (fault == TERM_OK)
		fault = read_tail(at);
	if (fault == TERM_OK)
		*out = t;
	return fault;
}

enum term_fault term_parse(struct term *out, const char *text)
{
	char folded[LONGEST_FOLDED] = "";
	const char *at = folded;
	enum term_fault fault;

	if (!text || !fold(folded, text))
		return text ? TERM_NO_NUMBER : TERM_BLANK;
	if (!folded[0])
		return TERM_BLANK;
	skip_introduction(&at);
	if (read_same_day(out, at, &fault))
		return fault;
	return read_counted(out, at);
}

enum err term_fault_message(const char **out, struct arena *a, enum term_fault fault,
                            const char *text)
{
	static const enum msg messages[] = {
		[TERM_BLANK] = MSG_TERM_BLANK,     [TERM_NO_NUMBER] = MSG_TERM_NO_NUMBER,
		[TERM_NO_UNIT] = MSG_TERM_NO_UNIT, [TERM_FRACTION] = MSG_TERM_FRACTION,
		[TERM_RANGE] = MSG_TERM_RANGE,     [TERM_MORE_TERMS] = MSG_TERM_MORE_TERMS,
	};

	if (fault == TERM_OK)
		return err_set(ERR_INTERNAL, "a term without a fault has no message");
	return msg_format(out, a, messages[fault], text ? text : "");
}

const char *term_text(struct term t, char out[TERM_TEXT])
{
	static const enum msg units[] = {
		[TERM_WORKING_DAYS] = MSG_TERM_UNIT_WORKING_DAYS,
		[TERM_WORKING_HOURS] = MSG_TERM_UNIT_WORKING_HOURS,
		[TERM_CALENDAR_DAYS] = MSG_TERM_UNIT_CALENDAR_DAYS,
		[TERM_SAME_DAY] = MSG_TERM_UNIT_SAME_DAY,
	};
	const char *unit = msg_text(units[t.unit]);
	int part = t.centi % 100;

	if (t.unit == TERM_SAME_DAY)
		snprintf(out, TERM_TEXT, "%s", unit);
	else if (part == 0)
		snprintf(out, TERM_TEXT, "%d %s", t.centi / 100, unit);
	else if (part % 10 == 0)
		snprintf(out, TERM_TEXT, "%d,%d %s", t.centi / 100, part / 10, unit);
	else
		snprintf(out, TERM_TEXT, "%d,%02d %s", t.centi / 100, part, unit);
	return out;
}
