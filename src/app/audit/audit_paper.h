/* audit_paper.h - what the checks of the paper itself share (thể thức, ngày tháng, viện dẫn,
 * đánh số, phạm vi): every text of the document in its order, the sentence around a byte, words
 * looked for in lower case, and the level of an office.  Pure; included by checks only.
 */
#ifndef APP_AUDIT_AUDIT_PAPER_H
#define APP_AUDIT_AUDIT_PAPER_H

#include "app/audit/audit_check.h"

/* A paragraph, heading, note, or one cell that is not empty. */
struct passage {
	const struct joined *text;
	const char *lower;         /* the same bytes in lower case, so that offsets agree */
	const struct block *block; /* its own, or its table's */
	int table;                 /* -1: no cell */
	size_t row, column;
	int section, annex; /* -1: none */
};
struct passages {
	const struct passage *at;
	size_t n;
	date_t day; /* see audit_paper_day */
};
ERR_RESULT audit_passages(struct passages *out, struct audit *x);

/* [start, end) of the sentence in which byte `at` stands; a cell is one sentence. */
struct span {
	size_t start, end;
};
struct span audit_sentence(const struct passage *p, size_t at);

/* Lower case of Vietnamese in as many bytes as before. */
ERR_RESULT audit_lower(struct arena *a, const char **out, const char *text);

/* Where `words` (lower case, one blank between) stand as whole words in [span); SIZE_MAX: not.
 */
size_t words_find(const char *lower, struct span in, const char *words);
bool words_any(const char *lower, struct span in, const char *const *list); /* ends with NULL */
/* The last place of any of the words in [span); SIZE_MAX. */
size_t words_last(const char *lower, struct span in, const char *words);
/* Start of the n-th word before byte `at`, not before `from`. */
size_t words_back(const char *text, size_t from, size_t at, size_t n);
/* The next word at or after `*at` (letters and digits); false at the end. */
bool words_next(const char *text, size_t end, size_t *at, struct span *word);
/* Hash of a run of words, taken up from `seed` one word at a time. */
uint64_t words_hash(uint64_t seed, const char *word, size_t n);

/* Whether the heading of the section, or one above it, says one of the words. */
bool section_says(struct audit *x, int section, const char *const *list);
/* Sections of what is still to come: phương hướng, nhiệm vụ, giải pháp, kiến nghị. */
bool section_is_ahead(struct audit *x, int section);
/* The sentence speaks of what is meant to be: sẽ, dự kiến, phấn đấu, ước, thời hạn. */
bool sentence_is_ahead(const struct passage *p, struct span sentence);
/* ... of what was done: đã, kết quả, tiếp nhận, ban hành. */
bool sentence_is_done(const struct passage *p, struct span sentence);

/* Levels of Vietnamese government; a city may be one of a province or a province. */
enum office_level {
	LEVEL_UNKNOWN,
	LEVEL_COMMUNE,  /* xã, phường, thị trấn, đặc khu */
	LEVEL_DISTRICT, /* huyện, quận, thị xã */
	LEVEL_CITY,     /* thành phố */
	LEVEL_PROVINCE, /* tỉnh */
	LEVEL_CENTRAL
};
/* Of the first level word in a text in lower case. */
enum office_level office_level_of(const char *lower);
enum office_level office_level_in(const char *lower, struct span in, struct span *word);
/* Whose document it is. */
ERR_RESULT office_level_own(enum office_level *out, struct audit *x);
/* The code belongs to one issuer of the whole country: NĐ-CP, QĐ-TTg, NQ/TW, TT-BNV. */
bool code_is_central(const char *code);

/* "140/BC-UBND"; "ngày 08/3/2024" as the document would write it. */
ERR_RESULT citation_text(struct arena *a, const char **out, const struct citation *c);

/* The document's own day: of its head, or of an annex that names it; none: unknown. */
date_t audit_paper_day(struct audit *x);

/* The annex's line "(Kèm theo Báo cáo số ... ngày ... của ...)" that names this document. */
bool citation_is_own(struct audit *x, const struct passage *p, const struct citation *c);

#endif
