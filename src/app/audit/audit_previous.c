/* Against last period's document (--previous): figures that did not move in many places,
 * cumulative figures that fell, words of the other period or office that were left over.
 *
 * Two statements are the same one when their words agree with every number taken out. */
#include "app/audit/audit_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum {
	LEAST_WORDS = 6,
	LEAST_SAME = 4, /* statements that did not move before it means anything */
	MOST_SHOWN = 8
};

/* A sentence, or a row of a table from its label on. */
struct statement {
	const struct passage *p; /* of the first figure */
	const struct figure *figures;
	size_t n_figures;
	struct span text;
	uint64_t key;
	bool running; /* lũy kế, từ đầu năm */
};
struct statements {
	struct statement *at;
	size_t n;
};

static bool is_running(const char *lower, struct span text)
{
	static const char *const words[] = { "lũy kế", "luỹ kế", "từ đầu năm", "tính đến",
		                             NULL };

	return words_any(lower, text, words);
}

static bool has_digit(const char *s, struct span word)
{
	for (size_t i = word.start; i < word.end; i++)
		if (s[i] >= '0' && s[i] <= '9')
			return true;
	return false;
}

/* Words without numbers and without the names of periods, which change. */
static uint64_t key_of(const char *lower, struct span text, size_t *n_words)
{
	static const char *const skip[] = { "quý",   "i",    "ii",  "iii",  "iv", "năm",
		                            "tháng", "ngày", "đầu", "cuối", NULL };
	uint64_t key = UINT64_C(14695981039346656037);
	struct span word;
	size_t i = text.start;

	*n_words = 0;
	while (words_next(lower, text.end, &i, &word)) {
		bool skipped = has_digit(lower, word);

		for (size_t j = 0; skip[j] && !skipped; j++)
			skipped = slice_eq(
			        (struct slice){ lower + word.start, word.end - word.start },
			        skip[j]);
		if (skipped)
			continue;
		key = words_hash(key, lower + word.start, word.end - word.start);
		(*n_words)++;
	}
	return key;
}

static enum err add_sentences(struct statements *out, struct audit *x, const struct passage *p)
{
	const struct reading *r = &p->text->reading;

	for (size_t i = 0; i < p->block->n_sentences; i++) {
		const struct sentence *s = &p->block->sentences[i];
		struct statement st = { .p = p,
			                .figures = r->figures + s->figures[0],
			                .n_figures = s->figures[1] - s->figures[0],
			                .text = { s->start, s->end } };
		size_t words;

		st.key = key_of(p->lower, st.text, &words);
		if (words < LEAST_WORDS)
			continue;
		st.running = is_running(p->lower, st.text);
		TRY(vec_room(x->arena, out->at, out->n));
		out->at[out->n++] = st;
	}
	return ERR_OK;
}

/* A row's statement: the label of its row names the cell. */
static enum err add_cell(struct statements *out, struct audit *x, const struct document *doc,
                         const struct passage *p)
{
	const struct table *t = &doc->tables[p->table];
	const struct table_cell *cell = &t->rows[p->row].cells[p->column];
	int label = table_column_of(t, COLUMN_LABEL);
	struct statement st = { .p = p,
		                .figures = &cell->figure,
		                .n_figures = 1,
		                .text = { 0, strlen(p->lower) } };
	const char *lower;
	size_t words;

	if (!cell->is_figure || label < 0 || (int)p->column <= label)
		return ERR_OK;
	TRY(audit_lower(x->arena, &lower, t->rows[p->row].cells[label].text.text));
	st.key = key_of(lower, (struct span){ 0, strlen(lower) }, &words) + p->column;
	if (words < 3)
		return ERR_OK;
	st.running = is_running(lower, (struct span){ 0, strlen(lower) });
	TRY(vec_room(x->arena, out->at, out->n));
	out->at[out->n++] = st;
	return ERR_OK;
}

static int by_key(const void *left, const void *right)
{
	const struct statement *a = left, *b = right;

	return (a->key > b->key) - (a->key < b->key);
}

