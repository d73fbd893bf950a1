/* audit_view.h - a report with the auditor's findings beside it, as its page shows it. */
#ifndef APP_AUDIT_AUDIT_VIEW_H
#define APP_AUDIT_AUDIT_VIEW_H

#include "app/audit/audit.h"
#include "base/problems.h"
#include "html/html.h"

struct audit_note_place {
	const char *anchor; /* of the line: "d408" */
	const char *line;   /* "dòng 408" */
	const char *quote;
};
/* One finding in the margin. */
struct audit_note {
	const struct audit_finding *finding;
	int number; /* its anchor is "f" and this */
	struct html_badge badge;
	const char *tone;  /* "late": wrong; "soon": to be looked at */
	const char *place; /* anchor of its first line */
	const struct audit_note_place *places;
	size_t n_places, n_first; /* n_first: shown at once */
};

/* A piece of text, marked when a finding is about it. */
struct audit_piece {
	const char *text;
	int note; /* 0: not marked */
	const char *tone;
};
struct audit_pieces {
	const struct audit_piece *at;
	size_t n;
};
struct audit_shown_row {
	const char *anchor, *tone; /* tone "": no finding is about the whole row */
	bool header;
	const struct audit_pieces *cells;
	size_t n_cells;
};
/* A paragraph or a table, with the findings that begin in it. */
struct audit_shown {
	const char *anchor, *line;
	bool heading, is_table;
	struct audit_pieces text;
	const struct audit_shown_row *rows;
	size_t n_rows;
	const struct audit_note *notes;
	size_t n_notes;
};

struct audit_view {
	const struct problems *problems;
	const char *text; /* that was pasted */
	bool draft;
	/* After a file was checked. */
	const char *name; /* NULL: nothing was checked */
	size_t n_fail, n_suspect, n_relations;
	const struct audit_note *notes; /* all, in the order of the document */
	size_t n_notes;
	const struct audit_shown *shown;
	size_t n_shown;
	const char *word; /* the Word file itself, in base64, to mark a copy of it; NULL */
};

void tmpl_audit(struct html_out *o, const struct audit_view *v);
void tmpl_audit_pieces(struct html_out *o, const struct audit_pieces *v);

#endif
