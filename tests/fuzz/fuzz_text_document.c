/* Any bytes are refused or become a document whose parts all lie where they say. */
#include <stdint.h>
#include <string.h>

#include "text/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void check_joined(const struct document *d, const struct joined *j)
{
	size_t n = strlen(j->text);

	must(j->n_joints > 0);
	for (size_t i = 0; i < j->n_joints; i++) {
		const struct doc_line line = j->joints[i].line;

		must(j->joints[i].at <= n &&
		     (i == 0 || j->joints[i].at >= j->joints[i - 1].at));
		must(line.file >= 0 && (size_t)line.file < d->n_files && line.line >= 1 &&
		     (size_t)line.line <= d->files[line.file].n_lines);
	}
}

static void check_block(const struct document *d, size_t at)
{
	const struct block *b = &d->blocks[at];
	size_t end = 0, n = strlen(b->text.text);

	check_joined(d, &b->text);
	must(b->section >= -1 && b->section < (int)d->n_sections);
	must(b->annex >= -1 && b->annex < (int)d->n_annexes);
	must(b->list_parent >= -1 && b->list_parent < (int)at);
	must((b->kind == BLOCK_TABLE) == (b->table >= 0) && b->text_start <= n);
	must(b->kind == BLOCK_TABLE || n > 0);
	for (size_t i = 0; i < b->n_sentences; i++) {
		const struct sentence *s = &b->sentences[i];

		must(s->start >= end && s->end > s->start && s->end <= n);
		must(s->figures[1] <= b->text.reading.n_figures &&
		     s->figures[0] <= s->figures[1]);
		end = s->end;
	}
}

static void check_table(const struct document *d, const struct table *t)
{
	must(d->blocks[t->block].kind == BLOCK_TABLE && t->caption[0] <= t->caption[1]);
	for (size_t r = 0; r < t->n_rows; r++) {
		must(t->rows[r].parent >= -1 && t->rows[r].parent < (int)r);
		must(t->rows[r].depth >= 0 &&
		     (t->rows[r].parent >= 0) == (t->rows[r].depth > 0));
		for (size_t c = 0; c < t->n_columns; c++)
			check_joined(d, &t->rows[r].cells[c].text);
	}
}

static void check(const struct document *d)
{
	for (size_t i = 0; i < d->n_blocks; i++)
		check_block(d, i);
	for (size_t i = 0; i < d->n_tables; i++)
		check_table(d, &d->tables[i]);
	for (size_t i = 0; i < d->n_sections; i++) {
		const struct section *s = &d->sections[i];

		must(s->parent >= -1 && s->parent < (int)i);
		must(s->first_block + s->n_blocks <= d->n_blocks && s->block < d->n_blocks);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a;
	struct text_file files[2];
	struct document d;
	size_t half = n / 2;

	arena_init(&a, 256 << 20);
	if (text_file_read(&files[0], &a, (const char *)bytes, n) == ERR_OK &&
	    document_build(&d, &a, files, 1) == ERR_OK)
		check(&d);
	if (text_file_read(&files[0], &a, (const char *)bytes, half) == ERR_OK &&
	    text_file_read(&files[1], &a, (const char *)bytes + half, n - half) == ERR_OK &&
	    document_build(&d, &a, files, 2) == ERR_OK)
		check(&d);
	arena_release(&a);
	return 0;
}
