#include <string.h>

#include "base/vec.h"
#include "text/reading_parts.h"

enum { MOST_ISSUER = 16, MOST_PIECES = 8, MOST_TOGETHER = 6 };

/* The number of a document: tokens [number, after); the code begins at `code`. */
struct number_at {
	size_t number, code, after; /* number == the mark before the code when it is blank */
	size_t digits_after;        /* behind "30" or "30c" */
	int64_t n;
	int year;
	bool blank, malformed;
};

static bool is_slash(const struct reader *r, size_t i)
{
	return token_is(r, i, "/");
}

/* How many capitals a word begins with. */
static size_t count_capitals(const struct reader *r, const struct token *t)
{
	size_t n = 0, next;

	for (size_t at = t->start; at < t->end; at = next, n++) {
		next = at + 1;
		while (next < t->end && ((unsigned char)r->text[next] & 0xc0) == 0x80)
			next++;
		if (memcmp(r->text + at, r->lower + at, next - at) == 0)
			break;
	}
	return n;
}

/* A code begins with two capitals ("QĐ", "BNV", "TTr"), its later pieces with one ("TTg"). */
static bool is_code_piece(const struct reader *r, size_t i, bool first)
{
	const struct token *t = token_at(r, i);

	return t->kind == TOKEN_WORD && t->upper && count_capitals(r, t) >= (first ? 2 : 1);
}

/* "NĐ-CP", "NQ/TW", "QH13": the token after it, or 0. */
static size_t code_end(const struct reader *r, size_t i, bool *slash)
{
	size_t pieces = 0;

	*slash = false;
	while (pieces < MOST_PIECES && is_code_piece(r, i, pieces == 0)) {
		pieces++;
		i++;
		if (token_glued(r, i) && token_int(r, i, 3) >= 0)
			i++; /* QH13 */
		bool joined = token_is_dash(r, i) || is_slash(r, i);

		if (!joined || !token_glued(r, i) || !token_glued(r, i + 1) ||
		    !is_code_piece(r, i + 1, false))
			break;
		*slash = *slash || is_slash(r, i);
		i++;
	}
	return pieces ? i : 0;
}

/* Decrees, circulars and laws carry their year: Luật 80/2015/QH13, điều 2. */
static bool needs_year(const struct reader *r, size_t code)
{
	static const char *const dated[] = { "nđ", "ttlt", "qh", NULL };

	return token_is_any(r, code, dated) ||
	       (token_is(r, code, "tt") && token_is_dash(r, code + 1));
}

/* The mark before the code: behind the digits, a letter of "30c" and the year "/2018". */
static size_t code_mark(const struct reader *r, size_t i, struct number_at *out)
{
	size_t mark = i + 1;

	if (token_glued(r, mark) && token_at(r, mark)->kind == TOKEN_WORD &&
	    token_len(token_at(r, mark)) == 1)
		mark++;
	out->digits_after = mark;
	if (is_slash(r, mark) && token_year(r, mark + 1) && is_slash(r, mark + 2)) {
		out->year = token_year(r, mark + 1);
		mark += 2;
	}
	return mark;
}

/* From the first digit on: 61/2018/NĐ-CP, 19-NQ/TW, 481 /BC-UBND, 30c/NQ-CP. */
static bool read_number(const struct reader *r, size_t i, struct number_at *out)
{
	bool slash = false;

	*out = (struct number_at){ .number = i, .n = token_int(r, i, 6) };
	if (out->n < 0 || !token_free(r, i))
		return false;
	size_t mark = code_mark(r, i, out);
	bool dash = token_is_dash(r, mark) && token_glued(r, mark) && token_glued(r, mark + 1);

	if (!is_slash(r, mark) && !dash)
		return false;
	out->code = mark + 1;
	out->after = code_end(r, mark + 1, &slash);
	if (!out->after)
		return false;
	/* A dash before the code: a party's number, which names its issuer after a slash. */
	out->malformed = (dash && !slash) || (!out->year && needs_year(r, out->code));
	return true;
}

/* "Số:      /BC-VP" in a head that waits for its number; i is the mark. */
static bool read_blank(const struct reader *r, size_t i, struct number_at *out)
{
	bool slash;
	size_t before = i;

	if (!is_slash(r, i) && !token_is_dash(r, i))
		return false;
	while (token_is_filler(r, before - 1))
		before--;
	bool colon = token_is(r, before - 1, ":");

	if (!token_is(r, before - 1 - colon, "số") || (!is_slash(r, i) && !colon))
		return false;
	*out = (struct number_at){ .number = i, .code = i + 1, .blank = true };
	out->after = code_end(r, i + 1, &slash);
	return out->after > 0;
}

