/* counter_store.c - keeping the counters. */
#include "app/counter/counter_store.h"

#include <string.h>

#include "app/counter/counter_store.sql.h"
#include "app/journal/journal_store.h"

/* ---- one row ---- */

static date_t day_of(const struct counter_row *row, enum counter_part part)
{
	return (date_t){ (int32_t)row->part[part] };
}

static row_id unit_of(const struct counter_row *row)
{
	return (row_id){ row->part[PART_UNIT] };
}

static enum err put_received(struct db *db, const struct counter_row *row)
{
	struct q_counter_received_add_in in = {
		.unit_id = unit_of(row),
		.quarter_on = day_of(row, PART_QUARTER),
		.half_on = day_of(row, PART_HALF),
		.on_day = day_of(row, PART_DAY),
		.whose = row->part[PART_WHOSE],
		.accepted = row->part[PART_ACCEPTED] != 0,
		.channel = counter_words[row->part[PART_CHANNEL]],
		.service_level = counter_words[row->part[PART_LEVEL]],
		.old_level = row->part[PART_OLD_LEVEL],
		.online_offered = row->part[PART_OFFERED] != 0,
		.n = row->add[0],
	};

	return q_counter_received_add_run(db, &in);
}

static enum err put_procedure(struct db *db, const struct counter_row *row)
{
	struct q_counter_procedure_add_in in = {
		.unit_id = unit_of(row),
		.half_on = day_of(row, PART_HALF),
		.whose = row->part[PART_WHOSE],
		.accepted = row->part[PART_ACCEPTED] != 0,
		.channel = counter_words[row->part[PART_CHANNEL]],
		.version_id = { row->part[PART_VERSION] },
		.n = row->add[0],
	};

	return q_counter_procedure_add_run(db, &in);
}

static enum err put_finished(struct db *db, const struct counter_row *row)
{
	struct q_counter_finished_add_in in = {
		.unit_id = unit_of(row),
		.quarter_on = day_of(row, PART_QUARTER),
		.half_on = day_of(row, PART_HALF),
		.on_day = day_of(row, PART_DAY),
		.whose = row->part[PART_WHOSE],
		.received_half = day_of(row, PART_RECEIVED_HALF),
		.outcome = counter_words[row->part[PART_OUTCOME]],
		.within_extension = row->part[PART_EXTENSION] != 0,
		.refused = row->part[PART_REFUSED] != 0,
		.n = row->add[0],
	};

	return q_counter_finished_add_run(db, &in);
}

static enum err put_stock(struct db *db, const struct counter_row *row)
{
	struct q_counter_stock_add_in in = {
		.unit_id = unit_of(row),
		.quarter_on = day_of(row, PART_QUARTER),
		.half_on = day_of(row, PART_HALF),
		.on_day = day_of(row, PART_DAY),
		.whose = row->part[PART_WHOSE],
		.entered = row->add[SUM_ENTERED],
		.ended = row->add[SUM_ENDED],
		.overdue = row->add[SUM_OVERDUE],
		.settled = row->add[SUM_SETTLED],
	};

	return q_counter_stock_add_run(db, &in);
}

static enum err put_returned(struct db *db, const struct counter_row *row)
{
	struct q_counter_returned_add_in in = {
		.unit_id = unit_of(row),
		.channel = counter_words[row->part[PART_CHANNEL]],
		.n = row->add[0],
	};

	return q_counter_returned_add_run(db, &in);
}

/* ---- one change ---- */

/* Received dossiers are counted by what their version is, not by which it is. */
static enum err put_class(struct db_write_context *w, struct counter_row *row)
{
	struct q_counter_class_in in = { .version_id = { row->part[PART_VERSION] } };
	struct q_counter_class_row class;

	TRY(q_counter_class_one(w->db, w->arena, &in, &class));
	TRY(counter_word(&row->part[PART_LEVEL], class.service_level));
	row->part[PART_OLD_LEVEL] = class.old_level;
	row->part[PART_OFFERED] = class.online_offered;
	row->part[PART_VERSION] = 0;
	return ERR_OK;
}

