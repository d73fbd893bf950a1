/* procedure_import_store.h - writes a list of procedures into the catalogue. */
#ifndef APP_PROCEDURE_PROCEDURE_IMPORT_STORE_H
#define APP_PROCEDURE_PROCEDURE_IMPORT_STORE_H

#include "app/procedure/procedure_store.h"

struct procedure_import_item {
	int line;
	struct procedure_draft *draft;
};
struct procedure_import_done {
	size_t added, amended, unchanged;
};

/* Writes all of them or none: ERR_INPUT when `problems` says, by line, why not. */
ERR_RESULT procedure_import_save(struct procedure_import_done *out, struct db_writer *writer,
                                 struct change *change,
                                 const struct procedure_import_item *items, size_t n,
                                 struct problems *problems);

#endif
