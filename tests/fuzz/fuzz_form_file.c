/* Any text is refused or read into the rows of a form set, each figure of which can be typed
 * again, and each row of which points into the text. */
#include <stdint.h>
#include <string.h>

#include "app/form/form_shipped.h"
#include "app/form_file/form_file_csv.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

/* What is taken reads the same when it is sent back by the page. */
static void check_cell(struct arena *a, const struct form_row *row,
                       const struct form_file_cell *c)
{
	struct number_read again;
	const char *question;

	must(c->typed && c->where && c->text && c->note);
	must((c->state >= FORM_FILE_GUESSED) <= (c->say != NULL));
	if (c->state == FORM_FILE_SURE || c->state == FORM_FILE_GUESSED)
		must(!dec_is_none(c->stated.value));
	else
		must(dec_is_none(c->stated.value) && !*c->typed);
	if (number_read(&again, &question, a, c->typed, row->kind, row->unit) != ERR_OK)
		return;
	must(!question && again.value.micro == c->stated.value.micro);
}

static enum err read(struct arena *a, const uint8_t *bytes, size_t n)
{
	struct slice text = { (const char *)bytes + 1, n - 1 };
	const char *const names[] = { "a.txt", "a.csv" };
	struct form_file_source source;
	struct form_file_task task = { .tier = FORM_COMMUNE, .unit_name = "UBND xã A" };
	struct form_shipped shipped[2];
	const struct form_set *known[2];
	enum form_file_places *places;
	struct document document;
	struct problems problems;
	struct form_file file;

	problems_init(&problems, a);
	TRY(form_file_source_read(&source, a, text, names[bytes[0] & 1], &problems));
	if (problems.n > 0)
		return ERR_OK;
	TRY(form_file_document(&document, &places, a, &source, 1));
	TRY(form_shipped_load(&shipped[0], a, "xa-2024"));
	TRY(form_shipped_load(&shipped[1], a, "bnv-2022"));
	known[0] = shipped[0].set;
	known[1] = shipped[1].set;
	must(period_parse(&task.period, "2024-Q1"));
	task.document = &document;
	task.places = places;
	task.known = known;
	task.n_known = 2;
	task.set = known[bytes[0] >> 1 & 1];
	TRY(form_file_read(&file, a, &task));
	for (size_t i = 0; i < task.set->n_rows; i++)
		check_cell(a, &task.set->rows[i], &file.cells[i]);
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a;
	enum err e;

	if (n < 2 || n > 1 << 16)
		return 0;
	arena_init(&a, (size_t)256 << 20);
	e = read(&a, bytes, n);
	must(e == ERR_OK || e == ERR_NO_MEMORY || e == ERR_TOO_LARGE || e == ERR_INPUT);
	arena_release(&a);
	return 0;
}
