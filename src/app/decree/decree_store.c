#include "app/decree/decree_store.h"

#include "app/deadline/deadline_store.h"
#include "app/decree/decree_store.sql.h"
#include "app/dossier/dossier_act_store.h"
#include "app/journal/journal_store.h"
#include "base/vec.h"

enum { DOSSIERS_AT_ONCE = 200 };

/* One write: the dossiers after `after`. */
struct batch {
	struct calendar_cache *cache;
	row_id after, last; /* last: ROW_NONE when there was none left */
	int n_moved;
};

static ERR_RESULT read_batch(struct q_decree_open_dossiers_row **out, size_t *n,
                             struct db_write_context *w, row_id after)
{
	struct q_decree_open_dossiers_in in = {
		.scope = w->change->unit_id,
		.today = instant_day(w->change->at),
		.after_id = after,
		.n = DOSSIERS_AT_ONCE,
	};
	struct q_decree_open_dossiers_row row, *at = NULL;
	size_t count = 0;
	DB_ROWS rows = { 0 };

	TRY(q_decree_open_dossiers_open(&rows, w->db, &in));
	while (q_decree_open_dossiers_next(&rows, &row)) {
		TRY(vec_room(w->arena, at, count));
		at[count++] = row;
	}
	TRY(db_rows_status(&rows));
	*out = at;
	*n = count;
	return ERR_OK;
}

static enum err run_batch(struct db_write_context *w, void *arg)
{
	struct batch *b = arg;
	struct q_decree_open_dossiers_row *at;
	struct dossier_clock clock = { .calendar = NULL };
	struct rule_sets sets;
	int n_moved = 0;
	size_t n;

	TRY(rule_sets_load(&sets, w->db, w->arena));
	clock.sets = sets.at;
	clock.n_sets = sets.n;
	TRY(read_batch(&at, &n, w, b->after));
	for (size_t i = 0; i < n; i++) {
		struct dossier_moved moved;
		bool did = false;

		TRY(calendar_load(&clock.calendar, w->db, w->arena, b->cache,
		                  at[i].receiving_unit_id, instant_day(w->change->at)));
		enum err e = dossier_recompute_in(&did, &moved, w, &clock, at[i].id);
		if (e != ERR_OK && e != ERR_RANGE)
			return e;
		n_moved += did;
	}
	journal_nothing(w); /* a dossier that moved notes it */
	b->n_moved = n_moved;
	b->last = n ? at[n - 1].id : ROW_NONE;
	return ERR_OK;
}

enum err decree_recount(int *n_moved, struct db_writer *writer, const struct change *change,
                        struct calendar_cache *cache)
{
	struct batch b = { .cache = cache, .after = ROW_NONE };
	int sum = 0;

	do {
		struct change c = *change;

		TRY(db_write(writer, &c, run_batch, &b));
		sum += b.n_moved;
		b.after = b.last;
	} while (!row_is_none(b.last));
	*n_moved = sum;
	return ERR_OK;
}

enum err decree_moved(struct decree_moved_rows *out, struct db *db, struct arena *a,
                      row_id scope, date_t today)
{
	struct q_decree_moved_in in = { scope, today };
	struct q_decree_moved_row row;
	struct decree_moved *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_decree_moved_open(&rows, db, &in));
	while (q_decree_moved_next(&rows, &row)) {
		TRY(vec_room(a, at, n));
		struct decree_moved *m = &at[n++];

		*m = (struct decree_moved){ .id = row.id,
			                    .before = row.due_before,
			                    .after = row.due_after,
			                    .at = row.at };
		TRY(arena_strdup(a, &m->code, row.code));
		TRY(arena_strdup(a, &m->unit_name, row.unit_name));
		TRY(arena_strdup(a, &m->reason, row.note));
	}
	TRY(db_rows_status(&rows));
	*out = (struct decree_moved_rows){ at, n };
	return ERR_OK;
}
