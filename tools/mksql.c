/* mksql.c - turns a `<subject>_store.sql` into typed C, so that a parameter or column that does
 * not exist is a compile error and no SQL text stands in a .c file.
 *
 *	mksql in.sql out.h out.c migration.sql ...    one file
 *	mksql --list out.c in.sql ...                 the table of all queries (db/queries.h)
 *
 * A file holds queries and record sets, each a block of directives followed by its text:
 *
 *	-- name: dossier_find                 begins a query
 *	-- in: id id, scope id                parameters, `name type`; may be repeated
 *	-- out: code text, due_at instant     columns of the select, in its order
 *	-- unscoped: why                      a unit-owned table may be read without :scope
 *	select ... where d.id = :id ...;
 *	[postgres]                            the same statement where that engine differs
 *	select ...;
 *
 *	-- recordset: dossier                 begins a record set, see db/select.h
 *	-- from: dossier d join ...           may be repeated
 *	-- key: d.id
 *	-- scope: d.receiving_unit_id
 *	-- search: dossier_word dossier_id unit_id
 *	-- field: received_on day d.received_on
 *
 * Other lines that begin with `--` are comments.  Types: id int flag day instant dong decimal
 * text bytes.  Unit-owned is a table whose `create table` follows a line `-- unit-owned` in a
 * migration.  Only adding a row to it needs no scope.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	MOST_FIELDS = 96,
	NAME_SIZE = 64,
	MOST_TEXT = 16384,
	MOST_ITEMS = 512,
	MOST_OWNED = 256
};

struct type {
	const char *word, *c_type, *constant;
};
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

struct field {
	char name[NAME_SIZE];
	const struct type *type;
	char *expression; /* of a record set's field */
	bool used;
};

struct fields {
	struct field at[MOST_FIELDS];
	size_t n;
};

struct item {
	char name[NAME_SIZE];
	int line;      /* of its first directive */
	int text_line; /* of its first SQL line */
	int postgres_line;
	bool recordset, unscoped, writes, in_postgres;
	struct fields in, out;
	char *text, *postgres;    /* as written */
	char *from, *key, *scope; /* of a record set */
	char search[3][NAME_SIZE];
};

struct file {
	const char *path;
	struct item *items[MOST_ITEMS];
	size_t n;
};

/* Unit-owned tables of the migrations. */
struct owned {
	char names[MOST_OWNED][NAME_SIZE];
	size_t n;
};

