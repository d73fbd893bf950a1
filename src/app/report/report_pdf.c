#include "app/report/report_pdf.h"

#include "app/report/report_docx.h"

ERR_RESULT report_pdf(struct str *to, struct arena *a, const struct report_paper *p)
{
	struct paper paper;

	TRY(report_layout(&paper, a, p));
	return paper_pdf(to, a, &paper);
}
