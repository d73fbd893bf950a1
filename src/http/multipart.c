/* multipart.c - multipart/form-data as browsers send it (RFC 7578, RFC 2046 5.1).
 *
 * Strict on purpose: no preamble, no nested parts, no transfer encodings; what no browser
 * sends is refused.  Searching is memmem, linear whatever the body holds.
 */
#include <string.h>
#include <strings.h>

#include "http/parse.h"

enum { LONGEST_BOUNDARY = 70, LONGEST_PART_HEADER = 8192 };

struct reader {
	struct arena *a;
	char mark[LONGEST_BOUNDARY + 5]; /* CR LF - - boundary */
	size_t n_mark;
	struct slice rest;
};

struct part {
	struct slice name, file_name;
	bool is_file;
	struct slice content;
};

static enum err malformed(const char *what)
{
	return err_set(ERR_INPUT, "malformed multipart body: %s", what);
}

/* What follows "name=", in quotes or up to the next ';'. */
static bool parameter_value(struct slice *out, struct slice rest)
{
	bool in_quotes = rest.len && rest.at[0] == '"';

	if (in_quotes) {
		rest.at++;
		rest.len--;
	}
	const char *end = memchr(rest.at, in_quotes ? '"' : ';', rest.len);
	if (in_quotes && !end)
		return false;
	if (end)
		rest.len = (size_t)(end - rest.at);
	*out = in_quotes ? rest : slice_trim(rest);
	return true;
}

static bool begins_word(struct slice header, size_t i)
{
	return i == 0 || header.at[i - 1] == ' ' || header.at[i - 1] == ';' ||
	       header.at[i - 1] == '\t';
}

/* The value of `name=` in "form-data; name="x"; filename="y"", quoted or not. */
static bool parameter(struct slice *out, struct slice header, const char *name)
{
	size_t n = strlen(name);
	bool quoted = false;

	for (size_t i = 0; i + n < header.len; i++) {
		quoted ^= header.at[i] == '"';
		if (!quoted && begins_word(header, i) && header.at[i + n] == '=' &&
		    strncasecmp(header.at + i, name, n) == 0)
			return parameter_value(out, (struct slice){ header.at + i + n + 1,
			                                            header.len - i - n - 1 });
	}
	return false;
}

static enum err start(struct reader *r, const char *content_type, struct slice body)
{
	struct slice boundary;

	if (!parameter(&boundary, slice_of(content_type), "boundary") || boundary.len == 0 ||
	    boundary.len > LONGEST_BOUNDARY)
		return malformed("no boundary");
	memcpy(r->mark, "\r\n--", 4);
	memcpy(r->mark + 4, boundary.at, boundary.len);
	r->n_mark = boundary.len + 4;
	if (body.len < r->n_mark - 2 || memcmp(body.at, r->mark + 2, r->n_mark - 2) != 0)
		return malformed("it does not start with the boundary");
	r->rest = (struct slice){ body.at + r->n_mark - 2, body.len - (r->n_mark - 2) };
	return ERR_OK;
}

static bool skip(struct slice *s, const char *text)
{
	size_t n = strlen(text);

	if (s->len < n || memcmp(s->at, text, n) != 0)
		return false;
	s->at += n;
	s->len -= n;
	return true;
}

/* Cuts off what stands before `text`, and `text` itself. */
static bool cut_before(struct slice *rest, struct slice *part, const char *text, size_t n)
{
	const char *hit = memmem(rest->at, rest->len, text, n);

	if (!hit)
		return false;
	*part = (struct slice){ rest->at, (size_t)(hit - rest->at) };
	rest->len -= part->len + n;
	rest->at = hit + n;
	return true;
}

static enum err read_disposition(struct part *p, struct slice headers)
{
	static const char wanted[] = "content-disposition:";
	struct slice line;

	while (slice_cut(&headers, '\n', &line)) {
		line = slice_trim(line);
		if (line.len < sizeof(wanted) - 1 ||
		    strncasecmp(line.at, wanted, sizeof(wanted) - 1) != 0)
			continue;
		if (!parameter(&p->name, line, "name") || p->name.len > PARSE_LONGEST_NAME)
			return malformed("a part has no name");
		p->is_file = parameter(&p->file_name, line, "filename");
		return ERR_OK;
	}
	return malformed("a part has no Content-Disposition");
}

/* *more is false at the closing boundary. */
static enum err next_part(struct reader *r, struct part *p, bool *more)
{
	struct slice headers;

	*p = (struct part){ .is_file = false };
	*more = !skip(&r->rest, "--");
	if (!*more)
		return ERR_OK;
	if (!skip(&r->rest, "\r\n"))
		return malformed("no line end after a boundary");
	if (!cut_before(&r->rest, &headers, "\r\n\r\n", 4) || headers.len > LONGEST_PART_HEADER)
		return malformed("the headers of a part do not end");
	TRY(read_disposition(p, headers));
	if (!cut_before(&r->rest, &p->content, r->mark, r->n_mark))
		return malformed("a part does not end");
	return ERR_OK;
}

/* Some browsers sent whole paths: only what follows the last separator is the name. */
static struct slice last_of_path(struct slice name)
{
	for (size_t i = name.len; i > 0; i--)
		if (name.at[i - 1] == '/' || name.at[i - 1] == '\\')
			return (struct slice){ name.at + i, name.len - i };
	return name;
}

static enum err add_upload(struct parsed_form *form, struct reader *r, const struct part *p)
{
	struct upload *u;

	if (p->file_name.len == 0 && p->content.len == 0)
		return ERR_OK; /* a file field in which nothing was chosen */
	if (form->n_uploads == PARSE_MOST_UPLOADS)
		return err_set(ERR_TOO_LARGE, "more than %d files", PARSE_MOST_UPLOADS);
	if (!form->uploads)
		TRY(arena_array(r->a, &form->uploads, PARSE_MOST_UPLOADS));
	u = &form->uploads[form->n_uploads++];
	TRY(parse_text(&u->field, r->a, p->name));
	TRY(parse_text(&u->file_name, r->a, last_of_path(p->file_name)));
	u->bytes = (const unsigned char *)p->content.at;
	u->n = p->content.len;
	return ERR_OK;
}

static enum err add_field(struct field_list *fields, struct reader *r, const struct part *p)
{
	struct param field;

	TRY(parse_text(&field.name, r->a, p->name));
	TRY(parse_text(&field.value, r->a, p->content));
	return field_list_add(fields, r->a, field);
}

enum err parse_multipart(struct parsed_form *out, struct arena *a, const char *content_type,
                         struct slice body)
{
	struct reader r = { .a = a };
	struct parsed_form form = { .n_uploads = 0 };
	struct field_list fields = { .n = 0 };
	struct part part;
	bool more;

	TRY(start(&r, content_type, body));
	TRY(next_part(&r, &part, &more));
	while (more) {
		TRY(part.is_file ? add_upload(&form, &r, &part)
		                 : add_field(&fields, &r, &part));
		TRY(next_part(&r, &part, &more));
	}
	form.fields = (struct params){ fields.items, fields.n };
	*out = form;
	return ERR_OK;
}
