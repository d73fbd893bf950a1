/* Random histories of dossiers: after every change the counters say what plain SQL over the
 * records says, and every figure of forms is the same through both. */
#include "lib/test_desk.h"

#include "app/counter/counter_store.h"
#include "app/dossier/dossier_row_store.h"
#include "app/form/form_counted_store.h"
#include "app/form/form_store.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

enum { CHANGES = 240, COMPARED_EVERY = 8, VERSIONS = 7, MANY_OFFICES = 45 };

/* ---- chance ---- */

static uint32_t seed;

static unsigned below(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static bool one_in(unsigned n)
{
	return below(n) == 0;
}

static date_t some_day(void)
{
	return date_add(date_make(2023, 11, 20), (int)below(230));
}

/* ---- the office, with more versions and many more units ---- */

static const struct {
	int id, procedure;
} versions[VERSIONS] = { { 41, 31 }, { 42, 32 }, { 44, 31 }, { 45, 32 },
	                 { 46, 33 }, { 47, 33 }, { 48, 32 } };

static const char more[] =
        "insert into procedure_version (id, procedure_id, version, name, field_id,"
        " service_level, old_level, online_offered, decision_kind, decision_on, valid_from,"
        " from_change) values"
        " (44, 31, 11, 'Phiên bản', 21, 'full', 4, 1, 'amended', 18000, 18000, 1),"
        " (45, 32, 11, 'Phiên bản', 21, 'full', null, 1, 'amended', 18000, 18000, 1),"
        " (46, 33, 11, 'Phiên bản', 21, 'partial', 3, 1, 'amended', 18000, 18000, 1),"
        " (47, 33, 12, 'Phiên bản', 21, 'partial', 3, 0, 'amended', 18000, 18000, 1),"
        " (48, 32, 12, 'Phiên bản', 21, 'full', 2, 1, 'amended', 18000, 18000, 1);"
        "insert into applicant (id, unit_id, kind, name, from_change) values"
        " (71, 2, 'person', 'Người Mẫu', 1);";

/* So many units below the province that versions are looked for one by one. */
static void add_offices(void)
{
	for (int i = 0; i < MANY_OFFICES; i++) {
		char text[400];

		snprintf(text, sizeof(text),
		         "insert into unit (id, code, name, level, letterhead, valid_from, "
		         "from_change) values (%d, 'H99.%d', 'Phòng', 'office', '', 18000, 1);"
		         "insert into unit_closure (ancestor_id, unit_id, depth, from_on) "
		         "values (%d, %d, 0, 18000), (1, %d, 1, 18000)",
		         200 + i, 200 + i, 200 + i, 200 + i, 200 + i);
		test_db_exec(desk.t.db, text);
	}
}

static int open_world(void **state)
{
	(void)desk_open(state);
	test_db_exec(desk.t.db, more);
	add_offices();
	seed = 7;
	return 0;
}

/* ---- random facts ---- */

static row_id some_unit(void)
{
	return id_of(one_in(6) ? 200 + (int)below(MANY_OFFICES) : 2 + (int)below(4));
}

static void choose_version(struct dossier *d)
{
	unsigned v = below(VERSIONS);

	d->procedure_version_id = id_of(versions[v].id);
	d->procedure_id = id_of(versions[v].procedure);
	d->field_id = id_of(21);
}

static instant_t after_days(const struct dossier *d, unsigned most)
{
	date_t day = date_add(instant_day(d->received_at), (int)below(most));

	return instant_local(day, 8 * 60 + (int)below(600));
}

/* The end of it, if any, as its state has it. */
static void choose_end(struct dossier *d)
{
	bool finished = d->state == DOSSIER_FINISHED || d->state == DOSSIER_RETURNED;
	bool closed = d->state == DOSSIER_NOT_ACCEPTED || d->state == DOSSIER_WITHDRAWN ||
	              d->state == DOSSIER_STOPPED;
	bool waits = d->state == DOSSIER_SUPPLEMENT || d->state == DOSSIER_PAYMENT;

	d->finished_at = finished ? after_days(d, 60) : INSTANT_NONE;
	d->returned_at = d->state == DOSSIER_RETURNED ? d->finished_at : INSTANT_NONE;
	d->closed_on = closed ? instant_day(after_days(d, 40)) : DATE_NONE;
	d->paused_at = waits ? after_days(d, 10) : INSTANT_NONE;
	d->refused = finished && one_in(8);
	d->outcome = OUTCOME_NONE;
	if (finished && !instant_is_none(d->due_at))
		d->outcome = OUTCOME_EARLY + (enum outcome)below(3);
}

static void choose_facts(struct dossier *d)
{
	static const enum dossier_choice channels[] = { CHANNEL_COUNTER, CHANNEL_ONLINE,
		                                        CHANNEL_POST, CHANNEL_PHONE };

	d->state = (enum dossier_state)(DOSSIER_REGISTERED + below(10));
	d->channel = channels[below(4)];
	if (one_in(3)) {
		choose_version(d);
		d->competent_unit_id = one_in(3) ? some_unit() : d->receiving_unit_id;
		d->received_at = instant_local(some_day(), 8 * 60);
	}
	d->due_at = one_in(8) ? INSTANT_NONE : after_days(d, 30);
	d->extended_due_at = one_in(4) ? after_days(d, 60) : INSTANT_NONE;
	choose_end(d);
}

static struct dossier new_facts(int n)
{
	static char codes[CHANGES][24];
	row_id unit = some_unit();
	struct dossier d = {
		.id = id_of(1000 + n),
		.code = codes[n],
		.receiving_unit_id = unit,
		.competent_unit_id = unit,
		.applicant_id = id_of(71),
		.applicant_name = "Người Mẫu",
		.summary = "",
		.quantity = 1,
		.payment_state = PAYMENT_STATE_NONE,
		.delivery = DELIVERY_COUNTER,
		.delivery_state = DELIVERY_STATE_NONE,
		.received_at = instant_local(some_day(), 9 * 60),
		.term = "",
		.rule_set = "x",
		.calendar_version = 1,
		.original_due_at = INSTANT_NONE,
		.source_due_at = INSTANT_NONE,
		.book = "",
		.revision = 1,
	};

	snprintf(codes[n], sizeof(codes[n]), "H99.1-240101-%04d", n);
	choose_version(&d);
	choose_facts(&d);
	return d;
}

struct history {
	struct dossier at[CHANGES];
	size_t n;
};

/* A new dossier, or another state, version, channel, day ... of one that is there. */
static enum err change_one(struct db_write_context *w, void *arg)
{
	struct history *h = arg;

	journal_nothing(w);
	if (h->n == 0 || one_in(3)) {
		h->at[h->n] = new_facts((int)h->n);
		TRY(dossier_insert(w, &h->at[h->n]));
		h->n++;
		return ERR_OK;
	}
	struct dossier *d = &h->at[below((unsigned)h->n)], after = *d;

	choose_facts(&after);
	TRY(dossier_update(w, d, &after));
	*d = after;
	return ERR_OK;
}

/* ---- what must agree ---- */

static void assert_counters_right(void)
{
	ARENA_CLEANUP struct arena a;
	struct counter_differences found;

	arena_init(&a, 16 << 20);
	assert_ok(counter_verify(&found, desk.t.db, &a));
	for (size_t i = 0; i < found.n; i++)
		print_error("%s: %s: %lld instead of %lld\n", found.at[i].counter,
		            found.at[i].row, (long long)found.at[i].kept,
		            (long long)found.at[i].found);
	assert_int_equal(found.n, 0);
}

/* What the shipped sets do not ask; the last four only the records can answer. */
static const char *const own_rows[] = {
	"count(dossier)",
	"count(dossier where received by end and channel != online)",
	"count(dossier where received before period and not accepted)",
	"count(dossier where finished in year and refused by competent_unit)",
	"count(dossier where finished in period and received in year)",
	"count(dossier where finished in period and outcome is blank)",
	"count(dossier where finished in period and outcome != late "
	"and unit_tier in (province, commune))",
	"count(dossier where received in period and old_level is blank)",
	"count(dossier where received in period and old_level >= 3 "
	"and unit_tier != commune by competent_unit)",
	"count(distinct procedure of dossier where received in period)",
	"count(distinct procedure of dossier where received in year "
	"and not accepted and channel in (post, phone) by competent_unit)",
	"count(dossier where received in period and channel = counter and "
	"procedure among (procedure of dossier where received in period and "
	"channel = phone and online_offered))",
	"count(dossier where accepted and received by end and service_level "
	"!= full and procedure among (procedure of dossier where received "
	"in period and old_level = 3 by competent_unit))",
	"sum(quantity of dossier where received in period)",
	"count(dossier where closed in period)",
	"count(dossier where received in period and state = 4)",
	"count(dossier where received in period and finished is blank)",
};

static const struct form_set *own_set(void)
{
	static const char header[] =
	        "set tu-viet\n  title     Bộ tự viết\n  issuer    Sở\n  document  Công văn\n"
	        "  valid     2023-01-01\n  printed   Biểu\n  forms     1\n";
	struct form_text files[] = { { "set.form", header }, { "1.form", NULL } };
	const struct form_set *set;
	struct problems problems;
	struct str text;

	str_init(&text, &desk.a, 16384);
	str_put(&text, "form 1\n  title  BIỂU TỰ VIẾT\n");
	for (size_t i = 0; i < ARRAY_LEN(own_rows); i++)
		str_printf(&text,
		           "row %zu\n  id        own.r%zu\n  label     Dòng\n"
		           "  unit      Hồ sơ\n  kind      count\n"
		           "  levels    province, district, commune\n  time      period\n"
		           "  value     %s\n  rollup    sum\n",
		           i + 1, i + 1, own_rows[i]);
	assert_ok(str_finish(&text, &files[1].text));
	problems_init(&problems, &desk.a);
	assert_ok(form_set_load(&set, &problems, &desk.a, files, ARRAY_LEN(files)));
	for (const struct problem *p = problems.first; p; p = p->next)
		print_error("%s:%d: %s\n", p->field, p->line, p->message);
	assert_non_null(set);
	return set;
}

static struct period some_period(void)
{
	static const char *const names[] = { "2024-Q1",
		                             "2024-H1",
		                             "2024-Y",
		                             "2024-Q3",
		                             "2024-01-01..2024-03-31",
		                             "2024-02-15..2024-04-14",
		                             "2023-12-20..2024-03-08",
		                             "2024-05-03..2024-05-09" };
	struct period p;

	assert_true(period_parse(&p, names[below(ARRAY_LEN(names))]));
	return p;
}

static void compare_totals(const struct form_set *set)
{
	static const int units[] = { OFFICE_PROVINCE, OFFICE_PROVINCE, OFFICE_A, OFFICE_B,
		                     OFFICE_C,        OFFICE_A_OFFICE, 201 };
	ARENA_CLEANUP struct arena a;
	const char *choices[FORM_MOST_SETTINGS];
	struct form_answer kept[400], found[400];
	size_t n = 0;
	struct form_asking asking = { .db = desk.t.db,
		                      .arena = &a,
		                      .set = set,
		                      .choices = choices,
		                      .tier = (enum form_tier)below(FORM_TIERS),
		                      .unit = id_of(units[below(ARRAY_LEN(units))]),
		                      .period = some_period() };

	arena_init(&a, 32 << 20);
	for (size_t i = 0; i < set->n_settings; i++) {
		const struct form_setting *s = &set->settings[i];

		choices[i] = s->choices[below((unsigned)s->n_choices)].word;
	}
	for (size_t i = 0; i < set->n_rows; i++)
		for (size_t t = 0; set->rows[i].value && t < set->rows[i].value->n_totals;
		     t++) {
			const struct calc_total *total = set->rows[i].value->totals[t];

			if (strcmp(total->set, "dossier") != 0)
				continue;
			kept[n] = found[n] = (struct form_answer){ total, DEC_NONE };
			n++;
		}
	assert_true(n > 0);
	assert_ok(form_count_totals(&asking, kept, n));
	assert_ok(form_count_records(&asking, found, n));
	for (size_t i = 0; i < n; i++)
		if (kept[i].value.micro != found[i].value.micro) {
			print_error("total %zu of %s, unit %lld, %s: %lld instead of %lld\n", i,
			            set->code, (long long)asking.unit.value, asking.period.code,
			            (long long)kept[i].value.micro,
			            (long long)found[i].value.micro);
			fail();
		}
}

static void assert_stock_right(void)
{
	date_t on = date_add(date_make(2023, 12, 1), (int)below(220));
	struct counter_stock stock;
	char text[400];

	assert_ok(counter_stock_on(&stock, desk.t.db, id_of(OFFICE_PROVINCE), on,
	                           COUNTER_RECEIVING));
	snprintf(text, sizeof(text),
	         "select count(*) from dossier where state not in (1, 3) and received_on <= %d "
	         "and (coalesce(finished_on, closed_on) is null or "
	         "coalesce(finished_on, closed_on) > %d)",
	         on.days, on.days);
	assert_int_equal(stock.pending, desk_count(text));
	snprintf(text, sizeof(text),
	         "select count(*) from dossier where state not in (1, 3) and paused_at is null "
	         "and (due_at + 25200000000) / 86400000000 <= %d "
	         "and (coalesce(finished_on, closed_on) is null or "
	         "coalesce(finished_on, closed_on) > %d)",
	         on.days, on.days);
	assert_int_equal(stock.overdue, desk_count(text));
}

/* ---- tests ---- */

static void any_history_counts_as_its_records_do(void **state)
{
	static struct history h;
	const struct form_set *sets[3];

	(void)state;
	h.n = 0;
	assert_ok(form_ship(desk.writer, desk.t.db, &desk.a));
	assert_ok(form_set_open(&sets[0], desk.t.db, &desk.a, "bnv-2022"));
	assert_ok(form_set_open(&sets[1], desk.t.db, &desk.a, "xa-2024"));
	sets[2] = own_set();
	for (int i = 0; i < CHANGES; i++) {
		struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_PROVINCE);

		assert_ok(db_write(desk.writer, &change, change_one, &h));
		/* In the middle commune C goes to A: from then on its sums hold both. */
		if (i == CHANGES / 2)
			test_db_exec(desk.t.db,
			             "insert into unit_closure (ancestor_id, "
			             "unit_id, depth, from_on) values (2, 4, 1, 19800)");
		if (i % COMPARED_EVERY)
			continue;
		assert_counters_right();
		assert_stock_right();
		for (size_t s = 0; s < ARRAY_LEN(sets); s++)
			for (int again = 0; again < 3; again++)
				compare_totals(sets[s]);
	}
}

