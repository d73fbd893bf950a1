/* narrative_language.h - the language of outlines and texts (docs/narrative.md), parsed.  Pure.
 *
 *	## 1. Kết quả giải quyết thủ tục hành chính
 *	Trong {{kỳ}}, đã tiếp nhận {{dossier.received}} hồ sơ[[, {{dossier.received | so cùng
 *kỳ}} so với {{cùng kỳ}}]].
 *	{{nếu dossier.commune.finished > dossier.commune.on_time}}
 *	- Còn {{dossier.commune.finished - dossier.commune.on_time}} hồ sơ trễ hạn.
 *	{{hết}}
 *
 * A line is a block.  A cell is named by its indicator's stable id, or by form and printed
 *number
 * ("8/6.4.1"), which narrative_settle() turns into the id.
 */
#ifndef APP_NARRATIVE_NARRATIVE_LANGUAGE_H
#define APP_NARRATIVE_NARRATIVE_LANGUAGE_H

#include "app/form/form.h"
#include "app/narrative/narrative.h"

enum { NARRATIVE_MOST_TERMS = 8, NARRATIVE_MOST_NODES = 20000, NARRATIVE_DEEPEST = 8 };

/* Of which period a figure is. */
enum narrative_when {
	NARRATIVE_NOW,
	NARRATIVE_LAST_PERIOD,
	NARRATIVE_LAST_YEAR, /* the same period of last year */
	NARRATIVE_WHENS
};

#define VARIABLE(name, word, about) NARRATIVE_THE_##name,
enum narrative_variable {
#include "app/narrative/narrative_words.def"
	NARRATIVE_VARIABLES_
};
const char *narrative_variable_word(enum narrative_variable v);  /* "đơn vị" */
const char *narrative_variable_about(enum narrative_variable v); /* in words, an example */

/* A sum of cells: "a.b - a.c". */
struct narrative_term {
	int row; /* of the set; -1: `number` */
	dec_t number;
	bool minus;
};
struct narrative_sum {
	struct narrative_term terms[NARRATIVE_MOST_TERMS];
	size_t n;
	enum narrative_when when;
	const char *reference; /* with stable ids: "a.b - a.c" */
};

struct narrative_style {
	enum narrative_when when; /* whose value, or against which */
	bool change;              /* "tăng ... (...)" */
	char part;                /* 'n' numerator, 'd' denominator, 'f' "7/19"; 0: the value */
	bool note, unpadded, with_unit, capitals;
	int places;       /* -1: as the row says */
	const char *noun; /* instead of the row's unit; NULL */
};

enum narrative_listing {
	NARRATIVE_UNITS_MISSING,
	NARRATIVE_UNITS_SENT,
	NARRATIVE_FIELDS,     /* lĩnh vực behind a figure, with counts */
	NARRATIVE_PROCEDURES, /* thủ tục behind a figure */
	NARRATIVE_NOTES       /* Ghi chú of a form's cells */
};
struct narrative_source {
	enum narrative_listing what;
	int row;                 /* FIELDS, PROCEDURES */
	const struct form *form; /* NOTES */
	int most;                /* names printed at most; 0: all */
};

enum narrative_test_op {
	NARRATIVE_AND,
	NARRATIVE_OR,
	NARRATIVE_NOT,
	NARRATIVE_COMPARE,
	NARRATIVE_KNOWN,     /* có: the figure is not blank */
	NARRATIVE_NOT_EMPTY, /* có: the list has something */
	NARRATIVE_PERIOD_IS
};
enum narrative_compare {
	NARRATIVE_EQ,
	NARRATIVE_NE,
	NARRATIVE_LT,
	NARRATIVE_LE,
	NARRATIVE_GT,
	NARRATIVE_GE
};
struct narrative_test {
	enum narrative_test_op op;
	enum narrative_compare compare;
	const struct narrative_test *a, *b;
	struct narrative_sum left, right;
	struct narrative_source source;
	const char *word; /* PERIOD_IS: "Q1" */
};

enum narrative_node_kind {
	NARRATIVE_TEXT, /* prose with its marks and line breaks, as written */
	NARRATIVE_CELL, /* a figure */
	NARRATIVE_VARIABLE,
	NARRATIVE_OWN,    /* a statement of their own */
	NARRATIVE_LISTED, /* names in a row */
	NARRATIVE_IF,
	NARRATIVE_EACH,
	NARRATIVE_OPTIONAL, /* [[ ... ]]: left out when a figure in it is blank */
	NARRATIVE_NOTE,     /* ^[ ... ]: a footnote */
	NARRATIVE_FIXED     /* {{= ... }}: a run as it was frozen */
};
struct narrative_node {
	enum narrative_node_kind kind;
	int line;
	const char *text; /* TEXT, OWN: what is printed */
	const char *marker;
	struct narrative_sum sum; /* CELL; OWN: instead of, n 0: of no cell */
	struct narrative_style style;
	enum narrative_variable variable;
	struct narrative_source source;
	const struct narrative_test *test;
	struct narrative_run fixed;
	const struct narrative_node *first, *otherwise; /* what is in it; of an IF without */
	const struct narrative_node *next;
};

/* A cell named in the source. */
struct narrative_reference {
	int row, line;
	size_t at, n; /* bytes of the source */
};

struct narrative_parsed {
	const struct narrative_node *first;
	const struct narrative_reference *references; /* in the order of the source */
	size_t n_references;
};

/* What is wrong becomes problems (field "text", line, what to do) and *out is empty; ERR_OK all
 * the same.  `set` NULL: no cell can be named (a frozen text). */
ERR_RESULT narrative_parse(struct narrative_parsed *out, struct arena *a,
                           struct problems *problems, const struct form_set *set,
                           const char *source);

/* NFC, line feeds only, printed numbers turned into stable ids; as it is kept. */
ERR_RESULT narrative_settle(const char **out, struct arena *a, const struct form_set *set,
                            const char *source);

#endif
