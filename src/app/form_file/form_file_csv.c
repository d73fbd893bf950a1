#include "app/form_file/form_file_csv.h"

#include <sodium.h>
#include <string.h>

#include "base/str.h"
#include "doc/text_read.h"
#include "doc/xlsx_text.h"

static void put_sha256(char out[FORM_FILE_SHA256], struct slice bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)bytes.at, bytes.len);
	sodium_bin2hex(out, FORM_FILE_SHA256, hash, sizeof(hash));
}

static bool is_csv(const char *name)
{
	size_t n = strlen(name);
	char end[5] = "";

	for (size_t i = 0; n >= 4 && i < 4; i++)
		end[i] = ascii_lower(name[n - 4 + i]);
	return str_eq(end, ".csv");
}

enum err form_file_source_read(struct form_file_source *out, struct arena *a,
                               struct slice bytes, const char *name, struct problems *problems)
{
	enum text_source_kind kind = text_source_kind(bytes.at, bytes.len);

	*out = (struct form_file_source){ .places = kind == TEXT_SOURCE_PLAIN
		                                            ? FORM_FILE_BY_LINE
		                                    : kind == TEXT_SOURCE_XLSX
		                                            ? FORM_FILE_BY_ROW
		                                            : FORM_FILE_BY_TABLE };
	put_sha256(out->sha256, bytes);
	if (kind == TEXT_SOURCE_PLAIN && is_csv(name)) {
		out->places = FORM_FILE_BY_ROW;
		TRY(csv_text_read(&out->file, a, bytes.at, bytes.len, problems));
	} else {
		TRY(text_read(&out->file, a, bytes.at, bytes.len, name, problems));
	}
	out->file.name = name;
	return ERR_OK;
}

enum err form_file_document(struct document *out, enum form_file_places **places,
                            struct arena *a, const struct form_file_source *sources, size_t n)
{
	struct text_file *files;

	TRY(arena_array(a, &files, n + 1));
	TRY(arena_array(a, places, n + 1));
	for (size_t i = 0; i < n; i++) {
		files[i] = sources[i].file;
		(*places)[i] = sources[i].places;
	}
	return document_build(out, a, files, n);
}