static enum err recompute(struct db_write_context *w, void *arg)
{
	const row_id *id = arg;
	struct dossier_clock clock;
	struct dossier_moved moved;
	bool any;

	journal_nothing(w);
	TRY(dossier_clock_load(&clock, w->db, w->arena, NULL, id_of(OFFICE_A),
	                       instant_day(w->change->at)));
	return dossier_recompute_in(&any, &moved, w, &clock, *id);
}

/* Through the doors that people use. */
static void every_action_keeps_the_counters(void **state)
{
	static const enum dossier_action actions[] = {
		ACTION_HAND_OVER, ACTION_ASK_SUPPLEMENT, ACTION_SUPPLEMENT_RECEIVED,
		ACTION_FINISH,    ACTION_RETURN,         ACTION_REFUSE,
		ACTION_STOP,      ACTION_WITHDRAW,       ACTION_EXTEND,
	};
	row_id ids[40];
	size_t n = 0, done = 0;

	(void)state;
	for (int i = 0; i < 240; i++) {
		desk.now = desk_at(3 + i / 80, 1 + i / 3 % 27, 9, i % 60);
		if (n < ARRAY_LEN(ids) && (n == 0 || one_in(4))) {
			struct dossier_intake intake = desk_intake(OFFICE_A);

			intake.channel = one_in(2) ? CHANNEL_ONLINE : CHANNEL_COUNTER;
			ids[n++] = desk_receive(intake, OFFICE_FIVE_DAYS);
		} else {
			row_id id = ids[below((unsigned)n)];
			struct change change = desk_change(OFFICE_LEADER_A, OFFICE_A);
			struct dossier_doing doing = {
				.action = actions[below(ARRAY_LEN(actions))],
				.reason = "thử",
				.due = desk_at(6, 3, 10, 0)
			};

			done += desk_try(id, doing) == ERR_OK;
			assert_ok(db_write(desk.writer, &change, recompute, &id));
		}
		if (i % 8 == 0)
			assert_counters_right();
	}
	assert_in_range(done, 40, 240);
	assert_counters_right();
}

