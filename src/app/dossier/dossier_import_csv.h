/* dossier_import_csv.h - reads a dossier list that another system exported (XLSX or CSV). */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_CSV_H
#define APP_DOSSIER_DOSSIER_IMPORT_CSV_H

#include <stdio.h>

#include "app/dossier/dossier_import.h"

struct dossier_import_list {
	const char *const *titles; /* of the file's columns, those that have one */
	size_t n_titles;
	struct dossier_import_mapping mapping; /* as used: given, or guessed from the titles */
	struct dossier_import_row *rows;       /* refused ones say why already */
	size_t n_rows;
	const char *table; /* the file as CSV: what the next step reads again */
};

/* `mapping` NULL: guess.  Problems concern the file (line 0); then there are no rows. */
ERR_RESULT dossier_import_read(struct dossier_import_list *out, struct arena *a,
                               const void *bytes, size_t n,
                               const struct dossier_import_mapping *mapping,
                               struct problems *problems);

/* A CSV file of any length, a part at a time: with little memory. */
struct dossier_import_file;
ERR_RESULT dossier_import_open(struct dossier_import_file **out, FILE *from);
void dossier_import_close(struct dossier_import_file *f); /* NULL is allowed */
/* The next lines, as above; n_titles 0 without problems: the end.  Of the first part also the
 * columns are read, by `mapping` (NULL, or when it does not fit: guessed); the others keep
 * them.  Of two lines with one code in different parts the later one changes what the earlier
 * one brought.  Everything lives in `a`. */
ERR_RESULT dossier_import_next(struct dossier_import_list *out, struct dossier_import_file *f,
                               struct arena *a, const struct dossier_import_mapping *mapping,
                               struct problems *problems);

#endif
