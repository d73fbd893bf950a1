/* report_package_page.c - GET /reports/:id/package: the package of a signed report with the
 * report as Word and PDF in it. */
#include "app/account/actor.h"
#include "app/report/report_docx.h"
#include "app/report/report_own_page.h"
#include "app/report/report_package_store.h"
#include "app/report/report_paper_store.h"
#include "app/report/report_pdf.h"
#include "app/report/report_show_page.h"
#include "gen/links.h"
#include "gen/pages.h"

static const char PACKAGE_TYPE[] = "application/vnd.cchc.package";

enum { DOCUMENTS = 2, DOCUMENT_MOST = 64 << 20 };

static ERR_RESULT write_documents(struct package_document *documents, const struct req *req,
                                  const struct report_paper_of *of)
{
	struct report_paper paper;
	struct str docx, pdf;

	TRY(report_paper_open(&paper, req->db, req->arena, of));
	str_init(&docx, req->arena, DOCUMENT_MOST);
	str_init(&pdf, req->arena, DOCUMENT_MOST);
	TRY(report_docx(&docx, req->arena, &paper));
	TRY(report_pdf(&pdf, req->arena, &paper));
	documents[0] = (struct package_document){ "bao-cao.docx", { docx.data, docx.len } };
	documents[1] = (struct package_document){ "bao-cao.pdf", { pdf.data, pdf.len } };
	return ERR_OK;
}

enum err report_package_file(struct req *req, struct resp *resp)
{
	struct report_paper_of of = { .scope = req->actor->unit_id,
		                      .report = params_id(&req->route, "id"),
		                      .today = clock_today(&req->clock) };
	struct package_document documents[DOCUMENTS];
	struct package_file file;
	struct report r;
	struct slice zip;
	const char *name;

	TRY(report_page_find(&r, req));
	if (!report_has_package(&r))
		return resp_redirect(resp, link_report_show(r.id));
	TRY(report_package_open(&file, req->db, req->arena, &r));
	TRY(write_documents(documents, req, &of));
	file.documents = documents;
	file.n_documents = DOCUMENTS;
	TRY(package_zip_write(&zip, req->arena, &file));
	TRY(msg_format(&name, req->arena, MSG_REPORT_PAPER_FILE, r.unit_code, r.period,
	               &PACKAGE_SUFFIX[1]));
	TRY(resp_file(resp, PACKAGE_TYPE, name, true));
	str_put_n(&resp->body, zip.at, zip.len);
	return str_check(&resp->body);
}
