#include "doc/xlsx_package.h"

#include <expat.h>
#include <string.h>

#include "doc/xlsx_read.h"

enum {
	CHUNK = 64 * 1024,
	MOST_DEPTH = 64,
	MOST_TOKEN = 1024 * 1024, /* bytes of XML without an event: an endless attribute */
};

struct parse {
	struct xlsx_package *package;
	const struct xlsx_handler *handler;
	void *arg;
	XML_Parser parser;
	enum err status;
	int depth;
	size_t fed, last_event; /* bytes given to expat; of them when the last event came */
};

ERR_RESULT xlsx_refuse(struct xlsx_package *p, enum msg id)
{
	TRY(problems_say(p->problems, "file", 0, id));
	return err_set(ERR_INPUT, "xlsx refused");
}

static const char *local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
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
		e = xlsx_refuse(p->package, MSG_XLSX_BROKEN);
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
	stop(p, xlsx_refuse(p->package, MSG_XLSX_BROKEN));
}

static enum err feed(struct parse *p, zip_file_t *file)
{
	struct xlsx_package *package = p->package;
	zip_int64_t got;

	do {
		void *buffer = XML_GetBuffer(p->parser, CHUNK);

		if (!buffer)
			return err_set(ERR_NO_MEMORY, "expat buffer");
		got = zip_fread(file, buffer, CHUNK);
		if (got < 0)
			return xlsx_refuse(package, MSG_XLSX_BROKEN);
		p->fed += (size_t)got;
		package->unpacked += (size_t)got;
		if (package->unpacked > XLSX_MOST_UNPACKED ||
		    p->fed - p->last_event > MOST_TOKEN)
			return xlsx_refuse(package, MSG_XLSX_UNPACKED_TOO_LARGE);
		if (XML_ParseBuffer(p->parser, (int)got, got == 0) != XML_STATUS_OK) {
			if (p->status != ERR_OK)
				return p->status;
			return XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY
			               ? err_set(ERR_NO_MEMORY, "expat")
			               : xlsx_refuse(package, MSG_XLSX_BROKEN);
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

ERR_RESULT xlsx_package_parse(struct xlsx_package *p, const char *path,
                              const struct xlsx_handler *handler, void *arg)
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
		return xlsx_refuse(p, MSG_XLSX_ENCRYPTED);
	file = zip_fopen_index(p->zip, (zip_uint64_t)i, 0);
	if (!file)
		return xlsx_refuse(p, MSG_XLSX_BROKEN);
	e = parse_file(&parse, file);
	zip_fclose(file);
	return e;
}

ERR_RESULT xlsx_package_open(struct xlsx_package *p, const void *bytes, size_t n)
{
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, NULL);

	if (!source)
		return err_set(ERR_NO_MEMORY, "zip source");
	p->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (!p->zip) {
		zip_source_free(source);
		return xlsx_refuse(p, MSG_XLSX_BROKEN);
	}
	if (zip_get_num_entries(p->zip, 0) > XLSX_MOST_ENTRIES)
		return xlsx_refuse(p, MSG_XLSX_UNPACKED_TOO_LARGE);
	return ERR_OK;
}

void xlsx_package_close(struct xlsx_package *p)
{
	if (p->zip)
		zip_discard(p->zip);
	p->zip = NULL;
}
