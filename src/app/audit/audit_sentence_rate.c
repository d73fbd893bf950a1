/* audit_sentence_rate.c - rates against their operands in the same sentence. */
#include "app/audit/audit_term.h"

/* Operands of a rate. */
struct operands {
	struct number part, whole;
	struct term from;  /* the figure that holds the part */
	struct term other; /* the one that holds the whole */
	bool two;          /* `other` is another figure than `from` */
};

bool figure_is_rate(const struct figure *f)
{
	return f->unit == FIGURE_PERCENT && f->bound == FIGURE_EXACT && number_is_none(f->to) &&
	       !(f->marks & (FIGURE_CHANGE | FIGURE_LABEL | FIGURE_RANK | FIGURE_PER));
}

static bool is_countable(const struct figure *f)
{
	return figure_is_amount(f) || (f->unit == FIGURE_COUNT && !number_is_none(f->out_of) &&
	                               !(f->marks & (FIGURE_LABEL | FIGURE_RANK)));
}

/* ---- fractions ---- */

/* Whether the second figure of a piece is what the first one is out of: "51 hồ sơ trên tổng số
 * 96 hồ sơ", "51 hồ sơ/96 hồ sơ". */
static bool second_is_whole(const struct passage *p, const struct piece *piece)
{
	bool between = false, joint = false;

	for (size_t i = piece->from; i < piece->to; i++) {
		const struct word *w = &p->words[i];

		if (w->scope != piece->scope)
			continue;
		if (w->kind == WORD_FIGURE && w->figure == piece->second)
			return joint;
		if (w->kind == WORD_FIGURE)
			between |= w->figure == piece->figure;
		else if (between)
			joint |= w->kind == WORD_SLASH || w->cue == CUE_ON ||
			         (w->cue == CUE_TOTAL && passage_word_is(p, i - 1, "trong")) ||
			         (passage_word_is(p, i, "trên") && i + 1 < piece->to &&
			          p->words[i + 1].kind == WORD_FIGURE);
	}
	return false;
}

/* "Trong 96 hồ sơ tiếp nhận có 51 hồ sơ trực tuyến": the whole comes first. */
static bool first_is_whole(const struct passage *p, const struct piece *piece)
{
	bool opened = false;

	for (size_t i = piece->from; i < piece->to; i++) {
		const struct word *w = &p->words[i];

		if (w->kind == WORD_FIGURE && w->figure == piece->second)
			return i > piece->from && passage_word_is(p, i - 1, "có") && opened;
		if (w->kind == WORD_FIGURE && w->figure == piece->figure && !opened)
			return false;
		opened |= passage_word_is(p, i, "trong") || passage_word_is(p, i, "trên");
	}
	return false;
}

static bool fraction_of(struct operands *o, const struct passage *p, int i)
{
	const struct piece *piece = &p->pieces[i];
	const struct figure *f;

	if (piece->figure < 0)
		return false;
	f = passage_figure(p, piece->figure);
	if (!is_countable(f))
		return false;
	*o = (struct operands){ .part = f->value, .from = term_of(p, i) };
	o->other = o->from;
	if (!number_is_none(f->out_of)) {
		o->whole = f->out_of;
		return true;
	}
	if (piece->second < 0 || !is_countable(passage_figure(p, piece->second)))
		return false;
	o->other = term_of_second(p, i);
	o->two = true;
	if (first_is_whole(p, piece)) {
		struct term whole = o->from;

		o->from = o->other;
		o->other = whole;
		o->part = o->from.value;
	} else if (!second_is_whole(p, piece))
		return false;
	o->whole = o->other.value;
	return noun_fit(&o->other, &o->from) >= NOUN_OPEN;
}

/* ---- reporting ---- */

void rate_at(struct audit_draft *d, const struct passage *p, const struct figure *rate)
{
	audit_at(d, &p->block->text, rate->start, rate->end, true);
}

static ERR_RESULT division(const char **out, struct arena *a, const struct operands *o,
                           const struct figure *rate)
{
	char part[NUMBER_TEXT], whole[NUMBER_TEXT], percent[NUMBER_TEXT];
	int places = rate->value.places > 2 ? rate->value.places : 2;

	return arena_printf(a, out, "%s/%s = %s%%", number_vn(o->part, part),
	                    number_vn(o->whole, whole),
	                    number_vn(number_percent(o->part, o->whole, places), percent));
}

