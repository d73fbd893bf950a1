/* audit_term.c - figures as terms, and what may be added to what. */
#include "app/audit/audit_term.h"

#include <string.h>

bool figure_is_amount(const struct figure *f)
{
	const unsigned never = FIGURE_LABEL | FIGURE_RANK | FIGURE_PER | FIGURE_CHANGE;

	return (f->unit == FIGURE_COUNT || f->unit == FIGURE_DONG) && !(f->marks & never) &&
	       f->bound == FIGURE_EXACT && number_is_none(f->to) && !number_is_none(f->value);
}

/* The first two words of a noun; an abbreviation counts as its words. */
struct head {
	struct slice one, two; /* two.len 0: one word only */
};

static struct slice cut_word(struct slice *rest)
{
	struct slice word = { rest->at, 0 };

	while (word.len < rest->len && word.at[word.len] != ' ' && word.at[word.len] != ',')
		word.len++;
	rest->at += word.len;
	rest->len -= word.len;
	while (rest->len > 0 && (*rest->at == ' ' || *rest->at == ',')) {
		rest->at++;
		rest->len--;
	}
	return word;
}

static struct head head_of(struct slice noun)
{
	static const struct {
		const char *abbreviation, *one, *two;
	} known[] = {
		{ "tthc", "thủ", "tục" },  { "vbqppl", "văn", "bản" },
		{ "vb", "văn", "bản" },    { "cbcc", "cán", "bộ" },
		{ "cbccvc", "cán", "bộ" }, { "pakn", "phản", "ánh" },
		{ "hs", "hồ", "sơ" },      { "dvc", "dịch", "vụ" },
		{ "dvctt", "dịch", "vụ" }, { "dịch vụ", "dịch", "vụ" },
	};
	struct head h = { .one = cut_word(&noun) };

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (slice_eq(h.one, known[i].abbreviation))
			return (struct head){ slice_of(known[i].one), slice_of(known[i].two) };
	h.two = cut_word(&noun);
	return h;
}

