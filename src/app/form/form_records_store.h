/* form_records_store.h - what stands behind a figure: the records that were counted.
 *
 * A count's list has exactly as many rows as the figure says; a count of distinct values shows
 * one record for each.  A formula over rows has the lists of its rows.
 */
#ifndef APP_FORM_FORM_RECORDS_STORE_H
#define APP_FORM_FORM_RECORDS_STORE_H

#include "app/form/form_store.h"

enum { FORM_MOST_PARTS = 16, FORM_RECORD_COLUMNS = 6 };

/* One count or sum of a row: its own, or of a row that its formula adds. */
struct form_part {
	const struct form_row *row; /* whose figure it is */
	const struct calc_total *total;
	dec_t value;
};
struct form_parts {
	struct form_part at[FORM_MOST_PARTS];
	size_t n;
	bool adds; /* the row's figure is the sum of the parts: a count, or a total of counts */
};
/* What the row's figure was counted from; none when nothing was. */
ERR_RESULT form_parts_of(struct form_parts *out, struct db *db, struct arena *a,
                         const struct form_sheet *sheet, const struct form_row *row);

enum form_record_kind {
	FORM_RECORD_DOSSIER,
	FORM_RECORD_PROCEDURE,
	FORM_RECORD_UNIT,
	FORM_RECORD_REPORT
};

struct form_record {
	row_id key;
	const char *code; /* of the dossier, the procedure, the unit */
	const char *texts[FORM_RECORD_COLUMNS];
};
struct form_records {
	enum form_record_kind kind;
	const char *titles[FORM_RECORD_COLUMNS], *fields[FORM_RECORD_COLUMNS];
	size_t n_columns;
	struct form_record *at;
	size_t n;
	bool more; /* go on after the key of the last one */
};
/* A page of the list: what follows the key `after`, at most `limit`. */
struct form_records_page {
	row_id after; /* ROW_NONE: from the first */
	int limit;
};
ERR_RESULT form_records_fetch(struct form_records *out, struct db *db, struct arena *a,
                              const struct form_sheet *sheet, const struct form_part *part,
                              struct form_records_page page);

#endif
