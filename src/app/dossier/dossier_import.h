/* dossier_import.h - a dossier as a list exported by another system states it, and what became
 * of each line.  Pure.
 *
 * The national portal and the provincial systems are the place of record for what is submitted
 * there; their lists come in again and again, so a line is known by the code of its dossier.
 */
#ifndef APP_DOSSIER_DOSSIER_IMPORT_H
#define APP_DOSSIER_DOSSIER_IMPORT_H

#include "app/dossier/dossier.h"
#include "base/problems.h"

#define COLUMN(name, word, label, titles) IMPORT_##name,
enum dossier_import_column {
#include "app/dossier/dossier_import_columns.def"
	IMPORT_COLUMNS
};
#undef COLUMN

const char *dossier_import_word(enum dossier_import_column c);  /* of the stored mapping */
const char *dossier_import_label(enum dossier_import_column c); /* as users say it */

enum { IMPORT_MOST_ROWS = 20000 };

/* Which column of a source is which: the title of its column; NULL: it has none. */
struct dossier_import_mapping {
	const char *titles[IMPORT_COLUMNS];
};

enum dossier_import_fate {
	IMPORT_REFUSED, /* `message` says why and what to do */
	IMPORT_NEW,
	IMPORT_UPDATED,
	IMPORT_SAME, /* nothing in it that is not known already */
};

struct dossier_import_row {
	int line;
	const char *code; /* in its stored spelling */
	const char *procedure_code, *procedure;
	const char *applicant, *identity, *phone, *address, *summary;
	instant_t received_at, due_at, finished_at, returned_at; /* INSTANT_NONE: not stated */
	enum dossier_choice channel;
	enum dossier_state state;
	int quantity;
	enum dossier_import_fate fate;
	const char *message; /* NULL: none */
	bool unreadable;     /* refused when it was read: never written */
};

#endif
