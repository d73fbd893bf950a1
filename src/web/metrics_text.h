/* metrics_text.h - lines of Prometheus' text exposition format 0.0.4. */
#ifndef WEB_METRICS_TEXT_H
#define WEB_METRICS_TEXT_H

#include "base/histogram.h"
#include "base/str.h"

/* Comes before the samples of `name`.  type: "counter", "gauge" or "histogram". */
void metric_about(struct str *out, const char *name, const char *type, const char *help);
/* `labels` is `a="x",b="y"` made by metric_label(), or "" . */
void metric_value(struct str *out, const char *name, const char *labels, int64_t value);
void metric_seconds(struct str *out, const char *name, const char *labels, int64_t us);
/* Values are microseconds shown in seconds, or plain numbers. */
enum metric_unit { METRIC_SECONDS, METRIC_PLAIN };
void metric_histogram(struct str *out, const char *name, const char *labels,
                      const struct histogram *h, const struct histogram_bounds *b,
                      enum metric_unit unit);
/* About and value of one gauge or counter without labels. */
void metric_one(struct str *out, const char *name, const char *type, const char *help,
                int64_t value);

/* Appends name="value" to a list of labels, escaped. */
void metric_label(struct str *labels, const char *name, const char *value);

#endif
