/* The container of a report that was signed here. */
#include "app/exchange/exchange_row_store.h"
#include "app/exchange/exchange_store.sql.h"
#include "app/package/package_sign_store.h"
#include "app/report/report_store.h"
#include "base/version.h"

static ERR_RESULT put_header(struct package_header *h, struct db *db, struct arena *a,
                             const struct package_frozen *frozen, date_t today)
{
	struct report r;

	TRY(report_find(&r, db, a, ROW_NONE, frozen->report_id, today));
	*h = (struct package_header){ .number = r.number == REPORT_NO_NUMBER ? 0 : r.number,
		                      .notation = r.notation,
		                      .dated_on = r.dated_on,
		                      .signed_on = r.signed_on,
		                      .compiler = r.compiler_name,
		                      .signer = r.signer_name,
		                      .clerk = r.clerk_name,
		                      .pinned = frozen->pinned,
		                      .program = cchc_version };
	return ERR_OK;
}

static ERR_RESULT put_definitions(struct package_file *f, struct db *db, struct arena *a)
{
	struct package_text *at;

	TRY(arena_array(a, &at, f->content.n_definitions + 1));
	for (size_t i = 0; i < f->content.n_definitions; i++) {
		at[i].form = f->content.definitions[i].form;
		TRY(package_definition_text(&at[i].text, db, a,
		                            f->content.definitions[i].sha256));
	}
	f->definitions = at;
	f->n_definitions = f->content.n_definitions;
	return ERR_OK;
}

/* As it came. */
static ERR_RESULT received(struct slice *out, struct db *db, struct arena *a, row_id report)
{
	struct q_exchange_in_bytes_of_in in = { report };
	struct q_exchange_in_bytes_of_row row;

	TRY(q_exchange_in_bytes_of_one(db, a, &in, &row));
	*out = (struct slice){ (const char *)row.content.at, row.content.n };
	return ERR_OK;
}

ERR_RESULT exchange_pack(struct slice *out, struct db *db, struct arena *a, row_id report,
                         date_t today)
{
	struct package_frozen frozen;
	struct package_file f = { 0 };
	struct problems problems;

	TRY(package_find(&frozen, db, a, report));
	if (frozen.received)
		return received(out, db, a, report);
	problems_init(&problems, a);
	TRY(package_bytes_of(&f.bytes, db, a, frozen.id));
	TRY(package_read(&f.content, a, f.bytes.at, f.bytes.n, &problems));
	TRY(put_header(&f.header, db, a, &frozen, today));
	TRY(put_definitions(&f, db, a));
	TRY(package_signature_of(&f.signature, db, a, frozen.id));
	return package_zip_write(out, a, &f);
}
