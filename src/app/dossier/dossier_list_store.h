/* dossier_list_store.h - lists of dossiers and the counts of the desk, through select.h, so
 * that a count and the list behind it cannot disagree.
 */
#ifndef APP_DOSSIER_DOSSIER_LIST_STORE_H
#define APP_DOSSIER_DOSSIER_LIST_STORE_H

#include "app/dossier/dossier.h"
#include "db/select.h"

/* What the desk asks first. */
enum dossier_view {
	VIEW_ALL,
	VIEW_OVERDUE,
	VIEW_TODAY,
	VIEW_TOMORROW,
	VIEW_OPEN,      /* the clock runs */
	VIEW_WAITING,   /* for supplement or payment */
	VIEW_TO_RETURN, /* finished, not handed over */
	VIEW_MINE,      /* unfinished, on the actor's own desk */
	VIEW_RETURNED,
	VIEW_CLOSED, /* not accepted, withdrawn, stopped */
	DOSSIER_VIEWS
};
const char *dossier_view_word(enum dossier_view v); /* "overdue": in addresses */
const char *dossier_view_text(enum dossier_view v); /* "Quá hạn" */
bool dossier_view_parse(enum dossier_view *out, const char *word);

enum dossier_order { ORDER_RECEIVED, ORDER_DUE };

struct dossier_filter {
	row_id scope; /* the unit whose subtree is seen */
	row_id me;    /* VIEW_MINE */
	instant_t now;
	enum dossier_view view;
	bool by_competent_unit; /* the units' as competent, not as receiving */
	row_id unit;            /* one unit below the scope; ROW_NONE: all */
	row_id procedure, field;
	const char *channel;               /* a word; NULL: all */
	date_t received_from, received_to; /* inclusive; DATE_NONE: open */
	const char *words;                 /* as typed; NULL: no search */
};

struct dossier_row {
	row_id id;
	const char *code, *applicant, *procedure, *unit;
	enum dossier_state state;
	enum dossier_standing standing;
	enum outcome outcome;
	instant_t received_at, due_at, finished_at;
};
struct dossier_place {   /* where a page begins: after this row */
	instant_t value; /* INSTANT_NONE: no due date */
	row_id id;       /* ROW_NONE: the first page */
};
struct dossier_rows {
	struct dossier_row *at;
	size_t n;
	bool more;
	struct dossier_place last;
};

/* The order in which a view is read: what is due first, or what came last. */
enum dossier_order dossier_view_order(enum dossier_view v);

/* At most `limit` rows.  ERR_NOT_FOUND when filter->unit is not below the scope. */
ERR_RESULT dossier_rows_load(struct dossier_rows *out, struct db *db, struct arena *a,
                             const struct dossier_filter *filter, struct dossier_place after,
                             int limit);
enum { DOSSIER_COUNT_MOST = 10000 };
/* DOSSIER_COUNT_MOST + 1 means more. */
ERR_RESULT dossier_rows_count(int64_t *out, struct db *db, struct arena *a,
                              const struct dossier_filter *filter);

/* The units whose dossiers a scope holds, itself first; at most 2,000. */
struct dossier_unit_choice {
	row_id id;
	const char *name;
};
ERR_RESULT dossier_units_below(struct dossier_unit_choice **out, size_t *n, struct db *db,
                               struct arena *a, row_id scope, date_t today);

/* Counts of all views that the desk shows, by view. */
struct dossier_counts {
	int64_t of[DOSSIER_VIEWS];
};
ERR_RESULT dossier_desk_counts(struct dossier_counts *out, struct db *db, struct arena *a,
                               row_id scope, row_id me, instant_t now);

#endif
