#include <string.h>
#include <utf8proc.h>

#include "doc/paper_parts.h"

/* Advance widths of Times New Roman Bold, thousandths of the size, from U+0020 on: the numbers
 * of every font with its metrics. */
static const short bold[] = {
	250, 333, 555, 500, 500, 1000, 833, 278,  333, 333, 500, 570, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500,  500, 500,  500, 500, 333, 333, 570, 570, 570, 500,
	930, 722, 667, 722, 722, 667,  611, 778,  778, 389, 500, 778, 667, 944, 722, 778,
	611, 778, 722, 556, 667, 722,  722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
	333, 500, 556, 444, 556, 444,  333, 500,  556, 278, 333, 556, 278, 833, 556, 500,
	556, 556, 444, 389, 333, 556,  500, 722,  500, 500, 444, 394, 220, 394, 520,
};
enum { FIRST = 0x20, AIR = 60 };

/* Letters with marks are as wide as without, but for Ư and Ơ. */
static int horn_width(utf8proc_int32_t c)
{
	switch (c) {
	case 'U':
		return 796;
	case 'u':
		return 600;
	case 'O':
		return 778;
	default:
		return 554;
	}
}

static int base_width(utf8proc_int32_t c)
{
	enum { OTHER = 500, NO_BREAK_BLANK = 0xa0 };

	if (c == NO_BREAK_BLANK)
		return bold[0];
	if (c == 0x110 || c == 0x111) /* Đ đ */
		return bold[(c == 0x110 ? 'D' : 'd') - FIRST];
	if (c < FIRST || (size_t)(c - FIRST) >= ARRAY_LEN(bold))
		return OTHER;
	return bold[c - FIRST];
}

static int letter_width(utf8proc_int32_t c)
{
	enum { HORN = 0x31b, MOST = 8 };
	utf8proc_int32_t parts[MOST];
	int last_class = 0;
	utf8proc_ssize_t n =
	        utf8proc_decompose_char(c, parts, MOST, UTF8PROC_DECOMPOSE, &last_class);

	if (n < 1 || n > MOST)
		return base_width(c);
	for (utf8proc_ssize_t i = 1; i < n; i++) {
		if (parts[i] == HORN)
			return horn_width(parts[0]);
	}
	return base_width(parts[0]);
}

int paper_bold_width(const char *text, size_t n, int size)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t c;
	long thousandths = 0;

	for (size_t done = 0; done < n;) {
		utf8proc_ssize_t used =
		        utf8proc_iterate(at + done, (utf8proc_ssize_t)(n - done), &c);

		if (used <= 0)
			break;
		thousandths += letter_width(c);
		done += (size_t)used;
	}
	return (int)(thousandths * size * 20 / 1000);
}

/* Lines of a text that is broken at blanks and at line breaks. */
struct lines {
	int n, longest, last;
};

static void end_line(struct lines *l, int width)
{
	l->n++;
	l->longest = width > l->longest ? width : l->longest;
	l->last = width;
}

static struct lines break_lines(const char *text, int size, int most)
{
	struct lines l = { 0 };
	int blank = paper_bold_width(" ", 1, size), width = 0;

	while (*text != '\0') {
		size_t n = strcspn(text, " \n");
		int word = paper_bold_width(text, n, size);

		if (width > 0 && width + blank + word > most) {
			end_line(&l, width);
			width = 0;
		}
		width += word + (width > 0 ? blank : 0);
		text += n;
		if (*text == '\n') {
			end_line(&l, width);
			width = 0;
		}
		text += *text != '\0';
	}
	end_line(&l, width);
	return l;
}

static int rule_of(struct lines l)
{
	int rule = l.longest * 2 / 5;

	/* A short last line wants a rule that is no longer than half of it. */
	if (rule > l.last / 2)
		rule = l.last / 2;
	return rule < l.longest / 3 ? l.longest / 3 : rule;
}

struct paper_measure paper_measure(const char *text, int size, int most)
{
	struct lines l = break_lines(text, size, most - AIR);
	int low = l.longest / 2, high = l.longest;

	while (low < high) {
		int middle = (low + high) / 2;

		if (break_lines(text, size, middle).n > l.n)
			low = middle + 1;
		else
			high = middle;
	}
	l = break_lines(text, size, high);
	return (struct paper_measure){ .width = l.longest + AIR < most ? l.longest + AIR : most,
		                       .rule = rule_of(l) };
}
