/* report_text_view.h - what the page of a report's text shows. */
#ifndef APP_REPORT_REPORT_TEXT_VIEW_H
#define APP_REPORT_REPORT_TEXT_VIEW_H

#include "html/controls.h"

/* A piece of a line: words, or a figure with where it comes from. */
struct report_text_piece {
	const char *text;
	const char *look;  /* "figure", "figure own", "figure blank", "bold" ...; NULL: words */
	const char *about; /* of a figure: "8/6.4.1: Tổng số ..."; else NULL */
	struct url to;     /* of a figure: its cell */
	bool linked;
};
struct report_text_line {
	const char *look; /* "heading", "item", "cells" ... */
	const struct report_text_piece *pieces;
	size_t n;
};
/* What stands in the margin: of the auditor, or about the text itself. */
struct report_text_note {
	const char *tone; /* "late", "soon", "info" */
	const char *label, *text;
};
struct report_text_section {
	int number; /* from 1 */
	const char *title, *body;
	int rows;           /* height of its field */
	const char *theirs; /* what somebody else saved meanwhile; NULL: no clash */
	const struct report_text_line *lines;
	size_t n_lines;
	const struct report_text_note *notes;
	size_t n_notes;
};
/* A figure that was changed in a file from Word, against its cell. */
struct report_text_change {
	const char *was, *is, *reference, *about, *line;
};

struct report_text_view {
	const char *unit_name, *period_name;
	const struct report_text_section *sections;
	size_t n_sections;
	const char *locked; /* why nobody may write; NULL: it is open */
	bool may_write, began, saved, inserted, typed, loaded;
	int64_t revision;
	size_t n_figures, n_blank, n_stated, n_findings;
	const struct choice *figures, *styles, *places; /* of the picker */
	size_t n_figures_offered, n_styles, n_places;
	const struct report_text_note *notes; /* about no section */
	size_t n_notes;
	const struct report_text_change *changes;
	size_t n_changes;
	const char *const *unknown; /* lines of the file that are nowhere in the text */
	size_t n_unknown;
	struct url report, action, load;
	const struct problems *problems;
};
struct report_text_part {
	const struct report_text_view *page;
	const struct report_text_section *section;
};

void tmpl_report_text(struct html_out *o, const struct report_text_view *v);
void tmpl_report_text_section(struct html_out *o, const struct report_text_part *v);

#endif
