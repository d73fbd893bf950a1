/* The checks of a sheet: what is stated against what follows from the rest. */
#include "app/form/form_evaluation.h"

#include <string.h>

#include "text/number.h"

/* One problem while it is put together. */
struct finding {
	struct form_problem *problem;
	const char *list; /* codes after the first, "6.1.2, 6.2.2" */
};

static const char *code_of(struct evaluation *e, const struct calc_ref *ref)
{
	const char *text = ref->code;

	if (ref->form && arena_printf(e->arena, &text, "%s/%s", ref->form, ref->code) != ERR_OK)
		return ref->code;
	return text;
}

static void add_code(struct form_problem *p, const char *code)
{
	for (size_t i = 0; i < p->n_codes; i++)
		if (str_eq(p->codes[i], code))
			return;
	if (p->n_codes < FORM_MOST_CODES)
		p->codes[p->n_codes++] = code;
}

/* Which references of a formula a problem names. */
enum wanted { EVERY_REF, KNOWN_REFS, BLANK_REFS };

static bool is_wanted(const struct evaluation *e, const struct calc_ref *ref,
                      enum wanted wanted)
{
	enum calc_state state = e->exact[ref->row].value.state;

	return wanted == EVERY_REF || (wanted == KNOWN_REFS && state == CALC_KNOWN) ||
	       (wanted == BLANK_REFS && state == CALC_BLANK);
}

static enum err new_finding(struct finding *out, struct evaluation *e,
                            const struct form_row *row, enum form_severity severity,
                            const char *kind)
{
	struct form_problem *p;

	TRY(arena_new(e->arena, &p));
	p->severity = severity;
	p->kind = kind;
	p->stated = p->computed = DEC_NONE;
	add_code(p, row->code);
	*out = (struct finding){ .problem = p, .list = "" };
	return ERR_OK;
}

static enum err add_refs(struct finding *f, struct evaluation *e, const struct calc *calc,
                         enum wanted wanted)
{
	struct form_problem *p = f->problem;
	struct str list;

	for (size_t i = 0; calc && i < calc->n_refs; i++)
		if (is_wanted(e, calc->refs[i], wanted))
			add_code(p, code_of(e, calc->refs[i]));
	str_init(&list, e->arena, 1000);
	for (size_t i = 1; i < p->n_codes; i++)
		str_printf(&list, "%s%s", i > 1 ? ", " : "", p->codes[i]);
	return str_finish(&list, &f->list);
}

/* Appends it to the row's cell, after the others. */
static void keep(struct evaluation *e, const struct form_row *row, struct form_problem *p)
{
	struct form_cell *cell = &e->cells[row->at];
	struct form_exact *x = &e->exact[row->at];

	if (x->last)
		x->last->next = p;
	else
		cell->problems = p;
	x->last = p;
	cell->n_problems++;
}

/* {1} row, {2} stated, {3} the other rows, {4} computed. */
static enum err say(struct evaluation *e, const struct form_row *row, struct finding *f,
                    enum msg id)
{
	struct form_problem *p = f->problem;
	char stated[DEC_TEXT], computed[DEC_TEXT];

	TRY(msg_format(&p->message, e->arena, id, row->code, dec_vn(p->stated, -1, stated),
	               f->list, dec_vn(p->computed, -1, computed)));
	keep(e, row, p);
	return ERR_OK;
}

/* ---- a stated figure against its formula ---- */

/* The stated figure with the decimals that were printed, as far as they are known. */
static enum number_fit fit_of(const struct form_stated *stated, struct calc_value exact)
{
	struct number n = number_of_dec(stated->value);

	for (; n.places < stated->places && n.places < 6; n.places++)
		n.digits *= 10;
	return number_fits(n, exact.n, exact.d);
}

bool form_accepts(const struct form_stated *stated, struct calc_value exact)
{
	return fit_of(stated, exact) == NUMBER_FITS;
}

static bool has_sum(const struct calc_node *node)
{
	return node && (node->op == CALC_ADD || node->op == CALC_SUBTRACT || has_sum(node->a) ||
	                has_sum(node->b));
}

static enum err check_stated(struct evaluation *e, const struct form_row *row)
{
	const struct form_stated *stated = &e->input->stated[row->at];
	struct calc_value exact = e->exact[row->at].computed;
	bool sum = row->value && has_sum(row->value->root);
	struct finding f;

	if (form_accepts(stated, exact))
		return ERR_OK;
	bool cut = fit_of(stated, exact) == NUMBER_TRUNCATED;
	TRY(new_finding(&f, e, row, cut ? FORM_REMARK : FORM_ERROR,
	                cut                       ? "rounding"
	                : row->kind == FORM_RATIO ? "ratio"
	                                          : (sum ? "sum" : "formula")));
	TRY(add_refs(&f, e, row->value, EVERY_REF));
	if (!row->value)
		f.list = msg_text(MSG_FORM_P_OWN_PARTS);
	f.problem->stated = stated->value;
	f.problem->computed = calc_round(exact, row->places);
	if (cut)
		return say(e, row, &f, MSG_FORM_P_CUT);
	if (row->kind == FORM_RATIO)
		return say(e, row, &f, MSG_FORM_P_RATIO);
	return say(e, row, &f, sum ? MSG_FORM_P_SUM : MSG_FORM_P_FORMULA);
}

