/* exposition.h - reads Prometheus' text format 0.0.4 as strictly as its own parser, and says
 * what is wrong with it (https://prometheus.io/docs/instrumenting/exposition_formats/). */
#ifndef TESTS_EXPOSITION_H
#define TESTS_EXPOSITION_H

#include <stdbool.h>
#include <stddef.h>

/* NULL when it is well formed: every sample has its HELP and TYPE before it, samples of one
 * metric stand together and differ in their labels, a histogram's buckets rise and end with
 * +Inf, which is its count.  Else a message that lives until the next call. */
const char *exposition_fault(const char *text);

/* The value of the sample that begins with `sample` ("x{a=\"b\"}"), as it stands; -1: none. */
double exposition_value(const char *text, const char *sample);

#endif
