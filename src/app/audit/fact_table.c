#include <stdlib.h>
#include <string.h>

#include "app/audit/fact_read.h"
#include "base/str.h"

/* A column as what it says of every figure in it. */
struct column {
	struct fact_items title;
	struct fact_period period;
	bool is_goal, is_value, is_rate;
};

struct table_walk {
	const struct table *table;
	int index;
	struct column *columns;
	struct fact_items *labels; /* of each row */
	int *group;                /* of each row: the row above it that heads a group; -1 */
	bool *repeated;            /* of each row: another one has the same label */
	int label, unit;
	struct fact_period period;
	bool is_goal;
};

static const char *cell_text(const struct table_walk *t, size_t row, int column)
{
	return column < 0 ? "" : t->table->rows[row].cells[column].text.text;
}

/* "Chỉ tiêu năm 2026" over a column says what its figures are, not what they count. */
static void drop_goal_words(struct fact_items *title)
{
	size_t n = 0;

	for (size_t i = 0; i < title->n; i++)
		if (title->at[i].id != FACT_OBJECT_TARGET ||
		    title->at[i].kind != FACT_KIND_OBJECT)
			title->at[n++] = title->at[i];
	title->n = n;
}

static enum err read_column(struct fact_reader *r, struct table_walk *t, size_t index)
{
	const struct table_column *c = &t->table->columns[index];
	struct column *out = &t->columns[index];
	struct reading reading;
	bool result = false, dated;

	TRY(reading_of(&reading, r->arena, c->title));
	TRY(fact_words_read(r->words, &out->title, c->title, 0, strlen(c->title), &reading));
	out->period = t->period;
	dated = fact_period_in(&out->period, r->document, &reading, FACT_ALL);
	out->is_value = c->role == COLUMN_VALUE || c->role == COLUMN_RATE ||
	                (c->role == COLUMN_OTHER && (int)index != t->label);
	out->is_rate = c->role == COLUMN_RATE;
	for (size_t i = 0; i < out->title.n; i++) {
		int id = out->title.at[i].id;
		enum fact_kind kind = out->title.at[i].kind;

		out->is_goal |= kind == FACT_KIND_AIM || id == FACT_OBJECT_TARGET ||
		                id == FACT_OBJECT_PLAN;
		result |= id == FACT_STATE_RESOLVED || id == FACT_FILLER_VERBS;
		/* "9 tháng": months that nobody can tell are another period. */
		out->period.past |= id == FACT_FILLER_TIMES && !dated && reading.n_figures > 0;
	}
	out->is_goal = (out->is_goal && !result) || t->is_goal;
	drop_goal_words(&out->title);
	return ERR_OK;
}

struct label_key {
	uint32_t hash;
	size_t row;
};

static int compare_labels(const void *left, const void *right)
{
	const struct label_key *a = left, *b = right;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Rows whose words stand in another row too: only what stands above them tells them apart. */
static enum err mark_repeated(struct fact_reader *r, struct table_walk *t)
{
	struct label_key *keys;
	size_t n = t->table->n_rows;

	TRY(arena_array(r->arena, &keys, n));
	for (size_t i = 0; i < n; i++) {
		keys[i] = (struct label_key){ 2166136261U, i };
		for (size_t k = 0; k < t->labels[i].n; k++)
			if (t->labels[i].at[k].kind != FACT_KIND_FILLER)
				keys[i].hash =
				        (keys[i].hash ^ (uint32_t)t->labels[i].at[k].id) *
				        16777619U;
	}
	qsort(keys, n, sizeof(*keys), compare_labels);
	for (size_t i = 0; i + 1 < n; i++)
		if (keys[i].hash == keys[i + 1].hash)
			t->repeated[keys[i].row] = t->repeated[keys[i + 1].row] = true;
	return ERR_OK;
}

static enum err read_labels(struct fact_reader *r, struct table_walk *t)
{
	int group = -1;

	for (size_t i = 0; i < t->table->n_rows; i++) {
		const struct table_row *row = &t->table->rows[i];
		const char *label = cell_text(t, i, t->label);

		t->group[i] = group;
		if (row->kind == ROW_HEADER || row->repeated_header)
			continue;
		TRY(fact_words_read(r->words, &t->labels[i], label, 0, strlen(label),
		                    &row->cells[t->label].text.reading));
		if (row->kind == ROW_GROUP)
			group = (int)i;
	}
	return mark_repeated(r, t);
}

/* Brackets of a label explain it and do not tell it from others. */
static void add_label(struct fact_maker *m, enum fact_layer layer, const struct fact_items *t)
{
	size_t depth = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct fact_item *item = &t->at[i];

		if (item->kind == FACT_KIND_OPEN)
			depth++;
		else if (item->kind == FACT_KIND_CLOSE)
			depth -= depth > 0;
		else if (depth == 0)
			fact_maker_add(m, layer, item, 1);
		else if (layer == FACT_LAYER_OWN)
			fact_maker_add(m,
			               item->id == FACT_CHANNEL_ANY ? FACT_LAYER_NEAR
			                                            : FACT_LAYER_LOOSE,
			               item, 1);
	}
}

