/* audit_growth.c - what grew or fell, by how much, from what: "tăng 366 hồ sơ so với cùng kỳ
 * (13.457 hồ sơ), tương đương 2,7%".  The rate is of the earlier value. */
#include "app/audit/audit_term.h"

struct growth {
	bool up;
	const struct figure *now, *base;   /* levels */
	const struct figure *delta, *rate; /* by how much; the rate in percent */
};

static bool is_level(const struct figure *f)
{
	return f->bound == FIGURE_EXACT && number_is_none(f->to) && !number_is_none(f->value) &&
	       number_is_none(f->out_of) &&
	       !(f->marks & (FIGURE_LABEL | FIGURE_RANK | FIGURE_PER)) &&
	       (!(f->marks & FIGURE_CHANGE) || f->marks & (FIGURE_FROM | FIGURE_INTO));
}

static bool is_change(const struct figure *f)
{
	return f->bound == FIGURE_EXACT && number_is_none(f->to) && !number_is_none(f->value) &&
	       !(f->marks & (FIGURE_LABEL | FIGURE_RANK | FIGURE_PER));
}

static bool is_percent(const struct figure *f)
{
	return f->unit == FIGURE_PERCENT || f->unit == FIGURE_PERCENT_POINT;
}

static const struct figure *figure_at(const struct passage *p, size_t word)
{
	return word < p->n_words && p->words[word].kind == WORD_FIGURE
	               ? passage_figure(p, p->words[word].figure)
	               : NULL;
}

static bool moves(const struct word *w)
{
	return w->cue == CUE_UP || w->cue == CUE_DOWN;
}

/* The first figure in [from, to) after at most `most` other words; NULL: none, or a semicolon
 * or another change comes first. */
static const struct figure *next_figure(const struct passage *p, size_t from, size_t to,
                                        int most)
{
	for (size_t i = from; i < to && most >= 0; i++, most--) {
		const struct word *w = &p->words[i];

		if (w->kind == WORD_FIGURE)
			return figure_at(p, i);
		if (w->kind == WORD_SEMICOLON || w->kind == WORD_COMMA ||
		    w->kind == WORD_CLOSE || w->cue == CUE_AND)
			return NULL;
		if (moves(w) || w->cue == CUE_CAUSE || w->cue == CUE_BEFORE ||
		    w->cue == CUE_REACH || w->cue == CUE_SHARE)
			return NULL;
	}
	return NULL;
}

/* "từ 40 lên 52" */
static bool from_to(struct growth *g, const struct passage *p, size_t i, size_t to)
{
	const struct figure *base, *now;

	for (int skipped = 0; i < to && p->words[i].cue != CUE_FROM; i++)
		if (p->words[i].kind != WORD_PLAIN || ++skipped > 3)
			return false;
	base = figure_at(p, i + 1);
	if (!base)
		return false;
	for (i += 2; i < to && p->words[i].cue != CUE_TO; i++)
		if (p->words[i].kind == WORD_FIGURE || p->words[i].kind == WORD_SEMICOLON)
			return false;
	now = next_figure(p, i + 1, to, 2);
	if (!now || !is_level(base) || !is_level(now) || is_percent(base) != is_percent(now))
		return false;
	g->base = base;
	g->now = now;
	return true;
}

/* Whether two figures count different things, by the first words of their nouns. */
static bool counts_other(const struct passage *p, const struct figure *a,
                         const struct figure *b)
{
	const char *x = p->lower + a->noun, *y = p->lower + b->noun;
	size_t m = a->noun_end - a->noun, n = b->noun_end - b->noun, i = 0;

	if (a->noun_end <= a->noun || b->noun_end <= b->noun)
		return false;
	while (i < m && i < n && x[i] == y[i] && x[i] != ' ')
		i++;
	return (i < m && x[i] != ' ') || (i < n && y[i] != ' ');
}

/* The value of the earlier period: the first figure after "so với", "cùng kỳ". */
static const struct figure *base_in(const struct passage *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct figure *f;

		if (p->words[i].kind == WORD_SEMICOLON)
			return NULL;
		if (p->words[i].cue != CUE_BEFORE)
			continue;
		while (i + 1 < to && (p->words[i + 1].cue == CUE_BEFORE ||
		                      p->words[i + 1].kind == WORD_NAMED))
			i++;
		f = next_figure(p, i + 1, to, 6);
		return f && is_change(f) ? f : NULL;
	}
	return NULL;
}

/* The percentage that says the change once more: "(2,7%)", "tương đương 2,7%", "tăng 2,7%"; no
 * other figure stands before it. */
