#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc/xlsx_value.h"

enum { GENERAL_DIGITS = 10, MOST_DIGITS = 128, MOST_DECIMALS = 30 };

const char *xlsx_built_in_code(long id)
{
	static const struct {
		long id;
		const char *code;
	} codes[] = { { 1, "0" },
		      { 2, "0.00" },
		      { 3, "#,##0" },
		      { 4, "#,##0.00" },
		      { 9, "0%" },
		      { 10, "0.00%" },
		      { 37, "#,##0;-#,##0" },
		      { 38, "#,##0;-#,##0" },
		      { 39, "#,##0.00;-#,##0.00" },
		      { 40, "#,##0.00;-#,##0.00" },
		      { 41, "#,##0" },
		      { 42, "#,##0" },
		      { 43, "#,##0.00" },
		      { 44, "#,##0.00" } };

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		if (codes[i].id == id)
			return codes[i].code;
	}
	return NULL;
}

/* A number as digits: 0.d1d2d3... x 10^point. */
struct digits {
	char at[MOST_DIGITS];
	int n, point;
	bool negative;
};

static bool digits_parse(struct digits *d, const char *value)
{
	char text[XLSX_VALUE_TEXT];
	bool in_decimals = false;

	*d = (struct digits){ 0 };
	if (!xlsx_number_text(text, value))
		return false;
	for (const char *c = text; *c; c++) {
		if (*c == '-') {
			d->negative = true;
		} else if (*c == '.') {
			in_decimals = true;
		} else if (d->n > 0 || *c != '0') {
			d->at[d->n++] = *c;
			d->point += !in_decimals;
		} else if (in_decimals) {
			d->point--; /* a zero between the mark and the first digit */
		}
	}
	if (d->n == 0)
		d->negative = false;
	return true;
}

/* Half away from zero, as Excel does. */
static void digits_round(struct digits *d, int decimals)
{
	int keep = d->point + decimals;
	bool up = keep >= 0 && keep < d->n && d->at[keep] >= '5';

	if (keep >= d->n)
		return;
	d->n = keep < 0 ? 0 : keep;
	for (int i = d->n - 1; up && i >= 0; i--) {
		up = d->at[i] == '9';
		if (up)
			d->at[i] = '0';
		else
			d->at[i]++;
	}
	if (up) {
		memmove(d->at + 1, d->at, (size_t)d->n);
		d->at[0] = '1';
		d->n++;
		d->point++;
	}
	while (d->n > 0 && d->at[d->n - 1] == '0')
		d->n--;
	if (d->n == 0)
		d->point = 0;
}

static char digit_at(const struct digits *d, int place)
{
	if (place < 0 || place >= d->n)
		return '0';
	return d->at[place];
}

static void digits_put(struct str *to, const struct digits *d, int whole, int least, int most)
{
	int decimals = d->n > d->point ? d->n - d->point : 0;

	if (decimals > most)
		decimals = most;
	if (decimals < least)
		decimals = least;
	for (int i = whole > d->point ? whole : d->point; i > 0; i--)
		str_put_char(to, digit_at(d, d->point - i));
	if (decimals > 0)
		str_put_char(to, ',');
	for (int i = 0; i < decimals; i++)
		str_put_char(to, digit_at(d, d->point + i));
}

static void put_general(struct str *to, struct digits *d)
{
	int decimals = d->point >= GENERAL_DIGITS ? 0
	               : d->point > 0             ? GENERAL_DIGITS - d->point
	                                          : GENERAL_DIGITS - 1;

	digits_round(d, decimals);
	if (d->negative && d->n > 0)
		str_put_char(to, '-');
	digits_put(to, d, 1, 0, decimals);
}

/* ---- format codes: ECMA-376 part 1, 18.8.31 ---- */

/* The next sign of a code; `literal` is what it shows, `n` bytes of it. */
struct sign {
	char kind; /* 0: a literal */
	const char *literal;
	size_t n;
};

