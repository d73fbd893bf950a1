#include <string.h>

#include "app/audit/fact_read.h"
#include "base/vec.h"

/* The words that belong to one figure, as indexes of items: `pre` stands before the comma that
 * its clause begins after, `core` up to the figure, `tail` after it, `far` behind a comma. */
struct clause {
	size_t pre, core, figure, tail, far, end;
};

/* Brackets and "trong đó" that are open: what follows are parts of the fact before them. */
struct parts {
	int wholes[4];
	size_t depth;
	int whole; /* after "trong đó"; -1 */
	int outer; /* last fact outside brackets; -1 */
};

static bool is_break(enum fact_kind kind)
{
	return kind == FACT_KIND_STOP || kind == FACT_KIND_COLON || kind == FACT_KIND_OPEN ||
	       kind == FACT_KIND_CLOSE || kind == FACT_KIND_PARTS;
}

static bool says_nothing(enum fact_kind kind)
{
	return kind == FACT_KIND_FILLER || kind == FACT_KIND_TOTAL || kind == FACT_KIND_RATIO ||
	       kind == FACT_KIND_AIM;
}

static size_t next_figure(const struct fact_items *t, size_t at)
{
	while (at < t->n && t->at[at].kind != FACT_KIND_FIGURE)
		at++;
	return at;
}

/* "99 hồ sơ" of a figure that was named before: its noun ends it. */
static size_t noun_end(const struct fact_items *t, size_t at, size_t next)
{
	size_t end = at + 1;

	while (end < next && says_nothing(t->at[end].kind))
		end++;
	return end < next && t->at[end].kind == FACT_KIND_OBJECT ? end + 1 : at + 1;
}

/* Where the words of figure `at` end when nothing breaks before the figure `next`: at the "và"
 * or comma that those of the next begin after. */
static size_t parting(const struct fact_items *t, size_t at, size_t next, bool named)
{
	size_t comma = 0, join = 0, back = next;

	for (size_t i = at + 1; i < next; i++) {
		/* "37 hồ sơ mức độ 3 trên tổng số 403 hồ sơ": all before it is of the part. */
		if (t->at[i].id == FACT_RATIO_BASE)
			return i;
		if (t->at[i].kind == FACT_KIND_COMMA)
			comma = i;
		if (t->at[i].kind == FACT_KIND_JOIN)
			join = i;
	}
	while (back > at + 1 && says_nothing(t->at[back - 1].kind))
		back--;
	if (back > at + 1 && t->at[back - 1].kind == FACT_KIND_JOIN)
		return back - 1;
	if (comma || join)
		return comma ? comma : join;
	return named ? noun_end(t, at, next) : next;
}

/* Where the words after figure `at` end: a break, or the place where those of the next begin.
 */
static size_t clause_end(const struct fact_items *t, size_t at, bool named)
{
	size_t next = next_figure(t, at + 1), end = at + 1;

	while (end < next && !is_break(t->at[end].kind))
		end++;
	return end < next || next == t->n ? end : parting(t, at, next, named);
}

/* Whether words say more than what is counted. */
static bool says_more(const struct fact_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].kind < FACT_DIMENSIONS || items[i].kind == FACT_KIND_WORD)
			return true;
	return false;
}

static size_t start_of(const struct fact_items *t, size_t from, size_t at)
{
	while (at > from && !is_break(t->at[at - 1].kind))
		at--;
	return at;
}

/* "Tổng số hồ sơ tiếp nhận: 120 hồ sơ": all that is said of the figure stands before the colon
 * at `colon`. */
static bool is_bare(const struct fact_items *t, size_t colon, size_t figure)
{
	size_t end = figure + 1;

	while (end < t->n && !is_break(t->at[end].kind) && t->at[end].kind != FACT_KIND_COMMA &&
	       t->at[end].kind != FACT_KIND_FIGURE)
		end++;
	return !fact_items_say(&t->at[colon], figure - colon) &&
	       !says_more(&t->at[figure + 1], end - figure - 1);
}

/* Whether what is counted is named right after the figure. */
static bool is_noun_after(const struct fact_items *t, size_t figure)
{
	size_t at = figure + 1;

	while (at < t->n && t->at[at].kind == FACT_KIND_FILLER)
		at++;
	return at < t->n && t->at[at].kind == FACT_KIND_OBJECT &&
	       !fact_object_is_counter(t->at[at].id);
}

