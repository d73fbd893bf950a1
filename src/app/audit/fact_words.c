#include "app/audit/fact_words.h"

#include <string.h>

#include "base/vec.h"

enum {
	LETTERS = 0x1F00,     /* code points that the table knows */
	WORD_BYTES = 48,      /* of a word in its compared form */
	FIRST_SLOTS = 4096,   /* of the hash of words; a power of two */
	PHRASE_WORDS = 16,    /* of one phrase of the lexicon */
	ABBREVIATION_MOST = 8 /* letters of one that a document explains */
};

struct letter {
	char base, tone; /* 0: no letter; tone '1' to '5', 0 for none */
};
struct word {
	const char *text; /* compared form */
	uint32_t hash;
	int phrase;             /* first of its phrases, the longest first; -1 */
	int meaning, meaning_n; /* words it is short for; n 0: no abbreviation */
	int seen;
};
struct phrase {
	int term, next, n;
	int words; /* first of them in `spelled` */
};
struct fact_words {
	struct arena *arena;
	struct letter *letters;
	struct word *words;
	size_t n_words;
	int *slots; /* 1 + index of a word; 0 is free */
	size_t n_slots;
	struct phrase *phrases;
	size_t n_phrases;
	int *spelled; /* words of phrases and of abbreviations */
	size_t n_spelled;
	int seen[FACT_TERMS];
};

/* A word or a mark as it stands in the text. */
struct token {
	size_t start, end;
	int word; /* -1: a mark or a figure */
	enum fact_kind kind;
	int figure;
};
struct tokens {
	struct token *at;
	size_t n;
};

static const struct {
	enum fact_kind kind;
	const char *phrases;
} terms[FACT_TERMS] = {
	{ FACT_KIND_FILLER, "" },
#define FACT_TERM(kind, value, phrases) { FACT_KIND_##kind, phrases },
#define FACT_SHORT(abbreviation, phrase)
#include "app/audit/fact_lexicon.def"
#undef FACT_TERM
#undef FACT_SHORT
};

enum fact_kind fact_term_kind(int term)
{
	return term > 0 && term < FACT_TERMS ? terms[term].kind : FACT_KIND_WORD;
}

/* ---- letters ---- */

/* Each row: the code that stands for the letter, then the letter without tone and with the
 * five. */
static const char *const vowels[] = { "aaàảãáạ", "aAÀẢÃÁẠ", "Aăằẳẵắặ", "AĂẰẲẴẮẶ", "Bâầẩẫấậ",
	                              "BÂẦẨẪẤẬ", "eeèẻẽéẹ", "eEÈẺẼÉẸ", "Eêềểễếệ", "EÊỀỂỄẾỆ",
	                              "iiìỉĩíị", "iIÌỈĨÍỊ", "ooòỏõóọ", "oOÒỎÕÓỌ", "Oôồổỗốộ",
	                              "OÔỒỔỖỐỘ", "Pơờởỡớợ", "PƠỜỞỠỚỢ", "uuùủũúụ", "uUÙỦŨÚỤ",
	                              "Uưừửữứự", "UƯỪỬỮỨỰ", "yyỳỷỹýỵ", "yYỲỶỸÝỴ" };

/* The code point at `text` and its bytes; the texts are valid UTF-8. */
static uint32_t code_point(const char *text, size_t *bytes)
{
	const unsigned char *s = (const unsigned char *)text;

	if (s[0] < 0x80) {
		*bytes = 1;
		return s[0];
	}
	if (s[0] < 0xE0 && s[1]) {
		*bytes = 2;
		return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
	}
	if (s[0] < 0xF0 && s[1] && s[2]) {
		*bytes = 3;
		return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 |
		       (s[2] & 0x3F);
	}
	*bytes = 1;
	while ((s[*bytes] & 0xC0) == 0x80)
		(*bytes)++;
	return 0x10000;
}