/* A total left blank on the sheet although its parts are filled. */
static enum err check_missing(struct evaluation *e, const struct form_row *row)
{
	struct finding f;

	TRY(new_finding(&f, e, row, FORM_ERROR, "missing-value"));
	TRY(add_refs(&f, e, row->value, KNOWN_REFS));
	f.problem->computed = calc_round(e->exact[row->at].computed, row->places);
	return say(e, row, &f, MSG_FORM_P_MISSING);
}

/* A formula that gave nothing, and not because everything is blank. */
static enum err check_incomplete(struct evaluation *e, const struct form_row *row)
{
	const struct calc_report *report = &e->exact[row->at].report;
	struct finding f;

	if (!report->partial && !report->divided_by_zero && !report->overflow)
		return ERR_OK;
	TRY(new_finding(&f, e, row, FORM_WARNING,
	                report->partial           ? "missing-value"
	                : report->divided_by_zero ? "division"
	                                          : "overflow"));
	TRY(add_refs(&f, e, row->value, report->partial ? BLANK_REFS : EVERY_REF));
	if (report->partial)
		return say(e, row, &f, MSG_FORM_P_PARTIAL);
	return say(e, row, &f, report->divided_by_zero ? MSG_FORM_P_ZERO : MSG_FORM_P_OVERFLOW);
}

/* A rate of nothing: 0/0 stays blank, whatever people are used to write. */
static enum err check_nothing(struct evaluation *e, const struct form_row *row)
{
	const struct form_exact *x = &e->exact[row->at];
	dec_t stated = e->input->stated[row->at].value;
	struct finding f;

	if (row->kind != FORM_RATIO || x->denominator.state != CALC_KNOWN ||
	    x->denominator.n != 0 || x->numerator.state != CALC_KNOWN)
		return ERR_OK;
	TRY(new_finding(&f, e, row, stated.micro == 0 ? FORM_WARNING : FORM_ERROR, "division"));
	TRY(add_refs(&f, e, row->value, EVERY_REF));
	f.problem->stated = stated;
	return say(e, row, &f, MSG_FORM_P_NOTHING);
}

static enum err check_formula(struct evaluation *e, const struct form_row *row)
{
	const struct form_stated *stated = &e->input->stated[row->at];
	bool known = e->exact[row->at].computed.state == CALC_KNOWN;
	bool from_rows = row->value ? row->value->n_refs > 0 : row->kind == FORM_RATIO;

	if (!dec_is_none(stated->value) && !known)
		return check_nothing(e, row);
	if (!dec_is_none(stated->value))
		return from_rows ? check_stated(e, row) : ERR_OK;
	if (known && stated->blank && from_rows)
		return check_missing(e, row);
	return known ? ERR_OK : check_incomplete(e, row);
}

/* ---- a figure by itself ---- */

static enum err check_enum(struct evaluation *e, const struct form_row *row)
{
	dec_t value = e->cells[row->at].value;
	char text[DEC_TEXT];
	struct finding f;
	struct str list;

	dec_text(value, text);
	for (size_t i = 0; i < row->n_choices; i++)
		if (str_eq(row->choices[i].word, text))
			return ERR_OK;
	TRY(new_finding(&f, e, row, FORM_ERROR, "enum"));
	str_init(&list, e->arena, 1000);
	for (size_t i = 0; i < row->n_choices; i++)
		str_printf(&list, "%s%s = %s", i ? "; " : "", row->choices[i].word,
		           row->choices[i].text);
	TRY(str_finish(&list, &f.list));
	f.problem->stated = value;
	return say(e, row, &f, MSG_FORM_P_ENUM);
}

/* A ratio that nothing else checks, and the parts entered beside it. */
static enum err check_ratio(struct evaluation *e, const struct form_row *row)
{
	const struct form_stated *stated = &e->input->stated[row->at];
	const struct form_cell *cell = &e->cells[row->at];
	struct finding f;

	if (row->any_range)
		return ERR_OK;
	if (!row->value && !dec_is_none(cell->numerator) && !dec_is_none(cell->denominator) &&
	    dec_cmp(cell->numerator, cell->denominator) > 0) {
		TRY(new_finding(&f, e, row, FORM_ERROR, "subset"));
		f.problem->stated = cell->numerator;
		f.problem->computed = cell->denominator;
		return say(e, row, &f, MSG_FORM_P_PART);
	}
	if (e->exact[row->at].computed.state == CALC_KNOWN || dec_is_none(stated->value))
		return ERR_OK;
	if (stated->value.micro >= 0 && dec_cmp(stated->value, dec_from_int(100)) <= 0)
		return ERR_OK;
	TRY(new_finding(&f, e, row, FORM_ERROR, "range"));
	f.problem->stated = stated->value;
	return say(e, row, &f, MSG_FORM_P_RANGE);
}

