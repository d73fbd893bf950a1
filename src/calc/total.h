/* total.h - counts and sums over record sets: what may be counted, and a parsed question. */
#ifndef CALC_TOTAL_H
#define CALC_TOTAL_H

#include <stdbool.h>
#include <stddef.h>

/* What may be counted: record sets and their fields, as the subject declares them. */
/* A CALC_KEY only tells records apart: it is counted distinct, or looked for among others. */
enum calc_field_kind { CALC_DAY, CALC_WORD, CALC_AMOUNT, CALC_FLAG, CALC_KEY };

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

/* Whether `word` is one of "a|b|c". */
bool calc_word_among(const char *words, const char *word);

#endif
