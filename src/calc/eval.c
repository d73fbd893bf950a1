#include "calc/eval.h"

static const struct calc_value blank = { CALC_BLANK, 0, 1 };
static const struct calc_value absent = { CALC_ABSENT, 0, 1 };

static calc_wide magnitude(calc_wide n)
{
	return n < 0 ? -n : n;
}

static calc_wide common_divisor(calc_wide a, calc_wide b)
{
	while (b) {
		calc_wide rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Operands stay below 2^62 or so after reduction, or the value is given up as blank: the
 * sums of products in add() then cannot overflow. */
static struct calc_value reduced(calc_wide n, calc_wide d, struct calc_report *report)
{
	const calc_wide most = (calc_wide)1 << 62;
	calc_wide divisor = common_divisor(magnitude(n), d);

	if (divisor > 1) {
		n /= divisor;
		d /= divisor;
	}
	if (magnitude(n) >= most || d >= most) {
		report->overflow = true;
		return blank;
	}
	return (struct calc_value){ CALC_KNOWN, n, d };
}

struct calc_value calc_known(dec_t d)
{
	struct calc_report ignored = { 0 };

	return dec_is_none(d) ? blank : reduced(d.micro, DEC_ONE, &ignored);
}

static calc_wide power_of_ten(int places)
{
	calc_wide power = 1;

	while (places-- > 0)
		power *= 10;
	return power;
}

dec_t calc_round(struct calc_value v, int places)
{
	if (v.state != CALC_KNOWN)
		return DEC_NONE;
	calc_wide scaled = magnitude(v.n) * power_of_ten(places);
	calc_wide rounded = (2 * scaled + v.d) / (2 * v.d) * power_of_ten(6 - places);

	if (rounded >= INT64_MAX)
		return DEC_NONE;
	return (dec_t){ (int64_t)(v.n < 0 ? -rounded : rounded) };
}

int calc_order(struct calc_value a, struct calc_value b)
{
	calc_wide left = a.n * b.d, right = b.n * a.d;

	return (left > right) - (left < right);
}

/* A sum goes on without what is absent; what is blank leaves it blank, and that is reported
 * when another part is known. */
static struct calc_value add(struct calc_value a, struct calc_value b, int sign,
                             struct calc_report *report)
{
	if (b.state == CALC_ABSENT)
		return a;
	if (a.state == CALC_ABSENT && b.state == CALC_KNOWN)
		return (struct calc_value){ CALC_KNOWN, sign * b.n, b.d };
	if (a.state == CALC_KNOWN && b.state == CALC_KNOWN)
		return reduced(a.n * b.d + sign * b.n * a.d, a.d * b.d, report);
	if (a.state == CALC_KNOWN || b.state == CALC_KNOWN)
		report->partial = true;
	return blank;
}

static struct calc_value divide(struct calc_value a, struct calc_value b,
                                struct calc_report *report)
{
	if (b.n == 0) {
		report->divided_by_zero |= a.n != 0;
		return blank;
	}
	if (b.n < 0)
		return reduced(-a.n * b.d, -b.n * a.d, report);
	return reduced(a.n * b.d, b.n * a.d, report);
}

/* Product, quotient: known only when both sides are. */
static struct calc_value combine(enum calc_op op, struct calc_value a, struct calc_value b,
                                 struct calc_report *report)
{
	if (a.state == CALC_ABSENT && b.state == CALC_ABSENT)
		return absent;
	if (a.state != CALC_KNOWN || b.state != CALC_KNOWN)
		return blank;
	if (op == CALC_MULTIPLY)
		return reduced(a.n * b.n, a.d * b.d, report);
	return divide(a, b, report);
}

struct calc_value calc_percent(struct calc_value part, struct calc_value whole,
                               struct calc_report *report)
{
	if (part.state == CALC_KNOWN)
		part = combine(CALC_MULTIPLY, calc_known(dec_from_int(100)), part, report);
	return combine(CALC_DIVIDE, part, whole, report);
}

static struct calc_value branch(const struct calc_node *node, const struct calc_env *env,
                                struct calc_report *report)
{
	enum calc_truth truth = calc_check(node->a, env, report).truth;

	if (truth == CALC_UNKNOWN)
		return blank;
	if (truth == CALC_TRUE)
		return calc_number(node->b, env, report);
	return node->otherwise ? calc_number(node->otherwise, env, report) : absent;
}

struct calc_value calc_number(const struct calc_node *node, const struct calc_env *env,
                              struct calc_report *report)
{
	struct calc_value a;

	switch ((int)node->op) {
	case CALC_CONST:
		return calc_known(node->number);
	case CALC_REF:
		return env->ref(env->self, node->ref);
	case CALC_TOTAL:
		return env->total(env->self, node->total);
	case CALC_DENOMINATOR:
		return env->denominator(env->self);
	case CALC_IF:
		return branch(node, env, report);
	case CALC_NEGATE:
		a = calc_number(node->a, env, report);
		a.n = -a.n;
		return a;
	case CALC_ADD:
	case CALC_SUBTRACT:
		a = calc_number(node->a, env, report);
		return add(a, calc_number(node->b, env, report), node->op == CALC_ADD ? 1 : -1,
		           report);
	default:
		a = calc_number(node->a, env, report);
		return combine(node->op, a, calc_number(node->b, env, report), report);
	}
}

/* ---- checks ---- */

static struct calc_verdict verdict(bool yes)
{
	return (struct calc_verdict){ .truth = yes ? CALC_TRUE : CALC_FALSE };
}

static bool holds(enum calc_compare compare, int order)
{
	switch (compare) {
	case CALC_EQ:
		return order == 0;
	case CALC_NE:
		return order != 0;
	case CALC_LT:
		return order < 0;
	case CALC_LE:
		return order <= 0;
	case CALC_GT:
		return order > 0;
	case CALC_GE:
		return order >= 0;
	}
	return false;
}

static struct calc_verdict compare(const struct calc_node *node, const struct calc_env *env,
                                   struct calc_report *report)
{
	struct calc_verdict v = { CALC_UNKNOWN, node, calc_number(node->a, env, report),
		                  calc_number(node->b, env, report) };

	if (v.left.state == CALC_KNOWN && v.right.state == CALC_KNOWN)
		v.truth = holds(node->compare, calc_order(v.left, v.right)) ? CALC_TRUE
		                                                            : CALC_FALSE;
	return v;
}

/* `deciding` is the truth that settles the question whatever the other side is. */
static struct calc_verdict join(const struct calc_node *node, const struct calc_env *env,
                                struct calc_report *report, enum calc_truth deciding)
{
	struct calc_verdict a = calc_check(node->a, env, report), b;

	if (a.truth == deciding)
		return a;
	b = calc_check(node->b, env, report);
	if (b.truth == deciding)
		return b;
	return a.truth == CALC_UNKNOWN ? a : b;
}

static struct calc_verdict implied(const struct calc_node *node, const struct calc_env *env,
                                   struct calc_report *report)
{
	struct calc_verdict condition = calc_check(node->a, env, report);

	if (condition.truth == CALC_UNKNOWN)
		return condition;
	if (condition.truth == CALC_TRUE)
		return calc_check(node->b, env, report);
	return node->otherwise ? calc_check(node->otherwise, env, report) : verdict(true);
}

static struct calc_verdict negated(struct calc_verdict v)
{
	if (v.truth != CALC_UNKNOWN)
		v.truth = v.truth == CALC_TRUE ? CALC_FALSE : CALC_TRUE;
	return v;
}

struct calc_verdict calc_check(const struct calc_node *node, const struct calc_env *env,
                               struct calc_report *report)
{
	switch ((int)node->op) {
	case CALC_COMPARE:
		return compare(node, env, report);
	case CALC_AND:
		return join(node, env, report, CALC_FALSE);
	case CALC_OR:
		return join(node, env, report, CALC_TRUE);
	case CALC_NOT:
		return negated(calc_check(node->a, env, report));
	case CALC_IF:
		return implied(node, env, report);
	case CALC_CHOSEN:
		return verdict(str_eq(env->choice(env->self, node->name), node->word));
	case CALC_UNIT_IS:
		return verdict(str_eq(env->unit_tier, node->word));
	case CALC_ENTERED:
		return verdict(env->entered(env->self, node->ref));
	default:
		return verdict(env->ref(env->self, node->ref).state != CALC_KNOWN);
	}
}
