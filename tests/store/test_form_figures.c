/* Every computed cell of both sets, for units of every kind and several periods of an invented
 * province, against plain SQL that knows nothing of the forms. */
#include "lib/test_db.h"

#include "app/demo/demo_store.h"
#include "app/form/form_records_store.h"
#include "app/form/form_store.h"
#include "base/str.h"

enum { DOSSIERS = 1500 };

struct world {
	struct test_db db;
	struct db_writer *writer;
	struct id_source ids;
	struct arena arena;
};

/* @U the unit, @F and @T the first and last day of the period. */
#define SCOPE                                                                                  \
	"d.receiving_unit_id in (select unit_id from unit_closure where ancestor_id = @U and " \
	"from_on <= @T and (to_on is null or to_on >= @T))"
#define DOSSIERS_OF(level)                                                                     \
	"from dossier d join unit u on u.id = d.receiving_unit_id where " SCOPE " and "        \
	"d.finished_on between @F and @T and " level
#define SETTLED(level) "select count(*) " DOSSIERS_OF(level)
#define ON_TIME(level) "select count(*) " DOSSIERS_OF(level) " and d.outcome <> 'late'"
#define IN_PROVINCE    "u.level in ('province', 'department')"
#define RECEIVED                                                                               \
	"from dossier d join procedure_version v on v.id = d.procedure_version_id "            \
	"where " SCOPE " "                                                                     \
	"and d.received_on between @F and @T and d.state not in (1, 3)"
#define CATALOGUE                                                                              \
	"from procedure_version v join procedure_level l on l.version_id = v.id where "        \
	"v.valid_from <= @T and (v.valid_to is null or v.valid_to >= @T) and v.decision_kind " \
	"<> "                                                                                  \
	"'repealed'"
/* The tiers that the unit's own sheet covers. */
#define COVERED                                                                                \
	"l.level in (select case when t.level in ('commune', 'office') then 'commune' else "   \
	"x.level "                                                                             \
	"end from unit t, (select 'commune' as level union select 'district' where @T <= "     \
	"20269 "                                                                               \
	"union select 'province' union select 'department') x where t.id = @U and (t.level "   \
	"not in "                                                                              \
	"('district') or x.level in ('district', 'commune')))"
#define PROCEDURES(condition)                                                                  \
	"select count(*) from (select distinct v.procedure_id, l.level " CATALOGUE             \
	" and " COVERED " and " condition ") c"
#define DECIDED(condition)                                                                     \
	"select count(distinct procedure_id) from procedure_version v where decision_on "      \
	"between "                                                                             \
	"@F and @T and " condition

