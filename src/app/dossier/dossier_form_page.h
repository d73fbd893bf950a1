/* dossier_form_page.h - the fields of an intake as they were typed, shared by the pages that
 * take dossiers in or correct them.
 */
#ifndef APP_DOSSIER_DOSSIER_FORM_PAGE_H
#define APP_DOSSIER_DOSSIER_FORM_PAGE_H

#include "app/dossier/dossier_intake_store.h"
#include "app/dossier/dossier_intake_view.h"
#include "http/http.h"

/* What was sent, trimmed of nothing; absent fields take their usual values. */
ERR_RESULT dossier_form_read(struct dossier_form *out, const struct req *req);

/* The facts that `form` states; problems for what cannot be read.  Whoever calls it then runs
 * dossier_intake_check for what cannot be. */
ERR_RESULT dossier_form_intake(struct dossier_intake *out, const struct dossier_form *form,
                               const struct req *req, struct problems *problems);
/* Whole dong with or without dots, "8.000"; MONEY_NONE when blank.  False: malformed. */
bool dossier_form_money(money_t *out, const char *text);

/* The kit for `form->procedure` today; without one *out is zeroed.  A problem at "procedure"
 * when there is no such procedure today. */
ERR_RESULT dossier_form_kit(struct dossier_kit *out, struct req *req,
                            const struct dossier_form *form, struct problems *problems);

/* The procedures to choose from: those of the unit's level that match `form->q`. */
ERR_RESULT dossier_form_options(struct dossier_picker *out, struct req *req,
                                const struct dossier_form *form);
/* The lists of the form: channels, deliveries, kinds, competent units. */
ERR_RESULT dossier_form_choices(struct dossier_form_choices *out, struct req *req);

/* Fills name, numbers and address from what the desk knows of the person with the number that
 * was typed; *found says whether it knows one. */
ERR_RESULT dossier_form_person(bool *found, struct dossier_form *form, struct req *req);

#endif
