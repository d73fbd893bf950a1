/* select_fetch.c - one page of a list.
 *
 * Rows of one unit come straight off an index (unit, order, key).  No index gives the rows of
 * many units in one order, and sorting a million of them for fifty is too slow, so a subtree
 * is a merge.  The engine merges a few units itself, in one statement; for many each unit's
 * rows are read in order, a few at a time, and the best head is taken.
 *
 * Rows whose order field is blank come last in both directions, by key, on both engines: they
 * are a second select, run when the first did not fill the page. */
#include <assert.h>
#include <string.h>

#include "db/compose.h"

/* So few units stand in one statement. */
enum { FEW_STREAMS = 8 };

/* Where a row stands in the order. */
struct head {
	struct select_value value; /* of page->order; not set without one */
	row_id key;
};

struct stream {
	row_id unit;
	struct head *heads;
	size_t n, next; /* read; taken */
	int64_t batch;  /* how many to read the next time */
	bool ended;
};

struct fetch {
	struct db *db;
	struct arena *a;
	const struct select *s;
	const struct select_page *page;
	struct select_rows *out;
	int64_t wanted; /* one more than the page holds */
	bool blanks;    /* the second select: those whose order field is blank */
	struct stream *streams;
	size_t n_streams;
};

static bool is_blank(const struct select_value *v)
{
	switch (v->type) {
	case DB_ID:
		return row_is_none(v->id);
	case DB_DAY:
		return date_is_none(v->day);
	case DB_TEXT:
		return !v->text;
	case DB_FLAG:
		return false;
	case DB_INT:
	case DB_INSTANT:
	case DB_DONG:
	case DB_DECIMAL:
	case DB_BYTES:
		break;
	}
	return v->integer == INT_NONE;
}

static int compare_values(const struct select_value *a, const struct select_value *b)
{
	if (a->type == DB_TEXT)
		return strcmp(a->text, b->text);
	if (a->type == DB_DAY)
		return date_cmp(a->day, b->day);
	if (a->type == DB_FLAG)
		return a->flag - b->flag;
	return (a->integer > b->integer) - (a->integer < b->integer);
}

/* Below 0 when `a` comes first on the page. */
static int compare_heads(const struct fetch *f, const struct head *a, const struct head *b)
{
	int c = f->page->order && !f->blanks ? compare_values(&a->value, &b->value) : 0;

	if (c == 0)
		c = (a->key.value > b->key.value) - (a->key.value < b->key.value);
	return f->page->descending ? -c : c;
}

/* ---- the text of a select ---- */

static void put_after(struct compose *c, const struct fetch *f, const struct head *after)
{
	const struct recordset_field *order = f->page->order;
	const char *key = f->s->set->key, *than = f->page->descending ? " < " : " > ";

	if (order && (f->blanks || !after)) {
		compose_put(c, " and ");
		compose_expression(c, order);
		compose_put(c, f->blanks ? " is null" : " is not null");
	}
	if (!after)
		return;
	if (!order || f->blanks) {
		str_printf(&c->text, " and %s%s", key, than);
		compose_parameter(c, DB_ID, &after->key);
		return;
	}
	compose_put(c, " and (");
	compose_expression(c, order);
	str_printf(&c->text, ", %s)%s(", key, than);
	compose_parameter(c, order->type, &after->value.id);
	compose_put(c, ", ");
	compose_parameter(c, DB_ID, &after->key);
	compose_put(c, ")");
}

static void put_order(struct compose *c, const struct fetch *f, const int64_t *limit)
{
	const char *direction = f->page->descending ? " desc" : "";

	compose_put(c, " order by ");
	if (f->page->order && !f->blanks) {
		compose_expression(c, f->page->order);
		str_printf(&c->text, "%s, ", direction);
	}
	str_printf(&c->text, "%s%s limit ", f->s->set->key, direction);
	compose_parameter(c, DB_INT, limit);
}

static void put_columns(struct compose *c, const struct select_page *page)
{
	for (size_t i = 0; i < page->n_columns; i++) {
		compose_put(c, ", ");
		compose_expression(c, page->columns[i]);
	}
}

/* ---- reading ---- */