/* Where an issuer ends: what the document is about, or does. */
static bool ends_issuer(const struct reader *r, size_t i)
{
	static const char *const always[] = { "về",        "v / v",   "ban hành", "quy định",
		                              "phê duyệt", "công bố", "quy chế",  NULL };
	static const char *const small[] = {
		"triển", "thực",  "hướng",     "sửa",   "tăng", "đẩy",   "giao",    "kiểm",
		"rà",    "tuyên", "trên",      "tại",   "đã",   "được",  "để",      "nhằm",
		"theo",  "giai",  "năm",       "ngày",  "số",   "tháng", "quý",     "yêu",
		"đề",    "xây",   "thành lập", "kiện",  "nâng", "chấn",  "bãi",     "thay",
		"phát",  "là",    "có",        "trong", "đối",  "gửi",   "phân",    "bổ",
		"điều",  "đánh",  "xử",        "cho",   "từ",   "đến",   "bảo",     "báo",
		"cụ",    "như",   "gồm",       "thông", "tổ",   "mà",    "chỉ đạo", "phát",
		"v",     NULL
	};
	const struct token *t = token_at(r, i);

	if (t->kind != TOKEN_WORD || t->claim != CLAIM_NONE || token_says_any(r, i, always))
		return true;
	if (!t->upper && token_says_any(r, i, small))
		return true;
	return citation_type_at(r, i) > 0;
}

/* "của UBND tỉnh A", "của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"; the token after it. */
static size_t issuer_end(const struct reader *r, size_t from)
{
	size_t i = from;

	while (i < from + MOST_ISSUER) {
		bool joint = i > from && (token_is(r, i, "và") || token_is(r, i, ",") ||
		                          token_is_dash(r, i));

		if (joint) {
			bool goes_on =
			        token_at(r, i + 1)->upper && !ends_issuer(r, i + 1) &&
			        (!token_is(r, i, ",") || token_says(r, i + 1, "chủ nhiệm"));
			if (!goes_on)
				break;
		} else if (ends_issuer(r, i)) {
			break;
		}
		i++;
	}
	return i;
}

static ERR_RESULT copy(const struct reader *r, size_t from, size_t to, const char **out)
{
	size_t start = token_at(r, from)->start, end = token_at(r, to - 1)->end;

	*out = "";
	return from < to ? arena_strndup(r->arena, out, r->text + start, end - start) : ERR_OK;
}

/* The day and the issuer behind the number, in either order. */
static ERR_RESULT read_behind(struct reader *r, struct citation *c, size_t *after)
{
	for (int turn = 0; turn < 2; turn++) {
		size_t i = *after, next = 0;

		if (c->day.start == c->day.end) {
			size_t day = i + (token_is(r, i, ",") || token_is(r, i, "("));

			if (token_is(r, day, "ngày"))
				TRY(day_read(r, day, &next));
			if (next) {
				c->day = r->days[r->n_days - 1];
				*after = next;
				i = next;
			}
		}
		if (!*c->issuer && token_is(r, i, "của")) {
			next = issuer_end(r, i + 1);
			TRY(copy(r, i + 1, next, &c->issuer));
			if (next > i + 1)
				*after = next;
		}
	}
	return ERR_OK;
}

/* Type word and "số" before the number: the first token of the citation. */
static ERR_RESULT read_before(struct reader *r, size_t number, struct citation *c,
                              size_t *first)
{
	size_t i = number;

	c->type = c->type_code = "";
	while (token_is_filler(r, i - 1))
		i--;
	if (token_is(r, i - 1, ":") && token_is(r, i - 2, "số"))
		i--;
	if (token_is(r, i - 1, "số"))
		i--;
	else
		i = number;
	size_t words = citation_type_before(r, i, &c->type_code);

	if (words && r->n_citations > 0 &&
	    token_at(r, i - words)->start < r->citations[r->n_citations - 1].end) {
		words = 0; /* they are the code of the one before: "77/TT 45/TT" */
		c->type_code = "";
	}
	*first = i - words;
	return words ? copy(r, i - words, i, &c->type) : ERR_OK;
}

