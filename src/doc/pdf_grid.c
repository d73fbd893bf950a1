/* pdf_grid.c - finds tables among the lines of a page, and their columns: gaps that stand above
 * each other. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "doc/pdf_layout.h"

enum { MOST_HELD = 12 };

bool pdf_is_marker(const char *text)
{
	static const char *const bullets[] = { "-", "+", "*", "•", "–", "—", "o" };
	size_t n = strspn(text, "0123456789.");

	for (size_t i = 0; i < ARRAY_LEN(bullets); i++) {
		if (strcmp(text, bullets[i]) == 0)
			return true;
	}
	if (n == 0)
		n = strspn(text, "IVXLivxl");
	if (n == 0)
		n = str_starts(text, "đ") ? strlen("đ")
		                          : strspn(text, "abcdeghiklmnABCDEGH") == 1;
	return n > 0 && n < 10 &&
	       (text[n] == '\0' || ((text[n] == '.' || text[n] == ')') && text[n + 1] == '\0'));
}

bool pdf_is_apart(const struct pdf_line *line, size_t word, double share)
{
	double least = share * pdf_height(line);

	return word > 0 && line->words[word].x0 - line->words[word - 1].x1 >= least;
}

/* The gap behind a list's sign parts nothing. */
static bool is_wide(const struct pdf_line *line)
{
	for (size_t i = pdf_is_marker(line->words[0].text) ? 2 : 1; i < line->n; i++) {
		if (pdf_is_apart(line, i, PDF_WIDE))
			return true;
	}
	return false;
}

/* Whether two lines have a gap in one place. */
static bool share_gap(const struct pdf_line *a, const struct pdf_line *b)
{
	for (size_t i = 1, k = 1; i < a->n && k < b->n;) {
		double left = fmax(a->words[i - 1].x1, b->words[k - 1].x1);
		double right = fmin(a->words[i].x0, b->words[k].x0);

		if (pdf_is_apart(a, i, PDF_NEAR) && pdf_is_apart(b, k, PDF_NEAR) &&
		    right - left >= 3)
			return true;
		if (a->words[i].x0 < b->words[k].x0)
			i++;
		else
			k++;
	}
	return false;
}

/* A line over most of the page's width is text. */
static bool is_prose(const struct pdf_layout *p, const struct pdf_line *line)
{
	const struct pdf_side *side = &p->pages[line->page];

	return line->x1 - line->x0 >= 0.75 * (side->right - side->left);
}

/* ---- which lines ---- */

struct region {
	size_t first, end;
	size_t n_wide;
	double step; /* the smallest from one line of several cells to the next */
};

/* The lines from a wide one on that may be one table; those in between are cells of several
 * lines, or rows of one cell. */
static struct region region_from(const struct pdf_layout *p, size_t first, size_t end)
{
	struct region r = { .first = first, .end = first + 1, .n_wide = 1, .step = p->pitch };
	const struct pdf_line *above = &p->lines[first], *last = above;
	bool above_wide = true;
	size_t held = 0;

	for (size_t i = first + 1; i < end && held <= MOST_HELD; i++) {
		const struct pdf_line *line = &p->lines[i];
		double down = pdf_middle(line) - pdf_middle(above);
		bool wide;

		if (line->left_out)
			continue;
		wide = is_wide(line);
		if (wide ? down > 4 * r.step
		         : down > 1.35 * r.step ||
		                    (is_prose(p, line) && !share_gap(last, line)))
			break;
		if (wide && above_wide && (r.n_wide == 1 || down < r.step) &&
		    down > 0.6 * p->pitch)
			r.step = down;
		held = wide ? 0 : held + 1;
		if (wide) {
			r.end = i + 1;
			r.n_wide++;
			last = line;
		}
		above = line;
		above_wide = wide;
	}
	return r;
}

/* ---- its columns ---- */

struct counts {
	int left, right;  /* points from, to: nothing of the table is outside */
	unsigned *across; /* lines whose text covers a point */
	unsigned *apart;  /* lines with a gap over it */
	unsigned *inside; /* texts that stand wholly in a gap of the others */
};

static void count(unsigned *at, double from, double to)
{
	int first = (int)ceil(from), last = (int)floor(to);

	for (int x = first < 0 ? 0 : first; x <= last && x < PDF_MOST_WIDTH; x++)
		at[x]++;
}