__attribute__((format(printf, 3, 4), noreturn)) static void die(const char *path, int line,
                                                                const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", path, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static void *allocate(size_t n)
{
	void *p = calloc(1, n);

	if (!p) {
		fprintf(stderr, "mksql: out of memory\n");
		exit(1);
	}
	return p;
}

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

/* ---- tokens of SQL ---- */

enum kind { END, WORD, PARAMETER, OTHER };

struct token {
	enum kind kind;
	const char *at;
	size_t len;
	int depth; /* of parentheses around it */
	int line;  /* counted from 0 within the text */
};

struct scan {
	const char *at;
	int depth, line;
};

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void skip_blanks(struct scan *s)
{
	for (;;) {
		if (*s->at == '\n')
			s->line++;
		if (isspace((unsigned char)*s->at))
			s->at++;
		else if (s->at[0] == '-' && s->at[1] == '-')
			s->at += strcspn(s->at, "\n");
		else
			return;
	}
}

static size_t quoted_length(const char *at)
{
	size_t n = 1;

	while (at[n] && !(at[n] == *at && at[n + 1] != *at))
		n += at[n] == *at ? 2 : 1;
	return at[n] ? n + 1 : n;
}

static struct token next_token(struct scan *s)
{
	skip_blanks(s);
	struct token t = { OTHER, s->at, 1, s->depth, s->line };
	char c = *s->at;

	if (!c) {
		t.kind = END;
		t.len = 0;
	} else if (c == '\'' || c == '"') {
		t.len = quoted_length(s->at);
	} else if (c == ':' && s->at[1] == ':') {
		t.len = 2; /* PostgreSQL's cast */
	} else if (word_char(c) || (c == ':' && word_char(s->at[1]))) {
		t.kind = c == ':' ? PARAMETER : WORD;
		while (word_char(s->at[t.len]))
			t.len++;
	} else if (c == '(') {
		s->depth++;
	} else if (c == ')') {
		t.depth = --s->depth;
	}
	s->at += t.len;
	return t;
}

static bool token_is(struct token t, const char *word)
{
	return t.len == strlen(word) && strncasecmp(t.at, word, t.len) == 0;
}

static bool token_among(struct token t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

/* ---- migrations ---- */

static bool is_owned(const struct owned *o, struct token t)
{
	for (size_t i = 0; i < o->n; i++)
		if (token_is(t, o->names[i]))
			return true;
	return false;
}

/* The word after `create table` in `line`; false when it is no such line. */
static bool created_table(const char *line, char name[NAME_SIZE])
{
	return sscanf(line, " create table %63[A-Za-z0-9_]", name) == 1;
}

static void read_owned(struct owned *o, const char *path)
{
	char *text = read_whole(path), *save = NULL, name[NAME_SIZE];
	bool marked = false;

	for (char *l = strtok_r(text, "\n", &save); l; l = strtok_r(NULL, "\n", &save)) {
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

/* "id id, scope id" */
static void read_fields(struct fields *to, char *list, const char *path, int line)
{
	char *save = NULL, name[NAME_SIZE], type[NAME_SIZE], rest[2];

	for (char *f = strtok_r(list, ",", &save); f; f = strtok_r(NULL, ",", &save)) {
		if (sscanf(f, " %63[a-z0-9_] %63[a-z] %1s", name, type, rest) != 2)
			die(path, line, "expected 'name type', found '%s'", f);
		add_field(to, name, type, path, line);
	}
}

/* "received_on day d.received_on" */
static void read_set_field(struct item *it, const char *rest, const char *path, int line)
{
	char name[NAME_SIZE], type[NAME_SIZE];
	int n = 0;

	if (sscanf(rest, " %63[a-z0-9_] %63[a-z] %n", name, type, &n) != 2 || !n || !rest[n])
		die(path, line, "expected 'name type expression', found '%s'", rest);
	struct field *f = add_field(&it->out, name, type, path, line);
	append(&f->expression, rest + n, path, line);
}

/* "dossier_word dossier_id unit_id": table, column of the key, column of the unit if any */
static void read_search(struct item *it, const char *rest, const char *path, int line)
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

static void read_directive(struct file *f, char *text, int line)
{
	struct item *it = f->n ? f->items[f->n - 1] : NULL;
	char word[NAME_SIZE], *rest;

	if (!split_directive(text, word, &rest))
		return;
	if (strcmp(word, "name") == 0)
		begin_item(f, rest, false, line);
	else if (strcmp(word, "recordset") == 0)
		begin_item(f, rest, true, line);
	else if (!it || it->text)
		return; /* a comment */
	else if (strcmp(word, "unscoped") == 0)
		it->unscoped = *rest != '\0';
	else if (!it->recordset && strcmp(word, "in") == 0)
		read_fields(&it->in, rest, f->path, line);
	else if (!it->recordset && strcmp(word, "out") == 0)
		read_fields(&it->out, rest, f->path, line);
	else if (it->recordset && strcmp(word, "from") == 0)
		append_words(&it->from, rest, f->path, line);
	else if (it->recordset && strcmp(word, "key") == 0)
		append_words(&it->key, rest, f->path, line);
	else if (it->recordset && strcmp(word, "scope") == 0)
		append_words(&it->scope, rest, f->path, line);
	else if (it->recordset && strcmp(word, "search") == 0)
		read_search(it, rest, f->path, line);
	else if (it->recordset && strcmp(word, "field") == 0)
		read_set_field(it, rest, f->path, line);
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

static void read_file(struct file *f, const char *path)
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

/* ---- checks ---- */

static struct field *find_field(struct fields *in, const char *name, size_t len)
{
	for (size_t i = 0; i < in->n; i++)
		if (strlen(in->at[i].name) == len && memcmp(in->at[i].name, name, len) == 0)
			return &in->at[i];
	return NULL;
}

static void check_parameters(struct item *it, const char *text, int line, const char *path)
{
	struct scan s = { text, 0, line };

	for (size_t i = 0; i < it->in.n; i++)
		it->in.at[i].used = false;
	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s)) {
		if (t.kind != PARAMETER)
			continue;
		struct field *f = find_field(&it->in, t.at + 1, t.len - 1);
		if (!f)
			die(path, t.line, "%s: parameter %.*s is missing in '-- in:'", it->name,
			    (int)t.len, t.at);
		f->used = true;
	}
	for (size_t i = 0; i < it->in.n; i++)
		if (!it->in.at[i].used)
			die(path, line, "%s: '%s' of '-- in:' is not used", it->name,
			    it->in.at[i].name);
}

/* Columns of the outermost select or of returning; -1 for "*". */
static int count_columns(const char *text)
{
	static const char *const ends[] = { "from",  "where", "union", "limit",
		                            "order", "group", ";",     NULL };
	struct scan s = { text, 0, 0 };
	bool counting = false;
	int n = 0;

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s)) {
		if (t.depth)
			continue;
		if (counting && token_among(t, ends))
			return n;
		if (token_is(t, "returning") || (!counting && token_is(t, "select"))) {
			counting = true;
			n = 1;
		} else if (counting && token_is(t, ",")) {
			n++;
		} else if (counting && token_is(t, "*") && n == 1) {
			return -1;
		}
	}
	return n;
}

/* An insert ... select has columns only when it says returning. */
static bool gives_rows(const char *text, bool writes)
{
	struct scan s = { text, 0, 0 };

	if (!writes)
		return true;
	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s))
		if (t.depth == 0 && token_is(t, "returning"))
			return true;
	return false;
}

