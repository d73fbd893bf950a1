#include <string.h>

#include "base/vec.h"
#include "text/reading_parts.h"

static bool percent_behind(const struct reader *r, size_t i)
{
	return token_is(r, i, "%") || token_says(r, i, "phần trăm");
}

static bool read_token(const struct reader *r, size_t i, bool percent, struct number *out,
                       unsigned *marks)
{
	const struct token *t = token_at(r, i);

	return token_free_number(r, i) &&
	       numeral_read(out, marks, r->text + t->start, token_len(t), percent);
}

/* "1 302 826 đồng": groups with blanks between; two at least, or it could be anything. */
static size_t read_blank_groups(const struct reader *r, size_t i, struct figure *f)
{
	int64_t n = token_int(r, i, 3);
	size_t to = i + 1;

	while (token_free_number(r, to) && token_len(token_at(r, to)) == 3 &&
	       token_int(r, to, 3) >= 0 && to < i + 5)
		n = n * 1000 + token_int(r, to++, 3);
	if (to < i + 3 || token_int(r, i, 3) <= 0)
		return i + 1;
	f->value = number_int(n);
	return to;
}

/* "1 .788 hồ sơ", "10 . 000", "15 ,5%": a blank that a scanner put before the mark. */
static size_t read_split(const struct reader *r, size_t i, struct figure *f)
{
	char joined[24];
	const struct token *mark = token_at(r, i + 1), *rest = token_at(r, i + 2);
	bool point = token_is(r, i + 1, "."), percent = percent_behind(r, i + 3);
	size_t first = token_len(token_at(r, i)), n = first + 1 + token_len(rest);

	if ((!point && !token_is(r, i + 1, ",")) || !mark->gap || (rest->gap && !point) ||
	    token_int(r, i, 9) < 0 || token_int(r, i + 2, 9) < 0 || !token_free(r, i + 2) ||
	    (point ? token_len(rest) != 3 : !percent))
		return i + 1;
	memcpy(joined, r->text + token_at(r, i)->start, first);
	joined[first] = r->text[mark->start];
	memcpy(joined + first + 1, r->text + rest->start, token_len(rest));
	return numeral_read(&f->value, &f->marks, joined, n, percent) ? i + 3 : i + 1;
}

/* "06/11", "39/tổng số 45", "85,5/100 điểm". */
static size_t read_whole(const struct reader *r, size_t i, struct figure *f)
{
	unsigned marks = 0;
	struct number whole;
	size_t number = i + 1;

	if (!token_is(r, i, "/"))
		return i;
	number += token_says(r, number, "tổng số");
	if (!read_token(r, number, false, &whole, &marks) || !number_is_whole(whole) ||
	    token_is(r, number + 1, "/") ||
	    (!number_is_whole(f->value) && number_cmp(f->value, whole) > 0))
		return i;
	f->out_of = whole;
	f->marks |= marks & (FIGURE_DOT_GROUPS | FIGURE_COMMA_GROUPS | FIGURE_COMMA_THREE);
	return number + 1;
}

/* "1-2", "5 – 6%", "từ 5 đến 7". */
static size_t read_range(const struct reader *r, size_t first, size_t i, struct figure *f)
{
	unsigned marks = 0;
	struct number to;
	size_t sign = i + token_is(r, i, "%");
	bool said = token_is(r, first - 1, "từ") && token_is(r, sign, "đến");
	size_t number = sign + 1 + token_is(r, sign + 1, "dưới");

	if (!(token_is_dash(r, sign) && token_at(r, sign)->gap == token_at(r, sign + 1)->gap) &&
	    !said)
		return i;
	if (!read_token(r, number, percent_behind(r, number + 1), &to, &marks) ||
	    number_cmp(to, f->value) <= 0)
		return i;
	if (number > sign + 1)
		f->marks |= FIGURE_LABEL; /* "từ 70% - dưới 100%": a band */
	f->to = to;
	return number + 1;
}

/* A sign of its own: " -5%", no bullet and no range. */
static bool is_negative(const struct reader *r, size_t i)
{
	return i > 1 && token_glued(r, i) && token_is(r, i - 1, "-") &&
	       token_at(r, i - 1)->gap && token_at(r, i - 2)->kind == TOKEN_WORD;
}

static void read_rank(const struct reader *r, struct figure_at *f)
{
	static const char *const ranks[] = { "hạng", "thứ", "xếp", "vị trí", "top", NULL };

	if (token_said_any_before(r, f->first, ranks))
		f->figure.marks |= FIGURE_RANK;
}

/* Everything around a number that was read: unit, noun, bound, growth. */
static void read_around(const struct reader *r, struct figure_at *f, size_t behind)
{
	struct figure *now = &f->figure;
	const struct figure *before = r->n_figures ? &r->figures[r->n_figures - 1] : NULL;

	f->after = f->unit_end = figure_unit_read(r, f, behind);
	now->end = token_at(r, f->after - 1)->end;
	read_rank(r, f);
	if (!(now->marks & FIGURE_RANK))
		figure_change_read(r, f, before);
	figure_noun_read(r, f);
	figure_bound_read(r, f);
	if (!(now->marks & (FIGURE_CHANGE | FIGURE_RANK)))
		figure_level_read(r, f);
}

static ERR_RESULT push(struct reader *r, const struct figure *f)
{
	TRY(vec_room(r->arena, r->figures, r->n_figures));
	r->figures[r->n_figures++] = *f;
	return ERR_OK;
}

static bool same_word(const struct reader *r, size_t at, size_t i)
{
	const struct token *t = token_at(r, i);

	return t->kind == TOKEN_WORD &&
	       memcmp(r->lower + at, r->lower + t->start, token_len(t)) == 0;
}

