#include "text/reading_parts.h"

static const struct {
	const char *word;
	int power;
} magnitudes[] = { { "nghìn", 3 }, { "ngàn", 3 }, { "triệu", 6 }, { "tỷ", 9 }, { "tỉ", 9 } };

/* "tỷ" is a magnitude, in "tỷ lệ" and "tỷ trọng" it is none. */
static int magnitude(const struct reader *r, size_t i)
{
	static const char *const shares[] = { "lệ", "trọng", "suất", "số", NULL };

	if (!token_free(r, i))
		return 0;
	for (size_t k = 0; k < sizeof(magnitudes) / sizeof(magnitudes[0]); k++)
		if (token_is(r, i, magnitudes[k].word))
			return token_is_any(r, i + 1, shares) ? 0 : magnitudes[k].power;
	return 0;
}

/* "đồng" alone: "05 đồng chí", "đồng thời" are no money. */
static bool is_dong(const struct reader *r, size_t i)
{
	static const char *const words[] = { "đồng", "đ", "vnđ", "vnd", NULL };
	static const char *const goes_on[] = { "chí", "thời", "bào", "bộ",   "hồ",   "nghiệp",
		                               "đội", "phục", "ý",   "loạt", "hành", NULL };

	if (!token_free(r, i) || !token_is_any(r, i, words))
		return false;
	return !token_is(r, i, "đồng") || !token_is_any(r, i + 1, goes_on);
}

static void times(struct figure *f, int power)
{
	f->value = number_times_ten(f->value, power);
	f->to = number_times_ten(f->to, power);
	f->out_of = number_times_ten(f->out_of, power);
}

/* "nghìn", "triệu", "nghìn tỷ" from token i on: the power of ten. */
static int read_power(const struct reader *r, size_t *i)
{
	int power = 0, more;

	for (; (more = magnitude(r, *i)) != 0 && power + more <= 12; (*i)++)
		power += more;
	return power;
}

/* "2 tỷ 500 triệu": what follows in a lower magnitude. */
static size_t read_lower(const struct reader *r, struct figure *f, size_t i, int power)
{
	int64_t n = token_free(r, i) ? token_int(r, i, 3) : -1;
	size_t to = i + 1;
	int lower = n >= 0 ? read_power(r, &to) : 0;

	if (lower == 0 || lower >= power)
		return i;
	f->value = number_add(f->value, number_times_ten(number_int(n), lower));
	return to;
}

static size_t read_money(const struct reader *r, struct figure *f, size_t i)
{
	static const unsigned grouped =
	        FIGURE_DOT_GROUPS | FIGURE_COMMA_GROUPS | FIGURE_COMMA_THREE;
	int power = read_power(r, &i);

	if (power) {
		times(f, power);
		i = read_lower(r, f, i, power);
	}
	bool dong = is_dong(r, i);

	if (dong || (power >= 6 && !token_is_noun(r, i)))
		f->unit = FIGURE_DONG;
	if (power == 3 && !dong && (f->marks & grouped))
		f->marks |= FIGURE_MAGNITUDE_TWICE;
	return i + dong;
}

static size_t percent_sign(const struct reader *r, size_t i)
{
	return token_is(r, i, "%") ? 1 : token_says(r, i, "phần trăm");
}

size_t figure_unit_read(const struct reader *r, struct figure_at *f, size_t i)
{
	size_t percent = percent_sign(r, i);

	f->figure.unit = FIGURE_COUNT;
	if (percent) {
		bool points =
		        token_is(r, i + percent, "điểm") && !token_is_noun(r, i + percent + 1);

		f->figure.unit = points ? FIGURE_PERCENT_POINT : FIGURE_PERCENT;
		return i + percent + points;
	}
	if (token_is(r, i, "điểm") && (percent = percent_sign(r, i + 1)) != 0) {
		f->figure.unit = FIGURE_PERCENT_POINT;
		return i + 1 + percent;
	}
	return read_money(r, &f->figure, i);
}
