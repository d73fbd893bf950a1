#include "doc/pdf_layout.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "base/vntext.h"

static double middle(const struct pdf_word *w)
{
	return (w->y0 + w->y1) / 2;
}
static double height(const struct pdf_word *w)
{
	return w->y1 - w->y0;
}

static int compare_down(const void *a, const void *b)
{
	double left = middle(a), right = middle(b);

	return (left > right) - (left < right);
}
static int compare_across(const void *a, const void *b)
{
	const struct pdf_word *left = a, *right = b;

	return (left->x0 > right->x0) - (left->x0 < right->x0);
}

/* Whether a word stands in the line: at its height, or raised or lowered beside it. */
static bool belongs(const struct pdf_line *line, double line_middle,
                    const struct pdf_word *word)
{
	double tall = pdf_height(line), own = height(word);
	double small = own < tall ? own : tall, big = own < tall ? tall : own;
	double share = small < 0.75 * big ? 0.5 : 0.35;

	return fabs(line_middle - middle(word)) <= share * small;
}

static void line_finish(struct pdf_line *line)
{
	qsort(line->words, line->n, sizeof(*line->words), compare_across);
	line->x0 = line->words[0].x0;
	line->x1 = line->words[0].x1;
	for (size_t i = 1; i < line->n; i++) {
		if (line->words[i].x1 > line->x1)
			line->x1 = line->words[i].x1;
	}
}

/* Text that runs upwards, in a stamp or at the edge, is no line. */
static size_t drop_upright(struct pdf_word *words, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		double width = words[i].x1 - words[i].x0;

		if (text_length(words[i].text) >= 3 && height(&words[i]) > 2.5 * width)
			continue;
		words[kept++] = words[i];
	}
	return kept;
}

static enum err page_lines(struct pdf_layout *p, struct pdf_word *words, size_t n, size_t page)
{
	struct pdf_line *line = NULL;
	double sum = 0; /* of the middles of its words */

	n = drop_upright(words, n);
	qsort(words, n, sizeof(*words), compare_down);
	for (size_t i = 0; i < n; i++) {
		if (line && belongs(line, sum / (double)line->n, &words[i])) {
			line->n++;
			sum += middle(&words[i]);
			if (height(&words[i]) > pdf_height(line)) {
				line->y0 = words[i].y0;
				line->y1 = words[i].y1;
			}
			continue;
		}
		if (line)
			line_finish(line);
		TRY(vec_room(p->arena, p->lines, p->n_lines));
		line = &p->lines[p->n_lines++];
		*line = (struct pdf_line){ .words = words + i,
			                   .n = 1,
			                   .y0 = words[i].y0,
			                   .y1 = words[i].y1,
			                   .page = page };
		sum = middle(&words[i]);
	}
	if (line)
		line_finish(line);
	return ERR_OK;
}

/* ---- the usual height and pitch: what most words and lines have ---- */

enum { BINS = 2000 }; /* of a tenth of a point */

static size_t bin_of(double length)
{
	return length <= 0 ? 0 : length * 10 >= BINS ? BINS - 1 : (size_t)(length * 10 + 0.5);
}

static double most_frequent(const unsigned *bins)
{
	size_t best = 0;

	for (size_t i = 1; i + 1 < BINS; i++) {
		if (bins[i - 1] + bins[i] + bins[i + 1] >
		    (best ? bins[best - 1] + bins[best] + bins[best + 1] : 0))
			best = i;
	}
	return (double)best / 10;
}

static enum err measure(struct pdf_layout *p)
{
	unsigned *heights, *pitches;

	TRY(arena_array(p->arena, &heights, BINS));
	TRY(arena_array(p->arena, &pitches, BINS));
	for (size_t i = 0; i < p->words->n_words; i++)
		heights[bin_of(height(&p->words->words[i]))]++;
	p->height = most_frequent(heights);
	for (size_t i = 1; i < p->n_lines; i++) {
		double down = pdf_middle(&p->lines[i]) - pdf_middle(&p->lines[i - 1]);

		if (p->lines[i].page == p->lines[i - 1].page && down >= 0.7 * p->height &&
		    down <= 2.2 * p->height &&
		    fabs(pdf_height(&p->lines[i]) - p->height) < 0.1 * p->height)
			pitches[bin_of(down)]++;
	}
	p->pitch = most_frequent(pitches);
	if (p->pitch <= 0)
		p->pitch = p->height;
	return ERR_OK;
}

ERR_RESULT pdf_layout_build(struct pdf_layout *out, struct arena *a, struct pdf_words *words)
{
	*out = (struct pdf_layout){ .arena = a, .words = words };
	TRY(arena_array(a, &out->pages, words->n_pages + 1));
	TRY(arena_array(a, &out->room, 3UL * PDF_MOST_WIDTH));
	for (size_t i = 0; i < words->n_pages; i++) {
		const struct pdf_leaf *leaf = &words->pages[i];

		out->pages[i].first = out->n_lines;
		if (leaf->end > leaf->first)
			TRY(page_lines(out, words->words + leaf->first, leaf->end - leaf->first,
			               i));
		out->pages[i].end = out->n_lines;
	}
	TRY(measure(out));
	TRY(pdf_layout_margins(out));
	return pdf_layout_notes(out);
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

const char *pdf_between(const char *before, const char *after)
{
	size_t n = strlen(before);

	if (n > 1 && strchr("-/", before[n - 1]) && is_word_byte(before[n - 2]))
		return "";
	if (after[0] && strchr("-/", after[0]) && is_word_byte(after[1]) && n > 0 &&
	    is_word_byte(before[n - 1]))
		return "";
	return after[0] && strchr(".,;:)%", after[0]) ? "" : " ";
}

ERR_RESULT pdf_line_text(const char **out, struct arena *a, const struct pdf_line *line,
                         size_t from, size_t to)
{
	struct str text;

	str_init(&text, a, TEXT_MOST_BYTES);
	for (size_t i = from; i < to; i++) {
		if (line->words[i].text[0] == '\0')
			continue;
		/* A change of font cuts a word in two that stand without a gap. */
		if (text.len > 0 &&
		    line->words[i].x0 - line->words[i - 1].x1 > 0.06 * pdf_height(line))
			str_put_char(&text, ' ');
		str_put(&text, line->words[i].text);
	}
	if (text.too_long)
		return err_set(ERR_TOO_LARGE, "a line");
	return str_finish(&text, out);
}