/* The page's columns, which begin at column `first`. */
static enum err read_values(struct fetch *f, struct db_statement *s, size_t first,
                            struct select_value *v)
{
	for (size_t i = 0; i < f->page->n_columns; i++, v++) {
		v->type = f->page->columns[i]->type;
		db_read(f->db, s, first + i, v->type, &v->id);
		TRY(db_keep(f->a, v->type, &v->id));
	}
	return ERR_OK;
}

static struct select_value *values_of(const struct fetch *f, size_t row)
{
	return f->out->values + row * f->page->n_columns;
}

/* Column 0 is the key, the page's columns begin at `first`. */
static enum err read_row(struct fetch *f, struct db_statement *s, size_t first)
{
	db_read(f->db, s, 0, DB_ID, &f->out->keys[f->out->n]);
	TRY(read_values(f, s, first, values_of(f, f->out->n)));
	f->out->n++;
	return ERR_OK;
}

static enum err read_rows(struct fetch *f, struct compose *c, size_t first)
{
	struct db_statement *s;
	bool row = true;

	TRY(compose_open(&s, c));
	enum err e = f->db->engine->step(f->db, s->handle, &row);
	while (e == ERR_OK && row) {
		e = read_row(f, s, first);
		if (e == ERR_OK)
			e = f->db->engine->step(f->db, s->handle, &row);
	}
	db_statement_return(f->db, s);
	return e;
}

/* ---- a few units, or a set that no unit owns: one statement ---- */

static enum err put_branch(struct compose *c, const struct fetch *f, const row_id *unit,
                           const struct head *after)
{
	str_printf(&c->text, "select %s as k", f->s->set->key);
	if (f->page->order) {
		compose_put(c, ", ");
		compose_expression(c, f->page->order);
		compose_put(c, " as o");
	}
	put_columns(c, f->page);
	TRY(compose_from(c, f->s, unit));
	put_after(c, f, after);
	return ERR_OK;
}

/* SQLite walks the index of each branch as far as the order of the whole asks for, and allows
 * no order inside; PostgreSQL has to be told how much of each is wanted. */
static enum err put_branches(struct compose *c, const struct fetch *f, const struct head *after,
                             const int64_t *limit)
{
	bool inside = f->db->engine == &db_engine_postgres;

	for (size_t i = 0; i < f->n_streams; i++) {
		compose_put(c, i ? " union all " : "");
		compose_put(c, inside ? "(" : "");
		TRY(put_branch(c, f, &f->streams[i].unit, after));
		if (inside) {
			put_order(c, f, limit);
			compose_put(c, ")");
		}
	}
	compose_put(c, " order by ");
	if (f->page->order && !f->blanks)
		compose_put(c, f->page->descending ? "2 desc, " : "2, ");
	compose_put(c, f->page->descending ? "1 desc limit " : "1 limit ");
	compose_parameter(c, DB_INT, limit);
	return ERR_OK;
}

static enum err fetch_together(struct fetch *f, const struct head *after)
{
	int64_t limit = f->wanted - (int64_t)f->out->n;
	const row_id *unit = f->n_streams ? &f->streams[0].unit : NULL;
	COMPOSE c;

	compose_init(&c, f->db);
	if (f->n_streams > 1) {
		TRY(put_branches(&c, f, after, &limit));
	} else {
		TRY(put_branch(&c, f, unit, after));
		put_order(&c, f, &limit);
	}
	return read_rows(f, &c, f->page->order ? 2 : 1);
}

/* ---- many units ---- */

static enum err read_head(struct fetch *f, struct db_statement *s, struct head *head)
{
	const struct recordset_field *order = f->page->order;

	db_read(f->db, s, 0, DB_ID, &head->key);
	if (order) {
		head->value.type = order->type;
		db_read(f->db, s, 1, order->type, &head->value.id);
		TRY(db_keep(f->a, order->type, &head->value.id));
	}
	return ERR_OK;
}

static enum err read_heads(struct fetch *f, struct db_statement *s, struct stream *stream)
{
	bool row = true;

	TRY(arena_array(f->a, &stream->heads, (size_t)stream->batch));
	assert(stream->heads != NULL);
	stream->n = stream->next = 0;
	TRY(f->db->engine->step(f->db, s->handle, &row));
	while (row) {
		TRY(read_head(f, s, &stream->heads[stream->n++]));
		TRY(f->db->engine->step(f->db, s->handle, &row));
	}
	stream->ended = stream->n < (size_t)stream->batch;
	return ERR_OK;
}

