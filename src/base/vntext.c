#include "base/vntext.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"

enum { LONGEST_TEXT = 1 << 20 };

bool text_is_valid(const char *bytes, size_t n)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;

	for (size_t left = n; left;) {
		utf8proc_int32_t c = *at;
		utf8proc_ssize_t used = 1;

		if (c >= 0x80)
			used = utf8proc_iterate(at, (utf8proc_ssize_t)left, &c);
		if (used <= 0 || c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
			return false;
		at += used;
		left -= (size_t)used;
	}
	return true;
}

static ERR_RESULT map_text(struct arena *a, const char **out, const char *text,
                           utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
	                                  options | UTF8PROC_NULLTERM);

	if (n < 0)
		return err_set(n == UTF8PROC_ERROR_NOMEM ? ERR_NO_MEMORY : ERR_INPUT,
		               "text: %s", utf8proc_errmsg(n));
	enum err e = arena_strndup(a, out, (const char *)mapped, (size_t)n);
	free(mapped);
	return e;
}

enum err text_nfc(struct arena *a, const char **out, const char *text)
{
	return map_text(a, out, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* The next code point of NFD text; 0 at the end or where it is not UTF-8. */
static utf8proc_int32_t next_point(const char **at)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &c);

	if (used <= 0 || c == 0)
		return 0;
	*at += used;
	return c;
}

static void put_point(struct str *s, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	str_put_n(s, (const char *)bytes, (size_t)n);
}

static bool is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC ||
	       k == UTF8PROC_CATEGORY_ME;
}

static bool is_word(utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       k == UTF8PROC_CATEGORY_ND;
}

enum { D_STROKE = 0x111, D_STROKE_CAPITAL = 0x110 };

enum err text_fold(struct arena *a, const char **out, const char *text)
{
	const char *nfd;
	utf8proc_int32_t c;
	struct str s;
	bool gap = false;

	TRY(map_text(a, &nfd, text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
	str_init(&s, a, LONGEST_TEXT);
	while ((c = next_point(&nfd)) != 0) {
		if (is_mark(c))
			continue;
		if (!is_word(c)) {
			gap = s.len > 0;
			continue;
		}
		if (gap)
			str_put_char(&s, ' ');
		gap = false;
		c = utf8proc_tolower(c);
		put_point(&s, c == D_STROKE ? 'd' : c);
	}
	return str_finish(&s, out);
}

/* Combining marks of Vietnamese. */
enum {
	GRAVE = 0x300,
	ACUTE = 0x301,
	CIRCUMFLEX = 0x302,
	TILDE = 0x303,
	BREVE = 0x306,
	HOOK = 0x309,
	HORN = 0x31b,
	DOT_BELOW = 0x323
};

/* A letter with its vowel mark as one rank, so that a < ă < â, o < ô < ơ, d < đ. */
static int letter_rank(utf8proc_int32_t base, utf8proc_int32_t mark)
{
	static const struct {
		int base, mark, add;
	} marked[] = {
		{ 'a', BREVE, 1 },      { 'a', CIRCUMFLEX, 2 }, { 'e', CIRCUMFLEX, 1 },
		{ 'o', CIRCUMFLEX, 1 }, { 'o', HORN, 2 },       { 'u', HORN, 1 },
	};
	if (base == D_STROKE)
		return 'd' * 4 + 1;
	for (size_t i = 0; i < ARRAY_LEN(marked); i++)
		if (marked[i].base == base && marked[i].mark == mark)
			return base * 4 + marked[i].add;
	return base * 4;
}

static int tone_rank(utf8proc_int32_t mark)
{
	switch (mark) {
	case GRAVE:
		return 2;
	case HOOK:
		return 3;
	case TILDE:
		return 4;
	case ACUTE:
		return 5;
	case DOT_BELOW:
		return 6;
	default:
		return 0;
	}
}

struct key {
	struct str letters, tones, cases; /* compared in this order, level by level */
	int base;                         /* of the letter being collected, 0: none */
	int mark, tone;
};

static void flush_letter(struct key *k)
{
	if (!k->base)
		return;
	int lower = utf8proc_tolower(k->base);
	int rank = letter_rank(lower, k->mark);

	/* Ranks stay below 0x7f7f for Latin letters; others sort after by code point. */
	put_point(&k->letters, lower < 0x250 ? 0x20 + rank : 0x4000 + lower % 0x8000);
	str_put_char(&k->tones, (char)('0' + k->tone));
	str_put_char(&k->cases, lower == k->base ? '0' : '1');
	k->base = k->mark = k->tone = 0;
}

static void key_point(struct key *k, utf8proc_int32_t c)
{
	if (is_mark(c)) {
		if (tone_rank(c))
			k->tone = tone_rank(c);
		else
			k->mark = c;
		return;
	}
	flush_letter(k);
	if (is_word(c)) {
		k->base = c;
	} else if (k->letters.len) {
		str_put_char(&k->letters, ' ');
		str_put_char(&k->tones, ' ');
	}
}

enum err text_sort_key(struct arena *a, const char **out, const char *text)
{
	const char *nfd;
	utf8proc_int32_t c;
	struct key k = { 0 };

	TRY(map_text(a, &nfd, text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
	str_init(&k.letters, a, LONGEST_TEXT);
	str_init(&k.tones, a, LONGEST_TEXT);
	str_init(&k.cases, a, LONGEST_TEXT);
	while ((c = next_point(&nfd)) != 0)
		key_point(&k, c);
	flush_letter(&k);
	TRY(str_check(&k.tones));
	TRY(str_check(&k.cases));
	str_put_char(&k.letters, '\x01');
	str_put_n(&k.letters, k.tones.data ? k.tones.data : "", k.tones.len);
	str_put_char(&k.letters, '\x01');
	str_put_n(&k.letters, k.cases.data ? k.cases.data : "", k.cases.len);
	return str_finish(&k.letters, out);
}

static enum err change_case(struct arena *a, const char **out, const char *text,
                            utf8proc_int32_t (*change)(utf8proc_int32_t))
{
	const char *nfc;
	utf8proc_int32_t c;
	struct str s;

	TRY(text_nfc(a, &nfc, text));
	str_init(&s, a, LONGEST_TEXT);
	while ((c = next_point(&nfc)) != 0)
		put_point(&s, change(c));
	return str_finish(&s, out);
}

enum err text_upper(struct arena *a, const char **out, const char *text)
{
	return change_case(a, out, text, utf8proc_toupper);
}

enum err text_lower(struct arena *a, const char **out, const char *text)
{
	return change_case(a, out, text, utf8proc_tolower);
}

size_t text_length(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}