static ERR_RESULT say_rate(struct audit *x, const struct passage *p, const struct operands *o,
                           const struct figure *rate, enum audit_verdict verdict)
{
	const char *stated, *computed;
	struct audit_draft d;

	TRY(arena_strndup(x->arena, &stated, p->block->text.text + rate->start,
	                  rate->end - rate->start));
	TRY(division(&computed, x->arena, o, rate));
	audit_begin(&d, x, AUDIT_RATIO, verdict);
	term_at(&d, &o->from);
	if (o->two)
		term_at(&d, &o->other);
	rate_at(&d, p, rate);
	audit_say(&d, computed, stated, computed);
	if (verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_SENTENCE_RATE, stated, computed);
}

static ERR_RESULT say_zero(struct audit *x, const struct passage *p, const struct operands *o,
                           const struct figure *rate)
{
	const char *stated, *quote;
	struct audit_draft d;

	TRY(arena_strndup(x->arena, &stated, p->block->text.text + rate->start,
	                  rate->end - rate->start));
	TRY(term_quote(&quote, x->arena, &o->other));
	audit_begin(&d, x, AUDIT_ZERO_DENOMINATOR, AUDIT_SUSPECT);
	term_at(&d, &o->from);
	rate_at(&d, p, rate);
	audit_say(&d, quote, stated, "0/0");
	return audit_end(&d, MSG_AUDIT_SENTENCE_ZERO, stated);
}

/* A rate with operands that nothing else can be. */
static ERR_RESULT judge_pair(struct audit *x, const struct passage *p, const struct operands *o,
                             const struct figure *rate, bool sure)
{
	enum number_fit fit = number_fits_percent(rate->value, o->part, o->whole);

	if (number_eq(o->whole, number_int(0)))
		return number_eq(o->part, o->whole) ? say_zero(x, p, o, rate) : ERR_OK;
	if (fit == NUMBER_NO_RATE)
		return ERR_OK;
	if (fit != NUMBER_DIFFERS)
		return say_rate(x, p, o, rate, AUDIT_HOLDS);
	return sure ? say_rate(x, p, o, rate, AUDIT_FAIL) : ERR_OK;
}

/* ---- where the operands of a rate stand ---- */

/* What stands around a rate in its piece. */
struct place {
	int piece;
	size_t word;
	bool labelled; /* words before it say what it is a rate of: "đúng hạn đạt 97%" */
	bool linked;   /* "chiếm", "đạt", "tỷ lệ" right before it */
	bool of_total; /* "87% tổng số ..." */
	bool noun;     /* "97% hồ sơ ..." */
	bool other;    /* a rate of growth or a goal */
	bool plan;     /* "95% kế hoạch" */
	bool before;   /* "112% so với cùng kỳ": of the earlier value */
};

static struct place place_of(const struct passage *p, int piece, size_t word)
{
	const struct piece *at = &p->pieces[piece];
	struct place place = { .piece = piece, .word = word };
	size_t next = word + 1;

	for (size_t i = at->from; i < word; i++) {
		const struct word *w = &p->words[i];

		if (w->scope != at->scope)
			continue;
		if (w->kind == WORD_COMMA)
			place.labelled = false; /* of what stands before it */
		place.linked |= w->cue == CUE_SHARE || w->cue == CUE_REACH;
		place.labelled |= w->cue == CUE_LABEL && w->value != 0;
	}
	place.other = at->flags & (1u << CUE_UP | 1u << CUE_DOWN | 1u << CUE_GOAL |
	                           1u << CUE_SINCE | 1u << CUE_EACH);
	place.before = at->flags & (1u << CUE_BEFORE);
	if (next < at->to && p->words[next].scope == at->scope &&
	    p->words[next].kind == WORD_PLAIN) {
		place.of_total = p->words[next].cue == CUE_TOTAL;
		place.plan = p->words[next].cue == CUE_PLAN;
		place.noun = !place.plan && p->words[next].cue != CUE_TOTAL &&
		             p->words[next].cue != CUE_ON &&
		             !str_starts(p->lower + p->words[next].start, "khối lượng");
	}
	return place;
}

/* The piece with a figure right before piece `i` in its scope, words alone passed over; -1. */
static int piece_before(const struct passage *p, int i)
{
	for (int j = i - 1; j >= 0 && p->pieces[j].sentence == p->pieces[i].sentence; j--) {
		const struct piece *piece = &p->pieces[j];

		if (piece->scope != p->pieces[i].scope)
			continue;
		if (piece->figure >= 0)
			return j;
		if (piece->rate >= 0 || piece->edge == EDGE_SEMICOLON)
			return -1;
	}
	return -1;
}

