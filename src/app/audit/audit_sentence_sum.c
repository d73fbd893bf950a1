/* audit_sentence_sum.c - which figures of a paragraph are told to be parts of which. */
#include "app/audit/audit_term.h"

/* Cues that make a figure one of another window, another measure or no result. */
static const unsigned outside = 1u << CUE_UP | 1u << CUE_DOWN | 1u << CUE_BEFORE |
                                1u << CUE_SINCE | 1u << CUE_EACH | 1u << CUE_APART;

static bool is_part(const struct passage *p, const struct piece *piece)
{
	return piece->figure >= 0 && !(piece->before & outside) &&
	       !(passage_figure(p, piece->figure)->marks &
	         (FIGURE_PER | FIGURE_CHANGE | FIGURE_RANK | FIGURE_LABEL));
}

/* A total may be of any window: its parts are of the same. */
static bool is_total(const struct passage *p, const struct piece *piece)
{
	const unsigned never =
	        (outside & ~(1u << CUE_SINCE | 1u << CUE_APART)) | 1u << CUE_GOAL;

	return piece->figure >= 0 && !(piece->before & never) &&
	       figure_is_amount(passage_figure(p, piece->figure));
}

static void add_total(struct group *g, const struct passage *p, int i)
{
	const struct piece *piece = &p->pieces[i];

	if (is_total(p, piece) && g->n_totals < MOST_TOTALS)
		g->totals[g->n_totals++] = term_of(p, i);
	if (is_total(p, piece) && piece->second >= 0 && g->n_totals < MOST_TOTALS &&
	    figure_is_amount(passage_figure(p, piece->second)))
		g->totals[g->n_totals++] = term_of_second(p, i);
}

/* Pieces before `first` in its scope, nearest first. */
static void totals_in_scope(struct group *g, const struct passage *p, int first, int scope)
{
	for (int i = first; i >= 0 && i + PIECES_AROUND > first; i--) {
		if (p->pieces[i].sentence != p->scopes[scope].sentence)
			return;
		if (p->pieces[i].scope == scope)
			add_total(g, p, i);
	}
}

/* Pieces of the sentence before, outside brackets. */
static void totals_in_sentence(struct group *g, const struct passage *p, int first,
                               size_t sentence)
{
	for (int i = first;
	     i >= 0 && i + PIECES_AROUND > first && p->pieces[i].sentence + 1 >= sentence; i--)
		if (p->pieces[i].sentence + 1 == sentence &&
		    p->scopes[p->pieces[i].scope].parent < 0)
			add_total(g, p, i);
}

static bool opens_its_scope(const struct passage *p, int i)
{
	for (int j = i - 1;
	     j >= (int)p->scopes[p->pieces[i].scope].first && j + PIECES_AROUND > i; j--)
		if (p->pieces[j].scope == p->pieces[i].scope &&
		    (p->pieces[j].figure >= 0 || p->pieces[j].rate >= 0))
			return false;
	return true;
}

void group_find_last(struct group *g, const struct passage *p)
{
	for (size_t i = p->n_pieces; i-- > 0 && g->n_totals == 0;)
		if (p->scopes[p->pieces[i].scope].parent < 0)
			totals_in_scope(g, p, (int)i, p->pieces[i].scope);
}

/* A bracket is about the figure right before it. */
static void keep_nearest(struct group *g, const struct passage *p, const struct scope *scope)
{
	size_t from, n = 0;

	while (n < g->n_totals && g->totals[n].piece == g->totals[0].piece)
		n++;
	g->n_totals = n;
	if (n == 0)
		return;
	from = g->totals[0].figure->end;
	if (from < p->words[scope->from].start)
		g->said = (struct slice){ p->lower + from, p->words[scope->from].start - from };
}

void group_find_totals(struct group *g, const struct passage *p, int first)
{
	const struct piece *piece = &p->pieces[first];
	const struct scope *scope = &p->scopes[piece->scope];

	totals_in_scope(g, p, first - 1, piece->scope);
	if (g->n_totals > 0)
		return;
	if (scope->parent >= 0) {
		totals_in_scope(g, p, scope->after, scope->parent);
		if (g->bracket)
			keep_nearest(g, p, scope);
	} else if (opens_its_scope(p, first))
		totals_in_sentence(g, p, first - 1, piece->sentence);
}

/* Parts: pieces from `first` to the end of its scope or the next opener; false: some of them is
 * only estimated, so nothing can be added up. */