static enum err read_statements(struct statements *out, struct audit *x,
                                const struct document *doc)
{
	struct audit other = { .arena = x->arena, .document = doc, .options = x->options };
	struct passages all;

	*out = (struct statements){ 0 };
	TRY(audit_passages(&all, &other));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];

		if (p->table >= 0)
			TRY(add_cell(out, x, doc, p));
		else if (p->block->kind == BLOCK_PARAGRAPH)
			TRY(add_sentences(out, x, p));
	}
	return ERR_OK;
}

/* The one statement of the other document with this key; NULL: none, or several. */
static const struct statement *same_words(const struct statements *sorted,
                                          const struct statement *st)
{
	size_t low = 0, high = sorted->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sorted->at[middle].key < st->key)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == sorted->n || sorted->at[low].key != st->key ||
	    sorted->at[low].n_figures != st->n_figures ||
	    (low + 1 < sorted->n && sorted->at[low + 1].key == st->key))
		return NULL;
	return &sorted->at[low];
}

/* A figure that a new period would have moved: not 0, 1, 100 %. */
static bool would_move(const struct figure *f)
{
	return f->unit == FIGURE_COUNT && f->bound == FIGURE_EXACT &&
	       !(f->marks & (FIGURE_LABEL | FIGURE_RANK | FIGURE_PER)) &&
	       number_cmp(f->value, number_int(9)) > 0;
}

static size_t moved(const struct statement *now, const struct statement *before, size_t *same)
{
	size_t n = 0;

	for (size_t i = 0; i < now->n_figures; i++) {
		if (!would_move(&now->figures[i]))
			continue;
		if (number_eq(now->figures[i].value, before->figures[i].value))
			(*same)++;
		else
			n++;
	}
	return n;
}

static enum err figure_words(const char **out, struct audit *x, const struct statement *st,
                             size_t i)
{
	const struct figure *f = &st->figures[i];

	return arena_strndup(x->arena, out, st->p->text->text + f->start, f->end - f->start);
}

/* "Lũy kế" within one year does not fall. */
static enum err check_fall(struct audit *x, const struct statement *now,
                           const struct statement *before)
{
	for (size_t i = 0; i < now->n_figures; i++) {
		const struct figure *f = &now->figures[i], *g = &before->figures[i];
		const char *stated, *was;
		struct audit_draft d;

		if (f->unit == FIGURE_PERCENT || (f->marks & (FIGURE_LABEL | FIGURE_CHANGE)) ||
		    number_is_none(f->value) || number_is_none(g->value) ||
		    number_cmp(f->value, g->value) >= 0)
			continue;
		audit_begin(&d, x, AUDIT_GROWTH, AUDIT_SUSPECT);
		audit_at(&d, now->p->text, f->start, f->end, true);
		TRY(figure_words(&stated, x, now, i));
		TRY(figure_words(&was, x, before, i));
		audit_say(&d, msg_text(MSG_AUDIT_R_RUNNING), stated, was);
		return audit_end(&d, MSG_AUDIT_RUNNING_FELL, stated, was);
	}
	return ERR_OK;
}

static enum err say_unmoved(struct audit *x, const struct statement *same, size_t n)
{
	const char *count, *stated;
	struct audit_draft d;

	audit_begin(&d, x, AUDIT_DUPLICATE, AUDIT_SUSPECT);
	for (size_t i = 0; i < n && i < MOST_SHOWN; i++)
		audit_at(&d, same[i].p->text, same[i].figures[0].start,
		         same[i].figures[same[i].n_figures - 1].end, true);
	TRY(figure_words(&stated, x, &same[0], 0));
	TRY(arena_printf(x->arena, &count, "%zu", n));
	audit_say(&d, msg_text(MSG_AUDIT_R_MOVED), stated, count);
	return audit_end(&d, MSG_AUDIT_UNMOVED, count);
}