/* Where the words go on without a gap, from word `i` on. */
static size_t segment_end(const struct pdf_line *line, size_t i)
{
	for (i++; i < line->n && !pdf_is_apart(line, i, PDF_NEAR); i++)
		;
	return i;
}

static double segment_right(const struct pdf_line *line, size_t from, size_t to)
{
	double right = line->words[from].x1;

	for (size_t i = from; i < to; i++)
		right = line->words[i].x1 > right ? line->words[i].x1 : right;
	return right;
}

static void count_line(const struct counts *c, const struct pdf_line *line)
{
	for (size_t i = 0; i < line->n;) {
		size_t end = segment_end(line, i);
		double right = segment_right(line, i, end);

		count(c->across, line->words[i].x0, right);
		if (end < line->n)
			count(c->apart, right, line->words[end].x0);
		i = end;
	}
}

static bool is_gap(const struct counts *c, int x)
{
	return c->apart[x] > 0 && 4 * c->across[x] <= c->apart[x];
}

/* A column that most rows leave empty: its few texts stand in a gap of the others. */
static void count_inside(const struct counts *c, const struct pdf_line *line)
{
	for (size_t i = 0; i < line->n;) {
		size_t end = segment_end(line, i);
		int from = (int)ceil(line->words[i].x0);
		int to = (int)floor(segment_right(line, i, end));
		bool inside = from >= 0 && to < PDF_MOST_WIDTH && from <= to;

		for (int x = from; inside && x <= to; x++)
			inside = is_gap(c, x);
		if (inside)
			count(c->inside, from, to);
		i = end;
	}
}

/* The part of a gap that the fewest texts reach into; of several the widest. */
static void narrow(const struct counts *c, int *from, int *to)
{
	int best_from = *from, best_to = *from;
	unsigned least = c->across[*from];

	for (int x = *from; x < *to;) {
		int start = x;
		unsigned across = c->across[x];

		while (x < *to && c->across[x] == across)
			x++;
		if (across < least || (across == least && x - start > best_to - best_from)) {
			least = across;
			best_from = start;
			best_to = x;
		}
	}
	*from = best_from;
	*to = best_to;
}

/* The gaps between the columns; those at the very left and right are none. */
static bool find_strips(struct pdf_grid *grid, const struct counts *c)
{
	size_t n = 0;

	for (int x = c->left; x < c->right;) {
		int from = x, to;

		while (x < c->right && is_gap(c, x) && c->inside[x] == 0)
			x++;
		if (x == from) {
			x++;
			continue;
		}
		to = x;
		narrow(c, &from, &to);
		if (to - from < 2)
			continue;
		if (n + 1 == PDF_MOST_COLUMNS_FOUND)
			return false;
		grid->strips[n][0] = from;
		grid->strips[n++][1] = to;
	}
	grid->n_columns = n + 1;
	return n > 0;
}

static struct counts start_counts(const struct pdf_grid *grid, const struct pdf_layout *p)
{
	struct counts c = { PDF_MOST_WIDTH, 0, p->room, p->room + PDF_MOST_WIDTH,
		            p->room + 2UL * PDF_MOST_WIDTH };
	size_t n;

	for (size_t i = grid->first; i < grid->end; i++) {
		const struct pdf_line *line = &p->lines[i];

		c.left = line->x0 < c.left ? (int)fmax(line->x0, 0) : c.left;
		c.right =
		        line->x1 > c.right ? (int)fmin(line->x1 + 1, PDF_MOST_WIDTH) : c.right;
	}
	n = c.left < c.right ? (size_t)(c.right - c.left) : 0;
	memset(c.across + c.left, 0, n * sizeof(*c.across));
	memset(c.apart + c.left, 0, n * sizeof(*c.apart));
	memset(c.inside + c.left, 0, n * sizeof(*c.inside));
	return c;
}

static bool find_columns(struct pdf_grid *grid, const struct pdf_layout *p)
{
	const struct counts c = start_counts(grid, p);

	for (size_t i = grid->first; i < grid->end; i++) {
		if (!p->lines[i].left_out)
			count_line(&c, &p->lines[i]);
	}
	for (size_t i = grid->first; i < grid->end; i++) {
		if (!p->lines[i].left_out)
			count_inside(&c, &p->lines[i]);
	}
	return find_strips(grid, &c);
}

