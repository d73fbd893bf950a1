/* bench_rollup_store.c - all forms of the ministry's set rolled up from stored cells over 157
 * and 3,321 communes, and what one commune's correction costs up to the ministry's board: the
 * correction stored, the province's figures, its cells stored, the ministry's figures and
 * counts. CCHC_TEST_DB names a PostgreSQL cluster; else SQLite.  The reference is one plain sum
 * in SQL over the same cells. */
#include <stdio.h>
#include <time.h>

#include "lib/rollup_office.h"
#include "lib/test_form.h"

#include "app/form/form_shipped.h"
#include "app/rollup/rollup_store.h"

enum { ROUNDS = 7, LISTED = 150 };

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The best of several rounds: on the clock, and of this process's processor alone. */
struct best {
	double wall, cpu, wall_at, cpu_at;
};
#define NO_BEST ((struct best){ 1e9, 1e9, 0, 0 })

static void begin(struct best *b)
{
	b->wall_at = now_ms();
	b->cpu_at = cpu_ms();
}

static void end(struct best *b)
{
	double wall = now_ms() - b->wall_at, cpu = cpu_ms() - b->cpu_at;

	b->wall = wall < b->wall ? wall : b->wall;
	b->cpu = cpu < b->cpu ? cpu : b->cpu;
}

static void open_sheet(struct rollup_office *o, size_t unit)
{
	ARENA_CLEANUP struct arena a;
	row_id id = { o->units[unit].id };
	struct form_sheet_of of = { .scope = id, .unit = id };
	struct rollup_sheet sheet;

	arena_init(&a, (size_t)2 << 30);
	assert_true(period_parse(&of.period, "2024-Q1"));
	assert_ok(rollup_sheet_open(&sheet, o->t.db, &a, o->set, &of));
	assert_true(sheet.n_sent > 0);
}

static void reference(struct rollup_office *o)
{
	(void)test_db_int(o->t.db, "select cast(sum(c.value) as bigint) from package_cell c"
	                           " join package_content p on p.id = c.content_id"
	                           " join report r on r.id = p.report_id"
	                           " where r.period = '2024-Q1' and p.to_change is null");
}

/* A province straight over so many communes. */
static void over(struct rollup_office *o, int communes)
{
	struct best opened = NO_BEST, plain = NO_BEST;

	office_start(o, 7);
	o->set = test_form_set(&o->arena, "bnv-2022");
	o->listed = LISTED;
	office_add_unit(o, 0, FORM_PROVINCE);
	office_add_report(o, 0, "2024-Q1", "compiling");
	for (int i = 0; i < communes; i++) {
		size_t unit = office_add_unit(o, 0, FORM_COMMUNE);

		office_add_report(o, unit, "2024-Q1", "accepted");
		office_send(o, unit);
		office_flush(o);
	}
	office_flush(o);
	office_analyze(o);
	for (int i = 0; i < ROUNDS; i++) {
		begin(&opened);
		open_sheet(o, 0);
		end(&opened);
		begin(&plain);
		reference(o);
		end(&plain);
	}
	printf("%5d communes, %zu rows, %d codes a list: rolled up in %.1f ms (processor %.1f),"
	       " plain sum in SQL %.1f (%.1f)\n",
	       communes, o->set->n_rows, LISTED, opened.wall, opened.cpu, plain.wall,
	       plain.cpu);
	office_stop(o);
}

/* 34 provinces of 98 communes: one commune corrects its report. */
static void correction(struct rollup_office *o)
{
	enum { PROVINCES = 34, COMMUNES = 98 };
	struct best work = NO_BEST;

	office_start(o, 9);
	o->set = test_form_set(&o->arena, "bnv-2022");
	o->listed = LISTED;
	office_add_unit(o, 0, FORM_PROVINCE); /* in the ministry's place */
	office_add_report(o, 0, "2024-Q1", "compiling");
	for (int i = 0; i < PROVINCES; i++) {
		size_t province = office_add_unit(o, 0, FORM_PROVINCE);

		office_add_report(o, province, "2024-Q1", "accepted");
		office_send(o, province);
		for (int k = 0; k < COMMUNES; k++) {
			size_t commune = office_add_unit(o, province, FORM_COMMUNE);

			office_add_report(o, commune, "2024-Q1", "accepted");
			office_send(o, commune);
			office_flush(o);
		}
	}
	office_analyze(o);
	for (int i = 0; i < ROUNDS; i++) {
		size_t province = 1 + (size_t)i * (COMMUNES + 1);

		begin(&work);
		office_take_back(o, province + 1);
		office_send(o, province + 1);
		office_flush(o);
		open_sheet(o, province);
		office_take_back(o, province);
		office_send(o, province);
		office_flush(o);
		open_sheet(o, 0);
		(void)test_db_int(o->t.db, "select count(*) from report r join unit u on u.id ="
		                           " r.unit_id where r.current = 1 and r.period ="
		                           " '2024-Q1' and r.state = 'accepted'");
		end(&work);
	}
	printf("one commune's correction up to the ministry's board: %.1f ms (processor "
	       "%.1f)\n",
	       work.wall, work.cpu);
	office_stop(o);
}

int main(void)
{
	static struct rollup_office o;

	printf("%s\n", test_db_is_postgres() ? "PostgreSQL" : "SQLite");
	over(&o, 157);
	over(&o, 3321);
	correction(&o);
	return 0;
}
