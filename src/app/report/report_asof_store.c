/* report_asof_store.c - the rows that feed a unit's figures, as they stood, in a database in
 * memory.  What follows from other rows (the closure of the tree, counters, locks) is made
 * there by the code that makes it everywhere. */
#include "app/report/report_asof_store.h"

#include <stdalign.h>

#include "app/counter/counter_store.h"
#include "app/form/form_lock_store.sql.h"
#include "app/report/report_asof_store.sql.h"
#include "app/unit/unit_store.h"
#include "base/str.h"

struct copying {
	const struct report_asof *asof;
	struct db *to;
};

/* ---- rows from one database into the other ---- */

/* Parameters of the queries that read, in their order: those without a scope begin with
 * `pinned`. */
struct asked {
	row_id scope;
	int64_t pinned;
};

struct pair {
	const struct query *from, *to;
};

/* A row as it comes out of `from` goes into `to`: the same fields at the same places. */
static bool fits(const struct pair *p)
{
	if (p->from->n_out != p->to->n_in)
		return false;
	for (size_t i = 0; i < p->to->n_in; i++)
		if (p->from->out[i].type != p->to->in[i].type ||
		    p->from->out[i].offset != p->to->in[i].offset)
			return false;
	return true;
}

static ERR_RESULT copy(struct copying *c, const struct pair *p)
{
	enum { LARGEST_ROW = 1024 };
	alignas(max_align_t) char row[LARGEST_ROW];
	struct asked asked = { c->asof->unit, c->asof->pinned };
	const void *in = p->from->n_in == 2 ? (const void *)&asked : &asked.pinned;
	DB_ROWS rows = { 0 };

	if (!fits(p) || p->from->out[p->from->n_out - 1].offset + 16 > sizeof(row))
		return err_set(ERR_INTERNAL, "%s does not fit %s", p->from->name, p->to->name);
	TRY(db_open_rows(&rows, c->asof->db, p->from, in));
	db_rows_stream(&rows);
	while (db_next_row(&rows, row))
		TRY(db_run(c->to, p->to, row));
	return db_rows_status(&rows);
}

static const struct pair pairs[] = {
	{ &query_asof_unit, &query_asof_put_unit },
	{ &query_asof_unit_parent, &query_asof_put_unit_parent },
	{ &query_asof_unit_name, &query_asof_put_unit_name },
	{ &query_asof_unit_successor, &query_asof_put_unit_successor },
	{ &query_asof_field, &query_asof_put_field },
	{ &query_asof_procedure, &query_asof_put_procedure },
	{ &query_asof_version, &query_asof_put_version },
	{ &query_asof_procedure_level, &query_asof_put_procedure_level },
	{ &query_asof_dossier, &query_asof_put_dossier },
	{ &query_asof_dossier_past, &query_asof_put_dossier },
	{ &query_asof_definition, &query_asof_put_definition },
	{ &query_asof_form_cell, &query_asof_put_form_cell },
	{ &query_asof_form_setting, &query_asof_put_form_setting },
	{ &query_asof_adjustment, &query_asof_put_adjustment },
	{ &query_asof_regime, &query_asof_put_regime },
	{ &query_asof_report, &query_asof_put_report },
	{ &query_asof_event, &query_asof_put_event },
	{ &query_asof_outline, &query_asof_put_outline },
	{ &query_asof_text, &query_asof_put_text },
	{ &query_asof_section, &query_asof_put_section },
	{ &query_asof_amendment, &query_asof_put_amendment },
};

/* ---- locks of the unit's own sheets ---- */

static ERR_RESULT put_lock(struct copying *c, const struct q_asof_own_reports_row *r)
{
	struct q_form_lock_put_in lock = { .unit_id = c->asof->unit,
		                           .set_code = r->set_code,
		                           .from_on = r->from_on,
		                           .to_on = r->to_on,
		                           .report_id = r->id,
		                           .why = "",
		                           .change_id = r->id };
	struct q_asof_lock_setting_in in = { r->id, c->asof->pinned };
	struct q_asof_lock_setting_row row;
	DB_ROWS rows = { 0 };

	TRY(q_form_lock_put_run(c->to, &lock));
	TRY(q_asof_lock_setting_open(&rows, c->asof->db, &in));
	while (q_asof_lock_setting_next(&rows, &row)) {
		struct q_form_lock_setting_add_in add = { .unit_id = c->asof->unit,
			                                  .set_code = r->set_code,
			                                  .from_on = r->from_on,
			                                  .to_on = r->to_on,
			                                  .name = row.name,
			                                  .value = row.value,
			                                  .unit_name = row.unit_name,
			                                  .own = row.own };

		TRY(q_form_lock_setting_add_run(c->to, &add));
	}
	return db_rows_status(&rows);
}

