#include "http/gzip.h"

#include <isa-l/igzip_lib.h>
#include <limits.h>
#include <stddef.h>
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

enum err gzip_pack_small(const unsigned char **out, size_t *n_out, struct arena *a,
                         const void *bytes, size_t n)
{
	z_stream z = { 0 };

	if (n > UINT_MAX / 2)
		return err_set(ERR_TOO_LARGE, "%zu bytes are too many to pack", n);
	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
	                 Z_DEFAULT_STRATEGY) != Z_OK)
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

/* The library's own sizes: what it keeps of one stream, and where it collects symbols. */
struct fast_packer {
	struct isal_zstream stream;
	uint8_t symbols[ISAL_DEF_LVL1_SMALL];
};

/* What does not get smaller is stored, with five bytes for each 65,535 and a head. */
static size_t most_packed(size_t n)
{
	return n + n / 65535 * 5 + 256;
}

enum err gzip_pack_fast(const unsigned char **out, size_t *n_out, struct arena *a,
                        const void *bytes, size_t n)
{
	size_t room = most_packed(n);
	union {
		const void *in;
		void *out;
	} source = { bytes }; /* the library reads it, but asks for void * */

	if (n > UINT_MAX / 2)
		return err_set(ERR_TOO_LARGE, "%zu bytes are too many to pack", n);
	struct fast_packer *p = arena_alloc_unset(a, sizeof(*p));
	unsigned char *packed = arena_alloc_unset(a, room);
	if (!p || !packed)
		return arena_no_memory(a);
	/* The library forgets to set some of these itself. */
	memset(&p->stream, 0, offsetof(struct isal_zstream, internal_state.buffer));
	isal_deflate_stateless_init(&p->stream);
	p->stream.level = 1;
	p->stream.level_buf = p->symbols;
	p->stream.level_buf_size = sizeof(p->symbols);
	p->stream.gzip_flag = IGZIP_GZIP;
	p->stream.end_of_stream = 1;
	p->stream.next_in = source.out;
	p->stream.avail_in = (uint32_t)n;
	p->stream.next_out = packed;
	p->stream.avail_out = (uint32_t)room;
	int end = isal_deflate_stateless(&p->stream);
	if (end != COMP_OK)
		return err_set(ERR_INTERNAL, "packing failed: %d", end);
	*out = packed;
	*n_out = p->stream.total_out;
	return ERR_OK;
}
