/* demo_make_store.c - the whole demo, in the order in which an office would set itself up. */
#include "app/demo/demo_store.h"
#include "app/form/form_store.h"
#include "app/report/report_store.h"

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

/* The reports of the last period whose send-by day has passed, as the server would have opened
 * them. */
static ERR_RESULT open_reports(struct db_writer *writer, struct arena *a, row_id province,
                               date_t until)
{
	struct report_span spans[REGIME_MOST_PERIODS];
	struct report_opening opening = { .day = until };
	struct change change = { .unit_id = province,
		                 .at = instant_local(until, 7 * 60),
		                 .origin = "demo",
		                 .action = "report.open" };
	struct report_regime regime;
	struct problems problems;
	size_t n;

	TRY(form_ship(writer, db_writer_db(writer), a));
	TRY(report_regime_of(&regime, db_writer_db(writer), a, "bnv-581", province, until));
	n = report_spans_around(spans, REGIME_MOST_PERIODS, &regime, until);
	problems_init(&problems, a);
	for (size_t i = 0; i < n && !opening.period; i++)
		if (date_cmp(spans[i].send_by_on, until) < 0)
			opening.period = spans[i].code;
	if (!opening.period)
		return ERR_OK;
	opening.regime = regime.code;
	return report_open(writer, &change, &opening, &problems);
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

	TRY(demo_make_dossiers(writer, &a, &world, dossiers));
	return open_reports(writer, &a, tree.province, until);
}