/* "97% (32/33)", "97% hồ sơ đúng hạn (32/33 hồ sơ)": the bracket after a rate. */
static int bracket_after(const struct passage *p, const struct place *place)
{
	const struct piece *at = &p->pieces[place->piece];
	struct operands o;

	for (size_t i = place->word + 1; i < at->to; i++) {
		if (p->words[i].kind == WORD_OPEN) {
			for (size_t j = (size_t)place->piece; j < p->n_pieces; j++)
				if (p->pieces[j].sentence != at->sentence)
					break;
				else if (p->pieces[j].from == i + 1)
					return fraction_of(&o, p, (int)j) &&
					                       p->pieces[j].rate < 0
					               ? (int)j
					               : -1;
			return -1;
		}
		if (p->words[i].scope != at->scope || p->words[i].kind == WORD_FIGURE)
			return -1;
	}
	return -1;
}

/* The figure before the rate that it belongs to, by the way they stand; -1: none. */
static int source_of(const struct passage *p, const struct place *place)
{
	const struct piece *at = &p->pieces[place->piece];
	const struct scope *scope = &p->scopes[at->scope];

	if (at->figure >= 0)
		return passage_figure(p, at->figure)->start < p->words[place->word].start
		               ? place->piece
		               : -1;
	if (scope->parent >= 0 && at->from == scope->from)
		return p->pieces[scope->after].figure >= 0 ? scope->after : -1;
	if (!place->linked || (at->edge != EDGE_COMMA && at->edge != EDGE_AND))
		return -1;
	return piece_before(p, place->piece);
}

/* ---- shares of a total ---- */

/* The opener, or the bracket, that the piece is a part after; -1. */
static int opener_of(const struct passage *p, int piece)
{
	for (int i = piece; i >= 0 && p->pieces[i].sentence == p->pieces[piece].sentence; i--)
		if (p->pieces[i].scope == p->pieces[piece].scope &&
		    (p->pieces[i].opener != CUE_NONE || p->pieces[i].edge == EDGE_START))
			return p->pieces[i].opener != CUE_NONE ||
			                       p->scopes[p->pieces[i].scope].parent >= 0
			               ? i
			               : -1;
	return -1;
}

static bool fits(struct number rate, struct number part, struct number whole)
{
	enum number_fit fit = number_fits_percent(rate, part, whole);

	return fit == NUMBER_FITS || fit == NUMBER_TRUNCATED;
}

enum { FIGURES_AROUND = 60 };

static size_t around(size_t figure)
{
	return figure > FIGURES_AROUND ? figure - FIGURES_AROUND : 0;
}

/* Whether some two figures of the paragraph explain the rate: a part of the sentence, or what
 * is left without it, of any whole. */
static bool explained(const struct passage *p, const struct place *place, int source,
                      struct operands *o)
{
	size_t of = (size_t)p->words[place->word].figure;
	struct number rate = passage_figure(p, (int)of)->value;
	const struct reading *r = &p->block->text.reading;
	struct number part = passage_figure(p, p->pieces[source].figure)->value;

	for (size_t i = around(of); i < r->n_figures && i < of + FIGURES_AROUND; i++) {
		struct number whole = r->figures[i].value;

		if (r->figures[i].unit != FIGURE_COUNT && r->figures[i].unit != FIGURE_DONG)
			continue;
		if (fits(rate, part, whole)) {
			o->part = part;
			o->whole = whole;
			return true;
		}
		if (fits(rate, number_sub(whole, part), whole)) {
			o->part = number_sub(whole, part);
			o->whole = whole;
			return true;
		}
	}
	return false;
}

/* "được giao 20 nhiệm vụ, đã hoàn thành 18 nhiệm vụ, đạt 90%" */
static bool is_done_of(const struct passage *p, int source, struct term *whole)
{
	int before = piece_before(p, source);
	struct term part = term_of(p, source);

	if (before < 0 || !(part.values[ASPECT_STAGE] & STAGE_DONE) ||
	    p->pieces[source].opener != CUE_NONE)
		return false;
	*whole = term_of(p, before);
	return (whole->values[ASPECT_STAGE] & STAGE_RECEIVED ||
	        whole->flags & (1u << CUE_TOTAL | 1u << CUE_PLAN)) &&
	       noun_fit(whole, &part) == NOUN_SAME && figure_is_amount(whole->figure);
}

