/* calc.h - the formula language of the statistical forms: pure, it knows neither rows nor
 * records; what a reference, a record set or a setting is, the caller says.
 *
 *	100 * [2.2] / [2.1]                         other rows; [8/6.3.1]: row 6.3.1 of form 8
 *	count(dossier where finished in period and outcome in (early, on_time)
 *	      by receiving_unit)                     records that meet conditions
 *	[5.2] + [5.3] <= [5.1]                       a check
 *	if [7] = 0 then [7.1] = 0
 *
 * docs/first-form.md is the whole grammar.  A parsed formula is typed: numbers and truths do
 * not mix.  Values are exact fractions; rounding happens once, by calc_round().  Blank is no
 * zero: it propagates through every operation and makes a check "not checked".
 */
#ifndef CALC_CALC_H
#define CALC_CALC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"

enum { CALC_LONGEST = 4000, CALC_DEEPEST = 40, CALC_MOST_NODES = 400, CALC_MOST_REFS = 64 };

/* What may be counted: record sets and their fields, as the subject declares them. */
enum calc_field_kind { CALC_DAY, CALC_WORD, CALC_AMOUNT, CALC_FLAG };

struct calc_field {
	const char *name;
	enum calc_field_kind kind;
	const char *words; /* of a CALC_WORD: "counter|online"; "" when any word may stand */
};

struct calc_set {
	const char *name;
	const struct calc_field *fields;
	size_t n_fields;
	const char *by; /* "receiving_unit|competent_unit": whose records; "": one owner only */
};

/* Everything a formula may name. The two functions may be NULL: nothing is named then. */
struct calc_schema {
	const struct calc_set *sets;
	size_t n_sets;
	const char *tiers; /* "province|district|commune" */
	/* The choices of a setting as "a|b", NULL when there is no such setting. */
	const char *(*choices)(const void *self, const char *setting);
	/* Whether conditions by that name exist for that record set. */
	bool (*named)(const void *self, const char *condition, const char *set);
	const void *self;
};

/* One condition on a record. Words and numbers of a list are joined by '|'. */
enum calc_condition_kind {
	CALC_IS_WORD,   /* field compare text */
	CALC_IS_AMOUNT, /* field compare text (a number) */
	CALC_IS_ONE_OF, /* field in (text) */
	CALC_IN_PERIOD, /* trong kỳ */
	CALC_IN_YEAR,   /* lũy kế từ đầu năm báo cáo đến cuối kỳ */
	CALC_BY_END,    /* đến hết ngày cuối kỳ */
	CALC_BEFORE,    /* trước kỳ */
	CALC_VALID,     /* có hiệu lực vào ngày cuối kỳ: valid_from, valid_until */
	CALC_IN_UNIT,   /* a tier that the unit's sheet covers */
	CALC_SET,       /* flag */
	CALC_NOT_SET,   /* not flag */
	CALC_EMPTY,
	CALC_NOT_EMPTY,
	CALC_AMONG, /* field among (values of another total) */
	CALC_NAMED  /* conditions that the form set names */
};

enum calc_compare { CALC_EQ, CALC_NE, CALC_LT, CALC_LE, CALC_GT, CALC_GE };

struct calc_total;
struct calc_condition {
	enum calc_condition_kind kind;
	enum calc_compare compare;
	const char *name; /* field, or the name of the conditions */
	const char *text;
	const struct calc_total *among;
};

enum calc_total_kind { CALC_COUNT, CALC_COUNT_DISTINCT, CALC_SUM, CALC_VALUES };

struct calc_total {
	enum calc_total_kind kind;
	const char *set, *field;     /* field NULL: records are counted */
	const char *by, *by_setting; /* at most one of them; both NULL: the set's first */
	const struct calc_condition *conditions;
	size_t n_conditions;
};

struct calc_ref {
	const char *form; /* NULL: the same form */
	const char *code;
	int row; /* for the caller, who resolves it after parsing; -1 */
	int line, column;
};

enum calc_op {
	CALC_CONST,
	CALC_REF,
	CALC_TOTAL,
	CALC_DENOMINATOR, /* of the row's own ratio */
	CALC_ADD,
	CALC_SUBTRACT,
	CALC_MULTIPLY,
	CALC_DIVIDE,
	CALC_NEGATE,
	CALC_IF,
	CALC_COMPARE,
	CALC_AND,
	CALC_OR,
	CALC_NOT,
	CALC_CHOSEN,  /* setting name = choice */
	CALC_UNIT_IS, /* unit is tier */
	CALC_ENTERED,
	CALC_IS_BLANK
};