static void learn_letters(struct fact_words *w)
{
	for (size_t i = 0; i < ARRAY_LEN(vowels); i++) {
		const char *at = vowels[i] + 1;

		for (char tone = '0'; *at; tone++) {
			size_t bytes;
			uint32_t c = code_point(at, &bytes);

			at += bytes;
			if (c < LETTERS && !w->letters[c].base)
				w->letters[c] = (struct letter){ vowels[i][0], tone };
		}
	}
	for (int c = 'a'; c <= 'z'; c++) {
		struct letter plain = { (char)c, '0' };

		w->letters[c] = plain;
		w->letters[c - 'a' + 'A'] = plain;
	}
	for (int c = '0'; c <= '9'; c++)
		w->letters[c] = (struct letter){ (char)c, '0' };
	w->letters[0x111] = w->letters[0x110] = (struct letter){ 'D', '0' };
	w->letters['&'] = (struct letter){ '&', '0' };
}

/* ---- words ---- */

/* A word as it is compared: letters without tone, then the tone; "" when it is no word.
 * A final y after a consonant is i: kỳ, lý, mỹ are kì, lí, mĩ. */
static size_t compared_form(const struct fact_words *w, const char *text, size_t n,
                            char out[WORD_BYTES])
{
	size_t len = 0;
	char tone = '0';

	for (size_t at = 0, bytes; at < n && len < WORD_BYTES - 2; at += bytes) {
		uint32_t c = code_point(text + at, &bytes);
		struct letter letter = c < LETTERS ? w->letters[c] : (struct letter){ 0, 0 };

		if (!letter.base)
			continue;
		out[len++] = letter.base;
		if (letter.tone > '0')
			tone = letter.tone;
	}
	if (len >= 2 && out[len - 1] == 'y' && !strchr("aAeEouUB", out[len - 2]))
		out[len - 1] = 'i';
	while (len > 1 && out[0] == '0' && out[1] >= '0' && out[1] <= '9') {
		memmove(out, out + 1, len - 1);
		len--;
	}
	if (tone > '0')
		out[len++] = tone;
	out[len] = '\0';
	return len;
}

static uint32_t hash_of(const char *text, size_t n)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619U;
	return hash;
}

static enum err grow_slots(struct fact_words *w)
{
	size_t n = w->n_slots ? w->n_slots * 2 : FIRST_SLOTS;
	int *slots;

	if (w->n_slots && w->n_words * 2 < w->n_slots)
		return ERR_OK;
	TRY(arena_array(w->arena, &slots, n));
	for (size_t i = 0; i < w->n_words; i++) {
		size_t at = w->words[i].hash & (n - 1);

		while (slots[at])
			at = (at + 1) & (n - 1);
		slots[at] = (int)i + 1;
	}
	w->slots = slots;
	w->n_slots = n;
	return ERR_OK;
}

/* The number of a word, a new one when it was never read. */
static enum err word_number(struct fact_words *w, const char *form, size_t n, int *out)
{
	uint32_t hash = hash_of(form, n);
	size_t at;

	TRY(grow_slots(w));
	at = hash & (w->n_slots - 1);
	for (; w->slots[at]; at = (at + 1) & (w->n_slots - 1)) {
		const struct word *word = &w->words[w->slots[at] - 1];

		if (word->hash == hash && strcmp(word->text, form) == 0) {
			*out = w->slots[at] - 1;
			return ERR_OK;
		}
	}
	TRY(vec_room(w->arena, w->words, w->n_words));
	w->words[w->n_words] = (struct word){ .hash = hash, .phrase = -1 };
	TRY(arena_strndup(w->arena, &w->words[w->n_words].text, form, n));
	*out = (int)w->n_words++;
	w->slots[at] = *out + 1;
	return ERR_OK;
}

/* ---- tokens ---- */

static bool is_letter(const struct fact_words *w, const char *text, size_t at, size_t end,
                      size_t *bytes)
{
	uint32_t c = code_point(text + at, bytes);

	if (c == '&') /* of TN&TKQ */
		return at > 0 && at + 1 < end && text[at - 1] != ' ' && text[at + 1] != ' ';
	return c < LETTERS && w->letters[c].base;
}

/* A dash or a plus between blanks begins something new: the items of a list inside a cell. */
static bool is_dash(const char *text, size_t at, size_t start, size_t bytes)
{
	bool dash = text[at] == '-' || text[at] == '+' ||
	            (bytes == 3 && strncmp(text + at, "\xE2\x80\x93", 3) == 0);

	return dash && (at == start || text[at - 1] == ' ') && text[at + bytes] == ' ';
}

