#include "base/vec.h"
#include "text/reading_parts.h"

/* One end of a window: a day or a period that was read. */
struct limit {
	size_t first, after; /* its tokens */
	bool is_day;
	int item;
};

static bool limit_at(const struct reader *r, size_t i, struct limit *out)
{
	const struct token *t = token_at(r, i);

	if (t->item < 0 || (t->claim != CLAIM_DAY && t->claim != CLAIM_PERIOD))
		return false;
	*out = (struct limit){ i, i + 1, t->claim == CLAIM_DAY, t->item };
	while (token_at(r, out->after)->claim == t->claim && token_at(r, out->after)->item < 0)
		out->after++;
	return true;
}

static size_t skip_fill(const struct reader *r, size_t i)
{
	static const char *const fill[] = { "hết", "ngày", "thời", "điểm", "cuối", NULL };

	while (token_free(r, i) && token_is_any(r, i, fill))
		i++;
	return i;
}

static date_t limit_from(const struct reader *r, const struct limit *l)
{
	return l->is_day ? r->days[l->item].on : r->periods[l->item].from;
}

static date_t limit_to(const struct reader *r, const struct limit *l)
{
	return l->is_day ? r->days[l->item].on : r->periods[l->item].to;
}

/* "từ 15/12 đến 14/3/2024": the year of the first day is that of the last, or the one before.
 */
static void lend_year(struct written_day *from, const struct written_day *to)
{
	if (from->year || from->blank || !from->day || !from->month || date_is_none(to->on))
		return;
	bool later =
	        from->month > to->month || (from->month == to->month && from->day > to->day);
	int year = to->year - later;

	if (!date_valid(year, from->month, from->day))
		return;
	from->year = year;
	from->on = date_make(year, from->month, from->day);
}

static ERR_RESULT push(struct reader *r, size_t from, size_t to, struct written_period p)
{
	p.start = token_at(r, from)->start;
	p.end = token_at(r, to - 1)->end;
	TRY(vec_room(r->arena, r->periods, r->n_periods));
	r->periods[r->n_periods++] = p;
	for (size_t i = from; i < to; i++) /* its days stay days */
		if (token_free(r, i))
			token_claim(r, i, i + 1, CLAIM_PERIOD, -1);
	return ERR_OK;
}

/* A period that became the end of a window is none of its own any more. */
static void forget(struct reader *r, const struct limit *l)
{
	if (!l->is_day)
		r->periods[l->item].end = r->periods[l->item].start;
}

static ERR_RESULT push_window(struct reader *r, size_t from, const struct limit *a,
                              const struct limit *b)
{
	struct written_period p = { .kind = PERIOD_WINDOW };

	if (a->is_day && b->is_day)
		lend_year(&r->days[a->item], &r->days[b->item]);
	p.from = limit_from(r, a);
	p.to = limit_to(r, b);
	if (!date_is_none(p.to))
		p.year = date_year(p.to);
	if (!a->is_day)
		p.same_period_before = r->periods[a->item].same_period_before;
	if (!a->is_day && !b->is_day && r->periods[a->item].kind == PERIOD_YEAR &&
	    r->periods[b->item].kind == PERIOD_YEAR) {
		p.kind = PERIOD_YEARS;
		p.year = r->periods[a->item].year;
		p.last_year = r->periods[b->item].year;
	}
	forget(r, a);
	forget(r, b);
	return push(r, from, b->after, p);
}

/* "từ A đến hết B", "từ A đến nay", "(A - B)", "tháng 1 đến tháng 6 năm 2024". */
static ERR_RESULT read_window(struct reader *r, size_t i, size_t *after)
{
	bool said = token_free(r, i) && token_is(r, i, "từ");
	struct limit a, b;

	if (!limit_at(r, said ? skip_fill(r, i + 1) : i, &a))
		return ERR_OK;
	bool to = token_is(r, a.after, "đến") || token_is(r, a.after, "tới");
	size_t next = skip_fill(r, a.after + 1);

	if (!to && !token_is_dash(r, a.after))
		return ERR_OK;
	if (said && to && token_is(r, next, "nay")) {
		struct written_period p = { .kind = PERIOD_WINDOW,
			                    .from = limit_from(r, &a),
			                    .to = DATE_NONE };

		forget(r, &a);
		*after = next + 1;
		return push(r, i, next + 1, p);
	}
	if (!limit_at(r, next, &b) || (!said && a.is_day != b.is_day))
		return ERR_OK;
	*after = b.after;
	return push_window(r, i, &a, &b);
}

/* "tính đến ngày 14/9/2022", "đến hết quý II"; "đến năm 2030" is a year, no state of affairs.
 */
static ERR_RESULT read_as_of(struct reader *r, size_t i, size_t *after)
{
	static const char *const counted[] = { "tính", "lũy kế", "luỹ kế", "cộng dồn", NULL };
	struct limit l;

	if (!token_free(r, i) || (!token_is(r, i, "đến") && !token_is(r, i, "tới")))
		return ERR_OK;
	size_t before = token_said_any_before(r, i, counted);
	size_t first = skip_fill(r, i + 1);

	if (!limit_at(r, first, &l) || (!l.is_day && !before && first == i + 1))
		return ERR_OK;
	struct written_period p = { .kind = PERIOD_AS_OF,
		                    .from = DATE_NONE,
		                    .to = limit_to(r, &l) };

	if (l.is_day)
		p.year = r->days[l.item].year;
	else
		p.year = r->periods[l.item].year;
	forget(r, &l);
	*after = l.after;
	return push(r, i - before, l.after, p);
}

enum err windows_read(struct reader *r)
{
	for (size_t i = 0, after; i < r->n; i = after ? after : i + 1) {
		after = 0;
		TRY(read_window(r, i, &after));
		if (!after)
			TRY(read_as_of(r, i, &after));
	}
	return ERR_OK;
}
