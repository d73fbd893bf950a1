/* What the rules of the known forms find, said in the document's own rows. */
#include <string.h>

#include "app/audit/audit_form.h"
#include "app/audit/audit_paper.h"
#include "base/str.h"

static bool has_formula(const struct form_row *row)
{
	return row->value && row->value->n_refs > 0;
}

/* Rows that the document adds below a total of the form: then the form's sum is not this one.
 */
static bool has_more_parts(const struct form_filled *f, const struct form_row *row)
{
	const struct form_place *p = &f->sheet->places[row->at];

	for (size_t i = p->row + 1; i < p->grid->n_rows; i++) {
		const struct grid_row *r = &p->grid->rows[i];

		if (r->parent < (int)p->row)
			return false;
		if (r->parent == (int)p->row && !r->claimed && r->any_figure &&
		    r->measure != MEASURE_RATE)
			return true;
	}
	return false;
}

/* ---- telling ---- */

static const struct form_row *row_of_code(const struct forms *f, const struct form_row *near,
                                          const char *code)
{
	const char *slash = strchr(code, '/');
	const struct form *form = near->form;
	char name[16];

	if (slash && (size_t)(slash - code) < sizeof(name)) {
		memcpy(name, code, (size_t)(slash - code));
		name[slash - code] = '\0';
		form = form_find(f->sheets.set, name);
		code = slash + 1;
	}
	return form ? form_find_row(f->sheets.set, form, code) : NULL;
}

/* How a form's problem is told. */
struct telling {
	const char *word; /* of the form's problem */
	enum audit_kind kind;
	enum msg say;
};

static const struct telling tellings[] = {
	{ "ratio", AUDIT_RATIO, MSG_AUDIT_FORM_RATE },
	{ "rounding", AUDIT_RATIO, MSG_AUDIT_FORM_CUT },
	{ "sum", AUDIT_SUM, MSG_AUDIT_FORM_SUM },
	{ "formula", AUDIT_SUM, MSG_AUDIT_FORM_SUM },
	{ "missing-value", AUDIT_MISSING_VALUE, MSG_AUDIT_FORM_BLANK },
	{ "division", AUDIT_ZERO_DENOMINATOR, MSG_AUDIT_FORM_ZERO },
	{ "range", AUDIT_RATIO, MSG_AUDIT_FORM_RANGE },
	{ "enum", AUDIT_ENUM, MSG_AUDIT_FORM_CODE },
	{ "subset", AUDIT_SUBSET, MSG_AUDIT_FORM_RULE },
	{ "condition", AUDIT_ENUM, MSG_AUDIT_FORM_RULE },
	{ "rule", AUDIT_SUM, MSG_AUDIT_FORM_RULE },
	{ "cross-form", AUDIT_CROSS_FORM, MSG_AUDIT_FORM_RULE },
	{ "remainder", AUDIT_SUM, MSG_AUDIT_FORM_REST },
};

/* A sum that a rule of the row compares, not its own formula. */
static bool is_sum_rule(const struct form_row *row, const struct form_problem *p)
{
	return str_eq(p->kind, "sum") && !has_formula(row);
}

static const struct telling *telling_of(const struct form_problem *p)
{
	for (size_t i = 0; i < sizeof(tellings) / sizeof(*tellings); i++)
		if (str_eq(tellings[i].word, p->kind))
			return &tellings[i];
	return NULL;
}

/* The rows of a problem that the document prints with a figure, the first one always. */
struct named {
	const struct form_row *rows[FORM_MOST_CODES];
	size_t n;
};

static void name_rows(struct named *out, const struct forms *f,
                      const struct form_filled *filled, const struct form_row *row,
                      const struct form_problem *p)
{
	*out = (struct named){ .rows = { row }, .n = 1 };
	for (size_t i = 1; i < p->n_codes; i++) {
		const struct form_row *other = row_of_code(f, row, p->codes[i]);

		if (other && other != row && !dec_is_none(filled->stated[other->at].value))
			out->rows[out->n++] = other;
	}
}

