/* narrative_store.h - the outlines of offices (đề cương) and the texts of reports.
 *
 * An outline is versioned: a text under its SHA-256, from a change on.  The nearest office
 * above a unit that has one for the form set wins, else everybody's, which came with the
 * program. The text of a report begins as its outline (of a report that amends another: as that
 * one's text); from the first saving on it is the office's own, each section versioned as cells
 * are. It is locked as long as the sheet is (form_lock_store.h).
 */
#ifndef APP_NARRATIVE_NARRATIVE_STORE_H
#define APP_NARRATIVE_NARRATIVE_STORE_H

#include "app/narrative/narrative_section.h"
#include "app/package/package.h"
#include "app/rollup/rollup_store.h"
#include "db/write.h"

/* ---- the text of a report ---- */

/* What of the report matters to its text. */
struct narrative_report {
	row_id id, unit_id, amends_id;
	const char *set_code, *regime_code, *period, *period_name;
	date_t from_on, to_on;
	const char *unit_name, *unit_level;
	const char *receiver_name;    /* NULL: none */
	bool current;                 /* no other document replaces it */
	const struct form_lock *lock; /* NULL: open */
};
/* ERR_NOT_FOUND: there is none, or it is outside the scope (ROW_NONE: all). */
ERR_RESULT narrative_report_find(struct narrative_report *out, struct db *db, struct arena *a,
                                 row_id scope, row_id report);

struct narrative_text {
	const char *source; /* in the language, with references to cells */
	struct narrative_sections sections;
	int64_t revision;           /* 0: nothing was saved yet */
	const char *outline_sha256; /* it was begun from; "" when there is none */
};
/* As it was known at a number of the journal's chain (package.h: pinned); 0: now. */
ERR_RESULT narrative_text_open(struct narrative_text *out, struct db *db, struct arena *a,
                               const struct narrative_report *r, int64_t pinned);

/* What signing keeps as package_content.text, and what derives it again: the text as known at
 * `pinned` (0: now) with the figures of `content` (its cells, units, children and days;
 * content->text is not read), compared with what was signed for other periods.  The same
 * content and number give the same bytes.  "" when the set has no outline.
 * narrative_thaw() gives the blocks. */
struct narrative_freezing {
	row_id report_id;
	int64_t pinned;
	const struct form_set *set;
	const struct package_content *content;
	const char *receiver_name; /* in the period, as known at `pinned`; NULL: none */
};
ERR_RESULT narrative_text_freeze(const char **out, struct db *db, struct arena *a,
                                 const struct narrative_freezing *f);

/* A text with the figures as they are now. */
struct narrative_shown {
	struct narrative text;
	struct problems problems; /* not empty: it cannot be read, and there are no blocks */
	struct problems remarks;  /* as of narrative_render() */
	const struct form_set *set;
	struct rollup_sheet sheet;
};
ERR_RESULT narrative_show(struct narrative_shown *out, struct db *db, struct arena *a,
                          const struct narrative_report *r, const char *source);

struct narrative_saving {
	row_id report_id;
	int64_t revision; /* that the writer saw */
	struct narrative_sections sections;
	bool own; /* typed figures become statements of their own */
	/* Set by the write on ERR_CONFLICT: one for each of the sections sent, whether somebody
	 * else saved it otherwise; NULL: their number changed. */
	const bool *clashes;
};
/* Sections that others changed meanwhile stay as they saved them; one that both changed, or a
 * changed number of sections, is ERR_CONFLICT.  ERR_INPUT: `problems` (field "text": with the
 * line of the whole text; "locked", also for all but the office whose report it is; "typed")
 * says why nothing was written.  change->result is the report. */
ERR_RESULT narrative_save(struct db_writer *writer, struct change *change,
                          struct narrative_saving *saving, struct problems *problems);

/* Trình ký: a text that nobody saved is kept as the outline gives it now, so that a later
 * change of the outline cannot reach what the leader reads.  Does not ask the lock. */
ERR_RESULT narrative_keep_in(struct db_write_context *w, row_id report);

/* ---- outlines ---- */

struct narrative_outline {
	row_id unit_id; /* whose; ROW_NONE: everybody's */
	const char *unit_name, *sha256, *content;
};
/* The outline that holds for a unit on a day; ERR_NOT_FOUND. */
struct narrative_outline_of {
	const char *set_code;
	row_id unit;
	date_t on;
};
ERR_RESULT narrative_outline_find(struct narrative_outline *out, struct db *db, struct arena *a,
                                  const struct narrative_outline_of *of);
/* Makes `source` the outline of change->unit_id; "" gives up its own one. ERR_INPUT: problems
 * with lines. */
struct narrative_outlining {
	const char *set_code, *source;
	const char
	        *seen_sha256; /* of the one that the writer saw; ERR_CONFLICT when it changed */
	date_t on;
};
ERR_RESULT narrative_outline_put(struct db_writer *writer, struct change *change,
                                 struct narrative_outlining *x, struct problems *problems);
/* Installs the outlines that came with the program, where they are not yet. */
ERR_RESULT narrative_ship(struct db_writer *writer, struct db *db, struct arena *a);

#endif
