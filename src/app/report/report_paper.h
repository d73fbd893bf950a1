/* report_paper.h - a report as the office sends it on paper: letterhead, number and day, text,
 * signature, the forms as appendices (Nghị định 30/2020/NĐ-CP, Phụ lục I).  Pure.
 *
 * From signing on the paper says what was signed: figures, text and definitions come from the
 * frozen content, whatever the database has become since.  Number, notation and day are the
 * clerk's and stand at once in the head and in every appendix.
 */
#ifndef APP_REPORT_REPORT_PAPER_H
#define APP_REPORT_REPORT_PAPER_H

#include "app/form/form.h"
#include "app/narrative/narrative.h"
#include "app/package/package.h"
#include "app/report/report.h"

struct report_paper {
	struct report report;
	bool as_signed;                 /* content is frozen */
	struct package_content content; /* figures, units, decisions */
	const struct form_set *set;     /* of the content's definitions; NULL: there are none */
	struct narrative text;          /* n 0: nobody wrote one */
	/* The office as it is kept today; its name of the period is content.unit.name. */
	const char *office_name, *letterhead_parent, *letterhead, *place;
	const char *signer_title; /* "Phó Chủ tịch"; NULL: nobody signed */
};

/* The lines of the letterhead, "ỦY BAN NHÂN DÂN\nXÃ X": those of the office, or made of the
 * name that it had in the period when that was another one. */
ERR_RESULT report_paper_issuer(const char **out, struct arena *a, const struct report_paper *p);

/* Above the signature: the lines of the text or, when it has none, those of the signer's title.
 * A deputy signs in place of the head (KT.). */
struct report_authority {
	const char **at; /* "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH" */
	size_t n;
};
ERR_RESULT report_paper_authority(struct report_authority *out, struct arena *a,
                                  const struct report_paper *p);

/* "05" of number 5; NULL: none was given. */
ERR_RESULT report_paper_number(const char **out, struct arena *a, const struct report *r);

/* What is printed in Số liệu and Ghi chú; "" when blank.  `cell` NULL: the content has none. */
ERR_RESULT report_paper_figure(const char **out, struct arena *a,
                               const struct package_cell *cell);
ERR_RESULT report_paper_note(const char **out, struct arena *a, const struct report_paper *p,
                             const struct form_row *row, const struct package_cell *cell);

/* The sentence of decision i of the content, or NULL when the set has no such decision. */
const char *report_paper_decision(const struct report_paper *p, size_t i);

#endif
