#include "doc/sheet_header.h"

#include <string.h>

#include "base/str.h"
#include "base/vntext.h"
#include "doc/csv.h"

enum { LOOK_AT_ROWS = 40, LEAST_TITLES = 2 };

/* How well a folded cell fits a list of titles: 0 not at all, more for a longer title, most
 * for the whole cell. */
static size_t fit(const char *cell, const char *titles)
{
	struct slice rest = slice_of(titles), title;
	size_t best = 0, n = strlen(cell);

	while (slice_cut(&rest, '|', &title)) {
		bool begins = n >= title.len && memcmp(cell, title.at, title.len) == 0;
		bool ends_word = begins && (n == title.len || cell[title.len] == ' ');
		size_t score = title.len + (n == title.len ? 1000 : 0);

		if (ends_word && score > best)
			best = score;
	}
	return best;
}

/* The wanted column whose title fits best, and how well; n_wanted when none does. */
static size_t best_column(size_t *score, const char *folded, const struct sheet_column *wanted,
                          size_t n_wanted)
{
	size_t best = n_wanted;

	*score = 0;
	for (size_t w = 0; w < n_wanted; w++) {
		size_t here = fit(folded, wanted[w].titles);

		if (here > *score) {
			*score = here;
			best = w;
		}
	}
	return best;
}

/* "Hình thức nộp" is the channel even when "Hình thức trả kết quả" stands before it. */
static enum err match_row(struct sheet_header *out, struct arena *a,
                          const struct sheet_row *row, const struct sheet_column *wanted,
                          size_t n_wanted)
{
	size_t scores[SHEET_MOST_WANTED] = { 0 };

	out->n_found = 0;
	for (size_t w = 0; w < SHEET_MOST_WANTED; w++)
		out->columns[w] = SHEET_NO_COLUMN;
	for (size_t c = 0; c < row->n; c++) {
		const char *folded;
		size_t w, score;

		if (row->cells[c][0] == '\0')
			continue;
		TRY(text_fold(a, &folded, row->cells[c]));
		w = best_column(&score, folded, wanted, n_wanted);
		if (w == n_wanted || score <= scores[w])
			continue;
		out->n_found += scores[w] == 0;
		scores[w] = score;
		out->columns[w] = (int)c;
	}
	return ERR_OK;
}

ERR_RESULT sheet_header_find(bool *found, struct sheet_header *out, struct arena *a,
                             const struct sheet *sheet, const struct sheet_column *wanted,
                             size_t n_wanted)
{
	struct sheet_header best = { .n_found = 0 }, here;

	for (size_t i = 0; i < sheet->n_rows && i < LOOK_AT_ROWS; i++) {
		TRY(match_row(&here, a, &sheet->rows[i], wanted, n_wanted));
		here.row = i;
		if (here.n_found > best.n_found)
			best = here;
	}
	*found = best.n_found >= LEAST_TITLES;
	if (*found)
		*out = best;
	return ERR_OK;
}

const char *sheet_header_cell(const struct sheet_header *header, const struct sheet_row *row,
                              size_t wanted)
{
	int column = header->columns[wanted];

	return column == SHEET_NO_COLUMN ? "" : sheet_cell(row, (size_t)column);
}

ERR_RESULT sheet_to_csv(const char **out, struct arena *a, const struct sheet *sheet)
{
	struct str text;
	struct csv csv = { .to = &text };
	int line = 1;

	str_init(&text, a, SHEET_MOST_BYTES);
	for (size_t i = 0; i < sheet->n_rows; i++) {
		for (; line < sheet->rows[i].line; line++)
			csv_end_row(&csv); /* rows keep their numbers */
		for (size_t c = 0; c < sheet->rows[i].n; c++)
			csv_plain(&csv, sheet->rows[i].cells[c]);
		csv_end_row(&csv);
		line++;
	}
	return str_finish(&text, out);
}
