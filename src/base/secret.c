#include "base/secret.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

static void to_text(char *out, size_t max, const unsigned char *bytes, size_t n)
{
	sodium_bin2base64(out, max, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_token(char out[SECRET_TOKEN])
{
	unsigned char bytes[32];

	randombytes_buf(bytes, sizeof(bytes));
	to_text(out, SECRET_TOKEN, bytes, sizeof(bytes));
}

void secret_short(char out[SECRET_SHORT])
{
	unsigned char bytes[16];

	randombytes_buf(bytes, sizeof(bytes));
	to_text(out, SECRET_SHORT, bytes, sizeof(bytes));
}

bool secret_is_token(const char *text)
{
	size_t n = 0;

	for (; text && text[n] && n < SECRET_TOKEN; n++)
		if (!isalnum((unsigned char)text[n]) && text[n] != '-' && text[n] != '_')
			return false;
	return n == SECRET_TOKEN - 1;
}

void secret_digest(unsigned char out[SECRET_DIGEST], const void *bytes, size_t n)
{
	crypto_hash_sha256(out, bytes, n);
}

void secret_digest_hex(char out[SECRET_HEX], const void *bytes, size_t n)
{
	unsigned char digest[SECRET_DIGEST];

	secret_digest(digest, bytes, n);
	sodium_bin2hex(out, SECRET_HEX, digest, sizeof(digest));
}

void secret_derive(char out[SECRET_TOKEN], const char *token, const char *purpose)
{
	unsigned char derived[32];

	crypto_generichash(derived, sizeof(derived), (const unsigned char *)purpose,
	                   strlen(purpose), (const unsigned char *)token, strlen(token));
	to_text(out, SECRET_TOKEN, derived, sizeof(derived));
}

bool secret_equal(const char *a, const char *b)
{
	if (!a || !b || strlen(a) != strlen(b))
		return false;
	return sodium_memcmp(a, b, strlen(a)) == 0;
}
