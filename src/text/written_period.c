#include "base/str.h"
#include "base/vec.h"
#include "text/reading_parts.h"

static ERR_RESULT push(struct reader *r, size_t from, size_t to, struct written_period p)
{
	p.start = token_at(r, from)->start;
	p.end = token_at(r, to - 1)->end;
	TRY(vec_room(r->arena, r->periods, r->n_periods));
	token_claim(r, from, to, CLAIM_PERIOD, (int)r->n_periods);
	r->periods[r->n_periods++] = p;
	return ERR_OK;
}

static struct written_period months(enum period_kind kind, int year, int number, int first,
                                    int last)
{
	struct written_period p = {
		.kind = kind, .year = year, .number = number, .from = DATE_NONE, .to = DATE_NONE
	};

	if (year) {
		p.from = date_make(year, first, 1);
		p.to = date_add(last == 12 ? date_make(year + 1, 1, 1)
		                           : date_make(year, last + 1, 1),
		                -1);
	}
	return p;
}

static struct written_period quarter(int year, int q)
{
	return months(PERIOD_QUARTER, year, q, 3 * q - 2, 3 * q);
}

static struct written_period years(int first, int last)
{
	struct written_period p = months(PERIOD_YEARS, first, 0, 1, 12);

	p.last_year = last;
	p.to = date_make(last, 12, 31);
	return p;
}

/* Compared with what was before: "so với cùng kỳ", "so với". */
static bool is_compared(const struct reader *r, size_t i)
{
	static const char *const before[] = { "so với",         "so với cùng kỳ", "cùng kỳ",
		                              "cùng kỳ của",    "so cùng kỳ",     "cùng kì",
		                              "so với cùng kì", "của cùng kỳ",    NULL };

	return token_said_any_before(r, i, before) > 0;
}

/* The year behind a quarter or month: "/2024", " năm 2024", ", năm 2024"; `to` goes behind it.
 */
static int year_behind(const struct reader *r, size_t i, size_t *to)
{
	size_t at = i;

	if (token_is(r, at, "/") || token_is(r, at, "-") || token_says(r, at, ", năm"))
		at++;
	if (token_is(r, at, "năm"))
		at++;
	if (at == i || !token_free(r, at) || !token_year(r, at))
		return 0;
	*to = at + 1;
	return token_year(r, at);
}

static int quarter_number(const struct reader *r, size_t i)
{
	int64_t n = token_free(r, i) ? token_int(r, i, 2) : -1;

	return n >= 1 && n <= 4 ? (int)n : token_roman(r, i);
}

static int month_number(const struct reader *r, size_t i)
{
	int64_t n = token_free(r, i) ? token_int(r, i, 2) : -1;

	return n >= 1 && n <= 12 ? (int)n : 0;
}

static bool is_and(const struct reader *r, size_t i)
{
	static const char *const signs[] = { ",", "và", "đến", "&", NULL };

	return token_is_any(r, i, signs) || token_is_dash(r, i);
}

/* Whether the sign at i is followed by one more of the list, with or without its word. */
static bool list_goes_on(const struct reader *r, size_t i, const char *word)
{
	size_t behind = i + 2, to;

	if (!is_and(r, i))
		return false;
	if (token_is(r, i + 1, word) || year_behind(r, behind, &to))
		return true;
	if (str_eq(word, "tháng"))
		return false;
	return token_roman(r, i + 1) ||
	       (token_int(r, i + 1, 1) > 0 && token_len(token_at(r, i - 1)) == 1 &&
	        !token_is_noun(r, behind) && !token_is(r, behind, "%"));
}

/* Quarters and months stand in lists that share their year: "quý I, II năm 2024", "quý I và quý
 * II năm 2024", "tháng 9, 10/2024".  `word` is "quý" or "tháng". */
static ERR_RESULT read_list(struct reader *r, size_t i, const char *word,
                            int (*number)(const struct reader *, size_t), size_t *after)
{
	bool quarters = token_is(r, i, "quý");
	size_t first = r->n_periods, at = i;
	bool compared = is_compared(r, i);
	int year = 0;

	while (number(r, at + token_is(r, at, word))) {
		size_t to = at + token_is(r, at, word) + 1;
		int n = number(r, to - 1);

		year = year_behind(r, to, &to);
		struct written_period p =
		        quarters ? quarter(year, n) : months(PERIOD_MONTH, year, n, n, n);
		p.same_period_before = compared;
		TRY(push(r, at, to, p));
		*after = to;
		if (year || !list_goes_on(r, to, word))
			break;
		at = to + 1;
	}
	for (size_t k = first; year && k + 1 < r->n_periods; k++) {
		struct written_period *p = &r->periods[k];
		struct written_period dated =
		        quarters ? quarter(year, p->number)
		                 : months(PERIOD_MONTH, year, p->number, p->number, p->number);

		p->year = year;
		p->from = dated.from;
		p->to = dated.to;
	}
	return ERR_OK;
}

