#include "doc/office_package.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 64 * 1024,
	MOST_DEPTH = 256,
	MOST_TOKEN = 1024 * 1024, /* bytes of XML without an event: an endless attribute */
	/* No honest file packs better than this; small ones may, they do no harm. */
	MOST_RATIO = 200,
	RATIO_FROM = 16 * 1024 * 1024,
};

struct parse {
	struct office_package *package;
	const struct office_handler *handler;
	void *arg;
	XML_Parser parser;
	enum err status;
	int depth;
	size_t fed, last_event; /* bytes given to expat; of them when the last event came */
};

ERR_RESULT office_refuse(struct office_package *p, enum msg id)
{
	TRY(problems_say(p->problems, "file", 0, id));
	return err_set(ERR_INPUT, "file refused");
}

static const char *local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *office_attribute(const char **attributes, const char *name)
{
	for (; attributes[0]; attributes += 2) {
		if (strcmp(local_name(attributes[0]), name) == 0)
			return attributes[1];
	}
	return NULL;
}

static void stop(struct parse *p, enum err why)
{
	if (p->status == ERR_OK)
		p->status = why;
	XML_StopParser(p->parser, XML_FALSE);
}

/* Where the event stands that the parser reports. */
static void event(struct parse *p)
{
	XML_Index at = XML_GetCurrentByteIndex(p->parser);

	p->last_event = p->fed;
	p->package->at = at > 0 ? (size_t)at : 0;
	p->package->at_end = p->package->at + (size_t)XML_GetCurrentByteCount(p->parser);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct parse *p = data;
	enum err e = ERR_OK;

	event(p);
	if (p->status != ERR_OK)
		return;
	if (++p->depth > MOST_DEPTH)
		e = office_refuse(p->package, p->package->kind->broken);
	else if (p->handler->start)
		e = p->handler->start(p->arg, local_name(name), attributes);
	if (e != ERR_OK)
		stop(p, e);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct parse *p = data;
	enum err e = ERR_OK;

	event(p);
	p->depth--;
	if (p->status == ERR_OK && p->handler->end)
		e = p->handler->end(p->arg, local_name(name));
	if (e != ERR_OK)
		stop(p, e);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
	struct parse *p = data;
	enum err e = ERR_OK;

	p->last_event = p->fed;
	if (p->status == ERR_OK && p->handler->text)
		e = p->handler->text(p->arg, text, (size_t)n);
	if (e != ERR_OK)
		stop(p, e);
}

/* No Office program writes a document type: whoever does wants entities expanded. */
static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
	struct parse *p = data;

	(void)name, (void)system, (void)public, (void)has_subset;
	stop(p, office_refuse(p->package, p->package->kind->broken));
}

static bool is_too_much(const struct office_package *p)
{
	return p->unpacked > p->kind->most_unpacked ||
	       (p->unpacked > RATIO_FROM && p->unpacked / MOST_RATIO > p->packed);
}

static enum err feed(struct parse *p, zip_file_t *file)
{
	struct office_package *package = p->package;
	zip_int64_t got;

	do {
		void *buffer = XML_GetBuffer(p->parser, CHUNK);

		if (!buffer)
			return err_set(ERR_NO_MEMORY, "expat buffer");
		got = zip_fread(file, buffer, CHUNK);
		if (got < 0)
			return office_refuse(package, package->kind->broken);
		p->fed += (size_t)got;
		package->unpacked += (size_t)got;
		if (is_too_much(package) || p->fed - p->last_event > MOST_TOKEN)
			return office_refuse(package, package->kind->too_large);
		if (XML_ParseBuffer(p->parser, (int)got, got == 0) != XML_STATUS_OK) {
			if (p->status != ERR_OK)
				return p->status;
			return XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY
			               ? err_set(ERR_NO_MEMORY, "expat")
			               : office_refuse(package, package->kind->broken);
		}
	} while (got > 0);
	return p->status;
}

static enum err parse_file(struct parse *p, zip_file_t *file)
{
	enum err e;

