#include "app/counter/counter.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

const char *const counter_words[] = { "",      "counter", "online",  "post",
	                              "phone", "full",    "partial", "direct",
	                              "early", "on_time", "late",    NULL };

ERR_RESULT counter_word(int64_t *out, const char *word)
{
	for (int64_t i = 0; counter_words[i]; i++)
		if (strcmp(counter_words[i], word ? word : "") == 0) {
			*out = i;
			return ERR_OK;
		}
	return err_set(ERR_INTERNAL, "'%s' is no word that counters know", word);
}

/* ---- days ---- */

enum { FIFTEENTH = 15, MONTHS = 12 };

static date_t half_of(date_t day)
{
	int y, m, d;

	date_split(day, &y, &m, &d);
	return date_make(y, m, d < FIFTEENTH ? 1 : FIFTEENTH);
}

/* Fourteen days earlier a report quarter is three whole months, the first one a December. */
static date_t quarter_of(date_t day)
{
	int y, m, d, first;

	date_split(date_add(day, 1 - FIFTEENTH), &y, &m, &d);
	first = m % MONTHS / 3 * 3;
	return first ? date_make(y, first, FIFTEENTH)
	             : date_make(m == MONTHS ? y : y - 1, MONTHS, FIFTEENTH);
}

date_t counter_span_of(enum counter_grain grain, date_t day)
{
	if (grain == COUNTER_QUARTER)
		return quarter_of(day);
	return grain == COUNTER_HALF ? half_of(day) : day;
}

/* The first day of the span after that of `day`. */
static date_t next_span(enum counter_grain grain, date_t day)
{
	static const int into_next[] = {
		[COUNTER_DAY] = 1, [COUNTER_HALF] = 20, [COUNTER_QUARTER] = 100
	};
	date_t first = counter_span_of(grain, day);

	return counter_span_of(grain, date_add(first, into_next[grain]));
}

/* The whole spans of the grain first, then what is left before and behind them. */
static void cut(struct counter_spans *spans, date_t from, date_t to, enum counter_grain grain)
{
	bool begins = date_cmp(counter_span_of(grain, from), from) == 0;
	bool ends = date_cmp(date_add(next_span(grain, to), -1), to) == 0;
	date_t first = begins ? from : next_span(grain, from);
	date_t last = ends ? to : date_add(counter_span_of(grain, to), -1);

	if (date_cmp(from, to) > 0)
		return;
	if (date_cmp(first, last) > 0) {
		cut(spans, from, to, grain - 1);
		return;
	}
	spans->at[spans->n++] = (struct counter_span){ grain, first, last };
	if (grain == COUNTER_DAY)
		return;
	cut(spans, from, date_add(first, -1), grain - 1);
	cut(spans, date_add(last, 1), to, grain - 1);
}

struct counter_spans counter_spans_of(date_t from, date_t to, enum counter_grain coarsest)
{
	struct counter_spans spans = { .n = 0 };

	cut(&spans, from, to, coarsest);
	return spans;
}

/* ---- rows ---- */

/* Whose dossiers a row counts, and the facts. */
struct adding {
	struct counter_rows *rows;
	const struct counter_facts *facts;
	row_id unit;
	enum counter_whose whose;
	int sign;
};

static struct counter_row *new_row(struct adding *x, enum counter_kind kind, date_t day)
{
	struct counter_row *row = &x->rows->at[x->rows->n++];

	*row = (struct counter_row){ .add = { x->sign } };
	row->part[PART_KIND] = kind;
	row->part[PART_UNIT] = x->unit.value;
	row->part[PART_QUARTER] = quarter_of(day).days;
	row->part[PART_HALF] = half_of(day).days;
	row->part[PART_WHOSE] = x->whose;
	row->part[PART_DAY] = day.days;
	return row;
}

static enum err add_received(struct adding *x)
{
	const struct counter_facts *f = x->facts;
	struct counter_row *row = new_row(x, COUNTER_RECEIVED, f->received_on);
	int64_t channel;

	TRY(counter_word(&channel, f->channel));
	row->part[PART_ACCEPTED] = f->accepted;
	row->part[PART_CHANNEL] = channel;
	row->part[PART_VERSION] = f->procedure_version_id.value;
	row = new_row(x, COUNTER_PROCEDURE, f->received_on);
	row->part[PART_ACCEPTED] = f->accepted;
	row->part[PART_CHANNEL] = channel;
	row->part[PART_VERSION] = f->procedure_version_id.value;
	row->part[PART_DAY] = row->part[PART_HALF];
	return ERR_OK;
}

