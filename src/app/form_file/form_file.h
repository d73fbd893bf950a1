/* form_file.h - bảng số liệu của cơ quan khác: the forms in a spreadsheet, Word or text file of
 * another office, read row by row by their labels (app/form/form_match.h) and put into the rows
 * of a form set, with everything that was left out, guessed or contradicts itself.
 *
 * Pure: a document comes in, a reading goes out, nothing is stored.  A row that was printed
 * under another number, in an older set or out of its place is taken by its stable id; what a
 * person must decide is asked and never taken by itself.
 */
#ifndef APP_FORM_FILE_FORM_FILE_H
#define APP_FORM_FILE_FORM_FILE_H

#include "app/form/form_eval.h"
#include "text/document.h"

/* How a line of a source is called: text files by line, spreadsheets by row of the sheet, Word
 * and PDF by table and printed number. */
enum form_file_places { FORM_FILE_BY_LINE, FORM_FILE_BY_ROW, FORM_FILE_BY_TABLE };

struct form_file_task {
	const struct document *document;
	const enum form_file_places *places; /* one for each file of the document */
	const struct form_set *const *known; /* sets that the file may be printed by */
	size_t n_known;
	const struct form_set *set; /* the one whose rows are wanted */
	enum form_tier tier;        /* of the unit that it is read for */
	struct period period;
	const char *unit_name;
	const dec_t *computed; /* what is counted from records, for each row; NULL: not known */
};

enum form_file_state {
	FORM_FILE_ABSENT, /* no row of the file is this indicator */
	FORM_FILE_BLANK,  /* the row is there, without a figure */
	FORM_FILE_SURE,
	FORM_FILE_GUESSED, /* taken, and to be looked at: `say` says what was guessed */
	FORM_FILE_ASKED    /* not taken: `say` asks */
};

/* What the file says of one row of the set. */
struct form_file_cell {
	enum form_file_state state;
	const char *where;                        /* "dòng 41" */
	const char *number, *label, *text, *note; /* as printed; "" */
	const char *typed; /* the figure as it can be typed again; "" when none is taken */
	struct form_stated stated; /* what is taken */
	const char *say;           /* NULL: nothing to say */
};

/* The loss report. */
enum form_file_loss {
#define FORM_FILE_LOSS(name, word, title) FORM_FILE_##name,
#include "app/form_file/form_file_losses.def"
#undef FORM_FILE_LOSS
	FORM_FILE_LOSSES
};
const char *form_file_loss_word(enum form_file_loss loss);  /* "unread-row" */
const char *form_file_loss_title(enum form_file_loss loss); /* in Vietnamese */

struct form_file_remark {
	enum form_file_loss loss;
	const struct form_row *row; /* NULL: none of the set */
	const char *where, *quote;  /* "" when it is nowhere in the file */
	const char *say;            /* what is wrong and what to do */
};

struct form_file {
	const struct form_set *set;
	const struct form_set *printed;     /* the set that the labels fit best; NULL: none */
	const struct form_file_cell *cells; /* one for each row of `set` */
	const struct form_file_remark *remarks; /* by kind, then in the order of the file */
	size_t n_remarks;
	size_t n_of[FORM_FILE_ASKED + 1]; /* cells in each state */
	size_t n_tables;                  /* tables that are forms */
};

/* `printed` NULL: no table of the document is a known form; the remarks say which tables there
 * are. */
ERR_RESULT form_file_read(struct form_file *out, struct arena *a,
                          const struct form_file_task *task);

/* The remarks as lines; before those of each kind a line "# title". */
ERR_RESULT form_file_report(const char **out, struct arena *a, const struct form_file *f);

/* The lowest level that fills most of what was read, for a file of an office that is not
 * known. */
enum form_tier form_file_tier(const struct form_file *f);

#endif
