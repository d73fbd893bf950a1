/* procedure.h - administrative procedures (thủ tục hành chính, TTHC): words, codes, what a
 * version must satisfy.  Pure.
 *
 * Service levels (NĐ 42/2022/NĐ-CP) are set per version.  The old mức độ 2/3/4 is kept beside
 * as a document stated it; neither is ever derived from the other.
 * Of the two terms the shortened one (cắt giảm) drives the due date when it is stated.
 */
#ifndef APP_PROCEDURE_PROCEDURE_H
#define APP_PROCEDURE_PROCEDURE_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/problems.h"

/* A word of the database and how users say it. */
struct procedure_term {
	const char *word, *label;
};
struct procedure_terms {
	const struct procedure_term *at;
	size_t n;
};
extern const struct procedure_terms procedure_service_levels; /* full partial direct */
extern const struct procedure_terms procedure_links;       /* none same_level across_levels */
extern const struct procedure_terms procedure_decisions;   /* announced ... repealed */
extern const struct procedure_terms procedure_part_forms;  /* original certified copy any */
extern const struct procedure_terms procedure_supplements; /* continues restarts never_stops */
extern const struct procedure_terms procedure_old_levels;  /* 2 3 4 */
bool procedure_term_known(const struct procedure_terms *terms, const char *word);
const char *procedure_label(const struct procedure_terms *terms, const char *word); /* or "" */

/* d.dddddd, then perhaps groups of 0-9 A-Z after dots (a province's copy: "1.012753.H19"). */
enum { PROCEDURE_CODE_LONGEST = 35, PROCEDURE_CODE_TEXT = 36 };
bool procedure_code_parse(char out[PROCEDURE_CODE_TEXT], const char *text);

/* An amount as people write it: "75.000", "75000 đồng", "miễn phí"; blank is MONEY_NONE.
 * False when it is no amount ("5.000 hoặc 10.000") or above 10^12. */
bool procedure_fee_parse(money_t *out, const char *text);

enum {
	PROCEDURE_MOST_LEVELS = 8,
	PROCEDURE_MOST_PARTS = 60,
	PROCEDURE_MOST_STEPS = 30,
	PROCEDURE_NAME_LONGEST = 1000,
};

struct procedure_part { /* thành phần hồ sơ */
	const char *name;
	const char *form; /* of procedure_part_forms; NULL: "original" */
	int copies;       /* 0: 1 */
	bool required;
};
struct procedure_step { /* bước xử lý nội bộ */
	const char *name;
	const char *role;   /* a name of roles.def */
	const char *budget; /* a term: "2 giờ làm việc"; blank: none */
};

/* A version, as somebody proposes it.  Texts may be NULL or blank where nothing is stated. */
struct procedure_draft {
	const char *code, *name;
	const char *field; /* lĩnh vực, by name; a new one is added */
	const char *levels[PROCEDURE_MOST_LEVELS]; /* codes of unit_level */
	size_t n_levels;
	const char *service_level;
	int old_level; /* 2, 3, 4; 0: not stated */
	bool online_offered, online_payment, on_national_portal;
	bool any_place;     /* phi địa giới */
	const char *linked; /* liên thông; NULL: "none" */
	const char *statutory_term, *statutory_basis;
	const char *shortened_term, *shortened_basis;
	const char *supplement_rule; /* NULL: as the rule set says */
	money_t fee;                 /* MONEY_NONE: not stated, 0: free */
	const char *fee_note, *result_name;
	date_t simplified_on;
	const char *decision_kind; /* NULL: announced when new, amended when known */
	const char *decision;      /* the deciding document */
	date_t decision_on, valid_from;
	const char *note;
	struct procedure_part parts[PROCEDURE_MOST_PARTS];
	size_t n_parts;
	struct procedure_step steps[PROCEDURE_MOST_STEPS];
	size_t n_steps;
};
/* A draft in which nothing is stated. */
void procedure_draft_init(struct procedure_draft *draft);

/* Checks all that needs no database, each problem on `line` of a file (0: none), and puts the
 * texts into their stored form (in the arena of `problems`).  Fields of problems are the
 * members' names; "part_name_0", "step_budget_2" for the lists. */
ERR_RESULT procedure_draft_check(struct procedure_draft *draft, int line,
                                 struct problems *problems);

/* The term that drives the due date; "" when none is stated. */
const char *procedure_driving_term(const char *statutory, const char *shortened);

/* Splits what a user typed into words for the search: folded, code-like ones in small letters
 * as they are.  At most `most`; the last one is a prefix unless the text ends with a blank. */
enum { PROCEDURE_MOST_WORDS = 6 };
struct procedure_words {
	const char *at[PROCEDURE_MOST_WORDS];
	size_t n;
	const char *phrase; /* all of them, joined by blanks */
};
ERR_RESULT procedure_words_split(struct procedure_words *out, struct arena *a,
                                 const char *text);

#endif
