/* demo_make_store.c - the whole demo, in the order in which an office would set itself up. */
#include "app/demo/demo_store.h"

enum err demo_make(struct db_writer *writer, size_t dossiers, uint64_t seed, date_t until)
{
	struct demo_tree tree;
	struct demo_staff staff;
	DB_TX tx;

	TRY(db_begin(&tx, db_writer_db(writer)));
	TRY(demo_make_tree(writer, &tree));
	TRY(demo_make_staff(writer, &tree, &staff));
	(void)dossiers;
	(void)seed;
	(void)until;
	return db_commit(&tx);
}