static const struct plain {
	const char *id, *select;
} counts[] = {
	{ "procedure.simplified", "select count(distinct procedure_id) from procedure_version "
	                          "where simplified_on between @F and @T" },
	{ "procedure.announced_or_amended",
	  DECIDED("decision_kind in ('announced', 'amended')") },
	{ "procedure.announced", DECIDED("decision_kind = 'announced'") },
	{ "procedure.repealed", DECIDED("decision_kind = 'repealed'") },
	{ "procedure.repealed_or_replaced",
	  DECIDED("decision_kind in ('repealed', 'replaced')") },
	{ "procedure.total.province", "select count(distinct v.procedure_id) " CATALOGUE
	                              " and l.level in ('province', 'department')" },
	{ "procedure.total.district",
	  "select count(distinct v.procedure_id) " CATALOGUE " and l.level = 'district'" },
	{ "procedure.total.commune",
	  "select count(distinct v.procedure_id) " CATALOGUE " and l.level = 'commune'" },
	{ "one_stop.linked_same_level", PROCEDURES("v.linked = 'same_level'") },
	{ "one_stop.linked_across_levels", PROCEDURES("v.linked = 'across_levels'") },
	{ "one_stop.any_place", PROCEDURES("v.any_place = 1") },
	{ "dossier.department.finished", SETTLED(IN_PROVINCE) },
	{ "dossier.department.on_time", ON_TIME(IN_PROVINCE) },
	{ "dossier.district.finished", SETTLED("u.level = 'district'") },
	{ "dossier.district.on_time", ON_TIME("u.level = 'district'") },
	{ "dossier.commune.finished", SETTLED("u.level = 'commune'") },
	{ "dossier.commune.on_time", ON_TIME("u.level = 'commune'") },
	{ "online.level3_eligible", PROCEDURES("v.service_level = 'partial'") },
	{ "online.level3_offered",
	  PROCEDURES("v.service_level = 'partial' and v.online_offered = 1") },
	{ "online.level3_used", "select count(distinct d.procedure_id) " RECEIVED
	                        " and d.channel = 'online' and v.online_offered = 1 and "
	                        "v.service_level = 'partial'" },
	{ "online.level4_eligible", PROCEDURES("v.service_level = 'full'") },
	{ "online.level4_offered",
	  PROCEDURES("v.service_level = 'full' and v.online_offered = 1") },
	{ "online.level4_used", "select count(distinct d.procedure_id) " RECEIVED
	                        " and d.channel = 'online' and v.online_offered = 1 and "
	                        "v.service_level = 'full'" },
	{ "online.on_portal",
	  PROCEDURES("v.online_offered = 1 and v.on_national_portal = 1 and "
	             "v.service_level <> 'direct'") },
	{ "dossier.received", "select count(*) " RECEIVED },
	{ "dossier.received_online", "select count(*) " RECEIVED " and d.channel = 'online'" },
	{ "payment.with_fee",
	  PROCEDURES("(v.fee_dong > 0 or (v.fee_dong is null and v.fee_note <> ''))") },
	{ "payment.online",
	  PROCEDURES("(v.fee_dong > 0 or (v.fee_dong is null and v.fee_note <> '')) "
	             "and v.online_payment = 1") },
};

/* Of 6.4: received for procedures that are offered online and were used so. */
#define ONLINE_BASE                                                                            \
	"select count(*) " RECEIVED " and v.online_offered = 1 and v.service_level <> "        \
	"'direct' and d.procedure_id in (select d.procedure_id " RECEIVED                      \
	" and d.channel = 'online')"

static const struct formula {
	const char *id, *parts[4]; /* a sum of parts; a ratio: numerator, denominator */
	bool ratio;
} formulas[] = {
	{ "procedure.total",
	  { "procedure.total.province", "procedure.total.district", "procedure.total.commune" },
	  false },
	{ "online.offered", { "online.level3_offered", "online.level4_offered" }, false },
	{ "dossier.department.on_time_rate",
	  { "dossier.department.on_time", "dossier.department.finished" },
	  true },
	{ "dossier.district.on_time_rate",
	  { "dossier.district.on_time", "dossier.district.finished" },
	  true },
	{ "dossier.commune.on_time_rate",
	  { "dossier.commune.on_time", "dossier.commune.finished" },
	  true },
	{ "online.level3_rate", { "online.level3_offered", "online.level3_eligible" }, true },
	{ "online.level4_rate", { "online.level4_offered", "online.level4_eligible" }, true },
	{ "online.portal_rate", { "online.on_portal", "online.offered" }, true },
	{ "online.received_rate", { "", "" }, true }, /* of the procedures in ONLINE_BASE */
	{ "payment.online_rate", { "payment.online", "payment.with_fee" }, true },
};

/* ---- plain SQL ---- */

static int64_t ask(struct world *w, const struct form_sheet *sheet, const char *select)
{
	struct str text;
	const char *done;

	str_init(&text, &w->arena, 20000);
	for (; *select; select++) {
		long long value;

		if (*select != '@') {
			str_put_char(&text, *select);
			continue;
		}
		select++;
		value = *select == 'U'   ? (long long)sheet->unit.id.value
		        : *select == 'F' ? sheet->period.from.days
		                         : sheet->period.to.days;
		str_put_int(&text, value);
	}
	assert_ok(str_finish(&text, &done));
	return test_db_int(w->db.db, done);
}

