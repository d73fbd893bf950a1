/* audit_group.c - whether parts make their total, decided by what the words say of them.
 *
 * Parts that exclude each other may not exceed the total; parts that are all of it by their
 * words (early, on time, late) or by the word before them ("gồm") must make it.  Where the
 * words leave more than one reading, the one that holds is taken. */
#include "app/audit/audit_term.h"

#include <string.h>

/* Terms of one relation: indices of a group's parts. */
struct members {
	int at[MOST_PARTS];
	size_t n;
	bool exclusive; /* no thing can be counted by two of them */
	bool complete;  /* together all there is, by the words */
	bool likely;    /* mostly all there is */
};

static struct number sum_of(const struct group *g, const struct members *m, size_t n)
{
	struct number sum = number_int(0);

	for (size_t i = 0; i < n; i++)
		sum = number_add(sum, g->parts[m->at[i]].value);
	return sum;
}

static struct number distance(struct number a, struct number b)
{
	return number_cmp(a, b) < 0 ? number_sub(b, a) : number_sub(a, b);
}

bool is_near(struct number a, struct number b)
{
	enum { NEAR = 5 };
	struct number times = number_int(0);

	for (int i = 0; i < NEAR; i++)
		times = number_add(times, distance(a, b));
	return !number_is_none(times) && number_cmp(times, number_cmp(a, b) > 0 ? a : b) <= 0;
}

/* Money printed as "1,2 tỷ" stands for a range: half a unit of each printed digit. */
static bool adds_up(const struct group *g, const struct members *m, size_t n,
                    const struct term *total, struct number sum)
{
	struct number slack = total->half;
	bool mixed = false;

	if (number_is_none(sum))
		return true; /* too large to add: nothing can be said */
	if (number_eq(sum, total->value))
		return true;
	if (!number_is_none(total->figure->out_of) && number_eq(sum, total->figure->out_of))
		return true;
	if (total->figure->unit != FIGURE_DONG)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct term *t = &g->parts[m->at[i]];

		slack = number_add(slack, t->half);
		mixed |= number_cmp(t->half, total->half) != 0;
	}
	return (mixed || total->figure->marks & FIGURE_COMMA_DECIMAL) &&
	       !number_is_none(slack) && number_cmp(distance(sum, total->value), slack) <= 0;
}

/* ---- which parts belong together ---- */

bool terms_exclude(const struct term *a, const struct term *b)
{
	for (int i = ASPECT_NONE + 1; i < ASPECTS; i++) {
		unsigned x = a->values[i], y = b->values[i];

		if (i == ASPECT_STAGE) { /* what was received is resolved later */
			x &= ~(unsigned)STAGE_RECEIVED;
			y &= ~(unsigned)STAGE_RECEIVED;
		}
		if (x && y && !(x & y))
			return true;
	}
	return false;
}

static bool is_rest(const struct term *t)
{
	return t->flags & (1u << CUE_REST);
}

/* "Còn lại" is what all before it leave: it excludes them where none of them is left out. */
static bool excludes_all(const struct group *g, const struct members *m, const struct term *t,
                         bool from_first)
{
	for (size_t i = 0; i < m->n; i++)
		if (!terms_exclude(&g->parts[m->at[i]], t) &&
		    (!is_rest(t) || !from_first || g->opener == CUE_NONE))
			return false;
	return true;
}

static bool is_first_left(const struct group *g, size_t part)
{
	while (part > 0 && g->used[part - 1])
		part--;
	return part == 0;
}

/* From part `first` on, the parts in a row that exclude each other. */
static struct members exclusive_from(const struct group *g, size_t first)
{
	struct members m = { .n = 1, .exclusive = true };
	bool from_first = is_first_left(g, first);

	m.at[0] = (int)first;
	for (size_t i = first + 1; i < g->n_parts; i++) {
		if (g->used[i])
			continue;
		if (!excludes_all(g, &m, &g->parts[i], from_first))
			break;
		m.at[m.n++] = (int)i;
	}
	return m;
}