static const char *after_returning(const char *text)
{
	struct scan s = { text, 0, 0 };

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s))
		if (t.depth == 0 && token_is(t, "returning"))
			return t.at;
	return text;
}

static void check_columns(const struct item *it, const char *text, int line, const char *path)
{
	int n = gives_rows(text, it->writes) ? count_columns(after_returning(text)) : 0;

	if (n < 0)
		die(path, line, "%s: name every column instead of *", it->name);
	if ((size_t)n != it->out.n)
		die(path, line, "%s: the text gives %d columns, '-- out:' declares %zu",
		    it->name, n, it->out.n);
}

static void check_one_statement(const struct item *it, const char *text, int line,
                                const char *path)
{
	struct scan s = { text, 0, line };
	bool ended = false;

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s)) {
		if (ended)
			die(path, t.line, "%s: text after the ';'", it->name);
		ended = token_is(t, ";");
	}
	if (!ended)
		die(path, line, "%s: the statement does not end with ';'", it->name);
	if (s.depth != 0)
		die(path, line, "%s: parentheses do not match", it->name);
}

/* The unit-owned table that `text` reads or changes; adding a row does not count. */
static struct token owned_table(const struct owned *o, const char *text)
{
	static const char *const before[] = { "from", "join", "update", ",", "(", NULL };
	struct scan s = { text, 0, 0 };
	struct token previous = { OTHER, "", 0, 0, 0 }, t = next_token(&s);

	if (o->n && *text && is_owned(o, t)) /* the from of a record set */
		return t;
	for (; t.kind != END; previous = t, t = next_token(&s))
		if (t.kind == WORD && token_among(previous, before) && is_owned(o, t))
			return t;
	return t;
}

static void check_scope(struct item *it, const struct owned *o, const char *path)
{
	struct token t = owned_table(o, it->recordset ? it->from : it->text);
	bool scoped =
	        it->recordset ? it->scope != NULL : find_field(&it->in, "scope", 5) != NULL;

	if (t.kind == END || scoped || it->unscoped)
		return;
	die(path, it->line,
	    "%s: table %.*s belongs to units: use %s, or say '-- unscoped: why'", it->name,
	    (int)t.len, t.at, it->recordset ? "'-- scope:'" : ":scope");
}

static bool is_write(const char *text)
{
	static const char *const words[] = { "insert", "update", "delete", "create", NULL };
	struct scan s = { text, 0, 0 };

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s))
		if (t.depth == 0 && t.kind == WORD && token_among(t, words))
			return true;
	return false;
}

static void check_item(struct item *it, const struct owned *o, const char *path)
{
	if (it->recordset && (!it->from || !it->key || !it->out.n))
		die(path, it->line, "%s: a record set needs from, key and fields", it->name);
	if (!it->recordset && !it->text)
		die(path, it->line, "%s has no text", it->name);
	check_scope(it, o, path);
	if (it->recordset)
		return;
	it->writes = is_write(it->text);
	check_one_statement(it, it->text, it->text_line, path);
	check_parameters(it, it->text, it->text_line, path);
	check_columns(it, it->text, it->text_line, path);
	if (!it->postgres)
		return;
	check_one_statement(it, it->postgres, it->postgres_line, path);
	check_parameters(it, it->postgres, it->postgres_line, path);
	check_columns(it, it->postgres, it->postgres_line, path);
}

/* ---- output ---- */

static void put_c_text(FILE *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"' || text[i] == '\\')
			fputc('\\', out);
		fputc(text[i] == '\n' ? ' ' : text[i], out);
	}
}

