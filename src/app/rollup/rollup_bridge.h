/* rollup_bridge.h - from the rows of one form set to those of another.  Pure.
 *
 * Rows with the same stable indicator id are the same row, whatever number is printed before
 * them.  What else means the same is said in mapping files (forms/mapping/X.map):
 *
 *	# a comment
 *	map xa-2024 to bnv-2022
 *	  task.province                  none because Chỉ có ở biểu của cấp xã
 *	map * to *
 *	  online.level3_rate             -> online.partial_rate
 *
 * A line of a mapping goes before an equal id; a map of two sets before one of all ("*").
 */
#ifndef APP_ROLLUP_ROLLUP_BRIDGE_H
#define APP_ROLLUP_ROLLUP_BRIDGE_H

#include "app/form/form.h"

struct rollup_mapping_line {
	const char *from_set, *to_set; /* "*": any */
	const char *from, *to;         /* indicator ids; to NULL: no counterpart */
	const char *because;           /* why there is none, or NULL */
	const char *file;
	int line;
};
struct rollup_mapping {
	struct rollup_mapping_line *at;
	size_t n;
};
/* Adds the lines of one file; what it does not understand becomes a problem. */
ERR_RESULT rollup_mapping_read(struct rollup_mapping *mapping, struct problems *problems,
                               struct arena *a, const char *file, const char *text);
/* The mappings that came with the program; the lines are checked against sets when a bridge is
 * checked. */
ERR_RESULT rollup_mapping_shipped(struct rollup_mapping *out, struct arena *a);

struct rollup_bridge_slot {
	const char *id;              /* of an indicator of either set; NULL: free */
	const struct form_row *same; /* the row with this id */
	const struct form_row *row;  /* what it is here; NULL: nothing */
	const struct rollup_mapping_line *line;
};
struct rollup_bridge {
	const struct rollup_mapping *mapping;
	const char *from_set;
	const struct form_set *to;
	struct rollup_bridge_slot *slots; /* a hash by id */
	size_t room;
};
ERR_RESULT rollup_bridge_make(struct rollup_bridge *out, struct arena *a,
                              const struct rollup_mapping *mapping, const char *from_set,
                              const struct form_set *to);
/* The row of `to` that an indicator of `from_set` is; NULL: none.  *line, unless NULL: the line
 * of the mapping that says so, or NULL. */
const struct form_row *rollup_bridge_row(const struct rollup_bridge *bridge,
                                         const char *indicator,
                                         const struct rollup_mapping_line **line);

/* What a bridge between two known sets leaves out. */
struct rollup_bridge_gap {
	const struct form_row *row;
	const char *because; /* NULL: the mapping says nothing */
};
struct rollup_bridge_gaps {
	struct rollup_bridge_gap *from, *to; /* rows without a counterpart, in printed order */
	size_t n_from, n_to;
};
ERR_RESULT rollup_bridge_gaps(struct rollup_bridge_gaps *out, struct arena *a,
                              const struct rollup_bridge *bridge, const struct form_set *from);
/* Lines that name a row that its set does not have. */
ERR_RESULT rollup_bridge_check(struct problems *problems, const struct rollup_bridge *bridge,
                               const struct form_set *from);

#endif
