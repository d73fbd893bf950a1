/* Totals, rates and growth over the columns of a row.  What a column is to the others is said
 * by its header; which of them it is made of, the rows show: the rule that holds in most of
 * them. */
#include <string.h>

#include "app/audit/audit_table_rule.h"
#include "base/str.h"

enum { MOST_PAIRS = 12 /* columns of amounts of which every pair is tried */ };

struct columns {
	const struct grid *g;
	size_t amounts[GRID_MOST_COLUMNS], n_amounts;
	struct column_rule *rules;
	size_t n_rules;
	struct column_rule best; /* of the column being looked at */
	bool any;
};

static int worth(const struct column_rule *r)
{
	return 3 * r->holds + r->trivial - 3 * r->fails;
}

static void try_rule(struct columns *k, struct column_rule rule)
{
	rule_vote(&rule, k->g);
	if (rule.holds + rule.trivial + rule.fails == 0)
		return;
	if (!k->any || worth(&rule) > worth(&k->best))
		k->best = rule;
	k->any = true;
}

/* Most rows say so, and not by chance. */
static bool is_shown(const struct column_rule *r)
{
	return r->fails == 0 ? r->holds + r->trivial > 0
	                     : r->holds > 1 && r->holds >= 2 * r->fails;
}

/* ---- sums ---- */

static bool in_group(const struct grid *g, size_t column, const char *group)
{
	const char *own = g->columns[column].group;
	size_t n = strlen(group);

	return str_starts(own, group) && (own[n] == '\0' || str_starts(own + n, " / "));
}

static bool is_total(const struct grid *g, size_t column)
{
	return label_total(g->columns[column].plain) != TOTAL_NONE;
}

static void try_sum(struct columns *k, struct column_rule *rule)
{
	if (rule->n_parts > 1)
		try_rule(k, *rule);
}

/* Columns under the same header: all that are no totals; then the totals of inner headers in
 * place of what stands below these. */
static void try_group(struct columns *k, size_t column)
{
	const char *group = k->g->columns[column].group;
	struct column_rule leaves = { .op = RULE_SUM, .result = column };
	struct column_rule direct = leaves;

	for (size_t i = 0; *group && i < k->n_amounts; i++) {
		size_t c = k->amounts[i];

		if (c == column || !in_group(k->g, c, group))
			continue;
		if (!is_total(k->g, c))
			leaves.parts[leaves.n_parts++] = c;
		if (str_eq(k->g->columns[c].group, group) != is_total(k->g, c))
			direct.parts[direct.n_parts++] = c;
	}
	try_sum(k, &leaves);
	try_sum(k, &direct);
}

/* The columns after a total, or before it, as far as the next total. */
static void try_side(struct columns *k, size_t at, int step)
{
	struct column_rule rule = { .op = RULE_SUM, .result = k->amounts[at] };

	for (int i = (int)at + step; i >= 0 && i < (int)k->n_amounts; i += step) {
		if (is_total(k->g, k->amounts[i]))
			break;
		rule.parts[rule.n_parts++] = k->amounts[i];
	}
	try_sum(k, &rule);
}

/* Without the word "tổng": the two to four columns after it, where many rows show it. */
static void try_next(struct columns *k, size_t at)
{
	enum { MOST_NEXT = 4 };
	struct column_rule rule = { .op = RULE_SUM, .result = k->amounts[at] };

	for (size_t i = at + 1; i < k->n_amounts && rule.n_parts < MOST_NEXT; i++) {
		rule.parts[rule.n_parts++] = k->amounts[i];
		try_sum(k, &rule);
	}
}

/* ---- sums over periods ---- */

enum stretch { STRETCH_NONE, STRETCH_MONTH, STRETCH_QUARTER, STRETCH_HALF, STRETCH_LONG };

/* Periods that a column is for: "Quý I", "Tháng 3", "6 tháng đầu năm"; those that others add up
 * to: "9 tháng", "Cả năm", "Lũy kế". */
static enum stretch stretch_of(const char *plain)
{
	static const char *const longer[] = { "6 tháng", "9 tháng", "12 tháng", "cả năm",
		                              "năm",     "lũy kế",  "cộng dồn", NULL };

