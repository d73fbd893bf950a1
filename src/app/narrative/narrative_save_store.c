/* Saving the text of a report: what two people wrote is put together section by section. */
#include "app/form/form_lock_store.h"
#include "app/journal/journal_store.h"
#include "app/narrative/narrative_store.h"
#include "app/narrative/narrative_store.sql.h"
#include "base/vec.h"

struct call {
	struct narrative_saving *saving;
	struct problems *problems;
	/* Made anew each time the write runs. */
	struct narrative_report report;
	const struct form_set *set;
	struct narrative_text now, seen;
};

/* ---- putting together ---- */

static enum err settled(const char **out, struct arena *a, const struct form_set *set,
                        const char *body)
{
	struct narrative_sections one = { &body, 1 };

	TRY(narrative_sections_join(&body, a, &one));
	return narrative_settle(out, a, set, body);
}

/* As the writer saw it; at revision 0 that was the outline as it stands. */
static enum err open_seen(struct db_write_context *w, struct call *c)
{
	struct q_narrative_sections_seen_in in = { .report_id = c->report.id,
		                                   .revision = c->saving->revision };
	struct q_narrative_sections_seen_row row;
	const char **list = NULL;
	DB_ROWS rows = { 0 };
	size_t n = 0;

	if (c->saving->revision == c->now.revision) {
		c->seen = c->now;
		return ERR_OK;
	}
	TRY(q_narrative_sections_seen_open(&rows, w->db, &in));
	while (q_narrative_sections_seen_next(&rows, &row)) {
		TRY(vec_room(w->arena, list, n));
		TRY(arena_strdup(w->arena, &list[n++], row.body));
	}
	c->seen.sections = (struct narrative_sections){ list, n };
	return db_rows_status(&rows);
}

static enum err clash(struct call *c, const bool *clashes)
{
	c->saving->clashes = clashes;
	return err_set(ERR_CONFLICT, "somebody else saved the same sections");
}

/* Section i of the writer, of what they saw and of what stands now. */
static enum err merge(struct narrative_sections *out, struct db_write_context *w,
                      struct call *c)
{
	const struct narrative_sections *mine = &c->saving->sections;
	const struct narrative_sections *seen = &c->seen.sections, *now = &c->now.sections;
	const char **merged;
	bool *clashes, any = false;

	if (c->saving->revision == c->now.revision) {
		*out = *mine;
		return ERR_OK;
	}
	TRY(arena_array(w->arena, &merged, mine->n + 1));
	if (mine->n != seen->n || now->n != seen->n)
		return clash(c, NULL);
	TRY(arena_array(c->problems->arena, &clashes, mine->n + 1));
	for (size_t i = 0; i < mine->n; i++) {
		bool changed = !str_eq(mine->at[i], seen->at[i]);
		bool others = !str_eq(now->at[i], seen->at[i]);

		clashes[i] = changed && others && !str_eq(mine->at[i], now->at[i]);
		any |= clashes[i];
		merged[i] = changed ? mine->at[i] : now->at[i];
	}
	*out = (struct narrative_sections){ merged, mine->n };
	return any ? clash(c, clashes) : ERR_OK;
}

/* ---- checking ---- */

static enum err refuse(struct call *c, const char *field, const char *text)
{
	const char *kept;

	problems_init(c->problems, c->problems->arena);
	TRY(arena_strdup(c->problems->arena, &kept, text));
	TRY(problems_add(c->problems, field, 0, kept));
	return err_set(ERR_INPUT, "the text is not saved: %s", field);
}

static enum err say_typed(struct db_write_context *w, struct call *c,
                          const struct narrative_typed_one *t)
{
	const struct form_row *row = &c->set->rows[t->row];
	const char *where;

	TRY(arena_printf(w->arena, &where, "%s/%s", row->form->code, row->code));
	return problems_say(c->problems, "typed", t->line, MSG_NARRATIVE_TYPED, t->number,
	                    row->id, where, row->label);
}

/* Figures typed over cells: marked when the writer said so, refused otherwise. */
static enum err settle_typed(const char **source, struct db_write_context *w, struct call *c)
{
	struct narrative_typed typed;

	TRY(narrative_typed_find(&typed, w->arena, c->set, c->now.source, *source));
	if (typed.n == 0)
		return ERR_OK;
	if (c->saving->own)
		return narrative_typed_mark(source, w->arena, c->set, *source, &typed);
	for (size_t i = 0; i < typed.n; i++)
		TRY(say_typed(w, c, &typed.at[i]));
	return err_set(ERR_INPUT, "figures were typed over cells");
}

static enum err check_source(struct db_write_context *w, struct call *c, const char *source)
{
	struct narrative_parsed parsed;

	if (str_blank(source))
		return refuse(c, "text", msg_text(MSG_NARRATIVE_EMPTY));
	TRY(narrative_parse(&parsed, w->arena, c->problems, c->set, source));
	return c->problems->n > 0 ? err_set(ERR_INPUT, "the text cannot be read") : ERR_OK;
}

/* ---- writing ---- */

static enum err note_section(struct db_write_context *w, struct call *c, size_t position,
                             const char *was, const char *is)
{
	struct journal_note n = journal_note(w, SUBJECT_NARRATIVE, c->report.id, KIND_UPDATE);

	TRY(arena_printf(w->arena, &n.part, "%zu", position));
	journal_put(&n, FIELD_BODY, was, is);
	return journal_write(&n);
}

