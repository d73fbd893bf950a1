/* report_paper_page.c - GET /reports/:id/docx and /reports/:id/pdf. */
#include "app/account/actor.h"
#include "app/report/report_docx.h"
#include "app/report/report_paper_store.h"
#include "app/report/report_pdf.h"
#include "gen/pages.h"

typedef enum err writer_fn(struct str *to, struct arena *a, const struct report_paper *p);

static const char DOCX_TYPE[] =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
static const char PDF_TYPE[] = "application/pdf";

static enum err answer(struct req *req, struct resp *resp, writer_fn *write, const char *type,
                       const char *suffix)
{
	const struct report_paper_of of = { .scope = req->actor->unit_id,
		                            .report = params_id(&req->route, "id"),
		                            .today = clock_today(&req->clock) };
	struct report_paper paper;
	const char *name;

	TRY(report_paper_open(&paper, req->db, req->arena, &of));
	TRY(write(&resp->body, req->arena, &paper));
	TRY(msg_format(&name, req->arena, MSG_REPORT_PAPER_FILE, paper.report.unit_code,
	               paper.report.period, suffix));
	return resp_file(resp, type, name, true);
}

enum err report_docx_file(struct req *req, struct resp *resp)
{
	return answer(req, resp, report_docx, DOCX_TYPE, "docx");
}

enum err report_pdf_file(struct req *req, struct resp *resp)
{
	return answer(req, resp, report_pdf, PDF_TYPE, "pdf");
}