static void set_complete(const struct group *g, struct members *m)
{
	for (size_t i = 0; i < m->n; i++)
		m->complete |= is_rest(&g->parts[m->at[i]]);
	for (int a = ASPECT_NONE + 1; a < ASPECTS; a++) {
		unsigned values = 0;
		bool all = true;

		for (size_t i = 0; i < m->n; i++) {
			unsigned v = g->parts[m->at[i]].values[a];

			all &= v != 0 || is_rest(&g->parts[m->at[i]]);
			values |= v;
		}
		if (all && aspect_covers((enum aspect)a, values, &m->likely))
			m->complete = true;
	}
}

/* The largest set of parts that exclude each other. */
static struct members exclusive(const struct group *g)
{
	struct members best = { 0 };

	for (size_t i = 0; i < g->n_parts; i++) {
		struct members m;

		if (g->used[i])
			continue;
		m = exclusive_from(g, i);
		if (m.n > best.n)
			best = m;
	}
	set_complete(g, &best);
	return best;
}

/* Parts in a row that nothing divides: up to a semicolon after parts divided by commas. */
static struct members in_a_row(const struct group *g)
{
	struct members m = { 0 };

	if (g->opener == CUE_NONE && !g->bracket)
		return m;
	for (size_t i = 0; i < g->n_parts; i++) {
		if (g->used[i]) {
			if (m.n > 0)
				break;
			continue;
		}
		if (m.n >= 2 && g->parts[i].edge == EDGE_SEMICOLON &&
		    g->parts[m.at[m.n - 1]].edge != EDGE_SEMICOLON)
			break;
		if (m.n >= 2 && g->parts[m.at[1]].starts && !g->parts[i].starts)
			break; /* written another way: another statement */
		m.at[m.n++] = (int)i;
	}
	return m;
}

/* ---- totals ---- */

/* "gồm A và B; đã giải quyết C, còn lại D": after a list a semicolon begins another statement,
 * so B is no total of C and D.  Whether it stands among the `back` + 1 parts before part
 * `first`. */
static bool is_break(const struct group *g, size_t first, size_t back)
{
	if (g->opener == CUE_NONE)
		return false;
	for (size_t i = first - back; i <= first; i++)
		if (i >= 2 && g->parts[i].edge == EDGE_SEMICOLON &&
		    g->parts[i - 1].edge != EDGE_SEMICOLON)
			return true;
	return false;
}

/* Number i of what could be the total: those the group was given, then the parts before the
 * first of the members ("đã giải quyết 110, đúng hạn 105, trễ hạn 5"); NULL: no more. */
static const struct term *candidate(const struct group *g, const struct members *m, size_t i)
{
	size_t part;

	if (i < g->n_totals)
		return &g->totals[i];
	part = i - g->n_totals;
	if (m->n == 0 || part >= (size_t)m->at[0] || g->opener == CUE_CONSISTS ||
	    is_break(g, (size_t)m->at[0], part))
		return NULL;
	return &g->parts[(size_t)m->at[0] - 1 - part];
}

static bool is_member(const struct group *g, const struct members *m, const struct term *total)
{
	for (size_t i = 0; i < m->n; i++)
		if (g->parts[m->at[i]].figure == total->figure)
			return true;
	return false;
}

/* Whether the total is of another class than all the parts: "đúng hạn 90" is not what "trễ hạn
 * 5" is a part of. */
static bool is_sibling(const struct group *g, const struct members *m, const struct term *total)
{
	for (int a = ASPECT_NONE + 1; a < ASPECTS; a++) {
		unsigned whole = total->values[a], values = 0;
		bool all = m->n > 0;

		if (a == ASPECT_STAGE)
			whole &= ~(unsigned)STAGE_RECEIVED;
		for (size_t i = 0; i < m->n; i++) {
			all &= g->parts[m->at[i]].values[a] != 0;
			values |= g->parts[m->at[i]].values[a];
		}
		if (whole && all && !(whole & values))
			return true;
	}
	return false;
}

/* "17 phường, xã (11 phường, 06 xã)": the total counts several nouns. */
static bool is_named_with_total(const struct group *g, const struct term *part)
{
	size_t n = 0;

	while (n < part->noun.len && part->noun.at[n] != ' ')
		n++;
	for (size_t i = 0; n > 0 && i + n <= g->said.len; i++)
		if (memcmp(g->said.at + i, part->noun.at, n) == 0 &&
		    (i == 0 || g->said.at[i - 1] == ' ') &&
		    (i + n == g->said.len || strchr(" ,(", g->said.at[i + n])))
			return true;
	return false;
}