struct calc_node {
	enum calc_op op;
	bool truth;                    /* its type; false: a number */
	enum calc_compare compare;     /* CALC_COMPARE */
	const struct calc_node *a, *b; /* operands */
	const struct calc_node *otherwise;
	dec_t number;
	struct calc_ref *ref; /* CALC_REF, CALC_ENTERED, CALC_IS_BLANK */
	const struct calc_total *total;
	const char *name, *word; /* CALC_CHOSEN, CALC_UNIT_IS */
};

struct calc {
	const char *text;
	const struct calc_node *root;
	struct calc_ref *refs[CALC_MOST_REFS]; /* in the order of the text */
	size_t n_refs;
	const struct calc_total *totals[CALC_MOST_REFS];
	size_t n_totals;
};

/* What is wrong with a text: where (counted from 1; columns in characters) and what to do. */
struct calc_error {
	int line, column;
	const char *message;
};

/* ERR_INPUT with `error` filled when the text is wrong; everything lives in `a`.  `text` may
 * run over several lines. */
ERR_RESULT calc_parse_number(const struct calc **out, struct calc_error *error, struct arena *a,
                             const char *text, const struct calc_schema *schema);
ERR_RESULT calc_parse_check(const struct calc **out, struct calc_error *error, struct arena *a,
                            const char *text, const struct calc_schema *schema);
/* Conditions of records of `set` joined by "and": what a form set may name; "" is none. The
 * result is a total that counts. */
ERR_RESULT calc_parse_conditions(const struct calc_total **out, struct calc_error *error,
                                 struct arena *a, const char *text, const char *set,
                                 const struct calc_schema *schema);

/* Whether `word` is one of "a|b|c". */
bool calc_word_among(const char *words, const char *word);

/* ---- evaluation ---- */

__extension__ typedef __int128 calc_wide;

/* Blank: not known.  Absent: a row that this unit does not fill; a sum goes on without it. */
enum calc_state { CALC_BLANK, CALC_ABSENT, CALC_KNOWN };

struct calc_value {
	enum calc_state state;
	calc_wide n, d; /* an exact fraction, d > 0, when known */
};

struct calc_env {
	void *self;
	struct calc_value (*ref)(void *self, const struct calc_ref *ref);
	struct calc_value (*total)(void *self, const struct calc_total *total);
	struct calc_value (*denominator)(void *self);
	bool (*entered)(void *self, const struct calc_ref *ref);
	const char *(*choice)(void *self, const char *setting);
	const char *unit_tier;
};

/* What an evaluation met. */
struct calc_report {
	bool divided_by_zero; /* x/0 with x other than 0; 0/0 is blank in silence */
	bool partial;         /* a sum was left blank although some of its parts are known */
	bool overflow;
};

struct calc_value calc_number(const struct calc_node *node, const struct calc_env *env,
                              struct calc_report *report);

enum calc_truth { CALC_FALSE, CALC_TRUE, CALC_UNKNOWN };

/* The comparison that decided a check, with both sides as they were. */
struct calc_verdict {
	enum calc_truth truth;
	const struct calc_node *comparison; /* NULL: none was evaluated */
	struct calc_value left, right;
};
struct calc_verdict calc_check(const struct calc_node *node, const struct calc_env *env,
                               struct calc_report *report);

struct calc_value calc_known(dec_t d); /* blank for DEC_NONE */
/* Rounded half away from zero; DEC_NONE unless known and within range. */
dec_t calc_round(struct calc_value v, int places);
int calc_order(struct calc_value a, struct calc_value b); /* both known */
/* 100 * part / whole, as a formula gives it. */
struct calc_value calc_percent(struct calc_value part, struct calc_value whole,
                               struct calc_report *report);

/* The formula for a spreadsheet, each reference written by `cell` (false: it has no cell);
 * false when the formula holds what a sheet cannot compute. */
bool calc_spreadsheet(struct str *out, const struct calc_node *node,
                      bool (*cell)(struct str *out, const void *self,
                                   const struct calc_ref *ref),
                      const void *self);

#endif
