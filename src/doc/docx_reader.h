/* docx_reader.h - the state of reading a Word document, shared by docx_text.c (which part is
 * read when), docx_element.c (which element means what) and docx_lines.c (what becomes of
 * paragraphs, rows and notes).  Private to src/doc. */
#ifndef DOC_DOCX_READER_H
#define DOC_DOCX_READER_H

#include "base/str.h"
#include "doc/docx_styles.h"
#include "doc/docx_text.h"
#include "doc/line_builder.h"

/* In the text of a paragraph: a line break, a page break. */
#define DOCX_LINE_BREAK '\n'
#define DOCX_PAGE_BREAK '\f'

struct docx_paragraph {
	struct str text; /* in malloc memory */
	const struct docx_style *style;
	int place, list, level, outline;
	bool section;      /* it ends a section that ends a page */
	bool mark_deleted; /* the next paragraph goes on in this one */
};

struct docx_note {
	int id;
	bool at_end; /* an endnote: they count apart */
	const char *text;
};
struct docx_reference {
	int id, place;
	bool at_end;
};

struct docx_row {
	const char *cells[TEXT_MOST_CELLS];
	size_t n;
	int place;
	bool deleted;
	struct str cell; /* of the cell in work, in malloc memory */
	int span;
	bool continued; /* the cell goes on from the one above */
};

struct docx_reader {
	struct office_package *package;
	struct docx_styles styles;
	struct line_builder lines;

	struct docx_paragraph open[DOCX_MOST_NESTED]; /* the last is in work */
	int n_open;                                   /* may be more than there is room for */
	int n_paragraphs;                             /* w:p seen so far */

	int grid[DOCX_MOST_NESTED]; /* columns of the open tables */
	int depth;                  /* of open tables */
	int table;                  /* depth of the one whose rows are made; 0: none */
	struct docx_row row;

	struct docx_note *notes; /* by kind and id */
	size_t n_notes;
	bool in_note;
	struct str note;  /* in work, in malloc memory */
	struct str whole; /* a paragraph with its number, in malloc memory */
	int note_id;
	struct docx_reference *references; /* not yet put */
	size_t n_references;

	bool page_break_after; /* of the line in work */
	/* Where the parser is. */
	bool in_text, in_properties, in_run_properties, in_row_properties;
	bool hidden, capitals, own_mark; /* of the run; own_mark: it holds a note's mark */
	int skip;                        /* depth inside an element that is left out */
	int alternates;
	bool taken[64];              /* a branch of each open mc:AlternateContent */
	int fields;                  /* open */
	unsigned long long commands; /* of them, a bit each: still in its command */
};

/* Reads the document, or its notes, into the struct docx_reader it is given. */
extern const struct office_handler docx_handler;

/* The paragraph in work; NULL when there is none, or too many inside each other. */
struct docx_paragraph *docx_current(struct docx_reader *d);

ERR_RESULT docx_end_paragraph(struct docx_reader *d);
ERR_RESULT docx_page_break(struct docx_reader *d); /* what follows begins a page */

void docx_start_table(struct docx_reader *d);
ERR_RESULT docx_end_table(struct docx_reader *d);
ERR_RESULT docx_start_row(struct docx_reader *d);
ERR_RESULT docx_end_row(struct docx_reader *d);
void docx_start_cell(struct docx_reader *d);
ERR_RESULT docx_end_cell(struct docx_reader *d);
ERR_RESULT docx_skip_cells(struct docx_reader *d, int n); /* empty ones */

ERR_RESULT docx_end_note(struct docx_reader *d, bool at_end);
void docx_sort_notes(struct docx_reader *d);
ERR_RESULT docx_refer(struct docx_reader *d, int id, bool at_end);

#endif
