#include "app/package/package_zip.h"

#include <string.h>

#include "base/secret.h"
#include "base/vec.h"
#include "base/version.h"
#include "doc/cms.h"
#include "doc/zip_read.h"
#include "doc/zip_write.h"
#include "json/json.h"
#include "json/json_read.h"

static const char manifest_path[] = "manifest.json", content_path[] = "content.json",
                  header_path[] = "header.json", signature_path[] = "signature.p7s",
                  definitions_folder[] = "definitions/", documents_folder[] = "documents/",
                  form_suffix[] = ".form";

enum { LONGEST_JSON = 256 * 1024, LONGEST_NAME = 100 };

/* ---- writing ---- */

struct packing {
	struct arena *arena;
	struct zip_file_bytes files[PACKAGE_MOST_FILES];
	size_t n;
};

static ERR_RESULT add(struct packing *p, const char *path, struct slice bytes)
{
	if (p->n == PACKAGE_MOST_FILES)
		return err_set(ERR_TOO_LARGE, "more than %d files in a package",
		               PACKAGE_MOST_FILES);
	p->files[p->n++] = (struct zip_file_bytes){ path, bytes.at, bytes.len };
	return ERR_OK;
}

/* What is not stated is left out. */
static void put_name(struct json *j, const char *key, const char *name)
{
	if (!name)
		return;
	json_key(j, key);
	json_text(j, name);
}

static void put_day(struct json *j, const char *key, date_t day)
{
	if (date_is_none(day))
		return;
	json_key(j, key);
	json_date(j, day);
}

static ERR_RESULT header_json(struct slice *out, struct arena *a,
                              const struct package_header *h)
{
	struct str s;
	struct json j;

	str_init(&s, a, LONGEST_JSON);
	json_init(&j, &s);
	json_begin_object(&j);
	json_key(&j, "number");
	json_int(&j, h->number);
	json_key(&j, "notation");
	json_text(&j, h->notation ? h->notation : "");
	put_day(&j, "dated_on", h->dated_on);
	put_day(&j, "signed_on", h->signed_on);
	put_name(&j, "compiler", h->compiler);
	put_name(&j, "signer", h->signer);
	put_name(&j, "clerk", h->clerk);
	json_key(&j, "pinned");
	json_int(&j, h->pinned);
	json_key(&j, "program");
	json_text(&j, h->program ? h->program : "");
	json_end(&j);
	TRY(str_check(&s));
	*out = (struct slice){ s.data, s.len };
	return ERR_OK;
}

static ERR_RESULT manifest_json(struct slice *out, const struct packing *p)
{
	char sha256[SECRET_HEX];
	struct str s;
	struct json j;

	str_init(&s, p->arena, LONGEST_JSON);
	json_init(&j, &s);
	json_begin_object(&j);
	json_key(&j, "format");
	json_int(&j, PACKAGE_FORMAT);
	json_key(&j, "files");
	json_begin_array(&j);
	for (size_t i = 0; i < p->n; i++) {
		secret_digest_hex(sha256, p->files[i].bytes, p->files[i].n);
		json_begin_object(&j);
		json_key(&j, "path");
		json_text(&j, p->files[i].path);
		json_key(&j, "sha256");
		json_text(&j, sha256);
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	TRY(str_check(&s));
	*out = (struct slice){ s.data, s.len };
	return ERR_OK;
}

static ERR_RESULT add_texts(struct packing *p, const struct package_file *f)
{
	const char *path;

	for (size_t i = 0; i < f->n_definitions; i++) {
		TRY(arena_printf(p->arena, &path, "%s%s%s", definitions_folder,
		                 f->definitions[i].form, form_suffix));
		TRY(add(p, path, slice_of(f->definitions[i].text)));
	}
	for (size_t i = 0; i < f->n_documents; i++) {
		TRY(arena_printf(p->arena, &path, "%s%s", documents_folder,
		                 f->documents[i].name));
		TRY(add(p, path, f->documents[i].bytes));
	}
	return ERR_OK;
}

ERR_RESULT package_zip_write(struct slice *out, struct arena *a, const struct package_file *f)
{
	struct packing *p;
	struct slice header, manifest;
	struct str zip;

	TRY(arena_new(a, &p));
	p->arena = a;
	TRY(header_json(&header, a, &f->header));
	TRY(add(p, content_path, (struct slice){ f->bytes.at, f->bytes.n }));
	TRY(add(p, header_path, header));
	TRY(add_texts(p, f));
	if (f->signature.at)
		TRY(add(p, signature_path, f->signature));
	TRY(manifest_json(&manifest, p));
	TRY(add(p, manifest_path, manifest));
	str_init(&zip, a, PACKAGE_FILE_MOST_BYTES);
	TRY(zip_write(&zip, p->files, p->n));
	*out = (struct slice){ zip.data, zip.len };
	return ERR_OK;
}

/* ---- reading ---- */

struct unpacking {
	struct package_file *file;
	enum package_fault fault;
	struct zip_parts parts;
	struct arena *arena;
	struct problems *problems;
};

static ERR_RESULT found(struct unpacking *u, enum package_fault fault, enum msg id,
                        const char *word)
{
	u->fault = fault;
	return problems_say(u->problems, "file", 0, id, word);
}

static ERR_RESULT check_listed(struct unpacking *u, const char *path, const char *sha256)
{
	const struct zip_part *part = path ? zip_part_of(&u->parts, path) : NULL;
	char is[SECRET_HEX];

	if (!part)
		return found(u, PACKAGE_CUT, MSG_PACKAGE_ZIP_MISSING, path ? path : "");
	secret_digest_hex(is, part->bytes.at, part->bytes.len);
	return str_eq(is, sha256) ? ERR_OK
	                          : found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, path);
}

