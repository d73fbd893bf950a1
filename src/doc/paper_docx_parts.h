/* paper_docx_parts.h - what the files of paper_docx*.c share; private to src/doc. */
#ifndef DOC_PAPER_DOCX_PARTS_H
#define DOC_PAPER_DOCX_PARTS_H

#include "doc/paper_parts.h"

struct docx {
	const struct paper_plan *plan;
	struct arena *arena;
	struct str body, notes; /* elements of document.xml and footnotes.xml */
	int n_notes, n_marks;
};

/* What is written directly into a paragraph, beside its style. */
struct docx_paragraph {
	const char *style; /* of paper_docx_styles.c */
	bool keep_next;
	int before;        /* space above; 0: the style's */
	int left, right;   /* indents; both 0: the style's */
	const char *align; /* "center", "right"; NULL: the style's */
};

/* Text with &, <, > escaped. */
void docx_escape(struct str *s, const char *text);
/* A run; size 0: the paragraph's. */
void docx_run(struct str *s, const char *text, unsigned weight, int size);
void docx_open(struct str *s, const struct docx_paragraph *p);
void docx_close(struct str *s);
/* A paragraph of one run. */
void docx_line(struct str *s, const struct docx_paragraph *p, const char *text);
/* Runs with their marks and footnotes. */
void docx_text(struct docx *d, const struct paper_text *t, unsigned weight);

void docx_table(struct docx *d, const struct paper_table *t, int width);
/* Letterhead and title; recipients and signature; what stands above an appendix. */
ERR_RESULT docx_head(struct docx *d);
void docx_end(struct docx *d);
void docx_appendix(struct docx *d, const struct paper_appendix_head *head, int width);

#define DOCX_XML     "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define DOCX_W       "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_R       "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DOCX_PACKAGE "http://schemas.openxmlformats.org/package/2006"

#endif
