/* procedure_store.h - the catalogue as it is kept: versions of a day, search, changes.
 *
 * Writing functions come as xxx_in (inside somebody's db_write) and xxx (a db_write of its own;
 * change->result is the procedure).  `problems` belongs to the caller's arena; they empty it
 * first, and ERR_INPUT means that it now says why nothing was written.
 */
#ifndef APP_PROCEDURE_PROCEDURE_STORE_H
#define APP_PROCEDURE_PROCEDURE_STORE_H

#include "app/procedure/procedure.h"
#include "db/write.h"

struct procedure_level {
	const char *code, *name;
};

/* One version with all that belongs to it.  Texts are never NULL except supplement_rule. */
struct procedure {
	row_id id, version_id;
	int64_t version;
	const char *code, *name;
	row_id field_id;
	const char *field;
	struct procedure_level *levels;
	const char *service_level;
	int64_t old_level; /* INT_NONE: not stated */
	bool online_offered, online_payment, on_national_portal, any_place;
	const char *linked;
	const char *statutory_term, *statutory_basis, *shortened_term, *shortened_basis;
	const char *term; /* the one that drives the due date; "" when none is stated */
	const char *supplement_rule; /* NULL: as the rule set says */
	money_t fee;
	const char *fee_note, *result_name;
	date_t simplified_on;
	const char *decision_kind, *decision;
	date_t decision_on, valid_from, valid_to;
	const char *note;
	struct procedure_part *parts;
	struct procedure_step *steps;
	size_t n_levels, n_parts, n_steps;
};

ERR_RESULT procedure_find_code(row_id *out, struct db *db, struct arena *a, const char *code);
/* The version in force on a day; ERR_NOT_FOUND when there is none (not yet, or repealed). */
ERR_RESULT procedure_find_on(struct procedure *out, struct db *db, struct arena *a,
                             row_id procedure, date_t on);
/* The newest version, which may be its repeal or begin later. */
ERR_RESULT procedure_find_last(struct procedure *out, struct db *db, struct arena *a,
                               row_id procedure);
ERR_RESULT procedure_find_version(struct procedure *out, struct db *db, struct arena *a,
                                  row_id version);
/* A draft that says what the version says, without its decision: what an amendment starts
 * from. */
ERR_RESULT procedure_to_draft(struct procedure_draft *out, const struct procedure *p);

struct procedure_version {
	row_id id;
	int64_t version;
	const char *name, *decision_kind, *decision;
	date_t decision_on, valid_from, valid_to;
};
struct procedure_versions { /* newest first */
	struct procedure_version *at;
	size_t n;
};
ERR_RESULT procedure_versions(struct procedure_versions *out, struct db *db, struct arena *a,
                              row_id procedure);

struct procedure_field {
	row_id id;
	const char *name;
};
struct procedure_fields { /* in the order of the Vietnamese alphabet */
	struct procedure_field *at;
	size_t n;
};
ERR_RESULT procedure_fields(struct procedure_fields *out, struct db *db, struct arena *a);

/* What was in force on a day. */
struct procedure_filter {
	date_t on;
	row_id field_id;           /* ROW_NONE: any */
	const char *level;         /* NULL or "": any */
	const char *service_level; /* NULL or "": any */
	const char *text;       /* any words of name or code, the last one begun; NULL: all */
	const char *after_code; /* without text: the next page; NULL: the first */
	size_t limit;
};
struct procedure_row {
	row_id id, version_id;
	const char *code, *name;
	row_id field_id;
	const char *field, *service_level, *term;
	money_t fee;
};
struct procedure_rows {
	struct procedure_row *at;
	size_t n;
	bool more;
};
/* With text: the best matches first; without: by code. */
ERR_RESULT procedure_list(struct procedure_rows *out, struct db *db, struct arena *a,
                          const struct procedure_filter *filter);

enum procedure_saved { PROCEDURE_ADDED, PROCEDURE_AMENDED, PROCEDURE_UNCHANGED };

/* Adds the procedure, or a version to it (announced again after a repeal, amended, replaced);
 * the version before ends on the day before.  Equal facts write nothing.  `out` may be NULL. */
ERR_RESULT procedure_save_in(enum procedure_saved *out, struct db_write_context *w,
                             struct procedure_draft *draft, struct problems *problems);
ERR_RESULT procedure_save(enum procedure_saved *out, struct db_writer *writer,
                          struct change *change, struct procedure_draft *draft,
                          struct problems *problems);

struct procedure_repeal {
	row_id procedure;
	const char *decision;
	date_t decision_on, valid_from; /* the first day without it */
	const char *note;
};
ERR_RESULT procedure_repeal_in(struct db_write_context *w, const struct procedure_repeal *r,
                               struct problems *problems);
ERR_RESULT procedure_repeal(struct db_writer *writer, struct change *change,
                            const struct procedure_repeal *r, struct problems *problems);

#endif
