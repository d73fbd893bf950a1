#include "doc/text_read.h"

#include <string.h>
#include <utf8proc.h>
#include <zip.h>

#include "base/str.h"
#include "doc/docx_text.h"
#include "doc/pdf_text.h"
#include "doc/xlsx_text.h"

static bool begins(const void *bytes, size_t n, const char *with, size_t n_with)
{
	return n >= n_with && memcmp(bytes, with, n_with) == 0;
}
#define BEGINS(bytes, n, literal) begins((bytes), (n), (literal), sizeof(literal) - 1)

static bool is_zip(const void *bytes, size_t n)
{
	return BEGINS(bytes, n, "PK\3\4");
}

/* Word keeps its parts in word/, Excel in xl/. */
static enum text_source_kind zip_kind(const void *bytes, size_t n)
{
	enum { MOST_NAMES = 2000 };
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, NULL);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	enum text_source_kind kind = TEXT_SOURCE_PLAIN;

	if (!zip) {
		zip_source_free(source);
		return kind;
	}
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0) && i < MOST_NAMES; i++) {
		const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);

		if (name && strncasecmp(name, "word/", 5) == 0)
			kind = TEXT_SOURCE_DOCX;
		else if (name && strncasecmp(name, "xl/", 3) == 0)
			kind = TEXT_SOURCE_XLSX;
		if (kind != TEXT_SOURCE_PLAIN)
			break;
	}
	zip_discard(zip);
	return kind;
}

/* Readers of PDF look for its mark anywhere in the first kilobyte; a text that speaks of it has
 * no binary zeros. */
static bool is_pdf(const char *bytes, size_t n)
{
	return memmem(bytes, n < 1024 ? n : 1024, "%PDF-", 5) != NULL &&
	       (BEGINS(bytes, n, "%PDF-") || memchr(bytes, '\0', n < 4096 ? n : 4096));
}

enum text_source_kind text_source_kind(const void *bytes, size_t n)
{
	if (is_zip(bytes, n))
		return zip_kind(bytes, n);
	return is_pdf(bytes, n) ? TEXT_SOURCE_PDF : TEXT_SOURCE_PLAIN;
}

/* ---- plain text ---- */

/* UTF-16 with its mark as UTF-8; ERR_INPUT when it is none. */
static enum err from_utf16(struct str *to, const unsigned char *bytes, size_t n)
{
	bool big = bytes[0] == 0xfe;
	unsigned high = 0;

	for (size_t i = 2; i + 1 < n; i += 2) {
		unsigned unit = (unsigned)bytes[i + big] | (unsigned)bytes[i + !big] << 8;
		char encoded[4];
		bool low = unit >= 0xdc00 && unit < 0xe000;

		if (low != (high != 0))
			return err_set(ERR_INPUT, "a half character");
		if (unit >= 0xd800 && unit < 0xdc00) {
			high = unit;
			continue;
		}
		if (low)
			unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
		high = 0;
		str_put_n(to, encoded,
		          (size_t)utf8proc_encode_char((utf8proc_int32_t)unit,
		                                       (utf8proc_uint8_t *)encoded));
	}
	return high || n % 2 ? err_set(ERR_INPUT, "a half character") : str_check(to);
}

/* What a file is that no reader takes. */
static enum msg refusal(const char *bytes, size_t n)
{
	static const struct {
		const char *at;
		size_t n;
		enum msg id;
	} signs[] = {
		{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, MSG_TEXT_OLD_OFFICE },
		{ "PK\3\4", 4, MSG_TEXT_OTHER_OFFICE },
		{ "PK\5\6", 4, MSG_TEXT_OTHER_OFFICE },
		{ "Rar!", 4, MSG_TEXT_OTHER_OFFICE },
		{ "7z\xbc\xaf", 4, MSG_TEXT_OTHER_OFFICE },
		{ "{\\rtf", 5, MSG_TEXT_OTHER_OFFICE },
		{ "\xff\xd8\xff", 3, MSG_TEXT_PICTURE },
		{ "\x89PNG", 4, MSG_TEXT_PICTURE },
		{ "GIF8", 4, MSG_TEXT_PICTURE },
		{ "II*\0", 4, MSG_TEXT_PICTURE },
		{ "MM\0*", 4, MSG_TEXT_PICTURE },
	};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (begins(bytes, n, signs[i].at, signs[i].n))
			return signs[i].id;
	}
	return MSG_COUNT_;
}

/* Programs write binary zeros, people do not. */
static bool is_binary(const char *bytes, size_t n)
{
	return memchr(bytes, '\0', n) != NULL;
}

static enum err read_plain(struct text_file *out, struct arena *a, const char *bytes, size_t n,
                           const char *name, struct problems *problems)
{
	enum msg id = refusal(bytes, n);
	struct str converted;
	enum err e = ERR_OK;

	str_init(&converted, NULL, TEXT_MOST_BYTES);
	if (id != MSG_COUNT_)
		return problems_say(problems, "file", 0, id);
	if (BEGINS(bytes, n, "\xff\xfe") || BEGINS(bytes, n, "\xfe\xff")) {
		e = from_utf16(&converted, (const unsigned char *)bytes, n);
		if (e == ERR_OK)
			e = text_file_read(out, a, converted.data ? converted.data : "",
			                   converted.len);
		if (converted.too_long)
			e = ERR_TOO_LARGE;
		str_release(&converted);
	} else if (is_binary(bytes, n)) {
		return problems_say(problems, "file", 0, MSG_TEXT_WRONG_KIND, name);
	} else {
		e = text_file_read(out, a, bytes, n);
	}
	if (e == ERR_INPUT)
		return problems_say(problems, "file", 0, MSG_TEXT_NOT_UTF8);
	if (e == ERR_TOO_LARGE)
		return problems_say(problems, "file", 0, MSG_TEXT_TOO_LONG);
	return e;
}

/* ---- any file ---- */

static bool has_text(const struct text_file *file)
{
	for (size_t i = 0; i < file->n_lines; i++) {
		if (!str_blank(file->lines[i].text))
			return true;
	}
	return false;
}

ERR_RESULT text_read(struct text_file *out, struct arena *a, const void *bytes, size_t n,
                     const char *name, struct problems *problems)
{
	size_t before = problems->n;
	struct text_file file = { 0 };

	switch (text_source_kind(bytes, n)) {
	case TEXT_SOURCE_DOCX:
		TRY(docx_text_read(&file, a, bytes, n, problems));
		break;
	case TEXT_SOURCE_XLSX:
		TRY(xlsx_text_read(&file, a, bytes, n, problems));
		break;
	case TEXT_SOURCE_PDF:
		TRY(pdf_text_read(&file, a, bytes, n, problems));
		break;
	case TEXT_SOURCE_PLAIN:
	default:
		TRY(read_plain(&file, a, bytes, n, name, problems));
	}
	if (problems->n == before && !has_text(&file))
		TRY(problems_say(problems, "file", 0, MSG_TEXT_EMPTY));
	if (problems->n > before)
		file = (struct text_file){ 0 };
	file.name = name;
	*out = file;
	return ERR_OK;
}
