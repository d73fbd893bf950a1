/* bench_deadline.c - deadlines a second on one core; at least 1,000,000 are wanted. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/deadline/deadline.h"

enum { QUESTIONS = 4096, ROUNDS = 500 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fill(struct deadline_question *q, struct pause *pauses,
                 const struct rule_set *rules)
{
	uint64_t seed = 7;

	for (int i = 0; i < QUESTIONS; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		int r = (int)(seed >> 33);

		date_t day = date_add(date_make(2024, 1, 1), r % 900);
		q[i] = (struct deadline_question){
			.received = instant_local(day, 420 + r / 900 % 600),
			.term = { (enum term_unit)(r / 7 % 4), 50 * (1 + r / 11 % 60) },
			.rules = rules,
			.pauses = &pauses[i],
			.n_pauses = i % 5 == 0,
			.extension = { INSTANT_NONE, INSTANT_NONE },
		};
		pauses[i] = (struct pause){ instant_local(date_add(day, 2), 600),
			                    instant_local(date_add(day, 6), 840),
			                    SUPPLEMENT_CONTINUES, NULL };
	}
}

static void say(const char *what, double seconds, int64_t sum)
{
	printf("%-32s %12.0f /s   (check %lld)\n", what, QUESTIONS * (double)ROUNDS / seconds,
	       (long long)sum);
}

int main(void)
{
	struct deadline_question *q = calloc(QUESTIONS, sizeof(*q));
	struct pause *pauses = calloc(QUESTIONS, sizeof(*pauses));
	ARENA_CLEANUP struct arena a;
	struct calendar_rules rules;
	struct calendar *cal;
	size_t n_sets;
	int64_t sum = 0;
	const struct rule_set *sets = rule_set_built_in(&n_sets);

	arena_init(&a, 64 << 20);
	double start = now();
	if (!q || !pauses || calendar_built_in(&rules, &a) != ERR_OK ||
	    calendar_compile(&cal, &a, &rules, CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR) !=
	            ERR_OK)
		return 1;
	printf("%-32s %12.1f ms  (%zu KiB)\n", "compile a calendar", (now() - start) * 1e3,
	       a.used / 1024);
	fill(q, pauses, &sets[n_sets - 1]);
	start = now();
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < QUESTIONS; i++) {
			struct deadline d;

			if (deadline_compute(&d, cal, &q[i]) != ERR_OK)
				return 1;
			sum += d.due.us;
		}
	say("deadlines", now() - start, sum);
	free(q);
	free(pauses);
	return 0;
}