/* One string literal for each line of SQL, parameters as `mark`N, comments left out. */
static void put_statement(FILE *out, struct item *it, const char *text, char mark)
{
	struct scan s = { text, 0, 0 };
	const char *end = text;
	int line = -1;

	for (struct token t = next_token(&s); t.kind != END; t = next_token(&s)) {
		if (token_is(t, ";"))
			break;
		if (t.line != line)
			fprintf(out, "%s\n\t\"", line < 0 ? "" : " \"");
		else if (t.at != end)
			fputc(' ', out);
		line = t.line;
		end = t.at + t.len;
		if (t.kind == PARAMETER) {
			const struct field *f = find_field(&it->in, t.at + 1, t.len - 1);
			fprintf(out, "%c%d", mark, (int)(f - it->in.at) + 1);
		} else {
			put_c_text(out, t.at, t.len);
		}
	}
	fputs("\",\n", out);
}

static void put_struct(FILE *out, const char *name, const char *what, const struct fields *f)
{
	if (!f->n)
		return;
	fprintf(out, "struct q_%s_%s {\n", name, what);
	for (size_t i = 0; i < f->n; i++)
		fprintf(out, "\t%s%s;\n", f->at[i].type->c_type, f->at[i].name);
	fputs("};\n", out);
}

/* One inline wrapper; `before` and `after` are parameters around the struct in. */
static void put_wrapper(FILE *out, const struct item *it, const char *verb, const char *target)
{
	bool in = it->in.n > 0, one = strcmp(verb, "one") == 0,
	     open = strcmp(verb, "open") == 0;

	fprintf(out, "static inline ERR_RESULT q_%s_%s(%sstruct db *db", it->name, verb,
	        open ? "struct db_rows *rows, " : "");
	if (one)
		fputs(", struct arena *a", out);
	if (in)
		fprintf(out, ", const struct q_%s_in *in", it->name);
	if (one)
		fprintf(out, ", struct q_%s_row *row", it->name);
	fprintf(out, ")\n{\n\treturn %s(%sdb%s, &query_%s, %s%s);\n}\n", target,
	        open ? "rows, " : "", one ? ", a" : "", it->name, in ? "in" : "NULL",
	        one ? ", row" : "");
}

static void put_declarations(FILE *out, const struct item *it)
{
	if (it->recordset) {
		fprintf(out, "\nextern const struct recordset recordset_%s;\n", it->name);
		return;
	}
	fputc('\n', out);
	put_struct(out, it->name, "in", &it->in);
	put_struct(out, it->name, "row", &it->out);
	fprintf(out, "extern const struct query query_%s;\n", it->name);
	if (!it->out.n) {
		put_wrapper(out, it, "run", "db_run");
		return;
	}
	put_wrapper(out, it, "open", "db_open_rows");
	fprintf(out,
	        "static inline bool q_%s_next(struct db_rows *rows, struct q_%s_row *row)\n"
	        "{\n\treturn db_next_row(rows, row);\n}\n",
	        it->name, it->name);
	put_wrapper(out, it, "one", "db_one");
}

static void put_fields(FILE *out, const char *name, const char *what, const struct fields *f)
{
	if (!f->n)
		return;
	fprintf(out, "static const struct db_field %s_%s[] = {\n", name, what);
	for (size_t i = 0; i < f->n; i++)
		fprintf(out, "\t{ \"%s\", %s, offsetof(struct q_%s_%s, %s) },\n", f->at[i].name,
		        f->at[i].type->constant, name, what, f->at[i].name);
	fputs("};\n", out);
}

static void put_query(FILE *out, struct item *it)
{
	fputc('\n', out);
	put_fields(out, it->name, "in", &it->in);
	put_fields(out, it->name, "row", &it->out);
	fprintf(out, "const struct query query_%s = {\n\t\"%s\",", it->name, it->name);
	put_statement(out, it, it->text, '?');
	put_statement(out, it, it->postgres ? it->postgres : it->text, '$');
	fprintf(out, "\t%s%s,\n\t%s%s,\n\t%zu,\n\t%zu,\n\t%s,\n};\n",
	        it->in.n ? it->name : "NULL", it->in.n ? "_in" : "",
	        it->out.n ? it->name : "NULL", it->out.n ? "_row" : "", it->in.n, it->out.n,
	        it->writes ? "true" : "false");
}

static void put_quoted(FILE *out, const char *text)
{
	if (!text) {
		fputs("NULL", out);
		return;
	}
	fputc('"', out);
	put_c_text(out, text, strlen(text));
	fputc('"', out);
}

