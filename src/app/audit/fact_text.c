#include <string.h>

#include "app/audit/fact_read.h"
#include "base/str.h"
#include "base/vec.h"

enum err fact_put(struct fact_reader *r, const struct fact *fact)
{
	TRY(vec_room(r->arena, r->facts, r->n_facts));
	r->facts[r->n_facts++] = *fact;
	return ERR_OK;
}

/* ---- periods ---- */

static date_t month_start(int year, int month)
{
	return date_make(year + (month - 1) / 12, (month - 1) % 12 + 1, 1);
}

/* First month of a period and how many it has; false when it has no months. */
static bool months_of(const struct written_period *p, int *first, int *months)
{
	*first = 1;
	*months = 12;
	if (p->kind == PERIOD_QUARTER) {
		*first = p->number * 3 - 2;
		*months = 3;
	} else if (p->kind == PERIOD_MONTH) {
		*first = p->number;
		*months = 1;
	} else if (p->kind == PERIOD_HALF) {
		*first = p->number == 2 ? 7 : 1;
		*months = 6;
	} else if (p->kind == PERIOD_NINE) {
		*months = 9;
	}
	return *first >= 1 && *first <= 12;
}

/* Days of a period; a year that is not written is the report's.  False: no reporting period. */
static bool days_of(struct fact_period *out, const struct written_period *p, int year)
{
	int first, months;

	/* "Kế hoạch năm 2024" names a plan: the report's own year says nothing. */
	if (p->kind == PERIOD_YEARS ||
	    (p->kind == PERIOD_YEAR && (!p->year || p->year == year)))
		return false;
	*out = (struct fact_period){ p->from, p->to, true, p->same_period_before };
	if (!date_is_none(p->to) || p->kind == PERIOD_WINDOW || p->kind == PERIOD_AS_OF)
		return true;
	if (p->year)
		year = p->year;
	if (!year || !months_of(p, &first, &months))
		return false;
	out->from = month_start(year, first);
	out->to = date_add(month_start(year, first + months), -1);
	return true;
}

struct fact_period fact_period_of_head(const struct document *document)
{
	struct fact_period period = { DATE_NONE, DATE_NONE, false, false };
	const struct written_period *p = &document->head.period;

	if (p->start != p->end && p->kind == PERIOD_YEAR)
		period = (struct fact_period){ p->from, p->to, false, false };
	else if (p->start != p->end)
		days_of(&period, p, document->head.year);
	period.stated = false;
	period.past = false;
	return period;
}

/* The report's own year; it names plans and changes no period. */
static bool is_own_year(const struct written_period *p, int year)
{
	return p->kind == PERIOD_YEAR && p->year == year && !p->same_period_before;
}

bool fact_period_in(struct fact_period *out, const struct document *document,
                    const struct reading *reading, struct fact_span where)
{
	struct fact_period found;
	bool any = false;

	for (size_t i = 0; i < reading->n_periods; i++) {
		const struct written_period *p = &reading->periods[i];

		if (p->start < where.start || p->start >= where.end ||
		    (p->start > where.at && (any || p->start >= where.close)))
			continue;
		if (is_own_year(p, document->head.year))
			any = true;
		if (days_of(&found, p, document->head.year)) {
			*out = found;
			any = true;
		}
	}
	return any;
}

/* ---- sections ---- */

enum err fact_title_aims(struct fact_reader *r, bool *out, const char *title)
{
	struct fact_items t;
	bool aims = false;

	TRY(fact_words_read(r->words, &t, title, 0, strlen(title), NULL));
	for (size_t i = 0; i < t.n; i++)
		aims |= t.at[i].kind == FACT_KIND_AIM || t.at[i].id == FACT_OBJECT_TARGET;
	*out = aims;
	return ERR_OK;
}

static enum err read_sections(struct fact_reader *r)
{
	const struct document *d = r->document;
	bool *aims;

	if (d->n_sections == 0)
		return ERR_OK;
	TRY(arena_array(r->arena, &aims, d->n_sections));
	for (size_t i = 0; i < d->n_sections; i++) {
		int parent = d->sections[i].parent;

		TRY(fact_title_aims(r, &aims[i], d->sections[i].title));
		aims[i] |= parent >= 0 && aims[parent];
	}
	r->aims = aims;
	return ERR_OK;
}

/* ---- paragraphs ---- */

/* Of each block the fact whose parts it announces at its end; -1: none. */
struct walk {
	int *open;
};

/* What a heading says of states and ways; its other words name a subject, not an amount. */
static enum err add_section(struct fact_reader *r, struct fact_frame *frame, const char *title)
{
	struct fact_items t;

	TRY(fact_words_read(r->words, &t, title, 0, strlen(title), NULL));
	for (size_t i = 0; i < t.n; i++)
		if (t.at[i].kind == FACT_KIND_AREA || t.at[i].id == FACT_OBJECT_COPY)
			fact_maker_add(&frame->above, FACT_LAYER_CONTEXT, &t.at[i], 1);
		else if (t.at[i].kind < FACT_DIMENSIONS)
			fact_maker_add(&frame->above, FACT_LAYER_LOOSE, &t.at[i], 1);
	return ERR_OK;
}

enum { LEAD_MOST = 12 /* words of a lead; more of them tell a story */ };