/* ---- lines of one cell above and below ---- */

/* Whether the line's texts stand each in one column. */
static bool fits(const struct pdf_grid *grid, const struct pdf_line *line)
{
	for (size_t i = 0; i < line->n;) {
		size_t end = segment_end(line, i);
		double right = segment_right(line, i, end);

		for (size_t k = 0; k + 1 < grid->n_columns; k++) {
			double middle = (grid->strips[k][0] + grid->strips[k][1]) / 2;

			if (line->words[i].x0 < middle && right > middle)
				return false;
		}
		i = end;
	}
	return true;
}

/* Whether a line is one more of the cell beside which it stands, or a row that has only a
 * number and a label. */
static bool continues(const struct pdf_layout *p, const struct pdf_grid *grid, size_t line,
                      size_t beside)
{
	const struct pdf_line *at = &p->lines[line];
	double down = fabs(pdf_middle(at) - pdf_middle(&p->lines[beside]));
	bool several = segment_end(at, 0) < at->n;

	return !at->left_out && down <= (several ? 1.5 : 1.1) * p->pitch && !is_prose(p, at) &&
	       fits(grid, at);
}

/* Whether the last line of a paragraph ends there. */
static bool ends_prose(const struct pdf_layout *p, size_t line, size_t from)
{
	return line > from && is_prose(p, &p->lines[line - 1]) &&
	       pdf_middle(&p->lines[line]) - pdf_middle(&p->lines[line - 1]) <= 1.1 * p->pitch;
}

static void extend(struct pdf_grid *grid, const struct pdf_layout *p, size_t from, size_t end)
{
	while (grid->first > from && continues(p, grid, grid->first - 1, grid->first) &&
	       !ends_prose(p, grid->first - 1, from))
		grid->first--;
	while (grid->end < end && continues(p, grid, grid->end, grid->end - 1))
		grid->end++;
}

/* Whether one of a table's gaps is where `strip` is. */
static bool has_strip(const struct pdf_grid *grid, const double strip[2])
{
	for (size_t i = 0; i + 1 < grid->n_columns; i++) {
		if (grid->strips[i][0] <= strip[1] && grid->strips[i][1] >= strip[0])
			return true;
	}
	return false;
}

/* On this page a column of the table may be empty: it has the columns it had when its lines fit
 * them. */
static void take_columns(struct pdf_grid *grid, const struct pdf_layout *p,
                         const struct pdf_grid *before)
{
	size_t lines = 0, odd = 0;

	if (!before || before->n_columns < grid->n_columns)
		return;
	for (size_t i = 0; i + 1 < grid->n_columns; i++) {
		if (!has_strip(before, grid->strips[i]))
			return;
	}
	for (size_t i = grid->first; i < grid->end; i++) {
		lines += !p->lines[i].left_out;
		odd += !p->lines[i].left_out && !fits(before, &p->lines[i]);
	}
	if (10 * odd > lines)
		return;
	memcpy(grid->strips, before->strips, sizeof(grid->strips));
	grid->n_columns = before->n_columns;
}

/* The two columns above the title and below the text (who writes, who signs) are no table: each
 * of their lines is for itself. */
static bool is_letterhead(const struct pdf_layout *p, const struct pdf_grid *grid)
{
	size_t last = p->n_lines, shown = 0;

	if (grid->n_columns != 2)
		return false;
	while (last > 0 && p->lines[last - 1].left_out)
		last--;
	for (size_t i = 0; i < grid->first && shown < 4; i++)
		shown += !p->lines[i].left_out;
	return shown < 4 || grid->end >= last;
}

ERR_RESULT pdf_grid_find(bool *found, struct pdf_grid *out, const struct pdf_layout *p,
                         size_t from, size_t end, const struct pdf_grid *before)
{
	*found = false;
	for (size_t i = from; i < end; i++) {
		struct region r;

		if (p->lines[i].left_out || !is_wide(&p->lines[i]))
			continue;
		r = region_from(p, i, end);
		*out = (struct pdf_grid){ .first = r.first, .end = r.end };
		if (r.n_wide < 2 || !find_columns(out, p)) {
			i = r.end - 1;
			continue;
		}
		take_columns(out, p, before);
		extend(out, p, from, end);
		*found = true;
		return pdf_grid_rows(out, p, is_letterhead(p, out));
	}
	return ERR_OK;
}
