/* document_column.c - titles of columns from all header rows, and what each column holds. */
#include <string.h>

#include "text/document_table.h"

/* What the filled body cells of a column look like. */
struct content {
	size_t filled, values, percents, units, numbers, words;
};

static const struct {
	const char *words;
	enum column_role role;
} roles[] = {
	{ "đơn vị tính", COLUMN_UNIT },
	{ "đvt", COLUMN_UNIT },
	{ "đơn vị đo", COLUMN_UNIT },
	{ "tỷ lệ", COLUMN_RATE },
	{ "tỉ lệ", COLUMN_RATE },
	{ "phần trăm", COLUMN_RATE },
	{ "%", COLUMN_RATE },
	{ "ghi chú", COLUMN_NOTE },
	{ "chú thích", COLUMN_NOTE },
	{ "thời gian", COLUMN_TIME },
	{ "thời hạn", COLUMN_TIME },
	{ "tiến độ", COLUMN_TIME },
	{ "ngày hoàn thành", COLUMN_TIME },
	{ "số liệu", COLUMN_VALUE },
	{ "số lượng", COLUMN_VALUE },
	{ "kết quả", COLUMN_VALUE },
	{ "tổng số", COLUMN_VALUE },
	{ "giá trị", COLUMN_VALUE },
	{ "chỉ tiêu", COLUMN_LABEL },
	{ "nội dung", COLUMN_LABEL },
	{ "mục tiêu", COLUMN_LABEL },
	{ "tiêu chí", COLUMN_LABEL },
	{ "tên", COLUMN_LABEL },
	{ "danh mục", COLUMN_LABEL },
	{ "nhiệm vụ", COLUMN_LABEL },
	{ "lĩnh vực", COLUMN_LABEL },
	{ "hạng mục", COLUMN_LABEL },
	{ "họ và tên", COLUMN_LABEL },
	{ "họ tên", COLUMN_LABEL },
	{ "đơn vị", COLUMN_LABEL },
	{ "cơ quan", COLUMN_LABEL },
	{ "đối tượng", COLUMN_LABEL },
	{ "thủ tục", COLUMN_LABEL },
	{ "loại", COLUMN_LABEL },
	{ "diễn giải", COLUMN_LABEL },
	{ "bộ phận", COLUMN_LABEL },
};

static enum column_role title_role(const char *title)
{
	if (is_number_title(title))
		return COLUMN_NUMBER;
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		if (words_start(title, roles[i].words))
			return roles[i].role;
	return words_in(title, "%") || words_in(title, "tỷ lệ") ? COLUMN_RATE : COLUMN_OTHER;
}

/* Units as they stand in cells of their own. */
static bool is_unit_word(const char *text)
{
	static const char *const words[] = {
		"%",       "người",    "hồ sơ", "văn bản", "thủ tục",  "tthc",
		"đơn vị",  "cơ quan",  "phiếu", "lượt",    "triệu",    "đồng",
		"tỷ đồng", "nhiệm vụ", "tin",   "dịch vụ", "kế hoạch", "cuộc",
		"lớp",     "bài",      "có =",  "không =", "chưa",     "số lượng",
		"vấn đề",  "ý kiến",   "pakn",  "điểm",    "bộ",       "lần"
	};

	if (count_words(text, 5) > 4 && !strchr(text, '='))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words_start(text, words[i]))
			return true;
	return false;
}

static struct content content_of(const struct table_making *t, size_t column)
{
	struct content c = { 0 };

	for (size_t r = t->n_header; r < t->n_pieces; r++) {
		const struct piece *row = &t->pieces[r];
		const char *cell = column < row->n_cells ? row->cells[column] : "";
		struct marker m;

		if (*cell == '\0')
			continue;
		m = marker_of_cell(cell);
		c.filled++;
		c.values += is_value_cell(cell);
		c.percents += is_value_cell(cell) && strchr(cell, '%');
		c.units += is_unit_word(cell);
		c.numbers += marker_is_number(&m) && cell[m.words] == '\0';
		c.words += !is_value_cell(cell) && count_words(cell, 2) > 1;
	}
	return c;
}

static const char *header_cell(const struct table_making *t, size_t row, size_t column)
{
	const struct piece *p = &t->pieces[row];

	return column < p->n_cells ? p->cells[column] : "";
}

/* The header cell over a column, looking left to the title that spans it; a title does not
 * reach across the beginning of another one above it. */
