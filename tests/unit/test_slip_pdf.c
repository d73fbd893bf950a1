/* The slips' words are compared with tests/golden/slip_*.txt (pdftotext -layout), their bar
 * codes are read back from a rendering.  PDFs are left in build/test-output to be looked at;
 * GOLDEN_WRITE=1 writes the golden texts anew. */
#include "lib/test.h"

#include <sys/stat.h>

#include "app/slip/slip_pdf.h"
#include "lib/slip_samples.h"

enum { MOST_BYTES = 4 << 20 };

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 64 << 20);
	mkdir("build", 0777);
	mkdir("build/test-output", 0777);
	return 0;
}
static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *run(const char *command)
{
	FILE *pipe = popen(command, "r");
	char *text = arena_alloc(&arena, MOST_BYTES / 4);
	size_t n;

	assert_non_null(pipe);
	assert_non_null(text);
	n = fread(text, 1, MOST_BYTES / 4 - 1, pipe);
	text[n] = '\0';
	assert_int_equal(pclose(pipe), 0);
	return text;
}

static const char *path_of(const char *name, const char *suffix)
{
	const char *path;

	assert_int_equal(
	        arena_printf(&arena, &path, "build/test-output/slip_%s.%s", name, suffix),
	        ERR_OK);
	return path;
}

static void save(const char *name, const struct str *pdf)
{
	FILE *f = fopen(path_of(name, "pdf"), "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(pdf->data, 1, pdf->len, f), pdf->len);
	fclose(f);
}

static void compare_with_golden(const char *name)
{
	const char *command, *golden, *got, *wanted;

	assert_int_equal(arena_printf(&arena, &golden, "tests/golden/slip_%s.txt", name),
	                 ERR_OK);
	assert_int_equal(
	        arena_printf(&arena, &command, "pdftotext -layout %s -", path_of(name, "pdf")),
	        ERR_OK);
	got = run(command);
	if (getenv("GOLDEN_WRITE")) {
		FILE *f = fopen(golden, "w");

		assert_non_null(f);
		fputs(got, f);
		fclose(f);
	}
	assert_int_equal(arena_printf(&arena, &command, "cat %s", golden), ERR_OK);
	wanted = run(command);
	assert_string_equal(got, wanted);
}

static void check_text(const char *name, const struct str *pdf)
{
	save(name, pdf);
	compare_with_golden(name);
}

/* Draws twice: equal input gives equal bytes. */
#define DRAW(pdf, draw, slip)                                                                  \
	do {                                                                                   \
		struct str again_;                                                             \
		str_init((pdf), &arena, MOST_BYTES);                                           \
		str_init(&again_, &arena, MOST_BYTES);                                         \
		assert_int_equal(draw((pdf), &arena, (slip), sample_created()), ERR_OK);       \
		assert_int_equal(draw(&again_, &arena, (slip), sample_created()), ERR_OK);     \
		assert_int_equal((pdf)->len, again_.len);                                      \
		assert_memory_equal((pdf)->data, again_.data, again_.len);                     \
	} while (0)

static void test_receipt(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_receipt_pdf, &slip);
	check_text("receipt", &pdf);
	assert_true(pdf.len < 90 * 1000);
}

/* What a desk's reader sees: Code 128 and QR, both the dossier's code. */
static void test_codes_are_readable(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	const char *command, *read;
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_receipt_pdf, &slip);
	save("codes", &pdf);
	assert_int_equal(arena_printf(&arena, &command,
	                              "pdftoppm -r 200 -f 1 -l 1 -png -singlefile %s "
	                              "build/test-output/slip_codes && zbarimg -q "
	                              "build/test-output/slip_codes.png | sort",
	                              path_of("codes", "pdf")),
	                 ERR_OK);
	read = run(command);
	assert_string_equal(read, "CODE-128:H57.50.05.13-240207-0975\n"
	                          "QR-Code:H57.50.05.13-240207-0975\n");
}

static void test_blank_receipt(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier_2026());
	struct str pdf;

	(void)state;
	slip.dossier.person.identity = NULL;
	slip.dossier.person.address = NULL;
	slip.dossier.officer = NULL;
	slip.dossier.office.phone = NULL;
	slip.fee = NULL;
	slip.book = slip.line = slip.return_at = NULL;
	DRAW(&pdf, slip_receipt_pdf, &slip);
	check_text("receipt_2026", &pdf);
}