static enum noun_fit fit_of(const struct group *g, const struct members *m,
                            const struct term *total)
{
	enum noun_fit worst = NOUN_SAME;

	for (size_t i = 0; i < m->n; i++) {
		const struct term *part = &g->parts[m->at[i]];
		enum noun_fit fit = noun_fit(total, part);

		if (fit == NOUN_DIFFERS && is_named_with_total(g, part))
			fit = NOUN_KIND;

		if (fit < worst)
			worst = fit;
	}
	return worst;
}

/* How a candidate's noun fits; NOUN_DIFFERS: it cannot be the total. */
static enum noun_fit can_be_total(const struct group *g, const struct members *m,
                                  const struct term *t)
{
	if (is_member(g, m, t) || is_sibling(g, m, t) || !figure_is_amount(t->figure))
		return NOUN_DIFFERS;
	return fit_of(g, m, t);
}

/* Closest in value among those that can be the total; NULL: none. */
static const struct term *find_total(const struct group *g, const struct members *m,
                                     enum noun_fit *fit)
{
	const struct term *best = NULL;
	struct number sum = sum_of(g, m, m->n);

	const struct term *t;

	for (size_t i = 0; (t = candidate(g, m, i)) != NULL; i++) {
		enum noun_fit f = can_be_total(g, m, t);

		if (f == NOUN_DIFFERS)
			continue;
		if (!best ||
		    number_cmp(distance(t->value, sum), distance(best->value, sum)) < 0) {
			best = t;
			*fit = f;
		}
	}
	return best;
}

/* ---- verdicts ---- */

/* Received against resolved and pending: what came before the period takes part in it. */
static bool is_flow(const struct group *g, const struct members *m, const struct term *total)
{
	bool stage = m->n > 0;

	for (size_t i = 0; i < m->n; i++)
		stage &= g->parts[m->at[i]].values[ASPECT_STAGE] != 0;
	return stage && total->values[ASPECT_STAGE] & STAGE_RECEIVED &&
	       (g->opener == CUE_NONE || g->opener == CUE_DETAIL) && !g->bracket;
}

static enum audit_verdict exclusive_verdict(const struct group *g, const struct members *m,
                                            bool more)
{
	if (more)
		return AUDIT_FAIL;
	if (m->complete)
		return AUDIT_FAIL;
	if (g->opener == CUE_CONSISTS)
		return AUDIT_FAIL;
	return m->likely || g->bracket ? AUDIT_SUSPECT : AUDIT_HOLDS;
}

/* Whether some parts are told by one aspect and some by another: they overlap. */
static bool is_mixed(const struct group *g, const struct members *m)
{
	for (int a = ASPECT_NONE + 1; a < ASPECTS; a++) {
		size_t told = 0;

		for (size_t i = 0; i < m->n; i++)
			told += g->parts[m->at[i]].values[a] != 0;
		if (told > 0 && told < m->n)
			return true;
	}
	return false;
}

/* "cấp tỉnh 05, cấp phòng 11, còn lại 24": the rest closes the list. */
static bool rest_closes(const struct group *g, const struct members *m)
{
	return is_rest(&g->parts[m->at[m->n - 1]]) && m->at[0] == 0 &&
	       (g->bracket || g->opener == CUE_CONSISTS);
}

/* Of how many aspects the parts speak: "trực tuyến 60, trước hạn 35" of two. */
static int aspects_told(const struct group *g, const struct members *m)
{
	int told = 0;

	for (int a = ASPECT_NONE + 1; a < ASPECTS; a++) {
		unsigned values = 0;

		for (size_t i = 0; i < m->n; i++)
			values |= g->parts[m->at[i]].values[a];
		told += values != 0;
	}
	return told;
}

/* "210 học viên (lớp văn thư 70, lớp một cửa 60, lớp chuyển đổi số 90)": names, each with its
 * figure, right after their total and nothing else; a slip leaves the sum near it. */
