/* document_item.c - tells tables from paragraphs that hold tabs, and joins the parts of a table
 * that page breaks tore apart. */
#include <string.h>

#include "text/document_table.h"

/* A run of rows without a blank line inside: pieces [from, to). */
struct run {
	size_t from, to;
};

static bool begins_file(const struct build *b, size_t at)
{
	return at == 0 || b->pieces[at].line.file != b->pieces[at - 1].line.file;
}

/* Rows of one table follow each other line by line; formats that number their tables know. */
static struct run run_at(const struct build *b, size_t at)
{
	struct run run = { at, at + 1 };

	for (; run.to < b->n_pieces && !begins_file(b, run.to); run.to++) {
		const struct piece *p = &b->pieces[run.to], *last = &b->pieces[run.to - 1];

		if (p->table != last->table || (p->gap > 0 && p->table == 0))
			break;
		/* A line without tabs between two rows is the rest of a cell, or a group. */
		if (!p->row &&
		    (p->heading || run.to + 1 >= b->n_pieces || !b->pieces[run.to + 1].row ||
		     b->pieces[run.to + 1].gap > 0 || begins_file(b, run.to + 1)))
			break;
	}
	return run;
}

static bool cell_is_any(const struct piece *row, const char *const *words, size_t n)
{
	for (size_t i = 0; i < row->n_cells; i++)
		for (size_t k = 0; k < n; k++)
			if (words_start(row->cells[i], words[k]))
				return true;
	return false;
}

/* Rows that only set the letterhead or the signature side by side. */
static bool is_layout_row(const struct piece *row)
{
	static const char *const words[] = {
		"cộng hòa xã hội chủ nghĩa",
		"cộng hoà xã hội chủ nghĩa",
		"độc lập - tự do",
		"độc lập – tự do",
		"đảng cộng sản việt nam",
		"nơi nhận",
		"tm.",
		"kt.",
		"tl.",
		"người lập biểu",
		"thủ trưởng đơn vị",
		"thủ trưởng cơ quan",
		"chủ tọa",
		"thư ký",
	};

	return row->n_filled <= 3 && cell_is_any(row, words, ARRAY_LEN(words));
}

static bool is_list_row(const struct piece *row)
{
	struct marker m;

	if (row->n_cells != 2 || row->cells[0][0] == '\0')
		return false;
	m = marker_of(row->cells[0]);
	if (str_eq(row->cells[0], "-") || str_eq(row->cells[0], "+") ||
	    str_eq(row->cells[0], "•"))
		return true;
	return m.class != MARK_NONE && row->cells[0][m.words] == '\0' &&
	       count_words(row->cells[1], 6) > 5;
}

static bool is_list_run(const struct build *b, struct run run)
{
	for (size_t i = run.from; i < run.to; i++)
		if (!b->pieces[i].row || !is_list_row(&b->pieces[i]))
			return false;
	return true;
}

static bool run_is_table(const struct build *b, struct run run)
{
	size_t strong = 0, lists = 0, widest = 0;

	if (b->pieces[run.from].table > 0)
		return run.to - run.from > 1 || b->pieces[run.from].n_filled > 2;
	for (size_t i = run.from; i < run.to; i++) {
		const struct piece *row = &b->pieces[i];

		strong += row->n_filled > 1;
		lists += is_list_row(row);
		widest = row->n_cells > widest ? row->n_cells : widest;
	}
	if (run.to - run.from == 1)
		return widest > 2 ? strong > 0 && lists == 0
		                  : is_plain_header(&b->pieces[run.from]);
	return strong > 0 && lists < run.to - run.from;
}

static enum err add_item(struct build *b, struct item item)
{
	TRY(vec_room(b->arena, b->items, b->n_items));
	b->items[b->n_items++] = item;
	return ERR_OK;
}

/* Each cell of a row that is no table's becomes a line of its own; an indented line and
 * "-<tab>text" stay one. */
static enum err add_text(struct build *b, const struct piece *row)
{
	struct item item = { .piece = *row };
	bool first = true;

	item.piece.row = false;
	if (!row->row)
		return add_item(b, item);
	if (is_list_row(row)) {
		TRY(arena_printf(b->arena, &item.piece.text, "%s %s", row->cells[0],
		                 row->cells[1]));
		return add_item(b, item);
	}
	for (size_t k = 0; k < row->n_cells; k++) {
		if (strspn(row->cells[k], "-=_~. ") == strlen(row->cells[k]))
			continue;
		item.piece.text = row->cells[k];
		item.piece.gap = first ? row->gap : 1;
		first = false;
		TRY(add_item(b, item));
	}
	return ERR_OK;
}

