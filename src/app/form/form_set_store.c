/* Form sets as they are installed. */
#include "app/form/form_store.h"

#include <sodium.h>
#include <string.h>

#include "app/form/form_shipped.h"
#include "app/form/form_store.sql.h"
#include "app/journal/journal_store.h"

/* ---- reading ---- */

/* The file name of a form's code: "set" is set.form. */
static enum err read_files(struct form_text **out, size_t *n, struct db *db, struct arena *a,
                           const char *code)
{
	struct q_form_definitions_in in = { .set_code = code };
	struct q_form_definitions_row row;
	struct form_text *files;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(arena_array(a, &files, FORM_MOST_FORMS + 1));
	TRY(q_form_definitions_open(&rows, db, &in));
	while (q_form_definitions_next(&rows, &row) && *n <= FORM_MOST_FORMS) {
		TRY(arena_printf(a, &files[*n].name, "%s.form", row.form));
		TRY(arena_strdup(a, &files[*n].text, row.content));
		++*n;
	}
	*out = files;
	return db_rows_status(&rows);
}

enum err form_set_open(const struct form_set **out, struct db *db, struct arena *a,
                       const char *code)
{
	const struct form_set *set;
	struct form_text *files;
	struct problems problems;
	size_t n;

	TRY(read_files(&files, &n, db, a, code));
	if (n == 0)
		return err_set(ERR_NOT_FOUND, "no form set %s", code);
	problems_init(&problems, a);
	TRY(form_set_load(&set, &problems, a, files, n));
	if (!set)
		return err_set(ERR_INTERNAL, "form set %s: %s:%d: %s", code,
		               problems.first->field, problems.first->line,
		               problems.first->message);
	*out = set;
	return ERR_OK;
}

enum err form_sets(struct form_set_names *out, struct db *db, struct arena *a)
{
	enum { MOST_SETS = 100 };
	struct form_set_names names = { 0 };
	struct q_form_set_headers_row row;
	DB_ROWS rows = { 0 };

	TRY(arena_array(a, &names.at, MOST_SETS));
	TRY(q_form_set_headers_open(&rows, db));
	while (q_form_set_headers_next(&rows, &row) && names.n < MOST_SETS)
		TRY(arena_strdup(a, &names.at[names.n++].code, row.set_code));
	TRY(db_rows_status(&rows));
	for (size_t i = 0; i < names.n; i++) {
		const struct form_set *set;

		TRY(form_set_open(&set, db, a, names.at[i].code));
		names.at[i].title = set->title;
		names.at[i].document = set->document;
	}
	*out = names;
	return ERR_OK;
}

/* ---- installing ---- */

enum { SHA_TEXT = 2 * crypto_hash_sha256_BYTES + 1 };

static void hash(char out[SHA_TEXT], const char *text)
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
	sodium_bin2hex(out, SHA_TEXT, digest, sizeof(digest));
}

/* The code under which a file is stored: its name without ".form". */
static enum err code_of(const char **out, struct arena *a, const char *file)
{
	size_t n = strlen(file);

	return arena_strndup(a, out, file, n > 5 ? n - 5 : n);
}

/* Whether exactly these files are the current ones. */
static enum err is_current(bool *out, struct db *db, const struct form_installation *x)
{
	struct q_form_definitions_in in = { .set_code = x->set->code };
	struct q_form_definitions_row row;
	size_t n = 0, equal = 0;
	DB_ROWS rows = { 0 };

	TRY(q_form_definitions_open(&rows, db, &in));
	while (q_form_definitions_next(&rows, &row)) {
		n++;
		for (size_t i = 0; i < x->n; i++)
			equal += str_starts(x->files[i].name, row.form) &&
			         x->files[i].name[strlen(row.form)] == '.' &&
			         str_eq(x->files[i].text, row.content);
	}
	*out = n == x->n && equal == n;
	return db_rows_status(&rows);
}

static enum err note_definition(struct db_write_context *w,
                                const struct q_form_definition_add_in *in)
{
	struct journal_note n = journal_note(w, SUBJECT_FORM_SET, in->id, KIND_CREATE);

	n.part = in->set_code;
	journal_put(&n, FIELD_CODE, NULL, in->set_code);
	journal_put(&n, FIELD_FORM, NULL, in->form);
	journal_put(&n, FIELD_HASH, NULL, in->sha256);
	return journal_write(&n);
}

/* A later installation may make another text the current one: this one stays on record. */
static enum err note_use(struct db_write_context *w, const struct q_form_definition_add_in *in)
{
	return q_form_definition_use_add_run(
	        w->db,
	        &(struct q_form_definition_use_add_in){ db_new_id(w), in->set_code, in->form,
	                                                in->sha256, w->change->id });
}

enum err form_install_in(struct db_write_context *w, void *arg)
{
	const struct form_installation *x = arg;
	struct q_form_definition_retire_in retire = { .set_code = x->set->code };

	TRY(q_form_definition_retire_run(w->db, &retire));
	for (size_t i = 0; i < x->n; i++) {
		char sha256[SHA_TEXT];
		struct q_form_definition_add_in in = { .id = db_new_id(w),
			                               .set_code = x->set->code,
			                               .sha256 = sha256,
			                               .content = x->files[i].text,
			                               .installed_at = w->change->at,
			                               .change_id = w->change->id };

		hash(sha256, x->files[i].text);
		TRY(code_of(&in.form, w->arena, x->files[i].name));
		TRY(q_form_definition_add_run(w->db, &in));
		TRY(note_use(w, &in));
		TRY(note_definition(w, &in));
		w->change->result = in.id;
	}
	return ERR_OK;
}

enum err form_install(struct db_writer *writer, struct change *change,
                      struct form_installation *installation)
{
	return db_write(writer, change, form_install_in, installation);
}

/* ---- the program's own sets ---- */

/* Somebody else's version of a set is not replaced by ours. */
static enum err may_ship(bool *out, struct db *db, struct arena *a, const char *code)
{
	struct q_form_definition_origin_in in = { .set_code = code };
	struct q_form_definition_origin_row row;
	enum err e = q_form_definition_origin_one(db, a, &in, &row);

	*out = e == ERR_NOT_FOUND || (e == ERR_OK && str_eq(row.action, "form.ship"));
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err ship_one(struct db_writer *writer, struct db *db, struct arena *a,
                         const char *code)
{
	struct form_shipped shipped;
	struct change change = { .at = INSTANT_NONE,
		                 .origin = "program",
		                 .action = "form.ship" };
	bool may, current;

	TRY(may_ship(&may, db, a, code));
	if (!may)
		return ERR_OK;
	TRY(form_shipped_load(&shipped, a, code));
	struct form_installation x = { shipped.set, shipped.files, shipped.n };
	TRY(is_current(&current, db, &x));
	return current ? ERR_OK : form_install(writer, &change, &x);
}

enum err form_ship(struct db_writer *writer, struct db *db, struct arena *a)
{
	struct form_shipped_codes codes;

	TRY(form_shipped_codes(&codes, a));
	for (size_t i = 0; i < codes.n; i++)
		TRY(ship_one(writer, db, a, codes.at[i]));
	return ERR_OK;
}
