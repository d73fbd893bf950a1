/* pdf_margins.c - what stands around the text of a page: page numbers, running heads, the
 * text's own edges, footnotes. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "doc/pdf_layout.h"

enum { LEAST_PAGES = 3, MOST_NUMBERS = 1000 };

/* ---- page numbers and running heads ---- */

/* "2", "- 2 -", "2/5", "Trang 2". */
static bool is_page_number(const struct pdf_line *line)
{
	bool digits = false;

	for (size_t i = 0; i < line->n; i++) {
		const char *text = line->words[i].text;

		if (i == 0 && (str_eq(text, "Trang") || str_eq(text, "Page")))
			continue;
		if (strlen(text) > 9 || text[strspn(text, "0123456789-/|. ")] != '\0')
			return str_eq(text, "–") && digits;
		digits = digits || text[strcspn(text, "0123456789")] != '\0';
	}
	return digits;
}

/* In the strip of paper that is left free above and below the text. */
static bool in_margin(const struct pdf_layout *p, const struct pdf_line *line)
{
	double whole = p->words->pages[line->page].height;

	return line->y0 < 0.07 * whole || line->y1 > 0.93 * whole;
}

/* The first or last line of a page that is not left out; NULL: none. */
static struct pdf_line *edge(const struct pdf_layout *p, size_t page, bool last)
{
	const struct pdf_side *side = &p->pages[page];

	for (size_t i = side->first; i < side->end; i++) {
		struct pdf_line *line = &p->lines[last ? side->end - 1 - (i - side->first) : i];

		if (!line->left_out)
			return line;
	}
	return NULL;
}

/* The line's letters with "0" for every digit. */
static enum err pattern_of(const char **out, struct arena *a, const struct pdf_line *line)
{
	const char *text;
	char *copy;

	TRY(pdf_line_text(&text, a, line, 0, line->n));
	copy = arena_alloc(a, strlen(text) + 1);
	if (!copy)
		return arena_no_memory(a);
	for (size_t i = 0; text[i]; i++)
		copy[i] = isdigit((unsigned char)text[i]) ? '0' : text[i];
	*out = copy;
	return ERR_OK;
}

struct head {
	const char *pattern;
	struct pdf_line *line;
};

static int compare_heads(const void *a, const void *b)
{
	const struct head *left = a, *right = b;

	return strcmp(left->pattern, right->pattern);
}

/* Leaves out what most pages have in one place of their margin. */
static enum err drop_repeated(struct pdf_layout *p, bool last)
{
	size_t n_pages = p->words->n_pages, n = 0;
	struct head *heads;

	TRY(arena_array(p->arena, &heads, n_pages + 1));
	for (size_t i = 0; i < n_pages; i++) {
		struct pdf_line *line = edge(p, i, last);

		if (!line || !in_margin(p, line))
			continue;
		TRY(pattern_of(&heads[n].pattern, p->arena, line));
		heads[n++].line = line;
	}
	qsort(heads, n, sizeof(*heads), compare_heads);
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;

		while (end < n && strcmp(heads[end].pattern, heads[i].pattern) == 0)
			end++;
		if (end - i >= LEAST_PAGES && 2 * (end - i) > n_pages) {
			for (size_t k = i; k < end; k++)
				heads[k].line->left_out = true;
		}
		i = end;
	}
	return ERR_OK;
}

static void drop_numbers(struct pdf_layout *p)
{
	for (size_t i = 0; i < p->words->n_pages; i++) {
		struct pdf_line *first = edge(p, i, false), *last = edge(p, i, true);

		if (first && in_margin(p, first) && is_page_number(first))
			first->left_out = true;
		else if (last && in_margin(p, last) && is_page_number(last))
			last->left_out = true;
	}
}

/* ---- the edges of the text ---- */

