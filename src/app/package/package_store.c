#include "app/package/package_store.h"

#include <string.h>

#include "app/package/package_store.sql.h"
#include "base/secret.h"
#include "base/str.h"
#include "base/vec.h"

/* ---- the codes behind a cell: a line for each, tabs between ---- */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* Tabs and line ends part the codes; none of the texts has a use for them. */
static void put_plain(struct str *s, const char *text)
{
	for (; *text; text++)
		str_put_char(s, *text == '\t' || *text == '\n' ? ' ' : *text);
}

static ERR_RESULT codes_text(const char **out, struct arena *a, const struct package_cell *cell)
{
	char amount[DEC_TEXT];
	struct str s;

	str_init(&s, a, PACKAGE_MOST_BYTES);
	for (size_t i = 0; i < cell->n_codes; i++) {
		const struct package_code *c = &cell->codes[i];

		put_plain(&s, or_empty(c->procedure));
		str_put_char(&s, '\t');
		put_plain(&s, or_empty(c->tier));
		str_put_char(&s, '\t');
		put_plain(&s, or_empty(c->field));
		str_put_char(&s, '\t');
		str_put(&s, dec_text(c->amount, amount));
		str_put_char(&s, '\n');
	}
	return str_finish(&s, out);
}

static ERR_RESULT take_part(const char **out, struct arena *a, struct slice *line)
{
	struct slice part = { "", 0 };

	(void)slice_cut(line, '\t', &part);
	return arena_strndup(a, out, part.at, part.len);
}

static ERR_RESULT read_codes(struct package_cell *cell, struct arena *a, const char *text)
{
	struct slice rest = slice_of(text), line;
	struct package_code *at = NULL;
	size_t n = 0;

	while (slice_cut(&rest, '\n', &line)) {
		const char *amount;

		if (line.len == 0)
			continue;
		TRY(vec_room(a, at, n));
		TRY(take_part(&at[n].procedure, a, &line));
		TRY(take_part(&at[n].tier, a, &line));
		TRY(take_part(&at[n].field, a, &line));
		TRY(take_part(&amount, a, &line));
		if (!dec_parse(&at[n].amount, amount))
			at[n].amount = DEC_NONE;
		n++;
	}
	cell->codes = at;
	cell->n_codes = n;
	return ERR_OK;
}

/* ---- reading ---- */

static struct package_frozen frozen_of(const struct q_package_latest_row *row)
{
	struct package_frozen f = { .id = row->id,
		                    .report_id = row->report_id,
		                    .received = row->received,
		                    .pinned = row->pinned,
		                    .from_change = row->from_change,
		                    .to_change = row->to_change };

	snprintf(f.sha256, sizeof(f.sha256), "%s", row->sha256);
	return f;
}

ERR_RESULT package_find(struct package_frozen *out, struct db *db, struct arena *a,
                        row_id report)
{
	struct q_package_latest_row row;

	TRY(q_package_latest_one(db, a, &(struct q_package_latest_in){ report }, &row));
	*out = frozen_of(&row);
	return ERR_OK;
}

ERR_RESULT package_history(struct package_freezings *out, struct db *db, struct arena *a,
                           row_id report)
{
	struct q_package_history_row row;
	struct package_frozen *at = NULL;
	size_t n = 0;
	DB_ROWS rows = { 0 };

	TRY(q_package_history_open(&rows, db, &(struct q_package_history_in){ report }));
	while (q_package_history_next(&rows, &row)) {
		struct q_package_latest_row same = { row.id,       row.report_id,
			                             row.received, row.sha256,
			                             row.pinned,   row.from_change,
			                             row.to_change };

		TRY(vec_room(a, at, n));
		at[n++] = frozen_of(&same);
	}
	*out = (struct package_freezings){ at, n };
	return db_rows_status(&rows);
}

ERR_RESULT package_bytes_of(struct package_bytes *out, struct db *db, struct arena *a,
                            row_id frozen)
{
	struct q_package_bytes_find_in in = { frozen };
	struct q_package_bytes_find_row row;
	struct package_bytes bytes = { 0 };

	TRY(q_package_bytes_find_one(db, a, &in, &row));
	TRY(arena_strndup(a, &bytes.at, (const char *)row.content.at, row.content.n));
	bytes.n = row.content.n;
	secret_digest_hex(bytes.sha256, bytes.at, bytes.n);
	if (!str_eq(bytes.sha256, row.sha256))
		return err_set(ERR_DB, "frozen content %lld was altered",
		               (long long)frozen.value);
	*out = bytes;
	return ERR_OK;
}

static ERR_RESULT cell_of(struct package_cell *out, struct arena *a,
                          const struct q_package_cell_list_row *row)
{
	*out = (struct package_cell){ .form = row->form,
		                      .indicator = row->indicator,
		                      .source = row->source,
		                      .value = row->value,
		                      .numerator = row->numerator,
		                      .denominator = row->denominator,
		                      .computed = row->computed,
		                      .note = row->note,
		                      .reason = row->reason,
		                      .blank = row->blank,
		                      .given = row->given,
		                      .owed = row->owed,
		                      .listed = row->listed,
		                      .unlisted = row->unlisted,
		                      .incomplete = row->incomplete,
		                      .not_owed = row->not_owed,
		                      .adjusted = DEC_NONE,
		                      .adjusted_numerator = DEC_NONE,
		                      .adjusted_denominator = DEC_NONE };
	return *row->codes ? read_codes(out, a, row->codes) : ERR_OK;
}