/* The words before the figure: back to the last comma that leaves something said. */
static void clause_start(const struct fact_items *t, size_t from, struct clause *c)
{
	size_t at = start_of(t, from, c->figure);

	if (at > from && t->at[at - 1].kind == FACT_KIND_COLON && is_bare(t, at, c->figure))
		at = start_of(t, from, at - 1);
	c->pre = c->core = at;
	for (size_t i = c->figure; i > at; i--)
		if (t->at[i - 1].kind == FACT_KIND_COMMA &&
		    (is_noun_after(t, c->figure) || fact_items_say(&t->at[i], c->figure - i))) {
			c->core = i;
			return;
		}
}

static struct clause clause_of(const struct fact_items *t, size_t from, size_t figure)
{
	struct clause c = { .figure = figure, .tail = figure + 1 };
	bool named;

	clause_start(t, from, &c);
	named = fact_items_say(&t->at[c.core], figure - c.core);
	c.end = clause_end(t, figure, named);
	for (size_t i = c.tail; i + 1 < c.end; i++)
		if (t->at[i].kind == FACT_KIND_COMMA && t->at[i + 1].kind == FACT_KIND_JOIN)
			c.end = i;
	for (c.far = c.tail; c.far < c.end; c.far++)
		if (t->at[c.far].kind == FACT_KIND_THEN ||
		    (t->at[c.far].kind == FACT_KIND_COMMA &&
		     (named || says_more(&t->at[c.tail], c.far - c.tail))))
			break;
	return c;
}

/* What is counted right after the figure: "99 hồ sơ". */
static int noun_of(const struct fact_items *t, const struct clause *c)
{
	size_t at = c->tail;

	while (at < c->far && t->at[at].kind == FACT_KIND_FILLER)
		at++;
	if (at == c->far)
		return 0;
	if (t->at[at].kind != FACT_KIND_OBJECT)
		return t->at[at].kind == FACT_KIND_WORD ? t->at[at].id : 0;
	if (fact_object_is_counter(t->at[at].id) && at + 1 < c->far &&
	    t->at[at + 1].kind == FACT_KIND_OBJECT)
		at++;
	return t->at[at].id;
}

/* A rate that was named before its figure: what follows begins something else. */
static size_t end_of_rate(const struct fact_items *t, const struct clause *c)
{
	for (size_t i = c->tail; i < c->far; i++)
		if (t->at[i].kind == FACT_KIND_OBJECT)
			return i;
	return c->far;
}

static bool has_object(const struct fact_items *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (t->at[i].kind == FACT_KIND_OBJECT)
			return true;
	return false;
}

static void add(struct fact_maker *m, enum fact_layer layer, const struct fact_items *t,
                size_t from, size_t to)
{
	if (from < to)
		fact_maker_add(m, layer, &t->at[from], to - from);
}

/* "Đối với lĩnh vực đất đai, ...", "Hồ sơ chứng thực, ...": it names what the next clause
 * counts. */
static bool is_topic(const struct fact_items *t, size_t from, size_t to)
{
	while (from < to && t->at[from].kind == FACT_KIND_FILLER &&
	       t->at[from].id != FACT_FILLER_LINKS && t->at[from].id != FACT_FILLER_AT)
		from++;
	return from < to &&
	       (t->at[from].id == FACT_FILLER_LINKS || t->at[from].id == FACT_FILLER_AT ||
	        t->at[from].kind == FACT_KIND_OBJECT);
}

static void add_clause(struct fact_maker *m, const struct fact_items *t, struct clause c,
                       enum figure_unit unit)
{
	int noun = noun_of(t, &c);
	bool named = has_object(t, c.core, c.figure);

	if (named && unit == FIGURE_PERCENT)
		c.far = c.end = end_of_rate(t, &c);
	else if (noun && (fact_term_kind(noun) == FACT_KIND_OBJECT || !named))
		m->object = noun;
	add(m, is_topic(t, c.pre, c.core) ? FACT_LAYER_CONTEXT : FACT_LAYER_BEFORE, t, c.pre,
	    c.core);
	add(m, FACT_LAYER_OWN, t, c.core, c.figure);
	add(m, FACT_LAYER_OWN, t, c.tail, c.far);
	if (!fact_items_say(&t->at[c.core], c.figure - c.core))
		add(m, FACT_LAYER_NEAR, t, c.far, c.end);
}

