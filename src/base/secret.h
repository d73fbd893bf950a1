/* secret.h - random tokens and their digests. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SECRET_TOKEN = 44,  /* 32 random bytes as base64url, and the NUL */
	SECRET_SHORT = 23,  /* 16 random bytes likewise */
	SECRET_DIGEST = 32, /* SHA-256 */
	SECRET_HEX = 65     /* a digest as text, and the NUL */
};

void secret_token(char out[SECRET_TOKEN]);
void secret_short(char out[SECRET_SHORT]);
bool secret_is_token(const char *text); /* has the shape of a token */

void secret_digest(unsigned char out[SECRET_DIGEST], const void *bytes, size_t n);
void secret_digest_hex(char out[SECRET_HEX], const void *bytes, size_t n);

/* A token that follows from `token` and `purpose` but does not betray it. */
void secret_derive(char out[SECRET_TOKEN], const char *token, const char *purpose);

/* Takes the same time wherever the texts differ; false when either is NULL. */
bool secret_equal(const char *a, const char *b);

#endif
