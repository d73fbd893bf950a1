/* Outlines of offices, and those that came with the program. */
#include <sodium.h>
#include <string.h>

#include "app/journal/journal_store.h"
#include "app/narrative/narrative_store.h"
#include "app/narrative/narrative_store.sql.h"
#include "app/verify/verify_store.h"
#include "base/embedded.h"

enum { SHA_TEXT = 2 * crypto_hash_sha256_BYTES + 1 };

static void hash(char out[SHA_TEXT], const char *text)
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
	sodium_bin2hex(out, SHA_TEXT, digest, sizeof(digest));
}

enum err narrative_outline_find(struct narrative_outline *out, struct db *db, struct arena *a,
                                const struct narrative_outline_of *of)
{
	struct q_narrative_outline_in in = { of->set_code, of->unit, of->on };
	struct q_narrative_outline_row row;

	TRY(q_narrative_outline_one(db, a, &in, &row));
	*out = (struct narrative_outline){ row.unit_id, row.unit_name, row.sha256,
		                           row.content };
	return ERR_OK;
}

/* ---- writing ---- */

struct putting {
	const char *set_code;
	row_id unit;
	const char *content; /* "": none of their own any more */
};

static enum err note(struct db_write_context *w, const struct putting *x, const char *was,
                     const char *is)
{
	struct journal_note n = journal_note(w, SUBJECT_OUTLINE, w->change->result,
	                                     was ? KIND_UPDATE : KIND_CREATE);

	n.part = x->set_code;
	journal_put(&n, FIELD_FORM_SET, was ? x->set_code : NULL, x->set_code);
	journal_put(&n, FIELD_HASH, was, is);
	return journal_write(&n);
}

static enum err put_outline(struct db_write_context *w, const struct putting *x)
{
	struct q_narrative_outline_own_in own = { x->set_code, x->unit };
	struct q_narrative_outline_own_row was = { .sha256 = NULL };
	enum err e = q_narrative_outline_own_one(w->db, w->arena, &own, &was);
	struct q_narrative_outline_close_in close = { .id = was.id,
		                                      .to_change = w->change->id };
	char sha256[SHA_TEXT];
	struct q_narrative_outline_insert_in in = { .id = db_new_id(w),
		                                    .set_code = x->set_code,
		                                    .unit_id = x->unit,
		                                    .sha256 = sha256,
		                                    .content = x->content,
		                                    .from_change = w->change->id };

	if (e != ERR_NOT_FOUND)
		TRY(e);
	hash(sha256, x->content);
	w->change->result = e == ERR_OK ? was.id : in.id;
	if ((e == ERR_OK && str_eq(was.sha256, sha256)) || (e != ERR_OK && !*x->content)) {
		journal_nothing(w);
		return ERR_OK;
	}
	TRY(note(w, x, e == ERR_OK ? was.sha256 : NULL, *x->content ? sha256 : NULL));
	if (e == ERR_OK)
		TRY(q_narrative_outline_close_run(w->db, &close));
	return *x->content ? q_narrative_outline_insert_run(w->db, &in) : ERR_OK;
}

struct call {
	struct narrative_outlining *x;
	struct problems *problems;
};

static enum err put_in(struct db_write_context *w, void *arg)
{
	struct call *c = arg;
	struct putting p = { c->x->set_code, w->change->unit_id, "" };
	struct narrative_outline_of of = { p.set_code, p.unit, c->x->on };
	struct narrative_outline now = { .sha256 = "" };
	const struct form_set *set;
	struct narrative_parsed parsed;
	enum err e;

	problems_init(c->problems, c->problems->arena);
	TRY(form_set_open(&set, w->db, w->arena, p.set_code));
	e = narrative_outline_find(&now, w->db, w->arena, &of);
	if (e != ERR_NOT_FOUND)
		TRY(e);
	if (c->x->seen_sha256 && !str_eq(c->x->seen_sha256, now.sha256))
		return err_set(ERR_CONFLICT, "somebody else changed the outline");
	if (!str_blank(c->x->source))
		TRY(narrative_settle(&p.content, w->arena, set, c->x->source));
	TRY(narrative_parse(&parsed, w->arena, c->problems, set, p.content));
	if (c->problems->n > 0)
		return err_set(ERR_INPUT, "the outline cannot be read");
	return put_outline(w, &p);
}

enum err narrative_outline_put(struct db_writer *writer, struct change *change,
                               struct narrative_outlining *x, struct problems *problems)
{
	struct call c = { x, problems };

	return db_write(writer, change, put_in, &c);
}

/* ---- the program's own ---- */

static enum err ship_in(struct db_write_context *w, void *arg)
{
	return put_outline(w, arg);
}

/* Somebody else's outline for everybody is not replaced by ours. */
static enum err ship_one(struct db_writer *writer, struct db *db, struct arena *a,
                         struct putting *x)
{
	struct q_narrative_outline_own_in own = { x->set_code, ROW_NONE };
	struct q_narrative_outline_own_row was;
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "program",
		                 .action = "narrative.ship" };
	char sha256[SHA_TEXT];
	enum err e = q_narrative_outline_own_one(db, a, &own, &was);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	hash(sha256, x->content);
	if (e == ERR_OK &&
	    (str_eq(was.sha256, sha256) || !str_eq(was.action, "narrative.ship")))
		return ERR_OK;
	return db_write(writer, &change, ship_in, x);
}

enum err narrative_ship(struct db_writer *writer, struct db *db, struct arena *a)
{
	static const char folder[] = "narratives/", end[] = ".txt";

	for (size_t i = 0; i < embedded_count; i++) {
		const char *path = embedded_files[i].path;
		struct putting x = { .unit = ROW_NONE,
			             .content = (const char *)embedded_files[i].bytes };

		if (!str_starts(path, folder) || !str_ends(path, end))
			continue;
		TRY(arena_strndup(a, &x.set_code, path + strlen(folder),
		                  strlen(path) - strlen(folder) - strlen(end)));
		TRY(ship_one(writer, db, a, &x));
	}
	return ERR_OK;
}

/* ---- verify ---- */

static enum err verify_sections(struct verify *v)
{
	struct q_narrative_verify_sections_row row;
	DB_ROWS rows = { 0 };

	TRY(q_narrative_verify_sections_open(&rows, v->db));
	while (q_narrative_verify_sections_next(&rows, &row))
		TRY(verify_found(v, MSG_VERIFY_NARRATIVE_SECTIONS,
		                 verify_number(v, row.report_id.value)));
	return db_rows_status(&rows);
}

enum err verify_narratives(struct verify *v)
{
	struct q_narrative_verify_outlines_row row;
	DB_ROWS rows = { 0 };
	char sha256[SHA_TEXT];

	TRY(verify_sections(v));
	TRY(q_narrative_verify_outlines_open(&rows, v->db));
	while (q_narrative_verify_outlines_next(&rows, &row)) {
		hash(sha256, row.content);
		if (!str_eq(sha256, row.sha256))
			TRY(verify_found(v, MSG_VERIFY_NARRATIVE_OUTLINE,
			                 verify_number(v, row.id.value)));
	}
	return db_rows_status(&rows);
}