static ERR_RESULT push(struct reader *r, const struct citation *c, size_t from, size_t to)
{
	TRY(vec_room(r->arena, r->citations, r->n_citations));
	r->citations[r->n_citations++] = *c;
	for (size_t i = from; i < to; i++) /* its day stays a day */
		if (token_free(r, i))
			token_claim(r, i, i + 1, CLAIM_CITATION, -1);
	return ERR_OK;
}

/* `together`: the one before it shares its type word. */
static ERR_RESULT read_found(struct reader *r, const struct number_at *n, bool together,
                             size_t *after)
{
	struct citation c = { .n = n->n,
		              .year = n->year,
		              .issuer = "",
		              .number = "",
		              .day = { .on = DATE_NONE },
		              .malformed = n->malformed,
		              .number_start = token_at(r, n->number)->start,
		              .number_end = token_at(r, n->after - 1)->end };
	size_t first;

	TRY(read_before(r, n->number, &c, &first));
	if (together) {
		c.type = r->citations[r->n_citations - 1].type;
		c.type_code = r->citations[r->n_citations - 1].type_code;
	}
	if (!n->blank)
		TRY(copy(r, n->number, n->digits_after, &c.number));
	TRY(copy(r, n->code, n->after, &c.code));
	token_claim(r, n->number, n->after, CLAIM_CITATION, -1);
	*after = n->after;
	TRY(read_behind(r, &c, after));
	c.start = token_at(r, first)->start;
	c.end = token_at(r, *after - 1)->end;
	return push(r, &c, first, *after);
}

/* "số 18, 19-NQ/TW": numbers before the one that carries the code, nearest first. */
static size_t numbers_before(const struct reader *r, size_t number, size_t at[MOST_TOGETHER])
{
	size_t n = 0, i = number;

	while (n < MOST_TOGETHER && i >= 2 &&
	       (token_is(r, i - 1, ",") || token_is(r, i - 1, "và")) && token_free(r, i - 2) &&
	       token_int(r, i - 2, 5) >= 0) {
		i -= 2;
		at[n++] = i;
	}
	const char *code;

	if (n && !token_is(r, i - 1, "số") && !citation_type_before(r, i, &code))
		return 0;
	return n;
}

static ERR_RESULT read_together(struct reader *r, const struct number_at *n, bool *together)
{
	size_t at[MOST_TOGETHER], many = n->blank ? 0 : numbers_before(r, n->number, at);

	*together = many > 0;
	for (size_t k = many; k-- > 0;) {
		struct citation c = { .n = token_int(r, at[k], 5),
			              .issuer = "",
			              .day = { .on = DATE_NONE },
			              .number_start = token_at(r, at[k])->start,
			              .number_end = token_at(r, at[k])->end };
		size_t first;

		TRY(read_before(r, at[k], &c, &first));
		TRY(copy(r, at[k], at[k] + 1, &c.number));
		TRY(copy(r, n->code, n->after, &c.code));
		c.start = token_at(r, first)->start;
		c.end = c.number_end;
		if (k + 1 < many) {
			c.type = r->citations[r->n_citations - 1].type;
			c.type_code = r->citations[r->n_citations - 1].type_code;
		}
		TRY(push(r, &c, first, at[k] + 1));
	}
	return ERR_OK;
}

/* "Quyết định số 468 ngày 27/3/2021": a number that lost its code. */
static bool read_without_code(const struct reader *r, size_t i, struct number_at *out)
{
	const char *code;

	if (!token_free(r, i) || token_int(r, i, 5) < 0 || !token_is(r, i + 1, "ngày") ||
	    !token_is(r, i - 1, "số") || !citation_type_before(r, i - 1, &code))
		return false;
	*out = (struct number_at){ .number = i,
		                   .code = i + 1,
		                   .after = i + 1,
		                   .digits_after = i + 1,
		                   .n = token_int(r, i, 5),
		                   .malformed = true };
	return true;
}

enum err citations_read(struct reader *r)
{
	for (size_t i = 0, after; i < r->n; i = after) {
		struct number_at n;
		bool together;

		after = i + 1;
		if (token_at(r, i)->kind == TOKEN_WORD)
			continue;
		if (!read_number(r, i, &n) && !read_blank(r, i, &n) &&
		    !read_without_code(r, i, &n))
			continue;
		TRY(read_together(r, &n, &together));
		TRY(read_found(r, &n, together, &after));
	}
	return ERR_OK;
}