	p->parser = XML_ParserCreate(NULL);
	if (!p->parser)
		return err_set(ERR_NO_MEMORY, "expat");
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_start, on_end);
	XML_SetCharacterDataHandler(p->parser, on_text);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	e = feed(p, file);
	XML_ParserFree(p->parser);
	return e;
}

static enum err open_part(struct office_package *p, const char *path, zip_file_t **file)
{
	zip_int64_t i = zip_name_locate(p->zip, path, ZIP_FL_NOCASE);
	zip_stat_t stat;

	if (i < 0)
		return err_set(ERR_NOT_FOUND, "no part %s", path);
	if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &stat) == 0 &&
	    (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
		return office_refuse(p, p->kind->encrypted);
	*file = zip_fopen_index(p->zip, (zip_uint64_t)i, 0);
	return *file ? ERR_OK : office_refuse(p, p->kind->broken);
}

ERR_RESULT office_package_parse(struct office_package *p, const char *path,
                                const struct office_handler *handler, void *arg)
{
	struct parse parse = { .package = p, .handler = handler, .arg = arg };
	zip_file_t *file;
	enum err e;

	TRY(open_part(p, path, &file));
	e = parse_file(&parse, file);
	zip_fclose(file);
	return e;
}

static enum err read_bytes(struct office_package *p, zip_file_t *file, struct str *to)
{
	char *buffer = arena_alloc_unset(p->arena, CHUNK);
	zip_int64_t got;

	if (!buffer)
		return arena_no_memory(p->arena);
	while ((got = zip_fread(file, buffer, CHUNK)) > 0) {
		p->unpacked += (size_t)got;
		if (is_too_much(p))
			return office_refuse(p, p->kind->too_large);
		str_put_n(to, buffer, (size_t)got);
	}
	return got < 0 ? office_refuse(p, p->kind->broken) : str_check(to);
}

ERR_RESULT office_package_bytes(struct office_package *p, const char *path, const char **out,
                                size_t *n)
{
	struct str bytes;
	zip_file_t *file;
	enum err e;

	str_init(&bytes, p->arena, p->kind->most_unpacked + 1);
	TRY(open_part(p, path, &file));
	e = read_bytes(p, file, &bytes);
	zip_fclose(file);
	TRY(e);
	*n = bytes.len;
	return str_finish(&bytes, out);
}

/* Takes over `source`, which holds `n` bytes. */
static enum err open_zip(struct office_package *p, zip_source_t *source, size_t n, int flags)
{
	if (!source)
		return err_set(ERR_NO_MEMORY, "zip source");
	p->packed = n;
	p->zip = zip_open_from_source(source, flags, NULL);
	if (!p->zip) {
		zip_source_free(source);
		return office_refuse(p, p->kind->broken);
	}
	if (zip_get_num_entries(p->zip, 0) > OFFICE_MOST_ENTRIES)
		return office_refuse(p, p->kind->too_large);
	return ERR_OK;
}

ERR_RESULT office_package_open(struct office_package *p, const void *bytes, size_t n)
{
	return open_zip(p, zip_source_buffer_create(bytes, n, 0, NULL), n, ZIP_RDONLY);
}

ERR_RESULT office_package_edit(struct office_package *p, const void *bytes, size_t n,
                               zip_source_t **source)
{
	/* libzip keeps what does not change where it is, and frees it in the end. */
	void *own = malloc(n ? n : 1);

	if (!own)
		return err_set(ERR_NO_MEMORY, "zip source");
	memcpy(own, bytes, n);
	*source = zip_source_buffer_create(own, n, 1, NULL);
	if (!*source) {
		free(own);
		return err_set(ERR_NO_MEMORY, "zip source");
	}
	return open_zip(p, *source, n, 0); /* NOLINT(clang-analyzer-unix.Malloc): it owns it */
}

void office_package_close(struct office_package *p)
{
	if (p->zip)
		zip_discard(p->zip);
	p->zip = NULL;
}