static ERR_RESULT cells_of(struct package_cells *out, struct db *db, struct arena *a,
                           row_id frozen)
{
	struct q_package_cell_list_in in = { frozen };
	struct q_package_cell_list_row row;
	struct package_cells cells = { 0 };
	DB_ROWS rows = { 0 };

	TRY(q_package_cell_list_open(&rows, db, &in));
	while (q_package_cell_list_next(&rows, &row)) {
		TRY(db_keep_row(a, &query_package_cell_list, &row));
		TRY(vec_room(a, cells.at, cells.n));
		TRY(cell_of(&cells.at[cells.n], a, &row));
		cells.n++;
	}
	*out = cells;
	return db_rows_status(&rows);
}

ERR_RESULT package_cells_of(struct package_cells *out, struct db *db, struct arena *a,
                            row_id report)
{
	struct package_frozen frozen;
	enum err e = package_find(&frozen, db, a, report);

	if (e == ERR_NOT_FOUND) {
		*out = (struct package_cells){ 0 };
		return ERR_OK;
	}
	TRY(e);
	return cells_of(out, db, a, frozen.id);
}

ERR_RESULT package_definition_text(const char **out, struct db *db, struct arena *a,
                                   const char *sha256)
{
	struct q_package_definition_text_in in = { sha256 };
	struct q_package_definition_text_row row;

	TRY(q_package_definition_text_one(db, a, &in, &row));
	*out = row.content;
	return ERR_OK;
}

/* ---- writing ---- */

static ERR_RESULT add_cell(struct db *db, struct arena *a, row_id content,
                           const struct package_cell *cell)
{
	struct q_package_cell_add_in in = { .content_id = content,
		                            .form = cell->form,
		                            .indicator = cell->indicator,
		                            .source = cell->source,
		                            .value = cell->value,
		                            .numerator = cell->numerator,
		                            .denominator = cell->denominator,
		                            .computed = cell->computed,
		                            .note = cell->note,
		                            .reason = cell->reason,
		                            .blank = cell->blank,
		                            .given = cell->given,
		                            .owed = cell->owed,
		                            .listed = cell->listed,
		                            .unlisted = cell->unlisted,
		                            .incomplete = cell->incomplete,
		                            .not_owed = cell->not_owed };

	TRY(codes_text(&in.codes, a, cell));
	return q_package_cell_add_run(db, &in);
}

ERR_RESULT package_put(struct db *db, struct arena *a, const struct package_frozen *frozen,
                       const struct package_content *content, const struct package_bytes *bytes)
{
	struct q_package_content_add_in in = { frozen->id,       frozen->report_id,
		                               frozen->received, bytes->sha256,
		                               frozen->pinned,   frozen->from_change };

	TRY(q_package_content_add_run(db, &in));
	return package_put_again(db, a, frozen->id, content, bytes);
}

ERR_RESULT package_put_again(struct db *db, struct arena *a, row_id frozen,
                             const struct package_content *content,
                             const struct package_bytes *bytes)
{
	struct db_bytes text = { (const unsigned char *)bytes->at, bytes->n };

	TRY(q_package_bytes_drop_run(db, &(struct q_package_bytes_drop_in){ frozen }));
	TRY(q_package_cells_drop_run(db, &(struct q_package_cells_drop_in){ frozen }));
	TRY(q_package_bytes_add_run(db, &(struct q_package_bytes_add_in){ frozen, text }));
	for (size_t i = 0; i < content->n_cells; i++)
		TRY(add_cell(db, a, frozen, &content->cells[i]));
	return ERR_OK;
}

ERR_RESULT package_freeze_in(struct db_write_context *w, const struct package_freezing *f)
{
	struct q_package_supersede_in old = { f->report_id, w->change->id };
	struct package_frozen frozen = { .id = db_new_id(w),
		                         .report_id = f->report_id,
		                         .received = f->received,
		                         .pinned = f->pinned,
		                         .from_change = w->change->id };

	TRY(q_package_supersede_run(w->db, &old));
	return package_put(w->db, w->arena, &frozen, f->content, f->bytes);
}

/* The text that belongs to `d`; ERR_INPUT when none of those given has its hash. */
static ERR_RESULT text_of(const char **out, const struct package_receiving *r,
                          const struct package_definition *d)
{
	for (size_t i = 0; i < r->n_definitions; i++) {
		const struct package_text *t = &r->definitions[i];
		char sha256[PACKAGE_SHA256_TEXT];

		secret_digest_hex(sha256, t->text, strlen(t->text));
		if (str_eq(t->form, d->form) && str_eq(sha256, d->sha256)) {
			*out = t->text;
			return ERR_OK;
		}
	}
	return err_set(ERR_INPUT, "the package has no text of form %s", d->form);
}

ERR_RESULT package_store_received_in(struct db_write_context *w,
                                     const struct package_receiving *r)
{
	struct package_freezing f = { .report_id = r->report_id,
		                      .received = true,
		                      .content = r->content,
		                      .bytes = r->bytes };

	for (size_t i = 0; i < r->content->n_definitions; i++) {
		const struct package_definition *d = &r->content->definitions[i];
		struct q_package_definition_add_in in = { .sha256 = d->sha256,
			                                  .set_code = r->content->set,
			                                  .form = d->form,
			                                  .change_id = w->change->id };

		TRY(text_of(&in.content, r, d));
		TRY(q_package_definition_add_run(w->db, &in));
	}
	return package_freeze_in(w, &f);
}
