/* bench_package.c - milliseconds to verify the package of a province: a file of the shipped
 * forms with what each of 157 communes gave to every added row.  Goal: <= 20 ms. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/form/form_shipped.h"
#include "app/package/package_check.h"
#include "app/package/package_zip.h"
#include "base/secret.h"

enum { RUNS = 20, CHILDREN = 157 };

struct sample {
	struct package_content content;
	struct package_text *texts;
	size_t n;
};

static long long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static int by_form(const void *a, const void *b)
{
	const struct package_definition *x = a, *y = b;

	return strcmp(x->form, y->form);
}

static int by_row(const void *a, const void *b)
{
	const struct package_cell *x = a, *y = b;
	int order = strcmp(x->form, y->form);

	return order ? order : strcmp(x->indicator, y->indicator);
}

static enum err fill_definitions(struct sample *s, struct arena *a,
                                 const struct form_shipped *shipped)
{
	struct package_definition *d;

	TRY(arena_array(a, &d, shipped->n));
	TRY(arena_array(a, &s->texts, shipped->n));
	for (size_t i = 0; i < shipped->n; i++) {
		const struct form_text *file = &shipped->files[i];
		char sha256[SECRET_HEX];

		secret_digest_hex(sha256, file->text, strlen(file->text));
		TRY(arena_strdup(a, &d[i].sha256, sha256));
		TRY(arena_strndup(a, &d[i].form, file->name, strlen(file->name) - 5));
	}
	qsort(d, shipped->n, sizeof(*d), by_form);
	for (size_t i = 0; i < shipped->n; i++)
		for (size_t k = 0; k < shipped->n; k++)
			if (strncmp(shipped->files[k].name, d[i].form, strlen(d[i].form)) ==
			            0 &&
			    shipped->files[k].name[strlen(d[i].form)] == '.')
				s->texts[i] = (struct package_text){ d[i].form,
					                             shipped->files[k].text };
	s->content.definitions = d;
	s->content.n_definitions = s->n = shipped->n;
	return ERR_OK;
}

static enum err fill_cell(struct package_cell *cell, struct arena *a,
                          const struct form_row *row)
{
	struct package_share *shares;

	TRY(arena_array(a, &shares, CHILDREN));
	for (int i = 0; i < CHILDREN; i++)
		shares[i] = (struct package_share){ i, NULL, dec_from_int(i % 7), DEC_NONE,
			                            DEC_NONE };
	*cell = (struct package_cell){ .form = row->form->code,
		                       .indicator = row->id,
		                       .source = "rolled-up",
		                       .value = dec_from_int(0),
		                       .numerator = DEC_NONE,
		                       .denominator = DEC_NONE,
		                       .computed = DEC_NONE,
		                       .adjusted = DEC_NONE,
		                       .adjusted_numerator = DEC_NONE,
		                       .adjusted_denominator = DEC_NONE,
		                       .given = CHILDREN,
		                       .owed = CHILDREN,
		                       .shares = shares,
		                       .n_shares = CHILDREN };
	for (int i = 0; i < CHILDREN; i++)
		cell->value = dec_add(cell->value, shares[i].value);
	return ERR_OK;
}

static enum err fill(struct sample *s, struct arena *a)
{
	struct form_shipped shipped;
	struct package_child *children;
	struct package_cell *cells;

	TRY(form_shipped_load(&shipped, a, "bnv-2022"));
	s->content = (struct package_content){ .unit = { "H99", "Tỉnh", "province", NULL },
		                               .period = "2024-Q1",
		                               .from_on = date_make(2023, 12, 15),
		                               .to_on = date_make(2024, 3, 14),
		                               .set = "bnv-2022",
		                               .tier = "province",
		                               .text = "" };
	TRY(fill_definitions(s, a, &shipped));
	TRY(arena_array(a, &children, CHILDREN));
	for (int i = 0; i < CHILDREN; i++) {
		TRY(arena_printf(a, &children[i].code, "H99.%03d", i));
		children[i].name = "Xã";
	}
	s->content.children = children;
	s->content.n_children = CHILDREN;
	TRY(arena_array(a, &cells, shipped.set->n_rows));
	for (size_t i = 0; i < shipped.set->n_rows; i++)
		if (shipped.set->rows[i].rollup == FORM_SUM)
			TRY(fill_cell(&cells[s->content.n_cells++], a, &shipped.set->rows[i]));
	qsort(cells, s->content.n_cells, sizeof(*cells), by_row);
	s->content.cells = cells;
	return ERR_OK;
}

static enum err verify(size_t *n_computed, struct slice zip)
{
	ARENA_CLEANUP struct arena a;
	struct package_checked checked;
	struct package_file file;
	enum package_fault fault;
	struct problems problems;

	arena_init(&a, 256 << 20);
	problems_init(&problems, &a);
	TRY(package_zip_read(&file, &fault, zip, &problems));
	if (fault != PACKAGE_SOUND)
		return ERR_INPUT;
	TRY(package_check(&checked, &file.content, file.definitions, file.n_definitions,
	                  &problems));
	*n_computed = checked.n_computed;
	return problems.n == 0 ? ERR_OK : ERR_INPUT;
}

int main(void)
{
	ARENA_CLEANUP struct arena a;
	struct sample s = { .n = 0 };
	struct package_file file = { .header = { .notation = "", .program = "" } };
	struct slice zip;
	size_t n = 0;

	arena_init(&a, 256 << 20);
	if (fill(&s, &a) != ERR_OK || package_write(&file.bytes, &a, &s.content) != ERR_OK)
		return 1;
	file.content = s.content;
	file.definitions = s.texts;
	file.n_definitions = s.n;
	if (package_zip_write(&zip, &a, &file) != ERR_OK)
		return 1;
	long long start = now_us();
	for (int i = 0; i < RUNS; i++)
		if (verify(&n, zip) != ERR_OK)
			return 1;
	printf("verify of a package, %d children, %zu cells, %zu computed, %zu kB: %.1f ms\n",
	       CHILDREN, s.content.n_cells, n, file.bytes.n / 1024,
	       (double)(now_us() - start) / RUNS / 1000);
	return 0;
}
