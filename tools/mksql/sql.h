/* sql.h - one *_store.sql while it is turned into C: its queries and record sets, and the
 * tokens of their texts.
 */
#ifndef MKSQL_SQL_H
#define MKSQL_SQL_H

#include <stdbool.h>
#include <stddef.h>

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

/* read.c */
void read_owned(struct owned *o, const char *migration);
void read_file(struct file *f, const char *path);

/* check.c: stops at the first mistake. */
void check_item(struct item *it, const struct owned *o, const char *path);

/* write.c */
void write_header(const struct file *f, const char *path);
void write_code(const struct file *f, const char *path, const char *header);
void write_list(const char *path, struct file **files, size_t n);

/* token.c */
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

struct token next_token(struct scan *s);
bool token_is(struct token t, const char *word);
bool token_among(struct token t, const char *const *words); /* ends with NULL */

struct field *find_field(struct fields *in, const char *name, size_t len); /* or NULL */

/* "path:line: message" on stderr, exit 1. */
__attribute__((format(printf, 3, 4), noreturn)) void die(const char *path, int line,
                                                         const char *fmt, ...);
void *allocate(size_t n); /* zeroed; stops when there is no memory */

#endif
