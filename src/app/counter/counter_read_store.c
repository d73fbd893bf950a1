/* counter_read_store.c - what forms and others ask of the counters. */
#include "app/counter/counter_store.h"

#include "app/counter/counter_store.sql.h"
#include "db/totals.h"

/* ---- stocks ---- */

static const struct recordset_field *stock_field(const char *name)
{
	return recordset_field(&recordset_counter_stock, name);
}

static struct total sum_of(const char *field)
{
	return (struct total){ .kind = TOTAL_SUM, .field = stock_field(field) };
}

static void put(struct select *s, const char *field, enum select_op op,
                struct select_value value)
{
	const struct recordset_field *f = stock_field(field);

	value.type = f->type;
	s->conditions[s->n_conditions++] = (struct select_condition){ f, op, value };
}

ERR_RESULT counter_stock_on(struct counter_stock *out, struct db *db, row_id unit, date_t on,
                            enum counter_whose whose)
{
	struct counter_spans spans =
	        counter_spans_of(date_make(1900, 1, 1), on, COUNTER_QUARTER);
	struct total totals[] = { sum_of("entered"), sum_of("ended"), sum_of("overdue"),
		                  sum_of("settled") };
	struct counter_stock stock = { 0 };

	for (size_t i = 0; i < spans.n; i++) {
		const struct counter_span *span = &spans.at[i];
		struct select s = { .set = &recordset_counter_stock,
			            .scope = unit,
			            .scope_on = on };
		dec_t sums[ARRAY_LEN(totals)];

		put(&s, "grain", SELECT_EQ, (struct select_value){ .integer = span->grain });
		put(&s, "on_day", SELECT_GE, (struct select_value){ .day = span->from });
		put(&s, "on_day", SELECT_LE, (struct select_value){ .day = span->to });
		put(&s, "whose", SELECT_IN,
		    (struct select_value){ .text = whose == COUNTER_COMPETENT ? "0|2"
		                                                              : "0|1" });
		TRY(select_totals(sums, db, &s, totals, ARRAY_LEN(totals)));
		stock.pending += (sums[0].micro - sums[1].micro) / DEC_ONE;
		stock.overdue += (sums[2].micro - sums[3].micro) / DEC_ONE;
	}
	*out = stock;
	return ERR_OK;
}

/* ---- versions ---- */

/* A commune and its offices: their rows are read.  Of more units each version is looked for. */
enum { FEW_UNITS = 40 };

static enum err is_few(bool *out, struct db *db, const struct counter_asked *asked)
{
	struct q_counter_units_in in = { .scope = asked->unit, .tree_on = asked->tree_on };
	struct q_counter_units_row row;

	*out = true;
	if (asked->own)
		return ERR_OK;
	TRY(q_counter_units_one(db, NULL, &in, &row));
	*out = row.n <= FEW_UNITS;
	return ERR_OK;
}

static enum err grow(struct counter_versions *v, size_t *most, struct arena *a)
{
	struct counter_version *more;

	if (v->n < *most)
		return ERR_OK;
	TRY(arena_array(a, &more, *most * 2 + 256));
	for (size_t i = 0; i < v->n; i++)
		more[i] = v->at[i];
	v->at = more;
	*most = *most * 2 + 256;
	return ERR_OK;
}

static enum err read_few(struct counter_versions *v, struct db *db, struct arena *a,
                         const struct counter_asked *asked)
{
	struct q_counter_versions_of_few_in in = {
		.scope = asked->unit,
		.tree_on = asked->tree_on,
		.from_on = asked->from,
		.to_on = asked->to,
		.one = COUNTER_BOTH,
		.other = asked->whose,
		.regime = asked->own ? asked->own->regime : NULL,
		.period = asked->own ? asked->own->period : NULL,
	};
	struct q_counter_versions_of_few_row row;
	size_t most = 0;
	DB_ROWS rows = { 0 };

	v->counted = true;
	TRY(q_counter_versions_of_few_open(&rows, db, &in));
	while (q_counter_versions_of_few_next(&rows, &row)) {
		struct counter_version one = { row.version_id, row.procedure_id,
			                       NULL,           NULL,
			                       row.old_level,  row.online_offered,
			                       row.accepted,   row.n };

		TRY(grow(v, &most, a));
		TRY(arena_strdup(a, &one.service_level, row.service_level));
		TRY(arena_strdup(a, &one.channel, row.channel));
		v->at[v->n++] = one;
	}
	return db_rows_status(&rows);
}

static enum err read_many(struct counter_versions *v, struct db *db, struct arena *a,
                          const struct counter_asked *asked)
{
	struct q_counter_versions_of_many_in in = {
		.scope = asked->unit,
		.tree_on = asked->tree_on,
		.from_on = asked->from,
		.to_on = asked->to,
		.one = COUNTER_BOTH,
		.other = asked->whose,
		.accepted = asked->accepted,
		.channel = asked->channel,
	};
	struct q_counter_versions_of_many_row row;
	size_t most = 0;
	DB_ROWS rows = { 0 };

	TRY(q_counter_versions_of_many_open(&rows, db, &in));
	while (q_counter_versions_of_many_next(&rows, &row)) {
		struct counter_version one = { row.version_id,
			                       row.procedure_id,
			                       NULL,
			                       asked->channel,
			                       row.old_level,
			                       row.online_offered,
			                       asked->accepted,
			                       row.any == 1 ? INT_NONE : 0 };

		TRY(grow(v, &most, a));
		TRY(arena_strdup(a, &one.service_level, row.service_level));
		v->at[v->n++] = one;
	}
	return db_rows_status(&rows);
}

ERR_RESULT counter_versions_of(struct counter_versions *out, struct db *db, struct arena *a,
                               const struct counter_asked *asked)
{
	struct counter_versions v = { 0 };
	bool few;

	TRY(is_few(&few, db, asked));
	TRY(few ? read_few(&v, db, a, asked) : read_many(&v, db, a, asked));
	*out = v;
	return ERR_OK;
}

/* ---- results handed over ---- */

ERR_RESULT counter_returned_below(int64_t *out, struct db *db, struct arena *a, row_id unit,
                                  const char *channel)
{
	struct q_counter_returned_below_in in = { unit, channel };
	struct q_counter_returned_below_row row;

	TRY(q_counter_returned_below_one(db, a, &in, &row));
	*out = row.n;
	return ERR_OK;
}
