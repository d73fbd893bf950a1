/* fact_words.h - a sentence as the words of the field: what it counts, in which state, by which
 * way, and the words that are left.  Pure.
 *
 * Words are compared without regard to case and to where the mark of tone stands ("hóa" is
 * "hoá", "kỳ" is "kì").  Abbreviations are written out: those of the lexicon, and those the
 * document explains itself ("cải cách hành chính (CCHC)").
 */
#ifndef APP_AUDIT_FACT_WORDS_H
#define APP_AUDIT_FACT_WORDS_H

#include "text/reading.h"

/* Rows of the lexicon; 0 is none.  Words outside it are numbered from FACT_TERMS on. */
enum fact_term {
	FACT_NO_TERM,
#define FACT_TERM(kind, value, phrases) FACT_##kind##_##value,
#define FACT_SHORT(abbreviation, phrase)
#include "app/audit/fact_lexicon.def"
#undef FACT_TERM
#undef FACT_SHORT
	FACT_TERMS
};

enum fact_kind {
	/* Dimensions: two amounts that differ in one of them are different amounts. */
	FACT_KIND_STATE,     /* tiếp nhận, giải quyết, đang giải quyết */
	FACT_KIND_TIMELY,    /* trước hạn, đúng hạn, quá hạn, chưa đến hạn */
	FACT_KIND_CHANNEL,   /* trực tuyến, trực tiếp, bưu chính */
	FACT_KIND_LEVEL,     /* mức độ 3 = một phần, mức độ 4 = toàn trình */
	FACT_KIND_OFFICE,    /* cấp tỉnh, cấp huyện, cấp xã */
	FACT_KIND_LINK,      /* liên thông */
	FACT_KIND_CARRY,     /* kỳ trước chuyển sang, mới tiếp nhận */
	FACT_KIND_VALID,     /* hợp lệ */
	FACT_KIND_SLIPS,     /* phát ra, thu vào */
	FACT_KIND_FORCE,     /* còn, hết hiệu lực */
	FACT_KIND_AUTHORITY, /* thuộc thẩm quyền */
	FACT_KIND_AREA,      /* đất đai, hộ tịch, chứng thực */
	FACT_KIND_GIVER,     /* UBND tỉnh giao, UBND huyện giao */
	FACT_KIND_SPAN,      /* lũy kế */
	FACT_DIMENSIONS,
	/* Other words of the lexicon. */
	FACT_KIND_OBJECT = FACT_DIMENSIONS, /* what is counted */
	FACT_KIND_WORD,                     /* synonyms */
	FACT_KIND_PARTS,                    /* trong đó */
	FACT_KIND_JOIN,                     /* và, với */
	FACT_KIND_AIM,                      /* phấn đấu, tối thiểu: a goal */
	FACT_KIND_THEN,                     /* giúp, nhằm: what it is good for */
	FACT_KIND_AGAINST,                  /* so với: another amount to compare with */
	FACT_KIND_RATIO,                    /* tỷ lệ */
	FACT_KIND_TOTAL,                    /* tổng số */
	FACT_KIND_NOT,                      /* chưa, không */
	FACT_KIND_FILLER,                   /* decides nothing */
	/* What stands between words. */
	FACT_KIND_COMMA,
	FACT_KIND_STOP, /* ; . and a dash between blanks */
	FACT_KIND_COLON,
	FACT_KIND_OPEN, /* ( */
	FACT_KIND_CLOSE,
	FACT_KIND_FIGURE /* `id` is its index in the reading */
};

struct fact_item {
	size_t start, end; /* bytes of the text */
	int id;            /* enum fact_term, a word's number, or a figure's index */
	enum fact_kind kind;
};
struct fact_items {
	struct fact_item *at;
	size_t n;
};

struct fact_words;
ERR_RESULT fact_words_new(struct fact_words **out, struct arena *a);
/* Reads bytes [start, end) of a text; figures, days, periods and citations of `reading` are no
 * words.  Learns abbreviations on the way.  `reading` may be NULL. */
ERR_RESULT fact_words_read(struct fact_words *w, struct fact_items *out, const char *text,
                           size_t start, size_t end, const struct reading *reading);
/* The name of the office that reports says nothing: "UBND xã Bình Minh", "xã Bình Minh". */
ERR_RESULT fact_words_learn_office(struct fact_words *w, const char *name);
/* How often a word or a term was read so far. */
int fact_words_seen(const struct fact_words *w, int id);
enum fact_kind fact_term_kind(int term); /* FACT_KIND_WORD for a word outside the lexicon */

#endif
