/* read.c - the directives and texts of a *_store.sql, and which tables units own. */
#include "mksql/sql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct type types[] = {
	{ "id", "row_id ", "DB_ID" },
	{ "int", "int64_t ", "DB_INT" },
	{ "flag", "bool ", "DB_FLAG" },
	{ "day", "date_t ", "DB_DAY" },
	{ "instant", "instant_t ", "DB_INSTANT" },
	{ "dong", "money_t ", "DB_DONG" },
	{ "decimal", "dec_t ", "DB_DECIMAL" },
	{ "text", "const char *", "DB_TEXT" },
	{ "bytes", "struct db_bytes ", "DB_BYTES" },
};

static char *read_whole(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	long n;

	if (!f || fseek(f, 0, SEEK_END) || (n = ftell(f)) < 0 || fseek(f, 0, SEEK_SET)) {
		fprintf(stderr, "mksql: cannot read %s\n", path);
		exit(1);
	}
	text = allocate((size_t)n + 1);
	if (fread(text, 1, (size_t)n, f) != (size_t)n) {
		fprintf(stderr, "mksql: cannot read %s\n", path);
		exit(1);
	}
	fclose(f);
	return text;
}

/* Appends `text` to a buffer of MOST_TEXT bytes that is made when needed. */
static void append(char **buffer, const char *text, const char *path, int line)
{
	size_t used = *buffer ? strlen(*buffer) : 0, more = strlen(text);

	if (!*buffer)
		*buffer = allocate(MOST_TEXT);
	if (used + more + 2 > MOST_TEXT)
		die(path, line, "longer than %d bytes; split it", MOST_TEXT);
	memcpy(*buffer + used, text, more + 1);
}

/* The word after `create table` in `line`; false when it is no such line. */
static bool created_table(const char *line, char name[NAME_SIZE])
{
	return sscanf(line, " create table %63[A-Za-z0-9_]", name) == 1;
}

void read_owned(struct owned *o, const char *path)
{
	char *text = read_whole(path), *rest = text, name[NAME_SIZE];
	bool marked = false;

	for (char *l = strsep(&rest, "\n"); l; l = strsep(&rest, "\n")) {
		if (strncmp(l, "-- unit-owned", 13) == 0) {
			marked = true;
		} else if (created_table(l, name)) {
			if (marked && o->n < MOST_OWNED)
				memcpy(o->names[o->n++], name, NAME_SIZE);
			marked = false;
		}
	}
	free(text);
}

/* ---- directives ---- */

static const struct type *find_type(const char *word)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].word, word) == 0)
			return &types[i];
	return NULL;
}

static struct field *add_field(struct fields *to, const char *name, const char *type,
                               const char *path, int line)
{
	const struct type *t = find_type(type);

	if (!t)
		die(path, line,
		    "'%s' has the type '%s'; it can be id, int, flag, day, instant, dong, "
		    "decimal, text or bytes",
		    name, type);
	for (size_t i = 0; i < to->n; i++)
		if (strcmp(to->at[i].name, name) == 0)
			die(path, line, "'%s' is declared twice", name);
	if (to->n == MOST_FIELDS)
		die(path, line, "more than %d fields", MOST_FIELDS);
	struct field *f = &to->at[to->n++];
	snprintf(f->name, sizeof(f->name), "%s", name);
	f->type = t;
	return f;
}

/* "id id, scope id"; a comma may end the line */
static void read_fields(struct fields *to, char *list, const char *path, int line)
{
	char name[NAME_SIZE], type[NAME_SIZE], more[2];

	for (char *f = strsep(&list, ","); f; f = strsep(&list, ",")) {
		if (!list && !f[strspn(f, " \t")])
			return;
		if (sscanf(f, " %63[a-z0-9_] %63[a-z] %1s", name, type, more) != 2)
			die(path, line, "expected 'name type', found '%s'", f);
		add_field(to, name, type, path, line);
	}
}

/* "received_on day d.received_on" */
static void read_set_field(struct item *it, char *rest, const char *path, int line)
{
	char name[NAME_SIZE], type[NAME_SIZE];
	int n = 0;

	if (sscanf(rest, " %63[a-z0-9_] %63[a-z] %n", name, type, &n) != 2 || !n || !rest[n])
		die(path, line, "expected 'name type expression', found '%s'", rest);
	struct field *f = add_field(&it->out, name, type, path, line);
	append(&f->expression, rest + n, path, line);
}

/* "dossier_word dossier_id unit_id": table, column of the key, column of the unit if any */
static void read_search(struct item *it, char *rest, const char *path, int line)
{
	if (sscanf(rest, "%63[a-z0-9_] %63[a-z0-9_] %63[a-z0-9_]", it->search[0], it->search[1],
	           it->search[2]) < 2)
		die(path, line, "expected 'table key_column unit_column', found '%s'", rest);
}