/* Adds items [from, to) if they are short enough to be a lead, else what follows their last
 * comma. */
static void add_lead(struct fact_frame *frame, const struct fact_items *t, size_t from,
                     size_t to)
{
	size_t words = 0, comma = to;

	for (size_t i = from; i < to; i++) {
		words += t->at[i].kind != FACT_KIND_FILLER;
		if (t->at[i].kind == FACT_KIND_COMMA)
			comma = i;
	}
	if (words > LEAD_MOST)
		from = comma;
	if (from < to)
		fact_maker_add(&frame->above, FACT_LAYER_CONTEXT, &t->at[from], to - from);
}

/* The paragraph that introduces a list: its lead, and its last words before the list begins. */
static enum err add_introduction(struct fact_reader *r, struct fact_frame *frame,
                                 const struct block *above)
{
	const char *text = above->text.text;
	struct fact_items t;
	size_t first = 0, end, last;

	TRY(fact_words_read(r->words, &t, text, above->text_start, strlen(text),
	                    &above->text.reading));
	while (first < t.n && t.at[first].kind != FACT_KIND_FIGURE &&
	       t.at[first].kind != FACT_KIND_COLON)
		first++;
	end = t.n;
	while (end > 0 &&
	       (t.at[end - 1].kind == FACT_KIND_COLON || t.at[end - 1].kind == FACT_KIND_STOP))
		end--;
	for (last = end; last > 0 && t.at[last - 1].kind != FACT_KIND_FIGURE &&
	                 t.at[last - 1].kind != FACT_KIND_STOP &&
	                 t.at[last - 1].kind != FACT_KIND_COLON;)
		last--;
	if (first < last && t.at[first].kind == FACT_KIND_COLON)
		add_lead(frame, &t, 0, first);
	add_lead(frame, &t, last, end);
	return ERR_OK;
}

/* An annex says its window under its title: "(Từ ngày 05/12/2022 đến ngày 29/11/2023)". */
static void annex_period(const struct document *d, struct fact_frame *frame, int annex)
{
	enum { TITLE_BLOCKS = 4 };
	size_t first = d->annexes[annex].first_block;

	for (size_t i = first; i < d->n_blocks && i < first + TITLE_BLOCKS; i++)
		if (d->blocks[i].kind != BLOCK_TABLE)
			fact_period_in(&frame->period, d, &d->blocks[i].text.reading, FACT_ALL);
}

/* What a paragraph stands under: the paragraph that introduces its list, its section. */
static enum err open_frame(struct fact_reader *r, const struct walk *walk,
                           struct fact_frame *frame, size_t index)
{
	const struct document *d = r->document;
	const struct block *b = &d->blocks[index];

	*frame = (struct fact_frame){ .text = &b->text,
		                      .period = fact_period_of_head(d),
		                      .is_goal = d->head.is_plan,
		                      .whole = -1,
		                      .last = -1,
		                      .open = -1,
		                      .block = (int)index,
		                      .table = -1,
		                      .row = -1,
		                      .column = -1 };
	if (b->annex >= 0)
		annex_period(d, frame, b->annex);
	if (b->section >= 0) {
		const struct section *s = &d->sections[b->section];

		frame->is_goal |= r->aims[b->section];
		TRY(add_section(r, frame, s->title));
		fact_period_in(&frame->period, d, &d->blocks[s->block].text.reading, FACT_ALL);
	}
	if (b->list_parent >= 0) {
		const struct block *above = &d->blocks[b->list_parent];

		frame->whole = walk->open[b->list_parent];
		fact_period_in(&frame->period, d, &above->text.reading, FACT_ALL);
		if (frame->whole < 0)
			TRY(add_introduction(r, frame, above));
	}
	return ERR_OK;
}

static enum err read_block(struct fact_reader *r, struct walk *walk, size_t index)
{
	const struct block *b = &r->document->blocks[index];
	struct fact_frame frame;

	TRY(open_frame(r, walk, &frame, index));
	for (size_t i = 0; i < b->n_sentences; i++) {
		frame.start = b->sentences[i].start;
		frame.end = b->sentences[i].end;
		if (frame.start < b->text_start)
			frame.start = b->text_start;
		TRY(fact_read_sentence(r, &frame));
		walk->open[index] = frame.open;
		/* "gồm: 92 thủ tục toàn trình; 137 thủ tục một phần" goes on after the
		 * semicolon. */
		if (frame.end == 0 || b->text.text[frame.end - 1] != ';')
			frame.open = -1;
		frame.whole = frame.open;
		fact_period_in(
		        &frame.period, r->document, &b->text.reading,
		        (struct fact_span){ frame.start, frame.end, frame.end, frame.end });
	}
	return ERR_OK;
}

enum err fact_read_paragraphs(struct fact_reader *r)
{
	const struct document *d = r->document;
	struct walk walk;

	TRY(read_sections(r));
	if (d->n_blocks == 0)
		return ERR_OK;
	TRY(arena_array(r->arena, &walk.open, d->n_blocks));
	for (size_t i = 0; i < d->n_blocks; i++) {
		enum block_kind kind = d->blocks[i].kind;

		walk.open[i] = -1;
		if (kind == BLOCK_PARAGRAPH || kind == BLOCK_HEADING)
			TRY(read_block(r, &walk, i));
	}
	return ERR_OK;
}
