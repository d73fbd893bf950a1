/* demo_make_store.c - the whole demo, in the order in which an office would set itself up. */
#include "app/demo/demo_store.h"

enum { MOST_MEMORY = 256 << 20 };

static ERR_RESULT make_office(struct db_writer *writer, struct arena *a, struct demo_tree *tree,
                              struct demo_staff *staff, struct demo_catalogue *catalogue)
{
	DB_TX tx = { 0 };

	TRY(db_begin(&tx, db_writer_db(writer)));
	TRY(demo_make_tree(writer, tree));
	TRY(demo_make_staff(writer, tree, staff));
	TRY(demo_make_catalogue(writer, a, catalogue));
	return db_commit(&tx);
}

enum err demo_make(struct db_writer *writer, size_t dossiers, uint64_t seed, date_t until)
{
	struct demo_tree tree;
	struct demo_staff staff;
	struct demo_catalogue catalogue;
	ARENA_CLEANUP struct arena a;

	arena_init(&a, MOST_MEMORY);
	TRY(db_writer_fill_new(writer));
	TRY(make_office(writer, &a, &tree, &staff, &catalogue));
	struct demo_world world = { &tree, &staff, &catalogue, until, seed };

	return demo_make_dossiers(writer, &a, &world, dossiers);
}
