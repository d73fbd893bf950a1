/* calendar_compiled.h - the inside of struct calendar, for calendar.c and compile.c only. */
#ifndef APP_CALENDAR_CALENDAR_COMPILED_H
#define APP_CALENDAR_CALENDAR_COMPILED_H

#include "app/calendar/calendar.h"

/* Why a day is what it is; many days share one. */
struct day_note {
	enum day_kind kind;
	const char *name, *source;
	bool verified;
};

struct calendar {
	int64_t version;
	date_t first;
	int n; /* days */
	int first_year, last_year;
	bool *decided;     /* for each year */
	uint32_t *worked;  /* n + 1: minutes worked before day i */
	uint32_t *days;    /* working days up to and including day i */
	uint32_t *working; /* the day of the k-th working day */
	int n_working;
	uint16_t *note, *pattern; /* of each day */
	struct day_note *notes;
	struct day_sessions *patterns;
	int n_notes, n_patterns, most_notes, most_patterns;
};

#endif
