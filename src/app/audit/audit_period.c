/* Periods against the report's own: results of days to come, another year's results, two years
 * of one plan. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum { MOST_SHOWN = 6 };

static bool in_citation(const struct reading *r, size_t at)
{
	for (size_t i = 0; i < r->n_citations; i++)
		if (at >= r->citations[i].start && at < r->citations[i].end)
			return true;
	return false;
}

static bool has_figure(const struct passage *p, struct span in)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_figures; i++)
		if (r->figures[i].start >= in.start && r->figures[i].end <= in.end)
			return true;
	return false;
}

static enum err period_words(const char **out, struct audit *x, const struct passage *p,
                             const struct written_period *period)
{
	return arena_strndup(x->arena, out, p->text->text + period->start,
	                     period->end - period->start);
}

/* ---- a period that ends after the report's day ---- */

struct later {
	const struct passage *p;
	const struct written_period *period;
	bool sure;
};
struct laters {
	struct later *at;
	size_t n;
};

/* Results up to a day that had not come: said of a window or of "tính đến"; a whole quarter or
 * year may close before its last day, so of those only one that had not begun. */
static bool is_later(const struct written_period *period, date_t day)
{
	switch (period->kind) {
	case PERIOD_WINDOW:
	case PERIOD_AS_OF:
		return !date_is_none(period->to) && date_cmp(period->to, day) > 0;
	case PERIOD_QUARTER:
	case PERIOD_MONTH:
	case PERIOD_HALF:
	case PERIOD_NINE:
	case PERIOD_YEAR:
		return !date_is_none(period->from) && date_cmp(period->from, day) > 0;
	case PERIOD_YEARS:
	default:
		return false;
	}
}

/* "Đến ngày 31/7/2024, tỷ lệ ... đạt 96,4%": a state on a day; of a goal the sentence says so.
 */
static bool is_bare_frame(const struct passage *p, struct span sentence,
                          const struct written_period *period)
{
	static const char *const goal[] = { "kế hoạch", "chỉ tiêu", "yêu cầu", "phải",
		                            "lộ trình", "cần",      "giao",    "đề ra",
		                            "theo",     "tiếp tục", NULL };
	const struct reading *r = &p->text->reading;

	if (period->start > sentence.start + 4 || words_any(p->lower, sentence, goal))
		return false;
	for (size_t i = 0; i < r->n_figures; i++)
		if (r->figures[i].start >= sentence.start &&
		    r->figures[i].end <= sentence.end && r->figures[i].bound != FIGURE_EXACT)
			return false;
	return true;
}

/* The sentence's own frame of time: "Trong quý I", "Từ ... đến", "Tính đến", or its first
 * words; not "kế hoạch năm 2025". */
static bool is_frame(const struct passage *p, struct span sentence,
                     const struct written_period *period)
{
	static const char *const before[] = { "trong",  "tính đến", "tính từ", "lũy kế",
		                              "từ đầu", "qua",      NULL };
	struct span words = { words_back(p->lower, sentence.start, period->start, 2),
		              period->start };

	if (period->kind == PERIOD_WINDOW)
		return true;
	if (period->kind == PERIOD_AS_OF)
		return words_any(p->lower, (struct span){ words.start, period->end }, before) ||
		       is_bare_frame(p, sentence, period);
	if (words_any(p->lower, words, before))
		return true;
	return words_back(p->lower, sentence.start, period->start, 1) <= sentence.start &&
	       period->start <= sentence.start + 4;
}

/* A figure, or that something was done. */
static bool states_something(const struct passage *p, struct span sentence,
                             const struct written_period *period)
{
	static const char *const done[] = { "đã", NULL };
	static const char *const data[] = {
		"đã", "số liệu", "kết quả", "được triển khai", "được thực hiện", NULL
	};
	static const char *const planned[] = { "kế hoạch", "lịch", "thời gian", NULL };

	if (has_figure(p, sentence))
		return true;
	if (period->kind == PERIOD_WINDOW || period->kind == PERIOD_AS_OF)
		return words_any(p->lower, sentence, data) &&
		       !words_any(p->lower, sentence, planned);
	return words_any(p->lower, sentence, done);
}