static ERR_RESULT check_files(struct unpacking *u, struct json_reader *r)
{
	size_t n = 0;

	json_read_open(r, '[');
	while (u->fault == PACKAGE_SOUND && json_read_more(r)) {
		const char *path = NULL, *sha256 = NULL;

		json_read_open(r, '{');
		if (json_read_key(r, "path"))
			path = json_read_text(r);
		if (json_read_key(r, "sha256"))
			sha256 = json_read_text(r);
		json_read_close(r, '}');
		if (r->status != ERR_OK)
			break;
		n++;
		TRY(check_listed(u, path, sha256));
	}
	if (u->fault == PACKAGE_SOUND && r->status == ERR_OK && n + 1 != u->parts.n)
		return found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, manifest_path);
	return ERR_OK;
}

/* Every file is listed, is there and has its hash. */
static ERR_RESULT check_manifest(struct unpacking *u)
{
	const struct zip_part *part = zip_part_of(&u->parts, manifest_path);
	struct json_reader r;
	long long format = 0;
	char number[24];
	size_t where;

	if (!part)
		return found(u, PACKAGE_CUT, MSG_PACKAGE_ZIP_MISSING, manifest_path);
	json_read_init(&r, part->bytes.at, part->bytes.len, u->arena);
	json_read_open(&r, '{');
	if (json_read_key(&r, "format"))
		format = json_read_int(&r);
	if (r.status == ERR_OK && format > PACKAGE_FORMAT) {
		snprintf(number, sizeof(number), "%lld", format);
		return found(u, PACKAGE_NEWER, MSG_PACKAGE_ZIP_NEWER, number);
	}
	if (json_read_key(&r, "files"))
		TRY(check_files(u, &r));
	if (u->fault != PACKAGE_SOUND)
		return ERR_OK;
	json_read_close(&r, '}');
	enum err e = json_read_end(&r, &where);
	if (e == ERR_INPUT || (e == ERR_OK && format < 1))
		return found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, manifest_path);
	return e;
}

static const char *read_name(struct json_reader *r, const char *key)
{
	return json_read_key(r, key) ? json_read_text(r) : NULL;
}

static date_t read_day(struct json_reader *r, const char *key)
{
	return json_read_key(r, key) ? json_read_date(r) : DATE_NONE;
}

static long long read_number(struct json_reader *r, const char *key)
{
	return json_read_key(r, key) ? json_read_int(r) : 0;
}

static ERR_RESULT read_header(struct unpacking *u)
{
	const struct zip_part *part = zip_part_of(&u->parts, header_path);
	struct package_header *h = &u->file->header;
	struct json_reader r;
	size_t where;

	if (!part)
		return found(u, PACKAGE_CUT, MSG_PACKAGE_ZIP_MISSING, header_path);
	json_read_init(&r, part->bytes.at, part->bytes.len, u->arena);
	json_read_open(&r, '{');
	h->number = read_number(&r, "number");
	h->notation = read_name(&r, "notation");
	h->dated_on = read_day(&r, "dated_on");
	h->signed_on = read_day(&r, "signed_on");
	h->compiler = read_name(&r, "compiler");
	h->signer = read_name(&r, "signer");
	h->clerk = read_name(&r, "clerk");
	h->pinned = read_number(&r, "pinned");
	h->program = read_name(&r, "program");
	json_read_close(&r, '}');
	enum err e = json_read_end(&r, &where);
	if (e == ERR_INPUT)
		return found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, header_path);
	return e;
}