/* Follows brackets and "trong đó" from item `from` to `to`. */
static void follow_parts(struct parts *p, const struct fact_items *t, size_t from, size_t to,
                         int last)
{
	if (p->depth == 0 && last >= 0)
		p->outer = last;
	for (size_t i = from; i < to; i++) {
		enum fact_kind kind = t->at[i].kind;

		if (kind == FACT_KIND_PARTS && p->depth == 0)
			p->whole = p->outer;
		if (kind == FACT_KIND_OPEN && p->depth < ARRAY_LEN(p->wholes))
			p->wholes[p->depth++] = last;
		if (kind == FACT_KIND_CLOSE && p->depth > 0)
			p->depth--;
	}
}

static bool is_amount(const struct figure *f)
{
	const unsigned other = FIGURE_RANK | FIGURE_CHANGE | FIGURE_PER | FIGURE_LABEL |
	                       FIGURE_COMMA_THREE | FIGURE_MAGNITUDE_TWICE;

	return !(f->marks & other) && f->bound != FIGURE_ABOUT && number_is_none(f->to) &&
	       f->unit != FIGURE_PERCENT_POINT && !number_is_none(f->value);
}

/* "đã giải quyết 30 hồ sơ" goes on from the amount before it; what has words of its own does
 * not. */
static bool goes_on(const struct fact_maker *m, const struct fact_what *before)
{
	int object = m->object ? m->object : m->left_object;

	for (size_t i = 0; i < m->n_words[FACT_LAYER_OWN]; i++)
		if (fact_term_kind(m->words[FACT_LAYER_OWN][i]) != FACT_KIND_OBJECT)
			return false;
	return !m->total &&
	       (!object || fact_object_is_counter(object) || object == before->object);
}

/* "Toàn huyện đã giải quyết ...": all places, whatever the section speaks of. */
static bool is_broad(const struct fact_items *t, size_t figure)
{
	for (size_t i = 0; i < figure; i++)
		if (t->at[i].id == FACT_FILLER_WHOLE && t->at[i].kind == FACT_KIND_FILLER)
			return true;
	return false;
}

/* "100% hồ sơ tiếp nhận được số hóa tại cấp huyện; 85% tại cấp xã": all but the place is that
 * of the amount before it. */
static bool is_place_only(const struct fact_maker *m)
{
	const int *own = m->dimensions[FACT_LAYER_OWN];

	for (int d = 0; d < FACT_DIMENSIONS; d++)
		if (own[d] && d != FACT_KIND_OFFICE)
			return false;
	return own[FACT_KIND_OFFICE] && m->n_words[FACT_LAYER_OWN] == 0;
}

/* Whether items say nothing of their own: "đạt", "chiếm tỷ lệ". */
static bool is_empty(const struct fact_items *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!says_nothing(t->at[i].kind) && t->at[i].kind != FACT_KIND_JOIN &&
		    t->at[i].kind != FACT_KIND_COMMA && t->at[i].kind != FACT_KIND_OPEN)
			return false;
	return true;
}

static bool is_known(const struct fact_what *what)
{
	for (int d = 0; d < FACT_DIMENSIONS; d++)
		if (what->dimensions[d].value > 0)
			return true;
	return what->own.n > 0;
}

static bool has_grades(const struct fact_items *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].id == FACT_WORD_VERY_SATISFIED && t->at[i].kind == FACT_KIND_WORD)
			return true;
	return false;
}

/* Whether a share may be of an amount: a count of this sentence of which something is said.
 * Answers of several grades are no rate of satisfaction. */
static bool has_shares(const struct fact *f, const struct fact_frame *frame,
                       const struct fact_items *t)
{
	return f->text == frame->text && f->start >= frame->start &&
	       f->figure.unit == FIGURE_COUNT && (!f->what.guessed || f->whole >= 0) &&
	       !f->what.no && is_known(&f->what) && !has_grades(t);
}

/* "trực tuyến 2.791 hồ sơ (98,07%)", "1.121 phiếu hài lòng, đạt 96,31%": the rate is the share
 * of the amount right before it. */