static struct item *begin_item(struct file *f, const char *name, bool recordset, int line)
{
	char word[NAME_SIZE], rest[2];

	if (sscanf(name, " %63[a-z0-9_] %1s", word, rest) != 1)
		die(f->path, line, "a name is small letters, digits and _, not '%s'", name);
	if (f->n == MOST_ITEMS)
		die(f->path, line, "more than %d queries; split the file", MOST_ITEMS);
	for (size_t i = 0; i < f->n; i++)
		if (f->items[i]->recordset == recordset && strcmp(f->items[i]->name, word) == 0)
			die(f->path, line, "'%s' was defined in line %d", word,
			    f->items[i]->line);
	struct item *it = f->items[f->n++] = allocate(sizeof(*it));
	memcpy(it->name, word, sizeof(word));
	it->recordset = recordset;
	it->line = line;
	return it;
}

static void append_words(char **to, const char *words, const char *path, int line)
{
	if (*to)
		append(to, " ", path, line);
	append(to, words, path, line);
}

/* True when `line` was "-- word: rest"; `rest` points into it. */
static bool split_directive(char *line, char word[NAME_SIZE], char **rest)
{
	int n = 0;

	if (sscanf(line, "-- %63[a-z]:%n", word, &n) != 1 || !n)
		return false;
	*rest = line + n + strspn(line + n, " \t");
	char *end = *rest + strlen(*rest);
	while (end > *rest && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return true;
}

static void read_in(struct item *it, char *rest, const char *path, int line)
{
	read_fields(&it->in, rest, path, line);
}

static void read_out(struct item *it, char *rest, const char *path, int line)
{
	read_fields(&it->out, rest, path, line);
}

static void read_from(struct item *it, char *rest, const char *path, int line)
{
	append_words(&it->from, rest, path, line);
}

static void read_key(struct item *it, char *rest, const char *path, int line)
{
	append_words(&it->key, rest, path, line);
}

static void read_scope(struct item *it, char *rest, const char *path, int line)
{
	append_words(&it->scope, rest, path, line);
}

static void read_unscoped(struct item *it, char *rest, const char *path, int line)
{
	if (!*rest)
		die(path, line, "say why no scope is needed");
	it->unscoped = true;
}

static const struct directive {
	const char *word;
	bool of_query, of_recordset;
	void (*read)(struct item *it, char *rest, const char *path, int line);
} directives[] = {
	{ "in", true, false, read_in },
	{ "out", true, false, read_out },
	{ "unscoped", true, true, read_unscoped },
	{ "from", false, true, read_from },
	{ "key", false, true, read_key },
	{ "scope", false, true, read_scope },
	{ "search", false, true, read_search },
	{ "field", false, true, read_set_field },
};

/* A line `-- word: rest` above the text of its item; anything else is a comment. */
static void read_directive(struct file *f, char *text, int line)
{
	struct item *it = f->n ? f->items[f->n - 1] : NULL;
	char word[NAME_SIZE], *rest;

	if (!split_directive(text, word, &rest))
		return;
	if (strcmp(word, "name") == 0 || strcmp(word, "recordset") == 0) {
		begin_item(f, rest, *word == 'r', line);
		return;
	}
	if (!it || it->text)
		return;
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		const struct directive *d = &directives[i];

		if (strcmp(d->word, word) == 0 &&
		    (it->recordset ? d->of_recordset : d->of_query))
			d->read(it, rest, f->path, line);
	}
}

static void read_text(struct file *f, const char *text, int line)
{
	struct item *it = f->n ? f->items[f->n - 1] : NULL;

	if (!it || it->recordset)
		die(f->path, line, "SQL that follows no '-- name:'");
	if (strncmp(text, "[postgres]", 10) == 0) {
		if (!it->text || it->in_postgres)
			die(f->path, line,
			    "[postgres] stands below the text it replaces, once");
		it->in_postgres = true;
		it->postgres_line = line + 1;
		return;
	}
	if (!it->text)
		it->text_line = line;
	char **to = it->in_postgres ? &it->postgres : &it->text;
	append(to, text, f->path, line);
	append(to, "\n", f->path, line);
}

void read_file(struct file *f, const char *path)
{
	char *text = read_whole(path), *l = text;

	f->path = path;
	for (int line = 1; *l; line++) {
		char *end = l + strcspn(l, "\n");
		bool last = !*end;

		*end = '\0';
		char *first = l + strspn(l, " \t\r");
		if (strncmp(first, "--", 2) == 0)
			read_directive(f, first, line);
		else if (*first || (f->n && f->items[f->n - 1]->text))
			read_text(f, l, line); /* blank lines keep the count of lines */
		l = last ? end : end + 1;
	}
	free(text);
}
