/* demo.h - an invented province, its people and its load: same seed, same rows, but for the
 * salts of the journal.
 *
 * Everything here is plainly invented: places and people carry the word "Mẫu", identity
 * numbers begin with 000 (no province has that code), telephones with 0000, procedures that
 * need a term or a fee have codes beginning with 0 and say "(thủ tục minh họa)".  Procedures
 * under real codes keep only what a public register states of them (demo/procedures.tsv).
 * Pure: no database, no clock.
 */
#ifndef APP_DEMO_DEMO_H
#define APP_DEMO_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

/* SplitMix64 (Steele, Lea, Flood 2014): small, fast, the same everywhere. */
struct demo_random {
	uint64_t state;
};
uint64_t demo_next(struct demo_random *r);
unsigned demo_below(struct demo_random *r, unsigned n); /* 0 .. n-1 */
bool demo_chance(struct demo_random *r, unsigned per_mille);

/* The tree: ten districts and 204 communes until 30/6/2025; then no districts and 157
 * communes, of which 47 took over two old ones each. */
enum {
	DEMO_DISTRICTS = 10,
	DEMO_OLD_COMMUNES = 204,
	DEMO_MERGED = 47,
	DEMO_COMMUNES = DEMO_OLD_COMMUNES - DEMO_MERGED,
	DEMO_DEPARTMENTS = 12,
	DEMO_OFFICES = 4 /* departments of a commune since the merger */
};
date_t demo_first_day(void);  /* 2023-12-15: the report year 2024 begins */
date_t demo_merger_day(void); /* 2025-07-01 */
date_t demo_last_day(void);   /* 2026-11-20, unless told otherwise */

/* Names live in `a`.  Communes 0 .. DEMO_OLD_COMMUNES-1 are those before the merger; 0 is the
 * largest of all and was not merged.  Old commune pairs that merge are the last 94. */
ERR_RESULT demo_commune_name(struct arena *a, const char **out, int commune);
ERR_RESULT demo_merged_name(struct arena *a, const char **out, int merged);
const char *demo_district_name(int district);
const char *demo_department_name(int department);
const char *demo_office_name(int office);
/* The merged commune (0 .. DEMO_MERGED-1) that takes over an old one; -1 when it stays. */
int demo_merged_into(int commune);
int demo_district_of(int commune);

/* One line of demo/procedures.tsv. */
struct demo_procedure {
	const char *code, *name, *field;
	bool commune, district, province;
	const char *term;          /* "" when nobody states one */
	const char *service_level; /* "full", "partial", "direct" or "" */
	money_t fee;               /* MONEY_NONE when nobody states one */
	const char *const *parts;
	size_t n_parts;
};
/* ERR_INPUT with the line when the file is not as it must be. */
ERR_RESULT demo_read_procedures(struct arena *a, const char *text, size_t n,
                                struct demo_procedure **out, size_t *n_out);

struct demo_person {
	char name[64];
	char identity[16], phone[16];
	char address[96];
	bool organisation;
};
/* `commune` names the place in the address. */
void demo_person(struct demo_random *r, const char *commune, struct demo_person *out);

enum demo_ending {
	DEMO_EARLY,
	DEMO_ON_TIME,
	DEMO_LATE,
	DEMO_REFUSED, /* finished by a refusal after examination */
	DEMO_WITHDRAWN,
	DEMO_STOPPED,
	DEMO_NOT_ACCEPTED
};

/* What happens to one dossier, before any deadline is known. */
struct demo_case {
	instant_t received_at;
	bool online, post;
	bool supplement; /* once, in the first half of the term */
	int supplement_after, supplement_days;
	enum demo_ending ending;
	unsigned pace;       /* 0-999: how much of the term is used before the end */
	int late_days;       /* when late */
	int collected_after; /* days between finish and hand-over to the citizen */
	int quantity;
};
void demo_case(struct demo_random *r, date_t first, date_t last, struct demo_case *out);

/* Index of a weight-distributed choice: 0 is the heaviest (about 1/22 of the whole for 157). */
unsigned demo_weighted(struct demo_random *r, unsigned n);

#endif
