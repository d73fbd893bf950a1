#include "doc/xlsx_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { MOST_FORMATS = 128, SHEET_NAME = 31, A4 = 9, CHUNK = 16384 };

static const char FONT[] = "Times New Roman";
static const lxw_color_t HEADER_FILL = 0xE8EEF4, MUTED_INK = 0x767676;

struct format {
	unsigned style;
	lxw_format *format;
};

struct xlsx {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	struct format formats[MOST_FORMATS];
	size_t n_formats;
	lxw_error first_error;
	FILE *disk; /* of a long list: a file without a name */
	int file;   /* that, or one in memory; libxlsxwriter only writes to a path */
};

static void remember(struct xlsx *x, lxw_error e)
{
	if (x->first_error == LXW_NO_ERROR)
		x->first_error = e;
}

/* The library declares its property texts without const but only copies them. */
static char *as_property(const char *text)
{
	union {
		const char *in;
		char *out;
	} u = { .in = text };

	return u.out;
}

static void set_properties(struct xlsx *x, const struct xlsx_setup *setup)
{
	lxw_doc_properties properties = { .title = as_property(setup->title),
		                          .author = as_property(setup->author),
		                          .created = (time_t)(setup->created.us / 1000000) };

	remember(x, workbook_set_properties(x->book, &properties));
}

ERR_RESULT xlsx_new(struct xlsx **out, const struct xlsx_setup *setup)
{
	lxw_workbook_options options = { .constant_memory = setup->streaming };
	struct xlsx *x = calloc(1, sizeof(*x));
	char path[32];

	if (!x)
		return err_set(ERR_NO_MEMORY, "workbook");
	x->disk = setup->streaming ? tmpfile() : NULL;
	x->file = x->disk            ? fileno(x->disk)
	          : setup->streaming ? -1
	                             : memfd_create("xlsx", MFD_CLOEXEC);
	if (x->file < 0) {
		free(x);
		return err_set(ERR_IO, "no file for a workbook");
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", x->file);
	x->book = workbook_new_opt(path, &options);
	if (!x->book) {
		xlsx_free(x);
		return err_set(ERR_NO_MEMORY, "workbook");
	}
	set_properties(x, setup);
	*out = x;
	return ERR_OK;
}

void xlsx_free(struct xlsx *x)
{
	if (x->book)
		lxw_workbook_free(x->book);
	if (x->disk)
		fclose(x->disk);
	else
		close(x->file);
	free(x);
}

/* At most 31 characters, none of those that Excel forbids. */
static void clean_name(char out[SHEET_NAME * 4 + 1], const char *name)
{
	size_t n = 0, characters = 0;

	for (; *name && n < (size_t)SHEET_NAME * 4; name++) {
		bool starts = ((unsigned char)*name & 0xc0) != 0x80;

		if (starts && ++characters > SHEET_NAME)
			break;
		out[n] = *name;
		if (strchr("[]:*?/\\'", *name))
			out[n] = ' ';
		n++;
	}
	out[n] = '\0';
}

static void set_page(struct xlsx *x, const struct xlsx_sheet_setup *setup)
{
	worksheet_set_paper(x->sheet, A4);
	if (setup->landscape)
		worksheet_set_landscape(x->sheet);
	worksheet_fit_to_pages(x->sheet, 1, 0);
	worksheet_set_margins(x->sheet, 0.8, 0.6, 0.8, 0.8);
	worksheet_center_horizontally(x->sheet);
	if (setup->page_numbers)
		remember(x, worksheet_set_header(x->sheet, "&C&P"));
}

void xlsx_sheet(struct xlsx *x, const struct xlsx_sheet_setup *setup)
{
	char name[SHEET_NAME * 4 + 1];
	int last = setup->header_row + setup->n_header_rows;

	clean_name(name, setup->name);
	x->sheet = workbook_add_worksheet(x->book, name);
	if (!x->sheet) {
		remember(x, LXW_ERROR_SHEETNAME_ALREADY_USED);
		return;
	}
	set_page(x, setup);
	for (int i = 0; i < setup->n_widths; i++)
		remember(x, worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i,
		                                 setup->widths[i], NULL));
	if (setup->n_header_rows > 0)
		remember(x, worksheet_repeat_rows(x->sheet, (lxw_row_t)setup->header_row,
		                                  (lxw_row_t)last - 1));
	if (setup->freeze)
		worksheet_freeze_panes(x->sheet, (lxw_row_t)last, 0);
}

