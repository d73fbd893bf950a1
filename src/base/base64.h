/* base64.h - bytes as text and back (RFC 4648, section 4). */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/arena.h"

ERR_RESULT base64_encode(const char **out, struct arena *a, const void *bytes, size_t n);
/* White space is skipped.  ERR_INPUT when it is no base64. */
ERR_RESULT base64_decode(const unsigned char **out, size_t *n, struct arena *a,
                         const char *text);

#endif
