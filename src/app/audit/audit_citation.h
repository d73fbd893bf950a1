/* audit_citation.h - the documents that a report cites, each with its place, for the checks of
 * citations and of number series.  Pure; included by checks only.
 */
#ifndef APP_AUDIT_AUDIT_CITATION_H
#define APP_AUDIT_AUDIT_CITATION_H

#include "app/audit/audit_paper.h"

struct cited {
	const struct passage *p;
	const struct citation *c;
	enum office_level
	        issuer; /* stated after "của", or told by the sentence; LEVEL_UNKNOWN */
	bool central;   /* its code has one issuer in the whole country */
	size_t order;   /* in the document */
	bool said;      /* something is wrong with it and was said */
};
struct cited_list {
	struct cited *at; /* in the order of the document */
	size_t n;
};

/* Every citation with a number, the document's references to itself left out. */
ERR_RESULT cited_read(struct cited_list *out, struct audit *x);

bool cited_has_day(const struct cited *a); /* a whole day */
/* Issuers do not contradict: one is unknown or both are equal. */
bool cited_issuers_fit(const struct cited *a, const struct cited *b);
/* Share of the words of the shorter subject ("về việc ...") that the other has too, 0-100; with
 * `of_longer` of the longer one; -1: one of them says too little. */
int cited_subject_alike(const struct cited *a, const struct cited *b, bool of_longer);

/* What two citations of one document disagree about. */
ERR_RESULT cited_pairs(struct audit *x, struct cited_list *list);

void cited_place(struct audit_draft *d, const struct cited *a);
/* As it stands in the document: type, number and day. */
ERR_RESULT cited_quote(const char **out, struct arena *a, const struct cited *c);

#endif
