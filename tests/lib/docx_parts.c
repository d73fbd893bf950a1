#include "lib/docx_parts.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/str.h"
#include "lib/zip_parts.h"

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN    "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define KIND    "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char ROOT[] =
        "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='rId1' Type='" OFFICE
        "/officeDocument' Target='word/document.xml'/></Relationships>";

enum { DOCUMENT, PARTS = 5 };
static const struct part {
	const char *name, *path, *root;
} kinds[PARTS] = {
	{ "document.main", "word/document.xml", "document" },
	{ "styles", "word/styles.xml", "styles" },
	{ "numbering", "word/numbering.xml", "numbering" },
	{ "footnotes", "word/footnotes.xml", "footnotes" },
	{ "comments", "word/comments.xml", "comments" },
};

static void put_short(struct str *to, const char *content)
{
	static const struct {
		char sign;
		const char *xml;
	} signs[] = { { '[', "<w:p>" },
		      { ']', "</w:p>" },
		      { '{', "<w:r><w:t xml:space='preserve'>" },
		      { '}', "</w:t></w:r>" } };

	for (; *content; content++) {
		const char *xml = NULL;

		for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
			if (signs[i].sign == *content)
				xml = signs[i].xml;
		}
		if (xml)
			str_put(to, xml);
		else
			str_put_char(to, *content);
	}
}

/* `n` 0: a text with signs. */
static void put_part(struct str *to, int i, const char *content, size_t n)
{
	str_printf(to, "<w:%s xmlns:w='%s' xmlns:mc='urn:mc' xmlns:v='urn:v'>", kinds[i].root,
	           MAIN);
	str_put(to, i == DOCUMENT ? "<w:body>" : "");
	if (n > 0)
		str_put_n(to, content, n);
	else
		put_short(to, content);
	str_put(to, i == DOCUMENT ? "</w:body>" : "");
	str_printf(to, "</w:%s>", kinds[i].root);
}

static void put_lists(struct str *types, struct str *relations, const char *const *contents)
{
	str_put(types,
	        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><Types xmlns='" PACKAGE
	        "content-types'><Default Extension='rels' ContentType='application/"
	        "vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' "
	        "ContentType='application/xml'/>");
	str_put(relations, "<Relationships xmlns='" PACKAGE "relationships'>");
	for (int i = 0; i < PARTS; i++) {
		if (!contents[i])
			continue;
		str_printf(types, "<Override PartName='/%s' ContentType='" KIND "%s+xml'/>",
		           kinds[i].path, kinds[i].name);
		if (i != DOCUMENT)
			str_printf(relations,
			           "<Relationship Id='rId%d' Type='" OFFICE
			           "/%s' Target='%s.xml'/>",
			           i, kinds[i].root, kinds[i].root);
	}
	str_put(types, "</Types>");
	str_put(relations, "</Relationships>");
}

void *docx_parts(size_t *n, const struct docx_parts *parts)
{
	const char *contents[PARTS] = { parts->body, parts->styles, parts->numbering,
		                        parts->footnotes, parts->comments };
	struct str texts[PARTS + 2];
	struct zip_part files[PARTS + 3];
	size_t n_files = 0;
	void *zip;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		str_init(&texts[i], NULL, 256 << 20);
	put_lists(&texts[PARTS], &texts[PARTS + 1], contents);
	files[n_files++] =
	        (struct zip_part){ "[Content_Types].xml", texts[PARTS].data, texts[PARTS].len };
	files[n_files++] = (struct zip_part)ZIP_TEXT("_rels/.rels", ROOT);
	files[n_files++] = (struct zip_part){ "word/_rels/document.xml.rels",
		                              texts[PARTS + 1].data, texts[PARTS + 1].len };
	for (int i = 0; i < PARTS; i++) {
		if (!contents[i])
			continue;
		put_part(&texts[i], i, contents[i], i == DOCUMENT ? parts->n_body : 0);
		files[n_files++] =
		        (struct zip_part){ kinds[i].path, texts[i].data, texts[i].len };
	}
	zip = zip_parts(n, files, n_files);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		str_release(&texts[i]);
	return zip;
}

char *zip_part_text(const void *bytes, size_t n, const char *path)
{
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	zip_stat_t stat;
	zip_file_t *file;
	char *text = NULL;

	if (!zip) {
		zip_source_free(source);
		return NULL;
	}
	file = zip_fopen(zip, path, 0);
	if (file && zip_stat(zip, path, 0, &stat) == 0 &&
	    (text = malloc(stat.size + 1)) != NULL)
		text[zip_fread(file, text, stat.size)] = '\0';
	if (file)
		zip_fclose(file);
	zip_discard(zip);
	return text;
}