static void put_recordset(FILE *out, const struct item *it)
{
	fprintf(out, "\nstatic const struct recordset_field %s_fields[] = {\n", it->name);
	for (size_t i = 0; i < it->out.n; i++) {
		const struct field *f = &it->out.at[i];

		fprintf(out, "\t{ \"%s\", %s, ", f->name, f->type->constant);
		put_quoted(out, f->expression);
		fputs(" },\n", out);
	}
	fprintf(out, "};\nconst struct recordset recordset_%s = {\n\t\"%s\",\n\t", it->name,
	        it->name);
	put_quoted(out, it->from);
	fputs(",\n\t", out);
	put_quoted(out, it->key);
	fputs(",\n\t", out);
	put_quoted(out, it->scope);
	for (size_t i = 0; i < 3; i++) {
		fputs(",\n\t", out);
		put_quoted(out, *it->search[i] ? it->search[i] : NULL);
	}
	fprintf(out, ",\n\t%s_fields,\n\t%zu,\n};\n", it->name, it->out.n);
}

static FILE *create(const char *path, const char *from)
{
	FILE *out = fopen(path, "w");

	if (!out) {
		fprintf(stderr, "mksql: cannot write %s\n", path);
		exit(1);
	}
	fprintf(out, "/* generated by tools/mksql%s%s */\n", *from ? " from " : "", from);
	return out;
}

static void finish(FILE *out, const char *path)
{
	if (ferror(out) | fclose(out)) {
		fprintf(stderr, "mksql: cannot write %s\n", path);
		remove(path);
		exit(1);
	}
}

static void write_header(const struct file *f, const char *path)
{
	FILE *out = create(path, f->path);

	fputs("#pragma once\n#include \"db/db.h\"\n#include \"db/select.h\"\n", out);
	for (size_t i = 0; i < f->n; i++)
		put_declarations(out, f->items[i]);
	finish(out, path);
}

static void write_code(const struct file *f, const char *path, const char *header)
{
	const char *base = strrchr(header, '/');
	FILE *out = create(path, f->path);

	fprintf(out,
	        "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"%s\"\n",
	        base ? base + 1 : header);
	for (size_t i = 0; i < f->n; i++)
		if (f->items[i]->recordset)
			put_recordset(out, f->items[i]);
		else
			put_query(out, f->items[i]);
	finish(out, path);
}

/* The pointers to all queries or all record sets of `files`. */
static void put_table(FILE *out, struct file **files, int n_files, bool recordsets)
{
	const char *type = recordsets ? "recordset" : "query";
	const char *many = recordsets ? "db_recordsets" : "db_queries";

	for (int i = 0; i < n_files; i++)
		for (size_t k = 0; k < files[i]->n; k++)
			if (files[i]->items[k]->recordset == recordsets)
				fprintf(out, "extern const struct %s %s_%s;\n", type, type,
				        files[i]->items[k]->name);
	fprintf(out, "const struct %s *const %s[] = {\n", type, many);
	for (int i = 0; i < n_files; i++)
		for (size_t k = 0; k < files[i]->n; k++)
			if (files[i]->items[k]->recordset == recordsets)
				fprintf(out, "\t&%s_%s,\n", type, files[i]->items[k]->name);
	fputs("\tNULL,\n};\n", out);
}

static int write_list(const char *path, char **sources, int n)
{
	struct file **files = allocate((size_t)n * sizeof(*files) + 1);
	FILE *out = create(path, "");

	for (int i = 0; i < n; i++) {
		files[i] = allocate(sizeof(*files[i]));
		read_file(files[i], sources[i]);
	}
	fputs("#include \"db/queries.h\"\n", out);
	put_table(out, files, n, false);
	put_table(out, files, n, true);
	finish(out, path);
	return 0;
}

int main(int argc, char **argv)
{
	static struct file f;
	static struct owned owned;

	if (argc >= 3 && strcmp(argv[1], "--list") == 0)
		return write_list(argv[2], argv + 3, argc - 3);
	if (argc < 4) {
		fprintf(stderr, "usage: mksql in.sql out.h out.c migration.sql ...\n"
		                "       mksql --list out.c in.sql ...\n");
		return 2;
	}
	for (int i = 4; i < argc; i++)
		read_owned(&owned, argv[i]);
	read_file(&f, argv[1]);
	for (size_t i = 0; i < f.n; i++)
		check_item(f.items[i], &owned, f.path);
	write_header(&f, argv[2]);
	write_code(&f, argv[3], argv[2]);
	return 0;
}
