#include "app/verify/verify_store.h"

#include "app/verify/verify_store.sql.h"
#include "db/references.h"

#define CHECK(name, function, about) { name, about, function },
const struct verify_check verify_checks[] = {
#include "app/verify/verify.def"
};
#undef CHECK
const size_t verify_n_checks = ARRAY_LEN(verify_checks);

enum err verify_fill(struct verify *v, enum msg id, const char *const *args)
{
	if (v->n < VERIFY_MOST_SHOWN)
		TRY(msg_fill(&v->found[v->n], v->arena, id, args));
	v->n++;
	return ERR_OK;
}

const char *verify_number(struct verify *v, int64_t n)
{
	const char *text;

	return arena_printf(v->arena, &text, "%lld", (long long)n) == ERR_OK ? text : "";
}

enum err verify_current(struct verify *v)
{
	const struct migration *list;
	size_t n = 0, n_applied = 0;

	TRY(migrate_embedded(&list, &n, v->arena));
	enum err e = migrate_applied(&n_applied, v->db, list, n);
	if (e == ERR_DB)
		return verify_found(v, MSG_VERIFY_MIGRATIONS, err_message());
	TRY(e);
	if (n_applied == 0)
		return verify_found(v, MSG_VERIFY_EMPTY);
	if (n_applied < n)
		return verify_found(v, MSG_VERIFY_OLD, list[n_applied - 1].name,
		                    list[n - 1].name);
	return ERR_OK;
}

enum err verify_run(struct verify *v, const struct verify_check *check)
{
	arena_reset(v->arena);
	v->n = 0;
	enum err e = check->run(v);
	if (e == ERR_DB || e == ERR_IO)
		return verify_found(v, MSG_VERIFY_UNREADABLE, err_message());
	return e;
}

enum err verify_expected(const struct schema **out, struct arena *a)
{
	const struct migration *list;
	struct schema *s;
	size_t n;

	TRY(migrate_embedded(&list, &n, a));
	TRY(arena_new(a, &s));
	TRY(schema_of(s, a, list, n));
	*out = s;
	return ERR_OK;
}

/* ---- pages ---- */

static enum err check_lines(struct verify *v)
{
	struct q_verify_pages_row row;
	DB_ROWS rows = { 0 };

	TRY(q_verify_pages_open(&rows, v->db));
	while (q_verify_pages_next(&rows, &row))
		TRY(verify_found(v, MSG_VERIFY_PAGE, row.line));
	return db_rows_status(&rows);
}

static enum err check_lines_quickly(struct verify *v)
{
	struct q_verify_pages_quick_row row;
	DB_ROWS rows = { 0 };

	TRY(q_verify_pages_quick_open(&rows, v->db));
	while (q_verify_pages_quick_next(&rows, &row))
		TRY(verify_found(v, MSG_VERIFY_PAGE, row.line));
	return db_rows_status(&rows);
}

enum err verify_pages(struct verify *v)
{
	struct q_verify_server_row row;

	TRY(v->quick ? check_lines_quickly(v) : check_lines(v));
	TRY(q_verify_server_one(v->db, v->arena, &row));
	if (row.checksum_failures > 0)
		TRY(verify_found(v, MSG_VERIFY_CHECKSUMS,
		                 verify_number(v, row.checksum_failures)));
	if (row.broken_index)
		TRY(verify_found(v, MSG_VERIFY_BROKEN_INDEX, row.broken_index));
	return ERR_OK;
}

/* ---- references ---- */

static enum err check_reference(struct verify *v, const struct schema_table *t,
                                const struct schema_reference *r)
{
	struct reference_orphans orphans;

	TRY(reference_orphans(&orphans, v->db, v->arena, t, r));
	if (orphans.n == 0)
		return ERR_OK;
	return verify_found(v, MSG_VERIFY_REFERENCE, verify_number(v, orphans.n), t->name,
	                    r->column, r->parent, r->parent_column, orphans.first);
}

enum err verify_references(struct verify *v)
{
	for (size_t i = 0; i < v->schema->n_tables; i++) {
		const struct schema_table *t = &v->schema->tables[i];

		for (size_t k = 0; k < t->n_references; k++)
			TRY(check_reference(v, t, &t->references[k]));
	}
	return ERR_OK;
}

/* ---- dossiers ---- */

enum err verify_dossiers(struct verify *v)
{
	static const struct {
		const char *rule;
		enum msg message;
	} messages[] = {
		{ "ended", MSG_VERIFY_DOSSIER_ENDED },
		{ "closed", MSG_VERIFY_DOSSIER_CLOSED },
		{ "days", MSG_VERIFY_DOSSIER_DAYS },
		{ "outcome", MSG_VERIFY_DOSSIER_OUTCOME },
		{ "version", MSG_VERIFY_DOSSIER_VERSION },
		{ "pause", MSG_VERIFY_DOSSIER_PAUSE },
		{ "past", MSG_VERIFY_DOSSIER_PAST },
	};
	struct q_verify_dossiers_row row;
	DB_ROWS rows = { 0 };

	TRY(q_verify_dossiers_open(&rows, v->db));
	while (q_verify_dossiers_next(&rows, &row))
		for (size_t i = 0; row.n > 0 && i < ARRAY_LEN(messages); i++)
			if (str_eq(messages[i].rule, row.rule))
				TRY(verify_found(v, messages[i].message,
				                 verify_number(v, row.n), row.code));
	return db_rows_status(&rows);
}
