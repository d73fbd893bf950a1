#include "doc/zip_read.h"

#include <string.h>
#include <zip.h>

enum { LONGEST_PATH = 200 };

struct reading {
	zip_t *zip;
	struct arena *arena;
	size_t left; /* bytes that may still be unpacked */
};

const struct zip_part *zip_part_of(const struct zip_parts *parts, const char *path)
{
	for (size_t i = 0; i < parts->n; i++)
		if (str_eq(parts->at[i].path, path))
			return &parts->at[i];
	return NULL;
}

/* libzip compares the CRC when the last byte was read. */
static ERR_RESULT read_bytes(struct slice *out, struct reading *r, zip_uint64_t i, size_t n)
{
	zip_file_t *file = zip_fopen_index(r->zip, i, 0);
	char *bytes = arena_alloc(r->arena, n + 1), past;

	if (!file || !bytes) {
		if (file)
			zip_fclose(file);
		return bytes ? err_set(ERR_INPUT, "a part cannot be opened")
		             : arena_no_memory(r->arena);
	}
	bool whole =
	        zip_fread(file, bytes, n) == (zip_int64_t)n && zip_fread(file, &past, 1) == 0;
	if (zip_fclose(file) != 0 || !whole)
		return err_set(ERR_INPUT, "a part is not whole");
	bytes[n] = '\0';
	*out = (struct slice){ bytes, n };
	return ERR_OK;
}

static ERR_RESULT read_part(struct zip_part *out, struct reading *r, zip_uint64_t i)
{
	const zip_uint64_t known = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
	zip_stat_t stat;

	if (zip_stat_index(r->zip, i, 0, &stat) != 0 || (stat.valid & known) != known ||
	    stat.encryption_method != ZIP_EM_NONE || strlen(stat.name) > LONGEST_PATH)
		return err_set(ERR_INPUT, "a part has no plain name, size and bytes");
	if (stat.size > r->left)
		return err_set(ERR_TOO_LARGE, "the parts are too large");
	r->left -= (size_t)stat.size;
	TRY(arena_strdup(r->arena, &out->path, stat.name));
	return read_bytes(&out->bytes, r, i, (size_t)stat.size);
}

static ERR_RESULT read_parts(struct zip_parts *out, struct reading *r, size_t most)
{
	zip_int64_t n = zip_get_num_entries(r->zip, 0);
	struct zip_parts parts = { NULL, 0 };
	struct zip_part *at;

	if (n < 1 || (size_t)n > most)
		return err_set(ERR_INPUT, "%lld parts", (long long)n);
	TRY(arena_array(r->arena, &at, (size_t)n));
	parts.at = at;
	for (; parts.n < (size_t)n; parts.n++) {
		TRY(read_part(&at[parts.n], r, parts.n));
		if (zip_part_of(&parts, at[parts.n].path))
			return err_set(ERR_INPUT, "a part stands there twice");
	}
	*out = parts;
	return ERR_OK;
}

ERR_RESULT zip_read(struct zip_parts *out, struct arena *a, struct slice zip,
                    const struct zip_limits *limits)
{
	struct reading r = { .arena = a, .left = limits->most_bytes };
	zip_source_t *source = zip_source_buffer_create(zip.at, zip.len, 0, NULL);

	if (!source)
		return err_set(ERR_NO_MEMORY, "no memory for a ZIP");
	r.zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	if (!r.zip) {
		zip_source_free(source);
		return err_set(ERR_INPUT, "not a ZIP, or a cut one");
	}
	enum err e = read_parts(out, &r, limits->most_parts);
	zip_discard(r.zip);
	return e;
}
