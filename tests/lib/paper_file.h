/* paper_file.h - one document of paragraphs and tables as the kinds of file that offices send:
 * plain text with tabs, CSV, Word, Excel. */
#ifndef TESTS_PAPER_FILE_H
#define TESTS_PAPER_FILE_H

#include "base/str.h"

struct paper_line {
	const char *const *cells;
	size_t n; /* 0: a blank line; 1: a paragraph; else a row of a table */
};
struct paper_file {
	struct arena *arena;
	struct paper_line *lines;
	size_t n;
};

/* Adds a line of cells divided by '|': "1|Số văn bản|Văn bản|02|"; "": a blank line. */
__attribute__((format(printf, 2, 3))) void paper_put(struct paper_file *p, const char *fmt,
                                                     ...);

enum paper_kind {
	PAPER_TEXT,
	PAPER_CSV,
	PAPER_CSV_SEMICOLON,
	PAPER_WORD,
	PAPER_EXCEL,
	PAPER_KINDS
};
/* "bieu.txt", "bieu.docx" */
const char *paper_name(enum paper_kind kind);
/* The bytes live in the arena. */
struct slice paper_bytes(const struct paper_file *p, enum paper_kind kind);

#endif
