#include "app/decree/decree_store.h"

#include "app/deadline/deadline_store.h"
#include "app/decree/decree_store.sql.h"
#include "app/dossier/dossier_act_store.h"
#include "app/journal/journal_store.h"
#include "base/vec.h"

enum { DOSSIERS_AT_ONCE = 200, WRITES_AT_ONCE = 10 };

/* One write: the next dossiers of what a unit owes. */
struct piece {
	struct calendar_cache *cache;
	bool done;   /* nothing is owed any more */
	int n_moved; /* since the change of the calendar */
};

struct dossiers {
	struct q_decree_open_dossiers_row *at;
	size_t n;
};

static ERR_RESULT read_dossiers(struct dossiers *out, struct db_write_context *w, row_id after)
{
	struct q_decree_open_dossiers_in in = {
		.scope = w->change->unit_id,
		.today = instant_day(w->change->at),
		.after_id = after,
		.n = DOSSIERS_AT_ONCE,
	};
	struct q_decree_open_dossiers_row row;
	struct dossiers all = { .n = 0 };
	DB_ROWS rows = { 0 };

	TRY(q_decree_open_dossiers_open(&rows, w->db, &in));
	while (q_decree_open_dossiers_next(&rows, &row)) {
		TRY(vec_room(w->arena, all.at, all.n));
		all.at[all.n++] = row;
	}
	TRY(db_rows_status(&rows));
	*out = all;
	return ERR_OK;
}

static ERR_RESULT count_again(int *n_moved, struct db_write_context *w,
                              struct calendar_cache *cache, const struct dossiers *all)
{
	struct dossier_clock clock = { .calendar = NULL };
	struct rule_sets sets;

	TRY(rule_sets_load(&sets, w->db, w->arena));
	clock.sets = sets.at;
	clock.n_sets = sets.n;
	for (size_t i = 0; i < all->n; i++) {
		struct dossier_moved moved;
		bool did = false;

		TRY(calendar_load(&clock.calendar, w->db, w->arena, cache,
		                  all->at[i].receiving_unit_id, instant_day(w->change->at)));
		enum err e = dossier_recompute_in(&did, &moved, w, &clock, all->at[i].id);
		if (e != ERR_OK && e != ERR_RANGE)
			return e;
		*n_moved += did;
	}
	return ERR_OK;
}

static ERR_RESULT pay(struct db_write_context *w, struct piece *p,
                      const struct q_decree_owed_row *owed)
{
	row_id unit = w->change->unit_id;
	int n_moved = (int)owed->n_moved;
	struct dossiers all;

	TRY(read_dossiers(&all, w, owed->after_id));
	TRY(count_again(&n_moved, w, p->cache, &all));
	p->n_moved = n_moved;
	p->done = all.n < DOSSIERS_AT_ONCE;
	if (p->done)
		return q_decree_owe_no_more_run(w->db,
		                                &(struct q_decree_owe_no_more_in){ unit });
	return q_decree_owe_after_run(
	        w->db, &(struct q_decree_owe_after_in){ unit, all.at[all.n - 1].id, n_moved });
}

static enum err run_piece(struct db_write_context *w, void *arg)
{
	struct q_decree_owed_in in = { w->change->unit_id };
	struct q_decree_owed_row owed;
	struct piece *p = arg;

	journal_nothing(w); /* a dossier that moved notes it */
	enum err e = q_decree_owed_one(w->db, w->arena, &in, &owed);
	p->done = e == ERR_NOT_FOUND; /* another has finished it */
	return p->done ? ERR_OK : e == ERR_OK ? pay(w, p, &owed) : e;
}

enum err decree_recount(int *n_moved, struct db_writer *writer, const struct change *change,
                        struct calendar_cache *cache)
{
	struct piece p = { .cache = cache };

	for (int i = 0; i < WRITES_AT_ONCE && !p.done; i++) {
		struct change c = *change;

		TRY(db_write(writer, &c, run_piece, &p));
	}
	*n_moved = p.n_moved;
	return ERR_OK;
}

enum err decree_recount_owed(struct db_writer *writer, struct db *db, struct arena *a,
                             struct calendar_cache *cache)
{
	struct q_decree_any_owed_row owed;
	int n_moved;

	enum err e = q_decree_any_owed_one(db, a, &owed);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return decree_recount(&n_moved, writer,
	                      &(struct change){ .account_id = owed.account_id,
	                                        .unit_id = owed.unit_id,
	                                        .at = INSTANT_NONE,
	                                        .origin = owed.origin,
	                                        .action = "calendar.recount",
	                                        .reason = owed.reason },
	                      cache);
}

enum err decree_owed_dossiers(int64_t *out, struct db *db, row_id scope, date_t today)
{
	struct q_decree_owed_dossiers_row dossiers;
	struct q_decree_owes_row units;

	TRY(q_decree_owes_one(db, NULL, &units));
	*out = 0;
	if (units.n == 0)
		return ERR_OK; /* nearly always: nothing is counted */
	TRY(q_decree_owed_dossiers_one(
	        db, NULL, &(struct q_decree_owed_dossiers_in){ scope, today }, &dossiers));
	*out = dossiers.n;
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
