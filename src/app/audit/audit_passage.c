#include "app/audit/audit_passage.h"

#include <string.h>

#include "base/str.h"

static const struct cue_row {
	const char *words;
	unsigned char n, cue, aspect, value;
} cue_rows[] = {
#define CUE(text, cue, aspect, value)                                                          \
	{ text, sizeof(text) - 1, CUE_##cue, ASPECT_##aspect, value },
#include "app/audit/audit_cues.def"
#undef CUE
};
_Static_assert(sizeof(cue_rows) / sizeof(cue_rows[0]) < CUE_ROWS_MOST, "more rows than room");

/* Letters of two bytes whose small letter is the next one: Ă Đ Ĩ Ũ Ơ Ư. */
static bool is_capital_of_two(unsigned char a, unsigned char b)
{
	return (a == 0xc4 && (b == 0x82 || b == 0x90 || b == 0xa8)) ||
	       (a == 0xc5 && b == 0xa8) || (a == 0xc6 && (b == 0xa0 || b == 0xaf));
}

static void lower_bytes(char *out, size_t n)
{
	unsigned char *at = (unsigned char *)out;

	for (size_t i = 0; i < n; i++) {
		unsigned char b = i + 1 < n ? at[i + 1] : 0;

		if (at[i] < 0x80)
			at[i] = (unsigned char)ascii_lower((char)at[i]);
		else if (at[i] == 0xc3 && b >= 0x80 && b <= 0x9e && b != 0x97)
			at[i + 1] = (unsigned char)(b + 0x20);
		else if (is_capital_of_two(at[i], b))
			at[i + 1] = (unsigned char)(b + 1);
		else if (at[i] == 0xe1 && (b == 0xba || b == 0xbb) && i + 2 < n &&
		         (b == 0xbb || at[i + 2] >= 0xa0)) /* Ạ (1ea0) to ỹ (1ef9) */
			at[i + 2] |= 1;
	}
}

enum err vn_lower(struct arena *a, const char **out, const char *text)
{
	size_t n = strlen(text);
	char *copy = arena_alloc_unset(a, n + 1);

	if (!copy)
		return arena_no_memory(a);
	memcpy(copy, text, n + 1);
	lower_bytes(copy, n);
	*out = copy;
	return ERR_OK;
}

/* Bytes of the mark that stands at `at` and what it is; 0: a letter or digit. */
static size_t mark_at(const char *at, enum word_kind *kind)
{
	static const struct {
		const char *mark;
		enum word_kind kind;
	} marks[] = {
		{ "...", WORD_MORE },     { "\u2026", WORD_MORE },  { "..", WORD_MORE },
		{ ",", WORD_COMMA },      { ";", WORD_SEMICOLON },  { ":", WORD_COLON },
		{ "(", WORD_OPEN },       { "[", WORD_OPEN },       { ")", WORD_CLOSE },
		{ "]", WORD_CLOSE },      { "/", WORD_SLASH },      { "\"", WORD_QUOTE },
		{ "\u201c", WORD_QUOTE }, { "\u201d", WORD_QUOTE }, { "\u2013", WORD_SIGN },
		{ "\u2014", WORD_SIGN },  { "\u2022", WORD_SIGN },
	};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (str_starts(at, marks[i].mark)) {
			*kind = marks[i].kind;
			return strlen(marks[i].mark);
		}
	*kind = WORD_SIGN;
	return (unsigned char)*at < 0x80 && strchr(".!?+=*-_<>|&#%'~^`{}$@\\", *at) ? 1 : 0;
}

static size_t blank_at(const char *at)
{
	if (*at == ' ' || *at == '\t' || *at == '\n')
		return 1;
	return (unsigned char)at[0] == 0xc2 && (unsigned char)at[1] == 0xa0 ? 2 : 0;
}

static size_t plain_end(const char *text, size_t at, size_t limit)
{
	enum word_kind kind;

	do
		at++;
	while (at < limit && (((unsigned char)text[at] & 0xc0) == 0x80 ||
	                      (!blank_at(text + at) && !mark_at(text + at, &kind))));
	return at;
}

static unsigned hash_of(const char *text, size_t n)
{
	unsigned h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	return h % CUE_BUCKETS;
}

static void index_cues(struct passage *p)
{
	memset(p->first, -1, sizeof(p->first));
	for (size_t i = 0; i < ARRAY_LEN(cue_rows); i++) {
		unsigned h = hash_of(cue_rows[i].words,
		                     plain_end(cue_rows[i].words, 0, cue_rows[i].n));

		p->next[i] = p->first[h];
		p->first[h] = (short)i;
	}
	p->indexed = true;
}

/* The longest row whose words stand at [at, limit), the first of them ending at `end`. */
static const struct cue_row *cue_at(const struct passage *p, size_t at, size_t end,
                                    size_t limit)
{
	const char *text = p->lower;
	const struct cue_row *best = NULL;
	enum word_kind kind;

	for (int i = p->first[hash_of(text + at, end - at)]; i >= 0; i = p->next[i]) {
		const struct cue_row *row = &cue_rows[i];
		size_t stop = at + row->n;

		if (stop <= limit && (!best || row->n > best->n) &&
		    memcmp(text + at, row->words, row->n) == 0 &&
		    (stop == limit || blank_at(text + stop) || mark_at(text + stop, &kind)))
			best = row;
	}
	return best;
}

#define room(p, at, n, cap)                                                                    \
	((n) < (cap) ? ERR_OK                                                                  \
	             : more_room((p)->arena, (void **)&(at), (n), &(cap), sizeof(*(at))))

static ERR_RESULT more_room(struct arena *a, void **at, size_t n, size_t *cap, size_t each)
{
	size_t want = *cap ? *cap * 2 : 64;
	void *to = arena_alloc_array(a, want, each);

	if (!to)
		return arena_no_memory(a);
	if (n > 0)
		memcpy(to, *at, n * each);
	*at = to;
	*cap = want;
	return ERR_OK;
}

static ERR_RESULT put_word(struct passage *p, struct word w)
{
	TRY(room(p, p->words, p->n_words, p->room_words));
	w.scope = -1;
	w.mate = WORD_ALONE;
	p->words[p->n_words++] = w;
	return ERR_OK;
}

/* Where the next thing that the reading knows begins and ends. */
struct known {
	size_t figure, day, period, citation; /* the next of each */
};

static void pass_by(struct known *k, const struct reading *r, size_t at)
{
	while (k->figure < r->n_figures && r->figures[k->figure].start < at)
		k->figure++;
	while (k->day < r->n_days && r->days[k->day].start < at)
		k->day++;
	while (k->period < r->n_periods && r->periods[k->period].start < at)
		k->period++;
	while (k->citation < r->n_citations && r->citations[k->citation].start < at)
		k->citation++;
}

static size_t further(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The end of the widest day, period or citation that begins at `at`; 0: none. */
static size_t named_end(const struct reading *r, const struct known *k, size_t at)
{
	size_t end = 0;

	if (k->day < r->n_days && r->days[k->day].start == at)
		end = r->days[k->day].end;
	if (k->period < r->n_periods && r->periods[k->period].start == at)
		end = further(end, r->periods[k->period].end);
	if (k->citation < r->n_citations && r->citations[k->citation].start == at)
		end = further(end, r->citations[k->citation].end);
	return end > at ? end : 0;
}

static bool period_before(const struct reading *r, const struct known *k, size_t at)
{
	return k->period < r->n_periods && r->periods[k->period].start == at &&
	       r->periods[k->period].same_period_before;
}

/* Words of letters: a cue, or one plain word. */
static ERR_RESULT letters(struct passage *p, size_t *at, size_t limit)
{
	size_t end = plain_end(p->lower, *at, limit);
	const struct cue_row *row = cue_at(p, *at, end, limit);
	struct word w = { .start = *at, .end = row ? *at + row->n : end };

	if (row) {
		w.cue = (enum cue)row->cue;
		w.aspect = (enum aspect)row->aspect;
		w.value = row->value;
	}
	*at = w.end;
	return put_word(p, w);
}

/* Whether a label stands at `at` that is at least as long as the period there: "kỳ trước chuyển
 * sang". */
static bool is_label_over(const struct passage *p, size_t at, size_t end, size_t limit)
{
	const struct cue_row *row = cue_at(p, at, plain_end(p->lower, at, limit), limit);

	return row && row->cue == CUE_LABEL && row->value != 0 && at + row->n >= end;
}

/* One word at `at`; `n` is the length of the text. */
static ERR_RESULT next_word(struct passage *p, struct known *k, size_t *at, size_t n)
{
	const struct reading *r = &p->block->text.reading;
	struct word w = { .start = *at };
	size_t named, mark, limit;

	pass_by(k, r, *at);
	if (k->figure < r->n_figures && r->figures[k->figure].start == *at &&
	    r->figures[k->figure].end > *at) {
		w.kind = WORD_FIGURE;
		w.figure = (int)k->figure;
		*at = w.end = r->figures[k->figure].end;
		return put_word(p, w);
	}
	named = named_end(r, k, *at);
	if (named && !is_label_over(p, *at, named, n)) {
		w.kind = WORD_NAMED;
		w.cue = period_before(r, k, *at) ? CUE_BEFORE : CUE_NONE;
		*at = w.end = named;
		return put_word(p, w);
	}
	mark = mark_at(p->lower + *at, &w.kind);
	if (mark) {
		*at = w.end = *at + mark;
		return put_word(p, w);
	}
	limit = k->figure < r->n_figures && r->figures[k->figure].start < n
	                ? r->figures[k->figure].start
	                : n;
	return letters(p, at, limit);
}

static ERR_RESULT read_words(struct passage *p)
{
	const char *text = p->lower;
	size_t n = strlen(text), at = p->block->text_start;
	struct known k = { 0 };

	while (at < n) {
		size_t blank = blank_at(text + at);

		if (blank)
			at += blank;
		else
			TRY(next_word(p, &k, &at, n));
	}
	return ERR_OK;
}

bool passage_word_is(const struct passage *p, size_t word, const char *text)
{
	const struct word *w = &p->words[word];

	return word < p->n_words && w->end - w->start == strlen(text) &&
	       memcmp(p->lower + w->start, text, w->end - w->start) == 0;
}

size_t passage_word_at(const struct passage *p, size_t at)
{
	size_t low = 0, high = p->n_words;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->words[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Brackets find each other inside a sentence; one without the other is a sign. */
static void match_brackets(struct passage *p, size_t from, size_t to)
{
	enum { DEEPEST = 6 };
	size_t open[DEEPEST], n = 0;

	for (size_t i = from; i < to; i++) {
		struct word *w = &p->words[i];

		if (w->kind == WORD_OPEN) {
			if (n < DEEPEST)
				open[n++] = i;
		} else if (w->kind == WORD_CLOSE && n > 0) {
			w->mate = open[--n];
			p->words[w->mate].mate = i;
		}
	}
	for (size_t i = from; i < to; i++)
		if ((p->words[i].kind == WORD_OPEN || p->words[i].kind == WORD_CLOSE) &&
		    p->words[i].mate == WORD_ALONE)
			p->words[i].kind = WORD_SIGN;
}

/* ---- pieces ---- */

static ERR_RESULT new_piece(struct passage *p, int scope, size_t from, enum piece_edge edge,
                            enum cue opener)
{
	TRY(room(p, p->pieces, p->n_pieces, p->room_pieces));
	p->pieces[p->n_pieces++] = (struct piece){ .from = from,
		                                   .to = from,
		                                   .scope = scope,
		                                   .sentence = p->scopes[scope].sentence,
		                                   .edge = edge,
		                                   .opener = opener,
		                                   .figure = -1,
		                                   .second = -1,
		                                   .rate = -1 };
	return ERR_OK;
}

static void put_figure(struct passage *p, struct piece *piece, int i)
{
	const struct figure *f = passage_figure(p, i);

	if (f->unit == FIGURE_PERCENT || f->unit == FIGURE_PERCENT_POINT) {
		if (piece->rate < 0)
			piece->rate = i;
	} else if (f->marks & (FIGURE_LABEL | FIGURE_RANK))
		return;
	else if (piece->figure < 0)
		piece->figure = i;
	else if (piece->second < 0)
		piece->second = i;
}

/* What the words of a piece say, brackets in it left out; after its second figure they are
 * about that one. */
static void finish_piece(struct passage *p, struct piece *piece)
{
	bool first = false;

	for (size_t i = piece->from; i < piece->to; i++) {
		const struct word *w = &p->words[i];

		if (w->scope != piece->scope)
			continue;
		if (w->kind == WORD_FIGURE) {
			first |= w->figure == piece->figure;
			if (w->figure == piece->second)
				break;
		} else if (w->kind == WORD_MORE)
			piece->flags |= 1u << CUE_SOME;
		if (w->cue == CUE_NONE)
			continue;
		piece->values[w->aspect] |= w->value;
		piece->flags |= 1u << w->cue;
		if (!first)
			piece->before |= 1u << w->cue;
	}
}

struct walk {
	struct passage *p;
	int scope;
	size_t current; /* the open piece */
	int previous;   /* the one closed before it in this scope; -1 */
};

static bool has_figure(const struct piece *piece)
{
	return piece->figure >= 0 || piece->rate >= 0;
}

bool piece_starts_with_figure(const struct passage *p, const struct piece *piece)
{
	for (size_t i = piece->from; i < piece->to; i++) {
		const struct word *w = &p->words[i];

		if (w->kind == WORD_FIGURE)
			return true;
		if (w->cue == CUE_LABEL && w->value != 0)
			return false;
	}
	return false;
}

/* "38 phản ánh, kiến nghị": words after a comma that go on with the figure before them. */
static bool is_carried_on(const struct walk *k)
{
	const struct passage *p = k->p;
	const struct piece *now = &p->pieces[k->current];

	return !has_figure(now) && (now->edge == EDGE_COMMA || now->edge == EDGE_AND) &&
	       now->opener == CUE_NONE && k->previous >= 0 &&
	       p->pieces[k->previous].to + 1 == now->from &&
	       piece_starts_with_figure(p, &p->pieces[k->previous]);
}

/* Ends the open piece before word `at`.  Words without a figure belong to the figure before
 * them where that one came first in its piece, otherwise to the one that follows. */
static ERR_RESULT split(struct walk *k, size_t at, size_t next, enum piece_edge edge,
                        enum cue opener)
{
	struct passage *p = k->p;
	struct piece *now = &p->pieces[k->current];
	bool soft = edge == EDGE_COMMA || edge == EDGE_AND;

	now->to = at;
	if (is_carried_on(k))
		p->pieces[k->previous].to = at;
	else if (!has_figure(now) && soft && opener == CUE_NONE)
		return ERR_OK; /* goes on */
	if (has_figure(now))
		k->previous = (int)k->current;
	k->current = p->n_pieces;
	return new_piece(p, k->scope, next, edge, opener);
}

static bool is_opener(enum cue cue)
{
	return cue == CUE_CONSISTS || cue == CUE_AMONG || cue == CUE_DETAIL;
}

/* "Tổng số: 12": the colon stands between a name and its figure. */
static bool colon_inside(const struct walk *k, size_t i, size_t to)
{
	const struct passage *p = k->p;

	return !has_figure(&p->pieces[k->current]) && i + 1 < to &&
	       p->words[i + 1].kind == WORD_FIGURE;
}

/* "kết quả" at the start of a sentence divides what the sentence before said. */
static bool opens_sentence(const struct walk *k, size_t i)
{
	return k->p->scopes[k->scope].parent < 0 && k->p->scopes[k->scope].from == i &&
	       str_starts(k->p->lower + k->p->words[i].start, "kết quả");
}

/* Words from `i` on that only carry an opener to what it opens: "trong đó có:". */
static size_t opener_length(const struct passage *p, size_t i, size_t to)
{
	size_t n = 1;

	while (i + n < to &&
	       (p->words[i + n].kind == WORD_COLON || p->words[i + n].cue == CUE_FOLLOWS ||
	        passage_word_is(p, i + n, "có") || passage_word_is(p, i + n, "là")))
		n++;
	return n;
}

/* Ends a piece where word `i` separates; *used: words taken. */
static ERR_RESULT separate(struct walk *k, size_t i, size_t to, size_t *used)
{
	const struct passage *p = k->p;
	const struct word *w = &p->words[i];

	*used = 1;
	if (is_opener(w->cue)) {
		*used = opener_length(p, i, to);
		if (i + *used < to && is_opener(p->words[i + *used].cue))
			return ERR_OK; /* the next one decides */
		return split(k, i, i + *used, EDGE_COLON, w->cue);
	}
	if (w->kind == WORD_COMMA)
		return split(k, i, i + 1, EDGE_COMMA, CUE_NONE);
	if (w->kind == WORD_SEMICOLON)
		return split(k, i, i + 1, EDGE_SEMICOLON, CUE_NONE);
	if (w->cue == CUE_AND)
		return split(k, i, i + 1, EDGE_AND, CUE_NONE);
	if (w->kind == WORD_COLON && !colon_inside(k, i, to))
		return split(k, i, i + 1, EDGE_COLON,
		             has_figure(&p->pieces[k->current]) || is_carried_on(k) ? CUE_DETAIL
		                                                                    : CUE_NONE);
	if (opens_sentence(k, i))
		return split(k, i, i + 1, EDGE_COLON, CUE_DETAIL);
	*used = 0;
	return ERR_OK;
}

static ERR_RESULT read_scope(struct passage *p, size_t from, size_t to, struct scope scope);

static ERR_RESULT read_bracket(struct walk *k, size_t *i)
{
	struct passage *p = k->p;
	size_t mate = p->words[*i].mate;
	struct scope inner = { .parent = k->scope,
		               .after = (int)k->current,
		               .from = *i + 1,
		               .to = mate,
		               .sentence = p->scopes[k->scope].sentence };

	p->pieces[k->current].to = mate + 1;
	TRY(read_scope(p, *i + 1, mate, inner));
	*i = mate + 1;
	return ERR_OK;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as brackets match, six */
static ERR_RESULT read_scope(struct passage *p, size_t from, size_t to, struct scope scope)
{
	struct walk k = { .p = p, .previous = -1 };
	size_t used;

	TRY(room(p, p->scopes, p->n_scopes, p->room_scopes));
	k.scope = (int)p->n_scopes;
	scope.first = p->n_pieces;
	p->scopes[p->n_scopes++] = scope;
	k.current = p->n_pieces;
	TRY(new_piece(p, k.scope, from, EDGE_START, CUE_NONE));
	for (size_t i = from; i < to;) {
		if (p->words[i].kind == WORD_OPEN) {
			TRY(read_bracket(&k, &i));
			continue;
		}
		p->words[i].scope = k.scope;
		TRY(separate(&k, i, to, &used));
		if (used) {
			i += used;
			continue;
		}
		if (p->words[i].kind == WORD_FIGURE)
			put_figure(p, &p->pieces[k.current], p->words[i].figure);
		i++;
	}
	return split(&k, to, to, EDGE_SEMICOLON, CUE_NONE);
}

static bool ends_with_semicolon(const struct block *block, size_t sentence)
{
	size_t end = block->sentences[sentence].end;

	while (end > block->sentences[sentence].start && blank_at(block->text.text + end - 1))
		end--;
	return end > block->sentences[sentence].start && block->text.text[end - 1] == ';';
}

enum err passage_read(struct passage *p, struct arena *a, const struct block *block)
{
	size_t n = 0;

	p->arena = a;
	p->block = block;
	p->n_words = p->n_pieces = p->n_scopes = 0;
	if (!p->indexed)
		index_cues(p);
	TRY(vn_lower(a, &p->lower, block->text.text));
	TRY(read_words(p));
	for (size_t s = 0, first = 0; s < block->n_sentences; s++) {
		struct scope whole = { .parent = -1, .after = -1, .sentence = n };

		if (s + 1 < block->n_sentences && ends_with_semicolon(block, s))
			continue; /* a total may stand before it, its parts after it */
		whole.from = passage_word_at(p, block->sentences[first].start);
		whole.to = passage_word_at(p, block->sentences[s].end);
		first = s + 1;
		match_brackets(p, whole.from, whole.to);
		if (whole.from < whole.to) {
			TRY(read_scope(p, whole.from, whole.to, whole));
			n++;
		}
	}
	for (size_t i = 0; i < p->n_pieces; i++)
		finish_piece(p, &p->pieces[i]);
	return ERR_OK;
}
