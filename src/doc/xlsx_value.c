#include "doc/xlsx_value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { MOST_COLUMNS = 16384, MOST_ROWS = 1048576 };

/* Skips one literal of a format code: "text", \x, _x, *x, [Red] (but not [h]); NULL when the
 * text does not start one. */
static const char *skip_literal(const char *code)
{
	const char *end;

	if (*code == '"' || *code == '[') {
		if (*code == '[' && strchr("hmsHMS", code[1]) && code[1])
			return NULL;
		end = strchr(code + 1, *code == '"' ? '"' : ']');
		return end ? end + 1 : code + strlen(code);
	}
	if (*code == '\\' || *code == '_' || *code == '*')
		return code[1] ? code + 2 : code + 1;
	return NULL;
}

static bool code_is_date(const char *code)
{
	while (*code && *code != ';') {
		const char *next = skip_literal(code);

		if (next) {
			code = next;
			continue;
		}
		if (strncmp(code, "General", 7) == 0 || strchr("0#?", *code))
			return false;
		if (strchr("dmyhsDMYHS", *code))
			return true;
		code++;
	}
	return false;
}

enum xlsx_format xlsx_format_of(long id, const char *code)
{
	bool date = code ? code_is_date(code)
	                 : (id >= 14 && id <= 22) || (id >= 27 && id <= 36) ||
	                            (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

	return date ? XLSX_FORMAT_DATE : XLSX_FORMAT_NUMBER;
}

static bool to_double(double *out, const char *value)
{
	char *end;

	if (!isdigit((unsigned char)value[0]) && !strchr("+-.", value[0]))
		return false;
	if (value[0] == '\0' || strpbrk(value, "xXpPnN"))
		return false;
	*out = strtod(value, &end);
	return *end == '\0' && end != value && isfinite(*out);
}

/* "1.25e+07" -> "12500000", "-1.5e-05" -> "-0.000015". */
static void expand(char out[XLSX_VALUE_TEXT], const char digits[17], int exponent,
                   bool negative)
{
	static const char zeros[] = "0000000000000000000000000000000";
	int n = (int)strlen(digits);
	const char *sign = negative ? "-" : "";

	if (exponent < 0)
		snprintf(out, XLSX_VALUE_TEXT, "%s0.%.*s%s", sign, -exponent - 1, zeros,
		         digits);
	else if (exponent >= n - 1)
		snprintf(out, XLSX_VALUE_TEXT, "%s%s%.*s", sign, digits, exponent - n + 1,
		         zeros);
	else
		snprintf(out, XLSX_VALUE_TEXT, "%s%.*s.%s", sign, exponent + 1, digits,
		         digits + exponent + 1);
}

bool xlsx_number_text(char out[XLSX_VALUE_TEXT], const char *value)
{
	char text[XLSX_VALUE_TEXT], digits[17];
	size_t n = 0, len = strlen(value);
	double number;
	int exponent;

	if (len <= 18 && strspn(value, "0123456789") == len && len > 0) {
		snprintf(out, XLSX_VALUE_TEXT, "%s", value);
		return true;
	}
	if (!to_double(&number, value) || fabs(number) > 1e30 ||
	    (number != 0 && fabs(number) < 1e-30))
		return false;
	snprintf(text, sizeof(text), "%.14e", fabs(number));
	for (const char *c = text; *c != 'e' && n + 1 < sizeof(digits); c++) {
		if (*c != '.')
			digits[n++] = *c;
	}
	while (n > 1 && digits[n - 1] == '0')
		n--;
	digits[n] = '\0';
	exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
	expand(out, digits, number == 0 ? 0 : exponent, number < 0);
	return true;
}

bool xlsx_date_text(char out[XLSX_VALUE_TEXT], const char *value, bool from_1904)
{
	/* Day 0 is 30/12/1899, because Excel believes that 1900 was a leap year. */
	const int epoch = from_1904 ? -24107 : -25569;
	double number;
	long days, minute;
	date_t day;

	if (!to_double(&number, value) || number < 0 || number > 110000)
		return false;
	minute = lround(number * 1440.0);
	days = minute / 1440;
	minute %= 1440;
	if (days == 0 && !from_1904) {
		snprintf(out, XLSX_VALUE_TEXT, "%02ld:%02ld", minute / 60, minute % 60);
		return true;
	}
	if (!from_1904 && days < 60)
		days++;
	day = (date_t){ (int32_t)(days + epoch) };
	if (date_year(day) < 1900 || date_year(day) > 2199)
		return false;
	if (minute == 0)
		date_iso(day, out);
	else
		instant_iso(instant_local(day, (int)minute), out);
	return true;
}

bool xlsx_cell_parse(size_t *column, int *row, const char *ref, const char **end)
{
	size_t c = 0;
	long r = 0;

	for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
		c = c * 26 + (size_t)(*ref - 'A') + 1;
		if (c > MOST_COLUMNS)
			return false;
	}
	for (; *ref >= '0' && *ref <= '9'; ref++) {
		r = r * 10 + (*ref - '0');
		if (r > MOST_ROWS)
			return false;
	}
	if (c == 0 || r == 0)
		return false;
	*column = c - 1;
	*row = (int)r;
	*end = ref;
	return true;
}
