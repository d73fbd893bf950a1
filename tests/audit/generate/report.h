/* report.h - an invented report under way: its habits, its office, its facts, its lines, and
 * the one fault that it carries, if any.  Everything comes from one seed.
 */
#ifndef TESTS_AUDIT_GENERATE_REPORT_H
#define TESTS_AUDIT_GENERATE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* FAULT(name, word, places where it can be planted) */
#define FAULTS(FAULT)                                                                          \
	FAULT(RATIO, "ratio", 6)                                                               \
	FAULT(SUM, "sum", 8)                                                                   \
	FAULT(SUBSET, "subset", 3)                                                             \
	FAULT(ZERO_DENOMINATOR, "zero-denominator", 2)                                         \
	FAULT(TEXT_TABLE, "text-table", 3)                                                     \
	FAULT(TEXT_TEXT, "text-text", 3)                                                       \
	FAULT(GOAL_TABLE, "goal-table", 1)                                                     \
	FAULT(CROSS_FORM, "cross-form", 3)                                                     \
	FAULT(ENUM, "enum", 3)                                                                 \
	FAULT(UNIT, "unit", 2)                                                                 \
	FAULT(FORMAT, "format", 3)                                                             \
	FAULT(GROWTH, "growth", 4)                                                             \
	FAULT(DATE, "date", 2)                                                                 \
	FAULT(PERIOD, "period", 3)                                                             \
	FAULT(CITATION, "citation", 4)                                                         \
	FAULT(SERIES, "series", 1)                                                             \
	FAULT(NUMBERING, "numbering", 4)                                                       \
	FAULT(COUNT, "count", 2)                                                               \
	FAULT(MISSING_VALUE, "missing-value", 3)                                               \
	FAULT(HEADER, "header", 3)                                                             \
	FAULT(SCOPE, "scope", 2)                                                               \
	FAULT(DUPLICATE, "duplicate", 2)

enum fault {
	SOUND,
#define FAULT_NAME(name, word, places) name,
	FAULTS(FAULT_NAME)
#undef FAULT_NAME
	        FAULT_KINDS
};

enum level { COMMUNE, DISTRICT, DEPARTMENT, PROVINCE };
enum period { QUARTER_1, QUARTER_2, QUARTER_3, HALF, NINE_MONTHS, YEAR, PLAN };

struct day {
	int d, m, y;
};

/* All figures of the report fit together; a fault is planted where one is written. */
struct facts {
	long received, online, carried, resolved, early, on_time, late, pending, not_due,
	        overdue;
	long last_year;
	long procedures, whole_online, part_online, offline;
	long tasks, tasks_on_time, tasks_late, tasks_open, tasks_overdue;
	long staff, staff_present, inspected, findings, remedied, petitions, articles, classes;
	long forms_out, forms_in, forms_valid;
	long budget, spent; /* million đồng */
};

struct report {
	uint64_t random;
	enum fault fault;
	int place; /* which of the fault's places */
	const char *accept, *verdict;
	struct {
		const char *text;
		bool marked;
	} lines[400];
	int n_lines;
	char pool[1 << 17];
	size_t used;
	bool padded, spaced, dot_rows, section_dots; /* habits */
	int digits, head;
	enum level level;
	enum period period;
	const char *word, *name, *body, *full, *code, *superior, *addressee, *department;
	bool two_levels; /* communes and provinces only */
	struct day date;
	int number, plan_number;
	struct day plan_day;
	struct facts facts;
	uint64_t fillers; /* those that were used */
	int rows[4], parts, sections, annexes;
	bool with_annex, with_online_annex, with_direction_annex, with_staff_annex;
};

/* The same numbers from the same seed. */
uint32_t draw(struct report *r, uint32_t below); /* 0 <= x < below */
long between(struct report *r, long low, long high);
bool chance(struct report *r, int percent);

/* Here is the place of the fault. */
bool here(const struct report *r, enum fault fault, int place);
/* In so many of a hundred reports; always where one of the places of the fault is. */
bool wanted(struct report *r, int percent, enum fault fault, int first_place, int last_place);

/* "{0}", "{1}" ... of one of the templates, drawn, are replaced; the result lives as long as
 * the report. */
const char *words(struct report *r, const char *const *templates, const char *const *values);
#define WORDS(r, values, ...)                                                                  \
	words((r), (const char *const[]){ __VA_ARGS__, NULL }, (const char *const[])values)
#define VALUES(...)                                                                            \
	{                                                                                      \
		__VA_ARGS__, NULL                                                              \
	}
const char *kept(struct report *r, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

void add(struct report *r, const char *line);
void add_marked(struct report *r, const char *line, bool marked);
void mark_last(struct report *r);
void accept(struct report *r, const char *verdict, const char *kinds);
void filler(struct report *r, int n, const char *bullet);

/* Figures in the hand of this report. */
const char *count(struct report *r, long n);
const char *grouped(struct report *r, long n);             /* never padded */
const char *rate(struct report *r, long part, long whole); /* without the sign */
const char *wrong_rate(struct report *r, long part, long whole);
long wrong_count(struct report *r,
                 long n); /* another number that a typist might have written */
const char *short_day(struct report *r, struct day day);
const char *long_day(struct report *r, struct day day);
struct day day_before(struct report *r, struct day day,
                      int most_days); /* some days earlier, same year */

/* office.c */
void choose_office(struct report *r);
void choose_period(struct report *r);
void choose_facts(struct report *r);
const char *period_words(struct report *r, int year); /* "quý I năm 2024" */
void write_head(struct report *r);
void write_tail(struct report *r);

#endif
