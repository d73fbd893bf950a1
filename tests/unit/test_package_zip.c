/* The container of a package: read back whole, and every byte that changes is noticed. */
#include "lib/test.h"

#include "app/package/package_zip.h"
#include "base/secret.h"
#include "doc/zip_write.h"

static const char form_text[] = "form 1\n";

struct sample {
	struct arena arena;
	struct problems problems;
	struct package_definition definition;
	struct package_text text;
	struct package_document document;
	struct package_file file;
	char sha256[SECRET_HEX];
	struct slice zip;
};

static void assert_ok(enum err e)
{
	assert_int_equal(e, ERR_OK);
}

static int set_up(void **state)
{
	static struct sample s;
	struct package_content content = { .unit = { "H15.50", "Xã Một", "commune", "H15" },
		                           .regime = "bnv-581",
		                           .period = "2024-Q1",
		                           .period_name = "quý I năm 2024",
		                           .from_on = date_make(2023, 12, 15),
		                           .to_on = date_make(2024, 3, 14),
		                           .set = "xa-2024",
		                           .tier = "commune",
		                           .definitions = &s.definition,
		                           .n_definitions = 1,
		                           .text = "" };

	s = (struct sample){ .document = { "bao-cao.pdf", { "%PDF-", 5 } },
		             .text = { "1", form_text } };
	arena_init(&s.arena, 64 << 20);
	problems_init(&s.problems, &s.arena);
	secret_digest_hex(s.sha256, form_text, strlen(form_text));
	s.definition = (struct package_definition){ "1", s.sha256 };
	s.file = (struct package_file){ .content = content,
		                        .header = { .number = 15,
		                                    .notation = "BC-UBND",
		                                    .dated_on = date_make(2024, 3, 18),
		                                    .signed_on = date_make(2024, 3, 17),
		                                    .signer = "Phạm Thị \"Lãnh\"",
		                                    .pinned = 77,
		                                    .program = "1" },
		                        .definitions = &s.text,
		                        .n_definitions = 1,
		                        .documents = &s.document,
		                        .n_documents = 1,
		                        .signature = { "DER", 3 } };
	assert_ok(package_write(&s.file.bytes, &s.arena, &content));
	assert_ok(package_zip_write(&s.zip, &s.arena, &s.file));
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct sample *s = *state;

	arena_release(&s->arena);
	return 0;
}

static enum package_fault read(struct sample *s, struct package_file *out, struct slice zip)
{
	enum package_fault fault = PACKAGE_SOUND;

	problems_init(&s->problems, &s->arena);
	assert_ok(package_zip_read(out, &fault, zip, &s->problems));
	assert_int_equal(fault == PACKAGE_SOUND, s->problems.n == 0);
	return fault;
}

static void it_reads_back(void **state)
{
	struct sample *s = *state;
	struct package_file f = { 0 };

	assert_int_equal(read(s, &f, s->zip), PACKAGE_SOUND);
	assert_string_equal(f.bytes.sha256, s->file.bytes.sha256);
	assert_string_equal(f.content.unit.name, "Xã Một");
	assert_int_equal(f.header.number, 15);
	assert_string_equal(f.header.notation, "BC-UBND");
	assert_int_equal(date_cmp(f.header.dated_on, date_make(2024, 3, 18)), 0);
	assert_string_equal(f.header.signer, "Phạm Thị \"Lãnh\"");
	assert_null(f.header.compiler);
	assert_int_equal(f.n_definitions, 1);
	assert_string_equal(f.definitions[0].text, form_text);
	assert_int_equal(f.n_documents, 1);
	assert_string_equal(f.documents[0].name, "bao-cao.pdf");
	assert_int_equal(f.signature.len, 3);
}

static void cut_ones_are_noticed(void **state)
{
	struct sample *s = *state;
	struct package_file f = { 0 };

	for (size_t n = 0; n < s->zip.len; n += 7)
		assert_int_equal(read(s, &f, (struct slice){ s->zip.at, n }), PACKAGE_CUT);
}

/* One byte after another; what stands in no file of the ZIP may be anything. */
static void altered_ones_are_noticed(void **state)
{
	struct sample *s = *state;
	char *copy = arena_alloc(&s->arena, s->zip.len);
	size_t noticed = 0;

	assert_non_null(copy);
	for (size_t i = 0; i < s->zip.len; i += 3) {
		struct package_file f = { 0 };

		memcpy(copy, s->zip.at, s->zip.len);
		copy[i] ^= 0x20;
		if (read(s, &f, (struct slice){ copy, s->zip.len }) != PACKAGE_SOUND) {
			noticed++;
			continue;
		}
		assert_string_equal(f.bytes.sha256, s->file.bytes.sha256);
		assert_string_equal(f.definitions[0].text, form_text);
	}
	assert_true(noticed > s->zip.len / 6);
}

static enum package_fault read_files(struct sample *s, const struct zip_file_bytes *files,
                                     size_t n)
{
	struct package_file f = { 0 };
	struct str zip;

	str_init(&zip, &s->arena, 1 << 20);
	assert_ok(zip_write(&zip, files, n));
	return read(s, &f, (struct slice){ zip.data, zip.len });
}

static void others_are_refused(void **state)
{
	static const char
	        newer[] = "{\"format\":2,\"parts\":{}}",
	        none[] = "{}",
	        listed[] = "{\"format\":1,\"files\":[{\"path\":\"content.json\",\"sha256\":"
	                   "\"00\"}]}",
	        empty[] = "{\"format\":1,\"files\":[]}";
	struct zip_file_bytes two[] = { { "manifest.json", newer, strlen(newer) },
		                        { "content.json", "{}", 2 } };
	struct sample *s = *state;

	assert_int_equal(read_files(s, two, 1), PACKAGE_NEWER);
	assert_non_null(strstr(s->problems.first->message, "nâng cấp"));
	assert_int_equal(read_files(s, &two[1], 1), PACKAGE_CUT);
	two[0] = (struct zip_file_bytes){ "manifest.json", none, strlen(none) };
	assert_int_equal(read_files(s, two, 2), PACKAGE_ALTERED);
	two[0] = (struct zip_file_bytes){ "manifest.json", listed, strlen(listed) };
	assert_int_equal(read_files(s, two, 2), PACKAGE_ALTERED);
	assert_int_equal(read_files(s, two, 1), PACKAGE_CUT);
	two[0] = (struct zip_file_bytes){ "manifest.json", empty, strlen(empty) };
	assert_int_equal(read_files(s, two, 2), PACKAGE_ALTERED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_reads_back),
		cmocka_unit_test(cut_ones_are_noticed),
		cmocka_unit_test(altered_ones_are_noticed),
		cmocka_unit_test(others_are_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