static const char *sign_next(struct sign *sign, const char *code)
{
	const char *end;

	*sign = (struct sign){ .literal = code, .n = 1 };
	switch (*code) {
	case '"':
		end = strchr(code + 1, '"');
		end = end ? end : code + strlen(code);
		sign->literal = code + 1;
		sign->n = (size_t)(end - code) - 1;
		return *end ? end + 1 : end;
	case '[': /* colours, currencies, conditions */
		sign->n = 0;
		end = strchr(code, ']');
		return end ? end + 1 : code + strlen(code);
	case '_':
	case '*':
		sign->n = 0;
		return code[1] ? code + 2 : code + 1;
	case '\\':
		sign->literal = code + 1;
		sign->n = code[1] != '\0';
		return code[1] ? code + 2 : code + 1;
	default:
		if (strchr("0#?.,%;E/@G", *code))
			sign->kind = *code;
		return code + 1;
	}
}

struct section {
	const char *from, *to;
	int whole, least, most; /* digits before the mark, after it */
	int shift;              /* powers of ten that it multiplies by */
	bool plain;             /* zeros and marks only: a number can be shown by it */
};

static void section_count(struct section *s, char kind, bool *decimals, int *commas)
{
	switch (kind) {
	case '0':
	case '?':
	case '#':
		*commas = 0;
		if (*decimals) {
			s->most++;
			s->least = kind == '0' ? s->most : s->least;
		} else if (kind == '0') {
			s->whole++;
		}
		break;
	case ',':
		(*commas)++;
		break;
	case '.':
		s->shift -= 3 * *commas;
		*commas = 0;
		*decimals = true;
		break;
	case '%':
		s->shift += 2;
		break;
	case 'E':
	case '/':
	case 'G':
	case '@':
		s->plain = false;
		break;
	default:
		break;
	}
}

/* Section number `wanted` of a code; false when it has fewer. */
static bool section_find(struct section *s, const char *code, int wanted)
{
	int commas = 0;
	bool decimals = false;

	*s = (struct section){ .from = code, .plain = true };
	while (*code) {
		const char *at = code;
		struct sign sign;

		code = sign_next(&sign, code);
		if (sign.kind == ';' && wanted == 0) {
			code = at;
			break;
		}
		if (sign.kind == ';') {
			*s = (struct section){ .from = code, .plain = true };
			wanted--;
			commas = 0;
			decimals = false;
			continue;
		}
		section_count(s, sign.kind, &decimals, &commas);
	}
	s->shift -= 3 * commas;
	s->to = code;
	if (s->most > MOST_DECIMALS)
		s->most = MOST_DECIMALS;
	if (s->least > s->most)
		s->least = s->most;
	if (s->whole > MOST_DECIMALS)
		s->whole = MOST_DECIMALS;
	return wanted == 0;
}

static void section_put(struct str *to, const struct section *s, const struct digits *d)
{
	bool put = false;
	struct sign sign;

	for (const char *code = s->from; code < s->to;) {
		code = sign_next(&sign, code);
		if (sign.kind == 0) {
			str_put_n(to, sign.literal, sign.n);
		} else if (sign.kind == '%') {
			str_put_char(to, '%');
		} else if (!put) {
			digits_put(to, d, s->whole, s->least, s->most);
			put = true;
		}
	}
}

/* Codes say up to three things: for positive numbers, negative ones, zero.  True when the
 * code shows the sign itself. */
static bool section_choose(struct section *s, const char *code, const struct digits *d)
{
	if (d->negative && section_find(s, code, 1))
		return true;
	if (d->n > 0 || !section_find(s, code, 2))
		(void)section_find(s, code, 0);
	return false;
}

bool xlsx_shown_put(struct str *to, const char *value, const char *code)
{
	struct digits d;
	struct section s;
	bool own_sign;

	if (!digits_parse(&d, value))
		return false;
	if (!code) {
		put_general(to, &d);
		return true;
	}
	own_sign = section_choose(&s, code, &d);
	if (!s.plain) {
		put_general(to, &d);
		return true;
	}
	if (d.n > 0)
		d.point += s.shift;
	digits_round(&d, s.most);
	if (d.negative && !own_sign && d.n > 0)
		str_put_char(to, '-');
	section_put(to, &s, &d);
	return true;
}