static bool speaks_of_results(struct audit *x, const struct passage *p,
                              const struct written_period *period)
{
	static const char *const state[] = { "là", NULL };
	struct span sentence = audit_sentence(p, period->start);

	if (period->same_period_before || in_citation(&p->text->reading, period->start) ||
	    sentence_is_ahead(p, sentence) || section_is_ahead(x, p->section))
		return false;
	return is_frame(p, sentence, period) &&
	       (sentence_is_done(p, sentence) ||
	        (period->kind == PERIOD_AS_OF && words_any(p->lower, sentence, state))) &&
	       states_something(p, sentence, period);
}

static enum err find_later(struct laters *out, struct audit *x, date_t day)
{
	struct passages all;

	*out = (struct laters){ 0 };
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		const struct reading *r = &p->text->reading;

		if (p->table >= 0 || p->block->kind == BLOCK_HEAD)
			continue;
		for (size_t j = 0; j < r->n_periods; j++) {
			if (!speaks_of_results(x, p, &r->periods[j]))
				continue;
			if (!is_later(&r->periods[j], day)) {
				audit_count(x);
				continue;
			}
			TRY(vec_room(x->arena, out->at, out->n));
			out->at[out->n++] = (struct later){ p, &r->periods[j], false };
		}
	}
	return ERR_OK;
}

static bool same_end(const struct later *a, const struct later *b)
{
	return a->period->kind == b->period->kind && a->period->to.days == b->period->to.days;
}

/* One finding for all places that say the same window. */
static enum err say_later(struct audit *x, const struct laters *l, size_t first, date_t day)
{
	const struct doc_head *h = &x->document->head;
	const char *stated, *computed;
	char own[DATE_TEXT], other[DATE_TEXT];
	struct audit_draft d;
	size_t shown = 0;

	audit_begin(&d, x, AUDIT_PERIOD, AUDIT_FAIL);
	if (h->day_line.line > 0 && !date_is_none(h->day.on))
		audit_at_line(&d, h->day_line, date_vn(day, own));
	for (size_t i = first; i < l->n && shown < MOST_SHOWN; i++)
		if (same_end(&l->at[first], &l->at[i])) {
			audit_at(&d, l->at[i].p->text, l->at[i].period->start,
			         l->at[i].period->end, true);
			shown++;
		}
	TRY(period_words(&stated, x, l->at[first].p, l->at[first].period));
	TRY(arena_printf(x->arena, &computed, "%s > %s",
	                 date_vn(l->at[first].period->to, other), date_vn(day, own)));
	audit_say(&d, msg_text(MSG_AUDIT_R_LATER), stated, computed);
	return audit_end(&d, MSG_AUDIT_PERIOD_LATER, stated, own);
}

static enum err check_later(struct audit *x)
{
	date_t day = audit_paper_day(x);
	struct laters l;

	if (date_is_none(day) || x->document->head.is_plan)
		return ERR_OK;
	TRY(find_later(&l, x, day));
	for (size_t i = 0; i < l.n; i++) {
		bool said = false;

		for (size_t j = 0; j < i && !said; j++)
			said = same_end(&l.at[j], &l.at[i]);
		if (!said)
			TRY(say_later(x, &l, i, day));
	}
	return ERR_OK;
}

/* ---- another year's results ---- */

/* From full stop to full stop: "năm 2022 đạt 62%; năm 2023 đạt 78%" is one statement. */
static struct span statement_around(const struct passage *p, struct span sentence)
{
	while (sentence.start >= 2 &&
	       (p->lower[sentence.start - 1] != ' ' || p->lower[sentence.start - 2] != '.'))
		sentence.start--;
	if (sentence.start < 2)
		sentence.start = 0;
	while (p->lower[sentence.end] &&
	       (p->lower[sentence.end - 1] != '.' || p->lower[sentence.end] != ' '))
		sentence.end++;
	return sentence;
}

static bool reports_other_year(struct audit *x, const struct passage *p,
                               const struct written_period *period)
{
	static const char *const compare[] = { "so với",        "cùng kỳ",   "năm trước",
		                               "chỉ số",        "xếp hạng",  "xếp loại",
		                               "quyết toán",    "tồn tại",   "thành lập",
		                               "theo kế hoạch", "còn lại",   "chuyển sang",
		                               "trước đó",      "tiếp theo", "đến năm",
		                               "từ năm",        NULL };
	const struct reading *r = &p->text->reading;
	struct span sentence = audit_sentence(p, period->start);
	int own = x->document->head.year;

	if (!speaks_of_results(x, p, period) || words_any(p->lower, sentence, compare))
		return false;
	sentence = statement_around(p, sentence);
	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *other = &r->periods[i];

		if (other->start >= sentence.start && other->end <= sentence.end &&
		    (other->year == own || other->last_year > 0))
			return false;
	}
	return true;
}

