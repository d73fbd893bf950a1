/* parts.h - what the parts of an invented report say; each is told by the report where its
 * fault is. */
#ifndef TESTS_AUDIT_GENERATE_PARTS_H
#define TESTS_AUDIT_GENERATE_PARTS_H

#include "report.h"

/* sentences.c, papers.c: what the sections say */
void write_files(struct report *r);
void write_procedures(struct report *r);
void write_direction(struct report *r);
void write_staff(struct report *r);
void write_money(struct report *r);
void write_evaluation(struct report *r);
void write_documents(struct report *r);
void write_tasks_ahead(struct report *r);

/* compared.c */
void unit_table(struct report *r);
void year_table(struct report *r);

/* traps.c: at most five, each of another sort */
void write_traps(struct report *r, int n);

/* tables.c, goals.c */
void write_annexes(struct report *r);
void write_plan(struct report *r);
void annex(struct report *r, const char *title);
void table_head(struct report *r);
void row(struct report *r, int depth, const char *label, const char *unit, const char *value);
void field_table(struct report *r);
void survey_table(struct report *r);

#endif
