#include "app/form/form_lines.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"

/* One line while it is being put together from its continuations. */
struct cutter {
	struct problems *problems;
	const char *file;
	struct form_line *lines;
	size_t n;
	struct str value; /* of the last line */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static enum err say(struct cutter *c, int number, enum msg id)
{
	return problems_say(c->problems, c->file, number, id);
}

/* Ends the value of the last line. */
static enum err finish(struct cutter *c)
{
	if (c->n == 0)
		return ERR_OK;
	return str_finish(&c->value, &c->lines[c->n - 1].value);
}

/* "|" and what follows: blanks in place of "|" keep the columns of the file. */
static enum err continue_line(struct cutter *c, struct slice raw, size_t bar, int number)
{
	if (c->n == 0)
		return say(c, number, MSG_FORM_NOTHING_TO_CONTINUE);
	str_put_char(&c->value, '\n');
	for (size_t i = 0; i <= bar; i++)
		str_put_char(&c->value, ' ');
	str_put_n(&c->value, raw.at + bar + 1, raw.len - bar - 1);
	return ERR_OK;
}

static enum err begin_line(struct cutter *c, struct slice raw, size_t start, int number)
{
	struct form_line *line = &c->lines[c->n];
	size_t end = start;

	TRY(finish(c));
	while (end < raw.len && !is_blank(raw.at[end]))
		end++;
	TRY(arena_strndup(c->problems->arena, &line->key, raw.at + start, end - start));
	while (end < raw.len && is_blank(raw.at[end]))
		end++;
	line->number = number;
	line->indented = start > 0;
	line->column = 1;
	for (size_t i = 0; i < end; i++)
		line->column += !is_inside_character(raw.at[i]);
	str_init(&c->value, c->problems->arena, (size_t)FORM_LONGEST_LINE * 4);
	str_put_n(&c->value, raw.at + end, raw.len - end);
	c->n++;
	return ERR_OK;
}

static enum err cut_line(struct cutter *c, struct slice raw, int number)
{
	size_t start = 0;

	while (raw.len > 0 && is_blank(raw.at[raw.len - 1]))
		raw.len--;
	while (start < raw.len && is_blank(raw.at[start]))
		start++;
	if (start == raw.len || raw.at[start] == '#')
		return ERR_OK;
	if (raw.len > FORM_LONGEST_LINE || c->n == FORM_MOST_LINES)
		return say(c, number, MSG_FORM_LINE_TOO_LONG);
	if (raw.at[start] == '|')
		return continue_line(c, raw, start, number);
	return begin_line(c, raw, start, number);
}

enum err form_lines_cut(struct form_lines *out, struct problems *problems, const char *file,
                        const char *text)
{
	struct cutter c = { .problems = problems, .file = file };
	size_t most = 1;
	int number = 0;
	struct slice rest, raw;

	*out = (struct form_lines){ 0 };
	if (!text_is_valid(text, strlen(text)))
		return say(&c, 1, MSG_FORM_NOT_UTF8);
	if (str_starts(text, "\xef\xbb\xbf"))
		text += 3;
	for (const char *at = text; *at && most < FORM_MOST_LINES; at++)
		most += *at == '\n';
	TRY(arena_array(problems->arena, &c.lines, most + 1));
	rest = slice_of(text);
	while (slice_cut(&rest, '\n', &raw) && c.n < most)
		TRY(cut_line(&c, raw, ++number));
	TRY(finish(&c));
	out->items = c.lines;
	out->n = c.n;
	return ERR_OK;
}

enum err form_line_text(const char **out, struct arena *a, const struct form_line *line)
{
	char *text = arena_alloc_unset(a, strlen(line->value) + 1);
	size_t n = 0;

	if (!text)
		return arena_no_memory(a);
	for (const char *at = line->value; *at; at++) {
		if (!is_blank(*at) && *at != '\n')
			text[n++] = *at;
		else if (n > 0 && text[n - 1] != ' ')
			text[n++] = ' ';
	}
	n -= n > 0 && text[n - 1] == ' ';
	text[n] = '\0';
	*out = text;
	return ERR_OK;
}