static bool is_plain_list(const struct group *g, const struct members *m,
                          const struct term *total)
{
	enum { LEAST = 3 };

	if (m->n < LEAST || m->n != g->n_parts || aspects_told(g, m) > 1)
		return false;
	for (size_t i = 0; i < m->n; i++) {
		const struct term *t = &g->parts[m->at[i]];

		if (t->noun.len > 0 || number_cmp(t->value, total->value) >= 0 ||
		    (i > 1 && t->edge != g->parts[m->at[1]].edge))
			return false;
	}
	return is_near(sum_of(g, m, m->n), total->value);
}

static enum audit_verdict loose_verdict(const struct group *g, const struct members *m,
                                        const struct term *total, enum noun_fit fit, bool more)
{
	bool mixed = is_mixed(g, m), said = g->opener == CUE_DETAIL || g->bracket;

	if (rest_closes(g, m))
		return AUDIT_FAIL;
	if (g->opener == CUE_CONSISTS)
		return fit == NOUN_OPEN || mixed ? AUDIT_SUSPECT : AUDIT_FAIL;
	if (g->opener == CUE_AMONG || !said)
		return more && fit == NOUN_SAME && !mixed ? AUDIT_SUSPECT : AUDIT_HOLDS;
	if (fit == NOUN_OPEN || mixed)
		return is_plain_list(g, m, total) ? AUDIT_SUSPECT : AUDIT_HOLDS;
	return g->bracket ? AUDIT_FAIL : AUDIT_SUSPECT;
}

/* "gồm A 227 và B 129; toàn trình 138, một phần 149": after a list that was read a semicolon
 * begins what nothing says to be all of the total. */
static bool is_afterwards(const struct group *g, const struct members *m)
{
	size_t first = (size_t)m->at[0];

	return first > 0 && g->used[first - 1] && g->parts[first].edge == EDGE_SEMICOLON;
}

/* What it means that the parts do not make the total. */
static enum audit_verdict verdict_of(const struct group *g, const struct members *m,
                                     const struct term *total, enum noun_fit fit)
{
	bool more = number_cmp(sum_of(g, m, m->n), total->value) > 0;
	enum audit_verdict verdict;

	if (g->some && !(more && m->exclusive))
		return AUDIT_HOLDS;
	if (is_afterwards(g, m) && !more && !m->complete)
		return AUDIT_HOLDS;
	verdict = m->exclusive ? exclusive_verdict(g, m, more)
	                       : loose_verdict(g, m, total, fit, more);
	if (verdict == AUDIT_FAIL && is_flow(g, m, total))
		verdict = AUDIT_SUSPECT;
	if (g->opener == CUE_NONE && !g->bracket) {
		if (!m->complete)
			return AUDIT_HOLDS;
		if (!(total->values[ASPECT_STAGE] & (STAGE_DONE | STAGE_DOING)) &&
		    !(total->flags & (1u << CUE_TOTAL)))
			verdict = AUDIT_SUSPECT;
	}
	return verdict;
}

static ERR_RESULT addition(const char **out, const struct group *g, const struct members *m,
                           bool result)
{
	struct str s;
	char text[NUMBER_TEXT];

	str_init(&s, g->audit->arena, 4096);
	for (size_t i = 0; i < m->n; i++) {
		str_put(&s, i > 0 ? " + " : "");
		str_put(&s, number_vn(g->parts[m->at[i]].value, text));
	}
	if (result) {
		str_put(&s, " = ");
		str_put(&s, number_vn(sum_of(g, m, m->n), text));
	}
	return str_finish(&s, out);
}

static ERR_RESULT say_sum(const struct group *g, const struct members *m,
                          const struct term *total, enum audit_verdict verdict)
{
	const char *relation, *computed, *terms, *quote;
	char stated[NUMBER_TEXT], sum[NUMBER_TEXT];
	struct audit_draft d;

	TRY(addition(&terms, g, m, false));
	TRY(addition(&computed, g, m, true));
	TRY(term_quote(&quote, g->audit->arena, total));
	number_vn(total->value, stated);
	number_vn(sum_of(g, m, m->n), sum);
	TRY(arena_printf(g->audit->arena, &relation, "%s = %s", quote, terms));
	audit_begin(&d, g->audit, AUDIT_SUM, verdict);
	term_at(&d, total);
	for (size_t i = 0; i < m->n; i++)
		term_at(&d, &g->parts[m->at[i]]);
	audit_say(&d, relation, stated, computed);
	if (verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d,
	                 verdict == AUDIT_FAIL ? MSG_AUDIT_SENTENCE_SUM
	                                       : MSG_AUDIT_SENTENCE_SUM_DOUBT,
	                 quote, terms, sum);
}