static void a_wrong_counter_is_named_and_made_anew(void **state)
{
	static const char *const spoilt[] = {
		"update counter_received set n = n + 1 where grain = 1",
		"delete from counter_received where grain = 2",
		"update counter_finished set n = n - 1 where grain = 0",
		"update counter_procedure set channel = 'phone'",
		"update counter_stock set overdue = overdue + 1 where grain = 2",
		"update counter_stock set entered = entered + 1, ended = ended - 1",
	};
	static const char *const counters[] = { "counter_received", "counter_received",
		                                "counter_finished", "counter_procedure",
		                                "counter_stock",    "counter_stock" };
	row_id id = desk_receive(desk_intake(OFFICE_A), OFFICE_FIVE_DAYS);

	(void)state;
	desk_do(id, (struct dossier_doing){ .action = ACTION_FINISH }, desk_at(3, 5, 9, 0));
	assert_counters_right();
	for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
		struct change change = desk_change(OFFICE_LEADER_A, OFFICE_PROVINCE);
		struct counter_differences found;

		test_db_exec(desk.t.db, spoilt[i]);
		assert_ok(counter_verify(&found, desk.t.db, &desk.a));
		assert_true(found.n > 0);
		assert_string_equal(found.at[0].counter, counters[i]);
		assert_non_null(strstr(found.at[0].row, "H99.50.05"));
		assert_ok(counter_rebuild(desk.writer, &change));
		assert_counters_right();
	}
}