/* "12.450 triệu đồng/13.200 triệu đồng". */
static size_t read_money_behind(const struct reader *r, struct figure_at *f)
{
	struct figure_at whole = { .figure = { .to = NUMBER_NONE, .out_of = NUMBER_NONE } };
	size_t number = f->unit_end + 1;

	if (!token_is(r, f->unit_end, "/") ||
	    !read_token(r, number, false, &whole.figure.value, &whole.figure.marks))
		return f->after;
	size_t to = figure_unit_read(r, &whole, number + 1);

	if (whole.figure.unit != FIGURE_DONG)
		return f->after;
	f->figure.out_of = whole.figure.value;
	return to;
}

/* "39 hồ sơ/45 hồ sơ": the whole behind the noun; "02 lớp/120 học viên" is none. */
static size_t read_whole_behind(const struct reader *r, struct figure_at *f)
{
	if (!number_is_none(f->figure.out_of))
		return f->after;
	if (f->figure.unit == FIGURE_DONG)
		return read_money_behind(r, f);
	if (f->figure.unit != FIGURE_COUNT || f->figure.noun == f->figure.noun_end)
		return f->after;
	if (!token_says(r, f->after + 1, "tổng số") &&
	    !same_word(r, f->figure.noun, f->after + 2))
		return f->after;
	return read_whole(r, f->after, &f->figure);
}

size_t figure_read(const struct reader *r, size_t i, struct figure_at *f)
{
	struct figure *now = &f->figure;
	size_t behind;

	*f = (struct figure_at){ .figure = { .start = token_at(r, i)->start,
		                             .to = NUMBER_NONE,
		                             .out_of = NUMBER_NONE },
		                 .first = i };
	if (!read_token(r, i, percent_behind(r, i + 1), &now->value, &now->marks))
		return 0;
	behind = read_split(r, i, now);
	if (behind == i + 1)
		behind = read_blank_groups(r, i, now);
	behind = read_whole(r, behind, now);
	if (number_is_none(now->out_of))
		behind = read_range(r, i, behind, now);
	now->digits_end = token_at(r, behind - 1)->end;
	if (is_negative(r, i)) {
		now->value.digits = -now->value.digits;
		now->start--;
		f->first--;
	}
	f->behind = behind;
	read_around(r, f, behind);
	size_t to = read_whole_behind(r, f);

	return to > f->after ? to : f->unit_end;
}

static ERR_RESULT read_digits(struct reader *r, size_t i, size_t *after)
{
	struct figure_at f;

	*after = figure_read(r, i, &f);
	if (!*after) {
		token_claim(r, i, i + 1, CLAIM_NAME, -1);
		return ERR_OK;
	}
	token_claim(r, i, f.unit_end, CLAIM_FIGURE, -1);
	token_claim(r, f.after, *after, CLAIM_FIGURE, -1);
	return push(r, &f.figure);
}

/* Small amounts in words count only where something of the field is counted: "ba miền" and "hai
 * bên" are names. */
static bool is_counted_noun(const struct reader *r, size_t i)
{
	static const char *const nouns[] = {
		"nội dung",   "đơn vị",       "nhiệm vụ",   "văn bản",   "hồ sơ",
		"kế hoạch",   "người",        "trường hợp", "lĩnh vực",  "nhóm",
		"mục tiêu",   "chỉ tiêu",     "giải pháp",  "thủ tục",   "đồng chí",
		"cán bộ",     "công chức",    "viên chức",  "sáng kiến", "mô hình",
		"lớp",        "cuộc",         "hội nghị",   "tin bài",   "bài viết",
		"thôn",       "xã",           "phường",     "phòng",     "lượt",
		"ý kiến",     "phiếu",        "buổi",       "đợt",       "cơ quan",
		"quyết định", "công văn",     "thông báo",  "báo cáo",   "nghị quyết",
		"bộ phận",    "phần mềm",     "máy",        "tthc",      "dự án",
		"tổ chức",    "doanh nghiệp", "tiêu chí",   "hạn chế",   "tồn tại",
		"phần trăm",  "phản ánh",     "kiến nghị",  "lần",       NULL
	};

	return token_says_any(r, i, nouns) > 0;
}

static ERR_RESULT read_words(struct reader *r, size_t i, size_t *after)
{
	static const char *const ordinals[] = { "thứ", "tháng",   "quý",  "trăm", "mươi",
		                                "mỗi", "lần thứ", "từng", NULL };
	struct figure_at f = { .figure = { .start = token_at(r, i)->start,
		                           .to = NUMBER_NONE,
		                           .out_of = NUMBER_NONE,
		                           .marks = FIGURE_IN_WORDS },
		               .first = i };
	int64_t n;
	size_t words = numeral_words(r, i, &n);

	if (!words || !is_counted_noun(r, i + words) || token_said_any_before(r, i, ordinals))
		return ERR_OK;
	f.figure.value = number_int(n);
	f.figure.digits_end = token_at(r, i + words - 1)->end;
	read_around(r, &f, i + words);
	token_claim(r, i, i + words, CLAIM_FIGURE, -1);
	*after = i + words;
	return push(r, &f.figure);
}

enum err figures_read(struct reader *r)
{
	for (size_t i = 0, after; i < r->n; i = after ? after : i + 1) {
		after = 0;
		if (!token_free(r, i))
			continue;
		if (token_at(r, i)->kind == TOKEN_NUMBER)
			TRY(read_digits(r, i, &after));
		else if (token_at(r, i)->kind == TOKEN_WORD)
			TRY(read_words(r, i, &after));
	}
	return ERR_OK;
}
