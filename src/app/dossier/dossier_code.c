#include "app/dossier/dossier_code.h"

#include <stdio.h>
#include <string.h>

#include "base/messages.h"
#include "base/str.h"

enum { RAW_MOST = DOSSIER_CODE_TEXT };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_digit(s.at[i]))
			return false;
	}
	return s.len > 0;
}

static int number_of(struct slice digits)
{
	int n = 0;

	for (size_t i = 0; i < digits.len; i++)
		n = n * 10 + (digits.at[i] - '0');
	return n;
}

/* Bytes of a typographic dash or minus at `p` (U+2010 to U+2015, U+2212), or 0. */
static size_t dash_length(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] != 0xE2)
		return 0;
	if (u[1] == 0x80 && u[2] >= 0x90 && u[2] <= 0x95)
		return 3;
	return u[1] == 0x88 && u[2] == 0x92 ? 3 : 0;
}

static char upper(char c)
{
	return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Copies `text` without blanks, in upper case, with plain dashes; false when too long. */
static bool clean(char out[RAW_MOST], const char *text)
{
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		size_t dash = dash_length(p);

		if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
			continue;
		if (n + 1 >= RAW_MOST)
			return false;
		if (dash > 0) {
			out[n++] = '-';
			p += dash - 1;
		} else {
			out[n++] = upper(*p);
		}
	}
	out[n] = '\0';
	return true;
}

/* Groups of 0-9 and A-Z joined by single dots. */
static bool is_group_list(struct slice s)
{
	bool after_dot = true;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (c == '.') {
			if (after_dot)
				return false;
			after_dot = true;
		} else if (is_digit(c) || (c >= 'A' && c <= 'Z')) {
			after_dot = false;
		} else {
			return false;
		}
	}
	return !after_dot && s.len <= UNIT_CODE_MOST;
}

/* The last group of an older code, the first of a newer one: a letter and two digits. */
static bool is_top_level(struct slice s)
{
	return s.len == 3 && s.at[0] >= 'A' && s.at[0] <= 'Z' && is_digit(s.at[1]) &&
	       is_digit(s.at[2]);
}

static bool unit_style(enum dossier_code_style *out, struct slice unit)
{
	struct slice rest = unit, group = { 0 }, first = { 0 }, last = { 0 };

	if (!is_group_list(unit))
		return false;
	while (slice_cut(&rest, '.', &group)) {
		if (first.at == NULL)
			first = group;
		last = group;
	}
	if (is_top_level(first))
		*out = DOSSIER_CODE_QD20;
	else if (is_top_level(last) && first.len == 3)
		*out = DOSSIER_CODE_QCVN102;
	else if (unit.len == 2 && all_digits(unit))
		*out = DOSSIER_CODE_MINISTRY;
	else
		return false;
	return true;
}

static bool read_day(struct dossier_code *code, struct slice s)
{
	int year, month, day, n;

	if (!all_digits(s) || (s.len != 6 && s.len != 8))
		return false;
	n = number_of(s);
	year = n / 10000 + (s.len == 6 ? 2000 : 0);
	month = n / 100 % 100;
	day = n % 100;
	if (!date_valid(year, month, day))
		return false;
	code->day = date_make(year, month, day);
	code->long_year = s.len == 8;
	return true;
}

static enum dossier_code_fault read_parts(struct dossier_code *code, const struct slice *part,
                                          size_t n)
{
	struct slice unit = part[n - 3], number = part[n - 1];

	if (n == 4) {
		if (part[0].len != 2 || !all_digits(part[0]))
			return DOSSIER_CODE_UNIT;
		memcpy(code->ministry, part[0].at, 2);
	}
	if (!unit_style(&code->style, unit) || (n == 4 && code->style == DOSSIER_CODE_MINISTRY))
		return DOSSIER_CODE_UNIT;
	memcpy(code->unit, unit.at, unit.len);
	if (!read_day(code, part[n - 2]))
		return DOSSIER_CODE_DAY;
	if (!all_digits(number) || number.len < 4 || number.len > 7 || number_of(number) == 0)
		return DOSSIER_CODE_NUMBER;
	code->number = number_of(number);
	code->digits = (int)number.len;
	return DOSSIER_CODE_OK;
}

enum dossier_code_fault dossier_code_parse(struct dossier_code *out, const char *text)
{
	struct dossier_code code = { 0 };
	struct slice part[4] = { { 0 } }, rest, next;
	char raw[RAW_MOST];
	enum dossier_code_fault fault;
	size_t n = 0;

	if (str_blank(text))
		return DOSSIER_CODE_BLANK;
	if (!clean(raw, text))
		return DOSSIER_CODE_SHAPE;
	rest = slice_of(raw);
	while (slice_cut(&rest, '-', &next)) {
		if (n == ARRAY_LEN(part))
			return DOSSIER_CODE_SHAPE;
		part[n++] = next;
	}
	if (n < 3)
		return DOSSIER_CODE_SHAPE;
	fault = read_parts(&code, part, n);
	if (fault == DOSSIER_CODE_OK)
		*out = code;
	return fault;
}

const char *dossier_code_fault_text(enum dossier_code_fault fault)
{
	static const enum msg text[] = {
		[DOSSIER_CODE_OK] = MSG_DOSSIER_CODE_SHAPE,
		[DOSSIER_CODE_BLANK] = MSG_DOSSIER_CODE_BLANK,
		[DOSSIER_CODE_SHAPE] = MSG_DOSSIER_CODE_SHAPE,
		[DOSSIER_CODE_UNIT] = MSG_DOSSIER_CODE_UNIT,
		[DOSSIER_CODE_DAY] = MSG_DOSSIER_CODE_DAY,
		[DOSSIER_CODE_NUMBER] = MSG_DOSSIER_CODE_NUMBER,
	};

	return msg_text(text[fault]);
}

const char *dossier_code_write(const struct dossier_code *code, char out[DOSSIER_CODE_TEXT])
{
	int year, month, day;

	date_split(code->day, &year, &month, &day);
	snprintf(out, DOSSIER_CODE_TEXT, "%s%s%s-%0*d%02d%02d-%0*d", code->ministry,
	         code->ministry[0] != '\0' ? "-" : "", code->unit, code->long_year ? 4 : 2,
	         code->long_year ? year : year % 100, month, day, code->digits, code->number);
	return out;
}

const char *dossier_code_issue(const char *unit_code, date_t day, int n,
                               char out[DOSSIER_CODE_TEXT])
{
	struct dossier_code code = { .day = day, .number = n, .digits = 4 };

	snprintf(code.unit, sizeof(code.unit), "%s", unit_code);
	return dossier_code_write(&code, out);
}