/* Whether the title's period reaches into a month or quarter: a first quarter's window opens in
 * December. */
static bool within_report(const struct doc_head *h, const struct written_period *period)
{
	if (h->period.start == h->period.end || date_is_none(h->period.from) ||
	    date_is_none(period->to) ||
	    (period->kind != PERIOD_MONTH && period->kind != PERIOD_QUARTER))
		return false;
	return period->to.days >= h->period.from.days - 31 &&
	       period->from.days <= h->period.to.days;
}

/* The nearest sentence of the same section that names the right year. */
static const struct passage *neighbour(struct audit *x, const struct passages *all, size_t at,
                                       const struct written_period **with)
{
	int own = x->document->head.year;

	for (size_t step = 1; step < 12; step++)
		for (int side = -1; side <= 1; side += 2) {
			size_t i = side < 0 ? at - step : at + step;
			const struct reading *r;

			if (i >= all->n || all->at[i].section != all->at[at].section ||
			    all->at[i].table >= 0)
				continue;
			r = &all->at[i].text->reading;
			for (size_t j = 0; j < r->n_periods; j++)
				if (r->periods[j].year == own &&
				    r->periods[j].kind <= PERIOD_YEAR) {
					*with = &r->periods[j];
					return &all->at[i];
				}
		}
	return NULL;
}

static enum err say_other_year(struct audit *x, const struct passages *all, size_t at,
                               const struct written_period *period)
{
	const struct doc_head *h = &x->document->head;
	const struct passage *own = &all->at[at];
	bool same = h->period.start < h->period.end && h->period.kind == period->kind &&
	            h->period.number == period->number &&
	            has_figure(own, audit_sentence(own, period->start));
	const struct written_period *right = NULL;
	const struct passage *near = neighbour(x, all, at, &right);
	const char *stated, *year;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_PERIOD, same ? AUDIT_FAIL : AUDIT_SUSPECT);
	audit_at(&d, all->at[at].text, period->start, period->end, true);
	if (near)
		audit_at(&d, near->text, right->start, right->end, true);
	else if (h->title_line.line > 0)
		audit_at_line(&d, h->title_line, h->title);
	TRY(period_words(&stated, x, &all->at[at], period));
	TRY(arena_printf(x->arena, &year, "%d", h->year));
	audit_say(&d, msg_text(MSG_AUDIT_R_YEAR), stated, year);
	return audit_end(&d, MSG_AUDIT_OTHER_YEAR, stated, year);
}

static enum err check_other_year(struct audit *x)
{
	const struct doc_head *h = &x->document->head;
	struct passages all;

	if (h->year == 0 || h->is_plan)
		return ERR_OK;
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		const struct reading *r = &p->text->reading;

		if (p->table >= 0 || p->block->kind != BLOCK_PARAGRAPH)
			continue;
		for (size_t j = 0; j < r->n_periods; j++) {
			const struct written_period *period = &r->periods[j];

			if (period->kind > PERIOD_YEAR || period->year == 0 ||
			    period->year >= h->year || period->year < h->year - 3 ||
			    within_report(h, period))
				continue;
			if (reports_other_year(x, p, period))
				TRY(say_other_year(x, &all, i, period));
		}
	}
	return ERR_OK;
}

/* ---- two years of one plan ---- */

/* "kế hoạch ... năm Y": the plan's words stand right before the year. */
static bool is_plan_year(const struct passage *p, struct span sentence,
                         const struct written_period *period)
{
	struct span before = { words_back(p->lower, sentence.start, period->start, 7),
		               period->start };
	size_t at = words_last(p->lower, before, "kế hoạch");

	if (period->kind != PERIOD_YEAR || period->same_period_before || at == SIZE_MAX ||
	    in_citation(&p->text->reading, period->start))
		return false;
	for (size_t i = at; i < period->start; i++)
		if (strchr(",;:.()", p->lower[i]))
			return false;
	return true;
}

static const struct written_period *plan_year(const struct passage *p, struct span sentence,
                                              int year, bool equal)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *period = &r->periods[i];

		if (period->start >= sentence.start && period->end <= sentence.end &&
		    (period->year == year) == equal && period->year <= year &&
		    is_plan_year(p, sentence, period))
			return period;
	}
	return NULL;
}

