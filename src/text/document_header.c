/* document_header.c - where the header of a table ends, and whether rows after a page break
 * belong to the table before it. */
#include <string.h>

#include "text/document_table.h"

enum { MOST_HEADER_ROWS = 6, HEADER_WORDS = 14 };

bool is_value_cell(const char *text)
{
	size_t n = strlen(text), digits = 0;

	for (size_t i = 0; i < n; i++)
		digits += text[i] >= '0' && text[i] <= '9';
	if (digits == 0)
		return str_eq(text, "-");
	return strspn(text, "0123456789.,%/()+- ") == n;
}

/* "2023", "2024": years stand in headers too. */
static bool is_year(const char *text)
{
	return strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
	       (str_starts(text, "19") || str_starts(text, "20"));
}

bool is_number_title(const char *text)
{
	static const char *const words[] = { "stt", "tt", "số tt", "số thứ tự", "thứ tự" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const char *after = words_after(text, words[i]);

		if (after && *after == '\0')
			return true;
	}
	return false;
}

static bool is_title(const char *text)
{
	static const char *const words[] = {
		"chỉ tiêu",  "nội dung",  "tiêu chí", "đơn vị",   "đvt",      "số liệu",
		"ghi chú",   "tên",       "danh mục", "kết quả",  "số lượng", "tỷ lệ",
		"tỉ lệ",     "thời gian", "thời hạn", "mục tiêu", "nhiệm vụ", "lĩnh vực",
		"hạng mục",  "họ và tên", "họ tên",   "cơ quan",  "kế hoạch", "thực hiện",
		"tổng số",   "năm",       "quý",      "so sánh",  "tiến độ",  "đánh giá",
		"tổng cộng", "số hồ sơ",  "loại",     "chức vụ",  "bộ phận",  "trong đó",
		"hình thức", "diễn giải", "văn bản",  "mức độ",   "sản phẩm", "người",
	};

	if (count_words(text, HEADER_WORDS + 1) > HEADER_WORDS)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words_start(text, words[i]))
			return true;
	return is_number_title(text) || str_eq(text, "%");
}

static bool has_values(const struct piece *row)
{
	for (size_t i = 0; i < row->n_cells; i++)
		if (is_value_cell(row->cells[i]) && !is_year(row->cells[i]))
			return true;
	return false;
}

/* A number or a letter before everything else: a body row. */
static bool is_numbered(const struct piece *row)
{
	return row->n_cells > 0 && marker_of_cell(row->cells[0]).class != MARK_NONE;
}

bool is_plain_header(const struct piece *row)
{
	size_t titles = 0;

	if (row->n_filled < 2 || has_values(row) || is_numbered(row))
		return false;
	for (size_t i = 0; i < row->n_cells; i++)
		titles += is_title(row->cells[i]);
	return titles >= 2 && titles * 2 >= row->n_filled;
}

bool is_index_row(const struct piece *row)
{
	int last = 0;

	for (size_t i = 0; i < row->n_cells; i++) {
		const char *cell = row->cells[i];
		size_t n = strspn(cell, "("), digits = strspn(cell + n, "0123456789");
		int value = 0;

		if (*cell == '\0')
			continue;
		for (size_t k = 0; k < digits && k < 3; k++)
			value = value * 10 + (cell[n + k] - '0');
		if (digits > 0 ? value != last + 1 || digits > 2 : strlen(cell) > 3)
			return false;
		if (digits == 0 && !is_upper_letter(cell[n]))
			return false;
		/* "(5=3+4)" is one as well. */
		if (digits > 0 && !strchr(")=", cell[n + digits]))
			return false;
		last = digits > 0 ? value : last;
	}
	return row->n_filled >= 3 && last > 0;
}

/* Text above figures of the rows below it. */
static bool stands_above_values(const struct piece *rows, size_t n)
{
	for (size_t c = 1; c < rows[0].n_cells; c++)
		for (size_t r = 1; r < n && r < MOST_HEADER_ROWS; r++)
			if (rows[0].cells[c][0] && c < rows[r].n_cells &&
			    is_value_cell(rows[r].cells[c]) && !is_year(rows[r].cells[c]))
				return true;
	return false;
}

/* A row of subtitles: it says something under a title that spans several columns. */
static bool is_subheader(const struct piece *above, const struct piece *row)
{
	bool fills = false, spanning = false;

	if (has_values(row) || row->n_filled == 0 || is_numbered(row))
		return false;
	if (row->cells[0][0] != '\0' && above->cells[0][0] != '\0' &&
	    !str_eq(row->cells[0], above->cells[0]))
		return false;
	for (size_t c = 0; c < row->n_cells; c++) {
		bool blank = c >= above->n_cells || above->cells[c][0] == '\0';

		spanning = spanning || !blank;
		fills = fills || (spanning && blank && row->cells[c][0]);
	}
	return fills || (row->cells[0][0] && str_eq(row->cells[0], above->cells[0]));
}

static bool begins_with_header(const struct piece *rows, size_t n)
{
	if (n == 0 || !rows[0].row || rows[0].n_filled < 2 || has_values(&rows[0]) ||
	    is_numbered(&rows[0]))
		return false;
	return is_plain_header(&rows[0]) || is_number_title(rows[0].cells[0]) ||
	       stands_above_values(rows, n);
}

size_t header_rows(const struct piece *rows, size_t n)
{
	size_t k = 1;

	if (!begins_with_header(rows, n))
		return 0;
	while (k < n && k < MOST_HEADER_ROWS && rows[k].row &&
	       is_subheader(&rows[k - 1], &rows[k]))
		k++;
	if (k < n && rows[k].row && is_index_row(&rows[k]))
		k++;
	return k;
}

bool is_same_header(const struct piece *a, const struct piece *b)
{
	size_t same = 0, filled = 0;
	bool numbered = is_number_title(a->cells[0]) && is_number_title(b->cells[0]);

	for (size_t c = 0; c < a->n_cells; c++) {
		if (a->cells[c][0] == '\0')
			continue;
		filled++;
		same += c < b->n_cells && strcasecmp(a->cells[c], b->cells[c]) == 0;
	}
	return filled > 1 && (same * 3 >= filled * 2 || (numbered && same * 2 >= filled));
}

/* Whether row `b` begins the numbering that row `a` began. */
static bool starts_again(const struct piece *a, const struct piece *b)
{
	return a->row && b->row && a->cells[0][0] != '\0' && str_eq(a->cells[0], b->cells[0]);
}

bool rows_go_on(const struct build *b, size_t first, size_t from, size_t to)
{
	const struct piece *top = &b->pieces[first], *row = &b->pieces[from];
	size_t header = header_rows(top, from - first), again = header_rows(row, to - from);
	size_t wide = top->n_cells, here = row->n_cells;

	if (!top->row || !row->row)
		return false;
	if (again > 0 && (header > 0 || is_plain_header(row)))
		return is_same_header(top, row) &&
		       !(again < to - from && starts_again(top + header, row + again));
	if (top->table != row->table)
		return here == wide &&
		       (row->cells[0][0] == '\0' || !starts_again(top + header, row));
	/* Headings among the rows often have no cells but the first two. */
	return here <= wide + 1 && (here + 1 >= wide || (wide > 3 && is_numbered(row)));
}
