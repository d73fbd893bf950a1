/* unit.h - the rules about a unit (đơn vị): identification codes, levels, what may be asked of
 * the tree.  Pure.
 *
 * Codes: two styles live side by side and are never made from each other by string surgery;
 * a unit carries both in two columns.
 *   QĐ 20/2020/QĐ-TTg: groups of 0-9 A-Z joined by dots, at most 35 characters, level 1
 *   leftmost: "H15.50.05".
 *   QCVN 102:2016/BTTTT: V1V2V3.Z1Z2.Y1Y2.MX1X2, 13 characters, level 1 rightmost:
 *   "000.05.50.H15".
 */
#ifndef APP_UNIT_UNIT_H
#define APP_UNIT_UNIT_H

#include "base/date.h"
#include "base/problems.h"
#include "base/row_id.h"

enum { UNIT_CODE_LONGEST = 35, UNIT_CODE_TEXT = 36, UNIT_NAME_LONGEST = 200 };

enum unit_code_style {
	UNIT_CODE_BAD,  /* neither */
	UNIT_CODE_2020, /* QĐ 20/2020 */
	UNIT_CODE_QCVN, /* QCVN 102:2016; its shape is a valid code of QĐ 20 too, and wins */
};

/* Reads a code as people type it (blanks around it, small letters).  `out` gets its one
 * written form unless UNIT_CODE_BAD. */
enum unit_code_style unit_code_parse(char out[UNIT_CODE_TEXT], const char *text);

/* What makes a unit.  Texts may be NULL or blank where a column allows it. */
struct unit_draft {
	const char *code, *code_qcvn;
	const char *name;  /* as printed: "Ủy ban nhân dân xã Demo Một" */
	const char *level; /* a code of unit_level */
	row_id parent_id;  /* ROW_NONE: a root, which only a command can add */
	const char *place; /* địa danh */
	const char *letterhead_parent, *letterhead;
	const char *address, *phone;
	bool issues_codes;
	date_t from_on;     /* first day of its existence */
	const char *source; /* the document that founded it */
};

/* Checks what needs no database and puts both codes into their written form (in the arena of
 * `problems`).  Fields of problems are the members' names; the message of `from_on` too. */
ERR_RESULT unit_draft_check(struct unit_draft *draft, struct problems *problems);

/* How a unit ends. */
enum unit_ending {
	UNIT_MERGE,   /* sáp nhập: into one successor, perhaps with others */
	UNIT_SPLIT,   /* chia, tách: into two or more */
	UNIT_RENAME,  /* lives on under another code */
	UNIT_ABOLISH, /* giải thể: with or without a successor */
	UNIT_ENDING_COUNT_
};
const char *unit_ending_word(enum unit_ending e); /* "merge", as stored */
const char *unit_ending_label(const char *word);  /* "Sáp nhập"; "" for an unknown word */
enum unit_ending unit_ending_for(size_t n_of_successors); /* abolish, merge, split */

/* What becomes of the units that still stand directly below one that ends. */
enum unit_orphans {
	UNIT_ORPHANS_REFUSE, /* a problem that names them */
	UNIT_ORPHANS_MOVE,   /* they go below `orphans_to` on that day */
	UNIT_ORPHANS_END,    /* they end on the same day, with all below them */
};

enum { UNIT_MOST_ENDING = 64 };
struct unit_succession {
	enum unit_ending kind;
	row_id old[UNIT_MOST_ENDING];
	size_t n_old;
	row_id successors[UNIT_MOST_ENDING];
	size_t n_successors;
	date_t on; /* the first day on which the old ones are no more */
	const char *source;
	enum unit_orphans orphans;
	row_id orphans_to;
};
ERR_RESULT unit_succession_check(const struct unit_succession *s, struct problems *problems);

/* Whether a unit of rank `below` may stand directly under one of rank `above`; only units of
 * the last rank (phòng, ban) stand under their like. */
bool unit_rank_fits(int64_t above, int64_t below, int64_t last_rank);

#endif