static bool stated(const struct form_filled *f, const struct form_row *row)
{
	return !dec_is_none(f->stated[row->at].value);
}

/* ---- what is left of a total ---- */

/* "08 nhiệm vụ trong hạn" in a cell or a sentence, of what the row counts. */
static bool tells_rest(const struct passage *p, dec_t rest, const char *label)
{
	static const char *const open[] = { "trong hạn", "đang",    "chưa",
		                            "còn lại",   "còn hạn", NULL };
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < r->n_figures; i++) {
		const struct figure *f = &r->figures[i];
		size_t end = f->noun;
		struct span word;

		if (f->noun == f->noun_end || number_is_none(f->value) ||
		    dec_cmp(number_dec(f->value), rest) != 0)
			continue;
		for (int n = 0; n < 2 && words_next(p->lower, f->noun_end, &end, &word); n++)
			;
		if (memmem(label, strlen(label), p->lower + f->noun, end - f->noun) &&
		    words_any(p->lower, audit_sentence(p, f->start), open))
			return true;
	}
	return false;
}

/* A cell of words in a row that the rest is counted from. */
static bool is_beside(const struct forms *f, const struct form_filled *filled,
                      const struct calc *rest, const struct passage *p)
{
	for (size_t i = 0; i < rest->n_refs; i++) {
		const struct form_place *at = &filled->sheet->places[rest->refs[i]->row];

		if (at->grid && at->grid->t == &f->x->document->tables[p->table] &&
		    at->grid->rows[at->row].at == p->row &&
		    at->grid->columns[p->column].kind == GRID_TEXT)
			return true;
	}
	return false;
}

/* A note beside any row of the group, or the narrative, may say what is left. */
static bool is_explained(const struct forms *f, const struct form_filled *filled,
                         const struct form_row *row, dec_t rest)
{
	const struct form_place *total = &filled->sheet->places[row->at];
	const char *label = total->grid->rows[total->row].plain;
	struct passages all;

	if (audit_passages(&all, f->x) != ERR_OK)
		return false;
	for (size_t i = 0; i < all.n; i++)
		if ((all.at[i].table < 0 || is_beside(f, filled, row->remainder, &all.at[i])) &&
		    tells_rest(&all.at[i], rest, label))
			return true;
	return false;
}

/* "2/3" at `text`, whose rate is what the row states. */
static bool is_rate_of(const struct form_stated *stated, const char *text)
{
	char *end;
	long long part = strtoll(text, &end, 10), whole;

	if (end == text || *end != '/')
		return false;
	text = end + 1;
	whole = strtoll(text, &end, 10);
	if (end == text || part < 0 || whole <= 0 || part > INT32_MAX || whole > INT32_MAX)
		return false;
	return form_accepts(stated,
	                    calc_known(dec_div(dec_from_int(100 * part), dec_from_int(whole))));
}

/* A note beside the rate gives its own parts, which need not stand in rows of the form. */
static bool gives_parts(const struct forms *f, const struct form_filled *filled,
                        const struct form_row *row)
{
	const struct form_place *at = &filled->sheet->places[row->at];
	const struct form_stated *stated = &filled->stated[row->at];
	struct passages all;

	if (!at->grid || audit_passages(&all, f->x) != ERR_OK)
		return false;
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];

		if (p->table < 0 || at->grid->t != &f->x->document->tables[p->table] ||
		    at->grid->rows[at->row].at != p->row)
			continue;
		for (const char *c = p->lower; *c; c++)
			if ((c == p->lower || strchr(" (;.", c[-1])) && is_rate_of(stated, c))
				return true;
	}
	return false;
}

/* The legend of the codes that is printed is asked, not the form's. */
static bool prints_legend(const struct form_place *at)
{
	return strchr(at->grid->rows[at->row].label, '=') || at->grid->unit >= 0;
}

