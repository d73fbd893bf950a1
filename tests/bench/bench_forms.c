/* bench_forms.c - how long all forms of a set take for a whole province and for the commune
 * with the most dossiers.
 *
 *	bench_forms DATABASE [PERIOD] [SHEETS]
 *
 * Each sheet is made as a page makes it: the definitions read and parsed, settings and cells
 * read, every figure counted, every check run.  The reference is one plain GROUP BY over the
 * dossiers that the unit and those below it received in the period: what a single figure
 * would cost without counters.  Prints a line of JSON for each set and unit, times in
 * milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/form/form_store.h"
#include "app/form/form_store.sql.h"
#include "app/unit/unit_store.h"
#include "db/totals.h"

enum { MOST_SHEETS = 1000, MOST_REFERENCES = 5 };

struct bench {
	struct db *db;
	struct unit_row unit; /* whose forms */
	struct unit_row province, commune;
	int64_t dossiers; /* the commune's own */
	struct period period;
	int sheets;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Of this process: what a sheet costs on a machine that others use too. */
static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static enum err find_units(struct bench *b, struct arena *a)
{
	struct unit_rows units;
	date_t today = b->period.to;

	TRY(unit_tree(&units, b->db, a, ROW_NONE, today, today));
	for (size_t i = 0; i < units.n; i++) {
		struct select s = { .set = &recordset_form_dossier,
			            .scope = units.at[i].id,
			            .own_unit_only = true,
			            .scope_on = DATE_NONE };
		int64_t n;

		if (strcmp(units.at[i].level, "province") == 0)
			b->province = units.at[i];
		if (strcmp(units.at[i].level, "commune") != 0)
			continue;
		TRY(select_count(&n, b->db, &s, NULL, 0));
		if (n <= b->dossiers)
			continue;
		b->commune = units.at[i];
		b->dossiers = n;
	}
	return b->dossiers ? ERR_OK : err_set(ERR_NOT_FOUND, "no commune has dossiers");
}

static enum err one_sheet(double *ms, const struct bench *b, const char *set_code)
{
	ARENA_CLEANUP struct arena a;
	const struct form_set *set;
	struct form_sheet sheet;
	double start = now_ms();

	arena_init(&a, 64 << 20);
	TRY(form_set_open(&set, b->db, &a, set_code));
	struct form_sheet_of of = { b->unit.id, b->unit.id, b->period };
	TRY(form_sheet_open(&sheet, b->db, &a, set, &of));
	*ms = now_ms() - start;
	return ERR_OK;
}

/* select tier, count(*) ... where received in the period group by unit */
static enum err one_group_by(double *ms, int64_t *n, const struct bench *b)
{
	ARENA_CLEANUP struct arena a;
	struct select s = { .set = &recordset_form_dossier,
		            .scope = b->unit.id,
		            .scope_on = b->period.to };
	const struct recordset_field *received = recordset_field(s.set, "received");
	struct total total = { .kind = TOTAL_COUNT };
	struct totals_by by = { recordset_field(s.set, "unit_tier"), &total, 1 };
	struct totals_groups groups;
	double start = now_ms();

	arena_init(&a, 64 << 20);
	s.conditions[0] = (struct select_condition){
		received, SELECT_GE, { .type = DB_DAY, .day = b->period.from }
	};
	s.conditions[1] = (struct select_condition){ received,
		                                     SELECT_LE,
		                                     { .type = DB_DAY, .day = b->period.to } };
	s.n_conditions = 2;
	TRY(select_totals_by_unit(&groups, b->db, &a, &s, &by));
	*ms = now_ms() - start;
	*n = 0;
	for (size_t i = 0; i < groups.n; i++)
		*n += groups.at[i].values[0].micro / DEC_ONE;
	return ERR_OK;
}

static enum err run(struct bench *b, const struct unit_row *unit, const char *set_code)
{
	static double ms[MOST_SHEETS], reference[MOST_REFERENCES];
	size_t n = (size_t)b->sheets;
	int64_t received = 0;
	double cpu = cpu_ms();

	b->unit = *unit;
	for (size_t i = 0; i < n; i++)
		TRY(one_sheet(&ms[i], b, set_code));
	cpu = (cpu_ms() - cpu) / (double)n;
	for (size_t i = 0; i < MOST_REFERENCES; i++)
		TRY(one_group_by(&reference[i], &received, b));
	double first = ms[0];
	qsort(ms, n, sizeof(*ms), compare);
	qsort(reference, MOST_REFERENCES, sizeof(*reference), compare);
	printf("{\"set\":\"%s\",\"level\":\"%s\",\"unit\":\"%s\",\"period\":\"%s\","
	       "\"received\":%lld,\"sheets\":%d,\"first_ms\":%.2f,\"median_ms\":%.2f,"
	       "\"p99_ms\":%.2f,\"cpu_ms\":%.2f,\"group_by_ms\":%.2f}\n",
	       set_code, unit->level, unit->code, b->period.code, (long long)received,
	       b->sheets, first, ms[n / 2], ms[n * 99 / 100], cpu,
	       reference[MOST_REFERENCES / 2]);
	return ERR_OK;
}

/* The program's own sets, as `serve` installs them when it starts. */
static enum err ship(struct bench *b, struct arena *a, const char *where)
{
	struct clock clock = CLOCK_SYSTEM;
	struct id_source ids = { 0 };
	struct db_writer *writer;
	enum err e;

	TRY(db_writer_inline(&writer, where, clock, &ids));
	e = form_ship(writer, b->db, a);
	db_writer_stop(writer);
	return e;
}

static enum err bench(struct bench *b, const char *where)
{
	ARENA_CLEANUP struct arena a;

	arena_init(&a, 256 << 20);
	TRY(db_open(&b->db, where, DB_READ));
	TRY(ship(b, &a, where));
	TRY(find_units(b, &a));
	TRY(run(b, &b->province, "bnv-2022"));
	TRY(run(b, &b->commune, "bnv-2022"));
	return run(b, &b->commune, "xa-2024");
}

int main(int argc, char **argv)
{
	struct bench b = { .sheets = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 100 };
	enum err e;

	if (argc < 2 || b.sheets < 1 || b.sheets > MOST_SHEETS ||
	    !period_parse(&b.period, argc > 2 ? argv[2] : "2026-Q1")) {
		fprintf(stderr, "usage: bench_forms DATABASE [PERIOD] [SHEETS]\n");
		return 2;
	}
	e = bench(&b, argv[1]);
	if (e != ERR_OK)
		fprintf(stderr, "%s: %s\n", err_name(e), err_message());
	if (b.db)
		db_close(b.db);
	return e == ERR_OK ? 0 : 1;
}
