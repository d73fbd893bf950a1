/* Form sets as they are installed, cells and their history, decisions, owners. */
#include "lib/test_db.h"

#include "app/form/form_cell_store.h"
#include "app/form/form_records_store.h"
#include "app/form/form_store.h"
#include "app/form/form_store.sql.h"
#include "base/str.h"

struct world {
	struct test_db db;
	struct db_writer *writer;
	struct id_source ids;
	struct arena arena;
	const struct form_set *set;
};

static const row_id province = { 101 }, commune = { 102 }, room = { 103 }, sister = { 104 };

static struct change change_of(const char *action)
{
	return (struct change){ .at = INSTANT_NONE, .origin = "test", .action = action };
}

/* A province with two communes, one of which has a room; a procedure; three dossiers. */
static const char world_rows[] =
        "insert into unit (id, code, name, level, letterhead, valid_from, from_change) values"
        " (101, 'H99', 'Tỉnh', 'province', 'TỈNH', 18000, 1),"
        " (102, 'H99.1', 'Xã Một', 'commune', 'XÃ MỘT', 18000, 1),"
        " (103, 'H99.1.1', 'Văn phòng', 'office', 'VĂN PHÒNG', 18000, 1),"
        " (104, 'H99.2', 'Xã Hai', 'commune', 'XÃ HAI', 18000, 1);"
        "insert into unit_closure (ancestor_id, unit_id, depth, from_on) values"
        " (101, 101, 0, 18000), (101, 102, 1, 18000), (101, 103, 2, 18000), (101, 104, 1, "
        "18000),"
        " (102, 102, 0, 18000), (102, 103, 1, 18000), (103, 103, 0, 18000), (104, 104, 0, "
        "18000);"
        "insert into account (id, login, name, unit_id, password_hash, from_change) values"
        " (300, 'a', 'Người Nhập', 102, '', 1);"
        "insert into field (id, code, name, change_id) values (1, 'F', 'Lĩnh vực', 1);"
        "insert into procedure (id, code, change_id) values (2, '1.000001', 1);"
        "insert into procedure_version (id, procedure_id, version, name, field_id, "
        "service_level,"
        " online_offered, decision_kind, decision_on, valid_from, from_change) values"
        " (3, 2, 1, 'Thủ tục', 1, 'full', 1, 'announced', 19000, 19000, 1);"
        "insert into procedure_level (id, version_id, level) values (4, 3, 'commune');"
        "insert into applicant (id, unit_id, kind, name, from_change) values"
        " (5, 102, 'person', 'Người Mẫu', 1);";

static void add_dossier(struct world *w, int id, int channel_online, const char *outcome)
{
	const char *sql;

	/* Received on 01/02/2024, finished a day later. */
	assert_ok(arena_printf(
	        &w->arena, &sql,
	        "insert into dossier (id, code, receiving_unit_id, competent_unit_id,"
	        " procedure_version_id, procedure_id, field_id, applicant_id, channel, state,"
	        " state_group, received_at, received_on, term, supplement_rule, rule_set,"
	        " calendar_version, due_at, finished_at, finished_on, outcome, from_change)"
	        " values (%d, 'H99.1-240201-%04d', 102, 101, 3, 2, 1, 5, '%s', 9, 5,"
	        " 1706752800000000, 19754, '', 'continues', 'x', 1, 1706839200000000,"
	        " 1706839200000000, 19755, '%s', 1)",
	        id, id, channel_online ? "online" : "counter", outcome));
	test_db_exec(w->db.db, sql);
	test_db_recount(w->db.db);
}

static int start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct clock clock = { instant_local(date_make(2024, 3, 20), 600) };

	arena_init(&w->arena, 256 << 20);
	test_db_open(&w->db);
	test_db_exec(w->db.db, world_rows);
	assert_ok(db_writer_inline(&w->writer, w->db.where, clock, &w->ids));
	assert_ok(form_ship(w->writer, w->db.db, &w->arena));
	assert_ok(form_set_open(&w->set, w->db.db, &w->arena, "bnv-2022"));
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