/* Words that count all of a class when they stand before its name. */
static bool is_classifier(struct slice word)
{
	static const char *const words[] = { "người", "phiếu", "lượt", "tin",  "bài",    "lớp",
		                             "cuộc",  "vụ",    "đơn",  "xã",   "phường", "máy",
		                             "buổi",  "bộ",    "nhóm", "thôn", "điểm" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (slice_eq(word, words[i]))
			return true;
	return false;
}

static bool same_slice(struct slice a, struct slice b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

/* Kinds of a class, by how the names begin. */
static bool is_kind_of(struct slice whole, struct slice part)
{
	static const struct {
		const char *whole, *part;
	} kinds[] = {
#define KINDS(whole, part) { whole, part },
#include "app/audit/audit_nouns.def"
#undef KINDS
	};

	if (whole.len >= 2 && memcmp(whole.at, "vb", 2) == 0)
		whole = slice_of("văn bản");
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t w = strlen(kinds[i].whole), k = strlen(kinds[i].part);

		if (whole.len >= w && memcmp(whole.at, kinds[i].whole, w) == 0 &&
		    part.len >= k && memcmp(part.at, kinds[i].part, k) == 0)
			return true;
	}
	return false;
}

enum noun_fit noun_fit(const struct term *whole, const struct term *part)
{
	struct head x, y;

	if (whole->figure->unit != part->figure->unit)
		return NOUN_DIFFERS;
	if (whole->figure->unit == FIGURE_DONG)
		return NOUN_SAME;
	if (whole->noun.len == 0 || part->noun.len == 0 || whole->noun_is_label ||
	    part->noun_is_label)
		return NOUN_OPEN;
	x = head_of(whole->noun);
	y = head_of(part->noun);
	if (same_slice(x.one, y.one) && (x.two.len == 0 || y.two.len == 0 ||
	                                 same_slice(x.two, y.two) || is_classifier(x.one)))
		return NOUN_SAME;
	if (slice_eq(y.one, "trường") && slice_eq(y.two, "hợp"))
		return NOUN_OPEN;
	return is_kind_of(whole->noun, part->noun) ? NOUN_KIND : NOUN_DIFFERS;
}

/* Power of ten of the word after an amount of money: "1,2 tỷ đồng" 9. */
static int magnitude(const char *text, size_t n)
{
	static const struct {
		const char *word;
		int power;
	} words[] = { { "tỷ", 9 }, { "tỉ", 9 }, { "triệu", 6 }, { "nghìn", 3 }, { "ngàn", 3 } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t len = strlen(words[i].word);

		for (size_t at = 0; at + len <= n; at++)
			if (memcmp(text + at, words[i].word, len) == 0)
				return words[i].power;
	}
	return 0;
}

static struct number half_unit(const char *lower, const struct figure *f)
{
	int power, decimals = 0;
	size_t at = f->digits_end;

	if (f->unit != FIGURE_DONG || f->digits_end > f->end)
		return number_int(0);
	power = magnitude(lower + f->digits_end, f->end - f->digits_end);
	while (at > f->start && lower[at - 1] != ',') {
		at--;
		decimals++;
	}
	if (at == f->start)
		decimals = 0;
	if (power <= decimals)
		return number_int(0);
	return number_times_ten(number_int(5), power - decimals - 1);
}

static struct term term_with(const struct passage *p, int piece, int figure)
{
	const struct piece *from = &p->pieces[piece];
	const struct figure *f = passage_figure(p, figure);
	struct term t = { .text = &p->block->text,
		          .figure = f,
		          .value = f->value,
		          .half = half_unit(p->lower, f),
		          .before = from->before,
		          .flags = from->flags,
		          .edge = from->edge,
		          .opener = from->opener,
		          .piece = piece };
	size_t w = passage_word_at(p, f->noun);

	if (f->noun_end > f->noun) {
		t.noun =
		        slice_trim((struct slice){ p->lower + f->noun, f->noun_end - f->noun });
		/* "80 trực tuyến": what follows says which ones, not what is counted */
		t.noun_is_label = w < p->n_words &&
		                  (p->words[w].cue == CUE_LABEL || p->words[w].cue == CUE_REST);
	}
	return t;
}

struct term term_of(const struct passage *p, int piece)
{
	struct term t = term_with(p, piece, p->pieces[piece].figure);

	memcpy(t.values, p->pieces[piece].values, sizeof(t.values));
	t.starts = piece_starts_with_figure(p, &p->pieces[piece]);
	return t;
}

struct term term_of_second(const struct passage *p, int piece)
{
	return term_with(p, piece, p->pieces[piece].second);
}

size_t term_quote_end(const struct term *t)
{
	return t->figure->noun_end > t->figure->end ? t->figure->noun_end : t->figure->end;
}

enum err term_quote(const char **out, struct arena *a, const struct term *t)
{
	return arena_strndup(a, out, t->text->text + t->figure->start,
	                     term_quote_end(t) - t->figure->start);
}

void term_at(struct audit_draft *d, const struct term *t)
{
	audit_at(d, t->text, t->figure->start, term_quote_end(t), true);
}

/* Values of an aspect that are all there is. */
bool aspect_covers(enum aspect aspect, unsigned values, bool *likely)
{
	static const struct {
		enum aspect aspect;
		unsigned values;
		bool likely;
	} all[] = {
		{ ASPECT_TIME, TIME_ON | TIME_LATE, false },
		{ ASPECT_TIME, TIME_WITHIN | TIME_LATE, false },
		{ ASPECT_TIME, TIME_EARLY | TIME_ON, true },
		{ ASPECT_STAGE, STAGE_DONE | STAGE_DOING, false },
		{ ASPECT_STAGE, STAGE_DONE | STAGE_NOT, false },
		{ ASPECT_CHANNEL, CHANNEL_ONLINE | CHANNEL_DIRECT, false },
		{ ASPECT_SERVICE, SERVICE_PART | SERVICE_FULL | SERVICE_NONE, false },
		{ ASPECT_SERVICE, SERVICE_PART | SERVICE_FULL, true },
		{ ASPECT_SERVICE, SERVICE_LEVEL_2 | SERVICE_LEVEL_3, false },
		{ ASPECT_SERVICE, SERVICE_LEVEL_2 | SERVICE_LEVEL_4, false },
		{ ASPECT_SERVICE, SERVICE_LEVEL_3 | SERVICE_LEVEL_4, true },
		{ ASPECT_VALID, ONE | OTHER, false },
		{ ASPECT_GENDER, ONE | OTHER, false },
		{ ASPECT_LEVEL, OTHER | THIRD | FOURTH, false },
		{ ASPECT_LEVEL, OTHER | FOURTH, true },
		{ ASPECT_LEVEL, THIRD | FOURTH, true },
		{ ASPECT_CONTENT, OTHER | FOURTH, true },
		{ ASPECT_CONTENT, OTHER | THIRD | FOURTH, false },
		{ ASPECT_PASS, ONE | OTHER, false },
		{ ASPECT_GRADE, ONE | OTHER | THIRD, true },
		{ ASPECT_GRADE, OTHER | THIRD | FOURTH, false },
		{ ASPECT_EFFECT, ONE | OTHER | THIRD, false },
		{ ASPECT_EFFECT, ONE | OTHER, true },
		{ ASPECT_EFFECT, OTHER | THIRD, true },
		{ ASPECT_ORIGIN, ONE | OTHER, false },
		{ ASPECT_PERSON, ONE | OTHER, false },
		{ ASPECT_PLANNED, ONE | OTHER, false },
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].aspect == aspect && (values & all[i].values) == all[i].values) {
			if (!all[i].likely)
				return true;
			*likely = true;
		}
	return false;
}
