#include "text/reading_parts.h"

enum { MOST_BACK = 5, MOST_AHEAD = 40, MOST_CHANGE_BACK = 14, MOST_BETWEEN = 14 };

static const char *const at_least[] = {
	"tối thiểu", "ít nhất", "không dưới", "không thấp hơn", "không ít hơn", "≥", "> =", NULL
};
static const char *const at_most[] = { "tối đa",     "không quá",     "không vượt quá",
	                               "nhiều nhất", "không cao hơn", "không nhiều hơn",
	                               "≤",          "< =",           NULL };
static const char *const over[] = { "hơn", "trên", ">", NULL };
static const char *const under[] = { "dưới",     "gần", "chưa đến", "chưa đầy",
	                             "chưa tới", "<",   NULL };
static const char *const about[] = { "khoảng",   "ước",   "ước đạt", "ước tính",   "xấp xỉ",
	                             "gần đúng", "chừng", "~",       "ước khoảng", NULL };

/* "nêu trên 05 đơn vị", "cấp trên", "39 hồ sơ trên 45 hồ sơ", "cao hơn 3%": no bounds. */
static bool is_place_word(const struct reader *r, size_t i)
{
	static const char *const heads[] = { "nêu",  "kể",    "cấp", "ở",   "bên",
		                             "phía", "nhiều", "ít",  "cao", "thấp",
		                             "lớn",  "nhỏ",   NULL };
	const struct token *before = token_at(r, i - 1);

	if (token_is_any(r, i - 1, heads))
		return true;
	if (!token_is(r, i, "trên") || i == 0)
		return false;
	if (before->kind == TOKEN_NUMBER || token_is(r, i - 1, "%"))
		return true;
	return r->n_figures > 0 && r->figures[r->n_figures - 1].noun_end == before->end;
}

static bool bound_before(const struct reader *r, size_t i, enum figure_bound *out)
{
	size_t n;

	if (token_said_any_before(r, i, at_least)) {
		*out = FIGURE_AT_LEAST;
	} else if (token_said_any_before(r, i, at_most)) {
		*out = FIGURE_AT_MOST;
	} else if (token_said_any_before(r, i, about)) {
		*out = FIGURE_ABOUT;
	} else if ((n = token_said_any_before(r, i, over)) != 0) {
		*out = is_place_word(r, i - n) ? FIGURE_EXACT : FIGURE_OVER;
	} else if ((n = token_said_any_before(r, i, under)) != 0) {
		*out = is_place_word(r, i - n) ? FIGURE_EXACT : FIGURE_UNDER;
	} else {
		return false;
	}
	return true;
}

/* A mark or figure that ends what is said about the one before it. */
static bool ends_clause(const struct reader *r, size_t i)
{
	static const char *const marks[] = { ",", ";", ".", ":", "\n", "\t", "(", ")", NULL };
	const struct token *t = token_at(r, i);

	return t->kind == TOKEN_END || (t->kind == TOKEN_MARK && token_is_any(r, i, marks)) ||
	       (t->kind == TOKEN_NUMBER &&
	        (t->claim == CLAIM_NONE || t->claim == CLAIM_FIGURE));
}

/* "từ 35% hồ sơ ... trở lên". */
static bool is_and_more(const struct reader *r, size_t i, const char *words)
{
	for (size_t n = 0; n < MOST_AHEAD && !ends_clause(r, i + n); n++)
		if (token_says(r, i + n, words))
			return true;
	return false;
}

/* "ước chi cả năm 895.416.000 đồng": estimated some words before. */
static bool is_estimated(const struct reader *r, size_t i)
{
	for (size_t n = 0; n < MOST_BACK + 3 && i > 0 && !ends_clause(r, i - 1); n++)
		if (token_is(r, --i, "ước"))
			return true;
	return false;
}

void figure_bound_read(const struct reader *r, struct figure_at *f)
{
	static const char *const fill[] = { "là", "đạt",  "phải", "được", "có",
		                            "từ", "cũng", "mức",  "ở",    NULL };
	enum figure_bound bound = FIGURE_EXACT;
	size_t i = f->first;

	for (size_t n = 0; n < MOST_BACK; n++, i--)
		if (bound_before(r, i, &bound) || i == 0 || !token_is_any(r, i - 1, fill))
			break;
	if ((bound == FIGURE_EXACT || bound == FIGURE_OVER) && is_estimated(r, f->first))
		bound = FIGURE_ABOUT;
	if (bound == FIGURE_EXACT && is_and_more(r, f->after, "trở lên"))
		bound = FIGURE_AT_LEAST;
	if (bound == FIGURE_EXACT && is_and_more(r, f->after, "trở xuống"))
		bound = FIGURE_AT_MOST;
	f->figure.bound = bound;
}

/* ---- growth ---- */

static const char *const verbs[] = { "tăng", "giảm", "vượt", "nâng", "hạ", "ngắn", NULL };
static const char *const into[] = { "lên", "xuống", "còn", "đến", "thành", "tới", NULL };

static bool may_stand_between(const struct reader *r, size_t i)
{
	static const char *const fill[] = {
		"thêm", "được",  "lên", "xuống", "còn",    "là",   "đạt",  "khoảng",
		"trên", "hơn",   "gần", "tối",   "thiểu",  "ít",   "nhất", "dưới",
		"ước",  "so",    "với", "cùng",  "kỳ",     "kì",   "từ",   "đến",
		"tới",  "tương", "ứng", "đương", "trưởng", "bình", "quân", "thành",
		"của",  "số",    "mức", "gấp",   NULL
	};
	enum claim claim = token_at(r, i)->claim;

	return claim == CLAIM_PERIOD || claim == CLAIM_DAY || token_is_any(r, i, fill);
}

