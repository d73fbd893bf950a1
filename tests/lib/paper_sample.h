/* paper_sample.h - an invented report with everything a paper can have, for tests of what
 * writes it: letterhead, bases, headings, runs, footnotes, a narrow and a wide table,
 * recipients, signature, appendices. */
#ifndef TESTS_PAPER_SAMPLE_H
#define TESTS_PAPER_SAMPLE_H

#include "doc/paper.h"

struct paper_sample {
	size_t paragraphs; /* below each of the headings */
	size_t appendices; /* forms */
	size_t rows;       /* of each form */
	bool numbered;     /* number and day are given */
	bool wide;         /* a table on turned pages */
};
enum { PAPER_SAMPLE_HEADINGS = 12 };
/* Everything in the arena; NULL without memory. */
struct paper *paper_sample(struct arena *a, const struct paper_sample *s);

#endif
