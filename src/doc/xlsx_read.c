#include "doc/xlsx_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "doc/xlsx_book.h"
#include "doc/xlsx_value.h"

enum { MOST_MERGES = 100000, MOST_MERGED_ROWS = 1000 * 1000 };

/* Every cell of a merged range but the first is to be empty. */
struct merge {
	size_t first_column, last_column;
	int first_row, last_row;
};

struct reader {
	struct office_package *package;
	struct xlsx_book book;
	bool shown; /* values as a person sees them */
	struct sheet_builder builder;
	struct str raw, text; /* of the cell in work, in malloc memory */
	int row;              /* of the row in work, counted from 1 */
	size_t column, next_column;
	char type[12];
	long style;
	bool in_value, in_aid;
	struct merge *merges;
	size_t n_merges, cap_merges;
	size_t merged_rows; /* gone through so far */
};

static enum err refuse_row(struct reader *r, enum msg id)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", r->row);
	TRY(problems_say(r->package->problems, "file", r->row, id, number));
	return err_set(ERR_INPUT, "xlsx row %d", r->row);
}

static enum err start_row(struct reader *r, const char **attributes)
{
	const char *text = office_attribute(attributes, "r");
	long row = text ? strtol(text, NULL, 10) : r->row + 1L;

	if (row <= r->row || row > 1048576)
		return office_refuse(r->package, MSG_XLSX_BROKEN);
	r->row = (int)row;
	r->next_column = 0;
	return ERR_OK;
}

static enum err start_cell(struct reader *r, const char **attributes)
{
	const char *ref = office_attribute(attributes, "r");
	const char *type = office_attribute(attributes, "t");
	const char *style = office_attribute(attributes, "s");
	const char *end;
	int row;

	r->column = r->next_column;
	if (ref && (!xlsx_cell_parse(&r->column, &row, ref, &end) || *end))
		return office_refuse(r->package, MSG_XLSX_BROKEN);
	r->next_column = r->column + 1;
	snprintf(r->type, sizeof(r->type), "%s", type ? type : "n");
	r->style = style ? strtol(style, NULL, 10) : 0;
	str_clear(&r->raw);
	return ERR_OK;
}

static enum err add_merge(struct reader *r, const char **attributes)
{
	const char *ref = office_attribute(attributes, "ref");
	struct merge merge, *grown;
	const char *end;

	if (!ref || !xlsx_cell_parse(&merge.first_column, &merge.first_row, ref, &end) ||
	    *end != ':' || !xlsx_cell_parse(&merge.last_column, &merge.last_row, end + 1, &end))
		return ERR_OK;
	if (r->n_merges == MOST_MERGES)
		return office_refuse(r->package, MSG_XLSX_UNPACKED_TOO_LARGE);
	if (r->n_merges == r->cap_merges) {
		r->cap_merges = r->cap_merges ? r->cap_merges * 2 : 64;
		TRY(arena_array(r->package->arena, &grown, r->cap_merges));
		if (r->n_merges > 0)
			memcpy(grown, r->merges, r->n_merges * sizeof(*grown));
		r->merges = grown;
	}
	r->merges[r->n_merges++] = merge;
	return ERR_OK;
}

static enum err on_start(void *arg, const char *element, const char **attributes)
{
	struct reader *r = arg;

	if (strcmp(element, "row") == 0)
		return start_row(r, attributes);
	if (strcmp(element, "c") == 0)
		return start_cell(r, attributes);
	if (strcmp(element, "mergeCell") == 0)
		return add_merge(r, attributes);
	if (strcmp(element, "rPh") == 0)
		r->in_aid = true;
	r->in_value = strcmp(element, "v") == 0 || (strcmp(element, "t") == 0 && !r->in_aid);
	return ERR_OK;
}

static enum err on_text(void *arg, const char *text, size_t n)
{
	struct reader *r = arg;

	if (r->in_value)
		str_put_n(&r->raw, text, n);
	return ERR_OK;
}

static enum err shared_string(struct reader *r, const char **out, const char *value)
{
	char *end;
	unsigned long i = strtoul(value, &end, 10);

	if (*end || end == value || i >= r->book.n_strings)
		return office_refuse(r->package, MSG_XLSX_BROKEN);
	*out = r->book.strings[i];
	return ERR_OK;
}

/* "2024-02-07T15:20:00" of the strict format. */
static void date_value(char out[XLSX_VALUE_TEXT], const char *value)
{
	instant_t at;
	date_t day;

	if (date_parse_iso(&day, value))
		date_iso(day, out);
	else if (instant_parse_iso(&at, value) && instant_minute(at) == 0)
		date_iso(instant_day(at), out);
	else if (instant_parse_iso(&at, value))
		instant_iso(at, out);
	else
		snprintf(out, XLSX_VALUE_TEXT, "%.*s", XLSX_VALUE_TEXT - 1, value);
}

