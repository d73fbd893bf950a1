/* bench_audit.c FILE... - the auditor on one core: the files, put one after another until there
 * are 75 KB, are read and checked; then the same text repeated 4 and 16 times, which shows how
 * the cost grows; then one paragraph of 230 KB, and 200 tables.  Times are those of the
 * processor.  Goal: 30 ms and 32 MiB for the first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/audit/audit.h"
#include "base/str.h"

enum {
	WANTED = 75 * 1000,
	ROUNDS = 15,
	MOST = 512 << 20,
	PARAGRAPH = 230 * 1000,
	TABLES = 200
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

/* Appends a file without the lines that are for the corpus's judge. */
static bool add_file(struct str *text, const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (!f)
		return false;
	while (getline(&line, &room, f) > 0)
		if (!str_starts(line, "#:"))
			str_put(text, line);
	free(line);
	fclose(f);
	return str_check(text) == ERR_OK;
}

static enum err check(struct audit_result *result, struct arena *a, const struct str *text)
{
	const struct audit_options options = { .draft = false };
	struct text_file file;
	struct document document;

	TRY(text_file_read(&file, a, text->data, text->len));
	TRY(document_build(&document, a, &file, 1));
	return audit_run(result, a, &document, &options);
}

static bool measure(const struct str *text, const char *name)
{
	double took[ROUNDS];
	size_t used = 0, relations = 0;

	for (int i = 0; i < ROUNDS; i++) {
		ARENA_CLEANUP struct arena a;
		struct audit_result result;

		arena_init(&a, MOST);
		double start = now();
		if (check(&result, &a, text) != ERR_OK)
			return false;
		took[i] = now() - start;
		used = a.used;
		relations = result.n_relations;
	}
	qsort(took, ROUNDS, sizeof(took[0]), compare);
	printf("%-13s: %8zu bytes  %8.1f ms median  %6.1f MiB  %6zu relations\n", name,
	       text->len, took[ROUNDS / 2], (double)used / (1 << 20), relations);
	return true;
}

/* The words of the files as one paragraph. */
static void put_paragraph(struct str *out, const struct str *once)
{
	for (size_t i = 0; out->len < PARAGRAPH; i = i + 1 < once->len ? i + 1 : 0)
		str_put_char(out, strchr("\n\t|*#-", once->data[i]) ? ' ' : once->data[i]);
}

/* Tables of ten rows with a total, a unit and a rate, each below its caption. */
static void put_tables(struct str *out)
{
	for (int t = 1; t <= TABLES; t++) {
		str_printf(out, "\nBảng %d. Kết quả giải quyết hồ sơ theo lĩnh vực\n\n", t);
		str_put(out, "TT\tLĩnh vực\tĐơn vị tính\tTiếp nhận\tĐúng hạn\tTỷ lệ (%)\n");
		for (int row = 1; row <= 10; row++)
			str_printf(out, "%d\tLĩnh vực %c %d\tHồ sơ\t%d\t%d\t50\n", row,
			           'A' + row, t, 20 * row, 10 * row);
		str_put(out, "\tTổng cộng\tHồ sơ\t1100\t550\t50\n");
	}
}

int main(int argc, char **argv)
{
	struct str once = { 0 }, text = { 0 };
	bool good = true;

	str_init(&once, NULL, MOST);
	str_init(&text, NULL, MOST);
	for (int i = 1; i < argc && good && once.len < WANTED; i++)
		good = add_file(&once, argv[i]);
	for (int times = 1; times <= 16 && good; times *= 4) {
		char name[16];

		str_clear(&text);
		for (int i = 0; i < times; i++)
			str_put_n(&text, once.data, once.len);
		snprintf(name, sizeof(name), "%d x", times);
		good = str_check(&text) == ERR_OK && measure(&text, name);
	}
	str_clear(&text);
	put_paragraph(&text, &once);
	good = good && str_check(&text) == ERR_OK && measure(&text, "one paragraph");
	str_clear(&text);
	put_tables(&text);
	good = good && str_check(&text) == ERR_OK && measure(&text, "200 tables");
	str_release(&once);
	str_release(&text);
	return good ? 0 : 1;
}