static int compare_lengths(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* The outermost place where at least three lines begin or end, or the outermost of all. */
static double outermost(double *at, size_t n, bool right)
{
	qsort(at, n, sizeof(*at), compare_lengths);
	for (size_t i = 0; i + 2 < n; i++) {
		double value = right ? at[n - 1 - i] : at[i];
		double third = right ? at[n - 3 - i] : at[i + 2];

		if (fabs(value - third) <= 1.5)
			return value;
	}
	return right ? at[n - 1] : at[0];
}

/* An earlier page of the same width; `page` itself: there is none. */
static size_t same_width(const struct pdf_words *w, size_t page)
{
	for (size_t i = 0; i < page; i++) {
		if (fabs(w->pages[i].width - w->pages[page].width) < 1)
			return i;
	}
	return page;
}

/* Pages of one width have the same edges. */
static enum err find_edges(struct pdf_layout *p)
{
	double *left, *right;

	TRY(arena_array(p->arena, &left, p->n_lines + 1));
	TRY(arena_array(p->arena, &right, p->n_lines + 1));
	for (size_t page = 0; page < p->words->n_pages; page++) {
		double width = p->words->pages[page].width;
		size_t like = same_width(p->words, page), n = 0;

		for (size_t i = p->pages[page].first; i < p->n_lines && like == page; i++) {
			const struct pdf_line *line = &p->lines[i];

			if (line->left_out ||
			    fabs(p->words->pages[line->page].width - width) >= 1)
				continue;
			left[n] = line->x0;
			right[n++] = line->x1;
		}
		p->pages[page].left = n ? outermost(left, n, false) : 0;
		p->pages[page].right = n ? outermost(right, n, true) : width;
		if (like < page) {
			p->pages[page].left = p->pages[like].left;
			p->pages[page].right = p->pages[like].right;
		}
	}
	return ERR_OK;
}

ERR_RESULT pdf_layout_margins(struct pdf_layout *p)
{
	drop_numbers(p);
	for (int round = 0; round < 2; round++) {
		TRY(drop_repeated(p, false));
		TRY(drop_repeated(p, true));
	}
	return find_edges(p);
}

/* ---- footnotes ---- */

/* The number that a word is; 0: none. */
static int mark_number(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n >= 1 && n <= 3 && text[n] == '\0' ? (int)strtol(text, NULL, 10) : 0;
}

/* A small number that stands right behind a word, raised. */
static int mark_at(const struct pdf_line *line, size_t i)
{
	const struct pdf_word *w = &line->words[i];

	if (i == 0 || w->y1 - w->y0 > 0.72 * pdf_height(line) || w->y1 > line->y1 - 1 ||
	    w->x0 - line->words[i - 1].x1 > 2)
		return 0;
	return mark_number(w->text);
}

/* Where a footnote begins: its number, then smaller words than the text's. */
static int note_number(const struct pdf_layout *p, const struct pdf_line *line)
{
	const struct pdf_word *last = &line->words[line->n - 1];

	return line->n > 1 && last->y1 - last->y0 < 0.97 * p->height
	               ? mark_number(line->words[0].text)
	               : 0;
}

/* The first line of a page with the mark of each number; no line: past the last of all. */
struct marks {
	size_t lines[MOST_NUMBERS];
};

static void find_marks(struct marks *marks, const struct pdf_layout *p, size_t page)
{
	for (size_t i = 0; i < MOST_NUMBERS; i++)
		marks->lines[i] = p->n_lines;
	for (size_t i = p->pages[page].end; i-- > p->pages[page].first;) {
		for (size_t w = 1; w < p->lines[i].n; w++) {
			int number = mark_at(&p->lines[i], w);

			if (number > 0 && number < MOST_NUMBERS)
				marks->lines[number] = i;
		}
	}
}

/* The footnote that begins with a line, of those that lines above `above` refer to; 0: none. */
static int note_begins(const struct pdf_layout *p, const struct marks *marks, size_t line,
                       size_t above)
{
	int number = p->lines[line].left_out ? 0 : note_number(p, &p->lines[line]);

	return number > 0 && number < MOST_NUMBERS && marks->lines[number] < above ? number : 0;
}

/* The first line of the page's footnotes: from there on to its foot all are notes that are
 * referred to above. */
static size_t notes_start(const struct pdf_layout *p, const struct marks *marks, size_t page)
{
	const struct pdf_side *side = &p->pages[page];
	size_t start = side->end;

	for (size_t i = side->end; i-- > side->first;) {
		if (p->lines[i].left_out)
			continue;
		if (pdf_height(&p->lines[i]) > p->height)
			break;
		if (note_begins(p, marks, i, i))
			start = i;
	}
	return start;
}

static enum err take_note(struct pdf_layout *p, const struct marks *marks, size_t first,
                          size_t end)
{
	int number = note_number(p, &p->lines[first]);
	size_t line = marks->lines[number];

	TRY(vec_room(p->arena, p->notes, p->n_notes));
	p->notes[p->n_notes++] = (struct pdf_note){ line, first, end, number };
	for (size_t w = 1; w < p->lines[line].n; w++) {
		if (mark_at(&p->lines[line], w) == number)
			p->lines[line].words[w].text = "";
	}
	p->lines[first].words[0].text = "";
	for (size_t i = first; i < end; i++)
		p->lines[i].left_out = true;
	return ERR_OK;
}

static enum err page_notes(struct pdf_layout *p, size_t page)
{
	size_t last = p->pages[page].end, start, next;
	struct marks marks;

	find_marks(&marks, p, page);
	start = notes_start(p, &marks, page);
	for (size_t i = start; i < last && note_begins(p, &marks, i, i); i = next) {
		size_t end = i + 1;

		while (end < last && !p->lines[end].left_out &&
		       !note_begins(p, &marks, end, start))
			end++;
		TRY(take_note(p, &marks, i, end));
		for (next = end; next < last && p->lines[next].left_out; next++)
			;
	}
	return ERR_OK;
}

/* A raised number that is no mark belongs to the word before it: m2. */
static enum err join_raised(struct pdf_layout *p, struct pdf_line *line)
{
	for (size_t i = 1; i < line->n; i++) {
		struct pdf_word *word = &line->words[i - 1];

		if (!mark_at(line, i) || word->text[0] == '\0')
			continue;
		TRY(arena_printf(p->arena, &word->text, "%s%s", word->text,
		                 line->words[i].text));
		line->words[i].text = "";
	}
	return ERR_OK;
}

static int compare_notes(const void *a, const void *b)
{
	const struct pdf_note *left = a, *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return left->number - right->number;
}

ERR_RESULT pdf_layout_notes(struct pdf_layout *p)
{
	for (size_t page = 0; page < p->words->n_pages; page++)
		TRY(page_notes(p, page));
	if (p->n_notes > 0)
		qsort(p->notes, p->n_notes, sizeof(*p->notes), compare_notes);
	for (size_t i = 0; i < p->n_lines; i++) {
		if (!p->lines[i].left_out)
			TRY(join_raised(p, &p->lines[i]));
	}
	return ERR_OK;
}
