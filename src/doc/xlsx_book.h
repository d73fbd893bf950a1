/* xlsx_book.h - the parts of a workbook that its worksheets refer to: where the wanted sheet
 * is, which styles are dates, the shared strings.  Private to src/doc. */
#ifndef DOC_XLSX_BOOK_H
#define DOC_XLSX_BOOK_H

#include "doc/office_package.h"

struct xlsx_book {
	const char *sheet_name, *sheet_path;
	const char *strings_path, *styles_path; /* NULL: none */
	bool from_1904;
	const char **strings; /* clean, as a sheet keeps them */
	size_t n_strings;
	unsigned char *formats; /* enum xlsx_format of each cell style */
	size_t n_formats;
};

/* Finds the sheet called `name` (NULL: the first one that is not hidden) and reads strings and
 * styles.  ERR_INPUT when the file was refused, with the reason in the package's problems. */
ERR_RESULT xlsx_book_read(struct xlsx_book *book, struct office_package *p, const char *name);

/* Appends text of a cell or string, with _xHHHH_ escapes of control characters undone. */
void xlsx_put_text(struct str *to, const char *text);

#endif
