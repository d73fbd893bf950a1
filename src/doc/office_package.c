#include "doc/office_package.h"

#include <expat.h>
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

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct parse *p = data;
	enum err e = ERR_OK;

	p->last_event = p->fed;
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

	p->last_event = p->fed;
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

static bool too_much(const struct parse *p)
{
	const struct office_package *package = p->package;

	return package->unpacked > package->kind->most_unpacked ||
	       p->fed - p->last_event > MOST_TOKEN ||
	       (package->unpacked > RATIO_FROM &&
	        package->unpacked / MOST_RATIO > package->packed);
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
		if (too_much(p))
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

ERR_RESULT office_package_parse(struct office_package *p, const char *path,
                                const struct office_handler *handler, void *arg)
{
	struct parse parse = { .package = p, .handler = handler, .arg = arg };
	zip_int64_t i = zip_name_locate(p->zip, path, ZIP_FL_NOCASE);
	zip_stat_t stat;
	zip_file_t *file;
	enum err e;

	if (i < 0)
		return err_set(ERR_NOT_FOUND, "no part %s", path);
	if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &stat) == 0 &&
	    (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
		return office_refuse(p, p->kind->encrypted);
	file = zip_fopen_index(p->zip, (zip_uint64_t)i, 0);
	if (!file)
		return office_refuse(p, p->kind->broken);
	e = parse_file(&parse, file);
	zip_fclose(file);
	return e;
}

ERR_RESULT office_package_open(struct office_package *p, const void *bytes, size_t n)
{
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, NULL);

	if (!source)
		return err_set(ERR_NO_MEMORY, "zip source");
	p->packed = n;
	p->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (!p->zip) {
		zip_source_free(source);
		return office_refuse(p, p->kind->broken);
	}
	if (zip_get_num_entries(p->zip, 0) > OFFICE_MOST_ENTRIES)
		return office_refuse(p, p->kind->too_large);
	return ERR_OK;
}

void office_package_close(struct office_package *p)
{
	if (p->zip)
		zip_discard(p->zip);
	p->zip = NULL;
}