static enum err compare(struct audit *x, const struct statements *now,
                        const struct statements *before)
{
	bool same_year = x->document->head.year == x->options->previous->head.year;
	struct statement *same = NULL;
	size_t n_same = 0, n_moved = 0;

	for (size_t i = 0; i < now->n; i++) {
		const struct statement *st = &now->at[i], *old = same_words(before, st);
		size_t unmoved = 0, changed;

		if (!old || st->n_figures == 0)
			continue;
		if (st->running && same_year)
			TRY(check_fall(x, st, old));
		changed = moved(st, old, &unmoved);
		n_moved += changed > 0;
		if (changed == 0 && unmoved > 0) {
			TRY(vec_room(x->arena, same, n_same));
			same[n_same++] = *st;
		}
	}
	if (n_same >= LEAST_SAME && n_same * 3 > n_moved)
		return say_unmoved(x, same, n_same);
	return ERR_OK;
}

/* ---- left over ---- */

/* A sentence of the other document whose own period was not changed either. */
static enum err check_left_period(struct audit *x, const struct statement *st,
                                  const struct written_period *old)
{
	const struct reading *r = &st->p->text->reading;

	for (size_t i = 0; i < r->n_periods; i++) {
		const struct written_period *period = &r->periods[i];
		const char *stated;
		struct audit_draft d;

		if (period->start < st->text.start || period->end > st->text.end ||
		    period->kind != old->kind || period->number != old->number ||
		    period->year != old->year || period->same_period_before)
			continue;
		audit_begin(&d, x, AUDIT_PERIOD, AUDIT_SUSPECT);
		audit_at(&d, st->p->text, period->start, period->end, true);
		TRY(arena_strndup(x->arena, &stated, st->p->text->text + period->start,
		                  period->end - period->start));
		audit_say(&d, msg_text(MSG_AUDIT_R_LEFT), stated, x->document->head.title);
		return audit_end(&d, MSG_AUDIT_LEFT_PERIOD, stated);
	}
	return ERR_OK;
}

static enum err check_left_periods(struct audit *x, const struct statements *now,
                                   const struct statements *before)
{
	const struct written_period *old = &x->options->previous->head.period;
	const struct written_period *own = &x->document->head.period;

	if (old->start == old->end || old->year == 0 ||
	    (old->kind == own->kind && old->number == own->number && old->year == own->year))
		return ERR_OK;
	for (size_t i = 0; i < now->n; i++)
		if (same_words(before, &now->at[i]))
			TRY(check_left_period(x, &now->at[i], old));
	return ERR_OK;
}

static enum err check_left_office(struct audit *x)
{
	const char *own, *old;
	struct passages all;

	TRY(audit_lower(x->arena, &own, x->document->head.office));
	TRY(audit_lower(x->arena, &old, x->options->previous->head.office));
	if (str_blank(own) || str_blank(old) || str_eq(own, old) ||
	    office_level_of(own) != office_level_of(old))
		return ERR_OK;
	TRY(audit_passages(&all, x));
	for (size_t i = 0; i < all.n; i++) {
		const struct passage *p = &all.at[i];
		struct span in = { 0, strlen(p->lower) };
		size_t at = words_find(p->lower, in, old);
		struct audit_draft d;

		if (at == SIZE_MAX)
			continue;
		audit_begin(&d, x, AUDIT_SCOPE, AUDIT_SUSPECT);
		audit_at(&d, p->text, at, at + strlen(old), true);
		audit_say(&d, msg_text(MSG_AUDIT_R_SCOPE), x->options->previous->head.office,
		          x->document->head.office);
		return audit_end(&d, MSG_AUDIT_SCOPE_NAME, x->options->previous->head.office,
		                 x->document->head.office);
	}
	return ERR_OK;
}

enum err audit_against_previous(struct audit *x)
{
	struct statements now, before;

	if (!x->options->previous)
		return ERR_OK;
	TRY(read_statements(&now, x, x->document));
	TRY(read_statements(&before, x, x->options->previous));
	if (before.n > 1)
		qsort(before.at, before.n, sizeof(*before.at), by_key);
	TRY(compare(x, &now, &before));
	TRY(check_left_periods(x, &now, &before));
	return check_left_office(x);
}