static enum err compose_heads(struct compose *c, const struct fetch *f, const row_id *unit,
                              const struct head *after, const int64_t *limit)
{
	str_printf(&c->text, "select %s", f->s->set->key);
	if (f->page->order) {
		compose_put(c, ", ");
		compose_expression(c, f->page->order);
	}
	TRY(compose_from(c, f->s, unit));
	put_after(c, f, after);
	put_order(c, f, limit);
	return ERR_OK;
}

/* The first heads of every unit: one statement, bound anew for each. */
static enum err first_heads(struct fetch *f, struct compose *c, struct db_statement *s,
                            row_id *unit)
{
	for (size_t i = 0; i < f->n_streams; i++) {
		*unit = f->streams[i].unit;
		TRY(compose_bind(c, s));
		TRY(read_heads(f, s, &f->streams[i]));
		f->db->engine->reset(s->handle);
	}
	return ERR_OK;
}

static enum err start_streams(struct fetch *f, const struct head *after)
{
	int64_t batch = 256 / (int64_t)f->n_streams + 1;
	row_id unit = f->streams[0].unit;
	struct db_statement *s;
	COMPOSE c;

	if (batch > f->wanted)
		batch = f->wanted;
	for (size_t i = 0; i < f->n_streams; i++)
		f->streams[i] = (struct stream){ .unit = f->streams[i].unit, .batch = batch };
	compose_init(&c, f->db);
	TRY(compose_heads(&c, f, &unit, after, &batch));
	TRY(compose_open(&s, &c));
	enum err e = first_heads(f, &c, s, &unit);
	db_statement_return(f->db, s);
	return e;
}

/* Reads the next heads of a unit, twice as many as the last time. */
static enum err refill(struct fetch *f, struct stream *stream)
{
	struct head last = stream->heads[stream->n - 1];
	struct db_statement *s;
	COMPOSE c;

	compose_init(&c, f->db);
	stream->batch = stream->batch * 2 < f->wanted ? stream->batch * 2 : f->wanted;
	TRY(compose_heads(&c, f, &stream->unit, &last, &stream->batch));
	TRY(compose_open(&s, &c));
	enum err e = read_heads(f, s, stream);
	db_statement_return(f->db, s);
	return e;
}

static struct stream *best_stream(const struct fetch *f)
{
	struct stream *best = NULL;

	for (size_t i = 0; i < f->n_streams; i++) {
		struct stream *s = &f->streams[i];

		if (s->next < s->n && (!best || compare_heads(f, &s->heads[s->next],
		                                              &best->heads[best->next]) < 0))
			best = s;
	}
	return best;
}

static enum err merge(struct fetch *f, const struct head *after)
{
	TRY(start_streams(f, after));
	while ((int64_t)f->out->n < f->wanted) {
		struct stream *s = best_stream(f);

		if (!s)
			return ERR_OK;
		f->out->keys[f->out->n++] = s->heads[s->next++].key;
		if (s->next == s->n && !s->ended)
			TRY(refill(f, s));
	}
	return ERR_OK;
}

/* The row of each key: one statement, bound anew for each. */
static enum err read_each(struct fetch *f, struct compose *c, row_id *key, size_t n)
{
	struct db_statement *s;
	enum err e = ERR_OK;
	bool row;

	TRY(compose_open(&s, c));
	for (size_t i = 0; e == ERR_OK && i < n; i++) {
		*key = f->out->keys[i];
		e = compose_bind(c, s);
		if (e == ERR_OK)
			e = f->db->engine->step(f->db, s->handle, &row);
		if (e == ERR_OK && row)
			e = read_row(f, s, 1);
		f->db->engine->reset(s->handle);
	}
	db_statement_return(f->db, s);
	return e;
}

static enum err read_columns(struct fetch *f)
{
	size_t n = f->out->n;
	row_id key = ROW_NONE;
	COMPOSE c;