static enum fact_kind mark_kind(const char *text, size_t at, size_t start, size_t bytes)
{
	static const struct {
		const char *marks;
		enum fact_kind kind;
	} marks[] = { { ",", FACT_KIND_COMMA },
		      { ":", FACT_KIND_COLON },
		      { ";.\n\t|", FACT_KIND_STOP },
		      { "([", FACT_KIND_OPEN },
		      { ")]", FACT_KIND_CLOSE } };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strchr(marks[i].marks, text[at]))
			return marks[i].kind;
	return is_dash(text, at, start, bytes) ? FACT_KIND_STOP : FACT_KIND_FILLER;
}

static enum err put_token(struct fact_words *w, struct tokens *t, struct token token)
{
	TRY(vec_room(w->arena, t->at, t->n));
	t->at[t->n++] = token;
	return ERR_OK;
}

/* What of a reading stands at a byte and is no word. */
struct spans {
	const struct reading *reading;
	size_t figure, day, period, citation;
};

/* The end of a day, period or citation that begins at or before `at` and ends after it; else 0.
 */
static size_t span_end(struct spans *s, size_t at)
{
	const struct reading *r = s->reading;
	size_t end = 0;

	while (s->day < r->n_days && r->days[s->day].end <= at)
		s->day++;
	while (s->period < r->n_periods && r->periods[s->period].end <= at)
		s->period++;
	while (s->citation < r->n_citations && r->citations[s->citation].end <= at)
		s->citation++;
	if (s->day < r->n_days && r->days[s->day].start <= at)
		end = r->days[s->day].end;
	if (s->period < r->n_periods && r->periods[s->period].start <= at &&
	    r->periods[s->period].end > end)
		end = r->periods[s->period].end;
	if (s->citation < r->n_citations && r->citations[s->citation].start <= at &&
	    r->citations[s->citation].end > end)
		end = r->citations[s->citation].end;
	return end;
}

/* The figure that begins at `at`, or NULL; parts of names are no figures. */
static const struct figure *figure_at(struct spans *s, size_t at)
{
	const struct reading *r = s->reading;

	while (s->figure < r->n_figures && r->figures[s->figure].end <= at)
		s->figure++;
	if (s->figure == r->n_figures || r->figures[s->figure].start > at ||
	    (r->figures[s->figure].marks & FIGURE_LABEL))
		return NULL;
	return &r->figures[s->figure];
}

static enum err put_word(struct fact_words *w, struct tokens *t, const char *text, size_t start,
                         size_t end)
{
	char form[WORD_BYTES];
	size_t n = compared_form(w, text + start, end - start, form);
	struct token token = { .start = start, .end = end, .kind = FACT_KIND_WORD };
	const struct word *word;

	if (n == 0)
		return ERR_OK;
	TRY(word_number(w, form, n, &token.word));
	word = &w->words[token.word];
	if (word->meaning_n == 0)
		return put_token(w, t, token);
	for (int i = 0, first = word->meaning, many = word->meaning_n; i < many; i++) {
		token.word = w->spelled[first + i];
		TRY(put_token(w, t, token));
	}
	return ERR_OK;
}

static enum err learn_abbreviation(struct fact_words *w, struct tokens *t, const char *text);

/* Cuts bytes [start, end) into words, marks and figures. */
static enum err cut(struct fact_words *w, struct tokens *t, const char *text, size_t start,
                    size_t end, const struct reading *reading)
{
	static const struct reading nothing;
	struct spans spans = { .reading = reading ? reading : &nothing };
	size_t at = start, bytes;

	while (at < end) {
		const struct figure *f = figure_at(&spans, at);
		size_t skip = f ? f->end : span_end(&spans, at), from = at;
		enum fact_kind kind;

		if (f)
			TRY(put_token(w, t,
			              (struct token){ at, f->end, -1, FACT_KIND_FIGURE,
			                              (int)spans.figure }));
		if (skip > at) {
			at = skip;
			continue;
		}
		while (at < end && is_letter(w, text, at, end, &bytes))
			at += bytes;
		if (at > from) {
			TRY(put_word(w, t, text, from, at));
			continue;
		}
		kind = mark_kind(text, at, start, bytes);
		if (kind != FACT_KIND_FILLER)
			TRY(put_token(w, t, (struct token){ at, at + bytes, -1, kind, 0 }));
		if (kind == FACT_KIND_CLOSE)
			TRY(learn_abbreviation(w, t, text));
		at += bytes;
	}
	return ERR_OK;
}

