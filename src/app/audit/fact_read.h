/* fact_read.h - reading facts out of sentences and tables; included by fact*.c only. */
#ifndef APP_AUDIT_FACT_READ_H
#define APP_AUDIT_FACT_READ_H

#include "app/audit/fact_what.h"

struct fact_reader {
	struct arena *arena;
	const struct document *document;
	struct fact_words *words;
	struct fact *facts;
	size_t n_facts;
	const struct fact_section *sections;
	bool is_commune; /* the office that reports */
};

/* What the heading of a section says of all that stands in it. */
struct fact_section {
	bool aims;      /* what shall be done */
	bool place;     /* it names a place: "a) Tại Bộ phận Một cửa huyện" */
	int population; /* see struct fact */
};

/* What a sentence stands in. */
struct fact_frame {
	const struct joined *text;
	size_t start, end;       /* of the sentence */
	struct fact_maker above; /* what stands over it */
	struct fact_period period;
	bool is_goal;
	int population;
	int whole; /* fact of which those of the sentence are parts; -1 */
	int last;  /* fact before them in the paragraph; -1 */
	int open; /* fact whose parts the paragraph ends by announcing ("..., trong đó:"); -1 */
	int block, table, row, column;
	struct fact_items lead; /* "Kết quả giải quyết hồ sơ:" at the head of the paragraph */
};

/* Facts of one sentence; `frame->last` and `lead` are carried on to the next. */
ERR_RESULT fact_read_sentence(struct fact_reader *r, struct fact_frame *frame);
ERR_RESULT fact_read_paragraphs(struct fact_reader *r);
ERR_RESULT fact_read_tables(struct fact_reader *r);
ERR_RESULT fact_put(struct fact_reader *r, const struct fact *fact);

/* Where a period is looked for: in bytes [start, end), the last one before `at`, else the first
 * one after it and before `close`. */
struct fact_span {
	size_t start, end, at, close;
};
#define FACT_ALL ((struct fact_span){ 0, SIZE_MAX, SIZE_MAX, SIZE_MAX })
/* False: it states none. */
bool fact_period_in(struct fact_period *out, const struct document *document,
                    const struct reading *reading, struct fact_span where);
struct fact_period fact_period_of_head(const struct document *document);
/* Whether a heading speaks of what shall be done. */
ERR_RESULT fact_title_aims(struct fact_reader *r, bool *out, const char *title);

#endif
