#include "db/select.h"

#include "base/str.h"
#include "db/compose.h"

const struct recordset_field *recordset_field(const struct recordset *set, const char *name)
{
	for (size_t i = 0; i < set->n_fields; i++)
		if (str_eq(set->fields[i].name, name))
			return &set->fields[i];
	return NULL;
}

/* The number in the first column of the one row; `null` when it is NULL. */
static enum err read_number(int64_t *out, struct compose *c, int64_t null)
{
	struct db_statement *s;
	int64_t n = null;
	bool row;

	TRY(compose_open(&s, c));
	enum err e = c->db->engine->step(c->db, s->handle, &row);
	if (e == ERR_OK && row)
		db_read(c->db, s, 0, DB_INT, &n);
	db_statement_return(c->db, s);
	TRY(e);
	*out = n == INT_NONE ? null : n;
	return ERR_OK;
}

/* An aggregate over an inner select: SQLite leaves out the outer joins that a select does not
 * use, but not those of an aggregate; the limit keeps it from making one select of the two. */
static enum err compose_inner(struct compose *c, const struct select *s, const char *outer,
                              const struct recordset_field *field, bool distinct)
{
	compose_put(c, outer);
	compose_put(c, distinct ? "distinct " : "");
	if (field)
		compose_expression(c, field);
	else
		compose_put(c, "1");
	compose_put(c, " as x");
	TRY(compose_from(c, s, NULL));
	if (distinct) {
		compose_put(c, " and ");
		compose_expression(c, field);
		compose_put(c, " is not null");
	}
	return ERR_OK;
}

static void compose_limit(struct compose *c, const int64_t *limit)
{
	compose_put(c, " limit ");
	compose_parameter(c, DB_INT, limit);
	compose_put(c, ") as t");
}

enum err select_count(int64_t *out, struct db *db, const struct select *s,
                      const struct recordset_field *distinct, int64_t most)
{
	int64_t limit = most > 0 ? most + 1 : INT64_MAX;
	COMPOSE c;

	compose_init(&c, db);
	TRY(compose_check(s));
	TRY(compose_inner(&c, s, "select count(*) from (select ", distinct, distinct != NULL));
	compose_limit(&c, &limit);
	return read_number(out, &c, 0);
}

enum err select_sum(dec_t *out, struct db *db, const struct select *s,
                    const struct recordset_field *field)
{
	int64_t sum, limit = INT64_MAX;
	COMPOSE c;

	compose_init(&c, db);
	TRY(compose_check(s));
	TRY(compose_inner(&c, s, "select sum(t.x) from (select ", field, false));
	compose_limit(&c, &limit);
	TRY(read_number(&sum, &c, 0));
	if (field->type == DB_DECIMAL) {
		*out = (dec_t){ sum };
		return ERR_OK;
	}
	if (sum > INT64_MAX / DEC_ONE || sum < -(INT64_MAX / DEC_ONE))
		return err_set(ERR_RANGE, "the sum of %s is too large", field->name);
	*out = (dec_t){ sum * DEC_ONE };
	return ERR_OK;
}
