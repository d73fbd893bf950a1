/* document_marker.c - bullets and numbers that paragraphs and rows begin with. */
#include <string.h>
#include <utf8proc.h>

#include "text/document_parts.h"

enum { LARGEST_PART = 199, LARGEST_ROMAN = 60 };

static size_t skip_blanks(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t')
		at++;
	return at;
}

static void put_words(struct marker *m, const char *text, size_t at)
{
	m->whole_end = at;
	m->words = skip_blanks(text, at);
}

static bool read_bullet(struct marker *m, const char *text)
{
	static const struct {
		const char *sign;
		enum marker_class class;
	} signs[] = {
		{ "-", MARK_DASH },
		{ "–", MARK_DASH },
		{ "—", MARK_DASH },
		{ "\xe2\x88\x92", MARK_DASH },
		{ "+", MARK_PLUS },
		{ "•", MARK_DOT },
		{ "●", MARK_DOT },
		{ "▪", MARK_DOT },
		{ "◦", MARK_DOT },
		{ "·", MARK_DOT },
		{ "*", MARK_DOT },
		{ "✓", MARK_DOT },
		{ "➢", MARK_DOT },
		{ "\xef\x82\xb7", MARK_DOT },
		{ "\xef\x80\xad", MARK_DASH },
		{ "\xef\x82\xa7", MARK_DOT },
	};

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		size_t n = strlen(signs[i].sign);

		if (strncmp(text, signs[i].sign, n) != 0)
			continue;
		/* "-5" and "+3" are figures, "-Rà soát" is a hurried bullet. */
		if (text[n] >= '0' && text[n] <= '9' && n == 1)
			return false;
		if (text[n] == '\0' || strncmp(text + n, signs[i].sign, n) == 0)
			return false;
		m->class = signs[i].class;
		m->end = n;
		put_words(m, text, n);
		return true;
	}
	return false;
}

static int roman_value(char c)
{
	static const char letters[] = "IVXLC";
	static const int values[] = { 1, 5, 10, 50, 100 };
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? values[at - letters] : 0;
}

/* "XIV": 14; its length; 0 when it is no Roman number as people count. */
static size_t read_roman(const char *text, int *value)
{
	size_t n = 0;

	*value = 0;
	for (; roman_value(text[n]) > 0 && n < 8; n++) {
		int here = roman_value(text[n]), next = roman_value(text[n + 1]);

		*value += here < next ? -here : here;
	}
	return *value > 0 && *value <= LARGEST_ROMAN ? n : 0;
}

/* "2.1.3" without a last dot; its length. */
static size_t read_parts(struct marker *m, const char *text)
{
	size_t at = 0, end = 0;

	m->n_parts = 0;
	while (m->n_parts < MARKER_PARTS) {
		int value = 0;
		size_t digits = 0;

		for (; text[at] >= '0' && text[at] <= '9' && digits < 4; at++, digits++)
			value = value * 10 + (text[at] - '0');
		/* "1.788" has groups of thousands, "31.12.2024" a year, "05" padding. */
		if (digits == 0 || digits > 3 || value > LARGEST_PART ||
		    (m->n_parts > 0 && digits > 2))
			return digits == 0 ? end : 0;
		m->parts[m->n_parts++] = value;
		end = at;
		if (text[at] != '.')
			break;
		at++;
	}
	return text[end] >= '0' && text[end] <= '9' ? 0 : end;
}

/* What closes a number: its length; blank or the end must follow, or a capital ("1.Nội dung").
 */
static size_t read_close(const char *text, const char *closers)
{
	size_t used;

	if (!text[0] || !strchr(closers, text[0]))
		return 0;
	if (text[1] == '\0' || text[1] == ' ' || text[1] == '\t')
		return 1;
	return strchr(".)", text[0]) && is_upper_letter(point_at(text + 1, &used)) ? 1 : 0;
}

static bool read_arabic(struct marker *m, const char *text)
{
	size_t n = read_parts(m, text);
	size_t close;

	if (n == 0)
		return false;
	close = read_close(text + n, ".)/:");
	/* "2.1 Mục tiêu" needs no last dot. */
	if (close == 0 && (m->n_parts < 2 || text[n] != ' ' || !starts_upper(text + n)))
		return false;
	m->class = close && text[n] == ')' && m->n_parts == 1 ? MARK_PAREN : MARK_ARABIC;
	m->end = n;
	put_words(m, text, n + close);
	return true;
}

