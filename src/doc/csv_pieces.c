#include "doc/csv_pieces.h"

#include <stdlib.h>
#include <string.h>

#include "doc/csv.h"

ERR_RESULT csv_pieces_open(struct csv_pieces *out, FILE *from)
{
	*out = (struct csv_pieces){ .from = from, .line = 1 };
	out->buffer = malloc(CSV_PIECE_BYTES);
	return out->buffer ? ERR_OK : err_set(ERR_NO_MEMORY, "a piece of a file");
}

void csv_pieces_close(struct csv_pieces *p)
{
	free(p->buffer);
	p->buffer = NULL;
}

/* Leaves *at behind the closing quote; false: there is none. */
static bool skip_quoted(const char **at, const char *end, int *lines)
{
	for (++*at; *at < end; ++*at) {
		*lines += **at == '\n';
		if (**at != '"')
			continue;
		if (*at + 1 == end || (*at)[1] != '"')
			return ++*at, true;
		++*at;
	}
	return false;
}

size_t csv_record(struct slice text, char separator, int *lines)
{
	const char *at = text.at, *end = at + text.len;
	bool field_begins = true;
	int inside = 0;

	while (at < end && *at != '\n' && *at != '\r') {
		if (*at == '"' && field_begins) {
			if (!skip_quoted(&at, end, &inside))
				return 0;
			field_begins = false;
			continue;
		}
		field_begins = *at++ == separator;
	}
	if (at == end || (*at == '\r' && at + 1 == end))
		return 0;
	at += *at == '\r' && at[1] == '\n' ? 2 : 1;
	*lines += inside + 1;
	return (size_t)(at - text.at);
}

static enum err fill(struct csv_pieces *p)
{
	memmove(p->buffer, p->buffer + p->taken, p->n - p->taken);
	p->n -= p->taken;
	p->taken = 0;
	if (!p->ended) {
		p->n += fread(p->buffer + p->n, 1, CSV_PIECE_BYTES - p->n, p->from);
		p->ended = feof(p->from) != 0;
	}
	return ferror(p->from) ? err_set(ERR_IO, "cannot read a list") : ERR_OK;
}

ERR_RESULT csv_pieces_next(struct csv_piece *out, struct csv_pieces *p)
{
	size_t n = 0, more = 1;

	TRY(fill(p));
	if (p->line == 1)
		p->separator = csv_separator((struct slice){ p->buffer, p->n });
	out->line = p->line;
	for (int i = 0; i < CSV_PIECE_RECORDS && more > 0; i++) {
		more = csv_record((struct slice){ p->buffer + n, p->n - n }, p->separator,
		                  &p->line);
		n += more;
	}
	if (more == 0 && (p->ended || n == 0)) /* the last line, or one without an end */
		n = p->n;
	out->text = (struct slice){ p->buffer, n };
	p->taken = n;
	return ERR_OK;
}
