/* xlsx_package.h - the ZIP of an Excel workbook: streams its XML parts through expat with a
 * maximum on everything.  Private to src/doc: xlsx_read is what others call.
 *
 * A part that is not as it should be says so in `problems` and gives ERR_INPUT.
 */
#ifndef DOC_XLSX_PACKAGE_H
#define DOC_XLSX_PACKAGE_H

#include <zip.h>

#include "base/problems.h"
#include "base/str.h"

struct xlsx_package {
	zip_t *zip;
	struct arena *arena;
	struct problems *problems;
	size_t unpacked; /* bytes of all parts read so far */
};

/* Handlers of one part.  Names come without a namespace prefix; `attributes` alternates names
 * and values and ends with NULL.  Any may be NULL.  An error ends the parsing and is returned.
 */
struct xlsx_handler {
	enum err (*start)(void *arg, const char *element, const char **attributes);
	enum err (*end)(void *arg, const char *element);
	enum err (*text)(void *arg, const char *text, size_t n);
};

/* `bytes` must live as long as the package. */
ERR_RESULT xlsx_package_open(struct xlsx_package *p, const void *bytes, size_t n);
void xlsx_package_close(struct xlsx_package *p);

/* Parses the part at `path`.  ERR_NOT_FOUND when there is none. */
ERR_RESULT xlsx_package_parse(struct xlsx_package *p, const char *path,
                              const struct xlsx_handler *handler, void *arg);

/* The attribute's value, or NULL; the name is compared without its prefix. */
const char *xlsx_attribute(const char **attributes, const char *name);

/* Says what is wrong with the file; ERR_INPUT. */
ERR_RESULT xlsx_refuse(struct xlsx_package *p, enum msg id);

#endif