	if (n == 0 || f->page->n_columns == 0)
		return ERR_OK;
	f->out->n = 0;
	compose_init(&c, f->db);
	str_printf(&c.text, "select %s", f->s->set->key);
	put_columns(&c, f->page);
	str_printf(&c.text, " from %s where %s = ", f->s->set->from, f->s->set->key);
	compose_parameter(&c, DB_ID, &key);
	TRY(read_each(f, &c, &key, n));
	f->out->n = n;
	return ERR_OK;
}

/* ---- both ---- */

/* Most units of a tree are offices that receive nothing: they are left out. */
static enum err list_units(struct fetch *f)
{
	enum { MOST_UNITS = 20000 };
	struct db_statement *s;
	bool row = true;
	COMPOSE c;

	compose_init(&c, f->db);
	compose_put(&c, "select listed.id from unit listed where listed.id in ");
	compose_units(&c, f->s);
	str_printf(&c.text, " and exists (select 1 from %s where %s = listed.id)",
	           f->s->set->from, f->s->set->scope);
	TRY(compose_open(&s, &c));
	enum err e = f->db->engine->step(f->db, s->handle, &row);
	for (size_t room = 0; e == ERR_OK && row && f->n_streams < MOST_UNITS;) {
		if (f->n_streams == room) {
			struct stream *more;

			room = room ? room * 2 : 16;
			e = arena_array(f->a, &more, room);
			if (e != ERR_OK)
				break;
			if (f->n_streams)
				memcpy(more, f->streams, f->n_streams * sizeof(*more));
			f->streams = more;
		}
		db_read(f->db, s, 0, DB_ID, &f->streams[f->n_streams++].unit);
		e = f->db->engine->step(f->db, s->handle, &row);
	}
	db_statement_return(f->db, s);
	return e;
}

/* One of each is found over all units at once, and so is what is found without the units. */
static bool by_unit(const struct select *s)
{
	return s->set->scope && !s->one_of_each && !s->few_without_scope;
}

static enum err find_units(struct fetch *f)
{
	if (!by_unit(f->s))
		return ERR_OK;
	if (!f->s->own_unit_only)
		return list_units(f);
	f->n_streams = 1;
	TRY(arena_array(f->a, &f->streams, 1));
	f->streams[0].unit = f->s->scope;
	return ERR_OK;
}

/* Lists of values and words would have to be given once more for each unit. */
static bool has_lists(const struct select *s)
{
	for (size_t i = 0; i < s->n_conditions; i++)
		if (s->conditions[i].op == SELECT_IN || s->conditions[i].op == SELECT_AMONG)
			return true;
	return s->set->search_table && !str_blank(s->search_words);
}

static bool is_merged_here(const struct fetch *f)
{
	return f->n_streams > 1 && (f->n_streams > FEW_STREAMS || has_lists(f->s));
}

static enum err run_once(struct fetch *f, const struct head *after)
{
	if (by_unit(f->s) && f->n_streams == 0)
		return ERR_OK;
	return is_merged_here(f) ? merge(f, after) : fetch_together(f, after);
}

static enum err run(struct fetch *f)
{
	struct head start = { f->page->after_value, f->page->after_key };
	const struct head *after = row_is_none(start.key) ? NULL : &start;

	if (!f->page->order)
		return run_once(f, after);
	if (!after || !is_blank(&start.value)) {
		TRY(run_once(f, after));
		after = NULL;
	}
	f->blanks = true;
	return (int64_t)f->out->n < f->wanted ? run_once(f, after) : ERR_OK;
}

enum err select_fetch(struct select_rows *out, struct db *db, struct arena *a,
                      const struct select *s, const struct select_page *page)
{
	struct select_rows rows = { 0 };
	struct fetch f = { db, a, s, page, &rows, (int64_t)page->limit + 1, false, NULL, 0 };

	DB_TX tx = { 0 };

	TRY(compose_check(s));
	TRY(arena_array(a, &rows.keys, (size_t)f.wanted));
	TRY(arena_array(a, &rows.values, (size_t)f.wanted * page->n_columns + 1));
	TRY(db_begin_read(&tx, db));
	TRY(find_units(&f));
	TRY(run(&f));
	if (is_merged_here(&f))
		TRY(read_columns(&f));
	TRY(db_commit(&tx));
	rows.more = rows.n == (size_t)f.wanted;
	rows.n -= rows.more;
	*out = rows;
	return ERR_OK;
}