static struct xlsx_cell_style cell_style(const struct reader *r)
{
	if (r->style >= 0 && (size_t)r->style < r->book.n_styles)
		return r->book.styles[r->style];
	return (struct xlsx_cell_style){ XLSX_FORMAT_NUMBER, NULL };
}

/* "2024-02-07 15:20" as people write it; anything else stays. */
static void show_date(char text[XLSX_VALUE_TEXT])
{
	char day[DATE_TEXT], time[8] = "";
	date_t date;

	if (strlen(text) > 10)
		snprintf(time, sizeof(time), "%.6s", text + 10);
	snprintf(day, sizeof(day), "%.10s", text);
	if (date_parse_iso(&date, day))
		snprintf(text, XLSX_VALUE_TEXT, "%s%s", date_vn(date, day), time);
}

/* Appends what a number or day means.  One that cannot be read stays as the file has it. */
static void put_number(struct reader *r, const char *value)
{
	const struct xlsx_cell_style style = cell_style(r);
	char text[XLSX_VALUE_TEXT] = "";
	bool number = strcmp(r->type, "n") == 0;

	if (!number) {
		date_value(text, value);
	} else if (style.format == XLSX_FORMAT_DATE &&
	           xlsx_date_text(text, value, r->book.from_1904)) {
		number = false;
	} else if (r->shown && xlsx_shown_put(&r->text, value, style.code)) {
		return;
	} else if (!xlsx_number_text(text, value)) {
		text[0] = '\0';
	}
	if (r->shown && !number)
		show_date(text);
	xlsx_put_text(&r->text, text[0] ? text : value);
}

/* The text of the cell in work. */
static enum err cell_text(struct reader *r, const char **out)
{
	const char *value = r->raw.len > 0 ? r->raw.data : "";

	if (r->raw.too_long)
		return refuse_row(r, MSG_SHEET_CELL_TOO_LARGE);
	TRY(str_check(&r->raw));
	if (strcmp(r->type, "s") == 0)
		return shared_string(r, out, value);
	str_clear(&r->text);
	if (strcmp(r->type, "b") == 0)
		str_put(&r->text, value[0] == '1' ? "TRUE" : "FALSE");
	else if (strcmp(r->type, "d") == 0 || strcmp(r->type, "n") == 0)
		put_number(r, value);
	else
		xlsx_put_text(&r->text, value);
	if (r->text.too_long)
		return refuse_row(r, MSG_SHEET_CELL_TOO_LARGE);
	TRY(str_check(&r->text));
	return sheet_clean(out, r->package->arena, r->text.len > 0 ? r->text.data : "",
	                   r->text.len);
}

static enum err end_cell(struct reader *r)
{
	const char *text = "";

	if (r->raw.len == 0 && !r->raw.failed)
		return ERR_OK;
	TRY(cell_text(r, &text));
	if (str_blank(text))
		return ERR_OK;
	if (r->column >= SHEET_MOST_COLUMNS)
		return refuse_row(r, MSG_SHEET_TOO_MANY_COLUMNS);
	return sheet_put(&r->builder, r->column, text);
}

static enum err on_end(void *arg, const char *element)
{
	struct reader *r = arg;
	enum err e;

	r->in_value = false;
	if (strcmp(element, "rPh") == 0)
		r->in_aid = false;
	if (strcmp(element, "c") == 0)
		return end_cell(r);
	if (strcmp(element, "row") != 0)
		return ERR_OK;
	e = sheet_end_row(&r->builder, r->row);
	return e == ERR_TOO_LARGE ? refuse_row(r, MSG_SHEET_TOO_MANY_ROWS) : e;
}

