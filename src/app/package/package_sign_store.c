#include "app/package/package_sign_store.h"

#include "app/journal/journal_store.h"
#include "app/package/package_sign_store.sql.h"
#include "base/secret.h"

ERR_RESULT package_signature_of(struct slice *out, struct db *db, struct arena *a,
                                row_id frozen)
{
	struct q_package_signature_find_in in = { frozen };
	struct q_package_signature_find_row row;
	enum err e = q_package_signature_find_one(db, a, &in, &row);

	*out = (struct slice){ NULL, 0 };
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*out = (struct slice){ (const char *)row.signature.at, row.signature.n };
	return ERR_OK;
}

struct keeping {
	const struct package_frozen *frozen;
	struct slice signature;
};

static enum err run_keep(struct db_write_context *w, void *arg)
{
	const struct keeping *k = arg;
	struct q_package_signature_put_in in = { k->frozen->id,
		                                 { (const unsigned char *)k->signature.at,
		                                   k->signature.len },
		                                 w->change->id };
	struct journal_note n =
	        journal_note(w, SUBJECT_REPORT, k->frozen->report_id, KIND_UPDATE);
	char sha256[SECRET_HEX];

	secret_digest_hex(sha256, k->signature.at, k->signature.len);
	journal_put(&n, FIELD_SIGNATURE, NULL, sha256);
	TRY(journal_write(&n));
	w->change->result = k->frozen->report_id;
	return q_package_signature_put_run(w->db, &in);
}

ERR_RESULT package_signature_keep(struct db_writer *writer, struct change *change,
                                  const struct package_frozen *frozen, struct slice signature)
{
	struct keeping k = { frozen, signature };

	return db_write(writer, change, run_keep, &k);
}
