/* audit_flow.c - what was brought forward and what came in is what was resolved and what is
 * left: "kỳ trước chuyển sang 7 đơn, nhận mới 10 đơn; đã giải quyết 12 đơn, còn lại 5 đơn". */
#include "app/audit/audit_term.h"

enum flow_role { FLOW_NONE, FLOW_BEFORE, FLOW_NEW, FLOW_DONE, FLOW_LEFT, FLOW_ROLES };

struct flow {
	struct term of[FLOW_ROLES];
	size_t n[FLOW_ROLES];
};

static enum flow_role role_of(const struct piece *piece)
{
	const unsigned *values = piece->values;
	const unsigned carried = values[ASPECT_ORIGIN];

	if (values[ASPECT_TIME] || values[ASPECT_CHANNEL] || values[ASPECT_LEVEL] ||
	    values[ASPECT_SERVICE] ||
	    piece->before &
	            (1u << CUE_BEFORE | 1u << CUE_SINCE | 1u << CUE_APART | 1u << CUE_TOTAL))
		return FLOW_NONE;
	if (piece->flags & (1u << CUE_REST))
		return FLOW_LEFT;
	if (carried == ONE)
		return FLOW_BEFORE;
	if (carried == OTHER || values[ASPECT_STAGE] == STAGE_RECEIVED)
		return FLOW_NEW;
	if (values[ASPECT_STAGE] == STAGE_DONE)
		return FLOW_DONE;
	return values[ASPECT_STAGE] & (STAGE_DOING | STAGE_NOT) ? FLOW_LEFT : FLOW_NONE;
}

/* Every role once, all of the same noun. */
static bool is_whole(const struct flow *f)
{
	for (int i = FLOW_BEFORE; i < FLOW_ROLES; i++)
		if (f->n[i] != 1)
			return false;
	for (int i = FLOW_BEFORE; i < FLOW_ROLES; i++)
		if (noun_fit(&f->of[FLOW_NEW], &f->of[i]) < NOUN_OPEN)
			return false;
	return true;
}

static void read_flow(struct flow *f, const struct passage *p, size_t from, size_t sentence)
{
	for (size_t i = from; i < p->n_pieces && p->pieces[i].sentence == sentence; i++) {
		const struct piece *piece = &p->pieces[i];
		enum flow_role role = piece->figure >= 0 ? role_of(piece) : FLOW_NONE;

		if (role == FLOW_NONE)
			continue;
		f->of[role] = term_of(p, (int)i);
		f->n[role] += figure_is_amount(f->of[role].figure) ? 1 : 2;
	}
}

static ERR_RESULT judge(struct audit *x, const struct flow *f)
{
	struct number in = number_add(f->of[FLOW_BEFORE].value, f->of[FLOW_NEW].value);
	struct number out = number_add(f->of[FLOW_DONE].value, f->of[FLOW_LEFT].value);
	char text[FLOW_ROLES][NUMBER_TEXT], sum[2][NUMBER_TEXT];
	const char *stated, *computed;
	struct audit_draft d;

	if (number_is_none(in) || number_is_none(out))
		return ERR_OK;
	for (int i = FLOW_BEFORE; i < FLOW_ROLES; i++)
		number_vn(f->of[i].value, text[i]);
	TRY(arena_printf(x->arena, &stated, "%s + %s = %s", text[FLOW_BEFORE], text[FLOW_NEW],
	                 number_vn(in, sum[0])));
	TRY(arena_printf(x->arena, &computed, "%s + %s = %s", text[FLOW_DONE], text[FLOW_LEFT],
	                 number_vn(out, sum[1])));
	audit_begin(&d, x, AUDIT_SUM, number_eq(in, out) ? AUDIT_HOLDS : AUDIT_FAIL);
	for (int i = FLOW_BEFORE; i < FLOW_ROLES; i++)
		term_at(&d, &f->of[i]);
	audit_say(&d, "kỳ trước + mới = đã giải quyết + còn lại", stated, computed);
	if (d.finding.verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_SENTENCE_FLOW, stated, computed);
}

enum err sentence_flow(struct audit *x, struct passage *p)
{
	for (size_t i = 0; i < p->n_scopes; i++) {
		const struct scope *scope = &p->scopes[i];
		struct flow f = { 0 };

		if (scope->parent >= 0 || p->sum_failed[scope->sentence])
			continue;
		read_flow(&f, p, scope->first, scope->sentence);
		if (is_whole(&f))
			TRY(judge(x, &f));
	}
	return ERR_OK;
}