/* "Số phòng họp ...": the first word of a label that counts something outside the lexicon. */
static int first_word(const struct fact_items *t)
{
	bool counts = false;

	for (size_t i = 0; i < t->n; i++) {
		enum fact_kind kind = t->at[i].kind;

		if (kind == FACT_KIND_OBJECT)
			return 0;
		counts |= kind == FACT_KIND_TOTAL || t->at[i].id == FACT_FILLER_NUMBERS ||
		          kind == FACT_KIND_RATIO;
		if (kind == FACT_KIND_WORD)
			return counts ? t->at[i].id : 0;
	}
	return 0;
}

static bool label_is_rate(const struct table_walk *t, size_t row)
{
	const struct fact_items *label = &t->labels[row];

	for (size_t i = 0; i < label->n; i++)
		if (label->at[i].kind == FACT_KIND_RATIO)
			return true;
	return strchr(cell_text(t, row, t->unit), '%') != NULL;
}

/* Whether a label says by itself what it counts: "Tổng số hồ sơ đã tiếp nhận". */
static bool is_complete(const struct table_walk *t, size_t row)
{
	const struct fact_items *label = &t->labels[row];
	bool counts = false;

	for (size_t i = 0; i < label->n; i++) {
		enum fact_kind kind = label->at[i].kind;

		counts |= kind == FACT_KIND_TOTAL || kind == FACT_KIND_RATIO ||
		          label->at[i].id == FACT_FILLER_NUMBERS;
		if (kind == FACT_KIND_OBJECT)
			return counts && !t->repeated[row];
	}
	return false;
}

/* The row that a row stands under: by its number, else the heading of its group. */
static int above_of(const struct table_walk *t, size_t row)
{
	const struct table_row *rows = t->table->rows;
	int group = t->group[row];

	if (rows[row].parent >= 0 || group < 0)
		return rows[row].parent;
	/* "5." and "6." are neighbours, whatever else the rows look like. */
	if (rows[row].number[0] >= '0' && rows[row].number[0] <= '9' &&
	    rows[group].number[0] >= '0' && rows[group].number[0] <= '9')
		return -1;
	return rows[row].kind == ROW_GROUP ? -1 : group;
}

/* "Thực hiện nhiệm vụ UBND tỉnh giao" binds all rows under it, however complete they are. */
static void add_giver(struct fact_maker *m, const struct fact_items *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].kind == FACT_KIND_GIVER)
			fact_maker_add(m, FACT_LAYER_CONTEXT, &t->at[i], 1);
}

/* "Đã thực hiện": a label that names nothing that could be counted. */
static bool says_nothing(const struct fact_items *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].kind == FACT_KIND_WORD ||
		    (t->at[i].kind == FACT_KIND_OBJECT && t->at[i].id != FACT_OBJECT_PLAN))
			return false;
	return true;
}

/* The rows over a row: a rate lends its words loosely, others bind what is not complete. */
static void add_above(struct fact_maker *m, const struct table_walk *t, size_t row,
                      bool complete)
{
	int at = above_of(t, row);
	bool bound = !complete && says_nothing(&t->labels[row]);

	for (int deep = 0; at >= 0 && deep < 8; deep++) {
		bool loose = complete || (label_is_rate(t, (size_t)at) && !bound);

		add_label(m, loose ? FACT_LAYER_LOOSE : FACT_LAYER_CONTEXT, &t->labels[at]);
		add_giver(m, &t->labels[at]);
		at = above_of(t, (size_t)at);
	}
}