/* "đã giải quyết 390 hồ sơ, ...; đúng hạn 385 hồ sơ, đạt 98,7%": of what was done. */
static bool is_timely_of(const struct passage *p, int source, struct term *whole)
{
	struct term part = term_of(p, source);

	if (!part.values[ASPECT_TIME] || part.values[ASPECT_STAGE] || part.noun.len == 0)
		return false;
	for (int i = source - 1; i >= 0 && p->pieces[i].sentence == p->pieces[source].sentence;
	     i--) {
		if (p->pieces[i].figure < 0 || p->pieces[i].scope != p->pieces[source].scope)
			continue;
		*whole = term_of(p, i);
		if (whole->values[ASPECT_TIME])
			continue;
		return whole->values[ASPECT_STAGE] == STAGE_DONE &&
		       noun_fit(whole, &part) == NOUN_SAME && figure_is_amount(whole->figure);
	}
	return false;
}

/* What a part is a share of, by the words before it. */
static bool find_whole(struct audit *x, const struct passage *p, int source, struct operands *o)
{
	int opener = opener_of(p, source);
	struct group *g;

	if (opener >= 0) {
		if (arena_new(x->arena, &g) != ERR_OK)
			return false;
		group_find_totals(g, p, opener);
		for (size_t i = 0; i < g->n_totals; i++)
			if (noun_fit(&g->totals[i], &o->from) >= NOUN_OPEN) {
				o->other = g->totals[i];
				return true;
			}
		return false;
	}
	return is_done_of(p, source, &o->other) || is_timely_of(p, source, &o->other);
}

static ERR_RESULT judge_share(struct audit *x, const struct passage *p,
                              const struct place *place, int source)
{
	const struct figure *rate = passage_figure(p, p->words[place->word].figure);
	struct operands o = { .from = term_of(p, source) };
	bool sure;

	if (!figure_is_amount(o.from.figure) ||
	    (p->pieces[source].before & (1u << CUE_PLAN) && place->piece != source &&
	     p->scopes[p->pieces[source].scope].parent >= 0))
		return ERR_OK; /* "94 lượt (kế hoạch 90 lượt, đạt 104%)": 90 is the whole */
	o.other = o.from;
	if (explained(p, place, source, &o))
		return say_rate(x, p, &o, rate, AUDIT_HOLDS);
	o.part = o.from.value;
	if (!find_whole(x, p, source, &o))
		return ERR_OK;
	o.whole = o.other.value;
	o.two = true;
	/* "gồm A, B, chiếm 87% tổng số": of B, or of both */
	if (p->pieces[source].edge != EDGE_START && p->pieces[source].opener == CUE_NONE &&
	    place->piece != source && place->of_total)
		return judge_pair(x, p, &o, rate, false);
	sure = !p->sum_failed[p->pieces[source].sentence] && !place->noun && !place->labelled &&
	       number_cmp(o.part, o.whole) <= 0;
	return judge_pair(x, p, &o, rate, sure);
}

/* "231 hồ sơ trực tuyến, chiếm 47,6% trong tổng số 485 hồ sơ": the whole follows the rate. */
static bool whole_after(struct operands *o, const struct passage *p, const struct place *place)
{
	const struct piece *at = &p->pieces[place->piece];
	int source = piece_before(p, place->piece);
	bool total = false;

	if (source < 0 || at->figure < 0 || !place->linked ||
	    (at->edge != EDGE_COMMA && at->edge != EDGE_AND))
		return false;
	for (size_t i = place->word + 1; i < at->to; i++) {
		const struct word *w = &p->words[i];

		total |= w->cue == CUE_TOTAL || w->cue == CUE_ON;
		if (w->kind == WORD_FIGURE) {
			if (!total || w->figure != at->figure)
				return false;
			*o = (struct operands){ .from = term_of(p, source),
				                .other = term_of(p, place->piece),
				                .two = true };
			o->part = o->from.value;
			o->whole = o->other.value;
			return figure_is_amount(o->from.figure) &&
			       figure_is_amount(o->other.figure) &&
			       noun_fit(&o->other, &o->from) >= NOUN_OPEN;
		}
	}
	return false;
}

/* An amount, also one of the earlier period. */
static bool is_level(const struct figure *f)
{
	struct figure level = *f;

	if (f->marks & FIGURE_FROM)
		level.marks &= ~(unsigned)FIGURE_CHANGE;
	return figure_is_amount(&level);
}

/* "230 triệu đồng, bằng 92% kế hoạch (250 triệu đồng)", "560 hồ sơ, bằng 112% so với cùng kỳ
 * năm 2023 (500 hồ sơ)": the bracket after the rate says what it is of. */
