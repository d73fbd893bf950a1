/* zip_parts.h - makes a ZIP in memory from texts, for tests of readers of Office files. */
#ifndef TESTS_ZIP_PARTS_H
#define TESTS_ZIP_PARTS_H

#include <stddef.h>

struct zip_part {
	const char *path;
	const void *bytes;
	size_t n;
};
#define ZIP_TEXT(path, text)                                                                   \
	{                                                                                      \
		(path), (text), strlen(text)                                                   \
	}

/* The ZIP's bytes in malloc memory; NULL when it cannot be made. */
void *zip_parts(size_t *n, const struct zip_part *parts, size_t n_parts);

/* A workbook with one sheet "Tờ 1", two styles (0 number, 1 date, 2 custom date), the given
 * sheet and shared strings (NULL: none). */
void *zip_workbook(size_t *n, const void *sheet, size_t n_sheet, const char *strings);

#endif