/* What the engine says of a sheet but a reader of this document would not. */
static bool is_idle(const struct forms *f, const struct form_filled *filled,
                    const struct form_row *row, const struct form_problem *p)
{
	const struct grid_cell *c = form_cell_of(filled, row->at);

	if (!c || !telling_of(p))
		return true;
	if (str_eq(p->kind, "missing-value"))
		return p->severity != FORM_ERROR || c->state != CELL_EMPTY ||
		       (row->kind == FORM_RATIO && p->computed.micro == 0) ||
		       has_more_parts(filled, row);
	if (str_eq(p->kind, "division"))
		return !stated(filled, row);
	if (str_eq(p->kind, "ratio"))
		return gives_parts(f, filled, row);
	if (str_eq(p->kind, "rounding"))
		return !grid_cut_matters(filled->sheet->places[row->at].grid);
	if (str_eq(p->kind, "remainder"))
		return has_more_parts(filled, row) || is_explained(f, filled, row, p->stated);
	if (str_eq(p->kind, "sum"))
		return has_more_parts(filled, row);
	if (str_eq(p->kind, "enum"))
		return prints_legend(&filled->sheet->places[row->at]);
	return false;
}

static enum audit_verdict verdict_of(const struct form_row *row, const struct form_problem *p)
{
	if (str_eq(p->kind, "missing-value") && row->kind == FORM_RATIO)
		return AUDIT_SUSPECT;
	return p->severity == FORM_ERROR ? AUDIT_FAIL : AUDIT_SUSPECT;
}

/* The part of a rate exceeds its whole: that is told, the rate with it. */
static bool told_as_subset(const struct form_filled *f, const struct form_row *row,
                           const struct form_problem *p)
{
	if (row->kind != FORM_RATIO || !row->value || !str_eq(p->kind, "ratio"))
		return false;
	for (size_t i = 0; i < row->value->n_refs; i++) {
		const struct form_cell *part = &f->cells[row->value->refs[i]->row];

		for (const struct form_problem *q = part->problems; q; q = q->next)
			if (str_eq(q->kind, "subset"))
				return true;
	}
	return false;
}

static void place(struct audit_draft *d, const struct form_filled *f,
                  const struct form_row *row)
{
	const struct form_place *p = &f->sheet->places[row->at];
	size_t column;

	if (p->grid && form_value_column(&column, p->grid, f->nth))
		grid_place(d, p->grid, p->row, column);
}

static enum err name_of(const char **out, const struct form_filled *f,
                        const struct form_row *row)
{
	const struct form_place *p = &f->sheet->places[row->at];

	*out = row->label;
	return p->grid ? grid_name(out, p->grid, p->row) : ERR_OK;
}

static const char *printed(const struct form_filled *f, const struct form_row *row)
{
	const struct form_place *p = &f->sheet->places[row->at];
	size_t column;

	return p->grid && form_value_column(&column, p->grid, f->nth)
	               ? grid_text(p->grid, p->row, column)
	               : "";
}

/* The rows of a formula, by number or by figure: "6.1.2 + 6.2.2", "78 + 54". */
struct terms {
	const struct form_filled *filled;
	bool figures;
};

static void put_term(struct str *s, const struct terms *t, const struct calc_ref *ref)
{
	const struct form_place *p = &t->filled->sheet->places[ref->row];
	char text[DEC_TEXT];

	if (t->figures)
		str_put(s, dec_vn(t->filled->stated[ref->row].value, -1, text));
	else if (p->grid)
		str_put(s, p->grid->t->rows[p->grid->rows[p->row].at].number);
}

/* Rows that are not printed, or blank, are passed over: the form leaves them out too. */
static void put_sum(struct str *s, const struct terms *t, const struct calc_node *node,
                    const char *sign)
{
	bool minus = node->op == CALC_SUBTRACT;

	if (node->op == CALC_ADD || minus) {
		put_sum(s, t, node->a, sign);
		put_sum(s, t, node->b, minus ? " - " : " + ");
	} else if (node->op == CALC_IF) {
		put_sum(s, t, node->b, sign);
	} else if (node->op == CALC_REF &&
	           !dec_is_none(t->filled->stated[node->ref->row].value)) {
		str_put(s, s->len > 0 && !str_ends(s->data, "= ") && !str_ends(s->data, "/ ")
		                   ? sign
		                   : "");
		put_term(s, t, node->ref);
	}
}

