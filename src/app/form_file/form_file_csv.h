/* form_file_csv.h - the files that figures are read from: Word, Excel, PDF with text, plain
 * text with tabs (told apart by their bytes), and comma separated values (told by the name's
 * .csv, since any text may hold commas).
 */
#ifndef APP_FORM_FILE_FORM_FILE_CSV_H
#define APP_FORM_FILE_FORM_FILE_CSV_H

#include "app/form_file/form_file.h"
#include "base/problems.h"

enum { FORM_FILE_SHA256 = 65 /* hexadecimal digits and the end */ };

struct form_file_source {
	struct text_file file;
	enum form_file_places places;
	char sha256[FORM_FILE_SHA256];
};

/* A file that cannot be read says why in `problems` (field "file") and has no lines.  `name` is
 * kept. */
ERR_RESULT form_file_source_read(struct form_file_source *out, struct arena *a,
                                 struct slice bytes, const char *name,
                                 struct problems *problems);

/* The sources as one document. */
ERR_RESULT form_file_document(struct document *out, enum form_file_places **places,
                              struct arena *a, const struct form_file_source *sources,
                              size_t n);

#endif