/* The verb of growth that governs the number at `first`: its token, or `first`. */
static size_t growth_verb(const struct reader *r, size_t first)
{
	for (size_t i = first, n = 0; i > 0 && n < MOST_CHANGE_BACK; n++) {
		i--;
		if (token_free(r, i) && token_is_any(r, i, verbs))
			return i;
		if (!may_stand_between(r, i))
			break;
	}
	return first;
}

static size_t skip_back(const struct reader *r, size_t i)
{
	static const char *const bounds[] = { "khoảng", "hơn", "trên", "gần", "dưới", NULL };

	while (i > 0 && token_is_any(r, i - 1, bounds))
		i--;
	return i;
}

/* Whether only few words, no end of a clause, stand between the figure before and this one. */
static bool is_same_clause(const struct reader *r, size_t first, const struct figure *before,
                           bool bracket)
{
	for (size_t i = first, n = 0; i > 0 && n < MOST_BETWEEN; n++) {
		i--;
		if (token_at(r, i)->start < before->end)
			return true;
		if (ends_clause(r, i) && !(bracket && token_is(r, i, "(")))
			return false;
	}
	return false;
}

/* "tăng từ 40 hồ sơ lên 52 hồ sơ (30%)": what comes after a figure of growth. */
static unsigned marks_after(const struct reader *r, const struct figure_at *f,
                            const struct figure *before)
{
	size_t i = skip_back(r, f->first);

	if (!before || !(before->marks & FIGURE_CHANGE))
		return 0;
	if (token_said_before(r, i, "( từ") && is_same_clause(r, f->first, before, true))
		return FIGURE_CHANGE | FIGURE_FROM; /* "tăng 12 (từ 40 lên 52)" */
	if ((before->marks & FIGURE_FROM) && token_is_any(r, i - 1, into) &&
	    is_same_clause(r, f->first, before, false))
		return FIGURE_CHANGE | FIGURE_INTO;
	bool rate = f->figure.unit == FIGURE_PERCENT || f->figure.unit == FIGURE_PERCENT_POINT;
	static const char *const same[] = { "(", "đương", "ứng", "hay", "bằng", "lệ", NULL };

	if (rate && token_is_any(r, i - 1, same) && is_same_clause(r, f->first, before, true))
		return FIGURE_CHANGE;
	return 0;
}

/* The first token of a period that claims token i, else i. */
static size_t period_start(const struct reader *r, size_t i)
{
	while (i > 0 && token_at(r, i)->claim == CLAIM_PERIOD && token_at(r, i)->item < 0)
		i--;
	return i;
}

/* "(cùng kỳ năm 2023: 40 hồ sơ)", "so với 40 hồ sơ": what it was before. */
static unsigned marks_of_before(const struct reader *r, size_t first)
{
	static const char *const fill[] = { "là", ":", "đạt", "có", "được", NULL };
	/* "tồn từ quý trước: 5 hồ sơ" was carried over: a part of today's. */
	static const char *const carried[] = { "tồn", "từ", "chuyển", "sang", "của", NULL };
	size_t i = skip_back(r, first);

	if (token_said_before(r, i, "so với"))
		return FIGURE_CHANGE | FIGURE_FROM;
	bool bracket = token_is(r, i - 1, "(");

	while (i > 0 && !bracket && token_is_any(r, i - 1, fill))
		i--;
	i -= bracket;
	if (i == 0 || token_at(r, i - 1)->claim != CLAIM_PERIOD)
		return 0;
	i = period_start(r, i - 1);
	if (token_is(r, i, "kỳ") || token_is_any(r, i - 1, carried))
		return 0;
	int item = token_at(r, i)->item;

	if (item < 0 || token_at(r, i)->claim != CLAIM_PERIOD ||
	    !r->periods[item].same_period_before)
		return 0;
	/* "so với năm 2023 đạt 95%" compares; "so với năm 2022 (83,4%)" says what was. */
	bool compared = token_said_before(r, i, "so với") && !bracket;

	return compared ? FIGURE_CHANGE : FIGURE_CHANGE | FIGURE_FROM;
}

void figure_change_read(const struct reader *r, struct figure_at *f,
                        const struct figure *before)
{
	static const char *const compared[] = { "cao hơn", "thấp hơn", "nhiều hơn", "ít hơn",
		                                NULL };
	size_t verb = growth_verb(r, f->first), i = skip_back(r, f->first);

	unsigned was = token_is(r, i - 1, "(") ? marks_of_before(r, f->first) : 0;

	f->figure.marks |= was ? was : marks_after(r, f, before);
	if (f->figure.marks & FIGURE_CHANGE)
		return;
	if (token_said_any_before(r, f->first, compared) &&
	    !token_said_before(r, f->first - 2, "không")) {
		f->figure.marks |= FIGURE_CHANGE;
	} else if (verb < f->first) {
		f->figure.marks |= FIGURE_CHANGE;
		if (token_is(r, i - 1, "từ") && number_is_none(f->figure.to))
			f->figure.marks |= FIGURE_FROM;
		else if (token_is_any(r, i - 1, into))
			f->figure.marks |= FIGURE_INTO;
	} else {
		f->figure.marks |= marks_of_before(r, f->first);
	}
}

void figure_level_read(const struct reader *r, struct figure_at *f)
{
	enum { MOST_WORDS = 8 };

	if (!token_is(r, skip_back(r, f->first) - 1, "từ"))
		return;
	for (size_t n = 0, i = f->after; n < MOST_WORDS && !ends_clause(r, i); n++, i++) {
		if (!token_is(r, i, "lên") && !token_is(r, i, "xuống"))
			continue;
		i += 1 + token_is(r, i + 1, "còn");
		if (token_free_number(r, i))
			f->figure.marks |= FIGURE_CHANGE | FIGURE_FROM;
		return;
	}
}