static const char *title_over(const struct table_making *t, size_t row, size_t column)
{
	bool below = false;

	for (size_t r = row + 1; r < t->n_titles && !below; r++)
		below = *header_cell(t, r, column);
	for (size_t c = column + 1; c-- > 0;) {
		if (*header_cell(t, row, c))
			return c == column || below ? header_cell(t, row, c) : "";
		for (size_t r = 0; r < row; r++)
			if (*header_cell(t, r, c))
				return "";
	}
	return "";
}

static enum err join_title(struct table_making *t, size_t column)
{
	const char *title = "", *last = "";

	for (size_t r = 0; r < t->n_titles; r++) {
		const char *part = title_over(t, r, column);

		if (*part == '\0' || str_eq(part, last))
			continue;
		if (*title)
			TRY(arena_printf(t->arena, &title, "%s / %s", title, part));
		else
			title = part;
		last = part;
	}
	t->columns[column].title = title;
	return ERR_OK;
}

/* The role that the nearest of the titles above a column names. */
static enum column_role titles_role(const struct table_making *t, size_t column)
{
	for (size_t r = t->n_titles; r-- > 0;) {
		enum column_role role = title_role(title_over(t, r, column));

		if (role != COLUMN_OTHER)
			return role;
	}
	return COLUMN_OTHER;
}

static enum column_role checked_role(enum column_role role, const struct content *c)
{
	bool figures = c->filled > 0 && c->values * 10 >= c->filled * 6;

	if (role == COLUMN_OTHER && figures)
		return c->percents * 2 > c->values ? COLUMN_RATE : COLUMN_VALUE;
	if (role == COLUMN_VALUE && c->percents * 2 > c->filled)
		return COLUMN_RATE;
	if ((role == COLUMN_VALUE || role == COLUMN_RATE) && c->words * 2 > c->filled)
		return COLUMN_OTHER;
	if (role == COLUMN_LABEL && figures)
		return c->percents * 2 > c->values ? COLUMN_RATE : COLUMN_VALUE;
	return role;
}

static void keep_first(struct table_making *t, enum column_role role, int *first)
{
	*first = -1;
	for (size_t c = 0; c < t->n_columns; c++) {
		if (t->columns[c].role != role)
			continue;
		if (*first < 0)
			*first = (int)c;
		else
			t->columns[c].role = COLUMN_OTHER;
	}
}

/* What the titles did not say: a column of numbers in front, the first column of words. */
static void roles_by_content(struct table_making *t, const struct content *content)
{
	const struct content *first = &content[0];

	if (t->number < 0 && t->n_columns > 1 && first->filled > 0 &&
	    first->numbers * 10 >= first->filled * 6 && content[1].words > 0) {
		t->columns[0].role = COLUMN_NUMBER;
		t->number = 0;
	}
	for (size_t c = 0; c < t->n_columns && t->label < 0; c++)
		if (t->columns[c].role == COLUMN_OTHER &&
		    content[c].filled > content[c].values) {
			t->columns[c].role = COLUMN_LABEL;
			t->label = (int)c;
		}
	for (size_t c = 0; c < t->n_columns && t->unit < 0; c++)
		if (t->columns[c].role == COLUMN_OTHER && content[c].filled > 0 &&
		    content[c].units * 10 >= content[c].filled * 7) {
			t->columns[c].role = COLUMN_UNIT;
			t->unit = (int)c;
		}
}

enum err table_columns(struct table_making *t)
{
	struct content *content;

	TRY(arena_array(t->arena, &t->columns, t->n_columns));
	TRY(arena_array(t->arena, &content, t->n_columns));
	for (size_t c = 0; c < t->n_columns; c++) {
		struct table_column *column = &t->columns[c];

		TRY(join_title(t, c));
		content[c] = content_of(t, c);
		column->role = titles_role(t, c);
		/* "Đơn vị" names offices or units of measure: what stands below tells. */
		if (column->role == COLUMN_LABEL && c > 0 &&
		    words_start(column->title, "đơn vị") &&
		    content[c].units * 2 > content[c].filled)
			column->role = COLUMN_UNIT;
		column->role = checked_role(column->role, &content[c]);
	}
	keep_first(t, COLUMN_NUMBER, &t->number);
	keep_first(t, COLUMN_LABEL, &t->label);
	keep_first(t, COLUMN_UNIT, &t->unit);
	roles_by_content(t, content);
	return ERR_OK;
}