/* What differs between the engines or is refused leaves nothing behind. */
static void a_refused_change_leaves_the_counters(void **state)
{
	static struct history h;
	struct change change = desk_change(OFFICE_INTAKE_A, OFFICE_PROVINCE);

	(void)state;
	h.n = 0;
	assert_ok(db_write(desk.writer, &change, change_one, &h));
	h.at[0].revision--; /* somebody saved in between */
	seed = 3;           /* changes it */
	change = desk_change(OFFICE_INTAKE_A, OFFICE_PROVINCE);
	assert_err(db_write(desk.writer, &change, change_one, &h), ERR_CONFLICT);
	assert_counters_right();
}

static bool counted(const struct form_set *set, const struct calc_total *total,
                    const char *choice, const char *period)
{
	const char *choices[FORM_MOST_SETTINGS];
	struct form_asking asking = {
		.arena = &desk.a, .set = set, .choices = choices, .unit = id_of(OFFICE_PROVINCE)
	};
	struct form_counted x;
	bool can;

	for (size_t i = 0; i < set->n_settings; i++) {
		const struct form_setting *s = &set->settings[i];
		bool has = choice && calc_word_among(s->words, choice);

		choices[i] = has ? choice : s->choices[s->usual].word;
	}
	assert_true(period_parse(&asking.period, period));
	assert_ok(form_counted_of(&x, &can, &asking, total));
	return can;
}

