/* mkroutes - routes.def in, gen/pages.h and gen/links.h out.
 *
 *	mkroutes src/web/routes.def pages.h links.h
 *
 * A row is one line: ROUTE(GET, "/units/:id", unit_show, READS, MAY(X), "about").
 * pages.h declares every handler; links.h has one builder for each handler, with a row_id
 * for a capture named `id` or `..._id` and a text for any other.  A handler may serve GET
 * and POST of one path, never two paths, for then nobody could say what its link is.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROUTES = 1000, MOST_TEXT = 200, MOST_LINE = 1000, MOST_SEGMENTS = 12 };

struct route {
	char method[8], path[MOST_TEXT], handler[MOST_TEXT];
	int line;
};

struct table {
	const char *file;
	struct route routes[MOST_ROUTES];
	int n;
};

static void refuse(const struct table *t, int line, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", t->file, line, why);
	exit(1);
}

static const char *skip_blanks(const char *p)
{
	while (isspace((unsigned char)*p))
		p++;
	return p;
}

/* Copies what stands before `end`, trimmed; NULL when `end` is missing or it is too long. */
static const char *take(char *out, size_t max, const char *p, char end)
{
	const char *stop = strchr(p, end);

	if (!stop)
		return NULL;
	p = skip_blanks(p);
	size_t n = (size_t)(stop - p);
	while (n && isspace((unsigned char)p[n - 1]))
		n--;
	if (n >= max)
		return NULL;
	memcpy(out, p, n);
	out[n] = '\0';
	return stop + 1;
}

static bool is_name(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	for (; *s; s++)
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

static void check_path(const struct table *t, const struct route *r)
{
	int segments = 0;

	if (r->path[0] != '/')
		refuse(t, r->line, "a path starts with '/'");
	for (const char *p = r->path; *p; p++) {
		if (*p == '/' && ++segments > MOST_SEGMENTS)
			refuse(t, r->line, "a path has at most 12 segments");
		if (*p == '/' && (p[1] == '/' || (!p[1] && p != r->path)))
			refuse(t, r->line, "a path has no empty segment");
		if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) &&
		    !strchr("/:_-.", *p))
			refuse(t, r->line,
			       "a path has small letters, digits and / : _ - . only");
		if (*p == ':' && p[-1] != '/')
			refuse(t, r->line, "a capture is a whole segment");
	}
}

static void check_against_others(const struct table *t, const struct route *r)
{
	for (int i = 0; i < t->n; i++) {
		const struct route *o = &t->routes[i];
		bool same_path = strcmp(o->path, r->path) == 0;

		if (same_path && strcmp(o->method, r->method) == 0)
			refuse(t, r->line, "this method and path already have a row");
		if (!same_path && strcmp(o->handler, r->handler) == 0)
			refuse(t, r->line, "this handler already serves another path");
	}
}

/* The rest of a row (how, who, about): none may be missing, or anybody could come in. */
static void check_rest(const struct table *t, int line, const char *p)
{
	int depth = 0, commas = 0;
	bool empty = true;

	for (; *p && *p != '"'; p++) {
		depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
		if (*p == ',' && depth == 0) {
			if (empty)
				break;
			commas++;
			empty = true;
		} else if (!isspace((unsigned char)*p)) {
			empty = false;
		}
	}
	if (*p != '"' || commas != 2 || !empty)
		refuse(t, line, "a row ends with: how, who may, \"what it shows\")");
}

static void read_row(struct table *t, int line, const char *p)
{
	struct route *r = &t->routes[t->n];
	char quote[4];

	if (t->n == MOST_ROUTES)
		refuse(t, line, "too many rows");
	r->line = line;
	p = take(r->method, sizeof(r->method), p, ',');
	if (!p || (strcmp(r->method, "GET") != 0 && strcmp(r->method, "POST") != 0))
		refuse(t, line, "the method is GET or POST");
	p = take(quote, sizeof(quote), p, '"');
	if (p)
		p = take(r->path, sizeof(r->path), p, '"');
	if (!p)
		refuse(t, line, "the path stands between double quotes");
	p = take(quote, sizeof(quote), p, ',');
	if (p)
		p = take(r->handler, sizeof(r->handler), p, ',');
	if (!p || !is_name(r->handler))
		refuse(t, line, "the handler is a function's name");
	check_path(t, r);
	check_rest(t, line, p);
	check_against_others(t, r);
	t->n++;
}

