#include "base/vec.h"
#include "text/reading_parts.h"

enum { MOST_LISTED = 8, NOT_THERE = -1 };

/* A day being read: `next` is the first token behind what was understood. */
struct day_at {
	int day, month, year; /* NOT_THERE until read; 0: a hole */
	bool blank;
	size_t next;
};

static int day_number(const struct reader *r, size_t i)
{
	return token_at(r, i)->claim == CLAIM_NONE ? (int)token_int(r, i, 2) : NOT_THERE;
}

static bool is_slash(const struct reader *r, size_t i)
{
	return token_is(r, i, "/");
}

/* What stands for a year at token i, behind the second slash: 2024, 24, a slip like 2204, or
 * the dots of a form. */
static void read_marked_year(const struct reader *r, size_t i, struct day_at *d)
{
	int64_t n = token_int(r, i, 4);

	d->year = 0;
	d->next = token_skip_filler(r, i);
	d->blank = d->blank || d->next > i;
	if (n >= 0 && token_len(token_at(r, i)) != 3) {
		d->year = (int)n + (token_len(token_at(r, i)) <= 2 ? 2000 : 0);
		d->next = i + 1;
	}
}

/* "/3/2024", "-3-2024" from the mark on. */
static bool read_marked(const struct reader *r, size_t i, struct day_at *d)
{
	bool slash = is_slash(r, i);

	if (!slash && !(token_is_dash(r, i) && token_glued(r, i) && token_glued(r, i + 1)))
		return false;
	int month = day_number(r, i + 1);

	if (month == NOT_THERE)
		return false;
	if (!slash && !(token_is_dash(r, i + 2) && token_year(r, i + 3)))
		return false; /* "1-2" is a range */
	d->month = month;
	d->next = i + 2;
	if (!slash || is_slash(r, i + 2))
		read_marked_year(r, i + 3, d);
	return true;
}

/* "năm 2024", "/2024" after the month; a hole where the year should be. */
static void read_year(const struct reader *r, size_t i, struct day_at *d)
{
	bool slash = is_slash(r, i) && token_year(r, i + 1);

	if (!slash && !token_is(r, i, "năm"))
		return;
	if (token_year(r, i + 1)) {
		d->year = token_year(r, i + 1);
		d->next = i + 2;
		return;
	}
	if (!slash && token_int(r, i + 1, 4) > 999) { /* "năm 2204": a slip */
		d->year = (int)token_int(r, i + 1, 4);
		d->next = i + 2;
		return;
	}
	size_t begun = i + 1 + (token_int(r, i + 1, 3) >= 0); /* "năm 202..." */
	size_t after = token_skip_filler(r, begun);

	if (after > begun + 1 || (after > begun && token_is(r, begun, "…"))) {
		d->year = 0;
		d->blank = true;
		d->next = after;
	}
}

/* "tháng 3 năm 2024" from "tháng" on; a month may be a hole when a year follows. */
static bool read_worded(const struct reader *r, size_t i, struct day_at *d)
{
	if (!token_is(r, i, "tháng"))
		return false;
	int month = day_number(r, i + 1);

	if (month != NOT_THERE) {
		d->month = month;
		d->next = i + 2;
		read_year(r, d->next, d);
		return true;
	}
	size_t after = token_skip_filler(r, i + 1);

	if (!token_is(r, after, "năm"))
		return false;
	d->month = 0;
	d->blank = true;
	d->next = after;
	read_year(r, after, d);
	if (d->year == NOT_THERE) /* "ngày tháng năm" */
		d->next = after + 1;
	return true;
}

static bool read_tail(const struct reader *r, size_t i, struct day_at *d)
{
	return read_marked(r, i, d) || read_worded(r, i, d);
}

static void finish(struct written_day *w)
{
	w->on = DATE_NONE;
	if (w->blank || !w->day || !w->month)
		return;
	if (w->year && date_valid(w->year, w->month, w->day))
		w->on = date_make(w->year, w->month, w->day);
	else
		w->impossible = !date_valid(w->year ? w->year : 2024, w->month, w->day);
}

static ERR_RESULT push(struct reader *r, size_t from, size_t to, const struct day_at *d,
                       int day)
{
	struct written_day w = { .start = token_at(r, from)->start,
		                 .end = token_at(r, to - 1)->end,
		                 .day = day > 0 ? day : 0,
		                 .month = d->month > 0 ? d->month : 0,
		                 .year = d->year > 0 ? d->year : 0,
		                 .blank = d->blank };

	finish(&w);
	TRY(vec_room(r->arena, r->days, r->n_days));
	token_claim(r, from, to, CLAIM_DAY, (int)r->n_days);
	r->days[r->n_days++] = w;
	return ERR_OK;
}

/* The sign between two days that share a month: "08, 09", "14 và 15", "20-22". */
static bool is_list_sign(const struct reader *r, size_t i)
{
	static const char *const signs[] = { ",", "và", "đến", "&", NULL };

	return token_is_any(r, i, signs) || token_is_dash(r, i);
}

static size_t skip_ngay(const struct reader *r, size_t i)
{
	i += token_is(r, i, "ngày");
	return i + token_is(r, i, "ngày"); /* "ngày ngày": a slip that is often seen */
}

/* Days with one month: the tokens of each number in `at`. */
static size_t list_days(const struct reader *r, size_t i, size_t at[MOST_LISTED])
{
	size_t n = 0;

	while (n < MOST_LISTED && day_number(r, i) != NOT_THERE) {
		at[n++] = i;
		if (!is_list_sign(r, i + 1))
			break;
		i = skip_ngay(r, i + 2);
	}
	return n;
}