static enum err add_finished(struct adding *x)
{
	const struct counter_facts *f = x->facts;
	struct counter_row *row;

	if (date_is_none(f->finished_on))
		return ERR_OK;
	row = new_row(x, COUNTER_FINISHED, f->finished_on);
	row->part[PART_RECEIVED_HALF] = half_of(f->received_on).days;
	row->part[PART_EXTENSION] = f->within_extension;
	row->part[PART_REFUSED] = f->refused;
	return counter_word(&row->part[PART_OUTCOME], f->outcome);
}

static void add_flow(struct adding *x, enum counter_sum sum, date_t day)
{
	struct counter_row *row = new_row(x, COUNTER_STOCK, day);

	row->add[0] = 0;
	row->add[sum] = x->sign;
}

static void add_stock(struct adding *x)
{
	const struct counter_facts *f = x->facts;
	date_t ended = date_is_none(f->finished_on) ? f->closed_on : f->finished_on;

	if (!f->accepted)
		return;
	add_flow(x, SUM_ENTERED, f->received_on);
	if (!date_is_none(ended))
		add_flow(x, SUM_ENDED, ended);
	if (date_is_none(f->due_on) ||
	    (!date_is_none(ended) && date_cmp(ended, f->due_on) <= 0))
		return;
	add_flow(x, SUM_OVERDUE, f->due_on);
	if (!date_is_none(ended))
		add_flow(x, SUM_SETTLED, ended);
}

static enum err add_for(struct counter_rows *rows, const struct counter_facts *f, int sign,
                        enum counter_whose whose)
{
	row_id unit = whose == COUNTER_COMPETENT ? f->competent_unit_id : f->receiving_unit_id;
	struct adding x = { rows, f, unit, whose, sign };

	TRY(add_received(&x));
	TRY(add_finished(&x));
	add_stock(&x);
	return ERR_OK;
}

/* Lists are of the unit that received. */
static enum err add_returned(struct counter_rows *rows, const struct counter_facts *f, int sign)
{
	struct counter_row *row = &rows->at[rows->n];
	int64_t channel;

	if (!f->returned)
		return ERR_OK;
	TRY(counter_word(&channel, f->channel));
	*row = (struct counter_row){ .add = { sign } };
	row->part[PART_KIND] = COUNTER_RETURNED;
	row->part[PART_UNIT] = f->receiving_unit_id.value;
	row->part[PART_CHANNEL] = channel;
	rows->n++;
	return ERR_OK;
}

ERR_RESULT counter_rows_add(struct counter_rows *rows, const struct counter_facts *facts,
                            int sign)
{
	TRY(add_returned(rows, facts, sign));
	if (row_eq(facts->receiving_unit_id, facts->competent_unit_id))
		return add_for(rows, facts, sign, COUNTER_BOTH);
	TRY(add_for(rows, facts, sign, COUNTER_RECEIVING));
	return add_for(rows, facts, sign, COUNTER_COMPETENT);
}

static int by_key(const void *a, const void *b)
{
	const struct counter_row *x = a, *y = b;

	for (int i = 0; i < COUNTER_PARTS; i++)
		if (x->part[i] != y->part[i])
			return x->part[i] < y->part[i] ? -1 : 1;
	return 0;
}

static bool adds_nothing(const struct counter_row *row)
{
	for (int i = 0; i < COUNTER_SUMS; i++)
		if (row->add[i] != 0)
			return false;
	return true;
}

size_t counter_settle(struct counter_row *rows, size_t n)
{
	size_t left = 0;

	if (n > 0)
		qsort(rows, n, sizeof(*rows), by_key);
	for (size_t i = 0; i < n; i++) {
		struct counter_row row = rows[i];

		while (i + 1 < n && by_key(&row, &rows[i + 1]) == 0) {
			i++;
			for (int s = 0; s < COUNTER_SUMS; s++)
				row.add[s] += rows[i].add[s];
		}
		if (!adds_nothing(&row))
			rows[left++] = row;
	}
	return left;
}

void counter_rows_settle(struct counter_rows *rows)
{
	rows->n = counter_settle(rows->at, rows->n);
}
