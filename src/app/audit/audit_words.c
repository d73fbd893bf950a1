/* Words and offices in the texts of a document; see audit_paper.h. */
#include "app/audit/audit_paper.h"

#include <string.h>

#include "base/str.h"

/* Letters of the Latin blocks that Vietnamese uses, in pairs: the lower one has as many bytes.
 */
static unsigned lower_point(unsigned point)
{
	if (point >= 0xC0 && point <= 0xDE && point != 0xD7)
		return point + 0x20;
	if ((point >= 0x100 && point <= 0x137) || (point >= 0x1EA0 && point <= 0x1EF9))
		return point | 1;
	if (point == 0x1A0 || point == 0x1AF)
		return point + 1;
	if (point >= 0x139 && point <= 0x148)
		return (point & 1) ? point + 1 : point;
	return point;
}

enum err audit_lower(struct arena *a, const char **out, const char *text)
{
	size_t n = strlen(text);
	char *copy = arena_alloc_unset(a, n + 1);

	if (!copy)
		return arena_no_memory(a);
	memcpy(copy, text, n + 1);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)copy[i], d = (unsigned char)copy[i + 1];

		if (c < 0x80) {
			copy[i] = ascii_lower(copy[i]);
		} else if (c >= 0xC3 && c <= 0xDF) {
			unsigned low = lower_point((c & 0x1FU) << 6 | (d & 0x3FU));

			copy[i] = (char)(0xC0 | low >> 6);
			copy[i + 1] = (char)(0x80 | (low & 0x3F));
			i++;
		} else if (c == 0xE1) {
			unsigned e = i + 2 < n ? (unsigned char)copy[i + 2] : 0x80;
			unsigned low = lower_point(0x1000 | (d & 0x3FU) << 6 | (e & 0x3FU));

			copy[i + 1] = (char)(0x80 | ((low >> 6) & 0x3F));
			if (i + 2 < n)
				copy[i + 2] = (char)(0x80 | (low & 0x3F));
			i += 2;
		}
	}
	*out = copy;
	return ERR_OK;
}

/* Letters and digits; of the signs beyond ASCII the general punctuation is none. */
static bool is_letter(const char *s, size_t at)
{
	unsigned char c = (unsigned char)s[at];

	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       (c >= 'A' && c <= 'Z');
	return c != 0xE2 && c != 0xC2;
}

static size_t point_before(const char *s, size_t at)
{
	at--;
	while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80)
		at--;
	return at;
}

static bool whole(const char *s, size_t at, size_t n)
{
	return (at == 0 || !is_letter(s, point_before(s, at))) && !is_letter(s, at + n);
}

size_t words_find(const char *lower, struct span in, const char *words)
{
	size_t n = strlen(words);

	for (size_t at = in.start; at + n <= in.end;) {
		const char *hit = memmem(lower + at, in.end - at, words, n);

		if (!hit)
			break;
		at = (size_t)(hit - lower);
		if (whole(lower, at, n))
			return at;
		at++;
	}
	return SIZE_MAX;
}

size_t words_last(const char *lower, struct span in, const char *words)
{
	size_t last = SIZE_MAX, at;

	while ((at = words_find(lower, in, words)) != SIZE_MAX) {
		last = at;
		in.start = at + 1;
	}
	return last;
}

bool words_any(const char *lower, struct span in, const char *const *list)
{
	for (; *list; list++)
		if (words_find(lower, in, *list) != SIZE_MAX)
			return true;
	return false;
}

size_t words_back(const char *text, size_t from, size_t at, size_t n)
{
	while (n > 0 && at > from) {
		while (at > from && !is_letter(text, point_before(text, at)))
			at = point_before(text, at);
		while (at > from && is_letter(text, point_before(text, at)))
			at = point_before(text, at);
		n--;
	}
	return at;
}

bool words_next(const char *text, size_t end, size_t *at, struct span *word)
{
	size_t i = *at;

	while (i < end && !is_letter(text, i))
		i++;
	word->start = i;
	while (i < end && is_letter(text, i)) {
		i++;
		while (i < end && ((unsigned char)text[i] & 0xC0) == 0x80)
			i++;
	}
	word->end = i;
	*at = i;
	return word->end > word->start;
}

uint64_t words_hash(uint64_t seed, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		seed = (seed ^ (unsigned char)word[i]) * UINT64_C(1099511628211);
	return (seed ^ ' ') * UINT64_C(1099511628211);
}

/* ---- passages ---- */

