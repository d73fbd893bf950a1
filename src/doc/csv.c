#include "doc/csv.h"

#include <stdio.h>
#include <string.h>

struct reader {
	const char *at, *end;
	char separator;
	int line;
	struct sheet_builder builder;
	struct str field; /* the field in work, in malloc memory */
	struct problems *problems;
};

enum { DETECT_LINES = 40, DETECT_MOST = 64 };

/* How many lines of the beginning agree on a number of separators, times that number: prose
 * in title rows holds commas too, but not the same number of them line after line. */
static long separator_score(const char *at, const char *end, char separator)
{
	int agree[DETECT_MOST] = { 0 };
	int count = 0, lines = 0;
	bool quoted = false;
	long best = 0;

	for (; at < end && lines < DETECT_LINES; at++) {
		if (*at == '"')
			quoted = !quoted;
		else if (*at == separator && !quoted && count < DETECT_MOST - 1)
			count++;
		if ((*at == '\n' && !quoted) || at + 1 == end) {
			agree[count]++;
			count = 0;
			lines++;
		}
	}
	for (int n = 1; n < DETECT_MOST; n++) {
		long score = (long)agree[n] * agree[n] * n;

		best = score > best ? score : best;
	}
	return best;
}

static void find_separator(struct reader *r)
{
	static const char candidates[] = { ';', '\t', ',' };
	long best = 0;

	r->separator = ',';
	if (r->end - r->at >= 5 && memcmp(r->at, "sep=", 4) == 0 &&
	    memchr(candidates, r->at[4], sizeof(candidates))) {
		r->separator = r->at[4];
		for (r->at += 5; r->at < r->end && *r->at != '\n'; r->at++)
			;
		r->at += r->at < r->end;
		r->line++;
		return;
	}
	for (size_t i = 0; i < sizeof(candidates); i++) {
		long score = separator_score(r->at, r->end, candidates[i]);

		if (score > best) {
			best = score;
			r->separator = candidates[i];
		}
	}
}

static enum err say_line(struct reader *r, enum msg id, int line)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", line);
	TRY(problems_say(r->problems, "file", line, id, number));
	return err_set(ERR_INPUT, "csv line %d", line);
}

/* A field in quotes; leaves `at` behind the closing quote. */
static enum err read_quoted(struct reader *r)
{
	int opened = r->line;

	for (r->at++; r->at < r->end; r->at++) {
		if (*r->at == '"') {
			if (r->at + 1 == r->end || r->at[1] != '"')
				break;
			r->at++;
		}
		r->line += *r->at == '\n';
		str_put_char(&r->field, *r->at);
		if (r->field.too_long)
			return say_line(r, MSG_CSV_QUOTE_OPEN, opened);
		TRY(str_check(&r->field));
	}
	if (r->at == r->end)
		return say_line(r, MSG_CSV_QUOTE_OPEN, opened);
	r->at++;
	while (r->at < r->end && *r->at == ' ')
		r->at++;
	if (r->at < r->end && *r->at != r->separator && *r->at != '\n' && *r->at != '\r')
		return say_line(r, MSG_CSV_AFTER_QUOTE, r->line);
	return ERR_OK;
}

static enum err read_field(struct reader *r)
{
	const char *from = r->at;

	str_clear(&r->field);
	if (r->at < r->end && *r->at == '"')
		return read_quoted(r);
	while (r->at < r->end && *r->at != r->separator && *r->at != '\n' && *r->at != '\r')
		r->at++;
	str_put_n(&r->field, from, (size_t)(r->at - from));
	return ERR_OK;
}

static enum err refuse_cell(struct reader *r, enum err why)
{
	if (why == ERR_INPUT)
		return say_line(r, MSG_CSV_NOT_UTF8, r->line);
	if (why == ERR_TOO_LARGE)
		return say_line(r, MSG_SHEET_CELL_TOO_LARGE, r->line);
	return why;
}

static enum err keep_field(struct reader *r, size_t column)
{
	const char *text = r->field.len > 0 ? r->field.data : "";
	const char *clean;
	enum err e;

	if (column >= SHEET_MOST_COLUMNS)
		return r->field.len > 0 ? say_line(r, MSG_SHEET_TOO_MANY_COLUMNS, r->line)
		                        : ERR_OK;
	if (r->field.too_long)
		return refuse_cell(r, ERR_TOO_LARGE);
	TRY(str_check(&r->field));
	e = sheet_clean(&clean, r->builder.arena, text, r->field.len);
	if (e != ERR_OK)
		return refuse_cell(r, e);
	return sheet_put(&r->builder, column, clean);
}

