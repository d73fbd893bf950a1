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

/* The totals of the row on which `s` stands, from its column `first` on. */
static enum err read_row(dec_t *out, struct db *db, struct db_statement *s, size_t first,
                         const struct total *totals, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t number;

		db_read(db, s, first + i, DB_INT, &number);
		TRY(to_decimal(&out[i], &totals[i], number));
	}
	return ERR_OK;
}

static enum err read_totals(dec_t *out, struct compose *c, const struct total *totals, size_t n)
{
	struct db_statement *s;
	bool row;

	TRY(compose_open(&s, c));
	enum err e = c->db->engine->step(c->db, s->handle, &row);
	if (e == ERR_OK)
		e = read_row(out, c->db, s, 0, totals, n);
	db_statement_return(c->db, s);
	return e;
}

static enum err put_totals(struct compose *c, const struct total *totals, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		compose_put(c, i ? ", " : "");
		TRY(put_total(c, &totals[i]));
	}
	return ERR_OK;
}

enum err select_totals(dec_t *out, struct db *db, const struct select *s,
                       const struct total *totals, size_t n)
{
	COMPOSE c;

	assert(n > 0 && n <= TOTALS_MOST);
	compose_init(&c, db);
	TRY(compose_check(s));
	compose_put(&c, "select ");
	TRY(put_totals(&c, totals, n));
	TRY(compose_from(&c, s, NULL));
	return read_totals(out, &c, totals, n);
}

/* ---- for each unit ---- */

enum { FIRST_GROUPS = 256 };

/* Room for one more group. */
static enum err grow(struct totals_groups *g, size_t *most, struct arena *a)
{
	struct totals_group *more;

	if (g->n < *most)
		return ERR_OK;
	TRY(arena_array(a, &more, *most * 2 + FIRST_GROUPS));
	for (size_t i = 0; i < g->n; i++)
		more[i] = g->at[i];
	g->at = more;
	*most = *most * 2 + FIRST_GROUPS;
	return ERR_OK;
}

static enum err read_group(struct totals_group *g, struct db *db, struct arena *a,
                           struct db_statement *s, const struct totals_by *by)
{
	db_read(db, s, 0, DB_TEXT, &g->by);
	TRY(db_keep(a, DB_TEXT, &g->by));
	TRY(arena_array(a, &g->values, by->n));
	return read_row(g->values, db, s, 1, by->totals, by->n);
}

static enum err read_groups(struct totals_groups *g, struct db *db, struct arena *a,
                            struct db_statement *s, const struct totals_by *by)
{
	size_t most = 0;
	bool row;

	for (;;) {
		TRY(db->engine->step(db, s->handle, &row));
		if (!row)
			return ERR_OK;
		TRY(grow(g, &most, a));
		TRY(read_group(&g->at[g->n], db, a, s, by));
		g->n++;
	}
}

static enum err run_groups(struct totals_groups *out, struct db *db, struct arena *a,
                           const struct select *s, const struct totals_by *by,
                           const char *group)
{
	struct totals_groups groups = { 0 };
	struct db_statement *statement;
	COMPOSE c;

	assert(by->n > 0 && by->n <= TOTALS_MOST);
	compose_init(&c, db);
	TRY(compose_check(s));
	compose_put(&c, "select ");
	compose_expression(&c, by->field);
	compose_put(&c, ", ");
	TRY(put_totals(&c, by->totals, by->n));
	TRY(compose_from(&c, s, NULL));
	compose_put(&c, " group by ");
	compose_put(&c, group);
	TRY(compose_open(&statement, &c));
	enum err e = read_groups(&groups, db, a, statement, by);
	db_statement_return(db, statement);
	TRY(e);
	*out = groups;
	return ERR_OK;
}

enum err select_totals_by_unit(struct totals_groups *out, struct db *db, struct arena *a,
                               const struct select *s, const struct totals_by *by)
{
	assert(s->set->scope);
	return run_groups(out, db, a, s, by, s->set->scope);
}

enum err select_totals_by_field(struct totals_groups *out, struct db *db, struct arena *a,
                                const struct select *s, const struct totals_by *by)
{
	return run_groups(out, db, a, s, by, "1"); /* the first column */
}