/* ---- abbreviations that the document explains ---- */

static bool all_capitals(const struct fact_words *w, const char *text,
                         const struct token *token)
{
	for (size_t at = token->start, bytes; at < token->end; at += bytes) {
		uint32_t c = code_point(text + at, &bytes);
		bool capital = (c >= 'A' && c <= 'Z') || c == '&' || c == 0x110 || c == 0xC2 ||
		               c == 0x102 || c == 0xCA || c == 0xD4 || c == 0x1A0 || c == 0x1AF;

		if (!capital || c >= LETTERS || !w->letters[c].base)
			return false;
	}
	return true;
}

/* "... cải cách hành chính (CCHC)": the words before the bracket whose first letters the
 * abbreviation is made of; an "&" stands for "và". */
static enum err learn_abbreviation(struct fact_words *w, struct tokens *t, const char *text)
{
	const struct token *short_form = t->n >= 4 ? &t->at[t->n - 2] : NULL;
	const char *letters;
	size_t n, from;
	int first = (int)w->n_spelled;

	if (!short_form || short_form->kind != FACT_KIND_WORD ||
	    t->at[t->n - 3].kind != FACT_KIND_OPEN || !all_capitals(w, text, short_form))
		return ERR_OK;
	letters = w->words[short_form->word].text;
	n = strlen(letters);
	if (n < 2 || n > ABBREVIATION_MOST || w->words[short_form->word].phrase >= 0 ||
	    t->n < n + 3)
		return ERR_OK;
	from = t->n - 3 - n;
	for (size_t i = 0; i < n; i++) {
		const struct token *long_form = &t->at[from + i];
		int wanted = letters[i] == '&' ? 'v' : letters[i];

		if (long_form->kind != FACT_KIND_WORD ||
		    w->words[long_form->word].text[0] != wanted)
			return ERR_OK;
	}
	for (size_t i = 0; i < n; i++) {
		TRY(vec_room(w->arena, w->spelled, w->n_spelled));
		w->spelled[w->n_spelled++] = t->at[from + i].word;
	}
	w->words[short_form->word].meaning = first;
	w->words[short_form->word].meaning_n = (int)n;
	return ERR_OK;
}

/* ---- the lexicon ---- */

/* Adds a phrase to those of its first word, the longest first. */
static enum err add_phrase(struct fact_words *w, int term, const struct tokens *t)
{
	int *link;

	TRY(vec_room(w->arena, w->phrases, w->n_phrases));
	w->phrases[w->n_phrases] = (struct phrase){ term, -1, (int)t->n, (int)w->n_spelled };
	for (size_t i = 0; i < t->n; i++) {
		TRY(vec_room(w->arena, w->spelled, w->n_spelled));
		w->spelled[w->n_spelled++] = t->at[i].word;
	}
	link = &w->words[t->at[0].word].phrase;
	while (*link >= 0 && w->phrases[*link].n >= (int)t->n)
		link = &w->phrases[*link].next;
	w->phrases[w->n_phrases].next = *link;
	*link = (int)w->n_phrases++;
	return ERR_OK;
}

static enum err learn_term(struct fact_words *w, int term)
{
	const char *at = terms[term].phrases;

	while (*at) {
		size_t n = strcspn(at, "|");
		struct tokens t = { 0 };

		TRY(cut(w, &t, at, 0, n, NULL));
		if (t.n > 0 && t.n <= PHRASE_WORDS)
			TRY(add_phrase(w, term, &t));
		at += n + (at[n] == '|');
	}
	return ERR_OK;
}

static enum err learn_short(struct fact_words *w, const char *abbreviation, const char *phrase)
{
	char form[WORD_BYTES];
	size_t n = compared_form(w, abbreviation, strlen(abbreviation), form);
	struct tokens t = { 0 };
	int word, first = (int)w->n_spelled;

