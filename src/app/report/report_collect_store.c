/* report_collect_store.c - a report with everything behind it, as a package_content.  Reads
 * whatever database it is given: the one in use when a report is signed, the one as it stood
 * when it is derived again. */
#include <stdlib.h>
#include <string.h>

#include "app/form/form_store.sql.h"
#include "app/narrative/narrative_store.h"
#include "app/report/report_freeze_store.h"
#include "app/report/report_freeze_store.sql.h"
#include "app/rollup/rollup_store.h"
#include "app/unit/unit_store.h"
#include "base/str.h"
#include "base/vec.h"

struct collecting {
	struct db *db;
	struct arena *arena;
	struct q_report_head_row head;
	struct package_content *content;
	struct rollup_sheet sheet; /* set NULL: no definitions are installed */
	struct period period;
};

/* ---- order ---- */

static int by_form(const void *a, const void *b)
{
	const struct package_definition *x = a, *y = b;

	return strcmp(x->form, y->form);
}

static int by_name(const void *a, const void *b)
{
	const struct package_setting *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int by_unit(const void *a, const void *b)
{
	const struct package_unit *x = a, *y = b;

	return strcmp(x->code, y->code);
}

static int by_row(const void *a, const void *b)
{
	const struct package_cell *x = a, *y = b;
	int order = strcmp(x->form, y->form);

	return order ? order : strcmp(x->indicator, y->indicator);
}

static int by_procedure(const void *a, const void *b)
{
	const struct package_code *x = a, *y = b;
	int order = strcmp(x->procedure, y->procedure);

	return order ? order : strcmp(x->tier, y->tier);
}

static int by_child(const void *a, const void *b)
{
	const struct package_share *x = a, *y = b;

	return (x->child > y->child) - (x->child < y->child);
}

static void sort(void *at, size_t n, size_t each, int (*order)(const void *, const void *))
{
	if (n > 1)
		qsort(at, n, each, order);
}

/* ---- definitions and decisions ---- */

static ERR_RESULT collect_definitions(struct collecting *c)
{
	struct q_form_definitions_in in = { .set_code = c->head.set_code };
	struct q_form_definitions_row row;
	struct package_definition *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_form_definitions_open(&rows, c->db, &in));
	while (q_form_definitions_next(&rows, &row)) {
		TRY(vec_room(c->arena, at, n));
		TRY(arena_strdup(c->arena, &at[n].form, row.form));
		TRY(arena_strdup(c->arena, &at[n].sha256, row.sha256));
		n++;
	}
	TRY(db_rows_status(&rows));
	sort(at, n, sizeof(*at), by_form);
	c->content->definitions = at;
	c->content->n_definitions = n;
	return ERR_OK;
}

static ERR_RESULT collect_settings(struct collecting *c)
{
	const struct form_set *set = c->sheet.set;
	struct package_setting *at;

	TRY(arena_array(c->arena, &at, set->n_settings + 1));
	for (size_t i = 0; i < set->n_settings; i++) {
		const struct form_decision *d = &c->sheet.decisions[i];

		at[i] = (struct package_setting){ set->settings[i].name, d->word,
			                          d->unit_name };
	}
	sort(at, set->n_settings, sizeof(*at), by_name);
	c->content->settings = at;
	c->content->n_settings = set->n_settings;
	return ERR_OK;
}

/* ---- the tree of the day ---- */

/* Parents come before their children, mostly not far. */
static const char *code_of_parent(const struct unit_rows *tree, size_t i)
{
	for (size_t k = i; k-- > 0;)
		if (row_eq(tree->at[k].id, tree->at[i].parent_id))
			return tree->at[k].code;
	return NULL;
}

static ERR_RESULT collect_tree(struct collecting *c)
{
	struct unit_rows tree;
	struct package_unit *at;

	TRY(unit_tree(&tree, c->db, c->arena, c->head.unit_id, c->head.to_on, c->head.to_on));
	TRY(arena_array(c->arena, &at, tree.n + 1));
	for (size_t i = 0; i < tree.n; i++) {
		const struct unit_row *u = &tree.at[i];
		bool self = row_eq(u->id, c->head.unit_id);

		at[i] = (struct package_unit){ u->code, u->name, u->level,
			                       self ? c->head.parent_code
			                            : code_of_parent(&tree, i) };
	}
	sort(at, tree.n, sizeof(*at), by_unit);
	c->content->tree = at;
	c->content->n_tree = tree.n;
	return ERR_OK;
}

/* ---- children ---- */