static struct period q1(void)
{
	struct period p;

	assert_true(period_parse(&p, "2024-Q1"));
	return p;
}

static const struct form_row *row_of(const struct world *w, const char *form, const char *code)
{
	const struct form_row *row = form_find_row(w->set, form_find(w->set, form), code);

	assert_non_null(row);
	return row;
}

static struct form_sheet sheet_of(struct world *w, row_id scope, row_id unit)
{
	struct form_sheet sheet;
	struct period p = q1();

	assert_ok(form_sheet_open(&sheet, w->db.db, &w->arena, w->set,
	                          &(struct form_sheet_of){ scope, unit, p }));
	return sheet;
}

static enum err enter(struct world *w, row_id scope, row_id unit, const struct form_row *row,
                      struct form_stated stated)
{
	struct form_entry entry = { row, stated };
	struct form_entries entries = { .set = w->set,
		                        .scope = scope,
		                        .unit = unit,
		                        .period = q1(),
		                        .entries = &entry,
		                        .n = 1 };
	struct change change = change_of("form.enter");

	change.account_id = (row_id){ 300 };
	return form_enter(w->writer, &change, &entries);
}

static struct form_stated stating(int64_t value)
{
	struct form_stated s = FORM_NOTHING_STATED;

	s.value = dec_from_int(value);
	return s;
}

/* ---- definitions ---- */

static void test_ships_once(void **state)
{
	struct world *w = *state;
	int64_t before = test_db_int(w->db.db, "select count(*) from form_definition");
	struct form_set_names names;

	assert_int_equal(before, 16);
	assert_ok(form_ship(w->writer, w->db.db, &w->arena));
	assert_int_equal(test_db_int(w->db.db, "select count(*) from form_definition"), before);
	assert_ok(form_sets(&names, w->db.db, &w->arena));
	assert_int_equal(names.n, 2);
	assert_string_equal(names.at[0].code, "bnv-2022");
	assert_non_null(strstr(names.at[0].document, "581/BNV-CCHC"));
}

static const char own_set[] = "set %s\n  title Bộ của tỉnh\n  issuer UBND tỉnh\n"
                              "  document Công văn số 1/UBND\n  valid 2024-01-01\n"
                              "  printed Biểu\n  forms 1\n";
static const char own_form[] =
        "form 1\n  title Biểu một\nrow 1\n  id mine\n  label %s\n"
        "  unit Hồ sơ\n  kind count\n  levels commune\n  time period\n"
        "  value count(dossier where finished in period)\n  rollup sum\n";

static void install(struct world *w, const char *code, const char *label)
{
	struct form_text files[2] = { { "1.form", NULL }, { "set.form", NULL } };
	struct problems problems;
	struct form_installation x = { .files = files, .n = 2 };
	struct change change = change_of("form.install");

	assert_ok(arena_printf(&w->arena, &files[0].text, own_form, label));
	assert_ok(arena_printf(&w->arena, &files[1].text, own_set, code));
	problems_init(&problems, &w->arena);
	assert_ok(form_set_load(&x.set, &problems, &w->arena, files, 2));
	assert_non_null(x.set);
	assert_ok(form_install(w->writer, &change, &x));
}

static const char *label_now(struct world *w, const char *code)
{
	const struct form_set *set;

	assert_ok(form_set_open(&set, w->db.db, &w->arena, code));
	assert_int_equal(set->n_forms, 1);
	return set->rows[0].label;
}

static void test_definitions_are_kept_for_ever(void **state)
{
	struct world *w = *state;
	const struct form_set *none;

	assert_err(form_set_open(&none, w->db.db, &w->arena, "tinh-2024"), ERR_NOT_FOUND);
	install(w, "tinh-2024", "Cũ");
	install(w, "tinh-2024", "Mới");
	assert_string_equal(label_now(w, "tinh-2024"), "Mới");
	install(w, "tinh-2024", "Cũ");
	assert_string_equal(label_now(w, "tinh-2024"), "Cũ");
	/* Two texts of the form, one of the header: nothing was overwritten or doubled. */
	assert_int_equal(test_db_int(w->db.db,
	                             "select count(*) from form_definition where set_code = "
	                             "'tinh-2024'"),
	                 3);
	assert_int_equal(test_db_int(w->db.db, "select length(sha256) from form_definition "
	                                       "where set_code = 'tinh-2024' limit 1"),
	                 64);
}

