/* audit_count.c - "03 nhiệm vụ: (1) ...; (2) ...", "04 văn bản: Kế hoạch số ..., Quyết định số
 * ...", "03 xã: A, B và C": how many were said and how many are named. */
#include "app/audit/audit_term.h"

#include <string.h>

/* The named ones after a count. */
struct names {
	size_t from, to;    /* words of the list */
	size_t least, most; /* how many there can be, as the separators are read */
	bool open;          /* not closed, or not understood to its end */
};

static bool is_count(const struct figure *f)
{
	enum { MOST_NAMES = 40 };

	return f->unit == FIGURE_COUNT && f->bound == FIGURE_EXACT && number_is_none(f->to) &&
	       number_is_none(f->out_of) && f->noun_end > f->noun &&
	       !(f->marks & (FIGURE_LABEL | FIGURE_RANK | FIGURE_CHANGE | FIGURE_PER)) &&
	       number_cmp(f->value, number_int(1)) > 0 &&
	       number_cmp(f->value, number_int(MOST_NAMES)) <= 0;
}

static bool opens_list(const struct word *w)
{
	return w->kind == WORD_COLON || w->cue == CUE_CONSISTS || w->cue == CUE_DETAIL;
}

/* The word where the list after a counted noun begins: after a colon, "gồm" or a bracket; 0:
 * there is none. */
static size_t list_start(const struct passage *p, const struct figure *f, size_t to)
{
	enum { WORDS_BETWEEN = 4 };
	size_t i = passage_word_at(p, f->noun_end), plain = 0;

	for (; i < to && !opens_list(&p->words[i]); i++) {
		const struct word *w = &p->words[i];

		if (w->kind == WORD_OPEN)
			return i + 1;
		if (w->cue == CUE_SOME || w->cue == CUE_AMONG)
			return 0;
		if (w->kind == WORD_COMMA || w->cue == CUE_FOLLOWS)
			continue;
		if (w->kind != WORD_PLAIN || ++plain > WORDS_BETWEEN)
			return 0;
	}
	while (i < to && (opens_list(&p->words[i]) || passage_word_is(p, i, "là")))
		i++;
	return i < to ? i : 0;
}

/* The end of the list: of the bracket it stands in, or of the sentence. */
static size_t list_end(const struct passage *p, size_t from, size_t to)
{
	if (from > 0 && p->words[from - 1].kind == WORD_OPEN &&
	    p->words[from - 1].mate != WORD_ALONE)
		return p->words[from - 1].mate;
	return to;
}

/* ---- (1) ... (2) ... ---- */

/* The number k of "(k)" at byte `at` of the text; 0: none. */
static int marker_at(const char *text, size_t at)
{
	int k = 0;

	if (text[at++] != '(')
		return 0;
	for (int i = 0; i < 2 && text[at] >= '0' && text[at] <= '9'; i++)
		k = k * 10 + (text[at++] - '0');
	return text[at] == ')' ? k : 0;
}

/* "(1) ... (2) ...": how many markers follow one another from word `from` on. */
static bool by_markers(struct names *n, const struct passage *p, size_t to)
{
	const char *text = p->lower;
	size_t start = p->words[n->from].start, end = to > 0 ? p->words[to - 1].end : 0;
	int k = 0;

	if (n->from > 0 && p->words[n->from - 1].kind == WORD_OPEN)
		start = p->words[n->from - 1].start;
	if (marker_at(text, start) != 1)
		return false;
	for (size_t at = start; at < end; at++) {
		int marker = marker_at(text, at);

		if (marker == k + 1)
			k = marker;
		else if (marker > 0)
			n->open = true; /* out of order: another list, or a slip in numbering */
	}
	n->least = n->most = (size_t)k;
	n->to = to;
	return k > 0;
}

/* ---- documents ---- */