static const struct figure *rate_in(const struct passage *p, const struct growth *g,
                                    size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct word *w = &p->words[i];
		const struct figure *f = figure_at(p, i);
		const struct word *before = &p->words[i - 1];

		if (w->kind == WORD_SEMICOLON)
			return NULL;
		if (!f || f == g->delta || f == g->base || f == g->now)
			continue;
		if (before->cue == CUE_LABEL && i > 1)
			before = &p->words[i - 2];
		return f->unit == FIGURE_PERCENT && is_change(f) && f->noun_end <= f->noun &&
		                       (before->cue == CUE_REACH || before->kind == WORD_OPEN ||
		                        moves(before))
		               ? f
		               : NULL;
	}
	return NULL;
}

/* Whether scope `inner` is `outer` or stands in it. */
static bool encloses(const struct passage *p, int outer, int inner)
{
	while (inner >= 0 && inner != outer)
		inner = p->scopes[inner].parent;
	return inner == outer;
}

/* The level before the change, of the same measure: nearest in the sentence. */
static const struct figure *now_before(const struct passage *p, size_t from, size_t i,
                                       const struct figure *like)
{
	bool percent = is_percent(like);
	int scope = p->words[i].scope;

	while (i-- > from) {
		const struct figure *f = figure_at(p, i);

		if (p->words[i].kind == WORD_SEMICOLON || moves(&p->words[i]))
			return NULL;
		if (f && !encloses(p, p->words[i].scope, scope))
			continue; /* aside, in a bracket */
		if (f && is_level(f) && is_percent(f) == percent && !counts_other(p, f, like))
			return f;
	}
	return NULL;
}

/* ---- whether it holds ---- */

static struct number apart(struct number a, struct number b)
{
	return number_cmp(a, b) < 0 ? number_sub(b, a) : number_sub(a, b);
}

static bool fits(const struct figure *rate, struct number part, struct number whole)
{
	enum number_fit fit = number_fits_percent(rate->value, part, whole);

	return fit == NUMBER_FITS || fit == NUMBER_TRUNCATED;
}

static bool right_way(const struct growth *g)
{
	int order = number_cmp(g->now->value, g->base->value);

	return g->up ? order > 0 : order < 0;
}

/* Points of a percentage, or percent of a percentage. */
static bool delta_holds(const struct growth *g)
{
	struct number by = apart(g->now->value, g->base->value);

	if (number_eq(by, g->delta->value))
		return true;
	return is_percent(g->now) && g->delta->unit == FIGURE_PERCENT &&
	       fits(g->delta, by, g->base->value);
}

static bool rate_holds(const struct growth *g)
{
	struct number by =
	        g->delta && !is_percent(g->delta) ? g->delta->value : (struct number){ 0 };
	struct number base;

	if (g->base && g->now &&
	    fits(g->rate, apart(g->now->value, g->base->value), g->base->value))
		return true;
	if (g->base && g->now && is_percent(g->now) &&
	    number_eq(apart(g->now->value, g->base->value), g->rate->value))
		return true;
	if (!g->delta || is_percent(g->delta))
		return false;
	if (g->base)
		return fits(g->rate, by, g->base->value);
	base = g->up ? number_sub(g->now->value, by) : number_add(g->now->value, by);
	return fits(g->rate, by, base);
}

/* ---- reporting ---- */

static void figure_shown(struct audit_draft *d, const struct passage *p, const struct figure *f)
{
	if (f)
		audit_at(d, &p->block->text, f->start,
		         f->noun_end > f->end ? f->noun_end : f->end, true);
}

static ERR_RESULT say(struct audit *x, const struct passage *p, const struct growth *g,
                      const char *computed, enum msg message)
{
	const struct figure *told =
	        message == MSG_AUDIT_GROWTH_RATE || !g->delta ? g->rate : g->delta;
	const char *stated;
	struct audit_draft d;

	if (!told)
		told = g->now;
	TRY(arena_strndup(x->arena, &stated, p->block->text.text + told->start,
	                  told->end - told->start));
	audit_begin(&d, x, AUDIT_GROWTH, AUDIT_FAIL);
	figure_shown(&d, p, g->now);
	figure_shown(&d, p, g->delta);
	figure_shown(&d, p, g->base);
	figure_shown(&d, p, g->rate);
	audit_say(&d, g->up ? "tăng so với kỳ trước" : "giảm so với kỳ trước", stated,
	          computed);
	return audit_end(&d, message, stated, computed);
}

static ERR_RESULT difference(const char **out, struct audit *x, const struct growth *g)
{
	char now[NUMBER_TEXT], base[NUMBER_TEXT], by[NUMBER_TEXT];

	return arena_printf(x->arena, out, "%s - %s = %s", number_vn(g->now->value, now),
	                    number_vn(g->base->value, base),
	                    number_vn(number_sub(g->now->value, g->base->value), by));
}