static bool find_parts(struct group *g, const struct passage *p, int first, const bool *taken)
{
	const struct piece *from = &p->pieces[first];

	for (size_t i = (size_t)first; i < p->n_pieces && g->n_parts < MOST_PARTS; i++) {
		const struct piece *piece = &p->pieces[i];

		if (piece->sentence != from->sentence)
			break;
		if (piece->scope != from->scope || taken[i])
			continue;
		g->some |= (piece->flags & (1u << CUE_SOME)) != 0;
		if (piece->flags & (1u << CUE_GOAL))
			return false;
		if (!is_part(p, piece))
			continue;
		if (!figure_is_amount(passage_figure(p, piece->figure)))
			return false;
		g->parts[g->n_parts++] = term_of(p, (int)i);
	}
	return g->n_parts > 0;
}

static void take(const struct group *g, struct passage *p, bool *taken)
{
	if (g->failed && g->n_parts > 0)
		p->sum_failed[p->pieces[g->parts[0].piece].sentence] = true;
	for (size_t i = 0; i < g->n_parts; i++)
		if (g->used[i])
			taken[g->parts[i].piece] = true;
}

static ERR_RESULT judge_from(struct group *g, struct passage *p, int first, bool bracket,
                             bool *taken)
{
	group_clear(g);
	g->opener = p->pieces[first].opener;
	g->bracket = bracket;
	if (scope_closes(p, first))
		return ERR_OK; /* told by sentence_totals */
	if (!find_parts(g, p, first, taken))
		return ERR_OK;
	group_find_totals(g, p, first);
	TRY(group_judge(g));
	take(g, p, taken);
	return ERR_OK;
}

/* "99 hồ sơ (mức độ 2 là 48 hồ sơ, mức độ 3 là 51 hồ sơ)": a bracket with parts of its own. */
static bool is_bracket_list(const struct passage *p, int first)
{
	const struct scope *scope = &p->scopes[p->pieces[first].scope];

	return scope->parent >= 0 && p->pieces[first].edge == EDGE_START &&
	       p->pieces[first].from == scope->from && p->pieces[first].figure >= 0;
}

/* What no word introduces: "đã giải quyết 96 hồ sơ, đúng hạn 90, trễ hạn 6". */
static ERR_RESULT judge_unsaid(struct group *g, struct passage *p, int scope, bool *taken)
{
	group_clear(g);
	for (size_t i = p->scopes[scope].first; i < p->n_pieces && g->n_parts < MOST_PARTS;
	     i++) {
		const struct piece *piece = &p->pieces[i];

		if (piece->sentence != p->scopes[scope].sentence)
			break;
		if (piece->scope != scope || taken[i] || !is_part(p, piece) ||
		    !is_total(p, piece) || piece->flags & (1u << CUE_GOAL | 1u << CUE_SOME))
			continue;
		if (g->n_parts > 0 && piece->flags & (1u << CUE_TOTAL))
			add_total(g, p, (int)i);
		else
			g->parts[g->n_parts++] = term_of(p, (int)i);
	}
	if (g->n_parts < 2)
		return ERR_OK;
	TRY(group_judge(g));
	take(g, p, taken);
	return ERR_OK;
}

/* Forms of a survey: no more come back than went out. */
static ERR_RESULT judge_forms(struct group *g, const struct passage *p)
{
	const struct piece *issued = NULL;

	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *piece = &p->pieces[i];

		if (!is_total(p, piece))
			continue;
		if (piece->before & (1u << CUE_ISSUED))
			issued = piece;
		if (!(piece->before & (1u << CUE_RETURNED)) || !issued ||
		    issued->sentence != piece->sentence || issued->scope != piece->scope)
			continue;
		group_clear(g);
		g->opener = CUE_AMONG;
		add_total(g, p, (int)(issued - p->pieces));
		g->parts[g->n_parts++] = term_of(p, (int)i);
		TRY(group_judge(g));
	}
	return ERR_OK;
}

enum err sentence_sums(struct audit *x, struct passage *p)
{
	struct group *g;
	bool *taken;

	TRY(arena_array(x->arena, &p->sum_failed, p->block->n_sentences));
	if (p->block->text.reading.n_figures < 2)
		return ERR_OK;
	TRY(arena_new(x->arena, &g));
	g->audit = x;
	TRY(judge_forms(g, p));
	TRY(arena_array(x->arena, &taken, p->n_pieces));
	for (size_t i = p->n_pieces; i-- > 0;) {
		bool bracket = is_bracket_list(p, (int)i);

		if (p->pieces[i].opener != CUE_NONE || bracket)
			TRY(judge_from(g, p, (int)i, bracket, taken));
	}
	for (size_t i = 0; i < p->n_scopes; i++)
		if (p->scopes[i].parent < 0)
			TRY(judge_unsaid(g, p, (int)i, taken));
	return ERR_OK;
}
