#include "lib/exposition.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 200, MOST_SAMPLES = 5000, LONGEST = 400 };

struct reader {
	int line;
	char message[600];
	/* The metric of the last TYPE line. */
	char name[LONGEST], type[20], helped[LONGEST];
	char names[MOST_NAMES][LONGEST];
	int n_names;
	char samples[MOST_SAMPLES][LONGEST];
	int n_samples;
	/* Of the histogram series being read. */
	char series[LONGEST];
	double last_bound, last_count;
	bool ended;
};

static bool wrong(struct reader *r, const char *why, const char *what)
{
	snprintf(r->message, sizeof(r->message), "line %d: %s: %.300s", r->line, why, what);
	return false;
}

static size_t name_length(const char *p)
{
	size_t n = 0;

	if (isdigit((unsigned char)p[0]))
		return 0;
	while (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == ':')
		n++;
	return n;
}

static bool read_help(struct reader *r, const char *line)
{
	size_t n = name_length(line);

	if (n == 0 || n >= LONGEST || line[n] != ' ' || !line[n + 1])
		return wrong(r, "HELP without a name or words", line);
	snprintf(r->helped, sizeof(r->helped), "%.*s", (int)n, line);
	return true;
}

static bool read_type(struct reader *r, const char *line)
{
	size_t n = name_length(line);

	if (n == 0 || n >= LONGEST || line[n] != ' ')
		return wrong(r, "TYPE without a name", line);
	snprintf(r->name, sizeof(r->name), "%.*s", (int)n, line);
	snprintf(r->type, sizeof(r->type), "%.19s", line + n + 1);
	if (strcmp(r->type, "counter") != 0 && strcmp(r->type, "gauge") != 0 &&
	    strcmp(r->type, "histogram") != 0)
		return wrong(r, "no type", line);
	if (strcmp(r->helped, r->name) != 0)
		return wrong(r, "TYPE without HELP before it", line);
	for (int i = 0; i < r->n_names; i++)
		if (strcmp(r->names[i], r->name) == 0)
			return wrong(r, "a metric in two places", line);
	if (r->n_names == MOST_NAMES)
		return wrong(r, "too many metrics", line);
	snprintf(r->names[r->n_names++], LONGEST, "%s", r->name);
	r->series[0] = '\0';
	return true;
}

/* One label after another; gives what follows the '}'. */
static const char *skip_labels(const char *p)
{
	for (p++; *p != '}';) {
		size_t n = name_length(p);

		if (n == 0 || p[n] != '=' || p[n + 1] != '"')
			return NULL;
		for (p += n + 2; *p != '"'; p++) {
			if (!*p || (*p == '\\' && !strchr("\\\"n", *++p)))
				return NULL;
		}
		if (*++p == ',')
			p++;
		else if (*p != '}')
			return NULL;
	}
	return p + 1;
}

static bool suffix_fits(const struct reader *r, const char *name)
{
	size_t n = strlen(r->name);

	if (strcmp(r->type, "histogram") != 0)
		return strcmp(name, r->name) == 0;
	return strncmp(name, r->name, n) == 0 &&
	       (strcmp(name + n, "_bucket") == 0 || strcmp(name + n, "_sum") == 0 ||
	        strcmp(name + n, "_count") == 0);
}

/* Buckets of one series rise to +Inf, whose number is the count. */
static bool read_bucket(struct reader *r, const char *sample, double value)
{
	const char *le = strstr(sample, "le=\"");
	char series[LONGEST];

	if (!le)
		return wrong(r, "a bucket without le", sample);
	snprintf(series, sizeof(series), "%.*s", (int)(le - sample), sample);
	if (strcmp(series, r->series) != 0) {
		snprintf(r->series, sizeof(r->series), "%s", series);
		r->last_bound = -INFINITY;
		r->last_count = 0;
		r->ended = false;
	}
	double bound = strtod(le + 4, NULL);
	if (r->ended || bound <= r->last_bound || value < r->last_count)
		return wrong(r, "buckets do not rise", sample);
	r->last_bound = bound;
	r->last_count = value;
	r->ended = isinf(bound);
	return true;
}

static bool is_new(struct reader *r, const char *sample)
{
	for (int i = 0; i < r->n_samples; i++)
		if (strcmp(r->samples[i], sample) == 0)
			return wrong(r, "the same sample again", sample);
	if (r->n_samples == MOST_SAMPLES)
		return wrong(r, "too many samples", sample);
	snprintf(r->samples[r->n_samples++], LONGEST, "%s", sample);
	return true;
}

static bool check_value(struct reader *r, const char *name, const char *sample, double value)
{
	bool histogram = strcmp(r->type, "histogram") == 0;

	if (strcmp(r->type, "gauge") != 0 && value < 0)
		return wrong(r, "a count below zero", sample);
	if (histogram && strstr(name, "_bucket"))
		return read_bucket(r, sample, value);
	if (histogram && strcmp(name + strlen(r->name), "_count") == 0 &&
	    (!r->ended || fabs(value - r->last_count) > 0))
		return wrong(r, "a histogram's count is not its last bucket", sample);
	return true;
}

static bool read_sample(struct reader *r, const char *line)
{
	size_t n = name_length(line);
	char name[LONGEST], sample[LONGEST], *end;
	const char *p = line + n;

	if (n == 0 || n >= LONGEST)
		return wrong(r, "no name", line);
	snprintf(name, sizeof(name), "%.*s", (int)n, line);
	if (!suffix_fits(r, name))
		return wrong(r, "a sample of another metric", line);
	if (*p == '{' && !(p = skip_labels(p)))
		return wrong(r, "malformed labels", line);
	snprintf(sample, sizeof(sample), "%.*s", (int)(p - line), line);
	if (*p != ' ')
		return wrong(r, "no value", line);
	double value = strtod(p + 1, &end);
	if (end == p + 1 || *end || !isfinite(value))
		return wrong(r, "a value that is no number", line);
	if (!check_value(r, name, sample, value))
		return false;
	return is_new(r, sample);
}

static bool read_line(struct reader *r, const char *line)
{
	r->line++;
	if (strncmp(line, "# HELP ", 7) == 0)
		return read_help(r, line + 7);
	if (strncmp(line, "# TYPE ", 7) == 0)
		return read_type(r, line + 7);
	if (line[0] == '#' || line[0] == '\0')
		return wrong(r, "neither sample nor comment of ours", line);
	return read_sample(r, line);
}

const char *exposition_fault(const char *text)
{
	static struct reader r;
	char line[LONGEST * 2];

	r = (struct reader){ .line = 0 };
	while (*text) {
		size_t n = strcspn(text, "\n");

		if (text[n] != '\n' || n >= sizeof(line))
			return "a line has no end or is too long";
		memcpy(line, text, n);
		line[n] = '\0';
		if (!read_line(&r, line))
			return r.message;
		text += n + 1;
	}
	return r.n_samples ? NULL : "no samples";
}

double exposition_value(const char *text, const char *sample)
{
	size_t n = strlen(sample);

	for (; text && *text; text = strchr(text, '\n'), text = text ? text + 1 : NULL)
		if (strncmp(text, sample, n) == 0 && text[n] == ' ')
			return strtod(text + n, NULL);
	return -1;
}