static enum err read_record(struct reader *r)
{
	int line = r->line;
	enum err e;

	for (size_t column = 0;; column++) {
		TRY(read_field(r));
		TRY(keep_field(r, column));
		if (r->at == r->end || *r->at != r->separator)
			break;
		r->at++;
	}
	if (r->at < r->end && *r->at == '\r')
		r->at++;
	if (r->at < r->end && *r->at == '\n')
		r->at++;
	r->line++;
	e = sheet_end_row(&r->builder, line);
	return e == ERR_TOO_LARGE ? say_line(r, MSG_SHEET_TOO_MANY_ROWS, line) : e;
}

static enum err check_bytes(struct reader *r, const unsigned char *bytes, size_t n)
{
	enum msg wrong = MSG_COUNT_;

	if (n > SHEET_MOST_BYTES)
		wrong = MSG_SHEET_TOO_LARGE;
	else if (n >= 2 &&
	         (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		wrong = MSG_CSV_UTF16;
	else if (memchr(bytes, 0, n))
		wrong = MSG_SHEET_WRONG_KIND;
	if (wrong == MSG_COUNT_)
		return ERR_OK;
	TRY(problems_say(r->problems, "file", 0, wrong));
	return err_set(ERR_INPUT, "not a csv file");
}

static enum err read_all(struct reader *r, const void *bytes, size_t n)
{
	TRY(check_bytes(r, bytes, n));
	r->at = bytes;
	r->end = r->at + n;
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		r->at += 3;
	find_separator(r);
	while (r->at < r->end)
		TRY(read_record(r));
	if (r->builder.n_rows == 0) {
		TRY(problems_say(r->problems, "file", 0, MSG_SHEET_EMPTY));
		return err_set(ERR_INPUT, "empty");
	}
	return ERR_OK;
}

char csv_separator(struct slice beginning)
{
	struct reader r = { .at = beginning.at, .end = beginning.at + beginning.len };

	if (beginning.len >= 3 && memcmp(beginning.at, "\xef\xbb\xbf", 3) == 0)
		r.at += 3;
	find_separator(&r);
	return r.separator;
}

ERR_RESULT csv_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                    struct problems *problems)
{
	return csv_read_part(out, a, (struct slice){ bytes, n }, 1, problems);
}

ERR_RESULT csv_read_part(struct sheet *out, struct arena *a, struct slice part, int line,
                         struct problems *problems)
{
	struct reader r = { .line = line, .problems = problems };
	size_t before = problems->n;
	enum err e;

	*out = (struct sheet){ .name = "" };
	sheet_build(&r.builder, a);
	str_init(&r.field, NULL, SHEET_MOST_CELL + 1);
	e = read_all(&r, part.len > 0 ? part.at : "", part.len);
	str_release(&r.field);
	if (e == ERR_OK)
		*out = (struct sheet){ "", r.builder.rows, r.builder.n_rows };
	return problems->n > before && e == ERR_INPUT ? ERR_OK : e;
}

void csv_start(struct csv *c, struct str *to)
{
	*c = (struct csv){ .to = to };
	str_put(to, "\xef\xbb\xbf");
}

static void csv_separate(struct csv *c)
{
	if (c->in_row)
		str_put_char(c->to, ',');
	c->in_row = true;
}

void csv_number(struct csv *c, const char *plain)
{
	csv_separate(c);
	str_put(c->to, plain);
}

static void put_quoted(struct csv *c, const char *prefix, const char *text)
{
	str_put_char(c->to, '"');
	str_put(c->to, prefix);
	for (; *text; text++) {
		if (*text == '"')
			str_put_char(c->to, '"');
		str_put_char(c->to, *text);
	}
	str_put_char(c->to, '"');
}

void csv_plain(struct csv *c, const char *text)
{
	csv_separate(c);
	if (strpbrk(text, ",\"\r\n;\t'"))
		put_quoted(c, "", text);
	else
		str_put(c->to, text);
}

void csv_text(struct csv *c, const char *text)
{
	if (text && text[0] != '\0' && strchr("=+-@\t\r\n", text[0])) {
		csv_separate(c);
		put_quoted(c, "'", text);
		return;
	}
	csv_plain(c, text ? text : "");
}

void csv_end_row(struct csv *c)
{
	str_put(c->to, "\r\n");
	c->in_row = false;
}