static void test_does_not_ship_over_a_set_of_ones_own(void **state)
{
	struct world *w = *state;

	install(w, "bnv-2022", "Của tỉnh");
	assert_ok(form_ship(w->writer, w->db.db, &w->arena));
	assert_string_equal(label_now(w, "bnv-2022"), "Của tỉnh");
}

/* Names of form_records.def are those of the record sets, and of a fitting type. */
static void test_formulas_name_fields_that_exist(void **state)
{
	static const struct {
		const char *set;
		const struct recordset *records;
	} pairs[] = { { "dossier", &recordset_form_dossier },
		      { "dossier", &recordset_form_dossier_competent },
		      { "procedure", &recordset_form_procedure },
		      { "unit", &recordset_form_unit },
		      { "report", &recordset_form_report } };
	const struct calc_schema *schema = form_schema();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		for (size_t s = 0; s < schema->n_sets; s++) {
			const struct calc_set *set = &schema->sets[s];

			for (size_t f = 0; f < set->n_fields && str_eq(set->name, pairs[i].set);
			     f++) {
				const struct recordset_field *field =
				        recordset_field(pairs[i].records, set->fields[f].name);

				assert_non_null(field);
				if (set->fields[f].kind == CALC_DAY)
					assert_int_equal(field->type, DB_DAY);
				else if (set->fields[f].kind == CALC_FLAG)
					assert_int_equal(field->type, DB_FLAG);
				else if (set->fields[f].kind == CALC_AMOUNT)
					assert_int_equal(field->type, DB_INT);
				else if (set->fields[f].kind == CALC_WORD)
					assert_int_equal(field->type, DB_TEXT);
			}
		}
}

/* ---- cells ---- */

static void test_a_cell_keeps_its_history(void **state)
{
	struct world *w = *state;
	const struct form_row *row = row_of(w, "1", "1");
	struct form_stated first = stating(2), second = stating(3),
	                   nothing = FORM_NOTHING_STATED;
	struct form_pasts pasts;

	first.note = "ghi chú";
	assert_ok(enter(w, commune, commune, row, first));
	assert_ok(enter(w, commune, commune, row, first)); /* nothing new */
	assert_int_equal(test_db_int(w->db.db, "select count(*) from form_cell"), 1);
	struct form_sheet sheet = sheet_of(w, commune, commune);
	assert_int_equal(sheet.cells[row->at].value.micro, 2 * DEC_ONE);
	assert_int_equal(sheet.cells[row->at].source, FORM_ENTERED);
	assert_string_equal(sheet.cells[row->at].note, "ghi chú");

	assert_ok(enter(w, commune, commune, row, second));
	assert_ok(enter(w, commune, commune, row, nothing));
	sheet = sheet_of(w, commune, commune);
	assert_int_equal(sheet.cells[row->at].source, FORM_BLANK);
	assert_ok(form_cell_history(&pasts, w->db.db, &w->arena, &sheet, row));
	assert_int_equal(pasts.n, 2);
	assert_int_equal(pasts.items[0].value.micro, 3 * DEC_ONE);
	assert_int_equal(pasts.items[1].value.micro, 2 * DEC_ONE);
	assert_string_equal(pasts.items[1].account_name, "Người Nhập");
	assert_int_equal(
	        test_db_int(w->db.db, "select count(*) from form_cell where to_change is null"),
	        0);
}