/* rollup_sheet lists them by code; those that need not report have no part. */
static ERR_RESULT collect_children(struct collecting *c)
{
	const struct rollup_sheet *s = &c->sheet;
	struct package_child *at = NULL;
	size_t n = 0;

	for (size_t i = 0; i < s->n_children; i++) {
		const struct rollup_child_report *child = &s->children[i];
		struct package_frozen frozen;
		enum err e = ERR_NOT_FOUND;

		if (child->state == ROLLUP_CHILD_EXEMPT)
			continue;
		TRY(vec_room(c->arena, at, n));
		at[n] = (struct package_child){ child->code, child->name, NULL };
		if (child->state == ROLLUP_CHILD_SENT)
			e = package_find(&frozen, c->db, c->arena, child->report);
		if (e == ERR_OK)
			TRY(arena_strdup(c->arena, &at[n].sha256, frozen.sha256));
		else if (e != ERR_NOT_FOUND)
			return e;
		n++;
	}
	c->content->children = at;
	c->content->n_children = n;
	return ERR_OK;
}

/* Its place in content->children. */
static int place_of_child(const struct collecting *c, row_id unit)
{
	int place = 0;

	for (size_t i = 0; i < c->sheet.n_children; i++) {
		const struct rollup_child_report *child = &c->sheet.children[i];

		if (child->state == ROLLUP_CHILD_EXEMPT)
			continue;
		if (row_eq(child->unit, unit))
			return place;
		place++;
	}
	return PACKAGE_OWN;
}

/* ---- cells ---- */

static const char *giving_word(enum rollup_giving giving)
{
	static const char *const words[] = { [ROLLUP_GAVE] = NULL,
		                             [ROLLUP_GAVE_BLANK] = "blank",
		                             [ROLLUP_NOT_SENT] = "missing",
		                             [ROLLUP_NO_LIST] = "no-list",
		                             [ROLLUP_NO_PARTS] = "no-parts" };

	return giving < ARRAY_LEN(words) ? words[giving] : "other";
}

/* A formula over other rows has no parts of its own: theirs say it all. */
static bool has_shares(const struct form_row *row)
{
	enum rollup_rule rule = rollup_rule_of(row);

	return rule == RULE_SUM || rule == RULE_PARTS || rule == RULE_DISTINCT ||
	       rule == RULE_COUNT;
}

static ERR_RESULT collect_shares(struct package_cell *cell, struct collecting *c, int row)
{
	struct rollup_contributions parts;
	struct package_share *at;
	size_t n = 0;

	TRY(rollup_contributions(&parts, c->arena, c->sheet.rollup, row));
	TRY(arena_array(c->arena, &at, parts.n + 1));
	for (size_t i = 0; i < parts.n; i++) {
		const struct rollup_contribution *x = &parts.at[i];

		if (x->giving == ROLLUP_NOT_OWED)
			continue;
		if (x->part == ROLLUP_ADJUSTED) {
			cell->adjusted = x->value;
			cell->adjusted_numerator = x->numerator;
			cell->adjusted_denominator = x->denominator;
			cell->adjusted_reason = x->name;
			continue;
		}
		at[n++] = (struct package_share){ .child = x->part == ROLLUP_OWN_PART
			                                           ? PACKAGE_OWN
			                                           : place_of_child(c, x->unit),
			                          .giving = giving_word(x->giving),
			                          .value = x->value,
			                          .numerator = x->numerator,
			                          .denominator = x->denominator };
	}
	sort(at, n, sizeof(*at), by_child);
	cell->shares = at;
	cell->n_shares = n;
	return ERR_OK;
}

static ERR_RESULT collect_codes(struct package_cell *cell, struct arena *a,
                                const struct rollup_value *v)
{
	struct package_code *at;

	TRY(arena_array(a, &at, v->n_codes + 1));
	for (size_t i = 0; i < v->n_codes; i++)
		at[i] = (struct package_code){ v->codes[i]->procedure,
			                       form_tier_word(v->codes[i]->tier),
			                       v->codes[i]->field,
			                       v->amounts ? v->amounts[i] : DEC_NONE };
	sort(at, v->n_codes, sizeof(*at), by_procedure);
	cell->codes = at;
	cell->n_codes = v->n_codes;
	return ERR_OK;
}

