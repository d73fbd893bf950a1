#include "app/dossier/dossier_import_source_store.h"

#include <string.h>

#include "app/dossier/dossier_import_list_store.sql.h"
#include "app/journal/journal_store.h"
#include "base/str.h"

enum { MOST_SOURCES = 200, MOST_MAPPING = 16384 };

ERR_RESULT dossier_import_sources(struct dossier_import_source **out, size_t *n, struct db *db,
                                  struct arena *a, row_id unit)
{
	struct q_import_sources_in in = { unit };
	struct dossier_import_source *sources;
	struct q_import_sources_row row;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(arena_array(a, &sources, MOST_SOURCES));
	TRY(q_import_sources_open(&rows, db, &in));
	while (*n < MOST_SOURCES && q_import_sources_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_import_sources, &row));
		sources[(*n)++] = (struct dossier_import_source){ row.id, row.name };
	}
	*out = sources;
	return db_rows_status(&rows);
}

ERR_RESULT dossier_import_mapping_parse(struct dossier_import_mapping *out, struct arena *a,
                                        const char *text)
{
	struct slice rest = slice_of(text), line, word;

	*out = (struct dossier_import_mapping){ { NULL } };
	while (slice_cut(&rest, '\n', &line)) {
		if (!slice_cut(&line, '=', &word))
			continue;
		for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
			if (slice_eq(word, dossier_import_word((enum dossier_import_column)c)))
				TRY(arena_strndup(a, &out->titles[c], line.at, line.len));
		}
	}
	return ERR_OK;
}

static enum err write_mapping(const char **out, struct arena *a,
                              const struct dossier_import_mapping *mapping)
{
	struct str text;

	str_init(&text, a, MOST_MAPPING);
	for (size_t c = 0; c < IMPORT_COLUMNS; c++) {
		if (!str_blank(mapping->titles[c]))
			str_printf(&text, "%s=%s\n",
			           dossier_import_word((enum dossier_import_column)c),
			           mapping->titles[c]);
	}
	return str_finish(&text, out);
}

ERR_RESULT dossier_import_mapping_load(struct dossier_import_mapping *out, struct db *db,
                                       struct arena *a, row_id unit, const char *source)
{
	struct q_import_source_find_in in = { unit, source };
	struct q_import_source_find_row row;

	TRY(q_import_source_find_one(db, a, &in, &row));
	return dossier_import_mapping_parse(out, a, row.mapping);
}

static enum err note_source(struct db_write_context *w, enum journal_kind kind, row_id id,
                            const struct q_import_source_insert_in *in, const char *before)
{
	struct journal_note n = journal_note(w, SUBJECT_IMPORT_SOURCE, id, kind);

	journal_put(&n, FIELD_MAPPING, before, in->mapping);
	if (kind == KIND_CREATE) {
		journal_put(&n, FIELD_SOURCE_NAME, NULL, in->name);
		journal_put(&n, FIELD_UNIT, ROW_NONE, in->unit_id);
	}
	return journal_write(&n);
}

ERR_RESULT dossier_import_source_keep_in(row_id *out, struct db_write_context *w,
                                         const struct dossier_import_ask *ask)
{
	struct q_import_source_find_in in = { ask->unit, ask->source };
	struct q_import_source_find_row row;
	struct q_import_source_insert_in insert = { .unit_id = ask->unit,
		                                    .name = ask->source,
		                                    .change_id = w->change->id };
	struct q_import_source_update_in update = { .change_id = w->change->id };
	enum err e = q_import_source_find_one(w->db, w->arena, &in, &row);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	TRY(write_mapping(&insert.mapping, w->arena, ask->mapping));
	if (e == ERR_OK) {
		update.id = *out = row.id;
		update.mapping = insert.mapping;
		TRY(note_source(w, KIND_UPDATE, row.id, &insert, row.mapping));
		return q_import_source_update_run(w->db, &update);
	}
	insert.id = *out = db_new_id(w);
	TRY(note_source(w, KIND_CREATE, insert.id, &insert, NULL));
	return q_import_source_insert_run(w->db, &insert);
}