static enum err add(struct passages *out, struct audit *x, struct passage **rows,
                    struct passage p)
{
	if (str_blank(p.text->text))
		return ERR_OK;
	TRY(audit_lower(x->arena, &p.lower, p.text->text));
	(*rows)[out->n++] = p;
	return ERR_OK;
}

static size_t most(const struct document *d)
{
	size_t n = d->n_blocks;

	for (size_t i = 0; i < d->n_tables; i++)
		n += d->tables[i].n_rows * d->tables[i].n_columns;
	return n;
}

static enum err add_table(struct passages *out, struct audit *x, struct passage **rows,
                          const struct block *b)
{
	const struct table *t = &x->document->tables[b->table];

	for (size_t r = 0; r < t->n_rows; r++)
		for (size_t c = 0; c < t->n_columns; c++)
			TRY(add(out, x, rows,
			        (struct passage){ .text = &t->rows[r].cells[c].text,
			                          .block = b,
			                          .table = b->table,
			                          .row = r,
			                          .column = c,
			                          .section = b->section,
			                          .annex = b->annex }));
	return ERR_OK;
}

/* The day by which an annex names this document; none. */
static date_t named_day(const struct passages *all, struct audit *x)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct reading *r = &all->at[i].text->reading;

		for (size_t j = 0; j < r->n_citations; j++)
			if (citation_is_own(x, &all->at[i], &r->citations[j]) &&
			    !date_is_none(r->citations[j].day.on))
				return r->citations[j].day.on;
	}
	return DATE_NONE;
}

static enum err read_passages(struct passages *out, struct audit *x)
{
	const struct document *d = x->document;
	struct passage *rows;

	*out = (struct passages){ 0 };
	TRY(arena_array(x->arena, &rows, most(d) + 1));
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct block *b = &d->blocks[i];

		if (b->kind == BLOCK_TABLE && b->table >= 0)
			TRY(add_table(out, x, &rows, b));
		else
			TRY(add(out, x, &rows,
			        (struct passage){ .text = &b->text,
			                          .block = b,
			                          .table = -1,
			                          .section = b->section,
			                          .annex = b->annex }));
	}
	out->at = rows;
	out->day = named_day(out, x);
	return ERR_OK;
}

enum err audit_passages(struct passages *out, struct audit *x)
{
	if (!x->passages) {
		struct passages *made;

		TRY(arena_new(x->arena, &made));
		TRY(read_passages(made, x));
		x->passages = made;
	}
	*out = *x->passages;
	return ERR_OK;
}

struct span audit_sentence(const struct passage *p, size_t at)
{
	const struct block *b = p->block;

	if (p->table < 0)
		for (size_t i = 0; i < b->n_sentences; i++)
			if (at >= b->sentences[i].start && at < b->sentences[i].end)
				return (struct span){ b->sentences[i].start,
					              b->sentences[i].end };
	return (struct span){ 0, strlen(p->lower) };
}

/* ---- what a section and a sentence speak of ---- */

bool section_says(struct audit *x, int section, const char *const *list)
{
	const struct document *d = x->document;

	for (int depth = 0; section >= 0 && depth < 16; depth++) {
		const struct section *s = &d->sections[section];
		const char *lower;

		if (audit_lower(x->arena, &lower, s->title) != ERR_OK)
			return false;
		if (words_any(lower, (struct span){ 0, strlen(lower) }, list))
			return true;
		section = s->parent;
	}
	return false;
}

bool section_is_ahead(struct audit *x, int section)
{
	static const char *const words[] = { "phương hướng",
		                             "thời gian tới",
		                             "kế hoạch",
		                             "nhiệm vụ trọng tâm",
		                             "giải pháp",
		                             "kiến nghị",
		                             "tổ chức thực hiện",
		                             "mục tiêu",
		                             "đề xuất",
		                             "kinh phí thực hiện",
		                             NULL };
	static const char *const done[] = { "kết quả", "tình hình", "đánh giá", NULL };

	return section_says(x, section, words) && !section_says(x, section, done);
}

bool sentence_is_ahead(const struct passage *p, struct span sentence)
{
	static const char *const words[] = {
		"sẽ",        "dự kiến",       "phấn đấu",         "ước",          "thời hạn",
		"chậm nhất", "hạn chót",      "dự báo",           "hạn cuối",     "hiệu lực",
		"nhiệm kỳ",  "thời gian tới", "hoàn thành trước", "phương hướng", "mục tiêu",
		NULL
	};

	return words_any(p->lower, sentence, words);
}

