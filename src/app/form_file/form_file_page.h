/* form_file_page.h - what the two halves of the page share: taking in (form_file_page.c) and
 * showing (form_file_preview_page.c). */
#ifndef APP_FORM_FILE_FORM_FILE_PAGE_H
#define APP_FORM_FILE_FORM_FILE_PAGE_H

#include "app/form/form_where_page.h"
#include "app/form_file/form_file.h"
#include "app/form_file/form_file_store.h"
#include "app/form_file/form_file_view.h"

struct taking {
	struct form_where where;
	struct form_sheet sheet;
	struct problems problems;
	struct form_file file; /* set NULL: no file was read in this request */
	const char *name, *sha256, *report;
	struct form_file_figure *figures;
	size_t n_figures;
	bool sent; /* rows of a preview came back */
};

/* The page as it stands: to choose a file, or with the rows that were read or sent back. */
ERR_RESULT form_file_preview(struct taking *t, struct resp *resp);

/* "v-8-6.3.1" */
ERR_RESULT form_file_field(const char **out, struct arena *a, const char *prefix,
                           const struct form_row *row);
/* What the sheet holds, to notice that somebody changed it meanwhile. */
ERR_RESULT form_file_was(const char **out, struct arena *a, const struct form_row *row,
                         const struct form_stated *stated);

#endif
