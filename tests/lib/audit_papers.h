/* audit_papers.h - invented documents in which everything holds: a district's half-yearly
 * report, a department's yearly report, a commune's plan with a table of tasks; four more of
 * other levels and years in a list that ends with NULL. */
#ifndef TESTS_AUDIT_PAPERS_H
#define TESTS_AUDIT_PAPERS_H

extern const char *const audit_paper_half_year;
extern const char *const audit_paper_province;
extern const char *const audit_paper_plan;
extern const char *const audit_papers_sound[];

#endif
