/* narrative_render.h - puts figures into a parsed text.  Pure.
 *
 * Numbers as offices print them: counts under 10 padded ("05"), dots between thousands, comma
 * before decimals, "%" behind a rate; a change in counts and percent ("giảm 12 hồ sơ (3,4%)"),
 * of a rate in points ("tăng 5,2 điểm phần trăm").  A condition about a blank figure is neither
 * true nor false: none of its branches is printed.
 */
#ifndef APP_NARRATIVE_NARRATIVE_RENDER_H
#define APP_NARRATIVE_NARRATIVE_RENDER_H

#include "app/narrative/narrative_language.h"

struct narrative_name {
	const char *name;
	dec_t count; /* DEC_NONE: none is told */
};
struct narrative_names {
	const struct narrative_name *at;
	size_t n;
};

struct narrative_cell {
	dec_t value, numerator, denominator;       /* DEC_NONE: blank */
	const char *note;                          /* NULL: none */
	struct narrative_names fields, procedures; /* behind the figure, as far as known */
};

struct narrative_input {
	const struct form_set *set;
	/* One for each row of the set; NULL: nothing is known of that period. */
	const struct narrative_cell *cells[NARRATIVE_WHENS];
	const char *variables[NARRATIVE_VARIABLES_]; /* NULL: not known */
	struct narrative_names missing, sent;        /* units that report to this one */
	const char *period;                          /* "Q1": for "kỳ là Q1" */
};

/* `remarks` gets what a writer should know (field "blank": a printed figure is blank; field
 * "condition": it cannot be told yet), with lines; the text is made all the same. */
ERR_RESULT narrative_render(struct narrative *out, struct arena *a, struct problems *remarks,
                            const struct narrative_parsed *text,
                            const struct narrative_input *input);

/* ---- figures ---- */

/* A sum in a period; blank when one of its cells is, or the period is not known. */
dec_t narrative_sum_value(const struct narrative_input *input, const struct narrative_sum *sum,
                          enum narrative_when when);
/* The value as printed; `row` is the first cell's. */
ERR_RESULT narrative_figure_text(const char **out, struct arena *a, dec_t value,
                                 const struct form_row *row,
                                 const struct narrative_style *style);
/* "tăng 12 hồ sơ (3,4%)"; *change is the difference. */
struct narrative_two {
	dec_t now, then;
};
ERR_RESULT narrative_change_text(const char **out, struct arena *a,
                                 const struct narrative_two *two, const struct form_row *row,
                                 const struct narrative_style *style);

#endif