static enum err put_section(struct db_write_context *w, struct call *c, size_t position,
                            const char *body)
{
	struct q_narrative_section_insert_in in = { .id = db_new_id(w),
		                                    .report_id = c->report.id,
		                                    .unit_id = c->report.unit_id,
		                                    .position = (int64_t)position,
		                                    .body = body,
		                                    .from_revision = c->now.revision + 1,
		                                    .from_change = w->change->id };

	return q_narrative_section_insert_run(w->db, &in);
}

struct kept {
	row_id id;
	const char *body;
};

/* The rows that stand for the report itself; a text that was only begun has none. */
static enum err kept_rows(struct kept **out, size_t *n, struct db_write_context *w,
                          row_id report)
{
	struct q_narrative_sections_in in = { .report_id = report };
	struct q_narrative_sections_row row;
	struct kept *list = NULL;
	DB_ROWS rows = { 0 };

	*n = 0;
	TRY(q_narrative_sections_open(&rows, w->db, &in));
	while (q_narrative_sections_next(&rows, &row)) {
		TRY(vec_room(w->arena, list, *n));
		list[*n].id = row.id;
		TRY(arena_strdup(w->arena, &list[(*n)++].body, row.body));
	}
	*out = list;
	return db_rows_status(&rows);
}

static enum err write_section(struct db_write_context *w, struct call *c, size_t i,
                              const struct kept *was, const char *is)
{
	struct q_narrative_section_close_in close = { .to_revision = c->now.revision + 1,
		                                      .to_change = w->change->id };

	if (was && is && str_eq(was->body, is))
		return ERR_OK;
	if (was) {
		close.id = was->id;
		TRY(q_narrative_section_close_run(w->db, &close));
	}
	TRY(note_section(w, c, i + 1, was ? was->body : NULL, is));
	return is ? put_section(w, c, i + 1, is) : ERR_OK;
}

static enum err write_sections(struct db_write_context *w, struct call *c,
                               const struct narrative_sections *sections)
{
	struct q_narrative_text_put_in put = { .report_id = c->report.id,
		                               .unit_id = c->report.unit_id,
		                               .revision = c->now.revision + 1,
		                               .outline_sha256 = c->now.outline_sha256,
		                               .change_id = w->change->id };
	struct kept *was;
	size_t n, most;
	bool same;

	TRY(kept_rows(&was, &n, w, c->report.id));
	same = n == sections->n;
	for (size_t i = 0; same && i < n; i++)
		same = str_eq(was[i].body, sections->at[i]);
	if (same) {
		journal_nothing(w);
		return ERR_OK;
	}
	TRY(q_narrative_text_put_run(w->db, &put));
	most = n > sections->n ? n : sections->n;
	for (size_t i = 0; i < most; i++)
		TRY(write_section(w, c, i, i < n ? &was[i] : NULL,
		                  i < sections->n ? sections->at[i] : NULL));
	return ERR_OK;
}

enum err narrative_keep_in(struct db_write_context *w, row_id report)
{
	struct call c = { 0 };

	TRY(narrative_report_find(&c.report, w->db, w->arena, ROW_NONE, report));
	TRY(narrative_text_open(&c.now, w->db, w->arena, &c.report, 0));
	if (c.now.revision > 0 || c.now.sections.n == 0)
		return ERR_OK;
	return write_sections(w, &c, &c.now.sections);
}

/* ---- the whole ---- */

static enum err open_call(struct db_write_context *w, struct call *c)
{
	TRY(narrative_report_find(&c->report, w->db, w->arena, w->change->unit_id,
	                          c->saving->report_id));
	if (!row_eq(c->report.unit_id, w->change->unit_id))
		return refuse(c, "locked", msg_text(MSG_NARRATIVE_LOCKED_OTHERS));
	if (!c->report.current)
		return refuse(c, "locked", msg_text(MSG_NARRATIVE_LOCKED_OLD));
	if (c->report.lock)
		return refuse(c, "locked", c->report.lock->why);
	TRY(form_set_open(&c->set, w->db, w->arena, c->report.set_code));
	TRY(narrative_text_open(&c->now, w->db, w->arena, &c->report, 0));
	return open_seen(w, c);
}

static enum err settle_sections(struct db_write_context *w, struct call *c)
{
	const struct narrative_sections *sent = &c->saving->sections;
	const char **list;

	TRY(arena_array(w->arena, &list, sent->n + 1));
	for (size_t i = 0; i < sent->n; i++)
		TRY(settled(&list[i], w->arena, c->set, sent->at[i]));
	c->saving->sections.at = list;
	return ERR_OK;
}

static enum err save_in(struct db_write_context *w, void *arg)
{
	struct call *c = arg;
	struct narrative_sections sent = c->saving->sections, merged;
	const char *source;
	enum err e;

	problems_init(c->problems, c->problems->arena);
	c->saving->clashes = NULL;
	TRY(open_call(w, c));
	TRY(settle_sections(w, c));
	e = merge(&merged, w, c);
	c->saving->sections = sent;
	TRY(e);
	TRY(narrative_sections_join(&source, w->arena, &merged));
	TRY(narrative_settle(&source, w->arena, c->set, source));
	TRY(check_source(w, c, source));
	TRY(settle_typed(&source, w, c));
	TRY(narrative_sections_cut(&merged, w->arena, source));
	w->change->result = c->report.id;
	return write_sections(w, c, &merged);
}

enum err narrative_save(struct db_writer *writer, struct change *change,
                        struct narrative_saving *saving, struct problems *problems)
{
	struct call c = { .saving = saving, .problems = problems };

	return db_write(writer, change, save_in, &c);
}
