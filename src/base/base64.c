#include "base/base64.h"

#include <sodium.h>
#include <string.h>

enum err base64_encode(const char **out, struct arena *a, const void *bytes, size_t n)
{
	size_t room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_alloc_unset(a, room);

	if (!text)
		return arena_no_memory(a);
	*out = sodium_bin2base64(text, room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
	return ERR_OK;
}

enum err base64_decode(const unsigned char **out, size_t *n, struct arena *a, const char *text)
{
	size_t length = strlen(text), room = length / 4 * 3 + 3;
	unsigned char *bytes = arena_alloc_unset(a, room);

	if (!bytes)
		return arena_no_memory(a);
	if (sodium_base642bin(bytes, room, text, length, " \t\r\n", n, NULL,
	                      sodium_base64_VARIANT_ORIGINAL) != 0)
		return err_set(ERR_INPUT, "no base64");
	*out = bytes;
	return ERR_OK;
}