/* "ngày /3/2024", "ngày tháng 12 năm 2021", "ngày ... tháng ... năm 2024". */
static ERR_RESULT read_hole(struct reader *r, size_t from, size_t i, size_t *after)
{
	static const char *const each[] = { "hàng ngày", "hằng ngày", "mỗi ngày",
		                            "từng ngày", "theo ngày", NULL };
	struct day_at d = { 0, NOT_THERE, NOT_THERE, true, 0 };
	size_t tail = token_skip_filler(r, i);

	if (token_said_any_before(r, i, each) || !read_tail(r, tail, &d))
		return ERR_OK;
	/* "ngày tháng năm" also asks for a birthday: only dots or the text's end make a hole.
	 */
	bool dotted = tail > i;
	bool ends = token_at(r, d.next)->kind == TOKEN_END;

	if (d.month <= 0 && d.year <= 0 && !dotted && !ends)
		return ERR_OK;
	TRY(push(r, from, d.next, &d, 0));
	*after = d.next;
	return ERR_OK;
}

static ERR_RESULT push_list(struct reader *r, size_t from, const size_t *at, size_t n,
                            const struct day_at *d, size_t *after)
{
	for (size_t k = 0; k < n; k++) {
		size_t first = k == 0 ? from : at[k];
		size_t to = k + 1 == n ? d->next : at[k] + 1;

		TRY(push(r, first, to, d, (int)token_int(r, at[k], 2)));
	}
	*after = d->next;
	return ERR_OK;
}

/* Behind "ngày": any form, also a day of the month alone, which is a name. */
static ERR_RESULT read_named(struct reader *r, size_t i, size_t *after)
{
	size_t at[MOST_LISTED], number = skip_ngay(r, i);
	struct day_at d = { 0, NOT_THERE, NOT_THERE, false, 0 };
	size_t n = list_days(r, number, at);

	if (n == 0)
		return read_hole(r, i, number, after);
	for (; n > 0; n--) {
		if (read_tail(r, at[n - 1] + 1, &d))
			return push_list(r, i, at, n, &d, after);
	}
	token_claim(r, number, number + 1, CLAIM_NAME, -1);
	return ERR_OK;
}

/* "27.3.2021" is one token. */
static bool read_dotted(const struct reader *r, size_t i, struct day_at *d)
{
	const struct token *t = token_at(r, i);
	const char *c = r->text + t->start;
	int part[3] = { 0 }, len[3] = { 0 };
	size_t n = 0;

	for (size_t k = 0; k < token_len(t); k++) {
		if (c[k] == '.') {
			if (++n == 3)
				return false;
		} else if (c[k] == ',' || len[n]++ == 4) {
			return false;
		} else {
			part[n] = part[n] * 10 + (c[k] - '0');
		}
	}
	if (n != 2 || len[0] > 2 || len[1] > 2 || len[2] != 4)
		return false;
	*d = (struct day_at){ part[0], part[1], part[2], false, i + 1 };
	return date_valid(part[2], part[1], part[0]);
}

/* "trước 15/3", "dịp lễ 30/4": a day although no year follows; "đến 06/11 đơn vị" is a part,
 * and "đạt 12/10" more than was asked for. */
static bool is_limit(const struct reader *r, size_t i, const struct day_at *d, int day)
{
	static const char *const limits[] = { "từ", "đến", "trước", "sau", "hết", "tới", NULL };
	static const char *const amounts[] = {
		"đạt", "là", "có", "được", "thành", "hiện", NULL
	};
	bool always = day == 24 && d->month == 7; /* round the clock */
	bool feast = token_at(r, i - 1)->kind == TOKEN_WORD || token_is(r, i - 1, ",");

	feast = feast && day > d->month && !always && !token_is_any(r, i - 1, amounts);

	return (feast || token_is_any(r, i - 1, limits)) && d->year < 0 &&
	       date_valid(2024, d->month, day) && !token_is_noun(r, d->next) &&
	       !token_is(r, d->next, "%");
}

/* A number without "ngày": 27/3/2021, 27-3-2021, 27.3.2021, 23 tháng 4 năm 2018. */
static ERR_RESULT read_bare(struct reader *r, size_t i, size_t *after)
{
	struct day_at d = { 0, NOT_THERE, NOT_THERE, false, 0 };
	int day = day_number(r, i);

	if (read_dotted(r, i, &d)) {
		*after = d.next;
		return push(r, i, d.next, &d, d.day);
	}
	if (day == NOT_THERE || !read_tail(r, i + 1, &d) || d.month <= 0)
		return ERR_OK; /* "9 tháng năm 2024" */
	bool worded = token_is(r, i + 1, "tháng");
	bool short_year = !worded && token_int(r, d.next - 1, 2) >= 0;

	/* 15/3 is a fraction unless a limit says otherwise. */
	if ((d.year <= 0 || short_year) && (worded || !is_limit(r, i, &d, day)))
		return ERR_OK;
	*after = d.next;
	return push(r, i, d.next, &d, day);
}

enum err day_read(struct reader *r, size_t i, size_t *after)
{
	*after = 0;
	if (!token_free(r, i))
		return ERR_OK;
	if (token_is(r, i, "ngày"))
		return read_named(r, i, after);
	if (token_at(r, i)->kind == TOKEN_NUMBER)
		return read_bare(r, i, after);
	return ERR_OK;
}

enum err days_read(struct reader *r)
{
	for (size_t i = 0, after; i < r->n; i = after ? after : i + 1)
		TRY(day_read(r, i, &after));
	return ERR_OK;
}