enum err group_say(struct group *g, enum audit_verdict verdict)
{
	struct members m = { 0 };

	while (m.n < g->n_parts) {
		m.at[m.n] = (int)m.n;
		m.n++;
	}
	g->failed |= verdict != AUDIT_HOLDS;
	return say_sum(g, &m, &g->totals[0], verdict);
}

static void use(struct group *g, const struct members *m)
{
	for (size_t i = 0; i < m->n; i++)
		g->used[m->at[i]] = true;
}

/* The first parts that make one of the totals; *held: found. */
static ERR_RESULT try_prefix(struct group *g, struct members m, bool *held)
{
	const struct term *t;

	*held = false;
	for (size_t n = m.n; n >= 2 && !*held; n--) {
		struct number sum = sum_of(g, &m, n);

		for (size_t i = 0; !*held && (t = candidate(g, &m, i)) != NULL; i++) {
			m.n = n;
			if (!adds_up(g, &m, n, t, sum) ||
			    can_be_total(g, &m, t) == NOUN_DIFFERS)
				continue;
			*held = true;
			TRY(say_sum(g, &m, t, AUDIT_HOLDS));
			use(g, &m);
		}
	}
	return ERR_OK;
}

/* "Giao 518 nhiệm vụ, đúng hạn 487, quá hạn 09, đang thực hiện 22": parts beside the members
 * make the total with them, though no word says that all of them belong together. */
static bool neighbours_explain(const struct group *g, const struct members *m,
                               const struct term *total)
{
	size_t last = (size_t)m->at[m->n - 1];

	for (size_t from = (size_t)m->at[0] + 1; from-- > 0;) {
		struct number sum = number_int(0);

		if (g->parts[from].figure == total->figure)
			break;
		for (size_t i = from; i < g->n_parts; i++) {
			sum = number_add(sum, g->parts[i].value);
			if (i >= last && number_eq(sum, total->value))
				return true;
		}
	}
	return false;
}

/* One relation of the parts that are left; *more: there may be another. */
static ERR_RESULT judge_once(struct group *g, bool *more)
{
	struct members sets[2] = { exclusive(g), in_a_row(g) };
	enum noun_fit fit = NOUN_DIFFERS;
	const struct term *total;
	enum audit_verdict verdict;
	const struct members *m = sets[0].n >= 2 ? &sets[0] : &sets[1];

	*more = false;
	for (size_t i = 0; i < 2 && !*more; i++)
		TRY(try_prefix(g, sets[i], more));
	if (*more || m->n < 2)
		return ERR_OK;
	total = find_total(g, m, &fit);
	if (!total)
		return ERR_OK;
	if (g->opener == CUE_NONE && neighbours_explain(g, m, total))
		return ERR_OK;
	verdict = verdict_of(g, m, total, fit);
	if (verdict == AUDIT_HOLDS)
		return ERR_OK;
	*more = true;
	TRY(say_sum(g, m, total, verdict));
	g->failed = true;
	use(g, m);
	return ERR_OK;
}

enum err group_judge(struct group *g)
{
	enum { ROUNDS = 6 };
	bool more = true;

	for (int i = 0; i < ROUNDS && more; i++)
		TRY(judge_once(g, &more));
	if (g->opener != CUE_AMONG || g->n_totals == 0)
		return ERR_OK;
	for (size_t i = 0; i < g->n_parts; i++) {
		if (i > 0 && g->parts[i].edge != EDGE_COMMA && g->parts[i].edge != EDGE_AND)
			break;
		if (!g->used[i])
			TRY(group_judge_subset(g, &g->parts[i]));
	}
	return ERR_OK;
}
