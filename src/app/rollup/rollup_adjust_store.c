#include "app/rollup/rollup_adjust_store.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_lock_store.h"
#include "app/journal/journal_store.h"
#include "app/rollup/rollup_children_store.h"
#include "app/rollup/rollup_store.sql.h"
#include "app/unit/unit_store.h"
#include "base/messages.h"

static enum err refuse(const struct rollup_adjusting *x, const char *why)
{
	const char *kept;

	TRY(arena_strdup(x->problems->arena, &kept, why));
	TRY(problems_add(x->problems, "adjustment", 0, kept));
	return err_set(ERR_INPUT, "the adjustment was refused");
}

static bool withdraws(const struct rollup_adjustment *x)
{
	return dec_is_none(x->value) && dec_is_none(x->numerator) &&
	       dec_is_none(x->denominator);
}

static enum err refuse_locked(struct db_write_context *w, const struct rollup_adjusting *x)
{
	struct form_lock_place place = { x->unit, x->set->code, x->period.from, x->period.to };
	const struct form_lock *lock;

	TRY(form_lock_find(&lock, w->db, w->arena, &place));
	return lock ? refuse(x, lock->why) : ERR_OK;
}

static enum err refuse_leaf(struct db_write_context *w, const struct rollup_adjusting *x)
{
	struct rollup_asking asking = { .db = w->db,
		                        .arena = w->arena,
		                        .set = x->set,
		                        .unit = x->unit,
		                        .period = x->period };
	bool any = false;

	TRY(rollup_asking_find(&asking));
	if (asking.regime)
		TRY(rollup_has_children(&any, &asking));
	return any ? ERR_OK : refuse(x, msg_text(MSG_ROLLUP_ADJUST_NO_CHILDREN));
}

static enum err check(struct db_write_context *w, const struct rollup_adjusting *x)
{
	const char *problem = NULL;
	bool below;

	TRY(unit_is_below_from(&below, w->db, x->scope, x->unit, x->period.from));
	if (!below)
		return err_set(ERR_NOT_FOUND, "the unit is outside the scope");
	if (!withdraws(&x->adjustment))
		problem = rollup_adjustment_problem(x->set, &x->adjustment);
	if (problem)
		return refuse(x, problem);
	TRY(refuse_locked(w, x));
	return refuse_leaf(w, x);
}

/* ---- writing ---- */

static bool says_same(const struct q_rollup_adjustment_current_row *was,
                      const struct rollup_adjustment *x)
{
	return was->value.micro == x->value.micro &&
	       was->numerator.micro == x->numerator.micro &&
	       was->denominator.micro == x->denominator.micro && str_eq(was->reason, x->reason);
}

static enum err note(struct db_write_context *w, const struct rollup_adjusting *x,
                     const struct q_rollup_adjustment_current_row *was)
{
	const struct rollup_adjustment *now = &x->adjustment;
	const struct form_row *row = &x->set->rows[now->row];
	struct journal_note n =
	        journal_note(w, SUBJECT_ROLLUP_ADJUSTMENT, x->unit, KIND_UPDATE);

	TRY(form_cell_part(&n.part, w->arena, x->set->code, row, &x->period));
	journal_put(&n, FIELD_VALUE, was->value, now->value);
	journal_put(&n, FIELD_NUMERATOR, was->numerator, now->numerator);
	journal_put(&n, FIELD_DENOMINATOR, was->denominator, now->denominator);
	journal_put(&n, FIELD_CELL_REASON, was->reason, withdraws(now) ? "" : now->reason);
	return journal_write(&n);
}

static enum err add_row(struct db_write_context *w, const struct rollup_adjusting *x)
{
	const struct form_row *row = &x->set->rows[x->adjustment.row];
	struct q_rollup_adjustment_add_in in = { .id = db_new_id(w),
		                                 .unit_id = x->unit,
		                                 .set_code = x->set->code,
		                                 .form = row->form->code,
		                                 .indicator = row->id,
		                                 .from_on = x->period.from,
		                                 .to_on = x->period.to,
		                                 .value = x->adjustment.value,
		                                 .numerator = x->adjustment.numerator,
		                                 .denominator = x->adjustment.denominator,
		                                 .reason = x->adjustment.reason,
		                                 .from_change = w->change->id };

	return q_rollup_adjustment_add_run(w->db, &in);
}

static enum err close_row(struct db_write_context *w, row_id id)
{
	struct q_rollup_adjustment_close_in in = { .id = id, .to_change = w->change->id };

	return q_rollup_adjustment_close_run(w->db, &in);
}

static enum err put(struct db_write_context *w, const struct rollup_adjusting *x)
{
	const struct form_row *row = &x->set->rows[x->adjustment.row];
	struct q_rollup_adjustment_current_in in = { x->unit,         x->set->code,
		                                     row->form->code, x->period.from,
		                                     x->period.to,    row->id };
	struct q_rollup_adjustment_current_row was = {
		.value = DEC_NONE, .numerator = DEC_NONE, .denominator = DEC_NONE, .reason = ""
	};
	enum err e = q_rollup_adjustment_current_one(w->db, w->arena, &in, &was);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	bool there = e == ERR_OK, withdrawn = withdraws(&x->adjustment);
	if (there ? says_same(&was, &x->adjustment) : withdrawn) {
		journal_nothing(w);
		return ERR_OK;
	}
	if (there)
		TRY(close_row(w, was.id));
	TRY(note(w, x, &was));
	return withdrawn ? ERR_OK : add_row(w, x);
}

enum err rollup_adjust_in(struct db_write_context *w, void *arg)
{
	struct rollup_adjusting *x = arg;

	problems_init(x->problems, x->problems->arena);
	if (x->adjustment.row < 0 || (size_t)x->adjustment.row >= x->set->n_rows)
		return refuse(x, msg_text(MSG_ROLLUP_ADJUST_NO_ROW));
	TRY(check(w, x));
	TRY(put(w, x));
	w->change->result = x->unit;
	return ERR_OK;
}

enum err rollup_adjust(struct db_writer *writer, struct change *change,
                       struct rollup_adjusting *adjusting)
{
	change->concurrent = true; /* one current adjustment of a cell: a unique index */
	return db_write(writer, change, rollup_adjust_in, adjusting);
}