static ERR_RESULT read_content(struct unpacking *u)
{
	const struct zip_part *part = zip_part_of(&u->parts, content_path);
	struct package_file *f = u->file;

	if (!part)
		return found(u, PACKAGE_CUT, MSG_PACKAGE_ZIP_MISSING, content_path);
	f->bytes.at = part->bytes.at;
	f->bytes.n = part->bytes.len;
	secret_digest_hex(f->bytes.sha256, f->bytes.at, f->bytes.n);
	enum err e = package_read(&f->content, u->arena, f->bytes.at, f->bytes.n, u->problems);
	if (e == ERR_INPUT)
		u->fault = PACKAGE_ALTERED;
	return e == ERR_INPUT ? ERR_OK : e;
}

/* The text of each definition that the content names, with its hash. */
static ERR_RESULT read_definitions(struct unpacking *u)
{
	const struct package_content *c = &u->file->content;
	struct package_text *at;

	TRY(arena_array(u->arena, &at, c->n_definitions + 1));
	for (size_t i = 0; i < c->n_definitions; i++) {
		const struct zip_part *part;
		char is[SECRET_HEX];
		const char *path;

		TRY(arena_printf(u->arena, &path, "%s%s%s", definitions_folder,
		                 c->definitions[i].form, form_suffix));
		part = zip_part_of(&u->parts, path);
		if (!part)
			return found(u, PACKAGE_CUT, MSG_PACKAGE_ZIP_MISSING, path);
		secret_digest_hex(is, part->bytes.at, part->bytes.len);
		if (!str_eq(is, c->definitions[i].sha256) ||
		    strlen(part->bytes.at) != part->bytes.len)
			return found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, path);
		at[i] = (struct package_text){ c->definitions[i].form, part->bytes.at };
	}
	u->file->definitions = at;
	u->file->n_definitions = c->n_definitions;
	return ERR_OK;
}

/* A plain file name: nothing that leads out of a folder. */
static bool name_is_plain(const char *name)
{
	return *name && strlen(name) <= LONGEST_NAME && *name != '.' && !strpbrk(name, "/\\:");
}

static ERR_RESULT read_others(struct unpacking *u)
{
	struct package_file *f = u->file;
	struct package_document *at = NULL;

	for (size_t i = 0; i < u->parts.n; i++) {
		const struct zip_part *part = &u->parts.at[i];

		if (str_eq(part->path, signature_path))
			f->signature = part->bytes;
		if (!str_starts(part->path, documents_folder))
			continue;
		const char *name = part->path + strlen(documents_folder);
		if (!name_is_plain(name) || f->n_documents == PACKAGE_MOST_DOCUMENTS)
			return found(u, PACKAGE_ALTERED, MSG_PACKAGE_ZIP_ALTERED, part->path);
		TRY(vec_room(u->arena, at, f->n_documents));
		at[f->n_documents++] = (struct package_document){ name, part->bytes };
	}
	f->documents = at;
	return ERR_OK;
}

ERR_RESULT package_zip_read(struct package_file *out, enum package_fault *fault,
                            struct slice zip, struct problems *problems)
{
	static enum err (*const steps[])(struct unpacking *) = { check_manifest, read_header,
		                                                 read_content, read_definitions,
		                                                 read_others };
	const struct zip_limits limits = { PACKAGE_MOST_FILES, PACKAGE_FILE_MOST_BYTES };
	struct package_file file = { .header = { .dated_on = DATE_NONE,
		                                 .signed_on = DATE_NONE } };
	struct unpacking u = { .file = &file, .arena = problems->arena, .problems = problems };
	enum err e = zip_read(&u.parts, u.arena, zip, &limits);

	if (e == ERR_INPUT || e == ERR_TOO_LARGE)
		e = found(&u, PACKAGE_CUT, MSG_PACKAGE_ZIP_CUT, "");
	for (size_t i = 0; e == ERR_OK && u.fault == PACKAGE_SOUND && i < ARRAY_LEN(steps); i++)
		e = steps[i](&u);
	TRY(e);
	*fault = u.fault;
	if (u.fault == PACKAGE_SOUND)
		*out = file;
	return ERR_OK;
}

ERR_RESULT package_signature_is_sound(bool *out, const struct package_file *f, struct arena *a)
{
	struct slice content = { f->bytes.at, f->bytes.n };
	struct cms_signatures signatures;
	struct problems problems;

	*out = true;
	if (!f->signature.at)
		return ERR_OK;
	problems_init(&problems, a);
	enum err e = cms_verify(&signatures, f->signature, content, NULL, &problems);
	*out = e == ERR_OK;
	return e == ERR_INPUT ? ERR_OK : e;
}

ERR_RESULT package_sign(struct slice *out, const struct package_bytes *bytes,
                        const struct package_key *key, struct problems *problems)
{
	const struct cms_key with = { .pem = key->pem,
		                      .module = key->module,
		                      .token = key->token,
		                      .name = key->name,
		                      .pin = key->pin };

	return cms_sign(out, &with, (struct slice){ bytes->at, bytes->n }, problems);
}
