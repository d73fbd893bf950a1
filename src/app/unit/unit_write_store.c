/* unit_write_store.c - each change of the tree as a write of its own. */
#include "app/unit/unit_store.h"

struct task {
	row_id unit;
	struct unit_draft *draft;
	const struct unit_renaming *renaming;
	const struct unit_moving *moving;
	const struct unit_succession *succession;
	struct problems *problems;
};

static enum err run_add(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;
	row_id id;

	return unit_add_in(&id, w, t->draft, t->problems);
}

ERR_RESULT unit_add(struct db_writer *writer, struct change *change, struct unit_draft *draft,
                    struct problems *problems)
{
	struct task t = { .draft = draft, .problems = problems };

	return db_write(writer, change, run_add, &t);
}

static enum err run_edit(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return unit_edit_in(w, t->unit, t->draft, t->problems);
}

ERR_RESULT unit_edit(struct db_writer *writer, struct change *change, row_id unit,
                     struct unit_draft *draft, struct problems *problems)
{
	struct task t = { .unit = unit, .draft = draft, .problems = problems };

	return db_write(writer, change, run_edit, &t);
}

static enum err run_rename(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return unit_rename_in(w, t->renaming, t->problems);
}

ERR_RESULT unit_rename(struct db_writer *writer, struct change *change,
                       const struct unit_renaming *r, struct problems *problems)
{
	struct task t = { .renaming = r, .problems = problems };

	return db_write(writer, change, run_rename, &t);
}

static enum err run_move(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return unit_move_in(w, t->moving, t->problems);
}

ERR_RESULT unit_move(struct db_writer *writer, struct change *change,
                     const struct unit_moving *m, struct problems *problems)
{
	struct task t = { .moving = m, .problems = problems };

	return db_write(writer, change, run_move, &t);
}

static enum err run_succeed(struct db_write_context *w, void *arg)
{
	const struct task *t = arg;

	return unit_succeed_in(w, t->succession, t->problems);
}

ERR_RESULT unit_succeed(struct db_writer *writer, struct change *change,
                        const struct unit_succession *s, struct problems *problems)
{
	struct task t = { .succession = s, .problems = problems };

	return db_write(writer, change, run_succeed, &t);
}