	if (label_starts(plain, "quý"))
		return STRETCH_QUARTER;
	if (label_starts(plain, "tháng"))
		return STRETCH_MONTH;
	if (label_starts(plain, "6 tháng đầu") || label_starts(plain, "6 tháng cuối"))
		return STRETCH_HALF;
	for (size_t i = 0; longer[i]; i++)
		if (label_starts(plain, longer[i]))
			return STRETCH_LONG;
	return STRETCH_NONE;
}

/* The quarters before "9 tháng", the months before "6 tháng đầu năm". */
static void try_periods(struct columns *k, size_t at)
{
	const struct grid_column *own = &k->g->columns[k->amounts[at]];
	enum stretch whole = stretch_of(own->plain);

	for (enum stretch s = STRETCH_MONTH; s < whole; s++) {
		struct column_rule rule = { .op = RULE_SUM,
			                    .result = k->amounts[at],
			                    .periods = true };

		for (size_t i = 0; i < at; i++) {
			const struct grid_column *c = &k->g->columns[k->amounts[i]];

			if (stretch_of(c->plain) == s && str_eq(c->group, own->group))
				rule.parts[rule.n_parts++] = k->amounts[i];
		}
		try_sum(k, &rule);
	}
}

static bool names_all_kinds(const struct grid *g, const struct column_rule *rule)
{
	const char *plain[GRID_MOST_COLUMNS];

	for (size_t i = 0; i < rule->n_parts; i++)
		plain[i] = g->columns[rule->parts[i]].plain;
	return labels_parts(plain, rule->n_parts) == PARTS_ALL;
}

/* "Số lượng", "Đơn giá", "Thành tiền": what a row costs. */
static void try_product(struct columns *k, size_t at)
{
	const struct grid_column *columns = k->g->columns;
	size_t price = k->n_amounts;

	for (size_t i = 0; i < at; i++)
		if (text_says(columns[k->amounts[i]].plain, "đơn giá") ||
		    text_says(columns[k->amounts[i]].plain, "mức chi"))
			price = i;
	for (size_t i = 0; i < at && price < k->n_amounts; i++)
		if (i != price)
			try_rule(k, (struct column_rule){ .op = RULE_PRODUCT,
			                                  .result = k->amounts[at],
			                                  .a = k->amounts[i],
			                                  .b = k->amounts[price] });
}

static bool find_sum(struct columns *k, size_t at)
{
	size_t column = k->amounts[at];

	if (text_says(k->g->columns[column].plain, "thành tiền")) {
		try_product(k, at);
		if (k->any)
			return is_shown(&k->best);
	}
	if (!is_total(k->g, column)) {
		try_periods(k, at);
		if (k->any && k->best.holds > 1 && k->best.holds >= 2 * k->best.fails)
			return true;
		try_next(k, at);
		return k->any && k->best.holds > 2 && k->best.holds >= 4 * k->best.fails;
	}
	try_group(k, column);
	try_side(k, at, 1);
	try_side(k, at, -1);
	if (!k->any)
		return false;
	return is_shown(&k->best) ||
	       (names_all_kinds(k->g, &k->best) && k->best.holds >= k->best.fails - 1);
}

/* ---- rates ---- */

/* The count that a rate column stands beside. */
static bool mate_of(size_t *out, const struct columns *k, size_t column)
{
	const char *group = k->g->columns[column].group;
	bool found = false;

	for (size_t i = 0; i < k->n_amounts && k->amounts[i] < column; i++) {
		*out = k->amounts[i];
		found = true;
	}
	if (found && *group && !str_eq(k->g->columns[*out].group, group))
		return false;
	return found;
}

/* The answers of a survey: each count has its rate, together they are everybody. */
static size_t try_answers(struct columns *k, size_t column, size_t mate)
{
	struct column_rule rule = { .op = RULE_RATE_OF_SUM, .result = column, .a = mate };
	size_t other;

	for (size_t c = 0; c < k->g->n_columns; c++)
		if (k->g->columns[c].kind == GRID_RATE && mate_of(&other, k, c) &&
		    rule.n_parts < GRID_MOST_COLUMNS)
			rule.parts[rule.n_parts++] = other;
	if (rule.n_parts > 1)
		try_rule(k, rule);
	return rule.n_parts;
}

