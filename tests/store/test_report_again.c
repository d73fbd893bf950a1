/* What was signed can be derived again, whatever is edited since: random late edits through the
 * doors that everybody uses, with the frozen bytes and cells thrown away. */
#include "lib/report_edits.h"

#include "app/journal/journal_store.h"

enum { EDITS = 1000, LOOK_EVERY = 500 };

/* ---- the property ---- */

static struct report_again derive(struct run *r, row_id report)
{
	struct report_again again;
	enum err e = report_rederive(&again, r->w->t.db, &r->a, report);

	assert_ok(e);
	return again;
}

/* What differs is printed, so that a failure says more than that there is one. */
static void same_as_signed(struct run *r, row_id report, const char *kept)
{
	struct report_again again = derive(r, report);
	size_t i = 0;

	if (again.same)
		return;
	while (kept && kept[i] && kept[i] == again.bytes.at[i])
		i++;
	fail_msg("report %lld differs from byte %zu:\n%.300s\n--\n%.300s",
	         (long long)report.value, i, kept ? kept + (i < 100 ? i : i - 100) : "",
	         again.bytes.at + (i < 100 ? i : i - 100));
}

static void look(struct run *r)
{
	char *kept[MOST_SIGNED] = { NULL };

	for (size_t i = 0; i < r->n_signed; i++) {
		struct package_frozen frozen;
		struct package_bytes bytes;

		assert_ok(package_find(&frozen, r->w->t.db, &r->a, r->signed_reports[i]));
		if (package_bytes_of(&bytes, r->w->t.db, &r->a, frozen.id) == ERR_OK)
			kept[i] = strdup(bytes.at);
	}
	test_db_exec(r->w->t.db, "delete from package_cell");
	test_db_exec(r->w->t.db, "delete from package_bytes");
	for (size_t i = 0; i < r->n_signed; i++) {
		same_as_signed(r, r->signed_reports[i], kept[i]);
		arena_release(&r->a);
		free(kept[i]);
	}
	/* those whose cells the office above reads */
	for (size_t i = 0; i < r->n_signed; i++) {
		struct report_again again = derive(r, r->signed_reports[i]);

		assert_ok(package_put_again(r->w->t.db, &r->a, again.frozen.id, &again.content,
		                            &again.bytes));
		arena_release(&r->a);
	}
}

/* Each figure that is another one now says why. */
static size_t look_at_causes(struct run *r, row_id report)
{
	struct report_moved moved;

	assert_ok(report_moved(&moved, r->w->t.db, &r->a, report));
	for (size_t i = 0; i < moved.n; i++) {
		const struct report_moved_cell *m = &moved.at[i];

		if (m->n_causes == 0)
			fail_msg("%s/%s moved without a cause", m->form, m->indicator);
		for (size_t k = 0; k < m->n_causes; k++)
			assert_false(row_is_none(m->causes[k].change_id));
	}
	return moved.n;
}

static void late_edits_change_nothing_that_was_signed(void **state)
{
	struct run r = { .w = *state, .seed = 20240318 };

	arena_init(&r.a, 512 << 20);
	prepare(&r);
	lead(&r, OFFICE_A, REPORT_ACCEPTED);
	lead(&r, OFFICE_B, REPORT_SENT);
	lead(&r, OFFICE_PROVINCE, REPORT_SIGNED);
	assert_true(r.n_signed >= 3);
	look(&r);
	for (size_t n = 1; n <= EDITS; n++) {
		edit_once(&r);
		perhaps_seal(&r);
		if (n % LOOK_EVERY == 0)
			look(&r);
	}
	for (size_t i = 0; i < EDIT_KINDS; i++)
		if (r.done[i] == 0)
			fail_msg("no edit of kind %zu went through", i);
	assert_true(r.n_signed > 3);
	size_t moved = 0;
	for (size_t i = 0; i < r.n_signed; i++) {
		moved += look_at_causes(&r, r.signed_reports[i]);
		arena_release(&r.a);
	}
	assert_true(moved > 0);
}

/* The one cell of the report that moved. */
static const struct report_moved_cell *moved_cell(struct run *r, row_id report,
                                                  const char *form, const char *indicator)
{
	struct report_moved moved;

	assert_ok(report_moved(&moved, r->w->t.db, &r->a, report));
	for (size_t i = 0; i < moved.n; i++)
		if (str_eq(moved.at[i].form, form) && str_eq(moved.at[i].indicator, indicator))
			return &moved.at[i];
	return NULL;
}

static enum err finish_late(struct db_write_context *w, void *arg)
{
	const row_id *id = arg;
	struct dossier before, after;

	TRY(dossier_load(&before, w->db, w->arena, *id, ROW_NONE, date_make(2024, 3, 18)));
	after = before;
	after.state = DOSSIER_FINISHED;
	after.finished_at = instant_local(date_make(2024, 3, 1), 600);
	after.outcome = OUTCOME_EARLY;
	journal_nothing(w);
	return dossier_update(w, &before, &after);
}

/* A result that was entered after the signing: the figure, the dossier, who did it. */
static void a_late_result_is_named(void **state)
{
	struct run r = { .w = *state, .seed = 7 };
	struct change change = { .at = r.w->now,
		                 .origin = "test",
		                 .action = "dossier.finish",
		                 .account_id = id_of(OFFICE_SPECIALIST_A) };
	const struct report_moved_cell *m;
	row_id dossier;

	arena_init(&r.a, 256 << 20);
	begin(&r, 120);
	lead(&r, OFFICE_A, REPORT_SIGNED);
	assert_int_equal(look_at_causes(&r, r.signed_reports[0]), 0);
	dossier = (row_id){ test_db_int(
		r.w->t.db,
		"select max(id) from dossier where state = 4 and receiving_unit_id = 2"
		" and competent_unit_id = 2") };
	assert_ok(db_write(r.w->writer, &change, finish_late, &dossier));
	m = moved_cell(&r, r.signed_reports[0], "4", "dossier.commune.finished");
	assert_non_null(m);
	assert_int_equal(m->after.micro - m->before.micro, DEC_ONE);
	assert_int_equal(m->n_causes, 1);
	assert_int_equal(m->causes[0].kind, REPORT_CAUSE_DOSSIER);
	assert_int_equal(m->causes[0].change_id.value, change.id.value);
	assert_string_equal(m->causes[0].account_name, "Trần Văn Thụ");
	same_as_signed(&r, r.signed_reports[0], NULL);
	arena_release(&r.a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPORT_TEST(a_late_result_is_named),
		REPORT_TEST(late_edits_change_nothing_that_was_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
