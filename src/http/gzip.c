#include "http/gzip.h"

#include <limits.h>
#include <string.h>
#include <strings.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/str.h"

static bool is_refused(struct slice parameters)
{
	struct slice q = slice_trim(parameters);

	if (q.len < 3 || strncasecmp(q.at, "q=0", 3) != 0)
		return false;
	for (size_t i = 3; i < q.len; i++)
		if (q.at[i] != '.' && q.at[i] != '0')
			return false;
	return true;
}

bool gzip_accepted(const char *accept_encoding)
{
	struct slice rest, one, name;

	if (!accept_encoding)
		return false;
	rest = slice_of(accept_encoding);
	while (slice_cut(&rest, ',', &one)) {
		if (!slice_cut(&one, ';', &name))
			continue;
		name = slice_trim(name);
		if (name.len == 4 && strncasecmp(name.at, "gzip", 4) == 0)
			return !one.at || !is_refused(one);
	}
	return false;
}

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8 };

enum err gzip_pack(const unsigned char **out, size_t *n_out, struct arena *a, const void *bytes,
                   size_t n, int level)
{
	z_stream z = { 0 };

	if (n > UINT_MAX / 2)
		return err_set(ERR_TOO_LARGE, "%zu bytes are too many to pack", n);
	if (deflateInit2(&z, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		return err_set(ERR_NO_MEMORY, "no memory to pack");
	size_t room = deflateBound(&z, (uLong)n);
	unsigned char *packed = arena_alloc(a, room);
	if (!packed) {
		deflateEnd(&z);
		return arena_no_memory(a);
	}
	z.next_in = bytes;
	z.avail_in = (uInt)n;
	z.next_out = packed;
	z.avail_out = (uInt)room;
	int end = deflate(&z, Z_FINISH);
	deflateEnd(&z);
	if (end != Z_STREAM_END)
		return err_set(ERR_INTERNAL, "packing failed: %d", end);
	*out = packed;
	*n_out = z.total_out;
	return ERR_OK;
}
