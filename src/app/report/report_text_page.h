/* report_text_page.h - the page of a report's text: what it shows; shared by its files. */
#ifndef APP_REPORT_REPORT_TEXT_PAGE_H
#define APP_REPORT_REPORT_TEXT_PAGE_H

#include "app/audit/audit.h"
#include "app/narrative/narrative_store.h"
#include "app/report/report_store.h"
#include "app/report/report_text_view.h"
#include "http/http.h"

struct report_text_page {
	struct req *req;
	struct report r;
	struct narrative_report of;
	struct narrative_text stored;
	struct narrative_sections sections; /* stored, or as they were sent */
	struct narrative_shown shown;       /* with figures */
	const char *const
	        *theirs; /* of each section what somebody else saved; NULL: no clash */
	struct report_text_view v;
};

/* ":id/text" within what the reader may see; and the answer. */
ERR_RESULT report_text_open(struct report_text_page *p, struct req *req);
ERR_RESULT report_text_answer(struct report_text_page *p, struct resp *resp);
/* Adds a problem when the reader does not work at the office whose report it is. */
ERR_RESULT report_text_check_own(const struct report_text_page *p, struct problems *problems);

/* The sections as fields, their preview and what stands in their margin. */
ERR_RESULT report_text_fill(struct report_text_page *p);

/* What the auditor says of text and forms together; places in file 0 are lines of
 * narrative_plain(), one further down: a line "BÁO CÁO" stands before it. */
ERR_RESULT report_text_audit(struct audit_result *out, struct arena *a,
                             const struct narrative_shown *shown);

#endif