static void put_formula(struct str *s, const struct terms *t, const struct form_row *row)
{
	if (row->numerator) {
		put_sum(s, t, row->numerator, " + ");
		str_put(s, " / ");
		put_sum(s, t, row->denominator, " + ");
	} else if (row->value) {
		put_sum(s, t, row->value->root, " + ");
	}
}

static enum err figures_of(const char **out, const struct forms *f,
                           const struct form_filled *filled, const struct form_row *row,
                           dec_t computed)
{
	struct terms terms = { filled, true };
	char text[DEC_TEXT];
	struct str s;

	str_init(&s, f->x->arena, 4000);
	put_formula(&s, &terms, row);
	if (!dec_is_none(computed))
		str_printf(&s, " = %s%s", dec_vn(computed, -1, text),
		           row->kind == FORM_RATIO ? "%" : "");
	return str_finish(&s, out);
}

static enum err relation_of(const char **out, const struct forms *f,
                            const struct form_filled *filled, const struct form_row *row)
{
	const struct form_place *p = &filled->sheet->places[row->at];
	struct terms terms = { filled, false };
	struct str s;

	str_init(&s, f->x->arena, 4000);
	str_printf(&s, "%s = ", p->grid->t->rows[p->grid->rows[p->row].at].number);
	put_formula(&s, &terms, row);
	return str_finish(&s, out);
}

/* "78 + 54 = 132" for a formula; "6.1.1 là 78" for a rule. */
static enum err sides_of(const char **computed, const struct forms *f,
                         const struct form_filled *filled, const struct named *rows,
                         const struct form_problem *p)
{
	const struct telling *t = telling_of(p);
	bool sum = is_sum_rule(rows->rows[0], p);
	char total[DEC_TEXT];
	struct str s;

	if (!sum && t->say != MSG_AUDIT_FORM_RULE && t->say != MSG_AUDIT_FORM_REST)
		return figures_of(computed, f, filled, rows->rows[0], p->computed);
	str_init(&s, f->x->arena, 4000);
	for (size_t i = 1; i < rows->n; i++) {
		const char *name;

		TRY(name_of(&name, filled, rows->rows[i]));
		str_printf(&s, "%s%s: %s", i > 1 ? "; " : "", name,
		           printed(filled, rows->rows[i]));
	}
	if (sum)
		str_printf(&s, "; %s %s", msg_text(MSG_AUDIT_FORM_TOGETHER),
		           dec_vn(p->stated, -1, total));
	return str_finish(&s, computed);
}

/* A part above its whole is shown with the rate that was made of them. */
static void place_rows(struct audit_draft *d, const struct forms *f,
                       const struct form_filled *filled, const struct named *rows)
{
	const struct form_row *row = rows->rows[0];

	for (size_t i = 0; i < rows->n && i < GRID_MOST_LINES; i++)
		place(d, filled, rows->rows[i]);
	if (d->finding.kind != AUDIT_SUBSET || row->parent < 0)
		return;
	row = &f->sheets.set->rows[row->parent];
	if (row->kind == FORM_RATIO && stated(filled, row))
		place(d, filled, row);
}