/* What comes later is the part, or this year: of two that fit alike it is tried first. */
static void try_pairs(struct columns *k, enum rule_op op, size_t column)
{
	for (size_t i = k->n_amounts <= MOST_PAIRS ? k->n_amounts : 0; i-- > 0;)
		for (size_t j = 0; j < k->n_amounts; j++)
			if (i != j)
				try_rule(k, (struct column_rule){ .op = op,
				                                  .result = column,
				                                  .a = k->amounts[i],
				                                  .b = k->amounts[j] });
}

static void try_shares(struct columns *k, size_t column, size_t mate)
{
	for (size_t row = 0; row < k->g->n_rows; row++)
		if (k->g->rows[row].total == TOTAL_ALL)
			try_rule(k, (struct column_rule){ .op = RULE_SHARE,
			                                  .result = column,
			                                  .a = mate,
			                                  .total = row });
}

/* Two columns of amounts and one rate, and their headers say which is the whole. */
static bool is_plain_pair(const struct columns *k)
{
	const struct column_rule *r = &k->best;

	return k->n_amounts == 2 && r->op == RULE_RATE && r->fails == 1 &&
	       label_whole(k->g->columns[r->b].plain) > label_whole(k->g->columns[r->a].plain);
}

static bool find_rate(struct columns *k, size_t column)
{
	size_t mate, answers = 0;

	if (mate_of(&mate, k, column)) {
		answers = try_answers(k, column, mate);
		if (k->any && answers > 1 && k->best.holds > 0 &&
		    k->best.holds >= k->best.fails)
			return true;
		try_shares(k, column, mate);
		try_rule(k, (struct column_rule){
		                    .op = RULE_OF_PARENT, .result = column, .a = mate });
	}
	try_pairs(k, RULE_RATE, column);
	return k->any && (is_shown(&k->best) || is_plain_pair(k));
}

static bool find_change(struct columns *k, size_t column)
{
	bool growth = k->g->columns[column].kind == GRID_GROWTH;

	if (growth) {
		try_pairs(k, RULE_GROWTH, column);
		try_pairs(k, RULE_RATE, column);
	} else {
		try_pairs(k, RULE_DIFFERENCE, column);
	}
	return k->any && (is_shown(&k->best) || (k->n_amounts == 2 && k->best.fails == 1));
}

/* ---- telling: one finding for a row, however many of its columns it upsets ---- */

struct upset {
	const struct column_rule *rules[GRID_MOST_COLUMNS];
	size_t n;
};

/* "Còn lại = tiếp nhận - đã giải quyết" is a sum told backwards, unless the column is a change.
 */
static bool is_sum(const struct grid *g, const struct column_rule *rule)
{
	return rule->op == RULE_SUM || rule->op == RULE_PRODUCT ||
	       (rule->op == RULE_DIFFERENCE && g->columns[rule->result].kind != GRID_CHANGE);
}

static enum audit_kind kind_of(const struct grid *g, const struct upset *u)
{
	enum audit_kind kind = AUDIT_RATIO;

	for (size_t i = 0; i < u->n; i++) {
		if (is_sum(g, u->rules[i]))
			return AUDIT_SUM;
		if (u->rules[i]->op == RULE_DIFFERENCE || u->rules[i]->op == RULE_GROWTH)
			kind = AUDIT_GROWTH;
	}
	return kind;
}

static void place_rule(struct audit_draft *d, const struct grid *g,
                       const struct column_rule *rule, size_t row)
{
	grid_place(d, g, row, rule->result);
	for (size_t i = 0; i < rule->n_parts && i < GRID_MOST_LINES; i++)
		if (grid_has(g, row, rule->parts[i]))
			grid_place(d, g, row, rule->parts[i]);
	if (rule->op == RULE_SUM)
		return;
	grid_place(d, g, row, rule->a);
	if (rule->op == RULE_SHARE)
		grid_place(d, g, rule->total, rule->a);
	else if (rule->op == RULE_OF_PARENT)
		grid_place(d, g, rule_parent(g, row), rule->a);
	else if (rule->op != RULE_RATE_OF_SUM)
		grid_place(d, g, row, rule->b);
}

static enum err tell(const struct grid *g, const struct upset *u, size_t row,
                     enum audit_kind kind, enum audit_verdict verdict)
{
	const char *name, *stated, *computed, *told, *text;
	struct str all, values, texts;
	struct audit_draft d;

