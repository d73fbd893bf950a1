#include "app/report/report_package_store.h"

#include "app/package/package_sign_store.h"
#include "base/str.h"
#include "base/version.h"

/* As they were kept, else derived. */
static ERR_RESULT open_bytes(struct package_file *f, struct db *db, struct arena *a,
                             const struct package_frozen *frozen)
{
	struct report_again again;
	struct problems problems;
	enum err e = package_bytes_of(&f->bytes, db, a, frozen->id);

	if (e == ERR_NOT_FOUND) {
		TRY(report_rederive(&again, db, a, frozen->report_id));
		if (!again.same)
			return err_set(ERR_DB, "report %lld is derived otherwise than signed",
			               (long long)frozen->report_id.value);
		f->bytes = again.bytes;
		f->content = again.content;
		return ERR_OK;
	}
	TRY(e);
	problems_init(&problems, a);
	return package_read(&f->content, a, f->bytes.at, f->bytes.n, &problems);
}

static ERR_RESULT open_definitions(struct package_file *f, struct db *db, struct arena *a)
{
	struct package_text *texts;

	TRY(arena_array(a, &texts, f->content.n_definitions + 1));
	for (size_t i = 0; i < f->content.n_definitions; i++) {
		const struct package_definition *d = &f->content.definitions[i];

		texts[i].form = d->form;
		TRY(package_definition_text(&texts[i].text, db, a, d->sha256));
	}
	f->definitions = texts;
	f->n_definitions = f->content.n_definitions;
	return ERR_OK;
}

ERR_RESULT report_package_open(struct package_file *out, struct db *db, struct arena *a,
                               const struct report *r)
{
	struct package_file f = {
		.header = { .number = r->number == REPORT_NO_NUMBER ? 0 : r->number,
		            .notation = r->notation,
		            .dated_on = r->dated_on,
		            .signed_on = r->signed_on,
		            .compiler = r->compiler_name,
		            .signer = r->signer_name,
		            .clerk = r->clerk_name,
		            .program = cchc_version }
	};
	struct package_frozen frozen;

	TRY(package_find(&frozen, db, a, r->id));
	f.header.pinned = frozen.pinned;
	TRY(open_bytes(&f, db, a, &frozen));
	TRY(open_definitions(&f, db, a));
	TRY(package_signature_of(&f.signature, db, a, frozen.id));
	*out = f;
	return ERR_OK;
}