static enum err add_texts(struct build *b, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		TRY(add_text(b, &b->pieces[i]));
	return ERR_OK;
}

/* Rows that stand side by side for their looks only, as far as nothing is a table below. */
static bool is_layout_run(const struct build *b, struct run run)
{
	bool layout = false;

	for (size_t i = run.from; i < run.to; i++) {
		const struct piece *row = &b->pieces[i];

		if (row->n_filled > 3 || is_plain_header(row))
			return false;
		layout = layout || is_layout_row(row);
	}
	return layout;
}

/* Leaves out what a sheet or a table without lines has above its header (letterhead, title) and
 * below its last row (signature). */
static struct run table_inside(const struct build *b, struct run run)
{
	enum { MOST_ABOVE = 15 };
	struct run inside = run;

	if (is_layout_run(b, run))
		return (struct run){ run.to, run.to };
	for (size_t i = run.from; i < run.to && i < run.from + MOST_ABOVE; i++) {
		const struct piece *row = &b->pieces[i];

		if (is_layout_row(row))
			inside.from = i + 1;
		else if (is_plain_header(row)) {
			inside.from = i;
			break;
		} else if (row->n_filled > 2)
			break;
	}
	for (size_t i = run.to; i > inside.from + 1 && b->pieces[i - 1].n_filled <= 2; i--)
		if (is_layout_row(&b->pieces[i - 1]))
			inside.to = i - 1;
	return inside;
}

/* Whether a run goes on with the table that is the last item. */
static bool joins_table(const struct build *b, struct run run)
{
	const struct item *last = &b->items[b->n_items - 1];

	if (last->to != run.from || begins_file(b, run.from) || is_layout_run(b, run))
		return false;
	if (is_list_run(b, run) && b->pieces[last->from].n_cells > 2)
		return false;
	return rows_go_on(b, last->from, run.from, run.to);
}

static enum err add_run(struct build *b, struct run run, bool *table_open)
{
	struct run inside;

	if (*table_open && joins_table(b, run)) {
		b->items[b->n_items - 1].to = run.to;
		return ERR_OK;
	}
	inside = table_inside(b, run);
	*table_open = inside.from < inside.to && run_is_table(b, inside);
	if (!*table_open)
		return add_texts(b, run.from, run.to);
	TRY(add_texts(b, run.from, inside.from));
	TRY(add_item(b, (struct item){ .table = true,
	                               .piece = b->pieces[inside.from],
	                               .from = inside.from,
	                               .to = inside.to }));
	*table_open = inside.to == run.to;
	return add_texts(b, inside.to, run.to);
}

/* A heading on a line of its own between rows of one table: "II. Cải cách thể chế". */
static bool is_group_line(const struct build *b, size_t at)
{
	enum { LONGEST_GROUP = 200 };
	const struct piece *p = &b->pieces[at];
	const struct item *last = &b->items[b->n_items - 1];
	enum marker_class class = marker_of(p->text).class;
	struct run run;

	if (last->to != at || at + 1 >= b->n_pieces || !b->pieces[at + 1].row ||
	    begins_file(b, at) || begins_file(b, at + 1) || strlen(p->text) > LONGEST_GROUP ||
	    (class != MARK_ROMAN && class != MARK_UPPER))
		return false;
	run = run_at(b, at + 1);
	return !is_layout_run(b, run) &&
	       header_rows(&b->pieces[run.from], run.to - run.from) == 0 &&
	       rows_go_on(b, last->from, run.from, run.to);
}

enum err build_items(struct build *b)
{
	bool table_open = false;

	for (size_t at = 0; at < b->n_pieces;) {
		if (b->pieces[at].row) {
			struct run run = run_at(b, at);

			TRY(add_run(b, run, &table_open));
			at = run.to;
			continue;
		}
		if (table_open && is_group_line(b, at)) {
			b->items[b->n_items - 1].to = ++at;
			continue;
		}
		table_open = false;
		TRY(add_item(b, (struct item){ .piece = b->pieces[at++] }));
	}
	return ERR_OK;
}