static enum err tell(const struct forms *f, const struct form_filled *filled,
                     const struct form_row *row, const struct form_problem *p)
{
	const struct telling *t = telling_of(p);
	bool rule = t->say == MSG_AUDIT_FORM_RULE || t->say == MSG_AUDIT_FORM_REST ||
	            is_sum_rule(row, p);
	const char *name, *computed, *value = printed(filled, row), *relation = p->message;
	struct audit_draft d;
	struct named rows;
	char number[DEC_TEXT];

	name_rows(&rows, f, filled, row, p);
	if (rows.n < 2 && t->say != MSG_AUDIT_FORM_RANGE && t->say != MSG_AUDIT_FORM_CODE)
		return ERR_OK;
	audit_begin(&d, f->x, t->kind, verdict_of(row, p));
	place_rows(&d, f, filled, &rows);
	TRY(name_of(&name, filled, row));
	TRY(sides_of(&computed, f, filled, &rows, p));
	if (!rule)
		TRY(relation_of(&relation, f, filled, row));
	audit_say(&d, relation, value, computed);
	if (!rule && t->kind != AUDIT_ZERO_DENOMINATOR && !dec_is_none(p->computed))
		audit_correct(&d, dec_vn(p->computed, -1, number));
	return audit_end(&d, t->say, name, value, computed, dec_vn(p->stated, -1, number));
}

/* ---- what holds ---- */

static bool has_problem(const struct form_cell *cell, const char *kind)
{
	for (const struct form_problem *p = cell->problems; p; p = p->next)
		if (!kind || str_eq(p->kind, kind))
			return true;
	return false;
}

/* How many rows of a rule have figures, the row itself aside. */
static size_t known_refs(const struct form_filled *f, const struct form_row *row,
                         const struct calc *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < rule->n_refs; i++)
		n += rule->refs[i]->row != row->at &&
		     !dec_is_none(f->stated[rule->refs[i]->row].value);
	return n;
}

static enum err hold(const struct forms *f, const struct form_filled *filled,
                     const struct form_row *row, const struct calc *rule, enum audit_kind kind)
{
	const char *relation = rule->text, *computed = rule->text;
	struct audit_draft d;

	audit_begin(&d, f->x, kind, AUDIT_HOLDS);
	place(&d, filled, row);
	for (size_t i = 0; i < rule->n_refs; i++)
		if (stated(filled, &f->sheets.set->rows[rule->refs[i]->row]))
			place(&d, filled, &f->sheets.set->rows[rule->refs[i]->row]);
	if (rule == row->value) {
		TRY(relation_of(&relation, f, filled, row));
		TRY(figures_of(&computed, f, filled, row, filled->cells[row->at].computed));
	}
	audit_say(&d, relation, printed(filled, row), computed);
	return audit_end_holds(&d);
}

static enum err tell_holds(const struct forms *f, const struct form_filled *filled,
                           const struct form_row *row)
{
	const struct form_cell *cell = &filled->cells[row->at];

	if (!stated(filled, row))
		return ERR_OK;
	if (has_formula(row) && !dec_is_none(cell->computed) &&
	    known_refs(filled, row, row->value) > 0 && !has_problem(cell, "ratio") &&
	    !has_problem(cell, "sum") && !has_problem(cell, "rounding"))
		TRY(hold(f, filled, row, row->value,
		         row->kind == FORM_RATIO ? AUDIT_RATIO : AUDIT_SUM));
	for (size_t i = 0; i < row->n_checks && !has_problem(cell, NULL); i++) {
		const struct calc *rule = row->checks[i].rule;
		bool self = false;

		for (size_t r = 0; r < rule->n_refs; r++)
			self |= rule->refs[r]->row == row->at;
		if (rule->n_refs > 1 && known_refs(filled, row, rule) + self == rule->n_refs)
			TRY(hold(f, filled, row, rule, AUDIT_SUBSET));
	}
	return ERR_OK;
}

static enum err tell_row(const struct forms *f, const struct form_filled *filled,
                         const struct form_row *row)
{
	const struct form_cell *cell = &filled->cells[row->at];

	for (const struct form_problem *p = cell->problems; p; p = p->next)
		if (!is_idle(f, filled, row, p) && !told_as_subset(filled, row, p))
			TRY(tell(f, filled, row, p));
	return tell_holds(f, filled, row);
}

enum err forms_tell(const struct forms *f)
{
	for (size_t i = 0; i < f->n_filled; i++)
		for (size_t r = 0; r < f->sheets.set->n_rows; r++)
			TRY(tell_row(f, &f->filled[i], &f->sheets.set->rows[r]));
	return ERR_OK;
}