/* The first kept row at or below a line. */
static size_t row_at(const struct sheet_builder *b, int line)
{
	size_t low = 0, high = b->n_rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (b->rows[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum err blank_merged(struct reader *r, const struct merge *merge)
{
	struct sheet_builder *b = &r->builder;

	for (size_t i = row_at(b, merge->first_row);
	     i < b->n_rows && b->rows[i].line <= merge->last_row; i++) {
		struct sheet_row *row = &b->rows[i];
		bool first = row->line == merge->first_row;
		size_t from = merge->first_column + first;
		const char **cells;

		if (++r->merged_rows > MOST_MERGED_ROWS)
			return office_refuse(r->package, MSG_XLSX_UNPACKED_TOO_LARGE);
		if (from >= row->n)
			continue;
		TRY(arena_array(r->package->arena, &cells, row->n));
		memcpy(cells, row->cells, row->n * sizeof(*cells));
		for (size_t c = from; c < row->n && c <= merge->last_column; c++)
			cells[c] = "";
		row->cells = cells;
		while (row->n > 0 && cells[row->n - 1][0] == '\0')
			row->n--;
	}
	return ERR_OK;
}

static enum err finish(struct reader *r, struct sheet *out)
{
	struct sheet_row *rows = r->builder.rows;
	size_t kept = 0;

	for (size_t i = 0; i < r->n_merges; i++)
		TRY(blank_merged(r, &r->merges[i]));
	for (size_t i = 0; i < r->builder.n_rows; i++) {
		if (rows[i].n > 0)
			rows[kept++] = rows[i];
	}
	out->rows = rows;
	out->n_rows = kept;
	return ERR_OK;
}

static enum err read_sheet(struct reader *r, struct sheet *out,
                           const struct xlsx_sheet_part *part)
{
	static const struct office_handler handler = { on_start, on_end, on_text };
	enum err e;

	sheet_build(&r->builder, r->package->arena);
	r->row = 0;
	r->n_merges = 0;
	r->in_value = r->in_aid = false;
	out->name = part->name;
	e = office_package_parse(r->package, part->path, &handler, r);
	if (e == ERR_NOT_FOUND)
		return office_refuse(r->package, MSG_XLSX_NOT_WORKBOOK);
	TRY(e);
	return finish(r, out);
}

static enum err read_sheets(struct reader *r, struct sheet *out, size_t n)
{
	enum err e = ERR_OK;
	size_t rows = 0;

	str_init(&r->raw, NULL, SHEET_MOST_CELL);
	str_init(&r->text, NULL, SHEET_MOST_CELL);
	for (size_t i = 0; i < n && e == ERR_OK; i++) {
		e = read_sheet(r, &out[i], &r->book.sheets[i]);
		rows += out[i].n_rows;
	}
	str_release(&r->raw);
	str_release(&r->text);
	if (e == ERR_OK && rows == 0)
		return office_refuse(r->package, MSG_SHEET_EMPTY);
	return e;
}

static const char OLE[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

bool xlsx_looks_like(const void *bytes, size_t n)
{
	return (n >= 4 && memcmp(bytes, "PK\3\4", 4) == 0) ||
	       (n >= 8 && memcmp(bytes, OLE, 8) == 0);
}

static enum err check_bytes(struct office_package *p, const void *bytes, size_t n)
{
	if (n > SHEET_MOST_BYTES)
		return office_refuse(p, MSG_SHEET_TOO_LARGE);
	if (n >= 8 && memcmp(bytes, OLE, 8) == 0)
		return office_refuse(p, MSG_XLSX_OLD_OR_ENCRYPTED);
	if (!xlsx_looks_like(bytes, n))
		return office_refuse(p, MSG_SHEET_WRONG_KIND);
	return ERR_OK;
}

/* Which sheets are read, and how. */
struct wanted {
	const char *name; /* NULL: all that are not hidden */
	bool first_only, shown;
};

static enum err read_package(struct office_package *p, struct sheet **out, size_t *n,
                             const struct wanted *wanted)
{
	struct reader *r;
	struct sheet *sheets;
	size_t n_sheets;

	TRY(arena_new(p->arena, &r));
	r->package = p;
	r->shown = wanted->shown;
	TRY(xlsx_book_read(&r->book, p, wanted->name));
	n_sheets = wanted->first_only ? 1 : r->book.n_sheets;
	TRY(arena_array(p->arena, &sheets, n_sheets));
	TRY(read_sheets(r, sheets, n_sheets));
	*out = sheets;
	*n = n_sheets;
	return ERR_OK;
}

static enum err read_bytes(struct office_package *p, const void *bytes, size_t n,
                           const struct wanted *wanted, struct sheet **out, size_t *n_out)
{
	static const struct office_kind kind = { XLSX_MOST_UNPACKED, MSG_XLSX_BROKEN,
		                                 MSG_XLSX_ENCRYPTED,
		                                 MSG_XLSX_UNPACKED_TOO_LARGE };
	size_t before = p->problems->n;
	enum err e;

	p->kind = &kind;
	*n_out = 0;
	e = check_bytes(p, bytes, n);
	if (e == ERR_OK)
		e = office_package_open(p, bytes, n);
	if (e == ERR_OK)
		e = read_package(p, out, n_out, wanted);
	office_package_close(p);
	return p->problems->n > before && e == ERR_INPUT ? ERR_OK : e;
}

ERR_RESULT xlsx_read(struct sheet *out, struct arena *a, const void *bytes, size_t n,
                     const char *name, struct problems *problems)
{
	struct office_package p = { .arena = a, .problems = problems };
	const struct wanted wanted = { .name = name, .first_only = true };
	struct sheet *sheets;
	size_t n_sheets;

	*out = (struct sheet){ .name = "" };
	TRY(read_bytes(&p, bytes, n, &wanted, &sheets, &n_sheets));
	if (n_sheets > 0)
		*out = sheets[0];
	return ERR_OK;
}

ERR_RESULT xlsx_read_shown(struct sheet **out, size_t *n_out, struct arena *a,
                           const void *bytes, size_t n, struct problems *problems)
{
	struct office_package p = { .arena = a, .problems = problems };
	const struct wanted wanted = { .shown = true };

	return read_bytes(&p, bytes, n, &wanted, out, n_out);
}
