/* office_package.h - the ZIP of an Office file (ECMA-376 part 2: Word, Excel): streams its XML
 * parts through expat with a maximum on everything.  Private to src/doc: xlsx_read, text_read
 * and docx_comment are what others call.
 *
 * A part that is not as it should be says so in `problems` and gives ERR_INPUT.
 */
#ifndef DOC_OFFICE_PACKAGE_H
#define DOC_OFFICE_PACKAGE_H

#include <zip.h>

#include "base/problems.h"
#include "base/str.h"

enum { OFFICE_MOST_ENTRIES = 2000 }; /* files in the package */

/* What a kind of file may have, and what is said of one that has more or is no such file. */
struct office_kind {
	size_t most_unpacked; /* bytes of all parts that are read */
	enum msg broken, encrypted, too_large;
};

struct office_package {
	const struct office_kind *kind;
	zip_t *zip;
	struct arena *arena;
	struct problems *problems;
	size_t packed;   /* bytes of the file */
	size_t unpacked; /* bytes of all parts read so far */
	size_t at,
	        at_end; /* of the part: the bytes of the event that a handler is called for */
};

/* Handlers of one part.  Names come without a namespace prefix; `attributes` alternates names
 * and values and ends with NULL.  Any may be NULL.  An error ends the parsing and is returned.
 */
struct office_handler {
	enum err (*start)(void *arg, const char *element, const char **attributes);
	enum err (*end)(void *arg, const char *element);
	enum err (*text)(void *arg, const char *text, size_t n);
};

/* `kind`, `arena` and `problems` are set by the caller.  `bytes` must live as long as the
 * package; it is to be closed even when it was not opened. */
ERR_RESULT office_package_open(struct office_package *p, const void *bytes, size_t n);
/* The same for changing it: `source` is what zip_close writes to. */
ERR_RESULT office_package_edit(struct office_package *p, const void *bytes, size_t n,
                               zip_source_t **source);
void office_package_close(struct office_package *p);

/* Parses the part at `path`.  ERR_NOT_FOUND when there is none. */
ERR_RESULT office_package_parse(struct office_package *p, const char *path,
                                const struct office_handler *handler, void *arg);

/* The part's bytes as they are, in the arena.  ERR_NOT_FOUND when there is none. */
ERR_RESULT office_package_bytes(struct office_package *p, const char *path, const char **out,
                                size_t *n);

/* The attribute's value, or NULL; the name is compared without its prefix. */
const char *office_attribute(const char **attributes, const char *name);

/* Says what is wrong with the file; ERR_INPUT. */
ERR_RESULT office_refuse(struct office_package *p, enum msg id);

#endif
