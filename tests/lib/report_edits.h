/* report_edits.h - whatever may be edited after a report was signed, through the doors that
 * everybody uses, drawn by chance: dossiers, figures, decisions, definitions, procedures,
 * calendars, the tree, texts, reports of units below. */
#ifndef LIB_REPORT_EDITS_H
#define LIB_REPORT_EDITS_H

#include "lib/test_report.h"

#include "app/dossier/dossier_row_store.h"
#include "app/report/report_freeze_store.h"

enum { MOST_SIGNED = 40, EDIT_KINDS = 16 };

struct run {
	struct report_world *w;
	struct arena a; /* of one step */
	uint64_t seed;
	int n_dossiers, n_units, n_definitions, n_procedures;
	size_t done[EDIT_KINDS]; /* edits that went through, by kind */
	row_id signed_reports[MOST_SIGNED];
	size_t n_signed;
};

/* Reports of the quarter and so many dossiers; with figures entered for every unit. */
void begin(struct run *r, int n_dossiers);
void prepare(struct run *r);
/* Leads the report of a unit to a state; each signed one is remembered. */
void lead(struct run *r, int unit, enum report_state state);
/* Tries until one edit goes through. */
void edit_once(struct run *r);
/* Whether the journal is sealed between two edits is a matter of seconds. */
void perhaps_seal(struct run *r);

#endif