	TRY(cut(w, &t, phrase, 0, strlen(phrase), NULL));
	TRY(word_number(w, form, n, &word));
	for (size_t i = 0; i < t.n; i++) {
		TRY(vec_room(w->arena, w->spelled, w->n_spelled));
		w->spelled[w->n_spelled++] = t.at[i].word;
	}
	w->words[word].meaning = first;
	w->words[word].meaning_n = (int)t.n;
	return ERR_OK;
}

enum err fact_words_new(struct fact_words **out, struct arena *a)
{
	static const struct {
		const char *abbreviation, *phrase;
	} shorts[] = {
#define FACT_TERM(kind, value, phrases)
#define FACT_SHORT(abbreviation, phrase) { abbreviation, phrase },
#include "app/audit/fact_lexicon.def"
#undef FACT_TERM
#undef FACT_SHORT
	};
	struct fact_words *w;

	TRY(arena_new(a, &w));
	w->arena = a;
	TRY(arena_array(a, &w->letters, LETTERS));
	learn_letters(w);
	for (size_t i = 0; i < ARRAY_LEN(shorts); i++)
		TRY(learn_short(w, shorts[i].abbreviation, shorts[i].phrase));
	for (int i = 1; i < FACT_TERMS; i++)
		TRY(learn_term(w, i));
	*out = w;
	return ERR_OK;
}

enum err fact_words_learn_office(struct fact_words *w, const char *name)
{
	struct tokens t = { 0 };

	TRY(cut(w, &t, name, 0, strlen(name), NULL));
	for (size_t i = 0; i + 1 < t.n; i++) {
		struct tokens rest = { t.at + i, t.n - i };

		if (t.at[i].kind != FACT_KIND_WORD)
			return ERR_OK;
		if (rest.n <= PHRASE_WORDS)
			TRY(add_phrase(w, FACT_FILLER_OFFICES, &rest));
	}
	return ERR_OK;
}

/* ---- reading ---- */

/* How many tokens from `at` on a phrase takes; 0: it does not stand there. */
static size_t phrase_at(const struct fact_words *w, const struct phrase *p,
                        const struct tokens *t, size_t at)
{
	size_t i = at;

	for (int k = 0; k < p->n; k++, i++) {
		if (k > 0 && i < t->n && t->at[i].kind == FACT_KIND_COMMA)
			i++;
		if (i >= t->n || t->at[i].kind != FACT_KIND_WORD ||
		    t->at[i].word != w->spelled[p->words + k])
			return 0;
	}
	return i - at;
}

/* The longest phrase at a token; *taken 0 when there is none. */
static int term_at(const struct fact_words *w, const struct tokens *t, size_t at, size_t *taken)
{
	int next = w->words[t->at[at].word].phrase;

	for (*taken = 0; next >= 0; next = w->phrases[next].next) {
		*taken = phrase_at(w, &w->phrases[next], t, at);
		if (*taken)
			return w->phrases[next].term;
	}
	return 0;
}

static struct fact_item item_of(struct fact_words *w, const struct tokens *t, size_t at,
                                size_t *taken)
{
	const struct token *token = &t->at[at];
	struct fact_item item = { token->start, token->end, token->figure, token->kind };
	int term;

	*taken = 1;
	if (token->kind != FACT_KIND_WORD)
		return item;
	term = term_at(w, t, at, taken);
	if (term) {
		item.end = t->at[at + *taken - 1].end;
		item.id = term;
		item.kind = terms[term].kind;
		w->seen[term]++;
		return item;
	}
	*taken = 1;
	item.id = FACT_TERMS + token->word;
	w->words[token->word].seen++;
	return item;
}

enum err fact_words_read(struct fact_words *w, struct fact_items *out, const char *text,
                         size_t start, size_t end, const struct reading *reading)
{
	struct tokens t = { 0 };
	struct fact_items items = { 0 };

	TRY(cut(w, &t, text, start, end, reading));
	if (t.n > 0)
		TRY(arena_array(w->arena, &items.at, t.n));
	for (size_t i = 0, taken; i < t.n; i += taken)
		items.at[items.n++] = item_of(w, &t, i, &taken);
	*out = items;
	return ERR_OK;
}

int fact_words_seen(const struct fact_words *w, int id)
{
	return id < FACT_TERMS ? w->seen[id] : w->words[id - FACT_TERMS].seen;
}
