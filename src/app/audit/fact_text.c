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

/* "Quý III" in the report of that quarter: its days are those that the report counts. */
static bool is_of_head(const struct written_period *p, const struct doc_head *head)
{
	const struct written_period *h = &head->period;

	return h->start != h->end && p->kind == h->kind && p->number == h->number &&
	       (p->kind == PERIOD_QUARTER || p->kind == PERIOD_HALF || p->kind == PERIOD_NINE ||
	        p->kind == PERIOD_MONTH) &&
	       !p->same_period_before && (!p->year || p->year == head->year);
}

/* "95,4%, tăng 1,2% so với năm 2022": what the change is from says nothing of the level before.
 */
static bool is_of_change(const struct reading *reading, const struct written_period *p,
                         size_t at)
{
	if (!p->same_period_before || p->start <= at)
		return false;
	for (size_t i = 0; i < reading->n_figures && reading->figures[i].start < p->start; i++)
		if (reading->figures[i].start > at && reading->figures[i].marks & FIGURE_CHANGE)
			return true;
	return false;
}

bool fact_period_in(struct fact_period *out, const struct document *document,
                    const struct reading *reading, struct fact_span where)
{
	struct fact_period found;
	bool any = false;

	for (size_t i = 0; i < reading->n_periods; i++) {
		const struct written_period *p = &reading->periods[i];

		if (p->start < where.start || p->start >= where.end ||
		    (p->start > where.at && (any || p->start >= where.close)) ||
		    is_of_change(reading, p, where.at))
			continue;
		if (is_own_year(p, document->head.year))
			any = true;
		if (days_of(&found, p, document->head.year)) {
			found.stated &= !is_of_head(p, &document->head);
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

static bool is_place(const struct fact_item *item)
{
	return item->kind == FACT_KIND_OFFICE ||
	       (item->kind == FACT_KIND_FILLER &&
	        (item->id == FACT_FILLER_OFFICES || item->id == FACT_FILLER_PLACES ||
	         item->id == FACT_FILLER_WHOLE));
}

static bool has_whole(const struct fact_items *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].id == FACT_FILLER_WHOLE && t->at[i].kind == FACT_KIND_FILLER)
			return true;
	return false;
}

/* "Giải quyết TTHC tại thị xã": a place is named after "tại". */
static bool says_where(const struct fact_items *t)
{
	for (size_t i = 0; i + 1 < t->n; i++) {
		size_t next = i + 1;

		if (t->at[i].id != FACT_FILLER_AT || t->at[i].kind != FACT_KIND_FILLER)
			continue;
		while (next + 1 < t->n && t->at[next].id == FACT_FILLER_LINKS)
			next++;
		if (is_place(&t->at[next]))
			return true;
	}
	return false;
}

/* "Cấp xã (10 xã, 01 thị trấn)": a place and nothing that is done there. */
static bool is_place_alone(const struct fact_items *t)
{
	enum { NAME_WORDS = 6 };
	size_t at = 0, words = 0, depth = 0;

	while (at < t->n && t->at[at].id == FACT_FILLER_LINKS)
		at++;
	if (at == t->n || !is_place(&t->at[at]))
		return false;
	for (; at < t->n && t->at[at].kind != FACT_KIND_COLON; at++) {
		enum fact_kind kind = t->at[at].kind;

		depth += kind == FACT_KIND_OPEN;
		depth -= kind == FACT_KIND_CLOSE && depth > 0;
		if (depth == 0 &&
		    (kind == FACT_KIND_STATE || t->at[at].id == FACT_FILLER_VERBS))
			return false;
		words += depth == 0 && kind == FACT_KIND_WORD;
	}
	return words <= NAME_WORDS;
}

static enum err read_section(struct fact_reader *r, struct fact_section *out,
                             const struct section *section)
{
	struct fact_items t;

	TRY(fact_words_read(r->words, &t, section->title, 0, strlen(section->title), NULL));
	TRY(fact_title_aims(r, &out->aims, section->title));
	out->place = says_where(&t) || is_place_alone(&t);
	out->population = out->place && !has_whole(&t);
	return ERR_OK;
}

/* A place in a heading parts what is counted where another one stands beside it. */
static enum err read_sections(struct fact_reader *r)
{
	const struct document *d = r->document;
	struct fact_section *sections;
	int *beside;

	if (d->n_sections == 0)
		return ERR_OK;
	TRY(arena_array(r->arena, &sections, d->n_sections));
	TRY(arena_array(r->arena, &beside, d->n_sections + 1));
	for (size_t i = 0; i < d->n_sections; i++) {
		TRY(read_section(r, &sections[i], &d->sections[i]));
		beside[d->sections[i].parent + 1] += sections[i].place;
	}
	for (size_t i = 0; i < d->n_sections; i++) {
		int parent = d->sections[i].parent;

		sections[i].aims |= parent >= 0 && sections[parent].aims;
		if (sections[i].place && beside[parent + 1] > 1)
			sections[i].population *= (int)i + 1;
		else
			sections[i].population = parent < 0 ? 0 : sections[parent].population;
	}
	r->sections = sections;
	return ERR_OK;
}

/* ---- paragraphs ---- */

/* Of each block the fact whose parts it announces at its end; -1: none. */
struct walk {
	int *open;
};

/* What a heading says of states and ways; its other words name a subject, not an amount. */
static enum err add_section(struct fact_reader *r, struct fact_frame *frame, const char *title,
                            bool place)
{
	struct fact_items t;

	TRY(fact_words_read(r->words, &t, title, 0, strlen(title), NULL));
	for (size_t i = 0; i < t.n; i++)
		if (t.at[i].kind == FACT_KIND_AREA || t.at[i].kind == FACT_KIND_GIVER ||
		    t.at[i].kind == FACT_KIND_SPAN || t.at[i].id == FACT_OBJECT_COPY ||
		    (t.at[i].kind == FACT_KIND_OFFICE && place))
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

/* A heading that compares with another year tells of none of the figures under it. */
static void section_period(const struct document *d, struct fact_frame *frame,
                           const struct section *s)
{
	struct fact_period before = frame->period;

	fact_period_in(&frame->period, d, &d->blocks[s->block].text.reading, FACT_ALL);
	if (frame->period.past)
		frame->period = before;
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

		frame->is_goal |= r->sections[b->section].aims;
		frame->population = r->sections[b->section].population;
		TRY(add_section(r, frame, s->title, r->sections[b->section].place));
		section_period(d, frame, s);
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
