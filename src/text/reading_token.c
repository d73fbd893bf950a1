#include <string.h>

#include "base/str.h"
#include "text/reading_parts.h"

enum {
	NO_BREAK_BLANK = 0xa0,
	SUPER_TWO = 0xb2,
	SUPER_THREE = 0xb3,
	SUPER_ONE = 0xb9,
	SUPER_ZERO = 0x2070,
	SUPER_LAST = 0x2079
};

/* One character of any bytes: its length, at least 1; code -1 when it is no UTF-8, which a
 * character written longer than it must be is not: "2" in two bytes is no digit. */
static size_t point_at(const char *text, int *code)
{
	static const int least[] = { 0, 0x80, 0x800, 0x10000 }; /* by how many bytes follow */
	const unsigned char *b = (const unsigned char *)text;
	size_t more = b[0] >= 0xf0 ? 3 : b[0] >= 0xe0 ? 2 : 1;
	int c = b[0] & (0x3f >> more);

	*code = b[0];
	if (b[0] < 0x80)
		return 1;
	*code = -1;
	if (b[0] >= 0xf8 || b[0] < 0xc0)
		return 1;
	for (size_t i = 1; i <= more; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (b[i] & 0x3f);
	}
	if (c < least[more])
		return 1;
	*code = c;
	return more + 1;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(int c)
{
	return c == ' ' || c == NO_BREAK_BLANK || (c >= 0x2000 && c <= 0x200d) || c == 0x202f ||
	       c == 0x205f || c == 0x3000 || c == 0xfeff;
}

static bool is_super(int c)
{
	return c == SUPER_ONE || c == SUPER_TWO || c == SUPER_THREE ||
	       (c >= SUPER_ZERO && c <= SUPER_LAST);
}

static bool is_letter(int c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7) ||
	       (c > 0x2fff && c != 0x3000 && c != 0xfeff);
}

/* The small letter of a Vietnamese capital, else itself; both have as many bytes. */
static int small_letter(int c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7))
		return c + 0x20;
	if (c == 0x102 || c == 0x110 || c == 0x128 || c == 0x168 || c == 0x1a0 || c == 0x1af)
		return c + 1;
	if (c >= 0x1ea0 && c <= 0x1ef9)
		return c | 1;
	return c;
}

static void put_small(char *at, int c, size_t len)
{
	int small = small_letter(c);

	if (small == c)
		return;
	if (len == 1) {
		at[0] = (char)small;
	} else if (len == 2) {
		at[0] = (char)(0xc0 | small >> 6);
		at[1] = (char)(0x80 | (small & 0x3f));
	} else {
		at[1] = (char)(0x80 | (small >> 6 & 0x3f));
		at[2] = (char)(0x80 | (small & 0x3f));
	}
}

static size_t word_end(const char *text, size_t at)
{
	int c;
	size_t len;

	while (text[at] && (len = point_at(text + at, &c)) && is_letter(c))
		at += len;
	return at;
}

static size_t number_end(const char *text, size_t at)
{
	while (is_digit((unsigned char)text[at]) ||
	       ((text[at] == '.' || text[at] == ',') && is_digit((unsigned char)text[at + 1])))
		at++;
	return at;
}

/* "m²": the exponent belongs to the unit; every other superscript is a footnote mark. */
static bool is_unit_exponent(const char *text, const struct token *last, size_t at, int c)
{
	return last && last->end == at && last->kind == TOKEN_WORD &&
	       (c == SUPER_TWO || c == SUPER_THREE) && text[at - 1] == 'm' &&
	       at - last->start <= 2;
}

/* Room for one more token; the tokens of a cell have all that they can need. */
static ERR_RESULT make_room(struct reader *r, size_t *room)
{
	struct token *more;

	if (r->n < *room)
		return ERR_OK;
	*room *= 2;
	if (arena_resize(r->arena, r->tokens, r->n * sizeof(*more), *room * sizeof(*more)))
		return ERR_OK;
	more = arena_alloc_unset(r->arena, *room * sizeof(*more));
	if (!more)
		return arena_no_memory(r->arena);
	memcpy(more, r->tokens, r->n * sizeof(*more));
	r->tokens = more;
	return ERR_OK;
}

/* Cuts the text into r->tokens, which has room for so many (of an arena: and grows). */
static ERR_RESULT cut(struct reader *r, size_t *room)
{
	const char *text = r->text;
	struct token last = { 0 };
	bool gap = true;
	size_t len;
	int c;

	for (size_t at = 0; text[at]; at += len) {
		len = point_at(text + at, &c);
		if (is_blank(c) || is_super(c)) {
			if (is_super(c) && r->n && is_unit_exponent(text, &last, at, c))
				r->tokens[r->n - 1].end = at + len;
			gap = gap || is_blank(c);
			continue;
		}
		last = (struct token){
			.start = at, .kind = TOKEN_MARK, .item = -1, .gap = gap
		};
		if (is_letter(c)) {
			last.kind = TOKEN_WORD;
			last.upper = small_letter(c) != c;
			len = word_end(text, at) - at;
		} else if (is_digit(c)) {
			last.kind = TOKEN_NUMBER;
			len = number_end(text, at) - at;
		}
		last.end = at + len;
		gap = last.kind == TOKEN_MARK && (c == '\n' || c == '\t');
		TRY(make_room(r, room));
		r->tokens[r->n++] = last;
	}
	return ERR_OK;
}

static void make_lower(char *lower, const char *text, size_t n)
{
	size_t len;
	int c;

	memcpy(lower, text, n + 1);
	for (size_t at = 0; at < n; at += len) {
		len = point_at(text + at, &c);
		put_small(lower + at, c, len);
	}
}