	audit_begin(&d, g->x, kind, verdict);
	str_init(&all, g->x->arena, 8000);
	str_init(&values, g->x->arena, 2000);
	str_init(&texts, g->x->arena, 8000);
	for (size_t i = 0; i < u->n; i++) {
		const char *value = grid_text(g, row, u->rules[i]->result),
		           *cut = i ? "; " : "";

		place_rule(&d, g, u->rules[i], row);
		TRY(rule_text(&text, g, u->rules[i], row));
		str_printf(&values, "%s%s", cut, value);
		str_printf(&texts, "%s%s", cut, text);
		TRY(msg_format(&told, g->x->arena, MSG_AUDIT_TABLE_COLUMN,
		               g->columns[u->rules[i]->result].title, value, text));
		str_printf(&all, "%s%s", cut, told);
	}
	TRY(grid_name(&name, g, row));
	TRY(str_finish(&values, &stated));
	TRY(str_finish(&texts, &computed));
	TRY(str_finish(&all, &told));
	audit_say(&d, name, stated, computed);
	if (verdict == AUDIT_HOLDS)
		return audit_end_holds(&d);
	return audit_end(&d,
	                 kind == AUDIT_ZERO_DENOMINATOR ? MSG_AUDIT_TABLE_ZERO_ROW
	                 : verdict == AUDIT_SUSPECT     ? MSG_AUDIT_TABLE_CUT_ROW
	                                                : MSG_AUDIT_TABLE_ROW,
	                 name, told);
}

static void add(struct upset *u, const struct column_rule *rule)
{
	if (u->n < GRID_MOST_COLUMNS)
		u->rules[u->n++] = rule;
}

static enum err check_row(const struct columns *k, size_t row)
{
	struct upset fails = { .n = 0 }, cut = { .n = 0 }, zero = { .n = 0 };

	for (size_t i = 0; i < k->n_rules; i++) {
		const struct column_rule *rule = &k->rules[i];
		enum rule_fit fit = rule_fit(k->g, rule, row);
		struct upset one = { .rules = { rule }, .n = 1 };

		if (k->g->habit->counting) {
			rule_rounds(k->g, rule, row);
			continue;
		}
		if (fit == RULE_FAILS)
			add(&fails, rule);
		else if (fit == RULE_ZERO)
			add(&zero, rule);
		else if (fit == RULE_CUT && grid_cut_matters(k->g))
			add(&cut, rule);
		else if (fit != RULE_SKIP)
			TRY(tell(k->g, &one, row, kind_of(k->g, &one), AUDIT_HOLDS));
	}
	if (fails.n > 0)
		TRY(tell(k->g, &fails, row, kind_of(k->g, &fails), AUDIT_FAIL));
	if (zero.n > 0)
		TRY(tell(k->g, &zero, row, AUDIT_ZERO_DENOMINATOR, AUDIT_FAIL));
	return cut.n > 0 ? tell(k->g, &cut, row, AUDIT_RATIO, AUDIT_SUSPECT) : ERR_OK;
}

/* ---- the table ---- */

static bool find_rule(struct columns *k, size_t column)
{
	enum column_kind kind = k->g->columns[column].kind;

	k->any = false;
	if (kind == GRID_TEXT)
		return false;
	if (rule_of_formula(&k->best, k->g, column) &&
	    (k->best.op != RULE_RATE || kind != GRID_AMOUNT)) {
		rule_vote(&k->best, k->g);
		return k->best.holds >= k->best.fails - 1;
	}
	if (kind == GRID_RATE)
		return find_rate(k, column);
	if (kind != GRID_AMOUNT)
		return find_change(k, column);
	for (size_t i = 0; i < k->n_amounts; i++)
		if (k->amounts[i] == column)
			return find_sum(k, i);
	return false;
}

enum err table_check_columns(const struct grid *g)
{
	struct columns k = { .g = g };

	if (g->n_columns > GRID_MOST_COLUMNS)
		return ERR_OK;
	for (size_t c = 0; c < g->n_columns; c++)
		if (g->columns[c].kind == GRID_AMOUNT)
			k.amounts[k.n_amounts++] = c;
	if (k.n_amounts == 0)
		return ERR_OK;
	TRY(arena_array(g->x->arena, &k.rules, g->n_columns));
	for (size_t c = 0; c < g->n_columns; c++)
		if (find_rule(&k, c))
			k.rules[k.n_rules++] = k.best;
	for (size_t row = 0; row < g->n_rows; row++)
		TRY(check_row(&k, row));
	return ERR_OK;
}
