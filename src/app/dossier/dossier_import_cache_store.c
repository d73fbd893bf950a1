#include "app/dossier/dossier_import_cache_store.h"

#include <stdlib.h>

#include "app/dossier/dossier_import_list_store.sql.h"
#include "base/str.h"

/* A place for each name and day; who needs the same place takes it over.  When the texts of
 * those that were sent away fill the memory all begins again. */
enum { PLACES = 16384, MOST_MEMORY = 24 << 20 };

struct place {
	const char *name; /* NULL: free */
	date_t on;
	struct dossier_procedure procedure;
};
struct dossier_import_cache {
	struct arena arena;
	struct place places[PLACES];
};

ERR_RESULT dossier_import_cache_new(struct dossier_import_cache **out)
{
	*out = calloc(1, sizeof(**out));
	if (!*out)
		return err_set(ERR_NO_MEMORY, "a cache of procedures");
	arena_init(&(*out)->arena, MOST_MEMORY);
	return ERR_OK;
}

void dossier_import_cache_free(struct dossier_import_cache *cache)
{
	if (!cache)
		return;
	arena_release(&cache->arena);
	free(cache);
}

/* ---- looking up ---- */

static enum err find_procedure(row_id *out, struct db_write_context *w,
                               const struct dossier_import_row *row)
{
	struct q_import_procedure_by_code_in by_code = { row->procedure_code };
	struct q_import_procedure_by_name_in by_name = { row->procedure };
	struct q_import_procedure_by_code_row code_row;
	struct q_import_procedure_by_name_row name_row;

	if (!str_blank(row->procedure_code)) {
		TRY(q_import_procedure_by_code_one(w->db, w->arena, &by_code, &code_row));
		*out = code_row.id;
		return ERR_OK;
	}
	TRY(q_import_procedure_by_name_one(w->db, w->arena, &by_name, &name_row));
	*out = name_row.id;
	return ERR_OK;
}

static enum err look_up(struct dossier_procedure *out, struct db_write_context *w,
                        struct arena *a, const struct dossier_import_row *row)
{
	row_id procedure;

	TRY(find_procedure(&procedure, w, row));
	return dossier_procedure_load(out, w->db, a, procedure, instant_day(row->received_at));
}

/* ---- remembering ---- */

static size_t place_of(const char *name, date_t on)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)on.days;

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (size_t)((h ^ h >> 29) % PLACES);
}

static void forget_all(struct dossier_import_cache *cache)
{
	arena_reset(&cache->arena);
	for (size_t i = 0; i < PLACES; i++)
		cache->places[i].name = NULL;
}

ERR_RESULT dossier_import_procedure(struct dossier_procedure *out, struct db_write_context *w,
                                    struct dossier_import_cache *cache,
                                    const struct dossier_import_row *row)
{
	const char *name =
	        str_blank(row->procedure_code) ? row->procedure : row->procedure_code;
	date_t on = instant_day(row->received_at);
	struct place *p;

	if (!cache)
		return look_up(out, w, w->arena, row);
	p = &cache->places[place_of(name, on)];
	if (!p->name || date_cmp(p->on, on) != 0 || !str_eq(p->name, name)) {
		if (cache->arena.used > MOST_MEMORY / 2)
			forget_all(cache);
		p->name = NULL;
		TRY(look_up(&p->procedure, w, &cache->arena, row));
		p->on = on;
		TRY(arena_strdup(&cache->arena, &p->name, name));
	}
	*out = p->procedure;
	return ERR_OK;
}
