/* expand.c - the portable text of a migration as an engine wants it: in `create table` the
 * word after each column's name, and in `alter table ... add column` likewise, is one of our
 * column words; a table gets the engine's options. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "db/engine.h"
#include "db/migrate.h"

static const char *const words[DB_BYTES + 1] = {
	[DB_ID] = "id",           [DB_INT] = "int",         [DB_FLAG] = "flag",
	[DB_DAY] = "day",         [DB_INSTANT] = "instant", [DB_DONG] = "dong",
	[DB_DECIMAL] = "decimal", [DB_TEXT] = "text",       [DB_BYTES] = "bytes",
};

/* What the next word is. */
enum place {
	ELSEWHERE,
	STATEMENT, /* begins a statement */
	CREATED,   /* after create */
	TABLE,     /* after create table: the name and what stands before its '(' */
	COLUMN,    /* a column's name, or the first word of a table constraint */
	TYPE,      /* its type */
	ALTERED,   /* inside alter table */
	ADDED,     /* after add column: the name */
	OPTIONS,   /* behind a table: without rowid */
};

struct expansion {
	struct str *out;
	const struct db_engine *engine;
	const struct migration *migration;
	enum place place;
	int depth; /* of parentheses */
	bool in_table;
};

static bool is(struct slice w, const char *word)
{
	return w.len == strlen(word) && strncasecmp(w.at, word, w.len) == 0;
}

static bool begins_constraint(struct slice w)
{
	return is(w, "primary") || is(w, "unique") || is(w, "check") || is(w, "foreign") ||
	       is(w, "constraint");
}

static enum err put_type(struct expansion *x, struct slice word)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (is(word, words[i])) {
			str_put(x->out, x->engine->column_words[i]);
			return ERR_OK;
		}
	return err_set(ERR_DB, "%s: '%.*s' is no column word", x->migration->name,
	               (int)word.len, word.at);
}

/* `without rowid` stores a table in the order of its primary key; only SQLite knows it. */
static void put_option(struct expansion *x, struct slice word)
{
	if (x->engine != &db_engine_sqlite)
		return;
	str_put(x->out, is(word, "without") ? ", " : "");
	str_put_n(x->out, word.at, word.len);
}

static enum place begin_statement(struct slice word)
{
	return is(word, "create") ? CREATED : is(word, "alter") ? ALTERED : ELSEWHERE;
}

/* Where the reader stands behind `word`. */
static enum place place_after(const struct expansion *x, struct slice word)
{
	switch (x->place) {
	case TYPE:
		return x->in_table ? ELSEWHERE : ALTERED;
	case STATEMENT:
		return begin_statement(word);
	case CREATED:
		return is(word, "table") ? TABLE : ELSEWHERE;
	case COLUMN:
		return begins_constraint(word) ? ELSEWHERE : TYPE;
	case ALTERED:
		return is(word, "column") ? ADDED : ALTERED;
	case ADDED:
		return TYPE;
	case OPTIONS:
	case TABLE:
	case ELSEWHERE:
		break;
	}
	return x->place;
}

static enum err put_word(struct expansion *x, struct slice word)
{
	enum place place = x->place;

	x->place = place_after(x, word);
	if (place == TYPE)
		return put_type(x, word);
	if (place == OPTIONS)
		put_option(x, word);
	else
		str_put_n(x->out, word.at, word.len);
	return ERR_OK;
}

static void put_mark(struct expansion *x, char c)
{
	if (c == '(' && x->depth++ == 0 && x->place == TABLE) {
		x->in_table = true;
		x->place = COLUMN;
	}
	str_put_char(x->out, c);
	if (c == ',' && x->depth == 1 && x->in_table)
		x->place = COLUMN;
	if (c == ')' && --x->depth == 0 && x->in_table) {
		str_printf(x->out, " %s", x->engine->table_options);
		x->in_table = false;
		x->place = OPTIONS;
	}
	if (c == ';')
		x->place = STATEMENT;
}

static size_t quoted_length(const char *at)
{
	size_t n = 1;

	while (at[n] && at[n] != *at)
		n++;
	return at[n] ? n + 1 : n;
}

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

enum err migrate_expand(struct str *out, const struct db *db, const struct migration *m)
{
	struct expansion x = { out, db->engine, m, STATEMENT, 0, false };

	for (const char *t = m->text; *t;) {
		size_t n = 1;

		if (t[0] == '-' && t[1] == '-') {
			n = strcspn(t,
			            "\n"); /* a comment stays: the schema is read by people */
			str_put_n(out, t, n);
			t += n;
			continue;
		}
		if (*t == '\'' || *t == '"') {
			n = quoted_length(t);
			str_put_n(out, t, n);
		} else if (word_char(*t)) {
			while (word_char(t[n]))
				n++;
			TRY(put_word(&x, (struct slice){ t, n }));
		} else {
			put_mark(&x, *t);
		}
		t += n;
	}
	return ERR_OK;
}
