/* office_relations.h - which part of an Office package refers to which (ECMA-376 part 2, 9.3).
 * Private to src/doc. */
#ifndef DOC_OFFICE_RELATIONS_H
#define DOC_OFFICE_RELATIONS_H

#include "doc/office_package.h"

enum { OFFICE_MOST_RELATIONS = 20000 }; /* further ones are left out */

struct office_relation {
	const char *id, *type, *target;
};
struct office_relations {
	struct office_relation *items;
	size_t n;
};

/* The relations of a part; "": of the package.  ERR_NOT_FOUND when it has none. */
ERR_RESULT office_relations_read(struct office_relations *r, struct office_package *p,
                                 const char *part);

/* The first with that id (NULL: any) whose type ends with `type` (NULL: any); or NULL. */
const struct office_relation *office_relation_find(const struct office_relations *r,
                                                   const char *id, const char *type);

/* The path of a target, which is relative to the folder of the part that names it or absolute.
 */
ERR_RESULT office_part_path(const char **out, struct arena *a, const char *of,
                            const char *target);
/* Where a part's relations stand: word/document.xml -> word/_rels/document.xml.rels. */
ERR_RESULT office_relations_path(const char **out, struct arena *a, const char *part);

/* The document or workbook itself.  ERR_NOT_FOUND when this is no Office file. */
ERR_RESULT office_main_part(const char **path, struct office_package *p);

#endif
