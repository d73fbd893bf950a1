/* embedded.h - the files that stand inside the program: static/, forms/, narratives/,
 * migrations/, demo/ and paper/. Made by tools/embed; the paths are those of the source tree,
 * "static/cchc.css".
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *path;
	const unsigned char *bytes; /* a NUL follows the last one */
	size_t n;
	char fingerprint[17]; /* of the content, hexadecimal: for URLs that never change */
};

extern const struct embedded_file embedded_files[]; /* sorted by path */
extern const size_t embedded_count;

const struct embedded_file *embedded_find(const char *path); /* NULL: no such file */

#endif
