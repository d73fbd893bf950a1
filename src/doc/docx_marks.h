/* docx_marks.h - where in the XML of a Word document its paragraphs and runs stand, so that
 * marks can be put around them.  Private to src/doc. */
#ifndef DOC_DOCX_MARKS_H
#define DOC_DOCX_MARKS_H

#include "doc/office_package.h"

struct docx_run {
	size_t start, end; /* bytes of the part */
	size_t text_end;   /* of the paragraph's text: where its own ends */
};
/* Of the main text, not of text boxes. */
struct docx_block {
	int place;         /* as docx_text.h numbers paragraphs */
	int row;           /* of the outermost tables, from 1; 0: in none */
	const char *text;  /* of its runs, cleaned */
	size_t first, end; /* of the runs */
};
struct docx_marks {
	struct docx_block *blocks;
	size_t n_blocks;
	struct docx_run *runs;
	size_t n_runs;
	bool strict; /* the namespaces of ISO 29500 strict */
	bool has_w;  /* the prefix "w" is the main namespace */
};

/* Reads the main part. */
ERR_RESULT docx_marks_read(struct docx_marks *out, struct office_package *p, const char *path);

/* Whether a root element's attributes give the prefix "w" to the main namespace. */
bool docx_has_prefix(const char **attributes, bool *strict);

/* The bytes to mark for a quote (NULL: the paragraph) at that place; `end` 0 when there is no
 * such place, or nothing in it. */
struct docx_span {
	size_t start, end;
};
ERR_RESULT docx_marks_find(struct docx_span *out, struct arena *a,
                           const struct docx_marks *marks, int place, const char *quote);

#endif