static bool plain_count(int64_t *out, struct world *w, const struct form_sheet *sheet,
                        const char *id)
{
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		if (!str_eq(counts[i].id, id))
			continue;
		*out = ask(w, sheet, counts[i].select);
		return true;
	}
	return false;
}

/* The printed figure of another row of the sheet; nothing when the unit does not fill it. */
static bool cell_figure(int64_t *out, const struct form_sheet *sheet, const char *id)
{
	for (size_t i = 0; i < sheet->set->n_rows; i++) {
		if (!str_eq(sheet->set->rows[i].id, id) || dec_is_none(sheet->cells[i].value))
			continue;
		*out = sheet->cells[i].value.micro / DEC_ONE;
		return true;
	}
	return false;
}

static double expected_ratio(struct world *w, const struct form_sheet *sheet,
                             const struct formula *f)
{
	int64_t part = 0, whole = 0;
	double exact;

	if (*f->parts[0]) {
		assert_true(cell_figure(&part, sheet, f->parts[0]));
		assert_true(cell_figure(&whole, sheet, f->parts[1]));
	} else {
		part = ask(w, sheet, ONLINE_BASE " and d.channel = 'online'");
		whole = ask(w, sheet, ONLINE_BASE);
	}
	assert_true(whole > 0);
	exact = 100.0 * (double)part / (double)whole;
	return exact;
}

static void check_formula(struct world *w, const struct form_sheet *sheet,
                          const struct formula *f, const struct form_cell *cell)
{
	double value = (double)cell->value.micro / DEC_ONE;
	int64_t sum = 0, part;

	if (f->ratio) {
		double off = value - expected_ratio(w, sheet, f);

		assert_true(off < 0.0050001 && off > -0.0050001);
		return;
	}
	for (size_t i = 0; i < 4 && f->parts[i]; i++)
		if (cell_figure(&part, sheet, f->parts[i]))
			sum += part;
	assert_int_equal(cell->value.micro, sum * DEC_ONE);
}

static void check_cell(struct world *w, const struct form_sheet *sheet,
                       const struct form_row *row, const struct form_cell *cell)
{
	int64_t n;

	for (size_t i = 0; i < ARRAY_LEN(formulas); i++)
		if (str_eq(formulas[i].id, row->id)) {
			check_formula(w, sheet, &formulas[i], cell);
			return;
		}
	if (!plain_count(&n, w, sheet, row->id))
		print_error("nothing to hold %s against\n", row->id);
	assert_true(plain_count(&n, w, sheet, row->id));
	if (cell->value.micro != n * DEC_ONE)
		print_error("%s, %s, %s/%s %s: %lld instead of %lld\n", sheet->unit.code,
		            sheet->period.code, row->form->code, row->code, row->id,
		            (long long)(cell->value.micro / DEC_ONE), (long long)n);
	assert_int_equal(cell->value.micro, n * DEC_ONE);
}

/* ---- what stands behind a figure ---- */

static size_t count_records(struct world *w, const struct form_sheet *sheet,
                            const struct form_part *part)
{
	struct form_records records = { .more = true };
	row_id after = ROW_NONE;
	size_t n = 0;

	while (records.more) {
		assert_ok(form_records_fetch(&records, w->db.db, &w->arena, sheet, part,
		                             (struct form_records_page){ after, 40 }));
		for (size_t i = 0; i < records.n; i++) {
			assert_true(after.value < records.at[i].key.value);
			after = records.at[i].key;
			assert_false(str_blank(records.at[i].code));
		}
		n += records.n;
	}
	return n;
}

static void check_records(struct world *w, const struct form_sheet *sheet,
                          const struct form_row *row, const struct form_cell *cell)
{
	struct form_parts parts;
	size_t n = 0;

	assert_ok(form_parts_of(&parts, w->db.db, &w->arena, sheet, row));
	assert_true(parts.n > 0);
	for (size_t i = 0; i < parts.n; i++) {
		size_t listed = count_records(w, sheet, &parts.at[i]);

		assert_int_equal(listed * DEC_ONE, parts.at[i].value.micro);
		n += listed;
	}
	assert_int_equal(parts.adds, row->kind != FORM_RATIO);
	if (parts.adds)
		assert_int_equal(n * DEC_ONE, cell->value.micro);
}

