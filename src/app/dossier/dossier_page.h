/* dossier_page.h - pieces that the pages of one dossier share. */
#ifndef APP_DOSSIER_DOSSIER_PAGE_H
#define APP_DOSSIER_DOSSIER_PAGE_H

#include "app/dossier/dossier_view.h"
#include "http/http.h"

/* The dossier of ":id", under the actor's scope. */
ERR_RESULT dossier_page_find(struct dossier *out, struct req *req);

/* What others did after `revision`. */
ERR_RESULT dossier_page_conflict(struct dossier_conflict *out, struct req *req, row_id dossier,
                                 int64_t revision);
ERR_RESULT dossier_page_history(const struct dossier_history_row **out, size_t *n,
                                struct req *req, row_id dossier, int64_t after_revision);

/* Masks the applicant's numbers unless the actor may see them. */
ERR_RESULT dossier_page_mask(struct dossier_names *names, struct req *req);

/* Fills everything about `d`; what was typed, problems and conflict stay as they are. */
ERR_RESULT dossier_page_fill(struct dossier_view_page *v, struct req *req,
                             const struct dossier *d);

#endif
