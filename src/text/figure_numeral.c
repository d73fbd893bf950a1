#include <string.h>

#include "text/reading_parts.h"

enum { MOST_DIGITS = 18, MOST_DECIMALS = 9 };

/* The pieces of a number between its marks. */
struct pieces {
	size_t len[8];
	char mark[8]; /* before piece i; mark[0] unused */
	size_t n;
};

static bool split(struct pieces *p, const char *text, size_t n)
{
	*p = (struct pieces){ .n = 1 };
	for (size_t i = 0; i < n; i++) {
		if (text[i] != '.' && text[i] != ',') {
			p->len[p->n - 1]++;
			continue;
		}
		if (p->n == 8)
			return false;
		p->mark[p->n++] = text[i];
	}
	return true;
}

/* How many pieces after the first are groups of thousands with one and the same mark. */
static size_t count_groups(const struct pieces *p, const char *text)
{
	size_t groups = 0;

	if (p->len[0] > 3 || text[0] == '0')
		return 0;
	while (groups + 1 < p->n && p->len[groups + 1] == 3 &&
	       p->mark[groups + 1] == p->mark[1])
		groups++;
	return groups;
}

static unsigned mark_of_groups(const struct pieces *p, size_t groups)
{
	if (groups == 0)
		return 0;
	if (p->mark[1] == '.')
		return FIGURE_DOT_GROUPS;
	return groups == 1 && p->n == 2 ? FIGURE_COMMA_THREE : FIGURE_COMMA_GROUPS;
}

static bool read_value(const char *text, size_t n, int64_t *out)
{
	size_t printed = 0;

	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '.' || text[i] == ',')
			continue;
		if (++printed > MOST_DIGITS)
			return false;
		*out = *out * 10 + (text[i] - '0');
	}
	return true;
}

/* What comes after the groups is one piece of decimals, behind another mark. */
static bool is_shaped(const struct pieces *p, size_t groups)
{
	size_t last = p->n - 1, decimals = last - groups;

	if (decimals == 1 && p->len[0] >= 4 && p->len[last] >= 3 && p->mark[last] == '.')
		return false; /* 1800.1096 is called, not counted */
	return decimals == 0 || (decimals == 1 && p->len[last] <= MOST_DECIMALS &&
	                         (groups == 0 || p->mark[last] != p->mark[1]));
}

/* "4.215.60": groups of thousands, the last of which lost or won a digit. */
static bool is_broken(const struct pieces *p, size_t groups)
{
	size_t last = p->n - 1;

	return groups >= 1 && groups + 1 == last && p->mark[last] == p->mark[1];
}

bool numeral_read(struct number *out, unsigned *marks, const char *text, size_t n, bool percent)
{
	struct pieces p;
	int64_t digits;

	if (!split(&p, text, n))
		return false;
	size_t groups = count_groups(&p, text), last = p.n - 1;

	if (percent && groups == 1 && p.n == 2)
		groups = 0; /* a rate of thousands is none: 12,345 % */
	if (!read_value(text, n, &digits))
		return false;
	*out = (struct number){ digits, 0 };
	if (is_broken(&p, groups)) {
		*marks = FIGURE_BROKEN_GROUPS | FIGURE_LABEL;
		return true;
	}
	if (!is_shaped(&p, groups))
		return false;
	*marks = mark_of_groups(&p, groups);
	if (last > groups) {
		out->places = (int)p.len[last];
		*marks |= p.mark[last] == ',' ? FIGURE_COMMA_DECIMAL : FIGURE_POINT_DECIMAL;
	}
	if (text[0] == '0' && p.len[0] > 1)
		*marks |= FIGURE_PADDED;
	return true;
}

/* ---- in words ---- */

static int unit_word(const struct reader *r, size_t i)
{
	static const struct {
		const char *word;
		int value;
	} units[] = { { "một", 1 }, { "hai", 2 }, { "ba", 3 },  { "bốn", 4 }, { "năm", 5 },
		      { "sáu", 6 }, { "bảy", 7 }, { "bẩy", 7 }, { "tám", 8 }, { "chín", 9 } };

	for (size_t u = 0; u < sizeof(units) / sizeof(*units); u++)
		if (token_is(r, i, units[u].word))
			return units[u].value;
	return 0;
}

/* After tens five is "lăm", for "mười năm" is ten years; "mốt" and "tư" stand only there. */
static int last_unit_word(const struct reader *r, size_t i)
{
	int unit = unit_word(r, i);

	if (token_is(r, i, "lăm"))
		return 5;
	if (token_is(r, i, "mốt"))
		return 1;
	if (token_is(r, i, "tư"))
		return 4;
	return unit == 5 ? 0 : unit;
}

/* Tens and units, the word at i being `tens`: "mười", "mười hai", "hai mươi lăm", "ba mươi". */
static size_t tens_words(const struct reader *r, size_t i, int tens, int64_t *out)
{
	if (token_is(r, i, "mười")) {
		int unit = last_unit_word(r, i + 1);

		*out = 10 + unit;
		return unit ? 2 : 1;
	}
	if (!tens || !token_is(r, i + 1, "mươi"))
		return 0;
	int unit = last_unit_word(r, i + 2);

	*out = tens * 10 + unit;
	return unit ? 3 : 2;
}

size_t numeral_words(const struct reader *r, size_t i, int64_t *out)
{
	int64_t rest = 0;
	int unit = unit_word(r, i);

	if (unit && token_is(r, i + 1, "trăm")) {
		size_t n = tens_words(r, i + 2, unit_word(r, i + 2), &rest);
		bool odd = token_is(r, i + 2, "linh") || token_is(r, i + 2, "lẻ");

		if (odd && unit_word(r, i + 3)) {
			rest = unit_word(r, i + 3);
			n = 2;
		}
		*out = (int64_t)unit * 100 + rest;
		return 2 + n;
	}
	size_t n = tens_words(r, i, unit, out);

	if (n)
		return n;
	*out = unit;
	return unit > 1 && unit != 5 ? 1 : 0; /* "một" is an article, "năm" alone a year */
}