static enum err read_figure(struct fact_reader *r, struct table_walk *t, size_t row,
                            size_t column)
{
	const struct table_cell *cell = &t->table->rows[row].cells[column];
	const struct column *c = &t->columns[column];
	struct fact_maker m = { 0 };
	struct fact fact = { .figure = cell->figure,
		             .period = c->period,
		             .is_goal = c->is_goal,
		             .block = -1,
		             .table = t->index,
		             .row = (int)row,
		             .column = (int)column,
		             .text = &cell->text,
		             .end = strlen(cell->text.text),
		             .whole = -1,
		             .sum_of = { -1, -1 } };

	if (number_is_none(cell->figure.value) || (cell->figure.marks & FIGURE_COMMA_THREE))
		return ERR_OK;
	if (fact.figure.unit == FIGURE_COUNT &&
	    (c->is_rate || strchr(cell_text(t, row, t->unit), '%') ||
	     strstr(cell_text(t, row, t->label), "(%)")))
		fact.figure.unit = FIGURE_PERCENT;
	m.object = first_word(&t->labels[row]);
	add_label(&m, FACT_LAYER_OWN, &t->labels[row]);
	add_label(&m, FACT_LAYER_OWN, &c->title);
	add_above(&m, t, row, is_complete(t, row));
	fact_period_in(&fact.period, r->document,
	               &t->table->rows[row].cells[t->label].text.reading, FACT_ALL);
	TRY(fact_maker_end(&m, &fact.what, r->arena));
	return fact_put(r, &fact);
}

/* A cell that states figures in words: "Tối thiểu 95% hồ sơ được trả đúng hạn". */
static enum err read_words(struct fact_reader *r, struct table_walk *t, size_t row,
                           size_t column)
{
	const struct table_cell *cell = &t->table->rows[row].cells[column];
	struct fact_frame frame = { .text = &cell->text,
		                    .end = strlen(cell->text.text),
		                    .period = t->columns[column].period,
		                    .is_goal = t->columns[column].is_goal,
		                    .whole = -1,
		                    .last = -1,
		                    .block = -1,
		                    .table = t->index,
		                    .row = (int)row,
		                    .column = (int)column };

	if ((int)column != t->label)
		add_label(&frame.above, FACT_LAYER_CONTEXT, &t->labels[row]);
	add_above(&frame.above, t, row, true);
	return fact_read_sentence(r, &frame);
}

static enum err read_row(struct fact_reader *r, struct table_walk *t, size_t row)
{
	const struct table_row *at = &t->table->rows[row];
	bool figures = false;

	if (at->kind != ROW_BODY || at->repeated_header)
		return ERR_OK;
	if (strchr(cell_text(t, row, t->unit), '=')) /* a code, no amount */
		return ERR_OK;
	for (size_t i = 0; i < t->table->n_columns; i++)
		if (t->columns[i].is_value && at->cells[i].is_figure) {
			figures = true;
			TRY(read_figure(r, t, row, i));
		}
	for (size_t i = 0; i < t->table->n_columns && !figures; i++) {
		enum column_role role = t->table->columns[i].role;

		if (!at->cells[i].is_figure && at->cells[i].text.reading.n_figures > 0 &&
		    role != COLUMN_NUMBER && role != COLUMN_TIME && role != COLUMN_UNIT &&
		    role != COLUMN_NOTE)
			TRY(read_words(r, t, row, i));
	}
	return ERR_OK;
}

/* Windows that a caption states: "(Từ ngày 01/01/2024 đến ngày 31/3/2024)". */
static void caption_period(struct fact_reader *r, struct table_walk *t)
{
	const struct document *d = r->document;

	t->period = fact_period_of_head(d);
	for (size_t i = t->table->caption[0]; i < t->table->caption[1] && i < d->n_blocks; i++)
		fact_period_in(&t->period, d, &d->blocks[i].text.reading, FACT_ALL);
}

static int label_column(const struct table *table)
{
	int label = table_column_of(table, COLUMN_LABEL);

	for (size_t i = 0; label < 0 && i < table->n_columns; i++)
		if (table->columns[i].role == COLUMN_OTHER)
			label = (int)i;
	return label;
}

static enum err read_table(struct fact_reader *r, size_t index)
{
	const struct table *table = &r->document->tables[index];
	struct table_walk t = { .table = table,
		                .index = (int)index,
		                .label = label_column(table),
		                .unit = table_column_of(table, COLUMN_UNIT),
		                .is_goal = r->document->head.is_plan };

	if (t.label < 0 || table->n_rows == 0)
		return ERR_OK;
	caption_period(r, &t);
	TRY(arena_array(r->arena, &t.columns, table->n_columns));
	TRY(arena_array(r->arena, &t.labels, table->n_rows));
	TRY(arena_array(r->arena, &t.group, table->n_rows));
	TRY(arena_array(r->arena, &t.repeated, table->n_rows));
	for (size_t i = 0; i < table->n_columns; i++)
		TRY(read_column(r, &t, i));
	TRY(read_labels(r, &t));
	for (size_t i = 0; i < table->n_rows; i++)
		TRY(read_row(r, &t, i));
	return ERR_OK;
}

enum err fact_read_tables(struct fact_reader *r)
{
	for (size_t i = 0; i < r->document->n_tables; i++)
		TRY(read_table(r, i));
	return ERR_OK;
}
