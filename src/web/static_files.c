#include "web/static_files.h"

#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "http/gzip.h"

struct static_file {
	const struct embedded_file *file;
	const char *type;
	const unsigned char *packed; /* NULL: packing gains nothing */
	size_t n_packed;
};
struct static_files {
	struct static_file *items;
	size_t n;
};

static const struct file_type {
	const char *ending, *type;
	bool text;
} types[] = {
	{ ".css", "text/css; charset=utf-8", true },
	{ ".js", "text/javascript; charset=utf-8", true },
	{ ".svg", "image/svg+xml", true },
	{ ".txt", "text/plain; charset=utf-8", true },
	{ ".png", "image/png", false },
	{ ".ico", "image/x-icon", false },
	{ ".woff2", "font/woff2", false },
	{ "", "application/octet-stream", false },
};

static const struct file_type *type_of(const char *path)
{
	const struct file_type *t = types;

	while (!str_ends(path, t->ending))
		t++;
	return t;
}

enum err static_files_make(const struct static_files **out, struct arena *a)
{
	struct static_files *files;

	TRY(arena_new(a, &files));
	TRY(arena_array(a, &files->items, embedded_count));
	for (size_t i = 0; i < embedded_count; i++) {
		const struct embedded_file *f = &embedded_files[i];
		const struct file_type *type = type_of(f->path);
		struct static_file *one = &files->items[files->n];

		if (!str_starts(f->path, "static/"))
			continue;
		files->n++;
		*one = (struct static_file){ .file = f, .type = type->type };
		if (type->text)
			TRY(gzip_pack_small(&one->packed, &one->n_packed, a, f->bytes, f->n));
	}
	*out = files;
	return ERR_OK;
}

bool static_files_own(const char *path)
{
	return str_starts(path, "/static/");
}

static const struct static_file *find(const struct static_files *files, const char *path)
{
	for (size_t i = 0; i < files->n; i++)
		if (str_eq(files->items[i].file->path, path + 1))
			return &files->items[i];
	return NULL;
}

enum err static_files_answer(const struct static_files *files, const struct req *req,
                             struct resp *resp)
{
	const struct static_file *one = find(files, req->path);
	char etag[24];

	if (!one || req->method != GET)
		return err_set(ERR_NOT_FOUND, "no such file");
	bool for_ever = str_eq(params_get(&req->query, "v"), one->file->fingerprint);
	snprintf(etag, sizeof(etag), "W/\"%s\"", one->file->fingerprint);
	resp->content_type = one->type;
	TRY(resp_header(resp, "ETag", etag));
	TRY(resp_header(resp, "Cache-Control",
	                for_ever ? "public, max-age=31536000, immutable" : "no-cache"));
	if (one->packed)
		TRY(resp_header(resp, "Vary", "Accept-Encoding"));
	if (str_eq(params_get(&req->headers, "if-none-match"), etag)) {
		resp->status = 304;
		return ERR_OK;
	}
	bool packed =
	        one->packed && gzip_accepted(params_get(&req->headers, "accept-encoding"));
	resp->file = packed ? one->packed : one->file->bytes;
	resp->n_file = packed ? one->n_packed : one->file->n;
	resp->encoding = packed ? "gzip" : NULL;
	return ERR_OK;
}
