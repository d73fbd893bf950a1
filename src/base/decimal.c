#include "base/decimal.h"

#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static dec_t narrow(wide n)
{
	if (n > INT64_MAX || n <= INT64_MIN)
		return DEC_NONE;
	return (dec_t){ (int64_t)n };
}

/* n / d rounded half away from zero. */
static wide divide_half_up(wide n, wide d)
{
	if (d < 0) {
		n = -n;
		d = -d;
	}
	return n >= 0 ? (2 * n + d) / (2 * d) : -((-2 * n + d) / (2 * d));
}

dec_t dec_from_int(int64_t n)
{
	return narrow((wide)n * DEC_ONE);
}

dec_t dec_add(dec_t a, dec_t b)
{
	if (dec_is_none(a) || dec_is_none(b))
		return DEC_NONE;
	return narrow((wide)a.micro + b.micro);
}

dec_t dec_sub(dec_t a, dec_t b)
{
	if (dec_is_none(a) || dec_is_none(b))
		return DEC_NONE;
	return narrow((wide)a.micro - b.micro);
}

dec_t dec_mul(dec_t a, dec_t b)
{
	if (dec_is_none(a) || dec_is_none(b))
		return DEC_NONE;
	return narrow(divide_half_up((wide)a.micro * b.micro, DEC_ONE));
}

dec_t dec_div(dec_t a, dec_t b)
{
	if (dec_is_none(a) || dec_is_none(b) || b.micro == 0)
		return DEC_NONE;
	return narrow(divide_half_up((wide)a.micro * DEC_ONE, b.micro));
}

dec_t dec_percent(dec_t part, dec_t whole, int places)
{
	if (dec_is_none(part) || dec_is_none(whole) || whole.micro == 0)
		return DEC_NONE;
	wide step = powers[6 - places];

	return narrow(divide_half_up((wide)part.micro * 100 * powers[places], whole.micro) *
	              step);
}

dec_t dec_round(dec_t a, int places)
{
	if (dec_is_none(a))
		return a;
	wide step = powers[6 - places];

	return narrow(divide_half_up(a.micro, step) * step);
}

bool dec_is_int(dec_t a)
{
	return !dec_is_none(a) && a.micro % DEC_ONE == 0;
}

bool dec_parse(dec_t *out, const char *text)
{
	bool negative = *text == '-';
	wide n = 0;
	int digits = 0, places = 0;

	text += negative;
	for (; *text >= '0' && *text <= '9' && digits < 18; text++, digits++)
		n = n * 10 + (*text - '0');
	if (digits == 0)
		return false;
	n *= DEC_ONE;
	if (*text == '.') {
		for (text++; *text >= '0' && *text <= '9' && places < 6; text++)
			n += (wide)(*text - '0') * powers[5 - places++];
		if (places == 0)
			return false;
	}
	dec_t value = narrow(negative ? -n : n);
	if (*text || dec_is_none(value))
		return false;
	*out = value;
	return true;
}

const char *dec_text(dec_t a, char out[DEC_TEXT])
{
	out[0] = '\0';
	if (dec_is_none(a))
		return out;
	uint64_t n = a.micro < 0 ? (uint64_t)-a.micro : (uint64_t)a.micro;
	unsigned long long whole = n / DEC_ONE, part = n % DEC_ONE;

	snprintf(out, DEC_TEXT, "%s%llu.%06llu", a.micro < 0 ? "-" : "", whole, part);
	size_t len = strlen(out);
	while (out[len - 1] == '0')
		len--;
	if (out[len - 1] == '.')
		len--;
	out[len] = '\0';
	return out;
}

/* Writes `digits` with a dot between groups of three. */
static size_t put_grouped(char *out, const char *digits, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[at++] = '.';
		out[at++] = digits[i];
	}
	return at;
}

const char *dec_vn(dec_t a, int places, char out[DEC_TEXT])
{
	char plain[DEC_TEXT];

	dec_text(places < 0 ? a : dec_round(a, places), plain);
	if (!plain[0]) {
		out[0] = '\0';
		return out;
	}
	const char *point = strchr(plain, '.');
	bool negative = plain[0] == '-';
	size_t whole = (point ? (size_t)(point - plain) : strlen(plain)) - negative;
	size_t at = 0;

	if (negative)
		out[at++] = '-';
	at += put_grouped(out + at, plain + negative, whole);
	const char *decimals = point ? point + 1 : "";
	int want = places < 0 ? (int)strlen(decimals) : places;
	if (want > 0)
		out[at++] = ',';
	for (int i = 0; i < want; i++) {
		out[at] = '0';
		if (*decimals)
			out[at] = *decimals++;
		at++;
	}
	out[at] = '\0';
	return out;
}

const char *money_vn(money_t m, char out[DEC_TEXT])
{
	char plain[DEC_TEXT];

	out[0] = '\0';
	if (m.dong == INT64_MIN)
		return out;
	snprintf(plain, sizeof(plain), "%lld", (long long)m.dong);
	bool negative = plain[0] == '-';
	if (negative)
		out[0] = '-';
	size_t n = put_grouped(out + negative, plain + negative, strlen(plain) - negative);
	out[n + negative] = '\0';
	return out;
}
