/* compose.h - a statement that is being composed, and the values of its parameters.  Only
 * select*.c use it.  Texts come from declarations of record sets; whatever a user typed is a
 * parameter.
 */
#ifndef DB_COMPOSE_H
#define DB_COMPOSE_H

#include "base/str.h"
#include "db/engine.h"
#include "db/select.h"

enum { COMPOSE_MOST_TEXT = 32 * 1024, COMPOSE_MOST_COPIED = 8 * 1024 };

struct compose {
	struct db *db;
	struct str text;
	struct db_signature in;
	const void *values[DB_MOST_PARAMETERS]; /* each to the C value of its type */
	bool overflow;
	/* Values taken out of a list, and their texts. */
	struct select_value listed[DB_MOST_PARAMETERS];
	size_t n_listed;
	char copied[COMPOSE_MOST_COPIED];
	size_t n_copied;
};

void compose_init(struct compose *c, struct db *db);
void compose_release(struct compose *c);
#define COMPOSE __attribute__((cleanup(compose_release))) struct compose

void compose_put(struct compose *c, const char *text);
/* `value` is kept, not copied; it lives until the statement ran. */
void compose_parameter(struct compose *c, enum db_type type, const void *value);
void compose_expression(struct compose *c, const struct recordset_field *field);

/* " from ... where ..." of `s`.  With `unit` (which is kept) the rows of that unit, otherwise
 * those of the scope's subtree. */
ERR_RESULT compose_from(struct compose *c, const struct select *s, const row_id *unit);

/* "field op value" */
ERR_RESULT compose_condition(struct compose *c, const struct select_condition *condition);

/* "(select unit ids of the scope's subtree)" */
void compose_units(struct compose *c, const struct select *s);

/* The prepared statement with its parameters bound. */
ERR_RESULT compose_open(struct db_statement **out, struct compose *c);
/* Binds again what the parameters point to, for another run of the same statement. */
ERR_RESULT compose_bind(struct compose *c, struct db_statement *s);

/* A scope is there when the set needs one. */
ERR_RESULT compose_check(const struct select *s);

#endif
