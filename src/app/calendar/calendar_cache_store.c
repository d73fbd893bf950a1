/* calendar_cache_store.c - compiled calendars by what they were made of.  A unit asks for its
 * version (one small query); only when that is new are its settings read, and only when no
 * other unit has the same ones is a calendar compiled. */
#include <pthread.h>
#include <stdlib.h>

#include "app/calendar/calendar_store.h"
#include "base/str.h"

enum {
	MOST_CALENDARS = 256,
	MOST_UNITS = 4096, /* a power of two: places of the hash table */
	MOST_BYTES = 96 * 1024 * 1024,
};

struct known_unit {
	row_id unit;
	date_t today; /* ancestors may change with the day */
	int64_t version;
	const struct calendar *calendar;
};

struct calendar_cache {
	pthread_mutex_t lock;
	struct arena arena;
	size_t n;
	struct {
		uint64_t key;
		const struct calendar *calendar;
	} calendars[MOST_CALENDARS];
	struct known_unit units[MOST_UNITS]; /* a place is overwritten by the next comer */
};

enum err calendar_cache_new(struct calendar_cache **out)
{
	struct calendar_cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return err_set(ERR_NO_MEMORY, "no memory for the cache of calendars");
	arena_init(&cache->arena, MOST_BYTES);
	pthread_mutex_init(&cache->lock, NULL);
	*out = cache;
	return ERR_OK;
}

void calendar_cache_free(struct calendar_cache *cache)
{
	if (!cache)
		return;
	pthread_mutex_destroy(&cache->lock);
	arena_release(&cache->arena);
	free(cache);
}

static struct known_unit *place_of(struct calendar_cache *cache, row_id unit)
{
	uint64_t h = (uint64_t)unit.value * UINT64_C(0x9E3779B97F4A7C15);

	return &cache->units[h >> 52];
}

static const struct calendar *recall(struct calendar_cache *cache, row_id unit, int64_t version,
                                     date_t today)
{
	const struct calendar *found = NULL;

	pthread_mutex_lock(&cache->lock);
	const struct known_unit *u = place_of(cache, unit);
	if (u->calendar && row_eq(u->unit, unit) && u->version == version &&
	    date_cmp(u->today, today) == 0)
		found = u->calendar;
	pthread_mutex_unlock(&cache->lock);
	return found;
}

static uint64_t mix(uint64_t key, int64_t value)
{
	return (key ^ (uint64_t)value) * UINT64_C(0x100000001B3) ^ key >> 29;
}

/* What a calendar was made of: its version and the rows in their order. */
static uint64_t key_of(const struct calendar_settings *s, int64_t version)
{
	uint64_t key = mix(UINT64_C(0xCBF29CE484222325), version);

	for (size_t i = 0; i < s->n_weeks; i++) {
		key = mix(key, s->weeks[i].unit_id.value);
		key = mix(key, s->weeks[i].week.from.days);
	}
	for (size_t i = 0; i < s->n_exceptions; i++)
		key = mix(key, s->exceptions[i].id.value);
	for (size_t i = 0; i < s->n_decisions; i++)
		key = mix(key, s->decisions[i].id.value);
	return key;
}

/* A text that lives as long as the compiled calendar. */
static ERR_RESULT keep(struct arena *a, const char **text)
{
	return *text ? arena_strdup(a, text, *text) : ERR_OK;
}

/* Shipped rules first, then those of the settings. */
static ERR_RESULT rules_of(struct calendar_rules *out, struct arena *a,
                           const struct calendar_settings *s, int64_t version)
{
	struct calendar_rules shipped;
	struct calendar_exception *exceptions;
	struct year_decision *decisions;
	struct work_week *weeks;

	TRY(calendar_built_in(&shipped, a));
	size_t n_e = shipped.n_exceptions, n_d = shipped.n_decisions;
	TRY(arena_array(a, &exceptions, n_e + s->n_exceptions));
	TRY(arena_array(a, &decisions, n_d + s->n_decisions));
	TRY(arena_array(a, &weeks, s->n_weeks));
	for (size_t i = 0; i < n_e; i++)
		exceptions[i] = shipped.exceptions[i];
	for (size_t i = 0; i < n_d; i++)
		decisions[i] = shipped.decisions[i];
	for (size_t i = 0; i < s->n_weeks; i++)
		weeks[i] = s->weeks[i].week;
	for (size_t i = 0; i < s->n_exceptions; i++) {
		exceptions[n_e + i] = s->exceptions[i].exception;
		TRY(keep(a, &exceptions[n_e + i].name));
		TRY(keep(a, &exceptions[n_e + i].source));
	}
	for (size_t i = 0; i < s->n_decisions; i++) {
		decisions[n_d + i] = s->decisions[i].decision;
		TRY(keep(a, &decisions[n_d + i].source));
	}
	*out = (struct calendar_rules){ version,
		                        weeks,
		                        s->n_weeks,
		                        exceptions,
		                        n_e + s->n_exceptions,
		                        decisions,
		                        n_d + s->n_decisions };
	return ERR_OK;
}

static ERR_RESULT compile(const struct calendar **out, struct arena *a,
                          const struct calendar_settings *s, int64_t version)
{
	struct calendar_rules rules;
	struct calendar *cal;

	TRY(rules_of(&rules, a, s, version));
	TRY(calendar_compile(&cal, a, &rules, CALENDAR_FIRST_YEAR, CALENDAR_LAST_YEAR));
	*out = cal;
	return ERR_OK;
}

/* With the lock held; *out stays NULL when the cache is full. */
static ERR_RESULT share(const struct calendar **out, struct calendar_cache *cache,
                        const struct calendar_settings *s, int64_t version)
{
	uint64_t key = key_of(s, version);

	for (size_t i = 0; i < cache->n; i++)
		if (cache->calendars[i].key == key) {
			*out = cache->calendars[i].calendar;
			return ERR_OK;
		}
	if (cache->n == MOST_CALENDARS)
		return ERR_OK;
	TRY(compile(out, &cache->arena, s, version));
	cache->calendars[cache->n].key = key;
	cache->calendars[cache->n++].calendar = *out;
	return ERR_OK;
}

static ERR_RESULT find_or_make(const struct calendar **out, struct calendar_cache *cache,
                               const struct calendar_settings *s,
                               const struct known_unit *known)
{
	const struct calendar *cal = NULL;

	pthread_mutex_lock(&cache->lock);
	enum err e = share(&cal, cache, s, known->version);
	if (e == ERR_OK && cal) {
		struct known_unit *u = place_of(cache, known->unit);

		*u = *known;
		u->calendar = cal;
	}
	pthread_mutex_unlock(&cache->lock);
	if (e == ERR_OK)
		*out = cal;
	return e;
}

enum err calendar_load(const struct calendar **out, struct db *db, struct arena *a,
                       struct calendar_cache *cache, row_id unit, date_t today)
{
	struct known_unit known = { unit, today, CALENDAR_SHIPPED_VERSION, NULL };
	struct calendar_settings s = { .n_weeks = 0 };
	const struct calendar *cal = NULL;

	if (!row_is_none(unit))
		TRY(calendar_unit_version(&known.version, db, a, unit, today));
	if (cache && (cal = recall(cache, unit, known.version, today))) {
		*out = cal;
		return ERR_OK;
	}
	if (known.version != CALENDAR_SHIPPED_VERSION)
		TRY(calendar_settings_load(&s, db, a, unit, today));
	if (cache)
		TRY(find_or_make(&cal, cache, &s, &known));
	if (!cal)
		TRY(compile(&cal, a, &s, known.version));
	*out = cal;
	return ERR_OK;
}
