/* gzip.h - packs what a browser asked to have packed. */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include <stdbool.h>

#include "base/arena.h"

/* Whether Accept-Encoding allows gzip; NULL does not. */
bool gzip_accepted(const char *accept_encoding);

/* Both pack into `a`: `small` (zlib's best) what is packed once and sent often, `fast` (ISA-L,
 * RFC 1952 as well) an answer that is sent once: six times faster than zlib's level 1 on a page
 * of a list, and no larger.  ERR_NO_MEMORY, ERR_TOO_LARGE. */
ERR_RESULT gzip_pack_small(const unsigned char **out, size_t *n_out, struct arena *a,
                           const void *bytes, size_t n);
ERR_RESULT gzip_pack_fast(const unsigned char **out, size_t *n_out, struct arena *a,
                          const void *bytes, size_t n);

#endif
