/* zip_read.h - the files of a small ZIP in memory, whole and checked (CRC-32), with a maximum
 * on everything.  A ZIP that is cut, encrypted, names a file twice or packs beyond reason is
 * refused.
 */
#ifndef DOC_ZIP_READ_H
#define DOC_ZIP_READ_H

#include "base/str.h"

struct zip_part {
	const char *path; /* as it stands in the ZIP, at most 200 bytes */
	struct slice bytes;
};
struct zip_parts {
	const struct zip_part *at;
	size_t n;
};
struct zip_limits {
	size_t most_parts, most_bytes; /* of all of them, unpacked */
};
/* ERR_INPUT: it is no such ZIP, with the reason in err_message(); ERR_TOO_LARGE. */
ERR_RESULT zip_read(struct zip_parts *out, struct arena *a, struct slice zip,
                    const struct zip_limits *limits);
const struct zip_part *zip_part_of(const struct zip_parts *parts,
                                   const char *path); /* or NULL */

#endif