static int letter_ordinal(int32_t c)
{
	static const char order[] = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
	size_t used;
	int at = 0;

	c = utf8proc_tolower(c);
	for (const char *p = order; *p; p += used, at++)
		if (point_at(p, &used) == c)
			return at + 1;
	return 0;
}

static bool read_letters(struct marker *m, const char *text)
{
	size_t n = read_roman(text, &m->parts[0]), used, close;
	int32_t c;

	m->n_parts = 1;
	if (n > 0 && (close = read_close(text + n, ".)/:")) > 0) {
		m->class = MARK_ROMAN;
		m->end = n;
		put_words(m, text, n + close);
		return true;
	}
	c = point_at(text, &used);
	m->parts[0] = letter_ordinal(c);
	if (m->parts[0] == 0 || (close = read_close(text + used, ".)/")) == 0)
		return false;
	m->class = is_upper_letter(c) ? MARK_UPPER : MARK_LETTER;
	m->end = used;
	put_words(m, text, used + close);
	/* "T.P", "v.v." */
	return m->words > m->whole_end || text[m->words] == '\0' || text[used] == ')';
}

/* "(1) ...", "(a) ..." */
static bool read_paren(struct marker *m, const char *text)
{
	size_t n, used;

	if (text[0] != '(')
		return false;
	n = read_parts(m, text + 1);
	if (n == 0) {
		m->n_parts = 1;
		m->parts[0] = letter_ordinal(point_at(text + 1, &used));
		n = m->parts[0] ? used : 0;
	}
	if (n == 0 || m->n_parts != 1 || text[n + 1] != ')' || text[n + 2] != ' ')
		return false;
	m->class = MARK_PAREN;
	m->start = 1;
	m->end = n + 1;
	put_words(m, text, n + 2);
	return true;
}

/* "Phần II", "Chương 3", "Phần thứ nhất". */
static bool read_part(struct marker *m, const char *text)
{
	static const char *const words[] = { "phần thứ", "phần", "chương", "mục", "điều" };
	static const char *const ranks[] = { "nhất", "hai", "ba", "tư", "năm", "sáu" };
	const char *after = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(words) && !after; i++)
		after = words_after(text, words[i]);
	if (!after || *after != ' ' || !starts_upper(text))
		return false;
	after++;
	m->start = (size_t)(after - text);
	for (size_t i = 0; i < ARRAY_LEN(ranks) && n == 0; i++)
		if (words_start(after, ranks[i])) {
			n = strlen(ranks[i]);
			m->parts[0] = (int)i + 1;
		}
	if (n == 0)
		n = read_roman(after, &m->parts[0]);
	if (n == 0)
		n = read_parts(m, after);
	if (n == 0 || (after[n] != '\0' && !strchr(".:", after[n])))
		return false;
	m->n_parts = 1;
	m->class = MARK_PART;
	m->end = m->start + n;
	put_words(m, text, m->end + (after[n] != '\0'));
	return true;
}

struct marker marker_of(const char *text)
{
	struct marker m = { .class = MARK_NONE };

	if (read_bullet(&m, text) || read_arabic(&m, text) || read_letters(&m, text) ||
	    read_paren(&m, text) || read_part(&m, text))
		return m;
	return (struct marker){ .class = MARK_NONE };
}

/* A number with nothing behind it, or with words and no dot: "1.1", "II", "a", "1 Kiểm soát".
 */
static bool read_bare(struct marker *m, const char *text)
{
	size_t n = read_parts(m, text), used;

	m->class = MARK_ARABIC;
	if (n == 0) {
		m->n_parts = 1;
		m->class = MARK_ROMAN;
		n = read_roman(text, &m->parts[0]);
	}
	if (n == 0) {
		int32_t c = point_at(text, &used);

		m->parts[0] = letter_ordinal(c);
		m->class = is_upper_letter(c) ? MARK_UPPER : MARK_LETTER;
		n = m->parts[0] ? used : 0;
	}
	if (n == 0 || (text[n] != '\0' && (text[n] != ' ' || m->class == MARK_LETTER ||
	                                   m->class == MARK_UPPER || !starts_upper(text + n))))
		return false;
	m->end = n;
	put_words(m, text, n);
	return true;
}

struct marker marker_of_cell(const char *text)
{
	struct marker m = marker_of(text);

	if (m.class != MARK_NONE)
		return m;
	m = (struct marker){ .class = MARK_NONE };
	if (read_bare(&m, text))
		return m;
	return (struct marker){ .class = MARK_NONE };
}