static ERR_RESULT rate_wanted(const char **out, struct audit *x, const struct growth *g)
{
	char part[NUMBER_TEXT], whole[NUMBER_TEXT], percent[NUMBER_TEXT];
	struct number base, by;
	int places = g->rate->value.places > 2 ? g->rate->value.places : 2;

	by = g->delta && !is_percent(g->delta) ? g->delta->value
	                                       : apart(g->now->value, g->base->value);
	if (g->base)
		base = g->base->value;
	else
		base = g->up ? number_sub(g->now->value, by) : number_add(g->now->value, by);
	return arena_printf(x->arena, out, "%s/%s = %s%%", number_vn(by, part),
	                    number_vn(base, whole),
	                    number_vn(number_percent(by, base, places), percent));
}

/* By how much, where it can be compared with the difference of the two levels. */
static bool delta_tells(const struct growth *g)
{
	return g->delta && (!is_percent(g->delta) || is_percent(g->now));
}

/* A rate with two of: before, now, by how much. */
static bool rate_tells(const struct growth *g)
{
	int known = (g->base != NULL) + (g->now != NULL) + (g->delta != NULL);

	return g->rate && known >= 2;
}

static ERR_RESULT judge(struct audit *x, const struct passage *p, const struct growth *g)
{
	bool levels = g->now && g->base;
	const char *computed;

	if (levels) {
		TRY(difference(&computed, x, g));
		if (!right_way(g))
			return say(x, p, g, computed, MSG_AUDIT_GROWTH_WAY);
		if (delta_tells(g) && !delta_holds(g))
			return say(x, p, g, computed, MSG_AUDIT_GROWTH_DELTA);
	}
	if (rate_tells(g) && !rate_holds(g)) {
		TRY(rate_wanted(&computed, x, g));
		return say(x, p, g, computed, MSG_AUDIT_GROWTH_RATE);
	}
	if (levels || rate_tells(g))
		audit_count(x);
	return ERR_OK;
}

/* ---- one change ---- */

/* "từ 40 lên 52": both levels are told. */
static ERR_RESULT judge_from_to(struct audit *x, const struct passage *p, struct growth *g,
                                size_t i, size_t to)
{
	g->rate = rate_in(p, g, i + 1, to);
	if (g->rate && is_percent(g->now)) {
		g->delta = g->rate;
		g->rate = NULL;
	}
	return judge(x, p, g);
}

/* The earlier value that the change at word `i` is from: after it, else before it. */
static const struct figure *base_of(const struct passage *p, size_t from, size_t i, size_t to,
                                    const struct figure *delta)
{
	const struct figure *base = base_in(p, i + 1, to);

	if (!base)
		base = base_in(p, from, i);
	if (!base || !delta)
		return base;
	if (is_percent(base) && !is_percent(delta))
		return NULL;
	return !is_percent(delta) && counts_other(p, base, delta) ? NULL : base;
}

/* The level now, and whether what follows "tăng" is the rate of a count. */
static void levels(struct growth *g, const struct passage *p, size_t from, size_t i,
                   const struct figure *delta)
{
	bool percent = g->base ? is_percent(g->base) : delta->unit == FIGURE_PERCENT_POINT;

	if (g->base || percent || !is_percent(delta))
		g->now = now_before(p, from, i, g->base ? g->base : delta);
	if (g->now == g->base)
		g->now = NULL;
	if (delta && is_percent(delta) && !percent)
		g->rate = delta;
}

/* What the sentence [from, to) says of the change at word `i`. */
static ERR_RESULT judge_change(struct audit *x, const struct passage *p, size_t from, size_t i,
                               size_t to)
{
	struct growth g = { .up = p->words[i].cue == CUE_UP };
	const struct figure *delta;

	if (from_to(&g, p, i + 1, to))
		return judge_from_to(x, p, &g, i, to);
	delta = next_figure(p, i + 1, to, 3);
	if (delta && !is_change(delta))
		return ERR_OK;
	g.base = base_of(p, from, i, to, delta);
	if (!delta && !g.base)
		return ERR_OK;
	levels(&g, p, from, i, delta);
	if (!g.delta && !g.rate && delta)
		g.delta = delta;
	if (g.delta && !is_percent(g.delta))
		g.rate = rate_in(p, &g, i + 2, to);
	return judge(x, p, &g);
}

/* ---- "40.117 hồ sơ, gấp 2,1 lần năm 2023 (19.104 hồ sơ)" ---- */

