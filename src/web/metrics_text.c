#include "web/metrics_text.h"

#include <stdatomic.h>

void metric_about(struct str *out, const char *name, const char *type, const char *help)
{
	str_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_name(struct str *out, const char *name, const char *part, const char *labels)
{
	str_put(out, name);
	str_put(out, part);
	if (*labels)
		str_printf(out, "{%s}", labels);
	str_put_char(out, ' ');
}

/* Exactly, without going through a floating point number. */
static void put_seconds(struct str *out, int64_t us)
{
	str_printf(out, "%lld.%06lld", (long long)(us / 1000000), (long long)(us % 1000000));
}

void metric_value(struct str *out, const char *name, const char *labels, int64_t value)
{
	put_name(out, name, "", labels);
	str_printf(out, "%lld\n", (long long)value);
}

void metric_seconds(struct str *out, const char *name, const char *labels, int64_t us)
{
	put_name(out, name, "", labels);
	put_seconds(out, us);
	str_put_char(out, '\n');
}

void metric_one(struct str *out, const char *name, const char *type, const char *help,
                int64_t value)
{
	metric_about(out, name, type, help);
	metric_value(out, name, "", value);
}

void metric_label(struct str *labels, const char *name, const char *value)
{
	if (labels->len)
		str_put_char(labels, ',');
	str_put(labels, name);
	str_put(labels, "=\"");
	for (; *value; value++)
		if (*value == '\n')
			str_put(labels, "\\n");
		else {
			if (*value == '"' || *value == '\\')
				str_put_char(labels, '\\');
			str_put_char(labels, *value);
		}
	str_put_char(labels, '"');
}

static void put_bound(struct str *out, int64_t bound, enum metric_unit unit)
{
	if (unit == METRIC_SECONDS)
		put_seconds(out, bound);
	else
		str_put_int(out, bound);
}

static void put_bucket(struct str *out, const char *name, const char *labels)
{
	str_printf(out, "%s_bucket{%s%sle=\"", name, labels, *labels ? "," : "");
}

void metric_histogram(struct str *out, const char *name, const char *labels,
                      const struct histogram *h, const struct histogram_bounds *b,
                      enum metric_unit unit)
{
	int64_t sum = atomic_load_explicit(&h->sum, memory_order_relaxed), n = 0;

	for (int i = 0; i <= b->n; i++) {
		n += atomic_load_explicit(&h->counts[i], memory_order_relaxed);
		put_bucket(out, name, labels);
		if (i < b->n)
			put_bound(out, b->upto[i], unit);
		else
			str_put(out, "+Inf");
		str_printf(out, "\"} %lld\n", (long long)n);
	}
	put_name(out, name, "_sum", labels);
	put_bound(out, sum, unit);
	str_put_char(out, '\n');
	put_name(out, name, "_count", labels);
	str_printf(out, "%lld\n", (long long)n);
}
