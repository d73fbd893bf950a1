/* gzip.h - packs what a browser asked to have packed. */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include <stdbool.h>

#include "base/arena.h"

/* Whether Accept-Encoding allows gzip; NULL does not. */
bool gzip_accepted(const char *accept_encoding);

/* Packs into `a`; level 1 (fast) to 9 (small).  ERR_NO_MEMORY. */
ERR_RESULT gzip_pack(const unsigned char **out, size_t *n_out, struct arena *a,
                     const void *bytes, size_t n, int level);

#endif
