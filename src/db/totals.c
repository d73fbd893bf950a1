#include "db/totals.h"

#include <assert.h>

#include "db/compose.h"

/* "count(case when conditions then 1 end)" */
static enum err put_total(struct compose *c, const struct total *t)
{
	static const char *const openings[] = { "count(", "count(distinct ", "sum(" };

	compose_put(c, openings[t->kind]);
	if (t->n_conditions > 0)
		compose_put(c, "case when ");
	for (size_t i = 0; i < t->n_conditions; i++) {
		compose_put(c, i ? " and " : "");
		TRY(compose_condition(c, &t->conditions[i]));
	}
	compose_put(c, t->n_conditions > 0 ? " then " : "");
	if (t->kind == TOTAL_COUNT)
		compose_put(c, "1");
	else
		compose_expression(c, t->field);
	compose_put(c, t->n_conditions > 0 ? " end)" : ")");
	return ERR_OK;
}

static enum err to_decimal(dec_t *out, const struct total *t, int64_t n)
{
	if (n == INT_NONE)
		n = 0;
	if (t->kind == TOTAL_SUM && t->field->type == DB_DECIMAL) {
		*out = (dec_t){ n };
		return ERR_OK;
	}
	*out = dec_from_int(n);
	if (dec_is_none(*out))
		return err_set(ERR_RANGE, "a total is too large");
	return ERR_OK;
}

static enum err read_totals(dec_t *out, struct compose *c, const struct total *totals, size_t n)
{
	struct db_statement *s;
	bool row;

	TRY(compose_open(&s, c));
	enum err e = c->db->engine->step(c->db, s->handle, &row);
	for (size_t i = 0; i < n && e == ERR_OK; i++) {
		int64_t number;

		db_read(c->db, s, i, DB_INT, &number);
		e = to_decimal(&out[i], &totals[i], number);
	}
	db_statement_return(c->db, s);
	return e;
}

enum err select_totals(dec_t *out, struct db *db, const struct select *s,
                       const struct total *totals, size_t n)
{
	COMPOSE c;

	assert(n > 0 && n <= TOTALS_MOST);
	compose_init(&c, db);
	TRY(compose_check(s));
	compose_put(&c, "select ");
	for (size_t i = 0; i < n; i++) {
		compose_put(&c, i ? ", " : "");
		TRY(put_total(&c, &totals[i]));
	}
	TRY(compose_from(&c, s, NULL));
	return read_totals(out, &c, totals, n);
}