static bool is_share(const struct fact_reader *r, const struct fact_frame *frame,
                     const struct fact_items *t, const struct clause *c, size_t from)
{
	const struct figure *f = &frame->text->reading.figures[t->at[c->figure].id];
	const struct fact *last = frame->last < 0 ? NULL : &r->facts[frame->last];
	size_t before = from;

	if (!last || f->unit != FIGURE_PERCENT || !has_shares(last, frame, t))
		return false;
	while (before > 0 && t->at[before - 1].kind != FACT_KIND_FIGURE)
		before--;
	if (before == 0 || t->at[before - 1].start != last->start ||
	    !is_empty(t, from, c->figure) || fact_items_say(&t->at[c->tail], c->far - c->tail))
		return false;
	return t->at[c->figure - 1].kind == FACT_KIND_OPEN ||
	       last->what.dimensions[FACT_KIND_CHANNEL].value == FACT_CHANNEL_ONLINE ||
	       fact_set_has(last->what.own, FACT_OBJECT_SATISFACTION);
}

/* What a share counts is what the amount before it counts. */
static void take_share(struct fact_maker *m, struct fact *fact, const struct fact *of)
{
	int *own = m->dimensions[FACT_LAYER_OWN];

	m->object = of->what.object;
	fact_maker_inherit(m, &of->what, true);
	fact->whole = of->whole;
	if (!fact_set_has(of->what.own, FACT_OBJECT_SATISFACTION))
		return;
	m->object = FACT_OBJECT_SATISFACTION;
	own[FACT_KIND_SLIPS] = own[FACT_KIND_VALID] = 0;
}

static enum err put_fact(struct fact_reader *r, struct fact_frame *frame,
                         const struct fact_items *t, const struct clause *c,
                         const struct parts *parts, size_t from)
{
	const struct figure *f = &frame->text->reading.figures[t->at[c->figure].id];
	struct fact_maker m = frame->above;
	bool unclear, share = is_share(r, frame, t, c, from);
	int whole = parts->depth > 0 ? parts->wholes[parts->depth - 1] : parts->whole;
	struct fact fact = { .figure = *f,
		             .period = frame->period,
		             .is_goal = frame->is_goal,
		             .block = frame->block,
		             .table = frame->table,
		             .row = frame->row,
		             .column = frame->column,
		             .in_words = true,
		             .text = frame->text,
		             .start = f->start,
		             .end = f->end,
		             .whole = whole,
		             .broad = is_broad(t, c->figure),
		             .population = frame->population,
		             .sum_of = { -1, -1 } };

	add_clause(&m, t, *c, f->unit);
	if (fact.broad)
		fact.population = 0;
	if (m.total)
		fact.whole = whole = -1;
	add(&m, FACT_LAYER_CONTEXT, t, from, c->pre);
	fact_maker_add(&m, FACT_LAYER_CONTEXT, frame->lead.at, frame->lead.n);
	unclear = !fact_maker_tells(&m);
	if (share)
		take_share(&m, &fact, &r->facts[frame->last]);
	else if (whole >= 0)
		fact_maker_inherit(&m, &r->facts[whole].what, true);
	else if (frame->last >= 0 && goes_on(&m, &r->facts[frame->last].what))
		fact_maker_inherit(&m, &r->facts[frame->last].what, is_place_only(&m));
	TRY(fact_maker_end(&m, &fact.what, r->arena));
	fact.what.unclear = unclear && !share && (whole >= 0 || fact.what.guessed);
	fact.what.guessed |= share;
	fact_period_in(&fact.period, r->document, &frame->text->reading,
	               (struct fact_span){ frame->start, frame->end, f->start,
	                                   c->far < t->n ? t->at[c->far].start : frame->end });
	for (size_t i = c->core; i < c->figure; i++)
		fact.period.past |= t->at[i].kind == FACT_KIND_AGAINST;
	fact.is_goal |= fact.what.aim || f->bound == FIGURE_AT_LEAST;
	return fact_put(r, &fact);
}

/* ---- "không nhận được phản ánh, kiến nghị": none of them ---- */

/* What an office says there is none of, when it says so: others are spoken of loosely. */
static bool is_denied(int object)
{
	return object == FACT_OBJECT_PETITION || object == FACT_OBJECT_LAW ||
	       object == FACT_OBJECT_DOSSIER || object == FACT_OBJECT_COMPLAINT;
}