static const char *number_format(unsigned style)
{
	if (style & XLSX_INTEGER)
		return "#,##0";
	if (style & XLSX_DECIMAL)
		return "#,##0.######";
	if (style & XLSX_DECIMAL2)
		return "#,##0.00";
	if (style & XLSX_DAY)
		return "dd/mm/yyyy";
	if (style & XLSX_INSTANT)
		return "dd/mm/yyyy hh:mm";
	return style & XLSX_AS_TEXT ? "@" : NULL;
}

static void set_alignment(lxw_format *f, unsigned style)
{
	unsigned centred = XLSX_CENTRE | XLSX_TITLE | XLSX_HEADER;

	if (style & centred)
		format_set_align(f, LXW_ALIGN_CENTER);
	else if (style & XLSX_RIGHT)
		format_set_align(f, LXW_ALIGN_RIGHT);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	if (style & (XLSX_WRAP | XLSX_HEADER | XLSX_TITLE))
		format_set_text_wrap(f);
}

static void set_font(lxw_format *f, unsigned style)
{
	format_set_font_name(f, FONT);
	format_set_font_size(f, style & XLSX_TITLE ? 14 : style & XLSX_SMALL ? 11 : 12);
	if (style & (XLSX_BOLD | XLSX_TITLE | XLSX_HEADER))
		format_set_bold(f);
	if (style & XLSX_ITALIC)
		format_set_italic(f);
	if (style & XLSX_UNDERLINE)
		format_set_underline(f, LXW_UNDERLINE_SINGLE);
	if (style & XLSX_MUTED)
		format_set_font_color(f, MUTED_INK);
}

static lxw_format *format_of(struct xlsx *x, unsigned style)
{
	lxw_format *f;

	for (size_t i = 0; i < x->n_formats; i++) {
		if (x->formats[i].style == style)
			return x->formats[i].format;
	}
	f = workbook_add_format(x->book);
	if (!f || x->n_formats == MOST_FORMATS) {
		remember(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return NULL;
	}
	set_font(f, style);
	set_alignment(f, style);
	if (style & (XLSX_BORDER | XLSX_HEADER))
		format_set_border(f, LXW_BORDER_THIN);
	if (style & XLSX_HEADER)
		format_set_bg_color(f, HEADER_FILL);
	if (number_format(style))
		format_set_num_format(f, number_format(style));
	x->formats[x->n_formats++] = (struct format){ style, f };
	return f;
}

static void write_blank(struct xlsx *x, int row, int column, unsigned style)
{
	remember(x, worksheet_write_blank(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
	                                  format_of(x, style)));
}

void xlsx_text(struct xlsx *x, int row, int column, unsigned style, const char *text)
{
	if (!x->sheet)
		return;
	if (!text || text[0] == '\0') {
		write_blank(x, row, column, style);
		return;
	}
	remember(x, worksheet_write_string(x->sheet, (lxw_row_t)row, (lxw_col_t)column, text,
	                                   format_of(x, style)));
}

static void write_number(struct xlsx *x, int row, int column, unsigned style, double n)
{
	remember(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, n,
	                                   format_of(x, style)));
}

void xlsx_int(struct xlsx *x, int row, int column, unsigned style, int64_t n)
{
	if (x->sheet)
		write_number(x, row, column, style, (double)n);
}

/* The nearest double: what the file format holds; its text has the decimal's digits. */
static double as_double(dec_t d)
{
	return (double)d.micro / (double)DEC_ONE;
}

void xlsx_decimal(struct xlsx *x, int row, int column, unsigned style, dec_t d)
{
	if (!x->sheet)
		return;
	if (dec_is_none(d)) {
		write_blank(x, row, column, style);
		return;
	}
	/* "#,##0.######" leaves a bare comma behind a whole number. */
	if ((style & XLSX_DECIMAL) && dec_is_int(d))
		style = (style & ~(unsigned)XLSX_DECIMAL) | XLSX_INTEGER;
	write_number(x, row, column, style, as_double(d));
}

