/* No byte of a backup's container can be changed, added, moved or taken away unnoticed. */
#include "lib/test.h"

#include "app/backup/backup_file.h"

enum { BLOCKS = 5 };

struct file {
	unsigned char *bytes;
	size_t n;
};

static struct file make(const char *words)
{
	struct file f = { 0 };
	struct backup_writer w;
	char *memory = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&memory, &n);

	assert_non_null(out);
	assert_int_equal(backup_writer_init(&w, out), ERR_OK);
	assert_int_equal(backup_write(&w, BACKUP_HEADER, slice_of("the header")), ERR_OK);
	for (int i = 2; i < BLOCKS; i++)
		assert_int_equal(backup_write(&w, BACKUP_ROWS, slice_of(words)), ERR_OK);
	assert_int_equal(backup_write(&w, BACKUP_END, slice_of("the end")), ERR_OK);
	assert_int_equal(w.chain.n, BLOCKS);
	backup_writer_release(&w);
	fclose(out);
	f.bytes = (unsigned char *)memory;
	f.n = n;
	return f;
}

/* Reads to the end; *blocks: how many came before. */
static enum err read_through(const void *bytes, size_t n, int *blocks)
{
	struct backup_reader r;
	enum backup_kind kind = BACKUP_HEADER;
	struct slice raw;
	char nothing[1] = { 0 };
	FILE *in = n ? fmemopen((void *)(uintptr_t)bytes, n, "rb") : fmemopen(nothing, 1, "rb");

	assert_non_null(in);
	if (n == 0)
		fgetc(in);
	*blocks = 0;
	enum err e = backup_reader_init(&r, in);
	while (e == ERR_OK && kind != BACKUP_END) {
		e = backup_read(&r, &kind, &raw);
		*blocks += e == ERR_OK;
	}
	backup_reader_release(&r);
	fclose(in);
	return e;
}

static void assert_refused(const void *bytes, size_t n, const char *how, size_t where)
{
	int blocks;
	enum err e = read_through(bytes, n, &blocks);

	if (e != ERR_INPUT)
		print_error("%s at %zu: %s\n", how, where, err_name(e));
	assert_int_equal(e, ERR_INPUT);
}

static int start(void **state)
{
	struct file *f = malloc(sizeof(*f));

	*f = make("rows and rows and rows of something that can be compressed a little");
	*state = f;
	return 0;
}

static int stop(void **state)
{
	struct file *f = *state;

	free(f->bytes);
	free(f);
	return 0;
}

static void a_whole_file_is_read(void **state)
{
	const struct file *f = *state;
	int blocks;

	assert_int_equal(read_through(f->bytes, f->n, &blocks), ERR_OK);
	assert_int_equal(blocks, BLOCKS);
}

static void every_flipped_bit_is_found(void **state)
{
	const struct file *f = *state;

	for (size_t i = 0; i < f->n; i++)
		for (int bit = 0; bit < 8; bit++) {
			f->bytes[i] = (unsigned char)(f->bytes[i] ^ 1U << bit);
			assert_refused(f->bytes, f->n, "a flipped bit", i);
			f->bytes[i] = (unsigned char)(f->bytes[i] ^ 1U << bit);
		}
}

static void every_shortening_is_found(void **state)
{
	const struct file *f = *state;

	for (size_t n = 0; n < f->n; n++)
		assert_refused(f->bytes, n, "cut off", n);
}

static void what_follows_is_found(void **state)
{
	const struct file *f = *state;
	unsigned char *longer = malloc(2 * f->n);

	memcpy(longer, f->bytes, f->n);
	for (size_t more = 1; more <= f->n; more++) {
		memcpy(longer + f->n, f->bytes, more);
		assert_refused(longer, f->n + more, "extended", more);
	}
	free(longer);
}

/* Two equal blocks of rows: their place in the chain tells them apart. */
static void moved_blocks_are_found(void **state)
{
	const struct file *f = *state;
	const unsigned char *at = f->bytes + 8;
	size_t first = 16 + 32 + at[8], row = 16 + 32 + at[first + 8];
	unsigned char *copy = malloc(f->n + row);

	memcpy(copy, f->bytes, f->n);
	memcpy(copy + 8 + first, at + first + row, row);
	memcpy(copy + 8 + first + row, at + first, row);
	assert_refused(copy, f->n, "two blocks exchanged", 0);
	memcpy(copy, f->bytes, 8 + first);
	memcpy(copy + 8 + first, at + first + row, f->n - 8 - first - row);
	assert_refused(copy, f->n - row, "a block taken out", 0);
	memcpy(copy, f->bytes, 8 + first + row);
	memcpy(copy + 8 + first + row, at + first, f->n - 8 - first);
	assert_refused(copy, f->n + row, "a block doubled", 0);
	free(copy);
}

static void another_backups_block_is_found(void **state)
{
	const struct file *f = *state;
	struct file other =
	        make("rows and rows and rows of something that can be compressed, ok");
	unsigned char *mixed = malloc(f->n + other.n);
	size_t first = 8 + 16 + 32 + f->bytes[8 + 8];

	memcpy(mixed, f->bytes, first);
	memcpy(mixed + first, other.bytes + first, other.n - first);
	assert_memory_equal(f->bytes, other.bytes, first); /* the same header */
	int blocks;
	assert_int_equal(read_through(mixed, other.n, &blocks), ERR_OK); /* it is the other */
	memcpy(mixed, f->bytes, f->n);
	memcpy(mixed + f->n - 60, other.bytes + other.n - 60, 60);
	assert_refused(mixed, f->n, "the end of another backup", 0);
	free(mixed);
	free(other.bytes);
}

static void other_files_are_refused(void **state)
{
	static const char text[] = "SQLite format 3\0 and so on", newer[] = "CCHCBAK2........";

	(void)state;
	assert_refused(text, sizeof(text), "a database", 0);
	assert_non_null(strstr(err_message(), "no backup"));
	assert_refused(newer, sizeof(newer), "a later form", 0);
	assert_non_null(strstr(err_message(), "does not know"));
}

/* /dev/full takes nothing. */
static void a_full_disk_is_told(void **state)
{
	struct backup_writer w;
	FILE *out = fopen("/dev/full", "wb");

	(void)state;
	assert_non_null(out);
	setvbuf(out, NULL, _IONBF, 0);
	assert_int_equal(backup_writer_init(&w, out), ERR_DISK_FULL);
	backup_writer_release(&w);
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_file_is_read),
		cmocka_unit_test(every_flipped_bit_is_found),
		cmocka_unit_test(every_shortening_is_found),
		cmocka_unit_test(what_follows_is_found),
		cmocka_unit_test(moved_blocks_are_found),
		cmocka_unit_test(another_backups_block_is_found),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(a_full_disk_is_told),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
