/* joined.h - a text that was put together from pieces of several lines and knows them. */
#ifndef TEXT_JOINED_H
#define TEXT_JOINED_H

#include "text/reading.h"

struct doc_line {
	int file, line; /* index of the file; line from 1 in it */
};
/* In the order of the document: below, equal to or above 0. */
static inline int doc_line_compare(struct doc_line a, struct doc_line b)
{
	int left = a.file != b.file ? a.file : a.line,
	    right = a.file != b.file ? b.file : b.line;

	return (left > right) - (left < right);
}

/* A text and where its bytes came from: byte i stands in the line of the last joint with
 * `at` <= i. */
struct joint {
	size_t at;
	struct doc_line line;
};
struct joined {
	const char *text;
	const struct joint *joints;
	size_t n_joints;
	struct reading reading; /* of the whole text */
};
struct doc_line joined_line(const struct joined *j, size_t at);

#endif
