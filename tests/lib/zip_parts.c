#include "lib/zip_parts.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { STORED = 65536 };

static void *source_bytes(zip_source_t *source, size_t *n)
{
	zip_stat_t stat;
	void *bytes = NULL;

	if (zip_source_open(source) != 0)
		return NULL;
	if (zip_source_stat(source, &stat) == 0 && (bytes = malloc(stat.size + 1)) != NULL)
		*n = (size_t)zip_source_read(source, bytes, stat.size);
	zip_source_close(source);
	return bytes;
}

void *zip_parts(size_t *n, const struct zip_part *parts, size_t n_parts)
{
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
	void *bytes;

	if (!zip)
		return NULL;
	zip_source_keep(to);
	for (size_t i = 0; i < n_parts; i++) {
		zip_source_t *part = zip_source_buffer(zip, parts[i].bytes, parts[i].n, 0);
		zip_int64_t added =
		        part ? zip_file_add(zip, parts[i].path, part, ZIP_FL_ENC_UTF_8) : -1;

		if (added < 0)
			zip_source_free(part);
		else if (parts[i].n < STORED) /* packing would cost a fuzzer most of its time */
			zip_set_file_compression(zip, (zip_uint64_t)added, ZIP_CM_STORE, 0);
	}
	if (zip_close(zip) != 0)
		zip_discard(zip);
	bytes = source_bytes(to, n);
	zip_source_free(to);
	return bytes;
}

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN    "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static const char ROOT[] =
        "<Relationships xmlns='" PACKAGE "'><Relationship Id='rId1' Type='" OFFICE
        "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char WORKBOOK[] =
        "<workbook xmlns='" MAIN "' xmlns:r='" OFFICE
        "'><sheets><sheet name='Ẩn' sheetId='7' state='hidden' r:id='rId9'/>"
        "<sheet name='Tờ 1' sheetId='1' r:id='rId1'/></sheets></workbook>";
static const char RELATIONS[] =
        "<Relationships xmlns='" PACKAGE "'><Relationship Id='rId1' Type='" OFFICE
        "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" OFFICE
        "/styles' Target='/xl/styles.xml'/><Relationship Id='rId3' Type='" OFFICE
        "/sharedStrings' Target='sharedStrings.xml'/></Relationships>";
static const char STYLES[] =
        "<styleSheet xmlns='" MAIN "'><numFmts count='1'><numFmt numFmtId='164' "
        "formatCode='[$-42A]dd/mm/yyyy\\ \"lúc\"\\ hh:mm;@'/></numFmts><cellStyleXfs><xf "
        "numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
        "<xf numFmtId='164'/></cellXfs></styleSheet>";

void *zip_workbook(size_t *n, const void *sheet, size_t n_sheet, const char *strings)
{
	const char *shared = strings ? strings : "<sst xmlns='" MAIN "'/>";
	const struct zip_part parts[] = {
		ZIP_TEXT("_rels/.rels", ROOT),
		ZIP_TEXT("xl/workbook.xml", WORKBOOK),
		ZIP_TEXT("xl/_rels/workbook.xml.rels", RELATIONS),
		ZIP_TEXT("xl/styles.xml", STYLES),
		ZIP_TEXT("xl/sharedStrings.xml", shared),
		{ "xl/worksheets/sheet1.xml", sheet, n_sheet },
	};

	return zip_parts(n, parts, sizeof(parts) / sizeof(parts[0]));
}