/* Why a row that the report has stands blank. */
static const char *blank_word(const struct collecting *c, const struct rollup_value *v, int row)
{
	static const char *const words[] = {
		[ROLLUP_KNOWN] = "nothing",         [ROLLUP_NOT_FILLED] = "not-filled",
		[ROLLUP_CLOSED] = "closed",         [ROLLUP_NOTHING_GIVEN] = "nothing-given",
		[ROLLUP_NO_LISTS] = "no-lists",     [ROLLUP_PARTS_BLANK] = "parts-blank",
		[ROLLUP_ZERO] = "zero-denominator", [ROLLUP_TOO_LARGE] = "too-large"
	};

	if (!dec_is_none(v->value))
		return NULL;
	return c->sheet.rollup ? words[c->sheet.rollup->figures[row].blank] : "nothing";
}

static ERR_RESULT collect_cell(struct package_cell *out, struct collecting *c,
                               const struct form_row *row)
{
	const struct rollup_value *v = &c->sheet.values[row->at];
	struct package_cell cell = { .form = row->form->code,
		                     .indicator = row->id,
		                     .source = rollup_source_word(v->source),
		                     .value = v->value,
		                     .numerator = v->numerator,
		                     .denominator = v->denominator,
		                     .computed = DEC_NONE,
		                     .note = v->note,
		                     .reason = v->reason,
		                     .blank = blank_word(c, v, row->at),
		                     .given = (int64_t)v->n_given,
		                     .owed = (int64_t)v->owed,
		                     .listed = v->listed,
		                     .incomplete = v->incomplete,
		                     .adjusted = DEC_NONE,
		                     .adjusted_numerator = DEC_NONE,
		                     .adjusted_denominator = DEC_NONE };

	if (v->source == ROLLUP_SOURCE_OVERRIDDEN)
		cell.computed = c->sheet.own.cells[row->at].computed;
	TRY(collect_codes(&cell, c->arena, v));
	if (c->sheet.rollup) {
		cell.unlisted = c->sheet.rollup->figures[row->at].blank == ROLLUP_NO_LISTS;
		if (has_shares(row))
			TRY(collect_shares(&cell, c, row->at));
	}
	*out = cell;
	return ERR_OK;
}

/* Every row that the report fills, also where it stands blank; headings have none. */
static ERR_RESULT collect_cells(struct collecting *c)
{
	const struct form_set *set = c->sheet.set;
	struct package_cell *at;
	size_t n = 0;

	TRY(arena_array(c->arena, &at, set->n_rows + 1));
	for (size_t i = 0; i < set->n_rows; i++) {
		const struct rollup_value *v = &c->sheet.values[i];

		if ((v->fills && *set->rows[i].unit) || !dec_is_none(v->value) || v->note)
			TRY(collect_cell(&at[n++], c, &set->rows[i]));
	}
	sort(at, n, sizeof(*at), by_row);
	c->content->cells = at;
	c->content->n_cells = n;
	return ERR_OK;
}

static ERR_RESULT collect_figures(struct collecting *c)
{
	struct form_sheet_of of = { c->head.unit_id, c->head.unit_id, c->period };
	const struct form_set *set;
	enum err e = form_set_open(&set, c->db, c->arena, c->head.set_code);

	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* nothing is counted without its definitions */
	TRY(e);
	TRY(rollup_sheet_open(&c->sheet, c->db, c->arena, set, &of));
	TRY(rollup_sheet_lists(&c->sheet, c->db, c->arena));
	c->content->set_title = set->title;
	c->content->set_document = set->document;
	c->content->tier = form_tier_word(c->sheet.unit.tier);
	TRY(collect_definitions(c));
	TRY(collect_settings(c));
	TRY(collect_children(c));
	return collect_cells(c);
}

/* ---- amendments ---- */

static bool same_figure(const struct package_cell *a, const struct package_cell *b)
{
	return a->value.micro == b->value.micro && a->numerator.micro == b->numerator.micro &&
	       a->denominator.micro == b->denominator.micro;
}

static const struct package_cell no_cell = { .value = { INT64_MIN },
	                                     .numerator = { INT64_MIN },
	                                     .denominator = { INT64_MIN } };

/* The reason among those that were said; rows come by form and indicator. */
static const char *reason_of(const struct q_report_amendment_list_row *said, size_t n,
                             const struct package_cell *cell)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(said[i].form, cell->form) &&
		    str_eq(said[i].indicator, cell->indicator))
			return said[i].reason;
	return "";
}

struct differing {
	struct package_amendment *at;
	size_t n;
	const struct q_report_amendment_list_row *said;
	size_t n_said;
};