static struct written_period first_months(int year, int n)
{
	if (n == 3)
		return quarter(year, 1);
	if (n == 6)
		return months(PERIOD_HALF, year, 1, 1, 6);
	if (n == 9)
		return months(PERIOD_NINE, year, 0, 1, 9);
	return months(PERIOD_WINDOW, year, 0, 1, n);
}

static struct written_period last_months(int year, int n)
{
	if (n == 3)
		return quarter(year, 4);
	if (n == 6)
		return months(PERIOD_HALF, year, 2, 7, 12);
	return months(PERIOD_WINDOW, year, 0, 13 - n, 12);
}

/* " năm 2024", "/2024", " năm" behind the months at i: the token after it; the year or 0. */
static size_t skip_year(const struct reader *r, size_t i, bool bare, int *year)
{
	*year = 0;
	if ((token_is(r, i, "năm") || token_is(r, i, "/")) && token_year(r, i + 1)) {
		*year = token_year(r, i + 1);
		return i + 2;
	}
	return bare && token_is(r, i, "năm") ? i + 1 : i;
}

/* "6 tháng đầu năm 2024", "9 tháng năm 2024", "sáu tháng cuối năm". */
static ERR_RESULT read_months_of_year(struct reader *r, size_t i, size_t *after)
{
	int64_t words = 0;
	int n, year;

	if (!token_is(r, i + 1, "tháng"))
		return ERR_OK;
	n = month_number(r, i);
	if (!n && numeral_words(r, i, &words) == 1)
		n = (int)words;
	bool last = token_is(r, i + 2, "cuối"), said = last || token_is(r, i + 2, "đầu");
	size_t to = skip_year(r, i + 2 + said, said, &year);

	if (n < 2 || n > 11 || to == i + 2)
		return ERR_OK; /* a length of time */
	struct written_period p = last ? last_months(year, n) : first_months(year, n);

	p.same_period_before = is_compared(r, i);
	*after = to;
	return push(r, i, to, p);
}

/* A rhythm of reports: "quý I, 6 tháng, quý III", "hàng quý, 6 tháng và năm". */
static void claim_rhythm(struct reader *r, size_t i)
{
	static const char *const before[] = { "quý i ,", "hàng quý ,",    "quý ,",
		                              "báo cáo", "định kỳ",       "sơ kết",
		                              ", tháng", "định kỳ quý ,", NULL };
	static const char *const behind[] = { "và năm",     "và hàng năm", ", năm",
		                              ", 9 tháng",  ", quý iii",   ", hàng năm",
		                              ", 01 năm",   ", một năm",   ", 1 năm",
		                              "và 9 tháng", NULL };
	int n = month_number(r, i);

	if ((n == 3 || n == 6 || n == 9) && token_is(r, i + 1, "tháng") &&
	    (token_said_any_before(r, i, before) || token_says_any(r, i + 2, behind)))
		token_claim(r, i, i + 1, CLAIM_NAME, -1);
}

/* "2021-2030", "2021 – 2025"; the year before the dash stands at i.  Backwards ("2030-2021")
 * only behind a word that says it is a span. */
static size_t span_end(const struct reader *r, size_t i)
{
	static const char *const heads[] = { "giai đoạn", "nhiệm kỳ", "nhiệm kì", "thời kỳ",
		                             NULL };

	if (!token_year(r, i) || !token_is_dash(r, i + 1))
		return 0;
	if (!token_free(r, i) || !token_free(r, i + 2))
		return 0;
	int last = token_year(r, i + 2);

	if (last <= token_year(r, i) && (!last || token_said_any_before(r, i, heads) == 0))
		return 0;
	return token_is(r, i + 3, "/") ? 0 : i + 3;
}

static ERR_RESULT read_span(struct reader *r, size_t i, size_t *after)
{
	static const char *const heads[] = { "giai đoạn", "nhiệm kỳ", "nhiệm kì", "thời kỳ",
		                             "năm học",   "các năm",  "năm",      NULL };
	size_t to = span_end(r, i);

	if (!to)
		return ERR_OK;
	size_t head = token_said_any_before(r, i, heads);
	struct written_period p = years(token_year(r, i), token_year(r, i + 2));

	p.same_period_before = is_compared(r, i - head);
	*after = to;
	return push(r, i - head, to, p);
}

static ERR_RESULT push_year(struct reader *r, size_t from, size_t number, bool compared)
{
	struct written_period p = months(PERIOD_YEAR, token_year(r, number), 0, 1, 12);

	p.same_period_before = compared;
	return push(r, from, number + 1, p);
}

/* "năm 2024", "năm 2020, 2021 và 2022"; before it "2021-2025" was tried. */
static ERR_RESULT read_years(struct reader *r, size_t i, size_t *after)
{
	bool compared = is_compared(r, i);
	size_t at = i + 1;

	if (!token_year(r, at) || !token_free(r, at))
		return ERR_OK;
	TRY(push_year(r, i, at, compared));
	while (is_and(r, at + 1) && !token_is_dash(r, at + 1) && token_year(r, at + 2) &&
	       token_free(r, at + 2) && !token_is_noun(r, at + 3) &&
	       !token_is(r, at + 3, "/") && !token_is_dash(r, at + 3)) {
		at += 2;
		TRY(push_year(r, at, at, compared));
	}
	*after = at + 1;
	return ERR_OK;
}

