/* audit_rate_bounds.c - what no rate can be, whatever it is computed from. */
#include "app/audit/audit_term.h"

/* A rate of a part cannot pass 100%: on time, valid, satisfied. */
static ERR_RESULT judge_over_hundred(struct audit *x, const struct passage *p, int i)
{
	const struct piece *piece = &p->pieces[i];
	const struct figure *rate = passage_figure(p, piece->rate);
	const char *stated;
	struct audit_draft d;

	if (!figure_is_rate(rate) || number_cmp(rate->value, number_int(100)) <= 0 ||
	    !(piece->values[ASPECT_TIME] || piece->values[ASPECT_VALID] ||
	      piece->values[ASPECT_CONTENT]) ||
	    piece->flags & (1u << CUE_EXCEEDS | 1u << CUE_PLAN | 1u << CUE_UP | 1u << CUE_DOWN |
	                    1u << CUE_BEFORE))
		return ERR_OK;
	TRY(arena_strndup(x->arena, &stated, p->block->text.text + rate->start,
	                  rate->end - rate->start));
	audit_begin(&d, x, AUDIT_RATIO, AUDIT_FAIL);
	rate_at(&d, p, rate);
	audit_say(&d, "tỷ lệ <= 100%", stated, "<= 100%");
	return audit_end(&d, MSG_AUDIT_RATE_OVER_HUNDRED, stated);
}

/* The piece of the paragraph that counts late ones of the noun of a rate; -1. */
static int late_piece(const struct passage *p, const struct piece *at,
                      const struct figure *rate)
{
	struct term of = { .figure = rate };

	of.noun = (struct slice){ p->lower + rate->noun, rate->noun_end - rate->noun };
	for (size_t i = 0; i < p->n_pieces && i < PIECES_AROUND; i++) {
		const struct piece *piece = &p->pieces[i];
		struct term t;
		struct figure same;

		if (piece->figure < 0 || piece->values[ASPECT_TIME] != TIME_LATE ||
		    piece->before & (1u << CUE_BEFORE | 1u << CUE_SINCE | 1u << CUE_NO))
			continue;
		t = term_of(p, (int)i);
		same = *rate;
		same.unit = t.figure->unit;
		of.figure = &same;
		if (figure_is_amount(t.figure) && number_cmp(t.value, number_int(0)) > 0 &&
		    !t.noun_is_label &&
		    (of.noun.len > 0 ? noun_fit(&of, &t) == NOUN_SAME
		                     : piece->sentence == at->sentence))
			return (int)i;
	}
	return -1;
}

/* "100% hồ sơ được giải quyết đúng hạn" beside "trễ hạn 02 hồ sơ". */
static ERR_RESULT judge_all_on_time(struct audit *x, const struct passage *p, int i)
{
	const struct piece *piece = &p->pieces[i];
	const struct figure *rate = passage_figure(p, piece->rate);
	const char *quote;
	struct audit_draft d;
	struct term late;
	int at;

	if (!figure_is_rate(rate) || !number_eq(rate->value, number_int(100)) ||
	    piece->figure >= 0 || piece->values[ASPECT_TIME] == 0 ||
	    piece->values[ASPECT_TIME] & (TIME_LATE | TIME_WITHIN) ||
	    piece->values[ASPECT_CHANNEL] || piece->values[ASPECT_LEVEL] ||
	    piece->values[ASPECT_SERVICE] || piece->flags & (1u << CUE_GOAL))
		return ERR_OK;
	at = late_piece(p, piece, rate);
	if (at < 0)
		return ERR_OK;
	late = term_of(p, at);
	TRY(term_quote(&quote, x->arena, &late));
	audit_begin(&d, x, AUDIT_RATIO, AUDIT_FAIL);
	rate_at(&d, p, rate);
	term_at(&d, &late);
	audit_say(&d, "100% đúng hạn thì không có trễ hạn", "100%", quote);
	return audit_end(&d, MSG_AUDIT_ALL_ON_TIME, quote);
}

enum err rate_bounds(struct audit *x, const struct passage *p, int piece)
{
	TRY(judge_over_hundred(x, p, piece));
	return judge_all_on_time(x, p, piece);
}
