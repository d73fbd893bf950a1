/* form.h - biểu mẫu thống kê as data: what a form set says, read from its files.
 *
 * A set is a folder: `set.form` (who issued it, the decisions on counting) and one file for
 * each form (docs/first-form.md).  A loaded set is complete: every formula parsed and typed,
 * every reference resolved, no cycles.  It never changes afterwards and lives in one arena.
 */
#ifndef APP_FORM_FORM_H
#define APP_FORM_FORM_H

#include "app/form/number_read.h"
#include "app/form/period.h"
#include "base/problems.h"
#include "calc/calc.h"

enum {
	FORM_MOST_ROWS = 2000, /* of a set */
	FORM_MOST_FORMS = 40,
	FORM_MOST_SETTINGS = 32,
	FORM_LONGEST_FILE = 512 * 1024
};

/* Cấp of the form that a unit of some level fills. A department counts as the province's. */
enum form_tier { FORM_PROVINCE, FORM_DISTRICT, FORM_COMMUNE, FORM_TIERS };
enum form_tier form_tier_of_level(const char *unit_level); /* a code of unit_level */
const char *form_tier_word(enum form_tier tier);           /* "province" */
const char *form_tier_name(enum form_tier tier);           /* "cấp tỉnh" */

enum form_time { FORM_IN_PERIOD, FORM_IN_YEAR, FORM_AT_END, FORM_SINCE_EVER, FORM_OF_YEAR };
enum form_rollup {
	FORM_ROLLUP_NONE,
	FORM_SUM,
	FORM_RECOMPUTE,
	FORM_OWN,         /* never added over units */
	FORM_CATALOGUE,   /* distinct procedures: never added */
	FORM_COUNT_UNITS, /* units that did it among all of them */
	FORM_ROLLUPS
};
const char *form_kind_word(enum form_kind kind);       /* "count" */
const char *form_time_name(enum form_time time);       /* "trong kỳ" */
const char *form_rollup_name(enum form_rollup rollup); /* "cộng các đơn vị" */

enum form_severity { FORM_ERROR, FORM_WARNING, FORM_REMARK };
const char *form_severity_word(enum form_severity severity); /* "error" */

struct form_check {
	enum form_severity severity;
	const struct calc *rule;
	const char *because; /* NULL: nothing said */
};

struct form_choice {
	const char *word,
	        *text; /* code and what it means; of a setting: its printed sentence */
};

struct form_row {
	const char *code, *id, *label;                 /* printed number, stable indicator id */
	const char *unit;                              /* "" for a group */
	const char *unit_note, *help, *fed_by, *owner; /* NULL: nothing said */
	enum form_kind kind;
	unsigned tiers; /* bit for each form_tier that fills it */
	enum form_time time;
	enum form_rollup rollup;
	int places;
	bool any_range;           /* a ratio that may leave 0-100 */
	const struct calc *value; /* NULL: entered */
	/* A ratio: its parts, from "100 * A / B"; NULL when they are entered beside it. */
	const struct calc_node *numerator, *denominator;
	const struct calc *usual_denominator; /* of entered parts */
	const char *numerator_label, *denominator_label;
	const struct calc *remainder;      /* what the note should explain when it is above 0 */
	const struct form_choice *choices; /* of an enum */
	size_t n_choices;
	const struct form_check *checks;
	size_t n_checks;
	const struct form *form;
	int at, parent, depth; /* index in the set; parent -1: none */
	int line;
};

struct form_given {
	int row;
	const char *text; /* as printed */
};
struct form_expected {
	int row;
	bool blank;
	dec_t value;
	const char *problem; /* a kind; NULL: a value is expected */
};
/* A worked example: what is given, what must come out; run in the tests and by form check. */
struct form_example {
	const char *name;
	enum form_tier tier;
	struct period period;
	const struct form_given *given;
	const struct form_expected *expected;
	size_t n_given, n_expected;
	int line;
};

struct form {
	const char *code, *title; /* "8" */
	const char *file;
	int first; /* its rows stand together in the set */
	size_t n_rows;
	const struct form_example *examples;
	size_t n_examples;
};

struct form_setting {
	const char *name, *title;
	const struct form_choice *choices;
	size_t n_choices, usual;
	const char *words; /* "finished|received" */
};

/* Conditions with a name: one list for each choice of a setting, or always the same. */
struct form_condition {
	const char *name, *setting; /* setting NULL: always */
	const char *choice;
	const struct calc_total *total; /* of the set it is for; its conditions */
};

struct form_set {
	const char *code, *title, *issuer, *document, *printed; /* printed: "Biểu mẫu" */
	date_t valid_from, valid_to;                            /* valid_to DATE_NONE: open */
	date_t closed_on[FORM_TIERS]; /* the last day of a tier; DATE_NONE: it lasts */
	const char *closed_because[FORM_TIERS];
	const struct form_setting *settings;
	size_t n_settings;
	const struct form_condition *conditions;
	size_t n_conditions;
	const struct form *forms;
	size_t n_forms;
	const struct form_row *rows;
	size_t n_rows;
};

const struct form *form_find(const struct form_set *set, const char *code); /* or NULL */
const struct form_row *form_find_row(const struct form_set *set, const struct form *form,
                                     const char *code); /* "6.3.1" or "6.3.1."; or NULL */
const struct form_setting *form_find_setting(const struct form_set *set, const char *name);
bool form_tier_covers(enum form_tier unit, enum form_tier row);

#endif
