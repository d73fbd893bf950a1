/* audit_table_rule.h - what one column of a table is to the others: their sum, a rate of two of
 * them, their difference, their growth.  Private to audit_table_rule.c and _column.c. */
#ifndef APP_AUDIT_AUDIT_TABLE_RULE_H
#define APP_AUDIT_AUDIT_TABLE_RULE_H

#include "app/audit/audit_table.h"

enum rule_op {
	RULE_SUM,         /* result = the parts */
	RULE_PRODUCT,     /* result = a * b */
	RULE_DIFFERENCE,  /* result = a - b, its sign left to words */
	RULE_RATE,        /* result = 100 * a / b */
	RULE_RATE_OF_SUM, /* result = 100 * a / the parts */
	RULE_SHARE,       /* result = 100 * a / a in the row `total` */
	RULE_OF_PARENT,   /* result = 100 * a / a in the row that this one is a part of */
	RULE_GROWTH       /* result = 100 * (a - b) / b, its sign left to words */
};

struct column_rule {
	enum rule_op op;
	size_t result, a, b, total;
	size_t parts[GRID_MOST_COLUMNS], n_parts;
	bool periods;              /* the parts are periods of the result's */
	int holds, fails, trivial; /* over the rows */
};

enum rule_fit {
	RULE_SKIP,
	RULE_TRIVIAL, /* holds, but so would others: 0 = 0 + 0, 100 % */
	RULE_HOLDS,
	RULE_CUT,  /* a rate with its decimals cut off */
	RULE_ZERO, /* a rate of nothing */
	RULE_FAILS
};

enum rule_fit rule_fit(const struct grid *g, const struct column_rule *rule, size_t row);
void rule_rounds(const struct grid *g, const struct column_rule *rule, size_t row); /* habit */
size_t rule_parent(const struct grid *g, size_t row); /* SIZE_MAX: it is no part */
void rule_vote(struct column_rule *rule, const struct grid *g);
/* What the result should be, with `places` decimals; none when it cannot be said. */
struct number rule_result(const struct grid *g, const struct column_rule *rule, size_t row,
                          int places);
/* "40 + 60 = 100", "38 / 40 = 95%" */
ERR_RESULT rule_text(const char **out, const struct grid *g, const struct column_rule *rule,
                     size_t row);
/* "=4+5", "=5/4*100" of a row of column numbers; false when it is none of these. */
bool rule_of_formula(struct column_rule *out, const struct grid *g, size_t column);

#endif
