/* docx_styles.h - what the styles and the numbering of a Word document say about its
 * paragraphs (ECMA-376 part 1, 17.7 and 17.9).  Private to src/doc. */
#ifndef DOC_DOCX_STYLES_H
#define DOC_DOCX_STYLES_H

#include "doc/office_package.h"

enum {
	DOCX_MOST_STYLES = 20000,
	DOCX_MOST_LISTS = 5000, /* abstract ones, and those made of them */
	DOCX_LEVELS = 9,
	DOCX_UNSET = -1,
	DOCX_BODY_LEVEL = 9 /* of outline: no heading */
};

struct docx_style {
	const char *id, *based_on; /* based_on: NULL when none */
	int list, level;           /* numId and ilvl, or DOCX_UNSET */
	int outline;               /* 0-8, DOCX_BODY_LEVEL, DOCX_UNSET */
	int capitals, hidden;      /* 1, 0, DOCX_UNSET */
	bool contents;             /* a line of the table of contents */
};

enum docx_number_form {
	DOCX_DECIMAL,
	DOCX_DECIMAL_ZERO, /* 01 */
	DOCX_UPPER_ROMAN,
	DOCX_LOWER_ROMAN,
	DOCX_UPPER_LETTER,
	DOCX_LOWER_LETTER,
	DOCX_BULLET,
	DOCX_NO_NUMBER
};
struct docx_level {
	enum docx_number_form form;
	const char *text;  /* "%1.%2." */
	const char *style; /* of paragraphs that stand on this level, or NULL */
	int start, restart;
	bool legal;      /* all its numbers are decimal */
	bool no_blank;   /* nothing between the number and the text */
	bool overridden; /* of a list: this level is its own, not the abstract list's */
};
/* An abstract list: its lists count on together. */
struct docx_abstract {
	int id;
	const char *link; /* the style whose list has the levels; NULL: they are here */
	struct docx_level levels[DOCX_LEVELS];
	int counts[DOCX_LEVELS]; /* the last number of each level; DOCX_UNSET: none yet */
};
struct docx_list {
	int id, abstract; /* the abstract list's id */
	struct docx_level *levels;
	int starts[DOCX_LEVELS]; /* DOCX_UNSET: as the abstract list */
	bool begun;
};

struct docx_styles {
	struct docx_style *styles; /* by id */
	size_t n_styles;
	const struct docx_style *normal; /* of paragraphs that name none; or NULL */
	struct docx_abstract *abstracts; /* by id */
	size_t n_abstracts;
	struct docx_list *lists; /* by id */
	size_t n_lists;
};

/* Reads the parts at those paths; NULL or a part that is missing: nothing is said. */
ERR_RESULT docx_styles_read(struct docx_styles *out, struct office_package *p,
                            const char *styles_path, const char *numbering_path);

const struct docx_style *docx_style_find(const struct docx_styles *s, const char *id);

/* Counts on and appends the number that a paragraph shows, "2.1. " or "- "; nothing when it
 * has none.  `list` and `level` may be DOCX_UNSET: as its style (which may be NULL) says. */
void docx_number_put(struct docx_styles *s, struct str *to, const struct docx_style *style,
                     int list, int level);

/* "1", "true" or nothing said: on. */
bool docx_is_on(const char *value);
/* The attribute "val" as a whole number; DOCX_UNSET when it is none. */
int docx_value(const char **attributes);

#endif
