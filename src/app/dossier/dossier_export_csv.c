#include "app/dossier/dossier_export_csv.h"

#include <stdlib.h>

#include "base/messages.h"
#include "doc/csv.h"
#include "doc/xlsx_write.h"

/* ---- CSV ---- */

enum { LONGEST_ROW = 1 << 20 };

struct csv_file {
	FILE *to;
	struct str text; /* of the row in work */
	struct csv csv;
};

static enum err flush(struct csv_file *f)
{
	enum err e = str_check(&f->text);

	if (e == ERR_OK && fwrite(f->text.data, 1, f->text.len, f->to) != f->text.len)
		e = err_set(ERR_IO, "cannot write a list");
	str_clear(&f->text);
	return e;
}

static enum err csv_row(void *arg, const struct dossier_export_row *row)
{
	struct csv_file *f = arg;
	char day[DATE_TEXT], text[40];

	for (int i = 0; i < EXPORT_COLUMNS; i++) {
		instant_t at = row->cells[i].at;

		if (row->cells[i].text) {
			csv_text(&f->csv, row->cells[i].text);
			continue;
		}
		text[0] = '\0';
		if (!instant_is_none(at)) /* the day first: as Excel reads and sorts it */
			snprintf(text, sizeof(text), "%s %02d:%02d",
			         date_vn(instant_day(at), day), instant_minute(at) / 60,
			         instant_minute(at) % 60);
		csv_text(&f->csv, text);
	}
	csv_end_row(&f->csv);
	return flush(f);
}

static enum err write_csv(int64_t *n, FILE *to, struct db *db,
                          const struct dossier_export_ask *ask)
{
	struct csv_file f = { .to = to };
	enum err e;

	str_init(&f.text, NULL, LONGEST_ROW);
	csv_start(&f.csv, &f.text);
	for (int i = 0; i < EXPORT_COLUMNS; i++)
		csv_text(&f.csv, dossier_export_title((enum dossier_export_column)i));
	csv_end_row(&f.csv);
	e = flush(&f);
	if (e == ERR_OK)
		e = dossier_export_each(n, db, ask, csv_row, &f);
	str_release(&f.text);
	return e;
}

/* ---- XLSX ---- */

enum { MOST_ROWS = 1048575 }; /* of a worksheet, under its header */

struct xlsx_file {
	struct xlsx *x;
	int row;
};

static enum err xlsx_row(void *arg, const struct dossier_export_row *row)
{
	struct xlsx_file *f = arg;

	if (f->row > MOST_ROWS)
		return err_set(ERR_TOO_LARGE, "more rows than a worksheet has");
	for (int i = 0; i < EXPORT_COLUMNS; i++) {
		const char *text = row->cells[i].text;

		if (!text)
			xlsx_instant(f->x, f->row, i, XLSX_PLAIN, row->cells[i].at);
		else if (i == EXPORT_quantity)
			xlsx_int(f->x, f->row, i, XLSX_PLAIN, strtoll(text, NULL, 10));
		else
			xlsx_text(f->x, f->row, i, XLSX_AS_TEXT, text);
	}
	f->row++;
	return ERR_OK;
}

static enum err write_xlsx(int64_t *n, FILE *to, struct db *db,
                           const struct dossier_export_ask *ask)
{
	const struct xlsx_setup setup = { .title = msg_text(MSG_LIST_TITLE),
		                          .created = ask->made_at,
		                          .streaming = true };
	const struct xlsx_sheet_setup sheet = { .name = msg_text(MSG_LIST_TITLE),
		                                .landscape = true,
		                                .widths = dossier_export_widths,
		                                .n_widths = EXPORT_COLUMNS,
		                                .n_header_rows = 1,
		                                .freeze = true,
		                                .page_numbers = true };
	struct xlsx *x XLSX_CLEANUP = NULL;
	struct xlsx_file f = { .row = 1 };

	TRY(xlsx_new(&x, &setup));
	xlsx_sheet(x, &sheet);
	f.x = x;
	for (int i = 0; i < EXPORT_COLUMNS; i++)
		xlsx_text(x, 0, i, XLSX_HEADER,
		          dossier_export_title((enum dossier_export_column)i));
	TRY(dossier_export_each(n, db, ask, xlsx_row, &f));
	return xlsx_finish_file(x, to);
}

ERR_RESULT dossier_export_write(int64_t *n, FILE *to, struct db *db,
                                const struct dossier_export_ask *ask)
{
	enum err e = ask->xlsx ? write_xlsx(n, to, db, ask) : write_csv(n, to, db, ask);

	if (e == ERR_OK && fflush(to) != 0)
		return err_set(ERR_IO, "cannot write a list");
	return e;
}