/* In regular periods and in calendar quarters, whatever was decided; in periods that begin
 * inside a half month procedures are told apart by the records alone. */
static void the_counters_answer_what_the_shipped_sets_ask(void **state)
{
	static const char *const choices[] = { NULL,  "received", "extended", "competent_unit",
		                               "all", "offered",  "stated" };
	static const char *const codes[] = { "bnv-2022", "xa-2024" };
	size_t asked = 0, odd = 0;

	(void)state;
	assert_ok(form_ship(desk.writer, desk.t.db, &desk.a));
	for (size_t c = 0; c < ARRAY_LEN(codes) * ARRAY_LEN(choices); c++) {
		const char *choice = choices[c / ARRAY_LEN(codes)];
		const struct form_set *set;

		assert_ok(form_set_open(&set, desk.t.db, &desk.a, codes[c % 2]));
		for (size_t i = 0; i < set->n_rows; i++)
			for (size_t t = 0;
			     set->rows[i].value && t < set->rows[i].value->n_totals; t++) {
				const struct calc_total *total = set->rows[i].value->totals[t];

				if (strcmp(total->set, "dossier") != 0)
					continue;
				asked++;
				assert_true(counted(set, total, choice, "2024-Q1"));
				assert_true(counted(set, total, choice, "2024-Y"));
				assert_true(
				        counted(set, total, choice, "2024-01-01..2024-03-31"));
				odd += counted(set, total, choice, "2023-12-20..2024-03-08");
			}
	}
	assert_int_equal(asked, ARRAY_LEN(codes) * ARRAY_LEN(choices) * 12);
	assert_in_range(odd, asked / 2, asked - 1);
}

static void the_records_answer_what_no_counter_holds(void **state)
{
	const struct form_set *set = own_set();
	size_t by_records = 4;

	(void)state;
	for (size_t i = 0; i < set->n_rows; i++)
		assert_int_equal(counted(set, set->rows[i].value->totals[0], NULL, "2024-Q1"),
		                 i + by_records < set->n_rows);
}

int main(void)
{
#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, open_world, desk_close)
	const struct CMUnitTest tests[] = {
		WORLD_TEST(any_history_counts_as_its_records_do),
		WORLD_TEST(every_action_keeps_the_counters),
		WORLD_TEST(a_wrong_counter_is_named_and_made_anew),
		WORLD_TEST(the_counters_answer_what_the_shipped_sets_ask),
		WORLD_TEST(the_records_answer_what_no_counter_holds),
		WORLD_TEST(a_refused_change_leaves_the_counters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