static bool bracket_is_whole(struct operands *o, const struct passage *p,
                             const struct place *place)
{
	int source = source_of(p, place);

	if (source < 0 || !place->linked)
		return false;
	for (size_t i = 0; i < p->n_scopes; i++) {
		const struct scope *scope = &p->scopes[i];

		if (scope->after != place->piece || scope->from <= place->word ||
		    p->pieces[scope->first].figure < 0)
			continue;
		*o = (struct operands){ .from = term_of(p, source),
			                .other = term_of(p, (int)scope->first),
			                .two = true };
		o->part = o->from.value;
		o->whole = o->other.value;
		return is_level(o->from.figure) && is_level(o->other.figure) &&
		       noun_fit(&o->other, &o->from) >= NOUN_OPEN;
	}
	return false;
}

/* A rate of a plan, or of the period before: only what stands beside it says of what. */
static ERR_RESULT judge_told(struct audit *x, const struct passage *p,
                             const struct place *place, const struct figure *rate)
{
	struct operands o;
	int at = source_of(p, place);

	if (bracket_is_whole(&o, p, place))
		return judge_pair(x, p, &o, rate, true);
	if (place->before || at < 0 || !fraction_of(&o, p, at) || o.two)
		return ERR_OK;
	return judge_pair(x, p, &o, rate, at != place->piece);
}

static ERR_RESULT judge_rate(struct audit *x, const struct passage *p, int piece, size_t word)
{
	const struct figure *rate = passage_figure(p, p->words[word].figure);
	struct place place = place_of(p, piece, word);
	struct operands o;
	int at;

	if (!figure_is_rate(rate) || place.other)
		return ERR_OK;
	if (place.plan || place.before)
		return judge_told(x, p, &place, rate);
	at = bracket_after(p, &place);
	if (at >= 0 && fraction_of(&o, p, at))
		return judge_pair(x, p, &o, rate, true);
	if (whole_after(&o, p, &place))
		return judge_pair(x, p, &o, rate, true);
	at = source_of(p, &place);
	if (at < 0)
		return ERR_OK;
	if (fraction_of(&o, p, at))
		return judge_pair(x, p, &o, rate,
		                  !place.noun && (!place.labelled || at == piece));
	return judge_share(x, p, &place, at);
}

/* ---- fractions over one ---- */

/* A plan can be exceeded, where the sentence says so: "12/10 mô hình, đạt 120% kế hoạch". */
static bool says_exceeded(const struct passage *p, size_t at)
{
	size_t i = at > PIECES_AROUND ? at - PIECES_AROUND : 0;

	for (; i < p->n_pieces && i < at + PIECES_AROUND; i++) {
		const struct piece *piece = &p->pieces[i];

		if (piece->sentence != p->pieces[at].sentence)
			continue;
		if (piece->flags & (1u << CUE_EXCEEDS | 1u << CUE_GOAL))
			return true;
		if (piece->rate >= 0 &&
		    number_cmp(passage_figure(p, piece->rate)->value, number_int(100)) > 0)
			return true;
	}
	return false;
}

static ERR_RESULT judge_fraction(struct audit *x, const struct passage *p, int i)
{
	const char *quote, *relation;
	char part[NUMBER_TEXT], whole[NUMBER_TEXT];
	struct audit_draft d;
	struct operands o;

	if (!fraction_of(&o, p, i) || o.other.noun.len == 0)
		return ERR_OK;
	if (number_cmp(o.part, o.whole) <= 0) {
		audit_count(x);
		return ERR_OK;
	}
	if (says_exceeded(p, (size_t)i))
		return ERR_OK;
	TRY(term_quote(&quote, x->arena, &o.from));
	TRY(arena_printf(x->arena, &relation, "%s <= %s", number_vn(o.part, part),
	                 number_vn(o.whole, whole)));
	audit_begin(&d, x, AUDIT_SUBSET, AUDIT_FAIL);
	term_at(&d, &o.from);
	if (o.two)
		term_at(&d, &o.other);
	audit_say(&d, relation, quote, relation);
	return audit_end(&d, MSG_AUDIT_SENTENCE_FRACTION, quote, part, whole);
}

enum err sentence_rates(struct audit *x, const struct passage *p)
{
	for (size_t i = 0; i < p->n_pieces; i++) {
		const struct piece *piece = &p->pieces[i];

		if (piece->figure >= 0)
			TRY(judge_fraction(x, p, (int)i));
		if (piece->rate < 0 || x->document->head.is_plan)
			continue;
		TRY(rate_bounds(x, p, (int)i));
		for (size_t w = piece->from; w < piece->to; w++)
			if (p->words[w].kind == WORD_FIGURE &&
			    p->words[w].figure == piece->rate)
				TRY(judge_rate(x, p, (int)i, w));
	}
	return ERR_OK;
}