static ERR_RESULT put_locks(struct copying *c)
{
	struct q_asof_own_reports_in in = { c->asof->unit };
	struct q_asof_own_reports_row row;
	DB_ROWS rows = { 0 };

	TRY(q_asof_own_reports_open(&rows, c->to, &in));
	while (q_asof_own_reports_next(&rows, &row)) {
		enum report_state state;

		if (!report_state_parse(&state, row.state))
			return err_set(ERR_DB, "a report is in state '%s'", row.state);
		if (report_state_locks(state))
			TRY(put_lock(c, &row));
	}
	return db_rows_status(&rows);
}

/* ---- what had been signed before ---- */

static ERR_RESULT put_frozen(struct copying *c, const struct package_frozen *frozen)
{
	struct report_again again;
	struct problems problems;
	enum err e;

	again.frozen = *frozen;
	problems_init(&problems, c->asof->arena);
	e = package_bytes_of(&again.bytes, c->asof->db, c->asof->arena, frozen->id);
	if (e == ERR_OK)
		TRY(package_read(&again.content, c->asof->arena, again.bytes.at, again.bytes.n,
		                 &problems));
	else if (e == ERR_NOT_FOUND && !frozen->received)
		TRY(report_rederive_frozen(&again, c->asof->db, c->asof->arena, frozen));
	else
		return e;
	return package_put(c->to, c->asof->arena, frozen, &again.content, &again.bytes);
}

static ERR_RESULT put_contents(struct copying *c)
{
	struct q_asof_frozen_in in = { c->asof->unit, c->asof->pinned };
	struct q_asof_frozen_row row;
	DB_ROWS rows = { 0 };

	TRY(q_asof_frozen_open(&rows, c->asof->db, &in));
	while (q_asof_frozen_next(&rows, &row)) {
		struct package_frozen frozen = { .id = row.id,
			                         .report_id = row.report_id,
			                         .received = row.received,
			                         .pinned = row.pinned,
			                         .from_change = row.from_change };

		snprintf(frozen.sha256, sizeof(frozen.sha256), "%s", row.sha256);
		TRY(put_frozen(c, &frozen));
	}
	return db_rows_status(&rows);
}

/* ---- all of it ---- */

static ERR_RESULT fill(struct copying *c)
{
	struct change change = { .at = INSTANT_NONE };
	struct db_write_context w = { .db = c->to, .change = &change, .arena = c->asof->arena };

	TRY(copy(c, &pairs[0]));
	TRY(q_asof_put_applicant_run(c->to,
	                             &(struct q_asof_put_applicant_in){ c->asof->unit }));
	for (size_t i = 1; i < ARRAY_LEN(pairs); i++)
		TRY(copy(c, &pairs[i]));
	TRY(unit_closure_fill(c->to, c->asof->arena));
	TRY(counter_rebuild_in(&w, NULL));
	TRY(put_locks(c));
	return put_contents(c);
}

ERR_RESULT report_asof_open(struct db **out, const struct report_asof *asof)
{
	DB_CLEANUP struct db *memory = NULL;
	struct copying c = { .asof = asof };
	DB_TX tx = { 0 };

	TRY(db_open(&memory, ":memory:", DB_WRITE));
	TRY(db_migrate(memory));
	c.to = memory;
	TRY(db_begin(&tx, memory));
	TRY(fill(&c));
	TRY(db_commit(&tx));
	*out = memory;
	memory = NULL;
	return ERR_OK;
}

/* ---- again ---- */

ERR_RESULT report_unit_of(row_id *out, struct db *db, struct arena *a, row_id report)
{
	struct q_asof_unit_of_row of;

	TRY(q_asof_unit_of_one(db, a, &(struct q_asof_unit_of_in){ report }, &of));
	*out = of.unit_id;
	return ERR_OK;
}

ERR_RESULT report_rederive_frozen(struct report_again *out, struct db *db, struct arena *a,
                                  const struct package_frozen *frozen)
{
	struct report_again again = { .frozen = *frozen };
	struct report_asof asof = { .db = db, .arena = a, .pinned = frozen->pinned };
	DB_CLEANUP struct db *then = NULL;

	TRY(report_unit_of(&asof.unit, db, a, frozen->report_id));
	TRY(report_asof_open(&then, &asof));
	TRY(report_collect(&again.content, then, a, frozen->report_id));
	TRY(package_write(&again.bytes, a, &again.content));
	again.same = str_eq(again.bytes.sha256, frozen->sha256);
	*out = again;
	return ERR_OK;
}

static ERR_RESULT read_received(struct report_again *out, struct db *db, struct arena *a,
                                const struct package_frozen *frozen)
{
	struct report_again again = { .frozen = *frozen, .same = true };
	struct problems problems;

	problems_init(&problems, a);
	TRY(package_bytes_of(&again.bytes, db, a, frozen->id));
	TRY(package_read(&again.content, a, again.bytes.at, again.bytes.n, &problems));
	*out = again;
	return ERR_OK;
}

ERR_RESULT report_rederive(struct report_again *out, struct db *db, struct arena *a,
                           row_id report)
{
	struct package_frozen frozen;
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, db));
	TRY(package_find(&frozen, db, a, report));
	TRY(frozen.received ? read_received(out, db, a, &frozen)
	                    : report_rederive_frozen(out, db, a, &frozen));
	return db_commit(&tx);
}