static enum err check_plan_years(struct audit *x, const struct passage *p, struct span sentence)
{
	static const char *const carried[] = { "hoàn thành", "đạt", "tiến độ", NULL };
	static const char *const made[] = { "xây dựng",   "ban hành", "phương hướng",
		                            "so với năm", "cùng kỳ",  "chuyển sang",
		                            "kéo dài",    NULL };
	int own = x->document->head.year;
	const struct written_period *right, *wrong;
	const char *stated, *wanted;
	struct audit_draft d;

	right = plan_year(p, sentence, own, true);
	wrong = plan_year(p, sentence, own, false);
	if (!right || !wrong || !words_any(p->lower, sentence, carried) ||
	    words_any(p->lower, sentence, made))
		return ERR_OK;
	audit_begin(&d, x, AUDIT_PERIOD, AUDIT_FAIL);
	audit_at(&d, p->text, wrong->start, wrong->end, true);
	audit_at(&d, p->text, right->start, right->end, true);
	TRY(period_words(&stated, x, p, wrong));
	TRY(period_words(&wanted, x, p, right));
	audit_say(&d, msg_text(MSG_AUDIT_R_PLAN), stated, wanted);
	audit_correct(&d, wanted);
	return audit_end(&d, MSG_AUDIT_TWO_PLANS, stated, wanted);
}

static enum err check_plans(struct audit *x)
{
	struct passages all;

	if (x->document->head.year == 0 || x->document->head.is_plan)
		return ERR_OK;
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct block *b = all.at[i].block;

		if (all.at[i].table >= 0 || b->kind != BLOCK_PARAGRAPH)
			continue;
		for (size_t j = 0; j < b->n_sentences; j++)
			TRY(check_plan_years(
			        x, &all.at[i],
			        (struct span){ b->sentences[j].start, b->sentences[j].end }));
	}
	return ERR_OK;
}

enum err audit_periods(struct audit *x)
{
	TRY(check_later(x));
	TRY(check_other_year(x));
	return check_plans(x);
}

/* ---- documents of another time given as work of the period ---- */

/* "UBND xã đã ban hành Quyết định số 14/QĐ-UBND": the office's own act, just before it. */
static bool is_own_act(struct audit *x, const struct passage *p, const struct citation *c)
{
	struct span sentence = audit_sentence(p, c->start);
	struct span before = { words_back(p->lower, sentence.start, c->start, 3), c->start };
	struct span subject = { sentence.start, c->start }, word;
	enum office_level own = LEVEL_UNKNOWN, issuer = LEVEL_UNKNOWN;
	const char *lower;

	if (words_find(p->lower, before, "ban hành") == SIZE_MAX || code_is_central(c->code) ||
	    section_is_ahead(x, p->section))
		return false;
	if (audit_lower(x->arena, &lower, c->issuer) != ERR_OK ||
	    office_level_own(&own, x) != ERR_OK)
		return false;
	issuer = office_level_of(lower);
	if (issuer == LEVEL_UNKNOWN)
		issuer = office_level_in(p->lower, subject, &word);
	return own != LEVEL_UNKNOWN && issuer == own;
}

enum err audit_old_work(struct audit *x)
{
	const struct doc_head *h = &x->document->head;
	const char *stated, *year;
	struct passages all;
	struct audit_draft d;
	size_t shown = 0;

	if (h->year == 0 || h->is_plan || (h->period.kind == PERIOD_YEARS))
		return ERR_OK;
	audit_begin(&d, x, AUDIT_PERIOD, AUDIT_SUSPECT);
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct reading *r = &all.at[i].text->reading;

		for (size_t j = 0; j < r->n_citations && all.at[i].table < 0; j++) {
			const struct citation *c = &r->citations[j];

			if (date_is_none(c->day.on) || c->year > 0 ||
			    c->day.on.days >= date_make(h->year - 1, 11, 1).days ||
			    !is_own_act(x, &all.at[i], c))
				continue;
			if (shown == 0)
				TRY(citation_text(x->arena, &stated, c));
			if (shown++ < MOST_SHOWN)
				audit_at(&d, all.at[i].text, c->start, c->day.end, true);
		}
	}
	if (shown == 0)
		return ERR_OK;
	TRY(arena_printf(x->arena, &year, "%d", h->year));
	audit_say(&d, msg_text(MSG_AUDIT_R_OLD_WORK), stated, year);
	return audit_end(&d, MSG_AUDIT_OLD_WORK, stated, year);
}