static void test_a_cell_belongs_to_its_unit_and_period(void **state)
{
	struct world *w = *state;
	const struct form_row *row = row_of(w, "1", "1");
	struct form_sheet sheet;
	struct period other;

	assert_ok(enter(w, province, commune, row, stating(7)));
	assert_true(dec_is_none(sheet_of(w, province, sister).cells[row->at].value));
	assert_true(dec_is_none(sheet_of(w, province, province).cells[row->at].value));
	assert_true(period_parse(&other, "2024-H1"));
	assert_ok(form_sheet_open(&sheet, w->db.db, &w->arena, w->set,
	                          &(struct form_sheet_of){ commune, commune, other }));
	assert_true(dec_is_none(sheet.cells[row->at].value));
	assert_int_equal(sheet_of(w, commune, commune).cells[row->at].value.micro, 7 * DEC_ONE);
}

static void test_a_stranger_neither_reads_nor_writes(void **state)
{
	struct world *w = *state;
	const struct form_row *row = row_of(w, "1", "1");
	struct form_sheet sheet;
	struct period p = q1();

	assert_err(enter(w, sister, commune, row, stating(9)), ERR_NOT_FOUND);
	assert_err(form_sheet_open(&sheet, w->db.db, &w->arena, w->set,
	                           &(struct form_sheet_of){ sister, commune, p }),
	           ERR_NOT_FOUND);
	assert_int_equal(test_db_int(w->db.db, "select count(*) from form_cell"), 0);
}

/* ---- counts ---- */

static void test_counts_what_is_there_and_leaves_blank_what_was_never_kept(void **state)
{
	struct world *w = *state;
	const struct form_row *finished = row_of(w, "3", "3.3.1");
	const struct form_row *on_time = row_of(w, "3", "3.3.2");
	const struct form_row *rate = row_of(w, "3", "3.3");

	/* No dossier at all: not 0, nobody knows. */
	assert_true(dec_is_none(sheet_of(w, commune, commune).cells[finished->at].value));
	add_dossier(w, 1, 1, "early");
	add_dossier(w, 2, 0, "on_time");
	add_dossier(w, 3, 0, "late");
	struct form_sheet sheet = sheet_of(w, commune, commune);
	assert_int_equal(sheet.cells[finished->at].value.micro, 3 * DEC_ONE);
	assert_int_equal(sheet.cells[on_time->at].value.micro, 2 * DEC_ONE);
	assert_int_equal(sheet.cells[rate->at].value.micro, 66670000);
	assert_int_equal(sheet.cells[rate->at].source, FORM_COMPUTED);
	assert_true(dec_is_none(sheet_of(w, province, sister).cells[finished->at].value));
	assert_int_equal(sheet_of(w, province, province).cells[finished->at].value.micro,
	                 3 * DEC_ONE);
}

static void test_an_override_keeps_both_figures(void **state)
{
	struct world *w = *state;
	const struct form_row *finished = row_of(w, "3", "3.3.1");
	struct form_stated other = stating(5);
	struct form_parts parts;

	add_dossier(w, 1, 1, "early");
	other.reason = "Hai hồ sơ ghi sổ giấy";
	assert_ok(enter(w, commune, commune, finished, other));
	struct form_sheet sheet = sheet_of(w, commune, commune);
	const struct form_cell *cell = &sheet.cells[finished->at];
	assert_int_equal(cell->source, FORM_OVERRIDDEN);
	assert_int_equal(cell->value.micro, 5 * DEC_ONE);
	assert_int_equal(cell->computed.micro, DEC_ONE);
	assert_string_equal(cell->reason, "Hai hồ sơ ghi sổ giấy");
	assert_int_equal(cell->n_problems, 0);
	/* The list is that of the computed figure. */
	assert_ok(form_parts_of(&parts, w->db.db, &w->arena, &sheet, finished));
	assert_int_equal(parts.n, 1);
	assert_int_equal(parts.at[0].value.micro, DEC_ONE);
}

static void choose(struct world *w, row_id unit, const char *name, const char *word)
{
	struct form_choosing x = { .set = w->set, .unit = unit };
	struct change change = change_of("form.decide");

	x.words[form_find_setting(w->set, name) - w->set->settings] = word;
	assert_ok(form_decide(w->writer, &change, &x));
}

