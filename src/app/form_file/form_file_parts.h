/* form_file_parts.h - what the pieces of a reading share.  Private to form_file*.c. */
#ifndef APP_FORM_FILE_FORM_FILE_PARTS_H
#define APP_FORM_FILE_FORM_FILE_PARTS_H

#include "app/form/form_match.h"
#include "app/form_file/form_file.h"

enum { FILE_MOST_VALUES = 16 /* columns of figures in one table */ };

/* A table of the document as a form. */
struct file_table {
	const struct table *t;
	size_t at;                     /* in the document */
	int number, label, unit, note; /* columns; -1 */
	int value;                     /* column of the figures; -1 */
	int values[FILE_MOST_VALUES];  /* all columns of figures */
	size_t n_values;
	struct form_printed_row *rows;  /* one for each row of `t`; a header has no label */
	const struct form_row **row_of; /* of the printed set; NULL: no indicator */
	const char **guess;             /* how a row was found when not by the alignment */
	bool is_form;
};

struct reading_of_file {
	const struct form_file_task *task;
	struct arena *arena;
	struct form_file *out;
	struct form_file_cell *cells;
	struct form_file_remark *remarks;
	size_t n_remarks;
	struct file_table *tables;
	size_t n_tables;
};

/* ---- form_file_find.c: tables and rows ---- */

/* Finds the forms; r->out->printed is NULL when there is none. */
ERR_RESULT file_find(struct reading_of_file *r);
const char *file_text(const struct file_table *t, size_t row, int column); /* "" for -1 */
/* "dòng 41" */
ERR_RESULT file_where(const char **out, const struct reading_of_file *r,
                      const struct file_table *t, size_t row);

/* ---- form_file_value.c: one cell ---- */

struct file_value {
	enum form_file_state state; /* BLANK, SURE, GUESSED or ASKED */
	struct number_read number;
	const char *say;
	const char *rest; /* words of the cell that belong into the note; NULL */
};
ERR_RESULT file_value(struct file_value *out, struct arena *a, const struct form_row *row,
                      const char *text, const char *unit);
/* Whether the printed unit is another one than the row's. */
ERR_RESULT file_other_unit(bool *out, struct arena *a, const struct form_row *row,
                           const char *unit);

/* ---- form_file_check.c: what the whole says ---- */

ERR_RESULT file_check(struct reading_of_file *r);

/* The row of the set with the same stable id; NULL. */
const struct form_row *file_counterpart(const struct form_set *set,
                                        const struct form_row *printed);

ERR_RESULT file_remark(struct reading_of_file *r, const struct form_file_remark *remark);

#endif