enum err reader_open(struct reader *r, struct arena *a, const char *text)
{
	enum { BYTES_OF_TOKEN = 4 /* at least, as a rule, with the blank */ };
	size_t n = strlen(text), room = n / BYTES_OF_TOKEN + 8;
	char *lower = arena_alloc_unset(a, n + 1);

	if (!lower)
		return arena_no_memory(a);
	make_lower(lower, text, n);
	*r = (struct reader){ .arena = a, .text = text, .lower = lower };
	r->tokens = arena_alloc_unset(a, room * sizeof(*r->tokens));
	if (!r->tokens)
		return arena_no_memory(a);
	TRY(cut(r, &room));
	(void)arena_resize(a, r->tokens, room * sizeof(*r->tokens), r->n * sizeof(*r->tokens));
	return ERR_OK;
}

bool reader_open_cell(struct reader *r, struct cell_room *room, const char *text)
{
	size_t n = strlen(text), most = CELL_MOST_BYTES;

	if (n > most)
		return false;
	make_lower(room->lower, text, n);
	*r = (struct reader){ .text = text, .lower = room->lower, .tokens = room->tokens };
	return cut(r, &most) == ERR_OK && r->n > 0;
}

const struct token token_end = { .kind = TOKEN_END, .item = -1 };

bool token_is_any(const struct reader *r, size_t i, const char *const *words)
{
	const struct token *t = token_at(r, i);

	if (t->kind == TOKEN_END)
		return false;
	for (char first = r->lower[t->start]; *words; words++)
		if (**words == first && token_is(r, i, *words))
			return true;
	return false;
}

bool token_is_dash(const struct reader *r, size_t i)
{
	static const char *const dashes[] = { "-", "–", "—", "‐", "‑", "−", "÷", NULL };

	return token_at(r, i)->kind == TOKEN_MARK && token_is_any(r, i, dashes);
}

size_t token_says(const struct reader *r, size_t i, const char *phrase)
{
	for (size_t n = 0;; n++) {
		const struct token *t = token_at(r, i + n);

		if (t->kind == TOKEN_END || r->lower[t->start] != phrase[0])
			return 0;
		size_t len = strcspn(phrase, " ");

		if (token_len(t) != len || memcmp(r->lower + t->start, phrase, len) != 0)
			return 0;
		if (!phrase[len])
			return n + 1;
		phrase += len + 1;
	}
}

size_t token_says_any(const struct reader *r, size_t i, const char *const *phrases)
{
	const struct token *t = token_at(r, i);

	if (t->kind == TOKEN_END)
		return 0;
	for (char first = r->lower[t->start]; *phrases; phrases++) {
		size_t n = **phrases == first ? token_says(r, i, *phrases) : 0;

		if (n)
			return n;
	}
	return 0;
}

size_t token_said_before(const struct reader *r, size_t i, const char *phrase)
{
	size_t words = 1;

	for (const char *c = phrase; *c; c++)
		words += *c == ' ';
	return words <= i ? token_says(r, i - words, phrase) : 0;
}

static uint64_t bit_of(char c)
{
	return UINT64_C(1) << ((unsigned char)c & 63);
}

/* Most phrases are put aside by their first letter, which none of the words before i has. */
size_t token_said_any_before(const struct reader *r, size_t i, const char *const *phrases)
{
	enum { MOST_WORDS = 8 };
	uint64_t begins = 0;

	for (size_t k = i; k > 0 && i - k < MOST_WORDS; k--)
		begins |= bit_of(r->lower[token_at(r, k - 1)->start]);
	for (; *phrases; phrases++) {
		size_t n = begins & bit_of(**phrases) ? token_said_before(r, i, *phrases) : 0;

		if (n)
			return n;
	}
	return 0;
}

bool token_free(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i);

	return t->kind != TOKEN_END && t->claim == CLAIM_NONE;
}

bool token_free_number(const struct reader *r, size_t i)
{
	return token_free(r, i) && token_at(r, i)->kind == TOKEN_NUMBER;
}

bool token_glued(const struct reader *r, size_t i)
{
	const struct token *t = token_at(r, i);

	return t->kind != TOKEN_END && !t->gap;
}

int64_t token_int(const struct reader *r, size_t i, size_t most)
{
	const struct token *t = token_at(r, i);
	int64_t n = 0;

	if (t->kind != TOKEN_NUMBER || token_len(t) > most || most > 18)
		return -1;
	for (size_t at = t->start; at < t->end; at++) {
		if (!is_digit((unsigned char)r->text[at]))
			return -1;
		n = n * 10 + (r->text[at] - '0');
	}
	return n;
}

int token_year(const struct reader *r, size_t i)
{
	int64_t n = token_int(r, i, 4);

	return n >= 1900 && n <= 2199 ? (int)n : 0;
}

int token_roman(const struct reader *r, size_t i)
{
	static const char *const roman[] = { "i", "ii", "iii", "iv" };

	for (int q = 0; q < 4; q++)
		if (token_is(r, i, roman[q]))
			return q + 1;
	return 0;
}

void token_claim(struct reader *r, size_t from, size_t to, enum claim claim, int item)
{
	for (size_t i = from; i < to && i < r->n; i++)
		r->tokens[i].claim = claim;
	if (from < r->n && from < to)
		r->tokens[from].item = item;
}

bool token_is_filler(const struct reader *r, size_t i)
{
	static const char *const filler[] = { ".", "…", "_", "‥", NULL };

	return token_at(r, i)->kind == TOKEN_MARK && token_is_any(r, i, filler);
}

size_t token_skip_filler(const struct reader *r, size_t i)
{
	while (token_is_filler(r, i))
		i++;
	return i;
}
