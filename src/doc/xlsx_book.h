/* xlsx_book.h - the parts of a workbook that its worksheets refer to: where the wanted
 * sheets are, what its number formats mean, the shared strings.  Private to src/doc. */
#ifndef DOC_XLSX_BOOK_H
#define DOC_XLSX_BOOK_H

#include "doc/office_package.h"
#include "doc/xlsx_value.h"

struct xlsx_sheet_part {
	const char *name;     /* clean */
	const char *relation; /* id of the workbook's relation */
	const char *path;
};
struct xlsx_cell_style {
	enum xlsx_format format;
	const char *code; /* of its number format; NULL: "General" */
};
struct xlsx_book {
	struct xlsx_sheet_part *sheets; /* those that are wanted, in their order */
	size_t n_sheets;
	const char *strings_path, *styles_path; /* NULL: none */
	bool from_1904;
	const char **strings; /* clean, as a sheet keeps them */
	size_t n_strings;
	struct xlsx_cell_style *styles;
	size_t n_styles;
};

/* Finds the worksheets called `name` (NULL: all that are not hidden) and reads strings and
 * styles.  ERR_INPUT when the file was refused, with the reason in the package's problems. */
ERR_RESULT xlsx_book_read(struct xlsx_book *book, struct office_package *p, const char *name);

/* Appends text of a cell or string, with _xHHHH_ escapes of control characters undone. */
void xlsx_put_text(struct str *to, const char *text);

#endif