/* "cùng kỳ", "năm trước": before this period, without a year. */
static ERR_RESULT read_before(struct reader *r, size_t i, size_t *after)
{
	static const char *const words[] = {
		"cùng kỳ năm trước", "cùng kỳ năm ngoái", "cùng kỳ",   "cùng kì",
		"năm trước",         "năm ngoái",         "quý trước", "tháng trước",
		"kỳ trước",          "kỳ báo cáo trước",  NULL
	};
	static const char *const with_period[] = { "năm", "quý", "tháng", "của", "giai", NULL };
	size_t n = token_says_any(r, i, words);
	struct written_period p = { .kind = PERIOD_YEAR,
		                    .from = DATE_NONE,
		                    .to = DATE_NONE,
		                    .same_period_before = true };

	if (!n ||
	    (n == 2 && token_is(r, i, "cùng") &&
	     (token_is_any(r, i + n, with_period) || token_at(r, i + n)->kind == TOKEN_NUMBER)))
		return ERR_OK;
	*after = i + n;
	return push(r, i, i + n, p);
}

/* "12/2023" is a month where no noun follows; 5/2024 hồ sơ is a part. */
static ERR_RESULT read_month_slash(struct reader *r, size_t i, size_t *after)
{
	int month = month_number(r, i), year;

	if (!month || !token_is(r, i + 1, "/") || token_is(r, i + 3, "/") ||
	    !token_free(r, i + 2))
		return ERR_OK;
	year = token_year(r, i + 2);
	if (year < 1990 || year > 2050 || token_is_noun(r, i + 3) || token_is(r, i - 1, "/"))
		return ERR_OK;
	*after = i + 3;
	return push(r, i, i + 3, months(PERIOD_MONTH, year, month, month, month));
}

/* A year that stands behind a name: "Kế hoạch CCHC 2024", "ngân sách 2022". */
static ERR_RESULT read_lone_year(struct reader *r, size_t i, size_t *after)
{
	static const char *const amount[] = { "là",   "đạt",    "có",   "nhận", "quyết",
		                              "được", "tăng",   "giảm", "lên",  "xuống",
		                              "số",   "khoảng", "hơn",  "trên", "dưới",
		                              "gần",  "còn",    "với",  "cho",  "từ",
		                              "phát", "thu",    "tổng", NULL };
	const struct token *before = token_at(r, i - 1), *behind = token_at(r, i + 1);
	int year = token_year(r, i);

	/* "2025: 80%; 2030: 100%" needs no name before. */
	bool opens = before->kind != TOKEN_NUMBER && token_is(r, i + 1, ":");

	if (year < 1990 || year > 2050 || (before->kind != TOKEN_WORD && !opens) ||
	    token_is_any(r, i - 1, amount) || token_is_noun(r, i + 1) ||
	    (behind->kind == TOKEN_MARK && !token_is(r, i + 1, ",") &&
	     !token_is(r, i + 1, ".") && !token_is(r, i + 1, ";") && !token_is(r, i + 1, ")") &&
	     !opens))
		return ERR_OK;
	*after = i + 1;
	return push_year(r, i, i, is_compared(r, i));
}

static ERR_RESULT read_from_number(struct reader *r, size_t i, size_t *after)
{
	TRY(read_span(r, i, after));
	if (!*after)
		TRY(read_months_of_year(r, i, after));
	if (!*after)
		TRY(read_month_slash(r, i, after));
	if (!*after)
		TRY(read_lone_year(r, i, after));
	if (!*after)
		claim_rhythm(r, i);
	return ERR_OK;
}

static ERR_RESULT read_from_word(struct reader *r, size_t i, size_t *after)
{
	if (token_is(r, i, "quý"))
		TRY(read_list(r, i, "quý", quarter_number, after));
	else if (token_is(r, i, "tháng"))
		TRY(read_list(r, i, "tháng", month_number, after));
	else if (token_is(r, i, "năm") && span_end(r, i + 1))
		TRY(read_span(r, i + 1, after));
	else if (token_is(r, i, "năm"))
		TRY(read_years(r, i, after));
	if (!*after)
		TRY(read_months_of_year(r, i, after));
	if (!*after)
		TRY(read_before(r, i, after));
	return ERR_OK;
}

enum err periods_read(struct reader *r)
{
	for (size_t i = 0, after; i < r->n; i = after ? after : i + 1) {
		after = 0;
		if (!token_free(r, i))
			continue;
		if (token_at(r, i)->kind == TOKEN_NUMBER)
			TRY(read_from_number(r, i, &after));
		else if (token_at(r, i)->kind == TOKEN_WORD)
			TRY(read_from_word(r, i, &after));
	}
	return windows_read(r);
}