bool sentence_is_done(const struct passage *p, struct span sentence)
{
	static const char *const words[] = { "đã",
		                             "kết quả",
		                             "tiếp nhận",
		                             "giải quyết",
		                             "tổng số",
		                             "tổng hợp",
		                             "thực hiện được",
		                             "ban hành được",
		                             "số hóa",
		                             "khảo sát",
		                             "trong kỳ",
		                             "đạt",
		                             "lũy kế",
		                             "có",
		                             "số liệu",
		                             "được triển khai",
		                             "được thực hiện",
		                             NULL };

	return words_any(p->lower, sentence, words);
}

/* ---- offices ---- */

/* The word for a level, not the one in "xã hội". */
static size_t level_word(const char *lower, struct span in, const char *word)
{
	size_t at;

	while ((at = words_find(lower, in, word)) != SIZE_MAX) {
		if (!str_starts(lower + at, "xã hội"))
			break;
		in.start = at + 1;
	}
	return at;
}

enum office_level office_level_in(const char *lower, struct span in, struct span *word)
{
	static const struct {
		const char *word;
		enum office_level level;
	} words[] = { { "thị xã", LEVEL_DISTRICT },   { "xã", LEVEL_COMMUNE },
		      { "phường", LEVEL_COMMUNE },    { "thị trấn", LEVEL_COMMUNE },
		      { "đặc khu", LEVEL_COMMUNE },   { "huyện", LEVEL_DISTRICT },
		      { "quận", LEVEL_DISTRICT },     { "thành phố", LEVEL_CITY },
		      { "tỉnh", LEVEL_PROVINCE },     { "thủ tướng", LEVEL_CENTRAL },
		      { "chính phủ", LEVEL_CENTRAL }, { "trung ương", LEVEL_CENTRAL } };
	enum office_level found = LEVEL_UNKNOWN;
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t at = level_word(lower, in, words[i].word);

		if (at < first) {
			first = at;
			found = words[i].level;
			*word = (struct span){ at, at + strlen(words[i].word) };
		}
	}
	return found;
}

enum office_level office_level_of(const char *lower)
{
	struct span word;

	return office_level_in(lower, (struct span){ 0, strlen(lower) }, &word);
}

enum err office_level_own(enum office_level *out, struct audit *x)
{
	const char *lower;

	TRY(audit_lower(x->arena, &lower, x->document->head.office));
	*out = office_level_of(lower);
	return ERR_OK;
}

bool code_is_central(const char *code)
{
	static const char *const issuers[] = { "CP",   "TTg", "TW",  "VPCP",
		                               "TTCP", "CTN", "BTV", NULL };
	const char *last = code;

	for (const char *s = code; *s; s++)
		if (*s == '-' || *s == '/')
			last = s + 1;
	for (size_t i = 0; issuers[i]; i++)
		if (str_eq(last, issuers[i]))
			return true;
	return str_starts(code, "TT-B") || str_starts(code, "QĐ-B") ||
	       str_starts(code, "QH1") || str_starts(code, "TTLT");
}

enum err citation_text(struct arena *a, const char **out, const struct citation *c)
{
	if (c->year > 0)
		return arena_printf(a, out, "%s/%d/%s", c->number, c->year, c->code);
	if (strstr(c->code, "/"))
		return arena_printf(a, out, "%s-%s", c->number, c->code);
	return arena_printf(a, out, "%s/%s", c->number, c->code);
}

bool citation_is_own(struct audit *x, const struct passage *p, const struct citation *c)
{
	const struct doc_head *h = &x->document->head;
	struct span before = { words_back(p->lower, 0, c->start, 3), c->start };
	enum office_level own = LEVEL_UNKNOWN, issuer;
	const char *lower;

	if (p->table >= 0 || (p->annex < 0 && p->block->kind != BLOCK_TAIL))
		return false;
	if (words_find(p->lower, before, "kèm theo") == SIZE_MAX &&
	    (c->start == 0 || p->lower[c->start - 1] != '('))
		return false;
	if (!str_eq(c->code, h->number.code) || h->number.code[0] == '\0')
		return false;
	if (audit_lower(x->arena, &lower, c->issuer) != ERR_OK ||
	    office_level_own(&own, x) != ERR_OK)
		return false;
	issuer = office_level_of(lower);
	return issuer == LEVEL_UNKNOWN || own == LEVEL_UNKNOWN || issuer == own;
}

date_t audit_paper_day(struct audit *x)
{
	struct passages all;

	if (!date_is_none(x->document->head.day.on))
		return x->document->head.day.on;
	return audit_passages(&all, x) == ERR_OK ? all.day : DATE_NONE;
}