/* ---- units and periods ---- */

static size_t check_sheet(struct world *w, const struct form_set *set, row_id unit,
                          const char *name, bool lists)
{
	struct form_sheet sheet;
	struct period period;
	size_t computed = 0;

	assert_true(period_parse(&period, name));
	assert_ok(form_sheet_open(&sheet, w->db.db, &w->arena, set,
	                          &(struct form_sheet_of){ unit, unit, period }));
	for (size_t i = 0; i < set->n_rows; i++) {
		if (sheet.cells[i].source != FORM_COMPUTED)
			continue;
		computed++;
		check_cell(w, &sheet, &set->rows[i], &sheet.cells[i]);
		if (lists)
			check_records(w, &sheet, &set->rows[i], &sheet.cells[i]);
	}
	return computed;
}

static row_id unit_of(struct world *w, const char *select)
{
	return (row_id){ test_db_int(w->db.db, select) };
}

/* The busiest of a level. */
#define BUSIEST(level)                                                                         \
	"select d.receiving_unit_id from dossier d join unit u on u.id = d.receiving_unit_id " \
	"where u.level = '" level "' group by 1 order by count(*) desc, 1 limit 1"

static void check_everything(struct world *w, const char *code)
{
	static const char *const units[] = {
		BUSIEST("commune"),
		BUSIEST("department"),
		BUSIEST("district"),
		"select id from unit where level = 'province'",
		"select s.successor_id from unit_successor s join unit u on u.id = "
		"s.successor_id "
		"where u.level = 'commune' order by 1 limit 1",
	};
	static const char *const periods[] = { "2024-Q1", "2025-Y", "2026-H1", "2024-Q3",
		                               "2023-12-15..2024-03-08" };
	size_t computed = 0;

	for (size_t u = 0; u < ARRAY_LEN(units); u++)
		for (size_t p = 0; p < ARRAY_LEN(periods); p++) {
			ARENA_CLEANUP struct arena a;
			const struct form_set *set;

			arena_init(&a, 256 << 20);
			assert_ok(form_set_open(&set, w->db.db, &a, code));
			arena_reset(&w->arena);
			computed += check_sheet(w, set, unit_of(w, units[u]), periods[p],
			                        p == 1 || p == 2);
		}
	/* No unit was silently blank. */
	assert_true(computed > ARRAY_LEN(units) * ARRAY_LEN(periods) * 12);
}

static void test_the_ministrys_set(void **state)
{
	check_everything(*state, "bnv-2022");
}

static void test_the_communes_set(void **state)
{
	check_everything(*state, "xa-2024");
}

/* ---- the world ---- */

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct clock clock = { instant_local(date_make(2026, 11, 20), 600) };

	arena_init(&w->arena, 512 << 20);
	test_db_open(&w->db);
	db_close(w->db.db); /* the demo fills a file that nobody else has open */
	assert_ok(db_writer_inline(&w->writer, w->db.where, clock, &w->ids));
	assert_ok(demo_make(w->writer, DOSSIERS, 3, date_make(2026, 11, 20)));
	db_writer_stop(w->writer);
	assert_ok(db_open(&w->db.db, w->db.where, DB_WRITE));
	assert_ok(db_writer_inline(&w->writer, w->db.where, clock, &w->ids));
	assert_ok(form_ship(w->writer, w->db.db, &w->arena));
	*state = w;
	return 0;
}

static int stop(void **state)
{
	struct world *w = *state;

	db_writer_stop(w->writer);
	test_db_close(&w->db);
	arena_release(&w->arena);
	free(w);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_ministrys_set),
		cmocka_unit_test(test_the_communes_set),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
