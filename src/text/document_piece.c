/* document_piece.c - the lines of all files without markup, blank lines and page numbers. */
#include <string.h>

#include "text/document_parts.h"

/* What is said between two pieces. */
struct between {
	int gap;
	bool page, bold_open;
};

static bool is_rule(const char *text)
{
	return strlen(text) >= 3 && strspn(text, "-=_~. *") == strlen(text);
}

/* "12", "- 3 -", "Trang 2/10" */
static bool is_page_number(const char *text)
{
	const char *after = words_after(text, "trang");
	size_t digits;

	if (after)
		text = after;
	text += strspn(text, " -");
	digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 3)
		return false;
	text += digits;
	if (after)
		text += strspn(text, " /0123456789");
	return text[strspn(text, " -")] == '\0';
}

/* A lone number is the page's when blank lines or the page's end set it off. */
static bool is_stray_page_number(const struct text_file *f, size_t at, const struct between *w,
                                 const char *text)
{
	const struct text_line *next = at + 1 < f->n_lines ? &f->lines[at + 1] : NULL;

	if (f->lines[at].kind != TEXT_PLAIN || !is_page_number(text))
		return false;
	return (w->gap > 0 || f->lines[at].page_break) &&
	       (!next || next->page_break || str_blank(next->text) || w->page);
}

/* "| a | b |" of Markdown becomes cells between tabs; false when it only underlines a header.
 */
static bool pipes_to_tabs(char *text)
{
	size_t n = strlen(text), bars = 0, used = 0;

	for (size_t i = 0; i < n; i++)
		bars += text[i] == '|';
	if (text[0] != '|' || bars < 2)
		return true;
	if (strspn(text, "|-: ") == n && strchr(text, '-'))
		return false;
	if (text[n - 1] == '|')
		text[--n] = '\0';
	for (size_t i = 1; i < n; i++) {
		bool bar = text[i] == '|';

		while (bar && used > 0 && text[used - 1] == ' ')
			used--;
		if (text[i] == ' ' && (used == 0 || text[used - 1] == '\t'))
			continue;
		text[used] = text[i];
		if (bar)
			text[used] = '\t';
		used++;
	}
	text[used] = '\0';
	return true;
}

/* The cells of a row; the empty ones count. */
static enum err cut_cells(struct piece *p, struct arena *a)
{
	size_t n = 1;
	char *at;

	for (const char *t = p->text; *t; t++)
		n += *t == '\t';
	at = arena_alloc_unset(a, strlen(p->text) + 1);
	if (!at)
		return arena_no_memory(a);
	memcpy(at, p->text, strlen(p->text) + 1);
	TRY(arena_array(a, &p->cells, n));
	p->n_cells = n;
	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(at, "\t"), end = len;

		while (end > 0 && at[end - 1] == ' ')
			end--;
		at[len] = '\0';
		at[end] = '\0';
		p->cells[i] = at;
		p->n_filled += end > 0;
		at += len + 1;
	}
	return ERR_OK;
}

static enum err add_piece(struct build *b, struct piece piece, struct between *w)
{
	piece.gap = w->gap;
	piece.page = w->page;
	w->gap = 0;
	w->page = false;
	TRY(vec_room(b->arena, b->pieces, b->n_pieces));
	b->pieces[b->n_pieces++] = piece;
	return ERR_OK;
}

static enum err take_line(struct build *b, int file, size_t at, struct between *w, char *room)
{
	const struct text_file *f = &b->files[file];
	const struct text_line *line = &f->lines[at];
	struct cleaned clean;
	struct piece piece;

	if (str_blank(line->text))
		w->bold_open = false;
	clean = clean_line(room, line->text, &w->bold_open);
	w->page = w->page || line->page_break;
	if (line->kind != TEXT_ROW &&
	    (str_blank(room) || is_rule(room) || !pipes_to_tabs(room))) {
		w->gap++;
		return ERR_OK;
	}
	if (is_stray_page_number(f, at, w, room)) {
		w->page = true;
		w->gap++;
		return ERR_OK;
	}
	piece = (struct piece){ .text = room,
		                .line = { file, (int)at + 1 },
		                .table = line->kind == TEXT_ROW ? line->table : 0,
		                .row = line->kind == TEXT_ROW || strchr(room, '\t'),
		                .note = line->kind == TEXT_NOTE || clean.note,
		                .heading = clean.heading || line->kind == TEXT_HEADING,
		                .bold = clean.bold };
	if (piece.row)
		TRY(cut_cells(&piece, b->arena));
	return add_piece(b, piece, w);
}

enum err build_pieces(struct build *b)
{
	for (size_t file = 0; file < b->n_files; file++) {
		const struct text_file *f = &b->files[file];
		struct between w = { .gap = 1 };
		size_t bytes = 0;
		char *room;

		for (size_t i = 0; i < f->n_lines; i++)
			bytes += strlen(f->lines[i].text) + 1;
		room = arena_alloc_unset(b->arena, bytes + 1);
		if (!room)
			return arena_no_memory(b->arena);
		for (size_t i = 0; i < f->n_lines; i++) {
			TRY(take_line(b, (int)file, i, &w, room));
			room += strlen(f->lines[i].text) + 1;
		}
	}
	return ERR_OK;
}