/* Where the clause that a "không" at item `at` begins ends; 0: it does not deny an object. */
static size_t denial_end(const struct fact_items *t, size_t at)
{
	size_t end = at + 1;
	bool object = false;

	for (; end < t->n && !is_break(t->at[end].kind); end++) {
		enum fact_kind kind = t->at[end].kind;

		if (kind == FACT_KIND_FIGURE)
			return 0;
		if (kind == FACT_KIND_COMMA || kind == FACT_KIND_THEN)
			break;
		if (kind == FACT_KIND_OBJECT && !object) {
			if (!is_denied(t->at[end].id))
				return 0;
			object = true;
		}
		if (kind == FACT_KIND_WORD && !object && end > at + 2)
			return 0;
	}
	return object ? end : 0;
}

static enum err put_none(struct fact_reader *r, struct fact_frame *frame,
                         const struct fact_items *t, size_t at, size_t end)
{
	struct fact_maker m = { 0 };
	struct fact fact = {
		.figure = { .value = number_int(0), .to = NUMBER_NONE, .out_of = NUMBER_NONE },
		.period = frame->period,
		.block = frame->block,
		.table = frame->table,
		.row = frame->row,
		.column = frame->column,
		.in_words = true,
		.text = frame->text,
		.start = t->at[at].start,
		.end = t->at[end - 1].end,
		.whole = -1,
		.is_none = true,
		.sum_of = { -1, -1 }
	};

	add(&m, FACT_LAYER_OWN, t, at + 1, end);
	TRY(fact_maker_end(&m, &fact.what, r->arena));
	if (fact.what.object == FACT_OBJECT_DOSSIER &&
	    fact.what.dimensions[FACT_KIND_TIMELY].value != FACT_TIMELY_LATE)
		return ERR_OK;
	if (!fact.what.dimensions[FACT_KIND_STATE].value)
		fact.what.dimensions[FACT_KIND_STATE].other = FACT_STATE_RESOLVED;
	fact.what.guessed = true;
	fact_period_in(&fact.period, r->document, &frame->text->reading,
	               (struct fact_span){ frame->start, frame->end, fact.start, fact.end });
	return fact_put(r, &fact);
}

static enum err put_denials(struct fact_reader *r, struct fact_frame *frame,
                            const struct fact_items *t)
{
	if (frame->is_goal || frame->table >= 0)
		return ERR_OK;
	for (size_t i = 0; i < t->n; i++) {
		size_t end = t->at[i].kind == FACT_KIND_NOT ? denial_end(t, i) : 0;

		if (end)
			TRY(put_none(r, frame, t, i, end));
	}
	return ERR_OK;
}

/* The items before the first colon, when no figure stands there. */
static void take_lead(struct fact_frame *frame, const struct fact_items *t)
{
	for (size_t i = 0; i < t->n && t->at[i].kind != FACT_KIND_FIGURE; i++)
		if (t->at[i].kind == FACT_KIND_COLON) {
			frame->lead = (struct fact_items){ t->at, i };
			return;
		}
}

enum err fact_read_sentence(struct fact_reader *r, struct fact_frame *frame)
{
	struct fact_items t;
	struct parts parts = { .whole = frame->whole, .outer = -1 };
	size_t from = 0;
	bool first = frame->lead.n == 0;

	TRY(fact_words_read(r->words, &t, frame->text->text, frame->start, frame->end,
	                    &frame->text->reading));
	for (size_t at = next_figure(&t, 0); at < t.n; at = next_figure(&t, at + 1)) {
		const struct figure *f = &frame->text->reading.figures[t.at[at].id];
		struct clause c = clause_of(&t, from, at);

		follow_parts(&parts, &t, from, at, frame->last);
		if (is_amount(f)) {
			TRY(put_fact(r, frame, &t, &c, &parts, from));
			frame->last = (int)r->n_facts - 1;
		}
		from = c.end > at ? c.end : at + 1;
		if (first) {
			take_lead(frame, &t);
			first = false;
		}
	}
	if (first)
		take_lead(frame, &t);
	follow_parts(&parts, &t, from, t.n, frame->last);
	frame->open = parts.whole;
	return put_denials(r, frame, &t);
}