/* Whether a note holds this number, padded or not: "02 nhiệm vụ đang thực hiện". */
static bool note_says(const char *note, dec_t number)
{
	int64_t wanted = number.micro / DEC_ONE;

	for (const char *at = note ? note : ""; *at;) {
		int64_t found = 0;
		bool digits = false;

		for (; *at >= '0' && *at <= '9' && found < 100000000; at++, digits = true)
			found = found * 10 + (*at - '0');
		if (digits && found == wanted)
			return true;
		if (!digits)
			at++;
	}
	return false;
}

static enum err check_remainder(struct evaluation *e, const struct form_row *row)
{
	struct calc_report ignored = { 0 };
	struct finding f;
	dec_t rest;

	rest = calc_round(calc_number(row->remainder->root, &e->env, &ignored), 0);
	if (dec_is_none(rest) || rest.micro <= 0 || note_says(e->cells[row->at].note, rest))
		return ERR_OK;
	TRY(new_finding(&f, e, row, FORM_REMARK, "remainder"));
	TRY(add_refs(&f, e, row->remainder, EVERY_REF));
	f.problem->stated = rest;
	return say(e, row, &f, MSG_FORM_P_REMAINDER);
}

/* ---- the rules of the form ---- */

static const enum msg must_be[] = { MSG_FORM_MUST_EQ, MSG_FORM_MUST_NE, MSG_FORM_MUST_LT,
	                            MSG_FORM_MUST_LE, MSG_FORM_MUST_GT, MSG_FORM_MUST_GE };

static bool uses(const struct calc_node *node, enum calc_op op)
{
	return node && (node->op == op || uses(node->a, op) || uses(node->b, op) ||
	                uses(node->otherwise, op));
}

static const char *kind_of_rule(const struct calc *rule)
{
	for (size_t i = 0; i < rule->n_refs; i++)
		if (rule->refs[i]->form)
			return "cross-form";
	if (uses(rule->root, CALC_DENOMINATOR))
		return "base";
	if (rule->root->op == CALC_IF)
		return "condition";
	if (has_sum(rule->root))
		return "sum";
	bool order = rule->root->op == CALC_COMPARE && rule->root->compare >= CALC_LT;
	return order ? "subset" : "rule";
}

static bool write_code(struct str *out, const void *self, const struct calc_ref *ref)
{
	(void)self;
	str_printf(out, "%s%s%s", ref->form ? ref->form : "", ref->form ? "/" : "", ref->code);
	return true;
}

/* A side of a comparison in words. */
static enum err side_text(const char **out, struct evaluation *e, const struct calc_node *side)
{
	struct str s;

	str_init(&s, e->arena, 2000);
	if (!calc_spreadsheet(&s, side, write_code, NULL)) {
		*out = msg_text(MSG_FORM_P_DENOMINATOR);
		return ERR_OK;
	}
	return str_finish(&s, out);
}

static enum err say_rule(struct evaluation *e, const struct form_row *row,
                         const struct form_check *check, const struct calc_verdict *v)
{
	char left[DEC_TEXT], right[DEC_TEXT];
	const char *a, *b;
	struct finding f;

	TRY(new_finding(&f, e, row, check->severity, kind_of_rule(check->rule)));
	TRY(add_refs(&f, e, check->rule, EVERY_REF));
	f.problem->stated = calc_round(v->left, 6);
	f.problem->computed = calc_round(v->right, 6);
	TRY(side_text(&a, e, v->comparison->a));
	TRY(side_text(&b, e, v->comparison->b));
	bool remark = check->severity == FORM_REMARK;
	TRY(msg_format(&f.problem->message, e->arena,
	               remark ? MSG_FORM_P_DIFFERS : MSG_FORM_P_COMPARE, a,
	               dec_vn(f.problem->stated, -1, left), b,
	               dec_vn(f.problem->computed, -1, right),
	               msg_text(must_be[v->comparison->compare])));
	if (check->because)
		TRY(msg_format(&f.problem->message, e->arena, MSG_FORM_P_BECAUSE,
		               f.problem->message, check->because));
	keep(e, row, f.problem);
	return ERR_OK;
}

static enum err check_rules(struct evaluation *e, const struct form_row *row)
{
	for (size_t i = 0; i < row->n_checks; i++) {
		struct calc_report ignored = { 0 };
		struct calc_verdict v;

		e->row = row;
		v = calc_check(row->checks[i].rule->root, &e->env, &ignored);
		if (v.truth == CALC_FALSE && v.comparison)
			TRY(say_rule(e, row, &row->checks[i], &v));
	}
	return ERR_OK;
}

enum err form_check_all(struct evaluation *e)
{
	for (size_t i = 0; i < e->input->set->n_rows; i++) {
		const struct form_row *row = &e->input->set->rows[i];

		e->row = row;
		TRY(check_formula(e, row));
		if (row->kind == FORM_ENUM && !dec_is_none(e->cells[i].value))
			TRY(check_enum(e, row));
		if (row->kind == FORM_RATIO)
			TRY(check_ratio(e, row));
		if (row->remainder)
			TRY(check_remainder(e, row));
		TRY(check_rules(e, row));
	}
	return ERR_OK;
}
