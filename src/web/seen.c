#include "web/seen.h"

#include "app/journal/journal_store.h"

struct seen {
	enum journal_subject subject;
	enum journal_kind kind;
	row_id record;
	const char *document; /* NULL: on the screen */
};

static enum err note(struct db_write_context *w, void *arg)
{
	const struct seen *seen = arg;
	struct journal_note n = journal_note(w, seen->subject, seen->record, seen->kind);

	journal_put(&n, FIELD_DOCUMENT, NULL, seen->document);
	return journal_write(&n);
}

ERR_RESULT seen_note(const struct route *r, const struct req *req)
{
	row_id id = params_id(&req->route, "id");
	struct seen seen = { .subject = SUBJECT_DOSSIER, .kind = KIND_VIEW, .record = id };
	struct change change = actor_change(req, "dossier.view", NULL);

	if (row_is_none(id)) {
		seen.subject = SUBJECT_UNIT;
		seen.record = req->actor->unit_id;
	}
	if (r->how != DETAILS) {
		seen.kind = r->how == PRINTS ? KIND_PRINT : KIND_EXPORT;
		seen.document = req->target;
		change.action = r->how == PRINTS ? "dossier.print" : "dossier.export";
	}
	change.concurrent = true;
	change.request_id = NULL;
	return db_write(req->writer, &change, note, &seen);
}
