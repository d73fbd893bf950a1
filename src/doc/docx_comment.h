/* docx_comment.h - puts comments into a Word document (ECMA-376 part 1, 17.13.4) and changes
 * nothing else in it: every other part is kept byte for byte, the document gets marks spliced
 * in where a comment begins and ends, and comments that are there stay.
 */
#ifndef DOC_DOCX_COMMENT_H
#define DOC_DOCX_COMMENT_H

#include "base/problems.h"
#include "base/str.h"

enum { DOCX_MOST_COMMENTS = 10000 };

struct docx_comment {
	int place;          /* of a line as docx_text.h numbers them: index of a paragraph */
	const char *quote;  /* as the line has it; NULL or not found: the whole paragraph */
	const char *author; /* shown beside the comment */
	const char *text;   /* a line feed starts a paragraph */
};

/* Appends the document `file`, the bytes of a .docx, with the comments to `to`.  A quote is
 * looked for in its paragraph and, in a table, in the whole row; the mark covers the runs that
 * hold it.  A comment whose place is not in the document is left out.  A file that cannot be
 * taken says so in `problems` (field "file"): nothing is appended then, and the result is
 * ERR_OK. */
ERR_RESULT docx_comment(struct str *to, struct arena *a, struct slice file,
                        const struct docx_comment *comments, size_t n_comments,
                        struct problems *problems);

#endif