/* "gấp 2,1 lần": the figure; NULL: another word, or nothing exact. */
static const struct figure *times_at(const struct passage *p, size_t i, size_t to)
{
	const struct figure *f = i + 2 < to ? figure_at(p, i + 1) : NULL;

	return f && passage_word_is(p, i, "gấp") && passage_word_is(p, i + 2, "lần") &&
	                       f->unit == FIGURE_COUNT && f->bound == FIGURE_EXACT &&
	                       number_is_none(f->to) && number_is_none(f->out_of)
	               ? f
	               : NULL;
}

/* What it was before: after "lần so với ...", "lần năm 2023 (...)"; else the last that the
 * words before it compare with. */
static const struct figure *base_of_times(const struct passage *p, size_t from, size_t i,
                                          size_t to)
{
	enum { MOST_WORDS = 8 };
	const struct figure *base = NULL;

	for (size_t j = i + 3; j < to && j < i + 3 + MOST_WORDS; j++) {
		const struct word *w = &p->words[j];

		if (w->kind == WORD_FIGURE)
			return figure_at(p, j);
		if (w->kind == WORD_COMMA || w->kind == WORD_SEMICOLON)
			break;
	}
	for (size_t j = from; j < i; j++) {
		if (p->words[j].kind == WORD_SEMICOLON)
			base = NULL;
		else if (p->words[j].cue == CUE_BEFORE)
			base = next_figure(p, j + 1, i, 6);
	}
	return base;
}

static struct number times_of(const struct growth *g, int places)
{
	return number_percent(g->now->value, number_times_ten(g->base->value, 2), places);
}

/* Rounded or cut off; whole numbers are said loosely. */
static bool times_hold(const struct growth *g)
{
	struct number stated = g->delta->value, real;
	enum number_fit fit;

	if (stated.places == 0) {
		real = times_of(g, 2);
		return number_is_none(real) ||
		       number_cmp(apart(real, stated), number_int(1)) < 0;
	}
	fit = number_fits_percent(stated, g->now->value, number_times_ten(g->base->value, 2));
	return fit != NUMBER_DIFFERS;
}

static ERR_RESULT judge_times(struct audit *x, const struct passage *p, size_t from, size_t i,
                              size_t to)
{
	struct growth g = { .up = true, .delta = times_at(p, i, to) };
	char now[NUMBER_TEXT], base[NUMBER_TEXT], times[NUMBER_TEXT];
	const char *computed;

	if (!g.delta)
		return ERR_OK;
	g.base = base_of_times(p, from, i, to);
	if (!g.base || !is_change(g.base) || is_percent(g.base) ||
	    number_eq(g.base->value, number_int(0)))
		return ERR_OK;
	g.now = now_before(p, from, i, g.base);
	for (size_t j = i;
	     !g.now && j-- > from;) /* "1.088, tăng 902 so với ..., gấp 5,8 lần" */
		if (moves(&p->words[j]))
			g.now = now_before(p, from, j, g.base);
	if (!g.now || g.now == g.base)
		return ERR_OK;
	if (times_hold(&g)) {
		audit_count(x);
		return ERR_OK;
	}
	TRY(arena_printf(x->arena, &computed, "%s/%s = %s", number_vn(g.now->value, now),
	                 number_vn(g.base->value, base),
	                 number_vn(times_of(&g, g.delta->value.places > 1 ? 2 : 1), times)));
	return say(x, p, &g, computed, MSG_AUDIT_GROWTH_TIMES);
}

/* A second "tăng" that only says the first again, in percent. */
static bool says_again(const struct passage *p, size_t i, size_t from)
{
	const struct figure *f = figure_at(p, i + 1);

	if (!f || f->unit != FIGURE_PERCENT)
		return false;
	for (size_t j = i; j-- > from && i - j < 12;) {
		if (p->words[j].kind == WORD_SEMICOLON)
			return false;
		if (moves(&p->words[j]))
			return p->words[j].cue == p->words[i].cue;
	}
	return false;
}

enum err sentence_growth(struct audit *x, const struct passage *p)
{
	for (size_t s = 0; s < p->n_scopes; s++) {
		const struct scope *scope = &p->scopes[s];

		for (size_t i = scope->from; i < scope->to && scope->parent < 0; i++) {
			size_t from = scope->from, to = scope->to;

			if (from + WORDS_AROUND < i)
				from = i - WORDS_AROUND;
			if (to > i + WORDS_AROUND)
				to = i + WORDS_AROUND;
			TRY(judge_times(x, p, from, i, to));
			if (!moves(&p->words[i]) || says_again(p, i, scope->from) ||
			    (i > scope->from && p->words[i - 1].cue == CUE_NO))
				continue;
			TRY(judge_change(x, p, from, i, to));
		}
	}
	return ERR_OK;
}