static void test_decisions_are_inherited_and_printed(void **state)
{
	struct world *w = *state;
	const struct form_row *rate = row_of(w, "7", "6.4");
	size_t base = (size_t)(form_find_setting(w->set, "online_base") - w->set->settings);

	add_dossier(w, 1, 1, "early");
	add_dossier(w, 2, 0, "early");
	struct form_sheet sheet = sheet_of(w, commune, commune);
	assert_string_equal(sheet.decisions[base].word, "used");
	assert_null(sheet.decisions[base].unit_name);
	assert_int_equal(sheet.cells[rate->at].value.micro, 50 * DEC_ONE);

	choose(w, province, "online_base", "all");
	sheet = sheet_of(w, commune, commune);
	assert_string_equal(sheet.decisions[base].word, "all");
	assert_string_equal(sheet.decisions[base].unit_name, "Tỉnh");
	assert_non_null(strstr(form_sheet_sentence(&sheet, base), "tất cả hồ sơ"));
	assert_false(sheet.decisions[base].own);

	choose(w, commune, "online_base", "offered");
	sheet = sheet_of(w, commune, commune);
	assert_string_equal(sheet.decisions[base].word, "offered");
	assert_true(sheet.decisions[base].own);
}

static void test_the_competent_unit_counts_when_so_decided(void **state)
{
	struct world *w = *state;
	const struct form_row *received = row_of(w, "7", "6.4.1");

	add_dossier(w, 1, 1, "early");
	assert_int_equal(sheet_of(w, commune, commune).cells[received->at].value.micro,
	                 DEC_ONE);
	choose(w, province, "whose_dossier", "competent_unit");
	assert_true(dec_is_none(sheet_of(w, commune, commune).cells[received->at].value));
	assert_int_equal(sheet_of(w, province, province).cells[received->at].value.micro,
	                 DEC_ONE);
}

/* ---- owners ---- */

static void test_rows_are_owned_by_rooms(void **state)
{
	struct world *w = *state;
	struct form_owned rows[] = { { row_of(w, "1", "1"), room, ROW_NONE },
		                     { row_of(w, "1", "2.1"), room, ROW_NONE } };
	struct form_owning x = { .set = w->set, .unit = commune, .rows = rows, .n = 2 };
	struct change change = change_of("form.own");
	const struct form_owner *now;

	assert_ok(form_own(w->writer, &change, &x));
	assert_ok(form_owners(&now, w->db.db, &w->arena, w->set, commune, commune));
	assert_string_equal(now[rows[1].row->at].name, "Văn phòng");
	rows[1].owner = ROW_NONE;
	change = change_of("form.own");
	assert_ok(form_own(w->writer, &change, &x));
	assert_ok(form_owners(&now, w->db.db, &w->arena, w->set, commune, commune));
	assert_string_equal(now[rows[0].row->at].name, "Văn phòng");
	assert_null(now[rows[1].row->at].name);
	assert_ok(form_owners(&now, w->db.db, &w->arena, w->set, sister, commune));
	assert_null(now[rows[0].row->at].name);
}

#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_WORLD(test_ships_once),
		WITH_WORLD(test_definitions_are_kept_for_ever),
		WITH_WORLD(test_does_not_ship_over_a_set_of_ones_own),
		cmocka_unit_test(test_formulas_name_fields_that_exist),
		WITH_WORLD(test_a_cell_keeps_its_history),
		WITH_WORLD(test_a_cell_belongs_to_its_unit_and_period),
		WITH_WORLD(test_a_stranger_neither_reads_nor_writes),
		WITH_WORLD(test_counts_what_is_there_and_leaves_blank_what_was_never_kept),
		WITH_WORLD(test_an_override_keeps_both_figures),
		WITH_WORLD(test_decisions_are_inherited_and_printed),
		WITH_WORLD(test_the_competent_unit_counts_when_so_decided),
		WITH_WORLD(test_rows_are_owned_by_rooms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