static enum err put_row(struct db *db, const struct counter_row *row)
{
	switch ((enum counter_kind)row->part[PART_KIND]) {
	case COUNTER_RECEIVED:
		return put_received(db, row);
	case COUNTER_PROCEDURE:
		return put_procedure(db, row);
	case COUNTER_FINISHED:
		return put_finished(db, row);
	case COUNTER_STOCK:
		return put_stock(db, row);
	case COUNTER_RETURNED:
		return put_returned(db, row);
	}
	return err_set(ERR_INTERNAL, "no counter of kind %lld",
	               (long long)row->part[PART_KIND]);
}

static enum err put_rows(struct db_write_context *w, struct counter_row *rows, size_t n)
{
	n = counter_settle(rows, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].part[PART_KIND] == COUNTER_RECEIVED)
			TRY(put_class(w, &rows[i]));
	n = counter_settle(rows, n);
	for (size_t i = 0; i < n; i++)
		TRY(put_row(w->db, &rows[i]));
	return ERR_OK;
}

/* ---- many changes ---- */

struct counter_gather {
	struct counter_row *rows; /* in the arena of the write */
	size_t n, room;
};

ERR_RESULT counter_gather(struct db_write_context *w)
{
	return arena_new(w->arena, &w->counters);
}

size_t counter_gathered(const struct db_write_context *w)
{
	return w->counters ? w->counters->n : 0;
}

void counter_gather_back(struct db_write_context *w, size_t gathered)
{
	if (w->counters)
		w->counters->n = gathered;
}

ERR_RESULT counter_gather_end(struct db_write_context *w)
{
	struct counter_gather *g = w->counters;

	w->counters = NULL;
	return put_rows(w, g->rows, g->n);
}

static enum err gather(struct db_write_context *w, const struct counter_rows *rows)
{
	enum { FIRST_ROOM = 1024 };
	struct counter_gather *g = w->counters;

	if (g->n + rows->n > g->room) {
		size_t room = g->room ? g->room * 2 : FIRST_ROOM;
		struct counter_row *more;

		TRY(arena_array(w->arena, &more, room));
		if (g->n > 0)
			memcpy(more, g->rows, g->n * sizeof(*more));
		g->rows = more;
		g->room = room;
	}
	if (rows->n > 0)
		memcpy(g->rows + g->n, rows->at, rows->n * sizeof(*rows->at));
	g->n += rows->n;
	return ERR_OK;
}

ERR_RESULT counter_move(struct db_write_context *w, const struct counter_facts *before,
                        const struct counter_facts *after)
{
	struct counter_rows rows = { .n = 0 };

	if (before)
		TRY(counter_rows_add(&rows, before, -1));
	TRY(counter_rows_add(&rows, after, 1));
	counter_rows_settle(&rows);
	return w->counters ? gather(w, &rows) : put_rows(w, rows.at, rows.n);
}

/* ---- making them anew ---- */

enum err counter_rebuild_in(struct db_write_context *w, void *arg)
{
	(void)arg;
	journal_nothing(w); /* counters are no records */
	TRY(q_counter_received_clear_run(w->db));
	TRY(q_counter_finished_clear_run(w->db));
	TRY(q_counter_procedure_clear_run(w->db));
	TRY(q_counter_stock_clear_run(w->db));
	TRY(q_counter_returned_clear_run(w->db));
	TRY(q_counter_received_fill_run(w->db));
	TRY(q_counter_finished_fill_run(w->db));
	TRY(q_counter_procedure_fill_run(w->db));
	TRY(q_counter_stock_fill_run(w->db));
	return q_counter_returned_fill_run(w->db);
}

ERR_RESULT counter_rebuild(struct db_writer *writer, struct change *change)
{
	return db_write(writer, change, counter_rebuild_in, NULL);
}
