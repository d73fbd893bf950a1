#include "app/procedure/procedure_import_store.h"

struct task {
	const struct procedure_import_item *items;
	size_t n;
	struct procedure_import_done done;
	struct problems *problems;
};

/* What is wrong with one draft, said on its line. */
static enum err say_on_line(struct problems *to, const struct problems *own, int line)
{
	for (const struct problem *p = own->first; p; p = p->next)
		TRY(problems_add(to, p->field, line, p->message));
	return ERR_OK;
}

static enum err save_item(struct db_write_context *w, struct task *t,
                          const struct procedure_import_item *item)
{
	enum procedure_saved saved;
	struct problems own;
	enum err e;

	problems_init(&own, t->problems->arena);
	e = procedure_save_in(&saved, w, item->draft, &own);
	if (e == ERR_INPUT)
		return say_on_line(t->problems, &own, item->line);
	TRY(e);
	t->done.added += saved == PROCEDURE_ADDED;
	t->done.amended += saved == PROCEDURE_AMENDED;
	t->done.unchanged += saved == PROCEDURE_UNCHANGED;
	return ERR_OK;
}

static enum err run_save(struct db_write_context *w, void *arg)
{
	struct task *t = arg;

	problems_init(t->problems, t->problems->arena);
	t->done = (struct procedure_import_done){ 0 };
	for (size_t i = 0; i < t->n; i++)
		TRY(save_item(w, t, &t->items[i]));
	return t->problems->n > 0 ? err_set(ERR_INPUT, "some lines cannot be stored") : ERR_OK;
}

ERR_RESULT procedure_import_save(struct procedure_import_done *out, struct db_writer *writer,
                                 struct change *change,
                                 const struct procedure_import_item *items, size_t n,
                                 struct problems *problems)
{
	struct task t = { .items = items, .n = n, .problems = problems };

	TRY(db_write(writer, change, run_save, &t));
	*out = t.done;
	return ERR_OK;
}