static ERR_RESULT add_difference(struct differing *d, struct arena *a,
                                 const struct package_cell *before,
                                 const struct package_cell *after)
{
	const struct package_cell *named = before ? before : after;

	before = before ? before : &no_cell;
	after = after ? after : &no_cell;
	if (same_figure(before, after))
		return ERR_OK;
	TRY(vec_room(a, d->at, d->n));
	d->at[d->n++] = (struct package_amendment){ named->form, named->indicator,
		                                    before->value, after->value,
		                                    reason_of(d->said, d->n_said, named) };
	return ERR_OK;
}

/* Both lists stand in one order. */
static ERR_RESULT compare(struct differing *d, struct arena *a,
                          const struct package_content *before,
                          const struct package_content *after)
{
	size_t i = 0, k = 0;

	while (i < before->n_cells || k < after->n_cells) {
		int order = i == before->n_cells  ? 1
		            : k == after->n_cells ? -1
		                                  : by_row(&before->cells[i], &after->cells[k]);

		TRY(add_difference(d, a, order <= 0 ? &before->cells[i] : NULL,
		                   order >= 0 ? &after->cells[k] : NULL));
		i += order <= 0;
		k += order >= 0;
	}
	return ERR_OK;
}

static ERR_RESULT read_reasons(struct differing *d, struct db *db, struct arena *a,
                               row_id report)
{
	struct q_report_amendment_list_in in = { report };
	struct q_report_amendment_list_row row, *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_report_amendment_list_open(&rows, db, &in));
	while (q_report_amendment_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_report_amendment_list, &row));
		TRY(vec_room(a, at, n));
		at[n++] = row;
	}
	d->said = at;
	d->n_said = n;
	return db_rows_status(&rows);
}

/* The content that a document replaces. */
static ERR_RESULT content_before(struct package_content *out, const char **sha256,
                                 struct collecting *c)
{
	struct package_frozen frozen;
	struct package_bytes bytes;
	struct problems problems;

	problems_init(&problems, c->arena);
	TRY(package_find(&frozen, c->db, c->arena, c->head.amends_id));
	TRY(package_bytes_of(&bytes, c->db, c->arena, frozen.id));
	TRY(arena_strdup(c->arena, sha256, bytes.sha256));
	return package_read(out, c->arena, bytes.at, bytes.n, &problems);
}

static ERR_RESULT collect_amendments(struct collecting *c, row_id report)
{
	struct package_content before;
	struct differing d = { 0 };
	enum err e;

	if (row_is_none(c->head.amends_id))
		return ERR_OK;
	e = content_before(&before, &c->content->amends, c);
	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* signed before contents were frozen */
	TRY(e);
	TRY(read_reasons(&d, c->db, c->arena, report));
	TRY(compare(&d, c->arena, &before, c->content));
	c->content->amendments = d.at;
	c->content->n_amendments = d.n;
	return ERR_OK;
}

/* ---- the text ---- */

static ERR_RESULT collect_text(struct collecting *c, row_id report)
{
	struct narrative_freezing f = { .report_id = report,
		                        .set = c->sheet.set,
		                        .content = c->content,
		                        .receiver_name = c->head.receiver_name };

	return c->sheet.set ? narrative_text_freeze(&c->content->text, c->db, c->arena, &f)
	                    : ERR_OK;
}

/* ---- all of it ---- */

static void fill_head(struct package_content *x, const struct q_report_head_row *h)
{
	*x = (struct package_content){
		.unit = { h->code, h->name, h->level, h->parent_code },
		.regime = h->regime_code,
		.regime_title = h->regime_title,
		.regime_document = h->regime_document,
		.period = h->period,
		.period_name = h->period_name,
		.from_on = h->from_on,
		.to_on = h->to_on,
		.set = h->set_code,
		.set_title = "",
		.set_document = "",
		.tier = "",
		.receiver = h->receiver_code,
		.text = "",
	};
}

ERR_RESULT report_collect(struct package_content *out, struct db *db, struct arena *a,
                          row_id report)
{
	struct package_content content;
	struct collecting c = { .db = db, .arena = a, .content = &content };
	DB_TX tx = { 0 };

	TRY(db_begin_read(&tx, db));
	TRY(q_report_head_one(db, a, &(struct q_report_head_in){ report }, &c.head));
	fill_head(&content, &c.head);
	c.period = period_of_days(c.head.from_on, c.head.to_on);
	TRY(collect_tree(&c));
	TRY(collect_figures(&c));
	TRY(collect_amendments(&c, report));
	TRY(collect_text(&c, report));
	TRY(db_commit(&tx));
	*out = content;
	return ERR_OK;
}
