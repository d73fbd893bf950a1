/* check.c - what a query must be before it becomes C. */
#include "mksql/sql.h"

#include <stdio.h>
#include <string.h>

static bool is_owned(const struct owned *o, struct token t)
{
	for (size_t i = 0; i < o->n; i++)
		if (token_is(t, o->names[i]))
			return true;
	return false;
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

void check_item(struct item *it, const struct owned *o, const char *path)
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