static void read_table(struct table *t)
{
	FILE *f = fopen(t->file, "r");
	char text[MOST_LINE];

	if (!f) {
		perror(t->file);
		exit(1);
	}
	for (int line = 1; fgets(text, sizeof(text), f); line++) {
		const char *p = skip_blanks(text);

		if (strncmp(p, "ROUTE(", 6) == 0)
			read_row(t, line, p + 6);
	}
	fclose(f);
}

static bool is_id(const char *capture)
{
	size_t n = strlen(capture);

	return strcmp(capture, "id") == 0 || (n > 3 && strcmp(capture + n - 3, "_id") == 0);
}

/* Cuts `path` (a copy) into its segments. */
static int segments_of(char *path, char *out[MOST_SEGMENTS])
{
	int n = 0;

	for (char *slash = strchr(path, '/'); slash && slash[1];
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		out[n++] = slash + 1;
	}
	return n;
}

static void write_builder(FILE *f, const struct route *r)
{
	char path[MOST_TEXT], *segments[MOST_SEGMENTS];
	bool first = true;

	memcpy(path, r->path, sizeof(path));
	int n = segments_of(path, segments);
	fprintf(f, "static inline struct url link_%s(", r->handler);
	for (int i = 0; i < n; i++) {
		if (segments[i][0] != ':')
			continue;
		const char *name = segments[i] + 1;
		fprintf(f, "%s%s%s", first ? "" : ", ",
		        is_id(name) ? "row_id " : "const char *", name);
		first = false;
	}
	fprintf(f, "%s)\n{\n", first ? "void" : "");
	if (first) {
		fprintf(f, "\treturn url_path(\"%s\");\n}\n", r->path);
		return;
	}
	fprintf(f, "\tstruct url u = url_path(\"\");\n\n");
	for (int i = 0; i < n; i++) {
		if (segments[i][0] != ':')
			fprintf(f, "\tu = url_add_literal(u, \"/%s\");\n", segments[i]);
		else
			fprintf(f, "\tu = url_add_%s(u, %s);\n",
			        is_id(segments[i] + 1) ? "id" : "segment", segments[i] + 1);
	}
	fprintf(f, "\treturn u;\n}\n");
}

static bool handler_seen(const struct table *t, int i)
{
	for (int j = 0; j < i; j++)
		if (strcmp(t->routes[j].handler, t->routes[i].handler) == 0)
			return true;
	return false;
}

static FILE *start(const char *path, const char *guard, const char *include)
{
	FILE *f = fopen(path, "w");

	if (!f) {
		perror(path);
		exit(1);
	}
	fprintf(f, "/* Made by tools/mkroutes from src/web/routes.def. */\n");
	fprintf(f, "#ifndef %s\n#define %s\n#include \"%s\"\n\n", guard, guard, include);
	return f;
}

static void finish(FILE *f, const char *path)
{
	fprintf(f, "\n#endif\n");
	if (fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	struct table *t = calloc(1, sizeof(*t));

	if (!t)
		return 1;
	if (argc != 4) {
		fprintf(stderr, "usage: mkroutes ROUTES.def PAGES.h LINKS.h\n");
		return 2;
	}
	t->file = argv[1];
	read_table(t);
	FILE *pages = start(argv[2], "GEN_PAGES_H", "http/http.h");
	FILE *links = start(argv[3], "GEN_LINKS_H", "base/url.h");
	for (int i = 0; i < t->n; i++) {
		if (handler_seen(t, i))
			continue;
		fprintf(pages, "page_fn %s;\n", t->routes[i].handler);
		write_builder(links, &t->routes[i]);
	}
	finish(pages, argv[2]);
	finish(links, argv[3]);
	free(t);
	return 0;
}
