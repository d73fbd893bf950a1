#include "doc/zip_write.h"

#include <zip.h>

enum { CHUNK = 65536, DAY_1980 = 1 << 5 | 1, LEVEL = 6 };

static enum err add(zip_t *zip, const struct zip_file_bytes *file)
{
	zip_source_t *source = zip_source_buffer(zip, file->bytes, file->n, 0);
	zip_int64_t i;

	if (!source)
		return err_set(ERR_NO_MEMORY, "zip");
	i = zip_file_add(zip, file->path, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		return err_set(ERR_INTERNAL, "zip %s: %s", file->path, zip_strerror(zip));
	}
	if (zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_DEFLATE, LEVEL) != 0 ||
	    zip_file_set_dostime(zip, (zip_uint64_t)i, 0, DAY_1980, 0) != 0)
		return err_set(ERR_INTERNAL, "zip %s: %s", file->path, zip_strerror(zip));
	return ERR_OK;
}

static enum err take(struct str *to, zip_source_t *source)
{
	char chunk[CHUNK];
	zip_int64_t got;

	if (zip_source_open(source) != 0)
		return err_set(ERR_NO_MEMORY, "zip");
	while ((got = zip_source_read(source, chunk, sizeof(chunk))) > 0)
		str_put_n(to, chunk, (size_t)got);
	zip_source_close(source);
	return got < 0 ? err_set(ERR_INTERNAL, "zip") : str_check(to);
}

/* Closes the ZIP in any case. */
static enum err fill(zip_t *zip, const struct zip_file_bytes *files, size_t n)
{
	enum err e = ERR_OK;

	for (size_t i = 0; i < n && e == ERR_OK; i++)
		e = add(zip, &files[i]);
	if (e == ERR_OK && zip_close(zip) != 0)
		e = err_set(ERR_NO_MEMORY, "zip: %s", zip_strerror(zip));
	else if (e == ERR_OK)
		return ERR_OK;
	zip_discard(zip);
	return e;
}

ERR_RESULT zip_write(struct str *to, const struct zip_file_bytes *files, size_t n)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip;
	enum err e;

	if (!source)
		return err_set(ERR_NO_MEMORY, "zip");
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	if (!zip) {
		zip_source_free(source);
		zip_source_free(source);
		return err_set(ERR_NO_MEMORY, "zip");
	}
	e = fill(zip, files, n);
	if (e == ERR_OK)
		e = take(to, source);
	zip_source_free(source);
	return e;
}