/* Forty papers: the table runs over the page and repeats its head. */
static void test_long_receipt(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	struct slip_part parts[40];
	struct str pdf;

	(void)state;
	for (size_t i = 0; i < 40; i++)
		parts[i] = slip.parts[i % slip.n_parts];
	slip.parts = parts;
	slip.n_parts = 40;
	DRAW(&pdf, slip_receipt_pdf, &slip);
	check_text("receipt_long", &pdf);
}

static void test_supplement(void **state)
{
	struct slip_supplement slip = sample_supplement(sample_dossier());
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_supplement_pdf, &slip);
	check_text("supplement", &pdf);
}

static void test_refusal(void **state)
{
	struct slip_refusal slip = sample_refusal(sample_dossier());
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_refusal_pdf, &slip);
	check_text("refusal", &pdf);
}

static void test_apology(void **state)
{
	struct slip_apology old = sample_apology(sample_dossier());
	struct slip_apology slip = sample_apology(sample_dossier_2026());
	struct str pdf;

	(void)state;
	old.times = 0;
	old.new_due_at = instant_local(date_make(2024, 2, 28), 600);
	DRAW(&pdf, slip_apology_pdf, &old);
	check_text("apology_2018", &pdf);
	DRAW(&pdf, slip_apology_pdf, &slip);
	check_text("apology", &pdf);
}

static void test_stop(void **state)
{
	struct slip_stop slip = sample_stop(sample_dossier_2026());
	struct str pdf;

	(void)state;
	slip.dossier.office = (struct slip_office){ .name = "Sở Nội vụ",
		                                    .parent = "Ủy ban nhân dân thành phố Huế",
		                                    .place = "Huế" };
	slip.dossier.signer =
	        (struct slip_signer){ "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Võ Thị Lan" };
	DRAW(&pdf, slip_stop_pdf, &slip);
	check_text("stop", &pdf);
}

static void test_control(void **state)
{
	struct slip_control slip = sample_control(sample_dossier());
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_control_pdf, &slip);
	check_text("control", &pdf);
}

static void test_follow_up(void **state)
{
	enum { LINES = 30 };
	struct slip_follow_up_line lines[LINES];
	struct slip_follow_up book = sample_follow_up(lines, LINES);
	struct str pdf;

	(void)state;
	DRAW(&pdf, slip_follow_up_pdf, &book);
	check_text("follow_up", &pdf);
	book.n_lines = 0;
	DRAW(&pdf, slip_follow_up_pdf, &book);
	check_text("follow_up_empty", &pdf);
}

/* Other words than ASCII in a code: refused, not a wrong symbol. */
static void test_code_that_is_no_ascii(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	struct str pdf;

	(void)state;
	slip.dossier.code = "Hồ sơ 1";
	str_init(&pdf, &arena, MOST_BYTES);
	assert_int_equal(slip_receipt_pdf(&pdf, &arena, &slip, sample_created()), ERR_INPUT);
}

/* A buffer that is too small is an error, not half a file called done. */
static void test_output_limit(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	struct str pdf;

	(void)state;
	str_init(&pdf, &arena, 1000);
	assert_int_not_equal(slip_receipt_pdf(&pdf, &arena, &slip, sample_created()), ERR_OK);
}

static void test_out_of_memory(void **state)
{
	struct slip_receipt slip = sample_receipt(sample_dossier());
	enum err e = ERR_NO_MEMORY;
	long failed = 0;

	(void)state;
	for (long nth = 1; e == ERR_NO_MEMORY; nth++) {
		struct str pdf;

		arena_reset(&arena);
		str_init(&pdf, &arena, MOST_BYTES);
		arena_fail_after(nth);
		e = slip_receipt_pdf(&pdf, &arena, &slip, sample_created());
		arena_fail_after(0);
		failed += e == ERR_NO_MEMORY;
	}
	assert_int_equal(e, ERR_OK);
	assert_true(failed > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_receipt, setup, teardown),
		cmocka_unit_test_setup_teardown(test_codes_are_readable, setup, teardown),
		cmocka_unit_test_setup_teardown(test_blank_receipt, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_receipt, setup, teardown),
		cmocka_unit_test_setup_teardown(test_supplement, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refusal, setup, teardown),
		cmocka_unit_test_setup_teardown(test_apology, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stop, setup, teardown),
		cmocka_unit_test_setup_teardown(test_control, setup, teardown),
		cmocka_unit_test_setup_teardown(test_follow_up, setup, teardown),
		cmocka_unit_test_setup_teardown(test_code_that_is_no_ascii, setup, teardown),
		cmocka_unit_test_setup_teardown(test_output_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_out_of_memory, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