static const struct citation *citation_at(const struct passage *p, size_t word)
{
	const struct reading *r = &p->block->text.reading;
	size_t at = p->words[word].start, low = 0, high = r->n_citations;

	if (p->words[word].kind != WORD_NAMED)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->citations[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n_citations && r->citations[low].start == at ? &r->citations[low]
	                                                             : NULL;
}

static bool separates(const struct word *w)
{
	return w->kind == WORD_COMMA || w->kind == WORD_SEMICOLON || w->cue == CUE_AND;
}

/* "Kế hoạch số 12/KH-UBND ..., Quyết định số 15/QĐ-UBND ...": documents after separators.  A
 * document in the title of another one makes the list unclear. */
static bool by_citations(struct names *n, const struct passage *p, size_t to)
{
	bool semicolons = false;

	if (!citation_at(p, n->from))
		return false;
	for (size_t i = n->from; i < to; i++)
		semicolons |= p->words[i].kind == WORD_SEMICOLON;
	n->least = n->most = 1;
	n->to = to;
	for (size_t i = n->from + 1; i < to; i++) {
		const struct word *before = &p->words[i - 1];

		if (before->kind == WORD_SEMICOLON && semicolons) {
			n->open |= !citation_at(p, i);
			n->least++;
			n->most++;
		} else if (citation_at(p, i)) {
			if (separates(before))
				n->most++;
			else
				n->open |= !semicolons;
		}
	}
	if (!semicolons)
		n->least = n->most;
	return true;
}

/* ---- places and offices ---- */

static bool is_capital(const struct passage *p, size_t word)
{
	size_t at = p->words[word].start;

	return p->words[word].kind == WORD_PLAIN &&
	       memcmp(p->block->text.text + at, p->lower + at, p->words[word].end - at) != 0;
}

/* "xã", "phòng": the name of an office begins with its kind. */
static bool is_office_word(const struct passage *p, size_t word)
{
	static const char *const words[] = { "xã",     "phường", "huyện", "thôn",  "bản",
		                             "ấp",     "tổ",     "sở",    "phòng", "ban",
		                             "trường", "ubnd",   "bộ",    "văn",   "trung",
		                             "thị",    "thành",  "chi",   "công",  "đảng",
		                             "hội",    "đoàn",   "trạm" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (passage_word_is(p, word, words[i]))
			return true;
	return false;
}

/* After "và" another office begins only with the whole word for its kind: "Giáo dục và Đào
 * tạo", "Thương binh và Xã hội" are one. */
static bool starts_office(const struct passage *p, size_t word)
{
	static const char *const kinds[] = {
		"phòng ",     "sở ",      "ban ",     "trường ", "thanh tra ", "trung tâm ",
		"văn phòng ", "chi cục ", "công an ", "trạm ",   "phường ",    "thị trấn ",
		"huyện ",     "thôn ",    "bản ",     "ấp ",     "xã "
	};
	const char *at = p->lower + p->words[word].start;

	if (str_starts(at, "xã hội"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_starts(at, kinds[i]))
			return true;
	return false;
}

/* Nouns whose members have names. */
static bool has_names(const struct passage *p, const struct figure *f)
{
	static const char *const nouns[] = { "đơn vị",     "xã",        "phường",   "huyện",
		                             "thôn",       "sở",        "phòng",    "cơ quan",
		                             "địa phương", "trường",    "thị trấn", "bản",
		                             "ban",        "trung tâm", "bộ phận" };

	for (size_t i = 0; i < ARRAY_LEN(nouns); i++)
		if (str_starts(p->lower + f->noun, nouns[i]))
			return true;
	return false;
}

static bool ends_closed_list(const struct word *w)
{
	return w->kind == WORD_FIGURE || w->kind == WORD_MORE || w->kind == WORD_NAMED ||
	       w->cue == CUE_SOME;
}

/* "A, B và C": each begins with a capital or the word for an office. */
static bool by_names(struct names *n, const struct passage *p, size_t to)
{
	bool offices = is_office_word(p, n->from);

	if (!is_capital(p, n->from) && !offices)
		return false;
	n->least = n->most = 1;
	n->to = to;
	for (size_t i = n->from + 1; i < to; i++) {
		bool office = i + 1 < to && is_office_word(p, i + 1);
		bool and = p->words[i].cue == CUE_AND;

		n->open |= ends_closed_list(&p->words[i]);
		if (!separates(&p->words[i]) || i + 1 >= to)
			continue;
		if (!is_capital(p, i + 1) && !(offices && office)) {
			n->open = true;
			break;
		}
		n->most++;
		if (!offices || (and? starts_office(p, i + 1) : office))
			n->least++;
	}
	return true;
}

/* ---- titles in quotes ---- */

/* ""A", "B" và "C"": nothing stands between the titles but what separates them. */
static bool by_quotes(struct names *n, const struct passage *p, size_t to)
{
	bool inside = false;

	for (size_t i = n->from; i < to; i++) {
		const struct word *w = &p->words[i];

		if (w->kind == WORD_QUOTE) {
			inside = !inside;
			n->most += inside;
		} else if (!inside && !separates(w) && w->kind != WORD_SIGN)
			return false;
	}
	n->least = n->most;
	n->to = to;
	return !inside && n->most > 0;
}

/* ---- things told one after the other ---- */

/* "04 nội dung: rà soát ...; kiểm tra ...; tuyên truyền ...": parted by semicolons, to the end
 * of the paragraph. */
static bool by_semicolons(struct names *n, const struct passage *p, size_t to)
{
	if (n->from == 0 || p->words[n->from - 1].kind != WORD_COLON || to != p->n_words)
		return false;
	n->least = 1;
	n->to = to;
	for (size_t i = n->from; i < to; i++) {
		const struct word *w = &p->words[i];

		n->open |= ends_closed_list(w) || w->kind == WORD_COLON;
		if (w->kind == WORD_SEMICOLON && i + 1 < to)
			n->least++;
	}
	n->most = n->least;
	return n->least >= 2;
}

/* ---- */

static ERR_RESULT judge(struct audit *x, const struct passage *p, const struct figure *f,
                        const struct names *n)
{
	bool fits = number_cmp(f->value, number_int((int64_t)n->least)) >= 0 &&
	            number_cmp(f->value, number_int((int64_t)n->most)) <= 0;
	const char *quote, *found;
	struct audit_draft d;

	if (!fits && (n->open || n->most < 2))
		return ERR_OK;
	TRY(arena_strndup(x->arena, &quote, p->block->text.text + f->start,
	                  f->noun_end - f->start));
	TRY(arena_printf(x->arena, &found, "%zu", n->most));
	audit_begin(&d, x, AUDIT_COUNT, fits ? AUDIT_HOLDS : AUDIT_FAIL);
	audit_at(&d, &p->block->text, f->start, f->noun_end, true);
	audit_at(&d, &p->block->text, p->words[n->to - 1].start, p->words[n->to - 1].end, true);
	audit_say(&d, quote, quote, found);
	if (fits)
		return audit_end_holds(&d);
	return audit_end(&d, MSG_AUDIT_COUNT_LIST, quote, found);
}

/* Whether the words after a count are a list, read in one of these ways. */
static bool read_names(struct names *n, const struct passage *p, const struct figure *f,
                       size_t end)
{
	size_t to;

	n->from = list_start(p, f, end);
	if (n->from == 0 || n->from + WORDS_AROUND < end)
		return false;
	to = list_end(p, n->from, end);
	if (n->from >= to)
		return false;
	return by_markers(n, p, end) || by_citations(n, p, to) ||
	       (has_names(p, f) && by_names(n, p, to)) || by_quotes(n, p, to) ||
	       by_semicolons(n, p, to);
}

enum err sentence_counts(struct audit *x, const struct passage *p)
{
	for (size_t s = 0; s < p->n_scopes; s++) {
		const struct scope *scope = &p->scopes[s];

		for (size_t i = scope->from; i < scope->to && scope->parent < 0; i++) {
			struct names n = { 0 };
			const struct figure *f;

			if (p->words[i].kind != WORD_FIGURE)
				continue;
			f = passage_figure(p, p->words[i].figure);
			if (is_count(f) && read_names(&n, p, f, scope->to))
				TRY(judge(x, p, f, &n));
		}
	}
	return ERR_OK;
}
