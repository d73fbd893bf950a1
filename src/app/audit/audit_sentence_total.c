/* audit_sentence_total.c - a list that ends with its total: "hộ tịch 208, chứng thực 416, đất
 * đai
 * 94. Tổng cộng 718 hồ sơ". */
#include "app/audit/audit_term.h"

static const unsigned never = 1u << CUE_UP | 1u << CUE_DOWN | 1u << CUE_BEFORE |
                              1u << CUE_SINCE | 1u << CUE_EACH | 1u << CUE_APART |
                              1u << CUE_GOAL | 1u << CUE_SOME;

/* "tổng cộng 718 hồ sơ", "cộng: 718 hồ sơ": the figure follows at once. */
static bool says_total(const struct passage *p, const struct piece *piece)
{
	size_t at = piece->from;

	if (p->words[at].cue != CUE_TOTAL && !passage_word_is(p, at, "cộng"))
		return false;
	at++;
	while (at < piece->to &&
	       (p->words[at].kind == WORD_COLON || passage_word_is(p, at, "là") ||
	        passage_word_is(p, at, "có") || passage_word_is(p, at, "được")))
		at++;
	return at < piece->to && p->words[at].kind == WORD_FIGURE &&
	       p->words[at].figure == piece->figure;
}

bool piece_closes(const struct passage *p, int i)
{
	const struct piece *piece = &p->pieces[i];

	if (piece->figure < 0 || piece->flags & never || !says_total(p, piece) ||
	    !figure_is_amount(passage_figure(p, piece->figure)))
		return false;
	for (size_t j = (size_t)i + 1; j < p->n_pieces && j < (size_t)i + PIECES_AROUND &&
	                               p->pieces[j].sentence == piece->sentence;
	     j++)
		if (p->pieces[j].scope == piece->scope && p->pieces[j].figure >= 0)
			return false;
	return true;
}

bool scope_closes(const struct passage *p, int first)
{
	int scope = p->pieces[first].scope;

	for (size_t i = (size_t)first; i < p->n_pieces && i < (size_t)first + PIECES_AROUND &&
	                               p->pieces[i].sentence == p->pieces[first].sentence;
	     i++)
		if (p->pieces[i].scope == scope && piece_closes(p, (int)i))
			return true;
	return false;
}

/* The scope whose pieces are added: its own, or, where it stands alone, the sentence before;
 * -1. */
static int scope_of_parts(const struct passage *p, int total)
{
	const struct piece *piece = &p->pieces[total];

	for (int i = total - 1; i >= 0 && i + PIECES_AROUND > total; i--) {
		const struct piece *before = &p->pieces[i];

		if (before->scope == piece->scope && before->figure >= 0)
			return piece->scope;
		if (p->scopes[piece->scope].parent < 0 &&
		    before->sentence + 1 == piece->sentence &&
		    p->scopes[before->scope].parent < 0)
			return before->scope;
	}
	return -1;
}

/* The list that ends before the total: what stands after the last colon; false: something in it
 * cannot be added. */
static bool find_list(struct group *g, const struct passage *p, int total, int scope)
{
	if (p->scopes[scope].first + PIECES_AROUND < (size_t)total)
		return false;
	for (size_t i = p->scopes[scope].first; i < (size_t)total; i++) {
		const struct piece *piece = &p->pieces[i];

		if (piece->scope != scope)
			continue;
		if (piece->edge == EDGE_COLON)
			g->n_parts = 0;
		if (piece->figure < 0)
			continue;
		if (piece->flags & never || g->n_parts == MOST_PARTS ||
		    !figure_is_amount(passage_figure(p, piece->figure)))
			return false;
		g->parts[g->n_parts++] = term_of(p, (int)i);
	}
	return g->n_parts > 1;
}

/* Whether the last of the parts make the total; false too when one of them is all of it. */
static bool is_open_to(const struct group *g, struct number *sum)
{
	*sum = number_int(0);
	for (size_t i = g->n_parts; i-- > 0;) {
		*sum = number_add(*sum, g->parts[i].value);
		if (number_is_none(*sum) || number_eq(g->parts[i].value, g->totals[0].value) ||
		    (i > 0 && number_eq(*sum, g->totals[0].value)))
			return false;
	}
	return true;
}

/* The worst that a part's noun fits that of the total. */
static enum noun_fit worst_fit(const struct group *g)
{
	enum noun_fit worst = NOUN_SAME;

	for (size_t i = 0; i < g->n_parts; i++) {
		enum noun_fit fit = noun_fit(&g->totals[0], &g->parts[i]);

		worst = fit < worst ? fit : worst;
	}
	return worst;
}

static ERR_RESULT judge_total(struct group *g, const struct passage *p, int total)
{
	enum { LEAST = 3 };
	int scope = scope_of_parts(p, total);
	enum noun_fit fit;
	struct number sum;

	group_clear(g);
	if (scope < 0 || !find_list(g, p, total, scope))
		return ERR_OK;
	g->totals[g->n_totals++] = term_of(p, total);
	fit = worst_fit(g);
	if (fit == NOUN_DIFFERS || (fit == NOUN_OPEN && g->n_parts < LEAST) ||
	    !is_open_to(g, &sum))
		return ERR_OK;
	if (number_eq(sum, g->totals[0].value))
		return group_say(g, AUDIT_HOLDS);
	return is_near(sum, g->totals[0].value) ? group_say(g, AUDIT_FAIL) : ERR_OK;
}

enum err sentence_totals(struct audit *x, const struct passage *p)
{
	struct group *g = NULL;

	for (size_t i = 0; i < p->n_pieces; i++) {
		if (!piece_closes(p, (int)i) || p->sum_failed[p->pieces[i].sentence])
			continue;
		if (!g)
			TRY(arena_new(x->arena, &g));
		g->audit = x;
		TRY(judge_total(g, p, (int)i));
	}
	return ERR_OK;
}
