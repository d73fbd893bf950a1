/* finding.h - the findings in the JSON of `cchc audit --json`, as much of them as a judge
 * needs. */
#ifndef TESTS_AUDIT_FINDING_H
#define TESTS_AUDIT_FINDING_H

#include <stdbool.h>

enum { FINDING_MOST_LINES = 64 };
struct finding {
	char verdict[16], kind[32];
	char stated[256], computed[256], message[512]; /* cut when longer */
	long lines[FINDING_MOST_LINES];
	int n_lines;
};

/* Calls hear once a finding.  False: the text is no JSON object with "findings". */
bool finding_each(const char *json, void (*hear)(void *context, const struct finding *),
                  void *context);

#endif
