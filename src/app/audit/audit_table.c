/* Every table of the document: the known forms among them first, then what each table says of
 * itself. */
#include "app/audit/audit_table.h"

static enum err check_table(const struct grid *g)
{
	TRY(table_check_cells(g));
	TRY(table_check_rates(g));
	TRY(table_check_columns(g));
	if (g->habit->counting)
		return ERR_OK;
	TRY(table_check_sums(g));
	TRY(table_check_parts(g));
	return table_check_survey(g);
}

enum err audit_tables(struct audit *x)
{
	struct habit habit = { .counting = true };
	size_t n = x->document->n_tables;
	struct forms *forms;
	struct grid *grids;

	TRY(arena_array(x->arena, &grids, n + 1));
	for (size_t i = 0; i < n; i++) {
		TRY(grid_of(&grids[i], x, &x->document->tables[i]));
		grids[i].habit = &habit;
	}
	TRY(forms_find(&forms, x, grids, n));
	for (size_t i = 0; i < n; i++)
		TRY(check_table(&grids[i]));
	habit.counting = false;
	if (forms)
		TRY(forms_tell(forms));
	for (size_t i = 0; i < n; i++)
		TRY(check_table(&grids[i]));
	return ERR_OK;
}
