/* bench_forms.c - how long all forms of a set take for the commune with the most dossiers.
 *
 *	bench_forms DATABASE [PERIOD] [SHEETS]
 *
 * Each sheet is made as a page makes it: the definitions read and parsed, settings and cells
 * read, every figure counted, every check run.  The reference is one bare count of the
 * commune's dossiers of the period, as the best that any single figure could cost.  Prints a
 * line of JSON for each set, times in milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/form/form_store.h"
#include "app/form/form_store.sql.h"
#include "app/unit/unit_store.h"
#include "db/select.h"

enum { MOST_SHEETS = 1000 };

struct bench {
	struct db *db;
	struct unit_row unit; /* the busiest commune */
	int64_t dossiers;     /* its own */
	struct period period;
	int sheets;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static struct select dossiers_of(row_id unit)
{
	return (struct select){ .set = &recordset_form_dossier,
		                .scope = unit,
		                .own_unit_only = true,
		                .scope_on = DATE_NONE };
}

static enum err find_busiest(struct bench *b, struct arena *a)
{
	struct unit_rows units;
	date_t today = b->period.to;

	TRY(unit_tree(&units, b->db, a, ROW_NONE, today, today));
	for (size_t i = 0; i < units.n; i++) {
		struct select s = dossiers_of(units.at[i].id);
		int64_t n;

		TRY(select_count(&n, b->db, &s, NULL, 0));
		if (n <= b->dossiers || strcmp(units.at[i].level, "commune") != 0)
			continue;
		b->unit = units.at[i];
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

static enum err one_count(double *ms, int64_t *n, const struct bench *b)
{
	struct select s = dossiers_of(b->unit.id);
	const struct recordset_field *received = recordset_field(s.set, "received");
	double start = now_ms();

	s.conditions[0] = (struct select_condition){
		received, SELECT_GE, { .type = DB_DAY, .day = b->period.from }
	};
	s.conditions[1] = (struct select_condition){ received,
		                                     SELECT_LE,
		                                     { .type = DB_DAY, .day = b->period.to } };
	s.n_conditions = 2;
	TRY(select_count(n, b->db, &s, NULL, 0));
	*ms = now_ms() - start;
	return ERR_OK;
}

static enum err run(const struct bench *b, const char *set_code)
{
	static double ms[MOST_SHEETS], reference[MOST_SHEETS];
	size_t n = (size_t)b->sheets;
	int64_t received = 0;

	for (size_t i = 0; i < n; i++) {
		TRY(one_sheet(&ms[i], b, set_code));
		TRY(one_count(&reference[i], &received, b));
	}
	double first = ms[0];
	qsort(ms, n, sizeof(*ms), compare);
	qsort(reference, n, sizeof(*reference), compare);
	printf("{\"set\":\"%s\",\"unit\":\"%s\",\"dossiers\":%lld,\"period\":\"%s\","
	       "\"received\":%lld,\"sheets\":%d,\"first_ms\":%.2f,\"median_ms\":%.2f,"
	       "\"p99_ms\":%.2f,\"reference_ms\":%.2f}\n",
	       set_code, b->unit.code, (long long)b->dossiers, b->period.code,
	       (long long)received, b->sheets, first, ms[n / 2], ms[n * 99 / 100],
	       reference[n / 2]);
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
	TRY(find_busiest(b, &a));
	TRY(run(b, "bnv-2022"));
	return run(b, "xa-2024");
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