enum { DAY_ZERO = 25569, DAY_MINUTES = 24 * 60 }; /* 1/1/1970 as Excel counts */

void xlsx_instant(struct xlsx *x, int row, int column, unsigned style, instant_t at)
{
	if (!x->sheet)
		return;
	if (instant_is_none(at))
		write_blank(x, row, column, style | XLSX_INSTANT);
	else
		write_number(x, row, column, style | XLSX_INSTANT,
		             instant_day(at).days + DAY_ZERO +
		                     (double)instant_minute(at) / DAY_MINUTES);
}

void xlsx_day(struct xlsx *x, int row, int column, unsigned style, date_t d)
{
	if (!x->sheet)
		return;
	if (date_is_none(d))
		write_blank(x, row, column, style | XLSX_DAY);
	else
		write_number(x, row, column, style | XLSX_DAY, d.days + DAY_ZERO);
}

void xlsx_formula(struct xlsx *x, int row, int column, unsigned style, const char *formula,
                  dec_t cached)
{
	lxw_error e;

	if (!x->sheet)
		return;
	if (dec_is_none(cached))
		e = worksheet_write_formula_str(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
		                                formula, format_of(x, style), "");
	else
		e = worksheet_write_formula_num(x->sheet, (lxw_row_t)row, (lxw_col_t)column,
		                                formula, format_of(x, style),
		                                as_double(cached));
	remember(x, e);
}

void xlsx_merge(struct xlsx *x, struct xlsx_range range, unsigned style, const char *text)
{
	if (!x->sheet)
		return;
	if (range.row == range.last_row && range.column == range.last_column) {
		xlsx_text(x, range.row, range.column, style, text);
		return;
	}
	remember(x,
	         worksheet_merge_range(x->sheet, (lxw_row_t)range.row, (lxw_col_t)range.column,
	                               (lxw_row_t)range.last_row, (lxw_col_t)range.last_column,
	                               text ? text : "", format_of(x, style)));
}

void xlsx_row_height(struct xlsx *x, int row, int points)
{
	if (x->sheet)
		remember(x, worksheet_set_row(x->sheet, (lxw_row_t)row, points, NULL));
}

const char *xlsx_cell_name(char out[XLSX_CELL_NAME], int row, int column)
{
	lxw_rowcol_to_cell(out, (lxw_row_t)row, (lxw_col_t)column);
	return out;
}

/* Closes the book and goes to the beginning of its file. */
static enum err close_book(struct xlsx *x)
{
	lxw_error e;

	if (!x->sheet)
		x->sheet = workbook_add_worksheet(x->book, NULL);
	e = workbook_close(x->book); /* frees the book, whatever happens */
	x->book = NULL;
	x->sheet = NULL;
	remember(x, e);
	if (x->first_error != LXW_NO_ERROR)
		return err_set(ERR_IO, "workbook: %s", lxw_strerror(x->first_error));
	return lseek(x->file, 0, SEEK_SET) == 0 ? ERR_OK : err_set(ERR_IO, "workbook");
}

ERR_RESULT xlsx_finish(struct xlsx *x, struct str *to)
{
	char chunk[CHUNK];
	ssize_t got;

	TRY(close_book(x));
	while ((got = read(x->file, chunk, sizeof(chunk))) > 0)
		str_put_n(to, chunk, (size_t)got);
	return got < 0 ? err_set(ERR_IO, "workbook") : str_check(to);
}

ERR_RESULT xlsx_finish_file(struct xlsx *x, FILE *to)
{
	char chunk[CHUNK];
	ssize_t got;

	TRY(close_book(x));
	while ((got = read(x->file, chunk, sizeof(chunk))) > 0) {
		if (fwrite(chunk, 1, (size_t)got, to) != (size_t)got)
			return err_set(ERR_IO, "cannot write a workbook");
	}
	return got < 0 ? err_set(ERR_IO, "workbook") : ERR_OK;
}
