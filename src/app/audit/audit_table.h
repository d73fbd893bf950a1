/* audit_table.h - a table as its checks see it: body rows with their words and hierarchy,
 * columns with what they measure, cells with their numbers.  Private to audit_table*.c and
 * audit_form*.c.
 *
 * What a table says of itself is taken from its words and its numbering; where these leave a
 * choice (which columns make the total, which is the denominator) the table's own figures vote:
 * what holds in most rows is what was meant, and only then is a row that differs reported.
 */
#ifndef APP_AUDIT_AUDIT_TABLE_H
#define APP_AUDIT_AUDIT_TABLE_H

#include <stdint.h>

#include "app/audit/audit_check.h"

enum {
	GRID_MOST_PARTS = 64,  /* rows or columns of one sum */
	GRID_MOST_LINES = 8,   /* that a finding names */
	GRID_MOST_COLUMNS = 40 /* of a table whose columns are compared */
};

enum measure { MEASURE_NONE, MEASURE_COUNT, MEASURE_RATE, MEASURE_MONEY, MEASURE_CODE };

enum cell_state { CELL_EMPTY, CELL_DASH, CELL_FIGURE, CELL_WORDS };

struct grid_cell {
	enum cell_state state;
	struct number value, out_of; /* out_of: "27/27" */
	bool exact;                  /* no bound, no estimate, no range */
	bool dong;                   /* an amount of money, in đồng */
};

enum total_word {
	TOTAL_NONE,
	TOTAL_OF, /* "Tổng số hồ sơ ..." */
	TOTAL_ALL /* "Tổng cộng", "Cộng": nothing else */
};

struct grid_row {
	size_t at; /* row of the table */
	const char *label, *plain, *unit;
	enum measure measure;
	enum total_word total;
	bool within;    /* "Trong đó": some of the row above */
	bool only_word; /* "Trong đó:" and nothing else */
	int parent;     /* row of the grid; -1 */
	bool claimed;   /* a known form checks it */
	bool any_figure;
};

enum column_kind { GRID_TEXT, GRID_AMOUNT, GRID_RATE, GRID_CHANGE, GRID_GROWTH };

struct grid_column {
	enum column_kind kind;
	const char *title, *plain; /* plain: of the last header alone */
	const char *group;         /* the headers above the last; "" */
	const char *formula;       /* "=4+5": what a row of column numbers says; or NULL */
	int index;                 /* its number in that row; 0 */
};

/* How the rates of the document are rounded, counted before anything is said of it. */
struct habit {
	bool counting;
	int up, cut; /* rounded up where cutting off gives other digits; cut off */
};

struct grid {
	struct audit *x;
	struct habit *habit;
	const struct table *t;
	struct grid_row *rows;
	size_t n_rows;
	struct grid_column *columns;
	size_t n_columns;
	struct grid_cell *cells; /* n_rows * n_columns */
	int number, label, unit; /* columns; -1 */
};

ERR_RESULT grid_of(struct grid *out, struct audit *x, const struct table *t);
/* A rate that was compared: counts the habit. */
void grid_rounds(const struct grid *g, enum number_fit fit, struct number printed,
                 struct number part, struct number whole);
/* The document rounds half up, so a rate that was cut off is worth a word. */
bool grid_cut_matters(const struct grid *g);
const struct grid_cell *grid_at(const struct grid *g, size_t row, size_t column);
bool grid_has(const struct grid *g, size_t row, size_t column); /* an exact figure */
const char *grid_text(const struct grid *g, size_t row, size_t column);
/* How a message names a row: "3.3.1 (Tổng số hồ sơ ...)", shortened. */
ERR_RESULT grid_name(const char **out, const struct grid *g, size_t row);
/* Names the cell in the finding: its row, and the cell itself in a wide table. */
void grid_place(struct audit_draft *d, const struct grid *g, size_t row, size_t column);
const char *grid_vn(const struct grid *g, struct number n); /* as it is printed */

/* ---- words (audit_table_words.c): texts are plain, see text_plain ---- */

bool label_starts(const char *plain, const char *phrase);
enum total_word label_total(const char *plain);
enum measure label_measure(const char *plain_label, const char *unit, const char *plain_unit);
bool unit_is_counted(const char *plain_unit); /* a unit that can only be counted: "hồ sơ" */

/* What the labels of the parts of a total are to each other. */
enum parts_kind {
	PARTS_UNKNOWN,
	PARTS_KINDS,  /* different kinds of one thing: trước hạn, đúng hạn, ... */
	PARTS_ALL,    /* and all kinds that there are: nothing is left */
	PARTS_OVERLAP /* one thing may be in two of them */
};
enum parts_kind labels_parts(const char *const *plain, size_t n);
/* Headers of the answers of a survey: "Hài lòng", "Bình thường", "Không hài lòng". */
bool labels_are_answers(const char *const *plain, size_t n);
/* How much the words of a label speak for the whole or for the part of a rate: > 0 whole. */
int label_whole(const char *plain);
/* `part` has all words of `whole` that say what is counted, and more: "Số TTHC cung cấp trực
 * tuyến có phát sinh hồ sơ" of "Số TTHC cung cấp trực tuyến".  Flows and other times are no
 * parts. */
bool label_restricts(const char *part, const char *whole);
/* What came in and what went out: more may go out than came in, some came over from before. */
bool label_is_flow(const char *part, const char *whole);
/* Words of `part` that stand in `whole` too, in percent of the words of `whole`. */
int label_shared(const char *part, const char *whole);

/* ---- the known forms (audit_form.c) ---- */

struct forms;
/* Finds the known forms among the tables and evaluates them; rows that they check are claimed.
 * *out NULL: there are none. */
ERR_RESULT forms_find(struct forms **out, struct audit *x, struct grid *grids, size_t n);
ERR_RESULT forms_tell(const struct forms *forms);

/* ---- the checks of one table ---- */

ERR_RESULT table_check_cells(const struct grid *g);   /* enum, unit, "100% (18/18)" */
ERR_RESULT table_check_rates(const struct grid *g);   /* rate rows and the rows below */
ERR_RESULT table_check_sums(const struct grid *g);    /* totals over rows */
ERR_RESULT table_check_parts(const struct grid *g);   /* a row whose label restricts another */
ERR_RESULT table_check_columns(const struct grid *g); /* totals, rates, growth over columns */
ERR_RESULT table_check_survey(const struct grid *g);  /* each question was put to everybody */

#endif
