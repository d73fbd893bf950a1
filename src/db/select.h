/* select.h - the one place where SQL is composed at run time: lists, counts, formulas and
 * drill-down over a record set, so that they cannot disagree.
 *
 * A subject declares its record sets in `<s>_store.sql`:
 *
 *	-- recordset: dossier
 *	-- from: dossier d join procedure p on p.id = d.procedure_id
 *	-- key: d.id
 *	-- scope: d.receiving_unit_id
 *	-- search: dossier_word dossier_id unit_id     (table, its key, its unit if it has one)
 *	-- field: received_on day d.received_on
 *	-- field: channel text d.channel
 *
 * and mksql makes `const struct recordset recordset_dossier`.  Values are always bound, field
 * names come from the declaration only.
 */
#ifndef DB_SELECT_H
#define DB_SELECT_H

#include "db/db.h"

struct recordset_field {
	const char *name;
	enum db_type type;
	const char *expression;
};
struct recordset {
	const char *name, *from, *key, *scope; /* scope: NULL for sets no unit owns */
	/* Words for free text: rows (word, key) or (unit, word, key); NULL: no search. */
	const char *search_table, *search_key, *search_unit;
	const struct recordset_field *fields;
	size_t n_fields;
};
const struct recordset_field *recordset_field(const struct recordset *set, const char *name);

enum select_op {
	SELECT_EQ,
	SELECT_NE,
	SELECT_LT,
	SELECT_LE,
	SELECT_GT,
	SELECT_GE,
	SELECT_NULL,
	SELECT_NOT_NULL,
	SELECT_IN,   /* value.text holds values separated by '|', days as 2024-02-07 */
	SELECT_AMONG /* the values of a field of other records, see `among` */
};

struct select;
struct select_among {
	const struct recordset_field *field; /* of the same type */
	const struct select *from;           /* without search words */
};

struct select_value {
	enum db_type type;
	union {
		row_id id;
		int64_t integer;
		bool flag;
		date_t day;
		instant_t instant;
		money_t dong;
		dec_t decimal;
		const char *text;
		const struct select_among *among; /* of SELECT_AMONG */
	};
};

/* As in SQL, a blank field fulfils SELECT_NULL only.  The value has the field's type. */
struct select_condition {
	const struct recordset_field *field;
	enum select_op op;
	struct select_value value;
};

enum {
	SELECT_MOST_CONDITIONS = 24,
	SELECT_MOST_COLUMNS = 40,
	SELECT_MOST_WORDS = 12,
	SELECT_MOST_IN = 64 /* values in one list */
};

/* What a unit answers for itself in a report: its subtree without the units that stand below
 * one that owes it a report of its own for that period (view unit_reported). */
struct select_own {
	const char *regime, *period; /* "bnv-581", "2024-Q1" */
};

struct select {
	const struct recordset *set;
	row_id scope;                 /* a unit; ignored when the set has no scope */
	const struct select_own *own; /* NULL: the whole subtree */
	bool own_unit_only;           /* the scope's own rows, not its subtree's */
	date_t scope_on;              /* the day whose tree is meant; DATE_NONE: as it is now */
	/* The conditions find few rows by themselves: the scope is only checked. */
	bool few_without_scope;
	struct select_condition conditions[SELECT_MOST_CONDITIONS];
	size_t n_conditions;
	/* Folded words separated by blanks, or NULL.  A row must have, for every one of them,
	 * a word that begins so.  At most SELECT_MOST_WORDS count. */
	const char *search_words;
	/* Of the rows with equal values of this field only the first by key; NULL: all rows.
	 * A page then has as many rows as select_count gives distinct values. */
	const struct recordset_field *one_of_each;
};

/* Every function: ERR_FORBIDDEN when a set that units own is asked without a scope, ERR_INPUT
 * when a list of SELECT_IN is malformed.
 *
 * Number of rows, or of distinct values of `distinct` (NULL: rows), at most `most` + 1 when
 * most > 0 (so that "more than 10,000" costs no more). */
ERR_RESULT select_count(int64_t *out, struct db *db, const struct select *s,
                        const struct recordset_field *distinct, int64_t most);
ERR_RESULT select_sum(dec_t *out, struct db *db, const struct select *s,
                      const struct recordset_field *field);

/* A page of rows ordered by `order` then key, after the row (after_value, after_key). */
struct select_page {
	const struct recordset_field *order; /* NULL: by key */
	bool descending;
	struct select_value after_value;
	row_id after_key; /* ROW_NONE: the first page */
	int limit;
	const struct recordset_field *columns[SELECT_MOST_COLUMNS];
	size_t n_columns;
};
struct select_rows {
	row_id *keys;
	struct select_value *values; /* n x n_columns, row by row; NULLs as the type's NONE */
	size_t n;
	bool more;
};
/* Rows and texts live in `a`. */
ERR_RESULT select_fetch(struct select_rows *out, struct db *db, struct arena *a,
                        const struct select *s, const struct select_page *page);

#endif
